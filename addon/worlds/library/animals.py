"""Animals on four legs: cat, dog, horse, sheep, cow, pig, rabbit, elephant and others, as simple figures."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

import numpy as np

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, cone, egg, joined, ring, rough, spindle, tube
from .trees import GOLDEN, shade

DARK = (0.015, 0.012, 0.01)

Line = Sequence[tuple[float, float, float, float]]
"""Places of a body part from behind to the front: y, z, half its width and half its height."""


class Build(NamedTuple):
    """How an animal is built, in parts of its height at the shoulder: its trunk with the neck, its head with the
    muzzle, and a front and a hind leg as y, z and radius from the top down; how far legs and ears are apart."""

    trunk: Line
    head: Line
    front: Sequence[tuple[float, float, float]]
    hind: Sequence[tuple[float, float, float]]
    wide: float
    eye: tuple[float, float, float]


def body(line: Line, n: int = 14) -> Solid:
    """A rounded part along y."""
    return spindle([(0.0, y, z) for y, z, _, _ in line], [(w, h) for _, _, w, h in line], n)


def legs(line: Sequence[tuple[float, float, float]], wide: float) -> list[Solid]:
    """A leg on either side, from the trunk down to the ground."""
    found = []
    for s in (-1, 1):
        path: list[Point] = [(s * wide * (1.0 if i else 0.8), y, z) for i, (y, z, _) in enumerate(line)]
        found.append(tube(path, [r for _, _, r in line], 10))
    return found


def pair(solid: Solid) -> list[Solid]:
    """A solid and its mirror image on the other side."""
    return [solid, solid.scaled(-1.0, 1.0, 1.0)]


def ear(long: float, wide: float, thick: float) -> Solid:
    """A flat upright ear on the origin, its opening to the front."""
    return spindle(
        [(0, 0, 0), (0, 0, 0.5 * long), (0, 0, long)], [(0.6 * wide, thick), (wide, thick), (0.1 * wide, thick)], 8
    )


def tail(path: Sequence[Point], thick: float, end: float = 0.5) -> Solid:
    """A tail that grows thinner, or thicker, towards its end."""
    n = len(path) - 1
    return spindle(path, [(thick * (1 + (end - 1) * i / n),) * 2 for i in range(n + 1)], 8)


def figure(build: Build, stout: float, hide: Sequence[Solid], colour: Rgb) -> tuple[list[Part], list[Solid]]:
    """The trunk, legs and head of an animal with more parts of its colour, and its eyes."""
    trunk = body(build.trunk, 16).scaled(stout, 1.0, 1.0)
    limbs = [*legs(build.front, build.wide * stout), *legs(build.hind, build.wide * stout)]
    x, y, z = build.eye
    eyes = joined(pair(ball(0.3 * x, 8).moved(0.9 * x, y, z)))
    whole = [
        Part(joined([trunk, *limbs, body(build.head), *hide]), "fur", colour, share=0.9),
        Part(eyes, "glass", DARK),
    ]
    return whole, [trunk, *limbs]


def finished(parts: Sequence[Part], height: float, back: tuple[float, float]) -> Form:
    """Parts in m from parts of the height, standing, with the places on the back and of the head."""
    form = Form(tuple(parts))
    middle, low = (form.low + form.high) / 2, float(form.low[2])

    def to(solid: Solid) -> Solid:
        return solid.moved(0.0, -float(middle[1]), -low).scaled(height)

    made = tuple(Part(to(p.solid), p.stuff, p.color, p.glow, p.share) for p in parts)
    y, z = back
    at = (0.0, height * (y - float(middle[1])), height * (z - low))
    return Form(made, {"back": Anchor(at, reach=0.15 * height)})


def patches(on: Solid, many: int, size: float, rng: random.Random) -> Solid:
    """Flat patches on the sides of a trunk along y."""
    found = []
    v = on.vertices
    y0, y1 = float(v[:, 1].min()), float(v[:, 1].max())
    for i in range(many):
        y, a = y0 + (y1 - y0) * (0.16 + 0.68 * (i + rng.random()) / many), GOLDEN * i + rng.uniform(0, 0.6)
        near = v[np.abs(v[:, 1] - y) < 0.12 * (y1 - y0)]
        way = np.array([math.cos(a), 0.0, math.sin(a)])
        at = near[int(np.argmax(near @ way))]
        middle = np.array([0.0, at[1], near[:, 2].mean()])
        spot = rough(egg(size * rng.uniform(0.7, 1.2), size * rng.uniform(0.8, 1.4), size, 10), 0.3, 0.5 * size, i)
        place = middle + (at - middle) * (1.0 - 0.42 * size / max(float(np.linalg.norm(at - middle)), size))
        found.append(spot.moved(*(float(c) for c in place)))
    return joined(found)


CAT = Build(
    trunk=[
        (0.62, 0.78, 0.17, 0.17),
        (0.3, 0.76, 0.2, 0.23),
        (-0.1, 0.77, 0.19, 0.22),
        (-0.42, 0.82, 0.17, 0.2),
        (-0.62, 1.0, 0.13, 0.13),
    ],
    head=[(-0.5, 1.12, 0.17, 0.15), (-0.68, 1.13, 0.22, 0.19), (-0.82, 1.1, 0.15, 0.13), (-0.92, 1.05, 0.06, 0.05)],
    front=[(-0.4, 0.75, 0.1), (-0.42, 0.4, 0.07), (-0.42, 0.12, 0.06), (-0.45, 0.05, 0.075), (-0.45, 0.0, 0.07)],
    hind=[(0.5, 0.72, 0.16), (0.4, 0.42, 0.1), (0.58, 0.2, 0.06), (0.52, 0.06, 0.07), (0.52, 0.0, 0.07)],
    wide=0.13,
    eye=(0.13, -0.83, 1.17),
)


@entry("a cat that stands", names=("kitten", "house cat", "tomcat", "kitty"), size=(0.2, 1.0))
def cat(
    height: Annotated[float, metres(0.12, 0.5, "at the shoulder")] = 0.26,
    stout: Annotated[float, share(0.8, 1.5, "how stout it is")] = 1.0,
    tail_up: bool = True,
    stripes: bool = True,
    colour: Colour = (0.5, 0.24, 0.07),
) -> Form:
    """A slim trunk with a round head, pointed ears, whiskers and a long tail."""
    ends: list[Point] = [(0, 0.6, 0.8), (0, 0.78, 0.95), (0, 0.86, 1.2), (0, 0.82, 1.42), (0, 0.9, 1.55)]
    if not tail_up:
        ends = [(0, 0.6, 0.8), (0, 0.8, 0.62), (0, 0.95, 0.35), (0, 1.15, 0.2), (0, 1.32, 0.26)]
    ears = pair(cone(0.085, 0.2, 8).scaled(1.0, 0.55, 1.0).turned(14, "y").moved(0.12, -0.62, 1.24))
    parts, (trunk, *_) = figure(CAT, stout, [tail(ends, 0.05, 0.8), *ears], colour)
    nose = egg(0.05, 0.04, 0.035, 8).moved(0.0, -0.97, 1.07)
    whiskers = [tube([(0.05, -0.92, 1.03), (0.27, -0.9, 1.03 + dz)], 0.004, 4) for dz in (0.05, 0.0, -0.05)]
    parts += [
        Part(nose, "flesh", (0.6, 0.25, 0.22)),
        Part(joined(s for w in whiskers for s in pair(w)), "fur", (0.85, 0.85, 0.85)),
    ]
    if stripes:
        bands = []
        for i in range(7):
            y = 0.5 - 0.16 * i
            near = trunk.vertices[np.abs(trunk.vertices[:, 1] - y) < 0.1]
            x, top = float(near[:, 0].max()), float(near[:, 2].max())
            mid = (top + float(near[:, 2].min())) / 2
            arc = [
                (1.01 * x * math.sin(a), y, mid + 1.0 * (top - mid) * math.cos(a))
                for a in np.linspace(-1.2, 1.2, 7).tolist()
            ]
            bands.append(tube(arc, [0.004, 0.02, 0.025, 0.025, 0.025, 0.02, 0.004], 6))
        parts.append(Part(joined(bands), "fur", shade(colour, 0.4)))
    return finished(parts, height, (0.1, 0.99))


DOG = Build(
    trunk=[
        (0.56, 0.8, 0.13, 0.14),
        (0.3, 0.8, 0.15, 0.16),
        (-0.05, 0.76, 0.17, 0.21),
        (-0.36, 0.8, 0.16, 0.21),
        (-0.56, 1.0, 0.12, 0.14),
        (-0.66, 1.14, 0.11, 0.12),
    ],
    head=[(-0.6, 1.22, 0.13, 0.13), (-0.74, 1.23, 0.14, 0.13), (-0.86, 1.17, 0.1, 0.09), (-1.04, 1.12, 0.075, 0.065)],
    front=[(-0.38, 0.75, 0.1), (-0.39, 0.45, 0.06), (-0.39, 0.1, 0.045), (-0.42, 0.04, 0.06), (-0.42, 0.0, 0.055)],
    hind=[(0.46, 0.75, 0.14), (0.38, 0.48, 0.08), (0.54, 0.26, 0.045), (0.49, 0.05, 0.05), (0.49, 0.0, 0.055)],
    wide=0.115,
    eye=(0.09, -0.83, 1.27),
)


@entry("a dog that stands", names=("puppy", "hound", "doggy"), size=(0.2, 1.9))
def dog(
    height: Annotated[float, metres(0.15, 0.9, "at the shoulder")] = 0.5,
    stout: Annotated[float, share(0.8, 1.5, "how stout it is")] = 1.0,
    ears: Literal["hanging", "pointed"] = "hanging",
    colour: Colour = (0.3, 0.16, 0.06),
    collar: Colour = (0.6, 0.02, 0.03),
) -> Form:
    """A trunk on long legs with a muzzle, a raised tail and a collar."""
    if ears == "hanging":
        flaps = pair(
            spindle(
                [(0.1, -0.66, 1.31), (0.165, -0.68, 1.2), (0.16, -0.68, 1.06)],
                [(0.03, 0.05), (0.03, 0.075), (0.02, 0.05)],
                8,
            )
        )
    else:
        flaps = pair(cone(0.065, 0.17, 8).scaled(1.0, 0.5, 1.0).turned(10, "y").moved(0.08, -0.63, 1.3))
    wag = tail([(0, 0.54, 0.84), (0, 0.68, 0.92), (0, 0.78, 1.06), (0, 0.78, 1.2)], 0.04, 0.6)
    parts, _ = figure(DOG, stout, [*flaps, wag], colour)
    nose = egg(0.06, 0.05, 0.05, 8).moved(0.0, -1.1, 1.14)
    tilt = ring(0.14, 0.022, 20, 8)
    band = tilt.turned(42, "x").moved(0.0, -0.585, 1.04)
    parts = [*parts[:1], Part(joined([nose, parts[1].solid]), "glass", DARK)]
    parts.append(Part(band.scaled(max(stout, 1.0), 1.0, 1.0), "leather", collar))
    return finished(parts, height, (0.1, 0.97))


HORSE = Build(
    trunk=[
        (0.56, 0.8, 0.14, 0.17),
        (0.38, 0.78, 0.18, 0.22),
        (0.0, 0.74, 0.18, 0.21),
        (-0.34, 0.78, 0.16, 0.22),
        (-0.56, 0.98, 0.1, 0.19),
        (-0.76, 1.24, 0.07, 0.13),
        (-0.86, 1.36, 0.06, 0.09),
    ],
    head=[(-0.78, 1.38, 0.06, 0.07), (-0.9, 1.36, 0.085, 0.105), (-1.06, 1.2, 0.06, 0.075), (-1.2, 1.05, 0.05, 0.055)],
    front=[(-0.36, 0.72, 0.09), (-0.36, 0.45, 0.055), (-0.36, 0.25, 0.04), (-0.37, 0.08, 0.035), (-0.37, 0.06, 0.05)],
    hind=[(0.44, 0.75, 0.14), (0.38, 0.5, 0.08), (0.5, 0.32, 0.045), (0.46, 0.09, 0.037), (0.46, 0.06, 0.05)],
    wide=0.11,
    eye=(0.075, -0.94, 1.4),
)


def _hooves(build: Build, wide: float) -> Solid:
    """A hoof under each leg."""
    found = []
    for line in (build.front, build.hind):
        y, z, r = line[-1]
        one = tube([(wide, y - 0.01, 0.0), (wide, y, z + 0.01)], (1.25 * r, 1.02 * r), 10)
        found += pair(one)
    return joined(found)


@entry("a horse that stands", names=("pony", "stallion", "mare", "foal"), size=(0.6, 4.3))
def horse(
    height: Annotated[float, metres(0.5, 2.0, "at the shoulder")] = 1.5,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    saddle: bool = False,
    colour: Colour = (0.22, 0.1, 0.04),
    mane: Colour = (0.03, 0.02, 0.015),
) -> Form:
    """A deep trunk with a long neck, a mane, a tail and hooves."""
    ears = pair(ear(0.13, 0.03, 0.02).turned(8, "y").moved(0.045, -0.83, 1.44))
    parts, (trunk, *_) = figure(HORSE, stout, ears, colour)
    crest: list[Point] = [(0, -0.88, 1.5), (0, -0.78, 1.46), (0, -0.64, 1.33), (0, -0.5, 1.18), (0, -0.38, 1.02)]
    hair = spindle(crest, [(0.03, 0.05), (0.04, 0.075), (0.045, 0.085), (0.04, 0.07), (0.02, 0.03)], 8)
    fall = spindle(
        [(0, 0.6, 0.9), (0, 0.72, 0.84), (0, 0.76, 0.6), (0, 0.74, 0.3)],
        [(0.03, 0.03), (0.045, 0.045), (0.07, 0.06), (0.02, 0.02)],
        8,
    )
    parts += [
        Part(joined([hair, fall]), "fur", mane),
        Part(_hooves(HORSE, HORSE.wide * stout), "leather", (0.04, 0.035, 0.03)),
    ]
    if saddle:
        seat = trunk.scaled(1.04, 0.32, 1.0).moved(0.0, 0.02, 0.0)
        cut = seat.shaped(lambda v: np.stack([v[:, 0], v[:, 1] * 0.85, np.clip(v[:, 2], 0.72, 0.965) + 0.02], axis=1))
        parts.append(Part(cut, "leather", (0.1, 0.03, 0.015)))
    return finished(parts, height, (0.0, 0.98))


COW = Build(
    trunk=[
        (0.72, 0.8, 0.16, 0.2),
        (0.5, 0.76, 0.24, 0.26),
        (0.1, 0.7, 0.28, 0.3),
        (-0.4, 0.76, 0.24, 0.28),
        (-0.66, 0.86, 0.14, 0.22),
        (-0.84, 0.98, 0.1, 0.14),
    ],
    head=[(-0.78, 1.08, 0.12, 0.12), (-0.92, 1.06, 0.14, 0.13), (-1.06, 0.94, 0.1, 0.1), (-1.16, 0.85, 0.09, 0.08)],
    front=[(-0.46, 0.66, 0.11), (-0.46, 0.4, 0.07), (-0.46, 0.22, 0.055), (-0.46, 0.07, 0.05), (-0.46, 0.05, 0.06)],
    hind=[(0.56, 0.7, 0.15), (0.5, 0.45, 0.09), (0.6, 0.28, 0.055), (0.56, 0.08, 0.05), (0.56, 0.05, 0.06)],
    wide=0.17,
    eye=(0.13, -0.96, 1.1),
)


@entry("a cow that stands", names=("cattle", "bull", "ox", "calf"), size=(0.7, 4.0))
def cow(
    height: Annotated[float, metres(0.5, 1.8, "at the shoulder")] = 1.35,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    spots: Annotated[int, count(0, 14)] = 9,
    horns: bool = True,
    colour: Colour = (0.8, 0.78, 0.74),
    seed: Seed = 0,
) -> Form:
    """A heavy trunk with an udder, horns and dark spots."""
    rng = random.Random(seed)
    ears = pair(egg(0.2, 0.06, 0.09, 8).turned(12, "y").moved(0.2, -0.83, 1.12))
    swing = tail([(0, 0.8, 0.9), (0, 0.9, 0.8), (0, 0.92, 0.5), (0, 0.9, 0.32)], 0.025, 1.0)
    parts, (trunk, *_) = figure(COW, stout, [*ears, swing], colour)
    muzzle = egg(0.2, 0.16, 0.17, 12).moved(0.0, -1.18, 0.84)
    udder = egg(0.26, 0.3, 0.22, 12).moved(0.0, 0.36, 0.44)
    teats = [egg(0.04, 0.04, 0.1, 8).moved(s * 0.06, 0.36 + t * 0.07, 0.33) for s in (-1, 1) for t in (-1, 1)]
    parts += [
        Part(joined([muzzle, udder, *teats]), "flesh", (0.65, 0.4, 0.35)),
        Part(joined([_hooves(COW, COW.wide * stout), egg(0.09, 0.09, 0.2, 8).moved(0.0, 0.9, 0.28)]), "fur", DARK),
    ]
    if spots:
        parts.append(Part(patches(trunk, spots, 0.24, rng), "fur", (0.03, 0.025, 0.02)))
    if horns:
        horn = tube([(0.09, -0.84, 1.17), (0.2, -0.85, 1.22), (0.25, -0.9, 1.33)], (0.035, 0.03, 0.006), 8)
        parts.append(Part(joined(pair(horn)), "leather", (0.75, 0.7, 0.58)))
    return finished(parts, height, (0.1, 1.0))


SHEEP = Build(
    trunk=[
        (0.52, 0.72, 0.2, 0.22),
        (0.2, 0.7, 0.28, 0.28),
        (-0.2, 0.7, 0.27, 0.27),
        (-0.48, 0.78, 0.18, 0.2),
        (-0.58, 0.9, 0.12, 0.14),
    ],
    head=[(-0.54, 1.0, 0.11, 0.11), (-0.68, 1.0, 0.12, 0.12), (-0.82, 0.92, 0.085, 0.085), (-0.9, 0.86, 0.06, 0.06)],
    front=[(-0.34, 0.6, 0.08), (-0.35, 0.35, 0.055), (-0.35, 0.1, 0.045), (-0.35, 0.0, 0.05)],
    hind=[(0.38, 0.6, 0.08), (0.36, 0.35, 0.055), (0.38, 0.1, 0.045), (0.38, 0.0, 0.05)],
    wide=0.15,
    eye=(0.11, -0.75, 1.02),
)


@entry("a sheep with a thick fleece", names=("lamb", "ram", "ewe"), size=(0.3, 2.3))
def sheep(
    height: Annotated[float, metres(0.3, 1.1, "at the shoulder")] = 0.7,
    fleece: Annotated[float, share(0.0, 1.0, "how thick it is")] = 0.7,
    colour: Colour = (0.8, 0.76, 0.66),
    face: Colour = (0.04, 0.035, 0.03),
    seed: Seed = 0,
) -> Form:
    """A trunk covered with balls of wool, on thin legs, with a dark face."""
    rng = random.Random(seed)
    ears = pair(egg(0.17, 0.05, 0.08, 8).turned(18, "y").moved(0.15, -0.6, 1.04))
    parts, (trunk, *_) = figure(SHEEP, 1.0, ears, face)
    wool = [trunk.moved(z=-0.7).scaled(1.06, 1.03, 1.06).moved(z=0.7)]
    v, size = trunk.vertices, 0.13 + 0.1 * fleece
    points = v[(v[:, 1] > -0.5)]
    for i in range(70):
        at = points[(i * 37 + rng.randrange(5)) % len(points)]
        wool.append(
            ball(size * rng.uniform(0.75, 1.1), 8).moved(0.92 * float(at[0]), float(at[1]), 0.05 + 0.93 * float(at[2]))
        )
    wool += [ball(0.11, 8).moved(x, -0.58, 1.1) for x in (-0.07, 0.0, 0.07)]
    parts.append(Part(joined(wool), "fur", colour, share=0.15))
    return finished(parts, height, (0.0, 1.0))
