"""Colliders in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import Collider
from ..unusual import unusual
from .settings import read_fields, write_fields

MODIFIER = "COLLISION"
"""The type of Blender's modifier."""

PLAIN = tuple(name for name in Collider.model_fields if name != "type")


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The collider that an object is, as plain data."""
    return read_fields(obj.collision, PLAIN)


def add(obj: bpy.types.Object, collider: Collider) -> None:
    """Make an object a collider."""
    obj.modifiers.new("Collision", "COLLISION")
    write_fields(obj.collision, {name: getattr(collider, name) for name in PLAIN})


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of a collider that the scene graph has not."""
    return unusual(obj.collision, PLAIN)
