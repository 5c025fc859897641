"""What flew away or fell out: each cause in a run of which it is the cause, mended, and runs that have none."""

import pytest

from addon.scene_graph import Constraint, Mesh
from tests.jobs.why.runs import asked, ball, causes_of, fixed, floor, lamp, plan, proved, solid

LOW, HIGH, INNER = 0.0, 1.0, 0.8


def _ring(reach, z):
    return ((-reach, -reach, z), (reach, -reach, z), (reach, reach, z), (-reach, reach, z))


BOWL = Mesh(
    vertices=(*_ring(1, LOW), *_ring(1, HIGH), *_ring(INNER, 0.2), *_ring(INNER, HIGH)),
    faces=(
        (0, 3, 2, 1), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7), (8, 9, 10, 11), (8, 12, 13, 9),
        (9, 13, 14, 10), (10, 14, 15, 11), (11, 15, 12, 8), (4, 5, 13, 12), (5, 6, 14, 13), (6, 7, 15, 14),
        (7, 4, 12, 15),
    ),
)  # fmt: skip
"""A box without a lid, 1 m high."""

PIN = Constraint(name="Pin", type="HINGE", object1="A", object2="B", location=(0.25, 0, 2), disable_collisions=False)

FLIGHTS = {
    "overlap": (plan(floor(), ball(at=(0, 0, 0.1))), "Ball", "Ball and Floor lay 0.15 m in each other", ["move"]),
    "boxes": (plan(floor(), solid("A", (0, 0, 0.5), 1), solid("B", (0.3, 0, 0.6), 1)), "B", "lay 0.7 m", ["move"]),
    "sphere": (plan(floor(), ball("Egg", (0, 0, 0.26), scale=(3, 1, 1))), "Egg", "a sphere around", ["body", "move"]),
    "hollow": (
        plan(floor(), fixed("Bowl", (0, 0, 0), 1, geometry=BOWL, shape="CONVEX_HULL"), ball(at=(0, 0, 0.6))),
        "Ball", "fills the hollow that Ball is in", ["body", "move"],
    ),
    "joint": (
        plan(floor(), solid("A", (0, 0, 2), 1), solid("B", (0.5, 0, 2), 1), joints=(PIN,)),
        "A", "though the joint Pin holds them together", ["joint"],
    ),
    "masses": (
        plan(floor(), solid("Light", (0, 0, 0.25), 0.5, mass=0.001), solid("Heavy", (0, 0, 1.1), 1, mass=10000)),
        "Light", "10,000,000 times as heavy", ["body"],
    ),
    "launch": (
        plan(floor(), ball(at=(0, 0, 0.25)), rules=["After 0.2 s, launch Ball to the right at 90 m/s"]),
        "Ball", "Rule 1 acted at frame 13 (0.22 s): Ball is launched to the right at 90 m/s.", ["reword"],
    ),
    "impulse": (
        plan(floor(), ball(at=(0, 0, 0.25)), rules=["After 0.2 s, give Ball an impulse of 60 N s upwards"]),
        "Ball", "Rule 1 acted", ["reword"],
    ),
    "push": (
        plan(floor(), ball(at=(0, 0, 0.25)), rules=["After 0.2 s, push Ball to the right with 500 N for 1 s"]),
        "Ball", "Rule 1 acted", ["reword"],
    ),
    "script": (
        plan(floor(), ball(at=(0, 0, 0.25)), script="bpy.data.objects['Ball'].apply_force((4000, 0, 0))"),
        "Ball", "The script pushed Ball with 4e+03 N at frame 1 (0.02 s): 408 times its weight", [],
    ),
    "nothing below": (plan(ball(), steps=240), "Ball", "Ball fell from the start", ["floor"]),
    "edge": (plan(floor(), ball(at=(4, 0, 0.25), velocity=(4, 0, 0)), steps=300), "Ball", "Ball left Floor", ["floor"]),
    "no body": (plan(floor(body=False), ball(), steps=240), "Ball", "Floor has no rigid body", ["body"]),
    "collections": (plan(floor(collections=(3,)), ball(), steps=240), "Ball", "no collision collection", ["body"]),
    "thin": (
        plan(fixed("Floor", (0, 0, -0.005), (10, 10, 0.01)), solid("Tiny", (0, 0, 10), 0.02), steps=300),
        "Tiny", "it got 2.3 cm in a substep of physics", ["substeps"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("flown", "name", "told", "kinds"), FLIGHTS.values(), ids=FLIGHTS)
def test_a_flight_tells_its_cause_and_each_mend_keeps_it_in_the_scene(flown, name, told, kinds):
    (cause,) = causes_of(flown, name=name)
    assert told in cause.text
    assert name in cause.objects
    assert [mend.kind for mend in cause.mends] == kinds
    for mend in cause.mends:
        assert proved(flown, mend, object=name), mend.words


@pytest.mark.parametrize(
    "quiet",
    [
        plan(floor(), ball()),
        plan(floor(restitution=1), ball(at=(0, 0, 3), restitution=1), steps=200),
        plan(floor(), ball(at=(-3, 0, 0.5), velocity=(3, 0, 4)), steps=100),
        plan(floor(), solid("A", (0, 0, 0.5), 1), solid("B", (0, 0, 1.499), 1)),
        plan(floor(), solid("Light", (0, 0, 0.25), 0.5), solid("Heavy", (0, 0, 1.1), 1, mass=50)),
        plan(floor(), ball(at=(0, 0, 0.25)), lamp(), rules=["After 0.2 s, launch Ball upwards at 4 m/s"]),
        plan(floor(), fixed("Bowl", (0, 0, 0), 1, geometry=BOWL, shape="MESH"), ball(at=(0, 0, 0.6))),
        plan(ball(), gravity=(0, 0, 0)),
    ],
    ids=["falls", "bounces", "thrown", "stacked", "heavy", "launched", "in a bowl", "floats"],
)
def test_what_moves_as_it_may_has_no_cause(quiet):
    assert asked(quiet)[1] == ()


def test_the_hull_of_what_has_no_hollow_is_not_to_blame():
    deep = plan(floor(), fixed("Bowl", (0, 0, 0), 1, geometry=BOWL, shape="CONVEX_HULL"), ball(at=(0.9, 0, 0.6)))
    (cause,) = causes_of(deep, name="Ball")
    assert (cause.kind, [mend.kind for mend in cause.mends]) == ("overlap", ["move"])
