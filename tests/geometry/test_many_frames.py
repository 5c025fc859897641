"""Contacts of many frames at once are those of one frame after the other."""

import itertools
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import addon.geometry.contacts.scene as collision_scene
import addon.geometry.contacts.sweep as sweep
from addon.geometry.contacts import ContactDetector, CrowdError
from addon.geometry.contacts.hysteresis import Touches
from addon.geometry.contacts.near import Near
from addon.geometry.contacts.pairing import Pairing
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


def frames(seed, kind):
    """The scene of a flight, its states and what of it is there."""
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
    return graph, states, present


def memory(detector):
    """What a detector keeps of the frames before."""
    poses, still = (None if p is None else p.packed() for p in (detector._last, detector._still_at))
    arrays = detector._before[2 - detector._known :], detector._touched, detector._still, detector._freed
    return [poses, still, detector._known, *(a.tobytes() for a in arrays)]


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1), st.sampled_from(KINDS), st.lists(st.sampled_from([1, 1, 1, 2, 9, 60]), min_size=1))
@example(1, "all there", [2])
def test_chunks_are_one_frame_after_the_other(seed, kind, sizes):
    graph, states, present = frames(seed, kind)
    alone, many = ContactDetector(graph), ContactDetector(graph)
    start = 0
    for size in itertools.cycle(sizes):
        chunk = slice(start, start + size)
        right = [alone.update(state, there) for state, there in zip(states[chunk], present[chunk], strict=True)]
        assert same(many.update_all(states[chunk], present[chunk]), right)
        assert memory(many) == memory(alone)
        start += size
        if start >= len(states):
            break


@given(st.integers(0, 2**32 - 1))
def test_the_nearest_of_each_pair_is_the_first_of_the_least(seed):
    rng = np.random.default_rng(seed)
    frame = np.sort(rng.integers(0, 3, int(rng.integers(1, 40))))
    owners = rng.integers(0, 4, (len(frame), 2)).astype(np.int32)
    gap, normal = rng.integers(0, 3, len(frame)) / 2, rng.normal(size=(len(frame), 3))
    excluded = np.array([1]) if rng.uniform() < 0.5 else None
    best = {}
    for k, (at, (a, b)) in enumerate(zip(frame.tolist(), owners.tolist(), strict=True)):
        pair = at, min(a, b), max(a, b)
        if excluded is not None and (a == b or pair[1:] == (0, 1)):
            continue
        if pair not in best or gap[k] < gap[best[pair]]:
            best[pair] = k
    pairing = Pairing(owners, frame, 4, excluded)
    rows = pairing.nearest(gap)
    assert rows.tolist() == [best[pair] for pair in sorted(best)]
    assert [(f, *pair) for f, pair in zip(pairing.frame, pairing.pairs.tolist(), strict=True)] == sorted(best)
    assert pairing.keys.tolist() == [4 * a + b for _, a, b in sorted(best)]
    turned = [-normal[k] if owners[k, 0] > owners[k, 1] else normal[k] for k in rows]
    assert np.array_equal(pairing.outward(normal, rows), np.reshape(turned, (-1, 3)))


def test_frames_without_motion_are_not_collided_again(monkeypatch):
    calls = []
    collide = collision_scene.mujoco.mj_collision
    monkeypatch.setattr(collision_scene.mujoco, "mj_collision", lambda *args: (calls.append(1), collide(*args)))
    graph, states = flight(3)
    present = np.ones((50, len(graph.objects)), dtype=bool)
    found = ContactDetector(graph).update_all([states[0]] * 50, present)
    assert len(calls) == 1
    assert len(found) == 50
    detector = ContactDetector(graph)
    assert same([detector.update(state, present[0]) for state in [states[0]] * 50], found)
    assert len(calls) == 2


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
    touches = Touches(near, distance <= 1)
    touches.stay(2 * one, 3 * one, held, held & False, touched)
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


def slid(graph, way):
    """The state in which all but the first object have gone so far."""
    position = np.array([o.location for o in graph.objects])
    position[1:] += way
    still, turn = np.zeros_like(position), np.tile([1.0, 0, 0, 0], (len(position), 1))
    return EvaluatedState.of(StepState(1, position, turn, still + 1, still, still))


def test_which_pieces_meet_is_worked_out_again_where_others_do(monkeypatch):
    made = []
    monkeypatch.setattr(collision_scene, "Pairing", lambda *args: (made.append(1), Pairing(*args))[1])
    graph = pile(4)
    detector, there = ContactDetector(graph), np.ones(5, dtype=bool)
    found = [len(detector.update(slid(graph, (0, 0, 1e-6 * k)), there)) for k in range(9)]
    assert (found, len(made)) == ([4] * 9, 1)
    *_, apart = (detector.update(slid(graph, (0, 0, 1)), there) for _ in range(3))
    assert len(apart) == 0


def peak(count):
    """Bytes that the contacts of boxes take that slide over the floor, fast."""
    graph = pile(count)
    states = [slid(graph, (0.3 * k, 0, 0)) for k in range(4)]
    detector = ContactDetector(graph)
    tracemalloc.start()
    detector.update_all(states, np.ones((4, len(graph.objects)), dtype=bool))
    try:
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_with_the_bodies_and_not_with_their_pairs():
    assert peak(1200) < 7 * peak(300)


def test_no_frames_have_no_contacts():
    graph, _ = flight(3)
    assert ContactDetector(graph).update_all([], np.zeros((0, len(graph.objects)), dtype=bool)) == []
