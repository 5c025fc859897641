"""How objects look beyond what the scene graph has: settings of lights and texts, and of surfaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import bpy

from ..scene_graph import Note
from .animation import holders
from .materials import CHANNELS, SHARES
from .shaders import SHADERS, shader_of
from .textures import read_texture
from .unusual import unusual

LIGHT = ("type", "energy", "color", "shadow_soft_size", "angle", "size", "spot_size", "spot_blend")
TEXT = ("body", "size", "extrude", "align_x")
"""Settings that the scene graph has."""

UNSEEN = ("name", "is_", "use_fake_user", "tag", "id_type", "cutoff_distance", "show_", "texspace_",
          "use_auto_texspace", "eval_time", "active_", "resolution_", "render_resolution_", "use_nodes", "shadow_",
          "use_shadow_", "session_uid", "fill_", "font", "overflow", "specular_factor_", "cycles")  # fmt: skip
"""What the names of settings begin with that change nothing of how things look, or hardly."""

SET_BY_NODES = tuple(SHARES.values())
"""Inputs of a shader that the scene graph has as numbers only."""


def look_notes(name: str, obj: bpy.types.Object) -> Iterator[Note]:
    """Notes on how an object looks that the scene graph does not carry."""
    told = _beyond("its own colour", obj.color)
    if obj.type in ("LIGHT", "FONT"):
        told += unusual(obj.data, LIGHT if obj.type == "LIGHT" else TEXT, UNSEEN)
    if obj.type == "LIGHT":
        told += _beyond("its colour", obj.data.color)
    material = obj.active_material if obj.type in ("MESH", "FONT") else None
    if material is not None:
        others = {slot.material: None for slot in obj.material_slots if slot.material not in (None, material)}
        told += dict.fromkeys(words for each in (material, *others) for words in _surface(each))
    if told:
        text = f"'{name}': {', '.join(told)}: not carried, so pictures of the scene graph differ"
        yield Note(subject=name, feature="look", text=text, missing_in=("json",))
    tree = material.node_tree if material is not None else None
    for block in filter(None, (obj.data if obj.type in ("LIGHT", "FONT") else None, material, tree)):
        for words in dict.fromkeys(holder.words for holder in holders(block)):
            text = (
                f"'{name}': '{block.name}', by which it looks, is animated by {words}; only its first value is carried"
            )
            yield Note(subject=name, feature="animation", text=text, missing_in=("json", "run"))


def _surface(material: bpy.types.Material) -> list[str]:
    shader = shader_of(material)
    if shader is None:
        return []
    found = []
    for name in SET_BY_NODES:
        socket = shader.inputs.get(name)
        if socket is not None and socket.is_linked:
            found.append(f"what nodes make of {name}")
    if shader.type == "BSDF_PRINCIPLED":
        told = {*SET_BY_NODES, *SHADERS["BSDF_PRINCIPLED"].values()}
        found += [f"{s.name} of its material" for s in shader.inputs if s.name not in told and _is_set(s)]
    for channel in CHANNELS:
        socket = shader.inputs.get(SHADERS[shader.type][channel])
        if socket is not None and socket.is_linked and channel == "color" and read_texture(shader) is not None:
            continue
        if socket is not None and socket.is_linked:
            found.append(f"what nodes make of {socket.name}")
        elif socket is not None and socket.type == "RGBA":
            found += _beyond(f"{socket.name} of its material", socket.default_value)
        elif socket is not None and socket.default_value < 0:
            found.append(f"{socket.name} below 0")
    return found


def _is_set(socket: Any) -> bool:
    """Whether an input of a shader is not as in a new one."""
    usual = _usual().get(socket.name)
    if socket.is_linked or usual is None or not hasattr(socket, "default_value"):
        return bool(socket.is_linked)
    value = socket.default_value
    return bool((tuple(value) if isinstance(usual, tuple) else value) != usual)


@cache
def _usual() -> dict[str, Any]:
    """The inputs of a new principled shader."""
    tree: Any = bpy.data.node_groups.new("usual", "ShaderNodeTree")
    try:
        inputs = [s for s in tree.nodes.new("ShaderNodeBsdfPrincipled").inputs if hasattr(s, "default_value")]
        values = {s.name: s.default_value for s in inputs}
        return {name: tuple(v) if hasattr(v, "__len__") and not isinstance(v, str) else v for name, v in values.items()}
    finally:
        bpy.data.node_groups.remove(tree)


def _beyond(what: str, color: Any) -> list[str]:
    return [f"{what} beyond 1"] if max(color) > 1 or min(color) < 0 else []
