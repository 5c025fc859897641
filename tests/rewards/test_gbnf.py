"""The grammar that holds models to the language, and the guide that tells it to them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.patterns.annotation import Column
from addon.rewards import DslError, Vocabulary, gbnf, guide, read, read_back
from addon.rewards.functions import FUNCTIONS
from addon.rewards.gbnf import SAID_OTHERWISE
from addon.rewards.vocabulary import BUILT_IN, standard_vocabulary
from addon.scene_graph import SceneGraph, SceneObject
from tests.rewards.cases import SCENE, mesh
from tests.rewards.gbnf_reader import Grammar
from tests.rewards.test_goals import play

PLANE = play().scene
ODD = SceneGraph(objects=(mesh('A "quoted" \\ name', "red"), SceneObject(name="Empty"), mesh("Ä", "green")))
SCENES = {"plane": PLANE, "space": SCENE, "odd names": ODD}
THREE = [k.uid for k in standard_vocabulary().kinds if sum(p.kind == "body" for p in k.parameters.values()) > 2]
GRAMMARS = {name: Grammar(gbnf(scene)) for name, scene in SCENES.items()}
THIRD = re.compile(f"this can never be: .* of ({'|'.join(THREE)}) are both")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SCENES)), st.randoms(use_true_random=False))
def test_what_the_grammar_allows_can_be_used(which, random):
    text = GRAMMARS[which].make(random.randrange)
    assert problem(text, SCENES[which]) is None


def problem(text, scene):
    """What is wrong with a text but for an event compared with itself or the same body twice among three, which the
    grammar does not exclude."""
    try:
        read_back(read(text, scene), scene)
    except DslError as error:
        excused = "this always holds" in str(error) or THIRD.search(str(error))
        return None if excused else f"{text}: {error}"
    return None


@pytest.mark.parametrize("which", SCENES)
def test_every_rule_is_used(which):
    assert GRAMMARS[which].unused <= {"object", "text", "any", "bool"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EVENT("CollisionStart", {"a_id": "red circle 1", "b_id": "green circle 2"})', True),
        ('EVENT("CollisionStart", {"b_id": "green circle 2", "a_id": "blue bar 3"}, until=0.2)', True),
        ('NOT(EVENT("Bounce", {"other": "ground 7", "object": "red circle 1"}))', True),
        (
            'AND(AFTER(uid_a="Bounce", uid_b="CollisionStart", second_params={"a_id": "left wall 4"}, max_delta=2), '
            'NEARBY_AT("red circle 1", 140, 10.5, 1, 0.05), OR(TOUCHING("red circle 1", "ground 7", 1), '
            'NOT(NEARBY("blue bar 3", "green circle 2", 0.5))))',
            True,
        ),
        ('AND(SAME_COUNT(uid_a="BriefTap", uid_b="Bounce"), COUNT("TipOver", 0), LT("Bounce", 3))', True),
        ('GT("SpeedChange", 1, {"size": "large", "object": "red circle 1"}, since=0.5)', True),
        ('EVENT("CellPath", {"path": [[1, 2], [3, 4], [3, 5]], "headings": ["north-east"]})', True),
        ('EVENT("TaskComplete", {"success": true})', True),
        ('EVENT("Bouncy")', False),
        ('EVENT("Bounce", {"object": "Ball"})', False),
        ('EVENT("Bounce", {"a_id": "red circle 1"})', False),
        ('EVENT("Bounce", {"object": "red circle 1", "object": "red circle 1"})', False),
        ('EVENT("CollisionStart", {"a_id": "ground 7", "b_id": "ground 7"})', False),
        ('EVENT("Bounce", {"other": "ground 7", "object": "ground 7"})', False),
        ('EVENT("SpeedChange", {"size": "huge"})', False),
        ('LT("Bounce", 0)', False),
        ('NEARBY_AT("red circle 1", 140, 10, 0, 1, 0.05)', False),
        ('AND(AND(AND(EVENT("Bounce"))))', False),
    ],
)
def test_what_the_grammar_allows_and_what_not(text, expected):
    assert GRAMMARS["plane"].matches(text) is expected
    if expected:
        read(text, PLANE)


def test_a_scene_without_meshes_has_no_places():
    empty = SceneGraph(objects=(SceneObject(name="Lamp"),))
    grammar = Grammar(gbnf(empty, Vocabulary([])))
    assert "place" not in grammar.rules
    assert not grammar.matches('EVENT("CollisionStart", {"a_id": "Lamp"})')
    assert grammar.matches('EVENT("PropertyChanged", {"object_id": "Lamp"})')
    lonely = Grammar(gbnf(SceneGraph(objects=(mesh("Ball", "red"),))))
    assert lonely.matches('NEARBY_AT("Ball", 1, 2, 3, 1)')
    assert not lonely.matches('TOUCHING("Ball", "Ball", 1)')


def test_every_function_is_in_the_grammar_and_the_guide():
    for name in FUNCTIONS:
        for text in (gbnf(PLANE), guide(PLANE)):
            assert (f"{name}(" in text) is (name not in SAID_OTHERWISE)


def test_the_guide_is_short_and_tells_every_event_in_one_line():
    told = guide(PLANE)
    assert len(re.findall(r"[A-Z]?[a-z]+|\d+|[^\w\s]|_", told)) < 2500
    lines = told.split("\n")
    for kind in standard_vocabulary().kinds:
        (line,) = [line for line in lines if line.startswith(f"- {kind.uid}:")]
        for name, parameter in kind.parameters.items():
            assert (name in re.findall(r"\w+", line)) or parameter.kind in ("number", "vector")
    for obj in PLANE.objects:
        assert f'- "{obj.name}": id ' in told
    (example,) = re.findall(r"as in (EVENT\(.*?\}\))", told)
    read(example, PLANE)


def test_patterns_of_ones_own_are_told():
    known = Vocabulary([Column(uid="my_own", label="my own", description="What I look for.")])
    assert "- my_own: What I look for." in guide(SCENE, known)
    grammar = Grammar(gbnf(SCENE, known))
    assert grammar.matches('EVENT("my_own")')
    assert not grammar.matches('EVENT("Bounce")')
    assert len(known.kinds) == len(BUILT_IN) + 1
