"""The facts of traces made by hand, whose answers are plain."""

import math

import numpy as np
import pytest

from headless.benchmarks.goals.facts import NEVER, READINGS, Facts, Flight, Reading
from tests.patterns.builder import Body, Touch, ball, build, fall, floor, path

LOOSE = Reading("loose", parted=0.1)
FRESH = Reading("fresh", fresh=True)


def touching(*spans, frames=120, reading=READINGS[0]):
    """A ball and a wall that touch in spans of frames."""
    bodies = [ball("Ball", path((0, 0, 0.5), (frames, (1, 0, 0)))), Body("Wall", (9, 0, 0.5), type="PASSIVE")]
    return Facts(build(bodies, [Touch("Ball", "Wall", a, b, (1, 0, 0)) for a, b in spans]), reading)


def test_touches_are_intervals():
    found = touching((30, 35), (60, 120)).touches("Ball", "Wall")
    assert [(round(t.start, 3), round(t.end, 3)) for t in found] == [(0.5, 0.583), (1.0, 2.0)]
    assert found[0].speed == pytest.approx(1.0)


def test_touches_are_those_of_both():
    facts = touching((30, 35))
    assert (facts.count("Ball", "Wall"), facts.count("Wall"), facts.partners("Wall")) == (1, 1, {"Ball"})
    assert (facts.first("Wall", "Ball"), facts.first("Ball", "Floor")) == (0.5, NEVER)


@pytest.mark.parametrize(("pause", "count"), [(2, 1), (5, 1), (8, 2)])
def test_loose_readers_join_touches(pause, count):
    spans = (30, 35), (35 + pause, 50)
    assert touching(*spans, reading=LOOSE).count("Ball") == count
    assert touching(*spans).count("Ball") == 2


def test_fresh_readers_leave_out_what_touched_from_the_start():
    spans = (0, 10), (60, 70)
    assert touching(*spans).first("Ball") == 0.0
    assert touching(*spans, reading=FRESH).first("Ball") == 1.0
    assert touching(*spans, reading=FRESH).touching("Ball", "Wall", 0.05)


@pytest.mark.parametrize(("at", "expected"), [(0.2, False), (0.25, True), (0.3, False)])
def test_touching_at_an_instant(at, expected):
    assert touching((30, 35)).touching("Ball", "Wall", at) is expected


@pytest.mark.parametrize(("since", "until", "expected"), [(0, 0.2, False), (0, 0.25, True), (0.26, 1, False)])
def test_a_touch_counts_where_it_begins(since, until, expected):
    assert touching((30, 100)).touched("Ball", "Wall", since, until) is expected


def test_gaps_are_between_surfaces():
    bodies = [ball("Ball", (0, 0, 0.5)), ball("Other", (3, 0, 0.5)), Body("Box", (0, 2, 0.5))]
    facts = Facts(build(bodies))
    assert facts.gap("Ball", "Other") == pytest.approx(2.0)
    assert facts.gap("Box", "Ball") == pytest.approx(1.0)
    assert [facts.near("Ball", "Box", far) for far in (0.9, 1.1)] == [False, True]
    with pytest.raises(ValueError, match="must be a ball"):
        Facts(build([Body("A", (0, 0, 0)), Body("B", (3, 0, 0))])).gap("A", "B")


def test_a_body_stops_once_it_moved_and_lies_still():
    facts = Facts(build([ball("Ball", path((0, 0, 0), (60, (2, 0, 0)), (120, (0, 0, 0)))), ball("Still", (9, 0, 0))]))
    assert facts.stops("Ball") == pytest.approx(61 / 60)
    assert facts.stops("Still") == NEVER
    assert (facts.still("Still"), facts.still("Ball"), facts.still("Ball", 0.5)) == (True, False, True)


def test_strict_readers_want_a_rest_for_good():
    trace = build([ball("Ball", path((0, 0, 0), (60, (2, 0, 0)), (150, (0, 0, 0)), (30, (2, 0, 0))))])
    told = {reading.name: Facts(trace, reading).stops("Ball") < NEVER for reading in READINGS}
    assert told == {"plain": True, "strict": False, "loose": True, "fresh": True}


def test_flights_are_between_touches():
    way = np.concatenate([fall((0, 0, 0.5), (0, 0, 5), 60), np.tile((0.0, 0.0, 0.5), (30, 1))])
    facts = Facts(build([floor(), ball("Ball", way)], [Touch("Floor", "Ball", 0, 0), Touch("Floor", "Ball", 60, 90)]))
    assert facts.flights("Ball", 2.0) == []
    (flight,) = facts.flights("Ball", 0.5)
    assert flight == Flight(pytest.approx(1 / 60), 1.0, pytest.approx(1.25, abs=0.01))


@pytest.mark.parametrize(("back", "count"), [(3.0, 1), (0.0, 0)])
def test_a_bounce_turns_round(back, count):
    way = path((0, 0, 2), (30, (0, 0, -3)), (30, (0, 0, back)))
    facts = Facts(build([floor(), ball("Ball", way)], [Touch("Floor", "Ball", 30, 31)]))
    assert len(facts.bounces("Ball", "Floor")) == count


def test_what_stood_falls_over():
    turn = np.linspace((0, 0, 0), (0, math.pi / 2, 0), 91)
    facts = Facts(build([Body("Domino", (0, 0, 0.5), turn=turn), Body("Other", (3, 0, 0.5))]))
    assert facts.falls_over("Domino") == pytest.approx(45 / 60, abs=0.02)
    assert facts.falls_over("Other") == NEVER
    assert facts.tilt("Domino") == pytest.approx(90)


def test_a_body_lies_on_what_is_below():
    bodies = [floor(), Body("Box", (0, 0, 0.5)), Body("Wall", (1, 0, 0.5))]
    facts = Facts(build(bodies, [Touch("Floor", "Box", 0, 0), Touch("Box", "Wall", 0, 0, (1, 0, 0))]))
    assert facts.carried("Box", "Floor")
    assert not facts.carried("Box", "Wall")
    assert not facts.carried("Floor", "Box")
