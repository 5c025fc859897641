import shutil
import sys
import time

import bpy
import pytest

from addon.engine.build import add_scene
from addon.rules import Vocabulary, read, released
from addon.rules.room import room
from addon.ui import properties, readings
from addon.ui.readings import Told
from addon.ui.results import Shown
from addon.ui.rule_panels import acted_words, outcomes, state_read
from addon.ui.text import ENGLISH

RULE = "When Ball touches Plate, open Door."
READ = "once Ball touches Plate → Door opens within 0.5 s"


@pytest.fixture(scope="module", autouse=True)
def _settings():
    properties.register()
    yield
    readings.end_reader()
    properties.unregister()


@pytest.fixture
def scene(monkeypatch):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    readings._forget()
    monkeypatch.setattr(readings, "SETTLED", 0.0)
    return add_scene(room(), "room")


def write(scene, *rules, goal=""):
    scene.cdyn.rules.clear()
    for rule in rules:
        scene.cdyn.rules.add().text = rule
    scene.cdyn.goal = goal


def read_all(scene, seconds=60):
    """Do what the timer does until there is nothing left."""
    readings._asked.add(scene.session_uid)
    end = time.monotonic() + seconds
    while (wait := readings._step()) is not None:
        assert time.monotonic() < end
        time.sleep(wait)


def kill(reader):
    """Kill the process that reads, and wait for its end."""
    reader.kill()
    reader._process.wait()


def test_a_rule_is_read_after_it_is_drawn(scene):
    write(scene, RULE)
    assert readings.told(scene, RULE) is None
    read_all(scene)
    assert readings.told(scene, RULE) == Told(READ)
    assert not readings._asked


def test_rules_are_read_elsewhere(scene, monkeypatch):
    """Not even the window's first rule has it make the grammar or read."""
    monkeypatch.setattr(sys.modules["addon.rules.read"], "Parser", None)
    write(scene, RULE)
    read_all(scene)
    assert readings.told(scene, RULE) == Told(READ)


def test_the_chosen_rule_is_read_first_and_the_goal_last(scene):
    close = "When Ball touches Box, close Door."
    write(scene, close, RULE, goal="Ball rests")
    scene.cdyn.rule_index = 1
    assert list(dict.fromkeys(readings.texts_of(scene))) == [RULE, close, "Ball rests"]
    read_all(scene)
    assert readings.told(scene, close).sentence
    assert readings.told(scene, "Ball rests") is not None


def test_a_process_that_ends_is_told_and_the_next_rule_starts_another_one(scene):
    write(scene, RULE)
    read_all(scene)
    other = "When Ball touches Box, open Door."
    write(scene, other)
    readings._give(scene, readings._known[scene.session_uid])
    kill(readings._reader)
    read_all(scene)
    assert readings.told(scene, other).reason.startswith("The process that reads rules ended.")
    write(scene, other, RULE)
    read_all(scene)
    assert readings.told(scene, other).sentence


def test_rules_that_a_process_left_unread_are_read_once_the_scene_changes(scene):
    write(scene, RULE)
    read_all(scene)
    other = "When Ball touches Box, open Door."
    write(scene, other)
    readings._give(scene, readings._known[scene.session_uid])
    kill(readings._reader)
    read_all(scene)
    readings._changed()
    read_all(scene)
    assert readings.told(scene, other).sentence


def test_a_process_that_has_ended_while_it_waited_is_replaced(scene):
    write(scene, RULE)
    read_all(scene)
    kill(readings._reader)
    other = "When Ball touches Box, open Door."
    write(scene, other)
    read_all(scene)
    assert readings.told(scene, other).sentence


def test_a_process_whose_folder_has_gone_is_replaced(scene):
    write(scene, RULE)
    read_all(scene)
    shutil.rmtree(readings._reader.folder)
    other = "When Ball touches Box, open Door."
    write(scene, other)
    read_all(scene)
    assert readings.told(scene, other).sentence


def test_a_request_that_cannot_be_written_is_told(scene, monkeypatch):
    def full(path, text):
        raise OSError(28, "No space left on device")

    write(scene, RULE)
    monkeypatch.setattr("addon.scene_graph.write_text", full)
    read_all(scene)
    assert readings.told(scene, RULE).reason.endswith("No space left on device")


def test_a_process_that_cannot_be_started_is_told(scene, monkeypatch):
    readings.end_reader()
    monkeypatch.setattr(readings.sys, "executable", "/no/such/python")
    write(scene, RULE)
    read_all(scene)
    assert readings.told(scene, RULE).reason.startswith("The process could not be started")


@pytest.mark.parametrize(
    ("rule", "words", "is_open"),
    [
        ("When Ball touches Plate, frobnicate Door.", ("frobnicate",), True),
        ("When Elephant touches Plate, open Door.", ("Elephant",), True),
        ("When Ball touches Plate, launch Lamp upwards at 3 m/s.", (), False),
    ],
)
def test_a_rule_that_is_not_understood_is_told_with_its_words(scene, rule, words, is_open):
    write(scene, rule)
    read_all(scene)
    found = readings.told(scene, rule)
    assert not found.sentence
    assert found.reason
    assert found.words == words
    assert found.is_open is is_open


def test_readings_follow_the_scene(scene):
    rule = "When Ball touches Plate, open Gate."
    write(scene, rule)
    read_all(scene)
    assert readings.told(scene, rule).words == ("Gate",)
    bpy.data.objects["Door"].name = "Gate"
    readings._changed()
    read_all(scene)
    assert readings.told(scene, rule).sentence == READ.replace("Door", "Gate")


def test_rules_count_on_what_others_let_go(scene):
    frees, needs = (
        "When Ball touches Plate, release Crate 1.",
        "When Ball touches Box, launch Crate 1 upwards at 3 m/s.",
    )
    write(scene, needs)
    read_all(scene)
    alone = readings.told(scene, needs)
    write(scene, needs, frees)
    read_all(scene)
    assert readings.told(scene, frees).sentence
    both = Vocabulary(room())
    both = released([read(frees, both)], both)
    assert readings.told(scene, needs).sentence == getattr(read(needs, both), "sentence", "")
    assert alone != readings.told(scene, needs)
    write(scene, needs)
    read_all(scene)
    assert readings.told(scene, needs) == alone


def test_nothing_is_read_again_where_only_poses_change(scene):
    write(scene, RULE)
    read_all(scene)
    bpy.data.objects["Ball"].location.x += 3.0
    bpy.context.view_layer.update()
    look = readings._known[scene.session_uid].look
    readings._changed()
    read_all(scene)
    assert readings._known[scene.session_uid].look == look
    assert readings.told(scene, RULE) == Told(READ)


def test_a_scene_that_cannot_be_read_is_told(scene):
    scene.objects["Ball"]["cdyn_velocity"] = (float("nan"), 0.0, 0.0)
    write(scene, RULE)
    read_all(scene)
    assert "Ball" in readings.told(scene, RULE).reason
    scene.objects["Ball"]["cdyn_velocity"] = (0.0, 0.0, 0.0)
    readings._changed()
    read_all(scene)
    assert readings.told(scene, RULE) == Told(READ)


def test_a_scene_whose_look_fails_is_not_looked_at_for_ever(scene, monkeypatch):
    def broken(scene):
        raise ValueError("broken")

    write(scene, RULE)
    monkeypatch.setattr("addon.engine.outline.read_outline", broken)
    with pytest.raises(ValueError, match="broken"):
        read_all(scene)
    read_all(scene)
    assert readings.told(scene, RULE) is not None


def test_rules_of_a_scene_that_is_not_shown_are_read(scene):
    write(scene, RULE)
    bpy.context.window.scene = bpy.data.scenes.new("other")
    read_all(scene)
    assert readings.told(scene, RULE) == Told(READ)


def test_no_more_texts_are_kept_than_are_needed(scene, monkeypatch):
    monkeypatch.setattr(readings, "MOST", 3)
    for number in range(6):
        write(scene, f"When Ball touches Plate, raise Door by {number + 1} cm.")
        read_all(scene)
    assert len(readings._known[scene.session_uid].told) == 4  # Three besides the one that the scene has.


def test_all_rules_of_a_scene_are_read_and_kept(scene, monkeypatch):
    monkeypatch.setattr(readings, "MOST", 3)
    rules = [f"When Ball touches Plate, raise Door by {number + 1} cm." for number in range(8)]
    write(scene, *rules)
    read_all(scene)
    assert all(readings.told(scene, rule).sentence for rule in rules)
    write(scene, *rules, RULE)
    read_all(scene)
    assert all(readings.told(scene, rule).sentence for rule in (*rules, RULE))


REFUSED = Told("", "nothing is known of 'plops'", ("plops",), ("When Ball touches Plate, open Door",), True)


@pytest.mark.parametrize(
    ("found", "coder", "kind", "line"),
    [
        (Told(READ), "local", "words", READ),
        (REFUSED, "template", "refused", ENGLISH["reading_refused"]),
        (REFUSED, "local", "asked", ENGLISH["reading_asked"]),
        (Told("", "Ball has no rigid body"), "local", "refused", ENGLISH["reading_refused"]),
        (REFUSED, "openai", "free code", ENGLISH["reading_will_be_free"]),
    ],
)
def test_who_writes_a_rule_that_is_not_understood_depends_on_the_coder(found, coder, kind, line, monkeypatch):
    monkeypatch.setattr("addon.ui.rule_panels.model_is_fetched", lambda: True)
    state = state_read(found, coder)
    assert state.kind == kind
    assert state.line == line.format(reason="'plops'" if found.words else found.reason)
    assert all(rule in state.why for rule in found.nearest)
    assert bool(state.why) is not bool(found.sentence)


def test_a_model_may_know_only_where_there_is_one(monkeypatch):
    monkeypatch.setattr("addon.ui.rule_panels.model_is_fetched", lambda: False)
    assert state_read(REFUSED, "local").kind == "refused"


def test_outcomes_are_told_in_words():
    once = {"fired": 1, "told": "at frame 63 (1.05 s)", "times": "63 (1.05 s)", "more": 0}
    assert acted_words(once) == "acted at frame 63 (1.05 s)"
    often = {"fired": 5, "told": "", "times": "1 (0.02 s), 2 (0.03 s), 3 (0.05 s)", "more": 2}
    assert acted_words(often) == "acted at frames 1 (0.02 s), 2 (0.03 s), 3 (0.05 s) and 2 more"
    assert acted_words({"fired": 0, "told": "never: Ball did not touch"}) == "never: Ball did not touch"


def test_outcomes_are_those_of_a_run_whose_script_went_through():
    rules = [{"text": RULE, "fired": 1, "told": "at frame 63 (1.05 s)"}]
    assert outcomes(Shown({"ok": True, "rules": rules}, "0001_S", True)) == rules
    assert outcomes(Shown({"ok": False, "rules": rules}, "0001_S", False)) == []
    assert outcomes(Shown({"ok": True}, "0001_S", True)) == []
    assert outcomes(None) == []


def test_what_a_scene_allows_is_proposed_until_there_are_rules(scene):
    write(scene)
    read_all(scene)
    proposed = readings.ideas(scene)
    assert len(proposed) == readings.MOST_IDEAS
    assert all(readings.told(scene, text).sentence for text in proposed)


def test_a_muted_rule_is_not_read(scene):
    write(scene, RULE, "Sing a song.")
    scene.cdyn.rules[1].is_muted = True
    assert list(dict.fromkeys(readings.texts_of(scene))) == [RULE]
