"""A run that is on a scene's timeline: which one it is, and what the user has changed of its objects since.

Blender forgets an unkeyed change of an animated object at the next frame, undo or loading. Such changes are noted as
they are made, so that the next run starts from where the user has put things.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

import bpy
import numpy as np
from mathutils import Euler, Matrix, Quaternion, Vector

from .names import PREFIX
from .playback import OWN, take_out

RUN = PREFIX + "run"
"""Custom property of a scene: JSON of what `mark` was told of the run."""

PUT = PREFIX + "put"
"""Custom property of an object that plays a run: JSON of its name, of what the run left as it was, and of its keys."""

EDITS = PREFIX + "edits"
"""Custom property of an object that plays a run: JSON of what the user has changed since, by channel."""

POSE = ("location", "rotation", "scale")
CHANNELS = (*POSE, "hide_viewport", "hide_render", "color")
ROTATIONS = {"QUATERNION": "rotation_quaternion", "AXIS_ANGLE": "rotation_axis_angle"}
EULER = "rotation_euler"
TOLERANCE = 1e-5
"""Difference of a value from a curve that is none, as part of the value if that is above 1."""

Edits = dict[str, Any]
Curves = dict[str, list[Any]]


def mark(scene: bpy.types.Scene, told: Mapping[str, Any], objects: Iterable[bpy.types.Object] | None = None) -> None:
    """Say which run is on the timeline, once all of it is there and the scene stands at its first frame.

    ``told`` is plain data; the scene's last frame is added. Where it came to another run, ``objects`` are its own.
    """
    for obj in playing(scene) if objects is None else objects:
        curves = _curves(obj)
        still = {channel: _value(obj, channel) for channel in CHANNELS if channel not in curves}
        keys = {channel: _sum(found) for channel, found in curves.items()}
        obj[PUT] = json.dumps({"name": obj.name, "still": still, "keys": keys})
        obj.pop(EDITS, None)
    scene[RUN] = json.dumps({**told, "frame_end": scene.frame_end})


def run_of(scene: bpy.types.Scene) -> dict[str, Any] | None:
    """What `mark` was told of the run that is on the timeline; None without one. Not to be changed."""
    text = scene.get(RUN)
    return _parsed(text) if isinstance(text, str) else None


@lru_cache(maxsize=16)
def _parsed(text: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(text)
    return told


def playing(scene: bpy.types.Scene) -> list[bpy.types.Object]:
    """The objects of this file that play a run, copies that were made of them included."""
    return [obj for obj in scene.objects if obj.library is None and _action(obj) is not None]


def note_edits(
    scene: bpy.types.Scene,
    objects: Iterable[bpy.types.Object] | None = None,
    fresh: set[tuple[str, str]] | None = None,
    keyed: bool = False,
) -> None:
    """Note where objects are elsewhere than the run has them at this frame; all that play it if none are named.

    ``fresh`` holds what was noted since the frame changed, as (object, channel): it is forgotten if the object is
    where the run has it again, as after a cancelled grab. ``keyed`` says that keys were set, which makes a change the
    curve's own: it stays, and where Blender sets keys by itself it is noted.
    """
    if run_of(scene) is None:
        return
    by_itself = keyed and scene.tool_settings.use_keyframe_insert_auto
    for obj in playing(scene) if objects is None else objects:
        _note(obj, scene.frame_current_final, set() if fresh is None else fresh, keyed, by_itself)


def _note(obj: bpy.types.Object, frame: float, fresh: set[tuple[str, str]], keyed: bool, by_itself: bool) -> None:
    edits, put = _edits(obj), json.loads(obj.get(PUT, "{}"))
    before = dict(edits)
    for channel, curves in _curves(obj).items():
        now, key = _value(obj, channel), (obj.name, channel)
        if _differs(now, _at(now, curves, frame)):
            edits[channel] = _total(obj, channel)
            fresh.add(key)
        elif keyed:
            fresh.discard(key)
            if by_itself and put and put["keys"].get(channel) != _sum(curves):
                edits[channel] = _total(obj, channel)
                put["keys"][channel] = _sum(curves)
                obj[PUT] = json.dumps(put)
        elif key in fresh:
            edits.pop(channel, None)
            fresh.discard(key)
    if edits != before:
        obj[EDITS] = json.dumps(edits)


def edited(scene: bpy.types.Scene) -> list[str]:
    """Names of the objects that the user has changed since the run was put on the timeline."""
    return [obj.name for obj in playing(scene) if _changes(obj)] if run_of(scene) is not None else []


def take_off(scene: bpy.types.Scene) -> list[str]:
    """Take the run off the timeline. What the user has changed since stays; returns the names of those objects.

    Copies that were made of playing objects become objects of their own, where they were put.
    """
    note_edits(scene)
    told, world = run_of(scene) or {}, scene.rigidbody_world
    changes = {obj: _changes(obj) for obj in playing(scene)}
    parented = {obj for obj in changes if obj.parent is not None}
    last = scene.frame_end if scene.frame_end != told.get("frame_end", scene.frame_end) else None
    is_on = world is not None and world.enabled
    _part(list(changes))
    take_out(scene)
    for obj, found in changes.items():
        _give(obj, found, obj in parented)
        for key in (PUT, EDITS):
            obj.pop(key, None)
    if last is not None:
        scene.frame_end = last
    if is_on:
        world.enabled = True
    scene.pop(RUN, None)
    bpy.context.view_layer.update()
    return [obj.name for obj, found in changes.items() if found]


def _action(obj: bpy.types.Object) -> Any:
    """The action by which an object plays a run, None if it does not."""
    action: Any = obj.animation_data.action if obj.animation_data is not None else None
    return action if action is not None and action.library is None and OWN in action else None


def _part(objects: list[bpy.types.Object]) -> None:
    """Give objects that share the action of another one, as linked duplicates do, copies of it."""
    taken: set[str] = set()
    for obj in sorted(objects, key=lambda obj: json.loads(obj.get(PUT, "{}")).get("name") != obj.name):
        data, action = obj.animation_data, _action(obj)
        if action.name in taken:
            slot = getattr(data, "action_slot", None)
            data.action = action.copy()
            if slot is not None:
                data.action_slot = next(s for s in data.action.slots if s.identifier == slot.identifier)
        taken.add(data.action.name)


def _curves(obj: bpy.types.Object) -> Curves:
    """The curves of the run by channel; without those that a driver overrules."""
    action, data = _action(obj), obj.animation_data
    if action is None:
        return {}
    driven = {(d.data_path, d.array_index) for d in data.drivers if not d.mute}
    found: Curves = {}
    for curve in _all_curves(action, data):
        path = curve.data_path
        channel = "rotation" if path == ROTATIONS.get(obj.rotation_mode, EULER) else path
        is_known = channel in CHANNELS or _is_number(obj, path)
        if is_known and (path, curve.array_index) not in driven:
            found.setdefault(channel, []).append(curve)
    return found


def _is_number(obj: bpy.types.Object, path: str) -> bool:
    """Whether a path is that of a custom property which holds a number or a switch."""
    return path.startswith('["') and isinstance(obj.get(json.loads(path[1:-1])), bool | int | float)


def _all_curves(action: Any, data: Any) -> list[Any]:
    if not hasattr(action, "slots"):
        return list(action.fcurves)
    bags = [strip.channelbag(data.action_slot) for layer in action.layers for strip in layer.strips]
    return [curve for bag in bags if bag is not None for curve in bag.fcurves]


def _sum(curves: Iterable[Any]) -> float:
    """The sum of all keys' values, which a key that is set changes."""
    total = 0.0
    for curve in curves:
        keys = np.empty(2 * len(curve.keyframe_points), dtype=np.float32)
        curve.keyframe_points.foreach_get("co", keys)
        total += float(keys[1::2].sum(dtype=np.float64))
    return total


def _value(obj: bpy.types.Object, channel: str) -> Any:
    """The present value of a channel; of a rotation its mode and its components."""
    if channel == "rotation":
        return [obj.rotation_mode, *getattr(obj, ROTATIONS.get(obj.rotation_mode, EULER))]
    value = obj.path_resolve(channel)
    return value if isinstance(value, bool | int | float) else list(value)


def _total(obj: bpy.types.Object, channel: str) -> Any:
    """The value of a channel with the delta transform on it."""
    match channel:
        case "location":
            return list(obj.location + obj.delta_location)
        case "scale":
            return [a * b for a, b in zip(obj.scale, obj.delta_scale, strict=True)]
    return _value(obj, channel)


def _at(now: Any, curves: Collection[Any], frame: float) -> Any:
    """The value that curves give at a frame; components without a curve are those of now."""
    if not isinstance(now, list):
        return next(iter(curves)).evaluate(frame)
    found, first = list(now), len(now) - len([c for c in now if not isinstance(c, str)])
    for curve in curves:
        found[first + curve.array_index] = curve.evaluate(frame)
    return found


def _differs(now: Any, put: Any) -> bool:
    if isinstance(now, list):
        return len(now) != len(put) or any(_differs(a, b) for a, b in zip(now, put, strict=True))
    if isinstance(now, str) or isinstance(put, str):
        return bool(now != put)
    return abs(float(now) - float(put)) > TOLERANCE * max(1.0, abs(float(put)))


def _edits(obj: bpy.types.Object) -> Edits:
    found: Edits = json.loads(obj.get(EDITS, "{}"))
    return found


def _changes(obj: bpy.types.Object) -> Edits:
    """What the user has changed of an object: what was noted, and what the run leaves alone."""
    still = json.loads(obj.get(PUT, "{}")).get("still", {})
    changed = [channel for channel, put in still.items() if _differs(_value(obj, channel), put)]
    return {channel: _total(obj, channel) for channel in changed} | _edits(obj)


def _give(obj: bpy.types.Object, changes: Edits, had_parent: bool) -> None:
    """Set channels of an object that is as it was before the run; those of its pose as they were in its parent."""
    for channel, value in changes.items():
        if channel.startswith('["'):
            obj[json.loads(channel[1:-1])] = value
        elif channel not in POSE:
            setattr(obj, channel, value)
    pose = {channel: value for channel, value in changes.items() if channel in POSE}
    acts = any(not constraint.mute and constraint.influence for constraint in obj.constraints)
    if pose and (acts or had_parent != (obj.parent is not None)):
        _place(obj, pose, had_parent)
    elif pose:
        _set(obj, pose)
    obj.update_tag()


def _set(obj: bpy.types.Object, pose: Edits) -> None:
    """Set parts of an object's own pose; Blender takes delta transforms and the mode of rotation into account."""
    if "rotation" in pose:
        location, scale = obj.location.copy(), obj.scale.copy()
        obj.matrix_basis = _quaternion(pose["rotation"]).to_matrix().to_4x4()
        obj.location, obj.scale = location, scale
    if "location" in pose:
        obj.location = Vector(pose["location"]) - obj.delta_location
    if "scale" in pose:
        obj.scale = [a / b if b else a for a, b in zip(pose["scale"], obj.delta_scale, strict=True)]


def _place(obj: bpy.types.Object, pose: Edits, had_parent: bool) -> None:
    """Set parts of the pose in the parent, or in the world without one, of an object that is held otherwise too."""
    has_parent = had_parent and obj.parent is not None
    above = obj.parent.matrix_world @ obj.matrix_parent_inverse if has_parent else Matrix()
    location, rotation, scale = (above.inverted() @ obj.matrix_world).decompose()
    location, scale = pose.get("location", location), pose.get("scale", scale)
    rotation = _quaternion(pose["rotation"]) if "rotation" in pose else rotation
    wanted = above @ Matrix.LocRotScale(Vector(location), rotation, Vector(scale))
    obj.matrix_basis = obj.matrix_basis @ obj.matrix_world.inverted() @ wanted


def _quaternion(value: list[Any]) -> Quaternion:
    mode, *parts = value
    if mode == "QUATERNION":
        return Quaternion(parts)
    if mode == "AXIS_ANGLE":
        return Quaternion(parts[1:], parts[0])
    return Euler(parts, mode).to_quaternion()
