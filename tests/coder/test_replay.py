"""Real answers of the local model, replayed.

A changed prompt, example or grammar has no recorded answer and fails. To record anew, delete ``recordings``, serve the
local model and name its address: ``CDYN_RECORD=http://127.0.0.1:8080/v1 python -m pytest tests/coder/test_replay.py``.
"""

import os
from pathlib import Path

import pytest

from addon.coder import CodingRequest, RuleCoder
from addon.coder.choose import LOCAL_MODEL
from addon.coder.chooser import Chooser
from addon.models import ModelError, OpenAIChat, RecordingClient, ReplayClient
from addon.rules import Refusal, Vocabulary, meaning, read
from addon.scene_graph import scene_text

RECORDINGS = Path(__file__).with_name("recordings")
OBJECTS = {
    "Ball": True,
    "Crate": True,
    "Trigger": None,
    "Pad": None,
    "Door": None,
    "Lamp": {"on": False},
    "Counter": {"value": 0},
}
RULES = {
    "Having met Trigger 2 times, Ball sets this off: turn on Lamp.": (
        "When Ball has touched Trigger twice, turn on Lamp."
    ),
    "A touch of Ball on Trigger is enough, and so is one of Crate on Pad; in either case, open Door.": (
        "When Ball touches Trigger or Crate touches Pad, open Door."
    ),
    "Following a pause of 1.5 seconds from the moment Ball touches Pad, open Door.": (
        "1.5 seconds after Ball touches Pad, open Door."
    ),
}
"""Rules that words alone do not settle, and each in words that do."""


def client():
    address = os.environ.get("CDYN_RECORD")
    return RecordingClient(OpenAIChat(address), RECORDINGS) if address else ReplayClient(RECORDINGS)


def coder():
    return RuleCoder("local", LOCAL_MODEL, choose=Chooser(client(), LOCAL_MODEL))


@pytest.fixture
def graph(scene):
    return scene(OBJECTS)


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_need_a_model(rule, graph):
    found = read(rule, graph)
    if not isinstance(found, Refusal):
        pytest.skip("words settle this rule by now; replace it by one that they do not")
    assert not isinstance(read(RULES[rule], graph), Refusal)


@pytest.mark.skipif(
    not RECORDINGS.is_dir() and "CDYN_RECORD" not in os.environ, reason="no answers of the local model are recorded"
)
@pytest.mark.parametrize("rule", RULES)
def test_the_local_model_means_what_the_rules_say(rule, graph):
    if not isinstance(read(rule, graph), Refusal):
        pytest.skip("words settle this rule")
    result = coder().write(CodingRequest(graph, scene_text(graph), (rule,), dt=graph.world.dt))
    (understood,) = result.understood
    assert understood.way == "model"
    assert list(map(meaning, understood.rules)) == list(map(meaning, read(RULES[rule], graph).rules))


def test_another_rule_has_no_record(graph):
    choose = Chooser(ReplayClient(RECORDINGS), LOCAL_MODEL)
    choices = tuple(read(f"{lead} Ball touches Pad, open Door", graph).rules[0] for lead in ("When", "Each time"))
    with pytest.raises(ModelError, match="rule_reading") as caught:
        choose(Refusal("Ball on Pad opens Door", "?", choices=choices), Vocabulary(graph))
    assert caught.value.kind == "record"
