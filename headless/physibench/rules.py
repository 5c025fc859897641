"""Rules of machines: each says one thing twice, as an English sentence and as a piece of the oracle script.

A rule is a trigger and effects. The sentence is drawn from several wordings; the code is always the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Trigger:
    """What a rule waits for: clauses such as "Ball touches Pad", a Python condition, and a delay (s) after it.

    ``leads`` go before a clause. ``fixed`` wordings are whole adverbials that take no lead ("after 2 seconds").
    ``repeats`` means that the condition itself is true only in the steps in which the rule acts. ``pairs`` are
    the touches that the condition remembers.
    """

    clauses: tuple[str, ...]
    condition: str
    leads: tuple[str, ...] = ("When", "If", "As soon as")
    delay: float = 0.0
    fixed: bool = False
    repeats: bool = False
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Effect:
    """What a rule does: imperatives such as "open Door", and the statement that does it."""

    wordings: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Rule:
    """One sentence of a machine's rules with its code."""

    text: str
    trigger: Trigger
    effects: tuple[Effect, ...]

    def code(self, number: int) -> str:
        """The rule as statements of an oracle script."""
        call = f"{self.trigger.condition}" if self.trigger.repeats else self._once(number)
        body = "".join(f"    {effect.code}\n" for effect in self.effects)
        return f"# {self.text}\nif {call}:\n{body}"

    def _once(self, number: int) -> str:
        delay = f", delay={self.trigger.delay:g}" if self.trigger.delay else ""
        return f'once("rule {number}", {self.trigger.condition}{delay})'


def rule(rng: random.Random, trigger: Trigger, *effects: Effect) -> Rule:
    """A rule in one of its wordings."""
    deed = " and ".join(rng.choice(effect.wordings) for effect in effects)
    plain = rng.choice(trigger.clauses)
    if trigger.fixed:
        ways = [f"{plain}, {deed}", f"{deed} {plain}"]
    else:
        lead = rng.choice(trigger.leads)
        ways = [f"{lead} {plain}, {deed}", f"{deed} {lead[0].lower()}{lead[1:]} {plain}"]
        if trigger.delay:
            wait = f"{trigger.delay:g} seconds" if trigger.delay != 1 else "1 second"
            ways = [
                f"{wait} after {plain}, {deed}",
                f"When {plain}, then {wait} later {deed}",
                f"When {plain}, wait {wait}, then {deed}",
            ]
    text = rng.choice(ways)
    return Rule(text[0].upper() + text[1:] + ".", trigger, effects)


def touches(a: str, b: str, delay: float = 0.0) -> Trigger:
    """True from the first touch of the two bodies on."""
    return Trigger((f"{a} touches {b}", f"{a} hits {b}"), f'touched("{a}", "{b}")', delay=delay, pairs=((a, b),))


def touched_times(a: str, b: str, count: int) -> Trigger:
    """True once the two bodies have come to touch ``count`` times."""
    return Trigger(
        (f"{a} has touched {b} {count} times",), f'touch_count("{a}", "{b}") >= {count}', leads=("When", "Once")
    )


def each_touch(a: str, b: str) -> Trigger:
    """True in every step in which the two bodies newly touch."""
    clauses = (f"each time {a} touches {b}", f"every time {a} touches {b}", f"whenever {a} hits {b}")
    return Trigger(clauses, f'new_touch("{a}", "{b}")', fixed=True, repeats=True)


def at_time(seconds: float) -> Trigger:
    """True from a moment after the start on."""
    told = f"{seconds:g} second" + ("s" if seconds != 1 else "")
    clauses = (f"after {told}", f"after {told}", f"{told} after the start")
    return Trigger(clauses, f"now >= {seconds:g}", fixed=True)


def every(seconds: float) -> Trigger:
    """True in the first step at or after each multiple of a period, not at the start."""
    told = f"{seconds:g} second" + ("s" if seconds != 1 else "")
    return Trigger((f"every {told}",), f"ticks({seconds:g})", fixed=True, repeats=True)


def all_of(pairs: Sequence[tuple[str, str]], delay: float = 0.0) -> Trigger:
    """True once every pair has touched (AND)."""
    condition = " and ".join(f'touched("{a}", "{b}")' for a, b in pairs)
    clauses = (
        " and ".join(f"{a} has touched {b}" for a, b in pairs),
        " and ".join(f"{a} touches {b}" for a, b in pairs),
    )
    return Trigger(clauses, condition, leads=("When", "Once", "If"), delay=delay, pairs=tuple(pairs))


def any_of(pairs: Sequence[tuple[str, str]]) -> Trigger:
    """True once one of the pairs has touched (OR)."""
    condition = " or ".join(f'touched("{a}", "{b}")' for a, b in pairs)
    clause = " or ".join(f"{a} touches {b}" for a, b in pairs)
    return Trigger((clause,), condition, pairs=tuple(pairs))


def unless(wanted: tuple[str, str], barred: tuple[str, str]) -> Trigger:
    """True at the first touch of one pair if the other pair has not touched before (AND NOT)."""
    (a, b), (c, d) = wanted, barred
    clauses = (
        f"{a} touches {b}, unless {c} has touched {d}",
        f"{a} touches {b} but not if {c} has touched {d}",
        f"{a} touches {b} and {c} has not touched {d}",
    )
    condition = f'touched("{a}", "{b}") and not touched("{c}", "{d}")'
    return Trigger(clauses, condition, leads=("When", "If"), pairs=(wanted, barred))


def turn_on(name: str) -> Effect:
    """Set property ``on``."""
    return Effect((f"turn on {name}", f"switch on {name}", f"set {name}.on to true"), f'objects["{name}"]["on"] = True')


def add(name: str, key: str, amount: int) -> Effect:
    """Add to a number."""
    words = (f"add {amount} to {name}.{key}", f"increase {name}.{key} by {amount}")
    return Effect(words, f'objects["{name}"]["{key}"] += {amount}')


def open_door(name: str, height: float) -> Effect:
    """Raise a door by its own height in half a second."""
    words = (f"open {name}", f"open {name}", f"raise {name} by {height:g} m over 0.5 s")
    return Effect(words, f'glide("{name}", (0, 0, {height:g}), 0.5)')


def close_door(name: str, height: float) -> Effect:
    """Lower an open door again."""
    return Effect(
        (f"close {name}", f"lower {name} by {height:g} m over 0.5 s"), f'glide("{name}", (0, 0, {-height:g}), 0.5)'
    )


DIRECTIONS = {"right": (0, 1), "left": (0, -1), "forward": (1, 1), "back": (1, -1), "up": (2, 1), "down": (2, -1)}


def move(name: str, direction: str, distance: float, seconds: float) -> Effect:
    """Move evenly along a world axis."""
    axis, sign = DIRECTIONS[direction]
    offset = ", ".join(f"{sign * distance:g}" if i == axis else "0" for i in range(3))
    words = (
        f"move {name} {direction} by {distance:g} m over {seconds:g} s",
        f"move {name} by ({offset}) over {seconds:g} s",
        f"slide {name} {direction} by {distance:g} m over {seconds:g} s",
    )
    return Effect(words, f'glide("{name}", ({offset}), {seconds:g})')


def launch(name: str, velocity: Vector) -> Effect:
    """Give a body a velocity in m/s."""
    told = "(" + ", ".join(f"{v:g}" for v in velocity) + ")"
    words = (f"launch {name} with velocity {told}", f"push {name} with velocity {told}")
    return Effect((*words, f"give {name} the velocity {told}"), f'objects["{name}"].velocity = {told}')


def release(name: str) -> Effect:
    """Let a held body go."""
    words = (f"release {name}", f"release {name}", f"let go of {name}")
    return Effect(words, f'objects["{name}"].rigid_body.kinematic = False')


def unhook(name: str) -> Effect:
    """Take a constraint away."""
    words = (f"disable constraint {name}", f"disable the constraint {name}", f"switch off constraint {name}")
    return Effect(words, f'objects["{name}"].rigid_body_constraint.enabled = False')


PREAMBLE = """import bpy

objects = bpy.data.objects
now = (frame - 1) * dt
"""

HELPERS = {
    "touch_count": '''
def touch_count(a, b):
    """How many times the two have come to touch."""
    key = "count " + a + "/" + b
    state[key] = state.get(key, 0) + new_touch(a, b)
    return state[key]
''',
    "new_touch": '''
def new_touch(a, b):
    """Whether they touch and did not in the step before."""
    key = "was " + a + "/" + b
    before = state.get(key, False)
    state[key] = objects[a].touching(b)
    return state[key] and not before
''',
    "touched": '''
def touched(a, b):
    """Whether they touch or have touched before."""
    return a + "/" + b in state
''',
    "ticks": '''
def ticks(period):
    """Whether a multiple of the period was reached since the step before."""
    return frame > 1 and int(now / period + 1e-6) > int((now - dt) / period + 1e-6)
''',
    "once": '''
def once(rule, condition, delay=0.0):
    """Whether this is the one step in which the rule takes effect."""
    if condition and rule not in state:
        state[rule] = now + delay
    if rule in state and rule + " done" not in state and now >= state[rule] - 1e-9:
        state[rule + " done"] = True
        return True
    return False
''',
    "glide": '''
def glide(name, offset, seconds):
    """Begin an even motion by an offset."""
    place = objects[name].location
    state.setdefault("motions", []).append((name, (place.x, place.y, place.z), offset, now, seconds))
''',
}
"""Functions of oracle scripts; each script has those that it uses. Later ones may be used by earlier ones."""

REMEMBER_TOUCHES = """
for a, b in PAIRS:
    if objects[a].touching(b):
        state[a + "/" + b] = True
"""

ADVANCE_MOTIONS = """
motions = state.get("motions", [])
for name, start, offset, begun, seconds in motions:
    share = min((now + dt - begun) / seconds, 1.0)
    objects[name].location = [s + share * o for s, o in zip(start, offset)]
state["motions"] = [m for m in motions if now + dt < m[3] + m[4]]
"""


def oracle(rules: Sequence[Rule]) -> str:
    """The transition script that keeps all rules; empty when there are none."""
    if not rules:
        return ""
    body = "".join("\n" + r.code(number) for number, r in enumerate(rules, 1))
    pairs = sorted({pair for r in rules for pair in r.trigger.pairs})
    if pairs:
        body = REMEMBER_TOUCHES.replace("PAIRS", repr(pairs)) + body
    if "glide(" in body:
        body += ADVANCE_MOTIONS
    helpers = ""
    for name, text in HELPERS.items():
        if f"{name}(" in helpers + body:
            helpers += "\n" + text
    return PREAMBLE + helpers + body
