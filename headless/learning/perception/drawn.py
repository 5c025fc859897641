"""Pictures of scenes: drawn by Blender from the scene's camera, in the light that the network knows."""

from __future__ import annotations

from pathlib import Path

from addon.jobs.seen import camera_of, drawn
from addon.perception.camera import Camera
from addon.scene_graph import SceneGraph


def drawn_scene(graph: SceneGraph, name: str, camera: Camera | None, folder: Path) -> tuple[Path, Camera]:
    """A picture of a scene at its start in a folder, and the camera that it was drawn from, else the scene's own.

    Raises PictureError for a scene without a camera, or with one that is not level, and EngineError.
    """
    camera = camera_of(graph, name) if camera is None else camera
    return drawn(graph, camera, folder), camera
