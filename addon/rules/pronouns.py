"""What ``it`` and ``they`` are: the thing last acted on that can do what is said, else one that was waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .conditions.touch import Touch
from .deeds import ELIDED
from .model import Condition, Effect, Rule, Step, all_refs, with_refs
from .reference import WHOSE, Ref
from .vocabulary import Vocabulary

Doubt = str | None
PLURAL = {"they", "them", "themselves"}
SINGULAR = {"it", "itself", "he", "she", "him", "her"}


def resolved(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[Rule, Doubt]]:
    """The rule with a thing for each pronoun, or with what is in doubt about one."""
    if not any(ref.pronoun for ref in all_refs(rule)):
        yield rule, None
        return
    acted = [e.thing for e in rule.effects if not e.thing.pronoun]
    # 'Move A towards B when he falls' could be of either.
    aims = [ref for effect in rule.effects for ref in all_refs(effect) if not ref.pronoun]
    condition, doubt = _condition(rule.when.condition, acted, vocabulary, aims)
    rule = rule.model_copy(update={"when": rule.when.model_copy(update={"condition": condition})})
    if doubt:
        yield rule, doubt
        return
    waited = [ref for part in (condition, rule.when.guard) if part for ref in all_refs(part) if not ref.pronoun]
    steps, last = list[Step](), list[Ref]()
    for step in rule.steps:
        done: list[Effect] = []
        for effect in step.effects:
            before = [e.thing for e in done] or ([e.thing for e in steps[-1].effects] if steps else [])
            effect, doubt = _effect(effect, _with_all(last, before), waited, vocabulary)
            if doubt:
                yield rule, doubt
                return
            done.append(effect)
            vocabulary = effect.after(vocabulary)
            last = [effect.thing, *last]
        steps.append(step.model_copy(update={"effects": tuple(done)}))
    when = rule.when
    for field in ("guard", "until"):
        if (part := getattr(when, field)) is not None:
            part, doubt = _condition(part, [*last, *waited], vocabulary)
            if doubt:
                yield rule, doubt
                return
            when = when.model_copy(update={field: part})
    yield Rule(when=when, steps=tuple(steps)), None


def _condition(
    condition: Condition | None, others: list[Ref], vocabulary: Vocabulary, aims: list[Ref] | None = None
) -> tuple[Condition | None, Doubt]:
    """A pronoun in a condition is the first thing named there that can be meant, else the one thing that is acted on."""
    if condition is None or not any(ref.pronoun for ref in all_refs(condition)):
        return condition, None
    if bound := next((ref for ref in all_refs(condition) if ref.pronoun and ref.names), None):
        return condition, _which(bound)
    if (landmarks := _landmarks(condition)) is not None:
        if len(landmarks) == 1:
            return _meaning(condition, landmarks[0]), None
        return condition, f"it is not clear whether 'it' is {' or '.join(map(str, landmarks))}"
    named = [ref for ref in all_refs(condition) if not ref.pronoun]
    if WHOSE in all_refs(condition):
        bodies = [ref for ref in _distinct(others) if _is_moved(ref, vocabulary)]
        if len(bodies) != 1 or len(bodies[0].names) != 1 or len(_distinct(others)) != 1:
            return condition, "it is not said what touches; name it"
        return _meaning(condition, bodies[0]), None
    said = next(ref.said for ref in all_refs(condition) if ref.pronoun)
    others = others if said in PLURAL else [*others, *(aims or [])]
    for found in (_plural(said, named[:1]), _plural(said, _distinct(others))):
        one = [ref for ref in found if not (said in SINGULAR and len(ref.names) > 1 and ref.which != "any")]
        wholes = [_meaning(condition, ref) for ref in one]
        if len(possible := [whole for whole in wholes if whole.problem(vocabulary) is None]) == 1:
            return possible[0], None
    return condition, f"it is not clear what '{said}' is"


def _landmarks(condition: Condition) -> list[Ref] | None:
    """What a pronoun can be that something with a name stands to: ``A is left of B and C is right of it``.

    That is B where both parts say the same kind of thing of two that cannot be exchanged; None if no pronoun stands so.
    """
    parts = condition.inner()
    for n, part in enumerate(parts):
        refs = all_refs(part)
        if len(refs) < 2 or refs[0].pronoun or not refs[1].pronoun or not n:
            continue
        before = all_refs(parts[n - 1])
        if len(before) > 1 and type(part) is type(parts[n - 1]) and not isinstance(part, Touch):
            return [before[1]]
        return _distinct(before)
    return None


def _meaning(condition: Condition, thing: Ref) -> Condition:
    found: Condition = with_refs(condition, lambda ref: thing if ref.pronoun else ref)
    return found


def _effect(effect: Effect, last: list[Ref], waited: list[Ref], vocabulary: Vocabulary) -> tuple[Effect, Doubt]:
    refs = all_refs(effect)
    if not any(ref.pronoun for ref in refs):
        return effect, None
    for ref in refs:
        if ref.pronoun and ref.names and not _is_one_of(ref, waited):
            return effect, _which(ref)
    if last and effect.thing == ELIDED and any(ref.pronoun and ref.said for ref in refs):
        # 'A turns and flies to it': what flies is A, 'it' is something else.
        effect = effect.model_copy(update={"thing": last[0]})
        refs = all_refs(effect)
    said = next((ref.said for ref in refs if ref.pronoun and not ref.names), None)
    if said is None:
        return effect, None
    if (
        said not in PLURAL
        and last
        and len(last[0].names) > 1
        and len(last) > 1
        and set(last[1].names) < set(last[0].names)
    ):
        last = last[1:]
    for candidates in (last[:1], last[1:], waited) if said else (last[:1],):
        meant = _distinct(_plural(said, candidates))
        if effect.kind == "home" and len(movable := [c for c in meant if _is_moved(c, vocabulary)]) == 1:
            # Only what physics moves is elsewhere than at its start.
            return _put(effect, movable[0]), None
        fitting = [c for c in meant if _can(_put(effect, c), vocabulary)]
        if len(fitting) == 1:
            return _put(effect, fitting[0]), None
        if fitting:
            return effect, f"it is not clear whether '{said}' is {' or '.join(map(str, fitting))}"
    if len(only := _distinct(_plural(said, [*last, *waited] if said else last[:1]))) == 1:
        return _put(effect, only[0]), None
    return effect, f"it is not clear what '{said}' is"


def _is_moved(thing: Ref, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.body_problem(name, "") is None for name in thing.names)


def _is_one_of(that: Ref, waited: list[Ref]) -> bool:
    """Whether ``that can`` is the one of several that was waited for."""
    return sum(ref.which == "any" and ref.names == that.names for ref in waited) == 1


def _which(ref: Ref) -> str:
    return f"it is not clear which one '{ref.said}' is; name it"


def _with_all(last: list[Ref], step: list[Ref]) -> list[Ref]:
    """The things acted on, the last first; before them all those of the last moment if they are several things."""
    names = tuple(dict.fromkeys(n for ref in step for n in ref.names))
    alone = len(step) < 2 or any(ref.which != "one" and ref.which != "all" for ref in step)
    return last if alone or len(names) < 2 else [Ref(names=names, which="all"), *last]


def _put(effect: Effect, thing: Ref) -> Effect:
    changed: Effect = with_refs(effect, lambda ref: _bound(thing, ref) if ref.pronoun and not ref.names else ref)
    return changed


def _bound(thing: Ref, pronoun: Ref) -> Ref:
    """``it`` of any of several is that one of them."""
    if thing.which == "any" and len(thing.names) > 1:
        return Ref(names=thing.names, which="any", said=pronoun.said, pronoun=True)
    return thing


def _plural(said: str, candidates: list[Ref]) -> list[Ref]:
    if said not in PLURAL:
        return [c for c in candidates if len(c.names) == 1 or c.which == "any"] or candidates
    several = [c for c in candidates if len(c.names) > 1]
    names = tuple(dict.fromkeys(n for c in candidates for n in c.names))
    return several or ([Ref(names=names, which="all")] if len(names) > 1 else [])


def _distinct(refs: Iterable[Ref]) -> list[Ref]:
    return list({ref.names: ref for ref in refs if ref.names}.values())


def _can(effect: Effect, vocabulary: Vocabulary) -> bool:
    return bool(effect.thing.names) and all(effect.problem(vocabulary, name) is None for name in effect.thing.names)


__all__ = ["Step", "resolved"]
