import pytest

from addon.patterns.annotation import Column
from addon.patterns.library import library
from addon.rewards import DslError, Vocabulary, parse, validate
from addon.rewards.vocabulary import BUILT_IN
from tests.rewards.cases import SCENE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('EVENT("ColisionStart")', "line 1, column 1.*did you mean 'CollisionStart'"),
        ('AND(EVENT("Bounce"),\n EVENT("Bouncee"))', "line 2, column 2.*did you mean 'Bounce'"),
        ('EVENT("CollisionStart", {"a_id": "Bal"})', "did you mean 'Ball'"),
        ('EVENT("Bounce", {"object": "Bal"})', "did you mean 'Ball'"),
        ('EVENT("Bounce", {"obj": "Ball"})', "Bounce has no parameter 'obj'; did you mean 'object'"),
        ('AFTER("Bounce", "CollisionEnd", second_params={"aid": "Ball"})', "did you mean 'a_id'"),
        ('EVENT("RuleFired", {"rul": 1})', "RuleFired has no parameter 'rul'; did you mean 'rule'"),
        ('NEARBY_AT("Triger", 0, 0, 0, 1.0)', "did you mean 'Trigger'"),
        ('NEARBY_AT("Marker", 0, 0, 0, 1.0)', "no object with a mesh 'Marker'; there are Ball, Trigger"),
        ('NEARBY_AT(OBJECT_ID("any", "sphere"), 0, 0, 0, 1.0)', "it fits Ball, Trigger"),
        ('NEARBY_AT(OBJECT_ID("blue", "sphere"), 0, 0, 0, 1.0)', "it fits none"),
        ('EVENT("CollisionStart", {"a_id": OBJECT_ID("rde", "any")})', "no colour 'rde'; did you mean 'red'"),
        ('EVENT("CollisionStart", {"a_id": OBJECT_ID("red", "ball")})', "no shape 'ball'; there are any, capsule"),
    ],
)
def test_unknown_names_are_refused(text, words):
    with pytest.raises(DslError, match=words.replace("(", r"\(")) as caught:
        validate(parse(text), SCENE)
    assert "line " in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'AND(EVENT("bounce / rebound", {"object": "ball"}), NEARBY_AT(OBJECT_ID("Red", "Sphere"), 0, 0, 1))',
        'EVENT("PropertyChanged", {"object_id": "Marker", "new": "anything"})',
        'COUNT("rule fired", 2, {"rule": 7})',
        'EVENT("SupportHandoff", {"source": "Ball", "target": "Trigger"})',
    ],
)
def test_known_names_are_accepted(text):
    validate(parse(text), SCENE)


def test_patterns_of_ones_own():
    known = Vocabulary([Column(uid="my_own", label="my own")])
    validate(parse('EVENT("my own", {"whatever": 3})'), SCENE, known)
    with pytest.raises(DslError, match="no event 'Bounce'"):
        validate(parse('EVENT("Bounce")'), SCENE, known)


def test_no_two_events_share_a_name():
    kinds = (*BUILT_IN, *library())
    assert len({k.uid.casefold() for k in kinds} | {k.label.casefold() for k in kinds}) == 2 * len(kinds)


@pytest.mark.parametrize("pattern", library(), ids=lambda p: p.uid)
def test_pairs_without_order_are_parameters(pattern):
    assert pattern.symmetric == () or (
        len(pattern.symmetric) == 2 and set(pattern.symmetric) <= set(pattern.parameters)
    )
