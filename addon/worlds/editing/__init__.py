"""A plan changed in words: what the words name is changed, and the rest stays as it is.

Each word of an edit is read by one of the forms here, or by the reader of sentences; an edit with a word that none of
them reads is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ...scene_graph import first_problem
from ..acting import TOWARDS
from ..cast import Cast
from ..entry import Entry
from ..errors import EditError
from ..lexicon import Lexicon, words_of
from ..lexing import word_of
from ..manifest import Happening, Manifest, Subject
from ..members import with_members
from ..numerals import plain_numbers
from ..places import Place
from ..verbs import verbs
from ..words import PREPOSITIONS, SETTINGS
from .changes import differences, in_circle, instead, made_of, numbered, paced, painted, replaced, scaled, without
from .meant import Meant
from .phrases import Phrase, Wish, Words, asked, in_full
from .reading import read_on
from .setting import stronger_wind, taken_off, told_setting
from .words import (
    BE,
    EXCEPT,
    FLOOR,
    INTO,
    LIGHTS,
    MAKE,
    PUT,
    REMOVE,
    REPLACE,
    SAYABLE,
    USE,
)

__all__ = ["EditError", "Edited", "differences", "edited"]

NAMING = ("the ", "this ", "that ", "these ", "those ")
"""What stands before a thing that is there."""

SMALL = (*PREPOSITIONS, *TOWARDS, "of", "with", "for", "from", "up", "off", "about", "as", "than", "so")
"""Words that say nothing without those behind them."""

OF_ONE = ("on", "at the edge of", "in", "above", "hanging from", "under")
"""Relations that are to one thing, and cannot be to a group of which none can be told apart."""


@dataclass(frozen=True)
class Edited:
    """A changed plan, and what has changed in lines: what it was and what it is."""

    manifest: Manifest
    changes: tuple[str, ...]


def edited(manifest: Manifest, text: str, library: dict[str, Entry]) -> Edited:
    """A plan with what some words change in it. Raises EditError for words that are not understood."""
    lexicon = Lexicon(library, verbs())
    names = {tuple(words_of(s.name)): s.name for s in manifest.subjects}
    tokens = in_full(asked(with_members(plain_numbers(text), lexicon)), manifest, lexicon)
    edit = _Edit(manifest, lexicon, Words(tokens, lexicon, names))
    edit.run()
    if going_round := in_circle(edit.manifest):
        raise EditError(f"'{text}' cannot be done: {' and '.join(going_round)} would be placed by each other")
    changes = tuple(differences(manifest, edit.manifest))
    if not changes:
        raise EditError(f"'{text}' changes nothing; what can be said: {SAYABLE}")
    return Edited(edit.manifest, changes)


Form = Callable[[int], int | None]
"""Changes the plan by words from a place on; gives where they end, None where they are not of this form."""


@dataclass
class _Edit(Meant):
    """A plan that is being changed."""

    form: Form | None = None
    """The form of the clause before, which may go on without its verb."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What was said of the setting so far."""

    def run(self) -> None:
        """Change what the words say. Raises EditError."""
        at = 0
        while at < len(self.words.tokens):
            if self.words.ends(at) and self.words.skip(at, EXCEPT) is None:
                at += 1
                continue
            before, self.begin = self.manifest, at
            try:
                at = self._clause(at)
                self.manifest = Manifest.model_validate(self.manifest.model_dump())
            except ValidationError as error:
                raise EditError(f"'{self.words.clause(self.begin)}' cannot be done: {first_problem(error)}") from None
            if self.manifest == before:
                raise EditError(f"'{self.words.clause(self.begin)}' changes nothing; what can be said: {SAYABLE}")

    def _clause(self, at: int) -> int:
        """Change what one clause says; gives where it ends. Raises EditError."""
        self.words.far, self.missing = at, ""
        forms: tuple[tuple[Sequence[str], Form], ...] = (
            (REMOVE, self._removed),
            (("take",), self._taken_away),
            (("turn", "switch"), self._switched),
            ((*REPLACE, "make"), self._exchanged),
            (PUT, self._put),
            (USE, self._counted),
            (MAKE, self._made),
        )
        bare: tuple[Form, ...] = (self._counted, self._made, self._weather)
        going_on = (self.form,) if self.form is not None else ()
        led = [(end, form) for leads, form in forms if (end := self.words.skip(at, leads)) is not None]
        for place, form in (*led, *((at, form) for form in (*going_on, *bare))):
            if (end := self._tried(form, place)) is not None:
                self.form = form
                return end
        self.form = None
        before, far, end = self.manifest, self.words.far, read_on(self, at)
        self.words.far = far
        moves = self.words.at(at) in PUT and self.manifest.subjects == before.subjects
        if end is not None and not moves and not (self.manifest == before and (self.missing or far > end)):
            return end
        there = f"there is no such thing; there are {', '.join(s.name for s in self.manifest.subjects)}"
        if self.missing:
            raise self.refused(self.missing, there)
        strange = self._strange()
        raise self.refused(strange, there if strange.startswith(NAMING) else "")

    def _strange(self) -> str:
        """The words that were not understood: a word that is not known with the article before it, else all from one
        that says nothing alone to the end of the clause; "" where it may be any of it."""
        far = self.words.far
        if self.words.ends(far):
            return ""
        word, rest = self.words.at(far), self.words.clause(far)
        alone = word.isalpha() and word_of(word).kind == "unknown" and word not in SMALL
        named = far > self.begin and f"{self.words.at(far - 1)} " in NAMING
        return f"{self.words.at(far - 1)} {word}" if alone and named else word if alone else rest

    def _tried(self, form: Form, place: int) -> int | None:
        """What a form reads, where it reads a whole clause, but what stays as it is behind "but not"."""
        before, said, settings = self.manifest, self.said, dict(self.settings)
        end = form(place)
        if end is not None and self.words.ends(end):
            spared, behind = self._spared(end)
            if not spared:
                return behind
            self.manifest, self.said, self.settings = before, said, settings
            self.spared = {s.name for s in self.all_meant(spared)}
            end = form(place)
            self.spared = set()
            return behind if end is not None else None
        self.manifest, self.said, self.settings = before, said, settings
        return None

    def _spared(self, end: int) -> tuple[list[Phrase], int]:
        at = self.words.skip(end + (self.words.at(end) == ","), EXCEPT)
        if at is None:
            return [], end
        spared, behind = next(self.words.lists(at), ([], at))
        if not spared or not self.words.ends(behind) or not self.all_meant(spared):
            raise self.refused(self.words.clause(end + (self.words.at(end) == ",")))
        return spared, behind

    def _speak_of(self, subjects: Sequence[Subject]) -> None:
        self.said = tuple(s.name for s in subjects) or None

    def _removed(self, place: int) -> int | None:
        if (end := taken_off(self, place)) is not None:
            return end
        for phrases, end in self.words.lists(place):
            if self.words.ends(end):
                return end if self._remove(phrases, whole=self.words.at(place - 1) == "no") else None
        return None

    def _taken_away(self, place: int) -> int | None:
        for phrases, end in self.words.lists(place):
            if self.words.at(end) in ("away", "out") and self.words.ends(end + 1):
                return end + 1 if self._remove(phrases, whole=False) else None
        return None

    def _remove(self, phrases: Sequence[Phrase], whole: bool) -> bool:
        gone, fewer = set[str](), list[Subject]()
        for phrase in phrases:
            found = self.candidates(phrase)
            some = phrase.partitive or not phrase.definite
            number = phrase.number if phrase.number is not None else 1.0 if phrase.indefinite else None
            if some and number is not None and len(found) == 1 and not phrase.picking and number < found[0].count:
                fewer.append(numbered(found[0], found[0].count - number))
            elif whole and not phrase.picking and phrase.number is None:
                gone |= {s.name for s in found}
            else:
                found = self.meant(phrase)
                gone |= {s.name for s in found}
            if not found:
                return False
        if len(gone) == len(self.manifest.subjects):
            raise EditError(f"'{self.words.clause(self.begin)}' cannot be done: nothing would be left")
        self.manifest = without(replaced(self.manifest, fewer), gone)
        self._speak_of([s for s in fewer if s.name not in gone])
        return True

    def _made(self, place: int) -> int | None:
        if (end := stronger_wind(self, place)) is not None:
            return end
        for phrases, behind in self.words.lists(place):
            at = self.words.skip(behind, BE) or behind
            wishes, end = self.words.wishes(at)
            does = None
            if not wishes and (verb := self.lexicon.verb(self.words.tokens[at:])) is not None:
                wishes, end = self.words.wishes(at + verb[0])
                does = verb[1].name
            if wishes and self.words.ends(end) and (does is None or all(w.kind == "speed" for w in wishes)):
                subjects = self.all_meant(phrases)
                self._agree(wishes)
                for wish in wishes if subjects and not self.missing else ():
                    self._fulfil([s.name for s in subjects], wish, does)
                self._speak_of(subjects)
                return end if subjects and not self.missing else None
        return None

    def _agree(self, wishes: Sequence[Wish]) -> None:
        """Raises EditError for what cannot be wished at once."""
        for kind in ("colour", "stuff", "speed"):
            if len([wish for wish in wishes if wish.kind == kind]) > 1:
                raise self.refused("", f"it cannot be of more than one {kind}")
        sizes = [wish.value for wish in wishes if wish.kind == "size"]
        if any(set(a[1]) & set(b[1]) and a[0] != b[0] for a in sizes for b in sizes):
            raise self.refused("", "it cannot be of more than one size")

    def _fulfil(self, names: Sequence[str], wish: Wish, does: str | None) -> None:
        for name in names:
            subject = self.manifest.subject(name)
            entry = self.lexicon.library[subject.thing]
            match wish.kind:
                case "size":
                    factor, known = wish.value
                    subject = scaled(subject, entry, factor, known, wish.exact)
                case "colour":
                    subject = painted(subject, entry, wish.value)
                case "stuff":
                    subject = made_of(subject, entry, wish.value)
                case _:
                    self.manifest = paced(self.manifest, name, wish.value, self.lexicon, does)
            self.manifest = replaced(self.manifest, [subject])

    def _counted(self, place: int) -> int | None:
        phrase, sign = self._number(place)
        if phrase is None or phrase.number is None or not self.words.ends(phrase.end):
            return None
        found = self.candidates(phrase)
        if not found or phrase.definite or phrase.picking or self.words.at(place) == "both":
            return None
        if len(found) > 1:
            raise self.refused(phrase.words, f"there are {', '.join(s.name for s in found)}; say how many of which")
        (subject,) = found
        count = phrase.number if not sign else subject.count + sign * phrase.number
        self.manifest = replaced(self.manifest, [numbered(subject, count)])
        self._speak_of(found)
        return phrase.end

    def _number(self, place: int) -> tuple[Phrase | None, int]:
        """Things with a number, and whether there are to be so many more (1) or fewer (-1)."""
        words, more = self.words, {"more": 1, "fewer": -1, "less": -1}
        if words.at(place + 1) in more:
            kept = words.tokens
            words.tokens = [*kept[: place + 1], *kept[place + 2 :]]
            phrase = words.thing(place)
            words.tokens = kept
            return phrase and _moved(phrase, 1), more[words.at(place + 1)]
        phrase = words.thing(place)
        if phrase is not None and words.at(phrase.end) in more:
            return _moved(phrase, 1), more[words.at(phrase.end)]
        return phrase, 0

    def _put(self, place: int) -> int | None:
        for phrases, at in self.words.lists(place):
            self.words.ends(at)
            if (end := self.words.skip(at, FLOOR)) is not None:
                places: tuple[Place, ...] = ()
            elif (found := self._place(at)) is not None:
                place_of, end = found
                places = (place_of,)
            else:
                continue
            moved = self.all_meant(phrases) if self.words.ends(end) else []
            if not moved or self.missing:
                return None
            for subject in moved:
                if not places and not subject.places and not subject.lift:
                    raise EditError(f"'{subject.name}' is on the ground already, or where what it does begins")
                if any(subject.name in one.of for one in places):
                    raise EditError(f"'{subject.name}' cannot be placed by itself")
            self.manifest = replaced(
                self.manifest, [s.model_copy(update={"places": places, "lift": 0.0}) for s in moved]
            )
            self._speak_of(moved)
            return end
        return None

    def _place(self, at: int) -> tuple[Place, int] | None:
        """A place by other things, and where its words end; None where it is no such place."""
        said = max((p for p in PREPOSITIONS if self.words.skip(at, (p,)) is not None), key=len, default=None)
        relation = PREPOSITIONS.get(said or "")
        if said is None or relation is None:
            return None
        listed = list(self.words.lists(at + len(said.split())))
        two = next((found for found in listed if len(found[0]) == 2), None) if relation == "between" else None
        phrases, end = two or next((found for found in listed if len(found[0]) == 1), ([], at))
        others = self.all_meant(phrases)
        if not others or len(others) > (2 if relation == "between" else 1):
            return None
        stands_on = relation == "on" and others[0].arrangement == "stack"
        if relation in OF_ONE and others[0].count > 1 and not stands_on:
            raise self.refused(phrases[0].words, f"{others[0].count} of them cannot be told apart")
        return Place(relation=relation, of=tuple(s.name for s in others)), end

    def _exchanged(self, place: int) -> int | None:
        for phrases, behind in self.words.lists(place):
            turned = self.words.at(place - 1) == "make" and self.words.at(behind) in ("a", "an")
            into = behind if turned else self.words.skip(behind, INTO)
            new = self.words.thing(into) if into is not None and len(phrases) == 1 else None
            if new is None or new.named is None or new.definite or new.picking or not self.words.ends(new.end):
                continue
            found = self.meant(phrases[0]) if new.words.split(" ", 1)[-1] not in SETTINGS else []
            if len(found) != 1:
                return None
            self._exchange(found[0], new)
            return new.end
        return None

    def _exchange(self, old: Subject, new: Phrase) -> None:
        assert new.named is not None
        number = new.number or (old.count if new.named.several else 1)
        cast = Cast(self.lexicon, {s.name: s for s in self.manifest.subjects if s.name != old.name})
        told = {item.kind: item for item in new.told}
        cast.colour = told["colour"].value if "colour" in told else None
        cast.size, cast.material, cast.article = told.get("size"), told.get("material"), "a"
        subject = cast.subjects[cast.named(new.named)]
        if cast.left:
            raise self.refused(new.words, f"'{', '.join(cast.left)}'")
        subject = numbered(subject, number)
        kept = {key: getattr(old, key) for key in ("places", "lift", "facing", "yaw", "bearing")}
        kept |= {"arrangement": old.arrangement, "spacing": old.spacing} if old.count > 1 else {}
        subject = subject.model_copy(update=kept)
        self.manifest = instead(self.manifest, old, subject)
        self._speak_of([subject])

    def _switched(self, place: int) -> int | None:
        ways = {"on": "light up", "off": "go out"}
        first = ways.get(self.words.at(place))
        for phrases, end in self.words.lists(place + (first is not None)):
            does = first or ways.get(self.words.at(end))
            end += first is None
            if does is not None and self.words.ends(end):
                subjects = self.all_meant(phrases)
                if not subjects or self.missing:
                    return None
                for subject in subjects:
                    self._shine(subject, does)
                self._speak_of(subjects)
                return end
        return None

    def _shine(self, subject: Subject, does: str) -> None:
        form = self.lexicon.library[subject.thing].make(**subject.parameters)
        lit = any(part.glow for part in form.parts) or bool({"flame", "bulb", "light", "wick"} & set(form.anchors))
        if not lit:
            raise EditError(f"'{subject.name}' has no light")
        now = next((h.does for h in self.manifest.happenings if h.who == subject.name and h.does in LIGHTS), does)
        if now != does:
            raise EditError(f"'{subject.name}' is to {now}, and nothing tells whether it is to {does} before or after")
        if all(h.who != subject.name or h.does != does for h in self.manifest.happenings):
            happenings = (*self.manifest.happenings, Happening(who=subject.name, does=does))
            self.manifest = self.manifest.model_copy(update={"happenings": happenings})

    def _weather(self, place: int) -> int | None:
        return told_setting(self, place, self.settings)


def _moved(phrase: Phrase, by: int) -> Phrase:
    return Phrase(**{**vars(phrase), "end": phrase.end + by})
