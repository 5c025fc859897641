import json

import pytest

from addon.rules.room import room
from addon.scene_graph import SceneGraphError
from addon.ui.change_task import NEXT, answer_changes, change_rules

OPEN = "When Ball touches Plate, open Door."
LAMP = "When Ball touches Plate, turn on Lamp."


def asked(said, *rules, **more):
    return {"said": said, "lists": [list(rules)], "at": 0, "selected": None, "scene": room().model_dump_json(), **more}


def answer(request):
    told = change_rules(request)
    assert json.loads(json.dumps(told)) == told
    return told


def test_what_is_wished_comes_back_with_its_difference():
    told = answer(asked("open the door over 3 seconds", OPEN))
    assert told["lists"] == [[OPEN], ["When Ball touches Plate, Door opens within 3 s"]]
    assert (told["at"], told["last"], told["said"]) == (1, 0, "open the door over 3 seconds")
    (edit,) = told["edits"]
    assert (edit["number"], edit["before"]) == (1, OPEN)
    assert edit["difference"] == "Door opens within 3 s instead of 0.5 s"


def test_a_change_is_taken_back_in_words():
    told = answer(asked("undo that", lists=[[OPEN], [OPEN, LAMP]], at=1))
    assert (told["lists"][told["at"]], len(told["lists"])) == ([OPEN], 2)


def test_what_can_mean_several_rules_is_asked():
    told = answer(asked("a second later", OPEN, LAMP))
    assert "it can mean" in told["reason"]
    assert len(told["choices"]) > 1
    assert all(choice["edits"] and choice["at"] == 1 for choice in told["choices"])


def test_why_nothing_is_changed_is_told():
    told = answer(asked("frobnicate", OPEN))
    assert told == {"reason": "'frobnicate' changes nothing: nothing is known of 'frobnicate'", "choices": []}


def test_a_scene_that_is_none_is_refused():
    with pytest.raises(SceneGraphError):
        answer(asked("later", OPEN, scene="{}"))


def test_the_process_stays_for_the_next_wish(tmp_path, monkeypatch):
    following = iter([asked("over 3 seconds", OPEN), asked("later", OPEN, scene="{}"), asked("later", OPEN)])
    told = []

    def tell(**line):
        if "phase" in line:
            return
        told.extend(key for key in ("result", "error") if key in line)
        if (request := next(following, None)) is not None:
            (tmp_path / NEXT).write_text(json.dumps(request))

    monkeypatch.setattr("addon.ui.change_task.IDLE", 0.3)
    answer_changes(tmp_path, asked("frobnicate", OPEN), tell)
    assert told == ["result", "result", "error", "result"]
    assert not (tmp_path / NEXT).exists()
