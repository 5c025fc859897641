"""What is to meet and does not is told as a person would."""

import pytest

from addon.worlds.acting import any_of, in_turn, touches
from addon.worlds.meetings import listed, meetings
from tests.rewards.cases import make_trace, mesh

AGAIN = 'GT("CollisionStart", 1, {"a_id": "%s", "b_id": "%s"})'


NAMES = ("Drum", "Cup", "Vase", *(f"{kind} {n}" for kind in ("Box", "Domino", "Pin") for n in range(1, 11)))


def trace():
    """A run in which a ball touches a trigger twice, and nothing else anything."""
    made = make_trace()
    objects = (*made.scene.objects, *(mesh(name, "red") for name in NAMES))
    made.meta = made.meta.model_copy(update={"scene": made.scene.model_copy(update={"objects": objects})})
    return made


@pytest.mark.parametrize(
    ("assertions", "told"),
    [
        ([touches("Box 2", "Drum")], ["Box 2 never touched Drum"]),
        ([touches(f"Box {n}", "Drum") for n in range(2, 11)], ["none of Box 2 to Box 10 touched Drum"]),
        ([touches("Cup", "Drum"), touches("Vase", "Drum")], ["none of Cup and Vase touched Drum"]),
        (in_turn("Domino 1", ["Domino 2", "Domino 3"]), ["none of Domino 1 and Domino 2 touched the next one"]),
        (in_turn("Domino 1", ["Domino 2"]), ["Domino 1 never touched Domino 2"]),
        ([any_of("Cup", ["Pin 1", "Pin 2", "Pin 3"])], ["Cup never touched any of Pin 1 to Pin 3"]),
        ([AGAIN % ("Cup", "Drum")], ["Cup touched Drum once at most"]),
        ([touches("Ball", "Trigger")], ["Ball touched Trigger"]),
        ([AGAIN % ("Ball", "Trigger")], ["Ball touched Trigger more than once"]),
        (
            [touches("Ball", "Trigger"), touches("Cup", "Trigger")],
            ["Ball touched Trigger", "Cup never touched Trigger"],
        ),
    ],
)
def test_it_is_said_in_words_and_alike_ones_at_once(assertions, told):
    assert [check.text for check in meetings(assertions, trace())] == told


def test_names_in_words():
    assert listed(["Box 1", "Box 2", "Box 3", "Box 7", "Cup"]) == "Box 1 to Box 3, Box 7 and Cup"
