"""A pair that the proximity test rules out is one that the detector does not tell."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.geometry.contacts import ContactDetector, Proximity
from addon.geometry.evaluated import EvaluatedState
from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject, StepState
from tests.geometry.random_scenes import flight


def box(name, size, location=(0, 0, 0), **fields):
    settings = fields.pop("body", RigidBody(shape="BOX"))
    return SceneObject(
        name=name, geometry=Primitive(kind="cube", dimensions=size), location=location, body=settings, **fields
    )


def state_of(graph, position, scale=None, turn=None):
    still = np.zeros((len(graph.objects), 3))
    turn = np.array([o.rotation for o in graph.objects]) if turn is None else turn
    scale = np.array([o.scale for o in graph.objects]) if scale is None else np.asarray(scale, dtype=float)
    return EvaluatedState.of(StepState(1, np.asarray(position, dtype=float), turn, scale, still, still))


def may_touch(graph, *positions, pairs=((0, 1),), **fields):
    """At the last of some frames."""
    states = [state_of(graph, position, **fields) for position in positions]
    return Proximity(graph).may_touch(states[-1], states[-3:-1], np.array(pairs)).tolist()


@settings(max_examples=8)
@given(st.integers(0, 2**32 - 1))
def test_what_the_detector_tells_may_touch(seed):
    graph, states = flight(seed)
    detector, present = ContactDetector(graph), np.ones(len(graph.objects), dtype=bool)
    pairs = np.array([(i, j) for i in range(len(present)) for j in range(i + 1, len(present))])
    together, each = Proximity(graph), [Proximity(graph) for _ in pairs]
    for frame, state in enumerate(states):
        before = states[max(frame - 2, 0) : frame]
        found = set(map(tuple, detector.update(state, present).pairs.tolist()))
        alone = np.concatenate([one.may_touch(state, before, pairs[[k]]) for k, one in enumerate(each)])
        for may in (together.may_touch(state, before, pairs), alone):
            assert found <= set(map(tuple, pairs[may].tolist())), f"frame {frame}"


def gaps(heights, monkeypatch):
    """How often a ball over a wall is held against it, of the frames at which it is so high; and whether it may touch
    at the last."""
    asked = []
    held = Proximity._way
    monkeypatch.setattr(Proximity, "_way", lambda *args: (asked.append(1), held(*args))[1])
    graph = SceneGraph(objects=(box("Wall", (4, 0.2, 4)), box("Ball", (0.2, 0.2, 0.2))))
    proximity, states = Proximity(graph), [state_of(graph, [(0, 0, 0), (0, y, 0)]) for y in heights]
    pairs = np.array([(0, 1)])
    may = [proximity.may_touch(s, states[max(k - 2, 0) : k], pairs).tolist() for k, s in enumerate(states)]
    return len(asked), may[-1]


def test_what_was_far_is_held_against_each_other_again_only_once_it_has_moved(monkeypatch):
    assert gaps([3.0] * 50, monkeypatch)[0] == 2
    assert gaps(3.0 - 0.001 * np.arange(100), monkeypatch)[0] == 2
    count, may = gaps(3.0 - 0.03 * np.arange(94), monkeypatch)
    assert (count < 40, may) == (True, [True])
    assert gaps([3.0] * 50 + [0.2], monkeypatch) == (3, [True])


def test_another_scale_is_noticed_from_afar():
    graph = SceneGraph(objects=(box("A", (1, 1, 1)), box("B", (1, 1, 1))))
    states = [state_of(graph, [(0, 0, 0), (9, 0, 0)], scale=[(1, 1, 1), (s, 1, 1)]) for s in (1, 1, 1, 1, 1.001)]
    proximity = Proximity(graph)
    may = [proximity.may_touch(s, states[max(k - 2, 0) : k], np.array([(0, 1)])) for k, s in enumerate(states)]
    assert [bool(one) for one in may] == [False] * 4 + [True]


def test_what_is_far_or_passes_by_cannot_touch():
    graph = SceneGraph(objects=(box("Wall", (4, 0.2, 4)), box("Ball", (0.2, 0.2, 0.2))))
    assert may_touch(graph, [(0, 0, 0), (0, 0.15, 0)]) == [True]
    assert may_touch(graph, [(0, 0, 0), (0, 0.3, 0)]) == [False]
    assert may_touch(graph, [(0, 0, 0), (2.3, 0, 0)]) == [False]


def test_a_fast_body_may_have_touched_between_two_frames():
    graph = SceneGraph(objects=(box("Wall", (4, 0.2, 4)), box("Ball", (0.2, 0.2, 0.2))))
    slow, fast = [(0, 0, 0), (0, 0.32, 0)], [(0, 0, 0), (0, 0.6, 0)]
    now = [(0, 0, 0), (0, 0.3, 0)]
    assert may_touch(graph, slow, now) == [False]
    assert may_touch(graph, fast, now) == [True]
    assert may_touch(graph, fast, now, now) == [True]
    assert may_touch(graph, fast, now, now, now) == [False]


def test_a_part_counts_as_its_compound():
    cup = box("Cup", (1, 1, 0.1), body=RigidBody(shape="COMPOUND"))
    side = box("Side", (0.1, 1, 1), (0.5, 0, 0.5), parent="Cup")
    graph = SceneGraph(objects=(cup, side, box("Ball", (0.2, 0.2, 0.2))))
    pairs = [(0, 2), (1, 2), (0, 1)]
    assert may_touch(graph, [(0, 0, 0), (0.5, 0, 0.5), (0.6, 0, 0.9)], pairs=pairs) == [True, True, False]
    assert may_touch(graph, [(0, 0, 0), (0.5, 0, 0.5), (0.6, 0, 1.4)], pairs=pairs) == [False, False, False]


def test_pairs_that_never_touch():
    hinge = Constraint(name="Hinge", type="HINGE", object1="A", object2="B")
    apart = box("C", (1, 1, 1), body=RigidBody(shape="BOX", collections=(3,)))
    objects = (box("A", (1, 1, 1)), box("B", (1, 1, 1)), apart, SceneObject(name="Lamp"))
    graph = SceneGraph(objects=objects, constraints=(hinge,))
    pairs = [(0, 1), (0, 2), (0, 3), (0, 0)]
    assert may_touch(graph, np.zeros((4, 3)), pairs=pairs) == [False] * 4
    assert may_touch(graph, np.zeros((4, 3)), pairs=np.zeros((0, 2), dtype=int)) == []


def test_nothing_is_ruled_out_of_what_has_another_scale():
    graph = SceneGraph(objects=(box("A", (1, 1, 1)), box("B", (1, 1, 1)), box("C", (1, 1, 1))))
    places, pairs = [(0, 0, 0), (5, 0, 0), (0, 5, 0)], [(0, 1), (0, 2)]
    for scale in ((2, 1, 1), (-1, 1, 1), (0, 0, 0), (np.nan, 1, 1)):
        assert may_touch(graph, places, scale=[(1, 1, 1), scale, (1, 1, 1)], pairs=pairs) == [True, False]


def test_what_lies_in_a_hollow_compound_cannot_touch_it():
    cup = box("Cup", (1, 1, 0.1), body=RigidBody(shape="COMPOUND"))
    sides = [box(f"Side {x}", (0.1, 1, 1), (x, 0, 0.5), parent="Cup") for x in (-0.5, 0.5)]
    graph = SceneGraph(objects=(cup, box("Ball", (0.2, 0.2, 0.2)), *sides))
    rest = [o.location for o in sides]
    assert may_touch(graph, [(0, 0, 0), (0, 0, 0.5), *rest]) == [False]
    assert may_touch(graph, [(0, 0, 0), (0.35, 0, 0.5), *rest]) == [True]
    many = [box(f"Leg {k}", (0.1, 0.1, 1), (0.5 * (-1) ** k, 0, 0.5), parent="Cup") for k in range(20)]
    graph = SceneGraph(objects=(cup, box("Ball", (0.2, 0.2, 0.2)), *many))
    assert may_touch(graph, [(0, 0, 0), (0, 0, 0.5), *(o.location for o in many)]) == [True]
