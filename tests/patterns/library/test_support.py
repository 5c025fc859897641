import numpy as np
import pytest

from addon.scene_graph import Constraint, Mesh
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


def handed(pause, other="B", place=1.0, steep=0):
    """A ball goes from one plank to another; the second contact begins ``pause`` frames after the first ended, m
    from its place. The first is from the side in so many last frames."""
    planks = [Body(n, (x, 0, -0.5), (4, 4, 1), type="PASSIVE") for n, x in (("A", 0), ("B", 4))]
    touches = [
        Touch("A", "Ball", 0, 40 - steep),
        *([Touch("A", "Ball", 41 - steep, 40, (0.9, 0, 0.436))] if steep else []),
        Touch(other, "Ball", 40 + pause, 90, point=(place, 0, 0)),
    ]
    return build([ball("Ball", path((0, 0, 0.5), (90, (2, 0, 0)))), *planks], touches)


def test_a_ball_passes_from_plank_to_plank():
    (found,) = find("SupportHandoff", handed(-3))
    assert found.frame == 40
    assert found.parameters == {"object": "Ball", "source": "A", "target": "B"}


@pytest.mark.parametrize(("pause", "count"), [(5, 1), (7, 0), (-9, 1), (-10, 0), (30, 0)])
def test_a_handoff_is_quick(pause, count):
    assert len(find("SupportHandoff", handed(pause))) == count


def test_a_ball_that_rolls_slowly_over_the_edge_where_planks_meet_is_handed_on():
    assert len(find("SupportHandoff", handed(-30, place=0.0))) == 1


@pytest.mark.parametrize(("steep", "count"), [(5, 1), (8, 0)])
def test_a_ball_that_rolls_off_an_edge_touches_it_until_it_lands(steep, count):
    assert len(find("SupportHandoff", handed(2, steep=steep))) == count


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
        (domino(60, sink=0.06), 1),
        (domino(60, sink=0.04), 0),  # a lever turns, but its centre stays
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


@pytest.mark.parametrize(("joints", "count"), [([], 1), (["HINGE"], 0), (["SLIDER"], 1)])
def test_what_hangs_from_a_joint_and_brushes_a_stand_does_not_stand_on_it(joints, count):
    pivots = [Constraint(name="Pivot", type=kind, object1="Bob", object2="Beam", location=(0, 0, 4)) for kind in joints]
    bodies = [Body("Bob", np.tile((0.0, 0, 1), (61, 1))), Body("Beam", (0, 0, 4.5), type="PASSIVE"), floor()]
    trace = build(bodies, [Touch("Floor", "Bob", 20, 40)], constraints=pivots)
    assert len(find("Support", trace)) == count


@pytest.mark.parametrize(("lands", "count"), [(60, 0), (30, 1)])
def test_what_falls_itself_carries_nothing(lands, count):
    """A jar falls with a ball that touches its bottom, and lands."""
    down = fall((0, 0, 9), (0, 0, 0), 60)
    down[lands:] = down[lands]
    touches = [Touch("Jar", "Ball", 0, 60)] + ([Touch("Floor", "Jar", lands, 60)] if lands < 60 else [])
    trace = build([ball("Ball", down + np.array([0, 0, 1])), Body("Jar", down), floor()], touches)
    found = [a.frame for a in find("Support", trace) if a.parameters["object"] == "Ball"]
    assert found == [lands] * count


@pytest.mark.parametrize(("back", "count"), [(50, 0), (52, 0), (70, 1)])
def test_a_ball_that_comes_back_at_once_was_not_handed_on(back, count):
    planks = [Body(n, (x, 0, -0.5), (4, 4, 1), type="PASSIVE") for n, x in (("A", 0), ("B", 4))]
    touches = [Touch("A", "Ball", 0, 40), Touch("B", "Ball", 38, 90), Touch("A", "Ball", back, 90)]
    way = path((0, 0, 0.5), (90, (0, 0, 0)))
    way[41:back, 2] += 0.1  # so that the contact with A really breaks
    found = find("SupportHandoff", build([ball("Ball", way), *planks], touches))
    assert [(a.parameters["source"], a.parameters["target"]) for a in found] == [("A", "B")] * count


def test_a_ball_that_leaves_two_plates_for_a_third_is_handed_on_once():
    plates = [Body(n, (x, 0, -0.5), (4, 4, 1), type="PASSIVE") for n, x in (("A", 0), ("B", 0), ("C", 4))]
    touches = [Touch("A", "Ball", 0, 40), Touch("B", "Ball", 10, 41), Touch("C", "Ball", 39, 90)]
    (found,) = find("SupportHandoff", build([ball("Ball", path((0, 0, 0.5), (90, (2, 0, 0)))), *plates], touches))
    assert (found.parameters["source"], found.parameters["target"]) == ("A", "C")


@pytest.mark.parametrize("falls", [False, True])
def test_what_slides_down_the_side_of_its_support_has_lost_it_once_it_falls_freely(falls):
    way = undercut().position[:, 0] if falls else path((0, 0, 1), (40, (0, 0, 0)), (40, (0, 0, -1)))
    touches = [Touch("Shelf", "Box", 0, 40), Touch("Shelf", "Box", 41, len(way) - 1, EAST)]
    side = build([Body("Box", way), Body("Shelf", (0, 0, 0)), floor()], touches)
    assert len(find("LoseSupport", side)) == falls


def test_what_falls_with_its_support_has_lost_it():
    way = np.concatenate([np.tile((0.0, 0, 5), (31, 1)), fall((0, 0, 5), (0, 0, 0), 50)[1:]])
    trace = build([Body("Shelf", way), Body("Box", way + np.array([0, 0, 1]))], [Touch("Shelf", "Box", 0, 80)])
    assert [a.parameters["object"] for a in find("LoseSupport", trace)] == ["Box"]


def toppled(lean, hits, pusher=None, length=1):
    """A domino on a floor leans by angles (degrees) over the frames; ``hits`` are frames at which a ball meets it."""
    lean = np.radians(lean)
    place = np.stack([0.1 - 0.1 * np.cos(lean) + np.sin(lean), 0 * lean, 0.1 * np.sin(lean) + np.cos(lean)], axis=1)
    turn = np.stack([0 * lean, lean, 0 * lean], axis=1)
    way = path((-9, 0, 1), (len(lean) - 1, (2, 0, 0))) if pusher is None else pusher
    touches = [
        Touch("Floor", "Domino", 0, len(lean) - 1),
        *(Touch("Ball", "Domino", f, f + length, EAST) for f in hits),
    ]
    return build([ball("Ball", way), Body("Domino", place, (0.2, 1, 2), turn=turn), floor()], touches)


def steps(*legs):
    """Angles that go to each value within so many frames, beginning at 0."""
    found = [np.zeros(1)]
    for frames, angle in legs:
        found.append(np.linspace(found[-1][-1], angle, frames + 1)[1:])
    return np.concatenate(found)


def test_a_slow_fall_is_a_fall():
    (found,) = find("TipOver", toppled(steps((30, 0), (200, 30), (30, 80)), [30]))
    assert found.parameters["by"] == "Ball"
    assert found.end == 260


def test_a_body_that_rocks_before_it_falls_tips_over_when_it_falls():
    lean = steps((30, 0), (8, 8), (8, 0), (8, 6), (8, 0), (60, 80))
    (found,) = find("TipOver", toppled(lean, [30]))
    assert 62 <= found.frame <= 68


def test_a_body_that_stood_again_was_tipped_by_the_next_hit():
    lean = steps((30, 0), (8, 8), (8, 0), (60, 0), (30, 80))
    assert [a.frame for a in find("TipOver", toppled(lean, [30]))] == []
    (found,) = find("TipOver", toppled(lean, [30, 106]))
    assert found.frame >= 106


def test_a_body_that_still_trembles_when_it_is_hit_tips_over():
    lean = steps((25, 0), (5, 0.5), (40, 80))
    assert len(find("TipOver", toppled(lean, [30]))) == 1


def test_what_lies_still_tips_nothing_over():
    assert find("TipOver", toppled(steps((30, 0), (40, 80)), [30], pusher=(-0.6, 0, 1))) == ()


@pytest.mark.parametrize(("length", "count"), [(90, 1), (40, 0)])
def test_what_leans_on_a_body_until_it_goes_tips_it_over(length, count):
    trace = toppled(steps((30, 0), (3, 1), (3, 0), (60, 0), (60, 80)), [30], length=length)
    assert len(find("TipOver", trace)) == count


def test_a_box_that_falls_beside_its_support_has_lost_it():
    """It rubs along its support for a while, and touches it again as both lie."""
    trace = undercut()
    touches = [Touch("Shelf", "Box", 0, 40), Touch("Shelf", "Box", 41, 50, EAST), Touch("Shelf", "Box", 75, 80)]
    side = build([Body("Box", trace.position[:, 0]), Body("Shelf", (0, 0, 0)), floor()], touches)
    assert len(find("LoseSupport", side)) == 1


def test_a_body_that_lands_upright_did_not_tip_over():
    trace = domino(80)
    turn = np.concatenate([np.linspace(0, np.radians(70), 16), np.linspace(np.radians(70), 0, 16)[1:]])
    lean = np.concatenate([np.zeros(30), turn, np.zeros(20)])
    way = np.concatenate([np.tile((0.0, 0, 4), (31, 1)), fall((0, 0, 4), (1, 0, 0), 30)[1:]])
    way = np.concatenate([way, np.tile(way[-1], (20, 1))])
    turns = np.stack([0 * lean, lean, 0 * lean], axis=1)
    bodies = [ball("Ball", trace.position[:, 0]), Body("Box", way, (0.5, 1, 2), turn=turns)]
    assert find("TipOver", build(bodies, [Touch("Ball", "Box", 30, 32, EAST)])) == ()


class Post(Body):
    """A post, 2 m high, whose origin is in the middle of its foot."""

    def object(self):
        corners = tuple((x, y, z) for x in (-0.3, 0.3) for y in (-0.5, 0.5) for z in (0.0, 2.0))
        faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
        return super().object().model_copy(update={"geometry": Mesh(vertices=corners, faces=faces)})


def test_the_middle_of_what_tips_sinks_even_if_its_origin_rises():
    trace = domino(80)
    lean = np.concatenate([np.zeros(31), np.linspace(0, np.radians(80), 31)[1:], np.full(20, np.radians(80))])
    place = np.stack([0.3 - 0.3 * np.cos(lean), 0 * lean, 0.3 * np.sin(lean)], axis=1)
    post = Post("Post", place, turn=np.stack([0 * lean, lean, 0 * lean], axis=1))
    found = find("TipOver", build([ball("Ball", trace.position[:, 0]), post], [Touch("Ball", "Post", 30, 32, EAST)]))
    assert len(found) == 1


@pytest.mark.parametrize(("lean", "count"), [(0.53, 0), (0.95, 1)])
def test_what_leans_between_one_below_and_one_on_top_is_not_wedged(lean, count):
    normal = (-lean, 0.0, (1 - lean**2) ** 0.5)
    bodies = [Body("Below", (1, 0, 0), type="PASSIVE"), Body("Box", np.zeros((60, 3))), Body("Top", (-1, 0, 2))]
    touches = [Touch("Below", "Box", 0, 59, normal), Touch("Box", "Top", 0, 59, normal)]
    assert len(find("Wedged", build(bodies, touches))) == count
