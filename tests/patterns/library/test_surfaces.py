from itertools import pairwise

import numpy as np
import pytest

from tests.patterns.builder import GRAVITY, SPEED, TIME, Body, Touch, ball, build, find, floor, path


def moved(speed, spin, frames=60, before=10, after=20, kind="sphere"):
    """A ball of radius 0.5 m on the floor goes east at ``speed`` while it turns at ``spin`` about +y, both of which may
    be arrays over the frames; it has left the floor after them."""
    speeds = np.concatenate([np.zeros(before), np.broadcast_to(speed, frames), np.full(after, np.ravel(speed)[-1])])
    spins = np.concatenate([np.zeros(before), np.broadcast_to(spin, frames), np.zeros(after)])
    place = path((0, 0, 0.5), *((1, (v, 0, 0)) for v in speeds))
    place[before + frames + 1 :, 2] += np.linspace(0.05, 1, after)
    turn = np.concatenate([[0.0], np.cumsum(spins) / 60])[:, None] * np.array([0, 1.0, 0])
    end = before + frames
    contact = Touch("Floor", "Ball", 0, end, point=place[: end + 1] - [0, 0, 0.5])
    return build([ball("Ball", place, turn=turn, kind=kind), floor()], [contact])


def test_a_ball_slides():
    (found,) = find("SlidingContact", moved(2.0, 0.0))
    assert (found.frame, found.end) == (11, 70)
    assert found.parameters["object"] == "Ball"
    assert found.parameters["other"] == "Floor"
    assert found.parameters["distance"] == pytest.approx(2.0 * 59 / 60, rel=1e-3)


@pytest.mark.parametrize(
    ("speed", "spin", "frames", "count"),
    [
        (2.0, 4.0, 60, 0),  # it rolls
        (2.0, 1.9, 60, 1),  # slips at 1.05 m/s
        (2.0, 2.1, 60, 0),
        (4.0, 0.0, 12, 1),
        (4.0, 0.0, 8, 0),  # less than half a time scale
        (1.2, 0.0, 28, 1),
        (1.2, 0.0, 23, 0),  # less than half a size
        (0.09 * SPEED, 0.0, 110, 0),
    ],
)
def test_sliding_takes_slip_time_and_way(speed, spin, frames, count):
    assert len(find("SlidingContact", moved(speed, spin, frames))) == count


def test_a_body_on_a_moving_one_does_not_slide_on_a_resting_one():
    way = path((0, 0, 0.5), (60, (3, 0, 0)))
    base = path((0, 0, -0.5), (60, (1, 0, 0)))
    trace = build([Body("Box", way), Body("Cart", base, (9, 2, 1))], [Touch("Cart", "Box", 0, 60)])
    assert find("SlidingContact", trace) == ()


def test_a_ball_rolls_over_the_floor():
    (found,) = find("RollingOver", moved(2.0, 4.0))
    assert (found.frame, found.end) == (11, 70)
    assert found.parameters == {"object": "Ball", "other": "Floor", "distance": pytest.approx(2.0 * 59 / 60, rel=1e-3)}


@pytest.mark.parametrize(
    ("speed", "spin", "frames", "after", "count"),
    [
        (2.0, 0.0, 60, 20, 0),  # it slides
        (2.0, 4.0, 60, 0, 0),  # it never leaves
        (2.0, 4.0, 32, 20, 1),
        (2.0, 4.0, 30, 20, 0),  # less than its size
        (2.0, 2.9, 60, 20, 1),  # slips at 0.55 m/s of 2
        (2.0, 2.7, 60, 20, 0),
    ],
)
def test_rolling_over_takes_grip_way_and_an_end(speed, spin, frames, after, count):
    assert len(find("RollingOver", moved(speed, spin, frames, after=after))) == count


def test_a_domino_that_tips_does_not_roll():
    assert find("RollingOver", hinged(80, leaves=True)) == ()


def caught(slide, pause, roll, kind="sphere"):
    """A ball that slides, slips a little for a pause, and rolls, in frames."""
    spins = np.concatenate([np.zeros(slide), np.full(pause, 2.4), np.full(roll, 4.0)])
    return moved(2.0, spins, len(spins), kind=kind)


def test_a_slide_turns_into_rolling():
    (found,) = find("SlidingToRolling", caught(30, 2, 30))
    assert found.frame == 43
    assert found.parameters == {"object": "Ball", "other": "Floor"}


@pytest.mark.parametrize(
    ("slide", "pause", "roll", "count"),
    [(60, 0, 0, 0), (0, 0, 60, 0), (30, 5, 30, 1), (30, 8, 30, 1), (30, 0, 5, 1), (30, 0, 4, 0)],
)
def test_rolling_follows_a_slide_at_once(slide, pause, roll, count):
    assert len(find("SlidingToRolling", caught(slide, pause, roll))) == count


def hinged(degrees, drift=0.0, leaves=False):
    """A box 2 m high turns by an angle within 30 frames about its contact with the floor, which may drift."""
    lean = np.concatenate([np.zeros(11), np.linspace(0, np.radians(degrees), 31)[1:], np.full(20, np.radians(degrees))])
    pivot = np.stack([np.linspace(0, drift, 61), np.zeros(61), np.zeros(61)], axis=1)
    place = pivot + np.stack([np.sin(lean), 0 * lean, np.cos(lean)], axis=1)
    turn = np.stack([0 * lean, lean, 0 * lean], axis=1)
    end = 45 if leaves else 60
    contact = Touch("Floor", "Box", 0, end, point=pivot[: end + 1])
    return build([Body("Box", place, (0.3, 1, 2), turn=turn), floor()], [contact])


def test_a_box_turns_about_its_edge():
    (found,) = find("PivotedSweep", hinged(60))
    assert 11 <= found.frame <= 13
    assert found.end in (40, 41)
    assert found.parameters["angle"] == pytest.approx(60, abs=3)
    assert (found.parameters["object"], found.parameters["other"]) == ("Box", "Floor")


@pytest.mark.parametrize(("degrees", "drift", "count"), [(35, 0, 1), (28, 0, 0), (60, 0.4, 1), (60, 1.0, 0)])
def test_a_sweep_turns_by_30_degrees_about_a_point_that_stays(degrees, drift, count):
    assert len(find("PivotedSweep", hinged(degrees, drift))) == count


def test_a_rolling_ball_does_not_pivot():
    assert find("PivotedSweep", moved(2.0, 4.0)) == ()


@pytest.mark.parametrize("inertia", [2 / 5, 1 / 2])
def test_a_thrown_ball_or_disc_skids_until_it_rolls(inertia):
    """Friction slows it by mu g and turns it by mu g / (inertia r), until it rolls at v0 / (1 + inertia): 5/7 v0 of a
    ball, 2/3 v0 of a disc. It counts as rolling once it slips by less than 0.3 of its speed."""
    start, friction = 3.0, 0.5
    lost = np.minimum(friction * GRAVITY * np.arange(1, 61) / 60, start * inertia / (1 + inertia))
    trace = moved(start - lost, lost / inertia / 0.5)
    assert trace.velocity[60, 0, 0] == pytest.approx(start / (1 + inertia))
    (found,) = find("SlidingToRolling", trace)
    caught = 0.7 * start / (0.7 + 1 / inertia) / (friction * GRAVITY) * 60
    assert found.frame == 10 + np.ceil(caught)


def test_a_box_slides_and_turns_but_does_not_roll():
    assert find("SlidingToRolling", caught(30, 2, 30, kind="cube")) == ()


@pytest.mark.parametrize(("pause", "count"), [(4 * TIME - 2, 0), (4 * TIME + 2, 1)])
def test_what_is_back_soon_has_not_left(pause, count):
    """A ball rolls, jumps and rolls on; at last it does not leave."""
    frames = 60 + pause + 60
    way = path((0, 0, 0.5), (frames, (2, 0, 0)))
    way[61 : 60 + pause, 2] += 0.5
    turn = np.arange(frames + 1)[:, None] / 60 * np.array([0, 4.0, 0])
    foot = way * [1, 1, 0]
    touches = [
        Touch("Floor", "Ball", 0, 60, point=foot[:61]),
        Touch("Floor", "Ball", 60 + pause, frames, point=foot[60 + pause :]),
    ]
    found = find("RollingOver", build([ball("Ball", way, turn=turn), floor()], touches))
    assert [a.end for a in found] == [60] * count


def test_a_sweep_goes_on_while_the_contact_flickers():
    trace = hinged(60)
    kept = ~np.isin(trace.contacts.frame, [18, 19, 24, 25, 26, 31, 32])
    for name, column in vars(trace.contacts).items():
        if column is not None:
            setattr(trace.contacts, name, column[kept])
    (found,) = find("PivotedSweep", trace)
    assert found.parameters["angle"] == pytest.approx(60, abs=3)


def test_a_ball_that_rolls_away_from_an_edge_behind_it_does_not_pivot_on_that():
    """It touches the plate within the engine's margin some way on, and the nearest point is the plate's edge."""
    way = path((0, 0, 0.5), (12, (2, 0, 0)))
    turn = np.arange(13)[:, None] / 60 * np.array([0, 4.0, 0])
    plate = Body("Plate", (-0.5, 0, 0), (1, 1, 0.01), type="PASSIVE")
    trace = build([ball("Ball", way, turn=turn), plate], [Touch("Plate", "Ball", 0, 12)])
    assert find("PivotedSweep", trace) == ()


def test_a_ball_that_spins_where_it_is_does_not_swing_about_a_wall():
    turn = np.arange(61)[:, None] / 60 * np.array([0, 4.0, 0])
    wall = Body("Wall", (1, 0, 0), (1, 4, 4), type="PASSIVE")
    trace = build(
        [ball("Ball", np.zeros((61, 3)), turn=turn), wall], [Touch("Wall", "Ball", 0, 60, (-1, 0, 0), (0.5, 0, 0))]
    )
    assert find("PivotedSweep", trace) == ()


@pytest.mark.parametrize(("edge", "count"), [(0.5, 1), (0.2, 0)])
def test_a_plank_turns_about_an_edge_near_its_middle(edge, count):
    """A plank of 5 m, with the edge of a pillar under it off its middle."""
    angle = np.concatenate([np.zeros(11), np.linspace(0, np.radians(60), 31)])[:, None]
    arm = np.concatenate([np.cos(angle), 0 * angle, -np.sin(angle)], axis=1)
    plank = Body("Plank", edge * arm, (5, 1, 0.1), turn=angle * np.array([0, 1.0, 0]))
    trace = build([plank, floor(name="Pillar")], [Touch("Pillar", "Plank", 0, 41)])
    assert len(find("PivotedSweep", trace)) == count


def swaying(*degrees):
    """A box 2 m high leans by angles about its foot, 20 frames from each to the next."""
    lean = np.concatenate([np.linspace(*pair, 21)[1:] for pair in pairwise(degrees)])
    lean = np.radians(np.concatenate([np.full(11, degrees[0]), lean]))
    place = np.stack([np.sin(lean), 0 * lean, np.cos(lean)], axis=1)
    turn = np.stack([0 * lean, lean, 0 * lean], axis=1)
    return build([Body("Box", place, (0.3, 1, 2), turn=turn), floor()], [Touch("Floor", "Box", 0, len(lean) - 1)])


@pytest.mark.parametrize(("degrees", "count"), [((0, 40), 1), ((0, 20, 0), 0)])
def test_what_sways_to_and_fro_does_not_sweep(degrees, count):
    assert len(find("PivotedSweep", swaying(*degrees))) == count


def test_a_sweep_goes_on_over_a_jolt():
    """The box slips along for three of the 30 frames in which it falls; what it turns meanwhile does not count."""
    slip = np.concatenate([np.zeros(25), np.linspace(0, 0.3, 4)[1:], np.full(33, 0.3)])[:61]
    trace = hinged(50)
    trace.position[:, 0, 0] += slip
    trace.velocity[1:, 0] = np.diff(trace.position[:, 0], axis=0) * 60
    trace.contacts.point[:, 0] += slip[trace.contacts.frame]
    (found,) = find("PivotedSweep", trace)
    assert found.parameters["angle"] == pytest.approx(45, abs=3)


def test_a_ball_that_goes_round_an_edge_rolls_over_it():
    """It rolls for less than its size, and its centre goes on round the edge, which it touches all the time."""
    angle = np.concatenate([np.zeros(40), np.linspace(0, np.radians(70), 40), np.full(90, np.radians(70))])
    along = np.concatenate([np.linspace(-1.5, 0, 40), np.zeros(40), np.linspace(0, 3, 90)])
    place = np.stack([along + np.sin(angle), 0 * angle, np.cos(angle)], axis=1)
    turn = np.stack([0 * angle, angle + np.minimum(along, 0), 0 * angle], axis=1)
    normal = np.stack([np.sin(angle), 0 * angle, np.cos(angle)], axis=1)
    touches = [Touch("Ledge", "Ball", f, f, tuple(normal[f]), (min(along[f], 0), 0, 0)) for f in range(80)]
    ledge = Body("Ledge", (-2, 0, -0.5), (4, 4, 1), type="PASSIVE")
    (found,) = find("RollingOver", build([ball("Ball", place, size=(2, 2, 2), turn=turn), ledge], touches))
    assert found.parameters["distance"] == pytest.approx(np.hypot(1.5 + np.sin(angle[-1]), 1 - np.cos(angle[-1])), 0.05)


@pytest.mark.parametrize(("gap", "count"), [(0.01, 0), (None, 1)])
def test_what_rolls_onto_a_thin_plate_has_not_left_the_floor_below(gap, count):
    way = path((0, 0, 0.5), (160, (2, 0, 0)))
    turn = np.arange(161)[:, None] / 60 * np.array([0, 4.0, 0])
    foot = way * [1, 1, 0]
    touches = [Touch("Floor", "Ball", 0, 60, point=foot[:61]), Touch("Plate", "Ball", 61, 160, point=foot[61:])]
    touches += [] if gap is None else [Touch("Floor", "Ball", 61, 160, point=foot[61:], gap=gap)]
    plate = Body("Plate", (3.5, 0, 0), (3.5, 1, 0.01), type="PASSIVE")
    trace = build([ball("Ball", way, turn=turn), floor(), plate], touches)
    assert [a.parameters["other"] for a in find("RollingOver", trace)] == ["Floor"] * count


def test_a_long_skid_ends_in_rolling():
    """The slip falls from all of the speed to none in a second."""
    spins = np.concatenate([np.linspace(0, 8.0, 60), np.full(30, 8.0)])
    (found,) = find("SlidingToRolling", moved(4.0, spins, 90))
    assert found.frame == pytest.approx(10 + 0.7 * 60, abs=2)


def test_what_leans_on_a_ball_is_not_rolled_on():
    trace = caught(30, 2, 30)
    trace.contacts.normal[:] *= -1
    assert find("SlidingToRolling", trace) == ()
