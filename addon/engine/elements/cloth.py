"""Cloth in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import Cloth
from ..force_fields import read_weights
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

MODIFIER = "CLOTH"
"""The type of Blender's modifier."""

COLLISION = (
    *("use_collision", "collision_quality", "distance_min", "impulse_clamp"),
    *("use_self_collision", "self_distance_min", "self_friction", "self_impulse_clamp"),
)
"""Fields that Blender keeps with the cloth's collisions."""

OTHERWISE = ("type", "pins", "pressure", "shrink", "weights", "starts")
"""Fields that are no single setting of Blender's."""

PLAIN = tuple(name for name in Cloth.model_fields if name not in (*COLLISION, *OTHERWISE))


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The cloth of an object as plain data."""
    settings, collisions = modifier.settings, modifier.collision_settings
    told = read_fields(settings, PLAIN) | read_fields(collisions, COLLISION)
    plain = read_fields(settings, ("uniform_pressure_force", "shrink_min"))
    told |= {
        "pins": read_group(obj, settings.vertex_group_mass),
        "pressure": plain["uniform_pressure_force"] if settings.use_pressure else None,
        "shrink": plain["shrink_min"],
        "weights": read_weights(settings, single),
    }
    return told | read_starts(obj, modifier)


def add(obj: bpy.types.Object, cloth: Cloth) -> None:
    """Make an object a cloth."""
    modifier: Any = obj.modifiers.new("Cloth", "CLOTH")
    settings = modifier.settings
    write_fields(settings, {name: getattr(cloth, name) for name in PLAIN})
    write_fields(modifier.collision_settings, {name: getattr(cloth, name) for name in COLLISION})
    settings.use_pressure = cloth.pressure is not None
    settings.uniform_pressure_force = cloth.pressure or 0.0
    settings.shrink_min = cloth.shrink
    if cloth.pins:
        settings.vertex_group_mass = write_group(obj, "Pins", cloth.pins)
    write_weights(settings.effector_weights, cloth.weights)
    write_starts(modifier, cloth.starts)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a cloth that the scene graph has not."""
    carried = (*PLAIN, "vertex_group_mass", "use_pressure", "uniform_pressure_force", "shrink_min")
    aside = ("tension_stiffness_max", "compression_stiffness_max", "shear_stiffness_max", "bending_stiffness_max")
    told = unusual(modifier.settings, (*carried, *aside, "gravity"), ("goal_", "internal_", "voxel_"))
    return early(obj, modifier) + told + unusual(modifier.collision_settings, COLLISION, ("friction", "damping"))
