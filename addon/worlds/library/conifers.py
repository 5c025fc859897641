"""Conifers, bare, snowy or decorated: tiers of branches that grow smaller upward."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Form, Part, Rgb
from ..solids import Point, Solid, ball, cylinder, egg, joined, lathe, loft, tube
from .trees import BARK, crowned, fitted, foliage, shade


def _tier(radius: float, height: float, points: int, rng: random.Random) -> Solid:
    """A ring of branches: a cone whose rim is a star, hanging a little."""
    n, turn = 2 * points, rng.uniform(0, 360)
    whole = lathe([(0.1 * radius, 0.2 * height), (radius, 0.0), (0.55 * radius, 0.42 * height), (0.0, height)], n)
    jag = np.array([1.0 if i % 2 else rng.uniform(0.62, 0.75) for i in range(n)])
    long = np.array([rng.uniform(0.88, 1.08) for _ in range(n)])

    def star(v: FloatArray) -> FloatArray:
        made = v.copy()
        made[n : 2 * n, :2] *= (jag * long)[:, None]
        made[n : 2 * n, 2] += np.where(jag < 1.0, 0.12, 0.0) * height
        return made

    return whole.shaped(star).turned(turn)


def _fir(
    height: float, width: float, tiers: int, colour: Rgb, snow: float, rng: random.Random
) -> tuple[list[Part], list[Solid]]:
    """The parts and the hulls of a tree of tiers that grow smaller upward."""
    low, r = 0.1 * height, width / 2
    gap = (height - low) / (tiers + 0.8)
    rings, caps = [], []
    for i in range(tiers):
        size = r * (1.0 - 0.86 * i / max(tiers - 1, 1))
        z, tall = low + i * gap, 1.8 * gap
        tier = _tier(size, tall, 9, rng)
        rings.append(tier.moved(z=z))
        if snow > 0.0:
            keep = 0.45 + 0.5 * snow
            caps.append(tier.scaled(keep, keep, 0.9 * keep).moved(z=z + tall * (1.05 - 0.9 * keep)))
    trunk = tube(
        [(0, 0, 0), (0, 0, 0.04 * height), (0, 0, 0.9 * height)], (0.05 * r + 0.02 * height, 0.018 * height, 1e-3)
    )
    parts = [
        Part(trunk, "bark", shade(BARK, 0.9)),
        Part(joined(rings), "leaf", colour, share=0.05),
        Part(foliage(rings, 700, 0.09 * width, 0.12, rng, 0.6), "leaf", shade(colour, 1.5), share=0.05),
    ]
    if caps:
        parts.append(Part(joined(caps), "snow", share=0.3))
    hulls = [cylinder(0.02 * height, 2 * low, 8), lathe([(0.75 * r, low + 0.3 * gap), (0.0, 0.95 * height)], 12)]
    return fitted(parts, hulls, width, height)


@entry(
    "a conifer: tiers of branches that grow smaller upward",
    names=("fir", "fir tree", "pine", "pine tree", "spruce", "spruce tree", "evergreen"),
    size=(0.6, 30.0),
    moves="fixed",
    shape="COMPOUND",
)
def conifer(
    height: Annotated[float, metres(0.6, 30.0)] = 7.0,
    spread: Annotated[float, share(0.25, 0.8, "how wide it is, of the height")] = 0.48,
    tiers: Annotated[int, count(4, 14)] = 9,
    snow: Annotated[float, share(0.0, 1.0, "how much snow lies on it")] = 0.0,
    colour: Colour = (0.02, 0.09, 0.03),
    seed: Seed = 0,
) -> Form:
    """A straight trunk with tiers of jagged cones, with caps of snow if wanted."""
    width = spread * height
    parts, hulls = _fir(height, width, tiers, colour, snow, random.Random(seed))
    return Form(tuple(parts), crowned((0.0, 0.0, 0.45 * height), width, 0.8 * height), tuple(hulls))


@entry(
    "a decorated Christmas tree with baubles, lights and a star",
    names=("xmas tree",),
    size=(0.6, 8.0),
    moves="fixed",
    shape="COMPOUND",
)
def christmas_tree(
    height: Annotated[float, metres(0.6, 8.0)] = 2.2,
    baubles: Annotated[int, count(6, 60)] = 28,
    lit: bool = True,
    colour: Colour = (0.02, 0.1, 0.03),
    bauble: Colour = (0.6, 0.02, 0.03),
    seed: Seed = 0,
) -> Form:
    """A dense conifer with balls and lights wound around it, and a star on top."""
    rng, tall = random.Random(seed), 0.92 * height
    width = 0.62 * tall
    parts, hulls = _fir(tall, width, 8, colour, 0.0, rng)
    size = 0.02 * height

    def wound(many: int, from_turn: float) -> list[Point]:
        spots: list[Point] = []
        for i in range(many):
            f = (i + 0.5) / many
            r, turn = 0.5 * width * (1 - f) * 0.86 + 0.01, from_turn + 11.0 * math.sqrt(f) * math.pi
            spots.append((r * math.cos(turn), r * math.sin(turn), tall * (0.14 + 0.8 * f)))
        return spots

    hung = joined(ball(size, 12).moved(*p) for p in wound(baubles, 0.0))
    lamps = joined(egg(0.6 * size, 0.6 * size, size, 8).moved(*p) for p in wound(2 * baubles, 1.3))
    spikes = [(math.pi / 5 * i, (0.055 if i % 2 == 0 else 0.023) * height) for i in range(10)]
    flat = [(r * math.sin(a), r * math.cos(a)) for a, r in reversed(spikes)]
    star = loft([[(x, y, z) for x, z in flat] for y in (0.012 * height, -0.012 * height)])
    parts += [
        Part(hung, "glass", bauble, share=0.1),
        Part(lamps, "glass", (1.0, 0.75, 0.35), glow=6.0 if lit else 0.0, share=0.1),
        Part(star.moved(z=0.955 * height), "brass", (0.9, 0.65, 0.1), glow=1.5 if lit else 0.0, share=0.2),
    ]
    parts, hulls = fitted(parts, hulls, width, height)
    return Form(tuple(parts), crowned((0.0, 0.0, 0.45 * height), width, 0.8 * height), tuple(hulls))
