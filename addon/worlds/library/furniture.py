"""Furniture."""

from __future__ import annotations

from typing import Annotated, Literal

from ..entry import Colour, count, entry, metres
from ..form import Anchor, Form, Part
from ..solids import box, cylinder, joined

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
