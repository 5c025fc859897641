"""How a run would go on beyond its end, as far as it goes on as it was going."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...geometry.separation import ConvexShape, Placed, separation
from ...scene_graph import FloatArray, world_bounds
from .case import Case
from .mends import Longer

MOST = 3.0
"""A run is at most said to be too short if so much more of it is enough, in parts of its own length."""

SPARE = 0.25
"""By what part more is run than is foreseen to be enough, and `SPARE_SECONDS`."""

SPARE_SECONDS = 1.0
SAMPLES = 200
WINDOW = 0.1
"""Seconds at the end of the run that tell how it was going."""

SHRUNK = 0.8
"""Part of a body's box that must be free on its way; the rest is rounded off, or slides along what bears it."""

MET = 1e-3
"""Metres between two bodies that touch."""


@dataclass(frozen=True)
class Outlook:
    """What two bodies would do: touch after so many ``frames`` more, or come within ``least`` m only; unless something
    is in the way, the ``blocker``."""

    frames: float | None
    least: float
    blocker: str | None


def longer(case: Case, frames: float) -> Longer:
    """A run that goes on for so many frames more, and some to spare."""
    more = math.ceil(frames * (1 + SPARE) + SPARE_SECONDS * case.fps)
    steps = 10 * math.ceil((case.last + more) / 10)
    return Longer(words=f"run {steps} frames", steps=steps)


def outlook(case: Case, a: str, b: str) -> Outlook:
    """What two bodies that the run recorded would do beyond its end."""
    frames = np.linspace(0, MOST * case.last, SAMPLES)
    paths = [_path(case, name, frames / case.fps) for name in (a, b)]
    gaps = separation(*(_placed(case, name, path) for name, path in zip((a, b), paths, strict=True)))
    reached = np.flatnonzero(gaps <= MET)
    until = int(reached[0]) if len(reached) else int(np.argmin(gaps))
    own = {a, b}
    blockers = (_blocker(case, n, path[: until + 1], own) for n, path in zip((a, b), paths, strict=True))
    blocker = next(filter(None, blockers), None)
    is_met = bool(len(reached)) and blocker is None
    return Outlook(float(frames[until]) if is_met else None, float(gaps.min()), blocker)


def frames_until(case: Case, name: str, values: FloatArray, limit: float) -> float | None:
    """After how many frames more a measure of a body would reach a limit, at the pace at which it went on at the end.

    None if it went the other way or ever slower, took too long, or something is in the body's way.
    """
    count = max(4, round(WINDOW * case.fps))
    last = values[-count:]
    if len(last) < 4:
        return None
    before, pace = (float(np.mean(np.diff(part))) for part in (last[: len(last) // 2 + 1], last[len(last) // 2 :]))
    need = limit - float(values[-1])
    if pace * need <= 0 or abs(pace) < 0.9 * abs(before) or need / pace > MOST * case.last:
        return None
    frames = need / pace
    path = _path(case, name, np.linspace(0, frames, SAMPLES) / case.fps)
    return frames if _blocker(case, name, path, {name}) is None else None


def _path(case: Case, name: str, time: FloatArray) -> FloatArray:
    """Where a body would be ``[T, 3]`` so many seconds ``[T]`` after the end: it falls, or slows down, as it did."""
    count = max(3, round(WINDOW * case.fps))
    recent = case.velocity(name)[-count:]
    velocity, gravity = recent[-1], np.asarray(case.graph.world.gravity)
    change = (recent[-1] - recent[0]) * case.fps / max(len(recent) - 1, 1)
    if np.linalg.norm(change - gravity) > 0.2 * np.linalg.norm(gravity):
        speed = float(np.linalg.norm(velocity))
        slows = -float(change @ velocity) / max(speed, 1e-9)
        change = -slows * velocity / max(speed, 1e-9) if slows > 0 else np.zeros(3)
        time = np.minimum(time, speed / slows) if slows > 0 else time
    found: FloatArray = case.place(name)[-1] + np.outer(time, velocity) + np.outer(time**2, change) / 2
    return found


def _placed(case: Case, name: str, path: FloatArray) -> Placed:
    turn = case.trace.quaternion[-1, case.trace.index(name)]
    shape = ConvexShape.of(case.objects[name])
    return Placed([shape], np.zeros(len(path), dtype=np.int64), path, np.tile(turn, (len(path), 1)))


def _blocker(case: Case, name: str, path: FloatArray, own: set[str]) -> str | None:
    """The first other body that is in the way, by boxes as they stood at the end; None if none is."""
    low, high = world_bounds(case.objects[name])
    half = SHRUNK * (high - low) / 2
    for other, obj in case.objects.items():
        if other in own or obj.body is None or not case.has(other):
            continue
        low, high = world_bounds(obj)
        offset = case.place(other)[-1] - np.asarray(obj.location)
        if ((path + half > low + offset) & (path - half < high + offset)).all(axis=1).any():
            return other
    return None
