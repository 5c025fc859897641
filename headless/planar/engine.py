"""Box2D behind the engine protocol."""

from __future__ import annotations

import math
from collections.abc import Sequence

import Box2D as b2  # noqa: N813
import numpy as np
from numpy.typing import NDArray

from addon.engine.protocol import EngineError, WriteRefused
from addon.engine.writes import WriteCheck
from addon.fields import moved_by_physics
from addon.geometry.deforming import Deforming, Points
from addon.scene_graph import Contacts, FloatArray, SceneGraph, SceneObject, StepState, Write
from addon.trace import VelocityScheme

from .blueprint import FLAT, Blueprint, of_center, of_origin
from .contacts import contacts_of
from .goal import Task

SCHEME = "Box2D's own: at frame k those that step k found, from the poses of frame k - 1"

OWN: VelocityScheme = "the engine's own, at the end of each step"

_OFF_PLANE = {
    **dict.fromkeys(("location", "velocity", "force", "impulse", "gravity"), (1,)),
    **dict.fromkeys(("rotation_euler", "angular_velocity"), (0, 2)),
    "rotation_quaternion": (1, 3),
}
"""The parts of each field that are 0 in a plane."""

MOVES = ("location", "rotation_quaternion", "rotation_euler", "velocity", "angular_velocity")


class PlanarEngine:
    """A planar scene in Box2D; see `addon.engine.protocol.Engine`. Sizes of bodies stay as they are.

    What no force moves and a script does is carried from pose to pose within the step, so that it pushes others.
    """

    contact_scheme = SCHEME
    velocity_scheme: VelocityScheme = OWN
    contacts_at_once = 1

    def __init__(self, graph: SceneGraph) -> None:
        """Raises SceneGraphError for a scene that is not planar."""
        self.build = box2d_build()
        self.graph = graph
        self._blueprint = Blueprint.of(graph)
        self._world, self._bodies = self._blueprint.build()
        self._advance = self._blueprint.stepper(self._world)
        self._check = WriteCheck(graph)
        self._index = {name: i for i, name in enumerate(graph.names)}
        self._settings = [obj.body for obj in graph.objects]
        self._pieces = [() if plan is None else plan.pieces for plan in self._blueprint.bodies]
        self._task = Task(self._blueprint, self._bodies)
        self._targets: dict[int, tuple[float, float, float]] = {}
        self._frame = 1
        self._read_all()

    def _read_all(self) -> None:
        count = len(self._bodies)
        self._position = np.array([obj.location for obj in self.graph.objects]).reshape(count, 3)
        self._quaternion = np.array([obj.rotation for obj in self.graph.objects]).reshape(count, 4)
        self._velocity = np.array([obj.velocity for obj in self.graph.objects]).reshape(count, 3)
        self._spin = np.array([obj.angular_velocity for obj in self.graph.objects]).reshape(count, 3)
        self._scale = np.array([obj.scale for obj in self.graph.objects]).reshape(count, 3)

    def _read(self, i: int) -> None:
        """Take a body's pose and velocities over from Box2D."""
        body = self._bodies[i]
        half = body.angle / 2
        self._position[i, 0], self._position[i, 2] = body.position
        self._quaternion[i] = math.cos(half), 0.0, -math.sin(half), 0.0
        self._velocity[i, 0], self._velocity[i, 2] = of_origin(body)
        self._spin[i, 1] = -body.angularVelocity

    @property
    def has_task(self) -> bool:
        """See `Engine.has_task`."""
        return self._task.goal is not None

    @property
    def done_at(self) -> int | None:
        """See `Engine.done_at`."""
        return self._task.done_at

    def state(self) -> StepState:
        """See `Engine.state`; velocities are Box2D's own at the end of the step."""
        return StepState(
            self._frame,
            self._position.copy(),
            self._quaternion.copy(),
            self._scale,
            self._velocity.copy(),
            self._spin.copy(),
        )

    def contacts(self, states: Sequence[StepState], present: NDArray[np.bool_]) -> Sequence[Contacts]:
        """See `Engine.contacts`; Box2D's own, which are those of the present alone."""
        return [contacts_of(self._world, self._pieces)]

    def mesh_volumes(self) -> FloatArray:
        """See `Engine.mesh_volumes`."""
        return self._blueprint.volumes

    def present(self) -> NDArray[np.bool_]:
        """See `Engine.present`."""
        return np.ones(len(self._bodies), dtype=np.bool_)

    def deforming(self) -> Sequence[Deforming]:
        """Nothing is deformed in a plane."""
        return ()

    def points(self) -> Sequence[Points]:
        """Nothing is deformed in a plane."""
        return ()

    def step(self) -> None:
        """See `Engine.step`."""
        dt = self._blueprint.dt
        for i, (x, z, angle) in self._targets.items():
            body = self._bodies[i]
            body.linearVelocity = ((x - body.position[0]) / dt, (z - body.position[1]) / dt)
            body.angularVelocity = (angle - body.angle) / dt
        self._advance()
        self._task.look(self._frame)
        self._frame += 1
        for i, (x, z, angle) in self._targets.items():
            self._bodies[i].transform = (x, z), angle
        for i, body in enumerate(self._bodies):
            if body is not None and (body.type != b2.b2_staticBody or i in self._targets):
                self._read(i)
        for i in self._targets:
            self._bodies[i].linearVelocity, self._bodies[i].angularVelocity = (0.0, 0.0), 0.0
        self._targets.clear()
        if not np.isfinite(self._position.sum()):
            name = self.graph.names[int(np.argmin(np.isfinite(self._position).all(axis=1)))]
            raise EngineError(f"object '{name}': its pose is not finite after step {self._frame - 1}")

    def apply(self, writes: Sequence[Write]) -> None:
        """See `Engine.apply`."""
        for write in writes:
            self._check.check(write)
            if problem := self._problem(write):
                raise WriteRefused(write, problem)
        for write in sorted(writes, key=lambda w: not w.field.startswith("rigid_body")):
            if write.target == "scene":
                self._world.gravity = (write.value[0], write.value[2])  # type: ignore[index]
                for body in self._bodies:
                    if body is not None and body.type == b2.b2_dynamicBody:
                        body.awake = True
            elif write.target == "object":
                self._write(self._index[write.name], write)

    def _problem(self, write: Write) -> str | None:
        """Why a plane cannot hold a value, or None."""
        if write.field == "scale":
            return "sizes stay as they are in a plane"
        off_plane = _OFF_PLANE.get(write.field)
        if off_plane and any(abs(write.value[k]) > FLAT for k in off_plane):  # type: ignore[arg-type, index]
            return "it leaves the plane: places have y = 0, and things turn about y only"
        return self._no_force(write)

    def _no_force(self, write: Write) -> str | None:
        if write.field not in ("force", "impulse") or moved_by_physics(self._settings[self._index[write.name]]):
            return None
        return "physics does not move it now, so that nothing can push it; write its location"

    def _write(self, i: int, write: Write) -> None:
        group, _, name = write.field.partition(".")
        if group == "rigid_body":
            self._write_setting(i, name, write.value)
        elif group in MOVES:
            self._move(i, group, write.value)  # type: ignore[arg-type]
        elif group in ("force", "impulse"):
            self._push(i, group, write.value)  # type: ignore[arg-type]
        # Properties, visibility and looks have no part in physics.

    def _push(self, i: int, field: str, value: Sequence[float]) -> None:
        body, push = self._bodies[i], (value[0], value[2])
        if field == "force":
            body.ApplyForceToCenter(push, True)
        else:
            body.ApplyLinearImpulse(push, body.worldCenter, True)

    def _write_setting(self, i: int, name: str, value: object) -> None:
        """Change a setting of a rigid body."""
        before = self._settings[i]
        assert before is not None
        settings = self._settings[i] = before.model_copy(update={name: value})
        body = self._bodies[i]
        if name in ("friction", "restitution"):
            for fixture in body.fixtures:
                setattr(fixture, name, value)
            for edge in body.contacts:
                edge.contact.ResetFriction()
                edge.contact.ResetRestitution()
        elif name == "mass":
            share = settings.mass / before.mass
            for fixture in body.fixtures:
                fixture.density *= share
            body.ResetMassData()
        elif name in ("linear_damping", "angular_damping"):
            setattr(body, "linearDamping" if name == "linear_damping" else "angularDamping", value)
        else:
            free = moved_by_physics(settings)
            still = settings.type == "PASSIVE" and not settings.kinematic
            body.type = b2.b2_dynamicBody if free else b2.b2_staticBody if still else b2.b2_kinematicBody

    def _move(self, i: int, field: str, value: Sequence[float]) -> None:
        """Write a pose or a velocity."""
        body = self._bodies[i]
        if body is None:
            self._place_thing(i, field, value)
            return
        if field in ("velocity", "angular_velocity"):
            self._throw(i, field, value)
            return
        x, z, angle = self._targets.get(i, (*body.position, body.angle))
        if field == "location":
            x, z = value[0], value[2]
        else:
            turned = -value[1] if field == "rotation_euler" else -2 * math.atan2(value[2], value[0])
            angle += math.remainder(turned - angle, 2 * math.pi)
        if body.type == b2.b2_dynamicBody:
            body.transform = (x, z), angle
            body.awake = True
            self._read(i)
            return
        if body.type == b2.b2_staticBody:
            body.type = b2.b2_kinematicBody
        self._targets[i] = x, z, angle

    def _throw(self, i: int, field: str, value: Sequence[float]) -> None:
        body = self._bodies[i]
        velocity = of_origin(body) if field == "angular_velocity" else (value[0], value[2])
        if field == "angular_velocity":
            body.angularVelocity = -value[1]
        if body.type == b2.b2_staticBody:
            body.type = b2.b2_kinematicBody
        body.linearVelocity = of_center(body, velocity)
        body.awake = True
        self._read(i)

    def _place_thing(self, i: int, field: str, value: Sequence[float]) -> None:
        """Write the pose of an object without a mesh, which takes no part in physics."""
        if field == "location":
            self._position[i] = value
        elif field == "rotation_quaternion":
            self._quaternion[i] = value

    def add(self, obj: SceneObject) -> None:
        """Planar worlds get no more objects while they run."""
        raise EngineError(f"object '{obj.name}': a planar world gets no more objects while it runs")

    def remove(self, name: str) -> None:
        """Planar worlds lose no objects while they run."""
        raise EngineError(f"object '{name}': a planar world loses no objects while it runs")

    def again(self, graph: SceneGraph) -> None:
        """See `Engine.again`: a plane is made anew as fast."""

    def close(self) -> None:
        """Give up the scene."""
        self._bodies = []


def box2d_build() -> str:
    """The exact build of Box2D, as traces name it."""
    return f"Box2D {b2.__version__}"
