"""Properties of modifiers that change while a run goes on, as values at its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from ..animation import curves_of
from ..keys import curves_for, fill
from ..numbers import single
from ..prescribed import TOLERANCE, needed, sampled_steps, times_of

Keys = list[tuple[int, Any]]


def path_of(modifier: Any, name: str) -> str:
    """How an object calls a property of one of its modifiers, or of the settings that one has (``settings.name``)."""
    return f'modifiers["{bpy.utils.escape_identifier(modifier.name)}"].{name}'


def read_keys(obj: bpy.types.Object, path: str, interpolation: str) -> Keys:
    """The values of an animated property by steps from the scene's first frame on, nothing where it is not animated.

    Keyframes of this ``interpolation`` on whole frames come as they are. What anything else does, such as a driver, is
    looked up frame by frame as far as the scene goes, and given by the fewest keys that say the same.
    """
    data: Any = obj.animation_data
    if data is None:
        return []
    curves = curves_of(data.action, getattr(data, "action_slot", None)) if data.action is not None else []
    own = [c for c in curves if c.data_path == path and not c.mute and not c.is_empty]
    driven = any(d.data_path == path and not d.mute for d in data.drivers)
    scene = bpy.context.scene
    if own and not driven and _is_plain(own[0], interpolation):
        points, speed = own[0].keyframe_points, scene.render.frame_map_new / scene.render.frame_map_old
        steps = [p.co[0] * speed - scene.frame_start for p in points]
        if steps[0] >= 0 and all(abs(step - round(step)) < 1e-3 for step in steps):
            return [(round(step), single(p.co[1])) for step, p in zip(steps, points, strict=True)]
    return _sampled(scene, obj, path, interpolation) if own or driven else []


def _is_plain(curve: Any, interpolation: str) -> bool:
    straight = all(p.interpolation == interpolation for p in curve.keyframe_points)
    return curve.extrapolation == "CONSTANT" and straight and not len(curve.modifiers)


def _sampled(scene: bpy.types.Scene, obj: bpy.types.Object, path: str, interpolation: str) -> Keys:
    now, found = scene.frame_current, []
    for frame in range(scene.frame_start, scene.frame_start + sampled_steps(scene) + 1):
        scene.frame_set(frame)
        found.append(single(obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).path_resolve(path)))
    scene.frame_set(now)
    if interpolation == "CONSTANT":
        steps = [k for k, value in enumerate(found) if k == 0 or value != found[k - 1]]
    else:
        reach = max(map(abs, found)) or 1.0
        steps = sorted(needed(np.array(found)[:, None], TOLERANCE * reach) | {0, len(found) - 1})
    return [(k, found[k]) for k in steps]


def add_keys(obj: bpy.types.Object, path: str, keys: Sequence[tuple[int, float]], interpolation: int) -> None:
    """Key a property at steps from the scene's first frame on, beside what else animates the object."""
    if not keys:
        return
    scene, data = bpy.context.scene, obj.animation_data_create()
    if data.action is None:
        data.action = bpy.data.actions.new(obj.name)
    slot = getattr(data, "action_slot", None)
    curves = curves_for(data.action, data, obj, slot.handle if slot is not None else None)
    steps, values = zip(*keys, strict=True)
    fill(curves, path, 0, times_of(scene, steps), np.array(values, dtype=np.float64), interpolation)
    scene.frame_end = max(scene.frame_end, scene.frame_start + steps[-1])
