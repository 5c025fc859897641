"""What is done in the words of people who write notes, chat, learn English, or tell amounts in a sentence of their own."""

from __future__ import annotations

import pytest

from addon.rules.model import Rule, Step
from addon.rules.read import Reading, Refusal, meaning, read
from addon.rules.room import room

SAME: dict[str, list[str]] = {
    "release Crate 1": [
        "crate 1 no longer held",
        "Crate 1 is let to fall",
        "Crate 1 can fall down free",
        "Crate 1 may move now",
        "Crate 1 is released so that it can move freely",
        "let go of Crate 1, gravity does the rest",
        "let go of Crate 1 and leave it to gravity",
        "nothing holds Crate 1 any more",
        "the hold on Crate 1 is to be released",
        "the held Crate 1 is let go",
    ],
    "launch Box at 3 m/s to the right": [
        "off goes the box, velocity (3, 0, 0) m/s",
        "to Box please give a velocity of (3, 0, 0) m/s",
        "give the box a shove so it goes at (3, 0, 0) m/s",
        "Box is throwed with (3, 0, 0) m/s of velocity",
        "send Box on its way at (3, 0, 0) m/s",
        "launch Box. Give it a velocity of (3, 0, 0) m/s.",
        "throw Box to the right. Give it 3 m/s.",
        "with a velocity of (3, 0, 0) m/s, launch Box",
    ],
    "launch Box at 3 m/s to the right and launch Ball at 3 m/s to the right": [
        "Send Box and Ball off. Give each a velocity of (3, 0, 0) m/s.",
        "launch Box at (3, 0, 0) m/s; do the same with Ball, also at (3, 0, 0) m/s",
        "launch Box at (3, 0, 0) m/s. Launch Ball likewise at (3, 0, 0) m/s.",
        "a velocity of (3, 0, 0) m/s is given to Box, and to Ball as well",
        "off they go: box at (3, 0, 0) m/s, ball with exactly the same velocity, (3, 0, 0) m/s",
        "box, ball -> both 3 m/s in +x",
        "Box flies off at (3, 0, 0) m/s and so does Ball",
        "throw Box and throw Ball, both with a velocity of (3, 0, 0) m/s",
    ],
    "Box is launched to the right at 3 m/s, then 1 s later Ball is launched to the right at 3 m/s": [
        "launch Box at (3, 0, 0) m/s and do the same with Ball after 1 s",
    ],
    "Door moves 0.4 m to the right within 0.5 s": [
        "door right, 40 cm / 0.5 s",
        "slide Door 40 cm to the right, 0.5 s is all it gets",
        "slide Door 40 cm to the right, pretty quick, in 0.5 s flat",
        "slide Door 40 cm to the right and this during 0.5 s",
        "slide Door 40 cm to the right, for which 0.5 s are allowed",
        "slide Door 40 cm to the right. Spend half a second on it.",
        "slide Door 40 cm to the right, and let it take a full 0.5 s for that",
        "Slide Door to the right. Make it 40 cm in half a second.",
        "Door should moving 0.4 meter to right, in 0.5 second",
        "Door is made to move 40 cm to the right in 0.5 s",
        "Door has 0.5 s to move 40 cm to the right",
    ],
    "turn Door by 45 degrees about y within 0.2 s": [
        "turn Door for 45 degree around his own y axis, during 0.2 second",
        "Rotate Door 45 degrees. Use the y axis and take 0.2 s.",
        "door: turn 45° y, 0.2 s",
    ],
    "turn on Lamp": [
        "lamp lights",
        "Lamp should going on",
        "Lamp shall to go on",
        "Lamp must lights up",
        "Lamp it should start to work",
        "Lamp switches itself on",
        "get the lamp running",
        "we need the lamp lit",
        "on goes the lamp",
        "turn on Lamp and leave it on",
    ],
    "toggle Lamp": [
        "Lamp changes: was on, goes off; was off, goes on",
        "Lamp: on if it was off, off if it was on",
        "flip Lamp: off if it's on, on if it's off",
        "Lamp goes to the other state",
    ],
    "disable the constraint Hinge": [
        "hinge (constraint) off",
        "off with constraint hinge",
        "Hinge is to be removed, so that nothing is held by it any more",
        "unlock the constraint Hinge",
        "Hinge does not hold any longer",
    ],
    "Counter's count goes up by 2": [
        "the count of Counter grows with 2",
        "to Counter.count must be added 2",
        "Counter.count becomes two more",
    ],
}
"""Plain effects, each with other words for it."""

REFUSED: list[str] = [
    "Crate 1 is no longer free",
    "release Crate 1 but not Crate 2",
    "release Crate 1 so that it moves to the right",
    "launch Box at (3, 0, 0) m/s; do the same with Ball, at (2, 0, 0) m/s",
    "launch Box at (3, 0, 0) m/s and Ball with the same velocity, (2, 0, 0) m/s",
    "launch Box at (3, 0, 0) m/s. Do the opposite with Ball.",
    "launch Box at (3, 0, 0) m/s. Launch Ball at (1, 0, 0) m/s.",
    "launch Box. Give each (3, 0, 0) m/s.",
    "launch Box and Ball. Give Ball (3, 0, 0) m/s.",
    "throw Box to the right. Give it 3 m/s to the left.",
    "slide Door to the right. Make it 40 cm left.",
    "slide Door 40 cm to the right. Make it 30 cm.",
    "slide Door 40 cm to the right, at least 0.5 s",
    "raise Door. Make it 40 cm down.",
    "Lamp should never going on",
    "turn on Lamp and leave it off",
    "Lamp changes: was on, goes on; was off, goes off",
    "to Counter.count must not be added 2",
    "Hinge holds no more than 1 s",
]
"""What says too little, something else, or two things at odds."""

AFTER: list[tuple[str, str]] = [
    ("Launch Box when Ball touches Plate. Give it (3, 0, 0) m/s.", "launch Box at (3, 0, 0) m/s"),
    ("Slide Door to the right when Ball touches Plate. Make it 40 cm in 2 s.", "move Door 40 cm to the right in 2 s"),
    ("Flip Lamp when Ball touches Plate: on if it was off, off if it was on.", "toggle Lamp"),
    ("As for Lamp, it should simply come on when Ball touches Plate.", "turn on Lamp"),
]
"""Rules that go on after what is waited for."""


def _apart(rule: Rule) -> str:
    """What a rule means, with an effect for each of several things."""
    steps = []
    for step in rule.steps:
        each = [
            effect.model_copy(update={"thing": effect.thing.model_copy(update={"names": (name,), "which": "one"})})
            for effect in step.effects
            for name in effect.thing.names
        ]
        steps.append(Step(effects=tuple(each), wait=step.wait, pause=step.pause))
    return meaning(rule.model_copy(update={"steps": tuple(steps)}))


def _read(text: str) -> list[str]:
    found = read(text, room())
    assert isinstance(found, Reading), str(found)
    return [_apart(rule) for rule in found.rules]


@pytest.mark.parametrize(("plain", "said"), [(plain, said) for plain, others in SAME.items() for said in others])
def test_other_words_do_the_same(plain, said):
    assert _read(f"When Ball touches Plate, {said}") == _read(f"When Ball touches Plate, {plain}")


@pytest.mark.parametrize(("said", "plain"), AFTER)
def test_what_is_told_after_the_trigger_completes_the_effect(said, plain):
    assert _read(said) == _read(f"When Ball touches Plate, {plain}")


@pytest.mark.parametrize("text", REFUSED)
def test_what_says_too_little_or_two_things_is_refused(text):
    found = read(f"When Ball touches Plate, {text}", room())
    assert isinstance(found, Refusal), found.sentence


def test_one_more_thing_after_the_trigger_could_be_either():
    found = read("Launch Ball at (3, 0, 0) m/s when Crate 1 touches Plate, and Box likewise.", room())
    assert isinstance(found, Refusal)
