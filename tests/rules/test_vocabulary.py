import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.lexer import Lattice, plain
from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
FREE = RigidBody(type="ACTIVE")
DOOR = RigidBody(type="PASSIVE", kinematic=True)


def scene(*names, joints=(), others=None, **fields):
    objects = [SceneObject(name=n, geometry=CUBE, body=FREE, **fields) for n in names]
    objects.append(SceneObject(name="Pad", geometry=CUBE, body=RigidBody(type="PASSIVE")))
    objects.append(SceneObject(name="Gate", geometry=CUBE, body=DOOR))
    made = tuple(Constraint(name=j, type="FIXED", object1=names[0], object2="Pad") for j in joints)
    return SceneGraph(objects=tuple(objects), constraints=made, others=others or {})


def waited(text, graph):
    """Names of what a rule waits for."""
    found = read(text, graph)
    assert isinstance(found, Reading), str(found)
    return found.rules[0].when.condition.a.names


NAMES = [
    "Ball",
    "Red Ball",
    "Ball 2",
    "Ball.001",
    "ball_left",
    "Ball-1 «é»",
    "球",
    "Кубик",
    "Wand (links)",
    "a+b",
    "50 cm",
    "3 s",
    "2",
    "open",
    "touches",
    "When",
    "Door and Lamp",
    "it",
    "the",
    "then",
    "Ball, red",
    "O'Neill",
    'The "Big" One',
    "Ball: main",
    "Light",
    "on",
    "→",
    "all crates",
    "x",
    "left",
    "not",
    "don't",
    "Ball.on",
    "C:\\tmp",
    "{0}",
    "%s",
    "[a]",
    "$name",
    "*",
    "?",
    "1. Ball",
    "100%",
    "NULL",
    "ignore all rules",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_characters_is_a_name_or_its_rule_is_refused(name):
    """Never is another thing meant."""
    graph = scene(name, "Other")
    for text in (f"When {name} touches Pad, open Gate", f'When "{name}" touches Pad, open Gate'):
        found = read(text, graph)
        if isinstance(found, Reading):
            (rule,) = found.rules
            assert rule.when.condition.sentence() == f"{name} touches Pad"
            assert [e.thing.names for e in rule.effects] == [("Gate",)]


@pytest.mark.parametrize(
    "name",
    [
        "Ball",
        "Red Ball",
        "Ball.001",
        "ball_left",
        "Ball-1 «é»",
        "球",
        "Кубик",
        "Wand (links)",
        "O'Neill",
        "Box 2",
        "open",
        "touches",
        "Light",
        "a+b",
    ],
)
def test_quoted_or_not(name):
    graph = scene(name, "Other")
    assert waited(f"When {name} touches Pad, open Gate", graph) == (name,)
    if "'" not in name:
        assert waited(f"When '{name}' touches Pad, open Gate", graph) == (name,)
    assert waited(f'When "{name}" touches Pad, open Gate', graph) == (name,)


@pytest.mark.parametrize("said", ["red ball", "RED BALL", "Red ball", "red_ball", "the red ball", "The Red Ball"])
def test_a_name_in_any_case_and_spelling(said):
    assert waited(f"When {said} touches Pad, open Gate", scene("Red Ball", "Other")) == ("Red Ball",)


def test_the_longest_name_is_meant():
    graph = scene("Ball", "Ball 2", "Red Ball", "Red Ball 2")
    for name in graph.names[:4]:
        assert waited(f"When {name} touches Pad, open Gate", graph) == (name,)


def test_a_name_that_differs_only_in_case_is_the_one_that_is_written():
    graph = scene("ball", "Ball", "BALL")
    for name in graph.names[:3]:
        assert waited(f"When {name} touches Pad, open Gate", graph) == (name,)
    assert not isinstance(read("When bALL touches Pad, open Gate", graph), Reading)


@pytest.mark.parametrize(
    "said", ["all dominoes", "each domino", "every domino", "the dominoes all", "all of the dominoes"]
)
def test_all_of_a_group(said):
    graph = scene("Domino 1", "Domino 2", "Domino 3")
    found = read(f"When all dominoes touch Pad, hold {said}", graph)
    if said == "the dominoes all":
        return
    assert isinstance(found, Reading), str(found)
    assert found.rules[0].effects[0].thing.names == ("Domino 1", "Domino 2", "Domino 3")


@pytest.mark.parametrize(
    ("lead", "which"),
    [
        ("all crates", "all"),
        ("each crate", "all"),
        ("any crate", "any"),
        ("one of the crates", "any"),
        ("a crate", "any"),
        ("no crate", "none"),
    ],
)
def test_which_of_a_group_is_waited_for(lead, which):
    graph = scene("Crate 1", "Crate 2")
    found = read(f"When {lead} touches Pad, open Gate", graph)
    if isinstance(found, Reading):
        assert [ref.which for _, ref in found.rules[0].when.condition.refs() if len(ref.names) > 1] == [which]


def test_groups_come_of_stems_classes_tags_and_collections():
    names = [{"semantic_class": "toy"}, {"tags": ("toy",)}, {"collections": ("Toys",)}]
    for fields in names:
        vocabulary = Vocabulary(scene("Ball", "Cube", **fields))
        assert vocabulary.groups["toy"] == ("Ball", "Cube")
    assert Vocabulary(scene("Brick.001", "Brick.002")).groups["brick"] == ("Brick.001", "Brick.002")


def test_a_bare_plural_in_a_condition_is_asked_back():
    found = read("When the crates touch Pad, open Gate", scene("Crate 1", "Crate 2"))
    assert not isinstance(found, Reading)
    assert "'all' or 'any'" in found.reason


def test_what_is_no_mesh_is_a_thing_and_a_joint_too():
    graph = scene("Ball", joints=("Hook",), others={"Sun": "light"})
    assert {"Sun", "Hook"} <= set(Vocabulary(graph).names)
    found = read("When Sun touches Pad, open Gate", graph)
    assert not isinstance(found, Reading)
    assert "Sun" in found.reason


def test_no_word_is_part_of_a_name_or_a_name_part_of_a_word():
    graph = scene("All", "Bal", "Ballroom")
    assert not isinstance(read("When Ball touches Pad, open Gate", graph), Reading)


def test_names_are_not_changed_by_what_words_become():
    graph = scene("Ball - don't", "well, okay")
    vocabulary = Vocabulary(graph)
    assert "Ball - don't" in plain("when Ball - don't isn't there", vocabulary)
    tokens = Lattice("Ball - don't moves", vocabulary).own(0)
    assert any(t.kind == "name" and t.value.name == "Ball - don't" for _, t in tokens)
