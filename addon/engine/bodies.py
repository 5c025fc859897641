"""The objects of a scene in Blender, and what writes make of them.

- *Pose of a body that Bullet moves.* One step takes it there, colliding with nothing; a second one is the hand-off
  of the velocity that it had.
- *Bodies that stop being ACTIVE* (``type``, ``enabled``, ``kinematic``) are made kinematic where they are: changes of
  ``type`` and ``enabled`` do not reach Bullet in mid-run.
- *Scaled bodies* that become kinematic have their scale given to their mesh, see `rescale`; for a hand-off, which lasts
  one step, they are taken out of all collisions instead, for a new mesh would be of another inertia.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..fields import moved_by_physics
from ..geometry.evaluated import EvaluatedState
from ..scene_graph import FloatArray, RigidBody, SceneGraph
from .balls import Balls
from .build import recreate_body
from .compounds import Compounds
from .flight import FreeFall, Substeps
from .forces import Forces
from .handoff import HandOff
from .held import Held
from .looks import has_own, make_own, places, put
from .names import BODY_FIELDS
from .objects import detach, move, part_bodies, place, resize, show
from .observed import Observed
from .protocol import EngineError
from .rescale import Scales
from .selection import select


@dataclass(frozen=True)
class Dynamics:
    """Which objects Bullet moves ``[B]``, their masses in kg and the part of a velocity that damping leaves after a
    substep ``[B]``, and how they fall."""

    moved: NDArray[np.bool_]
    mass: FloatArray
    kept: FloatArray
    fall: FreeFall


class Bodies:
    """The objects of one scene by their place in the graph, between two steps."""

    _now: EvaluatedState
    _frame: int
    _starts: int
    _ends: int

    def __init__(self, scene: bpy.types.Scene, graph: SceneGraph, override: bool, volume: FloatArray | None) -> None:
        self.graph = graph
        self._scene = scene
        selection = select(scene)
        objects = {name: selection.objects[name] for name in graph.names}
        self._objects: list[bpy.types.Object] = list(objects.values())
        self._joints = {c.name: selection.joints[c.name] for c in graph.constraints}
        self._held = Held(scene, objects, self._joints, graph.world, override)
        self._index = {name: i for i, name in enumerate(graph.names)}
        self._bodies: list[RigidBody | None] = [o.body for o in graph.objects]
        self._present = np.ones(len(self._objects), dtype=np.bool_)
        self._motions: dict[int, HandOff] = {}
        self._placed: dict[int, dict[str, FloatArray]] = {}
        self._held_values: dict[int, dict[str, FloatArray]] = {}
        self._scales = Scales(self._objects)
        self._forces = Forces(Substeps.of(graph.world))
        self._balls = Balls(scene, self._objects, graph.world.fps, graph.world.weight("wind"))
        self._known: Dynamics | None = None
        self._is_running = False
        self._is_reshaped = False
        """Whether the size, shape or text of any object was written."""
        show(self._objects)
        part_bodies(selection, graph)
        self._compounds = Compounds(scene, self._objects, self._bodies)
        self._observed = Observed(self._objects, graph, self._scales, volume)

    def _rigid_body(self, i: int) -> Any:
        return self._objects[i].rigid_body

    def _is_active(self, i: int, settings: Mapping[str, Any] | None = None) -> bool:
        """Whether Bullet moves the object in the coming step, once settings of its body are written."""
        body = self._bodies[i]
        if body is None or not self._present[i] or not self.graph.world.enabled:
            return False
        if not self._starts <= self._frame < self._ends or self._is_compound_child(i):
            return False
        if i not in self._motions and self._held.is_kinematic_keyed(i):
            body = body.model_copy(update={"kinematic": self._rigid_body(i).kinematic})
        return moved_by_physics(body.model_copy(update=settings) if settings else body)

    def _dynamics(self) -> Dynamics:
        """What Bullet moves in the coming step, and by which settings."""
        known = self._known
        if known is None or self._frame in (self._starts, self._ends) or self._held.has_keyed:
            moved = np.array([self._is_active(i) for i in range(len(self._objects))], dtype=np.bool_)
            mass = np.array([1.0 if body is None else body.mass for body in self._bodies])
            damping = np.array([0.0 if body is None else body.linear_damping for body in self._bodies])
            kept = self._forces.substeps.kept(damping)
            known = self._known = Dynamics(moved, mass, kept, FreeFall(self._forces.substeps, kept))
        if not self._motions:
            return known
        moved = known.moved.copy()
        moved[list(self._motions)] = False
        return replace(known, moved=moved)

    def _own_scale(self, i: int) -> FloatArray:
        """The object's scale in the world, without what its mesh has been given."""
        return self._scales.own(i, self._now.scale[i])

    def _write_object(self, i: int, field: str, value: Any) -> None:
        group, _, name = field.partition(".")
        match group:
            case "location" | "rotation_quaternion":
                self._write_pose(i, group, np.array(value, dtype=np.float64))
            case "scale":
                self._write_scale(i, value)
            case "velocity" | "angular_velocity":
                self._write_velocity(i, group, np.array(value, dtype=np.float64))
            case "force":
                self._forces.of(i).force = np.array(value, dtype=np.float64)
            case "impulse":
                self._forces.of(i).impulse = np.array(value, dtype=np.float64)
            case "rigid_body":
                self._write_body(i, name, value)
            case "property":
                self._objects[i][name] = value
            case "delete":
                self._objects[i].pop(name, None)
            case "hide_viewport" | "hide_render":
                pass  # Visibility does not matter to Bullet, and Blender stops evaluating objects that are hidden.
            case "color" | "material" | "light" if not self._held.has_drivers:
                pass  # What is seen matters to drivers alone.
            case _:
                self._is_reshaped = self._is_reshaped or group in ("shape_key", "text")
                self._write_look(self._objects[i], field, value)

    def _write_look(self, obj: bpy.types.Object, field: str, value: Any) -> None:
        """Change what is seen of one object alone: what it shares with others becomes its own first."""
        if not has_own(obj, field):
            make_own(obj, field)
        for found in places(obj, field):
            put(found, value)

    def _motion(self, i: int) -> HandOff:
        """The body's prescribed motion; by default it goes on as it moved in the last step."""
        if i not in self._motions:
            now = self._now
            velocity = self._forces.taken_velocity(i)
            velocity = now.velocity[i] if velocity is None else velocity
            self._motions[i] = HandOff(now.position[i], now.quaternion[i], velocity, now.angular_velocity[i])
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

    def _ready_compounds(self) -> None:
        """Let the compounds that Blender makes anew in the coming step be what they were."""
        found = self._compounds.take()
        if found is None:
            return
        for i in found:
            if i in self._motions or not self._is_active(i) or self._held.is_kinematic_keyed(i):
                continue
            obj = self._objects[i]
            if self._held.release(i):
                detach(obj, keep_parent=False)
            else:
                obj.matrix_world = obj.matrix_world.copy()
        bpy.context.view_layer.update()

    def _write_velocity(self, i: int, field: str, value: FloatArray) -> None:
        if not self._is_active(i):
            self._held_values.setdefault(i, {})[field] = value
        elif field == "velocity" and i not in self._motions and not self._balls.problem(i):
            self._forces.of(i).velocity = value
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
        if field != "location" or not move(self._objects[i], value):
            place(self._objects[i], *self._pose(i), self._own_scale(i))

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
        self._is_reshaped = True
        if self._bodies[i] is not None and not self._is_active(i):
            self._bake(i, scale)
        resize(self._objects[i], *self._pose(i), self._scales.own(i, scale))
        self._observed.resized(i, value)

    def _write_body(self, i: int, name: str, value: Any) -> None:
        settings = self._bodies[i]
        assert settings is not None
        was_active = self._is_active(i)
        self._known = None
        self._bodies[i] = settings.model_copy(update={name: value})
        if name not in ("type", "enabled", "kinematic"):
            setattr(self._rigid_body(i), BODY_FIELDS[name], value)
        elif was_active and not self._is_active(i):
            self._hold(i)
        elif self._is_active(i) and not was_active:
            self._release(i)

    def _hold(self, i: int) -> None:
        """Take a body out of Bullet's hands, where it is."""
        self._known = None
        self._motions.pop(i, None)
        self._forces.pushes.pop(i, None)
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
