"""Moving by a distance and to a place, over a time or at a speed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import REJECT, Build, Fields, Grammar
from ..model import Effect, Rule
from ..modifiers import WAY_NAMES, Pairs, bag, only
from ..phrasing import MODAL
from ..reference import Ref
from ..structure.whole import rule as made
from ..units import told
from .moving import (
    DOWN,
    PACE,
    UP,
    Paced,
    Spot,
    Vector,
    add_spots,
    coordinates,
    hindrance,
    in_turns,
    modifier,
    pace,
    quoted,
    s,
    shorthand,
    to_code,
    to_told,
    vector,
)
from .place import GoHome

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

RAISES = ("move * up", "raise", "lift", "lift * up", "hoist", "elevate", "heave", "jack * up", "uplift", "boost")
LOWERS = ("lower", "sink", "let * down", "bring * down", "drop")
MOVES = (
    "move", "slide", "shift", "push", "bring", "drive", "displace", "translate", "glide", "offset", "offset position of", "pull", "send", "carry",
    "transport", "nudge", "haul", "drag", "draw", "shove", "advance", "run", "fly", "steer", "travel", "transfer", "roll", "budge", "float", "nudge * along", "push * along", "move * along", "shove * along", "slide * along", "move * out of way", "get * out of way", "push * out of way", "get * moving", "set * moving",
)  # fmt: skip
RISES = ("rise", "ascend", "climb", "lift", "raise", "levitate")
SINKS = (
    "sink",
    "descend",
    "lower",
    "drop",
    "fall",
    "slam down",
    "plunge",
    "crash down",
    "smash down",
    "stamp down",
    "drop down",
)
GOES = (
    "move", "slide", "shift", "glide", "go", "travel", "drift", "drive", "run", "roll", "fly", "come", "float", "head", "advance", "sail",
    "move on", "go on", "run on", "slide on", "journey", "sweep", "creep", "crawl", "proceed", "ride", "wander", "slip", "skid", "pull", "get out of way", "move out of way", "go out of way", "slide out of way", "move along", "slide along", "go along", "be off",
)  # fmt: skip
SOFT = "(soft|smooth|gentle|slow) start and [a] [soft|smooth|gentle|slow] (finish|end|stop|landing|halt)"
FIT = {"length", "angle", "speed", "rate", "percent"}
"""What a motion can be said in, besides the time that it takes."""


class Glide(Paced):
    """Moving by an offset (x, y, z) in metres; with ``own`` in shares of the thing's own size.

    ``offset`` is None where none was said, ``unfit`` what was said in its place.
    """

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, raise Door by 50 cm over 1 second",
        "When Ball touches Plate, Door slides 2 m to the left at 0.5 m/s, smoothly",
        "When Ball touches Plate, move Door 2 m to the left over 1 s",
        "After 1 s, move Door by (0, 0, 1) in 0.8 s",
    )
    kind: Literal["glide"] = "glide"
    thing: Ref
    offset: Vector | None
    own: bool = False
    unfit: str = ""
    toward: Vector | None = None

    @property
    def lacking(self) -> bool:
        """See `Effect.lacking`."""
        return self.offset is None and self.toward is not None

    def completed(self, said: Mapping[str, Any]) -> Effect | None:
        """See `Effect.completed`."""
        own = {"over": self.over} if "over" in self.model_fields_set else {}
        if (
            self.speed is not None
            or self.ease
            or own.keys() & said.keys()
            or said.get("way", self.toward) != self.toward
        ):
            return None
        whole = _move(self.thing, tuple({"way": self.toward, **own, **said}.items()))
        return whole if isinstance(whole, Glide) and whole.offset is not None else None

    def agrees(self, said: Mapping[str, Any]) -> bool:
        """See `Effect.agrees`."""
        return said.get("over") == self.over if set(said) == {"over"} else bool(_move(self.thing, tuple(said.items())) == self)  # fmt: skip

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if self.offset is None:
            return f"{self.thing} move{s(self.thing)}"
        length, way = _split(self.offset)
        if way is None:
            return f"{self.thing} move{s(self.thing)} by {vector(self.offset)} m{self.pace()}"
        if self.own:
            size = "height" if way in (UP, DOWN) else "width"
            share = "" if length == 1 else f"{told(100 * length)} % of "
            return f"{self.thing} move{s(self.thing)} {WAY_NAMES[way]} by {share}its own {size}{self.pace()}"
        verb = {UP: "rise", DOWN: "sink"}.get(way, "move")
        where = "" if way in (UP, DOWN) else f" {WAY_NAMES[way]}"
        return f"{self.thing} {verb}{s(self.thing)} {told(length)} m{where}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        offset = self.offset or (0, 0, 0)
        if self.own:
            size = [f"{told(o)} * objects[{name}].dimensions.{a}" if o else "0" for o, a in zip(offset, "xyz", strict=True)]  # fmt: skip
            return [f"glide({name}, ({', '.join(size)}){self.seconds(self.over)})"]
        return [f"glide({name}, {vector(offset)}{self.seconds(self.takes_time)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.unfit:
            return f"'{self.unfit}' is no length; say for instance '50 cm'"
        if self.offset is None:
            return f"how far {name} is to move is not said; say for instance 'by 50 cm'"
        return hindrance(scene, name, "move")

    @property
    def takes_time(self) -> float:
        """See `Paced.takes_time`."""
        return self.over if self.speed is None or self.own else _length(self.offset or UP) / self.speed


class GlideTowards(Paced):
    """Moving ``by`` metres in the direction of another thing."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, Door moves 1 m towards Ball over 2 s",)
    kind: Literal["glide_towards"] = "glide_towards"
    thing: Ref
    by: float
    target: Ref

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} move{s(self.thing)} {told(self.by)} m towards {self.target}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        over = self.over if self.speed is None else self.by / self.speed
        return [f"glide({name}, way_to({name}, {quoted(self.target.name)}, {told(self.by)}){self.seconds(over)})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return Spot(where="at", target=self.target).problem(scene, name) or hindrance(scene, name, "move")


class GlideTo(Paced):
    """Moving to co-ordinates, None for those that are kept."""

    examples: ClassVar[tuple[str, ...]] = (
        "After 2 s, move Door to x = 2",
        "When Ball touches Plate, raise Door to a height of 2 m over 3 s",
    )
    kind: Literal["glide_to"] = "glide_to"
    thing: Ref
    x: float | None = None
    y: float | None = None
    z: float | None = None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} move{s(self.thing)} {to_told(self.x, self.y, self.z)}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"glide_to({name}, {to_code(self.x, self.y, self.z)}{self.arguments()})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return hindrance(scene, name, "move")


class GlideBy(Paced):
    """Moving to a place by another thing, as that stands when the motion begins."""

    examples: ClassVar[tuple[str, ...]] = ("After 1 s, Lamp flies to the place of Counter within 2 s",)
    kind: Literal["glide_by"] = "glide_by"
    thing: Ref
    spot: Spot

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} move{s(self.thing)} {self.spot.told()}{self.pace()}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"glide_to({name}, {self.spot.python(name)}{self.arguments()})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return self.spot.problem(scene, name) or hindrance(scene, name, "move")


def _split(offset: Vector) -> tuple[float, Vector | None]:
    """Length and way of an offset along one axis."""
    if sum(o != 0 for o in offset) != 1:
        return 0.0, None
    length = sum(map(abs, offset))
    return length, tuple(int(o / length) for o in offset)  # type: ignore[return-value]


def _length(offset: Vector) -> float:
    return float(sum(o * o for o in offset) ** 0.5)


def _move(x: Ref, mods: Pairs, lead: Vector | None = None) -> Any:
    """A motion of one thing; ``lead`` is the way that the verb itself tells."""
    said = bag(mods)
    timing = pace(said)
    if timing is REJECT:
        return REJECT
    where = {k: v for k, v in said.items() if k not in PACE}
    if "home" in where:
        return GoHome(thing=x, **timing) if only(where, "home", "again") and lead is None else REJECT
    if "nearby" in where:
        upright = where.get("way", UP) in (UP, DOWN) and (where["nearby"].where != "beside" or "way" not in where)
        return (
            GlideBy(thing=x, spot=where["nearby"], **timing)
            if upright and only(where, "nearby", "again", "way")
            else REJECT
        )
    if "altitude" in where:
        upright = where.get("way", lead) in (UP, DOWN)
        return GlideTo(thing=x, z=where["altitude"], **timing) if upright and only(where, "altitude", "way") else REJECT
    if "place" in where:
        place = coordinates(where)
        way = where.get("way", lead)
        axis = None if way is None else "xyz"[[bool(w) for w in way].index(True)]
        if place is None or not only(where, "place", "way", "again", "whole") or (axis and axis not in place):
            return REJECT
        return GlideTo(thing=x, **place, **timing)
    if "towards" in where:
        if not only(where, "towards", "by") or "by" not in where or lead is not None:
            return REJECT
        return GlideTowards(thing=x, by=where["by"], target=where["towards"], **timing)
    if "offset" in where:
        return Glide(thing=x, offset=where["offset"], **timing) if only(where, "offset", "again") and not lead and any(where["offset"]) else REJECT  # fmt: skip
    return _straight(x, where, lead, timing)


def _straight(x: Ref, where: dict[str, Any], lead: Vector | None, timing: dict[str, Any]) -> Any:
    if "unfit" in where and only(where, "unfit", "way") and (lead or "way" in where):
        return Glide(thing=x, offset=None, unfit=where["unfit"])
    if not only(where, "by", "way", "own", "again", "whole", "percent"):
        return REJECT
    way = where.get("way", lead)
    if ("again" in where and not {"by", "own", "percent"} & set(where) and way != UP) or set(where) == {"again", "way"}:
        return GoHome(thing=x, **timing)
    if way is None or (lead is not None and "way" in where and where["way"] != lead):
        return REJECT
    if "own" in where:
        share = where.get("percent", 100) / 100
        if "by" in where or "speed" in timing or (where["own"] == "height") != (way in (UP, DOWN)):
            return REJECT
        return Glide(thing=x, offset=tuple(share * w + 0.0 for w in way), own=True, **timing)
    if "by" not in where:
        return Glide(thing=x, offset=None, toward=way, **timing) if way[1] >= 0 and "percent" not in where else REJECT
    if where["by"] <= 0 or "percent" in where:
        return REJECT
    return Glide(thing=x, offset=tuple(where["by"] * w + 0.0 for w in way), **timing)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    add_spots(grammar)
    _add_modifiers(grammar)
    deed(
        grammar,
        in_turns(lambda x, m: _move(x, m, UP)),
        verbs=RAISES,
        does=RISES,
        nouns=("raising", "lifting", "lift", "rise", "ascent", "elevation", "hoisting", "climb", "rising"),
    )
    deed(
        grammar,
        in_turns(lambda x, m: _move(x, m, DOWN)),
        verbs=LOWERS,
        does=SINKS,
        nouns=("lowering", "descent", "sinking"),
    )
    deed(
        grammar,
        in_turns(_move),
        verbs=MOVES,
        does=GOES,
        nouns=(
            "movement",
            "displacement",
            "shift",
            "motion",
            "translation",
            "travel",
            "move",
            "slide",
            "moving",
            "shifting",
            "sliding",
            "push",
            "pushing",
            "transport",
            "drive",
        ),
    )
    shorthand(
        grammar, _move, {"by", "way"}, {"own", "way"}, {"again", "by"}, optional=("over", "ease", "even", "speed")
    )
    grammar.add("trailing", "{x:elided/thing} [then|afterwards] {m:mods}", _another_way, cost=0.2)
    grammar.add("rule", "{r:rule_said} [.|,|;|?|and|-|, and|; and] {t:taking}", lambda f: _last_timed(f["r"], f["t"]))
    grammar.add("rule", "{r:rule_said} (, taking|, over) {t:time}\n{r:rule_said} [,] LPAR {t:time} RPAR", lambda f: _last_timed(f["r"], f["t"]), cost=0.1)  # fmt: skip
    metres = "(m|metre|metres|meter|meters|in metres|in meters)"
    grammar.add(
        "clause",
        f"{{x:thing}} [:|->|is|gets|goes] [off|up|down|on] (by|+ =|shifted by|moved by|offset by) {{v:vector}} [{metres}] {{m:mods}}",
        lambda f: (
            _move(f["x"], (*f["m"], ("offset", f["v"])))
            if not {"offset", "vector", "place"} & set(bag(f["m"]))
            else REJECT
        ),
        cost=0.1,
    )
    grammar.add("clause", "[and] {w:way} it (goes|moves|slides|comes) [,] {x:thing} [,] {m:mods}", _lead, cost=0.1)
    goes = "(goes|go|moves|move|slides|slide|comes|with|shifts|flies) [then|now|also]"
    grammar.add("clause", f"[and] {{w:way}} {goes} {{x:thing}} [then|now] {{m:mods}}", _lead, cost=0.1)
    for word, way in (("(higher|of height|in height|upwards)", UP), ("(lower|deeper|downwards)", DOWN)):
        grammar.add("clause", f"{{x:thing}} (gets|get|becomes|become|gains|gain|{MODAL} (get|become|gain)|is put|is set) {{l:length}} {word} {{m:mods}}", _along(way, 1), cost=0.1)  # fmt: skip
    needs = "(has|have|takes|take|needs|need|gets|get|(should|shall|must|will|may|can) (have|take|need|get)|is given|is allowed)"
    grammar.add("clause", [f"{{x:thing}} {needs} {{t:time}} (to|for) {{e:trailing}}", f"it ({needs}|{needs} for) {{x:thing}} {{t:time}} to {{e:trailing}}"], _given_time, cost=0.1)  # fmt: skip
    for axis, way in zip("xyz", ((1, 0, 0), (0, 1, 0), (0, 0, 1)), strict=True):
        owner = f"{{x:thing}} [.|'s] [location|position|pos] [.] {axis}"
        for sign, factor in (("(+ =|by +|by|+)", 1), ("(- =|by -|-)", -1)):
            grammar.add("clause", f"{owner} {sign} {{l:length}} {{m:mods}}", _along(way, factor), cost=0.2)
    grammar.add("rule_said", "{d:effects} [,] {w:when}", lambda f: made(f["w"], f["d"]))
    grammar.add(
        "clause",
        ["(take|use|spend|taking) {t:time} to {c:clause}", "(over|during|taking|in course of|over course of) [a] [period|time|span] [of] {t:time} [,] {c:clause}"],
        lambda f: _timed(f["c"], f["t"]),
    )  # fmt: skip


def _along(way: Vector, factor: int) -> Build:
    return lambda f: _move(f["x"], (*f["m"], ("by", f["l"]), ("way", tuple(factor * w for w in way)))) if not {"by", "way"} & set(bag(f["m"])) else REJECT  # fmt: skip


def _another_way(f: Fields) -> Any:
    """``then 0.8 m to the right in 1 s``, after a motion that is said in full."""
    keys = set(bag(f["m"]))
    return _move(f["x"], f["m"]) if {"by", "way"} <= keys <= {"by", "way", "over", "ease", "even", "speed"} else REJECT


def _lead(f: Fields) -> Any:
    return REJECT if {"way", "vector", "place"} & set(bag(f["m"])) else _move(f["x"], (*f["m"], ("way", f["w"])))


def _given_time(f: Fields) -> Any:
    """``Ram has 0.6 s to rise 1.2 m``."""
    effect = f["e"]
    return _timed(effect.model_copy(update={"thing": f["x"]}), f["t"]) if isinstance(effect, Effect) and effect.thing.pronoun else REJECT  # fmt: skip


def _timed(clause: Any, seconds: float) -> Any:
    """The same effect within a time that is said before it."""
    if not isinstance(clause, Effect) or "over" not in type(clause).model_fields:
        return REJECT
    if {"over", "speed"} & clause.model_fields_set or getattr(clause, "at_once", False):
        return REJECT
    return clause.model_copy(update={"over": seconds})


def _last_timed(rule: Rule, seconds: float) -> Any:
    """A rule whose one effect takes a time that is said in a sentence of its own."""
    if not isinstance(rule, Rule) or len(rule.effects) != 1:
        return REJECT
    effect = _timed(rule.effects[0], seconds)
    return (
        REJECT
        if effect is REJECT
        else rule.model_copy(update={"steps": (rule.steps[0].model_copy(update={"effects": (effect,)}),)})
    )


def _unfit(fields: Fields) -> Any:
    """A quantity that is no part of a motion, to be told by name."""
    return REJECT if fields["q"].dimension in FIT else ("unfit", fields["q"].said)


def _add_modifiers(grammar: Grammar) -> None:
    metres = "(m|metre|metres|meter|meters|in metres|in meters)"
    modifier(
        grammar,
        "offset",
        f"[by|along|of|through|with|for|on|, namely|namely|, that is|, which is|, i . e .] [offset|vector|displacement|distance|a vector of] {{v:vector}} [{metres}]",
    )
    modifier(grammar, "ease", [f"(with|at|having) {SOFT}", "(smooth|eased)", "with [a] smooth (motion|movement|acceleration)", "(accelerating|speeding up) and (decelerating|slowing down|braking) [smoothly]"], True)  # fmt: skip
    grammar.add("mod", "[by|for|through] {q:quantity}", _unfit, cost=0.4)
    modifier(grammar, "altitude", "[up|down] (to|as high as) [a level of|a height of] {v:length}")
    modifier(grammar, "over", "[a] {v:time} ['] (journey|ride|trip|drive|flight|glide)")
    for words, size in (("height", "height"), ("(width|length|depth)", "width")):
        modifier(grammar, "own", f"[by|for] (its|their|one) [own] [full|whole] {words}", size)
        _add_shares(grammar, words, size)


def _add_shares(grammar: Grammar, words: str, size: str) -> None:
    own = f"(its|their) [own] {words} {{r:mods}}"
    grammar.add("mods", f"[by] {{v:percent}} of {own}", lambda f: _own(f["v"], size, f["r"]))
    grammar.add("mods", f"[by] half [of] {own}", lambda f: _own(50.0, size, f["r"]))


def _own(percent: float, size: str, rest: Pairs) -> Any:
    if {"own", "percent"} & set(bag(rest)):
        return REJECT
    return tuple(sorted((("own", size), ("percent", percent), *rest), key=lambda p: p[0]))
