"""Where the shader of a material has its colour and emission. Read in the window, so it imports little."""

from __future__ import annotations

from typing import Any

import bpy

SHADERS = {
    "BSDF_PRINCIPLED": {
        "color": "Base Color",
        "emission_color": "Emission Color",
        "emission_strength": "Emission Strength",
    },
    "EMISSION": {"color": "Color", "emission_color": "Color", "emission_strength": "Strength"},
}
"""By the type of a shader's node, the inputs that hold the channels of a material."""


def is_plain(material: bpy.types.Material) -> bool:
    """Whether the material has no nodes, so that its viewport colour is all of it. Since Blender 5 all have them, and
    asking says that the question is to go."""
    return material.node_tree is None or (bpy.app.version < (5, 0) and not material.use_nodes)


def shader_of(material: bpy.types.Material) -> Any:
    """The node whose shader the surface is, of a type that `SHADERS` knows; None where it is another or none."""
    if is_plain(material):
        return None
    tree: Any = material.node_tree
    output = next((n for n in tree.nodes if n.type == "OUTPUT_MATERIAL" and n.is_active_output), None)
    links = output.inputs["Surface"].links if output is not None else ()
    node = links[0].from_node if links else None
    return node if node is not None and node.type in SHADERS else None


def input_of(material: bpy.types.Material, channel: str) -> Any:
    """The shader's input of a channel that can be given a value; None where nodes set it, or where none is."""
    node = shader_of(material)
    socket = node.inputs.get(SHADERS[node.type][channel]) if node is not None else None
    return None if socket is None or socket.is_linked else socket
