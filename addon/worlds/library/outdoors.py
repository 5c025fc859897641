"""What stands about outdoors: tin cans, rocking chairs, awnings, hammocks and market stalls."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import (
    Point,
    Solid,
    bars,
    box,
    egg,
    hoop,
    joined,
    lathe,
    loft,
    rounded,
    sheet,
    tube,
)

RED = (0.6, 0.04, 0.03)
WOOD = (0.36, 0.2, 0.09)
PALE = (0.85, 0.82, 0.74)
BOTH = (-1, 1)


@entry(
    "a tin can with something to drink or to eat",
    names=("soda can", "tin", "beer can", "drink can", "food can", "soup can"),
    size=(0.05, 0.61),
    shape="CYLINDER",
)
def tin_can(
    height: Annotated[float, metres(0.05, 0.6)] = 0.122,
    width: Annotated[float, share(0.35, 1.0, "over its height")] = 0.54,
    kind: Literal["drink", "food"] = "drink",
    colour: Colour = RED,
    band: Colour = PALE,
) -> Form:
    """A can that narrows to its ends with a tab on its lid, or one with ribs and a paper around it."""
    h, r = height, width * height / 2
    if kind == "drink":
        foot = [(0.72 * r, 0.012 * h), (0.78 * r, 0.0), (0.84 * r, 0.008 * h), (0.97 * r, 0.055 * h)]
        low = lathe([*foot, (r, 0.075 * h), (r, 0.08 * h)], 32)
        coat = lathe([(r, 0.08 * h), (r, 0.88 * h), (0.97 * r, 0.9 * h), (0.86 * r, 0.965 * h)], 32)
        rim = [(0.85 * r, 0.96 * h), (0.87 * r, 0.98 * h), (0.87 * r, h), (0.83 * r, h), (0.79 * r, 0.975 * h)]
        lid = lathe(rim, 32)
        tab = egg(0.5 * r, 0.8 * r, 0.012 * h, 16).moved(0.0, 0.12 * r, 0.982 * h)
        stripe = hoop([(0.99 * r, 0.4 * h), (1.003 * r, 0.4 * h), (1.003 * r, 0.62 * h), (0.99 * r, 0.62 * h)], 32)
        metal = [low, lid, tab]
    else:
        ribs = [(r * (0.965 if i % 2 else 0.985), h * (0.02 + 0.96 * i / 24)) for i in range(25)]
        wall = lathe(
            [
                (0.985 * r, 0.0),
                (r, 0.0),
                (r, 0.02 * h),
                *ribs,
                (r, 0.98 * h),
                (r, h),
                (0.93 * r, h),
                (0.92 * r, 0.97 * h),
            ],
            32,
        )
        coat = hoop([(0.9 * r, 0.1 * h), (0.992 * r, 0.1 * h), (0.992 * r, 0.9 * h), (0.9 * r, 0.9 * h)], 32)
        stripe = hoop([(0.9 * r, 0.34 * h), (0.997 * r, 0.34 * h), (0.997 * r, 0.7 * h), (0.9 * r, 0.7 * h)], 32)
        metal = [wall]
    parts = (
        Part(joined(metal), "steel", share=0.05),
        Part(coat, "plastic" if kind == "drink" else "paper", colour, share=0.9),
        Part(stripe, "paper", band),
    )
    return Form(parts, {"top": Anchor((0.0, 0.0, h), reach=0.8 * r)})


@entry(
    "a rocking chair on two curved runners",
    names=("rocker", "rocking armchair"),
    size=(0.55, 1.6),
    shape="COMPOUND",
)
def rocking_chair(
    width: Annotated[float, metres(0.4, 0.8)] = 0.56,
    height: Annotated[float, metres(0.6, 1.4)] = 1.05,
    bars_: Annotated[int, count(2, 7, "in its back")] = 5,
    colour: Colour = WOOD,
    cushion: Colour = (0.1, 0.2, 0.4),
) -> Form:
    """A seat with arms and a tall leaning back of bars, on four legs that stand on bent runners."""
    deep, up, bar = 0.46 * height, 0.4 * height, 0.02 * height
    half, big = 0.42 * height, 1.1 * height
    x = width / 2 - 1.2 * bar
    angles = np.linspace(-half / big, half / big, 9).tolist()
    runner: list[Point] = [(0.0, big * math.sin(a) + 0.06 * height, big * (1 - math.cos(a)) + bar) for a in angles]

    def under(y: float) -> float:
        return bar + big - math.sqrt(big**2 - (y - 0.06 * height) ** 2)

    rods: list[Solid] = []
    for s in BOTH:
        line: list[Point] = [(s * x, y, z) for _, y, z in runner]
        rods += bars(line, bar, 8)
        for y in (-0.42 * deep, 0.42 * deep):
            rods.append(tube([(s * x, 1.25 * y, under(1.25 * y)), (s * x, y, up)], bar, 8))
        arm = up + 0.21 * height
        rods.append(tube([(s * x, -0.4 * deep, up - bar), (s * x, -0.44 * deep, arm)], 0.8 * bar, 8))
        rods.append(rounded(2.6 * bar, 1.05 * deep, 1.2 * bar, 0.5 * bar).moved(s * x, 0.02 * deep, arm - 0.4 * bar))
        rods.append(
            tube([(s * x, 0.44 * deep, up - bar), (s * x, 0.44 * deep + 0.3 * (height - up), height - bar)], bar, 8)
        )
    seat = rounded(width, deep, 1.6 * bar, 0.7 * bar).moved(z=up - 0.8 * bar)
    tall = height - up

    def back(x: float, z: float) -> Point:
        return (x, 0.44 * deep + 0.3 * z, up + z)

    for z, thick in ((0.3 * tall, 0.8), (0.93 * tall, 1.5)):
        rods.append(tube([back(-x, z), back(x, z)], thick * bar, 8))
    for i in range(bars_):
        at = ((i + 1) / (bars_ + 1) - 0.5) * 2 * x
        rods.append(tube([back(at, 0.0), back(at, 0.93 * tall)], 0.55 * bar, 6))
    soft = rounded(0.86 * width, 0.82 * deep, 2.4 * bar, 1.1 * bar, 3).moved(0.0, -0.03 * deep, up + 0.6 * bar)
    off = -0.06 * height
    return Form(
        (
            Part(joined([s.moved(y=off) for s in (seat, *rods)]), "wood", colour, share=0.8),
            Part(soft.moved(y=off), "cloth", cushion, share=0.2),
        ),
        {"seat": Anchor((0.0, off, up + 3 * bar), reach=0.4 * width)},
        hulls=tuple(s.moved(y=off) for s in (seat, *rods)),
    )


@entry(
    "an awning: a slope of cloth with a scalloped edge",
    names=("canopy", "shop awning", "sun awning"),
    size=(0.8, 6.0),
    moves="cloth",
    held="ends",
)
def awning(
    width: Annotated[float, metres(0.8, 6.0)] = 2.4,
    depth: Annotated[float, metres(0.5, 2.5)] = 1.2,
    slope: Annotated[float, share(0.1, 1.0, "how much it falls, over its depth")] = 0.45,
    scallops: Annotated[int, count(0, 12, "of its hanging edge")] = 7,
    colour: Colour = RED,
) -> Form:
    """A sheet from a straight upper edge at the back down to the front, with a strip that hangs from there."""
    drop, fall = 0.18 * depth, slope * depth
    made = sheet(1.0, 1.0, 30, 30)

    def to(v: FloatArray) -> FloatArray:
        a, b = v[:, 0] + 0.5, v[:, 2]
        t = np.clip((b - 0.2) / 0.8, 0.0, 1.0)
        hang = np.clip(1.0 - b / 0.2, 0.0, 1.0)
        wave = 0.6 + 0.4 * np.abs(np.sin(math.pi * scallops * a)) if scallops else np.ones_like(a)
        sag = 0.05 * depth * np.sin(math.pi * t) * (1.0 - 0.3 * np.cos(6 * math.pi * a))
        z = drop + fall * t - hang * drop * wave - sag * np.minimum(fall, 0.3) / 0.3
        return np.stack([(a - 0.5) * width, (t - 0.5) * depth, z], axis=1)

    solid = made.shaped(to)
    return Form((Part(solid.moved(z=-float(solid.low[2])), "cloth", colour),))


@entry(
    "a hammock between two posts",
    names=("hanging bed", "garden hammock"),
    size=(1.45, 5.0),
    moves="fixed",
    shape="MESH",
)
def hammock(
    length: Annotated[float, metres(1.5, 4.5)] = 3.2,
    width: Annotated[float, share(0.2, 0.4, "over its length")] = 0.3,
    sag: Annotated[float, share(0.12, 0.28, "over its length")] = 0.18,
    colour: Colour = (0.75, 0.35, 0.08),
    posts: Colour = WOOD,
) -> Form:
    """Cloth that hangs through, gathered by cords at its ends, between two posts that lean outward on a beam."""
    wide, deep, bar = width * length, sag * length, 0.02 * length
    high = deep + 0.22 * length
    tip = length / 2 - bar
    rings: list[list[Point]] = []
    n = 10
    for t in np.linspace(-1.0, 1.0, 21).tolist():
        z = high - deep * (1.0 - (0.8 * t) ** 2) - 0.0
        w = wide / 2 * (1.0 - abs(t) ** 3) + 0.02 * wide
        cup = 0.55 * w
        row = [(-1.0 + 2.0 * k / n) for k in range(n + 1)]
        x = 0.78 * t * tip
        thick = 0.006 * length
        lower = [(x, w * u, z - cup * (1.0 - u * u) - thick) for u in row]
        upper = [(x, w * u, z - cup * (1.0 - u * u)) for u in row[::-1]]
        rings.append([*lower, *upper])
    bed = loft(rings)
    cords = []
    for s in BOTH:
        mid, end = rings[-1 if s > 0 else 0], (s * tip, 0.0, high)
        for k in (0, 5, 10):
            x, y, z = mid[k]
            cords.append(tube([(0.98 * x, y, z), end], 0.0025 * length, 6))
    frame = [box(0.86 * length, 2.4 * bar, 1.6 * bar).moved(z=0.0)]
    for s in BOTH:
        frame.append(
            tube(
                [(s * 0.36 * length, 0.0, bar), (s * 0.46 * length, 0.0, 0.45 * high), (s * tip, 0.0, high + bar)],
                bar,
                10,
            )
        )
        frame.append(box(2.4 * bar, 0.9 * wide, 1.6 * bar).moved(s * 0.36 * length))
    z = float(rings[10][5][2])
    return Form(
        (Part(bed, "cloth", colour), Part(joined(cords), "rope"), Part(joined(frame), "wood", posts)),
        {
            "seat": Anchor((0.0, 0.0, z + 0.006 * length), reach=0.4 * wide),
            "inside": Anchor((0.0, 0.0, z + 0.006 * length), reach=0.4 * wide),
        },
    )


def _striped_roof(width: float, depth: float, low: float, high: float, n: int) -> tuple[list[Solid], list[Solid]]:
    """A slope of strips from behind down to the front, with a hanging edge; every other strip in the second list."""
    found: tuple[list[Solid], list[Solid]] = ([], [])
    each, thick, drop = width / n, 0.015, 0.2
    side = [
        (-depth / 2 - thick, low - drop),
        (-depth / 2, low - drop),
        (-depth / 2, low - thick),
        (depth / 2, high - thick),
        (depth / 2, high),
        (-depth / 2 - thick, low),
    ]
    for i in range(n):
        x0, x1 = (i / n - 0.5) * width, (i / n - 0.5) * width + each
        found[i % 2].append(loft([[(x, y, z) for y, z in side] for x in (x0, x1)]))
    return found


@entry(
    "a market stall under a striped roof",
    names=("stall", "booth", "market stand", "fruit stand", "kiosk", "market booth"),
    size=(1.2, 5.0),
    moves="fixed",
    shape="MESH",
)
def market_stall(
    width: Annotated[float, metres(1.2, 4.5)] = 2.2,
    depth: Annotated[float, metres(0.8, 1.8)] = 1.1,
    height: Annotated[float, metres(1.9, 3.0)] = 2.3,
    roof: bool = True,
    colour: Colour = (0.05, 0.3, 0.12),
    second: Colour = PALE,
) -> Form:
    """A counter with boards in front, four posts, and a roof of strips in two colours that falls to the front."""
    up, post = 0.9, 0.07
    x, y = width / 2 - post, depth / 2 - post
    board = box(width, depth, 0.04).moved(z=up - 0.04)
    n = max(round(width / 0.16), 4)
    wood = [board, box(width - post, depth - post, 0.03).moved(z=0.3)]
    wood += [
        box(0.94 * width / n, 0.025, 0.8).moved(((i + 0.5) / n - 0.5) * (width - post), -depth / 2 + 0.05, 0.06)
        for i in range(n)
    ]
    low, high = height - 0.42, height - 0.02
    for sx in BOTH:
        for sy in BOTH:
            under = low - 0.07 + (sy * y / (depth + 0.3) + 0.5) * (high - low + 0.06)
            tall = under if roof else up
            wood.append(box(post, post, tall).moved(sx * x, sy * y))
    parts = [Part(joined(wood), "wood", (0.42, 0.26, 0.12))]
    if roof:
        one, other = _striped_roof(width + 0.1, depth + 0.3, low - 0.06, high, max(2 * round(width / 0.5) + 1, 5))
        parts += [Part(joined(one), "cloth", colour), Part(joined(other), "cloth", second)]
    else:
        cloth = rounded(width + 0.03, depth + 0.03, 0.22, 0.01).moved(z=up - 0.2)
        edge = box(width + 0.04, depth + 0.04, 0.05).moved(z=up - 0.2)
        parts += [Part(cloth, "cloth", colour, share=0.1), Part(edge, "cloth", second, share=0.1)]
    top = up if roof else up + 0.02
    return Form(
        tuple(parts),
        {"top": Anchor((0.0, 0.0, top), reach=depth / 2 - post), "under": Anchor((0.0, 0.0, 0.33), reach=depth / 3)},
    )
