"""Rules put together from parts that are understood each by itself, where the words between them say nothing else.

'Then there's the crate: it runs into the mat, and that's when the lamp should come on' is no sentence of the grammar,
but 'it runs into the mat' and 'the lamp should come on' are, and nothing of the rest could be done or waited for.
Names, quantities and every word that is not listed here have to be in a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

from . import joints
from .grammar import REJECT, Parser
from .joints import AND, EARLIER, LASTS, OR, ORDER, PAUSE
from .lexer import Token
from .model import Condition, Effect, Rule
from .structure.effects import Doing, row
from .structure.said import Said, both, either, in_order, later
from .structure.whole import SEEN, rule
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


class Part(NamedTuple):
    """A part of a text: what kind it is, what it means and what that costs."""

    kind: str
    value: Any
    cost: float


END = frozenset(".!?")
MORE = frozenset(["and", "also", "too", "then", "so", ",", "+"])
"""Words between two things that are done."""

DOES = frozenset(["means", "->"])
"""Words before what is done."""

ELLIPTIC = frozenset(["do", "does", "did"])
"""Right behind a condition the verb of what comes after it: ``before Box does``."""

TRIGGERS = frozenset(["when", "if", "once", "soon", "moment", "instant"])
"""Words before a condition that is told after what is done."""


@dataclass(frozen=True)
class Division:
    """The rest of a text as parts and the words between them."""

    items: tuple[Part | str, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """Its parts."""
        return [item for item in self.items if isinstance(item, Part)]

    @property
    def between(self) -> frozenset[str]:
        """The words between them."""
        return frozenset(filter(None, self.words))

    @property
    def size(self) -> tuple[int, int]:
        """Of two divisions the one with fewer parts and fewer words between them is meant."""
        return len(self.parts), sum(isinstance(item, str) and item.isalpha() for item in self.items)

    @property
    def words(self) -> tuple[str, ...]:
        """The words between its parts in their order, with an empty one for each part.

        What comes ``then`` or ``after that`` is no order where it is the first that is done.
        """
        found: list[str] = []
        for place, (item, after) in enumerate(zip(self.items, (*self.items[1:], ""), strict=True)):
            word = item if isinstance(item, str) else ""
            if word == "then" or (word == "after" and after in joints.POINTING):
                word = "so" if self._leads_on(place) else "afterwards" if word == "after" else word
            found.append(word)
        return tuple(found)

    def _leads_on(self, place: int) -> bool:
        """Whether a word stands right before the first thing that is done."""
        kinds = [item.kind for item in self.items[:place] if isinstance(item, Part)]
        following = next((item.kind for item in self.items[place:] if isinstance(item, Part)), "")
        return following == "effects" and "effects" not in kinds

    def is_sound(self) -> bool:
        """Whether its parts and the words between them can belong together."""
        if self.is_misled() or self.is_idle():
            return False
        return self.is_led() and self.is_one() and joints.are_sound(self.words)

    def is_idle(self) -> bool:
        """Whether a condition stands where something that is done belongs, or ends in the middle of what it says."""
        kinds = [item if isinstance(item, str) else item.kind for item in self.items]
        if any(one == "condition" and other == "effects" for one, other in pairwise(kinds)):
            return True
        if any(one in ("condition", "when") and other in ELLIPTIC for one, other in pairwise(kinds)):
            return True
        # 'If Ball hits Plate and turns Lamp on, open Door' goes on with what is waited for.
        if self._is_open():
            return True
        return any(lead in DOES and kind in ("condition", "when") for lead, kind in pairwise(kinds))

    def _is_open(self) -> bool:
        """Whether what stands behind a condition could as well be waited for, or the condition be what is done.

        ``If Ball hits Plate and turns Lamp on, open Door`` and ``Door opens! Turn on Lamp.``
        """
        done = [part.value for part in self.parts if part.kind == "effects"]
        for one, joint, other in zip(self.items, self.items[1:], self.items[2:], strict=False):
            if not isinstance(one, Part) or one.kind not in ("condition", "when"):
                continue
            if joint == "!" and one.kind == "condition" and one.value.kind not in SEEN:
                return True
            goes_on = joint == "and" and isinstance(other, Part) and other.kind == "effects"
            if goes_on and (len(done) > 1 or not all(doing.is_single for doing in done)):
                return True
        return False

    @property
    def is_for_a_time(self) -> bool:
        """Whether its time is told to be how long something is done and not how long is waited."""
        if not self.between.isdisjoint(PAUSE):
            return False
        lead: set[str] = set()
        for item in self.items:
            if isinstance(item, str):
                lead.add(item)
            elif item.kind == "time" and not lead.isdisjoint(joints.NEEDS | {"for"}):
                return True
            else:
                lead = set()
        return False

    def is_misled(self) -> bool:
        """Whether what is done stands where a condition belongs: after ``when``, but not after ``that is when``."""
        kinds = [item if isinstance(item, str) else item.kind for item in self.items]
        if not TRIGGERS.isdisjoint(kinds) and not {"when", "condition"} & set(kinds):
            return True
        # 'If Ball hits Plate within 2 s, open Door' does not say how long the opening takes.
        due = any(
            first in ("condition", "when") and lead in ("within", "in", "inside") and kind == "time"
            for first, lead, kind in zip(kinds, kinds[1:], kinds[2:], strict=False)
        )
        if due and "effects" in kinds[kinds.index("time") :]:
            return True
        asked = any(pair == ("effects", "?") for pair in pairwise(kinds[: self._last_part()]))
        # 'The brick has no gravity' is no 'no gravity'.
        at_odds = any(kind == "effects" and lead in joints.BEFORE | joints.HAVE for lead, kind in pairwise(kinds))
        triples = zip(("", "", *kinds), ("", *kinds), kinds, strict=False)
        return (
            asked
            or at_odds
            or any(kind == "effects" and lead in TRIGGERS and be not in ("is", "'s") for be, lead, kind in triples)
        )

    @property
    def has_time_amid(self) -> bool:
        """Whether its time stands between things that are done."""
        kinds = [part.kind for part in self.parts]
        place = next((n for n, kind in enumerate(kinds) if kind in ("time", "delay", "late")), 0)
        return "effects" in kinds[:place] and "effects" in kinds[place:]

    def _last_part(self) -> int:
        """The place of the last part."""
        return max((n for n, item in enumerate(self.items) if isinstance(item, Part)), default=0)

    @property
    def needs_time(self) -> bool:
        """Whether a time is said to be what something needs."""
        kinds = [item if isinstance(item, str) else item.kind for item in self.items]
        return any(lead in joints.NEEDS and kind in ("time", "delay") for lead, kind in pairwise(kinds))

    def is_one(self) -> bool:
        """Whether nothing but more effects, told as such, follows the end of a sentence that says a whole rule."""
        seen: set[str] = set()
        last, ended, joined = "", False, False
        for item in self.items:
            if isinstance(item, str):
                ended = ended or (item in END and {"effects"} < seen)
                joined = joined or (item in MORE and (item != "," or last == "effects"))
                continue
            if "effects" in seen and item.kind == "effects" and not joined:
                return False
            if ended and not (joined and item.kind == "effects"):
                return False
            seen.add(item.kind)
            last, joined = item.kind, False
        return True

    def is_led(self) -> bool:
        """Whether each condition comes before what is done or after a word that leads to it."""
        kinds = [item if isinstance(item, str) else item.kind for item in self.items]
        if "effects" not in kinds:
            return False
        rest = kinds[kinds.index("effects") :]
        return "condition" not in rest or not TRIGGERS.isdisjoint(rest[: rest.index("condition")])


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
                yield from ((end, Part(kind, value, cost)) for value, cost in values.items())

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
    for said in _saids(division.parts, between, alone=bool(waits or times)):
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


def _saids(parts: Iterable[Part], between: frozenset[str], alone: bool) -> Iterator[Said]:
    """What is waited for: the trigger and the conditions of a text in their order, put together."""
    waited = [part for part in parts if part.kind in ("when", "condition")]
    if not waited:
        if alone:
            yield Said(None)
        return
    trigger = next((part.value for part in waited if part.kind == "when"), Said(None))
    if len(waited) == 1:
        yield trigger if waited[0].kind == "when" else Said(waited[0].value)
    elif len(waited) == 2 and (trigger.condition is not None or waited[0].kind == waited[1].kind == "condition"):
        first, second = (part.value.condition if part.kind == "when" else part.value for part in waited)
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
