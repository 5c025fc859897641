"""Stages in which things fall over: straight, curved and branching rows of dominoes, and a tower."""

from __future__ import annotations

import math
from collections.abc import Sequence

from addon.scene_graph import SceneObject

from .. import claims, parts, rules
from ..rules import Effect
from .bay import Bay, Stage, stays

THICKNESS, HEIGHT = 0.12, 0.8
GAP = 0.38


def _row(bay: Bay, places: Sequence[tuple[float, float, float]], width: float = 0.45) -> list[SceneObject]:
    """Dominoes at (x, y, degrees about z)."""
    names = [bay.name.number("Domino") for _ in places]
    return [
        parts.box(
            name,
            (THICKNESS, width, HEIGHT),
            (x, y, HEIGHT / 2),
            bay.color(),
            kind="domino",
            rotation=parts.turn("z", degrees),
            type="ACTIVE",
            mass=0.5,
            friction=0.5,
        )
        for name, (x, y, degrees) in zip(names, places, strict=True)
    ]


def _push(bay: Bay, x: float, y: float = 0.0) -> tuple[str, SceneObject, Effect]:
    """A pusher before the first domino."""
    name, color = bay.name("Pusher", "Ram", "Rod")
    pusher = parts.mover(name, (0.3, 0.3, 0.25), (x - 0.4, y, HEIGHT - 0.2), color, "piston")
    return name, pusher, rules.move(name, "right", 0.4, bay.rng.choice((0.4, 0.5)))


def _button(bay: Bay, x: float, y: float = 0.0, width: float = 0.7) -> SceneObject:
    name, color = bay.name("Button", "Pad", "Switch")
    return parts.box(name, (0.5, width, 0.2), (x, y, 0.1), color, kind="trigger")


def domino(bay: Bay) -> Stage:
    """A straight row; an incoming ball or a pusher topples the first, the last falls on a button."""
    count, first = bay.rng.randint(4, 8), 1.0
    row = _row(bay, [(first + i * GAP, 0.0, 0.0) for i in range(count)])
    end = first + (count - 1) * GAP
    button = _button(bay, end + 0.55)
    start: tuple[Effect, ...] = ()
    more: list[SceneObject] = []
    mover = None
    if not bay.incoming:
        mover, pusher, effect = _push(bay, first)
        more, start = [pusher], (effect,)
    last = (row[-1].name, button.name)
    return Stage(
        objects=(*row, button, *more),
        start=start,
        done=rules.touches(*last),
        event=claims.touching(*last),
        length=end + 1.2,
        claims=(
            claims.follows(claims.touching(row[-2].name, row[-1].name), claims.touching(row[0].name, row[1].name)),
            claims.happens(claims.pattern("TipOver", row[-1].name)),
        ),
        mover=mover,
    )


def curve(bay: Bay) -> Stage:
    """A row that turns to the back by a quarter circle."""
    radius, side = 1.3, -1.0
    steps = bay.rng.randint(5, 6)
    turns = [90.0 * i / steps for i in range(steps + 1)]
    start_x = 1.0
    bend = [
        (start_x + GAP + radius * math.sin(math.radians(t)), side + radius * (1 - math.cos(math.radians(t))), t)
        for t in turns
    ]
    row = _row(bay, [(start_x, side, 0.0), *bend])
    x, y, _ = bend[-1]
    name, color = bay.name("Button", "Pad", "Switch")
    button = parts.box(name, (0.7, 0.5, 0.2), (x, y + 0.55, 0.1), color, kind="trigger")
    mover, pusher, effect = _push(bay, start_x, side)
    last = (row[-1].name, name)
    return Stage(
        objects=(*row, button, pusher),
        start=(effect,),
        done=rules.touches(*last),
        event=claims.touching(*last),
        length=x + 0.8,
        claims=(
            claims.happens(claims.touching(row[2].name, row[3].name)),
            claims.happens(claims.pattern("TipOver", row[-1].name)),
        ),
        mover=mover,
    )


def branch(bay: Bay) -> Stage:
    """A row that a wide domino splits into two; both ends must come down on their buttons."""
    first, trunk, arms = 1.0, bay.rng.randint(2, 3), bay.rng.randint(2, 3)
    row = _row(bay, [(first + i * GAP, 0.0, 0.0) for i in range(trunk)])
    wide_x = first + trunk * GAP
    row += _row(bay, [(wide_x, 0.0, 0.0)], width=1.5)
    ends, buttons = [], []
    for y in (-0.5, 0.5):
        arm = _row(bay, [(wide_x + (i + 1) * GAP, y, 0.0) for i in range(arms)])
        row += arm
        ends.append(arm[-1].name)
        buttons.append(_button(bay, wide_x + arms * GAP + 0.55, y))
    mover, pusher, effect = _push(bay, first)
    pairs = [(e, b.name) for e, b in zip(ends, buttons, strict=True)]
    return Stage(
        objects=(*row, *buttons, pusher),
        start=(effect,),
        done=rules.both(*pairs),
        event=claims.touching(*pairs[1]),
        length=wide_x + arms * GAP + 1.2,
        claims=(claims.happens(claims.touching(*pairs[0])),),
        mover=mover,
    )


def tower(bay: Bay) -> Stage:
    """A heavy ball knocks a tower over, whose top falls on a mat."""
    ball, more, start = bay.roller(bay.rng.choice((3.5, 4.0)))
    more = [o.model_copy(update={"rigid_body": o.body.model_copy(update={"mass": 3.0})}) for o in more if o.body]
    count, size, x = bay.rng.randint(3, 4), 0.35, 2.2
    top, color = bay.name("Top", "Crown", "Cap")
    names = [*(bay.name.number("Block") for _ in range(count - 1)), top]
    blocks = [
        parts.box(
            name, (size,) * 3, (x, 0.0, size * (i + 0.5)), color, kind="block", type="ACTIVE", mass=0.4, friction=0.6
        )
        for i, name in enumerate(names)
    ]
    # The mat lies to both sides: the top falls back as often as forward.
    mat, mat_color = bay.name("Mat", "Rug", "Carpet")
    pad = parts.box(mat, (3.4, 2.4, 0.06), (x, 0.0, -0.027), mat_color, kind="trigger", friction=0.9)
    return Stage(
        objects=(*more, *blocks, pad),
        start=tuple(start),
        done=rules.touches(top, pad.name),
        event=claims.touching(top, pad.name),
        length=4.4,
        claims=(claims.happens(claims.touching(ball, names[0])), *((stays(top, 0.3),) if start else ())),
        mover=ball if start else None,
    )
