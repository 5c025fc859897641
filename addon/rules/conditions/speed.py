"""How fast a thing moves and turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from ..grammar import REJECT, Grammar
from ..model import Condition, How, Namer
from ..phrasing import predicate
from ..units import told
from .change import IT, Change, of, said
from .code import name_code, nearest_of, pose_problem
from .comparing import OPPOSITES, SIGNS, Op, bounds, named, than

if TYPE_CHECKING:
    from ...trace import Trace
    from ..vocabulary import Vocabulary


class Speed(Change):
    """The speed of ``thing``'s origin against ``value`` in m/s, or how fast it turns, in degrees a second."""

    kind: Literal["speed", "spin"] = "speed"
    op: Op
    value: float | None = None
    examples: ClassVar[tuple[str, ...]] = (
        "When Ball is faster than 3 m/s, open Door",
        "Once Box gets slower than 18 km/h, open Door",
        "Whenever the speed of Ball exceeds 2 m/s, open Door",
        "When Box spins faster than 90 degrees per second, open Door",
        "When Ball reaches 3 m/s, open Door",
        "While Ball is slower than 1 m/s, turn Lamp on",
        "When Ball gets faster than 2 m/s, open Door",
    )
    cues: ClassVar[tuple[str, ...]] = ("faster", "slower", "at", "down")

    def being(self) -> str:
        """See `Change.being`."""
        turning = "turning " if self.kind == "spin" else ""
        if self.value is None:
            return turning + ("fast" if self.op == "above" else "slow")
        v = f"{told(self.value)} {'degrees per second' if turning else 'm/s'}"
        said = {"above": f"faster than {v}", "below": f"slower than {v}", "reach": f"at a speed of {v}"}
        return turning + said.get(self.op, f"at a speed of {'at least' if self.op == 'at_least' else 'at most'} {v}")

    def becoming(self) -> tuple[str, str]:
        """See `Change.becoming`."""
        if self.op == "reach":
            return "reach", f"{told(self.value or 0.0)} {'degrees per second' if self.kind == 'spin' else 'm/s'}"
        return "get", self.being()

    @property
    def from_start(self) -> bool:  # type: ignore[override]
        """What is reached is so from the start where it starts there."""
        return self.op == "reach"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.op == "reach" or super().remembers(how)

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        return self.model_copy(update={"op": OPPOSITES[self.op]}) if self.op in OPPOSITES else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        field = "angular_velocity" if self.kind == "spin" else "velocity"
        limit = told(self.value or 0.0)
        limit = f"math.radians({limit})" if self.kind == "spin" else limit
        what = f'{limit}, {name_code(self.thing)}, "{field}", "length"'
        if self.op == "reach":
            return f"side_of({label('reaches')}, {what}) >= 0"
        return f"compared({what}) {SIGNS[self.op]} 0"

    def problem(self, scene: Vocabulary) -> str | None:
        """A speed is a figure."""
        if self.value is None:
            more = "faster" if self.op == "above" else "slower"
            return f"it is not said how fast; say for instance '{self.thing} is {more} than 2 m/s'"
        return pose_problem(scene, self.thing, "its speed")

    def nearest(self, trace: Trace) -> str:
        """The speed that was nearest to the limit."""
        if self.kind == "spin":
            spin = lambda i: np.degrees(np.linalg.norm(trace.angular_velocity[:, i], axis=1))  # noqa: E731
            return nearest_of(trace, self.thing, spin, self.value or 0.0, "turning speed was nearest at", "degrees/s")
        speed = lambda i: np.linalg.norm(trace.velocity[:, i], axis=1)  # noqa: E731
        return nearest_of(trace, self.thing, speed, self.value or 0.0, "speed was nearest at", "m/s")


MOVES = ["move", "go", "travel", "drive", "roll", "fly", "run", "slide", "swing", "glide", "speed", "race", "walk", "drift", "hurtle", "cruise", "zoom"]  # fmt: skip
SPINS = ["spin", "turn", "rotate", "whirl", "twirl", "revolve", "swivel", "tumble", "go round"]
FASTER = ("faster", "quicker", "speedier", "swifter")
RATE = "(at|with|at a speed of|with a speed of|at a velocity of|at speeds of|at a rate of|at a speed|at an angular speed of|doing|going at)"


def _speed(kind: str, op: str, value: float | None) -> Any:
    return Speed(thing=IT, kind=kind, op=op, value=value)


def _measured(kind: str, op: str, value: float) -> Any:
    return REJECT if op == "at" else _speed(kind, op, value)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    for kind, value in (("speed", "speed"), ("spin", "rate")):
        than(grammar, f"{kind}_bound", FASTER, ("slower", "less fast", "less quick"), value)
        bounds(grammar, f"{kind}_figure", value)
        grammar.add(f"{kind}_bound", f"{RATE} {{b:{kind}_figure}}", lambda f: f["b"])
        grammar.add(f"{kind}_bound", f"{{b:{kind}_figure}} (fast|quick)", lambda f: f["b"])
    grammar.add(
        "complement",
        "[moving|going|travelling|traveling|rolling|driving|flying|sliding|running] {b:speed_bound}",
        lambda f: _speed("speed", *f["b"]),
    )
    grammar.add(
        "complement",
        "(moving|going|travelling|traveling|rolling|driving|doing) {b:speed_figure}",
        lambda f: _speed("speed", *f["b"]),
    )
    spinning = "(spinning|turning|rotating|whirling|revolving|tumbling|swivelling)"
    grammar.add("complement", f"{spinning} {{b:spin_bound}}", lambda f: _speed("spin", *f["b"]))
    for word, op in (("fast", "above"), ("quick", "above"), ("slow", "below"), ("very fast", "above"), ("very slow", "below"), ("too fast", "above"), ("too slow", "below"), ("fast enough", "above"), ("slow enough", "below"), ("faster", "above"), ("slower", "below")):  # fmt: skip
        grammar.add("complement", word, said(_speed("speed", op, None)))
    predicate(
        grammar, MOVES, "{b:speed_bound}", lambda f, aspect: of(_speed("speed", *f["b"]), f["a"], aspect == "perfect")
    )
    predicate(
        grammar, MOVES, "{b:speed_figure}", lambda f, aspect: of(_speed("speed", *f["b"]), f["a"], aspect == "perfect")
    )
    predicate(
        grammar, SPINS, "{b:spin_bound}", lambda f, aspect: of(_speed("spin", *f["b"]), f["a"], aspect == "perfect")
    )
    slows = ["slow", "slow down", "brake", "decelerate"]
    predicate(grammar, slows, "to {b:speed_figure}", lambda f, aspect: of(_speed("speed", *f["b"]), f["a"], True))
    predicate(
        grammar,
        slows,
        "(below|under|to below|to under|to less than|to) {v:speed}",
        lambda f, aspect: of(_speed("speed", "below", f["v"]), f["a"], True),
    )
    gains = ["accelerate", "speed up", "get up", "pick up speed"]
    predicate(
        grammar,
        gains,
        "(past|beyond|over|above|to over|to more than|to) {v:speed}",
        lambda f, aspect: of(_speed("speed", "above", f["v"]), f["a"], True),
    )
    predicate(
        grammar,
        ["exceed", "surpass", "top"],
        "[a speed of] {v:speed}",
        lambda f, aspect: of(_speed("speed", "above", f["v"]), f["a"], False),
    )
    predicate(
        grammar,
        ["reach", "hit", "get to", "attain"],
        "{v:rate}",
        lambda f, aspect: of(_speed("spin", "reach", f["v"]), f["a"], True),
    )
    predicate(
        grammar,
        ["reach", "hit", "get to", "attain", "come to"],
        "[a speed of|a velocity of] {v:speed}",
        lambda f, aspect: of(_speed("speed", "reach", f["v"]), f["a"], True),
    )
    named(grammar, ("speed", "velocity", "pace"), ("speed",), lambda op, v: _measured("speed", op, v))
    named(
        grammar,
        ("spin", "angular velocity", "turning speed", "angular speed", "rotation speed", "rate of rotation"),
        ("rate",),
        lambda op, v: _measured("spin", op, v),
    )
