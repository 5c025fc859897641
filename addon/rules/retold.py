"""Turns of phrase that stand for words said before, put in those words: ``in the same time``, ``for each pin that falls``."""

from __future__ import annotations

import re

from .units import Quantity, quantities_at
from .vocabulary import Vocabulary

_LASTS = re.compile(
    r"\b(?:in|within|over|during|taking|takes|lasting|lasts)\s+(?:exactly |just |only |about )?(?=\S)", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:in (?:just )?(?:the|that) same (?:amount of |length of )?time|(?:equally|just as|as) (?:fast|quickly|slowly|quick|slow)(?: again)?(?! as)"
    r"|at (?:the|that) same (?:speed|pace|rate)|taking (?:just )?(?:the same time|as long)|taking the same(?: amount of)? time)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_EACH = re.compile(
    r"\b(?:(?:for|per) )?(?:each|every)(?: (?:single|and every|one of the))? (?P<kind>[^,.;:!?]+?),? (?:that|which|who) (?!is\b|are\b|was\b)",
    re.IGNORECASE,
)


def retold(told: str, vocabulary: Vocabulary) -> str:
    """A text with such turns in the words that they stand for; itself where there are none or that is in doubt."""
    return _each_that(_same_time(told), vocabulary)


def _same_time(told: str) -> str:
    """``in the same time`` as the one time that something was said to take before."""
    same = _SAME.search(told)
    if same is None or _SAME.search(told, same.end()):
        return told
    before = {q.value: q for lead in _LASTS.finditer(told, 0, same.start()) for q in _times(told, lead.end())}
    after = [q for lead in _LASTS.finditer(told, same.end()) for q in _times(told, lead.end())]
    if len(before) != 1 or after:
        return told
    (time,) = before.values()
    return f"{told[: same.start()]}in {time.said}{told[same.end() :]}"


def _times(told: str, start: int) -> list[Quantity]:
    return [q for _, q in quantities_at(told, start) if q.dimension == "time"][-1:]


def _each_that(told: str, vocabulary: Vocabulary) -> str:
    """``one for each pin that falls`` as ``one each time any pin falls``."""
    each = _EACH.search(told)
    if each is None or _EACH.search(told, each.end()) or re.search(r"\b(?:not|never|no|nothing|without)\b", told):
        return told
    kind = each["kind"].lower()
    noun = next((n for n, members in vocabulary.groups.items() if len(members) > 1 and n == kind), None)
    return told if noun is None else f"{told[: each.start()]}each time any {noun} {told[each.end() :]}"


__all__ = ["retold"]
