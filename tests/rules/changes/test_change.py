"""What a change tells, what it refuses, and how changes follow one another."""

import pytest

from addon.rules import Vocabulary
from addon.rules.changes import Change, History, Unchanged, change
from addon.rules.room import room

ROOM = Vocabulary(room())
DOOR = "When Ball hits Plate, open Door"
LAMP = "When Box touches Floor, turn Lamp on"


def said(text, *rules, selected=None):
    found = change(text, rules, ROOM, selected)
    assert isinstance(found, Change), str(found)
    return found


def refused(text, *rules):
    found = change(text, rules, ROOM)
    assert isinstance(found, Unchanged), found.difference
    return found


def test_a_change_tells_what_is_different_and_leaves_other_rules_to_the_letter():
    found = said("open the door slower, over 3 seconds", DOOR, LAMP)
    (edit,) = found.edits
    assert (edit.number, edit.before, edit.after) == (1, DOOR, "When Ball touches Plate, Door opens within 3 s")
    assert edit.difference == "Door opens within 3 s instead of 0.5 s"
    assert found.rules == (edit.after, LAMP)
    assert found.last == 0


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("a bit later", "rule 1: 0.5 s after Ball touches Plate instead of once Ball touches Plate"),
        ("also turn the lamp on", "rule 1: also: Lamp turns on"),
        ("close it after 2 s", "rule 1: also: 2 s later Door closes within 0.5 s"),
        ("forget it", "rule 1: no longer: once Ball touches Plate → Door opens within 0.5 s"),
        ("also when Box touches Floor, close Door", "rule 2: new: once Box touches Floor → Door closes within 0.5 s"),
    ],
)
def test_the_difference_is_a_sentence(text, difference):
    assert said(text, DOOR).difference == difference


def test_words_that_nothing_explains_are_told():
    assert refused("make the door purr", DOOR).words == ("purr",)
    assert "'flummox'" in str(refused("flummox the door", DOOR))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("rule 7 faster", "there is no rule 7; there are 1"),
        ("the crates faster", "no rule does anything to the crates"),
        ("close the door", "no rule does that; say 'also' before it to have it done as well, or when it is done"),
        ("over 0.5 s", "nothing of it can be changed so"),
        ("earlier", "nothing of it can be changed so"),
        ("x" * 301, "it is longer than 300 characters; say one thing after the other"),
        ("undo that", "there is no change to take back"),
        ("undo everything", "there is no change to take back"),
        ("take it all back", "there is no change to take back"),
        ("open it 0 s later", "nothing of it can be changed so"),
    ],
)
def test_what_cannot_be_changed_says_why(text, reason):
    assert refused(text, DOOR).reason == reason


def test_no_rules_can_be_added_to_but_not_changed():
    assert said(f"add a rule: {DOOR}").rules == (DOOR,)
    assert refused("slower").reason == "there are no rules yet; say one"


def test_what_can_mean_several_rules_is_asked_with_each_change():
    found = refused("a second later", DOOR, LAMP)
    assert [choice.edits[0].number for choice in found.choices] == [1, 2]
    assert said("a second later", DOOR, LAMP, selected=1).edits == found.choices[1].edits


def test_a_rule_that_is_not_understood_can_only_go():
    assert refused("slower", "Bim bam").reason == "rule 1 is not understood itself"
    assert said("forget rule 1", "Bim bam").rules == ()


def test_rules_that_are_named_by_number_are_not_moved():
    assert "by their numbers" in refused("forget rule 1", DOOR, LAMP, "When rule 2 has fired, close Door").reason


def test_a_rule_on_which_another_counts_stays():
    held = "After 1 s, let go of Crate 1"
    launched = "After 2 s, launch Crate 1 with velocity (0, 0, 3)"
    assert "rule 2 would not be understood" in refused("forget rule 1", held, launched).reason


def test_changes_can_be_stepped_back_through_and_forward():
    history, selected = History.of((DOOR,)), None
    for text in ("over 2 s", "a bit later", "also turn the lamp on", "undo that", "undo that", "redo"):
        found = change(text, history, ROOM, selected)
        assert isinstance(found, Change), str(found)
        history, selected = found.history, found.last
    assert history.rules == ("0.5 s after Ball touches Plate, Door opens within 2 s",)
    assert (history.can_undo, history.can_redo) == (True, True)
    assert change("undo 2 changes", history, ROOM).rules == (DOOR,)


def test_everything_can_be_taken_back_at_once():
    history = said("a bit later", *said("over 2 s", DOOR).rules).history
    history = change("also turn the lamp on", history, ROOM).history
    assert change("undo everything", history, ROOM).history.at == 0


def test_undoing_tells_the_difference():
    found = change("undo that", said("over 2 s", DOOR).history, ROOM)
    assert found.difference == "rule 1: Door opens within 0.5 s instead of 2 s"
