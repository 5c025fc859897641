"""Buildings. Their doors are in front, to -y."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, box, cylinder, joined, lathe, loft, profiled, tube

PANE = (0.04, 0.06, 0.09)
LIGHT = (0.95, 0.7, 0.3)
WHITE = (0.8, 0.78, 0.72)
BROWN = (0.22, 0.11, 0.05)
TILES = (0.32, 0.09, 0.05)
STONE = (0.36, 0.34, 0.3)
BOTH = (-1, 1)


class Facade:
    """Doors and windows on the walls of a building: what is gathered of their frames, panes and leaves."""

    def __init__(self) -> None:
        self.frames: list[Solid] = []
        self.panes: list[Solid] = []
        self.leaves: list[Solid] = []

    def window(
        self, width: float, height: float, x: float, far: float, z: float, side: int = 0, bars: bool = True
    ) -> None:
        """A window at ``x`` along a wall ``far`` from the origin: side 0 is the front, 1 right, 2 back, 3 left."""
        edge = 0.07 * width + 0.02
        frame = [
            box(width + 2 * edge, 0.1, height + 2 * edge).moved(z=-edge),
            box(width + 4 * edge, 0.24, edge).moved(z=-2 * edge),
        ]
        if bars:
            frame.append(box(0.04, 0.16, height))
            frame.append(box(width, 0.16, 0.04).moved(z=0.55 * height))
        self.frames += [s.moved(x, -far, z).turned(90 * side) for s in frame]
        self.panes.append(box(width, 0.13, height).moved(x, -far, z).turned(90 * side))

    def door(self, width: float, height: float, x: float, far: float, z: float = 0.0, side: int = 0) -> None:
        """A door with a step before it."""
        edge = 0.1
        self.frames.append(box(width + 2 * edge, 0.12, height + edge).moved(x, -far, z).turned(90 * side))
        self.frames.append(box(width + 6 * edge, 0.8, 0.12).moved(x, -far - 0.2, z).turned(90 * side))
        self.leaves.append(box(width, 0.16, height - 0.1).moved(x, -far, z + 0.1).turned(90 * side))

    def arched(
        self, width: float, height: float, x: float, far: float, z: float, side: int, leaf: bool = False
    ) -> None:
        """A window or a door with a round top."""
        for grow, deep in ((0.08 + 0.06 * width, 0.14), (0.0, 0.2)):
            r = width / 2 + grow
            top = [
                (r * math.cos(a), height - width / 2 + r * math.sin(a)) for a in np.linspace(0.0, math.pi, 11).tolist()
            ]
            low = 0.0 if leaf else -grow
            solid = profiled([(-r, low), (r, low), *top], deep, "y").moved(x, -far, z).turned(90 * side)
            (self.frames if grow else self.leaves if leaf else self.panes).append(solid)

    def parts(self, frame: Rgb, leaf: Rgb, lit: bool) -> list[Part]:
        """What was gathered, the panes bright when it is lit inside."""
        glass = Part(joined(self.panes), "plastic", LIGHT if lit else PANE, glow=4.0 if lit else 0.0)
        found = [Part(joined(self.frames), "wood", frame), glass]
        return [*found, Part(joined(self.leaves), "wood", leaf)] if self.leaves else found


def _gabled(width: float, depth: float, wall: float, rise: float) -> Solid:
    """A block with gables on its left and its right."""
    y = depth / 2
    return profiled([(-y, 0.0), (y, 0.0), (y, wall), (0.0, wall + rise), (-y, wall)], width, "x")


def _saddle(width: float, depth: float, rise: float, over: float, thick: float) -> Solid:
    """The two slopes of a roof on walls at z = 0, its ridge along x, ``over`` beyond the walls."""
    y, low = depth / 2 + over, -over * rise / (depth / 2)
    line = [(-y, low), (0.0, rise), (y, low), (y, low + thick), (0.0, rise + thick), (-y, low + thick)]
    return profiled(line, width + 2 * over, "x")


def _hipped(width: float, depth: float, rise: float, over: float, thick: float) -> Solid:
    """A roof with four slopes."""
    x, y = width / 2 + over, depth / 2 + over
    a, b = max(width - depth, 0.1) / 2, max(depth - width, 0.1) / 2
    layers = ((x, y, -0.02), (x, y, thick), (a, b, rise + thick))
    return loft([[(-u, -v, z), (u, -v, z), (u, v, z), (-u, v, z)] for u, v, z in layers])


@entry(
    "a house with a door and windows",
    names=("home", "cottage", "family house", "villa"),
    size=(3.5, 24.0),
    moves="fixed",
    shape="MESH",
)
def house(
    width: Annotated[float, metres(3.5, 20.0)] = 9.0,
    depth: Annotated[float, metres(3.5, 14.0)] = 7.0,
    storeys: Annotated[int, count(1, 4)] = 2,
    roof: Literal["gable", "hip", "flat"] = "gable",
    lit: bool = False,
    colour: Colour = (0.75, 0.66, 0.5),
    tiles: Colour = TILES,
) -> Form:
    """Walls with rows of windows around and a door in front, under a roof with a chimney."""
    each, plinth = 2.7, 0.3
    high, rise, y = plinth + each * storeys, 0.42 * depth if roof == "gable" else 0.35 * min(width, depth), depth / 2
    facade = Facade()
    for side, (long, far) in enumerate([(width, y), (depth, width / 2)] * 2):
        n = max(int(long / 2.4), 1)
        for level in range(storeys):
            for i in range(n):
                x, z = (i - (n - 1) / 2) * long / n, plinth + level * each + 0.9
                if side == 0 and level == 0 and i == n // 2:
                    facade.door(1.0, 2.25, x, far)
                else:
                    facade.window(min(1.1, 0.45 * long / n), 1.25, x, far, z, side)
    slope = 0.3
    if roof == "gable":
        body, cover = _gabled(width, depth, high, rise), _saddle(width, depth, rise, 0.45, slope).moved(z=high)
    elif roof == "hip":
        body, cover = box(width, depth, high), _hipped(width, depth, rise, 0.45, slope).moved(z=high)
    else:
        rise = 0.35
        body, cover = box(width, depth, high), box(width + 0.3, depth + 0.3, rise + slope).moved(z=high - 0.02)
    foot = box(width + 0.12, depth + 0.12, plinth)
    top = high + rise + slope
    chimney = [
        box(0.7, 0.7, top + 0.5 - high).moved(0.28 * width, 0.12 * depth, high),
        box(0.82, 0.82, 0.12).moved(0.28 * width, 0.12 * depth, top + 0.42),
    ]
    columns = max(int(width / 2.4), 1)
    door = (columns // 2 - (columns - 1) / 2) * width / columns
    parts = (
        Part(body, "plaster", colour),
        Part(foot, "stone"),
        Part(cover, "brick", tiles),
        Part(joined(chimney), "brick"),
        *facade.parts(WHITE, BROWN, lit),
    )
    anchors = {
        "top": Anchor((0.0, 0.0, top), reach=0.4 * depth if roof == "flat" else 0.1),
        "mouth": Anchor((door, -y, 0.12), (0.0, -1.0, 0.0), reach=0.5),
    }
    return Form(parts, anchors)


@entry(
    "a barn with a large door",
    names=("farm barn", "stable", "red barn", "granary"),
    size=(4.0, 32.0),
    moves="fixed",
    shape="MESH",
)
def barn(
    width: Annotated[float, metres(4.0, 16.0)] = 9.0,
    length: Annotated[float, metres(4.0, 30.0)] = 13.0,
    height: Annotated[float, metres(2.5, 5.0, "of its walls")] = 3.4,
    colour: Colour = (0.42, 0.04, 0.03),
    roof: Colour = (0.16, 0.16, 0.17),
) -> Form:
    """A block under a roof that breaks on each side, with white-edged double doors, a hatch above them, and windows."""
    x, up, rise = width / 2, 0.62, 0.5 * width
    knee, top = (0.62 * x, height + up * rise), height + 0.95 * rise
    line = [(-x, 0.0), (x, 0.0), (x, height), knee, (0.0, top), (-knee[0], knee[1]), (-x, height)]
    body = profiled(line, length, "y")
    t, eave = 0.22, (1.1 * x, height - 0.16 * x * up * rise / (0.38 * x) * 0.6)
    outer = [eave, knee, (0.0, top)]
    half = [(a, b + t) for a, b in outer]
    chevron = [
        *((-a, b) for a, b in outer),
        *((a, b) for a, b in outer[1::-1]),
        *half,
        *((-a, b) for a, b in half[1::-1]),
    ]
    cover = profiled(chevron, length + 0.8, "y")
    y, wide, tall = -length / 2, 0.42 * width, min(0.88 * height, 3.4)
    doors = [box(0.49 * wide, 0.1, tall).moved(s * 0.25 * wide, y) for s in BOTH]
    bar, trim = 0.14, [box(wide + 0.3, 0.12, 0.16).moved(0.0, y, tall)]
    for s in BOTH:
        cx, w = s * 0.25 * wide, 0.49 * wide
        trim += [box(bar, 0.16, tall).moved(cx + k * (w - bar) / 2, y) for k in BOTH]
        trim += [box(w, 0.16, bar).moved(cx, y, z) for z in (0.0, tall - bar)]
        trim += [
            tube([(cx - k * 0.47 * w, y - 0.06, 0.12), (cx + k * 0.47 * w, y - 0.06, tall - 0.12)], 0.07, 4)
            for k in BOTH
        ]
    hatch = box(0.14 * width, 0.1, 0.16 * width).moved(0.0, y, height + 0.2 * rise)
    trim += [box(0.17 * width, 0.06, 0.19 * width).moved(0.0, y, height + 0.2 * rise - 0.015 * width)]
    trim += [box(0.16, 0.16, height).moved(a * (x - 0.06), b * (length / 2 - 0.06)) for a in BOTH for b in BOTH]
    facade, n = Facade(), max(int(length / 4.0), 1)
    for side in (1, 3):
        for i in range(n):
            facade.window(0.8, 0.8, (i - (n - 1) / 2) * length / n, x, 0.5 * height, side)
    dark = (0.8 * colour[0], 0.8 * colour[1], 0.8 * colour[2])
    parts = (
        Part(body, "wood", colour),
        Part(cover, "wood", roof),
        Part(joined([*doors, hatch]), "wood", dark),
        Part(joined(trim), "wood", WHITE),
        *facade.parts(WHITE, dark, False),
    )
    return Form(
        parts, {"top": Anchor((0.0, 0.0, top + t)), "mouth": Anchor((0.0, y, 0.0), (0.0, -1.0, 0.0), reach=wide / 2)}
    )


@entry(
    "a round hut with a thatched roof",
    names=("cabin", "round hut", "mud hut", "straw hut"),
    size=(2.0, 8.5),
    moves="fixed",
    shape="MESH",
)
def hut(
    radius: Annotated[float, metres(1.0, 3.0)] = 1.8,
    height: Annotated[float, metres(1.6, 2.6, "of its wall")] = 1.9,
    pitch: Annotated[float, degrees(25.0, 55.0, "how steep its roof is")] = 42.0,
    colour: Colour = (0.48, 0.3, 0.16),
    thatch: Colour = (0.5, 0.38, 0.16),
) -> Form:
    """A round wall with posts and a doorway, under a cone of thatch in layers with a knot on it."""
    wall = cylinder(radius, height, 32)
    over, rise = 1.28 * radius, 1.28 * radius * math.tan(math.radians(pitch))
    low = height - 0.22 * rise + 0.02
    layers, steps = list[Solid](), 4
    for i in range(steps):
        a, b = (1.0 - i / steps) * over, (1.0 - (i + 1) / steps) * over
        z, step = low + i / steps * rise, rise / steps
        layers.append(
            lathe([(a + 0.03, z - 0.1), (a + 0.05, z), (max(b, 0.04), z + step + 0.06), (0.0, z + step + 0.08)], 32)
        )
    knot = ball(0.12, 12).moved(z=low + rise + 0.1)
    posts = [
        cylinder(0.06, height, 10).moved(1.0 * radius * math.cos(a), radius * math.sin(a))
        for a in np.arange(12) * math.pi / 6 + math.pi / 12
    ]
    tall = min(0.8 * height, 1.7)
    door = profiled(
        [(-0.4, 0.0), (0.4, 0.0), (0.4, tall - 0.3), (0.25, tall), (-0.25, tall), (-0.4, tall - 0.3)], 0.24, "y"
    ).moved(y=-radius + 0.06)
    frame = [box(0.1, 0.3, tall).moved(s * 0.45, -radius + 0.06) for s in BOTH]
    frame.append(box(1.1, 0.3, 0.1).moved(0.0, -radius + 0.06, tall - 0.02))
    parts = (
        Part(wall, "soil", colour),
        Part(joined([*layers, knot]), "straw", thatch),
        Part(joined([*posts, *frame]), "wood", BROWN),
        Part(door, "wood", (0.02, 0.015, 0.012)),
    )
    top = low + rise + 0.22
    return Form(
        parts, {"top": Anchor((0.0, 0.0, top)), "mouth": Anchor((0.0, -radius, 0.0), (0.0, -1.0, 0.0), reach=0.4)}
    )


@entry(
    "a church with a steeple",
    names=("chapel", "steeple", "village church"),
    size=(5.0, 60.0),
    moves="fixed",
    shape="MESH",
)
def church(
    length: Annotated[float, metres(5.0, 32.0)] = 16.0,
    width: Annotated[float, share(0.4, 0.7, "over its length")] = 0.5,
    steeple: Annotated[float, share(0.9, 1.8, "height of the tower with its spire over the length")] = 1.3,
    lit: bool = False,
    colour: Colour = (0.72, 0.69, 0.62),
    roof: Colour = (0.2, 0.2, 0.24),
) -> Form:
    """A nave with arched windows behind a square tower with a pointed spire, a cross and an arched door."""
    w, wall, rise = width * length, 0.42 * width * length, 0.36 * width * length
    square = 0.5 * w
    long = length - square
    nave = profiled([(-w / 2, 0.0), (w / 2, 0.0), (w / 2, wall), (0.0, wall + rise), (-w / 2, wall)], long, "y").moved(
        y=square / 2
    )
    cover = _saddle(long - 0.2, w, rise, 0.3, 0.25).turned(90).moved(0.0, square / 2 + 0.05, wall)
    total, y = steeple * length, -length / 2 + square / 2
    shaft = 0.55 * total
    tower = [box(square, square, shaft).moved(y=y)]
    tower += [
        box(1.08 * square, 1.08 * square, 0.03 * total).moved(0.0, y, z) for z in (0.3 * total, shaft - 0.03 * total)
    ]
    x = 0.54 * square
    rings: list[list[Point]] = [
        [(-u, y - u, z), (u, y - u, z), (u, y + u, z), (-u, y + u, z)]
        for u, z in ((x, shaft), (0.6 * x, shaft + 0.09 * total), (0.02 * x, 0.94 * total))
    ]
    cross = [
        box(0.09, 0.09, 0.075 * total).moved(0.0, y, 0.925 * total),
        box(0.035 * total, 0.09, 0.09).moved(0.0, y, 0.97 * total),
    ]
    facade = Facade()
    facade.arched(0.42 * square, 0.62 * square, 0.0, -y + square / 2, 0.0, 0, leaf=True)
    for side, (far, at) in enumerate(
        [(-y + square / 2, 0.0), (square / 2, y), (-y - square / 2, 0.0), (square / 2, -y)]
    ):
        if side != 2:
            facade.arched(0.25 * square, 0.12 * total, at if side % 2 else 0.0, far, 0.37 * total, side)
    n = max(int(long / (0.24 * length)), 2)
    for side in (1, 3):
        for i in range(n):
            at = (i - (n - 1) / 2) * long / n + (square / 2 if side == 1 else -square / 2)
            facade.arched(0.22 * long / n, 0.62 * wall, at, w / 2, 0.2 * wall, side)
    parts = (
        Part(joined([nave, *tower]), "plaster", colour),
        Part(joined([cover, loft(rings)]), "stone", roof),
        Part(joined(cross), "brass"),
        *facade.parts(STONE, BROWN, lit),
    )
    return Form(
        parts,
        {
            "top": Anchor((0.0, y, total)),
            "mouth": Anchor((0.0, -length / 2, 0.0), (0.0, -1.0, 0.0), reach=0.2 * square),
        },
    )


@entry(
    "a ridge tent with an open front",
    names=("camping tent", "ridge tent", "wigwam"),
    size=(1.2, 7.8),
    moves="fixed",
    shape="MESH",
)
def tent(
    width: Annotated[float, metres(1.2, 4.0)] = 2.0,
    length: Annotated[float, metres(1.2, 5.0)] = 2.4,
    height: Annotated[float, share(0.5, 0.9, "over its width")] = 0.68,
    colour: Colour = (0.12, 0.25, 0.1),
    ground: Colour = (0.25, 0.2, 0.14),
) -> Form:
    """Two slopes and a back of cloth over poles, flaps that are turned back in front, and lines to pegs."""
    x, h, t, y = width / 2, height * width, 0.03, length / 2
    slopes = profiled(
        [(-x, 0.0), (-x + 2 * t, 0.0), (0.0, h - 1.6 * t), (x - 2 * t, 0.0), (x, 0.0), (0.0, h)], length, "y"
    )
    back = profiled([(-x + t, 0.0), (x - t, 0.0), (0.0, h - t)], t, "y").moved(y=y - t)
    flaps = [
        profiled([(s * (x - t), 0.0), (0.0, h - t), (s * 0.55 * x, 0.0)][::s], t, "y").moved(y=-y + t / 2) for s in BOTH
    ]
    rolls = [tube([(s * 0.55 * x, -y, 0.04), (s * 0.02 * x, -y, 0.96 * h)], 0.035, 8) for s in BOTH]
    floor = box(width - 4 * t, length - t, 0.015)
    poles = [cylinder(0.018, h + 0.05, 10).moved(0.0, s * (y + 0.002)) for s in BOTH]
    far = 0.35 * h
    lines = [tube([(0.0, s * y, h), (0.0, s * (y + far), 0.04)], 0.006, 6) for s in BOTH]
    lines += [
        tube([(s * x * 0.5, b * 0.9 * y, 0.5 * h), (s * (x + 0.6 * far), b * 0.9 * y, 0.04)], 0.006, 6)
        for s in BOTH
        for b in BOTH
    ]
    pegs = [box(0.025, 0.025, 0.07).moved(0.0, s * (y + far)) for s in BOTH]
    pegs += [box(0.025, 0.025, 0.07).moved(s * (x + 0.6 * far), b * 0.9 * y) for s in BOTH for b in BOTH]
    lighter = (min(1.25 * colour[0] + 0.02, 1.0), min(1.25 * colour[1] + 0.02, 1.0), min(1.25 * colour[2] + 0.02, 1.0))
    parts = (
        Part(joined([slopes, back]), "cloth", colour),
        Part(joined([*flaps, *rolls]), "cloth", lighter),
        Part(floor, "cloth", ground),
        Part(joined([*poles, *pegs]), "wood"),
        Part(joined(lines), "rope", WHITE),
    )
    return Form(
        parts,
        {
            "mouth": Anchor((0.0, -y, 0.0), (0.0, -1.0, 0.0), reach=0.3 * x),
            "inside": Anchor((0.0, 0.0, 0.015), reach=0.5 * x),
            "top": Anchor((0.0, 0.0, h)),
        },
    )
