"""Simulated annealing on how near green comes to blue (Kirkpatrick et al., 1983).

The paper finds actions for its reward programs so (Discovering High Level Patterns, Section 5.3). The reward here needs
no program: 1 if the task is solved, else less than 1 by the gap of green and blue, shaped as distances in rewards are.
The numbers of the schedule were chosen among three on tasks for development.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import ClassVar

from addon.rewards.evaluate import shaped

from ..actions import PLACES, RADII, Action, draw
from ..scene import SIZE
from ..task import Task
from .protocol import Attempts, Feedback, Trials, rng_of

ALMOST = 0.999
"""The most that an action is worth that does not solve the task."""

DRAWS = 1000
"""Neighbours that are drawn, at most, until one has room."""


def reward(feedback: Feedback) -> float:
    """What an action was worth, from 0 to 1: the mean over the least gap of the run and that at its end."""
    if feedback.solved or not feedback.valid:
        return float(feedback.solved)
    assert feedback.closest is not None
    assert feedback.last is not None
    return ALMOST * (shaped(feedback.closest, SIZE) + shaped(feedback.last, SIZE)) / 2


@dataclass
class AnnealingAgent:
    """Walks from action to action, ever more choosy; see `protocol.Agent`.

    A walk begins at the best of so many random ``starts``. The temperature, in units of the reward, goes from ``hot``
    to ``cold`` and the width of a step, in shares of what an action may be, from ``wide`` to ``narrow`` over ``span``
    attempts. Then, or after ``patience`` attempts that brought nothing better, the walk begins anew.
    """

    seed: int
    starts: int = 10
    hot: float = 0.03
    cold: float = 0.005
    wide: float = 0.1
    narrow: float = 0.02
    span: int = 20
    patience: int = 8
    name: ClassVar[str] = "annealing"
    watches: ClassVar[bool] = True

    @property
    def settings(self) -> dict[str, float | int | str]:
        """All numbers of its schedule."""
        names = ("starts", "hot", "cold", "wide", "narrow", "span", "patience")
        return {name: getattr(self, name) for name in names}

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Nothing is learnt before a task is played."""

    def attempts(self, task: Task) -> Attempts:
        """Walks, one after the other, without end."""
        rng = rng_of(self.name, self.seed, task)
        while True:
            yield from self._walk(task, rng)

    def _walk(self, task: Task, rng: Random) -> Attempts:
        found: list[tuple[float, Action]] = []
        for _ in range(self.starts):
            action = _with_room(task, partial(draw, rng))
            found.append((reward((yield action)), action))
        worth, at = max(found, key=lambda one: one[0])
        best, idle = worth, 0
        for k in range(self.span):
            cooled = k / self.span
            step = self.wide * (self.narrow / self.wide) ** cooled
            there = _with_room(task, partial(_neighbour, at, step, rng))
            value = reward((yield there))
            temperature = self.hot * (self.cold / self.hot) ** cooled
            if value >= worth or rng.random() < math.exp((value - worth) / temperature):
                at, worth = there, value
            idle = 0 if value > best else idle + 1
            best = max(best, value)
            if idle >= self.patience:
                return


def _with_room(task: Task, make: Callable[[], Action]) -> Action:
    """The first action of several draws for which the task has room; the last one where none has."""
    for _ in range(DRAWS):
        action = make()
        if task.is_valid(action):
            break
    return action


def _neighbour(action: Action, step: float, rng: Random) -> Action:
    """An action near another one, each number off by a share of its range, kept within its limits."""

    def moved(value: float, limits: tuple[float, float]) -> float:
        low, high = limits
        return round(min(max(rng.gauss(value, step * (high - low)), low), high), 2)

    return Action(moved(action.x, PLACES), moved(action.y, PLACES), moved(action.r, RADII))
