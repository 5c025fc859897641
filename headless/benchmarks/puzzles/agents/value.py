"""An agent that tries what a value network expects most of (Bakhtin et al., 2019, Section 5.1, DQN).

The network was trained beforehand (Discovering High Level Patterns, Section 5.3; see `headless.learning.value`). It
runs in PyTorch, on the processor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ....learning.errors import needing_torch
from ....learning.networks import weights_of
from ....learning.value.judged import Numbers, action_of, drawn
from ..errors import PuzzleError
from ..files import load_tasks
from ..folds import fold
from ..task import Task
from .protocol import Attempts, Trials, rng_of


@dataclass
class ValueAgent:
    """Draws so many ``candidates`` with room and tries the best first; see `protocol.Agent`.

    To keep apart what is tried one after the other brought nothing on tasks for development.
    """

    seed: int
    weights: Path = field(default_factory=partial(weights_of, "value"))
    candidates: int = 1024
    name: ClassVar[str] = "value"
    watches: ClassVar[bool] = False

    @property
    def settings(self) -> dict[str, float | int | str]:
        """A digest of the weights, and how many actions it ranks."""
        return {"weights": _digest(self.weights), "candidates": self.candidates}

    def train(self, tasks: Sequence[Task], trials: Trials) -> None:
        """Nothing more is learnt. Raises LearningError if PyTorch is missing or the weights are none."""
        with needing_torch():
            from ....learning.value.ranking import opened
        opened(self.weights)

    def refuse_learnt(self, tasks: Sequence[Task]) -> None:
        """Raise PuzzleError if the network learnt from one of the tasks to play, by their names; LearningError as
        `train` does."""
        with needing_torch():
            from ....learning.value.ranking import opened
        learnt = set(opened(self.weights).tasks or _learnt())
        if known := [task.id for task in tasks if task.id in learnt]:
            raise PuzzleError(
                f"the network learnt from {len(known)} of {len(tasks)} tasks to play, such as {known[0]}, which tells "
                "nothing of others; take the fold that it was trained on (those of the project: --fold within --seed "
                "0), or train one with --fold, --seed and --scenes of 'learning actions'"
            )

    def attempts(self, task: Task) -> Attempts:
        """All candidates, those of which the network expects most first. Raises LearningError as `train` does."""
        rng = rng_of(self.name, self.seed, task)
        numbers = [drawn(task, rng) for _ in range(self.candidates)]
        for k in np.argsort(-self.worth(task, numbers), kind="stable"):
            yield action_of(numbers[k])

    def worth(self, task: Task, numbers: Sequence[Numbers]) -> NDArray[np.float32]:
        """What the network expects of K actions ``[K]``."""
        with needing_torch():
            from ....learning.value.ranking import logits
        found: NDArray[np.float32] = logits(self.weights, task, numbers)
        return found


@lru_cache(maxsize=1)
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _learnt() -> tuple[str, ...]:
    """What the weights that come with the project, which do not tell, were trained on."""
    return fold(load_tasks(), "within", 0).train
