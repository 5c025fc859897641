"""Rays straight down onto meshes."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray
from .triangulate import AT_ONCE, Indices


def heights(vertices: FloatArray, triangles: Indices, points: FloatArray, below: float = np.inf) -> FloatArray:
    """How high a mesh is at points ``[P, 2]`` in x and y: the highest of its surfaces that lie at most at ``below``.

    Returns ``[P]`` in m, minus infinity where there is none. ``triangles`` are ``[T, 3]``.
    """
    found = np.full(len(points), -np.inf)
    rows = max(AT_ONCE // max(len(points), 1), 1)
    for part in np.array_split(triangles, len(triangles) // rows + 1):
        if len(part):
            found = np.maximum(found, _highest(vertices[part], points, below))
    return found


def _highest(corners: FloatArray, points: FloatArray, below: float) -> FloatArray:
    a, b, c = (corners[:, i] for i in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    flat = np.abs(area) < 1e-15
    area = np.where(flat, 1.0, area)
    x, y = points[:, None, 0], points[:, None, 1]
    v = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (y - a[:, 1])) / area
    w = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (x - a[:, 0]) * (b[:, 1] - a[:, 1])) / area
    edge = -1e-9
    inside = (v >= edge) & (w >= edge) & (v + w <= 1.0 - edge) & ~flat
    z = a[:, 2] + v * (b[:, 2] - a[:, 2]) + w * (c[:, 2] - a[:, 2])
    found: FloatArray = np.where(inside & (z <= below), z, -np.inf).max(axis=1, initial=-np.inf)
    return found
