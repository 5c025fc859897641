"""Motions without end: to and fro between two places, or about where a thing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import Pairs, bag, only
from ..reference import Ref
from ..units import told
from .moving import Vector, hindrance, modifier, s, vector
from .stop import Stop

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

PERIOD = 4.0
"""Seconds of one time there and back, or once round, when nothing is said of that."""
SWAYS = (
    "oscillate", "alternate", "swing", "sway", "shuttle", "ping-pong", "bob", "bounce", "move", "go", "slide", "glide", "travel", "drift", "run", "commute", "pace",
    "patrol", "wander", "drive", "fly", "pendulate", "float", "hover", "shift", "rock", "cycle", "rise and fall",
)  # fmt: skip
SWAYED = (
    "move",
    "slide",
    "shift",
    "oscillate",
    "swing",
    "shuttle",
    "push",
    "drive",
    "sway",
    "carry",
    "send",
    "run",
    "glide",
    "bob",
    "drag",
    "shake",
)


class Lasting(Effect):
    """What goes on until it is stopped; ``throughout`` where it was said to go on in the whole run."""

    lasts: ClassVar[bool] = True
    endless: ClassVar[bool] = True
    throughout: bool = False

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"throughout": False})

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "place"

    def undone(self) -> Effect:
        """See `Effect.undone`."""
        return Stop(thing=self.thing)

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return hindrance(scene, name, "guide", "give it a velocity or a force")


class Cyclic(Lasting):
    """Once there and back, or once round, in ``period`` seconds or at ``speed`` m/s."""

    period: float = PERIOD
    speed: float | None = None

    def pace(self) -> str:
        """How fast, at the end of a sentence."""
        return f"once in {told(self.period)} s" if self.speed is None else f"at {told(self.speed)} m/s"


class Between(Cyclic):
    """To and fro along one axis between two co-ordinates in metres."""

    examples: ClassVar[tuple[str, ...]] = (
        "Door moves back and forth between x=-2 and x=2",
        "When Ball touches Plate, Door bobs up and down between z = 1 and z = 2 with a period of 3 s",
    )
    kind: Literal["between"] = "between"
    thing: Ref
    axis: Literal["x", "y", "z"]
    first: float
    last: float
    even: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        ends = f"between {self.axis} = {told(self.first)} and {self.axis} = {told(self.last)}"
        return f"{self.thing} move{s(self.thing)} back and forth {ends} {self.pace()}{' evenly' if self.even else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        first, last = (
            "(" + ", ".join(told(v) if a == self.axis else "None" for a in "xyz") + ")" for v in (self.first, self.last)
        )
        period = self.period if self.speed is None else 2 * abs(self.last - self.first) / self.speed
        return [f"sway({name}, {first}, {last}, {told(period)}{_even(self)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.first == self.last:
            return f"{name} cannot move between a place and the same place"
        return super().problem(scene, name)


class BetweenPoints(Cyclic):
    """To and fro between two places (x, y, z) in metres."""

    kind: Literal["between_points"] = "between_points"
    thing: Ref
    first: Vector
    last: Vector
    even: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        ends = f"between {vector(self.first)} and {vector(self.last)}"
        return f"{self.thing} move{s(self.thing)} back and forth {ends} {self.pace()}{' evenly' if self.even else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        length = sum((b - a) ** 2 for a, b in zip(self.first, self.last, strict=True)) ** 0.5
        period = self.period if self.speed is None else 2 * length / self.speed
        return [f"sway({name}, {vector(self.first)}, {vector(self.last)}, {told(period)}{_even(self)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.first == self.last:
            return f"{name} cannot move between a place and the same place"
        return super().problem(scene, name)


class Sway(Cyclic):
    """To and fro along an axis by ``by`` metres either way from where it is; None where that is not said."""

    examples: ClassVar[tuple[str, ...]] = (
        "Door moves up and down by 0.5 m once in 3 s",
        "When Ball touches Plate, Door oscillates along x by 1 m either way",
    )
    kind: Literal["sway"] = "sway"
    thing: Ref
    axis: Literal["x", "y", "z"] | None
    by: float | None
    even: bool = False

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        length = f"by {told(self.by or 0)} m either way"
        return f"{self.thing} move{s(self.thing)} back and forth along {self.axis} {length} {self.pace()}{' evenly' if self.even else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        by = self.by or 0.0
        offset = tuple(by if a == self.axis else 0.0 for a in "xyz")
        period = self.period if self.speed is None else 4 * by / self.speed
        return [f"sway_by({name}, {vector(offset)}, {told(period)}{_even(self)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.axis is None:
            return f"along which axis {name} is to move to and fro is not said; say for instance 'along x'"
        if self.by is None:
            return f"how far {name} is to move to and fro is not said; say for instance 'between x = 0 and x = 2'"
        return super().problem(scene, name)


def _even(cycle: Between | BetweenPoints | Sway) -> str:
    return ", even=True" if cycle.even or cycle.speed is not None else ""


def partner(scene: Vocabulary, name: str, other: Ref, deed_: str) -> str | None:
    """Why a thing cannot go by another one."""
    if len(other.names) != 1:
        return f"{name} can {deed_} one thing only, not {other}"
    if other.name == name:
        return f"{name} cannot {deed_} itself"
    if other.name not in scene.objects:
        return f"{other.name} takes no part in a run, so where it is is not known"
    return None


def tempo(said: dict[str, Any]) -> Any:
    """Period or speed."""
    keys = {"period", "speed", "manner", "lap"} & set(said)
    if len(keys) > 1 or any(said[k] <= 0 for k in keys):
        return REJECT
    if "lap" in said:
        return {"period": said["lap"]}
    if "manner" in said:
        return {"period": PERIOD * {2.0: 2.0, 4.0: 4.0, 0.25: 0.5}.get(said["manner"], 0.25)}
    return {k: said[k] for k in keys}


ENDLESS = ("ever", "throughout", "again")


def endless(make: Callable[..., Any]) -> Callable[..., Any]:
    """The same where it may be said that something goes on without end; modifiers are the last argument."""

    def build(*given: Any) -> Any:
        *others, mods = given
        effect = make(*others, tuple(pair for pair in mods if pair[0] not in ENDLESS))
        whole = isinstance(effect, Lasting) and "throughout" in bag(mods)
        return effect.model_copy(update={"throughout": True}) if whole else effect

    return build


@endless
def _sway(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    pace = tempo(said)
    where = {k: v for k, v in said.items() if k not in ("period", "speed", "manner", "lap")}
    if "between" in where and "range" not in where:
        where["range"] = where.pop("between")
        where.setdefault("fro", "")
    if pace is REJECT or ("ease" in where and "even" in where) or "fro" not in where:
        return REJECT
    where.pop("ease", None)
    even, fro = where.pop("even", False), where.pop("fro")
    if "range" in where:
        return _between(x, where, fro, {**pace, "even": even})
    if not only(where, "by", "way", "sides") or ("sides" in where and "by" not in where):
        return REJECT
    axis = fro or None
    if "way" in where:
        along = "xyz"[[bool(w) for w in where["way"]].index(True)]
        if axis not in (None, along):
            return REJECT
        axis = along
    return Sway(thing=x, axis=axis, by=where.get("by"), even=even, **pace)


def _between(x: Ref, where: dict[str, Any], fro: str, more: dict[str, Any]) -> Any:
    axis, first, last = where["range"]
    if not only(where, "range", "way"):
        return REJECT
    if axis == "point":
        return BetweenPoints(thing=x, first=first, last=last, **more) if not fro and "way" not in where else REJECT
    along = where.get("way", ())
    if fro not in ("", axis) or (along and not along["xyz".index(axis)]):
        return REJECT
    return Between(thing=x, axis=axis, first=first, last=last, **more)


def _add_modifiers(grammar: Grammar) -> None:
    modifier(
        grammar,
        "fro",
        "[continuously|constantly|repeatedly|endlessly] (back and forth|to and fro|backwards and forwards|forth and back|from one side to the other|there and back|hither and thither|from end to end|ping-pong|like a pendulum)",
        "",
    )
    modifier(
        grammar,
        "fro",
        "[continuously|constantly|repeatedly|endlessly] (up and down|upwards and downwards|up and then down)",
        "z",
    )
    modifier(
        grammar,
        "fro",
        "(left and right|right and left|from side to side|from left to right and back|side to side|to the left and [to] the right)",
        "x",
    )
    modifier(grammar, "fro", "(forward and back|forwards and backwards|forward and backward|forwards and back)", "y")
    every = "(once|one (round|lap|cycle|turn|circle|trip|round trip|full round trip|revolution|orbit|oscillation))"
    modifier(grammar, "period", [
        f"{every} [round|around|there and back|back and forth|up and down] (in|every|per|within|takes|lasts|taking|lasting) {{v:time}}",
        "[one|each|every|a|the] [full|complete|whole] (round trip|round|cycle|lap|trip|oscillation|revolution|circle|turn|there and back|period|orbit) (takes|lasts|taking|lasting|takes it|in|is|being) {v:time}",
        "in {v:time} (per|a|each) (round|cycle|lap|turn|circle|round trip|revolution|orbit)", "{v:time} (per|a|for a|for each|each) [full] (round|cycle|lap|turn|circle|round trip|revolution|orbit)",
        "(with|at) [a] [full] (period|cycle|cycle time) of {v:time}", "every {v:time}",
    ], cost=-0.3)  # fmt: skip
    grammar.add(
        "mod",
        "{n:count} (per|a|each|every|in a|in each) second\n{n:number} (times|cycles|swings|oscillations) (per|a|each|every|in a) second",
        lambda f: ("period", 1 / f["n"]) if f["n"] > 0 else REJECT,
        cost=-0.1,
    )
    modifier(
        grammar,
        "sides",
        [
            "either way",
            "each way",
            "(in|on|to) (either|each|both) (direction|directions|side|sides|way|ways)",
            "both ways",
        ],
        True,
    )
    modifier(
        grammar,
        "present",
        [
            "(at|in|keeping|with) (its|the) (present|current|own|same|initial|starting) (distance|radius)",
            "at (this|same) distance",
            "keeping its distance",
        ],
        True,
    )
    modifier(grammar, "ever", "(forever|for ever|endlessly|continuously|constantly|without end|without stopping|non-stop|nonstop|permanently|without pause|ceaselessly|incessantly|perpetually|on and on|for good)", True)  # fmt: skip
    modifier(grammar, "throughout", "(all the time|the whole time|at all times|always|all along|throughout|from start to end)", True)  # fmt: skip
    modifier(grammar, "lap", "(in|within) {v:time}", cost=-0.2)
    modifier(grammar, "between", "between {v:span}")
    wherever = "[,] [no matter] (wherever|where) (it|he|she|they|that) (goes|go|moves|move|walks|is|travels|flies|rolls|runs|may go)"
    grammar.add("mods", f"{wherever} {{r:mods}}", lambda f: implied(f["r"], "ever", True))
    grammar.add("mods", f"{{m:mod}} {wherever}", lambda f: (f["m"],) if f["m"][0] in ENDLESS else REJECT)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _add_modifiers(grammar)
    deed(grammar, _sway, verbs=SWAYED, does=SWAYS)
    swaying = ("oscillate", "shuttle", "alternate", "ping-pong", "commute", "patrol", "pendulate")
    deed(grammar, lambda x, m: _sway(x, implied(m, "fro", "")), verbs=("oscillate", "shuttle"), does=swaying)
    deed(grammar, lambda x, m: _sway(x, implied(m, "fro", "z")), does=("bob", "rise and fall"))


def implied(mods: Pairs, key: str, value: Any) -> Pairs:
    """The modifiers with one more that the verb implies, unless it is said as well."""
    return mods if key in bag(mods) else tuple(sorted((*mods, (key, value)), key=lambda pair: pair[0]))
