"""Trees with leaves: a trunk with branches, and a crown of rough clumps with leaves on them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, Seed, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, bars, cylinder, egg, flakes, joined, lathe, rough, tube

LEAF = (0.06, 0.2, 0.03)
BARK = (0.13, 0.08, 0.05)
GOLDEN = 2.399963
"""The angle that keeps turns apart, in radians."""


def shade(colour: Rgb, factor: float) -> Rgb:
    """A colour made darker or lighter."""
    r, g, b = (min(factor * c, 1.0) for c in colour)
    return (r, g, b)


def foliage(clumps: Sequence[Solid], many: int, long: float, wide: float, rng: random.Random, hang: float) -> Solid:
    """So many leaves of a length in m on the surface of clumps, outward and ``hang`` of the way downward.

    ``wide`` is half their width as a share of their length.
    """
    faces = [(c.vertices[list(face)], (c.low + c.high) / 2) for c in clumps for face in c.faces]
    draw = np.random.default_rng(rng.randrange(2**31))
    corners = np.array([v[:3] for v, _ in faces])
    sizes = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    picked = draw.choice(len(faces), many, p=sizes / sizes.sum())
    points = np.array([draw.dirichlet(np.ones(len(faces[i][0]))) @ faces[i][0] for i in picked])
    out = points - np.array([faces[i][1] for i in picked])
    way = out / np.maximum(np.linalg.norm(out, axis=1), 1e-9)[:, None]
    way += draw.normal(0.0, 0.5, way.shape) - np.array([0.0, 0.0, hang])
    way /= np.linalg.norm(way, axis=1)[:, None]
    bases = points - draw.uniform(0.02, 0.12, (many, 1)) * out
    across = np.cross(way, draw.normal(0.0, 1.0, way.shape))
    across *= wide * long / np.linalg.norm(across, axis=1)[:, None]
    return flakes(bases, bases + long * draw.uniform(0.7, 1.3, (many, 1)) * way, across)


def clump(at: Point, size: Point, rng: random.Random, n: int = 12) -> Solid:
    """A rough ball of leaves with sides of so many m."""
    return rough(egg(*size, n), 0.4, 0.4 * max(size), rng.randrange(2**31)).moved(*at)


def leafy(clumps: Sequence[Solid], many: int, long: float, colour: Rgb, rng: random.Random, hang: float) -> list[Part]:
    """Clumps in the shade with leaves in two tints on them."""
    light, dark = (foliage(clumps, n, long, 0.3, rng, hang) for n in (many // 2, many - many // 2))
    return [
        Part(joined(clumps), "leaf", shade(colour, 0.65), share=0.05),
        Part(light, "leaf", shade(colour, 1.35), share=0.05),
        Part(dark, "leaf", colour, share=0.05),
    ]


def fitted(
    parts: Sequence[Part], hulls: Sequence[Solid], width: float, height: float
) -> tuple[list[Part], list[Solid]]:
    """Parts and hulls stretched to a width and a height, on z = 0 and about the z axis."""
    form = Form(tuple(parts))
    low, high = form.low, form.high
    wide, tall = width / float((high - low)[:2].max()), height / float(high[2] - low[2])

    def to(solid: Solid) -> Solid:
        return solid.moved(z=-float(low[2])).scaled(wide, wide, tall)

    def within(v: FloatArray) -> FloatArray:
        made: FloatArray = np.minimum(np.maximum(v, [-np.inf, -np.inf, 0.0]), [np.inf, np.inf, height])
        return made

    return [Part(to(p.solid), p.stuff, p.color, p.glow, p.share) for p in parts], [to(h).shaped(within) for h in hulls]


def _trunk(path: Sequence[Point], foot: float, head: float, n: int = 12) -> Solid:
    """A trunk from the ground up, wider at its foot."""
    (x, y, _), tall = path[0], path[-1][2]
    first = [(x, y, 0.0), (x, y, 0.03 * tall), (x, y, 0.08 * tall)]
    rest = [p for p in path[1:] if p[2] > 0.1 * tall]
    sizes = [1.5 * foot, 1.15 * foot, foot, *(foot + (head - foot) * p[2] / tall for p in rest)]
    return tube([*first, *rest], sizes, n)


def crowned(at: Point, width: float, height: float) -> dict[str, Anchor]:
    """The anchor of a crown: its middle, and how far around there are leaves."""
    return {"crown": Anchor(at, reach=0.4 * min(width, height))}


def _wavy(height: float, sway: float, rng: random.Random, steps: int = 6) -> list[Point]:
    """A path up that goes a little to and fro."""
    turn = rng.uniform(0, 2 * math.pi)
    ups = [height * i / steps for i in range(steps + 1)]
    return [(sway * math.sin(5 * z / height + turn), sway * math.sin(4 * z / height + 2 * turn), z) for z in ups]


def _broad(
    height: float, width: float, bare: float, colour: Rgb, rng: random.Random, bark: Rgb = BARK, clumps: int = 11
) -> tuple[list[Part], list[Solid], list[Solid]]:
    """The parts, the hulls and the clumps of a tree with a round crown."""
    low, thick = bare * height, 0.03 * height + 0.01 * width
    tall, middle = height - low, low + 0.5 * (height - low)
    path = _wavy(middle, 0.25 * thick, rng)
    trunk = _trunk(path, thick, 0.5 * thick)
    balls: list[Solid] = []
    spots: list[Point] = []
    for i in range(clumps):
        rise = -0.85 + 1.8 * (i + 0.5) / clumps
        ring, turn = math.sqrt(max(1.0 - rise * rise, 0.05)), GOLDEN * i + rng.uniform(-0.3, 0.3)
        at = (0.3 * width * ring * math.cos(turn), 0.3 * width * ring * math.sin(turn), middle + 0.32 * tall * rise)
        size = rng.uniform(0.42, 0.55) * width
        spots.append(at)
        balls.append(clump(at, (size, size, 0.75 * size * min(tall / width, 1.3)), rng))
    balls.append(clump((0.0, 0.0, middle), (0.65 * width, 0.65 * width, 0.65 * tall), rng))
    from_z = [low + (0.15 + 0.1 * (i % 3)) * tall for i in range(len(spots))]
    limbs = [
        tube([(*path[-2][:2], z - 0.25 * tall), (0.5 * x, 0.5 * y, (z + up) / 2 - 0.05 * tall), (x, y, up)], r, 6)
        for z, (x, y, up), r in zip(from_z, spots, [(0.4 * thick, 0.3 * thick, 0.1 * thick)] * len(spots), strict=True)
        if z - 0.25 * tall < up
    ][:7]
    parts = [Part(joined([trunk, *limbs]), "bark", bark), *leafy(balls, 1000, 0.1 * width + 0.02, colour, rng, 0.3)]
    hulls = [*bars([path[0], path[3], path[-1]], 0.9 * thick, 8), egg(0.85 * width, 0.85 * width, 0.8 * tall, 12)]
    return parts, [*hulls[:-1], hulls[-1].moved(z=middle)], balls


@entry(
    "a tree with a round crown of leaves on a trunk",
    names=("tree", "oak", "oak tree", "maple", "maple tree", "lime tree", "deciduous tree", "leafy tree"),
    size=(1.5, 25.0),
    moves="fixed",
    shape="COMPOUND",
)
def broadleaf_tree(
    height: Annotated[float, metres(1.5, 25.0)] = 6.0,
    spread: Annotated[float, share(0.4, 1.0, "how wide the crown is, of the height")] = 0.75,
    bare: Annotated[float, share(0.15, 0.5, "how much of the height is bare trunk")] = 0.28,
    colour: Colour = LEAF,
    seed: Seed = 0,
) -> Form:
    """A trunk that forks into a round crown of clumps."""
    parts, hulls, _ = _broad(height, spread * height, bare, colour, random.Random(seed))
    parts, hulls = fitted(parts, hulls, spread * height, height)
    middle = (1 + bare) / 2 * height
    return Form(tuple(parts), crowned((0.0, 0.0, middle), spread * height, (1 - bare) * height), tuple(hulls))


FRUITS: dict[str, Rgb] = {
    "apples": (0.6, 0.03, 0.02),
    "oranges": (0.9, 0.35, 0.03),
    "cherries": (0.4, 0.005, 0.02),
    "blossom": (0.95, 0.7, 0.75),
}


@entry(
    "a small tree that bears fruit or blossom",
    names=("apple tree", "orange tree", "cherry tree", "blossoming tree", "orchard tree"),
    size=(1.5, 9.0),
    moves="fixed",
    shape="COMPOUND",
)
def fruit_tree(
    height: Annotated[float, metres(1.5, 8.0)] = 3.5,
    fruit: Literal["apples", "oranges", "cherries", "blossom"] = "apples",
    many: Annotated[int, count(10, 150, "fruits")] = 45,
    colour: Colour = (0.08, 0.22, 0.04),
    seed: Seed = 0,
) -> Form:
    """A round tree with balls on its clumps."""
    rng = random.Random(seed)
    parts, hulls, balls = _broad(height, 0.85 * height, 0.3, colour, rng)
    size = {"cherries": 0.012, "blossom": 0.032}.get(fruit, 0.022) * (0.5 * height + 1.5)
    points = np.concatenate([b.vertices for b in balls])
    out = np.hypot(points[:, 0], points[:, 1]) + 0.4 * points[:, 2]
    best = np.argsort(-out)[: max(len(points) // 2, many)].tolist()
    spots = [points[i] for i in rng.sample(best, many)]
    fruits = joined(ball(size, 8).moved(*(float(c) for c in p)) for p in spots)
    parts.append(Part(fruits, "leaf" if fruit == "blossom" else "fruit", FRUITS[fruit]))
    parts, hulls = fitted(parts, hulls, 0.9 * height, height)
    return Form(tuple(parts), crowned((0.0, 0.0, 0.65 * height), 0.9 * height, 0.7 * height), tuple(hulls))


@entry(
    "a slender birch with white bark",
    names=("birch tree", "aspen"),
    size=(2.0, 20.0),
    moves="fixed",
    shape="COMPOUND",
)
def birch(
    height: Annotated[float, metres(2.0, 20.0)] = 7.0,
    spread: Annotated[float, share(0.25, 0.55, "how wide the crown is, of the height")] = 0.38,
    colour: Colour = (0.16, 0.32, 0.05),
    seed: Seed = 0,
) -> Form:
    """A thin white trunk with dark marks, and a tall light crown."""
    rng, width, thick = random.Random(seed), spread * height, 0.016 * height
    path = _wavy(0.92 * height, 0.5 * thick, rng, 8)
    trunk = _trunk(path, thick, 0.15 * thick)
    marks = []
    for i in range(26):
        z, turn = height * (0.05 + 0.02 * i + rng.uniform(0.0, 0.015)), rng.uniform(0, 2 * math.pi)
        x, y = (float(np.interp(z, [p[2] for p in path], [p[k] for p in path])) for k in (0, 1))
        r = thick * (1 - 0.85 * z / (0.92 * height))
        mark = egg(0.5 * r, 1.5 * r, 0.4 * r, 8).turned(math.degrees(turn))
        marks.append(mark.moved(x + 0.9 * r * math.cos(turn), y + 0.9 * r * math.sin(turn), z))
    balls, limbs = [], []
    for i in range(15):
        f = i / 14
        z, far = height * (0.36 + 0.56 * f), 0.3 * width * (1.0 - 0.75 * f) * (0.6 + 0.4 * min(4 * f, 1.0))
        at = (far * math.cos(GOLDEN * i), far * math.sin(GOLDEN * i), z)
        size = width * (0.5 - 0.28 * f)
        balls.append(clump(at, (size, size, 0.9 * size), rng, 10))
        limbs.append(tube([(0.0, 0.0, z - 0.09 * height), at], (0.3 * thick * (1 - 0.7 * f), 0.1 * thick), 6))
    parts = [
        Part(joined([trunk, *limbs]), "bark", (0.75, 0.73, 0.68)),
        Part(joined(marks), "bark", (0.03, 0.03, 0.03)),
        *leafy(balls, 900, 0.1 * width + 0.02, colour, rng, 0.9),
    ]
    crown = egg(0.8 * width, 0.8 * width, 0.66 * height, 12).moved(z=0.63 * height)
    parts, hulls = fitted(parts, [cylinder(thick, 0.5 * height, 8), crown], width, height)
    return Form(tuple(parts), crowned((0.0, 0.0, 0.63 * height), width, 0.66 * height), tuple(hulls))


def _frond(long: float, droop: float, rng: random.Random) -> tuple[Solid, Solid]:
    """A palm leaf that goes out along x and bends down: its rib, and its leaflets."""
    f = np.linspace(0.0, 1.0, 9)
    x, z = long * np.sin(1.1 * f) / 1.1, long * (0.35 * f - (0.3 + droop) * f**2)
    rib = tube(
        [(float(a), 0.0, float(b)) for a, b in zip(x, z, strict=True)],
        [(0.012 - 0.009 * t) * long for t in f.tolist()],
        4,
    )
    at = np.repeat(np.linspace(0.1, 0.98, 20), 2)
    side = np.tile([1.0, -1.0], 20)
    bases = np.stack([np.interp(at, f, x), 0 * at, np.interp(at, f, z)], axis=1)
    reach = 0.3 * long * np.sin(math.pi * (0.12 + 0.8 * at)) ** 0.7
    lift = np.array([rng.uniform(-0.15, 0.15) for _ in at])
    tips = bases + np.stack([0.75 * reach, 0.7 * side * reach, (lift - 0.35) * reach], axis=1)
    wide = np.stack([0.018 * long * np.ones(40), -0.018 * long * side, 0 * at], axis=1)
    return rib, flakes(bases, tips, wide)


@entry(
    "a palm with a bent trunk and a crown of fronds",
    names=("palm tree", "coconut palm", "coconut tree", "date palm"),
    size=(1.5, 18.0),
    moves="fixed",
    shape="COMPOUND",
)
def palm(
    height: Annotated[float, metres(1.5, 18.0)] = 6.0,
    lean: Annotated[float, degrees(0.0, 25.0, "to the right")] = 10.0,
    fronds: Annotated[int, count(7, 18)] = 13,
    coconuts: Annotated[int, count(0, 8)] = 4,
    colour: Colour = (0.09, 0.26, 0.04),
    seed: Seed = 0,
) -> Form:
    """A ringed trunk that bends over to a crown of drooping fronds, with nuts beneath it."""
    rng, off, top = random.Random(seed), math.tan(math.radians(lean)) * height * 0.8, 0.85 * height
    n, thick, long = 22, 0.022 * height + 0.02, 0.42 * height
    path = [(off * (i / n) ** 1.6 - off / 2, 0.0, top * i / n) for i in range(n + 1)]
    swell = [thick * (1.5 if i == 0 else 1.12 - 0.4 * i / n + (0.1 if i % 2 else 0.0)) for i in range(n + 1)]
    trunk = tube([path[0], (path[0][0], 0.0, 0.3 * path[1][2]), *path[1:]], [swell[0], 1.2 * thick, *swell[1:]], 12)
    ribs: list[Solid] = []
    blades: list[Solid] = []
    for i in range(fronds):
        rib, leaf = _frond(long * rng.uniform(0.85, 1.0), 0.2 + 0.75 * (i % 3) / 2 + rng.uniform(0, 0.15), rng)
        for kind, solid in ((ribs, rib), (blades, leaf)):
            kind.append(solid.turned(math.degrees(GOLDEN * i)).moved(off / 2, 0.0, top))
    nuts = [
        egg(0.045 * height, 0.045 * height, 0.055 * height, 12).moved(
            off / 2 + 1.5 * thick * math.cos(2.1 * i), 1.5 * thick * math.sin(2.1 * i), top - 0.03 * height
        )
        for i in range(coconuts)
    ]
    heart = ball(1.3 * thick, 12).moved(off / 2, 0.0, top)
    parts = [
        Part(trunk, "bark", (0.27, 0.2, 0.13)),
        Part(joined([*ribs, heart, *nuts]), "bark", (0.2, 0.16, 0.05)),
        Part(joined(blades), "leaf", colour, share=0.5),
    ]
    tall = height / float(Form(tuple(parts)).high[2])
    made = [Part(p.solid.scaled(1.0, 1.0, tall), p.stuff, p.color, p.glow, p.share) for p in parts]
    crown = lathe([(0.6 * long, -0.2 * long), (0.3 * long, 0.05 * long)], 12).moved(off / 2, 0.0, top)
    hulls = [
        s.shaped(lambda v: np.maximum(v, [-np.inf, -np.inf, 0.0]))
        for s in bars([path[0], path[8], path[15], path[-1]], thick, 8)
    ]
    hulls.append(crown)
    return Form(
        tuple(made), crowned((off / 2, 0.0, top * tall), long, long), tuple(h.scaled(1.0, 1.0, tall) for h in hulls)
    )


def _grown(height: float, levels: int, wide: float, rng: random.Random) -> list[Solid]:
    """Limbs that fork ever finer, from the ground up."""
    limbs: list[Solid] = []

    def grow(at: FloatArray, way: FloatArray, long: float, thick: float, level: int) -> None:
        bend = np.array([rng.gauss(0, 0.12), rng.gauss(0, 0.12), 0.08])
        half, end = at + 0.5 * long * way, at + long * (way + bend)
        path = [at, half, end] if level else [at, at + 0.04 * long * way, at + 0.1 * long * way, half, end]
        fat = [1.0, 0.85, 0.6] if level else [1.6, 1.2, 1.0, 0.9, 0.7]
        points: list[Point] = [(float(x), float(y), float(z)) for x, y, z in path]
        limbs.append(tube(points, [thick * f for f in fat], max(10 - 2 * level, 4)))
        if level == levels:
            return
        turn = rng.uniform(0, 2 * math.pi)
        for i in range(3 if level < 4 else 2):
            a, spread = turn + i * GOLDEN + rng.uniform(-0.3, 0.3), wide * rng.uniform(0.7, 1.2)
            side = np.array([math.cos(a), math.sin(a), rng.uniform(0.0, 0.5)])
            new = (way + bend) * 0.8 + spread * side
            start = at + (end - at) * (1.0 if i == 0 else rng.uniform(0.6, 0.95))
            grow(start, new / np.linalg.norm(new), long * rng.uniform(0.6, 0.8), 0.58 * thick, level + 1)

    grow(np.zeros(3), np.array([0.0, 0.0, 1.0]), 0.32 * height, 0.03 * height, 0)
    return limbs


@entry(
    "a bare tree without leaves",
    names=("dead tree", "leafless tree", "winter tree"),
    size=(1.5, 20.0),
    moves="fixed",
    shape="MESH",
)
def bare_tree(
    height: Annotated[float, metres(1.5, 20.0)] = 5.0,
    spread: Annotated[float, share(0.4, 1.0, "how wide it is, of the height")] = 0.75,
    forks: Annotated[int, count(2, 5, "how often it forks")] = 4,
    colour: Colour = (0.12, 0.09, 0.07),
    seed: Seed = 0,
) -> Form:
    """A trunk whose limbs fork ever finer."""
    limbs = _grown(height, forks, 0.75, random.Random(seed))
    (part,), _ = fitted([Part(joined(limbs), "bark", colour)], [], spread * height, height)
    x, y, _ = ((part.solid.low + part.solid.high) / 2).tolist()
    moved = Part(part.solid.moved(-x, -y), "bark", colour)
    return Form((moved,), crowned((0.0, 0.0, 0.6 * height), spread * height, 0.6 * height))
