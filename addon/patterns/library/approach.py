"""How the goal object comes nearer to the goal target, passes it, or turns away from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Protocol

import numpy as np

from ...geometry.poses import rotation_matrix
from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Detector, Finding, Parameter, Pattern, a_body, a_number, one_of
from ..observation import MOVING, Mask, Observation
from ..spells import Ints, flips, runs

ALIGNED = 0.05
"""Greatest difference of aligned coordinates, in length scales."""

BURST_TIME = 0.5
"""Time in which a burst gains its speed, in time scales."""

SLOW = 0.1
"""The share of a burst's gain that may come slowly before it."""

BURST = 0.5
"""Least gain of speed of a burst, beyond what gravity gives, in speed scales."""

RUN_TIME = 1.0
"""Shortest closing run and convergence, in time scales."""

NEARER = 1.0
"""Least approach of a convergence or in free flight, in length scales."""

SETBACK = 0.02
"""Greatest growth of the distance within a convergence, in length scales."""

PROGRESS = 0.05
"""Least approach of a convergence in any time as long as the shortest one, in length scales."""

FLIGHT_TIME = 0.5
"""Shortest approach in free flight and shortest way off the target, in time scales."""

TURN, AWAY = np.radians(30), np.radians(60)
"""Least growth of the angle to the target at a deflection, and least angle after it."""

OFF = 0.05
"""Least way of a deflected body off the target, in length scales."""

AXES = ("east", "north", "up")


@dataclass(frozen=True, eq=False)
class Goal:
    """Goal object and target: names, columns, the way from one to the other ``[F, 3]`` along east, north and up, and
    their distance ``[F]``, both in m; NaN where one is absent."""

    name: str
    target: str
    object_column: int
    target_column: int
    way: FloatArray
    distance: FloatArray

    @property
    def nearing(self) -> Mask:
        """``[F]``: the distance fell in the step before."""
        return np.asarray(np.diff(self.distance, prepend=np.nan) < 0.0)


class _GoalDetector(Protocol):
    __name__: str

    def __call__(self, o: Observation, goal: Goal, /) -> list[Finding]: ...


def _with_goal(find: _GoalDetector) -> Detector:
    """A detector that finds nothing unless both roles are given."""

    @wraps(find)
    def detector(o: Observation) -> list[Finding]:
        if o.goal_object is None or o.goal_target is None:
            return []
        way = (o.position[:, o.goal_target] - o.position[:, o.goal_object]) @ o.axes.T
        distance = np.sqrt(np.square(way).sum(axis=1))
        names = o.bodies[o.goal_object], o.bodies[o.goal_target]
        return find(o, Goal(*names, o.goal_object, o.goal_target, way, distance))

    return detector


def _finding(goal: Goal, start: int, words: str, end: int | None = None, **parameters: object) -> Finding:
    text = f"{goal.name} {words}."
    return finding(start, text, end=end, object=goal.name, target=goal.target, **parameters)


@_with_goal
def goal_axis_alignment(o: Observation, goal: Goal) -> list[Finding]:
    """The first time that both have nearly the same coordinate along an axis on which they began apart."""
    found = []
    for axis, word in enumerate(AXES):
        along = goal.way[:, axis]
        near = np.abs(along) < ALIGNED * o.scales.length
        near[1:] |= along[1:] * along[:-1] < 0.0
        frames = np.flatnonzero(near)
        if len(frames) and frames[0] > 0:
            words = _aligned_words(o, goal, int(frames[0]), word)
            found.append(_finding(goal, frames[0], words, axis=word))
    return found


def _aligned_words(o: Observation, goal: Goal, frame: int, axis: str) -> str:
    """Where the goal object is when it has the target's coordinate along an axis."""
    if axis == "up":
        return f"is level with {goal.target}"
    if o.trace.scene.world.plane is not None:
        return f"is right {'above' if goal.way[frame, 2] < 0 else 'below'} the middle of {goal.target}"
    return f"is as far {axis} as {goal.target}"


@_with_goal
def side_swap(o: Observation, goal: Goal) -> list[Finding]:
    """The first time that the order of both centres reverses along the level axis on which they began apart.

    The goal object must have been beside the target before, beyond its edge, not only above or below it.
    """
    present = np.flatnonzero(~np.isnan(goal.distance))
    if not len(present):
        return []
    axis = int(np.argmax(np.abs(goal.way[present[0], :2])))
    along = np.nan_to_num(-goal.way[:, axis])
    _, frames = flips(along[:, None], ALIGNED * o.scales.length)
    beside = np.abs(along) > _reach(o, goal.target_column, o.axes[axis])
    if not len(frames) or not beside[present[0] : frames[0]].any():
        return []
    side = ("west", "south")[axis] if goal.way[present[0], axis] < 0 else ("east", "north")[axis]
    return [_finding(goal, frames[0], f"passes the middle of {goal.target} to the {side}", side=side)]


def _reach(o: Observation, body: int, axis: FloatArray) -> FloatArray:
    """How far the box of a body reaches from its centre along an axis ``[3]`` in each frame ``[F]``, in m."""
    sides = rotation_matrix(o.quaternion[:, body])
    return np.asarray(np.nan_to_num(np.abs(axis @ sides) @ o.extents[body] / 2))


@_with_goal
def goalward_burst(o: Observation, goal: Goal) -> list[Finding]:
    """Speed rises much in a short time, more than by falling, in all of which the target comes nearer."""
    steps = o.steps(BURST_TIME)
    if o.frames <= steps:
        return []
    speed = o.speed[:, goal.object_column]
    near = np.concatenate([[0], np.cumsum(goal.nearing)])
    closing = near[steps + 1 :] - near[1:-steps] == steps
    pushed = np.concatenate([[0.0], np.cumsum(np.where(_driven(o, goal), _pushed(o, goal.object_column), 0.0))])
    gain = np.minimum(speed[steps:] - speed[:-steps], pushed[steps:] - pushed[:-steps])
    # Bursts that overlap are one.
    _, start, end = runs((closing & (gain > BURST * o.scales.speed))[:, None], gap=steps)
    found = []
    for begin, last in zip(start, end, strict=True):
        stop = begin + int(np.argmax(speed[begin : last + steps + 1]))
        given = pushed[begin : stop + 1] - pushed[begin]
        begin += max(int(np.argmax(given > SLOW * given.max())) - 1, 0)
        gained = speed[stop] - speed[begin]
        found.append(_finding(goal, begin, f"is sped up towards {goal.target}", end=stop, gain=gained))
    return found


def _driven(o: Observation, goal: Goal) -> Mask:
    """``[F - 1]``: in a step something may do work on the goal object: what moves touches it, or nothing does, as where
    a field acts. What stands still only turns fall or spin into speed, and what is at the target is there."""
    body, t = goal.object_column, o.all_touches
    pushed, held = (np.zeros(o.frames, dtype=np.bool_) for _ in range(2))
    for i in t.of(body):
        other, when = t.partner(int(i), body), slice(max(int(t.start[i]) - 1, 0), int(t.end[i]) + 2)
        pushed[when] |= o.moving[when, other]
        held[when] |= other == goal.target_column
    free = ~o.touching[:, body] & (o.spin[:, body] * o.radius[body] < MOVING * o.scales.speed)
    return np.asarray((pushed[1:] | (free[1:] & free[:-1])) & ~held[1:])


def _pushed(o: Observation, body: int) -> FloatArray:
    """Gains of speed ``[F - 1]`` in m/s of each step beyond those of a fall as deep without friction."""
    fall = o.scales.gravity if np.any(o.gravity) else 0.0
    speed, height = o.speed[:, body], o.height[:, body]
    squared = np.square(speed[:-1]) + 2.0 * fall * (height[:-1] - height[1:])
    return np.asarray(speed[1:] - np.sqrt(np.maximum(squared, 0.0)))


@_with_goal
def goal_closing_run(o: Observation, goal: Goal) -> list[Finding]:
    """Both move and near each other fast enough, for a while."""
    rate = -np.diff(goal.distance, prepend=np.nan) / o.dt
    both = o.moving[:, [goal.object_column, goal.target_column]].all(axis=1)
    _, start, end = runs((both & (rate > MOVING * o.scales.speed))[:, None])
    return [
        _finding(
            goal,
            first,
            f"and {goal.target} close in on each other",
            end=last,
            closed=goal.distance[first - 1] - goal.distance[last],
        )
        for first, last in zip(start, end, strict=True)
        if last - first + 1 >= o.steps(RUN_TIME)
    ]


@_with_goal
def free_flight_approach(o: Observation, goal: Goal) -> list[Finding]:
    """Stretches of a flight in which the target comes nearer throughout."""
    met = o.all_touches.start[o.all_touches.between(goal.object_column, goal.target_column)]
    found = []
    for flight in o.activations("Airborne"):
        stop = flight.frame if flight.end is None else flight.end
        if flight.parameters["object"] != goal.name:
            continue
        _, start, end = runs(goal.nearing[flight.frame : stop + 1, None])
        for first, last in zip(start + flight.frame, end + flight.frame, strict=True):
            closed = goal.distance[max(first - 1, 0)] - goal.distance[last]
            if last - first + 1 >= o.steps(FLIGHT_TIME) and closed >= NEARER * o.scales.length:
                hit = bool(((met > last) & (met <= last + 2)).any())
                words = f"flies towards {goal.target}" + (" and hits it" if hit else "")
                found.append(_finding(goal, first, words, end=last, closed=closed, contact=hit))
    return found


@_with_goal
def goal_convergence(o: Observation, goal: Goal) -> list[Finding]:
    """Stretches in which the distance falls without a setback or a pause, by enough and for long enough."""
    found = []
    slack, progress = SETBACK * o.scales.length, PROGRESS * o.scales.length
    for first, last in _convergences(goal.distance.tolist(), slack):
        for begin, finish in _without_pause(goal.distance[first : last + 1], o.steps(RUN_TIME), progress):
            stretch = goal.distance[first + begin : first + finish + 1]
            start, end = _trimmed(stretch, slack / 100) + first + begin
            closed = goal.distance[start] - goal.distance[end]
            if end - start + 1 >= o.steps(RUN_TIME) and closed >= NEARER * o.scales.length:
                words = f"comes {o.unit.length(closed)} nearer to {goal.target}"
                found.append(_finding(goal, start, words, end=end, closed=closed))
    return found


def _without_pause(distance: FloatArray, steps: int, progress: float) -> list[tuple[int, int]]:
    """First and last index of the parts of a fall ``[K]`` without ``steps`` in which it falls by less than
    ``progress``."""
    pause = np.zeros(len(distance), dtype=np.bool_)
    pause[: max(len(distance) - steps, 0)] = distance[:-steps] - distance[steps:] < progress
    _, first, last = runs(pause[:, None])
    # A part ends where a pause begins, and begins where the pause's last steps are over.
    begins, ends = [0, *(last + steps - 1)], [*first, len(distance) - 1]
    return [(int(i), int(k)) for i, k in zip(begins, ends, strict=True) if k > i]


def _convergences(distance: list[float], setback: float) -> list[tuple[int, int]]:
    """First and last frame of the stretches that end at their least distance and never rise above it by ``setback``.

    A stretch starts at the greatest distance since the one before.
    """
    found, start, lowest = [], 0, 0
    for frame, value in enumerate(distance):
        if value != value or value > distance[lowest] + setback or distance[lowest] != distance[lowest]:
            if lowest > start:
                found.append((start, lowest))
            start = lowest = frame
        elif value < distance[lowest]:
            lowest = frame
        elif lowest == start and value > distance[start]:
            start = lowest = frame
    return [*found, (start, lowest)] if lowest > start else found


def _trimmed(distance: FloatArray, noise: float) -> Ints:
    """First and last index of the fall in a stretch ``[K]`` that may begin and end with rest."""
    start = np.flatnonzero(distance >= distance[0] - noise)[-1]
    return np.array([start, np.flatnonzero(distance <= distance[-1] + noise)[0]])


@_with_goal
def deflected_from_target(o: Observation, goal: Goal) -> list[Finding]:
    """After a collision with something else the goal object moves off the target and does not come nearer.

    Off the target is neither towards its middle nor towards its nearest point: on a wide one, either is the way there.
    """
    ways = np.stack([goal.way @ o.axes, _nearest(o, goal)])
    distances = np.linalg.norm(ways, axis=2)
    speed, fast = o.speed[:, goal.object_column], MOVING / 2 * o.scales.speed
    nearing = np.einsum("fi,kfi->kf", o.velocity[:, goal.object_column], ways)
    cosine = np.nan_to_num(nearing / np.maximum(speed * distances, 1e-12)).max(axis=0)
    angle = np.arccos(np.clip(cosine, -1.0, 1.0))
    steps, t = o.steps(FLIGHT_TIME), o.touches
    found, until = [], -1
    target = t.between(goal.object_column, goal.target_column)
    own = np.setdiff1d(np.intersect1d(t.of(goal.object_column), o.impacts), target)
    for i in own:
        before = max(int(t.start[i]) - 1, 1)
        off = ~np.isnan(goal.distance) & (speed > fast) & (angle > max(AWAY, angle[before] + TURN))
        window = np.flatnonzero(off[before + 1 : before + 2 + steps])
        if not len(window) or speed[before] <= fast or before < until:
            continue
        first = before + 1 + int(window[0])
        # Who is at the target when it turns away was turned by that.
        if ((t.start[target] <= first) & (t.end[target] >= before - steps)).any():
            continue
        last = first + int(np.argmin(np.append(off[first:], False))) - 1
        path = float(speed[first : last + 1].sum()) * o.dt
        if last - first + 1 < steps or path < OFF * o.scales.length or (distances[:, last] < distances[:, first]).any():
            continue
        # Of those that it met at about the same time, the one that it hit hardest.
        at_once = own[(t.start[own] > before) & (t.start[own] <= first)]
        by = o.bodies[t.partner(int(at_once[np.argmax(t.speed[at_once])]), goal.object_column)]
        turn = np.degrees(angle[first] - angle[before])
        words = f"is deflected away from {goal.target} by {by}"
        found.append(_finding(goal, first, words, end=last, by=by, turn=turn))
        until = last
    return found


def _nearest(o: Observation, goal: Goal) -> FloatArray:
    """The way ``[F, 3]`` from the goal object's centre to the nearest point of the target's box, in m."""
    sides = rotation_matrix(o.quaternion[:, goal.target_column])
    way = o.position[:, goal.object_column] - o.position[:, goal.target_column]
    local = np.einsum("fji,fj->fi", sides, way)
    half = o.extents[goal.target_column] / 2
    return np.asarray(np.einsum("fij,fj->fi", sides, np.clip(local, -half, half) - local))


GOAL = {"object": a_body("the goal object"), "target": a_body("the goal target")}
CLOSED = {"closed": a_number("how much nearer they came, m")}

PATTERNS = (
    Pattern(
        uid="GoalAxisAlignment",
        label="goal axis alignment",
        description="Goal object and goal target first have nearly the same coordinate to the east, north or up.",
        phrase="the goal object, {object}, is in line with the goal target, {target}, along {axis:an axis}",
        parameters={**GOAL, "axis": one_of("the axis on which they agree: east, north or up", *AXES)},
        find=goal_axis_alignment,
    ),
    Pattern(
        uid="SideSwap",
        label="side-swap between goal object and target",
        description="The goal object first passes to the other side of the goal target, touching it or not.",
        phrase="the goal object, {object}, passes to the {side:other} side of the goal target, {target}",
        parameters={
            **GOAL,
            "side": one_of("the side of the target on which it is now", "east", "west", "north", "south"),
        },
        find=side_swap,
    ),
    Pattern(
        uid="GoalwardBurst",
        label="goalward acceleration burst",
        description="The goal object gains much speed in a short time while it comes nearer to the goal target.",
        phrase="the goal object, {object}, is sped up towards the goal target, {target}",
        parameters={**GOAL, "gain": a_number("gain of speed, m/s")},
        find=goalward_burst,
    ),
    Pattern(
        uid="GoalClosingRun",
        label="sustained goal closing run",
        description="Goal object and goal target both move and come nearer to each other for a while.",
        phrase="the goal object, {object}, and the goal target, {target}, move and close in on each other",
        parameters={**GOAL, **CLOSED},
        find=goal_closing_run,
    ),
    Pattern(
        uid="FreeFlightApproach",
        label="free-flight goalward approach",
        description="The goal object is in the air and comes nearer to the goal target.",
        phrase="the goal object, {object}, flies towards the goal target, {target}",
        parameters={**GOAL, **CLOSED, "contact": Parameter("whether the flight ends at the target", "boolean")},
        find=free_flight_approach,
        requires=("Airborne",),
    ),
    Pattern(
        uid="GoalConvergence",
        label="sustained goalward convergence",
        description="The distance from goal object to goal target falls by more than a body's size without setback or "
        "pause.",
        phrase="the goal object, {object}, comes steadily nearer to the goal target, {target}",
        parameters={**GOAL, **CLOSED},
        find=goal_convergence,
    ),
    Pattern(
        uid="DeflectedFromTarget",
        label="deflected away from target",
        description="A collision turns the goal object away from the goal target, and it comes no nearer for a while.",
        phrase="the goal object, {object}, is deflected away from the goal target, {target}, by {by}",
        parameters={
            **GOAL,
            "by": a_body("what it collided with"),
            "turn": a_number("growth of the angle to the target, degrees"),
        },
        find=deflected_from_target,
    ),
)
