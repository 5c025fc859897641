"""What a candidate is worth: nu = rho + eta - lambda - psi (Discovering High Level Patterns, Algorithm 2, Appendix F).

The paper leaves some of it open; here

- d_p between two traces is the cross entropy of the candidate's histograms, a mean of both directions, for the pairs
  have no order;
- novelty eta is in shares of the greatest cross entropy that smoothed histograms can have, so that no term outweighs
  the others;
- psi counts activations a trace in place of seconds, which would differ from run to run. What a candidate costs is
  bounded by the sandbox's ticks;
- a candidate that finds nothing, the same in all traces (such as that something is so at all times), as much in every
  trace at times without a relation to it, or something in every tenth frame has no fitness.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from addon.patterns import Activation
from addon.patterns.distance import SMOOTHING, pattern_distances
from addon.scene_graph import FloatArray

from .programs import Fitness
from .settings import Settings
from .trace_set import TraceSet

MOST_LINES = 1000
OFTEN = 0.1
"""Activations a frame from which on a detector tells frames, not events."""

ALIKE, BY_CHANCE = 0.95, 0.05
"""Share of runs with one number of events from which on a detector has to be significant, and what is not. For others
it is not asked: of the library's patterns 16 of 39 are not significant in `puzzles:40`, most of them for being rare."""

REARRANGED, FEWEST_WAYS = 999, 100
"""Random exchanges of traces that rho is held against, and how many there have to be."""

PLACES = 6
"""Digits of what is kept."""


def fitness_of(
    found: Sequence[Sequence[Activation]],
    source: str,
    traces: TraceSet,
    settings: Settings,
    examples: float | None = None,
) -> Fitness:
    """The fitness of a candidate by what it ``found`` in each trace, see `degenerate` for what has none."""
    own = traces.histograms(found)
    return Fitness(
        correlation=round(correlation(own, traces), PLACES),
        novelty=round(novelty(own, traces.library_histograms), PLACES),
        length=round(length_penalty(source), PLACES),
        repetition=round(repetition_penalty(found, traces.repetition * settings.repetition), PLACES),
        examples=None if examples is None else round(examples, PLACES),
    )


def degenerate(found: Sequence[Sequence[Activation]], traces: TraceSet) -> str:
    """Why a candidate tells nothing about traces; "" if it does."""
    if not any(found):
        return f"it finds nothing in any of the {len(traces)} runs"
    events, frames = sum(map(len, found)), sum(len(trace.position) for trace in traces.traces)
    if events > OFTEN * frames:
        return f"it finds {events} events in {frames} frames, so that it tells frames and not events"
    own = traces.histograms(found)
    if float(np.ptp(own, axis=0).max()) < 1e-9:
        return "it finds the same at the same times in all runs, so that it tells nothing about a run"
    counts = [len(activations) for activations in found]
    alike = counts.count(usual := max(counts, key=counts.count)) >= ALIKE * len(counts)
    if alike and usual and significance(own, traces) > BY_CHANCE:
        return f"it finds {usual} in about every run, at times that go no more with how runs differ than by chance"
    return ""


def correlation(own: FloatArray, traces: TraceSet) -> float:
    """rho: Pearson's correlation of d_x and d_p over all pairs of traces; 0 where either does not vary.

    ``own`` are the candidate's histograms ``[T, bins + 1]``.
    """
    first, second, apart = traces.pairs
    table = pattern_distances(own[:, None], own[:, None])
    distances = (table + table.T)[first, second] / 2
    if np.ptp(distances) < 1e-12 or np.ptp(apart) < 1e-12:
        return 0.0
    return float(np.corrcoef(apart, distances)[0, 1])


def significance(own: FloatArray, traces: TraceSet) -> float:
    """How often rho is as great by chance: the share of `REARRANGED` random exchanges of traces that can stand for each
    other (`TraceSet.exchangeable`) in which it is, the true order counted in (Mantel's test).

    0 where there are fewer than `FEWEST_WAYS` to exchange them, for then nothing could be shown.
    """
    groups = traces.exchangeable
    if math.prod(math.factorial(len(group)) for group in groups) < FEWEST_WAYS:
        return 0.0
    first, second, apart = traces.pairs
    table = pattern_distances(own[:, None], own[:, None])
    order = np.tile(np.arange(len(traces)), (REARRANGED + 1, 1))
    draws = np.random.default_rng(0)
    for group in groups:
        order[1:, group] = draws.permuted(np.tile(group, (REARRANGED, 1)), axis=1)
    distances = (table + table.T)[order[:, first], order[:, second]]
    away = distances - distances.mean(axis=1, keepdims=True)
    scale = np.linalg.norm(away, axis=1)
    rhos = away @ (apart - apart.mean()) / np.where(scale > 1e-9, scale, np.inf)
    return float((rhos >= rhos[0] - 1e-9).mean())


def novelty(own: FloatArray, library: FloatArray) -> float:
    """eta: the mean cross entropy of the candidate's histograms ``[T, bins + 1]`` relative to those that the library
    has of the same traces ``[T, J, bins + 1]``, in shares of the greatest; 0 without a library."""
    if not library.shape[1]:
        return 0.0
    most = math.log(own.shape[1] / SMOOTHING)
    return float(-np.einsum("tb,tjb->tj", own, np.log(library)).mean() / most)


def length_penalty(source: str) -> float:
    """lambda of a source, by the number of its lines."""
    return length_of(len(source.strip().splitlines()))


def length_of(lines: int) -> float:
    """lambda: the natural logarithm of the number of lines over 5; lines beyond `MOST_LINES` are free."""
    return math.log(min(max(lines, 1), MOST_LINES)) / 5


def repetition_penalty(found: Sequence[Sequence[Activation]], mu: float) -> float:
    """psi: 0 up to ``mu`` activations a trace, 1 from twice as many on, linear between."""
    if mu <= 0.0:
        return 0.0
    mean = sum(map(len, found)) / max(len(found), 1)
    return min(max(mean / mu - 1.0, 0.0), 1.0)
