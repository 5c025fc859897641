"""What people wear: hats and shoes."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ...scene_graph import FloatArray
from ..entry import Colour, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Point, Solid, box, curve, hoop, joined, lathe, loft, sectors, tube
from .vehicles import grown

BOTH = (-1, 1)

HATS: dict[str, tuple[list[tuple[float, float]], float]] = {
    "top hat": ([(0.3, 0.03), (0.285, 0.1), (0.28, 0.3), (0.3, 0.48), (0.29, 0.5), (0.0, 0.5)], 0.46),
    "bowler": ([(0.3, 0.03), (0.3, 0.12), (0.28, 0.2), (0.22, 0.27), (0.12, 0.31), (0.0, 0.32)], 0.44),
    "sun hat": ([(0.26, 0.02), (0.25, 0.1), (0.225, 0.16), (0.16, 0.2), (0.08, 0.215), (0.0, 0.22)], 0.5),
    "pointed": ([(0.28, 0.03), (0.22, 0.18), (0.15, 0.38), (0.08, 0.6), (0.03, 0.78), (0.0, 0.82)], 0.5),
}
"""Crowns of hats as radii and heights, and the radius of their brims, over the greatest width."""


@entry(
    "a hat with a brim and a band",
    names=("top hat", "sun hat", "straw hat", "bowler hat", "wizard hat", "witch hat"),
    size=(0.08, 1.2),
    shape="COMPOUND",
)
def hat(
    width: Annotated[float, metres(0.08, 1.2)] = 0.36,
    kind: Literal["top hat", "bowler", "sun hat", "pointed"] = "top hat",
    height: Annotated[float, share(0.6, 1.2, "how tall it is, over the usual")] = 1.0,
    colour: Colour = (0.025, 0.025, 0.03),
    band: Colour = (0.5, 0.04, 0.04),
) -> Form:
    """A hollow crown open below, a brim that rises to its rim, and a ribbon around."""
    line, brim = HATS[kind]
    crown = [(r, z * height) for r, z in line]
    thick = 0.012
    inside = [(max(r - thick, 0.0), z - (thick if r < 0.2 else 0.0)) for r, z in crown]
    out = [(0.5, 0.03), (0.47, 0.012), (0.4, 0.0), (crown[0][0] - thick, 0.0)]
    smooth = curve(crown, 3) if kind != "top hat" else crown
    lid_at = crown[-1][1] - thick
    within = curve(inside, 3) if kind != "top hat" else [*inside[:3], (0.27, lid_at), (0.0, lid_at)]
    flat = [(r * brim / 0.5 if r > 0.35 else r, z) for r, z in out]
    top = [(flat[0][0], flat[0][1] + thick), (flat[1][0], flat[1][1] + thick), (flat[2][0], thick)]
    under = [(max(r, 0.0), z) for r, z in within[::-1] if z > 0.02]
    profile = [*under, flat[3], *flat[2::-1], *top, *((max(r, 0.0), z) for r, z in smooth)]
    body = lathe([*profile[:-1], (0.0, profile[-1][1])], 48)
    low, high = 0.035, 0.035 + 0.16 * crown[-1][1]
    radii = [float(np.interp(z, [b for _, b in smooth[:-2]], [a for a, _ in smooth[:-2]])) + 0.004 for z in (low, high)]
    ribbon = hoop([(radii[0] - 0.02, low), (radii[0], low), (radii[1], high), (radii[1] - 0.02, high)], 48)
    sides = sectors([crown[0], crown[2], crown[3]], [(r - 0.03, z) for r, z in (crown[0], crown[2], crown[3])], 10)
    lid = lathe([*crown[3:-1], crown[-1]], 12)
    rim = sectors([(brim, 0.0), (brim, 0.02)], [(crown[0][0] - 0.02, 0.0), (crown[0][0] - 0.02, 0.02)], 10)
    stuff = "straw" if kind == "sun hat" else "cloth"
    anchors = {
        "top": Anchor((0.0, 0.0, crown[-1][1]), reach=0.2),
        "mouth": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0), 0.25),
    }
    form = Form((Part(body, stuff, colour, share=0.5), Part(ribbon, "cloth", band)), anchors, hulls=(*sides, lid, *rim))
    return grown(form, width / (2 * brim))


Cut = tuple[float, float, float]
"""A cross-section of a shoe: y, half its width and its height, as shares of its length."""

UPPER: tuple[Cut, ...] = (
    (-0.49, 0.06, 0.07),
    (-0.46, 0.11, 0.11),
    (-0.38, 0.16, 0.14),
    (-0.25, 0.18, 0.17),
    (-0.1, 0.165, 0.235),
    (0.04, 0.145, 0.29),
    (0.12, 0.135, 0.24),
    (0.25, 0.13, 0.2),
    (0.38, 0.13, 0.2),
    (0.46, 0.12, 0.2),
    (0.49, 0.085, 0.18),
)


@entry("a shoe with laces", names=("sneaker", "boot", "trainer", "running shoe", "wellington boot"), size=(0.06, 1.1))
def shoe(
    length: Annotated[float, metres(0.06, 1.0)] = 0.29,
    kind: Literal["sneaker", "leather", "boot"] = "sneaker",
    colour: Colour = (0.6, 0.05, 0.04),
    sole: Colour = (0.82, 0.81, 0.78),
) -> Form:
    """A sole in the shape of a foot, an upper that rises to a hollow opening, and laces across."""
    deep = 0.05
    line = [(y, w, z) for y, w, z in curve(UPPER, 2)]
    rings: list[list[Point]] = []
    for y, w, top in line:
        narrow = 0.3 if y > 0.0 else 0.0
        ways = [(math.cos(a), abs(math.sin(a))) for a in np.linspace(math.pi, 0.0, 11).tolist()]
        rings.append([(w * x * (1.0 - narrow * up**2), y, deep - 0.005 + (top - deep) * up**0.75) for x, up in ways])
    upper = loft(rings)
    outline = [(1.06 * w + 0.004, y) for y, w, _ in line]
    outline = [(0.4 * outline[0][0], -0.5), *outline, (0.5 * outline[-1][0], 0.5)]
    foot = [*outline, *((-x, y) for x, y in outline[::-1])]
    layers = ((0.0, 0.95), (0.012, 1.0), (deep, 1.0))
    under = loft([[(x * f, y * (0.7 + 0.3 * f), z) for x, y in foot] for z, f in layers])
    tall = 0.75 if kind == "boot" else 0.36
    shaft = _collar(tall)
    if kind != "sneaker":
        under = under.shaped(_heeled)
    laces: list[Solid] = []
    for y in (-0.14, -0.09, -0.04, 0.01, 0.06):
        z = float(np.interp(y, [a for a, _, _ in line], [c for _, _, c in line]))
        for s in BOTH:
            ends = [(-s * 0.055, y - 0.012, z - 0.016), (0.0, y + 0.008, z + 0.004), (s * 0.055, y + 0.028, z + 0.008)]
            laces.append(tube(ends, 0.007, 6))
    tongue = box(0.09, 0.22, 0.02).turned(32, "x").moved(0.0, -0.02, 0.225)
    parts = (
        Part(joined([upper, shaft, tongue]), "leather", colour, share=0.25),
        Part(under, "rubber", sole, share=0.6),
        Part(joined(laces), "cloth", (0.85, 0.85, 0.83) if kind == "sneaker" else (0.03, 0.03, 0.03)),
    )
    anchors = {"mouth": Anchor((0.0, 0.28, tall), reach=0.08)}
    return grown(Form(parts, anchors), length)


def _collar(tall: float) -> Solid:
    """The hollow part of a shoe around the ankle."""
    out = [
        (1.0, 0.06),
        (1.03, 0.2),
        (0.98, 0.3),
        (1.0, tall - 0.01),
        (0.97, tall),
        (0.85, tall),
        (0.83, 0.3),
        (0.83, 0.22),
        (0.0, 0.21),
    ]
    return lathe([(0.135 * r, z) for r, z in out], 28).scaled(1.0, 1.5, 1.0).moved(y=0.28)


def _heeled(v: FloatArray) -> FloatArray:
    """A sole's vertices with a hollow before its heel."""
    made = v.copy()
    arch = (v[:, 2] < 0.02) * np.clip(1.0 - np.abs(v[:, 1] - 0.06) / 0.12, 0.0, 1.0) * 0.03
    made[:, 2] += arch
    return made
