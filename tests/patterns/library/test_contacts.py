import numpy as np
import pytest

from tests.patterns.builder import EAST, SPEED, UP, Body, Touch, ball, build, fall, find, floor, hop, path


def hit(speed, gain, rest=30, creep=0.0):
    """A ball goes east at ``speed`` and meets a box at frame 30, which goes on at ``gain``."""
    runner = path((0, 0, 0), (30, (speed, 0, 0)), (30, (0, 0, 0)))
    box = path((speed / 2 + 1, 0, 0), (30 - rest, (0, 3, 0)), (rest, (0, creep, 0)), (30, (gain, 0, 0)))
    return build([ball("Ball", runner), Body("Box", box)], [Touch("Ball", "Box", 30, 34, EAST)])


def test_a_moving_ball_hits_a_box_at_rest():
    (found,) = find("HitsStationary", hit(2.0, 1.5))
    assert (found.frame, found.end) == (30, None)
    assert found.time == pytest.approx(0.5)
    assert found.parameters == {"object": "Ball", "other": "Box", "speed": 2.0, "gained": 1.5}
    assert found.description == "Ball hits Box, which was at rest, at 2 m/s."


@pytest.mark.parametrize(
    ("speed", "gain", "rest", "count"),
    [
        (2.0, 0.0, 30, 0),  # nothing is set in motion
        (2.0, 1.5, 2, 0),  # the box moved until just before
        (0.11 * SPEED, 1.0, 30, 1),
        (0.09 * SPEED, 1.0, 30, 0),
        (2.0, 0.055 * SPEED, 30, 1),
        (2.0, 0.045 * SPEED, 30, 0),
    ],
)
def test_a_hit_needs_speed_rest_and_gain(speed, gain, rest, count):
    assert len(find("HitsStationary", hit(speed, gain, rest))) == count


@pytest.mark.parametrize(("creep", "gain", "count"), [(0.09, 0.2, 1), (0.09, 0.13, 0), (0.11, 1.0, 0)])
def test_a_body_that_trembles_is_at_rest(creep, gain, count):
    assert len(find("HitsStationary", hit(2.0, gain * SPEED, creep=creep * SPEED))) == count


def test_a_fixed_body_is_not_hit_into_motion():
    trace = build([ball("Ball", fall((0, 0, 3), (0, 0, 0), 60)), floor()], [Touch("Floor", "Ball", 42, 60)])
    assert find("HitsStationary", trace) == ()


def tap(length, pause=40, frames=120):
    """A ball and a floor touch from frame 50 on for ``length`` frames, and for 4 more after a hop."""
    again = 50 + length + pause
    way = path((0, 0, 0.5), (frames, (1, 0, 0)))
    way[49 + length : again + 1, 2] += hop(pause + 1)
    touches = [Touch("Floor", "Ball", 50, 49 + length), Touch("Floor", "Ball", again, again + 3)]
    return build([ball("Ball", way), floor()], touches)


def test_two_short_contacts_are_taps():
    first, second = find("BriefTap", tap(3))
    assert (first.frame, first.end, second.frame, second.end) == (50, 52, 93, 96)
    assert first.parameters["duration"] == 0.05
    assert {first.parameters["object"], first.parameters["other"]} == {"Ball", "Floor"}


@pytest.mark.parametrize(
    ("length", "pause", "count"),
    [
        (30, 20, 1),  # a long contact is no tap
        (3, 2, 0),  # flicker is not two taps
        (6, 20, 2),  # 0.3 time scales are 6 frames
        (7, 20, 1),
    ],
)
def test_a_tap_is_short_and_alone(length, pause, count):
    assert len(find("BriefTap", tap(length, pause))) == count


def test_contacts_cut_by_the_ends_of_the_run_are_no_taps():
    touches = [Touch("Floor", "Ball", 0, 2), Touch("Floor", "Ball", 58, 60)]
    trace = build([ball("Ball", path((0, 0, 0.5), (60, (1, 0, 0)))), floor()], touches)
    assert find("BriefTap", trace) == ()


@pytest.mark.parametrize(("away", "count"), [(0.0, 0), (1.0, 1)])
def test_a_barrier_that_stops_where_it_began_taps_nothing(away, count):
    way = path((0, 0, 0.5), (20, (0, 0, 1)), (20, (0, 0, -1)), (40, (0, 0, away)))
    trace = build([Body("Barrier", way, kinematic=True), floor()], [Touch("Floor", "Barrier", 40, 40)])
    assert len(find("BriefTap", trace)) == count


def rebound(speed_in, speed_out, along=0.0):
    """A ball comes down at ``speed_in`` until frame 30 and goes up at ``speed_out``."""
    way = path((0, 0, 5), (30, (along, 0, -speed_in)), (30, (along, 0, speed_out)))
    return build([ball("Ball", way), floor()], [Touch("Floor", "Ball", 30, 31, UP)])


def test_a_ball_bounces_off_the_floor():
    (found,) = find("Bounce", rebound(3.0, 2.0, along=1.0))
    assert found.frame == 30
    assert found.parameters == {
        "object": "Ball",
        "other": "Floor",
        "speed_before": 3.0,
        "speed_after": 2.0,
        "normal": [0.0, 0.0, 1.0],
    }


@pytest.mark.parametrize(
    ("speed_in", "speed_out", "count"),
    [
        (3.0, -1.0, 0),  # slowed, but not turned round
        (3.0, 0.0, 0),  # it stays
        (3.0, 0.46, 1),  # 0.15 of the speed before is 0.45
        (3.0, 0.44, 0),
        (0.26 * SPEED, 0.11 * SPEED, 1),
        (0.24 * SPEED, 0.11 * SPEED, 0),  # a body that lies on a floor shakes
        (0.26 * SPEED, 0.09 * SPEED, 0),
        (3.0, 3.2, 1),
        (3.0, 3.4, 0),  # it is thrown by something else
    ],
)
def test_a_bounce_turns_the_normal_velocity_round(speed_in, speed_out, count):
    assert len(find("Bounce", rebound(speed_in, speed_out))) == count


def test_both_balls_bounce_off_each_other():
    left = path((-2, 0, 0), (30, (2, 0, 0)), (30, (-1, 0, 0)))
    trace = build([ball("A", left), ball("B", -left)], [Touch("A", "B", 30, 31, EAST)])
    assert [a.parameters["object"] for a in find("Bounce", trace)] == ["A", "B"]


@pytest.mark.parametrize(("share", "count"), [(4.0, 1), (2.05, 1), (1.95, 0), (0.5, 0)])
def test_an_impact_is_hard_from_two_speed_scales_on(share, count):
    found = find("HighEnergyImpact", rebound(share * SPEED, 1.0))
    assert len(found) == count
    for a in found:
        assert a.parameters["object"] == "Ball"
        assert a.parameters["energy"] == pytest.approx(0.5 * (share * SPEED) ** 2, rel=1e-3)


def test_the_energy_of_two_free_bodies_counts_both_masses():
    left = path((-5, 0, 0), (30, (8, 0, 0)), (30, (0, 0, 0)))
    bodies = [ball("A", left, mass=3.0), ball("B", path((0, 0, 0), (60, (0, 0, 0))), mass=1.0)]
    (found,) = find("HighEnergyImpact", build(bodies, [Touch("A", "B", 30, 31, EAST)]))
    assert found.parameters["energy"] == pytest.approx(0.5 * 0.75 * 64)
    assert (found.parameters["object"], found.parameters["other"]) == ("A", "B")


def test_a_slow_glancing_contact_of_a_fast_body_is_not_hard():
    way = path((0, 0, 0.5), (60, (20, 0, 0)))
    assert find("HighEnergyImpact", build([ball("Ball", way), floor()], [Touch("Floor", "Ball", 30, 31)])) == ()


def miss(gap, turn_back=False):
    """A ball flies by another at a gap."""
    way = path((-3, 1 + gap, 0), (36, (5, 0, 0)), (36, (-5, 0, 0) if turn_back else (5, 0, 0)))
    return build([ball("Ball", way), ball("Post", (0, 0, 0), type="PASSIVE")])


def test_a_ball_flies_by_a_post():
    (found,) = find("NearCollision", miss(0.1))
    assert found.frame == 36
    assert found.parameters["distance"] == pytest.approx(0.1, abs=0.005)
    assert (found.parameters["object"], found.parameters["other"]) == ("Ball", "Post")


@pytest.mark.parametrize(("gap", "count"), [(0.195, 1), (0.205, 0), (1.0, 0)])
def test_a_near_collision_is_within_a_fifth_of_the_size(gap, count):
    assert len(find("NearCollision", miss(gap))) == count


def test_a_ball_that_turns_back_in_time_nearly_collides():
    assert len(find("NearCollision", miss(0.1, turn_back=True))) == 1


def test_bodies_that_touch_do_not_nearly_collide():
    trace = build([*_balls(1.0)], [Touch("Ball", "Post", 34, 38, (0, -1, 0))])
    assert find("NearCollision", trace) == ()


def _balls(distance):
    yield ball("Ball", path((-3, distance, 0), (72, (5, 0, 0))))
    yield ball("Post", (0, 0, 0), type="PASSIVE")


def test_bodies_that_stay_close_do_not_nearly_collide():
    together = path((0, 0, 0), (60, (2, 0, 0)))
    assert find("NearCollision", build([ball("A", together), ball("B", together + np.array([0, 1.1, 0]))])) == ()


def test_boxes_are_as_near_as_their_faces():
    way = path((-3, 1.1, 0), (72, (5, 0, 0)))
    (found,) = find("NearCollision", build([Body("A", way), Body("B", (0, 0, 0), type="PASSIVE")]))
    assert found.parameters["distance"] == pytest.approx(0.1, abs=1e-6)


def test_bodies_that_part_from_the_start_do_not_nearly_collide():
    waits = path((1.1, 0, 0), (20, (0, 0, 0)), (40, (3, 0, 0)))
    assert find("NearCollision", build([ball("Ball", waits), ball("Post", (0, 0, 0), type="PASSIVE")])) == ()


def test_what_flies_by_a_post_and_touches_it_soon_after_does_not_miss_it():
    trace = build([*_balls(1.1)], [Touch("Ball", "Post", 60, 62, (0, -1, 0))])
    assert find("NearCollision", trace) == ()


def test_what_moves_beside_a_wall_does_not_nearly_collide():
    way = path((-3, 0.8, 0), (30, (2, -0.25, 0)), (30, (2, 0, 0)), (30, (2, 0.25, 0)))
    wall = Body("Wall", (0, -0.5, 0), (20, 1, 1), type="PASSIVE")
    assert find("NearCollision", build([ball("Ball", way), wall])) == ()


@pytest.mark.parametrize(("touches", "count"), [([Touch("Ball", "Plate", 30, 42, (0, 0, -1))], 0), ([], 1)])
def test_a_body_that_lands_on_a_plate_does_not_nearly_hit_the_floor_below(touches, count):
    way = path((0, 0, 3.0), (36, (0, 0, -4)), (36, (0, 0, 4)))
    plate = Body("Plate", (0, 0, 0.05), (1, 1, 0.1), type="PASSIVE")
    found = find("NearCollision", build([ball("Ball", way), floor(), plate], touches))
    assert len([a for a in found if a.parameters["other"] == "Floor"]) == count


@pytest.mark.parametrize(("turning", "count"), [(0.0, 1), (1.0, 0)])
def test_a_bar_that_rocks_on_its_end_does_not_bounce(turning, count):
    """Its centre, a metre from the end on which it came down at frame 30, is thrown up at 2 m/s."""
    way = path((0, 0, 3), (30, (0, 0, -3)), (10, (0, 0, 2)))
    angle = np.concatenate([np.zeros(31), np.cumsum(np.full(10, 2 * turning / 60))])
    bar = Body("Bar", way, (2, 1, 0.2), turn=angle[:, None] * np.array([0, 1.0, 0]))
    touch = Touch("Floor", "Bar", 30, 40, point=(1, 0, 1.5))
    assert len(find("Bounce", build([bar, floor()], [touch]))) == count
