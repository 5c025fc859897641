"""Toys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import (
    Point,
    Solid,
    box,
    cone,
    curve,
    cylinder,
    egg,
    hoop,
    joined,
    lathe,
    loft,
    profiled,
    rounded,
    spindle,
    tube,
)
from ..solids import ball as sphere

RED = (0.6, 0.04, 0.04)
IVORY = (0.82, 0.79, 0.68)


@entry(
    "a ball of rubber",
    names=("rubber ball", "sphere"),
    size=(0.05, 2.0),
    shape="SPHERE",
)
def ball(radius: Annotated[float, metres(0.03, 1.0)] = 0.12, colour: Colour = RED) -> Form:
    """A sphere on the ground."""
    return Form((Part(sphere(radius, 32).moved(z=radius), "rubber", colour, share=0.19),))


@entry("a domino that stands on its short side", names=("domino tile", "domino stone"), size=(0.05, 1.0), shape="BOX")
def domino(height: Annotated[float, metres(0.05, 1.0)] = 0.3, colour: Colour = IVORY) -> Form:
    """A thin box, its thin side along x."""
    return Form((Part(box(0.16 * height, 0.5 * height, height), "wood", colour),))


@entry("a wooden building block", names=("building block", "cube"), size=(0.03, 1.0), shape="BOX")
def block(size: Annotated[float, metres(0.03, 1.0)] = 0.2, colour: Colour = (0.05, 0.15, 0.55)) -> Form:
    """A cube on the ground."""
    return Form((Part(box(size, size, size), "wood", colour),), {"top": Anchor((0.0, 0.0, size), reach=size / 2)})


def _lune(radius: float, start: float, turn: float, n: int = 5, rings: int = 14) -> Solid:
    """A slice of a sphere about the origin, from pole to pole, between two angles about z in degrees."""
    angles = [math.radians(start + turn * i / n) for i in range(n + 1)]
    ups = [math.pi * (k + 1) / (rings + 1) - math.pi / 2 for k in range(rings)]
    vertices = [(0.0, 0.0, -radius), (0.0, 0.0, radius)]
    vertices += [
        (radius * math.cos(u) * math.cos(a), radius * math.cos(u) * math.sin(a), radius * math.sin(u))
        for a in angles
        for u in ups
    ]

    def at(i: int, k: int) -> int:
        return 2 + i * rings + k

    faces: list[tuple[int, ...]] = []
    for i in range(n):
        faces.append((0, at(i + 1, 0), at(i, 0)))
        faces += [(at(i, k), at(i + 1, k), at(i + 1, k + 1), at(i, k + 1)) for k in range(rings - 1)]
        faces.append((at(i, rings - 1), at(i + 1, rings - 1), 1))
    faces.append((0, *(at(0, k) for k in range(rings)), 1))
    faces.append((1, *(at(n, k) for k in reversed(range(rings))), 0))
    return Solid(np.array(vertices), tuple(faces))


@entry("an air-filled ball with stripes", names=("beachball", "striped ball"), size=(0.1, 2.0), shape="SPHERE")
def beach_ball(
    radius: Annotated[float, metres(0.05, 1.0)] = 0.2,
    stripes: Annotated[int, count(2, 6, "coloured stripes, with as many pale ones between")] = 3,
    colour: Colour = RED,
    second: Colour = (0.9, 0.9, 0.88),
) -> Form:
    """Slices of a sphere in two colours by turns, tilted a little."""
    turn = 180.0 / stripes
    pair = [joined(_lune(radius, (2 * i + k) * turn, turn) for i in range(stripes)) for k in (0, 1)]
    tilted = [s.turned(30, "x").turned(20, "y") for s in pair]
    low = min(float(s.low[2]) for s in tilted)
    return Form(
        tuple(Part(s.moved(z=-low), "plastic", c, share=0.004) for s, c in zip(tilted, (colour, second), strict=True))
    )


@entry("a marble of glass with a swirl in it", names=("glass marble", "glass ball"), size=(0.008, 0.2), shape="SPHERE")
def marble(
    radius: Annotated[float, metres(0.004, 0.1)] = 0.008,
    colour: Colour = (0.05, 0.25, 0.75),
    glass: Colour = (0.8, 0.92, 0.9),
) -> Form:
    """A ball of glass around a twisted ribbon."""
    rings: list[list[Point]] = []
    for i in range(13):
        up = math.pi * (0.08 + 0.84 * i / 12)
        wide, turn, z = 0.85 * radius * math.sin(up), 2.6 * i / 12, -0.85 * radius * math.cos(up)
        corners = [(-wide, -0.1 * radius), (wide, -0.1 * radius), (wide, 0.1 * radius), (-wide, 0.1 * radius)]
        c, s = math.cos(turn), math.sin(turn)
        rings.append([(x * c - y * s, x * s + y * c, z) for x, y in corners])
    ribbon = loft(rings).turned(35, "y").moved(z=radius)
    return Form((Part(sphere(radius, 32).moved(z=radius), "glass", glass), Part(ribbon, "plastic", colour)))


PIPS = {
    1: ((0, 0),),
    2: ((-1, -1), (1, 1)),
    3: ((-1, -1), (0, 0), (1, 1)),
    4: ((-1, -1), (-1, 1), (1, -1), (1, 1)),
    5: ((-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1)),
    6: ((-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)),
}
"""Where the pips of a die are on its faces."""


@entry("a die with pips", names=("playing die", "game die"), size=(0.01, 1.0), shape="BOX")
def die(
    size: Annotated[float, metres(0.01, 1.0)] = 0.02,
    up: Annotated[int, count(1, 6, "the number on top")] = 6,
    colour: Colour = (0.85, 0.83, 0.76),
    pips: Colour = (0.02, 0.02, 0.02),
) -> Form:
    """A rounded cube with flat round pips, those of opposite faces seven together."""
    proud = 0.004 * size
    inner, side = size - 2 * proud, 1 if up not in (1, 6) else 2
    front = next(n for n in (2, 3) if n not in (side, up, 7 - up))
    side = next(n for n in (1, 2, 3) if n not in (front, up, 7 - up, 7 - front))
    ways = [
        (up, 0, "x"),
        (7 - up, 180, "x"),
        (front, 90, "x"),
        (7 - front, -90, "x"),
        (side, 90, "y"),
        (7 - side, -90, "y"),
    ]
    dots: list[Solid] = []
    for number, turn, axis in ways:
        face = [
            cylinder(0.09 * size, 0.05 * size, 16).moved(0.25 * x * size, 0.25 * y * size, 0.45 * size)
            for x, y in PIPS[number]
        ]
        dots += [s.turned(turn, axis) for s in face]
    body = rounded(inner, inner, inner, 0.1 * size, 4).moved(z=proud)
    return Form((Part(body, "plastic", colour), Part(joined(dots).moved(z=size / 2), "plastic", pips)))


@entry("a brick for building walls", names=("house brick", "clay brick", "red brick"), size=(0.1, 0.8), shape="BOX")
def brick(
    length: Annotated[float, metres(0.1, 0.8)] = 0.215,
    width: Annotated[float, metres(0.05, 0.3)] = 0.1025,
    height: Annotated[float, metres(0.03, 0.3)] = 0.065,
    colour: Colour = (0.35, 0.11, 0.06),
) -> Form:
    """A block with slightly worn edges."""
    top = Anchor((0.0, 0.0, height), reach=width / 2)
    return Form((Part(rounded(length, width, height, 0.06 * height, 2), "brick", colour),), {"top": top})


@entry("a toy brick with studs", names=("plastic brick", "lego brick", "lego"), size=(0.008, 2.5), shape="BOX")
def toy_brick(
    columns: Annotated[int, count(1, 8)] = 4,
    rows: Annotated[int, count(1, 4)] = 2,
    size: Annotated[float, metres(0.008, 0.3, "from stud to stud")] = 0.016,
    colour: Colour = RED,
) -> Form:
    """A box with a stud on each square of its top."""
    high = 1.2 * size
    studs = [
        cylinder(0.3 * size, 0.25 * size, 20).moved(
            (i - (columns - 1) / 2) * size, (j - (rows - 1) / 2) * size, high - 0.03 * size
        )
        for i in range(columns)
        for j in range(rows)
    ]
    body = rounded(columns * size, rows * size, high, 0.03 * size, 2)
    top = Anchor((0.0, 0.0, 1.42 * size), reach=min(columns, rows) * size / 2)
    return Form((Part(joined([body, *studs]), "plastic", colour, share=0.4),), {"top": top})


PIN = (
    *((0.068, 0.0), (0.094, 0.05), (0.13, 0.15), (0.15, 0.225), (0.159, 0.3), (0.152, 0.392), (0.123, 0.483)),
    *((0.082, 0.575), (0.066, 0.625), (0.06, 0.667), (0.062, 0.725), (0.07, 0.783), (0.08, 0.842), (0.085, 0.9)),
    *((0.079, 0.94), (0.058, 0.978), (0.03, 0.995), (0.0, 1.0)),
)
"""The outline of a bowling pin of height 1, as ``(radius, height)``."""


@entry("a bowling pin", names=("skittle", "ninepin", "tenpin", "pin"), size=(0.1, 1.5), shape="COMPOUND")
def bowling_pin(
    height: Annotated[float, metres(0.1, 1.5)] = 0.38,
    colour: Colour = (0.88, 0.86, 0.8),
    stripes: Colour = RED,
) -> Form:
    """A turned body with a neck, and two stripes around it."""
    line = [(r * height, z * height) for r, z in PIN]

    def band(low: float, high: float) -> Solid:
        heights = np.linspace(low, high, 4)
        radii = np.interp(heights, *reversed(np.array(PIN).T)) + 0.0015
        outer = [(float(r) * height, float(z) * height) for r, z in zip(radii, heights, strict=True)]
        return lathe(outer, 32)

    hulls = (lathe(line[:7], 12), lathe(line[6:9:2], 12), lathe(line[8:10], 12), lathe([line[9], *line[12:]], 12))
    belts = joined([band(0.615, 0.65), band(0.69, 0.725)])
    return Form(
        (Part(lathe(line, 32), "wood", colour, share=0.85), Part(belts, "wood", stripes, share=0.01)), hulls=hulls
    )


@entry("a spinning top", names=("toy top", "humming top", "whirligig"), size=(0.03, 1.0))
def spinning_top(
    height: Annotated[float, metres(0.03, 0.6)] = 0.08,
    width: Annotated[float, share(0.6, 1.6, "its diameter over its height")] = 1.0,
    colour: Colour = RED,
    second: Colour = (0.85, 0.6, 0.08),
) -> Form:
    """A turned body on a point, with a belt of a second colour and a stem to turn it by."""
    r = width * height / 2
    low, belt, high = 0.28 * height, 0.4 * height, 0.5 * height
    foot = lathe(
        [(0.0, 0.0), (0.05 * r, 0.03 * height), (0.12 * r, 0.08 * height), (0.75 * r, 0.24 * height), (0.9 * r, low)]
    )
    middle = lathe([(0.9 * r, low), (r, 0.34 * height), (0.97 * r, belt)])
    upper = lathe([(0.97 * r, belt), (0.75 * r, 0.46 * height), (0.3 * r, high), (0.14 * r, 0.56 * height)])
    stem = 0.07 * height
    pin = lathe(
        [(stem, 0.5 * height), (0.8 * stem, 0.9 * height), (1.3 * stem, 0.93 * height), (1.1 * stem, height)], 16
    )
    return Form(
        (Part(joined([foot, upper]), "wood", colour), Part(joined([middle, pin]), "wood", second)),
        {"handle": Anchor((0.0, 0.0, height))},
    )


@entry("a balloon filled with air", names=("air balloon", "party balloon", "toy balloon"), size=(0.2, 4.0))
def balloon(
    radius: Annotated[float, metres(0.08, 0.8)] = 0.15,
    string: Annotated[float, metres(0.0, 1.8, "how long the string below it is; 0 is none")] = 0.0,
    colour: Colour = RED,
) -> Form:
    """A drop with a knot at its lower end, on a string on request."""
    shape = [(0.06, 0.12), (0.3, 0.35), (0.68, 0.8), (0.93, 1.3), (1.0, 1.75), (0.88, 2.2), (0.55, 2.52), (0.0, 2.65)]
    knot = [(0.0, 0.0), (0.1, 0.01), (0.11, 0.04), (0.045, 0.09)]
    line = [*knot, *curve(shape, 3)]
    body = lathe(
        [(max(r, 0.002) * radius if 0 < i < len(line) - 1 else 0.0, z * radius) for i, (r, z) in enumerate(line)]
    )
    parts = [Part(body.moved(z=string), "rubber", colour, share=0.0002)]
    if string > 0.0:
        heights = np.linspace(0.0, string + 0.04 * radius, 16)
        swings = 0.015 * np.minimum(heights, 0.3)[::-1] / 0.3
        path = [
            (float(2 * s * math.sin(12 * z)), float(s * math.cos(9 * z)), float(z))
            for z, s in zip(heights, swings, strict=True)
        ]
        parts.append(Part(tube(path, 0.0015, 5), "rope", (0.9, 0.9, 0.9)))
    return Form(tuple(parts), {"handle": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0))})


@entry("a drum with skins and cords", names=("toy drum", "snare drum"), size=(0.12, 1.2), shape="CYLINDER")
def drum(
    radius: Annotated[float, metres(0.06, 0.5)] = 0.18,
    height: Annotated[float, metres(0.06, 1.2)] = 0.26,
    colour: Colour = RED,
    rims: Colour = (0.85, 0.65, 0.1),
) -> Form:
    """A shell between two rims with skins, and a cord that goes up and down around it."""
    rim, skin = 0.09 * height, 0.01 * height
    shell = cylinder(0.94 * radius, height - 2 * skin, 40).moved(z=skin)
    hoops = [
        hoop([(0.88 * radius, z), (radius, z), (radius, z + rim), (0.88 * radius, z + rim)], 40)
        for z in (0.0, height - rim)
    ]
    cover = joined(cylinder(0.9 * radius, 2 * skin, 40).moved(z=z) for z in (0.0, height - 2.5 * skin))
    legs = 2 * max(round(math.pi * radius / (0.55 * height)), 4)
    high, low = height - 1.5 * rim, 1.5 * rim
    path: list[Point] = []
    for i in range(4 * legs):
        turn, up = 2 * math.pi * i / (4 * legs), abs(i / 4 % 2 - 1.0)
        path.append((0.95 * radius * math.cos(turn), 0.95 * radius * math.sin(turn), low + up * (high - low)))
    cord = tube(path, 0.012 * min(radius, height), 6, closed=True)
    return Form(
        (
            Part(shell, "wood", colour, share=0.08),
            Part(joined(hoops), "wood", rims),
            Part(cover, "leather", (0.82, 0.78, 0.66)),
            Part(cord, "rope", (0.85, 0.82, 0.72)),
        ),
        {"top": Anchor((0.0, 0.0, height - 0.5 * skin), reach=0.85 * radius)},
    )


@entry("a teddy bear that sits", names=("teddy", "toy bear", "stuffed bear", "plush bear"), size=(0.12, 1.6))
def teddy_bear(
    height: Annotated[float, metres(0.12, 1.6)] = 0.35,
    colour: Colour = (0.36, 0.2, 0.08),
    pale: Colour = (0.7, 0.52, 0.32),
    bow: bool = True,
) -> Form:
    """Stuffed eggs for trunk, head, ears and muzzle, with stretched-out limbs, and a bow at the neck on request."""
    both = (-1, 1)
    fur = [egg(0.5, 0.42, 0.58).moved(z=0.29), egg(0.46, 0.4, 0.42).moved(0.0, -0.02, 0.74)]
    fur += [egg(0.17, 0.09, 0.17, 16).moved(s * 0.19, 0.0, 0.915) for s in both]
    fur += [
        spindle(
            [(s * 0.2, 0.0, 0.5), (s * 0.3, -0.1, 0.4), (s * 0.31, -0.22, 0.3)],
            [(0.07, 0.07), (0.075, 0.075), (0.07, 0.07)],
        )
        for s in both
    ]
    fur += [
        spindle(
            [(s * 0.13, -0.05, 0.13), (s * 0.19, -0.22, 0.11), (s * 0.22, -0.38, 0.1)],
            [(0.1, 0.1), (0.1, 0.1), (0.085, 0.09)],
        )
        for s in both
    ]
    fur += [egg(0.19, 0.12, 0.24, 16).turned(15, "x").moved(s * 0.22, -0.42, 0.122) for s in both]
    light = [egg(0.22, 0.16, 0.17, 16).moved(0.0, -0.2, 0.68), egg(0.3, 0.14, 0.36, 16).moved(0.0, -0.155, 0.3)]
    light += [egg(0.12, 0.05, 0.16, 16).turned(15, "x").moved(s * 0.22, -0.468, 0.122) for s in both]
    light += [egg(0.1, 0.05, 0.1, 12).moved(s * 0.19, -0.032, 0.915) for s in both]
    dark = [egg(0.07, 0.05, 0.045, 12).moved(0.0, -0.275, 0.71)]
    dark += [sphere(0.024, 12).moved(s * 0.085, -0.193, 0.785) for s in both]
    groups = [(fur, "fur", colour), (light, "fur", pale), (dark, "plastic", (0.01, 0.01, 0.01))]
    if bow:
        ties = [cone(0.06, 0.13, 12).turned(s * 90, "y").moved(-s * 0.125, -0.2, 0.55) for s in both]
        groups.append(([*ties, sphere(0.035, 12).moved(0.0, -0.2, 0.55)], "cloth", RED))
    return Form(
        tuple(Part(joined(s).scaled(height).moved(y=0.1 * height), of, c, share=0.12) for s, of, c in groups),
        {"seat": Anchor((0.0, -0.15 * height, 0.2 * height), reach=0.1 * height)},
    )


@entry("a kite with a tail", names=("paper kite", "flying kite", "diamond kite"), size=(0.6, 4.0))
def kite(
    height: Annotated[float, metres(0.3, 1.5, "of the sail")] = 0.8,
    width: Annotated[float, share(0.6, 1.1, "of the sail, over its height")] = 0.8,
    tail: Annotated[float, metres(0.3, 2.5)] = 0.9,
    colour: Colour = RED,
    second: Colour = (0.9, 0.7, 0.05),
) -> Form:
    """An upright diamond of four fields on two crossed sticks, over a waving tail with bows."""
    thin, x, across = 0.004, width * height / 2, tail + 0.68 * height
    head, foot, middle = (0.0, tail + height), (0.0, tail), (0.0, across)
    left, right = (-x, across), (x, across)
    fields = [(left, middle, head), (foot, right, middle), (middle, right, head), (left, foot, middle)]
    one, other = (joined(profiled(f, thin, "y") for f in fields[i : i + 2]) for i in (0, 2))
    stick = 0.006 * height + 0.001
    spine = tube([(0.0, stick, tail), (0.0, stick, tail + height)], stick, 8)
    spar = tube([(-x, stick, across), (x, stick, across)], stick, 8)
    ups = np.linspace(0.0, tail + 0.01 * height, 25)
    sway = [0.07 * tail * math.sin(7.0 * (1.0 - u / tail)) * (1.0 - u / tail) for u in ups]
    path = [(float(a), 0.0, float(u)) for a, u in zip(sway, ups, strict=True)]
    size, knots = 0.06 * height + 0.01, range(4, 24, 5)
    bows = [
        profiled([(0.0, 0.0), (s * size, -0.45 * s * size), (s * size, 0.45 * s * size)], 0.01, "y").moved(*path[i])
        for i in knots
        for s in (-1, 1)
    ]
    return Form(
        (
            Part(one, "paper", colour, share=0.1),
            Part(other, "paper", second, share=0.1),
            Part(joined([spine, spar, tube(path, 0.003, 6)]), "wood"),
            Part(joined(bows), "cloth", colour),
        ),
        {"handle": Anchor((0.0, 0.0, across), (0.0, -1.0, 0.0))},
    )


def _strip(stations: Sequence[tuple[float, float, float]], thick: float) -> Solid:
    """A board along y through stations of ``(y, half width, height of its lower side)``."""
    return loft([[(w, y, z), (-w, y, z), (-w, y, z + thick), (w, y, z + thick)] for y, w, z in stations])


@entry("a skateboard", names=("longboard", "skate board"), size=(0.3, 2.0), shape="COMPOUND")
def skateboard(
    length: Annotated[float, metres(0.3, 2.0)] = 0.8,
    width: Annotated[float, share(0.2, 0.35, "over its length")] = 0.26,
    colour: Colour = (0.05, 0.05, 0.055),
    wheels: Colour = (0.9, 0.75, 0.1),
) -> Form:
    """A board that bends up at both ends, on two axles with two wheels each."""
    r, thick, half = 0.036 * length, 0.015 * length, width * length / 2
    low = 2.5 * r
    ends = [
        (0.5, 0.3, 0.07),
        (0.49, 0.58, 0.064),
        (0.465, 0.8, 0.05),
        (0.42, 0.96, 0.027),
        (0.37, 1.0, 0.007),
        (0.32, 1.0, 0.0),
    ]
    stations = [(-y * length, w * half, low + z * length) for y, w, z in ends]
    stations += [(-y, w, z) for y, w, z in reversed(stations)]
    grip, deck = _strip(stations, thick).moved(z=0.2 * thick), _strip([(y, 0.99 * w, z) for y, w, z in stations], thick)
    x, y, wide = 0.75 * half, 0.28 * length, 0.05 * length
    rollers = [
        cylinder(r, wide, 20).turned(90, "y").moved(s * x - wide / 2, t * y, r) for s in (-1, 1) for t in (-1, 1)
    ]
    axles = [cylinder(0.3 * r, 2 * x, 10).turned(90, "y").moved(-x, t * y, r) for t in (-1, 1)]
    trucks = [box(0.6 * half, 0.07 * length, low - r).moved(0.0, t * y, r) for t in (-1, 1)]
    ramps = [_strip([stations[i], stations[j]], thick) for i, j in ((1, 5), (5, 6), (6, 10))]
    return Form(
        (
            Part(deck, "wood", (0.5, 0.32, 0.14)),
            Part(grip, "rubber", colour, share=0.2),
            Part(joined([*axles, *trucks]), "steel", share=0.3),
            Part(joined(rollers), "plastic", wheels),
        ),
        {"top": Anchor((0.0, 0.0, low + 1.2 * thick), reach=half)},
        hulls=(*ramps, *trucks, *rollers),
    )
