"""What a trained network expects of actions on one puzzle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ...benchmarks.puzzles.task import Task
from ..errors import LearningError
from .goals import SUCCESS
from .judged import Numbers, grid_of
from .network import ValueNetwork
from .train import load_network

AT_ONCE = 32
"""Actions that are looked at together; more are slower on a processor, whose memory near at hand is small."""


@dataclass(frozen=True, eq=False)
class Opened:
    """A network on the processor, which ``output`` of it is the puzzle's own, the ``cells`` of a grid's side, and the
    names of the ``tasks`` that it learnt from, where the weights tell."""

    network: ValueNetwork
    output: int
    cells: int
    tasks: tuple[str, ...]


@lru_cache(maxsize=1)
def opened(weights: Path) -> Opened:
    """A trained network. Raises LearningError if there is none in the file, or none that knows the puzzle itself."""
    network, about = load_network(weights, "cpu")
    if SUCCESS not in about["goals"]:
        raise LearningError(f"{weights} was not trained for '{SUCCESS}', which puzzles ask for; train for all goals")
    return Opened(network, about["goals"].index(SUCCESS), about["plan"]["grid"], tuple(about.get("tasks", ())))


@torch.inference_mode()
def logits(weights: Path, task: Task, actions: Sequence[Numbers]) -> NDArray[np.float32]:
    """How surely each of K actions solves a task, as logits ``[K]``. Raises LearningError as `opened` does."""
    torch.set_num_threads(1)  # Sums then come in one order whatever the machine, and tasks have processes.
    known = opened(weights)
    grid = torch.as_tensor(grid_of(task, known.cells))
    told = [
        known.network(grid.expand(len(some), -1, -1), some)[:, known.output]
        for some in torch.tensor(actions, dtype=torch.float32).split(AT_ONCE)
    ]
    found: NDArray[np.float32] = torch.cat(told).numpy()
    return found
