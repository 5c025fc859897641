"""Where Blender keeps what is seen of an object besides its pose. Read in the window, so it imports little."""

from __future__ import annotations

from typing import Any, NamedTuple

import bpy

from .names import PREFIX
from .shaders import input_of

ADDED = PREFIX + "added_slot"
"""Custom property of a mesh or text that got a slot for the materials of the objects that show it."""


class Place(NamedTuple):
    """A property of a data-block."""

    owner: Any
    path: str


def places(obj: bpy.types.Object, field: str) -> list[Place]:
    """The properties that hold what is seen of an object, ``field`` being a name of `fields.LOOKS` or a shape key's.

    A material's colour is at two places, its shader's and that of the viewport.
    """
    group, _, name = field.partition(".")
    data: Any = obj.data
    match group:
        case "color":
            return [Place(obj, "color")]
        case "light" | "text":
            return [Place(data, name)]
        case "shape_key":
            return [Place(data.shape_keys, f'key_blocks["{bpy.utils.escape_identifier(name)}"].value')]
    material = obj.active_material
    if material is None:
        return []
    socket = input_of(material, name)
    found = [Place(material.node_tree, socket.path_from_id("default_value"))] if socket is not None else []
    return [*found, Place(material, "diffuse_color")] if name == "color" else found


def put(place: Place, value: Any) -> None:
    """Set a property."""
    parent, _, name = place.path.rpartition(".")
    setattr(place.owner.path_resolve(parent) if parent else place.owner, name, value)


def others_with(obj: bpy.types.Object, field: str) -> list[bpy.types.Object]:
    """Other objects that show the same data-block, and would change with it."""
    group = field.partition(".")[0]
    if group == "material":
        material = obj.active_material
        if material is None:
            return []
        return [o for o in bpy.data.objects if o != obj and any(s.material == material for s in o.material_slots)]
    if group == "color" or obj.data is None:
        return []
    return [o for o in bpy.data.objects if o != obj and o.data == obj.data]


def has_own(obj: bpy.types.Object, field: str) -> bool:
    """Whether what is seen of an object can be changed without changing another one, or a library's."""
    group = field.partition(".")[0]
    if group == "material":
        material = obj.active_material
        return material is not None and material.library is None and not others_with(obj, field)
    return group == "color" or (obj.data.library is None and not others_with(obj, field))


def make_own(obj: bpy.types.Object, field: str) -> dict[str, Any]:
    """Give an object a material or a light of its own, for now; returns what it had, for `give_back`."""
    if field.startswith("material."):
        return _own_material(obj)
    kept = {"data": obj.data}
    obj.data = obj.data.copy()
    return kept


def _own_material(obj: bpy.types.Object) -> dict[str, Any]:
    """The slot keeps the copy for this object alone, whose mesh others may have too."""
    before, data = obj.active_material, obj.data
    kept: dict[str, Any] = {}
    if before is None:
        made = bpy.data.materials.new(f"{obj.name} surface")
        if bpy.app.version < (5, 0):
            made.use_nodes = True
    else:
        made, kept["material"] = before.copy(), before
    if not obj.material_slots:
        data.materials.append(None)
        data[ADDED] = True
    slot = obj.material_slots[obj.active_material_index]
    kept |= {"index": obj.active_material_index, "link": slot.link}
    slot.link = "OBJECT"
    slot.material = made
    return kept


def give_back(obj: bpy.types.Object, kept: dict[str, Any]) -> None:
    """Give an object back what it had before `make_own`; what it got in its place is deleted."""
    if "data" in kept:
        ours, obj.data = obj.data, kept["data"]
        bpy.data.batch_remove([ours])
    if "index" in kept:
        slot = obj.material_slots[kept["index"]]
        ours = slot.material
        slot.material = kept.get("material") if kept["link"] == "OBJECT" else None
        slot.link = kept["link"]
        _take_slot(obj.data)
        if ours is not None and not ours.users:
            bpy.data.materials.remove(ours)


def _take_slot(data: Any) -> None:
    """Take the slot that a mesh or text got once no object has a material of its own in it."""
    users = [o for o in bpy.data.objects if o.data == data]
    if ADDED not in data or any(slot.link == "OBJECT" for o in users for slot in o.material_slots):
        return
    del data[ADDED]
    data.materials.pop()
    for obj in users:
        obj.data = data  # else the object still counts the slot
