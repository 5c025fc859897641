"""Fruit and vegetables."""

from __future__ import annotations

import math
from random import Random
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import (
    Point,
    Solid,
    ball,
    cone,
    curve,
    cylinder,
    egg,
    joined,
    lathe,
    loft,
    tube,
)

STALK = (0.16, 0.11, 0.04)
GREEN = (0.06, 0.25, 0.04)


def _lumpy(solid: Solid, amount: float, size: float, seed: int) -> Solid:
    """A solid about the axis made uneven by a share of each vertex's place."""
    return solid.shaped(lambda v: v * (1.0 + amount * noise(v, size, seed))[:, None])


def _leaf(length: float, width: float, bend: float = 0.12) -> Solid:
    """A pointed leaf along x from the origin, thin, that bends down."""
    rings = []
    for i in range(7):
        t = i / 6
        w, z = width / 2 * (math.sin(math.pi * (0.06 + 0.9 * t)) ** 0.8), -bend * length * t * t
        thick = 0.02 * length
        rings.append(
            [
                (t * length, -w, z),
                (t * length, 0.0, z - 0.3 * w - thick),
                (t * length, w, z),
                (t * length, 0.0, z - 0.3 * w),
            ]
        )
    return loft(rings)


@entry("an apple with a stalk", names=("apples",), size=(0.027, 0.65))
def apple(
    size: Annotated[float, metres(0.03, 0.45, "how wide it is")] = 0.08,
    plumpness: Annotated[float, share(0.75, 1.1, "how high it is, of its width")] = 0.88,
    leaf: bool = True,
    colour: Colour = (0.55, 0.03, 0.03),
    seed: Seed = 0,
) -> Form:
    """A round body dented above and below, with a stalk and a leaf."""
    r, h = size / 2, plumpness * size
    shape = [
        (0.1 * r, 0.06 * h),
        (0.35 * r, 0.0),
        (0.75 * r, 0.16 * h),
        (0.98 * r, 0.5 * h),
        (0.93 * r, 0.75 * h),
        (0.55 * r, 0.98 * h),
        (0.25 * r, 0.96 * h),
    ]
    body = lathe([(0.0, 0.09 * h), *curve(shape, 4), (0.0, 0.83 * h)], 28)
    body = _lumpy(body, 0.06, 1.2 * size, seed).standing()
    stalk = tube(
        [(0.0, 0.0, 0.78 * h), (0.03 * r, 0.0, 0.98 * h), (0.12 * r, 0.0, 1.12 * h)], [0.05 * r, 0.04 * r, 0.06 * r], 8
    )
    parts = [Part(body, "fruit", colour), Part(stalk, "wood", STALK)]
    if leaf:
        turn = Random(seed).uniform(0, 360)
        parts.append(Part(_leaf(0.75 * r, 0.4 * r).turned(turn).moved(0.03 * r, 0.0, 1.02 * h), "leaf", GREEN))
    return Form(tuple(parts))


@entry("a pear with a stalk", names=("pears",), size=(0.05, 0.8))
def pear(
    size: Annotated[float, metres(0.04, 0.4, "how wide it is")] = 0.07,
    length: Annotated[float, share(1.2, 1.6, "how high it is, of its width")] = 1.4,
    colour: Colour = (0.45, 0.5, 0.06),
    seed: Seed = 0,
) -> Form:
    """A round belly that narrows to a neck, with a bent stalk."""
    r, h = size / 2, length * size
    shape = [
        (0.2 * r, 0.0),
        (0.65 * r, 0.06 * h),
        (r, 0.32 * h),
        (0.8 * r, 0.58 * h),
        (0.5 * r, 0.8 * h),
        (0.36 * r, 0.94 * h),
        (0.12 * r, h),
    ]
    body = _lumpy(lathe([(0.0, 0.02 * h), *curve(shape, 4), (0.0, 0.98 * h)], 28), 0.06, 1.5 * size, seed).standing()
    stalk = tube([(0.0, 0.0, 0.96 * h), (0.05 * r, 0.0, 1.06 * h), (0.2 * r, 0.0, 1.15 * h)], 0.05 * r, 8)
    return Form((Part(body, "fruit", colour), Part(stalk, "wood", STALK)))


@entry("an orange or another citrus fruit", names=("oranges", "tangerine", "citrus"), size=(0.03, 0.5), shape="SPHERE")
def orange(
    size: Annotated[float, metres(0.03, 0.45)] = 0.075,
    roughness: Annotated[float, share(0.0, 1.0, "of its peel")] = 0.5,
    colour: Colour = (0.85, 0.3, 0.02),
    seed: Seed = 0,
) -> Form:
    """A ball with a pored peel, and the green star of its stalk."""
    r = size / 2
    body = _lumpy(ball(r, 40), 0.02 * roughness, 0.12 * size, seed).moved(z=r)
    star = joined([cone(0.09 * r, 0.05 * r, 6), cylinder(0.04 * r, 0.06 * r, 6)]).moved(z=1.955 * r)
    return Form((Part(body.standing(), "fruit", colour), Part(star, "leaf", GREEN)))


@entry("a ripe lemon", names=("lemons",), size=(0.038, 0.5))
def lemon(
    size: Annotated[float, metres(0.04, 0.45, "its length")] = 0.085,
    plumpness: Annotated[float, share(0.55, 0.8, "how wide it is, of its length")] = 0.68,
    colour: Colour = (0.9, 0.75, 0.05),
    seed: Seed = 0,
) -> Form:
    """An oval that lies, with a nipple at either end."""
    h, r = size, plumpness * size / 2
    shape = [
        (0.1 * r, 0.0),
        (0.24 * r, 0.06 * h),
        (0.6 * r, 0.17 * h),
        (r, 0.5 * h),
        (0.62 * r, 0.83 * h),
        (0.26 * r, 0.94 * h),
        (0.12 * r, h),
    ]
    body = _lumpy(lathe(curve(shape, 4), 28).moved(z=-h / 2), 0.03, 0.2 * size, seed)
    return Form((Part(body.turned(90, "y").standing(), "fruit", colour),))


@entry("a bent banana", names=("bananas",), size=(0.1, 0.8), shape="COMPOUND")
def banana(
    length: Annotated[float, metres(0.1, 0.7)] = 0.19,
    thickness: Annotated[float, share(0.14, 0.25, "of its length")] = 0.19,
    bend: Annotated[float, degrees(40.0, 120.0, "from end to end")] = 85.0,
    colour: Colour = (0.85, 0.62, 0.05),
) -> Form:
    """A bent bar of five sides that lies, with brown ends."""
    turn, r = math.radians(bend), thickness * length / 2
    radius = length / (2 * math.sin(turn / 2))
    angles = [math.pi / 2 + turn * (i / 20 - 0.5) for i in range(21)]
    line: list[Point] = [(radius * math.cos(a), radius * math.sin(a), 0.0) for a in angles]
    widths = [r * min(1.0, 0.22 + 2.6 * t, 0.3 + 3.2 * (1 - t)) for t in (i / 20 for i in range(21))]
    body, low = tube(line, widths, 6), radius * math.cos(turn / 2)
    tips = [tube([line[0], _beyond(line[1], line[0], 0.04 * length)], [0.24 * r, 0.2 * r], 6)]
    tips.append(tube([line[-1], _beyond(line[-2], line[-1], 0.09 * length)], [0.32 * r, 0.26 * r], 6))
    y, z = -(low + radius) / 2, float(-body.low[2])
    hulls = tuple(tube([line[i], line[i + 4]], [widths[i] * 0.9, widths[i + 4] * 0.9], 6) for i in range(0, 20, 4))
    return Form(
        (
            Part(body.moved(0.0, y, z), "fruit", colour),
            Part(joined(tips).moved(0.0, y, z), "fruit", (0.12, 0.08, 0.03)),
        ),
        hulls=tuple(s.moved(0.0, y, z) for s in hulls),
    )


def _beyond(before: Point, end: Point, by: float) -> Point:
    """The place so far behind the end of a line that comes from ``before``."""
    step = np.array(end) - np.array(before)
    x, y, z = (np.array(end) + step / np.linalg.norm(step) * by).tolist()
    return (x, y, z)


@entry("a watermelon, whole or half", names=("watermelons", "melon"), size=(0.1, 0.9))
def watermelon(
    length: Annotated[float, metres(0.12, 0.8)] = 0.32,
    roundness: Annotated[float, share(0.6, 1.0, "how wide it is, of its length")] = 0.78,
    cut: Literal["whole", "half"] = "whole",
    stripes: Annotated[int, count(6, 16)] = 10,
    colour: Colour = (0.12, 0.4, 0.08),
    seed: Seed = 0,
) -> Form:
    """An oval with dark jagged stripes from end to end; a half lies with its red flesh and dark seeds up."""
    wide, half = roundness * length, cut == "half"
    turns = [2 * math.pi * (i + 0.5) / stripes for i in range(stripes)]
    shown = [a for a in turns if not half or math.sin(a) < -math.sin(math.pi / stripes)]
    bands = joined(_stripe(a, stripes, seed + i) for i, a in enumerate(shown))
    body = ball(1.0, 40).turned(90, "y")
    if half:
        body = body.shaped(lambda v: np.stack([v[:, 0], v[:, 1], np.minimum(v[:, 2], 0.0)], axis=1))
    stretched = [s.scaled(length / 2, wide / 2, wide / 2) for s in (body, bands)]
    up = -float(min(s.low[2] for s in stretched))
    rind, dark = (s.moved(z=up) for s in stretched)
    deep = (0.2 * colour[0], 0.28 * colour[1], 0.3 * colour[2])
    parts = [Part(rind, "fruit", colour), Part(dark, "fruit", deep)]
    if not half:
        return Form(tuple(parts))
    shape = cylinder(1.0, 1.0, 40)
    pale = shape.scaled(0.485 * length, 0.485 * wide, 0.012 * wide).moved(z=up - 0.006 * wide)
    flesh = shape.scaled(0.44 * length, 0.44 * wide, 0.016 * wide).moved(z=up - 0.006 * wide)
    rng = Random(seed)
    seeds = []
    for i in range(26):
        a, f = 2.4 * i, 0.12 + 0.26 * math.sqrt((i + 0.5) / 26)
        grain = egg(0.03 * wide, 0.016 * wide, 0.012 * wide, 8).turned(rng.uniform(0, 180))
        seeds.append(grain.moved(f * length * math.cos(a), f * wide * math.sin(a), up + 0.011 * wide))
    parts += [Part(pale, "fruit", (0.75, 0.8, 0.5)), Part(flesh, "fruit", (0.7, 0.05, 0.04))]
    parts.append(Part(joined(seeds), "fruit", (0.03, 0.015, 0.01)))
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, up), reach=0.4 * wide)})


def _stripe(angle: float, many: int, seed: int) -> Solid:
    """A jagged band on a ball of radius 1, from end to end along x."""
    rng, rings = Random(seed), []
    for i in range(25):
        t = math.pi * (0.03 + 0.94 * i / 24)
        half = (0.2 + 0.3 * rng.random()) * math.pi / many
        shift = 0.15 * rng.uniform(-1, 1) * math.pi / many
        corners = [
            (1.008, shift - half),
            (1.018, shift),
            (1.008, shift + half),
            (0.95, shift + half),
            (0.95, shift - half),
        ]
        rings.append(
            [
                (-r * math.cos(t), r * math.sin(t) * math.cos(angle + a), r * math.sin(t) * math.sin(angle + a))
                for r, a in corners
            ]
        )
    return loft(rings)


@entry("a carrot with its green", names=("carrots",), size=(0.075, 0.9))
def carrot(
    length: Annotated[float, metres(0.08, 0.5)] = 0.18,
    thickness: Annotated[float, share(0.12, 0.3, "of its length")] = 0.2,
    leaves: bool = True,
    colour: Colour = (0.85, 0.28, 0.02),
    seed: Seed = 0,
) -> Form:
    """A root that tapers and is creased across, lying, with a tuft of leaves."""
    r, h, rng = thickness * length / 2, length, Random(seed)
    shape = [
        (0.06 * r, 0.0),
        (0.22 * r, 0.12 * h),
        (0.6 * r, 0.5 * h),
        (0.9 * r, 0.85 * h),
        (0.92 * r, 0.95 * h),
        (0.5 * r, h),
    ]
    line = [(a * (1 + 0.06 * (rng.random() - 0.5)), z) for a, z in curve(shape, 6)]
    root = _lumpy(lathe(line, 20).moved(z=-h / 2), 0.03, 0.3 * h, seed).turned(90, "y").standing()
    parts = [Part(root, "fruit", colour)]
    if leaves:
        x = h / 2 - 0.02 * h
        tuft = []
        for i in range(7):
            a, out = 2 * math.pi * i / 7, rng.uniform(0.1, 0.22)
            stem: list[Point] = [
                (x, 0.0, 0.92 * r),
                (x + 0.2 * h, 0.4 * out * h * math.cos(a), 0.92 * r + 0.3 * out * h * math.sin(a)),
            ]
            stem.append(
                (
                    x + rng.uniform(0.4, 0.55) * h,
                    out * h * math.cos(a),
                    max(0.92 * r + 0.5 * out * h * math.sin(a), 0.04 * h),
                )
            )
            tuft.append(
                tube(curve(stem, 4), [0.07 * r, *[0.09 * r] * 3, *(0.22 * r, 0.3 * r, 0.26 * r, 0.2 * r), 0.05 * r], 6)
            )
        parts.append(Part(joined(tuft).shaped(_above_ground), "leaf", (0.08, 0.32, 0.05), share=0.3))
    x, _, _ = (np.max([p.solid.high for p in parts], axis=0) + np.min([p.solid.low for p in parts], axis=0)) / 2
    return Form(tuple(Part(p.solid.moved(x=-float(x)), p.stuff, p.color, share=p.share) for p in parts))


def _above_ground(v: FloatArray) -> FloatArray:
    return np.stack([v[:, 0], v[:, 1], np.maximum(v[:, 2], 0.0)], axis=1)


def _ribbed(size: float, flatness: float, ribs: int, seed: int) -> tuple[Solid, Solid]:
    """A pumpkin's body, and its bent stalk."""
    h, r = flatness * size, size / 2

    def grooved(v: FloatArray) -> FloatArray:
        angle, out = np.arctan2(v[:, 1], v[:, 0]), np.hypot(v[:, 0], v[:, 1]) / r
        fold = 1.0 - 0.1 * (1.0 - np.abs(np.cos(ribs * angle / 2)) ** 0.7)
        dent = -0.16 * h * np.exp(-((out / 0.28) ** 2)) * np.sign(v[:, 2])
        return np.asarray(
            v * np.stack([fold, fold, 0.5 + 0.5 * fold], axis=1) + np.stack([0 * dent, 0 * dent, dent], axis=1)
        )

    body = egg(size, size, h, 8 * ribs if ribs < 10 else 6 * ribs).shaped(grooved)
    body = _lumpy(body, 0.03, 0.7 * size, seed).standing()
    top = float(body.high[2])
    line = curve(
        [(0.0, 0.0, 0.7 * top), (0.01 * r, 0.0, 0.95 * top), (0.05 * r, 0.0, 1.05 * top), (0.22 * r, 0.0, 1.16 * top)],
        3,
    )
    widths = [0.16 * r - 0.07 * r * min(i / 5, 1) + (0.03 * r if i == len(line) - 1 else 0.0) for i in range(len(line))]
    return body, tube(line, widths, 8)


@entry("a pumpkin with a stalk", names=("pumpkins", "gourd"), size=(0.075, 1.2))
def pumpkin(
    size: Annotated[float, metres(0.08, 1.1, "how wide it is")] = 0.3,
    flatness: Annotated[float, share(0.55, 0.95, "how high it is, of its width")] = 0.78,
    ribs: Annotated[int, count(7, 14)] = 10,
    colour: Colour = (0.8, 0.27, 0.02),
    seed: Seed = 0,
) -> Form:
    """A flattened ball with deep ribs, dented above and below, and a thick bent stalk."""
    body, stalk = _ribbed(size, flatness, ribs, seed)
    return Form((Part(body, "fruit", colour, share=0.65), Part(stalk, "wood", (0.2, 0.2, 0.06))))


@entry(
    "a hollow pumpkin with a carved face that glows",
    names=("jack-o'-lantern", "jack-o-lantern", "carved pumpkin", "halloween pumpkin"),
    size=(0.11, 0.9),
)
def jack_o_lantern(
    size: Annotated[float, metres(0.12, 0.8, "how wide it is")] = 0.32,
    flatness: Annotated[float, share(0.7, 0.95, "how high it is, of its width")] = 0.85,
    ribs: Annotated[int, count(7, 14)] = 10,
    lit: bool = True,
    colour: Colour = (0.8, 0.27, 0.02),
    seed: Seed = 0,
) -> Form:
    """A pumpkin whose eyes, nose and toothed mouth show the light within, to the front."""
    body, stalk = _ribbed(size, flatness, ribs, seed)
    r, h = size / 2, float(body.high[2])
    eye = [(-0.22, 0.0), (0.22, 0.0), (0.04, 0.3)]
    mouth = [(-0.62, 0.16), (-0.45, -0.1), (-0.25, -0.22), (-0.14, -0.25), (-0.14, -0.13), (0.04, -0.14), (0.04, -0.26)]
    mouth += [
        (0.25, -0.22),
        (0.45, -0.1),
        (0.62, 0.16),
        (0.4, 0.04),
        (0.3, 0.0),
        (0.27, -0.1),
        (0.12, -0.12),
        (0.1, -0.04),
    ]
    mouth += [(-0.1, -0.04), (-0.27, 0.0), (-0.4, 0.04)]
    shapes = [([(x - 0.36, z) for x, z in eye], 0.65), ([(0.36 - x, z) for x, z in eye[::-1]], 0.65)]
    shapes += [([(0.5 * x, 0.6 * z) for x, z in eye], 0.52), (mouth, 0.41)]
    face = joined(_carved([(r * x, r * z + f * h) for x, z in outline], body) for outline, f in shapes)
    light = (1.0, 0.55, 0.1) if lit else (0.05, 0.02, 0.005)
    return Form(
        (
            Part(body, "fruit", colour, share=0.25),
            Part(stalk, "wood", (0.2, 0.2, 0.06)),
            Part(face, "wax", light, glow=4.0 if lit else 0.0, share=0.1),
        ),
        {"light": Anchor((0.0, -0.9 * r, 0.45 * h), (0.0, -1.0, 0.0))},
    )


def _carved(outline: list[tuple[float, float]], body: Solid) -> Solid:
    """A flat outline in x and z laid onto the front of a body: its skin there, a little out of it."""
    line = [
        (a + (b - a) * t, c + (d - c) * t)
        for (a, c), (b, d) in zip(outline, outline[1:] + outline[:1], strict=True)
        for t in (0.0, 0.5)
    ]
    front = body.vertices[body.vertices[:, 1] < 0]

    def depth(x: float, z: float) -> float:
        near = np.argsort((front[:, 0] - x) ** 2 + (front[:, 2] - z) ** 2)[:4]
        return float(front[near, 1].min())

    out = 0.012 * float(np.ptp(body.vertices[:, 0]))
    skin = [depth(x, z) for x, z in line]
    return loft(
        [
            [(x, y + 6 * out, z) for (x, z), y in zip(line, skin, strict=True)],
            [(x, y - out, z) for (x, z), y in zip(line, skin, strict=True)],
        ]
    )
