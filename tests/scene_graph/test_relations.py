import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.scene_graph import (
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


def test_relations_are_kept_in_the_graph():
    graph = with_relations(SceneGraph(objects=(box("Low", (0, 0, 0.5)), box("High", (0, 0, 1.5)))))
    assert len(graph.relations) == 3
    assert with_relations(graph) == graph
