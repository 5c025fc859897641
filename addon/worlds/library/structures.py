"""What people build that is no building: walls, bridges, fences, wells, piers, columns."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, cylinder, hoop, joined, lathe, loft, profiled, ring, rounded, tube
from .buildings import STONE, TILES
from .towers import crenels, round_tower

BOTH = (-1, 1)
WOOD = (0.34, 0.22, 0.12)
IRON = (0.04, 0.04, 0.045)


def _vault(half: float, spring: float, rise: float, n: int = 16) -> list[tuple[float, float]]:
    """The opening of an arch from its right foot over its crown to its left foot, as ``(x, z)``."""
    turns = np.linspace(0.0, math.pi, n + 1).tolist()
    return [(half, 0.0), *((half * math.cos(a), spring + rise * math.sin(a)) for a in turns), (-half, 0.0)]


def _with_opening(width: float, height: float, opening: list[tuple[float, float]], thick: float) -> Solid:
    """A wall along x with an opening from the ground."""
    x = width / 2
    return profiled([(x, 0.0), (x, height), (-x, height), (-x, 0.0), *opening[::-1]], thick, "y")


@entry(
    "a wall with an opening for a door",
    names=("wall with an opening", "wall with a doorway", "door opening"),
    size=(1.0, 12.0),
    moves="fixed",
    shape="COMPOUND",
)
def doorway(
    length: Annotated[float, metres(1.0, 12.0)] = 3.0,
    height: Annotated[float, metres(0.8, 4.0)] = 2.5,
    wide: Annotated[float, share(0.1, 0.8, "of the opening, over the length")] = 0.3,
    high: Annotated[float, share(0.5, 0.95, "of the opening, over the height")] = 0.82,
    thickness: Annotated[float, metres(0.08, 0.6)] = 0.16,
    colour: Colour = (0.35, 0.11, 0.06),
) -> Form:
    """An upright slab along x with a gap from the ground in its middle, under which a door fits."""
    half, top = wide * length / 2, high * height
    wall = _with_opening(length, height, [(half, 0.0), (half, top), (-half, top), (-half, 0.0)], thickness)
    side = length / 2 - half
    jambs = [box(side, thickness, height).moved(s * (half + side / 2)) for s in BOTH]
    lintel = box(2 * half, thickness, height - top).moved(z=top)
    anchors = {"opening": Anchor((0.0, 0.0, top), (0.0, 0.0, -1.0), half), "top": Anchor((0.0, 0.0, height))}
    return Form((Part(wall, "brick", colour),), anchors, hulls=(*jambs, lintel))


def _portcullis(half: float, high: float, bar: float) -> list[Solid]:
    """A grating of bars with points below."""
    n = max(round(half / 0.3), 2)
    upright = [box(bar, bar, high).moved((i - n) * half / n, 0.0, 0.05) for i in range(1, 2 * n)]
    return [*upright, *(box(2 * half, 0.6 * bar, bar).moved(z=0.3 + i * (high - 0.5) / 3) for i in range(4))]


@entry(
    "a wall of a castle with merlons",
    names=("battlement", "fortress wall", "rampart", "city wall"),
    size=(3.0, 50.0),
    moves="fixed",
    shape="MESH",
)
def castle_wall(
    length: Annotated[float, metres(3.0, 40.0)] = 12.0,
    height: Annotated[float, metres(2.0, 12.0)] = 5.0,
    gate: bool = True,
    towers: bool = True,
    colour: Colour = STONE,
) -> Form:
    """A thick wall with a walk behind merlons, a gateway with a grating, and a round tower at each end."""
    thick, size, walk = 0.22 * height + 0.3, 0.16 * height, 0.84 * height
    half, spring = min(0.2 * length, 0.28 * height), 0.3 * height
    rise = min(half, 0.3 * height)
    opening = _vault(half, spring, rise)
    body = _with_opening(length, walk, opening, thick) if gate else box(length, thick, walk)
    ledge = box(length, thick + 0.2, 0.04 * height).moved(z=walk - 0.08 * height)
    teeth = [s.moved(0.0, 0.15 - thick / 2, walk - 0.01) for s in crenels(length, 0.3, size)]
    solids = [body, ledge, *teeth, box(length, 0.24, 0.06 * height).moved(0.0, thick / 2 - 0.12, walk - 0.01)]
    if towers:
        for s in BOTH:
            walls, _ = round_tower(0.75 * thick, 1.3 * height, "battlements", 24)
            solids += [w.moved(s * length / 2) for w in walls]
    parts = [Part(joined(solids), "stone", colour)]
    if gate:
        frame = [(x, z) for x, z in _vault(half + 0.25, spring, rise + 0.25)]
        edge = profiled([*opening[::-1], *frame], thick + 0.14, "y")
        bars_ = [b.moved(y=0.2 * thick) for b in _portcullis(half, spring + 0.7 * rise, 0.09)]
        parts += [
            Part(edge, "stone", (0.75 * colour[0], 0.75 * colour[1], 0.75 * colour[2])),
            Part(joined(bars_), "steel", IRON),
        ]
    anchors = {"top": Anchor((0.0, 0.1, walk), reach=0.3 * thick)}
    if gate:
        anchors["mouth"] = Anchor((0.0, -thick / 2, 0.0), (0.0, -1.0, 0.0), reach=half)
    return Form(tuple(parts), anchors)


@entry(
    "a castle with four towers", names=("fortress", "fort", "citadel"), size=(8.0, 80.0), moves="fixed", shape="MESH"
)
def castle(
    width: Annotated[float, metres(8.0, 60.0)] = 22.0,
    height: Annotated[float, share(0.15, 0.4, "of its walls, over its width")] = 0.25,
    roofs: bool = True,
    colour: Colour = STONE,
    tiles: Colour = TILES,
) -> Form:
    """Walls with merlons around a yard between four round towers, a gate in front, and a keep in the yard."""
    high, r = height * width, 0.09 * width
    x, thick, size, walk = width / 2 - 1.3 * r, 0.07 * width, 0.15 * high, 0.9 * high
    long, half = 2 * x, min(0.09 * width, 0.4 * high)
    opening = _vault(half, 0.35 * high, min(half, 0.35 * high))
    stone: list[Solid] = []
    roof: list[Solid] = []
    for side in range(4):
        wall = _with_opening(long, walk, opening, thick) if side == 0 else box(long, thick, walk)
        teeth = [s.moved(0.0, 0.35 * thick - 0.7 * thick, walk - 0.01) for s in crenels(long, 0.25 * thick, size)]
        stone += [s.moved(0.0, -x).turned(90 * side) for s in (wall, *teeth)]
        walls, hat = round_tower(r, 1.5 * high, "roof" if roofs else "battlements", 24)
        at = (x if side in (0, 1) else -x, x if side in (1, 2) else -x)
        stone += [s.moved(*at) for s in walls]
        roof += [s.moved(*at) for s in hat]
    keep = [box(0.36 * width, 0.3 * width, 1.55 * high).moved(0.0, 0.12 * width)]
    for side in range(4):
        reach, row = (0.15, 0.36) if side % 2 == 0 else (0.18, 0.3)
        keep += [
            s.moved(0.0, 0.5 * 0.25 * thick - reach * width, 1.54 * high).turned(90 * side).moved(0.0, 0.12 * width)
            for s in crenels(row * width, 0.25 * thick, size)
        ]
    slits = [
        box(0.012 * width, 0.32 * width, 0.05 * width).moved(i * 0.09 * width, 0.12 * width, z * high)
        for i in (-1, 0, 1)
        for z in (1.0, 1.28)
    ]
    yard = box(long, long, 0.05)
    gate = [b.moved(0.0, -x) for b in _portcullis(half, 0.35 * high + 0.7 * min(half, 0.35 * high), 0.06 * half + 0.03)]
    pole = cylinder(0.004 * width, 0.3 * high, 8).moved(0.0, 0.12 * width, 1.54 * high)
    flag = profiled([(0.0, 0.0), (0.1 * high + 0.2, 0.05 * high), (0.0, 0.1 * high)], 0.03, "y").moved(
        0.0, 0.12 * width, 1.72 * high
    )
    parts = [
        Part(joined([*stone, *keep]), "stone", colour),
        Part(yard, "soil"),
        Part(joined(slits), "wood", (0.02, 0.02, 0.025)),
        Part(joined([*gate, pole]), "steel", IRON),
        Part(joined([flag, *roof]), "brick", tiles),
    ]
    anchors = {
        "mouth": Anchor((0.0, -x - thick / 2, 0.0), (0.0, -1.0, 0.0), reach=half),
        "inside": Anchor((0.0, -0.25 * width, 0.05), reach=0.12 * width),
    }
    return Form(tuple(parts), anchors)


@entry(
    "a bridge of stone arches, along x",
    names=("stone bridge", "arch bridge", "footbridge"),
    size=(2.0, 66.0),
    moves="fixed",
    shape="MESH",
)
def bridge(
    length: Annotated[float, metres(2.0, 60.0)] = 10.0,
    width: Annotated[float, metres(0.5, 8.0)] = 2.6,
    height: Annotated[float, share(0.1, 0.3, "of its middle, over its length")] = 0.2,
    arches: Annotated[int, count(1, 4)] = 1,
    colour: Colour = STONE,
) -> Form:
    """A road that rises to its middle over open arches, with a parapet along each side."""
    high, x = height * length, length / 2

    def road(at: float) -> float:
        return 0.01 * length + high * 0.5 * (1.0 + math.cos(math.pi * at / x))

    tops = [(at, road(at)) for at in np.linspace(x, -x, 33).tolist()]
    reach, line = 0.66 * x if arches > 1 else 0.5 * x, list[tuple[float, float]]()
    half = 0.86 * reach / arches
    for i in range(arches):
        middle = (2 * i + 1 - arches) * reach / arches
        crown = 0.82 * min(road(middle + s * 0.7 * half) for s in BOTH)
        turns = np.linspace(math.pi, 0.0, 17).tolist()
        line += [(middle + half * math.cos(a), crown * math.sin(a)) for a in turns]
    body = profiled([(-x, 0.0), *line, (x, 0.0), *tops], width, "y")
    thick, over = 0.06 * width + 0.06, 0.035 * length + 0.1
    edge = [(a, b - 0.02) for a, b in tops[::-1]] + [(a, b + over) for a, b in tops]
    rail = profiled(edge, thick, "y")
    cap = profiled(
        [(a, b + over - 0.01) for a, b in tops[::-1]] + [(a, b + over + 0.2 * thick + 0.02) for a, b in tops],
        1.4 * thick,
        "y",
    )
    y = width / 2 - 0.4 * thick
    posts = [
        box(1.8 * thick, 1.8 * thick, road(x) + 1.5 * over).moved(s * (x - thick), t * y) for s in BOTH for t in BOTH
    ]
    dark = (0.8 * colour[0], 0.8 * colour[1], 0.8 * colour[2])
    parts = (
        Part(joined([body, *(rail.moved(y=s * y) for s in BOTH)]), "stone", colour),
        Part(joined([*posts, *(cap.moved(y=s * y) for s in BOTH)]), "stone", dark),
    )
    under = Anchor(((1 - arches % 2) * reach / arches, 0.0, 0.0), reach=0.6 * half)
    anchors = {"top": Anchor((0.0, 0.0, road(0.0)), reach=0.35 * width), "under": under}
    return Form(parts, anchors)


@entry(
    "an arch of stone",
    names=("archway", "stone arch", "gateway", "triumphal arch"),
    size=(0.5, 26.0),
    moves="fixed",
    shape="MESH",
)
def arch(
    height: Annotated[float, metres(0.5, 20.0)] = 3.6,
    width: Annotated[float, share(0.6, 1.1, "over its height")] = 0.85,
    opening: Annotated[float, share(0.45, 0.75, "over its width")] = 0.6,
    colour: Colour = (0.5, 0.47, 0.4),
) -> Form:
    """Two piers with a round arch of wedge stones under a cornice."""
    w = width * height
    half, deep = opening * w / 2, 0.24 * height
    spring = min(0.8 * height - half, 0.55 * height)
    rise = min(half, 0.8 * height - spring)
    body = _with_opening(w, 0.9 * height, _vault(half, spring, rise, 20), deep)
    band = [
        box(1.08 * w, 1.2 * deep, 0.05 * height).moved(z=0.88 * height),
        box(1.14 * w, 1.3 * deep, 0.05 * height).moved(z=0.92 * height),
        box(1.02 * w, 1.06 * deep, 0.032 * height).moved(z=0.968 * height),
    ]
    pier = (w / 2 - half) * 1.08
    for s in BOTH:
        x = s * (half + w / 2) / 2
        band += [
            box(pier, 1.14 * deep, 0.07 * height).moved(x),
            box(pier, 1.12 * deep, 0.035 * height).moved(x, 0.0, spring - 0.03 * height),
        ]
    wedges: list[Solid] = []
    n, out = 11, min(0.08 * height, 0.9 * (w / 2 - half))
    for i in range(n):
        a, b = (math.pi * (i + k) / n for k in (0.04, 0.96))
        grow = 1.25 * out if i == n // 2 else out
        outline = [(half * math.cos(t), spring + rise * math.sin(t)) for t in (b, a)]
        outline += [((half + grow) * math.cos(t), spring + (rise + grow) * math.sin(t)) for t in (a, b)]
        wedges.append(profiled(outline, 1.1 * deep, "y", 0.005 * height))
    dark = (0.85 * colour[0], 0.85 * colour[1], 0.85 * colour[2])
    return Form(
        (Part(body, "stone", colour), Part(joined([*band, *wedges]), "stone", dark)),
        {"top": Anchor((0.0, 0.0, height), reach=deep / 2), "under": Anchor((0.0, 0.0, 0.0), reach=half)},
    )


@entry(
    "a fence of wood",
    names=("picket fence", "garden fence", "rail fence", "wooden fence"),
    size=(0.5, 20.0),
    moves="fixed",
    shape="MESH",
)
def fence(
    length: Annotated[float, metres(0.5, 20.0)] = 4.0,
    height: Annotated[float, metres(0.3, 2.2)] = 1.0,
    kind: Literal["pickets", "rails"] = "pickets",
    colour: Colour = (0.75, 0.73, 0.68),
) -> Form:
    """Posts with rails between them, and pointed pickets in front of those."""
    post = 0.09
    n = max(round(length / 2.0), 1)
    at = [(i / n - 0.5) * (length - post) for i in range(n + 1)]
    high = height if kind == "rails" else 0.94 * height
    solids = [box(post, post, high).moved(x) for x in at]
    solids += [lathe([(0.68 * post, 0.0), (0.0, 0.05)], 4).turned(45).moved(x, 0.0, high) for x in at]
    levels = (0.2, 0.72) if kind == "pickets" else (0.25, 0.55, 0.85)
    solids += [box(length - post, 0.04, 0.09).moved(0.0, -0.02, z * high - 0.04) for z in levels]
    if kind == "pickets":
        wide = 0.075
        many = max(round(length / (1.75 * wide)), 2)
        step = (length - wide) / (many - 1)
        top = height - 0.06
        outline = [(-wide / 2, 0.05), (wide / 2, 0.05), (wide / 2, top), (0.0, height), (-wide / 2, top)]
        slat = profiled(outline, 0.022, "y").moved(y=-0.05)
        solids += [slat.moved(i * step - (length - wide) / 2) for i in range(many)]
    return Form((Part(joined(solids), "wood", colour),), {"top": Anchor((0.0, 0.0, height))})


@entry(
    "a well with a roof and a bucket",
    names=("water well", "wishing well", "draw well"),
    size=(1.2, 5.5),
    moves="fixed",
    shape="MESH",
)
def well(
    radius: Annotated[float, metres(0.4, 1.5)] = 0.7,
    wall: Annotated[float, metres(0.5, 1.2, "how high its wall is")] = 0.8,
    height: Annotated[float, metres(1.2, 2.6, "of its posts above the wall")] = 1.4,
    roof: bool = True,
    colour: Colour = STONE,
    tiles: Colour = (0.3, 0.12, 0.06),
) -> Form:
    """A round wall of blocks around water, two posts with a winch, a rope with a bucket, and a small roof."""
    inner, rows = 0.76 * radius, max(round(wall / 0.2), 3)
    ring_ = [(inner, 0.0), (0.97 * radius, 0.0), (0.97 * radius, wall), (inner, wall)]
    stones: list[Solid] = [hoop(ring_, 32)]
    n = max(round(2 * math.pi * radius / 0.4), 8)
    for row in range(rows):
        z, step = row * wall / rows, wall / rows
        wide = 2 * radius * math.tan(math.pi / n) * 0.93
        block = rounded(wide, 0.14 * radius, 0.9 * step, 0.02, 1).moved(0.0, -0.95 * radius, z + 0.05 * step)
        stones += [block.turned(360 * (i + 0.5 * (row % 2)) / n) for i in range(n)]
    lip = hoop(
        [
            (0.95 * inner, wall - 0.01),
            (1.06 * radius, wall - 0.01),
            (1.06 * radius, wall + 0.07),
            (0.95 * inner, wall + 0.07),
        ],
        32,
    )
    water = cylinder(1.02 * inner, 0.4 * wall, 32)
    x, winch, high = 0.9 * radius, wall + 0.55 * height, wall + height
    timber = [box(0.1, 0.12, high).moved(s * x) for s in BOTH]
    timber.append(cylinder(0.07, 2 * x, 16).turned(90, "y").moved(-x, 0.0, winch))
    iron = [
        tube(
            [(x, 0.0, winch), (x + 0.16, 0.0, winch), (x + 0.16, -0.2, winch - 0.14), (x + 0.3, -0.2, winch - 0.14)],
            0.016,
            8,
        )
    ]
    low = wall + 0.16
    pail = lathe([(0.1, low), (0.13, low + 0.22), (0.115, low + 0.22), (0.09, low + 0.02), (0.0, low + 0.02)], 20)
    iron += [ring(0.125, 0.008, 20, 6).moved(z=low + z) for z in (0.05, 0.18)]
    bail: list[Point] = [
        (0.122 * math.cos(a), 0.0, low + 0.2 + 0.14 * math.sin(a)) for a in np.linspace(0.0, math.pi, 9).tolist()
    ]
    iron.append(tube(bail, 0.006, 6))
    cords = [cylinder(0.012, winch - low - 0.32, 8).moved(z=low + 0.33)]
    cords += [ring(0.078, 0.014, 16, 6).turned(90, "y").moved(i * 0.028, 0.0, winch) for i in range(-3, 4)]
    parts = [
        Part(joined([*stones, lip]), "stone", colour),
        Part(water, "water"),
        Part(joined([*timber, pail]), "wood", WOOD),
        Part(joined(iron), "steel", IRON),
        Part(joined(cords), "rope"),
    ]
    top = high
    if roof:
        y, rise, t = 1.25 * radius, 0.85 * radius, 0.06
        line = [(-y, 0.0), (0.0, rise), (y, 0.0), (y, t), (0.0, rise + t), (-y, t)]
        gables = profiled([(-0.8 * y, 0.15 * rise), (0.8 * y, 0.15 * rise), (0.0, 0.95 * rise)], 2 * x, "x")
        parts.append(
            Part(joined([profiled(line, 2 * x + 0.5, "x"), gables]).moved(z=high - 0.2 * rise), "brick", tiles)
        )
        top = high + 0.8 * rise + t
    anchors = {
        "inside": Anchor((0.0, 0.0, 0.4 * wall), reach=0.7 * inner),
        "mouth": Anchor((0.0, 0.0, wall + 0.07), reach=inner),
        "top": Anchor((0.0, 0.0, top)),
    }
    return Form(tuple(parts), anchors)


@entry(
    "a pier of planks on posts, to the back",
    names=("jetty", "dock", "wharf", "landing stage", "boardwalk"),
    size=(2.0, 42.0),
    moves="fixed",
    shape="MESH",
)
def pier(
    length: Annotated[float, metres(2.0, 40.0)] = 8.0,
    width: Annotated[float, metres(0.6, 6.0)] = 1.8,
    height: Annotated[float, metres(0.3, 4.0, "of its deck")] = 1.0,
    rails: bool = False,
    colour: Colour = (0.4, 0.3, 0.2),
) -> Form:
    """Planks across two beams on pairs of round posts, which stand out above the deck, with railings on request."""
    n = min(max(round(length / 0.16), 8), 160)
    step = length / n
    solids = [box(width, 0.88 * step, 0.05).moved(0.0, (i + 0.5) * step - length / 2, height - 0.05) for i in range(n)]
    x = 0.42 * width
    solids += [box(0.12, length, 0.14).moved(s * x, 0.0, height - 0.185) for s in BOTH]
    pairs = max(round(length / 2.4), 1)
    over = 1.0 if rails else 0.25
    ys = [(i / pairs - 0.5) * (length - 0.3) for i in range(pairs + 1)]
    posts = [cylinder(0.09, height + over, 12).moved(s * (width / 2 + 0.06), y) for s in BOTH for y in ys]
    caps = [cylinder(0.1, 0.04, 12).moved(s * (width / 2 + 0.06), y, height + over - 0.02) for s in BOTH for y in ys]
    if rails:
        solids += [
            box(0.06, length - 0.2, 0.09).moved(s * (width / 2 + 0.06), 0.0, height + z)
            for s in BOTH
            for z in (0.45, 0.85)
        ]
    dark = (0.6 * colour[0], 0.6 * colour[1], 0.6 * colour[2])
    return Form(
        (Part(joined(solids), "wood", colour), Part(joined([*posts, *caps]), "wood", dark)),
        {
            "top": Anchor((0.0, 0.0, height), reach=0.45 * width),
            "under": Anchor((0.0, 0.0, 0.0), reach=0.4 * width),
        },
    )


@entry(
    "a column with a capital",
    names=("pillar", "stone column", "greek column", "roman column"),
    size=(0.3, 16.0),
    moves="rigid",
    shape="CYLINDER",
)
def column(
    height: Annotated[float, metres(0.3, 16.0)] = 3.0,
    radius: Annotated[float, share(0.04, 0.12, "of its shaft over the height")] = 0.07,
    flutes: Annotated[int, count(0, 24, "grooves along its shaft; 0 is a smooth one")] = 16,
    colour: Colour = (0.72, 0.7, 0.64),
) -> Form:
    """A round base on a square plate, a shaft that narrows upward and may be fluted, and a capital under a plate."""
    r, h = radius * height, height
    plate, n = 0.035 * h, 4 * flutes if flutes else 40
    rings: list[list[Point]] = []
    low, high = 0.085 * h, 0.915 * h
    for t in np.linspace(0.0, 1.0, 7).tolist():
        wide = r * (1.0 - 0.18 * t**1.6)
        groove = [1.0, 0.95, 0.93, 0.95]
        around = [(wide * (groove[i % 4] if flutes else 1.0), 2 * math.pi * i / n) for i in range(n)]
        rings.append([(a * math.cos(b), a * math.sin(b), low + t * (high - low)) for a, b in around])
    foot = lathe(
        [
            (1.3 * r, plate),
            (1.38 * r, 0.045 * h),
            (1.3 * r, 0.055 * h),
            (1.15 * r, 0.06 * h),
            (1.22 * r, 0.072 * h),
            (1.12 * r, 0.086 * h),
            (1.0 * r, 0.092 * h),
        ],
        32,
    )
    head = lathe(
        [
            (0.84 * r, 0.9 * h),
            (0.92 * r, 0.912 * h),
            (0.86 * r, 0.922 * h),
            (0.95 * r, 0.94 * h),
            (1.25 * r, h - 0.9 * plate),
        ],
        32,
    )
    ends = [box(2.8 * r, 2.8 * r, plate), box(2.6 * r, 2.6 * r, plate).moved(z=h - plate)]
    return Form(
        (Part(joined([loft(rings), foot, head, *ends]), "stone", colour),),
        {"top": Anchor((0.0, 0.0, h), reach=1.2 * r)},
    )
