import pytest

from addon.rules import Reading, read
from addon.rules.room import room

ROOM = room()


@pytest.mark.parametrize(
    ("rule", "things"),
    [
        ("When Ball touches Plate, open Door and close it after 2 s", ["Door", "Door"]),
        ("When Ball touches Plate, launch it to the right at 2 m/s", ["Ball"]),
        ("When Ball touches Plate, open Door, wait 1 s and close it", ["Door", "Door"]),
        ("When Ball touches Plate, open Door. Then close it.", ["Door", "Door"]),
        ("When Box touches Door, hold it", ["Box"]),
        ("When Ball touches Plate, raise Door by 1 m and then lower it by 1 m after 2 s", ["Door", "Door"]),
    ],
)
def test_it_is_the_last_thing_that_can_be_meant(rule, things):
    found = read(rule, ROOM)
    assert isinstance(found, Reading), str(found)
    assert [e.thing.name for r in found.rules for e in r.effects] == things
    assert not any(e.thing.pronoun for r in found.rules for e in r.effects)


@pytest.mark.parametrize(
    "rule",
    [
        "When Ball touches Box, launch it to the right at 2 m/s",
        "Open it",
        "When Ball touches Plate, add 1 to it",
    ],
)
def test_in_doubt_it_is_asked_back(rule):
    found = read(rule, ROOM)
    assert not isinstance(found, Reading), found.sentence
    assert "it" in found.reason


def test_they_are_all_that_was_named():
    found = read("When Ball touches Plate, release all crates and launch them up at 2 m/s", ROOM)
    assert isinstance(found, Reading), str(found)
    assert [e.thing.names for e in found.rules[0].effects] == [("Crate 1", "Crate 2", "Crate 3")] * 2


def test_it_of_any_is_that_one():
    found = read("When any crate touches Floor, hold it", ROOM)
    if isinstance(found, Reading):
        (effect,) = found.rules[0].effects
        assert effect.thing.which == "any"
        assert effect.thing.pronoun
