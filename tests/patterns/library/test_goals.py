import pytest

from addon.patterns import Roles, library
from tests.patterns.builder import EAST, SPEED, TIME, UP, Body, Cast, Touch, ball, build, find, floor, path

GOAL_UIDS = [
    "FirstActorContact",
    "FirstTargetContact",
    "FirstActorTargetImpact",
    "LastActorInfluence",
    "CollisionRelay",
    "TransientGoalContact",
    "StationaryTargetSuccess",
    "MovingTargetSuccess",
    "ActorRicochet",
    "GoalAxisAlignment",
    "SideSwap",
    "GoalwardBurst",
    "GoalClosingRun",
    "FreeFlightApproach",
    "GoalConvergence",
    "DeflectedFromTarget",
]
STILL = path((0, 10, 0.5), (100, (0, 0, 0)))


def cast(*touches, **changes):
    return Cast(red=STILL, touches=list(touches), **changes)


@pytest.mark.parametrize("uid", GOAL_UIDS)
def test_nothing_is_found_where_nobody_has_a_role(uid):
    trace = cast(Touch("Red", "Green", 10, 12), Touch("Green", "Blue", 20, 30), success=False).trace()
    assert uid in {p.uid for p in library()}
    assert find(uid, trace, Roles()) == ()


def test_the_actors_first_contact_is_the_earliest():
    world = cast(Touch("Red", "Blue", 40, 50), Touch("Floor", "Red", 20, 60), others=[floor()])
    (found,) = world.find("FirstActorContact")
    assert found.frame == 20
    assert (found.parameters["object"], found.parameters["other"]) == ("Red", "Floor")


@pytest.mark.parametrize(("touch", "count"), [(("Green", "Blue"), 0), (("Green", "Red"), 1)])
def test_contacts_of_others_are_not_the_actors(touch, count):
    assert len(cast(Touch(*touch, 40, 50)).find("FirstActorContact")) == count


@pytest.mark.parametrize("start", [0, 1])
def test_what_the_actor_touches_from_the_start_it_does_not_touch_first(start):
    """Nor when they part for a while; engines tell contacts of the start from frame 0 or from the first step on."""
    world = cast(Touch("Red", "Floor", start, 5), Touch("Red", "Floor", 30, 40), Touch("Red", "Green", 60, 70))
    world.others = [floor()]
    (found,) = world.find("FirstActorContact")
    assert (found.frame, found.parameters["other"]) == (60, "Green")


@pytest.mark.parametrize(("speed", "count"), [(0.5, 0), (3.0, 1)])
def test_a_contact_after_one_step_counts_if_the_step_brought_them_together(speed, count):
    """It comes 8 or 50 mm nearer in a step; a hundredth of the size is 10 mm."""
    world = Cast(red=path((-1, 0, 0.5), (60, (speed, 0, 0))), touches=[Touch("Red", "Green", 1, 30, EAST)])
    assert len(world.find("FirstActorContact")) == count


@pytest.mark.parametrize(("start", "frames"), [(30, [30]), (2, [2]), (1, []), (0, [])])
def test_the_targets_first_contact_was_not_there_before(start, frames):
    world = cast(Touch("Green", "Blue", start, start + 20), Touch("Red", "Green", 5, 9))
    assert [a.frame for a in world.find("FirstTargetContact")] == frames


def test_what_the_target_stands_on_does_not_count_as_its_first_contact():
    world = cast(Touch("Floor", "Blue", 0, 100), Touch("Green", "Blue", 40, 50, EAST), others=[floor()])
    (found,) = world.find("FirstTargetContact")
    assert (found.frame, found.parameters["object"], found.parameters["other"]) == (40, "Blue", "Green")


def test_actor_and_target_meet_first():
    world = cast(Touch("Red", "Blue", 60, 70), Touch("Red", "Blue", 30, 40), Touch("Red", "Green", 10, 20))
    (found,) = world.find("FirstActorTargetImpact")
    assert (found.frame, found.parameters["other"]) == (30, "Blue")
    assert cast(Touch("Red", "Green", 10, 20)).find("FirstActorTargetImpact") == ()
    assert len(cast(Touch("Red", "Blue", 100, 100)).find("FirstActorTargetImpact")) == 1
    assert cast(Touch("Red", "Blue", 0, 9), Touch("Red", "Blue", 50, 60)).find("FirstActorTargetImpact") == ()


def test_the_actor_influences_the_goal_object_last():
    world = cast(Touch("Red", "Green", 10, 20), Touch("Red", "Green", 60, 70), Touch("Red", "Blue", 90, 95))
    (found,) = world.find("LastActorInfluence")
    assert (found.frame, found.parameters["other"]) == (60, "Green")
    assert cast(Touch("Red", "Blue", 90, 95)).find("LastActorInfluence") == ()
    assert len(cast(Touch("Red", "Green", 0, 100)).find("LastActorInfluence")) == 1


@pytest.mark.parametrize(("gap", "frame"), [(2, 20), (4, 20), (6, 46)])
def test_a_contact_that_trembles_is_no_new_influence(gap, frame):
    """A quarter of a time scale are 5 frames: a hop that rises 1 % of a size."""
    hop = path((0, 10, 0.5), (39, (0, 0, 0)), (gap // 2, (0, 0, -3)), (gap // 2, (0, 0, 3)), (40, (0, 0, 0)))
    world = Cast(red=hop[:101], touches=[Touch("Red", "Green", 20, 39), Touch("Red", "Green", 40 + gap, 70)])
    assert [a.frame for a in world.find("LastActorInfluence")] == [frame]


@pytest.mark.parametrize(("speed", "frame"), [(0.5, 56), (0.2, 20)])
def test_a_hit_by_one_that_stayed_near_is_a_new_influence(speed, frame):
    """They part by 2 cm, so little that the contact goes on."""
    back = round(0.02 / speed * 60)
    hop = path(
        (0, 10, 0.5), (39, (0, 0, 0)), (16 - back, (0, 0, 1.2 / (16 - back))), (back, (0, 0, -speed)), (60, (0, 0, 0))
    )
    world = Cast(red=hop, touches=[Touch("Green", "Red", 20, 39), Touch("Green", "Red", 56, 70)])
    assert [a.frame for a in world.find("LastActorInfluence")] == [frame]


def relay(delay, *touches, fixed=False, speed=1.0):
    way = path((3, 10, 0.5), (20, (-speed, 0, 0)), (80, (speed, 0, 0)))
    block = Body("Block", way, type="PASSIVE" if fixed else "ACTIVE")
    passed = [Touch("Red", "Block", 20, 24, EAST), Touch("Block", "Green", 20 + delay, 80, EAST)]
    return cast(*passed, *touches, others=[block]).find("CollisionRelay")


def test_a_block_passes_the_actors_hit_on():
    (found,) = relay(15)
    assert (found.frame, found.end) == (20, 35)
    assert found.parameters == {"object": "Red", "via": "Block", "other": "Green"}


@pytest.mark.parametrize(("delay", "count"), [(2 * TIME, 1), (2 * TIME + 1, 0), (0, 0), (-5, 0)])
def test_a_relay_is_quick_and_in_order(delay, count):
    assert len(relay(delay)) == count


def test_a_relay_needs_a_block_that_moves_and_no_direct_contact():
    assert relay(15, fixed=True, speed=0.0) == ()
    assert relay(15, speed=0.0) == ()
    assert relay(15, speed=-1.0) == ()  # it moves away from the goal object, which runs into it
    assert relay(15, Touch("Red", "Green", 30, 32)) == ()
    assert len(relay(15, Touch("Red", "Green", 36, 40))) == 1


@pytest.mark.parametrize(("until", "count"), [(9, 1), (15, 1), (16, 0), (22, 0)])
def test_a_relay_needs_that_the_block_meets_the_goal_object_anew(until, count):
    """They are apart for a time scale of 19 frames before they meet at frame 35."""
    assert len(relay(15, Touch("Block", "Green", 3, until, EAST))) == count


def test_only_the_last_hit_before_is_passed_on():
    (found,) = relay(35, Touch("Red", "Block", 40, 44, EAST))
    assert (found.frame, found.end) == (40, 55)


@pytest.mark.parametrize(
    ("end", "success", "done", "count"),
    [
        (60, False, None, 1),
        (60, None, None, 1),
        (99, False, None, 1),
        (100, False, None, 0),  # they touch to the end
        (60, True, 50, 0),  # solved while they touched
        (60, True, 100, 1),  # the run ended well, but they had parted
    ],
)
def test_a_transient_goal_contact_ends_and_does_not_solve(end, success, done, count):
    world = cast(Touch("Green", "Blue", 40, end, EAST), success=success, done=done)
    found = world.find("TransientGoalContact")
    assert [(a.frame, a.end) for a in found] == [(40, end)] * count


def reached(speed, success=True, end=100):
    """Green meets Blue at frame 60, which has moved at ``speed`` for the 40 frames until then."""
    blue = path((6, 0, 0.5), (20, (0, 0, 0)), (40, (0, speed, 0)), (40, (0, 0, 0)))
    return Cast(red=STILL, blue=blue, touches=[Touch("Green", "Blue", 60, end, EAST)], success=success)


@pytest.mark.parametrize(
    ("speed", "counts"),
    [(0.0, (1, 0)), (0.09 * SPEED, (1, 0)), (0.11 * SPEED, (0, 0)), (0.24 * SPEED, (0, 0)), (0.26 * SPEED, (0, 1))],
)
def test_success_on_a_target_that_was_still_or_on_its_way(speed, counts):
    still, moved = reached(speed).find("StationaryTargetSuccess"), reached(speed).find("MovingTargetSuccess")
    assert (len(still), len(moved)) == counts
    for found in still + moved:
        assert found.frame == 60
        assert found.parameters["target_speed"] == pytest.approx(speed, abs=1e-3)


def test_a_target_that_is_hit_away_was_not_moving():
    away = path((6, 0, 0.5), (59, (0, 0, 0)), (41, (3, 0, 0)))
    world = Cast(red=STILL, blue=away, touches=[Touch("Green", "Blue", 60, 100, EAST)], success=True)
    assert world.find("MovingTargetSuccess") == ()


@pytest.mark.parametrize("uid", ["StationaryTargetSuccess", "MovingTargetSuccess"])
def test_no_success_without_the_task_complete_or_the_contact(uid):
    for speed in (0.0, 3.0):
        assert reached(speed, success=False).find(uid) == ()
        assert reached(speed, end=80).find(uid) == ()


@pytest.mark.parametrize("before", [8, 12])
def test_the_target_counts_as_still_if_it_stopped_half_a_time_scale_before(before):
    blue = path((6, 0, 0.5), (60 - before, (0, 2, 0)), (40 + before, (0, 0, 0)))
    world = Cast(red=STILL, blue=blue, touches=[Touch("Green", "Blue", 60, 100, EAST)], success=True)
    assert len(world.find("StationaryTargetSuccess")) == (before == 12)


def ricochet(speed_in, speed_out, who="Red"):
    way = path((0, 10, 9), (40, (0, 0, -speed_in)), (40, (0, 0, speed_out)))
    paths = {who.lower(): way}
    return Cast(**paths, others=[floor()], touches=[Touch("Floor", who, 40, 41, UP)]).find("ActorRicochet")


def test_the_actor_ricochets():
    (found,) = ricochet(8.0, 4.0)
    assert found.frame == 40
    assert (found.parameters["object"], found.parameters["other"]) == ("Red", "Floor")
    assert found.parameters["speed_before"] == 8.0


@pytest.mark.parametrize(
    ("speed_in", "speed_out", "who", "count"),
    [
        (2.02 * SPEED, 4.0, "Red", 1),
        (1.98 * SPEED, 4.0, "Red", 0),  # not hard
        (8.0, 0.0, "Red", 0),  # no bounce
        (8.0, 4.0, "Green", 0),
    ],
)
def test_a_ricochet_is_a_hard_bounce_of_the_actor(speed_in, speed_out, who, count):
    assert len(ricochet(speed_in, speed_out, who)) == count


def test_roles_come_from_tags():
    bodies = [ball("Any", STILL, tags=("actor",)), ball("Other", (3, 10, 0.5))]
    trace = build(bodies, [Touch("Any", "Other", 5, 9, EAST)])
    assert [a.parameters["object"] for a in find("FirstActorContact", trace)] == ["Any"]
