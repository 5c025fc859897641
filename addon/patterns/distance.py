"""Distances between traces and between their annotations (Discovering High Level Patterns, Section 3.1).

The trace distance d_x compares states, the pattern distance d_p when patterns occur. The paper defines d_p as the
cross entropy of normalised histograms and leaves two things open; here

- each histogram has one more bin, "never": a pattern without an occurrence has its whole mass there, so that two
  traces without it agree, and a trace with it and one without it differ as far as can be;
- each histogram is mixed with a little of the uniform one (`SMOOTHING`), so that no occurrence costs infinitely.

Cross entropy is neither symmetric nor zero between a trace and itself (there it is the entropy); `pattern_divergences`
is what it exceeds that entropy by (Kullback and Leibler), which is zero exactly where the histograms agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csc_array

from ..scene_graph import FloatArray
from ..trace import Trace, TraceError

BINS = 10
"""Equal parts of a run in which occurrences are counted."""

SMOOTHING = 0.01
"""Share of the uniform distribution in every histogram."""


def trace_distance(first: Trace, second: Trace, matched: Sequence[tuple[str, str]] | None = None) -> float:
    """d_x in metres: the mean distance between the same body's origins, over the bodies and frames in common.

    Bodies are the same that have one name, or those ``matched``, named as in the first and in the second trace.
    Symmetric, and zero between a trace and itself. Frames count from the start; those that only the longer trace has
    are left out, as are frames in which a body is absent from either. Raises TraceError if the steps last
    differently long, or if no body is present at the same frame of both.
    """
    if first.meta.fps != second.meta.fps:
        raise TraceError(
            f"traces of {first.meta.fps:g} and {second.meta.fps:g} steps a second cannot be compared step by step; "
            "record both at the same rate"
        )
    if matched is None:
        matched = [(name, name) for name in first.bodies if name in set(second.bodies)]
    frames = min(len(first.position), len(second.position))
    a, b = [first.index(name) for name, _ in matched], [second.index(name) for _, name in matched]
    both = first.present[:frames, a] & second.present[:frames, b]
    if not both.any():
        raise TraceError("the traces have no body in common, so there is no distance between them")
    apart = np.linalg.norm(first.position[:frames, a] - second.position[:frames, b], axis=2)
    return float(apart[both].mean())


def occurrence_histograms(matrices: Sequence[csc_array], bins: int = BINS) -> FloatArray:
    """Smoothed, normalised histograms ``[T, J, bins + 1]`` of T annotation matrices ``[frames, J]``.

    Bin k counts the frames in which a pattern is active within the k-th part of the run, whatever its length; the
    last bin is "never". Each histogram sums to 1. Raises ValueError if the matrices have different libraries.
    """
    widths = {matrix.shape[1] for matrix in matrices}
    if len(widths) > 1:
        raise ValueError(f"annotations by libraries of different sizes cannot be compared: {sorted(widths)} patterns")
    counts = np.stack([_counts(matrix, bins) for matrix in matrices])
    shares = counts / counts.sum(axis=2, keepdims=True)
    return np.asarray((1.0 - SMOOTHING) * shares + SMOOTHING / (bins + 1))


def _counts(matrix: csc_array, bins: int) -> FloatArray:
    """Active frames ``[J, bins + 1]`` of each pattern in each bin; 1 in the last bin where there are none."""
    frames, patterns = matrix.shape
    column = np.repeat(np.arange(patterns), np.diff(matrix.indptr))
    part = matrix.indices.astype(np.int64) * bins // max(frames, 1)
    counts = np.bincount(column * (bins + 1) + part, minlength=patterns * (bins + 1)).reshape(patterns, bins + 1)
    counts[:, bins] = counts.sum(axis=1) == 0
    return counts.astype(np.float64)


def pattern_distances(first: FloatArray, second: FloatArray) -> FloatArray:
    """d_p ``[S, T]`` in nats between histograms ``[S, J, bins + 1]`` and ``[T, J, bins + 1]``.

    The cross entropy of the first relative to the second, a mean over the J patterns. Never negative; smallest, in
    each row, where the histograms agree.
    """
    patterns = max(first.shape[1], 1)
    return np.asarray(-first.reshape(len(first), -1) @ np.log(second).reshape(len(second), -1).T / patterns)


def pattern_divergences(first: FloatArray, second: FloatArray) -> FloatArray:
    """d_p less the entropy of the first, ``[S, T]`` in nats: never negative, zero where the histograms agree."""
    entropy = -(first * np.log(first)).sum(axis=2).mean(axis=1)
    return np.asarray(np.maximum(pattern_distances(first, second) - entropy[:, None], 0.0))
