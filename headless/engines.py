"""Which engine runs a scene, and what draws its runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addon.engine.protocol import Engine
from addon.scene_graph import SceneGraph, SceneGraphError
from addon.trace import Trace


def engine_for(graph: SceneGraph, override: bool = False) -> Engine:
    """Box2D for a world that is a plane, Blender for any other, in the scene's initial state.

    With ``override`` scripts win over what animates the scene. Raises SceneGraphError if the scene does not fit its
    engine, or if that is not installed.
    """
    if graph.world.plane is None:
        from addon.engine.blender import BlenderEngine

        return BlenderEngine.from_graph(graph, override)
    try:
        from .planar import PlanarEngine
    except ImportError:
        raise SceneGraphError(
            "the scene is planar, and Box2D, which runs such scenes, is not installed: pip install Box2D==2.3.10"
        ) from None
    return PlanarEngine(graph)


def render(trace: Trace, folder: Path, frames: Sequence[int]) -> list[Path]:
    """Pictures of frames of a run, as PNG files in order: flat ones of a plane, else Blender's.

    Raises EngineError if a picture cannot be written.
    """
    if trace.meta.planar:
        from .planar.drawing import draw_run

        return draw_run(trace, folder, frames)
    from addon.engine.render import render_trace

    return render_trace(trace, folder, frames)
