"""Puzzles in which the red ball has to lie somewhere: in a pit, a well, a hollow."""

from __future__ import annotations

from random import Random

from ..scene import SIZE, Point, Thing
from .parts import GAP, JAR, THICK, ball, composite, jar, ledge, post, slab, slope


def pit(rng: Random) -> list[Thing]:
    """A ball rolls into a pit before the blue bank unless the pit is filled."""
    left, wide, bank = rng.uniform(75, 150), rng.uniform(38, 46), rng.uniform(50, 70)
    floor = bank - rng.uniform(32, 38)
    right = left + wide
    return [
        post(left / 2, bank, left),
        post((left + right) / 2, floor, wide),
        slope((0, bank + rng.uniform(35, 60)), (left - 10, bank)),
        post((right + SIZE) / 2, bank - THICK - 2, SIZE - right),
        slab(right, SIZE, bank - 2, "goal_target"),
        ball(rng.uniform(12, 30), bank + 75, rng.uniform(8, 12), "goal_object"),
    ]


def well(rng: Random) -> list[Thing]:
    """A ball rolls into a well, whose collar is blue; it touches it only if something lies below."""
    x, half, low = rng.uniform(110, 150), rng.uniform(19, 23), rng.uniform(24, 28)
    top, size = low + rng.uniform(25, 35), rng.uniform(9, 11)
    mouth, rise = rng.uniform(40, 60), rng.uniform(20, 35)
    shafts = [_column(x - half - THICK, low, top), _column(x + half, low, top)]
    return [
        post(x - half - THICK / 2, low),
        post(x + half + THICK / 2, low),
        composite(shafts, "goal_target", dynamic=False),
        slope((0, top + rise + 45), (x - half, top + 8)),
        slope((x + half, top + 8), (x + half + mouth, top + rise)),
        ball(rng.uniform(12, 30), top + rise + 60, size, "goal_object"),
    ]


def _column(left: float, bottom: float, top: float) -> list[Point]:
    return [(left, bottom), (left + THICK, bottom), (left + THICK, top), (left, top)]


def buffer(rng: Random) -> list[Thing]:
    """A ball rolls over the blue part of a slope and stays there only if something in the hollow below stops it."""
    start, steep, level = rng.uniform(50, 90), rng.uniform(0.25, 0.4), rng.uniform(30, 60)
    blue, hollow = rng.uniform(22, 30), rng.uniform(40, 60)
    end = start + blue
    middle, size = level + steep * blue, rng.uniform(7, 10)
    return [
        slope((0, middle + steep * start), (start, middle)),
        slope((start, middle), (end, level), "goal_target"),
        slab(end, end + hollow, level - THICK),
        post(end + hollow + THICK / 2, level + rng.uniform(0, 6), bottom=level - 2 * THICK),
        ball(rng.uniform(15, 25), middle + steep * start + 20, size, "goal_object"),
    ]


def cup(rng: Random) -> list[Thing]:
    """A ball has to fall off its ledge into the jar that holds the blue one."""
    edge, top = rng.uniform(60, 120), rng.uniform(100, 150)
    width, height, size = rng.uniform(44, 56), rng.uniform(35, 50), rng.uniform(7, 10)
    x = edge + rng.uniform(20, 40)
    return [
        *ledge(edge, top, 28, rng.uniform(15, 45)),
        ball(edge - rng.uniform(9, 18), top, rng.uniform(7, 10), "goal_object"),
        jar(x, 0, width, height),
        ball(x, JAR + GAP, size, "goal_target"),
        post(x + width / 2 + rng.uniform(15, 30), rng.uniform(20, 60)),
    ]
