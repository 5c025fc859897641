"""Ground: floors, lawns, sand, hills and rooms. The surface is at z = 0 around the middle, where things stand."""

from __future__ import annotations

import math
import random
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
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


@entry("green hills around a flat middle", names=("rolling hills",), size=(10.0, 60.0), moves="fixed", shape="MESH")
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
    snow: Annotated[float, share(0.0, 0.9, "how far down snow lies, of the height")] = 0.35,
    seed: Seed = 0,
) -> Form:
    """A grid that rises to rough peaks towards +y."""
    places = _places(width, depth)
    back = np.clip((places[..., 1] - FLAT - 1.0) / (depth / 2 - FLAT - 1.0), 0.0, 1.0)
    peaks = 0.55 + 0.45 * _rough(places, 9.0, seed) + 0.15 * _rough(places, 3.0, seed + 1)
    heights = height * back**1.2 * np.clip(peaks, 0.0, None) + 0.3 * _away(places, 8.0, FLAT + 1.0) * (1.0 - back)
    parts = [Part(_block(heights, width, depth), "stone")]
    if snow > 0.0:
        line = (1.0 - snow) * float(heights.max()) * (1.0 + 0.15 * _rough(places, 4.0, seed + 2))
        white = np.where(heights > line, heights + 0.08, heights - 0.6)
        parts.append(Part(_block(np.minimum(white, heights + 0.08), width, depth), "snow"))
    return Form(tuple(parts), MIDDLE)


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


@entry("a room that is open to the front", names=("chamber",), size=(3.0, 13.0), moves="fixed", shape="COMPOUND")
def room(
    width: Annotated[float, metres(3.0, 12.0)] = 7.0,
    depth: Annotated[float, metres(3.0, 12.0)] = 6.0,
    height: Annotated[float, metres(2.2, 4.0)] = 2.7,
    window: bool = True,
    colour: Colour = (0.55, 0.6, 0.62),
    boards: Colour = (0.3, 0.17, 0.08),
) -> Form:
    """A floor of wood, a back wall and two side walls."""
    thick = 0.15
    floor = box(width, depth, thick).moved(z=-thick)
    back = _wall(width + 2 * thick, height + thick, thick, window)
    skirts = [box(width, 0.015, 0.09).moved(y=depth / 2 - 0.007)]
    skirts += [box(0.015, depth, 0.09).moved(x=s * (width / 2 - 0.007)) for s in (-1, 1)]
    sides = [box(thick, depth, height + thick).moved(x=s * (width + thick) / 2, z=-thick) for s in (-1, 1)]
    walls = joined([*(s.moved(y=(depth + thick) / 2, z=-thick) for s in back), *sides])
    parts = [Part(floor, "wood", boards), Part(walls, "plaster", colour)]
    if window:
        frame = [box(1.5, 0.05, 0.06).moved(z=z) for z in (0.0, 0.57, 1.14)]
        frame += [box(0.06, 0.05, 1.2).moved(x=x) for x in (-0.72, 0.0, 0.72)]
        skirts += [s.moved(y=(depth + thick) / 2, z=0.85) for s in (*frame, box(1.7, 0.3, 0.03).moved(z=-0.02))]
    parts.append(Part(joined(skirts), "wood", (0.8, 0.79, 0.76)))
    wall = Anchor((0.0, depth / 2, 0.55 * height), (0.0, -1.0, 0.0), reach=0.4 * height)
    whole = box(width + 2 * thick, thick, height + thick).moved(y=(depth + thick) / 2, z=-thick)
    hulls = (floor, whole, *sides)
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, 0.0), reach=min(width, depth) / 2), "wall": wall}, hulls)


def _wall(width: float, height: float, thick: float, window: bool) -> list[Solid]:
    """A wall along x, in four pieces around a window if wanted."""
    if not window:
        return [box(width, thick, height)]
    side, low, high = (width - 1.5) / 2, 0.85 + thick, 1.2
    beside = [box(side, thick, height).moved(x=s * (0.75 + side / 2)) for s in (-1, 1)]
    over = height - low - high
    return [*beside, box(1.5, thick, low), box(1.5, thick, over).moved(z=low + high)]


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


def _bed(along: FloatArray, across: FloatArray, wide: float, deep: float, seed: int) -> FloatArray:
    """How high the ground is around a channel that winds along one of its directions, 0 beside it."""
    beside = np.clip(np.abs(across - _winding(along, seed)) / (0.62 * wide), 0.0, 1.0)
    bed: FloatArray = -deep * (1.0 - beside**2) ** 1.5
    return bed


def _winding(along: FloatArray, seed: int) -> FloatArray:
    """How far a river is off its straight line."""
    off: FloatArray = 0.7 * np.sin(along / 4.0 + seed % 97) + 0.3 * np.sin(along / 1.9 + seed % 31)
    return off


def _stream(long: float, wide: float, off: float, low: float, seed: int) -> Solid:
    """The water of a channel along x, from ``low`` up to a little below the ground."""
    x = np.linspace(-long / 2, long / 2, 60)
    y = off + _winding(x, seed)
    right = list(zip(x.tolist(), (y - 0.55 * wide).tolist(), strict=True))
    left = list(zip(x.tolist(), (y + 0.55 * wide).tolist(), strict=True))
    return extruded([*right, *left[::-1]], -low - 0.1).moved(z=low)


@entry(
    "a river in its bed, in grass",
    names=("river", "stream", "brook", "creek", "canal"),
    size=(20.0, 60.0),
    moves="fixed",
    shape="MESH",
)
def riverbed(
    width: Annotated[float, metres(20.0, 60.0)] = 30.0,
    wide: Annotated[float, metres(1.5, 6.0, "from shore to shore")] = 3.0,
    deep: Annotated[float, metres(0.3, 2.0)] = 0.8,
    water: bool = True,
    colour: Colour = (0.09, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """Grass with a winding channel along x behind the middle, with water or dry stones in it."""
    rng, places, off = random.Random(seed), _places(width, width), FLAT + 1.2 + wide / 2
    heights = _bed(places[..., 0], places[..., 1] - off, wide, deep, seed)
    heights -= 0.2 * _away(places, 6.0) * np.abs(_rough(places, 5.0, seed))
    parts = [Part(_block(heights, width, width), "leaf", colour)]
    if water:
        parts.append(Part(_stream(width, wide, off, -0.9 * deep - 0.2, seed), "water"))
    lying = []
    for i in range(60):
        x, size = (rng.random() - 0.5) * 0.96 * width, rng.uniform(0.15, 0.4)
        side = rng.choice((-0.48, 0.48)) if water else rng.uniform(-0.5, 0.5)
        y = off + float(_winding(np.array(x), seed)) + side * wide
        z = float(_bed(np.array(x), np.array(y - off), wide, deep, seed))
        lying.append(rough(egg(size, 0.8 * size, 0.5 * size, 8), 0.25, 0.5 * size, i).moved(x, y, z))
    parts.append(Part(joined(lying), "stone"))
    return Form(tuple(parts), {**MIDDLE, "water": Anchor((0.0, off, -0.1), reach=0.3 * wide)})


@entry("a valley between slopes", names=("glen", "canyon", "gorge"), size=(24.0, 60.0), moves="fixed", shape="MESH")
def valley(
    width: Annotated[float, metres(24.0, 60.0)] = 50.0,
    depth: Annotated[float, metres(24.0, 60.0)] = 50.0,
    height: Annotated[float, metres(1.0, 18.0)] = 8.0,
    rocky: bool = False,
    seed: Seed = 0,
) -> Form:
    """A flat floor along y that rises to both sides."""
    places = _places(width, depth)
    side = np.clip((np.abs(places[..., 0]) - FLAT - 1.0) / (width / 2 - FLAT - 1.0), 0.0, 1.0)
    rise = side**0.6 if rocky else side * side * (3.0 - 2.0 * side)
    bumps = 0.75 + 0.25 * _rough(places, 9.0, seed) + (0.12 * _rough(places, 2.5, seed + 1) if rocky else 0.0)
    stuff, colour = ("stone", (0.3, 0.19, 0.12)) if rocky else ("leaf", (0.1, 0.24, 0.06))
    return Form((Part(_block(height * rise * bumps, width, depth), stuff, colour),), MIDDLE)


@entry(
    "an island in water",
    names=("desert island", "islet", "tropical island"),
    size=(24.0, 60.0),
    moves="fixed",
    shape="MESH",
)
def island(
    width: Annotated[float, metres(24.0, 60.0)] = 34.0,
    land: Annotated[float, share(0.5, 0.8, "how much of the width is land")] = 0.62,
    colour: Colour = (0.1, 0.26, 0.05),
    water: Colour = (0.05, 0.35, 0.45),
    seed: Seed = 0,
) -> Form:
    """Sand that slopes down into water all around, with grass in its middle."""
    places, radius = _places(width, width), land * width / 2
    x, y = places[..., 0], places[..., 1]
    shore = _shore(np.arctan2(y, x), radius, seed)
    out = np.clip((np.hypot(x, y) - FLAT) / (shore - FLAT), 0.0, 1.6)
    heights = -0.9 * out**2
    turns = 2 * math.pi * np.arange(40) / 40
    rim = FLAT + 0.42 * (_shore(turns, radius, seed + 1) - FLAT)
    grass = extruded(list(zip(rim * np.cos(turns), rim * np.sin(turns), strict=True)), 0.4).moved(z=-0.395)
    sea = box(width - 0.02, width - 0.02, 1.4).moved(z=-2.1)
    parts = (Part(_block(heights, width, width), "sand"), Part(grass, "leaf", colour), Part(sea, "water", water))
    return Form(parts, {**MIDDLE, "water": Anchor((0.0, 0.93 * radius + 0.03 * width, -0.7), reach=0.05 * width)})


@entry(
    "a path through grass", names=("footpath", "trail", "garden path"), size=(8.0, 60.0), moves="fixed", shape="MESH"
)
def path(
    width: Annotated[float, metres(8.0, 60.0)] = 20.0,
    wide: Annotated[float, metres(0.5, 3.0)] = 1.2,
    of: Literal["gravel", "stones", "planks"] = "gravel",
    colour: Colour = (0.09, 0.26, 0.05),
    seed: Seed = 0,
) -> Form:
    """Level grass, and a winding band of gravel, slabs or planks along x through its middle."""
    rng = random.Random(seed)
    lawn_ = Part(box(width, width, DEEP).moved(z=-DEEP), "leaf", colour)

    def bend(x: float) -> float:
        return wide * 0.9 * math.sin(0.35 * x + seed % 7) * min(abs(x) / 4.0, 1.0)

    xs = np.linspace(-width / 2, width / 2, 61).tolist()
    if of == "gravel":
        edge = [(x, bend(x) - wide / 2) for x in xs] + [(x, bend(x) + wide / 2) for x in xs[::-1]]
        band = Part(extruded(edge, 0.1).moved(z=-0.092), "sand", (0.45, 0.4, 0.32))
    else:
        gap = 0.85 * wide if of == "stones" else 0.2
        pieces = []
        for i in range(-int(width / 2 / gap - 0.5), int(width / 2 / gap - 0.5) + 1):
            x = i * gap
            if of == "stones":
                r = [0.38 * wide * (1.0 if i == 0 else rng.uniform(0.85, 1.05)) for _ in range(9)]
                corners = [
                    (q * math.cos(2 * math.pi * k / 9), q * math.sin(2 * math.pi * k / 9)) for k, q in enumerate(r)
                ]
                piece = extruded(corners, 0.1)
            else:
                piece = box(0.18, wide, 0.1).turned(math.degrees(math.atan(bend(x + 0.1) - bend(x - 0.1)) / 0.2) * 0.2)
            pieces.append(piece.moved(x, bend(x), -0.092))
        stuff = "stone" if of == "stones" else "wood"
        band = Part(joined(pieces), stuff)
    return Form((lawn_, band), MIDDLE)


@entry(
    "a ploughed field with furrows",
    names=("plowed field", "furrows", "farm field", "vegetable field"),
    size=(8.0, 40.0),
    moves="fixed",
    shape="MESH",
)
def ploughed_field(
    width: Annotated[float, metres(8.0, 40.0)] = 16.0,
    depth: Annotated[float, metres(8.0, 40.0)] = 16.0,
    gap: Annotated[float, metres(0.5, 1.2, "from furrow to furrow")] = 0.7,
    deep: Annotated[float, metres(0.03, 0.3)] = 0.12,
    seed: Seed = 0,
) -> Form:
    """Rounded ridges along y, as high in the middle as the ground, a little crumbly further out."""
    rows, columns = 18, 4 * round(width / gap) + 1
    x, y = np.meshgrid(np.linspace(-width / 2, width / 2, columns), np.linspace(-depth / 2, depth / 2, rows))
    bumps = noise(np.stack([x, y], axis=2).reshape(-1, 2), 0.8, seed).reshape(x.shape)
    ridge = 0.5 + 0.5 * np.cos(2 * math.pi * x / gap)
    heights = deep * (ridge - 1.0) - 0.4 * deep * np.abs(bumps) * np.clip(np.hypot(x, y) - 2.0, 0.0, 1.0)
    return Form((Part(_block(heights, width, depth), "soil"),), MIDDLE)
