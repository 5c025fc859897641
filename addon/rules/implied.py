"""Things that are meant where nothing names them, since a scene has just one that can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..scene_graph.mover import is_free
from .lexer import Token
from .vocabulary import Vocabulary

COUNTS = re.compile(
    r"\b(?:points?|pts?|scores?|scored|counts?|counted|counting|counter|tally|tallies|ticks?)\b|[+]\s?\d|\b(?:plus|minus) \w+\b"
)
"""Words of what goes up or down."""


def implied(tokens: Iterable[Token], text: str, vocabulary: Vocabulary) -> set[str]:
    """The only owner of a property that is named, the only thing that counts, and the only one that physics moves."""
    objects = vocabulary.objects.items()
    found: set[str] = set()
    for key in {str(token.value) for token in tokens if token.kind in ("key", "key_one")}:
        found |= _only(name for name, obj in objects if key in obj.properties)
    if COUNTS.search(text):
        found |= _only(name for name, obj in objects if any(map(_is_number, obj.properties.values())))
    return found | _only(name for name, obj in objects if is_free(obj))


def _only(names: Iterable[str]) -> set[str]:
    found = set(names)
    return found if len(found) == 1 else set()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
