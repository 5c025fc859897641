import pytest

from addon.patterns.annotation import Column
from addon.patterns.library import library
from addon.rewards import DslError, Vocabulary, parse, validate
from addon.rewards.vocabulary import BUILT_IN, folded
from tests.rewards.cases import SCENE as TWO
from tests.rewards.cases import mesh

POSTS = tuple(mesh(f"Post {n}", "blue", (0, n, 0), "cube") for n in (1, 2))
SCENE = TWO.model_copy(update={"objects": (*TWO.objects, *POSTS)})


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
        (
            'NEARBY_AT("Marker", 0, 0, 0, 1.0)',
            "no object with a mesh 'Marker'; there are Ball, Post 1, Post 2, Trigger",
        ),
        ('NEARBY_AT(OBJECT_ID("any", "sphere"), 0, 0, 0, 1.0)', "it fits Ball, Trigger"),
        ('NEARBY_AT(OBJECT_ID("blue", "sphere"), 0, 0, 0, 1.0)', "it fits none; there are red sphere (Ball), green"),
        ('EVENT("CollisionStart", {"a_id": OBJECT_ID("rde", "any")})', "no colour 'rde'; did you mean 'red'"),
        ('EVENT("CollisionStart", {"a_id": OBJECT_ID("red", "star")})', "there is no shape 'star'"),
        (
            'EVENT("CollisionStart", {"a_id": 7})',
            "the id 7 must fit one object, it fits none; ids are 1 (Post 1), 2 (Post 2)",
        ),
        ("NEARBY_AT(5, 0, 0, 0, 1.0)", "the id 5 must fit one object, it fits none; ids are 1 (Post 1), 2 (Post 2)"),
        ('EVENT("TaskComplete", {"success": "true"})', "'success' (whether .* must be true or false; it is \"true\""),
        ('EVENT("SpeedChange", {"size": "huge"})', "'size' cannot be 'huge'; there are large, medium, small"),
        ('EVENT("SpeedChange", {"size": 3})', "must be one of these words: large, medium, small; it is 3"),
        ('EVENT("Bounce", {"speed_before": "fast"})', 'must be a number; it is "fast"'),
        ('EVENT("RuleFired", {"rule": 1.5})', "must be a whole number; it is 1.5"),
        ('EVENT("Bounce", {"normal": (0, 1)})', "must be three numbers"),
        ('EVENT("Bounce", {"object": true})', "must be the name of an object with a mesh, its number or"),
        ('EVENT("Bounce", {"object": "Marker"})', "no object with a mesh 'Marker'"),
        ('EVENT("CellPath", {"path": [(5, 10)]})', "must be a list of cells .east, north, up. of whole numbers"),
        ('EVENT("CellPath", {"headings": ["nort"]})', "'headings' cannot be 'nort'; did you mean 'north'"),
        (
            'EVENT("collision", {"a_id": "Ball", "object_a": "Ball"})',
            "'object_a' is 'a_id' of CollisionStart, which is given twice",
        ),
        ('EVENT("collision", {"a_id": "Ball", "b_id": "ball"})', "'a_id' and 'b_id' of CollisionStart are both 'Ball'"),
        ('EVENT("Bounce", {"object": 1, "other": "Post 1"})', "this can never be: 'object' and 'other' of Bounce"),
        ('NEARBY("Ball", "ball", 1)', "two different objects are needed"),
        ('SAME_COUNT("collision", "CollisionStart")', "this always holds"),
        ('ONLY_AFTER("Bounce", "Bounce")', "this always holds"),
        ('EVENT("lever lunch")', "did you mean 'lever launch'"),
        ('EVENT("qqqqqq")', ", ActorRicochet, Airborne"),
    ],
)
def test_unknown_names_are_refused(text, words):
    with pytest.raises(DslError, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        validate(parse(text), SCENE)
    assert "line " in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'AND(EVENT("bounce / rebound", {"object": "ball"}), NEARBY_AT(OBJECT_ID("Red", "Sphere"), 0, 0, 1))',
        'EVENT("PropertyChanged", {"object_id": "Marker", "new": "anything"})',
        'COUNT("rule fired", 2, {"rule": 7})',
        'EVENT("SupportHandoff", {"source": "Ball", "target": "Trigger"})',
        'NEARBY_AT(OBJECT_ID("red", "circle"), 100.0, 150.0, 0, 0.5, threshold_strength=0.2)',
        'EVENT("collision", {"a_id": 1, "b_id": OBJECT_ID("red", "ball")})',
        'EVENT("CellPath", {"path": [[1, 0, 2], [1, none, 3]], "headings": ["north-east up"]})',
        'EVENT("velocity_magnitude_change", {"size": "LARGE"})',
        'EVENT("CameToRest", {"object": "Ball"})',
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
    names = [name for k in kinds for name in (k.uid, k.label, *k.aliases)]
    assert len({folded(name) for name in names}) == len(names)


@pytest.mark.parametrize("pattern", library(), ids=lambda p: p.uid)
def test_pairs_without_order_are_parameters(pattern):
    assert pattern.symmetric == () or (
        len(pattern.symmetric) == 2 and set(pattern.symmetric) <= set(pattern.parameters)
    )
