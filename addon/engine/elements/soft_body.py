"""Soft bodies in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import SoftBody
from ..force_fields import read_weights
from ..numbers import single
from ..unusual import unusual
from .settings import read_fields, read_group, write_fields, write_group, write_weights

MODIFIER = "SOFT_BODY"
"""The type of Blender's modifier."""

OTHERWISE = ("type", "goals", "weights")
"""Fields that are no single setting of Blender's."""

PLAIN = tuple(name for name in SoftBody.model_fields if name not in OTHERWISE)


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The soft body of an object as plain data."""
    settings = modifier.settings
    goals = read_group(obj, settings.vertex_group_goal)
    return read_fields(settings, PLAIN) | {"goals": goals, "weights": read_weights(settings, single)}


def add(obj: bpy.types.Object, soft: SoftBody) -> None:
    """Make an object a soft body."""
    modifier: Any = obj.modifiers.new("Softbody", "SOFT_BODY")
    settings = modifier.settings
    write_fields(settings, {name: getattr(soft, name) for name in PLAIN})
    if soft.goals:
        settings.vertex_group_goal = write_group(obj, "Goal", soft.goals)
    write_weights(settings.effector_weights, soft.weights)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a soft body that the scene graph has not."""
    carried = (*PLAIN, "vertex_group_goal", "gravity")
    unseen = ("use_diagnose", "use_estimate", "location_", "rotation_", "scale_")
    return unusual(modifier.settings, carried, unseen)
