"""Rules with effects asked otherwise, told anew, added or taken out; all as data."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Effect, Rule, When
from ..model import Step as Moment
from ..structure.effects import Doing
from ..vocabulary import Vocabulary
from .amounts import More, Set, changed
from .places import Place, is_opposite, listed, meant, same_kind, same_thing
from .requests import Ask
from .times import After

AGAIN = 1.0
"""Seconds after which something is taken back where nothing is said of that."""


def asked(rule: Rule, place: Place, asks: Sequence[Ask], of_effect: bool) -> Rule | None:
    """The rule with all that is asked of one of its effects, or of its times where ``of_effect`` is not meant."""
    amounts = [ask for ask in asks if isinstance(ask, More | Set)]
    if len(amounts) > 1 and isinstance(amounts[0], More) and not agree(rule, place, amounts):
        return None
    found: Rule | None = rule
    for ask in asks:
        if found is None:
            return None
        if isinstance(ask, More) and len(amounts) > 1:
            continue
        whole = not of_effect and type(ask).__module__ == After.__module__
        before, found = found, ask.on(found, place.step, None if whole else place.effect)
        if found == before:
            return None
    return found


def agree(rule: Rule, place: Place, amounts: Sequence[Ask]) -> bool:
    """Whether what is said by comparison and by a number of its own is of one field and goes the same way."""
    more, then = (ask.on(rule, place.step, place.effect) for ask in amounts[:2])
    if more is None or then is None or len(amounts) > 2:
        return False
    old, one, other = (r.steps[place.step].effects[place.effect].model_dump() for r in (rule, more, then))
    up, down = ({key: v for key, v in new.items() if v != old[key] and key != "speed"} for new in (one, other))
    if set(up) != set(down) or len(up) != 1:
        return False
    field = next(iter(up))
    return isinstance(old[field], float) and (up[field] > old[field]) == (down[field] > old[field])


def merged(effect: Effect, said: Effect) -> Effect | None:
    """The effect with what a clause says of it; None where that says nothing."""
    if effect.kind != said.kind:
        if said.lacking or bool(getattr(said, "lacks", None)):
            way = getattr(said, "toward", None)
            return _turned(effect, way) if way else None
        return said.model_copy(update={"thing": effect.thing})
    way = getattr(said, "toward", None)
    if way and (getattr(said, "velocity", 0) is None or getattr(said, "offset", 0) is None):
        return _turned(effect, way)
    fields = {n: getattr(said, n) for n, info in type(said).model_fields.items() if n not in ("kind", "thing") and getattr(said, n) != info.default}  # fmt: skip
    fields = {n: v for n, v in fields.items() if v is not None and v != getattr(effect, n) and n not in ("toward", "lacks", "same", "unfit")}  # fmt: skip
    return changed(effect, fields) if fields else None


def _turned(effect: Effect, way: tuple[float, float, float]) -> Effect | None:
    rule = Set("way", way).on(_alone(effect), 0, 0)
    return rule.steps[0].effects[0] if rule else None


def _alone(effect: Effect) -> Rule:
    return Rule(when=When(), steps=(Moment(effects=(effect,)),))


def with_more(rule: Rule, doing: Doing, scene: Vocabulary) -> Rule | None:
    """The rule with more steps; what takes back what it does just then comes after a while."""
    first, *rest = doing.steps
    last = rule.steps[-1]
    if any(e in rule.effects for e in first.effects) or (rule.when.mode == "while" and first.wait):
        return None
    wait = first.wait or (
        AGAIN if any(takes_back(rule, e, scene) for e in first.effects) and rule.when.mode != "while" else 0.0
    )
    if wait or last.pause or first.pause:
        steps = (*rule.steps, first.model_copy(update={"wait": wait}), *rest)
    else:
        together = last.model_copy(update={"effects": (*last.effects, *first.effects)})
        steps = (*rule.steps[:-1], together, *rest)
    return rule.model_copy(update={"steps": steps})


def takes_back(rule: Rule, said: Effect, scene: Vocabulary) -> bool:
    """Whether an effect takes back something that a rule does."""
    for effect in rule.effects:
        one, back = meant(said, effect.thing, scene), effect.undone()
        if not same_thing(effect.thing, one.thing):
            continue
        if (back is not None and back.kind == one.kind and not is_opposite(back, one)) or (
            effect.kind == one.kind and is_opposite(effect, one)
        ):
            return True
    return False


def same_object(rule: Rule, said: Effect, scene: Vocabulary) -> bool:
    """Whether a rule does something to the things of an effect."""
    return any(set(effect.thing.names) & set(said.thing.names) for effect in rule.effects)


def does_the_same(rule: Rule, other: Rule) -> bool:
    """Whether two rules do the same kind of thing to the same things."""
    one, two = rule.effects, other.effects
    return len(one) == len(two) and all(
        same_thing(a.thing, b.thing) and same_kind(a, b) and not is_opposite(a, b)
        for a, b in zip(one, two, strict=True)
    )


def without(rule: Rule, gone: set[tuple[int, int]], names: Sequence[str] | None) -> Rule | None:
    """The rule without some effects, or without some things of them; None if nothing is left."""
    steps: list[Moment] = []
    waited = 0.0
    for n, step in enumerate(rule.steps):
        effects = tuple(
            kept for m, e in enumerate(step.effects) if (kept := _kept(e, (n, m) in gone, names)) is not None
        )
        waited += step.wait
        if effects:
            steps.append(step.model_copy(update={"effects": effects, "wait": waited}))
            waited = 0.0
    if not steps:
        return None
    if steps[0].wait:
        when = rule.when.model_copy(update={"delay": rule.when.delay + steps[0].wait})
        steps[0] = steps[0].model_copy(update={"wait": 0.0})
        rule = rule.model_copy(update={"when": when})
    return rule.model_copy(update={"steps": tuple(steps)})


def _kept(effect: Effect, gone: bool, names: Sequence[str] | None) -> Effect | None:
    if not gone:
        return effect
    left = tuple(name for name in effect.thing.names if names is not None and name not in names)
    if not left:
        return None
    return effect.model_copy(update={"thing": listed(left)})
