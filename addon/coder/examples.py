"""Worked examples for prompts, and those of them nearest to a rule by the words and word pairs that they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..models import PROMPTS

_EXAMPLE = re.compile(r"^([^\n`]+)\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\(")
_TOUCHES = {"hits", "reaches", "strikes", "meets", "touch", "hit"}
"""Words that say the same as ``touches``."""


@dataclass(frozen=True)
class Example:
    """A rule and its code."""

    rule: str
    code: str


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples written by hand (``prompts/examples.md``)."""
    return _read("examples.md")


@cache
def example_library() -> tuple[Example, ...]:
    """All worked examples: those by hand, and rules of the benchmark's train split (``prompts/train_examples.md``)."""
    return examples() + _read("train_examples.md")


def _read(file: str) -> tuple[Example, ...]:
    text = (PROMPTS / file).read_text(encoding="utf-8")
    return tuple(Example(rule.strip(), code) for rule, code in _EXAMPLE.findall(text))


def terms(rule: str, names: Collection[str]) -> list[str]:
    """What tells a rule's kind: its words, and its pairs of neighbours with ``NAME`` and ``NUMBER`` in their places."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        rule = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " NAME ", rule, flags=re.IGNORECASE)
    tokens = ["NUMBER" if t[0].isdigit() else t if t == "NAME" else t.lower() for t in _TOKEN.findall(rule)]
    tokens = ["touches" if t in _TOUCHES else t for t in tokens]
    pairs = [f"{a} {b}" for a, b in pairwise(tokens)]
    return [t for t in tokens if t not in ("NAME", "NUMBER")] + pairs


def _own_names(example: Example) -> list[str]:
    """The names of objects in an example: the capitalised texts in its code."""
    return re.findall(r"\"([A-Z][^\"]*)\"", example.code)


def nearest(rule: str, names: Collection[str], count: int, pool: Sequence[Example] | None = None) -> list[Example]:
    """The examples most like a rule, the nearest last, no two with the same kind of condition.

    ``names`` are the scene's objects, which do not count as words. Side by side, examples that wait for different
    things show what the words of each are.
    """
    pool = example_library() if pool is None else pool
    documents = [set(terms(e.rule, _own_names(e))) for e in pool]
    spread = Counter(term for document in documents for term in document)
    weights = {t: math.log(1.0 + len(pool) / spread[t]) for t in sorted(set(terms(rule, names))) if t in spread}

    def likeness(place: int) -> tuple[float, int]:
        shared = sum(w for t, w in weights.items() if t in documents[place])
        return shared / _length(documents[place]), -place

    best: dict[str, int] = {}
    for place in sorted(range(len(pool)), key=likeness, reverse=True):
        best.setdefault(kind_of(pool[place].code), place)
    return [pool[place] for place in list(best.values())[:count][::-1]]


def kind_of(code: str) -> str:
    """The first line of a rule's code without what it names."""
    return re.sub(r"\"[^\"]*\"|\d+(?:\.\d+)?", "_", code.splitlines()[0])


def _length(document: Collection[str]) -> float:
    """Long examples have more in common with everything."""
    return 8.0 + len(document)
