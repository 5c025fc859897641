"""Materials as the scene graph has them, read from Blender's objects and built for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import bpy

from ..scene_graph import Material
from .names import PREFIX
from .numbers import color_of, single
from .shaders import SHADERS, input_of, is_plain, shader_of
from .textures import add_texture, read_texture

CHANNELS = ("color", "emission_color", "emission_strength")

SHARES = {
    "roughness": "Roughness",
    "metallic": "Metallic",
    "transmission": "Transmission Weight",
    "alpha": "Alpha",
}
"""The inputs of a principled shader that hold what else the scene graph has of a surface, in shares."""


def read_material(obj: bpy.types.Object) -> dict[str, Any] | None:
    """The active material of an object as plain data; None without one."""
    material = obj.active_material
    if material is None:
        return None
    return _read(material) | ({"slot": obj.active_material_index or 0} if obj.type == "MESH" else {})


def read_surfaces(obj: bpy.types.Object, slots: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The materials in slots of a mesh, by slot; an empty slot looks like a plain material."""
    found = {i: obj.material_slots[i].material if i < len(obj.material_slots) else None for i in sorted(slots)}
    return {i: {**(_read(material) if material is not None else {}), "slot": i} for i, material in found.items()}


def _read(material: bpy.types.Material) -> dict[str, Any]:
    """A material as plain data. The colour is that of its shader, or of its texture; where other nodes set that, or
    there is no shader, the one that the viewport shows."""
    told: dict[str, Any] = {"name": material.get(PREFIX + "name", material.name), "fixed": fixed_channels(material)}
    shader = shader_of(material)
    if shader is not None:
        inputs = {field: shader.inputs.get(name) for field, name in SHARES.items()}
        values = {f: single(s.default_value) for f, s in inputs.items() if s is not None and not s.is_linked}
        told |= {field: min(max(value, 0.0), 1.0) for field, value in values.items()}
        if (texture := read_texture(shader)) is not None:
            told |= texture
            told["fixed"] = [channel for channel in told["fixed"] if channel != "color"]
    for channel in CHANNELS:
        socket = shader.inputs.get(SHADERS[shader.type][channel]) if shader is not None else None
        if channel == "color" and "texture" in told:
            continue
        if channel == "color" and (socket is None or socket.is_linked):
            told["color"] = color_of(material.diffuse_color)
        elif socket is None:
            continue
        elif channel == "emission_strength":
            told[channel] = max(single(socket.default_value), 0.0)
        else:
            told[channel] = color_of(socket.default_value)
    return told


def fixed_channels(material: bpy.types.Material) -> list[str]:
    """The channels that nodes set, or that the material has no place for."""
    fixed = [channel for channel in CHANNELS if input_of(material, channel) is None]
    return [channel for channel in fixed if not (channel == "color" and is_plain(material))]


def make_material(material: Material) -> bpy.types.Material:
    """A material of Blender's with a principled shader; one that is there already where it is the same."""
    key = material.model_dump_json()
    for existing in bpy.data.materials:
        if existing.get(PREFIX + "same") == key:
            return existing
    made = bpy.data.materials.new(material.name or "Material")
    made[PREFIX + "name"], made[PREFIX + "same"] = material.name, key
    made.diffuse_color = material.color
    give_shader(made)
    shader = shader_of(made)
    for channel in CHANNELS:
        value, socket = getattr(material, channel), shader.inputs[SHADERS[shader.type][channel]]
        socket.default_value = value
        if channel in material.fixed:
            _set_by_a_node(made, socket)
    for field, name in SHARES.items():
        shader.inputs[name].default_value = getattr(material, field)
    if material.texture is not None:
        add_texture(made, shader, material.color, material.texture)
    return made


def give_shader(material: bpy.types.Material) -> None:
    """See that a new material has nodes, which it has from Blender 5 on."""
    if bpy.app.version < (5, 0):
        material.use_nodes = True


def _set_by_a_node(material: bpy.types.Material, socket: Any) -> None:
    tree: Any = material.node_tree
    node = tree.nodes.new("ShaderNodeRGB" if socket.type == "RGBA" else "ShaderNodeValue")
    node.outputs[0].default_value = socket.default_value
    tree.links.new(node.outputs[0], socket)
