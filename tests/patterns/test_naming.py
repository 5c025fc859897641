import pytest

from addon.patterns.naming import named_in, plain_name, respelled, spoken_names
from addon.scene_graph import Plane, Primitive, SceneObject

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


def objects(*places):
    return [SceneObject(name=name, geometry=CUBE, location=(x, 0.0, z)) for name, x, z in places]


def spoken(*names):
    return spoken_names(objects(*((name, 0.0, 1.0) for name in names)))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Floor", "the floor"),
        ("Wall Left", "the left wall"),
        ("Green Ball", "the green ball"),
        ("Cube.001", "Cube.001"),
        ("X", "X"),
        ("Domino 2", "domino 2"),
        ("Kugel Größe", "the kugel größe"),
    ],
)
def test_names_of_plain_words_get_their_article(name, said):
    assert spoken(name)[name] == said


def test_the_first_of_a_row_is_the_first_and_names_that_sound_alike_stay():
    assert spoken("Domino", "Domino 2") == {"Domino": "the first domino", "Domino 2": "domino 2"}
    assert spoken("Ball", "ball") == {"Ball": "Ball", "ball": "ball"}


def test_bodies_of_a_plane_are_told_apart_by_where_they_are():
    plane = Plane(size=(256, 256), meters_per_unit=1 / 6)
    found = spoken_names(
        objects(
            ("ground", 21, -0.4),
            ("black wall 1", 43, 20),
            ("green ball 5", 3, 3),
            ("black bar 6", 30, 5),
            ("black bar 7", 10, 5),
            ("gray bar 8", 10, 5),
            ("gray bar 9", 10, 8),
            ("gray bar 10", 11, 2),
            ("green standingsticks 11", 5, 5),
        ),
        plane,
    )
    assert found == {
        "ground": "the floor",
        "black wall 1": "the right wall",
        "green ball 5": "the green ball",
        "black bar 6": "the right black bar",
        "black bar 7": "the left black bar",
        "gray bar 8": "the second gray bar from below",
        "gray bar 9": "the third gray bar from below",
        "gray bar 10": "the first gray bar from below",
        "green standingsticks 11": "the green sticks",
    }


def test_sentences_are_respelled_whole_names_only():
    names = {"bar 1": "the bar", "bar 11": "the other bar", "A": "A"}
    assert respelled("bar 1 hits bar 11, and bar 111.", names, names) == "The bar hits the other bar, and bar 111."
    assert respelled("A hits bar 1.", names, names) == "A hits the bar."


def test_names_in_a_rule():
    names = ["Ball", "Red Ball", "Plate"]
    assert named_in("When red ball hits Plate, or the plates", names) == ["Red Ball", "Plate"]
    assert named_in("Balls", names) == []
    assert named_in("anything", []) == []


def test_names_with_an_article_get_no_other():
    assert plain_name("the floor") == "the floor"
    assert plain_name("The floor") == "the floor"
    assert plain_name("a ball") == "a ball"


def test_characters_that_cannot_be_seen_are_written_out():
    assert spoken("a\nb\x1b[31m") == {"a\nb\x1b[31m": "a\\nb\\x1b[31m"}


def test_names_that_differ_in_case_alone_are_told_apart():
    assert named_in("Ball hits ball", ["Ball", "ball"]) == ["Ball", "ball"]
    assert named_in("If ball falls", ["Ball", "ball"]) == ["ball"]
    assert named_in("If BALL falls", ["Ball", "lamp"]) == ["Ball"]
