"""Clauses that are left out whole in a plan in the making: what they name is there, and does nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .cast import counted
from .lexicon import Item, Named
from .phrasal import is_lit
from .places import Place
from .ways import Ways
from .words import (
    CONDITIONAL,
    DENYING_THINGS,
    DOUBTED,
    GIVING,
    LIKENESS,
    LIQUIDS,
    NOT_THERE,
    PICKING,
    PRONOUNS,
    REASONS,
    SOURCES,
    UNTOLD,
    VESSELS,
    denies,
    stems,
)

FLOWING = ("run", "flow", "stream", "drip", "trickle", "leak", "gush", "splash", "spill", "pour", "drain", "slosh")
"""Verbs of what runs out of a vessel."""

BOILING = ("steam", "bubble", "smoke", "spill", "pour")
"""What a vessel does with what it holds."""

SMOKING = ("chimney", "stump", "stove", "log", "volcano")
"""Things that give off something, besides those that burn."""

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
    flowing: str = ""
    """What a vessel holds, where it is what acts."""
    faceless: bool = False
    """Whether somebody acts who cannot be told from others, so that what is done by no one else is left out."""
    picked: str = ""
    """A word that tells one of several from the others, in front of their noun."""

    def _skip(self, word: str) -> None:
        """Leave out what is said from here to the end of the clause: this word would turn its meaning.

        A verb that waits for what comes next goes with it, and so does all that the clause says where the word begins
        a condition.
        """
        if word in (*REASONS, *LIKENESS, UNTOLD) or word.endswith("ing"):  # "falls without rolling"
            self._by_itself()
        self.faceless = self.faceless or (self.verb is None and self.since_break and self._is_part(word))
        begun = self.giving if self.given_off is not None else [self.verb_words] if self.verb is not None else []
        self.skipped, self.given_off = [*begun, word], None
        first = word.split()[0]
        absent = first in (*DENYING_THINGS, *NOT_THERE, *DOUBTED) or denies(first)
        self.present, self.aside, self.beside = not absent, None, None
        self.verb = None
        if word in CONDITIONAL:
            self.left += [f"that {h.who} is to {h.does}" for h in self.happenings[self.clause :]]
            del self.happenings[self.clause :]

    def _is_part(self, word: str) -> bool:
        """Whether a word, or words, speak of some of several."""
        return word in PICKING or word in ("one", "other", "others", "none") or word.endswith(" of") or word in LIQUIDS

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
        self.faceless = not (self.since_break and item.kind in ("noun", "pronoun", "liquid", "unknown"))
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

    def _liquid(self, item: Item) -> None:
        """What is in a vessel: where it does something, the vessel that was named last does."""
        if self.verb is not None and self.verb.name in ("pour", "spill"):
            self.fill(self.actors, item)
            return
        vessel = next((name for name in reversed(self.seen) if self._holds_something(name)), None)
        if not self.since_break:
            self.left.append(item.words)
        elif vessel is None and self.relation is None:
            self._skip(item.words)
        elif vessel is None:
            self.left.append(item.words)
        else:
            self.actors = self.last = (vessel,)
            self.since_break, self.flowing, self.faceless = False, item.words, True
            self.fill(self.last, item)

    def _holds_something(self, name: str) -> bool:
        return name in self.subjects and self.family(name) in VESSELS

    def _gives(self, name: str) -> bool:
        """Whether what is given off is said to come from a thing, or may come from it."""
        said = any(words in GIVING or words in (*SOURCES, "of") for words in self.giving)
        thing = self.lexicon.library[self.subjects[name].thing]
        return said or len(self.giving) < 2 or is_lit(thing) or thing.name in SMOKING or thing.family in VESSELS

    def _given_off(self, name: str) -> None:
        """A thing gives off what was spoken of, where it may come from it."""
        if self._gives(name):
            self._happen(self.lexicon.verbs[self.given_off or ""], name, None)
            self.actors = (name,)
        else:
            self.left.append(" ".join([*self.giving, self.subjects[name].name.lower()]))
            self.since_break = False
        self.given_off, self.last, self.relation, self.doubtful = None, (name,), None, None

    def _end_given_off(self, word: str) -> None:
        """What is given off is told where it is not said from what; at the end of a list who acted gives it off."""
        acted = [name for name in self.actors if any(h.who == name for h in self.happenings)]
        if self.given_off is not None and len(self.giving) > 1:
            self.left.append(" ".join(self.giving))
            self.given_off = None
        elif self.given_off is not None and acted and word != "and":
            self._happen(self.lexicon.verbs[self.given_off], acted[0], None)
            self.given_off = None

    def _flows(self, item: Item) -> Item | None:
        """What is said of what a vessel holds: it runs out, or what it does is left out. None where that is done."""
        if item.kind in ("verb", "unknown") and set(stems(item.words.split()[0])) & set(FLOWING):
            return Item("verb", self.lexicon.verbs["spill"], item.words)
        if item.kind in ("preposition", "source") and self.verb is not None and item.words not in self.verb.ways:
            self._by_itself()
            self.verb, self.flowing = None, ""
            self._skip(item.words)
            return None
        told = item.kind in ("colour", "size", "material", "unknown", "turning")
        if self.verb is None and (told or (item.kind == "verb" and item.value.name not in BOILING)):
            flowing, self.flowing = self.flowing, ""
            self._skip(item.words)
            self.skipped.insert(0, flowing)
            return None
        return item

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
            case "setting" if any(
                w in ("in", "at", "on", "under") for w in (*self.skipped[-3:-1], item.words.split()[0])
            ):
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
            here = name
        else:
            name = alike[-1].name
            self._forget_aside()
            here = None  # where it is has been said, or not
        if self.beside and self.aside:
            self._put_aside(self.aside, name)
        self.aside, self.beside = here, None

    def _put_aside(self, name: str, other: str | None) -> None:
        if other is not None and other != name and not self.subjects[name].places and self.beside:
            self.put(name, Place(relation=self.beside, of=(other,)))
        self.beside = None
