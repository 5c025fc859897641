"""Open numbers: read, refused, put into scenes and scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.executor import ScriptError
from addon.jobs.search import OpenNumber, SearchError, applied, open_space
from addon.jobs.search.open_numbers import MOST, changes
from addon.jobs.search.quantities import object_quantities, world_quantities
from addon.scene_graph import Plane, Primitive, RigidBody, SceneGraph, SceneObject, World

SCRIPT = "v = tune(2.0, 1.0, 9.0)\nw = tune(0, -5, 5)\n"


def solid(name, place=(0, 0, 0), size=(1, 2, 4), **more):
    geometry = Primitive(kind="cube", dimensions=size)
    return SceneObject(name=name, location=place, geometry=geometry, body=RigidBody(), **more)


GRAPH = SceneGraph(
    objects=(
        solid("Ball", (1, 2, 3), (0.5, 0.5, 0.5)),
        solid("Cube.001", (4, 0, 0)),
        solid("Lid", (5, 0, 1), parent="Cube.001"),
        SceneObject(name="Lamp", location=(0, 0, 5)),
    )
)
PLANAR = SceneGraph(world=World(plane=Plane(meters_per_unit=0.5)), objects=(solid("Ball", (1, 0, 3), (2, 1, 2)),))


def one(text, graph=GRAPH):
    space = open_space([text], graph)
    return space.numbers[0], space.own[0]


def test_a_number_has_its_bounds_and_the_scenes_own_value():
    assert one("Ball.location.x=-2..2") == (OpenNumber("Ball.location.x", -2, 2), 1.0)
    assert one(" Ball.velocity.z = 0 .. 8e0/9 ") == (OpenNumber("Ball.velocity.z", 0, 8, 9), 0.0)
    assert one("Ball.radius=.1..0.5")[1] == 0.25
    assert one("Cube.001.dimensions.z=1..2", SceneGraph(objects=(solid("Cube.001"),)))[1] == 4.0
    assert one("world.gravity.z=-20..-1")[1] == pytest.approx(-9.81)
    assert one("Ball.scale=0.5..2")[1] == 1.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ball.location.x", "open numbers need bounds"),
        ("Ball.location.x=3", "open numbers need bounds"),
        ("", "open numbers need bounds"),
        ("Ball.location.x=2..-2", "the wrong way round"),
        ("Ball.location.x=2..2", "the wrong way round"),
        ("Ball.location.x=nan..2", "not finite"),
        ("Ball.location.x=0..inf", "not finite"),
        ("Ball.location.x=a..2", "'a' is no number"),
        ("Ball.location.x=0..2/1", "at least 2"),
        ("Ball.location.x=0..2/many", "at least 2"),
        ("Bal.location.x=0..2", "did you mean 'Ball'?"),
        ("Ball.locaton.x=0..2", "did you mean 'location.x'?"),
        ("Ball=0..2", "no object 'Ball'"),
        ("world.gravty.z=0..2", "did you mean 'gravity.z'?"),
        ("Ball.body.friction=-1..2", "can be from 0 to"),
        ("Ball.body.linear_damping=0..2", "can be from 0 to 1"),
        ("Ball.radius=0..2", "can be from 0.0001 to"),
        ("Lamp.body.mass=1..2", "no rigid body"),
        ("Lamp.radius=1..2", "no such size"),
        ("Cube.001.dimensions.x=1..2", "vary its scale"),
        ("script.1=1..2", "no number of a script is open"),
    ],
)
def test_what_cannot_be_open_is_refused(text, told):
    with pytest.raises(SearchError) as refused:
        open_space([text], GRAPH)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([], "no number is open"),
        (["Ball.location.x=0..1", "Ball.location.x=0..2"], "both set the same"),
        (["Ball.radius=0.1..1", "Ball.dimensions.x=0.1..2"], "both set the same"),
        (["Ball.scale=0.1..1", "Ball.radius=0.1..2"], "both set the same"),
        (["Ball.turn.x=0..1", "Ball.turn.y=0..2"], "both set the same"),
    ],
)
def test_what_does_not_go_together_is_refused(texts, told):
    with pytest.raises(SearchError, match=told):
        open_space(texts, GRAPH)


FLOOR = GRAPH.objects[0].model_copy(update={"name": "Floor", "rigid_body": RigidBody(type="PASSIVE")})


@pytest.mark.parametrize("field", ["velocity.x", "body.mass", "body.angular_damping"])
def test_what_physics_does_not_move_has_no_open_motion(field):
    graph = GRAPH.model_copy(update={"objects": (*GRAPH.objects, FLOOR)})
    with pytest.raises(SearchError, match="physics does not move 'Floor'"):
        open_space([f"Floor.{field}=0.1..0.5"], graph)
    assert open_space(["Floor.body.friction=0.1..0.5"], graph).numbers


def test_a_ball_of_a_plane_stays_round():
    round_one = PLANAR.objects[0].model_copy(update={"geometry": Primitive(kind="sphere", dimensions=(2, 2, 2))})
    graph = PLANAR.model_copy(update={"objects": (round_one,)})
    with pytest.raises(SearchError, match="stays round; vary its radius"):
        open_space(["Ball.dimensions.x=0.1..0.5"], graph)
    assert open_space(["Ball.radius=0.1..0.5"], graph).numbers


def test_too_many_are_refused():
    many = SceneGraph(objects=tuple(solid(f"B{k}") for k in range(MOST + 1)))
    with pytest.raises(SearchError, match=f"{MOST} are the most"):
        open_space([f"B{k}.location.x=0..1" for k in range(MOST + 1)], many)


def test_a_scripts_numbers_are_all_open_unless_some_are_named():
    assert [n.name for n in open_space([], GRAPH, SCRIPT).numbers] == ["script.1", "script.2"]
    assert open_space([], GRAPH, SCRIPT).own == (2.0, 0.0)
    both = open_space(["Ball.location.x=0..1"], GRAPH, SCRIPT)
    assert [n.name for n in both.numbers] == ["Ball.location.x", "script.1", "script.2"]
    (named,) = open_space(["script.2"], GRAPH, SCRIPT).numbers
    assert (named.low, named.high) == (-5, 5)
    (narrow,) = open_space(["script.1=2..4"], GRAPH, SCRIPT).numbers
    assert (narrow.low, narrow.high) == (2, 4)
    with pytest.raises(SearchError, match="can be from 1 to 9"):
        open_space(["script.1=0..4"], GRAPH, SCRIPT)
    with pytest.raises(SearchError, match=r"no number 'script.3'; did you mean"):
        open_space(["script.3=0..4"], GRAPH, SCRIPT)
    with pytest.raises(ScriptError):
        open_space([], GRAPH, "v = tune(1)")


def test_a_scripts_numbers_are_put_in():
    graph, script = applied({"script.2": 3.5}, GRAPH, SCRIPT)
    assert (graph, script) == (GRAPH, "v = tune(2, 1.0, 9.0)\nw = tune(3.5, -5, 5)\n")


@pytest.mark.parametrize("graph", [GRAPH, PLANAR], ids=["space", "plane"])
def test_every_number_that_is_put_in_is_read_again(graph):
    for field in object_quantities(graph.world):
        name = f"Ball.{field}"
        changed, _ = applied({name: 0.6}, graph)
        assert changed != graph, field
        if not field.startswith(("turn", "scale")):
            assert one(f"{name}=0.25..0.75", changed)[1] == pytest.approx(0.6), field
        assert changed == graph.replace(objects=[o.model_dump() for o in changed.objects])
    for field in world_quantities(graph.world):
        changed, _ = applied({f"world.{field}": 0.5}, graph)
        assert one(f"world.{field}=0..1", changed)[1] == 0.5


@given(st.floats(-3, 3), st.floats(0.1, 2), st.floats(0, 1))
def test_several_numbers_are_put_in_at_once(place, radius, friction):
    values = {"Ball.location.y": place, "Ball.radius": radius, "Ball.body.friction": friction}
    changed, script = applied(values, GRAPH)
    again = open_space([f"{name}=-0..9" if "body" in name else f"{name}=0.01..9" for name in values], changed)
    assert dict(zip(values, again.own, strict=True)) == pytest.approx(values)
    assert script is None
    assert changed.object("Cube.001") == GRAPH.object("Cube.001")


@given(st.floats(0, 1), st.floats(-1e5, 1e5), st.floats(1e-3, 1e5), st.none() | st.integers(2, 50))
def test_a_point_becomes_a_value_within_the_bounds_and_comes_back(part, low, width, count):
    number = OpenNumber("x", low, low + width, count)
    value = number.value(part)
    assert number.low <= value <= number.high
    assert number.value(number.part(value)) == pytest.approx(value, abs=2e-5 * width)
    if count is None:
        assert number.part(value) == pytest.approx(part, abs=1e-4)


def test_few_values_are_spread_evenly():
    number = OpenNumber("x", -1.0, 1.0, 5)
    assert sorted({number.value(k / 100) for k in range(101)}) == [-1, -0.5, 0, 0.5, 1]


def test_an_own_value_outside_the_bounds_is_brought_to_them():
    space = open_space(["Ball.location.x=5..9", "Ball.location.z=0..2"], GRAPH)
    assert space.values(space.start) == (5.0, 2.0)


def test_what_hangs_on_an_object_goes_with_it():
    moved, _ = applied({"Cube.001.location.x": 6.0}, GRAPH)
    assert moved.object("Lid").location == pytest.approx((7, 0, 1))
    turned, _ = applied({"Cube.001.turn.y": 90.0}, GRAPH)
    assert turned.object("Lid").location == pytest.approx((5, 0, -1))
    grown, _ = applied({"Cube.001.scale": 2.0}, GRAPH)
    assert grown.object("Lid").location == pytest.approx((6, 0, 2))
    assert grown.object("Lid").dimensions == pytest.approx((2, 4, 8))
    assert applied({"Cube.001.velocity.x": 6.0}, GRAPH)[0].object("Lid") == GRAPH.object("Lid")


def test_a_plane_is_in_its_units():
    assert one("Ball.location.y=0..9", PLANAR)[1] == 6.0
    assert one("Ball.radius=0.1..9", PLANAR)[1] == 2.0
    moved, _ = applied({"Ball.location.y": 8.0, "Ball.radius": 1.0, "Ball.turn": 90.0}, PLANAR)
    ball = moved.object("Ball")
    assert ball.location == (1, 0, 4)
    assert ball.dimensions == pytest.approx((1, 0.5, 1))
    assert ball.rotation == pytest.approx((0.5**0.5, 0, -(0.5**0.5), 0))
    with pytest.raises(SearchError, match="cannot be varied"):
        open_space(["Ball.location.z=0..1"], PLANAR)


def test_changes_are_plain_data_for_a_scene_in_blender():
    names = ["Ball.velocity.x", "Ball.radius", "Ball.body.mass", "world.gravity.z", "script.1"]
    changed, _ = applied({"Ball.velocity.x": 3.0, "Ball.radius": 0.5, "Ball.body.mass": 2.0}, GRAPH)
    assert changes(names, changed) == {
        "Ball": {"velocity": (3, 0, 0), "scale": (2, 2, 2), "body.mass": 2.0},
        "": {"gravity": GRAPH.world.gravity},
    }
