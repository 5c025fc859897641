import numpy as np
import pytest

from addon.patterns import Roles
from addon.scene_graph import Plane
from tests.patterns.builder import EAST, SPEED, TIME, Body, Cast, Touch, ball, build, fall, find, floor, path


def runs(*legs, start=(0, 0, 0.5), blue=(6, 0, 0.5), **changes):
    """Green goes from a place in legs of (frames, velocity) while Blue is somewhere."""
    return Cast(green=path(start, *legs), blue=blue, **changes)


def test_green_gets_in_line_with_blue():
    (found,) = runs((60, (0, 4, 0)), blue=(6, 2, 0.5)).find("GoalAxisAlignment")
    assert found.frame == 30
    assert found.parameters == {"object": "Green", "target": "Blue", "axis": "north"}


@pytest.mark.parametrize(("way", "count"), [(1.94, 0), (1.96, 1), (-2.0, 0)])
def test_alignment_is_within_a_twentieth_of_the_size(way, count):
    assert len(runs((60, (0, way, 0)), blue=(6, 2, 0.5)).find("GoalAxisAlignment")) == count


def test_each_axis_aligns_once_and_fast_crossings_count():
    legs = (60, (8, 0, 8)), (60, (-8, 0, -8)), (1, (0, 0, 0))
    found = runs(*legs, blue=(5.07, 3, 4.0)).find("GoalAxisAlignment")
    assert sorted(a.parameters["axis"] for a in found) == ["east", "up"]


@pytest.mark.parametrize(
    ("plane", "height", "words"),
    [
        (None, 3.0, "is as far east as Blue"),
        (Plane(), 3.0, "is right above the middle of Blue"),
        (Plane(), -3.0, "is right below the middle of Blue"),
    ],
)
def test_alignment_is_told_as_one_sees_it(plane, height, words):
    bodies = [ball("Green", path((0, 0, height), (60, (4, 0, 0)))), ball("Blue", (2, 0, 0))]
    (found,) = find("GoalAxisAlignment", build(bodies, plane=plane), Roles(goal_object="Green", goal_target="Blue"))
    assert found.description == f"Green {words}."


def test_what_is_aligned_from_the_start_does_not_get_aligned():
    assert runs((60, (4, 0, 0)), blue=(9, 0, 0.5)).find("GoalAxisAlignment") == ()


@pytest.mark.parametrize(("way", "count"), [(9.0, 1), (6.06, 1), (6.04, 0), (3.0, 0)])
def test_green_passes_to_the_other_side(way, count):
    found = runs((60, (way, 0, 0)), blue=(6, 1, 0.5)).find("SideSwap")
    assert [a.parameters["side"] for a in found] == ["east"] * count
    assert all(abs(a.frame - 60 * 6 / way) <= 1 for a in found)


@pytest.mark.parametrize(("width", "count"), [(1.0, 1), (9.9, 1), (12.1, 0), (60.0, 0)])
def test_what_is_always_above_a_wide_target_swaps_no_sides(width, count):
    """Green begins 6 m west of its middle, 10 m above it."""
    blue = Body("Wide", (6, 0, -10), (width, 1, 1))
    trace = Cast(green=path((0, 0, 0.5), (60, (9, 0, 0))), others=[blue]).trace()
    found = find("SideSwap", trace, Roles(goal_object="Green", goal_target="Wide"))
    assert [a.description for a in found] == ["Green passes the middle of Wide to the east."] * count


def test_sides_are_told_along_the_axis_on_which_they_began_apart_and_once():
    found = runs((60, (0, -9, 0)), (60, (0, 9, 0)), blue=(1, -6, 0.5)).find("SideSwap")
    assert [a.parameters["side"] for a in found] == ["south"]


def burst(gain, frames=9, direction=1.0, **changes):
    """Green goes at 0.5 m/s and gains speed evenly within some frames."""
    speeds = np.concatenate([np.full(30, 0.5), 0.5 + np.linspace(0, gain, frames + 1)[1:], np.full(30, 0.5 + gain)])
    legs = ((1, (direction * v, 0, 0)) for v in speeds)
    return runs(*legs, blue=(60, 0, 0.5), **changes).find("GoalwardBurst")


def test_green_is_sped_up_towards_blue():
    (found,) = burst(3.0)
    assert 25 <= found.frame <= 31
    assert found.parameters["gain"] == pytest.approx(3.0, rel=0.01)


@pytest.mark.parametrize(
    ("gain", "frames", "direction", "count"),
    [
        (0.52 * SPEED, 9, 1.0, 1),
        (0.48 * SPEED, 9, 1.0, 0),
        (0.9 * SPEED, 20, 1.0, 0),  # too slowly
        (3.0, 9, -1.0, 0),  # away from it
        (3.0, 1, 1.0, 1),
    ],
)
def test_a_burst_gains_half_a_speed_scale_in_half_a_time_scale(gain, frames, direction, count):
    assert len(burst(gain, frames, direction)) == count


def test_a_fall_and_a_slide_are_no_bursts():
    """What falls from a height h has the speed sqrt(v² + 2 g h), on a slope without friction too."""
    for tilt in (90, 40):
        slope = np.radians(tilt)
        way = np.array([np.cos(slope), 0, -np.sin(slope)])
        t = np.arange(91)[:, None] / 60
        green = np.array([0, 0, 20]) + (2 * t + 0.5 * 10 * np.sin(slope) * t**2) * way
        world = Cast(green=green, blue=green[-1] + 5 * way)
        assert world.find("GoalwardBurst") == (), tilt


def test_a_kick_in_a_fall_is_a_burst_of_the_kick_alone():
    down = fall((0, 0, 30), (0, 0, 0), 30)
    kicked = fall(down[-1], (0, 0, -10), 30)[1:]
    world = Cast(green=np.concatenate([down, kicked]), blue=(0, 0, -20))
    (found,) = world.find("GoalwardBurst")
    assert 29 <= found.frame <= 31


@pytest.mark.parametrize(("moves", "count"), [(True, 1), (False, 0)])
def test_what_stands_still_speeds_nothing_up(moves, count):
    red = path((-1, 0, 0.5), (69, (1.0 if moves else 0.0, 0, 0)))
    assert len(burst(3.0, red=red, touches=[Touch("Red", "Green", 20, 45, EAST)])) == count


def test_a_long_run_at_the_threshold_is_one_burst():
    """The gain within half a time scale is above the threshold and below it by turns."""
    speeds = [0.5 + 0.5 * SPEED * k / 9 + (0.02 if k % 5 < 2 else 0.0) for k in range(60)]
    assert len(runs(*((1, (v, 0, 0)) for v in speeds), blue=(60, 0, 0.5)).find("GoalwardBurst")) == 1


def closing(frames, green=1.0, blue=-1.0):
    target = path((20, 0, 0.5), (10, (0, 0, 0)), (frames, (blue, 0, 0)), (30, (0, 0, 0)))
    return runs((10, (0, 0, 0)), (frames, (green, 0, 0)), (30, (0, 0, 0)), blue=target).find("GoalClosingRun")


def test_both_close_in():
    (found,) = closing(60)
    assert (found.frame, found.end) == (11, 70)
    assert found.parameters["closed"] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("frames", "green", "blue", "count"),
    [
        (TIME, 1.0, -1.0, 1),
        (TIME - 1, 1.0, -1.0, 0),
        (60, 1.0, 0.0, 0),  # only one moves
        (60, 2.0, 2.0 - 0.11 * SPEED, 1),
        (60, 2.0, 2.0 - 0.09 * SPEED, 0),
        (60, -1.0, 1.0, 0),
    ],
)
def test_a_closing_run_takes_both_time_and_speed(frames, green, blue, count):
    assert len(closing(frames, green, blue)) == count


def flight(frames, speed=4.0, **changes):
    """Green flies from a table towards Blue for some frames and lands."""
    before, air = np.tile((0.0, 0, 3), (20, 1)), fall((0, 0, 3), (speed, 0, 2), frames)
    after = np.tile(air[-1], (20, 1))
    touches = [Touch("Floor", "Green", 0, 19), Touch("Floor", "Green", 20 + frames, 39 + frames)]
    world = Cast(green=np.concatenate([before, air, after]), others=[floor()], touches=touches)
    world.blue = changes.get("blue", (20, 0, 3))
    world.touches += changes.get("touches", [])
    return world.find("FreeFlightApproach")


def test_green_flies_towards_blue():
    (found,) = flight(40)
    assert 20 <= found.frame <= 23
    assert found.end == 59
    assert found.parameters["contact"] is False
    assert found.parameters["closed"] == pytest.approx(4.0 * 38 / 60, rel=0.1)


def test_a_flight_may_end_at_blue():
    (found,) = flight(40, touches=[Touch("Green", "Blue", 60, 70, EAST)])
    assert found.parameters["contact"] is True


@pytest.mark.parametrize(
    ("frames", "speed", "count"),
    [
        (40, -4.0, 0),  # away from it
        (8, 9.0, 0),  # less than half a time scale
        (20, 3.6, 1),
        (20, 2.6, 0),  # less than a size nearer
    ],
)
def test_a_flight_takes_time_and_comes_nearer(frames, speed, count):
    assert len(flight(frames, speed)) == count


def test_a_ball_that_rolls_does_not_fly():
    world = runs((60, (4, 0, 0)), blue=(20, 0, 0.5), others=[floor()], touches=[Touch("Floor", "Green", 0, 60)])
    assert world.find("FreeFlightApproach") == ()


def test_green_comes_nearer_to_blue():
    (found,) = runs((20, (0, 0, 0)), (60, (2, 0, 0)), (20, (-2, 0, 0))).find("GoalConvergence")
    assert (found.frame, found.end) == (20, 80)
    assert found.parameters["closed"] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("legs", "count"),
    [
        ([(60, (1.05, 0, 0))], 1),
        ([(60, (0.95, 0, 0))], 0),
        ([(TIME, (9, 0, 0))], 1),
        ([(TIME - 2, (9, 0, 0))], 0),
        ([(40, (2, 0, 0)), (1, (-1, 0, 0)), (40, (2, 0, 0))], 1),  # a setback of 17 mm
        ([(40, (2, 0, 0)), (3, (-1, 0, 0)), (40, (2, 0, 0))], 2),  # one of 50 mm
        ([(60, (-2, 0, 0))], 0),
    ],
)
def test_convergence_is_long_enough_and_without_setbacks(legs, count):
    assert len(runs(*legs).find("GoalConvergence")) == count


@pytest.mark.parametrize(
    ("pause", "speed", "count"), [(TIME - 2, 0.0, 1), (TIME + 2, 0.0, 2), (60, 0.1, 2), (60, 0.2, 1)]
)
def test_convergence_pauses_nowhere(pause, speed, count):
    """A twentieth of the length scale in a time scale is 0.16 m/s."""
    found = runs((40, (2, 0, 0)), (pause, (speed, 0, 0)), (40, (2, 0, 0))).find("GoalConvergence")
    assert len(found) == count
    assert found[-1].end == 80 + pause
    if count == 2:
        assert abs(found[0].end - 40) <= 2
        assert abs(found[1].frame - (40 + pause)) <= 2


def deflected(degrees, frames=40, contact=True):
    """Green goes towards Blue, is hit at frame 30 and goes on at an angle; then it stops."""
    angle = np.radians(degrees)
    after = (3 * np.cos(angle), 3 * np.sin(angle), 0)
    touches = [Touch("Red", "Green", 30, 31, (-1, 0, 0))] if contact else []
    way = [(30, (3, 0, 0)), (frames, after), (30, (0, 0, 0))]
    return runs(*way, blue=(9, 0, 0.5), touches=touches).find("DeflectedFromTarget")


def test_green_is_deflected_from_blue():
    (found,) = deflected(150)
    assert (found.frame, found.end) == (31, 70)
    assert found.parameters["by"] == "Red"
    assert found.parameters["turn"] == pytest.approx(150, abs=1)


@pytest.mark.parametrize(
    ("degrees", "frames", "contact", "count"),
    [
        (0, 40, True, 0),  # it goes on
        (50, 40, True, 0),  # turned, but still nearing
        (100, 40, True, 1),
        (80, 9, True, 0),  # sideways, but nearing
        (150, 9, True, 1),
        (150, 8, True, 0),
        (150, 40, False, 0),  # nothing hit it
    ],
)
def test_a_deflection_turns_away_for_a_while(degrees, frames, contact, count):
    assert len(deflected(degrees, frames, contact)) == count


@pytest.mark.parametrize(("start", "count"), [(30, 0), (28, 0), (25, 0), (15, 1)])
def test_the_target_itself_does_not_deflect_from_the_target(start, count):
    """Green comes back from Blue, which it touches; what else it touches then has not turned it."""
    way = [(30, (3, 0, 0)), (40, (-3, 0, 0)), (30, (0, 0, 0))]
    touches = [Touch("Blue", "Green", start, start + 1, (-1, 0, 0)), Touch("Red", "Green", 30, 31, (-1, 0, 0))]
    assert len(runs(*way, blue=(2.5, 0, 0.5), touches=touches).find("DeflectedFromTarget")) == count


@pytest.mark.parametrize(("speed", "count"), [(3.0, 1), (0.4, 1), (0.15, 0)])
def test_a_deflected_body_gets_away(speed, count):
    """A twentieth of the speed scale is 0.16 m/s."""
    way = [(30, (speed, 0, 0)), (40, (-speed, 0, 0)), (30, (0, 0, 0))]
    red = path((5, 0, 0.5), (30, (-1, 0, 0)), (70, (0, 0, 0)))
    touches = [Touch("Red", "Green", 30, 31, (-1, 0, 0))]
    assert len(runs(*way, blue=(9, 0, 0.5), red=red, touches=touches).find("DeflectedFromTarget")) == count


def test_the_harder_hit_of_two_deflects():
    """Green comes over an edge and hits Red in the next frame."""
    edge = Body("Edge", (3, 0, -0.5), (1, 1, 0.2), type="PASSIVE")
    way = [(30, (3, 0, -0.4)), (40, (-3, 0, 0.4)), (30, (0, 0, 0))]
    touches = [Touch("Edge", "Green", 29, 30), Touch("Red", "Green", 30, 31, (-1, 0, 0))]
    (found,) = runs(*way, blue=(9, 0, 0.5), touches=touches, others=[edge]).find("DeflectedFromTarget")
    assert found.parameters["by"] == "Red"


@pytest.mark.parametrize(("size", "count"), [((1, 1, 0.2), 1), ((40, 1, 0.2), 0)])
def test_who_falls_onto_a_wide_target_is_not_deflected(size, count):
    """Green is turned down and away from the middle of Blue, which reaches far under it."""
    bodies = [
        ball("Green", path((4, 0, 10), (30, (-3, 0, 0)), (40, (1.5, 0, -3)))),
        ball("Red", (0, 5, 0)),
        Body("Blue", (-4, 0, 7), size, type="PASSIVE"),
    ]
    trace = build(bodies, [Touch("Red", "Green", 30, 31, (1, 0, 0))])
    assert len(find("DeflectedFromTarget", trace, Roles("Red", "Green", "Blue"))) == count


def test_who_bounces_over_the_edge_of_a_target_is_not_deflected():
    """Green rises on its way over Blue."""
    bodies = [
        ball("Green", path((0, 0, 4), (30, (2, 0, -3)), (40, (1.5, 0, 1)))),
        ball("Red", (0, 5, 0)),
        Body("Blue", (8, 0, 1.5), (14, 1, 1), type="PASSIVE"),
    ]
    trace = build(bodies, [Touch("Red", "Green", 30, 31)])
    assert find("DeflectedFromTarget", trace, Roles("Red", "Green", "Blue")) == ()
