"""Which contacts of pieces of shapes are of the same two objects, and which of these is the nearest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from .near import among


class Pairing:
    """What does not depend on distances of K contacts of pieces at some frames: the M pairs of objects that they are
    of, sorted by frame and pair.

    ``owners`` ``[K, 2]`` are the objects, of the ``count`` in the graph, whose pieces meet, ``frame`` ``[K]`` tells
    when. Contacts of an object with itself and of pairs that are ``excluded`` (sorted numbers) do not count, if such
    are told.
    """

    def __init__(
        self, owners: NDArray[np.int32], frame: NDArray[np.intp], count: int, excluded: NDArray[np.int64] | None
    ) -> None:
        low, high = np.minimum(owners[:, 0], owners[:, 1]), np.maximum(owners[:, 0], owners[:, 1])
        keys = low.astype(np.int64) * count + high
        numbers = frame * np.int64(count) ** 2 + keys
        order = numbers.argsort(kind="stable")
        if excluded is not None:
            order = order[(low != high)[order] & ~among(keys[order], excluded)]
        begins = _begins(numbers[order])
        self._order, self._starts, self._pair = order, begins.nonzero()[0], begins.cumsum() - 1
        self._turn = np.where(owners[:, :1] > owners[:, 1:], -1.0, 1.0)
        first = order[begins]
        self.frame, self.keys = frame[first], keys[first]
        """``[M]``, see `Near`."""
        self.pairs = np.stack([low[first], high[first]], axis=1)
        """``[M, 2]``, the lower row in the graph first."""

    def nearest(self, gap: FloatArray) -> NDArray[np.intp]:
        """Of each pair the contact of the least ``gap`` ``[K]``, the first of equal ones; ``[M]``."""
        gap = gap.take(self._order)
        least = np.minimum.reduceat(gap, self._starts)
        rows = (gap == least.take(self._pair)).nonzero()[0]
        if len(rows) > len(least):
            rows = rows[_begins(self._pair[rows])]
        return np.asarray(self._order.take(rows))

    def outward(self, normal: FloatArray, rows: NDArray[np.intp]) -> FloatArray:
        """The normals of these contacts, out of ``normal`` ``[K, 3]``, from the pairs' first object to the second."""
        return np.asarray(normal.take(rows, axis=0) * self._turn.take(rows, axis=0))


def _begins(numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Where each run of equal ones begins."""
    begins = np.empty(len(numbers), dtype=np.bool_)
    begins[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    return begins
