"""Rules changed in words, in a real Blender window: typed, shown, stepped back through and undone."""

import os
import time

import pytest

from .blender import Window
from .panel import PREFERENCES, said, wait_for_run

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

RULE = "When Marble touches Sensor, open Barrier"
SLOW = "When Marble touches Sensor, Barrier opens within 3 s"
LATE = "0.5 s after Marble touches Sensor, Barrier opens within 3 s"
LAMP = "When Marble touches Goal, turn on Lamp"
RULES = "result = [r.text for r in bpy.context.scene.cdyn.rules]"
ANSWERED = """
s, scene = session(), bpy.context.scene
asked = module("ui.operators.change").asked_of(scene)
result = not s.busy and bool(s.error or asked or module("ui.changes").kept(scene.cdyn)["said"] == {said!r})
"""
ASKED = "result = module('ui.operators.change').asked_of(bpy.context.scene) is not None"
KEPT = "result = module('ui.changes').kept(bpy.context.scene.cdyn)"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=()) as opened:
        opened.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')")
        opened.until(
            lambda: opened.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example"
        )
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        opened.ask(f"s = bpy.context.scene.cdyn; s.rules.clear(); s.rules.add().text = {RULE!r}; s.assertions.clear()")
        opened.ask("bpy.context.scene.cdyn.steps = 60")
        opened.ask("bpy.ops.ed.undo_push(message='before')")
        opened.open_tab()
        yield opened


def stand_still(window):
    """Wait until the panel does not move any more, as it does a little once the rules are read again."""
    place = None
    while place != (place := window.find("wish")):
        time.sleep(1.0)


def press(window, wanted, across, rules):
    """Click on a button, and wait for the rules that it makes."""
    stand_still(window)
    window.click(wanted, across)
    window.until(lambda: window.ask(RULES) == rules, 10, f"the rules are {rules}")


def wish(window, text):
    """Say what is to be different, and wait for what comes of it; returns the error that is told."""
    window.ask("session().say()")
    stand_still(window)
    begun = time.monotonic()
    window.type_into("wish", text)
    window.until(lambda: window.ask(ANSWERED.format(said=text)), 120, "it is answered")
    if not said(window)[2] and not window.ask(ASKED):
        wait_for_run(window)
    print(f"\n'{text}' was typed, read and run in {time.monotonic() - begun:.1f} s")
    time.sleep(0.3)
    return said(window)[2]


def test_what_is_said_is_done_and_shown(window):
    assert wish(window, "open it slower, over 3 seconds") == ""
    assert window.ask(RULES) == [SLOW]
    assert window.ask("result = bpy.context.window_manager.cdyn.wish") == ""
    window.picture("51_slower")
    assert wish(window, "a bit later") == ""
    assert window.ask(RULES) == [LATE]
    window.picture("52_later")


def test_changes_are_stepped_back_and_forward(window):
    press(window, "forward=False", 0.785, [SLOW])
    window.picture("53_back")
    press(window, "forward=True", 0.855, [LATE])
    assert wish(window, "undo that") == ""
    assert window.ask(RULES) == [SLOW]


def test_undo_of_blender_takes_the_change_and_what_is_shown_of_it_back(window):
    before = window.ask(KEPT)
    assert wish(window, "also turn the lamp off") == ""
    assert window.ask(RULES) == [f"{SLOW} and Lamp turns off"]
    window.x("mousemove", 500, 500, "key", "ctrl+z", "sleep", "1", "key", "ctrl+z", "sleep", "1")
    window.until(lambda: window.ask(RULES) == [SLOW], 10, "the rules are as they were before the change and its run")
    assert window.ask(KEPT) == before
    window.picture("54_undone")
    window.x("mousemove", 500, 500, "key", "ctrl+shift+z", "sleep", "1")
    window.until(lambda: window.ask(RULES) == [f"{SLOW} and Lamp turns off"], 10, "the change is there again")
    window.x("key", "ctrl+z", "sleep", "1")


def test_what_is_not_understood_stays_to_be_said_otherwise(window):
    error = wish(window, "frobnicate it")
    assert "nothing is known of 'frobnicate'" in error
    assert window.ask(RULES) == [SLOW]
    assert window.ask("result = bpy.context.window_manager.cdyn.wish") == "frobnicate it"
    window.picture("55_refused")


def test_which_rule_is_meant_is_asked(window):
    window.ask(f"s = bpy.context.scene.cdyn; s.rules.add().text = {LAMP!r}; s.rule_index = 7")
    first = window.ask(RULES)[0]
    assert wish(window, "a second later") == ""
    window.picture("56_asked")
    press(window, "cdyn.choose_change(number=1)", 0.12, [first, "1 s after Marble touches Goal, Lamp turns on"])
    window.picture("57_chosen")
