"""Rules put together from parts that are understood each by itself, where the words between them say nothing else.

'Then there's the crate: it runs into the mat, and that's when the lamp should come on' is no sentence of the grammar,
but 'it runs into the mat' and 'the lamp should come on' are, and nothing of the rest could be done or waited for.
Names, quantities and every word that is not listed here have to be in a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

from . import joints
from .conditions.logic import Given
from .divisions import WAITED, Division, Part
from .grammar import REJECT, Parser
from .joints import AND, EARLIER, LASTS, OR, ORDER, PAUSE
from .lexer import Token
from .model import Condition, Effect, Rule
from .structure.effects import Doing, row
from .structure.said import Said, both, either, in_order, later
from .structure.whole import rule
from .talk import VOID
from .units import Quantity

KINDS = {
    "when": ("when", "trigger"),
    "condition": ("conds", "events", "bare_conds", "bare_events"),
    "effects": ("effects",),
    "delay": ("after",),
    "late": ("late",),
    "time": ("time", "after"),
}
"""Kinds of parts, and the phrases of the grammar that are one."""

BETWEEN = frozenset([
    ",", ";", ":", ".", "-", "?", "!", "(", ")", "->", "'", "…", "+", "when", "if", "once", "as", "soon",
    "moment", "instant", "time", "times", "then", "so", "that", "this", "these", "those", "it", "is", "are",
    "was", "does", "do", "did", "done", "has", "have", "be", "been", "there", "here", "happens", "happen",
    "occurs", "and", "but", "now", "well", "only", "just", "exactly", "exact", "precise", "precisely", "single",
    "1st", "first", "please", "will", "should", "shall", "would", "must", "can", "may", "need", "needs", "needed",
    "required", "you", "i", "we", "us", "me", "at", "in", "on", "of", "for", "to", "by", "from", "the", "what",
    "which", "who", "one", "start", "finish", "firstly", "both", "either", "whichever", "also", "too", "right",
    "hey", "hi", "ok", "okay", "alright", "matter", "matters", "things", "thing", "event", "events",
    "case", "want", "sequence",
    "they", "them", "two", "means", "row",
])  # fmt: skip
"""Words that may stand between parts: they say how these belong together, or nothing."""

MOST_PARTS = 5
MOST_WAYS = 40
"""Ways to divide the rest of a text that are followed from one place."""


def assembled(parser: Parser) -> list[list[tuple[float, Rule]]]:
    """Rules that the parts of a text make, with their costs: first those with the fewest parts."""
    by_size: dict[tuple[int, int], list[tuple[float, Rule]]] = {}
    for division in sorted(Divider(parser).whole(), key=lambda d: d.size):
        cost = sum(part.cost for part in division.parts)
        by_size.setdefault(division.size, []).extend((cost, one) for one in _rules(division))
    return [rules for rules in by_size.values() if rules]


class Divider:
    """Finds the parts of one text."""

    def __init__(self, parser: Parser) -> None:
        self.parser, self.lattice = parser, parser.lattice
        self._found: dict[int, list[Division]] = {}

    def whole(self) -> list[Division]:
        """The ways to divide the text that leave out no word that could mean something, and have an effect."""
        found = self._from(self.lattice.skip(0))
        return [division for division in found if division.is_sound()]

    def _from(self, start: int) -> list[Division]:
        if start >= len(self.lattice.text):
            return [Division()]
        if start not in self._found:
            found = [Division((word, *rest.items)) for end, word in self._words(start) for rest in self._from(end)]
            for end, part in self._parts(start):
                found += [Division((part, *r.items)) for r in self._from(end) if len(r.parts) < MOST_PARTS]
            self._found[start] = sorted(found, key=lambda d: d.size)[:MOST_WAYS]
        return self._found[start]

    def _words(self, start: int) -> Iterator[tuple[int, str]]:
        """A word that may be left out here."""
        own = self.lattice.own(start)
        if not all(token.kind in ("word", "spelled") or _is_pronoun(token) for _, token in own):
            return
        for end, word in {(end, str(token.value)) for end, token in own if token.kind == "word"}:
            if word == "-" and self.lattice.text[end : end + 1].isdigit():
                continue
            if word in BETWEEN or word in joints.WORDS or word in VOID:
                yield end, word

    def _parts(self, start: int) -> Iterator[tuple[int, Part]]:
        points = self._points(start)
        for kind, names in KINDS.items():
            if points and kind in ("when", "condition"):
                continue
            found: dict[int, dict[Any, float]] = {}
            for name in names:
                # 'In 2 s' can be how long something takes.
                if name == "after" and (kind == "delay") == ("in" in self.lattice.firsts(start)):
                    continue
                for end, cost, value in self.parser.at(name, start):
                    if end > start and value is not REJECT and (kind != "condition" or isinstance(value, Condition)):
                        same = found.setdefault(self.lattice.skip(end), {})
                        same[value] = min(cost, same.get(value, cost))
            for end, values in found.items():
                said = self.lattice.text[start:end].lower()
                yield from ((end, Part(kind, value, cost, said)) for value, cost in values.items())

    def _points(self, start: int) -> bool:
        """Whether ``after that`` in a later clause is what comes next rather than ``after`` something."""
        text = self.lattice.text.lower()
        lead = _AFTER_THAT.search(text, 0, start + len("after that "))
        return lead is not None and lead.start(1) <= start <= lead.start(2)


_AFTER_THAT = re.compile(r"(?:[.;,]\s+(?:and )?|\band )(after)\s+(that|this)\s")


def _is_pronoun(token: Token) -> bool:
    """Whether a number is rather a word as in ``the one time`` or ``either one``."""
    number = isinstance(token.value, Quantity) and token.value.dimension in ("number", "count")
    return number and token.value.said.split()[0].lower() in ("one", "two", "single")


def _rules(division: Division) -> Iterator[Rule]:
    by_kind: dict[str, list[Any]] = {kind: [p.value for p in division.parts if p.kind == kind] for kind in KINDS}
    waits, times = [*by_kind["delay"], *by_kind["late"]], by_kind["time"]
    if by_kind["late"] and not by_kind["when"] and not by_kind["condition"]:
        return
    if len(by_kind["when"]) > 1 or len(waits) + len(times) > 1:
        return
    between = division.between
    in_order = not between.isdisjoint(joints.ORDER)
    doing = reduce(lambda rest, first: _rowed(first, rest, in_order), reversed(by_kind["effects"]))
    for said in _saids(division, between, alone=bool(waits or times)):
        words = between | (LASTS if division.needs_time or division.is_for_a_time else frozenset())
        for trigger, done in _timed(said, doing, waits, times, words, division.has_time_amid):
            if trigger is REJECT or done is REJECT or (found := rule(trigger, done)) is REJECT:
                continue
            if joints.hold(division.words, found, lasting=done is not doing):
                yield found


def _rowed(first: Doing, rest: Any, in_order: bool) -> Any:
    if rest is REJECT or first is REJECT or len(first.steps) != 1:
        return REJECT
    return row(first.steps[0], rest, in_order)


def _saids(division: Division, between: frozenset[str], alone: bool) -> Iterator[Said]:
    """What is waited for: the trigger and the conditions of a text in their order, put together."""
    waited = [part for part in division.parts if part.kind in WAITED]
    if not waited:
        if alone:
            yield Said(None)
        return
    trigger = next((part.value for part in waited if part.kind == "when"), Said(None))
    if len(waited) == 1:
        yield trigger if waited[0].kind == "when" else Said(waited[0].value)
    elif len(waited) == 2 and (trigger.condition is not None or waited[0].kind == waited[1].kind == "condition"):
        first, second = (part.value.condition if part.kind == "when" else part.value for part in waited)
        if division.is_given and between.isdisjoint(OR | ORDER | EARLIER):
            given = replace(trigger, condition=Given(part=first, guard=second), delay=0.0)
            yield later(given, trigger.delay) if trigger.delay else given
            return
        yield from (replace(trigger, condition=one) for one in _joined(first, second, between) if one is not REJECT)


def _joined(first: Condition, second: Condition, between: frozenset[str]) -> list[Any]:
    """Two conditions as one, as the words between the parts of a text have it."""
    if between & OR:
        return [either(first, second)] if not between & (ORDER | EARLIER) else []
    if between & EARLIER:
        return [in_order(first, second), in_order(second, first)]
    if between & ORDER:
        return [in_order(first, second)]
    return [both(first, second)] if between & AND else []


def _timed(
    said: Said, doing: Doing, waits: list[float], times: list[float], between: frozenset[str], amid: bool
) -> Iterator[tuple[Any, Any]]:
    """A time of the text is a delay, the moment of the rule, or, not ``amid`` what is done, how long the last takes."""
    if doing is REJECT:
        return
    if not waits and not times:
        yield said, doing
        return
    seconds = (waits or times)[0]
    if seconds < 0:
        return
    lasts, pauses = bool(between & LASTS) and not waits, bool(waits or between & PAUSE)
    if not lasts:
        if said.condition is None and said.at is None:
            yield replace(said, at=seconds), doing
        elif said.at is None:
            yield later(said, seconds), doing
    if not pauses and not (amid and len(doing.steps) > 1):
        yield said, _lasting(doing, seconds)


def _lasting(doing: Doing, seconds: float) -> Any:
    """The same, of which the last effect takes so long."""
    *earlier, last = doing.steps
    changed = [_over(effect, seconds) for effect in last.effects]
    if not changed or any(one is REJECT for one in changed):
        return REJECT
    return Doing((*earlier, last.model_copy(update={"effects": tuple(changed)})))


def _over(effect: Effect, seconds: float) -> Any:
    fields = effect.model_fields_set
    if "over" not in type(effect).model_fields or fields & {"over", "speed"}:
        return REJECT
    said = {name: getattr(effect, name) for name in fields}
    made: Effect = type(effect).model_validate({**said, "over": seconds})
    return made


__all__ = ["assembled"]
