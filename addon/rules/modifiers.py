"""What can be said of how something is done: how far, which way, how long, how fast, about what, to where.

Each is a pair of a key and a value; a family takes those that it knows, and a clause with any other is no clause of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .durations import add_takings
from .grammar import REJECT, Fields, Grammar
from .model import Effect, Step
from .units import DIMENSIONS, Quantity

Pairs = tuple[tuple[str, Any], ...]
Vector = tuple[float, float, float]

WAYS: dict[str, Vector] = {
    "up": (0, 0, 1), "upward": (0, 0, 1), "upwards": (0, 0, 1), "skyward": (0, 0, 1), "skywards": (0, 0, 1), "straight up": (0, 0, 1),
    "vertically": (0, 0, 1), "into the air": (0, 0, 1), "in the air": (0, 0, 1), "up into the air": (0, 0, 1), "higher": (0, 0, 1),
    "to the sky": (0, 0, 1), "vertically upwards": (0, 0, 1), "upstairs": (0, 0, 1),
    "down": (0, 0, -1), "downward": (0, 0, -1), "downwards": (0, 0, -1), "straight down": (0, 0, -1), "lower": (0, 0, -1),
    "right": (1, 0, 0), "rightward": (1, 0, 0), "rightwards": (1, 0, 0), "to right": (1, 0, 0), "to right side": (1, 0, 0),
    "left": (-1, 0, 0), "leftward": (-1, 0, 0), "leftwards": (-1, 0, 0), "to left": (-1, 0, 0), "to left side": (-1, 0, 0),
    "forward": (0, 1, 0), "forwards": (0, 1, 0), "ahead": (0, 1, 0), "onward": (0, 1, 0), "straight ahead": (0, 1, 0), "away from me": (0, 1, 0),
    "back": (0, -1, 0), "backward": (0, -1, 0), "backwards": (0, -1, 0), "to back": (0, -1, 0), "to front": (0, -1, 0), "towards me": (0, -1, 0),
}  # fmt: skip
"""Words of directions in the world frame: right +x, forward +y, up +z."""
del WAYS["to front"], WAYS["towards me"], WAYS["away from me"]

WAY_NAMES: dict[Vector, str] = {
    (1, 0, 0): "to the right", (-1, 0, 0): "to the left", (0, 1, 0): "forward", (0, -1, 0): "backwards", (0, 0, 1): "up", (0, 0, -1): "down",
}  # fmt: skip
"""How plain sentences call directions."""

_AXES: dict[str, Vector] = {"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}

MANNERS: dict[str, float] = {
    "slowly": 2.0, "gently": 2.0, "gradually": 2.0, "very slowly": 4.0, "softly": 2.0, "leisurely": 2.0,
    "slow": 2.0, "quick": 0.25, "quickly": 0.25, "fast": 0.25, "rapidly": 0.25, "swiftly": 0.25, "very quickly": 0.1,
}  # fmt: skip
"""Seconds that a motion takes when nothing but its manner is said."""


def _possible(quantity: Quantity) -> bool:
    """Times, counts and masses are never negative."""
    return quantity.value >= 0 or quantity.dimension not in ("time", "count", "mass")


def _sizes(grammar: Grammar) -> None:
    """Quantities by dimension, as phrases."""
    for dimension in DIMENSIONS:
        grammar.add(dimension, f"{{q:plain_{dimension}}}", lambda f: f["q"])
        value = lambda f, d=dimension: f["q"].value if f["q"].dimension == d else REJECT  # noqa: E731
        grammar.add(f"plain_{dimension}", "{q:quantity}", value)
    grammar.add("time", "(another|a further|further) {t:time}", lambda f: f["t"])
    grammar.add(
        "time", "{t:plain_time} (long|in total|of time|or so|flat|sharp|total|in all|time)", lambda f: f["t"], cost=0.1
    )
    grammar.add(
        "time",
        "(just|only|exactly|precisely|full|whole|good|mere|about) {t:plain_time} [flat|exactly|precisely]\n{t:plain_time} (exactly|precisely|only)",
        lambda f: f["t"],
        cost=0.1,
    )
    grammar.add("length", "{l:plain_length} (high|long|far|tall|wide|deep)", lambda f: f["l"])
    grammar.add("length", "(distance|height|depth|length|total) of {l:length}", lambda f: f["l"])


def _ways(grammar: Grammar) -> None:
    for text, way in WAYS.items():
        grammar.value(
            "way",
            {
                text: way,
                f"to the {text}".replace("to the to ", "to the "): way,
                f"(towards|toward|in) {text} direction": way,
                f"in direction {text}": way,
            },
        )
    for axis, way in _AXES.items():
        minus = tuple(-v for v in way)
        names = f"({axis}|{axis}-axis|{axis} axis|global {axis}|world {axis})"
        for lead in ("along", "in", "on", "in direction of", "in direction", "towards", "toward", "to", "following"):
            grammar.value(
                "way",
                {
                    f"{lead} [positive] [+|plus] {names} [direction|axis]": way,
                    f"{lead} (negative|-|minus) {names} [direction|axis]": minus,
                },
            )
        grammar.value("way", {f"+ {axis}": way, f"- {axis}": minus, f"{axis}-wards": way})
        grammar.value("axis", {
            f"(about|around|round|on|along|of|by|over) [its|their|his|her|own|local|positive] [own] ({axis}|{axis}-axis|{axis} axis|axis {axis}|{axis} - axis) [direction]": (axis, 1.0),
            f"(about|around|round|on) [its] [own] (-|minus|negative) ({axis}|{axis}-axis|{axis} axis)": (axis, -1.0),
            f"({axis} being the axis|with axis {axis}|with {axis} as axis|with {axis} as its axis|axis : {axis}|axis = {axis}|axis {axis}|{axis}-axis|{axis} axis|using {axis} as axis)": (axis, 1.0),
        })  # fmt: skip


_BASIC: dict[str, Vector] = {
    "right": (1, 0, 0), "left": (-1, 0, 0), "up": (0, 0, 1), "down": (0, 0, -1), "forward": (0, 1, 0), "forwards": (0, 1, 0),
    "backward": (0, -1, 0), "backwards": (0, -1, 0), "upward": (0, 0, 1), "upwards": (0, 0, 1), "downward": (0, 0, -1), "downwards": (0, 0, -1),
    "rightward": (1, 0, 0), "rightwards": (1, 0, 0), "leftward": (-1, 0, 0), "leftwards": (-1, 0, 0),
}  # fmt: skip


def _said_ways(grammar: Grammar) -> None:
    """Directions in more words: ``over to the right side``, ``in up direction``, ``a rightward movement``."""
    for text, way in _BASIC.items():
        toward = "(to|toward|towards|in|into|on|at|in direction|in direction of|in direction to)"
        grammar.value("way", {
            f"[over|off|away|out] {toward} {text} [hand] [direction|side|way]": way, f"(over|off|away|out) {text}": way, f"LPAR {text} RPAR": way,
        })  # fmt: skip
        if text.endswith("ward"):
            grammar.value("side", {text: way, f"{text} (directed|pointing)": way})
    for axis, way in _AXES.items():
        for sign, one in (("[+|plus|positive]", way), ("(-|minus|negative)", tuple(-v for v in way))):
            grammar.value("way", {f"LPAR [along|in|that is|i . e .] {sign} ({axis}|{axis}-axis|{axis} axis) RPAR": one})


def _mods(grammar: Grammar) -> None:
    def mod(key: str, texts: Any, value: Any = None, cost: float = 0.0) -> None:
        grammar.add("mod", texts, value if callable(value) else (lambda f: (key, f["v"])), cost)

    during = "(over|within|in|during|taking|lasting|for|across|through|throughout|which takes|that takes|it takes|in course of|over course of|over a period of|over a time of|over a span of|in a time of|in time|in a total of|with a duration of|for a duration of|in the span of|in space of|and take|and takes|- duration|spread over|needing|inside|in about|spending|take|takes|at a pace of)"
    mod(
        "over",
        [
            f"[say|about|all|everything] {during} {{v:time}}",
            "{v:time} long",
            "LPAR {v:time} RPAR",
            "[,|;] / {v:time}",
            "LPAR {v:taking} RPAR",
        ],
    )
    mod("over", "[,|.|;|?|:|-] [and|with|but|so|so that|such that|and that|and so] {v:taking}", cost=0.02)
    mod("over", f"[,|.|;] and (this|that|all that|all this|it) {during} {{v:time}}", cost=0.02)
    mod("over", f"[,|.|;] [this|that|and this|and that] all {during} {{v:time}}", cost=0.02)
    mod("over", "(.|;) {v:time}", cost=0.2)
    mod("over", ", {v:time}", cost=0.1)
    mod(
        "by",
        [
            "[by|for|of|through|about|a distance of|exactly|over|all of|, all of|, exactly|, namely|a way of|, that is|by all of|by exactly|on|for exactly] {v:length}",
            "{v:length} in (length|extent|distance|height|all)",
            ", {v:length} [to be (exact|precise)]",
            "with {v:length} [more]",
            "by [a distance of|a total of|a height of|exactly] {v:length}",
            "{v:length} (more|further)",
        ],
    )
    mod("way", ["{v:way}"])
    mod("vector", ["[by|along|of|with|at|to|=|:] {v:vector}", "[by|along] [offset|vector|displacement] {v:vector}"])
    mod(
        "speed",
        [
            "(at|with|by|of|going|doing|travelling|traveling|at a speed of|with a speed of|at speed|with speed|at a velocity of|with a velocity of|velocity|speed|a speed of) {v:speed}",
            "{v:speed}",
        ],
    )
    mod(
        "velocity",
        [
            "(at|with|by|of|to|using|using a|having|=|:) [velocity|speed|velocity vector|speed vector|a velocity|v] [of|=|:|vector] {v:vector} [m/s|metres per second|meters per second]",
            "(velocity|speed|v|vel) [of|=|:] {v:vector} [m/s|metres per second|meters per second]",
            "{v:vector} (m/s|metres per second|meters per second)",
        ],
    )
    mod("angle", ["[by|through|for|about|of|with|an angle of|exactly] {v:angle}", "by (an angle|a turn) of {v:angle}"])
    mod("rate", ["(at|with|by) [a rate of|a speed of|an angular velocity of|a turning speed of] {v:rate}", "{v:rate}"])
    mod("axis", ["{v:axis}"])
    mod("axis", ["{v:bare_axis}"], cost=0.3)
    grammar.value("bare_axis", {axis: (axis, 1.0) for axis in "xyz"})
    mod("sense", ["clockwise", "cw"], lambda f: ("sense", -1.0))
    mod(
        "sense",
        ["(counterclockwise|counter-clockwise|anticlockwise|anti-clockwise|ccw|counter clockwise|anti clockwise)"],
        lambda f: ("sense", 1.0),
    )
    mod("place", ["(to|at|into|in) [position|location|point|place|coordinates] {v:vector}", "(to|at) {v:coordinate}"])
    mod(
        "towards",
        ["([over|across] (towards|toward|to)|at|in the direction of|in direction of|into) {v:thing}"],
        cost=0.2,
    )
    mod("about", ["(around|round|about) {v:thing}"])
    mod("number", ["[by] {v:number}"], cost=0.3)
    mod("percent", ["[by|to] {v:percent}"])
    mod("times", ["{v:count}"])
    mod("factor", ["(by a factor of|by factor|times) {v:number}"])
    mod(
        "distance",
        [
            "(at|with|in|by) [a] [radius|distance] [of] {v:length}",
            "[a] (radius|distance) [of] {v:length}",
            "{v:length} (away|apart|behind|radius|off|out) [from (it|him|her|them|there)]",
        ],
        cost=0.1,
    )
    mod(
        "period",
        [
            "(every|each|once every|once per|per|with a period of|period) {v:time}",
            "(in|with) [a] (period|cycle) of {v:time}",
        ],
        cost=0.1,
    )
    mod("range", ["(between|from) {v:span}"])
    for text, seconds in MANNERS.items():
        if not text.startswith("very"):
            mod(
                "manner", f"[,] (quite|pretty|rather|really|nice and|nicely) {text}", lambda f, s=seconds: ("manner", s)
            )
        mod("manner", text, lambda f, s=seconds, t=text: ("manner", s))
    mod(
        "ease",
        [
            "(smoothly|with ease|eased|easing|with easing|with smooth easing|with ease in and out|ease in and out|with acceleration and deceleration|with a smooth start and stop)"
        ],
        lambda f: ("ease", True),
    )
    mod(
        "even",
        [
            "(evenly|steadily|uniformly|linearly|at constant speed|at a constant speed|with constant speed|at an even pace|constantly)"
        ],
        lambda f: ("even", True),
    )
    mod(
        "again",
        ["(again|back|once more|anew)", "(straight|right|directly|straight away) back"],
        lambda f: ("again", True),
        cost=0.2,
    )
    mod(
        "whole",
        [
            "(completely|fully|entirely|all the way|wide|totally|from its place|from where it is|from its current position|relative to its place)"
        ],
        lambda f: ("whole", True),
    )
    mod("own", ["(its own height|by its own height|by its height|by own height)"], lambda f: ("own", "height"))
    mod("own", ["[by] (its own width|its width|its own length|its length|one width)"], lambda f: ("own", "width"))
    mod(
        "home",
        [
            "(to where (it|they) (was|were|started|began|came from)|to (its|their) (start|starting|original|initial|first|old) [place|position|location|point|spot]|where (it|they) (started|was|were|began)|home|to the (start|beginning|starting point|original position|initial position|start position))"
        ],
        lambda f: ("home", True),
    )
    mod(
        "each",
        [
            "(in turn|one after the other|one after another|one by one|one at a time|in a row|in order|successively|in succession|consecutively)"
        ],
        lambda f: ("turns", 0.0),
    )
    mod(
        "each",
        [
            "(in turn|one after the other|one after another|one by one|one at a time|each) [,] [and] [with|at|waiting|pausing|every] [a pause of|a delay of|a gap of|an interval of|intervals of] {t:time} [apart|between them|between|in between|between each|pause|pauses|after the other|after another|intervals]",
            "(with|at|waiting|leaving) [a pause of|a delay of|a gap of|intervals of] {t:time} (between them|in between|between each [one|of them]|between|apart|between two)",
            "{t:time} apart",
            "every {t:time} one",
        ],
        lambda f: ("turns", f["t"]),
    )
    mod("pause", ["(with|at|waiting|leaving) {v:time} (in between|between)", "{v:time} (in between|between)"])
    grammar.add("premod", ["slowly", "gently", "gradually"], lambda f: ("manner", 2.0))
    grammar.add("premod", ["very slowly"], lambda f: ("manner", 4.0))
    grammar.add("premod", ["quickly", "rapidly", "swiftly", "fast"], lambda f: ("manner", 0.25))
    grammar.add("premod", ["smoothly"], lambda f: ("ease", True))
    grammar.add("premod", ["evenly", "steadily"], lambda f: ("even", True))
    grammar.add("premod", ["all", "both", "each", "always", "also", "again"], lambda f: REJECT)


def _lists(grammar: Grammar) -> None:
    """Any number of modifiers; no key twice."""
    grammar.add("mods", "", lambda f: ())
    grammar.add("mods", "[,|and|:] {m:mod} {r:mods}", lambda f: _with(f["m"], f["r"]))
    grammar.add("mods", "then [,] {r:mods}", lambda f: f["r"] or REJECT, cost=0.02)
    grammar.add("mods", "[,] (now|too|also|likewise|as well|itself|themselves) {r:mods}", lambda f: f["r"], cost=0.02)
    grammar.add("premods", "", lambda f: ())
    grammar.add("nounmods", "[an|a] [further|single|sudden]", lambda f: ())
    grammar.add("nounmods", "{w:side}", lambda f: (("way", f["w"]),))
    for key, size in (("angle", "angle"), ("by", "length"), ("over", "plain_time")):
        grammar.add("nounmods", f"{{v:{size}}}", lambda f, k=key: ((k, f["v"]),))
    grammar.add("premods", "{m:premod}", lambda f: (f["m"],))


def _with(pair: tuple[str, Any], rest: Pairs) -> Any:
    if pair in rest:
        return rest
    if any(pair[0] == key for key, _ in rest):
        return REJECT
    return tuple(sorted((pair, *rest), key=lambda p: p[0]))


def _coordinates(grammar: Grammar) -> None:
    """Places on an axis, such as ``x = -2``, and spans between two of them."""
    for axis in "xyz":
        grammar.add(
            "coordinate",
            [f"{axis} (=|is|==|of|at|equals) {{v:size}}", f"{axis} {{v:size}}"],
            lambda f, a=axis: (a, f["v"]),
        )
    for axis, noun in (("z", "height"), ("z", "a height")):
        grammar.add("coordinate", f"{noun} of {{v:size}}", lambda f, a=axis: (a, f["v"]))
    grammar.add("size", ["{v:number}", "{v:length}"], lambda f: f["v"])
    grammar.add(
        "span",
        "{a:coordinate} (and|to|up to|and back to) {b:coordinate}",
        lambda f: (f["a"][0], f["a"][1], f["b"][1]) if f["a"][0] == f["b"][0] else REJECT,
    )
    grammar.add("span", "{a:coordinate} (and|to|up to) {v:size}", lambda f: (*f["a"], f["v"]))
    grammar.add(
        "span",
        "{a:size} (and|to) {b:size} (on|along|in) [the] {axis:letter} [axis]",
        lambda f: (f["axis"], f["a"], f["b"]),
    )
    grammar.add("span", "{a:vector} (and|to) {b:vector}", lambda f: ("point", f["a"], f["b"]))
    grammar.value("letter", {f"({a}|{a}-axis|{a} axis)": a for a in "xyz"})


def add_modifiers(grammar: Grammar) -> None:
    """All phrases of this module."""
    _sizes(grammar)
    _ways(grammar)
    _said_ways(grammar)
    _coordinates(grammar)
    _mods(grammar)
    add_takings(grammar)
    _lists(grammar)


def bag(mods: Pairs) -> dict[str, Any]:
    """Modifiers by key."""
    return dict(mods)


def only(mods: Mapping[str, Any], *keys: str) -> bool:
    """Whether nothing is said but that; what can be done in turn can have a pause."""
    return set(mods) <= {*keys, *(["pause"] if "turns" in keys else [])}


def quantity(fields: Fields) -> Quantity:
    """The quantity of a phrase."""
    found: Quantity = fields["q"]
    return found


PAUSE = 0.5
"""Seconds between things that come in turn when nothing is said of it."""


def in_turn(effect: Effect, mods: Mapping[str, Any]) -> Effect | Step:
    """The effect, or a step that does it to one thing after the other."""
    if "turns" not in mods and "pause" not in mods:
        return effect
    return Step(effects=(effect,), pause=mods.get("pause") or mods.get("turns") or PAUSE)
