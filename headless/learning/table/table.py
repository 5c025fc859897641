"""Table I with rows of our own: what is to be measured, its numbers as JSON, and as lines to be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import LearningError
from ..frames import Clip, load_clips
from ..graph.simulate import load_simulator
from ..networks import weights_of
from ..rollouts import Rollouts, load_rollouts
from ..training import Report, device_of, load_weights
from .logic import logic, reader_of
from .measure import FRAMES, measure, summary
from .rows import COARSE, FINE, Row, clips_row, graph_row, joined, rollouts_rows, still_row, true_row

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
    """Measure the first ``count`` machines of the test split, or all, in all rows that are given.

    ``data`` are the true clips, ``ours`` those of the same machines under scripts that were written from their rules,
    ``graph`` weights of a graph network, ``rollouts`` predicted videos. Of ``read`` machines, those with most videos
    first, the frames are read and judged. Raises LearningError for what cannot be used.
    """
    clips = load_clips(data, "test")[:count]
    made = joined([load_rollouts(path) for path in rollouts])
    rows = [true_row(FINE), true_row(COARSE), still_row(), *_given(clips, ours, graph, made)]
    found = [summary(score) for score in measure(clips, rows, report)]
    told: dict[str, Any] = {"machines": len(clips), "frames": list(FRAMES), "rows": found, "published": list(PUBLISHED)}
    if read:
        often = sorted(clips, key=lambda clip: -sum(clip.name in one.names for one in made))
        judged = logic(often[:read], rows, reader_of(weights_of("perception")), report)
        for row, one in zip(found, judged, strict=False):
            row |= one
        told["poses"] = judged[-1]
    return told


def _given(clips: Sequence[Clip], ours: Path | None, graph: Path | None, made: Sequence[Rollouts]) -> list[Row]:
    rows = []
    if ours is not None:
        rows.append(clips_row(OURS, _same(clips, load_clips(ours, "test"), ours)))
    if graph is not None:
        told = {name: value for name, value in load_weights(graph)[1].items() if isinstance(value, int | float | str)}
        rows.append(graph_row(load_simulator(graph, str(device_of())), told))
    names = {clip.name for clip in clips}
    for one in made:
        if not names & set(one.names):
            raise LearningError(
                f"the predicted videos of '{one.about['network']}' are of none of these machines; "
                "predict them of the same clips"
            )
        rows += rollouts_rows(one)
    return rows


def _same(clips: Sequence[Clip], others: Sequence[Clip], path: Path) -> list[Clip]:
    names = {clip.name for clip in clips}
    found = [clip for clip in others if clip.name in names]
    if not found:
        raise LearningError(f"{path} has none of these machines; make clips of the same seed and split")
    return found


def lines(told: dict[str, Any]) -> list[str]:
    """The table in Markdown, with the published rows beneath."""
    rows = ["| row | machines, balls | volume drift, mean (median) | measured, seen | silhouette IoU | logic |"]
    rows.append("|---|---|---|---|---|---|")
    for one in told["rows"]:
        drift = "–" if one["drift"] is None else f"{one['drift']:.1f} % ({one['drift_median']:.1f} %)"
        overlap = "–" if one["iou_mean"] is None else f"{one['iou_mean']:.2f}"
        seen = f"{one['measured']:.0%}, {one['seen']:.0%}"
        rows.append(
            f"| {one['row']} | {one['machines']}, {one['balls']} | {drift} | {seen} | {overlap} | {_logic(one)} |"
        )
    if "poses" in told:
        rows.append(f"| true poses at the times of the frames | – | – | – | – | {_logic(told['poses'])} |")
    for one in told["published"]:
        rows.append(f"| {one['row']} | 500, – | {one['drift']:.1f} % | – | – | {one['logic']:.1%} |")
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
