"""What became of each rule in a run: at which frames it acted, or why it did not."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from ..coder import Understood
from ..frames import on_timeline
from ..rules import Rule
from ..trace import Trace

FIRED = "RuleFired"
MOST_FRAMES = 1000
"""Frames that are listed of one rule."""

MOST_TIMES = 3
"""Frames that are told of one rule."""


class RuleOutcome(BaseModel):
    """One rule: its text, how it was understood, and what became of it.

    ``understood`` is one line, empty for a rule that only a script or a model's code says; ``way`` tells how it came
    about: ``words``, ``model``, ``free code`` or ``script``. ``frames`` are those in which it acted, ``fired`` their
    number. ``why`` tells of a rule that never did, as far as it is known.
    """

    number: int
    text: str
    understood: str = ""
    way: str = "script"
    fired: int = 0
    frames: tuple[int, ...] = ()
    why: str = ""

    def line(self, fps: float, start: int = 0, names: Sequence[str] = ()) -> str:
        """The outcome in one line; ``fps`` are frames a second of the run, whose frame 0 is called ``start``, and
        ``names`` those of its objects."""
        if not self.fired and not self.understood:
            return "the script never told that it acted"
        if not self.fired:
            return f"never{': ' + on_timeline(self.why, start, names) if self.why else ''}"
        rest = f" and {self.fired - MOST_TIMES} more" if self.fired > MOST_TIMES else ""
        return f"at frame{'s' if self.fired > 1 else ''} {self.times(fps, start)}{rest}"

    def times(self, fps: float, start: int = 0) -> str:
        """The first frames in which it acted, each with its second; see `line`."""
        return ", ".join(f"{frame + start} ({frame / fps:.2f} s)" for frame in self.frames[:MOST_TIMES])


def outcomes(trace: Trace, rules: Sequence[str], understood: Sequence[Understood]) -> tuple[RuleOutcome, ...]:
    """The outcome of each rule of a run; ``understood`` are those whose reading is known."""
    known = {one.number: one for one in understood}
    frames: dict[int, list[int]] = {}
    for event in trace.events:
        if event.uid == FIRED:
            frames.setdefault(event.parameters["rule"], []).append(event.frame)
    found = []
    for number, text in enumerate(rules, 1):
        one, fired = known.get(number), frames.get(number, [])
        found.append(
            RuleOutcome(
                number=number,
                text=text,
                understood=one.sentence if one else "",
                way=one.way if one else "script",
                fired=len(fired),
                frames=tuple(fired[:MOST_FRAMES]),
                why="" if fired or one is None else _why(one.rules, trace),
            )
        )
    return tuple(found)


def _why(rules: Sequence[Rule], trace: Trace) -> str:
    """Why rules did not act: how near the run came to what they wait for."""
    told = []
    for rule in rules:
        for condition in (rule.when.condition, rule.when.guard):
            if condition is not None and (near := condition.nearest(trace)):
                told.append(near)
    return "; ".join(told)
