"""The hand-off: prescribed motion that gives a body which Bullet moves a velocity, or takes it to another place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import bpy

from ..geometry.poses import from_rotation_vector, multiply
from ..scene_graph import FloatArray
from .objects import place
from .rescale import needs_bake

NO_COLLISIONS = [False] * 20


@dataclass
class HandOff:
    """Prescribed motion of a body that Bullet moves, from where it is; ``jump`` while its pose is still to be taken.

    A jump collides with nothing, and so does a body of another scale than 1, whose shape is without it in that step.
    """

    location: FloatArray
    quaternion: FloatArray
    velocity: FloatArray
    spin: FloatArray
    jump: bool = False

    def prescribe(self, obj: bpy.types.Object, dt: float, scale: FloatArray) -> None:
        """Set up the coming step of ``dt`` s; ``scale`` is the object's own in the world."""
        body: Any = obj.rigid_body
        body.kinematic = True
        if self.jump or needs_bake(scale):
            body.collision_collections = NO_COLLISIONS
        if self.jump:
            place(obj, self.location, self.quaternion, scale)
            return
        turn = from_rotation_vector(self.spin * dt)
        place(obj, self.location + self.velocity * dt, multiply(turn, self.quaternion), scale)

    def release(self, obj: bpy.types.Object, collections: Sequence[int], scale: FloatArray) -> bool:
        """After the step: release the body (True), or make a jump ready for the hand-off of its velocity."""
        body: Any = obj.rigid_body
        if self.jump or needs_bake(scale):
            body.collision_collections = [c in collections for c in range(20)]
        if not self.jump:
            body.kinematic = False
            return True
        self.jump = False
        return False
