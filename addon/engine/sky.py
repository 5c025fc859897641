"""The sky and the fog of a scene as the scene graph has them, read from Blender's world and built for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import bpy

from ..scene_graph import Fog, Note, Sky, Sun
from .numbers import single, singles

SUN = {
    "elevation": "sun_elevation",
    "rotation": "sun_rotation",
    "intensity": "sun_intensity",
    "size": "sun_size",
    "disc": "sun_disc",
    "altitude": "altitude",
    "air": "air_density",
    "dust": "aerosol_density" if bpy.app.version >= (5, 0) else "dust_density",
    "ozone": "ozone_density",
}
"""What Blender calls the parts of a sun's sky."""

PHYSICAL = "MULTIPLE_SCATTERING" if bpy.app.version >= (5, 0) else "NISHITA"


def _output(world: Any) -> Any:
    if world is None or world.node_tree is None or (bpy.app.version < (5, 0) and not world.use_nodes):
        return None
    return next((n for n in world.node_tree.nodes if n.type == "OUTPUT_WORLD" and n.is_active_output), None)


def _behind(node: Any, socket: str, kind: str) -> Any:
    """The node of a kind that a socket takes its value from; None for another or none."""
    links = node.inputs[socket].links if node is not None else ()
    return links[0].from_node if links and links[0].from_node.type == kind else None


def read_sky(scene: bpy.types.Scene) -> dict[str, Any] | None:
    """The sky of a scene as plain data; None where it has no world, or one of other nodes."""
    world: Any = scene.world
    shader = _behind(_output(world), "Surface", "BACKGROUND")
    if shader is None:
        return None
    strength = shader.inputs["Strength"].default_value
    if not shader.inputs["Color"].is_linked:
        color = [max(c, 0.0) for c in singles(shader.inputs["Color"].default_value)[:3]]
        return {"color": color, "strength": max(single(strength), 0.0)}
    air = _behind(shader, "Color", "TEX_SKY")
    if air is None or air.sky_type != PHYSICAL:
        return None
    values = {field: getattr(air, name) for field, name in SUN.items()}
    sun = {field: single(value) if isinstance(value, float) else value for field, value in values.items()}
    return {"strength": max(single(strength), 0.0), "sun": sun}


def read_fog(scene: bpy.types.Scene) -> dict[str, Any] | None:
    """The fog of a scene as plain data; None where it has none, or one of other nodes."""
    mist = _behind(_output(scene.world), "Volume", "VOLUME_SCATTER")
    if mist is None or any(mist.inputs[name].is_linked for name in ("Color", "Density", "Anisotropy")):
        return None
    return {
        "density": max(single(mist.inputs["Density"].default_value), 0.0),
        "color": [max(c, 0.0) for c in singles(mist.inputs["Color"].default_value)[:3]],
        "anisotropy": single(mist.inputs["Anisotropy"].default_value),
    }


def sky_notes(scene: bpy.types.Scene) -> Iterator[Note]:
    """Notes on what surrounds a scene that the scene graph does not carry."""
    output = _output(scene.world)
    if output is None:
        return
    for socket, read, what in (("Surface", read_sky, "sky"), ("Volume", read_fog, "fog")):
        if output.inputs[socket].is_linked and read(scene) is None:
            text = f"the {what} of its world '{scene.world.name}' is made by other nodes: not carried"
            yield Note(feature="world", text=text, missing_in=("json",))


def add_surroundings(scene: bpy.types.Scene, sky: Sky | None, fog: Fog | None) -> None:
    """Give a scene a world with a sky and fog; none where there is neither."""
    if sky is None and fog is None:
        return
    world: Any = bpy.data.worlds.new("World")
    scene.world = world
    if bpy.app.version < (5, 0):
        world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputWorld")
    if sky is not None:
        shader = tree.nodes.new("ShaderNodeBackground")
        tree.links.new(shader.outputs[0], output.inputs["Surface"])
        shader.inputs["Color"].default_value = (*sky.color, 1.0)
        shader.inputs["Strength"].default_value = sky.strength
        if sky.sun is not None:
            tree.links.new(_air(tree, sky.sun).outputs["Color"], shader.inputs["Color"])
    if fog is not None:
        mist = tree.nodes.new("ShaderNodeVolumeScatter")
        tree.links.new(mist.outputs[0], output.inputs["Volume"])
        mist.inputs["Density"].default_value = fog.density
        mist.inputs["Color"].default_value = (*fog.color, 1.0)
        mist.inputs["Anisotropy"].default_value = fog.anisotropy


def _air(tree: Any, sun: Sun) -> Any:
    air = tree.nodes.new("ShaderNodeTexSky")
    air.sky_type = PHYSICAL
    for field, name in SUN.items():
        setattr(air, name, getattr(sun, field))
    return air
