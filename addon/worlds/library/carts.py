"""Vehicles that are drawn, pushed or pedalled. Their front is to -y."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, curve, cylinder, hoop, joined, lathe, loft, ring, rounded, tube
from .vehicles import BOTH, CHROME, DARK, grown

WOOD = (0.38, 0.23, 0.11)
GREY = (0.3, 0.31, 0.33)


def _cart_wheel(radius: float, thick: float, spokes: int) -> tuple[Solid, Solid]:
    """A wooden wheel with spokes and its iron tyre, about the origin, the axle along x."""
    iron = hoop([(0.95 * radius, 0.0), (radius, 0.0), (radius, thick), (0.95 * radius, thick)], 36)
    low, high = 0.1 * thick, 0.9 * thick
    rim = hoop([(0.82 * radius, low), (0.96 * radius, low), (0.96 * radius, high), (0.82 * radius, high)], 36)
    hub = lathe([(0.13 * radius, -0.6 * thick), (0.19 * radius, 0.5 * thick), (0.13 * radius, 1.6 * thick)], 16)
    spoke = tube([(0.1 * radius, 0.0, thick / 2), (0.86 * radius, 0.0, thick / 2)], 0.045 * radius, 6)
    wood = joined([rim, hub, *(spoke.turned(360 * i / spokes) for i in range(spokes))])
    return wood.turned(90, "y").moved(x=-thick / 2), iron.turned(90, "y").moved(x=-thick / 2)


def _tray(width: float, depth: float, height: float, wall: float, flare: float = 0.0) -> list[Solid]:
    """A floor and four boards around it as convex solids, on the ground; the boards lean outward by ``flare``."""
    x, y = width / 2, depth / 2

    def board(a: float, b: float, side: float) -> Solid:
        """A board across the end at ``b`` along y, ``a`` half as wide."""
        lean, t = flare * height, wall * side
        low = [(-a, b - t), (a, b - t), (a, b), (-a, b)]
        high = [
            (-a - lean, b - t + side * lean),
            (a + lean, b - t + side * lean),
            (a + lean, b + side * lean),
            (-a - lean, b + side * lean),
        ]
        rings = [[(u, v, z) for u, v in flat] for flat, z in ((low, 0.0), (high, height))]
        return loft(rings if side > 0 else [r[::-1] for r in rings])

    ends = [board(x, s * y, float(s)) for s in BOTH]
    sides = [board(y, s * x, float(s)).turned(90) for s in BOTH]
    return [box(width, depth, wall), *ends, *sides]


@entry(
    "a cart with two large wheels and shafts",
    names=("handcart", "barrow cart", "horse cart"),
    size=(0.27, 5.0),
    shape="COMPOUND",
)
def cart(
    length: Annotated[float, metres(0.3, 4.5, "with its shafts")] = 2.6,
    wheel: Annotated[float, share(0.12, 0.24, "radius of its wheels over its length")] = 0.19,
    sides: Annotated[float, share(0.04, 0.22, "how high its boards are, over its length")] = 0.12,
    colour: Colour = WOOD,
    wheels: Colour = (0.45, 0.08, 0.04),
) -> Form:
    """A box of boards with ribs on an axle with two spoked wheels, two shafts to the front on a prop."""
    w, r, thick, low = 0.32, wheel, 0.022, wheel + 0.015
    tray = [s.moved(0.0, 0.2, low) for s in _tray(w, 0.56, sides, 0.018, 0.15)]
    ribs = [box(0.018, 0.62, 0.018).moved(s * 0.3 * w, 0.2, low - 0.016) for s in BOTH]
    shafts = [tube([(s * 0.42 * w, 0.1, low), (s * 0.3 * w, -0.47, low + 0.02)], 0.013, 8) for s in BOTH]
    bar = cylinder(0.011, 0.64 * w, 10).turned(90, "y").moved(-0.32 * w, -0.46, low + 0.0195)
    prop = [box(0.02, 0.02, low + 0.005).moved(s * 0.4 * w, -0.05) for s in BOTH]
    axle = cylinder(0.012, w + 0.08, 10).turned(90, "y").moved(-w / 2 - 0.04, 0.22, r)
    wood, iron = _cart_wheel(r, thick, 12)
    at = [(s * (w / 2 + 0.04 + 0.15 * sides), 0.22, r) for s in BOTH]
    ends = [
        cylinder(0.012, 0.16 * sides + 0.01, 10)
        .turned(90, "y")
        .moved(s * (w / 2 + 0.035) + (0 if s > 0 else -0.16 * sides - 0.01), 0.22, r)
        for s in BOTH
    ]
    discs = [cylinder(r, thick, 20).turned(90, "y").moved(a - thick / 2, y, z) for a, y, z in at]
    parts = (
        Part(joined([*tray, *ribs, *shafts, bar, *prop]), "wood", colour, share=0.8),
        Part(joined(wood.moved(*p) for p in at), "wood", wheels),
        Part(joined([axle, *ends, *(iron.moved(*p) for p in at)]), "steel", DARK, share=0.5),
    )
    inside = Anchor((0.0, 0.2, low + 0.018), reach=0.4 * w)
    anchors = {
        "inside": inside,
        "handle": Anchor((0.0, -0.46, low + 0.03)),
        "top": Anchor((0.0, 0.2, low + 0.018), reach=0.4 * w),
    }
    return grown(Form(parts, anchors, hulls=(*tray, *shafts, *prop, *discs)), length)


@entry(
    "a wagon with four wheels and a pole",
    names=("covered wagon", "hay wagon", "carriage", "pull wagon"),
    size=(0.3, 6.0),
    shape="COMPOUND",
)
def wagon(
    length: Annotated[float, metres(0.3, 5.5, "with its pole")] = 4.2,
    cover: bool = False,
    sides: Annotated[float, share(0.05, 0.16, "how high its boards are, over its length")] = 0.08,
    colour: Colour = WOOD,
    wheels: Colour = (0.45, 0.08, 0.04),
) -> Form:
    """A box of boards on two axles with spoked wheels, the front ones smaller, and a pole, and canvas over it."""
    w, rear, front, low, y = 0.26, 0.13, 0.1, 0.17, 0.16
    tray = [s.moved(0.0, y, low) for s in _tray(w, 0.64, sides, 0.014, 0.2)]
    chassis = [box(0.06, 0.62, 0.03).moved(0.0, y, low - 0.03)]
    chassis += [box(w, 0.035, 0.05).moved(0.0, a, low - 0.045) for a in (0.38, -0.05)]
    pole = tube([(0.0, -0.02, low - 0.03), (0.0, -0.47, low - 0.06)], 0.012, 8)
    grip = cylinder(0.01, 0.1, 10).turned(90, "y").moved(-0.05, -0.48, low - 0.06)
    spots = [(s * (w / 2 + 0.036), a, r) for a, r in ((0.38, rear), (-0.05, front)) for s in BOTH]
    wood, iron, discs = list[Solid](), list[Solid](), list[Solid]()
    for x, a, r in spots:
        one, tyre = _cart_wheel(r, 0.018, 10)
        wood.append(one.moved(x, a, r))
        iron.append(tyre.moved(x, a, r))
        discs.append(cylinder(r, 0.018, 20).turned(90, "y").moved(x - 0.009, a, r))
    axles = [
        cylinder(0.012, w + 0.07, 10).turned(90, "y").moved(-w / 2 - 0.035, a, r)
        for a, r in ((0.38, rear), (-0.05, front))
    ]
    axles += [
        box(0.03, 0.03, low - r).moved(s * 0.3 * w, a, r) for a, r in ((0.38, rear), (-0.05, front)) for s in BOTH
    ]
    parts = [
        Part(joined([*tray, *chassis, pole, grip]), "wood", colour, share=0.6),
        Part(joined(wood), "wood", wheels),
        Part(joined([*iron, *axles]), "steel", DARK, share=0.5),
    ]
    room = Anchor((0.0, y, low + 0.014), reach=0.45 * w)
    anchors = {"inside": room, "top": room, "handle": Anchor((0.0, -0.48, low - 0.05))}
    hulls = [*tray, *chassis, pole, *discs]
    if cover:
        parts.append(
            Part(
                _canvas(w / 2 + 0.2 * sides, 0.62, low + 0.9 * sides).moved(y=y), "cloth", (0.8, 0.77, 0.68), share=0.3
            )
        )
        anchors = {"inside": room, "handle": anchors["handle"]}
    return grown(Form(tuple(parts), anchors, hulls=tuple(hulls)), length)


def _canvas(half: float, long: float, low: float) -> Solid:
    """A vault of cloth over a wagon, higher at its ends, open in front and behind."""
    rings = []
    for t in np.linspace(-1.0, 1.0, 13).tolist():
        rise = 1.55 + 0.12 * t * t + 0.02 * math.cos(6 * math.pi * (t + 1.0))
        turns = np.linspace(0.0, math.pi, 15).tolist()
        out = [(half * math.cos(a), rise * half * math.sin(a) ** 0.8) for a in turns]
        rings.append(
            [(x, t * long / 2 * (1.0 + 0.1 * z / half), low + z) for x, z in out]
            + [(0.96 * x, t * long / 2 * (1.0 + 0.1 * z / half), low + 0.97 * z) for x, z in out[::-1]]
        )
    return loft([r[::-1] for r in rings])


@entry("a sled on two runners", names=("sledge", "sleigh", "toboggan"), size=(0.27, 2.4), shape="COMPOUND")
def sled(
    length: Annotated[float, metres(0.3, 2.2)] = 1.1,
    width: Annotated[float, share(0.25, 0.5, "over its length")] = 0.34,
    slats: Annotated[int, count(3, 7)] = 5,
    colour: Colour = (0.5, 0.33, 0.15),
    runners: Colour = (0.5, 0.04, 0.03),
) -> Form:
    """Slats along the seat on cross-bars, over two runners that bend up in front, with a rope to pull it."""
    w, seat, thick = width, 0.17, 0.02
    bent = curve(
        [
            (0.48, 0.012),
            (0.2, 0.012),
            (-0.25, 0.012),
            (-0.39, 0.035),
            (-0.46, 0.1),
            (-0.46, 0.18),
            (-0.41, 0.225),
            (-0.36, 0.205),
        ],
        4,
    )
    x = 0.43 * w
    rails = [tube([(s * x, y, max(z, 0.012)) for y, z in bent], 0.012, 8) for s in BOTH]
    posts = [box(0.018, 0.03, seat - 0.005).moved(s * x, y, 0.004) for y in (-0.22, 0.1, 0.38) for s in BOTH]
    bars_ = [box(0.9 * w, 0.035, 0.02).moved(0.0, y, seat - 0.022) for y in (-0.22, 0.1, 0.38)]
    bow = cylinder(0.011, 2 * x, 10).turned(90, "y").moved(-x, -0.405, 0.223)
    each = w / slats
    boards = [
        rounded(0.86 * each, 0.78, thick, 0.006, 2).moved((i - (slats - 1) / 2) * each, 0.08, seat - 0.002)
        for i in range(slats)
    ]
    rope = tube(
        curve(
            [(-x, -0.41, 0.22), (-0.6 * x, -0.42, 0.09), (0.0, -0.43, 0.03), (0.6 * x, -0.42, 0.09), (x, -0.41, 0.22)],
            4,
        ),
        0.006,
        6,
    )
    shoes = [box(0.024, 0.73, 0.024).moved(s * x, 0.115) for s in BOTH]
    tips = [tube([(s * x, -0.25, 0.012), (s * x, -0.45, 0.09)], 0.012, 8) for s in BOTH]
    deck = box(w - 0.14 * each, 0.78, thick).moved(0.0, 0.08, seat - 0.002)
    parts = (
        Part(joined([*boards, *bars_]), "wood", colour),
        Part(joined([*rails, *posts, bow]), "wood", runners),
        Part(rope, "rope"),
    )
    top = Anchor((0.0, 0.08, seat + 0.018), reach=0.45 * w)
    return grown(Form(parts, {"seat": top, "top": top}, hulls=(deck, *posts, *shoes, *tips, bow)), length)


@entry("a wheelbarrow", names=("barrow", "garden barrow", "garden cart"), size=(0.3, 2.4), shape="COMPOUND")
def wheelbarrow(
    length: Annotated[float, metres(0.3, 2.2)] = 1.4,
    tray: Annotated[float, share(0.1, 0.2, "how deep its tray is, over its length")] = 0.15,
    width: Annotated[float, share(0.3, 0.5, "of its tray, over its length")] = 0.42,
    colour: Colour = (0.05, 0.28, 0.12),
    frame: Colour = GREY,
) -> Form:
    """A flared tray on two poles that run from the axle of one wheel to the handles, with two legs."""
    r, low, y = 0.13, 0.2, 0.0
    boards = [s.moved(0.0, y, low) for s in _tray(0.6 * width, 0.42, tray, 0.012, 0.35)]
    grip = [(s * 0.16, 0.46, 0.36) for s in BOTH]
    poles = [
        tube([(s * 0.04, -0.37, r), (s * 0.1, -0.1, low - 0.012), (s * 0.14, 0.18, low - 0.012), grip[i]], 0.014, 8)
        for i, s in enumerate(BOTH)
    ]
    handles = [
        tube([_mixed(p.vertices[-8:].mean(axis=0).tolist(), (s * 0.16, 0.5, 0.385), t) for t in (-1.6, 1.0)], 0.019, 10)
        for p, s in zip(poles, BOTH, strict=True)
    ]
    legs = [tube([(s * 0.125, 0.12, low + 0.01), (s * 0.15, 0.2, 0.012)], 0.013, 8) for s in BOTH]
    feet = [box(0.05, 0.07, 0.018).moved(s * 0.15, 0.2) for s in BOTH]
    legs += [tube([(s * 0.15, 0.2, 0.09), (s * 0.11, -0.05, low)], 0.01, 8) for s in BOTH]
    axle = cylinder(0.013, 0.12, 10).turned(90, "y").moved(-0.06, -0.37, r)
    tyre = ring(r - 0.03, 0.03, 32, 10).turned(90, "y").moved(0.0, -0.37, r)
    disc = (
        lathe([(0.82 * r, 0.0), (0.3 * r, -0.02), (0.3 * r, 0.05), (0.82 * r, 0.03)], 24)
        .turned(90, "y")
        .moved(-0.015, -0.37, r)
    )
    roller = cylinder(r, 0.06, 20).turned(90, "y").moved(-0.03, -0.37, r)
    parts = (
        Part(joined(boards), "steel", colour, share=0.12),
        Part(joined([*poles, *legs, *feet, axle, disc]), "steel", frame, share=0.15),
        Part(joined([tyre, *handles]), "rubber", DARK, share=0.5),
    )
    anchors = {"inside": Anchor((0.0, y, low + 0.012), reach=0.25 * width), "handle": Anchor((0.0, 0.48, 0.375))}
    bars_ = [tube([(s * 0.04, -0.37, r), (s * 0.14, 0.18, low - 0.012)], 0.014, 8) for s in BOTH]
    return grown(Form(parts, anchors, hulls=(*boards, *bars_, *handles, *legs[:2], *feet, roller)), length)


@entry("a bicycle with two spoked wheels", names=("bike", "cycle", "push bike"), size=(0.3, 2.6))
def bicycle(
    length: Annotated[float, metres(0.3, 2.4)] = 1.75,
    wheel: Annotated[float, share(0.16, 0.205, "radius of its wheels over its length")] = 0.195,
    bars: Literal["flat", "racing"] = "flat",
    basket: bool = False,
    colour: Colour = (0.05, 0.25, 0.45),
) -> Form:
    """Two spoked wheels with tyres in a frame of tubes, with saddle, handlebars, cranks and a chain."""
    r, front, back = wheel, wheel - 0.5, 0.5 - wheel
    crank, seat, head, neck = (0.0, 0.05, 0.17), (0.0, 0.14, 0.47), (0.0, -0.205, 0.5), (0.0, -0.235, 0.41)
    hub, nose = (0.0, back, r), (0.0, front, r)
    thick = 0.011
    frame = [tube(p, thick, 10) for p in ([crank, seat], [seat, (0.0, -0.21, 0.485)], [crank, neck], [head, neck])]
    frame += [
        tube([(s * 0.012, *p[1:]), (s * 0.03, hub[1], hub[2])], 0.6 * thick, 8)
        for p in (crank, (0.0, 0.13, 0.44))
        for s in BOTH
    ]
    frame += [tube([(s * 0.012, neck[1], neck[2]), (s * 0.028, nose[1], nose[2])], 0.7 * thick, 8) for s in BOTH]
    frame.append(box(0.05, 0.024, 0.02).moved(0.0, neck[1], neck[2] - 0.012))
    tyres, rims = list[Solid](), list[Solid]()
    for y in (front, back):
        tyres.append(ring(r - 0.014, 0.014, 36, 8).turned(90, "y").moved(0.0, y, r))
        spokes = [
            tube([(0.0, 0.0, 0.0), ((r - 0.02) * math.cos(a), (r - 0.02) * math.sin(a), 0.0)], 0.0018, 4)
            for a in np.arange(14) * math.pi / 7
        ]
        wheel_ = joined([ring(r - 0.029, 0.008, 36, 6), *spokes])
        rims += [wheel_.turned(90, "y").moved(0.0, y, r), cylinder(0.014, 0.07, 12).turned(90, "y").moved(-0.035, y, r)]
    rims.append(cylinder(0.05, 0.006, 24).turned(90, "y").moved(0.014, crank[1], crank[2]))
    rims += [
        tube([(s * 0.03, crank[1], crank[2]), (s * 0.034, crank[1] + s * 0.07, crank[2] - s * 0.06)], 0.006, 8)
        for s in BOTH
    ]
    rims.append(cylinder(0.012, 0.07, 12).turned(90, "y").moved(-0.035, crank[1], crank[2]))
    stem = (0.0, -0.195, 0.535)
    rims += [tube([head, stem], 0.9 * thick, 10), tube([seat, (0.0, 0.155, 0.52)], 0.8 * thick, 10)]
    black = [
        rounded(0.075, 0.035, 0.012, 0.005).moved(s * 0.06, crank[1] + s * 0.07, crank[2] - s * 0.06 - 0.006)
        for s in BOTH
    ]
    black += [_saddle().moved(0.0, 0.155, 0.515), *tyres]
    black += [
        box(0.004, hub[1] - crank[1], 0.006).moved(
            0.018, (hub[1] + crank[1]) / 2, 0.5 * (hub[2] + crank[2]) + s * 0.035
        )
        for s in BOTH
    ]
    for s in BOTH:
        reach: list[Point] = [stem, (s * 0.08, -0.215, 0.54), (s * 0.16, -0.17, 0.55)]
        if bars == "racing":
            reach = [
                stem,
                (s * 0.12, -0.2, 0.535),
                (s * 0.125, -0.265, 0.53),
                (s * 0.125, -0.28, 0.49),
                (s * 0.125, -0.22, 0.46),
            ]
        rims.append(tube(reach, 0.007, 8))
        black.append(tube([_mixed(reach[-2], reach[-1], 0.4), _mixed(reach[-2], reach[-1], 1.05)], 0.0105, 8))
    parts = [
        Part(joined(frame), "steel", colour, share=0.2),
        Part(joined(rims), "steel", CHROME, share=0.25),
        Part(joined(black), "rubber", DARK, share=0.4),
    ]
    if basket:
        wire = loft(
            [
                [(a * k, -0.3 + b * k, z) for a, b in ((0.08, -0.06), (0.08, 0.06), (-0.08, 0.06), (-0.08, -0.06))]
                for z, k in ((0.43, 0.8), (0.54, 1.0), (0.54, 0.93), (0.44, 0.74))
            ]
        )
        parts.append(Part(wire, "straw", (0.5, 0.33, 0.14), share=0.4))
    anchors = {"seat": Anchor((0.0, 0.155, 0.535), reach=0.06), "handle": Anchor((0.0, -0.19, 0.54))}
    return grown(Form(tuple(parts), anchors), length)


def _mixed(a: Point, b: Point, t: float) -> Point:
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]))


def _saddle() -> Solid:
    """A saddle about the origin for a bicycle of length 1, narrow in front."""
    stations = [(-0.085, 0.01), (-0.05, 0.018), (0.0, 0.03), (0.04, 0.048), (0.06, 0.035)]
    return loft([[(w, y, 0.0), (-w, y, 0.0), (-0.7 * w, y, 0.022), (0.7 * w, y, 0.022)] for y, w in stations])
