"""Worked examples for a model that says rules in plain sentences, and those of them nearest to a rule."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from ..models import PROMPTS
from ..rules.templates import UNITS

PER_SHAPE = 2
"""Examples at most whose sentences differ in names and figures only."""

SHOWN_BEFORE = 0.5
"""How much less a term counts with each example that has it."""

_UNITS = "|".join(re.escape(unit.strip()) for unit in sorted(UNITS.values(), key=len, reverse=True) if unit)
_FIGURE = re.compile(rf"-?\b\d+(?:\.\d+)?(?: (?:{_UNITS})(?!\w))?")
_VECTOR = re.compile(r"\([-\d., ]+\)")
_TERM = re.compile(r"[A-Za-z]+|→|->|=>|[/@+&]")
_NAME = re.compile(r"\b[A-Z]\w*(?: (?:[A-Z]\w*|\d+))*")


@dataclass(frozen=True)
class Sentence:
    """A rule in somebody's words, its names and quantities respelled, and the plain sentence that it is read as."""

    rule: str
    sentence: str

    @cached_property
    def names(self) -> frozenset[str]:
        """What it names."""
        return frozenset(_NAME.findall(self.sentence))

    @cached_property
    def shape(self) -> str:
        """Its sentence without names and figures."""
        return " ".join(terms(self.sentence, self.names))

    @cached_property
    def terms(self) -> frozenset[str]:
        """What tells its kind."""
        return frozenset(terms(self.rule, self.names))


@cache
def sentence_library() -> tuple[Sentence, ...]:
    """The worked examples of ``prompts/rule_sentences.md``: a rule a line, and under it ``= `` and its sentence."""
    lines = (PROMPTS / "rule_sentences.md").read_text(encoding="utf-8").splitlines()
    return tuple(Sentence(rule, told[2:]) for rule, told in pairwise(lines) if told.startswith("= "))


@cache
def _weights() -> dict[str, float]:
    """How rare each term is."""
    spread = Counter(term for one in sentence_library() for term in one.terms)
    return {term: math.log(1.0 + len(sentence_library()) / count) for term, count in spread.items()}


def terms(text: str, names: Iterable[str]) -> list[str]:
    """The words of a respelled text and its pairs of neighbours, with NAME, VECTOR and units in their places."""
    if any_name := "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))):
        text = re.sub(rf"(?<!\w)(?:{any_name})(?!\w)", " NAME ", text)
    text = _FIGURE.sub(lambda found: f" {_unit(found[0])} ", _VECTOR.sub(" VECTOR ", text))
    words = [word if word.isupper() else word.lower() for word in _TERM.findall(text)]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _unit(figure: str) -> str:
    unit = figure.partition(" ")[2]
    return "Q" + re.sub(r"\W", "P", unit).upper()


def nearest_sentences(rule: str, names: Collection[str], count: int) -> list[Sentence]:
    """The examples most like a respelled rule about things of these names, the nearest last.

    What an example has in common with the rule counts less for the next ones, so that each part of the rule is shown.
    """
    weights = _weights()
    asked = {term: weights[term] ** 2 for term in sorted(set(terms(rule, names))) if term in weights}
    pool = [(one, [term for term in asked if term in one.terms]) for one in sentence_library()]
    found: list[Sentence] = []
    shapes: Counter[str] = Counter()
    while len(found) < count and pool:
        place = max(range(len(pool)), key=lambda n: sum(asked[term] for term in pool[n][1]) / _length(pool[n][0]))
        one, shared = pool.pop(place)
        if shapes[one.shape] < PER_SHAPE:
            shapes[one.shape] += 1
            found.append(one)
            asked.update({term: asked[term] * SHOWN_BEFORE for term in shared})
    return found[::-1]


@cache
def _length(one: Sentence) -> float:
    """Long examples have more in common with everything."""
    return math.sqrt(sum(_weights()[term] ** 2 for term in sorted(one.terms))) or 1.0
