"""What an object was before a run on the timeline: kept in the run's action, switched off while it plays, given back.

Everything is kept in custom properties, so that undo and files keep it in step with the objects.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import bpy
from mathutils import Matrix

from .keys import curves_for
from .looks import give_back
from .motions import Motion
from .names import PREFIX

OWN = PREFIX + "playback"
"""Custom property of our actions (what the object was before) and of a scene that plays a run (what it was before)."""

DELTAS: dict[str, tuple[float, ...]] = {
    "delta_location": (0.0, 0.0, 0.0),
    "delta_rotation_euler": (0.0, 0.0, 0.0),
    "delta_rotation_quaternion": (1.0, 0.0, 0.0, 0.0),
    "delta_scale": (1.0, 1.0, 1.0),
}
"""Delta transforms that do nothing."""

ROTATIONS = ("rotation_euler", "rotation_quaternion", "rotation_axis_angle")
QUATERNION = 0
"""What curves call this rotation mode."""

_LAYERING = {"action_blend_type": "REPLACE", "action_influence": 1.0, "action_extrapolation": "HOLD"}
"""How an action must lie over the tracks below it to hide them."""


def property_path(key: str) -> str:
    """Blender's path of a custom property."""
    return f'["{bpy.utils.escape_identifier(key)}"]'


def owned_paths(obj: bpy.types.Object, motion: Motion) -> dict[str, tuple[float, ...]]:
    """The properties that are the run's while it plays, each with the values that keep it from acting, if it may."""
    paths: dict[str, tuple[float, ...]] = {}
    if motion.is_posed:
        paths |= DELTAS
        for constraint in obj.constraints:
            path = f'constraints["{bpy.utils.escape_identifier(constraint.name)}"]'
            paths |= {f"{path}.mute": (1.0,), f"{path}.enabled": (0.0,)}
    if motion.location is not None:
        paths["location"] = ()
    if motion.rotation is not None:
        paths |= {"rotation_mode": (QUATERNION,)} | dict.fromkeys(ROTATIONS, ())
    if motion.scale is not None:
        paths["scale"] = ()
    paths |= dict.fromkeys((*motion.switches, *(["color"] if "color" in motion.looks else [])), ())
    return paths | {property_path(key): () for key in motion.properties}


def keep(obj: bpy.types.Object, motion: Motion) -> dict[str, Any]:
    """Switch off what else moves an object; returns what it was, for a custom property."""
    kept, state = hold(obj, owned_paths(obj, motion))
    state["properties"] = {key: _plain(obj.get(key)) for key in motion.properties if obj.get(key) is not None}
    state["visibility"] = {path: getattr(obj, path) for path in motion.switches}
    if "color" in motion.looks:
        state["color"] = list(obj.color)
    if motion.is_posed:
        state["mode"] = obj.rotation_mode
        state["pose"] = {path: list(getattr(obj, path)) for path in ("location", *ROTATIONS, "scale", *DELTAS)}
        state["constraints"] = [[constraint.name, constraint.mute] for constraint in obj.constraints]
        for path, neutral in DELTAS.items():
            setattr(obj, path, neutral)
        for constraint in obj.constraints:
            constraint.mute = True
    if motion.unparented and obj.parent is not None:
        kept["parent"] = obj.parent
        inverse = [list(row) for row in obj.matrix_parent_inverse]
        state["parenting"] = [obj.parent_type, obj.parent_bone, list(obj.parent_vertices), inverse]
        obj.parent = None
    return kept | {"state": json.dumps(state)}


def hold(owner: Any, paths: Collection[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Switch off what animates properties of a data-block besides its action, which is to be another one; returns what
    it was: data-blocks, and plain data."""
    has_data, data = owner.animation_data is not None, owner.animation_data or owner.animation_data_create()
    state: dict[str, Any] = {"has_data": has_data, "layering": _put_on_top(data), "drivers": [], "slot": None}
    for driver in data.drivers:
        if driver.data_path in paths and not driver.mute:
            driver.mute = True
            state["drivers"].append([driver.data_path, driver.array_index])
    if data.action is None:
        return {}, state
    state["slot"] = getattr(getattr(data, "action_slot", None), "handle", None)
    return {"action": data.action}, state


def let_go(owner: Any, own: Any) -> None:
    """Give a data-block back what animated it; ``own`` is what `hold` returned, the plain data as JSON in ``state``."""
    kept = own.to_dict()
    state, data = json.loads(kept["state"]), owner.animation_data
    data.action = kept.get("action")
    if data.action is not None and hasattr(data.action, "slots"):  # Blender chooses a slot where there was none.
        data.action_slot = next((slot for slot in data.action.slots if slot.handle == state["slot"]), None)
    muted = {(path, index) for path, index in state["drivers"]}
    for driver in data.drivers:
        if (driver.data_path, driver.array_index) in muted:
            driver.mute = False
    _put_back(data, state["layering"])
    if not (state["has_data"] or data.action or data.nla_tracks or data.drivers):
        owner.animation_data_clear()


def kept_properties(obj: bpy.types.Object) -> dict[str, Any]:
    """The custom properties that a run on the timeline moves, as they were before it; none where none plays."""
    action: Any = obj.animation_data.action if obj.animation_data is not None else None
    own = action.get(OWN) if action is not None else None
    if own is None:
        return {}
    found: dict[str, Any] = json.loads(own["state"])["properties"]
    return found


def follow_keys(obj: bpy.types.Object, run: bpy.types.Action) -> None:
    """Have a body that physics moves follow the keys of its run's action, and push others, so that its scene's physics
    may stay on; `release` gives it back."""
    own = run[OWN].to_dict()
    body: Any = obj.rigid_body
    own["state"] = json.dumps(json.loads(own["state"]) | {"kinematic": body.kinematic})
    run[OWN] = own
    slot = getattr(obj.animation_data, "action_slot", None)
    curves = curves_for(run, obj.animation_data, obj, getattr(slot, "handle", None))
    for curve in [curve for curve in curves if curve.data_path == "rigid_body.kinematic"]:
        curves.remove(curve)
    body.kinematic = True


def is_kinematic(obj: bpy.types.Object) -> bool:
    """Whether the body of an object is kinematic, a run that it follows on the timeline counting as taken off."""
    action: Any = obj.animation_data.action if obj.animation_data is not None else None
    own = action.get(OWN) if action is not None else None
    state = json.loads(own["state"]) if own is not None else {}
    return bool(state.get("kinematic", obj.rigid_body.kinematic))


def release(obj: bpy.types.Object, own: Any) -> None:
    """Give an object back what it was; ``own`` is what `keep` returned."""
    kept = own.to_dict()
    state = json.loads(kept["state"])
    let_go(obj, own)
    give_back(obj, kept)
    if kept.get("parent") is not None:
        obj.parent = kept["parent"]
        obj.parent_type, obj.parent_bone, obj.parent_vertices, inverse = state["parenting"]
        obj.matrix_parent_inverse = Matrix(inverse)  # A plain list would be taken column by column.
    if "pose" in state:
        obj.rotation_mode = state["mode"]
        for path, values in state["pose"].items():
            setattr(obj, path, values)
    for name, mute in state.get("constraints", ()):
        if name in obj.constraints:
            obj.constraints[name].mute = mute
    for path, value in state["visibility"].items():
        setattr(obj, path, value)
    for key, value in state["properties"].items():
        obj[key] = value
    if "color" in state:
        obj.color = state["color"]
    if "kinematic" in state and obj.rigid_body is not None:
        obj.rigid_body.kinematic = state["kinematic"]


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) else list(value)


def _put_on_top(data: Any) -> dict[str, Any]:
    """Have the action of animation data hide the tracks below it; returns how it was."""
    before = {"tweak": data.use_tweak_mode}
    data.use_tweak_mode = False
    before |= {name: getattr(data, name) for name in _LAYERING}
    for name, value in _LAYERING.items():
        setattr(data, name, value)
    tracks = list(data.nla_tracks)
    solo = next((number for number, track in enumerate(tracks) if track.is_solo), None)
    if solo is not None:
        before |= {"solo": solo, "mutes": [track.mute for track in tracks]}
        tracks[solo].is_solo = False
        for track in tracks:
            track.mute = track.mute or track != tracks[solo]
    return before


def _put_back(data: Any, before: dict[str, Any]) -> None:
    tracks = list(data.nla_tracks)
    for track, mute in zip(tracks, before.get("mutes", ()), strict=False):
        track.mute = mute
    if before.get("solo", len(tracks)) < len(tracks):
        tracks[before["solo"]].is_solo = True
    for name in _LAYERING:
        setattr(data, name, before[name])
    if before["tweak"]:
        data.use_tweak_mode = True


def has_layers(data: Any) -> bool:
    """Whether there are tracks below the action that act."""
    return bool(data.use_nla and len(data.nla_tracks))


def is_heard(data: Any, own: Any) -> bool:
    """Whether the action that an object had acted before: not where one track alone was on."""
    return "action" in own and "solo" not in json.loads(own["state"])["layering"]
