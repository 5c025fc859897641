import json

import pytest

from addon.rules.room import room
from addon.scene_graph import SceneGraphError
from addon.ui.change_task import change_rules

OPEN = "When Ball touches Plate, open Door."
LAMP = "When Ball touches Plate, turn on Lamp."


def asked(said, *rules, **more):
    return {"said": said, "lists": [list(rules)], "at": 0, "selected": None, "scene": room().model_dump_json(), **more}


def answer(tmp_path, request):
    told = change_rules(tmp_path, request, lambda **line: None)
    assert json.loads(json.dumps(told)) == told
    return told


def test_what_is_wished_comes_back_with_its_difference(tmp_path):
    told = answer(tmp_path, asked("open the door over 3 seconds", OPEN))
    assert told["lists"] == [[OPEN], ["When Ball touches Plate, Door opens within 3 s"]]
    assert (told["at"], told["last"], told["said"]) == (1, 0, "open the door over 3 seconds")
    (edit,) = told["edits"]
    assert (edit["number"], edit["before"]) == (1, OPEN)
    assert edit["difference"] == "Door opens within 3 s instead of 0.5 s"


def test_a_change_is_taken_back_in_words(tmp_path):
    told = answer(tmp_path, asked("undo that", lists=[[OPEN], [OPEN, LAMP]], at=1))
    assert (told["lists"][told["at"]], len(told["lists"])) == ([OPEN], 2)


def test_what_can_mean_several_rules_is_asked(tmp_path):
    told = answer(tmp_path, asked("a second later", OPEN, LAMP))
    assert "it can mean" in told["reason"]
    assert len(told["choices"]) > 1
    assert all(choice["edits"] and choice["at"] == 1 for choice in told["choices"])


def test_why_nothing_is_changed_is_told(tmp_path):
    told = answer(tmp_path, asked("frobnicate", OPEN))
    assert told == {"reason": "'frobnicate' changes nothing: nothing is known of 'frobnicate'", "choices": []}


def test_a_scene_that_is_none_is_refused(tmp_path):
    with pytest.raises(SceneGraphError):
        answer(tmp_path, asked("later", OPEN, scene="{}"))
