"""Pictures of a clip as files, with their exact labels: colours, instances, depth, the camera and the states."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from addon.perception.classes import CLASSES

from .camera import camera_of
from .camera_file import save_camera
from .clips import Clip


def export(clip: Clip, frames: Sequence[int], size: int, folder: Path) -> list[Path]:
    """Write frames as ``NAME_FFF.png``, and beside each a ``.npz``: ``instance`` (an object's place in ``objects``, or
    -1), ``depth`` in metres, and the objects' names, classes and poses; the camera is ``NAME_camera.json``.

    Needs PyTorch. Raises IndexError for a frame that the clip has not.
    """
    from PIL import Image

    from .caster import draw

    folder.mkdir(parents=True, exist_ok=True)
    camera, paths = camera_of(clip), []
    save_camera(camera, folder / f"{clip.name}_camera.json")
    for frame in frames:
        drawn = draw(clip, camera, size, slice(frame, frame + 1))
        path = folder / f"{clip.name}_{frame:03}.png"
        Image.fromarray(drawn.color[0].numpy()).save(path)
        np.savez_compressed(
            path.with_suffix(".npz"), instance=drawn.instance[0].numpy(), depth=drawn.depth[0].numpy(),
            objects=np.array(clip.objects), kinds=np.array([CLASSES[k] for k in clip.kind]), half=clip.half,
            position=clip.position[frame], quaternion=clip.quaternion[frame], color=clip.shown[frame],
        )  # fmt: skip
        paths.append(path)
    return paths
