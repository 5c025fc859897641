"""Distances of bodies that move in a plane, for many frames at once.

A body is a rigid set of circles and convex polygons. Lengths are in metres, angles counterclockwise in radians.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray

OVERLAP = 1e-3
"""By how much, in m, bodies may lie in each other and count as touching only."""

Pose = tuple[float, float, float]
"""x and y in m, and the angle in radians."""


@dataclass(frozen=True, eq=False)
class Disc:
    """A circle: ``center`` ``[2]`` in the body's frame."""

    center: FloatArray
    radius: float

    @property
    def reach(self) -> float:
        """Greatest distance of its points from the body's origin."""
        return float(np.linalg.norm(self.center)) + self.radius


@dataclass(frozen=True, eq=False)
class Polygon:
    """A convex polygon: ``vertices`` ``[V, 2]`` counterclockwise in the body's frame."""

    vertices: FloatArray

    @property
    def reach(self) -> float:
        """Greatest distance of its points from the body's origin."""
        return float(np.linalg.norm(self.vertices, axis=1).max())


Piece = Disc | Polygon


@dataclass(frozen=True, eq=False)
class Path:
    """Poses over N frames: ``position`` ``[N, 2]`` and ``angle`` ``[N]``; one frame stands for all if N is 1."""

    position: FloatArray
    angle: FloatArray

    def rows(self, rows: NDArray[np.intp]) -> Path:
        """The poses of some frames."""
        if len(self.angle) == 1:
            return self
        return Path(self.position[rows], self.angle[rows])

    def place(self, points: FloatArray) -> FloatArray:
        """Points ``[V, 2]`` of the body in the world, ``[N, V, 2]``."""
        c, s = np.cos(self.angle)[:, None], np.sin(self.angle)[:, None]
        x, y = points[:, 0], points[:, 1]
        turned = np.stack([c * x - s * y, s * x + c * y], axis=2)
        return np.asarray(turned + self.position[:, None])


@dataclass(frozen=True, eq=False)
class Nearest:
    """How near two bodies are in N frames: ``distance`` ``[N]`` (negative: they overlap so deep), the ``point``
    ``[N, 2]`` midway between their nearest points and the unit ``normal`` ``[N, 2]`` from the first to the second."""

    distance: FloatArray
    point: FloatArray
    normal: FloatArray

    def flipped(self) -> Nearest:
        """The same with the bodies exchanged."""
        return Nearest(self.distance, self.point, -self.normal)


def nearest(a: Sequence[Piece], a_path: Path, b: Sequence[Piece], b_path: Path) -> Nearest:
    """The nearest points of two bodies in every frame of their paths."""
    found = [_of_pieces(p, a_path, q, b_path) for p in a for q in b]
    best = np.argmin([f.distance for f in found], axis=0)
    rows = np.arange(len(best))
    return Nearest(*(np.stack([getattr(f, n) for f in found])[best, rows] for n in ("distance", "point", "normal")))


def lie_in_each_other(a: Sequence[Piece], a_pose: Pose, b: Sequence[Piece], b_pose: Pose) -> bool:
    """Whether two bodies, each at a pose (x, y, angle), overlap by more than `OVERLAP`."""
    reach = max(piece.reach for piece in a) + max(piece.reach for piece in b)
    if math.dist(a_pose[:2], b_pose[:2]) > reach:
        return False
    paths = (Path(np.array([pose[:2]]), np.array([pose[2]])) for pose in (a_pose, b_pose))
    return bool(nearest(a, next(paths), b, next(paths)).distance[0] < -OVERLAP)


def _of_pieces(p: Piece, p_path: Path, q: Piece, q_path: Path) -> Nearest:
    if isinstance(p, Disc) and isinstance(q, Disc):
        return _discs(p, p_path, q, q_path)
    if isinstance(p, Polygon) and isinstance(q, Polygon):
        return _polygons(p_path.place(p.vertices), q_path.place(q.vertices))
    if isinstance(p, Disc):
        return _of_pieces(q, q_path, p, p_path).flipped()
    assert isinstance(q, Disc)
    return _polygon_disc(p_path.place(p.vertices), q_path.place(q.center[None])[:, 0], q.radius)


def _discs(p: Disc, p_path: Path, q: Disc, q_path: Path) -> Nearest:
    first, second = p_path.place(p.center[None])[:, 0], q_path.place(q.center[None])[:, 0]
    away = second - first
    length = np.linalg.norm(away, axis=1)
    normal = _unit(away, length)
    distance = length - p.radius - q.radius
    return Nearest(distance, first + normal * (p.radius + distance / 2)[:, None], normal)


def _polygon_disc(vertices: FloatArray, center: FloatArray, radius: float) -> Nearest:
    """A polygon ``[N, V, 2]`` and a circle about ``center`` ``[N, 2]``."""
    vertices, center = _same_length(vertices, center)
    on_edge, apart = _nearest_on_edges(vertices, center[:, None])
    edge = np.argmin(apart[:, 0], axis=1)
    rows = np.arange(len(edge))
    foot, length = on_edge[rows, 0, edge], apart[rows, 0, edge]
    outward, height = _heights(vertices, center[:, None])
    inside = (height[:, :, 0] <= 0).all(axis=1)
    normal = np.where(inside[:, None], outward[rows, edge], _unit(center - foot, length))
    touching_edge = length < 1e-12
    normal[touching_edge] = outward[rows, edge][touching_edge]
    signed = np.where(inside, -length, length)
    distance = signed - radius
    return Nearest(distance, foot + normal * (distance / 2)[:, None], normal)


def _polygons(p: FloatArray, q: FloatArray) -> Nearest:
    """Two polygons ``[N, V, 2]``: how deep they overlap by the separating axis theorem, else their true distance."""
    p, q = _same_length(p, q)
    rows = np.arange(len(p))
    apart, overlap = [], []
    for first, second, sign in ((p, q, 1.0), (q, p, -1.0)):
        outward, height = _heights(first, second)
        lowest = np.argmin(height, axis=2)
        separation = np.take_along_axis(height, lowest[:, :, None], axis=2)[:, :, 0]
        face = np.argmax(separation, axis=1)
        depth = separation[rows, face]
        vertex = second[rows, lowest[rows, face]]
        normal = outward[rows, face]
        overlap.append(Nearest(depth, vertex - normal * (depth / 2)[:, None], sign * normal))
        on_edge, far = _nearest_on_edges(first, second)
        flat = np.argmin(far.reshape(len(far), -1), axis=1)
        v, e = np.divmod(flat, far.shape[2])
        foot, length = on_edge[rows, v, e], far[rows, v, e]
        away = _unit(second[rows, v] - foot, length)
        apart.append(Nearest(length, (foot + second[rows, v]) / 2, sign * away))
    deep = _choose(overlap[0], overlap[1], overlap[1].distance > overlap[0].distance)
    wide = _choose(apart[0], apart[1], apart[1].distance < apart[0].distance)
    return _choose(deep, wide, (deep.distance > 0) & (wide.distance > 1e-12))


def _choose(first: Nearest, second: Nearest, take_second: NDArray[np.bool_]) -> Nearest:
    column = take_second[:, None]
    return Nearest(
        np.where(take_second, second.distance, first.distance),
        np.where(column, second.point, first.point),
        np.where(column, second.normal, first.normal),
    )


def _heights(polygon: FloatArray, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Outward normals ``[N, V, 2]`` of a polygon's edges, and how far points ``[N, M, 2]`` lie outside of each edge
    ``[N, V, M]``."""
    along = np.roll(polygon, -1, axis=1) - polygon
    outward = _unit(np.stack([along[:, :, 1], -along[:, :, 0]], axis=2), np.linalg.norm(along, axis=2))
    offset = np.einsum("nvi,nvi->nv", outward, polygon)
    return outward, np.einsum("nvi,nmi->nvm", outward, points) - offset[:, :, None]


def _nearest_on_edges(polygon: FloatArray, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The nearest point of each edge to each of the points ``[N, M, V, 2]``, and its distance ``[N, M, V]``."""
    along = np.roll(polygon, -1, axis=1) - polygon
    away = points[:, :, None] - polygon[:, None]
    share = np.einsum("nmvi,nvi->nmv", away, along) / np.einsum("nvi,nvi->nv", along, along)[:, None]
    foot = polygon[:, None] + np.clip(share, 0.0, 1.0)[..., None] * along[:, None]
    return foot, np.linalg.norm(points[:, :, None] - foot, axis=3)


def _same_length(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    count = max(len(a), len(b))
    return np.broadcast_to(a, (count, *a.shape[1:])), np.broadcast_to(b, (count, *b.shape[1:]))


def _unit(vectors: FloatArray, length: FloatArray) -> FloatArray:
    safe = np.maximum(length, 1e-300)[..., None]
    return np.where(length[..., None] > 1e-12, vectors / safe, np.array([0.0, 1.0]))
