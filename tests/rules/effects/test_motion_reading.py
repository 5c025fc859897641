"""What is read as a motion, what its sentence says, and what is refused."""

from __future__ import annotations

import pytest

from addon.rules.effects import cycle, door, glide, orbit, place, stop, tie, turn
from addon.rules.model import Effect
from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary

VOCABULARY = Vocabulary(room())
KINDS = [
    found
    for module in (cycle, door, glide, orbit, place, stop, tie, turn)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Effect) and "examples" in vars(found)
]


def reading(text: str) -> Reading:
    found = read(text, VOCABULARY)
    assert isinstance(found, Reading), str(found)
    return found


def effect(deed: str) -> Effect:
    (rule,) = reading(f"When Ball touches Plate, {deed}").rules
    (found,) = rule.effects
    return found


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in KINDS for text in kind.examples])
def test_examples_are_read_as_what_they_show(kind, text):
    rules = reading(text).rules
    assert any(isinstance(found, kind) for rule in rules for found in rule.effects)


@pytest.mark.parametrize(
    ("deed", "same"),
    [
        ("Door rises half a metre", "raise Door by 50 cm over 1 s"),
        ("Door is raised by 500 mm", "raise Door by 0.5 m within 1 s"),
        ("lift Door 50 cm up in 2 s", "Door goes up half a metre in 2 s"),
        ("take 2 seconds to push Door 3 metres left", "Door slides 3 m to the left in 2 s"),
        ("over a period of 2 seconds, translate Door by the vector (1, 0, 2)", "move Door by (1, 0, 2) m within 2 s"),
        (
            "drive Door 2 m to the right in 4 s with a soft start and a soft finish",
            "Door moves 2 m right in 4 s smoothly",
        ),
        ("have Door go up to z = 2", "raise Door to a height of 2 m"),
        ("slowly move Door 1 m back", "move Door backwards by 1 m in 2 s"),
        ("bring Door back to its starting point", "Door goes back to where it was"),
        ("lower Door again", "Door returns"),
        ("rotate Door a quarter turn about z", "Door turns by 90° about its z axis"),
        ("give Door a 90 degree turn about x lasting 2 s", "turn Door 90 degrees around the x axis over 2 s"),
        ("turn Door by 90 degrees about z at 45 degrees per second", "turn Door by 90 degrees about z over 2 s"),
        ("turn Door by 90 degrees clockwise", "Door turns by 90 degrees clockwise as seen from above"),
        ("let Door swing open", "open Door"),
        ("Door is to be opened gently", "open Door over 2 s"),
        ("slide Door open to the left", "open Door to the left"),
        (
            "Door falls open to the right: a 90 degree turn round its bottom edge that takes 2 s",
            "Door swings open to the right by 90 degrees about its bottom edge in 2 s",
        ),
        ("Door swings by 90 degrees about its right upright edge", "Door turns by 90 degrees about its right side"),
        ("move Door to (0, 0, 1)", "Door travels to position (0, 0, 1)"),
        ("halt Door", "Door comes to a stop"),
        ("Lamp stays 2 m over Ball", "Lamp hovers 2 m above Ball"),
        ("point Lamp at Ball", "Lamp looks at Ball"),
        ("turn Lamp to Ball", "Lamp turns to face Ball"),
        ("raise Door to 3 m", "Door goes up to a height of 3 m"),
        ("rotate Door twice about z", "Door turns by 720 degrees about z"),
        ("Lamp goes round Counter in 6 seconds", "Lamp circles Counter once in 6 s"),
        ("Door moves up and down by 1 m in 2 s", "Door moves up and down by 1 m once in 2 s"),
        ("Door moves between x = 0 and x = 2", "Door moves to and fro between x = 0 and x = 2"),
        ("Lamp moves to Counter", "Lamp moves to the place of Counter"),
        ("Ball returns to its start", "put Ball back where it was"),
        ("set the position of Ball to (0, 0, 3)", "teleport Ball to (0, 0, 3)"),
        ("Lamp orbits Counter clockwise", "Lamp circles around Counter clockwise"),
        ("Door bobs up and down by 10 cm", "Door moves up and down by 0.1 m either way"),
        ("Door shuttles between x = 0 and x = 2", "move Door to and fro between x=0 and x=2"),
    ],
)
def test_different_words_say_the_same(deed, same):
    assert effect(deed) == effect(same)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("raise Door by 3", "'3' is no length"),
        ("raise Door by 3 kg", "'3 kg' is no length"),
        ("Door goes 3 seconds higher", "'3 seconds' is no length"),
        ("raise Door", "how far Door is to move is not said"),
        ("Door goes up", "how far Door is to move is not said"),
        ("turn Door by 90 about z", "'90' is no angle"),
        ("turn Door by 90 degrees", "about which axis Door is to turn is not said"),
        ("Door leans over by 30 degrees", "which way Door is to lean is not said"),
        (
            "Door swings by 90 degrees about its bottom edge",
            "which way Door is to turn about its bottom edge is not said",
        ),
        ("raise Ball by 1 m", "Ball is moved by physics"),
        ("open Ball", "Ball is moved by physics"),
        ("turn Ball by 90 degrees about z", "Ball is moved by physics"),
        ("raise Hinge by 1 m", "Hinge is a joint"),
        ("Lamp follows Lamp", "Lamp cannot follow itself"),
        ("put Box 2 m above Box", "Box cannot go to itself"),
        ("Door moves back and forth between x = 1 and x = 1", "cannot move between a place and the same place"),
        ("Door moves back and forth by 1 m", "along which axis"),
        ("raise Door by 1 m and lower it by 1 m", "cannot be done at once"),
        ("turn Door by 90 degrees about z and by 90 degrees about x", ""),
        ("do not raise Door by 1 m", ""),
        ("never open Door", ""),
        ("raise Door by -1 m", ""),
        ("raise Door by 1 m over 2 s at 3 m/s", ""),
        ("raise Door 1 m to the left", ""),
        ("open Door by 30 degrees per second", ""),
        ("open Door by 3 kg", ""),
        ("close Door by 30 cm", ""),
        ("turn Door to the left by 90 degrees", ""),
        ("Lamp circles Counter around Ball", ""),
        ("Lamp follows Ball quickly", ""),
        ("put Ball", ""),
        ("Ball returns to its start over 2 s", "Ball is moved by physics"),
        ("move Door 2 m sideways", ""),
        ("turn Door around", ""),
        ("teleport Ball to Narnia", "'Narnia'"),
        ("raise Door by 50 cm majestically", "'majestically'"),
    ],
)
def test_what_is_not_said_or_cannot_be_done_is_refused(text, reason):
    found = read(f"When Ball touches Plate, {text}", VOCABULARY)
    assert isinstance(found, Refusal), found.sentence
    assert reason in str(found)


@pytest.mark.parametrize(
    "text",
    [
        "The Door moves back and forth between x=-2 and x=2.",
        "Lamp follows Ball all the time",
        "Lamp hovers 2 m above the Ball the whole time, wherever it goes",
        "Door never stops rotating about the y axis - a full turn every two seconds",
    ],
)
def test_what_goes_on_needs_no_condition(text):
    (rule,) = reading(text).rules
    assert rule.when.condition is None
    assert getattr(rule.effects[0], "lasts", False)


def test_what_goes_on_by_itself_does_not_begin_again_and_again():
    (rule,) = reading("Door moves back and forth between x = -2 and x = 2 once in 2 s").rules
    assert rule.when.condition is None
    assert isinstance(read("Every 2 s Lamp follows Ball", VOCABULARY), Refusal)


def test_a_motion_of_the_whole_run_waits_for_nothing():
    assert isinstance(read("When Ball touches Plate, Lamp follows Ball at all times", VOCABULARY), Refusal)


@pytest.mark.parametrize("text", ["Door rises by 1 m", "Door opens", "put Ball at (0, 0, 3)"])
def test_what_is_done_once_needs_a_condition(text):
    assert isinstance(read(text, VOCABULARY), Refusal)


@pytest.mark.parametrize(
    ("text", "undone"),
    [
        ("While Ball touches Plate, open Door", door.Close),
        ("While Ball touches Plate, Lamp circles Counter", stop.Stop),
        ("While Ball touches Plate, Lamp looks at Ball", stop.Stop),
    ],
)
def test_what_holds_while_something_is_so_is_undone_then(text, undone):
    (rule,) = reading(text).rules
    assert isinstance(rule.effects[0].undone(), undone)


@pytest.mark.parametrize(
    ("deeds", "waits"),
    [
        ("raise Door by 1 m, then lower it by 1 m", [0, 1]),
        ("raise Door by 1 m at 0.5 m/s, then lower it by 1 m", [0, 2]),
        ("raise Door by 1 m over 2 s and turn on Lamp", [0]),
        ("raise Door by 1 m over 2 s and then turn on Lamp", [0, 2]),
        ("open Door, then turn on Lamp", [0]),
        ("open Door, then close it", [0, 0.5]),
        ("open Door, wait 2 seconds and close it again", [0, 2]),
        ("raise Door by 1 m over 2 s, wait 1 s, then lower it by 1 m", [0, 3]),
        ("raise Door by 1 m over 2 s, 1 s later turn on Lamp", [0, 1]),
        ("open Door over 2 s; leave it open for 2.5 s, then let it down again", [0, 4.5]),
        ("raise Door by 1 m over 1 s, then move it 2 m left over 1 s, then return it", [0, 1, 1]),
    ],
)
def test_what_comes_after_a_motion_waits_for_its_end(deeds, waits):
    (rule,) = reading(f"When Ball touches Plate, {deeds}").rules
    assert [step.wait for step in rule.steps] == waits


@pytest.mark.parametrize("deeds", ["move Door to x = 9 at 1 m/s, then turn on Lamp", "open Door and close it"])
def test_an_order_that_cannot_be_told_is_refused(deeds):
    assert isinstance(read(f"When Ball touches Plate, {deeds}", VOCABULARY), Refusal)
