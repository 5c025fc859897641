"""A recorded run on the timeline: one action an object, taken out again without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import bpy
import numpy as np

from .motions import Array, Motion
from .names import PREFIX

OWN = PREFIX + "playback"
"""Custom property of our actions (what the object was before) and of a scene that plays a run (what it was before)."""

CHANNELS = {"location": ("location", 3), "rotation": ("rotation_quaternion", 4), "scale": ("scale", 3)}
LINEAR, CONSTANT = 1, 0


def play_back(scene: bpy.types.Scene, motions: Sequence[Motion], frames: int) -> Iterator[None]:
    """Put motions on the timeline from the scene's first frame on, object by object, yielding after each.

    An action that an object has goes on below ours, as a strip of its NLA. Blender's own simulation is switched off,
    for it would move the bodies again. Objects that are gone are left out; take an earlier run out first.
    """
    start, name = scene.frame_start, scene.name
    world: Any = scene.rigidbody_world
    scene[OWN] = {"enabled": bool(world.enabled) if world else False, "frame_end": scene.frame_end}
    if world is not None:
        world.enabled = False
    scene.frame_end = max(scene.frame_end, start + frames - 1)
    for motion in motions:
        obj = bpy.data.scenes[name].objects.get(motion.name)
        if obj is not None and obj.library is None:
            _animate(obj, motion, start)
            yield


def is_played_back(scene: bpy.types.Scene) -> bool:
    """Whether a run is on the scene's timeline."""
    return OWN in scene


def take_out(scene: bpy.types.Scene) -> None:
    """Take the run off the timeline: everything is as it was before, simulation included."""
    for obj in scene.objects:
        data = obj.animation_data
        if data is not None and data.action is not None and OWN in data.action:
            _restore(obj, data.action)
    before = scene.get(OWN)
    if before is not None:
        if scene.rigidbody_world is not None:
            scene.rigidbody_world.enabled = bool(before["enabled"])
        scene.frame_end = before["frame_end"]
        del scene[OWN]
    scene.frame_set(scene.frame_start)


def _animate(obj: bpy.types.Object, motion: Motion, start: int) -> None:
    data = obj.animation_data or obj.animation_data_create()
    assert data is not None
    before: dict[str, Any] = {"mode": obj.rotation_mode, "strip": "", "hide": [obj.hide_viewport, obj.hide_render]}
    before["pose"] = [*obj.location, *_rotation(obj), *obj.scale]
    before["properties"] = {key: obj.get(key) for key in motion.properties if obj.get(key) is not None}
    if data.action is not None:
        before["strip"] = _push_down(data)
    action = bpy.data.actions.new(f"Dynamics {obj.name}")
    action[OWN] = before
    data.action = action
    curves = _curves(action, data, obj)
    if motion.rotation is not None:
        obj.rotation_mode = "QUATERNION"
    for channel, (path, size) in CHANNELS.items():
        values = getattr(motion, channel)
        for index in range(size) if values is not None else ():
            _fill(curves.new(path, index=index), np.arange(start, start + len(values)), values[:, index], LINEAR)
    if motion.present is not None:
        for path in ("hide_viewport", "hide_render"):
            _fill(curves.new(path), np.arange(start, start + len(motion.present)), ~motion.present, CONSTANT)
    for key, changes in motion.properties.items():
        path = f'["{bpy.utils.escape_identifier(key)}"]'
        times = np.array([start + frame for frame, _ in changes])
        _fill(curves.new(path), times, np.array([float(value) for _, value in changes]), CONSTANT)


def _rotation(obj: bpy.types.Object) -> list[float]:
    match obj.rotation_mode:
        case "QUATERNION":
            return list(obj.rotation_quaternion)
        case "AXIS_ANGLE":
            return list(obj.rotation_axis_angle)
        case _:
            return list(obj.rotation_euler)


def _push_down(data: bpy.types.AnimData) -> str:
    """Make the active action a strip of a track of its own; returns the track's name."""
    action: Any = data.action
    slot = getattr(data, "action_slot", None)
    track = data.nla_tracks.new()
    track.name = f"Before dynamics: {action.name}"
    strip: Any = track.strips.new(action.name, int(action.frame_range[0]), action)
    if slot is not None:
        strip.action_slot = slot
    strip.extrapolation = "HOLD"
    data.action = None
    return str(track.name)


def _curves(action: Any, data: Any, obj: bpy.types.Object) -> Any:
    """Where an action keeps its curves: in a channel bag since actions have slots, before that in itself."""
    if not hasattr(action, "slots"):
        return action.fcurves
    slot = action.slots.new(id_type="OBJECT", name=obj.name)
    data.action_slot = slot
    strip = action.layers.new("Layer").strips.new(type="KEYFRAME")
    return strip.channelbag(slot, ensure=True).fcurves


def _fill(curve: Any, frames: Array, values: Array, interpolation: int) -> None:
    """Give a curve its keys, all of one interpolation."""
    points = curve.keyframe_points
    points.add(len(frames))
    points.foreach_set("co", np.column_stack([frames, values]).astype(np.float32).ravel())
    points.foreach_set("interpolation", np.full(len(frames), interpolation, dtype=np.int32))
    curve.update()


def _restore(obj: bpy.types.Object, action: Any) -> None:
    """Take our action from an object and give back what it had."""
    before, data = action[OWN].to_dict(), obj.animation_data
    assert data is not None
    bpy.data.actions.remove(action)
    obj.rotation_mode = before["mode"]
    pose = list(before["pose"])
    obj.location, obj.scale = pose[:3], pose[-3:]
    path = {"QUATERNION": "rotation_quaternion", "AXIS_ANGLE": "rotation_axis_angle"}
    setattr(obj, path.get(before["mode"], "rotation_euler"), pose[3:-3])
    obj.hide_viewport, obj.hide_render = (bool(value) for value in before["hide"])
    for key, value in before["properties"].items():
        obj[key] = value
    track: Any = data.nla_tracks.get(before["strip"]) if before["strip"] else None
    if track is not None:
        strip = track.strips[0]
        data.action = strip.action
        if getattr(strip, "action_slot", None) is not None:
            data.action_slot = strip.action_slot
        data.nla_tracks.remove(track)
    elif not (data.action or data.nla_tracks or data.drivers):
        obj.animation_data_clear()
