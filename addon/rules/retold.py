"""Turns of phrase that stand for words said before, put in those words: ``in the same time``, ``for each pin that falls``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .units import Quantity, quantities_at
from .vocabulary import Vocabulary
from .words import plural

_LASTS = re.compile(
    r"\b(?:in|within|over|during|taking|takes|lasting|lasts)\s+(?:exactly |just |only |about )?(?=\S)", re.IGNORECASE
)
_SAME = re.compile(
    r"\b(?:in (?:just )?(?:the|that) same (?:amount of |length of )?time|(?:equally|just as|as) (?:fast|quickly|slowly|quick|slow)(?: again)?(?! as)"
    r"|at (?:the|that) same (?:speed|pace|rate)|taking (?:just )?(?:the same time|as long)|taking the same(?: amount of)? time)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_EACH = re.compile(
    r"\b(?:(?P<lead>for|per|with) )?(?P<any>each|every|any|whichever)(?: (?:single|and every|one of the|of the))? (?P<kind>[^,.;:!?]+?),? (?:that|which|who) (?!is\b|are\b|was\b)",
    re.IGNORECASE,
)


_WAITS = re.compile(r"\b(?:when|whenever|if|once|after|as soon as|until|unless|every|each|before|while|then)\b", re.I)


def retold(told: str, vocabulary: Vocabulary) -> Iterator[str]:
    """A text with such turns in the words that they stand for; itself where there are none or that is in doubt."""
    yield from _each_that(_same_time(told), vocabulary)


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


def _each_that(told: str, vocabulary: Vocabulary) -> Iterator[str]:
    """``one for each pin that falls`` as ``one each time any pin falls``."""
    each = _EACH.search(told)
    if each is None or _EACH.search(told, each.end()) or re.search(r"\b(?:not|never|no|nothing|without)\b", told):
        yield told
        return
    kinds = {form: n for n, members in vocabulary.groups.items() if len(members) > 1 for form in (n, plural(n))}
    noun, head, rest = kinds.get(each["kind"].lower()), told[: each.start()], told[each.end() :]
    if noun is None:
        yield told
        return
    every = each["any"].lower() in ("each", "every")
    if each["lead"] or every:
        yield f"{head}each time any {noun} {rest}"
    if not each["lead"] and head.strip(" ,:-") and not _WAITS.search(told.replace(each[0], "")):
        # 'Stop any can that touches Stop': it is that can that is stopped.
        yield f"each time any {noun} {rest.strip(' .!')}, {head.strip(' ,:-')} that {noun}"


__all__ = ["retold"]
