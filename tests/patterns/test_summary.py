from addon.patterns.annotation import Column
from addon.patterns.library import library
from addon.patterns.summary import summary_by_grammar
from tests.patterns.examples import annotation

COLUMNS = tuple(Column(uid=p.uid, label=p.label) for p in library())
SPOKEN = {"Ball": "the ball", "Lever": "the lever", "Lamp": "the lamp"}


def summary(*activations, **more):
    return summary_by_grammar(
        annotation(*activations, patterns=COLUMNS, bodies=tuple(SPOKEN), spoken=SPOKEN, steps=600, **more)
    )


def test_a_summary_reads_as_a_story_with_its_end():
    on = {"object_id": "Lamp", "property": "on", "new": True}
    assert summary(
        ("LoseSupport", 60, 60, {"object": "Ball", "support": "Lever"}),
        outcomes=(("PropertyChanged", 60, "The lamp goes on.", on), ("TaskComplete", 600, "The run ends.", {})),
    ) == ("At 1.00 s the ball falls off the lever. At the same time the lamp goes on. The run ends after 10 s.")


def test_nothing_is_told_as_such():
    assert summary() == "Nothing happens that is worth telling."


def test_after_what_goes_on_for_long_the_next_has_its_time():
    blinks = [
        (
            "PropertyChanged",
            60 * k,
            f"The lamp goes {'off' if k % 2 else 'on'}.",
            {"object_id": "Lamp", "property": "on"},
        )
        for k in range(1, 8)
    ]
    text = summary(("LoseSupport", 62, 62, {"object": "Ball", "support": "Lever"}), outcomes=tuple(blinks))
    assert "At 1.03 s the ball falls off the lever." in text
    assert "Then the ball" not in text
