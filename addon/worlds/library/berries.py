"""Soft fruit: strawberries, cherries, grapes and peaches."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, ball, curve, egg, joined, lathe, loft, tube
from .fruit import GREEN, STALK


def settled(parts: Sequence[Part], anchors: Mapping[str, Anchor] | None = None) -> Form:
    """Parts put down together: on z = 0, the middle of their bounds over the origin; the anchors go with them."""
    form = Form(tuple(parts))
    x, y, _ = (-(form.low + form.high) / 2).tolist()
    z = -float(form.low[2])
    made = tuple(Part(p.solid.moved(x, y, z), p.stuff, p.color, p.glow, p.share, p.rotor) for p in parts)
    places = {
        name: Anchor((a.at[0] + x, a.at[1] + y, a.at[2] + z), a.out, a.reach) for name, a in (anchors or {}).items()
    }
    return Form(made, places)


def _blade(length: float, width: float, lift: float) -> Solid:
    """A pointed leaf along x from the origin that bends up by a share of its length."""
    rings: list[list[Point]] = []
    for i in range(6):
        t = i / 5
        w, z = width / 2 * (math.sin(math.pi * (0.1 + 0.85 * t)) ** 0.8), lift * length * t * t
        thick = 0.025 * length
        rings.append(
            [
                (t * length, -w, z),
                (t * length, 0.0, z - 0.2 * w - thick),
                (t * length, w, z),
                (t * length, 0.0, z - 0.2 * w),
            ]
        )
    return loft(rings)


@entry("a strawberry with seeds and green leaves", names=("strawberries", "berry", "raspberry"), size=(0.02, 0.75))
def strawberry(
    size: Annotated[float, metres(0.02, 0.5, "how long it is")] = 0.04,
    plumpness: Annotated[float, share(0.6, 1.1, "how wide it is, of its length")] = 0.82,
    seeds: Annotated[int, count(20, 120)] = 60,
    colour: Colour = (0.6, 0.02, 0.02),
    seed: Seed = 0,
) -> Form:
    """A body like a heart that lies on its side, with pale seeds all over and a star of leaves with a stalk."""
    r = plumpness * size / 2
    shape = [
        (0.05 * r, 0.0),
        (0.4 * r, 0.06 * size),
        (0.75 * r, 0.3 * size),
        (0.98 * r, 0.65 * size),
        (0.9 * r, 0.86 * size),
        (0.4 * r, 0.97 * size),
    ]
    line = curve(shape, 4)
    body = lathe([*line, (0.0, 0.95 * size)], 28)
    body = body.shaped(lambda v: v * (1.0 + 0.05 * noise(v, 0.9 * size, seed))[:, None])
    dots = []
    heights, widths = [z for _, z in line], [q for q, _ in line]
    for i in range(seeds):
        z = (0.1 + 0.78 * (i + 0.5) / seeds) * size
        q, a = float(np.interp(z, heights, widths)), 2.39996 * i
        at = np.array([q * math.cos(a), q * math.sin(a), z])
        at *= 1.0 + 0.05 * float(noise(at[None], 0.9 * size, seed)[0])
        dots.append(egg(0.025 * size, 0.025 * size, 0.04 * size, 6).moved(*(float(c) for c in at)))
    leaves = [_blade(0.85 * r, 0.4 * r, -0.1).turned(360 * i / 7).moved(z=0.985 * size) for i in range(7)]
    stem = tube(
        [(0.0, 0.0, 0.95 * size), (0.0, 0.03 * size, 1.08 * size), (0.0, 0.1 * size, 1.18 * size)], 0.025 * size, 8
    )
    parts = (
        Part(body, "fruit", colour),
        Part(joined(dots), "fruit", (0.75, 0.5, 0.12)),
        Part(joined([*leaves, stem]), "leaf", GREEN),
    )
    return settled([Part(p.solid.turned(-65, "x"), p.stuff, p.color) for p in parts])


@entry("cherries on their stalks", names=("cherries", "cherry fruit", "pair of cherries"), size=(0.025, 0.8))
def cherry(
    size: Annotated[float, metres(0.015, 0.25, "how wide each is")] = 0.025,
    fruits: Annotated[int, count(1, 3)] = 2,
    stalk: Annotated[float, share(1.0, 2.0, "how long it is, over the size")] = 1.6,
    leaf: bool = True,
    colour: Colour = (0.45, 0.01, 0.02),
) -> Form:
    """Round fruits with a dent, whose bent stalks meet at the top with a leaf."""
    r = size / 2
    one = lathe(
        [
            (0.0, 0.0),
            *[(r * math.sin(a), r * (1 - math.cos(a))) for a in np.linspace(0.2, 2.5, 13).tolist()],
            (0.2 * r, 1.72 * r),
            (0.0, 1.6 * r),
        ],
        24,
    )
    top = 1.6 * r + stalk * size
    bodies, stems = [], []
    for i in range(fruits):
        a = 2 * math.pi * i / max(fruits, 2)
        far = 0.0 if fruits == 1 else (1.03 * r if fruits == 2 else 1.2 * r)
        x, y = far * math.cos(a), far * math.sin(a)
        bodies.append(one.moved(x, y))
        line = curve(
            [(x, y, 1.55 * r), (0.9 * x, 0.9 * y, 1.7 * r + 0.4 * stalk * size), (0.15 * x + 0.05 * r, 0.15 * y, top)],
            4,
        )
        stems.append(tube(line, 0.055 * r, 8))
    stems.append(egg(0.3 * r, 0.3 * r, 0.2 * r, 8).moved(0.05 * r, 0.0, top))
    parts = [Part(joined(bodies), "fruit", colour), Part(joined(stems), "wood", (0.12, 0.2, 0.04))]
    if leaf:
        blade = _blade(2.4 * r, 1.1 * r, -0.15).turned(-25).moved(0.05 * r, 0.0, top)
        parts.append(Part(blade, "leaf", GREEN))
    return settled(parts)


@entry("a bunch of grapes", names=("grape", "bunch of grapes", "vine grapes"), size=(0.08, 0.9))
def grapes(
    length: Annotated[float, metres(0.08, 0.6)] = 0.18,
    many: Annotated[int, count(15, 80)] = 42,
    stout: Annotated[float, share(0.4, 0.8, "how wide it is, over its length")] = 0.6,
    colour: Colour = (0.12, 0.02, 0.16),
    seed: Seed = 0,
) -> Form:
    """Round fruits close together in a bunch that narrows to its end and lies on its side, with a branched stalk."""
    rng = Random(seed)
    r = 0.4 * length * (stout / many) ** 0.36
    wide = stout * length / 2 - r
    fruits, spine = [], []
    for i in range(many):
        t = ((i + 0.5) / many) ** 0.8
        far = wide * (1.0 - 0.82 * t) * (0.45 + 0.55 * ((i * 7) % 3) / 2)
        a = 2.39996 * i + rng.uniform(-0.2, 0.2)
        y = (0.5 - t) * (length - 2 * r)
        at = (far * math.cos(a), -y, max(far * math.sin(a) + wide * 0.65, 0.0) + r)
        fruits.append(egg(2 * r, 2 * r, 2.1 * r, 10).moved(*at))
        if i % 4 == 0:
            spine.append(tube([(0.0, -y - 0.3 * r, 0.65 * wide + r), at], 0.1 * r, 5))
    z = 0.65 * wide + r
    half = length / 2
    spine.append(
        tube(
            [
                (0.0, half - 2 * r, z),
                (0.0, -half + r, z),
                (0.02 * length, -half - 0.1 * length, z + 0.05 * length),
                (0.1 * length, -half - 0.16 * length, z + 0.06 * length),
            ],
            0.18 * r,
            8,
        )
    )
    return settled([Part(joined(fruits).turned(180), "fruit", colour), Part(joined(spine).turned(180), "wood", STALK)])


@entry("a peach with its cleft", names=("peaches", "apricot", "nectarine", "plum"), size=(0.027, 0.5))
def peach(
    size: Annotated[float, metres(0.03, 0.4, "how wide it is")] = 0.08,
    cleft: Annotated[float, share(0.0, 1.0, "how deep it is")] = 0.6,
    leaf: bool = True,
    colour: Colour = (0.8, 0.3, 0.1),
    blush: Colour = (0.65, 0.08, 0.05),
) -> Form:
    """A round body with a cleft down its front and a dent above, a red cheek, a stalk and a leaf."""
    r = size / 2

    def dented(v: FloatArray) -> FloatArray:
        a = np.arctan2(v[:, 0], -v[:, 1])
        across = np.hypot(v[:, 0], v[:, 1]) / r
        groove = 1.0 - 0.14 * cleft * np.exp(-((a / 0.22) ** 2)) * across
        top = np.where(v[:, 2] > 0, 0.22 * r * np.exp(-((across / 0.3) ** 2)), 0.0)
        return np.stack([v[:, 0] * groove, v[:, 1] * groove, 0.94 * v[:, 2] - top], axis=1)

    body = ball(r, 40).shaped(dented)
    cheek = body.scaled(0.98).moved(0.034 * r, -0.016 * r, 0.0)
    cheek = cheek.shaped(lambda v: v * np.where(v[:, 0] < 0.3 * r, 0.93, 1.0)[:, None])
    stalk = tube(
        [(0.0, 0.0, 0.68 * r), (0.02 * r, 0.0, 0.9 * r), (0.08 * r, 0.0, 1.05 * r)], [0.06 * r, 0.05 * r, 0.07 * r], 8
    )
    parts = [Part(body, "fruit", colour), Part(cheek, "fruit", blush), Part(stalk, "wood", STALK)]
    if leaf:
        parts.append(Part(_blade(1.0 * r, 0.42 * r, -0.15).turned(160).moved(0.02 * r, 0.0, 0.92 * r), "leaf", GREEN))
    return settled(parts)
