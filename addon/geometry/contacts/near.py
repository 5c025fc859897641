"""Poses of bodies, and which pairs of them are near each other."""

from __future__ import annotations

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

    def __getitem__(self, rows: NDArray[Any] | slice) -> Near:
        return Near(self.frame[rows], self.keys[rows], picked(self.contacts, rows))


def picked(contacts: Contacts, rows: NDArray[Any] | slice) -> Contacts:
    """Some of the contacts."""
    return Contacts(contacts.pairs[rows], contacts.point[rows], contacts.normal[rows], contacts.distance[rows])


NOTHING_NEAR = Near(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64), NO_CONTACTS)


def among(keys: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the pairs' numbers ``[K]`` are among some sorted ones."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    return np.asarray(known.take(known.searchsorted(keys), mode="clip") == keys)
