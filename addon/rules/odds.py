"""Readings that cannot be meant, however their words were put together."""

from __future__ import annotations

import re

from .conditions.attitude import Attitude
from .conditions.done import Done
from .conditions.logic import And, InOrder, Or, Xor
from .effects.stop import Stop
from .effects.tie import Look
from .model import Rule

_JUST_ONE = re.compile(
    r"\b(?:just|only) (?:one|1|a single one)\b(?:(?! and only)[^;]){0,200}\b(?:enough|needed|required|necessary|suffic\w+|will do|is fine|counts)\b"
    r"|\b(?:needs?|requires?|takes?|wants?|enough|suffic\w+) (?:just |only )?(?:that )?(?:just |only )?(?:one|1)\b",
    re.IGNORECASE,
)
_NOT_BOTH = re.compile(
    r"\b(?:exact\w*|precise\w*|strict\w*|xor|exclusive\w*|and only one|(?:not|never|without|nor)\b[^.;]{0,30}\b(?:both|two|other))\b",
    re.IGNORECASE,
)


_THEN_THING = re.compile(
    r"^(?:when|once|if|after|as soon as)\b[^,;:.]*\band then [^,;:.]*, \w+ (?:it|them)\b", re.IGNORECASE
)
"""``When A hits B and then C, stop it``: C is waited for as well."""

_EACH_FIRST = re.compile(
    r"\b(?:each|every) (?!time\b)[^,;:.]*\b(?:for the|the|its) (?:very )?first time\b", re.IGNORECASE
)
"""``When A hits each pin for the first time``: once for each of them, not once all are hit."""


_NEITHER = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\b[^;.:]*\b(?:and|nor)\b[^;.:]*(?:\bnot|n['’]t|\bnever)\b[^;.:]*\w either\b(?! +\w+ (?:will|is|does|are)\b)",
    re.IGNORECASE,
)
"""``A is not on and B is not on either``: neither of them is."""


_NO_SOONER = re.compile(
    r"(?:\b(?:and|but)|,) +(?:not (?:before|until|till)|no sooner than|only after)\b", re.IGNORECASE
)
"""``A hits B and not before C falls over``: C comes first."""

_STILL_SO = re.compile(r"\bstill (?:\w+ )?(?:open|closed|shut)\b", re.IGNORECASE)
"""``A is still open``: a state, whatever has happened before."""

_STOP_THAT = re.compile(
    r"\b(?:spin|turn|rotat|whirl|twirl)\w*\b.*\b(?:stop|cease|quit) (?:that|this|so|doing (?:that|this|so|it))\b",
    re.IGNORECASE,
)
"""``A spins: make it stop that``: the spin ends, not every motion."""

_ONCE_ONLY = re.compile(r", *once *,|\bonce,? (?:when|if|as soon as)\b", re.IGNORECASE)
"""``A looks at B, once, when …``: at that moment alone."""

_POSED_ON = re.compile(
    r"\b(?:upside down|upright|on (?:its|his|her) (?:side|back|head)) (?:up)?on (?!its\b|end\b)", re.IGNORECASE
)
"""``A is upside down on B``: where it is so counts as well."""


def _is_unordered(rule: Rule, text: str) -> bool:
    condition = rule.when.condition
    is_both = isinstance(condition, And) and any(part.is_event for part in condition.parts)
    return is_both and _NO_SOONER.search(text) is not None


def _is_mistaken(rule: Rule, text: str) -> bool:
    """Whether a part of it is another than its words say."""
    condition = rule.when.condition
    parts = condition.parts if isinstance(condition, And) else (condition,)
    if any(isinstance(part, Done) and part.begins for part in parts) and _STILL_SO.search(text):
        return True
    if len(parts) == 1 and isinstance(condition, Attitude) and _POSED_ON.search(text):
        return True
    if any(isinstance(effect, Stop) for effect in rule.effects) and _STOP_THAT.search(text):
        return True
    return any(isinstance(effect, Look) for effect in rule.effects) and _ONCE_ONLY.search(text) is not None


def is_at_odds(text: str, rule: Rule) -> bool:
    """Whether a reading cannot be meant, however its words were put together: 'just one is needed' is no 'not both'."""
    if _is_unordered(rule, text) or _is_mistaken(rule, text):
        return True
    if _THEN_THING.search(text) and not isinstance(rule.when.condition, InOrder):
        return True
    if rule.when.mode == "once" and _EACH_FIRST.search(text):
        return True
    if isinstance(rule.when.condition, Or) and _NEITHER.search(text):
        return True
    one_only = isinstance(rule.when.condition, Xor)
    return one_only and _JUST_ONE.search(text) is not None and _NOT_BOTH.search(text) is None
