"""Which bodies flew away in a run: left the scene, or got faster in a step than anything in it can make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...scene_graph import FloatArray, world_bounds
from .case import Case

BEYOND = 0.5
"""How far outside the scene's box at the start something is gone, in parts of the box's diagonal."""

LEAST = 2.0
"""The same in metres at least, and the height in metres, at least, that bodies of a scene may fall."""

THROWN = 1.2
"""How much faster a body may get in a step, in parts of what the fastest other and a fall through the scene have."""


@dataclass(frozen=True)
class Flight:
    """A body that flew away: from which frame on, how fast it got there in m/s, and whether it ``fell`` out below."""

    name: str
    frame: int
    speed: float
    fell: bool

    def told(self, case: Case) -> str:
        """That it did, in a line."""
        if self.fell:
            return f"{self.name} fell out of the scene {case.at(self.frame)}"
        return f"{self.name} flew away {case.at(self.frame)}, at {self.speed:.3g} m/s"


def bounds(case: Case) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest corner ``[3]`` of the box around all meshes at the start, in m."""
    boxes = [world_bounds(obj) for obj in case.graph.objects if obj.geometry is not None]
    lows, highs = (np.array(corners) for corners in zip(*boxes, strict=True))
    return lows.min(axis=0), highs.max(axis=0)


def sane_speed(case: Case) -> float:
    """What a body gets by falling through the scene, in m/s."""
    low, high = bounds(case)
    gravity = float(np.linalg.norm(case.graph.world.gravity))
    return float(np.sqrt(2 * gravity * max(high[2] - low[2], LEAST)))


def flights(case: Case) -> list[Flight]:
    """The bodies that flew away, in the order of the scene."""
    if not case.trace.bodies or case.trace.meta.planar:
        return []
    low, high = bounds(case)
    room = max(BEYOND * float(np.linalg.norm(high - low)), LEAST)
    speeds = np.linalg.norm(np.nan_to_num(case.trace.velocity), axis=2)
    sane = sane_speed(case)
    found = []
    for name in case.trace.bodies:
        if case.objects[name].dynamic_mass == 0 or not case.has(name):
            continue
        own, place = speeds[:, case.trace.index(name)], case.place(name)
        others = np.delete(speeds, case.trace.index(name), axis=1).max(axis=1, initial=0.0)
        thrown = np.flatnonzero(np.diff(own) > THROWN * (others[:-1] + sane))
        out = np.flatnonzero(((place < low - room) | (place > high + room)).any(axis=1))
        if len(thrown):
            frame = int(thrown[0]) + 1
            found.append(Flight(name, frame, float(own[frame]), False))
        elif len(out):
            frame = int(out[0])
            fell = bool(place[frame, 2] < low[2] - room)
            found.append(Flight(name, frame, float(own[frame]), fell))
    return found
