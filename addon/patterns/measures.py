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

MOMENT = 0.15
"""Least time, in s, by which what is told may begin later or end sooner than it is told."""

APART = ("misses", "above", "nearer")
"""Kinds that tell how far bodies are from each other."""

MERGED = ("misses", "moves")
"""Kinds that may be several times within a time that is found as one."""

GOES = ("moves", "rises", "falls", "rolls over", "nearer")
"""Kinds that tell how far a body goes."""

MEETS = ("meets", "bounces", "touches")


def measured(o: Observation, kind: str, bodies: tuple[str, ...], spans: Spans, told: Quantities) -> tuple[str, bool]:
    """Why what is told cannot be so, or "", and whether all that is told was seen to be so."""
    clear = []
    if told.count is not None:
        if told.count > len(spans) and kind not in MERGED:
            return f"it happens {len(spans)} times at most", False
        clear.append(told.count == len(spans) and kind not in MERGED)
    if told.until is not None:
        clear.append(any(abs(s * o.dt - told.until) <= NEAR for s, _ in spans))
    if told.long is not None:
        longest = max((e - s) * o.dt for s, e in spans)
        if told.long > longest * (1 + NEAR) + NEAR:
            return f"it lasts {longest:.2f} s at most", False
        clear.append(any(_is_near((e - s) * o.dt, told.long, 2 * o.dt) for s, e in _at_its_time(o, spans, told)))
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
        way, slack = told.way * o.unit.metres, ROUNDED * o.scales.length
        longest = sum(_path(o, o.trace.index(b), 0, o.frames - 1) for b in bodies if b in o.bodies)
        if kind not in APART and bodies and way > longest * (1 + NEAR):
            return "nothing goes so far", False
        own = _at_its_time(o, spans, told) if kind in GOES and all(b in o.bodies for b in bodies) else []
        clear.append(any(_is_near(one, way, slack) for span in own for one in _ways(o, kind, bodies, span)))
    return "", all(clear)


def _at_its_time(o: Observation, spans: Spans, told: Quantities) -> Spans:
    """The spans at about the time that is told."""
    if told.window is None:
        return spans
    first, last = (at / o.dt for at in told.window)
    slack = max(MOMENT / o.dt, o.steps(0.5))
    return [(s, e) for s, e in spans if s - slack <= last and e + slack >= first]


def _ways(o: Observation, kind: str, bodies: tuple[str, ...], span: tuple[int, int]) -> list[float]:
    """How far something went in a span of frames, in m: along its path and on the whole, or by how much it came nearer
    to another."""
    first, last = max(span[0] - 1, 0), span[1]
    ends = [o.position[[first, last], o.trace.index(name)] for name in bodies]
    if kind == "nearer":
        apart = np.linalg.norm(ends[0] - ends[1], axis=1)
        return [float(apart[0] - apart[1])]
    against = ends[0] - ends[-1] if len(ends) > 1 else ends[0]
    moved = [float(np.linalg.norm(one[1] - one[0])) for one in (ends[0], against)]
    return [_path(o, o.trace.index(bodies[0]), first, last), *moved]


def _path(o: Observation, body: int, first: int, last: int) -> float:
    """The length of a body's path between two frames, in m."""
    return float(np.nansum(np.linalg.norm(np.diff(o.position[first : last + 1, body], axis=0), axis=1)))


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
