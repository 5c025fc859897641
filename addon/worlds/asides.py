"""Clauses that are left out whole in a plan in the making: what they name is there, and does nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .cast import counted
from .lexing import Item, Named
from .places import Place
from .ways import Ways
from .words import CONDITIONAL, DOUBTED, LIKENESS, NOT_THERE, PICKING, PRONOUNS, REASONS, UNTOLD

STANDING_BY = ("on", "in", "under", "behind", "in front of", "next to", "near", "beside", "by")
"""Prepositions between two things of such a clause that say where the first one is."""


@dataclass
class Asides(Ways):
    """What is left out up to the end of the clause, and what of it is there."""

    given_off: str | None = None
    """The verb of which what is spoken of is the outcome: smoke, steam."""
    giving: list[str] = field(default_factory=list)
    """The words for it, and for how it is given off."""
    setting: dict[str, Any] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    """Words that are left out, up to the end of the clause."""
    present: bool = False
    """Whether the things that they name are there."""
    aside: str | None = None
    """The thing that was named last among them."""
    beside: str | None = None
    """A relation of it to the one that is named next."""
    faceless: bool = False
    """Whether somebody acts who cannot be told from others, so that what is done by no one else is left out."""
    picked: str = ""
    """A word that tells one of several from the others, in front of their noun."""

    def _skip(self, word: str) -> None:
        """Leave out what is said from here to the end of the clause: this word would turn its meaning.

        A verb that waits for what comes next goes with it, and so does all that the clause says where the word begins
        a condition.
        """
        if word in (*REASONS, *LIKENESS, UNTOLD):
            self._by_itself()
        self.faceless = self.faceless or (self.verb is None and self.since_break and self._is_part(word))
        begun = self.giving if self.given_off is not None else [self.verb_words] if self.verb is not None else []
        self.skipped, self.given_off = [*begun, word], None
        self.present, self.aside, self.beside = word.split()[0] not in (*NOT_THERE, *DOUBTED), None, None
        self.verb = None
        if word in CONDITIONAL:
            self.left += [f"that {h.who} is to {h.does}" for h in self.happenings[self.clause :]]
            del self.happenings[self.clause :]

    def _is_part(self, word: str) -> bool:
        """Whether a word, or words, speak of some of several."""
        return word in PICKING or word in ("one", "other", "others", "none") or word.endswith(" of")

    def _end_skipped(self) -> None:
        """What is left out ends here."""
        if self.skipped:
            self.left.append(" ".join(word for word in self.skipped if word != UNTOLD))
            self.skipped, self.relation = [], None

    def _forget_aside(self) -> None:
        """What was told of things of a clause that is left out is told with it."""
        self.count = self.arrangement = None
        self.led = False
        self.forget()

    def _goes_on_faceless(self, item: Item) -> bool:
        """Whether a clause begins that says no other who acts than one who cannot be told from others."""
        if not self.faceless or self.skipped or item.kind in ("break", "empty"):
            return False
        acts = item.kind == "verb" or (item.kind == "unknown" and item.words.endswith("s") and not self.article)
        if self.since_break and (acts or item.words in PRONOUNS or item.words in ("is", "are")):
            self._skip(item.words)
            return True
        self.faceless = self.faceless and item.kind not in ("noun", "pronoun", "liquid", "unknown")
        return False

    def _picks(self, named: Named) -> bool:
        """Whether a noun speaks of one of several that there are."""
        group = next((s for s in self.subjects.values() if s.thing == named.entry.name and s.count > 1), None)
        alike = [s for s in self.subjects.values() if s.thing == named.entry.name]
        if any((self.colour, self.size, self.material, self.arrangement)) or named.letter:
            return False
        if self.picked and self.article == "the" and len(alike) + (group is not None) > 1:
            return not (self.picked == "last" and group is not None and group.arrangement == "row")
        return self.count == 1 and self.article == "" and group is not None

    def _aside(self, item: Item) -> None:
        """A piece of what is left out: a thing of it is there, where it is said to be."""
        self.skipped.append(item.words)
        self.present = self.present and item.words not in DOUBTED
        if not self.present:
            return
        match item.kind:
            case "colour":
                self.colour = item.value
            case "size":
                self.size = item
            case "material":
                self.material = item
            case "count":
                self.count = counted(item)
            case "arrangement":
                self.arrangement = item.value
            case "setting" if any(w in ("in", "at", "on", "under") for w in (*self.skipped[-3:-1], item.words.split()[0])):
                if all(self.setting.get(key, value) == value for key, value in item.value.items()):
                    self.setting |= item.value
            case "preposition" if item.words in STANDING_BY and self.aside is not None:
                self.beside = item.value
            case "pronoun" if item.words == "it" and self.beside and self.aside and self.seen:
                topic = next((n for n in self.seen if n != self.aside), None)
                self._put_aside(self.aside, topic)
            case "noun":
                self._named_aside(item.value)
            case "empty":
                return
            case _:
                self.beside = None
                self.forget()

    def _named_aside(self, named: Named) -> None:
        alike = [s for s in self.subjects.values() if s.thing == named.entry.name]
        if self.article == "a" or not alike:
            name = self.named(named)
            self.seen = (*self.seen, name)
        else:
            name = alike[-1].name
            self._forget_aside()
        if self.beside and self.aside:
            self._put_aside(self.aside, name)
        self.aside, self.beside = name, None

    def _put_aside(self, name: str, other: str | None) -> None:
        if other is not None and other != name and not self.subjects[name].places and self.beside:
            self.put(name, Place(relation=self.beside, of=(other,)))
        self.beside = None
