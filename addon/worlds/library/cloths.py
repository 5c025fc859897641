"""Cloth: flags, curtains, covers and sails, and the poles and ropes that hold them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..noise import noise
from ..solids import Point, Solid, ball, joined, lathe, sheet, tube

RED = (0.55, 0.03, 0.03)

CELL = 0.025
"""How long the cells of cloth are at least, in m."""

Drawn = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray, FloatArray]]
"""Where places of a sheet go, whose two sides are from 0 to 1: x, y and z in m."""


def _drawn(columns: int, rows: int, to: Drawn) -> Solid:
    """A sheet with its places taken elsewhere, standing on the ground."""

    def taken(v: FloatArray) -> FloatArray:
        made: FloatArray = np.stack(to(v[:, 0] + 0.5, v[:, 2]), axis=1)
        return made

    made = sheet(1.0, 1.0, columns, rows).shaped(taken)
    return made.moved(z=-float(made.low[2]))


@entry("a flag of cloth", names=("pennant", "banner flag"), size=(0.2, 3.2), moves="cloth")
def flag(
    width: Annotated[float, metres(0.2, 3.0)] = 1.2,
    height: Annotated[float, metres(0.15, 2.0)] = 0.8,
    shape: Literal["rectangle", "pennant", "swallowtail"] = "rectangle",
    ripple: Annotated[float, share(0.0, 1.0, "how far it is from flat")] = 0.3,
    colour: Colour = RED,
) -> Form:
    """An upright sheet with light folds; its left edge is what is held."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        tall = 1.0 - 0.85 * a if shape == "pennant" else np.ones_like(a)
        long = a * (1.0 - 0.35 * (1.0 - np.abs(2 * b - 1.0))) if shape == "swallowtail" else a
        wave = 0.08 * ripple * width * a * np.sin(9.0 * a + 1.5 * b)
        return (long - 0.5) * width, wave, (0.5 + (b - 0.5) * tall) * height

    return Form((Part(_drawn(30, 20, to), "cloth", colour),))


@entry(
    "a long banner that hangs down",
    names=("pennon", "hanging banner", "scroll"),
    size=(0.4, 5.0),
    moves="cloth",
    held="top",
)
def banner(
    width: Annotated[float, metres(0.2, 2.0)] = 0.6,
    height: Annotated[float, metres(0.4, 5.0)] = 1.6,
    end: Literal["straight", "point", "two points"] = "point",
    colour: Colour = (0.1, 0.12, 0.5),
) -> Form:
    """An upright sheet, its lower edge straight or cut to points."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        side = np.abs(2 * a - 1.0)
        cut = {"straight": 0.0 * a, "point": side, "two points": 1.0 - side}[end] * min(0.4 * width, 0.3 * height)
        return (a - 0.5) * width, 0.015 * width * np.sin(6.0 * b), cut + b * (height - cut)

    return Form((Part(_drawn(20, 34, to), "cloth", colour),))


@entry("a curtain with folds", names=("drape", "curtains", "drapes"), size=(0.4, 5.0), moves="cloth", held="top")
def curtain(
    width: Annotated[float, metres(0.4, 5.0)] = 1.2,
    height: Annotated[float, metres(0.4, 4.0)] = 2.0,
    folds: Annotated[int, count(0, 10)] = 6,
    colour: Colour = (0.12, 0.2, 0.45),
) -> Form:
    """An upright sheet in even folds that grow wider downward."""
    deep = min(0.22 * width / max(folds, 1), 0.12) if folds else 0.0
    columns = 40 if folds > 5 else 30

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        return (a - 0.5) * width, deep * (1.0 - 0.35 * b) * np.sin(2 * math.pi * folds * a), b * height

    return Form((Part(_drawn(columns, 30, to), "cloth", colour),))


def _cells(length: float, most: int) -> int:
    """How many cells there are along a length in m: what is small has fewer, for cloth stays so far from what it meets
    that finer ones would be torn."""
    return int(min(max(length / CELL, 6), most))


def _lying(width: float, depth: float, rumples: float, n: int = 26) -> Solid:
    """A sheet that lies, with bumps of so many m."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        up = rumples * noise(np.stack([a, b], axis=1) + 2.0, 0.35, 7, 2)
        return (a - 0.5) * width, (b - 0.5) * depth, up

    return _drawn(n, n, to)


@entry(
    "a piece of cloth that lies flat",
    names=("cloth", "piece of cloth", "fabric", "bed sheet", "bedsheet", "handkerchief", "silk", "sheet"),
    size=(0.1, 4.0),
    moves="cloth",
)
def cover(
    width: Annotated[float, metres(0.1, 4.0)] = 1.4,
    depth: Annotated[float, metres(0.1, 4.0)] = 1.4,
    colour: Colour = (0.75, 0.73, 0.68),
) -> Form:
    """A sheet that lies."""
    return Form((Part(_lying(width, depth, 0.0, _cells(max(width, depth), 26)), "cloth", colour),))


@entry("a tablecloth, round or with corners", names=("table cloth",), size=(0.4, 4.0), moves="cloth")
def tablecloth(
    width: Annotated[float, metres(0.4, 4.0)] = 1.8,
    depth: Annotated[float, metres(0.4, 3.0)] = 1.2,
    shape: Literal["rectangle", "round"] = "rectangle",
    colour: Colour = (0.85, 0.84, 0.8),
) -> Form:
    """A sheet that lies; the round one is a square pressed into a circle."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        u, v = 2 * a - 1.0, 2 * b - 1.0
        if shape == "round":
            u, v = u * np.sqrt(1.0 - v**2 / 2), v * np.sqrt(1.0 - u**2 / 2)
        return u * width / 2, v * depth / 2, 0.0 * a

    return Form((Part(_drawn(28, 28, to), "cloth", colour),))


@entry("a thick soft blanket", names=("quilt", "bedspread", "picnic blanket"), size=(0.4, 4.0), moves="cloth")
def blanket(
    width: Annotated[float, metres(0.4, 4.0)] = 1.4,
    depth: Annotated[float, metres(0.4, 4.0)] = 1.9,
    rumpled: Annotated[float, share(0.0, 1.0)] = 0.3,
    colour: Colour = (0.42, 0.12, 0.08),
) -> Form:
    """A sheet that lies, with low bumps."""
    return Form((Part(_lying(width, depth, 0.06 * rumpled * min(width, depth)), "cloth", colour),))


@entry(
    "a towel that lies or hangs",
    names=("bath towel", "hand towel", "beach towel", "dishcloth", "tea towel", "rag"),
    size=(0.2, 2.1),
    moves="cloth",
    held="top",
)
def towel(
    width: Annotated[float, metres(0.15, 1.2)] = 0.6,
    length: Annotated[float, metres(0.2, 2.0)] = 1.2,
    hanging: bool = False,
    colour: Colour = (0.1, 0.45, 0.55),
) -> Form:
    """A sheet that lies, or hangs upright in a few folds."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        if hanging:
            return (a - 0.5) * width, 0.04 * width * np.sin(14.0 * a) * (1.2 - b), b * length
        return (a - 0.5) * width, (b - 0.5) * length, 0.008 * width * np.sin(9.0 * b)

    return Form((Part(_drawn(_cells(width, 24), _cells(length, 36), to), "cloth", colour),))


@entry("a sail, filled with wind", names=("jib", "spinnaker"), size=(0.3, 12.0), moves="cloth")
def sail(
    width: Annotated[float, metres(0.2, 8.0)] = 1.8,
    height: Annotated[float, metres(0.3, 12.0)] = 3.0,
    shape: Literal["triangle", "square"] = "triangle",
    belly: Annotated[float, share(0.0, 1.0, "how far the wind fills it")] = 0.4,
    colour: Colour = (0.88, 0.86, 0.8),
) -> Form:
    """An upright sheet that bellies to the front, narrower upward or not; its left edge goes up the mast."""

    def to(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        wide = 1.0 - 0.96 * b if shape == "triangle" else 1.0 - 0.15 * b
        x = (a * wide - 0.5) if shape == "triangle" else (a - 0.5) * wide
        deep = 0.35 * belly * width * np.sin(math.pi * a) * np.sin(math.pi * np.clip(b, 0.0, 1.0)) ** 0.7 * wide
        return x * width, -deep, b * height

    return Form((Part(_drawn(26, 34, to), "cloth", colour),))


@entry(
    "a net of cords",
    names=("fishing net", "goal net", "volleyball net"),
    size=(0.3, 9.0),
    moves="cloth",
    held="top",
)
def net(
    width: Annotated[float, metres(0.3, 9.0)] = 2.0,
    height: Annotated[float, metres(0.3, 4.0)] = 1.0,
    meshes: Annotated[int, count(4, 24, "along its width")] = 14,
    colour: Colour = (0.6, 0.55, 0.42),
) -> Form:
    """An upright sheet of flat cords that cross each other, with holes between."""
    rows = min(max(round(meshes * height / width), 2), 24)
    thick = 0.12 * min(width / meshes, height / rows)

    def lines(long: float, many: int) -> FloatArray:
        middles = np.linspace(thick / 2, long - thick / 2, many + 1)
        return np.stack([middles - thick / 2, middles + thick / 2], axis=1).ravel()

    x, z = lines(width, meshes), lines(height, rows)
    w = len(x)
    grid = np.stack([np.tile(x, len(z)) - width / 2, np.zeros(w * len(z)), np.repeat(z, w)], axis=1)
    faces = tuple(
        (r * w + c, r * w + c + 1, (r + 1) * w + c + 1, (r + 1) * w + c)
        for r in range(len(z) - 1)
        for c in range(w - 1)
        if r % 2 == 0 or c % 2 == 0
    )
    return Form((Part(Solid(grid, faces), "cloth", colour),))


@entry("a pole for a flag", names=("flag pole", "mast"), size=(0.8, 12.5), moves="fixed", shape="MESH")
def flagpole(
    height: Annotated[float, metres(0.8, 12.0)] = 2.6,
    colour: Colour = (0.6, 0.6, 0.62),
) -> Form:
    """A thin pole on a stepped foot, with a knob."""
    thick = 0.012 * height
    foot = lathe([(6 * thick, 0.0), (6 * thick, thick), (3 * thick, 2 * thick), (2 * thick, 4 * thick)], 20)
    pole = lathe([(thick, 0.0), (0.75 * thick, height)], 14)
    knob = ball(2 * thick, 14).moved(z=height)
    flag_at = Anchor((thick, 0.0, 0.62 * height), (1.0, 0.0, 0.0))
    top = Anchor((0.0, 0.0, height + 2 * thick), reach=thick)
    return Form(
        (Part(joined([pole, foot]), "steel", colour), Part(knob, "brass")),
        {"flag": flag_at, "top": top},
        hulls=(foot, pole, knob),
    )


def _strands(path: list[Point], thick: float, turns: float) -> Solid:
    """A rope of three strands that wind around a path which goes along z, or around it."""
    line = np.array(path)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    side = np.cross(along, [0.37, 0.93, 0.05])
    side /= np.linalg.norm(side, axis=1)[:, None]
    other = np.cross(along, side)
    at = np.linspace(0.0, 2 * math.pi * turns, len(path))
    strands = []
    for k in range(3):
        a = (at + 2 * math.pi * k / 3)[:, None]
        places = line + 0.28 * thick * (np.cos(a) * side + np.sin(a) * other)
        strands.append(tube([(float(x), float(y), float(z)) for x, y, z in places], 0.25 * thick, 6))
    return joined(strands)


@entry("a rope that hangs down", names=("cord", "hanging rope"), size=(0.2, 10.2), moves="fixed", shape="MESH")
def rope(
    length: Annotated[float, metres(0.2, 10.0)] = 2.0,
    thick: Annotated[float, metres(0.005, 0.08)] = 0.03,
    knot: bool = True,
    colour: Colour = (0.45, 0.33, 0.18),
) -> Form:
    """Three strands twisted around each other, with a knot near the end if wanted."""
    steps = int(min(max(length / (0.9 * thick), 12), 220))
    path: list[Point] = [(0.0, 0.0, length * i / steps) for i in range(steps + 1)]
    solids = [_strands(path, thick, steps / 8)]
    if knot:
        solids += [ball(0.95 * thick, 12).scaled(1.0, 1.0, 1.2).moved(z=min(4 * thick, length / 2))]
    whole = joined(solids)
    return Form(
        (Part(whole.moved(z=-float(whole.low[2])), "rope", colour),),
        {"top": Anchor((0.0, 0.0, length)), "end": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0))},
    )


@entry("a coil of rope", names=("coiled rope", "rope coil", "lasso"), size=(0.1, 1.6))
def coil_of_rope(
    radius: Annotated[float, metres(0.05, 0.7)] = 0.22,
    thick: Annotated[float, metres(0.005, 0.05)] = 0.022,
    turns: Annotated[int, count(2, 8)] = 4,
    colour: Colour = (0.45, 0.33, 0.18),
) -> Form:
    """Rings of rope on each other, a little askew, with a loose end."""
    bar, n = min(thick, 0.35 * radius), 36
    path: list[Point] = []
    for i in range(turns * n + 10):
        a, up = 2 * math.pi * i / n, min(i / n, turns)
        far = radius * (1.0 - 0.06 * math.sin(3.1 * up)) - bar / 2
        out = far + max(i - turns * n, 0) * 0.012 * radius
        path.append((out * math.cos(a), out * math.sin(a), 0.55 * bar + 0.8 * bar * max(up - 0.8, 0.0)))
    solid = tube(path, bar / 2, 8)
    return Form(
        (Part(solid.moved(z=-float(solid.low[2])), "rope", colour),),
        {"inside": Anchor((0.0, 0.0, 0.0), reach=0.7 * radius)},
    )
