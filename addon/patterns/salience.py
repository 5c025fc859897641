"""How much each event of a run matters, in bits: one number that timelines, markers and prompts choose by.

An event's weight is the sum of

- its surprise, -log2 of how often an event of its kind and at least its strength happens to a body in a second;
  what is so from the start is no surprise;
- its part in the task, log2(bodies / concerned bodies) for each body of the event that is concerned: that has a role,
  or that a rule names. It is what telling such a body from all others takes, and nothing where all are concerned;
- what is built on it, log2(1 + n) for n events of patterns that read its own (the library's dependency graph);
- its consequence: an outcome is worth `OUTCOME` bits, and what led to it `KEPT` of that with each body on which motion
  was passed on.

Base rates and strengths are measured over puzzles in planes and machines in space (`base_rates.json`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from .model import Activation, Pattern
from .naming import named_in
from .observation import Observation, Scales

RATES = Path(__file__).parent / "base_rates.json"

OUTCOME = 4.0
"""Bits that an outcome is worth: as if its event were 16 times rarer."""

KEPT = 0.8
"""Share of its consequence that an event has for each that it leads to; after ten links a tenth is left."""

WITHIN = 2.0
"""Longest time from an event to what it leads to, in time scales; that of a collision relay."""

STATES = frozenset({"Support", "StackFormed", "Wedged", "GlobalRest"})
STARTING = 0.5
"""States that begin within so many time scales are the scene's, and no events."""

Unit = Literal["speed", "length", "time", "none"]

STRENGTH: Mapping[str, tuple[str, Unit, float]] = {
    "HitsStationary": ("speed", "speed", 1.0),
    "BriefTap": ("speed", "speed", 1.0),
    "Bounce": ("speed_before", "speed", 1.0),
    "ActorRicochet": ("speed_before", "speed", 1.0),
    "HighEnergyImpact": ("speed", "speed", 1.0),
    "FirstActorContact": ("speed", "speed", 1.0),
    "FirstTargetContact": ("speed", "speed", 1.0),
    "FirstActorTargetImpact": ("speed", "speed", 1.0),
    "LastActorInfluence": ("speed", "speed", 1.0),
    "GoalwardBurst": ("gain", "speed", 1.0),
    "NearCollision": ("distance", "length", -1.0),
    "LoseSupport": ("drop", "length", 1.0),
    "SlidingContact": ("distance", "length", 1.0),
    "RollingOver": ("distance", "length", 1.0),
    "CoMovingPair": ("distance", "length", 1.0),
    "GoalConvergence": ("closed", "length", 1.0),
    "GoalClosingRun": ("closed", "length", 1.0),
    "FreeFlightApproach": ("closed", "length", 1.0),
    "Airborne": ("duration", "time", 1.0),
    "GlobalRest": ("duration", "time", 1.0),
    "TransientGoalContact": ("duration", "time", 1.0),
    "PivotedSweep": ("angle", "none", 1.0),
    "TipOver": ("angle", "none", 1.0),
    "DeflectedFromTarget": ("turn", "none", 1.0),
}
"""The parameter by which an event of a kind is a strong one, what it is measured in, and -1 where less is more."""


class Kind(BaseModel):
    """How often a kind of event happens, per movable body and second, and the 0th, 10th … 100th percentile of its
    strength; none where its events have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate: float
    strength: tuple[float, ...] = ()


class BaseRates(BaseModel):
    """Kinds by uid, measured over ``runs`` of ``body_seconds`` movable bodies times seconds in all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    runs: int
    body_seconds: float
    kinds: dict[str, Kind]

    def surprise(self, uid: str, strength: float | None = None) -> float:
        """Bits of an event. A kind that was never seen counts as seen half a time."""
        kind = self.kinds.get(uid)
        if kind is None:
            return float(np.log2(2 * self.body_seconds))
        return float(-np.log2(kind.rate * _share_above(kind.strength, strength)))


def _share_above(percentiles: Sequence[float], strength: float | None) -> float:
    """The share of a kind's events that are at least this strong, at least a twentieth."""
    if strength is None or not len(percentiles):
        return 1.0
    below = float(np.interp(strength, percentiles, np.linspace(0.0, 1.0, len(percentiles))))
    return max(1.0 - below, 0.05)


@cache
def base_rates() -> BaseRates:
    """Those of the library."""
    return BaseRates.model_validate_json(RATES.read_text(encoding="utf-8"))


def strength_of(activation: Activation, scales: Scales) -> float | None:
    """How strong an event is among its kind, in the scene's own scales; None where that is not known."""
    if activation.uid not in STRENGTH:
        return None
    parameter, unit, sign = STRENGTH[activation.uid]
    value = activation.parameters.get(parameter)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return sign * value / (1.0 if unit == "none" else getattr(scales, unit))


def bodies_of(activation: Activation, known: Collection[str]) -> tuple[str, ...]:
    """The known names among an event's parameters, each once."""
    return tuple(dict.fromkeys(v for v in activation.parameters.values() if isinstance(v, str) and v in known))


def concerned(observation: Observation) -> set[str]:
    """Bodies that have a role in the task, or that a rule names."""
    roles = observation.roles
    named = [name for rule in observation.trace.scene.rules for name in named_in(rule, observation.bodies)]
    return {name for name in (roles.actor, roles.goal_object, roles.goal_target, *named) if name is not None}


@dataclass(frozen=True)
class Weight:
    """The parts of an event's weight, in bits."""

    surprise: float
    goal: float
    built: float
    consequence: float

    @property
    def total(self) -> float:
        """Their sum."""
        return self.surprise + self.goal + self.built + self.consequence


def weights(
    observation: Observation,
    activations: Sequence[Activation],
    outcomes: Sequence[Activation],
    patterns: Sequence[Pattern],
    rates: BaseRates | None = None,
) -> tuple[Weight, ...]:
    """The weight of each activation, which are in order of their first frames."""
    rates = rates or base_rates()
    bodies, involved = set(observation.bodies), concerned(observation)
    telling = float(np.log2(len(bodies) / len(involved & bodies))) if involved & bodies else 0.0
    own = [bodies_of(a, bodies) for a in activations]
    led = _led(observation, activations, own, outcomes)
    built = _built(observation, activations, own, patterns)
    return tuple(
        Weight(
            surprise=0.0 if _given(observation, a) else rates.surprise(a.uid, strength_of(a, observation.scales)),
            goal=0.0 if _given(observation, a) else telling * len(involved.intersection(own[i])),
            built=float(np.log2(1 + built[i])),
            consequence=led[i],
        )
        for i, a in enumerate(activations)
    )


def _given(o: Observation, a: Activation) -> bool:
    """Whether an event is a state of the scene from the start."""
    return a.uid in STATES and a.frame <= o.steps(STARTING)


def _built(
    o: Observation, activations: Sequence[Activation], own: Sequence[tuple[str, ...]], patterns: Sequence[Pattern]
) -> list[int]:
    """For each activation, how many events of patterns that read its own share a body with it until right after."""
    readers: dict[str, list[int]] = {}
    reads = {p.uid: p.requires for p in patterns}
    for i, a in enumerate(activations):
        for uid in reads.get(a.uid, ()):
            readers.setdefault(uid, []).append(i)
    slack = o.steps(1.0)
    return [
        sum(
            1
            for k in readers.get(a.uid, ())
            if a.frame <= activations[k].frame <= _end(a) + slack and set(own[i]) & set(own[k])
        )
        for i, a in enumerate(activations)
    ]


def _end(a: Activation) -> int:
    return a.frame if a.end is None else a.end


def _led(
    o: Observation, activations: Sequence[Activation], own: Sequence[tuple[str, ...]], outcomes: Sequence[Activation]
) -> list[float]:
    """What of outcomes each activation led to, in bits: what a body it shares does next, soon after."""
    movable = {name for name, moves in zip(o.bodies, o.movable, strict=True) if moves}
    within = o.steps(WITHIN)
    later: dict[str, list[tuple[int, float]]] = {}
    items: list[tuple[int, int, int, tuple[str, ...]]] = [(a.frame, 0, i, own[i]) for i, a in enumerate(activations)]
    items += [(a.frame, 1, i, ends_with(o, a)) for i, a in enumerate(outcomes)]
    found = [0.0] * len(activations)
    for frame, is_outcome, i, names in sorted(items, reverse=True):
        movers = [name for name in names if name in movable]
        if is_outcome:
            value = OUTCOME if names else 0.0
        else:
            last = _end(activations[i]) + within
            passed = [v for name in movers for at, v in later.get(name, ()) if frame < at <= last]
            value = found[i] = KEPT * max(passed, default=0.0)
        if value and (is_outcome or len(names) > 1):
            for name in movers:
                later.setdefault(name, []).append((frame, value))
    return found


def ends_with(o: Observation, outcome: Activation) -> tuple[str, ...]:
    """The bodies whose doing an outcome is."""
    p: dict[str, Any] = outcome.parameters
    if outcome.uid == "TaskComplete":
        roles = (o.roles.goal_object, o.roles.goal_target)
        return tuple(name for name in roles if name is not None) if p.get("success") is True else ()
    if outcome.uid == "RuleFired":
        rules = o.trace.scene.rules
        return tuple(named_in(rules[p["rule"] - 1], o.bodies)) if 0 < p.get("rule", 0) <= len(rules) else ()
    return bodies_of(outcome, set(o.bodies))


def dumped(rates: BaseRates) -> str:
    """Base rates as the text of their file."""
    return json.dumps(rates.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"
