"""What questions about machines can be about, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

import numpy as np

from .facts import GAP, Facts, turned_on
from .plane_future import will_touch
from .slots import share

BEGINS = 0.02
"""m that a body must have gone from its place to have begun to move."""

FAR, NEAR = 0.6, 0.4
"""m beyond which a body counts as elsewhere at the end, and below which it does not; a question says half a metre."""

UPRIGHT, LYING = 20.0, 60.0
"""Degrees of tilt up to which a body stands, and from which on it has toppled."""

JUST_BEFORE = 0.05
"""Seconds within which a meeting makes a rule act."""

Choice = Callable[[Facts, Random], Sequence[str]]


# Slots --------------------------------------------------------------------------------------------------------------


def lamps(facts: Facts, rng: Random) -> Sequence[str]:
    """The lamps."""
    return facts.of_class("lamp") or [n for n, o in facts.objects.items() if o.semantic_class == "lamp"]


def toppling(facts: Facts, rng: Random) -> Sequence[str]:
    """Bodies that stand and can topple."""
    return [n for n in facts.of_class("domino", "block") if n in facts.movable]


def meetings(facts: Facts, rng: Random) -> Sequence[tuple[str, str]]:
    """A movable body with a thing within the machine, of those that meet and some that do not."""
    inner = facts.inner
    met = [(a, b) for a in facts.movable for b in inner if a != b and facts.touch(a, [b]).any()]
    apart = [(a, b) for a in facts.movable for b in facts.of_class("trigger", "target") if (a, b) not in met]
    return [*met, *rng.sample(apart, min(len(apart), len(met)))]


def removable(facts: Facts, rng: Random) -> Sequence[str]:
    """Bodies that no rule names, no joint holds and that are not the machine's floor or walls."""
    graph = facts.trace.scene
    held = {name for joint in graph.constraints for name in (joint.object1, joint.object2)}
    told = " ".join(graph.rules)
    return [
        n
        for n in facts.inner
        if n not in held and n not in told and any(facts.touch(n, [m]).any() for m in facts.movable if m != n)
    ]


def triples(facts: Facts, rng: Random) -> Sequence[tuple[str, str, str]]:
    """Three bodies that begin to move, in a drawn order."""
    moved = [n for n in facts.movable if begins(facts, n) is not None]
    found = list(combinations(moved, 3))
    return [tuple(rng.sample(one, 3)) for one in rng.sample(found, min(len(found), 24))]  # type: ignore[misc]


def rule_numbers(facts: Facts, rng: Random) -> Sequence[int]:
    """The numbers of the rules."""
    return range(1, len(facts.rules) + 1)


# Answers ------------------------------------------------------------------------------------------------------------


def first_rule(facts: Facts) -> int | None:
    """The rule that acts first."""
    return _end_rule(facts.fired)


def last_rule(facts: Facts) -> int | None:
    """The rule that begins to act last."""
    return _end_rule(facts.fired[::-1])


def _end_rule(order: list[tuple[int, int]]) -> int | None:
    if not order or (len(order) > 1 and abs(order[1][0] - order[0][0]) < 2):
        return None
    return order[0][1]


def rules_that_act(facts: Facts) -> int:
    """How many rules act at least once."""
    return len(facts.fired)


def what_set_off(facts: Facts, rule: int) -> tuple[str, str] | None:
    """The two bodies, both named by a rule, whose meeting made it act."""
    frame = next((frame for frame, number in facts.fired if number == rule), None)
    if frame is None:
        return None
    text = facts.rules[rule - 1]
    named = [n for n in facts.names if _names(text, n, facts.names)]
    within = range(frame - round(JUST_BEFORE * facts.fps), frame + 1)
    met = [pair for pair in combinations(named, 2) if any(f in within for f in facts.hits(pair[0], [pair[1]]))]
    return (met[0][0], met[0][1]) if len(met) == 1 else None


def _names(text: str, name: str, names: Sequence[str]) -> bool:
    """Whether a text names an object, and not only others whose names hold its name."""
    for longer in sorted((n for n in names if name in n and n != name), key=len, reverse=True):
        text = text.replace(longer, "")
    return name in text


def why_dark(facts: Facts, lamp: str) -> int | None:
    """The first rule that acts in the machine as it was meant, and does not in this run, where the lamp stays dark."""
    meant = facts.meant()
    if meant is None or facts.turned_on(lamp) is not None or turned_on(meant, lamp) is None:
        return None
    acted = {rule for _, rule in facts.fired}
    missing = [one for one in Facts(meant, facts.cut).fired if one[1] not in acted]
    return _end_rule(missing)


def lit_without(facts: Facts, lamp: str, gone: str) -> bool | None:
    """Whether a lamp goes on in the run without an object."""
    other = facts.without(gone)
    return None if other is None else turned_on(other, lamp) is not None


def met_without(facts: Facts, pair: tuple[str, str], gone: str) -> bool | None:
    """Whether two bodies meet in the run without a third."""
    if gone in pair:
        return None
    other = facts.without(gone)
    return None if other is None else bool(Facts(other, facts.cut).touch(pair[0], [pair[1]]).any())


def times_hit(facts: Facts, pair: tuple[str, str]) -> int | None:
    """How often one body hits another, if it does not matter how long they must be apart between.

    What touches since the start has not hit; what comes to touch within a moment of it, as where a body is put down
    with a little air below, is left out.
    """
    begins = [facts.hits(pair[0], [pair[1]], gap) for gap in (GAP / 2, GAP, 2 * GAP)]
    if any(0 < frame <= facts.margin for frames in begins for frame in frames):
        return None
    found = {sum(frame > 0 for frame in frames) for frames in begins}
    return found.pop() if len(found) == 1 else None


def rests_on(facts: Facts, a: str) -> str | None:
    """The one thing that a body lies on at the end, at rest."""
    still = facts.speed[-facts.margin :, facts.column(a)].max() < facts.threshold
    contacts = facts.trace.contacts
    now = contacts.frame == facts.frames - 1
    column = facts.column(a)
    below = set()
    for i, j, normal in zip(contacts.a[now], contacts.b[now], contacts.normal[now], strict=True):
        if column in (i, j):
            up = normal[2] if j == column else -normal[2]
            below |= {facts.names[i if j == column else j]} if up > 0.3 else set()
    return below.pop() if still and len(below) == 1 else None


def begins(facts: Facts, a: str) -> int | None:
    """The frame in which a body has begun to move."""
    gone = np.linalg.norm(facts.place[:, facts.column(a)] - facts.place[0, facts.column(a)], axis=1) > BEGINS
    frames = np.flatnonzero(gone)
    return int(frames[0]) if len(frames) else None


def order_of(facts: Facts, triple: tuple[str, str, str]) -> tuple[str, ...] | None:
    """In which order three bodies begin to move, a tenth of a second apart at least."""
    at = sorted((frame, n) for n in triple if (frame := begins(facts, n)) is not None)
    if len(at) < 3 or min(at[1][0] - at[0][0], at[2][0] - at[1][0]) < facts.margin:
        return None
    return tuple(n for _, n in at)


def lit_at(facts: Facts, lamp: str) -> float | None:
    """When a lamp goes on, in seconds."""
    frame = facts.turned_on(lamp)
    return None if frame is None else round(facts.seconds(frame), 2)


def moved_far(facts: Facts) -> int | None:
    """How many movable bodies end more than half a metre from where they began."""
    columns = [facts.column(n) for n in facts.movable]
    away = np.linalg.norm(facts.place[-1, columns] - facts.place[0, columns], axis=1)
    far, near = int((away > FAR).sum()), int((away > NEAR).sum())
    return far if far == near else None


def do_touch(facts: Facts, pair: tuple[str, str]) -> bool:
    """Whether two bodies ever touch."""
    return bool(facts.touch(pair[0], [pair[1]]).any())


def floor_share(facts: Facts, a: str) -> float | None:
    """How long a body touches the floor."""
    return None if facts.ground is None else share(facts.touch(a, [facts.ground]))


def tilt(facts: Facts, a: str) -> float:
    """How far a body is tilted at the end, in degrees; nan of one that is at the start."""
    (_, x0, y0, _), (_, x, y, _) = facts.trace.quaternion[[0, -1], facts.column(a)]
    up = 1.0 - 2.0 * (x * x + y * y)
    return float(np.degrees(np.arccos(np.clip(up, -1.0, 1.0)))) if abs(x0) + abs(y0) < 1e-6 else float("nan")


def toppled(facts: Facts, a: str) -> bool | None:
    """Whether a body that stood has toppled at the end."""
    angle = tilt(facts, a)
    return None if not (angle < UPRIGHT or angle > LYING) else angle > LYING


def how_many_toppled(facts: Facts) -> int | None:
    """How many dominoes and blocks have toppled at the end."""
    found = [toppled(facts, n) for n in toppling(facts, Random(0))]
    return None if not found or None in found else sum(map(bool, found))


def will_be_lit(facts: Facts, lamp: str) -> bool | None:
    """Whether a lamp, dark at the cut, goes on afterwards."""
    frame = facts.turned_on(lamp)
    if frame is not None and frame <= facts.cut + facts.margin:
        return None
    return frame is not None


def pair_will_meet(facts: Facts, pair: tuple[str, str]) -> bool | None:
    """Whether two bodies touch after the cut."""
    return will_touch(facts, pair[0], [pair[1]])


def rule_will_act(facts: Facts, rule: int) -> bool | None:
    """Whether a rule that has not acted does after the cut."""
    frame = next((frame for frame, number in facts.fired if number == rule), None)
    if frame is not None and frame <= facts.cut + facts.margin:
        return None
    return frame is not None
