import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.scene_graph import (
    Constraint,
    Material,
    Mesh,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    color_name,
    compute_relations,
    scene_text,
    with_relations,
    world_bounds,
)
from addon.scene_graph.relations import OVERLAP, TOUCH_GAP


def box(name, location, size=(1, 1, 1), **fields):
    return SceneObject(name=name, location=location, geometry=Primitive(kind="cube", dimensions=size), **fields)


def told(*objects):
    return {(r.subject, r.kind, r.object) for r in compute_relations(SceneGraph(objects=objects))}


def test_a_stack():
    assert told(box("Low", (0, 0, 0.5)), box("High", (0, 0, 1.5))) == {
        ("Low", "touches", "High"),
        ("High", "above", "Low"),
        ("Low", "supports", "High"),
    }


def test_hovering_is_above_and_not_supported():
    assert told(box("Low", (0, 0, 0)), box("High", (0, 0, 1.5))) == {("High", "above", "Low")}


@pytest.mark.parametrize("order", [1, -1])
def test_sides(order):
    pair = [box("A", (0, 0, 0)), box("B", (1.5, 0, 0))]
    assert told(*pair[::order]) == {("A", "left_of", "B")}
    pair = [box("A", (0, 0, 0)), box("B", (0, 1.5, 0))]
    assert told(*pair[::order]) == {("A", "in_front_of", "B")}


def test_inside():
    assert told(box("Small", (0.5, 0, 0)), box("Large", (0, 0, 0), (3, 3, 3))) == {("Small", "inside", "Large")}


def test_far_objects_are_not_told():
    assert told(box("A", (0, 0, 0)), box("B", (50, 0, 0))) == set()


@given(st.floats(-math.pi, math.pi))
def test_bounds_of_a_turned_box(angle):
    turned = box("A", (1, 2, 3), (2, 4, 6), rotation=(math.cos(angle / 2), 0, 0, math.sin(angle / 2)))
    low, high = world_bounds(turned)
    width = 2 * abs(math.cos(angle)) + 4 * abs(math.sin(angle))
    assert high - low == pytest.approx([width, 2 * abs(math.sin(angle)) + 4 * abs(math.cos(angle)), 6])
    assert (high + low) / 2 == pytest.approx([1, 2, 3])


def test_bounds_of_a_turned_sphere_stay():
    ball = SceneObject(
        name="A",
        geometry=Primitive(kind="sphere", dimensions=(2, 2, 2)),
        rotation=(math.sqrt(0.5), math.sqrt(0.5), 0, 0),
    )
    low, high = world_bounds(ball)
    assert np.allclose(low, -1)
    assert np.allclose(high, 1)


def test_bounds_of_a_mesh():
    mesh = Mesh(vertices=((0, 0, 0), (1, 0, 0), (0, 1, 0)), faces=((0, 1, 2),))
    low, high = world_bounds(SceneObject(name="A", geometry=mesh, location=(1, 1, 1), scale=(2, 2, 2)))
    assert np.allclose(low, [1, 1, 1])
    assert np.allclose(high, [3, 3, 1])


def one_by_one(graph):
    """The relations as they are defined, pair by pair."""
    boxes = [(o.name, *world_bounds(o)) for o in graph.objects if o.geometry is not None]
    for (a, low_a, high_a), (b, low_b, high_b) in combinations(boxes, 2):
        gap = np.maximum(low_a - high_b, low_b - high_a)
        if np.max(gap) > min(np.max(high_a - low_a), np.max(high_b - low_b)):
            continue
        if np.all(low_a >= low_b - TOUCH_GAP) and np.all(high_a <= high_b + TOUCH_GAP):
            yield a, "inside", b
            continue
        if np.all(low_b >= low_a - TOUCH_GAP) and np.all(high_b <= high_a + TOUCH_GAP):
            yield b, "inside", a
            continue
        if np.max(gap) <= TOUCH_GAP:
            yield a, "touches", b
        overlap = np.minimum(high_a, high_b)[:2] - np.maximum(low_a, low_b)[:2]
        footprint = np.minimum(high_a - low_a, high_b - low_b)[:2]
        if np.all(overlap > OVERLAP * footprint) and gap[2] > -TOUCH_GAP:
            upper, lower = (a, b) if low_a[2] - high_b[2] >= low_b[2] - high_a[2] else (b, a)
            yield upper, "above", lower
            if gap[2] <= TOUCH_GAP:
                yield lower, "supports", upper
        if gap[0] > 0:
            yield (a, "left_of", b) if high_a[0] <= low_b[0] else (b, "left_of", a)
        if gap[1] > 0:
            yield (a, "in_front_of", b) if high_a[1] <= low_b[1] else (b, "in_front_of", a)


grid = st.integers(-4, 4).map(lambda n: n / 2)
thing = st.builds(
    lambda location, size, angle, plain: (location, size, angle, plain),
    st.tuples(grid, grid, grid),
    st.tuples(*[st.sampled_from([0.5, 1.0, 2.0, 5.0])] * 3),
    st.sampled_from([0.0, 0.0, 0.3, math.pi / 2]),
    st.booleans(),
)


@given(st.lists(thing, max_size=12))
def test_all_pairs_at_once_are_told_as_one_by_one(things):
    objects = []
    for number, (location, size, angle, plain) in enumerate(things):
        turned = {"rotation": (math.cos(angle / 2), 0, 0, math.sin(angle / 2))}
        made = box(f"Box {number}", location, size, **turned)
        objects.append(made if plain else made.model_copy(update={"geometry": None} if number % 3 == 0 else {}))
    graph = SceneGraph(objects=tuple(objects))
    assert [(r.subject, r.kind, r.object) for r in compute_relations(graph)] == list(one_by_one(graph))


def test_colors():
    assert color_name((1, 0, 0, 1)) == "red"
    assert color_name((0.05, 0.1, 0.9, 1)) == "blue"
    assert color_name((0, 0, 0, 1)) == "black"


def test_text_names_what_a_coder_needs():
    ball = SceneObject(
        name="Ball",
        location=(0, 0, 2),
        velocity=(1, 0, 0),
        geometry=Primitive(kind="sphere", dimensions=(0.4, 0.4, 0.4)),
        body=RigidBody(mass=2),
        material=Material(color=(1, 0, 0, 1)),
        properties={"hits": 0},
    )
    text = scene_text(SceneGraph(objects=(ball, box("Floor", (0, 0, -0.5)))))
    assert (
        "- Ball: red, sphere (0.4, 0.4, 0.4) m, ACTIVE 2 kg, at (0, 0, 2), velocity (1, 0, 0) m/s, ['hits']=0" in text
    )
    assert "- Floor: cube (1, 1, 1) m, no body" in text


@pytest.mark.parametrize(("second", "told"), [("B", "joins A to B"), (None, "of A alone, which joins nothing")])
def test_text_tells_what_a_joint_joins(second, told):
    bodies = [box(name, (0, 0, 3 * i), body=RigidBody()) for i, name in enumerate("AB")]
    hinge = Constraint(name="Hinge", type="HINGE", object1="A", object2=second)
    assert f"- Hinge: HINGE {told}" in scene_text(SceneGraph(objects=tuple(bodies), constraints=(hinge,)))


def test_relations_are_kept_in_the_graph():
    graph = with_relations(SceneGraph(objects=(box("Low", (0, 0, 0.5)), box("High", (0, 0, 1.5)))))
    assert len(graph.relations) == 3
    assert with_relations(graph) == graph
