"""Screens: televisions, laptops and phones."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from ..entry import Colour, degrees, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, box, cylinder, joined, loft, ring, rounded, tube

BOTH = (-1, 1)
DARK = (0.02, 0.02, 0.023)
FRONT = (0.0, -1.0, 0.0)
SCREEN = (0.12, 0.3, 0.6)


@entry("a television set on its stand", names=("tv", "monitor", "telly", "tv set", "computer screen"), size=(0.1, 2.7))
def television(
    width: Annotated[float, metres(0.1, 2.6)] = 1.1,
    kind: Literal["flat", "old"] = "flat",
    glow: Annotated[float, share(0.0, 4.0, "how strong its screen shines")] = 0.6,
    screen: Colour = SCREEN,
    colour: Colour = DARK,
) -> Form:
    """A thin screen on a foot, or a case with a bulging tube, knobs, legs and two aerials."""
    return _flat(width, glow, screen, colour) if kind == "flat" else _old(width, glow, screen, colour)


def _flat(w: float, glow: float, screen: tuple[float, float, float], colour: tuple[float, float, float]) -> Form:
    h, up, deep = 0.58 * w, 0.09 * w, 0.035 * w
    case = rounded(w, deep, h, 0.012 * w).moved(z=up)
    back = rounded(0.6 * w, deep, 0.5 * h, 0.015 * w).moved(0.0, 0.5 * deep, up + 0.1 * h)
    neck = box(0.12 * w, 0.4 * deep, up + 0.12 * h).moved(0.0, 0.3 * deep, 0.005 * w)
    foot = rounded(0.44 * w, 0.22 * w, 0.018 * w, 0.006 * w)
    pane = box(0.965 * w, 0.3 * deep, h - 0.045 * w).moved(0.0, -0.37 * deep, up + 0.025 * w)
    light = cylinder(0.004 * w, 0.3 * deep, 10).turned(90, "x").moved(0.0, -0.25 * deep, up + 0.012 * w)
    parts = (
        Part(joined([case, back, neck, foot]), "plastic", colour, share=0.35),
        Part(pane, "plastic", screen, glow, 0.3),
        Part(light, "plastic", (0.7, 0.03, 0.03), 1.0),
    )
    anchors = {
        "screen": Anchor((0.0, -0.52 * deep, up + h / 2), FRONT, h / 2),
        "top": Anchor((0.0, 0.0, up + h), reach=0.5 * deep),
    }
    return Form(parts, anchors)


def _old(w: float, glow: float, screen: tuple[float, float, float], colour: tuple[float, float, float]) -> Form:
    h, deep, up = 0.72 * w, 0.5 * w, 0.14 * w
    case = rounded(w, deep, h, 0.06 * w, 4).moved(0.0, 0.0, up)
    behind = rounded(0.7 * w, 0.3 * w, 0.6 * h, 0.08 * w, 4).moved(0.0, 0.5 * deep - 0.02 * w, up + 0.15 * h)
    x, z, front = -0.1 * w, up + 0.5 * h, -deep / 2
    bulge = []
    for size, out in ((1.0, 0.02), (1.0, -0.01), (0.9, -0.03), (0.6, -0.045), (0.25, -0.05)):
        turns = [2 * math.pi * k / 36 for k in range(36)]
        line = [(_squircle(math.cos(t)), _squircle(math.sin(t))) for t in turns]
        bulge.append([(x + 0.34 * w * size * a, front + out * w, z + 0.37 * h * size * b) for a, b in line])
    pane = loft(bulge)
    knobs = [
        cylinder(0.045 * w, 0.05 * w, 16).turned(90, "x").moved(0.37 * w, front + 0.01 * w, up + f * h)
        for f in (0.72, 0.52)
    ]
    slits = [box(0.14 * w, 0.02 * w, 0.016 * w).moved(0.37 * w, front, up + (0.12 + 0.06 * i) * h) for i in range(4)]
    legs = [
        tube([(s * 0.4 * w, t * 0.2 * w, 0.0), (s * 0.34 * w, t * 0.15 * w, up + 0.02 * w)], [0.018 * w, 0.026 * w], 10)
        for s in BOTH
        for t in BOTH
    ]
    low = min(float(s.low[2]) for s in legs)
    top = up + h
    rods = [tube([(s * 0.02 * w, 0.1 * w, top), (s * 0.26 * w, 0.1 * w, top + 0.36 * w)], 0.007 * w, 8) for s in BOTH]
    rods.append(cylinder(0.06 * w, 0.03 * w, 20).moved(0.0, 0.1 * w, top - 0.005 * w))
    wood = Part(joined([case, behind, *(s.moved(z=-low) for s in legs)]), "wood", colour, share=0.15)
    parts = (
        wood,
        Part(pane, "plastic", screen, glow, 0.3),
        Part(joined([*knobs, *slits, *rods]), "steel", (0.5, 0.5, 0.48), share=0.4),
    )
    anchors = {
        "screen": Anchor((x, front - 0.05 * w, z), FRONT, 0.35 * h),
        "top": Anchor((-0.3 * w, -0.1 * w, top), reach=0.12 * w),
    }
    return Form(parts, anchors)


def _squircle(a: float) -> float:
    return math.copysign(abs(a) ** 0.45, a)


@entry(
    "a laptop that stands open",
    names=("computer", "notebook computer", "laptop computer"),
    size=(0.1, 1.3),
    shape="COMPOUND",
)
def laptop(
    width: Annotated[float, metres(0.1, 1.0)] = 0.34,
    opened: Annotated[float, degrees(20.0, 150.0, "between its keys and its screen")] = 110.0,
    glow: Annotated[float, share(0.0, 4.0, "how strong its screen shines")] = 0.6,
    colour: Colour = (0.55, 0.56, 0.58),
    screen: Colour = SCREEN,
) -> Form:
    """A flat case with rows of keys and a pad to touch, and a lid with a screen on a hinge behind."""
    w, d, t = width, 0.68 * width, 0.045 * width
    base = rounded(w, d, t, 0.3 * t)
    keys: list[Solid] = []
    gap = 0.85 * w / 13
    for row in range(5):
        y = 0.32 * d - row * 1.05 * gap
        if row == 4:
            keys.append(box(5 * gap, 0.85 * gap, 0.1 * t).moved(0.0, y, 0.98 * t))
            keys += [
                box(0.85 * gap, 0.85 * gap, 0.1 * t).moved(s * k * gap, y, 0.98 * t)
                for s in BOTH
                for k in (3.1, 4.1, 5.1, 6.0)
            ]
            continue
        keys += [box(0.85 * gap, 0.85 * gap, 0.1 * t).moved((k - 6) * gap, y, 0.98 * t) for k in range(13)]
    pad = box(0.3 * w, 0.2 * d, 0.04 * t).moved(0.0, -0.36 * d, 0.98 * t)
    lid = rounded(w, d, 0.4 * t, 0.15 * t).moved(y=-d / 2)
    pane = box(0.94 * w, 0.88 * d, 0.1 * t).moved(0.0, -0.51 * d, -0.05 * t)
    hinge = cylinder(0.26 * t, 0.8 * w, 12).turned(90, "y").moved(-0.4 * w, d / 2 - 0.1 * t, t)

    def tilted(s: Solid) -> Solid:
        return s.turned(-opened, "x").moved(0.0, d / 2 - 0.1 * t, t + 0.1 * t)

    lid, pane = tilted(lid), tilted(pane)
    parts = (
        Part(joined([base, lid, hinge]), "steel", colour, share=0.13),
        Part(joined([*keys, pad]), "plastic", DARK),
        Part(pane, "plastic", screen, glow),
    )
    a = math.radians(opened)
    at = (0.0, d / 2 - 0.5 * d * math.cos(a), t + 0.5 * d * math.sin(a))
    shift = -float(max(base.high[1], lid.high[1]) + min(base.low[1], lid.low[1])) / 2
    moved = tuple(Part(p.solid.moved(y=shift), p.stuff, p.color, p.glow, p.share) for p in parts)
    anchors = {
        "screen": Anchor((at[0], at[1] + shift, at[2]), (0.0, -math.sin(a), -math.cos(a)), 0.4 * d),
        "top": Anchor((0.0, -0.3 * d + shift, t), reach=0.15 * d),
    }
    return Form(moved, anchors, hulls=(base.moved(y=shift), lid.moved(y=shift)))


@entry(
    "a phone with a large screen",
    names=("smartphone", "mobile phone", "cell phone", "mobile", "cellphone"),
    size=(0.08, 1.0),
)
def phone(
    length: Annotated[float, metres(0.08, 1.0)] = 0.155,
    upright: bool = False,
    glow: Annotated[float, share(0.0, 4.0, "how strong its screen shines")] = 0.6,
    colour: Colour = DARK,
    screen: Colour = SCREEN,
) -> Form:
    """A flat slab with round corners and rows of coloured signs, on its back or upright, with a camera behind."""
    h = length
    w, t = 0.48 * h, 0.055 * h
    case = _slab(w, h, t, 0.09 * w)
    pane = _slab(0.92 * w, 0.95 * h, 0.1 * t, 0.07 * w).moved(z=0.95 * t)
    signs = [
        _slab(0.15 * w, 0.15 * w, 0.06 * t, 0.03 * w).moved((i - 1.5) * 0.21 * w, 0.36 * h - j * 0.24 * w, 1.01 * t)
        for i in range(4)
        for j in range(5)
        if j < 3 or j == 4
    ]
    bump = _slab(0.36 * w, 0.36 * w, 0.14 * t, 0.09 * w).moved(0.22 * w, 0.36 * h, -0.1 * t)
    eyes = [
        ring(0.06 * w, 0.02 * w, 16, 6).scaled(1.0, 1.0, 0.5).moved(0.22 * w + a * w, 0.36 * h + b * w, -0.1 * t)
        for a, b in ((-0.08, 0.08), (0.08, -0.08))
    ]
    side = box(0.02 * w, 0.1 * h, 0.3 * t).moved(w / 2, 0.15 * h, 0.35 * t)
    solids = [joined([case, bump, side]), pane, joined(signs), joined(eyes)]
    placed = [s.turned(90, "x") for s in solids] if upright else solids
    low = min(float(s.low[2]) for s in placed)
    body, pane, marks, eye = (s.moved(z=-low) for s in placed)
    parts = (
        Part(body, "plastic", colour),
        Part(pane, "plastic", screen, glow),
        Part(marks, "plastic", (0.85, 0.85, 0.85), glow),
        Part(eye, "steel", (0.3, 0.3, 0.32)),
    )
    at = (0.0, -1.05 * t, h / 2) if upright else (0.0, 0.0, 1.05 * t - low)
    return Form(parts, {"screen": Anchor(at, FRONT if upright else (0.0, 0.0, 1.0), 0.4 * w)})


def _slab(width: float, depth: float, height: float, radius: float) -> Solid:
    """A flat plate with round corners."""
    x, y = width / 2 - radius, depth / 2 - radius
    spots = [(x, y, 0), (-x, y, 90), (-x, -y, 180), (x, -y, 270)]
    line = [
        (a + radius * math.cos(math.radians(c + k)), b + radius * math.sin(math.radians(c + k)))
        for a, b, c in spots
        for k in (0, 22.5, 45, 67.5, 90)
    ]
    return loft([[(a, b, z) for a, b in line] for z in (0.0, height)])
