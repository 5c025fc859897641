"""Traces in chunks: the same trace, the same hash, and as much of it read as is asked for."""

import json
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.scene_graph import Primitive, SceneGraph, SceneObject
from addon.trace import TraceError, TraceFile, TraceMeta, TraceWriter, load_trace, save_trace
from addon.trace.model import ContactColumns, Event, Placed, Trace

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
SCENE = SceneGraph(objects=tuple(SceneObject(name=name, geometry=CUBE) for name in "AB"))
LAMPS = ("Lamp", "Text", "Empty")


def made(frames, seed=0, forced=True, moved=("Lamp", "Empty"), pressed=True):
    """A trace of two bodies with contacts here and there."""
    rng = np.random.default_rng(seed)
    turn = rng.normal(size=(frames, 2, 4))
    touching = np.sort(rng.integers(0, frames, size=rng.integers(0, 2 * frames))).astype(np.int32)
    count = len(touching)
    normal = rng.normal(size=(count, 3))
    contacts = ContactColumns(
        touching, np.zeros(count, np.int32), np.ones(count, np.int32), rng.normal(size=(count, 3)),
        normal / np.linalg.norm(normal, axis=1)[:, None], rng.normal(size=count),
        rng.random(count) if pressed and count else None,
    )  # fmt: skip
    return Trace(
        meta=TraceMeta(fps=10, substeps=1, seed=0, steps=frames - 1, engine="test", scene=SCENE),
        bodies=("A", "B"),
        present=np.ones((frames, 2), dtype=bool),
        position=rng.normal(size=(frames, 2, 3)),
        quaternion=turn / np.linalg.norm(turn, axis=2)[..., None],
        scale=np.ones((frames, 2, 3)),
        velocity=rng.normal(size=(frames, 2, 3)),
        angular_velocity=rng.normal(size=(frames, 2, 3)),
        volume=np.ones((frames, 2)),
        contacts=contacts,
        events=[Event(uid="Tick", frame=k, time=k / 10) for k in range(0, frames, 3)],
        force=rng.normal(size=(frames, 2, 3)) if forced else None,
        placed=Placed(moved, *(rng.normal(size=(frames, len(moved), width)) for width in (3, 4, 3))) if moved else None,
    )


def part(trace, first, end, lamps=LAMPS):
    """The arrays of some frames, as a recorder has them: with the poses of all lamps."""
    frame = trace.contacts.frame
    rows = (frame >= first) & (frame < end)
    arrays = {k: a[rows if k.startswith("contact_") else slice(first, end)] for k, a in trace.arrays().items()}
    for name, width in (("position", 3), ("quaternion", 4), ("scale", 3)) if lamps else ():
        whole = np.zeros((end - first, len(lamps), width))
        if trace.placed is not None:
            whole[:, [lamps.index(m) for m in trace.placed.names]] = arrays[f"placed_{name}"]
        arrays[f"placed_{name}"] = whole
    if "contact_impulse" in arrays and not rows.any():
        del arrays["contact_impulse"]
    if "force" in arrays and not arrays["force"].any():
        del arrays["force"]
    return arrays


def written(trace, folder, cuts):
    writer = TraceWriter(folder, trace.bodies, LAMPS)
    edges = sorted({0, len(trace.position), *(cut for cut in cuts if cut < len(trace.position))})
    for first, end in pairwise(edges):
        writer.add(part(trace, first, end))
    writer.finish(trace.meta, trace.events, trace.placed.names if trace.placed is not None else ())


def same(one, other):
    assert (one.meta, one.bodies, one.events) == (other.meta, other.bodies, other.events)
    mine, yours = one.arrays(), other.arrays()
    assert mine.keys() == yours.keys()
    assert all(np.array_equal(mine[name], yours[name], equal_nan=True) for name in mine)


@settings(max_examples=25, deadline=None)
@given(
    frames=st.integers(1, 40), cuts=st.sets(st.integers(1, 39), max_size=6), seed=st.integers(0, 99),
    forced=st.booleans(), moved=st.sampled_from([(), ("Text",), ("Lamp", "Empty"), LAMPS]), pressed=st.booleans(),
)  # fmt: skip
def test_chunks_are_the_trace(tmp_path_factory, frames, cuts, seed, forced, moved, pressed):
    folder, trace = tmp_path_factory.mktemp("trace"), made(frames, seed, forced, moved, pressed)
    if forced:
        trace.force[: frames // 2] = 0.0
    written(trace, folder, cuts)
    same(load_trace(folder), trace)
    assert TraceFile(folder).sha256() == load_trace(folder).sha256() == trace.sha256()


@settings(max_examples=25, deadline=None)
@given(cuts=st.sets(st.integers(1, 29), max_size=5), first=st.integers(0, 29), count=st.integers(1, 30))
def test_a_slice_is_the_same_of_one_piece_and_of_chunks(tmp_path_factory, cuts, first, count):
    folder, trace = tmp_path_factory.mktemp("trace"), made(30)
    end = min(first + count, 30)
    written(trace, folder / "chunks", cuts)
    save_trace(trace, folder / "whole")
    found, known = (TraceFile(folder / name).frames(first, end) for name in ("chunks", "whole"))
    same(found, known)
    assert np.array_equal(found.position, trace.position[first:end])
    assert found.meta.steps == end - first - 1
    own = trace.contacts.frame
    assert found.contacts.frame.tolist() == (own[(own >= first) & (own < end)] - first).tolist()
    assert [event.frame + first for event in found.events] == [k for k in range(0, 30, 3) if first <= k < end]


def test_a_slice_opens_no_other_chunk(tmp_path):
    written(made(30), tmp_path, {10, 20})
    for first in (0, 20):
        (tmp_path / "trace.chunks" / f"{first:09d}.npz").unlink()
    assert len(TraceFile(tmp_path).frames(12, 18).position) == 6
    with pytest.raises(TraceError, match=r"000000020\.npz"):
        TraceFile(tmp_path).frames(12, 21)


def test_memory_is_that_of_a_chunk(tmp_path):
    chunk = made(500, moved=())
    del chunk.events[:]
    chunk.contacts = ContactColumns.empty()
    one = part(chunk, 0, 500, ())
    tracemalloc.start()
    writer = TraceWriter(tmp_path, chunk.bodies)
    for _ in range(40):
        writer.add(one)
    writer.finish(chunk.meta.model_copy(update={"steps": 20_000 - 1}), [])
    TraceFile(tmp_path).sha256()
    assert len(TraceFile(tmp_path).frames(7_000, 7_100).position) == 100
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * sum(array.nbytes for array in one.values())


@pytest.mark.parametrize(("first", "end"), [(0, 31), (-1, 3), (5, 5), (30, 31)])
def test_frames_that_are_not_there_are_refused(tmp_path, first, end):
    written(made(30), tmp_path, {10})
    with pytest.raises(IndexError, match="has the frames 0 to 29"):
        TraceFile(tmp_path).frames(first, end)


def test_chunks_that_do_not_fit_are_refused(tmp_path):
    trace = made(30)
    writer = TraceWriter(tmp_path, trace.bodies, LAMPS)
    writer.add(part(trace, 0, 10))
    for wrong, told in (
        (part(trace, 0, 10), "contacts at the frames"),
        ({**part(trace, 10, 20), "volume": trace.volume[:3]}, "'volume' has 3 rows"),
        (part(trace, 10, 20) | {"more": np.zeros(10)}, "no array more"),
        ({k: v for k, v in part(trace, 10, 20).items() if "placed" not in k}, "not all have placed_"),
        (part(trace, 10, 20, ()), "'placed_position' has 2 columns"),
        ({k: v for k, v in part(trace, 10, 20).items() if k != "scale"}, "not all have scale"),
        ({**part(trace, 10, 20), "present": np.ones((10, 3), dtype=bool)}, "'present' has 3 columns"),
    ):
        with pytest.raises(TraceError, match=told):
            writer.add(wrong)
    with pytest.raises(TraceError, match="10 frames were written"):
        writer.finish(trace.meta, [])
    with pytest.raises(TraceError, match=r"trace\.json cannot be read"):
        load_trace(tmp_path)


@pytest.mark.parametrize("first", [[], [1, 10], [0, 10, 10], ["x"]])
def test_broken_records_of_chunks_are_refused(tmp_path, first):
    written(made(30), tmp_path, {10})
    record = json.loads((tmp_path / "trace.json").read_text())
    record["chunks"]["first"] = first
    (tmp_path / "trace.json").write_text(json.dumps(record))
    with pytest.raises(TraceError, match=r"trace\.json does not hold a trace"):
        TraceFile(tmp_path)


@pytest.mark.parametrize(
    ("name", "array"),
    [("position", np.zeros((3, 2, 3))), ("position", np.zeros((20, 5, 3))), ("volume", np.float64(3)),
     ("contact_frame", np.zeros((), np.int32)), ("placed_scale", np.zeros((20, 2, 3))), ("placed_scale", np.zeros(20)),
     ("contact_frame", np.array(["1"])), ("contact_normal", np.zeros((1, 3), "M8[s]")), ("contact_frame", None),
     ("quaternion", None), ("force", np.zeros((20, 2))), ("contact_point", np.zeros((1, 3)))],
)  # fmt: skip
def test_broken_chunks_are_refused(tmp_path, name, array):
    written(made(30), tmp_path, {10})
    path = tmp_path / "trace.chunks" / "000000010.npz"
    with np.load(path) as stored:
        arrays = {key: stored[key] for key in stored.files if key != name}
    np.savez(path, **arrays, **({} if array is None else {name: array}))
    for frames in ((0, 30), (12, 20)):
        with pytest.raises(TraceError, match=name):
            TraceFile(tmp_path).frames(*frames)


def test_a_trace_without_frames_of_contacts_is_refused(tmp_path):
    written(made(30), tmp_path / "chunks", {10})
    record = json.loads((tmp_path / "chunks" / "trace.json").read_text())
    record["chunks"]["arrays"].remove("contact_frame")
    (tmp_path / "chunks" / "trace.json").write_text(json.dumps(record))
    save_trace(made(30), tmp_path / "whole")
    path = tmp_path / "whole" / "trace.npz"
    with np.load(path) as stored:
        arrays = {key: stored[key] for key in stored.files if key != "contact_frame"}
    np.savez(path, **arrays)
    for folder in ("chunks", "whole"):
        for frames in ((0, 30), (12, 20)):
            with pytest.raises(TraceError, match="'contact_frame' is missing"):
                TraceFile(tmp_path / folder).frames(*frames)


def test_an_array_that_is_one_number_is_no_trace_with_a_hash(tmp_path):
    save_trace(made(30), tmp_path)
    path = tmp_path / "trace.npz"
    with np.load(path) as stored:
        arrays = dict(stored)
    np.savez(path, **{**arrays, "volume": np.float64(3)})
    with pytest.raises(TraceError, match="'volume' holds one number"):
        TraceFile(tmp_path).sha256()


def test_a_record_of_other_chunks_is_refused(tmp_path):
    written(made(30), tmp_path, {10})
    known = json.loads((tmp_path / "trace.json").read_text())
    for change in ({"placed": ["Nobody"]}, {"chunks": {**known["chunks"], "arrays": ["more"]}}):
        (tmp_path / "trace.json").write_text(json.dumps(known | change))
        with pytest.raises(TraceError, match="its chunks have no"):
            TraceFile(tmp_path)


def test_a_trace_in_one_piece_takes_the_place_of_chunks(tmp_path):
    written(made(30), tmp_path, {10})
    save_trace(made(5, seed=1), tmp_path)
    assert load_trace(tmp_path).sha256() == made(5, seed=1).sha256()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["trace.json", "trace.npz"]
