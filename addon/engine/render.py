"""Pictures of a recorded trace, without simulating again: with Cycles where something shines, else with Workbench."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Quaternion, Vector

from ..scene_graph import Camera, SceneGraph, Sky, world_bounds
from ..trace import Trace
from .build import add_camera, add_object
from .looks import has_own, make_own, places, put
from .protocol import EngineError
from .sky import add_surroundings

SAMPLES = 32
"""Rays a pixel, where light is to be seen."""

DUSK = Sky(color=(0.75, 0.8, 0.86), strength=0.25)
"""The dim light that comes from everywhere where a scene has no sky."""

FIELDS = {"hide_viewport": "hidden", "hide_render": "hide_render"}
"""What hides an object, by Blender's names and the scene graph's."""


def render_trace(
    trace: Trace,
    folder: Path,
    frames: Sequence[int] = (),
    size: tuple[int, int] = (640, 360),
    plain: bool = False,
) -> list[Path]:
    """Render frames (default: `Trace.spread`) as PNG files; returns their paths in order.

    Everything is posed, coloured and lit as recorded, and hidden where scripts hid it. The camera is the scene graph's,
    else one that sees all meshes. What shines does so unless all is to be ``plain``, which takes less time. Raises
    EngineError if a picture cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    bare = [o.model_copy(update={"parent": None, "rigid_body": None}) for o in trace.scene.objects]
    placed = {o.name: add_object(scene, o) for o in bare}
    add_camera(scene, trace.scene.camera or framing(trace.scene))
    set_up(scene, size)
    graph = trace.scene
    if not plain and (_shines(trace) or graph.sky is not None or graph.fog is not None):
        trace_rays(scene)
        add_surroundings(scene, graph.sky or DUSK, graph.fog)
    return [_picture(trace, frame, placed, scene, folder) for frame in frames or trace.spread()]


def _shines(trace: Trace) -> bool:
    """Whether anything gives light in the run."""
    first = [look for obj in trace.scene.objects for look in obj.looks.items()]
    changed = [(e.parameters["look"], e.parameters["new"]) for e in trace.events if e.uid == "LookChanged"]
    lit = ("light.energy", "material.emission_strength")
    return any(name in lit and value for name, value in (*first, *changed))


def trace_rays(scene: bpy.types.Scene, samples: int = SAMPLES) -> None:
    """Pictures that show light: those of Cycles."""
    scene.render.engine = "CYCLES"
    cycles: Any = scene.cycles
    cycles.samples, cycles.seed, cycles.use_denoising, cycles.device = samples, 0, False, "CPU"


def set_up(scene: bpy.types.Scene, size: tuple[int, int]) -> None:
    """Size, file format and the plain shading of pictures."""
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
    hidden, looks = _hidden(trace, frame), _looks(trace, frame)
    for name, shown in looks.items():
        _show(placed[name], shown)
    for name in trace.placed.names if trace.placed is not None else ():
        location, rotation, scale = (values[frame] for values in trace.placed.poses(name))
        placed[name].matrix_world = Matrix.LocRotScale(Vector(location), Quaternion(rotation), Vector(scale))
    for name, obj in placed.items():
        obj.hide_render = name in hidden
    for j, name in enumerate(trace.bodies):
        obj = placed[name]
        obj.hide_render = name in hidden or not trace.present[frame, j]
        if trace.present[frame, j]:
            obj.location = trace.position[frame, j]
            obj.rotation_quaternion = trace.quaternion[frame, j]
            obj.scale = trace.scale[frame, j]
    return write_picture(scene, folder, frame)


def write_picture(scene: bpy.types.Scene, folder: Path, number: int) -> Path:
    """Render the scene as it is into a folder. Raises EngineError if the file cannot be written."""
    path = folder / f"frame_{number:06d}.png"
    temporary = folder / f".frame_{number:06d}.part.png"
    scene.render.filepath = str(temporary.resolve())
    try:
        bpy.ops.render.render(write_still=True)
        temporary.replace(path)
    except (RuntimeError, OSError) as error:
        temporary.unlink(missing_ok=True)
        raise EngineError(f"the picture {path} cannot be written: {error}") from None
    return path


def _hidden(trace: Trace, frame: int) -> set[str]:
    """Objects that are hidden at a frame."""
    found = {(o.name, path): getattr(o, field) for o in trace.scene.objects for path, field in FIELDS.items()}
    for event in trace.events:
        if event.uid == "PropertyChanged" and event.frame <= frame and event.parameters["property"] in FIELDS:
            found[event.parameters["object_id"], event.parameters["property"]] = event.parameters["new"]
    return {name for (name, _), hidden in found.items() if hidden}


def _looks(trace: Trace, frame: int) -> dict[str, dict[str, Any]]:
    """What scripts change of what is seen, as it is at a frame: by object and look."""
    found: dict[str, dict[str, Any]] = {}
    for event in trace.events:
        if event.uid == "LookChanged":
            of = found.setdefault(event.parameters["object_id"], {})
            look = event.parameters["look"]
            of.setdefault(look, event.parameters["old"])
            if event.frame <= frame:
                of[look] = event.parameters["new"]
    return found


def _show(obj: bpy.types.Object, shown: dict[str, Any]) -> None:
    for look, value in shown.items():
        if not has_own(obj, look):
            make_own(obj, look)
        for place in places(obj, look):
            put(place, value)


def framing(graph: SceneGraph, lens: float = 50.0) -> Camera:
    """A camera that sees all meshes from in front and above."""
    boxes = [world_bounds(o) for o in graph.objects if o.geometry is not None] or [(-np.ones(3), np.ones(3))]
    low, high = np.min([b[0] for b in boxes], axis=0), np.max([b[1] for b in boxes], axis=0)
    centre, reach = (low + high) / 2, max(float(np.linalg.norm(high - low)) / 2, 0.5)
    direction = Vector((0.25, -1.0, 0.55)).normalized()
    half_height = 9 / 16 * 18.0 / lens  # tangent of half the angle of view upwards; Blender's sensor is 36 mm wide
    x, y, z = (float(c) for c in centre + np.array(direction) * reach / half_height)
    turn = direction.to_track_quat("Z", "Y")
    return Camera(location=(x, y, z), rotation=(turn.w, turn.x, turn.y, turn.z), lens=lens)
