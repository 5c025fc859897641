"""Cloth: flags, curtains and covers, and the poles that hold them."""

from __future__ import annotations

from typing import Annotated

from ..entry import Colour, entry, metres
from ..form import Anchor, Form, Part
from ..solids import ball, cylinder, joined, sheet

RED = (0.55, 0.03, 0.03)


@entry("a flag of cloth", names=("pennant",), size=(0.2, 3.0), moves="cloth")
def flag(
    width: Annotated[float, metres(0.2, 3.0)] = 1.2,
    height: Annotated[float, metres(0.15, 2.0)] = 0.8,
    colour: Colour = RED,
) -> Form:
    """An upright sheet; its left edge is what is held."""
    return Form((Part(sheet(width, height, 30, 20), "cloth", colour),))


@entry("a curtain of cloth", names=("drape",), size=(0.5, 3.0), moves="cloth")
def curtain(
    width: Annotated[float, metres(0.5, 3.0)] = 1.2,
    height: Annotated[float, metres(0.5, 3.0)] = 2.0,
    colour: Colour = (0.12, 0.2, 0.45),
) -> Form:
    """An upright sheet."""
    return Form((Part(sheet(width, height, 24, 32), "cloth", colour),))


@entry("a cover of cloth that lies flat", names=("tablecloth", "blanket", "cloth"), size=(0.3, 3.0), moves="cloth")
def cover(
    width: Annotated[float, metres(0.3, 3.0)] = 1.4,
    depth: Annotated[float, metres(0.3, 3.0)] = 1.4,
    colour: Colour = (0.75, 0.73, 0.68),
) -> Form:
    """A sheet that lies."""
    flat = sheet(width, depth, 32, 32).moved(z=-depth / 2).turned(-90.0, "x")
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
