"""Scenes by what the user typed: a .blend file, a scene graph or a machine as JSON, or a bundled example's name."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from addon.jobs.scenes import Scene, file_scene, graph_scene, is_blend, is_machine
from addon.scene_graph import SceneGraph, SceneGraphError

from .benchmarks.physibench import example, example_names, load_machine
from .engines import engine_for

BUCKETS = "buckets"
"""The name of the bundled planar scene."""


def open_scene(name: str, fps: float | None = None, override: bool = False) -> Scene:
    """Find a scene; see `file_scene`. Raises SceneGraphError or SceneFileError with what can be given instead."""
    path = Path(name)
    is_json = path.suffix.lower() == ".json"
    if (is_json and is_machine(path)) or name in example_names():
        machine = load_machine(path) if is_json else example(name)
        return graph_scene(machine.graph, machine.assertions, fps, override, engine_for)
    if name == BUCKETS:
        return graph_scene(_buckets(), (), fps, override, engine_for)
    if is_json or is_blend(path):
        return file_scene(path, fps, override, engine_for)
    names = (*example_names(), BUCKETS)
    near = "".join(f"did you mean '{like}'? Else " for like in get_close_matches(name, names, 1))
    raise SceneGraphError(
        f"there is no scene '{name}': {near}give a .blend file, a scene graph or machine .json, or one of the examples "
        + ", ".join(names)
    )


def _buckets() -> SceneGraph:
    from .benchmarks.puzzles.buckets import buckets_scene

    return buckets_scene()


def load_graph(name: str) -> SceneGraph:
    """The scene graph of a scene, as Blender has it. Raises as `open_scene`."""
    scene = open_scene(name)
    if is_blend(Path(name)):
        return scene.graph
    engine = scene.make_engine()
    try:
        return engine.graph
    finally:
        engine.close()
