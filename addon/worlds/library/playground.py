"""Playgrounds: trampolines, seesaws, slides, merry-go-rounds and sandpits."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import (
    Point,
    Solid,
    ball,
    box,
    cone,
    cylinder,
    hoop,
    joined,
    lathe,
    loft,
    profiled,
    ring,
    rounded,
    spindle,
    tube,
)

RED = (0.6, 0.04, 0.03)
BLUE = (0.05, 0.15, 0.5)
WOOD = (0.45, 0.28, 0.13)
BOTH = (-1, 1)


@entry("a round trampoline", names=("bouncing mat", "garden trampoline"), size=(0.6, 5.0), moves="fixed", shape="MESH")
def trampoline(
    radius: Annotated[float, metres(0.3, 2.4)] = 1.2,
    height: Annotated[float, share(0.15, 0.6, "over its radius")] = 0.45,
    legs: Annotated[int, count(3, 8)] = 6,
    colour: Colour = BLUE,
    mat: Colour = (0.025, 0.025, 0.03),
) -> Form:
    """A tight mat in a padded ring on legs that are joined below in pairs."""
    h, bar = height * radius, 0.022 * radius
    pad = hoop(
        [(0.8 * radius, h - 0.03 * radius), (radius, h - 0.05 * radius), (1.0 * radius, h), (0.8 * radius, h)], 48
    )
    cloth = cylinder(0.84 * radius, 0.02 * radius, 48).moved(z=h - 0.025 * radius)
    frame = [ring(0.97 * radius, bar, 40, 8).moved(z=h - 0.05 * radius)]
    for i in range(legs):
        a, b = (2 * math.pi * (i + s * 0.28) / legs for s in BOTH)
        path: list[Point] = [
            (0.96 * radius * math.cos(t), 0.96 * radius * math.sin(t), z)
            for t, z in ((a, h - 0.05 * radius), (a, bar), (b, bar), (b, h - 0.05 * radius))
        ]
        frame.append(tube(path, bar, 8))
    parts = (
        Part(cloth, "rubber", mat),
        Part(pad, "foam", colour),
        Part(joined(frame).standing(), "steel", share=0.05),
    )
    return Form(parts, {"top": Anchor((0.0, 0.0, h - 0.005 * radius), reach=0.75 * radius)})


@entry(
    "a seesaw: a long board that turns on its stand",
    names=("teeter-totter", "teeter totter", "see-saw", "see saw", "teeterboard seesaw"),
    size=(0.6, 5.0),
    moves="fixed",
    shape="MESH",
)
def seesaw(
    length: Annotated[float, metres(0.6, 5.0)] = 2.6,
    height: Annotated[float, share(0.14, 0.3, "of the board, over its length")] = 0.2,
    tilt: Annotated[float, share(0.0, 1.0, "how far its right end is down")] = 0.0,
    colour: Colour = RED,
    stand: Colour = BLUE,
) -> Form:
    """A board with two seats and handles along x, on an axle between two triangles."""
    h, wide, thick = height * length, 0.09 * length, 0.018 * length
    r, foot = 0.016 * length, 0.5 * height * length
    plate = [(-foot, 0.0), (foot, 0.0), (1.5 * r, h), (0.6 * r, h + 1.6 * r), (-0.6 * r, h + 1.6 * r), (-1.5 * r, h)]
    plates = [profiled(plate, 0.02 * length, "y").moved(y=s * (0.62 * wide)) for s in BOTH]
    axle = cylinder(r, 1.5 * wide, 16).turned(90, "x").moved(0.0, 0.75 * wide, h)
    base = [box(0.04 * length, 1.24 * wide, 0.03 * length).moved(s * 0.8 * foot) for s in BOTH]
    seats, rods = [], []
    for s in BOTH:
        seats.append(
            rounded(0.12 * length, 0.95 * wide, 0.02 * length, 0.008 * length).moved(
                s * 0.43 * length, 0.0, 0.4 * thick
            )
        )
        x = s * 0.32 * length
        arch: list[Point] = [(x, y * wide, z * length) for y, z in ((-0.4, 0.0), (-0.4, 0.09), (0.4, 0.09), (0.4, 0.0))]
        rods.append(tube(arch, 0.006 * length, 8))
    angle = 0.85 * tilt * math.degrees(math.asin(min(2 * (h - thick) / length, 1.0)))

    def turned(solid: Solid) -> Solid:
        return solid.turned(angle, "y").moved(z=h)

    board = box(length, wide, thick).moved(z=-thick / 2)
    parts = (
        Part(joined([*plates, *base]), "wood", stand),
        Part(axle, "steel"),
        Part(turned(board), "wood", WOOD, rotor=True),
        Part(turned(joined(seats)), "wood", colour, rotor=True),
        Part(turned(joined(rods)), "steel", (0.1, 0.1, 0.1), rotor=True),
    )
    up = 0.4 * thick + 0.02 * length
    ends = {}
    for name, s in (("left", -1), ("right", 1)):
        x = s * 0.43 * length
        c, n = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        ends[name] = Anchor((x * c + up * n, 0.0, h - x * n + up * c), reach=0.4 * wide)
    top = Anchor((0.0, 0.0, h + thick / 2), reach=0.4 * wide)
    return Form(parts, {"axle": Anchor((0.0, 0.0, h), (0.0, 1.0, 0.0)), "top": top, **ends})


@entry(
    "a slide with a ladder, down towards +x",
    names=("playground slide", "children's slide", "kids slide", "garden slide"),
    size=(0.8, 8.0),
    moves="fixed",
    shape="MESH",
)
def slide(
    length: Annotated[float, metres(0.8, 6.0, "of the way down")] = 2.8,
    height: Annotated[float, share(0.3, 0.75, "of its upper end, over the length")] = 0.55,
    width: Annotated[float, share(0.12, 0.3, "over the length")] = 0.18,
    colour: Colour = RED,
    frame: Colour = BLUE,
) -> Form:
    """A trough with raised sides that runs out level, from a deck with rails that a ladder leads up to."""
    high, wide, deck = height * length, width * length, 0.16 * length
    thick, lip, wall = 0.012 * length, 0.01, 0.05 * length
    start, end = -length / 2 + deck / 2, length / 2 + deck / 2
    t = np.linspace(0.0, 1.0, 21)
    fall = 1.0 - np.where(t < 0.08, 0.0, np.where(t > 0.85, 1.0, (t - 0.08) / 0.77))
    smooth = np.convolve(np.pad(fall, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    rings = []
    for x, f in zip((start + (end - start) * t).tolist(), smooth.tolist(), strict=True):
        z, w = lip + thick + f * (high - lip - thick), wide / 2
        rings.append(
            [
                (x, -w, z - thick),
                (x, w, z - thick),
                (x, w, z + wall),
                (x, w - thick, z + wall),
                (x, w - thick, z),
                (x, thick - w, z),
                (x, thick - w, z + wall),
                (x, -w, z + wall),
            ]
        )
    trough = loft(rings)
    bar, left = 0.008 * length, start - deck
    plate = box(deck + 0.01 * length, wide, 1.5 * thick).moved(start - deck / 2, 0.0, high - 1.5 * thick)
    foot, rail = left - 0.12 * length, 0.16 * length
    iron: list[Solid] = []
    for s in BOTH:
        y = s * (wide / 2 - bar)
        arch: list[Point] = [
            (foot, y, 0.0),
            (left, y, high + rail),
            (start, y, high + rail),
            (start + 0.04 * length, y, high + 0.4 * wall),
        ]
        iron += [tube(arch, bar, 8), tube([(start - bar, y, 0.0), (start - bar, y, high)], bar, 8)]
        mid = 0.8
        z = float(np.interp(0.5, t, smooth)) * high
        iron.append(tube([((start + end) / 2, y, 0.0), ((start + end) / 2, y, mid * z)], bar, 8))
        iron.append(tube([((start + end) / 2, y, mid * z - bar), ((start + end) / 2, y, z)], bar, 8))
    n = max(round(high / 0.24), 3)
    for i in range(1, n):
        z = i * high / n
        x = foot + (left - foot) * z / (high + rail)
        iron.append(tube([(x, bar - wide / 2, z), (x, wide / 2 - bar, z)], bar, 8))
    steel = joined(iron)
    steel = steel.shaped(lambda v: np.stack([v[:, 0], v[:, 1], np.maximum(v[:, 2], 0.0)], axis=1))
    middle = (foot + end) / 2
    parts = (
        Part(trough.moved(x=-middle), "plastic", colour),
        Part(joined([plate.moved(x=-middle)]), "wood", WOOD),
        Part(steel.moved(x=-middle), "steel", frame, share=0.2),
    )
    top = Anchor((start + 0.05 * length - middle, 0.0, high), reach=0.4 * wide)
    return Form(
        parts,
        {
            "top": top,
            "foot": Anchor((end - middle, 0.0, 0.0), (1.0, 0.0, 0.0)),
            "deck": Anchor((start - deck / 2 - middle, 0.0, high), reach=0.4 * min(deck, wide)),
        },
    )


def _little_horse() -> Solid:
    """A horse in a gallop 1 high, of few faces, whose middle is over the origin, looking to -y."""
    trunk: list[Point] = [(0, 0.34, 0.62), (0, 0.1, 0.58), (0, -0.2, 0.6), (0, -0.36, 0.76), (0, -0.44, 0.92)]
    made = [spindle(trunk, [(0.11, 0.13), (0.13, 0.14), (0.12, 0.14), (0.08, 0.1), (0.06, 0.07)], 8, 2)]
    made.append(
        spindle([(0, -0.4, 0.96), (0, -0.52, 0.9), (0, -0.66, 0.82)], [(0.06, 0.07), (0.06, 0.06), (0.04, 0.04)], 8, 2)
    )
    made += [cone(0.025, 0.08, 6).moved(s * 0.035, -0.4, 1.0) for s in BOTH]
    for s in BOTH:
        made.append(
            tube([(s * 0.07, -0.24, 0.55), (s * 0.07, -0.45, 0.42), (s * 0.07, -0.36, 0.22)], [0.06, 0.035, 0.03], 6)
        )
        made.append(
            tube([(s * 0.07, 0.28, 0.58), (s * 0.08, 0.38, 0.32), (s * 0.08, 0.54, 0.14)], [0.08, 0.035, 0.03], 6)
        )
    made.append(
        spindle([(0, 0.42, 0.68), (0, 0.58, 0.62), (0, 0.66, 0.4)], [(0.03, 0.03), (0.05, 0.05), (0.02, 0.02)], 6, 2)
    )
    return joined(made)


@entry(
    "a merry-go-round with horses under a pointed roof",
    names=("merry-go-round", "carousel", "roundabout", "carrousel"),
    size=(1.0, 14.0),
    moves="fixed",
    shape="MESH",
)
def merry_go_round(
    radius: Annotated[float, metres(0.5, 5.0)] = 2.2,
    horses: Annotated[int, count(2, 10)] = 6,
    roof: bool = True,
    colour: Colour = RED,
    second: Colour = (0.85, 0.78, 0.6),
) -> Form:
    """A fixed foot and mast; what turns is a round floor with horses on poles under a roof of wedges in two colours."""
    foot, floor, high = 0.06 * radius, 0.06 * radius, 1.15 * radius
    base = lathe([(0.9 * radius, 0.0), (0.9 * radius, foot)], 40)
    mast = cylinder(0.1 * radius, (high if roof else 0.9 * radius) - foot, 16).moved(z=foot)
    up = foot + floor
    plate = lathe([(radius, foot), (radius, up), (0.0, up)], 40)
    poles: list[Solid] = []
    figures: tuple[list[Solid], list[Solid]] = ([], [])
    places = {}
    size = min(0.62, 3.0 / horses) * radius
    beast = _little_horse().scaled(size)
    for i in range(horses):
        a = 360 * i / horses
        rise = (0.05 + 0.12 * (i % 2)) * radius
        x, y = 0.72 * radius * math.cos(math.radians(a)), 0.72 * radius * math.sin(math.radians(a))
        poles.append(cylinder(0.016 * radius, (high if roof else 0.95 * radius) - up, 8).moved(x, y, up))
        figures[i % 2].append(beast.turned(a + 180).moved(x, y, up + rise))
        places[f"seat {i + 1}"] = Anchor((x, y, up + rise + 0.72 * size), reach=0.1 * radius)
    cloth: tuple[list[Solid], list[Solid]] = ([], [])
    if roof:
        n = 16
        for i in range(n):
            a, b = (2 * math.pi * k / n for k in (i, i + 1))
            eave, tip = high - 0.02 * radius, high + 0.5 * radius
            rim = [(1.06 * radius * math.cos(t), 1.06 * radius * math.sin(t)) for t in (a, b)]
            (x0, y0), (x1, y1) = rim
            low = [
                (x0, y0, eave - 0.1 * radius),
                (x1, y1, eave - 0.1 * radius),
                (0.9 * x1, 0.9 * y1, eave),
                (0.0, 0.0, eave),
            ]
            cloth[i % 2].append(
                Solid(
                    np.array([(0.0, 0.0, eave), low[0], low[1], (x0, y0, eave), (x1, y1, eave), (0.0, 0.0, tip)]),
                    ((0, 2, 1), (1, 2, 4, 3), (3, 4, 5), (0, 1, 3, 5), (0, 5, 4, 2)),
                )
            )
        poles.append(ball(0.06 * radius, 12).moved(z=high + 0.52 * radius))
    else:
        poles += [ring(0.72 * radius, 0.014 * radius, 40, 6).moved(z=0.95 * radius)]
    first, other = ([*figures[0], *cloth[0], plate], [*figures[1], *cloth[1]])
    parts = (
        Part(base, "steel", (0.1, 0.1, 0.12), share=0.1),
        Part(mast, "wood", second),
        Part(joined(first), "wood", colour, rotor=True),
        Part(joined(other), "wood", second, rotor=True),
        Part(joined(poles), "brass", rotor=True),
    )
    return Form(
        parts, {"axle": Anchor((0.0, 0.0, up)), "top": Anchor((0.0, -0.4 * radius, up), reach=0.2 * radius), **places}
    )


@entry(
    "a sandpit: sand in a low frame",
    names=("sandbox", "sand pit", "sand box", "play sand"),
    size=(0.6, 4.0),
    moves="fixed",
    shape="MESH",
)
def sandpit(
    width: Annotated[float, metres(0.6, 4.0)] = 1.8,
    depth: Annotated[float, metres(0.6, 4.0)] = 1.8,
    height: Annotated[float, metres(0.12, 0.4)] = 0.24,
    filled: Annotated[float, share(0.1, 0.9, "how high the sand is, of the frame")] = 0.6,
    colour: Colour = WOOD,
) -> Form:
    """Four planks with boards to sit on at the corners, and sand between."""
    thick, seat = 0.05, 0.28 * min(width, depth)
    walls = [box(width, thick, height).moved(0.0, s * (depth - thick) / 2) for s in BOTH]
    walls += [box(thick, depth - thick, height).moved(s * (width - thick) / 2) for s in BOTH]
    board = profiled([(0.0, 0.0), (seat, 0.0), (0.0, seat)], 0.025, "y").turned(90, "x")
    for i, (x, y) in enumerate(((-1, 1), (-1, -1), (1, -1), (1, 1))):
        walls.append(board.turned(90 * i).moved(x * width / 2, y * depth / 2, height + 0.012))
    sand = box(width - thick, depth - thick, filled * height)
    return Form(
        (Part(joined(walls), "wood", colour), Part(sand, "sand")),
        {"inside": Anchor((0.0, 0.0, filled * height), reach=0.3 * min(width, depth))},
    )
