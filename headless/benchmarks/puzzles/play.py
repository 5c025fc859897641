"""An agent plays a task: attempt by attempt until it is solved, and what that cost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from headless.planar.probe import probe

from .actions import Action
from .agents.protocol import INVALID, SOLVED, UNSOLVED, Agent, Feedback
from .scene import METRES, STEPS
from .task import Task

MOST_INVALID = 10_000
"""Actions without room in a row after which a task is given up."""


class Game(BaseModel):
    """How a task went: each valid action that was tried, ``invalid`` ones in all, and at which one it was solved."""

    model_config = ConfigDict(frozen=True)

    task: str
    actions: tuple[tuple[float, float, float], ...]
    solved_at: int | None
    invalid: int


class Cost(BaseModel):
    """Rollouts of Box2D, their steps, and the seconds of the process that they took."""

    rollouts: int = 0
    steps: int = 0
    seconds: float = 0.0


@dataclass
class Table:
    """Where tasks are tried, and what that has cost so far; ``watches`` as the agent does."""

    watches: bool
    cost: Cost

    def run(self, task: Task, action: Action) -> Feedback:
        """What comes of an action."""
        if not task.is_valid(action):
            return Feedback(valid=False)
        begun = time.process_time()
        if self.watches:
            found = probe(task.blueprint_with(action), task.goal, STEPS)
            outcome, gaps = found.outcome, (found.closest / METRES, found.last / METRES)
        else:
            outcome, gaps = task.outcome(action), None
        self.cost.seconds += time.process_time() - begun
        self.cost.rollouts += 1
        self.cost.steps += outcome.steps
        return Feedback(True, outcome.solved, *(gaps or ()))


def play(agent: Agent, task: Task, attempts: int) -> tuple[Game, Cost]:
    """Let an agent play a task until it is solved, so many attempts are made or it knows no more actions."""
    table = Table(agent.watches, Cost())
    tries = agent.attempts(task)
    actions: list[tuple[float, float, float]] = []
    invalid, in_a_row, solved = 0, 0, False
    action = next(tries, None)
    while action is not None:
        feedback = table.run(task, action)
        if feedback.valid:
            actions.append((action.x, action.y, action.r))
        invalid, in_a_row = invalid + (not feedback.valid), 0 if feedback.valid else in_a_row + 1
        solved = feedback.solved
        if solved or len(actions) >= attempts or in_a_row >= MOST_INVALID:
            break
        try:
            action = tries.send(feedback)
        except StopIteration:
            break
    tries.close()
    return Game(
        task=task.id, actions=tuple(actions), solved_at=len(actions) if solved else None, invalid=invalid
    ), table.cost


def try_all(task: Task, actions: Sequence[Action]) -> tuple[str, Cost]:
    """What comes of each of several actions, a letter each; see `Trials`."""
    table = Table(False, Cost())
    found = (table.run(task, action) for action in actions)
    return "".join(SOLVED if f.solved else UNSOLVED if f.valid else INVALID for f in found), table.cost
