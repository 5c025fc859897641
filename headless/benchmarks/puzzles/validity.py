"""Whether a ball has room in a puzzle: inside the scene and overlapping nothing, reckoned in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from addon.geometry.plane import Path, counterclockwise, nearest
from addon.scene_graph import FloatArray

from .actions import Action
from .scene import METRES, SIZE, Thing

FAR_OFF = np.array([[-9e6, -9e6], [-8e6, -9e6], [-9e6, -8e6]])
"""An outline that no ball comes near, for scenes without any."""


class Room:
    """What a ball may not overlap, held so that one ball is looked at in some ten microseconds."""

    def __init__(self, things: Sequence[Thing]) -> None:
        balls = [(t.x, t.y, t.radius) for t in things if t.radius is not None]
        self._balls = np.array(balls).reshape(-1, 3)
        corners = [outline for t in things for outline in outlines(t)] or [FAR_OFF]
        self._starts = np.cumsum([0, *map(len, corners[:-1])])
        self._from = np.concatenate(corners)
        self._along = np.concatenate([np.roll(c, -1, axis=0) - c for c in corners])
        self._squared = (self._along**2).sum(axis=1)

    def has(self, action: Action) -> bool:
        """Whether an action's ball has room."""
        x, y, r = action.x, action.y, action.r
        if not (r <= x <= SIZE - r and r <= y <= SIZE - r):
            return False
        if (np.hypot(self._balls[:, 0] - x, self._balls[:, 1] - y) < self._balls[:, 2] + r).any():
            return False
        away = np.array((x, y)) - self._from
        share = ((away * self._along).sum(axis=1) / self._squared).clip(0.0, 1.0)
        apart = away - share[:, None] * self._along
        if ((apart**2).sum(axis=1) < r * r).any():
            return False
        turn = self._along[:, 0] * away[:, 1] - self._along[:, 1] * away[:, 0]
        return not bool((np.minimum.reduceat(turn, self._starts) > 0).any())


def outlines(thing: Thing) -> list[FloatArray]:
    """A thing's polygons in the scene, ``[V, 2]`` in pixels, counterclockwise."""
    path = Path(np.array([[thing.x, thing.y]]), np.array([thing.angle]))
    return [path.place(counterclockwise(np.array(polygon)))[0] for polygon in thing.polygons]


def smallest_gap(things: Sequence[Thing]) -> float:
    """The smallest gap in pixels between two things of which one moves; negative where they overlap."""
    placed = [(t, t.pieces(), Path(np.array([[t.x, t.y]]) * METRES, np.array([t.angle]))) for t in things]
    pairs = [(a, b) for a, b in combinations(placed, 2) if a[0].dynamic or b[0].dynamic]
    return min(float(nearest(a[1], a[2], b[1], b[2]).distance[0]) for a, b in pairs) / METRES
