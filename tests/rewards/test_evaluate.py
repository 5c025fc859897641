import math

import numpy as np
import pytest

from addon.patterns.annotation import Annotation, Column
from addon.patterns.model import Activation
from addon.rewards import DslError, explain, holds, judge, judge_all, occurrences, parse, read
from addon.rewards.evaluate import shaped, why_of
from addon.scene_graph import scene_size
from tests.patterns.builder import ball, build, fall, floor
from tests.rewards.cases import EVENTS, PAIR, event, make_trace


@pytest.fixture(scope="module")
def trace():
    return make_trace()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EVENT("CollisionStart")', True),
        ('EVENT("collision start", {"a_id": "ball"})', True),
        ('EVENT("COLLISION_START")', True),
        ('EVENT("CollisionStart", {"a_id": "Trigger", "b_id": "Ball"})', True),
        ('EVENT("collision", {"object_a": "Ball", "object_b": "Trigger"})', True),
        ('EVENT("CollisionStart", since=0.5, until=0.8)', True),
        ('EVENT("CollisionStart", since=0.25, until=0.25)', True),
        ('EVENT("CollisionStart", {}, 0.3, 0.7)', False),
        ('COUNT("CollisionStart", 1, until=0.5)', True),
        ('SAME_COUNT("CollisionStart", "CollisionEnd")', False),
        ('SAME_COUNT("CollisionEnd", "PropertyChanged")', True),
        ('SAME_COUNT("TaskComplete", "RuleFired")', True),
        ('ONLY_AFTER("PropertyChanged", "CollisionStart")', True),
        ('ONLY_AFTER("CollisionStart", "PropertyChanged")', False),
        ('ONLY_AFTER("CollisionStart", "TaskComplete")', False),
        ('ONLY_AFTER("TaskComplete", "CollisionStart")', True),
        ('NEARBY("Ball", "Trigger", 1.0)', True),
        ('NEARBY("Ball", "Trigger", 0.5, 0.3)', False),
        ('NEARBY("Ball", "Trigger", 0.5, threshold_strength=0.4)', True),
        ('TOUCHING("Ball", "Trigger", 1.0)', False),
        ('EVENT("CollisionStart", {"b_id": OBJECT_ID("red", "any"), "a_id": OBJECT_ID("green", "sphere")})', True),
        ('EVENT("CollisionStart", {"normal_speed": 2})', True),
        ('EVENT("CollisionStart", {"normal_speed": 2.01})', False),
        ('EVENT("PropertyChanged", {"object_id": "Trigger", "new": true})', True),
        ('EVENT("PropertyChanged", {"new": 1})', False),
        ('COUNT("CollisionStart", 2)', True),
        ('COUNT("CollisionStart", 1)', False),
        ('COUNT("TaskComplete", 0)', True),
        ('GT("CollisionStart", 2)', False),
        ('GT("CollisionStart", 1, {"a_id": "Ball"})', True),
        ('LT("CollisionStart", 3)', True),
        ('LT("CollisionStart", 2)', False),
        ('LT("TaskComplete", 1)', True),
        ('AFTER("PropertyChanged", "CollisionStart")', True),
        ('AFTER("CollisionStart", "PropertyChanged", min_delta=0.9, max_delta=1.1)', True),
        ('AFTER("CollisionStart", "CollisionStart", 0, 0.5)', False),
        ('AFTER("CollisionStart", "CollisionStart", 2, 2)', True),
        ('AFTER("PropertyChanged", "CollisionStart", 1.5)', False),
        ('AFTER("TaskComplete", "CollisionStart")', False),
        ('AFTER("CollisionStart", "PropertyChanged", max_delta=0.5)', False),
        ('WITHIN("CollisionEnd", "CollisionStart", 0.2)', True),
        ('WITHIN("CollisionEnd", "CollisionStart", 0.1)', False),
        ('AND(EVENT("CollisionEnd"), NOT(EVENT("TaskComplete")),)  # a comment', True),
        ('OR(EVENT("TaskComplete"), EVENT("CollisionEnd"))', True),
        ('NOT(OR(EVENT("TaskComplete"), EVENT("CollisionEnd")))', False),
        ('NEARBY_AT("Ball", 8, 0, 0, 1.0)', True),
        ('NEARBY_AT("Ball", 8, 0, 0, 0.5, threshold_strength=0.1)', False),
        ('NEARBY_AT("Ball", 8, 0, 0, 0.5, 0.5)', True),
        ('NEARBY_AT(OBJECT_ID("red", "sphere"), 4, 0, 0.5)', True),
        ('NEARBY_AT("Ball", x=8, y=0, z=5, t=1.0)', False),
        ('NEARBY_AT("Ball", x=8, y=0, t=1.0)', True),
    ],
)
def test_values(trace, text, expected):
    verdict = judge(parse(text), trace)
    assert verdict.held is holds(parse(text), trace) is expected
    assert (verdict.value == 1.0) is expected
    assert explain(verdict).startswith("held" if expected else "FAILED")
    opposite = judge(parse(f"NOT({text.partition('#')[0]})"), trace)
    assert opposite.held is not expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('AND(EVENT("CollisionStart"), EVENT("CollisionEnd"), EVENT("TaskComplete"))', 2 / 3),
        ('AND(AND(EVENT("CollisionStart"), EVENT("TaskComplete")), EVENT("CollisionEnd"))', 3 / 4),
        ('OR(EVENT("TaskComplete"), AND(EVENT("CollisionEnd"), EVENT("TaskComplete")))', 1 / 2),
        ('COUNT("CollisionStart", 4)', 1 - math.log(3) / math.log(5)),
        ('GT("CollisionStart", 2)', 1 - math.log(2) / math.log(4)),
        ('NOT(LT("CollisionStart", 3))', 1 - math.log(2) / math.log(4)),
        ('LT("CollisionStart", 2)', 0.0),
        ('COUNT("TaskComplete", 3)', 0.0),
        ('NOT(COUNT("CollisionStart", 2))', 0.0),
        ('SAME_COUNT("CollisionStart", "CollisionEnd")', 1 - math.log(2) / math.log(3)),
        ('NOT(SAME_COUNT("CollisionEnd", "PropertyChanged"))', 0.0),
        ('NOT(AND(EVENT("CollisionStart"), GT("CollisionStart", 0)))', 0.0),
        ('NOT(NOT(GT("CollisionStart", 2)))', 1 - math.log(2) / math.log(4)),
    ],
)
def test_partial_credit(trace, text, value):
    assert judge(parse(text), trace).value == pytest.approx(value)


def test_a_distance_is_shaped_by_the_scenes_size(trace):
    size = math.sqrt(10**2 + 1 + 1)
    assert scene_size(trace.scene) == pytest.approx(size)
    allowed = 0.05 * size
    verdict = judge(parse('NEARBY_AT("Ball", 8, 0, 0, 0.5, threshold_strength=0.05)'), trace)
    assert verdict.value == pytest.approx(1 - math.log1p((4 - allowed) / allowed) / math.log1p(1 / 0.05))
    assert judge(parse('NEARBY_AT("Ball", 4, 12, 0, 0.5, 0.05)'), trace).value == 0.0


def test_two_coordinates_are_those_of_the_plane():
    upright, flat = make_trace(planar=True, axis=2), make_trace(planar=False, axis=1)
    for trace in (upright, flat):
        assert holds(parse('NEARBY_AT("Ball", 0, 8, 1, threshold_strength=0.01)', trace.meta.planar), trace)
    assert not holds(parse('NEARBY_AT("Ball", 0, 8, 1, threshold_strength=0.01)'), make_trace(axis=2))


def test_a_plane_measures_in_its_units():
    """The strength 0.1 of Listing 2 is 25.6 of 256 pixels."""
    trace = make_trace(planar=True, axis=2, pixels=256, end=8.0)
    for x, expected in ((25.5, True), (25.7, False)):
        verdict = judge(parse(f'NEARBY_AT("Ball", {x}, 48, 1.0)', planar=True), trace)
        assert verdict.held is expected
        assert f"{x:.3f} units from ({x:g}, 48)" in verdict.reason
        assert "25.600 units allowed" in verdict.reason


def test_numbers_mean_what_the_scene_says():
    text = 'NEARBY_AT("Ball", 0, 48, 1.0, 0.02)'
    trace = make_trace(planar=True, axis=2, pixels=256, end=8.0)
    assert holds(read(text, trace.scene), trace)
    with pytest.raises(DslError, match="line 1, column 1: the scene is planar, so NEARBY_AT has no z"):
        judge(parse(text), trace)


def test_an_absent_body_is_not_near():
    trace = make_trace()
    trace.present[20:, 0] = False
    trace.position[20:, 0] = np.nan
    verdict = judge(parse('NEARBY_AT("Ball", 4, 0, 0, 1)'), trace)
    assert (verdict.held, verdict.value) == (False, 0.0)
    assert "not there" in verdict.reason
    assert holds(parse('NOT(NEARBY_AT("Ball", 4, 0, 0, 1))'), trace)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('EVENT("CollisionStart")', ["1.00 s (frame 10)", "2 times"]),
        (
            'EVENT("CollisionStart", {"a_id": "Ball", "normal_speed": 5})',
            ["never", "frame 10", "normal_speed was 2.0, not 5"],
        ),
        ('EVENT("PropertyChanged", {"object_id": "Ball"})', ['was "Trigger", not "Ball"']),
        ('EVENT("PropertyChanged", until=0.2)', ["never occurred up to 20% of the run"]),
        ('SAME_COUNT("CollisionStart", "CollisionEnd")', ["2 and 1 counted, the same numbers wanted"]),
        (
            'ONLY_AFTER("CollisionStart", "CollisionEnd")',
            ["first at 1.00 s", '"CollisionEnd" first occurred at 1.20 s'],
        ),
        (
            'NEARBY("Ball", "Trigger", 0, 0.1)',
            ["'Ball' was 8.000 m from 'Trigger'", "it came nearest at frame 40: 0.000 m"],
        ),
        ('TOUCHING("Ball", "Trigger", 0)', ["a contact wanted"]),
        ('COUNT("CollisionStart", 3)', ["2 counted, exactly 3 wanted"]),
        (
            'AFTER("CollisionEnd", "CollisionStart", 0.5)',
            ["1.20 s (frame 12)", "0.200 s after", "0.5 s to any time wanted"],
        ),
        ('AFTER("PropertyChanged", "TaskComplete")', ['"TaskComplete" never occurred']),
        ('AFTER("PropertyChanged", "PropertyChanged")', ["only one"]),
        ('NEARBY_AT("Ball", 8, 1, 0, 0.5, 0.1)', ["4.123 m from (8, 1, 0)", "2.00 s (frame 20)", "frame 40: 1.000 m"]),
        ('NOT(EVENT("CollisionEnd"))', ['NOT(EVENT("CollisionEnd"))', "occurred at 1.20 s"]),
        ('AND(EVENT("CollisionEnd"), EVENT("TaskComplete"))', ["AND: 1 of 2 clauses", "\n  held: ", "\n  FAILED: "]),
    ],
)
def test_the_explanation_says_when_and_how_far_off(trace, text, words):
    told = explain(judge(parse(text), trace))
    for word in words:
        assert word in told


def test_the_frame_that_decided(trace):
    frames = {
        'EVENT("CollisionEnd")': 12,
        'GT("CollisionStart", 1)': 30,
        'LT("CollisionStart", 2)': 30,
        'AFTER("CollisionStart", "CollisionEnd")': 30,
        'NEARBY_AT("Ball", 0, 0, 0, 0.25)': 10,
        'EVENT("TaskComplete")': None,
    }
    assert {text: judge(parse(text), trace).frame for text in frames} == frames


def bounce_annotation(trace, **parameters):
    columns = (Column(uid="Bounce", label="bounce / rebound"), Column(uid="mine", label="mine", symmetric=("p", "q")))
    found = [
        Activation("Bounce", 5, 0.5, "It bounces.", {"object": "Ball"}),
        Activation("mine", 7, 0.7, "", parameters),
    ]
    return Annotation(fps=10, steps=40, bodies=trace.bodies, patterns=columns, activations=tuple(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EVENT("Bounce", {"object": "ball"})', True),
        ('EVENT("Bounce / rebound")', True),
        ('AFTER("CollisionStart", "Bounce", max_delta=0.5)', True),
        ('AFTER("Bounce", "CollisionStart")', False),
        ('EVENT("mine", {"p": "Trigger", "q": "Ball"})', True),
        ('EVENT("mine", {"path": [(1, 2), (3, 4)]})', True),
        ('EVENT("mine", {"path": [(1, 2), (3, 5)]})', False),
        ('EVENT("mine", {"path": [(1, 2)]})', False),
    ],
)
def test_patterns_of_an_annotation_are_events_too(trace, text, expected):
    annotation = bounce_annotation(trace, p="Ball", q="Trigger", path=[[1, 2], [3, 4]])
    assert holds(parse(text), trace, annotation) is expected


def test_without_an_annotation_the_library_is_run(trace):
    falling = build([floor(), ball("Ball", fall((0.0, 0.0, 9.0), (0.0, 0.0, 0.0), 60))])
    assert holds(parse('COUNT("Airborne", 1, {"object": "Ball"})'), falling)
    with pytest.raises(DslError, match="there is no event 'mine'"):
        judge(parse('EVENT("mine")'), trace)


def test_shaping_falls_from_one_to_zero():
    values = [shaped(x, 8.0) for x in np.linspace(0, 10, 101)]
    assert values[0] == 1.0
    assert values[80:] == pytest.approx([0.0] * 21)
    assert np.all(np.diff(values[:81]) < 0)
    assert np.all(np.diff(values[:81], 2) > 0)


def test_symmetric_pairs_of_the_fixture():
    swapped = event("CollisionStart", 5, a_id=PAIR["b_id"], b_id=PAIR["a_id"])
    assert holds(
        parse('COUNT("CollisionStart", 3, {"a_id": "Ball", "b_id": "Trigger"})'), make_trace((swapped, *EVENTS))
    )


def test_several_expressions_share_what_is_found_of_a_run(trace, monkeypatch):
    found = []
    detect = occurrences.detect
    monkeypatch.setattr(occurrences, "detect", lambda pattern, o: found.append(pattern.uid) or detect(pattern, o))
    texts = ['EVENT("Bounce")', 'COUNT("Bounce", 0)', 'EVENT("CollisionStart")', 'NOT(EVENT("Bounce"))']
    expressions = [parse(text) for text in texts]
    together = judge_all(expressions, trace)
    assert len(found) == len(set(found)) > 0
    assert together == [judge(expression, trace) for expression in expressions]
    assert judge_all([], trace) == []


@pytest.mark.parametrize(
    "what", ['FAILED (0.45): NEARBY_AT("Ball", x=1, y=0, z=0.7, t=1)', 'held: EVENT("Touch", {"a_id": "Ball"})']
)
def test_why_is_told_without_what_was_asked(what):
    why = "'Ball' was 1.400 m from (1, 0, 0.7) at 4.17 s (frame 251), 0.100 m allowed: too far"
    assert why_of(f"{what}: {why}") == why
    assert why_of("held: AND\n  held: EVENT(): x") == "held: AND\n  held: EVENT(): x"
