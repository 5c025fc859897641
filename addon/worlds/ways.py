"""What prepositions say in a plan in the making: where something is, where it goes, or what cannot be promised."""

from __future__ import annotations

from dataclasses import dataclass

from .acting import TOWARDS
from .lexicon import Item
from .meant import Meant
from .whereabouts import UPRIGHT, WITH
from .words import ALONG, GOING, TURNING

MOVING = ("drive", "roll", "slide", "fly", "jump", "bounce")
"""Verbs of what goes somewhere else."""

PASSED = ("past", "under", "beneath", "underneath", "below", "between")
"""Prepositions behind them that say what it passes, and not where it is at the start."""


@dataclass
class Ways(Meant):
    """A preposition is a place, a way of the verb in front of it, or left out."""

    ambient: bool = False
    """Whether the clause speaks of weather, a place or an hour; what comes with it is only there."""
    falls: bool = False
    """Whether weather falls on what is named next."""

    def _preposition(self, item: Item) -> None:
        if item.words == WITH and self.last and self.verb is None and not self.since_break:
            self.host, self.guests, self.relation = self.last[0], (), (WITH, WITH)
            return
        everywhere = (*TURNING, *TOWARDS, "along", "across", "over", *(("on", "onto") if self.falls else ()))
        if self.ambient and self.verb is None and item.words in everywhere:
            return
        if self.verb is None and not self._arrives(item) and self._is_later(item):
            self.left.append(item.words)
            self.since_break = False
            return
        if item.words == "over" and self.verb is not None and self.verb.name == "fly" and self.is_cloth(self.actors):
            self.verb = self.lexicon.verbs["fall"]  # thrown over something, it lies on it
        if item.words == "over" and self.verb is None and self.last and self.family(self.last[0]) not in UPRIGHT:
            self.relation = ("above", "over")
            return
        if self._arrives(item):
            return
        goes = self.verb is not None and item.words in self.verb.ways
        passes = goes if item.words == "past" else item.words in PASSED and not goes
        if self.verb is not None and self.verb.name in MOVING and passes:
            self.left.append(item.words)
            self._by_itself()
            return
        if self.verb is not None and item.words in TOWARDS and not goes:
            self.relation, self.doubtful = (None, item.words), item.words
            return
        along = item.words in ALONG and self.verb is not None and self.verb.name in GOING
        self.relation = ("on" if along and not goes else item.value, item.words)
        self.doubtful = item.words if item.value is None and not goes and not along else None
