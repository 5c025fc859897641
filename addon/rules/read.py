"""English to rules: the one reading of a text that explains all its words, or a refusal that says what stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from typing import Literal

from ..scene_graph import SceneGraph
from . import conditions, effects
from .claims import Claim, adds
from .colours import NAMED
from .conditions.time import Clock
from .effects.later import NOT_YET
from .fragments import assembled
from .grammar import Grammar, Parser
from .lexer import Lattice, plain
from .model import Rule, canonical
from .modifiers import add_modifiers
from .odds import is_at_odds, is_lost
from .phrasing import add_adverbs
from .present import at_present
from .problems import problem_of
from .pronouns import resolved
from .remarks import Rest, is_aside, without_remarks
from .restored import restored
from .retold import retold
from .sentence import sentence
from .several import or_else, two_rules
from .structure import add_structure
from .talk import VOID
from .topics import in_one_sentence, on_topic
from .units import Quantity
from .vocabulary import Vocabulary, like

MARGIN = 0.05
"""Readings of which one costs less than the other by no more than this are equally good."""

_FORBIDS = re.compile(
    r"(?:^|[,;:.!]|->|\b(?:then|and|but|please|also|just))\s*(?:please |just |also )?(?:do not|never|no)\b"
    r"|\b(?:must|should|shall|may|can|will|ought) (?:not|never)\b|\b(?:is|are) not to\b"
    r"|\bfrom (?:ever )?(?:being |getting )?[a-z]+ing\b",
    re.IGNORECASE,
)
"""Words that forbid something, where nothing else explains them."""

_HINDERS = re.compile(
    r"\b(?:stop|keep|prevent|hinder|hold|block|inhibit)(?:p?s|p?ed|p?ing)?\b[^,;.]*\bfrom (?:ever )?(?:being |getting )?[a-z]+ing\b",
    re.IGNORECASE,
)
"""Words that forbid something, whatever else they could mean."""

NO_TIME = "it does not say when; say it with 'At the start' or with 'When …' before it"
UNCOUNTED = "it is not clear what the time is counted from; say 'after the start' or name it"
NOT_DONE = "a rule says what is done, not what is not done"
"""Why what forbids something is refused."""

_NOT_UNTIL = re.compile(r"^(?!.*\b(?:if|when)\b).*\bnot\b.*\b(?:until|till)\b", re.IGNORECASE)
"""What is not done until something happens."""

_TIMED = re.compile(
    r"\b(?:when|whenever|if|unless|once|as|so long as|after|before|during|every|each|while|until|till|at|start|begin\w*|first|then|from)\b|[:;]|=>|->|→|[.!?]\s",
    re.IGNORECASE,
)
"""What could tell when something is done."""

_WAITS = re.compile(
    r"[.;!] *(?:and |then |now )*(?:give|wait|hold|hang|allow|pause|another|a further)\b"
    r"(?!.*\b(?:after|from|into|since|of) (?:the )?(?:start|run|beginning)\b)",
    re.IGNORECASE,
)
"""A sentence that begins so goes on with the one before it."""

_LEADS_ON = re.compile(r"(?:(?:and|then|now|so|another|a further|just|after)\b\s*|\+\s*)*", re.IGNORECASE)
_OF_RUN = re.compile(
    r"\b(?:start(?:ed|s)?|run|running|beginning|begins?|began|outset|simulation|clock)\b", re.IGNORECASE
)

LONGEST = 1500
"""Characters of a rule at most."""

SHOWN = 300
"""Characters of a rule that a refusal quotes at most."""

MOST_NAMED = 8
"""Words that a refusal names at most."""

_MARKS = " .!?,;:-"
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[^\s])")


@dataclass(frozen=True)
class Reading:
    """A rule's text and the rules that it says, by its words alone or as a model chose."""

    text: str
    rules: tuple[Rule, ...]
    way: Literal["words", "model"] = "words"
    asides: tuple[str, ...] = ()
    """Remarks in the text that say nothing about the scene and were left out."""

    @property
    def told(self) -> str:
        """The rules as they were understood, in one line."""
        return "; ".join(sentence(rule) for rule in self.rules)

    @property
    def sentence(self) -> str:
        """The same, and what was left out."""
        left_out = ", ".join(f"'{aside}'" for aside in self.asides)
        return f"{self.told} (left out: {left_out})" if left_out else self.told


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
        shown = self.text if len(self.text) <= SHOWN else self.text[:SHOWN] + "…"
        return f"rule '{shown}' is not understood: {self.reason}.{instead}"


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
    add_structure(common, telling=False)
    return frozenset(common.words)


@cache
def family_words() -> dict[str, frozenset[str]]:
    """The words of each family's phrases, by the name of its module, without those of all rules."""
    found = {}
    for family in (*conditions.FAMILIES, *effects.FAMILIES):
        own = Grammar()
        family.add(own)
        found[family.__name__] = frozenset(own.words - shared_words() - VOID)
    return found


def read(text: str, scene: SceneGraph | Vocabulary) -> Reading | Refusal:
    """What a text says, which may be several sentences."""
    vocabulary = scene if isinstance(scene, Vocabulary) else Vocabulary(scene)
    if len(text) > LONGEST:
        return Refusal(text, f"it is longer than {LONGEST} characters; say it in several rules", problem=True)
    try:
        found = _read(text, vocabulary)
    except RecursionError:
        return Refusal(text, "too much in it lies within other parts; say it in several rules", problem=True)
    if isinstance(found, Refusal):
        found = replace(found, nearest=_sayable(found.nearest, vocabulary))
    if isinstance(found, Reading) and _WAITS.search(text) and any(map(_is_of_run, found.rules[1:])):
        return Refusal(text, UNCOUNTED)
    is_open = isinstance(found, Refusal) and not found.choices and not (found.problem and NOT_YET not in found.reason)
    if is_open and _is_order(text, vocabulary):
        return Refusal(text, NO_TIME, nearest=(f"At the start, {text.strip()}",), problem=True)
    return found


def _sayable(suggested: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The first of some suggestions that the scene allows."""
    from .suggest import MOST

    fit = (
        said
        for said in suggested
        if (rules := _rules(Parser(grammar(), Lattice(plain(said, vocabulary), vocabulary))))
        and isinstance(_possible(said, rules, vocabulary), Reading)
    )
    return tuple(islice(fit, MOST))


def _is_order(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text says what is done, and nothing of when."""
    said = _one(f"At the start, {text.strip()}", vocabulary)
    return isinstance(said, Reading) and len(said.rules) == 1 and not _TIMED.search(text)


def _read(text: str, vocabulary: Vocabulary) -> Reading | Refusal:
    whole = _one(text, vocabulary)
    if isinstance(whole, Reading):
        return whole
    sentences = _SENTENCES.split(text.strip())
    found = _sentences(text, sentences, whole, vocabulary) if len(sentences) > 1 else whole
    asking = re.split(r"(?<=[.!;])\s+(?=[^\s])", text.strip())
    if isinstance(found, Refusal) and 1 < len(asking) < len(sentences):
        # 'Level at 0.5? Lamp on.' is one rule after others.
        again = _sentences(text, asking, whole, vocabulary)
        found = again if isinstance(again, Reading) else found
    if isinstance(found, Reading) or whole.choices:
        return found
    if whole.problem:
        return (_several(text, vocabulary) if whole.reason.startswith("it is not clear what") else None) or found
    return _several(text, vocabulary) or _from_parts(text, vocabulary) or found


def _several(text: str, vocabulary: Vocabulary) -> Reading | None:
    """What a text says as two whole rules, or as what is done if something is so and what otherwise."""

    def parse(part: str) -> Parser:
        return Parser(grammar(), Lattice(part, vocabulary))

    for ways in (or_else, two_rules):
        for found in ways(text, vocabulary, parse):
            parts = [_possible(text, one, vocabulary) for one in found if one]
            if all(isinstance(part, Reading) for part in parts):
                return Reading(text, tuple(rule for part in parts if isinstance(part, Reading) for rule in part.rules))
    return None


def _sentences(text: str, sentences: list[str], whole: Refusal, vocabulary: Vocabulary) -> Reading | Refusal:
    """What the sentences of a text say, each for itself."""
    asides = tuple(
        part.strip() for part in sentences if is_aside(plain(part, vocabulary, with_asides=True), vocabulary)
    )
    sentences = [part for part in sentences if part.strip() not in asides and plain(part, vocabulary).strip(_MARKS)]
    if len(sentences) > 1 and any(_NOT_UNTIL.search(plain(part, vocabulary)) for part in sentences):
        # It could limit the other sentences instead of being a rule of its own.
        return whole
    parts = [_read(part, vocabulary) for part in sentences] or [whole]
    for part in parts:
        if isinstance(part, Refusal):
            return Refusal(
                text,
                part.reason if part.reason not in whole.reason else whole.reason,
                part.words,
                part.nearest,
                part.choices,
            )
    read_parts = [part for part in parts if isinstance(part, Reading)]
    if any(_goes_on(one, other, vocabulary) for one, other in pairwise(read_parts)):
        return Refusal(text, UNCOUNTED, problem=True)
    asides += tuple(aside for part in read_parts for aside in part.asides)
    return Reading(text, tuple(rule for part in read_parts for rule in part.rules), asides=asides)


def _goes_on(before: Reading, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether a sentence begins with a time that can be counted from the one before: ``2 s, then close it``.

    ``1 s: open it; 3 s: close it`` is a table of moments.
    """
    told = plain(reading.text, vocabulary)
    if not isinstance(reading.rules[0].when.condition, Clock) or _OF_RUN.search(told):
        return False
    lattice, lead = Lattice(told, vocabulary), _LEADS_ON.match(told)
    start = lead.end() if lead else 0
    times = [q for _, token in lattice.edges(start) if isinstance(q := token.value, Quantity) and q.dimension == "time"]
    last = before.rules[-1].when
    if last.condition is None and not last.delay:
        return False  # the run's start either way
    in_table = told[:start].strip().lower() in ("", "after") and isinstance(last.condition, Clock)
    return bool(times) and not (in_table and not re.search(r"\bthen\b", told))


def _is_of_run(rule: Rule) -> bool:
    return isinstance(rule.when.condition, Clock) or rule.when.condition is None


def released(found: Iterable[Reading | Refusal], vocabulary: Vocabulary) -> Vocabulary:
    """The scene as rules can count on it: with what any of the readings lets go or holds; itself if that is nothing."""
    changed = vocabulary
    for one in found:
        for rule in one.rules if isinstance(one, Reading) else ():
            for effect in rule.effects:
                changed = effect.after(changed)
    return changed


def _one(text: str, vocabulary: Vocabulary) -> Reading | Refusal:
    told = plain(text, vocabulary)
    if not told.strip(_MARKS):
        return Refusal(text, "it is empty", nearest=_nearest("", vocabulary))
    if _HINDERS.search(told):
        return Refusal(text, NOT_DONE, nearest=_nearest(told, vocabulary), problem=True)
    parser = Parser(grammar(), Lattice(told, vocabulary))
    if found := _rules(parser):
        return _possible(text, found, vocabulary)
    return _in_other_words(text, told, vocabulary) or _unexplained(text, told, parser, vocabulary)


def _in_other_words(text: str, told: str, vocabulary: Vocabulary) -> Reading | None:
    """The reading of a text without its remarks, with its claims kept and with what it is about put in its place."""
    for rest in without_remarks(plain(text, vocabulary, with_asides=True), vocabulary):
        for one in _retold(plain(rest.text, vocabulary), told, vocabulary):
            found = _claimed(_rules(Parser(grammar(), Lattice(one, vocabulary))), rest.claims)
            if found and isinstance(reading := _possible(text, found, vocabulary), Reading):
                return replace(reading, asides=rest.asides)
    return None


def _from_parts(text: str, vocabulary: Vocabulary) -> Reading | Refusal | None:
    """What the parts of a text say together, with what is known of nothing left out; None if they say nothing."""
    told = plain(text, vocabulary)
    whole = Rest(told)
    for rest in (whole, *without_remarks(plain(text, vocabulary, with_asides=True), vocabulary)):
        one = plain(rest.text, vocabulary)
        for rules in assembled(Parser(grammar(), Lattice(one, vocabulary))) if rest is whole or one != told else ():
            if _settles(found := _possible(text, _claimed(rules, rest.claims), vocabulary)):
                return replace(found, asides=rest.asides) if isinstance(found, Reading) else found
    return None


def _settles(found: Reading | Refusal) -> bool:
    return isinstance(found, Reading) or bool(found.choices)


def _retold(rest: str, told: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Other ways to say what is left of a text."""
    if rest != told:
        yield rest
    yield from (other for other in retold(rest, vocabulary) if other != rest)
    if (whole := in_one_sentence(rest)) != rest:
        yield whole
    yield from dict.fromkeys(on_topic(whole, vocabulary, grammar))
    yield from restored(whole)


def _claimed(found: list[tuple[float, Rule]], claims: Iterable[Claim]) -> list[tuple[float, Rule]]:
    """The rules of which all claims hold."""
    for claim in sorted(claims, key=adds, reverse=True):
        found = [(cost, kept) for cost, rule in found if (kept := claim(rule)) is not None]
    return found


def _rules(parser: Parser) -> list[tuple[float, Rule]]:
    return [(cost, rule) for cost, rule in parser.readings("rule") if isinstance(rule, Rule)]


def possible(rule: Rule, vocabulary: Vocabulary) -> Reading | Refusal:
    """A rule that was put together otherwise than by reading, as the scene allows it; its text is empty."""
    return _possible("", [(0.0, rule)], vocabulary)


def _possible(text: str, found: Iterable[tuple[float, Rule]], vocabulary: Vocabulary) -> Reading | Refusal:
    """What is meant by what was found, as far as the scene allows it."""
    possible: list[tuple[float, Rule]] = []
    problems: list[str] = []
    for cost, rule in found:
        for one, doubt in resolved(rule, vocabulary) if not is_at_odds(text, rule) else ():
            one = one if doubt else _settled(at_present(text, one), vocabulary)
            problem = doubt or problem_of(one, vocabulary, text)
            if problem is not None:
                problems.append(problem)
            elif not is_lost(text, settled := one.settled(vocabulary)):
                possible.append((cost, settled))
    if not possible:
        return Refusal(
            text, problems[0] if problems else "what it says of the whole does not go with the rest", problem=True
        )
    return _meant(text, possible)


def _settled(rule: Rule, vocabulary: Vocabulary) -> Rule:
    parts = {name: getattr(rule.when, name) for name in ("condition", "guard", "until")}
    settled = {name: part.settled(vocabulary) for name, part in parts.items() if part is not None}
    steps = tuple(step.model_copy(update={"effects": tuple(dict.fromkeys(step.effects))}) for step in rule.steps)
    return rule.model_copy(update={"when": rule.when.model_copy(update=settled), "steps": steps})


def _meant(text: str, possible: Sequence[tuple[float, Rule]]) -> Reading | Refusal:
    """The cheapest reading, unless another that means something else is as good; what is told alike is one."""
    ordered = sorted(possible, key=lambda one: one[0])
    rules: dict[str, Rule] = {}
    for cost, rule in ordered:
        if cost <= ordered[0][0] + MARGIN:
            rules.setdefault(meaning(rule), rule)
    told: dict[str, Rule] = {}
    for rule in rules.values():
        told.setdefault(f"'{sentence(rule)}'", rule)
    if len(told) == 1:
        return Reading(text, tuple(told.values()))
    reason = f"it can mean {' or '.join(list(told)[:3])}; say which"
    return Refusal(text, reason, choices=tuple(told.values()))


def meaning(rule: Rule) -> str:
    """A text that is the same for rules that mean the same."""
    found: Rule = canonical(rule)
    return found.model_dump_json(serialize_as_any=True)


def _unexplained(text: str, told: str, parser: Parser, vocabulary: Vocabulary) -> Refusal:
    known = parser.grammar.words | VOID | set(NAMED)
    explained = _explained(told, parser)
    words = [w for start, w in _words(told) if not explained(start) and w.lower() not in known]
    if words:
        named = ", ".join(f"'{w}'" for w in list(dict.fromkeys(words))[:MOST_NAMED])
        near = [name for word in words[:MOST_NAMED] if (name := like(word, vocabulary))]
        meant = f"; is {' and '.join(dict.fromkeys(near))} meant?" if near else ""
        return Refusal(
            text, f"nothing is known of {named}{meant}", tuple(dict.fromkeys(words)), _nearest(told, vocabulary)
        )
    if _FORBIDS.search(told):
        return Refusal(text, NOT_DONE, nearest=_nearest(told, vocabulary))
    rest = told[parser.furthest :].strip() or told
    return Refusal(
        text, f"these words do not make a rule, from '{rest[:60]}' on", tuple(rest.split()), _nearest(told, vocabulary)
    )


def _words(told: str) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in re.finditer(r"[^\W_]+(?:[.'-][^\W_]+)*", told)]


def _explained(told: str, parser: Parser) -> Callable[[int], bool]:
    """Whether a place lies within a name or a quantity."""
    spans = [
        (start, end)
        for start in range(len(told))
        for end, token in parser.lattice.edges(start)
        if token.kind not in ("word", "spelled")
    ]
    return lambda place: any(start <= place < end for start, end in spans)


def _nearest(told: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What can be said instead."""
    # Suggestions are made of readings of the families' examples.
    from .suggest import suggestions

    return suggestions(told, vocabulary)
