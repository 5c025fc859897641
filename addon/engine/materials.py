"""Materials as the scene graph has them, read from Blender's objects and built for them."""

from __future__ import annotations

from typing import Any

import bpy

from ..scene_graph import Material
from .names import PREFIX
from .numbers import color_of, single
from .shaders import SHADERS, input_of, is_plain, shader_of

CHANNELS = ("color", "emission_color", "emission_strength")


def read_material(obj: bpy.types.Object) -> dict[str, Any] | None:
    """The active material of an object as plain data; None without one.

    The colour is that of its shader; where nodes set that, or there is no shader, the one that the viewport shows.
    """
    material = obj.active_material
    if material is None:
        return None
    told: dict[str, Any] = {"name": material.get(PREFIX + "name", material.name), "fixed": fixed_channels(material)}
    if obj.type == "MESH":
        told["slot"] = obj.active_material_index or 0
    shader = shader_of(material)
    for channel in CHANNELS:
        socket = shader.inputs.get(SHADERS[shader.type][channel]) if shader is not None else None
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
