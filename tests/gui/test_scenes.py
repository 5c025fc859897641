"""What users do to scenes between runs, in a real Blender window: edits, copies, undo, other scenes and files."""

import os
import time

import pytest

from .blender import Window
from .panel import APPLIED, CHILDREN, PREFERENCES, find_and_do, run, said, script, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

START = 101
BUILD = f"""
s = bpy.context.scene
s.frame_start, s.frame_end = {START}, {START} + 49
with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')):
    bpy.ops.cdyn.make_active(name='Cube')
    bpy.data.objects['Cube'].location = (0, 0, 4)
    bpy.ops.mesh.primitive_plane_add(size=20, location=(0, 0, 0))
    bpy.context.object.name = 'Ground'
    bpy.ops.cdyn.make_passive()
    bpy.ops.object.select_all(action='DESELECT')
    bpy.data.objects['Cube'].select_set(True)
    bpy.context.view_layer.objects.active = bpy.data.objects['Cube']
    s.cdyn.steps = 40
    s.frame_set({START})
    bpy.ops.ed.undo_push(message='Built')
"""
PLACE = "result = [round(x, 4) for x in bpy.data.objects[{!r}].location]"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


@pytest.fixture(autouse=True)
def scene(window):
    """A cube above the ground, the timeline from frame 101 on; afterwards no process has ended by a signal."""
    window.ask("bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None)")
    window.until(lambda: window.ask("result = 'Ground' not in bpy.data.objects"), 20, "a new file")
    window.open_tab()
    window.ask(BUILD)
    yield
    assert [told for told in window.ask(CHILDREN) if (told[1] or 0) < 0] == []
    assert "Traceback" not in window.last_words()


def place(window, name="Cube"):
    return window.ask(PLACE.format(name))


def applied_run(window):
    _, _, error, _ = run(window)
    assert not error
    return window.ask("result = applied()")


def grab(window, *keys):
    """Move the selected objects by typing."""
    window.x("mousemove", 500, 500, "sleep", "0.3")
    for key in keys:
        window.x("key", key, "sleep", "0.2")
    window.x("key", "Return", "sleep", "0.5")


def at(window, frame, name="Cube"):
    return window.ask(f"bpy.context.scene.frame_set({frame})\n" + PLACE.format(name))


def test_an_object_that_was_moved_starts_from_there(window):
    assert applied_run(window).startswith("Run applied: 1 object moves")
    assert at(window, START) == [0, 0, 4]
    assert at(window, START + 40)[2] == pytest.approx(1, abs=0.1)
    before = place(window)
    grab(window, "g", "x", "3")
    moved = place(window)
    assert moved[0] - before[0] == pytest.approx(3, abs=1e-3)
    at(window, START + 10)
    assert window.ask("result = module('ui.overview').overview(bpy.context.scene).edited") == ["Cube"]
    window.picture("20_edited")
    applied_run(window)
    assert at(window, START) == pytest.approx(moved, abs=1e-3)
    find_and_do(window, "Take Off the Timeline")
    assert place(window) == pytest.approx(moved, abs=1e-3)


def test_a_grab_that_is_cancelled_is_no_edit_and_undo_takes_edits_back(window):
    applied_run(window)
    at(window, START + 20)
    window.x("mousemove", 500, 500, "sleep", "0.3", "key", "g", "sleep", "0.2", "mousemove", 600, 400, "sleep", "0.3")
    window.x("key", "Escape", "sleep", "0.5")
    edited = "result = module('ui.overview').overview(bpy.context.scene).edited"
    window.until(lambda: window.ask(edited) == [], 10, "the cancelled grab is forgotten")
    grab(window, "g", "x", "3")
    window.until(lambda: window.ask(edited) == ["Cube"], 10, "the edit is noted")
    window.x("key", "ctrl+z")
    window.until(lambda: window.ask(edited) == [], 10, "undo takes it back")
    assert window.ask("result = applied()")
    window.x("key", "ctrl+shift+z")
    window.until(lambda: window.ask(edited) == ["Cube"], 10, "redo brings it again")


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["alt+d", "shift+d"])
def test_a_copy_falls_beside_what_it_was_made_of(window, keys):
    applied_run(window)
    at(window, START)
    grab(window, keys, "x", "5")
    copy = window.ask("result = bpy.context.object.name")
    assert copy == "Cube.001"
    assert applied_run(window).startswith("Run applied: 2 objects move")
    first, second = at(window, START), at(window, START, copy)
    assert second == pytest.approx([5, 0, 4], abs=1e-3)
    assert first == [0, 0, 4]
    first, second = at(window, START + 40), at(window, START + 40, copy)
    assert [second[0] - first[0], second[2] - first[2]] == pytest.approx([5, 0], abs=0.5)
    find_and_do(window, "Take Off the Timeline")
    assert [place(window), place(window, copy)] == [[0, 0, 4], pytest.approx([5, 0, 4], abs=1e-3)]
    assert window.ask("result = len([a for a in bpy.data.actions if a.users])") == 0


@pytest.mark.slow
def test_what_the_panel_says_of_a_run_goes_with_it(window, tmp_path):
    applied_run(window)
    path = str(tmp_path / "scene.blend")
    window.ask(f"bpy.ops.wm.save_as_mainfile(filepath={path!r})")
    window.x("mousemove", 500, 500, "sleep", "0.2", "key", "ctrl+z", "sleep", "1")
    assert window.ask("result = [applied(), figures()]") == ["", None]
    window.x("key", "ctrl+shift+z", "sleep", "1")
    assert window.ask("result = bool(applied() and figures())")
    window.ask("bpy.ops.scene.new(type='NEW')")
    assert window.ask("result = [applied(), figures()]") == ["", None]
    window.picture("21_other_scene")
    window.ask("bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None)")
    time.sleep(1.5)
    assert window.ask("s = session(); result = [applied(), figures(), s.message, s.error]") == ["", None, "", ""]
    window.until(lambda: window.ask("result = len(bpy.context.window_manager.cdyn.runs)") > 0, 10, "the list of runs")
    window.ask(f"bpy.app.timers.register(lambda: bpy.ops.wm.open_mainfile(filepath={path!r}) and None)")
    window.until(lambda: window.ask("result = bool(applied() and figures())"), 20, "the figures of the file")
    window.open_tab()
    window.until(lambda: window.ask("result = len(bpy.context.window_manager.cdyn.runs)") > 0, 10, "the list of runs")
    window.picture("22_reopened")


def test_a_run_in_which_nothing_would_move_is_not_begun(window):
    window.ask("bpy.data.objects['Cube'].rigid_body.type = 'PASSIVE'")
    window.click("cdyn.run")
    busy, _, error, line = said(window)
    assert (busy, line) == (False, 0)
    assert error.startswith("Nothing would move")
    window.picture("23_nothing_moves")


@pytest.mark.slow
def test_an_assertion_in_english_is_quoted_and_frames_are_those_of_the_timeline(window):
    window.ask("bpy.context.scene.cdyn.assertions.add().text = 'When Cube hits Ground, be happy'")
    _, _, error, line = run(window)
    assert error.startswith("the assertion 'When Cube hits Ground, be happy' cannot be used")
    assert line == 0
    window.picture("24_assertion")
    window.ask("""
bpy.context.scene.cdyn.assertions[0].text = 'EVENT("CollisionStart", {"a_id": "Cube", "b_id": "Ground"})'
t = bpy.data.texts.new('mine')
t.from_string('if frame == 30:\\n    bpy.data.objects["Ground"].rigid_body.mass = 1\\n    x = 1 / 0\\n')
bpy.context.scene.cdyn.script = t
""")
    _, _, error, line = run(window)
    assert error.startswith(f"The script failed at frame {START + 30}")
    assert line == 3
    assert window.ask("result = [figures()['ok'], applied()]") == [False, ""]
    window.picture("25_failed")
    window.ask("bpy.context.scene.cdyn.script = None")
    applied_run(window)
    reason = window.ask("result = figures()['assertions'][0]['reason']")
    frames = window.ask("result = sorted(m.frame for m in bpy.context.scene.timeline_markers)")
    assert min(frames) >= START
    assert any(f"(frame {frame})" in reason for frame in frames), (reason, frames)


@pytest.mark.slow
def test_a_script_that_misses_a_body_is_told_with_the_button_that_makes_it(window):
    window.ask("""
o = bpy.data.objects.new('Box', bpy.data.objects['Cube'].data)
bpy.context.scene.collection.objects.link(o)
o.location = (4, 0, 4)
t = bpy.data.texts.new('mine')
t.from_string('if frame == 5:\\n    bpy.data.objects["Box"].rigid_body.kinematic = False\\n')
bpy.context.scene.cdyn.script = t
""")
    _, _, error, line = run(window)
    assert "asks for the rigid body of 'Box', which has none" in error
    assert line == 2
    window.picture("26_no_body")
    window.click("cdyn.make_active(name=")
    kind = "b = bpy.data.objects['Box'].rigid_body; result = b and b.type"
    window.until(lambda: window.ask(kind) == "ACTIVE", 10, "an active body")
    assert not said(window)[2]
    assert "2 objects move" in applied_run(window)


@pytest.mark.slow
def test_writing_again_uses_the_same_text_and_a_failure_keeps_it(window):
    window.ask(
        "r = bpy.context.scene.cdyn.rules.add(); r.text = 'When Cube touches Ground, launch Cube upwards at 3 m/s'"
    )
    for _ in range(2):
        window.click("cdyn.write")
        assert not wait(window)[2]
    before = script(window)
    assert "def rule_1" in before
    names = "result = [t.name for t in bpy.data.texts]"
    assert window.ask(names) == ["Dynamics script"]
    window.ask("bpy.context.scene.cdyn.rules[0].text = 'When Cube touches Ground, launch Light upwards at 3 m/s'")
    window.click("cdyn.write")
    error = wait(window)[2]
    assert "Light is a light" in error
    assert script(window) == before
    assert window.ask(names) == ["Dynamics script"]
    assert window.ask("result = area_of('TEXT_EDITOR').spaces.active.text.name") == "Dynamics script"
    window.picture("27_light")


@pytest.mark.slow
def test_every_example_can_be_added_after_another(window):
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='ramp')")
    for name in ("trigger_door", "lever"):
        window.ask(
            f"with bpy.context.temp_override(window=window()): result = list(bpy.ops.cdyn.example(name={name!r}))"
        )
        assert window.ask("result = bpy.context.scene.name") == f"Dynamics {name}"
    assert "are called" in said(window)[1]
    window.picture("28_renamed")
    window.ask("window().scene = bpy.data.scenes['Dynamics trigger_door']")
    window.click("cdyn.write")
    assert not wait(window)[2]
    assert "def rule_3" in script(window)
    applied_run(window)
    assert window.ask("result = figures()['logic_success']") is True


def test_a_run_of_another_scene_is_not_said_to_be_applied(window):
    applied_run(window)
    window.ask("""
bpy.ops.scene.new(type='NEW')
bpy.context.window_manager.cdyn.run_index = 0
""")
    told = window.ask("with bpy.context.temp_override(window=window()): result = list(bpy.ops.cdyn.reopen())")
    assert told == ["CANCELLED"]
    assert "none of what the run moves: 'Cube'" in said(window)[2]
    assert window.ask("result = [applied(), figures()]") == ["", None]


@pytest.mark.slow
def test_physics_that_was_turned_on_is_told(window):
    applied_run(window)
    window.ask("bpy.context.scene.rigidbody_world.enabled = True")
    time.sleep(0.5)
    window.picture("29_physics_on")
    find_and_do(window, "Take Off the Timeline")
    assert window.ask("result = bpy.context.scene.rigidbody_world.enabled") is True


def test_a_linked_object_in_the_background_is_no_obstacle(window, tmp_path):
    path = str(tmp_path / "library.blend")
    window.ask(f"""
m = bpy.data.meshes.new('Far')
o = bpy.data.objects.new('Far', m)
bpy.data.libraries.write({path!r}, {{o}})
bpy.data.objects.remove(o)
with bpy.data.libraries.load({path!r}, link=True) as (there, here):
    here.objects = ['Far']
bpy.context.scene.collection.objects.link(here.objects[0])
""")
    time.sleep(0.5)
    window.picture("30_linked")
    assert window.ask("result = module('ui.overview').overview(bpy.context.scene).linked") == ["Far"]
    assert window.ask("result = bpy.ops.cdyn.run.poll()")


def test_notes_and_warnings_are_shown(window):
    window.ask("""
notes = [{'subject': 'Cube', 'feature': 'cloth', 'text': 'its cloth is not simulated', 'missing_in': ['run']}] * 40
told = {'notes': notes, 'warnings': ['rule_2 is never called'], 'bodiless': ['Cube']}
session().find(bpy.context.scene.session_uid, told)
area_of('VIEW_3D').tag_redraw()
""")
    time.sleep(2)
    window.picture("32_notes")
    assert window.ask("result = module('ui.panels').CDYN_PT_notes.poll(bpy.context)")


@pytest.mark.slow
def test_old_runs_are_cleaned_up(window):
    window.until(lambda: window.ask("result = bpy.context.window_manager.cdyn.stored_runs") > 3, 10, "runs are counted")
    assert window.ask("result = bpy.context.window_manager.cdyn.stored") > 0
    applied_run(window)
    on_timeline = window.ask("import json; result = json.loads(bpy.context.scene['cdyn_run'])['run']")
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.clean_up(keep=0)")
    listed = "result = [r.name for r in bpy.context.window_manager.cdyn.runs]"
    window.until(lambda: window.ask(listed) == [on_timeline], 20, "only the run on the timeline is left")
    assert window.ask(APPLIED)
    window.picture("31_cleaned_up")
