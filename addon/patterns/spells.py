"""Runs of successive frames, the form in which most detectors find what lasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray

Ints = NDArray[np.int64]


def spells(key: NDArray[np.integer], frame: NDArray[np.integer], gap: int = 0) -> tuple[Ints, Ints]:
    """First and last row of each run of successive frames of one key; at most ``gap`` frames are missing between two.

    Rows ``[K]`` are sorted by key, then frame.
    """
    begins = np.ones(len(key), dtype=np.bool_)
    begins[1:] = (key[1:] != key[:-1]) | (frame[1:] - frame[:-1] > gap + 1)
    first = np.flatnonzero(begins)
    return first, np.append(first[1:], len(key))[: len(first)] - 1


def runs(mask: NDArray[np.bool_], gap: int = 0) -> tuple[Ints, Ints, Ints]:
    """Column, first and last frame of each run of true values in the columns of ``mask`` ``[F, N]``."""
    column, frame = np.nonzero(mask.T)
    first, last = spells(column, frame, gap)
    return column[first], frame[first], frame[last]


def without_gaps(mask: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """``mask`` ``[F, N]`` with at most ``gap`` false values between two true ones of a column turned true."""
    column, start, end = runs(mask, gap)
    edges = np.zeros((len(mask) + 1, mask.shape[1]), dtype=np.int64)
    edges[start, column] = 1
    edges[end + 1, column] -= 1
    return np.asarray(np.cumsum(edges, axis=0)[:-1] > 0)


def couples(key: Ints, frame: Ints) -> tuple[Ints, Ints]:
    """All pairs of rows with the same key and frame; rows ``[K]`` are sorted by key, then frame."""
    low, high = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for apart in range(1, len(key)):
        row = np.flatnonzero((key[apart:] == key[:-apart]) & (frame[apart:] == frame[:-apart]))
        if not len(row):
            break
        low.append(row)
        high.append(row + apart)
    return np.concatenate(low), np.concatenate(high)


def flips(value: FloatArray, tolerance: float) -> tuple[Ints, Ints]:
    """Column and frame at which values ``[F, N]`` change sign, in order of columns.

    A change counts once the value is beyond ``tolerance`` on the other side; the frame is that of the last crossing of
    zero before. None is told across frames at which the value is NaN.
    """
    frames = np.arange(len(value))[:, None]
    side = np.where(np.abs(value) > tolerance, np.sign(value), 0.0)
    decided = np.maximum.accumulate(np.where((side != 0.0) | np.isnan(value), frames, 0), axis=0)
    held = np.take_along_axis(side, decided, axis=0)
    column, frame = np.nonzero((held[1:] * held[:-1] < 0.0).T)
    frame = frame + 1
    before = [np.flatnonzero(value[:f, c] * value[f, c] <= 0.0)[-1] for c, f in zip(column, frame, strict=True)]
    return column, np.array(before, dtype=np.int64) + 1


def turns(value: FloatArray, share: float, least: float) -> list[int]:
    """The indices between which values ``[F]``, at least 0, rise and fall by turns; empty if they change too little.

    A change counts if it is more than ``least`` and at least ``share`` of the value, or of ``least``, at its beginning,
    so that what trembles within a rise or a fall does not part it.
    """

    def counts(before: float, after: float) -> bool:
        return abs(after - before) > least and abs(after - before) >= share * max(before, least)

    values, found = value.tolist(), []
    low = high = way = 0
    for i, now in enumerate(values):
        low, high = (i if now < values[low] else low), (i if now > values[high] else high)
        if way <= 0 and now > values[low] and counts(values[low], now):
            found.append(low)
            way, high = 1, i
        elif way >= 0 and now < values[high] and counts(values[high], now):
            found.append(high)
            way, low = -1, i
    return [*found, high if way > 0 else low] if found else []


def risings(score: FloatArray) -> list[tuple[int, int]]:
    """First and last index of the maximal scoring runs of scores ``[N]``: those that lose by being made longer or
    shorter, so that what falls between two of them is more than either rises (Ruzzo and Tompa, 1999)."""
    found: list[tuple[int, int, float, float]] = []
    total = 0.0
    for i, value in enumerate(score.tolist()):
        first, before, total = i, total, total + value
        if value <= 0.0:
            continue
        while found:
            k = next((k for k in range(len(found) - 1, -1, -1) if found[k][2] < before), None)
            if k is None or found[k][3] >= total:
                break
            first, before = found[k][0], found[k][2]
            del found[k:]
        found.append((first, i, before, total))
    return [(first, last) for first, last, *_ in found]
