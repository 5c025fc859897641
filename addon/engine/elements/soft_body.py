"""Soft bodies in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import SoftBody
from ..force_fields import read_weights
from ..names import PREFIX
from ..numbers import single
from ..unusual import unusual
from .settings import (
    early,
    read_fields,
    read_group,
    read_starts,
    write_fields,
    write_group,
    write_starts,
    write_weights,
)

MODIFIER = "SOFT_BODY"
"""The type of Blender's modifier."""

OTHERWISE = ("type", "goals", "weights", "collides", "starts")
"""Fields that are no single setting of Blender's."""

NOTHING = PREFIX + "nothing"
"""The collection, empty, of the colliders of what collides with nothing."""

PLAIN = tuple(name for name in SoftBody.model_fields if name not in OTHERWISE)


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The soft body of an object as plain data."""
    settings = modifier.settings
    goals = read_group(obj, settings.vertex_group_goal)
    found = {"goals": goals, "weights": read_weights(settings, single), "collides": not _goes_through(settings)}
    return read_fields(settings, PLAIN) | found | read_starts(obj, modifier)


def _goes_through(settings: Any) -> bool:
    """Whether it collides with the colliders of a collection in which there is none."""
    return settings.collision_collection is not None and not settings.collision_collection.all_objects


def add(obj: bpy.types.Object, soft: SoftBody) -> None:
    """Make an object a soft body."""
    modifier: Any = obj.modifiers.new("Softbody", "SOFT_BODY")
    settings = modifier.settings
    write_fields(settings, {name: getattr(soft, name) for name in PLAIN})
    if soft.goals:
        settings.vertex_group_goal = write_group(obj, "Goal", soft.goals)
    if not soft.collides:
        settings.collision_collection = bpy.data.collections.get(NOTHING) or bpy.data.collections.new(NOTHING)
    write_weights(settings.effector_weights, soft.weights)
    write_starts(modifier, soft.starts)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a soft body that the scene graph has not."""
    carried = [*PLAIN, "vertex_group_goal", "gravity"]
    if _goes_through(modifier.settings):
        carried.append("collision_collection")
    unseen = ("use_diagnose", "use_estimate", "location_", "rotation_", "scale_")
    return early(obj, modifier) + unusual(modifier.settings, carried, unseen)
