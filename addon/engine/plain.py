"""A scene drawn plainly from a camera: matt colours under one sun and even light from everywhere, without shadows."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from ..perception.comparison import is_seen
from ..scene_graph import Camera, Material, SceneGraph, SceneObject
from ..scene_graph.base import Vec3
from .build import add_camera, add_object
from .protocol import EngineError
from .render import set_up, trace_rays, write_picture

SAMPLES = 16
"""Rays a pixel; without shadows they smooth edges alone."""


def draw_plain(
    graph: SceneGraph, camera: Camera, size: int, folder: Path, *, to_sun: Vec3, ambient: float, background: float
) -> Path:
    """A square PNG, ``size`` pixels wide, of what a camera sees of a scene at its start; its path in the folder.

    Whatever lights the scene has, its surfaces show the share ``ambient`` of their colours, and what faces the sun
    shows all; ``background`` is the linear grey where nothing is. Raises EngineError.
    """
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    for one in graph.objects:
        if is_seen(one):
            made = add_object(scene, _matt(one, ambient))
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
    _add_sun(scene, to_sun, 1 - ambient)
    _add_background(scene, background)
    return write_picture(scene, folder, 0)


def pixels_of(path: Path) -> NDArray[np.uint8]:
    """The sRGB of a picture's file ``[H, W, 3]``, row 0 on top. Raises EngineError if it cannot be read."""
    try:
        image: Any = bpy.data.images.load(str(path))
    except RuntimeError as error:
        raise EngineError(f"the picture {path} cannot be read: {error}") from None
    if not all(image.size):
        bpy.data.images.remove(image)
        raise EngineError(f"the picture {path} cannot be read: it holds none")
    # As the file has them: what a colour space would make of them is linear.
    image.colorspace_settings.name = "Non-Color"
    values = np.empty(len(image.pixels), np.float32)
    image.pixels.foreach_get(values)
    width, height = image.size
    bpy.data.images.remove(image)
    rows = values.reshape(height, width, -1)[::-1, :, :3]
    return (rows * 255).round().astype(np.uint8)


def _matt(one: SceneObject, ambient: float) -> SceneObject:
    """The object alone, of its colours, of which it gives off what shows without the sun."""

    def plain(material: Material) -> Material:
        color, slot = material.color, material.slot
        return Material(color=color, emission_color=color, emission_strength=ambient, roughness=1.0, slot=slot)

    own = one.material if one.material is not None else Material(color=one.color)
    changes: dict[str, Any] = dict.fromkeys(("parent", "rigid_body", "animation"))
    surfaces = {slot: plain(material) for slot, material in one.surfaces.items()}
    return one.model_copy(update={**changes, "elements": (), "material": plain(own), "surfaces": surfaces})


def _add_sun(scene: bpy.types.Scene, to_sun: Vec3, share: float) -> None:
    data: Any = bpy.data.lights.new("Sun", "SUN")
    data.energy, data.angle, data.use_shadow = math.pi * share, 0.0, False
    sun = bpy.data.objects.new("Sun", data)
    sun.rotation_mode = "QUATERNION"
    sun.rotation_quaternion = Vector(to_sun).to_track_quat("Z", "Y")
    scene.collection.objects.link(sun)


def _add_background(scene: bpy.types.Scene, gray: float) -> None:
    """Grey that is seen and lights nothing."""
    world: Any = bpy.data.worlds.new("Plain")
    scene.world = world
    if bpy.app.version < (5, 0):
        world.use_nodes = True
    shader = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
    shader.inputs["Color"].default_value = (gray, gray, gray, 1.0)
    world.cycles_visibility.diffuse = world.cycles_visibility.glossy = False
