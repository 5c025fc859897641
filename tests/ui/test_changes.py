"""Changes in words as they are kept with a scene, stepped through and taken back by Blender's undo."""

import bpy
import pytest

from addon.ui import changes, properties
from addon.ui.operators import change
from addon.ui.operators.script import rules_of
from addon.ui.session import SESSION, Asked


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    properties.register()
    for cls in change.CLASSES:
        bpy.utils.register_class(cls)
    yield bpy.context.scene
    for cls in reversed(change.CLASSES):
        bpy.utils.unregister_class(cls)
    properties.unregister()
    SESSION.forget()


def write(settings, *rules):
    settings.rules.clear()
    for text in rules:
        settings.rules.add().text = text


def change_to(settings, *rules):
    """A change in words as the task tells it."""
    history = changes.history_of(settings)
    edits = [edit | {"difference": "it"} for edit in changes.edits_between(history.rules, rules)]
    history = history.then(rules)
    return {"said": "so", "lists": history.lists, "at": history.at, "edits": edits, "last": 0}


@pytest.mark.parametrize("wanted", [["a", "x", "c"], ["a"], [], ["x", "a", "b", "c", "y"], ["c", "b", "a"], ["b", "z"]])
def test_rules_are_made_others_and_muted_ones_stay(scene, wanted):
    settings = scene.cdyn
    write(settings, "a", "muted", "b", " ", "c")
    settings.rules[1].is_muted = True
    changes.put_rules(settings, wanted)
    assert rules_of(settings) == wanted
    assert [rule.text for rule in settings.rules if rule.is_muted] == ["muted"]


def test_changes_are_stepped_through(scene):
    settings = scene.cdyn
    write(settings, "a", "b")
    assert not changes.can_step(settings, back=True)
    changes.put(settings, change_to(settings, "x", "b"))
    changes.put(settings, change_to(settings, "x", "b", "c"))
    assert changes.kept(settings)["edits"][0]["after"] == "c"
    bpy.ops.cdyn.step_change()
    bpy.ops.cdyn.step_change()
    assert rules_of(settings) == ["a", "b"]
    assert changes.kept(settings)["edits"] == [{"number": 1, "before": "x", "after": "a", "difference": ""}]
    assert bpy.ops.cdyn.step_change() == {"CANCELLED"}
    bpy.ops.cdyn.step_change(forward=True)
    assert (rules_of(settings), settings.rule_index) == (["x", "b"], 0)


def test_what_was_edited_by_hand_is_a_step_too(scene):
    settings = scene.cdyn
    write(settings, "a")
    changes.put(settings, change_to(settings, "b"))
    settings.rules[0].text = "mine"
    assert not changes.stands(settings)
    assert changes.can_step(settings, back=True)
    assert not changes.can_step(settings, back=False)
    bpy.ops.cdyn.step_change()
    assert rules_of(settings) == ["b"]
    bpy.ops.cdyn.step_change(forward=True)
    assert rules_of(settings) == ["mine"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_rule_that_was_muted_since_comes_back_with_the_step_before(scene, number):
    settings = scene.cdyn
    write(settings, "a", "b", "c")
    changes.put(settings, change_to(settings, "a", "b", "x"))
    settings.rules[number].is_muted = True
    bpy.ops.cdyn.step_change()
    assert [(rule.text, rule.is_muted) for rule in settings.rules] == [("a", False), ("b", False), ("x", False)]


def test_one_of_several_changes_is_chosen_as_long_as_the_rules_are_the_same(scene, monkeypatch):
    ran = []
    monkeypatch.setattr(change, "run_at_once", ran.append)
    settings = scene.cdyn
    write(settings, "a", "b")
    choices = (change_to(settings, "x", "b"), change_to(settings, "a", "x"))
    SESSION.asked[scene.session_uid] = Asked("so", ("a", "b"), choices)
    settings.rules[0].text = "mine"
    assert not bpy.ops.cdyn.choose_change.poll()
    settings.rules[0].text = "a"
    bpy.context.window_manager.cdyn["wish"] = "so"
    bpy.ops.cdyn.choose_change(number=1)
    assert rules_of(settings) == ["a", "x"]
    assert ran == [scene]
    assert bpy.context.window_manager.cdyn.wish == ""
    assert change.asked_of(scene) is None


def test_a_change_is_run_at_once(scene, monkeypatch):
    ran = []
    monkeypatch.setattr(change, "run_at_once", ran.append)
    write(scene.cdyn, "a")
    change._end(scene.session_uid, "so", ("a",), change_to(scene.cdyn, "b"))
    assert rules_of(scene.cdyn) == ["b"]
    assert ran == [scene]


def test_a_change_that_comes_too_late_is_told(scene):
    settings = scene.cdyn
    write(settings, "a")
    told = change_to(settings, "b")
    settings.rules[0].text = "mine"
    change._end(scene.session_uid, "so", ("a",), told)
    assert rules_of(settings) == ["mine"]
    assert (SESSION.place, SESSION.error) == (change.PLACE, "The rules are others since it was said; say it again")
