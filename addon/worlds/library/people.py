"""Figures that stand upright: people, robots and scarecrows."""

from __future__ import annotations

import math
from typing import Annotated, Literal, NamedTuple

import numpy as np

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import (
    Point,
    Solid,
    ball,
    box,
    curve,
    cylinder,
    egg,
    flakes,
    joined,
    lathe,
    loft,
    ring,
    rounded,
    spindle,
    tube,
)
from .animals import DARK
from .trees import shade

SKIN = (0.6, 0.35, 0.25)


class Looks(NamedTuple):
    """What a person wears and how the hair is."""

    shirt: Rgb
    trousers: Rgb
    hair: Rgb
    skin: Rgb
    long_hair: bool
    skirt: bool


def _person(height: float, stout: float, head: float, pose: str, looks: Looks) -> Form:
    """A person whose head is a share of the height: legs, trunk, arms, head, hair and shoes."""
    top = 1.0 - head
    hips, chest, wide = 0.53 * top, 0.93 * top, 0.115 * stout**0.5
    thick = 0.8 + 0.2 * stout

    def limb(path: list[Point], sizes: list[float], n: int = 10) -> Solid:
        return spindle(path, [(thick * r, thick * r) for r in sizes], n)

    trousers, shoes, sleeves, hands = [], [], [], []
    for s in (-1, 1):
        x = s * 0.055 * thick
        trousers.append(
            limb([(x, 0, hips + 0.01), (1.1 * x, 0, 0.52 * hips), (1.1 * x, 0.01, 0.07)], [0.052, 0.042, 0.032])
        )
        shoes.append(
            spindle(
                [(1.1 * x, 0.03, 0.028), (1.1 * x, -0.03, 0.03), (1.15 * x, -0.085, 0.022)],
                [(0.03, 0.028), (0.034, 0.03), (0.028, 0.02)],
                10,
            )
        )
        arm = _arm(s, pose, wide, chest, top)
        sizes = [thick * r for r, _ in curve([(0.033, 0.0), (0.029, 0.0), (0.022, 0.0)], 3)]
        sleeves += [tube(curve(arm, 3), sizes, 10), ball(0.034 * thick, 10).moved(*arm[0])]
        hands.append(ball(0.029 * thick, 10).scaled(0.9, 0.8, 1.2).moved(*arm[-1]))
    trunk = spindle(
        [(0, 0, hips), (0, 0, hips + 0.25 * (chest - hips)), (0, 0, hips + 0.72 * (chest - hips)), (0, 0, chest)],
        [(0.095 * stout, 0.066 * stout), (0.09 * stout, 0.066 * stout), (wide, 0.07 * stout), (0.8 * wide, 0.05)],
        16,
    )
    waist = spindle([(0, 0, hips - 0.03), (0, 0, hips + 0.045)], [(0.099 * stout, 0.07 * stout)] * 2, 14)
    if looks.skirt:
        flare = lathe([(0.155 * stout, 0.3 * hips), (0.098 * stout, hips + 0.05), (0.03, hips + 0.06)], 18)
        waist = joined([waist, flare.scaled(1.0, 0.8, 1.0)])
    neck = tube([(0, 0, chest - 0.02), (0, -0.005, top + 0.25 * head)], 0.036 * thick, 10)
    skull = egg(0.72 * head, 0.8 * head, head, 18).moved(0.0, -0.005, top + 0.5 * head)
    nose = egg(0.12 * head, 0.14 * head, 0.18 * head, 8).moved(0.0, -0.4 * head, top + 0.45 * head)
    ears = [
        egg(0.1 * head, 0.18 * head, 0.24 * head, 8).moved(s * 0.36 * head, 0.0, top + 0.48 * head) for s in (-1, 1)
    ]
    eyes = [ball(0.055 * head, 8).moved(s * 0.15 * head, -0.36 * head, top + 0.57 * head) for s in (-1, 1)]
    parts = [
        Part(joined([trunk, *sleeves]), "cloth", looks.shirt, share=1.0),
        Part(joined([waist, *([] if looks.skirt else trousers)]), "cloth", looks.trousers),
        Part(joined([neck, skull, nose, *ears, *hands, *(trousers if looks.skirt else [])]), "flesh", looks.skin),
        Part(_hair(top, head, looks.long_hair), "fur", looks.hair),
        Part(joined(shoes), "leather", (0.05, 0.035, 0.03)),
        Part(joined([*eyes, _mouth(top, head)]), "glass", DARK),
    ]
    form = Form(tuple(parts))
    k, low = height / float(form.high[2] - form.low[2]), float(form.low[2])
    made = tuple(Part(p.solid.moved(z=-low).scaled(k), p.stuff, p.color, p.glow, p.share) for p in parts)
    hand = _arm(1, pose, wide, chest, top)[-1]
    anchors = {
        "head": Anchor((0.0, 0.0, height), reach=0.3 * head * k),
        "hand": Anchor((k * hand[0], k * hand[1], k * (hand[2] - low)), (0.0, -1.0, 0.0), reach=0.04 * k),
    }
    return Form(made, anchors)


def _arm(side: int, pose: str, wide: float, chest: float, top: float) -> list[Point]:
    """The shoulder, the elbow and the hand of an arm."""
    x, z, long = 0.94 * side * wide, chest - 0.03, 0.385 * top
    if pose == "arms out":
        return [(x, 0, z), (x + side * 0.5 * long, 0, z - 0.01), (x + side * long, -0.01, z)]
    if pose == "waving" and side > 0:
        return [(x, 0, z), (x + 0.38 * long, 0, z + 0.14 * long), (x + 0.48 * long, -0.02, z + 0.62 * long)]
    if pose == "walking":
        return [(x, 0, z), (x + 0.02 * side, side * 0.06, z - 0.48 * long), (x, side * 0.1 - 0.05, z - 0.92 * long)]
    return [(x, 0, z), (x + side * 0.035, 0.012, z - 0.5 * long), (x + side * 0.035, -0.025, z - long)]


def _hair(top: float, head: float, long: bool) -> Solid:
    """A cap of hair on a head, down to the shoulders where it is long."""
    cap = egg(0.8 * head, 0.86 * head, 0.8 * head, 16).moved(0.0, 0.03 * head, top + 0.64 * head)
    rim = top + 0.62 * head

    def fringe(
        v: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        made = v.copy()
        low = rim + np.clip(-v[:, 1] / head, 0.0, 0.4) * 0.4 * head - np.clip(v[:, 1] / head, 0.0, 0.4) * 0.8 * head
        made[:, 2] = np.maximum(v[:, 2], low)
        return made

    hair = cap.shaped(fringe)
    if not long:
        return hair
    fall = spindle(
        [(0, 0.22 * head, top + 0.75 * head), (0, 0.3 * head, top + 0.3 * head), (0, 0.3 * head, top - 0.28 * head)],
        [(0.3 * head, 0.15 * head), (0.4 * head, 0.16 * head), (0.3 * head, 0.07 * head)],
        12,
    )
    return joined([hair, fall])


def _mouth(top: float, head: float) -> Solid:
    turns = (-0.5, -0.25, 0.0, 0.25, 0.5)
    path = [
        (0.3 * head * math.sin(a), -0.335 * head * math.cos(0.8 * a), top + head * (0.25 + 0.12 * a * a)) for a in turns
    ]
    return tube(path, 0.018 * head, 5)


@entry("a person who stands", names=("man", "human", "adult", "figure", "people"), size=(0.8, 2.3))
def person(
    height: Annotated[float, metres(0.8, 2.2)] = 1.75,
    stout: Annotated[float, share(0.8, 1.5, "how stout")] = 1.0,
    pose: Literal["standing", "arms out", "waving"] = "standing",
    colour: Colour = (0.08, 0.2, 0.5),
    trousers: Colour = (0.05, 0.055, 0.08),
    hair: Colour = (0.06, 0.03, 0.015),
    skin: Colour = SKIN,
) -> Form:
    """An adult in a shirt, trousers and shoes."""
    return _person(height, stout, 0.135, pose, Looks(colour, trousers, hair, skin, False, False))


@entry("a woman who stands", names=("lady",), size=(0.8, 2.3))
def woman(
    height: Annotated[float, metres(0.8, 2.1)] = 1.66,
    stout: Annotated[float, share(0.8, 1.5, "how stout")] = 0.92,
    pose: Literal["standing", "arms out", "waving"] = "standing",
    dress: bool = True,
    colour: Colour = (0.6, 0.05, 0.1),
    hair: Colour = (0.16, 0.07, 0.02),
    skin: Colour = SKIN,
) -> Form:
    """An adult with long hair, in a dress or in trousers."""
    lower = colour if dress else (0.05, 0.055, 0.08)
    return _person(height, stout, 0.135, pose, Looks(colour, lower, hair, skin, True, dress))


@entry("a child who stands", names=("boy", "girl", "kid", "toddler"), size=(0.5, 1.7))
def child(
    height: Annotated[float, metres(0.6, 1.5)] = 1.1,
    pose: Literal["standing", "arms out", "waving"] = "standing",
    colour: Colour = (0.85, 0.5, 0.03),
    trousers: Colour = (0.06, 0.12, 0.3),
    hair: Colour = (0.3, 0.16, 0.04),
    skin: Colour = SKIN,
) -> Form:
    """A figure with a larger head, the more so the smaller it is."""
    head = 0.15 + 0.06 * (1.5 - height)
    return _person(height, 1.08, head, pose, Looks(colour, trousers, hair, skin, False, False))


@entry("a robot with shining eyes", names=("android", "toy robot", "machine man"), size=(0.1, 2.6))
def robot(
    height: Annotated[float, metres(0.1, 2.5)] = 1.2,
    below: Literal["legs", "tracks"] = "legs",
    antenna: bool = True,
    colour: Colour = (0.5, 0.53, 0.56),
    eyes: Colour = (0.1, 0.8, 1.0),
) -> Form:
    """A box of a trunk with dials, jointed arms with pincers, a head with shining eyes, on legs or tracks."""
    dark = shade(colour, 0.3)
    shell = [rounded(0.34, 0.22, 0.32, 0.03).moved(z=0.36), rounded(0.25, 0.2, 0.18, 0.03).moved(z=0.72)]
    joints = [cylinder(0.05, 0.06, 14).moved(z=0.67)]
    for s in (-1, 1):
        joints.append(ball(0.05, 12).moved(s * 0.19, 0.0, 0.62))
        arm: list[Point] = [(s * 0.2, 0, 0.62), (s * 0.235, 0, 0.5), (s * 0.235, -0.02, 0.46)]
        joints.append(tube(arm, 0.026, 10))
        shell.append(tube([(s * 0.235, -0.015, 0.5), (s * 0.235, -0.12, 0.36)], (0.038, 0.045), 12))
        joints += [box(0.018, 0.025, 0.07).turned(38, "x").moved(s * 0.235 + t * 0.026, -0.118, 0.31) for t in (-1, 1)]
    if below == "legs":
        for s in (-1, 1):
            joints.append(tube([(s * 0.09, 0, 0.4), (s * 0.09, 0, 0.05)], 0.03, 10))
            shell += [
                rounded(0.1, 0.11, 0.16, 0.02).moved(s * 0.09, 0.0, 0.12),
                rounded(0.13, 0.2, 0.07, 0.02).moved(s * 0.09, -0.03),
            ]
    else:
        shell.append(rounded(0.2, 0.22, 0.14, 0.02).moved(z=0.24))
        for s in (-1, 1):
            joints.append(_track(0.42, 0.17, 0.1).moved(s * 0.16, 0.0, 0.0))
            shell += [
                cylinder(0.05, 0.12, 14).turned(90, "y").moved(s * 0.16 - 0.06, y, 0.085) for y in (-0.13, 0.0, 0.13)
            ]
            shell.append(box(0.1, 0.16, 0.12).moved(s * 0.09, 0.0, 0.15))
    panel = rounded(0.22, 0.03, 0.16, 0.01).moved(0.0, -0.11, 0.46)
    dials = [cylinder(0.022, 0.02, 12).turned(90, "x").moved(x, -0.118, 0.575) for x in (-0.06, 0.0, 0.06)]
    dials += [box(0.14, 0.014, 0.016).moved(0.0, -0.125, z) for z in (0.49, 0.515)]
    lamps = [cylinder(0.034, 0.03, 16).turned(90, "x").moved(s * 0.06, -0.09, 0.83) for s in (-1, 1)]
    grille = [box(0.1, 0.012, 0.012).moved(0.0, -0.102, z) for z in (0.745, 0.765)]
    if antenna:
        joints.append(tube([(0, 0, 0.88), (0, 0, 0.98)], 0.009, 8))
        lamps.append(ball(0.022, 10).moved(z=0.98))
    parts = [
        Part(joined(shell), "steel", colour, share=0.14),
        Part(joined([*joints, *grille]), "steel", dark, share=0.14),
        Part(panel, "plastic", shade(colour, 1.35)),
        Part(joined([*lamps, *dials]), "plastic", eyes, glow=2.0),
    ]
    k = height / float(Form(tuple(parts)).high[2])
    made = tuple(Part(p.solid.scaled(k), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(made, {"head": Anchor((0.0, 0.0, 0.9 * k), reach=0.1 * k)})


def _track(long: float, high: float, wide: float) -> Solid:
    """A belt around wheels, standing along y."""
    r, half = high / 2, (long - high) / 2
    turns = np.linspace(-math.pi / 2, math.pi / 2, 9).tolist()
    front = [(-half - r * math.cos(a), r + r * math.sin(a)) for a in turns]
    back = [(half + r * math.cos(a), r - r * math.sin(a)) for a in turns]
    outline = [*front, *back]
    return loft([[(x, y, z) for y, z in outline] for x in (wide / 2, -wide / 2)])


@entry("a scarecrow on a pole", names=("straw man",), size=(0.8, 3.0), moves="fixed", shape="MESH")
def scarecrow(
    height: Annotated[float, metres(0.8, 2.8)] = 1.9,
    straws: Annotated[int, count(10, 60, "in each sleeve and leg")] = 26,
    colour: Colour = (0.35, 0.06, 0.04),
    trousers: Colour = (0.07, 0.1, 0.2),
    hat: Colour = (0.3, 0.2, 0.08),
    seed: Seed = 0,
) -> Form:
    """A cross of poles in a coat and trousers, with straw out of them, a sack of a head and a hat."""
    draw = np.random.default_rng(seed)
    pole = tube([(0, 0.02, 0), (0, 0.02, 0.05), (0, 0.02, 0.8)], 0.018, 8)
    across = tube([(-0.42, 0.02, 0.66), (0.42, 0.02, 0.66)], 0.014, 8)
    coat = spindle(
        [(0, 0, 0.38), (0, 0, 0.52), (0, 0, 0.66), (0, 0, 0.71)],
        [(0.13, 0.09), (0.1, 0.08), (0.12, 0.08), (0.07, 0.06)],
        14,
    )
    sleeves = [
        spindle(
            [(s * 0.08, 0, 0.66), (s * 0.22, 0, 0.65), (s * 0.36, 0, 0.65)],
            [(0.05, 0.055), (0.05, 0.05), (0.055, 0.06)],
            10,
        )
        for s in (-1, 1)
    ]
    legs = [
        spindle(
            [(s * 0.04, 0, 0.42), (s * 0.065, 0, 0.28), (s * 0.075, -0.01, 0.14)],
            [(0.06, 0.06), (0.05, 0.05), (0.055, 0.055)],
            10,
        )
        for s in (-1, 1)
    ]
    head = egg(0.15, 0.15, 0.18, 16).moved(0.0, -0.005, 0.79)
    band = ring(0.05, 0.012, 14, 6).moved(0.0, 0.0, 0.705)
    eyes = [egg(0.03, 0.015, 0.03, 8).moved(s * 0.03, -0.075, 0.81) for s in (-1, 1)]
    smile = [
        (0.05 * math.sin(a), -0.072 * math.cos(0.6 * a), 0.755 + 0.012 * a * a) for a in (-0.9, -0.45, 0.0, 0.45, 0.9)
    ]
    brim = lathe([(0.15, 0.855), (0.15, 0.862), (0.085, 0.875), (0.075, 0.93), (0.05, 0.975), (0.0, 1.0)], 18)
    straw = []
    ends = [((s * 0.37, 0.0, 0.65), (s * 1.0, 0.0, 0.0)) for s in (-1, 1)]
    ends += [((s * 0.075, -0.01, 0.13), (0.0, 0.0, -1.0)) for s in (-1, 1)]
    ends += [((0.0, 0.0, 0.71), (0.0, -0.3, -0.3))]
    for at, way in ends:
        bases = np.array(at) + draw.normal(0, 0.014, (straws, 3))
        out = np.array(way) + draw.normal(0, 0.3, (straws, 3))
        out *= draw.uniform(0.06, 0.11, (straws, 1)) / np.linalg.norm(out, axis=1)[:, None]
        side = np.cross(out, draw.normal(0, 1, (straws, 3)))
        side *= 0.004 / np.linalg.norm(side, axis=1)[:, None]
        straw.append(flakes(bases - 0.3 * out, bases + out, side))
    patch = [
        box(0.06, 0.02, 0.06).turned(20, "y").moved(0.04, -0.075, 0.45),
        box(0.05, 0.02, 0.05).moved(-0.065, -0.05, 0.24),
    ]
    parts = [
        Part(joined([pole, across]), "wood"),
        Part(joined([coat, *sleeves]), "cloth", colour, share=0.3),
        Part(joined(legs), "cloth", trousers, share=0.3),
        Part(joined([head, *patch]), "cloth", (0.55, 0.42, 0.24), share=0.3),
        Part(joined([*eyes, tube(smile, 0.005, 5)]), "rubber", DARK),
        Part(joined([brim, band]), "straw", hat),
        Part(joined(straw).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])), "straw"),
    ]
    k = height / float(Form(tuple(parts)).high[2])
    made = tuple(Part(p.solid.scaled(k), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(made, {"head": Anchor((0.0, 0.0, height), reach=0.1 * k)})
