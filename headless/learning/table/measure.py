"""The instrument: what is off in a row's videos, by their pictures and by what a machine's first frame tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LearningError
from ..frames import Clip
from ..training import Report
from .balls import Sight, look, look_in
from .known import Ball, Known, known_of
from .rows import Row, Video, finely

FRAMES = (5, 10, 15, 20, 40, 60, 80, 120, 160, 200, 240, 320, 400, 600, 800, 1000)
"""The frames, at 15 a second, at which all rows are looked at."""
LEAST_AREA = 4.0
"""Pixels that a ball would show if nothing hid it; smaller ones are not followed."""
READ = 0.1
"""A ball is followed if the instrument reads its volume on the first frame so well."""
SHOWN = 0.5
"""A silhouette is compared where the truth shows so much of the ball's first area."""


@dataclass
class Score:
    """What was found of a row: of each ball that is followed its volumes by frame (None where it is not measured), and
    those ``shown`` wherever it was seen, the overlap with its true silhouette, and in how many frames it was seen."""

    row: Row
    machines: int = 0
    volumes: list[dict[int, float | None]] = field(default_factory=list)
    shown: list[dict[int, float | None]] = field(default_factory=list)
    overlaps: list[dict[int, float]] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)


def measure(clips: Sequence[Clip], rows: Sequence[Row], report: Report = print) -> list[Score]:
    """Look at all rows of the machines of ``clips``, which are the true ones; a row may lack some of them.

    Raises LearningError if no ball of any machine can be followed in a row.
    """
    scores = [Score(row) for row in rows]
    for number, clip in enumerate(clips):
        _machine(clip, scores)
        report(f"measured {number + 1} of {len(clips)} machines")
    for score in scores:
        if not score.volumes:
            raise LearningError(
                f"no ball of these machines can be followed in '{score.row.name}'; give videos of more machines"
            )
    return scores


def _machine(clip: Clip, scores: Sequence[Score]) -> None:
    known = known_of(clip, LEAST_AREA)
    balls = _followed(clip, known)
    if not balls:
        return
    frames, _, instance = finely(clip, known.camera, FRAMES)
    for score in scores:
        video = score.row.show(clip, known.camera, FRAMES)
        if video is None:
            continue
        score.machines += 1
        for ball in balls:
            true = {frame: (one == ball.index).mean(-1) for frame, one in zip(frames, instance, strict=True)}
            _add(score, ball, dict(zip(video.frames, _sights(known, ball, video), strict=True)), true)


def _sights(known: Known, ball: Ball, video: Video) -> list[Sight | None]:
    if video.slots is None:
        return [look(known, ball, picture) for picture in video.pictures]
    mask = video.slots.get(ball.index)
    return [None] * len(video.frames) if mask is None else [look_in(known, ball, one) for one in mask]


def _followed(clip: Clip, known: Known) -> list[Ball]:
    """The balls that the instrument reads right on the machine's first frame."""
    _, pictures, _ = finely(clip, known.camera, (0,))
    sights = [(ball, look(known, ball, pictures[0])) for ball in known.balls]
    return [ball for ball, one in sights if one and one.volume and abs(one.volume - 1) <= READ]


def _add(
    score: Score, ball: Ball, sights: dict[int, Sight | None], true: dict[int, NDArray[np.float64]]
) -> None:  # fmt: skip
    score.volumes.append({frame: one.volume if one else None for frame, one in sights.items()})
    score.shown.append({frame: one.shown if one else None for frame, one in sights.items()})
    score.seen.append(float(np.mean([one is not None for one in sights.values()])))
    shown = {frame: one for frame, one in true.items() if one.sum() >= SHOWN * ball.area and frame in sights}
    score.overlaps.append({frame: overlap(sights[frame], one) for frame, one in shown.items()})


def overlap(sight: Sight | None, true: NDArray[np.float64]) -> float:
    """Intersection over union of a ball's shares of pixels with the true ones ``[H, H]``; 0 where it is not seen."""
    if sight is None:
        return 0.0
    return float(np.minimum(sight.share, true).sum() / max(np.maximum(sight.share, true).sum(), 1e-9))


def summary(score: Score) -> dict[str, Any]:
    """A row's figures: ``drift`` in % is the mean over balls, each the mean over its measured frames, of |V/V₀ − 1|,
    ``drift_median`` the median over all measured, and ``drift_seen`` as ``drift`` wherever a ball is seen; ``seen``
    and ``measured`` are shares of balls and frames; ``iou`` is by frame, and so are ``drift_at`` and
    ``drift_seen_at``, shares of 1."""
    clear, seen = _drifts(score.volumes), _drifts(score.shown)
    every = [value for one in clear for value in one.values()]
    looked = sum(len(one) for one in score.volumes)
    return {
        "row": score.row.name,
        "about": score.row.about,
        "machines": score.machines,
        "balls": len(score.volumes),
        "drift": _percent([float(np.mean(list(one.values()))) for one in clear if one]),
        "drift_median": _percent(every, np.median),
        "drift_seen": _percent([float(np.mean(list(one.values()))) for one in seen if one]),
        "measured": round(len(every) / max(looked, 1), 3),
        "seen": round(float(np.mean(score.seen)), 3),
        "iou_mean": _mean([v for one in score.overlaps for v in one.values()]),
        "iou": _by_frame(score.overlaps),
        "drift_at": _by_frame(clear),
        "drift_seen_at": _by_frame(seen),
    }


def _drifts(volumes: Sequence[dict[int, float | None]]) -> list[dict[int, float]]:
    return [{frame: abs(v - 1) for frame, v in one.items() if v is not None} for one in volumes]


def _by_frame(values: Sequence[dict[int, float]]) -> dict[str, float | None]:
    frames = sorted({frame for one in values for frame in one})
    return {str(frame): _mean([one[frame] for one in values if frame in one]) for frame in frames}


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 4) if len(values) else None


def _percent(values: Sequence[float], of: Any = np.mean) -> float | None:
    return round(100 * float(of(values)), 2) if len(values) else None
