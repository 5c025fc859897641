"""Conditions as people say them who write notes, chat, learn English or like the passive."""

from __future__ import annotations

import pytest

from addon.rules.read import Reading, Refusal, meaning, read
from addon.rules.room import room

SAME: dict[str, list[str]] = {
    "When Ball touches Plate, open Door": [
        "When Ball has touch Plate, open Door.",
        "Did Ball touched Plate? Then open Door.",
        "When Ball is touch Plate, open Door.",
        "When Plate was touch by Ball, open Door.",
        "If Ball winds up on Plate, open Door.",
        "Is Plate hit by Ball? Open Door.",
        "Touches Ball the Plate? Then open Door.",
        "When it comes between Ball and Plate to a contact, open Door.",
        "When Ball gives Plate a knock, open Door.",
        "When Plate receives a blow from Ball, open Door.",
        "When Ball makes its way to Plate and touches it, open Door.",
        "When Ball gets to Plate (touches it), open Door.",
        "When Ball touches also the Plate, open Door.",
        "contact: ball + plate => open Door",
        "touch(ball, plate) => open Door",
        "ball hits plate (1st time): open Door",
        "As soon as a touch of Ball on Plate is noticed, open Door.",
        "Is there contact between Ball and Plate? Then open Door.",
        "The split second that Ball touches Plate, open Door.",
        "In the moment what Ball collides at Plate, open Door.",
    ],
    "When Ball touches Plate for the second time, open Door": [
        "When Ball second time touches Plate, open Door.",
        "Plate is hit twice by Ball => open Door",
        "ball hits plate x2 => open Door",
        "2 hits ball on plate -> open Door",
        "By the second knock of Ball to Plate, open Door.",
        "Count how many times Ball bumps Plate. On the second bump, and not before, open Door.",
        "Count the bumps of Ball and Plate. Open Door at the second.",
        "Count the bumps of Ball and Plate; once you get to two, open Door.",
        "Not the first but the second time Ball hits Plate, open Door.",
        "Once there have been two contacts between Ball and Plate, open Door.",
    ],
    "When first Ball touches Plate and then Box touches Floor, open Door": [
        "Firstly Ball has to touch Plate, secondly Box has to touch Floor, then open Door.",
        "1) Ball touches Plate, 2) Box touches Floor: open Door",
        "First Ball hits Plate, then Box the Floor, and after that open Door.",
        "Once Plate has been hit by Ball and later Floor by Box, open Door.",
        "Ball/Plate -> Box/Floor -> open Door",
        "Ball hits Plate, after that Box hits Floor: open Door",
        "Open Door after, in this order: Ball on Plate, Box on Floor.",
        "Order matters! First Ball hits Plate, then Box hits Floor: open Door.",
        "Two hits one after the other: Ball on Plate first, Box on Floor second. Then open Door.",
        "After Ball has hit Plate, as soon as Box hits Floor, open Door.",
    ],
    "When Ball touches Plate and Box touches Floor, open Door": [
        "Once both have happened, Ball has hit Plate and Box has hit Floor, open Door.",
        "Ball on Plate and Box on Floor, any order, both needed. Then open Door.",
        "In order to open Door, Ball must touch Plate and Box must touch Floor.",
        "Has Ball touched Plate and has Box touched Floor? Then open Door.",
        "After contact of Ball with Plate and of Box with Floor, open Door.",
        "Watch for two contacts: Ball on Plate, Box on Floor. Once you have both, open Door.",
    ],
    "When Ball touches Plate or Box touches Floor, open Door": [
        "Open Door if either of these happens: Ball hits Plate or Box hits Floor.",
        "Open Door when Plate is hit by Ball or Floor by Box, no matter which.",
        "Ball on Plate or Box on Floor, whichever first: open Door",
    ],
    "When either Ball touches Plate or Box touches Floor, but not both, open Door": [
        "Open Door if only one of these has happened and not both: Ball touched Plate or Box touched Floor",
    ],
    "When Ball touches Plate and Box has not touched Floor, open Door": [
        "Open Door when Ball touches Plate and Floor is still untouched by Box.",
        "Open Door when Ball touches Plate, but only if Box did not touched Floor until then.",
    ],
    "When Ball rises above 1.3 m, open Door": [
        "When Ball is coming higher as 1.3 m, open Door.",
        "When the 1.3 m limit is exceeded by the climbing Ball, open Door.",
        "When Ball passes 1.3 m while going up, open Door.",
    ],
    "When Ball is higher than 1.3 m, open Door": [
        "If is the Ball more high as 1.3 m, open Door.",
        "If Ball turns out to be above 130 cm, open Door.",
        "If Ball has more than 1.3 m of height, open Door.",
        "If the height from Ball is bigger then 1.3 m, open Door.",
    ],
    "When Lamp goes on, open Door": [
        "When Lamp is become lit, open Door.",
        "When Lamp kicks in, open Door.",
        "Once the lamp's lit, open Door.",
        "Lamp burning? Open Door.",
        "If it is on the Lamp, open Door.",
        "Lamp on means go: open Door",
    ],
    "When Counter.count is 3, open Door": [
        "When it stands 3 in Counter.count, open Door.",
        "Counter.count 3 => open Door",
        "Is Counter.count 3? Open Door.",
    ],
    "When Crate 1 goes on, turn on Lamp": ["Turn on Lamp as soon as Crate 1 does.", "Lamp on when Crate 1 is"],
    "Whenever Crate 1 goes off, turn off Lamp": ["Turn off Lamp whenever Crate 1 does."],
    "1 s after the start, open Door": [
        "When the run has been going on for one second, open Door.",
        "When everything is running since 1 s, open Door.",
        "When one second passed, open Door.",
        "start + 1 s: open Door",
        "When we are one second in, open Door.",
        "Begin after 1 s: open Door.",
        "After the first second is over, open Door.",
    ],
}  # fmt: skip
"""Plain rules, each with other words for it."""

REFUSED: list[str] = [
    "When Ball ends up not touching Plate, open Door.",
    "When Ball is about to touch Plate, open Door.",
    "When Ball nearly touches Plate, open Door.",
    "When Ball has touch Plate or not, open Door.",
    "When Plate gets a hit not by Ball, open Door.",
    "Count how often Ball hits Plate. Before the second hit, open Door.",
    "Count how often Ball does not hit Plate. At the second, open Door.",
    "Count how often Ball hits Plate. At the second hit of Box, open Door.",
    "Not the first but the fourth time Ball hits Plate, open Door.",
    "Firstly Ball touches Plate, thirdly Box touches Floor, then open Door.",
    "2) Ball touches Plate, 1) Box touches Floor: open Door",
    "Not in this order: Ball touches Plate, Box touches Floor. Then open Door.",
    "Order matters: when Ball touches Plate or Box touches Floor, open Door.",
    "Open Door if at most one of these happened: Ball touched Plate, Box touched Floor.",
    "Make free Box after that Ball has touched Plate, after that Box has touched Floor.",
    "When Lamp nearly starts, open Door.",
    "When there is 3 m in Counter.count, open Door.",
    "When 1.3 m is almost exceeded by Ball, open Door.",
    "1 s before Ball touches Plate, open Door.",
    "Open Door when Lamp does.",
    "Turn on Lamp unless Crate 1 does.",
    "Turn on Lamp before Crate 1 does.",
]  # fmt: skip
"""What must not be taken for a rule."""


def rules(text: str) -> list[str]:
    """The meanings of a text that is read in a scene where crates can be on."""
    scene = room()
    lit = [o.model_copy(update={"properties": {"on": False}}) if o.name == "Crate 1" else o for o in scene.objects]
    found = read(text, scene.model_copy(update={"objects": tuple(lit)}))
    assert isinstance(found, Reading), f"{text}: {found}"
    return [meaning(rule) for rule in found.rules]


@pytest.mark.parametrize(("plain", "said"), [(plain, said) for plain, others in SAME.items() for said in others])
def test_other_words_for_a_condition_mean_the_same(plain: str, said: str) -> None:
    assert rules(said) == rules(plain)


@pytest.mark.parametrize("text", REFUSED)
def test_what_says_something_else_is_refused(text: str) -> None:
    assert isinstance(read(text, room()), Refusal)


def test_a_number_beside_a_counter_is_what_it_shows() -> None:
    assert rules("When Counter.count != 3, open Door") != rules("When Counter.count 3, open Door")
