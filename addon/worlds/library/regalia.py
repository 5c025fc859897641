"""Swords, shields, crowns and the anchors of ships."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, ball, bars, box, cylinder, egg, hoop, joined, loft, profiled, ring, sectors, tube
from .berries import settled
from .trees import shade

GOLD = (0.62, 0.42, 0.13)
WOOD = (0.3, 0.17, 0.08)
BOTH = (-1, 1)


def _blade(long: float, wide: float, thick: float, bend: float) -> Solid:
    """A blade along x from the origin with an edge on either side, that bends to +y by a share of its length."""
    rings: list[list[Point]] = []
    for t in (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.86, 0.94, 1.0):
        w = wide / 2 * (1.0 - 0.25 * t) * (1.0 if t < 0.86 else max((1.0 - t) / 0.14, 0.04) ** 0.8)
        x, y, z = t * long, bend * long * t * t, thick / 2 * (1.0 - 0.4 * t)
        rings.append(
            [
                (x, y - w, 0.0),
                (x, y - 0.3 * w, -z),
                (x, y + 0.3 * w, -z),
                (x, y + w, 0.0),
                (x, y + 0.3 * w, z),
                (x, y - 0.3 * w, z),
            ]
        )
    return loft(rings)


@entry(
    "a sword that lies",
    names=("longsword", "broadsword", "sabre", "saber", "cutlass", "dagger", "katana", "wooden sword"),
    size=(0.15, 2.6),
    shape="COMPOUND",
)
def sword(
    length: Annotated[float, metres(0.15, 2.5)] = 1.0,
    width: Annotated[float, share(0.03, 0.12, "of its blade, over the length")] = 0.05,
    kind: Literal["straight", "curved"] = "straight",
    metal: Colour = (0.62, 0.63, 0.65),
    guard: Colour = GOLD,
    grip: Colour = (0.12, 0.04, 0.02),
) -> Form:
    """A blade with two edges that points to +x, a guard across, a wound grip and a knob."""
    k = length
    bend = 0.12 if kind == "curved" else 0.0
    long = 0.79 * k
    blade = _blade(long, width * k, 0.012 * k, bend)
    cross = 0.11 * k
    if kind == "curved":
        bow: list[Point] = [
            (0.01 * k, 0.06 * k, 0.0),
            (-0.03 * k, -0.06 * k, 0.0),
            (-0.12 * k, -0.065 * k, 0.0),
            (-0.18 * k, -0.01 * k, 0.0),
        ]
        ward = [*bars(bow, 0.009 * k, 8), box(0.02 * k, 0.12 * k, 0.022 * k).moved(0.0, 0.0, -0.011 * k)]
    else:
        ward = [
            box(0.026 * k, 2 * cross, 0.024 * k).moved(z=-0.012 * k),
            *(ball(0.019 * k, 12).moved(0.0, s * cross) for s in BOTH),
        ]
    hold = tube(
        [(-0.19 * k + 0.012 * k * i, 0.0, 0.0) for i in range(17)],
        [(0.0145 if i % 2 else 0.0125) * k for i in range(17)],
        12,
    )
    knob = ball(0.024 * k, 14).moved(-0.19 * k)
    fuller = box(0.55 * long, 0.22 * width * k, 0.0125 * k).moved(0.3 * long, 0.0, -0.00625 * k)
    parts = [Part(blade, "steel", metal), Part(joined([*ward, knob]), "brass", guard), Part(hold, "leather", grip)]
    if kind == "straight":
        parts.append(Part(fuller, "steel", shade(metal, 0.6)))
    form = settled(parts, {"handle": Anchor((-0.1 * k, 0.0, 0.0), reach=0.05 * k)})
    off = np.array(form.anchors["handle"].at) - np.array([-0.1 * k, 0.0, 0.0])
    straight = [tube([(-0.19 * k, 0.0, 0.0), (0.0, 0.0, 0.0)], 0.014 * k, 8), knob, *ward]
    pieces = (
        [_blade(long, width * k, 0.012 * k, 0.0)]
        if bend == 0.0
        else [
            box(0.36 * long, 0.7 * width * k, 0.01 * k).moved(
                (0.15 + 0.32 * i) * long, bend * long * (0.15 + 0.32 * i) ** 2, -0.005 * k
            )
            for i in range(3)
        ]
    )
    return Form(form.parts, form.anchors, tuple(s.moved(*(float(c) for c in off)) for s in (*straight, *pieces)))


@entry(
    "a shield that lies with its front up",
    names=("knight's shield", "round shield", "buckler", "coat of arms"),
    size=(0.2, 1.6),
)
def shield(
    height: Annotated[float, metres(0.2, 1.5)] = 0.8,
    kind: Literal["pointed", "round"] = "pointed",
    cross: bool = True,
    colour: Colour = (0.06, 0.12, 0.45),
    sign: Colour = (0.75, 0.7, 0.55),
    rim: Colour = (0.5, 0.5, 0.52),
) -> Form:
    """A bent board with a metal rim and studs and a boss, on it a cross or a disc; a strap behind."""
    h, thick = height, 0.025 * height
    if kind == "round":
        outline = [(0.5 * h * math.cos(a), 0.5 * h * math.sin(a)) for a in (2 * math.pi * i / 48 for i in range(48))]
    else:
        t = np.linspace(0.0, 1.0, 13)
        right = [
            (0.4 * h * float(np.cos(math.pi / 2 * max(s - 0.25, 0.0) / 0.75)) ** 0.75, (0.5 - s) * h)
            for s in t.tolist()
        ]
        outline = [(-x, y) for x, y in right[:-1]] + [(0.0, -0.5 * h)] + right[-2::-1]

    def domed(v: FloatArray) -> FloatArray:
        out = v.copy()
        far = (v[:, 0] ** 2 + (v[:, 1] ** 2 if kind == "round" else 0.0)) / h**2
        out[:, 2] += 0.45 * h * (0.25 - far) * 0.8
        return out

    rings: list[list[Point]] = [
        [(f * x, f * y, z) for x, y in outline]
        for f, z in (
            (0.0001, 0.0),
            (0.35, 0.0),
            (0.7, 0.0),
            (1.0, 0.0),
            (1.0, thick),
            (0.7, thick),
            (0.35, thick),
            (0.0001, thick),
        )
    ]
    board = loft(rings).shaped(domed)
    edge = tube([(x, y, thick / 2) for x, y in outline], 0.9 * thick, 8, closed=True).shaped(domed)

    def flat(width: float, depth: float, n: int, m: int, lift: float) -> Solid:
        """A strip that follows the front of the board."""
        xs, ys = np.linspace(-width / 2, width / 2, n), np.linspace(-depth / 2, depth / 2, m)
        if n > m:
            made = loft(
                [
                    [
                        (float(x), -depth / 2, 0.0),
                        (float(x), depth / 2, 0.0),
                        (float(x), depth / 2, lift),
                        (float(x), -depth / 2, lift),
                    ]
                    for x in xs
                ]
            )
        else:
            made = loft(
                [
                    [
                        (width / 2, float(y), 0.0),
                        (-width / 2, float(y), 0.0),
                        (-width / 2, float(y), lift),
                        (width / 2, float(y), lift),
                    ]
                    for y in ys
                ]
            )
        return made.moved(z=0.6 * thick)

    marks: list[Solid] = []
    if cross:
        wide = 0.77 * h if kind == "pointed" else 0.94 * h
        marks.append(flat(wide, 0.1 * h, 17, 2, 0.62 * thick).moved(y=0.12 * h if kind == "pointed" else 0.0))
        marks.append(flat(0.1 * h, 0.92 * h, 2, 17, 0.6 * thick))
    else:
        marks.append(
            hoop(
                [(0.17 * h, 0.6 * thick), (0.25 * h, 0.6 * thick), (0.25 * h, 1.2 * thick), (0.17 * h, 1.2 * thick)], 32
            )
        )
    mark = joined([m.shaped(domed) for m in marks])
    boss_at = 0.12 * h if cross and kind == "pointed" else 0.0
    boss = egg(0.16 * h, 0.16 * h, 0.09 * h, 20).moved(0.0, boss_at, thick + 0.088 * h)
    studs = [
        egg(0.022 * h, 0.022 * h, 0.02 * h, 8).moved(0.93 * x, 0.93 * y, thick).shaped(domed) for x, y in outline[::4]
    ]
    strap = tube(
        [(-0.12 * h, 0.0, 0.07 * h), (-0.08 * h, 0.0, 0.03 * h), (0.08 * h, 0.0, 0.03 * h), (0.12 * h, 0.0, 0.07 * h)],
        0.012 * h,
        8,
    )
    parts = (
        Part(board, "wood", colour),
        Part(joined([edge, boss, *studs]), "steel", rim, share=0.5),
        Part(mark, "wood", sign),
        Part(strap.moved(z=0.02 * h), "leather"),
    )
    return settled(
        parts,
        {"handle": Anchor((0.0, 0.0, 0.04 * h), (0.0, 0.0, -1.0)), "top": Anchor((0.0, boss_at, thick + 0.13 * h))},
    )


@entry(
    "a crown with points and gems",
    names=("king's crown", "golden crown", "tiara", "diadem"),
    size=(0.045, 1.1),
    shape="COMPOUND",
)
def crown(
    width: Annotated[float, metres(0.05, 0.9)] = 0.19,
    height: Annotated[float, share(0.35, 0.9, "over its width")] = 0.6,
    points: Annotated[int, count(4, 12)] = 6,
    colour: Colour = GOLD,
    gem: Colour = (0.6, 0.02, 0.05),
    cap: Colour = (0.25, 0.02, 0.06),
) -> Form:
    """A band that widens upward to points with balls, gems around it, and a cap of cloth inside."""
    r, h = 0.43 * width, height * width
    thick, low = 0.035 * r + 0.0006, 0.42 * h
    n = 8 * points

    def shape(v: FloatArray) -> FloatArray:
        a = np.arctan2(v[:, 1], v[:, 0]) * points / (2 * math.pi)
        zig = 1.0 - 2.0 * np.abs(a - np.round(a))
        t = v[:, 2] / low
        z = np.where(t > 0.99, low + (0.93 * h - low) * zig**1.3, v[:, 2])
        grow = 1.0 + 0.13 * z / h
        return np.stack([v[:, 0] * grow, v[:, 1] * grow, z], axis=1)

    band = hoop([(r, 0.0), (r, low), (r - thick, low), (r - thick, 0.0)], n).shaped(shape)
    edge = [ring(r, 1.3 * thick, 48, 8).moved(z=z) for z in (1.3 * thick, 0.3 * h)]
    balls, gems = [], []
    for i in range(points):
        a = 360 * i / points
        balls.append(ball(0.045 * h + 0.03 * r, 10).moved(1.11 * r, 0.0, 0.955 * h).turned(a))
        gems.append(egg(0.05 * h, 0.14 * r, 0.16 * h, 10).moved(1.015 * r, 0.0, 0.16 * h).turned(a))
        gems.append(egg(0.05 * h, 0.08 * r, 0.08 * h, 8).moved(1.015 * r, 0.0, 0.16 * h).turned(a + 180 / points))
    cloth = egg(2 * (r - 0.5 * thick), 2 * (r - 0.5 * thick), 1.0 * h, 24)
    cloth = cloth.shaped(lambda v: np.stack([v[:, 0], v[:, 1], np.maximum(v[:, 2], 0.0)], axis=1)).moved(z=0.12 * h)
    parts = (
        Part(joined([band, *edge, *balls]), "brass", colour),
        Part(joined(gems), "glass", gem),
        Part(cloth, "cloth", cap, share=0.05),
    )
    half = [(r + thick, 0.0), (1.08 * r, 0.65 * h)]
    hulls = sectors(half, [(r - 2 * thick, 0.0), (1.04 * r - 2 * thick, 0.65 * h)], 12)
    top = Anchor((0.0, 0.0, 0.62 * h), reach=0.4 * r)
    return Form(parts, {"top": top, "mouth": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0), 0.9 * r)}, hulls)


@entry(
    "an anchor of a ship, that lies",
    names=("ship anchor", "ship's anchor", "boat anchor", "iron anchor"),
    size=(0.14, 3.3),
    shape="COMPOUND",
)
def anchor(
    length: Annotated[float, metres(0.15, 3.0)] = 1.0,
    width: Annotated[float, share(0.5, 0.9, "over its length")] = 0.72,
    thick: Annotated[float, share(0.03, 0.07, "over its length")] = 0.045,
    colour: Colour = (0.06, 0.065, 0.075),
) -> Form:
    """A shank with a ring and a stock across its upper end, and two bent arms with pointed palms at its foot."""
    k, r = length, 0.5 * thick * length
    half = width * length / 2
    shank = tube([(0.0, 0.36 * k, 0.0), (0.0, -0.44 * k, 0.0)], [r, 1.25 * r], 12)
    stock = tube([(-0.62 * half, 0.25 * k, 0.0), (0.62 * half, 0.25 * k, 0.0)], 0.8 * r, 10)
    ends = [ball(1.3 * r, 12).moved(s * 0.62 * half, 0.25 * k) for s in BOTH]
    loop = ring(0.075 * k, 0.6 * r, 28, 8).moved(y=0.43 * k)
    rise = 0.3 * k
    angles = np.linspace(-math.pi / 2, -0.12, 7).tolist()
    arc: list[Point] = [(half * math.cos(a), -0.44 * k + rise + rise * math.sin(a), 0.0) for a in angles]
    palm = profiled([(-0.065 * k, 0.0), (0.065 * k, 0.0), (0.0, 0.17 * k)], 0.7 * r, "y").turned(-90, "x")
    arms, flukes = [], []
    for s in BOTH:
        line: list[Point] = [(s * x, y, z) for x, y, z in arc]
        arms.append(tube(line, np.linspace(1.25 * r, 0.75 * r, 7).tolist(), 10))
        x, y, _ = line[-1]
        flukes.append(palm.turned(s * 18).moved(0.96 * x, y - 0.03 * k))
    crown_ = ball(1.6 * r, 12).moved(y=-0.44 * k)
    iron = joined([shank, stock, *ends, loop, *arms, *flukes, crown_])
    form = settled(
        [Part(iron, "steel", colour)], {"handle": Anchor((0.0, 0.43 * k, 0.0), (0.0, 1.0, 0.0), reach=0.06 * k)}
    )
    off = [float(a - b) for a, b in zip(form.anchors["handle"].at, (0.0, 0.43 * k, 0.0), strict=True)]
    bent = [b for s in BOTH for b in bars([(s * x, y, z) for x, y, z in arc[::2]], r, 8)]
    hulls = (shank, stock, *bent, *flukes, cylinder(0.075 * k, 0.8 * r, 16).moved(0.0, 0.43 * k, -0.4 * r))
    return Form(form.parts, form.anchors, tuple(s.moved(*off) for s in hulls))
