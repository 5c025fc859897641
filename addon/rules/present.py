"""What a denied event means while something goes on: that it is not so now."""

from __future__ import annotations

import re

from .conditions.logic import Not
from .conditions.touch import Touch
from .model import Rule

_DOES_NOT = re.compile(r"\b(?:do|does)(?: not|n['’]t)\b(?! yet\b)", re.IGNORECASE)


def at_present(text: str, rule: Rule) -> Rule:
    """``As long as A does not touch B``: as long as they are apart, whatever has been before."""
    if rule.when.mode != "while" or not _DOES_NOT.search(text):
        return rule
    condition = rule.when.condition
    if not (isinstance(condition, Not) and isinstance(condition.part, Touch) and not condition.part.lasting):
        return rule
    apart = Not(part=condition.part.model_copy(update={"lasting": True}))
    return rule.model_copy(update={"when": rule.when.model_copy(update={"condition": apart})})
