import numpy as np
import pytest

from addon.patterns import Observation
from addon.scene_graph import Constraint
from tests.patterns.builder import EAST, TIME, UP, Body, Touch, ball, build, fall, find, floor, hop, path


def hopping(frames, normal=UP):
    """A ball on a floor, which it leaves at frame 30 for a hop of so many frames."""
    way = path((0, 0, 0.5), (80, (0, 0, 0)))
    way[30 : 31 + frames, 2] += hop(frames)
    return build(
        [ball("Ball", way), floor()], [Touch("Floor", "Ball", 0, 30), Touch("Floor", "Ball", 30 + frames, 80, normal)]
    )


def intervals(trace):
    touches = Observation(trace).touches
    return list(zip(touches.start.tolist(), touches.end.tolist(), strict=True))


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (2, [(0, 80)]),
        (9, [(0, 80)]),  # 28 mm high, of a metre
        (10, [(0, 30), (40, 80)]),  # 35 mm
    ],
)
def test_a_contact_goes_on_through_a_hop_that_is_not_seen(frames, expected):
    assert intervals(hopping(frames)) == expected


@pytest.mark.parametrize(("pause", "count"), [(8, 1), (14, 2)])
def test_what_falls_past_another_at_a_hair_does_not_go_on_touching(pause, count):
    trace = build(
        [ball("Ball", fall((1, 0, 9), (0, 0, 0), 60)), floor(), Body("Wall", (0, 0, 5), (1, 1, 20), type="PASSIVE")],
        [Touch("Wall", "Ball", 5, 10, EAST), Touch("Wall", "Ball", 11 + pause, 40, EAST)],
    )
    assert len(intervals(trace)) == count


@pytest.mark.parametrize(("pause", "count"), [(13, 1), (16, 2)])
def test_what_hops_for_longer_than_is_seen_flies(pause, count):
    """A ball is thrown along a slope that it hardly leaves."""
    way = np.concatenate([np.tile((0.0, 0, 5), (31, 1)), fall((0, 0, 5), (0.6, 0, 0), 50)[1:]])
    slope = Body("Slope", way - [0.6, 0, 0.8], type="ACTIVE", kinematic=True)
    touches = [Touch("Slope", "Ball", 0, 30, (0.6, 0, 0.8)), Touch("Slope", "Ball", 31 + pause, 80, (0.6, 0, 0.8))]
    assert len(intervals(build([ball("Ball", way), slope], touches))) == count


def test_what_touches_from_another_side_touches_anew():
    assert intervals(hopping(4, normal=EAST)) == [(0, 30), (34, 80)]


@pytest.mark.parametrize(("pause", "count"), [(2 * TIME, 1), (2 * TIME + 1, 2)])
def test_a_long_break_ends_a_contact(pause, count):
    trace = build(
        [ball("Ball", np.tile((0.0, 0, 0.5), (121, 1))), floor()],
        [Touch("Floor", "Ball", 0, 30), Touch("Floor", "Ball", 31 + pause, 120)],
    )
    assert len(intervals(trace)) == count


def test_breaks_are_filled_with_points_and_normals_between():
    trace = build(
        [ball("Ball", np.tile((0.0, 0, 0.5), (81, 1))), floor()],
        [
            Touch("Floor", "Ball", 0, 30, point=(1, 0, 0)),
            Touch("Floor", "Ball", 33, 80, (0.6, 0, 0.8), point=(4, 0, 0), gap=0.03),
        ],
    )
    rows = Observation(trace).contacts
    assert rows.frame.tolist() == list(range(81))
    np.testing.assert_allclose(rows.point[31:33, 0], [2, 3])
    np.testing.assert_allclose(np.linalg.norm(rows.normal, axis=1), 1.0)
    np.testing.assert_allclose(rows.gap[31:33], [0.01, 0.02])


def test_bodies_that_are_gone_meanwhile_do_not_go_on_touching():
    trace = hopping(4)
    trace.present[32, 0] = False
    assert intervals(trace) == [(0, 30), (34, 80)]


@pytest.mark.parametrize(("speed", "start"), [(0.0, 0), (1.7, 0), (1.9, 1)])
def test_what_touches_after_the_first_step_touched_before_unless_it_came_fast(speed, start):
    way = path((0, 0, 0.5), (1, (0, 0, -speed)), (20, (0, 0, 0)))
    assert intervals(build([ball("Ball", way), floor()], [Touch("Floor", "Ball", 1, 20)])) == [(start, 20)]


def covered(gap, beside=0.0):
    """A ball rolls over a plate on the floor, which is ``gap`` m lower."""
    way = path((0, 0, 0.5), (60, (1, 0, 0)))
    foot = way - np.array([0, 0, 0.5])
    touches = [
        Touch("Floor", "Ball", 0, 60, point=foot, gap=0.0),
        Touch("Plate", "Ball", 20, 40, point=foot[20:41] + np.array([beside, 0, 0]), gap=-gap),
    ]
    plate = Body("Plate", (0.5, 0, 0), (0.5, 0.5, 0.1), type="PASSIVE")
    return build([ball("Ball", way), floor(), plate], touches)


@pytest.mark.parametrize(("gap", "beside", "rows"), [(0.006, 0.0, 40), (0.004, 0.0, 61), (0.006, 0.2, 61)])
def test_the_floor_below_a_plate_is_not_touched(gap, beside, rows):
    contacts = Observation(covered(gap, beside)).contacts
    assert len(contacts) == rows + 21


def test_a_ball_passes_from_floor_to_plate_and_back():
    found = [(a.parameters["source"], a.parameters["target"]) for a in find("SupportHandoff", covered(0.006))]
    assert found == [("Floor", "Plate"), ("Plate", "Floor")]


def test_a_body_hangs_from_a_joint_above_it_while_that_holds():
    down = np.concatenate([np.tile((0.0, 0, 1), (31, 1)), path((0, 0, 1), (30, (0, 0, -3)))[1:]])
    joint = Constraint(name="Pivot", type="HINGE", object1="Bob", object2="Beam", location=(0, 0, 3))
    beam = Body("Beam", (0, 0, 3.5), (3, 1, 1), type="PASSIVE")
    hung = Observation(build([Body("Bob", down), beam], constraints=[joint])).hung
    assert hung[:, 0].sum() == 32
    assert not hung[33:, 0].any()
    assert not hung[:, 1].any()


def test_outlines():
    bodies = [
        Body("Box", (0, 0, 0)),
        ball("Ball", (3, 0, 0)),
        Body("Barrel", (6, 0, 0), kind="cylinder"),
        Body("Plank", (9, 0, 0), (3, 1, 0.2)),
    ]
    assert Observation(build(bodies)).round.tolist() == [False, True, True, False]
