"""What is waited for, as far as a part of a sentence says it, and how conditions are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..conditions.change import Change
from ..conditions.logic import And, Count, Earlier, Given, InOrder, Later, Not, Or, Xor
from ..conditions.properties import Property
from ..conditions.time import Clock, Period
from ..conditions.touch import Touch
from ..grammar import REJECT
from ..model import Condition, Mode, When, all_refs, with_refs
from ..phrasing import Fact
from ..reference import Ref


@dataclass(frozen=True)
class Said:
    """A trigger; ``at`` is a moment in seconds after the start, at which the condition is looked at."""

    condition: Condition | None
    mode: Mode = "once"
    nth: int = 1
    delay: float = 0.0
    at: float | None = None
    guard: Condition | None = None

    @property
    def is_moment(self) -> bool:
        """Whether it is some time after something, so that what else must be so is looked at then."""
        return self.at is not None or self.delay > 0

    def when(self, until: Condition | None = None) -> When:
        """The same as data of the rule."""
        condition, guard = settled(self.condition), settled(self.guard)
        if self.at is not None:
            guard = _both(condition, guard)
            condition = Clock(seconds=self.at)
        return When(
            condition=condition, mode=self.mode, nth=self.nth, delay=self.delay, guard=guard, until=settled(until)
        )


def _both(one: Condition | None, two: Condition | None) -> Condition | None:
    return And(parts=(one, two)) if one is not None and two is not None else one or two


def settled(condition: Condition | None) -> Any:
    """The condition without marks that mean nothing by themselves: that it happened earlier or later, or counts only if."""
    if isinstance(condition, Given):
        return both(condition.part, condition.guard)
    return condition.part if isinstance(condition, Earlier | Later) else condition


def going_on(condition: Condition) -> Condition:
    """What is told to go along with something: ``with Lamp lit`` is no moment at which it goes on; what has happened
    earlier stays so."""
    if isinstance(condition, Earlier):
        return condition
    condition = settled(condition)
    if isinstance(condition, And):
        return And(parts=tuple(map(going_on, condition.parts)))
    return condition.model_copy(update={"begins": False}) if isinstance(condition, Change) else condition


def of_fact(fact: Fact) -> Condition:
    """A clause as a condition."""
    condition, denies = fact.condition, fact.denied
    if any(ref.which == "none" for ref in all_refs(condition)):
        condition, denies = with_refs(condition, _any), not denies
    so: Condition = Not(part=condition) if denies else condition
    if not so.is_event or not (fact.earlier or fact.later):
        return so
    return Earlier(part=so) if fact.earlier else Later(part=so)


def _any(ref: Ref) -> Ref:
    said = ref.said.replace("no ", "any ", 1)
    return ref.model_copy(update={"which": "any", "said": said}) if ref.which == "none" else ref


def both(first: Condition, then: Condition) -> Any:
    """Both of two; in their order if one is said to have happened earlier."""
    early = isinstance(first, Earlier) or isinstance(then, Later), isinstance(then, Earlier)
    first, then = settled(first), settled(then)
    if early[0] != early[1] and first.is_event and then.is_event:
        return InOrder(first=first, then=then) if early[0] else InOrder(first=then, then=first)
    return And(parts=(*_parts(first, And), *_parts(then, And)))


def either(first: Condition, then: Condition) -> Any:
    """Any of two."""
    first, then = settled(first), settled(then)
    return Or(parts=(*_parts(first, Or), *_parts(then, Or)))


def _parts(condition: Condition, kind: type[And] | type[Or]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, kind) else (condition,)


def one_only(first: Condition, then: Condition) -> Any:
    """One of two and not the other."""
    return Xor(first=settled(first), second=settled(then))


def denied(condition: Condition) -> Any:
    """The opposite."""
    return Not(part=settled(condition))


def is_lack(condition: Condition) -> bool:
    """Whether it is that something is not so, has not happened or is off."""
    condition = settled(condition)
    return isinstance(condition, Not) or getattr(condition, "value", None) is False


def in_order(first: Condition, then: Condition) -> Any:
    """One happening after another."""
    first, then = _onset(settled(first)), _onset(settled(then))
    return InOrder(first=first, then=then) if first.is_event and then.is_event else REJECT


def _onset(condition: Condition) -> Condition:
    """Of a touch that lasts, that it begins: ``is hitting`` is an event where another comes after it; so is ``shines``."""
    lasts = (isinstance(condition, Touch) and condition.lasting) or isinstance(condition, Property)
    return condition.begun() if lasts else condition


def like(first: Condition, pair: tuple[Any, Any], joint: Any) -> Any:
    """A second condition of which only the things are said: ``Ball hits Plate and Box Floor``."""
    one = settled(first)
    fields = [name for name, _ in one.refs()]
    if len(fields) != len(pair):
        return REJECT
    return joint(first, one.model_copy(update=dict(zip(fields, pair, strict=True))))


def counted(condition: Condition, times: float) -> Any:
    """Something for the nth time; the first time is the plain one."""
    condition = settled(condition)
    if times == 1:
        return condition
    condition = condition.begun()
    if times < 1 or times != int(times) or not condition.is_event:
        return REJECT
    return Count(part=condition, number=int(times))


def counted_fact(fact: Fact, times: float) -> Any:
    """A clause for the nth time."""
    return REJECT if fact.denied else counted(fact.condition, times)


def later(said: Said, seconds: float) -> Any:
    """So long after; what has not happened ``after 3 s`` is looked at then."""
    if said.at is not None or isinstance(said.condition, Period):
        return REJECT
    if isinstance(given := said.condition, Given):
        after = later(replace(said, condition=given.part), seconds)
        return after if after is REJECT else guarded(after, given.guard)
    if said.mode == "once" and isinstance(said.condition, Not):
        return REJECT if said.delay else replace(said, at=seconds)
    return replace(said, delay=said.delay + seconds)


def guarded(said: Said, condition: Condition) -> Any:
    """Only if something is so then: at the moment of acting, which can be some time after what is waited for."""
    if said.guard is not None or (said.condition is None and said.at is None):
        return REJECT
    if said.is_moment or isinstance(said.condition, Period) or said.mode == "each":
        return replace(said, guard=settled(condition))
    if said.condition is None:
        return REJECT
    return replace(said, condition=both(said.condition, condition))
