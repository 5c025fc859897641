"""Stages in which something gives way: sliding gate, turnstile, drop hatch and hook."""

from __future__ import annotations

from addon.scene_graph import Constraint, SceneObject

from .. import claims, parts, rules
from ..rules import Effect
from .bay import RADIUS, Bay, Stage


def _waiting(bay: Bay, y: float) -> tuple[str, list[SceneObject], float]:
    """A ball on a ramp that leans on what stands at the ramp's foot; gives the place of that, too."""
    ball, color = bay.name("Ball", "Marble", "Sphere")
    plank, plank_color = bay.name("Ramp", "Slide")
    slope = parts.ramp(plank, (0.0, bay.rng.uniform(0.7, 0.9)), (2.0, 0.02), plank_color, width=1.8)
    x, _, z = parts.on_ramp(slope, 0.72, RADIUS, gap=0.002)
    return ball, [slope, parts.ball(ball, RADIUS, (x, y, z), color)], x + RADIUS


def _opened(bay: Bay, objects: list[SceneObject], ball: str, start: Effect, barrier: str) -> Stage:
    plate = bay.plate(bay.rng.uniform(3.2, 3.6), width=1.8)
    return Stage(
        objects=(*objects, plate),
        start=(start,),
        done=rules.touches(ball, plate.name),
        event=claims.touching(ball, plate.name),
        length=4.3,
        claims=(claims.happens(claims.touching(ball, barrier)),),
        ball=ball if objects[1].location[1] == 0.0 else None,
        mover=ball,
    )


def gate(bay: Bay) -> Stage:
    """A door holds a ball on a ramp; when it opens, the ball rolls over a plate."""
    ball, objects, x = _waiting(bay, 0.0)
    door, color = bay.name("Door", "Gate", "Barrier")
    tall = bay.rng.choice((1.2, 1.4))
    objects.append(parts.mover(door, (0.1, 1.7, tall), (x + 0.055, 0.0, tall / 2 + 0.3), color, "door", friction=0.1))
    return _opened(bay, objects, ball, rules.open_door(door), door)


def turnstile(bay: Bay) -> Stage:
    """A panel across a ramp holds a ball; turned by a quarter it lets the ball pass on its side."""
    ball, objects, x = _waiting(bay, 0.5)
    panel, color = bay.name("Turnstile", "Panel", "Wing")
    objects.append(parts.mover(panel, (0.08, 1.7, 0.9), (x + 0.045, 0.0, 0.75), color, "door", friction=0.1))
    return _opened(bay, objects, ball, rules.rotate(panel, -90, "z", bay.rng.choice((0.4, 0.5))), panel)


def hatch(bay: Bay) -> Stage:
    """A crate lies on a hatch between two ledges; when the hatch slides away it falls onto a pad."""
    crate, color = bay.name("Crate", "Box", "Parcel")
    door, door_color = bay.name("Hatch", "Trapdoor", "Flap")
    size, high, x = 0.45, bay.rng.uniform(1.0, 1.4), 1.3
    pad = bay.pad(x, (1.4, 1.6))
    ledges = [
        parts.box(bay.name.number("Ledge"), (0.3, 1.2, 0.12), (x + side, 0.0, high), "white", kind="support")
        for side in (-0.66, 0.66)
    ]
    objects = (
        *ledges,
        parts.mover(door, (1.0, 1.0, 0.1), (x, 0.0, high), door_color, "hatch", friction=0.02),
        parts.box(
            crate,
            (size,) * 3,
            (x, 0.0, high + 0.05 + size / 2 + 0.002),
            color,
            kind="crate",
            type="ACTIVE",
            friction=0.05,
        ),
        pad,
    )
    way = bay.rng.choice(("back", "forward"))
    return Stage(
        objects=objects,
        start=(rules.move(door, way, 1.1, bay.rng.choice((0.2, 0.25))),),
        done=rules.touches(crate, pad.name),
        event=claims.touching(crate, pad.name),
        length=2.8,
        claims=(claims.happens(claims.touching(crate, door)),),
        mover=crate,
    )


def hook(bay: Bay) -> Stage:
    """A weight hangs on a hook; without it the weight falls onto a pad."""
    weight, color = bay.name("Weight", "Anvil", "Safe")
    name, _ = bay.name("Hook", "Latch", "Clasp")
    crane, x, high = bay.name.number("Crane"), 1.3, bay.rng.uniform(1.2, 1.7)
    pad = bay.pad(x, (1.2, 1.2))
    objects = (
        parts.box(crane, (0.5, 0.5, 0.2), (x, 0.0, high + 0.75), "white", kind="support"),
        parts.box(
            bay.name.number("Mast"), (0.2, 0.2, high + 0.85), (x, 1.0, (high + 0.85) / 2), "white", kind="support"
        ),
        parts.box(weight, (0.5,) * 3, (x, 0.0, high), color, kind="weight", type="ACTIVE", mass=3.0),
        pad,
    )
    joint = Constraint(
        name=name, type="FIXED", object1=weight, object2=crane, location=parts.rounded((x, 0.0, high + 0.45))
    )
    return Stage(
        objects=objects,
        constraints=(joint,),
        start=(rules.unhook(name),),
        done=rules.touches(weight, pad.name),
        event=claims.touching(weight, pad.name),
        length=2.6,
        mover=weight,
    )
