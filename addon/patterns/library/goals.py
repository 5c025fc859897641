"""What a task's actor, goal object and goal target do to each other: contacts and outcomes.

The actor is red, the goal object green and the goal target blue in the paper. A pattern is not found where a role that
it needs is not given.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...trace import ContactColumns
from ..findings import finding
from ..model import Finding, Parameter, Pattern, a_body, a_number
from ..observation import MOVING, Observation
from ..spells import Ints
from ..touches import Touches, contact_rows, find_touches, point_velocity
from ..units import seconds

RELAY_WITHIN = 2.0
"""Longest time from the actor's contact to the one that passes it on, in time scales."""

APART = 0.25
"""How long two bodies are apart before they meet anew, in time scales: a hop of this length rises 1 % of a size."""

NEW = 1.0
"""How long the body between and the goal object are apart before a relay, in time scales."""

AT_START = 0.01
"""Bodies that touch in frame 1 touched from the start if the step before brought them no nearer, in length scales."""

BEFORE = 0.5
"""The time before a contact in which the target's motion is looked at, in time scales."""

UNDER_WAY = 0.25
"""A target moves while its centre is faster than this share of the speed scale."""

SOLVED_SLACK = 2
"""Frames by which the goal contact may miss the frame in which the task was complete."""


def first_actor_contact(o: Observation) -> list[Finding]:
    """The actor's first contact with something that it did not touch from the start."""
    if o.actor is None:
        return []
    return [_contact(o, o.all_touches, int(i), o.actor, "first touches") for i in _begun(o, o.actor)[:1]]


def first_target_contact(o: Observation) -> list[Finding]:
    """The goal target's first contact with something that it did not touch from the start."""
    if o.goal_target is None:
        return []
    return [
        _contact(o, o.all_touches, int(i), o.goal_target, "is first touched by") for i in _begun(o, o.goal_target)[:1]
    ]


def first_actor_target_impact(o: Observation) -> list[Finding]:
    """The actor's first contact with the goal target, unless they touched from the start."""
    if o.actor is None or o.goal_target is None:
        return []
    met = np.intersect1d(_begun(o, o.actor), o.all_touches.between(o.actor, o.goal_target))
    return [_contact(o, o.all_touches, int(i), o.actor, "meets the target") for i in met[:1]]


def last_actor_influence(o: Observation) -> list[Finding]:
    """The last time that the actor meets the goal object anew."""
    if o.actor is None or o.goal_object is None:
        return []
    t, told = o.all_touches, _told(o, o.actor, o.goal_object)
    met, hits = (_meetings(touches, o.actor, o.goal_object, o.steps(APART)) for touches in (t, told))
    hits = hits[told.speed[hits] > MOVING * o.scales.speed]
    last = [(touches, int(own[-1])) for touches, own in ((t, met), (told, hits)) if len(own)]
    last.sort(key=lambda one: int(one[0].start[one[1]]))
    return [_contact(o, *one, o.actor, "last meets") for one in last[-1:]]


def _told(o: Observation, one: int, other: int) -> Touches:
    """The touches of two bodies with all breaks: one that hits another again may have been near to it meanwhile."""
    c = o.trace.contacts
    own = (c.a == min(one, other)) & (c.b == max(one, other))
    columns = ContactColumns(c.frame[own], c.a[own], c.b[own], c.point[own], c.normal[own], c.distance[own])
    return find_touches(o.trace, contact_rows(columns))


def _begun(o: Observation, body: int) -> Ints:
    """The touches of a body with those that it did not touch from the start, in order."""
    t, own = o.all_touches, o.all_touches.of(body)
    first = (t.start == 0) | ((t.start == 1) & (t.speed * o.dt < AT_START * o.scales.length))
    known = {t.partner(int(i), body) for i in own[first[own]]}
    return own[[t.partner(int(i), body) not in known for i in own]]


def _meetings(t: Touches, one: int, other: int, apart: int) -> Ints:
    """The touches of two bodies that begin after they were apart for so many frames, in order."""
    own = t.between(one, other)
    until = np.append(-2 * apart, t.end[own][:-1])[: len(own)]
    return np.asarray(own[t.start[own] - until > apart])


def _contact(o: Observation, t: Touches, touch: int, body: int, words: str) -> Finding:
    name, other = o.bodies[body], o.bodies[t.partner(touch, body)]
    start, speed = int(t.start[touch]), t.speed[touch]
    return finding(start, f"{name} {words} {other}.", object=name, other=other, speed=speed)


def collision_relay(o: Observation) -> list[Finding]:
    """The actor meets a body, and that then moves against the goal object, which the actor does not touch meanwhile."""
    if o.actor is None or o.goal_object is None:
        return []
    t, direct = o.all_touches, o.all_touches.between(o.actor, o.goal_object)
    found = []
    for via in np.flatnonzero(o.movable):
        met = _meetings(t, o.actor, int(via), o.steps(APART))
        for passed in _meetings(t, int(via), o.goal_object, o.steps(NEW)):
            end = t.start[passed]
            hits = met[(t.start[met] < end) & (t.start[met] >= end - o.steps(RELAY_WITHIN))]
            if via in (o.actor, o.goal_object) or not len(hits) or not _comes(o, int(passed), int(via)):
                continue
            start = t.start[hits[-1]]
            if not ((t.start[direct] <= end) & (t.end[direct] >= start)).any():
                name, middle, goal = o.bodies[o.actor], o.bodies[via], o.bodies[o.goal_object]
                text = f"{name} meets {middle}, which then meets {goal}."
                found.append(finding(start, text, end=end, object=name, via=middle, other=goal))
    return found


def _comes(o: Observation, touch: int, body: int) -> bool:
    """Whether a body of a touch moved towards the other just before."""
    t = o.all_touches
    before, point = t.start[touch : touch + 1] - 1, t.point[touch : touch + 1]
    towards = t.normal[touch] * (1.0 if t.a[touch] == body else -1.0)
    velocity = point_velocity(o.trace, before, np.array([body]), point)[0]
    return bool(velocity @ towards > MOVING / 2 * o.scales.speed)


def transient_goal_contact(o: Observation) -> list[Finding]:
    """Goal object and target meet and part, and the task is not solved."""
    if o.goal_object is None or o.goal_target is None or solved(o):
        return []
    t, found = o.all_touches, []
    for i in o.all_touches.between(o.goal_object, o.goal_target):
        if t.end[i] < o.frames - 1:
            name, other = o.bodies[o.goal_object], o.bodies[o.goal_target]
            duration = (t.end[i] - t.start[i] + 1) * o.dt
            text = f"{name} touches {other} for {seconds(duration)} only."
            found.append(finding(t.start[i], text, end=t.end[i], object=name, target=other, duration=duration))
    return found


def solved(o: Observation) -> bool:
    """Whether the task was completed with success while goal object and target touched."""
    if o.goal_object is None or o.goal_target is None:
        return False
    own = o.all_touches.between(o.goal_object, o.goal_target)
    start, end = o.all_touches.start[own] - SOLVED_SLACK, o.all_touches.end[own] + SOLVED_SLACK
    done = [e.frame for e in o.trace.events if e.uid == "TaskComplete" and e.parameters.get("success") is True]
    return any(bool(((start <= frame) & (frame <= end)).any()) for frame in done)


def stationary_target_success(o: Observation) -> list[Finding]:
    """Success on a target that was still when it was reached."""
    return _success(o, "was still", lambda centre, point: point <= MOVING * o.scales.speed)


def moving_target_success(o: Observation) -> list[Finding]:
    """Success on a target that was on its way when it was reached."""
    return _success(o, "was moving", lambda centre, point: centre > UNDER_WAY * o.scales.speed)


def _success(o: Observation, state: str, fits: Callable[[float, float], bool]) -> list[Finding]:
    """Success if the greatest speeds (m/s) of the target's centre and of a point of it, just before, fit."""
    if o.goal_object is None or o.goal_target is None or not solved(o):
        return []
    start = int(o.all_touches.start[o.all_touches.between(o.goal_object, o.goal_target)[0]])
    before = slice(max(start - o.steps(BEFORE), 0), max(start, 1))
    centre, point = (float(speed[before, o.goal_target].max()) for speed in (o.speed, o.point_speed))
    if not fits(centre, point):
        return []
    name, other = o.bodies[o.goal_object], o.bodies[o.goal_target]
    text = f"{name} reaches {other}, which {state}."
    return [finding(start, text, object=name, target=other, target_speed=point)]


def actor_ricochet(o: Observation) -> list[Finding]:
    """A hard impact of the actor from which it bounces."""
    if o.actor is None:
        return []
    name = o.bodies[o.actor]
    hard = {
        (a.frame, frozenset((a.parameters["object"], a.parameters["other"])))
        for a in o.activations("HighEnergyImpact")
        if name in (a.parameters["object"], a.parameters["other"])
    }
    return [
        finding(b.frame, f"{name} ricochets off {b.parameters['other']}.", **b.parameters)
        for b in o.activations("Bounce")
        if b.parameters["object"] == name and (b.frame, frozenset((name, b.parameters["other"]))) in hard
    ]


SPEED = {"speed": a_number("speed at which they met along the contact's normal, m/s")}
GOAL = {"object": a_body("the goal object"), "target": a_body("the goal target")}

PATTERNS = (
    Pattern(
        uid="FirstActorContact",
        label="first actor contact",
        description="The actor touches something for the first time, other than what touched it at the start.",
        phrase="the actor, {object}, touches something for the first time: {other}",
        parameters={"object": a_body("the actor"), "other": a_body("what it touches"), **SPEED},
        find=first_actor_contact,
    ),
    Pattern(
        uid="FirstTargetContact",
        label="first goal target contact",
        description="Something touches the goal target for the first time, other than what touched it at the start.",
        phrase="the goal target, {object}, is touched for the first time, by {other}",
        parameters={"object": a_body("the goal target"), "other": a_body("what touches it"), **SPEED},
        find=first_target_contact,
    ),
    Pattern(
        uid="FirstActorTargetImpact",
        label="first actor-target impact",
        description="The actor meets the goal target for the first time, unless they touched at the start.",
        phrase="the actor, {object}, meets the goal target, {other}, for the first time",
        parameters={"object": a_body("the actor"), "other": a_body("the goal target"), **SPEED},
        find=first_actor_target_impact,
    ),
    Pattern(
        uid="LastActorInfluence",
        label="last actor influence on goal object",
        description="The actor meets the goal object anew for the last time in the run.",
        phrase="the actor, {object}, meets the goal object, {other}, for the last time",
        parameters={"object": a_body("the actor"), "other": a_body("the goal object"), **SPEED},
        find=last_actor_influence,
    ),
    Pattern(
        uid="CollisionRelay",
        label="actor-to-goal-object collision relay",
        description="The actor meets a movable body, which soon moves against the goal object, apart from it before.",
        phrase="the actor, {object}, hits {via}, and that soon meets the goal object, {other}",
        parameters={
            "object": a_body("the actor"),
            "via": a_body("the body between"),
            "other": a_body("the goal object"),
        },
        find=collision_relay,
    ),
    Pattern(
        uid="TransientGoalContact",
        label="transient goal contact",
        description="Goal object and goal target touch and part again, in a run that does not solve the task.",
        phrase="the goal object, {object}, touches the goal target, {target}, and parts from it, in a run that fails",
        parameters={**GOAL, "duration": a_number("length of the contact, s")},
        find=transient_goal_contact,
    ),
    Pattern(
        uid="StationaryTargetSuccess",
        label="stationary-target success",
        description="The goal object first reaches the goal target, which stayed still, in a run that solves the task.",
        phrase="the task is solved by the goal object, {object}, reaching the goal target, {target}, which stood still",
        parameters={
            **GOAL,
            "target_speed": a_number("greatest speed of a point of the target just before, m/s"),
        },
        find=stationary_target_success,
    ),
    Pattern(
        uid="MovingTargetSuccess",
        label="moving-target success",
        description="The goal object first reaches the goal target, which was moving, in a run that solves the task.",
        phrase="the task is solved by the goal object, {object}, reaching the goal target, {target}, which moved",
        parameters={
            **GOAL,
            "target_speed": a_number("greatest speed of a point of the target just before, m/s"),
        },
        find=moving_target_success,
    ),
    Pattern(
        uid="ActorRicochet",
        label="actor ricochet bounce",
        description="The actor strikes something hard and is thrown back from it.",
        phrase="the actor, {object}, strikes {other} hard and bounces off it",
        parameters={
            "object": a_body("the actor"),
            "other": a_body("what it bounces off"),
            "speed_before": a_number("its speed along the normal before, m/s"),
            "speed_after": a_number("its speed along the normal after, m/s"),
            "normal": Parameter("unit vector from the other towards the actor", "vector"),
        },
        find=actor_ricochet,
        requires=("HighEnergyImpact", "Bounce"),
    ),
)
