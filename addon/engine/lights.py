"""Lights and texts as the scene graph has them, read from Blender's objects and built for them."""

from __future__ import annotations

from typing import Any

import bpy

from ..scene_graph import Light, Text
from .numbers import color_of, single

SIZES = {"POINT": "shadow_soft_size", "SPOT": "shadow_soft_size", "SUN": "angle", "AREA": "size"}
"""What Blender calls the size of a light, by its type."""


def read_light(obj: bpy.types.Object) -> dict[str, Any] | None:
    """The light of an object as plain data; None for other objects."""
    if obj.type != "LIGHT":
        return None
    data: Any = obj.data
    told = {
        "type": data.type,
        "energy": single(data.energy),
        "color": color_of(data.color),
        "size": single(getattr(data, SIZES[data.type])),
    }
    return told | (
        {"spot_angle": single(data.spot_size), "spot_blend": single(data.spot_blend)} if data.type == "SPOT" else {}
    )


def make_light(name: str, light: Light) -> bpy.types.Light:
    """A light of Blender's."""
    made: Any = bpy.data.lights.new(name, light.type)
    made.energy, made.color = light.energy, light.color
    setattr(made, SIZES[light.type], light.size)
    if light.type == "SPOT":
        made.spot_size, made.spot_blend = light.spot_angle, light.spot_blend
    return made


def read_text(obj: bpy.types.Object) -> dict[str, Any] | None:
    """The text of an object as plain data; None for other objects."""
    if obj.type != "FONT":
        return None
    data: Any = obj.data
    return {"body": data.body, "size": single(data.size), "extrude": single(data.extrude), "align": data.align_x}


def make_text(name: str, text: Text) -> bpy.types.Curve:
    """A text of Blender's, in its own font."""
    made: Any = bpy.data.curves.new(name, "FONT")
    made.body, made.size, made.extrude, made.align_x = text.body, text.size, text.extrude, text.align
    return made
