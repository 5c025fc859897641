"""Table I with rows of our own: what is to be measured, its numbers as JSON, and as lines to be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import LearningError
from ..frames import load_clips
from ..graph.simulate import load_simulator
from ..rollouts import load_rollouts
from ..training import Report, device_of, load_weights
from .logic import logic
from .measure import FRAMES, measure, summary
from .rows import clips_row, graph_row, joined, rollouts_rows, still_row, true_row

OURS = "ours: rules as code, run"
PUBLISHED: tuple[dict[str, Any], ...] = (
    {"row": "Video-LDM, as published", "drift": 45.2, "logic": 0.12},
    {"row": "Slot-Dynamics, as published", "drift": 18.5, "logic": 0.341},
    {"row": "NS-WM, as published", "drift": 0.0, "logic": 0.885},
)
"""Code as Dynamics, Table I: other machines, other videos, another way to measure."""


def table(
    data: Path, *, ours: Path | None = None, graph: Path | None = None, rollouts: Sequence[Path] = (),
    count: int | None = None, read: int = 0, report: Report = print,
) -> dict[str, Any]:  # fmt: skip
    """Measure the first ``count`` machines of the test split, or all, of those that all given rows have.

    ``data`` are the true clips, ``ours`` those of the same machines under scripts that were written from their rules,
    ``graph`` weights of a graph network, ``rollouts`` predicted videos. The first ``read`` machines
    are followed through all frames and judged. Raises LearningError for what cannot be used.
    """
    clips = load_clips(data, "test")
    others = load_clips(ours, "test") if ours is not None else []
    made = joined([load_rollouts(path) for path in rollouts])
    had = [{clip.name for clip in others}] * (ours is not None) + [set(one.names) for one in made]
    clips = [clip for clip in clips if all(clip.name in names for names in had)][:count]
    if not clips:
        raise LearningError(f"no machine of {data} is in all rows; make clips and videos of the same machines")
    rows = [true_row(), still_row()]
    if others:
        rows.append(clips_row(OURS, others))
    if graph is not None:
        told_of = {name: one for name, one in load_weights(graph)[1].items() if isinstance(one, int | float | str)}
        rows.append(graph_row(load_simulator(graph, str(device_of())), told_of))
    rows += [row for one in made for row in rollouts_rows(one)]
    found = [summary(score) for score in measure(clips, rows, report)]
    told: dict[str, Any] = {"machines": len(clips), "frames": list(FRAMES), "rows": found, "published": list(PUBLISHED)}
    if read:
        judged = logic(clips[:read], rows, report)
        for row, one in zip(found, judged, strict=False):
            row |= one
        told["poses"] = judged[-1]
    return told


def lines(told: dict[str, Any]) -> list[str]:
    """The table in Markdown, with the published rows beneath."""
    head = ("row", "machines, balls", "volume drift, mean (median)", "of all seen", "measured, seen", "IoU", "logic")
    rows = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for one in told["rows"]:
        drift = "–" if one["drift"] is None else f"{one['drift']:.1f} % ({one['drift_median']:.1f} %)"
        every = "–" if one["drift_seen"] is None else f"{one['drift_seen']:.1f} %"
        overlap = "–" if one["iou_mean"] is None else f"{one['iou_mean']:.2f}"
        seen = f"{one['measured']:.0%}, {one['seen']:.0%}"
        many = f"{one['machines']}, {one['balls']}"
        rows.append(f"| {' | '.join((one['row'], many, drift, every, seen, overlap, _logic(one)))} |")
    if "poses" in told:
        rows.append(f"| true poses at the times of the frames | – | – | – | – | – | {_logic(told['poses'])} |")
    for one in told["published"]:
        rows.append(f"| {one['row']} | 500, – | {one['drift']:.1f} % | – | – | – | {one['logic']:.1%} |")
    return rows


def _logic(told: dict[str, Any]) -> str:
    if told.get("logic") is None:
        return "–"
    return f"{told['logic']:.0%} of {told['read']}, assertions {told['assertions']:.0%}"


def load_table(path: Path) -> dict[str, Any]:
    """Numbers that `table` gave, from a file. Raises LearningError for another file."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        good = all(isinstance(one["row"], str) and isinstance(one["iou"], dict) for one in told["rows"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LearningError(f"{path} holds no table ({problem}); make it: learning table --out {path}") from None
    if not good:
        raise LearningError(f"{path} holds no table; make it: learning table --out {path}")
    return told
