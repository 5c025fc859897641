"""Rollouts as tensors, and balanced batches of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import LearningError
from .goals import SUCCESS, ValueGoal

OWN_SHARE = 8
"""Rows that are drawn for the puzzle itself for each one for another goal: of it many more are known."""

FEWEST = 32
"""Where fewer rows meet a goal, as many of the best ones count as positive."""


@dataclass(frozen=True, eq=False)
class Part:
    """N tasks and R rows about them: ``grids`` uint8 ``[N, S, S]``, ``task`` ``[R]``, ``action`` ``[R, 3]``, ``worth``
    ``[R, G]`` in 0 to 1, NaN where it is not known, and ``candidates`` ``[N, K, 3]`` among which a network chooses."""

    names: tuple[str, ...]
    grids: Tensor
    task: Tensor
    action: Tensor
    worth: Tensor
    candidates: Tensor


@dataclass(frozen=True, eq=False)
class Rollouts:
    """What a network learns from and is validated on; the goals' last one is the puzzle itself."""

    goals: tuple[ValueGoal, ...]
    train: Part
    dev: Part

    @property
    def names(self) -> tuple[str, ...]:
        """The goals' names."""
        return tuple(goal.name for goal in self.goals)

    @property
    def shares(self) -> list[int]:
        """How often each goal's rows are drawn, in proportion."""
        return [OWN_SHARE if name == SUCCESS else 1 for name in self.names]

    def sided(self, device: torch.device) -> Tensor:
        """Which goals ``[G]`` tell left from right."""
        return torch.tensor([goal.sided for goal in self.goals], device=device)


def load(path: Path, size: int, device: torch.device, only: str | None = None, rewarded: bool = False) -> Rollouts:
    """The rollouts of a file, with grids of ``size`` cells a side; of one goal where one is named, and without the rows
    for training that no reward judged where ``rewarded``."""
    try:
        with np.load(path) as stored:
            about = json.loads(str(stored["about"]))
            goals = [
                *(ValueGoal(**goal) for goal in about["goals"]),
                ValueGoal(SUCCESS, "Solve the puzzle.", "rule", ""),
            ]
            names = [goal.name for goal in goals]
            if only is not None and only not in names:
                raise LearningError(f"no goal is called '{only}'; there are {', '.join(names)}")
            kept = list(range(len(goals))) if only is None else [names.index(only)]
            parts = [_part(stored, part, size, kept, device, rewarded) for part in ("train", "dev")]
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as problem:
        if isinstance(problem, LearningError):
            raise
        raise LearningError(
            f"{path} holds no rollouts ({problem}); make them with python -m headless learning actions"
        ) from None
    return Rollouts(tuple(goals[k] for k in kept), *parts)


def _part(stored: Any, part: str, size: int, kept: list[int], device: torch.device, rewarded: bool) -> Part:
    def put(array: np.ndarray, kind: torch.dtype) -> Tensor:
        return torch.as_tensor(array).to(device, kind)

    names = tuple(str(name) for name in stored[f"{part}/tasks"])
    grids = put(stored[f"{part}/grid{size}"], torch.uint8)
    task, action = stored[f"{part}/task"], stored[f"{part}/action"]
    success = stored[f"{part}/success"].astype(np.float32)[:, None]
    worth = np.concatenate([stored[f"{part}/reward"].astype(np.float32), success], 1)
    own = ~np.isnan(worth[:, 0]) if rewarded else np.ones(len(worth), dtype=bool)
    task, action, worth = task[own], action[own], worth[own][:, kept]
    candidates = np.zeros((len(names), 0, 3)) if part == "train" else stored[f"{part}/candidates"]
    return Part(
        names, grids, put(task, torch.long), put(action, torch.float32), put(worth, torch.float32),
        put(candidates, torch.float32),
    )  # fmt: skip


class Balanced:
    """Batches in which each goal has as many rows that meet it as rows that do not."""

    def __init__(self, part: Part, batch: int, shares: Sequence[int]) -> None:
        worth = part.worth.cpu()
        self.least = torch.stack([_threshold(column) for column in worth.T])
        """From what on a row counts as positive ``[G]``: 1, or less where a goal is hardly ever met."""
        pools = [pool for column, least in zip(worth.T, self.least, strict=True) for pool in _pools(column, least)]
        self._rows = torch.cat(pools)
        length = torch.tensor([len(pool) for pool in pools])
        each = max(1, batch // (2 * sum(shares)))
        times = torch.tensor(shares).repeat_interleave(2) * each
        self._length = length.repeat_interleave(times)
        self._start = (length.cumsum(0) - length).repeat_interleave(times)

    def draw(self, generator: torch.Generator) -> Tensor:
        """Numbers of rows ``[B]``."""
        share = torch.rand(len(self._length), generator=generator)
        place = torch.minimum((share * self._length).long(), self._length - 1)
        return self._rows[self._start + place]


def _threshold(worth: Tensor) -> Tensor:
    known = worth[~worth.isnan()]
    if len(known) == 0:
        raise LearningError("no row tells what a goal is worth; make the rollouts again")
    return known.topk(min(FEWEST, len(known))).values[-1].clamp(max=1.0)


def _pools(worth: Tensor, least: Tensor) -> tuple[Tensor, Tensor]:
    """The rows that meet a goal, and the others; all that are known where one of these is empty."""
    known = torch.nonzero(~worth.isnan()).squeeze(1)
    met = worth[known] >= least
    positive, negative = known[met], known[~met]
    return positive, negative if len(negative) else known
