"""Wishes that are read without a model."""

import pytest

from addon.rewards import read_back, validate
from addon.rewards.wishes import plain_wish
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.scene_graph.world import Plane


def solid(name, place, size=(1.0, 1.0, 1.0)):
    return SceneObject(
        name=name, geometry=Primitive(kind="cube", dimensions=size), location=place, body=RigidBody(type="PASSIVE")
    )


SCENE = SceneGraph(
    world=World(fps=60),
    objects=(
        solid("Ball", (0, 0, 2)),
        solid("Bucket", (4, 1, 0.5), (2, 1, 1)),
        solid("Bucket Rim", (9, 0, 0)),
        solid("bucket", (7, 7, 7)),
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "Ball lies in Bucket at the end",
        "the ball lands in the Bucket.",
        "Get the ball into Bucket",
        "Ball should end up on top of Bucket",
        "Ball is in Bucket",
        "put  Ball in Bucket!",
    ],
)
def test_what_is_to_lie_somewhere_is_above_it_and_touches_it(text):
    wish = plain_wish(text, SCENE)
    assert (wish.thing, wish.place) == ("Ball", "Bucket")
    validate(wish.expression, SCENE)
    assert str(wish.expression).startswith('AND(NEARBY_AT("Ball", x=4.0, y=1.0, t=1.0, threshold_strength=')
    assert str(wish.expression).endswith('TOUCHING("Ball", "Bucket", t=1.0))')
    assert "within 0.5 m of" in read_back(wish.expression, SCENE)


def test_what_is_to_touch_something_does_so_once():
    wish = plain_wish("Ball hits the Bucket Rim", SCENE)
    assert str(wish.expression) == 'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Bucket Rim"})'


def test_a_name_is_taken_as_it_is_written_where_others_differ_in_capitals():
    assert plain_wish("Ball lies in bucket", SCENE).place == "bucket"


@pytest.mark.parametrize(("name", "said"), [("Kiste", "KİSTE"), ("İz", "iz"), ("Kasıt", "KASIT"), ("Mass", "MAſS")])
def test_a_name_is_known_in_all_capitals_that_letters_have(name, said):
    scene = SCENE.model_copy(update={"objects": (*SCENE.objects, solid(name, (3, 3, 3)))})
    assert plain_wish(f"Ball hits {said}", scene).place == name


@pytest.mark.parametrize(
    "text",
    [
        "Ball lies in Ball",
        "Ball lies in Basket",
        "Ball never lies in Bucket",
        "Ball lies in Bucket, but not before 2 s",
        "Ball hits Bucket twice",
        'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Bucket"})',
        "",
    ],
)
def test_what_is_not_plain_is_left_to_others(text):
    assert plain_wish(text, SCENE) is None


def test_there_are_none_in_a_plane_and_without_things():
    flat = SCENE.model_copy(update={"world": World(fps=60, plane=Plane())})
    assert plain_wish("Ball lies in Bucket", flat) is None
    assert plain_wish("Ball lies in Bucket", SceneGraph(world=World())) is None
