"""Bodies that were thrown: by what a rule or a script does to them, or by one that is far heavier."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...rules import Rule
from ...rules.changes.amounts import changed, scaled, with_effect
from ...rules.model import Effect
from ...rules.units import told
from .case import Case
from .cause import Cause
from .flights import Flight, sane_speed
from .mends import Body, Mend

NUMBERS = ("velocity", "speed", "impulse", "force", "acceleration", "strength")
"""Fields of effects that throw a body, in proportion to which they do."""

HEAVIER = 1000
"""From what ratio of masses on a contact cannot be solved well."""

SAFE = 100
"""The ratio that a mend leaves."""

BEFORE = 5
"""Frames before a throw in which the contact that did it was."""


def why_pushed(case: Case, flight: Flight) -> list[Cause]:
    """That a rule or a script threw the body."""
    found = [cause for cause in (_by_rule(case, flight), _by_force(case, flight)) if cause is not None]
    return found[:1]


def _by_rule(case: Case, flight: Flight) -> Cause | None:
    """That a rule acted on the body, which then got faster than it can have by itself."""
    name, sane = flight.name, sane_speed(case)
    speeds = np.linalg.norm(case.velocity(name), axis=1)
    for one in case.understood:
        frames = [e.frame for e in case.trace.events if e.uid == "RuleFired" and e.parameters["rule"] == one.number]
        if not frames or frames[0] > flight.frame:
            continue
        before = float(speeds[max(frames[0] - 1, 0)])
        gained = float(speeds[frames[0] :].max(initial=0.0)) - before
        for rule in one.rules:
            for step, effect, field in _throws(rule, name):
                if gained < sane:
                    continue
                done = effect.sentence()
                text = f"Rule {one.number} acted {case.at(frames[0])}: {done}. It made {name} {gained:,.0f} m/s faster"
                text += f"; a fall through the whole scene gives {sane:.2g} m/s."
                mend = _less(case, one.number, rule, step, effect, field, sane / gained / 2)
                mends = () if mend is None else (mend,)
                return Cause(kind="rule", text=text, frame=frames[0], objects=(name,), mends=mends)
    return None


def _throws(rule: Rule, name: str) -> list[tuple[int, Effect, str]]:
    """The effects of a rule that throw a body, each with its step and the field that says how much."""
    return [
        (step, effect, field)
        for step, one in enumerate(rule.steps)
        for effect in one.effects
        if name in effect.thing.names
        and (field := next((f for f in NUMBERS if getattr(effect, f, None) is not None), None)) is not None
    ]


def _less(case: Case, number: int, rule: Rule, step: int, effect: Effect, field: str, part: float) -> Mend | None:
    """The rule with less of what it does."""
    one = next(one for one in case.understood if one.number == number)
    place = rule.steps[step].effects.index(effect)
    less = changed(effect, {field: _figures(scaled(getattr(effect, field), part))})
    return case.reword(one, rule, with_effect(rule, step, place, less))


def _figures(value: Any) -> Any:
    """A number, or each of several, in two figures."""
    return tuple(map(_figures, value)) if isinstance(value, tuple) else float(f"{value:.2g}")


def _by_force(case: Case, flight: Flight) -> Cause | None:
    """That a script pushed the body with many times its weight."""
    force, body = case.trace.force, case.objects[flight.name]
    gravity = float(np.linalg.norm(case.graph.world.gravity)) or 9.81
    if force is None:
        return None
    sizes = np.linalg.norm(force[: flight.frame + 1, case.trace.index(flight.name)], axis=1)
    frame = int(np.argmax(sizes))
    times = sizes[frame] / (body.dynamic_mass * gravity)
    if times < 50:
        return None
    text = (
        f"The script pushed {flight.name} with {sizes[frame]:.3g} N {case.at(frame)}: {times:.0f} times its weight, at "
        f"a mass of {told(body.dynamic_mass)} kg."
    )
    return Cause(kind="force", text=text, frame=frame, objects=(flight.name,))


def why_heavier(case: Case, flight: Flight) -> list[Cause]:
    """That a far heavier body pressed on it when it was thrown."""
    mass = case.objects[flight.name].dynamic_mass
    found = []
    for pair, runs in case.touches.items():
        other = next(iter(pair - {flight.name}), None) if flight.name in pair else None
        ratio = case.objects[other].dynamic_mass / mass if other is not None else 0.0
        near = any(first <= flight.frame and last >= flight.frame - BEFORE for first, last in runs)
        if other is None or ratio < HEAVIER or not near:
            continue
        heavy = case.objects[other].dynamic_mass
        text = (
            f"{other} ({told(heavy)} kg) pressed on {flight.name} ({told(mass)} kg) {case.at(flight.frame)}: where one "
            f"is {ratio:,.0f} times as heavy as the other, physics cannot hold them apart, and the light one is thrown."
        )
        enough = float(f"{heavy / SAFE:.2g}")
        mend = Body(words=f"make {flight.name} {told(enough)} kg", name=flight.name, settings={"mass": enough})
        found.append(Cause(kind="masses", text=text, frame=flight.frame, objects=(flight.name, other), mends=(mend,)))
    return found
