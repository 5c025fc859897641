"""Texts that say two whole rules in one sentence, or what is done if something is so and what is done otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .conditions.logic import Not
from .conditions.time import Clock
from .grammar import REJECT, Parser
from .lexer import plain
from .model import Condition, Effect, Rule, Step, all_refs, plain_effect, with_refs
from .pronouns import resolved
from .reference import Ref
from .structure.effects import Doing
from .vocabulary import Vocabulary

Found = list[tuple[float, Rule]]
Parse = Callable[[str], Parser]

_TRIGGER = re.compile(
    r"\b(?:as soon as|so soon as|when(?:ever)?|if|once|while|whilst|as long as|after|before|unless|until|till|upon|should"
    r"|(?:every|each)(?: single)? time|every|each|at (?:t ?= ?)?\d|the (?:moment|instant)|in case)(?!\w)",
    re.IGNORECASE,
)
"""What a rule waits for begins so; each of two rules has just one."""

_JOINT = re.compile(r"(?<!\d)\s*(?:[,;]\s*(?:and\s+)?|\s-\s|\band\s+)(?!then\b|after that\b)", re.IGNORECASE)
MOST_JOINTS = 8

_ELSE = re.compile(
    r"^(?P<head>.+?)[\s,;.:!-]*\b(?:and |but )?(?:otherwise|or else|else|if not|in (?:all other cases|any other case|every other case|the other case))\b[,:]?\s*(?P<tail>.+?)[\s.!]*$",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"^(?P<head>.+?)[\s,;.:!-]+(?:and |but )?(?P<side>below|under|above|over) that[,:]?\s+(?P<tail>.+?)[\s.!]*$",
    re.IGNORECASE,
)
_LESS, _MORE = ("below", "under"), ("above", "over")
_OPPOSITE = re.compile(
    r"(?:(?:it|they|he|she) (?:is|are|stays?|shall be|should be|goes|go|has to be|must be)\s+)?(?P<word>not|off|on|out|true|false)(?: again)?",
    re.IGNORECASE,
)


def two_rules(text: str, vocabulary: Vocabulary, parse: Parse) -> Iterator[tuple[Found, Found]]:
    """Ways to read a text as two rules, each of which says what it waits for."""
    told = plain(text, vocabulary)
    if len(_TRIGGER.findall(told)) != 2:
        return
    for joint in list(_JOINT.finditer(told))[:MOST_JOINTS]:
        left, right = told[: joint.start()].strip(), told[joint.end() :].strip()
        if right.lower().startswith(("but ", "only ", "yet ")):
            continue
        if len(_TRIGGER.findall(left)) != 1 or len(_TRIGGER.findall(right)) != 1:
            continue
        first = [(cost, rule) for cost, rule in _rules(parse(left)) if rule.when.condition is not None]
        first = [(cost, one) for cost, rule in first for one, doubt in resolved(rule, vocabulary) if not doubt]
        if not first or len({rule.when for _, rule in first}) > 1:
            continue
        then = [
            (cost, meant)
            for cost, rule in _rules(parse(right))
            if (meant := _second(rule, first[0][1], right)) is not None
        ]
        if then:
            yield first, then


def _rules(parser: Parser) -> Found:
    return [(cost, rule) for cost, rule in parser.readings("rule") if isinstance(rule, Rule)]


def _second(rule: Rule, first: Rule, text: str) -> Rule | None:
    """The second of two rules with what its pronouns take from the first; None if that is in doubt."""
    condition, earlier = rule.when.condition, first.when.condition
    if condition is None or earlier is None or (rule.when.delay and isinstance(earlier, Clock)):
        return None
    if isinstance(condition, Clock) and (not isinstance(earlier, Clock) or not re.search(r"\bat\b", text)):
        return None
    told: dict[str, Ref] = {}
    for n, (name, ref) in enumerate(condition.refs()):
        if ref.pronoun:
            known = dict(earlier.refs()).get(name) if type(earlier) is type(condition) else None
            if known is None and n == 0:
                known = next(iter(all_refs(earlier)), None)
            if known is None or known.pronoun:
                return None
            told[name] = known
    condition = condition.model_copy(update=told)
    if any(ref.pronoun for ref in all_refs(condition)):
        return None
    steps = []
    for step in rule.steps:
        effects = [_acting(effect, first, bool(told)) for effect in step.effects]
        if any(effect is None for effect in effects):
            return None
        steps.append(step.model_copy(update={"effects": tuple(effects)}))
    return Rule(when=rule.when.model_copy(update={"condition": condition}), steps=tuple(steps))


def _acting(effect: Effect, first: Rule, led: bool) -> Effect | None:
    """An effect whose ``it`` is what the rule before did something of the same kind to."""
    if not any(ref.pronoun for ref in all_refs(effect)):
        return effect
    alike = [e for e in first.effects if e.kind == effect.kind and not e.thing.pronoun] or (
        [] if led else [e for e in first.effects if not e.thing.pronoun]
    )
    if len({e.thing for e in alike}) != 1 or not effect.thing.pronoun:
        return None
    meant: Effect = with_refs(effect, lambda ref: alike[0].thing if ref.pronoun else ref)
    return meant


def or_else(text: str, vocabulary: Vocabulary, parse: Parse) -> Iterator[tuple[Found, Found]]:
    """Ways to read ``if A, X, otherwise Y``; the second part is empty where ``Y`` is what the end of ``A`` does anyway."""
    told = plain(text, vocabulary)
    for pattern in (_ELSE, _BEYOND):
        if not (parts := pattern.match(told)):
            continue
        for cost, rule in _rules(parse(parts["head"])):
            if pattern is _BEYOND and not _is_beyond(rule, parts["side"].lower()):
                continue
            if rule.when.mode == "while" or _begins_anew(rule):
                if _takes_back(rule, parts["tail"], parse):
                    yield [(cost, rule.model_copy(update={"when": rule.when.model_copy(update={"mode": "while"})}))], []
            elif rule.when.guard is not None and pattern is _ELSE:
                guard = rule.when.guard
                other: Condition = guard.part if isinstance(guard, Not) else Not(part=guard)
                when = rule.when.model_copy(update={"guard": other})
                found = [
                    (more, Rule(when=when, steps=done.steps)) for more, done in _doings(parts["tail"], rule, parse)
                ]
                if found:
                    yield [(cost, rule)], found


def _begins_anew(rule: Rule) -> bool:
    """Whether something is said to be done whenever a state begins, so that it can go on with that."""
    when = rule.when
    if when.mode != "each" or when.nth != 1 or when.delay or when.guard or when.until or len(rule.steps) > 1:
        return False
    return when.condition is not None and not when.condition.is_event and when.condition.kind not in ("clock", "period")


def _doings(tail: str, rule: Rule, parse: Parse) -> Iterator[tuple[float, Doing]]:
    things = {effect.thing for effect in rule.effects}
    put: Callable[[Ref], Ref] = lambda ref: next(iter(things)) if ref.pronoun and len(things) == 1 else ref  # noqa: E731
    for cost, doing in parse(tail).readings("effects"):
        if doing is not REJECT and not doing.steps[0].wait:
            steps: tuple[Step, ...] = with_refs(doing.steps, put)
            yield cost, Doing(steps)


def _takes_back(rule: Rule, tail: str, parse: Parse) -> bool:
    """Whether a tail says just what is done where that is no longer so which an effect goes on with."""
    undone: list[Any] = [effect.undone() for effect in rule.effects]
    if None in undone:
        return False
    if short := _OPPOSITE.fullmatch(tail):
        on = short["word"].lower() in ("on", "true")
        return short["word"].lower() == "not" or all(getattr(effect, "value", None) is on for effect in undone)
    for _, doing in _doings(tail, rule, parse):
        if len(doing.steps) == 1 and [plain_effect(e) for e in doing.steps[0].effects] == [
            plain_effect(e) for e in undone
        ]:
            return True
    return False


def _is_beyond(rule: Rule, side: str) -> bool:
    """Whether a rule's condition is one of more than something, for ``below that``, or of less."""
    op = getattr(rule.when.condition, "op", None)
    return op in ("above", "at_least") if side in _LESS else op in ("below", "at_most")


__all__ = ["or_else", "two_rules"]
