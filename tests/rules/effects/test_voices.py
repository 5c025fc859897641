"""What is done, told by people of many voices: terse, chatty, in a foreign tongue, passive."""

import pytest

from tests.rules.effects.reading import effect, refused

SAME = {
    "move Door 40 cm to the right over 0.5 s": [
        "door 40cm right, 1/2 s", "door: 40cm right, lasts .5s", "door → 40 cm right, 500 ms",
        "Door must to go 40 cm to the right side, and this is taking 0.5 s",
        "a displacement of Door by 0.4 m to the right, 0.5 s in duration, shall be initiated",
        "Door shall be displaced to the right by 40 cm, the movement being completed in half a second",
        "could you move Door 40 cm to the right? That should take half a second.",
    ],
    "turn Door by -90 degrees about its z axis over 0.4 s": [
        "door -90deg round z, .4s", "Door have to turn about z axis with minus 90 degree, in 0.4 second",
        "A rotation of minus ninety degrees about the z axis, to be completed within 0.4 s, shall be imparted to Door",
        "Rotate Door minus a quarter turn about the z axis, taking 400 ms",
    ],
    "launch Ball to the right at 3 m/s": [
        "ball right, 3m/s", "ball off to the right, 3 m/s", "ball velocity = 3 m/s right",
        "a velocity of 3 m/s to the right shall be imparted to Ball", "Ball shall be propelled to the right at 3 m/s",
        "Ball shall be given a velocity of 3 m/s to the right", "Ball gets shooted to right at 3 m/s",
    ],
    "release Crate 1": [
        "Crate 1 loose", "Crate 1: free", "Crate 1 is not more hold", "the release of Crate 1 shall be effected",
        "Crate 1 should not be fixed any more", "The hold on Crate 1 shall be lifted", "drop Crate 1, let it fall",
    ],
    "turn on Lamp": ["lamp ON", "activation of Lamp shall be effected", "Lamp is becoming on", "start Lamp"],
}  # fmt: skip


@pytest.mark.parametrize(("plain", "said"), [(p, s) for p, many in SAME.items() for s in many])
def test_other_words_for_what_is_done_mean_the_same(plain, said):
    assert effect(said) == effect(plain)


@pytest.mark.parametrize(
    "said",
    [
        "Crate 1 must not be released", "do not release Crate 1", "Ball right", "Door 3 m/s", "Door 40 cm",
        "door 40cm right, 3 kg", "Ball both right at 3 m/s each", "raise Door by 1 m. It should take 2 kg.",
    ],
)  # fmt: skip
def test_what_is_denied_or_not_told_in_full_is_refused(said):
    assert refused(f"When Box touches Plate, {said}")


def test_they_are_all_things_of_the_last_moment():
    from tests.rules.effects.reading import effects

    *_, last = effects("turn on Lamp, raise Door by 1 m; three seconds later they go back to their start")
    assert set(last.thing.names) == {"Lamp", "Door"}
