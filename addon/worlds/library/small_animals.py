"""Small animals: rabbit, fish, jellyfish, turtle, snake, snail, butterfly and bee, as simple figures."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, ball, curve, egg, extruded, joined, lathe, loft, ring, spindle, tube
from .animals import DARK, body, ear, finished, pair
from .trees import shade


def sized(parts: list[Part], long: float, back: tuple[float, float] = (0.0, 0.0)) -> Form:
    """Parts made so long that their longest side has a length in m."""
    form = Form(tuple(parts))
    k = long / float((form.high - form.low).max())
    return finished(parts, k, (back[0], back[1]))


@entry("a rabbit that sits", names=("bunny", "hare", "easter bunny"), size=(0.1, 0.9))
def rabbit(
    height: Annotated[float, metres(0.1, 0.8, "up to the tips of its ears")] = 0.35,
    ears: Annotated[float, share(0.5, 1.4, "how long they are")] = 1.0,
    colour: Colour = (0.4, 0.3, 0.2),
    belly: Colour = (0.8, 0.76, 0.7),
) -> Form:
    """A round body with strong hind legs, long ears and a tuft of a tail."""
    trunk = body([(0.36, 0.28, 0.2, 0.2), (0.16, 0.36, 0.27, 0.3), (-0.14, 0.36, 0.21, 0.25), (-0.3, 0.46, 0.14, 0.16)])
    head = body([(-0.2, 0.66, 0.14, 0.14), (-0.36, 0.66, 0.16, 0.16), (-0.52, 0.61, 0.1, 0.1)])
    hind = pair(egg(0.16, 0.4, 0.34, 12).moved(0.21, 0.18, 0.22))
    paws = pair(spindle([(0.2, 0.22, 0.05), (0.21, -0.12, 0.05)], [(0.07, 0.05), (0.06, 0.05)], 8))
    arms = pair(
        spindle(
            [(0.12, -0.22, 0.36), (0.1, -0.29, 0.18), (0.1, -0.34, 0.05)],
            [(0.07, 0.07), (0.055, 0.055), (0.06, 0.05)],
            8,
        )
    )
    long = 0.48 * ears
    lobes = [
        s
        for t in (1, -1)
        for s in [ear(long, 0.085, 0.04).turned(14, "x").turned(10 * t, "y").moved(0.07 * t, -0.3, 0.74)]
    ]
    inner = [
        ear(0.8 * long, 0.05, 0.02).turned(14, "x").turned(10 * t, "y").moved(0.075 * t, -0.335, 0.78) for t in (1, -1)
    ]
    tuft = ball(0.11, 10).moved(0.0, 0.56, 0.26)
    chest = egg(0.28, 0.2, 0.3, 12).moved(0.0, -0.25, 0.38)
    parts = [
        Part(joined([trunk, head, *hind, *paws, *arms, *lobes]), "fur", colour),
        Part(joined([tuft, chest]), "fur", belly),
        Part(joined([*inner, egg(0.06, 0.05, 0.045, 8).moved(0.0, -0.61, 0.64)]), "flesh", (0.7, 0.4, 0.36)),
        Part(joined(pair(ball(0.035, 8).moved(0.135, -0.42, 0.7))), "glass", DARK),
    ]
    form = Form(tuple(parts))
    return finished(parts, height / float(form.high[2] - form.low[2]), (0.1, 0.62))


@entry("a fish with fins and bands", names=("goldfish", "carp", "trout"), size=(0.04, 2.0))
def fish(
    length: Annotated[float, metres(0.04, 2.0)] = 0.25,
    tall: Annotated[float, share(0.2, 0.7, "how high its body is, of the length")] = 0.38,
    stripes: Annotated[int, count(0, 6)] = 3,
    colour: Colour = (0.9, 0.3, 0.02),
    stripe: Colour = (0.9, 0.88, 0.85),
) -> Form:
    """A flat body with a tail, fins, eyes and bands, that looks to the front."""
    h = tall / 2
    shape = [(0.3, 0.16), (0.2, 0.35), (0.02, 0.85), (-0.16, 1.0), (-0.32, 0.8), (-0.44, 0.4), (-0.48, 0.14)]
    trunk = body([(y, 0.0, 0.42 * h * f, h * f) for y, f in shape], 18)

    def fin(outline: list[tuple[float, float]], thick: float) -> Solid:
        """An upright fin of y and z."""
        flat = extruded(outline, thick).turned(90, "x").turned(90)
        return flat.moved(x=-float(flat.low[0] + flat.high[0]) / 2)

    rear = curve([(0.28, -0.2 * h), (0.5, -0.9 * h - 0.03), (0.44, 0.0), (0.5, 0.9 * h + 0.03), (0.28, 0.2 * h)], 3)
    top = curve([(-0.22, 0.8 * h), (-0.1, 1.35 * h + 0.02), (0.16, 0.95 * h + 0.01), (0.14, 0.4 * h)], 3)
    low = curve([(0.14, -0.4 * h), (0.16, -1.1 * h), (0.02, -1.15 * h), (-0.04, -0.7 * h)], 3)
    fins = [fin(rear, 0.016), fin(top[::-1], 0.014), fin(low[::-1], 0.014)]
    side = pair(egg(0.02, 0.16, 0.09, 8).turned(25, "x").turned(28).moved(0.42 * h + 0.025, -0.12, -0.25 * h))
    parts = [
        Part(trunk, "flesh", colour),
        Part(joined([*fins, *side]), "flesh", shade(colour, 0.7)),
        Part(joined(pair(ball(0.02, 10).moved(0.42 * h * 0.62, -0.37, 0.2 * h))), "glass", DARK),
    ]
    if stripes:
        bands = []
        for i in range(stripes):
            y = -0.3 + 0.5 * (i + 0.5) / stripes
            bands.append(loft([_oval(0.42 * h, h, shape, y + d) for d in (0.0, 0.012, 0.024, 0.036)]))
        parts.append(Part(joined(bands), "flesh", stripe))
    return sized(parts, length, (0.0, h))


def _oval(wide: float, tall: float, shape: list[tuple[float, float]], y: float) -> list[Point]:
    """A ring around a fish a little outside of it, as wide and tall as its shape is at a place."""
    f = 1.02 * float(np.interp(y, [p[0] for p in shape[::-1]], [p[1] for p in shape[::-1]])) + 0.012
    turns = (2 * math.pi * i / 24 for i in range(24))
    return [(f * wide * math.cos(a), y, -f * tall * math.sin(a)) for a in turns]


@entry("a jellyfish with hanging arms", names=("jelly fish", "medusa"), size=(0.07, 3.0), moves="soft")
def jellyfish(
    width: Annotated[float, metres(0.08, 1.0)] = 0.3,
    arms: Annotated[int, count(6, 16)] = 10,
    long: Annotated[float, share(0.4, 2.4, "how far its arms hang down, of the width")] = 1.1,
    colour: Colour = (0.75, 0.35, 0.6),
) -> Form:
    """One soft shell: a bell whose rim is drawn out into pointed arms, with a stalk inside."""
    r, n, rings = width / 2, 4 * arms, 6
    dome = [(0.0, 0.75), (0.45, 0.69), (0.78, 0.5), (0.95, 0.25), (1.0, 0.0)]
    hang = [i / rings for i in range(1, rings + 1)]
    outside = [(r * f, r * z) for f, z in dome] + [(r * (1.0 - 0.25 * t), -0.01 * t) for t in hang]
    inside = [(r * (0.72 - 0.1 * (1 - t)), -0.01 * t + 0.001) for t in hang[::-1]]
    inside += [(0.88 * r, 0.04 * r), (0.8 * r, 0.2 * r), (0.55 * r, 0.42 * r), (0.2 * r, 0.5 * r)]
    stalk = [(0.16 * r, 0.2 * r), (0.2 * r, -0.2 * r), (0.1 * r, -0.5 * r), (0.0, -0.7 * r)]
    whole = lathe([*outside, *inside, *stalk][::-1], n)
    drop = long * width

    def drawn(v: FloatArray) -> FloatArray:
        made = v.copy()
        skirt = (v[:, 2] < 0.0015) & (v[:, 2] > -0.0101) & (np.hypot(v[:, 0], v[:, 1]) > 0.5 * r)
        t = np.clip(-v[:, 2] / 0.01, 0.0, 1.0)
        turn = np.arctan2(v[:, 1], v[:, 0])
        tip = np.clip(np.cos(arms * turn), 0.0, 1.0)
        down = drop * t * (0.1 + 0.9 * tip * (0.8 + 0.2 * np.cos(2 * turn + 1.0)))
        made[skirt, 2] = np.where(np.hypot(v[:, 0], v[:, 1]) > 0.74 * r, 0.0, 0.06 * r)[skirt] - down[skirt]
        pull = 1.0 - 0.25 * t * tip + 0.1 * t * np.sin(5 * t)
        made[skirt, :2] *= pull[skirt, None]
        return made

    solid = whole.shaped(drawn)
    low = float(solid.low[2])
    return Form(
        (Part(solid.moved(z=-low), "flesh", colour, share=0.9),),
        {"top": Anchor((0.0, 0.0, float(solid.high[2]) - low))},
    )


@entry("a turtle with a domed shell", names=("tortoise", "sea turtle"), size=(0.05, 1.8))
def turtle(
    length: Annotated[float, metres(0.05, 1.8)] = 0.35,
    dome: Annotated[float, share(0.3, 1.0, "how high its shell is")] = 0.6,
    colour: Colour = (0.16, 0.2, 0.05),
    skin: Colour = (0.25, 0.3, 0.1),
) -> Form:
    """A domed shell with plates, on four legs, with a head and a tail."""
    high = 0.5 * dome
    up = [
        (0.36, 0.0),
        (0.42, 0.03),
        (0.4, 0.08),
        (0.34, 0.4 * high + 0.06),
        (0.22, 0.8 * high + 0.06),
        (0.1, high + 0.05),
        (0.0, high + 0.07),
    ]
    shell = lathe([(r, z) for r, z in up], 24).scaled(0.88, 1.12, 1.0).moved(z=0.14)
    plates = []
    for ring_, many, size in ((0.0, 1, 0.2), (0.26, 6, 0.19), (0.37, 11, 0.14)):
        for i in range(many):
            a = 2 * math.pi * (i + 0.5 * (ring_ > 0.3)) / many
            z = float(np.interp(ring_, [0.0, 0.1, 0.22, 0.34, 0.4], [up[k][1] for k in (6, 5, 4, 3, 2)]))
            tilt = math.degrees(math.atan2(0.9 * ring_ * high, 0.12))
            plate = lathe([(0.5 * size, -0.02), (0.42 * size, 0.012), (0.0, 0.016)], 6).turned(min(tilt, 62), "y")
            x, y = 0.88 * ring_ * math.cos(a), 1.12 * ring_ * math.sin(a)
            plates.append(plate.turned(math.degrees(a)).moved(x, y, z + 0.14))
    under = egg(0.66, 0.86, 0.16, 16).moved(z=0.15)
    limbs = [
        spindle(
            [(s * 0.22, y, 0.15), (s * 0.36, y + 0.02, 0.1), (s * 0.38, y - 0.02, 0.045)],
            [(0.08, 0.08), (0.075, 0.075), (0.08, 0.045)],
            9,
        )
        for s in (-1, 1)
        for y in (-0.28, 0.28)
    ]
    head = body(
        [(-0.36, 0.18, 0.06, 0.06), (-0.52, 0.24, 0.065, 0.065), (-0.62, 0.29, 0.09, 0.085), (-0.72, 0.28, 0.06, 0.055)]
    )
    rear = spindle([(0, 0.4, 0.14), (0, 0.54, 0.1)], [(0.04, 0.04), (0.01, 0.01)], 8)
    parts = [
        Part(joined([shell, under]), "leather", shade(colour, 0.6)),
        Part(joined(plates), "leather", colour),
        Part(joined([*limbs, head, rear]), "leather", skin),
        Part(joined(pair(ball(0.018, 8).moved(0.075, -0.67, 0.32))), "glass", DARK),
    ]
    return sized(parts, length, (0.0, high + 0.2))


@entry("a snake that lies in bends", names=("adder", "python", "cobra", "serpent"), size=(0.15, 4.2))
def snake(
    length: Annotated[float, metres(0.15, 4.0, "of the place where it lies")] = 0.8,
    bends: Annotated[int, count(1, 5)] = 3,
    bands: Annotated[int, count(0, 24)] = 14,
    colour: Colour = (0.2, 0.28, 0.06),
    band: Colour = (0.05, 0.05, 0.02),
) -> Form:
    """A long body in waves along y with a raised head, bands and a forked tongue."""
    thick, n = 0.035, 40
    width = min(0.16, 0.42 / bends)
    line: list[Point] = []
    for i in range(n + 1):
        f = i / n
        lift = 0.13 * max(f - 0.82, 0.0) / 0.18
        line.append((width * math.sin(2 * math.pi * bends * f) * min(1.0, 6 * (1 - f)), 0.5 - f, thick + lift))
    sizes = [thick * min(1.0, 0.12 + 2.4 * i / n) * (0.85 if i > 0.88 * n else 1.0) for i in range(n + 1)]
    trunk = tube(line, sizes, 10)
    x, y, z = line[-1]
    head = spindle(
        [(x, y + 0.03, z), (x, y - 0.03, z + 0.01), (x, y - 0.1, z)],
        [(0.035, 0.032), (0.052, 0.034), (0.025, 0.018)],
        10,
    )
    rings = []
    for i in range(bands):
        k = int(n * (0.1 + 0.78 * i / max(bands - 1, 1)))
        a, b = np.array(line[k]), np.array(line[k + 1])
        m: list[Point] = [tuple((a + (b - a) * t).tolist()) for t in (0.0, 0.7)]
        rings.append(tube(m, [1.06 * sizes[k], 1.06 * sizes[k + 1]], 10))
    tongue = [
        tube([(x, y - 0.09, z - 0.004), (x, y - 0.15, z - 0.008), (x + s * 0.014, y - 0.19, z)], 0.004, 5)
        for s in (-1, 1)
    ]
    eyes = joined([ball(0.01, 8).moved(x + s * 0.037, y - 0.05, z + 0.026) for s in (-1, 1)])
    parts = [
        Part(joined([trunk, head]), "leather", colour),
        Part(joined(tongue), "flesh", (0.6, 0.02, 0.03)),
        Part(eyes, "glass", DARK),
    ]
    if rings:
        parts.append(Part(joined(rings), "leather", band))
    return sized([Part(p.solid.shaped(_flat), p.stuff, p.color) for p in parts], length)


def _flat(v: FloatArray) -> FloatArray:
    made: FloatArray = np.maximum(v, [-np.inf, -np.inf, 0.002])
    return made


@entry("a snail with its shell", names=("garden snail",), size=(0.01, 0.6))
def snail(
    length: Annotated[float, metres(0.01, 0.6)] = 0.07,
    shell: Annotated[float, share(0.6, 1.3, "how large the shell is")] = 1.0,
    colour: Colour = (0.42, 0.22, 0.08),
    skin: Colour = (0.45, 0.37, 0.25),
) -> Form:
    """A long flat foot with four feelers, and a wound shell on its back."""
    foot = body(
        [
            (0.5, 0.03, 0.03, 0.02),
            (0.25, 0.06, 0.1, 0.06),
            (-0.2, 0.08, 0.12, 0.08),
            (-0.4, 0.13, 0.09, 0.09),
            (-0.52, 0.22, 0.07, 0.07),
        ]
    )
    feelers = [
        tube([(s * 0.03, -0.54, 0.26), (s * 0.07, -0.6, 0.36), (s * 0.1, -0.64, 0.43)], 0.014, 7) for s in (-1, 1)
    ]
    feelers += [ball(0.026, 8).moved(s * 0.1, -0.64, 0.435) for s in (-1, 1)]
    feelers += [tube([(s * 0.03, -0.57, 0.2), (s * 0.05, -0.66, 0.17)], 0.012, 6) for s in (-1, 1)]
    path: list[Point] = []
    sizes = []
    for i in range(46):
        f = i / 45
        r, a = 0.2 * (1 - f) ** 1.1 + 0.015, 2 * math.pi * 2.6 * f - 1.1
        path.append((0.12 * f, r * math.cos(a), r * math.sin(a)))
        sizes.append(0.155 * (1 - f) ** 1.05 + 0.02)
    coil = tube(path, sizes, 12)
    both = joined([coil, coil.scaled(-1.0, 1.0, 1.0)]).scaled(shell).moved(0.0, 0.06, 0.0)
    both = both.moved(z=0.09 - float(both.low[2]))
    parts = [
        Part(joined([foot, *feelers]).shaped(_flat), "flesh", skin),
        Part(both, "leather", colour, share=0.4),
    ]
    return sized(parts, length, (0.06, float(both.high[2])))


@entry("a butterfly", names=("moth",), size=(0.02, 0.8))
def butterfly(
    width: Annotated[float, metres(0.02, 0.8)] = 0.09,
    rise: Annotated[float, share(0.0, 1.0, "how far its wings are raised")] = 0.3,
    colour: Colour = (0.9, 0.35, 0.02),
    edge: Colour = (0.03, 0.02, 0.02),
) -> Form:
    """A thin body with feelers and four thin wings with dark edges."""
    fore = curve([(0.02, 0.02), (0.03, -0.12), (0.3, -0.44), (0.52, -0.42), (0.5, -0.16), (0.3, 0.04)], 3)
    hind = curve([(0.02, 0.02), (0.3, 0.03), (0.42, 0.2), (0.28, 0.42), (0.12, 0.32)], 3)

    def inner(outline: list[tuple[float, float]], share_: float) -> list[tuple[float, float]]:
        x, y = np.mean(outline, axis=0).tolist()
        return [(x + (a - x) * share_, y + (b - y) * share_) for a, b in outline]

    tilt = -(8 + 60 * rise)
    dark, light = [], []
    for outline in (fore, hind):
        dark += pair(extruded(outline, 0.008).turned(tilt, "y").moved(z=0.08))
        light += pair(extruded(inner(outline, 0.78), 0.014).moved(z=-0.003).turned(tilt, "y").moved(z=0.08))
    trunk = body(
        [(0.26, 0.05, 0.015, 0.015), (0.1, 0.06, 0.03, 0.03), (-0.06, 0.08, 0.045, 0.05), (-0.16, 0.09, 0.04, 0.04)], 10
    )
    horns = [
        tube([(s * 0.015, -0.18, 0.11), (s * 0.07, -0.3, 0.18), (s * 0.12, -0.38, 0.2)], 0.006, 5) for s in (-1, 1)
    ]
    horns += [ball(0.014, 6).moved(s * 0.12, -0.38, 0.2) for s in (-1, 1)]
    parts = [Part(joined(light), "paper", colour), Part(joined([trunk, *horns, *dark]), "fur", edge)]
    return sized(parts, width, (0.0, 0.1))


@entry("a striped bee with wings", names=("bumblebee", "honeybee", "wasp"), size=(0.01, 0.6))
def bee(
    length: Annotated[float, metres(0.01, 0.6)] = 0.03,
    stripes: Annotated[int, count(2, 4)] = 3,
    colour: Colour = (0.9, 0.55, 0.03),
    wing: Colour = (0.75, 0.82, 0.88),
) -> Form:
    """A striped round body with a furry chest, a sting, thin wings, feelers and six legs."""
    rear = body(
        [(0.46, 0.2, 0.06, 0.06), (0.3, 0.24, 0.17, 0.17), (0.1, 0.27, 0.2, 0.2), (-0.06, 0.28, 0.12, 0.12)], 16
    )
    chest = ball(0.18, 14).moved(0.0, -0.17, 0.3)
    head = egg(0.26, 0.18, 0.24, 12).moved(0.0, -0.36, 0.27)
    bands = []
    for i in range(stripes):
        y = 0.02 + 0.36 * (i + 0.4) / stripes
        r = 0.93 * float(np.interp(y, [-0.06, 0.1, 0.3, 0.46], [0.16, 0.205, 0.175, 0.08]))
        bands.append(ring(r, 0.028, 20, 8).turned(90, "x").moved(0.0, y, 0.27 - 0.1 * max(y - 0.1, 0.0)))
    sting = tube([(0, 0.48, 0.19), (0, 0.6, 0.16)], (0.02, 0.003), 6)
    legs = [
        tube([(s * 0.1, y, 0.2), (s * 0.24, 1.3 * y + 0.08, 0.16), (s * 0.26, 1.5 * y + 0.1, 0.0)], 0.015, 6)
        for s in (-1, 1)
        for y in (-0.26, -0.16, -0.06)
    ]
    horns = [tube([(s * 0.05, -0.42, 0.36), (s * 0.09, -0.52, 0.44), (s * 0.1, -0.6, 0.42)], 0.013, 6) for s in (-1, 1)]
    flat = egg(0.5, 0.2, 0.02, 12).moved(x=0.24)
    fans = [*pair(flat.turned(-24, "y").turned(18).moved(0.05, -0.12, 0.44))]
    fans += pair(flat.scaled(0.75).turned(-18, "y").turned(44).moved(0.05, -0.08, 0.43))
    eyes = pair(egg(0.07, 0.1, 0.14, 8).moved(0.1, -0.4, 0.3))
    parts = [
        Part(joined([rear, chest]), "fur", colour),
        Part(joined([head, *bands, sting, *legs, *horns]), "fur", (0.03, 0.02, 0.015)),
        Part(joined(fans), "paper", wing),
        Part(joined(eyes), "glass", (0.12, 0.05, 0.03)),
    ]
    return sized(parts, length, (0.1, 0.46))
