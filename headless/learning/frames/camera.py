"""The known camera of a machine: it stands in front and above, and holds all of it in view."""

from __future__ import annotations

from addon.perception.camera import ELEVATION, Camera, camera_before
from addon.perception.classes import CLASSES

from .clips import Clip

HEIGHT = 1.2
"""What is kept in view over the floor, in metres."""


def camera_of(clip: Clip, azimuth: float = 0.0, elevation: float = ELEVATION) -> Camera:
    """The nearest camera of its direction that holds the floor, and `HEIGHT` over it, in view.

    ``azimuth`` turns it from the front, −y, counterclockwise as seen from above; radians.
    """
    floor = clip.kind == CLASSES.index("floor")
    middle, half = clip.position[0, floor].mean(0), clip.half[floor].max(0)
    low, high = middle - half, middle + half
    low[2] = high[2]
    high[2] += HEIGHT
    return camera_before(low, high, azimuth, elevation)
