"""What Blender's scene does to objects that a trace moves: their parents, and where they would be by themselves.

It is looked up in the scene itself, frame by frame: everything is held where the trace has it, so that all that
follows something (by parent, constraint, driver or modifier) is where it was in the run. A second look, at the run
on the timeline, finds what reads other things than poses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from mathutils import Quaternion

from ..scene_graph import FloatArray
from ..trace import Trace
from .channels import NEAR, Poses, Surroundings, motions_of, posed_names, poses_of, present_of, shows
from .objects import show
from .playback import own_objects, play_back, take_out

LOOKS = 6
"""Most looks at the run on the timeline."""

PARENTING = (
    "parent",
    "parent_type",
    "parent_bone",
    "parent_vertices",
    "use_parent_final_indices",
    "matrix_parent_inverse",
)
"""What places an object by its parent; some of it is newer than Blender 4.3."""


def surroundings_of(scene: bpy.types.Scene, trace: Trace) -> dict[str, Surroundings]:
    """For each object whose poses a trace has and that the scene has, what acts on it besides its own channels.

    The scene must be as it was before the run; it is so again afterwards, at its first frame.
    """
    frames = len(trace.position)
    objects = own_objects(scene)
    bodies = {name: objects[name] for name in posed_names(trace) if name in objects}
    poses = {name: poses_of(trace, name) for name in bodies}
    found = {name: _at_rest(obj, frames) for name, obj in bodies.items()}
    moving = {obj for name, obj in bodies.items() if not np.all(shows(found[name].shown, poses[name]))}
    entangled = {name: obj for name, obj in bodies.items() if _is_entangled(obj, moving)}
    held = {name: obj for name, obj in bodies.items() if obj in moving or name in entangled}
    if not entangled:
        return found
    with _physics_off(scene), _visible(held.values()), _added(scene) as add:
        here = set(bpy.context.view_layer.objects)
        evaluated = {name: obj for name, obj in entangled.items() if obj in here}
        parents = {name: _parent_of(obj, add) for name, obj in entangled.items() if obj.parent is not None}
        with _added(scene) as add_more:
            ghosts = {name: add_more(_ghost(obj)) for name, obj in entangled.items()}
            _look(scene, frames, found, parents, ghosts, _held(held, poses, add_more))
        for _ in range(LOOKS):
            motions = motions_of(trace, found)
            seen = dict(found)
            for _ in play_back(scene, motions, frames):
                pass
            _look(scene, frames, seen, parents, evaluated)
            take_out(scene)
            wrong = {n for n in evaluated if not np.all(shows(seen[n].shown, poses[n]) | ~present_of(trace, n))}
            if not wrong:
                return found
            posed = {motion.name for motion in motions if motion.is_posed}
            for name in wrong:
                if not wrong & {above.name for above in _ancestors(entangled[name])}:
                    late = name in posed and np.allclose(seen[name].above, found[name].above, atol=NEAR)
                    found[name] = replace(seen[name], unreliable=late)
    return found | {name: replace(found[name], is_off=True) for name in wrong}


def _is_entangled(obj: bpy.types.Object, moving: set[bpy.types.Object]) -> bool:
    """Whether anything but its own channels may move an object, in a run in which some objects are ``moving``."""
    if obj.constraints or _is_animated(obj):
        return True
    parent = obj.parent
    if parent is None:
        return False
    plain = obj.parent_type == "OBJECT" and parent.type != "CURVE"
    return not plain or parent in moving or _is_entangled(parent, moving)


def _is_animated(obj: bpy.types.Object) -> bool:
    data = obj.animation_data
    return data is not None and bool(data.action or data.nla_tracks or data.drivers)


def _at_rest(obj: bpy.types.Object, frames: int) -> Surroundings:
    """The surroundings of an object that nothing but its own channels moves."""
    above, rest = _above(obj), None if _is_animated(obj) else _rest(obj)
    shown = above @ np.array(obj.matrix_basis)
    every = (frames, 4, 4)
    return Surroundings(np.broadcast_to(above, every), np.broadcast_to(shown, every), rest, _is_body_below_another(obj))


def _above(obj: bpy.types.Object) -> FloatArray:
    """The matrix ``[4, 4]`` from an object's channels to the world, as its parents' channels have it."""
    if obj.parent is None:
        return np.eye(4)
    found: FloatArray = _above(obj.parent) @ np.array(obj.parent.matrix_basis) @ np.array(obj.matrix_parent_inverse)
    return found


def _is_body_below_another(obj: bpy.types.Object) -> bool:
    """Whether the simulation and a parent each wait for the other, a circle that Blender breaks somewhere."""
    return obj.rigid_body is not None and any(above.rigid_body is not None for above in _ancestors(obj))


def _ancestors(obj: bpy.types.Object) -> Iterator[bpy.types.Object]:
    while obj.parent is not None:
        obj = obj.parent
        yield obj


def _rest(obj: bpy.types.Object) -> Poses:
    """An object's own channels, without delta transforms, one row each."""
    match obj.rotation_mode:
        case "QUATERNION":
            turn = Quaternion(obj.rotation_quaternion).normalized()
        case "AXIS_ANGLE":
            angle, *axis = obj.rotation_axis_angle
            turn = Quaternion(axis, angle)
        case _:
            turn = obj.rotation_euler.to_quaternion()
    return np.array([obj.location]), np.array([turn]), np.array([obj.scale])


Add = Callable[[bpy.types.Object], bpy.types.Object]


@contextmanager
def _added(scene: bpy.types.Scene) -> Iterator[Add]:
    """Objects, and constraints to them, that are in the scene while this lasts."""
    made: list[bpy.types.Object] = []

    def add(obj: bpy.types.Object) -> bpy.types.Object:
        made.append(obj)
        scene.collection.objects.link(obj)
        return obj

    try:
        yield add
    finally:
        helpers = set(made)
        for obj in own_objects(scene).values():
            for constraint in [c for c in obj.constraints if getattr(c, "target", None) in helpers]:
                obj.constraints.remove(constraint)
        for obj in made:
            bpy.data.objects.remove(obj)


@contextmanager
def _physics_off(scene: bpy.types.Scene) -> Iterator[None]:
    world: Any = scene.rigidbody_world
    enabled = world is not None and world.enabled
    if enabled:
        world.enabled = False
    try:
        yield
    finally:
        if enabled:
            world.enabled = True
        scene.frame_set(scene.frame_start)


@contextmanager
def _visible(objects: Iterable[bpy.types.Object]) -> Iterator[None]:
    """Blender does not evaluate the poses of hidden objects."""
    here = set(bpy.context.view_layer.objects)
    hidden = [(obj, obj.hide_viewport, obj.hide_get()) for obj in objects if obj in here]
    hidden = [entry for entry in hidden if any(entry[1:])]
    show(obj for obj, _, _ in hidden)
    try:
        yield
    finally:
        for obj, everywhere, here in hidden:
            obj.hide_viewport = everywhere
            obj.hide_set(here)


def _parent_of(obj: bpy.types.Object, add: Add) -> bpy.types.Object:
    """An empty that is where the object's parent is, as the way of parenting has it."""
    empty = add(bpy.data.objects.new("parent", None))
    for name in PARENTING:
        if hasattr(obj, name):
            setattr(empty, name, getattr(obj, name))
    return empty


def _ghost(obj: bpy.types.Object) -> bpy.types.Object:
    """A copy that goes where the object would go by itself."""
    ghost = obj.copy()
    ghost.modifiers.clear()
    ghost.hide_viewport = False
    ghost.instance_type = "NONE"
    return ghost


def _held(bodies: dict[str, bpy.types.Object], poses: dict[str, Poses], add: Add) -> Callable[[int], None]:
    """Hold bodies at their poses, whatever else moves them; returns what sets them to those of a frame."""
    holders = []
    for name, obj in bodies.items():
        holder = add(bpy.data.objects.new("holder", None))
        holder.rotation_mode = "QUATERNION"
        constraint: Any = obj.constraints.new("COPY_TRANSFORMS")
        constraint.target = holder
        holders.append((holder, poses[name]))
    moving = [(holder, found) for holder, found in holders if any(np.ptp(values, axis=0).any() for values in found)]

    def place(these: list[tuple[bpy.types.Object, Poses]], frame: int) -> None:
        for holder, (location, rotation, scale) in these:
            holder.location, holder.rotation_quaternion, holder.scale = location[frame], rotation[frame], scale[frame]

    place(holders, 0)
    return lambda frame: place(moving, frame)


def _look(
    scene: bpy.types.Scene,
    frames: int,
    found: dict[str, Surroundings],
    parents: dict[str, bpy.types.Object],
    shown: dict[str, bpy.types.Object],
    before: Callable[[int], None] = lambda frame: None,
) -> None:
    """Fill in where the parents are and where objects are shown, going through all frames.

    Where the objects' own matrices lag behind those of Blender's evaluation, as they do in circles of dependence,
    they count as shown there.
    """
    above, at = np.empty((frames, len(parents), 4, 4)), np.empty((frames, len(shown), 4, 4))
    for frame in range(frames):
        before(frame)
        scene.frame_set(scene.frame_start + frame)
        graph = bpy.context.evaluated_depsgraph_get()
        for row, obj in enumerate(parents.values()):
            above[frame, row] = obj.evaluated_get(graph).matrix_world
        for row, obj in enumerate(shown.values()):
            at[frame, row] = obj.matrix_world
    rows = {name: row for row, name in enumerate(parents)}
    for row, name in enumerate(shown):
        over = above[:, rows[name]] if name in rows else found[name].above
        found[name] = replace(found[name], above=over, shown=at[:, row])
