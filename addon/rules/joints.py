"""What words between the parts of a rule ask of it: a rule that they do not hold of is none.

'Later' asks for a delay or for something earlier, 'both' for two conditions, 'only' for a word that it can belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .conditions.logic import And, InOrder, Or
from .conditions.time import Clock
from .model import Rule

OR = frozenset(["or", "either", "whichever"])
ORDER = frozenset(["then", "later", "next", "afterwards", "order", "sequence", "row", "second", "secondly", "finally"])
EARLIER = frozenset(["after", "before", "already", "earlier", "previously"])
AND = frozenset(["both", "and", "also", "too", "+"])
PAUSE = frozenset(["wait", "pause", "passes", "pass", "later", "delay", "after", "afterwards"])
LASTS = frozenset([
    "takes", "take", "taking", "lasts", "last", "over", "during", "within", "allowed", "gets", "get", "duration",
    "finish", "spend",
])  # fmt: skip
WORDS = OR | ORDER | EARLIER | AND | PAUSE | LASTS
"""Words between parts that are heeded."""

POINTING = frozenset(["that", "this", "it", "which", "both", "these", "they", "them"])
"""Words after ``after`` that point at what was said before."""

SEQUENCE = frozenset(["order", "sequence", "row"])
LATER = frozenset(["later", "next", "afterwards", "secondly", "finally", "after"])
FOLLOWS = frozenset(["after", "later", "afterwards", "next"])
"""Words that ask for something earlier than the start of a run."""

ONE = frozenset(["single", "one"])
MOMENTS = frozenset(["time", "moment", "instant", "thing"])
CLOSELY = frozenset(["only", "just", "exactly", "exact", "precise", "precisely", "right"])
"""Words that belong to the word after them, which is none of a part: 'only Ball' is not 'Ball'."""

NEEDS = frozenset(["need", "needs", "needed", "require", "required"])
BEFORE = frozenset(["at", "on", "by", "upon", "after", "with", "in", "until", "during", "before", "unless"])
"""Words that what is waited for follows, and never what is done."""

HAVE = frozenset(["has", "have", "gets", "get"])
POINTS = frozenset(["the", "that", "this", "these", "those"])
"""Words before a name that leave what it belongs to as it is: ``if that torch burns``."""

IF = re.compile(r"(?:only |just )?(?:if|iff|provided|given|assuming|supposing|on condition)\b")
"""What begins so is looked at when the rule acts, some time after what it waits for."""

LED = CLOSELY | MOMENTS | frozenset([
    "when", "if", "once", "as", "at", "in", "on", "after", "then", "that", "this", "the", "what", "1st", "first",
    "one", "need", "needs", "so", "now", "for",
])  # fmt: skip
ASKED = frozenset(["is", "are", "was", "does", "do", "did", "has", "have"])


def are_sound(words: Sequence[str]) -> bool:
    """Whether the words between parts can stand as they do, with an empty word for each part."""
    if words and words[0] in ASKED and words[-1] == "?":
        return False
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        if word in CLOSELY and after not in LED:
            return False
        # 'Soon after A' is vague.
        if word == "soon" and before not in ("as", "so"):
            return False
    if any(
        a in CLOSELY and b in ONE and c not in MOMENTS - {"thing"}
        for a, b, c in zip(words, words[1:], (*words[2:], ""), strict=False)
    ):
        return False
    pairs = pairwise(words)
    return not any(
        pair == ("that", "is") and (not after or not after.isalpha())
        for pair, after in zip(pairs, (*words[2:], ""), strict=False)
    )


def hold(words: Sequence[str], rule: Rule, lasting: bool) -> bool:
    """Whether the words between its parts hold of a rule; ``lasting`` tells that a time was read as how long it takes."""
    between, when = frozenset(words), rule.when
    pair = isinstance(when.condition, And | InOrder | Or)
    waits = bool(when.delay) or isinstance(when.condition, Clock) or any(s.wait or s.pause for s in rule.steps)
    wanted = (
        (OR, isinstance(when.condition, Or)),
        (SEQUENCE, isinstance(when.condition, InOrder) and len(rule.effects) == 1),
        (LATER, isinstance(when.condition, InOrder) or waits or len(rule.steps) > 1),
        (EARLIER - {"after"} | {"second"}, isinstance(when.condition, InOrder)),
        (frozenset(["both"]), isinstance(when.condition, And | InOrder)),
        (frozenset(["two"]), pair),
        (LASTS, lasting or waits),
        (PAUSE - LATER - {"wait"}, waits),
        (frozenset(["wait"]), waits or when.condition is not None),
        (ONE - {"one"} | {"1st"}, when.mode == "once"),
    )
    if not all(holds for asked, holds in wanted if asked & between):
        return False
    if isinstance(when.condition, Clock) and (not between.isdisjoint(FOLLOWS) or len(rule.effects) > 1):
        return False
    if pair and any(word in CLOSELY and after in ("one", "single") for word, after in pairwise(words)):
        return False
    alone = [a for w, a in zip(words, (*words[1:], ""), strict=True) if w in ONE and a not in MOMENTS]
    return not alone or isinstance(when.condition, Or) or not pair


__all__ = ["AND", "EARLIER", "IF", "LASTS", "OR", "ORDER", "PAUSE", "POINTING", "POINTS", "WORDS", "are_sound", "hold"]
