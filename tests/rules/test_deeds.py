"""What is done, in the many shapes that people give it: velocities, motions with their time, switching, counting."""

from __future__ import annotations

import pytest

from addon.rules.model import canonical
from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room

SAME: dict[str, list[str]] = {
    "When Ball touches Floor, launch Ball and Box with velocity (2, 0, 1)": [
        "When Ball touches Floor, off they go, both of them: Ball at (2, 0, 1), and Box is doing (2, 0, 1) m/s as well.",
        "When Ball touches Floor, launch Ball at (2, 0, 1) m/s, and Box gets the very same velocity.",
        "When Ball touches Floor, a velocity of (2, 0, 1) is imparted to Ball, and the same velocity (2, 0, 1) to Box.",
        "When Ball touches Floor, send Ball off at (2, 0, 1) m/s. Send Box off too, same (2, 0, 1) m/s.",
        "When Ball touches Floor, Ball is launched at (2, 0, 1) m/s, while a velocity of (2, 0, 1) is conferred on Box.",
        "When Ball touches Floor, Ball starts with a speed (2, 0, 1) and also Box gets his velocity on (2, 0, 1) m/s.",
    ],
    "When Ball touches Floor, launch Box with velocity (2, 0, 1)": [
        "When Ball touches Floor, Box gets a shove, (2, 0, 1) to be exact.",
        "Ball touches Floor, and whoosh, there goes the Box at (2, 0, 1).",
        "When Ball touches Floor, we are shooting Box by velocity of (2, 0, 1).",
        "When Ball touches Floor, the propulsion of Box at (2, 0, 1) m/s is to be effected.",
    ],
    "When Ball touches Plate, Door rises 1 m within 0.8 s": [
        "When Ball touches Plate, up goes the Door, a full metre, and it takes its time too, 0.8 s.",
        "When Ball touches Plate, Door is going 1 m in up direction, it takes him 0.8 s.",
        "When Ball touches Plate, an upward travel of 1 m is performed by Door within 0.8 s.",
        "When Ball touches Plate, a rise of Door by 1 m is initiated, completion being required within 0.8 s.",
        "When Ball touches Plate, a displacement of (0, 0, 1) is imparted to Door in the space of 0.8 s.",
        "Door rises 1 m when Ball touches Plate. Spend 0.8 s doing so.",
    ],
    "When Ball touches Plate, turn on Lamp": [
        "When Ball touches Plate, there's your Lamp lit!",
        "When Ball touches Plate, Lamp is getting active.",
        "When Ball touches Plate, then it's Lamp that's switched on.",
        "When Ball touches Plate, we've got ourselves a lit Lamp.",
    ],
    "When Ball touches Plate, the hinge breaks": [
        "When Ball touches Plate, make the constraint Hinge not active any more.",
        "When Ball touches Plate, Hinge isn't needed any more, so undo it.",
        "When Ball touches Plate, the disconnection of Hinge is effected.",
    ],
    "When Ball touches Plate, add 1 to Counter.count": [
        "When Ball touches Plate, an increment of one is applied to Counter.count.",
        "When Ball touches Plate, put one more on Counter.count.",
        "When Ball touches Plate, it's worth 1 more on Counter's count.",
    ],
}
REFUSED = [
    "When Ball touches Floor, send Ball off at (2, 0, 1) m/s. Send Box off too, same (3, 0, 1) m/s.",
    "When Ball touches Floor, Box gets the very same velocity.",
    "When Ball touches Floor, a velocity of (2, 0, 1) is imparted to Ball, but not to Box.",
    "When Ball touches Floor, off they go, both of them: Ball at (2, 0, 1).",
    "When Ball touches Plate, Door rises by 1 m, but it takes 0.8 s until it starts.",
    "When Ball touches Plate, there's no Lamp lit!",
    "When Ball touches Plate, it's not Lamp that's switched on.",
]


@pytest.mark.parametrize(("plain", "text"), [(plain, text) for plain, texts in SAME.items() for text in texts])
def test_a_deed_in_other_words_means_the_same(plain, text):
    wanted, found = read(plain, room()), read(text, room())
    assert isinstance(wanted, Reading), wanted
    assert isinstance(found, Reading), found
    assert canonical(found.rules) == canonical(wanted.rules)


@pytest.mark.parametrize("text", REFUSED)
def test_what_says_something_else_is_refused(text):
    assert isinstance(read(text, room()), Refusal)
