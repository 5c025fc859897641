"""What is waited for, as it is told in several sentences, in lists, in nouns and in other words' order."""

from __future__ import annotations

import pytest

from addon.rules.read import Reading, Refusal, meaning, read
from addon.rules.room import room

SAME: dict[str, list[str]] = {
    "When Ball touches Plate, open Door": [
        "Open Door once Ball collides for the first time with Plate",
        "Directly when Ball is meeting to Plate, Door must open",
        "So soon like Ball has stroke on Plate, open Door",
        "Ball knocks at Plate (just 1x) -> open Door",
        "Ball bumps Plate (once) -> open Door",
        "The opening of Door is a result of Ball having hit Plate",
        "The striking of Plate by Ball is at once followed by the opening of Door",
        "Ball's landing on Plate opens Door",
        "Say Ball rolls into Plate: now open Door",
        "Ball rolls along and hits Plate? Then open Door",
        "Open Door when Plate is reached and touched by Ball",
        "There's a hit from Ball on Plate, no delay, open Door",
    ],
    "After 2 seconds, open Door and turn on Lamp": [
        "Let the simulation run for 2 seconds and then open Door and turn on Lamp",
        "Wait 2 s and then open Door and turn on Lamp",
    ],
    "When Ball touches Plate, raise Door 1.2 m": [
        "Wait till Ball bumps Plate. Raise Door 1.2 m. Do not repeat this.",
    ],
    "When Ball touches Plate or Box touches Floor, launch Ball with velocity (2.8, 0, 4.4) m/s": [
        "Doesn't matter which: Ball hits Plate, or maybe Box hits Floor, either one'll do, and Ball's fired at (2.8, 0, 4.4).",
    ],
    "As long as Ball is touching Plate, spin Door at 90 degrees per second": [
        "All the time when Ball keeps in touch with Plate, spin Door at 90 degrees per second",
        "While Ball is on Plate (touching), spin Door at 90 degrees per second",
        "For as long as contact of Ball with Plate persists, spin Door at 90 degrees per second",
    ],
    "When Ball touches Plate for the 2nd time, open Door": [
        "Ball has met two times with Plate, so open Door",
        "Let Ball hit Plate twice. Then open Door.",
    ],
    "When Ball touches Plate and Box touches Floor, open Door": [
        "Check two things: Ball has met Plate, Box has met Floor. Both true? Open Door.",
        "See that Ball has hit Plate. See that Box has hit Floor. With both done, open Door.",
        "Have Ball and Plate met? And Box and Floor too? Once they both have, open Door.",
        "We need Ball to have hit Plate and Box to have hit Floor, and after that Door can open",
        "ball->plate && box->floor, both done: open Door",
        "Don't open Door until Ball has hit Plate and Box has hit Floor. Once you have both, open it.",
        "Don't touch Door yet. Wait for Ball to hit Plate. Wait for Box to hit Floor. After both, open it.",
    ],
    "When first Ball touches Plate and then Box touches Floor, open Door": [
        "It has got to be Ball on Plate first and only then Box on Floor, and that's when Door opens",
        "ball/plate 1st, box/floor after -> open Door",
        "The touching of Plate by Ball precedes that of Floor by Box: open Door",
        "Ball hits Plate earlier, now Box hits Floor: open Door",
        "Open Door after two hits in this order: that of Ball on Plate, followed by that of Box on Floor",
        "Open Door when Box hits Floor. But check first: Ball must have hit Plate earlier.",
        "Wait for Ball to hit Plate. After that, wait for Box to hit Floor. Now open Door.",
    ],
    "When either Ball touches Plate or Box touches Floor, but not both, open Door": [
        "just 1 of 2 (ball on plate, box on floor) -> open Door",
        "Open Door if Ball hits Plate or Box hits Floor. Only one of them, never both.",
        "Ball hits Plate or Box hits Floor: open Door. If it's both, forget it.",
        "ball/plate xor box/floor hit (1 of 2, not both) -> open Door",
        "It has to be one or the other: Ball hits Plate, or Box hits Floor. Just one and Door opens; both, and it doesn't.",
    ],
    "When Ball touches Plate and Box has not touched Floor, open Door": [
        "Open Door when Ball hits Plate, save where Box has hit Floor earlier; then nothing is done",
        "When Ball hits Plate, open Door; but in case Box was already before at Floor, please do nothing",
        "Open Door upon contact of Ball with Plate, on condition that Box has not touched Floor",
    ],
    "1 s after the start, open Door": [
        "A second goes by, and then Door opens",
        "1s elapsed: open Door",
        "At a clock reading of one second, open Door",
        "The clock hits one second and Door opens",
        "It must pass 1 s of simulation, then open Door",
        "One second having elapsed, Door is opened",
        "Since the start goes 1 second, then open Door",
    ],
    "When Lamp goes on, open Door": [
        "Once somebody's turned the Lamp on, open Door",
        "If someone switches on Lamp, open Door",
        "The opening of Door follows the activation of Lamp",
        "The turning-on of Lamp results in Door being opened",
    ],
    "When Lamp is on, open Door": ["With Lamp in its on state, open Door", "Given an illuminated Lamp, open Door"],
    "When Ball is higher than 1.3 m, open Door": [
        "Look at Ball. Higher than 1.3 m? Open Door.",
        "Open Door so soon as Ball is found over 1.3 m of height",
        "Is Ball higher than 1.3 m yet? 'Cause that's when Door opens.",
    ],
    "When Counter.count is 2, open Door": [
        "Read the Counter count. At 2, open Door.",
        "We're at 2 on Counter.count? Open Door.",
    ],
}
"""Plain rules, each with other words for it."""

REFUSED: list[str] = [
    "Wait for Ball to not hit Plate. Then open Door.",
    "Wait for Ball to hit Plate or Box to hit Floor. With both done, open Door.",
    "Ball hits Plate or Box hits Floor. If both, do nothing. Open Door.",
    "Open Door when Ball hits Plate and Box hits Floor. Exactly one of them.",
    "Ball's arrival at Plate never opens Door.",
    "The opening of Door precedes the contact of Ball with Plate.",
    "Ball hits Plate (not once) -> open Door",
    "Ball hits Plate, not even once, open Door",
    "While Ball is on Plate (not touching), spin Door at 90 degrees per second",
    "When Ball touches Plate before Box touches Floor, open Door",
    "If nobody turns on Lamp, open Door",
    "A second before the start, open Door",
    "Do not touch Ball yet. When Box hits Floor, open Door.",
    "Don't open Door until Ball has hit Plate and Box has hit Floor. Once you have both, close it.",
    "just 2 hits (ball on plate, box on floor) -> open Door",
]
"""What must not be taken for a rule."""


def rules(text: str) -> list[str]:
    """The meanings of a text that is read."""
    found = read(text, room())
    assert isinstance(found, Reading), f"{text}: {found}"
    return [meaning(rule) for rule in found.rules]


@pytest.mark.parametrize(("plain", "said"), [(plain, said) for plain, others in SAME.items() for said in others])
def test_what_is_waited_for_can_be_told_in_other_words(plain: str, said: str) -> None:
    assert rules(said) == rules(plain)


@pytest.mark.parametrize("text", REFUSED)
def test_what_says_something_else_is_refused(text: str) -> None:
    assert isinstance(read(text, room()), Refusal)


def test_what_is_told_as_earlier_comes_first() -> None:
    first = "When first Ball touches Plate and then Box touches Floor, open Door"
    assert rules("Ball hits Plate earlier, Box hits Floor: open Door") == rules(first)
