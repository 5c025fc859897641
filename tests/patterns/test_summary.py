from dataclasses import replace

import pytest

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


def test_what_comes_after_the_task_is_solved_is_told_after_it():
    text = summary(
        ("LoseSupport", 60, 60, {"object": "Ball", "support": "Lever"}),
        ("FirstActorContact", 500, 500, {"object": "Ball", "other": "Lamp"}),
        outcomes=(("TaskComplete", 300, "The task is solved.", {"success": True}),),
    )
    assert text.startswith("At 1.00 s the ball falls off the lever. At 5.00 s the task is solved. At 8.33 s ")
    assert summary(outcomes=(("TaskComplete", 600, "The task is not solved.", {"success": False}),)) == (
        "Nothing happens that is worth telling. The task is not solved."
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("slower", "faster"), "the first of 4 changes of its speed until 4.00 s."),
        (("faster", "faster"), "and 3 more times until 4.00 s."),
    ],
)
def test_changes_of_speed_in_both_directions_are_not_told_as_one(words, told):
    changes = [("SpeedChange", 60 * k, 60 * k, {"object": "Ball"}) for k in range(1, 5)]
    plain = annotation(*changes, patterns=COLUMNS, bodies=tuple(SPOKEN), spoken=SPOKEN, steps=600)
    said = tuple(
        replace(a, description=f"Ball gets {words[k % 2]}: from 0.{k + 1} to 0.5 m/s, a large change.")
        for k, a in enumerate(plain.activations)
    )
    assert told in summary_by_grammar(plain.model_copy(update={"activations": said}))
