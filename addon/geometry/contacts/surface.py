"""Large surfaces: of their triangles, only those near other objects take part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from ..triangulate import Indices

LARGE = 2000
"""Triangles from which on a surface is taken piece by piece: as one flex, 320,000 took 1.4 s and 350 MB to compile."""

FIRST_ROOM = 1024
"""Places for triangles that a large surface begins with."""

FAR = 1e7
"""Where places that are not used lie, in metres."""


class LargeSurface:
    """Triangles ``[T, 3]`` over ``vertices`` ``[V, 3]`` in the frame of their object, and a window around each of N
    others, in which they are looked for anew when the other one leaves it."""

    def __init__(self, vertices: FloatArray, triangles: Indices, count: int) -> None:
        first = vertices[:, 0].astype(np.float32)[triangles].min(axis=1)
        self._triangles = triangles[np.argsort(first, kind="stable")].astype(np.int32)
        self._vertices = vertices
        a, b, c = (vertices.astype(np.float32)[column] for column in self._triangles.T)
        self._low, self._high = np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)
        self._widest = float((self._high[:, 0] - self._low[:, 0]).max())
        self._centre, self._half = np.zeros((count, 3)), np.full(count, -1.0)
        self._inside: list[Indices] = [np.zeros(0, dtype=np.intp)] * count

    def near(self, position: FloatArray, reach: FloatArray) -> FloatArray | None:
        """Corners ``[K, 3, 3]`` of the triangles near objects at ``position`` ``[N, 3]`` that reach as far as ``reach``
        ``[N]``, in m and this surface's frame; less than 0 leaves one out. None if they are those of the call before.
        """
        left = np.abs(position - self._centre).max(axis=1) + reach > self._half
        left &= reach >= 0
        if not left.any():
            return None
        for row in np.flatnonzero(left).tolist():
            self._centre[row], self._half[row] = position[row], 2 * reach[row]
            self._inside[row] = self._within(position[row] - 2 * reach[row], position[row] + 2 * reach[row])
        chosen = np.unique(np.concatenate(self._inside))
        return np.asarray(self._vertices[self._triangles[chosen]])

    def _within(self, low: FloatArray, high: FloatArray) -> NDArray[np.intp]:
        """The triangles whose boxes meet a box; they are sorted by their least x."""
        ends = self._low[:, 0].searchsorted([low[0] - self._widest, high[0]])
        span = slice(int(ends[0]), int(ends[1]))
        meets = np.all((self._low[span] <= high) & (self._high[span] >= low), axis=1)
        return np.asarray(ends[0] + np.flatnonzero(meets))


def spare(count: int) -> FloatArray:
    """Corners ``[count, 3, 3]`` of triangles that meet nothing."""
    corner = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]) - [0.0, 0.0, FAR]
    return np.repeat(corner[None], count, axis=0)
