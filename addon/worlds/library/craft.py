"""Boats and ships. Their front is to -y, z = 0 is the keel, and water stands at `waterline`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import numpy as np

from ..entry import Colour, Seed, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, curve, cylinder, egg, joined, lathe, loft, profiled, ring, rounded, tube
from .vehicles import BOTH, DARK, PANE, grown

WOOD = (0.4, 0.24, 0.11)
WHITE = (0.85, 0.84, 0.8)

Station = tuple[float, float, float, float, float]
"""A cross-section of a boat: y, half its width, and the heights of its keel, its floor inside and its gunwale."""

LINES = (
    (-0.5, 0.03, 0.6, 1.34),
    (-0.465, 0.22, 0.28, 1.27),
    (-0.4, 0.48, 0.1, 1.18),
    (-0.25, 0.82, 0.0, 1.07),
    (-0.05, 1.0, 0.0, 1.0),
    (0.2, 0.97, 0.0, 1.0),
    (0.4, 0.8, 0.06, 1.04),
    (0.5, 0.64, 0.14, 1.08),
)
"""The lines of a boat of length 1: y, half its width, the heights of its keel and its gunwale, as shares."""


def _stations(half: float, deep: float, floor: float, cockpit: tuple[float, float]) -> list[Station]:
    """Cross-sections, hollow down to a floor between two places along y, and solid before and behind."""
    ys, columns = [line[0] for line in LINES], np.array(LINES)
    fine = np.array(curve([(float(y), float(w), float(k)) for y, w, k, _ in columns], 3))
    found: list[Station] = []
    for y, w, k in fine.tolist():
        keel, top = max(k, 0.0), float(np.interp(y, ys, columns[:, 3]))
        low = max(floor, keel + 0.1) if cockpit[0] < y < cockpit[1] else top
        found.append((y, w * half, keel * deep, low * deep, top * deep))
    return found


def _at(stations: Sequence[Station], y: float, column: int) -> float:
    table = np.array(stations)
    return float(np.interp(y, table[:, 0], table[:, column]))


def _shell(stations: Sequence[Station], wall: float) -> Solid:
    """A boat's body: around its outside from gunwale to gunwale, and back along its inside."""
    out = ((1.0, 1.0), (0.96, 0.6), (0.87, 0.3), (0.68, 0.07), (0.3, 0.0))
    back = ((0.3, 0.0), (0.62, 0.0), (0.86, 0.3), (0.95, 0.65), (1.0, 1.0))
    rings: list[list[Point]] = []
    for y, w, keel, floor, top in stations:
        into = max(w - wall, 0.4 * w)
        hull = [(x * w, y, keel + z * (top - keel)) for x, z in out]
        hollow = [(-x * into, y, floor + z * (top - floor)) for x, z in back[::-1]]
        rings.append([*hull, *_across(hull), *hollow, *_across(hollow)])
    return loft(rings)


def _across(points: Sequence[Point]) -> list[Point]:
    """Points mirrored to the other side, in the opposite order."""
    return [(-x, y, z) for x, y, z in points[::-1]]


def _planks(stations: Sequence[Station], wall: float) -> list[Solid]:
    """The convex pieces of a boat: its bottom and its two upright sides, from every third cross-section to the next."""
    found: list[Solid] = []
    for a, b in pairwise(stations[::3]):
        rings = []
        for y, w, keel, floor, _ in (a, b):
            low = min(floor, keel + 2 * wall)
            rings.append([(0.75 * w, y, keel), (-0.75 * w, y, keel), (-0.75 * w, y, low), (0.75 * w, y, low)])
        found.append(loft(rings))
        for s in BOTH:
            sides = []
            for y, w, keel, _, top in (a, b):
                x = sorted((s * 0.97 * w, s * (0.97 * w - min(wall, 0.5 * w))))
                sides.append([(x[1], y, keel), (x[0], y, keel), (x[0], y, top), (x[1], y, top)])
            found.append(loft(sides))
    return found


@entry(
    "a rowing boat with benches and oars",
    names=("boat", "rowboat", "row boat", "dinghy"),
    size=(0.3, 10.0),
    shape="COMPOUND",
)
def rowing_boat(
    length: Annotated[float, metres(0.3, 8.0)] = 3.4,
    width: Annotated[float, share(0.28, 0.5, "over its length")] = 0.38,
    depth: Annotated[float, share(0.1, 0.2, "over its length")] = 0.14,
    oars: bool = True,
    colour: Colour = WOOD,
    inside: Colour = (0.55, 0.36, 0.18),
) -> Form:
    """An open hull that is pointed in front, with three benches, a rail along its edge, and oars in rowlocks."""
    half, wall = width / 2, 0.014
    stations = _stations(half, depth, 0.16, (-0.48, 0.495))
    at = 0.62 * depth
    benches = [box(1.86 * _at(stations, y, 1), 0.075, 0.014).moved(0.0, y, at) for y in (-0.24, 0.06, 0.36)]
    rails = [tube([(s * w, y, top) for y, w, _, _, top in stations], 0.009, 8) for s in BOTH]
    ribs = [
        box(1.2 * _at(stations, y, 1), 0.02, 0.03).moved(0.0, y, _at(stations, y, 3) - 0.015)
        for y in (-0.3, -0.1, 0.15, 0.28)
    ]
    parts = [
        Part(_shell(stations, wall), "wood", colour, share=0.4),
        Part(joined([*benches, *rails, *ribs]), "wood", inside, share=0.7),
    ]
    anchors = {
        "seat": Anchor((0.0, 0.06, at + 0.014), reach=0.6 * half),
        "inside": Anchor((0.0, -0.08, 0.18 * depth), reach=0.5 * half),
        "waterline": Anchor((0.0, 0.0, 0.4 * depth), reach=half),
    }
    if oars:
        shafts, locks = _oars(_at(stations, -0.05, 1), depth)
        parts += [Part(shafts, "wood", inside), Part(locks, "steel")]
    return grown(Form(tuple(parts), anchors, hulls=(*_planks(stations, wall), *benches)), length)


def _oars(x: float, depth: float) -> tuple[Solid, Solid]:
    """Two oars that rest in rowlocks so far from the middle, and the rowlocks."""
    z, shafts, locks = depth + 0.018, list[Solid](), list[Solid]()
    for s in BOTH:
        shafts.append(tube([(s * 0.2 * x, 0.03, z + 0.02), (s * (x + 0.24), -0.12, z - 0.03)], 0.009, 8))
        blade = rounded(0.17, 0.045, 0.008, 0.003, 2).turned(-s * 20.0).moved(s * (x + 0.28), -0.132, z - 0.037)
        shafts.append(blade)
        locks.append(ring(0.013, 0.004, 16, 6).turned(90, "y").moved(s * x, -0.042, z + 0.004))
        locks.append(cylinder(0.005, 0.03, 8).moved(s * x, -0.042, depth - 0.018))
    return joined(shafts), joined(locks)


def _sail(foot: float, high: float, mast: float, low: float, rake: float, belly: float) -> Solid:
    """A three-cornered sail: so long at its foot, its front edge from ``mast`` along y back by ``rake`` at its top."""
    rings: list[list[Point]] = []
    for t in np.linspace(0.0, 1.0, 13).tolist():
        chord, y = foot * (1.0 - 0.97 * t), mast + rake * t
        line = [
            (belly * chord * math.sin(math.pi * s) ** 0.8, y + s * chord) for s in np.linspace(0.0, 1.0, 11).tolist()
        ]
        z = low + t * high
        rings.append([*((x + 0.002, a, z) for x, a in line), *((x - 0.002, a, z) for x, a in line[::-1])])
    return loft(rings)


@entry("a sailing boat with two sails", names=("sailboat", "yacht", "sail boat"), size=(0.25, 26.0), shape="COMPOUND")
def sailing_boat(
    length: Annotated[float, metres(0.25, 15.0)] = 6.0,
    mast: Annotated[float, share(0.9, 1.5, "its height over the length")] = 1.2,
    colour: Colour = (0.04, 0.14, 0.4),
    sails: Colour = (0.88, 0.87, 0.82),
) -> Form:
    """A hull with a deck and a cockpit, a mast with a boom, a main sail and a jib, both a little filled."""
    deep, half, wall = 0.13, 0.17, 0.02
    stations = _stations(half, deep, 0.45, (0.0, 0.45))
    deck = [(y, w * 0.985, top - 0.004, top + 0.012) for y, w, _, _, top in stations if y <= 0.0]
    plank = loft([[(w, y, low), (-w, y, low), (-w, y, high), (w, y, high)] for y, w, low, high in deck])
    cabin = rounded(0.2, 0.26, 0.06, 0.02).moved(0.0, -0.1, deep - 0.004)
    panes = [rounded(0.204, 0.05, 0.022, 0.008, 2).moved(0.0, y, deep + 0.022) for y in (-0.16, -0.06)]
    rail = [tube([(s * w, y, top) for y, w, _, _, top in stations], 0.008, 8) for s in BOTH]
    y, top, low = -0.12, deep + mast, deep + 0.14
    pole = tube([(0.0, y, 0.13), (0.0, y, top)], [0.012, 0.007], 10)
    boom = tube([(0.0, y, low - 0.014), (0.0, 0.42, low - 0.014)], 0.009, 8)
    main = _sail(0.5, 0.93 * (top - low), y + 0.012, low, 0.0, 0.08)
    jib = _sail(0.33, 0.75 * (top - deep) - 0.06, -0.48, deep + 0.07, 0.345, 0.1)
    stays = [tube([(0.0, -0.49, 1.25 * deep), (0.0, y, 0.82 * mast + deep)], 0.003, 6)]
    stays += [tube([(s * 0.98 * half, 0.0, deep), (0.0, y, 0.85 * mast + deep)], 0.003, 6) for s in BOTH]
    tiller = [
        box(0.012, 0.15, 0.012).moved(0.0, 0.42, 1.1 * deep),
        box(0.012, 0.04, 1.02 * deep).moved(0.0, 0.512, 0.1 * deep),
    ]
    parts = (
        Part(_shell(stations, wall), "wood", colour, share=0.2),
        Part(joined([plank, *rail, pole, boom, *tiller]), "wood", WOOD, share=0.5),
        Part(cabin, "wood", WHITE, share=0.1),
        Part(joined(panes), "plastic", PANE, share=0.1),
        Part(joined([main, jib]), "cloth", sails, share=0.3),
        Part(joined(stays), "steel"),
    )
    anchors = {
        "seat": Anchor((0.0, 0.2, 0.45 * deep), reach=0.3 * half),
        "inside": Anchor((0.0, 0.2, 0.45 * deep), reach=0.3 * half),
        "waterline": Anchor((0.0, 0.0, 0.4 * deep), reach=half),
    }
    flats = [
        [(y, low), (y + 0.5, low), (y, top - 0.05)],
        [(-0.48, deep + 0.07), (-0.15, deep + 0.07), (y, 0.75 * mast + deep)],
    ]
    cloths = [profiled(f, 0.008, "x") for f in flats]
    return grown(Form(parts, anchors, hulls=(*_planks(stations, wall), cabin, pole, boom, *cloths)), length)


SHIP_KEEL, SHIP_WATER, SHIP_DECK, SHIP_HALF = 0.0, 0.034, 0.085, 0.065
"""Heights of a ship of length 1, and half its width."""


def _belly(low: float, high: float, wide: float = 1.0) -> Solid:
    """A ship's body between two heights: pointed and flared in front, round behind, its deck rising to both ends."""
    rings: list[list[Point]] = []
    for y in (-0.5, -0.49, -0.46, -0.42, -0.36, -0.28, -0.18, 0.0, 0.2, 0.32, 0.4, 0.45, 0.48, 0.495, 0.5):
        front, back = np.clip((y + 0.5) / 0.3, 0.0, 1.0), np.clip((0.5 - y) / 0.22, 0.0, 1.0)
        side = []
        for z in np.linspace(low, high, 5).tolist():
            up = max(z / SHIP_DECK, 0.03)
            fine = 1.0 - (1.0 - front) ** (1.2 + 0.9 * up)
            full = up ** (0.12 + 0.5 * (1.0 - front) + 0.5 * (1.0 - back))
            x = max(SHIP_HALF * wide * fine * (1.0 - 0.65 * (1.0 - back) ** 3) * full, 0.0015)
            rake = -0.035 * (1.0 - front) * (up - 1.0) - 0.03 * (1.0 - up) * (1.0 - back)
            side.append((x, y + rake, z + _sheer(y) * (z / SHIP_DECK) ** 2))
        rings.append([*side[::-1], *_across(side[::-1])])
    return loft(rings)


def _sheer(y: float) -> float:
    """How much a ship's deck is higher at a place along it than in its middle."""
    return 0.03 * max(-(y + 0.15) / 0.35, 0.0) ** 2 + 0.01 * max((y - 0.25) / 0.25, 0.0) ** 2


@entry(
    "a steamship with decks and funnels",
    names=("steamship", "ocean liner", "steamer", "cruise ship"),
    size=(0.28, 210.0),
)
def ship(
    length: Annotated[float, metres(0.3, 200.0)] = 60.0,
    funnels: Annotated[int, count(1, 4)] = 2,
    decks: Annotated[int, count(1, 4, "one on the other above the hull")] = 3,
    colour: Colour = (0.03, 0.05, 0.1),
    funnel: Colour = (0.7, 0.12, 0.03),
) -> Form:
    """A hull that flares to a raked bow, red below, with portholes, white decks, funnels and masts."""
    deck, half = SHIP_DECK, SHIP_HALF
    houses, panes, caps = list[Solid](), list[Solid](), list[Solid]()
    for i in range(decks):
        w, long, z, y = (1.66 - 0.16 * i) * half, 0.56 - 0.07 * i, deck + 0.03 * i, 0.035 + 0.006 * i
        houses += [
            rounded(w, long, 0.029, 0.008, 2).moved(0.0, y, z),
            box(w + 0.012, long + 0.012, 0.003).moved(0.0, y, z + 0.028),
        ]
        n = round(long / 0.028)
        panes += [box(w + 0.002, 0.014, 0.01).moved(0.0, y + (k - (n - 1) / 2) * 0.026, z + 0.013) for k in range(n)]
    top = deck + 0.03 * decks
    houses.append(rounded(1.3 * half, 0.06, 0.03, 0.006, 2).moved(0.0, -0.08, top))
    panes.append(box(1.22 * half, 0.062, 0.01).moved(0.0, -0.0805, top + 0.014))
    ys = [0.06 + (i - (funnels - 1) / 2) * 0.3 / funnels for i in range(funnels)]
    stack = cylinder(0.02, 0.066, 24).scaled(1.0, 1.25, 1.0)
    caps += [stack.scaled(1.02, 1.02, 0.25).moved(0.0, y, top + 0.06) for y in ys]
    masts = [tube([(0.0, y, deck - 0.002), (0.0, y + 0.012, top + 0.13)], [0.006, 0.003], 8) for y in (-0.31, 0.4)]
    masts += [tube([(-0.04, y, top + 0.08), (0.04, y, top + 0.08)], 0.0025, 6) for y in (-0.301, 0.409)]
    masts += [
        tube([(0.0, -0.49, deck + 0.025), (0.0, -0.3, top + 0.12)], 0.0012, 5),
        tube([(0.0, -0.298, top + 0.125), (0.0, 0.412, top + 0.125)], 0.0012, 5),
    ]
    ports = [
        cylinder(0.0042, 2.02 * half, 10).turned(90, "y").moved(-1.01 * half, y, deck - 0.018)
        for y in np.linspace(-0.14, 0.26, 17).tolist()
    ]
    floor = _belly(deck - 0.004, deck + 0.002, 0.97)
    parts = (
        Part(_belly(SHIP_KEEL, SHIP_WATER), "steel", (0.3, 0.03, 0.02), share=0.025),
        Part(_belly(SHIP_WATER, deck), "steel", colour, share=0.025),
        Part(floor, "wood", (0.4, 0.27, 0.14), share=0.2),
        Part(joined(houses), "steel", WHITE, share=0.01),
        Part(joined([*panes, *caps, *ports]), "steel", DARK, share=0.01),
        Part(joined(stack.moved(0.0, y, top - 0.002) for y in ys), "steel", funnel, share=0.05),
        Part(joined(masts), "steel", (0.45, 0.3, 0.12)),
    )
    anchors = {
        "top": Anchor((0.0, -0.3, deck + 0.01), reach=0.5 * half),
        "waterline": Anchor((0.0, 0.0, SHIP_WATER), reach=half),
        "mouth": Anchor((0.0, ys[0], top + 0.076), reach=0.02),
    }
    return grown(Form(parts, anchors), length)


@entry("a submarine with a tower", names=("u boat", "submersible"), size=(0.14, 101.0))
def submarine(
    length: Annotated[float, metres(0.15, 100.0)] = 20.0,
    width: Annotated[float, share(0.1, 0.3, "over its length")] = 0.15,
    windows: Annotated[int, count(0, 5, "round ones on each side")] = 3,
    colour: Colour = (0.75, 0.45, 0.03),
    trim: Colour = (0.25, 0.26, 0.28),
) -> Form:
    """A long round body with a tower, a periscope, fins crosswise at its tail, and a screw."""
    r = width / 2
    line = curve([(0.001, 0.0), (0.55, 0.03), (0.88, 0.12), (1.0, 0.3), (1.0, 0.6), (0.75, 0.82), (0.2, 0.965)], 4)
    body = lathe([(max(a, 0.0) * r if z > 0.0 else 0.0, z) for a, z in line], 28).turned(-90, "x").moved(y=-0.49)
    tall = 0.7 * r + 0.035
    tower = [
        (0.32 * r * math.cos(t), 0.09 * math.sin(t) - 0.08) for t in np.linspace(0, 2 * math.pi, 24, False).tolist()
    ]
    sail = loft([[(x, y, z) for x, y in tower] for z in (0.6 * r, r + tall)])
    rim = loft([[(1.1 * x, 1.05 * (y + 0.08) - 0.08, z) for x, y in tower] for z in (r + tall - 0.008, r + tall)])
    scope = tube([(0, -0.1, r), (0, -0.1, r + tall + 0.07), (0, -0.125, r + tall + 0.075)], 0.006, 8)
    fin = profiled([(0.36, 0.0), (0.46, 0.0), (0.45, 1.15 * r), (0.4, 1.15 * r)], 0.008, "x", 0.002)
    fins = [fin.turned(a, "y") for a in (0, 90, 180, 270)]
    plane = box(1.4 * r, 0.04, 0.006).moved(0.0, -0.1, r + 0.6 * tall)
    blade = egg(0.34 * r, 0.012, 0.7 * r, 10).moved(z=0.42 * r).turned(30, "z")
    screw = [blade.turned(90 * i, "y").moved(y=0.49) for i in range(4)]
    screw.append(cylinder(0.14 * r, 0.05, 12).turned(-90, "x").moved(y=0.45))
    rims, panes = list[Solid](), list[Solid]()
    for i in range(windows):
        y = -0.26 + 0.11 * i
        rims += [ring(0.26 * r, 0.06 * r, 20, 8).turned(90, "y").moved(s * 0.99 * r, y, 0.1 * r) for s in BOTH]
        panes.append(cylinder(0.26 * r, 2.04 * r, 20).turned(90, "y").moved(-1.02 * r, y, 0.1 * r))
    parts = [
        Part(joined([body, sail]), "steel", colour, share=0.13),
        Part(joined([rim, scope, plane, *fins, *rims]), "steel", trim, share=0.3),
        Part(joined(screw), "brass"),
    ]
    if panes:
        parts.append(Part(joined(panes), "plastic", PANE, share=0.1))
    low = -1.15 * r
    parts = [Part(p.solid.moved(z=-low), p.stuff, p.color, p.glow, p.share) for p in parts]
    anchors = {
        "top": Anchor((0.0, -0.08, r + tall - low), reach=0.3 * r),
        "waterline": Anchor((0.0, 0.0, 0.6 * r - low), reach=r),
    }
    return grown(Form(tuple(parts), anchors), length)


@entry("a raft of logs", names=("log raft", "wooden raft"), size=(0.3, 6.5), shape="COMPOUND")
def raft(
    length: Annotated[float, metres(0.3, 6.0)] = 2.6,
    width: Annotated[float, share(0.4, 1.0, "over its length")] = 0.7,
    logs: Annotated[int, count(4, 12)] = 8,
    sail: bool = False,
    colour: Colour = (0.3, 0.19, 0.1),
    seed: Seed = 0,
) -> Form:
    """Logs side by side of nearly one length, two bars across them, and ropes around where these meet."""
    rng = np.random.default_rng(seed)
    each = width / logs
    r = 0.52 * each
    tree = [
        cylinder(r, 1.0 - 0.06 * float(rng.random()), 14).turned(90, "x").moved((i + 0.5) * each - width / 2, 0.0, r)
        for i in range(logs)
    ]
    tree = [t.moved(y=0.5 + 0.03 * float(rng.random()) - 0.015) for t in tree]
    bar = cylinder(0.6 * r, 1.04 * width, 12).turned(90, "y").moved(x=-0.52 * width)
    bars = [bar.moved(0.0, y, 2.5 * r) for y in (-0.34, 0.34)]
    tie = [(1.12 * r * math.cos(a), 1.65 * r + 1.62 * r * math.sin(a)) for a in np.arange(14) * 2 * math.pi / 14]
    ropes = [
        tube(
            [((i + 0.5) * each - width / 2 + 0.25 * r * math.sin(k), y + a, b) for k, (a, b) in enumerate(tie)],
            0.1 * r,
            6,
            True,
        )
        for i in range(logs)
        for y in (-0.34, 0.34)
    ]
    lift = -min(float(s.low[2]) for s in (*tree, *ropes))
    parts = [
        Part(joined(tree), "bark", colour, share=0.7),
        Part(joined(bars), "wood", WOOD),
        Part(joined(ropes), "rope"),
    ]
    hulls = [*tree, *bars]
    if sail:
        pole = tube([(0.0, 0.0, r), (0.0, 0.0, 0.95)], [0.022, 0.014], 10)
        yards = [tube([(-0.31, -0.02, z), (0.31, -0.02, z)], 0.01, 8) for z in (0.3, 0.88)]
        cloth = _square_sail(0.56, 0.3, 0.88)
        parts += [Part(joined([pole, *yards]), "wood", WOOD), Part(cloth, "cloth", (0.8, 0.75, 0.62), share=0.3)]
        hulls += [pole, *yards]
    moved = tuple(Part(p.solid.moved(z=lift), p.stuff, p.color, p.glow, p.share) for p in parts)
    anchors = {
        "top": Anchor((0.0, -0.12, 2 * r + lift), reach=0.4 * width),
        "waterline": Anchor((0.0, 0.0, 1.2 * r + lift), reach=width / 2),
    }
    return grown(Form(moved, anchors, hulls=tuple(h.moved(z=lift) for h in hulls)), length)


def _square_sail(width: float, low: float, high: float) -> Solid:
    """A sail between two yards, filled to the front."""
    rings: list[list[Point]] = []
    for z in np.linspace(low, high, 9).tolist():
        t = (z - low) / (high - low)
        xs = np.linspace(-width / 2, width / 2, 9).tolist()
        line = [(x, -0.02 - 0.12 * math.sin(math.pi * t) * (1.0 - (2 * x / width) ** 2 * 0.6), z) for x in xs]
        rings.append([*((x, y - 0.003, b) for x, y, b in line), *((x, y + 0.003, b) for x, y, b in line[::-1])])
    return loft(rings)


@entry("a boat folded of paper", names=("origami boat", "folded boat"), size=(0.05, 1.0), shape="COMPOUND")
def paper_boat(
    length: Annotated[float, metres(0.05, 1.0)] = 0.2,
    width: Annotated[float, share(0.3, 0.55, "over its length")] = 0.42,
    colour: Colour = (0.88, 0.87, 0.83),
) -> Form:
    """Two folded sides that meet in points in front and behind, a bottom between them, and a peak in the middle."""
    half, deep, wall = width / 2, 0.3, 0.008
    rings: list[list[Point]] = []
    for y in (-0.5, -0.3, -0.15, 0.0, 0.15, 0.3, 0.5):
        t = abs(y) / 0.5
        w, low = max(half * (1.0 - t), 0.012), 0.36 * max(t - 0.3, 0.0)
        top, foot = deep * (0.72 + 0.4 * t), max(0.55 * w, 0.008)
        into, floor = w - wall if t < 1.0 else 0.4 * w, low + wall if t < 1.0 else top - 0.01
        flat = 0.55 * into
        right, left = [(w, y, top), (foot, y, low)], [(-into, y, top - 0.001), (-flat, y, floor)]
        rings.append([*right, *_across(right), *left, *_across(left)])
    hull = loft(rings)
    peak = lathe([(0.2, 0.05), (0.006, 0.52)], 4).scaled(1.5 * half, 0.9, 1.0)
    walls = [_fold(a, b, s) for a, b in pairwise(rings) for s in BOTH]
    bottom = box(half, 0.3, wall)
    anchors = {
        "inside": Anchor((0.0, 0.25, 0.4 * deep), reach=0.3 * half),
        "waterline": Anchor((0.0, 0.0, 0.2 * deep), reach=half),
    }
    parts = (Part(hull, "paper", colour, share=0.5), Part(peak, "paper", colour, share=0.1))
    return grown(Form(parts, anchors, (peak, bottom, *walls)), length)


def _fold(a: Sequence[Point], b: Sequence[Point], side: int) -> Solid:
    """An upright convex piece of a paper boat's side between two cross-sections."""
    rings = []
    for ring_ in (a, b):
        (w, y, top), (_, _, low) = ring_[0], ring_[1]
        x = sorted((side * w, side * (w - min(0.02, 0.5 * w))))
        rings.append([(x[1], y, low), (x[0], y, low), (x[0], y, top), (x[1], y, top)])
    return loft(rings)
