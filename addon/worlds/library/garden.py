"""What stands in gardens and streets: fountains, chimneys, swings, bins, cones, lights and letter boxes."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from ..entry import Colour, count, entry, metres, share
from ..form import Anchor, Form, Part
from ..solids import Solid, ball, box, cylinder, hoop, joined, lathe, loft, profiled, ring, rounded, sectors, tube

BOTH = (-1, 1)
DARK = (0.03, 0.03, 0.035)
DOWN = (0.0, 0.0, -1.0)


@entry(
    "a fountain: a basin with a column and a bowl",
    names=("garden fountain", "water fountain"),
    size=(0.4, 12.5),
    moves="fixed",
    shape="MESH",
)
def fountain(
    width: Annotated[float, metres(0.4, 12.0, "of its basin")] = 2.6,
    height: Annotated[float, share(0.4, 1.0, "over its width")] = 0.62,
    bowls: Annotated[int, count(1, 3, "one over the other, on the column")] = 1,
    kind: Literal["round", "eight sides"] = "round",
    water: bool = True,
    colour: Colour = (0.42, 0.4, 0.36),
) -> Form:
    """A hollow basin with a rim, a turned column in it with smaller and smaller bowls, and a spout at its top."""
    r, tall, n = width / 2, height * width, 8 if kind == "eight sides" else 40
    deep, wall = 0.3 * r, 0.1 * r
    rim = [(0.94 * r, 0.0), (0.94 * r, 0.8 * deep), (r, 0.84 * deep), (r, deep), (r - 1.4 * wall, deep)]
    stone = [lathe([*rim, (r - 1.4 * wall, 0.2 * deep), (0.0, 0.2 * deep)], n)]
    wet = [cylinder(r - 1.3 * wall, 0.6 * deep, n).moved(z=0.16 * deep)]
    turned = [(0.24, 0.0), (0.24, 0.1), (0.15, 0.16), (0.12, 0.3), (0.17, 0.45), (0.1, 0.62), (0.09, 0.9), (0.05, 1.0)]
    foot = 0.16 * deep
    stone.append(lathe([(a * r, foot + z * (tall - foot)) for a, z in turned], 24))
    for i in range(bowls):
        at = foot + (tall - foot) * (0.78 if bowls == 1 else 0.5 + 0.36 * i / (bowls - 1))
        size = r * (0.5 if bowls == 1 else 0.56 - 0.32 * i / (bowls - 1))
        outside = [(0.16 * size, 0.0), (0.6 * size, 0.08 * size), (0.9 * size, 0.2 * size), (size, 0.3 * size)]
        inside = [(0.92 * size, 0.3 * size), (0.8 * size, 0.2 * size), (0.0, 0.12 * size)]
        stone.append(lathe([(a, at + z - 0.06 * size) for a, z in (*outside, *inside)], 32))
        wet.append(cylinder(0.87 * size, 0.1 * size, 32).moved(z=at + 0.1 * size))
    parts = [Part(joined(stone), "stone", colour)]
    if water:
        parts.append(Part(joined(wet), "water"))
    level = 0.76 * deep if water else 0.2 * deep
    return Form(
        tuple(parts),
        {
            "mouth": Anchor((0.0, 0.0, tall), reach=0.05 * r),
            "inside": Anchor((0.0, -0.55 * r, level), reach=0.25 * r),
        },
    )


@entry(
    "a chimney of bricks",
    names=("brick chimney", "smokestack", "chimney stack"),
    size=(0.5, 25.0),
    moves="fixed",
    shape="MESH",
)
def chimney(
    height: Annotated[float, metres(0.5, 25.0)] = 2.4,
    width: Annotated[float, share(0.12, 0.6, "over its height")] = 0.32,
    pot: bool = True,
    colour: Colour = (0.36, 0.11, 0.06),
) -> Form:
    """Courses of bricks around a square flue, a slab over them, and a clay pot on it."""
    w = width * height
    crown, over = 0.14 * w, 0.5 * w if pot else 0.0
    shaft = height - crown - over
    rows = max(4, min(36, round(shaft / 0.1)))
    high, long, thick = shaft / rows, w / 2, 0.2 * w
    bricks: list[Solid] = []
    for i in range(rows):
        for k in range(4):
            shift = 0.25 * long if (i + k) % 2 else -0.25 * long
            ends = [(-w / 2, shift), (shift, w / 2 - thick)]
            for a, b in ends:
                one = box(b - a - 0.02 * w, thick, 0.86 * high)
                bricks.append(one.moved((a + b) / 2, thick / 2 - w / 2, i * high).turned(90 * k))
    r = math.sqrt(0.5)
    core = lathe(
        [
            (0.97 * w * r, 0.0),
            (0.97 * w * r, shaft),
            (0.6 * w * r, shaft),
            (0.6 * w * r, 0.4 * shaft),
            (0.0, 0.4 * shaft),
        ],
        4,
    )
    top = [(1.0 * w * r, 0.0), (1.16 * w * r, 0.3 * crown), (1.16 * w * r, 0.75 * crown), (1.0 * w * r, crown)]
    slab = hoop([*top, (0.6 * w * r, crown), (0.6 * w * r, 0.0)], 4).moved(z=shaft - 0.01 * w)
    parts = [
        Part(joined(bricks), "brick", colour),
        Part(joined([s.turned(45) for s in (core, slab)]), "plaster", (0.4, 0.38, 0.35)),
    ]
    if pot:
        clay = [(0.33, -0.1), (0.24, 0.78), (0.3, 0.84), (0.3, 1.0), (0.2, 1.0), (0.2, -0.1)]
        stack = hoop([(a * w, b * over) for a, b in clay], 28).moved(z=height - over)
        parts.append(Part(stack, "brick", (0.45, 0.17, 0.08)))
    return Form(tuple(parts), {"mouth": Anchor((0.0, 0.0, height), reach=0.18 * w)})


@entry(
    "the frame of a swing",
    names=("playground swing", "swing frame", "swing set"),
    size=(1.2, 6.5),
    moves="fixed",
    shape="COMPOUND",
)
def swing(
    height: Annotated[float, metres(1.2, 5.0)] = 2.4,
    width: Annotated[float, metres(1.0, 6.0)] = 2.2,
    of: Literal["steel", "wood"] = "steel",
    colour: Colour = (0.05, 0.2, 0.5),
) -> Form:
    """A bar between two pairs of legs that lean on each other, with a brace in each pair."""
    r = (0.018 if of == "steel" else 0.028) * height
    x, y, z = width / 2, 0.36 * height, height - r
    n = 16 if of == "steel" else 8
    legs = [tube([(s * x, t * y, 0.0), (s * 0.94 * x, 0.0, z)], r, n) for s in BOTH for t in BOTH]
    bar = tube([(-0.99 * x, 0.0, z), (0.99 * x, 0.0, z)], r, n)
    across = [tube([(s * 0.976 * x, -0.6 * y, 0.4 * z), (s * 0.976 * x, 0.6 * y, 0.4 * z)], 0.8 * r, n) for s in BOTH]
    knots = [ball(1.5 * r, 16).scaled(1.0, 1.0, 0.66).moved(s * 0.94 * x, 0.0, z) for s in BOTH]
    frame = joined([*legs, bar, *across])
    lift = -float(frame.low[2])
    eyes = [ring(0.02, 0.005, 16, 6).turned(90, "x").moved(s * 0.22, 0.0, z - r - 0.012) for s in BOTH]
    parts = (
        Part(frame.moved(z=lift), of, colour, share=0.2 if of == "steel" else 1.0),
        Part(joined([*knots, *eyes]).moved(z=lift), "steel", (0.3, 0.3, 0.31)),
    )
    hulls = tuple(one.moved(z=lift) for one in (*legs, bar, *across))
    return Form(parts, {"hang": Anchor((0.0, 0.0, z - r + lift), DOWN, 0.4 * x)}, hulls)


@entry(
    "the seat of a swing: a board on two ropes", names=("swing board", "rope swing"), size=(0.6, 4.6), shape="COMPOUND"
)
def swing_seat(
    length: Annotated[float, metres(0.6, 4.5, "of its ropes")] = 1.8,
    width: Annotated[float, metres(0.3, 0.9)] = 0.5,
    of: Literal["rope", "chain"] = "rope",
    colour: Colour = (0.5, 0.28, 0.1),
) -> Form:
    """A board with a rope at each end, straight up to a ring; its top is at the middle between the rings."""
    board = rounded(width, 0.2, 0.03, 0.008)
    x, r = 0.44 * width, 0.01
    lines = [tube([(s * x, 0.0, 0.012), (s * x, 0.0, length - 0.04)], r if of == "rope" else 0.4 * r, 10) for s in BOTH]
    shown = list(lines)
    if of == "chain":
        many = min(60, max(8, round(length / 0.05)))
        link = ring(0.6 * length / many, 0.14 * length / many, 10, 5).scaled(0.6, 1.0, 1.0).turned(90, "x")
        shown += [
            link.turned(90 * (i % 2)).moved(s * x, 0.0, 0.04 + (length - 0.08) * (i + 0.5) / many)
            for s in BOTH
            for i in range(many)
        ]
    rings = [ring(0.018, 0.004, 20, 8).turned(90, "x").moved(s * x, 0.0, length - 0.022) for s in BOTH]
    knots = [ball(0.022, 12).moved(s * x, 0.0, 0.04) for s in BOTH]
    stuff = ("rope", None) if of == "rope" else ("steel", (0.4, 0.41, 0.42))
    parts = (
        Part(board, "wood", colour),
        Part(joined([*shown, *knots]), stuff[0], stuff[1], share=0.5),
        Part(joined(rings), "steel"),
    )
    anchors = {"hang": Anchor((0.0, 0.0, length)), "seat": Anchor((0.0, 0.0, 0.03), reach=0.1)}
    return Form(parts, anchors, hulls=(board, *lines))


@entry(
    "a trash can of ribbed metal",
    names=("dustbin", "bin", "garbage can", "trashcan", "rubbish bin", "waste bin", "litter bin"),
    size=(0.2, 1.5),
    shape="COMPOUND",
)
def trash_can(
    height: Annotated[float, metres(0.2, 1.3)] = 0.75,
    width: Annotated[float, share(0.5, 0.9, "over its height")] = 0.66,
    lid: bool = False,
    colour: Colour = (0.45, 0.47, 0.48),
) -> Form:
    """A hollow round bin, wider above, with ribs down its side, a rim, two handles, and a lid if wanted."""
    r, wall = width * height / 2, 0.02 * height
    high = height / 1.12 if lid else height
    low, top = 0.8 * r, 0.96 * r
    body = lathe([(low, 0.0), (top, high), (top - wall, high), (low - wall, wall), (0.0, wall)], 36)
    rib = tube([(low, 0.0, 0.1 * high), (top, 0.0, 0.88 * high)], 0.02 * r, 6)
    extra = [rib.turned(360 * i / 18) for i in range(18)]
    rims = [
        hoop([(a, z), (a + 0.05 * r, z), (a + 0.05 * r, z + 0.035 * high), (a, z + 0.035 * high)], 36)
        for a, z in ((0.99 * top - wall, 0.965 * high), (low - wall, 0.0))
    ]
    grip = [
        (top - 0.01 * r, -0.2 * r, 0.74 * high),
        (1.15 * top, -0.16 * r, 0.72 * high),
        (1.15 * top, 0.16 * r, 0.72 * high),
        (top - 0.01 * r, 0.2 * r, 0.74 * high),
    ]
    extra += [tube(grip, 0.03 * r, 8).turned(a) for a in (0, 180)]
    hulls = [cylinder(low, wall, 16), *sectors([(low, 0.0), (top, high)], [(low - wall, 0.0), (top - wall, high)], 12)]
    parts = [Part(joined([body, *rims, *extra]), "steel", colour, share=0.12)]
    if lid:
        dome = lathe([(1.03 * r, 0.0), (1.03 * r, 0.03 * high), (0.8 * r, 0.075 * high), (0.0, 0.1 * high)], 36)
        knob = tube(
            [
                (-0.16 * r, 0.0, 0.09 * high),
                (-0.14 * r, 0.0, 0.115 * high),
                (0.14 * r, 0.0, 0.115 * high),
                (0.16 * r, 0.0, 0.09 * high),
            ],
            0.005 * high,
            8,
        )
        parts.append(Part(joined([dome, knob]).moved(z=high), "steel", colour, share=0.12))
        hulls.append(dome.moved(z=high))
        return Form(tuple(parts), {"top": Anchor((0.0, 0.0, 1.1 * high), reach=0.2 * r)}, hulls=tuple(hulls))
    anchors = {
        "inside": Anchor((0.0, 0.0, wall), reach=low - wall),
        "mouth": Anchor((0.0, 0.0, high), reach=top - wall),
    }
    return Form(tuple(parts), anchors, hulls=tuple(hulls))


@entry("a traffic cone with white bands", names=("road cone", "pylon", "safety cone"), size=(0.1, 1.6))
def traffic_cone(
    height: Annotated[float, metres(0.1, 1.5)] = 0.6,
    bands: Annotated[int, count(0, 3)] = 2,
    colour: Colour = (0.85, 0.16, 0.02),
    band: Colour = (0.85, 0.85, 0.83),
) -> Form:
    """A cone with a flat tip on a square foot, with bright bands around it."""
    foot, low, tip = 0.05 * height, 0.2 * height, 0.035 * height
    base = rounded(0.56 * height, 0.56 * height, foot, 0.4 * foot)
    tall = height - foot

    def radius(t: float) -> float:
        return low + (tip - low) * t

    body = lathe(
        [
            (1.15 * low, 0.6 * foot),
            (1.1 * low, foot + 0.02 * tall),
            (radius(0.05), foot + 0.05 * tall),
            (tip, height - 0.01 * tall),
            (0.7 * tip, height),
        ],
        32,
    )
    parts = [Part(joined([base, body]), "rubber", colour, share=0.12)]
    rings = []
    for i in range(bands):
        a = 0.36 + 0.44 * i / max(bands, 2)
        b, out = a + 0.13, 0.004 * height
        rings.append(lathe([(radius(t) + out, foot + t * tall) for t in (a, b)], 32))
    if rings:
        parts.append(Part(joined(rings), "plastic", band, share=0.03))
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, height), reach=tip)})


LAMPS = {"red": (0.9, 0.02, 0.01), "yellow": (0.95, 0.6, 0.02), "green": (0.02, 0.75, 0.15)}


@entry(
    "a traffic light on a pole",
    names=("traffic lights", "traffic signal", "stoplight", "stop light"),
    size=(0.3, 6.0),
    moves="fixed",
    shape="MESH",
)
def traffic_light(
    height: Annotated[float, metres(0.3, 6.0)] = 3.0,
    lit: Literal["red", "yellow", "green", "none"] = "red",
    colour: Colour = (0.04, 0.05, 0.045),
) -> Form:
    """A round pole with a foot, a case with three round lamps under hoods, and the one that is lit shining."""
    h = height
    pole = [
        cylinder(0.018 * h, 0.75 * h, 16),
        lathe([(0.05 * h, 0.0), (0.05 * h, 0.012 * h), (0.03 * h, 0.04 * h), (0.018 * h, 0.05 * h)], 20),
    ]
    case = rounded(0.13 * h, 0.09 * h, 0.34 * h, 0.02 * h).moved(z=0.66 * h)
    back = rounded(0.18 * h, 0.012 * h, 0.39 * h, 0.005 * h).moved(y=-0.035 * h, z=0.61 * h)
    hood, parts = (
        hoop([(0.043 * h, 0.0), (0.048 * h, 0.0), (0.048 * h, 0.05 * h), (0.043 * h, 0.05 * h)], 28),
        list[Part](),
    )
    hood = hood.shaped(lambda v: v - (v[:, 2:] > 0.0) * (v[:, 1:2] < 0.2 * 0.048 * h) * [0.0, 0.0, 0.042 * h])
    hoods = []
    for i, (name, shine) in enumerate(LAMPS.items()):
        z = 0.66 * h + (0.285 - 0.115 * i) * h
        hoods.append(hood.turned(90, "x").moved(0.0, -0.04 * h, z))
        lamp = lathe([(0.042 * h, 0.0), (0.042 * h, 0.006 * h), (0.026 * h, 0.016 * h), (0.0, 0.019 * h)], 24)
        on = name == lit
        color = shine if on else (0.22 * shine[0], 0.22 * shine[1], 0.22 * shine[2])
        parts.append(
            Part(lamp.turned(90, "x").moved(0.0, -0.04 * h, z), "glass" if on else "plastic", color, 6.0 if on else 0.0)
        )
    shell = Part(joined([case, *hoods, *pole]), "steel", colour, share=0.2)
    return Form(
        (shell, Part(back, "steel", DARK), *parts),
        {"lamp": Anchor((0.0, -0.06 * h, 0.945 * h), (0.0, -1.0, 0.0), 0.05 * h)},
    )


@entry(
    "a mailbox on a post",
    names=("letter box", "letterbox", "post box", "postbox"),
    size=(0.45, 2.0),
    moves="fixed",
    shape="MESH",
)
def mailbox(
    height: Annotated[float, metres(0.5, 2.0)] = 1.2,
    flag: Literal["up", "down"] = "up",
    opened: bool = False,
    colour: Colour = (0.05, 0.16, 0.45),
    post: Colour = (0.4, 0.24, 0.12),
) -> Form:
    """A hollow box with a round top on a wooden post, with a door in front and a small flag at its side."""
    w, long, up = 0.16 * height, 0.38 * height, 0.77 * height
    arch = [
        (-w / 2, 0.0),
        (w / 2, 0.0),
        *((w / 2 * math.cos(t), 0.13 * height + w / 2 * math.sin(t)) for t in [math.pi * i / 12 for i in range(13)]),
    ]
    hollow = [(0.93 * x, 0.005 * height + 0.955 * z) for x, z in arch]
    shell = _trough(arch, hollow, long).moved(z=up)
    door = profiled(arch, 0.012 * height, "y", 0.002 * height)
    door = door.turned(80, "x").moved(0.0, -long / 2, up) if opened else door.moved(0.0, -long / 2, up)
    knob = ball(0.012 * height, 10).moved(0.0, -long / 2 - 0.01 * height, up + 0.17 * height)
    stake = box(0.09 * height, 0.09 * height, up - 0.02 * height)
    shelf = box(0.9 * w, 0.86 * long, 0.025 * height).moved(z=up - 0.025 * height)
    strut = box(0.05 * height, 0.05 * height, 0.24 * height).turned(45, "x").moved(0.0, -0.0, 0.0)
    strut = strut.moved(0.0, -0.01 * height, up - 0.19 * height)
    lever = [
        box(0.006 * height, 0.014 * height, 0.1 * height),
        box(0.006 * height, 0.06 * height, 0.035 * height).moved(0.0, 0.023 * height, 0.075 * height),
    ]
    arm = joined(lever) if flag == "up" else joined(lever).turned(-90, "x")
    arm = arm.moved(w / 2 + 0.003 * height, 0.02 * height, up + 0.11 * height)
    parts = [
        Part(joined([shell, door]), "steel", colour, share=0.3),
        Part(joined([stake, shelf, strut]), "wood", post),
        Part(arm, "steel", (0.7, 0.05, 0.03)),
    ]
    if not opened:
        parts.append(Part(knob, "brass"))
    return Form(
        tuple(parts),
        {
            "mouth": Anchor((0.0, -long / 2, up + 0.1 * height), (0.0, -1.0, 0.0), 0.4 * w),
            "inside": Anchor((0.0, 0.0, up + 0.01 * height), reach=0.4 * w),
        },
    )


def _trough(outside: list[tuple[float, float]], inside: list[tuple[float, float]], long: float) -> Solid:
    """A case along y with an outline in x and z, hollow from its front to near its back."""
    front, back = -long / 2, long / 2
    rings = [(inside, back - 0.03 * long), (inside, front), (outside, front), (outside, back)]
    return loft([[(x, y, z) for x, z in outline][::-1] for outline, y in rings])


@entry("a woven rug", names=("carpet", "flying carpet", "magic carpet", "doormat"), size=(0.3, 6.3), shape="BOX")
def rug(
    width: Annotated[float, metres(0.3, 4.0)] = 1.4,
    length: Annotated[float, metres(0.3, 6.0)] = 2.0,
    pattern: Literal["border", "stripes", "plain"] = "border",
    fringe: bool = True,
    colour: Colour = (0.45, 0.04, 0.04),
    second: Colour = (0.65, 0.5, 0.22),
) -> Form:
    """A thin woven slab along y, with a border or stripes a little higher, and tassels at both ends."""
    thick, side = 0.012, min(width, length)
    shown, fine = list[Solid](), 0.001
    if pattern == "border":
        for a, b in ((0.06, 0.09), (0.13, 0.15)):
            x, y, t = width / 2 - a * side, length / 2 - a * side, (b - a) * side
            shown += [box(2 * x, t, thick).moved(0.0, s * (y - t / 2), fine) for s in BOTH]
            shown += [box(t, 2 * (y - t), thick).moved(s * (x - t / 2), 0.0, fine) for s in BOTH]
        gem = cylinder(0.16 * side, thick, 4).scaled(0.8, 1.1, 1.0)
        many = max(1, int((length - 0.3 * side) / (0.45 * side)))
        shown += [gem.moved(0.0, (i - (many - 1) / 2) * 0.42 * side, fine) for i in range(many)]
    elif pattern == "stripes":
        many = 7
        shown += [
            box(width, length / (2 * many + 1), thick).moved(
                0.0, (i - (many - 1) / 2) * 2 * length / (2 * many + 1), fine
            )
            for i in range(many)
        ]
    if fringe:
        n = max(6, min(60, round(width / 0.03)))
        tassel, long = 0.5 * width / n, 0.045 * min(length, 2.0)
        shown += [
            box(tassel, long, 0.5 * thick).moved((i + 0.5) * width / n - width / 2, s * (length + 0.96 * long) / 2, 0.0)
            for i in range(n)
            for s in BOTH
        ]
    parts = [Part(box(width, length, thick), "cloth", colour)]
    if shown:
        parts.append(Part(joined(shown), "cloth", second, share=0.3))
    return Form(tuple(parts), {"top": Anchor((0.0, 0.0, thick), reach=side / 2)})
