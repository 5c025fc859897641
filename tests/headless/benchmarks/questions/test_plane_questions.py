"""Each question of Appendix C on a built run with a known answer, and where it must not be asked."""

import numpy as np
import pytest

from headless.benchmarks.questions.plane_future import pattern_has_begun
from headless.benchmarks.questions.slots import PatternName, Window
from tests.headless.benchmarks.questions.built import answer, blue, green, plane, red
from tests.patterns.builder import Body, Touch, path

LAST = 199
STILL = np.tile([[50.0, 0.0, 50.0]], (LAST + 1, 1))
"""200 frames of a body that stays."""


def stay(x, z):
    return np.tile([[float(x), 0.0, float(z)]], (LAST + 1, 1))


def bar(name, place, size=(20.0, 4.0, 4.0)):
    return Body(name, place, size, type="PASSIVE")


@pytest.fixture
def touching():
    """Red touches the ground in frames 50 to 99, a bar in 80 to 119 and green in 100 to 149; cut at frame 60."""
    bodies = [red(stay(50, 50)), green(stay(90, 50)), blue(stay(200, 5), type="PASSIVE"), bar("bar", (60.0, 0.0, 20.0))]
    touches = [Touch("red", "ground", 50, 99), Touch("red", "bar", 80, 119), Touch("red", "green", 100, 149)]
    return plane(bodies, touches, cut=60)


def window(start, end):
    return Window(start, end, "")


def test_a1_different_objects_between_two_times(touching):
    assert answer("A1", touching, a="red", window=window(60, 110)) == 3
    assert answer("A1", touching, a="red", window=window(55, 72)) == 1
    assert answer("A1", touching, a="red", window=window(0, 30)) == 0
    assert answer("A1", touching, a="red", window=window(60, 78)) is None, "the bar comes 0.03 s later"


def test_a2_objects_of_a_pattern(touching):
    pattern = PatternName("FirstActorContact", "first contact", "")
    assert answer("A2", touching, pattern=pattern) == ("ground", "red")
    assert answer("A2", touching, pattern=PatternName("TipOver", "tip over", "")) is None


def test_a3_the_nearest_at_the_start(touching):
    assert answer("A3", touching, a="red") == "bar"
    tie = plane([red(stay(50, 50)), green(stay(90, 50)), blue(stay(10, 51))])
    assert answer("A3", tie, a="red") is None


def test_a4_what_lies_between():
    def facts(z):
        bodies = [red(stay(50, 50)), green(stay(90, 50)), blue(stay(50, 100)), bar("bar", (70.0, 0.0, z))]
        return plane(bodies)

    assert answer("A4", facts(50.0), pair=("red", "green")) == "bar"
    assert answer("A4", facts(50.0), pair=("red", "blue")) == "none"
    assert answer("A4", facts(30.0), pair=("green", "red")) == "none"
    assert answer("A4", facts(52.5), pair=("red", "green")) is None, "the line runs along its edge"


def test_a4_a_ball_between_and_one_beside():
    def facts(z):
        return plane([red(stay(50, 50)), green(stay(90, 50)), blue(stay(70, z))])

    assert answer("A4", facts(52), pair=("red", "green")) == "blue"
    assert answer("A4", facts(57), pair=("red", "green")) == "none"
    assert answer("A4", facts(55), pair=("red", "green")) is None


def test_a5_a6_the_longest_way_and_the_greatest_speed():
    far = path((50, 0, 50), (199, (20, 0, 0)))
    fast = path((50, 0, 90), (20, (60, 0, 0)), (179, (0, 0, 0)))
    facts = plane([red(far), green(fast), blue(stay(200, 5))])
    assert answer("A5", facts) == "red"
    assert answer("A6", facts) == "green"
    alike = plane([red(far), green(far + np.array([0, 0, 40])), blue(stay(200, 5))])
    assert answer("A5", alike) is None
    assert answer("A6", plane([red(stay(1, 1)), green(stay(50, 1))])) is None, "nothing moves"


def test_a7_what_is_touched_first(touching):
    assert answer("A7", touching, a="red") == "ground"
    assert answer("A7", touching, a="green") == "red"
    never = plane([red(stay(50, 50)), green(stay(90, 50))])
    assert answer("A7", never, a="red") == "none"
    at_once = plane([red(stay(50, 50)), green(stay(90, 50))], [Touch("red", "ground", 1, 9)])
    assert answer("A7", at_once, a="red") is None
    both = plane(
        [red(stay(50, 50)), green(stay(90, 50))], [Touch("red", "ground", 40, 50), Touch("red", "green", 41, 50)]
    )
    assert answer("A7", both, a="red") is None


@pytest.mark.parametrize(
    ("template", "percent"),
    [("A8", 50.0), ("A9", 35.0), ("A10", 25.0), ("A12", 50.0), ("A16", 0.0), ("A17", 20.0)],
)
def test_shares_of_the_frames_in_which_red_touches(touching, template, percent):
    assert answer(template, touching, a="red") == percent


def test_a11_a15_two_that_can_move(touching):
    assert answer("A11", touching) == 25.0
    assert answer("A15", touching, pair=("green", "red")) == 25.0
    assert answer("A15", touching, pair=("green", "blue")) == 0.0


def test_a16_walls_are_not_the_ground():
    facts = plane([red(stay(50, 50))], [Touch("red", "left wall", 0, 19), Touch("red", "ground", 0, 99)])
    assert answer("A16", facts, a="red") == 10.0


def test_a13_a14_frames_with_and_without_motion():
    facts = plane([red(path((50, 0, 50), (50, (20, 0, 0)), (149, (0, 0, 0))))])
    assert answer("A13", facts) == pytest.approx(25.5)
    assert answer("A14", facts) == pytest.approx(74.5)
    slow = plane([red(path((50, 0, 50), (199, (1.1, 0, 0))))])
    assert answer("A13", slow) is None, "at about the speed from which on a body moves"


def test_a18_to_a20_will_touch(touching):
    assert answer("A18", touching, pair=("red", "green")) is True
    assert answer("A18", touching, pair=("green", "blue")) is False
    assert answer("A19", touching, a="red") is True
    assert answer("A19", touching, a="green") is None
    assert answer("A20", touching, a="red") is False
    touching.cut = 98
    assert answer("A18", touching, pair=("red", "green")) is None, "they touch 0.03 s later"
    touching.cut = 160
    assert answer("A18", touching, pair=("red", "green")) is False


def test_a21_movers_that_meet(touching):
    assert answer("A21", touching) is True
    touching.cut = 120
    assert answer("A21", touching) is False, "they go on to touch, but do not begin to"
    touching.cut = 103
    assert answer("A21", touching) is None


def test_a22_a_pattern_that_begins(touching):
    pattern = PatternName("FirstActorContact", "first contact", "")
    touching.cut = 20
    assert answer("A22", touching, pattern=pattern) is True
    touching.cut = 80
    assert answer("A22", touching, pattern=pattern) is False
    assert pattern_has_begun(touching, pattern)
    touching.cut = 50
    assert answer("A22", touching, pattern=pattern) is None
    never = PatternName("TipOver", "tips over", "")
    assert answer("A22", touching, pattern=never) is False, "what does not occur at all is asked about, too"
    assert not pattern_has_begun(touching, never)


def test_a23_a24_ground_and_walls():
    facts = plane(
        [red(stay(50, 50)), green(stay(90, 50))],
        [Touch("red", "ground", 80, 99), Touch("red", "left wall", 20, 30)],
        cut=50,
    )
    assert answer("A23", facts, a="red") is True
    assert answer("A23", facts, a="green") is False
    assert answer("A24", facts, a="red") is False
    facts.cut = 120
    assert answer("A23", facts, a="red") is None, "it has touched the ground before"
    facts.cut = 5
    assert answer("A24", facts, a="red") is True


def test_a25_a26_lines_through_places():
    moving = path((50, 0, 50), (199, (30, 0, 0)))
    facts = plane([red(moving), green(stay(90, 80)), blue(stay(200, 20))], cut=10)
    assert answer("A25", facts, a="red") is True
    assert answer("A26", facts, a="red") is False
    assert answer("A25", facts, a="green") is None
    facts.cut = 150
    assert answer("A25", facts, a="red") is False, "it has crossed before"
    facts.cut = 80
    assert answer("A25", facts, a="red") is None, "it is on the line"


def test_a27_a_frame_without_motion():
    stops = plane([red(path((50, 0, 50), (100, (20, 0, 0)), (99, (0, 0, 0))))], cut=30)
    assert answer("A27", stops) is True
    goes_on = plane([red(path((50, 0, 50), (199, (20, 0, 0))))], cut=30)
    assert answer("A27", goes_on) is False
    slow = plane([red(path((50, 0, 50), (199, (1.1, 0, 0))))], cut=30)
    assert answer("A27", slow) is None
