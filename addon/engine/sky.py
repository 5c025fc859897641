"""The sky and the fog of a scene as the scene graph has them, read from Blender's world and built for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import bpy

from ..scene_graph import Course, Fog, Note, Sky, Sun
from .animation import curves_of
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
        return {"color": color, "strength": max(single(strength), 0.0), **_course(scene, shader, None)}
    air = _behind(shader, "Color", "TEX_SKY")
    if air is None or air.sky_type != PHYSICAL:
        return None
    values = {field: getattr(air, name) for field, name in SUN.items()}
    sun = {field: single(value) if isinstance(value, float) else value for field, value in values.items()}
    return {"strength": max(single(strength), 0.0), "sun": sun, **_course(scene, shader, air)}


def _channels(shader: Any, air: Any) -> dict[str, str]:
    """The properties of nodes that the parts of a sky's course are, as paths of its tree."""
    found = {"strength": shader.inputs["Strength"].path_from_id("default_value")}
    if air is not None:
        found |= {part: air.path_from_id(SUN[part]) for part in ("elevation", "rotation")}
    return found


def _course(scene: bpy.types.Scene, shader: Any, air: Any) -> dict[str, Any]:
    """How the sky changes, if keyframes on whole frames say so in straight lines; nothing for anything else."""
    tree = shader.id_data
    data = tree.animation_data
    if data is None or data.action is None:
        return {}
    curves = {c.data_path: c for c in curves_of(data.action, getattr(data, "action_slot", None)) if not c.mute}
    channels = _channels(shader, air)
    if set(curves) != set(channels.values()) or not all(map(_is_straight, curves.values())):
        return {}
    parts = {part: curves[path] for part, path in channels.items()}
    times = {tuple(point.co[0] for point in curve.keyframe_points) for curve in parts.values()}
    steps = [round(time) - scene.frame_start for time in next(iter(times))]
    if len(times) > 1 or min(steps) < 0:
        return {}
    values = {part: [single(point.co[1]) for point in curve.keyframe_points] for part, curve in parts.items()}
    return {"course": {"steps": steps, **values}}


def _is_straight(curve: Any) -> bool:
    points = curve.keyframe_points
    return curve.extrapolation == "CONSTANT" and all(
        p.interpolation == "LINEAR" and p.co[0] == round(p.co[0]) for p in points
    )


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
    tree = scene.world.node_tree if scene.world is not None else None
    if tree is not None and tree.animation_data is not None and "course" not in (read_sky(scene) or {}):
        text = f"the world '{scene.world.name}' is animated in other ways than a sky's course: not carried"
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
        air = _air(tree, sky.sun) if sky.sun is not None else None
        if air is not None:
            tree.links.new(air.outputs["Color"], shader.inputs["Color"])
        if sky.course is not None:
            _add_course(scene, shader, air, sky.course)
    if fog is not None:
        mist = tree.nodes.new("ShaderNodeVolumeScatter")
        tree.links.new(mist.outputs[0], output.inputs["Volume"])
        mist.inputs["Density"].default_value = fog.density
        mist.inputs["Color"].default_value = (*fog.color, 1.0)
        mist.inputs["Anisotropy"].default_value = fog.anisotropy


def _add_course(scene: bpy.types.Scene, shader: Any, air: Any, course: Course) -> None:
    tree = shader.id_data
    for part, path in _channels(shader, air).items():
        owner = tree.path_resolve(path.rpartition(".")[0])
        name = path.rpartition(".")[2]
        for step, value in zip(course.steps, getattr(course, part), strict=True):
            setattr(owner, name, value)
            tree.keyframe_insert(path, frame=scene.frame_start + step)
    data = tree.animation_data
    for curve in curves_of(data.action, getattr(data, "action_slot", None)):
        for point in curve.keyframe_points:
            point.interpolation = "LINEAR"


def _air(tree: Any, sun: Sun) -> Any:
    air = tree.nodes.new("ShaderNodeTexSky")
    air.sky_type = PHYSICAL
    for field, name in SUN.items():
        setattr(air, name, getattr(sun, field))
    return air
