"""Which subjects of a plan the words of an edit mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..errors import EditError
from ..lexicon import Item, Lexicon
from ..manifest import Manifest, Subject
from ..shades import rgb_of
from .phrases import Phrase, Words
from .words import SAYABLE


@dataclass
class Meant:
    """A plan with the words about it."""

    manifest: Manifest
    lexicon: Lexicon
    words: Words
    begin: int = 0
    """Where the clause begins that is read."""
    said: tuple[str, ...] | None = ()
    """The subjects that were spoken of last; None where nothing tells which."""
    spared: set[str] = field(default_factory=set)
    """The subjects that stay as they are."""
    missing: str = ""
    """What was spoken of and is not there."""

    def refused(self, what: str, why: str = "") -> EditError:
        """What is told of words that are not understood."""
        clause = self.words.clause(self.begin, self.words.far)
        told = f"'{clause}'" if what in ("", clause) else f"'{what}' in '{clause}'"
        return EditError(f"{told} is not understood{': ' + why if why else ''}; what can be said: {SAYABLE}")

    def all_meant(self, phrases: Iterable[Phrase]) -> list[Subject]:
        """All that is meant by a list of things. Raises EditError."""
        return list({s.name: s for phrase in phrases for s in self.meant(phrase)}.values())

    def meant(self, phrase: Phrase) -> list[Subject]:
        """The subjects that are meant; none where there is no such thing. Raises EditError for a part of a group, and
        where several could be meant."""
        found = self.candidates(phrase)
        if not found or phrase.everything or phrase.pronoun or phrase.name:
            return [s for s in found if s.name not in self.spared]
        total, names = sum(s.count for s in found), [s.name for s in found]
        if phrase.picking:
            raise self.refused(phrase.picking, self._alike(found))
        if phrase.number is not None and phrase.number != total:
            raise self.refused(phrase.words, self._alike(found))
        one = phrase.number in (None, 1) and phrase.named is not None and not phrase.named.several
        if one and not phrase.whole and total > 1:
            raise self.refused(phrase.words, self._alike(found))
        return [s for s in found if s.name in names and s.name not in self.spared]

    def _alike(self, found: Sequence[Subject]) -> str:
        if len(found) > 1:
            return f"there are {', '.join(s.name for s in found)}; say which one by its name or colour, or say 'all'"
        if found[0].count == 1:
            return f"there is one of '{found[0].name}'"
        return f"there are {found[0].count} of '{found[0].name}', which cannot be told apart; name all of them"

    def candidates(self, phrase: Phrase) -> list[Subject]:
        """All subjects of which a phrase could speak, however many it says. Raises EditError."""
        if phrase.pronoun:
            return self._spoken_of(phrase)
        subjects = self.manifest.subjects
        if phrase.everything:
            spared = {s.name for s in self.all_meant(phrase.spared)}
            return [s for s in subjects if s.name not in spared]
        if phrase.name and phrase.named is None:
            return [s for s in subjects if s.name == phrase.name]
        assert phrase.named is not None
        noun = phrase.named.noun
        by_name = [s for s in subjects if re.fullmatch(rf"{re.escape(noun)}( [A-Z])?", s.name, re.IGNORECASE)]
        found = by_name or [s for s in subjects if s.thing == phrase.named.entry.name]
        if phrase.name:
            own = (phrase.name.lower(), *([noun.lower()] if phrase.name.endswith(" A") else []))
            found = [s for s in found if s.name.lower() in own][-1:]
        found = [s for s in found if all(self._is(s, item) for item in phrase.told)]
        if not found:
            self.missing = phrase.words
        return found

    def _spoken_of(self, phrase: Phrase) -> list[Subject]:
        said = self.said
        if said == () and len(self.manifest.subjects) == 1:
            said = (self.manifest.subjects[0].name,)
        found = [s for s in self.manifest.subjects if s.name in (said or ())]
        if not found:
            raise self.refused(phrase.pronoun, "nothing says which thing is meant")
        if phrase.pronoun in ("it", "he", "she", "him") and sum(s.count for s in found) > 1:
            raise self.refused(phrase.pronoun, f"it may be any of {', '.join(s.name for s in found)}")
        return found

    def _is(self, subject: Subject, item: Item) -> bool:
        """Whether a subject is as is told in front of its noun."""
        entry = self.lexicon.library[subject.thing]
        if item.kind == "colour":
            knob = entry.paint
            now = subject.parameters.get(knob.name, knob.default) if knob is not None else None
            return now == rgb_of(item.value)
        if item.kind == "material":
            return bool((subject.stuff or entry.make(**subject.parameters).stuff) == item.value)
        factor, names = item.value
        sizes = {k.name: k for k in entry.knobs.values() if k.name in names and k.name in subject.parameters}
        usual = [float(subject.parameters[n]) / float(k.default) for n, k in sizes.items()]  # type: ignore[arg-type]
        return bool(usual) and all((u > 1.0) == (factor > 1.0) and u != 1.0 for u in usual)
