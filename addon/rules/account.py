"""Whether a reading accounts for what a text says: its names, numbers, directions and the words that change a meaning.

A model may say in plain words what somebody meant, but it may leave nothing out and put nothing in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from . import conditions, effects
from .amounts import numbers, times
from .conditions.logic import And, InOrder, Not
from .cues import (
    AGAIN,
    ALIKE,
    ANY_ORDER,
    AS_ALWAYS,
    AS_LISTED,
    AT_TIME,
    BACKWARDS,
    CUES,
    DENIED,
    EACH,
    EASED,
    EVERY,
    IN_ORDER,
    LACK,
    LEFT_RIGHT,
    LET_GO,
    MAYBE,
    NEXT,
    NO_DENIAL,
    NOT,
    NOT_AT_ONCE,
    NOT_FIRST,
    NUMBERED,
    OF_TWO,
    ONE_OF_TWO,
    ONLY_ONE,
    OPINIONS,
    OR,
    OR_MORE,
    ORDER,
    SAYS_NOTHING,
    TO_RIGHT,
    TURNS,
    UNSAID,
    UNTIL,
    WAITING,
    WAYS_SAID,
    WHILE,
)
from .implied import is_part
from .lexer import Lattice, Token, plain
from .mentions import ORDINAL_FIGURES, best_token
from .model import Condition, Effect, Rule, all_refs
from .naming import is_name, language, names, refs_of
from .odds import is_at_odds, is_lost
from .read import NO_TIME, Reading, Refusal, family_words, read, shared_words
from .reference import Ref
from .remarks import Rest, without_remarks
from .talk import TALK, VOID
from .templates import templates
from .units import NUMBER_WORDS, ORDINALS
from .vocabulary import Vocabulary, singular

KIN = (
    frozenset(["touch", "impact"]),
    frozenset(["comparing", "properties", "speed", "position", "near", "attitude"]),
    frozenset(["glide", "place"]),
    frozenset(["lighting", "switching", "toggling"]),
)
"""Families whose words can stand for each other."""

SENTENCE_END = re.compile(r"(?<=\w)[.;!?]+\s+")

AT_ONCE = re.compile(r",? *\b(?:right away|straight away|at once|immediately|instantly|now)\b", re.IGNORECASE)

MOST_UNKNOWN = 3
"""Unknown words at most of which a model that is not quite sure may say the meaning."""

LIKELY, SURE = 0.6, 0.8
"""Certainty from which on a reading is taken: if each word is accounted for, and if each is but those that nothing knows
and the names of things."""


def accounted(reading: Reading, vocabulary: Vocabulary, certainty: float = LIKELY) -> Reading | str:
    """The reading with the remarks of its text that it leaves out; or what else it leaves out or makes up.

    ``certainty`` is how sure its teller is of it, from 0 to 1.
    """
    if certainty < LIKELY:
        return f"that is certain to {certainty:.0%} only"
    delayed = re.search(r"\d s (?:after|later)\b", reading.told)
    text = NUMBERED.sub(" ", NOT_AT_ONCE.sub(r" \1 ", reading.text) if delayed else reading.text)
    if re.search(r"for the \d+\w\w time", reading.told):
        text = NOT_FIRST.sub(" ", text)
    rests = list(_rests(text, vocabulary))
    if not all(claim(rule) == rule for rest in rests for claim in rest.claims for rule in reading.rules):
        return "what is said of the whole rule does not hold of it"
    if any(is_at_odds(reading.text, rule) or is_lost(reading.text, rule) for rule in reading.rules):
        return "its parts do not go together so"
    if (part := _unsaid_part(reading, vocabulary)) is not None:
        return f"it says nothing of '{part}'"
    missing = ""
    for may_be_told in (False, True):
        for rest in rests:
            problem = _missing(plain(rest.text, vocabulary), reading, vocabulary, may_be_told, certainty)
            if problem is None:
                return replace(reading, asides=rest.asides)
            missing = missing or problem
    return missing


def _unsaid_part(reading: Reading, vocabulary: Vocabulary) -> str | None:
    """A sentence of its text that words alone read, as it is or of the start, as something that the reading does not
    do."""
    parts = [part.strip() for part in SENTENCE_END.split(reading.text) if part.strip()]
    done = {_done(effect) for rule in reading.rules for effect in rule.effects}
    for part in parts if len(parts) > 1 else ():
        found = read(part, vocabulary)
        if isinstance(found, Refusal) and (not found.problem or found.reason == NO_TIME):
            found = read(f"At the start, {AT_ONCE.sub('', part)}", vocabulary)
        if isinstance(found, Reading) and not {_done(e) for rule in found.rules for e in rule.effects} <= done:
            return part
    return None


def _done(effect: Effect) -> tuple[str, tuple[str, ...]]:
    return effect.kind, effect.thing.names


def _rests(text: str, vocabulary: Vocabulary) -> Iterator[Rest]:
    """A text as it is, and without its remarks."""
    yield Rest(text)
    yield from without_remarks(plain(text, vocabulary, with_asides=True), vocabulary)


def _missing(text: str, reading: Reading, vocabulary: Vocabulary, may_be_told: bool, certainty: float) -> str | None:
    """What is left out or made up; ``may_be_told``: unknown words can be what the model says for them."""
    text, said = OF_TWO.sub(" ", MAYBE.sub("or", text)), reading.told
    if "but not both" in said:
        text = ONE_OF_TWO.sub("just one", text)
    tokens = list(_tokens(text, vocabulary))
    words = _plain_words([token for _, token in tokens])
    return (
        names(tokens, text, reading, words, vocabulary, certainty >= SURE)
        or numbers(tokens, list(_tokens(said, vocabulary)), text, said)
        or times(tokens, reading.rules, words)
        or _twice(reading.rules)
        or _logic(text.lower(), said, reading.rules, certainty >= SURE)
        or _order(tokens, text.lower(), reading.rules)
        or _ways([token.value for _, token in tokens if token.kind == "vector"], text.lower(), said)
        or _words(words, text, said, may_be_told, certainty >= SURE)
    )


def _twice(rules: tuple[Rule, ...]) -> str | None:
    """What is set to the same value in two steps, which nobody would say."""
    for rule in rules:
        done = Counter(effect.sentence() for effect in rule.effects if " becomes " in effect.sentence())
        if done and done.most_common(1)[0][1] > 1:
            return f"'{done.most_common(1)[0][0]}' is said once only"
    return None


def is_sayable(text: str, vocabulary: Vocabulary) -> bool:
    """Whether plain sentences could say a text: it is English, and most of its words are known."""
    return any(_is_sayable(plain(rest.text, vocabulary), vocabulary) for rest in _rests(text, vocabulary))


def _is_sayable(text: str, vocabulary: Vocabulary) -> bool:
    words = _plain_words([token for _, token in _tokens(text, vocabulary)])
    unknown = _unknown(text, vocabulary)
    is_english = all(word.isascii() for word in unknown) and len(unknown) <= len(words - unknown)
    return bool(words) and is_english and not any(map(_is_manner, unknown))


def _unknown(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    known = _known() | language()
    words = _plain_words([token for _, token in _tokens(text, vocabulary)])
    return frozenset(word for word in words if word.isalpha() and word not in known)


def _is_manner(word: str) -> bool:
    """Whether an unknown word tells how something is done, which a sentence would have to tell too."""
    return word.endswith("ly")


def _plain_words(tokens: list[Token]) -> set[str]:
    """The words of a text without what it thinks of the things that it names."""
    found: set[str] = set()
    is_name = False
    for token in reversed(tokens):
        is_opinion = is_name and token.value in OPINIONS
        is_name = isinstance(token.value, Ref) or is_opinion
        if token.kind == "word" and not is_opinion:
            found.add(str(token.value))
    return found


def _tokens(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, Token]]:
    """What a reader without grammar sees, with its places."""
    lattice = Lattice(ORDINAL_FIGURES.sub(" ", text), vocabulary)
    place = 0
    while place < len(lattice.text):
        end, token = best_token(lattice, place)
        if token is not None:
            yield place, token
        place = max(end, place + 1)


def _logic(text: str, said: str, rules: tuple[Rule, ...], is_sure: bool) -> str | None:
    """Words that turn a meaning round or limit it."""
    told = NO_DENIAL.sub(" ", text)
    unwaited = WAITING.sub(" ", told)
    denies, denied = bool(NOT.search(told)), bool(DENIED.search(said))
    if denies and not denied and not LACK.search(said):
        return "it does not say what must not be"
    if denied and not NOT.search(text) and not ("but not both" in said and ONLY_ONE.search(text)):
        return "nothing is denied"
    checks = (
        (_is_each(text, said, rules), bool(EVERY.search(said)), "how often it happens is not the same"),
        (UNTIL.search(unwaited), bool(re.search(r" until |released| first ", said)), "it does not say until when"),
        (ONLY_ONE.search(text), "but not both" in said, "it does not say that only one may be"),
        (EASED.search(text), "smoothly" in said, "it does not say how it begins and ends"),
        (
            WHILE.search(text),
            bool(
                re.search(r"as long as|every [\d.]+ s, if|keeps|stays|is held|^[^→]* and |^[^→]* for [\d.]+ s\b", said)
            )
            or _is_let_go(text, said),
            "it does not say how long",
        ),
    )
    for wants, has, problem in checks:
        if wants and not has:
            return problem
    if AT_TIME.search(text) and not re.search(r"after the start|\bevery\b", said):
        return "a time of the run is not said"
    modes = {rule.when.mode for rule in rules}
    if "each" in modes and not (EACH.search(text) or AGAIN.search(text)):
        return "it is not said that it happens each time"
    if "while" in modes and not WHILE.search(text):
        return "it is not said that it goes on as long as something is so"
    for clause, cue in CUES.items() if not is_sure else ():
        if re.search(clause, said) and not re.search(cue, text):
            found = re.search(clause, said)
            return f"no word stands for '{found[0] if found else clause}'"
    return _joints(text, said)


def _is_each(text: str, said: str, rules: tuple[Rule, ...]) -> bool:
    """Whether something is to happen each time; ``every`` can be said of several things or of a motion's turns instead."""
    many = any(len(rule.effects) > 1 or any(len(ref.names) > 1 for ref in refs_of(rule)) for rule in rules)
    text = TURNS.sub(" ", text) if re.search(r"once in|either way|/s\b|\bblinks? every\b", said) else text
    return any(not (many and match[0] == "every") for match in EACH.finditer(AS_ALWAYS.sub(" ", text)))


def _is_let_go(text: str, said: str) -> bool:
    """Whether what is kept or stays is let go in the end."""
    lasting = {match[0][:4] for match in WHILE.finditer(text)}
    return "released" in said and lasting <= {"keep", "stay"} and LET_GO.search(text) is not None


def _joints(text: str, said: str) -> str | None:
    trigger, text = said.partition(" → ")[0], OR_MORE.sub(" ", text)
    if " or " in trigger and not OR.search(text):
        return "'or' is not said"
    if re.search(r"\bor\b(?! so\b)", text) and not re.search(r"\bor\b|\bany\b", said):
        return "it says nothing of 'or'"
    if " and then " in trigger and not ORDER.search(text):
        return "no order is said"
    return None


def _order(tokens: list[tuple[int, Token]], text: str, rules: tuple[Rule, ...]) -> str | None:
    """Whether two things that are waited for have the order that the text says, or none if it says none."""
    if ANY_ORDER.search(text):
        return None
    places: dict[str, int] = {}
    for place, token in tokens:
        if isinstance(token.value, Ref):
            for name in token.value.names:
                places.setdefault(name, place)
    for rule in rules:
        condition = rule.when.condition
        parts = condition.inner() if isinstance(condition, And | InOrder) else ()
        if len(parts) != 2 or any(isinstance(part, Not) for part in parts):
            continue
        one, two = (min((places.get(n, 0) for ref in all_refs(part) for n in ref.names), default=0) for part in parts)
        if isinstance(condition, InOrder) and one > two and (AS_LISTED.search(text) or not BACKWARDS.search(text)):
            return "the order is another"
        between = text[min(one, two) : max(one, two)]
        if isinstance(condition, And) and (IN_ORDER.search(text) or NEXT.search(between)):
            return "the order is not said"
    return None


def _ways(vectors: list[tuple[float, ...]], text: str, said: str) -> str | None:
    """Directions of the sentence that no word, vector or sign of the text has."""
    for way, (axis, sign, cue) in WAYS_SAID.items():
        if re.search(rf"\b{way}\b", said) and not re.search(cue, text):
            signs = [vector[axis] * sign > 0 for vector in vectors if vector[axis]]
            along = re.search(
                rf"\+ ?{'xyz'[axis]}|\b{'xyz'[axis]}\b" if sign > 0 else rf"(?:[-−] ?|minus ){'xyz'[axis]}|-\d", text
            )
            if not (any(signs) if vectors else along):
                return f"'{way}' is not said"
    return None


def _words(words: set[str], text: str, said: str, may_be_told: bool, is_sure: bool) -> str | None:
    """Words of the text that neither the families of the sentence nor talk have, and directions."""
    own = _own(said)
    plainly = frozenset(re.findall(r"[^\W\d_]+", said.lower()))
    for word in sorted(words):
        is_way = word in LEFT_RIGHT and (word != "right" or TO_RIGHT.search(text))
        if (
            is_way
            and "(" not in said
            and not _is_said(word, said)
            and word not in plainly
            and not any(re.search(rf"{re.escape(w)}\b", said) for w in LEFT_RIGHT[word])
        ):
            return f"it says nothing of '{word}'"
    known = own | plainly | _known()
    named = {singular(word) for word in plainly}
    strange = [
        word
        for word in words - known
        if word.isalpha() and not is_part(singular(word), named) and not _is_said(word, said)
    ]
    if is_sure:
        strange = [word for word in strange if not _may_be_told(word)]
    if may_be_told and len(strange) <= MOST_UNKNOWN and all(map(_may_be_told, strange)):
        return None
    return f"it says nothing of {', '.join(repr(word) for word in sorted(strange))}" if strange else None


def _is_said(word: str, said: str) -> bool:
    """Whether a plain sentence has another word or another form for it."""
    return word in ALIKE and bool(re.search(ALIKE[word], said))


def _may_be_told(word: str) -> bool:
    """Whether a word has no meaning of its own here, so that a model may say what it means."""
    return word not in UNSAID and language().isdisjoint((word, singular(word))) and not _is_manner(word)


@cache
def _own(said: str) -> frozenset[str]:
    """The words of the families of a sentence."""
    found = [t for t in (*templates()[0], *templates()[1]) if t.says(said)]
    return frozenset().union(*(_words_of(type(t.example)) | t.words for t in found))


@cache
def _words_of(kind: type[Condition] | type[Effect]) -> frozenset[str]:
    """The words of the families that have ways to say a kind."""
    families = {f.__name__ for f in (*conditions.FAMILIES, *effects.FAMILIES) if kind in vars(f).values()}
    kin = {f for f in family_words() for some in KIN if f.rpartition(".")[2] in some and families & _named(some)}
    return frozenset().union(*(family_words()[f] for f in families | kin))


def _named(some: frozenset[str]) -> set[str]:
    return {family for family in family_words() if family.rpartition(".")[2] in some}


@cache
def _known() -> frozenset[str]:
    """Words of all rules, whatever their families."""
    return (shared_words() | VOID | TALK | SAYS_NOTHING | frozenset(NUMBER_WORDS) | frozenset(ORDINALS)) - UNSAID


__all__ = ["accounted", "is_name", "is_sayable"]
