import dataclasses
import json

import pytest

from addon.models import ChatAnswer, ChatRequest, Message, ModelError, RecordingClient, ReplayClient, request_key

REQUEST = ChatRequest("tiny", (Message("user", "Grüße"),), {"temperature": 0.0, "seed": 0}, "rule_reading 1")


class Model:
    def __init__(self):
        self.calls = 0

    def complete(self, request, on_text=None):
        self.calls += 1
        return ChatAnswer(f"answer {self.calls}", "stop", 5, 2)


def test_what_was_recorded_is_replayed_without_the_model(tmp_path):
    model = Model()
    recording = RecordingClient(model, tmp_path / "answers")
    assert recording.complete(REQUEST).text == "answer 1"
    assert recording.complete(REQUEST).text == "answer 1"
    assert model.calls == 1
    heard = []
    assert ReplayClient(tmp_path / "answers").complete(REQUEST, heard.append) == ChatAnswer("answer 1", "stop", 5, 2)
    assert heard == ["answer 1"]


@pytest.mark.parametrize(
    "change",
    [
        {"model": "other"},
        {"messages": (Message("user", "Gruß"),)},
        {"messages": (Message("system", "Grüße"),)},
        {"parameters": {"temperature": 0.5, "seed": 0}},
    ],
)
def test_any_change_of_the_request_is_another_record(tmp_path, change):
    RecordingClient(Model(), tmp_path).complete(REQUEST)
    changed = dataclasses.replace(REQUEST, **change)
    with pytest.raises(ModelError, match="rule_reading 1") as caught:
        ReplayClient(tmp_path).complete(changed)
    assert caught.value.kind == "record"
    assert request_key(changed)[:12] in str(caught.value)


def test_the_key_depends_on_neither_order_nor_the_prompts_name():
    other = dataclasses.replace(REQUEST, parameters={"seed": 0, "temperature": 0.0}, prompt="another 7")
    assert request_key(other) == request_key(REQUEST)


def test_a_damaged_record_is_told(tmp_path):
    RecordingClient(Model(), tmp_path).complete(REQUEST)
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text())["key"] == request_key(REQUEST)
    path.write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        ReplayClient(tmp_path).complete(REQUEST)
