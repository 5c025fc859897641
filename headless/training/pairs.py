"""Pairs of a rule in somebody's words and the plain sentence that it means; more by other names and numbers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from addon.coder.things import Things, told_things

FILE = Path(__file__).with_name("pairs.jsonl")
SCENES = Path(__file__).with_name("scenes.jsonl")

WEIGHTS = {"worlds": 1.0, "benchmark": 0.5, "machines": 0.7, "free": 1.0, "none": 1.0, "words": 0.4, "held": 0.0}
"""How often a pair of each source is shown: free rules for worlds that their writers thought up, rules of machines in
others' words, more of these, free rules, what plain sentences cannot say, rules that words alone settle, and those held
out to see how good the model is."""

RENAMED_AT_FIRST, RENAMED_AGAIN, RENUMBERED = 0.25, 0.8, 0.6
"""Shares of pairs that get other names when shown first and again, and of these the share with other numbers."""

KEPT = frozenset(["0", "1", "2", "90", "180", "360"])
"""Numbers that words can stand for (``twice``, ``a quarter turn``)."""

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.]|\.\d)")


@dataclass(frozen=True)
class Pair:
    """A rule whose names and quantities are respelled, its sentence, the names in the rule, and the scene's things."""

    rule: str
    sentence: str
    names: tuple[str, ...] = ()
    source: str = "machines"
    things: Things = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Shown:
    """What the model is asked and what it is to answer."""

    rule: str
    things: str
    sentence: str


def load_scenes(file: Path = SCENES) -> dict[str, Things]:
    """The things of each scene of a file: one JSON object a line."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {line["scene"]: line["things"] for line in lines}


def load_pairs(file: Path = FILE, scenes: Path = SCENES) -> list[Pair]:
    """All pairs of a file: one JSON object a line."""
    known = load_scenes(scenes)
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        Pair(line["rule"], line["sentence"], tuple(line["names"]), line["source"], known.get(line.get("scene"), {}))
        for line in lines
    ]


def shown_pairs(pairs: Sequence[Pair], seed: int = 0) -> list[Shown]:
    """What is shown, in its order, each pair as often as its source weighs."""
    rng = random.Random(seed)
    names = sorted({name for pair in pairs for name in pair.names})
    found = []
    for pair in pairs:
        whole, part = divmod(WEIGHTS[pair.source], 1)
        for turn in range(int(whole) + (rng.random() < part)):
            one = pair
            if rng.random() < (RENAMED_AGAIN if turn else RENAMED_AT_FIRST):
                one = renamed(pair, names, rng)
                if rng.random() < RENUMBERED:
                    rule, sentence = renumbered(one.rule, one.sentence, rng)
                    one = replace(one, rule=rule, sentence=sentence)
            found.append(Shown(one.rule, told_things(one.rule, one.things), one.sentence))
    rng.shuffle(found)
    return found


def renamed(pair: Pair, names: Sequence[str], rng: random.Random) -> Pair:
    """The same of other things."""
    if not pair.names:
        return pair
    unused = [name for name in names if name not in pair.things]
    others = dict(zip(pair.names, rng.sample(unused, len(pair.names)), strict=True))
    either = "|".join(map(re.escape, sorted(pair.names, key=len, reverse=True)))
    rule, sentence = _both(re.compile(rf"(?<!\w)(?:{either})(?!\w)"), others, pair.rule, pair.sentence)
    things = {others.get(name, name): properties for name, properties in pair.things.items()}
    return replace(pair, rule=rule, sentence=sentence, names=tuple(others.values()), things=things)


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
