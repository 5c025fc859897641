"""What gives light."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, box, curve, cylinder, hoop, joined, lathe, ring, rounded, tube

WARM = (1.0, 0.72, 0.4)
FLAME = (1.0, 0.5, 0.12)
IRON = (0.03, 0.03, 0.035)


def _flame(height: float) -> Solid:
    """A drop of fire on the ground."""
    h = height
    return lathe(
        [(0.0, 0.0), (0.12 * h, 0.06 * h), (0.18 * h, 0.22 * h), (0.13 * h, 0.5 * h), (0.05 * h, 0.8 * h), (0.0, h)], 14
    )


def _shaded(
    foot: list[Solid], of: str, colour: Rgb, shade: Rgb, lit: bool, low: float, high: float, wide: float
) -> Form:
    """A lamp: a stand, and from a height to its top a shade of cloth about a bulb."""
    narrow, tall = 0.68 * wide, high - low
    skin = 0.012 * wide + 0.001
    cover = hoop([(wide - skin, low), (wide, low), (narrow, high), (narrow - skin, high)], 40)
    hub = cylinder(0.06 * wide, 0.03 * tall, 12).moved(z=high - 0.08 * tall)
    spokes = [
        tube(
            [(0.0, 0.0, z := high - 0.065 * tall), (narrow * math.cos(a), narrow * math.sin(a), z)],
            0.01 * wide + 0.0008,
            6,
        )
        for a in (0.5, 2.594, 4.689)
    ]
    stem = cylinder(0.035 * wide, 0.95 * tall, 10).moved(z=low - 0.02 * tall)
    size = min(0.22 * wide, 0.22 * tall)
    bulb = ball(size, 20).moved(z=low + 0.42 * tall)
    glow = 1.0 if lit else 0.0
    return Form(
        (
            Part(joined(foot), of, colour, share=0.5),
            Part(cover, "cloth", shade, glow=0.7 * glow),
            Part(bulb, "glass", WARM if lit else (0.85, 0.85, 0.8), glow=20.0 * glow, share=0.05),
            Part(joined([hub, stem, *spokes]), "brass", share=0.4),
        ),
        {"light": Anchor((0.0, 0.0, low + 0.42 * tall), (0.0, 0.0, 1.0), reach=wide)},
        hulls=(*foot, stem, lathe([(wide, low), (narrow, high)], 20)),
    )


@entry(
    "a lamp for a table, with a shade", names=("desk lamp", "bedside lamp", "lamp"), size=(0.2, 1.0), shape="COMPOUND"
)
def table_lamp(
    height: Annotated[float, metres(0.2, 1.0)] = 0.5,
    shade: Annotated[float, share(0.4, 0.75, "how wide the shade is, of its height")] = 0.6,
    lit: bool = True,
    base: Colour = (0.1, 0.25, 0.35),
    colour: Colour = (0.85, 0.75, 0.55),
) -> Form:
    """A turned belly of china on a round foot, and a shade in its upper half."""
    h = height
    foot = lathe([(0.17 * h, 0.0), (0.17 * h, 0.02 * h), (0.1 * h, 0.05 * h)], 32)
    belly = lathe(
        curve(
            [
                (0.07 * h, 0.03 * h),
                (0.13 * h, 0.15 * h),
                (0.13 * h, 0.25 * h),
                (0.05 * h, 0.4 * h),
                (0.035 * h, 0.5 * h),
            ],
            4,
        ),
        28,
    )
    form = _shaded([foot, belly], "china", base, colour, lit, 0.5 * h, h, shade * h / 2)
    spindle = lathe([(0.07 * h, 0.03 * h), (0.13 * h, 0.15 * h), (0.13 * h, 0.25 * h), (0.035 * h, 0.5 * h)], 12)
    return Form(form.parts, form.anchors, (foot, spindle, *form.hulls[2:]))


@entry(
    "a standing lamp with a tall pole and a shade",
    names=("standing lamp", "standard lamp"),
    size=(0.8, 2.2),
    shape="COMPOUND",
)
def floor_lamp(
    height: Annotated[float, metres(0.8, 2.2)] = 1.6,
    shade: Annotated[float, share(0.15, 0.4, "how wide the shade is, of its height")] = 0.28,
    lit: bool = True,
    base: Colour = (0.05, 0.05, 0.055),
    colour: Colour = (0.85, 0.75, 0.55),
) -> Form:
    """A heavy round foot, a thin pole, and a shade at its top."""
    h, wide = height, shade * height / 2
    foot = lathe([(0.1 * h, 0.0), (0.1 * h, 0.012 * h), (0.03 * h, 0.03 * h)], 32)
    pole = cylinder(0.009 * h, 0.81 * h, 12).moved(z=0.02 * h)
    return _shaded([foot, pole], "steel", base, colour, lit, 0.81 * h, h, wide)


@entry("a lantern with a handle, glass and a flame in it", names=("oil lantern", "storm lantern"), size=(0.15, 1.1))
def lantern(
    height: Annotated[float, metres(0.15, 0.9, "without the handle")] = 0.28,
    width: Annotated[float, share(0.35, 0.7, "of its height")] = 0.5,
    sides: Annotated[int, count(4, 8)] = 4,
    lit: bool = True,
    colour: Colour = IRON,
) -> Form:
    """A floor and a roof on posts with panes of glass between them, a candle within, and a ring above."""
    h, r = height, width * height / 2
    turn = 180 / sides
    floor = lathe([(r, 0.0), (r, 0.03 * h), (0.88 * r, 0.06 * h), (0.88 * r, 0.09 * h)], sides).turned(turn)
    roof = lathe(
        [(1.04 * r, 0.66 * h), (1.04 * r, 0.69 * h), (0.35 * r, 0.88 * h), (0.3 * r, 0.95 * h), (0.12 * r, h)], sides
    ).turned(turn)
    angles = [2 * math.pi * (i + 0.5) / sides for i in range(sides)]
    posts = [
        cylinder(0.06 * r, 0.6 * h, 8).moved(0.82 * r * math.cos(a), 0.82 * r * math.sin(a), 0.07 * h) for a in angles
    ]
    bow = ring(0.22 * r, 0.035 * r, 24, 8).turned(90, "x").moved(z=h + 0.18 * r)
    glass = hoop(
        [(0.76 * r, 0.08 * h), (0.79 * r, 0.08 * h), (0.79 * r, 0.67 * h), (0.76 * r, 0.67 * h)], sides
    ).turned(turn)
    stick = cylinder(0.2 * r, 0.24 * h, 20).moved(z=0.08 * h)
    parts = [
        Part(joined([floor, roof, bow, *posts]), "steel", colour, share=0.1),
        Part(glass, "glass"),
        Part(stick, "wax"),
    ]
    if lit:
        parts.append(Part(_flame(0.2 * h).moved(z=0.315 * h), "wax", FLAME, glow=25.0, share=0.01))
    else:
        parts.append(Part(cylinder(0.02 * r, 0.05 * h, 6).moved(z=0.3 * h), "rope", (0.02, 0.02, 0.02)))
    top = h + 0.43 * r
    return Form(tuple(parts), {"light": Anchor((0.0, 0.0, 0.42 * h), reach=0.7 * r), "handle": Anchor((0.0, 0.0, top))})


@entry("a candle with a flame", names=("wax candle", "candlestick"), size=(0.04, 1.3))
def candle(
    height: Annotated[float, metres(0.04, 0.6)] = 0.16,
    width: Annotated[float, share(0.08, 0.9, "of its height")] = 0.3,
    holder: Literal["none", "plate", "stick"] = "none",
    lit: bool = True,
    colour: Colour = (0.85, 0.8, 0.65),
) -> Form:
    """A cylinder of wax with a molten rim and tears down its side, a wick and a flame."""
    h, r = height, width * height / 2
    parts: list[Part] = []
    z = 0.0
    if holder == "plate":
        dish = [
            (1.6 * r, 0.0),
            (2.1 * r, 0.25 * r + 0.004),
            (2.0 * r, 0.3 * r + 0.005),
            (1.5 * r, 0.1 * r + 0.002),
            (0.0, 0.1 * r + 0.002),
        ]
        parts.append(Part(lathe(dish, 32), "brass", share=0.4))
        z = 0.1 * r + 0.0015
    elif holder == "stick":
        k = min(h, 6 * r)
        foot = curve(
            [
                (1.8 * r, 0.0),
                (1.7 * r, 0.05 * k),
                (0.5 * r, 0.15 * k),
                (0.4 * r, 0.3 * k),
                (0.7 * r, 0.38 * k),
                (0.5 * r, 0.46 * k),
                (1.25 * r, 0.55 * k),
            ],
            3,
        )
        parts.append(Part(lathe(foot, 28), "brass", share=0.4))
        z = 0.54 * k
    body = lathe(
        [
            (r, 0.0),
            (r, 0.3 * h),
            (r, 0.8 * h),
            (1.01 * r, 0.96 * h),
            (0.93 * r, h),
            (0.75 * r, h - 0.1 * r),
            (0.0, h - 0.14 * r),
        ],
        28,
    )
    tears = []
    for i, (a, f) in enumerate(((0.4, 0.45), (1.9, 0.25), (3.1, 0.6), (4.4, 0.3), (5.3, 0.5))):
        x, y = 0.98 * r * math.cos(a - 1.6), 0.98 * r * math.sin(a - 1.6)
        path: list[Point] = [
            (x, y, 0.985 * h),
            (1.02 * x, 1.02 * y, h * (1 - 0.5 * f)),
            (1.02 * x, 1.02 * y, h * (1 - f)),
        ]
        tears.append(tube(path, [0.1 * r, 0.09 * r, 0.15 * r + 0.01 * r * i], 8))
    up = z + h - 0.14 * r
    long = 0.45 * r + 0.004
    wick = cylinder(0.05 * r + 0.0005, long, 8).moved(z=up - 0.002)
    parts += [Part(joined([body, *tears]).moved(z=z), "wax", colour), Part(wick, "rope", (0.03, 0.03, 0.03))]
    fire = 1.2 * r + 0.02
    if lit:
        parts.append(Part(_flame(fire).moved(z=up + 0.3 * long), "wax", FLAME, glow=25.0, share=0.01))
    return Form(tuple(parts), {"light": Anchor((0.0, 0.0, up + (0.3 * long + 0.4 * fire if lit else 0.0)))})


@entry("a light bulb with a screw base", names=("bulb", "lightbulb"), size=(0.04, 0.6))
def light_bulb(
    height: Annotated[float, metres(0.04, 0.6)] = 0.11,
    width: Annotated[float, share(0.5, 0.75, "of its height")] = 0.55,
    lit: bool = True,
    colour: Colour = (1.0, 0.82, 0.5),
) -> Form:
    """A globe of glass that narrows to a threaded base of metal, which it stands on."""
    h, r = height, width * height / 2
    thin = 0.12 * h
    thread = [(thin * (1.0 if i % 2 else 1.1), (0.06 + 0.024 * i) * h) for i in range(9)]
    base = lathe([(0.07 * h, 0.0), (0.09 * h, 0.03 * h), *thread, (thin, 0.28 * h)], 24)
    middle = h - r
    turns = [math.pi * i / 12 for i in range(9, -1, -1)]
    globe = [(r * math.sin(a), middle + r * math.cos(a)) for a in turns]
    bottom = min(0.34 * h, globe[0][1] - 0.06 * h)
    glass = lathe([(0.97 * thin, 0.26 * h), (0.98 * thin, max(bottom, 0.28 * h)), *globe[:-1], (0.0, h)], 32)
    parts = (Part(glass, "glass", colour, glow=12.0 if lit else 0.0, share=0.05), Part(base, "steel", share=0.15))
    return Form(parts, {"light": Anchor((0.0, 0.0, middle))})


@entry(
    "a street lamp",
    names=("streetlight", "street light", "lamp post", "lamppost", "streetlamp"),
    size=(2.0, 9.0),
    moves="fixed",
    shape="MESH",
)
def street_lamp(
    height: Annotated[float, metres(2.0, 9.0)] = 4.0,
    style: Literal["old", "modern"] = "old",
    arms: Annotated[int, count(1, 2)] = 1,
    lit: bool = True,
    colour: Colour = IRON,
) -> Form:
    """Old: a fluted foot, a pole, and lanterns on top or on two arms; modern: a pole that bends to the front."""
    return (
        _old_street_lamp(height, arms, lit, colour)
        if style == "old"
        else _modern_street_lamp(height, arms, lit, colour)
    )


def _old_street_lamp(h: float, arms: int, lit: bool, colour: Rgb) -> Form:
    k = 0.25 * h if h < 4.0 else 1.0
    top = h - 0.75 * k
    foot = lathe(
        [
            (0.2 * k, 0.0),
            (0.2 * k, 0.1 * k),
            (0.13 * k, 0.16 * k),
            (0.12 * k, 0.55 * k),
            (0.15 * k, 0.6 * k),
            (0.07 * k, 0.7 * k),
            (0.045 * k, top),
        ],
        16,
    )
    knot = ring(0.05 * k, 0.025 * k, 16, 8).moved(z=top - 0.25 * k)
    xs = (0.0,) if arms == 1 else (-0.45 * k, 0.45 * k)
    iron = [foot, knot]
    if arms == 2:
        for s in (-1, 1):
            bent: list[Point] = [
                (0.0, 0.0, top - 0.35 * k),
                (s * 0.2 * k, 0.0, top - 0.3 * k),
                (s * 0.43 * k, 0.0, top - 0.15 * k),
                (s * 0.45 * k, 0.0, top + 0.02 * k),
            ]
            iron.append(tube(curve(bent, 4), 0.022 * k, 8))
    panes = []
    for x in xs:
        floor = lathe([(0.05 * k, 0.0), (0.12 * k, 0.04 * k), (0.12 * k, 0.07 * k)], 6)
        roof = lathe(
            [
                (0.23 * k, 0.47 * k),
                (0.23 * k, 0.5 * k),
                (0.08 * k, 0.64 * k),
                (0.04 * k, 0.66 * k),
                (0.02 * k, 0.75 * k),
            ],
            6,
        )
        bars_ = [
            tube(
                [
                    (0.11 * k * math.cos(a), 0.11 * k * math.sin(a), 0.06 * k),
                    (0.2 * k * math.cos(a), 0.2 * k * math.sin(a), 0.48 * k),
                ],
                0.012 * k,
                6,
            )
            for a in (math.pi * i / 3 for i in range(6))
        ]
        iron += [s.moved(x=x, z=top) for s in (floor, roof, *bars_)]
        panes.append(lathe([(0.1 * k, 0.06 * k), (0.18 * k, 0.48 * k)], 6).moved(x=x, z=top))
    light = WARM if lit else (0.6, 0.62, 0.6)
    spots = {
        f"light {i + 1}" if i else "light": Anchor((x, 0.0, top + 0.27 * k), reach=0.2 * k) for i, x in enumerate(xs)
    }
    return Form(
        (
            Part(joined(iron), "steel", colour, share=0.3),
            Part(joined(panes), "glass", light, glow=8.0 if lit else 0.0, share=0.05),
        ),
        spots,
    )


def _modern_street_lamp(h: float, arms: int, lit: bool, colour: Rgb) -> Form:
    thick, reach = 0.011 * h + 0.02, 0.2 * h
    sides = (-1,) if arms == 1 else (-1, 1)
    iron = [cylinder(2.2 * thick, 0.05 * h, 16), cylinder(thick, 0.9 * h, 16)]
    lights = []
    for s in sides:
        bent: list[Point] = [
            (0.0, 0.0, 0.88 * h),
            (0.0, s * 0.04 * h, 0.95 * h),
            (0.0, s * 0.1 * h, 0.985 * h),
            (0.0, s * reach, 0.99 * h),
        ]
        iron.append(tube(curve(bent, 4), 0.7 * thick, 10))
        head = rounded(2.6 * thick, 0.1 * h, 1.1 * thick, 0.5 * thick).moved(0.0, s * reach, 0.99 * h - 0.5 * thick)
        iron.append(head)
        lights.append(box(2.0 * thick, 0.08 * h, 0.4 * thick).moved(0.0, s * reach, 0.99 * h - 0.7 * thick))
    light = (1.0, 0.88, 0.7) if lit else (0.6, 0.62, 0.6)
    spots = {
        f"light {i + 1}" if i else "light": Anchor((0.0, s * reach, 0.99 * h - 0.8 * thick), (0.0, 0.0, -1.0))
        for i, s in enumerate(sides)
    }
    return Form(
        (
            Part(joined(iron), "steel", colour, share=0.3),
            Part(joined(lights), "glass", light, glow=15.0 if lit else 0.0, share=0.1),
        ),
        spots,
    )


@entry("a torch that one holds in the hand", names=("torch", "electric torch"), size=(0.1, 0.6))
def flashlight(
    length: Annotated[float, metres(0.1, 0.6)] = 0.18,
    thickness: Annotated[float, share(0.12, 0.25, "of its length")] = 0.17,
    lit: bool = True,
    colour: Colour = (0.05, 0.05, 0.06),
) -> Form:
    """A ribbed tube that widens to a head with a lens, lying, with the lens to the front."""
    h, r = length, thickness * length / 2
    grip = [(r * (0.98 if i % 2 else 1.04), (0.12 + 0.04 * i) * h) for i in range(12)]
    case = lathe(
        [
            (0.9 * r, 0.0),
            (r, 0.02 * h),
            *grip,
            (r, 0.6 * h),
            (1.5 * r, 0.78 * h),
            (1.6 * r, 0.8 * h),
            (1.6 * r, 0.98 * h),
            (1.4 * r, h),
            (1.4 * r, 0.97 * h),
            (0.0, 0.95 * h),
        ],
        28,
    )
    lens = lathe([(1.42 * r, 0.955 * h), (1.42 * r, 0.99 * h)], 28)
    switch = rounded(0.5 * r, 0.14 * h, 0.5 * r, 0.1 * r).moved(0.0, 0.0, 2.35 * r)
    lay = [s.moved(z=-h / 2).turned(90, "x").moved(z=1.6 * r) for s in (case, lens)]
    parts = (
        Part(lay[0], "plastic", colour, share=0.6),
        Part(lay[1], "glass", (1.0, 0.95, 0.8), glow=12.0 if lit else 0.0),
        Part(switch, "plastic", (0.5, 0.05, 0.04)),
    )
    return Form(parts, {"light": Anchor((0.0, -h / 2, 1.6 * r), (0.0, -1.0, 0.0), reach=1.4 * r)})
