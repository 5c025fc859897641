"""Videos of a scene's timeline."""

import bpy
import pytest

from addon.engine.build import build_scene
from addon.engine.protocol import EngineError
from addon.engine.video import write_video
from addon.scene_graph import Camera, Primitive, SceneGraph, SceneObject, World

BALL = SceneObject(name="Ball", geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)))
SMALL = (64, 36)


def scene_with(camera):
    scene = build_scene(SceneGraph(world=World(fps=24), objects=(BALL,), camera=camera))
    scene.frame_start, scene.frame_end = 3, 8
    return scene


def test_a_video_has_all_frames_of_the_timeline(tmp_path):
    told = []
    scene = scene_with(Camera(location=(0, -5, 0), rotation=(0.7071, 0.7071, 0, 0)))
    write_video(scene, tmp_path / "film.mp4", lambda *line: told.append(line), SMALL)
    assert told == [(n, 6) for n in range(1, 7)]
    clip = bpy.data.movieclips.load(str(tmp_path / "film.mp4"))
    assert (clip.frame_duration, clip.fps, tuple(clip.size)) == (6, 24.0, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_a_scene_without_a_camera_is_refused(tmp_path):
    with pytest.raises(EngineError, match="has no camera"):
        write_video(scene_with(None), tmp_path / "film.mp4")


def test_a_place_that_is_not_there_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    camera = Camera(location=(0, -5, 0), rotation=(0.7071, 0.7071, 0, 0))
    with pytest.raises(EngineError, match="cannot be written"):
        write_video(scene_with(camera), tmp_path / "file" / "film.mp4", size=SMALL)
