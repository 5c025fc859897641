"""Trees and bushes whose leaves reach the ground: willow, cypress, shrub, rose bush and hedge."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, ball, cylinder, egg, flakes, joined, loft, tube
from .trees import BARK, GOLDEN, clump, fitted, foliage, leafy, shade


def _strand(start: Point, out: float, turn: float, drop: float, rng: random.Random) -> tuple[Solid, Solid]:
    """A twig that goes out from a place and hangs down, and its narrow leaves."""
    f = np.linspace(0.0, 1.0, 7)
    r, z = out * np.sqrt(f), 0.1 * out * np.sin(math.pi * f) - drop * f**1.8
    points = np.array(start) + np.stack([r * math.cos(turn), r * math.sin(turn), z], axis=1)
    twig = tube(
        [(float(a), float(b), float(c)) for a, b, c in points],
        [(0.006 - 0.004 * t) * (drop + out) for t in f.tolist()],
        3,
    )
    at = np.linspace(0.15, 1.0, 16)
    bases = np.stack([np.interp(at, f, points[:, k]) for k in range(3)], axis=1)
    long = 0.13 * (drop + out)
    away = np.array([[rng.gauss(0, 0.5), rng.gauss(0, 0.5), -1.0] for _ in at])
    across = np.cross(away, np.array([[rng.gauss(0, 1), rng.gauss(0, 1), 0.1] for _ in at]))
    across *= 0.12 * long / np.linalg.norm(across, axis=1)[:, None]
    return twig, flakes(bases, bases + long * away / np.linalg.norm(away, axis=1)[:, None], across)


@entry(
    "a weeping willow: hanging strands of leaves around a thick trunk",
    names=("weeping willow", "willow tree"),
    size=(2.0, 18.0),
    moves="fixed",
    shape="COMPOUND",
)
def willow(
    height: Annotated[float, metres(2.0, 15.0)] = 6.0,
    spread: Annotated[float, share(0.6, 1.2, "how wide it is, of the height")] = 0.95,
    strands: Annotated[int, count(40, 160)] = 110,
    colour: Colour = (0.17, 0.3, 0.06),
    seed: Seed = 0,
) -> Form:
    """A short trunk, a low dome of clumps, and strands that hang from it almost to the ground."""
    rng, width, thick = random.Random(seed), spread * height, 0.045 * height
    trunk = tube(
        [(0, 0, 0), (0, 0, 0.03 * height), (0, 0, 0.1 * height), (0.02 * height, 0, 0.6 * height)],
        [1.5 * thick, 1.2 * thick, thick, 0.6 * thick],
        12,
    )
    dome = []
    for i in range(9):
        far, turn = (0.2 * width if i else 0.0), GOLDEN * i
        size = (0.42 if i else 0.55) * width
        at = (far * math.cos(turn), far * math.sin(turn), (0.72 if i else 0.78) * height)
        dome.append(clump(at, (size, size, 0.32 * height), rng))
    limbs = [
        tube([(0.0, 0.0, 0.35 * height), (0.12 * width * math.cos(a), 0.12 * width * math.sin(a), 0.7 * height)], r, 6)
        for a, r in ((GOLDEN * i, 0.4 * thick) for i in range(5))
    ]
    twigs, leaves = [], []
    for i in range(strands):
        far, turn = 0.32 * width * math.sqrt((i + 0.5) / strands), GOLDEN * i
        start = (far * math.cos(turn), far * math.sin(turn), height * (0.92 - 0.35 * (far / width) ** 2 * 9))
        drop = start[2] - height * rng.uniform(0.06, 0.35)
        twig, leaf = _strand(start, 0.2 * width * rng.uniform(0.6, 1.0), turn + rng.uniform(-0.4, 0.4), drop, rng)
        twigs.append(twig)
        leaves.append(leaf)
    half = len(leaves) // 2
    parts = [
        Part(joined([trunk, *limbs]), "bark", BARK),
        Part(joined([*dome, *twigs]), "leaf", shade(colour, 0.6), share=0.05),
        Part(joined([*leaves[:half], foliage(dome, 400, 0.09 * width, 0.2, rng, 1.2)]), "leaf", colour, share=0.3),
        Part(
            joined([*leaves[half:], foliage(dome, 400, 0.09 * width, 0.2, rng, 1.2)]),
            "leaf",
            shade(colour, 1.35),
            share=0.3,
        ),
    ]
    crown = egg(0.9 * width, 0.9 * width, 0.45 * height, 12).moved(z=0.75 * height)
    hulls: list[Solid] = [cylinder(thick, 0.6 * height, 8), crown]
    parts, hulls = fitted(parts, hulls, width, height)
    return Form(tuple(parts), {"crown": Anchor((0.0, 0.0, 0.72 * height), reach=0.3 * width)}, tuple(hulls))


@entry(
    "a cypress: a tall narrow column of leaves",
    names=("cypress tree", "poplar", "poplar tree"),
    size=(1.5, 20.0),
    moves="fixed",
    shape="COMPOUND",
)
def cypress(
    height: Annotated[float, metres(1.5, 20.0)] = 6.0,
    spread: Annotated[float, share(0.12, 0.35, "how wide it is, of the height")] = 0.2,
    colour: Colour = (0.03, 0.12, 0.04),
    seed: Seed = 0,
) -> Form:
    """A short trunk under one long clump with leaves that point up."""
    rng, width = random.Random(seed), spread * height
    body = clump((0.0, 0.0, 0.0), (width, width, 0.94 * height), rng, 24).scaled(0.9, 0.9, 1.0)

    def fuller_below(v: FloatArray) -> FloatArray:
        f = np.clip(v[:, 2] / (0.94 * height) + 0.5, 0.0, 1.0)
        return v * np.stack([1.25 - 0.55 * f, 1.25 - 0.55 * f, np.ones(len(v))], axis=1)

    column = body.shaped(fuller_below).moved(z=0.53 * height)
    trunk = tube(
        [(0, 0, 0), (0, 0, 0.05 * height), (0, 0, 0.6 * height)], [0.12 * width, 0.1 * width, 0.03 * width], 10
    )
    light, dark = (foliage([column], 800, 0.07 * height**0.5 + 0.04 * width, 0.22, rng, -1.4) for _ in range(2))
    parts = [
        Part(trunk, "bark"),
        Part(column, "leaf", shade(colour, 0.7), share=0.05),
        Part(light, "leaf", shade(colour, 1.5), share=0.3),
        Part(dark, "leaf", colour, share=0.3),
    ]
    hull = egg(0.85 * width, 0.85 * width, 0.9 * height, 12).moved(z=0.53 * height)
    parts, hulls = fitted(parts, [cylinder(0.1 * width, 0.3 * height, 8), hull], width, height)
    return Form(tuple(parts), {"crown": Anchor((0.0, 0.0, 0.5 * height), reach=0.3 * width)}, tuple(hulls))


def _bush(width: float, height: float, rng: random.Random) -> list[Solid]:
    """Clumps side by side on the ground, the highest in the middle."""
    clumps = [clump((0.0, 0.0, 0.52 * height), (0.7 * width, 0.7 * width, 0.95 * height), rng)]
    for i in range(8):
        far, size = rng.uniform(0.2, 0.3) * width, rng.uniform(0.38, 0.5)
        at = (far * math.cos(GOLDEN * i), far * math.sin(GOLDEN * i), height * (0.2 + 0.35 * (i % 2)))
        clumps.append(clump(at, (size * width, size * width, 0.55 * height), rng))
    return [c.shaped(_above) for c in clumps]


def _above(v: FloatArray) -> FloatArray:
    """Points below the ground lifted onto it."""
    made: FloatArray = np.maximum(v, [-np.inf, -np.inf, 0.0])
    return made


def _grounded(parts: list[Part]) -> list[Part]:
    """Parts with what is below the ground lifted onto it."""
    return [Part(p.solid.shaped(_above), p.stuff, p.color, p.glow, p.share) for p in parts]


@entry(
    "a shrub: a round bush of leaves",
    names=("bush", "bushes", "berry bush"),
    size=(0.2, 4.0),
    moves="fixed",
    shape="COMPOUND",
)
def shrub(
    height: Annotated[float, metres(0.2, 2.5)] = 0.9,
    spread: Annotated[float, share(0.7, 1.6, "how wide it is, of the height")] = 1.15,
    berries: Annotated[int, count(0, 120)] = 0,
    colour: Colour = (0.05, 0.18, 0.03),
    seed: Seed = 0,
) -> Form:
    """Clumps of leaves on the ground, with berries if wanted."""
    rng, width = random.Random(seed), spread * height
    clumps = _bush(width, height, rng)
    parts = _grounded(leafy(clumps, 800, 0.13 * height**0.5 * width**0.5, colour, rng, 0.1))
    if berries:
        points = np.concatenate([c.vertices for c in clumps])
        spots = [points[i] for i in rng.sample(range(len(points)), berries)]
        solid = joined(ball(0.02 * height, 6).moved(*(float(c) for c in p)) for p in spots)
        parts.append(Part(solid, "fruit", (0.55, 0.02, 0.02)))
    hull = egg(0.85 * width, 0.85 * width, 0.9 * height, 12).moved(z=0.5 * height)
    parts, hulls = fitted(parts, [hull], width, height)
    return Form(tuple(parts), {"crown": Anchor((0.0, 0.0, 0.5 * height), reach=0.4 * width)}, tuple(hulls))


def _bloom(radius: float) -> Solid:
    """A rose: a ball of petals that open outward."""
    petals = [ball(0.55 * radius, 8)]
    for i in range(9):
        tilt, turn = (35 if i < 4 else 65), GOLDEN * i
        petal = egg(1.1 * radius, 0.25 * radius, 1.1 * radius, 8).moved(0.0, 0.45 * radius, 0.2 * radius)
        petals.append(petal.turned(-tilt, "x").turned(math.degrees(turn)))
    return joined(petals)


@entry(
    "a bush of roses",
    names=("rose", "roses", "rosebush", "bush of roses", "flower bush"),
    size=(0.3, 2.5),
    moves="fixed",
    shape="COMPOUND",
)
def rose_bush(
    height: Annotated[float, metres(0.3, 1.8)] = 0.8,
    spread: Annotated[float, share(0.7, 1.3, "how wide it is, of the height")] = 1.0,
    blooms: Annotated[int, count(4, 40)] = 18,
    colour: Colour = (0.7, 0.02, 0.06),
    leaves: Colour = (0.04, 0.15, 0.03),
    seed: Seed = 0,
) -> Form:
    """Clumps of leaves with roses on their upper sides."""
    rng, width = random.Random(seed), spread * height
    clumps = _bush(width, height, rng)
    parts = _grounded(leafy(clumps, 600, 0.12 * height, leaves, rng, 0.1))
    radius, roses = 0.055 * height + 0.01, []
    for i in range(blooms):
        f = (i + 0.5) / blooms
        tilt, turn = math.acos(1 - 0.95 * f), GOLDEN * i + rng.uniform(-0.2, 0.2)
        out = np.array([math.sin(tilt) * math.cos(turn), math.sin(tilt) * math.sin(turn), math.cos(tilt)])
        far = max(float((c.vertices @ out).max()) for c in (s.moved(z=-0.45 * height) for s in clumps))
        at = 0.9 * far * out + np.array([0.0, 0.0, 0.45 * height])
        rose = _bloom(radius).turned(0.8 * math.degrees(tilt), "y").turned(math.degrees(turn))
        roses.append(rose.moved(*(float(c) for c in at)))
    parts.append(Part(joined(roses), "leaf", colour, share=0.3))
    hull = egg(0.85 * width, 0.85 * width, 0.9 * height, 12).moved(z=0.5 * height)
    parts, hulls = fitted(parts, [hull], width, height)
    return Form(tuple(parts), {"crown": Anchor((0.0, 0.0, 0.5 * height), reach=0.4 * width)}, tuple(hulls))


@entry(
    "a clipped hedge",
    names=("boxwood hedge", "green wall"),
    size=(0.5, 20.0),
    moves="fixed",
    shape="BOX",
)
def hedge(
    width: Annotated[float, metres(0.5, 20.0)] = 3.0,
    depth: Annotated[float, metres(0.25, 1.5)] = 0.5,
    height: Annotated[float, metres(0.3, 3.0)] = 1.0,
    colour: Colour = (0.04, 0.16, 0.03),
    seed: Seed = 0,
) -> Form:
    """A long rough block of leaves."""
    rng = random.Random(seed)
    rings = min(max(round(width / 0.12), 8), 60) + 1
    y, z = depth / 2, height
    steps = max(round(height / 0.15), 3)
    up = [(y, z * i / steps) for i in range(steps)]
    over = [(y * (1 - 2 * i / 4), z) for i in range(4)]
    down = [(-y, z * (1 - i / steps)) for i in range(steps)]
    section = [*up, *over, *down, (-y, 0.0)]
    xs = np.linspace(-0.48, 0.48, rings) * width
    block = loft([[(float(x), a, b) for a, b in section] for x in xs])

    def uneven(v: FloatArray) -> FloatArray:
        bumps = 1.0 + 0.06 * noise(v, 0.25, seed)
        by = np.stack([np.ones(len(v)), 0.9 * bumps, np.where(v[:, 2] > 0.0, 0.95 * bumps, 1.0)], axis=1)
        made: FloatArray = v * by
        return made

    block = block.shaped(uneven)
    many = min(round(500 + 500 * width * height), 3600)
    long = min(0.12 + 0.02 * width, 0.5 * depth)
    parts = [Part(block, "leaf", shade(colour, 0.65), share=0.05)]
    for tint in (1.0, 1.4):
        light = foliage([block], many // 2, 0.6 * long, 0.3, rng, -0.2)
        parts.append(Part(_within(light, width, depth, height), "leaf", shade(colour, tint), share=0.05))
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, 0.95 * height), reach=depth / 2)})


def _within(solid: Solid, width: float, depth: float, height: float) -> Solid:
    """Leaves pressed into a box, each as it is."""
    room = np.array([width / 2, depth / 2, height / 2])

    def pressed(v: FloatArray) -> FloatArray:
        each = (v - [0.0, 0.0, height / 2]).reshape(-1, 4, 3)
        over = np.maximum(each.max(axis=1) - room, 0.0) + np.minimum(each.min(axis=1) + room, 0.0)
        made: FloatArray = (each - over[:, None]).reshape(-1, 3) + np.array([0.0, 0.0, height / 2])
        return made

    return solid.shaped(pressed)
