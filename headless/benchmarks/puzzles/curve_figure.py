"""The curves and heat maps of searches for the three buckets, drawn (Figures 11 and 13)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from .curves import Kind, Point, Sample
from .scene import SIZE

CELLS = 32
"""Parts of the scene along each axis of a heat map."""

LOOKS: dict[Kind, tuple[str, str]] = {"reward": ("#1f5fd0", "reward made of the goal"), "binary": ("#d62728", "binary")}


def draw_curves(points: Sequence[Point], path: Path) -> None:
    """Success by budget, each kind of reward with its 95 % interval."""
    figure = Figure(figsize=(6, 3.6), dpi=100, layout="constrained")
    axes = figure.add_subplot(xlabel="samples", ylabel="success", ylim=(0, 1.02))
    for kind, (color, label) in LOOKS.items():
        own = [point for point in points if point.kind == kind]
        budgets = [point.budget for point in own]
        axes.plot(budgets, [p.share.mean for p in own], color=color, marker="o", markersize=3, label=label)
        axes.fill_between(budgets, [p.share.low for p in own], [p.share.high for p in own], color=color, alpha=0.15)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path)


def draw_heatmaps(searches: dict[str, Sequence[Sample]], path: Path) -> None:
    """For each bucket where the red ball was put, and what that was worth: the best of each part of the scene."""
    figure = Figure(figsize=(3.2 * len(searches), 3.1), dpi=100, layout="constrained")
    for axes, (bucket, samples) in zip(
        figure.subplots(1, len(searches), squeeze=False)[0], searches.items(), strict=True
    ):
        image = _map(axes, samples)
        axes.set_title(f"{bucket} bucket, by the reward", fontsize=9)
    figure.colorbar(image, ax=figure.axes, label="best reward")
    figure.savefig(path)


def _map(axes: Axes, samples: Sequence[Sample]) -> AxesImage:
    best = np.full((CELLS, CELLS), np.nan)
    for sample in samples:
        if sample.worth >= 0:
            x, y = (min(int(v / SIZE * CELLS), CELLS - 1) for v in (sample.x, sample.y))
            best[y, x] = np.nanmax([best[y, x], sample.worth])
    axes.set_xticks([0, SIZE / 2, SIZE])
    axes.set_yticks([0, SIZE / 2, SIZE])
    axes.tick_params(labelsize=7)
    axes.set_xlabel("x of the red ball (px)", fontsize=8)
    return axes.imshow(best, origin="lower", extent=(0, SIZE, 0, SIZE), vmin=0, vmax=1, cmap="viridis")
