"""Ways to divide a text into parts and the words between them, and which of these can stand as they do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from . import joints
from .joints import IF, PAUSE, POINTS
from .structure.whole import SEEN


class Part(NamedTuple):
    """A part of a text: what kind it is, what it means, what that costs and how it is said."""

    kind: str
    value: Any
    cost: float
    said: str = ""


END = frozenset(".!?")
MORE = frozenset(["and", "also", "too", "then", "so", ",", "+"])
"""Words between two things that are done."""

WAITED = frozenset(["when", "condition"])
DUE = frozenset(["within", "in", "inside", "for"])
"""Words between a condition and a time that belongs to it."""

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
        # 'If Ball hits Plate within 2 s, open Door' and 'Ball on Plate 2 s: open Door' do not say how long that takes.
        due = any(
            first in WAITED and lead in DUE and kind == "time"
            for first, lead, kind in zip(kinds, kinds[1:], kinds[2:], strict=False)
        )
        if self._has_bare_time() or (due and "effects" in kinds[kinds.index("time") :]):
            return True
        asked = any(pair == ("effects", "?") for pair in pairwise(kinds[: self._last_part()]))
        # 'The brick has no gravity' is no 'no gravity'.
        at_odds = any(kind == "effects" and lead in joints.BEFORE | joints.HAVE for lead, kind in pairwise(kinds))
        at_odds = at_odds or self._is_waited_for()
        triples = zip(("", "", *kinds), ("", *kinds), kinds, strict=False)
        return (
            asked
            or at_odds
            or any(kind == "effects" and lead in TRIGGERS and be not in ("is", "'s") for be, lead, kind in triples)
        )

    def _has_bare_time(self) -> bool:
        """Whether a time stands right behind a condition: ``Ball has been on Plate 2 s``."""
        return any(
            isinstance(one, Part) and one.kind in WAITED
            and isinstance(other, Part) and other.kind == "time" and not other.said.startswith("in ")
            for one, other in pairwise(self.items)
        )  # fmt: skip

    def _is_waited_for(self) -> bool:
        """Whether something that is done stands right behind ``2 s after``, ``after the`` or ``if that``."""
        led = ""
        for place, item in enumerate(self.items):
            if isinstance(item, Part):
                if item.kind == "effects" and led:
                    return True
                led = "after" if item.kind in ("delay", "late") and item.said.split()[-1] == "after" else ""
            elif item not in POINTS:
                is_pointed = item in TRIGGERS and any(other in POINTS for other in self.items[place + 1 : place + 2])
                led = item if is_pointed or item == "after" else ""
        return False

    @property
    def is_given(self) -> bool:
        """Whether of two things that are waited for the second is one under which the rule acts: ``A, and only if B``."""
        waited = [n for n, item in enumerate(self.items) if isinstance(item, Part) and item.kind in WAITED]
        if len(waited) != 2:
            return False
        second = self.items[waited[1]]
        return self.items[waited[1] - 1] == "if" or (isinstance(second, Part) and IF.match(second.said) is not None)

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


__all__ = ["WAITED", "Division", "Part"]
