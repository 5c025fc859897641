"""An agent that remembers what worked: PHYRE's MEM (Bakhtin et al., 2019, Section 5.1).

A fixed pool of random actions is tried on training tasks. They are played in order of how many tasks they solved, those
of the same template first; where the template was not trained on, that is how many tasks they solved in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..actions import Action, draw
from ..folds import in_turn
from ..task import Task
from .protocol import SOLVED, Attempts, Trials

Counts = NDArray[np.int64]


@dataclass
class MemoryAgent:
    """Remembers how many tasks each action of its pool solved, by template; see `protocol.Agent`.

    Of each template it looks at no more than ``per_template`` tasks.
    """

    seed: int
    pool_size: int = 1000
    per_template: int = 4
    solved: dict[str, Counts] = field(default_factory=dict)
    name: ClassVar[str] = "memory"
    watches: ClassVar[bool] = False

    @property
    def settings(self) -> dict[str, float | int | str]:
        """The size of its pool, and how many tasks of a template it looks at."""
        return {"pool_size": self.pool_size, "per_template": self.per_template}

    @property
    def pool(self) -> list[Action]:
        """The actions that it knows."""
        rng = Random(f"{self.name}/{self.seed}")
        return [draw(rng) for _ in range(self.pool_size)]

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Try the pool on tasks of each template."""
        templates = sorted({task.template for task in tasks})
        chosen = [t for name in templates for t in self._some([task for task in tasks if task.template == name])]
        self.solved = {name: np.zeros(self.pool_size, dtype=np.int64) for name in templates}
        for task, found in zip(chosen, trials(chosen, self.pool), strict=True):
            self.solved[task.template] += np.array([letter == SOLVED for letter in found], dtype=np.int64)

    def _some(self, tasks: Sequence[Task]) -> list[Task]:
        return in_turn(tasks, self.per_template, self.seed)

    def attempts(self, task: Task) -> Attempts:
        """The pool from the action that solved most tasks to the one that solved fewest, in the pool's order else."""
        none = np.zeros(self.pool_size, dtype=np.int64)
        own, every = self.solved.get(task.template, none), sum(self.solved.values(), none)
        pool = self.pool
        for k in np.lexsort((np.arange(self.pool_size), -every, -own)):
            yield pool[k]
