"""Procedural patterns of materials: a texture's factor that mixes two colours into the base colour."""

from __future__ import annotations

from typing import Any

import bpy

from ..scene_graph import Texture
from .numbers import color_of, single

NODES = {
    "CHECKER": ("TEX_CHECKER", "ShaderNodeTexChecker"),
    "NOISE": ("TEX_NOISE", "ShaderNodeTexNoise"),
    "WAVE": ("TEX_WAVE", "ShaderNodeTexWave"),
    "VORONOI": ("TEX_VORONOI", "ShaderNodeTexVoronoi"),
    "BRICK": ("TEX_BRICK", "ShaderNodeTexBrick"),
    "GRADIENT": ("TEX_GRADIENT", "ShaderNodeTexGradient"),
    "MAGIC": ("TEX_MAGIC", "ShaderNodeTexMagic"),
}
"""Blender's type and class of node for each kind of texture."""

KINDS = {kind: name for name, (kind, _) in NODES.items()}


def _factor(node: Any) -> Any:
    """The output that says how much of a pattern there is; its name is not the same in all versions."""
    return next(o for o in node.outputs if o.name in ("Factor", "Fac", "Distance"))


def _source(socket: Any, kind: str) -> Any:
    links = socket.links
    return links[0].from_node if links and links[0].from_node.type == kind else None


def read_texture(shader: Any) -> dict[str, Any] | None:
    """The texture that a shader's colour comes from, and the material's own colour, as plain data; None for other
    nodes. Patterns whose other settings are not Blender's own are not told apart."""
    socket = shader.inputs.get("Base Color")
    mix = _source(socket, "MIX") if socket is not None else None
    if mix is None or mix.data_type != "RGBA" or mix.blend_type != "MIX":
        return None
    factor, first, second = mix.inputs[0], mix.inputs[6], mix.inputs[7]
    pattern = factor.links[0].from_node if factor.links else None
    if pattern is None or pattern.type not in KINDS or first.is_linked or second.is_linked:
        return None
    if factor.links[0].from_socket != _factor(pattern):
        return None
    placed = pattern.inputs["Vector"]
    spread = _source(placed, "VECT_MATH")
    if spread is None or spread.operation != "SCALE" or _source(spread.inputs[0], "TEX_COORD") is None:
        return None
    if spread.inputs[0].links[0].from_socket.name != "Object":
        return None
    texture = {
        "kind": KINDS[pattern.type],
        "color": color_of(second.default_value),
        "scale": single(spread.inputs["Scale"].default_value),
    }
    return {"color": color_of(first.default_value), "texture": texture}


def add_texture(material: bpy.types.Material, shader: Any, color: Any, texture: Texture) -> None:
    """Let a texture mix its colour into a shader's. The pattern repeats about once where its own scale is 1."""
    tree: Any = material.node_tree
    mix = tree.nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    pattern = tree.nodes.new(NODES[texture.kind][1])
    if "Scale" in pattern.inputs:
        pattern.inputs["Scale"].default_value = 1.0
    spread, place = tree.nodes.new("ShaderNodeVectorMath"), tree.nodes.new("ShaderNodeTexCoord")
    spread.operation = "SCALE"
    spread.inputs["Scale"].default_value = texture.scale
    mix.inputs[6].default_value, mix.inputs[7].default_value = color, texture.color
    tree.links.new(place.outputs["Object"], spread.inputs[0])
    tree.links.new(spread.outputs[0], pattern.inputs["Vector"])
    tree.links.new(_factor(pattern), mix.inputs[0])
    tree.links.new(mix.outputs[2], shader.inputs["Base Color"])
