"""What a rule says of a scene: things by name, numbers with their units, vectors, quoted texts and other words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..scene_graph import SceneGraph, SceneObject
from . import cues
from .phrases import Phrases

CONSTRAINT = "constraint"
Thing = SceneObject | str
"""An object, or `CONSTRAINT`."""

Slot = Literal["seconds", "duration", "metres", "degrees", "plain"]
"""Where a number can stand in code: a time or delay, how long a motion takes, a length, an angle, anything else."""

SLOTS: dict[Slot, tuple[str, ...]] = {
    "seconds": ("seconds",),
    "duration": ("seconds", "duration"),
    "metres": ("metres",),
    "degrees": ("degrees",),
    "plain": ("times",),
}
"""The units of numbers that may stand in each; a number without a unit may stand anywhere."""

VECTOR = re.compile(r"\(\s*-?\d+(?:\.\d+)?\s*(?:,\s*-?\d+(?:\.\d+)?\s*){2}\)")
_NUMBER = re.compile(rf"\d+(?:\.\d+)?|(?<!\bthe )\b(?:{'|'.join(cues.NUMBER_WORDS)})\b", re.IGNORECASE)
_ONLY_ONE = re.compile(
    r"\b(?:exactly|precisely|only|just) one\b|\b(?:xor|exclusive[ -]or)\b|\bnot (?:\w+ ){0,2}(?:both|two)\b",
    re.IGNORECASE,
)
_UNITS = (
    ("seconds", re.compile(r"\s*(?:of )?(?:a )?(?:s|secs?|seconds?)\b", re.IGNORECASE)),
    ("metres", re.compile(r"\s*(?:of )?(?:a )?(?:m|met(?:re|er)s?)\b(?!/)", re.IGNORECASE)),
    ("degrees", re.compile(r"\s*(?:°|degrees?\b)", re.IGNORECASE)),
    ("times", re.compile(r"\s*(?!this\b)[a-z]{3,}s\b", re.IGNORECASE)),
)
_LASTS = re.compile(r"\b(?:over|within|taking|lasting)\s+$|\d.*\bin\s+$", re.IGNORECASE)
"""What stands before the time that something takes, not before the time until then."""


@dataclass(frozen=True)
class Number:
    """A number of a rule: how Python writes it, its unit ("" if none is said), and whether it stands in figures."""

    text: str
    unit: str
    in_figures: bool

    def fits(self, slot: Slot) -> bool:
        """Whether it can stand there."""
        return not self.unit or self.unit in SLOTS[slot]


def numbers(bare: str) -> list[Number]:
    """The numbers that a rule without names says outside vectors, in its order."""
    plain = VECTOR.sub(" ", bare)
    found = []
    for match in _NUMBER.finditer(plain):
        unit = next((u for u, words in _UNITS if words.match(plain, match.end())), "")
        if unit == "seconds" and _LASTS.search(plain[: match.start()]):
            unit = "duration"
        in_figures = match[0][0].isdigit()
        text = match[0] if in_figures else cues.NUMBER_WORDS[match[0].lower()]
        found.append(Number(text, unit, in_figures))
    return found


def _plain(text: str) -> str:
    """A text in small letters, with plain words for turns of phrase."""
    text = text.lower()
    for pattern, plain in cues.IDIOMS:
        text = pattern.sub(plain, text)
    return text


def _is_verb(word: str) -> bool:
    return cues.VERBS.match(word) is not None and word not in cues.NO_VERBS


class Said:
    """One rule about one scene; ``names`` are the names in it, in its order and as often, ``bare`` the rest.

    Without ``cued`` it counts as having all words of `cues`.
    """

    def __init__(self, rule: str, graph: SceneGraph, cued: bool = True) -> None:
        self.rule, self.cued = rule, cued
        self.things: Mapping[str, Thing] = {
            **{c.name: CONSTRAINT for c in graph.constraints},
            **{o.name: o for o in graph.objects},
        }
        phrases = Phrases(list(self.things))
        self.names, self.bare = phrases.mentions(rule)
        self._marked = phrases.marked(rule)

    @cached_property
    def words(self) -> list[str]:
        """The words besides names, in small letters."""
        return re.findall(r"[a-z]+", _plain(self.bare))

    @cached_property
    def numbers(self) -> list[Number]:
        """See `numbers`."""
        return numbers(self.bare)

    @cached_property
    def vectors(self) -> list[str]:
        """Different vectors, as Python writes them."""
        return list(dict.fromkeys(" ".join(v.split()) for v in VECTOR.findall(self.bare)))

    @cached_property
    def texts(self) -> list[str]:
        """Texts in quotes."""
        return [v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", self.rule) for v in pair if v]

    def values(self, slot: Slot) -> list[str]:
        """The different numbers that can stand in a place."""
        return list(dict.fromkeys(n.text for n in self.numbers if n.fits(slot)))

    def says(self, words: set[str]) -> bool:
        """Whether it has one of these words."""
        return not self.cued or not words.isdisjoint(self.words)

    @property
    def delayed(self) -> bool:
        """Whether something may come later than what is waited for."""
        return self.says(cues.DELAYS) or cues.LASTED.search(self.bare) is not None

    @property
    def lasting(self) -> bool:
        """Whether something may go on as long as a touch."""
        return self.says(cues.LASTING) or self.always

    @property
    def always(self) -> bool:
        """Whether every single moment of a touch is meant."""
        return self.cued and cues.MOMENTS.search(self.bare) is not None

    @property
    def only_one(self) -> bool:
        """Whether one of two things is meant and not the other."""
        return self.cued and _ONLY_ONE.search(_plain(self.bare)) is not None

    @property
    def only_some(self) -> bool:
        """Whether one of two things may be meant and not the other."""
        denied = self.says(cues.TOGETHER) and self.says(cues.NEGATIONS | cues.CHOICES)
        return self.says(cues.ONLY) or denied

    @property
    def ordered(self) -> bool:
        """Whether the order of two things counts."""
        return self.cued and (self.says(cues.ORDERED) or {"first", "then"} <= set(self.words))

    @property
    def begins_with_condition(self) -> bool:
        """Whether the first word leads to what is waited for, and no colon puts that at the end."""
        first = re.match(r"(\w+)([^@]*)", self._marked)
        if first is None or ":" in self.bare:
            return False
        at_once = first[1].lower() in cues.PREPOSITIONS and not re.search(r"[,\d]", first[2])
        return at_once or first[1].lower() in cues.CONDITIONS

    @property
    def begins_with_act(self) -> bool:
        """Whether the first word is a command, so that the first name is acted on."""
        first = re.match(r"[A-Za-z]+", self._marked)
        return first is not None and first[0].lower() not in cues.OPENINGS and not first[0].endswith("ly")

    def latest(self, places: Sequence[int]) -> int | None:
        """Which of two touches comes after the other, if ``places`` are those of their names and the words say so."""
        words: list[str] = re.findall(r"@\d+|[a-z]+", self._marked.lower())
        third = [place for place, word in enumerate(words) if word[0] == "@"][places[2]]
        first_half, joint, second_half = words[:third], words[max(third - 2, 0) : third], words[third:]
        if not self.cued:
            return None
        if joint[-1] == "after" or joint == ["later", "than"]:
            return 0
        if joint[-1] == "before" or joint == ["earlier", "than"]:
            return 1
        early = [not cues.EARLY.isdisjoint(half) for half in (first_half, second_half)]
        return early.index(False) if sum(early) == 1 else None

    def lacking(self, places: Sequence[int]) -> int | None:
        """Which of two touches must not have happened, if ``places`` are those of their names and it can be told.

        The first word of a negation is right before the names of one touch, or between them.
        """
        words: list[str] = re.findall(r"@\d+|[a-z]+", _plain(self._marked))
        for place, word in enumerate(words):
            if self.cued and word in cues.NEGATIONS:
                before = sum(w[0] == "@" for w in words[:place])
                return min(sum(p < before for p in places) // 2, 1)
        return None

    @cached_property
    def subjects(self) -> set[int]:
        """Which of the names, counted from 0, must be waited for: after words such as ``when``, or before verbs."""
        words = ["", *re.findall(r"@\d+|[a-z]+|\S", self._marked.lower()), ""]
        places = [place for place, word in enumerate(words) if re.match(r"@\d", word)]
        return {n for n, place in enumerate(places) if words[place - 1] in cues.SUBJECTS or _is_verb(words[place + 1])}

    def explicit_keys(self, thing: SceneObject) -> list[str]:
        """Properties that the rule names after a dot."""
        keys = re.findall(rf"(?<!\w){re.escape(thing.name)}\.([A-Za-z]\w*)", self.rule, re.IGNORECASE)
        return [k for k in keys if k in thing.properties or (thing.body is None and not thing.properties)]

    def keys(self, thing: SceneObject) -> list[str]:
        """Properties that the rule can speak of."""
        return self.explicit_keys(thing) or list(thing.properties) or ([] if thing.body else ["on"])
