"""Smooth random fields, the same for the same seed: roughness of rocks, bark and terrain."""

from __future__ import annotations

import numpy as np

from ..scene_graph import FloatArray


def noise(points: FloatArray, size: float, seed: int, octaves: int = 3) -> FloatArray:
    """A smooth field at points ``[N, D]`` (m, D up to 3) that goes up and down over lengths of about ``size`` m.

    Returns ``[N]`` values from -1 to 1. Each octave is half as long and half as strong.
    """
    total, weight, reach = np.zeros(len(points)), 1.0, 0.0
    for octave in range(octaves):
        total += weight * _lattice(np.asarray(points) * 2**octave / size, seed * 31 + octave)
        reach += weight
        weight /= 2
    field: FloatArray = total / reach
    return field


def _lattice(points: FloatArray, seed: int) -> FloatArray:
    """Random values at whole places, and what lies between them smoothly."""
    low = np.floor(points)
    part = points - low
    part = part * part * (3.0 - 2.0 * part)
    found = np.zeros(len(points))
    dimensions = points.shape[1]
    for corner in range(2**dimensions):
        bits = np.array([corner >> d & 1 for d in range(dimensions)])
        weight = np.prod(np.where(bits, part, 1.0 - part), axis=1)
        found += weight * _value(low.astype(np.int64) + bits, seed)
    return found


def _value(cells: np.ndarray[tuple[int, ...], np.dtype[np.int64]], seed: int) -> FloatArray:
    """A number from -1 to 1 for each cell ``[N, D]``, by mixing bits."""
    mixed = np.full(len(cells), np.uint64((seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64))
    for d in range(cells.shape[1]):
        mixed ^= cells[:, d].astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    value: FloatArray = (mixed >> np.uint64(11)).astype(np.float64) / 2**52 - 1.0
    return value
