"""Things about the house."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..noise import noise
from ..solids import (
    Point,
    Solid,
    box,
    curve,
    cylinder,
    extruded,
    joined,
    lathe,
    loft,
    ring,
    rounded,
    tube,
)

BROWN = (0.34, 0.19, 0.09)
GOLD = (0.62, 0.42, 0.13)


@entry("a book with covers and pages", names=("novel", "notebook", "textbook"), size=(0.08, 1.35))
def book(
    height: Annotated[float, metres(0.08, 0.8, "of its pages")] = 0.24,
    width: Annotated[float, share(0.6, 0.8, "of its height")] = 0.7,
    thickness: Annotated[float, share(0.04, 0.4, "of its height")] = 0.14,
    pose: Literal["lying", "standing", "open"] = "lying",
    colour: Colour = (0.4, 0.04, 0.04),
) -> Form:
    """Two boards and a back about a block of pages, with bands of gold; open, both halves of its pages show."""
    h, w, t = height, width * height, thickness * height
    if pose == "open":
        return _open_book(h, w, t, colour)
    board = min(0.014 * h + 0.0006, 0.2 * t)
    low, high = box(w, h, board).moved(z=0.0), box(w, h, board).moved(z=t - board)
    back = tube([(0.0, -h / 2, 0.0), (0.0, h / 2, 0.0)], t / 2, 16).scaled(0.35, 1.0, 1.0).moved(-w / 2, 0.0, t / 2)
    pages = box(0.97 * w, 0.96 * h, t - 1.9 * board).moved(-0.012 * w, 0.0, 0.95 * board)
    bands = tube([(0.0, -0.012 * h, 0.0), (0.0, 0.012 * h, 0.0)], 0.505 * t, 16).scaled(0.38, 1.0, 1.0)
    gold = [bands.moved(-w / 2, f * h, t / 2) for f in (-0.34, -0.26, 0.26, 0.34)]
    gold.append(box(0.5 * w, 0.05 * h, 0.02 * board).moved(0.05 * w, 0.2 * h, t - 0.005 * board))
    solids = [joined([low, high, back]), pages, joined(gold)]
    if pose == "standing":
        solids = [s.turned(-90, "z").turned(90, "x").turned(90, "z") for s in solids]
    stuffs: tuple[tuple[str, Rgb], ...] = (("paper", colour), ("paper", (0.85, 0.83, 0.76)), ("brass", GOLD))
    whole = joined(solids).standing()
    shift = whole.low - joined(solids).low
    moved = [s.moved(*(float(c) for c in shift)) for s in solids]
    parts = tuple(Part(s, stuff, shade) for s, (stuff, shade) in zip(moved, stuffs, strict=True))
    return Form(
        parts, {"top": Anchor((0.0, 0.0, float(whole.high[2])), reach=0.4 * min(w, t if pose == "standing" else w))}
    )


def _open_book(h: float, w: float, t: float, colour: Rgb) -> Form:
    """A book that lies open: its covers flat, and its pages bent down to the middle on either side."""
    board = min(0.014 * h + 0.0006, 0.2 * t)
    cover = box(2.04 * w, 1.03 * h, board)
    line = [(0.0, 0.45), (0.06, 0.85), (0.16, 1.0), (0.35, 0.98), (0.7, 0.8), (0.97, 0.62)]
    half = [(0.0, 0.0), (0.99, 0.0), *reversed(line)]
    right = (
        extruded([(x * w, board * 0.9 + z * t * 0.55) for x, z in half], 0.97 * h).turned(90, "x").moved(y=0.485 * h)
    )
    lines = []
    for s in (-1, 1):
        for i in range(9):
            y = (0.36 - 0.09 * i) * h
            a, b = (0.2, 0.9) if i < 8 else (0.2, 0.5)
            path: list[Point] = [
                (s * x * w, y, board * 0.9 + z * t * 0.55)
                for x, z in (
                    (f, float(np.interp(f, [p[0] for p in line], [p[1] for p in line])))
                    for f in (a, 0.35, 0.7, b)
                    if a <= f <= b
                )
            ]
            lines.append(tube(path, 0.004 * h, 4))
    return Form(
        (
            Part(cover, "paper", colour),
            Part(joined([right, right.scaled(-1, 1, 1)]), "paper"),
            Part(joined(lines), "paper", (0.25, 0.25, 0.25), share=0.1),
        ),
        {"top": Anchor((0.0, 0.0, board + 0.5 * t), reach=0.3 * w)},
    )


def _hollow_box(w: float, d: float, h: float, wall: float) -> list[Solid]:
    """A floor and four walls."""
    floor = box(w, d, wall)
    long = [box(w, wall, h).moved(0.0, s * (d - wall) / 2) for s in (-1, 1)]
    short = [box(wall, d, h).moved(s * (w - wall) / 2) for s in (-1, 1)]
    return [floor, *long, *short]


@entry(
    "a wooden crate of boards", names=("wooden box", "wooden crate", "fruit crate"), size=(0.2, 2.0), shape="COMPOUND"
)
def crate(
    width: Annotated[float, metres(0.2, 2.0)] = 0.6,
    depth: Annotated[float, share(0.5, 1.0, "of its width")] = 1.0,
    height: Annotated[float, share(0.3, 1.0, "of its width")] = 1.0,
    lid: bool = True,
    boards: Annotated[int, count(2, 6, "on each side")] = 4,
    colour: Colour = (0.5, 0.33, 0.16),
) -> Form:
    """Boards on all sides in frames of thicker ones, with braces across; without a lid it is hollow."""
    w, d, h, wall = width, depth * width, height * width, 0.03 * width
    inner = [s.moved(z=0.005 * w) for s in _hollow_box(w - 0.8 * wall, d - 0.8 * wall, h - 0.01 * w, 0.65 * wall)]
    frames: list[Solid] = []
    planks: list[Solid] = []
    for long, across, turn in ((w, d, 0), (w, d, 180), (d, w, 90), (d, w, -90)):
        y, edge = -across / 2 + wall / 2, 2.6 * wall
        rails = [box(long, wall, edge).moved(0.0, y, z) for z in (0.0, h - edge)]
        posts = [box(edge, wall, h).moved(s * (long - edge) / 2, y) for s in (-1, 1)]
        run = math.hypot(long - edge, h - 1.5 * edge)
        brace = (
            box(run, 0.9 * wall, 0.8 * edge)
            .moved(z=-0.4 * edge)
            .turned(math.degrees(math.atan2(h - 1.5 * edge, long - edge)), "y")
        )
        frames += [s.turned(turn) for s in (*rails, *posts, brace.moved(0.0, y + 0.05 * wall, h / 2))]
        gap = (h - 0.02 * w) / boards
        rows = [
            box(long - 2 * wall, 0.4 * wall, 0.93 * gap).moved(0.0, y, 0.01 * w + (i + 0.035) * gap)
            for i in range(boards)
        ]
        planks += [s.turned(turn) for s in rows]
    dark = (0.55 * colour[0], 0.55 * colour[1], 0.55 * colour[2])
    walls_ = _hollow_box(w, d, h, wall)
    anchors = {
        "inside": Anchor((0.0, 0.0, 0.65 * wall + 0.005 * w), reach=min(w, d) / 2 - wall),
        "mouth": Anchor((0.0, 0.0, h), reach=min(w, d) / 2 - wall),
    }
    if lid:
        each = (d - 0.004 * w) / boards
        planks += [
            box(w - 2 * wall, 0.93 * each, 0.8 * wall).moved(0.0, (i - (boards - 1) / 2) * each, h - 0.9 * wall)
            for i in range(boards)
        ]
        inner.append(box(w - wall, d - wall, 0.3 * wall).moved(z=h - 1.3 * wall))
        frames += [box(2.6 * wall, d, wall).moved(s * (w - 2.6 * wall) / 2, 0.0, h - wall) for s in (-1, 1)]
        walls_, anchors = [box(w, d, h)], {"top": Anchor((0.0, 0.0, h), reach=min(w, d) / 2)}
    parts = (
        Part(joined(planks), "wood", colour),
        Part(joined(frames), "wood", (0.85 * colour[0], 0.85 * colour[1], 0.85 * colour[2]), share=0.6),
        Part(joined(inner), "wood", dark, share=0.3),
    )
    return Form(parts, anchors, tuple(walls_))


@entry(
    "a box of cardboard, shut or open",
    names=("box", "carton", "parcel", "package", "moving box"),
    size=(0.1, 2.1),
    shape="COMPOUND",
)
def cardboard_box(
    width: Annotated[float, metres(0.1, 1.2)] = 0.4,
    depth: Annotated[float, share(0.4, 1.0, "of its width")] = 0.75,
    height: Annotated[float, share(0.2, 1.2, "of its width")] = 0.7,
    lid: Literal["shut", "open"] = "shut",
    tape: Colour = (0.62, 0.47, 0.22),
    colour: Colour = (0.45, 0.28, 0.13),
) -> Form:
    """Four thin walls and a floor; shut with two flaps and a strip of tape, or with four flaps that stand out."""
    w, d, h = width, depth * width, height * width
    wall = 0.008 * w + 0.001
    sides = _hollow_box(w, d, h, wall)
    if lid == "shut":
        seam, strip = 0.004 * w, 0.13 * d
        flaps = [box(w, d / 2 - seam, wall).moved(0.0, s * (d / 4 + seam / 2), h - wall) for s in (-1, 1)]
        bands = [box(w + 0.002, strip, 0.001).moved(z=h - 0.0005)]
        bands += [box(0.001, strip, 0.2 * h).moved(s * w / 2, 0.0, 0.8 * h) for s in (-1, 1)]
        parts = (
            Part(joined([*sides, *flaps, box(w - wall, d - wall, wall).moved(z=h - 1.9 * wall)]), "paper", colour),
            Part(joined(bands), "plastic", tape),
        )
        return Form(parts, {"top": Anchor((0.0, 0.0, h), reach=min(w, d) / 2)}, (box(w, d, h),))
    reach = 0.42 * d
    flaps = []
    for long, across, turn, lean in ((w, d, 0, 105), (w, d, 180, 50), (d, w, 90, 35), (d, w, -90, 65)):
        flap = box(long - 2 * wall, wall, reach).moved(z=-0.5 * wall).turned(lean, "x")
        flaps.append(flap.moved(0.0, -across / 2 + wall / 2, h - wall / 2).turned(turn))
    strip_ = box(0.13 * w, 0.001, 0.35 * h).moved(0.0, -d / 2, 0.0)
    room = min(w, d) / 2 - wall
    return Form(
        (Part(joined([*sides, *flaps]), "paper", colour), Part(strip_, "plastic", tape)),
        {"inside": Anchor((0.0, 0.0, wall), reach=room), "mouth": Anchor((0.0, 0.0, h), reach=room)},
        (*sides, *flaps),
    )


@entry("a soft pillow", names=("cushion", "throw pillow"), size=(0.2, 1.2), moves="soft")
def pillow(
    width: Annotated[float, metres(0.2, 1.2)] = 0.6,
    depth: Annotated[float, share(0.5, 1.0, "of its width")] = 0.65,
    plumpness: Annotated[float, share(0.12, 0.5, "how thick it is, of its width")] = 0.26,
    colour: Colour = (0.75, 0.76, 0.8),
) -> Form:
    """Two sheets that bulge between four pointed corners, and meet in a seam."""
    n, w, d, t = 16, width, depth * width, plumpness * width
    s = np.clip(np.sin(np.linspace(-math.pi / 2, math.pi / 2, n + 1)), -1.0, 1.0)
    u, v = (g.ravel() for g in np.meshgrid(s, s, indexing="xy"))
    full = np.sqrt(np.clip((1 - u**2) * (1 - v**2), 0.0, 1.0)) ** 1.15
    x, y = w / 2 * u * (1 - 0.07 * (1 - v**2) * u**2), d / 2 * v * (1 - 0.07 * (1 - u**2) * v**2)
    rim = (np.abs(u) == 1.0) | (np.abs(v) == 1.0)
    number = np.arange((n + 1) ** 2)
    under = np.where(rim, number, len(number) + np.cumsum(~rim) - 1)
    low = np.stack([x, y, -0.5 * t * full], axis=1)[~rim]
    quads = [
        (r * (n + 1) + c, r * (n + 1) + c + 1, (r + 1) * (n + 1) + c + 1, (r + 1) * (n + 1) + c)
        for r in range(n)
        for c in range(n)
    ]
    faces = [*quads, *(tuple(int(under[i]) for i in reversed(q)) for q in quads)]
    whole = Solid(np.concatenate([np.stack([x, y, 0.5 * t * full], axis=1), low]), tuple(faces)).standing()
    return Form((Part(whole, "foam", colour),), {"top": Anchor((0.0, 0.0, t), reach=0.3 * d)})


@entry("a broom with a long stick", names=("broomstick", "besom"), size=(0.7, 2.2), shape="COMPOUND")
def broom(
    height: Annotated[float, metres(0.7, 2.2)] = 1.4,
    kind: Literal["straw", "flat"] = "straw",
    bristles: Annotated[float, share(0.15, 0.4, "how long they are, of its height")] = 0.26,
    colour: Colour = (0.62, 0.45, 0.18),
    seed: Seed = 0,
) -> Form:
    """A stick in a bundle of straw bound with cord, or on a wide brush."""
    h = height
    if kind == "flat":
        return _brush_broom(h, 0.45 * bristles * h, colour)
    long, r = bristles * h, 0.011 * h

    def at(f: float) -> tuple[float, float]:
        """Half how wide and how deep the bundle is, at a share of its height."""
        return (0.03 + 0.1 * (1 - f) ** 1.2) * h, (0.028 + 0.02 * (1 - f)) * h

    rings: list[list[Point]] = []
    n = 40
    for f in (i / 8 for i in range(9)):
        a, b = at(f)
        rows: list[Point] = []
        for i in range(n):
            t = 2 * math.pi * i / n
            fold = 1.0 - 0.12 * (i % 2) * (1 - 0.5 * f)
            rows.append((a * fold * math.cos(t), b * fold * math.sin(t), f * long))
        rings.append(rows)
    straw = loft(rings)

    def uneven(v: FloatArray) -> FloatArray:
        foot = np.clip(1 - v[:, 2] / (0.15 * long), 0.0, 1.0)
        rough = 0.5 + 0.5 * noise(v, 0.03 * h, seed, 2)
        return np.asarray(v + np.stack([0 * foot, 0 * foot, 0.06 * long * foot * rough], axis=1))

    straw = straw.shaped(uneven)
    straw = straw.moved(z=-float(straw.low[2]))
    neck = lathe([(0.036 * h, 0.95 * long), (0.034 * h, 1.02 * long), (0.014 * h, 1.12 * long)], 20)
    cords = [
        ring(1.0, 0.06, 32, 6).scaled(at(f)[0] * 1.0, at(f)[1] * 1.02, 0.1 * h).moved(z=f * long)
        for f in (0.72, 0.82, 0.92)
    ]
    stick = cylinder(r, h - 0.8 * long, 14).moved(z=0.8 * long)
    hulls = (loft([rings[0][::2], rings[8][::2]]).scaled(0.97, 0.97, 1.0), neck, stick)
    return Form(
        (
            Part(straw, "straw", colour),
            Part(joined([neck, *cords]), "rope", (0.4, 0.06, 0.04)),
            Part(stick, "wood", BROWN),
        ),
        {"handle": Anchor((0.0, 0.0, h), reach=0.05)},
        hulls=hulls,
    )


def _brush_broom(h: float, long: float, colour: Rgb) -> Form:
    """A wide flat brush under a bar of wood with a stick in it."""
    w, d = 0.26 * h, 0.05 * h
    tufts = [
        loft(
            [
                [
                    (x * 1.06 + sx * 0.012 * h, y * 1.3 + sy * 0.014 * h, 0.0)
                    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
                ],
                [
                    (x + sx * 0.011 * h, y + sy * 0.01 * h, long + 0.004 * h)
                    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
                ],
            ]
        )
        for x in np.linspace(-0.44 * w, 0.44 * w, 10).tolist()
        for y in (-0.28 * d, 0.28 * d)
    ]
    bar = rounded(w, d, 0.03 * h, 0.01 * h).moved(z=long)
    stick = cylinder(0.011 * h, h - long - 0.02 * h, 14).moved(z=long + 0.02 * h)
    socket = lathe([(0.024 * h, long + 0.02 * h), (0.02 * h, long + 0.06 * h), (0.012 * h, long + 0.07 * h)], 16)
    return Form(
        (Part(joined(tufts), "straw", colour), Part(joined([bar, stick, socket]), "wood", BROWN)),
        {"handle": Anchor((0.0, 0.0, h), reach=0.05)},
        hulls=(box(w, d, long + 0.02 * h), bar, stick),
    )


@entry("a suitcase for a journey", names=("travel case", "luggage", "trolley case"), size=(0.3, 1.7))
def suitcase(
    height: Annotated[float, metres(0.3, 1.2, "of its body")] = 0.6,
    width: Annotated[float, share(0.6, 1.4, "of its height")] = 0.68,
    depth: Annotated[float, share(0.25, 0.5, "of its height")] = 0.36,
    kind: Literal["trolley", "leather"] = "trolley",
    colour: Colour = (0.05, 0.2, 0.35),
) -> Form:
    """A case with ribs on wheels and a long bow to pull it by, or one of leather with straps, corners and a grip."""
    h, w, d = height, width * height, depth * height
    dark = (0.03, 0.03, 0.035)
    if kind == "trolley":
        up = 0.07 * h
        shell = rounded(w, d, h - up, 0.09 * h, 4).moved(z=up)
        ribs = [
            rounded(0.06 * w, 1.025 * d, 0.8 * (h - up), 0.01 * h).moved(x * w, 0.0, up + 0.1 * (h - up))
            for x in (-0.32, -0.16, 0.0, 0.16, 0.32)
        ]
        wheels = [
            cylinder(0.04 * h, 0.03 * h, 16).turned(90, "y").moved(s * 0.4 * w - 0.015 * h, y * 0.36 * d, 0.04 * h)
            for s in (-1, 1)
            for y in (-1, 1)
        ]
        forks = [
            box(0.045 * h, 0.05 * h, 0.07 * h).moved(s * 0.4 * w, y * 0.36 * d, 0.05 * h)
            for s in (-1, 1)
            for y in (-1, 1)
        ]
        rods = [cylinder(0.009 * h, 0.4 * h, 8).moved(s * 0.2 * w, 0.3 * d, 0.95 * h) for s in (-1, 1)]
        grip = rounded(0.46 * w, 0.05 * h, 0.045 * h, 0.02 * h).moved(0.0, 0.3 * d, 1.33 * h)
        seam = rounded(1.01 * w, 0.04 * d, 1.005 * (h - up), 0.015 * d).moved(z=up - 0.0025 * h)
        parts = (
            Part(joined([shell, *ribs]), "plastic", colour, share=0.12),
            Part(joined([*wheels, *forks, grip, seam]), "plastic", dark, share=0.3),
            Part(joined(rods), "steel", share=0.5),
        )
        return Form(parts, {"handle": Anchor((0.0, 0.3 * d, 1.37 * h)), "top": Anchor((0.0, 0.0, h), reach=0.3 * d)})
    shell = rounded(w, d, h, 0.03 * h, 3)
    straps = [rounded(0.07 * w, 1.03 * d, 1.01 * h, 0.02 * h).moved(x * w, 0.0, 0.0) for x in (-0.28, 0.28)]
    caps = [
        rounded(0.14 * h, 1.02 * d, 0.14 * h, 0.02 * h).moved(
            s * (w / 2 - 0.063 * h), 0.0, z * (h - 0.133 * h) - 0.004 * h * (1 - z)
        )
        for s in (-1, 1)
        for z in (0, 1)
    ]
    caps = [c.moved(z=0.004 * h) for c in caps]
    bow = tube(
        curve(
            [
                (-0.15 * w, 0.0, h - 0.01 * h),
                (-0.12 * w, 0.0, 1.07 * h),
                (0.12 * w, 0.0, 1.07 * h),
                (0.15 * w, 0.0, h - 0.01 * h),
            ],
            4,
        ),
        0.02 * h,
        8,
    )
    locks = [box(0.06 * h, 0.02 * h, 0.05 * h).moved(x * w, -0.515 * d, 0.8 * h) for x in (-0.28, 0.28)]
    strap = (0.45 * colour[0], 0.45 * colour[1], 0.45 * colour[2])
    parts = (
        Part(shell, "leather", colour, share=0.12),
        Part(joined([*straps, *caps, bow]), "leather", strap, share=0.2),
        Part(joined(locks), "brass"),
    )
    return Form(parts, {"handle": Anchor((0.0, 0.0, 1.09 * h)), "top": Anchor((0.0, 0.0, h), reach=0.3 * d)})
