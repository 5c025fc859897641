"""Motion that a scene prescribes: sampled frame by frame with physics switched off, and given back as keys."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..geometry.matrices import continuous, decompose
from ..scene_graph import Animation, FloatArray
from ..scene_graph.mover import has_simulated_pose
from .animation import constraint_holders, holders, pose_holders
from .keys import CONSTANT, LINEAR, curves_for, fill
from .numbers import singles
from .selection import Selection

MOST_STEPS = 2000
"""Steps of a run, at most, whose motion is sampled."""

TOLERANCE = 2e-6
"""Largest error of a sampled channel (m, part of a unit quaternion) between its keys."""

KINEMATIC = "rigid_body.kinematic"


def sampled_steps(scene: bpy.types.Scene) -> int:
    """The last step whose motion is sampled."""
    return min(max(scene.frame_end - scene.frame_start, 0), MOST_STEPS)


def read_animations(scene: bpy.types.Scene, selection: Selection) -> dict[str, dict[str, Any]]:
    """The motion of each object that keyframes, drivers, parents or constraints move, as plain data; see `Animation`.

    Goes through the scene's frames and back to the present one.
    """
    moved = {name: obj for name, obj in selection.objects.items() if is_prescribed(obj, selection)}
    if not moved:
        return {}
    matrices, kinematic = _sample(scene, moved, selection)
    found: dict[str, dict[str, Any]] = {}
    for name, obj in moved.items():
        relative = matrices[name]
        parent = selection.name(obj.parent)
        if parent is not None:
            above = matrices[parent]
            relative = above[0] @ np.linalg.pinv(above) @ relative
        data = _keys(relative) | ({"kinematic": _changes(kinematic[name])} if name in kinematic else {})
        if data:
            found[name] = data
    return found


def read_path(scene: bpy.types.Scene, obj: bpy.types.Object, selection: Selection) -> dict[str, Any] | None:
    """The motion in the world of an object that is not the graph's, such as a camera; None where nothing moves it."""
    if not (pose_holders(obj) or constraint_holders(obj) or obj.parent is not None):
        return None
    return _keys(_sample(scene, {"": obj}, selection, free=True)[0][""]) or None


def is_prescribed(obj: bpy.types.Object, selection: Selection) -> bool:
    """Whether the scene moves the object by itself, at some frame, other than as a child of another in the graph.

    What physics moves all the time is not: there Blender ignores the object's own channels."""
    body = obj.rigid_body if selection.name(obj) in selection.bodies else None
    keyed = _is_kinematic_keyed(obj)
    if has_simulated_pose(body) and not keyed:
        return False
    hangs = obj.parent is not None and (obj.parent_type != "OBJECT" or selection.name(obj.parent) is None)
    return keyed or hangs or bool(pose_holders(obj)) or bool(constraint_holders(obj))


def _is_kinematic_keyed(obj: bpy.types.Object) -> bool:
    return obj.rigid_body is not None and any(h.path == KINEMATIC for h in holders(obj))


def _sample(
    scene: bpy.types.Scene, moved: dict[str, bpy.types.Object], selection: Selection, free: bool = False
) -> tuple[dict[str, FloatArray], dict[str, list[bool]]]:
    """World matrices ``[F, 4, 4]`` of objects and, unless ``free``, of their parents, and the switch of those where it
    is keyed."""
    hung = {} if free else moved
    parents = {name: obj.parent for name, obj in hung.items() if selection.name(obj.parent) is not None}
    watched = {**moved, **{selection.names[p]: p for p in parents.values() if p is not None}}
    keyed = {name: obj for name, obj in moved.items() if _is_kinematic_keyed(obj)}
    matrices: dict[str, list[np.ndarray]] = {name: [] for name in watched}
    kinematic: dict[str, list[bool]] = {name: [] for name in keyed}
    world: Any = scene.rigidbody_world
    enabled, now = world is not None and world.enabled, scene.frame_current
    if enabled:
        world.enabled = False
    try:
        for frame in range(scene.frame_start, scene.frame_start + sampled_steps(scene) + 1):
            scene.frame_set(frame)
            for name, obj in watched.items():
                matrices[name].append(np.array(obj.matrix_world))
            for name, obj in keyed.items():
                kinematic[name].append(bool(obj.rigid_body.kinematic))
    finally:
        if enabled:
            world.enabled = True
        scene.frame_set(now)
    return {name: np.array(found) for name, found in matrices.items()}, kinematic


def _keys(matrices: FloatArray) -> dict[str, Any]:
    """The fewest keys from which linear interpolation gives the poses back; nothing if they are all the same."""
    signs = np.ones((len(matrices), 3))
    signs[np.linalg.det(matrices[:, :3, :3]) < 0] = -1.0
    location, rotation, scale = decompose(matrices.transpose(0, 2, 1), signs)
    rotation = continuous(rotation[:, None], rotation[:1])[:, 0]
    channels = np.concatenate([location, rotation, scale], axis=1)
    if np.abs(channels - channels[0]).max() <= TOLERANCE:
        return {}
    steps = sorted(needed(channels, TOLERANCE) | {0, len(channels) - 1})
    while len(steps) > 1 and np.abs(channels[steps[-1]] - channels[steps[-2]]).max() <= TOLERANCE:
        steps.pop()
    return {
        "steps": steps,
        "location": [singles(location[k]) for k in steps],
        "rotation": [singles(rotation[k]) for k in steps],
        "scale": [singles(scale[k]) for k in steps],
    }


def needed(channels: FloatArray, tolerance: float) -> set[int]:
    """Rows between the first and the last that must be keys as well, so that straight lines come as near as
    ``tolerance`` (Ramer, Douglas and Peucker)."""
    found: set[int] = set()
    spans = [(0, len(channels) - 1)]
    while spans:
        low, high = spans.pop()
        if high - low < 2:
            continue
        share = (np.arange(low + 1, high) - low)[:, None] / (high - low)
        error = np.abs(channels[low] + share * (channels[high] - channels[low]) - channels[low + 1 : high]).max(axis=1)
        worst = int(error.argmax())
        if error[worst] > tolerance:
            found.add(low + 1 + worst)
            spans += [(low, low + 1 + worst), (low + 1 + worst, high)]
    return found


def _changes(values: list[bool]) -> list[tuple[int, bool]]:
    return [(k, v) for k, v in enumerate(values) if k == 0 or v != values[k - 1]]


def add_animation(obj: bpy.types.Object, animation: Animation) -> None:
    """Prescribe motion by keys, from the scene's first frame on; the object's rotation is in quaternions."""
    scene = bpy.context.scene
    data: Any = obj.animation_data_create()
    data.action = bpy.data.actions.new(obj.name)
    curves = curves_for(data.action, data, obj)
    channels = {
        "location": animation.location,
        "rotation_quaternion": animation.rotation,
        "scale": animation.scale,
    }
    for path, rows in channels.items() if animation.steps else ():
        values = np.array(rows)
        for index in range(values.shape[1]):
            fill(curves, path, index, times_of(scene, animation.steps), values[:, index], LINEAR)
    if animation.kinematic:
        steps = tuple(step for step, _ in animation.kinematic)
        switch = np.array([float(on) for _, on in animation.kinematic])
        fill(curves, KINEMATIC, 0, times_of(scene, steps), switch, CONSTANT)
    last = max((*animation.steps, *(step for step, _ in animation.kinematic)), default=0)
    scene.frame_end = max(scene.frame_end, scene.frame_start + last)


def times_of(scene: bpy.types.Scene, steps: tuple[int, ...]) -> NDArray[Any]:
    """When curves are evaluated at the frames of these steps; time remapping makes that other numbers."""
    render = scene.render
    return (scene.frame_start + np.array(steps)) * render.frame_map_old / render.frame_map_new
