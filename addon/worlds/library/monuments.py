"""Statues, tombstones, igloos and caves. They look to -y."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, box, cylinder, egg, joined, lathe, loft, profiled, rough, rounded
from .animals import horse
from .people import person, woman
from .trees import shade
from .wild_animals import lion

STONE = (0.42, 0.41, 0.39)
Of = Literal["man", "woman", "lion", "horse"]
MODELS: dict[str, Callable[[float], Form]] = {
    "man": lambda h: person(height=h, pose="waving"),
    "woman": lambda h: woman(height=h),
    "lion": lambda h: lion(height=0.75 * h),
    "horse": lambda h: horse(height=0.75 * h),
}


@entry(
    "a statue on its pedestal",
    names=("statues", "sculpture", "monument", "bronze statue", "marble statue"),
    size=(0.8, 8.0),
    moves="fixed",
    shape="MESH",
)
def statue(
    height: Annotated[float, metres(0.8, 2.1, "of the figure")] = 1.8,
    of: Of = "man",
    base: Annotated[float, share(0.15, 1.0, "how high the pedestal is, over the figure")] = 0.6,
    metal: bool = False,
    colour: Colour = STONE,
) -> Form:
    """A figure of one colour on a block with a foot and a ledge."""
    figure = MODELS[of](height)
    body = joined(p.solid for p in figure.parts)
    wide, deep, _ = ((figure.high - figure.low) * 1.0).tolist()
    if of in ("man", "woman"):
        wide = deep = 0.38 * height
        body = body.moved(y=-float((figure.low + figure.high)[1]) / 2)
    w, d, h = wide + 0.12 * height, deep + 0.12 * height, base * height
    blocks = [
        rounded(1.2 * w, d + 0.2 * w, 0.16 * h, 0.02 * h),
        box(w, d, 0.9 * h),
        rounded(1.1 * w, d + 0.1 * w, 0.12 * h, 0.03 * h).moved(z=0.88 * h),
    ]
    plate = box(0.6 * w, 0.03, 0.3 * h).moved(0.0, -d / 2, 0.42 * h)
    sole = (
        cylinder(0.17 * height, 0.03 * height, 24)
        if of in ("man", "woman")
        else box(0.8 * wide, 0.9 * deep, 0.03 * height)
    )
    carved = joined([body.moved(z=0.02 * height), sole]).moved(z=h - 0.002)
    bronze = (0.2, 0.13, 0.06)
    parts = (
        Part(carved, "brass" if metal else "stone", bronze if metal else shade(colour, 1.25), share=0.5),
        Part(joined(blocks), "stone", colour),
        Part(plate, "brass"),
    )
    return Form(
        parts, {"top": Anchor((0.0, 0.0, h + float(body.high[2]))), "foot": Anchor((0.0, -d / 2, h), reach=0.05)}
    )


@entry(
    "a tombstone",
    names=("gravestone", "headstone", "grave", "grave stone"),
    size=(0.4, 2.6),
    moves="fixed",
    shape="MESH",
)
def tombstone(
    height: Annotated[float, metres(0.4, 1.6)] = 0.95,
    shape: Literal["round", "cross", "pointed"] = "round",
    mound: bool = True,
    tilt: Annotated[float, share(0.0, 1.0, "how far it leans")] = 0.15,
    colour: Colour = (0.3, 0.3, 0.29),
) -> Form:
    """A slab with a round or pointed head and carved lines, or a cross, on a foot, with a mound of earth in front."""
    h, w, thick = height, 0.58 * height, 0.13 * height
    foot = rounded(1.2 * w, 1.9 * thick, 0.12 * h, 0.02 * h)
    lines: list[Solid] = []
    if shape == "cross":
        slab = joined(
            [
                rounded(0.2 * h, thick, 0.95 * h, 0.02 * h).moved(z=0.05 * h),
                rounded(w, 0.95 * thick, 0.19 * h, 0.02 * h).moved(z=0.58 * h),
            ]
        )
        lines.append(cylinder(0.07 * h, 0.02 * h, 20).turned(90, "x").moved(0.0, -thick / 2 + 0.002, 0.675 * h))
    else:
        turns = np.linspace(0.0, math.pi, 17).tolist()
        top = [(w / 2 * math.cos(a), h - w / 2 + w / 2 * math.sin(a)) for a in turns]
        if shape == "pointed":
            top = [(w / 2, 0.75 * h), (0.2 * w, 0.92 * h), (0.0, h), (-0.2 * w, 0.92 * h), (-w / 2, 0.75 * h)]
        slab = profiled([(-w / 2, 0.05 * h), (w / 2, 0.05 * h), *top], thick, "y", 0.1 * thick)
        lines += [
            box(f * w, 0.02 * h, 0.025 * h).moved(0.0, -thick / 2, z * h)
            for f, z in ((0.55, 0.5), (0.4, 0.42), (0.48, 0.34))
        ]
        lines += [
            box(0.04 * h, 0.02 * h, 0.2 * h).moved(0.0, -thick / 2, 0.6 * h),
            box(0.14 * h, 0.02 * h, 0.04 * h).moved(0.0, -thick / 2, 0.7 * h),
        ]
    lean = 9.0 * tilt
    parts = [
        Part(slab.turned(lean, "x").moved(z=0.02 * h), "stone", colour),
        Part(joined(lines).turned(lean, "x").moved(z=0.02 * h), "stone", shade(colour, 0.35)),
        Part(foot, "stone", shade(colour, 0.8)),
    ]
    y = 0.0
    if mound:
        long = 1.35 * h
        soil = egg(1.05 * w, long, 0.36 * h, 24).shaped(
            lambda v: np.stack([v[:, 0], v[:, 1], np.maximum(v[:, 2], 0.0)], axis=1)
        )
        parts.append(Part(soil.moved(0.0, -long / 2 - 0.02 * h), "soil"))
        y = 0.5 * long - 0.1 * h
    made = tuple(Part(p.solid.moved(y=y), p.stuff, p.color) for p in parts)
    return Form(made, {"top": Anchor((0.0, y, h)), "foot": Anchor((0.0, y - thick, 0.0), (0.0, -1.0, 0.0))})


def _block(far: tuple[float, float], turn: tuple[float, float], up: tuple[float, float]) -> Solid:
    """A piece of a dome about the origin: from one radius to another, between two turns and two rises in radians."""
    corners: list[list[Point]] = []
    for a in np.linspace(*turn, max(round((turn[1] - turn[0]) / 0.2), 1) + 1).tolist():
        row = [(far[0], up[0]), (far[1], up[0]), (far[1], up[1]), (far[0], up[1])]
        corners.append(
            [(r * math.cos(e) * math.cos(a), r * math.cos(e) * math.sin(a), r * math.sin(e)) for r, e in row]
        )
    return loft(corners[::-1])


@entry(
    "an igloo of blocks of snow",
    names=("igloos", "snow house", "snow hut", "ice house"),
    size=(1.5, 10.0),
    moves="fixed",
    shape="MESH",
)
def igloo(
    radius: Annotated[float, metres(0.7, 3.5)] = 1.6,
    rows: Annotated[int, count(4, 9)] = 6,
    tunnel: Annotated[float, share(0.2, 0.7, "how long its entrance is, over its radius")] = 0.45,
    colour: Colour = (0.8, 0.85, 0.92),
    seed: Seed = 0,
) -> Form:
    """A hollow dome of rows of blocks and a short vaulted entrance of blocks in front."""
    rng = Random(seed)
    r, thick = radius, 0.12 * radius
    door, wall = 0.32 * r, 0.1 * r
    bright: tuple[list[Solid], list[Solid], list[Solid]] = ([], [], [])
    step = math.pi / 2 / (rows + 0.35)
    for i in range(rows):
        low, high = i * step, (i + 1) * step
        gap = 0.0
        if r * math.sin(low) < door:
            gap = math.asin(min((door + 0.3 * wall) / (r * math.cos(low)), 0.9))
            sill = math.asin(door / r)
            if high > sill:
                over = (-math.pi / 2 - gap, gap - math.pi / 2)
                bright[1].append(_block((r - thick, 0.99 * r), over, (sill, high + 0.1 * step)))
        many = max(round((2 * math.pi * math.cos((low + high) / 2)) / (1.9 * step)), 5)
        start, span = -math.pi / 2 + gap + (0.0 if gap else (i % 2) * math.pi / many), 2 * math.pi - 2 * gap
        for k in range(many):
            a, b = start + span * k / many, start + span * (k + 1) / many
            out = r * rng.uniform(0.985, 1.005)
            bright[(k + 2 * i) % 3].append(_block((r - thick, out), (a, b), (low, min(high + 0.1 * step, 1.5))))
    cap = lathe(
        [
            (1.03 * r * math.cos(rows * step), (r - thick) * math.sin(rows * step)),
            (1.0 * r * math.cos(rows * step), 0.998 * r * math.sin(rows * step)),
            (0.0, 1.005 * r),
        ],
        16,
    )
    bright[0].append(cap)
    near = math.sqrt((r - thick) ** 2 - door**2) - 0.02 * r
    front, n = r + tunnel * r, max(round(tunnel / 0.16), 2)
    for k in range(n):
        y0, y1 = (-near - (front - near) * f / n for f in (k, k + 1))
        for j in range(7):
            t = [math.pi * (j + f) / 7 for f in (0, 1)]
            out = door + wall * rng.uniform(0.85, 1.1)
            ends = [(out, t[0]), (out, t[1]), (door, t[1]), (door, t[0])]
            flat = [[(q * math.cos(a), y, q * math.sin(a)) for q, a in ends] for y in (y0, y1)]
            bright[rng.randrange(3)].append(loft(flat))
    parts = tuple(
        Part(joined(b), "snow", shade(colour, f)) for b, f in zip(bright, (1.0, 0.87, 0.75), strict=True) if b
    )
    shift = tunnel * r / 2
    return Form(
        tuple(Part(p.solid.moved(y=shift), p.stuff, p.color) for p in parts),
        {
            "mouth": Anchor((0.0, -front + shift, 0.0), (0.0, -1.0, 0.0), 0.8 * door),
            "inside": Anchor((0.0, shift, 0.0), reach=0.7 * r),
            "top": Anchor((0.0, shift, 1.005 * r)),
        },
    )


@entry(
    "a cave in a rock, open to the front",
    names=("cave entrance", "cavern", "grotto", "den", "bear cave"),
    size=(2.5, 24.0),
    moves="fixed",
    shape="MESH",
)
def cave(
    width: Annotated[float, metres(1.0, 6.0, "of its mouth")] = 2.4,
    height: Annotated[float, share(0.6, 1.3, "of its mouth, over its width")] = 0.85,
    depth: Annotated[float, share(1.0, 2.2, "over its width")] = 1.4,
    colour: Colour = (0.24, 0.22, 0.2),
    seed: Seed = 0,
) -> Form:
    """A rough vault of rock with a dark back wall and boulders around its mouth."""
    half, tall, deep = width / 2, height * width, depth * width
    rng, n = Random(seed), 22
    turns = np.linspace(0.0, math.pi, n + 1).tolist()

    def section(y: float, inner: float, outer: float) -> list[Point]:
        out = [
            (outer * (half + 0.75 * width) * math.cos(a), y, outer * (tall + 0.55 * width) * math.sin(a) ** 0.8)
            for a in turns
        ]
        into = [(inner * half * math.cos(a), y, inner * tall * math.sin(a) ** 0.75) for a in turns[::-1]]
        return [*out, *into]

    rings = [
        section(deep * (t - 0.5), 1.05 - 0.25 * t, 0.7 + 0.32 * math.sin(math.pi * (0.15 + 0.65 * t)))
        for t in np.linspace(1.0, 0.0, 13).tolist()
    ]

    def uneven(v: FloatArray) -> FloatArray:
        a = noise(v, 0.55 * width, seed) + 0.5 * noise(v, 0.2 * width, seed + 1)
        b = noise(v, 0.4 * width, seed + 2)
        made = v * (1.0 + 0.14 * a)[:, None]
        made[:, 1] += 0.22 * width * b
        made[:, 2] = np.where(v[:, 2] < 1e-6, 0.0, np.maximum(made[:, 2], 0.02))
        return made

    vault = loft(rings).shaped(uneven)
    rear = rough(egg(2.2 * half, 0.9 * width, 2.4 * tall, 24), 0.15, 0.4 * width, seed).moved(y=0.5 * deep)
    over = rough(
        egg(2 * half + 1.1 * width, 1.2 * width, 2 * tall + 0.7 * width, 26), 0.22, 0.5 * width, seed + 3
    ).moved(y=0.5 * deep + 0.35 * width)

    def cut(v: FloatArray) -> FloatArray:
        return np.stack([v[:, 0], v[:, 1], np.maximum(v[:, 2], 0.0)], axis=1)

    rocks = []
    for i in range(11):
        s = 1 if i % 2 else -1
        size = rng.uniform(0.2, 0.5) * width
        x, y = s * (half + (0.2 + 0.6 * rng.random()) * width), -0.5 * deep - rng.uniform(-0.25, 0.15) * width
        rocks.append(rough(egg(size, 0.9 * size, 0.8 * size, 12), 0.3, 0.5 * size, seed + i).shaped(cut).moved(x, y))
    parts = (
        Part(joined([vault, over.shaped(cut)]), "stone", colour),
        Part(joined(rocks), "stone", shade(colour, 1.2)),
        Part(rear.shaped(cut), "stone", shade(colour, 0.25)),
    )
    low, high = Form(parts).low, Form(parts).high
    off = -(low + high) / 2
    x, y = float(off[0]), float(off[1])
    made = tuple(Part(p.solid.moved(x, y), p.stuff, p.color) for p in parts)
    return Form(
        made,
        {
            "mouth": Anchor((x, y - 0.5 * deep, 0.0), (0.0, -1.0, 0.0), 0.8 * half),
            "inside": Anchor((x, y - 0.1 * deep, 0.0), reach=0.6 * half),
        },
    )
