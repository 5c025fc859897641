"""Pictures of scenes: drawn by Blender from the scene's camera, in the light that the network knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from addon.engine.plain import draw_plain
from addon.geometry.poses import rotation_matrix
from addon.scene_graph import Camera as SceneCamera
from addon.scene_graph import SceneGraph

from ..errors import LearningError
from ..frames.camera import Camera
from ..frames.camera_file import checked
from ..frames.light import AMBIENT, BACKGROUND, TO_SUN
from .readers import SIDE
from .reading import quaternion_of

HALF_SENSOR = 18.0
"""Half the width of Blender's sensor in mm, which a square picture shows all of."""


def drawn_scene(graph: SceneGraph, name: str, camera: Camera | None, folder: Path) -> tuple[Path, Camera]:
    """A picture of a scene at its start in a folder, and the camera that it was drawn from, else the scene's own.

    Raises LearningError for a scene without a camera, or with one that is not level, and EngineError.
    """
    if camera is None:
        if graph.camera is None:
            raise LearningError(f"{name} has no camera to be seen from: add one to the scene, or give --camera FILE")
        turn = rotation_matrix(np.array(graph.camera.rotation))
        axes = np.stack([turn[:, 0], turn[:, 1], -turn[:, 2]])
        camera = checked(np.array(graph.camera.location), axes, graph.camera.lens / HALF_SENSOR, name)
    columns = np.stack([camera.axes[0], camera.axes[1], -camera.axes[2]], 1)
    x, y, z = camera.eye.tolist()
    qw, qx, qy, qz = quaternion_of(columns).tolist()
    own = SceneCamera(location=(x, y, z), rotation=(qw, qx, qy, qz), lens=camera.focal * HALF_SENSOR)
    path = draw_plain(graph, own, SIDE, folder, to_sun=TO_SUN, ambient=AMBIENT, background=BACKGROUND)
    return path, camera
