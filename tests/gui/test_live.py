"""What the panel tells and when it no longer does: of runs, other states, other files; the local model that stays."""

import json
import os
import time

import pytest

from .blender import Window
from .panel import PREFERENCES, is_gone, run, said, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))
WHOLE, MODEL = os.environ.get("CDYN_GUI_WHOLE") == "1", os.environ.get("CDYN_MODEL_DIR")

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

RULE = "When Marble touches Sensor, open Barrier"
REWORDED = "If the marble bumps into the sensor, have the barrier swing wide"
EXAMPLE = """
with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')
s = bpy.context.scene.cdyn
s.rules.clear(); s.assertions.clear(); s.steps = 60
s.rules.add().text = RULE
bpy.ops.ed.undo_push(message="rule")
"""
TOLD = """
key = bpy.context.scene.session_uid
s = session()
shown = module("ui.results").shown(bpy.context.scene)
found = s.findings.get(key)
result = {"message": s.message, "error": s.error, "line": s.error_line, "applied": applied(), "report": s.report,
          "figures": shown and [shown.run, shown.is_on_timeline],
          "notes": bool(found and (found.notes or found.warnings)),
          "markers": len(bpy.context.scene.timeline_markers), "overlay": bool(module("ui.overlay")._shown)}
"""
NOTHING = {
    "message": "",
    "error": "",
    "line": 0,
    "applied": "",
    "report": "",
    "figures": None,
    "notes": False,
    "markers": 0,
    "overlay": False,
}
RUNS = "result = [[r.name, r.shown, r.size, r.title] for r in bpy.context.window_manager.cdyn.runs]"
FAILS = "t = bpy.context.scene.cdyn.script; t.write('\\nraise ValueError(1)\\n')"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


@pytest.fixture
def scene(window):
    """A new example with a rule in a file that is not saved."""
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.wm.read_homefile(app_template='')")
    window.open_tab()
    window.ask(f"RULE = {RULE!r}" + EXAMPLE)
    window.open_tab()


def told(window):
    return window.ask(TOLD)


def undo(window):
    window.x("mousemove", 600, 500, "sleep", "0.2", "key", "ctrl+z", "sleep", "1.5")


def run_that_fails(window):
    window.ask(FAILS)
    window.click("cdyn.run")
    window.until(lambda: said(window)[0], 10, "the run begins")
    assert wait(window)[2]


def test_a_run_is_told_as_it_is_and_undo_takes_back_what_was_told(window, scene):
    run(window)
    before = told(window)
    assert before["applied"].startswith("Run applied: ")
    assert before["figures"][1] is True
    window.picture("60_applied")
    undo(window)
    assert told(window) == NOTHING
    window.picture("61_undone")


def test_runs_are_listed_by_their_rules_with_their_sizes(window, scene):
    run(window)
    window.until(lambda: window.ask(RUNS)[0][2] > 0, 20, "sizes are known")
    newest = window.ask(RUNS)[0]
    assert newest[0] == told(window)["figures"][0]
    assert newest[1] == RULE
    assert newest[3] == "Dynamics trigger_door"


def test_a_run_that_fails_tells_nothing_of_the_one_before_and_undo_nothing_of_it(window, scene):
    run(window)
    good = told(window)
    run_that_fails(window)
    failed = told(window)
    assert "The script failed at frame" in failed["error"]
    assert failed["figures"] != good["figures"]
    assert failed["figures"][1] is False
    assert window.ask("result = bpy.types.CDYN_PT_moments.poll(bpy.context)") is False
    window.picture("62_failed")
    undo(window)
    assert told(window) == NOTHING


def test_what_was_told_of_a_script_goes_when_the_script_is_undone(window, scene):
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.write()")
    assert wait(window)[1]
    undo(window)
    assert told(window) == NOTHING


def test_a_new_file_knows_nothing_but_the_list_of_runs(window, scene):
    run(window)
    listed = [one[0] for one in window.ask(RUNS)]
    run_that_fails(window)
    window.ask("bpy.context.window_manager.cdyn.why = 'open'")
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.wm.read_homefile(app_template='')")
    window.open_tab()
    assert told(window) == NOTHING
    window.until(lambda: set(listed) <= {one[0] for one in window.ask(RUNS)}, 20, "runs are listed")
    assert window.ask("w = bpy.context.window_manager.cdyn; result = w.wish + w.why") == ""
    window.picture("63_new")


def test_a_file_that_is_opened_again_shows_its_own_run_and_the_list(window, scene, tmp_path):
    run(window)
    before, path = told(window), str(tmp_path / "kept.blend")
    window.ask(f"bpy.ops.wm.save_as_mainfile(filepath={path!r})")
    run_that_fails(window)
    window.ask(f"with bpy.context.temp_override(window=window()): bpy.ops.wm.open_mainfile(filepath={path!r})")
    window.open_tab()
    window.until(lambda: told(window)["overlay"], 20, "the overlay is that of the run")
    after = told(window)
    assert after["applied"] == before["applied"]
    assert (after["figures"], after["markers"]) == (before["figures"], before["markers"])
    assert (after["message"], after["error"], after["notes"]) == ("", "", False)
    window.until(lambda: before["figures"][0] in [one[0] for one in window.ask(RUNS)], 20, "runs are listed")


def test_the_end_of_a_run_is_notified(window, scene, tmp_path):
    program, heard = tmp_path / "notify-send", tmp_path / "heard.json"
    program.write_text(
        "#!/usr/bin/python3\nimport json, os, sys\n"
        f"open({str(heard)!r} + '.part', 'w').write(json.dumps(sys.argv[1:]))\n"
        f"os.rename({str(heard)!r} + '.part', {str(heard)!r})\n"
    )
    program.chmod(0o755)
    window.ask(
        f"os.environ['PATH'] = {str(tmp_path)!r} + os.pathsep + os.environ['PATH']\n"
        "os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/none'\n"
        "module('ui.notice').LONG = 0.0\n"
        'bpy.context.scene.name = "a <b>\'$(x)"'
    )
    try:
        run(window)
        window.until(heard.exists, 20, "the notification")
        *_, title, text = json.loads(heard.read_text())
        assert title == "Dynamics: a <b>'$(x) is done"
        assert text.startswith("It took ")
        heard.unlink()
        window.ask(PREFERENCES + "preferences.notify = False")
        run(window)
        time.sleep(1.0)
        assert not heard.exists()
    finally:
        window.ask("module('ui.notice').LONG = 20.0\n" + PREFERENCES + "preferences.notify = True")


@pytest.mark.skipif(not (WHOLE and MODEL), reason="the short way leaves the local model out")
def test_the_local_model_stays_from_rule_to_rule_and_is_let_go(window, scene):
    window.ask(PREFERENCES + "preferences.coder = 'local'")
    growing = "t = bpy.data.texts.get('Dynamics script, being written'); result = bool(t and t.as_string())"
    servers = []
    for number, rule in enumerate((REWORDED, REWORDED + " again", REWORDED + " at once")):
        window.ask(f"bpy.context.scene.cdyn.rules[0].text = {rule!r}")
        state = f"result = module('ui.rule_panels').state_of(bpy.context, {rule!r}).kind"
        window.until(lambda state=state: window.ask(state) == "asked", 20, "the rule is read")
        begun = time.monotonic()
        window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.write()")
        about = window.ask("result = session().work.seconds_about")
        assert about >= 5
        time.sleep(0.5)
        window.picture(f"64_about_{number}")
        window.until(lambda: window.ask(growing), 120, "the first token")
        first = time.monotonic() - begun
        wait(window, 300)
        whole = time.monotonic() - begun
        print(f"\nfirst token {first:.1f} s after the click, whole {whole:.1f} s; told: about {about} s")
        servers.append(window.ask("result = [session().server._process.pid, session().server_address]"))
    assert servers[0] == servers[1] == servers[2]
    window.ask("module('ui.serving')._used -= 601")
    window.until(lambda: window.ask("result = session().server is None"), 10, "the model is let go")
    window.until(lambda: is_gone(servers[0][0]), 20, "its process has ended")
    window.ask(PREFERENCES + "preferences.coder = 'template'")
