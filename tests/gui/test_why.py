"""A rule that does not act is mended through *Why?*, with the real mouse in a real Blender window."""

import os

import pytest

from .blender import Window
from .panel import PREFERENCES, press, press_run, wait_for_run

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

RULE = "When Marble is faster than 30 m/s, open Barrier"
ACROSS = 0.85
"""Where *Why?* is in the sidebar's width."""
OPEN = "result = bpy.context.window_manager.cdyn.why"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=(), size=(1280, 720)) as opened:
        opened.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')")
        opened.until(
            lambda: opened.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example"
        )
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        opened.ask(
            f"s = bpy.context.scene.cdyn; s.rules.clear(); s.assertions.clear(); s.rules.add().text = {RULE!r};"
            "s.rule_index = 0; s.steps = 200"
        )
        opened.open_tab()
        yield opened


def test_a_rule_that_does_not_act_is_mended_and_run_at_once(window):
    press_run(window)
    (rule,) = window.ask("result = figures()['rules']")
    assert rule["fired"] == 0
    assert window.ask(OPEN) == f"rule {RULE}"
    window.picture("70_why")
    press(window, "cdyn.why", ACROSS)
    assert window.ask(OPEN) == ""
    press(window, "cdyn.why", ACROSS)
    press(window, "cdyn.mend")
    wait_for_run(window)
    assert window.ask("result = bpy.context.scene.cdyn.rules[0].text") != RULE
    assert window.ask(OPEN) == ""
    (rule,) = window.ask("result = figures()['rules']")
    assert rule["fired"] == 1
    window.scroll(-40)
    window.picture("73_acts")


def test_a_mend_is_one_step_to_undo(window):
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.ed.undo()")
    window.until(lambda: window.ask("result = bpy.context.scene.cdyn.rules[0].text") != RULE, 10, "the run is undone")
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.ed.undo()")
    window.until(lambda: window.ask("result = bpy.context.scene.cdyn.rules[0].text") == RULE, 10, "the mend is undone")


IN_THE_FLOOR = """
s = bpy.context.scene.cdyn
with bpy.context.temp_override(window=window()):
    if bpy.ops.cdyn.take_out.poll():
        bpy.ops.cdyn.take_out()
s.rules.clear()
s.script = None
marble, floor = bpy.data.objects["Marble"], bpy.data.objects["Floor"]
x, y, z = floor.matrix_world.translation
marble.location = (x, y + 0.4 * floor.dimensions.y, z + floor.dimensions.z / 2 + 0.02)
"""
HEIGHT = "result = bpy.data.objects['Marble'].location.z"


def test_what_flew_away_is_put_right(window):
    window.ask(IN_THE_FLOOR)
    low = window.ask(HEIGHT)
    press_run(window)
    assert [answer["object"] for answer in window.ask("result = figures()['why']")] == ["Marble"]
    window.picture("74_flown")
    press(window, "cdyn.mend")
    wait_for_run(window)
    assert window.ask(HEIGHT) > low + 0.05
    assert window.ask("result = figures()['why']") == []
