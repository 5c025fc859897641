"""Small plants: grass, flowers, ferns, mushrooms and cacti."""

from __future__ import annotations

import math
import random
from typing import Annotated

from ..entry import Colour, Seed, count, entry, metres
from ..form import Form, Part
from ..solids import Solid, ball, cone, cylinder, egg, joined, lathe, tube

GREEN = (0.1, 0.32, 0.05)


def _blade(height: float, width: float, lean: float, angle: float) -> Solid:
    """A bent blade that ends in a point."""
    path = [(lean * t * t * math.cos(angle), lean * t * t * math.sin(angle), height * t) for t in (0.0, 0.5, 1.0)]
    return tube(path, [width, 0.8 * width, 0.1 * width], 4)


@entry("a tuft of grass", names=("tuft", "tuft of grass"), size=(0.03, 1.5), moves="none")
def grass_tuft(
    height: Annotated[float, metres(0.05, 0.8)] = 0.22,
    blades: Annotated[int, count(5, 40)] = 14,
    colour: Colour = GREEN,
    seed: Seed = 0,
) -> Form:
    """Blades that lean outwards from one place."""
    rng = random.Random(seed)
    each = []
    for i in range(blades):
        angle = 2 * math.pi * (i + rng.random()) / blades
        each.append(_blade(height * rng.uniform(0.6, 1.0), 0.02 * height, height * rng.uniform(0.2, 0.5), angle))
    whole = joined([*each, cylinder(0.06 * height, 0.05 * height, 6)])
    return Form((Part(whole.moved(z=-float(whole.low[2])), "leaf", colour),))


@entry("a flower with petals around its middle", names=("daisy", "blossom"), size=(0.08, 1.4), moves="none")
def flower(
    height: Annotated[float, metres(0.08, 1.2)] = 0.28,
    petals: Annotated[int, count(4, 16)] = 8,
    colour: Colour = (0.8, 0.75, 0.2),
    seed: Seed = 0,
) -> Form:
    """A stem with two leaves, petals and a middle."""
    rng = random.Random(seed)
    wide = 0.16 * height
    stem = tube([(0.0, 0.0, 0.0), (0.0, 0.0, height)], 0.02 * height, 6)
    leaves = [_blade(0.4 * height, 0.03 * height, 0.2 * height, rng.uniform(0, 6.3)) for _ in range(2)]
    petal = egg(wide, 0.45 * wide, 0.12 * wide, 8).moved(x=0.6 * wide)
    ring = [petal.turned(360 * i / petals).moved(z=height) for i in range(petals)]
    middle = ball(0.28 * wide, 10).moved(z=height + 0.05 * wide)
    low = joined([stem, *leaves])
    drop = -float(low.low[2])
    return Form(
        (
            Part(low.moved(z=drop), "leaf", (0.08, 0.28, 0.05)),
            Part(joined(ring).moved(z=drop), "leaf", colour),
            Part(middle.moved(z=drop), "leaf", (0.55, 0.3, 0.02)),
        )
    )


@entry("a fern with arched fronds", names=("bracken",), size=(0.15, 2.4), moves="none")
def fern(
    height: Annotated[float, metres(0.15, 1.0)] = 0.45,
    fronds: Annotated[int, count(5, 16)] = 9,
    colour: Colour = (0.06, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """Flat fronds that rise and hang over."""
    rng = random.Random(seed)
    each = []
    for i in range(fronds):
        far = height * rng.uniform(0.8, 1.1)
        points = [(far * t, 0.0, height * (1.6 * t - t * t) / 0.64 * 0.9) for t in (0.0, 0.25, 0.5, 0.75, 1.0)]
        widths = [0.02 * height, 0.12 * height, 0.14 * height, 0.09 * height, 0.01 * height]
        frond = tube(points, widths, 6)
        flat = frond.shaped(lambda v: v * [1.0, 1.0, 1.0])
        each.append(flat.turned(360 * (i + rng.uniform(-0.2, 0.2)) / fronds))
    whole = joined(each)
    return Form((Part(whole.moved(z=-float(whole.low[2])), "leaf", colour),))


@entry("a mushroom with a round cap", names=("toadstool",), size=(0.03, 0.8))
def mushroom(
    height: Annotated[float, metres(0.03, 0.6)] = 0.12,
    colour: Colour = (0.6, 0.05, 0.03),
) -> Form:
    """A stem and a cap over it."""
    stem = cylinder(0.13 * height, 0.7 * height, 14)
    cap = lathe([(0.0, 0.6), (0.5, 0.55), (0.52, 0.62), (0.42, 0.82), (0.24, 0.95), (0.0, 1.0)], 20)
    return Form((Part(stem, "flesh", (0.8, 0.76, 0.66)), Part(cap.scaled(height), "flesh", colour)))


@entry("a cactus with arms", names=("saguaro",), size=(0.2, 4.2), moves="fixed", shape="MESH")
def cactus(
    height: Annotated[float, metres(0.2, 4.0)] = 1.6,
    arms: Annotated[int, count(0, 3)] = 2,
    colour: Colour = (0.05, 0.22, 0.07),
) -> Form:
    """A round pillar, and arms that bend upwards."""
    thick = 0.09 * height
    parts = [cylinder(thick, height - thick, 14), ball(thick, 14).moved(z=height - thick)]
    for i in range(arms):
        start, up = height * (0.35 + 0.12 * i), height * (0.62 + 0.1 * i)
        out = 0.26 * height
        path = [
            (0.0, 0.0, start),
            (0.8 * out, 0.0, start + 0.02 * height),
            (out, 0.0, start + 0.12 * height),
            (out, 0.0, up),
        ]
        arm = joined([tube(path, 0.6 * thick, 10), ball(0.6 * thick, 10).moved(out, 0.0, up)])
        parts.append(arm.turned(180.0 * i + 20.0 * (i // 2)))
    return Form((Part(joined(parts), "leaf", colour),))


@entry("a pot with a green plant", names=("pot plant", "houseplant", "potted plant"), size=(0.12, 1.8))
def flowerpot(
    height: Annotated[float, metres(0.15, 1.2)] = 0.45,
    colour: Colour = (0.45, 0.16, 0.07),
    seed: Seed = 0,
) -> Form:
    """A tapered pot, and blades of leaves out of it."""
    rng = random.Random(seed)
    pot = lathe([(0.13, 0.0), (0.19, 0.36), (0.21, 0.36), (0.21, 0.42), (0.17, 0.42), (0.17, 0.36), (0.0, 0.36)], 20)
    leaves = [
        _blade(0.62 * rng.uniform(0.7, 1.0), 0.035, 0.3 * rng.uniform(0.5, 1.0), 2 * math.pi * i / 12).moved(z=0.355)
        for i in range(12)
    ]
    soil = cone(0.1, 0.03, 12).moved(z=0.35)
    return Form(
        (
            Part(pot.scaled(height), "brick", colour),
            Part(joined([*leaves, soil]).scaled(height), "leaf", GREEN),
        )
    )
