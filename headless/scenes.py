"""Scenes by what the user typed: a .blend file, a scene graph or a machine as JSON, or a bundled example's name."""

from __future__ import annotations

from pathlib import Path

from addon.jobs.scenes import Scene, file_scene, graph_scene, is_machine
from addon.scene_graph import SceneGraph, SceneGraphError

from .physibench import example, example_names, load_machine


def open_scene(name: str, fps: float | None = None) -> Scene:
    """Find a scene. Raises SceneGraphError or SceneFileError with what can be given instead."""
    path = Path(name)
    if (path.suffix == ".json" and is_machine(path)) or name in example_names():
        machine = load_machine(path) if path.suffix == ".json" else example(name)
        return graph_scene(machine.graph, machine.assertions, fps)
    if path.suffix in (".blend", ".json"):
        return file_scene(path, fps)
    raise SceneGraphError(
        f"there is no scene '{name}': give a .blend file, a scene graph or machine .json, or one of the examples "
        + ", ".join(example_names())
    )


def load_graph(name: str) -> SceneGraph:
    """The scene graph of a scene. Raises as `open_scene`."""
    engine = open_scene(name).make_engine()
    try:
        return engine.graph
    finally:
        engine.close()
