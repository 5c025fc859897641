"""Which near pairs touch from frame to frame: they begin at one gap and go on over a larger one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from .near import Near, among

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


class Touches:
    """Which of the pairs that are ``near`` ``[K]`` at some frames in a row touch: those that ``begin`` to there
    ``[K]``, and those that `stay` tells of."""

    def __init__(self, near: Near, begin: Mask) -> None:
        self._near = near
        self.all_begin = bool(begin.all())
        self.kept = begin
        """Whether each touches ``[K]``."""

    def stay(self, ends: FloatArray, most: FloatArray, held: Mask, nearest: Mask, touched: NDArray[np.int64]) -> None:
        """Let pairs that touch go on in the frames after up to a gap of ``ends`` ``[K]``, or of ``most`` ``[K]`` while
        something holds up one of the two, in m.

        Which objects are ``held`` is told for each frame ``[F, B]``, and which of them are held by what is ``nearest``
        if they touch nothing. The pairs ``touched`` did so at the frame before the first.
        """
        frame, distance = self._near.frame, self._near.contacts.distance
        self._nearest, self._is_one = nearest, not frame[-1]
        self._places = self._near.contacts.pairs
        if not self._is_one:
            self._places = self._places + (frame * held.shape[1])[:, None]
        self._is_held = (distance <= most) & self._any(held)
        self._stays = self.kept | (distance <= ends) | self._is_held
        goes_on = self._stays & among(self._near.keys, touched)
        if self._is_one:
            self.kept = self.kept | goes_on
        else:
            self._keep(self.kept | (goes_on & (frame == 0)))

    def touching(self) -> Near:
        """Those that touch."""
        return self._near if self.all_begin else self._near[self.kept]

    def _any(self, objects: Mask) -> Mask:
        """Whether this ``[F, B]`` holds of an object of each pair, at its frame."""
        both = objects.take(self._places)
        return np.asarray(both[:, 0] | both[:, 1])

    def _keep(self, begins: Mask) -> None:
        """Find the runs of frames in which a pair stays, and keep what comes from its beginning to touch on."""
        frame, keys, count = self._near.frame, self._near.keys, len(self._near)
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
                self.kept[row if self._is_one else self._order[self._rank[row] : self._end[self._rank[row]]]] = True

    def lonely_frames(self) -> set[int]:
        """The frames at which something is near enough to a body to hold it that touches nothing."""
        if self.all_begin:
            return set()
        waits = self._is_held & ~self.kept
        if not waits.any():
            return set()
        alone = self._nearest.copy()
        alone.put(self._places[self.kept], False)
        return set(self._near.frame[waits & self._any(alone)].tolist())

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
