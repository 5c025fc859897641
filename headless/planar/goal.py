"""Whether a planar world comes to its goal: two bodies that touch for long enough, stepped as fast as Box2D goes.

PHYRE's rule: a task is solved when both touched in 180 successive steps. Looked at in every `LOOK` steps, a touch that
lasts so long is seen; it is followed step by step from there, so that no other step pays for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import Box2D as b2  # noqa: N813

from addon.geometry.plane import Disc
from addon.scene_graph import TASK_STEPS

from .blueprint import Blueprint
from .contacts import touches

LOOK = 60
"""Steps between two looks at bodies that do not touch; at most half of `TASK_STEPS`."""

BALL_GAP = 0.1
"""The gap, in units of the plane, at which two balls touch by PHYRE's rule; other bodies touch where Box2D says so."""


@dataclass(frozen=True)
class Goal:
    """The indices of the two bodies that are to touch, ``hold`` steps long."""

    one: int
    other: int
    hold: int = TASK_STEPS


@dataclass(frozen=True)
class Outcome:
    """Whether the goal was reached, and after how many steps that was certain, or nothing moved any more."""

    solved: bool
    steps: int


class GoalWatch:
    """Tells whether the goal's bodies touch in a world."""

    def __init__(self, blueprint: Blueprint, bodies: list[Any], goal: Goal) -> None:
        self._goal, self._one, self._other = goal, bodies[goal.one], bodies[goal.other]
        plans = [blueprint.bodies[goal.one], blueprint.bodies[goal.other]]
        balls = [p.pieces[0] for p in plans if p is not None and len(p.pieces) == 1 and isinstance(p.pieces[0], Disc)]
        plane = blueprint.graph.world.plane
        assert plane is not None
        gap = BALL_GAP * plane.meters_per_unit
        self._reach = sum(ball.radius for ball in balls) + gap if len(balls) == 2 else None

    def touching(self) -> bool:
        """Whether they touch after the last step."""
        if self._reach is None:
            return touches(self._one, self._goal.other)
        return bool((self._one.position - self._other.position).length <= self._reach)


class Task:
    """The task that a scene's tags set: what is the ``goal_object`` is to touch the ``goal_target``.

    ``done_at`` is the step in which it was done, None until then and where there is no task.
    """

    def __init__(self, blueprint: Blueprint, bodies: list[Any]) -> None:
        found = [_tagged(blueprint, tag) for tag in ("goal_object", "goal_target")]
        one, other = found
        self.goal = None if one is None or other is None or one == other else Goal(one, other)
        self.done_at: int | None = None
        self._watch = None if self.goal is None else GoalWatch(blueprint, bodies, self.goal)
        self._held = 0

    def look(self, step: int) -> None:
        """Look after a step whether they touch."""
        if self._watch is None or self.goal is None or self.done_at is not None:
            return
        self._held = self._held + 1 if self._watch.touching() else 0
        if self._held >= self.goal.hold:
            self.done_at = step


def _tagged(blueprint: Blueprint, tag: str) -> int | None:
    objects = zip(blueprint.graph.objects, blueprint.bodies, strict=True)
    return next((i for i, (o, body) in enumerate(objects) if tag in o.tags and body is not None), None)


def simulate(blueprint: Blueprint, goal: Goal, steps: int = 1000) -> Outcome:
    """Step a scene from its start until its goal is reached, nothing moves any more or the steps are over."""
    found = _run(blueprint, goal, steps, LOOK) or _run(blueprint, goal, steps, 1)
    assert found is not None
    return found


def _run(blueprint: Blueprint, goal: Goal, steps: int, look: int) -> Outcome | None:
    """The outcome with looks every ``look`` steps; None where a touch may have begun early enough before one."""
    world, bodies = blueprint.build()
    watch = GoalWatch(blueprint, bodies, goal)
    moving = [body for body in bodies if body is not None and body.type == b2.b2_dynamicBody]
    advance = blueprint.stepper(world)
    closely_from = max(steps - goal.hold - look, 0)
    done, held, unseen = 0, 0, 0
    while done < steps:
        stride = 1 if held or done >= closely_from else min(look, closely_from - done)
        for _ in range(stride):
            advance()
        done += stride
        if watch.touching():
            held, unseen = held + 1, stride - 1 if held == 0 else unseen
        else:
            if held and held + unseen >= goal.hold:
                return None
            held = 0
        if held >= goal.hold:
            return Outcome(True, done)
        if done % LOOK == 0 and not any(body.awake for body in moving):
            return Outcome(held > 0 and steps - done >= goal.hold - held, done)
    return None if held and held + unseen >= goal.hold else Outcome(False, done)
