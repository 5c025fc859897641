"""Rocks and wood that lies about."""

from __future__ import annotations

from typing import Annotated

from ..entry import Colour, Seed, entry, metres
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, ball, cylinder

GREY = (0.28, 0.27, 0.25)


def _stone(width: float, height: float, seed: int, rough: float, n: int) -> Solid:
    """A rough ball that lies on the ground, flattened."""
    made = ball(0.5, n).shaped(lambda v: v * (1.0 + rough * noise(v + 3.0, 0.5, seed))[:, None])
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
