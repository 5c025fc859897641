"""Hand tools, keys and coins. They lie on the ground, their handles to the back."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, box, cylinder, extruded, hoop, joined, loft, ring, rounded, spindle, tube
from .vehicles import grown

WOOD = (0.45, 0.28, 0.12)
BACK = (0.0, 1.0, 0.0)


def _along(solid: Solid) -> Solid:
    """An upright round solid laid along x, its foot to -x."""
    return solid.turned(90, "y")


def _claw(side: int) -> Solid:
    """One of the two prongs of a claw hammer, curved to the back."""
    rings: list[list[Point]] = []
    for t in np.linspace(0.0, 1.0, 7).tolist():
        x, y, w, h = -0.03 - 0.2 * t, 0.12 * t * t, 0.045 * (1 - 0.55 * t), 0.045 * (1 - 0.85 * t)
        z = side * (0.027 + 0.025 * t)
        rings.append([(x, y - w, z - 0.02), (x, y - w, z + 0.02), (x, y - w + h, z + 0.02), (x, y - w + h, z - 0.02)])
    return loft(rings)


@entry(
    "a hammer with a handle",
    names=("claw hammer", "sledgehammer", "mallet", "sledge hammer"),
    size=(0.12, 2.75),
    shape="COMPOUND",
)
def hammer(
    length: Annotated[float, metres(0.12, 2.5)] = 0.32,
    kind: Literal["claw", "sledge", "mallet"] = "claw",
    head: Annotated[float, share(0.6, 1.4, "how large its head is, over the usual")] = 1.0,
    colour: Colour = WOOD,
) -> Form:
    """A head across in front: with a face and a claw, a block with two faces, or a block of wood."""
    flat = _along(cylinder(1.0, 1.0, 20))
    if kind == "claw":
        face = flat.scaled(0.06, 0.062, 0.062).moved(0.14)
        neck = flat.scaled(0.12, 0.036, 0.036).moved(0.03)
        eye = rounded(0.1, 0.1, 0.1, 0.015).moved(z=-0.05)
        parts, hulls = (
            [face, neck, eye, _claw(1), _claw(-1)],
            [face, neck, eye, box(0.18, 0.08, 0.09).moved(-0.13, 0.01, -0.045)],
        )
    elif kind == "sledge":
        block = rounded(0.2, 0.12, 0.12, 0.025).moved(z=-0.06)
        ends = [flat.scaled(0.34, 0.062, 0.062).moved(-0.17)]
        parts = hulls = [block, *ends]
    else:
        block = flat.scaled(0.36, 0.105, 0.105).moved(-0.18)
        belts = [flat.scaled(0.03, 0.11, 0.11).moved(x - 0.015) for x in (-0.13, 0.13)]
        parts, hulls = [block, *belts], [block]
    parts, hulls = [[s.scaled(head) for s in some] for some in (parts, hulls)]
    long = 1.0 - 0.05 * head
    grip = spindle(
        [(0.0, -0.06 * head, 0.0), (0.0, 0.3 * long, 0.0), (0.0, 0.7 * long, 0.0), (0.0, long - 0.02, 0.0)],
        [(0.026, 0.032), (0.024, 0.03), (0.034, 0.04), (0.03, 0.036)],
        14,
    )
    low = min(float(s.low[2]) for s in (*parts, grip))
    stuff: tuple[str, Rgb | None] = ("wood", (0.5, 0.34, 0.17)) if kind == "mallet" else ("steel", (0.3, 0.31, 0.33))
    off = -0.45
    form = Form(
        (
            Part(joined(parts).moved(y=off, z=-low), *stuff),
            Part(grip.moved(y=off, z=-low), "wood", colour),
        ),
        {"handle": Anchor((0.0, 0.4, -low), BACK), "head": Anchor((0.18 * head, off, -low), (1.0, 0.0, 0.0))},
        hulls=tuple(
            s.moved(y=off, z=-low) for s in (*hulls, box(0.06, long, 0.06).moved(0.0, long / 2 - 0.04 * head, -0.03))
        ),
    )
    return grown(form, length)


@entry(
    "an axe with a handle",
    names=("ax", "hatchet", "battle axe", "woodcutter's axe"),
    size=(0.19, 2.2),
    shape="COMPOUND",
)
def axe(
    length: Annotated[float, metres(0.2, 1.8)] = 0.75,
    head: Annotated[float, share(0.6, 1.5, "how large its head is, over the usual")] = 1.0,
    double: bool = False,
    colour: Colour = WOOD,
    steel: Colour = (0.5, 0.51, 0.53),
) -> Form:
    """A wedge whose edge is wide and curved to +x, in front on a long handle that bends a little at its end."""
    wide = head * (1.0 if not double else 0.95)

    def blade(side: int) -> Solid:
        rings: list[list[Point]] = []
        for t in np.linspace(0.0, 1.0, 7).tolist():
            x, half = 0.01 + 0.2 * t, 0.05 + 0.085 * t**2.2
            thick = 0.03 * (1.0 - t) + 0.002
            bow = 0.028 * t
            line = [(x - bow * (k / 2) ** 2, half * k / 2) for k in (-2, -1, 0, 1, 2)]
            ring_ = [(a, b, -thick) for a, b in line] + [(a, b, thick) for a, b in line[::-1]]
            rings.append(ring_)
        whole = loft(rings)
        return whole.scaled(wide * side, wide * side, wide)

    parts = [blade(1), rounded(0.09, 0.1, 0.07, 0.012).moved(-0.008, 0.0, -0.035).scaled(wide)]
    if double:
        parts.append(blade(-1))
    else:
        parts.append(box(0.05, 0.075, 0.056).moved(-0.05, 0.0, -0.028).scaled(wide))
    line = [(0.0, -0.07 * wide, 0.0), (0.0, 0.3, 0.0), (-0.015, 0.6, 0.0), (0.0, 0.84, 0.0), (0.025, 0.89, 0.0)]
    grip = spindle(line, [(0.02, 0.027), (0.019, 0.024), (0.02, 0.024), (0.022, 0.026), (0.026, 0.028)], 14)
    solids = [*parts, grip]
    low = min(float(s.low[2]) for s in solids)
    y = -float(min(s.low[1] for s in solids) + max(s.high[1] for s in solids)) / 2
    moved = [s.moved(y=y, z=-low) for s in solids]
    edges = [_wedge(side).scaled(wide).moved(y=y, z=-low) for side in ((1, -1) if double else (1,))]
    shaft = box(0.04, 0.9, 0.048).moved(0.0, 0.41, -0.024).moved(y=y, z=-low)
    form = Form(
        (Part(joined(moved[:-1]), "steel", steel, share=0.4), Part(moved[-1], "wood", colour)),
        {"handle": Anchor((0.0, 0.4, -low), BACK), "head": Anchor((0.2 * wide, y, -low), (1.0, 0.0, 0.0))},
        hulls=(*edges, *moved[1:2], shaft),
    )
    return grown(form, length)


def _wedge(side: int) -> Solid:
    """The convex piece of an axe's blade."""
    outline = [(0.01, -0.05), (0.18, -0.125), (0.2, 0.0), (0.18, 0.125), (0.01, 0.05)]
    return extruded([(side * x, side * y) for x, y in outline], 0.03).moved(z=-0.015)


@entry("a key with a bow and a bit", names=("door key", "house key", "golden key", "skeleton key"), size=(0.029, 2.1))
def key(
    length: Annotated[float, metres(0.03, 2.0)] = 0.09,
    teeth: Annotated[int, count(1, 4)] = 2,
    bow: Literal["ring", "clover", "heart"] = "clover",
    of: Literal["brass", "steel", "gold"] = "brass",
) -> Form:
    """A round shaft with two collars, a flat bit with teeth at its front, and an open bow behind."""
    r = 0.035
    shaft = [tube([(0.0, -0.5, 0.0), (0.0, 0.24, 0.0)], r, 16)]
    shaft += [tube([(0.0, y, 0.0), (0.0, y + 0.03, 0.0)], 0.055, 20) for y in (0.16, 0.22)]
    gap = 0.2 / (2 * teeth - 1)
    plate = [box(0.11, 0.2, 0.03).moved(0.075, -0.36, -0.015)]
    plate += [box(0.08, gap, 0.03).moved(0.165, -0.46 + gap * (2 * i + 0.5), -0.015) for i in range(teeth)]
    if bow == "ring":
        bows = [ring(0.11, 0.03, 32, 12).scaled(1.1, 1.0, 1.0).moved(y=0.36)]
    elif bow == "clover":
        bows = [ring(0.062, 0.028, 24, 10).moved(x, y) for x, y in ((-0.088, 0.34), (0.088, 0.34), (0.0, 0.41))]
    else:
        turns = np.linspace(0, 2 * math.pi, 36, False).tolist()
        heart = [
            (
                0.0085 * 16 * math.sin(t) ** 3,
                0.33 + 0.0085 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t) + 5),
                0.0,
            )
            for t in turns
        ]
        bows = [tube(heart, 0.026, 10, closed=True)]
    whole = joined([*shaft, *plate, *bows]).moved(z=0.055)
    y = -float(whole.low[1] + whole.high[1]) / 2
    whole = whole.moved(y=y)
    stuff, color = {"brass": ("brass", None), "steel": ("steel", None), "gold": ("brass", (0.85, 0.55, 0.1))}[of]
    form = Form((Part(whole, stuff, color),), {"handle": Anchor((0.0, 0.36 + y, 0.055), BACK)})
    return grown(form, length)


@entry("a coin with a rim", names=("gold coin", "penny", "silver coin", "medal"), size=(0.01, 1.0), shape="CYLINDER")
def coin(
    width: Annotated[float, metres(0.01, 1.0)] = 0.03,
    thickness: Annotated[float, share(0.05, 0.2, "over its width")] = 0.09,
    of: Literal["gold", "silver", "copper"] = "gold",
    mark: Literal["star", "crown", "none"] = "star",
) -> Form:
    """A flat round piece with a rim around both sides and a raised mark on them."""
    r, t = 0.5, thickness
    disc = cylinder(0.47, 0.76 * t, 48).moved(z=0.12 * t)
    rim = hoop([(0.43, 0.0), (0.485, 0.0), (r, 0.12 * t), (r, 0.88 * t), (0.485, t), (0.43, t)], 48)
    shown = [disc, rim]
    if mark == "star":
        points = [
            (f * math.cos(a), f * math.sin(a))
            for i in range(10)
            for f, a in (((0.3, 0.125)[i % 2], math.pi * (0.5 + i / 5)),)
        ]
        shown.append(extruded(points, 0.96 * t).moved(z=0.02 * t))
    elif mark == "crown":
        points = [(-0.22, -0.18), (0.22, -0.18), (0.28, 0.16), (0.13, 0.0), (0.0, 0.22), (-0.13, 0.0), (-0.28, 0.16)]
        shown.append(extruded(points, 0.96 * t).moved(z=0.02 * t))
    stuff: tuple[str, Rgb | None] = ("brass", (0.85, 0.55, 0.1))
    if of != "gold":
        stuff = ("steel", (0.72, 0.72, 0.7)) if of == "silver" else ("brass", (0.55, 0.2, 0.08))
    form = Form((Part(joined(shown), *stuff),), {"top": Anchor((0.0, 0.0, t), reach=0.4)})
    return grown(form, width)
