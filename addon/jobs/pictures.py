"""Which frames of a run are shown: those at which something happens, and no two that look the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import world_bounds
from ..trace import Trace

Render = Callable[[Trace, Path, Sequence[int]], list[Path]]
"""Draws frames of a run into a folder and gives the pictures' paths in order."""

Way = NDArray[np.float64]

LEAST, MOST = 6, 10
"""How many pictures a run has, if it has so many frames."""

SEEN = 0.01
"""How far something moves, as part of the scene's size, until it looks different; a turn by so many radians moves it by
as many times its own size."""

HIDING = ("hide_viewport", "hide_render")
"""Properties that hide an object."""


def frames_to_show(trace: Trace, told: Iterable[int]) -> list[int]:
    """Frames of a run for pictures, in order: the first, those of what is ``told`` of it, and the last.

    Of frames that look the same only one is shown. Where there are few, frames are added between which much moves, and
    where nothing does, in the middle of the longest times.
    """
    way, last = _way(trace), len(trace.position) - 1
    found = [0]
    for frame in sorted({*(frame for frame in told if 0 < frame < last), last}):
        if way[frame] - way[found[-1]] > SEEN:
            found.append(frame)
    while len(found) > MOST:
        gaps = way[found[2:]] - way[found[:-2]]
        del found[1 + int(np.argmin(gaps))]
    while len(found) < min(LEAST, last + 1):
        found = sorted((*found, _between(way, found)))
    return found


def _between(way: Way, found: list[int]) -> int:
    """One more frame: that which is most unlike those before and after it, else that with the most time around it."""
    options = []
    for a, b in pairwise((*found, len(way))):
        end = min(b, len(way) - 1)
        if b - a > 1:
            half = int(np.searchsorted(way, (way[a] + way[end]) / 2))
            frame = min(max(half, a + 1), b - 1)
            unlike = min(way[frame] - way[a], way[end] - way[frame])
            options.append((unlike, frame) if unlike > SEEN else ((b - a) / len(way) * SEEN, (a + b) // 2))
    return max(options)[1]


def _way(trace: Trace) -> Way:
    """How much of what is seen has changed up to each frame ``[F]``, in parts of the scene's size."""
    boxes = {obj.name: world_bounds(obj) for obj in trace.scene.objects if obj.geometry is not None}
    lowest = np.min([low for low, _ in boxes.values()], axis=0)
    highest = np.max([high for _, high in boxes.values()], axis=0)
    size = max(float(np.linalg.norm(highest - lowest)), 1e-9)
    own = np.array([float(np.linalg.norm(high - low)) for low, high in (boxes[name] for name in trace.bodies)])
    moved = np.linalg.norm(np.diff(trace.position, axis=0), axis=2)
    turned = 2 * np.linalg.norm(np.diff(trace.quaternion, axis=0), axis=2)
    steps = np.nan_to_num(moved + turned * own).max(axis=1, initial=0.0) / size
    way = np.concatenate(([0.0], steps))
    for event in trace.events:
        is_seen = event.uid == "LookChanged" or event.parameters.get("property") in HIDING
        if is_seen and 0 < event.frame < len(way):
            way[event.frame] += 2 * SEEN
    return np.cumsum(way)
