"""Things that are meant where nothing names them in full."""

import pytest

from addon.rules import Reading, read
from addon.rules.account import accounted
from addon.rules.implied import called
from tests.rules.boxes import boxes

BODIES = ["Hammer Head", "Grain Sack.001", "Grain Sack.002", "Grain Sack.003", "horseshoe_1", "horseshoe_2", "Red Lamp"]
OWNERS = {
    "Flour Meter": {"bags": 0, "full": False},
    "foghorn": {"armed": False},
    "Kiln Door": {},
    "Stop Lever": {},
    "Tray A": {},
}
MILL = boxes(BODIES, OWNERS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the hammer drops", {"Hammer Head"}),
        ("sack two and hammer", {"Grain Sack.002", "Hammer Head"}),
        ("the 3rd sack", {"Grain Sack.003"}),
        ("every sack", {"Grain Sack.001", "Grain Sack.002", "Grain Sack.003"}),
        ("shoe no. 2", {"horseshoe_2"}),
        ("sacks 1 and 3", {"Grain Sack.001", "Grain Sack.003"}),
        ("suck at the sack 2 s later", set()),
        ("the sack, 2.5 m higher", set()),
        ("sound the horn", {"foghorn"}),
        ("the red one", set()),
        ("stop it", set()),
        ("the lever", {"Stop Lever"}),
        ("the sack", set()),
        ("the rocket", set()),
    ],
)
def test_a_word_of_a_name_picks_what_has_it_alone(text, names):
    assert called(text, MILL, frozenset(["stop", "lever", "open"]), MILL.names) == names


def problem(text, said):
    found = read(said, MILL)
    assert isinstance(found, Reading), found.reason
    kept = accounted(Reading(text, found.rules), MILL)
    return kept if isinstance(kept, str) else None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hammer on sack two => horn armed", "once Hammer Head touches Grain Sack.002 → foghorn's armed becomes true"),
        ("the meter shows 5, so shut the kiln gently", "once Flour Meter.bags is 5 → Kiln Door closes within 2 s"),
        ("a dozen bags: meter back to zero", "once Flour Meter.bags is 12 → Flour Meter's bags becomes 0"),
        ("two more bags every ten seconds, so long as it isn't full", "every 10 s, if Flour Meter.full is false → Flour Meter's bags goes up by 2"),
        ("no bags left? arm the horn", "once Flour Meter.bags is 0 → foghorn's armed becomes true"),
        ("a turn of the lever about y in 4 s, on and on, the moment the horn's armed", "once foghorn.armed becomes true → Stop Lever keeps turning about its y axis at 90 degrees/s"),
        ("the keeper arms the horn at 6 bags", "once Flour Meter.bags is 6 → foghorn's armed becomes true"),
    ],
)  # fmt: skip
def test_what_is_named_in_part_is_accounted_for(text, said):
    assert problem(text, said) is None


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("hammer on sack two => horn armed", "once Hammer Head touches Grain Sack.001 → foghorn's armed becomes true", "Grain Sack.001 is not named"),
        ("hammer on the sack => horn armed", "once Hammer Head touches Grain Sack.001 → foghorn's armed becomes true", "Grain Sack.001 is not named"),
        ("hammer on sack two: 'armed' and 'asleep' is the horn", "once Hammer Head touches Grain Sack.002 → foghorn's armed becomes true", "asleep"),
        ("hammer on every sack => horn armed", "once Hammer Head touches Grain Sack.001 → foghorn's armed becomes true", "Grain Sack.001 is not named"),
        ("hammer on the sack: 2 s later horn armed", "2 s after Hammer Head touches Grain Sack.002 → foghorn's armed becomes true", "Grain Sack.002 is not named"),
        ("hammer on the rocket => horn armed", "once Hammer Head touches Kiln Door → foghorn's armed becomes true", "Kiln Door is not named"),
        ("hammer on the red one => horn armed", "once Hammer Head touches Red Lamp → foghorn's armed becomes true", "Red Lamp is not named"),
        ("a turn of the lever about y in 4 s, on and on, once the horn's armed", "once foghorn.armed is true → Stop Lever keeps turning about its y axis at 45 degrees/s", "360"),
        ("when the hammer takes a break, shut the kiln", "once Hammer Head touches Tray A → Kiln Door closes", "Tray A is not named"),
        ("3 s after the horn's armed, zero the bags", "once foghorn.armed becomes true → Flour Meter's bags becomes 0, then 3 s later Flour Meter's bags becomes 0", "said once only"),
        ("turn the lever 90 degrees about z in 5 s, wait 3 s, then back in 5 s, once the horn's armed", "once foghorn.armed is true → Stop Lever turns by 90 degrees about its z axis within 5 s, then 5 s later Stop Lever moves back to its start within 5 s", "nothing of 3"),
        ("shut the kiln in good time once the horn's armed", "once foghorn.armed is true → Kiln Door closes within 2 s", "2 is not said"),
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_it(text, said, told):
    assert told in (problem(text, said) or "")
