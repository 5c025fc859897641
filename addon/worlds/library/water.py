"""Wide waters and their ground. Their surface is at z = 0 in the middle, where things float or stand."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, box, egg, joined, relief, rough
from .terrain import DEEP, FLAT, MIDDLE

CELLS = 97
"""Places along each side, one of them in the middle."""


def _places(width: float, depth: float) -> FloatArray:
    """Places of a grid ``[CELLS, CELLS, 2]`` in x and y."""
    x, y = np.linspace(-width / 2, width / 2, CELLS), np.linspace(-depth / 2, depth / 2, CELLS)
    return np.stack(np.meshgrid(x, y), axis=2)


def _calm(places: FloatArray, least: float) -> FloatArray:
    """``least`` in the middle, and 1 further out."""
    far = np.clip((np.linalg.norm(places, axis=2) - FLAT) / (2 * FLAT), 0.0, 1.0)
    smooth: FloatArray = least + (1.0 - least) * far * far * (3.0 - 2.0 * far)
    return smooth


def _level(heights: FloatArray) -> FloatArray:
    """Heights of which the one in the middle is 0."""
    moved: FloatArray = heights - heights[CELLS // 2, CELLS // 2]
    return moved


def _uneven(places: FloatArray, size: float, seed: int) -> FloatArray:
    field: FloatArray = noise(places.reshape(-1, 2), size, seed).reshape(CELLS, CELLS)
    return field


def _waves(places: FloatArray, seed: int) -> FloatArray:
    """Waves of several lengths, most of them to one side, with narrow crests; about from -1 to 1."""
    rng, total = random.Random(seed), np.zeros(places.shape[:2])
    toward = rng.uniform(-0.5, 0.5) - math.pi / 2
    for length, weight in ((13.0, 1.0), (9.0, 0.7), (6.0, 0.4), (4.2, 0.25), (3.0, 0.15)):
        turn, start = toward + rng.uniform(-0.6, 0.6), rng.uniform(0.0, 2 * math.pi)
        along = places[..., 0] * math.cos(turn) + places[..., 1] * math.sin(turn)
        bent = along + 0.12 * length * _uneven(places, 1.6 * length, rng.randrange(2**31))
        total += weight * (2.0 * np.exp(np.sin(2 * math.pi * bent / length + start) - 1.0) - 0.95)
    waves: FloatArray = total / 2.0
    return waves


@entry("the sea with gentle waves", names=("ocean", "open sea"), size=(20.0, 61.0), moves="fixed", shape="MESH")
def sea(
    width: Annotated[float, metres(20.0, 60.0)] = 60.0,
    depth: Annotated[float, metres(20.0, 60.0)] = 60.0,
    waves: Annotated[float, metres(0.0, 1.5, "from the lowest to the highest of its surface")] = 0.35,
    colour: Colour = (0.02, 0.16, 0.24),
    seed: Seed = 0,
) -> Form:
    """A block of water with waves, calmer in the middle, on a dark ground."""
    places = _places(width, depth)
    heights = _level(0.5 * waves * _calm(places, 0.35) * _waves(places, seed))
    base = float(heights.min()) - 2.0
    dark = (0.35 * colour[0], 0.35 * colour[1], 0.35 * colour[2])
    ground = box(width, depth, DEEP).moved(z=base - DEEP)
    parts = (Part(relief(heights, width, depth, base), "water", colour), Part(ground, "sand", dark))
    return Form(parts, {**MIDDLE, "water": Anchor((0.0, 0.0, 0.0), reach=min(width, depth) / 2)})


@entry(
    "a lake with a sandy shore",
    names=("pond water", "lagoon", "lakeside"),
    size=(16.0, 61.0),
    moves="fixed",
    shape="MESH",
)
def lake(
    width: Annotated[float, metres(16.0, 60.0)] = 36.0,
    depth: Annotated[float, metres(16.0, 60.0)] = 36.0,
    water: Annotated[float, share(0.55, 0.85, "how much of the width is water")] = 0.72,
    deep: Annotated[float, metres(0.4, 3.0)] = 1.5,
    colour: Colour = (0.08, 0.3, 0.36),
    seed: Seed = 0,
) -> Form:
    """Flat water in a hollow of sand, whose shore winds around it and rises to low dunes."""
    places = _places(width, depth)
    x, y = 2 * places[..., 0] / width, 2 * places[..., 1] / depth
    turn = np.arctan2(y, x)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=2)
    shore = water * (0.92 + 0.14 * _uneven(ring, 0.7, seed))
    out = np.hypot(x, y) / shore
    bed = -deep * (1.0 - np.clip(out, 0.0, 1.0) ** 4)
    beyond = np.clip(out - 1.0, 0.0, None) * shore * min(width, depth) / 2
    dunes = 0.14 * beyond + 0.12 * np.clip(beyond, 0.0, 1.5) * _uneven(places, 4.0, seed + 1)
    heights = np.where(out < 1.0, bed, np.maximum(dunes, 0.05 * beyond))
    block = relief(heights, width, depth, -deep - DEEP)
    surface = box(width - 0.1, depth - 0.1, deep + 0.1).moved(z=-deep - 0.1)
    room = 0.35 * water * min(width, depth)
    parts = (Part(block, "sand"), Part(surface, "water", colour))
    return Form(parts, {**MIDDLE, "water": Anchor((0.0, 0.0, 0.0), reach=room)})


@entry(
    "the sandy ground of the sea",
    names=("sea floor", "ocean floor", "sea bottom", "bottom of the sea"),
    size=(8.0, 61.0),
    moves="fixed",
    shape="MESH",
)
def seabed(
    width: Annotated[float, metres(8.0, 60.0)] = 24.0,
    depth: Annotated[float, metres(8.0, 60.0)] = 24.0,
    ripples: Annotated[float, metres(0.0, 0.15, "how high they are")] = 0.06,
    stones: Annotated[int, count(0, 60)] = 18,
    colour: Colour = (0.5, 0.42, 0.27),
    seed: Seed = 0,
) -> Form:
    """Sand with winding ripples, lower in the middle, a little uneven further out, with stones here and there."""
    places, rng = _places(width, depth), random.Random(seed)
    bent = places[..., 1] + 0.5 * _uneven(places, 3.0, seed) + 0.1 * places[..., 0]
    gap = max(1.0, 5.0 * max(width, depth) / CELLS)
    rows = np.abs(np.sin(math.pi * bent / gap)) ** 1.3 * (0.7 + 0.3 * _uneven(places, 2.5, seed + 1))
    swell = 0.35 * (_calm(places, 0.0)) * _uneven(places, 7.0, seed + 2)
    heights = _level(ripples * _calm(places, 0.4) * rows + swell)
    parts = [Part(relief(heights, width, depth, float(heights.min()) - DEEP), "sand", colour)]
    lying: list[Solid] = []
    for _ in range(stones):
        at, size = (
            np.array([rng.uniform(-0.47, 0.47) * width, rng.uniform(-0.47, 0.47) * depth]),
            rng.uniform(0.15, 0.75),
        )
        at *= max(1.0, 0.3 * min(width, depth, 2 * FLAT) / (float(np.hypot(*at)) + 0.01))
        at = np.clip(at, [-0.47 * width, -0.47 * depth], [0.47 * width, 0.47 * depth])
        row, column = round((at[1] / depth + 0.5) * (CELLS - 1)), round((at[0] / width + 0.5) * (CELLS - 1))
        stone = rough(egg(size, 0.8 * size, 0.55 * size, 10), 0.25, 0.5 * size, rng.randrange(2**31))
        lying.append(stone.turned(rng.uniform(0, 360)).moved(float(at[0]), float(at[1]), float(heights[row, column])))
    if lying:
        parts.append(Part(joined(lying), "stone", (0.2, 0.2, 0.18)))
    return Form(tuple(parts), MIDDLE)
