"""Rocks and wood that lies about."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, ball, box, cone, cylinder, egg, joined, lathe, tube

GREY = (0.28, 0.27, 0.25)


def _stone(width: float, height: float, seed: int, rough: float, n: int) -> Solid:
    """A rough ball that lies on the ground, flattened."""
    made = ball(0.5, n).shaped(
        lambda v: v * (1.0 + rough * noise(v + 3.0, 0.5, seed) + 0.3 * rough * noise(v + 7.0, 0.17, seed + 1))[:, None]
    )
    size = made.high - made.low
    made = made.scaled(width / float(max(size[:2])), None, height / float(size[2]))
    low, high = made.low, made.high
    return made.moved(-float(low[0] + high[0]) / 2, -float(low[1] + high[1]) / 2, -float(low[2]))


@entry("a large rock", names=("rock", "stone"), size=(0.2, 3.1), moves="fixed")
def boulder(
    width: Annotated[float, metres(0.2, 3.0)] = 0.8,
    height: Annotated[float, metres(0.15, 2.5)] = 0.55,
    colour: Colour = GREY,
    seed: Seed = 0,
) -> Form:
    """A rough ball of stone."""
    return Form((Part(_stone(width, height, seed, 0.45, 20), "stone", colour),))


@entry("a smooth small stone", names=("cobble",), size=(0.02, 0.3))
def pebble(
    width: Annotated[float, metres(0.02, 0.3)] = 0.08, colour: Colour = (0.35, 0.33, 0.3), seed: Seed = 0
) -> Form:
    """A flat round stone."""
    return Form((Part(_stone(width, 0.6 * width, seed, 0.15, 12), "stone", colour),))


@entry("a trunk that lies on the ground", names=("tree trunk",), size=(0.3, 4.0), shape="CYLINDER")
def log(
    length: Annotated[float, metres(0.3, 4.0)] = 1.2,
    radius: Annotated[float, metres(0.04, 0.12)] = 0.1,
    colour: Colour = (0.13, 0.08, 0.05),
) -> Form:
    """A cylinder along z, laid along x."""
    lying = cylinder(radius, length, 20).moved(z=-length / 2).turned(90.0, "y").moved(z=radius)
    return Form((Part(lying, "bark", colour),))


@entry("the stump of a tree", names=("tree stump",), size=(0.2, 1.3), moves="fixed", shape="CYLINDER")
def stump(
    radius: Annotated[float, metres(0.1, 0.6)] = 0.25,
    height: Annotated[float, metres(0.1, 0.8)] = 0.4,
    colour: Colour = (0.13, 0.08, 0.05),
) -> Form:
    """A short cylinder of bark with a pale cut."""
    cut = cylinder(0.9 * radius, 0.01, 24).moved(z=height - 0.005)
    top = {"top": Anchor((0.0, 0.0, height + 0.005), reach=0.8 * radius)}
    return Form((Part(cylinder(radius, height, 24), "bark", colour), Part(cut, "wood", (0.5, 0.34, 0.18))), top)


@entry(
    "a pile of rocks", names=("pile of rocks", "pile of stones", "stone pile", "cairn"), size=(0.3, 3.2), moves="fixed"
)
def rock_pile(
    width: Annotated[float, metres(0.3, 3.0)] = 1.2,
    steep: Annotated[float, share(0.3, 0.9, "how high it is, of the width")] = 0.58,
    colour: Colour = GREY,
    seed: Seed = 0,
) -> Form:
    """Rings of rough stones, each ring smaller and higher, around one stone in the middle."""
    rng = random.Random(seed)
    stones = [_stone(0.7, 0.8, seed, 0.3, 12)]
    for many, far, low in ((7, 0.34, 0.0), (5, 0.23, 0.25), (3, 0.11, 0.5)):
        for i in range(many):
            turn = 2 * math.pi * (i + rng.uniform(-0.15, 0.15)) / many
            stone = _stone(rng.uniform(0.3, 0.38), rng.uniform(0.32, 0.42), rng.randrange(2**31), 0.4, 12)
            stones.append(stone.turned(rng.uniform(0, 360)).moved(far * math.cos(turn), far * math.sin(turn), low))
    whole = joined(stones)
    size = whole.high - whole.low
    made = whole.scaled(width / float(max(size[:2])), None, steep * width / float(size[2])).standing()
    return Form((Part(made, "stone", colour),))


@entry("a cluster of crystals", names=("crystals", "gem", "quartz", "amethyst"), size=(0.05, 1.6))
def crystal(
    height: Annotated[float, metres(0.05, 1.5)] = 0.25,
    spikes: Annotated[int, count(1, 14)] = 8,
    colour: Colour = (0.42, 0.2, 0.75),
    glow: Annotated[float, share(0.0, 5.0, "how strongly it gives light")] = 0.0,
    seed: Seed = 0,
) -> Form:
    """Six-sided spikes that lean outwards from a stone."""
    rng = random.Random(seed)
    foot = _stone(0.5, 0.2, seed, 0.3, 14)
    spike = lathe([(0.75, 0.0), (1.0, 0.72), (0.0, 1.0)], 6)
    each = [spike.scaled(0.11, 0.11, 1.0)]
    for i in range(1, spikes):
        tall, wide = rng.uniform(0.4, 0.78), rng.uniform(0.05, 0.085)
        lean = spike.scaled(wide, wide, tall).turned(rng.uniform(14, 40), "y")
        each.append(lean.moved(x=0.07, z=0.07).turned(360 * i / max(spikes - 1, 1) + rng.uniform(-12, 12)))
    whole = joined(each).shaped(lambda v: np.maximum(v, [-np.inf, -np.inf, 0.02]))
    tall = height / float(whole.high[2])
    return Form((Part(foot.scaled(tall), "stone"), Part(whole.scaled(tall), "glass", colour, glow)))


def _around(solid: Solid) -> Solid:
    """An egg with the bounds of a solid."""
    middle, size = (solid.low + solid.high) / 2, solid.high - solid.low
    width, depth, height = size.tolist()
    return egg(width, depth, height, 8).moved(*middle.tolist())


@entry(
    "a campfire: logs in a ring of stones",
    names=("camp fire", "bonfire", "fire"),
    size=(0.4, 2.1),
    moves="fixed",
    shape="COMPOUND",
)
def campfire(
    width: Annotated[float, metres(0.4, 2.0)] = 1.0,
    logs: Annotated[int, count(4, 10)] = 6,
    lit: bool = True,
    colour: Colour = (0.13, 0.08, 0.05),
    seed: Seed = 0,
) -> Form:
    """Logs that lean together over ashes, with flames among them, in a ring of stones."""
    rng = random.Random(seed)
    stones, wood, ends = [], [], []
    for i in range(13):
        stone = _stone(rng.uniform(0.19, 0.24), rng.uniform(0.12, 0.16), rng.randrange(2**31), 0.35, 10)
        stones.append(stone.turned(rng.uniform(0, 360)).moved(x=0.39).turned(360 * i / 13))
    for i in range(logs):
        turn, tip = 360 * i / logs + rng.uniform(-8, 8), rng.uniform(0.36, 0.44)
        path = [(0.26, 0.0, 0.045), (-0.03, 0.0, tip)]
        wood.append(tube(path, [0.042, 0.036], 9).turned(turn))
        ends.append(tube([path[1], (-0.034, 0.0, tip + 0.006)], [0.03, 0.03], 9).turned(turn))
    ashes = lathe([(0.36, 0.0), (0.3, 0.03), (0.0, 0.06)], 20)
    parts = [
        Part(joined(stones), "stone"),
        Part(ashes, "soil", (0.05, 0.045, 0.04)),
        Part(joined(wood), "bark", colour),
        Part(joined(ends), "wood", (0.5, 0.34, 0.18)),
    ]
    if lit:
        flame = lathe([(0.0, 0.0), (0.5, 0.15), (0.56, 0.3), (0.35, 0.58), (0.13, 0.82), (0.0, 1.0)], 10)
        tongues = [flame.scaled(0.22, 0.22, 0.62).moved(z=0.03)]
        for i in range(5):
            wide, tall = rng.uniform(0.1, 0.15), rng.uniform(0.3, 0.48)
            tongues.append(
                flame.scaled(wide, wide, tall)
                .turned(10, "y")
                .moved(x=0.1, z=0.03)
                .turned(72 * i + rng.uniform(-20, 20))
            )
        parts.append(Part(joined(tongues), "wax", (1.0, 0.32, 0.03), 6.0, 0.01))
    solids = joined(p.solid for p in parts)
    wide = width / float((solids.high - solids.low)[:2].max())
    scaled = [Part(p.solid.scaled(wide), p.stuff, p.color, p.glow, p.share) for p in parts]
    low = min(float(p.solid.low[2]) for p in scaled)
    made = tuple(Part(p.solid.moved(z=-low), p.stuff, p.color, p.glow, p.share) for p in scaled)
    solid = [ashes, *wood, *(_around(stone) for stone in stones)]
    hulls = tuple(hull.scaled(wide).moved(z=-low) for hull in solid)
    return Form(made, {"fire": Anchor((0.0, 0.0, 0.12 * wide), reach=0.2 * wide)}, hulls)


@entry("a snowman with a hat and a scarf", names=("snow man",), size=(0.3, 3.3))
def snowman(
    height: Annotated[float, metres(0.3, 3.0)] = 1.6,
    hat: bool = True,
    scarf: Colour = (0.6, 0.03, 0.03),
    seed: Seed = 0,
) -> Form:
    """Three balls of snow with a carrot, eyes, buttons and arms of twigs."""
    rng = random.Random(seed)
    balls = [(0.3, 0.26), (0.22, 0.62), (0.155, 0.9)]
    top = 1.05 if not hat else 1.24
    snow = joined(ball(r, 22).scaled(1.0, 1.0, 0.95).moved(z=z) for r, z in balls)
    cut = snow.shaped(lambda v: np.maximum(v, [-np.inf, -np.inf, 0.0]))
    coal = [ball(0.02, 8).moved(x, -0.145, 0.94) for x in (-0.055, 0.055)]
    coal += [ball(0.022, 8).moved(0.0, -0.215 + 0.02 * abs(i), 0.62 + 0.09 * i) for i in (-1, 0, 1)]
    coal += [
        ball(0.012, 6).moved(0.05 * x, -0.142 + 0.004 * x * x, 0.84 + 0.012 * x * x)
        for x in (-1.4, -0.7, 0.0, 0.7, 1.4)
    ]
    carrot = cone(0.028, 0.19, 10).turned(90, "x").moved(y=-0.13, z=0.9)
    twigs = []
    for s in (-1.0, 1.0):
        up = rng.uniform(0.06, 0.2)
        hand = (0.47 * s, -0.04, 0.68 + up)
        twigs.append(tube([(0.16 * s, 0.0, 0.67), (0.33 * s, -0.02, 0.68 + 0.4 * up), hand], [0.014, 0.012, 0.008], 6))
        twigs += [
            tube([hand, (0.53 * s, -0.05 + 0.03 * k, 0.7 + up + 0.05 * k)], [0.008, 0.004], 5) for k in (-1, 0, 1)
        ]
    wound = lathe([(0.1, 0.74), (0.165, 0.735), (0.18, 0.765), (0.165, 0.8), (0.1, 0.8)], 24)
    end = box(0.075, 0.03, 0.24).turned(8, "y").moved(0.07, -0.21, 0.53)
    parts = [
        Part(cut, "snow"),
        Part(joined(coal), "stone", (0.02, 0.02, 0.02)),
        Part(carrot, "fruit", (0.8, 0.25, 0.02)),
        Part(joined(twigs), "bark"),
        Part(joined([wound, end]), "cloth", scarf),
    ]
    if hat:
        brim = [(0.19, 1.005), (0.19, 1.025), (0.125, 1.03), (0.13, top), (0.0, top)]
        parts.append(Part(lathe(brim, 24), "cloth", (0.02, 0.02, 0.022), share=0.1))
    tall = height / top if hat else height / float(cut.high[2])
    made = tuple(Part(p.solid.scaled(tall), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(made, {"top": Anchor((0.0, 0.0, height), reach=0.1 * tall)})
