"""What the words of an edit speak of: things, how many of them, and what they are to become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...scene_graph import COLORS
from ..lexicon import LETTERED, Item, Lexicon, Named, words_of
from ..lexing import word_of
from ..manifest import Manifest
from ..shades import SHADES, colour_of, rgb_of
from ..words import ARRANGEMENTS, MATERIALS, PRONOUNS, STUFFS, UNTOLD, stems
from .words import (
    BREAKS,
    DEGREES,
    EQUALS,
    EVERYTHING,
    EXCEPT,
    PICKING,
    POLITE,
    SHAPES,
    SPEEDS,
    TIMES,
)

ALIKE = ("sheep", "fish", "deer", "dice")
"""Nouns that say of several what they say of one."""

DEFINITE = ("the", "this", "that", "these", "those")


@dataclass(frozen=True)
class Phrase:
    """Words that speak of things, up to the token ``end``."""

    end: int
    words: str
    named: Named | None = None
    name: str = ""
    """The name of a subject, where that is said."""
    told: tuple[Item, ...] = ()
    """What is told of it in front of its noun."""
    number: float | None = None
    picking: str = ""
    """The word that picks some of several out."""
    partitive: bool = False
    """Whether the number is a part of them, as in "two of the cars"."""
    definite: bool = False
    indefinite: bool = False
    whole: bool = False
    """Whether all of them are said to be meant."""
    pronoun: str = ""
    everything: bool = False
    spared: tuple[Phrase, ...] = ()
    """What is said to be none of them."""


@dataclass(frozen=True)
class Wish:
    """What things are to become: of a kind ("size", "colour", "stuff" or "speed"), up to the token ``end``. A factor is
    ``exact`` where a number says it."""

    kind: str
    value: Any
    end: int
    exact: bool = False


@dataclass
class Words:
    """The words of an edit, read from a place on. ``names`` are those of the subjects, in tokens."""

    tokens: Sequence[str]
    lexicon: Lexicon
    names: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    far: int = 0
    """The first word that could not be read, as far as was come."""

    def at(self, place: int) -> str:
        """A word; "" behind the last."""
        return self.tokens[place] if place < len(self.tokens) else ""

    def skip(self, place: int, phrases: Sequence[str]) -> int | None:
        """Where one of some phrases ends that begins here, the first that does; None for none."""
        for phrase in phrases:
            words = phrase.split()
            if list(self.tokens[place : place + len(words)]) == words:
                return place + len(words)
        return None

    def ends(self, place: int) -> bool:
        """Whether what is said may end here."""
        self.far = max(self.far, place)
        return place >= len(self.tokens) or self.tokens[place] in BREAKS or self.skip(place, EXCEPT) is not None

    def clause(self, place: int, past: int = 0) -> str:
        """The words from here to the next break, or the next one past another word."""
        least = max(place, past)
        end = next((i for i in range(least, len(self.tokens)) if self.tokens[i] in BREAKS), len(self.tokens))
        return told(self.tokens[place:end])

    def lists(self, place: int) -> Iterator[tuple[list[Phrase], int]]:
        """The things that are listed here and where the list ends: the longest list first."""
        if self.at(place) == "both":
            yield from ((phrases, end) for phrases, end in self.lists(place + 1) if len(phrases) == 2)
        found = [self.thing(place)]
        while (last := found[-1]) is not None:
            at = last.end
            while self.at(at) in (",", "and"):
                at += 1
            found.append(self.thing(at) if at > last.end else None)
        phrases = [phrase for phrase in found if phrase is not None]
        for number in range(len(phrases), 0, -1):
            yield phrases[:number], phrases[number - 1].end

    def thing(self, place: int) -> Phrase | None:
        """The things that are spoken of here; None where no thing is."""
        self.far = max(self.far, place)
        if self.at(place) in PRONOUNS:
            return Phrase(place + 1, self.at(place), pronoun=self.at(place))
        if (end := self.skip(place, EVERYTHING)) is not None:
            return self._everything(place, end)
        at, said = place, dict[str, Any]()
        while True:
            word = self.at(at)
            if word in ("all", "every", "each"):
                said["whole"] = True
            elif word == "both":
                said["number"] = 2
            elif word in PICKING:
                said["picking"] = word
            elif word in DEFINITE:
                said["definite"] = True
            elif word in ("a", "an"):
                said["indefinite"] = True
            elif word_of(word).kind == "count":
                said["number"] = word_of(word).value
            elif word == "of" and said:
                said["partitive"] = "number" in said
            else:
                break
            at += 1
        at = self.skip(at, tuple(ARRANGEMENTS)) or at
        return self._named(place, at, said)

    def _everything(self, place: int, end: int) -> Phrase:
        beside = self.skip(end, (*EXCEPT, "but"))
        spared, behind = next(self.lists(beside), ([], end)) if beside is not None else ([], end)
        return Phrase(behind, told(self.tokens[place:behind]), everything=True, spared=tuple(spared))

    def _named(self, place: int, at: int, said: dict[str, Any]) -> Phrase | None:
        """A noun with what is told of it, which may be a noun itself, as in "the orange" and "the orange ball"."""
        adjectives = [at]
        while word_of(self.at(adjectives[-1])).kind in ("colour", "size", "material"):
            adjectives.append(adjectives[-1] + 1)
        exact = next((i for i in adjectives if self._noun(i, 2) is not None), None)
        for start in [exact] if exact is not None else reversed(adjectives):
            found = self._noun(start, 1)
            if found is None:
                continue
            end, named, name = found
            if named is not None and named.noun.split()[-1] in ALIKE:
                said["whole"] = said.get("whole", False) or not said.get("indefinite")
            told_of = tuple(word_of(word) for word in self.tokens[at:start])
            return Phrase(end, told(self.tokens[place:end]), named, name, told_of, **said)
        self.far = max(self.far, adjectives[-1])
        return None

    def _noun(self, at: int, least: int) -> tuple[int, Named | None, str] | None:
        """A noun or a name of so many words at least: where it ends, and what it stands for."""
        for length in range(5, least - 1, -1):
            words = tuple(self.tokens[at : at + length])
            if len(words) < length:
                continue
            if words in self.names and (length > 1 or self.lexicon.noun(words) is None):
                return at + length, None, self.names[words]
            exact = self.lexicon.nouns.get(words)
            kind = length < 3 and all(word_of(word).kind == "unknown" for word in words)
            named = exact or (self.lexicon.noun(words) if kind and self.lexicon.verb(words) is None else None)
            if named is None or self._goes_on(at + length):
                continue
            letter = self.at(at + length)
            if letter.startswith(LETTERED):
                return at + length + 1, named, f"{named.noun} {letter[-1].upper()}"
            return at + length, named, ""
        return None

    def _goes_on(self, at: int) -> bool:
        """Whether another noun comes at once, so that this one only tells of which kind it is."""
        word = self.at(at)
        if not word or word in (*COLORS, *MATERIALS, *SHADES) or self.lexicon.verb(self.tokens[at:]) is not None:
            return False
        return (word,) in self.lexicon.nouns

    def wish(self, place: int) -> Wish | None:
        """What something is to become; None where that is not said here."""
        self.far = max(self.far, place)
        return self._equal(place) or self._compared(place) or self._coloured(place) or self._made(place)

    def _compared(self, place: int) -> Wish | None:
        degree = next((d for d in sorted(DEGREES, key=len, reverse=True) if self.skip(place, (d,))), "")
        at, power = place + len(degree.split()), DEGREES.get(degree, 1.0)
        word = self.at(at)
        if word in SHAPES:
            factor, names = SHAPES[word]
            return Wish("size", (factor**power, names), at + 1)
        if word in SPEEDS:
            return Wish("speed", SPEEDS[word] ** power, at + 1)
        self.far = max(self.far, at)
        return None

    def _equal(self, place: int) -> Wish | None:
        """A factor, as in "twice as big" and "three times as fast"."""
        factor, at = TIMES.get(self.at(place)), place + 1
        if factor is None and self.at(at) == "times" and word_of(self.at(place)).kind == "count":
            factor, at = float(word_of(self.at(place)).value), place + 2
        if not factor or self.at(at) != "as":
            return None
        word, end = self.at(at + 1), at + 2
        if word in EQUALS:
            return Wish("size", (factor, EQUALS[word]), end, exact=True)
        if word == "fast":
            return Wish("speed", factor, end, exact=True)
        self.far = max(self.far, at + 1)
        return None

    def _coloured(self, place: int) -> Wish | None:
        at = place + (self.at(place) in ("a", "an"))
        for length in (2, 1):
            if (colour := colour_of(" ".join(self.tokens[at : at + length]))) is not None:
                return Wish("colour", rgb_of(colour), at + length)
        self.far = max(self.far, at + (self.at(at) in SHADES))
        return None

    def _made(self, place: int) -> Wish | None:
        at = self.skip(place, ("made of", "made out of", "out of", "of", "from")) or place
        self.far = max(self.far, at)
        return Wish("stuff", STUFFS[self.at(at)], at + 1) if self.at(at) in STUFFS else None

    def wishes(self, place: int) -> tuple[list[Wish], int]:
        """What something is to become, one or several things, and where that ends."""
        found, end = list[Wish](), place
        at = place
        while (wish := self.wish(at)) is not None and self.ends(wish.end):
            found.append(wish)
            at = end = wish.end
            while self.at(at) in (",", "and"):
                at += 1
            if at == end:
                break
        return found, end


def in_full(tokens: Sequence[str], manifest: Manifest, lexicon: Lexicon) -> list[str]:
    """The words of an edit with a thing's whole name where its last word tells which is meant: "the bear" is the Teddy
    bear where there is no other bear."""
    found = list[str]()
    definite = False
    for word in tokens:
        if definite and (lead := _lead(word, manifest, lexicon, found[-1])):
            found += lead
        definite = word in DEFINITE or (definite and word_of(word).kind in ("colour", "size", "material"))
        found.append(word)
    return found


def _lead(word: str, manifest: Manifest, lexicon: Lexicon, before: str) -> Sequence[str]:
    """The words of the one name that ends with a word, without that; none where another thing may be meant."""
    forms = stems(word)
    named = lexicon.noun((word,))
    names = [tuple(words_of(s.name)) for s in manifest.subjects]
    own = any(n[-1] in forms and len(n) == 1 for n in names)
    kind = any(named is not None and s.thing == named.entry.name for s in manifest.subjects)
    leads = [n[:-1] for n in names if len(n) > 1 and n[-1] in forms]
    return leads[0] if len(leads) == 1 and not own and not kind and before not in leads[0] else ()


def told(tokens: Sequence[str]) -> str:
    """Words as they are shown."""
    words = (
        word.removeprefix(LETTERED).upper() if word.startswith(LETTERED) else word for word in tokens if word != UNTOLD
    )
    return re.sub(r" ([,.;:!])", r"\1", " ".join(words))


def asked(text: str) -> list[str]:
    """The words of an edit without those that ask for nothing."""
    words = words_of(re.sub(r"\b(?:thank|can|could|would|will) you\b", "", text, flags=re.IGNORECASE))
    ends = {i for i, word in enumerate(words) if i + 1 == len(words) or words[i + 1] in BREAKS}
    return [word for i, word in enumerate(words) if word not in POLITE and not (word == "too" and i in ends)]
