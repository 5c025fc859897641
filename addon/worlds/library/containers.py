"""What one cooks in, serves on and carries things in."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, ball, bars, box, curve, hoop, joined, lathe, ring, tube
from .vessels import WHITE, Hollow

GRAY = (0.56, 0.57, 0.58)
OAK = (0.36, 0.2, 0.09)


def _arch(reach: float, low: float, rise: float, n: int = 16) -> list[Point]:
    """Half an ellipse in x and z over the axis, from right to left."""
    turns = [math.pi * i / n for i in range(n + 1)]
    return [(reach * math.cos(a), 0.0, low + rise * math.sin(a)) for a in turns]


def _every(line: list[Point], pieces: int) -> list[Point]:
    """Some points of a line, its ends among them."""
    return [line[i] for i in np.linspace(0, len(line) - 1, pieces + 1).round().astype(int)]


@entry(
    "a round bowl", names=("soup bowl", "salad bowl", "fruit bowl", "mixing bowl"), size=(0.08, 1.05), shape="COMPOUND"
)
def bowl(
    width: Annotated[float, metres(0.08, 1.0)] = 0.18,
    depth: Annotated[float, share(0.25, 0.7, "how high it is, of its width")] = 0.42,
    of: Literal["china", "wood", "steel", "glass"] = "china",
    colour: Colour = (0.25, 0.45, 0.6),
) -> Form:
    """A hollow half of a globe on a small foot."""
    r, h = width / 2, depth * width
    shape = [(0.42 * r, 0.0), (0.44 * r, 0.05 * h), (0.72 * r, 0.25 * h), (0.93 * r, 0.6 * h), (r, h)]
    vessel = Hollow(curve(shape, 4), 0.035 * r + 0.001, 0.1 * h)
    return Form((Part(vessel.solid(40), of, colour),), vessel.anchors, vessel.hulls(3))


@entry("a round plate", names=("dish", "dinner plate"), size=(0.08, 0.85), shape="COMPOUND")
def plate(
    width: Annotated[float, metres(0.08, 0.8)] = 0.26,
    depth: Annotated[float, share(0.05, 0.16, "how high its rim is, of its width")] = 0.08,
    colour: Colour = WHITE,
    edge: Colour = (0.1, 0.2, 0.5),
) -> Form:
    """A flat round floor and a wide slanting rim with a coloured edge."""
    r, h = width / 2, depth * width
    side = curve([(0.56 * r, 0.0), (0.64 * r, 0.25 * h), (0.78 * r, 0.6 * h), (r, h)], 3)
    vessel = Hollow(side, 0.022 * r + 0.0008, 0.18 * h)
    band = ring(0.995 * r, 0.014 * r + 0.0005, 48, 8).moved(z=h)
    top = Anchor((0.0, 0.0, vessel.bottom), reach=0.6 * r)
    return Form(
        (Part(vessel.solid(48), "china", colour), Part(band, "china", edge)),
        {"top": top, "inside": top},
        vessel.hulls(2),
    )


@entry("a tray with a low rim and two handles", names=("serving tray",), size=(0.25, 1.1), shape="COMPOUND")
def tray(
    width: Annotated[float, metres(0.25, 1.0)] = 0.45,
    depth: Annotated[float, metres(0.15, 0.7)] = 0.3,
    rim: Annotated[float, metres(0.015, 0.12)] = 0.04,
    of: Literal["wood", "steel", "plastic"] = "wood",
    colour: Colour = OAK,
) -> Form:
    """A board with four walls, and a bar at either end."""
    board, wall = 0.01, 0.012
    floor = box(width - 0.002, depth - 0.002, board)
    long = [box(width, wall, rim).moved(0.0, s * (depth - wall) / 2) for s in (-1, 1)]
    short = [box(wall, depth, rim).moved(s * (width - wall) / 2) for s in (-1, 1)]
    grip, x = 0.4 * depth, width / 2
    lines = [
        curve(
            [
                (s * (x - 0.006), -grip / 2, rim - 0.004),
                (s * (x + 0.03), -0.4 * grip, rim),
                (s * (x + 0.03), 0.4 * grip, rim),
                (s * (x - 0.006), grip / 2, rim - 0.004),
            ],
            3,
        )
        for s in (-1, 1)
    ]
    handles = [tube(line, 0.006, 8) for line in lines]
    return Form(
        (Part(joined([floor, *long, *short]), of, colour), Part(joined(handles), "brass")),
        {"top": (top := Anchor((0.0, 0.0, board), reach=min(width, depth) / 2 - wall)), "inside": top},
        hulls=(floor, *long, *short, *(b for line in lines for b in bars(_every(line, 3), 0.006))),
    )


@entry(
    "a cooking pot with two handles",
    names=("cooking pot", "stockpot", "casserole", "cauldron"),
    size=(0.14, 1.2),
    shape="COMPOUND",
)
def pot(
    width: Annotated[float, metres(0.12, 0.8)] = 0.24,
    height: Annotated[float, share(0.4, 1.1, "of its width")] = 0.6,
    lid: bool = False,
    filling: Literal["none", "water", "milk", "tea"] = "none",
    colour: Colour = GRAY,
) -> Form:
    """A hollow cylinder of steel with a lip and a bow on either side, and a lid with a knob."""
    r, h = width / 2, height * width
    side = [(0.94 * r, 0.0), (r, 0.06 * h), (r, 0.3 * h), (r, 0.6 * h), (r, 0.96 * h), (1.03 * r, h)]
    vessel = Hollow(side, 0.02 * r + 0.001, 0.03 * h)
    lines = [
        curve(
            [
                (s * 0.98 * r, -0.25 * r, 0.8 * h),
                (s * 1.22 * r, -0.2 * r, 0.83 * h),
                (s * 1.22 * r, 0.2 * r, 0.83 * h),
                (s * 0.98 * r, 0.25 * r, 0.8 * h),
            ],
            3,
        )
        for s in (-1, 1)
    ]
    bows = [tube(line, 0.04 * r, 8) for line in lines]
    parts = [Part(joined([vessel.solid(40), *bows]), "steel", colour, share=0.7), *vessel.drink(filling, 0.75)]
    hulls = [*vessel.hulls(1, 12), *(b for line in lines for b in bars(_every(line, 3), 0.04 * r))]
    if lid:
        cover = lathe(
            [(1.05 * r, h - 0.002), (1.05 * r, h + 0.03 * r), (0.75 * r, h + 0.12 * r), (0.1 * r, h + 0.17 * r)], 40
        )
        knob = ball(0.13 * r, 14).moved(z=h + 0.26 * r)
        parts += [Part(cover, "steel", colour, share=0.15), Part(knob, "plastic", (0.03, 0.03, 0.03))]
        hulls += [cover, knob]
    return Form(tuple(parts), vessel.anchors, tuple(hulls))


@entry("a frying pan with a long handle", names=("frying pan", "skillet"), size=(0.17, 1.15), shape="COMPOUND")
def pan(
    width: Annotated[float, metres(0.12, 0.6)] = 0.28,
    height: Annotated[float, share(0.12, 0.4, "of its width")] = 0.18,
    handle: Annotated[float, share(0.5, 0.85, "how long its handle is, of its width")] = 0.7,
    colour: Colour = (0.04, 0.04, 0.045),
) -> Form:
    """A shallow hollow dish, with a handle to the right that rises a little."""
    r, h, long = width / 2, height * width, handle * width
    vessel = Hollow(
        curve([(0.8 * r, 0.0), (0.88 * r, 0.12 * h), (0.95 * r, 0.5 * h), (r, h)], 3), 0.025 * r + 0.001, 0.09 * h
    )
    line: list[Point] = [(0.96 * r, 0.0, 0.8 * h), (r + 0.3 * long, 0.0, 1.15 * h), (r + long, 0.0, 1.3 * h)]
    radii = [0.07 * r, 0.08 * r, 0.1 * r, 0.11 * r, 0.1 * r, 0.07 * r]
    bent = curve(line, 2)
    grip = tube([*bent, (bent[-1][0] + 0.03 * r, 0.0, bent[-1][2])], radii, 12)
    x = -long / 2
    anchors = {name: Anchor((x, 0.0, a.at[2]), a.out, a.reach) for name, a in vessel.anchors.items()}
    anchors["handle"] = Anchor((x + r + long, 0.0, 1.3 * h), (1.0, 0.0, 0.0))
    hulls = (*vessel.hulls(1), *bars(line, 0.06 * r))
    return Form(
        (
            Part(vessel.solid(40).moved(x=x), "steel", colour, share=0.6),
            Part(grip.moved(x=x), "plastic", (0.03, 0.03, 0.03)),
        ),
        anchors,
        tuple(s.moved(x=x) for s in hulls),
    )


@entry("a bucket with a bow", names=("pail", "water bucket"), size=(0.1, 1.1), shape="COMPOUND")
def bucket(
    height: Annotated[float, metres(0.1, 0.6)] = 0.28,
    width: Annotated[float, share(0.7, 1.2, "how wide its rim is, of its height")] = 1.0,
    bow: Literal["up", "down"] = "up",
    filling: Literal["none", "water", "milk"] = "none",
    of: Literal["steel", "plastic", "wood"] = "steel",
    colour: Colour = GRAY,
) -> Form:
    """A hollow cone that opens upward, rolled at its rim, with a bow of wire."""
    h, r = height, width * height / 2
    low = 0.68 * r
    side = [(low, 0.0), *((low + f * (r - low), f * h) for f in (0.05, 0.35, 0.36, 0.65, 0.95, 1.0))]
    vessel = Hollow(side, 0.015 * r + 0.0012, 0.04 * h)
    roll = ring(r, 0.035 * r, 40, 8).moved(z=h - 0.035 * r)
    seam = ring(low + 0.36 * (r - low), 0.012 * r, 40, 8).moved(z=0.36 * h)
    line = _arch(1.02 * r, 0.0, 1.35 * r)
    if bow == "down":
        line = [(x, -0.45 * z, -0.89 * z) for x, _, z in _arch(1.06 * r, 0.0, min(1.12 * r, 0.8 * h))]
    line = [(x, y, z + 0.92 * h) for x, y, z in line]
    wire = tube(line, 0.022 * r, 8)
    ears = [ball(0.05 * r, 10).moved(s * 1.01 * r, 0.0, 0.92 * h) for s in (-1, 1)]
    hulls = (*vessel.hulls(1, 12), *bars(_every(line, 5), 0.022 * r))
    grip = {"handle": Anchor(line[len(line) // 2], (0.0, 0.0, 1.0))} if bow == "up" else {}
    parts = (
        Part(joined([vessel.solid(40), roll, seam]), of, colour, share=0.2),
        Part(joined([wire, *ears]), "steel"),
        *vessel.drink(filling),
    )
    return Form(parts, {**vessel.anchors, **grip}, hulls)


@entry("a barrel with hoops, of staves or of steel", names=("cask", "keg", "oil barrel"), size=(0.2, 1.6))
def barrel(
    height: Annotated[float, metres(0.2, 1.5)] = 0.9,
    width: Annotated[float, share(0.5, 1.05, "of its height")] = 0.68,
    bulge: Annotated[float, share(0.05, 0.3, "how much wider wooden staves are at half height")] = 0.2,
    of: Literal["wood", "steel"] = "wood",
    colour: Colour = OAK,
) -> Form:
    """Bent staves between two sunken heads, held by dark hoops; of steel straight, with ribs."""
    h, r = height, width * height / 2
    swell = bulge if of == "wood" else 0.0

    def at(f: float) -> float:
        """How wide it is at a share of its height, as a radius."""
        return r * (1 - swell * (2 * f - 1) ** 2)

    levels = [i / 12 for i in range(13)]
    sunk, rim = 0.03 * h, 0.9
    line = [(0.0, sunk), (rim * at(0), sunk), (rim * at(0), 0.0), *((at(f), f * h) for f in levels)]
    line += [(rim * at(1), h), (rim * at(1), h - sunk), (0.0, h - sunk)]
    body = lathe(line, 80)
    if of == "wood":
        body = body.shaped(_grooved)
    places = (0.05, 0.3, 0.7, 0.95) if of == "wood" else (0.01, 0.33, 0.67, 0.99)
    tall = 0.05 * h if of == "wood" else 0.02 * h
    hoops = [_hoop(at, f, tall, h, 0.015 * r) for f in places]
    band = (0.05, 0.05, 0.055) if of == "wood" else colour
    top = Anchor((0.0, 0.0, h), reach=0.85 * at(1))
    return Form(
        (Part(body, of, colour, share=0.2 if of == "wood" else 0.02), Part(joined(hoops), "steel", band, share=0.5)),
        {"top": top},
    )


def _grooved(v: FloatArray) -> FloatArray:
    """Vertices of 80 around the axis, every fourth drawn in."""
    number = np.round(np.arctan2(v[:, 1], v[:, 0]) / (2 * np.pi) * 80).astype(int)
    return v * np.where(number[:, None] % 4 == 0, [0.975, 0.975, 1.0], 1.0)


def _hoop(at: Callable[[float], float], middle: float, tall: float, height: float, thick: float) -> Solid:
    """A band about a barrel, within its height, from a little inside to a little outside of its side."""
    low, high = max(middle * height - tall / 2, 0.0), min(middle * height + tall / 2, height)
    levels = np.linspace(low, high, 3)
    rows = [(at(float(z) / height), float(z)) for z in levels]
    outer = [(r + thick, z) for r, z in rows]
    inner = [(0.95 * r, z) for r, z in rows[::-1]]
    return hoop([*outer, *inner])


@entry(
    "a woven basket with a handle over it",
    names=("wicker basket", "picnic basket", "fruit basket"),
    size=(0.2, 1.6),
    shape="COMPOUND",
)
def basket(
    width: Annotated[float, metres(0.2, 0.9)] = 0.38,
    height: Annotated[float, share(0.3, 0.8, "of its width, without the handle")] = 0.45,
    handle: bool = True,
    rows: Annotated[int, count(5, 12, "of the weave")] = 8,
    colour: Colour = (0.45, 0.28, 0.1),
) -> Form:
    """A hollow wall that goes in and out as woven willow does, a thick rim, and an arch from side to side."""
    r, h, ribs = width / 2, height * width, 24
    low, weave = 0.8 * r, 0.022 * r
    side = [(low + f * (r - low), f * h) for f in (i / (2 * rows) for i in range(2 * rows + 1))]
    vessel = Hollow(side, 0.07 * r, 0.06 * h)

    def woven(v: FloatArray) -> FloatArray:
        angle, level = np.arctan2(v[:, 1], v[:, 0]), v[:, 2] / h
        out = 1.0 + weave / r * np.cos(ribs * angle) * np.sign(np.sin(math.pi * (rows * level + 0.01)))
        return np.asarray(v * np.stack([out, out, np.ones(len(v))], axis=1))

    rim = ring(0.98 * r, 0.06 * r, 48, 8).moved(z=h - 0.03 * r)
    solids = [vessel.solid(4 * ribs).shaped(woven), rim]
    hulls = list(vessel.hulls(1, 12))
    anchors = dict(vessel.anchors)
    if handle:
        line = _arch(0.98 * r, 0.9 * h, 0.1 * h + 1.2 * r)
        solids.append(tube(line, 0.05 * r, 10))
        hulls += bars(_every(line, 6), 0.05 * r)
        anchors["handle"] = Anchor((0.0, 0.0, h + 1.2 * r))
    return Form((Part(joined(solids), "straw", colour),), anchors, tuple(hulls))
