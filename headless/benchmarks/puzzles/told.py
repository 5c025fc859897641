"""What was seen in a run of a puzzle, in words short enough to think about."""

from __future__ import annotations

from collections.abc import Collection

from addon.patterns.annotation import annotate
from addon.patterns.model import Activation
from addon.trace import Trace

MOST = 24
"""Events that are told of a run, at most."""

WEIGHTS = {
    "FirstActorContact": 3.0,
    "FirstActorTargetImpact": 3.0,
    "FirstTargetContact": 2.0,
    "LastActorInfluence": 3.0,
    "CollisionRelay": 3.0,
    "TransientGoalContact": 5.0,
    "HitsStationary": 3.0,
    "TipOver": 3.0,
    "OpposingMotion": 3.0,
    "InducedMotion": 2.0,
    "LoseSupport": 2.0,
    "SupportHandoff": 2.0,
    "StackFormed": 2.0,
    "Wedged": 3.0,
    "PivotedSweep": 2.0,
    "RollingOver": 2.0,
    "SlidingContact": 1.5,
    "DeflectedFromTarget": 2.0,
    "FreeFlightApproach": 2.0,
    "GoalConvergence": 1.5,
    "SideSwap": 2.0,
    "Support": 1.0,
    "Airborne": 1.0,
    "CellPath": 1.5,
    "Bounce": 0.5,
    "GlobalRest": 2.0,
    "HighEnergyImpact": 1.0,
    "NearCollision": 0.5,
}
"""How much an event of each kind tells of why a puzzle was not solved; others are left out."""

ROLES = {"goal_object": 2.0, "goal_target": 1.0, "actor": 1.0}
"""What an event is worth besides for each part that it is about."""


def what_happened(trace: Trace, most: int = MOST, hidden: Collection[str] = ()) -> str:
    """The events of a run that matter most, a line each in order of time, which goes from 0 to 1.

    What the patterns of ``hidden`` found is left out.
    """
    parts = {o.name: sum(ROLES.get(tag, 0.0) for tag in o.tags) for o in trace.scene.objects}
    found = [a for a in annotate(trace).activations if a.uid in WEIGHTS and a.uid not in hidden]
    ranked = sorted(found, key=lambda a: (-_weight(a, parts), a.frame))[:most]
    last = max(trace.meta.steps, 1)
    lines = [f"- {a.frame / last:.2f} {a.description}" for a in sorted(ranked, key=lambda a: a.frame)]
    return "\n".join(lines) or "- nothing happened"


def _weight(activation: Activation, parts: dict[str, float]) -> float:
    about = {value for value in activation.parameters.values() if isinstance(value, str)}
    return WEIGHTS[activation.uid] + sum(parts.get(name, 0.0) for name in about)
