"""A wish that is a whole rule: in place of one that does the same, or a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..conditions.time import Clock
from ..model import Rule
from ..read import Reading, read
from ..vocabulary import Vocabulary

_ALSO = re.compile(
    r"^(?:(?:and|also|additionally|besides|plus|furthermore|in addition|(?:add )?(?:a|another) (?:new )?rule|add)\b[ ,:]*(?:that )?)+",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:when|whenever|if|once|as soon as|while|as long as|(?:each|every) time|every|from the start|at the start|after the start|upon)\b|->",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Whole:
    """Rules said as such, in ``text``; ``also`` if they come to those that stand."""

    text: str
    rules: tuple[Rule, ...]
    also: bool


def whole_rule(told: str, scene: Vocabulary) -> Whole | None:
    """The rules that a wish is by itself; None if it is none, or a time alone says when something is done."""
    lead = _ALSO.match(told)
    rest = told[lead.end() :] if lead else told
    if not _TIMED.search(rest) or re.search(r"\binstead\b", rest):
        return None
    found = read(rest, scene)
    if not isinstance(found, Reading) or found.asides:
        return None
    of_time = any(isinstance(rule.when.condition, Clock | None) for rule in found.rules)
    if of_time and lead is None and not re.search(r"\bstart\b", rest):
        return None
    return Whole(rest, found.rules, also=lead is not None)
