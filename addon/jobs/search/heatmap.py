"""All candidates of a search over two of its numbers (Discovering High Level Patterns, Figure 13)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from ...scene_graph import FloatArray
from .open_numbers import OpenNumber
from .spec import Candidate

CELLS = 160
"""Cells of the map along each axis."""

FAR = 0.07
"""How far the nearest candidate may be from a place that has its colour, as a share of the map's side."""


def draw_heatmap(candidates: Sequence[Candidate], across: OpenNumber, up: OpenNumber, path: Path) -> None:
    """Draw what each candidate is worth, brighter for more.

    A place has the colour of the candidate nearest to it, and none where that is far off, for nothing is known there.
    Failed ones are crosses, the best is a star.
    """
    ran = [one for one in candidates if one.value is not None]
    points = np.array([[across.part(one.values[across.name]), up.part(one.values[up.name])] for one in ran])
    worth = np.array([one.value for one in ran], dtype=np.float64)
    drawing = Figure(figsize=(6, 5), layout="constrained")
    axes = drawing.add_subplot()
    bounds = (across.low, across.high, up.low, up.high)
    look: dict[str, Any] = {"cmap": "viridis", "vmin": 0.0, "vmax": 1.0}
    shown = axes.imshow(_nearest(points, worth), origin="lower", extent=bounds, aspect="auto", alpha=0.75, **look)
    x, y = ([one.values[number.name] for one in ran] for number in (across, up))
    axes.scatter(x, y, c=worth, s=14, edgecolors="black", linewidths=0.4, **look)
    lost = [one for one in candidates if one.value is None]
    axes.scatter([one.values[across.name] for one in lost], [one.values[up.name] for one in lost], marker="x", c="red")
    best = int(np.argmax(worth))
    axes.scatter([x[best]], [y[best]], marker="*", s=220, c="white", edgecolors="black")
    axes.set_xlabel(across.name, parse_math=False)
    axes.set_ylabel(up.name, parse_math=False)
    drawing.colorbar(shown, label="reward")
    part = path.with_name(f".{path.name}.part")
    drawing.savefig(part, format="png", dpi=120, metadata={"Software": None})
    os.replace(part, path)


def _nearest(points: FloatArray, worth: FloatArray) -> FloatArray:
    """What the nearest of the points is worth at each cell of the unit square, row by row; NaN where it is far off."""
    middles = (np.arange(CELLS) + 0.5) / CELLS
    rows = []
    for height in middles:
        off = (middles[:, None] - points[None, :, 0]) ** 2 + (height - points[None, :, 1]) ** 2
        rows.append(np.where(off.min(axis=1) <= FAR**2, worth[np.argmin(off, axis=1)], np.nan))
    return np.array(rows)
