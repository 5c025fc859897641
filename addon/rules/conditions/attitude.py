"""How a thing stands: tilted, fallen over, upright, upside down, turned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..grammar import Build, Grammar
from ..model import Condition, How, Namer
from ..phrasing import predicate
from ..units import told
from .change import IT, Change, of, said
from .code import name_code, nearest_of, pose_problem
from .comparing import OPPOSITES, SIGNS, Op, bounds, named

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary

FALLEN, UPRIGHT, OVER = 60.0, 30.0, 150.0
"""Tilts in degrees beyond which a thing has fallen over, up to which it stands, beyond which it is upside down."""


class Attitude(Change):
    """The ``tilt`` of the axis that was upright in the first step, or by how much ``thing`` is turned (``turn``) since then.

    ``value`` is in degrees. More than 60 degrees is fallen over, less than 30 upright.
    """

    kind: Literal["tilt", "turn"] = "tilt"
    op: Op
    value: float | None = None
    examples: ClassVar[tuple[str, ...]] = (
        "When Box has fallen over, open Door",
        "Once Box is tilted by more than 20 degrees, open Door",
        "Whenever Box is upright again, open Door",
        "When Box has turned by more than 45 degrees, open Door",
        "Once Box gets tilted by at least 45 degrees, open Door",
        "When Box is upside down, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("over", "down", "turned", "upright")

    def being(self) -> str:
        """See `Change.being`."""
        word = "tilted" if self.kind == "tilt" else "turned"
        if self.value is None:
            return word
        if self.kind == "tilt" and (special := _SPECIAL.get((self.op, self.value))):
            return special
        lead = {"above": "more than ", "below": "less than ", "at_least": "at least ", "at_most": "at most "}
        return f"{word} by {lead.get(self.op, '')}{told(self.value)} degrees"

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        if self.kind == "tilt" and (self.op, self.value) == ("above", FALLEN):
            return "fall", "over"
        return "get", self.being()

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        return self.model_copy(update={"op": OPPOSITES[self.op]}) if self.op in OPPOSITES else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        name, degrees = name_code(self.thing), told(self.value or 0.0)
        tilts, turns = f"compared_tilt({degrees}, {name})", f"compared_turn({degrees}, {name}, start_pose({name})[1])"
        return f"{tilts if self.kind == 'tilt' else turns} {SIGNS[self.op]} 0"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`: the first step is looked at."""
        return True

    def problem(self, scene: Vocabulary) -> str | None:
        """An angle is a figure, up to half a turn."""
        if self.value is None:
            verb = "tilted" if self.kind == "tilt" else "turned"
            return f"it is not said by how much; say for instance '{self.thing} is {verb} by more than 20 degrees'"
        if not 0 <= self.value <= 180:
            return f"{told(self.value)} degrees cannot be told from {told(self.value % 360)}: what can be waited for is up to 180"
        return pose_problem(scene, self.thing, "how it stands")

    def nearest(self, trace: Trace) -> str:
        """The tilt that was nearest to the limit."""
        if self.kind == "turn":
            return ""
        return nearest_of(
            trace, self.thing, lambda i: _tilts(trace, i), self.value or 0.0, "tilt was nearest at", "degrees"
        )


def _tilts(trace: Trace, body: int) -> FloatArray:
    """By how many degrees the axis that was upright at the start is tilted ``[F]``."""
    w, x, y, z = trace.quaternion[:, body].T
    heights = np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)])
    axis = int(np.argmax(np.abs(heights[:, 0])))
    found: FloatArray = np.degrees(np.arccos(np.clip(heights[axis] * np.sign(heights[axis, 0]), -1, 1)))
    return found


_SPECIAL: dict[tuple[str, float], str] = {
    ("above", FALLEN): "lying on its side",
    ("below", UPRIGHT): "upright",
    ("above", OVER): "upside down",
    ("at_least", UPRIGHT): "out of upright",
}
FALLS = ["fall over", "tip over", "topple", "topple over", "keel over", "fall down flat", "overturn", "capsize", "tumble over", "roll over", "fall on its side", "fall onto its side", "flip over", "go over", "end up on its side", "land on its side", "fall flat"]  # fmt: skip
LYING = ("lying on its side", "lying down", "on its side", "toppled", "tipped over", "knocked over", "knocked down", "overturned", "fallen over", "lying flat", "toppled over")  # fmt: skip
STANDING = (
    "upright",
    "standing",
    "standing upright",
    "standing up",
    "on its feet",
    "vertical",
    "standing up straight",
    "erect",
)
TILTS = ["tilt", "lean", "lean over", "tip", "incline", "tilt over", "heel over", "slant", "list", "tip to the side"]  # fmt: skip
TURNS = ["turn", "rotate", "swing round", "swivel", "twist", "pivot"]


def _attitude(kind: str, op: str, value: float | None) -> Any:
    return Attitude(thing=IT, kind=kind, op=op, value=value)


def _leaning(kind: str) -> Build:
    return lambda fields: _attitude(kind, *fields["b"])


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    bounds(grammar, "angle_figure", "angle")
    grammar.add("angle_bound", "[by|through|at|to|about|for] {b:angle_figure}", lambda f: f["b"])
    grammar.add("angle_bound", "(by|at|to|through) [an angle of|a tilt of] {b:angle_figure}", lambda f: f["b"])
    grammar.add("angle_bound", "(by|through) [exactly] {v:angle}", lambda f: ("at_least", f["v"]))
    grammar.add("angle_bound", "{v:angle}", lambda f: ("at_least", f["v"]), cost=0.1)
    for words, op, value in ((LYING, "above", FALLEN), (STANDING, "below", UPRIGHT), (("upside down", "on its head", "the wrong way up"), "above", OVER), (("out of upright",), "at_least", UPRIGHT)):  # fmt: skip
        for special in words:
            grammar.add("complement", special.replace("its", "(its|their)"), said(_attitude("tilt", op, value)))
    predicate(grammar, FALLS, "", lambda f, aspect: of(_attitude("tilt", "above", FALLEN), f["a"], True))
    predicate(
        grammar, FALLS, "[, |by] {b:angle_figure}", lambda f, aspect: of(_attitude("tilt", *f["b"]), f["a"], True)
    )
    predicate(
        grammar,
        ["lie on its side", "lie down", "lie flat", "lie"],
        "",
        lambda f, aspect: of(_attitude("tilt", "above", FALLEN), f["a"], False),
    )
    predicate(
        grammar,
        ["stand", "stand upright", "stand up", "stand up straight"],
        "",
        lambda f, aspect: of(_attitude("tilt", "below", UPRIGHT), f["a"], False),
    )
    predicate(grammar, TILTS, "{b:angle_bound}", lambda f, aspect: of(_attitude("tilt", *f["b"]), f["a"], True))
    predicate(grammar, TILTS, "", lambda f, aspect: of(_attitude("tilt", "above", None), f["a"], True))
    predicate(grammar, TURNS, "{b:angle_bound}", lambda f, aspect: of(_attitude("turn", *f["b"]), f["a"], True))
    leaning = "tilted|leaning|inclined|tipped|leaning over|slanted|tilted over"
    for stands, kind in ((leaning, "tilt"), ("turned|rotated|twisted", "turn")):
        grammar.add("complement", f"({stands}) {{b:angle_bound}}", _leaning(kind))
        grammar.add("complement", f"({stands})", said(_attitude(kind, "above", None)))
    grammar.add("complement", "tipped over {b:angle_bound}", _leaning("tilt"))
    named(
        grammar,
        ("tilt", "inclination", "lean", "tilt angle", "angle of tilt"),
        ("angle",),
        lambda op, v: _attitude("tilt", "at_least" if op in ("reach", "at") else op, v),
    )
