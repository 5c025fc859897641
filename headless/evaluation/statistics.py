"""Means with their intervals over tasks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from pydantic import BaseModel, ConfigDict

RESAMPLES = 10_000
CONFIDENCE = 0.95

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
"""Standard deviations of a normal distribution within which that share lies on both sides."""


class Share(BaseModel):
    """A mean of ``count`` values with its interval from ``low`` to ``high`` at 95 % confidence."""

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


def wilson(right: int, count: int) -> Share:
    """The share ``right`` of ``count`` with its Wilson interval (Wilson, 1927); all 0 without any.

    Unlike a bootstrap's it has a width where all or none are right.
    """
    if count == 0:
        return Share(mean=0.0, low=0.0, high=0.0, count=0)
    share, square = right / count, Z**2 / count
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    low, high = max(middle - half, 0.0), min(middle + half, 1.0)
    return Share(mean=round(share, 6), low=round(low, 6), high=round(high, 6), count=count)


def percent(share: Share | None) -> str:
    """A share with its interval: ``91.7 % (79.2 to 100.0)``."""
    if share is None:
        return "–"
    return f"{100 * share.mean:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def _rounded(value: float) -> float:
    return float(f"{float(value):.6g}")
