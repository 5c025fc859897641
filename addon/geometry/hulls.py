"""Convex hulls: moving their faces inwards, and keeping them from being flat."""

from __future__ import annotations

import numpy as np
from scipy.spatial import ConvexHull, HalfspaceIntersection, QhullError

from ..scene_graph import FloatArray

THINNEST = 1e-3
"""Least thickness of a solid hull, as a share of its size."""


def inset(points: FloatArray, depth: float) -> FloatArray | None:
    """Corners ``[V, 3]`` of the convex hull of ``points`` ``[N, 3]`` with every face moved inwards by ``depth`` (m).

    None where nothing is left of it, or where the points are flat.
    """
    try:
        planes = np.unique(ConvexHull(points).equations.round(12), axis=0)
        planes[:, 3] += depth
        centre = _deepest(planes, points.mean(axis=0))
        if centre is None:
            return None
        corners = HalfspaceIntersection(planes, centre).intersections
    except (QhullError, ValueError):
        return None
    return np.asarray(np.unique(corners.round(12), axis=0))


def _deepest(planes: FloatArray, guess: FloatArray) -> FloatArray | None:
    """A point inside all ``planes`` ``[P, 4]``: the ``guess`` if it is one, else the one deepest inside, if any."""
    if np.all(planes[:, :3] @ guess + planes[:, 3] < -1e-6 * np.abs(planes[:, 3]).max()):
        return guess
    from scipy.optimize import linprog  # Large, and seldom needed.

    rows = np.column_stack([planes[:, :3], np.ones(len(planes))])
    found = linprog([0.0, 0.0, 0.0, -1.0], A_ub=rows, b_ub=-planes[:, 3], bounds=[(None, None)] * 3 + [(0.0, None)])
    return np.asarray(found.x[:3]) if found.success and found.x[3] > 1e-9 else None


def solid(points: FloatArray) -> FloatArray:
    """The points ``[N, 3]``, doubled along those directions in which they are flat, so that they enclose a volume."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=True) if len(points) < 3 else np.linalg.svd(centred, False)
    spread = np.ptp(centred @ axes.T, axis=0)
    least = max(THINNEST * float(spread.max()), 1e-6)
    for axis, width in zip(axes, spread, strict=True):
        if width < least:
            points = np.concatenate([points + axis * least / 2, points - axis * least / 2])
    return points
