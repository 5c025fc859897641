"""What is baked and filled: cookies, pies, croissants and sandwiches."""

from __future__ import annotations

import math
from random import Random
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, cylinder, egg, extruded, joined, lathe, loft, rounded, spindle, tube
from .berries import settled

CRUST = (0.5, 0.26, 0.08)


@entry(
    "a round cookie with chips", names=("cookies", "biscuit", "chocolate chip cookie", "cracker"), size=(0.028, 0.62)
)
def cookie(
    size: Annotated[float, metres(0.03, 0.6, "how wide it is")] = 0.08,
    thick: Annotated[float, share(0.1, 0.35, "over its width")] = 0.16,
    chips: Annotated[int, count(0, 24)] = 12,
    bitten: bool = False,
    colour: Colour = (0.52, 0.3, 0.1),
    seed: Seed = 0,
) -> Form:
    """A flat uneven round with a soft edge, dark chips on it, and a bite out of its edge on request."""
    r, h, rng = size / 2, thick * size, Random(seed)
    turns = 2 * math.pi * np.arange(56) / 56
    way = np.stack([np.cos(turns), np.sin(turns), 0.0 * turns], axis=1)
    far = r * (1.0 - 0.03 * np.abs(noise(way, 0.5, seed)))
    if bitten:
        for a, deep in ((-0.75, 0.62), (-0.4, 0.66), (-1.1, 0.66)):
            off = np.abs(turns - 2 * math.pi - a)
            off = np.minimum(off, np.abs(turns - a))
            far = np.where(off < 0.3, np.minimum(far, r * (deep + 1.2 * off**2 / 0.3)), far)
    levels = ((0.9, 0.0), (1.0, 0.3), (0.99, 0.6), (0.9, 0.9), (0.7, 1.0))
    rings: list[list[Point]] = [
        [(float(f * q * math.cos(a)), float(f * q * math.sin(a)), z * h) for q, a in zip(far, turns, strict=True)]
        for f, z in levels
    ]
    bits = []
    for i in range(chips):
        a, q = 2.39996 * i + rng.uniform(0, 0.5), 0.78 * r * math.sqrt((i + 0.5) / chips)
        q = min(q, 0.8 * float(np.interp(a % (2 * math.pi), turns, far)))
        w = 0.13 * size * rng.uniform(0.7, 1.1)
        bits.append(
            egg(w, 0.85 * w, 0.6 * w, 8).turned(rng.uniform(0, 180)).moved(q * math.cos(a), q * math.sin(a), 0.98 * h)
        )
    parts = [Part(loft(rings), "bread", colour)]
    if bits:
        parts.append(Part(joined(bits), "bread", (0.06, 0.025, 0.012)))
    return settled(parts)


@entry("a pie in its dish", names=("pies", "apple pie", "cherry pie", "fruit tart", "tart"), size=(0.08, 0.65))
def pie(
    size: Annotated[float, metres(0.08, 0.6, "how wide it is")] = 0.26,
    thick: Annotated[float, share(0.12, 0.35, "how high it is, over its width")] = 0.2,
    top: Literal["lattice", "crust", "open"] = "lattice",
    filling: Colour = (0.4, 0.02, 0.03),
    colour: Colour = CRUST,
) -> Form:
    """A dish with sloping sides, a wavy rim of crust, a filling, and strips that cross, a lid with slits or none."""
    r, h = size / 2, thick * size
    dish = lathe(
        [
            (0.76 * r, 0.0),
            (0.78 * r, 0.0),
            (0.97 * r, 0.8 * h),
            (r, 0.82 * h),
            (r, 0.86 * h),
            (0.93 * r, 0.84 * h),
            (0.74 * r, 0.08 * h),
            (0.0, 0.08 * h),
        ],
        40,
    )
    fill = lathe([(0.745 * r, 0.06 * h), (0.9 * r, 0.8 * h), (0.6 * r, 0.88 * h), (0.0, 0.9 * h)], 32)
    n = 26
    knots: list[Point] = [
        (0.92 * r * math.cos(a), 0.92 * r * math.sin(a), 0.9 * h)
        for a in (2 * math.pi * i / (4 * n) for i in range(4 * n))
    ]
    rim = tube(
        knots, [0.055 * r * (1.0 + 0.3 * math.cos(math.pi * i / 2)) + 0.0003 for i in range(4 * n)], 8, closed=True
    )
    crust = [rim]
    if top == "lattice":
        wide, m = 0.11 * r, 5
        for k in range(m):
            x = (k - (m - 1) / 2) * 0.34 * r
            long = 2 * math.sqrt(max((0.9 * r) ** 2 - x**2, 0.0))
            strip = rounded(wide, long, 0.08 * h + 0.001, 0.03 * h, 2).moved(x, 0.0, 0.88 * h)
            crust += [strip, strip.turned(90).moved(z=0.05 * h)]
        parts = [Part(joined(crust), "bread", colour)]
    elif top == "crust":
        crust.append(lathe([(0.92 * r, 0.82 * h), (0.9 * r, 0.9 * h), (0.6 * r, 1.0 * h), (0.0, 1.08 * h)], 32))
        slits = [egg(0.045 * r, 0.3 * r, 0.05 * h, 12).moved(0.0, 0.32 * r, 1.03 * h).turned(72 * i) for i in range(5)]
        parts = [Part(joined(crust), "bread", colour), Part(joined(slits), "fruit", filling)]
    else:
        parts = [Part(rim, "bread", colour)]
    parts += [Part(fill, "fruit", filling), Part(dish, "china", (0.75, 0.74, 0.7))]
    return settled(parts, {"top": Anchor((0.0, 0.0, 0.95 * h), reach=0.6 * r)})


@entry("a croissant", names=("croissants", "crescent roll", "pastry", "bread roll"), size=(0.04, 0.62))
def croissant(
    size: Annotated[float, metres(0.04, 0.6, "how wide it is")] = 0.16,
    stout: Annotated[float, share(0.7, 1.2, "how thick it is")] = 1.0,
    turns: Annotated[int, count(2, 5, "of the dough to either side")] = 3,
    colour: Colour = (0.5, 0.23, 0.06),
) -> Form:
    """A crescent that is thick in its middle, in steps that grow smaller to its two ends."""
    bow = 0.36
    bands: list[Solid] = []
    for k in range(-turns, turns + 1):
        t = k / (turns + 0.6)
        a = math.pi / 2 + 1.75 * t
        thick = 0.155 * stout * (1.0 - 0.8 * abs(t) ** 1.3)
        half = 1.25 * 1.75 / (turns + 0.6) * bow * 0.62
        x, y = bow * math.cos(a), 0.3 - bow * math.sin(a) * 0.9
        along = (-math.sin(a), -0.9 * math.cos(a))
        line: list[Point] = [(x + s * half * along[0], y + s * half * along[1], 0.0) for s in (-1, 0, 1)]
        slim = 0.82 * thick
        sizes = (
            [(slim, slim), (thick, 0.9 * thick), (slim, slim)]
            if k == 0
            else [(thick, 0.9 * thick), (0.95 * thick, 0.86 * thick), (0.7 * thick, 0.66 * thick)]
        )
        bands.append(spindle(line, sizes if k <= 0 else sizes[::-1], 14, 2))
    whole = joined(bands)

    def flat(v: FloatArray) -> FloatArray:
        return np.stack([v[:, 0], v[:, 1], np.where(v[:, 2] < -0.07, -0.07 + 0.3 * (v[:, 2] + 0.07), v[:, 2])], axis=1)

    whole = whole.shaped(flat)
    return settled([Part(whole.scaled(size / float(np.ptp(whole.vertices[:, 0]))), "bread", colour)])


def _slice_of(corners: list[tuple[float, float]], height: float) -> Solid:
    """A flat piece with its corners a little cut."""
    p = np.array(corners)
    cut = [
        tuple((p[i] + f * (p[(i + d) % len(p)] - p[i])).tolist())
        for i in range(len(p))
        for d, f in ((-1, 0.07), (1, 0.07))
    ]
    return extruded([(float(x), float(y)) for x, y in cut], height)


@entry(
    "a sandwich with cheese and lettuce",
    names=("sandwiches", "toast", "club sandwich", "cheese sandwich"),
    size=(0.06, 0.75),
)
def sandwich(
    size: Annotated[float, metres(0.06, 0.5, "one side of its bread")] = 0.12,
    kind: Literal["triangle", "square"] = "triangle",
    layers: Annotated[int, count(1, 3)] = 1,
    colour: Colour = (0.75, 0.58, 0.32),
    lettuce: Colour = (0.15, 0.45, 0.05),
) -> Form:
    """Slices of bread with a crust, and wavy lettuce, tomato, cheese and ham between them."""
    s, half = size, size / 2
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    if kind == "triangle":
        corners = [(-0.7 * s, 0.0), (0.7 * s, 0.0), (0.0, 0.7 * s)]
    middle = np.array(corners).mean(axis=0)

    def grown(f: float) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in middle + f * (np.array(corners) - middle)]

    bread, crust, green, yellow, pink, red = [], [], [], [], [], []
    z, thick = 0.0, 0.1 * s
    for i in range(layers + 1):
        crust.append(_slice_of(grown(1.0), 0.9 * thick).moved(z=z + 0.05 * thick))
        bread.append(_slice_of(grown(0.96), thick).moved(z=z))
        z += thick
        if i == layers:
            break
        p = np.array(grown(1.05))
        rim = [p[k] + t * (p[(k + 1) % len(p)] - p[k]) for k in range(len(p)) for t in np.arange(14) / 14]
        wave = [0.02 * s * math.sin(1.9 * k) for k in range(len(rim))]
        inner = [middle + 0.7 * (q - middle) for q in rim]
        flat = 0.012 * s
        rings = [
            [(float(q[0]), float(q[1]), z + 0.03 * s + lift) for q in inner]
            if which == 0
            else [(float(q[0]), float(q[1]), z + 0.03 * s + lift + w) for q, w in zip(rim, wave, strict=True)]
            for which, lift in ((0, -flat), (1, -flat), (1, flat), (0, flat))
        ]
        green.append(loft(rings))
        pink.append(_slice_of(grown(1.01), 0.03 * s).moved(z=z - 0.003 * s))
        yellow.append(_slice_of(grown(1.03), 0.025 * s).moved(z=z + 0.06 * s))
        spots = [np.array(c) for c in grown(0.52)]
        red += [cylinder(0.19 * s, 0.035 * s, 20).moved(float(q[0]), float(q[1]), z + 0.035 * s) for q in spots]
        z += 0.08 * s
    parts = [
        Part(joined(bread), "bread", colour),
        Part(joined(crust), "bread", CRUST),
        Part(joined(green), "leaf", lettuce),
        Part(joined(red), "fruit", (0.6, 0.04, 0.02)),
        Part(joined(yellow), "wax", (0.85, 0.55, 0.06)),
        Part(joined(pink), "flesh", (0.75, 0.35, 0.32)),
    ]
    return settled(parts, {"top": Anchor((0.0, 0.0, z), reach=0.2 * s)} if kind == "square" else {})
