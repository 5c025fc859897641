"""The run's markers in a timeline that is too low for Blender to show any, as it is where nobody has made it higher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import bpy

from ..engine.markers import own_markers

SCRUB, MARKERS = 23, 42
"""Heights in pixels, at a scale of 1, of the frames' numbers and of the row in which Blender shows markers."""

LETTERS, TICK, GAP = 11, 6, 6
"""Size of letters, height of the line at a marker where names have no room, and what is left free beside a name, in
pixels at a scale of 1."""

COLOR = (1.0, 0.9, 0.6, 1.0)

_handles: list[Any] = []


def shortened(name: str, room: float, width: Callable[[str], float]) -> str:
    """A name in so much room: whole, or cut after two words or more, or nothing."""
    words = name.rstrip("…").split()
    shorter = (" ".join(words[:count]).rstrip(",;:") + "…" for count in range(len(words) - 1, 1, -1))
    return next((text for text in (name, *shorter) if width(text) <= room), "")


def placed(
    markers: Sequence[tuple[float, str]], end: float, width: Callable[[str], float], gap: float
) -> Iterator[tuple[float, str]]:
    """Markers ``(x, name)`` in order, each with as much of its name as there is room up to the next, or to ``end``; of
    several at one place the last."""
    for (x, name), (following, _) in pairwise((*markers, (end, ""))):
        yield x, shortened(name, following - x - 2 * gap, width)


def _draw() -> None:
    import blf
    import gpu
    from gpu_extras.batch import batch_for_shader

    region, scale = bpy.context.region, bpy.context.preferences.system.ui_scale
    markers = own_markers(bpy.context.scene)
    if not markers or region.height > (SCRUB + MARKERS) * scale:
        return
    view: Any = region.view2d
    shown = [(float(view.view_to_region(frame, 0, clip=False)[0]), name) for frame, name in markers]
    below = region.height - SCRUB * scale
    has_names = below > (LETTERS + GAP / 2) * scale
    top, bottom = (below, below - (LETTERS + GAP / 2) * scale) if has_names else (TICK * scale, 0.0)
    if has_names:
        blf.size(0, LETTERS * scale)
        blf.color(0, *COLOR)
        for x, name in placed(shown, region.width, lambda text: blf.dimensions(0, text)[0], GAP * scale):
            blf.position(0, x + GAP * scale / 2, below - LETTERS * scale, 0)
            blf.draw(0, name)
    ticks = [(x, y, 0.0) for x, _ in shown for y in (top, bottom)]
    shader = gpu.shader.from_builtin("UNIFORM_COLOR")
    shader.bind()
    shader.uniform_float("color", COLOR)
    batch_for_shader(shader, "LINES", {"pos": ticks}).draw(shader)


def register() -> None:
    """Begin to draw."""
    _handles.append(bpy.types.SpaceDopeSheetEditor.draw_handler_add(_draw, (), "WINDOW", "POST_PIXEL"))


def unregister() -> None:
    """Draw no more."""
    while _handles:
        bpy.types.SpaceDopeSheetEditor.draw_handler_remove(_handles.pop(), "WINDOW")
