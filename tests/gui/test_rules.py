"""Rules as they are typed: what was understood, what was not, and what became of them, in a real Blender window."""

import os
import time

import pytest

from .blender import Window
from .panel import PREFERENCES, longest, run, script, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

RULE = "When Marble touches Sensor, open Barrier"
READ = "once Marble touches Sensor → Barrier opens within 0.5 s"
NEVER = "When Marble is higher than 50 m, turn Lamp on"
REFUSED = "When Marble plonks Sensor, frobnicate Barrier"
MOST_SECONDS_TO_READ = 0.5
STATE = """
state_of = module("ui.rule_panels").state_of
state = state_of(bpy.context, bpy.context.scene.cdyn.rules[{place}].text.strip())
result = [state.kind, state.line, state.why]
"""


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')")
        opened.until(
            lambda: opened.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example"
        )
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        opened.ask("s = bpy.context.scene.cdyn; s.rules.clear(); s.assertions.clear(); s.steps = 300")
        opened.open_tab()
        yield opened


def state(window, place=0):
    return window.ask(STATE.format(place=place))


def begin_to_type(window):
    """Begin to edit the chosen rule in its field: Blender's Ctrl-click, which two slow clicks cannot be taken for."""
    x, y = window.find("text")
    window.x("mousemove", x, y, "sleep", "0.2", "keydown", "ctrl", "click", 1, "keyup", "ctrl", "sleep", "0.4")
    window.x("key", "ctrl+a", "sleep", "0.1")


def write(window, place, text):
    window.ask(f"bpy.context.scene.cdyn.rule_index = {place}; bpy.context.scene.cdyn.rules[{place}].text = {text!r}")
    window.until(lambda: state(window, place)[0] != "unread", 10, "the rule is read")
    return state(window, place)


def test_a_rule_is_read_while_it_is_typed(window):
    window.click("cdyn.add_rule", across=0.86)
    window.until(lambda: window.ask("result = len(bpy.context.scene.cdyn.rules)") == 1, 10, "a rule")
    begin_to_type(window)
    window.x("type", "--delay", 20, RULE)
    window.until(lambda: state(window)[:2] == ["words", READ], 10, "the reading, before the rule is entered")
    window.picture("30_typed")
    window.x("key", "Return", "sleep", "0.3")
    assert window.ask("result = bpy.context.scene.cdyn.rules[0].text") == RULE
    assert state(window)[:2] == ["words", READ]


def test_a_rule_that_is_not_understood_is_told_with_its_words(window):
    begin_to_type(window)

    def type_rule():
        window.x("type", "--delay", 60, REFUSED)
        seconds = window.until(lambda: state(window)[0] == "refused" and "plonks" in state(window)[2], 10, "a refusal")
        print(f"\nread {seconds:.2f} s after the last key")

    gaps, own = longest(window, type_rule)
    print(f"longest gaps of the main thread while typing: {gaps} ms; calls of the extension: {', '.join(own)} ms")
    _, line, why = state(window)
    assert "'plonks'" in line
    assert "'frobnicate'" in line
    assert "You can say: " in why
    time.sleep(0.5)
    window.picture("31_refused")
    window.x("key", "Return", "sleep", "0.3")
    x, y = window.find("cdyn.explain_rule", across=0.86)
    window.x("mousemove", x, y, "sleep", "0.2", "click", 1, "sleep", "0.7")
    window.picture("32_details")
    window.x("key", "Escape", "sleep", "0.3", "mousemove", 600, 500, "sleep", "0.3")
    window.click("cdyn.write")
    _, _, error, _ = wait(window)
    assert "'plonks'" in error
    assert "Copy Prompt" in error
    assert script(window) is None
    window.picture("33_write_refused")


def test_who_is_asked_is_told(window):
    for coder, kind in (("local", "asked"), ("openai", "free code"), ("template", "refused")):
        window.ask(PREFERENCES + f"preferences.coder = {coder!r}")
        assert state(window)[0] == kind
        window.ask("area_of('VIEW_3D').tag_redraw()")
        time.sleep(0.3)
        window.picture(f"34_{coder}")


def test_it_is_told_what_became_of_each_rule(window):
    assert write(window, 0, RULE)[:2] == ["words", READ]
    window.click("cdyn.add_rule", across=0.86)
    window.until(lambda: window.ask("result = len(bpy.context.scene.cdyn.rules)") == 2, 10, "a second rule")
    assert write(window, 1, NEVER)[0] == "words"
    window.click("cdyn.write")
    _, message, error, _ = wait(window)
    assert not error
    assert "no model was asked" in message
    run(window)
    acted, never = window.ask("result = figures()['rules']")
    assert acted["told"].startswith("at frame ")
    assert never["told"].startswith("never: Marble's height was nearest at ")
    assert window.ask(f"result = module('ui.rule_panels').outcome_of(bpy.context.scene, {NEVER!r})") == never
    window.picture("35_outcomes")
    assert state(window)[:2] == ["words", READ]
