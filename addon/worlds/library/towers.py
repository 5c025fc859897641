"""Towers: of castles, windmills and lighthouses. Their doors are in front, to -y."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, ball, box, cylinder, extruded, hoop, joined, lathe, profiled, rounded
from .buildings import BROWN, STONE, TILES, WHITE, Facade


def crenels(length: float, thick: float, size: float) -> list[Solid]:
    """Merlons in a row along x on z = 0, as far as a wall goes."""
    n = max(round(length / (2 * size)), 1)
    step = length / (n - 0.5)
    return [box(step / 2, thick, size).moved(i * step - length / 2 + step / 4) for i in range(n)]


def round_tower(radius: float, height: float, top: str, n: int = 32) -> tuple[list[Solid], list[Solid]]:
    """A round tower of stone with merlons around its top, or under a pointed roof: its walls, and its roof."""
    over, low = 1.14 * radius, (0.94 if top == "battlements" else 0.9) * height
    shaft = [(1.08 * radius, 0.0), (radius, 0.12 * height), (radius, 0.8 * height), (over, 0.86 * height), (over, low)]
    walls = [lathe(shaft, n)]
    if top == "battlements":
        many = max(round(math.pi * over / (0.45 * radius)), 5)
        for i in range(many):
            turns = [2 * math.pi * (i + 0.25 * k) / many for k in range(3)]
            outline = [(over * math.cos(a), over * math.sin(a)) for a in turns]
            outline += [(0.82 * over * math.cos(a), 0.82 * over * math.sin(a)) for a in turns[::-1]]
            walls.append(extruded(outline, height - low + 0.01).moved(z=low - 0.01))
        return walls, []
    eave = 1.3 * radius
    edge = [(eave, 0.885 * height), (eave, 0.895 * height), (0.75 * eave, 0.9 * height + 0.6 * radius)]
    roof = lathe([*edge, (0.0, 0.9 * height + 2.1 * radius)], n)
    rod = cylinder(0.025 * radius, 0.6 * radius, 8).moved(z=0.9 * height + 2.0 * radius)
    return walls, [roof, rod]


@entry(
    "a round tower of stone",
    names=("castle tower", "stone tower", "turret", "keep"),
    size=(3.0, 70.0),
    moves="fixed",
    shape="MESH",
)
def tower(
    height: Annotated[float, metres(3.0, 40.0)] = 12.0,
    radius: Annotated[float, share(0.12, 0.3, "over its height")] = 0.2,
    top: Literal["battlements", "roof"] = "battlements",
    lit: bool = False,
    colour: Colour = STONE,
    trim: Colour = TILES,
) -> Form:
    """A round wall that spreads at its foot and its head, with a door, loopholes, and a roof or merlons and a flag."""
    r = radius * height
    walls, roof = round_tower(r, height, top)
    facade = Facade()
    facade.arched(0.5 * r, 0.9 * r, 0.0, 1.03 * r, 0.0, 0, leaf=True)
    for i, z in enumerate((0.3, 0.48, 0.66)):
        for side in range(4):
            facade.arched(0.13 * r, 0.42 * r, (i % 2 - 0.5) * 0.3 * r, 0.985 * r, z * height, side)
    stone = rounded(0.3 * r, 0.1 * r, 0.14 * r, 0.02 * r, 1)
    stones = [stone.moved(0.0, -0.96 * r, (0.15 + 0.018 * i) * height).turned(137.5 * i) for i in range(34)]
    parts = [Part(joined([*walls, *stones]), "stone", colour)]
    if top == "battlements":
        pole, high = cylinder(0.03 * r, 2.4 * r, 8).moved(0.0, 0.6 * r, 0.93 * height), 0.93 * height + 1.8 * r
        roof = [profiled([(0.0, 0.0), (0.9 * r, 0.28 * r), (0.0, 0.56 * r)], 0.02 * r, "y").moved(0.0, 0.6 * r, high)]
        parts.append(Part(pole, "wood", BROWN))
    parts.append(Part(joined(roof), "brick" if top == "roof" else "cloth", trim))
    parts += facade.parts((0.7 * colour[0], 0.7 * colour[1], 0.7 * colour[2]), BROWN, lit)
    flat = 0.94 * height if top == "battlements" else 0.9 * height + 2.6 * r
    anchors = {
        "top": Anchor((0.0, 0.0, flat), reach=0.8 * r if top == "battlements" else 0.0),
        "mouth": Anchor((0.0, -1.08 * r, 0.0), (0.0, -1.0, 0.0), reach=0.25 * r),
    }
    return Form(tuple(parts), anchors)


@entry(
    "a windmill with four sails",
    names=("mill", "dutch windmill", "wind mill"),
    size=(4.0, 36.0),
    moves="fixed",
    shape="MESH",
)
def windmill(
    height: Annotated[float, metres(4.0, 20.0, "up to its cap")] = 10.0,
    sails: Annotated[float, share(0.5, 0.78, "length of a sail over the height")] = 0.68,
    turn: Annotated[float, degrees(0.0, 90.0, "of the sails")] = 30.0,
    colour: Colour = (0.72, 0.67, 0.55),
    cap: Colour = (0.25, 0.1, 0.05),
) -> Form:
    """A body of eight sides that narrows to a round cap, a gallery, a door and windows, and four latticed sails."""
    r, top = 0.26 * height, 0.155 * height
    body = lathe([(r, 0.0), (0.8 * r, 0.45 * height), (top, 0.88 * height)], 8).turned(22.5)
    foot = lathe([(1.05 * r, 0.0), (1.0 * r, 0.1 * height)], 8).turned(22.5)
    crown = [
        (1.12 * top, 0.87 * height),
        (1.14 * top, 0.9 * height),
        (0.95 * top, 0.96 * height),
        (0.55 * top, 1.02 * height),
        (0.0, 1.04 * height),
    ]
    gallery = hoop(
        [(0.6 * r, 0.32 * height), (1.08 * r, 0.32 * height), (1.08 * r, 0.335 * height), (0.6 * r, 0.335 * height)], 24
    )
    rail = hoop(
        [(1.04 * r, 0.4 * height), (1.07 * r, 0.4 * height), (1.07 * r, 0.41 * height), (1.04 * r, 0.41 * height)], 24
    )
    posts = [
        cylinder(0.006 * height, 0.08 * height, 6).moved(
            1.055 * r * math.cos(a), 1.055 * r * math.sin(a), 0.33 * height
        )
        for a in np.arange(12) * math.pi / 6
    ]
    far = r * math.cos(math.pi / 8)
    facade = Facade()
    facade.door(0.11 * height, 0.22 * height, 0.0, 0.98 * far)
    for z, out in ((0.45, 0.8), (0.66, 0.71)):
        facade.window(0.07 * height, 0.09 * height, 0.0, out * far, z * height)
    hub, front = 0.93 * height, -1.45 * top
    axle = cylinder(0.022 * height, 1.5 * top, 12).turned(90, "x").moved(0.0, 0.0, hub)
    sail = _mill_sail(sails * height)
    blades = joined(sail.turned(turn + 90 * i, "y") for i in range(4)).moved(0.0, front, hub)
    parts = (
        Part(body, "plaster", colour),
        Part(foot, "stone"),
        Part(joined([lathe(crown, 24), gallery, rail, *posts]), "wood", cap),
        Part(joined([blades, axle]), "wood", (0.6, 0.56, 0.48), rotor=True),
        *facade.parts(WHITE, BROWN, False),
    )
    return Form(
        parts,
        {
            "top": Anchor((0.0, 0.0, 1.04 * height)),
            "mouth": Anchor((0.0, -far, 0.0), (0.0, -1.0, 0.0), reach=0.05 * height),
            "axle": Anchor((0.0, front, hub), (0.0, -1.0, 0.0)),
        },
    )


def _mill_sail(long: float) -> Solid:
    """A sail upward from the origin in the plane of x and z: a stock with a lattice on one side of it."""
    thick, wide = 0.022 * long, 0.2 * long
    stock = box(1.6 * thick, 1.6 * thick, long)
    edges = [box(thick, thick, 0.78 * long).moved(x * wide, 0.0, 0.22 * long) for x in (0.5, 1.0)]
    rungs = [box(wide + thick, thick, thick).moved(wide / 2, 0.0, (0.22 + 0.76 * i / 9) * long) for i in range(10)]
    return joined([stock, *edges, *rungs])


@entry("a lighthouse", names=("light house", "beacon", "light tower"), size=(3.0, 64.0), moves="fixed", shape="MESH")
def lighthouse(
    height: Annotated[float, metres(3.0, 60.0)] = 20.0,
    radius: Annotated[float, share(0.1, 0.2, "of its foot over the height")] = 0.14,
    stripes: Annotated[int, count(0, 5, "coloured stripes")] = 2,
    lit: bool = True,
    colour: Colour = (0.6, 0.04, 0.03),
    tower: Colour = (0.85, 0.83, 0.78),
) -> Form:
    """A round tower that narrows upward, with stripes, a gallery with a railing, and a lantern under a dome."""
    r, top = radius * height, 0.8 * height

    def out(z: float) -> float:
        return r * (1.0 - 0.42 * float((z / top) ** 0.8))

    def drum(low: float, high: float, grow: float) -> Solid:
        return lathe([(out(z) + grow, z) for z in np.linspace(low, high, 7).tolist()], 32)

    each = top / (2 * stripes + 1)
    bands = [drum((2 * i + 1) * each, (2 * i + 2) * each, 0.003 * height) for i in range(stripes)]
    head = out(top)
    deck = [
        (head, top - 0.03 * height),
        (1.5 * head, top),
        (1.5 * head, top + 0.015 * height),
        (0.6 * head, top + 0.015 * height),
    ]
    rails = [
        hoop(
            [(1.4 * head, z), (1.45 * head, z), (1.45 * head, z + 0.006 * height), (1.4 * head, z + 0.006 * height)], 32
        )
        for z in (top + 0.035 * height, top + 0.06 * height)
    ]
    posts = [
        cylinder(0.025 * head, 0.055 * height, 8).moved(
            1.425 * head * math.cos(a), 1.425 * head * math.sin(a), top + 0.01 * height
        )
        for a in np.arange(12) * math.pi / 6
    ]
    low, high = top + 0.012 * height, top + 0.12 * height
    room = cylinder(0.72 * head, high - low, 16).moved(z=low)
    bars_ = [
        cylinder(0.035 * head, high - low, 8).moved(0.73 * head * math.cos(a), 0.73 * head * math.sin(a), low)
        for a in np.arange(8) * math.pi / 4
    ]
    base = cylinder(0.8 * head, 0.03 * height, 24).moved(z=low)
    dome = [
        (0.88 * head, high - 0.004 * height),
        (0.88 * head, high + 0.008 * height),
        (0.7 * head, high + 0.035 * height),
        (0.3 * head, high + 0.055 * height),
        (0.0, high + 0.06 * height),
    ]
    tip = [
        ball(0.012 * height, 12).moved(z=high + 0.066 * height),
        cylinder(0.004 * height, height - high - 0.06 * height, 8).moved(z=high + 0.06 * height),
    ]
    facade = Facade()
    facade.arched(0.32 * r, 0.75 * r, 0.0, 0.985 * r, 0.0, 0, leaf=True)
    for z in (0.3, 0.52, 0.68):
        facade.arched(0.16 * r, 0.3 * r, 0.0, 0.99 * out(z * height), z * height, 0)
    parts = [Part(drum(0.0, top, 0.0), "plaster", tower)]
    if bands:
        parts.append(Part(joined(bands), "plaster", colour))
    parts += [
        Part(joined([lathe(deck, 32), *rails, *posts, *bars_]), "steel", (0.06, 0.06, 0.065)),
        Part(joined([lathe(dome, 24), base, *tip]), "steel", colour),
        Part(room, "plastic", (0.98, 0.85, 0.5) if lit else (0.5, 0.6, 0.65), glow=12.0 if lit else 0.0),
        *facade.parts(WHITE, BROWN, False),
    ]
    return Form(
        tuple(parts),
        {"top": Anchor((0.0, 0.0, height)), "mouth": Anchor((0.0, -r, 0.0), (0.0, -1.0, 0.0), reach=0.16 * r)},
    )
