"""The contacts of a run as they come, put into columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import Contacts
from .model import ContactColumns
from .storage import Appended

CHUNK = 256
"""Frames that are put into the arrays of a run at once."""


class ContactRecorder:
    """Takes the contacts of frames in their order, between objects; ``meshes`` ``[B]`` are the trace's bodies."""

    def __init__(self, meshes: NDArray[np.intp]) -> None:
        self._waiting: list[tuple[int, Contacts]] = []
        self._frame, self._a, self._b = (Appended(np.int32) for _ in range(3))
        self._point, self._normal = Appended(np.float64, (3,)), Appended(np.float64, (3,))
        self._distance, self._impulse = Appended(np.float64), Appended(np.float64)
        self._all_pressed = True
        self.set_bodies(meshes)

    def set_bodies(self, meshes: NDArray[np.intp]) -> None:
        """Take other objects as bodies from now on."""
        self._column = np.full(int(meshes.max(initial=0)) + 1, -1, dtype=np.int32)
        self._column[meshes] = np.arange(len(meshes))

    def add(self, frame: int, contacts: Contacts) -> None:
        """Keep what touches at a frame."""
        if not len(contacts):
            return
        self._waiting.append((frame, contacts))
        if len(self._waiting) >= CHUNK:
            self._put()

    def cut(self, frame: int) -> None:
        """Forget the contacts of this frame and of those after it."""
        self._put()
        count = int(np.searchsorted(self._frame.array(), frame))
        for column in (self._frame, self._a, self._b, self._point, self._normal, self._distance, self._impulse):
            column.cut(count)

    def finish(self) -> ContactColumns:
        """All of them."""
        self._put()
        frame, a, b = self._frame.array(), self._a.array(), self._b.array()
        if not len(frame):
            return ContactColumns.empty()
        impulse = self._impulse.array() if self._all_pressed else None
        return ContactColumns(frame, a, b, self._point.array(), self._normal.array(), self._distance.array(), impulse)

    def _put(self) -> None:
        """Put the contacts that wait into the columns."""
        if not self._waiting:
            return
        frames, sets = zip(*self._waiting, strict=True)
        self._waiting.clear()
        pairs = self._column[np.concatenate([c.pairs for c in sets])]
        self._frame.add(np.repeat(np.array(frames, dtype=np.int32), [len(c) for c in sets]))
        self._a.add(pairs[:, 0])
        self._b.add(pairs[:, 1])
        self._point.add(np.concatenate([c.point for c in sets]))
        self._normal.add(np.concatenate([c.normal for c in sets]))
        self._distance.add(np.concatenate([c.distance for c in sets]))
        pressed = [c.impulse for c in sets if c.impulse is not None]
        self._all_pressed = self._all_pressed and len(pressed) == len(sets)
        if self._all_pressed:
            self._impulse.add(np.concatenate(pressed))
