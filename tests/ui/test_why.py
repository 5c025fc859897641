"""What the child tells of causes, and what the window does with mends."""

import json

import bpy
import pytest

from addon.engine.build import build_scene, save_blend
from addon.engine.mending import MendError
from addon.frames import on_timeline
from addon.jobs.why.mends import Anew, Longer, Reword, active, moved
from addon.ui import properties
from addon.ui.operators.why import mended
from addon.ui.tasks import SCENE, SCRIPT, run_scene
from addon.ui.why_panel import key_of, open_first
from headless.benchmarks.physibench import example
from tests.ui.test_tasks import RUN, WRITE, Told

RULES = ["When Marble is faster than 50 m/s, open Barrier", "When Marble touches Sensor, open Barrier"]


@pytest.fixture(scope="module", autouse=True)
def _settings():
    properties.register()
    yield
    properties.unregister()


@pytest.fixture
def folder(tmp_path):
    save_blend(example("trigger_door").graph, tmp_path / SCENE)
    return tmp_path


@pytest.fixture
def scene():
    build_scene(example("trigger_door").graph)
    return bpy.context.scene


def test_a_run_tells_why_rules_did_not_act_whose_frames_can_be_those_of_a_timeline(folder):
    summary = run_scene(folder, {**WRITE, **RUN, "rules": RULES, "goal": "", "steps": 200, "start": 100}, Told())
    (answer,) = summary["why"]
    assert key_of(answer) == f"rule {RULES[0]}"
    (cause,) = answer["causes"]
    assert cause["text"].startswith("Marble's speed was at most ")
    assert f"at frame {cause['frame']} (" in cause["text"]
    assert f"at frame {cause['frame'] + 100} (" in on_timeline(cause["text"], 100)
    assert [mend["kind"] for mend in cause["mends"]] == ["reword"]


def test_a_run_whose_script_failed_tells_why(folder):
    (folder / SCRIPT).write_text("x = bpy.data.objects['Marbel'].location\n")
    summary = run_scene(folder, {**RUN, "rules": RULES}, Told())
    (answer,) = summary["why"]
    assert key_of(answer) == "script"
    assert [mend["kind"] for mend in answer["causes"][0]["mends"]] == ["anew"]


def test_mends_of_what_is_said(scene):
    settings = scene.cdyn
    for text in RULES:
        settings.rules.add().text = text
    mended(scene, Longer(words="", steps=480).model_dump())
    assert settings.steps == 480
    mended(scene, Longer(words="", steps=260).model_dump())
    assert settings.steps == 480
    after = "When Marble is faster than 2 m/s, open Barrier"
    change = Reword(words="", number=1, before=RULES[0], after=after, difference="").model_dump()
    mended(scene, change)
    assert [rule.text for rule in settings.rules] == [after, RULES[1]]
    with pytest.raises(MendError, match="No rule says"):
        mended(scene, change)
    settings.script = bpy.data.texts.new("mine")
    mended(scene, Anew(words="").model_dump())
    assert settings.script is None
    settings.goal = RULES[0]
    mended(scene, change)
    assert settings.goal == after


def test_mends_of_the_scene(scene):
    barrier = scene.objects["Barrier"]
    height = barrier.matrix_world.translation.z
    mended(scene, moved("Barrier", (0.0, 0.0, 0.5)).model_dump())
    assert barrier.matrix_world.translation.z == pytest.approx(height + 0.5)
    mended(scene, active("Barrier").model_dump())
    assert (barrier.rigid_body.type, barrier.rigid_body.kinematic) == ("ACTIVE", False)
    with pytest.raises(MendError, match="there is no object 'Gate' any more"):
        mended(scene, active("Gate").model_dump())


def answer_about(rule, mends):
    cause = {"text": "so", "frame": None, "objects": [], "mends": mends}
    return {"rule": 1, "object": None, "text": rule, "told": "never", "causes": [cause]}


def test_the_first_answer_that_can_be_mended_is_open_after_a_run(scene):
    settings, window = scene.cdyn, bpy.context.window_manager.cdyn
    for text in ("a", "b", "c"):
        settings.rules.add().text = text
    open_first({"why": [answer_about("b", []), answer_about("c", [{}])]}, settings)
    assert (window.why, settings.rule_index) == ("rule c", 2)
    open_first({"why": [answer_about("b", [])]}, settings)
    assert (window.why, settings.rule_index) == ("", 2)


def test_no_answer_opens_over_what_a_change_did(scene):
    settings, window = scene.cdyn, bpy.context.window_manager.cdyn
    settings.rules.add().text = "a"
    edits = [{"number": 1, "before": "b", "after": "a", "difference": "it"}]
    settings.changes = json.dumps({"lists": [["b"], ["a"]], "at": 1, "said": "so", "edits": edits})
    window.why = "object Ball"
    open_first({"why": [answer_about("a", [{}])]}, settings)
    assert window.why == ""
