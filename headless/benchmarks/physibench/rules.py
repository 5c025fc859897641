"""Rules of machines: each says one thing twice, as an English sentence and as a piece of the oracle script.

A rule is a trigger and effects. Its sentence is drawn from the wordings of the machine's split (``wordings.toml``);
its code is the same in every wording and calls the helpers of ``oracle_helpers.py``.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from addon.coder.link import Helper, compose, helpers_in

Vector = tuple[float, float, float]
Pair = tuple[str, str]
Split = Literal["train", "dev", "test"]

WORDINGS = Path(__file__).with_name("wordings.toml")
HELPERS = Path(__file__).with_name("oracle_helpers.py")


@cache
def wordings() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Wordings by ``trigger`` or ``effect``, kind and split; ``plain`` ones are some of those of train."""
    told = tomllib.loads(WORDINGS.read_text(encoding="utf-8"))
    for kinds in told.values():
        for words in kinds.values():
            words["train"] = words["plain"] + words["train"]
    return told


@dataclass(frozen=True)
class Trigger:
    """What a rule waits for: its kind of wording with the words to fill in, and a Python condition.

    ``repeats`` means that the rule acts in every step in which the condition is true, not once only. ``delay`` is
    in seconds after the condition came true.
    """

    kind: str
    words: Mapping[str, str]
    condition: str
    delay: float = 0.0
    repeats: bool = False

    def after(self, delay: float) -> Trigger:
        """The same trigger with a delay; only kinds that have wordings with one can take it."""
        if not delay:
            return self
        return replace(self, kind=f"{self.kind}_delay", words={**self.words, **_time(delay)}, delay=delay)


@dataclass(frozen=True)
class Effect:
    """What a rule does: its kind of wording with the words to fill in, and the statement that does it.

    ``then`` are statements for later, each with the seconds after it.
    """

    kind: str
    words: Mapping[str, str]
    code: str
    then: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Rule:
    """One sentence of a machine's rules with its code."""

    text: str
    trigger: Trigger
    effects: tuple[Effect, ...]

    @property
    def code(self) -> str:
        """The rule as a worked example would have it."""
        moments: dict[float, list[str]] = {self.trigger.delay: [effect.code for effect in self.effects]}
        for effect in self.effects:
            for seconds, code in effect.then:
                moments.setdefault(round(self.trigger.delay + seconds, 6), []).append(code)
        so = self.trigger.condition if len(moments) == 1 else "so"
        text = "" if so != "so" else f"so = {self.trigger.condition}\n"
        for number, (delay, lines) in enumerate(sorted(moments.items()), 1):
            label, late = f"it {number}" if number > 1 else "it", f", delay={delay:g}" if delay else ""
            test = so if self.trigger.repeats else f'once("{label}", {so}{late})'
            text += f"if {test}:\n" + "".join(f"    {line}\n" for line in lines)
        return text


def rule(rng: random.Random, trigger: Trigger, *effects: Effect, split: Split | Literal["plain"] = "plain") -> Rule:
    """A rule in one of its split's wordings."""
    told = wordings()
    deed = " and ".join(rng.choice(told["effect"][e.kind][split]).format(**e.words) for e in effects)
    text = rng.choice(told["trigger"][trigger.kind][split]).format(**trigger.words, do=deed)
    return Rule(text[0].upper() + text[1:] + ".", trigger, effects)


def oracle(rules: Sequence[Rule]) -> str:
    """The transition script that keeps all rules; empty when there are none."""
    return composed([r.text for r in rules], [r.code for r in rules]) if rules else ""


def composed(texts: Sequence[str], codes: Sequence[str]) -> str:
    """One script of the code of rules, with the helpers that oracles have."""
    return compose(texts, codes, oracle_helpers())


@cache
def oracle_helpers() -> dict[str, Helper]:
    """The functions that the code of oracles may call, by name."""
    return helpers_in(HELPERS)


def _time(seconds: float) -> dict[str, str]:
    return {"s": f"{seconds:g}", "time": "1 second" if seconds == 1 else f"{seconds:g} seconds"}


def _touched(a: str, b: str) -> str:
    return f'touched("{a}", "{b}")'


def _two(kind: str, first: Pair, second: Pair, condition: str) -> Trigger:
    return Trigger(kind, dict(zip("abcd", (*first, *second), strict=True)), condition)


def touches(a: str, b: str, delay: float = 0.0) -> Trigger:
    """True from the first touch of the two bodies on."""
    return Trigger("touch", {"a": a, "b": b}, _touched(a, b)).after(delay)


def touched_times(a: str, b: str, count: int) -> Trigger:
    """True once the two bodies have come to touch ``count`` times."""
    return Trigger("times", {"a": a, "b": b, "n": str(count)}, f'touch_count("{a}", "{b}") >= {count}')


def each_touch(a: str, b: str) -> Trigger:
    """True in every step in which the two bodies newly touch."""
    return Trigger("each", {"a": a, "b": b}, f'new_touch("{a}", "{b}")', repeats=True)


def while_touching(a: str, b: str) -> Trigger:
    """True in every step in which the two bodies touch."""
    return Trigger("while", {"a": a, "b": b}, f'touching("{a}", "{b}")', repeats=True)


def at_time(seconds: float) -> Trigger:
    """True from a moment after the start on."""
    return Trigger("start", _time(seconds), f"now >= {seconds:g}")


def every(seconds: float) -> Trigger:
    """True in the first step at or after each multiple of a period, not at the start."""
    return Trigger("every", _time(seconds), f"every({seconds:g})", repeats=True)


def both(first: Pair, second: Pair) -> Trigger:
    """True once both pairs have touched (AND)."""
    return _two("both", first, second, f"{_touched(*first)} and {_touched(*second)}")


def either(first: Pair, second: Pair) -> Trigger:
    """True once one of the pairs has touched (OR)."""
    return _two("either", first, second, f"{_touched(*first)} or {_touched(*second)}")


def one_of(first: Pair, second: Pair) -> Trigger:
    """True while one of the pairs has touched and the other has not (XOR)."""
    return _two("one_of", first, second, f"{_touched(*first)} != {_touched(*second)}")


def unless(wanted: Pair, barred: Pair) -> Trigger:
    """True at the first touch of one pair if the other pair has not touched before (AND NOT)."""
    return _two("unless", wanted, barred, f"{_touched(*wanted)} and not {_touched(*barred)}")


def in_order(first: Pair, then: Pair) -> Trigger:
    """True once the second pair has come to touch after the first pair had (a sequence lock)."""
    names = ", ".join(f'"{name}"' for name in (*first, *then))
    return _two("in_order", first, then, f"in_order({names})")


def is_on(name: str, delay: float = 0.0) -> Trigger:
    """True while property ``on`` is."""
    return Trigger("on", {"x": name}, f'objects["{name}"]["on"]').after(delay)


def reaches(name: str, key: str, value: int) -> Trigger:
    """True while a property has a value."""
    return Trigger("reaches", {"x": name, "key": key, "n": str(value)}, f'objects["{name}"]["{key}"] == {value}')


def below(name: str, height: float) -> Trigger:
    """True while an object's origin is lower than a height (m)."""
    return Trigger("below", {"x": name, "n": f"{height:g}"}, f'objects["{name}"].location.z < {height:g}')


def above(name: str, height: float) -> Trigger:
    """True while an object's origin is higher than a height (m)."""
    return Trigger("above", {"x": name, "n": f"{height:g}"}, f'objects["{name}"].location.z > {height:g}')


def faster(name: str, speed: float) -> Trigger:
    """True while an object is faster than a speed (m/s)."""
    return Trigger("faster", {"x": name, "n": f"{speed:g}"}, f'objects["{name}"].velocity.length > {speed:g}')


def comes_to_rest(name: str) -> Trigger:
    """True while an object that has moved is still again."""
    return Trigger("rest", {"x": name}, f'came_to_rest("{name}")')


def tilted(name: str, degrees: float) -> Trigger:
    """True while an upright object is tilted by more than an angle (degrees)."""
    return Trigger("tilted", {"x": name, "n": f"{degrees:g}"}, f'tilt("{name}") > {degrees:g}')


def near(a: str, b: str, far: float) -> Trigger:
    """True while two origins are within a distance (m)."""
    return Trigger("near", {"a": a, "b": b, "n": f"{far:g}"}, f'distance("{a}", "{b}") <= {far:g}')


def each_on(name: str) -> Trigger:
    """True in every step in which property ``on`` becomes true."""
    return Trigger("each_on", {"x": name}, f'becomes("becomes", objects["{name}"]["on"])', repeats=True)


def turn_on(name: str) -> Effect:
    """Set property ``on``."""
    return Effect("turn_on", {"x": name}, f'objects["{name}"]["on"] = True')


def toggle(name: str) -> Effect:
    """Turn property ``on`` into its opposite."""
    return Effect("toggle", {"x": name}, f'objects["{name}"]["on"] = not objects["{name}"]["on"]')


def add(name: str, key: str, amount: int) -> Effect:
    """Add to a number."""
    return Effect("add", {"x": name, "key": key, "n": str(amount)}, f'objects["{name}"]["{key}"] += {amount}')


def put(name: str, key: str, value: int) -> Effect:
    """Set a number."""
    return Effect("set", {"x": name, "key": key, "n": str(value)}, f'objects["{name}"]["{key}"] = {value}')


def open_door(name: str) -> Effect:
    """Raise a door by its own height in half a second."""
    return Effect("open", {"x": name}, f'open_door("{name}")')


def close_door(name: str) -> Effect:
    """Lower an open door again."""
    return Effect("close", {"x": name}, f'close_door("{name}")')


DIRECTIONS = {"right": (0, 1), "left": (0, -1), "forward": (1, 1), "back": (1, -1), "up": (2, 1), "down": (2, -1)}


def move(name: str, way: str, distance: float, seconds: float) -> Effect:
    """Move evenly along a world axis."""
    axis, sign = DIRECTIONS[way]
    offset = ", ".join(f"{sign * distance:g}" if i == axis else "0" for i in range(3))
    words = {"x": name, "way": way, "m": f"{distance:g}", "s": f"{seconds:g}", "vector": f"({offset})"}
    return Effect("move", words, f'glide("{name}", ({offset}), {seconds:g})')


def rotate(name: str, degrees: float, axis: str, seconds: float) -> Effect:
    """Rotate evenly about an axis of its own."""
    words = {"x": name, "n": f"{degrees:g}", "axis": axis, "s": f"{seconds:g}"}
    return Effect("rotate", words, f'turn("{name}", {degrees:g}, "{axis}", {seconds:g})')


def launch(name: str, velocity: Vector) -> Effect:
    """Give a body a velocity in m/s."""
    told = "(" + ", ".join(f"{v:g}" for v in velocity) + ")"
    return Effect("launch", {"x": name, "vector": told}, f'objects["{name}"].velocity = {told}')


def release(name: str) -> Effect:
    """Let a held body go."""
    return Effect("release", {"x": name}, f'objects["{name}"].rigid_body.kinematic = False')


def unhook(name: str) -> Effect:
    """Take a constraint away."""
    return Effect("unhook", {"x": name}, f'objects["{name}"].rigid_body_constraint.enabled = False')


def attract(magnet: str, name: str, force: float) -> Effect:
    """Pull a body at another object with a force (N), from then on."""
    code = f'push_on("{name}", "attraction", "{magnet}", {force:g}, False, None, 1)'
    return Effect("attract", {"a": magnet, "x": name, "n": f"{force:g}"}, code)


def tie(anchor: str, name: str, stiffness: float) -> Effect:
    """Tie a body to another object by a spring (N/m) that is as long as they are apart then."""
    code = f'push_on("{name}", "spring", "{anchor}", {stiffness:g}, 0, None)'
    return Effect("tie", {"a": anchor, "x": name, "n": f"{stiffness:g}"}, code)


def blow(name: str, speed: float) -> Effect:
    """Let wind blow a body to the right (m/s), from then on."""
    return Effect("blow", {"x": name, "n": f"{speed:g}"}, f'push_on("{name}", "wind", ({speed:g}, 0, 0), 1)')


def push_for(name: str, force: float, seconds: float) -> Effect:
    """Push a body to the right with a force (N) for a time (s)."""
    push = f'("{name}", "force", ({force:g}, 0, 0))'
    words = {"x": name, "n": f"{force:g}", "s": f"{seconds:g}"}
    return Effect("push_for", words, f"push_on{push}", ((seconds, f"push_no_more{push}"),))


def orbit(name: str, centre: str, seconds: float) -> Effect:
    """Let an object circle another one at its present distance, once in a time (s), counter-clockwise from above."""
    words = {"x": name, "a": centre, "s": f"{seconds:g}"}
    return Effect("orbit", words, f'orbit("{name}", "{centre}", {seconds:g})')


def blink_for(name: str, period: float, seconds: float) -> Effect:
    """Let a lamp blink, on in the first half of each period (s), for a time (s)."""
    words = {"x": name, "n": f"{period:g}", "s": f"{seconds:g}"}
    return Effect("blink_for", words, f'blink("{name}", {period:g})', ((seconds, f'shine_as_before("{name}")'),))


def release_in_turn(names: Sequence[str], pause: float) -> Effect:
    """Let three held bodies go one after the other, a time (s) apart."""
    words = {**dict(zip("abc", names, strict=True)), "s": f"{pause:g}"}
    first, *rest = (f'objects["{name}"].rigid_body.kinematic = False' for name in names)
    return Effect("in_turn", words, first, tuple((round(pause * k, 6), code) for k, code in enumerate(rest, 1)))


def move_then(name: str, way: str, far: float, over: float, then: str, on: float, seconds: float) -> Effect:
    """Move an object one way (m, s) and then another."""
    first, second = move(name, way, far, over), move(name, then, on, seconds)
    words = {**first.words, "way2": then, "m2": second.words["m"], "s2": second.words["s"]}
    return Effect("move_then", words, first.code, ((over, second.code),))
