import json
import subprocess
import sys
from pathlib import Path

import bpy
import numpy as np
import pytest

from addon.coder import CoderError
from addon.engine.applied import mark, note_edits
from addon.engine.build import save_blend
from addon.engine.motions import load_motions
from addon.engine.playback import play_back
from addon.frames import on_timeline
from addon.rewards import DslError
from addon.scene_graph import Note
from addon.trace import load_trace
from addon.ui.report_task import FRAMES, take_report_pictures
from addon.ui.tasks import (
    JOB,
    MOTIONS,
    OVERLAY,
    REQUEST,
    SCENE,
    SCRIPT,
    SUMMARY,
    bodiless,
    do_task,
    run_scene,
    write_prompt,
    write_script,
)
from headless.benchmarks.physibench import example

RUN = {"task": "run", "title": "t", "rules": [], "assertions": [], "steps": 60, "seed": 0, "budgets": {}}
WRITE = {"task": "write", "rules": [], "goal": "", "coder": "template", "attempts": 2, "online": False}
ROOT = Path(__file__).parents[2]
OPEN = 'if frame == 5:\n    bpy.data.objects["Barrier"].location.z += 1.0\n'


class Told:
    """Keeps what a task tells."""

    def __init__(self):
        self.lines = []

    def __call__(self, **line):
        self.lines.append(line)

    def progress(self, phase, done, total):
        self(phase=phase, done=done, total=total)


@pytest.fixture
def folder(tmp_path):
    """A run's folder with the copy of an example's scene."""
    save_blend(example("trigger_door").graph, tmp_path / SCENE)
    return tmp_path


def seen(names, frames):
    """World positions ``[F, N, 3]`` on the timeline."""
    scene, found = bpy.context.scene, []
    for frame in range(frames):
        scene.frame_set(scene.frame_start + frame)
        found.append([bpy.data.objects[name].matrix_world.translation[:] for name in names])
    return np.array(found)


def play(folder):
    """Open the copy and put the run on its timeline."""
    bpy.ops.wm.open_mainfile(filepath=str(folder / SCENE))
    for _ in play_back(bpy.context.scene, load_motions(folder / MOTIONS), 61):
        pass


def test_a_run_is_on_the_timeline_as_it_was_recorded(folder):
    (folder / SCRIPT).write_text(OPEN)
    told = Told()
    summary = run_scene(folder, RUN, told)
    assert summary["ok"]
    assert summary["frames"] == 61
    moments = summary["moments"]
    assert 1 <= len(moments) <= 15
    assert all(0 <= m["frame"] <= 60 and m["text"] and not m["text"].endswith(".") for m in moments)
    assert any("Marble" in m["objects"] for m in moments)
    assert json.loads((folder / SUMMARY).read_text())["trace_sha256"] == summary["trace_sha256"]
    assert {"scene", "run", "measure", "motion"} <= {line["phase"] for line in told.lines}
    trace = load_trace(folder / JOB)
    with np.load(folder / OVERLAY) as arrays:
        assert arrays["position"].shape == trace.position.shape
    play(folder)
    assert seen(trace.bodies, 61) == pytest.approx(trace.position, abs=1e-4)
    assert [m.name for m in load_motions(folder / MOTIONS)] == ["Marble", "Barrier"]


def test_what_the_rules_say_is_written_before_a_run_that_asks_for_it(folder):
    rules, told = ["When Marble touches Sensor, open Barrier."], Told()
    summary = run_scene(folder, {**WRITE, **RUN, "rules": rules, "goal": "", "steps": 200}, told)
    written = next(line["written"] for line in told.lines if "written" in line)
    assert (folder / SCRIPT).read_text() == written["script"]
    assert [one["text"] for one in written["understood"]] == rules
    assert summary["ok"]
    assert [(rule["text"], rule["way"], rule["fired"]) for rule in summary["rules"]] == [(rules[0], "words", 1)]


def test_nothing_is_run_of_rules_that_are_not_understood(folder):
    with pytest.raises(CoderError, match="Sing"):
        run_scene(folder, {**WRITE, **RUN, "rules": ["Sing a song."]}, Told())
    assert not (folder / JOB).exists()


def test_a_run_does_not_start_from_an_earlier_one(folder, tmp_path_factory):
    first = run_scene(folder, RUN, Told())
    play(folder)
    other = tmp_path_factory.mktemp("again")
    bpy.ops.wm.save_as_mainfile(filepath=str(other / SCENE))
    assert run_scene(other, RUN, Told())["trace_sha256"] == first["trace_sha256"]


def test_a_run_starts_from_where_the_user_has_put_things_since(folder, tmp_path_factory):
    run_scene(folder, RUN, Told())
    play(folder)
    scene = bpy.context.scene
    scene.frame_set(scene.frame_start)
    mark(scene, {})
    scene.frame_set(scene.frame_start + 30)
    marble = scene.objects["Marble"]
    marble.location.z += 2.0
    place = tuple(marble.location)
    note_edits(scene)
    scene.frame_set(scene.frame_start + 31)
    other = tmp_path_factory.mktemp("again")
    bpy.ops.wm.save_as_mainfile(filepath=str(other / SCENE))
    run_scene(other, RUN, Told())
    trace = load_trace(other / JOB)
    assert trace.position[0, trace.index("Marble")] == pytest.approx(place, abs=1e-5)


def test_a_copy_of_a_playing_object_is_a_body_of_its_own_in_the_next_run(folder, tmp_path_factory):
    first = run_scene(folder, RUN, Told())
    play(folder)
    scene = bpy.context.scene
    scene.frame_set(scene.frame_start)
    mark(scene, {})
    copy = scene.objects["Marble"].copy()
    scene.collection.objects.link(copy)
    bpy.context.view_layer.update()
    copy.location.z += 1.0
    place = tuple(copy.location)
    note_edits(scene, [copy])
    other = tmp_path_factory.mktemp("again")
    bpy.ops.wm.save_as_mainfile(filepath=str(other / SCENE))
    second = run_scene(other, RUN, Told())
    trace = load_trace(other / JOB)
    assert trace.position[0, trace.index("Marble.001")] == pytest.approx(place, abs=1e-5)
    assert np.abs(trace.velocity).max() < 10
    assert second["frames"] == first["frames"]


def test_scaled_children_and_animated_parents_end_where_the_trace_has_them(tmp_path):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    light = bpy.data.objects.new("Lamp", bpy.data.lights.new("Lamp", "POINT"))
    scene.collection.objects.link(light)
    for frame, x in ((1, 0.0), (61, 3.0)):
        light.location.x = x
        light.keyframe_insert("location", frame=frame)
    for name, parent, body in (("Carried", "Lamp", "PASSIVE"), ("Base", None, "ACTIVE"), ("Part", "Base", None)):
        bpy.ops.mesh.primitive_cube_add(location=(1, 2, 5), scale=(1, 2, 1))
        obj = bpy.context.object
        obj.name = name
        obj.parent = bpy.data.objects[parent] if parent else None
        if body:
            bpy.ops.rigidbody.object_add(type=body)
            obj.rigid_body.kinematic = body == "PASSIVE"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / SCENE))
    run_scene(tmp_path, RUN, Told())
    trace = load_trace(tmp_path / JOB)
    carried = trace.position[:, trace.index("Carried")]
    assert np.ptp(carried[:, 0]) == pytest.approx(3.0, abs=1e-3)
    play(tmp_path)
    assert seen(trace.bodies, 61) == pytest.approx(trace.position, abs=1e-3)


def test_a_script_that_fails_is_told_with_its_line(folder):
    (folder / SCRIPT).write_text("x = 1\nif frame == 3:\n    x = 1 / 0\n")
    summary = run_scene(folder, RUN, Told())
    assert not summary["ok"]
    assert summary["problem"]["line"] == 3
    assert summary["problem_frame"] == 3


def test_budgets_are_kept(folder):
    (folder / SCRIPT).write_text("while True:\n    pass\n")
    summary = run_scene(folder, RUN | {"budgets": {"ticks_step": 1000}}, Told())
    assert "1000" in json.dumps(summary["problem"]) or "1,000" in json.dumps(summary["problem"])


def test_rules_whose_words_say_it_need_no_model(folder, monkeypatch):
    from addon.models.local import LocalServer

    def start(server):
        raise AssertionError("the local model is started")

    monkeypatch.setattr(LocalServer, "__enter__", start)
    for coder in ("template", "local"):
        result = write_script(folder, WRITE | {"rules": RULES, "coder": coder}, Told())
        assert 'open_door("Barrier"' in result["script"]
        assert (result["problem"], result["coder"], result["tokens"]) == (None, coder, [0, 0])
        assert result["understood"] == [{"text": RULES[0], "sentence": READ, "way": "words"}]


RULES = ["When Marble touches Sensor, open Barrier."]
READ = "once Marble touches Sensor → Barrier opens within 0.5 s"
ANSWER = '```python\nif once("it", touched("Marble", "Sensor")):\n    fired(1)\n    open_door("Barrier")\n```'


def test_the_prompt_for_a_chat_page_is_one_text(folder):
    prompt = write_prompt(folder, WRITE | {"rules": RULES}, Told())["prompt"]
    assert RULES[0] in prompt
    assert "- Marble: " in prompt
    repair = {"script": "import os", "problem": "line 1: os is refused"}
    again = write_prompt(folder, WRITE | {"rules": RULES} | repair, Told())["prompt"]
    assert again.startswith(prompt.strip())
    assert "os is refused" in again


def test_the_answer_of_a_chat_page_is_taken_up(folder):
    result = write_script(folder, WRITE | {"rules": RULES, "answer": ANSWER}, Told())
    assert 'open_door("Barrier")' in result["script"]
    assert (result["problem"], result["coder"], result["model"]) == (None, "paste", "chat page")
    hostile = ANSWER.replace("python\n", "python\nimport os\n")
    result = write_script(folder, WRITE | {"rules": RULES, "answer": hostile, "attempts": 1}, Told())
    assert "os" in result["problem"]


@pytest.mark.parametrize("answer", ["# CANNOT: rule 1: no door", "Sorry.", ANSWER.removesuffix("\n```"), "```"])
def test_an_answer_that_is_no_script_is_told(folder, answer):
    with pytest.raises(CoderError):
        write_script(folder, WRITE | {"rules": RULES, "answer": answer}, Told())


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (["When Elephant touches Sensor, open Barrier."], ["Elephant"]),
        (["Make it prettier."], ["prettier"]),
        ([*RULES, "When Marble touches Sensor, frobnicate Lamp.", "Zap Lamp."], ["frobnicate", "Zap"]),
    ],
)
def test_a_refusal_names_every_rule_and_its_words(folder, rules, words):
    with pytest.raises(CoderError) as told:
        write_script(folder, WRITE | {"rules": rules}, Told())
    assert told.value.kind == "rule"
    for word in words:
        assert f"'{word}'" in str(told.value)
    assert RULES[0] not in rules or f"rule '{RULES[0]}'" not in str(told.value)


def test_what_is_no_mesh_is_told_as_what_it_is(folder):
    bpy.ops.wm.open_mainfile(filepath=str(folder / SCENE))
    light = bpy.data.objects.new("Sun", bpy.data.lights.new("Sun", "SUN"))
    bpy.context.scene.collection.objects.link(light)
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / SCENE))
    with pytest.raises(CoderError, match="Sun is a light"):
        write_script(folder, WRITE | {"rules": ["When Marble touches Sensor, launch Sun upwards at 2 m/s."]}, Told())


def run_rules(folder, rules, **changes):
    """Has a script written for rules and runs it; returns the outcomes."""
    written = write_script(folder, WRITE | {"rules": rules}, Told())
    (folder / SCRIPT).write_text(changes.pop("script", written["script"]))
    asked = RUN | {"steps": 200, "rules": rules, "understood": written["understood"]} | changes
    return run_scene(folder, asked, Told())["rules"]


NEVER = "When Marble is higher than 50 m, open Barrier."


def test_it_is_told_when_each_rule_acted_or_why_not(folder):
    hit, missed = run_rules(folder, [*RULES, NEVER], start=101)
    trace = load_trace(folder / JOB)
    (frame,) = [e.frame for e in trace.events if e.uid == "RuleFired"]
    assert hit["understood"] == READ
    assert hit["told"] == f"at frame {frame + 101} ({frame / trace.meta.fps:.2f} s)"
    assert (hit["times"], hit["more"]) == (hit["told"].removeprefix("at frame "), 0)
    assert (hit["way"], hit["fired"], missed["fired"]) == ("words", 1, 0)
    height = trace.position[:, trace.index("Marble"), 2]
    assert missed["told"].startswith("never: Marble's height was nearest at ")
    assert missed["told"].endswith(f" m (frame {height.argmax() + 101})")
    report = (folder / JOB / "report.html").read_text(encoding="utf-8")
    assert READ in report


def test_of_a_script_that_was_edited_only_its_own_word_is_told(folder):
    script = write_script(folder, WRITE | {"rules": RULES}, Told())["script"]
    (hit,) = run_rules(folder, RULES, script=script.replace('"Barrier"', '"Lamp"'))
    assert (hit["way"], hit["understood"], hit["fired"]) == ("script", "", 1)
    assert hit["told"].startswith("at frame ")
    (folder / "other").mkdir()
    (folder / "other" / SCENE).write_bytes((folder / SCENE).read_bytes())
    (unknown,) = run_rules(folder / "other", RULES, script=OPEN)
    assert unknown["told"] == "the script never told that it acted"


def test_free_code_is_told_as_such(folder):
    free = [{"text": RULES[0], "sentence": "", "way": "free code"}]
    (hit,) = run_rules(
        folder, RULES, script='if once("it", touched("Marble", "Sensor")):\n    fired(1)\n', understood=free
    )
    assert (hit["way"], hit["understood"]) == ("free code", "")


def test_without_a_script_nothing_is_told_of_rules(folder):
    assert run_scene(folder, RUN | {"rules": RULES}, Told())["rules"] == []


def test_rules_that_nobody_reads_do_not_keep_a_run_from_going(folder):
    assert run_scene(folder, RUN | {"rules": ["Turn on the Sun with 5 N"]}, Told())["ok"]


@pytest.mark.parametrize("text", ["When Marble touches Sensor, open Barrier", "EVENT(", "Marble"])
def test_an_assertion_that_is_none_is_quoted(folder, text):
    with pytest.raises(DslError, match="the assertion") as told:
        run_scene(folder, RUN | {"assertions": [text]}, Told())
    assert f"'{text}'" in str(told.value)
    assert 'EVENT("CollisionStart"' in str(told.value)


def test_reasons_of_assertions_name_frames_of_the_timeline(folder):
    text = 'EVENT("CollisionStart", {"a_id": "Marble", "b_id": "Ramp"})'
    reasons = []
    for start in (0, 101):
        other = folder / str(start)
        other.mkdir()
        (other / SCENE).write_bytes((folder / SCENE).read_bytes())
        reasons.append(
            run_scene(other, RUN | {"assertions": [text], "start": start}, Told())["assertions"][0]["reason"]
        )
    assert reasons[1] == on_timeline(reasons[0], 101)


def test_bodies_that_a_script_misses_are_found_before_the_run(folder):
    graph = example("trigger_door").graph
    graph = graph.replace(objects=[{**o.model_dump(), "body": None} for o in graph.objects])
    script = """
objects["Marble"].rigid_body.kinematic = False
objects [ 'Ramp' ] . rigid_body.mass = 3
bpy.data.objects["Lamp"].location.x = 1
bpy.data.objects["Floor"].rigid_body_constraint
"""
    assert bodiless(script, graph) == ["Marble", "Ramp"]
    assert bodiless(script, example("trigger_door").graph) == []
    summary = run_scene(folder, RUN, Told())
    assert summary["bodiless"] == []


def test_notes_and_warnings_come_with_what_was_asked_for(folder, monkeypatch):
    from addon.engine import blender

    graphs = blender.BlenderEngine.from_blend

    def noted(*arguments, **options):
        engine = graphs(*arguments, **options)
        engine.graph = engine.graph.model_copy(update={"notes": (Note(subject="Marble", feature="f", text="t"),)})
        return engine

    monkeypatch.setattr(blender.BlenderEngine, "from_blend", noted)
    told = [
        run_scene(folder, RUN, Told()),
        write_script(folder, WRITE | {"rules": ["When Marble touches Sensor, open Barrier."]}, Told()),
    ]
    for result in told:
        assert [note["subject"] for note in result["notes"]] == ["Marble"]
        assert result["warnings"] == []
        json.dumps(result)


def test_a_linked_object_is_told(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("linked")
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    with bpy.data.libraries.load(str(folder / SCENE), link=True) as (_, target):
        target.objects = ["Marble"]
    bpy.context.scene.collection.objects.link(target.objects[0])
    bpy.ops.wm.save_as_mainfile(filepath=str(other / SCENE))
    summary = run_scene(other, RUN, Told())
    assert summary["ok"]
    assert any("'Marble' is linked from another file" in note["text"] for note in summary["notes"])


def test_a_task_tells_its_result_or_its_error(folder, monkeypatch, capfd):
    monkeypatch.setattr(sys, "stdin", None)
    (folder / REQUEST).write_text(json.dumps(WRITE | {"rules": ["When Marble touches Sensor, open Barrier."]}))
    assert do_task(folder) == 0
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert "open_door" in told[-1]["result"]["script"]
    (folder / REQUEST).write_text(json.dumps(WRITE | {"rules": ["When Elephant touches Sensor, open Barrier."]}))
    assert do_task(folder) == 1
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert "Elephant" in told[-1]["error"]


LEFT_OUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"scipy", "pyarrow", "typer", "rich", "ray"}:
            raise ImportError(f"{name} is not in the extension")
sys.meta_path.insert(0, Missing())
import json
import subprocess
from pathlib import Path
from addon.ui.tasks import do_task
sys.stdin = None
sys.exit(do_task(Path(sys.argv[1])))
"""


def test_tasks_need_no_package_that_the_extension_does_not_bring(folder):
    (folder / SCRIPT).write_text(OPEN)
    (folder / REQUEST).write_text(json.dumps(RUN))
    done = subprocess.run(
        [sys.executable, "-c", LEFT_OUT, folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / JOB / "report.html").exists()


def test_a_report_gets_pictures_when_it_is_opened(folder, tmp_path_factory):
    run_scene(folder, RUN | {"start": 101}, Told())
    task = tmp_path_factory.mktemp("pictures")
    asked = {"task": "pictures", "job": str(folder / JOB), "start": 101}
    made = take_report_pictures(task, asked, Told())
    page = (folder / JOB / "report.html").read_text()
    assert made["pictures"] == page.count("<figure>") >= 6
    assert "<figcaption>Frame 101, 0.00 s." in page
    shown = [path.read_bytes() for path in sorted((folder / JOB / FRAMES).iterdir())]
    assert len(set(shown)) == len(shown) == made["pictures"]
