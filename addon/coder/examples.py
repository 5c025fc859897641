"""Worked examples for prompts, and those of them nearest to a rule (BM25 over words that are no names or numbers)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from .prompts import PROMPTS

_EXAMPLE = re.compile(r"^([^\n`]+)\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|\(")
_K1, _B = 1.2, 0.5


@dataclass(frozen=True)
class Example:
    """A rule and its code."""

    rule: str
    code: str


@cache
def examples() -> tuple[Example, ...]:
    """All worked examples of ``prompts/examples.md``."""
    text = (PROMPTS / "examples.md").read_text(encoding="utf-8")
    return tuple(Example(rule.strip(), code) for rule, code in _EXAMPLE.findall(text))


def words(rule: str, names: Collection[str]) -> list[str]:
    """The words of a rule that tell its kind: names of objects become ``NAME``, numbers ``NUMBER``."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        rule = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " NAME ", rule, flags=re.IGNORECASE)
    found = []
    for word in _WORD.findall(rule.replace("NAME", " ").lower()):
        found.append("NUMBER" if word[0].isdigit() else word)
    return found


def _own_names(example: Example) -> list[str]:
    """The names of objects in an example: its capitalised words beyond the first."""
    return [w for w in re.findall(r"[A-Za-z]+", example.rule)[1:] if w[0].isupper()]


def nearest(rule: str, names: Collection[str], count: int, pool: Sequence[Example] | None = None) -> list[Example]:
    """The examples most like a rule, the nearest last. ``names`` are the scene's objects, which do not count."""
    pool = examples() if pool is None else pool
    documents = [words(e.rule, _own_names(e)) for e in pool]
    mean = sum(map(len, documents)) / max(len(documents), 1)
    spread = Counter(word for document in documents for word in set(document))
    query = set(words(rule, names))

    def score(document: list[str]) -> float:
        counts = Counter(document)
        total = 0.0
        for word in sorted(query & set(counts)):
            rarity = math.log(1.0 + (len(pool) - spread[word] + 0.5) / (spread[word] + 0.5))
            length = _K1 * (1.0 - _B + _B * len(document) / mean)
            total += rarity * counts[word] * (_K1 + 1.0) / (counts[word] + length)
        return total

    ranked = sorted(range(len(pool)), key=lambda i: (-score(documents[i]), i))[:count]
    return [pool[i] for i in reversed(ranked)]
