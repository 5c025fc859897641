"""English to rules: the one reading of a text that explains all its words, or a refusal that says what stands alone."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..scene_graph import SceneGraph
from . import conditions, effects
from .grammar import Grammar, Parser
from .lexer import Lattice, plain
from .model import Condition, Effect, Rule, Step, all_refs, canonical
from .modifiers import add_modifiers
from .phrasing import add_adverbs
from .pronouns import resolved
from .sentence import sentence
from .structure import add_structure
from .talk import VOID
from .vocabulary import Vocabulary

MARGIN = 0.05
"""Readings of which one costs less than the other by no more than this are equally good."""

_MARKS = " .!?,;:-"
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[^\s])")


@dataclass(frozen=True)
class Reading:
    """A rule's text and the rules that it says, by its words alone or as a model chose."""

    text: str
    rules: tuple[Rule, ...]
    way: Literal["words", "model"] = "words"

    @property
    def sentence(self) -> str:
        """The rules as they were understood, in one line."""
        return "; ".join(sentence(rule) for rule in self.rules)


@dataclass(frozen=True)
class Refusal:
    """Why a rule's text is not read: a reason, the words that nothing explains, and what can be said instead."""

    text: str
    reason: str
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    choices: tuple[Rule, ...] = ()
    """Readings of which any could be meant."""
    problem: bool = False
    """Whether it can be read and the scene or the rule itself stands against it."""

    def __str__(self) -> str:
        instead = f" What can be said: {'; '.join(self.nearest)}." if self.nearest else ""
        return f"rule '{self.text}' is not understood: {self.reason}.{instead}"


@cache
def grammar() -> Grammar:
    """The whole grammar."""
    found = Grammar()
    add_modifiers(found)
    add_adverbs(found)
    add_structure(found)
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        family.add(found)
    return found


@cache
def shared_words() -> frozenset[str]:
    """The words of phrases that all families share."""
    common = Grammar()
    add_modifiers(common)
    add_adverbs(common)
    add_structure(common)
    return frozenset(common.words)


@cache
def family_words() -> dict[str, frozenset[str]]:
    """The words of each family's phrases, by the name of its module, without those of all rules."""
    found = {}
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        own = Grammar()
        family.add(own)
        found[family.__name__] = own.words - shared_words() - VOID
    return found


def read(text: str, scene: SceneGraph | Vocabulary) -> Reading | Refusal:
    """What a text says, which may be several sentences."""
    vocabulary = scene if isinstance(scene, Vocabulary) else Vocabulary(scene)
    whole = _one(text, vocabulary)
    sentences = _SENTENCES.split(text.strip())
    if isinstance(whole, Reading) or len(sentences) == 1:
        return whole
    parts = [read(part, vocabulary) for part in sentences if plain(part, vocabulary).strip(_MARKS)] or [whole]
    for part in parts:
        if isinstance(part, Refusal):
            return Refusal(
                text,
                part.reason if part.reason not in whole.reason else whole.reason,
                part.words,
                part.nearest,
                part.choices,
            )
    return Reading(text, tuple(rule for part in parts if isinstance(part, Reading) for rule in part.rules))


def _one(text: str, vocabulary: Vocabulary) -> Reading | Refusal:
    told = plain(text, vocabulary)
    if not told.strip(_MARKS):
        return Refusal(text, "it is empty", nearest=_nearest("", vocabulary))
    parser = Parser(grammar(), Lattice(told, vocabulary))
    found = [(cost, rule) for cost, rule in parser.readings("rule") if isinstance(rule, Rule)]
    if not found:
        return _unexplained(text, told, parser, vocabulary)
    possible: list[tuple[float, Rule]] = []
    problems: list[str] = []
    for cost, rule in found:
        for one, doubt in resolved(rule, vocabulary):
            one = one if doubt else _settled(one, vocabulary)
            problem = doubt or problem_of(one, vocabulary)
            if problem is None:
                possible.append((cost, one.settled(vocabulary)))
            else:
                problems.append(problem)
    if not possible:
        return Refusal(text, problems[0], problem=True)
    return _meant(text, possible)


def _settled(rule: Rule, vocabulary: Vocabulary) -> Rule:
    parts = {name: getattr(rule.when, name) for name in ("condition", "guard", "until")}
    settled = {name: part.settled(vocabulary) for name, part in parts.items() if part is not None}
    return rule.model_copy(update={"when": rule.when.model_copy(update=settled)})


def problem_of(rule: Rule, vocabulary: Vocabulary) -> str | None:
    """Why a rule cannot be kept in a scene."""
    when = rule.when
    for condition in (when.condition, when.guard, when.until):
        if condition is not None and (problem := _vague(condition) or condition.problem(vocabulary)):
            return problem
    for effect in rule.effects:
        if effect.thing.which in ("any", "none") and len(effect.thing.names) > 1 and not effect.thing.pronoun:
            return f"it is not clear which of {effect.thing} is meant; say 'all' or name them"
        for name in effect.thing.names or ("",):
            if problem := effect.problem(vocabulary, name):
                return problem
        vocabulary = effect.after(vocabulary)
        if when.mode == "while" and not effect.continuous and effect.undone() is None:
            return f"'{effect.sentence()}' happens once and cannot go on as long as something is so; say 'when' or 'whenever'"
        if when.until is not None and effect.undone() is None:
            return f"'{effect.sentence()}' happens once, so that there is nothing to end with 'until'"
    return next(filter(None, map(_at_odds, rule.steps)), None)


def _vague(condition: Condition) -> str | None:
    """A bare plural in something that happens: all of them or any?"""
    if condition.is_event:
        for ref in all_refs(condition):
            if ref.said.startswith("the ") and len(ref.names) > 1:
                return f"it is not clear whether all of '{ref}' are meant or any of them; say 'all' or 'any'"
    return None


def _at_odds(step: Step) -> str | None:
    """Two effects of one moment that cannot be done to the same thing at once."""
    for one, other in itertools.combinations(step.effects, 2):
        for name in set(one.thing.names) & set(other.thing.names):
            if one.claims(name) == other.claims(name) or one.contradicts(other):
                return f"'{one.sentence()}' and '{other.sentence()}' cannot be done at once; say which comes first"
    return None


def _meant(text: str, possible: Sequence[tuple[float, Rule]]) -> Reading | Refusal:
    """The cheapest reading, unless another that means something else is as good."""
    best = min(cost for cost, _ in possible)
    rules: dict[str, Rule] = {}
    for cost, rule in possible:
        if cost <= best + MARGIN:
            rules.setdefault(meaning(rule), rule)
    if len(rules) == 1:
        return Reading(text, tuple(rules.values()))
    told = [f"'{sentence(rule)}'" for rule in rules.values()]
    reason = f"it can mean {' or '.join(told[:3])}; say which"
    return Refusal(text, reason, choices=tuple(rules.values()))


def meaning(rule: Rule) -> str:
    """A text that is the same for rules that mean the same."""
    found: Rule = canonical(rule)
    return found.model_dump_json(serialize_as_any=True)


def _unexplained(text: str, told: str, parser: Parser, vocabulary: Vocabulary) -> Refusal:
    known = parser.grammar.words | VOID
    explained = _explained(told, parser)
    words = [w for start, w in _words(told) if not explained(start) and w.lower() not in known]
    if words:
        named = ", ".join(f"'{w}'" for w in dict.fromkeys(words))
        return Refusal(text, f"nothing is known of {named}", tuple(dict.fromkeys(words)), _nearest(told, vocabulary))
    if re.match(r"(?:please )?(?:do not|never|no)\b", told, re.IGNORECASE):
        return Refusal(text, "a rule says what is done, not what is not done", nearest=_nearest(told, vocabulary))
    rest = told[parser.furthest :].strip() or told
    return Refusal(
        text, f"these words do not make a rule, from '{rest[:60]}' on", tuple(rest.split()), _nearest(told, vocabulary)
    )


def _words(told: str) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in re.finditer(r"[^\W_]+(?:[.'-][^\W_]+)*", told)]


def _explained(told: str, parser: Parser):  # type: ignore[no-untyped-def]
    """Whether a place lies within a name or a quantity."""
    spans = [
        (start, end)
        for start in range(len(told))
        for end, token in parser.lattice.edges(start)
        if token.kind not in ("word", "spelled")
    ]
    return lambda place: any(start <= place < end for start, end in spans)


EXAMPLES = (
    "When Ball touches Plate, open Door",
    "2 s after Ball touches Plate, close Door over 3 s",
)


def _nearest(told: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Examples of rules that share words with a text."""
    words = set(told.lower().split())
    ranked: Iterable[str] = sorted(
        EXAMPLES, key=lambda e: (-len(words & set(e.lower().split())), -difflib.SequenceMatcher(None, e, told).ratio())
    )
    return tuple(ranked)[:2]
