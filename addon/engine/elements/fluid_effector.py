"""What fluids flow around, in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import FluidEffector
from ..unusual import unusual
from .settings import read_fields, write_fields

MODIFIER = "FLUID"
"""The type of Blender's modifier."""

FLUID_TYPE = "EFFECTOR"

PLAIN = tuple(name for name in FluidEffector.model_fields if name != "type")


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """What an object is to fluids, as plain data."""
    return read_fields(modifier.effector_settings, PLAIN)


def add(obj: bpy.types.Object, effector: FluidEffector) -> None:
    """Let fluids flow around an object."""
    modifier: Any = obj.modifiers.new("Fluid", MODIFIER)
    modifier.fluid_type = FLUID_TYPE
    write_fields(modifier.effector_settings, {name: getattr(effector, name) for name in PLAIN})


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of it that the scene graph has not."""
    return unusual(modifier.effector_settings, PLAIN)
