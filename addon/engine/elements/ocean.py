"""Water with waves in Blender."""

from __future__ import annotations

from typing import Any

import bpy

from ...scene_graph import Ocean
from ..keys import LINEAR
from ..unusual import unusual
from .keyed import add_keys, path_of, read_keys
from .settings import read_fields, write_fields

MODIFIER = "OCEAN"
"""The type of Blender's modifier."""

OTHERWISE = ("type", "times")
"""Fields that are no single setting of Blender's."""

PLAIN = tuple(name for name in Ocean.model_fields if name not in OTHERWISE)


def keyed_path(modifier: Any) -> str:
    """How an object calls the time of its waves."""
    return path_of(modifier, "time")


def read(obj: bpy.types.Object, modifier: Any) -> dict[str, Any]:
    """The ocean of an object as plain data. Its time is that at the start of its times, where there are any."""
    times = read_keys(obj, keyed_path(modifier), "LINEAR")
    told = read_fields(modifier, PLAIN)
    return told | {"times": times, "time": times[0][1] if times else told["time"]}


def add(obj: bpy.types.Object, ocean: Ocean) -> None:
    """Make an object an ocean."""
    modifier: Any = obj.modifiers.new("Ocean", MODIFIER)
    write_fields(modifier, {name: getattr(ocean, name) for name in PLAIN})
    add_keys(obj, keyed_path(modifier), ocean.times, LINEAR)


def beyond(obj: bpy.types.Object, modifier: Any) -> list[str]:
    """Settings of an ocean that the scene graph has not."""
    aside = ("show_", "is_", "use_pin", "use_apply", "frame_", "filepath", "bake_", "foam_layer", "spray_layer")
    return unusual(modifier, PLAIN, aside)
