"""The things of a plan in the making: what is said of each in front of its noun, and where it is put."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..scene_graph import COLORS
from .entry import Entry
from .lexing import Item, Lexicon, Named
from .manifest import Arrangement, Subject
from .places import Place

PLAIN = ("water", "liquid", "contents")
"""What runs out of a vessel of which it is not said that it holds anything else."""


@dataclass
class Cast:
    """The things that were named so far, and words that tell of the one that comes next."""

    lexicon: Lexicon
    subjects: dict[str, Subject] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    colour: str | None = None
    size: Item | None = None
    material: Item | None = None
    count: int | None = None
    arrangement: Arrangement | None = None
    definite: bool = False
    """Whether an article speaks of a thing that is known."""

    def named(self, named: Named) -> str:
        """The name of a thing that is spoken of; a new subject where it is no one that there is."""
        base, entry = named.noun.capitalize(), named.entry
        plain = not any((self.colour, self.size, self.material, self.count, self.arrangement))
        if plain and base in self.subjects and (not named.several or self.subjects[base].count > 1):
            return base
        same = [s.name for s in self.subjects.values() if s.thing == entry.name]
        if plain and self.definite and len(same) == 1:
            return same[0]
        if named.stands_in:
            self.left.append(f"{named.noun} (a {entry.name} stands for it)")
        name, number = base, 2
        while name in self.subjects:
            name, number = f"{base} {chr(ord('A') + number - 1)}", number + 1
        usual = self._usual(entry) if named.several else 1
        self.subjects[name] = Subject(
            name=name,
            thing=entry.name,
            parameters=self._knobs(entry),
            stuff=self._stuff(entry),
            count=self.count or usual,
            arrangement=self.arrangement or ("row" if entry.name == "domino" else "scattered"),
        )
        self.colour = self.size = self.material = self.count = self.arrangement = None
        return name

    def _usual(self, entry: Entry) -> int:
        """How many several are where no number is said: the fewer the larger they are."""
        if self.arrangement is not None:
            return 8 if self.arrangement == "row" else 5
        form = entry.make()
        return next((count for count, size in ((8, 0.6), (4, 1.5)) if float(max(form.high - form.low)) < size), 2)

    def _stuff(self, entry: Entry) -> str | None:
        """What it is said to be made of, where it is not made of that anyway."""
        if self.material is None or self.material.value == entry.make().stuff:
            return None
        if entry.moves in ("cloth", "soft"):
            self.left.append(self.material.words)
            return None
        return str(self.material.value)

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

    def put(self, name: str, place: Place) -> None:
        """One more place of a thing."""
        subject = self.subjects[name]
        self.subjects[name] = subject.model_copy(update={"places": (*subject.places, place)})

    def unsaid(self) -> None:
        """Words that tell of a thing, and none comes."""
        told = [str(v) for v in (self.colour, self.count, self.arrangement) if v is not None]
        self.left += [*told, *(item.words for item in (self.size, self.material) if item is not None)]
        self.colour = self.size = self.material = self.count = self.arrangement = None

    def family(self, name: str) -> str:
        """The family of the library that a thing is of."""
        return self.lexicon.library[self.subjects[name].thing].family

    def is_cloth(self, names: tuple[str, ...]) -> bool:
        """Whether any of some things is moved as cloth."""
        return any(self.lexicon.library[self.subjects[name].thing].moves == "cloth" for name in names)

    def are_several(self, name: str) -> bool:
        """Whether a name is that of more than one thing."""
        return self.subjects[name].count > 1
