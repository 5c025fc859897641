"""Bodies that move against each other across a third, or make its other end do so: levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...geometry.poses import rotation_matrix
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Pattern, a_body
from ..observation import MOVING, SLACK, Mask, Observation
from ..spells import Ints, couples, runs, spells, without_gaps

OPPOSITE = -0.7
"""Greatest cosine between the velocities of bodies, or of a lever's ends, that move in opposite directions."""

LEVER_TIME = 0.25
"""Shortest opposing motion, in time scales."""

SLENDER = 1.5
"""Least ratio of a lever's length to its thickness."""

SLOW_END = 0.33
"""Least speed of the slower end of a lever, as a share of that of the faster one."""

FULCRUM = 0.5
"""Greatest speed of a lever where it is held, as a share of that of its slower end."""

MIDDLE = 0.7
"""Greatest way of this point from the lever's middle, as a share of that of its ends."""

GAP = 3
"""Frames for which a lever may leave the point where it is held."""

RISE = 0.2
"""Least way of the slower end of a lever, in length scales."""


def opposing_motion(o: Observation) -> list[Finding]:
    """Two bodies on a turning third move in opposite directions, or one moves an end of it and so the other end."""
    turning = np.flatnonzero(o.movable & (o.spin * o.radius > _fast(o)).any(axis=0))
    levers = [lever for column in turning if (lever := _Lever.of(o, int(column))) is not None]
    pairs = _riders(o, levers)
    return pairs + [f for f in _swings(o, levers) if not any(_at_once(f, pair) for pair in pairs)]


def _at_once(one: Finding, other: Finding) -> bool:
    """Whether two findings are of one lever at one time."""
    same = one["parameters"]["lever"] == other["parameters"]["lever"]
    return bool(same and one["time"] <= other["end"] and other["time"] <= one["end"])


def _riders(o: Observation, levers: Sequence[_Lever]) -> list[Finding]:
    """Two bodies on a turning third that is held between its ends move in opposite directions at the same time."""
    held = np.zeros((o.frames, len(o.bodies)), dtype=np.bool_)
    for one in levers:
        held[:, one.column] = one.held
    held = without_gaps(held, GAP)
    c = o.contacts
    lever = np.concatenate([c.a, c.b])
    rider, frame = np.concatenate([c.b, c.a]), np.concatenate([c.frame, c.frame])
    fast = _fast(o)
    turning = o.spin[frame, lever] * o.radius[lever] > fast
    chosen = np.flatnonzero(held[frame, lever] & turning & (o.speed[frame, rider] > fast))
    order = chosen[np.lexsort((rider[chosen], frame[chosen], lever[chosen]))]
    lever, rider, frame = lever[order], rider[order], frame[order]
    velocity = o.velocity[frame, rider] / np.maximum(o.speed[frame, rider], 1e-12)[:, None]
    i, k = couples(lever, frame)
    against = np.einsum("ni,ni->n", velocity[i], velocity[k]) < OPPOSITE
    i, k = i[against], k[against]
    table = np.stack([lever[i], rider[i], rider[k], frame[i]])
    table = table[:, np.lexsort((table[3], table[2], table[1], table[0]))]
    first, last = spells((table[0] * len(o.bodies) + table[1]) * len(o.bodies) + table[2], table[3], gap=1)
    found = []
    for i, k in zip(first, last, strict=True):
        start, end = table[3, i], table[3, k]
        if end - start + 1 >= o.steps(LEVER_TIME):
            lower, upper = sorted(table[1:3, i].tolist(), key=lambda j: o.height[end, j] - o.height[start, j])
            name, other, on = (o.bodies[j] for j in (lower, upper, table[0, i]))
            text = f"{name} and {other} move in opposite directions on {on}, as on a lever."
            found.append(finding(start, text, end=end, object=name, other=other, lever=on))
    return found


@dataclass(frozen=True, eq=False)
class _Lever:
    """A slender body ``column``: the velocities ``[2, F, 3]`` of its two ends in m/s, whether it is held between them
    ``[F]``, by what touches it or by a joint, and what touches it.

    K rows of contacts, and of bodies that are joined to it, have their frame, the column of the other body, the unit
    normal towards the lever, the velocity of the lever's matter there in m/s, whether they are on the side of the
    second end, and whether the lever is held there: what touches it and its matter hardly move.
    """

    column: int
    ends: FloatArray
    held: Mask
    frame: Ints
    other: Ints
    normal: FloatArray
    matter: FloatArray
    second: Mask
    holds: Mask

    @classmethod
    def of(cls, o: Observation, column: int) -> _Lever | None:
        """None of a body that is about as thick as long."""
        if not _slender(o)[column]:
            return None
        longest = int(np.argmax(_extents(o)[column]))
        velocity, spin = o.velocity[:, column], o.angular_velocity[:, column]
        sides = rotation_matrix(o.quaternion[:, column])
        low, high = _reach(o, column, longest)
        turning = np.cross(spin, sides[:, :, longest])
        ends = np.stack([velocity + low * turning, velocity + high * turning])
        slow = np.linalg.norm(ends, axis=2).min(axis=0)
        rows = zip(_met(o, column), _borne(o, column), strict=True)
        frame, other, normal, place = (np.concatenate(both) for both in rows)
        matter = velocity[frame] + np.cross(spin[frame], place)
        along = (2 * np.einsum("ni,ni->n", place, sides[frame, :, longest]) - low - high) / (high - low)
        moves = np.maximum(np.linalg.norm(matter, axis=1), o.point_speed[frame, other])
        holds = (np.abs(along) < MIDDLE) & (moves < FULCRUM * slow[frame])
        held = np.zeros(o.frames, dtype=np.bool_)
        held[frame[holds]] = True
        for _, point in _joints(o, column):
            there = velocity + np.cross(spin, sides @ point)
            within = abs(2 * point[longest] - low - high) < MIDDLE * (high - low)
            held |= within & (np.linalg.norm(there, axis=1) < FULCRUM * slow)
        return cls(column, ends, held, frame, other, normal, matter, along > 0, holds)

    @property
    def slower(self) -> FloatArray:
        """The speed of the slower end ``[F]`` in m/s."""
        return np.asarray(np.linalg.norm(self.ends, axis=2).min(axis=0))

    def swings(self, o: Observation) -> list[tuple[int, int]]:
        """First and last frames of the times in which it is held between its ends and these move against each other,
        for long enough and far enough."""
        speeds = np.linalg.norm(self.ends, axis=2)
        slow, fast = speeds.min(axis=0), speeds.max(axis=0)
        cosine = np.einsum("fi,fi->f", *self.ends) / np.maximum(slow * fast, 1e-12)
        opposed = (cosine < OPPOSITE) & (slow > np.maximum(_fast(o), SLOW_END * fast))
        found = []
        for first, last in zip(*runs((self.held & opposed)[:, None], gap=GAP)[1:], strict=True):
            way = float(np.linalg.norm(self.ends[:, first : last + 1].sum(axis=1), axis=1).min()) * o.dt
            if last - first + 1 >= o.steps(LEVER_TIME) and way >= RISE * o.scales.length:
                found.append((int(first), int(last)))
        return found

    def pushes(self, o: Observation, first: int, last: int, sign: float) -> Ints:
        """The rows between two frames of bodies that push the lever (``sign`` 1) or that it pushes (-1): they and its
        matter move along the normal."""
        rows = np.flatnonzero((self.frame >= first) & (self.frame <= last) & ~self.holds)
        before = np.maximum(self.frame[rows] - 1, 0)
        normal = sign * self.normal[rows]
        body = np.einsum("ni,ni->n", o.velocity[before, self.other[rows]], normal)
        own = np.einsum("ni,ni->n", self.matter[rows], normal)
        least = FULCRUM * (0.5 if sign > 0 else 1.0) * self.slower[self.frame[rows]]
        return np.asarray(rows[(body > _fast(o) / 2) & (own > least)])


def _extents(o: Observation) -> FloatArray:
    """Extents ``[B, 3]`` of the bodies in m; the depth of a plane's bodies is none."""
    return o.extents * (1.0 if o.trace.scene.world.plane is None else np.array([1.0, 0.0, 1.0]))


def _slender(o: Observation) -> Mask:
    """Bodies ``[B]`` that are longer than they are thick."""
    extents = np.sort(_extents(o), axis=1)
    return np.asarray(extents[:, 2] >= SLENDER * extents[:, 1])


def _reach(o: Observation, column: int, axis: int) -> tuple[float, float]:
    """From where to where a body reaches along an axis of its own, from its origin, in m."""
    shapes, number = o.shapes
    shape = shapes[number[column]]
    if shape.corners is None:
        return -float(shape.half[axis]), float(shape.half[axis])
    return float(shape.corners[:, axis].min()), float(shape.corners[:, axis].max())


def _met(o: Observation, column: int) -> tuple[Ints, Ints, FloatArray, FloatArray]:
    """The contact rows of a lever: frame, the other body, the normal towards the lever, the place from its origin."""
    c = o.contacts
    rows = np.flatnonzero((c.a == column) | (c.b == column))
    frame, own = c.frame[rows], c.a[rows] == column
    normal = np.where(own[:, None], -1.0, 1.0) * c.normal[rows]
    return frame, np.where(own, c.b[rows], c.a[rows]), normal, c.point[rows] - o.position[frame, column]


def _borne(o: Observation, column: int) -> tuple[Ints, Ints, FloatArray, FloatArray]:
    """The same of the bodies that joints hold at a lever, which weigh on it as if they lay there."""
    sides, names = rotation_matrix(o.quaternion[:, column]), list(o.bodies)
    frames, columns, places = [], [], []
    for name, point in _joints(o, column):
        if name not in names:
            continue
        other, place = names.index(name), sides @ point
        apart = np.linalg.norm(o.position[:, other] - o.position[:, column] - place, axis=1)
        frame = np.flatnonzero(np.abs(apart - apart[0]) < SLACK * o.scales.length)
        frames.append(frame)
        columns.append(np.full(len(frame), other))
        places.append(place[frame])
    if not frames:
        return *np.zeros((2, 0), dtype=np.int64), *np.zeros((2, 0, 3))
    frame = np.concatenate(frames)
    return frame, np.concatenate(columns), np.tile(-o.up, (len(frame), 1)), np.concatenate(places)


def _joints(o: Observation, column: int) -> list[tuple[str | None, FloatArray]]:
    """What joints join to a body, and where in its own frame, in m."""
    name, turn = o.bodies[column], rotation_matrix(o.quaternion[0, column])
    joints = [j for j in o.trace.scene.constraints if j.enabled and name in (j.object1, j.object2)]
    return [
        (j.object2 if j.object1 == name else j.object1, (np.array(j.location) - o.position[0, column]) @ turn)
        for j in joints
    ]


def _fast(o: Observation) -> float:
    """m/s: the speed above which riders and ends move."""
    return MOVING / 2 * o.scales.speed


def _swings(o: Observation, levers: Sequence[_Lever]) -> list[Finding]:
    """A body moves one side of a lever, and its other end, or what is there, moves the opposite way."""
    found = []
    for lever in levers:
        for first, last in lever.swings(o):
            pushing = lever.pushes(o, first - 1, last, 1.0)
            if not len(pushing):
                continue
            row = pushing[np.argmax(o.speed[np.maximum(lever.frame[pushing] - 1, 0), lever.other[pushing]])]
            across = lever.pushes(o, first, last, -1.0)
            across = across[(lever.second[across] != lever.second[row]) & (lever.other[across] != lever.other[row])]
            name, on = o.bodies[lever.other[row]], o.bodies[lever.column]
            lifted = o.bodies[lever.other[across[0]]] if len(across) else on
            text = (
                f"{name} moves one end of {on}, and {'the other end' if lifted == on else lifted} goes the other way."
            )
            found.append(finding(first, text, end=last, object=name, other=lifted, lever=on))
    return found


PATTERNS = (
    Pattern(
        uid="OpposingMotion",
        label="opposing motion (lever)",
        description="Two bodies that touch a turning one move in opposite directions at the same time, or one moves an "
        "end of it and the other end moves the opposite way.",
        phrase="{object} and {other} are moved in opposite directions by {lever}, as by a lever",
        aliases=("lever launch",),
        parameters={
            "object": a_body("a body"),
            "other": a_body("the body that moves against it; the turning body where only its other end does"),
            "lever": a_body("the turning body"),
        },
        find=opposing_motion,
        symmetric=("object", "other"),
    ),
)
