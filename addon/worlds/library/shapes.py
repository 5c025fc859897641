"""Plain bodies: cones, cylinders, pyramids and rings. Balls and cubes are with the toys."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from .. import solids
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part

Matter = Literal["plastic", "wood", "stone", "steel", "rubber", "glass", "ice"]
"""What a plain body is of."""


@entry("a cone with a round foot", names=("plain cone", "round cone"), size=(0.02, 6.0), shape="CONE")
def cone(
    width: Annotated[float, metres(0.02, 4.0)] = 0.4,
    height: Annotated[float, metres(0.02, 6.0)] = 0.5,
    of: Matter = "plastic",
    colour: Colour = (0.8, 0.4, 0.03),
) -> Form:
    """An upright solid cone."""
    return Form((Part(solids.cone(width / 2, height, 48), of, colour),), {"top": Anchor((0.0, 0.0, height))})


@entry("an upright cylinder", names=("round post", "roller"), size=(0.02, 6.0), shape="CYLINDER")
def cylinder(
    width: Annotated[float, metres(0.02, 4.0)] = 0.3,
    height: Annotated[float, metres(0.02, 6.0)] = 0.5,
    of: Matter = "plastic",
    colour: Colour = (0.05, 0.25, 0.6),
) -> Form:
    """An upright solid cylinder."""
    top = Anchor((0.0, 0.0, height), reach=width / 2)
    return Form((Part(solids.cylinder(width / 2, height, 48), of, colour),), {"top": top})


@entry("a pyramid with flat sides", names=("square pyramid", "egyptian pyramid"), size=(0.029, 32.5))
def pyramid(
    width: Annotated[float, metres(0.03, 20.0)] = 0.5,
    height: Annotated[float, share(0.3, 1.6, "over its width")] = 0.7,
    sides: Annotated[int, count(3, 6)] = 4,
    of: Matter = "stone",
    colour: Colour = (0.6, 0.45, 0.22),
) -> Form:
    """A solid with flat sides that meet in one point."""
    whole = solids.lathe([(1.0, 0.0), (0.0, 1.0)], sides).turned(90 + 180 / sides)
    by = width / float((whole.high - whole.low)[:2].max())
    body = whole.scaled(by, by, height * width)
    return Form((Part(body, of, colour),), {"top": Anchor((0.0, 0.0, height * width))})


@entry(
    "a ring: a bar bent round",
    names=("torus", "hoop", "gymnastic ring", "quoit", "hula hoop"),
    size=(0.02, 4.1),
    shape="COMPOUND",
)
def ring(
    width: Annotated[float, metres(0.02, 4.0, "over all")] = 0.4,
    thickness: Annotated[float, share(0.02, 0.35, "of its bar, over its width")] = 0.14,
    upright: bool = False,
    of: Matter = "plastic",
    colour: Colour = (0.75, 0.05, 0.05),
) -> Form:
    """A round bar bent to a ring that lies flat, or stands upright, seen from the front."""
    bar = thickness * width / 2
    r, n = width / 2 - bar, 16
    path = [(r * math.cos(2 * math.pi * i / n), r * math.sin(2 * math.pi * i / n), 0.0) for i in range(n + 1)]
    whole, hulls = solids.ring(r, bar, 56, 20), solids.bars(path, 0.98 * bar, 10)

    def placed(solid: solids.Solid) -> solids.Solid:
        return solid.turned(90, "x").moved(z=width / 2) if upright else solid.moved(z=bar)

    middle = (0.0, 0.0, width / 2 if upright else bar)
    anchors = {"mouth": Anchor(middle, (0.0, -1.0, 0.0) if upright else (0.0, 0.0, 1.0), r - bar)}
    if upright:
        anchors["top"] = Anchor((0.0, 0.0, width))
    return Form((Part(placed(whole), of, colour),), anchors, hulls=tuple(placed(h) for h in hulls))
