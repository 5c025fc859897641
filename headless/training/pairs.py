"""Pairs of a rule in somebody's words and the plain sentence that it means; more by other names and numbers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("pairs.jsonl")

WEIGHTS = {"benchmark": 0.4, "machines": 0.3, "free": 1.25, "none": 1.0, "words": 0.4}
"""How often a pair of each source is shown: rules of machines in others' words, more of these, free rules, what plain
sentences cannot say, and rules that words alone settle."""

RENAMED_AT_FIRST, RENAMED_AGAIN, RENUMBERED = 0.25, 0.8, 0.6
"""Shares of pairs that get other names when shown first and again, and of these the share with other numbers."""

KEPT = frozenset(["0", "1", "2", "90", "180", "360"])
"""Numbers that words can stand for (``twice``, ``a quarter turn``)."""

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.]|\.\d)")


@dataclass(frozen=True)
class Pair:
    """A rule whose names and quantities are respelled, its sentence, and the names in them."""

    rule: str
    sentence: str
    names: tuple[str, ...] = ()
    source: str = "machines"


def load_pairs(file: Path = FILE) -> list[Pair]:
    """All pairs of a file: one JSON object a line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Pair(**{**json.loads(line), "names": tuple(json.loads(line)["names"])}) for line in lines]


def shown_pairs(pairs: Sequence[Pair], seed: int = 0) -> list[tuple[str, str]]:
    """Rules and sentences in the order in which they are shown, each as often as its source weighs."""
    rng = random.Random(seed)
    names = sorted({name for pair in pairs for name in pair.names})
    found = []
    for pair in pairs:
        whole, part = divmod(WEIGHTS[pair.source], 1)
        for turn in range(int(whole) + (rng.random() < part)):
            one = pair.rule, pair.sentence
            if rng.random() < (RENAMED_AGAIN if turn else RENAMED_AT_FIRST):
                one = renamed(pair, names, rng)
                if rng.random() < RENUMBERED:
                    one = renumbered(*one, rng)
            found.append(one)
    rng.shuffle(found)
    return found


def renamed(pair: Pair, names: Sequence[str], rng: random.Random) -> tuple[str, str]:
    """The same of other things."""
    if not pair.names:
        return pair.rule, pair.sentence
    others = dict(zip(pair.names, rng.sample(names, len(pair.names)), strict=True))
    either = "|".join(map(re.escape, sorted(pair.names, key=len, reverse=True)))
    return _both(re.compile(rf"(?<!\w)(?:{either})(?!\w)"), others, pair.rule, pair.sentence)


def renumbered(rule: str, sentence: str, rng: random.Random) -> tuple[str, str]:
    """The same with other numbers, where a number stands in both."""
    shared = sorted({*NUMBER.findall(rule)}.intersection(NUMBER.findall(sentence)) - KEPT)
    return _both(NUMBER, {number: _like(number, rng) for number in shared}, rule, sentence)


def _like(number: str, rng: random.Random) -> str:
    if "." not in number:
        return str(rng.randint(2, 60))
    return f"{rng.uniform(0.1, 6):.{rng.choice((1, 1, 2))}f}".rstrip("0").rstrip(".")


def _both(pattern: re.Pattern[str], others: dict[str, str], rule: str, sentence: str) -> tuple[str, str]:
    other: Callable[[re.Match[str]], str] = lambda found: others.get(found[0], found[0])  # noqa: E731
    return pattern.sub(other, rule), pattern.sub(other, sentence)
