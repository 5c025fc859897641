"""Forces and velocities for bodies that Bullet moves, by force fields of Blender.

Blender applies force fields to rigid bodies in every substep, where each body is then, and wakes what they act on.
A WIND field that is a ball around a body pushes that body alone, along the field's z axis:

- *Force.* A ball that covers the body's path of one step pushes it in all substeps.
- *Velocity.* A field with ``flow`` also brakes by ``flow·v``. Of the right strength it makes any velocity the wanted
  one in a single substep, whatever it was, so nobody needs to know it. The ball is a
  mere point, which the body has left after that substep.

A body whose neighbour comes into the ball of its force gets the step's whole push as a change of velocity instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from ..scene_graph import FloatArray, ForceField, World
from .flight import Substeps
from .force_fields import acts, add_field
from .names import PREFIX

Kind = Literal["force", "velocity"]

MARGIN = 0.002
"""Metres by which the ball of a force is larger than the path that it covers."""

ROOM = 0.05
"""Metres by which it may be larger still where no other body is near: the body may be pushed off its path."""

POINT = 1e-6
"""Radius in metres of a field that sets a velocity: it is where the body is, and the body leaves it at once."""

_FIELD = ForceField(type="WIND", strength=0.0, flow=0.0, falloff_power=0.0, distance_max=0.0)


@dataclass
class Push:
    """What a body gets in the coming step: a force in N, an impulse in N s, and before these a velocity in m/s."""

    force: FloatArray = field(default_factory=lambda: np.zeros(3))
    impulse: FloatArray = field(default_factory=lambda: np.zeros(3))
    velocity: FloatArray | None = None

    def total(self, seconds: float) -> FloatArray:
        """The mean force of a step of so many seconds."""
        return self.force + self.impulse / seconds if seconds else self.force


@dataclass(frozen=True)
class Moment:
    """All B objects before a step: where they are and how fast (m, m/s, ``[B, 3]``), which of them Bullet moves
    ``[B]``, and by which acceleration ``[3]``, in m/s²."""

    position: FloatArray
    velocity: FloatArray
    moved: NDArray[np.bool_]
    gravity: FloatArray


class Forces:
    """The fields of one scene, each made when it is first needed and gone with the session."""

    def __init__(self, scene: bpy.types.Scene, world: World) -> None:
        self._scene = scene
        old, new = world.frame_map
        self.substeps = Substeps(world.substeps, world.dt * world.time_scale * old / new, world.dt)
        self._weight = world.weight("wind")
        self._fps = world.fps
        self._fields: dict[tuple[int, Kind], bpy.types.Object] = {}
        self._in_use: set[tuple[int, Kind]] = set()
        self.pushes: dict[int, Push] = {}
        self.done: dict[int, tuple[FloatArray | None, FloatArray]] = {}
        """What the last step got by fields: the velocity at its start, if one was set, and an acceleration in m/s²."""

    def problem(self, obj: bpy.types.Object) -> str | None:
        """Why no field can push a body, or None."""
        if acts(obj):
            return "the object has a force field itself, and Blender pushes no such body; put the field on an Empty"
        if not self._weight:
            return "the rigid-body world's field weights All and Wind are 0, so that nothing can push bodies"
        return None

    def of(self, i: int) -> Push:
        """What body ``i`` gets in the coming step, to be added to."""
        return self.pushes.setdefault(i, Push())

    @property
    def are_to_act(self) -> bool:
        """Whether there is anything to do before the coming step."""
        return bool(self.pushes or self._in_use)

    def taken_velocity(self, i: int) -> FloatArray | None:
        """The velocity that body ``i`` was to get, if any, for somebody else to give."""
        push = self.pushes.get(i)
        velocity = push.velocity if push is not None else None
        if push is not None:
            push.velocity = None
        return velocity

    def gained(self, i: int, mass: float) -> FloatArray:
        """The velocity that force and impulse of the coming step give a body which no field moves in it."""
        push = self.pushes.pop(i, None)
        if push is None or not self.substeps.length:
            return np.zeros(3)
        gain = push.total(self.substeps.length) / mass * self.substeps.length
        return np.asarray(gain * self.substeps.length / self.substeps.dt)

    def act(self, bodies: Moment, masses: Mapping[int, tuple[float, float]]) -> bool:
        """Set the fields for the coming step; ``masses`` has mass (kg) and linear damping of every pushed body.

        Returns whether new objects were made.
        """
        known, self.done = len(self._fields), {}
        used: set[tuple[int, Kind]] = set()
        if self.substeps.length and self.pushes:
            reach = self._reach(bodies, masses)
            for i, push in self.pushes.items():
                used |= self._push(i, push, bodies, reach, *masses[i])
        for key in self._in_use - used:
            settings: Any = self._fields[key].field
            settings.strength = settings.flow = settings.distance_max = 0.0
        self._in_use, self.pushes = used, {}
        return len(self._fields) > known

    def _reach(self, bodies: Moment, masses: Mapping[int, tuple[float, float]]) -> FloatArray:
        """How far every body may come in the step ``[B]``, in metres; the others are nowhere near."""
        length = self.substeps.length
        reach = 1.2 * np.linalg.norm(bodies.velocity, axis=1) * self.substeps.dt
        reach += np.linalg.norm(bodies.gravity) * length**2 + MARGIN
        for i, push in self.pushes.items():
            reach[i] += np.linalg.norm(push.total(length)) / masses[i][0] * length**2
            if push.velocity is not None:
                reach[i] += np.linalg.norm(push.velocity) * self.substeps.dt
        return np.where(bodies.moved, reach, -np.inf)

    def _push(
        self, i: int, push: Push, bodies: Moment, reach: FloatArray, mass: float, damping: float
    ) -> set[tuple[int, Kind]]:
        steps, pace = self.substeps, self.substeps.dt / self.substeps.length
        velocity = (bodies.velocity[i] if push.velocity is None else push.velocity) * pace
        force, used = push.total(steps.length), set[tuple[int, Kind]]()
        sets, acceleration = push.velocity is not None, np.zeros(3)
        if force.any():
            bend = (force / mass + bodies.gravity) * steps.length**2
            path = velocity * steps.length + bend * (1 + 1 / steps.count) / 2
            centre, widest = bodies.position[i] + path / 2, np.linalg.norm(path) / 2 + np.linalg.norm(bend) / 8
            needed = 1.05 * float(widest) + MARGIN
            gaps = np.linalg.norm(bodies.position - centre, axis=1) - reach
            free = float(np.delete(gaps, i).min(initial=np.inf))
            if needed <= free:
                self._set(i, "force", centre, force, min(needed + ROOM, free))
                used.add((i, "force"))
                acceleration = force / mass
            else:
                velocity, sets = velocity + force / mass * steps.length, True
        if sets:
            brake = float(steps.kept(damping)) * mass / steps.tau
            self._set(i, "velocity", bodies.position[i], brake * velocity, POINT, brake)
            used.add((i, "velocity"))
        self.done[i] = velocity / pace if sets else None, acceleration
        return used

    def _set(self, i: int, kind: Kind, centre: FloatArray, force: FloatArray, radius: float, flow: float = 0.0) -> None:
        """One field for the coming step, of a force in N; ``flow`` is in N s/m."""
        obj = self._fields.get((i, kind))
        if obj is None:
            obj = self._fields[i, kind] = self._made(f"{PREFIX}{kind}_{i}")
        obj.location = centre
        if force.any():
            obj.rotation_quaternion = Vector(force).to_track_quat("Z", "Y")
        settings: Any = obj.field
        settings.strength = float(np.linalg.norm(force)) * self._fps / self._weight
        settings.flow = flow / self._weight
        settings.distance_max = radius

    def _made(self, name: str) -> bpy.types.Object:
        made = bpy.data.objects.new(name, None)
        chosen: Any = self._scene.rigidbody_world.effector_weights.collection
        (chosen or self._scene.collection).objects.link(made)
        made.rotation_mode = "QUATERNION"
        add_field(made, _FIELD)
        return made
