"""The changes of a scene's rules in words, kept with the scene as the rules are.

So Blender's undo, other scenes and opening the file again never show what is not so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from ..history import History
from .operators.script import rules_of
from .session import Line

NOTHING: Line = {"lists": [], "at": 0, "said": "", "edits": []}


def kept(settings: Any) -> Line:
    """What is kept of the changes; not to be changed.

    ``lists`` of rules, of which that ``at`` stands; what was ``said`` last, and the ``edits`` that it made: a rule's
    ``number``, its text ``before`` and ``after``, and the ``difference`` in words.
    """
    return _parsed(settings.changes) if settings.changes else NOTHING


@lru_cache(maxsize=16)
def _parsed(text: str) -> Line:
    found: Line = json.loads(text)
    return found


def stands(settings: Any) -> bool:
    """Whether the rules are as the last change left them."""
    told = kept(settings)
    rules: list[str] = told["lists"][told["at"]] if told["lists"] else []
    return bool(told["lists"]) and rules == rules_of(settings)


def can_step(settings: Any, back: bool) -> bool:
    """Whether there is a list of rules to step back to, or forward."""
    told = kept(settings)
    if not stands(settings):
        return back and bool(told["lists"])
    return bool(told["at"] > 0 if back else told["at"] + 1 < len(told["lists"]))


def history_of(settings: Any) -> History:
    """The history of the rules that count; what was edited by hand since the last change is a step of its own."""
    rules, told = tuple(rules_of(settings)), kept(settings)
    if not told["lists"]:
        return History.of(rules)
    return History(tuple(map(tuple, told["lists"])), told["at"]).then(rules)


def put(settings: Any, told: Line) -> None:
    """Make the rules those that stand in what a change told, keep it, and choose the rule that changed last."""
    rules = told["lists"][told["at"]]
    put_rules(settings, rules)
    settings.changes = json.dumps({key: told[key] for key in NOTHING})
    if told["last"] is not None:
        settings.rule_index = places(settings)[told["last"]]


def step(settings: Any, back: bool) -> None:
    """Step one change back or forward."""
    history = history_of(settings)
    moved = history.undone() if back else history.redone()
    edits = list(edits_between(history.rules, moved.rules))
    last = next((edit["number"] - 1 for edit in reversed(edits) if edit["after"] is not None), None)
    put(settings, {"lists": moved.lists, "at": moved.at, "said": "", "edits": edits, "last": last})


def edits_between(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """What is different between two lists of rules; ``number`` is a rule's place in the second, from 1."""
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        for n in range(max(b - a, d - c) if kind != "equal" else 0):
            old, new = before[a + n] if a + n < b else None, after[c + n] if c + n < d else None
            yield {"number": c + n + 1, "before": old, "after": new, "difference": ""}


def places(settings: Any) -> list[int]:
    """Where in the list the rules are that count."""
    return [n for n, rule in enumerate(settings.rules) if rule.text.strip() and not rule.is_muted]


def put_rules(settings: Any, wanted: Sequence[str]) -> None:
    """Make these the rules that count; one that is muted comes back if it is among them, others stay where they are."""
    rules = settings.rules
    matched = SequenceMatcher(a=rules_of(settings), b=wanted, autojunk=False).get_opcodes()
    for kind, a, b, c, d in reversed(matched):
        if kind == "equal":
            continue
        own, both = places(settings), min(b - a, d - c)
        for n in range(both):
            rules[own[a + n]].text = wanted[c + n]
        for n in reversed(range(a + both, b)):
            rules.remove(own[n])
        place = own[a + both - 1] + 1 if a + both else 0
        for text in wanted[c + both : d]:
            there = _muted(rules, text)
            if there < place:
                place -= 1
            rules.move(there, place)
            place += 1


def _muted(rules: Any, text: str) -> int:
    """The place of a rule that is muted and no longer is, or of one that is added if there is none."""
    for number, rule in enumerate(rules):
        if rule.is_muted and rule.text.strip() == text:
            rule.is_muted = False
            return number
    rules.add().text = text
    return len(rules) - 1
