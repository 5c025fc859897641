"""When a rule acts: sooner, later, after another time, on something else, once or each time, only if."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..conditions.logic import And, Count, Not
from ..conditions.time import Clock, Period
from ..model import Condition, Rule, Step, When, all_refs, with_refs
from ..reference import Ref
from ..structure.said import Said, either
from .amounts import rounded, with_step


@dataclass(frozen=True)
class Later:
    """So many seconds later, or earlier where that is less than zero; ``about`` as far as there is time for it."""

    seconds: float
    about: bool = False

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with this effect, or all of it, at another time."""
        if effect is not None and len(rule.steps[step].effects) > 1:
            return self._apart(rule, step, effect)
        found = self._sum(_time(rule, step))
        return None if found is None else _at(rule, step, found)

    def _sum(self, now: float | None) -> float | None:
        if now is None or (self.seconds < 0 and not now):
            return None
        found = rounded(now + self.seconds)
        return max(found, 0.0) if self.about else found if found >= 0 else None

    def _apart(self, rule: Rule, step: int, effect: int) -> Rule | None:
        """One of several effects of a moment, which is left to the others."""
        old = rule.steps[step]
        one = old.effects[effect]
        rest = old.model_copy(update={"effects": tuple(e for n, e in enumerate(old.effects) if n != effect)})
        after = rule.steps[step + 1 :]
        if self.seconds <= 0 or old.pause or rule.when.mode == "while":
            return None
        if after and after[0].wait <= self.seconds:
            return None
        if after:
            after = (after[0].model_copy(update={"wait": rounded(after[0].wait - self.seconds)}), *after[1:])
        then = Step(effects=(one,), wait=self.seconds)
        return rule.model_copy(update={"steps": (*rule.steps[:step], rest, then, *after)})


@dataclass(frozen=True)
class After:
    """So many seconds after what is waited for, after the start, or after the step before."""

    seconds: float

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with this effect, or all of it, at that time."""
        if self.seconds < 0 or _time(rule, step) is None:
            return None
        if effect is not None and len(rule.steps[step].effects) > 1:
            return Later(self.seconds).on(rule, step, effect)
        return _at(rule, step, self.seconds)


def _time(rule: Rule, step: int) -> float | None:
    """How long a step waits for what is before it; None where it cannot wait."""
    when = rule.when
    if step:
        return rule.steps[step].wait
    if when.mode == "while" or isinstance(when.condition, Period):
        return None
    if isinstance(when.condition, Clock):
        return when.condition.seconds + when.delay
    return when.delay + rule.steps[0].wait


def _at(rule: Rule, step: int, seconds: float) -> Rule:
    if step:
        return with_step(rule, step, wait=seconds)
    rule = with_step(rule, 0, wait=0.0)
    if rule.when.condition is None or isinstance(rule.when.condition, Clock):
        return _with_when(rule, condition=Clock(seconds=seconds), delay=0.0)
    return _with_when(rule, delay=seconds)


@dataclass(frozen=True)
class Often:
    """Once, each time, every nth time, or the nth time alone."""

    mode: Literal["once", "each"]
    nth: int = 1
    alone: bool = False

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule that counts so."""
        when = rule.when
        if when.condition is None or isinstance(when.condition, Clock | Period):
            return None
        condition = when.condition.part if isinstance(when.condition, Count) else when.condition
        if self.alone and self.nth > 1:
            condition = condition.begun()
            if not condition.is_event:
                return None
            condition = Count(part=condition, number=self.nth)
        nth = 1 if self.alone else self.nth
        return _with_when(rule, condition=condition, mode=self.mode, nth=nth)


@dataclass(frozen=True)
class Waits:
    """Something else is waited for."""

    said: Said

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with another trigger, in which a pronoun is what stood in its place."""
        if step:
            return None
        when = self.said.when(rule.when.until)
        if when.condition is not None:
            when = when.model_copy(update={"condition": _named(when.condition, rule)})
        if when.guard is None:
            when = when.model_copy(update={"guard": rule.when.guard})
        return rule.model_copy(update={"when": when})


@dataclass(frozen=True)
class Either:
    """Something else sets it off as well."""

    said: Said

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule that waits for the one or the other; None where one of them is a time."""
        when, more = rule.when, self.said
        if step or when.condition is None or more.condition is None or more.at is not None or more.delay or more.guard:
            return None
        if isinstance(when.condition, Clock | Period) or more.mode not in ("once", when.mode):
            return None
        return _with_when(rule, condition=either(when.condition, _named(more.condition, rule)))


def _named(condition: Condition, rule: Rule) -> Condition:
    """The condition with what stood at the place of its pronoun before, where it says the same kind of thing."""
    old = rule.when.condition
    if old is None or old.kind != condition.kind or not any(ref.pronoun for ref in all_refs(condition)):
        return condition
    before = dict(old.refs())
    fields = {name: before[name] for name, ref in condition.refs() if ref.pronoun and not ref.names and name in before}
    return condition.model_copy(update=fields)


@dataclass(frozen=True)
class OnlyIf:
    """Only if something is so as well in the moment of acting, or as long as the rule goes on."""

    condition: Condition

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with one more condition."""
        when = rule.when
        if when.condition is None or step:
            return None
        of_moment = when.delay or when.mode == "each" or isinstance(when.condition, Clock | Period)
        if of_moment:
            return _with_when(rule, guard=_both(when.guard, self.condition))
        return _with_when(rule, condition=_both(when.condition, self.condition))


def _both(one: Condition | None, two: Condition) -> Condition:
    if one is None:
        return two
    return And(parts=(*(one.parts if isinstance(one, And) else (one,)), two))


def unless(condition: Condition) -> OnlyIf:
    """Only if something is not so."""
    return OnlyIf(Not(part=condition))


@dataclass(frozen=True)
class Until:
    """What goes on is ended by something."""

    condition: Condition

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with that end."""
        return _with_when(rule, until=self.condition)


def _with_when(rule: Rule, **fields: object) -> Rule:
    when: When = rule.when.model_copy(update=fields)
    return rule.model_copy(update={"when": when})


@dataclass(frozen=True)
class Instead:
    """Another thing in the place of one, wherever the rule speaks of it."""

    old: str
    new: str

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule of the other thing; None where it does not speak of the first."""
        found: Rule = with_refs(rule, lambda ref: _in_place(ref, {self.old: self.new}))
        return found if found != rule else None


@dataclass(frozen=True)
class Swap:
    """Two things in each other's place."""

    one: str
    other: str

    def on(self, rule: Rule, step: int, effect: int | None) -> Rule | None:
        """The rule with both exchanged; None where it speaks of neither."""
        found: Rule = with_refs(rule, lambda ref: _in_place(ref, {self.one: self.other, self.other: self.one}))
        return found if found != rule else None


def _in_place(ref: Ref, names: dict[str, str]) -> Ref:
    if not set(ref.names) & set(names):
        return ref
    found = tuple(dict.fromkeys(names.get(name, name) for name in ref.names))
    return Ref(names=found, which=ref.which if len(found) > 1 else "one")
