"""The contacts of a run: found when somebody asks for them, else many frames at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..engine.protocol import ContactsError, Engine
from ..scene_graph import NO_CONTACTS, Contacts, StepState
from ..trace import Recorder


class Touches:
    """Takes every frame of a run in its order; gives ``recorder`` the contacts of all of them."""

    def __init__(self, engine: Engine, recorder: Recorder) -> None:
        self._engine, self._recorder = engine, recorder
        self._waiting: list[tuple[int, StepState, NDArray[np.bool_]]] = []
        self._last: Contacts = NO_CONTACTS
        self.states: tuple[StepState, ...] = ()
        """The last states, at most three, the latest last."""

    def add(self, frame: int, state: StepState, present: NDArray[np.bool_]) -> None:
        """Take a frame. Raises ContactsError, also for one of the frames before."""
        self.states = (*self.states[-2:], state)
        self._waiting.append((frame, state, present))
        if len(self._waiting) >= self._engine.contacts_at_once:
            self.find()

    @property
    def are_found(self) -> bool:
        """Whether the contacts of the last frame are known already."""
        return not self._waiting

    def now(self) -> Contacts:
        """The contacts of the last frame. Raises ContactsError."""
        self.find()
        return self._last

    def find(self) -> None:
        """Find the contacts of all frames that wait. Raises ContactsError."""
        if not self._waiting:
            return
        frames, states, present = zip(*self._waiting, strict=True)
        self._waiting.clear()
        try:
            found = self._engine.contacts(states, np.array(present))
        except ContactsError as error:
            self._keep(frames, error.found)
            raise
        self._keep(frames, found)

    def _keep(self, frames: tuple[int, ...], found: Sequence[Contacts]) -> None:
        for frame, contacts in zip(frames, found, strict=False):
            self._recorder.touch(frame, contacts)
            self._last = contacts
