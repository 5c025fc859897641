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

MOVING = 0.05
"""Metres a second from which on a body moves."""

SLOPE = 0.1
"""Part of a speed that may go up or down, and m/s² by which it may rise, of what moves on a level."""

MET = 1e-3
"""Metres between two bodies that touch."""


@dataclass(frozen=True)
class Outlook:
    """What two bodies would do beyond the end: touch after so many ``frames`` more; come within ``least`` m only; or
    stop at what is in the way, the ``blocker``. None of them where something would turn them aside."""

    frames: float | None = None
    least: float | None = None
    blocker: str | None = None


def longer(case: Case, frames: float) -> Longer:
    """A run that goes on for so many frames more, and some to spare."""
    more = math.ceil(frames * (1 + SPARE) + SPARE_SECONDS * case.fps)
    steps = 10 * math.ceil((case.last + more) / 10)
    return Longer(words=f"run {steps} frames", steps=steps)


def much_longer(case: Case) -> Longer:
    """A run that is long enough for most, where it is not known how long it takes."""
    steps = 10 * math.ceil(max(4 * case.last, case.last + 10 * case.fps) / 10)
    return Longer(words=f"run {steps} frames", steps=steps)


def moving(case: Case) -> str | None:
    """The body that was fastest at the end of the run; None if all were at rest."""
    speeds = np.linalg.norm(np.nan_to_num(case.trace.velocity[-1]), axis=1)
    speeds *= case.trace.masses > 0
    fastest = int(np.argmax(speeds)) if len(speeds) else 0
    return case.trace.bodies[fastest] if len(speeds) and speeds[fastest] > MOVING else None


def outlook(case: Case, a: str, b: str) -> Outlook:
    """What two bodies that the run recorded would do beyond its end."""
    if not (_is_steady(case, a) and _is_steady(case, b)):
        return Outlook()
    frames = np.linspace(0, MOST * case.last, SAMPLES)
    paths = [_path(case, name, frames / case.fps) for name in (a, b)]
    gaps = separation(*(_placed(case, name, path) for name, path in zip((a, b), paths, strict=True)))
    reached = np.flatnonzero(gaps <= MET)
    until = int(reached[0]) if len(reached) else int(np.argmin(gaps))
    blockers = [
        found
        for name, path in zip((a, b), paths, strict=True)
        if (found := _blocker(case, name, path[: until + 1], {a, b})) is not None
    ]
    if not blockers:
        return Outlook(frames=float(frames[until])) if len(reached) else Outlook(least=float(gaps.min()))
    is_upright = all(np.linalg.norm(_ending(case, name)[0][:2]) <= MOVING for name in (a, b))
    walls = [name for name, is_wall in blockers if (is_wall or is_upright) and not case.acting_on(name)]
    return Outlook(blocker=walls[0]) if walls else Outlook()


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


def _ending(case: Case, name: str) -> tuple[FloatArray, FloatArray, bool]:
    """How a body moved at the end: its velocity ``[3]`` in m/s, how that changed ``[3]`` in m/s², and whether it fell
    freely."""
    recent = case.velocity(name)[-max(3, round(WINDOW * case.fps)) :]
    change = (recent[-1] - recent[0]) * case.fps / max(len(recent) - 1, 1)
    gravity = np.asarray(case.graph.world.gravity)
    falls = bool(np.linalg.norm(change - gravity) <= 0.2 * np.linalg.norm(gravity))
    return recent[-1], change, falls


def _is_steady(case: Case, name: str) -> bool:
    """Whether a body at the end fell freely, or moved on a level and no faster; what rolls down a slope does not."""
    velocity, change, falls = _ending(case, name)
    speed = float(np.linalg.norm(velocity))
    is_level = abs(velocity[2]) <= SLOPE * speed and float(change @ velocity) <= SLOPE * speed
    return falls or speed <= MOVING or is_level


def _path(case: Case, name: str, time: FloatArray) -> FloatArray:
    """Where a body would be ``[T, 3]`` so many seconds ``[T]`` after the end: it falls, or slows down, as it did."""
    velocity, change, falls = _ending(case, name)
    if not falls:
        speed = max(float(np.linalg.norm(velocity)), 1e-9)
        slows = -float(change @ velocity) / speed
        change = -slows * velocity / speed if slows > 0 else np.zeros(3)
        time = np.minimum(time, speed / slows) if slows > 0 else time
    found: FloatArray = case.place(name)[-1] + np.outer(time, velocity) + np.outer(time**2, change) / 2
    return found


def _placed(case: Case, name: str, path: FloatArray) -> Placed:
    turn = case.trace.quaternion[-1, case.trace.index(name)]
    shape = ConvexShape.of(case.objects[name])
    return Placed([shape], np.zeros(len(path), dtype=np.int64), path, np.tile(turn, (len(path), 1)))


def _blocker(case: Case, name: str, path: FloatArray, own: set[str]) -> tuple[str, bool] | None:
    """The first other body in the way, by boxes as they stood at the end, and whether it stops what moves along rather
    than bears it; None if there is none. What a body touched at the end it goes along."""
    low, high = world_bounds(case.objects[name])
    half = SHRUNK * (high - low) / 2
    for other, obj in case.objects.items():
        if other in own or obj.body is None or not case.has(other) or case.touching(name, other)[-1]:
            continue
        low, high = world_bounds(obj)
        offset = case.place(other)[-1] - np.asarray(obj.location)
        inside = (path + half > low + offset) & (path - half < high + offset)
        if inside.all(axis=1).any():
            first = int(np.argmax(inside.all(axis=1)))
            return other, first > 0 and bool(inside[first - 1, 2])
    return None
