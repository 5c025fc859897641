"""Words in front of a verb that say that it is not done, or not for certain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .words import DETERMINERS, stems

Known = Callable[[Sequence[str]], object | None]
"""Gives the verb with which words begin."""

UNWILLING = {
    *("refuse", "fail", "try", "tried", "attempt", "want", "hope", "wish", "plan", "intend", "pretend", "threaten"),
    *("struggle", "hesitate", "decline", "long", "prepare", "forget", "neglect", "need", "expect", "seem", "appear"),
    *("promise", "dare", "mean", "meant", "yearn", "strive", "offer", "decide", "wait", "used", "about", "unable"),
    *("unwilling", "reluctant", "ready", "supposed", "afraid", "eager", "impossible", "likely", "unlikely", "due"),
    *("forbidden", "yet", "said", "told", "asked", "loath"),
}
"""Words in front of "to" and a verb that say that it is not done, or not for certain, in their plain forms."""

UNDOING = {
    *("without", "instead of", "far from", "close to", "on the verge of", "on the brink of", "on the point of"),
    *("incapable of", "afraid of", "tired of", "dream of", "think of", "think about", "stop", "cease", "quit", "avoid"),
    *("give up", "resist", "finish", "risk", "refrain from", "keep from", "rather than", "want", "need"),
}
"""Words in front of a verb that ends in "ing" that say so."""


def is_going_to(words: Sequence[str], verb: Known) -> bool:
    """Whether what comes next is about to be done: "going to roll" is no going."""
    return list(words[:2]) == ["going", "to"] and verb(words[2:]) is not None


def turning(words: Sequence[str], verb: Known) -> int:
    """How many words come next that turn the verb behind them, as in "can't roll", "refuses to roll", "too heavy to
    roll" and "stops rolling", in the last kind with that verb."""
    if words[0].endswith("n't"):
        return 1
    length = 3 if words[0] == "too" and list(words[2:3]) == ["to"] else 0
    if list(words[1:2]) == ["to"] and words[2:3] and words[2] not in DETERMINERS and UNWILLING & set(stems(words[0])):
        length = 2
    for n in range(1, min(5, len(words))):
        said = {" ".join((stem, *words[1:n])) for stem in stems(words[0])}
        if said & UNDOING and words[n].endswith("ing") and verb(words[n:]) is not None:
            length = n + 1
    return length
