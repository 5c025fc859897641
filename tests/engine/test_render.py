import numpy as np
import pytest
from PIL import Image

from addon.engine.protocol import EngineError
from addon.engine.render import framing, render_trace
from addon.scene_graph import Material, Primitive, SceneGraph, SceneObject, StepState
from addon.trace import Event, Recorder, TraceMeta

RED = Material(name="Red", color=(1.0, 0.0, 0.0, 1.0))


@pytest.fixture
def trace():
    """A red ball that moves to the right over eleven frames, and is hidden by a script at the last one."""
    ball = SceneObject(name="Ball", geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)), material=RED)
    floor = SceneObject(name="Floor", geometry=Primitive(kind="cube", dimensions=(9, 3, 0.2)), location=(0, 0, -1))
    graph = SceneGraph(objects=(ball, SceneObject(name="Empty"), floor))
    recorder = Recorder(graph, 10)
    for frame in range(11):
        position = np.array([(0.8 * frame - 4, 0, 0), (0, 0, 0), (0, 0, -1)], dtype=float)
        unit = np.tile([1.0, 0, 0, 0], (3, 1))
        state = StepState(frame + 1, position, unit, np.ones((3, 3)), np.zeros((3, 3)), np.zeros((3, 3)))
        recorder.record(frame, state, np.ones(3), np.ones(3, dtype=bool))
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=10, engine="none", scene=graph)
    parameters = {"object_id": "Ball", "property": "hide_viewport", "old": False, "new": True}
    return recorder.finish(meta, [Event(uid="PropertyChanged", frame=10, time=0.4, parameters=parameters)])


def red(path):
    """Columns of a picture that hold red."""
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    return np.flatnonzero(((pixels[..., 0] > 90) & (pixels[..., 0] > 2 * pixels[..., 1])).any(axis=0))


def test_pictures_show_the_bodies_where_they_were(trace, tmp_path):
    paths = render_trace(trace, tmp_path / "frames", frames=(0, 5, 9, 10), size=(160, 90))
    assert [p.name for p in paths] == [f"frame_{n:06d}.png" for n in (0, 5, 9, 10)]
    assert sorted(paths) == sorted((tmp_path / "frames").iterdir())
    assert Image.open(paths[0]).size == (160, 90)
    left, middle, right = (red(path) for path in paths[:3])
    assert left.min() > 0
    assert left.max() < middle.min()
    assert middle.max() < right.min()
    assert right.max() < 159
    assert not len(red(paths[3]))


def test_frames_are_spread_over_the_run(trace, tmp_path):
    names = [p.name for p in render_trace(trace, tmp_path, size=(32, 18))]
    assert (names[0], names[-1], len(names)) == ("frame_000000.png", "frame_000010.png", 8)


def test_a_picture_that_cannot_be_written(trace, tmp_path):
    (tmp_path / "frame_000000.png").mkdir()
    with pytest.raises(EngineError, match=r"frame_000000\.png cannot be written"):
        render_trace(trace, tmp_path, frames=(0,), size=(32, 18))


def test_framing_without_meshes():
    assert framing(SceneGraph()).location[2] > 0
