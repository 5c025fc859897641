"""Worlds of sentences in a real Blender window: made, watched, taken out and kept."""

import os
import time

import pytest

from .blender import Window
from .panel import DRAWN, PREFERENCES, PROPOSED, longest, said, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

SENTENCE = "A ball rolls down a ramp and topples a row of dominoes"
EVERYTHING = """
kinds = [k.identifier for k in bpy.data.bl_rna.properties if k.type == 'COLLECTION']
aside = ('window_managers', 'screens', 'workspaces', 'brushes', 'images', 'palettes', 'linestyles', 'libraries')
s = bpy.context.scene
result = [sorted([k, b.name] for k in kinds if k not in aside for b in getattr(bpy.data, k)), s.frame_end,
          s.frame_current, s.world and s.world.name, s.camera and s.camera.name, s.rigidbody_world is None,
          sorted(k for k in s.keys() if k.startswith('cdyn_')), len(s.timeline_markers), [r.text for r in s.cdyn.rules]]
"""
WORLDS = "result = [c.name for c in bpy.context.scene.collection.children if c.name.startswith('World: ')]"
GUEST = "result = module('engine.guest').guest(bpy.context.scene)"
WATCHED = DRAWN.format(module="ui.world_panel", name="CDYN_PT_world")
PLACES = """
s = bpy.context.scene
result = []
for frame in {frames}:
    s.frame_set(frame)
    result.append([round(x, 4) for x in bpy.data.objects[{name!r}].matrix_world.translation])
s.frame_set(s.frame_start)
"""


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=()) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


@pytest.fixture(autouse=True)
def panel(window):
    """A new file, with the panel of worlds open and all others closed; afterwards nothing was raised."""
    window.ask("bpy.context.scene['before'] = True")
    window.ask("bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None)")
    window.until(lambda: window.ask("result = 'before' not in bpy.context.scene"), 15, "the new file")
    time.sleep(1.0)
    window.open_tab()
    open_panel(window)
    yield
    assert "Traceback" not in window.last_words()


def open_panel(window):
    """Open the panel of worlds and close all others, as ctrl-click on its header does."""
    window.ask(WATCHED)
    window.until(lambda: window.ask(PROPOSED), 60, "rules are proposed, so that the panel stays as it is")
    window.scroll(30)
    x, y = window.find("cdyn.take_out")
    for below in (86, 92, 80):
        window.x("mousemove", x, y + below, "sleep", "0.1", "keydown", "ctrl", "click", 1, "keyup", "ctrl")
        time.sleep(0.4)
        if window.ask("result = module('ui.world_panel').CDYN_PT_world.is_drawn"):
            return
    window.picture("failed")
    raise AssertionError("the panel of worlds does not open")


def make(window, sentence, seconds=120):
    """Type a sentence, make its world and wait for it; returns what the panel tells of it, None without one."""
    window.type_into("sentence", sentence)
    window.until(lambda: window.ask("result = bpy.context.scene.cdyn.sentence") == sentence, 5, "the sentence")
    window.until(lambda: said(window)[0], 10, "the world begins")
    wait(window, seconds)
    return window.ask(GUEST)


def places(window, name, frames):
    return window.ask(PLACES.format(name=name, frames=frames))


def test_a_world_is_made_watched_and_taken_out_without_a_trace(window):
    before = window.ask(EVERYTHING)
    stages = set()

    def work():
        window.type_into("sentence", SENTENCE)
        window.until(lambda: said(window)[0], 10, "the world begins")

        def ended():
            phase = window.ask("w = session().work; result = w and w.phase")
            if phase == "world_run" and phase not in stages:
                window.picture("41_making")
            stages.add(phase)
            return phase is None

        window.until(ended, 120, "the world")

    gaps, own = longest(window, work)
    print(f"\nlongest gaps of the main thread while a world is made: {gaps} ms; calls: {', '.join(own)} ms")
    assert {"world_layout", "world_run", "world_build"} <= stages
    told = window.ask(GUEST)
    assert told["met"] == told["checks"]
    assert window.ask(WORLDS) == [told["collection"]]
    assert "Cube" in window.ask("result = bpy.data.objects.keys()")
    first, later = places(window, "Ball", [1, 100])
    assert later[0] - first[0] > 0.5
    time.sleep(0.5)
    window.picture("42_made")
    window.x("mousemove", 500, 500, "key", "space", "sleep", "2", "key", "Escape", "sleep", "0.5")
    window.click("cdyn.undo_world", across=0.7)
    window.until(lambda: window.ask(GUEST) is None, 10, "the world is gone")
    assert window.ask(EVERYTHING) == before
    window.picture("43_undone")


def test_a_world_that_is_kept_stays_beside_a_second_one_and_runs(window):
    first = make(window, "A ball falls on a box")
    window.click("cdyn.keep_world")
    window.until(lambda: window.ask(GUEST) is None, 10, "the world is kept")
    window.picture("44_kept")
    between = window.ask(EVERYTHING)
    second = make(window, "A ball falls on a table")
    assert window.ask(WORLDS) == [first["collection"], second["collection"]]
    assert "Ball.001" in window.ask("result = bpy.data.objects.keys()")
    window.picture("45_second")
    window.click("cdyn.undo_world", across=0.7)
    window.until(lambda: window.ask(GUEST) is None, 10, "the second world is gone")
    assert window.ask(EVERYTHING) == between
    played = places(window, "Ball", [1, 60])
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.run()")
    wait(window)
    window.until(lambda: window.ask("result = figures() is not None"), 30, "the run is on the timeline")
    again = places(window, "Ball", [1, 60])
    assert again[0] == played[0]
    assert again[1][2] == pytest.approx(played[1][2], abs=0.05)


def test_undo_takes_a_world_out_after_a_run_of_it(window):
    before = window.ask(EVERYTHING)
    make(window, "When the ball hits the box, the lamp turns on")
    assert window.ask("result = [r.text for r in bpy.context.scene.cdyn.rules]") == [
        "when Ball hits Box, Lamp turns on"
    ]
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.write()")
    _, _, error, _ = wait(window)
    assert not error
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.run()")
    wait(window)
    window.until(lambda: window.ask("result = figures() is not None"), 30, "the run is on the timeline")
    assert window.ask("result = figures()['rules'][0]['told']").startswith("at frame ")
    window.click("cdyn.undo_world", across=0.7)
    window.until(lambda: window.ask(GUEST) is None, 10, "the world is gone")
    assert [one for one in window.ask(EVERYTHING)[0] if one not in before[0]] == [["texts", "Dynamics script"]]
    assert window.ask(EVERYTHING)[1:] == before[1:]


def test_a_sentence_that_cannot_be_had_is_told_and_kept(window):
    before = window.ask(EVERYTHING)
    told = make(window, "Colourless ideas sleep furiously")
    assert told is None
    _, _, error, _ = said(window)
    assert error
    assert window.ask("result = bpy.context.scene.cdyn.sentence") == "Colourless ideas sleep furiously"
    assert window.ask(EVERYTHING) == before
    time.sleep(0.5)
    window.picture("46_refused")


def test_a_world_that_is_cancelled_leaves_nothing(window):
    before = window.ask(EVERYTHING)
    window.type_into("sentence", "A flag waves in the wind in a garden")
    window.until(lambda: said(window)[0], 10, "the world begins")
    window.click("cdyn.cancel")
    window.until(lambda: not said(window)[0], 5, "it ends")
    assert said(window)[1].startswith("Cancelled")
    assert window.ask(EVERYTHING) == before
