"""Finding numbers in a real Blender window: searched, played back, used and undone, and cancelled on the way."""

import os
import time

import pytest

from .blender import Window
from .panel import APPLIED, PREFERENCES, said, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

SCENE = """
def body(name, add, place, size, type):
    with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')):
        add(location=place)
        o = bpy.context.object
        o.name, o.scale = name, size
        bpy.ops.rigidbody.object_add(type=type)
        o.rigid_body.collision_shape = 'SPHERE' if name == 'Ball' else 'BOX'
cube, ball = bpy.ops.mesh.primitive_cube_add, bpy.ops.mesh.primitive_uv_sphere_add
body('Ground', cube, (3, 0, -0.2), (7, 3, 0.2), 'PASSIVE')
body('Plate', cube, (3, 0, 0.05), (0.4, 0.5, 0.05), 'PASSIVE')
body('Ball', ball, (0, 0, 1), (0.2, 0.2, 0.2), 'ACTIVE')
s = bpy.context.scene
s.cdyn.steps = 30
s.cdyn.wanted = 'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Plate"})'
s.cdyn.search_budget = 60
bpy.context.view_layer.objects.active = bpy.data.objects['Ball']
"""
CALL = "with bpy.context.temp_override(window=window()): bpy.ops.{name}()"
BUTTON = "with bpy.context.temp_override(window=window()): bpy.ops.{name}('EXEC_DEFAULT', True)"
"""As a button calls it: with a step that can be undone."""

BEST = "result = session().best.get(bpy.context.scene.session_uid)"
SPEED = "result = list(bpy.data.objects['Ball'].get('cdyn_velocity', []))"
UNDO = "with bpy.context.temp_override(window=window(), area=area_of('VIEW_3D')): bpy.ops.ed.undo()"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


@pytest.fixture(autouse=True)
def scene(window):
    """A new file with a ball, a plate and an open number; afterwards nothing was raised."""
    window.ask("bpy.context.scene['before'] = True")
    window.ask("bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None)")
    window.until(lambda: window.ask("result = 'before' not in bpy.context.scene"), 15, "the new file")
    time.sleep(1.0)
    window.ask(SCENE)
    window.ask(CALL.format(name="cdyn.add_open"))
    window.ask("n = bpy.context.scene.cdyn.open_numbers[0]; n.low, n.high = 0.0, 9.0")
    yield
    assert "Traceback" not in window.last_words()


def test_a_speed_is_found_played_used_and_undone(window):
    window.open_tab()
    window.ask(CALL.format(name="cdyn.find_numbers"))
    window.until(lambda: said(window)[0], 10, "the search begins")
    wait(window, 180)
    window.until(lambda: window.ask(APPLIED), 30, "the best run is on the timeline")
    best = window.ask(BEST)
    assert best["held"]
    time.sleep(0.5)
    window.picture("50_found")
    assert window.ask(SPEED) == []
    window.ask(BUTTON.format(name="cdyn.use_numbers"))
    assert window.ask(SPEED) == pytest.approx([best["values"]["Ball.velocity.x"], 0, 0])
    window.ask(CALL.format(name="cdyn.run"))
    wait(window)
    window.until(lambda: window.ask(APPLIED), 30, "the motion is on the timeline")
    window.ask(UNDO)
    window.ask(UNDO)
    window.until(lambda: window.ask(SPEED) == [], 10, "the speed is taken back")


def test_a_search_that_is_cancelled_keeps_the_best_so_far(window):
    window.ask(
        "s = bpy.context.scene.cdyn; s.search_budget = 5000;"
        "s.wanted = 'NEARBY_AT(\"Ball\", 3, 3, 5, 1.0, threshold_strength=0.01)'"
    )
    window.ask(CALL.format(name="cdyn.find_numbers"))
    window.until(lambda: window.ask(BEST) is not None, 60, "a first candidate")
    window.ask(CALL.format(name="cdyn.cancel"))
    window.until(lambda: not said(window)[0], 10, "it ends")
    assert said(window)[1].startswith("Cancelled")
    assert window.ask(BEST)["values"]


def test_rules_without_a_script_are_not_left_out_of_a_search(window):
    window.ask("bpy.context.scene.cdyn.rules.add().text = 'After 0.1 s, Ball jumps 1 m'")
    window.ask(CALL.format(name="cdyn.find_numbers"))
    error, fixes, busy = window.ask("s = session(); result = [s.error, [f.operator for f in s.fixes], s.busy]")
    assert "no script yet" in error
    assert fixes == ["cdyn.write"]
    assert not busy
