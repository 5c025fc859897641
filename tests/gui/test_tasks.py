"""Tasks of tasks.md, done with the real mouse and keyboard in a real Blender window, with the clicks counted."""

import os
import time
from pathlib import Path

import pytest

from .blender import Window
from .panel import (
    PREFERENCES,
    PROPOSED,
    choose_example,
    header_of,
    press,
    press_run,
    said,
    type_in,
    wait,
    wait_for_run,
)

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

SIZE = (1280, 720)
MOST_PROPOSED = 5
DOOR, WAITING = 0, 8
"""Places in the gallery."""

WISH = "open the barrier slower, over 3 seconds"
HEIGHTS = """
s = bpy.context.scene
curve = next(c for c in module("engine.applied")._curves(bpy.data.objects["Barrier"])["location"] if c.array_index == 2)
heights = [curve.evaluate(frame) for frame in range(s.frame_start, s.frame_end + 1)]
result = [heights[0], max(heights)]
"""
OPENING = """
s = bpy.context.scene
curve = next(c for c in module("engine.applied")._curves(bpy.data.objects["Barrier"])["location"] if c.array_index == 2)
z = [curve.evaluate(f) for f in range(s.frame_start, s.frame_end + 1)]
result = sum(b > a + 1e-4 for a, b in zip(z, z[1:])) / s.render.fps
"""
MARKERS = "s = bpy.context.scene; result = sorted([m.frame, m.name] for m in s.timeline_markers)"
TOLD = "r = figures(); result = [[r['start'] + m['frame'], m['text']] for m in r['moments']]"

BUCKET = """
import bmesh
from mathutils import Matrix
def body(name, boxes, type, shape, place):
    made, mesh = bmesh.new(), bpy.data.meshes.new(name)
    for where, size in boxes:
        bmesh.ops.create_cube(made, size=1, matrix=Matrix.Translation(where) @ Matrix.Diagonal((*size, 1)))
    if not boxes:
        bmesh.ops.create_icosphere(made, subdivisions=3, radius=0.15)
    made.to_mesh(mesh)
    o = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(o)
    o.location = place
    with bpy.context.temp_override(object=o, active_object=o, selected_objects=[o]):
        bpy.ops.rigidbody.object_add(type=type)
    o.rigid_body.collision_shape = shape
for o in list(bpy.data.objects):
    bpy.data.objects.remove(o)
walls = [((0, 0, 0.05), (1, 1, 0.1))]
walls += [((x, y, 0.3), (1 if y else 0.1, 1 if x else 0.1, 0.6)) for x, y in ((0.5, 0), (-0.5, 0), (0, 0.5), (0, -0.5))]
body('Floor', [((0, 0, -0.1), (12, 6, 0.2))], 'PASSIVE', 'BOX', (2, 0, 0))
body('Bucket', walls, 'PASSIVE', 'MESH', (2.5, 0.5, 0))
body('Ball', [], 'ACTIVE', 'SPHERE', (0, 0, 1.5))
bpy.context.scene.cdyn.steps = 120
"""
PLACES = """
s = bpy.context.scene
s.frame_set(s.frame_start + s.cdyn.steps)
ball, bucket = (bpy.data.objects[n].matrix_world.translation for n in ("Ball", "Bucket"))
result = [list(ball - bucket), list(bpy.data.objects["Ball"].get("cdyn_velocity", []))]
s.frame_set(s.frame_start)
"""
BEST = "result = session().best.get(bpy.context.scene.session_uid)"
SENTENCE = "A ball falls on a box"
GUEST = "result = module('engine.guest').guest(bpy.context.scene)"
SEEN = "import webbrowser; webbrowser.seen = []; webbrowser.open = lambda a: webbrowser.seen.append(a)"
OPENED = "import webbrowser; result = webbrowser.seen"
CLIP = """
c = bpy.data.movieclips.load({path!r})
result = [c.frame_duration, list(c.size)]
bpy.data.movieclips.remove(c)
"""


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=(), size=SIZE) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


class Task:
    """Counts the clicks and seconds of a task, and tells them when it ends. Use it as a context."""

    def __init__(self, window, number, most):
        self.window, self.number, self.most = window, number, most

    def __enter__(self):
        self.window.clicks, self.begun = 0, time.monotonic()

    def __exit__(self, kind, *_):
        if kind is None:
            seconds = time.monotonic() - self.begun
            print(f"\ntask {self.number}: {self.window.clicks} clicks, {seconds:.0f} s")
            assert self.window.clicks <= self.most


def afresh(window):
    """A new file with the default scene, and the tab as it is at first."""
    window.ask("bpy.context.scene['before'] = True")
    window.ask("bpy.app.timers.register(lambda: bpy.ops.wm.read_homefile(app_template='') and None)")
    window.until(lambda: window.ask("result = 'before' not in bpy.context.scene"), 15, "the new file")
    time.sleep(1.0)
    window.open_tab()
    window.until(lambda: window.ask(PROPOSED) == MOST_PROPOSED, 120, "rules are proposed")


def film(window, name, frames):
    """Pictures of the window at frames of the timeline, and of the first frame no more."""
    for number, frame in enumerate(frames):
        window.ask(f"bpy.context.scene.frame_set({frame})")
        time.sleep(0.4)
        window.picture(f"{name}_{number:02d}")
    window.ask("s = bpy.context.scene; s.frame_set(s.frame_start)")


def open_example(window, place, name):
    choose_example(window, place, "60_examples")
    window.until(lambda: window.ask("result = bpy.context.scene.name") == f"Dynamics {name}", 20, "the example")


def test_1_from_the_default_scene_to_a_ball_that_opens_a_door(window):
    afresh(window)
    window.picture("60_default")
    with Task(window, 1, 4):
        open_example(window, DOOR, "trigger_door")
        press_run(window)
    shut, opened = window.ask(HEIGHTS)
    assert opened > shut + 1
    window.picture("61_door")
    film(window, "61_door", range(1, 240, 10))


def test_markers_are_what_the_panel_tells_at_the_same_frames(window):
    markers, told = window.ask(MARKERS), window.ask(TOLD)
    assert 1 <= len(markers) <= 15
    assert [frame for frame, _ in markers] == sorted(frame for frame, _ in told)
    assert all(any(name.rstrip("…") in text for _, text in told) for _, name in markers)


def test_2_an_example_is_changed_in_words(window):
    afresh(window)
    with Task(window, 2, 3):
        open_example(window, DOOR, "trigger_door")
        press(window, "wish")
        type_in(window, WISH)
        window.picture("62_wish")
        window.x("key", "Return")
        wait_for_run(window)
    window.picture("63_changed")
    assert window.ask(OPENING) == pytest.approx(3.0, abs=0.1)
    film(window, "63_slower", range(61, 300, 10))


def test_the_report_of_the_run_has_pictures_once_it_is_opened(window):
    window.ask(SEEN)
    press(window, "cdyn.report")
    print(f"\nopened after {window.until(lambda: window.ask(OPENED), 300, 'the report is opened'):.1f} s")
    page = Path(window.ask("import webbrowser; result = webbrowser.seen[0]").removeprefix("file://")).read_text()
    assert page.count("<figure>") >= 6
    (Path(PICTURES) / "64_report.html").write_text(page)


def test_3_a_rule_that_waits_in_vain_is_mended(window):
    afresh(window)
    with Task(window, 3, 4):
        open_example(window, WAITING, "waiting")
        press_run(window)
        (rule,) = window.ask("result = figures()['rules']")
        assert rule["fired"] == 0
        window.picture("65_why")
        window.find("cdyn.run")
        window.click("cdyn.mend")
        wait_for_run(window)
    window.picture("66_mended")
    (rule,) = window.ask("result = figures()['rules']")
    assert rule["fired"] == 1


def test_4_a_number_is_found_by_search(window):
    afresh(window)
    window.ask(BUCKET)
    window.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.run()")
    wait_for_run(window)
    away, _ = window.ask(PLACES)
    assert abs(away[0]) > 1
    header = header_of(window, "ui.search_panel", "CDYN_PT_search")
    with Task(window, 4, 4):
        window.x("mousemove", *header, "sleep", "0.2", "click", 1, "sleep", "0.6")
        press(window, "wanted")
        type_in(window, "Ball lies in Bucket at the end")
        window.x("key", "Return")
        window.until(lambda: said(window)[0], 10, "the search begins")
        wait_for_run(window)
        window.picture("67_found")
        assert window.ask(BEST)["held"]
        press(window, "cdyn.use_numbers")
        window.picture("68_used")
        press_run(window)
    window.picture("69_run")
    away, speed = window.ask(PLACES)
    assert max(map(abs, away[:2])) < 0.5
    assert 0 < away[2] < 0.6
    assert speed == pytest.approx([window.ask(BEST)["values"].get(f"Ball.velocity.{axis}", 0) for axis in "xyz"])


def test_5_a_world_from_a_sentence_is_a_video(window):
    afresh(window)
    window.ask(SEEN)
    header = header_of(window, "ui.world_panel", "CDYN_PT_world")
    with Task(window, 5, 3):
        window.x("mousemove", *header, "sleep", "0.2", "click", 1, "sleep", "0.6")
        press(window, "sentence")
        type_in(window, SENTENCE)
        window.x("key", "Return")
        window.until(lambda: said(window)[0], 10, "the world begins")
        wait(window, 300)
        frames = window.ask(GUEST)["frames"]
        window.picture("80_world")
        press(window, "cdyn.video")
        window.until(lambda: said(window)[0], 10, "the video begins")
        time.sleep(8)
        window.picture("81_rendering")
        wait(window, 900)
    window.picture("82_video")
    _, message, error, _ = said(window)
    assert not error
    path = message.removeprefix("Saved: ")
    window.until(lambda: window.ask(OPENED), 10, "the video is opened")
    assert window.ask(OPENED) == [Path(path).as_uri()]
    assert window.ask(CLIP.format(path=path)) == [frames, [1280, 720]]
