"""When a condition held in a run, as far as its trace tells: over the frames, and measures against their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rules.conditions.change import Change
from ...rules.conditions.comparing import Op
from ...rules.conditions.impact import Impact
from ...rules.conditions.logic import And, Not, Or
from ...rules.conditions.near import Near
from ...rules.conditions.position import Position
from ...rules.conditions.properties import Property
from ...rules.conditions.speed import Speed
from ...rules.conditions.time import Clock
from ...rules.conditions.touch import Touch
from ...rules.model import Condition
from ...scene_graph import FloatArray
from .case import Case

Frames = NDArray[np.bool_]


@dataclass(frozen=True)
class Measured:
    """A measure ``values`` ``[F]`` against a limit; NaN where there is none; ``said`` names it. A
    count goes in steps of 1."""

    values: FloatArray
    limit: float
    op: Op
    said: str
    unit: str
    is_count: bool = False

    @property
    def rises(self) -> bool:
        """Whether more of it is what is waited for."""
        if self.op in ("above", "at_least"):
            return True
        return self.op in ("past", "reach", "at") and bool(self.values[0] <= self.limit)

    def met(self, limit: float | None = None) -> Frames:
        """At which frames ``[F]`` the limit, or another one, is met."""
        limit = self.limit if limit is None else limit
        ahead = (self.values - limit) * (1 if self.rises else -1)
        return np.asarray(ahead > 0 if self.op in ("above", "below", "past") else ahead >= 0)

    @property
    def best(self) -> int:
        """The frame at which it was nearest to what is waited for."""
        return int(np.nanargmax(self.values) if self.rises else np.nanargmin(self.values))


def measured(condition: Condition | None, case: Case) -> Measured | None:
    """What a condition on one body measures; None if it measures nothing that a trace holds."""
    value = getattr(condition, "value", None)
    thing = getattr(condition, "thing", None)
    if value is None or thing is None or len(thing.names) != 1:
        return None
    name = thing.name
    if isinstance(condition, Property):
        return _counted(condition, case)
    if not case.has(name):
        return None
    if isinstance(condition, Near) and len(condition.other.names) == 1 and case.has(condition.other.name):
        other = condition.other.name
        gaps = np.linalg.norm(case.place(name) - case.place(other), axis=1)
        return Measured(gaps, value, condition.op, f"the distance of {name} and {other}", "m")
    if isinstance(condition, Position):
        said = f"{name}'s height" if condition.axis == "z" else f"{name}'s {condition.axis}"
        return Measured(case.place(name)[:, "xyz".index(condition.axis)], value, condition.op, said, "m")
    if isinstance(condition, Speed) and condition.kind == "speed":
        speeds = np.linalg.norm(case.velocity(name), axis=1)
        return Measured(speeds, value, condition.op, f"{name}'s speed", "m/s")
    if isinstance(condition, Impact) and len(condition.other.names) == 1:
        other = condition.other.name
        speeds = np.full(case.last + 1, np.nan)
        for first, _ in case.touches.get(frozenset((name, other)), ()):
            before = max(first - 1, 0)
            speeds[first] = np.linalg.norm(case.velocity(name)[before] - case.velocity(other)[before])
        said = f"the speed at which {name} hit {other}"
        return Measured(speeds, value, condition.op, said, "m/s") if np.isfinite(speeds).any() else None
    return None


def _counted(condition: Property, case: Case) -> Measured | None:
    """The measure of a custom property that holds a number."""
    values = _property(condition, case)
    if isinstance(condition.value, bool | str) or any(isinstance(value, bool | str) for value in values):
        return None
    numbers = np.array(values, dtype=float)
    is_count = bool((numbers == np.round(numbers)).all())
    said = f"{condition.thing.name}.{condition.key}"
    return Measured(numbers, float(condition.value), condition.op, said, "", is_count) if values else None


def _property(condition: Property, case: Case) -> list[Any]:
    """The values of a custom property ``[F]``; none where the object does not have it."""
    obj, key = case.objects.get(condition.thing.name), condition.key or ""
    if obj is None or key not in obj.scalars:
        return []
    values = [obj.scalars[key]] * (case.last + 1)
    for event in case.trace.events:
        told = event.parameters
        if event.uid == "PropertyChanged" and (told["object_id"], told["property"]) == (obj.name, key):
            values[event.frame :] = [told["new"]] * (case.last + 1 - event.frame)
    return values


def now(condition: Condition, case: Case) -> Frames | None:
    """At which frames ``[F]`` a condition was so, of what happens those in which it does; None if that is not known."""
    if isinstance(condition, Touch):
        return held(condition.model_copy(update={"lasting": True}), case)
    if isinstance(condition, Change):
        return held(condition.model_copy(update={"begins": False}), case)
    return held(condition, case)


def held(condition: Condition, case: Case) -> Frames | None:
    """At which frames ``[F]`` a condition was so, from when on something had happened; None if that is not known."""
    if isinstance(condition, Touch):
        if len(condition.a.names) != 1 or len(condition.b.names) != 1:
            return None
        touched = case.touching(condition.a.name, condition.b.name)
        return touched if condition.lasting else np.logical_or.accumulate(touched)
    if isinstance(condition, Clock):
        return np.asarray(np.arange(case.last + 1) >= condition.seconds * case.fps - 1e-6)
    if isinstance(condition, Property) and isinstance(condition.value, bool | str):
        values = _property(condition, case)
        return np.array([value == condition.value for value in values], dtype=bool) if values else None
    if (measure := measured(condition, case)) is not None:
        met = measure.met()
        return np.logical_or.accumulate(met) if condition.is_event else met
    if isinstance(condition, Not):
        inner = held(condition.part, case)
        return None if inner is None else np.logical_not(inner)
    if isinstance(condition, And | Or):
        parts = [found for part in condition.parts if (found := held(part, case)) is not None]
        if len(parts) < len(condition.parts):
            return None
        joined = np.logical_and if isinstance(condition, And) else np.logical_or
        return np.asarray(joined.reduce(parts))
    return None
