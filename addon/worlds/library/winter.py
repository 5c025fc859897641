"""Ice and snow: icicles, icebergs, snowmen and snowballs."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import ball, box, cone, egg, joined, lathe, loft, ring, rough, tube
from .rocks import rough_stone
from .trees import shade


@entry("icicles that hang from a bar of ice", names=("icicles", "hanging ice"), size=(0.05, 3.8))
def icicle(
    length: Annotated[float, metres(0.06, 1.5)] = 0.35,
    number: Annotated[int, count(1, 16)] = 1,
    colour: Colour = (0.7, 0.85, 0.93),
    seed: Seed = 0,
) -> Form:
    """Cones with waves that point down, from a bar where there are several."""
    rng = random.Random(seed)
    thick, gap = 0.11 * length, 0.15 * length
    profile = [(0.0, 0.0), (0.1, 0.08), (0.16, 0.25), (0.3, 0.42), (0.36, 0.6), (0.6, 0.78), (0.75, 0.9), (0.95, 1.0)]
    solids = []
    for i in range(number):
        long = length * (1.0 if i == number // 2 else rng.uniform(0.35, 0.95))
        fat = thick * (0.5 + 0.5 * long / length)
        one = lathe([(fat * r / 2 * rng.uniform(0.9, 1.1) if r else 0.0, long * z) for r, z in profile], 10)
        solids.append(one.moved((i - (number - 1) / 2) * gap, 0.0, length - long))
    bar = rough(egg((number - 1) * gap + 1.5 * thick, 1.3 * thick, 0.9 * thick, 12), 0.15, gap, seed)
    solids.append(bar.moved(z=length))
    whole = joined(solids)
    return Form(
        (Part(whole.moved(z=-float(whole.low[2])), "ice", colour),),
        {
            "top": Anchor((0.0, 0.0, float(whole.high[2])), reach=thick / 2),
            "tip": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
        },
    )


@entry("a snowman with a carrot nose", names=("snow man",), size=(0.3, 4.2), shape="COMPOUND")
def snowman(
    height: Annotated[float, metres(0.3, 3.0)] = 1.5,
    balls: Annotated[int, count(2, 3)] = 3,
    hat: bool = True,
    colour: Colour = (0.6, 0.03, 0.03),
    seed: Seed = 0,
) -> Form:
    """Balls of snow on each other with a carrot, coals, arms of twigs, a scarf and a hat."""
    sizes = (0.28, 0.21, 0.15) if balls == 3 else (0.36, 0.22)
    snow, at, z = [], [], -0.06
    for i, r in enumerate(sizes):
        z += r * 0.86
        at.append((r, z))
        one = rough(ball(r, 20), 0.06, 0.6 * r, seed + i).moved(z=z)
        snow.append(one.shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])))
        z += r * 0.86
    (body, middle), (head, up) = at[-2], at[-1]
    nose = cone(0.16 * head, 1.1 * head, 10).turned(90, "x").moved(0.0, -0.85 * head, up)
    coals = [ball(0.12 * head, 8).moved(s * 0.35 * head, -0.85 * head, up + 0.28 * head) for s in (-1, 1)]
    mouth = [(0.5 * math.sin(a), -0.83 * math.cos(0.5 * a), -0.5 + 0.14 * a * a) for a in (-0.9, -0.45, 0.0, 0.45, 0.9)]
    coals += [ball(0.07 * head, 8).moved(head * p[0], head * p[1], up + head * p[2]) for p in mouth]
    buttons = [-0.1, 0.2, 0.5]
    coals += [ball(0.09 * head, 8).moved(0.0, -body * math.cos(math.asin(f)), middle + f * body) for f in buttons]
    arms = []
    for s in (-1, 1):
        start, hand = (s * 0.8 * body, 0.0, middle + 0.25 * body), (s * 2.0 * body, -0.1 * body, middle + 1.0 * body)
        arms.append(tube([start, (s * 1.5 * body, 0, middle + 0.7 * body), hand], 0.014, 6))
        arms += [
            tube([hand, (hand[0] + s * dx, hand[1], hand[2] + dz)], 0.009, 5) for dx, dz in ((0.06, 0.02), (0.02, 0.07))
        ]
    neck = up - 0.8 * head
    scarf = [ring(0.72 * head, 0.24 * head, 24, 10).scaled(1.0, 1.0, 0.7).moved(z=neck)]
    scarf.append(
        box(0.34 * head, 0.14 * head, 1.5 * head).turned(-12, "x").moved(0.4 * head, -0.9 * head, neck - 1.45 * head)
    )
    parts = [
        Part(joined(snow), "snow", share=1.0),
        Part(nose, "fruit", (0.9, 0.3, 0.02)),
        Part(joined(coals), "stone", (0.02, 0.02, 0.02)),
        Part(joined(arms), "bark"),
        Part(joined(scarf), "cloth", colour),
    ]
    if hat:
        brim = lathe(
            [(1.05 * head, 0.0), (1.05 * head, 0.1 * head), (0.66 * head, 0.1 * head), (0.7 * head, 1.2 * head)], 20
        )
        parts.append(Part(brim.moved(z=up + 0.72 * head), "cloth", (0.02, 0.02, 0.025), share=0.2))
    k = height / float(Form(tuple(parts)).high[2])
    hulls = tuple(
        ball(0.97 * r, 14).moved(z=z).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])).scaled(k) for r, z in at
    )
    made = tuple(Part(p.solid.scaled(k), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(made, {"head": Anchor((0.0, 0.0, k * up), reach=k * head)}, hulls)


@entry("a ball of snow", names=("snow ball",), size=(0.03, 2.1), shape="SPHERE")
def snowball(
    radius: Annotated[float, metres(0.02, 1.0)] = 0.05,
    lumps: Annotated[float, share(0.0, 1.0, "how uneven it is")] = 0.4,
    seed: Seed = 0,
) -> Form:
    """A ball that is a little uneven."""
    made = rough(ball(radius, 24), 0.1 * lumps, 0.6 * radius, seed)
    k = 2 * radius / float((made.high - made.low).max())
    return Form((Part(made.scaled(k).standing(), "snow"),))


@entry("an iceberg or a block of ice", names=("ice floe", "block of ice", "ice block"), size=(0.1, 12.0))
def iceberg(
    width: Annotated[float, metres(0.1, 12.0)] = 2.0,
    height: Annotated[float, share(0.2, 0.9, "of the width")] = 0.6,
    shape: Literal["berg", "floe"] = "berg",
    colour: Colour = (0.6, 0.82, 0.92),
    seed: Seed = 0,
) -> Form:
    """A stone of ice with many flat sides, or a flat plate with ragged edges, both with snow on top."""
    rng, tall = random.Random(seed), height * width
    if shape == "berg":
        sizes = [(1.0, 0.8, 0.34), (0.55, 0.5, 1.0), (0.5, 0.45, 0.66), (0.4, 0.4, 0.5)]
        blocks = []
        for i, (x, y, z) in enumerate(sizes):
            far, turn = (0.0, 0.05, 0.22, 0.24)[i] * width, 2.6 * i + rng.uniform(-0.3, 0.3)
            block = rough_stone((x * width, y * width, z * tall), 14, 0.35, rng, 20)
            narrow = block.shaped(_narrower(z * tall)) if i else block
            blocks.append(narrow.moved(far * math.cos(turn), 0.6 * far * math.sin(turn)))
        return Form((Part(joined(blocks[:2]), "ice", colour), Part(joined(blocks[2:]), "ice", shade(colour, 1.2))))
    turns = [2 * math.pi * i / 14 for i in range(14)]
    reach = [0.5 * width * (1.0 if i % 7 == 0 else rng.uniform(0.8, 1.0)) for i in range(14)]
    flat = [
        [(f * r * math.cos(a), f * r * math.sin(a), z) for a, r in zip(turns, reach, strict=True)]
        for f, z in ((0.9, 0.0), (1.0, 0.16 * tall), (0.97, 0.26 * tall))
    ]
    cover = [[(f * x, f * y, z) for x, y, _ in flat[-1]] for f, z in ((0.96, 0.24 * tall), (0.9, 0.32 * tall))]
    plate, snow = loft(flat), loft(cover)
    return Form(
        (Part(plate, "ice", colour), Part(snow, "snow")), {"top": Anchor((0.0, 0.0, 0.32 * tall), reach=0.3 * width)}
    )


def _narrower(height: float) -> Callable[[FloatArray], FloatArray]:
    """Makes a solid of a height narrower upward."""

    def made(v: FloatArray) -> FloatArray:
        narrow = 1.0 - 0.6 * v[:, 2:] / height
        tapered: FloatArray = v * np.concatenate([narrow, narrow, np.ones_like(narrow)], axis=1)
        return tapered

    return made
