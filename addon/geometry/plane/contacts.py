"""When bodies in a plane touch, found for all frames at once from their poses.

A contact of frame k is there at that frame or begins within the step from it. A pair touches while its gap is at most
`TouchRule.touch` plus the skins of both bodies, and goes on until it exceeds that by `TouchRule.hysteresis`.

Within a step, the motion is swept in two cases: bodies that could have passed through each other are followed along
their path, and bodies that were thrown back are followed along their old velocity, for they met something that they had
left again at the end of the step. Such contacts have the distance 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from .distance import Nearest, Path, Piece, nearest

Mask = NDArray[np.bool_]

SWEEP = 16
"""Poses that are looked at between two frames."""


@dataclass(frozen=True)
class TouchRule:
    """Gaps in metres at which a contact begins and by how much more it ends; both besides the bodies' skins.

    ``resolution`` is the step to which positions are rounded, 0 if they are not. Where a gap is that near to the limit,
    the distance does not decide but the motion: they touch unless, after a quiet step, they accelerate towards each
    other, which bodies that push each other do not.
    """

    touch: float
    hysteresis: float = 0.0
    resolution: float = 0.0


@dataclass(frozen=True, eq=False)
class PlaneBody:
    """A rigid body over F frames; ``present`` ``[F]`` tells where it is there. ``skin`` is the gap in metres at which
    its surface already meets others. Pairs of which none is ``moving`` are left out."""

    pieces: Sequence[Piece]
    path: Path
    present: Mask
    moving: bool
    skin: float = 0.0

    @property
    def reach(self) -> float:
        """Greatest distance of its points from its origin."""
        return max(piece.reach for piece in self.pieces)


@dataclass(frozen=True, eq=False)
class PlaneContacts:
    """K contacts in order of frame, then pair: ``frame``, ``a`` < ``b`` ``[K]``, ``point`` and ``normal`` (from a to
    b) ``[K, 2]``, and ``distance`` ``[K]`` in m, negative where the bodies overlap."""

    frame: NDArray[np.int32]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    point: FloatArray
    normal: FloatArray
    distance: FloatArray


def plane_contacts(bodies: Sequence[PlaneBody], rule: TouchRule, fall: float) -> PlaneContacts:
    """All contacts of the bodies; ``fall`` is what gravity adds to the way of a step, g dt², in m."""
    none = np.zeros(0), np.zeros((0, 2))
    rows: list[tuple[NDArray[Any], ...]] = [(none[0], none[0], none[0], none[1], none[1], none[0])]
    for a, b in combinations(range(len(bodies)), 2):
        if bodies[a].moving or bodies[b].moving:
            frames, found = _pair(bodies[a], bodies[b], rule, fall)
            rows.append((frames, np.full(len(frames), a), np.full(len(frames), b), *found))
    frame, a_row, b_row, point, normal, distance = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((b_row, a_row, frame))
    frame, a_row, b_row = (np.asarray(column[order], dtype=np.int32) for column in (frame, a_row, b_row))
    return PlaneContacts(frame, a_row, b_row, point[order], normal[order], distance[order])


Found = tuple[FloatArray, FloatArray, FloatArray]
"""Points, normals and distances."""


def _pair(a: PlaneBody, b: PlaneBody, rule: TouchRule, fall: float) -> tuple[NDArray[np.intp], Found]:
    """The frames in which two bodies touch, and where."""
    limit = rule.touch + a.skin + b.skin
    near = _within_reach(a, b, limit + rule.hysteresis)
    frames = np.flatnonzero(near)
    if not len(frames):
        return frames, (np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))
    closest = nearest(a.pieces, a.path.rows(frames), b.pieces, b.path.rows(frames))
    gap = np.full(len(near), np.inf)
    gap[frames] = closest.distance
    touching = _touching(gap, limit, rule, fall)
    swept, between = _swept(a, b, gap, touching, limit, fall)
    own = np.flatnonzero(touching)
    row = (np.cumsum(near) - 1)[own]
    every = np.concatenate([own, swept - 1])
    order = np.argsort(every, kind="stable")
    point = np.concatenate([closest.point[row], between.point])[order]
    normal = np.concatenate([closest.normal[row], between.normal])[order]
    return every[order], (point, normal, np.concatenate([gap[own], np.zeros(len(swept))])[order])


def _within_reach(a: PlaneBody, b: PlaneBody, limit: float) -> Mask:
    """Frames ``[F]`` in which both are there and could touch in the frame, the one before or the one after."""
    apart = np.linalg.norm(b.path.position - a.path.position, axis=1)
    moved = np.maximum(_steps(a.path, len(a.present)), _steps(b.path, len(a.present)))
    close = apart <= a.reach + b.reach + limit + 2 * moved
    close[1:] |= close[:-1].copy()
    close[:-1] |= close[1:].copy()
    return np.asarray(close & a.present & b.present)


def _steps(path: Path, count: int) -> FloatArray:
    """Length ``[F]`` in m of the step to each frame or from it, the longer one."""
    if len(path.angle) == 1:
        return np.zeros(count)
    step = np.linalg.norm(np.diff(path.position, axis=0), axis=1)
    return np.asarray(np.nan_to_num(np.maximum(np.append(step, 0.0), np.append(0.0, step))))


def _touching(gap: FloatArray, limit: float, rule: TouchRule, fall: float) -> Mask:
    """Frames ``[F]`` of contact, with hysteresis."""
    frames = np.arange(len(gap))
    decided = (gap <= limit) | (gap > limit + rule.hysteresis)
    last = np.maximum.accumulate(np.where(decided, frames, 0))
    touching = np.asarray(gap[last] <= limit)
    if rule.resolution > 0:
        pull = np.full((len(gap), 2), np.nan)  # Changes of the gap's rate at the frame and at the one before.
        with np.errstate(invalid="ignore"):
            pull[1:-1, 0] = np.diff(gap, 2)
            pull[2:, 1] = pull[1:-1, 0]
            doubtful = (np.abs(gap - limit) < rule.resolution) & np.isfinite(pull[:, 0])
            let_go = (np.abs(pull[:, 1]) < fall) & (pull[:, 0] < -2 * rule.resolution)
        touching[doubtful] = ~let_go[doubtful]
    return touching


def _swept(
    a: PlaneBody, b: PlaneBody, gap: FloatArray, touching: Mask, limit: float, fall: float
) -> tuple[NDArray[np.intp], Nearest]:
    """Frames such that two bodies met in the step to it, though they are apart before and after; and where."""
    apart = ~touching & np.isfinite(gap)
    steps = np.flatnonzero(apart[1:] & apart[:-1]) + 1
    thrown = steps[_thrown_back(gap, steps, limit, fall)]
    through = steps[_may_have_passed(a, b, gap, steps, limit)]
    frames, found = [], []
    for at, paths in ((thrown, _onward), (through, _along)):
        met, where = _meetings(a, b, at, paths, limit)
        frames.append(met)
        found.append(where)
    every, first = np.unique(np.concatenate(frames), return_index=True)
    columns = (np.concatenate([getattr(n, name) for n in found])[first] for name in ("distance", "point", "normal"))
    return every, Nearest(*columns)


def _thrown_back(gap: FloatArray, frames: NDArray[np.intp], limit: float, fall: float) -> Mask:
    """Steps ``[N]`` to these frames before which the gap was closing so fast that it had closed, but did not."""
    known = frames >= 2
    before = np.where(known, gap[frames - 2], np.inf)
    with np.errstate(invalid="ignore"):
        old, new = gap[frames - 1] - before, gap[frames] - gap[frames - 1]
        return np.asarray(known & np.isfinite(old) & (gap[frames - 1] + old <= limit) & (new - old > 2 * fall + limit))


def _may_have_passed(a: PlaneBody, b: PlaneBody, gap: FloatArray, frames: NDArray[np.intp], limit: float) -> Mask:
    """Steps ``[N]`` in which the bodies moved so far relative to each other that they may have met between."""
    shift = _difference(b.path, frames) - _difference(a.path, frames)
    way = np.linalg.norm(shift[:, :2], axis=1)
    for body in (a, b):
        way += np.abs(_difference(body.path, frames)[:, 2]) * body.reach
    return np.asarray(gap[frames - 1] + gap[frames] - 2 * limit < way)


def _difference(path: Path, frames: NDArray[np.intp]) -> FloatArray:
    """Change of position and angle ``[N, 3]`` in the step to each frame."""
    if len(path.angle) == 1:
        return np.zeros((len(frames), 3))
    pose = np.column_stack([path.position, path.angle])
    return np.asarray(pose[frames] - pose[frames - 1])


Way = Callable[[Path, NDArray[np.intp], FloatArray], Path]


def _along(path: Path, frames: NDArray[np.intp], share: FloatArray) -> Path:
    """Poses at ``share`` ``[N]`` of the step to each frame."""
    return _moved(path, frames, share[:, None] * _difference(path, frames))


def _onward(path: Path, frames: NDArray[np.intp], share: FloatArray) -> Path:
    """Poses at ``share`` ``[N]`` of the step, had the body gone on as in the step before."""
    return _moved(path, frames, share[:, None] * _difference(path, frames - 1))


def _moved(path: Path, frames: NDArray[np.intp], change: FloatArray) -> Path:
    start = path.rows(frames - 1)
    return Path(start.position + change[:, :2], start.angle + change[:, 2])


def _meetings(
    a: PlaneBody, b: PlaneBody, frames: NDArray[np.intp], paths: Way, limit: float
) -> tuple[NDArray[np.intp], Nearest]:
    """Those of the steps in which the bodies come within the limit, and their nearest points when they first do."""
    shares = np.tile(np.arange(1, SWEEP + 1) / SWEEP, len(frames))
    each = np.repeat(frames, SWEEP)
    if not len(frames):
        return frames, Nearest(np.zeros(0), np.zeros((0, 2)), np.zeros((0, 2)))
    closest = nearest(a.pieces, paths(a.path, each, shares), b.pieces, paths(b.path, each, shares))
    met = (closest.distance <= limit).reshape(-1, SWEEP)
    hit = met.any(axis=1)
    row = (np.arange(len(frames)) * SWEEP + met.argmax(axis=1))[hit]
    return frames[hit], Nearest(closest.distance[row], closest.point[row], closest.normal[row])
