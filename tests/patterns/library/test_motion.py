import numpy as np
import pytest

from tests.patterns.builder import EAST, GRAVITY, SPEED, TIME, Body, Touch, ball, build, fall, find, floor, path


def turned(before, after, frames=30):
    """A ball that goes east at one speed and then at another."""
    return build([ball("Ball", path((0, 0, 0), (frames, (before, 0, 0)), (frames, (after, 0, 0)))), floor()])


@pytest.mark.parametrize(
    ("before", "after", "direction", "size"),
    [
        (2.0, 4.0, "faster", "large"),
        (2.0, 3.2, "faster", "medium"),
        (2.0, 2.5, "faster", "small"),
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
    ("before", "after", "count"), [(2, 2, 0), (4, 4.81, 1), (4, 4.79, 0), (0, 0.33, 1), (0, 0.31, 0)]
)
def test_small_changes_of_speed_are_none(before, after, count):
    assert len(find("SpeedChange", turned(before, after))) == count


def test_a_fall_is_one_change_of_speed():
    (found,) = find("SpeedChange", build([ball("Ball", fall((0, 0, 9), (0, 0, 0), 60))]))
    assert found.frame <= 2
    assert found.end == 60
    assert found.parameters["after"] == pytest.approx(GRAVITY, rel=0.02)


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


def test_a_spinning_ball_and_a_scene_of_fixed_bodies_are_no_rest():
    turn = np.linspace(0, 9, 121)[:, None] * np.array([0, 0, 1.0])
    assert find("GlobalRest", build([ball("Top", (0, 0, 0), turn=turn)])) == ()
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


def lever(down=2.0, up=2.0, frames=10, turning=True):
    """A weight goes down and a load up on two ends of a plank."""
    turn = np.concatenate([np.zeros((20, 3)), np.linspace([0, 0, 0], [0, 0.2 if turning else 0, 0], frames + 1)])
    weight = path((2, 0, 1), (20, (0, 0, 0)), (frames, (0, 0, -down)))
    load = path((-2, 0, 1), (20, (0, 0, 0)), (frames, (0, 0, up)))
    plank = Body("Plank", (0, 0, 0), (5, 1, 0.2), turn=turn)
    end = 20 + frames
    touches = [Touch("Plank", "Weight", 0, end, point=(2, 0, 0.5)), Touch("Plank", "Load", 0, end, point=(-2, 0, 0.5))]
    return build([plank, Body("Weight", weight), Body("Load", load)], touches)


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
        ({"frames": 5}, 1),  # a quarter of a time scale
        ({"frames": 4}, 0),
        ({"up": 0.055 * SPEED}, 1),
        ({"up": 0.045 * SPEED}, 0),
    ],
)
def test_a_lever_turns_and_lasts(changes, count):
    assert len(find("OpposingMotion", lever(**changes))) == count
