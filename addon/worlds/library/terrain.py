"""Ground: floors, lawns, sand, hills and rooms. The surface is at z = 0 around the middle, where things stand."""

from __future__ import annotations

import math
import random
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Solid, box, egg, extruded, joined, relief, rough

FLAT = 4.0
"""How far around the middle a ground is flat, in m."""

CELLS = 72
"""Places along each side of uneven ground."""

DEEP = 0.5
"""How far ground goes down below its lowest place, in m."""

MIDDLE = {"top": Anchor((0.0, 0.0, 0.0), reach=FLAT)}


def _places(width: float, depth: float) -> FloatArray:
    """Places of a grid ``[CELLS, CELLS, 2]`` in x and y."""
    x, y = np.linspace(-width / 2, width / 2, CELLS), np.linspace(-depth / 2, depth / 2, CELLS)
    return np.stack(np.meshgrid(x, y), axis=2)


def _away(places: FloatArray, over: float, flat: float = FLAT) -> FloatArray:
    """0 where the ground is flat, and 1 from ``over`` m further out on, smoothly between."""
    far = np.clip((np.linalg.norm(places, axis=2) - flat) / over, 0.0, 1.0)
    smooth: FloatArray = far * far * (3.0 - 2.0 * far)
    return smooth


def _rough(places: FloatArray, size: float, seed: int) -> FloatArray:
    rough: FloatArray = noise(places.reshape(-1, 2), size, seed).reshape(CELLS, CELLS)
    return rough


def _block(heights: FloatArray, width: float, depth: float) -> Solid:
    return relief(heights, width, depth, float(heights.min()) - DEEP)


@entry("a flat floor", names=("floor",), size=(2.0, 60.0), moves="fixed", shape="BOX")
def plain_floor(
    width: Annotated[float, metres(2.0, 60.0)] = 16.0,
    depth: Annotated[float, metres(2.0, 60.0)] = 16.0,
    colour: Colour = (0.62, 0.6, 0.56),
) -> Form:
    """A slab whose top is at z = 0."""
    return Form((Part(box(width, depth, DEEP).moved(z=-DEEP), "plaster", colour),), MIDDLE)


@entry("a lawn, a little uneven further out", names=("grass",), size=(4.0, 60.0), moves="fixed", shape="BOX")
def lawn(
    width: Annotated[float, metres(4.0, 60.0)] = 24.0,
    depth: Annotated[float, metres(4.0, 60.0)] = 24.0,
    colour: Colour = (0.09, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """A grid that is flat in the middle and lower further out, so that its box is level with the middle."""
    places = _places(width, depth)
    heights = -0.25 * _away(places, 6.0) * np.abs(_rough(places, 5.0, seed))
    return Form((Part(_block(heights, width, depth), "leaf", colour),), MIDDLE)


@entry("dunes of sand", names=("sand dune",), size=(10.0, 60.0), moves="fixed", shape="MESH")
def dunes(
    width: Annotated[float, metres(10.0, 60.0)] = 40.0,
    depth: Annotated[float, metres(10.0, 60.0)] = 40.0,
    height: Annotated[float, metres(0.2, 4.0)] = 1.6,
    seed: Seed = 0,
) -> Form:
    """Waves of sand around a flat middle."""
    places = _places(width, depth)
    wave = np.abs(np.sin(places[..., 0] / 5.0 + 1.5 * _rough(places, 12.0, seed)))
    return Form((Part(_block(height * _away(places, 6.0) * wave, width, depth), "sand"),), MIDDLE)


@entry("green hills around a flat middle", names=("hill",), size=(10.0, 60.0), moves="fixed", shape="MESH")
def hills(
    width: Annotated[float, metres(10.0, 60.0)] = 50.0,
    depth: Annotated[float, metres(10.0, 60.0)] = 50.0,
    height: Annotated[float, metres(0.5, 10.0)] = 5.0,
    seed: Seed = 0,
) -> Form:
    """A grid that rises outwards."""
    places = _places(width, depth)
    heights = height * _away(places, 16.0) * (0.6 + 0.4 * _rough(places, 11.0, seed))
    return Form((Part(_block(heights, width, depth), "leaf", (0.1, 0.24, 0.06)),), MIDDLE)


@entry("mountains behind a flat place", names=("mountains",), size=(20.0, 75.0), moves="fixed", shape="MESH")
def mountain(
    width: Annotated[float, metres(20.0, 60.0)] = 60.0,
    depth: Annotated[float, metres(20.0, 60.0)] = 60.0,
    height: Annotated[float, metres(2.0, 25.0)] = 14.0,
    seed: Seed = 0,
) -> Form:
    """A grid that rises to rough peaks towards +y."""
    places = _places(width, depth)
    back = np.clip((places[..., 1] - FLAT - 1.0) / (depth / 2 - FLAT - 1.0), 0.0, 1.0)
    peaks = 0.55 + 0.45 * _rough(places, 9.0, seed) + 0.15 * _rough(places, 3.0, seed + 1)
    heights = height * back**1.2 * np.clip(peaks, 0.0, None) + 0.3 * _away(places, 8.0, FLAT + 1.0) * (1.0 - back)
    return Form((Part(_block(heights, width, depth), "stone"),), MIDDLE)


@entry("a beach that goes down into water", names=("sandy beach",), size=(20.0, 60.0), moves="fixed", shape="MESH")
def beach(
    width: Annotated[float, metres(20.0, 60.0)] = 30.0,
    depth: Annotated[float, metres(20.0, 60.0)] = 30.0,
    seed: Seed = 0,
) -> Form:
    """Sand that slopes down to a sheet of water towards +y."""
    places = _places(width, depth)
    down = np.clip((places[..., 1] - FLAT) / (depth / 2 - FLAT), 0.0, 1.0)
    heights = -1.2 * down + 0.12 * _away(places, 6.0) * (1.0 - down) * _rough(places, 4.0, seed)
    shore = FLAT + (depth / 2 - FLAT) * 0.25
    water = box(width, depth / 2 - shore, 0.9).moved(y=(depth / 2 + shore) / 2, z=-1.2)
    return Form((Part(_block(heights, width, depth), "sand"), Part(water, "water")), MIDDLE)


@entry("a road with dashes between two pavements", names=("street",), size=(8.0, 60.0), moves="fixed", shape="MESH")
def road(
    width: Annotated[float, metres(8.0, 60.0)] = 24.0,
    depth: Annotated[float, metres(8.0, 60.0)] = 24.0,
    lane: Annotated[float, metres(2.0, 3.5)] = 3.0,
) -> Form:
    """Asphalt along x, white dashes on it, paved ground on both sides."""
    asphalt = box(width, 2 * lane, DEEP).moved(z=-DEEP)
    side = depth / 2 - lane
    paved = [box(width, side, DEEP + 0.1).moved(y=s * (lane + side / 2), z=-DEEP) for s in (-1, 1)]
    number = int(width // 3)
    dashes = [box(1.2, 0.12, 0.012).moved(x=(i - (number - 1) / 2) * 3.0, z=-0.006) for i in range(number)]
    parts = (
        Part(asphalt, "stone", (0.05, 0.05, 0.055)),
        Part(joined(paved), "stone", (0.4, 0.39, 0.37)),
        Part(joined(dashes), "plaster", (0.85, 0.85, 0.85)),
    )
    return Form(parts, {"top": Anchor((0.0, 0.0, 0.0), reach=lane)})


@entry("a room that is open to the front", names=("chamber",), size=(3.0, 13.0), moves="fixed", shape="MESH")
def room(
    width: Annotated[float, metres(3.0, 12.0)] = 7.0,
    depth: Annotated[float, metres(3.0, 12.0)] = 6.0,
    height: Annotated[float, metres(2.2, 4.0)] = 2.7,
    colour: Colour = (0.55, 0.6, 0.62),
) -> Form:
    """A floor of wood, a back wall and two side walls."""
    thick = 0.15
    floor = box(width, depth, thick).moved(z=-thick)
    back = box(width + 2 * thick, thick, height + thick).moved(y=(depth + thick) / 2, z=-thick)
    sides = [box(thick, depth, height + thick).moved(x=s * (width + thick) / 2, z=-thick) for s in (-1, 1)]
    parts = (Part(floor, "wood", (0.3, 0.17, 0.08)), Part(joined([back, *sides]), "plaster", colour))
    return Form(parts, {"top": Anchor((0.0, 0.0, 0.0), reach=min(width, depth) / 2)})


def _shore(turns: FloatArray, radius: float, seed: int) -> FloatArray:
    """How far the shore of a pond is from its middle at each turn in radians."""
    way = np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    far: FloatArray = radius * (0.9 + 0.1 * noise(way.reshape(-1, 2), 0.8, seed).reshape(turns.shape))
    return far


@entry(
    "a pond with stones around it, in grass",
    names=("pond", "garden pond", "fish pond"),
    size=(18.0, 44.0),
    moves="fixed",
    shape="MESH",
)
def pond_basin(
    radius: Annotated[float, metres(2.0, 8.0, "of the water")] = 4.0,
    deep: Annotated[float, metres(0.3, 2.0)] = 0.8,
    stones: Annotated[int, count(0, 60)] = 34,
    colour: Colour = (0.09, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """Flat grass with a hollow behind the middle, water in it and stones on its shore."""
    rng, far, side = random.Random(seed), FLAT + 0.5 + radius, 2 * (FLAT + 1.5 + 2 * radius)
    places = _places(side, side)
    x, y = places[..., 0], places[..., 1] - far
    into = np.clip(1.0 - np.hypot(x, y) / _shore(np.arctan2(y, x), radius, seed), 0.0, 1.0)
    heights = -deep * (1.0 - (1.0 - into) ** 3)
    turns = 2 * math.pi * np.arange(48) / 48
    reach = 0.99 * _shore(turns, radius, seed)
    water = extruded(list(zip(reach * np.cos(turns), reach * np.sin(turns), strict=True)), deep + 0.12)
    parts = [
        Part(_block(heights, side, side), "leaf", colour),
        Part(water.moved(y=far, z=-deep - 0.2), "water"),
    ]
    at = (np.arange(stones) + 0.5) * 2 * math.pi / max(stones, 1)
    shore = _shore(at, radius, seed)
    lying = []
    for turn, out in zip(at.tolist(), shore.tolist(), strict=True):
        wide = rng.uniform(0.2, 0.42)
        stone = rough(egg(wide, 0.8 * wide, 0.55 * wide, 10), 0.25, 0.5 * wide, rng.randrange(2**31))
        lying.append(stone.turned(rng.uniform(0, 360)).moved(out * math.cos(turn), far + out * math.sin(turn), 0.02))
    if lying:
        parts.append(Part(joined(lying), "stone"))
    return Form(tuple(parts), {**MIDDLE, "water": Anchor((0.0, far, -0.08), reach=0.7 * radius)})
