"""Contacts of many frames at once are those of one frame after the other."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import addon.geometry.contacts.scene as collision_scene
import addon.geometry.contacts.sweep as sweep
from addon.geometry.contacts import ContactDetector, CrowdError
from addon.geometry.contacts.hysteresis import Touches
from addon.geometry.contacts.near import Near
from addon.geometry.evaluated import EvaluatedState
from addon.scene_graph import Contacts, Primitive, RigidBody, SceneGraph, SceneObject, StepState
from tests.geometry.random_scenes import flight

KINDS = ("all there", "some leave", "rescaled", "paused")
COLUMNS = ("pairs", "point", "normal", "distance")


def same(found, right):
    columns = [[getattr(contacts, name).tobytes() for contacts in both for name in COLUMNS] for both in (found, right)]
    return columns[0] == columns[1]


def rescaled(states, rng):
    """One object gets other scales now and then, and none at all."""
    one, scale = int(rng.integers(len(states[0].matrix))), np.ones(3)
    for state in states:
        if rng.uniform() < 0.2:
            scale = rng.uniform(0.5, 1.5, 3) * (rng.uniform() > 0.1)
        matrix = state.matrix.copy()
        matrix[one, :3, :3] *= scale[:, None]
        yield EvaluatedState(state.frame, matrix, state.signs, state.reference, None, 1.0, {})


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1), st.sampled_from(KINDS), st.integers(2, 60))
def test_chunks_are_one_frame_after_the_other(seed, kind, size):
    rng = np.random.default_rng(seed)
    graph, states = flight(seed)
    present = np.ones((len(states), len(graph.objects)), dtype=bool)
    if kind == "some leave":
        for column in np.flatnonzero(rng.uniform(size=present.shape[1]) < 0.4):
            present[rng.integers(len(states)) :, column] = False
    if kind == "rescaled":
        states = list(rescaled(states, rng))
    if kind == "paused":
        states = [state for state in states for _ in range(int(rng.choice([1, 1, 3])))]
        present = np.ones((len(states), len(graph.objects)), dtype=bool)
    alone, many = ContactDetector(graph), ContactDetector(graph)
    right = [alone.update(state, there) for state, there in zip(states, present, strict=True)]
    starts = range(0, len(states), size)
    found = [c for s in starts for c in many.update_all(states[s : s + size], present[s : s + size])]
    assert same(found, right)


def test_frames_without_motion_are_not_collided_again(monkeypatch):
    calls = []
    collide = collision_scene.mujoco.mj_collision
    monkeypatch.setattr(collision_scene.mujoco, "mj_collision", lambda *args: (calls.append(1), collide(*args)))
    graph, states = flight(3)
    present = np.ones((50, len(graph.objects)), dtype=bool)
    found = ContactDetector(graph).update_all([states[0]] * 50, present)
    assert len(calls) == 1
    assert len(found) == 50


@pytest.mark.parametrize("size", [1, 7, 40])
def test_a_crowd_tells_what_was_found_before(monkeypatch, size):
    graph, states = flight(3)
    present = np.ones((len(states), len(graph.objects)), dtype=bool)
    right = ContactDetector(graph).update_all(states, present)
    collide = collision_scene.mujoco.mj_collision
    crowded = [s.position[1].tobytes() for s in states[20:]]

    def fail(model, data):
        if data.xpos[2].tobytes() in crowded:
            raise collision_scene.mujoco.FatalError("crowd")
        collide(model, data)

    monkeypatch.setattr(collision_scene.mujoco, "mj_collision", fail)
    detector, first = ContactDetector(graph), 20 // size * size
    found = [detector.update_all(states[s : s + size], present[s : s + size]) for s in range(0, first, size)]
    with pytest.raises(CrowdError, match="take them apart") as error:
        detector.update_all(states[first : first + size], present[first : first + size])
    assert same([c for chunk in found for c in chunk] + error.value.found, right[:20])


def one_by_one(frames, keys, distance, held, touched):
    """Which pairs ``[K]`` touch, frame by frame: from a gap of 1 on, up to 2 or, held up, up to 3."""
    kept = np.zeros(len(keys), dtype=bool)
    for frame in range(int(frames.max(initial=-1)) + 1):
        rows = np.flatnonzero(frames == frame)
        for row in rows:
            most = 3 if held[row] else 2
            kept[row] = distance[row] <= 1 or (distance[row] <= most and keys[row] in touched)
        touched = set(keys[rows[kept[rows]]].tolist())
    return kept


@given(st.integers(0, 2**32 - 1))
def test_touching_goes_on_over_a_larger_gap(seed):
    rng = np.random.default_rng(seed)
    frames, pairs = np.nonzero(rng.uniform(size=(int(rng.integers(1, 20)), 3)) < 0.8)
    distance, held = rng.uniform(0, 4, len(pairs)), rng.uniform(size=(20, 6)) < 0.2
    pairs = np.stack([2 * pairs, 2 * pairs + 1], axis=1).astype(np.int32)
    keys, flat = pairs[:, 0] * np.int64(6) + pairs[:, 1], np.zeros((len(pairs), 3))
    near, one = Near(frames, keys, Contacts(pairs, flat, flat, distance)), np.ones(len(pairs))
    touched = np.array([1]) if rng.uniform() < 0.5 else np.zeros(0, dtype=np.int64)
    touches = Touches(near, one, 2 * one, 3 * one, held, held & False, touched)
    assert not touches.lonely_frames()
    right = one_by_one(frames, keys, distance, held[frames[:, None], pairs].any(axis=1), set(touched.tolist()))
    assert touches.kept.tolist() == right.tolist()


@given(st.integers(0, 2**32 - 1))
def test_who_has_neighbours_is_found_in_large_scenes_as_in_small_ones(seed):
    rng = np.random.default_rng(seed)
    position, bound = rng.uniform(-9, 9, (3, 20, 3)), 6 * rng.uniform(size=(3, 20)) ** 4
    chosen = rng.uniform(size=(3, 20)) < 0.7
    apart = np.linalg.norm(position[:, :, None] - position[:, None], axis=3) - bound[:, :, None] - bound[:, None]
    right = chosen & ((apart < 0) & ~np.eye(20, dtype=bool)).any(axis=2)
    with pytest.MonkeyPatch.context() as patch:
        for widest in (1, 3, 64):
            patch.setattr(sweep, "WIDEST", widest)
            assert np.array_equal(sweep.have_neighbours(position, bound, chosen), right)


def pile(count):
    """Boxes on a floor that is as wide as they need."""
    width = math.ceil(math.sqrt(count))
    size, settings = (0.5, 0.5, 0.5), RigidBody(shape="BOX")
    cube, slab = Primitive(kind="cube", dimensions=size), Primitive(kind="cube", dimensions=(width, width, 1))
    boxes = [
        SceneObject(name=f"Box {i}", geometry=cube, location=(i % width, i // width, 0.25), body=settings)
        for i in range(count)
    ]
    place, passive = (width / 2, width / 2, -0.5), RigidBody(type="PASSIVE", shape="BOX")
    floor = SceneObject(name="Floor", geometry=slab, location=place, body=passive)
    return SceneGraph(objects=(floor, *boxes))


def peak(count):
    """Bytes that the contacts of boxes take that slide over the floor, fast."""
    graph = pile(count)
    position = np.array([o.location for o in graph.objects])
    still, turn = np.zeros_like(position), np.tile([1.0, 0, 0, 0], (len(position), 1))
    slide = np.append([[0.0, 0, 0]], np.tile([0.3, 0, 0], (count, 1)), axis=0)
    states = [EvaluatedState.of(StepState(k, position + k * slide, turn, still + 1, still, still)) for k in range(4)]
    detector = ContactDetector(graph)
    tracemalloc.start()
    detector.update_all(states, np.ones((4, len(position)), dtype=bool))
    try:
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_with_the_bodies_and_not_with_their_pairs():
    assert peak(1200) < 7 * peak(300)
