"""A world as a .blend file that plays, and pictures of it as it plays: rigid bodies by their recorded keys, cloth, soft
bodies and particles as Blender steps them beside these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bpy

from ..scene_graph import Particles, SceneGraph
from ..trace import Trace
from .build import build_scene
from .channels import motions_of
from .elements import point_caches
from .playback import play_back
from .render import SAMPLES, set_up, trace_rays, write_picture
from .surroundings import surroundings_of


def put_on_timeline(graph: SceneGraph, trace: Trace, first: int = 1) -> bpy.types.Scene:
    """Build a scene with its run on the timeline, at its ``first`` frame."""
    scene = build_scene(graph, first)
    motions = motions_of(trace, surroundings_of(scene, trace))
    for _ in play_back(scene, motions, len(trace.position)):
        pass
    scene.frame_end = scene.frame_start + len(trace.position) - 1
    _without_shadows(scene, graph)
    for cache in point_caches(scene.objects):
        cache.frame_start = max(cache.frame_start, scene.frame_start)
        cache.frame_end = max(cache.frame_start + 1, scene.frame_end)
    scene.frame_set(scene.frame_start)
    return scene


SHEER = 0.5
"""Below which alpha what particles are shown as throws no shadow: vapour would leave dots on what is behind it."""


def _without_shadows(scene: bpy.types.Scene, graph: SceneGraph) -> None:
    shown = {e.instance for obj in graph.objects for e in obj.elements if isinstance(e, Particles)}
    for obj in graph.objects:
        if obj.name in shown and obj.material is not None and obj.material.alpha < SHEER:
            scene.objects[obj.name].visible_shadow = False


def take_thumbnail(scene: bpy.types.Scene, path: Path, size: tuple[int, int] = (256, 256)) -> None:
    """A small picture of the middle of the timeline, without light and shadow of its own. Raises EngineError."""
    middle = (scene.frame_start + scene.frame_end) // 2
    set_up(scene, size)
    scene.render.film_transparent = False
    for frame in range(scene.frame_start if point_caches(scene.objects) else middle, middle + 1):
        scene.frame_set(frame)
    write_picture(scene, path.parent, middle).replace(path)


def take_pictures(
    scene: bpy.types.Scene,
    folder: Path,
    frames: Sequence[int],
    size: tuple[int, int] = (640, 360),
    samples: int = SAMPLES,
) -> list[Path]:
    """Render frames of the timeline, counted from 0, as PNG files; plays through all frames up to the last of them."""
    folder.mkdir(parents=True, exist_ok=True)
    set_up(scene, size)
    trace_rays(scene, samples)
    scene.view_settings.view_transform = "AgX"  # bright skies keep their colour
    found: list[Path] = []
    for frame in range(max(frames, default=-1) + 1):
        scene.frame_set(scene.frame_start + frame)
        if frame in frames:
            found.append(write_picture(scene, folder, frame))
    return found
