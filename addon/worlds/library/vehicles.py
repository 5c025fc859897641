"""Vehicles of the road and the rail. Their front is to -y."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, cylinder, egg, hoop, joined, lathe, loft, profiled, rounded, tube

DARK = (0.025, 0.025, 0.028)
PANE = (0.03, 0.05, 0.07)
CHROME = (0.6, 0.61, 0.62)
BOTH = (-1, 1)


def _wheel(radius: float, wide: float) -> tuple[Solid, Solid]:
    """A tyre and its rim, upright about the origin, the axle along x."""
    b = 0.2 * wide
    tyre = [
        (0.6 * radius, 0.0),
        (0.93 * radius, 0.0),
        (radius, b),
        (radius, wide - b),
        (0.93 * radius, wide),
        (0.6 * radius, wide),
    ]
    disc = lathe(
        [
            (0.62 * radius, 0.12 * wide),
            (0.62 * radius, 0.88 * wide),
            (0.5 * radius, 0.8 * wide),
            (0.2 * radius, 0.9 * wide),
            (0.0, 0.92 * wide),
        ],
        20,
    )
    rim = joined([disc, disc.scaled(1.0, 1.0, -1.0).moved(z=wide)])
    return hoop(tyre, 28).turned(90, "y").moved(x=-wide / 2), rim.turned(90, "y").moved(x=-wide / 2)


def _wheels(radius: float, wide: float, x: float, along: Sequence[float]) -> tuple[Part, Part, list[Solid]]:
    """Wheels on both sides at places along y as tyres and rims, and as convex solids."""
    tyre, rim = _wheel(radius, wide)
    spots = [(s * x, y) for y in along for s in BOTH]
    axles = [cylinder(0.2 * radius, 2 * x, 10).turned(90, "y").moved(-x, y, radius) for y in along]
    plain = cylinder(radius, wide, 20).turned(90, "y").moved(x=-wide / 2)
    return (
        Part(joined(tyre.moved(a, y, radius) for a, y in spots), "rubber", share=0.5),
        Part(joined([*axles, *(rim.moved(a, y, radius) for a, y in spots)]), "steel", CHROME, share=0.1),
        [plain.moved(a, y, radius) for a, y in spots],
    )


def _arched(
    front: float, back: float, low: float, radius: float, along: Sequence[float], middle: float
) -> list[tuple[float, float]]:
    """The lower edge of a body in ``(y, z)`` from front to back, with round cuts over the wheels."""
    line: list[tuple[float, float]] = [(front, low)]
    start = math.asin(min(max((low - middle) / radius, -0.9), 0.9))
    for y in along:
        turns = np.linspace(math.pi - start, start, 13)
        line += [(y + radius * math.cos(t), middle + radius * math.sin(t)) for t in turns.tolist()]
    return [*line, (back, low)]


def _cabin(low: Sequence[float], high: Sequence[float], wide: float, narrow: float) -> Solid:
    """A body from ``(front, back, height)`` below up to the same above, as wide as said there and there."""
    rings = []
    for (front, back, z), w in ((low, wide), (high, narrow)):
        rings.append([(w / 2, front, z), (w / 2, back, z), (-w / 2, back, z), (-w / 2, front, z)])
    return loft(rings)


def _between(low: Sequence[float], high: Sequence[float], t: float) -> list[float]:
    return [a + t * (b - a) for a, b in zip(low, high, strict=True)]


CARS: dict[str, tuple[tuple[float, float], tuple[float, float], float, float, float]] = {
    "saloon": ((-0.2, 0.36), (-0.04, 0.2), 0.345, 0.2, 0.19),
    "hatchback": ((-0.23, 0.47), (-0.05, 0.36), 0.4, 0.22, 0.215),
    "estate": ((-0.2, 0.475), (-0.05, 0.41), 0.345, 0.2, 0.2),
    "van": ((-0.38, 0.485), (-0.2, 0.46), 0.46, 0.24, 0.235),
    "sports": ((-0.16, 0.32), (0.02, 0.12), 0.29, 0.165, 0.16),
}
"""Of each kind of car over its length: the windows' front and back below and above, the height, and how high bonnet
and boot are at the windows and at the ends."""


@entry(
    "a passenger car on four wheels",
    names=("automobile", "motor car", "sedan", "van", "sports car"),
    size=(0.2, 7.0),
    shape="COMPOUND",
)
def car(
    length: Annotated[float, metres(0.2, 6.5)] = 4.2,
    kind: Literal["saloon", "hatchback", "estate", "van", "sports"] = "saloon",
    width: Annotated[float, share(0.36, 0.48, "over its length")] = 0.42,
    lights: bool = False,
    colour: Colour = (0.55, 0.03, 0.03),
) -> Form:
    """A bevelled body with round cuts over four wheels, windows under a roof on pillars, lamps and bumpers."""
    below, above, high, belt, end = CARS[kind]
    r, low, axles, w = 0.078, 0.05, (-0.31, 0.29), width
    sill = _arched(-0.49, 0.49, low, 1.14 * r, axles, r)
    nose = [
        (0.5, 0.09),
        (0.49, end),
        (below[1], belt),
        (below[0], belt),
        (-0.46, end),
        (-0.5, end - 0.04),
        (-0.5, 0.09),
    ]
    shell = profiled([*sill, *nose], w, "x", 0.02)
    floor = box(0.62 * w, 0.94, 0.1).moved(z=low + 0.01)
    feet, tops = (*below, belt - 0.005), (*above, high - 0.012)
    panes = _cabin(feet, tops, 0.92 * w, 0.74 * w)
    roof = _cabin(_between(feet, tops, 0.93), (above[0] + 0.012, above[1] - 0.012, high), 0.775 * w, 0.68 * w)
    posts = [_pillar(feet, tops, 0.925 * w, 0.745 * w, t, s) for t in (0.0, 0.5, 1.0) for s in BOTH]
    bumpers = [rounded(0.9 * w, 0.03, 0.03, 0.012).moved(0.0, s * 0.492, 0.08) for s in BOTH]
    mirrors = [rounded(0.05, 0.02, 0.022, 0.008).moved(s * 0.485 * w, below[0] + 0.05, belt + 0.008) for s in BOTH]
    lamps = [egg(0.15 * w, 0.03, 0.035, 16).moved(s * 0.36 * w, -0.493, end - 0.055) for s in BOTH]
    tails = [rounded(0.15 * w, 0.02, 0.03, 0.006).moved(s * 0.36 * w, 0.492, end - 0.045) for s in BOTH]
    grille = box(0.4 * w, 0.02, 0.025).moved(0.0, -0.495, 0.115)
    tyres, rims, rollers = _wheels(r, 0.1 * w, 0.44 * w, axles)
    lower = [(-0.5, 0.08), (0.5, 0.08), (0.49, end), (below[1], belt), (below[0], belt), (-0.49, end)]
    hulls = (profiled(lower, w, "x"), panes, *rollers)
    parts = (
        Part(joined([shell, roof, *posts, *mirrors]), "steel", colour, share=0.022),
        Part(joined([floor, *bumpers, grille]), "plastic", DARK, share=0.1),
        Part(panes, "plastic", PANE, share=0.05),
        Part(joined(lamps), "plastic", (0.9, 0.88, 0.75), glow=8.0 if lights else 0.0),
        Part(joined(tails), "plastic", (0.5, 0.01, 0.01), glow=2.0 if lights else 0.0),
        tyres,
        rims,
    )
    top = Anchor((0.0, (above[0] + above[1]) / 2, high), reach=0.3 * w)
    return grown(Form(parts, {"top": top, "seat": Anchor((0.0, 0.02, belt), reach=0.2 * w)}, hulls), length)


def _pillar(low: Sequence[float], high: Sequence[float], wide: float, narrow: float, t: float, side: int) -> Solid:
    """A post at a place from front to back along the edge of a cabin."""
    deep = 0.018
    rings: list[list[Point]] = []
    for (front, back, z), w in ((low, wide), (high, narrow)):
        y, a, b = front + t * (back - front), (w / 2 - 0.02) * side, (w / 2 + 0.001) * side
        y += deep * (0.5 - t) * 0.9
        corners = [(b, y - deep / 2, z), (b, y + deep / 2, z), (a, y + deep / 2, z), (a, y - deep / 2, z)]
        rings.append(corners if side > 0 else corners[::-1])
    return loft(rings)


def grown(form: Form, size: float) -> Form:
    """A form that is made in parts of its length, in m."""

    def place(a: Anchor) -> Anchor:
        x, y, z = a.at
        return Anchor((x * size, y * size, z * size), a.out, a.reach * size)

    parts = tuple(Part(p.solid.scaled(size), p.stuff, p.color, p.glow, p.share) for p in form.parts)
    return Form(parts, {n: place(a) for n, a in form.anchors.items()}, tuple(h.scaled(size) for h in form.hulls))


@entry(
    "a truck with a cab",
    names=("lorry", "tank truck", "flatbed truck", "delivery truck"),
    size=(0.3, 16.0),
    shape="COMPOUND",
)
def truck(
    length: Annotated[float, metres(0.3, 15.0)] = 7.0,
    load: Literal["box", "flatbed", "tank"] = "box",
    axles: Annotated[int, count(2, 4)] = 3,
    colour: Colour = (0.04, 0.15, 0.5),
    body: Colour = (0.75, 0.74, 0.7),
) -> Form:
    """A cab with a large windscreen on a frame with wheels, and a box, an open bed or a tank behind it."""
    r, low, w, front = 0.07, 0.1, 0.32, -0.5
    front_axle, rest = -0.35, [0.38 - 0.16 * i for i in range(axles - 1)]
    sill = _arched(front + 0.005, -0.24, 0.065, 1.12 * r, [front_axle], r)
    face = [(-0.24, 0.36), (-0.44, 0.36), (-0.46, 0.35), (-0.495, 0.21), (front, 0.12)]
    cab = profiled([*sill, *face], w, "x", 0.012)
    screen = profiled([(-0.502, 0.215), (-0.48, 0.215), (-0.45, 0.33), (-0.4685, 0.33)], 0.84 * w, "x")
    side = [(-0.46, 0.215), (-0.3, 0.215), (-0.3, 0.325), (-0.44, 0.325)]
    panes = [screen, *(profiled(side, 0.006, "x").moved(x=s * w / 2) for s in BOTH)]
    frame = [
        box(0.5 * w, 0.9, 0.072).moved(0.0, 0.03, low - 0.02),
        box(0.96 * w, 0.02, 0.045).moved(0.0, -0.495, 0.065),
    ]
    frame += [cylinder(0.012, 0.34, 12).moved(s * 0.45 * w, -0.23, 0.09) for s in BOTH]
    frame += [rounded(0.03, 0.014, 0.06, 0.006).moved(s * (w / 2 + 0.012), -0.465, 0.24) for s in BOTH]
    lamps = [rounded(0.05, 0.015, 0.03, 0.006).moved(s * 0.36 * w, -0.5, 0.12) for s in BOTH]
    deck = box(w, 0.71, 0.02).moved(0.0, 0.145, 0.148)
    carried, hulls = _load(load, w)
    tyres, rims, rollers = _wheels(r, 0.11 * w, 0.43 * w, [front_axle, *rest])
    parts = (
        Part(cab, "steel", colour, share=0.025),
        Part(joined(panes), "plastic", PANE, share=0.3),
        Part(joined([*frame, deck]), "steel", DARK, share=0.04),
        Part(joined(lamps), "plastic", (0.9, 0.88, 0.75)),
        Part(joined(carried), "steel", body, share=0.006),
        tyres,
        rims,
    )
    top = max(float(h.high[2]) for h in hulls) if load != "flatbed" else 0.168
    whole = (profiled([*face, (-0.495, 0.07), (-0.24, 0.07)], w, "x"), deck, frame[0], *hulls, *rollers)
    return grown(Form(parts, {"top": Anchor((0.0, 0.145, top), reach=0.45 * w)}, whole), length)


def _load(load: str, w: float) -> tuple[list[Solid], list[Solid]]:
    """What a truck carries, for its length of 1, and convex solids of it."""
    if load == "box":
        case = rounded(w, 0.71, 0.29, 0.008, 2).moved(0.0, 0.145, 0.165)
        ribs = [box(w + 0.008, 0.012, 0.27).moved(0.0, 0.145 + y, 0.17) for y in (-0.3, -0.15, 0.0, 0.15, 0.3)]
        return [case, *ribs], [case]
    if load == "tank":
        tank = lathe([(0.1, 0.0), (0.135, 0.012), (0.15, 0.04), (0.15, 0.64), (0.135, 0.668), (0.1, 0.68)], 32)
        drum = tank.turned(-90, "x").moved(0.0, -0.19, 0.305)
        cradle = [box(0.26, 0.03, 0.08).moved(0.0, y, 0.165) for y in (-0.1, 0.15, 0.4)]
        hats = [cylinder(0.04, 0.03, 20).moved(0.0, y, 0.445) for y in (0.0, 0.3)]
        return [drum, *cradle, *hats], [drum, *cradle]
    boards = [box(0.012, 0.71, 0.07).moved(s * (w / 2 - 0.006), 0.145, 0.165) for s in BOTH]
    boards += [box(w, 0.012, 0.07).moved(0.0, 0.494, 0.165), box(w, 0.012, 0.16).moved(0.0, -0.204, 0.165)]
    posts = [box(w + 0.006, 0.012, 0.02).moved(0.0, y, 0.15) for y in (-0.1, 0.1, 0.3)]
    return [*boards, *posts], boards


@entry(
    "a bus with rows of windows",
    names=("coach", "omnibus", "school bus", "double decker"),
    size=(0.4, 16.0),
    shape="CONVEX_HULL",
)
def bus(
    length: Annotated[float, metres(0.4, 15.0)] = 11.0,
    decks: Annotated[int, count(1, 2)] = 1,
    windows: Annotated[int, count(4, 9, "on each side of a deck")] = 6,
    colour: Colour = (0.65, 0.05, 0.04),
    band: Colour = (0.82, 0.8, 0.74),
) -> Form:
    """A long bevelled body with cuts over four wheels, windows all around, a door, a belt of a second colour."""
    r, low, w, axles = 0.046, 0.032, 0.23, (-0.3, 0.27)
    high = low + 0.02 + 0.21 * decks + 0.035
    sill = _arched(-0.495, 0.497, low, 1.12 * r, axles, r)
    outline = [
        *sill,
        (0.5, 0.06),
        (0.5, high - 0.025),
        (0.48, high),
        (-0.465, high),
        (-0.49, high - 0.03),
        (-0.5, 0.12),
        (-0.5, 0.06),
    ]
    shell = profiled(outline, w, "x", 0.012)
    each, panes, stripes = 0.86 / windows, list[Solid](), list[Solid]()
    for d in range(decks):
        z = 0.145 + 0.2 * d
        rows = range(windows)
        for s in BOTH:
            skip = 1 if d == 0 and s < 0 else 0
            panes += [
                box(0.006, 0.86 * each, 0.085).moved(s * w / 2, -0.43 + (i + 0.5) * each, z) for i in rows if i >= skip
            ]
        panes += [
            box(0.84 * w, 0.012, 0.1).moved(0.0, -0.4935 + 0.004 * d, z - 0.015),
            box(0.8 * w, 0.006, 0.08).moved(0.0, 0.5, z),
        ]
        stripes.append(box(w + 0.004, 0.985, 0.012).moved(0.0, 0.002, z - 0.025))
    panes.append(box(0.006, 0.08, 0.185).moved(-w / 2, -0.39, 0.045))
    lamps = [egg(0.035, 0.012, 0.03, 12).moved(s * 0.38 * w, -0.5, 0.085) for s in BOTH]
    bumper = [rounded(w, 0.014, 0.022, 0.006).moved(0.0, s * 0.497, 0.04) for s in BOTH]
    floor = box(0.7 * w, 0.96, 0.05).moved(z=low + 0.005)
    tyres, rims, _ = _wheels(r, 0.11 * w, 0.445 * w, axles)
    parts = (
        Part(shell, "steel", colour, share=0.008),
        Part(joined(stripes), "steel", band, share=0.002),
        Part(joined(panes), "plastic", PANE, share=0.3),
        Part(joined([floor, *bumper]), "steel", DARK, share=0.02),
        Part(joined(lamps), "plastic", (0.9, 0.88, 0.75)),
        tyres,
        rims,
    )
    return grown(Form(parts, {"top": Anchor((0.0, 0.0, high), reach=0.45 * w)}), length)


def _spoked(radius: float, thick: float, spokes: int) -> Solid:
    """An iron wheel with spokes about the origin, its axle along x."""
    rim = hoop([(0.8 * radius, 0.0), (radius, 0.0), (radius, thick), (0.8 * radius, thick)], 32)
    hub = cylinder(0.22 * radius, 1.3 * thick, 16)
    spoke = tube([(0.1 * radius, 0.0, thick / 2), (0.85 * radius, 0.0, thick / 2)], 0.05 * radius, 6)
    whole = joined([rim, hub, *(spoke.turned(360 * i / spokes) for i in range(spokes))])
    return whole.turned(90, "y").moved(x=-thick / 2)


@entry(
    "a steam engine of a train", names=("steam engine", "locomotive", "steam locomotive", "train"), size=(0.14, 13.0)
)
def train_engine(
    length: Annotated[float, metres(0.15, 12.0)] = 9.0,
    wheels: Annotated[int, count(2, 4, "large wheels on each side")] = 3,
    smoke: Annotated[float, share(0.6, 1.6, "how high the chimney is")] = 1.0,
    colour: Colour = (0.03, 0.16, 0.06),
    trim: Colour = (0.6, 0.05, 0.04),
) -> Form:
    """A boiler with chimney and domes before a cab, on spoked wheels with rods, with a cow catcher and buffers."""
    w, r, boiler, up = 0.25, 0.075, 0.09, 0.255
    barrel = cylinder(boiler, 0.62, 32).turned(90, "x").moved(0.0, 0.16, up)
    door = (
        lathe([(boiler, 0.0), (0.9 * boiler, 0.012), (0.3 * boiler, 0.03), (0.0, 0.032)], 32)
        .turned(90, "x")
        .moved(0.0, -0.46, up)
    )
    cab = box(w, 0.2, 0.23).moved(0.0, 0.25, 0.13)
    roof = profiled(
        [(0.16 * math.cos(a), 0.05 * math.sin(a)) for a in np.linspace(0.0, math.pi, 13).tolist()], 0.3, "y"
    ).moved(0.0, 0.26, 0.357)
    bunker = box(w, 0.13, 0.15).moved(0.0, 0.41, 0.13)
    bands = [
        hoop([(boiler, 0.0), (1.04 * boiler, 0.0), (1.04 * boiler, 0.012), (boiler, 0.012)], 32)
        .turned(90, "x")
        .moved(0.0, y, up)
        for y in (-0.3, -0.12, 0.06)
    ]
    tall = 0.115 * smoke
    pipe = [
        (0.034, 0.0),
        (0.03, 0.5 * tall),
        (0.034, 0.8 * tall),
        (0.048, 0.88 * tall),
        (0.048, tall),
        (0.034, tall),
        (0.03, 0.8 * tall),
        (0.0, 0.78 * tall),
    ]
    chimney = lathe(pipe, 24).moved(0.0, -0.37, up + 0.85 * boiler)
    front = cylinder(1.03 * boiler, 0.16, 32).turned(90, "x").moved(0.0, -0.3, up)
    domes = [
        lathe([(0.042, 0.0), (0.042, 0.04), (0.03, 0.062), (0.0, 0.07)], 24).moved(0.0, y, up + 0.8 * boiler)
        for y in (-0.18, 0.02)
    ]
    frame = [box(0.74 * w, 0.94, 0.04).moved(0.0, 0.005, 0.1), box(w, 0.94, 0.02).moved(0.0, 0.005, 0.125)]
    plough = loft(
        [
            [(0.4 * w, -0.46, 0.02), (-0.4 * w, -0.46, 0.02), (-0.02, -0.495, 0.02), (0.02, -0.495, 0.02)][::-1],
            [(0.4 * w, -0.455, 0.12), (-0.4 * w, -0.455, 0.12), (-0.02, -0.47, 0.12), (0.02, -0.47, 0.12)][::-1],
        ]
    )
    beam = box(w, 0.02, 0.05).moved(0.0, -0.46, 0.1)
    step = 0.52 / (wheels - 0.35) if wheels > 2 else 0.26
    large = min(r, 0.47 * step)
    at = [0.36 - step * i for i in range(wheels)]
    small = [0.05, -0.38]
    turning = [_spoked(large, 0.022, 10).moved(s * 0.4 * w, y, large) for y in at for s in BOTH]
    turning += [_spoked(small[0], 0.022, 8).moved(s * 0.4 * w, small[1], small[0]) for s in BOTH]
    rods = [
        box(0.008, at[0] - at[-1] + 0.03, 0.014).moved(s * 0.452 * w, (at[0] + at[-1]) / 2, large - 0.04) for s in BOTH
    ]
    rods += [cylinder(0.028, 0.1, 16).turned(90, "x").moved(s * 0.44 * w, -0.3, 0.115) for s in BOTH]
    panes = [
        box(w + 0.004, 0.1, 0.09).moved(0.0, 0.25, 0.245),
        *(box(0.05, 0.006, 0.07).moved(s * 0.075, 0.15, 0.27) for s in BOTH),
    ]
    lamp = cylinder(0.022, 0.03, 16).turned(90, "x").moved(0.0, -0.45, up + boiler + 0.01)
    parts = (
        Part(joined([barrel, cab, bunker, *domes[1:]]), "steel", colour, share=0.09),
        Part(joined([front, door, chimney, roof, *frame]), "steel", DARK, share=0.09),
        Part(joined([plough, beam, *turning]), "steel", trim, share=0.4),
        Part(joined([*bands, *domes[:1], lamp, *rods]), "brass", share=0.3),
        Part(joined(panes), "plastic", PANE, share=0.3),
    )
    return grown(
        Form(
            parts,
            {"top": Anchor((0.0, 0.26, 0.4), reach=0.1), "mouth": Anchor((0.0, -0.37, up + 0.85 * boiler + tall))},
        ),
        length,
    )
