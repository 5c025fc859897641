"""Which near pairs touch from frame to frame: they begin at one gap and go on over a larger one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from .near import Near, among

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


class Touches:
    """Which of the pairs that are ``near`` ``[K]`` at some frames in a row touch.

    A pair begins to touch at a gap of ``begins`` and goes on in the frames after up to one of ``ends``, or of ``most``
    while something holds up one of the two; all ``[K]`` in m. Which objects are ``held`` is told for each frame
    ``[F, B]``, and which of them are held by what is ``nearest`` if they touch nothing. The pairs ``touched`` did so at
    the frame before the first.
    """

    def __init__(
        self,
        near: Near,
        begins: FloatArray,
        ends: FloatArray,
        most: FloatArray,
        held: Mask,
        nearest: Mask,
        touched: NDArray[np.int64],
    ) -> None:
        self._near, self._nearest = near, nearest
        self.kept = near.contacts.distance <= begins
        """Whether each touches ``[K]``."""
        self._all_begin = bool(self.kept.all())
        if not self._all_begin:
            self._is_held = (near.contacts.distance <= most) & self._any(held)
            self._stays = self.kept | (near.contacts.distance <= ends) | self._is_held
            self._keep(touched)

    def touching(self) -> Near:
        """Those that touch."""
        return self._near if self._all_begin else self._near[self.kept]

    def _any(self, objects: Mask) -> Mask:
        """Whether this ``[F, B]`` holds of an object of each pair, at its frame."""
        return np.asarray(objects[self._near.frame[:, None], self._near.contacts.pairs].any(axis=1))

    def _keep(self, touched: NDArray[np.int64]) -> None:
        """Find the runs of frames in which a pair stays, and keep what comes from its beginning to touch on."""
        frame, keys, count = self._near.frame, self._near.keys, len(self._near)
        begins = self.kept | (self._stays & (frame == 0) & among(keys, touched))
        if not frame[-1]:
            self.kept, self._order, self._rank = begins, *(np.arange(count),) * 2
            self._end = self._rank + 1
            return
        order = np.argsort(keys, kind="stable")
        breaks = (np.diff(keys[order]) != 0) | (np.diff(frame[order]) != 1)
        breaks |= ~(self._stays[order][1:] & self._stays[order][:-1])
        starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
        sizes = np.diff(starts, append=count)
        last = np.maximum.accumulate(np.where(begins[order], np.arange(count), -1))
        self.kept[order] = last >= np.repeat(starts, sizes)
        self._order, self._end = order, np.repeat(starts + sizes, sizes)
        self._rank = np.empty(count, dtype=np.intp)
        self._rank[order] = np.arange(count)

    def go_on(self, rows: Rows) -> None:
        """Let those of these that stay touch from there on, for what touched at the frame before."""
        for row in rows[~self.kept[rows]].tolist():
            if self._stays[row]:
                rank = self._rank[row]
                self.kept[self._order[rank : self._end[rank]]] = True

    def lonely_frames(self) -> set[int]:
        """The frames at which something is near enough to a body to hold it that touches nothing."""
        if self._all_begin:
            return set()
        alone = self._nearest.copy()
        alone[self._near.frame[self.kept, None], self._near.contacts.pairs[self.kept]] = False
        return set(self._near.frame[self._is_held & ~self.kept & self._any(alone)].tolist())

    def hold_lonely(self, frame: int, rows: Rows) -> None:
        """Let the bodies that touch nothing at a frame touch what is nearest; ``rows`` are the frame's."""
        pairs, distance = self._near.contacts.pairs[rows], self._near.contacts.distance[rows]
        alone = self._nearest[frame].copy()
        alone[pairs[self.kept[rows]]] = False
        near = self._is_held[rows]
        for row in np.flatnonzero(near & alone[pairs].any(axis=1)).tolist():
            one = pairs[row][alone[pairs[row]]][0]
            mine = near & (pairs == one).any(axis=1)
            if distance[row] == distance[mine].min():
                self.go_on(rows[row : row + 1])
