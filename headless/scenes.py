"""Scenes by what the user typed: a .blend file, a scene graph or a machine as JSON, or a bundled example's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from addon.engine.protocol import Engine
from addon.scene_graph import SceneGraph, SceneGraphError, load_scene_graph

from .physibench import example, example_names, is_machine, load_machine


@dataclass(frozen=True)
class Scene:
    """A scene that can be run: its title, rules, assertions, and an engine in its initial state on demand."""

    title: str
    rules: tuple[str, ...]
    assertions: tuple[str, ...]
    make_engine: Callable[[], Engine]


def open_scene(name: str, fps: float | None = None) -> Scene:
    """Find a scene. Raises SceneGraphError or SceneFileError with what can be given instead."""
    path = Path(name)
    if path.suffix == ".blend":
        return _from_blend(path, fps)
    if path.suffix == ".json" and not is_machine(path):
        return _from_graph(load_scene_graph(path), fps)
    if path.suffix == ".json" or name in example_names():
        machine = load_machine(path) if path.suffix == ".json" else example(name)
        return _from_graph(machine.graph, fps, machine.assertions)
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


def _from_blend(path: Path, fps: float | None) -> Scene:
    from addon.engine.blender import BlenderEngine
    from addon.engine.read import read_blend

    graph = read_blend(path)
    return Scene(path.stem, graph.rules, (), lambda: BlenderEngine.from_blend(path, fps=fps))


def _from_graph(graph: SceneGraph, fps: float | None, assertions: tuple[str, ...] = ()) -> Scene:
    from addon.engine.blender import BlenderEngine

    if fps is not None:
        graph = graph.replace(world={**graph.world.model_dump(), "fps": fps})
    return Scene(graph.name, graph.rules, assertions, lambda: BlenderEngine.from_graph(graph))
