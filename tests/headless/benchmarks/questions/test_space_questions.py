"""Each question about machines on a built run with a known answer, and where it must not be asked."""

from random import Random

import numpy as np
import pytest

from headless.benchmarks.questions.space_answers import meetings, removable, triples
from tests.headless.benchmarks.questions.built import answer, fired, lit, machine
from tests.patterns.builder import Body, Touch, ball, floor, path

LAST = 199


def stay(x, z):
    return np.tile([[float(x), 0.0, float(z)]], (LAST + 1, 1))


RULES = (
    "When Ball touches Plate, release Egg",
    "When Egg touches Big Plate, turn on Lamp",
    "When Egg flies, do nothing",
)
CLASSES = {"Floor": "floor", "Lamp": "lamp", "Plate": "trigger", "Big Plate": "trigger", "Domino": "domino"}


def bodies(**turns):
    return [
        floor(),
        ball("Ball", path((0, 0, 0.5), (60, (2, 0, 0)), (139, (0, 0, 0)))),
        ball("Egg", path((5, 0, 0.5), (100, (0, 0, 0)), (99, (1, 0, 0)))),
        Body("Plate", stay(2.5, 0.5), type="PASSIVE"),
        Body("Big Plate", stay(8, 0.5), type="PASSIVE"),
        Body("Domino", stay(4, 0.5), turn=turns.get("domino", (0.0, 0.0, 0.0))),
        Body("Lamp", stay(9, 3), type=None),
    ]


TOUCHES = [
    Touch("Ball", "Floor", 1, LAST, normal=(0, 0, -1)),
    Touch("Egg", "Floor", 101, LAST, normal=(0, 0, -1)),
    Touch("Ball", "Plate", 60, 70),
    Touch("Ball", "Domino", 62, 70),
    Touch("Egg", "Big Plate", 150, 160),
    Touch("Egg", "Big Plate", 185, 190),
]
EVENTS = [fired(1, 61), fired(2, 151), fired(2, 186), lit("Lamp", 151)]


@pytest.fixture
def run():
    return machine(bodies(), TOUCHES, cut=100, classes=CLASSES, events=EVENTS, rules=RULES)


def test_s1_to_s3_rules_that_act(run):
    assert (answer("S1", run), answer("S2", run), answer("S3", run)) == (1, 2, 2)
    together = machine(bodies(), TOUCHES, classes=CLASSES, events=[fired(1, 61), fired(2, 61)], rules=RULES)
    assert answer("S1", together) is None
    assert answer("S1", machine(bodies(), classes=CLASSES, rules=RULES)) is None


def test_s4_which_meeting_set_a_rule_off(run):
    assert answer("S4", run, rule=1) == ("Ball", "Plate")
    assert answer("S4", run, rule=2) == ("Egg", "Big Plate"), "Plate is named by no other word of the rule"
    assert answer("S4", run, rule=3) is None


def test_s5_why_a_lamp_stayed_dark(run):
    missed = machine(bodies(), TOUCHES, classes=CLASSES, events=[fired(1, 61)], rules=RULES, meant=lambda: run.trace)
    assert answer("S5", missed, lamp="Lamp") == 2
    assert answer("S5", run, lamp="Lamp") is None, "it is lit"
    unknown = machine(bodies(), TOUCHES, classes=CLASSES, events=[fired(1, 61)], rules=RULES)
    assert answer("S5", unknown, lamp="Lamp") is None, "nothing says how it was meant"


def test_s6_s7_without_an_object():
    other = machine(bodies(), TOUCHES[:3], classes=CLASSES, events=[fired(1, 61)], rules=RULES)
    gone = []

    def without(name):
        gone.append(name)
        return other.trace

    facts = machine(bodies(), TOUCHES, classes=CLASSES, events=EVENTS, rules=RULES, without=without)
    assert answer("S6", facts, lamp="Lamp", gone="Domino") is False
    assert answer("S7", facts, pair=("Ball", "Plate"), gone="Domino") is True
    assert answer("S7", facts, pair=("Egg", "Big Plate"), gone="Domino") is False
    assert gone == ["Domino"] * 3
    assert answer("S7", facts, pair=("Ball", "Domino"), gone="Domino") is None
    assert removable(facts, Random(0)) == ["Domino"], "rules name the others, or nothing touches them"


def test_s8_hits(run):
    assert answer("S8", run, pair=("Egg", "Big Plate")) == 2
    assert answer("S8", run, pair=("Ball", "Egg")) == 0
    lying = [Touch("Egg", "Big Plate", 0, 100), Touch("Egg", "Big Plate", 150, 160)]
    assert answer("S8", machine(bodies(), lying, classes=CLASSES), pair=("Egg", "Big Plate")) == 1
    put_down = [Touch("Egg", "Big Plate", 2, 100)]
    assert answer("S8", machine(bodies(), put_down, classes=CLASSES), pair=("Egg", "Big Plate")) is None
    near = [Touch("Egg", "Big Plate", 150, 160), Touch("Egg", "Big Plate", 165, 170)]
    unsure = machine(bodies(), near, classes=CLASSES)
    assert answer("S8", unsure, pair=("Egg", "Big Plate")) is None


def test_s9_what_a_body_lies_on(run):
    assert answer("S9", run, a="Ball") == "Floor"
    assert answer("S9", run, a="Egg") is None, "it still moves"
    assert answer("S9", run, a="Domino") is None, "nothing is under it"


def test_s10_s11_fastest_and_farthest(run):
    assert answer("S10", run) == "Ball"
    assert answer("S11", run) == "Ball"


def test_s12_in_which_order_they_begin():
    def start(name, x, frame):
        return ball(name, path((x, 0, 0.5), (frame, (0, 0, 0)), (LAST - frame, (2, 0, 0))))

    facts = machine([floor(), start("A", 0, 90), start("B", 5, 30), start("C", 9, 60)])
    assert answer("S12", facts, triple=("A", "B", "C")) == ("B", "C", "A")
    close = machine([floor(), start("A", 0, 32), start("B", 5, 30), start("C", 9, 60)])
    assert answer("S12", close, triple=("A", "B", "C")) is None
    assert triples(machine([floor(), start("A", 0, 90)]), Random(0)) == []


def test_s13_when_a_lamp_goes_on(run):
    assert answer("S13", run, lamp="Lamp") == 2.52
    assert answer("S13", machine(bodies(), classes=CLASSES), lamp="Lamp") is None


def test_s14_how_many_end_elsewhere(run):
    assert answer("S14", run) == 2
    halfway = machine([floor(), ball("Ball", path((0, 0, 0.5), (LAST, (0.15, 0, 0))))])
    assert answer("S14", halfway) is None, "it ends half a metre away"


def test_s15_s16_touches(run):
    assert answer("S15", run, pair=("Ball", "Plate")) is True
    assert answer("S15", run, pair=("Ball", "Big Plate")) is False
    assert answer("S16", run, a="Egg") == "Floor"
    assert answer("S16", run, a="Ball") is None, "it touches the floor from the start"


def test_s17_on_the_floor(run):
    assert answer("S17", run, a="Egg") == 49.5


def turned(degrees):
    turn = np.zeros((LAST + 1, 3))
    turn[100:, 1] = np.radians(degrees)
    return turn


@pytest.mark.parametrize(("degrees", "expected"), [(0.0, False), (10.0, False), (40.0, None), (90.0, True)])
def test_s18_s19_toppled(degrees, expected):
    facts = machine(bodies(domino=turned(degrees)), classes=CLASSES)
    assert answer("S18", facts, a="Domino") is expected
    assert answer("S19", facts) == (None if expected is None else int(expected))


def test_s20_nearest_at_the_start(run):
    assert answer("S20", run, a="Ball") == "Plate"
    assert answer("S20", run, a="Domino") == "Egg"


def test_s21_to_s23_after_the_first_part(run):
    assert answer("S21", run, lamp="Lamp") is True
    assert answer("S22", run, pair=("Egg", "Big Plate")) is True
    assert answer("S22", run, pair=("Ball", "Plate")) is False
    assert answer("S23", run, rule=2) is True
    assert answer("S23", run, rule=3) is False
    assert answer("S23", run, rule=1) is None, "it has acted"
    run.cut = 148
    assert answer("S21", run, lamp="Lamp") is None
    run.cut = 160
    assert answer("S21", run, lamp="Lamp") is None


def test_as_many_pairs_that_meet_not_as_do(run):
    found = meetings(run, Random(0))
    met = [pair for pair in found if run.touch(pair[0], [pair[1]]).any()]
    assert met
    assert 0 < len(found) - len(met) <= len(met)
