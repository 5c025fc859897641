"""Why a rule that can be read cannot be kept: the scene or the rule itself stands against it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from .conditions.logic import And, Not
from .conditions.time import Period
from .effects.pushing import NoMore, Pushing
from .lamps import shines
from .model import Condition, Effect, Rule, Step, all_refs
from .units import told
from .vocabulary import Vocabulary

_AS_LONG_AS = re.compile(r"\b(?:as|so) long as\b", re.IGNORECASE)

_TRIGGER = re.compile(r"\b(?:when|whenever|if|once|as soon as|after|all|both)\b", re.IGNORECASE)


_TWO_MOMENTS = re.compile(
    r"\bafter\s+(?:\d|an?\s|one\b|two\b|three\b|half\b)[^,;.]*?[,;]?\s*\b(?:and|then)\b.+\b(?:when|once|as soon as|whenever)\b",
    re.IGNORECASE,
)
"""A wait behind what is done, and a second thing that is done when something happens."""
_HELD = re.compile(r"\bfor\s+(?:\d|an?\s|one\b|two\b|three\b|half\b)", re.IGNORECASE)
_TAKES = re.compile(r"\b(?:within|over|in|during|slowly|gradually|smoothly|quickly|takes?|taking)\b", re.IGNORECASE)
_LOOKS = frozenset({"shine", "recolour", "deform", "brighten", "power"})


def problem_of(rule: Rule, vocabulary: Vocabulary, text: str = "") -> str | None:
    """Why a rule that a text says cannot be kept in a scene."""
    when = rule.when
    for condition in (when.condition, when.guard, when.until):
        if condition is not None and (problem := _vague(condition, text) or condition.problem(vocabulary)):
            return problem
    if when.mode == "while" and (when.delay or len(rule.steps) > 1 or rule.steps[0].wait or rule.steps[0].pause):
        return "what goes on as long as something is so cannot wait in between; say 'when' or 'whenever'"
    if when.mode == "once" and when.condition is not None and _from_the_start(when.condition):
        return f"'{when.condition.sentence()}' is so from the first step on; say by when, such as 'after 3 s'"
    if when.guard is not None and when.mode != "while" and when.until is None and _AS_LONG_AS.search(text):
        return (
            f"it would only be asked once whether {when.guard.sentence()}; say 'if' for that, "
            "or 'as long as' without another 'when', or 'until'"
        )
    if when.mode == "while" and when.condition is not None and (doubt := _each_or_all(when.condition, rule.effects)):
        return doubt
    if misread := _misread(rule, vocabulary, text):
        return misread
    for effect in rule.effects:
        if effect.thing.which in ("any", "none") and len(effect.thing.names) > 1 and not effect.thing.pronoun:
            return f"it is not clear which of {effect.thing} is meant; say 'all' or name them"
        for name in effect.thing.names or ("",):
            if problem := effect.problem(vocabulary, name):
                return problem
        if getattr(effect, "throughout", False) and when.condition is not None:
            return f"'{effect.sentence()}' is said to go on all the time, but waits for something; say which, or make it a rule of its own"
        ends = any(isinstance(other, NoMore) and other.push == effect for other in rule.effects)
        if getattr(effect, "endless", False) and isinstance(when.condition, Period) and not ends:
            return f"'{effect.sentence()}' goes on by itself, so it cannot begin anew {when.condition.sentence()}"
        vocabulary = effect.after(vocabulary)
        if when.mode == "while" and not effect.continuous and effect.undone() is None:
            return f"'{effect.sentence()}' happens once and cannot go on as long as something is so; say 'when' or 'whenever'"
        if when.until is not None and effect.undone() is None:
            return f"'{effect.sentence()}' happens once, so that there is nothing to end with 'until'"
    steps = rule.settled(vocabulary).steps
    doubts = (*map(_at_odds, steps), _out_of_order(rule), _too_early(steps), _pushed_on(steps, vocabulary))
    return next(filter(None, doubts), None)


def _out_of_order(rule: Rule) -> str | None:
    """An effect that makes no sense after what the rule does before."""
    done: list[Effect] = []
    for effect in rule.effects:
        same = [other for other in done if set(other.thing.names) & set(effect.thing.names)]
        if problem := effect.after_others(same):
            return problem
        done.append(effect)
    return None


def _from_the_start(condition: Condition) -> bool:
    """Whether only the lack of something that happens is waited for."""
    if isinstance(condition, And):
        return all(map(_from_the_start, condition.parts))
    return isinstance(condition, Not) and condition.part.is_event


def _misread(rule: Rule, vocabulary: Vocabulary, text: str) -> str | None:
    """Why words that fit what is read are likely to mean something else."""
    when, effects = rule.when, rule.effects
    if when.delay and len(effects) > 1 and _TWO_MOMENTS.search(text):
        return "each of the things that are done waits for something else; make it two rules"
    if (
        _HELD.search(text)
        and not _TAKES.search(text)
        and any(e.kind in _LOOKS and getattr(e, "over", 0) for e in effects)
    ):
        return "'for' says how long it stays so; make each of the things a rule, or say 'within' for how long it takes"
    if any(e.kind in ("orbit", "circle") and getattr(e, "radius", None) for e in effects) and "height" in text.lower():
        return "it goes round at the height at which it is, so a height cannot be said; 'at a distance of 2 m' can"
    if _pushes_for_ever(rule):
        return "it would be pushed for ever from the first time on; say 'as long as', or how long it is pushed"
    if when.mode == "once" and re.search(r"\bonly\b", text, re.IGNORECASE):
        for effect in effects:
            if there := next((name for name in effect.thing.names if _is_so(effect, name, vocabulary)), None):
                return f"'only': it is so from the start for {there}; say what it is before, too"
    for step, following in itertools.pairwise(rule.steps):
        period = max((getattr(e, "period", 0.0) for e in step.effects if e.kind == "blink"), default=0.0)
        if 0 < following.wait <= period / 2 and any(e.kind == "shine_as_before" for e in following.effects):
            return f"it blinks every {told(period)} s, so it is over before it goes dark; say how often it blinks"
    return None


def _pushes_for_ever(rule: Rule) -> bool:
    """Whether a push begins each time that a state does, and nothing ends it."""
    when = rule.when
    if when.mode != "each" or when.until is not None or when.condition is None or when.condition.is_event:
        return False
    return any(isinstance(e, Pushing) for e in rule.effects) and not any(isinstance(e, NoMore) for e in rule.effects)


def _is_so(effect: Effect, name: str, vocabulary: Vocabulary) -> bool:
    """Whether a thing is shown, or shines, as an effect would have it, from the start."""
    obj = vocabulary.objects.get(name)
    if obj is None:
        return False
    if effect.kind == "show":
        return not obj.hidden
    return effect.kind == "shine" and getattr(effect, "part", 0.0) > 0 and shines(obj)


def _vague(condition: Condition, text: str) -> str | None:
    """A bare plural in something that happens: all of them or any? And ``each Ball hits A`` where a Ball 2 is as well."""
    if condition.is_event:
        for ref in all_refs(condition):
            if ref.said.startswith("the ") and len(ref.names) > 1:
                return f"it is not clear whether all of '{ref}' are meant or any of them; say 'all' or 'any'"
            lead, _, stem = ref.said.partition(" ")
            is_each = lead in ("each", "every") and not _TRIGGER.search(text)
            if is_each and stem.casefold() in map(str.casefold, ref.names):
                return f"it is not clear whether '{ref.said}' are several things or what {stem} does each time"
    return None


def _each_or_all(condition: Condition, effects: Iterable[Effect]) -> str | None:
    """What is done to things as long as a bare plural of them is so: to each of them by itself or to all at once?"""
    for ref in all_refs(condition):
        if ref.said.startswith("the ") and len(ref.names) > 1 and any(e.thing.names == ref.names for e in effects):
            return (
                f"it is not clear whether '{ref.said}' are meant each by itself or all at once; say 'any of' or 'all'"
            )
    return None


def _at_odds(step: Step) -> str | None:
    """Two effects of one moment that take the same of one thing."""
    taken: dict[tuple[str, str], Effect] = {}
    for effect in step.effects:
        for name in effect.thing.names:
            other = taken.setdefault((name, effect.claims(name)), effect)
            if other is not effect:
                return f"'{other.sentence()}' and '{effect.sentence()}' cannot be done at once; say which comes first"
    return None


def _pushed_on(steps: Iterable[Step], vocabulary: Vocabulary) -> str | None:
    """A push after another of the same kind that has no end, and one that ends within the step in which it begins."""
    going: dict[tuple[str, str], Pushing] = {}
    for step in steps:
        for effect in step.effects:
            for name in effect.thing.names:
                if isinstance(effect, NoMore):
                    if 0 < step.wait < 0.999 * vocabulary.graph.world.dt:
                        return f"{told(step.wait)} s is shorter than a step of {told(vocabulary.graph.world.dt)} s"
                    going.pop((name, effect.push.how), None)
        begun: dict[tuple[str, str], Pushing] = {}
        for push in (effect for effect in step.effects if isinstance(effect, Pushing)):
            for name in push.thing.names:
                before = going.get((name, push.how))
                other = begun.setdefault((name, push.how), push)
                if before is not None or (other is not push and other.ends(push)):
                    doing = (before or other).doing()
                    return f"{name} is still being {doing} then; say for how long, such as 'for 2 s'"
        going |= begun
    return None


def _too_early(steps: Iterable[Step]) -> str | None:
    """A motion that begins while the same rule's motion of the same thing still goes on."""
    now, moving = 0.0, dict[tuple[str, str], tuple[Effect, float]]()
    for step in steps:
        now += step.wait
        for effect in step.effects:
            if not isinstance(seconds := getattr(effect, "takes_time", None), float | int) or step.pause:
                continue
            for name in effect.thing.names:
                claim = name, effect.claims(name)
                before, end = moving.get(claim, (effect, now))
                if now < end - 1e-9:
                    return (
                        f"'{before.sentence()}' is not over when '{effect.sentence()}' is to begin; "
                        f"say how long the first takes, or begin the second {told(round(end - now, 6))} s later"
                    )
                moving[claim] = effect, now + seconds
    return None
