"""Rigid-body constraints of Blender as joints of the scene graph."""

from __future__ import annotations

from typing import Any

import bpy

from ..scene_graph import Note
from .animation import holders
from .names import MOTORS
from .numbers import pose_of, single
from .selection import Selection

_AXES = ("lin_x", "lin_y", "lin_z", "ang_x", "ang_y", "ang_z")


def read_joints(selection: Selection) -> tuple[list[dict[str, Any]], list[Note]]:
    """The joints as plain data, and notes on what is animated of them and on those that Blender ignores, left out."""
    found, left_out = [], []
    for name, holder in selection.joints.items():
        problem = _ignored(holder, selection)
        if problem is None:
            left_out += _animated(name, holder)
            found.append(_joint(name, holder, selection))
        else:
            text = f"the joint '{name}' is left out, as Blender ignores it: {problem}"
            left_out.append(Note(subject=name, feature="joint", text=text, missing_in=("json",)))
    return found, left_out


def _animated(name: str, holder: bpy.types.Object) -> list[Note]:
    """Notes on settings of a joint that keyframes or drivers change."""
    paths = sorted({h.path for h in holders(holder) if h.path.startswith("rigid_body_constraint.")})
    chance = "the first value is carried, and Blender takes the others within their steps early or late, by chance"
    texts = [f"the joint '{name}': {path} is animated; {chance}" for path in paths]
    return [Note(subject=name, feature="animation", text=text, missing_in=("json", "run")) for text in texts]


def _ignored(holder: bpy.types.Object, selection: Selection) -> str | None:
    settings: Any = holder.rigid_body_constraint
    ends = settings.object1, settings.object2
    if None in ends:
        return "it needs two objects" if any(ends) else "it joins nothing"
    for end in ends:
        if selection.name(end) not in selection.bodies:
            return f"'{end.name}' is not in the rigid-body world"
    return "it joins an object to itself" if ends[0] == ends[1] else None


def _joint(name: str, holder: bpy.types.Object, selection: Selection) -> dict[str, Any]:
    settings: Any = holder.rigid_body_constraint
    location, rotation, _ = pose_of(holder)
    data: dict[str, Any] = {
        "name": name,
        "type": settings.type,
        "object1": selection.name(settings.object1),
        "object2": selection.name(settings.object2),
        "location": location,
        "rotation": rotation,
        "enabled": settings.enabled,
        "disable_collisions": settings.disable_collisions,
        "breaking_threshold": single(settings.breaking_threshold) if settings.use_breaking else None,
        "solver_iterations": settings.solver_iterations if settings.use_override_solver_iterations else None,
        "spring_type": settings.spring_type,
        "limits": {axis: _limit(settings, axis) for axis in _AXES if getattr(settings, f"use_limit_{axis}")},
        "springs": {axis: _spring(settings, axis) for axis in _AXES if getattr(settings, f"use_spring_{_short(axis)}")},
    }
    for field, short in MOTORS.items():
        if getattr(settings, f"use_motor_{short}"):
            data[field] = {
                "target_velocity": single(getattr(settings, f"motor_{short}_target_velocity")),
                "max_impulse": single(getattr(settings, f"motor_{short}_max_impulse")),
            }
    return data


def _short(axis: str) -> str:
    return axis.removeprefix("lin_")


def _limit(settings: Any, axis: str) -> dict[str, float]:
    return {end: single(getattr(settings, f"limit_{axis}_{end}")) for end in ("lower", "upper")}


def _spring(settings: Any, axis: str) -> dict[str, float]:
    return {kind: single(getattr(settings, f"spring_{kind}_{_short(axis)}")) for kind in ("stiffness", "damping")}
