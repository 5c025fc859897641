"""Small plants: grass, flowers, ferns, mushrooms and cacti."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, ball, egg, flakes, joined, lathe, loft, sheet, tube
from .trees import GOLDEN, shade

GREEN = (0.1, 0.32, 0.05)


def _blade(height: float, width: float, lean: float, angle: float, steps: int = 4) -> Solid:
    """A bent flat blade from the ground up that ends in a point, its width across the way that it leans."""
    flat = sheet(1.0, 1.0, 1, steps)

    def bent(v: FloatArray) -> FloatArray:
        t = v[:, 2]
        across = v[:, 0] * width * np.clip(1.15 - t**2, 0.04, 1.0)
        out, up = lean * t**2, height * (t - 0.25 * min(lean / height, 1.5) * t**3)
        c, s = math.cos(angle), math.sin(angle)
        return np.stack([out * c - across * s, out * s + across * c, up], axis=1)

    return flat.shaped(bent)


def _leaf(long: float, wide: float, rise: float, angle: float, sag: float = 0.4) -> Solid:
    """A flat leaf, broad in its middle, that goes out and up at an angle in degrees and sags towards its tip."""
    flat, a = sheet(1.0, 1.0, 2, 5), math.radians(rise)

    def bent(v: FloatArray) -> FloatArray:
        t = v[:, 2]
        half = wide * np.sin(math.pi * np.clip(0.06 + 0.93 * t, 0, 1)) ** 0.8
        across, fold = v[:, 0] * half, 0.35 * np.abs(v[:, 0]) * half
        out, up = long * t * math.cos(a), long * (t * math.sin(a) - sag * t**2) + fold
        c, s = math.cos(angle), math.sin(angle)
        return np.stack([out * c - across * s, out * s + across * c, up], axis=1)

    return flat.shaped(bent)


def _stem(height: float, thick: float, sway: float, turn: float) -> tuple[Solid, list[Point]]:
    """A stem that bends a little, and the places along it."""
    path = [
        (sway * t * t * math.cos(turn), sway * t * t * math.sin(turn), height * t) for t in (0.0, 0.03, 0.35, 0.7, 1.0)
    ]
    return tube(path, [thick, thick, 0.9 * thick, 0.75 * thick, 0.6 * thick], 6), path


@entry("a tuft of grass", names=("tuft", "tuft of grass", "blades of grass"), size=(0.04, 1.9), moves="none")
def grass_tuft(
    height: Annotated[float, metres(0.05, 0.8)] = 0.22,
    blades: Annotated[int, count(5, 60)] = 22,
    colour: Colour = GREEN,
    seed: Seed = 0,
) -> Form:
    """Blades that lean outwards from one place."""
    rng = random.Random(seed)
    each: list[list[Solid]] = [[], []]
    for i in range(blades):
        tall, angle = height * (1.0 if i == 0 else rng.uniform(0.5, 0.98)), GOLDEN * i
        blade = _blade(tall, 0.035 * height + 0.002, tall * rng.uniform(0.1, 0.65), angle)
        far = 0.07 * height * math.sqrt(i / blades)
        each[i % 2].append(blade.moved(far * math.cos(angle), far * math.sin(angle)))
    foot = lathe([(0.1 * height, 0.0), (0.07 * height, 0.03 * height), (0.0, 0.05 * height)], 7)
    return Form((Part(joined([*each[0], foot]), "leaf", colour), Part(joined(each[1]), "leaf", shade(colour, 1.35))))


@entry(
    "a flower with petals around its middle",
    names=("daisy", "blossom", "wild flower", "wildflower", "marguerite"),
    size=(0.08, 1.3),
    moves="none",
)
def flower(
    height: Annotated[float, metres(0.08, 1.2)] = 0.28,
    petals: Annotated[int, count(4, 20)] = 9,
    colour: Colour = (0.85, 0.2, 0.35),
    middle: Colour = (0.85, 0.5, 0.03),
    seed: Seed = 0,
) -> Form:
    """A bent stem with leaves, petals and a round middle."""
    rng = random.Random(seed)
    wide = 0.2 * height
    stem, path = _stem(0.93 * height, 0.016 * height, 0.08 * height, rng.uniform(0, 6.3))
    leaves = [_leaf(0.34 * height, 0.07 * height, 55, 2.5 * i + rng.uniform(0, 1)).moved(*path[1]) for i in range(3)]
    long, broad = 0.95 * wide, min(2.6 * wide / petals, 0.65 * wide)
    ring = [_leaf(long, broad, 22 + 6 * (i % 2), 2 * math.pi * i / petals, 0.25) for i in range(petals)]
    heart = egg(0.5 * wide, 0.5 * wide, 0.3 * wide, 10).moved(z=0.06 * wide)
    tilt = rng.uniform(8, 25)

    def head(solid: Solid) -> Solid:
        return solid.turned(tilt, "x").moved(*path[-1])

    return Form(
        (
            Part(joined([stem, *leaves]), "leaf", GREEN),
            Part(head(joined(ring)), "leaf", colour),
            Part(head(heart), "leaf", middle),
        ),
        {"bloom": Anchor(path[-1], reach=wide)},
    )


@entry("a tulip between two long leaves", names=("tulip flower",), size=(0.12, 0.8), moves="none")
def tulip(
    height: Annotated[float, metres(0.12, 0.75)] = 0.38,
    opening: Annotated[float, share(0.0, 1.0, "how far its bloom is open")] = 0.3,
    colour: Colour = (0.75, 0.02, 0.03),
    seed: Seed = 0,
) -> Form:
    """A straight stem between two long leaves, with a cup of six petals."""
    rng = random.Random(seed)
    bloom = 0.2 * height
    stem, path = _stem(height - bloom, 0.018 * height, 0.02 * height, rng.uniform(0, 6.3))
    turn = rng.uniform(0, 6.3)
    leaves = [_blade(0.68 * height, 0.14 * height, 0.22 * height, turn + 3.0 * i, 6) for i in range(2)]
    cup = []
    for i in range(6):
        flat = sheet(1.0, 1.0, 3, 6)

        def bent(v: FloatArray, inner: float = 0.86 if i % 2 else 1.0) -> FloatArray:
            t = v[:, 2]
            r = inner * bloom * (0.08 + 0.42 * np.sin(1.9 * t) ** 0.8 + 0.42 * opening * t**2 - 0.12 * t**2)
            a = v[:, 0] * 1.25 * np.clip(1.15 - 1.1 * t**3, 0.06, 1.0)
            return np.stack([r * np.cos(a), r * np.sin(a), bloom * (t * (1.0 - 0.2 * opening))], axis=1)

        cup.append(flat.shaped(bent).turned(60 * i))
    seat = ball(0.1 * bloom, 8)
    return Form(
        (
            Part(joined([stem, *leaves, seat.moved(*path[-1])]), "leaf", (0.09, 0.3, 0.08)),
            Part(joined(cup).moved(*path[-1]), "leaf", colour),
        ),
        {"bloom": Anchor((path[-1][0], path[-1][1], height - 0.4 * bloom), reach=0.3 * bloom)},
    )


@entry("a sunflower", names=("giant sunflower",), size=(0.4, 3.6), moves="none")
def sunflower(
    height: Annotated[float, metres(0.4, 3.2)] = 1.6,
    bloom: Annotated[float, share(0.14, 0.3, "how wide its head is, of the height")] = 0.2,
    petals: Annotated[int, count(14, 34)] = 22,
    colour: Colour = (0.95, 0.6, 0.02),
    seed: Seed = 0,
) -> Form:
    """A thick stem with heart-shaped leaves, and a great head that looks to the front."""
    rng = random.Random(seed)
    wide, up = bloom * height, (1 - 0.4 * bloom) * height
    path: list[Point] = [
        (0, 0, 0),
        (0, 0, 0.03 * height),
        (0.01 * height, 0, 0.5 * height),
        (0, 0, 0.9 * up),
        (0, -0.03 * height, up),
    ]
    stem = tube(path, [0.016 * height, 0.014 * height, 0.012 * height, 0.01 * height, 0.009 * height], 8)
    leaves = []
    for i in range(6):
        z = height * (0.16 + 0.1 * i)
        leaf = _leaf(
            height * (0.24 - 0.02 * i), height * (0.15 - 0.012 * i), 38, GOLDEN * i + rng.uniform(-0.3, 0.3), 0.7
        )
        leaves.append(leaf.moved(0.0, 0.0, z))
    rays = []
    for i in range(petals):
        layer = i % 2
        rays.append(
            _leaf(0.52 * wide, 1.9 * wide / petals + 0.02 * wide, 8 + 14 * layer, 2 * math.pi * i / petals, 0.2)
        )
    disk = lathe([(0.0, -0.06), (0.2, -0.05), (0.27, 0.0), (0.26, 0.05), (0.18, 0.09), (0.0, 0.1)], 20).scaled(wide)
    green = lathe([(0.0, -0.1), (0.12, -0.09), (0.24, -0.02), (0.0, 0.0)], 14).scaled(wide)

    def head(solid: Solid) -> Solid:
        return solid.turned(68, "x").moved(0.0, -0.045 * height, up)

    return Form(
        (
            Part(joined([stem, *leaves, head(green)]), "leaf", (0.09, 0.27, 0.04)),
            Part(head(joined(rays)), "leaf", colour),
            Part(head(disk), "leaf", (0.09, 0.04, 0.015)),
        ),
        {"bloom": Anchor((0.0, -0.06 * height, up), (0.0, -1.0, 0.0), reach=0.25 * wide)},
    )


@entry("reeds with brown cattails", names=("cattail", "bulrush", "cane", "rushes"), size=(0.4, 3.2), moves="none")
def reed(
    height: Annotated[float, metres(0.4, 3.0)] = 1.5,
    stalks: Annotated[int, count(2, 16)] = 6,
    blades: Annotated[int, count(4, 40)] = 16,
    colour: Colour = (0.14, 0.3, 0.06),
    seed: Seed = 0,
) -> Form:
    """Straight stalks with brown heads among long blades."""
    rng = random.Random(seed)
    green: list[Solid] = [lathe([(0.09 * height, 0.0), (0.05 * height, 0.02 * height), (0.0, 0.03 * height)], 9)]
    heads = []
    for i in range(stalks):
        far, turn = 0.07 * height * math.sqrt((i + 0.3) / stalks), GOLDEN * i
        tall = height * (1.0 if i == 0 else rng.uniform(0.72, 0.97))
        lean = 0.06 * tall * rng.random()
        x, y = far * math.cos(turn), far * math.sin(turn)
        top = (x + lean * math.cos(turn), y + lean * math.sin(turn))
        green.append(
            tube([(x, y, 0), (x, y, 0.1 * tall), (*top, tall)], [0.006 * height, 0.006 * height, 0.002 * height], 5)
        )
        f, g = 0.78, 0.93
        ends = [(x + (top[0] - x) * k, y + (top[1] - y) * k, tall * k) for k in (f, f + 0.015, g - 0.015, g)]
        heads.append(tube(ends, [0.007 * height, 0.016 * height, 0.016 * height, 0.006 * height], 8))
    for i in range(blades):
        tall, turn = height * rng.uniform(0.45, 0.9), GOLDEN * i + 1.0
        far = 0.08 * height * math.sqrt((i + 0.3) / blades)
        blade = _blade(tall, 0.018 * height, tall * rng.uniform(0.08, 0.4), turn, 5)
        green.append(blade.moved(far * math.cos(turn), far * math.sin(turn)))
    return Form((Part(joined(green), "leaf", colour), Part(joined(heads), "leaf", (0.16, 0.07, 0.025))))


def _frond(long: float, height: float, leaflets: int) -> tuple[Solid, Solid]:
    """An arched rib that goes out along x, and its leaflets."""
    f = np.linspace(0.0, 1.0, 8)
    x, z = long * f**1.15, height * np.sin(math.pi * (0.68 * f) ** 0.85)
    rib = tube(
        [(float(a), 0.0, float(b)) for a, b in zip(x, z, strict=True)],
        [(0.018 - 0.014 * t) * height for t in f.tolist()],
        4,
    )
    at = np.repeat(np.linspace(0.14, 0.97, leaflets), 2)
    side = np.tile([1.0, -1.0], leaflets)
    bases = np.stack([np.interp(at, f, x), 0 * at, np.interp(at, f, z)], axis=1)
    reach = 0.3 * long * np.clip(np.sin(math.pi * (0.14 + 0.82 * at)), 0.1, 1.0)
    tips = bases + np.stack([0.35 * reach, side * reach, -0.15 * reach], axis=1)
    sides = np.stack([0.45 * long / leaflets * np.ones(len(at)), 0 * at, 0 * at], axis=1) * side[:, None]
    return rib, flakes(bases, tips, sides)


@entry("a fern with arched fronds", names=("bracken", "fern plant"), size=(0.15, 2.4), moves="none")
def fern(
    height: Annotated[float, metres(0.15, 1.0)] = 0.45,
    fronds: Annotated[int, count(5, 16)] = 9,
    colour: Colour = (0.07, 0.27, 0.04),
    seed: Seed = 0,
) -> Form:
    """Fronds of narrow leaflets that rise from one place and hang over."""
    rng = random.Random(seed)
    ribs, leaves = [ball(0.05 * height, 8).shaped(lambda v: np.maximum(v, [-1.0, -1.0, 0.0]))], []
    for i in range(fronds):
        tall = height * (0.98 if i == 0 else rng.uniform(0.6, 0.95))
        rib, leaf = _frond(height * rng.uniform(0.75, 1.05), tall, 14)
        turn = 360 * (i + rng.uniform(-0.2, 0.2)) / fronds
        ribs.append(rib.turned(turn).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])))
        leaves.append(leaf.turned(turn).shaped(lambda v: np.maximum(v, [-9.0, -9.0, 0.0])))
    return Form((Part(joined(ribs), "leaf", shade(colour, 0.6)), Part(joined(leaves), "leaf", colour)))


@entry("a mushroom with a round cap", names=("toadstool", "fly agaric"), size=(0.03, 1.0))
def mushroom(
    height: Annotated[float, metres(0.03, 0.6)] = 0.12,
    width: Annotated[float, share(0.6, 1.5, "how wide the cap is, of the height")] = 0.95,
    dots: bool = True,
    colour: Colour = (0.6, 0.04, 0.02),
) -> Form:
    """A swollen stem with a ring, a cap with gills beneath, and white dots on it."""
    r = width / 2
    stem = lathe([(0.1, 0.0), (0.14, 0.04), (0.12, 0.14), (0.085, 0.4), (0.08, 0.75)], 16)
    skirt = lathe([(0.08, 0.45), (0.15, 0.43), (0.15, 0.44), (0.08, 0.49)], 16)
    gills = lathe([(0.06, 0.68), (0.9 * r, 0.6), (0.9 * r, 0.63), (0.05, 0.74)], 20)
    rise = [(0.9, 0.585), (0.98, 0.6), (1.0, 0.64), (0.93, 0.75), (0.74, 0.88), (0.42, 0.97), (0.0, 1.0)]
    cap = lathe([(0.0, 0.7), (0.6 * r, 0.64), *((r * a, z) for a, z in rise)], 28)
    parts = [
        Part(joined([stem, skirt, gills]).scaled(height), "flesh", (0.82, 0.77, 0.66), share=0.6),
        Part(cap.scaled(height), "flesh", colour, share=0.6),
    ]
    if dots:
        spots = []
        for i in range(17):
            a = 0.3 + 0.62 * i / 16 if i else 0.0
            z = float(np.interp(a, [0.0, 0.42, 0.74, 0.93], [1.0, 0.97, 0.88, 0.75]))
            size = 0.11 - 0.03 * (i % 3)
            spot = egg(size, size, 0.06, 8).turned(70 * a**2, "y").moved(a * r, 0.0, z - 0.006)
            spots.append(spot.turned(math.degrees(GOLDEN * i)))
        white = joined(spots)
        whole = float(white.high[2])
        parts = [*parts, Part(white.scaled(height), "flesh", (0.9, 0.87, 0.8))]
        parts = [Part(p.solid.scaled(1.0, 1.0, 1.0 / whole), p.stuff, p.color, p.glow, p.share) for p in parts]
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, height), reach=0.2 * r * height)})


def _ribbed(path: Sequence[Point], radii: Sequence[float], ribs: int) -> Solid:
    """A tube whose section is a star with rounded ribs."""
    n = 3 * ribs
    bar = tube(path, radii, n)
    middles = np.repeat(np.array(path, dtype=np.float64), n, axis=0)
    wave = np.tile([1.0, 0.9, 0.9] * ribs, len(path))[:, None]
    return bar.shaped(lambda v: middles + (v - middles) * wave)


@entry("a cactus with arms", names=("saguaro", "cacti"), size=(0.15, 4.8), moves="fixed", shape="MESH")
def cactus(
    height: Annotated[float, metres(0.15, 4.0)] = 1.6,
    arms: Annotated[int, count(0, 4)] = 2,
    thick: Annotated[float, share(0.12, 0.4, "how thick it is, of the height")] = 0.2,
    bloom: bool = False,
    colour: Colour = (0.05, 0.22, 0.07),
) -> Form:
    """A ribbed pillar with a round top, arms that bend upwards, and flowers on them if wanted."""
    r = thick * height / 2
    ends = [(1.0, 0.0), (0.98, 0.2), (0.87, 0.5), (0.62, 0.8), (0.3, 0.97), (0.1, 1.0)]
    ups = [(0.85, 0.0), (0.95, 0.04), (1.0, 0.3)]
    pillar = [((0.0, 0.0, z * height), r * f) for f, z in ups]
    pillar += [((0.0, 0.0, height - r + r * z), r * f) for f, z in ends if height - r + r * z > 0.31 * height]
    bodies = [_ribbed([p for p, _ in pillar], [f for _, f in pillar], 11)]
    tops: list[Point] = [(0.0, 0.0, height)]
    for i in range(arms):
        start, up, slim = height * (0.4 + 0.09 * (i % 3)), height * (0.76 + 0.07 * (i % 2)), 0.6 * r
        out, bend = r + 2.1 * slim, 1.2 * slim
        corner = [
            (out - bend * (1 - math.sin(a)), 0.0, start + bend * (1 - math.cos(a))) for a in (0.0, 0.5, 1.05, 1.57)
        ]
        line: list[Point] = [(0.4 * r, 0.0, start), *corner]
        tall = max(up, corner[-1][2] + 2 * slim)
        line += [(out, 0.0, tall - slim + slim * z) for _, z in ends]
        sizes = [0.8 * slim, *[slim] * 4, *(slim * f for f, _ in ends)]
        bodies.append(_ribbed(line, sizes, 8).turned(180.0 * i + 75.0 * (i // 2)))
        a = math.radians(180.0 * i + 75.0 * (i // 2))
        tops.append((out * math.cos(a), out * math.sin(a), tall))
    parts = [Part(joined(bodies), "leaf", colour)]
    if bloom:
        each = [egg(0.5, 0.22, 0.1, 8).turned(-35, "y").moved(0.2, 0.0, 0.1).turned(45.0 * i) for i in range(8)]
        blossom = joined([*each, ball(0.14, 8).moved(z=0.06)]).scaled(1.1 * r)
        parts.append(Part(joined(blossom.moved(x, y, z - 0.08 * r) for x, y, z in tops), "leaf", (0.9, 0.2, 0.45)))
    return Form(tuple(parts))


SHAPES: dict[str, float] = {"oval": 0.55, "round": 0.9, "long": 0.22}


@entry("a single leaf", names=("fallen leaf", "autumn leaf", "tree leaf"), size=(0.02, 0.6), moves="cloth")
def leaf(
    length: Annotated[float, metres(0.02, 0.5)] = 0.1,
    shape: Literal["oval", "round", "long"] = "oval",
    curl: Annotated[float, share(0.0, 1.0, "how far its sides and its tip are bent up")] = 0.35,
    colour: Colour = (0.6, 0.22, 0.03),
) -> Form:
    """A flat sheet in the outline of a leaf, with a stalk, a little bent."""
    wide = SHAPES[shape] * length
    flat = sheet(1.0, 1.0, 6, 10)

    def bent(v: FloatArray) -> FloatArray:
        t, u = v[:, 2], 2 * v[:, 0]
        body = np.clip((t - 0.2) / 0.8, 0.0, 1.0)
        half = np.maximum(0.5 * wide * np.sin(math.pi * body**0.75) ** 0.75, 0.03 * length)
        up = curl * (0.35 * np.abs(u) ** 1.5 * half + 0.12 * length * (t - 0.4) ** 2 * 2)
        return np.stack([u * half, length * (t - 0.5), up], axis=1)

    made = flat.shaped(bent)
    return Form((Part(made.moved(z=-float(made.low[2])), "leaf", colour, share=0.6),))


def _blunt(long: float, wide: float, lean: float, turn: float) -> Solid:
    """A thick closed leaf that rises and bends outward."""
    t = np.linspace(0.0, 1.0, 7)
    half = wide * np.maximum(np.sin(math.pi * (0.1 + 0.88 * t)) ** 0.7, 0.05)
    rings = [
        [
            (lean * f * f * long + 0.12 * h * c, h * s, long * (f - 0.3 * lean * f * f))
            for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))
        ]
        for f, h in zip(t.tolist(), half.tolist(), strict=True)
    ]
    return loft(rings).turned(turn)


@entry(
    "a pot with a plant in it",
    names=("pot plant", "houseplant", "potted plant", "plant", "house plant"),
    size=(0.12, 1.8),
)
def flowerpot(
    height: Annotated[float, metres(0.12, 1.2)] = 0.45,
    plant: Literal["leaves", "flowers", "cactus", "none"] = "flowers",
    colour: Colour = (0.45, 0.16, 0.07),
    bloom: Colour = (0.75, 0.05, 0.25),
    seed: Seed = 0,
) -> Form:
    """A tapered pot with a rim, earth, and a plant of thick leaves, with flowers or a cactus."""
    rng = random.Random(seed)
    high = 0.95 if plant == "none" else 0.4
    walls = [(0.28, 0.0), (0.4, 0.8), (0.45, 0.8), (0.45, 1.0), (0.38, 1.0), (0.37, 0.84)]
    pot = lathe([(high * r, high * z) for r, z in walls] + [(0.0, 0.84 * high)], 24)
    earth = lathe([(0.37 * high, 0.82 * high), (0.385 * high, 0.87 * high), (0.0, 0.9 * high)], 16)
    parts = [Part(pot, "brick", colour, share=0.35), Part(earth, "soil", share=0.5)]
    up = 0.86 * high
    if plant == "cactus":
        body = _ribbed([(0, 0, z) for z in (0.0, 0.1, 0.3, 0.5, 0.6, 0.635)], [0.1, 0.16, 0.19, 0.15, 0.08, 0.02], 10)
        parts.append(Part(body.moved(z=up), "leaf", (0.05, 0.24, 0.08)))
    elif plant != "none":
        green = [
            _blunt(0.66 * rng.uniform(0.6, 1.0), 0.05, rng.uniform(0.15, 0.75), math.degrees(GOLDEN * i))
            for i in range(16)
        ]
        parts.append(Part(joined(green).moved(z=up), "leaf", GREEN, share=0.4))
    if plant == "flowers":
        blooms = []
        for i in range(7):
            a, far, z = GOLDEN * i, 0.04 + 0.02 * i, 0.62 - 0.035 * i
            stalk = tube([(0, 0, 0), (0.4 * far, 0, 0.5 * z), (far, 0, z)], 0.008, 5)
            petals = [egg(0.075, 0.045, 0.02, 8).moved(x=0.04).turned(72.0 * k).moved(far, 0, z) for k in range(5)]
            blooms.append(joined([stalk, *petals]).turned(math.degrees(a)))
        parts.append(Part(joined(blooms).moved(z=up), "leaf", bloom))
    tall = float(Form(tuple(parts)).high[2])
    k = height / tall
    anchor = Anchor((0.0, 0.0, 0.9 * high * k), reach=0.3 * high * k)
    made = tuple(Part(p.solid.scaled(k), p.stuff, p.color, p.glow, p.share) for p in parts)
    return Form(made, {"inside": anchor})
