"""What people say besides a rule: remarks are left out and shown, claims are kept, and nothing else is dropped."""

from __future__ import annotations

import pytest

from addon.rules.read import Reading, Refusal, meaning, read
from addon.rules.room import room

RULE = "When Ball touches Plate, turn on Lamp"
REMARKS: list[str] = [
    "When the ball touches the plate, turn on the lamp, simple as that.",
    "When the ball touches the plate, turn on the lamp, and we're all happy :)",
    "When the ball touches the plate, turn the lamp on, it's warm in here anyway.",
    "When the ball touches the plate (lovely breeze, by the way) turn on the lamp",
    "When the ball touches the plate (you'll probably hear the thump), turn the lamp on.",
    "Turn the lamp on when the ball touches the plate, hooray!",
    "The lamp, hmm, turn it on when the ball touches the plate",
    "Ball touches plate, boom, lamp on. That's our finish!",
    "Here's the bit I like best: when the ball touches the plate, the lamp comes on.",
    "Now it gets interesting: ball touches plate, lamp comes on",
    "When the ball - what a mess - touches the plate, the lamp turns on, that should be fun to watch",
    "When the ball touches the plate, the lamp turns on, what do you think?",
    "When the ball touches the plate, the lamp turns on and everyone cheers.",
    "Sorry to bother you, but when the ball touches the plate, turn on the lamp.",
    "The ball hits the plate, right, and what happens? The lamp turns on.",
]
NO_REMARKS = """
    but gently|a bit later|unless it rains|for a while|if possible|not too far|and stays there|and it explodes
    confetti everywhere|and it turns shiny|and it is transparent|nice and red|nice and easy|easy|with a creak
    and lovely music|but carefully|like a rocket|never mind|just kidding|oh no, not that one|no|not the lamp|maybe
    on Sundays|or else|then again maybe not|in slow motion|when we are ready|as long as everyone is happy
    once everyone is happy|if you know how|I doubt it|make it look nice|like that one|with love|a little|much more
    most of the way|and it should say thanks|which is blue|with applause|and it smiles|and celebrate
    sorry, turn on the lamp|oops, turn on the lamp|that is, turn on the lamp|two in total|in that order|both needed
    one is enough|the first one only counts twice|but halfway only on Mondays|do not|later
"""
CLAIMED: dict[str, list[str]] = {
    "When Ball touches Plate, open Door": [
        "So the very first time the ball touches the plate (just that one time, not again!), open the door.",
        "A single time only, open the door when the ball touches the plate.",
        "If Ball touches Plate, then, one time only, open Door.",
        "Open the door when the ball touches the plate, and ignore any later contact.",
        "When Ball hits Plate (1st time): open Door",
        "When Ball lands on Plate, I mean as soon as they touch, open Door",
    ],
    "When Ball touches Plate for the 2nd time, open Door": [
        "At the second touch of Ball and Plate, and not before, open Door",
        "On the second touch of ball and plate (two in total) open the door",
    ],
    "When Ball touches Plate or Box touches Floor, open Door": [
        "Open Door when Ball touches Plate or Box touches Floor. Don't wait for both, one is enough.",
        "Either one will do here: Ball touches Plate, or Box touches Floor, and whichever it is, the door opens then.",
        "Open Door if Ball touches Plate or Box touches Floor, or hey, even both, I don't mind.",
    ],
    "When Ball touches Plate and Box touches Floor, open Door": [
        "Open Door when Ball touches Plate and Box touches Floor. The order doesn't matter.",
        "Ball touches Plate and Box touches Floor, any order, both needed. Then open Door.",
    ],
    "When first Ball touches Plate and then Box touches Floor, open Door": [
        "When Ball touches Plate and Box touches Floor, open Door, in that order.",
        "Order matters here! First Ball has to touch Plate, then Box Floor, and after that you can open Door.",
        "Open Door after, in this order: Ball hits Plate, Box hits Floor",
    ],
    "1 s after the start, open Door": ["Give it one second from the start, no more, no less, and then open Door."],
}
UNCLAIMED: list[str] = [
    "When Ball touches Plate or Box touches Floor, open Door, in that order.",
    "When Ball touches Plate and Box touches Floor, open Door, one is enough.",
    "When Ball touches Plate or Box touches Floor, open Door, both are needed.",
    "When first Ball touches Plate and then Box touches Floor, open Door, the order does not matter.",
    "When Ball touches Plate and Box touches Floor, open Door and turn on Lamp, order matters.",
    "When Ball touches Plate for the 3rd time, open Door (two in total)",
    "When Ball touches Plate, open Door, no more, no less",
    "When Ball rises above 2 m (touches it, I mean), open Door",
]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_left_out_and_shown(text: str) -> None:
    found, plain = read(text, room()), read(RULE, room())
    assert isinstance(found, Reading), found
    assert isinstance(plain, Reading)
    assert list(map(meaning, found.rules)) == list(map(meaning, plain.rules))
    assert found.asides
    assert all(f"'{aside}'" in found.sentence for aside in found.asides)


@pytest.mark.parametrize("piece", [p.strip() for line in NO_REMARKS.split("\n") for p in line.split("|") if p.strip()])
def test_what_could_mean_something_is_never_left_out(piece: str) -> None:
    for text in (
        f"When the ball touches the plate, open the door, {piece}",
        f"When the ball touches the plate, turn on the fan and close the door - {piece}.",
    ):
        assert isinstance(read(text, room()), Refusal), text


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in CLAIMED.items() for text in texts])
def test_what_is_claimed_of_a_rule_is_kept(rule: str, text: str) -> None:
    found, plain = read(text, room()), read(rule, room())
    assert isinstance(found, Reading), found
    assert isinstance(plain, Reading)
    assert list(map(meaning, found.rules)) == list(map(meaning, plain.rules))


@pytest.mark.parametrize("text", UNCLAIMED)
def test_a_rule_of_which_a_claim_does_not_hold_is_refused(text: str) -> None:
    assert isinstance(read(text, room()), Refusal)


def test_a_text_of_several_rules_can_have_a_sentence_between_them() -> None:
    found = read("Open Door when Ball touches Plate. Nice! Close Door when Box touches Floor.", room())
    assert isinstance(found, Reading)
    assert len(found.rules) == 2
    assert found.asides == ("Nice!",)
