import json
import subprocess
import sys

import pytest

from addon.rules import listener
from addon.rules.listener import REQUEST, Reader, listen
from addon.rules.room import room

RULE = "When Ball touches Plate, open Door."
READ = {"sentence": "once Ball touches Plate → Door opens within 0.5 s"}
FREES, NEEDS = "When Ball touches Plate, release Crate 1.", "When Ball touches Box, launch Crate 1 upwards at 3 m/s."


@pytest.fixture(scope="module")
def scene():
    return room().model_dump_json()


def ask(folder, scene, number, *texts):
    request = {"scene": scene, "texts": texts, "key": 7, "look": 2, "number": number}
    (folder / REQUEST).write_text(json.dumps(request))


def test_a_text_is_told_with_its_reading_or_why_it_has_none(scene):
    told = {
        line["text"]: line["told"] for line in Reader(scene).tell([RULE, "When Ball touches Plate, frobnicate Door."])
    }
    assert told[RULE] == READ
    assert told["When Ball touches Plate, frobnicate Door."]["words"] == ("frobnicate",)


def test_what_is_refused_alone_is_told_once_as_it_is_beside_the_others(scene):
    reader = Reader(scene)
    assert [line["told"].get("sentence") for line in reader.tell([NEEDS])] == [None]
    beside = list(reader.tell([NEEDS, FREES]))
    assert [line["text"] for line in beside] == [FREES, NEEDS]
    assert [line["told"].get("sentence") for line in reader.tell([NEEDS])] == [None]


def test_a_text_whose_reading_fails_does_not_keep_the_others_from_being_read(scene, monkeypatch, capsys):
    real = listener.read

    def broken(text, vocabulary):
        if text == FREES:
            raise ValueError("broken")
        return real(text, vocabulary)

    monkeypatch.setattr(listener, "read", broken)
    told = {line["text"]: line["told"] for line in Reader(scene).tell([FREES, RULE])}
    assert told[RULE] == READ
    assert told[FREES]["reason"] == "reading it failed (ValueError: broken)"
    assert "ValueError" in capsys.readouterr().err


def test_a_request_that_comes_while_another_is_answered_takes_its_place(scene, tmp_path):
    lines, told = [b"\n", b"\n", b"\n"], []

    def tell(line):
        told.append(json.loads(line))
        if told[-1].get("text") == RULE:
            ask(tmp_path, scene, 2, "When Ball touches Box, open Door.")

    ask(tmp_path, scene, 1, RULE, FREES)
    listen(tmp_path, lambda: lines.pop() if lines else b"", tell)
    assert [line["text"] for line in told if "text" in line] == [RULE, "When Ball touches Box, open Door."]
    assert [line["number"] for line in told if "number" in line] == [2]
    assert {(line["key"], line["look"]) for line in told} == {(7, 2)}


def test_without_texts_what_a_scene_allows_is_read(scene, tmp_path):
    lines, told = [b"\n"], []
    ask(tmp_path, scene, 1)
    listen(tmp_path, lambda: lines.pop() if lines else b"", lambda line: told.append(json.loads(line)))
    assert set(told[0]["ideas"]) == {line["text"] for line in told if "text" in line}
    assert len(told[0]["ideas"]) > 5


def test_the_process_ends_with_its_input(scene, tmp_path):
    ask(tmp_path, scene, 1, RULE)
    command = [sys.executable, "-m", "addon.rules.listener", str(tmp_path)]
    done = subprocess.run(command, input="\n", capture_output=True, text=True, timeout=60, check=True)
    assert [json.loads(line).get("told") for line in done.stdout.splitlines()] == [None, READ, None]
