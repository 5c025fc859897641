"""The things of a plan in the making: what is said of each in front of its noun, and where it is put."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from .entry import Entry
from .errors import CountError
from .lexicon import Item, Lexicon, Named
from .manifest import MOST, Arrangement, Subject
from .numerals import shown
from .places import Place
from .shades import rgb_of
from .sizes import sized

PLAIN = ("water", "liquid", "contents")
"""What runs out of a vessel of which it is not said that it holds anything else."""


@dataclass(frozen=True)
class Told:
    """What is told in front of a noun. ``led`` where an article or a number begins it."""

    count: int | None
    colour: str | None
    size: Item | None
    material: Item | None
    led: bool


@dataclass
class Cast:
    """The things that were named so far, and words that tell of the one that comes next."""

    lexicon: Lexicon
    subjects: dict[str, Subject] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    colour: str | None = None
    size: Item | None = None
    material: Item | None = None
    measures: tuple[Item, ...] = ()
    count: int | None = None
    arrangement: Arrangement | None = None
    article: str = ""
    """The article in front of what is told of the next thing: "a" speaks of one more, "the" of one that is known."""
    led: bool = False
    """Whether an article or a number is in front of what is told of the next thing."""
    shelved: list[Told] = field(default_factory=list)
    """What was told of things of which the noun comes later, as in "a red and a blue ball"."""
    predicated: tuple[str, ...] = ()
    """The things of which it comes next what they are, as in "the ball is red"."""
    undone: bool = False
    """Whether this clause tells of a thing something else than what it does, or in words that are not known."""

    def named(self, named: Named) -> str:
        """The name of a thing that is spoken of; a new subject where it is no one that there is."""
        base, entry = named.noun.capitalize(), named.entry
        if (known := self._known(named)) is not None:
            self.forget()
            return known
        if named.stands_in:
            self.left.append(f"{named.noun} (a {entry.name} stands for it)")
        if self.count is not None and self.count > MOST:
            raise _uncountable(shown(self.count))
        name, number = f"{base} {named.letter}".strip(), 2
        while name in self.subjects:
            name, number = f"{base} {chr(ord('A') + number - 1)}", number + 1
        usual = self._usual(entry) if named.several else 1
        self.subjects[name] = Subject(
            name=name,
            thing=entry.name,
            parameters=self._knobs(entry),
            stuff=self._stuff(entry),
            count=self.count if self.count is not None else usual,
            arrangement=self.arrangement or ("row" if entry.name == "domino" else "scattered"),
        )
        self.count = self.arrangement = None
        self.forget()
        return name

    def tell_of_next(self, item: Item) -> None:
        """Take up what is told of the next thing; a second word of its kind, which cannot hold besides, is told."""
        value = counted(item) if item.kind == "count" else item.value if item.kind == "colour" else item
        known = getattr(self, item.kind)
        if known is None or (known.value if isinstance(known, Item) else known) == item.value:
            setattr(self, item.kind, value)
        else:
            self.left.append(f"{item.words} (besides {known.words if isinstance(known, Item) else known})")

    def forget(self) -> None:
        """What was told of a thing has been taken up."""
        self.colour = self.size = self.material = None
        self.measures = ()

    def _known(self, named: Named) -> str | None:
        """The name of the thing of before that is meant; None for one more."""
        base, same = named.noun.capitalize(), [s for s in self.subjects.values() if s.thing == named.entry.name]
        if any((self.count, self.arrangement)) or self.article == "a":
            return None
        if named.letter:
            return next((s.name for s in same if s.name == f"{base} {named.letter}"), None)
        if not any((self.colour, self.size, self.material, self.measures)):
            if base in self.subjects and (not named.several or self.subjects[base].count > 1):
                return base
            if self.article == "the" and any(s.name.startswith(base) for s in same):
                self.left.append(f"which {named.noun} is meant (it is one more)")
        elif self.article == "the":
            told = {**self._knobs(named.entry, tell=False), "stuff": self._stuff(named.entry, tell=False)}
            same = [s for s in same if told.items() <= {**s.parameters, "stuff": s.stuff}.items()]
        return same[0].name if self.article == "the" and len(same) == 1 else None

    def _usual(self, entry: Entry) -> int:
        """How many several are where no number is said: the fewer the larger they are."""
        if self.arrangement is not None:
            return 8 if self.arrangement == "row" else 5
        form = entry.make()
        return next((count for count, size in ((8, 0.6), (4, 1.5)) if float(max(form.high - form.low)) < size), 2)

    def _stuff(self, entry: Entry, tell: bool = True) -> str | None:
        """What it is said to be made of, where it is not made of that anyway."""
        if self.material is None or self.material.value == entry.make().stuff:
            return None
        if entry.moves in ("cloth", "soft"):
            self.left += [self.material.words] * tell
            return None
        return str(self.material.value)

    def _knobs(self, entry: Entry, tell: bool = True) -> dict[str, Any]:
        """The parameters that what is said of a thing asks for; what cannot be had is told."""
        knobs: dict[str, Any] = {}
        if self.colour is not None:
            if (colour := entry.paint) is None:
                self.left += [self.colour] * tell
            else:
                knobs[colour.name] = rgb_of(self.colour)
        if self.size is not None:
            factor, names = self.size.value
            wanted = {k: factor * float(k.default) for k in entry.knobs.values() if k.name in names}  # type: ignore[arg-type]
            knobs |= {k.name: round(min(max(value, k.low), k.high), 4) for k, value in wanted.items()}
            if not any(k.low <= value <= k.high for k, value in wanted.items()):
                self.left += [self.size.words] * tell
        for item in self.measures:
            found = sized(entry, *item.value)
            knobs |= found or {}
            self.left += [item.words] * (tell and found is None)
        return knobs

    def fill(self, names: tuple[str, ...], item: Item) -> None:
        """Have the first of some vessels, and those alike, hold something, as far as the library can show it."""
        entry = self.lexicon.library[self.subjects[names[0]].thing] if names else None
        what = item.value
        knob = next((k for k in entry.knobs.values() if what in k.choices), None) if entry is not None else None
        if knob is None:
            if item.kind == "content" or what not in PLAIN:
                self.left.append(item.words)
            return
        for name in names:
            subject = self.subjects[name]
            knobs = {**subject.parameters, knob.name: what}
            self.subjects[name] = subject.model_copy(update={"parameters": knobs})

    def measured(self, names: tuple[str, ...], item: Item) -> None:
        """Some things are as large as is said behind them."""
        for number, name in enumerate(names):
            subject = self.subjects[name]
            found = sized(self.lexicon.library[subject.thing], *item.value)
            self.left += [item.words] * (found is None and not number)
            knobs = {**subject.parameters, **(found or {})}
            self.subjects[name] = subject.model_copy(update={"parameters": knobs})

    def put(self, name: str, place: Place) -> None:
        """One more place of a thing."""
        subject = self.subjects[name]
        self.subjects[name] = subject.model_copy(update={"places": (*subject.places, place)})

    def shelve(self) -> None:
        """What is told in front of a noun is broken off: the noun may come yet."""
        self.left += [item.words for item in self.measures]
        self.measures = ()
        if any((self.count, self.colour, self.size, self.material)):
            self.shelved.append(Told(self.count, self.colour, self.size, self.material, self.led))
        self.count = self.colour = self.size = self.material = None
        self.led = False

    def taken_up(self) -> list[Told]:
        """What was shelved of other things than the one whose noun comes now. What is of that one is taken up, and what
        cannot be told of it besides is left out."""
        shelved, self.shelved = self.shelved, []
        if self.led and all(told.led for told in shelved):
            return shelved
        for told in shelved:
            for name in ("count", "colour", "size", "material"):
                value = getattr(told, name)
                if value is not None and getattr(self, name) is None:
                    setattr(self, name, value)
                elif value is not None:
                    self.left.append(value.words if isinstance(value, Item) else str(value))
        return []

    def are_so(self) -> None:
        """What was told behind "is" or "are" tells of the things in front of it."""
        for number, name in enumerate(self.predicated):
            subject = self.subjects[name]
            entry, first = self.lexicon.library[subject.thing], number == 0
            self._contradicted(subject, entry)
            knobs = {**subject.parameters, **self._knobs(entry, tell=first)}
            stuff = subject.stuff if self.material is None else self._stuff(entry, tell=first)
            self.subjects[name] = subject.model_copy(update={"parameters": knobs, "stuff": stuff})
        if self.predicated:
            self.forget()
            self.undone = True
        self.predicated = ()

    def _contradicted(self, subject: Subject, entry: Entry) -> None:
        """What is told of a thing that was told to be otherwise is left out."""
        known, paint = subject.parameters, entry.paint
        if self.colour is not None and paint and known.get(paint.name, rgb_of(self.colour)) != rgb_of(self.colour):
            self.left.append(f"{self.colour} ({subject.name} is said to be otherwise)")
            self.colour = None
        if self.material is not None and subject.stuff not in (None, self.material.value):
            self.left.append(f"{self.material.words} (besides {subject.stuff})")
            self.material = None
        factor, names = self.size.value if self.size is not None else (1.0, ())
        usual = {k.name: float(k.default) for k in entry.knobs.values() if k.name in names and k.name in known}  # type: ignore[arg-type]
        if self.size is not None and any((float(known[n]) > v) != (factor > 1) for n, v in usual.items()):  # type: ignore[arg-type]
            self.left.append(f"{self.size.words} ({subject.name} is said to be otherwise)")
            self.size = None

    def unsaid(self) -> None:
        """Words that tell of a thing, and none comes."""
        self.are_so()
        self.shelve()
        for one in self.shelved:
            told = [str(v) for v in (one.count, one.colour) if v is not None]
            self.left += [*told, *(item.words for item in (one.size, one.material) if item is not None)]
        self.left += [str(self.arrangement)] if self.arrangement is not None else []
        self.shelved, self.arrangement = [], None

    def _tell_unsaid(self) -> None:
        """What was told of a thing that was not named in front of what comes now is left out."""
        told = (self.count, self.colour, self.size, self.material, self.measures)
        if not self.predicated and (self.shelved or any(told)):
            self.unsaid()

    def family(self, name: str) -> str:
        """The family of the library that a thing is of."""
        return self.lexicon.library[self.subjects[name].thing].family

    def is_cloth(self, names: tuple[str, ...]) -> bool:
        """Whether any of some things is moved as cloth."""
        return any(self.lexicon.library[self.subjects[name].thing].moves == "cloth" for name in names)

    def are_several(self, name: str) -> bool:
        """Whether a name is that of more than one thing."""
        return self.subjects[name].count > 1


def counted(item: Item) -> int:
    """How many are meant. Raises CountError for fewer than one, and for parts of one."""
    if not 1 <= item.value < math.inf or item.value != int(item.value):
        raise _uncountable(item.words)
    return int(item.value)


def _uncountable(number: str) -> CountError:
    return CountError(f"there can be 1 to {MOST} of a kind", number)
