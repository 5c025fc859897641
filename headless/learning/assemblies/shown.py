"""What objects of machines show in their first pictures."""

from __future__ import annotations

import numpy as np

from addon.perception.reading import SIDE

from ...benchmarks.physibench.machine import Machine
from ..frames.camera import camera_of
from ..frames.record import still_of
from .canvas import Canvas
from .poses import vector_of


def first_pixels(machine: Machine) -> dict[str, int]:
    """Pixels of each object of a machine, by its name, in its first picture."""
    clip = still_of(machine)
    canvas = Canvas(camera_of(clip), SIDE, 1)
    poses = np.concatenate([clip.position[0], clip.half, vector_of(clip.quaternion[0])], 1).astype(np.float64)
    patches = [(n, canvas.cast(pose, bool(ball))) for n, (pose, ball) in enumerate(zip(poses, clip.shape, strict=True))]
    who = canvas.view(patches, *canvas.whole()).who
    count = np.bincount(who.ravel() + 1, minlength=len(poses) + 1)[1:]
    return dict(zip(clip.objects, count.tolist(), strict=True))
