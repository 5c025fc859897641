"""How near the goal's bodies come to each other: what a search goes by where a puzzle is not solved.

This takes the bodies' poses on the way, which `simulate` does not, and is slower for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import Box2D as b2  # noqa: N813
import numpy as np

from addon.geometry.plane import Path, nearest

from .blueprint import Blueprint
from .goal import Goal, GoalWatch, Outcome

EVERY = 5
"""Steps between two poses that are taken."""


@dataclass(frozen=True)
class Probe:
    """The outcome, as `simulate` tells whether it was solved, and the gap of the goal's bodies in m.

    ``closest`` is the least one of the run and ``last`` the one at its end; neither is less than 0.
    """

    outcome: Outcome
    closest: float
    last: float


def probe(blueprint: Blueprint, goal: Goal, steps: int = 1000) -> Probe:
    """Step a scene from its start until its goal is reached, nothing moves any more or the steps are over."""
    found = _run(blueprint, goal, steps, EVERY) or _run(blueprint, goal, steps, 1)
    assert found is not None
    return found


def _run(blueprint: Blueprint, goal: Goal, steps: int, look: int) -> Probe | None:
    """The probe with looks every ``look`` steps, at each while they touch; None where it counts in which step between
    two looks a touch began."""
    world, bodies = blueprint.build()
    watch = GoalWatch(blueprint, bodies, goal)
    pair = bodies[goal.one], bodies[goal.other]
    advance = blueprint.stepper(world)
    moving = [body for body in bodies if body is not None and body.type == b2.b2_dynamicBody]
    poses, held, unseen, done = [_poses(pair)], 0, 0, 0
    while done < steps and held < goal.hold:
        stride = 1 if held else min(look - done % look, steps - done)
        for _ in range(stride):
            advance()
        done += stride
        unseen = unseen if held else stride - 1
        held = held + 1 if watch.touching() else 0
        if held and unseen and held + unseen >= goal.hold:
            return None
        if done % EVERY == 0:
            poses.append(_poses(pair))
            if not any(body.awake for body in moving):
                break
    missing = goal.hold - held
    if held and missing - unseen <= steps - done < missing:
        return None
    solved = held > 0 and steps - done >= missing
    gaps = _gaps(blueprint, goal, np.array([*poses, _poses(pair)]))
    return Probe(Outcome(solved, done), float(gaps.min()), float(gaps[-1]))


def _poses(pair: tuple[Any, Any]) -> list[tuple[float, float, float]]:
    found = []
    for body in pair:
        place = body.position  # unpacking it would ask for its length and an iterator first
        found.append((place.x, place.y, body.angle))
    return found


def _gaps(blueprint: Blueprint, goal: Goal, poses: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Gaps ``[F]`` of both bodies at poses ``[F, 2, 3]``."""
    plans = blueprint.bodies[goal.one], blueprint.bodies[goal.other]
    pieces = [() if plan is None else plan.pieces for plan in plans]
    one, other = (Path(poses[:, k, :2], poses[:, k, 2]) for k in (0, 1))
    return np.maximum(nearest(pieces[0], one, pieces[1], other).distance, 0.0)
