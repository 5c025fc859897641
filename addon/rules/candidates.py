"""All readings that a text's names, quantities and words allow, as canonical sentences.

Some of the things that the text names, one after the other, are acted on and the others are waited for; each family
needs a word that speaks of it; all names, quantities and directions are used; words of negation, order, choice and
repetition are heeded. Which of the readings is meant is not decided here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .conditions.logic import ordinal
from .mentions import Mentions, mentions
from .templates import Template, templates, told_with_unit
from .vocabulary import Vocabulary

MOST_ACTS = 3
MOST = 3000
"""Readings at most; a text that has more is too open to choose among."""

Part = tuple[str, frozenset[str]]
"""A piece of a sentence, and the marks of what it uses."""

_NOT = {
    "not",
    "no",
    "never",
    "unless",
    "except",
    "without",
    "neither",
    "nor",
    "none",
    "longer",
    "untouched",
    "excepting",
}
_EACH = {"each", "every", "whenever", "always", "anytime", "everytime", "any", "often", "again", "per", "repeatedly"}
_WHILE = {
    "while",
    "whilst",
    "during",
    "throughout",
    "long",
    "whole",
    "entire",
    "continuously",
    "constantly",
    "keep",
    "keeps",
    "moment",
    "frame",
    "step",
    "time",
}
_OR = {"or", "either", "one", "whichever", "any", "xor", "whoever", "alternatively", "suffices", "enough"}
_ONLY = re.compile(
    r"\b(?:exactly|precisely|only|just) (?:one|1)\b|\bxor\b|\bexclusive\b|\bnot (?:\w+ ){0,3}(?:both|two)\b|\bone (?:and|but) (?:only|not)\b",
    re.IGNORECASE,
)
_OFF = re.compile(r"\b(?:off|not on|toggles|disabled|stops|falls|leaves|loses)\b")
_ORDER = {
    "then",
    "after",
    "before",
    "earlier",
    "first",
    "later",
    "followed",
    "afterwards",
    "already",
    "previously",
    "order",
    "sequence",
    "beforehand",
    "subsequently",
    "next",
    "preceded",
    "prior",
}


@dataclass(frozen=True)
class Candidates:
    """The readings of one text, as triggers and what can follow each."""

    text: str
    vocabulary: Vocabulary

    @cached_property
    def said(self) -> Mentions:
        """What the text names."""
        return mentions(self.text, self.vocabulary)

    @cached_property
    def words(self) -> set[str]:
        """Its other words."""
        return set(self.said.words)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The readings, none if there are too many."""
        found = dict.fromkeys(itertools.islice(self._sentences(), MOST + 1))
        return tuple(found) if len(found) <= MOST else ()

    @cached_property
    def _all(self) -> frozenset[str]:
        """Marks of all that has to be used."""
        said = self.said
        marks = [f"q{n}" for n, q in enumerate(said.quantities) if q.dimension != "number" or q.said[0].isdigit()]
        marks += [f"way{n}" for n in range(len(said.ways))] + [f"vector{n}" for n in range(len(said.vectors))]
        return frozenset(marks + [f"count{n}" for n in range(len(said.counts))])

    def _sentences(self) -> Iterator[str]:
        names = self.said.names
        for start in range(len(names)):
            for end in range(start + 1, min(len(names), start + MOST_ACTS) + 1):
                waits, does = (*names[:start], *names[end:]), names[start:end]
                if not (start == 0 or end == len(names) or len(waits) == 4):
                    continue
                doing = list(self._effects(does))
                if not doing:
                    continue
                for (trigger, one), (effects, two) in itertools.product(self._triggers(waits), doing):
                    whole = not one & two and self._all <= one | two | self._implied(effects)
                    if whole and ("off" in self.words) <= bool(_OFF.search(f"{trigger} {effects}")):
                        yield f"{trigger} → {effects}"

    def _implied(self, effects: str) -> frozenset[str]:
        """Marks of directions that a verb says."""
        verbs = {"up": ("rises", "jumps"), "down": ("sinks",)}
        return frozenset(
            f"way{n}" for n, way in enumerate(self.said.ways) if any(v in effects for v in verbs.get(way, ()))
        )

    def _effects(self, names: Sequence[str]) -> Iterator[Part]:
        """Effects on the things in their order."""
        if not names:
            yield "", frozenset()
            return
        for template in templates()[1]:
            count = template.names
            if not 0 < count <= len(names) or not self._can(template, names[:count]):
                continue
            for (text, used), (rest, more) in itertools.product(
                template.filled(names[:count], self.said), self._effects(names[count:])
            ):
                if not used & more or (used & more and count < len(names)):
                    yield (f"{text} and {rest}" if rest else text), used | more

    def _triggers(self, names: Sequence[str]) -> Iterator[Part]:
        times = [(told_with_unit(q), f"q{n}") for n, q in enumerate(self.said.quantities) if q.dimension == "time"]
        if not names:
            for text, mark in times:
                yield f"{text} after the start", frozenset([mark])
                if self.words & _EACH:
                    yield f"every {text}", frozenset([mark])
            return
        often, lasting = bool(self.words & _EACH), bool(self.words & _WHILE)
        for condition, used in self._conditions(names):
            yield f"once {condition}", used
            if often:
                yield f"each time {condition}", used
            if lasting:
                yield f"as long as {condition}", used
            for text, mark in times:
                if mark not in used:
                    yield f"{text} after {condition}", used | {mark}
                    if often:
                        yield f"{text} after each time {condition}", used | {mark}

    def _conditions(self, names: Sequence[str]) -> Iterator[Part]:
        denies = bool(self.words & _NOT)
        for text, used in self._leaves(names):
            if denies == _is_denied(text):
                yield text, used
                for n, count in enumerate(self.said.counts):
                    if not _is_denied(text) and count > 1:
                        yield f"{text} for the {ordinal(count)} time", used | {f"count{n}"}
        for cut in range(1, len(names)):
            for (a, one), (b, two) in itertools.product(self._leaves(names[:cut]), self._leaves(names[cut:])):
                if not one & two:
                    yield from ((text, one | two) for text in self._joined(a, b))

    def _joined(self, a: str, b: str) -> Iterator[str]:
        """Two clauses as one condition, as far as the text's words allow."""
        denied = _is_denied(a) + _is_denied(b)
        if self._only_one:
            if not denied:
                yield f"either {a} or {b}, but not both"
            return
        if bool(self.words & _NOT) != bool(denied) or denied == 2:
            return
        if denied:
            yield f"{a} and {b}" if _is_denied(b) else f"{b} and {a}"
            return
        if self.words & _OR:
            yield f"{a} or {b}"
        yield f"{a} and {b}"
        if self.words & _ORDER:
            yield f"first {a} and then {b}"
            yield f"first {b} and then {a}"

    @cached_property
    def _only_one(self) -> bool:
        return _ONLY.search(self.text) is not None

    def _can(self, template: Template, names: Sequence[str]) -> bool:
        """Whether the text has a word of the template's family, and these things can be what it says."""
        key = template, tuple(names)
        if key not in self._fitting:
            filled = bool(template.tells) and template.tells <= self.said.kinds
            speaks = filled or not self.words.isdisjoint(template.words)
            self._fitting[key] = speaks and template.fits(names, self.vocabulary)
        return self._fitting[key]

    @cached_property
    def _fitting(self) -> dict[tuple[Template, tuple[str, ...]], bool]:
        return {}

    def _leaves(self, names: Sequence[str]) -> Iterable[Part]:
        for template in templates()[0]:
            if template.names == len(names) and self._can(template, names):
                yield from template.filled(names, self.said)


def _is_denied(text: str) -> bool:
    return re.search(r"\b(?:not|no|never)\b", text) is not None


__all__ = ["Candidates", "Template"]
