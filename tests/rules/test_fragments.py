"""Rules put together from parts that are understood each by itself."""

import pytest

from addon.rules import Reading, Refusal, Vocabulary, meaning, read
from addon.rules.room import room

ROOM = Vocabulary(room())

SAME = {
    "When Ball touches Plate, open Door": [
        "So there it is, ok: the ball hits the plate, and that is when the door should open, you know",
        "So what happens is this: Ball touches Plate. The thing to do then: open Door, just the one time.",
    ],
    "When Ball touches Plate or Box touches Floor, open Door": [
        "Either event will do: Ball touches Plate, or Box touches Floor, whichever; then open Door",
    ],
    "When first Ball touches Plate and then Box touches Floor, open Door": [
        "It needs two things in this order: Ball touches Plate, then later Box touches Floor. Now open Door.",
    ],
    "0.5 s after the start, open Door": ["So we start, and it is at 0.5 s, ok: open Door."],
}

REFUSED = [
    "There is the Ball, ok: it hits the plate, and that is when the door should hardly open",
    "So what happens is this: Ball touches Plate. The thing to do then: open Door, but not the Lamp.",
    "So what happens is this: Ball touches Plate. The thing to do then: open Door, half a kilogram.",
    "So what happens is this: Ball touches Plate and Counter. The thing to do then: open Door.",
    "Thing: Ball touches Plate, Box touches Floor, and what then: unless open Door",
    "So it is what it is at -2 s: open Door",
    "open Door. Ball touches Plate. What is it?",
]


@pytest.mark.parametrize(("plain", "said"), [(plain, said) for plain, others in SAME.items() for said in others])
def test_parts_make_a_rule(plain, said):
    wanted, found = read(plain, ROOM), read(said, ROOM)
    assert isinstance(wanted, Reading)
    assert isinstance(found, Reading), str(found)
    assert list(map(meaning, found.rules)) == list(map(meaning, wanted.rules))


@pytest.mark.parametrize("said", REFUSED)
def test_words_that_mean_something_are_never_left_between_parts(said):
    assert isinstance(read(said, ROOM), Refusal)


def test_a_time_that_can_be_a_delay_or_how_long_it_takes_is_asked_back():
    found = read("So Ball touches Plate, ok: what is to happen then is: one second, open Door", ROOM)
    assert isinstance(found, Refusal)
    assert len(found.choices) in (0, 2)


def test_what_is_said_twice_is_done_once():
    found = read("When Ball touches Plate, open Door so that it opens", ROOM)
    assert isinstance(found, Reading)
    assert len(found.rules[0].effects) == 1


@pytest.mark.parametrize("said", ["Lamp turns on. At half a second, ok, Door opens", "0.5 s after that: open Door, ok"])
def test_a_moment_of_the_run_is_no_delay_after_what_is_done(said):
    assert isinstance(read(said, ROOM), Refusal)
