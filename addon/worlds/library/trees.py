"""Trees and shrubs: trunks of bark, crowns of rough clumps of leaves."""

from __future__ import annotations

import math
import random
from typing import Annotated

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, ball, cone, joined, tube

GREEN = (0.06, 0.2, 0.035)
PINE = (0.02, 0.11, 0.04)


def _clump(radius: float, seed: int, n: int = 12) -> Solid:
    """A ball with bumps."""
    return ball(radius, n).shaped(lambda v: v * (1.0 + 0.22 * noise(v, 0.7 * radius, seed))[:, None])


@entry("a tree with a round crown of leaves", names=("tree", "oak", "apple tree", "maple"), size=(1.2, 14.0),
       moves="fixed", shape="MESH")  # fmt: skip
def broadleaf_tree(
    height: Annotated[float, metres(1.5, 12.0)] = 4.5,
    crown: Annotated[float, share(0.5, 0.8, "how much of its height the crown is")] = 0.65,
    colour: Colour = GREEN,
    seed: Seed = 0,
) -> Form:
    """A trunk and seven clumps around its upper end."""
    rng = random.Random(seed)
    bare, wide = height * (1.0 - crown), 0.3 * crown * height
    stem = tube([(0.0, 0.0, 0.0), (0.0, 0.0, height - wide)], [0.035 * height, 0.015 * height], 10)
    clumps = [_clump(wide, seed).moved(z=height - wide * 1.25)]
    for i in range(6):
        angle, far = 2 * math.pi * (i + rng.uniform(-0.2, 0.2)) / 6, wide * rng.uniform(0.75, 0.95)
        up = bare + crown * height * rng.uniform(0.3, 0.55)
        clump = _clump(wide * rng.uniform(0.65, 0.8), seed + i + 1)
        clumps.append(clump.moved(far * math.cos(angle), far * math.sin(angle), up))
    anchors = {"crown": Anchor((0.0, 0.0, height - wide), reach=wide)}
    return Form((Part(stem, "bark"), Part(joined(clumps), "leaf", colour, share=0.02)), anchors)


@entry("a conifer with layers of branches", names=("fir", "fir tree", "pine", "pine tree", "spruce", "christmas tree"),
       size=(1.0, 16.0), moves="fixed", shape="MESH")  # fmt: skip
def conifer(
    height: Annotated[float, metres(1.0, 15.0)] = 6.0,
    layers: Annotated[int, count(3, 8)] = 5,
    colour: Colour = PINE,
    seed: Seed = 0,
) -> Form:
    """A trunk, and cones one above the other."""
    rng = random.Random(seed)
    bare = 0.12 * height
    stem = tube([(0.0, 0.0, 0.0), (0.0, 0.0, 0.6 * height)], [0.025 * height, 0.01 * height], 8)
    step = (height - bare) / (layers + 0.6)
    skirts = []
    for i in range(layers):
        skirt = cone(0.24 * height * (1.0 - 0.8 * i / layers), 1.6 * step, 14)
        skirts.append(skirt.turned(rng.uniform(0, 360)).moved(z=bare + i * step))
    return Form((Part(stem, "bark"), Part(joined(skirts), "leaf", colour, share=0.02)))


@entry("a round shrub", names=("bush",), size=(0.3, 3.6), moves="fixed", shape="MESH")
def shrub(
    height: Annotated[float, metres(0.3, 2.0)] = 0.9,
    colour: Colour = (0.07, 0.22, 0.04),
    seed: Seed = 0,
) -> Form:
    """Clumps of leaves on the ground."""
    rng = random.Random(seed)
    clumps = [_clump(0.42 * height, seed).moved(z=0.55 * height)]
    for i in range(5):
        angle = 2 * math.pi * (i + rng.uniform(-0.2, 0.2)) / 5
        x, y = 0.4 * height * math.cos(angle), 0.4 * height * math.sin(angle)
        clumps.append(_clump(0.33 * height, seed + i + 1).moved(x, y, 0.38 * height))
    whole = joined(clumps)
    return Form((Part(whole.moved(z=-float(whole.low[2])), "leaf", colour, share=0.05),))
