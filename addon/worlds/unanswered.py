"""Nouns of a sentence that the library has nothing for: words that stand where a thing is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .acting import Verb
from .entry import Entry
from .lexicon import Item, Lexicon
from .lexing import pieces
from .verbs import verbs
from .words import DETERMINERS, plural_of, stems

LEADS = ("count", "colour", "size", "part", "arrangement", "preposition", "imperative", "source", "with")
"""What comes before a noun, besides the beginning, a break and words such as "a"."""

ENDS = (
    "break",
    "verb",
    "participle",
    "preposition",
    "source",
    "with",
    "turning",
    "setting",
    "arranged",
    "time",
    "pace",
)
"""What comes behind a noun, besides the end and words that say nothing."""

NO_THINGS = {
    *("time", "times", "moment", "while", "morning", "evening", "autumn", "spring", "summer", "winter", "during"),
    *("middle", "end", "ends", "top", "bottom", "side", "sides", "edge", "other", "others", "rest", "whole", "half"),
    *("camera", "view", "size", "sizes", "shape", "way", "direction", "horizon", "air", "place", "straight", "stop"),
}
"""Words that stand where a thing is named and name none that could be made."""

MOST_WORDS = 3


def unanswered(sentence: str, library: dict[str, Entry]) -> list[str]:
    """The nouns, each for one thing, in their order; words such as "noise" may be among them."""
    items = list(pieces(sentence, Lexicon(library, verbs())))
    return list(dict.fromkeys(_nouns(items)))


def _nouns(items: Sequence[Item]) -> Iterator[str]:
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and _is_unknown(items[end]):
            end += 1
        if at < end <= at + MOST_WORDS and _leads(items[:at]) and _ends(items[end:]):
            yield " ".join([*(item.words for item in items[at : end - 1]), _one(items[end - 1].words, items[:at])])
        at = max(end, at + 1)


def _is_unknown(item: Item) -> bool:
    if item.words in NO_THINGS:
        return False
    return item.kind == "unknown" and item.value == item.words and len(item.words) > 2


def _leads(before: Sequence[Item]) -> bool:
    if not before or before[-1].kind in ("break", *LEADS):
        return True
    return before[-1].kind == "empty" and before[-1].words in DETERMINERS


def _ends(behind: Sequence[Item]) -> bool:
    return not behind or behind[0].kind in (*ENDS, "empty") or isinstance(behind[0].value, Verb)


def _one(word: str, before: Sequence[Item]) -> str:
    """A noun as it is said of one thing."""
    if before and (before[-1].words in ("a", "an", "one") or before[-1].value == 1):
        return word
    return next((stem for stem in stems(word) if stem != word and word in plural_of(stem)), word)
