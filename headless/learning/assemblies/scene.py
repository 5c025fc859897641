"""A whole scene of readings: its frame, and which assemblies stand in its bays."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .fit import EXTRA, Fit, Readings, best_fit
from .kit import Kit
from .learn import middles

SLACK = 0.03
"""How far (m) an assembly may be from where a wall within, or one that it follows, says."""
WITHIN = 20.0
"""Choices that cost more than the best by so much are none."""
CHOICES = 4
"""Most choices of a bay."""


@dataclass(frozen=True, eq=False)
class Bay:
    """What a bay's readings may be of: for each possibility one assembly or two, each with the readings that it was
    fitted to, the likeliest first, and what each costs. ``low`` and ``high`` are least and greatest x and y (m);
    the first ``likely`` choices come near the best."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    readings: Readings
    choices: tuple[tuple[tuple[Fit, Readings], ...], ...]
    costs: tuple[float, ...]
    likely: int


def frame_of(readings: Readings, kit: Kit) -> tuple[Fit, Readings] | None:
    """The frame that explains readings best, with those that it was fitted to; None where neither floor nor wall is."""
    outer = readings.some(np.array([one.kind in ("floor", "wall", "lamp") for one in readings.found], bool))
    if not any(one.kind in ("floor", "wall") for one in outer.found):
        return None
    fits = [best_fit(one, outer, np.zeros(3)) for one in kit.frames]
    return min(fits, key=lambda one: one.cost), outer


def bays_of(frame: Fit, left: Readings, kit: Kit) -> list[Bay]:
    """The bays between the walls of a frame, with what may stand in each of the readings that are left."""
    poses = frame.poses
    floor = poses[0]
    low, high = floor[:2] - floor[3:5], floor[:2] + floor[3:5]
    walls = [pose for pose, member in zip(poses, frame.assembly.members, strict=True) if member.kind == "wall"]
    within = [pose for pose in walls if (pose[:2] > low).all() and (pose[:2] < high).all()]
    along = sorted((pose for pose in within if pose[3] > pose[4]), key=lambda pose: float(pose[1]))
    ys = [low[1], *(pose[1] for pose in along), high[1]]
    rows = middles(low[1], high[1], [pose[1] for pose in along], along[0][4] if along else 0.0)
    xs = [low[0], *sorted(pose[0] for pose in within if pose[4] >= pose[3]), high[0]]
    bays = []
    for column, (x, right) in enumerate(pairwise(xs)):
        for (y, back), middle in zip(pairwise(ys), rows, strict=True):
            near, far = np.array([x, y]), np.array([right, back])
            inside = (left.position[:, :2] > near).all(1) & (left.position[:, :2] < far).all(1)
            origin = np.array([x - (kit.behind if column else 0.0), middle, 0.0])
            mine = left.some(inside)
            costs, choices = _choices(mine, kit, origin, SLACK if column else 0.0)
            likely = min(CHOICES, sum(cost <= costs[0] + WITHIN for cost in costs))
            bays.append(Bay(near, far, mine, choices, costs, likely))
    return bays


def _choices(
    readings: Readings, kit: Kit, origin: NDArray[np.float64], slack: float
) -> tuple[tuple[float, ...], tuple[tuple[tuple[Fit, Readings], ...], ...]]:
    """Costs and choices, the least first; none is one of them."""
    found: list[tuple[float, tuple[tuple[Fit, Readings], ...]]] = [(EXTRA * float(readings.heat.sum()), ())]
    if not len(readings):
        return (0.0,), ((),)
    alone = [(best_fit(one, readings, origin, slack), n) for n, one in enumerate(kit.parts) if one.follows is None]
    found += [(fit.cost, ((fit, readings),)) for fit, _ in alone]
    least = min(cost for cost, _ in found)
    for first, place in alone:
        left = np.setdiff1d(np.arange(len(readings)), first.of)
        unexplained = EXTRA * float(readings.heat[left].sum())
        if len(left) < 2 or first.cost - unexplained > least + WITHIN:
            continue
        remaining = readings.some(left)
        for other in kit.parts:
            if other.follows is not None and place in other.follows:
                start = np.array([first.vector[0] + other.follows[place], origin[1], 0.0])
                second = best_fit(other, remaining, start, SLACK)
                found.append((first.cost - unexplained + second.cost, ((first, readings), (second, remaining))))
    found.sort(key=lambda one: one[0])
    return tuple(cost for cost, _ in found), tuple(choice for _, choice in found)
