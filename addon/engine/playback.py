"""A recorded run on the timeline: one action an object, taken out again without a trace.

An object that the run moves is moved by its keys alone while the run plays: its constraints, delta transforms, drivers
and other animation of its transform are switched off, for the recorded pose has them in it already. An object that
only follows others is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import bpy
import numpy as np

from .keeping import OWN, follow_keys, has_layers, is_heard, keep, owned_paths, property_path, release
from .keys import CONSTANT, LINEAR, curves_for, fill
from .motions import Array, Motion
from .played_looks import (
    STAND_IN,
    all_seen,
    animate_looks,
    key,
    own_looks,
    own_paths,
    seen_of,
    show_texts,
    take_out_looks,
    texts_of,
)

CHANNELS = {"location": ("location", 3), "rotation": ("rotation_quaternion", 4), "scale": ("scale", 3)}
EARLY = 1e-3
"""By which part of a frame a switch comes before one whose time is not a whole number, which is rounded."""


def own_objects(scene: bpy.types.Scene) -> dict[str, bpy.types.Object]:
    """The scene's objects that can be changed, by name: those of this file and overrides of linked ones."""
    return {obj.name: obj for obj in scene.objects if obj.library is None}


def play_back(scene: bpy.types.Scene, motions: Sequence[Motion], frames: int) -> Iterator[None]:
    """Put motions on the timeline from the scene's first frame on, object by object, yielding after each.

    Blender's own simulation is switched off, for it would move the bodies again. Objects that are gone are left out;
    take an earlier run out first.
    """
    start, name = scene.frame_start, scene.name
    world: Any = scene.rigidbody_world
    scene[OWN] = {"enabled": bool(world.enabled) if world else False, "frame_end": scene.frame_end}
    if world is not None:
        world.enabled = False
    scene.frame_end = max(scene.frame_end, start + frames - 1)
    times = (start + np.arange(frames)) * _speed(scene)
    for motion in motions:
        obj = bpy.data.objects.get((motion.name, None))
        if obj is not None and bpy.data.scenes[name] in obj.users_scene:
            _animate(obj, motion, times)
            yield


def follow_motions(scene: bpy.types.Scene) -> None:
    """Have all bodies of a run that is on the timeline follow it while physics is on: what has no motion stays still,
    what physics moves is moved by keys."""
    for obj in own_objects(scene).values():
        body: Any = obj.rigid_body
        if body is None or body.type != "ACTIVE" or not body.enabled:
            continue
        if _own_action(obj) is None:
            place = np.array([obj.location], dtype=np.float64)
            _animate(obj, Motion(obj.name, location=place), np.array([float(scene.frame_start)]) * _speed(scene))
        follow_keys(obj, _own_action(obj))


def is_played_back(scene: bpy.types.Scene) -> bool:
    """Whether a run is on the scene's timeline."""
    return OWN in scene


def take_out(scene: bpy.types.Scene) -> None:
    """Take the run off the timeline: everything is as it was before, simulation included."""
    _stop(scene.objects[:], all_seen())
    before = scene.get(OWN)
    if before is not None:
        if scene.rigidbody_world is not None:
            scene.rigidbody_world.enabled = bool(before["enabled"])
        scene.frame_end = before["frame_end"]
        del scene[OWN]
    scene.frame_set(scene.frame_start)


def stop_playing(objects: Sequence[bpy.types.Object]) -> None:
    """Give objects back what they were before the run that they play, in which others play on."""
    _stop(objects, seen_of(objects))


def _stop(objects: Sequence[bpy.types.Object], seen: Sequence[Any]) -> None:
    own = [obj for obj in objects if obj.library is None and STAND_IN not in obj]
    take_out_looks(objects, seen)
    ours = [(obj, action) for obj in own if (action := _own_action(obj)) is not None]
    for obj, action in ours:
        release(obj, action[OWN])
    for action in {action.name: action for _, action in ours}.values():
        bpy.data.actions.remove(action)


def _own_action(obj: bpy.types.Object) -> Any:
    """The action of an object if it is a run's."""
    action = obj.animation_data.action if obj.animation_data is not None else None
    return action if action is not None and OWN in action else None


def _speed(scene: bpy.types.Scene) -> float:
    """The time of a frame over its number: 1 where the timeline is not remapped."""
    return float(scene.render.frame_map_old / scene.render.frame_map_new)


def _animate(obj: bpy.types.Object, motion: Motion, times: Array) -> None:
    earlier = _own_action(obj)
    if earlier is not None:  # A run of another scene that has the object too.
        release(obj, earlier[OWN])
        bpy.data.actions.remove(earlier)
    before = keep(obj, motion) | own_looks(obj, motion)
    data: Any = obj.animation_data
    paths = owned_paths(obj, motion)
    action, curves = _action(obj, before, paths)
    action[OWN] = before
    if motion.rotation is not None:
        obj.rotation_mode = "QUATERNION"
    for path, values in paths.items() if has_layers(data) else ():
        for index, value in enumerate(values):
            fill(curves, path, index, times[:1], np.array([value]), CONSTANT)
    for channel, (path, size) in CHANNELS.items():
        values = getattr(motion, channel)
        for index in range(size) if values is not None else ():
            fill(curves, path, index, times, values[:, index], LINEAR)
    switches = np.where(times == times.round(), times, times - EARLY * np.ptp(times) / max(1, len(times) - 1))
    hidden = {path: _hidden(obj, motion, path, len(times)) for path in motion.switches}
    read = texts_of(motion, len(times))
    if read is not None:
        show_texts(obj, read, hidden, switches)
        hidden = {path: own | [text != obj.data.body for text in read] for path, own in hidden.items()}
    for path, absent in hidden.items():
        fill(curves, path, 0, switches, absent, CONSTANT)
    for name, changes in motion.properties.items():
        key(curves, property_path(name), changes, switches)
    for path, changes in own_paths(motion).items():
        key(curves, path, changes, switches)
    animate_looks(obj, motion, switches)


def _hidden(obj: bpy.types.Object, motion: Motion, path: str, frames: int) -> Array:
    """When an object is hidden ``[F]``."""
    hidden = np.full(frames, getattr(obj, path), dtype=np.bool_)
    for frame, value in motion.hidden.get(path, ()):
        hidden[frame:] = value
    return hidden if motion.present is None else hidden | ~motion.present


def _action(obj: bpy.types.Object, before: Mapping[str, Any], paths: Mapping[str, Any]) -> tuple[Any, Any]:
    """Give an object an action for a run, which goes on with what its own has besides; returns it with its curves."""
    data: Any = obj.animation_data
    name, slot = f"Dynamics {obj.name}", getattr(data, "action_slot", None)
    action: Any
    if is_heard(data, before) and (slot is not None or not hasattr(data.action, "slots")):
        action = data.action.copy()
        action.name, action.use_fake_user = name, False
        handle = getattr(slot, "handle", None)
    else:
        action, handle = bpy.data.actions.new(name), None
    data.action = action
    curves = curves_for(action, data, obj, handle)
    for curve in [c for c in curves if c.data_path in paths]:
        curves.remove(curve)
    return action, curves
