"""Other values for what a scene begins with: poses, velocities, settings of bodies, gravity.

They come as plain data by the scene graph's names, those of the world by "": ``{"Ball": {"location": (0, 0, 1),
"body.mass": 2.0}, "": {"gravity": (0, 0, -5)}}``, in SI units and the world frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import bpy
import numpy as np

from .names import BODY_FIELDS, OUR_OBJECT_KEYS
from .objects import move, place, resize
from .selection import select

StartValues = Mapping[str, Mapping[str, Any]]


def write_start(scene: bpy.types.Scene, changes: StartValues) -> list[str]:
    """Write such values into a scene; gives the names of objects that it does not have (any more).

    Raises EngineError where a constraint or a parent keeps an object from its pose.
    """
    objects = select(scene).objects
    for name, values in changes.items():
        if not name:
            scene.gravity = values["gravity"]
        elif name in objects:
            _write(objects[name], values)
    bpy.context.view_layer.update()
    return [name for name in changes if name and name not in objects]


def _write(obj: bpy.types.Object, values: Mapping[str, Any]) -> None:
    bpy.context.view_layer.update()
    _pose(obj, values)
    for field, value in values.items():
        if field.startswith("body."):
            if obj.rigid_body is not None:
                setattr(obj.rigid_body, BODY_FIELDS[field.removeprefix("body.")], value)
        elif field in OUR_OBJECT_KEYS:
            obj[OUR_OBJECT_KEYS[field]] = tuple(value)


def _pose(obj: bpy.types.Object, values: Mapping[str, Any]) -> None:
    """Set what is given of a pose; the rest stays as it is shown."""
    location, rotation, scale = obj.matrix_world.decompose()
    location, rotation = values.get("location", tuple(location)), values.get("rotation", tuple(rotation))
    scale = values.get("scale", tuple(scale))
    if "rotation" in values or ("location" in values and not move(obj, np.array(location))):
        place(obj, np.array(location), np.array(rotation), scale)
    if "scale" in values:
        resize(obj, np.array(location), np.array(rotation), scale)
