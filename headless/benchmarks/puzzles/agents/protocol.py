"""What an agent is to those who let it play."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar, Protocol

from ..actions import Action
from ..task import Task


@dataclass(frozen=True)
class Feedback:
    """What came of an action: a ball without room is not ``valid`` and was not run.

    ``closest`` and ``last`` are gaps of green and blue in pixels, the least one and the one at the end; None for agents
    that do not watch them.
    """

    valid: bool
    solved: bool = False
    closest: float | None = None
    last: float | None = None


Attempts = Generator[Action, Feedback, None]
"""Actions, one after the other; each is answered with what came of it. It may end before it is stopped."""

Trials = Callable[[Sequence[Task], Sequence[Action]], list[str]]
"""Tries all actions on each task: a text a task, with a letter an action (`SOLVED`, `UNSOLVED`, `INVALID`)."""

SOLVED, UNSOLVED, INVALID = "1", "0", "-"


class Agent(Protocol):
    """Tries actions on tasks. It goes to other processes, so it must be picklable."""

    name: ClassVar[str]
    watches: ClassVar[bool]
    """Whether it wants to know the gaps of green and blue, which makes its rollouts slower."""

    seed: int

    @property
    def settings(self) -> dict[str, float | int | str]:
        """All that its attempts depend on besides its seed and the tasks that it was trained on."""

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Learn from tasks; ``trials`` tries actions on them."""

    def attempts(self, task: Task) -> Attempts:
        """Play a task. The same task gives the same actions for the same feedback."""


def rng_of(agent: str, seed: int, task: Task) -> Random:
    """The draws of an agent on a task, which depend on nothing else."""
    return Random(f"{agent}/{seed}/{task.id}")
