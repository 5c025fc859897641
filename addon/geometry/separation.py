"""How far apart two convex bodies are, for many poses at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray, Primitive, SceneObject
from .poses import rotation_matrix
from .primitives import mesh_of

ITERATIONS = 12
"""Steps of the search for the nearest points; more changed distances of boxes by less than 2 %."""


@dataclass(frozen=True, eq=False)
class ConvexShape:
    """The convex hull of an object's visible shape in its own frame: half extents ``[3]`` of its box and, unless it is
    an ellipsoid, the corners ``[V, 3]`` that may be farthest in some direction, in m."""

    half: FloatArray
    corners: FloatArray | None

    @classmethod
    def of(cls, obj: SceneObject) -> ConvexShape:
        """The hull at the object's scale at the start. Raises ValueError if it has no mesh."""
        if obj.geometry is None:
            raise ValueError(f"object '{obj.name}' has no mesh and so no shape")
        half = np.array(obj.dimensions) / 2
        if isinstance(obj.geometry, Primitive) and obj.geometry.kind == "sphere":
            return cls(half, None)
        vertices = mesh_of(obj.geometry)[0] * np.abs(obj.scale)
        return cls(half, vertices)

    def farthest(self, direction: FloatArray) -> FloatArray:
        """The points ``[N, 3]`` farthest along directions ``[N, 3]``, in the shape's frame."""
        if self.corners is not None:
            return np.asarray(self.corners[np.argmax(direction @ self.corners.T, axis=1)])
        stretched = direction * self.half
        length = np.sqrt(np.square(stretched).sum(axis=1, keepdims=True))
        return np.asarray(stretched * self.half / np.maximum(length, 1e-12))


@dataclass(frozen=True, eq=False)
class Placed:
    """N bodies: which of some shapes each has ``[N]``, its position ``[N, 3]`` and quaternion ``[N, 4]`` in the world
    frame."""

    shapes: Sequence[ConvexShape]
    shape: NDArray[np.int64]
    position: FloatArray
    quaternion: FloatArray

    def farthest(self, turn: FloatArray, direction: FloatArray) -> FloatArray:
        """Points ``[N, 3]`` farthest along world directions ``[N, 3]``; ``turn`` ``[N, 3, 3]`` are the rotations."""
        local = np.einsum("nji,nj->ni", turn, direction)
        point = np.empty_like(local)
        for number in np.unique(self.shape):
            own = self.shape == number
            point[own] = self.shapes[number].farthest(local[own])
        return np.asarray(self.position + np.einsum("nij,nj->ni", turn, point))


def separation(first: Placed, second: Placed) -> FloatArray:
    """Distances ``[N]`` in m between the bodies of each pair, at most a few percent too short; 0 where they overlap."""
    return nearest_way(first, second)[0]


def nearest_way(first: Placed, second: Placed) -> tuple[FloatArray, FloatArray]:
    """The distances of `separation`, and unit vectors ``[N, 3]`` from the first body to the second where it is least.

    Gilbert's algorithm (1966) finds the point of the difference of both bodies that is nearest to the origin; every
    direction on the way gives a lower bound, of which the best is returned. The faces' normals of both boxes are tried
    first, which makes the distance between parallel faces exact.
    """
    turns = rotation_matrix(first.quaternion), rotation_matrix(second.quaternion)

    def difference(direction: FloatArray) -> FloatArray:
        return second.farthest(turns[1], -direction) - first.farthest(turns[0], direction)

    nearest = second.position - first.position
    best = np.zeros(len(nearest))
    way = nearest / np.maximum(np.sqrt(_dot(nearest, nearest)), 1e-12)[:, None]

    def keep(bound: FloatArray, direction: FloatArray) -> None:
        better = bound > best
        best[better], way[better] = bound[better], direction[better]

    for normals in (*np.moveaxis(turns[0], 2, 0), *np.moveaxis(turns[1], 2, 0)):
        towards = normals * np.where(_dot(normals, nearest) < 0, -1.0, 1.0)[:, None]
        keep(_dot(towards, difference(towards)), towards)
    for _ in range(ITERATIONS):
        point = difference(nearest)
        towards = nearest / np.maximum(np.sqrt(_dot(nearest, nearest)), 1e-12)[:, None]
        keep(_dot(towards, point), towards)
        step = point - nearest
        share = np.clip(-_dot(nearest, step) / np.maximum(_dot(step, step), 1e-18), 0.0, 1.0)
        nearest = nearest + share[:, None] * step
    return best, way


def _dot(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("ni,ni->n", a, b))
