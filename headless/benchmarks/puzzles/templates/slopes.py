"""Puzzles in which something rolls down."""

from __future__ import annotations

from random import Random

from ..scene import SIZE, Thing
from .parts import GAP, THICK, ball, ball_on, ledge, post, slab, slope


def ramp(rng: Random) -> list[Thing]:
    """A ball rests on a ledge; pushed off, it runs down a ramp and on to a blue ball in the corner."""
    top, end, radius = rng.uniform(110, 175), rng.uniform(60, 105), rng.uniform(7, 12)
    foot, corner = (end + rng.uniform(60, 95), rng.uniform(12, 22)), (SIZE, rng.uniform(0, 8))
    blue = rng.uniform(8, 15)
    return [
        *ledge(end, top, 30, rng.uniform(15, 45)),
        slope((end, top), foot),
        slope(foot, corner),
        ball(end - rng.uniform(9, 20), top, radius, "goal_object"),
        ball_on(foot, corner, SIZE - blue - GAP, blue, "goal_target"),
    ]


def staircase(rng: Random) -> list[Thing]:
    """A ball on the topmost step has to hop down to a blue one at the foot of the stairs."""
    steps, width, first = rng.randint(2, 4), rng.uniform(22, 32), rng.uniform(40, 60)
    rise, low = rng.uniform(22, 36), rng.uniform(4, 10)
    foot, high, top = first + steps * width, rng.uniform(25, 45), low + (steps + 1) * rise
    radius = rng.uniform(11, 18)
    return [
        post(first / 2, top, first),
        slope((0, top + rng.uniform(25, 45)), (first - 30, top)),
        *(post(first + (k + 0.5) * width, low + (steps - k) * rise, width) for k in range(steps)),
        slope((foot, low), (SIZE, high)),
        ball(first - rng.uniform(7, 17), top, rng.uniform(6, 9), "goal_object"),
        ball_on((foot, low), (SIZE, high), foot + radius + 1, radius, "goal_target", dynamic=False),
    ]


def funnel(rng: Random) -> list[Thing]:
    """A ball has to be pushed into a funnel, which lets it fall between two posts onto the blue floor."""
    hole, half = rng.uniform(130, 165), rng.uniform(13, 18)
    top, neck, edge = rng.uniform(130, 165), rng.uniform(75, 100), rng.uniform(60, 80)
    wide, tube = rng.uniform(22, 32), rng.uniform(20, 30)
    return [
        *ledge(edge, top, 28, rng.uniform(12, 40)),
        slope((edge, top), (hole - half, neck)),
        slope((hole + half, neck), (hole + rng.uniform(60, 80), top - rng.uniform(0, 20))),
        ball(edge - rng.uniform(8, 18), top, rng.uniform(6, 10), "goal_object"),
        post(hole - half, neck, bottom=neck - tube),
        post(hole + half, neck, bottom=neck - tube),
        post(hole - wide, rng.uniform(25, 45)),
        post(hole + wide, rng.uniform(25, 45)),
        slab(hole - wide + THICK / 2, hole + wide - THICK / 2, THICK, "goal_target"),
    ]


def deflector(rng: Random) -> list[Thing]:
    """A ball falls to the black side of a divider unless something turns it aside to the blue one."""
    wall = rng.uniform(120, 170)
    left = rng.uniform(30, 45)
    return [
        post(wall, rng.uniform(30, 70)),
        ball(wall - left, rng.uniform(190, 225), rng.uniform(8, 13), "goal_object"),
        slope((0, rng.uniform(30, 50)), (wall - left - rng.uniform(25, 35), 0)),
        slab(wall + THICK / 2, SIZE, THICK, "goal_target"),
    ]
