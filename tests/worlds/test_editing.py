"""Plans are changed in words: what they name, and nothing else."""

import pytest

from addon.worlds.editing import EditError, edited
from addon.worlds.library import entries
from addon.worlds.reader import read

SENTENCE = "A ball rolls into a row of five dominoes in a garden, a flag waves in the wind, a cup stands on a table"


@pytest.fixture(scope="module")
def plan():
    return read(SENTENCE, entries())


def names(lines):
    return {line.partition(":")[0] for line in lines}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("make the flag red", {"Flag.parameters.colour"}),
        ("make the flag red and the wind stronger", {"Flag.parameters.colour", "setting.wind"}),
        ("make the ball bigger", {"Ball.parameters.radius"}),
        ("the ball rolls faster", {"happenings"}),
        ("use 12 dominoes", {"Domino.count"}),
        ("three more dominoes", {"Domino.count"}),
        ("remove the cup", {"Cup"}),
        ("put the cup next to the flag", {"Cup.places"}),
        ("make it night", {"setting.hour"}),
        ("let it rain", {"setting.weather"}),
        ("no wind", {"setting.wind"}),
        ("add a chair next to the table", {"Chair"}),
        ("the camera orbits", {"view"}),
        ("a bottle falls onto the table", {"Bottle", "happenings"}),
        ("make the ball blue, make it bigger", {"Ball.parameters.colour", "Ball.parameters.radius"}),
    ],
)
def test_what_the_words_name_is_changed_and_nothing_else(plan, text, changed):
    after = edited(plan, text, entries())
    assert names(after.changes) == changed
    assert after.manifest.sentence == plan.sentence


def test_what_goes_takes_along_what_it_did_and_what_stood_by_it(plan):
    after = edited(plan, "remove the table", entries()).manifest
    assert after.subject("Cup").places == ()
    after = edited(plan, "remove the dominoes", entries()).manifest
    assert [h.does for h in after.happenings] == ["wave"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("make the flag sing", "'make the flag sing' is not understood; what can be said"),
        ("make the unicorn red", "not understood"),
        ("make the flag faster", "no speed"),
        ("make the ball steeper", "none of height"),
        ("300 dominoes", "1 to 200 of a kind, not 300"),
        ("", "changes nothing"),
        ("remove everything", "not understood"),
        ("the ball", "changes nothing"),
        ("make the second ball red", "second' in .* is not understood"),
        ("make the ball red 5 seconds after", "'5 seconds' in .* is not understood"),
        ("make the ball twice as big", "'twice' in"),
        ("make the ball red and sing", "sing"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_words(plan, text, words):
    with pytest.raises(EditError, match=words):
        edited(plan, text, entries())


def test_what_is_as_large_as_it_can_be_is_told(plan):
    largest = entries()["ball"].knobs["radius"].high
    ball = plan.subject("Ball").model_copy(update={"parameters": {"radius": largest}})
    plan = plan.model_copy(update={"subjects": (ball, *plan.subjects[1:])})
    with pytest.raises(EditError, match="as large as it can be already"):
        edited(plan, "make the ball bigger", entries())
