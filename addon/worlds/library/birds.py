"""Birds: small birds, ducks, hens, penguins and owls, as simple figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

from ..entry import Colour, entry, metres, share
from ..form import Form, Part, Rgb
from ..solids import Point, Solid, ball, cone, egg, extruded, joined, spindle, tube
from .animals import DARK, body, finished, pair
from .trees import shade

YELLOW = (0.85, 0.42, 0.02)


def _eyes(x: float, y: float, z: float, size: float) -> Part:
    return Part(joined(pair(ball(size, 8).moved(x, y, z))), "glass", DARK)


def _beak(long: float, wide: float, high: float, at: Point) -> Solid:
    """A pointed beak to the front."""
    x, y, z = at
    return cone(1.0, long, 10).scaled(wide, high, 1.0).turned(90, "x").moved(x, y, z)


def _feet(wide: float, y: float, high: float, toe: float) -> Solid:
    """Two thin legs with three toes each to the front and one behind."""
    found = []
    for s in (-1, 1):
        x, r = s * wide, 0.13 * toe
        found.append(tube([(x, y + 0.1 * toe, high), (x, y, 0.5 * high), (x, y, 0.6 * r)], r, 7))
        for a in (-0.5, 0.0, 0.5, math.pi):
            long = toe if a < 3 else 0.5 * toe
            end = (x + long * math.sin(a), y - long * math.cos(a), 0.7 * r)
            found.append(tube([(x, y, r), end], (r, 0.5 * r), 6))
    return joined(found)


def _wing(long: float, deep: float, feathers: int, thick: float) -> Solid:
    """A spread wing along x from the origin, its feathers to the back."""
    front = [(0.0, -0.35 * deep), (0.45 * long, -0.5 * deep), (0.8 * long, -0.35 * deep), (long, 0.05 * deep)]
    back: list[tuple[float, float]] = []
    for i in range(feathers):
        f = 1.0 - (i + 0.5) / feathers
        back.append((long * (f + 0.4 / feathers) * 0.97, deep * (0.3 + 0.35 * (1 - f))))
        back.append((long * (f - 0.4 / feathers) * 0.97, deep * (0.18 + 0.3 * (1 - f))))
    return extruded([*front, *back, (0.0, 0.4 * deep)], thick)


def _winged(long: float, wide: float, deep: float, at: Point, rise: float) -> list[Solid]:
    """Wings that lie along the sides, the tips to the back."""
    x, y, z = at
    one = spindle(
        [(x, y, z), (x + 0.3 * wide, y + 0.4 * long, z), (0.75 * x, y + long, z + rise)],
        [(wide, deep), (wide, 1.1 * deep), (0.3 * wide, 0.15 * deep)],
        10,
    )
    return pair(one)


@entry("a small bird", names=("songbird", "sparrow", "robin", "dove", "pigeon", "crow", "seagull"), size=(0.08, 2.2))
def bird(
    length: Annotated[float, metres(0.08, 1.0, "from the beak to the tail")] = 0.22,
    wings: Literal["folded", "spread"] = "folded",
    colour: Colour = (0.1, 0.2, 0.45),
    breast: Colour = (0.75, 0.35, 0.1),
) -> Form:
    """A round body on two legs with a fan of a tail, its wings folded or spread."""
    trunk = body(
        [(0.34, 0.36, 0.05, 0.05), (0.18, 0.34, 0.13, 0.12), (-0.05, 0.34, 0.17, 0.17), (-0.22, 0.46, 0.13, 0.13)]
    )
    head = egg(0.27, 0.28, 0.26, 14).moved(0.0, -0.28, 0.58)
    fan = (
        extruded([(-0.04, 0.25), (0.04, 0.25), (0.1, 0.62), (0.0, 0.66), (-0.1, 0.62)], 0.03)
        .turned(-6, "x")
        .moved(z=0.34)
    )
    front = egg(0.3, 0.3, 0.36, 14).moved(0.0, -0.09, 0.33)
    if wings == "folded":
        sides = _winged(0.55, 0.035, 0.11, (0.145, -0.12, 0.4), -0.05)
    else:
        sides = pair(_wing(0.85, 0.42, 6, 0.025).turned(-12, "y").moved(0.06, 0.0, 0.42))
    parts = [
        Part(joined([trunk, head, fan]), "fur", colour, share=0.5),
        Part(joined(sides), "fur", shade(colour, 0.6), share=0.5),
        Part(front, "fur", breast, share=0.5),
        Part(joined([_beak(0.15, 0.04, 0.045, (0.0, -0.4, 0.58)), _feet(0.07, -0.02, 0.24, 0.12)]), "leather", YELLOW),
        _eyes(0.105, -0.36, 0.63, 0.026),
    ]
    return finished(parts, length / 1.21, (0.1, 0.45))


def _ducks(colour: Rgb, head: Rgb, bill: Rgb, collar: bool, feet: bool) -> list[Part]:
    """A floating body with a curled-up tail, a neck and a flat bill, in parts of its length."""
    up = 0.16 if feet else 0.0
    trunk = body(
        [
            (0.5, 0.34, 0.05, 0.04),
            (0.34, 0.26, 0.15, 0.11),
            (0.02, 0.21, 0.23, 0.19),
            (-0.28, 0.24, 0.18, 0.18),
            (-0.4, 0.3, 0.1, 0.12),
        ]
    )
    neck = spindle(
        [(0, -0.3, 0.28), (0, -0.36, 0.42), (0, -0.37, 0.54)], [(0.11, 0.12), (0.085, 0.085), (0.09, 0.09)], 12
    )
    skull = egg(0.24, 0.28, 0.23, 14).moved(0.0, -0.4, 0.58)
    flat = spindle(
        [(0, -0.48, 0.56), (0, -0.58, 0.545), (0, -0.69, 0.54)], [(0.06, 0.05), (0.065, 0.028), (0.075, 0.014)], 10
    )
    sides = _winged(0.58, 0.04, 0.13, (0.19, -0.2, 0.27), 0.03)
    orange = [flat]
    if feet:
        web = [(-0.03, 0.06), (0.03, 0.06), (0.09, -0.14), (0.0, -0.11), (-0.09, -0.14)]
        for s in (-1, 1):
            orange.append(extruded(web[::-1], 0.02).moved(s * 0.09, 0.0, -up))
            orange.append(tube([(s * 0.09, 0.02, -up), (s * 0.09, 0.05, 0.14)], 0.022, 7))
    parts = [
        Part(joined([trunk, *([] if collar else [neck])]), "fur", colour, share=0.4),
        Part(joined([skull, *([neck] if collar else [])]), "fur", head, share=0.4),
        Part(joined(sides), "fur", shade(colour, 0.8), share=0.4),
        Part(joined(orange), "leather", bill),
        _eyes(0.1, -0.46, 0.62, 0.022),
    ]
    if collar:
        white = spindle([(0, -0.325, 0.355), (0, -0.335, 0.385)], [(0.108, 0.112), (0.104, 0.106)], 12, 1)
        parts.append(Part(white, "fur", (0.85, 0.85, 0.85)))
    return parts


@entry("a duck that stands or swims", names=("mallard", "drake", "goose"), size=(0.2, 1.3))
def duck(
    length: Annotated[float, metres(0.2, 1.2)] = 0.5,
    feet: bool = True,
    colour: Colour = (0.36, 0.28, 0.2),
    head: Colour = (0.02, 0.2, 0.08),
) -> Form:
    """A boat of a body with a neck, a flat bill, webbed feet and a white collar."""
    return finished(_ducks(colour, head, YELLOW, True, feet), length / 1.22, (0.1, 0.38))


@entry("a rubber duck for the bath", names=("toy duck", "bath duck"), size=(0.04, 1.1))
def rubber_duck(
    length: Annotated[float, metres(0.04, 1.0)] = 0.1,
    colour: Colour = (0.95, 0.72, 0.03),
    bill: Colour = (0.85, 0.2, 0.01),
) -> Form:
    """A duck without feet, all of one colour but for its bill, on a flat foot."""
    parts = _ducks(colour, colour, bill, False, False)
    hollow = [Part(p.solid, "rubber", p.color, share=0.35) for p in parts]
    foot = egg(0.4, 0.66, 0.2, 16).moved(0.0, 0.0, 0.09)
    return finished([*hollow, Part(foot, "rubber", colour, share=0.35)], length / 1.22, (0.1, 0.38))


@entry("a hen or a cock", names=("chicken", "rooster", "cock", "cockerel"), size=(0.15, 1.2))
def hen(
    height: Annotated[float, metres(0.15, 0.9)] = 0.42,
    tail: Annotated[float, share(0.3, 1.0, "how large its tail is")] = 0.5,
    colour: Colour = (0.42, 0.17, 0.05),
    comb: Colour = (0.65, 0.02, 0.02),
) -> Form:
    """A deep body with an upright tail, a comb and a wattle, on thin legs."""
    trunk = body(
        [
            (0.4, 0.62, 0.08, 0.12),
            (0.2, 0.5, 0.19, 0.2),
            (-0.06, 0.44, 0.22, 0.22),
            (-0.24, 0.58, 0.16, 0.18),
            (-0.3, 0.8, 0.09, 0.1),
        ]
    )
    head = egg(0.19, 0.22, 0.2, 12).moved(0.0, -0.33, 0.88)
    feathers = []
    for i in range(5):
        long, lift = (0.3 + 0.45 * tail) * (1 - 0.08 * i), 75 - 14 * i
        a = math.radians(lift)
        ends: list[Point] = [(0, 0.32, 0.62), (0, 0.36 + 0.6 * long * math.cos(a), 0.62 + 0.6 * long * math.sin(a))]
        ends.append((0, 0.42 + long * math.cos(a - 0.35), 0.6 + long * math.sin(a - 0.35)))
        feathers.append(spindle(ends, [(0.04, 0.06), (0.035, 0.075), (0.01, 0.03)], 8))
    crest = [egg(0.035, 0.08, 0.1, 8).moved(0.0, y, z) for y, z in ((-0.41, 0.97), (-0.35, 1.0), (-0.28, 0.97))]
    crest.append(egg(0.05, 0.05, 0.1, 8).moved(0.0, -0.42, 0.78))
    parts = [
        Part(joined([trunk, head]), "fur", colour, share=0.5),
        Part(
            joined([*feathers, *_winged(0.42, 0.04, 0.13, (0.19, -0.14, 0.5), 0.06)]),
            "fur",
            shade(colour, 0.55),
            share=0.4,
        ),
        Part(joined(crest), "flesh", comb),
        Part(joined([_beak(0.11, 0.035, 0.04, (0.0, -0.42, 0.88)), _feet(0.09, 0.0, 0.32, 0.13)]), "leather", YELLOW),
        _eyes(0.08, -0.38, 0.91, 0.02),
    ]
    form = finished(parts, 1.0, (0.05, 0.62))
    k = height / float(form.high[2])
    return finished(parts, k, (0.05, 0.62))


def _upright(line: Sequence[tuple[float, float, float, float]], n: int = 16) -> Solid:
    """A rounded part upward: y, z, half its width and half its depth."""
    return spindle([(0.0, y, z) for y, z, _, _ in line], [(w, d) for _, _, w, d in line], n)


@entry("a penguin that stands", names=("emperor penguin", "king penguin"), size=(0.2, 1.5))
def penguin(
    height: Annotated[float, metres(0.2, 1.4)] = 0.7,
    stout: Annotated[float, share(0.8, 1.4, "how stout it is")] = 1.0,
    colour: Colour = (0.02, 0.025, 0.035),
    belly: Colour = (0.88, 0.87, 0.83),
) -> Form:
    """An upright body with a pale belly, flippers, a short tail and flat feet."""
    back = _upright(
        [
            (0.03, 0.06, 0.12, 0.1),
            (0.02, 0.22, 0.19, 0.17),
            (0.01, 0.45, 0.19, 0.17),
            (0.0, 0.65, 0.13, 0.12),
            (-0.01, 0.76, 0.1, 0.1),
        ]
    )
    front = _upright(
        [(-0.05, 0.1, 0.1, 0.06), (-0.07, 0.24, 0.155, 0.11), (-0.07, 0.45, 0.15, 0.11), (-0.055, 0.64, 0.085, 0.07)]
    )
    head = egg(0.22, 0.24, 0.22, 14).moved(0.0, -0.02, 0.87)
    flipper = spindle(
        [(0.15, 0.01, 0.62), (0.245, 0.02, 0.44), (0.27, 0.05, 0.25)], [(0.022, 0.05), (0.025, 0.075), (0.012, 0.03)], 8
    )
    rear = spindle([(0, 0.14, 0.14), (0, 0.24, 0.05)], [(0.07, 0.03), (0.03, 0.015)], 8)
    foot = egg(0.13, 0.22, 0.06, 10).moved(0.09, -0.08, 0.03)
    cheeks = [egg(0.05, 0.1, 0.12, 8).moved(0.085, -0.03, 0.86)]
    wide = [s.scaled(stout, stout, 1.0) for s in (back, front)]
    fins = pair(flipper.moved(x=0.16 * (stout - 1.0)))
    parts = [
        Part(joined([wide[0], head, *fins, rear]), "fur", colour),
        Part(wide[1], "fur", belly),
        Part(joined([_beak(0.16, 0.035, 0.035, (0.0, -0.11, 0.86)), *pair(foot), *pair(cheeks[0])]), "leather", YELLOW),
        _eyes(0.085, -0.1, 0.905, 0.02),
    ]
    return finished(parts, height / 0.98, (0.1, 0.6))


@entry("an owl that sits upright", names=("eagle owl", "barn owl"), size=(0.1, 0.9))
def owl(
    height: Annotated[float, metres(0.1, 0.8)] = 0.4,
    colour: Colour = (0.28, 0.17, 0.08),
    breast: Colour = (0.62, 0.5, 0.34),
    eyes: Colour = (0.95, 0.55, 0.02),
) -> Form:
    """An upright body with folded wings, a wide face with great eyes, and tufts for ears."""
    trunk = _upright(
        [(0.04, 0.08, 0.13, 0.12), (0.02, 0.28, 0.22, 0.2), (0.0, 0.5, 0.22, 0.2), (-0.01, 0.64, 0.19, 0.18)]
    )
    front = egg(0.32, 0.2, 0.46, 14).moved(0.0, -0.12, 0.34)
    head = egg(0.46, 0.4, 0.38, 16).moved(0.0, -0.02, 0.76)
    tufts = pair(cone(0.07, 0.17, 8).turned(22, "y").moved(0.12, -0.04, 0.87))
    sides = pair(
        spindle(
            [(0.19, 0.02, 0.6), (0.25, 0.04, 0.38), (0.14, 0.14, 0.1)], [(0.05, 0.09), (0.05, 0.13), (0.03, 0.05)], 10
        )
    )
    face = pair(egg(0.22, 0.08, 0.24, 14).moved(0.095, -0.18, 0.77))
    disks = pair(ball(0.06, 12).scaled(1.0, 0.6, 1.0).moved(0.09, -0.215, 0.78))
    toes = [egg(0.05, 0.12, 0.05, 8).moved(x, -0.1, 0.025) for x in (-0.12, -0.07, 0.07, 0.12)]
    parts = [
        Part(joined([trunk, head, *tufts]), "fur", colour, share=0.5),
        Part(joined(sides), "fur", shade(colour, 0.6), share=0.5),
        Part(joined([front, *face]), "fur", breast, share=0.5),
        Part(joined(disks), "glass", eyes),
        Part(joined([_beak(0.09, 0.03, 0.045, (0.0, -0.19, 0.7)), *toes]), "leather", (0.3, 0.22, 0.1)),
        _eyes(0.09, -0.245, 0.78, 0.028),
    ]
    form = finished(parts, 1.0, (0.1, 0.6))
    return finished(parts, height / float(form.high[2]), (0.1, 0.6))
