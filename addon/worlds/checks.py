"""Whether things stand as they should: a layout judged by its meshes, without a run and without a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from .boxes import may_meet, near, overlap
from .layout import Layout, Standing, foot_points, peak, surface
from .places import RELATIONS, Placed
from .solids import joined

GAP = 0.01
"""Greatest gap in m beneath a thing that is supported."""

SUNK = 0.005
"""How deep things may be in each other in m."""

INSIDE = 0.99
"""Share of a thing's points that lie within the ground's bounds."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a layout: the check, the thing, and a sentence."""

    check: str
    thing: str
    text: str


def faults(layout: Layout, standings: Sequence[Standing]) -> list[Fault]:
    """All that is wrong with a layout."""
    placed = [layout.placed[s.thing.name] for s in standings]
    related = {frozenset((s.thing.name, name)) for s in standings for name in s.needs}
    found = [*_collisions(placed, related)]
    for standing, one in zip(standings, placed, strict=True):
        found += [
            *(_support(layout, one) if not standing.aloft else ()),
            *_bounds(layout, one),
            *_relations(layout, standing, one),
        ]
    return found


def _collisions(placed: Sequence[Placed], related: Set[frozenset[str]]) -> Iterable[Fault]:
    """Things whose boxes are in each other. Of those that bear each other only a run can tell: a ball on a slope is
    within its box."""
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            if not may_meet(one.box, other.box):
                continue
            deepest = max((overlap(a, b) for a, b in near(one.boxes, other.boxes)), default=0.0)
            if deepest > SUNK and frozenset((one.thing.name, other.thing.name)) not in related:
                text = f"'{one.thing.name}' is {deepest:.3f} m deep in '{other.thing.name}'"
                yield Fault("collision", one.thing.name, text)


def _support(layout: Layout, placed: Placed) -> Iterable[Fault]:
    """Rays straight down from the foot: something must be just beneath, but for a basin in the ground."""
    foot, low = foot_points(placed.thing, placed.pose), placed.box.low[2]
    below = [surface(other, foot, low + SUNK) for other in (layout.ground, *layout.placed.values()) if other != placed]
    peaks = [peak(other, foot, low + SUNK) for other in layout.placed.values() if other != placed]
    gap = float(low - max(np.max(below), *peaks, -np.inf))
    dug_in = not np.isfinite(gap) and float(np.max(surface(layout.ground, foot))) > low
    if gap > GAP and not dug_in:
        far = f"{gap:.3f} m of air" if np.isfinite(gap) else "nothing"
        text = f"there is {far} beneath '{placed.thing.name}'"
        yield Fault("support", placed.thing.name, text)


def _bounds(layout: Layout, placed: Placed) -> Iterable[Fault]:
    points = joined(placed.thing.solids).vertices
    inside = np.mean([layout.ground.box.spans(placed.pose.place(point)[:2]) for point in points])
    if inside < INSIDE:
        yield Fault("bounds", placed.thing.name, f"{1 - inside:.0%} of '{placed.thing.name}' is beyond the ground")


def _relations(layout: Layout, standing: Standing, placed: Placed) -> Iterable[Fault]:
    for place in standing.places:
        if not RELATIONS[place.relation].holds(placed, layout.others(place), place):
            text = f"'{placed.thing.name}' is not {place.relation} {' and '.join(place.of)}"
            yield Fault("relation", placed.thing.name, text)
