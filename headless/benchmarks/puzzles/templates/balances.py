"""Puzzles in which something tips, swings or is thrown."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from ..scene import SIZE, Point, Thing
from .parts import GAP, PEG, THICK, ball, bar, block, composite, pen, post, slab, slope

Place = Callable[[float, float], Point]
"""The place of a point so far along a plank and so far up from it."""


def balance(rng: Random) -> list[Thing]:
    """A ball lies on a plank that is balanced on a post; it has to roll off on the blue side."""
    x, top = rng.uniform(105, 150), rng.uniform(60, 110)
    length, width = rng.uniform(80, 120), rng.uniform(12, 18)
    return [
        post(x, top, width),
        block(x, top, length, THICK),
        ball(x, top + THICK + GAP, rng.uniform(7, 11), "goal_object"),
        *pen(x + length / 2 + rng.uniform(5, 20), SIZE, rng.uniform(10, 25)),
    ]


def catapult(rng: Random) -> list[Thing]:
    """A tilted plank throws a ball from its low end onto the blue floor when something falls on its high one."""
    pivot, radius = rng.uniform(110, 130), rng.uniform(12, 18)
    start = pivot - rng.uniform(55, 70)
    length = 2 * (pivot - start) + rng.uniform(2, 12)
    place, _ = _leaned((start, GAP), pivot, radius)
    rim = [place(0, THICK), place(THICK, THICK), place(THICK, 3 * THICK), place(0, 3 * THICK)]
    size = rng.uniform(6, 9)
    x, y = place(THICK + size + GAP, THICK + size + GAP)
    return [
        ball(pivot, -GAP, radius, dynamic=False),
        composite([_plank(place, length), rim]),
        ball(x, y - size, size, "goal_object"),
        *pen(start + length + rng.uniform(5, 15), SIZE, rng.uniform(15, 30)),
    ]


def lever(rng: Random) -> list[Thing]:
    """A box on the low end of a lever has to be held up against a blue bar."""
    pivot, radius, table = rng.uniform(90, 165), rng.uniform(13, 20), rng.uniform(5, 70)
    start = pivot - rng.uniform(60, 75)
    length = 2 * (pivot - start)
    place, angle = _leaned((start, table + GAP), pivot, radius)
    size = rng.uniform(12, 18)
    high = table + rng.uniform(0.6, 0.8) * 2 * radius + THICK + size + 4
    return [
        slab(start - 25, start + length + rng.uniform(0, 15), table),
        ball(pivot, table - GAP, radius, dynamic=False),
        composite([_plank(place, length)]),
        bar(place(size / 2 + 2, THICK + GAP + size / 2), size, size, angle, "goal_object"),
        slab(start - 20, start + rng.uniform(25, 35), high + THICK, "goal_target"),
    ]


def _leaned(low: Point, pivot: float, radius: float) -> tuple[Place, float]:
    """The frame of a plank that leans from its lower end on a ball, and its angle."""
    angle = 2 * math.atan2(radius + GAP, pivot - low[0])
    c, s = math.cos(angle), math.sin(angle)
    return lambda along, up: (low[0] + c * along - s * up, low[1] + s * along + c * up), angle


def _plank(place: Place, length: float) -> list[Point]:
    return [place(0, 0), place(length, 0), place(length, THICK), place(0, THICK)]


def rocker(rng: Random) -> list[Thing]:
    """A ball lies in a tray that rocks on its round bottom; it has to be spilled onto the blue floor."""
    radius, x = rng.uniform(24, 36), rng.uniform(90, 130)
    base = rng.uniform(20, 60)
    rim = base + radius
    turns = [k * math.pi / 7 for k in range(8)]
    bowl = [(x - radius * math.cos(turn), rim - radius * math.sin(turn)) for turn in turns]
    ends = [(x + side * radius, x + side * (radius - 4)) for side in (-1, 1)]
    teeth = [[(outer, rim), (inner, rim), (inner, rim + 4)] for outer, inner in ends]
    left = x + radius + rng.uniform(8, 20)
    return [
        slab(x - radius, left, base - GAP),
        composite([bowl, *teeth]),
        ball(x, rim, rng.uniform(7, 10), "goal_object"),
        slab(left, SIZE, THICK, "goal_target"),
    ]


def counterweight(rng: Random) -> list[Thing]:
    """A weight alone holds a bar that reaches over the edge of a shelf; it has to fall onto the blue floor."""
    edge, top = rng.uniform(80, 110), rng.uniform(80, 140)
    length, over = rng.uniform(80, 100), rng.uniform(6, 12)
    size = rng.uniform(15, 20)
    start = edge + over - length / 2
    return [
        slab(0, edge, top),
        block(edge + over, top, length, THICK, "goal_object"),
        block(start + size / 2 + 2, top + THICK + GAP, size, size),
        post(edge - rng.uniform(0, 10), 256, bottom=top + rng.uniform(35, 50)),
        slab(edge + rng.uniform(5, 20), SIZE, THICK, "goal_target"),
    ]


def pendulum(rng: Random) -> list[Thing]:
    """A frame hangs on a peg; swinging, it knocks a ball off its post onto the blue floor."""
    x, top, width = rng.uniform(110, 130), rng.uniform(170, 200), rng.uniform(24, 32)
    height, size = rng.uniform(80, 110), rng.uniform(7, 10)
    low, half = top - height, width / 2
    level = low + rng.uniform(5, 15)
    frame = [_box(x, y + 2, width, 4) for y in (top, low)]
    frame += [_box(x + s * (half - 2), (top + low) / 2 + 2, 4, height - 4) for s in (-1, 1)]
    stop = x + half + size + rng.uniform(3, 8)
    return [
        ball(x, top - 2 * PEG - 2 * GAP, PEG, dynamic=False),
        composite(frame),
        post(stop, level, rng.uniform(8, 12)),
        ball(stop, level, size, "goal_object"),
        slope(
            (0, low + height * rng.uniform(0.7, 1.0)),
            (x - half - rng.uniform(12, 25), low + height * rng.uniform(0.3, 0.5)),
        ),
        slab(stop + 10, SIZE, THICK, "goal_target"),
    ]


def _box(x: float, y: float, width: float, height: float) -> list[Point]:
    w, h = width / 2, height / 2
    return [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)]
