"""Roofs of cloth against rain and sun."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import (
    Point,
    Solid,
    ball,
    bars,
    cylinder,
    joined,
    lathe,
    sectors,
    tube,
)

BROWN = (0.34, 0.19, 0.09)
GOLD = (0.62, 0.42, 0.13)


def _canopy(
    radius: float, rise: float, ribs: int, thick: float, shades: tuple[Rgb, Rgb]
) -> tuple[list[Part], tuple[Solid, ...]]:
    """A roof of cloth of so many gores over ribs, its rim at z = 0, in two colours by turns; and its convex pieces."""
    levels = [i / 6 for i in range(7)]
    gores: tuple[list[Solid], list[Solid]] = ([], [])
    for i in range(ribs):
        rings: list[list[Point]] = []
        for f in levels:
            rows: list[Point] = []
            for k in range(5):
                a = 2 * math.pi * (i + k / 4) / ribs
                sag = 1 - 0.09 * f * math.sin(math.pi * k / 4)
                rows.append((radius * f * sag * math.cos(a), radius * f * sag * math.sin(a), rise * (1 - f**1.7)))
            rings.append(rows)
        gores[i % 2].append(_skin_of(rings, thick))
    parts = [Part(joined(g), "cloth", shade) for g, shade in zip(gores, shades, strict=True)]
    line = [(radius * f, rise * (1 - f**1.7)) for f in (1.0, 0.55, 0.04)]
    return parts, sectors(line, [(r, z - 2 * thick - 0.01 * radius) for r, z in line], ribs)


def _skin_of(rings: list[list[Point]], thick: float) -> Solid:
    """A closed thin plate through rows of points, the first of which is one point, and below by its thickness."""
    top = [rings[0][0], *(p for r in rings[1:] for p in r)]
    k, rows = len(rings[0]), len(rings) - 1
    count_ = len(top)
    faces: list[tuple[int, ...]] = [(0, 1 + j, 2 + j) for j in range(k - 1)]
    for r in range(rows - 1):
        a, b = 1 + r * k, 1 + (r + 1) * k
        faces += [(a + j, b + j, b + j + 1, a + j + 1) for j in range(k - 1)]
    last = 1 + (rows - 1) * k
    rim = [
        0,
        *(1 + r * k for r in range(rows)),
        *(last + j for j in range(1, k)),
        *(1 + r * k + k - 1 for r in range(rows - 2, -1, -1)),
    ]
    faces += [tuple(i + count_ for i in reversed(f)) for f in faces]
    faces += [(b, a, a + count_, b + count_) for a, b in zip(rim, rim[1:] + rim[:1], strict=True)]
    low = [(x, y, z - thick) for x, y, z in top]
    return Solid(np.array([*top, *low]), tuple(faces))


@entry("an open umbrella with a hooked handle", names=("rain umbrella", "brolly"), size=(0.5, 1.8), shape="COMPOUND")
def umbrella(
    width: Annotated[float, metres(0.5, 1.8)] = 1.0,
    length: Annotated[float, share(0.7, 1.0, "of its width")] = 0.85,
    ribs: Annotated[int, count(6, 12)] = 8,
    stripe: Colour = (0.5, 0.03, 0.03),
    colour: Colour = (0.5, 0.03, 0.03),
) -> Form:
    """A roof of cloth on ribs over a shaft with a tip above and a hook below; ``stripe`` colours every other gore."""
    r, h = width / 2, length * width
    rise, thin = 0.42 * r, 0.012 * r
    even = ribs + ribs % 2
    parts, roof = _canopy(r, rise, even, 0.004 * r, (colour, stripe))
    up, k = 0.93 * h - rise, 0.09 * r
    shaft = cylinder(thin, h - k, 10).moved(z=k)
    line: list[Point] = [
        (k + k * math.cos(a), 0.0, k + k * math.sin(a)) for a in (math.pi + math.pi * i / 8 for i in range(9))
    ]
    hook = tube([(0.0, 0.0, 2.8 * k), *line, (2 * k, 0.0, 1.4 * k)], 1.9 * thin, 8)
    hook = hook.moved(z=-float(hook.low[2]))
    wires = [
        tube(
            [
                (0.0, 0.0, up + 0.35 * rise),
                (0.55 * r * math.cos(a), 0.55 * r * math.sin(a), up + rise * (1 - 0.55**1.7) - 0.006 * r),
            ],
            0.3 * thin,
            5,
        )
        for a in (2 * math.pi * i / even for i in range(even))
    ]
    hulls = (
        *(s.moved(z=up) for s in roof),
        shaft,
        *bars([(0.0, 0.0, 2 * k), (k, 0.0, 0.25 * k), (2 * k, 0.0, 1.2 * k)], 1.5 * thin),
    )
    return Form(
        (
            *(Part(p.solid.moved(z=up), p.stuff, p.color) for p in parts),
            Part(joined([shaft, *wires]), "steel", share=0.3),
            Part(hook, "wood", BROWN),
        ),
        {"handle": Anchor((0.0, 0.0, 2.0 * k)), "under": Anchor((0.0, 0.0, 0.0), reach=0.6 * r)},
        hulls=hulls,
    )


@entry(
    "a parasol on a foot", names=("beach umbrella", "sunshade", "garden umbrella"), size=(1.2, 4.9), shape="COMPOUND"
)
def parasol(
    width: Annotated[float, metres(1.2, 4.0)] = 2.2,
    height: Annotated[float, share(0.75, 1.2, "of its width")] = 1.0,
    ribs: Annotated[int, count(6, 12)] = 8,
    stripe: Colour = (0.85, 0.82, 0.75),
    colour: Colour = (0.75, 0.3, 0.05),
) -> Form:
    """A roof of cloth of two colours on a pole, that stands in a round stone."""
    r, h = width / 2, height * width
    even, rise = ribs + ribs % 2, 0.4 * r
    parts, roof = _canopy(r, rise, even, 0.004 * r, (colour, stripe))
    up = 0.97 * h - rise
    foot = lathe([(0.22 * r, 0.0), (0.22 * r, 0.05 * r), (0.1 * r, 0.09 * r)], 28)
    pole = cylinder(0.018 * r, h - 0.02 * r, 12)
    knob = ball(0.03 * r, 12).moved(z=h - 0.03 * r)
    wires = [
        tube(
            [
                (0.0, 0.0, up + 0.3 * rise),
                (0.55 * r * math.cos(a), 0.55 * r * math.sin(a), up + rise * (1 - 0.55**1.7) - 0.006 * r),
            ],
            0.008 * r,
            6,
        )
        for a in (2 * math.pi * i / even for i in range(even))
    ]
    return Form(
        (
            *(Part(p.solid.moved(z=up), p.stuff, p.color) for p in parts),
            Part(joined([pole, knob, *wires]), "wood", (0.5, 0.33, 0.16)),
            Part(foot, "stone", (0.5, 0.49, 0.46)),
        ),
        {"under": Anchor((0.0, -0.3 * r, 0.0), reach=0.5 * r)},
        hulls=(*(s.moved(z=up) for s in roof), pole, foot),
    )
