"""What is said not to be done is not done, and what contradicts what was said is told."""

import pytest

from addon.worlds.editing import EditError, edited
from addon.worlds.library import entries
from addon.worlds.reader import read


def plan(sentence):
    return read(sentence, entries())


def deeds(manifest):
    return [h.does for h in manifest.happenings]


@pytest.mark.parametrize(
    "clause",
    [
        "can't roll",
        "cannot roll",
        "won't roll",
        "wouldn't roll",
        "hasn't rolled",
        "refuses to roll",
        "fails to roll",
        "tried to roll",
        "wants to roll",
        "rarely rolls",
        "hardly rolls",
        "almost rolls",
        "stops rolling",
        "avoids rolling",
        "could roll",
        "might roll",
        "should roll",
        "would have rolled",
        "ought to roll",
        "too heavy to roll",
        "unable to roll",
        "about to roll",
        "on the verge of rolling",
        "can't roll or bounce",
    ],
)
def test_verbs_that_are_turned_are_told_with_their_clause(clause):
    manifest = plan(f"A ball {clause}, and a box falls")
    assert [(h.who, h.does) for h in manifest.happenings] == [("Box", "fall")]
    assert manifest.left_out == (clause,)


@pytest.mark.parametrize(
    ("sentence", "does", "left_out"),
    [
        ("A lamp that can’t go out", [], ("can't go out",)),
        ("A ball does n't roll", [], ("does n't roll",)),
        ("A ball can't roll and bounce", [], ("can't roll or bounce",)),
        ("A ball refuses to roll and falls", ["fall"], ("refuses to roll",)),
        ("A ball falls without rolling", ["fall"], ("without rolling",)),
        ("Instead of rolling, a ball falls", ["fall"], ("instead of rolling",)),
        ("A ball rolls and stops", ["roll"], ("stops",)),
        ("A ball is going to fall", ["fall"], ()),
        ("Could you show a ball that falls", ["fall"], ()),
        ("There should be a ball that falls", ["fall"], ()),
    ],
)
def test_what_is_done_besides(sentence, does, left_out):
    manifest = plan(sentence)
    assert deeds(manifest) == does
    assert manifest.left_out == left_out


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A ball is on the left of a box and on the right of the box", "on the right of the box (besides left of"),
        ("A ball is under a table and on the table", "on the table (besides under the table)"),
        ("A ball is in front of a box and behind the box", "behind the box (besides in front of"),
        ("A ball is on a table and on a chair", "on the chair (besides on the table)"),
        ("A ball stands on a box and the box stands on the ball", "on the ball (besides the ball on the box)"),
        ("A red ball that is blue", "blue (Ball is said to be otherwise)"),
        ("The ball is red. The ball is blue.", "blue (Ball is said to be otherwise)"),
        ("A big ball is small", "small (Ball is said to be otherwise)"),
        ("A big small ball", "small (besides big)"),
        ("A red blue ball", "blue (besides red)"),
        ("A wooden steel ball", "steel (besides wooden)"),
        ("First a ball falls, then a lamp lights, finally a door opens", "then"),
        ("A ball falls, then it rains", "then"),
        ("A pyramid of ten boxes", "pyramid of (a stack stands for it)"),
    ],
)
def test_contradictions_and_what_is_lost_are_told(sentence, told):
    (left,) = plan(sentence).left_out
    assert left.startswith(told)


@pytest.mark.parametrize(
    "sentence",
    [
        "A ball is on the left of a box and next to the box",
        "A ball is next to a box and the box is next to the ball",
        "A big ball is red",
        "A ball falls, eventually a lamp goes out",
    ],
)
def test_what_can_be_is_not_told(sentence):
    assert not plan(sentence).left_out


def test_what_comes_next_comes_after():
    manifest = plan("A ball falls. Next a lamp goes out. Later a door opens.")
    assert [h.after for h in manifest.happenings] == [None, 0, 1]


def test_edits_cannot_be_of_two_sizes():
    with pytest.raises(EditError, match="more than one size"):
        edited(plan("A ball falls"), "make the ball bigger and smaller", entries())
