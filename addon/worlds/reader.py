"""A sentence read into a plan by its words alone: things of the library, how many and which, where, and what they do.

Every word is accounted for: it stands for something in the plan, says nothing by itself, or is told as left out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..scene_graph import COLORS
from .acting import Verb
from .entry import Entry
from .errors import WorldError
from .manifest import MOST, Arrangement, Happening, Manifest, Setting, Subject
from .places import Place
from .verbs import verbs
from .words import (
    ARRANGEMENTS,
    COUNTS,
    DETERMINERS,
    EMPTY,
    MANY,
    PREPOSITIONS,
    SETTINGS,
    SIZES,
    TOWARDS,
    TURNING,
    VIEWS,
    plural_of,
    stems,
)


class SentenceError(WorldError):
    """A sentence that no plan can be made of; the message names the word and what is near it."""


@dataclass
class Item:
    """A piece of a sentence: its ``kind``, what it stands for, and the words."""

    kind: str
    value: Any
    words: str


def read(sentence: str, library: dict[str, Entry]) -> Manifest:
    """The plan of a sentence.

    Raises SentenceError for one without a thing that the library has, and for one that would mean something else
    without a word that nothing stands for.
    """
    plan = _Plan()
    for item in pieces(sentence, library, verbs()):
        plan.take(item)
    plan.end()
    if not plan.subjects:
        raise SentenceError(_nothing(plan.left, library))
    return Manifest(
        sentence=sentence,
        subjects=tuple(plan.subjects.values()),
        setting=Setting.model_validate(plan.setting),
        happenings=tuple(plan.happenings),
        view=plan.view,
        left_out=tuple(plan.left),
    )


def _nothing(left: Sequence[str], library: dict[str, Entry]) -> str:
    names = [name for entry in library.values() for name in entry.names]
    for word in left:
        near = difflib.get_close_matches(word.lower(), names, 3, 0.5)
        if near:
            return f"there is no '{word}' in the library; the nearest are {', '.join(near)}"
    told = f" ('{', '.join(left)}')" if left else ""
    return f"the sentence names no thing that the library has{told}; 'python -m headless library' lists them"


def pieces(sentence: str, library: dict[str, Entry], known: dict[str, Verb]) -> Iterator[Item]:
    """The sentence in pieces: the longest that stand for something come first."""
    nouns = _nouns(library)
    said = {word: one for one in known.values() for word in one.words}
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+(?:['-][^\W\d_]+)*|[,.;:]", sentence.lower())
    after_thing = False
    at = 0
    while at < len(words):
        length, item = _longest(words, at, nouns, said, after_thing)
        if item.kind in ("noun", "verb", "break"):
            after_thing = item.kind == "noun"
        yield item
        at += length


def _nouns(library: dict[str, Entry]) -> dict[tuple[str, ...], tuple[Entry, bool]]:
    """The names of all entries as words, singular and plural."""
    found: dict[tuple[str, ...], tuple[Entry, bool]] = {}
    for entry in library.values():
        for name in entry.names:
            words = tuple(name.split())
            found.setdefault(words, (entry, False))
            for last in plural_of(words[-1]):
                found.setdefault((*words[:-1], last), (entry, True))
    return found


def _longest(
    words: Sequence[str],
    at: int,
    nouns: dict[tuple[str, ...], tuple[Entry, bool]],
    said: dict[str, Verb],
    after_thing: bool,
) -> tuple[int, Item]:
    verb = next((said[stem] for stem in stems(words[at]) if stem in said), None)
    if verb is not None and after_thing:
        return 1, Item("verb", verb, words[at])
    for length in range(min(4, len(words) - at), 0, -1):
        piece = tuple(words[at : at + length])
        text = " ".join(piece)
        for kind, table in (("arrangement", ARRANGEMENTS), ("setting", SETTINGS), ("view", VIEWS)):
            if text in table:
                return length, Item(kind, table[text], text)
        if piece in nouns:
            return length, Item("noun", nouns[piece], text)
        if text in PREPOSITIONS:
            return length, Item("preposition", PREPOSITIONS[text], text)
        if text in TOWARDS:
            return length, Item("towards", text, text)
    word = words[at]
    if verb is not None:
        return 1, Item("verb", verb, word)
    if word in COLORS or word == "grey":
        return 1, Item("colour", "gray" if word == "grey" else word, word)
    if word in COUNTS or word in MANY or word.isdigit():
        return 1, Item("count", {**COUNTS, **MANY}.get(word) or int(word), word)
    if word in SIZES:
        return 1, Item("size", SIZES[word], word)
    if word in TURNING:
        return 1, Item("turning", word, word)
    if word in (",", ".", ";", ":", "and", "while"):
        return 1, Item("break", word, word)
    if word in DETERMINERS or word in EMPTY:
        return 1, Item("empty", word, word)
    return 1, Item("unknown", word, word)


@dataclass
class _Plan:
    """What has been read so far."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    setting: dict[str, Any] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    view: str = "still"
    colour: str | None = None
    size: Item | None = None
    count: int | None = None
    arrangement: Arrangement | None = None
    relation: tuple[str, str] | None = None
    """A relation and the word for it."""
    towards: bool = False
    verb: Verb | None = None
    actors: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    joined: bool = False
    since_break: bool = True

    def take(self, item: Item) -> None:
        """Go on by one piece."""
        match item.kind:
            case "colour":
                self.colour = item.value
            case "size":
                self.size = item
            case "count":
                self.count = _counted(item)
            case "arrangement":
                self.arrangement = item.value
            case "turning":
                why = "nothing here stands for it, and without it the sentence would mean something else"
                raise SentenceError(f"'{item.words}' is not understood: {why}; say it otherwise or leave it out")
            case "setting":
                if any(self.setting.get(key, value) != value for key, value in item.value.items()):
                    self.left.append(item.words)
                else:
                    self.setting |= item.value
                self.relation = None
                self.towards = False
            case "view":
                self.view = item.value
            case "preposition" if self.verb is not None and item.words in TOWARDS:
                self.towards = True
            case "preposition":
                self.relation = (item.value, item.words)
            case "towards":
                self.towards = True
            case "noun":
                self._noun(*item.value)
            case "verb":
                self._verb(item)
            case "break":
                self._break(item.value)
            case "unknown":
                self.left.append(item.words)

    def _noun(self, entry: Entry, several: bool) -> None:
        name = self._subject(entry, several)
        if self.verb is not None and self.actors and (self.towards or self.relation is None or self._goes()):
            for actor in self.actors:
                self._happen(self.verb, actor, name)
            self.verb = None
        elif self.relation is not None and self.last and name not in self.last:
            for one in self.actors if self.verb is not None and self.actors else self.last:
                self._place(one, name)
        elif self.verb is None or self.since_break:
            self.actors = (*self.actors, name) if self.joined and self.actors == self.last else (name,)
        self.last = self.actors if name in self.actors else (name,)
        self.relation, self.towards, self.since_break, self.joined = None, False, False, False

    def _goes(self) -> bool:
        """Whether a place behind a verb is where it goes, and not where it is."""
        return (
            self.verb is not None and self.verb.to == "may" and self.relation is not None and self.relation[0] == "on"
        )

    def _subject(self, entry: Entry, several: bool) -> str:
        base = entry.name.capitalize()
        plain = self.colour is None and self.size is None and self.count is None and self.arrangement is None
        if plain and not several and base in self.subjects:
            return base
        name, number = base, 2
        while name in self.subjects:
            name, number = f"{base} {chr(ord('A') + number - 1)}", number + 1
        count = self.count or ((8 if self.arrangement in ("row", None) else 5) if several else 1)
        knobs = self._knobs(entry)
        self.subjects[name] = Subject(
            name=name,
            thing=entry.name,
            parameters=knobs,
            count=count,
            arrangement=self.arrangement or ("row" if entry.name == "domino" else "scattered"),
        )
        self.colour = self.size = self.count = self.arrangement = None
        return name

    def _knobs(self, entry: Entry) -> dict[str, Any]:
        knobs: dict[str, Any] = {}
        if self.colour is not None:
            colour = next((k for k in entry.knobs.values() if k.kind == "colour"), None)
            if colour is None:
                self.left.append(self.colour)
            else:
                r, g, b = COLORS[self.colour][:3]
                knobs[colour.name] = (r, g, b)
        if self.size is not None:
            factor, names = self.size.value
            wanted = {k: factor * float(k.default) for k in entry.knobs.values() if k.name in names}  # type: ignore[arg-type]
            knobs |= {k.name: round(min(max(value, k.low), k.high), 4) for k, value in wanted.items()}
            if not all(k.low <= value <= k.high for k, value in wanted.items()) or not wanted:
                self.left.append(self.size.words)
        return knobs

    def _place(self, name: str, other: str) -> None:
        assert self.relation is not None
        subject = self.subjects[name]
        place = Place(relation=self.relation[0], of=(other,))
        self.subjects[name] = subject.model_copy(update={"places": (*subject.places, place)})

    def _verb(self, item: Item) -> None:
        if not self.actors:
            self.left.append(item.words)
            return
        self._by_itself()
        self.verb = item.value

    def _happen(self, verb: Verb, who: str, to: str | None) -> None:
        if verb.to == "no" and to is not None:
            self.left.append(f"what {who} {verb.name}s")
            to = None
        self.happenings.append(Happening(who=who, does=verb.name, to=to))

    def _by_itself(self) -> None:
        """The verb that was said takes nothing else."""
        if self.verb is not None and self.verb.to == "must":
            self.left.append(self.verb.name)
        elif self.verb is not None:
            for actor in self.actors:
                self._happen(self.verb, actor, None)
        self.verb = None

    def _break(self, word: str) -> None:
        self.joined = word == "and" and self.verb is None and not self.since_break
        self._by_itself()
        if self.relation is not None:
            self.left.append(self.relation[1])
        self.relation, self.towards = None, False
        self.since_break = True
        if word != "and":
            self.last = ()

    def end(self) -> None:
        """The sentence is over."""
        self._break(".")
        size = self.size.words if self.size is not None else None
        self.left += [str(v) for v in (self.colour, size, self.count, self.arrangement) if v is not None]


def _counted(item: Item) -> int:
    """How many are meant. Raises SentenceError for none, and for more than a plan holds."""
    if not 1 <= item.value <= MOST:
        raise SentenceError(f"there can be 1 to {MOST} of a kind, not {item.words}")
    return int(item.value)
