"""Rocks: boulders, pebbles, heaps of stones and crystals."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, ball, egg, joined, lathe, rough
from .trees import GOLDEN, shade

GREY = (0.28, 0.27, 0.25)


def rough_stone(size: Point, cuts: int, bumps: float, rng: random.Random, n: int = 20) -> Solid:
    """A rough ball with flat cuts, that lies on a flat foot, with sides of so many m."""
    seed = rng.randrange(2**31)
    planes = [(rng.uniform(0, 2 * math.pi), rng.uniform(-0.5, 1.0), rng.uniform(0.34, 0.45)) for _ in range(cuts)]

    def cut(v: FloatArray) -> FloatArray:
        made = v * (1.0 + bumps * noise(v + 3.0, 0.45, seed))[:, None]
        for turn, rise, far in planes:
            c = math.sqrt(1.0 - min(rise * rise, 1.0))
            out = np.array([c * math.cos(turn), c * math.sin(turn), rise])
            made = made - np.maximum(made @ out - far, 0.0)[:, None] * out
        made[:, 2] = np.maximum(made[:, 2], -0.34)
        return made

    made = ball(0.5, n).shaped(cut)
    x, y, z = (made.high - made.low).tolist()
    return made.scaled(size[0] / x, size[1] / y, size[2] / z).standing()


@entry("a large rock", names=("rock", "stone", "big stone"), size=(0.1, 5.0))
def boulder(
    width: Annotated[float, metres(0.1, 5.0)] = 0.9,
    height: Annotated[float, metres(0.08, 4.0)] = 0.6,
    edges: Annotated[int, count(0, 16, "flat sides")] = 9,
    moss: bool = False,
    colour: Colour = GREY,
    seed: Seed = 0,
) -> Form:
    """A rough ball of stone with flat sides, on a flat foot."""
    rng = random.Random(seed)
    solid = rough_stone((width, 0.82 * width, height), edges, 0.22, rng, 24)
    parts = [Part(solid, "stone", colour)]
    if moss:
        pad = solid.moved(z=-0.5 * height).scaled(0.93, 0.93, 0.95).moved(z=0.575 * height)
        parts.append(Part(pad.shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.6 * height])), "leaf", (0.08, 0.16, 0.03)))
        k = height / float(pad.high[2])
        parts = [Part(p.solid.scaled(1.0, 1.0, k), p.stuff, p.color) for p in parts]
    return Form(tuple(parts))


@entry("a smooth small stone", names=("cobble", "small stone", "gravel stone"), size=(0.01, 0.3))
def pebble(
    width: Annotated[float, metres(0.01, 0.3)] = 0.08,
    flat: Annotated[float, share(0.3, 0.9, "its height, of its width")] = 0.5,
    colour: Colour = (0.35, 0.33, 0.3),
    seed: Seed = 0,
) -> Form:
    """A flat round stone."""
    return Form(
        (Part(rough_stone((width, 0.8 * width, flat * width), 0, 0.12, random.Random(seed), 16), "stone", colour),)
    )


@entry(
    "a heap of stones",
    names=("pile of rocks", "pile of stones", "heap of stones", "stone pile", "cairn", "rubble"),
    size=(0.3, 5.0),
    moves="fixed",
    shape="MESH",
)
def rock_pile(
    width: Annotated[float, metres(0.3, 5.0)] = 1.4,
    height: Annotated[float, share(0.3, 0.7, "of the width")] = 0.45,
    stones: Annotated[int, count(8, 60)] = 30,
    colour: Colour = GREY,
    seed: Seed = 0,
) -> Form:
    """Stones on and in a mound, the largest at its foot."""
    rng, tall = random.Random(seed), height * width
    mound = rough(egg(0.78 * width, 0.74 * width, 1.5 * tall, 16), 0.2, 0.4 * width, seed)
    tints: list[list[Solid]] = [[mound.shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0]))], [], []]
    for i in range(stones):
        f = i / max(stones - 1, 1)
        far, size = 0.4 * width * math.sqrt(1 - f), width * (0.3 - 0.12 * f) * rng.uniform(0.8, 1.15)
        z = 0.72 * tall * f
        stone = rough_stone((size, 0.8 * size, 0.65 * size), 8, 0.2, rng, 12).turned(rng.uniform(0, 360))
        tints[i % 3].append(
            stone.moved(far * math.cos(GOLDEN * i), far * math.sin(GOLDEN * i), max(z - 0.2 * size, 0.0))
        )
    whole = joined(s for tint in tints for s in tint)
    x, y, z = (whole.high - whole.low).tolist()
    fit = (width / max(x, y), tall / z)
    parts = [
        Part(joined(tint).scaled(fit[0], fit[0], fit[1]), "stone", shade(colour, f))
        for tint, f in zip(tints, (0.75, 1.0, 1.25), strict=True)
        if tint
    ]
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, tall), reach=0.15 * width)})


def _gem(long: float, thick: float, sharp: float) -> Solid:
    """A six-sided crystal that grows wider upward and ends in a point."""
    rise = sharp * thick
    return lathe([(0.35 * thick, 0.0), (0.5 * thick, long - rise), (0.0, long)], 6)


@entry(
    "crystals that grow from a stone",
    names=("gem", "gemstone", "quartz", "amethyst", "crystals"),
    size=(0.04, 2.2),
    shape="CONVEX_HULL",
)
def crystal(
    height: Annotated[float, metres(0.04, 2.0)] = 0.25,
    points: Annotated[int, count(1, 14)] = 8,
    glow: Annotated[float, share(0.0, 1.0, "how bright it shines")] = 0.0,
    colour: Colour = (0.45, 0.12, 0.7),
    seed: Seed = 0,
) -> Form:
    """Six-sided points that lean outward, on a rough foot of stone."""
    rng = random.Random(seed)
    points_: list[Solid] = [_gem(height, 0.24 * height, 1.0)]
    for i in range(1, points):
        long, tilt = height * rng.uniform(0.4, 0.75), rng.uniform(18, 48)
        one = _gem(long, 0.22 * long + 0.03 * height, rng.uniform(0.8, 1.4)).moved(z=-0.02 * height)
        points_.append(one.turned(tilt, "y").turned(math.degrees(GOLDEN * i)).moved(z=0.05 * height))
    wide = 0.26 + 0.02 * points
    foot = rough_stone((wide * height, 0.9 * wide * height, 0.17 * height), 5, 0.25, rng, 12)
    gems = joined(points_).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0]))
    return Form((Part(gems, "glass", colour, glow=4.0 * glow), Part(foot, "stone")))
