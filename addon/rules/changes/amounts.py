"""The numbers of effects by what they measure: set to another value, or changed by a factor or a difference."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from ..model import Effect, Rule, Step
from ..units import told

Vector = tuple[float, float, float]

LENGTHS = ("by", "height", "distance", "gap", "radius", "offset")
FORCES = ("force", "strength", "acceleration", "impulse", "stiffness", "drag")
VELOCITIES = ("speed", "velocity", "rate", "turning", "sliding")
TIMES = ("over", "period")

QUALITIES: dict[str, tuple[str, ...]] = {
    "pace": (*VELOCITIES, *TIMES),
    "time": TIMES,
    "far": (*LENGTHS, "degrees", "share"),
    "strong": (*FORCES, *VELOCITIES),
    "force": FORCES,
    "power": ("power",),
    "bright": ("power", "part", "factor"),
    "big": ("factor",),
    "much": ("amount", "value", "factor"),
    "often": ("times",),
}
"""Fields in which an effect can be more so, the first that it has; time is less where the pace is more."""

VERTICAL = ("height", "offset", "by", "gap", "share")
KEYS: dict[str, tuple[str, ...]] = {
    "over": TIMES[:1], "period": ("period",), "by": LENGTHS, "distance": ("distance", "radius", "gap"),
    "speed": ("speed", "velocity"), "angle": ("degrees",), "rate": ("rate", "turning"), "velocity": ("velocity",),
    "force": ("force", "strength"), "acceleration": ("acceleration", "strength"), "impulse": ("impulse",), "stiffness": ("stiffness",),
    "drag": ("drag",), "power": ("power",), "percent": ("share", "part", "to"), "number": ("amount", "value", "factor"),
    "times": ("times",), "factor": ("factor",), "shade": ("colour",), "manner": TIMES[:1], "vector": ("offset", "velocity", "force", "acceleration", "impulse"),
    "way": ("way", "offset", "velocity", "force", "acceleration", "impulse"), "sense": ("degrees", "rate"), "ease": ("ease",), "even": ("ease",),
    "share": ("share",), "clockwise": ("clockwise",),
}  # fmt: skip
"""The fields that a modifier of a clause can be about, the first that an effect has."""


def rounded(value: float) -> float:
    """A number as sentences show it, so that reading one gives the same."""
    return float(told(value))


def scaled(value: Any, factor: float) -> Any:
    """A number or a vector times a factor."""
    return tuple(rounded(v * factor) for v in value) if isinstance(value, tuple) else rounded(value * factor)


def fields_of(effect: Effect, quality: str) -> tuple[str, ...]:
    """The fields in which an effect can have more of a quality."""
    if quality != "high":
        return QUALITIES[quality]
    way = getattr(effect, "way", None) or getattr(effect, "offset", None) or (0, 0, 1)
    return VERTICAL if not (way[0] or way[1]) else ()


def field_of(effect: Effect, names: tuple[str, ...]) -> str | None:
    """The first of some fields that an effect has a value for; a speed goes before the time that it stands for."""
    return next((name for name in names if _is_number(getattr(effect, name, None))), None)


def _is_number(value: Any) -> bool:
    if isinstance(value, tuple):
        return len(value) == 3 and all(isinstance(v, int | float) for v in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True)
class More:
    """More or less of a quality: times ``factor``, or by ``plus`` in ``dimension``'s unit."""

    quality: str
    factor: float = 1.0
    plus: float = 0.0
    dimension: str = ""

    def on(self, rule: Rule, step: int, effect: int) -> Rule | None:
        """The rule with this effect changed; None where that has no such number."""
        one = rule.steps[step].effects[effect]
        name = field_of(one, self._fields(one))
        if name is None:
            end = ending(rule, step, one)
            if self.quality != "time" or end is None or (self.plus and self.dimension != "time"):
                return None
            wait = self._of(rule.steps[end].wait)
            return with_step(rule, end, wait=wait) if wait > 0 else None
        value = getattr(one, name)
        if self.plus:
            return self._plus(rule, step, effect, name)
        inverse = self.quality == "pace" and name in TIMES
        found = scaled(value, 1 / self.factor if inverse else self.factor)
        return with_effect(rule, step, effect, changed(one, {name: found}))

    def _fields(self, one: Effect) -> tuple[str, ...]:
        """Fields that it can be about; of ``20 cm more`` all that are measured so."""
        if self.quality == "much" and self.dimension:
            return tuple(name for name, dimension in DIMENSIONS.items() if dimension == self.dimension)
        return fields_of(one, self.quality)

    def _plus(self, rule: Rule, step: int, effect: int, name: str) -> Rule | None:
        one = rule.steps[step].effects[effect]
        if DIMENSIONS.get(name) != self.dimension:
            return None
        value = getattr(one, name)
        size = math.hypot(*value) if isinstance(value, tuple) else abs(value)
        plus = -self.plus if self.quality == "pace" and name in TIMES else self.plus
        if size + plus <= 0 or not size:
            return None
        return with_effect(rule, step, effect, changed(one, {name: scaled(value, (size + plus) / size)}))

    def _of(self, value: float) -> float:
        return rounded(value * self.factor + self.plus)


DIMENSIONS = {
    **dict.fromkeys(TIMES, "time"), **dict.fromkeys(LENGTHS, "length"), "degrees": "angle", "speed": "speed", "velocity": "speed",
    "rate": "rate", "force": "force", "strength": "force", "acceleration": "acceleration", "impulse": "impulse", "power": "power",
    "stiffness": "stiffness", "drag": "drag",
}  # fmt: skip
"""What fields measure."""


@dataclass(frozen=True)
class Set:
    """Another value of what a modifier says: ``over`` a time, ``by`` a length, to a ``way``."""

    key: str
    value: Any

    def on(self, rule: Rule, step: int, effect: int) -> Rule | None:
        """The rule with this effect changed; None where that has nothing of the kind."""
        one = rule.steps[step].effects[effect]
        if self.key == "over" and not hasattr(one, "over"):
            end = ending(rule, step, one)
            return with_step(rule, end, wait=self.value) if end is not None and self.value > 0 else None
        said = self._said(one)
        return with_effect(rule, step, effect, changed(one, said)) if said else None

    def _said(self, one: Effect) -> dict[str, Any] | None:
        name = next((n for n in KEYS.get(self.key, ()) if n in type(one).model_fields and self._suits(one, n)), None)
        if name is None:
            return None
        old = getattr(one, name)
        if self.key in ("way", "sense") or (isinstance(old, tuple) and not isinstance(self.value, tuple)):
            return self._turned(name, old)
        if name == "degrees" or name == "rate":
            return {name: math.copysign(self.value, old)} if self.value > 0 and _is_number(old) else None
        if self.key == "percent":
            return {name: rounded(self.value / 100)}
        if self.key in ("ease", "even"):
            return {name: self.key == "ease"}
        return {name: self.value}

    def _turned(self, name: str, old: Any) -> dict[str, Any] | None:
        """A vector of another length or direction, or a turn in another sense."""
        if self.key == "sense":
            return {name: math.copysign(old, self.value)} if _is_number(old) else None
        if name == "way":
            return {name: tuple(map(float, self.value))}
        size = math.hypot(*old)
        if not size or (self.key != "way" and self.value <= 0):
            return None
        if self.key == "way":
            return {name: tuple(rounded(size * part) for part in self.value)}
        return {name: scaled(old, self.value / size), **({"own": False} if name == "offset" else {})}

    def _suits(self, one: Effect, name: str) -> bool:
        """Whether a field of an effect has a value that can become this one."""
        old = getattr(one, name)
        if name in ("offset", "velocity", "force", "acceleration", "impulse"):
            return isinstance(old, tuple)
        if name == "value":
            return _is_number(old)
        if name == "colour":
            return old is not None
        return name != "by" or self.key != "by" or not hasattr(one, "offset")


@dataclass(frozen=True)
class Opposite:
    """The other way: a turn, a velocity, a force or a motion in the opposite direction."""

    def on(self, rule: Rule, step: int, effect: int) -> Rule | None:
        """The rule with this effect turned round; None where it has no direction."""
        one = rule.steps[step].effects[effect]
        for name in ("degrees", "rate", "velocity", "force", "acceleration", "impulse", "offset", "way"):
            if _is_number(value := getattr(one, name, None)):
                return with_effect(rule, step, effect, changed(one, {name: scaled(value, -1)}))
        for name in ("clockwise", "away"):
            if isinstance(value := getattr(one, name, None), bool):
                return with_effect(rule, step, effect, changed(one, {name: not value}))
        return None


def changed(effect: Effect, said: dict[str, Any]) -> Effect:
    """The effect with other fields: a time takes the place of a speed and the other way round."""
    fields = {name: getattr(effect, name) for name in effect.model_fields_set}
    if said.get("over") is not None or said.get("period") is not None:
        fields.pop("speed", None)
    if said.get("speed") is not None and {"over", "period"} & set(type(effect).model_fields):
        fields = {name: value for name, value in fields.items() if name not in TIMES}
    if said.get("by") is not None:
        fields.pop("share", None)
    made: Effect = type(effect).model_validate({**fields, **said})
    return made


def ending(rule: Rule, step: int, effect: Effect) -> int | None:
    """The later step that does nothing but take an effect back, if there is one."""
    back = effect.undone()
    return next((n for n in range(step + 1, len(rule.steps)) if back and rule.steps[n].effects == (back,)), None)


def with_step(rule: Rule, step: int, **fields: Any) -> Rule:
    """The rule with other fields of a step."""
    return _with_steps(rule, step, rule.steps[step].model_copy(update=fields))


def with_effect(rule: Rule, step: int, effect: int, new: Effect) -> Rule:
    """The rule with another effect in one place, and in what takes it back."""
    effects = rule.steps[step].effects
    end = ending(rule, step, effects[effect])
    if end is not None and (back := new.undone()) is not None:
        rule = with_step(rule, end, effects=(back,))
    return with_step(rule, step, effects=(*effects[:effect], new, *effects[effect + 1 :]))


def _with_steps(rule: Rule, step: int, new: Step) -> Rule:
    return rule.model_copy(update={"steps": (*rule.steps[:step], new, *rule.steps[step + 1 :])})
