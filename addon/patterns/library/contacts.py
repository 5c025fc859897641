"""What happens when bodies meet: hits, taps, bounces, hard impacts."""

from __future__ import annotations

import numpy as np

from ...scene_graph import FloatArray
from ..findings import finding
from ..model import Finding, Parameter, Pattern, a_body, a_number
from ..observation import MOVING, REST, Observation
from ..spells import Ints
from ..touches import point_velocity
from ..units import seconds

STRUCK = 0.05
"""Least speed that a struck body gains, in speed scales."""

TAP = 0.3
"""Longest contact that is a tap, in time scales; the pair must be apart as long before and after."""

REBOUND = 0.15
"""Least share of its speed along the normal that a bouncing body keeps."""

ARRIVING = 0.25
"""Least speed along the normal at which a bouncing body arrives, in speed scales: that of a fall from 3 % of its size.
"""

HOPPING = 0.15
"""Least speed at which it leaves where it is back at once, in speed scales: it gets up by 1 % of the bodies' size."""

GAIN = 1.1
"""What leaves a body at rest so many times as fast as it came is thrown by something else; engines gain a little."""

HARD = 2.0
"""Least speed along the normal of a hard impact, in speed scales: that of a fall from twice the bodies' size."""

SHORTLY = 0.25
"""What happens shortly before or after a contact happens within this many time scales."""


def hits_stationary(o: Observation) -> list[Finding]:
    """A movable body that rested is met by a moving one and gains speed."""
    found: list[Finding] = []
    t, steps = o.touches, o.steps(SHORTLY)
    start = t.start[o.impacts]
    for mover, struck in ((t.a[o.impacts], t.b[o.impacts]), (t.b[o.impacts], t.a[o.impacts])):
        trembled = _most(o, o.point_speed, np.maximum(start - steps, 0), struck, steps - 1)
        gained = _most(o, o.point_speed, start, struck, steps)
        chosen = o.movable[struck] & (trembled < MOVING * o.scales.speed) & ~o.rested(start, mover, steps)
        chosen &= (start > 0) & (gained - trembled > STRUCK * o.scales.speed)
        for i in np.flatnonzero(chosen):
            name, other, speed = o.bodies[mover[i]], o.bodies[struck[i]], t.speed[o.impacts[i]]
            text = f"{name} hits {other}, which was at rest, at {o.unit.speed(speed)}."
            found.append(finding(start[i], text, object=name, other=other, speed=speed, gained=gained[i]))
    return found


def brief_tap(o: Observation) -> list[Finding]:
    """Two bodies touch for a short time, apart before and after."""
    t, steps = o.touches, o.steps(TAP)
    order = np.lexsort((t.start, t.b, t.a))
    same = (np.diff(t.a[order]) == 0) & (np.diff(t.b[order]) == 0)
    far = np.iinfo(np.int64).max
    pause = np.where(same, t.start[order][1:] - t.end[order][:-1] - 1, far)
    before = np.where(t.start[order] > 0, np.concatenate([[far], pause]), 0)
    after = np.where(t.end[order] < o.frames - 1, np.concatenate([pause, [far]]), 0)
    short = t.end[order] - t.start[order] < steps
    found = []
    for i in np.sort(order[short & (before >= steps) & (after >= steps)]):
        if not _taps(o, int(i)):
            continue
        name, other, start, end = o.bodies[t.a[i]], o.bodies[t.b[i]], t.start[i], t.end[i]
        duration = (end - start + 1) * o.dt
        text = f"{name} and {other} touch for {seconds(duration)}."
        found.append(finding(start, text, end=end, object=name, other=other, duration=duration, speed=t.speed[i]))
    return found


def _taps(o: Observation, touch: int) -> bool:
    """Whether one of the two of a touch moves shortly before, and one shortly after: what stops there has not
    left."""
    t, window = o.touches, o.steps(SHORTLY)
    sides = (
        slice(max(t.start[touch] - window, 0), t.start[touch] + 1),
        slice(t.end[touch] + 1, t.end[touch] + window + 2),
    )
    pair = [t.a[touch], t.b[touch]]
    return all(o.point_speed[side][:, pair].max(initial=0.0) > REST * o.scales.speed for side in sides)


def bounce(o: Observation) -> list[Finding]:
    """A body's own velocity along the contact normal turns round, and its surface leaves the other's."""
    found: list[Finding] = []
    t, steps = o.touches, o.steps(SHORTLY) + 2
    before = np.clip(t.start - 1, min(1, o.frames - 1), None)
    for body, other, towards in ((t.a, t.b, t.normal), (t.b, t.a, -t.normal)):
        speed_in = np.einsum("ni,ni->n", o.velocity[before, body], towards)
        candidates = np.flatnonzero((t.start > 0) & o.dynamic[body] & (speed_in > ARRIVING * o.scales.speed))
        speed_out = _leaving(o, candidates, body[candidates], -towards[candidates], steps)
        parts = t.end[candidates] - t.start[candidates] <= steps
        least = np.maximum(REBOUND * speed_in[candidates], np.where(parts, MOVING, HOPPING) * o.scales.speed)
        thrown = (speed_out > GAIN * speed_in[candidates]) & ~o.moving[before[candidates], other[candidates]]
        for row in np.flatnonzero((speed_out > least) & ~thrown):
            i = candidates[row]
            name, from_name = o.bodies[body[i]], o.bodies[other[i]]
            came, left = o.unit.speed(speed_in[i]), o.unit.speed(speed_out[row])
            text = f"{name} bounces off {from_name}: {came} before, {left} after."
            parameters = {"object": name, "other": from_name, "speed_before": speed_in[i]}
            parameters |= {"speed_after": speed_out[row], "normal": -towards[i]}
            found.append(finding(t.start[i], text, **parameters))
    return found


def _leaving(o: Observation, touch: Ints, body: Ints, away: FloatArray, steps: int) -> FloatArray:
    """How fast bodies ``[N]`` leave touches ``[N]`` within some steps, in m/s: both the body and its matter at the
    point of contact, for one that only rocks moves away while its edge stays."""
    t = o.touches
    speed = np.zeros(len(touch))
    for step in range(steps + 1):
        frame = np.minimum(t.start[touch] + step, np.minimum(t.end[touch] + 2, o.frames - 1))
        matter = point_velocity(o.trace, frame, body, t.point[touch])
        along = [np.einsum("ni,ni->n", velocity, away) for velocity in (o.velocity[frame, body], matter)]
        np.maximum(speed, np.minimum(*along), out=speed)
    return speed


def high_energy_impact(o: Observation) -> list[Finding]:
    """Bodies meet fast."""
    t = o.touches
    found = []
    for i in np.flatnonzero(t.speed > HARD * o.scales.speed):
        before = max(t.start[i] - 1, 1)
        along = [abs(o.velocity[before, body] @ t.normal[i]) for body in (t.a[i], t.b[i])]
        fast, slow = (t.a[i], t.b[i]) if along[0] >= along[1] else (t.b[i], t.a[i])
        name, other, speed = o.bodies[fast], o.bodies[slow], t.speed[i]
        text = f"{name} strikes {other} hard, at {o.unit.speed(speed)}."
        energy = 0.5 * reduced_mass(o, int(fast), int(slow)) * speed**2
        found.append(finding(t.start[i], text, object=name, other=other, speed=speed, energy=energy))
    return found


def reduced_mass(o: Observation, first: int, second: int) -> float:
    """The mass in kg that the energy of an impact counts: both in series, that of one alone against a fixed body."""
    inverse = o.inverse_mass[first] + o.inverse_mass[second]
    return float(1.0 / inverse) if inverse > 0 else 0.0


def _most(o: Observation, values: FloatArray, start: Ints, body: Ints, steps: int) -> FloatArray:
    """The greatest of ``values`` ``[F, B]`` of bodies ``[N]`` in the ``steps`` frames from each start ``[N]``."""
    window = np.minimum(start[:, None] + np.arange(steps + 1), o.frames - 1)
    return np.asarray(values[window, body[:, None]].max(axis=1, initial=0.0))


PAIR = {"object": a_body("a body"), "other": a_body("the body that it touches")}

PATTERNS = (
    Pattern(
        uid="HitsStationary",
        label="moving object hits stationary object",
        description="A body that stood still is met by a moving one and is set in motion by it.",
        phrase="{object} hits {other}, which stood still, and sets it in motion",
        parameters={
            "object": a_body("the moving body"),
            "other": a_body("the body that was at rest"),
            "speed": a_number("speed at which they met along the contact's normal, m/s"),
            "gained": a_number("greatest speed of a point of the struck body shortly after, m/s"),
        },
        find=hits_stationary,
    ),
    Pattern(
        uid="BriefTap",
        label="brief tap",
        description="Two bodies touch for a moment only and are apart before and after.",
        phrase="{object} and {other} touch for a moment only",
        parameters={
            **PAIR,
            "duration": a_number("length of the contact, s"),
            "speed": a_number("speed at which they met, m/s"),
        },
        find=brief_tap,
        symmetric=("object", "other"),
    ),
    Pattern(
        uid="Bounce",
        label="bounce / rebound",
        description="A body meets another and is thrown back: its velocity along the contact's normal turns round.",
        phrase="{object} bounces off {other}",
        parameters={
            "object": a_body("the body that bounces"),
            "other": a_body("what it bounces off"),
            "speed_before": a_number("its speed along the normal before, m/s"),
            "speed_after": a_number("its speed along the normal after, m/s"),
            "normal": Parameter("unit vector from the other towards the body", "vector"),
        },
        find=bounce,
    ),
    Pattern(
        uid="HighEnergyImpact",
        label="high-energy impact",
        description="Two bodies meet faster than one that fell twice the size of the scene's bodies.",
        phrase="{object} and {other} meet hard",
        parameters={
            "object": a_body("the faster body"),
            "other": a_body("the slower body"),
            "speed": a_number("speed at which they met along the contact's normal, m/s"),
            "energy": a_number("kinetic energy of that approach, J"),
        },
        find=high_energy_impact,
    ),
)
