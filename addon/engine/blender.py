"""Blender's rigid-body engine (Bullet) behind the engine protocol.

What Blender's interface lacks is done by prescribed motion:

- *Velocity and forces.* Force fields around single bodies, see `forces`.
- *Spin, and velocity where no field acts.* The body is made kinematic, moved by v·dt for one step and released; Bullet
  keeps the motion's velocity. Initial velocities need `PRE_ROLL` such frames before frame 0, during which every ACTIVE
  body is held.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from ..fields import PUSHES
from ..geometry.contacts import SCHEME, ContactDetector, CrowdError
from ..geometry.deforming import Deforming, Points
from ..geometry.evaluated import EvaluatedState, Velocities
from ..geometry.poses import from_rotation_vector, multiply
from ..scene_graph import Contacts, FloatArray, SceneGraph, SceneObject, StepState, Write
from ..trace import VelocityScheme
from .bodies import Bodies
from .build import add_object, build_scene, set_world
from .deformed import DeformedObjects, open_caches
from .flight import Accelerations, Flight
from .forces import Moment
from .handoff import NO_COLLISIONS, HandOff
from .held import MOTION, Mover
from .objects import place
from .protocol import ContactsError, EngineError, WriteRefused
from .read import built_notes, open_blend, read_scene
from .rescale import needs_bake
from .rewinding import Built, restore
from .start import LAST_FRAME, build_world, settle
from .start_values import StartValues, write_start
from .writes import WriteCheck

PRE_ROLL = 3
"""Frames of prescribed motion before frame 0 that make initial velocities hold; one is the least."""


class BlenderEngine(Bodies):
    """A scene of this process's Blender session, stepped frame by frame. One engine at a time; see `Engine`.

    A write to what the scene's own animation, drivers or constraints hold is refused; with ``override`` it is taken
    out of their hands instead. ``volume`` are volumes ``[B]`` that are known of the objects' meshes.
    """

    contact_scheme = SCHEME
    velocity_scheme: VelocityScheme = "backward difference of poses"
    contacts_at_once = 256
    has_task, done_at = False, None

    def __init__(
        self,
        scene: bpy.types.Scene,
        graph: SceneGraph,
        override: bool = False,
        volume: FloatArray | None = None,
    ) -> None:
        super().__init__(scene, graph, override, volume)
        self._built: Built | None = None
        self._detector: ContactDetector | None = None
        self.build = blender_build()
        self._check = WriteCheck(graph)
        self._acceleration = Accelerations(np.zeros(len(self._objects), dtype=np.bool_), np.zeros(3))
        self._begin()

    @classmethod
    def from_graph(cls, graph: SceneGraph, override: bool = False) -> BlenderEngine:
        """Build the graph in an emptied session."""
        scene = build_scene(graph)
        return cls._begun(scene, Built.of(scene, graph, built_notes(scene), override))

    @classmethod
    def _begun(cls, scene: bpy.types.Scene, built: Built, volume: FloatArray | None = None) -> BlenderEngine:
        """Step a scene that stands as it was built."""
        engine = cls(scene, built.noted, built.override, volume)
        engine._built = built
        return engine

    def again(self, graph: SceneGraph) -> BlenderEngine | None:
        """See `Engine.again`. A scene that was built from a graph can start again with other numbers (see `rewinding`),
        unless the run has reshaped something, given a scale to a mesh, or let an object join or leave."""
        built = None if self._built is None else self._built.with_numbers_of(graph)
        if built is None or self._is_reshaped or self._scales or not self._is_whole:
            return None
        self._balls.remove()
        restore(self._scene, built, self._objects, self._joints)
        return self._begun(self._scene, built, self._observed.lasting_volume)

    @property
    def _is_whole(self) -> bool:
        """Whether the session still has the scene, with the objects and parents that it was built with."""
        try:
            hanging = {obj.name for obj in self._objects if obj.parent is not None}
        except ReferenceError:
            return False
        assert self._built is not None
        started = self._built.graph.objects
        whole = len(self._objects) == len(started) and bool(self._present.all())
        return whole and hanging == {obj.name for obj in started if obj.parent is not None}

    @classmethod
    def from_blend(
        cls, path: Path, fps: float | None = None, override: bool = False, start: StartValues | None = None
    ) -> BlenderEngine:
        """Step the scene of a .blend file as it is, animation included; the file itself is not changed.

        ``fps`` replaces the scene's own frame rate, ``start`` values that it begins with, see `write_start`. Raises
        SceneFileError if the file cannot be used.
        """
        open_blend(path)
        scene = bpy.context.scene
        if start:
            write_start(scene, start)
        if fps is not None or scene.rigidbody_world is None:
            world = read_scene(scene).world
            set_world(scene, world.model_copy(update={"fps": fps or world.fps}))
        return cls(scene, read_scene(scene), override)

    def _begin(self) -> None:
        """Bring the scene to frame 0 of the trace, with initial velocities where there are any."""
        objects, world = self.graph.objects, self.graph.world
        self._first = self._frame = self._scene.frame_start
        self._starts = self._first + world.starts
        self._ends = LAST_FRAME if world.ends is None else self._first + world.ends
        moving = {i: _velocities(o) for i, o in enumerate(objects) if any((*o.velocity, *o.angular_velocity))}
        launched = [i for i in moving if self._is_active(i)]
        self._held_values = {i: values for i, values in moving.items() if i not in launched}
        open_caches(self._scene, self._objects)
        for i in self._jointed_passive():
            self._bake(i, np.array(objects[i].scale))
            self._rigid_body(i).type, self._rigid_body(i).kinematic = "ACTIVE", True
        if launched:
            self._roll_in(launched)
            matrix = self._observed.matrices()
        else:
            waits = self._starts > self._first or not world.enabled
            settle(self._scene, self._first, self._ends, self._starts if waits else None)
            matrix = self._observed.matrices()
            if not waits:
                build_world(self._scene)
        self._started: dict[int, FloatArray] = {i: values["velocity"] for i, values in moving.items()}
        self._now = self._evaluated(self._unmirrored(matrix), None, moving)
        self._deformed = DeformedObjects(self._objects, self.graph)
        self._is_running = True

    def _roll_in(self, launched: Sequence[int]) -> None:
        """Reach frame 0 by `PRE_ROLL` frames in which ``launched`` bodies come flying and the other ACTIVE ones wait.

        Only done where it is needed: bodies that wait settle into their contacts a little differently from those
        of a simulation that starts at frame 0.
        """
        held = [i for i in range(len(self._objects)) if self._is_active(i)]
        for i in held:
            self._rigid_body(i).kinematic = True
        for number in range(-PRE_ROLL, 1):
            for i in launched:
                self._place_on_path(i, number * self.graph.world.dt)
            bpy.context.view_layer.update()
            if number == -PRE_ROLL:
                settle(self._scene, self._first + number, self._ends)
                build_world(self._scene)
            else:
                self._scene.frame_set(self._first + number)
        for i in held:
            self._rigid_body(i).kinematic = False
        self._compounds.wrote(held)

    def _jointed_passive(self) -> list[int]:
        """PASSIVE bodies in constraints. As kinematic ones they behave the same, and can be set free later."""
        jointed = {name for c in self.graph.constraints for name in (c.object1, c.object2)}
        bodies = enumerate(self._bodies)
        found = [i for i, b in bodies if b is not None and b.type == "PASSIVE" and self.graph.names[i] in jointed]
        return [i for i in found if not self._is_compound(i) or not needs_bake(np.array(self.graph.objects[i].scale))]

    def _unmirrored(self, matrix: FloatArray) -> FloatArray:
        """Matrices at frame 0 as Bullet will show them: bodies that it moves lose the mirror of their scale."""
        for i, body in enumerate(self._bodies):
            if body is not None and (np.linalg.det(matrix[i, :3, :3]) < 0) != (np.prod(self._observed.signs[i]) < 0):
                matrix[i, :3, :3] *= -1.0
        return matrix

    def _place_on_path(self, i: int, time: float) -> None:
        """Put an object where its initial motion has it ``time`` seconds after frame 0."""
        start = self.graph.objects[i]
        turn = from_rotation_vector(time * np.array(start.angular_velocity))
        location = np.array(start.location) + time * np.array(start.velocity)
        place(self._objects[i], location, multiply(turn, np.array(start.rotation)), start.scale)

    def _evaluated(
        self, matrix: FloatArray, before: EvaluatedState | None, given: Velocities, flight: Flight | None = None
    ) -> EvaluatedState:
        end = flight.end_velocity if flight is not None else None
        seen, frame = self._observed, self._frame - self._first + 1
        return EvaluatedState(frame, matrix, seen.signs, seen.reference, before, self.graph.world.dt, given, end)

    def state(self) -> EvaluatedState:
        """See `Engine.state`.

        Velocities are backward differences of poses, and those of free flight at the step's end, see `flight`. The
        velocity that an object not moved by Bullet was given stands until another is written, and a jump of a body is
        not part of its velocity.
        """
        return self._now.with_given(self._held_values)

    def contacts(self, states: Sequence[StepState], present: NDArray[np.bool_]) -> Sequence[Contacts]:
        """See `Engine.contacts`. Blender does not tell Bullet's, so they are found from poses and shapes."""
        if self._detector is None:
            self._detector = ContactDetector(self.graph)
        try:
            return self._detector.update_all([EvaluatedState.of(state) for state in states], present)
        except CrowdError as error:
            raise ContactsError(str(error), states[len(error.found)].frame - 1, error.found) from None

    def mesh_volumes(self) -> FloatArray:
        """See `Engine.mesh_volumes`."""
        return self._observed.volumes(self._present)

    def present(self) -> NDArray[np.bool_]:
        """See `Engine.present`."""
        return self._present.copy()

    def deforming(self) -> Sequence[Deforming]:
        """See `Engine.deforming`."""
        return self._deformed.things

    def points(self) -> Sequence[Points]:
        """See `Engine.points`."""
        return self._deformed.points()

    def step(self) -> None:
        """See `Engine.step`."""
        if self._frame == self._starts:
            self._launch_waiting()
        flight = self._push()
        self._prescribe()
        self._ready_compounds()
        self._frame += 1
        self._scene.frame_set(self._frame)
        matrix = self._observed.matrices()
        self._check_finite(matrix)
        self._placed.clear()
        if self._frame == self._starts and self.graph.world.enabled:
            settle(self._scene, self._frame, self._ends)
            build_world(self._scene)
        given = self._released(flight) if self._motions else {}
        self._now = self._evaluated(matrix, self._now, given, flight)

    def _push(self) -> Flight:
        """Push bodies in the coming step; returns what is known of it."""
        forces, dynamics = self._forces, self._dynamics()
        gravity = np.array(self._scene.gravity) * self._scene.use_gravity * self.graph.world.weight("gravity")
        for i, motion in self._motions.items():
            fallen = gravity * forces.substeps.length**2 / self.graph.world.dt
            motion.velocity = motion.velocity + forces.gained(i, dynamics.mass[i]) + fallen
        if forces.pushes or self._balls.are_shown:
            self._show_balls(Moment(self._now, dynamics.mass, dynamics.kept, dynamics.moved, gravity))
        done, forces.done = forces.done, {}
        forced = {i: acceleration for i, (_, acceleration) in done.items()}
        before, self._acceleration = self._acceleration, self._acceleration.then(dynamics.moved, gravity, forced)
        started, self._started = self._started, {}
        started.update({i: velocity for i, (velocity, _) in done.items() if velocity is not None})
        mean = self._now.mean if self._frame > self._first else None
        return Flight(forces.substeps, dynamics.fall, dynamics.moved, self._acceleration, mean, before, started)

    def _show_balls(self, moment: Moment) -> None:
        """Let the balls act that push bodies in the coming step, and no others."""
        forces, balls, known = self._forces, self._balls, self._balls.count
        if forces.pushes and balls.open(list(forces.pushes), moment.moved):
            self._compounds.wrote_all()
        if balls.show(forces.balls(moment, balls.rivals)):
            self._compounds.wrote_all()
        if balls.count > known:
            self._observed.find_rows()

    def _prescribe(self) -> None:
        """Prescribe the motions of the coming step."""
        for i, motion in self._motions.items():
            motion.prescribe(self._objects[i], self.graph.world.dt, self._own_scale(i))
        self._compounds.wrote(self._motions)

    def _released(self, flight: Flight) -> dict[int, dict[str, FloatArray]]:
        """Release the bodies whose motion was prescribed in the step that ended, but for those that are to go on;
        returns the velocities that these were given."""
        self._compounds.wrote(self._motions)
        jumped = {i: m for i, m in self._motions.items() if not self._is_released(i, m)}
        flight.ended.update({i: m.velocity for i, m in self._motions.items()})
        self._motions = jumped
        return {i: {"velocity": m.velocity, "angular_velocity": m.spin} for i, m in jumped.items()}

    def _is_released(self, i: int, motion: HandOff) -> bool:
        settings = self._bodies[i]
        assert settings is not None
        return motion.release(self._objects[i], settings.collections, self._own_scale(i))

    def _launch_waiting(self) -> None:
        """Physics begins with the coming step: bodies get the velocities that were written while they waited."""
        waiting = [i for i in self._held_values if self._is_active(i)] if self._starts > self._first else []
        for i in waiting:
            for field, value in self._held_values.pop(i).items():
                self._write_velocity(i, field, value)

    def _check_finite(self, matrix: FloatArray) -> None:
        if math.isfinite(matrix.sum()):
            return
        self._built = None  # Numbers may not bring back what is not finite.
        name = self.graph.names[int(np.argmin(np.isfinite(matrix).all(axis=(1, 2))))]
        raise EngineError(
            f"object '{name}': its pose is not finite after step {self._frame - self._first}; "
            "look for bodies that start inside each other, huge speeds or extreme mass ratios"
        )

    def apply(self, writes: Sequence[Write]) -> None:
        """See `Engine.apply`. A spin written to a body that Bullet moves costs one step of prescribed motion, a pose
        two."""
        for write in writes:
            self._check.check(write)
        for write in writes:
            self._held.check(write, self._mover(write))
            self._check_push(write, writes)
        for write in sorted(writes, key=lambda w: not w.field.startswith("rigid_body")):
            if write.target == "object":
                self._write_object(self._index[write.name], write.field, write.value)
                self._compounds.wrote([self._index[write.name]])
            elif write.target == "constraint":
                setattr(self._joints[write.name].rigid_body_constraint, write.field, write.value)
                self._compounds.wrote_all()
            else:
                setattr(self._scene, write.field, write.value)
                self._compounds.wrote_all()

    def _check_push(self, write: Write, writes: Sequence[Write]) -> None:
        """Raise WriteRefused for a force or an impulse on what no force moves after ``writes``."""
        if write.target != "object" or write.field not in PUSHES:
            return
        i = self._index[write.name]
        if not (self._is_active(i) or self._is_active(i, _settings_of(write.name, writes))):
            raise WriteRefused(write, "physics does not move it now, so that nothing can push it; write its location")
        if problem := self._balls.problem(i):
            raise WriteRefused(write, problem)

    def _mover(self, write: Write) -> Mover | None:
        """What `Held` has to know of the object whose motion a write changes; None for other writes."""
        if write.target != "object" or write.field not in MOTION:
            return None
        i = self._index[write.name]
        whole = self.graph.objects[i].parent if self._is_compound_child(i) else None
        return Mover(i, self._is_active(i), whole, lambda: (*self._pose(i), self._own_scale(i)))

    def add(self, obj: SceneObject) -> None:
        """See `Engine.add`. Raises EngineError if the name is taken or was taken before."""
        if obj.name in self._index or obj.name in bpy.data.objects:
            raise EngineError(f"object '{obj.name}': the scene has, or had, an object of this name; choose another")
        if obj.parent is not None and (obj.parent not in self._index or not self._present[self._index[obj.parent]]):
            raise EngineError(f"object '{obj.name}': parent: there is no object '{obj.parent}'")
        made = add_object(self._scene, obj)
        self._compounds.join(made)
        bpy.context.view_layer.update()
        i = len(self._objects)
        self.graph = self.graph.model_copy(update={"objects": (*self.graph.objects, obj)})
        self._check.add(obj)
        self._index[obj.name] = i
        self._objects.append(made)
        self._held.add(obj.name, made)
        self._bodies.append(obj.body)
        self._present = np.append(self._present, True)
        self._known = None
        self._acceleration = self._acceleration.joined()
        seen = self._observed
        seen.join(made, obj)
        self._now = self._now.joined(seen.matrices()[-1], seen.signs, seen.reference, _velocities(obj))
        if any((*obj.velocity, *obj.angular_velocity)):
            self._write_velocity(i, "velocity", np.array(obj.velocity))
            self._write_velocity(i, "angular_velocity", np.array(obj.angular_velocity))
        if i in self._motions:
            self._motions[i].jump = True

    def remove(self, name: str) -> None:
        """See `Engine.remove`. Raises EngineError if there is no such object.

        Blender keeps the body, held and touching nothing: deleting one that is in a constraint crashes it.
        """
        i = self._index.get(name, -1)
        if i < 0 or not self._present[i]:
            raise EngineError(f"object '{name}': the scene has no such object to remove")
        self._check.remove(name)
        self._compounds.wrote([i])
        if self._bodies[i] is not None:
            self._hold(i)
            self._rigid_body(i).collision_collections = NO_COLLISIONS
        for constraint in self.graph.constraints:
            if name in (constraint.object1, constraint.object2):
                self._joints[constraint.name].rigid_body_constraint.enabled = False
        self._held_values.pop(i, None)
        self._present[i] = False
        self._known = None

    def close(self) -> None:
        """Empty the session."""
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)


def blender_build() -> str:
    """The exact build of this Blender, as traces name it."""
    return f"Blender {bpy.app.version_string} {bpy.app.build_hash.decode()} {bpy.app.build_platform.decode()}"


def _settings_of(name: str, writes: Sequence[Write]) -> dict[str, object]:
    """What some writes make of an object's body."""
    return {w.field.removeprefix("rigid_body."): w.value for w in writes if w.name == name}


def _velocities(obj: SceneObject) -> dict[str, FloatArray]:
    """Both velocities that an object starts with."""
    return {"velocity": np.array(obj.velocity), "angular_velocity": np.array(obj.angular_velocity)}
