"""Vessels that one drinks and pours from, and keeps things in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, bars, curve, cylinder, hoop, joined, lathe, sectors, tube
from ..stuffs import DRINKS

WHITE = (0.85, 0.84, 0.8)
Profile = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Hollow:
    """A vessel of revolution: its outside from the foot up to the rim as ``(radius, height)``, and how thick it is."""

    outside: Profile
    wall: float
    bottom: float

    @cached_property
    def inside(self) -> Profile:
        """The inner surface beside each point of the outside: by the wall inward, but not below the bottom."""
        points = np.array(self.outside)
        along = np.gradient(points, axis=0)
        along /= np.linalg.norm(along, axis=1)[:, None]
        inner = points + self.wall * np.stack([-along[:, 1], along[:, 0]], axis=1)
        inner[:, 1] = np.minimum(inner[:, 1], points[-1, 1])
        above = inner[:, 1] > self.bottom
        first = int(np.argmax(above))
        radius = float(
            np.interp(self.bottom, [inner[max(first - 1, 0), 1], inner[first, 1]], inner[[max(first - 1, 0), first], 0])
        )
        inner[:first] = (radius, self.bottom)
        return [(max(float(r), 1e-3), float(z)) for r, z in inner]

    @property
    def _skipped(self) -> int:
        """How many points of the inside lie in the same corner of the floor."""
        return sum(z == self.bottom for _, z in self.inside)

    def solid(self, n: int = 32) -> Solid:
        """The vessel as one closed mesh."""
        down = list(self.inside[max(self._skipped - 1, 0) :])[::-1]
        return lathe([*self.outside, *down, (0.0, self.bottom)], n)

    def hulls(self, bands: int = 1, n: int = 10) -> tuple[Solid, ...]:
        """Its floor, and its wall in so many bands of ``n`` convex pieces each."""
        start = max(self._skipped - 1, 0)
        picked = np.unique(np.linspace(start, len(self.outside) - 1, bands + 1).round().astype(int))
        (foot, low), (radius, high) = self.outside[0], (self.inside[start][0] + self.wall / 2, self.bottom)
        floor = lathe([(foot, low), (max(radius, foot), high)], n)
        return (floor, *walls([self.outside[i] for i in picked], self.wall, n))

    def radius(self, height: float) -> float:
        """How wide it is outside at a height, as a radius."""
        return float(np.interp(height, [z for _, z in self.outside], [r for r, _ in self.outside]))

    def drink(self, kind: str, full: float = 0.8) -> tuple[Part, ...]:
        """What it is filled with up to a share of its height; nothing for none."""
        if kind not in DRINKS:
            return ()
        start, top = max(self._skipped - 1, 0), self.bottom + full * (self.inside[-1][1] - self.bottom)
        below = [(r + 0.3 * self.wall, z) for r, z in self.inside[start:] if z < top]
        radius = float(np.interp(top, [z for _, z in self.inside[start:]], [r for r, _ in self.inside[start:]]))
        liquid = lathe([*below, (radius + 0.3 * self.wall, top)], 32)
        return (Part(liquid, "wax" if kind == "milk" else "water", DRINKS[kind]),)

    @property
    def anchors(self) -> dict[str, Anchor]:
        """Where things lie in it, and where they go in and out."""
        wide, floor = self.inside[-1], self.inside[0]
        return {
            "inside": Anchor((0.0, 0.0, self.bottom), reach=max(floor[0], 0.6 * wide[0])),
            "mouth": Anchor((0.0, 0.0, self.outside[-1][1]), reach=wide[0]),
        }

    def handle(self, low: float, high: float, reach: float) -> list[Point]:
        """The line of a handle on its right, from one height to another, that stands out so far."""
        inner, outer = self.radius(high) - self.wall / 2, self.radius((low + high) / 2) + reach
        middle, far = (low + high) / 2, max(outer, self.radius(high) + 0.7 * reach)
        span = high - low
        return curve(
            [
                (inner, 0.0, high),
                ((inner + 2 * far) / 3, 0.0, high),
                (far, 0.0, middle + 0.2 * span),
                ((self.radius(low) + 2 * far) / 3, 0.0, low + 0.12 * span),
                (self.radius(low) - self.wall / 2, 0.0, low),
            ]
        )


def walls(outside: Profile, wall: float, n: int = 10) -> tuple[Solid, ...]:
    """The convex pieces, ``n`` around, of straight walls so thick from each point of a profile to the next."""
    pieces: list[Solid] = []
    for (r, z), (far, up) in pairwise(outside):
        dr, dz = far - r, up - z
        inward, rise = -wall * dz / math.hypot(dr, dz), wall * dr / math.hypot(dr, dz)
        inner = [(max(r + inward, 0.1 * r), max(z + rise, 0.0)), (max(far + inward, 0.1 * far), up + rise)]
        pieces += sectors([(r, z), (far, up)], inner, n)
    return tuple(pieces)


def _with_handle(
    vessel: Hollow, line: list[Point], thick: float, of: str, colour: Rgb, bands: int, more: tuple[Part, ...]
) -> Form:
    """A vessel with a handle along a line."""
    bar = tube(line, thick, 10)
    pieces = bars([line[i] for i in np.linspace(0, len(line) - 1, 5).round().astype(int)], thick)
    outermost = max(line)
    return Form(
        (Part(joined([vessel.solid(), bar]), of, colour), *more),
        {**vessel.anchors, "handle": Anchor(outermost, (1.0, 0.0, 0.0))},
        hulls=(*vessel.hulls(bands), *pieces),
    )


@entry(
    "a teacup with a handle, on a saucer or without",
    names=("teacup", "coffee cup", "tea cup"),
    size=(0.06, 0.75),
    shape="COMPOUND",
)
def cup(
    height: Annotated[float, metres(0.04, 0.3)] = 0.065,
    flare: Annotated[float, share(0.4, 0.9, "how much wider its rim is than its foot")] = 0.6,
    saucer: bool = False,
    drink: Literal["none", "coffee", "tea", "milk", "water"] = "none",
    colour: Colour = WHITE,
) -> Form:
    """A round bowl that opens upward, with a looped handle."""
    h, rim, lift = height, 0.7 * height, 0.02 * height if saucer else 0.0
    foot = rim * (1.0 - 0.75 * flare)
    shape = [
        (foot, 0.0),
        (foot * 1.05, 0.05 * h),
        (rim * (1 - 0.25 * flare), 0.3 * h),
        (rim * 0.95, 0.65 * h),
        (rim, h),
    ]
    vessel = Hollow([(r, z + lift) for r, z in curve(shape, 3)], 0.035 * h + 0.0008, 0.08 * h + lift)
    line = vessel.handle(0.28 * h + lift, 0.82 * h + lift, 0.4 * h)
    form = _with_handle(vessel, line, 0.055 * h, "china", colour, 2, vessel.drink(drink))
    if not saucer:
        return form
    dish = lathe(
        [
            (0.6 * h, 0.0),
            (0.75 * h, 0.015 * h),
            (1.15 * h, 0.16 * h),
            (1.12 * h, 0.19 * h),
            (0.7 * h, 0.06 * h),
            (0.0, 0.06 * h),
        ]
    )
    hulls = (
        lathe([(0.6 * h, 0.0), (0.75 * h, 0.06 * h)], 12),
        *sectors([(0.75 * h, 0.02 * h), (1.15 * h, 0.16 * h)], [(0.7 * h, 0.05 * h), (1.12 * h, 0.19 * h)], 10),
    )
    return Form((*form.parts, Part(dish, "china", colour)), form.anchors, (*form.hulls[:27], *hulls))


@entry(
    "a mug with a handle", names=("coffee mug", "tea mug", "beer mug", "tankard"), size=(0.06, 0.7), shape="COMPOUND"
)
def mug(
    height: Annotated[float, metres(0.06, 0.5)] = 0.095,
    width: Annotated[float, metres(0.05, 0.4)] = 0.082,
    drink: Literal["none", "coffee", "tea", "milk", "water", "beer"] = "none",
    colour: Colour = (0.12, 0.3, 0.55),
) -> Form:
    """A straight hollow cylinder with a thick handle."""
    r, w = width / 2, 0.03 * width + 0.0012
    side = [(0.9 * r, 0.0), (r, 0.05 * height), *((r, f * height) for f in (0.2, 0.5, 0.8, 0.97)), (0.985 * r, height)]
    vessel = Hollow(side, w, 0.06 * height)
    line = vessel.handle(0.18 * height, 0.84 * height, 0.42 * r + 0.12 * height)
    return _with_handle(vessel, line, 0.05 * min(width, height) + 0.001, "china", colour, 1, vessel.drink(drink))


@entry("a drinking glass", names=("glass", "tumbler", "water glass"), size=(0.06, 0.6), shape="COMPOUND")
def drinking_glass(
    height: Annotated[float, metres(0.06, 0.6)] = 0.13,
    width: Annotated[float, metres(0.04, 0.3)] = 0.075,
    drink: Literal["none", "water", "milk", "juice", "tea", "wine", "beer"] = "none",
    colour: Colour = (0.9, 0.95, 0.95),
) -> Form:
    """A thin-walled tumbler, somewhat wider above, with a thick bottom."""
    low, r = 0.39 * width, width / 2
    side = [(0.96 * low, 0.0), (low, 0.02 * height), *(((1 - f) * low + f * r, f * height) for f in (0.3, 0.6, 1.0))]
    vessel = Hollow(side, 0.025 * width + 0.0005, 0.07 * height)
    return Form(
        (Part(vessel.solid(), "glass", colour), *vessel.drink(drink, 0.75)), vessel.anchors, vessel.hulls(1, 12)
    )


@entry("a wine glass on a stem", names=("wineglass", "goblet"), size=(0.1, 0.7), shape="COMPOUND")
def wine_glass(
    height: Annotated[float, metres(0.1, 0.7)] = 0.2,
    stem: Annotated[float, share(0.2, 0.6, "how much of its height the stem is")] = 0.42,
    bowl: Literal["round", "flute"] = "round",
    drink: Literal["none", "wine", "water", "juice", "beer"] = "none",
    colour: Colour = (0.9, 0.95, 0.95),
) -> Form:
    """A foot, a thin stem, and a hollow bowl that narrows to its rim."""
    h, up = height, (1 - stem) * height
    wide = min(0.21 * h, 0.42 * up) if bowl == "round" else 0.14 * h
    thin, foot = 0.02 * h, max(0.17 * h, 0.85 * wide)
    cup_shape = [(thin, 0.0), (0.75 * wide, 0.18 * up), (wide, 0.45 * up), (0.93 * wide, 0.75 * up), (0.78 * wide, up)]
    vessel = Hollow([(r, z + h - up) for r, z in curve(cup_shape, 3)], 0.006 * h + 0.0004, h - up + 0.05 * up)
    base = [(foot, 0.0), (foot, 0.012 * h), (0.3 * foot, 0.04 * h), (thin, 0.1 * h), (thin, h - up)]
    stand = [lathe([(foot, 0.0), (foot, 0.02 * h)], 12), cylinder(thin, h - up - 0.02 * h, 8).moved(z=0.02 * h)]
    solid = joined([vessel.solid(), lathe(base)])
    return Form((Part(solid, "glass", colour), *vessel.drink(drink, 0.5)), vessel.anchors, (*vessel.hulls(2), *stand))


@entry("a bottle with a neck", names=("glass bottle", "wine bottle", "beer bottle"), size=(0.1, 1.05), shape="COMPOUND")
def bottle(
    height: Annotated[float, metres(0.1, 1.0)] = 0.3,
    width: Annotated[float, share(0.15, 0.5, "of its height")] = 0.25,
    neck: Annotated[float, share(0.15, 0.5, "how much of its height the neck is")] = 0.32,
    corked: bool = False,
    label: bool = True,
    colour: Colour = (0.05, 0.2, 0.07),
) -> Form:
    """A hollow body, shoulders, and a narrow neck with a lip; with a paper label round it and a cork."""
    h, r = height, width * height / 2
    thin, shoulder = max(0.32 * r, 0.02 * h), h * (1 - neck) - 0.35 * r
    top = h * (1 - neck) + 0.45 * r
    bend = curve([(r, shoulder), (0.86 * r, shoulder + 0.3 * (top - shoulder)), (thin, top)], 4)[1:]
    lip = [(thin, 0.95 * h), (1.25 * thin, 0.955 * h), (1.25 * thin, h)]
    side = [
        (0.93 * r, 0.0),
        (r, 0.015 * h),
        (r, 0.4 * shoulder),
        (r, shoulder),
        *(p for p in bend if p[1] < 0.94 * h),
        *lip,
    ]
    vessel = Hollow(side, min(0.08 * r, 0.3 * thin), 0.03 * h)
    parts = [Part(vessel.solid(), "glass", colour)]
    if label:
        a, b = 0.3 * shoulder, 0.85 * shoulder
        parts.append(Part(hoop([(0.98 * r, a), (1.01 * r, a), (1.01 * r, b), (0.98 * r, b)]), "paper"))
    if corked:
        cork = lathe([(0.72 * thin, 0.9 * h), (0.9 * thin, 0.99 * h), (0.9 * thin, 1.04 * h)], 16)
        parts.append(Part(cork, "wood", (0.5, 0.33, 0.17)))
    picked = [side[0], side[1], (r, shoulder), (thin, min(top, 0.93 * h)), (thin, h)]
    hulls = (lathe([(0.93 * r, 0.0), (r, 0.03 * h)], 10), *walls(picked[1:], vessel.wall, 10))
    plug = (cylinder(0.9 * thin, 0.12 * h, 8).moved(z=0.92 * h),) if corked else ()
    return Form(tuple(parts), vessel.anchors, (*hulls, *plug))


@entry("a jug with a handle and a spout", names=("pitcher",), size=(0.1, 0.8), shape="COMPOUND")
def jug(
    height: Annotated[float, metres(0.1, 0.7)] = 0.22,
    belly: Annotated[float, share(0.5, 0.9, "how wide it is, of its height")] = 0.65,
    drink: Literal["none", "water", "milk", "juice", "wine", "beer"] = "none",
    of: Literal["china", "glass"] = "china",
    colour: Colour = (0.75, 0.62, 0.42),
) -> Form:
    """A hollow belly and a wider rim, drawn out to a spout on the left, with a handle on the right."""
    h, r = height, belly * height / 2
    shape = [
        (0.65 * r, 0.0),
        (0.95 * r, 0.18 * h),
        (r, 0.38 * h),
        (0.66 * r, 0.75 * h),
        (0.62 * r, 0.86 * h),
        (0.74 * r, h),
    ]
    vessel = Hollow(curve(shape, 4), 0.02 * h, 0.05 * h)
    line = vessel.handle(0.35 * h, 0.9 * h, 0.2 * h)
    form = _with_handle(vessel, line, 0.035 * h, of, colour, 2, vessel.drink(drink, 0.7))
    body = form.parts[0]

    def pour(v: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """The rim drawn to the left and a little up."""
        angle = np.arctan2(v[:, 1], -v[:, 0])
        pull = np.clip((v[:, 2] / h - 0.78) / 0.22, 0.0, 1.0) * np.exp(-((angle / 0.38) ** 2))
        return np.asarray(v + np.stack([-0.45 * r * pull, 0 * pull, 0.04 * h * pull], axis=1))

    spout = Part(body.solid.shaped(pour), body.stuff, body.color)
    lip = {**form.anchors, "spout": Anchor((-1.1 * r, 0.0, h), (-1.0, 0.0, 0.0))}
    return Form((spout, *form.parts[1:]), lip, form.hulls)


@entry("a vase for flowers", names=("flower vase", "urn", "amphora"), size=(0.1, 1.6), shape="COMPOUND")
def vase(
    height: Annotated[float, metres(0.1, 1.5)] = 0.3,
    belly: Annotated[float, share(0.3, 0.9, "how wide it is, of its height")] = 0.5,
    neck: Annotated[float, share(0.3, 0.9, "how wide its neck is, of its belly")] = 0.4,
    rim: Annotated[float, share(0.4, 1.0, "how wide its rim is, of its belly")] = 0.6,
    colour: Colour = (0.1, 0.25, 0.5),
) -> Form:
    """A hollow belly above a narrow foot, a neck, and a rim that opens."""
    h, r = height, belly * height / 2
    shape = [
        (0.5 * r, 0.0),
        (0.62 * r, 0.1 * h),
        (0.97 * r, 0.35 * h),
        (r, 0.5 * h),
        (0.75 * r, 0.7 * h),
        (neck * r, 0.85 * h),
        (rim * r, h),
    ]
    vessel = Hollow(curve(shape, 4), 0.04 * r + 0.001, 0.03 * h)
    return Form((Part(vessel.solid(), "china", colour),), vessel.anchors, vessel.hulls(3))


@entry("a jar, open or with a lid", names=("jam jar", "glass jar", "pickle jar"), size=(0.06, 0.7), shape="COMPOUND")
def jar(
    height: Annotated[float, metres(0.06, 0.6)] = 0.14,
    width: Annotated[float, share(0.45, 1.1, "of its height")] = 0.6,
    lid: bool = True,
    of: Literal["glass", "china"] = "glass",
    filling: Literal["none", "jam", "honey", "pickles"] = "none",
    colour: Colour = (0.85, 0.93, 0.93),
) -> Form:
    """A straight hollow body with short shoulders and a wide mouth, and a lid of tin."""
    h, r = height, width * height / 2
    side = [
        (0.92 * r, 0.0),
        (r, 0.04 * h),
        (r, 0.4 * h),
        (r, 0.76 * h),
        (0.95 * r, 0.83 * h),
        (0.8 * r, 0.88 * h),
        (0.8 * r, h),
    ]
    vessel = Hollow(side, 0.05 * r, 0.05 * h)
    parts = [Part(vessel.solid(), of, colour)]
    if filling != "none":
        shown: dict[str, Rgb] = {"jam": (0.35, 0.01, 0.02), "honey": (0.8, 0.4, 0.03), "pickles": (0.2, 0.3, 0.05)}
        content = lathe([(0.9 * r, 0.04 * h), (0.965 * r, 0.08 * h), (0.965 * r, 0.74 * h)])
        parts.append(Part(content, "wax", shown[filling]))
    caps = (cylinder(0.86 * r, 0.13 * h).moved(z=0.92 * h),) if lid else ()
    parts += [Part(cap, "steel", (0.6, 0.4, 0.1), share=0.1) for cap in caps]
    return Form(tuple(parts), vessel.anchors, (*vessel.hulls(2), *caps))


@entry("a teapot with a spout, a handle and a lid", names=("tea pot", "tea kettle"), size=(0.12, 1.2), shape="COMPOUND")
def teapot(
    height: Annotated[float, metres(0.08, 0.45, "of the pot without the lid")] = 0.12,
    roundness: Annotated[float, share(0.9, 1.4, "how wide it is, of its height")] = 1.25,
    of: Literal["china", "steel"] = "china",
    colour: Colour = (0.55, 0.1, 0.08),
) -> Form:
    """A round hollow pot with a lid and a knob, a handle on the right and a spout on the left."""
    h, r = height, roundness * height / 2
    shape = [
        (0.55 * r, 0.0),
        (0.6 * r, 0.04 * h),
        (0.93 * r, 0.25 * h),
        (r, 0.48 * h),
        (0.82 * r, 0.8 * h),
        (0.5 * r, h),
    ]
    vessel = Hollow(curve(shape, 4), 0.03 * h, 0.06 * h)
    line = vessel.handle(0.28 * h, 0.8 * h, 0.42 * h)
    lid = lathe(
        [(0.55 * r, 0.985 * h), (0.55 * r, 1.02 * h), (0.42 * r, 1.08 * h), (0.14 * r, 1.14 * h), (0.09 * r, 1.17 * h)]
    )
    knob = ball(0.13 * r, 16).moved(z=1.17 * h + 0.1 * r)
    start = 0.3 * h
    path: list[Point] = [
        (-0.85 * r, 0.0, start),
        (-1.2 * r, 0.0, 0.42 * h),
        (-1.42 * r, 0.0, 0.72 * h),
        (-1.75 * r, 0.0, 0.95 * h),
    ]
    bend = curve(path, 4)
    spout = tube(bend, [0.24 * r - 0.15 * r * i / (len(bend) - 1) for i in range(len(bend))], 14)
    form = _with_handle(
        vessel, line, 0.05 * h, of, colour, 2, (Part(joined([lid, knob, spout]), of, colour, share=0.4),)
    )
    cap = lathe([(0.55 * r, 0.985 * h), (0.55 * r, 1.03 * h), (0.1 * r, 1.16 * h)], 12)
    hulls = (*form.hulls, cap, knob, *bars(path, 0.13 * r))
    spots = {"inside": form.anchors["inside"], "handle": form.anchors["handle"]}
    mouth = Anchor(path[-1], (-math.sqrt(0.5), 0.0, math.sqrt(0.5)), reach=0.09 * r)
    return Form(form.parts, {**spots, "mouth": mouth}, hulls)
