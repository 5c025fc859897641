"""Whether a reading is of the things that a text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from .cues import STANDS_FOR
from .implied import called, implied
from .lexer import Token
from .model import Rule, all_refs
from .read import Reading, family_words, shared_words
from .reference import Ref
from .units import NUMBER_WORDS, ORDINALS
from .vocabulary import Vocabulary, singular


def names(
    tokens: list[tuple[int, Token]],
    text: str,
    reading: Reading,
    words: set[str],
    vocabulary: Vocabulary,
    is_sure: bool = False,
) -> str | None:
    """What the reading leaves out or makes up of the things and texts that are named by ``tokens``, at their places;
    where its teller ``is_sure`` of it, what it leaves out alone."""
    owning = implied((token for _, token in tokens), text.lower(), vocabulary)
    meant = Counter(name for rule in reading.rules for ref in refs_of(rule) for name in dict.fromkeys(ref.names))
    unnamed = owning | called(text.lower(), vocabulary, language(), meant)
    said: Counter[str] = Counter()
    keys = {singular(key) for key in re.findall(r"(?:'s |\.)(\w+)", reading.told)}
    for place, token in tokens:
        if token.kind == "text" and str(token.value).lower() not in reading.told.lower():
            return f"it says nothing of '{token.value}'"
        if isinstance(token.value, Ref) and not _is_ordinal(text, place, token):
            of = set(token.value.names)
            said.update(of if len(of) == 1 or of <= meant.keys() else ())
            noun = re.match(r"(?:the |an? |\d+ )?(\w+)", text[place:].lower())
            if noun and singular(noun[1]) in keys:
                continue
            if not meant.keys() & set(token.value.names) and is_name(text, place, token):
                return f"it says nothing of {token.value}"
    for name, count in meant.items():
        if not said[name] and (is_sure or name in unnamed):
            continue
        if not said[name]:
            return f"{name} is not named"
        if count > said[name] and name not in owning and not words & STANDS_FOR:
            return f"{name} is named once only"
    return None


def refs_of(rule: Rule) -> Iterable[Ref]:
    """All references of a rule."""
    for part in (rule.when.condition, rule.when.guard, rule.when.until):
        if part is not None:
            yield from all_refs(part)
    for effect in rule.effects:
        yield from all_refs(effect)


def _is_ordinal(text: str, place: int, token: Token) -> bool:
    """Whether ``the third`` stands for a thing of that name, or for one of several."""
    name = token.value.name
    return name.lower() in {*ORDINALS, *NUMBER_WORDS} and not text.startswith(name, place)


def is_name(text: str, place: int, token: Token) -> bool:
    """Whether a name cannot be a word of the language that only looks like it."""
    word = re.match(r"\w+", text[place:])
    if word is not None and word[0] == "a" and token.kind == "name" and not token.value.name.startswith("a"):
        return False
    if token.kind == "group" and word is not None and word[0].lower() in language():
        # 'Lamp switches itself on' speaks of no switches.
        return bool(
            re.search(r"\b(?:the|these|those|all|both|any|every|each|of|two|some)$", text[:place].rstrip().lower())
        )
    if token.kind != "name" or word is None or word[0].lower() not in language() or " " in token.value.name:
        return True
    before = text[:place].rstrip().lower()
    starts = not before or before[-1] in ".:;,!?-"
    return (word[0] == token.value.name and not starts) or bool(re.search(r"\b(?:the|a|an|this)$", before))


@cache
def language() -> frozenset[str]:
    """The words of all families, and those that they share."""
    return shared_words().union(*family_words().values())
