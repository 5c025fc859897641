"""Arrays on disk are the arrays in memory, and leave memory; runs recorded onto disk are the same to the bit."""

import mmap
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.metrics import measure
from addon.scene_graph import Contacts, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World
from addon.scene_graph.world import Plane
from addon.trace import (
    ContactColumns,
    DiskFullError,
    Recorder,
    TraceFile,
    TraceMeta,
    collision_events,
    contact_intervals,
    load_trace,
    save_trace,
    storage,
    without_gaps,
)
from addon.trace.storage import Appended, allocated, blocks, let_go, pages_of, picked, spans

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
BODY = RigidBody(mass=2.0)
SCENE = SceneGraph(
    objects=(
        SceneObject(name="A", geometry=CUBE, body=BODY),
        SceneObject(name="Lamp"),
        SceneObject(name="B", geometry=CUBE, body=BODY),
        SceneObject(name="Camera"),
    )
)


@pytest.fixture
def on_disk(monkeypatch):
    """All arrays lie on disk, and little is worked on at once."""
    monkeypatch.setattr(storage, "LARGE", 0)
    monkeypatch.setattr(storage, "FRAMES", 7)
    monkeypatch.setattr(storage, "BLOCK", 100)


def recorded(frames, seed=0, pressed=True, cut=None):
    """A run of two bodies and two other things that turn about, of bodies that come and go, touch and are pushed."""
    rng = np.random.default_rng(seed)
    recorder = Recorder(SCENE, frames - 1)
    for frame in range(frames):
        turn, position = rng.normal(size=(4, 4)), rng.normal(size=(4, 3))
        position[3] = 0.0
        turn[3] = (1.0, 0.0, 0.0, 0.0)
        quaternion = turn / np.linalg.norm(turn, axis=1)[:, None]
        state = StepState(
            frame, position, quaternion, np.ones((4, 3)), rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
        )
        present = np.array([True, True, rng.random() < 0.8, True])
        recorder.record(frame, state, np.ones(4), present)
        count = int(rng.integers(0, 3)) if present.all() else 0
        impulse = rng.random(count) if pressed else None
        pairs = np.tile(np.array([[0, 2]], dtype=np.int32), (count, 1))
        normal = np.tile([0.0, 0.0, 1.0], (count, 1))
        recorder.touch(frame, Contacts(pairs, rng.normal(size=(count, 3)), normal, -rng.random(count), impulse))
        if frame and rng.random() < 0.1:
            recorder.push(frame, int(rng.integers(0, 3)), rng.normal(size=3))
    end = frames if cut is None else cut
    if cut is not None:
        recorder.cut(cut)
    meta = TraceMeta(fps=10, substeps=1, seed=0, steps=end - 1, engine="test", scene=SCENE)
    return recorder.finish(meta, [])


SMALL = {
    "addon.trace.storage.LARGE": 0, "addon.trace.storage.FRAMES": 7, "addon.trace.storage.BLOCK": 100,
    "addon.trace.saving.CHUNK": 4000, "addon.trace.recorder.CHUNK": 5, "addon.trace.contact_recorder.CHUNK": 5,
}  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(frames=st.integers(1, 40), seed=st.integers(0, 99), pressed=st.booleans(), cut=st.none() | st.integers(1, 40))
def test_a_run_on_disk_is_the_run_in_memory(tmp_path_factory, frames, seed, pressed, cut):
    cut = None if cut is None else min(cut, frames)
    known = recorded(frames, seed, pressed, cut)
    folder = tmp_path_factory.mktemp("trace")
    save_trace(known, folder / "whole")
    with pytest.MonkeyPatch.context() as patch:
        for name, size in SMALL.items():
            patch.setattr(name, size)
        found = recorded(frames, seed, pressed, cut)
        assert pages_of(found.position) is not None
        assert collision_events(found) == collision_events(known)
        assert found.sha256() == known.sha256()
        save_trace(found, folder)
        again = load_trace(folder)
        assert again.sha256() == TraceFile(folder).sha256() == known.sha256()
        assert measure(again) == measure(known)
    assert sorted(path.name for path in folder.iterdir()) == ["trace.chunks", "trace.json", "whole"]
    first, end = len(known.position) // 3, len(known.position)
    assert TraceFile(folder).frames(first, end).sha256() == TraceFile(folder / "whole").frames(first, end).sha256()


def test_figures_by_stretches_are_those_of_the_whole(monkeypatch):
    trace = recorded(300)
    known = measure(trace)
    monkeypatch.setattr(storage, "FRAMES", 7)
    assert measure(trace) == known


def test_stretches_are_the_run_with_frames_before_them(monkeypatch):
    monkeypatch.setattr(storage, "FRAMES", 7)
    trace = recorded(20)
    found = list(trace.stretches(before=1))
    assert [len(stretch.position) for stretch in found] == [7, 8, 7]
    assert np.array_equal(found[1].position, trace.position[6:14], equal_nan=True)
    assert not found[1].events
    assert not len(found[1].contacts)


def test_what_is_written_stays_after_it_was_let_go(on_disk):
    array = allocated((1000, 3))
    array[:] = np.arange(3000).reshape(1000, 3)
    let_go(array)
    assert isinstance(pages_of(array[5:9, 1]), mmap.mmap)
    assert np.array_equal(array, np.arange(3000).reshape(1000, 3))
    assert np.array_equal(picked(array, np.array([2, 0])), array[:, [2, 0]])
    assert np.array_equal(np.concatenate(list(blocks(array))), array)


def test_small_arrays_and_empty_ones_are_in_memory(on_disk, monkeypatch):
    assert pages_of(allocated((0, 3))) is None
    monkeypatch.setattr(storage, "LARGE", 80)
    assert pages_of(allocated((10,))) is None
    assert pages_of(allocated((11,))) is not None


def test_spans_are_all_rows_and_never_none():
    assert list(spans(10, size=4)) == [slice(0, 4), slice(4, 8), slice(8, 10)]
    assert list(spans(0)) == [slice(0, 0)]


@given(
    counts=st.lists(st.integers(0, 40), max_size=12), cut=st.integers(0, 100), large=st.sampled_from([0, 200, 10**6])
)
def test_rows_that_are_added_are_all_there(counts, cut, large):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "LARGE", large)
        rows = [np.random.default_rng(k).normal(size=(count, 2)) for k, count in enumerate(counts)]
        found = Appended(np.float64, (2,))
        for part in rows:
            found.add(part)
        known = np.concatenate([np.zeros((0, 2)), *rows])
        assert np.array_equal(found.array(), known)
        found.cut(cut)
        found.add(np.ones((1, 2)))
        assert np.array_equal(found.array(), [*known[:cut], [1.0, 1.0]])


def test_a_full_disk_is_told_with_what_to_do(on_disk, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_reserve", full)
    with pytest.raises(DiskFullError, match=r"need 0 MB more in .*: No space left on device; make room .* fewer steps"):
        allocated((10,))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 29), st.integers(0, 1), st.integers(2, 3))), st.integers(0, 99))
def test_gaps_and_intervals_are_the_same_in_pieces(touching, seed):
    rows = np.array(sorted(touching), dtype=np.int32).reshape(-1, 3)
    rng = np.random.default_rng(seed)
    numbers = rng.normal(size=(len(rows), 3)), rng.normal(size=(len(rows), 3)), rng.random(len(rows))
    contacts = ContactColumns(rows[:, 0], rows[:, 1], rows[:, 2], *numbers, rng.random(len(rows)))
    scene = SceneGraph(world=World(plane=Plane(size=None)), objects=SCENE.objects)
    meta = TraceMeta(fps=60, substeps=1, seed=0, steps=29, engine="test", scene=scene)
    present = rng.random((30, 4)) < 0.9
    known = without_gaps(contacts, present, meta)
    intervals = contact_intervals(known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "FRAMES", 4)
        patch.setattr("addon.trace.events.ROWS", 3)
        found = without_gaps(contacts, present, meta)
        assert contact_intervals(found) == intervals
    for name in ("frame", "a", "b", "point", "normal", "distance", "impulse"):
        assert np.array_equal(getattr(found, name), getattr(known, name))


def test_memory_does_not_grow_with_the_run(monkeypatch, tmp_path):
    for name, size in (SMALL | {"addon.trace.storage.FRAMES": 100, "addon.trace.storage.BLOCK": 10_000}).items():
        monkeypatch.setattr(name, size)
    monkeypatch.setattr("addon.trace.saving.CHUNK", 50_000)

    def peak(frames):
        tracemalloc.start()
        trace = recorded(frames)
        save_trace(trace, tmp_path)
        assert TraceFile(tmp_path).sha256() == load_trace(tmp_path).sha256()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(200)
    bodies = (
        600 * 2 * (3 + 4 + 3 + 3 + 3 + 1) * 8
    )  # In memory, and written and read, it would be more than thrice that.
    assert peak(800) < peak(200) + bodies
