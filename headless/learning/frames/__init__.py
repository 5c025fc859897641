"""Pictures of machines with exact labels: states at the frames of a video, a known camera, and a caster of rays."""

from addon.perception.camera import Camera
from addon.perception.classes import CLASSES, FPS

from .camera import camera_of
from .clips import Clip, load_clips, save_clips

__all__ = ["CLASSES", "FPS", "Camera", "Clip", "camera_of", "load_clips", "save_clips"]
