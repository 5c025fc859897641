"""Blender's rigid-body engine (Bullet) behind the engine protocol.

What Blender's interface lacks is done by prescribed motion:

- *Velocity.* The body is made kinematic, moved by v·dt for one step and released; Bullet keeps the motion's velocity.
  Initial velocities need `PRE_ROLL` such frames before frame 0, during which every ACTIVE body is held.
- *Pose of a body that Bullet moves.* One step takes it there, colliding with nothing; a second one is the hand-off
  of the velocity that it had.
- *Bodies that stop being ACTIVE* (``type``, ``enabled``, ``kinematic``) are made kinematic where they are: changes of
  ``type`` and ``enabled`` do not reach Bullet in mid-run.
- *Scaled bodies* that become kinematic have their scale given to their mesh, see `rescale`; for a hand-off, which lasts
  one step, they are taken out of all collisions instead, for a new mesh would be of another inertia.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..fields import moved_by_physics
from ..geometry.evaluated import EvaluatedState, Velocities
from ..geometry.poses import from_rotation_vector, multiply
from ..scene_graph import FloatArray, RigidBody, SceneGraph, SceneObject, Write
from .build import add_object, build_scene, recreate_body, set_world
from .handoff import NO_COLLISIONS, HandOff
from .held import MOTION, Held, Mover
from .meshes import is_deforming, local_volume
from .names import BODY_FIELDS
from .numbers import signs_of
from .objects import detach, move, part_bodies, place, resize, show
from .protocol import EngineError
from .read import built_notes, open_blend, read_scene
from .rescale import Scales, needs_bake
from .selection import select
from .start import LAST_FRAME, build_world, settle
from .writes import WriteCheck

PRE_ROLL = 3
"""Frames of prescribed motion before frame 0 that make initial velocities hold; one is the least."""


class BlenderEngine:
    """A scene of this process's Blender session, stepped frame by frame. One engine at a time; see `Engine`.

    A write to what the scene's own animation, drivers or constraints hold is refused; with ``override`` it is taken
    out of their hands instead.
    """

    def __init__(self, scene: bpy.types.Scene, graph: SceneGraph, override: bool = False) -> None:
        self.build = blender_build()
        self.graph = graph
        self._scene = scene
        selection = select(scene)
        objects = {name: selection.objects[name] for name in graph.names}
        self._objects: list[bpy.types.Object] = list(objects.values())
        self._joints = {c.name: selection.joints[c.name] for c in graph.constraints}
        self._held = Held(scene, objects, self._joints, graph.world, override)
        self._index = {name: i for i, name in enumerate(graph.names)}
        self._check = WriteCheck(graph)
        self._bodies: list[RigidBody | None] = [o.body for o in graph.objects]
        self._present = np.ones(len(self._objects), dtype=np.bool_)
        self._signs = signs_of([o.scale for o in graph.objects])
        self._deforming = [i for i, o in enumerate(self._objects) if is_deforming(o)]
        self._motions: dict[int, HandOff] = {}
        self._placed: dict[int, dict[str, FloatArray]] = {}
        self._held_values: dict[int, dict[str, FloatArray]] = {}
        self._scales = Scales(self._objects)
        self._is_running = False
        show(self._objects)
        part_bodies(selection, graph)
        self._volume = np.array([local_volume(o) for o in self._objects])
        self._find_rows()
        self._begin()

    @classmethod
    def from_graph(cls, graph: SceneGraph, override: bool = False) -> BlenderEngine:
        """Build the graph in an emptied session."""
        scene = build_scene(graph)
        notes = tuple(dict.fromkeys((*graph.notes, *built_notes(scene))))
        return cls(scene, graph.model_copy(update={"notes": notes}), override)

    @classmethod
    def from_blend(cls, path: Path, fps: float | None = None, override: bool = False) -> BlenderEngine:
        """Step the scene of a .blend file as it is, animation included; the file itself is not changed.

        ``fps`` replaces the scene's own frame rate. Raises SceneFileError if the file cannot be used.
        """
        open_blend(path)
        scene = bpy.context.scene
        if fps is not None or scene.rigidbody_world is None:
            world = read_scene(scene).world
            set_world(scene, world.model_copy(update={"fps": fps or world.fps}))
        return cls(scene, read_scene(scene), override)

    def _find_rows(self) -> None:
        """Where the objects' matrices stand among all of the file's."""
        rows = {obj: row for row, obj in enumerate(bpy.data.objects)}
        self._rows = np.array([rows[o] for o in self._objects], dtype=np.intp)
        self._buffer = np.empty(16 * len(bpy.data.objects), dtype=np.float32)

    def _begin(self) -> None:
        """Bring the scene to frame 0 of the trace, with initial velocities where there are any."""
        objects, world = self.graph.objects, self.graph.world
        self._first = self._frame = self._scene.frame_start
        self._starts = self._first + world.starts
        self._ends = LAST_FRAME if world.ends is None else self._first + world.ends
        moving = {i: _velocities(o) for i, o in enumerate(objects) if any((*o.velocity, *o.angular_velocity))}
        launched = [i for i in moving if self._is_active(i)]
        self._held_values = {i: values for i, values in moving.items() if i not in launched}
        for i in self._jointed_passive():
            self._bake(i, np.array(objects[i].scale))
            self._rigid_body(i).type, self._rigid_body(i).kinematic = "ACTIVE", True
        if launched:
            self._roll_in(launched)
            matrix = self._matrices()
        else:
            waits = self._starts > self._first or not world.enabled
            settle(self._scene, self._first, self._ends, self._starts if waits else None)
            matrix = self._matrices()
            if not waits:
                build_world(self._scene)
        self._reference = np.array([o.rotation for o in objects]).reshape(-1, 4)
        self._now = self._evaluated(self._unmirrored(matrix), None, moving)
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
            if number == -PRE_ROLL:
                settle(self._scene, self._first + number, self._ends)
                build_world(self._scene)
            else:
                self._scene.frame_set(self._first + number)
        for i in held:
            self._rigid_body(i).kinematic = False

    def _jointed_passive(self) -> list[int]:
        """PASSIVE bodies in constraints. As kinematic ones they behave the same, and can be set free later."""
        jointed = {name for c in self.graph.constraints for name in (c.object1, c.object2)}
        bodies = enumerate(self._bodies)
        found = [i for i, b in bodies if b is not None and b.type == "PASSIVE" and self.graph.names[i] in jointed]
        return [i for i in found if not self._is_compound(i) or not needs_bake(np.array(self.graph.objects[i].scale))]

    def _unmirrored(self, matrix: FloatArray) -> FloatArray:
        """Matrices at frame 0 as Bullet will show them: bodies that it moves lose the mirror of their scale."""
        for i, body in enumerate(self._bodies):
            if body is not None and (np.linalg.det(matrix[i, :3, :3]) < 0) != (np.prod(self._signs[i]) < 0):
                matrix[i, :3, :3] *= -1.0
        return matrix

    def _rigid_body(self, i: int) -> Any:
        return self._objects[i].rigid_body

    def _is_active(self, i: int) -> bool:
        """Whether Bullet moves the object in the coming step."""
        body = self._bodies[i]
        if body is None or not self._present[i] or not self.graph.world.enabled:
            return False
        if not self._starts <= self._frame < self._ends or self._is_compound_child(i):
            return False
        keyed = i not in self._motions and self._held.is_kinematic_keyed(i)
        return moved_by_physics(body.model_copy(update={"kinematic": self._rigid_body(i).kinematic}) if keyed else body)

    def _place_on_path(self, i: int, time: float) -> None:
        """Put an object where its initial motion has it ``time`` seconds after frame 0."""
        start = self.graph.objects[i]
        turn = from_rotation_vector(time * np.array(start.angular_velocity))
        location = np.array(start.location) + time * np.array(start.velocity)
        place(self._objects[i], location, multiply(turn, np.array(start.rotation)), start.scale)

    def _matrices(self) -> FloatArray:
        """The evaluated world matrices ``[B, 4, 4]``, scales that are in meshes included."""
        bpy.data.objects.foreach_get("matrix_world", self._buffer)
        matrix = self._buffer.reshape(-1, 4, 4)[self._rows].astype(np.float64)
        self._scales.show(matrix)
        return matrix

    def _evaluated(self, matrix: FloatArray, before: EvaluatedState | None, given: Velocities) -> EvaluatedState:
        frame, dt = self._frame - self._first + 1, self.graph.world.dt
        return EvaluatedState(frame, matrix, self._signs, self._reference, before, dt, given)

    def state(self) -> EvaluatedState:
        """See `Engine.state`.

        Velocities are backward differences of poses; the velocity that an object not moved by Bullet was given
        stands until another is written, and a jump of a body is not part of its velocity.
        """
        return self._now.with_given(self._held_values)

    def mesh_volumes(self) -> FloatArray:
        """See `Engine.mesh_volumes`."""
        if not self._deforming:
            return self._volume
        for i in self._deforming:
            if self._present[i] and i not in self._scales:
                self._volume[i] = local_volume(self._objects[i])
        return self._volume.copy()

    def present(self) -> NDArray[np.bool_]:
        """See `Engine.present`."""
        return self._present.copy()

    def step(self) -> None:
        """See `Engine.step`."""
        if self._frame == self._starts:
            self._launch_waiting()
        for i, motion in self._motions.items():
            motion.prescribe(self._objects[i], self.graph.world.dt, self._own_scale(i))
        self._frame += 1
        self._scene.frame_set(self._frame)
        matrix = self._matrices()
        self._check_finite(matrix)
        self._placed.clear()
        if self._frame == self._starts and self.graph.world.enabled:
            settle(self._scene, self._frame, self._ends)
            build_world(self._scene)
        jumped = {i: m for i, m in self._motions.items() if not self._is_released(i, m)}
        given = {i: {"velocity": m.velocity, "angular_velocity": m.spin} for i, m in jumped.items()}
        self._motions = jumped
        self._now = self._evaluated(matrix, self._now, given)

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

    def _own_scale(self, i: int) -> FloatArray:
        """The object's scale in the world, without what its mesh has been given."""
        return self._scales.own(i, self._now.scale[i])

    def _check_finite(self, matrix: FloatArray) -> None:
        if np.isfinite(matrix.sum()):
            return
        name = self.graph.names[int(np.argmin(np.isfinite(matrix).all(axis=(1, 2))))]
        raise EngineError(
            f"object '{name}': its pose is not finite after step {self._frame - self._first}; "
            "look for bodies that start inside each other, huge speeds or extreme mass ratios"
        )

    def apply(self, writes: Sequence[Write]) -> None:
        """See `Engine.apply`. A velocity written to a body that Bullet moves costs one step of prescribed motion,
        a pose two."""
        for write in writes:
            self._check.check(write)
        for write in writes:
            self._held.check(write, self._mover(write))
        for write in sorted(writes, key=lambda w: not w.field.startswith("rigid_body")):
            if write.target == "object":
                self._write_object(self._index[write.name], write.field, write.value)
            elif write.target == "constraint":
                setattr(self._joints[write.name].rigid_body_constraint, write.field, write.value)
            else:
                setattr(self._scene, write.field, write.value)

    def _mover(self, write: Write) -> Mover | None:
        """What `Held` has to know of the object whose motion a write changes; None for other writes."""
        if write.target != "object" or write.field not in MOTION:
            return None
        i = self._index[write.name]
        whole = self.graph.objects[i].parent if self._is_compound_child(i) else None
        return Mover(i, self._is_active(i), whole, *self._pose(i), self._own_scale(i))

    def _write_object(self, i: int, field: str, value: Any) -> None:
        group, _, name = field.partition(".")
        match group:
            case "location" | "rotation_quaternion":
                self._write_pose(i, group, np.array(value, dtype=np.float64))
            case "scale":
                self._write_scale(i, value)
            case "velocity" | "angular_velocity":
                self._write_velocity(i, group, np.array(value, dtype=np.float64))
            case "rigid_body":
                self._write_body(i, name, value)
            case "property":
                self._objects[i][name] = value
            case "delete":
                self._objects[i].pop(name, None)
            case "hide_viewport":
                pass  # Visibility does not matter to Bullet, and Blender stops evaluating objects that are hidden.

    def _motion(self, i: int) -> HandOff:
        """The body's prescribed motion; by default it goes on as it moved in the last step."""
        if i not in self._motions:
            now = self._now
            self._motions[i] = HandOff(now.position[i], now.quaternion[i], now.velocity[i], now.angular_velocity[i])
        return self._motions[i]

    def _motion_of_active(self, i: int) -> HandOff:
        """`_motion`, of a body whose pose is to be set: nothing else may hold it in that step."""
        if self._held.release(i):
            detach(self._objects[i], keep_parent=self._is_compound_child(i))
        return self._motion(i)

    def _is_compound(self, i: int) -> bool:
        body = self._bodies[i]
        return (body is not None and body.shape == "COMPOUND") or self._is_compound_child(i)

    def _is_compound_child(self, i: int) -> bool:
        """Whether the object's body is a part of its parent's, as Blender has it."""
        parent = self.graph.objects[i].parent
        above = None if parent is None or self._bodies[i] is None else self._bodies[self._index[parent]]
        return above is not None and above.shape == "COMPOUND"

    def _write_velocity(self, i: int, field: str, value: FloatArray) -> None:
        if not self._is_active(i):
            self._held_values.setdefault(i, {})[field] = value
        elif field == "velocity":
            self._motion_of_active(i).velocity = value
        else:
            self._motion_of_active(i).spin = value

    def _pose(self, i: int) -> tuple[FloatArray, FloatArray]:
        """Location and quaternion of an object, with what was written since the last step."""
        written = self._placed.get(i, {})
        location = written.get("location", self._now.position[i])
        return location, written["rotation_quaternion"] if "rotation_quaternion" in written else self._now.quaternion[i]

    def _write_pose(self, i: int, field: str, value: FloatArray) -> None:
        if field == "rotation_quaternion":
            value = value / np.linalg.norm(value)
        if self._is_active(i):
            motion = self._motion_of_active(i)
            motion.jump = True
            if field == "location":
                motion.location = value
            else:
                motion.quaternion = value
            return
        self._placed.setdefault(i, {})[field] = value
        if self._bodies[i] is not None:
            self._take_over(i)
        set_pose = move if field == "location" else place
        set_pose(self._objects[i], *self._pose(i), self._own_scale(i))

    def _take_over(self, i: int) -> None:
        """Make a body kinematic that a script moves; it must not throw off what stands near because of its scale."""
        self._bake(i, self._now.scale[i])
        if not self._rigid_body(i).kinematic:
            self._rigid_body(i).kinematic = True  # Only where needed, for it resets the whole simulation's cache.

    def _bake(self, i: int, scale: FloatArray) -> None:
        """Give a body's scale to its mesh if it has one and has not yet."""
        if not self._scales.is_needed(i, scale):
            return
        name = self.graph.names[i]
        if self._is_compound(i):
            raise EngineError(f"object '{name}': a scaled compound cannot be moved; apply its scale")
        if self._is_running and self._is_jointed(i):
            raise EngineError(
                f"object '{name}': a scaled body in a joint cannot be taken from physics; apply its scale "
                "(Object > Apply > Scale)"
            )
        self._scales.bake(i, self.graph.objects[i], scale, renew=self._is_running)

    def _is_jointed(self, i: int) -> bool:
        name = self.graph.names[i]
        return any(name in (c.object1, c.object2) for c in self.graph.constraints)

    def _write_scale(self, i: int, value: tuple[float, ...]) -> None:
        """Bullet takes the new size of the collision shape at once, for ACTIVE bodies too; the mass stays."""
        scale = np.array(value, dtype=np.float64)
        if self._bodies[i] is not None and not self._is_active(i):
            self._bake(i, scale)
        resize(self._objects[i], *self._pose(i), self._scales.own(i, scale))
        self._signs = self._signs.copy()
        self._signs[i] = signs_of([value])[0]

    def _write_body(self, i: int, name: str, value: Any) -> None:
        settings = self._bodies[i]
        assert settings is not None
        was_active = self._is_active(i)
        self._bodies[i] = settings.model_copy(update={name: value})
        if name not in ("type", "enabled", "kinematic"):
            setattr(self._rigid_body(i), BODY_FIELDS[name], value)
        elif was_active and not self._is_active(i):
            self._hold(i)
        elif self._is_active(i) and not was_active:
            self._release(i)

    def _hold(self, i: int) -> None:
        """Take a body out of Bullet's hands, where it is."""
        self._motions.pop(i, None)
        if self._held.release(i):
            detach(self._objects[i], keep_parent=self._is_compound_child(i))
        self._take_over(i)
        place(self._objects[i], *self._pose(i), self._own_scale(i))

    def _release(self, i: int) -> None:
        """Give a body to Bullet, with the velocity that was last written to it, else that of its last motion."""
        is_new = self._rigid_body(i).type != "ACTIVE"
        if is_new:
            recreate_body(self._objects[i], "ACTIVE")
        body = self._rigid_body(i)
        body.enabled, body.kinematic = True, False
        values = self._held_values.pop(i, None)
        if values is not None:
            motion = self._motion(i)
            motion.velocity = values.get("velocity", motion.velocity)
            motion.spin = values.get("angular_velocity", motion.spin)
            motion.jump = is_new  # A body must have been somewhere for a step before its motion counts.

    def add(self, obj: SceneObject) -> None:
        """See `Engine.add`. Raises EngineError if the name is taken or was taken before."""
        if obj.name in self._index or obj.name in bpy.data.objects:
            raise EngineError(f"object '{obj.name}': the scene has, or had, an object of this name; choose another")
        if obj.parent is not None and (obj.parent not in self._index or not self._present[self._index[obj.parent]]):
            raise EngineError(f"object '{obj.name}': parent: there is no object '{obj.parent}'")
        made = add_object(self._scene, obj)
        bpy.context.view_layer.update()
        i = len(self._objects)
        self.graph = self.graph.model_copy(update={"objects": (*self.graph.objects, obj)})
        self._check.add(obj)
        self._index[obj.name] = i
        self._objects.append(made)
        self._held.add(obj.name, made)
        self._bodies.append(obj.body)
        self._present = np.append(self._present, True)
        self._signs = np.concatenate([self._signs, signs_of([obj.scale])])
        self._volume = np.append(self._volume, local_volume(made))
        self._reference = np.concatenate([self._reference, [obj.rotation]])
        self._find_rows()
        self._now = self._now.joined(self._matrices()[-1], self._signs, self._reference, _velocities(obj))
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
        if self._bodies[i] is not None:
            self._hold(i)
            self._rigid_body(i).collision_collections = NO_COLLISIONS
        for constraint in self.graph.constraints:
            if name in (constraint.object1, constraint.object2):
                self._joints[constraint.name].rigid_body_constraint.enabled = False
        self._held_values.pop(i, None)
        self._present[i] = False

    def close(self) -> None:
        """Empty the session."""
        bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)


def blender_build() -> str:
    """The exact build of this Blender, as traces name it."""
    return f"Blender {bpy.app.version_string} {bpy.app.build_hash.decode()} {bpy.app.build_platform.decode()}"


def _velocities(obj: SceneObject) -> dict[str, FloatArray]:
    """Both velocities that an object starts with."""
    return {"velocity": np.array(obj.velocity), "angular_velocity": np.array(obj.angular_velocity)}
