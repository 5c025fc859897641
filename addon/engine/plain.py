"""A scene drawn plainly from a camera: matt colours under one sun and even light from everywhere, without shadows."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector

from ..scene_graph import Camera, Material, SceneGraph, SceneObject
from .build import add_camera, add_object
from .render import set_up, trace_rays, write_picture

AMBIENT = 0.45
"""The share of its colour that each surface shows without the sun."""
TO_SUN = (0.35, -0.45, 0.82)
BACKGROUND = 0.25
"""Linear grey where nothing is."""
SAMPLES = 16


def draw_plain(graph: SceneGraph, camera: Camera, size: int, folder: Path) -> Path:
    """A square PNG, ``size`` pixels wide, of what a camera sees of a scene at its start; its path in the folder.

    The light is that of the pictures that networks are trained on, whatever lights the scene has. Raises EngineError.
    """
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    for one in graph.objects:
        if one.geometry is not None and not one.hidden and not one.hide_render:
            made = add_object(scene, _matt(one))
            # What a surface gives off is seen and does not fall on others.
            made.visible_diffuse = made.visible_glossy = False
    for material in bpy.data.materials:
        settings: Any = material
        settings.cycles.emission_sampling = "NONE"
    add_camera(scene, camera.model_copy(update={"path": None}))
    set_up(scene, (size, size))
    trace_rays(scene, SAMPLES)
    cycles: Any = scene.cycles
    cycles.max_bounces, cycles.filter_width = 0, 1.0
    _add_sun(scene)
    _add_background(scene)
    return write_picture(scene, folder, 0)


def _matt(one: SceneObject) -> SceneObject:
    """The object alone, of its colour, of which it gives off what shows without the sun."""
    color = one.material.color if one.material is not None else one.color
    plain = Material(color=color, emission_color=color, emission_strength=AMBIENT, roughness=1.0)
    changes = {"parent": None, "rigid_body": None, "elements": (), "animation": None, "material": plain, "surfaces": {}}
    return one.model_copy(update=changes)


def _add_sun(scene: bpy.types.Scene) -> None:
    data: Any = bpy.data.lights.new("Sun", "SUN")
    data.energy, data.angle, data.use_shadow = math.pi * (1 - AMBIENT), 0.0, False
    sun = bpy.data.objects.new("Sun", data)
    sun.rotation_mode = "QUATERNION"
    sun.rotation_quaternion = Vector(TO_SUN).to_track_quat("Z", "Y")
    scene.collection.objects.link(sun)


def _add_background(scene: bpy.types.Scene) -> None:
    """Grey that is seen and lights nothing."""
    world: Any = bpy.data.worlds.new("Plain")
    scene.world = world
    if bpy.app.version < (5, 0):
        world.use_nodes = True
    shader = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
    shader.inputs["Color"].default_value = (BACKGROUND, BACKGROUND, BACKGROUND, 1.0)
    world.cycles_visibility.diffuse = world.cycles_visibility.glossy = False
