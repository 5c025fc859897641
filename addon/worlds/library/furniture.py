"""Furniture."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np

from ..entry import Colour, count, degrees, entry, metres, share
from ..form import Anchor, Form, Part, Rgb
from ..solids import Point, Solid, ball, box, cylinder, joined, loft, rounded

BROWN = (0.34, 0.19, 0.09)
PALE = (0.62, 0.45, 0.26)


@entry(
    "a table: a board on four legs",
    names=("desk", "dining table", "kitchen table", "workbench"),
    size=(0.5, 3.0),
    shape="COMPOUND",
)
def table(
    width: Annotated[float, metres(0.5, 3.0)] = 1.4,
    depth: Annotated[float, metres(0.4, 1.6)] = 0.8,
    height: Annotated[float, metres(0.3, 1.2)] = 0.75,
    legs: Literal["square", "round"] = "square",
    colour: Colour = BROWN,
) -> Form:
    """A board on four legs near its corners."""
    board, leg = 0.04, 0.06
    x, y, long = width / 2 - leg, depth / 2 - leg, height - board
    one = box(leg, leg, long) if legs == "square" else cylinder(leg / 2, long, 16)
    standing = [one.moved(sx * x, sy * y) for sx in (-1, 1) for sy in (-1, 1)]
    top = box(width, depth, board).moved(z=long)
    return Form(
        (Part(joined([top, *standing]), "wood", colour),),
        {"top": Anchor((0.0, 0.0, height), reach=min(width, depth) / 2), "under": Anchor((0.0, 0.0, 0.0), reach=x)},
        hulls=(top, *standing),
    )


@entry("a shelf: boards between two sides", names=("bookcase", "bookshelf"), size=(0.4, 2.6), shape="COMPOUND")
def shelf(
    width: Annotated[float, metres(0.4, 2.0)] = 0.9,
    depth: Annotated[float, metres(0.2, 0.6)] = 0.3,
    height: Annotated[float, metres(0.4, 2.6)] = 1.8,
    boards: Annotated[int, count(2, 8, "boards, the lowest and the uppermost included")] = 5,
    colour: Colour = PALE,
) -> Form:
    """Boards at even distances between two sides."""
    thick = 0.02
    sides = [box(thick, depth, height).moved(x=s * (width - thick) / 2) for s in (-1, 1)]
    inner, gap = width - 2 * thick, (height - thick) / (boards - 1)
    rows = [box(inner, depth, thick).moved(z=i * gap) for i in range(boards)]
    room = min(inner, depth) / 2
    places = {f"board {i + 1}": Anchor((0.0, 0.0, i * gap + thick), reach=room) for i in range(boards - 1)}
    whole = joined([*sides, *rows])
    return Form(
        (Part(whole, "wood", colour),),
        {"top": Anchor((0.0, 0.0, height), reach=room), **places},
        hulls=(*sides, *rows),
    )


def _leg(head: tuple[float, float], foot: tuple[float, float], height: float, radius: float, n: int = 12) -> Solid:
    """A round leg from a foot on the ground to a head at a height, flat at both ends, thinner below."""
    angles = [2 * math.pi * i / n for i in range(n)]

    def ring_at(x: float, y: float, z: float, r: float) -> list[Point]:
        return [(x + r * math.cos(a), y + r * math.sin(a), z) for a in angles]

    return loft([ring_at(*foot, 0.0, 0.7 * radius), ring_at(*head, height, radius)])


def _leaning(solid: Solid, foot: float, slope: float) -> Solid:
    """A solid pushed along y by its height over ``foot`` times ``slope``, so that level faces stay level."""
    return solid.shaped(lambda v: v + np.array([0.0, slope, 0.0]) * (v[:, 2:] - foot))


@entry(
    "a chair: a seat and a back on four legs",
    names=("kitchen chair", "dining chair"),
    size=(0.4, 2.0),
    shape="COMPOUND",
)
def chair(
    width: Annotated[float, metres(0.25, 0.9)] = 0.45,
    height: Annotated[float, metres(0.4, 2.0, "up to the top of the back")] = 0.9,
    seat: Annotated[float, share(0.35, 0.65, "how high the seat is, of the height")] = 0.5,
    back: Literal["slats", "bars", "board"] = "slats",
    colour: Colour = BROWN,
) -> Form:
    """A seat board on four legs, the hind ones up to the top of a slightly leaning back."""
    leg, board, depth, up = 0.09 * width, 0.07 * width, width, seat * height
    x, y, over = (width - leg) / 2, (depth - leg) / 2, height - up
    legs = [box(leg, leg, up - board).moved(sx * x, sy * y) for sx in (-1, 1) for sy in (-1, 1)]
    plate = rounded(width, depth, board, board / 3).moved(z=up - board)
    posts = [box(leg, leg, over).moved(s * x, y, up) for s in (-1, 1)]
    inner = width - 2 * leg
    top = box(inner, 0.5 * leg, 0.16 * over).moved(0.0, y, up + 0.8 * over)
    if back == "slats":
        rest = [box(inner, 0.5 * leg, 0.1 * over).moved(0.0, y, up + f * over) for f in (0.3, 0.55)]
    elif back == "bars":
        rest = [box(0.4 * leg, 0.4 * leg, 0.82 * over).moved(f * inner, y, up) for f in (-0.3, -0.1, 0.1, 0.3)]
    else:
        rest = [box(inner, 0.4 * leg, 0.6 * over).moved(0.0, y, up + 0.21 * over)]
    behind = [_leaning(s, up, 0.15) for s in (*posts, top, *rest)]
    solids = (plate, *legs, *behind)
    return Form(
        (Part(joined(solids), "wood", colour, share=0.8),),
        {"seat": Anchor((0.0, 0.0, up), reach=0.4 * width)},
        hulls=solids,
    )


@entry(
    "a stool: a round or square seat on splayed legs",
    names=("bar stool", "footstool"),
    size=(0.2, 1.4),
    shape="COMPOUND",
)
def stool(
    width: Annotated[float, metres(0.2, 0.8)] = 0.34,
    height: Annotated[float, metres(0.2, 1.2)] = 0.46,
    legs: Annotated[int, count(3, 5)] = 3,
    seat: Literal["round", "square"] = "round",
    colour: Colour = PALE,
) -> Form:
    """A thick seat on legs that go outward to their feet."""
    board, radius = 0.1 * width, 0.06 * width
    plate = cylinder(width / 2, board, 32) if seat == "round" else rounded(0.9 * width, 0.9 * width, board, board / 3)
    turns = [math.pi * (0.5 + (2 * i + 1) / legs) for i in range(legs)]
    head, foot, up = 0.3 * width, 0.44 * width, height - board
    standing = [
        _leg((head * math.cos(a), head * math.sin(a)), (foot * math.cos(a), foot * math.sin(a)), up, radius)
        for a in turns
    ]
    solids = (plate.moved(z=up), *standing)
    top = Anchor((0.0, 0.0, height), reach=0.45 * width)
    return Form((Part(joined(solids), "wood", colour),), {"seat": top, "top": top}, hulls=solids)


@entry("a bench of planks with iron sides", names=("park bench", "garden bench"), size=(0.8, 3.5), shape="COMPOUND")
def bench(
    width: Annotated[float, metres(0.8, 3.5)] = 1.6,
    depth: Annotated[float, metres(0.35, 0.7)] = 0.45,
    height: Annotated[float, metres(0.3, 0.65, "of the seat")] = 0.45,
    back: bool = True,
    colour: Colour = BROWN,
) -> Form:
    """Three planks for the seat and two for the back, on two iron sides."""
    plank, iron, x = 0.035, 0.05, width / 2 - 0.12
    deep = depth / 3 - 0.01
    seat = [box(width, deep, plank).moved(0.0, i * depth / 3, height - plank) for i in (-1, 0, 1)]
    low = height - plank
    sides = [box(iron, iron, low).moved(s * x, y * (depth - iron) / 2) for s in (-1, 1) for y in (-1, 1)]
    sides += [box(iron, depth, iron).moved(s * x, 0.0, low - iron) for s in (-1, 1)]
    if back:
        y, over = depth / 2 - iron / 2, 0.42
        posts = [box(0.8 * iron, iron, over).moved(s * x, y, low) for s in (-1, 1)]
        sides += [_leaning(s, low, 0.2) for s in posts]
        rows = [box(width, plank, 0.11).moved(0.0, y - 0.03, low + f) for f in (0.15, 0.3)]
        seat += [_leaning(s, low, 0.2) for s in rows]
    return Form(
        (Part(joined(seat), "wood", colour), Part(joined(sides), "steel", (0.03, 0.03, 0.035), share=0.3)),
        {"seat": Anchor((0.0, 0.0, height), reach=depth / 2)},
        hulls=(*seat, *sides),
    )


def _cushioned(width: float, depth: float, height: float, seats: int, colour: Rgb, of: str) -> Form:
    """A base on short feet, a back and two arms, with a cushion for each seat and one behind it."""
    foot, arm, back = 0.08 * height, 0.14 * height + 0.04, 0.24 * depth
    low, inner = 0.42 * height, width - 2 * arm
    soft = 0.05 * height
    feet = [
        cylinder(0.03, foot, 12).moved(sx * (width / 2 - 0.07), sy * (depth / 2 - 0.07))
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    base = rounded(width - 0.01, depth - 0.01, 0.3 * height - foot, 0.02).moved(z=foot)
    arms = [
        rounded(arm, depth, 0.68 * height - foot, 0.45 * arm, 4).moved(s * (width - arm) / 2, 0.0, foot)
        for s in (-1, 1)
    ]
    rear = rounded(inner + 0.02, back, 0.95 * height - foot, 0.3 * back, 4).moved(0.0, (depth - back) / 2, foot)
    each, deep = inner / seats, depth - back
    pads = [
        rounded(each - 0.01, deep, 0.18 * height, soft, 4).moved((i - (seats - 1) / 2) * each, -back / 2, 0.27 * height)
        for i in range(seats)
    ]
    rests = [
        rounded(each - 0.02, 0.7 * back, 0.56 * height, 0.3 * back, 4)
        .turned(-12, "x")
        .moved((i - (seats - 1) / 2) * each, depth / 2 - 1.1 * back, low)
        for i in range(seats)
    ]
    body = Part(joined([base, *arms, rear, *pads, *rests]), of, colour, share=0.12)
    top = 0.45 * height
    places = {
        f"seat {i + 1}": Anchor(((i - (seats - 1) / 2) * each, -back / 2, top), reach=each / 2) for i in range(seats)
    }
    return Form(
        (body, Part(joined(feet), "wood", BROWN)),
        {"seat": Anchor((0.0, -back / 2, top), reach=min(inner, deep) / 2), **(places if seats > 1 else {})},
        hulls=(base, *arms, rear, *pads, *rests, *feet),
    )


@entry("a sofa with arms and cushions", names=("couch", "settee"), size=(1.2, 4.0), shape="COMPOUND")
def sofa(
    width: Annotated[float, metres(1.2, 4.0)] = 2.0,
    depth: Annotated[float, metres(0.7, 1.3)] = 0.9,
    height: Annotated[float, metres(0.6, 1.15)] = 0.85,
    seats: Annotated[int, count(2, 4)] = 3,
    colour: Colour = (0.1, 0.16, 0.3),
    of: Literal["cloth", "leather"] = "cloth",
) -> Form:
    """An upholstered base, back and arms with loose cushions."""
    return _cushioned(width, depth, height, seats, colour, of)


@entry("an armchair", names=("easy chair", "lounge chair"), size=(0.7, 1.5), shape="COMPOUND")
def armchair(
    width: Annotated[float, metres(0.7, 1.4)] = 0.9,
    depth: Annotated[float, metres(0.7, 1.3)] = 0.85,
    height: Annotated[float, metres(0.6, 1.4)] = 0.9,
    colour: Colour = (0.35, 0.06, 0.05),
    of: Literal["cloth", "leather"] = "cloth",
) -> Form:
    """An upholstered base, back and arms with one loose cushion."""
    return _cushioned(width, depth, height, 1, colour, of)


@entry(
    "a bed with a mattress, a blanket and pillows",
    names=("double bed", "single bed"),
    size=(1.0, 2.6),
    shape="COMPOUND",
)
def bed(
    width: Annotated[float, metres(0.6, 2.2)] = 1.4,
    length: Annotated[float, metres(1.0, 2.4)] = 2.0,
    height: Annotated[float, metres(0.3, 0.8, "up to the mattress")] = 0.5,
    headboard: Annotated[float, metres(0.15, 0.9, "how far it stands out above the mattress")] = 0.5,
    colour: Colour = (0.12, 0.25, 0.5),
    frame: Colour = BROWN,
) -> Form:
    """A wooden frame with a board at the head, a mattress, a blanket over most of it, and a pillow or two."""
    low, thick, y = 0.35 * height, 0.04, length / 2
    legs = [box(0.07, 0.07, low).moved(sx * (width / 2 - 0.04), sy * (y - 0.05)) for sx in (-1, 1) for sy in (-1, 1)]
    rim = box(width, length - 2 * thick, 0.25 * height).moved(z=low)
    foot = box(width, thick, 0.8 * height).moved(0.0, -y + thick / 2, 0.15 * height)
    head = box(width, thick, 0.85 * height + headboard).moved(0.0, y - thick / 2, 0.15 * height)
    inner, long = width - 0.04, length - 2 * thick
    mattress = rounded(inner, long, height - low - 0.1 * height, 0.06).moved(z=low + 0.1 * height)
    cover = rounded(width + 0.02, 0.68 * long, 0.32 * height + 0.02, 0.04).moved(0.0, -0.16 * long, height * 0.7)
    many = 2 if width > 1.1 else 1
    wide = 0.82 * inner / many
    pillows = [
        rounded(wide, 0.17 * long, 0.12, 0.055, 4).moved((i - (many - 1) / 2) * 1.12 * wide, 0.36 * long, height - 0.01)
        for i in range(many)
    ]
    return Form(
        (
            Part(joined([rim, foot, head, *legs]), "wood", frame, share=0.15),
            Part(joined([mattress, *pillows]), "foam", (0.85, 0.84, 0.8)),
            Part(cover, "cloth", colour, share=0.05),
        ),
        {"top": Anchor((0.0, -0.1 * length, height + 0.02), reach=0.4 * min(width, length))},
        hulls=(*legs, rim, foot, head, mattress, cover, *pillows),
    )


def _case(width: float, depth: float, height: float, fronts: list[Solid], knobs: list[Solid], colour: Rgb) -> Form:
    """A piece of furniture with doors or drawers at its front, on a plinth and under a board."""
    plinth = box(width - 0.06, depth - 0.06, 0.06)
    body = box(width - 0.02, depth - 0.02, height - 0.06 - 0.03).moved(z=0.06)
    board = box(width, depth, 0.03).moved(z=height - 0.03)
    dark = (0.6 * colour[0], 0.6 * colour[1], 0.6 * colour[2])
    return Form(
        (
            Part(joined([body, *fronts]), "wood", colour, share=0.12),
            Part(joined([plinth, board]), "wood", dark, share=0.5),
            Part(joined(knobs), "brass"),
        ),
        {"top": Anchor((0.0, 0.0, height), reach=min(width, depth) / 2)},
    )


@entry("a wardrobe with doors", names=("cupboard", "cabinet", "closet"), size=(0.5, 2.8))
def wardrobe(
    width: Annotated[float, metres(0.4, 2.8)] = 1.1,
    depth: Annotated[float, metres(0.3, 0.8)] = 0.55,
    height: Annotated[float, metres(0.5, 2.6)] = 1.9,
    doors: Annotated[int, count(1, 4)] = 2,
    colour: Colour = BROWN,
) -> Form:
    """A closed case on a plinth, with panelled doors side by side and a knob on each."""
    high, each, y = height - 0.12, (width - 0.04) / doors, 0.01 - depth / 2
    fronts: list[Solid] = []
    knobs: list[Solid] = []
    for i in range(doors):
        x = (i - (doors - 1) / 2) * each
        fronts.append(box(each - 0.012, 0.03, high).moved(x, y, 0.07))
        fronts.append(box(0.66 * each, 0.02, 0.82 * high).moved(x, y - 0.012, 0.07 + 0.09 * high))
        side = 1 if i % 2 == 0 else -1
        knobs.append(ball(0.018, 12).moved(x + side * 0.42 * each, y - 0.028, 0.07 + 0.5 * high))
    return _case(width, depth, height, fronts, knobs, colour)


@entry("a chest of drawers", names=("drawers", "dresser", "commode", "nightstand"), size=(0.4, 1.8))
def chest_of_drawers(
    width: Annotated[float, metres(0.35, 1.6)] = 0.9,
    depth: Annotated[float, metres(0.3, 0.7)] = 0.45,
    height: Annotated[float, metres(0.4, 1.6)] = 0.85,
    rows: Annotated[int, count(1, 6)] = 4,
    colour: Colour = PALE,
) -> Form:
    """A closed case on a plinth, with drawers one over the other and two knobs on each."""
    high, y = (height - 0.11) / rows, 0.01 - depth / 2
    fronts = [box(width - 0.06, 0.035, high - 0.014).moved(0.0, y, 0.07 + i * high) for i in range(rows)]
    knobs = [
        ball(0.018, 12).moved(s * width / 4, y - 0.028, 0.07 + (i + 0.5) * high) for i in range(rows) for s in (-1, 1)
    ]
    return _case(width, depth, height, fronts, knobs, colour)


def _rungs(width: float, height: float, rungs: int, thick: float) -> list[Solid]:
    """Two upright rails of square bars with rungs between them at even distances."""
    rails = [box(thick, 1.4 * thick, height).moved(s * (width - thick) / 2) for s in (-1, 1)]
    bar = cylinder(0.4 * thick, width - thick, 12).turned(90, "y").moved(x=-(width - thick) / 2)
    return [*rails, *(bar.moved(z=(i + 0.6) * height / (rungs + 0.2)) for i in range(rungs))]


@entry("a ladder: two rails with rungs", names=("wooden ladder",), size=(0.65, 6.0), shape="COMPOUND")
def ladder(
    height: Annotated[float, metres(0.8, 6.0)] = 2.4,
    width: Annotated[float, metres(0.25, 0.7)] = 0.42,
    rungs: Annotated[int, count(3, 16)] = 8,
    lean: Annotated[float, degrees(0.0, 30.0, "how far its top is to the back")] = 0.0,
    colour: Colour = PALE,
) -> Form:
    """Two rails with round rungs, upright or leaning backward."""
    slope = math.tan(math.radians(lean))
    high = height * math.cos(math.radians(lean))
    solids = tuple(_leaning(s, high / 2, slope) for s in _rungs(width, high, rungs, 0.045))
    return Form(
        (Part(joined(solids), "wood", colour),),
        {
            "top": Anchor((0.0, slope * high / 2, high), reach=width / 2),
            "foot": Anchor((0.0, -slope * high / 2, 0.0), (0.0, -1.0, 0.0), reach=width / 2),
        },
        hulls=solids,
    )


@entry("a ladder that stands by itself on two pairs of legs", names=("step ladder",), size=(0.5, 3.2), shape="COMPOUND")
def stepladder(
    height: Annotated[float, metres(0.5, 3.0)] = 1.5,
    width: Annotated[float, metres(0.3, 0.8)] = 0.5,
    steps: Annotated[int, count(2, 9)] = 5,
    colour: Colour = (0.55, 0.56, 0.58),
) -> Form:
    """A ladder with flat steps and two struts behind it that meet under a board."""
    thick, slope = 0.035, 0.3
    low = height - 0.04
    half = slope * low / 2
    rails = [box(thick, 1.6 * thick, low).moved(s * (width - thick) / 2) for s in (-1, 1)]
    front = [_leaning(s.moved(y=-half), low / 2, slope) for s in rails]
    rear = [_leaning(s.moved(y=half), low / 2, -slope) for s in rails]
    gap = low / (steps + 1)
    treads = [
        box(width - thick, 0.09, 0.025).moved(0.0, -2 * half + slope * (i + 1) * gap, (i + 1) * gap)
        for i in range(steps)
    ]
    brace = box(width - thick, thick, thick).moved(0.0, 2 * half - slope * 0.3 * low, 0.3 * low)
    board = box(width, 0.2, 0.04).moved(z=low)
    solids = (*front, *rear, *treads, brace, board)
    return Form(
        (Part(joined(solids), "steel", colour, share=0.06),),
        {"top": Anchor((0.0, 0.0, height), reach=0.1), "foot": Anchor((0.0, -2 * half, 0.0), (0.0, -1.0, 0.0))},
        hulls=solids,
    )
