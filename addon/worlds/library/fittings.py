"""What is built into houses: windows, stoves, counters, refrigerators, bathtubs and sinks. Their fronts are to -y."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, ball, box, curve, cylinder, hoop, joined, lathe, loft, rounded, tube
from .buildings import LIGHT

WHITE = (0.8, 0.8, 0.78)
BLACK = (0.02, 0.02, 0.022)
BOTH = (-1, 1)


@entry(
    "a window with its panes in a piece of wall",
    names=("window frame", "glass window", "casement", "window pane"),
    size=(1.0, 4.0),
    moves="fixed",
    shape="MESH",
)
def window(
    width: Annotated[float, metres(0.4, 2.4)] = 1.0,
    height: Annotated[float, metres(0.4, 2.0)] = 1.2,
    sill: Annotated[float, metres(0.3, 1.2, "how high it is over the ground")] = 0.8,
    panes: Annotated[int, count(1, 4, "side by side")] = 2,
    lit: bool = False,
    colour: Colour = WHITE,
    wall: Colour = (0.42, 0.24, 0.15),
) -> Form:
    """Four blocks of wall around a frame with bars, a sill board and a pane that glows when it is lit."""
    edge, thick, bar = 0.3, 0.2, 0.03
    blocks = [box(width + 2 * edge, thick, h).moved(z=z) for h, z in ((sill, 0.0), (edge, sill + height))]
    blocks += [box(edge, thick, height).moved(s * (width + edge) / 2, 0.0, sill) for s in BOTH]
    rim = 2 * bar
    frame = [box(width, 0.12, rim).moved(z=z) for z in (sill, sill + height - rim)]
    frame += [box(rim, 0.12, height).moved(s * (width - rim) / 2, 0.0, sill) for s in BOTH]
    frame += [box(bar, 0.07, height).moved((i / panes - 0.5) * width, 0.0, sill) for i in range(1, panes)]
    rows = max(round(panes * height / width), 1)
    frame += [box(width, 0.07, bar).moved(z=sill + i * height / rows - bar / 2) for i in range(1, rows)]
    frame.append(box(width + 0.2, 0.24, 0.05).moved(0.0, -0.08, sill - 0.05))
    glass = box(width - bar, 0.012, height - bar).moved(z=sill + bar / 2)
    pane = Part(glass, "plastic", LIGHT, glow=4.0) if lit else Part(glass, "glass")
    return Form(
        (Part(joined(blocks), "plaster", wall), Part(joined(frame), "wood", colour), pane),
        {"sill": Anchor((0.0, -0.14, sill), reach=0.06), "top": Anchor((0.0, 0.0, sill + height + edge), reach=0.1)},
    )


def _handle(long: float, upright: bool, thick: float = 0.012) -> Solid:
    """A bow about the origin that stands off to -y."""
    bow: list[Point] = [
        (-long / 2, 0.01, 0.0),
        (-long / 2, -0.035, 0.0),
        (long / 2, -0.035, 0.0),
        (long / 2, 0.01, 0.0),
    ]
    made = tube(bow, thick, 8)
    return made.turned(90, "y") if upright else made


@entry(
    "a stove with an oven under its hobs",
    names=("cooker", "oven", "kitchen stove", "gas stove", "kitchen range"),
    size=(0.6, 1.6),
    moves="fixed",
    shape="MESH",
)
def stove(
    width: Annotated[float, metres(0.5, 1.2)] = 0.6,
    depth: Annotated[float, metres(0.5, 0.7)] = 0.6,
    height: Annotated[float, metres(0.6, 1.1)] = 0.88,
    lit: bool = False,
    colour: Colour = WHITE,
) -> Form:
    """A chest with an oven door, a row of knobs, four hobs on its top and a low board behind them."""
    front = -depth / 2
    chest = rounded(width, depth, height - 0.05, 0.012).moved(z=0.05)
    back = box(width, 0.03, 0.13).moved(0.0, depth / 2 - 0.016, height - 0.01)
    plinth = box(width - 0.06, depth - 0.06, 0.08)
    low, high = 0.22 * height, 0.52 * height
    door = rounded(0.9 * width, 0.03, high, 0.01).moved(0.0, front - 0.008, low)
    hatch = rounded(0.9 * width, 0.025, 0.11 * height, 0.008).moved(0.0, front - 0.006, 0.09 * height)
    hold = _handle(0.7 * width, False).moved(0.0, front - 0.022, low + 0.9 * high)
    pane = box(0.62 * width, 0.01, 0.55 * high).moved(0.0, front - 0.022, low + 0.17 * high)
    knobs = [
        cylinder(0.035 * height, 0.04, 16).turned(90, "x").moved((i - 2) * 0.17 * width, front, 0.85 * height)
        for i in range(5)
    ]
    hobs: list[Solid] = []
    for i, r in enumerate((0.15, 0.19, 0.19, 0.15)):
        at = ((i % 2 - 0.5) * 0.48 * width, (i // 2 - 0.5) * 0.46 * depth - 0.015, height - 0.002)
        r *= depth
        hobs += [hoop([(0.6 * r, 0.0), (r, 0.0), (r, 0.014), (0.6 * r, 0.014)], 24).moved(*at)]
        hobs += [box(2.1 * r, 0.012, 0.022).turned(a).moved(*at) for a in (45, 135)]
    body = Part(joined([chest, back, door, hatch]), "steel", colour, share=0.02)
    parts = (
        body,
        Part(joined([*hobs, plinth]), "steel", BLACK, share=0.1),
        Part(joined([hold]), "steel"),
        Part(joined(knobs), "plastic", BLACK),
        Part(pane, "plastic", (0.95, 0.35, 0.06) if lit else BLACK, glow=3.0 if lit else 0.0),
    )
    top = Anchor((0.0, -0.015, height + 0.02), reach=0.45 * depth)
    anchors = {"top": top, "mouth": Anchor((0.0, front, low + high / 2), (0.0, -1.0, 0.0))}
    for name, x, y in (("hob", -1, -1), ("hob 2", 1, -1), ("hob 3", -1, 1), ("hob 4", 1, 1)):
        anchors[name] = Anchor((0.24 * x * width, 0.23 * y * depth - 0.015, height + 0.02), reach=0.15 * depth)
    return Form(parts, anchors)


@entry(
    "a kitchen counter with cupboards under it",
    names=("kitchen counter", "worktop", "countertop", "kitchen unit", "sideboard"),
    size=(0.6, 4.1),
    moves="fixed",
    shape="MESH",
)
def counter(
    width: Annotated[float, metres(0.6, 4.0)] = 1.6,
    depth: Annotated[float, metres(0.4, 0.9)] = 0.6,
    height: Annotated[float, metres(0.6, 1.2)] = 0.9,
    drawers: bool = True,
    colour: Colour = (0.62, 0.6, 0.52),
    top: Colour = (0.2, 0.19, 0.18),
) -> Form:
    """A plinth, a row of doors with handles, drawers over them if wanted, and a thick board that juts out."""
    board, foot, n = 0.04, 0.1, max(round(width / 0.5), 1)
    chest = box(width - 0.04, depth - 0.06, height - board - foot + 0.004).moved(z=foot)
    plinth = box(width - 0.08, depth - 0.14, foot + 0.01)
    each, up, front = (width - 0.06) / n, height - board - foot, -(depth - 0.06) / 2
    tall = (0.74 if drawers else 0.98) * up
    fronts, grips = [], []
    for i in range(n):
        x = (i - (n - 1) / 2) * each
        fronts.append(rounded(each - 0.015, 0.025, tall - 0.01, 0.006).moved(x, front - 0.005, foot + 0.01))
        side = 1 if i % 2 == 0 else -1
        grips.append(_handle(0.12, True, 0.006).moved(x + side * 0.38 * each, front - 0.012, foot + 0.8 * tall))
        if drawers:
            low = foot + tall + 0.01
            fronts.append(rounded(each - 0.015, 0.025, 0.23 * up, 0.006).moved(x, front - 0.005, low))
            grips.append(_handle(0.12, False, 0.006).moved(x, front - 0.012, low + 0.12 * up))
    slab = rounded(width, depth, board, 0.008).moved(z=height - board)
    return Form(
        (
            Part(joined([chest, *fronts]), "wood", colour, share=0.2),
            Part(plinth, "wood", BLACK, share=0.2),
            Part(slab, "stone", top),
            Part(joined(grips), "steel"),
        ),
        {"top": Anchor((0.0, 0.0, height), reach=depth / 2)},
    )


@entry(
    "a refrigerator with two doors over each other",
    names=("fridge", "icebox", "freezer", "fridge freezer"),
    size=(0.7, 2.2),
    shape="BOX",
)
def refrigerator(
    width: Annotated[float, metres(0.45, 1.0)] = 0.65,
    height: Annotated[float, metres(0.7, 2.1)] = 1.75,
    freezer: Annotated[float, share(0.2, 0.5, "how much of its height the upper door takes")] = 0.32,
    rounding: Annotated[float, share(0.0, 1.0, "of its edges")] = 0.3,
    colour: Colour = WHITE,
) -> Form:
    """A tall chest on low feet; two doors in front with a gap between and upright handles."""
    depth, foot = 0.62, 0.03
    soft = 0.008 + 0.07 * rounding
    up, front = height - foot, -depth / 2
    chest = rounded(width, depth - 0.06, up, 0.6 * soft, 4).moved(0.0, 0.03, foot)
    split = foot + (1.0 - freezer) * up
    doors, grips = [], []
    for low, high in ((foot + 0.01, split - 0.006), (split + 0.006, height - 0.004)):
        tall = high - low
        doors.append(rounded(width - 0.005, 0.09, tall, min(soft, 0.04), 4).moved(0.0, front + 0.045, low))
    long = 0.5 * freezer * up
    for z in (split - 0.03 - long / 2, split + 0.03 + long / 2):
        grips.append(_handle(long, True, 0.011).moved(-0.4 * width, front, z))
    feet = [cylinder(0.025, foot + 0.02 + soft, 10).moved(sx * 0.36 * width, sy * 0.18) for sx in BOTH for sy in BOTH]
    seal = box(width - 0.05, depth - 0.12, up - 0.06).moved(z=foot + 0.03)
    return Form(
        (
            Part(joined([chest, *doors]), "steel", colour, share=0.012),
            Part(joined([seal, *feet]), "plastic", BLACK, share=0.02),
            Part(joined(grips), "steel"),
        ),
        {
            "top": Anchor((0.0, 0.0, height), reach=0.25),
            "mouth": Anchor((0.0, front, split / 2), (0.0, -1.0, 0.0)),
        },
    )


def _oval(width: float, depth: float, z: float, square: float, n: int = 40) -> list[Point]:
    """A ring of a round outline, nearer to a rectangle the higher ``square`` is over 2."""
    found: list[Point] = []
    for i in range(n):
        a = 2 * math.pi * i / n
        c, s = math.cos(a), math.sin(a)
        r = (abs(c) ** square + abs(s) ** square) ** (-1 / square)
        found.append((width / 2 * r * c, depth / 2 * r * s, z))
    return found


def _basin(width: float, depth: float, levels: Sequence[tuple[float, float]], square: float) -> Solid:
    """A vessel of levels ``(share of the widths, height)`` up its outside, over its rim and down its inside."""
    return loft([_oval(width - (1 - f) * depth, f * depth, z, square) for f, z in levels])


def _tap(height: float, reach: float) -> Solid:
    """A tap on the origin whose spout goes to -y, with a grip to either side."""
    line = curve([(0, 0, 0), (0, 0, 0.8 * height), (0, -0.45 * reach, height), (0, -reach, 0.72 * height)], 4)
    grips = [cylinder(0.15 * height, 0.12 * height, 10).moved(s * 0.5 * height, 0.0, 0.2 * height) for s in BOTH]
    stems = [cylinder(0.06 * height, 0.3 * height, 8).moved(s * 0.5 * height) for s in BOTH]
    return joined([tube(line, 0.09 * height, 10), *grips, *stems, box(1.2 * height, 0.24 * height, 0.08 * height)])


@entry(
    "a bathtub with a rolled rim and a tap",
    names=("bath", "tub", "bath tub"),
    size=(1.0, 2.2),
    moves="fixed",
    shape="MESH",
)
def bathtub(
    length: Annotated[float, metres(1.0, 2.2)] = 1.65,
    width: Annotated[float, metres(0.55, 0.95)] = 0.75,
    height: Annotated[float, metres(0.4, 0.75)] = 0.58,
    feet: bool = True,
    colour: Colour = WHITE,
    outside: Colour = WHITE,
) -> Form:
    """A long hollow with a rolled rim on four feet, or down to the ground, and a tap at its right end."""
    foot = 0.22 * height if feet else 0.0
    low = foot + 0.05
    bed = [(0.85, height - 0.06), (0.75, low + 0.1), (0.62, low), (0.4, low - 0.02)]
    foot_of = [(0.66, foot), (0.8, foot + 0.06)] if feet else [(0.82, 0.0), (0.84, 0.06)]
    shell = _basin(length, width, [*foot_of, (0.9, height - 0.05), (0.88, height - 0.03), *bed], 2.8)
    rim = [(0.9, height - 0.06), (0.99, height - 0.045), (1.0, height - 0.02), (0.96, height), (0.9, height)]
    under = [(0.39, low - 0.022), (0.63, low - 0.005), (0.76, low + 0.09), (0.86, height - 0.06)]
    hollow = [(0.84, height - 0.03), (0.74, low + 0.12), (0.62, low + 0.02), (0.45, low)]
    inner = _basin(length, width, [*under, *rim, *hollow], 2.8)
    tap = _tap(0.16, 0.16).turned(-90).moved(length / 2 - 0.04, 0.0, height - 0.02)
    x, y = 0.3 * length, 0.27 * width
    claws = (
        [
            tube(
                [
                    (sx * x, sy * y, foot + 0.05),
                    (1.1 * sx * x, 1.2 * sy * y, 0.5 * foot),
                    (1.13 * sx * x, 1.24 * sy * y, 0.02),
                ],
                [0.05, 0.03, 0.02],
                10,
            )
            for sx in BOTH
            for sy in BOTH
        ]
        if feet
        else []
    )
    paws = [
        ball(0.04, 10).scaled(1.0, 1.0, 0.75).moved(1.13 * sx * x, 1.24 * sy * y, 0.03) for sx in BOTH for sy in BOTH
    ]
    plug = cylinder(0.03, 0.008, 16).moved(0.3 * length, 0.0, low)
    metal = [tap, plug, *claws, *(paws if feet else [])]
    return Form(
        (
            Part(inner, "china", colour, share=0.4),
            Part(shell, "china", outside, share=0.4),
            Part(joined(metal), "brass" if feet else "steel"),
        ),
        {"inside": Anchor((0.0, 0.0, low), reach=0.27 * width), "mouth": Anchor((0.0, 0.0, height), reach=0.4 * width)},
    )


@entry(
    "a sink with a tap",
    names=("washbasin", "wash basin", "basin", "kitchen sink", "hand basin", "washstand"),
    size=(0.7, 1.5),
    moves="fixed",
    shape="MESH",
)
def sink(
    width: Annotated[float, metres(0.35, 1.0)] = 0.6,
    depth: Annotated[float, metres(0.35, 0.6)] = 0.46,
    height: Annotated[float, metres(0.6, 1.1)] = 0.85,
    base: Literal["column", "cupboard"] = "column",
    colour: Colour = WHITE,
) -> Form:
    """A basin with a tap behind it, on a column that spreads at its foot, or on a cupboard with two doors."""
    deep, wide = 0.16, max(width, depth)
    bed = height - 0.13
    levels = [
        (0.35, height - deep - 0.05),
        (0.7, height - deep),
        (0.94, height - 0.05),
        (1.0, height - 0.03),
        (1.0, height - 0.008),
        (0.98, height),
        (0.8, height),
        (0.76, height - 0.02),
        (0.6, bed + 0.02),
        (0.4, bed),
    ]
    bowl = _basin(wide, depth, levels, 3.2)
    shelf = rounded(0.8 * wide, 0.12, 0.1, 0.02).moved(0.0, depth / 2 - 0.02, height - 0.09)
    tap = _tap(0.15, 0.15).moved(0.0, depth / 2 - 0.02, height)
    plug = cylinder(0.025, 0.006, 16).moved(z=bed)
    parts = [Part(joined([bowl, shelf]), "china", colour, share=0.4), Part(joined([tap, plug]), "steel")]
    if base == "column":
        r, top = 0.2 * depth, height - deep - 0.02
        parts.append(
            Part(
                lathe([(1.3 * r, 0.0), (1.3 * r, 0.02), (0.9 * r, 0.1), (0.7 * r, 0.5 * top), (r, top)], 24),
                "china",
                colour,
                share=0.4,
            )
        )
    else:
        w, d, up = 0.9 * wide, 0.88 * depth, height - 0.06
        doors = [rounded(0.47 * w, 0.02, 0.85 * up, 0.005).moved(s * w / 4, -d / 2 - 0.004, 0.08 * up) for s in BOTH]
        knobs = [ball(0.013, 10).moved(s * 0.05, -d / 2 - 0.02, 0.6 * up) for s in BOTH]
        frame = [
            box(w, d, height - deep - 0.04),
            *(box(0.02, d, up).moved(s * (w / 2 - 0.01)) for s in BOTH),
            *(box(w, 0.02, up).moved(0.0, s * (d / 2 - 0.01)) for s in BOTH),
        ]
        parts += [Part(joined([*frame, *doors]), "wood", (0.5, 0.36, 0.22), share=0.3), Part(joined(knobs), "brass")]
    return Form(
        tuple(parts),
        {
            "inside": Anchor((0.0, 0.0, bed), reach=0.22 * depth),
            "mouth": Anchor((0.0, 0.0, height), reach=0.35 * depth),
        },
    )
