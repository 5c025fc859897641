"""Parts of machines: what things roll down, stand on, go through and rebound from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated

import numpy as np

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, box, cylinder, egg, hoop, joined, lathe, loft, profiled, ring, rounded, sectors, tube

WOOD = (0.45, 0.28, 0.13)
LIP = 0.01
"""How high the lower edge of a ramp is, in m."""


def _wedge(length: float, width: float, height: float) -> Solid:
    """A block that slopes from its height at -x down to `LIP` at +x."""
    x, y = length / 2, width / 2
    side = [(x, 0.0), (x, LIP), (-x, height), (-x, 0.0)]
    return loft([[(a, y, b) for a, b in side], [(a, -y, b) for a, b in side]])


@entry("a wedge to roll down, towards +x", names=("slope", "incline"), size=(0.3, 6.5), moves="fixed", shape="MESH")
def ramp(
    length: Annotated[float, metres(0.3, 6.0)] = 1.6,
    width: Annotated[float, metres(0.1, 2.0)] = 0.5,
    height: Annotated[float, metres(0.05, 2.0)] = 0.6,
    rails: bool = False,
    colour: Colour = WOOD,
) -> Form:
    """A wedge, with rails along its sides on request."""
    parts = [_wedge(length, width, height)]
    if rails:
        rail = _wedge(length, 0.03, height)
        raised = Solid(rail.vertices + [0.0, 0.0, 0.1] * (rail.vertices[:, 2:] > 0.0), rail.faces)
        parts += [raised.moved(y=s * (width / 2 + 0.014)) for s in (-1, 1)]
    start = min(0.15, length / 4)
    top = Anchor((-length / 2 + start, 0.0, height - start * (height - LIP) / length), reach=0.1)
    return Form(
        (Part(joined(parts), "wood", colour),), {"top": top, "foot": Anchor((length / 2, 0.0, 0.0), (1.0, 0.0, 0.0))}
    )


@entry("a flat box to stand things on", names=("pedestal", "podium"), size=(0.1, 4.0), moves="fixed", shape="BOX")
def platform(
    width: Annotated[float, metres(0.1, 4.0)] = 1.0,
    depth: Annotated[float, metres(0.1, 4.0)] = 1.0,
    height: Annotated[float, metres(0.02, 2.0)] = 0.3,
    colour: Colour = (0.35, 0.35, 0.37),
) -> Form:
    """A box on the ground."""
    top = Anchor((0.0, 0.0, height), reach=min(width, depth) / 2)
    return Form((Part(box(width, depth, height), "stone", colour),), {"top": top})


@entry("a long board of wood", names=("board",), size=(0.2, 5.0), shape="BOX")
def plank(
    length: Annotated[float, metres(0.2, 5.0)] = 1.5,
    width: Annotated[float, metres(0.05, 0.8)] = 0.2,
    thickness: Annotated[float, metres(0.01, 0.1)] = 0.03,
    colour: Colour = WOOD,
) -> Form:
    """A flat box along x."""
    top = Anchor((0.0, 0.0, thickness), reach=width / 2)
    return Form((Part(box(length, width, thickness), "wood", colour),), {"top": top})


@entry("a plain wall", names=("barrier",), size=(0.2, 12.0), moves="fixed", shape="BOX")
def wall(
    length: Annotated[float, metres(0.2, 12.0)] = 2.0,
    height: Annotated[float, metres(0.1, 4.0)] = 1.0,
    thickness: Annotated[float, metres(0.03, 0.6)] = 0.12,
    colour: Colour = (0.35, 0.11, 0.06),
) -> Form:
    """An upright box along x."""
    top = Anchor((0.0, 0.0, height), reach=thickness / 2)
    return Form((Part(box(length, thickness, height), "brick", colour),), {"top": top})


@entry(
    "the board of a seesaw, with two seats and handles",
    names=("seesaw plank", "teeter-totter board", "teeterboard"),
    size=(0.3, 5.0),
    shape="COMPOUND",
)
def seesaw_board(
    length: Annotated[float, metres(0.3, 5.0)] = 2.4,
    width: Annotated[float, share(0.06, 0.3, "over its length")] = 0.1,
    handles: bool = True,
    colour: Colour = (0.6, 0.05, 0.04),
) -> Form:
    """A flat board along x with a coloured seat near each end, and handles before the seats on request."""
    wide, thick, x = width * length, 0.016 * length, 0.43 * length
    board = box(length, wide, thick)
    seats = [rounded(0.12 * length, wide, 0.01 * length, 0.003 * length).moved(s * x, 0.0, thick) for s in (-1, 1)]
    bar, high, inner = 0.006 * length, 0.08 * length, 0.3 * length
    rods: list[Solid] = []
    for s in (-1, 1) if handles else ():
        rods.append(cylinder(bar, high, 10).moved(s * inner, 0.0, 0.5 * thick))
        rods.append(cylinder(bar, wide, 10).turned(90, "x").moved(s * inner, wide / 2, 0.5 * thick + high - bar))
    parts = [Part(board, "wood", WOOD), Part(joined(seats), "wood", colour)]
    top = thick + 0.01 * length
    ends = {"left": Anchor((-x, 0.0, top), reach=wide / 2), "right": Anchor((x, 0.0, top), reach=wide / 2)}
    return Form(
        (*parts, Part(joined(rods), "steel", colour, share=0.3)) if rods else tuple(parts),
        {"top": Anchor((0.0, 0.0, thick), reach=wide / 2), "pivot": Anchor((0.0, 0.0, 0.0), (0.0, 0.0, -1.0)), **ends},
        hulls=(board, *seats, *rods),
    )


@entry(
    "what a seesaw board lies on: two triangles with an axle",
    names=("seesaw base", "fulcrum", "pivot stand"),
    size=(0.05, 1.6),
    moves="fixed",
    shape="MESH",
)
def seesaw_stand(
    height: Annotated[float, metres(0.05, 1.2)] = 0.4,
    width: Annotated[float, metres(0.05, 0.8, "along the axle")] = 0.3,
    colour: Colour = (0.1, 0.2, 0.5),
) -> Form:
    """Two triangular plates with a foot each, and a round axle between their tips, which is the highest."""
    r, thick, half = 0.06 * height, 0.12 * width, 0.45 * height
    plate = [(-half, 0.0), (half, 0.0), (0.1 * height, height - r), (-0.1 * height, height - r)]
    plates = [profiled(plate, thick, "y", 0.1 * thick).moved(y=s * (width - thick) / 2) for s in (-1, 1)]
    axle = cylinder(1.4 * r, width, 24).turned(90, "x").moved(0.0, width / 2, height - 1.4 * r)
    foot = box(1.2 * half, width, 0.08 * height)
    return Form(
        (Part(joined([*plates, foot]), "wood", colour), Part(axle, "steel")),
        {"top": Anchor((0.0, 0.0, height), reach=width / 2)},
    )


@entry(
    "a flight of stairs, up to the back",
    names=("step stairs", "staircase", "steps", "flight of stairs"),
    size=(0.15, 12.0),
    moves="fixed",
    shape="MESH",
)
def stairs(
    steps: Annotated[int, count(2, 20)] = 6,
    width: Annotated[float, metres(0.2, 4.0)] = 1.2,
    rise: Annotated[float, metres(0.05, 0.3, "how high a step is")] = 0.17,
    tread: Annotated[float, metres(0.1, 0.5, "how deep a step is")] = 0.28,
    rails: bool = False,
    colour: Colour = (0.45, 0.43, 0.4),
) -> Form:
    """A block with a stepped outline, with a handrail on posts along each side on request."""
    deep, high = steps * tread, steps * rise
    outline = [(deep / 2, 0.0), (deep / 2, high)]
    for i in reversed(range(steps)):
        y = i * tread - deep / 2
        outline += [(y, (i + 1) * rise), *([(y, i * rise)] if i else [])]
    parts = [Part(profiled([*outline, (-deep / 2, 0.0)], width, "x"), "stone", colour)]
    if rails:
        x, bar, over = width / 2 - 0.04, 0.018, 0.85
        ends = [(0.5 * tread - deep / 2, rise), ((steps - 0.5) * tread - deep / 2, high)]
        rods: list[Solid] = []
        for s in (-1, 1):
            rods += [cylinder(bar, over + 0.01, 10).moved(s * x, y, z - 0.01) for y, z in ends]
            rods.append(tube([(s * x, y, z + over) for y, z in ends], 1.3 * bar, 10))
        parts.append(Part(joined(rods), "steel"))
    return Form(
        tuple(parts),
        {
            "top": Anchor((0.0, (deep - tread) / 2, high), reach=min(width, tread) / 2),
            "foot": Anchor((0.0, -deep / 2, 0.0), (0.0, -1.0, 0.0)),
        },
    )


def _channel(line: Sequence[tuple[float, float]], radius: float, thick: float, up: float = 1.0) -> Solid:
    """An open half pipe through ``(x, height of its bottom)`` points, as deep as ``up`` times its radius."""
    turns = np.linspace(-math.pi, 0.0, 17)
    out = [((radius + thick) * math.cos(t), up * (radius + thick) * math.sin(t)) for t in turns]
    into = [(radius * math.cos(t), up * radius * math.sin(t)) for t in turns[::-1]]
    lift = up * (radius + thick)
    return loft([[(x, y, z + lift + d) for y, d in (*out, *into)] for x, z in line])


@entry(
    "a chute: an open half pipe on legs to roll down, towards +x",
    names=("half pipe", "halfpipe", "gutter", "trough", "marble run"),
    size=(0.3, 7.0),
    moves="fixed",
    shape="MESH",
)
def chute(
    length: Annotated[float, metres(0.3, 6.0)] = 2.0,
    height: Annotated[float, metres(0.1, 3.0, "of its upper end")] = 0.9,
    radius: Annotated[float, metres(0.04, 0.4)] = 0.18,
    colour: Colour = (0.08, 0.3, 0.6),
) -> Form:
    """A half pipe that runs out level at its foot, on two pairs of legs."""
    thick, x = 0.08 * radius + 0.003, length / 2
    line = [(-x + length * t, height * (1.0 - t) ** 2 * (1.0 + 0.35 * t)) for t in np.linspace(0.0, 1.0, 21).tolist()]
    trough, wide = _channel(line, radius, thick), radius + 0.5 * thick
    bar = 0.05 * radius + 0.008
    legs = [
        cylinder(bar, z + radius, 12).moved(at, s * (wide + 0.5 * bar)) for at, z in (line[1], line[8]) for s in (-1, 1)
    ]
    start = (line[2][0], 0.0, line[2][1] + thick)
    return Form(
        (Part(trough, "plastic", colour), Part(joined(legs), "steel")),
        {
            "top": Anchor(start, reach=0.8 * radius),
            "foot": Anchor((x, 0.0, 0.0), (1.0, 0.0, 0.0)),
            "inside": Anchor(start, reach=0.8 * radius),
        },
    )


@entry(
    "a funnel on three legs, open at its lower end",
    names=("hopper", "filling funnel"),
    size=(0.1, 3.0),
    moves="fixed",
    shape="MESH",
)
def funnel(
    height: Annotated[float, metres(0.1, 2.0)] = 0.5,
    radius: Annotated[float, share(0.3, 0.65, "of its mouth, over its height")] = 0.45,
    hole: Annotated[float, share(0.12, 0.5, "of its spout, over its mouth")] = 0.25,
    colour: Colour = (0.1, 0.3, 0.6),
) -> Form:
    """A cone with a rim and a spout, as one open wall, and legs from its rim to the ground."""
    r = radius * height
    small, wall, low = hole * r, 0.02 * height, 0.3 * height
    outside = [(small + wall, low), (1.1 * small + wall, 0.52 * height), (r, 0.94 * height), (r, height)]
    inside = [(r - wall, height), (r - wall, 0.95 * height), (1.1 * small, 0.53 * height), (small, low)]
    turns = [math.pi * (0.5 + 2 * i / 3) for i in range(3)]
    bar = 0.014 * height + 0.002
    legs = [
        tube([(f * r * math.cos(a), f * r * math.sin(a), z) for f, z in ((1.1, 0.0), (1.0, 0.96 * height))], bar, 8)
        for a in turns
    ]
    feet = [cylinder(1.6 * bar, 0.8 * bar, 12).moved(1.1 * r * math.cos(a), 1.1 * r * math.sin(a)) for a in turns]
    lowest = min(float(s.low[2]) for s in legs)
    return Form(
        (
            Part(hoop([*outside, *inside], 40), "plastic", colour),
            Part(joined([*(s.moved(z=-lowest) for s in legs), *feet]), "steel"),
        ),
        {
            "mouth": Anchor((0.0, 0.0, height), reach=0.9 * r),
            "inside": Anchor((0.0, 0.0, 0.75 * height), reach=0.5 * r),
            "under": Anchor((0.0, 0.0, 0.0), reach=0.8 * r),
        },
    )


@entry(
    "a pipe, open at both ends",
    names=("tunnel pipe", "drainpipe", "hollow cylinder"),
    size=(0.1, 6.0),
    moves="fixed",
    shape="COMPOUND",
)
def pipe(
    length: Annotated[float, metres(0.1, 6.0)] = 1.2,
    radius: Annotated[float, metres(0.02, 1.0)] = 0.15,
    wall: Annotated[float, share(0.05, 0.4, "how thick it is, over its radius")] = 0.12,
    lies: bool = True,
    colour: Colour = (0.45, 0.46, 0.48),
) -> Form:
    """A tube with thicker rims, along x on the ground or upright."""
    inner, rim, outer = (1.0 - wall) * radius, min(0.08 * radius, 0.2 * length), 0.97 * radius
    outline = [(inner, 0.0), (radius, 0.0), (radius, rim), (outer, rim)]
    outline += [(outer, length - rim), (radius, length - rim), (radius, length), (inner, length)]
    whole, ends = hoop(outline, 40), [(radius, 0.0), (radius, length)]
    hulls = sectors(ends, [(inner, 0.0), (inner, length)], 12)

    def laid(s: Solid) -> Solid:
        return s.turned(90, "y").moved(-length / 2, 0.0, radius) if lies else s

    mouth = Anchor((length / 2, 0.0, radius - inner), (1.0, 0.0, 0.0), reach=0.9 * inner)
    up = Anchor((0.0, 0.0, length), reach=0.9 * inner)
    inside = (0.0, 0.0, radius - inner) if lies else (0.0, 0.0, 0.0)
    return Form(
        (Part(laid(whole), "plastic", colour),),
        {"mouth": mouth if lies else up, "inside": Anchor(inside, reach=0.8 * inner)},
        hulls=tuple(laid(s) for s in hulls),
    )


@entry(
    "a bumper of rubber that balls rebound from",
    names=("pinball bumper", "buffer"),
    size=(0.05, 1.2),
    moves="fixed",
    shape="CYLINDER",
)
def bumper(
    radius: Annotated[float, metres(0.03, 0.5)] = 0.12,
    height: Annotated[float, metres(0.04, 1.0)] = 0.16,
    colour: Colour = (0.7, 0.05, 0.05),
    cap: Colour = (0.85, 0.84, 0.8),
) -> Form:
    """A post with a thick ring of rubber around it, under a round cap."""
    thick = 0.3 * min(radius, 0.5 * height)
    body = cylinder(0.8 * radius, 0.9 * height, 32)
    belt = ring(radius - thick, thick, 32, 10).moved(z=0.5 * height)
    foot = lathe([(0.98 * radius, 0.0), (0.98 * radius, 0.04 * height), (0.8 * radius, 0.1 * height)])
    lid = lathe(
        [(0.95 * radius, 0.8 * height), (0.95 * radius, 0.88 * height), (0.6 * radius, 0.97 * height), (0.0, height)]
    )
    button = lathe([(0.3 * radius, 0.95 * height), (0.28 * radius, 0.995 * height), (0.0, height)], 24)
    return Form(
        (
            Part(joined([body, belt]), "rubber", colour),
            Part(joined([foot, lid]), "plastic", cap),
            Part(button, "plastic", colour),
        ),
        {"top": Anchor((0.0, 0.0, height), reach=0.5 * radius)},
    )


@entry("a field gate of bars", names=("garden gate", "farm gate", "wooden gate"), size=(0.5, 4.5), shape="COMPOUND")
def gate(
    width: Annotated[float, metres(0.5, 4.0)] = 1.6,
    height: Annotated[float, metres(0.4, 2.0)] = 1.0,
    bars: Annotated[int, count(3, 7)] = 4,
    colour: Colour = WOOD,
) -> Form:
    """Level bars between two uprights, with a brace across, iron hinges and a latch; its posts are not part of it."""
    post, thin, low = 0.07, 0.025, 0.05 * height
    uprights = [box(post, 0.05, height).moved(s * (width - post) / 2) for s in (-1, 1)]
    step = (height - 2 * low - 0.08) / (bars - 1)
    rows = [box(width - post, thin, 0.08).moved(0.0, 0.0, low + i * step) for i in range(bars)]
    x, slim = width / 2 - post, 0.04
    brace = [(-x, low), (slim - x, low), (x, height - low - 0.02), (x - slim, height - low - 0.02)]
    across = profiled(brace, 0.02, "y").moved(y=0.5 * thin)
    irons = [box(0.12, 0.06, 0.03).moved(0.03 - width / 2 + 0.03, 0.0, z * height) for z in (0.15, 0.8)]
    irons.append(box(0.1, 0.065, 0.03).moved(width / 2 - 0.05, 0.0, 0.7 * height))
    return Form(
        (Part(joined([*uprights, *rows, across]), "wood", colour), Part(joined(irons), "steel", (0.05, 0.05, 0.05))),
        {
            "handle": Anchor((width / 2 - 0.05, -0.03, 0.7 * height), (0.0, -1.0, 0.0)),
            "hinge": Anchor((-width / 2, 0.0, height / 2), (-1.0, 0.0, 0.0)),
        },
        hulls=(*uprights, *rows, across),
    )


@entry(
    "the leaf of a door, with panels and a handle", names=("door panel", "wooden door"), size=(0.5, 3.6), shape="BOX"
)
def door(
    height: Annotated[float, metres(0.5, 3.5)] = 2.0,
    width: Annotated[float, share(0.3, 0.8, "over its height")] = 0.43,
    panels: Annotated[int, count(1, 4, "one above the other, in two columns")] = 2,
    colour: Colour = (0.3, 0.15, 0.07),
) -> Form:
    """A board with raised panels on both sides and a brass knob on each."""
    wide, thick = width * height, 0.02 * height
    leaf = box(wide, 0.7 * thick, height)
    edge, high = 0.1 * wide, (height - 0.1 * wide * (panels + 1)) / panels
    fields = [
        rounded(0.35 * wide, thick, high, 0.3 * thick, 1).moved(s * 0.225 * wide, 0.0, edge + i * (high + edge))
        for i in range(panels)
        for s in (-1, 1)
    ]
    knobs = [
        egg(0.02 * height, 0.02 * height, 0.025 * height, 16).moved(0.44 * wide, s * 0.02 * height, 0.47 * height)
        for s in (-1, 1)
    ]
    stem = cylinder(0.005 * height, 0.04 * height, 8).turned(90, "x").moved(0.44 * wide, 0.02 * height, 0.47 * height)
    return Form(
        (Part(joined([leaf, *fields]), "wood", colour, share=0.6), Part(joined([*knobs, stem]), "brass")),
        {
            "handle": Anchor((0.44 * wide, -0.025 * height, 0.47 * height), (0.0, -1.0, 0.0)),
            "hinge": Anchor((-wide / 2, 0.0, height / 2), (-1.0, 0.0, 0.0)),
        },
    )
