from types import SimpleNamespace

import bpy
import pytest

from addon.coder.link import compose, link
from addon.ui.operators.run import script_of
from addon.ui.operators.script import (
    KEPT,
    TEXT,
    Stream,
    first_line,
    is_unwritten,
    keep_edits,
    line_in,
    take_over,
    understood_in,
    writer_of,
)
from addon.ui.session import SESSION


@pytest.fixture
def texts():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    return bpy.data.texts


def write(text, script):
    assert keep_edits(text) in ("", KEPT.format(name=TEXT))
    return take_over(text, script)


def test_every_script_is_written_into_the_same_text(texts):
    text = write(None, "one = 1\n")
    for number in range(3):
        assert write(text, f"one = {number}\n") == text
    assert [t.name for t in texts] == [TEXT]
    assert text.as_string() == "one = 2\n"


def test_a_script_that_the_user_edited_is_kept_beside(texts):
    text = write(None, "one = 1\n")
    text.write("two = 2\n")
    edited = text.as_string()
    write(text, "three = 3\n")
    write(text, "four = 4\n")
    assert [t.name for t in texts] == [TEXT, KEPT.format(name=TEXT)]
    assert texts[KEPT.format(name=TEXT)].as_string() == edited
    assert text.as_string() == "four = 4\n"


def test_how_rules_were_understood_is_known_until_the_script_is_edited(texts):
    told = [{"text": "Open Door.", "sentence": "from the start → Door opens within 0.5 s", "way": "words"}]
    text = take_over(None, "one = 1\n", told)
    assert understood_in(text) == told
    text.write("two = 2\n")
    assert understood_in(text) == []
    assert understood_in(take_over(text, "one = 1\n")) == []
    assert understood_in(texts.new("mine")) == []
    assert understood_in(None) == []


class Settings:
    """What a scene's settings tell of rules and script."""

    def __init__(self, *rules, goal="", script=None):
        self.rules, self.goal, self.script = (
            [SimpleNamespace(text=text, is_muted=False) for text in rules],
            goal,
            script,
        )


def test_rules_are_unwritten_until_the_script_is_of_them(texts):
    told = [{"text": "Open Door.", "sentence": "", "way": "words"}, {"text": "calm", "sentence": "", "way": "words"}]
    text = take_over(None, "one = 1\n", told)
    assert not is_unwritten(Settings("Open Door.", " ", goal="calm", script=text))
    assert is_unwritten(Settings("Open Door.", goal="storm", script=text))
    assert is_unwritten(Settings("Open Gate.", goal="calm", script=text))
    assert is_unwritten(Settings("Open Door."))
    assert not is_unwritten(Settings())
    text.write("two = 2\n")
    assert not is_unwritten(Settings("Open Door.", goal="calm", script=text))
    assert is_unwritten(Settings("Open Gate.", script=text))
    text.clear()
    assert is_unwritten(Settings("Open Door.", goal="calm", script=text))


def test_a_script_of_the_users_own_is_run_whatever_the_rules_say(texts):
    mine = texts.new("mine")
    mine.write("one = 1\n")
    assert not is_unwritten(Settings("Open Door.", script=mine))
    assert script_of(Settings("Open Door.", script=mine)) == "one = 1\n"


def test_a_script_is_not_run_whose_rules_are_gone(texts):
    text = take_over(None, "one = 1\n", [{"text": "Open Door.", "sentence": "", "way": "words"}])
    assert script_of(Settings("Open Door.", script=text)) == "one = 1\n"
    assert script_of(Settings(script=text)) == ""
    text.write("two = 2\n")
    assert script_of(Settings(script=text)) == text.as_string()


def test_a_text_that_is_a_file_is_left_alone(texts, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("mine = True\n")
    mine = texts.load(str(path))
    other = write(mine, "one = 1\n")
    assert other != mine
    assert mine.as_string() == "mine = True\n"


def test_a_script_is_shown_from_its_rules_on():
    code = 'if once("it", now >= 1):\n    open_door("Door")\n'
    assert first_line(compose(["Open Door."], [code])) == 1
    free = link(code)
    assert free.splitlines()[first_line(free)] == code.splitlines()[0]
    assert first_line("import bpy\n") == 1


def test_who_wrote_a_script_is_told(texts):
    assert writer_of(None) == ""
    assert writer_of(texts.new("mine")) == "hand"
    text = take_over(None, "one = 1\n", writer="openai large")
    assert writer_of(text) == "the coder openai large"
    text.write("two = 2\n")
    assert writer_of(text) == "the coder openai large, and edited by hand since"


def test_the_line_of_a_problem_is_found():
    assert line_in("line 12: os is not allowed") == 12
    assert line_in("nothing") == 0


@pytest.mark.parametrize("line", [{"result": {}}, {"error": "rule 'x'", "kind": "rule", "reason": "rule 'x'"}])
def test_how_long_writing_took_is_learned_once_whether_it_was_understood_or_not(texts, tmp_path, monkeypatch, line):
    monkeypatch.setattr(SESSION, "pace", 2.0)
    stream = Stream(0, tmp_path, {"expected": 10.0})
    stream._begun -= 30.0
    stream.line({"phase": "script"})
    assert SESSION.pace == 2.0
    stream.line(line)
    assert SESSION.pace == pytest.approx(6.0, rel=0.05)
    stream.line({"result": {}})
    assert SESSION.pace == pytest.approx(6.0, rel=0.05)


def test_nothing_is_learned_of_writing_without_a_model(texts, tmp_path, monkeypatch):
    monkeypatch.setattr(SESSION, "pace", 2.0)
    Stream(0, tmp_path, {}).line({"result": {}})
    assert SESSION.pace == 2.0
