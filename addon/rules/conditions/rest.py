"""Whether a thing moves: it comes to rest, is at rest, sets off, is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ..grammar import Build, Fields, Grammar
from ..model import Condition, How, Namer
from ..phrasing import HAS, YET, Fact, predicate
from .change import IT, Change, of
from .code import name_code, pose_problem

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Rest(Change):
    """``rest``: still (below 2 cm/s and 2 degrees a second) for 0.25 s; its beginning is that of what had moved before.

    ``motion``: faster than that; its beginning is that of what was at rest, or had not moved yet, and has moved by 1 cm
    or turned by 1 degree. ``falling``: moves down by more than 10 cm/s and touches nothing.
    """

    kind: Literal["rest", "motion", "falling"]
    from_start = True
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball has come to rest, open Door",
        "Once Box starts to move, open Door",
        "When Ball is at rest, open Door",
        "Whenever Box stops moving, open Door",
        "While Box is moving, turn Lamp on",
        "When Ball starts to fall, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("stops", "stopped", "starts", "begins", "comes", "come", "moves")

    def being(self) -> str:
        """See `Change.being`."""
        return {"rest": "at rest", "motion": "moving", "falling": "falling"}[self.kind]

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        return {"rest": ("come", "to rest"), "motion": ("set", "off"), "falling": ("begin", "to fall")}[self.kind]

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        other = {"rest": "motion", "motion": "rest"}.get(self.kind)
        return self.model_copy(update={"kind": other}) if other else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        helper = (
            "falling"
            if self.kind == "falling"
            else {
                ("rest", True): "came_to_rest",
                ("rest", False): "at_rest",
                ("motion", True): "set_off",
                ("motion", False): "moving",
            }[self.kind, self.begins]
        )
        return f"{helper}({name_code(self.thing)})"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.begins or self.kind == "rest" or how == "onset"

    def problem(self, scene: Vocabulary) -> str | None:
        """Only what has a pose moves."""
        return pose_problem(scene, self.thing, "its motion")

    def nearest(self, trace: Trace) -> str:
        """The smallest speed after the start, or the greatest."""
        if (name := next((n for n in self.thing.names if n in trace.bodies), None)) is None:
            return ""
        speed = np.nan_to_num(np.linalg.norm(trace.velocity[:, trace.index(name)], axis=1))
        frame = int(np.argmax(speed)) if self.kind == "motion" else len(speed) - 1
        when = (
            f"was fastest with {speed[frame]:.2f} m/s"
            if self.kind == "motion"
            else f"still moved at {speed[frame]:.2f} m/s"
        )
        return f"{name} {when} (frame {frame})"


STOPS = ["stop", "stop moving", "stop rolling", "stop sliding", "stop bouncing", "stop spinning", "stop swinging", "come to rest", "come to a rest", "come to a halt", "come to halt", "come to a stop", "come to a standstill", "come to standstill", "come to stop", "grind to a halt", "settle", "settle down", "halt", "cease moving", "cease to move", "calm down", "roll to a stop", "slide to a stop", "get to rest", "reach rest", "finish moving"]  # fmt: skip
SETS_OFF = ["start moving", "start to move", "begin to move", "begin moving", "begin to roll", "begin rolling", "start rolling", "start to roll", "set off", "start to slide", "start sliding", "begin to slide", "begin sliding", "take off", "get moving", "get going", "get under way", "set out", "come into motion", "get into motion", "start to swing", "start swinging", "begin to swing", "budge", "stir", "start its motion", "leave its place", "start off", "move off", "start to slip", "start drifting"]  # fmt: skip
FALLS = ["start to fall", "start falling", "begin to fall", "begin falling"]
STILL = ("at rest", "still", "motionless", "stationary", "standing still", "not moving", "immobile", "at a standstill", "unmoving", "resting", "lying still", "settled", "at a halt", "stopped", "completely still", "perfectly still", "without motion")  # fmt: skip
MOVING = ("moving", "in motion", "on the move", "on its way", "under way", "on the way")
STANDS = ["stand still", "lie still", "sit still", "stay still", "keep still", "stay put", "hold still", "stay where it is", "stay in place"]  # fmt: skip


def _rest(kind: str, begins: bool = False) -> Any:
    return Rest(thing=IT, kind=kind, begins=begins)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    for word in STILL:
        grammar.add("complement", f"[completely|totally|fully] {word}", lambda f: _rest("rest"))
    for word in MOVING:
        grammar.add("complement", f"{word} [at all]", lambda f: _rest("motion"))
    predicate(grammar, STOPS, "[moving|completely|fully|totally|at all]", _event("rest"))
    predicate(
        grammar,
        ["come to rest", "settle", "stop", "halt", "come to a stop", "come to a halt"],
        "{c:whereabouts}",
        _rests_there,
        cost=-0.2,
    )
    predicate(grammar, SETS_OFF, "", _event("motion"))
    predicate(grammar, FALLS, "[down|freely]", _event("falling"))
    grammar.add(
        "complement", "(falling|in free fall|in the air and falling)".replace("the ", ""), lambda f: _rest("falling")
    )
    predicate(grammar, STANDS, "", lambda f, aspect: of(_rest("rest"), f["a"], False))
    for text, kind, begins, denied in (
        ("{a:thing} moves", "motion", False, False),
        (f"{{a:thing}} {HAS} [already|just|finally] moved", "motion", True, False),
        (f"{{a:thing}} {HAS} (not|never) moved {YET}", "motion", True, True),
        ("{a:thing} (does|do) not move", "rest", False, False),
        (
            "{a:thing} (no longer moves|is no longer moving|moves no more|does not move anymore|does not move any more|do not move any more)",
            "rest",
            True,
            False,
        ),
    ):
        grammar.add("fact", text, _fact(kind, begins, denied), -0.1)
    grammar.add("whereabouts", "(on|upon|on top of|against) {b:thing}", lambda f: _touching(f))
    grammar.add("whereabouts", "{c:region}", lambda f: f["c"])
    for kind, nouns in (
        ("rest", ("stop", "halt", "standstill", "coming to rest")),
        ("motion", ("departure", "setting off")),
    ):
        for noun in nouns:
            grammar.add("happening", f"{{a:thing}} 's {noun}", _fact(kind, True, False))
            grammar.add("happening", f"{noun} of {{a:thing}}", _fact(kind, True, False))


def _fact(kind: str, begins: bool, denied: bool) -> Build:
    return lambda fields: Fact(of(_rest(kind), fields["a"], begins), denied)


def _event(kind: str) -> Any:
    return lambda f, aspect: of(_rest(kind), f["a"], True)


def _touching(fields: Fields) -> Any:
    from .touch import Touch

    return Touch(a=IT, b=fields["b"], lasting=True)


def _rests_there(fields: Fields, aspect: str) -> Any:
    """``comes to rest on Plate``: at rest, having moved, and on it."""
    from .logic import And
    from .touch import Touch

    there = fields["c"]
    there = there.model_copy(update={"a": fields["a"]}) if isinstance(there, Touch) else of(there, fields["a"], False)
    return And(parts=(of(_rest("rest"), fields["a"], True), there))
