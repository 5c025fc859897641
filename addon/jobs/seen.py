"""What a picture of a scene shows of it: drawn, read, and held against the scene."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..engine.plain import draw_plain, pixels_of
from ..geometry.poses import rotation_matrix
from ..perception.camera import Camera, camera_before, checked
from ..perception.comparison import Comparison, compared, is_seen
from ..perception.errors import PictureError
from ..perception.forward import WEIGHTS, read_weights
from ..perception.graph import graph_of, is_strange, told
from ..perception.light import AMBIENT, BACKGROUND, TO_SUN
from ..perception.reading import SIDE, quaternion_of, read_picture
from ..scene_graph import Camera as SceneCamera
from ..scene_graph import SceneGraph, world_bounds

HALF_SENSOR = 18.0
"""Half the width of Blender's sensor in mm, which a square picture shows all of."""


@dataclass(frozen=True)
class Seen:
    """The graph that was read of a scene's picture, and how it compares."""

    graph: SceneGraph
    comparison: Comparison

    @property
    def is_strange(self) -> bool:
        """Whether little is sure: the scene is of another kind than those that the network was trained on."""
        return is_strange(self.graph)


def see(graph: SceneGraph, folder: Path) -> Seen:
    """Draw a scene at its start into a folder, from in front and above, as the network knows scenes; read and compare.

    Raises PictureError for a scene in which there is nothing to be seen, and EngineError.
    """
    camera = _camera_around(graph)
    picture = pixels_of(drawn(graph, camera, folder))
    read = told(graph_of(read_picture(picture, camera, read_weights(WEIGHTS))))
    return Seen(read, compared(read, graph))


def camera_of(graph: SceneGraph, name: str) -> Camera:
    """A scene's own camera. Raises PictureError, which names the scene, where it has none or one that is not level."""
    if graph.camera is None:
        raise PictureError(f"{name} has no camera to be seen from: add one to the scene, or give --camera FILE")
    turn = rotation_matrix(np.array(graph.camera.rotation))
    axes = np.stack([turn[:, 0], turn[:, 1], -turn[:, 2]])
    return checked(np.array(graph.camera.location), axes, graph.camera.lens / HALF_SENSOR, name)


def drawn(graph: SceneGraph, camera: Camera, folder: Path) -> Path:
    """A picture of a scene at its start, in the light that the network knows; its path in a folder. Raises
    EngineError."""
    columns = np.stack([camera.axes[0], camera.axes[1], -camera.axes[2]], 1)
    x, y, z = camera.eye.tolist()
    qw, qx, qy, qz = quaternion_of(columns).tolist()
    own = SceneCamera(location=(x, y, z), rotation=(qw, qx, qy, qz), lens=camera.focal * HALF_SENSOR)
    return draw_plain(graph, own, SIDE, folder, to_sun=TO_SUN, ambient=AMBIENT, background=BACKGROUND)


def _camera_around(graph: SceneGraph) -> Camera:
    boxes = [world_bounds(one) for one in graph.objects if is_seen(one)]
    if not boxes:
        raise PictureError(f"there is nothing to be seen in {graph.name or 'the scene'}; add meshes")
    corners = np.array(boxes)
    return camera_before(corners[:, 0].min(0), corners[:, 1].max(0))
