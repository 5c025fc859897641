"""A sentence made into a world without a plan: what the planner's stage is held against."""

from __future__ import annotations

from .entry import Entry
from .errors import SentenceError
from .lexicon import Lexicon
from .lexing import pieces
from .manifest import Happening, Manifest, Subject
from .verbs import verbs


def unplanned(sentence: str, library: dict[str, Entry], kinds: bool = True) -> Manifest:
    """Each thing that a sentence names, one of it and at any place; the first verb is what the first thing does, and
    nothing is told as left out. Raises SentenceError for a sentence without a thing that the library has."""
    items = list(pieces(sentence, Lexicon(library, verbs(), kinds)))
    things = list(dict.fromkeys(item.value.entry.name for item in items if item.kind == "noun"))
    if not things:
        raise SentenceError("the sentence names no thing that the library has")
    subjects = tuple(Subject(name=name.capitalize(), thing=name) for name in things)
    does = next((item.value.name for item in items if item.kind in ("verb", "participle")), None)
    happenings = (Happening(who=subjects[0].name, does=does),) if does is not None else ()
    return Manifest(sentence=sentence, subjects=subjects, happenings=happenings)
