"""What templates build scenes of, in pixels. What moves is gray, what stands fast black, the goal's bodies coloured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..scene import SIZE, Point, Role, Shape, Thing, box

THICK = 5.0
"""How thick bars are."""

JAR = 3.5
"""How thick jars are."""

PEG = 4.5
"""The radius of pegs."""

GAP = 0.05
"""Between what rests on each other at the start, so that nothing overlaps."""


def _thing(
    shape: Shape, at: Point, polygons: Sequence[Sequence[Point]], dynamic: bool, role: Role, angle: float = 0.0
) -> Thing:
    outlines = tuple(tuple(p) for p in polygons)
    color = "gray" if dynamic else "black"
    return Thing(shape, *at, angle=angle, polygons=outlines, dynamic=dynamic, role=role, color=color)


def ball(x: float, bottom: float, radius: float, role: Role = "", dynamic: bool = True) -> Thing:
    """A ball whose lowest point is just above ``bottom``."""
    color = "gray" if dynamic else "black"
    return Thing("ball", x, bottom + radius + GAP, radius=radius, dynamic=dynamic, role=role, color=color)


def ball_on(left: Point, right: Point, x: float, radius: float, role: Role = "", dynamic: bool = True) -> Thing:
    """A ball that lies at ``x`` on a slope from one point to the other."""
    (x0, y0), (x1, y1) = left, right
    steep = (y1 - y0) / (x1 - x0)
    return ball(x, y0 + steep * (x - x0) + radius * (math.hypot(1.0, steep) - 1), radius, role, dynamic)


def bar(
    middle: Point, length: float, thick: float = THICK, angle: float = 0.0, role: Role = "", dynamic: bool = True
) -> Thing:
    """A bar about its middle."""
    return _thing("bar", middle, [box(length, thick)], dynamic, role, angle)


def block(x: float, bottom: float, width: float, height: float, role: Role = "", dynamic: bool = True) -> Thing:
    """An upright bar or box that stands just above ``bottom``."""
    return bar((x, bottom + height / 2 + GAP), width, height, 0.0, role, dynamic)


def slab(left: float, right: float, top: float, role: Role = "") -> Thing:
    """A fixed level bar from ``left`` to ``right`` with its upper side at ``top``."""
    return bar(((left + right) / 2, top - THICK / 2), right - left, role=role, dynamic=False)


def post(x: float, top: float, width: float = THICK, bottom: float = 0.0) -> Thing:
    """A fixed upright bar."""
    return bar((x, (top + bottom) / 2), width, top - bottom, dynamic=False)


def slope(left: Point, right: Point, role: Role = "") -> Thing:
    """A fixed bar whose upper side goes from one point to the other."""
    (x0, y0), (x1, y1) = left, right
    angle, length = math.atan2(y1 - y0, x1 - x0), math.hypot(x1 - x0, y1 - y0)
    middle = ((x0 + x1) / 2 + math.sin(angle) * THICK / 2, (y0 + y1) / 2 - math.cos(angle) * THICK / 2)
    return bar(middle, length, angle=angle, role=role, dynamic=False)


def composite(polygons: Sequence[Sequence[Point]], role: Role = "", dynamic: bool = True) -> Thing:
    """A body of convex polygons with their corners where they are said to be."""
    every = [corner for p in polygons for corner in p]
    x, y = (sum(values) / len(every) for values in zip(*every, strict=True))
    return _thing("bar", (x, y), [[(cx - x, cy - y) for cx, cy in p] for p in polygons], dynamic, role)


def jar(
    x: float, bottom: float, width: float, height: float, role: Role = "", dynamic: bool = True, over: bool = False
) -> Thing:
    """An open jar that widens upwards, ``width`` at its mouth; ``over``: it stands on its mouth."""
    foot, top = width * 0.4, width / 2
    sides = [[(s * foot, 0.0), (s * (foot - JAR), 0.0), (s * (top - JAR), height), (s * top, height)] for s in (-1, 1)]
    base = [(-foot + JAR, 0.0), (foot - JAR, 0.0), (foot - JAR, JAR), (-foot + JAR, JAR)]
    outlines = [[(cx, height - cy if over else cy) for cx, cy in p] for p in [base, *sides]]
    return _thing("jar", (x, bottom + GAP), outlines, dynamic, role)


def stand(x: float, bottom: float, width: float, height: float, role: Role = "") -> Thing:
    """Standing sticks: an upright one on a foot that is ``width`` wide."""
    foot, stick = box(width, 4.0), box(4.0, height - 4.0)
    outlines = [[(px, py + 2.0) for px, py in foot], [(px, py + height / 2 + 2.0) for px, py in stick]]
    return _thing("standingsticks", (x, bottom + GAP), outlines, True, role)


def ledge(end: float, level: float, flat: float, rise: float) -> list[Thing]:
    """A slope from the left wall, ``rise`` high there, that ends in a level part ``flat`` wide up to ``end``."""
    return [slope((0, level + rise), (end - flat, level)), slab(end - flat, end, level)]


def pen(left: float, right: float, lip: float) -> list[Thing]:
    """A blue floor from ``left`` to ``right`` behind a lip of this height on its left."""
    return [slab(left, right, THICK, "goal_target"), post(left - THICK / 2, lip)]


def trough(x: float, radius: float, steep: float, left: float, right: float) -> list[Thing]:
    """A blue ball at the bottom of two slopes that meet at ``x`` and reach so far to the left and to the right."""
    foot, end = (x, 0.0), (x + right, right * steep)
    return [slope((x - left, left * steep), foot), slope(foot, end), ball_on(foot, end, x, radius, "goal_target")]


def mirrored(things: Iterable[Thing]) -> list[Thing]:
    """Things with left and right exchanged."""
    return [
        replace(t, x=SIZE - t.x, angle=-t.angle, polygons=tuple(tuple((-x, y) for x, y in p) for p in t.polygons))
        for t in things
    ]
