"""Waving: cloth in the wind."""

from __future__ import annotations

import numpy as np

from ...scene_graph import Cloth
from ..acting import Acted, Acting, VerbError, verb
from ..manifest import Happening
from ..places import Placed
from ..solids import joined

EDGE = 0.03
"""The part of a cloth's width, from the edge that is held, in which its vertices are pinned."""


@verb("wave", "flutter", "flap", "billow", "blow", about="is moved by the wind, held at an edge", to="may")
def _wave(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        if one.thing.moves != "cloth":
            raise VerbError(f"'{one.thing.name}' is to wave, but it is no cloth")
        acted.elements[one.thing.name] = [pinned(one, acting.fps)]
    return acted


def pinned(one: Placed, fps: float) -> Cloth:
    """A cloth that is held along its left edge, as a flag at its pole."""
    points = joined(part.solid for part in one.thing.form.parts).vertices
    left = points[:, 0].min() + EDGE * np.ptp(points[:, 0])
    pins = {int(i): 1.0 for i in np.flatnonzero(points[:, 0] <= left)}
    mass = one.thing.mass / len(points)
    return Cloth(mass=max(mass, 1e-3), pins=pins, quality=8, air_damping=1.0, bending_stiffness=0.1).in_time(fps)
