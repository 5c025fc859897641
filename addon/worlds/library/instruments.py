"""Instruments to bow and to blow: violins and trumpets."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, curve, cylinder, extruded, joined, lathe, loft, profiled, rounded, tube
from .berries import settled

BLACK = (0.015, 0.015, 0.017)
BRASS = (0.62, 0.42, 0.13)
BOTH = (-1, 1)
HALF = [
    (0.0, -0.5),
    (0.12, -0.485),
    (0.24, -0.42),
    (0.285, -0.3),
    (0.25, -0.16),
    (0.235, -0.115),
    (0.17, -0.06),
    (0.15, 0.02),
    (0.165, 0.09),
    (0.21, 0.13),
    (0.215, 0.2),
    (0.225, 0.3),
    (0.19, 0.42),
    (0.1, 0.485),
    (0.0, 0.5),
]
"""The right half of the outline of a violin 1 long, from its lower end up."""


@entry("a violin that lies, with its strings", names=("fiddle", "viola", "violins", "cello"), size=(0.28, 1.6))
def violin(
    length: Annotated[float, metres(0.3, 1.5)] = 0.6,
    stout: Annotated[float, share(0.8, 1.2, "how wide its body is")] = 1.0,
    bow: bool = True,
    colour: Colour = (0.36, 0.12, 0.03),
    fittings: Colour = BLACK,
) -> Form:
    """A waisted body with sound holes, a neck with a scroll and pegs, a board, a bridge, four strings and a bow."""
    k = length
    size, high = 0.59 * k, 0.055 * k
    half = curve(HALF, 3)
    outline = [(stout * x * size, y * size) for x, y in [*half, *((-x, y) for x, y in half[-2:0:-1])]]
    mid = np.array([0.0, -0.02 * size])

    def layer(f: float) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in mid + f * (np.array(outline) - mid)]

    ribs = extruded(layer(0.96), high)
    rings: list[list[Point]] = []
    for f, z in ((1.0, 0.0), (1.0, 0.12 * high), (0.85, 0.2 * high), (0.6, 0.38 * high), (0.25, 0.48 * high)):
        rings.append([(x, y, z) for x, y in layer(f)])
    table = loft(rings)
    back = extruded(layer(1.0), 0.12 * high)
    top = high + 0.5 * high
    neck = box(0.04 * k, 0.26 * k, 0.035 * k).moved(0.0, 0.5 * size + 0.1 * k, high - 0.02 * k)
    board = profiled([(-0.02 * k, 0.0), (0.02 * k, 0.0), (0.0, 0.008 * k)], 0.44 * k, "y").moved(z=0.0)
    board = board.moved(0.0, 0.5 * size + 0.005 * k, high + 0.022 * k)
    chest = rounded(0.03 * k, 0.13 * k, 0.035 * k, 0.008 * k).moved(0.0, 0.5 * size + 0.275 * k, high - 0.02 * k)
    scroll = [
        cylinder(0.024 * k - 0.008 * k * i, 0.03 * k + 0.016 * k * i, 16)
        .turned(90, "y")
        .moved(-0.015 * k - 0.008 * k * i, 0.5 * size + 0.35 * k, high + 0.004 * k)
        for i in (0, 1)
    ]
    pegs = []
    for i in range(4):
        s = 1 if i % 2 else -1
        y = 0.5 * size + (0.24 + 0.025 * i) * k
        pegs.append(cylinder(0.006 * k, 0.06 * k, 8).turned(90 * s, "y").moved(0.0, y, high))
        pegs.append(cylinder(0.012 * k, 0.01 * k, 10).turned(90 * s, "y").moved(s * 0.052 * k, y, high))
    bridge = profiled(
        [(-0.035 * k, 0.0), (0.035 * k, 0.0), (0.026 * k, 0.035 * k), (-0.026 * k, 0.035 * k)], 0.008 * k, "y"
    ).moved(0.0, -0.1 * size, top - 0.02 * high)
    tailpiece = loft(
        [
            [(-w, y, z), (w, y, z), (w, y, z + 0.006 * k), (-w, y, z + 0.006 * k)]
            for y, w, z in ((-0.2 * size, 0.028 * k, top + 0.01 * k), (-0.46 * size, 0.016 * k, top - 0.3 * high))
        ][::-1]
    )
    post = box(0.03 * k, 0.02 * k, 0.6 * high).moved(0.0, -0.485 * size, high - 0.1 * high)
    rest = rounded(0.1 * k, 0.06 * k, 0.02 * k, 0.008 * k).moved(-0.06 * k, -0.43 * size, high + 0.1 * high)
    strings = []
    for i in range(4):
        x = (i - 1.5) * 0.012 * k
        strings.append(
            tube(
                [
                    (x, -0.21 * size, top + 0.014 * k),
                    (1.1 * x, -0.1 * size, top + 0.036 * k),
                    (0.6 * x, 0.5 * size + 0.22 * k, high + 0.03 * k),
                ],
                0.0011 * k + 0.0002,
                5,
            )
        )
    holes = []
    for s in BOTH:
        line = curve(
            [
                (s * 0.1 * stout, -0.16),
                (s * 0.12 * stout, -0.08),
                (s * 0.09 * stout, 0.0),
                (s * 0.11 * stout, 0.07),
                (s * 0.085 * stout, 0.09),
            ],
            3,
        )
        holes.append(
            tube(
                [(x * size, y * size, high + 0.32 * high + 0.14 * high * (0.12 - abs(y))) for x, y in line],
                0.006 * k,
                6,
            )
        )
    parts = [
        Part(
            joined([ribs, table.moved(z=high - 0.005 * high), back.moved(z=-0.01 * high), neck, chest, *scroll]),
            "wood",
            colour,
            share=0.35,
        ),
        Part(joined([board, tailpiece, post, rest, *pegs, *holes]), "wood", fittings),
        Part(bridge, "wood", (0.6, 0.42, 0.2)),
        Part(joined(strings), "steel"),
    ]
    if bow:
        z = top + 0.05 * k
        stick = [
            tube(
                [(-0.5 * k, 0.0, 0.02 * k), (0.0, 0.0, 0.008 * k), (0.46 * k, 0.0, 0.016 * k), (0.5 * k, 0.0, 0.0)],
                0.005 * k,
                8,
            )
        ]
        stick += [box(0.04 * k, 0.012 * k, 0.02 * k).moved(-0.44 * k)]
        hair = box(0.94 * k, 0.012 * k, 0.002 * k).moved(0.02 * k)
        turn = 24.0
        parts.append(Part(joined(stick).turned(turn).moved(0.0, -0.02 * k, z - 0.018 * k), "wood", (0.25, 0.08, 0.03)))
        parts.append(Part(hair.turned(turn).moved(0.0, -0.02 * k, z - 0.019 * k), "rope", (0.8, 0.76, 0.66)))
    return settled(parts, {"handle": Anchor((0.0, 0.5 * size + 0.1 * k, high), reach=0.03 * k)})


@entry("a trumpet with three valves", names=("trumpets", "bugle", "cornet", "horn"), size=(0.2, 1.6))
def trumpet(
    length: Annotated[float, metres(0.2, 1.5)] = 0.5,
    bell: Annotated[float, share(0.18, 0.36, "how wide its mouth is, over the length")] = 0.25,
    kind: Literal["valves", "plain"] = "valves",
    colour: Colour = BRASS,
    caps: Colour = (0.75, 0.73, 0.68),
) -> Form:
    """A tube in a long loop that opens to a bell in front, with a mouthpiece behind and valves unless it is plain."""
    r, pipe = bell / 2, 0.014
    lead = curve(
        [
            (-0.46, -0.02, 0.08),
            (0.0, -0.02, 0.08),
            (0.24, -0.02, 0.08),
            (0.32, -0.02, 0.05),
            (0.32, -0.02, -0.04),
            (0.24, -0.02, -0.07),
            (0.02, -0.02, -0.07),
        ],
        5,
    )
    rear = curve(
        [
            (-0.02, 0.02, -0.07),
            (-0.22, 0.02, -0.07),
            (-0.3, 0.02, -0.04),
            (-0.3, 0.02, 0.05),
            (-0.22, 0.02, 0.08),
            (0.0, 0.02, 0.08),
            (0.22, 0.02, 0.08),
        ],
        5,
    )
    link: list[Point] = [(0.03, -0.02, -0.07), (-0.03, 0.02, -0.07)]
    flare = curve(
        [(pipe, 0.0), (1.3 * pipe, 0.1), (1.3 * pipe + 0.18 * r, 0.19), (1.3 * pipe + 0.48 * r, 0.25), (r, 0.285)], 4
    )
    inside = [(max(q - 0.008, 0.004), z + 0.002) for q, z in flare[::-1]]
    horn = lathe([*flare, *inside[:-2], (0.0, 0.06)], 28).turned(90, "y").moved(0.215, 0.02, 0.08)
    cup = lathe(
        [(0.012, 0.0), (0.016, 0.03), (0.028, 0.05), (0.03, 0.058), (0.02, 0.058), (0.01, 0.04), (0.0, 0.035)], 16
    )
    cup = cup.turned(-90, "y").moved(-0.44, -0.02, 0.08)
    rim = tube(
        [(0.498, 0.02 + r * math.cos(a), 0.08 + r * math.sin(a)) for a in (2 * math.pi * i / 32 for i in range(32))],
        0.008,
        6,
        closed=True,
    )
    solids = [tube(lead, pipe, 10), tube(rear, pipe, 10), tube(link, pipe, 10), horn, rim]
    tops: list[Solid] = [cup]
    if kind == "valves":
        for x in (-0.075, 0.0, 0.075):
            solids.append(cylinder(0.032, 0.25, 16).moved(x, 0.0, -0.14))
            tops += [cylinder(0.035, 0.02, 16).moved(x, 0.0, z) for z in (-0.15, 0.1)]
            tops += [cylinder(0.008, 0.07, 8).moved(x, 0.0, 0.11), cylinder(0.024, 0.014, 14).moved(x, 0.0, 0.175)]
        solids.append(
            tube([(0.1, -0.02, 0.09), (0.13, -0.02, 0.15), (0.18, -0.02, 0.15), (0.2, -0.02, 0.09)], 0.007, 6)
        )
    else:
        tops += [cylinder(0.02, 0.03, 12).turned(90, "y").moved(x, y, 0.08) for x, y in ((-0.2, -0.02), (0.2, 0.02))]

    def placed(s: Solid) -> Solid:
        return s.turned(-90).scaled(length)

    mouth = (0.02 * length, -0.5 * length, 0.08 * length)
    parts = (
        Part(placed(joined(solids)), "brass", colour, share=0.15),
        Part(placed(joined(tops)), "brass", caps, share=0.3),
    )
    return settled(
        parts,
        {"mouth": Anchor(mouth, (0.0, -1.0, 0.0), r * length), "handle": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, 1.0))},
    )
