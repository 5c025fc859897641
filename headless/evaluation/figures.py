"""Plots of an evaluation as SVG text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from addon.jobs.plots import figure, svg
from addon.metrics import shape_iou
from addon.scene_graph import FloatArray
from addon.trace import Trace

from .statistics import Share


def shares_plot(groups: Mapping[str, Share], label: str, published: float | None = None) -> str:
    """Success in % by group, each with its interval and count; a dotted line at a ``published`` share (%)."""
    drawing, axes = figure(0.9 + 0.24 * max(len(groups), 1))
    rows = range(len(groups))
    means = [100 * s.mean for s in groups.values()]
    spans = [[100 * (s.mean - s.low) for s in groups.values()], [100 * (s.high - s.mean) for s in groups.values()]]
    axes.errorbar(means, rows, xerr=spans, fmt="o", capsize=3, markersize=4, color="tab:blue")
    told = f"success (%) by {label}, 95 % interval"
    if published is not None:
        axes.axvline(published, color="tab:gray", linestyle=":", linewidth=1)
        told += f"; dotted: {published:g} %, as published"
    axes.set_yticks(rows, [f"{name} ({s.count})" for name, s in groups.items()], fontsize=8)
    axes.set_xlim(-3, 103)
    axes.set_ylim(max(len(groups), 1) - 0.5, -0.5)
    axes.set_xlabel(told)
    return svg(drawing)


def smallest_iou(trace: Trace) -> FloatArray:
    """The smallest shape IoU of any body at each frame, ``[F]``."""
    overlaps: FloatArray = np.nanmin(shape_iou(trace), axis=1, initial=1.0)
    return overlaps


def iou_plot(curves: Sequence[FloatArray]) -> str:
    """Median and smallest shape IoU over the frames of all runs (Code as Dynamics, Fig. 2)."""
    drawing, axes = figure(2.4)
    length = max((len(c) for c in curves), default=0)
    padded = np.full((max(len(curves), 1), max(length, 1)), np.nan)
    for row, curve in zip(padded, curves, strict=False):
        row[: len(curve)] = curve
    if curves:
        frames = np.arange(padded.shape[1])
        axes.plot(frames, np.nanmedian(padded, axis=0), label="median run", linewidth=1.4)
        axes.plot(frames, np.nanmin(padded, axis=0), label="worst run", linewidth=1.0, linestyle="--")
        axes.legend(fontsize=8, frameon=False, loc="lower left")
    axes.set_ylim(0, 1.05)
    axes.set_xlabel("frame")
    axes.set_ylabel("smallest shape IoU")
    return svg(drawing)
