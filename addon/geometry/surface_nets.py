"""The closed surface of what is dense in a grid (Gibson, "Constrained Elastic Surface Nets", without relaxation)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray
from .triangulate import Indices

CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if np.abs(CORNERS[a] - CORNERS[b]).sum() == 1]


def surface(grid: NDArray[np.floating], level: float) -> tuple[FloatArray, Indices]:
    """Vertices ``[N, 3]`` and triangles ``[M, 3]``, turned outwards, around where ``grid`` ``[I, J, K]`` is more than a
    level. Coordinates are those of the grid's points, numbered from 0; beyond the grid there is nothing."""
    field = np.pad(grid.astype(np.float64), 1) - level
    inside = field > 0.0
    number = np.full([n - 1 for n in field.shape], -1, dtype=np.intp)
    total, count = np.zeros((*number.shape, 3)), np.zeros(number.shape)
    for a, b in EDGES:
        low, high = _shifted(field, CORNERS[a]), _shifted(field, CORNERS[b])
        crossed = (low > 0.0) != (high > 0.0)
        share = np.divide(low, low - high, out=np.zeros_like(low), where=crossed)
        total += np.where(crossed[..., None], CORNERS[a] + share[..., None] * (CORNERS[b] - CORNERS[a]), 0.0)
        count += crossed
    cells = np.argwhere(count > 0)
    number[tuple(cells.T)] = np.arange(len(cells))
    mixed = tuple(cells.T)
    vertices = cells + total[mixed] / count[mixed][:, None] - 1.0
    return vertices, np.concatenate([_sheets(inside, number, axis) for axis in range(3)])


def _shifted(field: FloatArray, corner: NDArray[np.intp]) -> FloatArray:
    """The values at one corner of all cells."""
    i, j, k = corner
    x, y, z = field.shape
    return field[i : x - 1 + i, j : y - 1 + j, k : z - 1 + k]


def _sheets(inside: NDArray[np.bool_], number: NDArray[np.intp], axis: int) -> Indices:
    """Two triangles between the four cells around each edge along an axis that goes in or out."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    here, there = (np.take(inside, range(s, inside.shape[axis] - 1 + s), axis=axis) for s in (0, 1))
    at = np.argwhere(here != there)
    if not len(at):
        return np.zeros((0, 3), dtype=np.intp)
    around = []
    for du, dv in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
        cell = at.copy()
        cell[:, u] += du
        cell[:, v] += dv
        around.append(number[tuple(cell.T)])
    a, b, c, d = around
    leaves = here[tuple(at.T)]
    quad = np.where(leaves[:, None], np.stack([a, b, c, d], axis=1), np.stack([d, c, b, a], axis=1))
    return np.concatenate([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]])
