"""Things that are no rigid body: what is measured of cloth, soft bodies and particles at a frame.

World frame, SI. Positions of vertices and particles are ``[N, 3]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray
from .volume import is_manifold, mesh_area, mesh_volume


class Points(NamedTuple):
    """Where the vertices or particles of a thing are, for particles how fast each is, in m/s, and the faces of a mesh
    that has others at each frame."""

    position: FloatArray
    velocity: FloatArray | None = None
    faces: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True, eq=False)
class Deforming:
    """A thing that physics deforms: its name, the faces of its mesh (none for particles), and the mass in kg of all its
    vertices together, or of one particle; NaN where that is not known."""

    name: str
    faces: tuple[tuple[int, ...], ...]
    mass: float
    particles: bool = False

    @cached_property
    def edges(self) -> NDArray[np.intp]:
        """Pairs of vertices ``[E, 2]`` that an edge joins."""
        pairs = {tuple(sorted((a, b))) for face in self.faces for a, b in zip(face, (*face[1:], face[0]), strict=True)}
        return np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)

    @cached_property
    def is_closed(self) -> bool:
        """Whether its mesh encloses a volume."""
        return bool(self.faces) and is_manifold(self.faces)


class Measures(NamedTuple):
    """What is kept of a thing at a frame; NaN for what it has not.

    ``centre`` is the mean of its vertices or particles, ``low`` and ``high`` are its bounds, in m. ``volume`` is
    negative where the faces of a closed mesh are turned inwards. ``stretch`` is the greatest length of an edge as a
    multiple of its length at the start, ``energy`` the kinetic one in J, ``number`` that of its particles.
    """

    centre: FloatArray
    low: FloatArray
    high: FloatArray
    area: float
    volume: float
    stretch: float
    energy: float
    number: float


def measure(thing: Deforming, points: Points, before: Points | None, start: Points, seconds: float) -> Measures:
    """What is kept of a thing; ``before`` it was so many ``seconds`` ago."""
    place = points.position
    if not len(place):
        none = np.full(3, np.nan)
        return Measures(none, none, none, np.nan, np.nan, np.nan, 0.0, 0.0 if thing.particles else np.nan)
    centre, low, high = place.mean(axis=0), place.min(axis=0), place.max(axis=0)
    if thing.particles:
        speed = points.velocity if points.velocity is not None else np.zeros_like(place)
        energy = 0.5 * thing.mass * float((speed**2).sum())
        return Measures(centre, low, high, np.nan, np.nan, np.nan, energy, float(len(place)))
    same = before is not None and len(before.position) == len(place)
    faces = thing.faces if points.faces is None else points.faces
    closed = thing.is_closed if points.faces is None else bool(faces) and is_manifold(faces)
    moved = place - before.position if same and before is not None else np.zeros_like(place)
    return Measures(
        centre,
        low,
        high,
        mesh_area(place, faces),
        mesh_volume(place, faces) if closed else np.nan,
        _stretch(place, start.position, thing.edges),
        0.5 * thing.mass / len(place) * float((moved**2).sum()) / seconds**2,
        np.nan,
    )


def _stretch(place: FloatArray, start: FloatArray, edges: NDArray[np.intp]) -> float:
    if not len(edges) or len(start) != len(place):
        return float("nan")
    now, then = (np.linalg.norm(p[edges[:, 0]] - p[edges[:, 1]], axis=1) for p in (place, start))
    kept = then > 0.0
    return float((now[kept] / then[kept]).max(initial=1.0))


def stacked(rows: Sequence[Sequence[Measures]], name: str) -> FloatArray:
    """One of the `Measures` of all frames and things, ``[F, D]`` or ``[F, D, 3]``."""
    return np.array([[getattr(measures, name) for measures in row] for row in rows], dtype=np.float64)
