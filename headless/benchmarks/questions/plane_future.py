"""Questions about what comes after the first part of a puzzle's run (Appendix C, A18 to A27), in our own words.

They are asked of what is open: two bodies that touch at the cut, or what hangs on a tenth of a second, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from .facts import Facts
from .model import Template
from .slots import PatternName, moving_colored, pairs, patterns

BESIDE = 1.0
"""Units by which a body must come over a line, or stay away from it."""


def will_touch(facts: Facts, a: str, others: Sequence[str]) -> bool | None:
    """Whether ``a`` touches one of others after the cut; None where it does about then."""
    mask = facts.touch(a, others)
    cut, margin = facts.cut, facts.margin
    if mask[max(cut - margin, 0) : cut + margin + 1].any():
        return None
    return bool(mask[cut + 1 :].any())


def pair_will_touch(facts: Facts, pair: tuple[str, str]) -> bool | None:
    """Whether two bodies touch each other after the cut."""
    return will_touch(facts, pair[0], [pair[1]])


def green_will_be_touched(facts: Facts, a: str) -> bool | None:
    """Whether ``a`` touches the green object after the cut."""
    return _will_touch_color(facts, a, "green")


def blue_will_be_touched(facts: Facts, a: str) -> bool | None:
    """Whether ``a`` touches the blue object after the cut."""
    return _will_touch_color(facts, a, "blue")


def _will_touch_color(facts: Facts, a: str, color: str) -> bool | None:
    other = facts.by_color(color)
    return None if other is None or other == a else will_touch(facts, a, [other])


def movers_will_meet(facts: Facts) -> bool | None:
    """Whether two movable bodies come to touch after the cut that did not touch then."""
    frames = [
        frame for i, a in enumerate(facts.movable) for b in facts.movable[i + 1 :] for frame in facts.hits(a, [b])
    ]
    if any(abs(frame - facts.cut) <= facts.margin for frame in frames) or len(facts.movable) < 2:
        return None
    return any(frame > facts.cut for frame in frames)


def pattern_will_begin(facts: Facts, pattern: PatternName) -> bool | None:
    """Whether a pattern begins again, or for the first time, after the cut."""
    frames = _begins(facts, pattern)
    if any(abs(frame - facts.cut) <= facts.margin for frame in frames):
        return None
    return any(frame > facts.cut for frame in frames)


def pattern_has_begun(facts: Facts, pattern: PatternName) -> bool:
    """Whether a pattern is seen in the first part."""
    return any(frame <= facts.cut for frame in _begins(facts, pattern))


def _begins(facts: Facts, pattern: PatternName) -> list[int]:
    return [a.frame for a in facts.annotation.activations if a.uid == pattern.uid]


def ground_will_be_touched(facts: Facts, a: str) -> bool | None:
    """Whether ``a``, which has not touched the ground, will."""
    if facts.ground is None or facts.touch(a, [facts.ground])[: facts.cut + 1].any():
        return None
    return will_touch(facts, a, [facts.ground])


def wall_will_be_touched(facts: Facts, a: str) -> bool | None:
    """Whether ``a`` touches a wall after the cut."""
    return will_touch(facts, a, facts.walls)


def crosses_green(facts: Facts, a: str) -> bool | None:
    """Whether ``a`` crosses the upright line through the place where green was at the start."""
    return _will_cross(facts, a, facts.by_color("green"), 0)


def crosses_blue(facts: Facts, a: str) -> bool | None:
    """Whether ``a`` crosses the level line through the place where blue was at the start."""
    return _will_cross(facts, a, facts.by_color("blue"), 2)


def _will_cross(facts: Facts, a: str, other: str | None, axis: int) -> bool | None:
    if other is None or other == a:
        return None
    beside = facts.place[facts.cut :, facts.column(a), axis] - facts.place[0, facts.column(other), axis]
    if abs(beside[0]) < BESIDE:
        return None
    over = float((-np.sign(beside[0]) * beside).max())
    return None if abs(over) < BESIDE else over > 0


def will_be_still(facts: Facts) -> bool | None:
    """Whether there is a frame after the cut in which nothing moves."""
    found = {bool((~facts.moves(times)[facts.cut + 1 :]).any()) for times in (0.5, 1.0, 2.0)}
    return found.pop() if len(found) == 1 else None


def _future(
    number: int,
    text: str,
    answer: object,
    group: Callable[..., Hashable] | None = None,
    **slots: object,
) -> Template:
    """A question about the time after the first part."""
    return Template(
        id=f"A{number}",
        kind="yes/no",
        part="first",
        text=f"After the part that is shown, {text}",
        answer=answer,  # type: ignore[arg-type]
        slots=slots,  # type: ignore[arg-type]
        tries=80,
        alone=ALONE.get(number, (0.5, 0.5)),
        group=group,
    )


A_BALL = {"a": moving_colored}

ALONE = {
    18: (1.0, 0.64),
    19: (1.0, 0.97),
    20: (1.0, 0.57),
    21: (0.43, 1.0),
    23: (1.0, 0.04),
    24: (1.0, 0.03),
    25: (1.0, 0.09),
    26: (1.0, 0.03),
    27: (0.11, 1.0),
}
"""`Template.alone` by number, measured over 160 runs: of those asked about, as many have yes alone as no alone."""

TEMPLATES: tuple[Template, ...] = (
    _future(18, "will {pair[0]} and {pair[1]} touch each other?", pair_will_touch, pair=pairs),
    _future(19, "will {a} touch the green object?", green_will_be_touched, **A_BALL),
    _future(20, "will {a} touch the blue object?", blue_will_be_touched, **A_BALL),
    _future(21, "will any two objects that can move newly come to touch each other?", movers_will_meet),
    _future(22, "will {pattern} begin at any time?", pattern_will_begin, pattern_has_begun, pattern=patterns),
    _future(23, "will {a} touch the ground, which it has not touched so far?", ground_will_be_touched, **A_BALL),
    _future(24, "will {a} touch the left, the right or the top wall?", wall_will_be_touched, **A_BALL),
    _future(
        25,
        "will the middle of {a} cross the upright line through the place where the green object was at the start?",
        crosses_green,
        **A_BALL,
    ),
    _future(
        26,
        "will the middle of {a} cross the level line through the place where the blue object was at the start?",
        crosses_blue,
        **A_BALL,
    ),
    _future(27, "will there be a frame in which no object moves (faster than 1 unit/s)?", will_be_still),
)
