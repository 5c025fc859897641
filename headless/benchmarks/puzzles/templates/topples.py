"""Puzzles in which something falls over or gives way."""

from __future__ import annotations

from random import Random

from ..scene import SIZE, Thing
from .parts import GAP, THICK, ball, ball_on, block, pen, post, slab, slope, stand


def dominoes(rng: Random) -> list[Thing]:
    """Dominoes stand under a roof; the last of them, the green one, has to fall onto a blue block."""
    count, height, start = rng.randint(4, 6), rng.uniform(34, 46), rng.uniform(45, 60)
    apart, ground = height * rng.uniform(0.45, 0.6), rng.uniform(10, 60)
    last = start + (count - 1) * apart
    stones = [block(start + k * apart, ground, 5, height) for k in range(count - 1)]
    roof = ground + height + rng.uniform(16, 24)
    return [
        slab(0, SIZE, ground),
        *stones,
        block(last, ground, 5, height, "goal_object"),
        slab(start + apart * 0.6, SIZE, roof),
        block(last + height * 0.7, ground - GAP, rng.uniform(16, 24), height * 0.4, "goal_target", dynamic=False),
    ]


def tower(rng: Random) -> list[Thing]:
    """A tower of boxes with the green one on top has to be toppled to the blue side."""
    x, foot, size = rng.uniform(110, 150), rng.uniform(20, 60), rng.uniform(15, 21)
    count, width = rng.randint(2, 4), rng.uniform(24, 34)
    top = foot + count * (size + GAP)
    return [
        post(x, foot, width),
        *(block(x, foot + k * (size + GAP), size, size) for k in range(count)),
        block(x, top, size, size, "goal_object"),
        slope((0, top + rng.uniform(25, 50)), (x - size / 2 - rng.uniform(25, 40), top + rng.uniform(-5, 12))),
        slab(x + width / 2, SIZE, THICK, "goal_target"),
    ]


def sticks(rng: Random) -> list[Thing]:
    """Green sticks stand on a shelf and have to be knocked over against a blue ball."""
    end, top, height = rng.uniform(90, 130), rng.uniform(50, 110), rng.uniform(50, 65)
    foot = rng.uniform(16, 22)
    x, radius = end - foot / 2 - rng.uniform(2, 12), rng.uniform(10, 16)
    away = rng.uniform(0.6, 0.85) * height
    return [
        slab(0, end, top),
        stand(x, top, foot, height, "goal_object"),
        ball(x + away, top + rng.uniform(0, 12), radius, "goal_target", dynamic=False),
        slope(
            (0, top + height + rng.uniform(25, 50)),
            (x - rng.uniform(18, 26), top + height * rng.uniform(0.85, 1.05)),
        ),
    ]


def drawbridge(rng: Random) -> list[Thing]:
    """A plank stands at the edge of a pit and has to fall across it onto the blue bank."""
    edge, gap, bank = rng.uniform(80, 120), rng.uniform(35, 50), rng.uniform(40, 90)
    height = gap + rng.uniform(20, 40)
    right = edge + gap
    return [
        post(edge / 2, bank, edge),
        block(edge - rng.uniform(5, 9), bank, 6, height, "goal_object"),
        post((right + SIZE) / 2, bank - 2 * THICK, SIZE - right),
        slab(right, SIZE, bank - rng.uniform(0, THICK), "goal_target"),
        slope(
            (0, bank + height + rng.uniform(10, 40)),
            (edge - rng.uniform(32, 45), bank + height * rng.uniform(0.6, 0.9)),
        ),
    ]


def gate(rng: Random) -> list[Thing]:
    """A gate holds a ball back on a slope; once it is knocked away, the ball rolls on to the blue floor."""
    level, x, rise = rng.uniform(70, 120), rng.uniform(85, 115), rng.uniform(18, 28)
    radius, height, wide = rng.uniform(8, 11), rng.uniform(36, 48), rng.uniform(9, 12)
    face = x - wide / 2
    end = x + wide / 2 + rng.uniform(4, 10)
    top = level + height
    return [
        slope((0, level + rise), (face, level)),
        slab(face, end, level),
        ball_on((0, level + rise), (face, level), face - radius - GAP, radius, "goal_object"),
        block(x, level, wide, height),
        *pen(end + rng.uniform(10, 25), SIZE, rng.uniform(10, 20)),
        slope((0, top + rng.uniform(35, 60)), (face - rng.uniform(18, 30), top + rng.uniform(-4, 6))),
    ]
