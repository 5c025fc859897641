"""Wood that lies about: logs, stumps, twigs and campfires."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, cylinder, egg, joined, lathe, ring, rough, tube
from .rocks import rough_stone
from .trees import GOLDEN

BARK = (0.13, 0.08, 0.05)
PALE = (0.5, 0.34, 0.18)


def _trunk(radius: float, length: float, sides: int, seed: int) -> Solid:
    """An upright piece of a trunk with furrows in its bark."""
    rows = max(round(length / (0.6 * radius)), 2)
    bar = lathe([(radius, length * i / rows) for i in range(rows + 1)], sides)

    def furrowed(v: FloatArray) -> FloatArray:
        bumps = 1.0 + 0.07 * noise(v * [1.0, 1.0, 0.25], 0.35 * radius, seed, 2)
        return v * np.stack([bumps, bumps, np.ones(len(v))], axis=1)

    return bar.shaped(furrowed)


def _cut(radius: float) -> list[Solid]:
    """Rings of a year each on the cut of a trunk, as raised hoops on a disk about z, its upper side at 0."""
    disk = cylinder(0.93 * radius, 0.06 * radius, 24).moved(z=-0.05 * radius)
    return [disk, *(ring(f * radius, 0.018 * radius, 20, 4) for f in (0.2, 0.42, 0.63, 0.8))]


@entry(
    "a piece of a trunk that lies on the ground",
    names=("tree trunk", "firewood", "wooden log", "timber"),
    size=(0.2, 6.2),
)
def log(
    length: Annotated[float, metres(0.2, 6.0)] = 1.2,
    radius: Annotated[float, metres(0.03, 0.5)] = 0.13,
    colour: Colour = BARK,
    seed: Seed = 0,
) -> Form:
    """A furrowed bar along x with rings on its pale cuts."""
    bar = _trunk(radius, length, 28, seed)
    rings = joined(_cut(radius))
    ends = joined([rings.moved(z=length), rings.scaled(1.0, 1.0, -1.0)])

    def lying(solid: Solid) -> Solid:
        return solid.moved(z=-length / 2).turned(90.0, "y")

    low = -float(min(lying(bar).low[2], lying(ends).low[2]))
    return Form(
        (Part(lying(bar).moved(z=low), "bark", colour), Part(lying(ends).moved(z=low), "wood", PALE)),
        {"top": Anchor((0.0, 0.0, 2 * radius), reach=radius / 2)},
    )


@entry("the stump of a tree", names=("tree stump", "chopping block"), size=(0.2, 2.4), moves="fixed", shape="MESH")
def stump(
    radius: Annotated[float, metres(0.1, 0.7)] = 0.25,
    height: Annotated[float, metres(0.1, 0.9)] = 0.4,
    roots: Annotated[int, count(0, 8)] = 5,
    colour: Colour = BARK,
    seed: Seed = 0,
) -> Form:
    """A furrowed trunk with roots at its foot, and rings on its cut."""
    rng = random.Random(seed)
    bar = _trunk(radius, height, 28, seed).shaped(
        lambda v: (
            v * np.stack([*[1.0 + 0.25 * np.clip(1 - 2 * v[:, 2] / height, 0, 1) ** 2] * 2, np.ones(len(v))], axis=1)
        )
    )
    feet = []
    for i in range(roots):
        far, thick = radius * rng.uniform(1.45, 1.65), 0.3 * radius
        path: list[Point] = [(0.7 * radius, 0, 0.5 * height), (1.1 * radius, 0, 0.35 * thick), (far, 0.1 * radius, 0.0)]
        root = tube(path, [1.2 * thick, 0.8 * thick, 0.2 * thick], 8).turned(360 * (i + rng.uniform(-0.2, 0.2)) / roots)
        feet.append(root.shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])))
    rings = joined(_cut(radius)).moved(z=height)
    top = Anchor((0.0, 0.0, height + 0.018 * radius), reach=0.9 * radius)
    return Form((Part(joined([bar, *feet]), "bark", colour), Part(rings, "wood", PALE)), {"top": top, "seat": top})


@entry("a thin branch that lies on the ground", names=("stick", "branch", "piece of wood"), size=(0.1, 2.6))
def twig(
    length: Annotated[float, metres(0.1, 2.2)] = 0.5,
    shoots: Annotated[int, count(0, 7)] = 3,
    leaves: bool = False,
    colour: Colour = (0.17, 0.11, 0.06),
    seed: Seed = 0,
) -> Form:
    """A bent bar along x with side shoots, lying flat."""
    rng, thick = random.Random(seed), 0.012 * length + 0.002
    xs = np.linspace(-0.5, 0.5, 7) * length
    path = [(float(x), 0.05 * length * math.sin(4 * float(x) / length + seed % 7), 0.0) for x in xs]
    bars, green = [tube(path, [thick * (1.0 - 0.65 * i / 6) for i in range(7)], 7)], []
    for i in range(shoots):
        x, y, _ = path[1 + (i * 5 // max(shoots, 1)) % 5]
        side, long = (1 if i % 2 else -1), length * rng.uniform(0.16, 0.28)
        end = (x + 0.8 * long, y + 0.65 * side * long, 0.0)
        bars.append(
            tube(
                [(x, y, 0), (x + 0.45 * long, y + 0.3 * side * long, 0), end],
                (0.5 * thick, 0.4 * thick, 0.2 * thick),
                6,
            )
        )
        green.append(
            egg(0.16 * length, 0.07 * length, 0.6 * thick, 8)
            .turned(35 * side)
            .moved(end[0] + 0.05 * length, end[1], 0.0)
        )
    green.append(egg(0.16 * length, 0.07 * length, 0.6 * thick, 8).moved(path[-1][0] + 0.06 * length, path[-1][1]))
    parts = [Part(joined(bars).moved(z=thick), "bark", colour)]
    if leaves:
        parts.append(Part(joined(green).moved(z=thick), "leaf"))
    low = min(float(p.solid.low[2]) for p in parts)
    return Form(tuple(Part(p.solid.moved(z=-low), p.stuff, p.color) for p in parts))


@entry(
    "a campfire: logs that lean against each other in a ring of stones",
    names=("camp fire", "bonfire", "fire", "firepit"),
    size=(0.35, 3.0),
    moves="fixed",
    shape="MESH",
)
def campfire(
    width: Annotated[float, metres(0.4, 2.5)] = 1.0,
    logs: Annotated[int, count(3, 9)] = 6,
    stones: Annotated[int, count(0, 20)] = 12,
    lit: bool = True,
    seed: Seed = 0,
) -> Form:
    """Logs in a cone over embers, in a ring of stones, with flames where it is lit."""
    rng, long, thick = random.Random(seed), 0.52 * width, 0.05 * width
    wood = []
    for i in range(logs):
        one = tube([(0, 0, 0), (0, 0, long)], (1.1 * thick, 0.85 * thick), 9)
        one = one.moved(z=-long).turned(-37 + rng.uniform(-3, 3), "y").moved(0.02 * width, 0.0, 0.82 * long)
        wood.append(one.turned(360 * i / logs + rng.uniform(-9, 9)).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])))
    embers = rough(egg(0.5 * width, 0.5 * width, 0.16 * width, 14), 0.3, 0.1 * width, seed)
    embers = embers.shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0]))
    ash = lathe([(0.49 * width, 0.0), (0.45 * width, 0.02 * width), (0.0, 0.04 * width)], 20)
    parts = [
        Part(joined(wood), "bark", (0.12, 0.07, 0.04)),
        Part(embers, "stone", (0.5, 0.07, 0.01) if lit else (0.03, 0.03, 0.03), glow=5.0 if lit else 0.0),
        Part(ash, "soil", (0.08, 0.075, 0.07)),
    ]
    if stones:
        round_ = []
        for i in range(stones):
            size = rng.uniform(0.13, 0.17) * width
            stone = rough_stone((size, 0.9 * size, 0.75 * size), 5, 0.2, rng, 10).turned(rng.uniform(0, 360))
            a = 2 * math.pi * i / stones
            round_.append(stone.moved(0.43 * width * math.cos(a), 0.43 * width * math.sin(a)))
        parts.append(Part(joined(round_), "stone"))
    if lit:
        for kind, many, tall, colour in ((0, 7, 0.95, (1.0, 0.25, 0.02)), (1, 5, 0.65, (1.0, 0.65, 0.12))):
            tongues = [
                _flame(width, tall * (1.0 if i == 0 else rng.uniform(0.5, 0.8)), GOLDEN * i + kind, i)
                for i in range(many)
            ]
            parts.append(Part(joined(tongues).moved(z=0.03 * width), "wax", colour, glow=8.0, share=0.01))
    return Form(tuple(parts), {"fire": Anchor((0.0, 0.0, 0.12 * width), reach=0.2 * width)})


def _flame(width: float, tall: float, turn: float, number: int) -> Solid:
    """A tongue of fire that bends towards the middle."""
    far = 0.0 if number == 0 else 0.1 * width
    f = [0.0, 0.2, 0.45, 0.7, 1.0]
    path = [
        (
            far * (1 - 0.5 * t) + 0.02 * width * math.sin(7 * t + number),
            0.02 * width * math.cos(6 * t),
            tall * width * t,
        )
        for t in f
    ]
    return tube(path, [0.06 * width, 0.095 * width, 0.07 * width, 0.035 * width, 0.002 * width], 8).turned(
        math.degrees(turn)
    )
