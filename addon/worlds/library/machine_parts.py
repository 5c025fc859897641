"""Parts of machines: what things roll down and stand on."""

from __future__ import annotations

from typing import Annotated

from ..entry import Colour, entry, metres
from ..form import Anchor, Form, Part
from ..solids import Solid, box, joined, loft

WOOD = (0.45, 0.28, 0.13)
LIP = 0.01
"""How high the lower edge of a ramp is, in m."""


def _wedge(length: float, width: float, height: float) -> Solid:
    """A block that slopes from its height at -x down to `LIP` at +x."""
    x, y = length / 2, width / 2
    side = [(x, 0.0), (x, LIP), (-x, height), (-x, 0.0)]
    return loft([[(a, y, b) for a, b in side], [(a, -y, b) for a, b in side]])


@entry("a wedge to roll down, towards +x", names=("slope", "incline"), size=(0.3, 6.5), moves="fixed", shape="MESH")
def ramp(
    length: Annotated[float, metres(0.3, 6.0)] = 1.6,
    width: Annotated[float, metres(0.1, 2.0)] = 0.5,
    height: Annotated[float, metres(0.05, 2.0)] = 0.6,
    rails: bool = False,
    colour: Colour = WOOD,
) -> Form:
    """A wedge, with rails along its sides on request."""
    parts = [_wedge(length, width, height)]
    if rails:
        rail = _wedge(length, 0.03, height)
        raised = Solid(rail.vertices + [0.0, 0.0, 0.1] * (rail.vertices[:, 2:] > 0.0), rail.faces)
        parts += [raised.moved(y=s * (width / 2 + 0.014)) for s in (-1, 1)]
    start = min(0.15, length / 4)
    top = Anchor((-length / 2 + start, 0.0, height - start * (height - LIP) / length), reach=0.1)
    return Form(
        (Part(joined(parts), "wood", colour),), {"top": top, "foot": Anchor((length / 2, 0.0, 0.0), (1.0, 0.0, 0.0))}
    )


@entry("a flat box to stand things on", names=("pedestal", "podium"), size=(0.1, 4.0), moves="fixed", shape="BOX")
def platform(
    width: Annotated[float, metres(0.1, 4.0)] = 1.0,
    depth: Annotated[float, metres(0.1, 4.0)] = 1.0,
    height: Annotated[float, metres(0.02, 2.0)] = 0.3,
    colour: Colour = (0.35, 0.35, 0.37),
) -> Form:
    """A box on the ground."""
    top = Anchor((0.0, 0.0, height), reach=min(width, depth) / 2)
    return Form((Part(box(width, depth, height), "stone", colour),), {"top": top})


@entry("a long board of wood", names=("board",), size=(0.2, 5.0), shape="BOX")
def plank(
    length: Annotated[float, metres(0.2, 5.0)] = 1.5,
    width: Annotated[float, metres(0.05, 0.8)] = 0.2,
    thickness: Annotated[float, metres(0.01, 0.1)] = 0.03,
    colour: Colour = WOOD,
) -> Form:
    """A flat box along x."""
    top = Anchor((0.0, 0.0, thickness), reach=width / 2)
    return Form((Part(box(length, width, thickness), "wood", colour),), {"top": top})


@entry("a plain wall", names=("barrier",), size=(0.2, 12.0), moves="fixed", shape="BOX")
def wall(
    length: Annotated[float, metres(0.2, 12.0)] = 2.0,
    height: Annotated[float, metres(0.1, 4.0)] = 1.0,
    thickness: Annotated[float, metres(0.03, 0.6)] = 0.12,
    colour: Colour = (0.35, 0.11, 0.06),
) -> Form:
    """An upright box along x."""
    top = Anchor((0.0, 0.0, height), reach=thickness / 2)
    return Form((Part(box(length, thickness, height), "brick", colour),), {"top": top})
