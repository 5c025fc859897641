"""Which numbers are opened for a thing that is to get to another."""

import pytest

from addon.jobs.search import SearchError, open_space
from addon.jobs.search.aiming import aimed
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World


def scene(*places):
    return SceneGraph(
        world=World(fps=60),
        objects=tuple(
            SceneObject(
                name=name, geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), location=place, body=RigidBody()
            )
            for name, place in zip(("Ball", "Bucket"), places, strict=True)
        ),
    )


def test_a_thing_above_is_sent_along_the_axes_on_which_the_other_is_away():
    graph = scene((0, 0, 3), (3, -0.3, 0))
    assert aimed("Ball", "Bucket", graph) == ["Ball.velocity.x=0..12"]
    assert aimed("Ball", "Bucket", scene((0, 0, 3), (0.6, -2, 0))) == [
        "Ball.velocity.x=0..2.4",
        "Ball.velocity.y=-8..0",
    ]
    assert open_space(aimed("Ball", "Bucket", graph), graph).own == (0.0,)


def test_a_thing_below_the_others_top_is_thrown_up_too():
    up = aimed("Ball", "Bucket", scene((0, 0, 0), (3, 0, 0)))[-1]
    assert up.startswith("Ball.velocity.z=0..6.2")


def test_nothing_is_opened_for_what_is_there_already():
    with pytest.raises(SearchError, match="straight above or below"):
        aimed("Ball", "Bucket", scene((0, 0, 3), (0.2, 0, 0)))
