"""What is drawn over the viewport: contact points, velocities, trails and event labels of the run that is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from ..engine.applied import run_of
from ..engine.motions import Array
from .tasks import OVERLAY, SUMMARY

VELOCITY_SECONDS = 0.1
EVENT_FRAMES = 12
"""Frames for which an event is written."""

COLORS = {"contacts": (1.0, 0.35, 0.1, 1.0), "velocities": (0.2, 0.8, 1.0, 1.0), "trails": (0.6, 1.0, 0.4, 0.7)}


@dataclass
class Shown:
    """The run that is drawn: poses ``[F, B, 3]`` in metres, velocities in m/s, contact points in columns.

    Frames are those of the trace. ``run`` is the name of its folder.
    """

    position: Array
    velocity: Array
    contact_frame: Array
    contact_point: Array
    events: list[tuple[int, str]]
    run: str = ""


_shown: Shown | None = None
_handles: list[Any] = []


def show(folder: Path) -> None:
    """Draw a run, as far as the window's switches say, in the scene whose timeline it is on; nothing if it is gone."""
    global _shown
    try:
        with np.load(folder / OVERLAY, allow_pickle=False) as arrays:
            parts = {name: arrays[name] for name in ("position", "velocity", "contact_frame", "contact_point")}
        events = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))["markers"]
    except (OSError, ValueError, KeyError):
        _shown = None
        return
    _shown = Shown(**parts, events=[(frame, label) for frame, label in events], run=folder.name)


def shows(run: str) -> bool:
    """Whether a run is the one that is drawn."""
    return _shown is not None and _shown.run == run


def _frame(scene: bpy.types.Scene) -> int | None:
    """The frame of the trace at which a scene stands; None if what is drawn is not on its timeline."""
    told = run_of(scene)
    if told is None or not shows(told["run"]):
        return None
    return int(scene.frame_current - told["start"])


def hide() -> None:
    """Draw no run."""
    global _shown
    _shown = None


def lines_of(shown: Shown, frame: int, kind: str) -> Array:
    """Ends ``[2 n, 3]`` of the lines that show velocities at, or trails up to, a frame of the trace."""
    frame = min(max(frame, 0), len(shown.position) - 1)
    if kind == "velocities":
        here, there = shown.position[frame], shown.position[frame] + shown.velocity[frame] * VELOCITY_SECONDS
        moving = np.linalg.norm(there - here, axis=1) > 1e-4
        return np.stack([here[moving], there[moving]], axis=1).reshape(-1, 3)
    way = shown.position[: frame + 1]
    moving = np.ptp(shown.position, axis=0).max(axis=1) > 1e-4
    return np.stack([way[:-1, moving], way[1:, moving]], axis=2).reshape(-1, 3)


def points_of(shown: Shown, frame: int) -> Array:
    """Contact points ``[n, 3]`` at a frame of the trace."""
    found: Array = shown.contact_point[shown.contact_frame == frame]
    return found


def labels_of(shown: Shown, frame: int) -> list[str]:
    """Names of the events that began up to `EVENT_FRAMES` before a frame."""
    return [label for at, label in shown.events if 0 <= frame - at < EVENT_FRAMES]


def _draw_scene() -> None:
    import gpu
    from gpu_extras.batch import batch_for_shader

    scene, switches = bpy.context.scene, bpy.context.window_manager.cdyn
    frame = _frame(scene)
    if _shown is None or frame is None:
        return
    shader = gpu.shader.from_builtin("UNIFORM_COLOR")
    gpu.state.line_width_set(2.0)
    gpu.state.point_size_set(8.0)
    for kind, primitive in (("trails", "LINES"), ("velocities", "LINES"), ("contacts", "POINTS")):
        if not getattr(switches, kind):
            continue
        places = points_of(_shown, frame) if kind == "contacts" else lines_of(_shown, frame, kind)
        if len(places):
            # Velocities begin, and contacts are, within bodies, so nothing may hide them.
            gpu.state.depth_test_set("LESS_EQUAL" if kind == "trails" else "NONE")
            shader.bind()
            shader.uniform_float("color", COLORS[kind])
            batch_for_shader(shader, primitive, {"pos": places.tolist()}).draw(shader)
    gpu.state.depth_test_set("NONE")
    gpu.state.line_width_set(1.0)
    gpu.state.point_size_set(1.0)


def _draw_labels() -> None:
    import blf

    frame = _frame(bpy.context.scene)
    if _shown is None or frame is None or not bpy.context.window_manager.cdyn.events:
        return
    blf.size(0, 14)
    blf.color(0, 1.0, 0.9, 0.6, 1.0)
    for row, label in enumerate(labels_of(_shown, frame)[:12]):
        blf.position(0, 60, 40 + 20 * row, 0)
        blf.draw(0, label)


def register() -> None:
    """Begin to draw; nothing as long as no switch is on."""
    view = bpy.types.SpaceView3D
    _handles.append(view.draw_handler_add(_draw_scene, (), "WINDOW", "POST_VIEW"))
    _handles.append(view.draw_handler_add(_draw_labels, (), "WINDOW", "POST_PIXEL"))


def unregister() -> None:
    """Draw no more."""
    while _handles:
        bpy.types.SpaceView3D.draw_handler_remove(_handles.pop(), "WINDOW")
    hide()
