"""What hangs on walls and stands on shelves."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, Range, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import (
    Point,
    Solid,
    ball,
    box,
    cylinder,
    extruded,
    joined,
    lathe,
    rounded,
    tube,
)

BROWN = (0.34, 0.19, 0.09)
GOLD = (0.62, 0.42, 0.13)


@entry(
    "a clock with hands: an alarm clock, or one for a wall or a shelf",
    names=("alarm clock", "wall clock"),
    size=(0.08, 1.35),
)
def clock(
    size: Annotated[float, metres(0.08, 0.9, "how wide its face is")] = 0.16,
    kind: Literal["alarm", "wall", "mantel"] = "alarm",
    hour: Annotated[float, Range(0.0, 12.0, "h", "what it shows")] = 10.15,
    colour: Colour = (0.5, 0.05, 0.04),
) -> Form:
    """A round case with a white face to the front, marks and two hands; with bells and feet, or in a wooden block."""
    r = size / 2
    deep = {"alarm": 0.7, "wall": 0.22, "mantel": 0.6}[kind] * r
    lift = {"alarm": 0.25, "wall": 0.0, "mantel": 0.3}[kind] * r
    case = lathe(
        [
            (0.9 * r, 0.0),
            (r, 0.1 * r),
            (r, deep - 0.02 * r),
            (0.97 * r, deep),
            (0.88 * r, deep),
            (0.88 * r, deep - 0.06 * r),
            (0.0, deep - 0.06 * r),
        ],
        40,
    )
    face = cylinder(0.885 * r, 0.03 * r, 40).moved(z=deep - 0.07 * r)
    top = deep - 0.04 * r
    marks = []
    for i in range(12):
        long = 0.16 * r if i % 3 == 0 else 0.09 * r
        marks.append(
            box(0.05 * r if i % 3 == 0 else 0.03 * r, long, 0.015 * r)
            .moved(0.0, 0.8 * r - long / 2, top - 0.005 * r)
            .turned(-30 * i)
        )
    hands = [
        box(0.07 * r, 0.5 * r, 0.02 * r).moved(0.0, 0.19 * r, top + 0.005 * r).turned(-30 * hour),
        box(0.045 * r, 0.78 * r, 0.02 * r).moved(0.0, 0.31 * r, top + 0.02 * r).turned(-360 * (hour % 1)),
        cylinder(0.06 * r, 0.06 * r, 16).moved(z=top - 0.01 * r),
    ]

    def upright(solid: Solid) -> Solid:
        """Its face to the front, on its foot."""
        return solid.moved(z=-deep / 2).turned(90, "x").moved(z=r + lift)

    shell = [upright(case)]
    metal: list[Solid] = []
    if kind == "alarm":
        for s in (-1, 1):
            bell = lathe([(0.34 * r, 0.0), (0.3 * r, 0.16 * r), (0.14 * r, 0.27 * r), (0.0, 0.3 * r)], 24)
            metal.append(bell.turned(s * 28, "y").moved(s * 0.56 * r, 0.0, 1.9 * r + lift))
            metal.append(tube([(s * 0.4 * r, 0.0, lift + 0.7 * r), (s * 0.62 * r, 0.0, lift + 2.0 * r)], 0.05 * r, 8))
            for y in (-0.32 * r, 0.32 * r):
                leg: list[Point] = [(s * 0.4 * r, 0.5 * y, lift + 0.4 * r), (s * 0.72 * r, y, 0.06 * r)]
                metal += [tube(leg, 0.05 * r, 8), ball(0.085 * r, 12).moved(s * 0.72 * r, y, 0.085 * r)]
        bow = [
            (0.5 * r * math.cos(a), 0.0, lift + 2.08 * r + 0.35 * r * math.sin(a))
            for a in (math.pi * i / 10 for i in range(11))
        ]
        metal.append(tube(bow, 0.045 * r, 8))
    elif kind == "mantel":
        shell += [
            rounded(2.9 * r, 0.9 * deep, 0.28 * r, 0.06 * r),
            _arched(1.2 * r, 0.75 * deep, r + lift).moved(z=0.25 * r),
        ]
    parts = [
        Part(joined(shell), "wood" if kind == "mantel" else "plastic", colour, share=0.4),
        Part(upright(face), "paper", (0.9, 0.89, 0.83)),
        Part(upright(joined([*marks, *hands])), "plastic", (0.02, 0.02, 0.02)),
    ]
    if metal:
        parts.append(Part(joined(metal), "brass", share=0.5))
    return Form(tuple(parts), {"face": Anchor((0.0, -deep / 2, r + lift), (0.0, -1.0, 0.0))})


def _arched(half: float, deep: float, middle: float) -> Solid:
    """An upright board as wide as two halves, with a round top about a height."""
    arc = [
        (half * math.cos(a), middle - 0.25 * half + half * math.sin(a)) for a in (math.pi * i / 16 for i in range(17))
    ]
    return extruded([(-half, 0.0), (half, 0.0), *arc], deep).turned(90, "x").moved(y=deep / 2)


def _framed(w: float, h: float, edge: float, deep: float) -> Solid:
    """A frame of four mitred sides with a slanting profile, its front to -y, from z = 0 up."""
    section = [(0.0, 0.5), (0.0, -0.3), (0.25, -0.5), (0.5, -0.45), (1.0, -0.05), (1.0, 0.5)]
    corners = [(-1, 0), (1, 0), (1, 1), (-1, 1)]
    rings: list[list[Point]] = []
    for sx, up in corners:
        rings.append([(sx * (w / 2 - f * edge), y * deep, f * edge + up * (h - 2 * f * edge)) for f, y in section])
    k = len(section)
    faces = [
        (i * k + j, (i + 1) % 4 * k + j, (i + 1) % 4 * k + (j + 1) % k, i * k + (j + 1) % k)
        for i in range(4)
        for j in range(k)
    ]
    return Solid(np.array([p for r in rings for p in r]), tuple(faces))


@entry("a picture in a frame", names=("picture", "painting", "photo frame", "portrait"), size=(0.1, 3.1))
def picture_frame(
    width: Annotated[float, metres(0.1, 2.0)] = 0.5,
    height: Annotated[float, share(0.5, 1.5, "of its width")] = 0.8,
    motif: Literal["landscape", "sea", "portrait", "plain"] = "landscape",
    edge: Annotated[float, share(0.04, 0.2, "how wide its frame is, of its width")] = 0.1,
    colour: Colour = GOLD,
) -> Form:
    """A moulded frame about a picture of hills and a sun, of the sea and a sail, or of a person."""
    w, h = width, height * width
    rim = min(edge * w, 0.3 * h)
    deep = 0.04 * w + 0.005
    iw, ih = w - 1.9 * rim, h - 1.9 * rim
    layers = _motif(motif, iw, ih)
    parts = [Part(_framed(w, h, rim, deep), "wood", colour)]
    for i, (outline, shade) in enumerate(layers):
        y = 0.4 * deep - 0.01 * deep * i
        flat = extruded(outline, 0.4 * deep).turned(90, "x").moved(0.0, y, h / 2)
        parts.append(Part(flat, "paper", shade, share=0.2))
    return Form(tuple(parts), {"face": Anchor((0.0, -0.1 * deep, h / 2), (0.0, -1.0, 0.0))})


def _motif(motif: str, w: float, h: float) -> list[tuple[list[tuple[float, float]], Rgb]]:
    """Flat shapes one before the other, about the middle of a picture, each with a colour."""

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * w / 2, z * h / 2) for x, z in points]

    def disc(x: float, z: float, r: float, f: float = 1.0) -> list[tuple[float, float]]:
        s = r * min(w, h) / 2
        return [
            (x * w / 2 + s * math.cos(a), z * h / 2 + f * s * math.sin(a))
            for a in (2 * math.pi * i / 24 for i in range(24))
        ]

    def wave(level: float, high: float, turns: float, shift: float) -> list[tuple[float, float]]:
        top = [(1 - i / 10, level + high * math.sin(turns * math.pi * (1 - i / 10) + shift)) for i in range(21)]
        return at([(-1.0, -1.0), (1.0, -1.0), *top])

    arc = (math.pi * i / 16 for i in range(17))
    shoulders = at([(0.72 * math.cos(a), 0.7 * math.sin(a) - 1.0) for a in arc])
    whole = at([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    if motif == "landscape":
        return [
            (whole, (0.35, 0.6, 0.85)),
            (disc(0.5, 0.55, 0.22), (0.95, 0.75, 0.2)),
            (wave(0.05, 0.2, 1.3, 0.6), (0.12, 0.25, 0.3)),
            (wave(-0.3, 0.16, 1.0, 2.2), (0.1, 0.35, 0.08)),
            (wave(-0.65, 0.1, 1.6, 0.0), (0.3, 0.45, 0.08)),
        ]
    if motif == "sea":
        sail = [at([(-0.35, -0.1), (0.05, -0.1), (0.05, 0.6)]), at([(0.1, -0.1), (0.35, -0.1), (0.1, 0.5)])]
        hull = at([(-0.3, -0.32), (0.25, -0.32), (0.4, -0.15), (-0.42, -0.15)])
        return [
            (whole, (0.75, 0.6, 0.5)),
            (disc(-0.55, 0.2, 0.2), (0.95, 0.4, 0.15)),
            (wave(-0.1, 0.0, 1.0, 0.0), (0.05, 0.25, 0.4)),
            *((s, (0.9, 0.88, 0.8)) for s in sail),
            (hull, (0.25, 0.08, 0.04)),
            (wave(-0.34, 0.05, 3.0, 0.5), (0.04, 0.18, 0.32)),
        ]
    if motif == "portrait":
        return [
            (whole, (0.12, 0.09, 0.06)),
            (shoulders, (0.1, 0.12, 0.25)),
            (disc(0.0, 0.25, 0.4, 1.25), (0.1, 0.05, 0.02)),
            (disc(0.0, 0.14, 0.32, 1.25), (0.65, 0.42, 0.3)),
        ]
    return [(whole, (0.8, 0.78, 0.72))]


@entry("a mirror in a frame that stands on feet", names=("looking glass", "standing mirror"), size=(0.3, 2.4))
def mirror(
    height: Annotated[float, metres(0.3, 2.4)] = 1.5,
    width: Annotated[float, share(0.3, 0.9, "of its height")] = 0.4,
    shape: Literal["oval", "square"] = "oval",
    colour: Colour = BROWN,
) -> Form:
    """A shining pane in a wooden frame between two posts on feet."""
    h, w = height, width * height
    thick, low = 0.025 * h, 0.1 * h
    inner, tall = w - 3 * thick, 0.88 * h - thick
    middle = low + thick + tall / 2
    if shape == "oval":
        turns = [2 * math.pi * i / 48 for i in range(48)]
        edge: list[Point] = [(inner / 2 * math.cos(a), 0.0, middle + tall / 2 * math.sin(a)) for a in turns]
        frame = tube(edge, 0.8 * thick, 10, closed=True)
        pane = extruded([(x, z) for x, _, z in edge], 0.5 * thick).turned(90, "x").moved(y=0.25 * thick)
    else:
        frame = _framed(inner + 1.6 * thick, tall + 1.6 * thick, 1.6 * thick, 1.4 * thick).moved(
            z=middle - tall / 2 - 0.8 * thick
        )
        pane = box(inner, 0.5 * thick, tall).moved(z=middle - tall / 2)
    x = w / 2 - 0.5 * thick
    posts = [cylinder(0.5 * thick, middle + 0.06 * h, 12).moved(s * x) for s in (-1, 1)]
    knobs = [ball(0.75 * thick, 12).moved(s * x, 0.0, middle + 0.06 * h) for s in (-1, 1)]
    feet = [rounded(1.6 * thick, 0.28 * h, 1.2 * thick, 0.5 * thick).moved(s * (x - 0.3 * thick)) for s in (-1, 1)]
    cross = cylinder(0.45 * thick, 2 * x, 10).turned(90, "y").moved(-x, 0.0, 0.06 * h)
    pins = cylinder(0.3 * thick, x - inner / 2, 8).turned(90, "y")
    axle = [pins.moved(x0, 0.0, middle) for x0 in (-x, inner / 2)]
    wood = joined([frame, *posts, *knobs, *feet, cross, *axle])
    return Form(
        (Part(wood, "wood", colour), Part(pane, "steel", (0.95, 0.96, 0.97), share=0.3)),
        {"face": Anchor((0.0, -0.25 * thick, middle), (0.0, -1.0, 0.0))},
    )
