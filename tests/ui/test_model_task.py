import pytest

from addon.ui import model_task
from addon.ui.model_task import LOAD_SECONDS, RULE_SECONDS, START_SECONDS, address_for, seconds_for
from addon.ui.process import OUTPUT

ADDRESS = "http://127.0.0.1:1234/v1"
SERVED = f'{{"phase": "serve", "note": "{ADDRESS}"}}\n'


class Told(list):
    def __call__(self, **line):
        self.append(line["phase"])


@pytest.mark.parametrize(
    ("rules", "is_loaded", "pace", "seconds"),
    [
        (0, False, 3.0, 0.0),
        (1, False, 1.0, START_SECONDS + LOAD_SECONDS + RULE_SECONDS),
        (2, True, 3.0, 3.0 * (START_SECONDS + 2 * RULE_SECONDS)),
    ],
)
def test_writing_takes_longer_the_more_the_model_is_asked_and_the_slower_it_was(rules, is_loaded, pace, seconds):
    assert seconds_for(rules, is_loaded, pace) == seconds


def test_a_model_that_is_there_is_not_waited_for():
    told = Told()
    assert address_for({"served": ADDRESS, "server": "/no/such"}, told) == ADDRESS
    assert address_for({"served": "", "server": ""}, told) == ""
    assert address_for({}, told) == ""
    assert told == []


def test_a_model_that_is_being_loaded_is_waited_for(tmp_path, monkeypatch):
    (tmp_path / OUTPUT).write_text('Blender 4.3\n{"phase": "start"}\n' + SERVED[:20])
    monkeypatch.setattr(model_task.time, "sleep", lambda seconds: (tmp_path / OUTPUT).write_text(SERVED))
    told = Told()
    assert address_for({"served": "", "server": str(tmp_path)}, told) == ADDRESS
    assert told == ["model"]


@pytest.mark.parametrize("output", ['{"error": "the model server did not start"}\n', ""])
def test_without_a_model_after_all_the_task_loads_it_itself(tmp_path, monkeypatch, output):
    (tmp_path / OUTPUT).write_text(output)
    monkeypatch.setattr(model_task, "MOST_SECONDS", 0.2)
    assert address_for({"server": str(tmp_path)}, Told()) == ""
