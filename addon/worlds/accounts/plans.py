"""A plan as what a sentence asks for is looked up in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..entry import Entry
from ..manifest import Happening, Manifest, Subject
from .asked import Asked, Phrase, stems_of

JOINED = ("of", "on", "in", "from", "at", "with", "for")
"""Words in a subject's name behind which it is told of which kind it is, or where."""


@dataclass(frozen=True)
class Difference:
    """Words of the sentence, and what the plan has ``instead``. What ``contradicts`` it is no plan of it; what need not
    be mended is only told, and not asked ``again``."""

    words: str
    instead: str
    contradicts: bool = False
    again: bool = True

    @property
    def told(self) -> str:
        """The difference among what a plan leaves out."""
        return f"{self.words} ({self.instead})"

    @property
    def problem(self) -> str:
        """The difference as it goes back to who planned."""
        return f"the sentence has '{self.words}', but {self.instead}"


@dataclass
class Plans:
    """What is asked for, and the plan for it."""

    asked: Asked
    manifest: Manifest
    library: dict[str, Entry]

    @cached_property
    def told(self) -> set[str]:
        """The words of what the plan says that it leaves out."""
        return stems_of(" ".join(self.manifest.left_out))

    def is_told(self, words: str) -> bool:
        """Whether any of some words is among what is left out."""
        return bool(stems_of(words) & self.told)

    def of(self, phrase: Phrase) -> list[Subject]:
        """The subjects that may be what a phrase speaks of: things of its kind, and those called so."""
        noun = [stems for word in phrase.named.noun.split() if (stems := stems_of(word))]
        return [s for s in self.manifest.subjects if s.thing == phrase.named.entry.name or _is_called(s.name, noun)]

    def names_of(self, *phrases: Phrase) -> set[str]:
        """Their names."""
        return {subject.name for phrase in phrases for subject in self.of(phrase)}

    def deeds_of(self, names: set[str]) -> list[Happening]:
        """What happens that some subjects have a part in."""
        return [h for h in self.manifest.happenings if names & {h.who, h.to}]

    def is_ruled(self, names: set[str]) -> bool:
        """Whether a rule speaks of one of some subjects."""
        return any(name.lower() in rule.lower() for rule in self.manifest.rules for name in names)


def _is_called(name: str, noun: Sequence[set[str]]) -> bool:
    """Whether a subject's name is that of a noun, whatever is told of it in front: "Tower block" is no tower."""
    words = [word for word in re.findall(r"[^\W\d_]+", name.lower()) if len(word) > 1]
    ends = [words[n - 1] for n in (*(n for n, word in enumerate(words) if word in JOINED and n), len(words)) if words]
    return (
        bool(noun) and any(noun[-1] & stems_of(end) for end in ends) and all(stems & stems_of(name) for stems in noun)
    )
