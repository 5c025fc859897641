import numpy as np
import pytest

from tests.patterns.builder import EAST, TIME, Body, Touch, ball, build, fall, find, floor, path


def tilted(degrees, frames=60, start=0):
    """A box touches a ramp whose surface leans by an angle."""
    angle = np.radians(degrees)
    normal = (np.sin(angle), 0, np.cos(angle))
    ramp = Body("Ramp", (0, 0, 0), (5, 5, 1), type="PASSIVE")
    return build([Body("Box", np.tile((0.0, 0, 1), (61, 1))), ramp], [Touch("Ramp", "Box", start, frames, normal)])


def test_a_box_stands_on_a_ramp():
    (found,) = find("Support", tilted(20, 50, 10))
    assert (found.frame, found.end) == (10, 50)
    assert found.parameters == {"object": "Box", "support": "Ramp"}


@pytest.mark.parametrize(("degrees", "count"), [(59, 1), (61, 0), (90, 0)])
def test_a_wall_is_no_support(degrees, count):
    assert len(find("Support", tilted(degrees))) == count


@pytest.mark.parametrize(("end", "count"), [(7, 0), (8, 1)])
def test_a_bounce_is_no_support(end, count):
    assert len(find("Support", tilted(0, end))) == count


def test_the_lower_body_is_not_supported_and_neither_is_a_fixed_one():
    found = find(
        "Support", build([Body("Box", np.tile((0.0, 0, 1), (61, 1))), floor()], [Touch("Box", "Floor", 0, 60)])
    )
    assert found == ()


def test_support_outlasts_flicker():
    trace = tilted(0)
    kept = ~np.isin(trace.contacts.frame, [20, 21])
    for name, column in vars(trace.contacts).items():
        if column is not None:
            setattr(trace.contacts, name, column[kept])
    assert [(a.frame, a.end) for a in find("Support", trace)] == [(0, 60)]


def test_nothing_is_supported_without_gravity():
    box = Body("Box", np.tile((0.0, 0, 1), (61, 1)))
    assert find("Support", build([box, floor()], [Touch("Floor", "Box", 0, 60)], gravity=(0, 0, 0))) == ()


def stacked(rest=60, lower="ACTIVE", fall_frames=30):
    """A box comes down on another one, rests on it and is lifted off."""
    upper = path((0, 0, 3), (fall_frames, (0, 0, -60 / fall_frames)), (rest, (0, 0, 0)), (30, (0, 0, 3)))
    boxes = [Body("Upper", upper), Body("Lower", (0, 0, 0), type=lower)]
    return build(boxes, [Touch("Lower", "Upper", fall_frames, fall_frames + rest)])


def test_a_box_comes_to_rest_on_another():
    (found,) = find("StackFormed", stacked())
    assert (found.frame, found.end) == (31, 90)
    assert found.parameters == {"object": "Upper", "support": "Lower"}


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"lower": "PASSIVE"}, 0),  # to lie on the ground is no stack
        ({"rest": TIME}, 1),
        ({"rest": TIME - 2}, 0),
        ({"fall_frames": TIME - 1}, 0),  # it stood from the start
        ({"fall_frames": TIME + 1}, 1),
    ],
)
def test_a_stack_forms_during_the_run_and_stands(changes, count):
    assert len(find("StackFormed", stacked(**changes))) == count


def undercut(drop=1.0, after=0):
    """What a box stands on is gone after frame 40; another support carries it ``after`` frames later, if at all."""
    down = fall((0, 0, 1), (0, 0, 0), 40)
    down[:, 2] = np.maximum(down[:, 2], 1 - drop)
    box = np.concatenate([np.tile((0.0, 0, 1), (40, 1)), down])
    touches = [Touch("Shelf", "Box", 0, 40)]
    if after:
        touches.append(Touch("Floor", "Box", 40 + after, 80))
    shelf = path((0, 0, 0), (35, (0, 0, 0)), (45, (3, 0, 0)))
    return build([Body("Box", box), Body("Shelf", shelf), floor()], touches)


def test_a_box_loses_its_support():
    (found,) = find("LoseSupport", undercut())
    assert (found.frame, found.end) == (41, None)
    assert {k: found.parameters[k] for k in ("object", "support")} == {"object": "Box", "support": "Shelf"}
    assert found.parameters["drop"] == pytest.approx(5 * (20 / 60) ** 2, rel=0.01)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"drop": 0.0}, 0),  # it hangs on something else
        ({"drop": 0.11}, 1),
        ({"drop": 0.09}, 0),
        ({"after": 3}, 0),  # another support carries it at once
    ],
)
def test_a_body_without_support_sinks(changes, count):
    assert len(find("LoseSupport", undercut(**changes))) == count


def test_a_body_that_jumps_off_and_returns_does_not_lose_support():
    hop = np.concatenate(
        [np.tile((0.0, 0, 0.5), (40, 1)), fall((0, 0, 0.5), (0, 0, 1.6), 19), np.tile((0.0, 0, 0.5), (30, 1))]
    )
    touches = [Touch("Floor", "Box", 0, 40), Touch("Floor", "Box", 59, 89)]
    assert find("LoseSupport", build([Body("Box", hop), floor()], touches)) == ()


def handed(pause, other="B"):
    """A ball goes from one plank to another; the second contact begins ``pause`` frames after the first ended."""
    planks = [Body(n, (x, 0, -0.5), (4, 4, 1), type="PASSIVE") for n, x in (("A", 0), ("B", 4))]
    touches = [Touch("A", "Ball", 0, 40), Touch(other, "Ball", 40 + pause, 90)]
    return build([ball("Ball", path((0, 0, 0.5), (90, (2, 0, 0)))), *planks], touches)


def test_a_ball_passes_from_plank_to_plank():
    (found,) = find("SupportHandoff", handed(-3))
    assert found.frame == 40
    assert found.parameters == {"object": "Ball", "source": "A", "target": "B"}


@pytest.mark.parametrize(("pause", "count"), [(5, 1), (7, 0), (-5, 1), (-8, 0), (30, 0)])
def test_a_handoff_is_quick(pause, count):
    assert len(find("SupportHandoff", handed(pause))) == count


def test_the_same_support_again_is_no_handoff():
    assert find("SupportHandoff", handed(4, other="A")) == ()


def squeezed(opening=180.0, frames=40, speed=0.0, axis=EAST):
    """A box between two walls whose normals towards it make an angle."""
    half = np.radians(opening / 2)
    first = np.array(axis) * np.sin(half) + np.array([0, np.cos(half), 0])
    second = -np.array(axis) * np.sin(half) + np.array([0, np.cos(half), 0])
    walls = [Body(n, (x, 0, 0), (1, 4, 4), type="PASSIVE") for n, x in (("Left", -1), ("Right", 1))]
    touches = [Touch("Left", "Box", 10, 9 + frames, first), Touch("Right", "Box", 10, 9 + frames, second)]
    return build([Body("Box", path((0, 0, 0), (80, (0, speed, 0)))), *walls], touches)


def test_a_box_is_wedged_between_walls():
    (found,) = find("Wedged", squeezed())
    assert (found.frame, found.end) == (10, 49)
    assert found.parameters == {"object": "Box", "other": "Left", "opposite": "Right"}


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"opening": 90.0}, 0),  # both push the same way
        ({"opening": 121.0}, 1),
        ({"opening": 119.0}, 0),
        ({"frames": TIME}, 1),
        ({"frames": TIME - 1}, 0),
        ({"speed": 1.0}, 0),
        ({"speed": 0.08}, 0),  # slow, but it gets somewhere
        ({"axis": (0, 0, 1)}, 0),  # a body in a stack
    ],
)
def test_wedging_takes_opposite_walls_rest_and_time(changes, count):
    assert len(find("Wedged", squeezed(**changes))) == count


def domino(degrees, sink=None, size=(0.2, 1, 2), hit=True):
    """A domino is hit at frame 30 and leans by an angle within 30 frames, about its lower edge."""
    lean = np.concatenate([np.zeros(31), np.linspace(0, np.radians(degrees), 31)[1:], np.full(20, np.radians(degrees))])
    x, z = size[0] / 2, size[2] / 2
    height = x * np.sin(lean) + z * np.cos(lean) if sink is None else z - sink * lean / lean.max()
    place = np.stack([x - x * np.cos(lean) + z * np.sin(lean), 0 * lean, height], axis=1)
    turn = np.stack([0 * lean, lean, 0 * lean], axis=1)
    pusher = path((-2.1, 0, 1), (30, (3, 0, 0)), (50, (0, 0, 0)))
    touches = [Touch("Ball", "Domino", 30, 32, EAST)] if hit else []
    return build([ball("Ball", pusher), Body("Domino", place, size, turn=turn), floor()], touches)


def test_a_domino_tips_over():
    (found,) = find("TipOver", domino(80))
    assert (found.frame, found.end) == (32, 60)
    assert found.parameters == {"object": "Domino", "by": "Ball", "angle": pytest.approx(80, abs=0.1)}


@pytest.mark.parametrize(
    ("trace", "count"),
    [
        (domino(31, sink=0.3), 1),
        (domino(29, sink=0.3), 0),
        (domino(60, sink=0.11), 1),
        (domino(60, sink=0.09), 0),  # a lever turns, but its centre stays
        (domino(80, hit=False), 0),
    ],
)
def test_tipping_over_takes_a_hit_an_angle_and_sinking(trace, count):
    assert len(find("TipOver", trace)) == count


def test_a_ball_rolls_off_but_does_not_tip():
    turn = np.concatenate([np.zeros((31, 3)), np.linspace([0, 0, 0], [0, 2, 0], 30)])
    way = np.concatenate([np.tile((0.0, 0, 3), (31, 1)), fall((0, 0, 3), (1, 0, 0), 29)])
    bodies = [ball("Ball", path((-4, 0, 3), (30, (6, 0, 0)), (30, (0, 0, 0)))), ball("Struck", way, turn=turn)]
    assert find("TipOver", build(bodies, [Touch("Ball", "Struck", 30, 31, EAST)])) == ()
