"""Real answers of the local model, replayed.

A changed prompt, example or grammar has no recorded answer and fails. To record anew, delete ``recordings``, serve the
local model and name its address: ``CDYN_RECORD=http://127.0.0.1:8080/v1 python -m pytest tests/coder/test_replay.py``.
"""

import os
from pathlib import Path

import pytest

from addon.coder import CodingRequest, RuleCoder
from addon.coder.link import compose
from addon.models import ModelError, OpenAIChat, PrimedChat, RecordingClient, ReplayClient
from addon.scene_graph import scene_text

RECORDINGS = Path(__file__).with_name("recordings")
OBJECTS = {
    "Ball": True,
    "Ball 2": True,
    "Crate": True,
    "Trigger": None,
    "Pad A": None,
    "Pad B": None,
    "Door": None,
    "Left Gate": None,
    "Platform": None,
    "Lamp": {"on": False},
    "Counter": {"value": 0},
    "Wheel": None,
    "Piston": None,
    "Bomb": True,
}
TOUCHES = [
    [],
    [("Ball", "Trigger", 10, 15), ("Ball", "Trigger", 30, 31), ("Crate", "Pad B", 20, 25), ("Ball", "Pad A", 40, 41)],
    [("Ball", "Pad B", 5, 6), ("Crate", "Pad A", 8, 12), ("Ball", "Pad A", 50, 60), ("Ball 2", "Trigger", 30, 40)],
    [("Crate", "Pad A", 3, 4), ("Ball", "Pad B", 8, 12), ("Crate", "Pad B", 20, 22), ("Trigger", "Ball", 40, 90)],
]
RULES = {
    "open": {
        "When Ball hits Trigger, open Door.": 'if once("a", touched("Ball", "Trigger")):\n    open_door("Door")',
    },
    "and, count": {
        "When Ball has touched Pad A and Crate has touched Pad B, open Left Gate.": (
            'if once("a", touched("Ball", "Pad A") and touched("Crate", "Pad B")):\n    open_door("Left Gate")'
        ),
        "Each time Ball touches Trigger, add 1 to Counter.value.": (
            'if new_touch("Ball", "Trigger"):\n    objects["Counter"]["value"] += 1'
        ),
    },
    "or, delay": {
        "If Ball touches Trigger or Ball 2 touches Trigger, turn on Lamp.": (
            'if once("a", touched("Ball", "Trigger") or touched("Ball 2", "Trigger")):\n'
            '    objects["Lamp"]["on"] = True'
        ),
        "2 seconds after Ball touches Pad A, move Platform right by 3 m over 2 s.": (
            'if once("b", touched("Ball", "Pad A"), 2):\n    glide("Platform", (3, 0, 0), 2)'
        ),
    },
    "unless": {
        "When Crate touches Pad A, release Bomb, unless Ball has touched Pad B.": (
            'if once("a", touched("Crate", "Pad A") and not touched("Ball", "Pad B")):\n'
            '    objects["Bomb"].rigid_body.kinematic = False'
        ),
    },
}
"""Rules and what their code must do."""


def client():
    address = os.environ.get("CDYN_RECORD")
    return RecordingClient(PrimedChat(OpenAIChat(address)), RECORDINGS) if address else ReplayClient(RECORDINGS)


@pytest.fixture
def graph(scene):
    return scene(OBJECTS, ["Hinge"])


@pytest.mark.parametrize("case", RULES)
def test_the_local_model_writes_what_the_rules_say(case, graph, play):
    rules = RULES[case]
    result = RuleCoder(client()).write(CodingRequest(graph, scene_text(graph), tuple(rules), dt=graph.world.dt))
    oracle = compose(list(rules), list(rules.values()))
    for touches in TOUCHES:
        assert play(result.script, graph, touches, 120) == play(oracle, graph, touches, 120)
    assert result.requests >= len(rules)
    assert result.prompt_tokens > 0


def test_another_rule_has_no_record(graph):
    with pytest.raises(ModelError, match="transition_rule") as caught:
        RuleCoder(ReplayClient(RECORDINGS)).write(CodingRequest(graph, "", ("When Ball hits Crate, open Door.",)))
    assert caught.value.kind == "record"
