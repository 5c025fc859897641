import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.scene_graph import Contact, Primitive, SceneGraph, SceneObject, StepState
from addon.trace import Recorder, TraceError, TraceMeta, collision_events, load_trace, save_trace

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
SCENE = SceneGraph(
    objects=(
        SceneObject(name="A", geometry=CUBE),
        SceneObject(name="Lamp"),
        SceneObject(name="B", geometry=CUBE),
    )
)


def state(frame, height=0.0):
    position = np.zeros((3, 3))
    position[0, 2] = height
    quaternion = np.tile([1.0, 0, 0, 0], (3, 1))
    return StepState(frame, position, quaternion, np.ones((3, 3)), np.zeros((3, 3)), np.zeros((3, 3)))


def record(heights, touching=()):
    recorder = Recorder(SCENE, len(heights) - 1)
    for frame, height in enumerate(heights):
        contacts = [Contact(0, 2, (0, 0, 0), (0, 0, -1), 0.0)] if frame in touching else []
        recorder.record(frame, state(frame, height), np.ones(3), np.ones(3, dtype=bool))
        recorder.touch(frame, contacts)
    meta = TraceMeta(fps=10, substeps=1, seed=0, steps=len(heights) - 1, engine="test", scene=SCENE)
    trace = recorder.finish(meta, [])
    trace.events = collision_events(trace)
    return trace


@settings(max_examples=20)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_files_keep_everything(tmp_path_factory, heights, touching):
    folder = tmp_path_factory.mktemp("trace")
    trace = record(heights, touching)
    save_trace(trace, folder)
    again = load_trace(folder)
    assert again.sha256() == trace.sha256()
    assert again.events == trace.events
    assert sorted(p.name for p in folder.iterdir()) == ["trace.json", "trace.npz"]


def test_only_meshes_are_bodies():
    trace = record([1.0, 2.0])
    assert trace.bodies == ("A", "B")
    assert trace.frames[1].objects[0].position[2] == 2.0
    assert trace.frames[-1].time == pytest.approx(0.1)
    with pytest.raises(TraceError, match="no body 'Lamp'; it has A, B"):
        trace.index("Lamp")


def test_events_frame_by_frame():
    trace = record([0.0] * 8, touching={2, 3, 6, 7})
    assert [(e.uid, e.frame) for e in trace.events] == [
        ("CollisionStart", 2),
        ("CollisionEnd", 4),
        ("CollisionStart", 6),
    ]
    assert trace.events[0].parameters["a_id"] == "A"


def test_a_different_run_has_a_different_hash():
    assert record([1.0, 2.0]).sha256() == record([1.0, 2.0]).sha256()
    assert record([1.0, 2.0]).sha256() != record([1.0, 2.5]).sha256()


def test_bodies_join_and_leave():
    recorder = Recorder(SCENE, 2)
    recorder.record(0, state(0), np.ones(3), np.ones(3, dtype=bool))
    recorder.grow(3, "New")
    four = state(1)
    for name in ("position", "scale", "velocity", "angular_velocity", "quaternion"):
        array = getattr(four, name)
        setattr(four, name, np.concatenate([array, array[:1]]))
    recorder.record(1, four, np.ones(4), np.array([True, True, False, True]))
    trace = recorder.finish(TraceMeta(fps=10, substeps=1, seed=0, steps=1, engine="test", scene=SCENE), [])
    assert trace.bodies == ("A", "B", "New")
    assert trace.present.tolist() == [[True, True, False], [True, False, True]]
    assert np.isnan(trace.position[0, 2]).all()
    assert np.isnan(trace.position[1, 1]).all()


@pytest.mark.parametrize(
    "broken",
    [
        "missing json",
        "other version",
        "no meta",
        "missing npz",
        "broken npz",
        "one array",
        "broken packing",
        "wrong shape",
    ],
)
def test_broken_traces_are_refused(tmp_path, broken):
    save_trace(record([1.0, 2.0]), tmp_path)
    data = json.loads((tmp_path / "trace.json").read_text())
    match broken:
        case "missing json":
            (tmp_path / "trace.json").unlink()
        case "other version":
            data["meta"]["trace_version"] = 99
            (tmp_path / "trace.json").write_text(json.dumps(data))
        case "no meta":
            (tmp_path / "trace.json").write_text('{"meta": []}')
        case "one array":
            with (tmp_path / "trace.npz").open("wb") as stream:
                np.save(stream, np.zeros(3))
        case "broken packing":
            packed = (tmp_path / "trace.npz").read_bytes()
            named = packed.index(b"position.npy") + len("position.npy") + 20  # behind the sizes that follow a name
            (tmp_path / "trace.npz").write_bytes(packed[:named] + b"\xff" * 8 + packed[named + 8 :])
        case "missing npz":
            (tmp_path / "trace.npz").unlink()
        case "broken npz":
            (tmp_path / "trace.npz").write_bytes(b"no zip")
        case "wrong shape":
            data["meta"]["steps"] = 7
            (tmp_path / "trace.json").write_text(json.dumps(data))
    with pytest.raises(TraceError, match=r"trace\.(json|npz)"):
        load_trace(tmp_path)
