"""Blender's rigid-body engine (Bullet) behind the engine protocol.

Blender has no API for a body's velocity. A velocity is handed over by one frame of prescribed motion: the body is
made kinematic and moved by v·dt, then released; Bullet keeps the motion's velocity. Initial velocities need
`PRE_ROLL` such frames before frame 0, during which every ACTIVE body is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Quaternion, Vector
from numpy.typing import NDArray

from ..geometry.poses import from_rotation_vector, multiply
from ..geometry.volume import mesh_volume
from ..scene_graph import FloatArray, SceneGraph, SceneObject, StepState, Write
from .build import add_body, add_object, build_scene, set_world
from .names import BODY_FIELDS
from .poses import angular_velocity, decompose, same_hemisphere
from .protocol import EngineError
from .read import evaluated_mesh, open_blend, read_scene
from .writes import check_write

PRE_ROLL = 3
"""Frames of prescribed motion before frame 0 that make initial velocities hold."""

LAST_FRAME = 1_048_573
"""The greatest frame number that Blender knows, less one."""


class BlenderEngine:
    """A scene of this process's Blender session, stepped frame by frame. One engine at a time; see `Engine`."""

    def __init__(self, scene: bpy.types.Scene, graph: SceneGraph) -> None:
        self.build = f"Blender {bpy.app.version_string} {bpy.app.build_hash.decode()} {bpy.app.build_platform.decode()}"
        self.graph = graph
        self._scene = scene
        self._objects: list[bpy.types.Object] = [scene.objects[name] for name in graph.names]
        self._present = np.ones(len(self._objects), dtype=np.bool_)
        self._signs = np.sign(np.array([o.scale for o in graph.objects]).reshape(-1, 3))
        self._volume = np.array([_local_volume(o) for o in self._objects])
        self._deforming = [i for i, o in enumerate(self._objects) if o.type == "MESH" and _deforms(o)]
        self._moved: dict[int, tuple[FloatArray, FloatArray]] = {}
        self._written_velocity = {
            i: {"velocity": np.array(o.velocity), "angular_velocity": np.array(o.angular_velocity)}
            for i, o in enumerate(graph.objects)
            if any((*o.velocity, *o.angular_velocity)) and not self._is_active(i)
        }
        self._find_rows()
        self._begin()

    @classmethod
    def from_graph(cls, graph: SceneGraph) -> BlenderEngine:
        """Build the graph in an emptied session."""
        return cls(build_scene(graph), graph)

    @classmethod
    def from_blend(cls, path: Path, fps: float | None = None) -> BlenderEngine:
        """Step the scene of a .blend file as it is, animation included; the file itself is not changed.

        Raises SceneFileError if it cannot be used.
        """
        open_blend(path)
        scene = bpy.context.scene
        scene.frame_set(scene.frame_start)
        if fps is not None or scene.rigidbody_world is None:
            world = read_scene(scene).world
            set_world(scene, world.model_copy(update={"fps": fps or world.fps}))
        return cls(scene, read_scene(scene))

    def _find_rows(self) -> None:
        """Where the objects' matrices stand among all of the file's."""
        rows = {obj.name: row for row, obj in enumerate(bpy.data.objects)}
        self._rows = np.array([rows.get(o.name, 0) if p else 0 for o, p in self._live()], dtype=np.intp)
        self._buffer = np.empty(16 * len(bpy.data.objects), dtype=np.float32)

    def _live(self) -> list[tuple[Any, bool]]:
        return list(zip(self._objects, self._present.tolist(), strict=True))

    def _begin(self) -> None:
        """Prepare the cache and bring the scene to frame 0 of the trace, with initial velocities where there are any."""
        scene, world = self._scene, self._scene.rigidbody_world
        launched = [
            i
            for i, o in enumerate(self.graph.objects)
            if self._is_active(i) and any((*o.velocity, *o.angular_velocity))
        ]
        self._frame = scene.frame_start
        first = self._frame - (PRE_ROLL if launched else 0)
        cache: Any = world.point_cache
        with bpy.context.temp_override(scene=scene, point_cache=cache):
            bpy.ops.ptcache.free_bake_all()
        cache.frame_start, cache.frame_end = first, LAST_FRAME
        world.enabled = True
        held = [i for i in range(len(self._objects)) if self._is_active(i)] if launched else []
        for i in held:
            self._objects[i].rigid_body.kinematic = True
        for frame in range(first, self._frame + 1):
            for i in launched:
                self._place_on_path(i, (frame - self._frame) * self.graph.world.dt)
            scene.frame_set(frame)
        for i in held:
            self._objects[i].rigid_body.kinematic = False
        self._read_poses()
        self._velocity = np.array([o.velocity for o in self.graph.objects]).reshape(-1, 3)
        self._spin = np.array([o.angular_velocity for o in self.graph.objects]).reshape(-1, 3)

    def _is_active(self, i: int) -> bool:
        """Whether Bullet moves the object."""
        body: Any = self._objects[i].rigid_body
        return bool(
            self._present[i] and body is not None and body.type == "ACTIVE" and body.enabled and not body.kinematic
        )

    def _place_on_path(self, i: int, time: float) -> None:
        """Put an object where its initial motion has it ``time`` seconds after frame 0."""
        start = self.graph.objects[i]
        location = np.array(start.location) + time * np.array(start.velocity)
        turn = from_rotation_vector(time * np.array(start.angular_velocity))
        self._place(i, location, multiply(turn, np.array(start.rotation)))

    def _place(self, i: int, location: FloatArray, quaternion: FloatArray) -> None:
        """Set an object's world pose, keeping its scale."""
        obj = self._objects[i]
        if obj.parent is not None:
            matrix = obj.matrix_world.copy()
            scale = matrix.to_scale()
            obj.matrix_world = matrix.LocRotScale(Vector(location), Quaternion(quaternion), scale)
            return
        obj.location = location
        if obj.rotation_mode == "QUATERNION":
            obj.rotation_quaternion = quaternion
        elif obj.rotation_mode == "AXIS_ANGLE":
            axis, angle = Quaternion(quaternion).to_axis_angle()
            obj.rotation_axis_angle = (angle, *axis)
        else:
            obj.rotation_euler = Quaternion(quaternion).to_euler(obj.rotation_mode)

    def _read_poses(self) -> None:
        bpy.data.objects.foreach_get("matrix_world", self._buffer)
        matrices = self._buffer.reshape(-1, 4, 4)[self._rows].astype(np.float64)
        self._position, self._quaternion, self._scaling = decompose(matrices, self._signs)

    def state(self) -> StepState:
        """See `Engine.state`. Velocities are backward differences; a value that a script wrote to an object that
        Bullet does not move stands until it is written again."""
        velocity, spin = self._velocity.copy(), self._spin.copy()
        for i, written in self._written_velocity.items():
            if not self._is_active(i):
                velocity[i] = written.get("velocity", velocity[i])
                spin[i] = written.get("angular_velocity", spin[i])
        return StepState(
            frame=self._frame - self._scene.frame_start + 1,
            position=self._position.copy(),
            quaternion=self._quaternion.copy(),
            scale=self._scaling.copy(),
            velocity=velocity,
            angular_velocity=spin,
        )

    def volumes(self) -> FloatArray:
        """See `Engine.volumes`."""
        for i in self._deforming:
            if self._present[i]:
                self._volume[i] = _local_volume(self._objects[i])
        return np.asarray(self._volume * np.abs(np.prod(self._scaling, axis=1)))

    def present(self) -> NDArray[np.bool_]:
        """See `Engine.present`."""
        return self._present.copy()

    def step(self) -> None:
        """See `Engine.step`."""
        handed_over = self._hand_off()
        self._frame += 1
        self._scene.frame_set(self._frame)
        for i in handed_over:
            self._objects[i].rigid_body.kinematic = False
        position, quaternion = self._position, self._quaternion
        self._read_poses()
        self._check_finite()
        self._quaternion = same_hemisphere(self._quaternion, quaternion)
        dt = self.graph.world.dt
        self._velocity = (self._position - position) / dt
        self._spin = angular_velocity(quaternion, self._quaternion, dt)

    def _hand_off(self) -> list[int]:
        """Prescribe one step of motion for the bodies whose velocity or pose was written; returns which."""
        dt = self.graph.world.dt
        moved, self._moved = self._moved, {}
        for i, (location, quaternion) in moved.items():
            written = self._written_velocity.pop(i, {})
            velocity = written.get("velocity", self._velocity[i])
            turn = from_rotation_vector(written.get("angular_velocity", self._spin[i]) * dt)
            self._objects[i].rigid_body.kinematic = True
            self._place(i, location + velocity * dt, multiply(turn, quaternion))
        return list(moved)

    def _check_finite(self) -> None:
        finite = np.isfinite(self._position).all(axis=1) & np.isfinite(self._quaternion).all(axis=1)
        bad = ~finite & self._present
        if bad.any():
            name = self.graph.names[int(np.argmax(bad))]
            frame = self._frame - self._scene.frame_start
            raise EngineError(f"object '{name}': its pose is not finite after step {frame}; the simulation broke down")

    def apply(self, writes: Sequence[Write]) -> None:
        """See `Engine.apply`. Pose and velocity writes to a body that Bullet moves cost one step of prescribed motion."""
        for write in writes:
            check_write(write, self.graph, self._present)
        for write in sorted(writes, key=lambda w: w.field.split(".")[0] != "rigid_body"):
            if write.target == "object":
                self._write_object(self.graph.names.index(write.name), write.field, write.value)
            elif write.target == "constraint":
                setattr(self._scene.objects[write.name].rigid_body_constraint, write.field, write.value)
            else:
                setattr(self._scene, write.field, write.value)

    def _write_object(self, i: int, field: str, value: Any) -> None:
        obj = self._objects[i]
        group, _, name = field.partition(".")
        match group:
            case "location" | "rotation_quaternion":
                self._write_pose(i, group, np.array(value))
            case "velocity" | "angular_velocity":
                self._written_velocity.setdefault(i, {})[group] = np.array(value)
                if self._is_active(i):
                    self._moved.setdefault(i, (self._position[i], self._quaternion[i]))
            case "rigid_body":
                setattr(obj.rigid_body, BODY_FIELDS[name], value)
            case "property":
                obj[name] = value
            case "delete":
                obj.pop(name, None)
            case _:
                setattr(obj, group, value)

    def _write_pose(self, i: int, field: str, value: FloatArray) -> None:
        location, quaternion = self._moved.get(i, (self._position[i], self._quaternion[i]))
        if field == "location":
            location = value
        else:
            quaternion = value
        if self._is_active(i):
            self._moved[i] = (location, quaternion)
            return
        self._position[i], self._quaternion[i] = location, quaternion
        self._place(i, location, quaternion)

    def add(self, obj: SceneObject) -> None:
        """See `Engine.add`. Raises EngineError if the name is taken."""
        if obj.name in bpy.data.objects:
            raise EngineError(f"object '{obj.name}': the scene already has an object of this name")
        made = add_object(self._scene, obj)
        if obj.body is not None:
            add_body(made, obj.body)
        self.graph = self.graph.model_copy(update={"objects": (*self.graph.objects, obj)})
        self._objects.append(made)
        self._present = np.append(self._present, True)
        self._signs = np.concatenate([self._signs, np.sign([obj.scale])])
        self._volume = np.append(self._volume, _local_volume(made))
        self._velocity = np.concatenate([self._velocity, [obj.velocity]])
        self._spin = np.concatenate([self._spin, [obj.angular_velocity]])
        bpy.context.view_layer.update()
        self._find_rows()
        quaternion = self._quaternion
        self._read_poses()
        self._quaternion[:-1] = same_hemisphere(self._quaternion[:-1], quaternion)
        index = len(self._objects) - 1
        if self._is_active(index) and any((*obj.velocity, *obj.angular_velocity)):
            self._moved[index] = (self._position[index], self._quaternion[index])

    def remove(self, name: str) -> None:
        """See `Engine.remove`. Raises EngineError if there is no such object."""
        if name not in self.graph.names or not self._present[self.graph.names.index(name)]:
            raise EngineError(f"object '{name}': the scene has no such object to remove")
        index = self.graph.names.index(name)
        bpy.data.objects.remove(self._objects[index])
        self._present[index] = False
        self._moved.pop(index, None)
        self._find_rows()

    def bare_loop(self, steps: int) -> None:
        """Step Blender alone, without reading or writing anything: the floor of every speed comparison."""
        for frame in range(self._frame + 1, self._frame + steps + 1):
            self._scene.frame_set(frame)
        self._frame += steps

    def close(self) -> None:
        """Empty the session."""
        bpy.ops.wm.read_factory_settings(use_empty=True)


def _deforms(obj: bpy.types.Object) -> bool:
    return bool(len(obj.modifiers)) or obj.data.shape_keys is not None


def _local_volume(obj: bpy.types.Object) -> float:
    """Volume in m³ of the evaluated mesh before the object's scale; 0 without a mesh."""
    if obj.type != "MESH":
        return 0.0
    vertices, faces = evaluated_mesh(obj)
    return abs(mesh_volume(vertices, faces)) if len(vertices) else 0.0
