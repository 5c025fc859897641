"""Means with their intervals over tasks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

RESAMPLES = 10_000
CONFIDENCE = 0.95


class Share(BaseModel):
    """A mean of ``count`` values with its bootstrap interval from ``low`` to ``high`` at 95 % confidence."""

    model_config = ConfigDict(frozen=True)

    mean: float
    low: float
    high: float
    count: int


def bootstrap(values: Sequence[float], seed: int) -> Share | None:
    """The mean of values with a percentile bootstrap interval (Efron, 1979); None without values.

    Resamples are drawn from ``seed``. Values that are all the same give an interval of no width, as resampling does:
    with few tasks that says little.
    """
    if not len(values):
        return None
    data = np.asarray(values, dtype=np.float64)
    draws = np.random.default_rng(seed).integers(0, len(data), (RESAMPLES, len(data)))
    low, high = np.quantile(data[draws].mean(axis=1), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Share(mean=_rounded(data.mean()), low=_rounded(low), high=_rounded(high), count=len(data))


def percent(share: Share | None) -> str:
    """A share with its interval: ``91.7 % (79.2 to 100.0)``."""
    if share is None:
        return "–"
    return f"{100 * share.mean:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def _rounded(value: float) -> float:
    return float(f"{float(value):.6g}")
