"""What lies and stands in kitchens: kettles, cutlery, jellies and sponges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, curve, cylinder, extruded, joined, lathe, loft, rounded, spindle, tube

STEEL = (0.56, 0.57, 0.58)
DARK = (0.03, 0.03, 0.035)


@entry("a kettle with a spout and a handle over it", names=("water kettle", "whistling kettle"), size=(0.1, 0.6))
def kettle(
    width: Annotated[float, metres(0.1, 0.4, "of its body")] = 0.2,
    height: Annotated[float, share(0.5, 1.0, "of its body, over its width")] = 0.68,
    spout: Annotated[float, share(0.3, 0.6, "how long it is, over its width")] = 0.42,
    colour: Colour = (0.62, 0.05, 0.04),
    grip: Colour = DARK,
) -> Form:
    """A round body with a lid and its knob, a spout to +x that grows thinner, and an arched handle."""
    r, h = width / 2, height * width
    side = curve([(0.88 * r, 0.0), (r, 0.1 * h), (0.98 * r, 0.4 * h), (0.72 * r, 0.82 * h), (0.45 * r, 0.97 * h)], 4)
    body = lathe([*side, (0.42 * r, h)], 40)
    lid = lathe([(0.46 * r, 0.96 * h), (0.46 * r, h), (0.3 * r, 1.04 * h), (0.0, 1.06 * h)], 32)
    knob = ball(0.11 * r, 16).moved(z=1.06 * h + 0.09 * r)
    long, tip = spout * width, (0.13 * r, 0.09 * r)
    line = curve([(0.7 * r, 0.0, 0.34 * h), (r + 0.3 * long, 0.0, 0.46 * h), (r + 0.62 * long, 0.0, 0.9 * h)], 5)
    horn = tube(line, np.linspace(0.3 * r, tip[0], len(line)).tolist(), 18)
    hole = tube([line[-2], line[-1]], [tip[1], tip[1]], 16).moved(0.01 * r, 0.0, 0.015 * r)
    way = np.array(line[-1]) - np.array(line[-2])
    x, _, z = (way / np.linalg.norm(way)).tolist()
    angles = np.linspace(math.radians(-6), math.radians(186), 15).tolist()
    top = 0.74 * h
    arch = [(0.8 * r * math.cos(a), 0.0, top + (0.4 * h + 0.45 * r) * math.sin(a)) for a in angles]
    wire = tube(arch, 0.035 * r, 10)
    hold = tube(arch[4:11], 0.085 * r, 14)
    end = line[-1]
    mouth = Anchor((end[0] + 0.01 * r, 0.0, end[2] + 0.015 * r), (x, 0.0, z), tip[1])
    parts = (
        Part(joined([body, horn, lid]), "steel", colour, share=0.06),
        Part(wire, "steel"),
        Part(joined([hold, knob, hole]), "plastic", grip),
    )
    off = -0.3 * long
    moved = tuple(Part(p.solid.moved(x=off), p.stuff, p.color, p.glow, p.share) for p in parts)
    at = mouth.at
    anchors = {
        "mouth": Anchor((at[0] + off, 0.0, at[2]), mouth.out, mouth.reach),
        "handle": Anchor((off, 0.0, top + 0.4 * h + 0.5 * r)),
    }
    return Form(moved, anchors)


@entry(
    "a jelly that wobbles",
    names=("pudding", "gelatin", "blancmange", "wobbly jelly", "jello"),
    size=(0.06, 1.5),
    moves="soft",
)
def jelly(
    width: Annotated[float, metres(0.06, 1.5)] = 0.2,
    height: Annotated[float, share(0.4, 1.0, "over its width")] = 0.62,
    flutes: Annotated[int, count(6, 12, "bulges around it")] = 9,
    colour: Colour = (0.75, 0.03, 0.06),
) -> Form:
    """A dome out of a mould: round bulges around its side, a step, and a smaller dome on it with a dent at its top."""
    profile = [
        (0.0, 0.0),
        (0.3, 0.0),
        (0.6, 0.0),
        (0.84, 0.0),
        (0.97, 0.03),
        (1.0, 0.1),
        (0.98, 0.22),
        (0.95, 0.34),
        (0.9, 0.45),
    ]
    profile += [
        (0.82, 0.54),
        (0.7, 0.59),
        (0.66, 0.66),
        (0.64, 0.76),
        (0.58, 0.87),
        (0.46, 0.96),
        (0.3, 1.0),
        (0.14, 0.97),
        (0.0, 0.94),
    ]
    r = width / 2 / 1.001
    whole = lathe([(r * a, z * height * width) for a, z in profile], 4 * flutes)

    def fluted(v: FloatArray) -> FloatArray:
        turn, z = np.arctan2(v[:, 1], v[:, 0]), v[:, 2] / (height * width)
        far = np.hypot(v[:, 0], v[:, 1]) / r
        deep = 0.11 * np.clip(far / 0.6, 0.0, 1.0) ** 3 * np.where(z > 0.6, 0.55, 1.0)
        factor = 1.0 - deep * (0.5 - 0.5 * np.cos(flutes * turn))
        return v * np.stack([factor, factor, np.ones(len(v))], axis=1)

    top = Anchor((0.0, 0.0, 0.94 * height * width), reach=0.2 * r)
    return Form((Part(whole.shaped(fluted), "fruit", colour),), {"top": top})


def _lattice(*cells: int) -> Solid:
    """A cube from -1 to 1 whose sides are grids of so many cells along x, y and z."""
    numbers: dict[tuple[int, ...], int] = {}
    faces: list[tuple[int, ...]] = []
    for axis in range(3):
        j, k = (axis + 1) % 3, (axis + 2) % 3
        for end, a, b in product((0, cells[axis]), range(cells[j]), range(cells[k])):
            corners = []
            for da, db in ((0, 0), (1, 0), (1, 1), (0, 1)):
                place = [0, 0, 0]
                place[axis], place[j], place[k] = end, a + da, b + db
                corners.append(numbers.setdefault(tuple(place), len(numbers)))
            faces.append(tuple(corners if end else corners[::-1]))
    return Solid(2.0 * np.array(list(numbers)) / np.array(cells) - 1.0, tuple(faces))


@entry("a sponge with pores", names=("bath sponge", "kitchen sponge", "dish sponge"), size=(0.05, 1.0), moves="soft")
def sponge(
    length: Annotated[float, metres(0.05, 1.0)] = 0.14,
    depth: Annotated[float, share(0.4, 1.0, "over its length")] = 0.65,
    height: Annotated[float, share(0.2, 0.6, "over its length")] = 0.32,
    pores: Annotated[float, share(0.0, 1.0, "how many and deep they are")] = 0.6,
    colour: Colour = (0.85, 0.6, 0.08),
    seed: Seed = 0,
) -> Form:
    """A box with round edges, one closed mesh, with dents all over it."""
    rng = np.random.default_rng(seed)
    whole = _lattice(14, 10, 5).shaped(lambda v: v / (np.abs(v) ** 9).sum(axis=1, keepdims=True) ** (1 / 9))
    out = np.sign(whole.vertices) * np.abs(whole.vertices) ** 7
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    deep = 0.14 * height * length * pores * rng.uniform(0.4, 1.0, (len(out), 1)) * (rng.random((len(out), 1)) < 0.25)
    body = whole.scaled(length / 2, depth * length / 2, height * length / 2).shaped(lambda v: v - deep * out)
    body = body.standing()
    return Form(
        (Part(body, "foam", colour),), {"top": Anchor((0.0, 0.0, float(body.high[2])), reach=0.3 * depth * length)}
    )


Metal = Literal["steel", "silver", "gold", "wood", "plastic"]
"""What cutlery is of."""

METALS: dict[str, tuple[str, Rgb | None]] = {
    "steel": ("steel", None),
    "silver": ("steel", (0.78, 0.77, 0.73)),
    "gold": ("brass", (0.8, 0.5, 0.1)),
    "wood": ("wood", None),
    "plastic": ("plastic", (0.8, 0.8, 0.78)),
}

Cut = tuple[float, float, float, float]
"""A cross-section of cutlery: y, half its width, the height of its middle, and how much its rims are above that."""

HANDLE = (
    (0.0, 0.028, 0.1, 0.0),
    (0.16, 0.024, 0.11, 0.0),
    (0.36, 0.038, 0.09, 0.0),
    (0.47, 0.04, 0.065, 0.0),
    (0.495, 0.028, 0.06, 0.0),
    (0.5, 0.01, 0.06, 0.0),
)
"""The cross-sections of a spoon's and a fork's handle."""


def _bent(cuts: Sequence[Cut], thick: float) -> Solid:
    """A bar along y through cross-sections, hollow above where its rims are raised."""
    rings: list[list[Point]] = []
    ways = np.linspace(-1.0, 1.0, 7).tolist()
    for y, w, z, up in cuts:
        low = [(-s * w, y, z + up * s * s) for s in ways]
        high = [(s * 0.96 * w, y, z + up * s * s + thick) for s in ways]
        rings.append([*low, *high])
    return loft(rings)


def _smooth(cuts: Sequence[Cut]) -> list[Cut]:
    """More cross-sections between those given."""
    first = curve([(y, w, z) for y, w, z, _ in cuts], 4)
    second = curve([(y, up) for y, _, _, up in cuts], 4)
    return [(y, max(w, 0.002), z, max(up, 0.0)) for (y, w, z), (_, up) in zip(first, second, strict=True)]


def _cutlery(solids: Sequence[Solid], length: float, of: Metal) -> Form:
    """Cutlery that is built over a length of 1, its handle to the back."""
    whole = joined(solids)
    whole = whole.moved(y=-float(whole.low[1] + whole.high[1]) / 2, z=-float(whole.low[2]))
    whole = whole.scaled(length / float(whole.high[1] - whole.low[1]))
    stuff, color = METALS[of]
    handle = Anchor((0.0, 0.4 * length, float(whole.high[2])), (0.0, 1.0, 0.0))
    return Form((Part(whole, stuff, color),), {"handle": handle})


@entry("a spoon with an oval bowl", names=("teaspoon", "tablespoon", "soup spoon", "wooden spoon"), size=(0.07, 0.8))
def spoon(
    length: Annotated[float, metres(0.08, 0.8)] = 0.19,
    width: Annotated[float, share(0.14, 0.34, "of its bowl, over its length")] = 0.22,
    of: Metal = "steel",
) -> Form:
    """A hollow oval bowl to the front, and a handle that rises from it and bends down to its end."""
    bowl = [(-0.5, 0.05, 0.05, 0.0), (-0.49, 0.22, 0.035, 0.01), (-0.45, 0.38, 0.015, 0.03), (-0.35, 0.5, 0.0, 0.05)]
    bowl += [(-0.25, 0.46, 0.005, 0.05), (-0.16, 0.28, 0.035, 0.032), (-0.1, 0.13, 0.072, 0.008)]
    return _cutlery([_bent(_smooth([*((y, w * width, z, up) for y, w, z, up in bowl), *HANDLE]), 0.012)], length, of)


@entry("a fork with tines", names=("dinner fork", "table fork", "dessert fork"), size=(0.08, 0.8))
def fork(
    length: Annotated[float, metres(0.08, 0.8)] = 0.2,
    width: Annotated[float, share(0.1, 0.24, "of its head, over its length")] = 0.14,
    tines: Annotated[int, count(2, 5)] = 4,
    of: Metal = "steel",
) -> Form:
    """Curved tines to the front on a head, and a handle that rises from it and bends down to its end."""
    head = [(-0.26, 0.5, 0.0, 0.01), (-0.22, 0.5, 0.012, 0.012), (-0.16, 0.36, 0.045, 0.012), (-0.1, 0.14, 0.08, 0.004)]
    each = width / (1.7 * tines - 0.7)
    line = [
        (-0.5, 0.14, 0.055, 0.0),
        (-0.48, 0.3, 0.04, 0.0),
        (-0.4, 0.45, 0.008, 0.0),
        (-0.32, 0.5, -0.004, 0.0),
        (-0.25, 0.5, 0.003, 0.0),
    ]
    tine = _bent(_smooth([(y, w * each, z, up) for y, w, z, up in line]), 0.013)
    row = [tine.moved(1.7 * each * (i - (tines - 1) / 2)) for i in range(tines)]
    return _cutlery(
        [_bent(_smooth([*((y, w * width, z, up) for y, w, z, up in head), *HANDLE]), 0.012), *row], length, of
    )


BLADES = {
    "table": [
        (0.035, -0.02),
        (0.035, -0.36),
        (0.03, -0.44),
        (0.012, -0.49),
        (-0.012, -0.5),
        (-0.03, -0.46),
        (-0.032, -0.02),
    ],
    "kitchen": [
        (0.05, -0.02),
        (0.05, -0.1),
        (0.035, -0.28),
        (0.0, -0.43),
        (-0.045, -0.52),
        (-0.052, -0.5),
        (-0.052, -0.02),
    ],
    "bread": [
        (0.03, -0.02),
        *((0.03 + 0.006 * (i % 2), -0.04 - 0.02 * i) for i in range(22)),
        (0.0, -0.5),
        (-0.03, -0.5),
        (-0.03, -0.02),
    ],
}
"""Outlines of blades in x and y, their edge to +x."""


@entry("a knife with a handle", names=("kitchen knife", "table knife", "butter knife", "bread knife"), size=(0.08, 0.9))
def knife(
    length: Annotated[float, metres(0.08, 0.9)] = 0.24,
    kind: Literal["table", "kitchen", "bread"] = "kitchen",
    handle: Colour = (0.05, 0.035, 0.03),
    colour: Colour = STEEL,
) -> Form:
    """A flat blade to the front with its edge to +x, in a handle with rivets."""
    blade = extruded(BLADES[kind][::-1], 0.008).moved(z=0.011)
    bolster = rounded(0.062, 0.03, 0.028, 0.006).moved(0.0, -0.012, 0.001)
    grip = spindle(
        [(0.0, 0.0, 0.0), (0.0, 0.12, 0.0), (0.0, 0.28, 0.0), (0.0, 0.42, 0.0)],
        [(0.028, 0.014), (0.031, 0.015), (0.028, 0.015), (0.034, 0.015)],
        16,
    )
    grip = grip.moved(z=-float(grip.low[2]))
    rivets = [cylinder(0.007, 0.031, 12).moved(0.0, y, 0.0) for y in (0.08, 0.2, 0.32)]
    metal, wood = joined([blade, bolster, *rivets]), grip
    low, high = float(metal.low[1]), float(grip.high[1])
    by = length / (high - low)

    def placed(s: Solid) -> Solid:
        return s.moved(y=-(low + high) / 2).scaled(by)

    parts = (Part(placed(metal), "steel", colour), Part(placed(wood), "wood", handle))
    return Form(parts, {"handle": Anchor((0.0, 0.35 * length, 0.03 * by), (0.0, 1.0, 0.0))})
