"""Texts that say two whole rules in one sentence, what is done otherwise, spans of a run and what is left out."""

import pytest

from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room

OPENS, CLOSES = "Door opens within 0.5 s", "Door closes within 0.5 s"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Open Door when Ball hits Plate and turn on Lamp when Box hits Floor",
            f"once Ball touches Plate → {OPENS}; once Box touches Floor → Lamp turns on",
        ),
        (
            "Open Door when Ball hits Plate, and close it when Box hits Floor",
            f"once Ball touches Plate → {OPENS}; once Box touches Floor → {CLOSES}",
        ),
        (
            "Lamp goes on when Ball is slower than 1 m/s, Door opens when it is slower than 0.5 m/s",
            f"once Ball is slower than 1 m/s → Lamp turns on; once Ball is slower than 0.5 m/s → {OPENS}",
        ),
        (
            "At 1 s Lamp goes on, at 2 s Door opens",
            f"1 s after the start → Lamp turns on, then 1 s later {OPENS}",
        ),
        (
            "At 1 s, if Ball is on Plate, Lamp goes on, otherwise Door opens",
            "1 s after the start, if Ball is touching Plate → Lamp turns on; "
            f"1 s after the start, if Ball is not touching Plate → {OPENS}",
        ),
        (
            "Lamp is on while Ball is higher than 1 m; otherwise it is off",
            "as long as Ball is higher than 1 m → Lamp turns on",
        ),
        (
            "Keep Lamp on whenever Ball is slower than 2 m/s; above that it's off",
            "as long as Ball is slower than 2 m/s → Lamp turns on",
        ),
        ("From 1 s to 3 s Lamp is on", "1 s after the start → Lamp turns on, until 3 s have passed"),
        ("From 1 s to 3 s Door opens", "1 s after the start → Door opens within 2 s"),
        (
            "Between 0 and 6 s only: whenever Ball hits Plate add 1 to Counter",
            "each time Ball touches Plate, if 6 s have not passed yet → Counter's count goes up by 1",
        ),
        (
            "When Ball hits Plate and is faster than 2 m/s, open Door",
            f"once Ball touches Plate and Ball is faster than 2 m/s → {OPENS}",
        ),
        (
            "When Ball hits Plate and Box does not, open Door",
            f"once Ball touches Plate and Box has not touched Plate → {OPENS}",
        ),
        (
            "Danger: when Ball hits Plate, open Door",
            f"once Ball touches Plate → {OPENS} (left out: 'Danger')",
        ),
        (
            "Lamp on when Ball hits Plate, off again 2 s later",
            "once Ball touches Plate → Lamp turns on, then 2 s later Lamp turns off",
        ),
        (
            "Open Door at 1 s, wait 3 s, close it. 2 s each way",
            "1 s after the start → Door opens within 2 s, then 3 s later Door closes within 2 s",
        ),
        ("Ball comes to rest -> Ball back to its start", "once Ball comes to rest → Ball is put back to its start"),
    ],
)
def test_what_is_said_besides_is_part_of_what_is_read(text: str, said: str) -> None:
    found = read(text, room())
    assert isinstance(found, Reading), str(found)
    assert found.sentence == said


@pytest.mark.parametrize(
    "text",
    [
        "Lamp is on while Ball is higher than 1 m; otherwise it is on",
        "Lamp is on while Ball touches Plate, otherwise Door opens",
        "When Ball is faster than 1 m/s, Lamp goes on, otherwise Door opens",
        "At 1 s, if Ball is on Plate, Lamp goes on, otherwise 2 s later Door opens",
        "Keep Lamp on whenever Ball is slower than 2 m/s; below that it's off",
        "When Ball hits Plate, Lamp goes on, at 2 s Door opens",
        "Open Door when Ball hits Plate, and do not close it when Box hits Floor",
        "Between 1 s and 3 s throw Ball up at 3 m/s",
        "From 3 s to 1 s Lamp is on",
        "Lamp on when Ball hits Plate, on again 2 s later",
        "Lamp on while Ball touches Plate, off again 2 s later",
        "When Ball hits Plate, Door opens, 1 s each way",
        "Sometimes: when Ball hits Plate, open Door",
        "Slower: when Ball hits Plate, open Door",
        "When Ball hits Plate and Box has not twice, open Door",
    ],
)
def test_what_could_mean_something_else_is_refused(text: str) -> None:
    assert isinstance(read(text, room()), Refusal)
