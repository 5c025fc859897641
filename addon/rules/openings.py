"""Openings: what somebody says of a rule or of a thing before the rule begins, as in ``You know the Gong? …``."""

from __future__ import annotations

import re

from .cues import EACH, NOT, ONLY_ONE, UNTIL, WHILE
from .lexer import Lattice
from .mentions import best_token
from .reference import Ref
from .talk import VOID
from .vocabulary import Vocabulary

LONGEST = 90
"""Characters of an opening at most."""

_MARKS = re.compile(r"[^!?:]*?[!?:](?=\s)")
_STARTERS = frozenset([
    "the", "a", "an", "now", "and", "so", "oh", "ok", "okay", "well", "this", "that", "here", "next", "finally",
    "lastly", "right", "careful", "attention", "note", "listen", "look", "another", "last", "but", "hey", "hm",
    "hmm", "ah",
])  # fmt: skip
"""First words of an opening that asks for nothing."""

_OBLIGES = re.compile(
    r"\b(?:should|shall|must|will|would|can|could|may|might|let|make|have to|has to|needs? to|when\w*|if|once|as soon|after"
    r"|before|first|every|then|until|out|off|on|stops?|ends? (?!of)|it|they|them|both|all|everything|nothing|instead)\b"
)
"""Words of what is waited for or has to be done."""

_ASKED = re.compile(
    r"(?:(?:and|so|now|ok|okay|well|oh|right|hey)\b[, ]*)*(?:(?:do|can|did) )?(?:you (?:know|remember|see|recall|spot)|see|know|remember|recall)\s",
    re.IGNORECASE,
)
_PLACED = frozenset([
    "that", "this", "these", "those", "my", "our", "your", "there", "here", "up", "down", "over", "hanging",
    "standing", "sitting", "lying", "waiting", "in", "on", "at", "corner", "left", "right", "back", "front", "top",
    "bottom", "little", "big", "old", "fellow", "guy",
])  # fmt: skip
"""Words that say where a thing is that somebody points at."""


def opening(told: str, vocabulary: Vocabulary) -> str:
    """The opening of a text with its mark, empty if it has none."""
    found = _MARKS.match(told)
    if found is None or len(found[0]) > LONGEST:
        return ""
    said, mark = found[0][:-1].strip(), found[0][-1]
    if mark == "?":
        return found[0] if _points(said, vocabulary) else ""
    return found[0] if _says_nothing(said, vocabulary) else ""


def _points(said: str, vocabulary: Vocabulary) -> bool:
    """Whether it asks whether somebody knows or sees a thing."""
    asked = _ASKED.match(said)
    if asked is None:
        return False
    lattice, place, names = Lattice(said, vocabulary), asked.end(), 0
    while (place := lattice.skip(place)) < len(said):
        end, token = best_token(lattice, place)
        if token is not None and isinstance(token.value, Ref):
            names += 1
        elif token is None or str(token.value).lower() not in VOID | _PLACED:
            return False
        place = end
    return names == 1


def _says_nothing(said: str, vocabulary: Vocabulary) -> bool:
    """Whether it names nothing, and nothing in it is waited for, done or limited."""
    from .read import family_words

    lattice, place, words = Lattice(said, vocabulary), 0, list[str]()
    while (place := lattice.skip(place)) < len(said):
        end, token = best_token(lattice, place)
        if token is not None and token.kind != "word" and _word(said, place) not in ("one", "ones"):
            return False
        words += [str(token.value).lower()] if token is not None else []
        place = max(end, place + 1)
    plainly = " ".join(words)
    if (
        not words
        or words[0] not in _STARTERS
        or any(cue.search(plainly) for cue in (_OBLIGES, NOT, EACH, UNTIL, WHILE, ONLY_ONE))
    ):
        return False
    return not frozenset().union(*family_words().values()) & set(words)


def _word(said: str, place: int) -> str:
    found = re.match(r"\w+", said[place:])
    return found[0].lower() if found else ""
