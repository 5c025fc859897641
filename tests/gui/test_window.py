"""The whole way of a user through the panel, in a real Blender window with the real mouse and keyboard.

Run by scripts/test_gui.sh, which names Blender, the built extension and the folder for pictures.
"""

import os
import time
from pathlib import Path

import pytest
from PIL import ImageChops

from .blender import Window
from .panel import (
    APPLIED,
    CHILDREN,
    PREFERENCES,
    PROPOSED,
    STATE,
    choose_example,
    connection_to,
    find_and_do,
    is_gone,
    longest,
    run,
    said,
    script,
    shown,
    type_at_end,
    viewport,
    wait,
)

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))
WHOLE = os.environ.get("CDYN_GUI_WHOLE") == "1"
MODEL = os.environ.get("CDYN_MODEL_DIR")

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

MOST_PROPOSED = 5

HOSTILE = "import os"
MOST_SECONDS_TO_CANCEL = 1.0
ROOT = Path(__file__).parents[2]
DEAF = "http://127.0.0.1:9/v1"
"""An endpoint where nobody listens."""


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _ended_by_themselves(window):
    """No process that the window starts ends by a signal."""
    yield
    if window.is_open:
        ended = window.ask(CHILDREN)
        assert [told for told in ended if (told[1] or 0) < 0] == []


@pytest.fixture(scope="module")
def example(window):
    """The scene of an example, chosen from the menu; its state before any run."""
    window.until(lambda: window.ask(PROPOSED) == MOST_PROPOSED, 60, "rules are proposed")
    choose_example(window, 0)
    window.until(lambda: window.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example")
    window.ask(PREFERENCES + "preferences.coder = 'template'")
    return window.ask(STATE)


def test_the_panel_mends_a_scene_that_cannot_run(window):
    window.picture("01_default_scene")
    window.click("cdyn.make_active", across=0.2)
    kind = "b = bpy.data.objects['Cube'].rigid_body; result = b and b.type"
    window.until(lambda: window.ask(kind) == "ACTIVE", 10, "an active body")


def test_a_rule_is_typed_and_removed(window, example):
    count = "result = len(bpy.context.scene.cdyn.rules)"
    before = window.ask(count)
    window.click("cdyn.add_rule", across=0.86)
    window.until(lambda: window.ask(count) == before + 1, 10, "a rule more")
    window.type_into("text", "When Marble touches Goal, turn on Lamp")
    text = "result = bpy.context.scene.cdyn.rules[-1].text"
    window.until(lambda: window.ask(text) == "When Marble touches Goal, turn on Lamp", 10, "the typed rule")
    window.picture("03_rule")
    window.click("cdyn.remove_rule", across=0.86)
    window.until(lambda: window.ask(count) == before, 10, "the rule removed")


def test_a_script_is_written_beside_the_viewport(window, example):
    window.click("cdyn.write")
    _, message, error, _ = wait(window)
    assert not error
    assert "no model was asked" in message
    assert "def rule_1():" in script(window)
    assert window.ask("result = area_of('TEXT_EDITOR').spaces.active.text.name") == window.ask(
        "result = bpy.context.scene.cdyn.script.name"
    )
    window.picture("04_script")


def test_a_run_can_be_cancelled_at_once(window, example):
    window.ask("bpy.context.scene.cdyn.steps = 100_000")
    window.click("cdyn.run")
    stepping = "w = session().work; result = w is not None and w.phase == 'run' and w.done > 0"
    window.until(lambda: window.ask(stepping), 60, "the simulation is under way")
    time.sleep(1.0)
    window.picture("05_running")
    child = window.ask("result = session().work.child._process.pid")
    x, y = window.find("cdyn.cancel")
    begun = time.monotonic()
    window.x("mousemove", x, y, "sleep", "0.1", "click", 1)
    window.until(lambda: not said(window)[0], 10, "the run is cancelled")
    assert time.monotonic() - begun < MOST_SECONDS_TO_CANCEL + 0.5
    window.until(lambda: is_gone(child), 5, "no child is left")
    assert "Cancelled" in said(window)[1]
    assert window.ask(STATE) == example
    window.ask("bpy.context.scene.cdyn.steps = 1000")


SAVING = "p = bpy.context.preferences; result = [p.filepaths.file_preview_type, p.is_dirty]"


def test_a_run_is_put_on_the_timeline_and_taken_back_in_one_step(window, example):
    idle, _ = longest(window, lambda: time.sleep(3))
    window.ask("bpy.context.preferences.is_dirty = False")
    saving = window.ask(SAVING)

    def run_to_the_end():
        window.click("cdyn.run")
        window.until(lambda: said(window)[0], 10, "the run begins")
        wait(window)
        window.until(lambda: window.ask(APPLIED), 120, "the motion is on the timeline")

    gaps, own = longest(window, run_to_the_end)
    print(f"\nlongest gaps of the main thread: {gaps} ms in a run, {idle} ms without one")
    print(f"longest calls of the extension on it: {', '.join(own)} ms")
    assert window.ask(SAVING) == saving
    assert not said(window)[2]
    assert "3 objects move" in window.ask("result = applied()")
    figures = window.ask("r = figures(); result = [r['logic_success'], r['volume_drift'], r['frames']]")
    assert figures == [True, pytest.approx(0.0, abs=0.05), 1001]
    on_timeline = window.ask(
        "s = bpy.context.scene; result = [sorted(o.name for o in s.objects if o.animation_data and"
        " o.animation_data.action), len(s.timeline_markers), s.frame_end]"
    )
    assert on_timeline[0] == ["Barrier", "Lamp", "Marble"]
    assert on_timeline[1] > 5
    assert on_timeline[2] >= 1001
    window.picture("06_applied")
    told = window.ask("r = figures(); result = [[r['start'] + m['frame'], m['objects']] for m in r['moments']]")
    assert 1 <= len(told) <= 15
    told += window.ask("result = [[r['at'], r['objects']] for r in figures()['rules'] if r['fired']]")
    window.scroll(8)
    window.picture("06_happened")
    window.click("cdyn.go_to", across=0.15)
    now, chosen = window.ask(
        "s = bpy.context.scene; result = [s.frame_current, sorted(o.name for o in s.objects if o.select_get())]"
    )
    assert [now, chosen] in [[frame, sorted(objects)] for frame, objects in told]
    window.scroll(-30)
    heights = window.ask("""
scene = bpy.context.scene
found = []
for frame in (1, 60, 200, 400):
    scene.frame_set(frame)
    found.append([round(x, 3) for x in bpy.data.objects["Marble"].matrix_world.translation])
result = found
""")
    assert heights[0] != heights[1] != heights[2]
    window.x("mousemove", 500, 500, "key", "space")
    start = window.ask("result = bpy.context.scene.frame_current")
    window.until(lambda: window.ask("result = bpy.context.scene.frame_current") != start, 20, "the animation plays")
    for number in range(12):
        window.picture(f"07_playing_{number:02d}")
    window.x("key", "Escape", "sleep", "0.5")
    window.x("mousemove", 500, 500, "key", "ctrl+z", "sleep", "1")
    window.until(lambda: window.ask(STATE) == example, 10, "undo brings back the scene")
    assert window.ask("result = [applied(), figures()]") == ["", None]
    window.picture("08_undone")


def test_an_edited_script_is_run(window, example):
    type_at_end(window, 'objects["Lamp"]["on"] = False')
    assert script(window).rstrip().endswith('objects["Lamp"]["on"] = False')
    _, _message, error, _ = run(window)
    assert not error
    assert window.ask("result = figures()['logic_success']") is False
    window.picture("09_edited")
    find_and_do(window, "Take Off the Timeline")
    window.until(lambda: window.ask(STATE) == example, 10, "taking out brings back the scene")


def test_the_user_goes_on_and_undoes_in_the_middle_of_a_run(window, example):
    window.click("cdyn.run")
    window.until(lambda: said(window)[0], 10, "the run begins")
    assert window.ask("result = [bpy.ops.cdyn.run.poll(), bpy.ops.cdyn.write.poll()]") == [False, False]
    place = "result = list(bpy.data.objects['Lamp'].location)"
    before = window.ask(place)
    window.ask("""
with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')):
    bpy.data.objects['Lamp'].location.x += 1
    bpy.ops.ed.undo_push(message='Move')
""")
    assert window.ask(place) != before
    window.x("mousemove", 600, 500, "key", "ctrl+z", "sleep", "0.5")
    assert window.ask(place) == pytest.approx(before)
    assert said(window)[0]
    window.until(lambda: not said(window)[0], 120, "the run ends")
    window.until(lambda: window.ask("result = applied()"), 30, "it is applied")
    window.x("mousemove", 600, 500, "key", "ctrl+z", "sleep", "1")
    window.until(lambda: window.ask(STATE) == example, 10, "undo brings back the scene")


def test_an_earlier_run_is_put_on_the_timeline_again(window, example):
    count = window.ask("result = len(bpy.context.window_manager.cdyn.runs)")
    assert count >= 3
    window.ask("bpy.context.window_manager.cdyn.run_index = 0")
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.reopen()")
    window.until(lambda: window.ask("result = applied()"), 30, "the run is on the timeline")


def test_the_overlay_is_drawn_over_the_run(window, example):
    switches = ("contacts", "velocities", "trails", "events")
    for name in switches:
        assert window.ask(f"result = bpy.context.window_manager.cdyn.{name}") is False
    window.ask("s = bpy.context.scene; s.frame_set(min(m.frame for m in s.timeline_markers if m.frame > 30))")
    time.sleep(0.5)
    before = viewport(window)
    for name in switches:
        window.ask(f"bpy.context.window_manager.cdyn.{name} = True; area_of('VIEW_3D').tag_redraw()")
        time.sleep(0.5)
        after = viewport(window)
        assert ImageChops.difference(before, after).getbbox(), f"{name} changes nothing in the viewport"
        before = after
    window.picture("13_overlay")
    for name in switches:
        window.ask(f"bpy.context.window_manager.cdyn.{name} = False")
    find_and_do(window, "Take Off the Timeline")
    window.until(lambda: window.ask(STATE) == example, 10, "taking out brings back the scene")


def test_a_run_is_exported_as_a_job_folder(window, example, tmp_path):
    export = f"result = list(bpy.ops.cdyn.export(directory={str(tmp_path)!r}))"
    assert window.ask(export) == ["FINISHED"]
    (folder,) = tmp_path.iterdir()
    assert {"job.json", "scene.json", "trace.npz", "report.html"} <= {p.name for p in folder.iterdir()}
    with pytest.raises(AssertionError, match="exists"):
        window.ask(export)


def test_a_hostile_script_is_refused_with_its_line(window, example):
    type_at_end(window, HOSTILE)
    line = len(script(window).rstrip().splitlines())
    _, _, error, error_line = run(window)
    assert "os" in error
    assert error_line == line
    assert window.ask("result = [figures()['ok'], applied()]") == [False, ""]
    window.picture("10_hostile")
    assert window.ask(STATE) == example
    window.click("cdyn.show_script")
    assert window.ask("result = area_of('TEXT_EDITOR').spaces.active.text.current_line_index") == line - 1


@pytest.mark.skipif(not (WHOLE and MODEL), reason="the short way leaves the local model out")
def test_the_local_model_writes_a_script_that_streams(window, example):
    window.ask(PREFERENCES + "preferences.coder = 'local'")
    window.click("cdyn.write")
    window.until(lambda: "```" in shown(window), 120, "the answer streams into the text")
    window.picture("11_streaming")
    _, message, error, _ = wait(window, 300)
    assert not error
    assert "local" in message
    _, message, error, _ = run(window)
    assert not error
    assert window.ask("result = figures()['logic_success']") is True
    window.picture("12_local_model")
    window.x("mousemove", 600, 500, "key", "ctrl+z", "sleep", "1")
    window.until(lambda: window.ask(STATE) == example, 10, "undo brings back the scene")


@pytest.mark.skipif(not (WHOLE and MODEL), reason="the short way leaves the local model out")
def test_the_local_model_is_kept_in_memory_and_let_go(window, example):
    window.ask("bpy.ops.cdyn.serve_model()")
    window.until(lambda: window.ask("result = session().server_address"), 60, "the model is served")
    server = window.ask("result = session().server._process.pid")
    window.click("cdyn.write")
    _, message, error, _ = wait(window, 300)
    assert not error
    assert "local" in message
    assert "def rule_1():" in script(window)
    assert " answered in " in connection_to(window, window.ask("result = session().server_address"))
    assert "cannot be reached" in connection_to(window, DEAF)
    window.ask(PREFERENCES + "preferences.endpoint = ''")
    window.ask("bpy.ops.cdyn.stop_model()")
    window.until(lambda: is_gone(server), 10, "the server has ended")
    window.ask(PREFERENCES + "preferences.coder = 'template'")


@pytest.mark.skipif(not WHOLE, reason="the short way leaves the benchmark out")
def test_the_benchmark_is_evaluated_with_its_progress(window, example):
    window.ask(PREFERENCES + f"preferences.project = {str(ROOT)!r}")
    window.ask("bpy.ops.cdyn.evaluate(split='dev', count=2, workers=1)")
    counted = "w = session().work; result = w is not None and [w.phase, w.total] == ['machines', 2]"
    window.until(lambda: window.ask(counted), 60, "the progress is shown")
    time.sleep(1.0)
    window.picture("14_evaluation")
    _, message, error, _ = wait(window, 300)
    assert not error
    assert message.startswith("PhysiBench: ")
    assert message.endswith(" of 2 machines succeeded")
    assert Path(window.ask("result = session().report")).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_commands_work_without_a_window(window, tmp_path):
    def command(*words):
        done = window.run("--offline-mode", "--command", "code_as_dynamics", *map(str, words), check=False)
        return done.returncode, done.stdout, done.stderr

    (scene,) = (window.folder / "user").rglob("examples/trigger_door.json")
    code, told, _ = command("parse", scene, "--text")
    assert code == 0
    assert "Marble" in told
    job = tmp_path / "job"
    code, told, _ = command("run", scene, "--coder", "template", "--out", job)
    assert code == 0
    assert '"logic_success": true' in told
    code, told, _ = command("annotate", job)
    assert code == 0
    assert "The marble meets the sensor" in told
    touch = 'EVENT("CollisionStart", {"a_id": "Marble", "b_id": "Sensor"})'
    assert command("score", job, "--reward", touch)[0] == 0
    assert command("score", job, "--reward", f"NOT({touch})")[0] == 1
    code, _, words = command("parse", tmp_path / "missing.blend")
    assert code == 2
    assert "missing.blend" in words
    unknown = "When Elephant touches Goal, open Barrier."
    code, _, words = command("run", scene, "--rules", unknown, "--coder", "template", "--out", tmp_path / "no")
    assert code == 2
    assert "Elephant" in words
    assert not (tmp_path / "no").exists()


def test_disabling_leaves_nothing_behind(window, example):
    told = window.ask(
        PREFERENCES
        + """
import addon_utils
def left():
    handlers = bpy.app.handlers
    lists = [getattr(handlers, n) for n in dir(handlers) if isinstance(getattr(handlers, n), list)]
    ours = [f for found in lists for f in found if name in getattr(f, "__module__", "")]
    classes = [c for c in dir(bpy.types) if c.startswith("CDYN_")]
    operators = [o for o in dir(bpy.ops.cdyn)]
    properties = [hasattr(bpy.types.Scene, "cdyn"), hasattr(bpy.types.WindowManager, "cdyn")]
    return [len(ours), classes, operators, properties]
enabled = left()
states = []
for _ in range(20):
    addon_utils.disable(name)
    disabled = left()
    addon_utils.enable(name, default_set=True)
    states.append([disabled, left() == enabled])
result = [enabled, states]
""",
        120,
    )
    enabled, states = told
    assert enabled[0] > 0
    assert len(enabled[1]) > 5
    assert len(enabled[2]) > 10
    assert states == [[[0, [], [], [False, False]], True]] * 20
    window.open_tab()


def test_another_file_ends_the_run(window, example):
    window.ask("bpy.context.scene.cdyn.steps = 100_000")
    window.ask("bpy.context.scene.cdyn.rules.clear()")
    window.click("cdyn.run")
    window.until(lambda: said(window)[0], 10, "the run begins")
    child = window.ask("result = session().work.child._process.pid")
    window.ask(
        "bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None, first_interval=0.1)"
    )
    window.until(lambda: not said(window)[0], 20, "the run has ended")
    window.until(lambda: is_gone(child), 5, "no child is left")


@pytest.mark.parametrize("way", ["quit", "kill"])
def test_the_child_ends_with_its_window(window, way):
    if not window.is_open:
        window.start()
    window.open_tab()
    window.ask("""
bpy.context.scene.cdyn.steps = 100_000
with bpy.context.temp_override(window=window()):
    bpy.ops.cdyn.make_active()
""")
    window.click("cdyn.run")
    stepping = "w = session().work; result = w is not None and w.phase == 'run' and w.done > 0"
    window.until(lambda: window.ask(stepping), 60, "the simulation is under way")
    child = window.ask("result = session().work.child._process.pid")
    getattr(window, way)()
    end = time.monotonic() + 10
    while not is_gone(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert is_gone(child)
