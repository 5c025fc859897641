"""Aeroplanes, helicopters, rockets and balloons. Their front is to -y."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, cylinder, egg, extruded, joined, lathe, loft, profiled, ring, rounded, tube
from .vehicles import BOTH, CHROME, DARK, PANE, grown

Chord = tuple[float, float]
"""Where a wing begins and ends along y."""

TIPPED = ((0.62, 0.96), (0.5, 0.98), (0.0, 0.985))
ROUND = ((0.55, 0.965), (0.3, 0.99), (0.0, 1.0))
BODY = ((0.0, 0.0), (0.12, 0.01), (0.45, 0.15), (0.85, 0.34), (1.0, 0.5), (1.0, 0.8), (0.85, 0.92))
"""An aeroplane's body from its tail, as shares of its radius and its length, and its nose with a propeller or round."""


def _wing(span: float, root: Chord, tip: Chord, z: float, lift: float, thick: float) -> Solid:
    """A wing through the middle, with its front and back edge along y there and at its raised tips."""
    rings: list[list[Point]] = []
    for x, (a, b), up, t in ((-span / 2, tip, lift, 0.5), (0.0, root, 0.0, 1.0), (span / 2, tip, lift, 0.5)):
        c, h = b - a, thick * t
        section = [(a, 0.0), (a + 0.1 * c, -0.7 * h), (a + 0.4 * c, -0.8 * h), (b, -0.1 * h)]
        section += [(b, 0.1 * h), (a + 0.4 * c, h), (a + 0.1 * c, 0.8 * h)]
        rings.append([(x, y, z + up + d) for y, d in section])
    return loft(rings)


def _half(wing: Solid, side: int) -> Solid:
    """One half of a wing as a convex solid."""
    sections = wing.vertices.reshape(3, 7, 3)
    rings = []
    for s in sections[1:] if side > 0 else sections[:2]:
        x, (front, low), (back, high) = float(s[0, 0]), s[:, 1:].min(axis=0), s[:, 1:].max(axis=0)
        rings.append([(x, front, low), (x, back, low), (x, back, high), (x, front, high)])
    return loft(rings)


def _raised(v: FloatArray, fat: float) -> FloatArray:
    """A body's vertices with its tail raised."""
    return v + np.array([0.0, 0.0, 1.0]) * (0.35 * fat * np.clip(v[:, 1:2] / 0.5, 0.0, 1.0))


def _belt(fat: float, shape: Sequence[tuple[float, float]]) -> Solid:
    """A stripe along both sides of an aeroplane's body."""
    ys = np.linspace(0.2, 0.93, 12)
    radii = np.interp(ys, [y for _, y in shape], [r for r, _ in shape]) * fat + 0.001
    h = 0.12 * fat
    rings = [
        [(r, 0.5 - a, -h), (r, 0.5 - a, h), (-r, 0.5 - a, h), (-r, 0.5 - a, -h)]
        for a, r in zip(ys.tolist(), radii.tolist(), strict=True)
    ]
    return loft(rings).shaped(lambda v: _raised(v, fat))


@entry("an aeroplane", names=("airplane", "plane", "aircraft", "airliner"), size=(0.15, 84.0), shape="COMPOUND")
def aeroplane(
    length: Annotated[float, metres(0.15, 70.0)] = 9.0,
    kind: Literal["propeller", "airliner"] = "propeller",
    span: Annotated[float, share(0.8, 1.15, "of its wings, over its length")] = 1.0,
    colour: Colour = (0.85, 0.84, 0.8),
    stripe: Colour = (0.55, 0.04, 0.03),
) -> Form:
    """A long body with wings, tailplane and fin on three wheels, with a propeller or two jet engines."""
    light = kind == "propeller"
    fat, up = (0.065, 0.13) if light else (0.055, 0.15)
    shape = [*BODY, *(TIPPED if light else ROUND)]
    body = lathe([(r * fat, y - 0.5) for r, y in shape], 28).turned(90, "x").shaped(lambda v: _raised(v, fat))
    if light:
        wing = _wing(span, (-0.17, 0.03), (-0.13, 0.01), 0.85 * fat, 0.03, 0.016)
    else:
        wing = _wing(span, (-0.13, 0.1), (0.13, 0.19), -0.5 * fat, 0.05, 0.016)
    tail = _wing(0.36, (0.37, 0.48), (0.42, 0.49), 0.35 * fat, 0.01, 0.008)
    fin = profiled([(0.34, 0.2 * fat), (0.49, 0.3 * fat), (0.5, 3.4 * fat), (0.45, 3.4 * fat)], 0.012, "x", 0.003)
    more, dark, gear, feet = _propeller(fat, span) if light else _jets(fat, span)
    wheels = [cylinder(0.028, 0.018, 16).turned(90, "y").moved(x - 0.009, y, 0.028) for x, y in feet]
    legs = [tube([(x, y, 0.028), (0.5 * x, y, up - 0.6 * fat)], 0.007, 8) for x, y in feet]
    parts = (
        Part(joined([body, wing, tail]).moved(z=up), "steel", colour, share=0.0084 if light else 0.012),
        Part(joined([_belt(fat, shape), fin, *more]).moved(z=up), "steel", stripe, share=0.01),
        Part(joined(dark).moved(z=up), "plastic", PANE, share=0.1),
        Part(joined([*legs, *(g.moved(z=up) for g in gear)]), "steel", CHROME, share=0.05),
        Part(joined(wheels), "rubber", DARK, share=0.5),
    )
    core = cylinder(fat, 0.7, 16).turned(90, "x").moved(0.0, 0.28, up)
    top = up + (0.85 * fat + 0.016 if light else fat)
    halves = [_half(w, s).moved(z=up) for w in (wing, tail) for s in BOTH]
    anchors = {"top": Anchor((0.0, -0.05, top), reach=fat)}
    return grown(Form(parts, anchors, hulls=(core, *halves, fin.moved(z=up), *wheels)), length)


Outfit = tuple[list[Solid], list[Solid], list[Solid], list[tuple[float, float]]]
"""What an aeroplane has in its stripe's colour, dark and bright, and where its wheels stand."""


def _propeller(fat: float, span: float) -> Outfit:
    """A propeller, panes under a high wing, and struts up to that."""
    pane = [(-0.28, 0.25 * fat), (-0.12, 0.4 * fat), (-0.12, 1.1 * fat), (-0.2, 1.1 * fat)]
    hub = lathe([(0.3 * fat, 0.0), (0.27 * fat, 0.02), (0.12 * fat, 0.04), (0.0, 0.046)], 20)
    blade = rounded(0.022, 0.006, 0.13, 0.002, 2)
    screw = joined([blade, blade.turned(180, "y")]).turned(25, "y").moved(0.0, -0.497)
    struts = [
        tube([(s * 0.6 * fat, -0.08, -0.6 * fat), (s * 0.27 * span, -0.08, 0.83 * fat + 0.016)], 0.006, 8) for s in BOTH
    ]
    shown = [hub.turned(90, "x").moved(0.0, -0.475), *struts]
    return shown, [profiled(pane, 1.5 * fat, "x", 0.008), screw], [], [(-0.09, -0.1), (0.09, -0.1), (0.0, -0.38)]


def _jets(fat: float, span: float) -> Outfit:
    """Round windows along both sides, a pane in front, and two engines under the wings."""
    dark = [
        egg(0.006, 0.014, 0.018, 10).moved(s * 0.985 * fat, y, 0.25 * fat)
        for y in np.linspace(-0.3, 0.1, 17).tolist()
        for s in BOTH
    ]
    pane = [(-0.462, 0.3 * fat), (-0.42, 0.3 * fat), (-0.42, 0.78 * fat), (-0.44, 0.68 * fat)]
    dark.append(profiled(pane, 1.3 * fat, "x", 0.006))
    pod = lathe([(0.016, 0.0), (0.026, 0.05), (0.03, 0.1), (0.026, 0.12), (0.02, 0.115), (0.0, 0.09)], 20)
    pod, x = pod.turned(90, "x"), 0.15 * span + 0.02
    gear = [pod.moved(s * x, 0.02, -0.5 * fat - 0.03) for s in BOTH]
    gear += [box(0.008, 0.07, 0.05).moved(s * x, 0.0, -0.5 * fat - 0.03) for s in BOTH]
    return [], dark, gear, [(-0.05, 0.04), (0.05, 0.04), (0.0, -0.38)]


@entry("a helicopter on skids", names=("chopper", "rescue helicopter"), size=(0.14, 27.0), shape="COMPOUND")
def helicopter(
    length: Annotated[float, metres(0.15, 22.0)] = 9.0,
    blades: Annotated[int, count(2, 6, "of its main rotor")] = 4,
    rotor: Annotated[float, share(0.7, 1.05, "how wide it is, over its length")] = 0.9,
    colour: Colour = (0.65, 0.05, 0.03),
    trim: Colour = (0.85, 0.84, 0.8),
) -> Form:
    """A round cabin with large panes, a thin tail with a small rotor, a large rotor over it, and two skids."""
    up, y = 0.175, -0.22
    cabin = egg(0.2, 0.42, 0.22, 28).moved(0.0, y, up)
    cowl = rounded(0.12, 0.24, 0.09, 0.04, 4).moved(0.0, y + 0.08, up + 0.06)
    boom = tube(
        [(0.0, y + 0.1, up + 0.045), (0.0, 0.28, up + 0.06), (0.0, 0.46, up + 0.075)], [0.065, 0.022, 0.014], 16
    )
    fin = profiled([(0.39, up - 0.02), (0.44, up - 0.02), (0.5, up + 0.16), (0.455, up + 0.16)], 0.012, "x", 0.003)
    plane = _wing(0.2, (0.33, 0.39), (0.345, 0.385), up + 0.065, 0.0, 0.006)
    glass = egg(0.186, 0.28, 0.19, 24).moved(0.0, y - 0.082, up + 0.012)
    doors = [rounded(0.208, 0.09, 0.085, 0.02, 2).moved(0.0, y + 0.045, up + 0.0)]
    belt = egg(0.203, 0.424, 0.03, 24).moved(0.0, y, up - 0.045)
    mast = cylinder(0.012, 0.1, 12).moved(0.0, y + 0.06, up + 0.1)
    top = up + 0.19
    hub = lathe([(0.025, 0.0), (0.03, 0.012), (0.02, 0.026), (0.0, 0.03)], 16).moved(0.0, y + 0.06, top - 0.012)
    blade = rounded(rotor / 2, 0.026, 0.006, 0.002, 2).moved(x=rotor / 4)
    main = [blade.turned(360 * i / blades + 33).moved(0.0, y + 0.06, top - 0.003) for i in range(blades)]
    small = [
        rounded(0.006, 0.016, 0.085, 0.002, 2).turned(180 * i + 40, "x").moved(0.012, 0.47, up + 0.12) for i in (0, 1)
    ]
    small.append(cylinder(0.01, 0.025, 10).turned(90, "y").moved(-0.005, 0.47, up + 0.12))
    bars = [_skid(s, y) for s in BOTH]
    legs = [
        tube([(s * 0.1, y + a, 0.008), (s * 0.05, y + a, up - 0.075)], 0.006, 8) for s in BOTH for a in (-0.06, 0.08)
    ]
    parts = (
        Part(joined([cabin, cowl, boom, fin]), "steel", colour, share=0.01),
        Part(joined([belt, plane]), "steel", trim, share=0.01),
        Part(joined([glass, *doors]), "plastic", PANE, share=0.01),
        Part(joined([mast, hub, *main, *small]), "steel", DARK, share=0.2),
        Part(joined([*bars, *legs]), "steel", CHROME, share=0.2),
    )
    anchors = {
        "top": Anchor((0.0, y + 0.06, top + 0.018), reach=0.02),
        "hook": Anchor((0.0, y, up - 0.11), (0.0, 0.0, -1.0)),
    }
    core = egg(0.2, 0.42, 0.22, 12).moved(0.0, y, up)
    tail = tube([(0.0, 0.0, up + 0.05), (0.0, 0.46, up + 0.075)], [0.04, 0.014], 8)
    rails = [box(0.016, 0.28, 0.016).moved(s * 0.1, y + 0.01) for s in BOTH]
    return grown(Form(parts, anchors, hulls=(core, cowl, tail, fin, mast, *main, *legs, *rails)), length)


def _skid(side: int, y: float) -> Solid:
    """A bar along the ground, bent up in front."""
    line = [(y - 0.17, 0.04), (y - 0.155, 0.015), (y - 0.13, 0.008), (y + 0.15, 0.008)]
    return tube([(side * 0.1, a, z) for a, z in line], 0.008, 8)


ROCKET = ((0.62, 0.08), (0.78, 0.15), (0.94, 0.28), (1.0, 0.42), (0.97, 0.56), (0.84, 0.7), (0.62, 0.82), (0.34, 0.93))
"""Radii and heights of a rocket's body, as shares."""


@entry("a rocket with fins", names=("spaceship", "space rocket", "rocket ship", "toy rocket"), size=(0.1, 70.0))
def rocket(
    height: Annotated[float, metres(0.1, 70.0)] = 12.0,
    fins: Annotated[int, count(3, 6)] = 4,
    width: Annotated[float, share(0.09, 0.3, "over its height")] = 0.2,
    colour: Colour = (0.86, 0.85, 0.82),
    trim: Colour = (0.65, 0.04, 0.03),
) -> Form:
    """A bellied body with a coloured tip and belt, a nozzle, round windows, and swept fins on which it stands."""
    r, line = width / 2, [*ROCKET, (0.0, 1.0)]

    def out(z: float) -> float:
        return float(np.interp(z, [b for _, b in line], [a for a, _ in line])) * r

    def skin(low: float, high: float, more: float = 0.0) -> list[tuple[float, float]]:
        return [(out(z) + more, z) for z in np.linspace(low, high, 5).tolist()]

    body = lathe([(a * r, z) for a, z in line if z < 0.8] + skin(0.79, 0.8)[-1:], 32)
    tip = lathe([*skin(0.8, 0.96)[:4], (0.2 * r, 0.965), (0.0, 1.0)], 32)
    belt = lathe(skin(0.2, 0.24, 0.002), 32)
    nozzle = lathe([(0.5 * r, 0.02), (0.42 * r, 0.05), (0.35 * r, 0.1), (0.0, 0.1)], 24)
    reach = r + 0.11
    edge = [
        (0.5 * r, 0.1),
        (reach - 0.02, 0.0),
        (reach, 0.0),
        (reach, 0.1),
        (0.75 * reach, 0.24),
        (out(0.34) - 0.01, 0.36),
    ]
    blade = profiled(edge, 0.014, "y", 0.003)
    blades = [blade.turned(90 + 360 * i / fins + 180 / fins) for i in range(fins)]
    rims = [ring(0.24 * r, 0.05 * r, 24, 8).turned(90, "x").moved(0.0, -out(z), z) for z in (0.5, 0.62)]
    panes = [cylinder(0.24 * r, 0.1 * r, 24).turned(90, "x").moved(0.0, 0.07 * r - out(z), z) for z in (0.5, 0.62)]
    parts = (
        Part(body, "steel", colour, share=0.012),
        Part(joined([tip, belt, *blades]), "steel", trim, share=0.02),
        Part(joined([nozzle, *rims]), "steel", (0.3, 0.31, 0.33), share=0.1),
        Part(joined(panes), "plastic", PANE),
    )
    anchors = {"top": Anchor((0.0, 0.0, 1.0)), "mouth": Anchor((0.0, 0.0, 0.02), (0.0, 0.0, -1.0), 0.4 * r)}
    return grown(Form(parts, anchors), height)


ENVELOPE = (
    (0.16, 0.26),
    (0.25, 0.32),
    (0.55, 0.43),
    (0.82, 0.54),
    (0.97, 0.66),
    (1.0, 0.75),
    (0.93, 0.85),
    (0.75, 0.93),
    (0.45, 0.98),
    (0.12, 1.0),
)
"""Radii and heights of a hot air balloon's skin, as shares."""


@entry(
    "a hot air balloon with a basket",
    names=("hot-air balloon", "montgolfier", "aerostat"),
    size=(0.2, 30.0),
    shape="COMPOUND",
)
def hot_air_balloon(
    height: Annotated[float, metres(0.2, 30.0)] = 18.0,
    width: Annotated[float, share(0.55, 0.9, "over its height")] = 0.72,
    stripes: Annotated[int, count(3, 10, "of each colour")] = 6,
    colour: Colour = (0.75, 0.06, 0.03),
    second: Colour = (0.9, 0.62, 0.05),
) -> Form:
    """A skin of stripes in two colours, ropes from its opening down to a wicker basket, and a burner."""
    r, gores = width / 2, 2 * stripes
    skins: tuple[list[Solid], list[Solid]] = ([], [])
    for i in range(gores):
        turns = [2 * math.pi * (i + k / 3) / gores for k in range(4)]
        rings: list[list[Point]] = [
            [(0.0, 0.0, z), *((a * r * math.cos(t), a * r * math.sin(t), z) for t in turns)] for a, z in ENVELOPE
        ]
        skins[i % 2].append(loft(rings))
    half, deep, wall = 0.05, 0.075, 0.008
    floor = box(2 * half, 2 * half, wall)
    sides = [box(2 * half, wall, deep).moved(y=s * (half - wall / 2)) for s in BOTH]
    sides += [box(wall, 2 * half - 2 * wall, deep).moved(x=s * (half - wall / 2)) for s in BOTH]
    corners = [(a * half, b * half, deep) for a, b in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    rim = tube([(0.97 * x, 0.97 * y, z) for x, y, z in corners], 0.007, 8, closed=True)
    ropes = [
        tube([(0.95 * x, 0.95 * y, z), (0.11 * r * a, 0.11 * r * b, 0.27)], 0.003, 6)
        for (x, y, z), (a, b) in zip(corners, ((1, 1), (-1, 1), (-1, -1), (1, -1)), strict=True)
    ]
    burner = [cylinder(0.018, 0.03, 12).moved(z=0.16), box(0.09, 0.006, 0.006).moved(z=0.165)]
    burner += [tube([(s * 0.04, 0.0, deep), (s * 0.04, 0.0, 0.168)], 0.004, 6) for s in BOTH]
    burner += [box(0.006, 2 * half - wall, 0.008).moved(x=s * 0.04, z=deep - 0.004) for s in BOTH]
    parts = (
        Part(joined(skins[0]), "cloth", colour, share=0.0003),
        Part(joined(skins[1]), "cloth", second, share=0.0003),
        Part(joined([floor, *sides]), "straw", (0.42, 0.26, 0.1)),
        Part(rim, "leather", (0.2, 0.1, 0.05)),
        Part(joined(ropes), "rope", share=0.5),
        Part(joined(burner), "steel", CHROME, share=0.02),
    )
    anchors = {"inside": Anchor((0.0, 0.0, wall), reach=half - wall), "top": Anchor((0.0, 0.0, 1.0), reach=0.1 * r)}
    hull = lathe([(a * r, z) for a, z in (ENVELOPE[0], *ENVELOPE[2:])], 14)
    return grown(Form(parts, anchors, hulls=(hull, floor, *sides, *ropes)), height)


@entry("a plane folded of paper", names=("paper airplane", "paper aeroplane", "paper dart"), size=(0.07, 1.1))
def paper_plane(
    length: Annotated[float, metres(0.08, 1.0)] = 0.26,
    span: Annotated[float, share(0.4, 1.0, "of its wings, over its length")] = 0.6,
    raised: Annotated[float, share(0.0, 0.25, "how much higher the tips of its wings are, over its length")] = 0.07,
    colour: Colour = (0.88, 0.87, 0.83),
) -> Form:
    """Two pointed wings that rise to their sides, over a folded keel."""
    half, thick, deep = span / 2, 0.006, 0.17
    keel = profiled([(-0.5, deep - 0.004), (0.3, 0.0), (0.42, 0.0), (0.47, deep)], 0.012, "x")
    wings = []
    for s in BOTH:
        outline = [(0.0, -0.5), (s * half, 0.38), (s * half, 0.45), (s * 0.006, 0.47), (0.0, 0.47)]
        flat = extruded(outline[::s], thick).moved(z=deep - thick / 2)
        wings.append(flat)
        fold = [(s * 0.003, -0.46), (s * 0.45 * half, 0.35), (s * 0.45 * half, 0.42), (s * 0.003, 0.42)]
        wings.append(extruded(fold[::s], thick).moved(z=deep))
    bent = joined(wings).shaped(
        lambda v: v + np.stack([0 * v[:, 0], 0 * v[:, 0], np.abs(v[:, 0]) * raised / half], axis=1)
    )
    anchors = {"top": Anchor((0.0, 0.1, deep + thick), reach=0.1 * half)}
    return grown(Form((Part(joined([keel, bent]), "paper", colour, share=0.12),), anchors), length)
