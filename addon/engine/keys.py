"""Keyframes written in bulk, in every version of Blender."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..scene_graph import Animation

LINEAR, CONSTANT = 1, 0
"""How a curve goes from one key to the next."""


def new_curves(action: Any, data: Any, obj: bpy.types.Object) -> Any:
    """Where an action keeps its curves: in a channel bag since actions have slots, before that in itself."""
    if not hasattr(action, "slots"):
        return action.fcurves
    slot = action.slots.new(id_type="OBJECT", name=obj.name)
    data.action_slot = slot
    strip = action.layers.new("Layer").strips.new(type="KEYFRAME")
    return strip.channelbag(slot, ensure=True).fcurves


def fill(curve: Any, frames: NDArray[Any], values: NDArray[Any], interpolation: int) -> None:
    """Give a curve its keys, all of one interpolation."""
    points = curve.keyframe_points
    points.add(len(frames))
    points.foreach_set("co", np.column_stack([frames, values]).astype(np.float32).ravel())
    points.foreach_set("interpolation", np.full(len(frames), interpolation, dtype=np.int32))
    curve.update()


def add_animation(obj: bpy.types.Object, animation: Animation) -> None:
    """Prescribe motion by keys, from the scene's first frame on; the object's rotation is in quaternions."""
    scene = bpy.context.scene
    data: Any = obj.animation_data_create()
    data.action = bpy.data.actions.new(obj.name)
    curves = new_curves(data.action, data, obj)
    channels = {
        "location": animation.location,
        "rotation_quaternion": animation.rotation,
        "scale": animation.scale,
    }
    for path, rows in channels.items() if animation.steps else ():
        values = np.array(rows)
        for index in range(values.shape[1]):
            fill(curves.new(path, index=index), _times(scene, animation.steps), values[:, index], LINEAR)
    if animation.kinematic:
        steps = tuple(step for step, _ in animation.kinematic)
        switch = np.array([float(on) for _, on in animation.kinematic])
        fill(curves.new("rigid_body.kinematic"), _times(scene, steps), switch, CONSTANT)
    last = max((*animation.steps, *(step for step, _ in animation.kinematic)), default=0)
    scene.frame_end = max(scene.frame_end, scene.frame_start + last)


def _times(scene: bpy.types.Scene, steps: tuple[int, ...]) -> NDArray[Any]:
    """When curves are evaluated at the frames of these steps; time remapping makes that other numbers."""
    render = scene.render
    return (scene.frame_start + np.array(steps)) * render.frame_map_old / render.frame_map_new
