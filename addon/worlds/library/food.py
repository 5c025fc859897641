"""What is baked, cooked and sweet."""

from __future__ import annotations

import math
from random import Random
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..noise import noise
from ..solids import (
    Point,
    Solid,
    ball,
    curve,
    cylinder,
    egg,
    extruded,
    hoop,
    joined,
    lathe,
    loft,
    ring,
    tube,
)


@entry("a loaf of bread", names=("loaf", "bread loaf", "loaf of bread"), size=(0.1, 1.0))
def bread(
    length: Annotated[float, metres(0.12, 0.9)] = 0.28,
    width: Annotated[float, share(0.12, 0.6, "of its length")] = 0.45,
    kind: Literal["loaf", "tin", "round"] = "loaf",
    cuts: Annotated[int, count(1, 6, "on its crust")] = 3,
    colour: Colour = (0.42, 0.2, 0.06),
) -> Form:
    """A loaf with a flat bottom and a round crust, with pale cuts across it."""
    deep = length if kind == "round" else width * length
    high = 0.42 * length if kind == "round" else 0.72 * deep if kind == "loaf" else 1.05 * deep
    body = _tin_loaf(length, deep, high) if kind == "tin" else _flat_egg(length, deep, high)
    slant = 35.0 if kind == "loaf" else 90.0
    slits = []
    for i in range(cuts):
        x = ((i + 0.5) / cuts - 0.5) * 0.7 * length
        top = high * (1.0 if kind == "tin" else math.sqrt(max(1 - (2 * x / length) ** 2, 0.1)))
        span = 0.5 * deep if kind != "round" else 0.6 * math.sqrt(1 - (1.6 * x / length) ** 2) * deep
        slits.append(
            egg(span, 0.22 * min(deep, 0.7 * length / cuts), 0.06 * high, 16).turned(slant).moved(x, 0.0, 0.985 * top)
        )
    return Form((Part(body, "bread", colour), Part(joined(slits), "bread", (0.75, 0.55, 0.3))))


def _flat_egg(length: float, depth: float, height: float) -> Solid:
    """The upper part of an ellipsoid, flat below."""

    def flat(v: FloatArray) -> FloatArray:
        up = np.where(v[:, 2] > 0, v[:, 2], 0.22 * v[:, 2])
        return np.stack([v[:, 0], v[:, 1], np.maximum(up, -0.18)], axis=1)

    body = ball(1.0, 32).shaped(flat)
    return body.moved(z=0.18).scaled(length / 2, depth / 2, height / 1.18)


def _tin_loaf(length: float, depth: float, height: float) -> Solid:
    """A loaf as it comes from a tin: upright sides and a top that swells over them."""
    half = depth / 2
    outline = [
        (-0.42, 0.0),
        (0.42, 0.0),
        (0.45, 0.55),
        (0.5, 0.68),
        (0.47, 0.85),
        (0.3, 0.97),
        (0.0, 1.0),
        (-0.3, 0.97),
        (-0.47, 0.85),
        (-0.5, 0.68),
        (-0.45, 0.55),
    ]
    rings: list[list[Point]] = []
    for x, small in ((-1.0, 0.86), (-0.96, 0.95), (-0.85, 1.0), (0.85, 1.0), (0.96, 0.95), (1.0, 0.86)):
        rings.append([(x * length / 2, 2 * y * half * small, z * height * (1 - 0.8 * (1 - small))) for y, z in outline])
    return loft(rings)


@entry(
    "a round cake with icing, and candles if it is someone's birthday",
    names=("birthday cake", "wedding cake", "torte"),
    size=(0.12, 1.2),
)
def cake(
    width: Annotated[float, metres(0.12, 0.8)] = 0.26,
    tiers: Annotated[int, count(1, 3)] = 1,
    candles: Annotated[int, count(0, 12)] = 5,
    colour: Colour = (0.85, 0.45, 0.55),
    cherries: bool = True,
) -> Form:
    """Layers of cake under icing that runs down their sides, tier on tier, with cherries and burning candles."""
    parts: list[Part] = []
    z = 0.0
    for i in range(tiers):
        r, h = width / 2 * (1 - 0.28 * i), 0.3 * width * (1 - 0.12 * i)
        parts.append(Part(cylinder(r, 0.96 * h, 40).moved(z=z), "bread", (0.6, 0.38, 0.16)))
        parts.append(
            Part(
                hoop(
                    [
                        (0.9 * r, z + 0.35 * h),
                        (1.01 * r, z + 0.35 * h),
                        (1.01 * r, z + 0.45 * h),
                        (0.9 * r, z + 0.45 * h),
                    ],
                    40,
                ),
                "wax",
                (0.95, 0.9, 0.8),
            )
        )
        parts.append(Part(_icing(r, h).moved(z=z), "wax", colour))
        z += h
    r = width / 2 * (1 - 0.28 * (tiers - 1))
    if cherries:
        around = [2 * math.pi * i / 8 for i in range(8)]
        red = joined(
            ball(0.11 * r, 12).moved(0.82 * r * math.cos(a), 0.82 * r * math.sin(a), z + 0.09 * r) for a in around
        )
        parts.append(Part(red, "fruit", (0.5, 0.01, 0.02)))
    if candles:
        parts += _candles(candles, 0.0 if candles == 1 else 0.5 * r, z, 0.22 * width)
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, z), reach=0.7 * r)})


def _icing(r: float, h: float) -> Solid:
    """A lid of icing over a cake, with tongues that run down its side."""
    n = 48
    line = [
        (0.98 * r, 0.5 * h),
        (1.03 * r, 0.55 * h),
        (1.04 * r, 0.75 * h),
        (1.02 * r, 0.97 * h),
        (0.96 * r, 1.01 * h),
        (0.0, 1.01 * h),
    ]

    def run(v: FloatArray) -> FloatArray:
        angle = np.arctan2(v[:, 1], v[:, 0])
        down = (0.5 + 0.5 * np.cos(9 * angle)) * (0.6 + 0.4 * np.cos(2 * angle + 1))
        low = np.clip((0.8 * h - v[:, 2]) / (0.3 * h), 0.0, 1.0)
        return np.asarray(v + np.stack([0 * down, 0 * down, (0.22 - 0.4 * down) * h * low], axis=1))

    return lathe(line, n).shaped(run)


def _candles(many: int, radius: float, z: float, height: float) -> list[Part]:
    """Candles in a circle with flames."""
    places = [
        (radius * math.cos(a), radius * math.sin(a))
        for a in (2 * math.pi * i / many - math.pi / 2 for i in range(many))
    ]
    sticks = joined(cylinder(0.06 * height, height + 0.02, 10).moved(x, y, z - 0.02) for x, y in places)
    flame = lathe([(0.0, 0.0), (0.07 * height, 0.1 * height), (0.0, 0.32 * height)], 10).moved(z=z + height - 0.002)
    flames = joined(flame.moved(x, y) for x, y in places)
    return [Part(sticks, "wax", (0.3, 0.5, 0.8)), Part(flames, "wax", (1.0, 0.6, 0.15), glow=8.0, share=0.01)]


@entry("a piece of cheese with holes", names=("swiss cheese", "cheese wedge", "piece of cheese"), size=(0.055, 0.95))
def cheese(
    length: Annotated[float, metres(0.06, 0.7)] = 0.16,
    angle: Annotated[float, degrees(20.0, 80.0, "of the wedge")] = 45.0,
    height: Annotated[float, share(0.2, 0.7, "of its length")] = 0.42,
    holes: Annotated[int, count(2, 24)] = 12,
    colour: Colour = (0.85, 0.6, 0.1),
    seed: Seed = 0,
) -> Form:
    """A wedge cut from a wheel, its point to the left, with round hollows that show dark on its cut sides."""
    h, half = height * length, math.radians(angle) / 2
    arc = [(length * math.cos(a), length * math.sin(a)) for a in np.linspace(-half, half, 13).tolist()]
    body = extruded([(0.0, 0.0), *arc], h)
    rng, found, x = Random(seed), [], -length / 2
    for i in range(holes):
        size, along, up = rng.uniform(0.05, 0.13) * length, rng.uniform(0.3, 0.9) * length, rng.uniform(0.2, 0.8) * h
        size = min(size, 0.3 * h)
        hole = egg(size, 0.02 * size, size, 16)
        side = (-1, 1, 0)[i % 3]
        if side:
            found.append(hole.moved(along, 0.0, up).turned(side * math.degrees(half)))
        else:
            y = rng.uniform(-0.6, 0.6) * along * math.tan(half) * 0.7
            found.append(hole.turned(90, "x").moved(along * math.cos(half), y, h))
    pits = joined(found).moved(x=x)
    dark = (0.62 * colour[0], 0.5 * colour[1], 0.4 * colour[2])
    return Form((Part(body.moved(x=x), "wax", colour), Part(pits, "wax", dark)))


@entry("an egg of a hen", names=("eggs", "chicken egg", "easter egg"), size=(0.02, 0.45))
def egg_(
    size: Annotated[float, metres(0.02, 0.4, "its length")] = 0.058,
    plumpness: Annotated[float, share(0.62, 0.85, "how wide it is, of its length")] = 0.75,
    pose: Literal["lying", "standing"] = "lying",
    colour: Colour = (0.8, 0.6, 0.42),
) -> Form:
    """An oval with one end more pointed than the other."""
    r = plumpness * size / 2
    turns = [math.pi * i / 18 for i in range(19)]
    line = [(r * math.sin(a) * (1 + 0.12 * math.cos(a)), size / 2 * (1 - math.cos(a))) for a in turns]
    line = [(0.0, 0.0), *line[1:-1], (0.0, size)]
    body = lathe(line, 28)
    return Form((Part((body if pose == "standing" else body.turned(90, "y")).standing(), "china", colour, share=0.47),))


@entry(
    "an ice cream cone with one scoop or more",
    names=("ice cream", "ice-cream cone", "icecream", "ice-cream"),
    size=(0.1, 1.15),
)
def ice_cream_cone(
    size: Annotated[float, metres(0.08, 0.5, "the length of the cone")] = 0.13,
    scoops: Annotated[int, count(1, 3)] = 1,
    cherry: bool = False,
    colour: Colour = (0.85, 0.4, 0.5),
    seed: Seed = 0,
) -> Form:
    """A waffle cone with a blunt tip, and uneven scoops in several shades, one on the other."""
    r = 0.24 * size
    n, levels = 48, 20
    line = [(r * (0.18 + 0.82 * f), f * size) for f in (i / levels for i in range(1, levels + 1))]

    def waffle(v: FloatArray) -> FloatArray:
        around = np.round(np.arctan2(v[:, 1], v[:, 0]) / (2 * np.pi) * n).astype(int)
        level = np.round(v[:, 2] / size * levels).astype(int)
        ridge = np.where(((around + level) % 4 == 0) | ((around - level) % 4 == 0), 1.06, 0.97)
        return np.asarray(v * np.stack([ridge, ridge, np.ones(len(v))], axis=1))

    cone_ = lathe([(0.12 * r, 0.0), (0.2 * r, 0.01 * size), *line], n)
    parts = [Part(cone_.shaped(waffle), "bread", (0.6, 0.36, 0.13))]
    z, top = size + 0.35 * r, 0.0
    for i in range(scoops):
        f, s = (1.0, 0.35, 0.7)[i], 1.22 * r * (1 - 0.08 * i)
        mixed = (1 - f) * np.array([0.9, 0.82, 0.6]) + f * np.array(colour)
        skirt = ring(0.86 * s, 0.2 * s, 28, 8).scaled(1, 1, 0.7).moved(z=-0.38 * s)
        scoop = joined([ball(s, 24), skirt])
        scoop = scoop.shaped(lambda v, s=s, i=i: v * (1 + 0.07 * noise(v, 0.5 * s, seed + i))[:, None])  # type: ignore[misc]
        shade = (float(mixed[0]), float(mixed[1]), float(mixed[2]))
        parts.append(Part(scoop.moved(z=z), "ice", shade))
        top, z = z + s, z + 1.35 * s
    if cherry:
        parts.append(Part(ball(0.34 * r, 14).moved(z=top + 0.2 * r), "fruit", (0.5, 0.01, 0.02)))
    return Form(tuple(parts))


@entry("a doughnut with icing and sprinkles", names=("donut", "donuts", "doughnuts"), size=(0.05, 0.65))
def doughnut(
    size: Annotated[float, metres(0.05, 0.6)] = 0.095,
    hole: Annotated[float, share(0.15, 0.45, "how wide its hole is, of its width")] = 0.28,
    sprinkles: Annotated[int, count(0, 60)] = 30,
    colour: Colour = (0.85, 0.35, 0.5),
    seed: Seed = 0,
) -> Form:
    """A ring of dough, its upper half under icing with a wavy edge, strewn with sprinkles of three colours."""
    thick = size * (1 - hole) / 4
    middle, rng = size / 2 - thick, Random(seed)
    dough = ring(middle, thick, 40, 16).scaled(1, 1, 0.85).moved(z=0.85 * thick)

    def wavy(v: FloatArray) -> FloatArray:
        angle = np.arctan2(v[:, 1], v[:, 0])
        edge = 0.12 * thick * (np.sin(7 * angle) + 0.6 * np.sin(4 * angle + 1))
        low = np.where(v[:, 2] < 0, np.maximum(v[:, 2] * 0.2, -0.1 * thick) + edge, v[:, 2])
        return np.stack([v[:, 0], v[:, 1], low], axis=1)

    icing = ring(middle, 1.05 * thick, 56, 20).scaled(1, 1, 0.85).shaped(wavy).moved(z=0.9 * thick)
    parts = [Part(dough, "bread", (0.5, 0.27, 0.09)), Part(icing, "wax", colour)]
    shades: tuple[Rgb, ...] = ((0.9, 0.85, 0.2), (0.1, 0.4, 0.8), (0.95, 0.95, 0.9))
    grain = tube([(-0.12 * thick, 0.0, 0.0), (0.12 * thick, 0.0, 0.0)], 0.05 * thick, 6)
    for k in range(min(len(shades), sprinkles)):
        strewn = []
        for _ in range(k, sprinkles, len(shades)):
            a, side = rng.uniform(0, 2 * math.pi), rng.uniform(-0.9, 0.9)
            out, up = middle + 1.05 * thick * math.sin(side), 0.9 * thick + 0.9 * thick * math.cos(side)
            strewn.append(grain.turned(rng.uniform(0, 180)).moved(out * math.cos(a), out * math.sin(a), up))
        parts.append(Part(joined(strewn), "wax", shades[k]))
    return Form(tuple(parts))


@entry("a hamburger: layers in a bun", names=("burger", "cheeseburger", "hamburgers"), size=(0.06, 0.65))
def hamburger(
    size: Annotated[float, metres(0.06, 0.55, "how wide it is")] = 0.11,
    patties: Annotated[int, count(1, 3)] = 1,
    cheese: bool = True,
    lettuce: bool = True,
    colour: Colour = (0.55, 0.28, 0.08),
) -> Form:
    """The two halves of a bun with lettuce, meat, cheese and tomato between, and sesame on top."""
    r = size / 2
    bread_parts = [lathe([(0.85 * r, 0.0), (0.97 * r, 0.08 * r), (0.97 * r, 0.22 * r), (0.9 * r, 0.3 * r)], 40)]
    parts: list[Part] = []
    z = 0.29 * r
    if lettuce:
        leaf = cylinder(0.97 * r, 0.05 * r, 64).shaped(_ruffled)
        parts.append(Part(leaf.moved(z=z), "leaf", (0.15, 0.45, 0.04)))
        z += 0.06 * r
    for _ in range(patties):
        meat = lathe([(0.9 * r, 0.0), (r, 0.08 * r), (r, 0.2 * r), (0.92 * r, 0.28 * r)], 40)
        parts.append(Part(meat.moved(z=z), "flesh", (0.13, 0.05, 0.02)))
        z += 0.27 * r
        if cheese:
            parts.append(Part(_slice(r).moved(z=z - 0.01 * r), "wax", (0.9, 0.55, 0.05)))
            z += 0.04 * r
    parts.append(Part(cylinder(0.93 * r, 0.1 * r, 40).moved(z=z - 0.01 * r), "fruit", (0.6, 0.04, 0.02)))
    z += 0.08 * r
    crown = curve([(0.92 * r, 0.0), (1.02 * r, 0.14 * r), (0.9 * r, 0.42 * r), (0.5 * r, 0.64 * r)], 3)
    bread_parts.append(lathe([*crown, (0.0, 0.7 * r)], 40).moved(z=z))
    rng, sesame = Random(7), []
    for i in range(26):
        a, f = 2.4 * i, 0.8 * r * math.sqrt((i + 0.5) / 26)
        up = (
            z + float(np.interp(-f, [-p[0] for p in crown] + [0.0], [p[1] for p in crown] + [0.7 * r]))
            if f < 0.9 * r
            else z
        )
        sesame.append(
            egg(0.08 * r, 0.05 * r, 0.03 * r, 8).turned(rng.uniform(0, 180)).moved(f * math.cos(a), f * math.sin(a), up)
        )
    parts = [Part(joined(bread_parts), "bread", colour), *parts, Part(joined(sesame), "bread", (0.85, 0.75, 0.5))]
    return Form(tuple(parts))


def _ruffled(v: FloatArray) -> FloatArray:
    """A disc whose rim goes in and out, and up and down."""
    angle, scale = np.arctan2(v[:, 1], v[:, 0]), float(np.abs(v).max())
    out = 1.0 + 0.06 * np.sin(13 * angle)
    return np.asarray(
        v * np.stack([out, out, np.ones(len(v))], axis=1)
        + np.stack([0 * out, 0 * out, 0.03 * scale * np.sin(9 * angle) - 0.02 * scale], axis=1)
    )


def _slice(r: float) -> Solid:
    """A square slice of cheese whose corners hang down."""
    n, half = 8, 0.82 * r

    def hang(v: FloatArray) -> FloatArray:
        out = np.maximum(np.hypot(v[:, 0], v[:, 1]) - r, 0.0)
        return np.asarray(v - np.stack([0.3 * v[:, 0] * out / r, 0.3 * v[:, 1] * out / r, 1.1 * out], axis=1))

    side = [(-half + 2 * half * i / n, -half) for i in range(n)]
    outline = [p for k in range(4) for p in ([(x, y), (-y, x), (-x, -y), (y, -x)][k] for x, y in side)]
    return extruded(outline, 0.05 * r).shaped(hang).turned(20)


@entry(
    "a pizza on its crust, whole or a piece of it", names=("pizzas", "slice of pizza", "pizza slice"), size=(0.07, 1.05)
)
def pizza(
    size: Annotated[float, metres(0.15, 1.0, "how wide the whole one is")] = 0.32,
    pieces: Annotated[int, count(1, 8, "of eight that are left")] = 8,
    salami: Annotated[int, count(1, 3, "slices on each piece")] = 2,
    colour: Colour = (0.85, 0.55, 0.12),
    seed: Seed = 0,
) -> Form:
    """Eighths of a flat round bread with a rim, under cheese, with slices of salami."""
    r, rng = size / 2, Random(seed)
    dough, melted, meat = [], [], []
    for i in range(pieces):
        start = math.pi * i / 4
        arc = [start + math.pi / 4 * k / 6 for k in range(7)]
        dough.append(
            extruded([(0.0, 0.0), *((0.97 * r * math.cos(a), 0.97 * r * math.sin(a)) for a in arc)], 0.045 * r)
        )
        rim: list[Point] = [(0.95 * r * math.cos(a), 0.95 * r * math.sin(a), 0.06 * r) for a in arc]
        dough.append(tube(rim, 0.058 * r, 10))
        inner = [start + math.pi / 4 * (0.03 + 0.94 * k / 6) for k in range(7)]
        tip = (0.03 * r * math.cos(start + math.pi / 8), 0.03 * r * math.sin(start + math.pi / 8))
        melted.append(extruded([tip, *((0.89 * r * math.cos(a), 0.89 * r * math.sin(a)) for a in inner)], 0.065 * r))
        for k in range(salami):
            a = start + math.pi / 4 * (0.5 if salami == 1 else (0.3, 0.7, 0.5)[k]) + rng.uniform(-0.04, 0.04)
            f = (0.68, 0.66, 0.36)[k] * r if salami != 2 else (0.72, 0.45)[k] * r
            meat.append(cylinder(0.1 * r, 0.08 * r, 16).moved(f * math.cos(a), f * math.sin(a)))
    middle = -(joined(dough).low + joined(dough).high) / 2
    x, y = float(middle[0]), float(middle[1])
    stuffs: list[tuple[list[Solid], str, Rgb]] = [
        (dough, "bread", (0.6, 0.36, 0.13)),
        (melted, "wax", colour),
        (meat, "flesh", (0.45, 0.05, 0.03)),
    ]
    return Form(tuple(Part(joined(solids).moved(x, y), stuff, shade) for solids, stuff, shade in stuffs))
