"""How well puzzles are solved: within how many attempts, and AUCCESS, which counts early solutions for more.

Both are PHYRE's (Bakhtin et al., 2019, Section 4.2): invalid actions are no attempts, and at most 100 are made a task.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

ATTEMPTS = 100
"""Attempts that a task is given."""

SolvedAt = int | None
"""The number of the attempt that solved a task, from 1; None where none did."""


def solved_within(solved_at: Sequence[SolvedAt], attempts: int) -> float:
    """The share of tasks that were solved within so many attempts, from 0 to 1. Raises ValueError without tasks."""
    if not solved_at:
        raise ValueError("there are no tasks of which a share could be solved")
    return sum(k is not None and k <= attempts for k in solved_at) / len(solved_at)


def task_auccess(solved_at: SolvedAt, attempts: int = ATTEMPTS) -> float:
    """AUCCESS of one task, from 0 to 1: its mean over tasks is that of all tasks together.

    Of the weights w_k = ln(k + 1) - ln(k) of attempts k, which are ln(``attempts`` + 1) in all, a task has those from
    its solution on.
    """
    if solved_at is None or solved_at > attempts:
        return 0.0
    return 1.0 - math.log(solved_at) / math.log(attempts + 1)


def auccess(solved_at: Sequence[SolvedAt], attempts: int = ATTEMPTS) -> float:
    """AUCCESS, from 0 to 1: the mean of the shares solved within k = 1 … ``attempts``, weighted by w_k.

    Raises ValueError without tasks.
    """
    weights = [math.log(k + 1) - math.log(k) for k in range(1, attempts + 1)]
    shares = [solved_within(solved_at, k) for k in range(1, attempts + 1)]
    return sum(w * s for w, s in zip(weights, shares, strict=True)) / sum(weights)
