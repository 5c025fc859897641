"""Motion along a surface: sliding, rolling, and turning about a point of contact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Parameter, Pattern, a_body, a_number
from ..observation import MOVING, Observation
from ..spells import Ints, spells
from ..touches import point_velocity

SLIP = 0.5
"""A body slides where its surface slips faster than this share of its speed along the other's surface."""

GRIP = 0.3
"""A body rolls where its surface slips slower than this share of that speed, while it turns."""

SLIDE_TIME = 0.5
"""Shortest slide, in time scales."""

SLIDE_LENGTH = 0.5
"""Shortest slide, in length scales."""

ROLL_LENGTH = 1.0
"""Shortest way of a body that rolls over another, in length scales."""

ROLL_ANGLE = np.radians(45)
"""Least turn of a body that rolls over another."""

SKID_TIME = 0.2
"""Shortest slide that turns into rolling, in time scales."""

SKID_LENGTH = 0.1
"""Shortest slide that turns into rolling, in length scales."""

CATCH_TIME = 0.25
"""Shortest rolling after a slide, and the longest pause between, in time scales."""

AWAY = 4.0
"""A body that is back within this many time scales has not left what it rolled over."""

OVER = 0.5
"""Least upward part of the contact's normal where one body is over another."""

SWEEP_ANGLE = np.radians(30)
"""Least angle of a pivoted sweep."""

PIVOT_DRIFT = 0.3
"""Greatest way of a pivot across the axis, as a share of the way of the body's centre about it."""

ARM = 0.15
"""Least distance of the pivot from the body's centre, as a share of half of its greatest extent."""


@dataclass(frozen=True, eq=False)
class Sides:
    """N frames of touches, each seen from one body of the pair, which is moving; sorted by pair, side and frame.

    ``row`` is the contact's row, ``key`` the same for all frames of one touch and side. ``normal`` points to the body.
    """

    row: Ints
    key: Ints
    frame: Ints
    body: Ints
    other: Ints
    point: FloatArray
    normal: FloatArray

    def pick(self, chosen: NDArray[np.bool_]) -> Sides:
        """Some of the rows."""
        return Sides(
            self.row[chosen],
            self.key[chosen],
            self.frame[chosen],
            self.body[chosen],
            self.other[chosen],
            self.point[chosen],
            self.normal[chosen],
        )


def sides_of(o: Observation) -> Sides:
    """All frames of touches in which a movable body moves."""
    c = o.contacts
    of_a, of_b = np.flatnonzero(o.moving[c.frame, c.a]), np.flatnonzero(o.moving[c.frame, c.b])
    row = np.concatenate([of_a, of_b])
    body, other = np.concatenate([c.a[of_a], c.b[of_b]]), np.concatenate([c.b[of_a], c.a[of_b]])
    key = 2 * c.touch[row] + np.repeat([0, 1], [len(of_a), len(of_b)])
    normal = np.concatenate([-c.normal[of_a], c.normal[of_b]])
    order = np.lexsort((row, key))
    row = row[order]
    return Sides(row, key[order], c.frame[row], body[order], other[order], c.point[row], normal[order])


def motion_along(o: Observation, s: Sides) -> tuple[FloatArray, FloatArray]:
    """Speeds ``[N]`` in m/s along the surface, relative to the other body: of the body's surface at the contact
    (its slip) and of its centre."""
    base = point_velocity(o.trace, s.frame, s.other, s.point)
    slip = point_velocity(o.trace, s.frame, s.body, s.point) - base
    return _along(slip, s.normal), _along(o.velocity[s.frame, s.body] - base, s.normal)


def _along(vectors: FloatArray, normal: FloatArray) -> FloatArray:
    across = np.einsum("ni,ni->n", vectors, normal)
    return np.asarray(np.sqrt(np.maximum(np.einsum("ni,ni->n", vectors, vectors) - across**2, 0.0)))


def sliding_contact(o: Observation) -> list[Finding]:
    """A body slips along one at rest, without a break."""
    s = slipping(o)
    s = s.pick(o.resting[s.frame, s.other])
    first, last = spells(s.key, s.frame, gap=1)
    found = []
    for i, k in zip(first, last, strict=True):
        start, end, body = s.frame[i], s.frame[k], s.body[i]
        way = float(np.linalg.norm(o.position[end, body] - o.position[start, body]))
        if end - start + 1 >= o.steps(SLIDE_TIME) and way >= SLIDE_LENGTH * o.scales.length:
            name, other = o.bodies[body], o.bodies[s.other[i]]
            text = f"{name} slides {o.unit.length(way)} along {other}."
            found.append(finding(start, text, end=end, object=name, other=other, distance=way))
    return found


def rolling(o: Observation) -> Sides:
    """The frames in which a round body rolls on another: it turns, and its surface hardly slips."""
    s = sides_of(o)
    s = s.pick(o.round[s.body])
    slip, travel = motion_along(o, s)
    turning = o.spin[s.frame, s.body] * o.radius[s.body] > MOVING * o.scales.speed
    return s.pick(turning & (travel > MOVING / 2 * o.scales.speed) & (slip < GRIP * travel))


def rolling_over(o: Observation) -> list[Finding]:
    """A body rolls some way over another and leaves it for good, or for a good while."""
    s = rolling(o)
    first, last = spells(s.key, s.frame, gap=o.steps(CATCH_TIME))
    found = []
    for i, k in zip(first, last, strict=True):
        start, end = s.frame[i], o.contacts.end[s.row[i]]
        on_top = float(s.normal[i : k + 1].mean(axis=0) @ o.up)
        way = _way(o, s, i, k)
        angle = float(o.spin[s.frame[i : k + 1], s.body[i]].sum() * o.dt)
        far = angle > ROLL_ANGLE and way >= ROLL_LENGTH * o.scales.length
        if far and on_top > OVER and end - s.frame[k] <= o.steps(CATCH_TIME) and _leaves(o, s, i, int(end)):
            name, other = o.bodies[s.body[i]], o.bodies[s.other[i]]
            text = f"{name} rolls {o.unit.length(way)} over {other} and leaves it."
            found.append(finding(start, text, end=end, object=name, other=other, distance=way))
    return found


def _leaves(o: Observation, s: Sides, row: int, end: int) -> bool:
    """Whether a contact that ends in a frame is no more for a good while, and that not because of a thin plate on the
    other body, which the body is still on."""
    a, b = sorted((int(s.body[row]), int(s.other[row])))
    t, c = o.touches, o.close_contacts
    again = t.start[t.between(a, b)]
    back = (again > end) & (again <= end + o.steps(AWAY))
    covered = (c.a == a) & (c.b == b) & (c.frame == end + 1)
    return end < o.frames - 1 and not (back.any() or covered.any())


def _way(o: Observation, s: Sides, first: int, last: int) -> float:
    """How far the body moved from one row to another, less what the other body moved, in m."""
    frames, bodies = s.frame[[first, last]][:, None], [s.body[first], s.other[first]]
    moved = np.diff(o.position[frames, bodies], axis=0)[0]
    return float(np.linalg.norm(moved[0] - moved[1]))


def sliding_to_rolling(o: Observation) -> list[Finding]:
    """A body slips on another for a short way, ever less, then rolls on top of it without having left it.

    A ball that starts to slide at v0 rolls at 5/7 v0, a disc at 2/3 v0, whatever the friction.
    """
    s, r = slipping(o, GRIP), rolling(o)
    r = r.pick(r.normal @ o.up > OVER)
    slip, travel = motion_along(o, s)
    first, last = spells(s.key, s.frame, gap=1)
    begin, finish = spells(r.key, r.frame, gap=1)
    long = r.frame[finish] - r.frame[begin] + 1 >= o.steps(CATCH_TIME)
    found = []
    for i, k in zip(first, last, strict=True):
        body, start, end = s.body[i], s.frame[i], s.frame[k]
        way = float(np.linalg.norm(o.position[end, body] - o.position[start, body]))
        slides = (slip[i : k + 1] > SLIP * travel[i : k + 1]).sum()
        if slides < o.steps(SKID_TIME) or way < SKID_LENGTH * o.scales.length:
            continue
        soon = (r.key[begin] == s.key[i]) & (r.frame[begin] > end) & (r.frame[begin] <= end + 1 + o.steps(CATCH_TIME))
        for row in np.flatnonzero(soon & long)[:1]:
            name, other = o.bodies[body], o.bodies[s.other[i]]
            text = f"{name} stops sliding on {other} and rolls."
            found.append(finding(r.frame[begin[row]], text, object=name, other=other))
    return found


def slipping(o: Observation, share: float = SLIP) -> Sides:
    """The frames in which a body slips along another, faster than a share of its own speed along it."""
    s = sides_of(o)
    slip, travel = motion_along(o, s)
    least = MOVING * o.scales.speed
    return s.pick((slip > least) & (travel > least) & (slip > share * travel))


def pivoted_sweep(o: Observation) -> list[Finding]:
    """A body turns by a good angle about a contact that stays where it is, and its centre goes round that."""
    s = sides_of(o)
    omega = o.angular_velocity[s.frame, s.body]
    spin = o.spin[s.frame, s.body]
    arm = s.point - o.position[s.frame, s.body]
    axis = omega / np.maximum(spin, 1e-9)[:, None]
    lever = _along(arm, axis)
    step = np.zeros_like(arm)
    step[1:] = s.point[1:] - s.point[:-1]
    joined = np.zeros(len(s.row), dtype=np.bool_)
    joined[1:] = (s.key[1:] == s.key[:-1]) & (s.frame[1:] == s.frame[:-1] + 1)
    swing = spin * lever * o.dt
    base = point_velocity(o.trace, s.frame, s.other, s.point)
    lift = np.einsum("ni,ni->n", point_velocity(o.trace, s.frame, s.body, s.point) - base, s.normal) * o.dt
    fixed = joined & (_along(step, axis) < PIVOT_DRIFT * swing) & (lift < PIVOT_DRIFT * swing)
    fixed &= lever > ARM * o.radius[s.body]
    fixed &= np.linalg.norm(o.velocity[s.frame, s.body] - base, axis=1) * o.dt > swing / 2
    rows = np.flatnonzero(fixed)
    first, last = spells(s.key[rows], s.frame[rows], gap=o.steps(CATCH_TIME))
    turns = np.concatenate([np.zeros((1, 3)), np.cumsum(omega[rows] * o.dt, axis=0)])
    found = []
    for i, k in zip(first, last, strict=True):
        begin, finish = rows[i], rows[k]
        angle = float(np.linalg.norm(turns[k + 1] - turns[i]))
        if angle >= SWEEP_ANGLE:
            name, other = o.bodies[s.body[begin]], o.bodies[s.other[begin]]
            text = f"{name} turns by {np.degrees(angle):.0f} degrees about its contact with {other}."
            parameters = {"object": name, "other": other, "angle": np.degrees(angle), "point": s.point[begin]}
            found.append(finding(s.frame[begin], text, end=s.frame[finish], **parameters))
    return found


PATTERNS = (
    Pattern(
        uid="SlidingContact",
        label="sliding contact",
        description="A body slips along the surface of another that is at rest, without leaving it.",
        phrase="{object} slides along {other}",
        parameters={
            "object": a_body("the sliding body"),
            "other": a_body("what it slides on"),
            "distance": a_number("how far it got, m"),
        },
        find=sliding_contact,
    ),
    Pattern(
        uid="RollingOver",
        label="rolling over",
        description="A body rolls some way over another and then parts from it.",
        phrase="{object} rolls over {other} and leaves it",
        parameters={
            "object": a_body("the rolling body"),
            "other": a_body("what it rolls over"),
            "distance": a_number("how far it moved relative to the other body, m"),
        },
        find=rolling_over,
    ),
    Pattern(
        uid="SlidingToRolling",
        label="sliding-to-rolling transition",
        description="A body that slid along a surface catches on it and rolls.",
        phrase="{object} stops sliding on {other} and rolls",
        parameters={"object": a_body("the body"), "other": a_body("what it rolls on")},
        find=sliding_to_rolling,
    ),
    Pattern(
        uid="PivotedSweep",
        label="pivoted sweep rotation",
        description="A body turns by at least 30 degrees about a contact that stays in place, as about a hinge.",
        phrase="{object} swings about its contact with {other}",
        parameters={
            "object": a_body("the turning body"),
            "other": a_body("the body with the pivot"),
            "angle": a_number("angle of the sweep, degrees"),
            "point": Parameter("the pivot, m", "vector"),
        },
        find=pivoted_sweep,
    ),
)
