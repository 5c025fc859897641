"""The words that a library and verbs have names for, and the pieces that a sentence is read into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .acting import Verb
from .entry import Entry
from .kinds import likeness
from .numerals import FIGURE, plain_numbers
from .words import plural_of, stems

LONGEST = 5
"""Words that stand for one thing, at most."""


@dataclass
class Item:
    """A piece of a sentence: its ``kind``, what it stands for, and the words."""

    kind: str
    value: Any
    words: str


LETTERED = "letter-"
"""What stands in front of a capital letter behind a word, which may tell things of a kind apart, as in "ball A"."""


def words_of(text: str) -> list[str]:
    """The words, numbers and marks of a text, numbers as figures where they are of several words."""
    text = plain_numbers(text.replace("’", "'"))
    text = re.sub(r"(?<=[A-Za-z] )([A-HJ-Z])(?=[\s,.;:!]|$)", rf"{LETTERED}\1", text)
    return re.findall(rf"{FIGURE}|[^\W\d_]+(?:['’-][^\W\d_]+)*|[,.;:!]", text.lower())


@dataclass(frozen=True)
class Named:
    """A thing as it is spoken of: its entry, whether several are, the noun for one, whether the entry only stands
    in for what the noun says, and the letter that tells it from others of its kind."""

    entry: Entry
    several: bool
    noun: str
    stands_in: bool = False
    letter: str = ""


@dataclass
class Lexicon:
    """The words that a library and verbs have names for. Without ``kinds`` the things of the library have their own
    names alone, and nothing stands for a kind of them."""

    library: dict[str, Entry]
    verbs: dict[str, Verb]
    kinds: bool = True

    @cached_property
    def nouns(self) -> dict[tuple[str, ...], Named]:
        """The names of all entries as words, singular and plural."""
        found: dict[tuple[str, ...], Named] = {}
        for entry in self.library.values():
            for name in entry.names if self.kinds else entry.names[:1]:
                words = tuple(name.replace("-", " ").split())
                for form in dict.fromkeys((tuple(name.split()), words)):
                    found.setdefault(form, Named(entry, False, name))
                    for last in plural_of(form[-1]):
                        found.setdefault((*form[:-1], last), Named(entry, True, name))
        return found

    def noun(self, words: tuple[str, ...]) -> Named | None:
        """The thing that words name: a name of the library, or a kind of what it has."""
        if words in self.nouns:
            return self.nouns[words]
        if not self.kinds:
            return None
        for last in stems(words[-1]):
            if words[-1].endswith("ed") and last != words[-1]:
                continue  # "raised" is no raise
            noun = " ".join((*words[:-1], last))
            found = likeness(noun) if len(last) > 2 else None  # "tied" is no plant called ti
            if found is not None and found.how == "kind" and found.entry in self.library:
                return Named(self.library[found.entry], last != words[-1], noun, stands_in=True)
        return None

    @cached_property
    def said(self) -> dict[tuple[str, ...], Verb]:
        """Verbs by the words for them, in their plain forms."""
        return {tuple(words.split()): one for one in self.verbs.values() for words in one.words}

    @cached_property
    def ways(self) -> set[str]:
        """All words behind a verb that say where it goes, or what it meets."""
        return {way for one in self.verbs.values() for way in one.ways}

    def verb(self, words: Sequence[str]) -> tuple[int, Verb] | None:
        """The verb with which words begin, whatever its form: of those of several words the longest."""
        for length in range(min(LONGEST, len(words)), 0, -1):
            rest = tuple(words[1:length])
            for stem in stems(words[0]):
                if (stem, *rest) in self.said:
                    return length, self.said[(stem, *rest)]
        return None
