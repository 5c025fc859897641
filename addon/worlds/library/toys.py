"""Toys: balls, dominoes and blocks."""

from __future__ import annotations

from typing import Annotated

from ..entry import Colour, entry, metres
from ..form import Anchor, Form, Part
from ..solids import ball as sphere
from ..solids import box

RED = (0.6, 0.04, 0.04)
IVORY = (0.82, 0.79, 0.68)


@entry("a ball of rubber", names=("rubber ball", "sphere"), size=(0.05, 2.0), shape="SPHERE")
def ball(radius: Annotated[float, metres(0.03, 1.0)] = 0.12, colour: Colour = RED) -> Form:
    """A sphere on the ground."""
    return Form((Part(sphere(radius, 32).moved(z=radius), "rubber", colour, share=0.25),))


@entry("a domino that stands on its short side", names=("domino tile", "domino stone"), size=(0.05, 1.0), shape="BOX")
def domino(height: Annotated[float, metres(0.05, 1.0)] = 0.3, colour: Colour = IVORY) -> Form:
    """A thin box, its thin side along x."""
    return Form((Part(box(0.16 * height, 0.5 * height, height), "wood", colour),))


@entry("a wooden building block", names=("building block", "cube"), size=(0.03, 1.0), shape="BOX")
def block(size: Annotated[float, metres(0.03, 1.0)] = 0.2, colour: Colour = (0.05, 0.15, 0.55)) -> Form:
    """A cube on the ground."""
    return Form((Part(box(size, size, size), "wood", colour),), {"top": Anchor((0.0, 0.0, size), reach=size / 2)})
