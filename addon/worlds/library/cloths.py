"""Cloth: flags, curtains and covers, and the poles that hold them."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, ball, cylinder, joined, sheet

RED = (0.55, 0.03, 0.03)


@entry("a flag of cloth", names=("pennant",), size=(0.2, 3.0), moves="cloth")
def flag(
    width: Annotated[float, metres(0.2, 3.0)] = 1.2,
    height: Annotated[float, metres(0.15, 2.0)] = 0.8,
    colour: Colour = RED,
) -> Form:
    """An upright sheet; its left edge is what is held."""
    return Form((Part(sheet(width, height, 30, 20), "cloth", colour),))


@entry("a curtain of cloth in folds", names=("drape", "drapes"), size=(0.5, 3.0), moves="cloth")
def curtain(
    width: Annotated[float, metres(0.5, 3.0)] = 1.2,
    height: Annotated[float, metres(0.5, 3.0)] = 2.0,
    folds: Annotated[int, count(0, 9)] = 6,
    colour: Colour = (0.12, 0.2, 0.45),
) -> Form:
    """An upright sheet in waves; its upper edge is what is held."""

    def folded(v: FloatArray) -> FloatArray:
        made = v.copy()
        made[:, 1] = 0.14 * width / max(folds, 1) * np.sin(2 * math.pi * folds * v[:, 0] / width)
        return made

    return Form((Part(sheet(width, height, 40, 24).shaped(folded), "cloth", colour),))


@entry("a banner that hangs down", names=("pennon", "hanging banner"), size=(0.3, 4.0), moves="cloth")
def banner(
    width: Annotated[float, metres(0.2, 1.5)] = 0.7,
    height: Annotated[float, metres(0.4, 4.0)] = 1.8,
    notch: Annotated[float, share(0.0, 0.4, "how deep its lower edge is cut, of the height")] = 0.15,
    colour: Colour = RED,
) -> Form:
    """An upright sheet with a swallow tail; its upper edge is what is held."""

    def cut(v: FloatArray) -> FloatArray:
        up = notch * (1.0 - np.abs(2 * v[:, 0] / width)) * (height - v[:, 2])
        return v + np.stack([0 * up, 0 * up, up], axis=1)

    return Form((Part(sheet(width, height, 20, 34).shaped(cut), "cloth", colour),))


def _flat(width: float, depth: float, n: int) -> Solid:
    """A sheet that lies about the origin, its upper side up."""
    return sheet(width, depth, n, n).moved(z=-depth / 2).turned(-90.0, "x")


@entry("a tablecloth, square or round", names=("table cloth",), size=(0.3, 3.6), moves="cloth")
def tablecloth(
    width: Annotated[float, metres(0.3, 3.5)] = 1.5,
    depth: Annotated[float, metres(0.3, 3.5)] = 1.5,
    outline: Literal["square", "round"] = "square",
    colour: Colour = (0.8, 0.78, 0.74),
) -> Form:
    """A sheet that lies; a round one is a square grid pressed into an ellipse."""

    def pressed(v: FloatArray) -> FloatArray:
        x, y = 2 * v[:, 0] / width, 2 * v[:, 1] / depth
        made: FloatArray = v * np.stack([np.sqrt(1 - y * y / 2), np.sqrt(1 - x * x / 2), np.ones(len(v))], axis=1)
        return made

    flat = _flat(width, depth, 34)
    return Form((Part(flat.shaped(pressed) if outline == "round" else flat, "cloth", colour),))


@entry("a towel that lies flat", names=("bath towel", "hand towel", "beach towel"), size=(0.3, 2.0), moves="cloth")
def towel(
    width: Annotated[float, metres(0.25, 1.2)] = 0.7,
    length: Annotated[float, metres(0.3, 2.0)] = 1.4,
    colour: Colour = (0.15, 0.4, 0.5),
) -> Form:
    """A long sheet that lies, longest from the front to the back."""
    lying = sheet(width, length, 18, 34).moved(z=-length / 2).turned(-90.0, "x")
    return Form((Part(lying, "cloth", colour),))


@entry("a cover of cloth that lies flat", names=("blanket", "cloth", "bedspread"), size=(0.3, 3.0), moves="cloth")
def cover(
    width: Annotated[float, metres(0.3, 3.0)] = 1.4,
    depth: Annotated[float, metres(0.3, 3.0)] = 1.4,
    colour: Colour = (0.75, 0.73, 0.68),
) -> Form:
    """A sheet that lies."""
    flat = _flat(width, depth, 32)
    return Form((Part(flat, "cloth", colour),))


@entry("a pole for a flag", names=("flag pole", "mast"), size=(0.8, 8.2), moves="fixed", shape="MESH")
def flagpole(
    height: Annotated[float, metres(0.8, 8.0)] = 2.6,
    colour: Colour = (0.6, 0.6, 0.62),
) -> Form:
    """A thin pole on a foot, with a knob."""
    thick = 0.012 * height
    parts = [cylinder(5 * thick, 2 * thick, 20), cylinder(thick, height, 14), ball(2 * thick, 14).moved(z=height)]
    flag_at = Anchor((thick, 0.0, 0.62 * height), (1.0, 0.0, 0.0))
    return Form((Part(joined(parts), "steel", colour),), {"flag": flag_at}, hulls=tuple(parts))
