"""How bodies move: faster and slower, free of contact, at rest, together, and because others collided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Pattern, a_body, a_number, one_of
from ..observation import MOVING, Observation
from ..spells import Ints, risings, runs, spells, turns, without_gaps
from ..stillness import angle, still
from ..touches import point_velocity
from ..units import seconds

CHANGE = MOVING
"""Least change of speed, in speed scales: that of a body at rest that begins to move."""

CHANGE_RATE = 0.1
"""Least rate at which speed changes over a stretch, in g."""

SLOW = 0.05
"""The shares of a change that may come slowly before it and after it."""

SIZES = ((0.9, "large"), (0.5, "medium"), (0.2, "small"))
"""Least change of speed, as a share of the speed before, of each size."""

FLIGHT_TIME = 0.5
"""Shortest flight, in time scales."""

REST_TIME = 2.0
"""Shortest rest of all bodies, in time scales."""

ONSET_REST = 0.25
"""How long a body stays where it is before it begins to move, in time scales."""

STAYS, GOES = 0.2, 0.05
"""The longest way of a body that stays where it is though it trembles or creeps, as a share of its way within two
time scales after, and the shortest such way of one that begins to move, in length scales."""

INDUCED_WITHIN = 1.0
"""Longest time from a collision to the motion that it induces, in time scales."""

TOGETHER_TIME = 1.0
"""Shortest time of moving together, in time scales."""

TOGETHER = 0.25
"""Greatest velocity of bodies that move together against each other, as a share of their speed."""


def speed_change(o: Observation) -> list[Finding]:
    """Stretches in which a body's speed rises or falls fast by much of what it was, between its turns."""
    found: list[Finding] = []
    least, slow = CHANGE * o.scales.speed, CHANGE_RATE * o.scales.gravity * o.dt
    for column, first, last in zip(*runs(o.present & o.movable), strict=True):
        speed = np.round(o.speed[first : last + 1, column], 6)
        for start, end, before, after, size in _changes(speed, least, slow):
            word = "faster" if after > before else "slower"
            values = f"from {o.unit.number(before)} to {o.unit.speed(after)}"
            text = f"{o.bodies[column]} gets {word}: {values}, a {size} change."
            parameters = {"direction": word, "size": size, "before": before, "after": after}
            found.append(finding(first + start, text, end=first + end, object=o.bodies[column], **parameters))
    return found


def _changes(speed: FloatArray, least: float, slow: float) -> Iterator[tuple[int, int, float, float, str]]:
    """First and last frame, speed before and after, and size of each change among the speeds ``[F]`` of a body."""
    for begin, finish in pairwise(turns(speed, SIZES[-1][0], least)):
        steps = np.diff(speed[begin : finish + 1]) * np.sign(speed[finish] - speed[begin])
        for first, last in risings(steps - slow):
            before, after = speed[begin + first], speed[begin + last + 1]
            share = abs(after - before) / max(before, least)
            if abs(after - before) < least or share < SIZES[-1][0]:
                continue
            size = next(size for limit, size in SIZES if share >= limit)
            yield *_core(speed, begin + first, begin + last + 1, slow), before, after, size


def _core(speed: FloatArray, first: int, last: int, slow: float) -> tuple[int, int]:
    """The frames of a change from one frame to another in which nearly all of it happens, with those around them in
    which speed changes in the same way by more than ``slow`` a frame."""
    done = (speed[first : last + 1] - speed[first]) / (speed[last] - speed[first])
    start = int(np.flatnonzero(done <= SLOW)[-1]) + 1
    end = start + int(np.argmax(done[start:] >= 1 - SLOW))
    steps = np.diff(done) * abs(speed[last] - speed[first]) > slow
    while start > 1 and steps[start - 2]:
        start -= 1
    while end < last - first and steps[end]:
        end += 1
    return first + start, first + end


def airborne(o: Observation) -> list[Finding]:
    """A body touches nothing and only gravity accelerates it."""
    free = o.dynamic & o.present & ~o.touching & (o.speed > 0.0)
    body, start, end = runs(free & without_gaps(free & o.falling, 2))
    found = []
    for i in np.flatnonzero(end - start + 1 >= o.steps(FLIGHT_TIME)):
        j, first, last = body[i], start[i], end[i]
        if not o.moving[first : last + 1, j].any():
            continue
        name, duration = o.bodies[j], (last - first + 1) * o.dt
        rise = float(o.height[last, j] - o.height[first, j])
        text = f"{name} is in the air for {seconds(duration)}."
        found.append(finding(first, text, end=last, object=name, duration=duration, rise=rise))
    return found


def global_rest(o: Observation) -> list[Finding]:
    """All movable bodies rest for a while, or there are none among the bodies."""
    if not o.bodies:
        return []
    quiet = (still(o) | ~o.present)[:, o.movable].all(axis=1)
    _, start, end = runs(quiet[:, None])
    found = []
    for first, last in zip(start, end, strict=True):
        if last - first + 1 >= o.steps(REST_TIME):
            duration = (last - first + 1) * o.dt
            found.append(finding(first, f"Nothing moves for {seconds(duration)}.", end=last, duration=duration))
    return found


def induced_motion(o: Observation) -> list[Finding]:
    """A body begins to move right after one that it touched was in a collision that it had no part in."""
    t, c, within = o.touches, o.contacts, o.steps(INDUCED_WITHIN)
    body, start, _ = runs(o.moving)
    calm = _last_calm(o)[np.maximum(start - 1, 0), body]
    calmed = (calm >= 0) & (start - calm <= within)
    # What trembles may never be calm, but stays where it is for longer.
    begin, stay = np.where(calmed, calm + 1, start), np.where(calmed, o.steps(ONSET_REST), 2 * within)
    # What rocks is back after a while.
    goes = np.max([_way(o, body, begin - 1, begin + halves * within // 2) for halves in (1, 2, 4)], axis=0)
    chosen = (begin > 0) & (goes > GOES * o.scales.length)
    chosen &= _way(o, body, begin - stay, begin - 1) < STAYS * goes
    onset = np.full((o.frames, len(o.bodies)), -1, dtype=np.int64)
    onset[begin[chosen] - 1, body[chosen]] = begin[chosen]
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for moved, carrier in ((c.a, c.b), (c.b, c.a)):
        at = onset[c.frame, moved]
        rows = np.flatnonzero((at >= 0) & o.movable[carrier])
        window_end = np.minimum(at[rows] + 1, o.frames - 1)
        hit, own = o.last_impact[window_end, carrier[rows]], o.last_impact[window_end, moved[rows]]
        recent = (hit >= 0) & (t.start[hit] >= at[rows] - within)
        apart = (t.a[hit] != moved[rows]) & (t.b[hit] != moved[rows])
        untouched = (own < 0) | (t.start[own] < at[rows] - within)
        for row, touch in zip(rows[recent & apart & untouched], hit[recent & apart & untouched], strict=True):
            key = int(moved[row]), int(at[row])
            best[key] = max(best.get(key, (-1, -1)), (int(touch), int(carrier[row])))
    found = []
    for (moved_body, frame), (touch, carrier_body) in best.items():
        name, via = o.bodies[moved_body], o.bodies[carrier_body]
        other = o.bodies[t.partner(touch, carrier_body)]
        text = f"{name} begins to move after {other} met {via}, which it was touching."
        delay = max(frame - int(t.start[touch]), 0) * o.dt
        found.append(finding(frame, text, object=name, via=via, other=other, delay=delay))
    return found


def _way(o: Observation, body: Ints, first: Ints, last: Ints) -> FloatArray:
    """About how far the points of bodies ``[N]`` get between frames ``[N]``, cut to those of the run, in m."""
    first, last = np.maximum(first, 0), np.minimum(last, o.frames - 1)
    way = np.linalg.norm(o.position[last, body] - o.position[first, body], axis=1)
    return np.asarray(way + angle(o.quaternion[first, body], o.quaternion[last, body]) * o.radius[body])


def _last_calm(o: Observation) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The last frame until each frame in which the body hardly moved ``[F, B]``, -1 before the first."""
    frames, calm = np.arange(o.frames, dtype=np.int64)[:, None], o.point_speed < MOVING / 2 * o.scales.speed
    return np.asarray(np.maximum.accumulate(np.where(calm, frames, -1), axis=0))


def _slip(o: Observation, frame: Ints, a: Ints, b: Ints, point: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How fast two bodies ``[N]`` move against each other where they touch, and by turning, in m/s."""
    one, other = (point_velocity(o.trace, frame, body, point) for body in (a, b))
    turning = np.linalg.norm(o.angular_velocity[frame, a] - o.angular_velocity[frame, b], axis=1)
    return np.linalg.norm(one - other, axis=1), turning * np.minimum(o.radius[a], o.radius[b])


def co_moving_pair(o: Observation) -> list[Finding]:
    """Two movable bodies stay in contact and go on together, as one rigid body or side by side."""
    c = o.contacts
    rows = np.flatnonzero(o.moving[c.frame, c.a] & o.moving[c.frame, c.b])
    frame, a, b = c.frame[rows], c.a[rows], c.b[rows]
    slower = np.minimum(o.speed[frame, a], o.speed[frame, b])
    apart = np.maximum(*_slip(o, frame, a, b, c.point[rows]))
    relative = np.linalg.norm(o.velocity[frame, a] - o.velocity[frame, b], axis=1)
    together = (slower > MOVING * o.scales.speed) & (np.minimum(apart, relative) < TOGETHER * slower)
    rows = rows[together]
    first, last = spells(c.a[rows] * len(o.bodies) + c.b[rows], c.frame[rows], gap=2)
    found = []
    for begin, finish in zip(rows[first], rows[last], strict=True):
        start, end, i, j = c.frame[begin], c.frame[finish], c.a[begin], c.b[begin]
        moved = np.linalg.norm(o.position[end, [i, j]] - o.position[start, [i, j]], axis=1).min()
        if end - start + 1 >= o.steps(TOGETHER_TIME) and moved >= o.scales.length:
            name, other = o.bodies[i], o.bodies[j]
            text = f"{name} and {other} move {o.unit.length(moved)} together."
            found.append(finding(start, text, end=end, object=name, other=other, distance=moved))
    return found


PATTERNS = (
    Pattern(
        uid="SpeedChange",
        label="velocity magnitude change",
        description="A body gets faster or slower by at least a fifth of its speed; the size says by how much.",
        phrase="{object} gets {direction:faster or slower}",
        parameters={
            "object": a_body("the body"),
            "direction": one_of("faster or slower", "faster", "slower"),
            "size": one_of(
                "small from 20 %, medium from 50 %, large from 90 % of the speed before", *(word for _, word in SIZES)
            ),
            "before": a_number("speed before, m/s"),
            "after": a_number("speed after, m/s"),
        },
        find=speed_change,
    ),
    Pattern(
        uid="Airborne",
        label="airborne (no contacts)",
        description="A body touches nothing for a while and moves as gravity alone lets it.",
        phrase="{object} begins to fly free of any contact",
        parameters={
            "object": a_body("the body"),
            "duration": a_number("length of the flight, s"),
            "rise": a_number("how much higher it is at the end, m"),
        },
        find=airborne,
    ),
    Pattern(
        uid="GlobalRest",
        label="global rest state",
        description="For a while, no body of the scene moves.",
        phrase="everything comes to rest",
        parameters={"duration": a_number("length of the rest, s")},
        find=global_rest,
    ),
    Pattern(
        uid="InducedMotion",
        label="post-collision induced motion",
        description="A body at rest begins to move shortly after a collision in which only its neighbour took part.",
        phrase="{object} begins to move because {other} met {via}, which it touched",
        parameters={
            "object": a_body("the body that begins to move"),
            "via": a_body("the body that it touched"),
            "other": a_body("what collided with that"),
            "delay": a_number("time from the collision, s"),
        },
        find=induced_motion,
    ),
    Pattern(
        uid="CoMovingPair",
        label="co-moving bonded pair",
        description="Two movable bodies stay in contact and travel together, as if they were one.",
        phrase="{object} and {other} travel together in contact",
        parameters={
            "object": a_body("a body"),
            "other": a_body("the other body"),
            "distance": a_number("how far they went together, m"),
        },
        find=co_moving_pair,
        symmetric=("object", "other"),
    ),
)
