"""How often, how long, how far and how fast something is that a text tells of, against what it says."""

from __future__ import annotations

import numpy as np

from .evidence import Spans
from .observation import Observation
from .quantities import Quantities

NEAR = 0.25
"""Share by which a speed, a way or a time may be off what is told."""

ROUNDED = 0.02
"""What is as far off in speed or length scales is as told, too."""

MEETS = ("meets", "bounces", "touches")


def measured(o: Observation, kind: str, bodies: tuple[str, ...], spans: Spans, told: Quantities) -> tuple[str, bool]:
    """Why what is told cannot be so, or "", and whether all that is told was seen to be so."""
    clear = []
    if told.count is not None:
        if told.count > len(spans):
            return f"it happens {len(spans)} times at most", False
        clear.append(told.count == len(spans))
    if told.until is not None:
        clear.append(any(abs(s * o.dt - told.until) <= NEAR for s, _ in spans))
    if told.long is not None:
        longest = max((e - s) * o.dt for s, e in spans)
        if told.long > longest * (1 + NEAR) + NEAR:
            return f"it lasts {longest:.2f} s at most", False
        clear.append(any(_is_near((e - s) * o.dt, told.long, 2 * o.dt) for s, e in spans))
    if told.speed is not None:
        speed = told.speed * o.unit.metres
        if kind not in MEETS or any(name not in o.bodies for name in bodies):
            clear.append(False)
        else:
            fastest, is_so = _speeds(o, bodies, spans, speed)
            if speed > fastest * (1 + NEAR) + ROUNDED * o.scales.speed:
                return f"its speed is {o.unit.speed(fastest)} at most", False
            clear.append(is_so)
    if told.way is not None:
        clear.append(False)
        longest = sum(
            float(np.nansum(np.linalg.norm(np.diff(o.position[:, o.trace.index(b)], axis=0), axis=1)))
            for b in bodies
            if b in o.bodies
        )
        if kind not in ("misses", "above", "nearer") and bodies and told.way * o.unit.metres > longest * (1 + NEAR):
            return "nothing goes so far", False
    return "", all(clear)


def _is_near(value: float, told: float, slack: float) -> bool:
    return abs(value - told) <= max(NEAR * abs(told), slack)


def _speeds(o: Observation, bodies: tuple[str, ...], spans: Spans, told: float) -> tuple[float, bool]:
    """The greatest speed of two bodies when they meet, by itself or against each other; whether one is as told."""
    columns = [o.trace.index(name) for name in bodies]
    frames = np.clip([f for s, _ in spans for f in (s - 2, s - 1, s)], 0, o.frames - 1)
    each = o.velocity[frames][:, columns]
    against = np.linalg.norm(each[:, 0] - each[:, -1], axis=-1)
    found = np.nan_to_num(np.concatenate([np.linalg.norm(each, axis=-1).ravel(), against]))
    found = np.concatenate([found, np.nan_to_num(o.point_speed[frames][:, columns]).ravel()])
    slack = ROUNDED * o.scales.speed
    return float(found.max(initial=0.0)), bool((np.abs(found - told) <= max(NEAR * told, slack)).any())
