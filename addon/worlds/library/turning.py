"""Things of a room with a part that turns: gramophones, globes and fans."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..noise import noise
from ..solids import Point, Solid, ball, box, curve, cylinder, joined, lathe, ring, rounded, sectors, tube

BLACK = (0.015, 0.015, 0.017)
GOLD = (0.62, 0.42, 0.13)
WOOD = (0.25, 0.1, 0.04)
SEA = (0.04, 0.18, 0.45)


@entry(
    "a gramophone with a horn and a record",
    names=("record player", "phonograph", "turntable", "victrola"),
    size=(0.25, 1.6),
    shape="COMPOUND",
)
def gramophone(
    width: Annotated[float, metres(0.2, 0.6, "of its chest")] = 0.38,
    horn: Annotated[float, share(0.6, 1.3, "how wide it is, over the width of the chest")] = 0.95,
    tilt: Annotated[float, share(0.35, 0.7, "how much the horn looks up")] = 0.45,
    colour: Colour = GOLD,
    chest: Colour = WOOD,
    label: Colour = (0.6, 0.05, 0.04),
) -> Form:
    """A chest with a crank, a record on a plate, a bent arm with its needle, and a horn that opens to the front."""
    w, h = width, 0.36 * width
    wood = [box(1.06 * w, 1.06 * w, 0.14 * h), box(w, w, h), box(1.05 * w, 1.05 * w, 0.12 * h).moved(z=0.9 * h)]
    up = 1.02 * h
    plate = cylinder(0.42 * w, 0.04 * w, 40).moved(z=up)
    top = up + 0.04 * w
    disc = lathe(
        [(0.41 * w, top), (0.415 * w, top + 0.006 * w), (0.41 * w, top + 0.012 * w), (0.15 * w, top + 0.011 * w)], 48
    )
    mark = cylinder(0.14 * w, 0.006 * w, 32).moved(z=top + 0.009 * w)
    dot = box(0.05 * w, 0.03 * w, 0.004 * w).moved(0.09 * w, 0.0, top + 0.0135 * w)
    pin = cylinder(0.012 * w, 0.035 * w, 10).moved(z=top)
    r = 0.5 * horn * w
    foot: Point = (0.0, 0.5 * w, 1.7 * h)
    outside = curve([(0.05 * w, 0.0), (0.09 * w, 0.3 * w), (0.3 * r + 0.05 * w, 0.75 * w), (r, 1.05 * w)], 4)
    thin = 0.012 * w
    inside = [(max(q - thin, 0.02 * w), z + 0.4 * thin) for q, z in outside]

    def tilted(s: Solid) -> Solid:
        return s.turned(90 - 75 * tilt, "x").moved(*foot)

    bell = lathe([*outside, *inside[:0:-1], (0.0, inside[1][1])], 32)
    a = math.radians(90 - 75 * tilt)
    way = (0.0, -math.sin(a), math.cos(a))
    neck = curve(
        [
            (0.0, 0.48 * w, 0.95 * h),
            (0.0, 0.56 * w, 1.3 * h),
            foot,
            (0.0, foot[1] + 0.05 * w * way[1], foot[2] + 0.05 * w * way[2]),
        ],
        4,
    )
    pipe = tube(neck, 0.05 * w, 12)
    arm_line = curve([(0.0, 0.53 * w, 1.35 * h), (0.24 * w, 0.36 * w, 1.38 * h), (0.28 * w, 0.1 * w, 1.32 * h)], 4)
    arm = tube(arm_line, 0.022 * w, 10)
    head = cylinder(0.055 * w, 0.035 * w, 16).turned(90, "y").moved(0.262 * w, 0.08 * w, 1.28 * h)
    needle = tube([(0.28 * w, 0.08 * w, 1.28 * h), (0.28 * w, 0.05 * w, top + 0.01 * w)], 0.006 * w, 6)
    crank = [
        tube(
            [(0.48 * w, 0.0, 0.5 * h), (0.62 * w, 0.0, 0.5 * h), (0.62 * w, 0.0, 0.2 * h), (0.7 * w, 0.0, 0.2 * h)],
            0.014 * w,
            8,
        ),
        cylinder(0.028 * w, 0.1 * w, 12).turned(90, "y").moved(0.66 * w, 0.0, 0.2 * h),
    ]
    mouth = (0.0, foot[1] + 1.05 * w * way[1], foot[2] + 1.05 * w * way[2])
    off = -(foot[1] + 0.05 * w + min(mouth[1] - r * way[2], -0.53 * w)) / 2

    def placed(s: Solid) -> Solid:
        return s.moved(y=off)

    parts = (
        Part(placed(joined(wood)), "wood", chest, share=0.25),
        Part(placed(tilted(bell)), "brass", colour, share=0.25),
        Part(placed(joined([pipe, arm, head, needle, *crank])), "brass", GOLD, share=0.3),
        Part(placed(plate), "steel", BLACK, share=0.2),
        Part(placed(joined([disc, pin])), "plastic", BLACK, rotor=True),
        Part(placed(joined([mark])), "paper", label, rotor=True),
        Part(placed(dot), "paper", (0.85, 0.8, 0.6), rotor=True),
    )
    steps = [0, 4, 8, 12]
    walls = sectors([outside[i] for i in steps[1:]], [inside[i] for i in steps[1:]], 8)
    hulls = (box(1.05 * w, 1.05 * w, up), plate, *(tilted(s) for s in walls), pipe_hull(neck, 0.05 * w))
    return Form(
        parts,
        {
            "mouth": Anchor((0.0, mouth[1] + off, mouth[2]), way, 0.8 * r),
            "axle": Anchor((0.0, off, top + 0.01 * w)),
            "top": Anchor((0.0, off, top + 0.012 * w), reach=0.15 * w),
        },
        hulls=tuple(placed(s) for s in hulls),
    )


def pipe_hull(line: list[Point], radius: float) -> Solid:
    """A straight bar from the first to the last point of a line."""
    return tube([line[0], line[-1]], radius, 8)


@entry(
    "a globe of the earth on a stand",
    names=("world globe", "desk globe", "terrestrial globe", "earth globe"),
    size=(0.12, 2.25),
    shape="COMPOUND",
)
def globe(
    radius: Annotated[float, metres(0.05, 0.8)] = 0.16,
    stand: Literal["wood", "brass"] = "wood",
    lit: bool = False,
    land: Colour = (0.35, 0.3, 0.1),
    sea: Colour = SEA,
    seed: Seed = 0,
) -> Form:
    """A ball with lands and seas that turns on two pins in a half ring, on a column with a round foot."""
    r = radius
    up = 1.62 * r
    whole = ball(r, 56)
    field = noise(whole.vertices / r, 0.95, seed)
    factor = np.clip(1.0 + 0.2 * (field - 0.06), 0.975, 1.0)
    ends = np.abs(whole.vertices[:, 2]) > 0.93 * r
    factor[ends] = np.where(whole.vertices[ends, 2] > 0, 0.975, 1.0)
    ground = whole.shaped(lambda v: v * factor[:, None])
    water = ball(0.99 * r, 40)
    angles = np.linspace(math.radians(-100), math.radians(100), 25).tolist()
    bow: list[Point] = [(1.1 * r * math.cos(a), 0.0, 1.1 * r * math.sin(a)) for a in angles]
    pins = [cylinder(0.025 * r, 0.22 * r, 10).moved(z=z * r) for z in (0.94, -1.16)]
    meridian = tube(bow, 0.035 * r, 10)
    low = up - 1.06 * r
    foot = lathe(
        [
            (0.7 * r, 0.0),
            (0.72 * r, 0.05 * r),
            (0.6 * r, 0.11 * r),
            (0.2 * r, 0.16 * r),
            (0.1 * r, 0.26 * r),
            (0.15 * r, 0.36 * r),
            (0.08 * r, low),
        ],
        32,
    )
    metal = [s.moved(z=up) for s in (meridian, *pins)]
    stuff, of = ("wood", WOOD) if stand == "wood" else ("brass", GOLD)
    glow = 0.6 if lit else 0.0
    parts = (
        Part(water.moved(z=up), "plastic", sea, glow=glow, share=0.08, rotor=True),
        Part(ground.moved(z=up), "plastic", land, glow=glow, share=0.08, rotor=True),
        Part(joined(metal), "brass", GOLD, share=0.6),
        Part(foot, stuff, of, share=0.5),
    )
    ring_hulls = [tube([bow[i], bow[i + 4]], 0.035 * r, 6).moved(z=up) for i in range(0, 24, 4)]
    return Form(
        parts,
        {"axle": Anchor((0.0, 0.0, up)), "top": Anchor((0.0, 0.0, up + 1.16 * r))},
        hulls=(ball(r, 16).moved(z=up), *ring_hulls, cylinder(0.72 * r, 0.1 * r, 16), cylinder(0.12 * r, low, 8)),
    )


def _blades(many: int, radius: float, hub: float, wide: float, twist: float) -> Solid:
    """Blades about z at the origin, each a flat board with round corners and a slant."""
    one = rounded(radius - 0.6 * hub, wide, 0.012 * radius + 0.002, 0.0055 * radius + 0.0009, 2)
    shape = one.moved(z=-0.006 * radius).shaped(
        lambda v: np.stack([v[:, 0], v[:, 1] * (1.0 + 0.25 * v[:, 0] / radius), v[:, 2]], axis=1)
    )
    blade = shape.turned(twist, "x").moved((radius + 0.6 * hub) / 2)
    return joined(blade.turned(360 * i / many) for i in range(many))


def _desk_fan(r: float, blades: int, colour: Rgb, blade: Rgb) -> Form:
    """A round foot, a column, a motor, and blades in a cage that looks to the front."""
    up, front = 1.75 * r, -0.12 * r
    foot = lathe([(0.6 * r, 0.0), (0.6 * r, 0.06 * r), (0.5 * r, 0.12 * r), (0.12 * r, 0.16 * r), (0.08 * r, up)], 28)
    motor = lathe(
        [(0.1 * r, 0.0), (0.22 * r, 0.05 * r), (0.25 * r, 0.2 * r), (0.22 * r, 0.42 * r), (0.1 * r, 0.5 * r)], 24
    )
    motor = motor.turned(-90, "x").moved(0.0, -0.05 * r, up)
    vanes = _blades(blades, 0.88 * r, 0.16 * r, min(0.55 * r, 3.2 * r / blades), 24)
    hub = lathe([(0.14 * r, -0.06 * r), (0.15 * r, 0.04 * r), (0.08 * r, 0.1 * r), (0.0, 0.11 * r)], 20)
    turning = joined([vanes, hub]).turned(90, "x").moved(0.0, front, up)
    wire = 0.008 * r + 0.0008
    cage: list[Solid] = [ring(1.0 * r, 1.8 * wire, 40, 6)]
    for z, side in ((0.2, 1), (-0.2, -1)):
        for q in (0.25, 0.62):
            cage.append(ring(q * r, wire, 32, 5).moved(z=z * r * (1.0 - 0.2 * q)))
        for i in range(20):
            a = 2 * math.pi * i / 20
            spoke = [
                (0.0 if q == 0 else q * r * math.cos(a), q * r * math.sin(a), h * r * side)
                for q, h in ((0.12, 0.2), (0.62, 0.175), (0.9, 0.09), (1.0, 0.0))
            ]
            cage.append(tube(spoke, wire, 4))
        cage.append(cylinder(0.14 * r, 0.03 * r, 20).moved(z=(z - 0.015) * r))
    guard = joined(cage).turned(90, "x").moved(0.0, front, up)
    parts = (
        Part(joined([foot, motor]), "plastic", colour, share=0.5),
        Part(guard, "steel"),
        Part(turning, "plastic", blade, rotor=True),
    )
    drum = cylinder(1.0 * r, 0.4 * r, 20).turned(90, "x").moved(0.0, front + 0.2 * r, up)
    return Form(
        parts,
        {
            "axle": Anchor((0.0, front, up), (0.0, -1.0, 0.0)),
            "mouth": Anchor((0.0, front - 0.2 * r, up), (0.0, -1.0, 0.0), 0.9 * r),
        },
        hulls=(cylinder(0.6 * r, 0.12 * r, 16), cylinder(0.1 * r, up, 8), drum, motor),
    )


def _ceiling_fan(r: float, blades: int, colour: Rgb, blade: Rgb) -> Form:
    """A motor with blades that hangs by a rod from a cup, with a lamp shade below."""
    shade = lathe([(0.0, 0.0), (0.12 * r, 0.02 * r), (0.19 * r, 0.1 * r), (0.2 * r, 0.16 * r)], 24)
    motor = lathe(
        [(0.12 * r, 0.15 * r), (0.2 * r, 0.18 * r), (0.22 * r, 0.24 * r), (0.2 * r, 0.32 * r), (0.06 * r, 0.36 * r)], 24
    )
    rod = cylinder(0.025 * r, 0.4 * r, 12).moved(z=0.34 * r)
    cup = lathe([(0.04 * r, 0.62 * r), (0.14 * r, 0.7 * r), (0.15 * r, 0.74 * r)], 20)
    arms = joined(box(0.25 * r, 0.06 * r, 0.02 * r).moved(0.25 * r).turned(360 * i / blades) for i in range(blades))
    vanes = _blades(blades, r, 0.35 * r, min(0.24 * r, 2.4 * r / blades), 10)
    at = 0.23 * r
    parts = (
        Part(joined([motor, rod, cup]), "steel", colour, share=0.15),
        Part(shade, "glass", (0.9, 0.88, 0.8), share=0.3),
        Part(vanes.moved(z=at), "wood", blade, rotor=True),
        Part(arms.moved(z=at - 0.01 * r), "brass", rotor=True),
    )
    return Form(
        parts,
        {"axle": Anchor((0.0, 0.0, at)), "top": Anchor((0.0, 0.0, 0.74 * r))},
        hulls=(shade, motor, rod, cup, lathe([(r, 0.2 * r), (r, 0.25 * r)], blades)),
    )


@entry(
    "a fan to stand on a table or to hang",
    names=("desk fan", "ceiling fan", "electric fan", "table fan", "ventilator"),
    size=(0.2, 2.6),
    shape="COMPOUND",
)
def fan(
    radius: Annotated[float, metres(0.1, 0.9, "of its blades")] = 0.2,
    blades: Annotated[int, count(3, 7)] = 4,
    kind: Literal["desk", "ceiling"] = "desk",
    colour: Colour = (0.75, 0.76, 0.76),
    blade: Colour = (0.08, 0.3, 0.5),
) -> Form:
    """A desk fan with a cage, or one for a ceiling with a rod."""
    return (_desk_fan if kind == "desk" else _ceiling_fan)(radius, blades, colour, blade)
