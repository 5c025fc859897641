"""Poses of bodies, and which pairs of them are near each other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import NO_CONTACTS, Contacts, FloatArray


@dataclass
class Poses:
    """Positions ``[N, 3]`` and rotation matrices ``[N, 3, 3]`` (axes as columns) of the objects that have a shape; of
    many frames ``[F, N, 3]`` and ``[F, N, 3, 3]``."""

    position: FloatArray
    rotation: FloatArray

    def put_away(self, absent: NDArray[np.bool_]) -> None:
        """Move objects that are not there ``[F, N]`` to where nothing touches."""
        self.position, self.rotation = self.position.copy(), self.rotation.copy()
        self.position[absent] = 0.0
        self.position[absent, 0] = 1e5 * np.nonzero(absent)[1] + 1e5
        self.rotation[absent] = np.eye(3)

    def of(self, rows: NDArray[np.intp]) -> Poses:
        """Those of some objects, of all frames."""
        turned = self.rotation.transpose(0, 1, 3, 2).take(rows, axis=1).transpose(0, 1, 3, 2)
        return Poses(self.position.take(rows, axis=1), turned)

    def packed(self) -> bytes:
        """All their numbers."""
        return self.position.tobytes() + self.rotation.tobytes()

    def __len__(self) -> int:
        return len(self.position)

    def __getitem__(self, frames: Any) -> Poses:
        return Poses(self.position[frames], self.rotation[frames])


@dataclass(frozen=True)
class Near:
    """The nearest points of near pairs, one for each pair and frame, sorted by frame and pair."""

    frame: NDArray[np.intp]  # [K]
    keys: NDArray[np.int64]
    """The pairs' numbers ``[K]``: the lower row in the graph, times the number of its objects, plus the higher row."""
    contacts: Contacts

    def __len__(self) -> int:
        return len(self.keys)

    def ends(self, count: int) -> list[int]:
        """Where each of the first ``count`` frames begins, and where the last of them ends."""
        if not len(self) or not self.frame[-1]:
            return [0, *[len(self)] * count]
        return [int(end) for end in self.frame.searchsorted(np.arange(count + 1))]

    def __getitem__(self, rows: NDArray[Any]) -> Near:
        """Those at some rows, or where a mask holds."""
        if rows.dtype == np.bool_:
            rows = rows.nonzero()[0]
        c = self.contacts
        nearest = c.point.take(rows, axis=0), c.normal.take(rows, axis=0), c.distance.take(rows)
        return Near(self.frame.take(rows), self.keys.take(rows), Contacts(c.pairs.take(rows, axis=0), *nearest))

    def split(self, count: int) -> list[Contacts]:
        """The contacts of each of the first ``count`` frames."""
        ends, c = self.ends(count), self.contacts
        if count == 1 and ends[-1] == len(self):
            return [c]
        return [
            Contacts(c.pairs[a:b], c.point[a:b], c.normal[a:b], c.distance[a:b]) for a, b in itertools.pairwise(ends)
        ]


NOTHING_NEAR = Near(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64), NO_CONTACTS)


def among(keys: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the pairs' numbers ``[K]`` are among some sorted ones."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    return np.asarray(known.take(known.searchsorted(keys), mode="clip") == keys)
