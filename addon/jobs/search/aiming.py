"""Numbers to open for a thing that is to get to another: how fast it starts, along the axes on which that is away."""

from __future__ import annotations

import math

from ...scene_graph import SceneGraph, world_bounds
from .errors import SearchError

PACE, LEAST = 4.0, 2.0
"""The greatest speed that is tried along an axis: so many times the way a second, and at least so many m/s."""

ABOVE = 1.0
"""Metres above the other thing's top to which what starts below it may be thrown."""


def aimed(thing: str, place: str, graph: SceneGraph) -> list[str]:
    """Open numbers as a search takes them, ``Ball.velocity.x=0..12``.

    Raises SearchError for a thing that is straight above or below the other already.
    """
    (low, high), (bottom, top) = world_bounds(graph.object(thing)), world_bounds(graph.object(place))
    way, size = (bottom + top - low - high) / 2, high - low
    bounds: dict[str, tuple[float, float]] = {}
    for axis, name in enumerate("xy"):
        if abs(way[axis]) > size[axis] / 2:
            most = math.copysign(max(LEAST, PACE * abs(way[axis])), way[axis])
            bounds[name] = (min(0.0, most), max(0.0, most))
    if not bounds:
        raise SearchError(f"'{thing}' is straight above or below '{place}': open a number that is to be found")
    if low[2] < top[2]:
        bounds["z"] = (0.0, math.sqrt(2 * math.hypot(*graph.world.gravity) * (top[2] - low[2] + ABOVE)))
    return [f"{thing}.velocity.{name}={least:.4g}..{most:.4g}" for name, (least, most) in bounds.items()]
