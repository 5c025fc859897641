"""Stages with a hinge: pendulum, wrecking ball, see-saw, balance and swing door."""

from __future__ import annotations

import math
from typing import Any

from addon.scene_graph import Constraint, SceneObject

from .. import claims, parts, rules
from .bay import Bay, Stage, stays

PIVOT = 2.6


def _swing(
    bay: Bay, x: float, arm: float, angle: float, radius: float, mass: float
) -> tuple[str, list[SceneObject], list[Constraint]]:
    """A held bob on a rod below a beam, drawn back to the left by an angle (degrees)."""
    bob, color = bay.name("Bob", "Hammer", "Wrecker", "Pendulum")
    beam, rod = bay.name.number("Beam"), bay.name.number("Rod")
    tilt = math.radians(angle)

    def place(along: float) -> parts.Vector:
        return (x - along * math.sin(tilt), 0.0, PIVOT - along * math.cos(tilt))

    near, far = 0.2, arm - radius
    bar: dict[str, Any] = {"kind": "rod", "type": "ACTIVE", "mass": 0.1, "rotation": parts.turn("y", angle)}
    objects = [
        parts.box(beam, (0.2, 2.4, 0.2), (x, 0.0, PIVOT), "white", kind="support"),
        *(
            parts.box(
                bay.name.number("Post"), (0.2, 0.2, PIVOT + 0.1), (x, y, (PIVOT + 0.1) / 2), "white", kind="support"
            )
            for y in (-1.3, 1.3)
        ),
        parts.ball(bob, radius, place(arm), color, mass=mass, kinematic=True),
        parts.box(rod, (0.08, 0.08, far - near), place((near + far) / 2), bay.color(), **bar),
    ]
    pivot, joint = bay.name.number("Pivot"), bay.name.number("Rod Joint")
    joints = [
        parts.y_hinge(pivot, bob, beam, (x, 0.0, PIVOT)),
        Constraint(name=joint, type="FIXED", object1=rod, object2=bob, location=parts.rounded(place(arm))),
    ]
    return bob, objects, joints


def pendulum(bay: Bay) -> Stage:
    """A bob is let go and strikes a ball off its stand, which rings a gong."""
    arm, x = bay.rng.uniform(1.5, 1.8), 2.0
    radius, ball_radius, low = 0.28, bay.rng.choice((0.2, 0.25)), PIVOT - arm
    bob, objects, joints = _swing(bay, x, arm, bay.rng.uniform(45.0, 65.0), radius, 4.0)
    ball, color = bay.name("Ball", "Marble", "Egg")
    gong = bay.target(x + bay.rng.uniform(2.4, 2.8), width=2.0, height=1.6)
    stand = low - ball_radius
    objects += [
        parts.box(bay.name.number("Stand"), (0.5, 0.5, stand), (x + 0.55, 0.0, stand / 2), bay.color(), kind="stand"),
        parts.ball(ball, ball_radius, (x + radius + ball_radius + 0.03, 0.0, low), color, mass=1.0),
        gong,
    ]
    return Stage(
        objects=tuple(objects),
        constraints=tuple(joints),
        start=(rules.release(bob),),
        done=rules.touches(ball, gong.name),
        event=claims.touching(ball, gong.name),
        length=5.2,
        claims=(claims.follows(claims.touching(ball, gong.name), claims.touching(bob, ball)),),
        mover=bob,
    )


def wrecking_ball(bay: Bay) -> Stage:
    """A heavy bob is let go and knocks blocks off a wall onto a mat."""
    arm, x = bay.rng.uniform(1.7, 1.9), 2.0
    bob, objects, joints = _swing(bay, x, arm, bay.rng.uniform(50.0, 65.0), 0.32, 8.0)
    top, color = bay.name("Top", "Crate", "Brick")
    low, size, wall_x = PIVOT - arm, 0.4, x + 0.32 + 0.24
    stand = low - size / 2
    objects += [
        parts.box(bay.name.number("Stand"), (0.45, 0.6, stand), (wall_x, 0.0, stand / 2), "white", kind="stand"),
        parts.box(top, (size,) * 3, (wall_x, 0.0, low), color, kind="block", type="ACTIVE", mass=0.6),
        parts.box(
            bay.name.number("Block"),
            (size,) * 3,
            (wall_x, 0.0, low + size),
            bay.color(),
            kind="block",
            type="ACTIVE",
            mass=0.4,
        ),
    ]
    pad = bay.pad(wall_x + 1.75, (2.6, 2.4))
    return Stage(
        objects=(*objects, pad),
        constraints=tuple(joints),
        start=(rules.release(bob),),
        done=rules.touches(top, pad.name),
        event=claims.touching(top, pad.name),
        length=wall_x + 3.2,
        claims=(claims.follows(claims.touching(top, pad.name), claims.touching(bob, top)),),
        mover=bob,
    )


def _plank(
    bay: Bay, x: float, length: float, pivot: float, tilt: float, bases: tuple[str, ...]
) -> tuple[str, list[SceneObject], Constraint]:
    """A plank on a fulcrum, tilted by an angle (radians) with its right end up."""
    name, color = bay.name(*bases)
    foot = bay.name.number("Fulcrum")
    objects = [
        parts.box(foot, (0.25, 0.7, pivot - 0.08), (x, 0.0, (pivot - 0.08) / 2), "white", kind="support"),
        parts.box(
            name,
            (length, 0.8, 0.1),
            (x, 0.0, pivot),
            color,
            kind="lever",
            rotation=parts.turn("y", -math.degrees(tilt)),
            type="ACTIVE",
            mass=2.0,
            friction=0.9,
        ),
    ]
    hinge = parts.y_hinge(bay.name.number("Hinge"), name, foot, parts.rounded((x, 0.0, pivot)))
    return name, objects, hinge


def seesaw(bay: Bay) -> Stage:
    """A held weight is dropped on the raised end of a see-saw, which comes down on a button."""
    length, pivot, x = bay.rng.uniform(2.8, 3.4), bay.rng.uniform(0.5, 0.65), 2.0
    tilt = math.asin((pivot - 0.08) / (length / 2))
    plank, objects, hinge = _plank(bay, x, length, pivot, tilt, ("Plank", "Lever", "Seesaw"))
    weight, color = bay.name("Weight", "Block", "Anvil")
    button, button_color = bay.name("Button", "Pad", "Switch")
    reach = math.cos(tilt) * (length / 2 - 0.35)
    high = pivot + math.sin(tilt) * (length / 2 - 0.35)
    objects += [
        parts.box(
            weight,
            (0.5, 0.5, 0.5),
            (x + reach, 0.0, high + bay.rng.uniform(0.7, 1.0)),
            color,
            kind="weight",
            type="ACTIVE",
            kinematic=True,
            mass=6.0,
            friction=0.8,
        ),
        parts.box(
            button, (0.3, 0.9, 0.12), (x + math.cos(tilt) * length / 2 - 0.2, 0.0, 0.06), button_color, kind="trigger"
        ),
    ]
    press = claims.touching(plank, button)
    return Stage(
        objects=tuple(objects),
        constraints=(hinge,),
        start=(rules.release(weight),),
        done=rules.touches(plank, button),
        event=press,
        length=4.4,
        claims=(claims.follows(press, claims.touching(weight, plank)),),
        mover=weight,
    )


def counterweight(bay: Bay) -> Stage:
    """A latch holds the heavy end of a balance up; without it that end sinks onto a pad and lifts the other."""
    length, pivot, x = 2.8, bay.rng.uniform(0.9, 1.1), 2.0
    tilt = math.radians(bay.rng.uniform(14.0, 20.0))
    beam, objects, hinge = _plank(bay, x, length, pivot, tilt, ("Balance", "Arm", "Yoke"))
    heavy, color = bay.name("Counterweight", "Ballast", "Sinker")
    light, light_color = bay.name("Load", "Bucket", "Cage")
    latch, _ = bay.name("Latch", "Catch", "Pin")
    crane = bay.name.number("Crane")
    across, up = math.cos(tilt), math.sin(tilt)
    reach, lift = length / 2 - 0.25, 0.05 + 0.2
    turn = parts.turn("y", -math.degrees(tilt))
    heavy_at = (x + reach * across - lift * up, 0.0, pivot + reach * up + lift * across)
    light_at = (x - reach * across - lift * up, 0.0, pivot - reach * up + lift * across)
    crane_z = heavy_at[2] + 0.6
    button, button_color = bay.name("Button", "Pad", "Switch")
    tall = 0.25
    objects += [
        parts.box(heavy, (0.4,) * 3, heavy_at, color, kind="weight", rotation=turn, type="ACTIVE", mass=4.0),
        parts.box(light, (0.4,) * 3, light_at, light_color, kind="load", rotation=turn, type="ACTIVE", mass=1.0),
        parts.box(button, (0.4, 1.0, tall), (x + reach * math.cos(0.5), 0.0, tall / 2), button_color, kind="trigger"),
        parts.box(crane, (0.3, 0.3, 0.2), (heavy_at[0], 0.0, crane_z), "white", kind="support"),
        parts.box(
            bay.name.number("Mast"), (0.2, 0.2, crane_z), (heavy_at[0], 1.2, crane_z / 2), "white", kind="support"
        ),
    ]
    hold = {"type": "FIXED", "object2": beam}
    joints = (
        hinge,
        Constraint(name=bay.name.number("Clamp"), object1=heavy, location=parts.rounded(heavy_at), **hold),
        Constraint(name=bay.name.number("Clamp"), object1=light, location=parts.rounded(light_at), **hold),
        Constraint(name=latch, type="FIXED", object1=heavy, object2=crane, location=parts.rounded(heavy_at)),
    )
    return Stage(
        objects=tuple(objects),
        constraints=joints,
        start=(rules.unhook(latch),),
        done=rules.touches(beam, button),
        event=claims.touching(beam, button),
        length=4.4,
        mover=heavy,
    )


def swing_door(bay: Bay) -> Stage:
    """A rolling ball pushes a hinged door open against a bell."""
    ball, more, start = bay.roller(bay.rng.choice((3.0, 3.5)))
    door, color = bay.name("Door", "Gate", "Wing")
    post = bay.name.number("Post")
    x, wide = 1.8, 1.3
    bell, bell_color = bay.name("Bell", "Gong", "Chime")
    objects = [
        *more,
        parts.box(post, (0.15, 0.15, 1.2), (x, 0.75, 0.6), "white", kind="support"),
        parts.box(door, (0.1, wide, 0.9), (x, 0.0, 0.55), color, kind="door", type="ACTIVE", mass=0.8, friction=0.2),
        parts.box(bell, (0.2, 0.3, 1.0), (x + 1.15, 0.35, 0.5), bell_color, kind="target"),
    ]
    hinge = Constraint(
        name=bay.name.number("Hinge"), type="HINGE", object1=door, object2=post, location=(x, 0.66, 0.55)
    )
    rings = claims.touching(door, bell)
    return Stage(
        objects=tuple(objects),
        constraints=(hinge,),
        start=tuple(start),
        done=rules.touches(door, bell),
        event=rings,
        length=4.2,
        claims=(claims.follows(rings, claims.touching(ball, door)), *((stays(door, 0.3),) if start else ())),
        mover=ball if start else None,
    )
