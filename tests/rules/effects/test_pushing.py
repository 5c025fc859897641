"""What is said of forces, magnets, springs, wind, drag, hovering and belts, and what it does in Blender."""

import math

import numpy as np
import pytest

from addon.rules.effects.air import Drag, Wind
from addon.rules.effects.attracting import Attract, PushTowards
from addon.rules.effects.hovering import Belt, Chase, Hover
from addon.rules.effects.orbit import Circle
from addon.rules.effects.pushing import Accelerate, Impulse, NoMore, Push, StopPushing
from addon.rules.effects.springs import Spring
from addon.rules.reference import Ref
from addon.rules.vocabulary import Vocabulary
from tests.rules.effects.reading import code, effect, effects, refused, rules, vocabulary
from tests.rules.effects.test_run import G, at, run, solid, space  # noqa: F401


@pytest.mark.parametrize(
    ("words", "force"),
    [
        ("push Box to the right with 20 N", (20, 0, 0)),
        ("pull Box up with a force of 1.5 kN", (0, 0, 1500)),
        ("Box is pushed backwards with 3 newtons", (0, -3, 0)),
        ("apply a force of 5 N to Box to the left", (-5, 0, 0)),
        ("exert an upward force of 5 N on Box", (0, 0, 5)),
        ("a force of (3, 0, 4) N acts on Box", (3, 0, 4)),
        ("a force of 4 N to the right pushes Box", (4, 0, 0)),
        ("push Box with a force of (1, 2, 3) N", (1, 2, 3)),
        ("keep pushing Box to the left with 2 N", (-2, 0, 0)),
        ("Box feels a force of 2 N upwards", (0, 0, 2)),
        ("blow Box away to the right with 3 N", (3, 0, 0)),
        ("push Box to the right with a constant force of 4 N", (4, 0, 0)),
    ],
)
def test_a_force_in_many_words(words, force):
    found = effect(words)
    assert isinstance(found, Push)
    assert found.force == pytest.approx(force)


@pytest.mark.parametrize(
    ("words", "kind", "fields"),
    [
        ("accelerate Box upwards at 2 m/s²", Accelerate, {"acceleration": (0, 0, 2)}),
        ("Box accelerates to the right with 3 m/s²", Accelerate, {"acceleration": (3, 0, 0)}),
        ("give Box an impulse of 2 N s to the right", Impulse, {"impulse": (2, 0, 0)}),
        ("kick Box upwards with 3 Ns", Impulse, {"impulse": (0, 0, 3)}),
        ("apply an impulse of (1, 2, 0) Ns to Box", Impulse, {"impulse": (1, 2, 0)}),
        ("Counter attracts Box with 30 N", Attract, {"strength": 30.0, "away": False, "fades": False}),
        ("Counter attracts Box", Attract, {"strength": None, "fades": False}),
        ("Counter attracts Box with 30 N at 1 m", Attract, {"strength": 30.0, "fades": True}),
        ("Counter pulls Box towards it, stronger when near", Attract, {"strength": None, "fades": True}),
        ("Box is drawn to Counter with a constant force of 4 N", Attract, {"strength": 4.0, "fades": False}),
        ("pull Box towards Counter with 5 N", PushTowards, {"strength": 5.0, "away": False}),
        ("push Box away from Counter with 5 N", PushTowards, {"strength": 5.0, "away": True}),
        ("Box hovers 1 m above Plate", Hover, {"height": 1.0, "over": Ref(names=("Plate",))}),
        ("tie Box to Counter by a spring of 2 kN/m", Spring, {"stiffness": 2000.0}),
        ("Counter repels Box within 2 m", Attract, {"away": True, "reach": 2.0}),
        ("Counter works as a magnet and draws Box in", Attract, {"reach": None}),
        ("a spring of 40 N/m ties Box to Counter", Spring, {"stiffness": 40.0, "rest": None, "damping": 0.0}),
        ("connect Box to Counter by a spring of 9 N/m, 50 cm long", Spring, {"stiffness": 9.0, "rest": 0.5}),
        ("connect Box to Counter by a spring of 9 N/m without length", Spring, {"stiffness": 9.0, "rest": 0.0}),
        ("put a spring of 9 N/m between Box and Counter with a damping of 2 N s/m", Spring, {"damping": 2.0}),
        ("a wind of 6 m/s to the right blows on Box", Wind, {"velocity": (6, 0, 0), "strength": 1.0}),
        ("a gust of wind from the left at 8 m/s hits Box", Wind, {"velocity": (8, 0, 0)}),
        ("a wind of 5 m/s blows on Box from the left", Wind, {"velocity": (5, 0, 0)}),
        ("blow Box along to the left at 4 m/s", Wind, {"velocity": (-4, 0, 0)}),
        ("brake Box with a drag of 2 N s/m", Drag, {"drag": 2.0}),
        ("Box hovers at a height of 2 m", Hover, {"height": 2.0}),
        ("make Box float", Hover, {"height": None}),
        ("Box follows Ball", Chase, {"offset": None, "distance": None}),
        ("Box stays 1 m above Ball", Chase, {"offset": (0, 0, 1)}),
        ("Box orbits Ball clockwise once in 3 s", Circle, {"period": 3.0, "clockwise": True}),
        ("Floor carries Box to the right at 1 m/s", Belt, {"velocity": (1, 0, 0)}),
        ("Floor works as a conveyor and carries Box along to the left at 50 cm/s", Belt, {"velocity": (-0.5, 0, 0)}),
    ],
)
def test_what_else_pushes(words, kind, fields):
    found = effect(words)
    assert isinstance(found, kind)
    assert {key: getattr(found, key) for key in fields} == fields


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("stop pushing Box", "force"),
        ("Box is no longer accelerated", "acceleration"),
        ("Counter stops attracting Box", "attraction"),
        ("Box is not attracted any more", "attraction"),
        ("cut the spring of Box", "spring"),
        ("the wind stops blowing on Box", "wind"),
        ("Box stops hovering", "hover"),
        ("remove all forces from Box", ""),
    ],
)
def test_the_end_of_what_pushes(words, what):
    assert effect(words) == StopPushing(thing=effect("hold Box").thing, what=what)


def test_a_time_is_when_it_ends_again():
    (rule,) = rules("When Ball touches Plate, push Box up with 5 N for 2 s")
    assert [step.wait for step in rule.steps] == [0, 2]
    assert rule.steps[1].effects == (NoMore(thing=rule.steps[0].effects[0].thing, push=rule.steps[0].effects[0]),)
    assert code("push Box up with 5 N") == 'push_on("Box", "force", (0, 0, 5))'


def test_several_pushes_at_once_do_not_exclude_each_other():
    assert len(effects("push Box up with 5 N and push Box to the right with 2 N")) == 2


def test_how_stiff_a_spring_can_be_goes_by_what_it_swings_and_by_the_substeps():
    words = "a spring of 5000 N/m ties Box to Counter"
    assert effect(words).stiffness == 5000
    graph = vocabulary().graph
    coarse = graph.model_copy(update={"world": graph.world.model_copy(update={"substeps": 2})})
    assert "at most 1296 N/m" in refused(f"When Ball touches Plate, {words}", Vocabulary(coarse))


REFUSED = {
    "push Box with 5 N": "which way Box is pushed",
    "push Box up to the right with 5 N": "do not make a rule",
    "push Box up with 5000 kN": "too much: at most 1e+06 N",
    "push Box up with 5 N for 0.01 s": "shorter than a step",
    "push Box up with 5 N, then push it down with 5 N": "still being pushed up with 5 N then; say for how long",
    "push Box up with 15 N, then 1 s later push it down with 5 N": "still being pushed",
    "Ball orbits Box once": "does not go with the rest",
    "push Door up with 5 N": "Door is not moved by physics",
    "push Lamp up with 5 N": "Lamp has no rigid body",
    "push Crate 1 up with 5 N": "Crate 1 is held; release it first",
    "kick Box to the right with 5 N": "do not make a rule",
    "a spring ties Box to Counter": "how stiff the spring is",
    "a spring of 100000 N/m ties Box to Counter": "too fast for these steps",
    "a spring of 5000 N/m ties Box to Ball": "at most 4050 N/m",
    "a spring of 40 N/m ties Box to Box": "one other thing",
    "Box attracts Box": "cannot attract itself",
    "Hinge attracts Box": "not known where Hinge is",
    "a wind blows on Box": "how fast and which way the wind blows",
    "blow Box to the right": "how fast the wind blows",
    "Lamp carries Box to the right at 1 m/s": "Lamp has no rigid body",
    "Floor carries Box upwards at 1 m/s": "along the ground",
    "apply a torque to Box": "torques cannot be exerted",
    "attach Box to Ball": "new joints cannot be made",
}


@pytest.mark.parametrize(("words", "why"), REFUSED.items())
def test_what_cannot_be_is_told_by_name(words, why):
    assert why in refused(f"When Ball touches Plate, {words}")


@pytest.mark.parametrize(
    "words",
    [
        "Ball orbits Box once in 2 s for 2 s",
        "Ball follows Box for 2 s",
        "Ball hovers 1 m above Plate for 2 s",
        "Ball floats for 2 s",
    ],
)
def test_what_pushes_for_a_time_ends_and_lets_the_body_move_on(words):
    (rule,) = rules(f"After 1 s, {words}")
    assert [type(e) for e in rule.steps[1].effects] == [NoMore]
    assert rule.steps[1].wait == 2


@pytest.mark.parametrize(
    ("words", "now"),
    [("does not touch", True), ("doesn't touch", True), ("is not touching", True), ("has not touched", False)],
)
def test_as_long_as_something_does_not_touch(words, now):
    (rule,) = rules(f"As long as Ball {words} Floor, push Ball to the right with 1 N")
    assert rule.when.condition.part.lasting == now


def test_again_and_again_for_a_time():
    (rule,) = rules("Every 2 s push Box to the right with 10 N for 0.5 s")
    assert [type(e) for e in rule.effects] == [Push, NoMore]


def test_from_a_time_until_something_happens():
    (rule,) = rules("After 1 s, push Box to the right with 5 N until Box touches Door")
    assert rule.when.until is not None


def test_several_pushes_one_after_the_other():
    (rule,) = rules("After 1 s, push Box up with 15 N for 1 s, then push it down with 15 N")
    assert [type(e) for e in rule.steps[1].effects] == [NoMore, Push]


# In Blender


def speed(trace, name, seconds):
    return trace.velocity[round(seconds * 60), trace.index(name)]


def test_a_force_for_a_time(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), mass=2.0), solid("B", (0, 5, 0), mass=2.0), gravity=(0, 0, 0))
    trace = run(
        graph, 240, "After 1 s, push A to the right with 4 N for 1.5 s", "After 1 s, accelerate B up at 2 m/s² for 1 s"
    )
    assert speed(trace, "A", 1.0) == pytest.approx([0, 0, 0], abs=1e-4)
    assert speed(trace, "A", 4.0) == pytest.approx([3, 0, 0], rel=1e-3, abs=1e-4)
    assert speed(trace, "B", 4.0) == pytest.approx([0, 0, 2], rel=1e-3, abs=1e-4)


def test_an_impulse(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), mass=2.0), gravity=(0, 0, 0))
    trace = run(graph, 90, "After 0.5 s, give A an impulse of 3 N s to the left")
    assert speed(trace, "A", 1.0) == pytest.approx([-1.5, 0, 0], rel=1e-3, abs=1e-4)


def test_a_magnet_draws_a_ball_to_it_faster_and_faster(run):  # noqa: F811
    graph = space(
        solid("Magnet", (0, 0, 0), type="PASSIVE"), solid("Ball", (3, 0, 0), kind="sphere"), gravity=(0, 0, 0)
    )
    trace = run(graph, 240, "The Magnet pulls Ball towards it, stronger when near.")
    x = trace.position[:, 1, 0]
    met = int(np.argmax(x < 0.55))
    gains = np.diff(x[:met])
    assert met
    assert np.all(np.diff(gains) < 1e-6), "it does not get faster"
    energy = trace.velocity[met - 1, 1, 0] ** 2 / 2
    assert energy == pytest.approx(9.81 * 2 * 9 * (2 / (x[met - 2] + x[met - 1]) - 1 / 3), rel=0.1)


def test_who_pushes_towards_something_does_not_push_that(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0)), solid("B", (9, 0, 0)), gravity=(0, 0, 0))
    for text, moved in (("Push A towards B with 1 N", 0.0), ("B attracts A with 1 N", -0.5)):
        trace = run(graph, 60, text)
        assert trace.position[-1, 0, 0] == pytest.approx(0.5, abs=0.05)
        assert trace.position[-1, 1, 0] - 9 == pytest.approx(moved, abs=0.05)


def test_the_end_of_pushing_is_that_of_pushing_towards_something_too(run):  # noqa: F811
    graph = space(
        solid("Post", (9, 0, 0), type="PASSIVE"), solid("A", (0, 0, 0), linear_damping=0.0), gravity=(0, 0, 0)
    )
    trace = run(graph, 180, "Push A towards Post with 1 N", "After 1 s, stop pushing A")
    speeds = [speed(trace, "A", seconds)[0] for seconds in (1.1, 3.0)]
    assert speeds[0] > 0.5
    assert speeds[1] == pytest.approx(speeds[0], rel=1e-3)


@pytest.mark.parametrize(
    "words",
    [
        "After 1 s, push Box up with 28 N as long as Ball touches Plate",
        "At 1 s, Lamp is on as long as Ball touches Plate",
    ],
)
def test_as_long_as_is_never_asked_just_once(words):
    assert "only be asked once" in refused(words)


def test_a_spring_pulls_up_to_a_moment(run):  # noqa: F811
    graph = space(solid("Post", (0, 0, 0), type="PASSIVE"), solid("A", (2, 0, 0)), gravity=(0, 0, 0))
    trace = run(graph, 200, "A spring of 40 N/m, 1.5 m long, ties A to Post", "After 2 s, cut the spring of A")
    x = trace.position[:, 1, 0]
    assert (x.min(), x[:120].max()) == (pytest.approx(1.0, abs=0.01), pytest.approx(2.0, abs=0.01))
    assert np.ptp(np.diff(x[125:])) < 1e-4


def test_a_body_that_hovers_is_let_down_again(run):  # noqa: F811
    floor = solid("Floor", (0, 0, -0.5), (20, 20, 1), type="PASSIVE")
    trace = run(space(floor, solid("A", (0, 0, 0.25))), 360, "From 1 s to 4 s, A hovers at a height of 2 m")
    assert at(trace, "A", 3.9)[2] == pytest.approx(2.0, abs=0.01)
    assert at(trace, "A", 6.0)[2] == pytest.approx(0.25, abs=0.01)


def test_wind_and_drag(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0)), solid("B", (0, 5, 0), linear_damping=0), gravity=(0, 0, 0))
    texts = (
        "After 1 s, a wind of 4 m/s to the right blows on A",
        "After 0.1 s, launch B upwards at 2 m/s",
        "Brake B with a drag of 1 N s/m",
    )
    trace = run(graph, 300, *texts)
    assert speed(trace, "A", 3.0)[0] == pytest.approx(4 * (1 - math.exp(-2)), rel=0.02)
    assert at(trace, "B", 5.0)[2] == pytest.approx(2.0, rel=0.03)


@pytest.mark.parametrize("friction", [0.0, 0.5, 0.8])
def test_a_belt_carries_what_lies_on_it(run, friction):  # noqa: F811
    belt = solid("Belt", (0, 0, -0.5), (4, 2, 1), type="PASSIVE", friction=friction)
    box = solid("A", (-1, 0, 0.25), friction=friction)
    trace = run(space(belt, box), 300, "Belt carries A to the right at 1 m/s")
    assert speed(trace, "A", 1.5) == pytest.approx([1, 0, 0], abs=0.03)
    assert speed(trace, "A", 4.5)[2] < -5, "it has left the belt's end"


def test_a_body_follows_and_another_orbits(run):  # noqa: F811
    cart = solid("Cart", (0, 0, 3), kinematic=True)
    graph = space(cart, solid("Kite", (0, 0, 5)), solid("Moon", (2, 0, 3), kind="sphere"))
    texts = "Move Cart 3 m to the left over 2 s", "Kite follows Cart", "Moon orbits Cart once in 3 s"
    trace = run(graph, 360, *texts)
    assert at(trace, "Kite", 6.0) == pytest.approx([-3, 0, 5], abs=0.02)
    assert at(trace, "Moon", 6.0) == pytest.approx([-1, 0, 3], abs=0.05)
    assert at(trace, "Moon", 5.25) == pytest.approx([-3, -2, 3], abs=0.05)


def test_two_rules_that_push_the_same_body_end_apart(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0)), gravity=(0, 0, 0))
    trace = run(
        graph,
        240,
        "After 0.5 s, push A to the right with 1 N for 1 s",
        "After 0.5 s, push A to the right with 1 N for 2 s",
    )
    assert speed(trace, "A", 3.5)[0] == pytest.approx(3.0, rel=1e-3)


def test_a_belt_that_stops_carries_no_more(run):  # noqa: F811
    belt = solid("Belt", (0, 0, -0.5), (8, 2, 1), type="PASSIVE", kinematic=True)
    trace = run(
        space(belt, solid("A", (-3, 0, 0.25))), 240, "Belt carries A to the right at 1 m/s", "After 2 s, Belt stops"
    )
    assert speed(trace, "A", 3.5) == pytest.approx([0, 0, 0], abs=0.01)
    assert at(trace, "A", 3.5)[0] == pytest.approx(-0.8, abs=0.1)


def test_stopping_ends_what_pushes(run):  # noqa: F811
    trace = run(space(solid("A", (0, 0, 0)), gravity=(0, 0, 0)), 180, "Push A up with 2 N", "After 1 s, stop A")
    assert speed(trace, "A", 2.5) == pytest.approx([0, 0, 0], abs=0.05)


def test_a_spring_between_two_bodies_pulls_both(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), mass=3.0), solid("B", (2, 0, 0)), gravity=(0, 0, 0))
    trace = run(graph, 240, "Connect A and B by a spring of 40 N/m, 1.5 m long")
    momentum = 3 * trace.velocity[:, 0] + trace.velocity[:, 1]
    assert np.abs(momentum).max() < 1e-3
    apart = trace.position[:, 1, 0] - trace.position[:, 0, 0]
    assert (apart.min(), apart.max()) == (pytest.approx(1.0, abs=0.01), pytest.approx(2.0, abs=0.01))
    crossed = [i for i in range(len(apart) - 1) if apart[i] > 1.5 >= apart[i + 1]]
    assert np.diff(crossed).mean() / 60 == pytest.approx(2 * math.pi / math.sqrt(40 * 4 / 3), rel=0.03)


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_an_orbit_keeps_its_radius_at_any_pace_of_physics(run, scale):  # noqa: F811
    graph = space(
        solid("Sun", (0, 0, 0), type="PASSIVE"), solid("Moon", (1, 0, 0), kind="sphere", size=(0.2, 0.2, 0.2))
    )
    graph = graph.model_copy(update={"world": graph.world.model_copy(update={"time_scale": scale})})
    trace = run(graph, 240, "Moon orbits Sun once in 1 s")
    radius = np.hypot(trace.position[90:, 1, 0], trace.position[90:, 1, 1])
    assert radius == pytest.approx(np.ones(151), abs=0.01)
    assert at(trace, "Moon", 3.0) == pytest.approx([1, 0, 0], abs=0.02)


def test_a_body_that_a_rule_lets_go_is_pushed_at_once(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), kinematic=True), gravity=(0, 0, 0))
    trace = run(graph, 120, "After 0.5 s, release A and push it to the right with 2 N")
    assert speed(trace, "A", 1.5)[0] == pytest.approx(2.0, rel=0.03)


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("A becomes twice as big", 1.0),
        ("A becomes twice as tall", 1.0),
        ("A becomes half as big", 0.25),
        ("A grows to twice its size over 1 s", 1.0),
    ],
)
def test_what_rests_and_grows_rests_on(run, words, size):  # noqa: F811
    floor = solid("Floor", (0, 0, -0.5), (20, 20, 1), type="PASSIVE")
    trace = run(space(floor, solid("A", (0, 0, 0.25))), 240, f"After 1 s, {words}")
    z = trace.position[:, 1, 2]
    assert z.max() < max(size, 0.5) / 2 + 0.06
    assert z[-1] == pytest.approx(size / 2, abs=0.06)


def test_what_ends_a_push_in_a_rule_of_its_own(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), linear_damping=0.0), gravity=(0, 0, 0))
    trace = run(
        graph,
        120,
        "After 0.5 s, push A to the right with 2 N",
        "After 1 s, A is no longer pushed to the right with 2 N",
    )
    assert speed(trace, "A", 1.9)[0] == pytest.approx(speed(trace, "A", 1.1)[0], rel=1e-3)


def test_stopping_ends_all_that_pushes(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), linear_damping=0.0), solid("B", (9, 0, 0), type="PASSIVE"), gravity=(0, 0, 0))
    push = ("After 0.2 s, push A towards B with 2 N", "After 0.2 s, push A up with 2 N", "After 0.5 s, stop pushing A")
    trace = run(graph, 90, *push)
    assert speed(trace, "A", 1.4) == pytest.approx(speed(trace, "A", 0.7), abs=1e-3)


def test_a_push_that_is_said_again_and_again_goes_on(run):  # noqa: F811
    graph = space(solid("A", (0, 0, 0), linear_damping=0.0), gravity=(0, 0, 0))
    trace = run(graph, 150, "Every 0.5 s, push A to the right with 2 N for 0.5 s")
    assert speed(trace, "A", 2.4)[0] == pytest.approx(2 * 1.9, rel=0.02)
