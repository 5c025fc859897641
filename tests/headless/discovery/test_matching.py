"""Which events are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns import Activation, Pattern
from addon.patterns.model import Parameter
from headless.discovery.matching import TOLERANCE, Mark, agreement, marks


def mark(frame, *bodies):
    return Mark(frame, frozenset(bodies))


def test_marks_name_the_bodies_among_parameters():
    activation = Activation("A", 7, 0.1, "", {"object": "Ball", "on": ["Floor", "x"], "side": "east", "speed": 2.0})
    assert marks([activation], ("Ball", "Floor", "Post")) == [mark(7, "Ball", "Floor")]
    told = {"object": Parameter("what", "body"), "on": Parameter("on what", "any")}
    pattern = Pattern(uid="A", label="a", description="", parameters=told, find=lambda observation: [])
    assert marks([activation], ("Ball", "Floor", "Post"), pattern) == [
        Mark(7, frozenset({"Ball", "Floor"}), frozenset({"Ball"}))
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ([mark(10, "A")], [mark(13, "A")], 1),
        ([mark(10, "A")], [mark(14, "A")], 0),
        ([mark(10, "A")], [mark(10, "B")], 0),
        ([mark(10, "A")], [mark(10, "A", "B")], 0),
        ([mark(10, "A", "B", "C")], [mark(10, "A", "B")], 0),
        ([mark(10, "A")], [Mark(10, frozenset("AB"), frozenset("A"))], 1),
        ([mark(10, "A", "B")], [Mark(10, frozenset("AB"), frozenset("A"))], 1),
        ([mark(10, "B")], [Mark(10, frozenset("AB"), frozenset("A"))], 0),
        ([mark(10, "A", "C")], [Mark(10, frozenset("AB"), frozenset("A"))], 0),
        ([mark(10, "A", "C")], [mark(10, "A", "B")], 0),
        ([mark(10)], [mark(10, "A")], 0),
        ([mark(10)], [mark(10)], 1),
        ([mark(10, "A")], [Mark(11, None)], 1),
        ([mark(10, "A"), mark(12, "A")], [mark(11, "A")], 1),
        ([mark(10, "A"), mark(12, "A")], [mark(9, "A"), mark(11, "A")], 2),
        ([], [mark(1)], 0),
    ],
)
def test_the_same(ours, theirs, same):
    assert agreement([ours], [theirs]).same == same


def test_f1():
    found = agreement([[mark(1), mark(50)], []], [[mark(2)], [mark(9)]])
    assert (found.found, found.expected, found.same) == (2, 2, 1)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert agreement([[mark(1)] * 3], [[mark(1)]]).f1 == 0.5
    assert agreement([[]], [[]]).f1 == 1.0
    nothing = agreement([[]], [[mark(1)]])
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


FRAMES = st.lists(st.integers(0, 60), max_size=12)


@given(FRAMES, FRAMES)
def test_each_event_is_the_same_as_one_other_at_most(ours, theirs):
    one = agreement([[mark(f) for f in ours]], [[mark(f) for f in theirs]])
    other = agreement([[mark(f) for f in theirs]], [[mark(f) for f in ours]])
    assert one.same == other.same <= min(len(ours), len(theirs))
    assert one.same <= sum(any(abs(f - g) <= TOLERANCE for g in theirs) for f in ours)
    assert agreement([[mark(f) for f in ours]], [[mark(f) for f in ours]]).f1 == 1.0
