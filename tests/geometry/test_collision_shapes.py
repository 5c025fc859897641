"""Where bodies of each shape rest, as measured in Blender 4.5 and 5.2, and what follows for contacts."""

import math

import numpy as np
import pytest

import addon.geometry.contacts.scene as collision_scene
from addon.geometry.contacts import ContactDetector
from addon.geometry.evaluated import EvaluatedState
from addon.scene_graph import Constraint, Mesh, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World

SIZE = (1.0, 0.8, 1.2)
TURNS = {"z": (1, 0, 0, 0), "x": (0.5**0.5, 0, 0.5**0.5, 0), "y": (0.5**0.5, 0.5**0.5, 0, 0)}
"""Which axis of the body is the vertical one."""

FLOOR = SceneObject(
    name="Floor",
    geometry=Primitive(kind="cube", dimensions=(400, 400, 2)),
    location=(0, 0, -1),
    body=RigidBody(type="PASSIVE", shape="BOX"),
)


def block(size=SIZE, shift=(0, 0, 0)):
    corners = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
    points = [tuple(c[i] * size[i] + shift[i] for i in range(3)) for c in corners]
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    return Mesh(vertices=tuple(points), faces=faces)


def made(name="Body", geometry=None, location=(0, 0, 0), scale=(1, 1, 1), rotation=(1, 0, 0, 0), parent=None, **body):
    return SceneObject(
        name=name,
        geometry=geometry or block(),
        location=location,
        scale=scale,
        rotation=rotation,
        parent=parent,
        body=RigidBody(**body),
    )


def states(graph, places):
    """States in which the last object is at the given places, one after the other."""
    for number, place in enumerate(places):
        position = np.array([o.location for o in graph.objects], dtype=float)
        position[-1] = place
        turn, scale = np.array([o.rotation for o in graph.objects]), np.array([o.scale for o in graph.objects])
        still = np.zeros_like(position)
        yield EvaluatedState.of(StepState(number, position, turn, scale, still, still))


def gap(*objects):
    """The distance that the contact of the first and the last object carries; None without one."""
    graph = SceneGraph(objects=objects)
    state = next(states(graph, [objects[-1].location]))
    found = ContactDetector(graph).update(state, np.ones(len(objects), dtype=bool))
    pair = (0, len(objects) - 1)
    return next((c.distance for c in found if (c.a, c.b) == pair), None)


RESTS = [
    ("BOX", (1, 2, 3), None, "z", 1.8),
    ("BOX", (1, 2, 3), 0.1, "y", 0.8),
    ("SPHERE", (1, 1, 1), 0.1, "z", 0.6),
    ("SPHERE", (1, 2, 3), None, "z", 0.6),
    ("SPHERE", (2, 1, 1), None, "z", 1.2),
    ("CAPSULE", (1, 1, 1), None, "y", 0.5),
    ("CAPSULE", (1, 2, 3), None, "z", 1.3),
    ("CYLINDER", (1, 1, 1), None, "z", 0.6),
    ("CYLINDER", (1, 2, 3), None, "y", 0.5),
    ("CYLINDER", (1, 2, 3), 0.1, "z", 1.8),
    ("CONE", (1, 1, 1), None, "z", 0.64),
    ("CONE", (1, 2, 3), 0.1, "z", 1.9),
    ("CONVEX_HULL", (1, 1, 1), None, "z", 0.6),
    ("CONVEX_HULL", (1, 1, 1), 0.01, "y", 0.41),
    ("CONVEX_HULL", (2, 2, 2), None, "z", 1.2),
    ("CONVEX_HULL", (2, 2, 2), 0.1, "z", 1.3),
    ("CONVEX_HULL", (1, 2, 3), None, "z", 1.72),
    ("CONVEX_HULL", (1, 2, 3), None, "y", 0.76),
    ("CONVEX_HULL", (2, 3, 4), None, "z", 2.32),
    ("CONVEX_HULL", (0.5, 1, 2), None, "y", 0.38),
    ("CONVEX_HULL", (0.3, 0.3, 0.3), 0.1, "z", 0.28),
    ("MESH", (1, 1, 1), None, "z", 0.64),
    ("MESH", (2, 2, 2), None, "z", 1.24),
    ("MESH", (0.3, 0.3, 0.3), 0.1, "y", 0.22),
]


@pytest.mark.parametrize(("shape", "scale", "margin", "up", "height"), RESTS)
def test_bodies_rest_where_blender_has_them(shape, scale, margin, up, height):
    body = made(location=(0, 0, height), scale=scale, rotation=TURNS[up], shape=shape, margin=margin)
    assert gap(FLOOR, body) == pytest.approx(0, abs=5e-4)
    raised = body.model_copy(update={"location": (0, 0, height + 0.015)})
    assert gap(FLOOR, raised) is None


@pytest.mark.parametrize("size", [(0.02, 0.02, 0.02), (0.07, 0.07, 0.07), (1, 1, 0.001)])
def test_a_hull_too_thin_for_the_margin_has_none_unless_it_is_ticked(size):
    at = {"geometry": block(size), "shape": "CONVEX_HULL"}
    assert gap(FLOOR, made(location=(0, 0, size[2] / 2), **at)) == pytest.approx(0, abs=1e-5)
    assert gap(FLOOR, made(location=(0, 0, size[2] / 2 + 0.1), margin=0.1, **at)) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("shape", "height"), [("BOX", 0.5), ("SPHERE", 0.5), ("CYLINDER", 0.5), ("CONVEX_HULL", -1.5)])
def test_only_hulls_and_meshes_lie_where_the_mesh_is(shape, height):
    aside = block((1, 1, 1), (0, 0, 2))
    assert gap(FLOOR, made(geometry=aside, location=(0, 0, height), shape=shape)) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("shape", ["BOX", "CONVEX_HULL", "MESH"])
def test_the_shape_that_physics_sees_counts(shape):
    tall = block((1, 1, 3))
    body = made(geometry=block((1, 1, 1)), location=(0, 0, 1.5), shape=shape, margin=0.0, collision=tall)
    assert gap(FLOOR, body) == pytest.approx(0, abs=1e-3)
    assert gap(FLOOR, body.model_copy(update={"location": (0, 0, 1.6)})) is None


@pytest.mark.parametrize("size", [0.01, 0.02, 0.1, 0.5])
def test_small_things_touch_only_when_they_are_near_for_their_size(size):
    def raised(by):
        return made(geometry=block((size,) * 3), location=(0, 0, size / 2 + by), shape="BOX")

    assert gap(FLOOR, raised(0.01 * size)) is not None
    assert gap(FLOOR, raised(0.1 * size)) is None


def test_large_things_touch_at_larger_gaps():
    assert gap(FLOOR, made(geometry=block((20, 20, 20)), location=(0, 0, 10.04), shape="BOX")) is not None
    assert gap(FLOOR, made(geometry=block((20, 20, 20)), location=(0, 0, 10.2), shape="BOX")) is None


def test_a_compound_takes_its_own_scale_and_not_its_childrens():
    root = made("Root", location=(0, 0, 5), scale=(2, 2, 2), shape="COMPOUND")
    child = made("Child", block((1, 1, 1)), (0, 0, 4), parent="Root", scale=(3, 3, 3), shape="BOX")
    low = [o.model_copy(update={"location": (0, 0, o.location[2] - 3)}) for o in (child, root)]
    assert gap(FLOOR, *low) == pytest.approx(0, abs=1e-6)


def test_a_compound_without_children_touches_nothing():
    lone = made("Lone", location=(0, 0, 0.6), shape="COMPOUND")
    graph = SceneGraph(objects=(FLOOR, made(location=(3, 0, 0.6), shape="BOX"), lone))
    detector, present = ContactDetector(graph), np.ones(3, dtype=bool)
    places = [(0, 0, 0.6), (0, 0, 0.6), (0, 0, 0.2), (5, 0, -9)]
    found = [detector.update(s, present) for s in states(graph, places)]
    assert [c.pairs.tolist() for c in found] == [[[0, 1]]] * 4


def test_a_compound_in_a_compound():
    root, inner = made("Root", location=(0, 0, 1.5), shape="COMPOUND"), made("In", parent="Root", shape="COMPOUND")
    inner = inner.model_copy(update={"location": (0, 0, 1.0)})
    leaf = made("Leaf", block((1, 1, 1)), (0, 0, 0.5), parent="In", shape="BOX")
    assert gap(FLOOR, leaf, inner, root) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("settings", "meets"), [({}, True), ({"kinematic": True}, False), ({"type": "PASSIVE"}, False)]
)
def test_a_child_meets_its_parent_if_bullet_moves_it(settings, meets):
    child = made("Child", location=(0, 0, 0.6), parent="Floor", shape="BOX", **settings)
    assert (gap(FLOOR, child) is not None) == meets


@pytest.mark.parametrize("shape", ["BOX", "MESH"])
@pytest.mark.parametrize(
    ("joint", "meets"), [({}, False), ({"enabled": False}, False), ({"disable_collisions": False}, True), (None, True)]
)
def test_joined_bodies_do_not_meet_unless_they_may(shape, joint, meets):
    """A joint that is switched off still keeps them apart, one without a second body joins nothing."""
    second = {"object2": None} if joint is None else {"object2": "Floor", **joint}
    hinge = Constraint(name="Hinge", type="HINGE", object1="Body", **second)
    body = made(location=(0, 0, 0.6), shape=shape, margin=0.0)
    graph = SceneGraph(objects=(FLOOR, body), constraints=(hinge,))
    found = ContactDetector(graph).update(next(states(graph, [body.location])), np.ones(2, dtype=bool))
    assert (len(found) == 1) == meets


@pytest.mark.parametrize("shape", ["BOX", "MESH"])
def test_bodies_of_other_collections_do_not_meet(shape):
    other = made(location=(0, 0, 0.6), shape=shape, margin=0.0, collections=(1, 3))
    assert gap(FLOOR, other) is None
    assert (
        gap(FLOOR, other.model_copy(update={"rigid_body": other.body.model_copy(update={"collections": (0, 3)})}))
        is not None
    )


def test_what_stood_and_then_moves_meets_what_stands():
    block_ = made(location=(0, 0, 0.6), type="PASSIVE", shape="BOX")
    graph = SceneGraph(objects=(FLOOR, block_))
    detector, present = ContactDetector(graph), np.ones(2, dtype=bool)
    places = [(0, 0, 0.6), (0, 0, 0.6), (0.001, 0, 0.6), (0.002, 0, 0.6)]
    assert [len(detector.update(s, present)) for s in states(graph, places)] == [0, 0, 1, 1]


def test_a_mesh_with_a_concave_face_leaves_its_hollow_free():
    outline = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]
    points = tuple((float(x), float(y), z) for z in (-0.5, 0.5) for x, y in outline)
    sides = tuple((i, (i + 1) % 6, (i + 1) % 6 + 6, i + 6) for i in range(6))
    angle = Mesh(vertices=points, faces=(tuple(range(5, -1, -1)), tuple(range(6, 12)), *sides))
    corner = made("Corner", angle, type="PASSIVE", shape="MESH", margin=0.0)
    ball = Primitive(kind="sphere", dimensions=(0.6, 0.6, 0.6))
    assert gap(corner, made(geometry=ball, location=(1.5, 1.5, 0.5), shape="SPHERE")) is None
    assert gap(corner, made(geometry=ball, location=(0.5, 1.5, 0.79), shape="SPHERE")) is not None


def held_up(offsets, shape="BOX", size=(1, 1, 1), **world):
    """In which frames a body touches the floor that hovers over it by offsets, in m."""
    body = made(geometry=block(size), location=(0, 0, size[2] / 2), shape=shape)
    graph = SceneGraph(objects=(FLOOR, body), world=World(fps=24, **world))
    detector, present = ContactDetector(graph), np.ones(2, dtype=bool)
    places = [(0, 0, size[2] / 2 + offset) for offset in offsets]
    return [bool(len(detector.update(s, present))) for s in states(graph, places)]


def test_a_body_that_is_held_up_does_not_lose_touch_for_a_frame():
    assert all(held_up([0, 0, 0, 0, 0.0015, 0, 0.002, 0.0005, 0, 0.0015], size=(0.03, 0.03, 0.03)))


def test_a_thin_plate_is_held_up_over_a_gap():
    assert all(held_up([0.01, 0.0099, 0.0098, 0.0097, 0.0097], "CYLINDER", (1, 1, 0.001))[2:])


def test_a_body_in_free_fall_is_held_by_nothing():
    drop = [0.5 * 9.81 * (k / 24) ** 2 for k in range(12)]
    assert not any(held_up([0.12 + drop[-1] - d for d in drop], "CYLINDER", (1, 1, 0.01)))


@pytest.fixture
def in_pieces(monkeypatch):
    monkeypatch.setattr(collision_scene, "LARGE", 10)
    monkeypatch.setattr(collision_scene, "FIRST_ROOM", 3)


def rolling():
    """A ball and a box over waves, and what they touch with which gap."""
    line = np.linspace(-5, 5, 41)
    x, y = np.meshgrid(line, line, indexing="ij")
    z = 0.2 * np.sin(2 * x) * np.cos(y)
    corner = (np.arange(40)[:, None] * 41 + np.arange(40)).ravel()
    quads = np.stack([corner, corner + 41, corner + 42, corner + 1], axis=1)
    points = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    waves = Mesh(vertices=tuple(map(tuple, points.tolist())), faces=tuple(map(tuple, quads.tolist())))
    floor = made(
        "Waves", waves, type="PASSIVE", shape="MESH", scale=(1.5, 1, 1), rotation=(math.cos(0.2), 0, 0, math.sin(0.2))
    )
    ball = made("Ball", Primitive(kind="sphere", dimensions=(1, 1, 1)), (-2, 0.5, 0.5), shape="SPHERE")
    graph = SceneGraph(objects=(floor, ball, made(shape="BOX")))
    detector, present = ContactDetector(graph), np.ones(3, dtype=bool)
    places = [(0.15 * k - 4, 0.1 * k - 3, 0.55) for k in range(50)]
    found = [detector.update(s, present) for s in states(graph, places)]
    return [(c.pairs.tolist(), c.distance.round(9).tolist(), c.point.round(6).tolist()) for c in found]


def test_a_surface_in_pieces_is_the_whole_surface(request):
    whole = rolling()
    request.getfixturevalue("in_pieces")
    assert rolling() == whole
    assert sum(len(pairs) for pairs, _, _ in whole) > 10
