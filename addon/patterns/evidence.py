"""What claims about a run are held against: when the run has what a kind of claim says.

Everything is read from positions, contacts and recorded events alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..geometry.poses import rotation_matrix
from .observation import Mask, Observation
from .spells import runs

Spans = list[tuple[int, int]]
"""First and last frames of all times at which something is so."""

RISE = 0.1
"""Least way up, down or along that is told as such, in length scales."""

TILT = np.radians(25)
"""Least tilt of what tips over; a detector asks for more."""

OVER = 0.3
"""Least upward part of a contact's normal where one body is on another."""

CARRIED = 0.7
"""Least such part where one body carries another, so that it does not roll down."""

FASTER = 0.7
"""Of two bodies that meet, the one that hits the other has at least this share of the other's speed."""

SHAKEN = 2.0
"""So many times as fast as before is what something sets in motion that trembled."""

TURNED = 0.02
"""Least speed towards a body, and away from it, of what it turns round, in speed scales."""

PACE = 0.05
"""Least change of a speed that is told, in speed scales."""

PAUSE = 0.5
"""Times that are nearer to each other than so many time scales are one."""


def evidence(o: Observation, kind: str, bodies: tuple[str, ...]) -> Spans | None:
    """When a claim about bodies is so in a run; None where the run cannot tell."""
    if kind in ("solved", "unsolved"):
        done = [e for e in o.trace.events if e.uid == "TaskComplete"]
        if not done or not o.trace.meta.planar:
            return None
        success = done[-1].parameters.get("success") is True
        return [(done[-1].frame, done[-1].frame)] if success == (kind == "solved") else []
    if kind in ("goes on", "goes off", "is let go"):
        return _switched(o, kind, bodies[0])
    if kind == "ends":
        return [(o.frames - 1, o.frames - 1)]
    if kind == "all rest":
        return _spans(o, (o.resting | ~o.present)[:, o.movable].all(axis=1))
    if any(name not in o.bodies for name in bodies):
        return None
    columns = [o.trace.index(name) for name in bodies]
    return EVIDENCE[kind](o, *columns)


def _switched(o: Observation, kind: str, name: str) -> Spans | None:
    wanted = {"goes on": ("on", True), "goes off": ("on", False)}
    hung = [c.name for c in o.trace.scene.constraints if name in (c.name, c.object1, c.object2)]
    changed = [e for e in o.trace.events if e.uid == "PropertyChanged"]
    events = [e for e in changed if e.parameters["object_id"] == name]
    if kind == "is let go":
        last = len(o.trace.position) - 1
        loose = [
            (e.frame, e.frame)
            for e in events
            if str(e.parameters["property"]).split(".")[-1] in ("kinematic", "enabled", "type")
        ]
        joints = [e for e in changed if e.parameters["object_id"] in hung]
        return [*loose, *((e.frame, last) for e in joints)]
    found = [e for e in events if (e.parameters["property"], e.parameters["new"]) == wanted[kind]]
    if not found and not any(e.parameters["property"] == "on" for e in events):
        scene = next((x for x in o.trace.scene.objects if x.name == name), None)
        return [] if scene is not None and "on" in scene.properties else None
    return [(e.frame, e.frame) for e in found]


def _touches(o: Observation, a: int, b: int) -> Spans:
    t = o.all_touches
    return [(int(t.start[i]), int(t.end[i])) for i in t.between(a, b)]


def _begins(o: Observation, a: int, b: int) -> Spans:
    """Contacts that begin with the first body moving, at least about as fast as the second."""
    return [
        (start, start)
        for start, _ in _touches(o, a, b)
        if o.speed[max(start - 1, 0), a] >= FASTER * o.speed[max(start - 1, 0), b]
        and (o.point_speed[max(start - 1, 0), [a, b]].max() > 0.0 or start == 0)
    ]


def _set_going(o: Observation, a: int, b: int) -> Spans:
    """Contacts before which the second body does not move, at most trembles, and after which it is neither still nor
    as slow."""
    found = Spans()
    for start, _ in _touches(o, a, b):
        before, after = max(start - 2, 0), slice(start, start + o.steps(PAUSE) + 1)
        gains = o.point_speed[after, b].max() > SHAKEN * o.point_speed[before, b]
        if gains and not o.moving[before, b] and not o.resting[after, b].all():
            found.append((start, start))
    return found


def _bounces(o: Observation, a: int, b: int) -> Spans:
    """Contacts to which the first body comes, or at which it turns round its own way along their normal."""
    came = {start for start, _ in _begins(o, a, b) if o.dynamic[a] and start > 0}
    return [(start, start) for start, _ in _touches(o, a, b) if start in came or _turns(o, a, b, start)]


def _turns(o: Observation, a: int, b: int, start: int) -> bool:
    """Whether the first body's own way towards the second is turned round by a contact that begins at a frame."""
    if not o.dynamic[a] or start == 0:
        return False
    t = o.all_touches
    row = next(int(i) for i in t.between(a, b) if t.start[i] == start)
    towards = t.normal[row] * (1.0 if t.a[row] == a else -1.0)
    after = o.velocity[start : start + o.steps(PAUSE) + 1, a] @ towards
    least = TURNED * o.scales.speed
    return bool(o.velocity[start - 1, a] @ towards > least and np.nan_to_num(after).min() < -least)


def _on(o: Observation, a: int, b: int) -> Spans:
    """Frames in which the first body touches the second from above."""
    return _spans(o, _above(o, a, b, OVER))


def _above(o: Observation, a: int, b: int, least: float) -> Mask:
    """In which frames ``[F]`` the first body touches the second with at least such an upward part of the normal."""
    c = o.all_contacts
    rows = ((c.a == a) & (c.b == b)) | ((c.a == b) & (c.b == a))
    rise = (c.normal @ o.up) * np.where(c.a == a, -1.0, 1.0)
    mask = np.zeros(o.frames, dtype=np.bool_)
    mask[c.frame[rows & (rise > least)]] = True
    return mask


def _left(o: Observation, a: int, b: int) -> Spans:
    """Ends of contacts; of one that goes on while the first body sinks, all the time since the second carried it."""
    carried, found = _above(o, a, b, CARRIED), Spans()
    for start, end in _touches(o, a, b):
        own = np.flatnonzero(carried[start : end + 1])
        last = start + int(own[-1]) if len(own) else end
        sinks = o.height[last, a] - o.height[end, a] > RISE * o.scales.length
        if end < o.frames - 1:
            found.append((last if sinks else end, end))
    return found


def _misses(o: Observation, a: int, b: int) -> Spans:
    """Times without contact, of bodies one of which moves."""
    apart = np.ones(o.frames, dtype=np.bool_)
    for start, end in _touches(o, a, b):
        apart[start : end + 1] = False
    return _spans(o, apart & (o.moving[:, a] | o.moving[:, b]))


def _along(o: Observation, a: int, b: int) -> Spans:
    touching = np.zeros(o.frames, dtype=np.bool_)
    for start, end in _touches(o, a, b):
        touching[start : end + 1] = True
    return _spans(o, touching & o.moving[:, a])


def _tips(o: Observation, a: int) -> Spans:
    """Times at which a body leans, from the first of it on, if it comes to lean far."""
    turn = rotation_matrix(o.quaternion[:, a])
    lean = np.arccos(np.clip(np.nan_to_num(turn @ (turn[0].T @ o.up) @ o.up, nan=1.0), -1.0, 1.0))
    return [(s, e) for s, e in _spans(o, (lean > TILT / 5) & o.movable[a]) if lean[s : e + 1].max() > TILT]


def _flies(o: Observation, a: int) -> Spans:
    """Times without a contact, in which it moves."""
    _, start, end = runs((~o.touching[:, a] & o.present[:, a] & o.dynamic[a])[:, None])
    return [(s, e) for s, e in zip(start.tolist(), end.tolist(), strict=True) if o.moving[s : e + 1, a].any()]


def _way(o: Observation, a: int, sign: float) -> Spans:
    """Stretches in which a body goes up or down throughout, far enough."""
    steps = sign * np.diff(o.height[:, a], prepend=o.height[0, a])
    found = _spans(o, np.nan_to_num(steps) > 1e-4 * o.scales.length)
    least = RISE * o.scales.length
    return [(s, e) for s, e in found if sign * (o.height[e, a] - o.height[max(s - 1, 0), a]) > least]


def _pace(o: Observation, a: int, sign: float) -> Spans:
    """Stretches in which a body gets faster or slower throughout, by enough."""
    speed = np.nan_to_num(o.speed[:, a])
    _, start, end = runs((sign * np.diff(speed, prepend=speed[0]) > 0.0)[:, None])
    found = zip(start.tolist(), end.tolist(), strict=True)
    return [(s, e) for s, e in found if sign * (speed[e] - speed[s - 1]) > PACE * o.scales.speed]


def _moves(o: Observation, a: int) -> Spans:
    return _spans(o, o.moving[:, a] | (o.point_speed[:, a] > 0.02 * o.scales.speed))


def _stays(o: Observation, a: int) -> Spans:
    place = np.nan_to_num(o.position[:, a] - o.position[0, a])
    still = float(np.abs(place).max()) < RISE * o.scales.length
    return [(0, o.frames - 1)] if still else []


def _stops(o: Observation, a: int) -> Spans:
    """Rests after motion."""
    moved = np.maximum.accumulate(o.moving[:, a])
    return _spans(o, o.resting[:, a] & moved)


def _nearer(o: Observation, a: int, b: int) -> Spans:
    distance = np.linalg.norm(o.position[:, a] - o.position[:, b], axis=1)
    found = _spans(o, np.nan_to_num(np.diff(distance, prepend=distance[0])) < 0.0)
    return [(s, e) for s, e in found if distance[max(s - 1, 0)] - distance[e] > RISE * o.scales.length]


def _spans(o: Observation, mask: Mask) -> Spans:
    _, start, end = runs(mask[:, None], gap=o.steps(PAUSE))
    return list(zip(start.tolist(), end.tolist(), strict=True))


EVIDENCE: dict[str, Callable[..., Spans]] = {
    "meets": _begins,
    "bounces": _bounces,
    "set going": _set_going,
    "touches": _touches,
    "rests on": _on,
    "leaves": _left,
    "misses": _misses,
    "never meets": lambda o, a, b: [] if _touches(o, a, b) else [(0, o.frames - 1)],
    "above": lambda o, a, b: _spans(o, np.nan_to_num(o.height[:, a] - o.height[:, b]) > 0.0),
    "rolls over": _along,
    "tips": _tips,
    "flies": _flies,
    "rises": lambda o, a: _way(o, a, 1.0),
    "falls": lambda o, a: _way(o, a, -1.0),
    "moves": _moves,
    "gets faster": lambda o, a: _pace(o, a, 1.0),
    "gets slower": lambda o, a: _pace(o, a, -1.0),
    "is fixed": _stays,
    "rests": lambda o, a: _spans(o, o.resting[:, a]),
    "stops": _stops,
    "nearer": _nearer,
}
