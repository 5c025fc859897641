"""Holding what was read against what is true."""

from addon.perception.comparison import compared
from addon.scene_graph import Primitive, SceneGraph, SceneObject, World


def thing(name, place, size=1.0, kind="crate", **more):
    geometry = Primitive(kind="cube", dimensions=(size, size, size))
    return SceneObject(name=name, geometry=geometry, location=place, semantic_class=kind, **more)


def graph(*objects):
    return SceneGraph(world=World(), objects=objects)


def test_a_graph_is_like_itself():
    one = graph(thing("A", (0, 0, 0)), thing("B", (2, 0, 0), 0.5))
    found = compared(one, one)
    assert [(pair.name, pair.read, pair.away, pair.misfit) for pair in found.pairs] == [
        ("A", "A", 0, 0),
        ("B", "B", 0, 0),
    ]
    assert (found.missing, found.invented, found.misread, found.away) == ((), (), (), 0)


def test_what_is_off_is_told_in_sizes():
    (pair,) = compared(graph(thing("Read", (0.2, 0, 0), 1.1)), graph(thing("A", (0, 0, 0), 2.0))).pairs
    assert (round(pair.away, 6), round(pair.misfit, 6)) == (0.1, 0.45)


def test_the_nearest_of_the_right_class_is_taken_and_the_other_is_invented():
    read = graph(thing("Door", (0.1, 0, 0), kind="door"), thing("Crate", (0.2, 0, 0)))
    found = compared(read, graph(thing("A", (0, 0, 0))))
    assert [pair.read for pair in found.pairs] == ["Crate"]
    assert found.invented == ("Door",)


def test_what_is_too_far_is_missing_and_what_is_hidden_is_not():
    true = graph(thing("A", (0, 0, 0)), thing("B", (9, 0, 0)), thing("C", (5, 0, 0), hide_render=True))
    found = compared(graph(thing("Read", (1, 0, 0))), true)
    assert (found.pairs, found.missing, found.invented, found.away) == ((), ("A", "B"), ("Read",), None)


def test_only_classes_that_pictures_can_have_are_judged():
    read = graph(thing("R", (0, 0, 0), kind="ball"), thing("S", (5, 0, 0), kind="ball"))
    found = compared(read, graph(thing("A", (0, 0, 0), kind="crate"), thing("Mine", (5, 0, 0), kind="teapot")))
    assert [pair.name for pair in found.misread] == ["A"]
