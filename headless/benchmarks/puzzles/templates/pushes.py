"""Puzzles in which something is pushed, off or out of or over."""

from __future__ import annotations

from random import Random

from ..scene import SIZE, Thing
from .parts import GAP, JAR, PEG, THICK, ball, block, composite, jar, pen, slab, slope, trough


def pegs(rng: Random) -> list[Thing]:
    """A bar lies on two pegs and has to fall off them on the blue side."""
    x, level, apart = rng.uniform(100, 135), rng.uniform(90, 150), rng.uniform(28, 44)
    length = apart + rng.uniform(60, 84)
    return [
        ball(x - apart / 2, level - 2 * PEG, PEG, dynamic=False),
        ball(x + apart / 2, level - 2 * PEG, PEG, dynamic=False),
        block(x, level + 2 * GAP, length, THICK, "goal_object"),
        slab(x + rng.uniform(-5, 20), SIZE, THICK, "goal_target"),
    ]


def tipping(rng: Random) -> list[Thing]:
    """A jar stands on a shelf and has to be tipped over its edge, so that its ball falls on the blue floor."""
    end, top, width = rng.uniform(100, 140), rng.uniform(50, 100), rng.uniform(34, 44)
    height, size = rng.uniform(38, 52), rng.uniform(7, 9)
    x = end - width / 2 - rng.uniform(-4, 3)
    return [
        slab(0, end, top),
        jar(x, top, width, height),
        ball(x, top + JAR + GAP, size, "goal_object"),
        slope(
            (0, top + height + rng.uniform(40, 65)),
            (x - width / 2 - rng.uniform(10, 20), top + height * rng.uniform(0.85, 1.1)),
        ),
        *pen(end + rng.uniform(10, 25), SIZE, rng.uniform(10, 20)),
    ]


def hat(rng: Random) -> list[Thing]:
    """A jar stands on its mouth on a shelf and has to fall down onto the blue ball."""
    end, top, width = rng.uniform(90, 130), rng.uniform(70, 120), rng.uniform(30, 40)
    height, size = rng.uniform(30, 40), rng.uniform(12, 18)
    x = end - width / 2 - rng.uniform(-3, 3)
    middle, steep = end + rng.uniform(28, 42), rng.uniform(0.7, 1.0)
    left, right = rng.uniform(40, 60), rng.uniform(50, 75)
    return [
        slab(0, end, top),
        jar(x, top, width, height, "goal_object", over=True),
        slope(
            (0, top + height + rng.uniform(30, 60)),
            (x - width / 2 - rng.uniform(16, 28), top + height * rng.uniform(0.7, 1.1)),
        ),
        *trough(middle, size, steep, left, right),
    ]


def tunnel(rng: Random) -> list[Thing]:
    """A box sits in a tunnel and has to be pushed out of it onto the blue floor."""
    mouth, level, high = rng.uniform(80, 110), rng.uniform(50, 100), rng.uniform(22, 34)
    length, size = rng.uniform(40, 60), rng.uniform(10, 14)
    end = mouth + length
    return [
        slope((0, level + rng.uniform(60, 90)), (mouth, level)),
        slab(mouth, end, level),
        slab(mouth + 12, end, level + high + THICK),
        block(end - size / 2 - rng.uniform(2, 12), level, size, size, "goal_object"),
        *pen(end + rng.uniform(5, 20), SIZE, rng.uniform(8, 20)),
    ]


def row(rng: Random) -> list[Thing]:
    """Balls lie in a row; struck at one end, the green one leaves at the other and has to fall into the blue jar."""
    start, level, size = rng.uniform(75, 100), rng.uniform(60, 120), rng.uniform(6, 8)
    count = rng.randint(3, 5)
    places = [start + 10 + size + k * (2 * size + GAP) for k in range(count)]
    end = places[-1] + size + rng.uniform(4, 10)
    return [
        slope((0, level + rng.uniform(40, 80)), (start, level)),
        slab(start, end, level),
        *(ball(x, level, size) for x in places[:-1]),
        ball(places[-1], level, size, "goal_object"),
        slab(start + 10, end, level + 2 * size + rng.uniform(8, 14) + THICK),
        jar(end + rng.uniform(15, 40), 0, rng.uniform(52, 66), rng.uniform(30, 45), "goal_target", dynamic=False),
    ]


def wedge(rng: Random) -> list[Thing]:
    """A wedge lies on a table; struck on its slope, it pushes a ball over the edge, down to the blue one."""
    start, level = rng.uniform(30, 60), rng.uniform(40, 100)
    width, height, size = rng.uniform(30, 45), rng.uniform(40, 60), rng.uniform(8, 12)
    face = start + width
    end = face + 2 * size + rng.uniform(6, 20)
    return [
        slab(0, end, level),
        composite([[(start, level + GAP), (face, level + GAP), (face, level + GAP + height)]]),
        ball(face + size + GAP, level, size, "goal_object"),
        *trough(
            end + rng.uniform(25, 40),
            rng.uniform(9, 16),
            rng.uniform(0.35, 0.5),
            rng.uniform(40, 60),
            rng.uniform(70, 90),
        ),
        slab(face + 4, end, level + height + rng.uniform(10, 20)),
    ]
