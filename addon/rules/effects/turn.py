"""Turning by an angle: about an axis of its own, about the vertical, to a side, about one of its edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import IMPARTED, RECEIVES, deed, joined
from ..grammar import REJECT, Grammar
from ..model import Effect
from ..modifiers import WAY_NAMES, WAYS, Pairs, bag, only
from ..reference import Ref
from ..units import told
from .moving import (
    PACE,
    UP,
    Paced,
    Vector,
    hindrance,
    in_turns,
    modifier,
    off_centre,
    pace,
    s,
    shorthand,
    vector,
)

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

TURNS = (
    "rotate", "turn", "spin", "pivot", "twist", "swivel", "revolve", "swing", "roll", "flip", "whirl", "twirl", "wheel", "reorient", "turn * around", "turn * round",
    "spin * around", "spin * round", "crank", "wind", "flick", "flick * round", "flick * around",
)  # fmt: skip
SPINS = ("spin", "turn around", "turn round", "spin around", "spin round", "swivel around")
TILTS = (
    "tilt",
    "lean",
    "tip",
    "tilt * over",
    "tip * over",
    "lean * over",
    "incline",
    "bend",
    "bend * over",
    "topple",
    "slant",
    "bank",
)
TILTED = (
    "tilt",
    "lean",
    "tip",
    "tilt over",
    "tip over",
    "lean over",
    "incline",
    "bend over",
    "topple",
    "fall",
    "slant",
    "bank",
)
AXES: dict[str, Vector] = {"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}
SIDES: dict[Vector, str] = {
    (1, 0, 0): "right", (-1, 0, 0): "left", (0, 1, 0): "+y", (0, -1, 0): "-y", (0, 0, 1): "top", (0, 0, -1): "bottom",
}  # fmt: skip


class Turn(Paced):
    """Turning by ``degrees`` about an axis of its own through its origin, or a world axis where ``world``.

    Positive is counter-clockwise, seen from the axis' positive end. ``unfit`` is what was said in place of an angle.
    """

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, rotate Door by 45 degrees about y over 0.2 s",
        "After 1 s, turn Door a quarter turn clockwise as seen from above",
        "When Ball touches Plate, Door makes two full turns about its vertical axis over 3 s",
    )
    kind: Literal["turn"] = "turn"
    thing: Ref
    degrees: float
    axis: Literal["x", "y", "z"] | None
    world: bool = False
    unfit: str = ""

    @property
    def lacking(self) -> bool:
        """See `Effect.lacking`."""
        return self.axis is None and not self.unfit

    def completed(self, said: Mapping[str, Any]) -> Effect | None:
        """See `Effect.completed`."""
        own = {"over": self.over} if "over" in self.model_fields_set else {}
        if self.ease or {"over", "rate"} & own.keys() & said.keys() or "axis" not in said:
            return None
        whole = _turn(self.thing, tuple({"angle": self.degrees, **own, **said}.items()))
        return whole if isinstance(whole, Turn) else None

    def agrees(self, said: Mapping[str, Any]) -> bool:
        """See `Effect.agrees`."""
        return said.get("over") == self.over if set(said) == {"over"} else bool(_turn(self.thing, tuple(said.items())) == self)  # fmt: skip

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "attitude"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        axis = f"the world {self.axis} axis" if self.world else f"its {self.axis} axis"
        return f"{self.thing} turn{s(self.thing)} by {told(self.degrees)} degrees about {axis}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        axis = vector(AXES[self.axis or "z"]) if self.world else f'"{self.axis}"'
        return [f"turn({name}, {told(self.degrees)}, {axis}{self.seconds(self.over)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.unfit:
            return f"'{self.unfit}' is no angle; say for instance '90 degrees'"
        if self.axis is None:
            return f"about which axis {name} is to turn is not said; say for instance 'about z' or 'clockwise seen from above'"
        return hindrance(scene, name, "turn", "give it a spin, or put it somewhere at once")


class Tilt(Paced):
    """Leaning by ``degrees`` to a side, about its origin; ``way`` is None where it is not said."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, Door leans to the right by 30 degrees within 1 s",)
    kind: Literal["tilt"] = "tilt"
    thing: Ref
    degrees: float
    way: Vector | None

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "attitude"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} lean{s(self.thing)} {_aside(self.way)} by {told(self.degrees)} degrees{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"turn({name}, {told(self.degrees)}, {vector(over(self.way or UP))}{self.seconds(self.over)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.way is None or self.way[2]:
            return f"which way {name} is to lean is not said; say for instance 'to the right'"
        return hindrance(scene, name, "tilt", "give it a spin, or put it somewhere at once")


class Swing(Paced):
    """Turning by ``degrees`` about an edge on a side of its own: upright for an edge at a side, else towards ``way``.

    Positive is counter-clockwise, seen from above. The edge of no side is the upright one at -x, or at -y of what is
    wider along y.
    """

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Door swings by 60 degrees clockwise about its +y edge over 0.5 s",
        "When Ball touches Plate, Door turns by 90 degrees to the right about its bottom edge over 2 s",
    )
    kind: Literal["swing"] = "swing"
    thing: Ref
    degrees: float
    side: Vector | None
    way: Vector | None = None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} turn{s(self.thing)} {edge_told(self.degrees, self.side, self.way)}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        axis = over(self.way) if self.way else UP
        return [f"swing({name}, {told(self.degrees)}, {vector(axis)}, {edge(self.side)}{self.seconds(self.over)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return edge_problem(scene, name, self.side, self.way) or hindrance(scene, name, "swing", "give it a spin")


def over(way: Vector) -> Vector:
    """The world axis about which something turns that falls over to a side."""
    return (-way[1] + 0.0, way[0] + 0.0, 0.0)


def edge(side: Vector | None) -> str:
    """A side as Python."""
    return "None" if side is None else vector(side)


def edge_told(degrees: float, side: Vector | None, way: Vector | None) -> str:
    """How something turns about one of its edges."""
    aside = f" {_aside(way)}" if way else ""
    return f"by {told(degrees)} degrees{aside} about {f'its {SIDES[side]}' if side else 'an upright'} edge"


def edge_problem(scene: Vocabulary, name: str, side: Vector | None, way: Vector | None) -> str | None:
    """Why something cannot turn about an edge."""
    if off_centre(scene, name):
        return f"the origin of {name} is not its middle, so where its edge is cannot be told; turn it about an axis of its own"
    if side and side[2] and (way is None or way[2]):
        return f"which way {name} is to turn about its {SIDES[side]} edge is not said; say for instance 'to the right'"
    if way is not None and not (side and side[2]):
        return f"{name} turns about an upright edge, so say 'clockwise' or 'counter-clockwise', not a side"
    return None


def _aside(way: Vector | None) -> str:
    return WAY_NAMES[way] if way else "over"


def _turn(x: Ref, mods: Pairs, axis: Literal["z"] | None = None) -> Any:
    said = bag(mods)
    timing = _timing(said)
    if "times" in said and "angle" not in said and said["times"] > 0:
        said["angle"] = 360 * said.pop("times")
        said.pop("unfit", None)
    if timing is not REJECT and "unfit" in said and "angle" not in said:
        return Turn(thing=x, degrees=0, axis=None, unfit=said["unfit"])
    if timing is REJECT or "angle" not in said:
        return REJECT
    where = {k: v for k, v in said.items() if k not in (*PACE, "rate", "angle", "again", "whole")}
    degrees = said["angle"] * where.pop("sense", 1.0)
    if "edge" in where:
        return Swing(thing=x, degrees=degrees, side=where["edge"], way=where.get("way"), **timing) if only(where, "edge", "way") else REJECT  # fmt: skip
    if not only(where, "axis", "world", "round") or ("axis" in where and "world" in where):
        return REJECT
    if "axis" in where:
        return Turn(thing=x, degrees=degrees * where["axis"][1], axis=where["axis"][0], **timing)
    if "world" in where:
        return Turn(thing=x, degrees=degrees, axis=where["world"], world=True, **timing)
    seen = "sense" in said or "round" in where
    return Turn(thing=x, degrees=degrees, axis="z" if seen else axis, world=seen or axis is not None, **timing)


def _tilt(x: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    timing = _timing(said)
    if {"axis", "world", "edge", "sense"} & set(said):
        return _turn(x, mods)
    if timing is REJECT or "angle" not in said or not only(said, *PACE, "rate", "angle", "way", "again"):
        return REJECT
    return Tilt(thing=x, degrees=said["angle"], way=said.get("way"), **timing)


def _timing(said: dict[str, Any]) -> Any:
    """How long, from a time or a rate."""
    if "rate" not in said:
        return REJECT if "speed" in said else pace(said)
    if "over" in said or "speed" in said or "manner" in said or said["rate"] <= 0:
        return REJECT
    timing = pace({k: v for k, v in said.items() if k != "rate"})
    return timing if timing is REJECT else {**timing, "over": abs(said.get("angle", 0.0)) / said["rate"]}


def _add_modifiers(grammar: Grammar) -> None:
    for axis in "xyz":
        names = f"({axis}|{axis}-axis|{axis} axis|axis {axis})"
        modifier(grammar, "world", f"(about|around|round) (world|global) {names}", axis)
    modifier(grammar, "world", "on the spot", "z")
    modifier(grammar, "round", ["(around|round)"], True)
    seen = "[as] (seen|viewed|looked at) from (above|the top|top|overhead)"
    modifier(grammar, "sense", f"[in] (clockwise|cw) [direction] {seen}", -1.0)
    modifier(
        grammar,
        "sense",
        f"[in] (counterclockwise|counter-clockwise|anticlockwise|anti-clockwise|ccw) [direction] {seen}",
        1.0,
    )
    sides = {words: way for words, way in WAYS.items() if words in ("left", "right")}
    sides |= {"left-hand": (-1, 0, 0), "right-hand": (1, 0, 0), "top": (0, 0, 1), "upper": (0, 0, 1), "bottom": (0, 0, -1), "lower": (0, 0, -1), "-x": (-1, 0, 0), "x": (1, 0, 0), "- x": (-1, 0, 0), "+ x": (1, 0, 0), "+ y": (0, 1, 0), "- y": (0, -1, 0), "y": (0, 1, 0)}  # fmt: skip
    about = "[,] [and] (about|around|round|on|at|over|pivoting on|pivoting about|pivoting around|pivoting at|hinged on|hinged at|along)"
    for words, side in sides.items():
        modifier(
            grammar,
            "edge",
            f"{about} (its|their) [own] {words} [upright|vertical] (edge|end|side|border|rim)",
            side,
            cost=-0.1,
        )
    modifier(grammar, "edge", f"{about} [its|their|one] [own] (upright|vertical) (edge|end|side)", None)
    grammar.add(
        "mod", "[by|through|for] [a|an] {v:angle} (turn|rotation|angle|swing|tilt|arc)", lambda f: ("angle", f["v"])
    )
    grammar.add("mod", "(with|by|at|through) angle [of] {v:angle}", lambda f: ("angle", f["v"]))
    grammar.add("mod", "(angle|an angle) of {v:angle}", lambda f: ("angle", f["v"]))
    grammar.add("mod", "[a] {r:rate} (turning speed|rate)", lambda f: ("rate", f["r"]))
    grammar.add("axis", "(about|around|round|on) (its|their) [own] (vertical|upright) [axis]", lambda f: ("z", 1.0))
    grammar.add("axis", "in [the] {v:letter} [direction]", lambda f: (f["v"], 1.0))
    for words, degrees in (("quarter", 90.0), ("half", 180.0), ("full", 360.0), ("complete", 360.0), ("whole", 360.0)):
        grammar.value("angle", {f"{words} (turn|rotation|revolution)": degrees, f"one {words} (turn|rotation|revolution)": degrees})  # fmt: skip


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _add_modifiers(grammar)
    deed(
        grammar,
        in_turns(_turn),
        verbs=TURNS,
        does=(*TURNS[:9], "go", "move", "flick"),
        nouns=("rotation", "turn", "swing", "twist"),
    )
    shorthand(
        grammar,
        _turn,
        {"angle", "axis"},
        {"angle", "sense"},
        {"angle", "world"},
        {"angle", "edge"},
        optional=("over", "ease", "even", "round", "way"),
    )
    deed(grammar, in_turns(lambda x, m: _turn(x, m, "z")), does=SPINS)
    deed(grammar, in_turns(_tilt), verbs=TILTS, does=TILTED, nouns=("tilt",))
    give = "(give|gives|giving|apply|perform|do|make|makes|carry out)"
    turn = "(turn|rotation|spin|twist|swing)"
    grammar.add("clause", f"{give} {{x:thing}} {{v:angle}} [{turn}] {{m:mods}}", _given)
    grammar.add("clause", f"{give} {{x:thing}} [a] {turn} {{m:mods}}", _given)
    grammar.add("clause", f"{give} [a] {turn} {{m:mods}} to {{x:thing}} {{n:mods}}", _given)
    grammar.add("clause", f"{{x:thing}} (makes|make|does|do|performs|perform|completes|takes|gets|is given) {{v:angle}} [{turn}] {{m:mods}}", _given)  # fmt: skip
    grammar.add("clause", f"{{v:angle}} [{turn}] (for|of) {{x:thing}} {{m:mods}}", _given)
    grammar.add("clause", "{x:thing} : {v:angle} {m:mods}", _given)
    grammar.add("clause", f"{{p:nounmods}} {turn} {{m:mods}} [,] {IMPARTED} {{x:thing}} {{n:mods}}", _given)
    grammar.add("clause", f"{{x:thing}} {RECEIVES} [a] {turn} {{m:mods}}", _given)


def _given(f: dict[str, Any]) -> Any:
    mods = joined(f.get("m", ()), f.get("n", ()), f.get("p", ()), (("angle", f["v"]),) if "v" in f else ())
    return REJECT if mods is None else _turn(f["x"], mods)
