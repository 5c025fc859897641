"""The timeline of a scene as a video, through the scene's camera."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy

from .protocol import EngineError
from .render import set_up

SIZE = (1280, 720)


def write_video(
    scene: bpy.types.Scene,
    path: Path,
    listen: Callable[[int, int], None] = lambda done, total: None,
    size: tuple[int, int] = SIZE,
) -> None:
    """Render all frames with plain shading into an MP4 file (H.264); ``listen`` is told how many are done, and of how
    many. Raises EngineError where there is no camera, the Blender has no FFmpeg, or the file cannot be written."""
    if scene.camera is None:
        raise EngineError(f"scene '{scene.name}' has no camera; add one, and choose it as the scene's")
    if not bpy.app.build_options.codec_ffmpeg:
        raise EngineError("this Blender was built without FFmpeg and writes no videos; use one from blender.org")
    set_up(scene, size)
    scene.render.film_transparent = False
    scene.display.render_aa = "FXAA"  # what moves hides the difference, and a machine without a GPU needs a third
    _as_video(scene.render)
    scene.render.filepath = str(path.resolve())
    total, done = scene.frame_end - scene.frame_start + 1, 0

    def count(*_: object) -> None:
        nonlocal done
        done += 1
        listen(done, total)

    bpy.app.handlers.render_post.append(count)
    try:
        bpy.ops.render.render(animation=True, scene=scene.name)
    except RuntimeError as error:
        raise EngineError(f"the video {path} cannot be written: {error}") from None
    finally:
        bpy.app.handlers.render_post.remove(count)
    if not path.is_file():
        raise EngineError(f"the video {path} cannot be written")


def _as_video(render: Any) -> None:
    if bpy.app.version >= (5, 0):
        render.image_settings.media_type = "VIDEO"
    render.image_settings.file_format = "FFMPEG"
    render.image_settings.color_mode = "RGB"
    render.use_file_extension = False
    ffmpeg = render.ffmpeg
    ffmpeg.format, ffmpeg.codec, ffmpeg.constant_rate_factor = "MPEG4", "H264", "HIGH"
    ffmpeg.audio_codec = "NONE"
