"""Tasks of tasks.md, done with the real mouse and keyboard in a real Blender window, with the clicks counted."""

import os
from pathlib import Path

import pytest

from .blender import Window
from .panel import PREFERENCES, PROPOSED, choose_example, press, press_run, said

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

SIZE = (1280, 720)
MOST_PROPOSED = 5
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
CHANGED = "result = not session().busy and module('ui.changes').kept(bpy.context.scene.cdyn)['said']"
MARKERS = "s = bpy.context.scene; result = sorted([m.frame, m.name] for m in s.timeline_markers)"
TOLD = "r = figures(); result = [[r['start'] + m['frame'], m['text']] for m in r['moments']]"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=(), size=SIZE) as opened:
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


def test_1_from_the_default_scene_to_a_ball_that_opens_a_door(window):
    window.until(lambda: window.ask(PROPOSED) == MOST_PROPOSED, 120, "rules are proposed")
    window.clicks = 0
    choose_example(window, 0)
    window.until(lambda: window.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example")
    press_run(window)
    print(f"\n{window.clicks} clicks")
    assert window.clicks <= 4
    shut, opened = window.ask(HEIGHTS)
    assert opened > shut + 1
    window.picture("61_door")


def test_markers_are_what_the_panel_tells_at_the_same_frames(window):
    markers, told = window.ask(MARKERS), window.ask(TOLD)
    assert 1 <= len(markers) <= 15
    assert [frame for frame, _ in markers] == sorted(frame for frame, _ in told)
    assert all(any(name.rstrip("…") in text for _, text in told) for _, name in markers)


def test_2_an_example_is_changed_in_words(window):
    before = window.ask(OPENING)
    assert before < 1
    window.clicks = 0
    press(window, "wish")
    window.x("key", "ctrl+a", "sleep", "0.1", "type", "--delay", 25, WISH)
    window.x("key", "Return", "sleep", "0.3")
    window.until(lambda: window.ask(CHANGED) or said(window)[2], 300, "the rules are changed")
    assert not said(window)[2]
    window.picture("62_changed")
    press_run(window)
    print(f"\n{window.clicks} clicks")
    assert window.clicks <= 3
    window.picture("63_run_again")
    assert window.ask(OPENING) == pytest.approx(3.0, abs=0.1)


def test_the_report_of_the_run_has_pictures_once_it_is_opened(window):
    window.ask("import webbrowser; webbrowser.seen = []; webbrowser.open = lambda a: webbrowser.seen.append(a)")
    press(window, "cdyn.report")
    opened = lambda: window.ask("import webbrowser; result = webbrowser.seen")  # noqa: E731
    print(f"\nopened after {window.until(opened, 300, 'the report is opened'):.1f} s")
    page = Path(window.ask("import webbrowser; result = webbrowser.seen[0]").removeprefix("file://")).read_text()
    assert page.count("<figure>") >= 6
    (Path(PICTURES) / "64_report.html").write_text(page)
