"""Scenes in files that can be run: a .blend, a scene graph, or a machine with its assertions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..engine.protocol import Engine
from ..scene_graph import SceneGraph, SceneGraphError, load_scene_graph
from ..scene_graph.files import validate_scene_graph

MakeEngine = Callable[[SceneGraph, bool], Engine]
"""Gives the engine of a scene graph in its initial state; whether scripts win over what animates it."""


def blender_engine(graph: SceneGraph, override: bool = False) -> Engine:
    """Blender, which ships with nothing else. Raises SceneGraphError for a world that is a plane."""
    from ..engine.blender import BlenderEngine

    if graph.world.plane is not None:
        raise SceneGraphError("the scene is planar: Blender does not run it, the command line does (with Box2D)")
    return BlenderEngine.from_graph(graph, override)


@dataclass(frozen=True)
class Scene:
    """A scene that can be run: its title, graph, assertions, and an engine in its initial state on demand.

    ``make_changed`` gives an engine for the graph with other numbers, which come as plain data too, see
    `engine.start_values`: a scene in Blender is not made anew of its graph, which may hold less.
    """

    title: str
    graph: SceneGraph
    assertions: tuple[str, ...]
    make_engine: Callable[[], Engine]
    make_changed: Callable[[SceneGraph, Mapping[str, Mapping[str, Any]]], Engine]

    @property
    def rules(self) -> tuple[str, ...]:
        """The scene's own rules."""
        return self.graph.rules


def is_blend(path: Path) -> bool:
    """Whether a file is one of Blender's by its name: ``.blend`` in any case, or a backup as ``.blend1``."""
    return re.fullmatch(r"\.blend\d*", path.suffix, re.IGNORECASE) is not None


def file_scene(
    path: Path, fps: float | None = None, override: bool = False, engine: MakeEngine = blender_engine
) -> Scene:
    """The scene of a ``.blend`` file, of a scene graph or of a machine as ``.json``, which ``engine`` runs.

    ``fps`` replaces the scene's own frame rate; with ``override`` scripts win over what animates the scene. Raises
    SceneGraphError or SceneFileError.
    """
    if is_blend(path):
        return _from_blend(path, fps, override)
    if is_machine(path):
        return graph_scene(*load_parts(path), fps, override, engine)
    graph = load_scene_graph(path)
    title = graph.name if "name" in graph.model_fields_set else path.stem
    return replace(graph_scene(graph, (), fps, override, engine), title=title)


def graph_scene(
    graph: SceneGraph,
    assertions: tuple[str, ...] = (),
    fps: float | None = None,
    override: bool = False,
    engine: MakeEngine = blender_engine,
) -> Scene:
    """The scene of a scene graph; see `file_scene`."""
    if fps is not None:
        graph = graph.replace(world={**graph.world.model_dump(), "fps": fps})

    def make_changed(changed: SceneGraph, changes: Mapping[str, Mapping[str, Any]]) -> Engine:
        return engine(changed, override)

    return Scene(graph.name, graph, assertions, lambda: engine(graph, override), make_changed)


def _from_blend(path: Path, fps: float | None, override: bool) -> Scene:
    from ..engine.blender import BlenderEngine
    from ..engine.read import read_blend

    graph = read_blend(path)
    return Scene(
        path.stem,
        graph,
        (),
        lambda: BlenderEngine.from_blend(path, fps, override),
        lambda _, changes: BlenderEngine.from_blend(path, fps, override, changes),
    )


def is_machine(path: Path) -> bool:
    """Whether a JSON file is meant to be a machine, and not a scene graph."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "machine_version" in data


def load_parts(path: Path) -> tuple[SceneGraph, tuple[str, ...]]:
    """The scene graph and the assertions of a machine's file. Raises SceneGraphError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return validate_scene_graph(data["graph"]), tuple(str(text) for text in data["assertions"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SceneGraphError(f"{path} cannot be read as a machine: {error}") from None
