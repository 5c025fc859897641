"""Rules that are refused are told at once, with the buttons that mend what is missing."""

import bpy
import pytest

from addon.engine.build import add_scene
from addon.rules.room import room
from addon.ui import properties, readings, refusals, rule_panels
from addon.ui.operators import run
from addon.ui.operators import scene as bodies
from addon.ui.readings import Told
from addon.ui.refusals import fixes_of, refused, tell_refused
from addon.ui.rule_panels import state_of
from addon.ui.session import SESSION, Fix
from addon.ui.steps import next_step
from addon.ui.text import ENGLISH

from .test_readings import read_all, write

BODILESS = "When Ball lands on the lamp, open Door."
FIXES = (Fix("cdyn.make_passive", "Lamp"), Fix("cdyn.make_active", "Lamp"))


@pytest.fixture(scope="module", autouse=True)
def _settings():
    properties.register()
    for cls in bodies.CLASSES:
        bpy.utils.register_class(cls)
    yield
    for cls in bodies.CLASSES:
        bpy.utils.unregister_class(cls)
    readings.end_reader()
    properties.unregister()


@pytest.fixture
def scene(monkeypatch):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    readings._forget()
    SESSION.say()
    monkeypatch.setattr(readings, "SETTLED", 0.0)
    for module in (refusals, rule_panels):
        monkeypatch.setattr(module, "chosen_coder", lambda context: "template")
    return add_scene(room(), "room")


def test_what_needs_a_body_is_told_with_the_buttons_that_give_it_one(scene):
    write(scene, BODILESS)
    read_all(scene)
    state = state_of(bpy.context, BODILESS)
    assert (state.kind, state.line) == ("refused", ENGLISH["reading_bodiless"].format(name="Lamp"))
    assert state.fixes == FIXES
    bpy.ops.cdyn.make_passive(name="Lamp")
    readings._changed()
    read_all(scene)
    assert state_of(bpy.context, BODILESS).kind == "words"


def test_what_is_to_be_pushed_must_be_active(scene):
    rule = "When Ball touches Plate, launch Lamp upwards at 3 m/s."
    write(scene, rule)
    read_all(scene)
    assert state_of(bpy.context, rule).fixes == (FIXES[1],)


def test_what_is_no_mesh_has_no_button(scene):
    assert fixes_of(scene, Told("", "no body", bodiless="Nothing")) == ()
    assert fixes_of(scene, Told("", "no body")) == ()


def test_a_run_of_refused_rules_is_refused_before_anything_is_started(scene, monkeypatch):
    monkeypatch.setattr(run, "note_edits", None)
    monkeypatch.setattr(run, "is_unreachable", lambda context: False)
    write(scene, BODILESS)
    read_all(scene)
    assert not run.request_run(bpy.context)
    assert SESSION.error == ENGLISH["rules_bodiless"].format(reason="Lamp has no rigid body, so nothing can touch it")
    assert (SESSION.fixes, SESSION.scene) == (FIXES, scene.session_uid)
    write(scene, "Sing a song.")
    read_all(scene)
    assert not run.request_run(bpy.context)
    assert "Copy Prompt" in SESSION.error
    assert SESSION.fixes == ()


def test_what_is_still_to_be_read_is_not_refused(scene):
    write(scene, BODILESS)
    assert not tell_refused(scene)
    read_all(scene)
    write(scene, BODILESS, "Sing a song.")
    assert not tell_refused(scene)


@pytest.mark.parametrize(("coder", "count"), [("template", 2), ("local", 1), ("openai", 0)])
def test_what_a_model_writes_is_not_refused(scene, monkeypatch, coder, count):
    monkeypatch.setattr(refusals, "chosen_coder", lambda context: coder)
    write(scene, BODILESS, "When Ball touches Plate, frobnicate Door.")
    read_all(scene)
    assert len(refused(scene)) == count


def test_the_error_goes_once_all_rules_are_understood(scene):
    write(scene, BODILESS, "Sing a song.")
    read_all(scene)
    assert tell_refused(scene)
    bpy.context.view_layer.objects.active = scene.objects["Lamp"]
    bpy.ops.rigidbody.object_add(type="PASSIVE")
    readings._changed()
    read_all(scene)
    assert SESSION.error
    scene.cdyn.rules[1].is_muted = True
    read_all(scene)
    assert not SESSION.error


def test_an_error_of_something_else_stays(scene):
    SESSION.say(error="The script failed", scene=scene.session_uid)
    write(scene, "When Ball touches Plate, open Door.")
    read_all(scene)
    assert SESSION.error == "The script failed"


def test_the_second_step_is_not_done_while_a_rule_is_refused(scene):
    write(scene, BODILESS)
    assert next_step(scene) == 3
    read_all(scene)
    assert next_step(scene) == 2
    write(scene, "When Ball touches Plate, open Door.")
    read_all(scene)
    assert next_step(scene) == 3


def test_rules_that_could_not_be_read_are_not_refused(scene, monkeypatch):
    readings.end_reader()
    monkeypatch.setattr(readings.sys, "executable", "/no/such/python")
    write(scene, BODILESS)
    read_all(scene)
    assert not tell_refused(scene)
