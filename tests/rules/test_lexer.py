import pytest

from addon.rules.lexer import Lattice, plain
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary

ROOM = Vocabulary(room())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ball → Door", "Ball -> Door"),
        ("Ball => Door", "Ball -> Door"),
        ("don't", "do not"),
        ("doesn’t", "does not"),
        ("it's", "it is"),
        ("can't", "can not"),
        ("“Ball”", '"Ball"'),
        ("Hi! open Door", "open Door"),
        ("open Door, thank you very much", "open Door,"),
        ("  open   Door ", "open Door"),
        ("could you please open Door", "open Door"),
        ("2 sec. later", "2 sec later"),
        ("w/o Ball", "without Ball"),
        ("1 ≤ 2", "1 <= 2"),
    ],
)
def test_signs_short_forms_and_asides(text, shown):
    assert plain(text, ROOM) == shown


def kinds(text, place=0):
    return {(token.kind, getattr(token.value, "name", token.value)) for _, token in Lattice(text, ROOM).own(place)}


def test_a_place_can_be_several_things():
    found = kinds("Door opens")
    assert ("name", "Door") in found
    assert ("word", "door") in found
    assert ("spelled", "Door") in found


def test_a_vector_and_a_text():
    assert ("vector", (1.0, 0.0, -2.5)) in kinds("(1, 0, -2.5)")
    assert ("vector", (1.0, 0.0, -2.5)) in kinds("[1; 0; -2.5]")
    assert ("text", "ready") in kinds('"ready"')
    assert ("key", "count") in kinds("count")


def test_nothing_begins_within_a_word():
    assert Lattice("Ballad", ROOM).own(4) == []
    assert not any(kind == "name" for kind, _ in kinds("Ballad"))


def test_words_that_change_nothing_can_be_passed_over():
    lattice = Lattice("the Ball", ROOM)
    assert any(token.kind == "name" for _, token in lattice.edges(0))
    assert lattice.is_end(8)
    assert Lattice("Ball please.", ROOM).is_end(5)
    assert not Lattice("Ball not.", ROOM).is_end(5)
