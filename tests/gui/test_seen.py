"""What a picture of the scene shows, compared in a real Blender window from Advanced."""

import os
import time

import pytest

from .blender import Window
from .panel import PREFERENCES, press, said, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

SEEN = "result = session().seen.get(bpy.context.scene.session_uid)"
EXAMPLE = "with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='domino')"
SELECTED = "result = sorted(o.name for o in bpy.context.selected_objects)"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


def test_what_a_picture_lacks_is_told_and_selected(window):
    window.ask(EXAMPLE)
    window.ask("bpy.context.window_manager.cdyn.shows_advanced = True")
    window.open_tab()
    press(window, "cdyn.compare_picture")
    window.until(lambda: said(window)[0], 10, "the comparison begins")
    wait(window)
    told = window.ask(SEEN)
    assert not said(window)[2]
    assert told["found"] + len(told["missing"]) == told["of"]
    assert told["missing"]
    time.sleep(0.5)
    press(window, "cdyn.select_missing")
    window.until(lambda: window.ask(SELECTED) == sorted(told["missing"]), 10, "what is missing is selected")
    window.picture("60_seen")
    window.ask("bpy.ops.ed.undo_push(message='test')")
    window.ask("with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')): bpy.ops.ed.undo()")
    assert window.ask(SEEN) is None
    assert "Traceback" not in window.last_words()
