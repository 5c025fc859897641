"""A trace as compact JSON within a budget of tokens: every so-manieth frame, and the first of its events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count

import numpy as np

from addon.patterns.tokens import estimate_tokens
from addon.scene_graph import plane_angle
from addon.trace import Trace

EVENTS = 0.4
"""The share of the budget that events can take."""

SAMPLES = 24
"""Frames of which the cost of all is estimated."""

STILL = 1e-6
"""What moves less than this, in m, is told by the scene alone."""


def raw_text(trace: Trace, budget: int) -> str:
    """States of the bodies that move and events, a frame or event a line; a first line says what is left out.

    At least the first and the last frame are there, whatever they cost.
    """
    planar = trace.meta.planar
    last = len(trace.position) - 1
    events, left_out = _events(trace, round(EVENTS * budget))
    rest = budget - sum(estimate_tokens(line) + 1 for line in events)
    moving = _moving(trace)
    stride = _stride(trace, moving, rest)
    frames = [*range(0, last, stride), last]
    state = (
        "x, y, angle (degrees), velocity x, velocity y"
        if planar
        else "x, y, z, quaternion w, x, y, z, velocity x, y, z"
    )
    told = [
        f"{last + 1} frames, {trace.meta.fps:g} a second. "
        + ("Every frame is" if stride == 1 else f"One frame in {stride} and the last are")
        + f" given; of each object that moves: {state}. Units are those of the scene and seconds.",
        *(_frame(trace, moving, k) for k in frames),
    ]
    if events:
        rest_told = f"; {left_out} later ones are left out" if left_out else ""
        told += [f"Events{rest_told}:", *events]
    return "\n".join(told) + "\n"


def _stride(trace: Trace, moving: Sequence[int], budget: int) -> int:
    """The smallest step between frames at which they fit in a budget."""
    last = len(trace.position) - 1
    sample = sorted({round(k) for k in np.linspace(0, last, min(SAMPLES, last + 1))})
    cost = float(np.mean([estimate_tokens(_frame(trace, moving, k)) + 1 for k in sample]))
    return next(n for n in count(1) if cost * (-(-last // n) + 1) <= budget or n >= max(last, 1))


def _frame(trace: Trace, moving: Sequence[int], k: int) -> str:
    """One frame as a line of JSON."""
    unit = trace.scene.world.plane.meters_per_unit if trace.scene.world.plane else 1.0
    objects = {}
    for column in moving:
        if not trace.present[k, column]:
            continue
        place, speed = trace.position[k, column] / unit, np.nan_to_num(trace.velocity[k, column]) / unit
        turn = trace.quaternion[k, column]
        if trace.meta.planar:
            values = [place[0], place[2], np.degrees(plane_angle(turn.tolist())), speed[0], speed[2]]
        else:
            values = [*place, *turn, *speed]
        objects[trace.bodies[column]] = [_rounded(value) for value in values]
    return json.dumps({"t": round(k / trace.meta.fps, 2), "objects": objects}, separators=(",", ":"))


def _rounded(value: float) -> float:
    """Three digits, as in the other forms of a run; a whole number without a point."""
    short = float(f"{value:.3g}") + 0.0
    return int(short) if short == int(short) else short


def _moving(trace: Trace) -> list[int]:
    """The columns of the bodies that do not stay at one place and rotation."""
    shifts = (np.nanmax(np.abs(values - values[0]), axis=(0, 2)) for values in (trace.position, trace.quaternion))
    return [int(column) for column in np.flatnonzero(np.maximum(*shifts) > STILL)]


def _events(trace: Trace, budget: int) -> tuple[list[str], int]:
    """Events as lines, as many as fit, and how many do not."""
    lines: list[str] = []
    spent = 0
    for number, event in enumerate(trace.events):
        told = {k: v for k, v in event.parameters.items() if k not in ("point", "normal", "normal_speed")}
        line = json.dumps([round(event.time, 2), event.uid, *told.values()], separators=(",", ":"), default=list)
        spent += estimate_tokens(line) + 1
        if spent > budget:
            return lines, len(trace.events) - number
        lines.append(line)
    return lines, 0
