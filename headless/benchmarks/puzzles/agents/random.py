"""The baseline that chance gives: actions drawn at random until one solves the task (PHYRE's RAND)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ..actions import draw
from ..task import Task
from .protocol import Attempts, Trials, rng_of


@dataclass
class RandomAgent:
    """Draws places and radii alike over all; see `protocol.Agent`."""

    seed: int
    name: ClassVar[str] = "random"
    watches: ClassVar[bool] = False

    @property
    def settings(self) -> dict[str, float | int | str]:
        """There is nothing to set."""
        return {}

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Chance learns nothing."""

    def attempts(self, task: Task) -> Attempts:
        """Draws without end."""
        rng = rng_of(self.name, self.seed, task)
        while True:
            yield draw(rng)
