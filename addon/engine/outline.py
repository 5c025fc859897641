"""A scene as rules can speak of it: names, kinds, shapes, bodies and properties, read in a moment and without a change.

Reading all of a scene (`read_scene`) evaluates meshes and steps through keyframes, which a window has no time for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import bpy

from ..scene_graph import SCHEMA_VERSION, SceneGraph, SceneGraphError
from ..scene_graph.files import validate_scene_graph
from .custom import custom_fields
from .joints import read_joints
from .keeping import is_kinematic, kept_properties
from .materials import fixed_channels
from .names import BODY_FIELDS
from .notes import other_objects
from .numbers import single
from .protocol import SceneFileError
from .read import read_world
from .scene_collections import read_collections
from .selection import has_vertices, select
from .shape_keys import keys_of

_SPOKEN_OF = ("type", "shape", "mass", "kinematic", "enabled")
"""Settings of bodies that rules ask for."""


def read_outline(scene: bpy.types.Scene) -> SceneGraph:
    """The scene graph of the context's scene as far as rules ask for it: everything stands at the origin, shapes are
    the corners of their bounding boxes, and a run on the timeline counts as taken off.

    Two outlines are equal if a rule says the same in both. Raises SceneFileError for values that are not finite.
    """
    selection = select(scene)
    collections = read_collections(scene)
    joints = read_joints(selection)[0]
    objects = [
        _outlined(name, obj, name in selection.bodies, collections.get(obj, ()))
        for name, obj in selection.objects.items()
    ]
    data = {
        "schema_version": SCHEMA_VERSION,
        "name": scene.name,
        "world": read_world(scene) | {"enabled": True},
        "objects": objects,
        "constraints": [{**joint, "location": (0, 0, 0), "rotation": (1, 0, 0, 0)} for joint in joints],
        "others": other_objects(selection, {joint["name"] for joint in joints}),
    }
    try:
        return validate_scene_graph(data)
    except SceneGraphError as error:
        raise SceneFileError(str(error)) from None


def _outlined(name: str, obj: bpy.types.Object, simulated: bool, collections: Iterable[str]) -> dict[str, Any]:
    has_shape = has_vertices(obj)
    data: dict[str, Any] = {
        "name": name,
        "collections": sorted(collections),
        **custom_fields(obj, kept_properties(obj)),
    }
    light: Any = obj.data
    if obj.type == "LIGHT":
        data["light"] = {"type": light.type}
    elif obj.type == "FONT":
        data["text"] = {"body": ""}
    if obj.active_material is not None:
        data["material"] = {"fixed": fixed_channels(obj.active_material)}
    if has_shape:
        data["shape_keys"] = [{"name": key.name} for key in keys_of(obj)]
        data["geometry"] = {"type": "MESH", "vertices": [list(corner) for corner in obj.bound_box], "faces": []}
    if has_shape and obj.rigid_body is not None:
        values = {field: getattr(obj.rigid_body, BODY_FIELDS[field]) for field in _SPOKEN_OF}
        values |= {"mass": single(values["mass"]), "kinematic": is_kinematic(obj)}
        data["body"] = values | {"simulated": simulated}
    return data
