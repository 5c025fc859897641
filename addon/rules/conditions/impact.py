"""Hits that are hard enough: how fast two bodies moved against each other when they met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Grammar
from ..model import Condition, How, Namer
from ..phrasing import Fact
from ..reference import Ref
from ..units import told
from .change import Change
from .code import body_problem, name_code
from .comparing import SIGNS, Op, bounds
from .logic import Not
from .touch import Touch

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Impact(Change):
    """``thing`` hits ``other``, and their speed against each other in the step before is as ``op`` and ``value`` say (m/s)."""

    kind: Literal["impact"] = "impact"
    begins: bool = True
    other: Ref
    op: Op
    value: float | None = None
    from_start = True
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball hits Plate at more than 3 m/s, open Door",
        "Whenever Ball hits Floor harder than 2 m/s, open Door",
        "Once Box is hit by Ball with at least 1 m/s, open Door",
        "When Ball hits Plate at less than 1 m/s, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("hits", "hit", "at", "with", "harder")

    def being(self) -> str:
        """See `Change.being`."""
        return f"touching {self.other} after {self.becoming()[1]}"

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        lead = {"above": "more than", "below": "less than", "at_least": "at least", "at_most": "at most"}[self.op]
        return "hit", f"{self.other} {'with' if self.op == 'at_least' else 'at'} {lead} {told(self.value or 0.0)} m/s"

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        found = f"impact({name_code(self.thing)}, {name_code(self.other)})"
        if self.op in ("below", "at_most"):
            return f"0 <= {found} {SIGNS[self.op]} {told(self.value or 0.0)}"
        return f"{found} {SIGNS[self.op]} {told(self.value or 0.0)}"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`: the speed of the step before is kept."""
        return True

    def problem(self, scene: Vocabulary) -> str | None:
        """Both must be bodies, and how hard is a figure."""
        if self.value is None:
            how = "hard" if self.op == "above" else "gently"
            return f"it is not said how {how}; say for instance '{self.thing} hits {self.other} at {'more' if how == 'hard' else 'less'} than 2 m/s'"
        return body_problem(scene, self.thing, self.other)

    def nearest(self, trace: Trace) -> str:
        """How hard the hits were."""
        speeds = _hits(trace, self.thing.names, self.other.names)
        if not speeds:
            return f"{self.thing} and {self.other} did not touch"
        frame, speed = max(speeds, key=lambda found: found[1] if self.op in ("above", "at_least") else -found[1])
        which = "hardest" if self.op in ("above", "at_least") else "softest"
        return f"the {which} hit of {self.thing} on {self.other} was at {speed:.2f} m/s (frame {frame})"


def _hits(trace: Trace, ones: tuple[str, ...], others: tuple[str, ...]) -> list[tuple[int, float]]:
    import numpy as np

    from ...trace import contact_intervals

    found = []
    for (a, b), runs in contact_intervals(trace.contacts).items():
        names = {trace.bodies[a], trace.bodies[b]}
        if names & set(ones) and names & set(others):
            for start, _ in runs:
                speed = np.linalg.norm(trace.velocity[max(start - 1, 0), a] - trace.velocity[max(start - 1, 0), b])
                found.append((start, float(speed)))
    return found


WITH = "(at|with|at a speed of|with a speed of|at an impact speed of|with an impact speed of|at a velocity of|with a velocity of|at speeds of|at a relative speed of|with a force of)"
HARD = "hard|violently|strongly|heavily|forcefully|with force|with great force|with full force|with a bang|hard enough|with enough speed|fast|at high speed|at full speed|too hard|very hard|vigorously|powerfully"
SOFT = "gently|softly|lightly|slowly|at low speed|carefully"


def add(grammar: Grammar) -> None:
    """Ways to say it: a touch, and how hard."""
    bounds(grammar, "impact_figure", "speed")
    at = WITH.replace("|with a force of", "")
    grammar.add("hardness", f"{at} {{b:impact_figure}}", lambda f: f["b"])
    grammar.add(
        "hardness",
        f"{at} [a speed|speed|velocity|a velocity] [of] {{b:impact_figure}} [of speed|in speed]",
        lambda f: f["b"],
    )
    grammar.add("hardness", "(harder|faster|quicker) than {v:speed}", lambda f: ("above", f["v"]))
    grammar.add(
        "hardness",
        "(softer|slower|gentler|more gently|more softly|more slowly) than {v:speed}",
        lambda f: ("below", f["v"]),
    )
    grammar.add("hardness", f"({HARD})", lambda f: ("above", None))
    grammar.add("hardness", f"({SOFT})", lambda f: ("below", None))
    grammar.add("so", "{f:fact} {h:hardness}", lambda f: _hard(f["f"], f["h"]))
    grammar.add("event", "{f:facting} {h:hardness}", lambda f: _hard(f["f"], f["h"]))
    grammar.add("event", "{f:happening} {h:hardness}", lambda f: _hard(f["f"], f["h"]))


def _hard(fact: Fact, hardness: tuple[Any, float | None]) -> Any:
    touch = fact.condition
    if not isinstance(touch, Touch) or touch.lasting:
        return REJECT
    op, value = hardness
    found: Condition = Impact(thing=touch.a, other=touch.b, op=op, value=value)
    return Not(part=found) if fact.denied else found
