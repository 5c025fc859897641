"""Figures of the library's worth: scores by its size, and what each pattern is worth (the paper's Figures 4 and 5)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from .library import Importance, Point, Task

LOOKS: dict[Task, tuple[str, str]] = {"questions": ("#1f5fd0", "questions"), "puzzles": ("#d62728", "puzzles")}


def draw_curve(points: Sequence[Point], path: Path, chance: float | None = None) -> None:
    """Scores by the library's size with 95 % intervals over draws; dotted is what guessing earns at questions."""
    figure = Figure(figsize=(6, 3.6), dpi=100, layout="constrained")
    axes = figure.add_subplot(xlabel="patterns in the library", ylabel="score", ylim=(0, 1.02))
    for task, (color, label) in LOOKS.items():
        own = sorted((point for point in points if point.task == task), key=lambda point: point.size)
        if not own:
            continue
        sizes = [point.size for point in own]
        axes.plot(sizes, [p.score.mean for p in own], color=color, marker="o", markersize=3, label=label)
        axes.fill_between(sizes, [p.score.low for p in own], [p.score.high for p in own], color=color, alpha=0.15)
    if chance is not None:
        axes.axhline(chance, color="gray", linestyle=":", linewidth=1, label="guessing at questions")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.savefig(path)


def draw_importance(found: Sequence[Importance], path: Path) -> None:
    """What is lost without each pattern, in percent of the whole library's score, with 95 % intervals."""
    tasks = [task for task in LOOKS if any(one.task == task for one in found)]
    rows = max(sum(one.task == task for one in found) for task in tasks)
    figure = Figure(figsize=(5.5 * len(tasks), 1.0 + 0.2 * rows), dpi=100, layout="constrained")
    for axes, task in zip(figure.subplots(1, len(tasks), squeeze=False)[0], tasks, strict=True):
        own = [one for one in found if one.task == task and one.drop is not None]
        places = list(range(len(own)))
        drops = [one.drop for one in own if one.drop is not None]
        spans = [[d.mean - d.low for d in drops], [d.high - d.mean for d in drops]]
        axes.barh(places, [d.mean for d in drops], xerr=spans, color=LOOKS[task][0], alpha=0.7, error_kw={"lw": 0.7})
        axes.set_yticks(places, [one.label for one in own], fontsize=7)
        axes.invert_yaxis()
        axes.axvline(0.0, color="black", linewidth=0.7)
        axes.set_xlabel(f"lost at {LOOKS[task][1]} without it (%)", fontsize=8)
        axes.tick_params(axis="x", labelsize=7)
    figure.savefig(path)
