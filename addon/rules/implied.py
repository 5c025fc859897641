"""Things that are meant where nothing names them in full, since a scene has just one that can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ..scene_graph.mover import is_free
from .cues import RANGE
from .lexer import Token
from .units import NUMBER_WORDS, ORDINALS
from .vocabulary import OF_SEVERAL, UNIT, WHICH_ONE, Vocabulary, singular
from .words import plural

COUNTS = re.compile(
    r"\b(?:points?|pts?|scores?|scored|counts?|counted|counting|counter|tally|tallies|ticks?)\b|[+]\s?\d|\b(?:plus|minus) \w+\b"
)
"""Words of what goes up or down."""

_LEADS = "|".join(lead.replace(" ", r"\s+") for leads in OF_SEVERAL.values() for lead in leads)
_ORDINAL = rf"\b(\d{{1,6}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\s+"
_FIGURE = rf"(?:\d{{1,6}}|{'|'.join(word for word, value in NUMBER_WORDS.items() if value >= 1 and len(word) > 2)})\b"
_FIGURES = rf"\w*\W+(?:(?:no|nr|number)\W+)?({_FIGURE}(?:\s*(?:,|and|or|&)\s*{_FIGURE})*)(?![.,]\d|\s*{UNIT})"


def implied(tokens: Iterable[Token], text: str, vocabulary: Vocabulary) -> set[str]:
    """The only owner of a property that is named, the only thing that counts, and the only one that physics moves."""
    objects = vocabulary.objects.items()
    found: set[str] = set()
    for key in {str(token.value) for token in tokens if token.kind in ("key", "key_one")}:
        found |= _only(name for name, obj in objects if key in obj.properties)
    if COUNTS.search(text):
        found |= _only(name for name, obj in objects if any(map(_is_number, obj.properties.values())))
    return found | _only(name for name, obj in objects if is_free(obj))


def called(text: str, vocabulary: Vocabulary, language: frozenset[str], meant: Collection[str]) -> set[str]:
    """Things that a word of their name picks out of the scene: ``the hammer`` a ``Hammer Head``, ``sack two`` a
    ``Grain Sack.002``, ``every sack`` all of them where all are ``meant``. Words of the ``language`` pick only behind an
    article."""
    words = re.findall(r"[^\W\d_]+", text)
    said = {singular(word) for word in words}
    behind = {singular(word) for word in re.findall(r"\b(?:the|an?|this|that|its|our|my|your)\s+([^\W\d_]+)", text)}
    parts = {name: {singular(part) for part in re.findall(r"[^\W\d_]+", name.lower())} for name in vocabulary.names}
    found: set[str] = set()
    for word in said - WHICH_ONE - ORDINALS.keys() - NUMBER_WORDS.keys() - (language - behind):
        having = {name: len(said & of_name) for name, of_name in parts.items() if is_part(word, of_name)}
        best = [name for name, shared in having.items() if shared == max(having.values())]
        numbered = {name: int(match[1]) for name in best if (match := re.search(r"(\d{1,6})$", name))}
        if len(numbered) == len(best) > 1 and (figures := _numbers_of(word, text)):
            found |= {name for name, number in numbered.items() if number in figures}
        elif len(best) == 1 or (numbered.keys() == set(best) <= set(meant) and _is_of_several(word, text, words)):
            found |= set(best)
    return found


def _is_of_several(word: str, text: str, words: list[str]) -> bool:
    return plural(word) in words or bool(re.search(rf"\b(?:{_LEADS})\s+(?:\w+\s+)?{word}\b", text))


def _numbers_of(word: str, text: str) -> set[int]:
    """Numbers beside a word: ``sacks 1 and 2``, ``sacks 1 to 3``, ``the third sack``; not that of ``sack 2 s later``."""
    told = re.findall(rf"\b{word}{_FIGURES}", text) + re.findall(rf"{_ORDINAL}(?:\w+\s+)?{word}", text)
    figures = re.findall(r"\d+|[a-z]{3,}", " ".join(told))
    values = (int(one) if one.isdigit() else NUMBER_WORDS.get(one) or ORDINALS.get(one) for one in figures)
    ranges = ((int(first), int(last)) for stem, first, last in RANGE.findall(text) if stem == word)
    return {int(value) for value in values if value}.union(*(range(first, last + 1) for first, last in ranges))


def is_part(word: str, parts: set[str]) -> bool:
    """Whether a word is one of a name's, begins or ends one or is its verb: ``horn`` a ``foghorn``, ``arm`` what is
    ``armed``."""
    return len(word) > 2 and any(
        part in (word, f"{word}d", f"{word}ed")
        or (len(part) > len(word) + 2 and part.startswith(word))
        or (len(word) > 3 and part.endswith(word))
        for part in parts
    )


def _only(names: Iterable[str]) -> set[str]:
    found = set(names)
    return found if len(found) == 1 else set()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
