"""Instruments to play on: guitars and pianos."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, degrees, entry, metres
from ..form import Anchor, Form, Part, Rgb
from ..solids import Solid, box, curve, cylinder, extruded, joined, profiled, ring, rounded, tube
from .vehicles import grown

BOTH = (-1, 1)
BLACK = (0.015, 0.015, 0.017)
IVORY = (0.85, 0.83, 0.76)
BRASS = (0.62, 0.42, 0.13)

ACOUSTIC = [
    (0.0, 0.0),
    (0.11, 0.008),
    (0.172, 0.06),
    (0.185, 0.13),
    (0.155, 0.21),
    (0.118, 0.265),
    (0.122, 0.33),
    (0.138, 0.385),
    (0.12, 0.44),
    (0.06, 0.465),
    (0.0, 0.468),
]
ELECTRIC = [
    (0.0, 0.0),
    (0.09, 0.004),
    (0.15, 0.045),
    (0.16, 0.12),
    (0.13, 0.2),
    (0.112, 0.26),
    (0.128, 0.33),
    (0.158, 0.42),
    (0.15, 0.47),
    (0.118, 0.45),
    (0.085, 0.39),
    (0.03, 0.37),
    (0.0, 0.37),
]
"""Half an outline of a guitar's body, from its foot up: half widths and heights over the guitar's length."""


def _body(half: list[tuple[float, float]], short: float) -> list[tuple[float, float]]:
    """The whole outline of a body, its left upper horn so much shorter than the right one."""
    right = curve(half, 3)[1:-1]
    left = [(-x, y - short * max(y - 0.36, 0.0)) for x, y in right[::-1]]
    return [half[0], *right, half[-1], *left]


@entry(
    "a guitar with six strings",
    names=("acoustic guitar", "electric guitar", "ukulele", "toy guitar"),
    size=(0.15, 2.1),
    shape="COMPOUND",
)
def guitar(
    length: Annotated[float, metres(0.15, 2.0)] = 1.0,
    kind: Literal["acoustic", "electric"] = "acoustic",
    upright: bool = False,
    colour: Colour = (0.6, 0.33, 0.1),
    neck: Colour = (0.16, 0.08, 0.04),
) -> Form:
    """A body with a waist, a neck with frets, a head with pegs, and strings from the bridge up, on its back."""
    hollow = kind == "acoustic"
    thick = 0.1 if hollow else 0.042
    outline = _body(ACOUSTIC if hollow else ELECTRIC, 0.0 if hollow else 0.5)
    body = [extruded(outline, thick)]
    dark, metal = list[Solid](), list[Solid]()
    face, up = thick, thick + 0.012
    if hollow:
        for z in (0.004, thick - 0.008):
            dark.append(extruded([(1.012 * x, 0.234 + 1.012 * (y - 0.234)) for x, y in outline], 0.004).moved(z=z))
        dark.append(cylinder(0.046, 0.003, 32).moved(0.0, 0.335, face - 0.001))
        rose = ring(0.05, 0.004, 36, 6).scaled(1.0, 1.0, 0.5).moved(0.0, 0.335, face)
        dark += [rounded(0.15, 0.026, 0.014, 0.004, 2).moved(0.0, 0.14, face - 0.002), rose]
    else:
        guard = extruded([(-0.1, 0.2), (0.06, 0.12), (0.11, 0.16), (0.1, 0.26), (0.1, 0.34), (-0.07, 0.33)], 0.004)
        dark += [rounded(0.09, 0.02, 0.012, 0.003, 2).moved(0.0, y, face - 0.002) for y in (0.19, 0.25, 0.31)]
        dark.append(guard.moved(z=face - 0.001))
        metal += [
            cylinder(0.012, 0.016, 14).moved(x, y, face - 0.001) for x, y in ((0.1, 0.1), (0.13, 0.14), (0.07, 0.07))
        ]
        metal.append(rounded(0.085, 0.024, 0.014, 0.003, 2).moved(0.0, 0.13, face - 0.002))
    start = 0.4 if hollow else 0.34
    top = 0.86
    board = extruded([(-0.029, start), (0.029, start), (0.023, top), (-0.023, top)], 0.012).moved(z=face)
    stem = tube([(0.0, start, face - 0.012), (0.0, top, face - 0.004)], [0.022, 0.018], 14).scaled(1.15, 1.0, 1.0)
    stem = stem.shaped(lambda v: np.stack([v[:, 0], v[:, 1], np.minimum(v[:, 2], face + 0.006)], axis=1))
    shape = [
        (-0.022, top - 0.01),
        (0.022, top - 0.01),
        (0.036, top + 0.03),
        (0.03, 0.99),
        (0.012, 1.0),
        (-0.012, 1.0),
        (-0.03, 0.99),
        (-0.036, top + 0.03),
    ]
    head = extruded(shape, 0.02).moved(z=face - 0.014)
    metal += [
        box(0.05 - 0.006 * i / 19, 0.002, 0.003).moved(0.0, top - (top - start) * (1 - 0.91**i) / 0.86, up - 0.001)
        for i in range(1, 18)
    ]
    pegs = [(s * 0.033, top + 0.045 + 0.034 * i) for i in range(3) for s in BOTH]
    metal += [cylinder(0.005, 0.022, 10).moved(0.8 * x, y, face) for x, y in pegs]
    metal += [box(0.03, 0.012, 0.01).moved(1.35 * x, y, face - 0.009) for x, y in pegs]
    low = 0.14 if hollow else 0.13
    for i in range(6):
        a = (i - 2.5) / 2.5
        peg = pegs[2 * min(i, 5 - i) + (1 if i > 2 else 0)]
        metal.append(
            tube(
                [(0.024 * a, low, up + 0.002), (0.018 * a, top, up + 0.004), (0.8 * peg[0], peg[1], face + 0.014)],
                0.0011,
                5,
            )
        )
    nut = box(0.046, 0.008, 0.02).moved(0.0, top, face - 0.003)
    parts = [
        (joined(body), "wood", colour, 0.22 if hollow else 0.8),
        (joined([board, stem, head, *dark]), "wood", neck, 1.0),
        (joined([*metal, nut]), "steel", (0.6, 0.6, 0.58), 0.5),
    ]
    lobes = [
        cylinder(0.17 if hollow else 0.155, thick, 16).scaled(1.0, 0.8, 1.0).moved(0.0, 0.14, 0.0),
        cylinder(0.13, thick, 16).scaled(1.0, 0.7, 1.0).moved(0.0, 0.37 if hollow else 0.3, 0.0),
    ]
    hulls = [*lobes, box(0.05, 0.62, 0.026).moved(0.0, 0.69, face - 0.014)]

    def placed(s: Solid) -> Solid:
        return s.turned(90, "x").moved(y=thick / 2) if upright else s.moved(y=-0.5)

    solids = [placed(s) for s, *_ in parts]
    lowest = min(float(s.low[2]) for s in solids)
    shown = tuple(
        Part(s.moved(z=-lowest), stuff, c, share=f) for s, (_, stuff, c, f) in zip(solids, parts, strict=True)
    )
    hold = Anchor((0.0, 0.0, 0.7 - lowest), (0.0, -1.0, 0.0)) if upright else Anchor((0.0, 0.2, up - lowest))
    form = Form(shown, {"handle": hold}, hulls=tuple(placed(h).moved(z=-lowest) for h in hulls))
    return grown(form, length)


def _keys(width: float, deep: float, octaves: int) -> tuple[Solid, Solid]:
    """White and black keys side by side along x, their front edge at y = 0, their lower face at z = 0."""
    many = 7 * octaves
    each = width / many
    white = [box(0.94 * each, deep, 0.022).moved((i - (many - 1) / 2) * each, deep / 2) for i in range(many)]
    black = [
        box(0.5 * each, 0.62 * deep, 0.018).moved((i - many / 2) * each, 0.69 * deep, 0.02)
        for i in range(1, many)
        if i % 7 in (1, 2, 4, 5, 6)
    ]
    return joined(white), joined(black)


@entry(
    "a piano with black and white keys",
    names=("upright piano", "grand piano", "toy piano", "pianoforte"),
    size=(0.2, 3.2),
    shape="COMPOUND",
)
def piano(
    width: Annotated[float, metres(0.2, 1.8)] = 1.5,
    kind: Literal["grand", "upright"] = "grand",
    lid: Annotated[float, degrees(0.0, 45.0, "how far it is raised, of a grand piano")] = 35.0,
    colour: Colour = BLACK,
) -> Form:
    """A curved case on three legs under a raised lid, or a tall case on a shelf with keys; pedals below."""
    form = _grand(lid, colour) if kind == "grand" else _upright(colour)
    return grown(form, width)


def _pedals(y: float, high: float) -> list[Solid]:
    return [rounded(0.03, 0.09, 0.012, 0.004, 2).moved(x, y, high) for x in (-0.06, 0.0, 0.06)]


def _grand(lid: float, colour: Rgb) -> Form:
    """A grand piano that is 1 wide."""
    up, high = 0.4, 0.19
    edge = curve(
        [(0.5, -0.2), (0.5, 0.05), (0.43, 0.3), (0.24, 0.48), (0.12, 0.68), (-0.1, 0.86), (-0.33, 0.86), (-0.48, 0.72)],
        4,
    )
    outline = [(-0.5, -0.2), *edge, (-0.5, 0.6)]
    inner = [(0.94 * x, 0.28 + 0.92 * (y - 0.28) if y < 0.28 else 0.28 + 0.95 * (y - 0.28)) for x, y in outline]
    case = extruded(outline, 0.8 * high).moved(z=up)
    plate = extruded(inner, 0.012).moved(z=up + 0.8 * high - 0.004)
    rim = [tube([(0.985 * x, y, up + 0.82 * high) for x, y in outline], 0.014, 8, closed=True)]
    strings = [
        tube(
            [
                (0.9 * x, -0.1, up + 0.8 * high + 0.012),
                (x * 0.62 - 0.12, 0.8 - 0.62 * (x + 0.5) ** 0.8, up + 0.8 * high + 0.012),
            ],
            0.003,
            5,
        )
        for x in np.linspace(-0.46, 0.4, 16).tolist()
    ]
    desk = box(1.0, 0.2, 0.05).moved(0.0, -0.3, up)
    cheeks = [rounded(0.06, 0.2, 0.13, 0.015, 2).moved(s * 0.47, -0.3, up) for s in BOTH]
    fall = box(0.9, 0.02, 0.12).moved(0.0, -0.21, up + 0.04)
    rest = box(0.5, 0.012, 0.16).turned(-14, "x").moved(0.0, -0.12, up + 0.8 * high)
    legs = [
        tube([(x, y, 0.0), (x, y, up)], [0.026, 0.045], 14) for x, y in ((-0.42, -0.24), (0.42, -0.24), (-0.2, 0.7))
    ]
    lyre = [box(0.02, 0.03, up - 0.02).moved(s * 0.05, -0.16, 0.02) for s in BOTH]
    lyre.append(box(0.2, 0.05, 0.03).moved(0.0, -0.16, 0.02))
    plain = [(-0.5, -0.2), (0.5, -0.2), (0.5, 0.05), (0.12, 0.68), (-0.1, 0.86), (-0.33, 0.86), (-0.5, 0.6)]

    def raised(flat: list[tuple[float, float]]) -> Solid:
        leaf = extruded(flat, 0.016).moved(x=0.5).turned(-lid, "y")
        return leaf.moved(-0.5, 0.0, up + 0.8 * high + 0.022)

    top = raised(outline)
    a = math.radians(lid)
    prop = tube(
        [(0.42, 0.02, up + 0.8 * high), (-0.5 + 0.8 * math.cos(a), 0.02, up + 0.8 * high + 0.022 + 0.8 * math.sin(a))],
        0.008,
        8,
    )
    white, black = (k.moved(0.0, -0.395, up + 0.04) for k in _keys(0.88, 0.18, 7))
    parts = [
        Part(joined([case, *rim, desk, *cheeks, fall, rest, *legs, *lyre, top]), "wood", colour, share=0.6),
        Part(joined([plate, *strings, *_pedals(-0.2, 0.03)]), "brass", BRASS, share=0.3),
        Part(white, "plastic", IVORY),
        Part(black, "plastic", BLACK),
    ]
    if lid > 3.0:
        parts.append(Part(prop, "wood", colour))
    front = box(1.0, 0.6, 0.8 * high).moved(0.0, 0.1, up)
    tail = box(0.6, 0.5, 0.8 * high).moved(-0.2, 0.55, up)
    shift = -0.23
    hulls = tuple(h.moved(y=shift) for h in (front, tail, desk, raised(plain), *legs, *lyre))
    moved = tuple(Part(p.solid.moved(y=shift), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(
        moved,
        {
            "keys": Anchor((0.0, -0.33 + shift, up + 0.065), reach=0.4),
            "inside": Anchor((0.0, 0.2 + shift, up + 0.8 * high + 0.01), reach=0.2),
        },
        hulls,
    )


def _upright(colour: Rgb) -> Form:
    """An upright piano that is 1 wide."""
    high, deep, shelf = 0.84, 0.26, 0.43
    case = box(1.0, deep, high - 0.03).moved(y=0.1)
    board = rounded(1.04, deep + 0.04, 0.03, 0.01, 2).moved(0.0, 0.1, high - 0.03)
    desk = box(1.0, 0.22, 0.05).moved(0.0, -0.13, shelf)
    cheeks = [rounded(0.05, 0.22, 0.12, 0.02, 2).moved(s * 0.475, -0.13, shelf) for s in BOTH]
    legs = [tube([(s * 0.45, -0.2, 0.0), (s * 0.45, -0.2, shelf)], [0.02, 0.032], 12) for s in BOTH]
    foot = [box(0.06, 0.26, 0.05).moved(s * 0.45, -0.1, 0.0) for s in BOTH]
    panels = [profiled([(-0.42, 0.58), (0.42, 0.58), (0.42, 0.78), (-0.42, 0.78)], 0.02, "y", 0.008).moved(y=-0.032)]
    panels.append(profiled([(-0.42, 0.1), (0.42, 0.1), (0.42, 0.38), (-0.42, 0.38)], 0.02, "y", 0.008).moved(y=-0.032))
    rest = box(0.42, 0.014, 0.16).turned(-16, "x").moved(0.0, -0.055, shelf + 0.14)
    ledge = box(0.5, 0.04, 0.012).moved(0.0, -0.048, shelf + 0.135)
    white, black = (k.moved(0.0, -0.228, shelf + 0.04) for k in _keys(0.9, 0.17, 7))
    solids = (case, board, desk, *cheeks, *legs, *foot)
    parts = (
        Part(joined([*solids, *panels, rest, ledge]), "wood", colour, share=0.3),
        Part(joined(_pedals(-0.05, 0.02)), "brass"),
        Part(white, "plastic", IVORY),
        Part(black, "plastic", BLACK),
    )
    anchors = {"keys": Anchor((0.0, -0.16, shelf + 0.065), reach=0.4), "top": Anchor((0.0, 0.1, high), reach=deep / 2)}
    return Form(parts, anchors, hulls=solids)
