"""A task: one scene of a puzzle, what solves it, and a quick way to try an action.

Trying one builds the scene's bodies once; the red ball is added to them as Box2D takes it, without a scene graph.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

import Box2D as b2  # noqa: N813
import numpy as np

from addon.geometry.plane import Disc
from addon.scene_graph import SceneGraph
from addon.trace.foreign.phyre import DENSITY
from headless.planar import Blueprint, Goal, Outcome, simulate
from headless.planar.blueprint import BodyPlan, Metres

from .actions import Action
from .scene import (
    ANGULAR_DAMPING,
    FRICTION,
    METRES,
    RESTITUTION,
    STEPS,
    Role,
    Thing,
    puzzle_scene,
    scene_object,
    walls,
)
from .validity import Room


@dataclass(frozen=True)
class Task:
    """A puzzle without its ball.

    ``id`` is "NN:KKK", the template's number and the task's index; ``template`` is the template's name, and the scene
    its draw number ``draw`` for ``seed``. ``share`` is the share of random valid actions that solve the task,
    ``quantised`` the number of the 48 quantised ones that do.
    """

    id: str
    template: str
    things: tuple[Thing, ...]
    solution: Action | None = None
    near_miss: Action | None = None
    share: float = 0.0
    quantised: int = 0
    seed: int = 0
    draw: int = 0

    def __getstate__(self) -> dict[str, object]:
        """Its fields, without the bodies of Box2D, which cannot go to another process."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def scene(self) -> SceneGraph:
        """The scene without the ball, walls first."""
        return puzzle_scene(f"puzzle_{self.id.replace(':', '_')}", (*walls(), *self.things))

    @cached_property
    def goal(self) -> Goal:
        """Green is to touch blue; the numbers are those of the scene's objects."""
        return Goal(self._number("goal_object"), self._number("goal_target"))

    def is_valid(self, action: Action) -> bool:
        """Whether the ball is inside the scene and overlaps nothing."""
        return self._room.has(action)

    def outcome(self, action: Action | None) -> Outcome:
        """What comes of an action, or of doing nothing."""
        return simulate(self._blueprint if action is None else self.blueprint_with(action), self.goal, STEPS)

    def scene_with(self, action: Action) -> SceneGraph:
        """The scene with the ball as its last object."""
        ball = scene_object(_thing(action), len(self.scene.objects))
        return self.scene.model_copy(update={"objects": (*self.scene.objects, ball)})

    def blueprint_with(self, action: Action) -> Blueprint:
        """The blueprint of `scene_with`, made without that scene."""
        return replace(self._blueprint, bodies=(*self._blueprint.bodies, _ball_plan(action)))

    @cached_property
    def _room(self) -> Room:
        return Room(self.things)

    @cached_property
    def _blueprint(self) -> Blueprint:
        return Blueprint.of(self.scene)

    def _number(self, role: Role) -> int:
        return len(walls()) + [t.role for t in self.things].index(role)


def _thing(action: Action) -> Thing:
    return Thing("ball", action.x, action.y, radius=action.r, dynamic=True, role="actor")


_SCALE = Metres(METRES)


def _ball_plan(action: Action) -> BodyPlan:
    x, y, radius = _SCALE([action.x * METRES, action.y * METRES, action.r * METRES])
    shape = b2.b2CircleShape(pos=(0.0, 0.0), radius=radius)
    return BodyPlan(
        name="red ball",
        kind=b2.b2_dynamicBody,
        position=(x, y),
        angle=0.0,
        fixtures=(b2.b2FixtureDef(shape=shape, density=DENSITY, friction=FRICTION, restitution=RESTITUTION),),
        pieces=(Disc(np.zeros(2), action.r * METRES),),
        angular_damping=ANGULAR_DAMPING,
    )
