"""Pictures of a recorded trace with Workbench, without simulating again."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
from mathutils import Quaternion, Vector

from ..scene_graph import Camera, SceneGraph, world_bounds
from ..trace import Trace
from .build import add_camera, add_object

PICTURES = 8


def render_trace(
    trace: Trace, folder: Path, frames: tuple[int, ...] = (), size: tuple[int, int] = (640, 360)
) -> list[Path]:
    """Render frames (default: `PICTURES` spread over the run) as PNG files; returns their paths in order.

    The bodies are posed as recorded. The camera is the scene graph's, else one that sees all meshes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    placed = {o.name: add_object(scene, o.model_copy(update={"parent": None})) for o in trace.scene.objects}
    add_camera(scene, trace.scene.camera or framing(trace.scene))
    _settings(scene, size)
    last = len(trace.position) - 1
    chosen = frames or tuple(sorted({round(i * last / (PICTURES - 1)) for i in range(PICTURES)}))
    return [_picture(trace, frame, placed, scene, folder) for frame in chosen]


def _settings(scene: bpy.types.Scene, size: tuple[int, int]) -> None:
    scene.render.engine = "BLENDER_WORKBENCH"
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "PNG"
    scene.display.shading.color_type = "MATERIAL"
    scene.display.shading.light = "STUDIO"
    scene.display.shading.show_shadows = True
    scene.display.shading.show_cavity = True
    scene.view_settings.view_transform = "Standard"
    if scene.world is None:
        scene.world = bpy.data.worlds.new("World")
    scene.world.color = (0.75, 0.8, 0.86)


def _picture(
    trace: Trace, frame: int, placed: dict[str, bpy.types.Object], scene: bpy.types.Scene, folder: Path
) -> Path:
    for j, name in enumerate(trace.bodies):
        obj = placed.get(name)
        if obj is None:
            continue
        obj.hide_render = not bool(trace.present[frame, j])
        if trace.present[frame, j]:
            obj.location = trace.position[frame, j]
            obj.rotation_quaternion = trace.quaternion[frame, j]
            obj.scale = trace.scale[frame, j]
    path = folder / f"frame_{frame:06d}.png"
    scene.render.filepath = str(path.resolve())
    bpy.ops.render.render(write_still=True)
    return path


def framing(graph: SceneGraph) -> Camera:
    """A camera that sees all meshes from in front and above."""
    boxes = [world_bounds(o) for o in graph.objects if o.geometry is not None] or [(np.zeros(3), np.ones(3))]
    low, high = np.min([b[0] for b in boxes], axis=0), np.max([b[1] for b in boxes], axis=0)
    centre, reach = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    direction = Vector((0.25, -1.0, 0.55)).normalized()
    place = Vector(centre) + direction * max(reach, 0.5) * 2.6
    turn: Quaternion = direction.to_track_quat("Z", "Y")
    x, y, z = place
    return Camera(location=(x, y, z), rotation=(turn.w, turn.x, turn.y, turn.z))
