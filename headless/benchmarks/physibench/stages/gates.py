"""Stages of logic: two balls run at two buttons, and AND, OR, XOR, NOT or their order decides."""

from __future__ import annotations

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from ..rules import Effect, Pair
from .bay import RADIUS, Bay, Stage

SIDE = 0.75
"""How far the two lanes of a gate are from the middle."""


class _Lanes:
    """Two balls that are launched together, each at its button; a wall may stand in the way of one."""

    def __init__(self, bay: Bay, far: tuple[float, float], blocked: int | None = None) -> None:
        self.bay = bay
        self.objects: list[SceneObject] = []
        self.start: list[Effect] = []
        self.pairs: list[Pair] = []
        speed = bay.rng.choice((2.5, 3.0))
        balls, buttons = ("Ball", "Marble", "Sphere"), ("Button", "Switch", "Pad")
        ball_base, button_base = bay.rng.choice(balls), bay.rng.choice(buttons)
        for lane, (x, y) in enumerate(zip(far, (-SIDE, SIDE), strict=True)):
            ball, color = bay.name(ball_base)
            button, button_color = bay.name(button_base)
            self.objects += [
                parts.ball(ball, RADIUS, (0.4, y, RADIUS), color),
                parts.box(button, (0.25, 0.9, 0.7), (x, y, 0.35), button_color, kind="trigger"),
            ]
            if lane == blocked:
                wall = bay.name.number("Block")
                self.objects.append(parts.box(wall, (0.15, 0.9, 0.6), (1.6, y, 0.3), "white", kind="wall"))
            self.start.append(rules.launch(ball, (speed, 0, 0)))
            self.pairs.append((ball, button))

    def stage(
        self,
        done: rules.Trigger,
        last: Pair,
        *more: str,
        objects: tuple[SceneObject, ...] = (),
        told: tuple[rules.Rule, ...] = (),
    ) -> Stage:
        """The stage that this trigger ends, ``last`` being the touch that makes it true."""
        return Stage(
            objects=(*self.objects, *objects),
            start=tuple(self.start),
            done=done,
            event=claims.touching(*last),
            length=4.2,
            rules=told,
            claims=more,
            mover=self.pairs[0][0],
        )


def and_gate(bay: Bay) -> Stage:
    """Both buttons must be hit; one is farther away."""
    late = bay.rng.randrange(2)
    far = [2.4, 2.4]
    far[late] = 3.7
    lanes = _Lanes(bay, (far[0], far[1]))
    return lanes.stage(
        rules.both(*lanes.pairs), lanes.pairs[late], claims.happens(claims.touching(*lanes.pairs[1 - late]))
    )


def or_gate(bay: Bay) -> Stage:
    """One of the buttons must be hit; a wall keeps one ball from its own."""
    blocked = bay.rng.randrange(2)
    lanes = _Lanes(bay, (3.2, 3.2), blocked)
    return lanes.stage(
        rules.either(*lanes.pairs), lanes.pairs[1 - blocked], claims.never(claims.touching(*lanes.pairs[blocked]))
    )


def xor_gate(bay: Bay) -> Stage:
    """Exactly one of the buttons must be hit; a wall keeps one ball from its own."""
    blocked = bay.rng.randrange(2)
    lanes = _Lanes(bay, (3.2, 3.2), blocked)
    return lanes.stage(
        rules.one_of(*lanes.pairs), lanes.pairs[1 - blocked], claims.never(claims.touching(*lanes.pairs[blocked]))
    )


def not_gate(bay: Bay) -> Stage:
    """The first button counts unless the second was hit: a wall keeps that ball away, or a lamp stays dark."""
    if bay.rng.random() < 0.5:
        lanes = _Lanes(bay, (3.2, 3.2), 1)
        return lanes.stage(rules.unless(*lanes.pairs), lanes.pairs[0], claims.never(claims.touching(*lanes.pairs[1])))
    lanes = _Lanes(bay, (3.6, 2.2))
    lamp = bay.lamp(3.6)
    dark = bay.rule(rules.unless(*lanes.pairs), rules.turn_on(lamp.name))
    return lanes.stage(
        rules.touches(*lanes.pairs[0]),
        lanes.pairs[0],
        claims.never(claims.turned_on(lamp.name)),
        objects=(lamp,),
        told=(dark,),
    )


def sequence(bay: Bay) -> Stage:
    """A lock that wants its buttons in order; in some a second lamp, which wants the other order, stays dark."""
    first = bay.rng.randrange(2)
    far = [3.7, 3.7]
    far[first] = 2.2
    lanes = _Lanes(bay, (far[0], far[1]))
    pair, then = lanes.pairs[first], lanes.pairs[1 - first]
    order = claims.follows(claims.touching(*then), claims.touching(*pair))
    if bay.rng.random() < 0.5:
        return lanes.stage(rules.in_order(pair, then), then, order)
    lamp = bay.lamp(3.6)
    dark = bay.rule(rules.in_order(then, pair), rules.turn_on(lamp.name))
    return lanes.stage(
        rules.in_order(pair, then),
        then,
        order,
        claims.never(claims.turned_on(lamp.name)),
        objects=(lamp,),
        told=(dark,),
    )


def counter(bay: Bay) -> Stage:
    """Each button adds to a counter; its number sets off what comes next."""
    lanes = _Lanes(bay, (2.4, 3.7))
    name, color = bay.name("Counter", "Board", "Tally")
    amounts = bay.rng.choice(((1, 1), (1, 2), (2, 3)))
    box = parts.counter(name, (3.4, 1.3, 1.4), color)
    told = tuple(
        bay.rule(rules.touches(*pair), rules.add(name, "count", n))
        for pair, n in zip(lanes.pairs, amounts, strict=True)
    )
    total = claims.changed(name, "count", sum(amounts))
    return lanes.stage(
        rules.reaches(name, "count", sum(amounts)),
        lanes.pairs[1],
        claims.times(total, 1),
        claims.follows(total, claims.touching(*lanes.pairs[1]), 0.0),
        objects=(box,),
        told=told,
    )
