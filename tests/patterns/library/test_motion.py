from dataclasses import replace

import numpy as np
import pytest

from addon.scene_graph import Constraint
from tests.patterns.builder import EAST, GRAVITY, SPEED, TIME, Body, Touch, ball, build, fall, find, floor, path


def turned(before, after, frames=30):
    """A ball that goes east at one speed and then at another."""
    return build([ball("Ball", path((0, 0, 0), (frames, (before, 0, 0)), (frames, (after, 0, 0)))), floor()])


@pytest.mark.parametrize(
    ("before", "after", "direction", "size"),
    [
        (2.0, 4.0, "faster", "large"),
        (2.0, 3.2, "faster", "medium"),
        (3.0, 4.0, "faster", "small"),
        (4.0, 0.0, "slower", "large"),
        (4.0, 2.0, "slower", "medium"),
        (4.0, 3.1, "slower", "small"),
    ],
)
def test_changes_of_speed_have_a_direction_and_a_size(before, after, direction, size):
    (found,) = find("SpeedChange", turned(before, after))
    assert (found.frame, found.end) == (31, 31)
    assert found.parameters == {
        "object": "Ball",
        "direction": direction,
        "size": size,
        "before": before,
        "after": after,
    }


@pytest.mark.parametrize(
    ("before", "after", "count"), [(2, 2, 0), (4, 4.81, 1), (4, 4.79, 0), (0, 0.32, 1), (0, 0.31, 0)]
)
def test_small_changes_of_speed_are_none(before, after, count):
    assert len(find("SpeedChange", turned(before, after))) == count


def test_a_fall_is_one_change_of_speed():
    (found,) = find("SpeedChange", build([ball("Ball", fall((0, 0, 9), (0, 0, 0), 60))]))
    assert found.frame <= 2
    assert found.end == 60
    assert found.parameters["after"] == pytest.approx(GRAVITY, rel=0.02)


def test_what_trembles_within_a_fall_does_not_part_it():
    """In two of eight steps it gets slower, by 0.26 m/s in all."""
    speeds = [10 * k / 60 - {0: 0.3, 1: 0.6}.get(k % 8, 0.0) for k in range(4, 64)]
    trace = build([ball("Ball", path((0, 0, 9), *((1, (0, 0, -v)) for v in speeds)))])
    (found,) = find("SpeedChange", trace)
    assert (found.parameters["direction"], found.parameters["after"]) == ("faster", 10.5)


def test_a_bounce_is_one_fall_one_loss_and_one_fall():
    down = fall((0, 0, 5.5), (0, 0, 0), 60)
    trace = build([ball("Ball", np.concatenate([down, fall(down[-1], (0, 0, 4), 48)[1:]])), floor()])
    found = find("SpeedChange", trace)
    assert [(a.parameters["direction"], a.parameters["size"]) for a in found] == [
        ("faster", "large"),
        ("slower", "large"),
        ("faster", "large"),
    ]
    assert [a.frame for a in found] == pytest.approx([1, 61, 85], abs=1)


def test_a_slow_change_is_none():
    """From 4 m/s to rest within 9 s: 0.04 g."""
    speeds = np.linspace(4, 0, 540)
    assert find("SpeedChange", build([ball("Ball", path((0, 0, 0), *((1, (v, 0, 0)) for v in speeds)))])) == ()


def going(*speeds):
    """A ball that goes east at a speed in each frame."""
    return build([ball("Ball", path((0, 0, 0), *((1, (v, 0, 0)) for v in np.concatenate(speeds))))])


def test_a_slow_roll_that_gets_fast_is_told_from_there():
    """0.02 g for 300 frames, then 0.3 g for 30."""
    slow, fast = np.linspace(1, 2, 300), np.linspace(2.05, 3.5, 30)
    (found,) = find("SpeedChange", going(slow, fast))
    assert (found.frame, found.end) == (301, 330)
    assert (found.parameters["before"], found.parameters["after"]) == (2.0, 3.5)


def test_two_hits_of_what_goes_on_between_are_two_changes():
    found = find("SpeedChange", going(np.full(30, 2.4), np.full(200, 0.5), np.zeros(30)))
    assert [(a.frame, a.end, a.parameters["direction"]) for a in found] == [(31, 31, "slower"), (231, 231, "slower")]


def test_a_turn_without_a_change_of_speed_is_none():
    trace = build([ball("Ball", path((0, 0, 0), (30, (2, 0, 0)), (30, (0, 2, 0))))])
    assert find("SpeedChange", trace) == ()


def thrown(frames, touches=()):
    """A ball that is thrown up from the floor and lands again after some frames."""
    flight = fall((0, 0, 0.5), (1, 0, GRAVITY * frames / 120), frames)
    rest = np.concatenate([np.tile(flight[0], (30, 1)), flight, np.tile(flight[-1], (30, 1))])
    contacts = [Touch("Floor", "Ball", 0, 30), Touch("Floor", "Ball", 30 + frames, 60 + frames)]
    return build([ball("Ball", rest), floor()], [*contacts, *touches])


def test_a_thrown_ball_is_in_the_air():
    (found,) = find("Airborne", thrown(40))
    assert found.frame in (31, 32)
    assert found.end == 69
    assert found.parameters["object"] == "Ball"
    assert found.parameters["rise"] < 0


@pytest.mark.parametrize(("frames", "count"), [(14, 1), (8, 0)])
def test_a_flight_lasts_half_a_time_scale(frames, count):
    assert len(find("Airborne", thrown(frames))) == count


def test_a_bounce_parts_two_flights():
    down = fall((0, 0, 3), (1, 0, 0), 30)
    trace = build(
        [ball("Ball", np.concatenate([down, fall(down[-1], (1, 0, 4), 40)])), floor()], [Touch("Floor", "Ball", 30, 31)]
    )
    first, second = find("Airborne", trace)
    assert (first.frame, first.end) == (0, 29)
    assert second.frame in (32, 33)
    assert second.end == 71


@pytest.mark.parametrize("held", [{"kinematic": True}, {"enabled": False}])
def test_a_body_that_is_released_flies(held):
    (found,) = find("Airborne", build([ball("Ball", fall((0, 0, 9), (1, 0, 0), 40), **held)]))
    assert found.parameters["object"] == "Ball"


@pytest.mark.parametrize("held", [{"kinematic": True}, {"enabled": False}])
def test_a_body_that_is_held_throughout_does_not(held):
    assert find("Airborne", build([ball("Still", (5, 0, 5), **held), floor()])) == ()


def test_what_hangs_or_touches_is_not_in_the_air():
    swing = np.linspace(0, 4 * np.pi, 121)
    bob = np.stack([np.sin(np.sin(swing)), np.zeros(121), -np.cos(np.sin(swing))], axis=1)
    assert find("Airborne", build([ball("Bob", bob), ball("Still", (5, 0, 5), kinematic=True)])) == ()
    sliding = [Touch("Floor", "Ball", 0, 60)]
    assert find("Airborne", build([ball("Ball", fall((0, 0, 9), (0, 0, 0), 60)), floor()], sliding)) == ()


def stopping(rest):
    """A ball that moves for 20 frames and then rests; another moves again after ``rest`` frames."""
    first = path((0, 0, 0), (20, (2, 0, 0)), (80, (0, 0, 0)))
    second = path((5, 0, 0), (20, (2, 0, 0)), (rest, (0, 0, 0)), (80 - rest, (2, 0, 0)))
    return build([ball("A", first), ball("B", second), floor()])


@pytest.mark.parametrize(("rest", "count"), [(60, 1), (39, 1), (36, 0), (0, 0)])
def test_the_scene_rests_when_nothing_moves_for_two_time_scales(rest, count):
    found = find("GlobalRest", stopping(rest))
    assert len(found) == count
    assert [(a.frame, a.end) for a in found] == [(21, 20 + rest)] * count


@pytest.mark.parametrize(("speed", "count"), [(0.009 * SPEED, 1), (0.012 * SPEED, 0)])
@pytest.mark.parametrize("leans", [False, True])
def test_what_creeps_or_leans_on_does_not_rest(speed, count, leans):
    """It is slower than what rests in a moment, but gets on; the end of a bar of 2 m goes as far as 1 m turns."""
    moves = np.linspace(0, 200 / 60 * speed, 201)[:, None]
    changes = {"turn": moves * np.array([0, 1.0, 0])} if leans else {}
    body = Body(
        "Bar", (0, 0, 0) if leans else moves * np.array(EAST), (2.0, 0.2, 1.0) if leans else (1, 1, 1), **changes
    )
    assert len(find("GlobalRest", build([body, floor()]))) == count


def test_a_spinning_ball_is_no_rest_but_a_scene_of_fixed_bodies_is():
    turn = np.linspace(0, 9, 121)[:, None] * np.array([0, 0, 1.0])
    assert find("GlobalRest", build([ball("Top", (0, 0, 0), turn=turn)])) == ()
    assert len(find("GlobalRest", build([floor(np.tile([0.0, 0.0, -0.5], (600, 1)))]))) == 1
    assert find("GlobalRest", build([floor()])) == ()


def induced(delay, contact=True, struck="Block"):
    """A ball hits a block at frame 30; a box that stands on it moves on after a delay."""
    runner = path((-3, 0, 0), (30, (4, 0, 0)), (60, (0, 0, 0)))
    block = path((0, 0, 0), (30, (0, 0, 0)), (60, (2, 0, 0)))
    box = path((0, 0, 1), (30 + delay, (0, 0, 0)), (60 - delay, (1.5, 0, 0)))
    touches = [Touch("Ball", struck, 30, 31, EAST)]
    if contact:
        touches.append(Touch("Block", "Box", 0, 90, (0, 0, 1)))
    return build([ball("Ball", runner), Body("Block", block), Body("Box", box)], touches)


def test_a_box_moves_because_what_it_stands_on_was_hit():
    (found,) = find("InducedMotion", induced(4))
    assert found.frame == 35
    assert {k: found.parameters[k] for k in ("object", "via", "other")} == {
        "object": "Box",
        "via": "Block",
        "other": "Ball",
    }
    assert found.parameters["delay"] == pytest.approx(5 / 60, rel=1e-3)


@pytest.mark.parametrize(("delay", "count"), [(TIME - 2, 1), (TIME + 2, 0)])
def test_induced_motion_begins_within_a_time_scale(delay, count):
    assert len(find("InducedMotion", induced(delay))) == count


def test_motion_is_not_induced_by_ones_own_collision_or_from_afar():
    assert find("InducedMotion", induced(4, contact=False)) == ()
    assert [a.parameters["object"] for a in find("InducedMotion", induced(1, struck="Box"))] == ["Block"]


def test_motion_is_induced_though_the_body_trembles_before():
    """The box jumps to and fro by 4 mm before the block under it is struck; a body that only trembles is not moved."""
    for goes in (True, False):
        tremble = [(1, (0.25 * (-1) ** k, 0, 0)) for k in range(34)]
        after = [(56, (1.5, 0, 0))] if goes else [(1, (0.4 * (-1) ** k, 0, 0)) for k in range(56)]
        trace = build(
            [
                ball("Ball", path((-3, 0, 0), (30, (4, 0, 0)), (60, (0, 0, 0)))),
                Body("Block", path((0, 0, 0), (30, (0, 0, 0)), (60, (2, 0, 0)))),
                Body("Box", path((0, 0, 1), *tremble, *after)),
            ],
            [Touch("Ball", "Block", 30, 31, EAST), Touch("Block", "Box", 0, 90, (0, 0, 1))],
        )
        assert len(find("InducedMotion", trace)) == goes


@pytest.mark.parametrize(("creep", "count"), [(0.1, 1), (0.5, 0)])
def test_motion_is_induced_though_the_body_creeps_before(creep, count):
    """It comes from rest, creeps, and goes on at 1.2 m/s where the block under it is struck."""
    box = path((0, 0, 1), (8, (0, 0, 0)), (22, (creep, 0, 0)), (60, (1.2, 0, 0)))
    assert len(find("InducedMotion", struck_under(box))) == count


def struck_under(box):
    """A box with a path stands on a block that a ball strikes at frame 30."""
    runner = path((-3, 0, 0), (30, (4, 0, 0)), (60, (0, 0, 0)))
    block = path((0, 0, 0), (30, (0, 0, 0)), (60, (2, 0, 0)))
    touches = [Touch("Ball", "Block", 30, 31, EAST), Touch("Block", "Box", 0, 90, (0, 0, 1))]
    return build([ball("Ball", runner), Body("Block", block), Body("Box", box)], touches)


def test_motion_is_induced_though_the_body_rocks_back():
    box = path((0, 0, 1), (30, (0, 0, 0)), (18, (1, 0, 0)), (18, (-1, 0, 0)), (24, (0, 0, 0)))
    (found,) = find("InducedMotion", struck_under(box))
    assert (found.frame, found.parameters["object"]) == (31, "Box")


def pushed(frames, speed=2.0, slower=0.0):
    """A pusher and a box go east together for some frames."""
    pusher = path((0, 0, 0), (10, (0, 0, 0)), (frames, (speed, 0, 0)), (30, (0, 0, 0)))
    box = path((1, 0, 0), (10, (0, 0, 0)), (frames, (speed - slower, 0, 0)), (30, (0, 0, 0)))
    return build([Body("Pusher", pusher), Body("Box", box)], [Touch("Pusher", "Box", 0, frames + 40, EAST)])


def test_a_pusher_and_a_box_move_together():
    (found,) = find("CoMovingPair", pushed(60))
    assert (found.frame, found.end) == (11, 70)
    assert found.parameters["distance"] == pytest.approx(2.0 * 59 / 60, rel=1e-3)


@pytest.mark.parametrize(
    ("frames", "speed", "slower", "count"),
    [
        (60, 2.0, 1.0, 0),  # one leaves the other
        (30, 2.2, 0.0, 1),
        (30, 1.9, 0.0, 0),  # less than the size of a body
        (18, 9.0, 0.0, 0),  # less than a time scale
        (60, 2.0, 0.38, 1),
        (60, 2.0, 0.42, 0),
    ],
)
def test_moving_together_takes_time_way_and_the_same_velocity(frames, speed, slower, count):
    assert len(find("CoMovingPair", pushed(frames, speed, slower))) == count


@pytest.mark.parametrize(("spin", "count"), [(1.0, 1), (0.0, 0)])
def test_what_turns_as_one_moves_together_though_its_centres_do_not(spin, count):
    """A box lies on a plank that turns about its end, 2 m from it at 1 rad/s; or it does not turn with it."""
    angle = np.linspace(0, 2, 121)[:, None]
    circle = np.concatenate([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    turn = np.array([0, 0, 1.0])
    plank = Body("Plank", 1.0 * circle, (2.0, 1, 0.2), turn=angle * turn)
    box = Body("Box", 2.0 * circle + np.array([0, 0, 0.6]), turn=spin * angle * turn)
    trace = build([plank, box], [Touch("Plank", "Box", 0, 120, point=2.0 * circle)])
    assert len(find("CoMovingPair", trace)) == count


@pytest.mark.parametrize(("slower", "count"), [(0.0, 1), (0.8, 0)])
def test_balls_that_roll_side_by_side_move_together(slower, count):
    """They rub against each other, but their centres stay at the same distance."""
    turn = np.concatenate([np.zeros((11, 3)), np.arange(1, 61)[:, None] / 60 * np.array([0, 4.0, 0])])
    ways = (path((x, 0, 0.5), (10, (0, 0, 0)), (60, (v, 0, 0))) for x, v in ((0, 2.0), (1, 2.0 - slower)))
    balls = [ball(name, way, turn=turn) for name, way in zip(("One", "Other"), ways, strict=True)]
    point = (balls[0].path + balls[1].path) / 2
    assert len(find("CoMovingPair", build(balls, [Touch("One", "Other", 0, 70, EAST, point)]))) == count


def lever(down=2.0, up=2.0, frames=10, turning=True, size=(5, 1, 0.2), held=True):
    """A weight goes down and a load up on two ends of a plank that is held in the middle."""
    turn = np.concatenate([np.zeros((20, 3)), np.linspace([0, 0, 0], [0, 0.07 if turning else 0, 0], frames + 1)])
    weight = path((2, 0, 1), (20, (0, 0, 0)), (frames, (0, 0, -down)))
    load = path((-2, 0, 1), (20, (0, 0, 0)), (frames, (0, 0, up)))
    plank = Body("Plank", (0, 0, 0), size, turn=turn)
    end = 20 + frames
    touches = [Touch("Plank", "Weight", 0, end, point=(2, 0, 0.5)), Touch("Plank", "Load", 0, end, point=(-2, 0, 0.5))]
    post = Body("Post", (0, 0, -1), type="PASSIVE")
    touches += [Touch("Post", "Plank", 0, end)] if held else []
    return build([plank, Body("Weight", weight), Body("Load", load), post], touches)


def test_weight_and_load_move_in_opposite_directions_on_a_plank():
    (found,) = find("OpposingMotion", lever())
    assert (found.frame, found.end) == (21, 30)
    assert found.parameters["lever"] == "Plank"
    assert {found.parameters["object"], found.parameters["other"]} == {"Weight", "Load"}


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"up": -2.0}, 0),  # both go down
        ({"turning": False}, 0),
        ({"held": False}, 0),  # as dominoes, which lean on each other while they slip
        ({"size": (4, 4, 4)}, 0),  # as thick as it is long, like a ball between two others
        ({"frames": 5}, 1),  # a quarter of a time scale
        ({"frames": 4}, 0),
        ({"up": 0.055 * SPEED}, 1),
        ({"up": 0.045 * SPEED}, 0),
    ],
)
def test_a_lever_turns_and_lasts(changes, count):
    assert len(find("OpposingMotion", lever(**changes))) == count


def see_saw(pivot=0.0, frames=20, pushed=True, held=True, turn=0.6, above=True, late=0, back=False):
    """A plank of 5 m, held somewhere, is struck on its east end at frame 20 and turns; nothing is on the other end."""
    swing = np.linspace(0, turn, frames + 1)
    swing = turn / 2 * np.abs(np.sin(np.linspace(0, 2 * np.pi, frames + 1))) if back else swing
    angle = np.concatenate([np.zeros(20), swing])[:, None] * np.array([0, 1.0, 0])
    arm = np.stack([np.cos(angle[:, 1]), 0 * angle[:, 1], -np.sin(angle[:, 1])], axis=1)
    plank = Body("Plank", -pivot * arm, (5, 1, 0.2), turn=angle)
    end = (2.4 - pivot) * arm
    weight = ball("Weight", np.concatenate([end[:1] + np.linspace([0, 0, 2.0], [0, 0, 0.1], 20), end[20:]]))
    touches = [Touch("Post", "Plank", 0, 20 + frames, point=(0, 0, 0))] if held else []
    if pushed:
        normal = (0, 0, 1) if above else (0, 0, -1)
        touches.append(Touch("Plank", "Weight", 20 + late, 22 + late, normal=normal, point=end[20 + late : 23 + late]))
    return build([plank, weight, Body("Post", (0, 0, -1), type="PASSIVE")], touches)


def test_a_hinge_holds_a_see_saw_too():
    trace = see_saw(held=False)
    for place, count in (((0.0, 0.0, 0.0), 1), ((2.4, 0.0, 0.0), 0)):
        hinge = Constraint(name="Hinge", type="HINGE", object1="Plank", object2="Post", location=place)
        scene = trace.scene.model_copy(update={"constraints": (hinge,)})
        hinged = replace(trace, meta=trace.meta.model_copy(update={"scene": scene}))
        assert len(find("OpposingMotion", hinged)) == count


def test_a_see_saw_alone_is_a_lever():
    (found,) = find("OpposingMotion", see_saw())
    assert found.frame in (20, 21)
    assert found.end == 40
    assert found.parameters == {"object": "Weight", "other": "Plank", "lever": "Plank"}
    assert found.description == "Weight moves one end of Plank, and the other end goes the other way."


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"pivot": 1.0}, 1),  # ends at 3.5 and 1.5 m
        ({"pivot": 1.2}, 1),  # the slower end is as fast as 35 % of the other
        ({"pivot": 1.3}, 0),  # as 32 %
        ({"pivot": 2.5}, 0),  # it turns about its end
        ({"pushed": False}, 0),  # nothing moves it
        ({"held": False}, 0),
        ({"turn": 0.05}, 0),  # it trembles
        ({"above": False}, 0),  # what touches it from below does not press it down
        ({"frames": 4}, 0),
        ({"late": 12}, 1),  # the weight lands when it swings already
        ({"turn": 0.11}, 1),  # the end is lifted by a fifth of the size
        ({"turn": 0.22, "back": True}, 0),  # it only rocks
    ],
)
def test_a_see_saw_is_held_between_its_ends_and_pressed(changes, count):
    assert len(find("OpposingMotion", see_saw(**changes))) == count


@pytest.mark.parametrize(("place", "count"), [(2.0, 1), (0.5, 0)])
def test_what_is_joined_to_a_see_saw_moves_it(place, count):
    """A weight is fixed to a plank and turns with it; near the middle it hardly moves."""
    angle = np.concatenate([np.zeros(20), np.linspace(0, 0.3, 21)])[:, None]
    arm = np.concatenate([np.cos(angle), 0 * angle, -np.sin(angle)], axis=1)
    bodies = [
        Body("Plank", (0, 0, 0), (5, 1, 0.2), turn=angle * np.array([0, 1.0, 0])),
        Body("Weight", place * arm, turn=angle * np.array([0, 1.0, 0])),
        Body("Post", (0, 0, -1), type="PASSIVE"),
    ]
    clamp = Constraint(name="Clamp", type="FIXED", object1="Weight", object2="Plank", location=(place, 0.0, 0.0))
    trace = build(bodies, [Touch("Post", "Plank", 0, 40)], constraints=[clamp])
    assert [a.parameters["object"] for a in find("OpposingMotion", trace)] == ["Weight"] * count


@pytest.mark.parametrize("column", [0, 1])
def test_what_vanishes_or_appears_does_not_change_its_speed(column):
    trace = turned(3.0, 3.0)
    there = np.arange(61) < 40 if column else np.arange(61) > 20
    trace.present[:, 0] = there
    for array in (trace.position, trace.quaternion, trace.velocity, trace.angular_velocity):
        array[~there, 0] = np.nan
    assert find("SpeedChange", trace) == ()
