"""Wild animals: bear, elephant, wolf, fox, lion, tiger, frog and spider, as simple figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np

from ..entry import Colour, entry, metres, share
from ..form import Form, Part, Rgb
from ..solids import Point, Solid, ball, cone, curve, egg, joined, rough, spindle, tube
from .animals import DARK, DOG, Build, body, figure, finished, pair, tail
from .small_animals import sized
from .trees import shade


def _lighter(parts: Sequence[Part], by: float) -> list[Part]:
    """Parts of a share of their weight, where they overlap much."""
    return [Part(p.solid, p.stuff, p.color, p.glow, by * p.share) for p in parts]


BEAR = Build(
    trunk=[
        (0.68, 0.62, 0.2, 0.22),
        (0.42, 0.66, 0.3, 0.33),
        (0.0, 0.66, 0.32, 0.33),
        (-0.34, 0.72, 0.28, 0.32),
        (-0.56, 0.82, 0.21, 0.23),
    ],
    head=[(-0.54, 0.88, 0.19, 0.19), (-0.74, 0.9, 0.21, 0.2), (-0.9, 0.85, 0.14, 0.13), (-1.0, 0.82, 0.11, 0.095)],
    front=[(-0.38, 0.66, 0.2), (-0.4, 0.4, 0.14), (-0.4, 0.14, 0.11), (-0.46, 0.05, 0.12), (-0.46, 0.0, 0.11)],
    hind=[(0.48, 0.62, 0.23), (0.46, 0.38, 0.16), (0.54, 0.15, 0.11), (0.48, 0.05, 0.12), (0.48, 0.0, 0.11)],
    wide=0.2,
    eye=(0.125, -0.89, 0.95),
)


@entry(
    "a bear on four legs", names=("brown bear", "polar bear", "grizzly bear", "grizzly", "black bear"), size=(0.4, 4.0)
)
def bear(
    height: Annotated[float, metres(0.25, 1.7, "at the shoulder")] = 1.0,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    muzzle: Colour = (0.36, 0.24, 0.13),
    colour: Colour = (0.13, 0.065, 0.03),
) -> Form:
    """A heavy trunk on thick legs, a broad head with round ears, and a short tail."""
    ears = pair(egg(0.15, 0.09, 0.16, 10).moved(0.15, -0.68, 1.09))
    stub = egg(0.14, 0.16, 0.16, 10).moved(0.0, 0.84, 0.68)
    parts, _ = figure(BEAR, stout, [*ears, stub], colour)
    snout = body([(-0.9, 0.82, 0.125, 0.11), (-0.98, 0.815, 0.12, 0.1), (-1.07, 0.81, 0.1, 0.085)], 12)
    nose = egg(0.11, 0.07, 0.075, 10).moved(0.0, -1.11, 0.85)
    claws = [
        cone(0.018, 0.08, 6).turned(115, "x").moved(0.2 * stout + d, y - 0.09, 0.045)
        for y in (-0.47, 0.47)
        for d in (-0.06, 0.0, 0.06)
    ]
    parts = [parts[0], Part(joined([parts[1].solid, nose]), "glass", DARK), Part(snout, "fur", muzzle)]
    parts.append(Part(joined(s for c in claws for s in pair(c)), "leather", (0.05, 0.045, 0.04)))
    return finished(_lighter(parts, 0.7), height, (0.1, 0.98))


ELEPHANT = Build(
    trunk=[
        (0.6, 0.66, 0.22, 0.25),
        (0.36, 0.69, 0.31, 0.34),
        (0.0, 0.66, 0.33, 0.35),
        (-0.34, 0.7, 0.28, 0.33),
        (-0.54, 0.8, 0.18, 0.22),
    ],
    head=[(-0.48, 0.86, 0.17, 0.2), (-0.66, 0.9, 0.2, 0.23), (-0.84, 0.83, 0.14, 0.17)],
    front=[(-0.36, 0.64, 0.17), (-0.38, 0.36, 0.13), (-0.38, 0.1, 0.12), (-0.385, 0.0, 0.135)],
    hind=[(0.44, 0.64, 0.19), (0.42, 0.36, 0.13), (0.45, 0.1, 0.12), (0.445, 0.0, 0.135)],
    wide=0.19,
    eye=(0.18, -0.8, 0.92),
)


@entry(
    "an elephant with its trunk", names=("elephants", "african elephant", "baby elephant", "mammoth"), size=(0.5, 8.5)
)
def elephant(
    height: Annotated[float, metres(0.35, 3.8, "at the shoulder")] = 2.6,
    ears: Annotated[float, share(0.6, 1.3, "how large they are")] = 1.0,
    raised: bool = False,
    tusks: bool = True,
    colour: Colour = (0.24, 0.23, 0.23),
) -> Form:
    """A great round trunk on legs like columns, wide flat ears, a long nose that hangs or is raised, and tusks."""
    line: list[Point] = [
        (0, -0.8, 0.8),
        (0, -0.97, 0.66),
        (0, -1.03, 0.42),
        (0, -1.02, 0.2),
        (0, -1.1, 0.08),
        (0, -1.19, 0.1),
    ]
    if raised:
        line = [(0, -0.8, 0.8), (0, -1.0, 0.68), (0, -1.16, 0.8), (0, -1.2, 1.02), (0, -1.12, 1.22), (0, -1.2, 1.32)]
    nose = spindle(line, [(r, r) for r in (0.14, 0.115, 0.085, 0.065, 0.055, 0.05)], 12, 4)
    flap = egg(0.07, 0.46 * ears, 0.58 * ears, 16).moved(0.0, 0.17 * ears, -0.1)
    flaps = pair(flap.turned(-48).moved(0.19, -0.6, 0.92))
    swing = tail([(0, 0.72, 0.82), (0, 0.82, 0.66), (0, 0.84, 0.46), (0, 0.83, 0.34)], 0.03, 0.6)
    parts, _ = figure(ELEPHANT, 1.0, [nose, swing], colour)
    tuft = egg(0.06, 0.06, 0.14, 8).moved(0.0, 0.83, 0.3)
    parts[1] = Part(joined([parts[1].solid, tuft]), "glass", DARK)
    parts.append(Part(joined(flaps), "flesh", shade(colour, 0.85)))
    white: list[Solid] = []
    for y in (-0.385, 0.445):
        for a in (-40, 0, 40):
            x, far = 0.19 + 0.125 * math.sin(math.radians(a)), y - 0.125 * math.cos(math.radians(a))
            white += pair(egg(0.06, 0.04, 0.06, 8).moved(x, far, 0.035))
    if tusks:
        bow = curve([(0.1, -0.84, 0.72), (0.14, -1.0, 0.56), (0.15, -1.17, 0.54), (0.13, -1.3, 0.62)], 3)
        white += pair(tube(bow, np.linspace(0.045, 0.008, len(bow)).tolist(), 10))
    parts.append(Part(joined(white), "leather", (0.8, 0.76, 0.66)))
    return finished(_lighter(parts, 0.45), height, (0.1, 1.01))


def _canine(
    height: float,
    stout: float,
    colour: Rgb,
    light: Rgb,
    socks: Rgb | None,
    ears: float,
    brush: Sequence[float],
    tip: Rgb,
) -> Form:
    """A dog with upright ears, a ruff, a light breast and muzzle and a bushy tail whose end is of another colour."""
    line: list[Point] = [(0, 0.54, 0.84), (0, 0.72, 0.74), (0, 0.88, 0.55), (0, 0.98, 0.36), (0, 1.08, 0.3)]
    bush = spindle(line, [(r, r) for r in brush], 10)
    end = spindle(line[-2:], [(1.03 * brush[-2],) * 2, (1.05 * brush[-1],) * 2], 10)
    lobes = pair(cone(0.07 * ears, 0.19 * ears, 10).scaled(1.0, 0.5, 1.0).turned(10, "y").moved(0.085, -0.63, 1.29))
    inner = pair(cone(0.04 * ears, 0.13 * ears, 8).scaled(1.0, 0.5, 1.0).turned(10, "y").moved(0.087, -0.655, 1.3))
    ruff = egg(0.35 * stout, 0.3, 0.42, 14).turned(25, "x").moved(0.0, -0.53, 0.98)
    cheeks = pair(egg(0.14, 0.16, 0.13, 10).moved(0.09, -0.72, 1.18))
    parts, _ = figure(DOG, stout, [*lobes, ruff, *cheeks, bush], colour)
    breast = egg(0.27 * stout, 0.2, 0.44, 12).turned(28, "x").moved(0.0, -0.64, 0.92)
    jaw = body([(-0.84, 1.11, 0.075, 0.055), (-0.94, 1.09, 0.068, 0.05), (-1.05, 1.085, 0.055, 0.042)], 10)
    belly = egg(0.3 * stout, 0.8, 0.2, 12).moved(0.0, 0.0, 0.615)
    nose = egg(0.06, 0.05, 0.05, 8).moved(0.0, -1.1, 1.14)
    parts[1] = Part(joined([parts[1].solid, nose]), "glass", DARK)
    parts += [Part(joined([breast, jaw, belly]), "fur", light), Part(end, "fur", tip)]
    if socks:
        feet: list[Solid] = []
        for legs in (DOG.front, DOG.hind):
            line = [(0.115 * stout, y, z) for y, z, _ in legs[2:]]
            feet += pair(tube(line, [1.12 * r for _, _, r in legs[2:]], 10))
        parts.append(Part(joined([*feet, *inner]), "fur", socks))
    else:
        parts.append(Part(joined(inner), "fur", shade(colour, 0.4)))
    return finished(_lighter(parts, 0.55), height, (0.1, 0.97))


@entry("a wolf that stands", names=("wolves", "grey wolf", "coyote", "husky"), size=(0.25, 2.3))
def wolf(
    height: Annotated[float, metres(0.2, 1.0, "at the shoulder")] = 0.75,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    colour: Colour = (0.17, 0.165, 0.16),
    belly: Colour = (0.5, 0.48, 0.44),
) -> Form:
    """A lean trunk with a ruff, pointed ears, a light breast and muzzle, and a hanging bushy tail."""
    return _canine(height, stout, colour, belly, None, 1.0, (0.05, 0.085, 0.09, 0.07, 0.03), shade(colour, 0.4))


@entry("a fox that stands", names=("foxes", "red fox", "vixen", "arctic fox"), size=(0.25, 1.6))
def fox(
    height: Annotated[float, metres(0.2, 0.7, "at the shoulder")] = 0.38,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 0.85,
    colour: Colour = (0.6, 0.17, 0.03),
    belly: Colour = (0.8, 0.76, 0.7),
    socks: Colour = (0.04, 0.025, 0.02),
) -> Form:
    """A slim trunk with large pointed ears, dark feet, a white breast and a thick tail with a white tip."""
    return _canine(height, stout, colour, belly, socks, 1.35, (0.05, 0.12, 0.15, 0.13, 0.06), belly)


LION = Build(
    trunk=[
        (0.62, 0.76, 0.14, 0.16),
        (0.34, 0.76, 0.18, 0.2),
        (-0.05, 0.74, 0.19, 0.22),
        (-0.4, 0.78, 0.19, 0.24),
        (-0.6, 0.94, 0.15, 0.17),
    ],
    head=[(-0.54, 1.02, 0.16, 0.16), (-0.74, 1.05, 0.18, 0.17), (-0.9, 0.99, 0.13, 0.11), (-1.02, 0.96, 0.09, 0.075)],
    front=[(-0.4, 0.72, 0.14), (-0.42, 0.42, 0.095), (-0.42, 0.12, 0.075), (-0.46, 0.05, 0.09), (-0.46, 0.0, 0.085)],
    hind=[(0.5, 0.74, 0.18), (0.42, 0.44, 0.11), (0.56, 0.22, 0.07), (0.5, 0.06, 0.085), (0.5, 0.0, 0.085)],
    wide=0.16,
    eye=(0.11, -0.89, 1.08),
)


def _great_cat(stout: float, colour: Rgb, light: Rgb, end: Solid, swing: Solid) -> tuple[list[Part], Solid]:
    """The parts of a great cat whose tail has an end of its own, and its trunk."""
    ears = pair(egg(0.12, 0.06, 0.13, 10).moved(0.14, -0.7, 1.21))
    parts, (trunk, *_) = figure(LION, stout, [*ears, swing], colour)
    chin = [*pair(egg(0.12, 0.13, 0.1, 10).moved(0.045, -1.05, 0.935)), egg(0.1, 0.12, 0.08, 8).moved(0.0, -1.02, 0.88)]
    nose = egg(0.09, 0.05, 0.05, 8).moved(0.0, -1.1, 0.995)
    dark = [parts[1].solid, nose, end]
    belly = egg(0.34 * stout, 0.8, 0.2, 12).moved(0.0, 0.1, 0.58)
    return [parts[0], Part(joined(dark), "glass", DARK), Part(joined([*chin, belly]), "fur", light)], trunk


@entry("a lion with its mane", names=("lions", "lioness", "puma", "cougar"), size=(0.4, 3.4))
def lion(
    height: Annotated[float, metres(0.25, 1.3, "at the shoulder")] = 1.05,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    mane: Annotated[float, share(0.0, 1.0, "how full it is; a lioness has none")] = 0.7,
    colour: Colour = (0.5, 0.3, 0.1),
    hair: Colour = (0.2, 0.08, 0.025),
) -> Form:
    """A strong trunk with a broad muzzle, a thick mane around the head, and a tail with a tuft."""
    line: list[Point] = [(0, 0.66, 0.82), (0, 0.84, 0.6), (0, 0.96, 0.36), (0, 1.12, 0.3), (0, 1.24, 0.4)]
    tuft = spindle(line[-2:], [(0.03, 0.03), (0.055, 0.055)], 8)
    parts, _ = _great_cat(stout, colour, shade(colour, 1.5), tuft, tail(line, 0.04, 0.6))
    if mane > 0.02:
        full = 0.75 + 0.35 * mane
        locks = [rough(egg(0.84 * full, 0.36, 0.88 * full, 20), 0.22, 0.14, 1).turned(-12, "x").moved(0.0, -0.63, 1.0)]
        locks.append(rough(egg(0.72 * full, 0.5, 0.86 * full, 20), 0.22, 0.16, 2).moved(0.0, -0.48, 0.9))
        parts.append(Part(joined(locks), "fur", hair, share=0.3))
    return finished(_lighter(parts, 0.55), height, (0.1, 0.97))


@entry("a tiger with stripes", names=("tigers", "tigress", "bengal tiger"), size=(0.4, 3.4))
def tiger(
    height: Annotated[float, metres(0.25, 1.3, "at the shoulder")] = 0.95,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    colour: Colour = (0.65, 0.25, 0.04),
    belly: Colour = (0.8, 0.77, 0.7),
) -> Form:
    """A strong trunk with a broad muzzle, dark stripes over the back and a ringed tail."""
    line: list[Point] = [(0, 0.66, 0.82), (0, 0.84, 0.6), (0, 0.96, 0.36), (0, 1.12, 0.3), (0, 1.24, 0.4)]
    tip = spindle(line[-2:], [(0.03, 0.03), (0.03, 0.03)], 8)
    parts, trunk = _great_cat(stout, colour, belly, tip, tail(line, 0.045, 0.6))
    bands = []
    for i in range(9):
        y = 0.56 - 0.13 * i
        near = trunk.vertices[np.abs(trunk.vertices[:, 1] - y) < 0.09]
        x, top, low = float(near[:, 0].max()), float(near[:, 2].max()), float(near[:, 2].min())
        mid, span = (top + low) / 2, 2.0 if i % 2 else 1.6
        turns = np.linspace(-span, span, 11)
        radii = 0.008 + 0.018 * np.cos(turns / span * math.pi / 2) ** 0.7
        arc = [
            (1.03 * x * math.sin(a), y + 0.03 * abs(a), mid + 0.99 * (top - mid) * math.cos(a)) for a in turns.tolist()
        ]
        bands.append(tube(arc, radii.tolist(), 6))
    for z in (1.19, 1.13):
        bands += pair(
            tube([(0.02, -0.8, z + 0.02), (0.08, -0.8, z - 0.01), (0.15, -0.75, z - 0.08)], [0.012, 0.014, 0.006], 6)
        )
    parts.append(Part(joined(bands), "fur", DARK))
    return finished(_lighter(parts, 0.55), height, (0.1, 0.97))


@entry("a frog that sits", names=("toad", "frogs", "bullfrog", "tree frog"), size=(0.03, 1.0))
def frog(
    length: Annotated[float, metres(0.03, 0.8)] = 0.1,
    stout: Annotated[float, share(0.8, 1.3, "how wide it is")] = 1.0,
    spots: bool = False,
    colour: Colour = (0.1, 0.35, 0.04),
    belly: Colour = (0.65, 0.65, 0.35),
) -> Form:
    """A low body that rises to a wide head with bulging eyes, with folded hind legs and webbed feet."""
    back = [
        (0.4, 0.14, 0.12, 0.1),
        (0.2, 0.24, 0.23, 0.17),
        (-0.1, 0.33, 0.25, 0.2),
        (-0.32, 0.4, 0.24, 0.14),
        (-0.46, 0.4, 0.15, 0.08),
    ]
    trunk = body(back, 16)
    under = body([(y, z - 0.035, 0.93 * w, 0.93 * h) for y, z, w, h in back], 16)
    thigh = spindle(
        [(0.16, 0.3, 0.16), (0.3, 0.1, 0.22), (0.34, -0.02, 0.2)], [(0.1, 0.11), (0.11, 0.12), (0.07, 0.08)], 10
    )
    shin = spindle(
        [(0.34, 0.0, 0.18), (0.32, 0.26, 0.1), (0.3, 0.36, 0.06)], [(0.06, 0.07), (0.05, 0.06), (0.035, 0.03)], 8
    )
    arm = spindle(
        [(0.19, -0.22, 0.3), (0.28, -0.2, 0.16), (0.23, -0.32, 0.03)], [(0.06, 0.07), (0.05, 0.05), (0.03, 0.03)], 8
    )
    toes: list[Solid] = []
    for (x, y), turns, long in (((0.3, 0.34), (-20, 5, 30), 0.24), ((0.23, -0.3), (-30, 0, 35), 0.13)):
        for a in turns:
            t = math.radians(a)
            end: Point = (x + long * math.sin(t), y - long * math.cos(t), 0.02)
            toes += [tube([(x, y, 0.03), end], [0.024, 0.016], 6), ball(0.025, 8).moved(*end)]
    lids = pair(ball(0.085, 14).moved(0.14, -0.32, 0.51))
    eyes = pair(ball(0.07, 14).moved(0.165, -0.345, 0.525))
    pupils = pair(egg(0.03, 0.05, 0.035, 8).turned(-35).moved(0.205, -0.395, 0.535))
    mouth = curve(
        [(-0.22, -0.3, 0.36), (-0.13, -0.48, 0.37), (0, -0.525, 0.375), (0.13, -0.48, 0.37), (0.22, -0.3, 0.36)], 3
    )
    limbs = [s for one in (thigh, shin, arm, *toes) for s in pair(one)]
    green = joined([trunk, *limbs, *lids]).scaled(stout, 1.0, 1.0)
    dark = [*pupils, tube(mouth, 0.008, 6)]
    parts = [
        Part(green, "flesh", colour),
        Part(under.scaled(stout, 1.0, 1.0), "flesh", belly),
        Part(joined(eyes).scaled(stout, 1.0, 1.0), "glass", (0.75, 0.5, 0.05)),
        Part(joined(dark).scaled(stout, 1.0, 1.0), "flesh", DARK),
    ]
    if spots:
        at = (
            (0.0, 0.1, 0.47),
            (0.12, 0.02, 0.46),
            (-0.13, -0.06, 0.48),
            (0.02, -0.14, 0.53),
            (-0.1, 0.2, 0.38),
            (0.13, 0.2, 0.37),
        )
        marks = [egg(0.09, 0.1, 0.05, 10).turned(22, "x").moved(x * stout, y, z) for x, y, z in at]
        parts.append(Part(joined(marks), "flesh", shade(colour, 0.35)))
    return sized(parts, length, (0.0, 0.5))


@entry("a spider on its eight legs", names=("spiders", "tarantula", "black widow", "garden spider"), size=(0.02, 2.5))
def spider(
    span: Annotated[float, metres(0.02, 2.5, "from leg to leg")] = 0.12,
    stout: Annotated[float, share(0.7, 1.5, "how large its body is")] = 1.0,
    thick: Annotated[float, share(0.5, 2.0, "its legs")] = 1.0,
    colour: Colour = (0.05, 0.035, 0.03),
    mark: Colour = (0.5, 0.06, 0.02),
) -> Form:
    """A round hind body with a mark and a smaller front with eyes and fangs, between eight bent legs."""
    up, k = 0.2, 0.8 * stout
    rear = egg(0.34 * k, 0.44 * k, 0.32 * k, 20).turned(-8, "x").moved(0.0, 0.27 * k, up + 0.04)
    front = egg(0.24 * k, 0.28 * k, 0.17 * k, 16).moved(0.0, -0.05 * k, up)
    head = egg(0.15 * k, 0.14 * k, 0.13 * k, 12).moved(0.0, -0.18 * k, up)
    jaws = pair(
        tube(
            [(0.035 * k, -0.23 * k, up), (0.04 * k, -0.26 * k, up - 0.05), (0.02 * k, -0.25 * k, up - 0.1)],
            [0.028, 0.022, 0.004],
            6,
        )
    )
    legs: list[Solid] = []
    for i, a in enumerate((-58, -20, 20, 58)):
        t = math.radians(a)
        x, y = math.cos(t), math.sin(t)
        long = (0.98, 0.8, 0.82, 1.0)[i] * 0.5
        line: list[Point] = [(0.08 * k * x, 0.1 * k * y - 0.04 * k, up)]
        line += [
            (f * long * x, f * long * y - 0.03, z) for f, z in ((0.42, 0.36), (0.62, 0.33), (0.88, 0.08), (1.0, 0.0))
        ]
        r = 0.017 * thick
        legs += pair(tube(line, [1.3 * r, 1.2 * r, r, 0.7 * r, 0.45 * r], 8))
    eyes = [
        ball(0.017 * k, 8).moved(s * x * k, -0.245 * k + 0.6 * x * k * x, up + z * k)
        for s in (-1, 1)
        for x, z in ((0.02, 0.02), (0.045, 0.035))
    ]
    spots = [
        egg(w * k, 0.09 * k, 0.1 * k, 10).moved(0.0, y * k, up + 0.04 + z * k)
        for w, y, z in ((0.1, 0.2, 0.125), (0.15, 0.3, 0.125), (0.09, 0.4, 0.075))
    ]
    parts = [
        Part(joined([rear, front, head, *jaws, *legs]), "fur", colour),
        Part(joined(spots), "fur", mark),
        Part(joined(eyes), "glass", (0.7, 0.7, 0.65)),
    ]
    return sized(parts, span, (0.0, up))
