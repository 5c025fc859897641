"""Great animals of the sea: dolphin, shark and whale, looking to the front."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Form, Part
from ..solids import Point, Solid, ball, curve, egg, extruded, joined, lathe, profiled, spindle, tube
from .animals import DARK, body, pair
from .small_animals import sized

Outline = list[tuple[float, float]]


def _fin(points: Outline, thick: float) -> Solid:
    """An upright fin with a smooth outline of y and z, anticlockwise from +x."""
    return profiled(curve(points, 3), thick, "x", 0.3 * thick)


def _flat(points: Outline, thick: float) -> Solid:
    """A lying fin with a smooth outline of x and y, anticlockwise from above."""
    return extruded(curve(points, 3), thick).moved(z=-thick / 2)


def _flukes(wide: float, y: float, z: float, thick: float) -> Solid:
    """A level tail fin of two halves."""
    half: Outline = [
        (0.0, -0.1),
        (0.35 * wide, 0.0),
        (wide, 0.13),
        (0.72 * wide, 0.13),
        (0.3 * wide, 0.09),
        (0.0, 0.05),
    ]
    return joined(pair(_flat(half, thick))).moved(0.0, y, z)


def _flipper(at: Point, long: float, wide: float, droop: float, back: float) -> list[Solid]:
    """A flipper on either side that points outward, down by an angle and back by another."""
    flat = egg(long, wide, 0.16 * wide, 14).moved(0.42 * long)
    return pair(flat.turned(back).turned(droop, "y").moved(*at))


def _bent(parts: list[Part], by: float) -> list[Part]:
    """Parts whose ends are bent down, and the middle up."""

    def bend(v: FloatArray) -> FloatArray:
        return np.stack([v[:, 0], v[:, 1], v[:, 2] - by * v[:, 1] ** 2], axis=1)

    return [Part(p.solid.shaped(bend), p.stuff, p.color, p.glow, p.share) for p in parts]


@entry("a dolphin with fins", names=("dolphins", "porpoise", "bottlenose dolphin"), size=(0.3, 5.0))
def dolphin(
    length: Annotated[float, metres(0.3, 5.0)] = 2.3,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    bend: Annotated[float, share(0.0, 1.0, "how far it is bent, as in a leap")] = 0.5,
    colour: Colour = (0.16, 0.22, 0.29),
    belly: Colour = (0.75, 0.76, 0.76),
) -> Form:
    """A smooth body with a beak, a bent fin on its back, flippers and a level tail."""
    line = [
        (0.44, 0.01, 0.012, 0.022),
        (0.28, 0.005, 0.035, 0.05),
        (0.08, 0.0, 0.08, 0.092),
        (-0.12, 0.0, 0.095, 0.106),
        (-0.27, 0.0, 0.085, 0.092),
        (-0.37, 0.0, 0.06, 0.064),
    ]
    trunk = body(line, 20)
    beak = spindle(
        [(0, -0.38, -0.02), (0, -0.45, -0.03), (0, -0.51, -0.033)], [(0.03, 0.03), (0.022, 0.018), (0.016, 0.013)], 12
    )
    under = body([(y, z - 0.018, 0.97 * w, 0.93 * h) for y, z, w, h in line[1:]], 20)
    jaw = spindle(
        [(0, -0.38, -0.033), (0, -0.45, -0.038), (0, -0.505, -0.039)],
        [(0.026, 0.02), (0.019, 0.012), (0.013, 0.009)],
        10,
    )
    top = _fin([(-0.06, 0.07), (0.12, 0.06), (0.11, 0.12), (0.14, 0.185), (0.06, 0.165), (0.0, 0.12)], 0.016)
    side = _flipper((0.07, -0.17, -0.04), 0.19, 0.07, 32, 35)
    mouth = [
        tube([(s * 0.012, -0.515, -0.03), (s * 0.024, -0.45, -0.03), (s * 0.036, -0.39, -0.022)], 0.003, 5)
        for s in (-1, 1)
    ]
    eyes = pair(ball(0.009, 8).moved(0.068, -0.35, 0.004))
    parts = [
        Part(joined([trunk, beak]), "flesh", colour),
        Part(joined([under, jaw]), "flesh", belly),
        Part(joined([top, *side, _flukes(0.15, 0.46, 0.01, 0.016)]), "flesh", colour),
        Part(joined([*eyes, *mouth]), "glass", DARK),
    ]
    wide = [Part(p.solid.scaled(stout, 1.0, stout), p.stuff, p.color) for p in parts]
    return sized(_bent(wide, 0.9 * bend), length, (0.0, 0.08 * stout))


@entry("a shark with teeth", names=("sharks", "great white shark", "great white", "blue shark"), size=(0.3, 8.0))
def shark(
    length: Annotated[float, metres(0.3, 8.0)] = 3.5,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    teeth: bool = True,
    colour: Colour = (0.2, 0.24, 0.27),
    belly: Colour = (0.78, 0.78, 0.76),
) -> Form:
    """A pointed body with a high fin on its back, an upright tail, gills, and an open mouth with teeth."""
    line = [
        (0.44, 0.02, 0.014, 0.022),
        (0.3, 0.005, 0.034, 0.044),
        (0.06, 0.0, 0.085, 0.095),
        (-0.14, 0.0, 0.1, 0.107),
        (-0.3, 0.005, 0.088, 0.085),
        (-0.42, 0.02, 0.055, 0.05),
        (-0.5, 0.03, 0.02, 0.018),
    ]
    trunk = body(line, 20)
    under = body([(y, z - 0.02, 0.97 * w, 0.94 * h) for y, z, w, h in line[1:6]], 20)
    rear = _fin(
        [(0.4, 0.0), (0.46, -0.02), (0.53, -0.13), (0.52, -0.01), (0.62, 0.2), (0.5, 0.12), (0.42, 0.04)], 0.014
    )
    top = _fin([(-0.1, 0.08), (0.06, 0.085), (0.05, 0.13), (0.08, 0.21), (0.02, 0.19), (-0.04, 0.14)], 0.016)
    small = [
        _fin([(0.27, 0.03), (0.33, 0.03), (0.35, 0.075), (0.31, 0.065)], 0.01),
        _fin([(0.27, -0.03), (0.31, -0.07), (0.35, -0.07), (0.33, -0.02)], 0.01),
    ]
    half: Outline = [(0.0, -0.07), (0.1, -0.02), (0.2, 0.1), (0.09, 0.07), (0.0, 0.04)]
    side = pair(_flat(half, 0.014).turned(22, "y").moved(0.07, -0.14, -0.045))
    hip = pair(_flat([(0.6 * x, 0.6 * y) for x, y in half], 0.01).turned(35, "y").moved(0.03, 0.2, -0.04))
    gills = [
        tube([(1.0 * w, y, 0.03), (1.05 * w, y + 0.008, 0.0), (0.99 * w, y, -0.03)], 0.004, 5)
        for y, w in ((-0.2, 0.094), (-0.22, 0.092), (-0.24, 0.09), (-0.26, 0.088))
    ]
    eyes = pair(ball(0.011, 10).moved(0.062, -0.395, 0.035))
    gape = egg(0.105, 0.09, 0.04, 16).moved(0.0, -0.375, -0.05)
    parts = [
        Part(joined([trunk, rear, top, *small, *side, *hip]), "flesh", colour),
        Part(under, "flesh", belly),
        Part(joined([*eyes, *(s for g in gills for s in pair(g))]), "glass", DARK),
        Part(gape, "flesh", (0.3, 0.03, 0.03)),
    ]
    if teeth:
        row = []
        for i in range(11):
            a = math.pi * (i + 0.5) / 11
            tip = lathe([(0.0, -0.022), (0.0065, 0.0)], 5)
            row.append(tip.moved(0.047 * math.cos(a), -0.375 - 0.04 * math.sin(a), -0.05))
        parts.append(Part(joined(row), "china", (0.9, 0.88, 0.82)))
    wide = [Part(p.solid.scaled(stout, 1.0, stout), p.stuff, p.color) for p in parts]
    return sized(wide, length, (0.0, 0.08 * stout))


@entry(
    "a whale with flippers",
    names=("whales", "blue whale", "sperm whale", "humpback", "humpback whale"),
    size=(0.3, 30.0),
)
def whale(
    length: Annotated[float, metres(0.3, 30.0)] = 12.0,
    stout: Annotated[float, share(0.7, 1.4, "how stout it is")] = 1.0,
    grooves: Annotated[int, count(0, 12, "along its throat")] = 8,
    spout: bool = False,
    colour: Colour = (0.07, 0.11, 0.17),
    belly: Colour = (0.6, 0.63, 0.65),
) -> Form:
    """A huge body with a blunt head, a light grooved throat, long flippers and a wide level tail that it lifts."""
    line = [
        (0.46, 0.14, 0.016, 0.022),
        (0.3, 0.06, 0.05, 0.05),
        (0.1, 0.015, 0.11, 0.115),
        (-0.1, 0.0, 0.145, 0.15),
        (-0.28, 0.0, 0.145, 0.145),
        (-0.42, -0.01, 0.11, 0.1),
        (-0.48, -0.015, 0.07, 0.06),
    ]
    trunk = body(line, 22)
    under = body([(y, z - 0.03, 0.975 * w, 0.94 * h) for y, z, w, h in line[1:]], 22)
    side = _flipper((0.11, -0.2, -0.07), 0.28, 0.085, 25, 42)
    hump = _fin([(0.14, 0.1), (0.26, 0.07), (0.25, 0.1), (0.25, 0.135), (0.2, 0.13)], 0.02)
    lips: list[Point] = [(0.11, -0.31, -0.045), (0.118, -0.4, -0.04), (0.085, -0.495, -0.035), (0, -0.535, -0.03)]
    mouth = curve([*lips, *[(-x, y, z) for x, y, z in lips[-2::-1]]], 3)
    eyes = pair(ball(0.012, 10).moved(0.138, -0.31, -0.015))
    dark = [*eyes, tube(mouth, 0.006, 6), egg(0.03, 0.02, 0.01, 8).moved(0.0, -0.3, 0.146)]
    parts = [
        Part(joined([trunk, *side, hump, _flukes(0.2, 0.5, 0.15, 0.022)]), "flesh", colour),
        Part(under, "flesh", belly),
    ]
    for i in range(grooves):
        a = math.radians(-90 + 62 * ((i + 0.5) / grooves - 0.5) * 2)
        row: list[Point] = []
        for y in np.linspace(-0.44, -0.06, 9).tolist():
            w, h, z = (float(np.interp(y, [p[0] for p in line[::-1]], [p[k] for p in line[::-1]])) for k in (2, 3, 1))
            row.append((0.977 * w * math.cos(a), y, z - 0.03 + 0.945 * h * math.sin(a)))
        dark.append(tube(row, 0.0035, 5))
    parts.append(Part(joined(dark), "flesh", DARK))
    wide = [Part(p.solid.scaled(stout, 1.0, stout), p.stuff, p.color) for p in parts]
    if spout:
        jets = [tube([(0.0, -0.3, 0.13), (0.0, -0.3, 0.22), (0.0, -0.3, 0.32)], [0.012, 0.018, 0.012], 10)]
        for i in range(8):
            a = 2 * math.pi * i / 8
            c, s = math.cos(a), math.sin(a)
            arc: list[Point] = [
                (f * c, -0.3 + f * s, z)
                for f, z in ((0.0, 0.28), (0.025, 0.34), (0.06, 0.355), (0.09, 0.32), (0.1, 0.26))
            ]
            jets.append(tube(curve(arc, 2), [0.012, 0.012, 0.013, 0.013, 0.014, 0.014, 0.012, 0.01, 0.007], 6))
        wide.append(Part(joined(jets).moved(z=0.15 * (stout - 1.0)), "water", (0.7, 0.85, 0.95), share=0.05))
    return sized(wide, length, (-0.1, 0.15 * stout))
