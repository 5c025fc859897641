"""What belongs to a condition and what is done, where the same clause could be either."""

import pytest

from addon.rules.read import Reading, Refusal, read
from addon.rules.room import room

OPENS = "Door opens within 0.5 s"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("When Ball touches Plate, Door opens, Lamp goes on", f"once Ball touches Plate → {OPENS} and Lamp turns on"),
        (
            "When Ball touches Plate, Lamp goes on and Door opens",
            f"once Ball touches Plate → Lamp turns on and {OPENS}",
        ),
        ("When Ball touches Plate and Lamp is on, Door opens", f"once Ball touches Plate and Lamp is on → {OPENS}"),
        ("When Ball stops, Lamp is on and Counter shows 3, Door opens", None),
        ("When Ball touches Plate while Lamp is on, open Door", f"once Ball touches Plate and Lamp is on → {OPENS}"),
        ("Ball comes to rest, Door opens", f"once Ball comes to rest → {OPENS}"),
        (
            "When Ball touches Plate, Door opens; when Door is open, Lamp goes on",
            f"once Ball touches Plate → {OPENS}; once Door is open → Lamp turns on",
        ),
        ("Lamp goes on if Ball hits Plate; its neighbour goes off 2 seconds later", None),
        ("If Ball hits Plate, Lamp goes on, but if Box hits Floor Door opens", None),
        ("If Ball hits Plate and turns Lamp on, open Door", None),
        ("when 3 s are up and the lamp isn't on, count + 2", None),
        ("When Ball touches Plate and then open Door", f"once Ball touches Plate → {OPENS}"),
        ("Ball on Plate with the lamp lit → open Door", f"once Ball touches Plate and Lamp is on → {OPENS}"),
        (
            "2 s after Ball touches Plate, if Lamp is on, open Door",
            f"2 s after Ball touches Plate, if Lamp is on → {OPENS}",
        ),
        (
            "If Lamp is on, open Door 2 s after Ball touches Plate",
            f"2 s after Ball touches Plate, if Lamp is on → {OPENS}",
        ),
        ("Door opens! Turn on Lamp.", None),
        ("Ball hits Plate! Turn on Lamp.", "once Ball touches Plate → Lamp turns on"),
    ],
)
def test_a_comma_does_not_make_a_condition_of_what_is_done(text, said):
    found = read(text, room())
    if said is None:
        assert isinstance(found, Refusal), found.sentence
    else:
        assert isinstance(found, Reading), str(found)
        assert found.sentence == said
