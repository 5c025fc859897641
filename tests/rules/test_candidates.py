"""Readings that a text's names, quantities and words allow."""

import pytest

from addon.rules import Reading, Vocabulary, read
from addon.rules.candidates import MOST, Candidates
from addon.rules.mentions import mentions
from addon.rules.room import room
from addon.rules.templates import Place, templates

ROOM = Vocabulary(room())


def candidates(text):
    return Candidates(text, ROOM).sentences


@pytest.mark.parametrize(
    "text",
    [
        "Ball's arrival at Plate has Lamp come on",
        "let Door go up 50 cm in 2 s if ever Ball meets Plate",
        "Counter gets 3 more counts each time Ball bumps Plate",
    ],
)
def test_a_candidate_that_is_read_is_one_rule(text):
    found = [again for said in candidates(text) if isinstance(again := read(said, ROOM), Reading)]
    assert found
    assert all(len(again.rules) == 1 for again in found)


@pytest.mark.parametrize(
    ("text", "names", "quantities"),
    [
        ("When Ball touches Plate, open Door after 2 s", ("Ball", "Plate", "Door"), [2.0]),
        ("raise the door by 50 cm over 3 s", ("Door",), [0.5, 3.0]),
        ("Ball and Ball touch Plate", ("Ball", "Plate"), []),
        ("all crates fall", ("each crate",), []),
        ("nothing is named here", (), []),
    ],
)
def test_what_a_text_names(text, names, quantities):
    found = mentions(text, ROOM)
    assert set(names) <= set(found.names) or found.names == names
    assert [q.value for q in found.quantities] == quantities


def test_nothing_that_was_named_is_dropped():
    for said in candidates("2 s following Ball's smack on Plate, let Door rise 50 cm within 3 s"):
        assert all(word in said for word in ("Ball", "Plate", "Door", "2 s", "0.5 m", "3 s"))


def test_a_word_of_denial_is_heeded():
    for said in candidates("Ball not being on Plate has Lamp turn on"):
        assert "not" in said.split(" → ")[0]
    for said in candidates("Ball being on Plate has Lamp turn on"):
        assert "not" not in said.split()


@pytest.mark.parametrize(
    "text", ["", "Door", "open Door", "Elephant touches Plate", "sing a song", "Ball Plate", " ".join(["Ball"] * 40)]
)
def test_where_nothing_fits_there_is_no_candidate(text):
    assert candidates(text) == ()


def test_there_are_never_too_many():
    text = (
        "Ball Plate Door Lamp Counter Box Floor touches opens turns on counts moves up 2 s 3 s 1 m 2 m or and then not"
    )
    assert len(candidates(text)) <= MOST


def test_templates_are_sentences_with_places():
    waits, does = templates()
    assert len(waits) > 30
    assert len(does) > 30
    assert all(template.names >= 1 or Place("name") not in template.pieces for template in (*waits, *does))
    touch = next(t for t in waits if [p for p in t.pieces if isinstance(p, str)] == [" touches "])
    assert touch.names == 2
    assert touch.fits(["Ball", "Plate"], ROOM)
    assert not touch.fits(["Lamp", "Plate"], ROOM)
