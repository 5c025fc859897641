"""Waving: cloth in the wind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import Cloth, FloatArray
from ..acting import Acted, Acting, Show, VerbError, changed, verb
from ..entry import Edge
from ..flyers import hovers
from ..manifest import Happening, Manifest, Subject
from ..places import Place, Placed
from .going import form_of

EDGE = 0.03
"""The part of a cloth's width or height, from the edge that is held, in which its vertices are pinned."""

UPRIGHT = 0.2
"""How high what hangs is at least, over its width; what is flatter lies."""

POLE, FLAG = "flagpole", "flag"
"""What holds a flag of which nothing else is said, and the anchor of it where the flag hangs."""

BESIDE = 0.006
"""How far a flag hangs beside its pole, in m."""


def _at_a_pole(manifest: Manifest, happening: Happening) -> Manifest:
    """A flag that is nowhere hangs at a pole of its own."""
    flag = manifest.subject(happening.who)
    if flag.thing != FLAG or flag.places or flag.count > 1:
        return manifest
    pole = next((s for s in manifest.subjects if s.thing == POLE and s.count == 1), None)
    if pole is None:
        pole = Subject(name=f"Pole of {flag.name}", thing=POLE)
        manifest = manifest.model_copy(update={"subjects": (*manifest.subjects, pole)})
    high = form_of(pole).anchors[FLAG].at[2]
    place = Place(relation="at", of=(pole.name,), anchor=FLAG, distance=BESIDE)
    return changed(manifest, flag.name, places=(place,), lift=high)


@verb(
    "wave",
    "flutter",
    "flap",
    "billow",
    "blow",
    "ripple",
    "whip",
    "stream",
    "fly in the wind",
    about="is moved by the wind, held at an edge",
    to="may",
    arrange=_at_a_pole,
    instead=hovers,
    by=("cloth",),
)
def _wave(acting: Acting, happening: Happening) -> Acted:
    acted = Acted()
    for one in acting.all(happening.who):
        if one.thing.moves != "cloth":
            raise VerbError(f"'{one.thing.name}' is to wave, but it is no cloth")
        acted.elements[one.thing.name] = [pinned(one, acting.fps)]
        acted.shows.append(Show("motion", one.thing.name))
    return acted


def pinned(one: Placed, fps: float) -> Cloth:
    """A cloth that is held along an edge: the one that its entry names, and the left one where it lies."""
    points = one.thing.whole.vertices
    held = _held(points, one.thing.entry.held)
    mass = one.thing.mass / len(points)
    return Cloth(
        mass=max(mass, 1e-3),
        pins={int(i): 1.0 for i in np.flatnonzero(held)},
        quality=12,
        air_damping=1.0,
        tension_stiffness=60.0,
        compression_stiffness=60.0,
        shear_stiffness=30.0,
        bending_stiffness=0.1,
    ).in_time(fps)


def _held(points: FloatArray, edge: Edge) -> NDArray[np.bool_]:
    """Which of some points ``[n, 3]`` are at an edge."""
    x, y, z = points.T
    wide, deep, high = np.ptp(points, axis=0)
    if edge == "ends":
        front = y <= y.min() + EDGE * deep
        return np.asarray((y >= y.max() - EDGE * deep) | (front & (z >= z[front].max() - EDGE * high)))
    if edge == "top" and high > UPRIGHT * wide:
        return np.asarray(z >= z.max() - EDGE * high)
    return np.asarray(x <= x.min() + EDGE * wide)
