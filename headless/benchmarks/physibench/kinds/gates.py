"""Two balls run at buttons; a lamp or a door shows AND, OR or AND NOT of what they hit."""

from __future__ import annotations

import random

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from ..assemble import machine, scene
from ..machine import Machine
from ..rules import Rule

SPACING = 1.5
BUTTON_X = 3.2
RADIUS = 0.25

Pair = tuple[str, str]


def make(rng: random.Random) -> Machine:
    """One gate; balls roll down ramps, are launched after a time, or stay where they are."""
    return rng.choice((_and, _or, _unless))(rng)


class _Lanes:
    """Two lanes side by side, each with a ball and its button; collects objects and launch rules."""

    def __init__(self, rng: random.Random, count: int) -> None:
        self.rng, self.color = rng, parts.Palette(rng)
        self.suffixes = "ABC"[:count]
        self.ball, self.button = rng.choice(("Ball", "Marble")), rng.choice(("Button", "Switch", "Trigger"))
        self.objects: list[SceneObject] = parts.floor(-3.6, BUTTON_X + 2.0, width=SPACING * count + 1.5)
        self.told: list[Rule] = []
        self.pairs: list[Pair] = [(f"{self.ball} {s}", f"{self.button} {s}") for s in self.suffixes]
        self.lamp = rng.choice(("Lamp", "Light", "Signal"))
        self._add(parts.lamp(self.lamp, (BUTTON_X + 1.0, 0.0, 1.6)))

    def _add(self, *objects: SceneObject) -> None:
        self.objects.extend(objects)

    def _y(self, lane: int) -> float:
        return (lane - (len(self.suffixes) - 1) / 2) * SPACING

    def _target(self, lane: int) -> None:
        place = (BUTTON_X, self._y(lane), 0.35)
        self._add(parts.box(self.pairs[lane][1], (0.3, 0.9, 0.7), place, self.color(), kind="trigger"))

    def rolls(self, lane: int) -> None:
        """The ball of this lane rolls down a ramp from the start."""
        self._target(lane)
        top = (-2.6, self.rng.uniform(0.6, 1.1))
        slope = parts.ramp(f"Ramp {self.suffixes[lane]}", top, (-0.6, 0.02), self.color(), y=self._y(lane), width=1.0)
        place = parts.on_ramp(slope, 0.18, RADIUS)
        self._add(slope, parts.ball(self.pairs[lane][0], RADIUS, place, self.color()))

    def waits(self, lane: int) -> None:
        """The ball of this lane lies on the floor."""
        self._target(lane)
        self._add(parts.ball(self.pairs[lane][0], RADIUS, (-1.0, self._y(lane), RADIUS), self.color()))

    def launched(self, lane: int, when: float) -> None:
        """The ball of this lane lies on the floor until a rule launches it."""
        self.waits(lane)
        speed = (self.rng.choice((2.5, 3.0, 3.5)), 0, 0)
        self.told.append(rules.rule(self.rng, rules.at_time(when), rules.launch(self.pairs[lane][0], speed)))


def _and(rng: random.Random) -> Machine:
    lanes = _Lanes(rng, 2)
    late = rng.randrange(2) if rng.random() < 0.6 else None
    for lane in range(2):
        if lane == late:
            lanes.launched(lane, rng.choice((3.0, 3.5, 4.0)))
        else:
            lanes.rolls(lane)
    lanes.told.append(rules.rule(rng, rules.both(*lanes.pairs), rules.turn_on(lanes.lamp)))
    prompt = ", ".join(claims.lit_after(lanes.lamp, pair) for pair in lanes.pairs)
    assertions = [claims.lit(lanes.lamp), f"OR({prompt})"]
    assertions += [claims.lit_once_touched(lanes.lamp, pair) for pair in lanes.pairs]
    return machine("gates", scene(rng, lanes.objects, lanes.told), lanes.told, assertions, tags=["and"])


def _or(rng: random.Random) -> Machine:
    lanes = _Lanes(rng, 2)
    first = rng.randrange(2)
    for lane in range(2):
        if lane == first:
            lanes.rolls(lane)
        elif rng.random() < 0.4:
            lanes.launched(lane, 5.0)
        else:
            lanes.waits(lane)
    lanes.told.append(rules.rule(rng, rules.either(*lanes.pairs), rules.turn_on(lanes.lamp)))
    assertions = [claims.lit(lanes.lamp), claims.lit_after(lanes.lamp, lanes.pairs[first])]
    return machine("gates", scene(rng, lanes.objects, lanes.told), lanes.told, assertions, tags=["or"])


def _unless(rng: random.Random) -> Machine:
    """Lamp at the first button unless the second was hit; whichever it is, something is lit."""
    lanes = _Lanes(rng, 2)
    wanted, barred = lanes.pairs
    blocked = rng.random() < 0.5
    if blocked:
        lanes.rolls(1)
        lanes.launched(0, rng.choice((3.5, 4.0)))
    else:
        lanes.rolls(0)
        lanes.launched(1, rng.choice((5.0, 5.5)))
    lanes.objects.append(parts.lamp("Alarm", (BUTTON_X + 1.0, 1.2, 1.6), "yellow"))
    lanes.told += [
        rules.rule(rng, rules.unless(wanted, barred), rules.turn_on(lanes.lamp)),
        rules.rule(rng, rules.touches(*barred), rules.turn_on("Alarm")),
    ]
    shown = (
        [claims.never_lit(lanes.lamp)] if blocked else [claims.lit(lanes.lamp), claims.lit_after(lanes.lamp, wanted)]
    )
    assertions = [claims.touch(*wanted), *shown, claims.lit("Alarm"), claims.lit_after("Alarm", barred)]
    return machine("gates", scene(rng, lanes.objects, lanes.told), lanes.told, assertions, tags=["not"])
