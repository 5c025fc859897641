"""Who moves an object, by its settings alone; tests/engine/test_mover.py compares that with Blender."""

import itertools

import pytest

from addon.fields import moved_by_physics
from addon.scene_graph import (
    Animation,
    Constraint,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    World,
    can_be_moved_by_script,
    is_fixed,
    is_free,
    is_held,
    is_part,
    mover,
)

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
MOVES = Animation(steps=(0, 5), location=((0, 0, 0), (1, 0, 0)), rotation=((1, 0, 0, 0),) * 2, scale=((1, 1, 1),) * 2)
SWITCHED = MOVES.model_copy(update={"kinematic": ((0, False), (9, True))})


def thing(name="Thing", body=None, **settings):
    return SceneObject(name=name, geometry=CUBE, body=body, **settings)


ACTIVE, PASSIVE = RigidBody(), RigidBody(type="PASSIVE")
HELD, OFF = RigidBody(kinematic=True), RigidBody(enabled=False)
LEFT_OUT = RigidBody(simulated=False)


@pytest.mark.parametrize(
    ("settings", "who", "by_script"),
    [
        ({}, "script", True),
        ({"body": ACTIVE}, "physics", True),
        ({"body": PASSIVE}, "script", True),
        ({"body": HELD}, "script", True),
        ({"body": OFF}, "script", True),
        ({"body": LEFT_OUT}, "script", True),
        ({"animation": MOVES}, "animation", False),
        ({"body": ACTIVE, "animation": MOVES}, "physics", True),
        ({"body": ACTIVE, "animation": SWITCHED}, "physics", False),
        ({"body": HELD, "animation": SWITCHED}, "animation", False),
        ({"body": HELD, "animation": Animation(kinematic=((0, True), (9, False)))}, "script", True),
        ({"body": PASSIVE, "animation": MOVES}, "animation", False),
        ({"body": OFF, "animation": MOVES}, "script", True),
        ({"parent": "Above"}, "parent", True),
        ({"parent": "Above", "body": ACTIVE}, "physics", True),
        ({"parent": "Above", "body": PASSIVE}, "parent", True),
        ({"parent": "Above", "body": HELD}, "parent", True),
        ({"parent": "Above", "body": OFF}, "script", True),
        ({"parent": "Above", "animation": MOVES}, "animation", False),
        ({"parent": "Whole"}, "parent", True),
        ({"parent": "Whole", "body": ACTIVE}, "parent", False),
        ({"parent": "Whole", "body": PASSIVE}, "parent", False),
    ],
)
def test_who_moves_an_object(settings, who, by_script):
    whole = thing("Whole", RigidBody(shape="COMPOUND"))
    graph = SceneGraph(objects=(thing("Above"), whole, thing(**settings)))
    assert (mover(graph, "Thing"), can_be_moved_by_script(graph, "Thing")) == (who, by_script)


def test_nothing_moves_what_the_graph_does_not_hold():
    joint = Constraint(name="Hinge", type="HINGE", object1="Box")
    graph = SceneGraph(objects=(thing("Box", ACTIVE),), constraints=(joint,), others={"Sun": "light"})
    assert [(mover(graph, n), can_be_moved_by_script(graph, n)) for n in ("Hinge", "Sun")] == [("nothing", False)] * 2
    for ask in (mover, can_be_moved_by_script):
        with pytest.raises(KeyError, match=r"no object 'Moon'; the scene has Box, Hinge, Sun"):
            ask(graph, "Moon")


def test_an_object_that_holds_a_joint_is_moved_as_others_are():
    joint = Constraint(name="Box", type="HINGE", object1="Box")
    assert mover(SceneGraph(objects=(thing("Box", ACTIVE),), constraints=(joint,)), "Box") == "physics"


def test_a_world_that_is_switched_off_moves_nothing():
    objects = thing("Box", ACTIVE), thing("Child", ACTIVE, parent="Box"), thing("Keyed", ACTIVE, animation=MOVES)
    graph = SceneGraph(objects=objects, world=World(enabled=False))
    assert [mover(graph, n) for n in graph.names] == ["script", "parent", "animation"]


def test_every_body_is_free_held_or_fixed_or_follows_its_object():
    for kind, enabled, kinematic in itertools.product(("ACTIVE", "PASSIVE"), (True, False), (True, False)):
        body = RigidBody(type=kind, enabled=enabled, kinematic=kinematic)
        obj = thing(body=body)
        found = [is_free(obj), is_held(obj), is_fixed(obj), kind == "PASSIVE" and kinematic]
        assert found.count(True) == 1
        assert is_free(obj) == moved_by_physics(body) == (kind == "ACTIVE" and enabled and not kinematic)
        assert (obj.dynamic_mass > 0) == is_free(obj)


@pytest.mark.parametrize("test", [is_free, is_held, is_fixed])
@pytest.mark.parametrize("body", [None, LEFT_OUT, RigidBody(type="PASSIVE", simulated=False)])
def test_without_a_body_that_blender_simulates_an_object_is_none_of_these(test, body):
    assert not test(thing(body=body))
    assert not moved_by_physics(None)


def test_a_part_has_a_body_and_a_compound_parent():
    whole = thing("Whole", RigidBody(shape="COMPOUND"))
    parts = thing("A", ACTIVE, parent="Whole"), thing("B", parent="Whole"), thing("C", ACTIVE, parent="A")
    graph = SceneGraph(objects=(whole, *parts))
    assert [o.name for o in graph.objects if is_part(o, graph)] == ["A"]
