"""What the tests do with the panel and ask Blender of it."""

import time
from itertools import product
from pathlib import Path

import numpy as np
from PIL import ImageChops

from .blender import COARSE, FINE

PREFERENCES = """
name = next(a.module for a in bpy.context.preferences.addons if a.module.endswith("code_as_dynamics"))
preferences = bpy.context.preferences.addons[name].preferences
"""
STATE = """
scene = bpy.context.scene
def told(o):
    data = o.animation_data
    return [o.name, o.rotation_mode, [round(x, 5) for row in o.matrix_world for x in row],
            {k: v for k, v in o.items() if isinstance(v, (bool, int, float, str))},
            data is not None and data.action is not None, o.rigid_body and o.rigid_body.kinematic]
scene.frame_set(scene.frame_start)
world = scene.rigidbody_world
result = [[told(o) for o in scene.objects], len(bpy.data.actions), len(scene.timeline_markers), scene.frame_end,
          world and world.enabled, "cdyn_playback" in scene]
"""

APPLIED = "result = bool(session().error) or bool(applied())"
CHILDREN = "result = [[c.args[-1], c.poll()] for c in children]"


def is_gone(process):
    """Whether a process has ended, even if nobody has asked for its exit code yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def said(window):
    return window.ask("s = session(); result = [s.busy, s.message, s.error, s.error_line]")


def wait(window, seconds=120):
    window.until(lambda: not said(window)[0], seconds, "the task is done")
    time.sleep(0.3)
    return said(window)


def run(window, seconds=120):
    window.click("cdyn.run")
    window.until(lambda: said(window)[0], 10, "the run begins")
    wait(window, seconds)
    window.until(lambda: window.ask(APPLIED), 30, "the motion is on the timeline")
    return said(window)


def press(window, wanted, across=0.4):
    """Click once on what is called so, wherever the wheel has to bring the sidebar."""
    for step, notches in product((COARSE, FINE), (0, -40, 8, 8, 8, 8)):
        if notches:
            window.scroll(notches)
        try:
            x, y = window.find(wanted, across, [step])
        except AssertionError:
            continue
        window.x("mousemove", x, y, "sleep", "0.15", "click", 1, "sleep", "0.4")
        return
    raise AssertionError(f"the sidebar has nothing like {wanted!r}")


def press_run(window):
    """Run without an error, by one click."""
    press(window, "cdyn.run")
    window.until(lambda: said(window)[0], 10, "the run begins")
    wait_for_run(window)


RUN_ENDED = """
s, run = session(), module("engine.applied").run_of(bpy.context.scene)
ended = s.__dict__.setdefault("ended_runs", set())
result = not s.busy and bool(s.error or run and run["run"] and run["run"] not in ended)
if result and run:
    ended.add(run["run"])
"""


def wait_for_run(window, seconds=300):
    """Wait until a run that was not there before is on the timeline, after whatever comes before it."""
    window.until(lambda: window.ask(RUN_ENDED), seconds, "the run is on the timeline")
    time.sleep(0.3)
    assert not said(window)[2]


def longest(window, wait):
    """The longest times in ms while something is waited for: that the main thread was not free, and calls of ours."""
    window.ask("gaps.clear(); watch(True)")
    wait()
    gaps, own = window.ask("result = [sorted(gaps)[-5:], sorted(own)[-5:]]; watch(False)")
    return [round(1000 * gap) for gap in gaps], [f"{name} {1000 * seconds:.1f}" for seconds, name in own]


PROPOSED = "result = len(module('ui.readings').ideas(bpy.context.scene))"
GALLERY = (5, 0.5, 0.45)
"""Columns of the gallery; where its first row of buttons is in its height, and how far the second is below."""


MOST_OF_A_POPUP = 150
"""Pixels of a column that change only where a popup has opened."""


def choose_example(window, number, picture="02_examples"):
    """Open the gallery and click on one of its examples, counted from 0; what is proposed must be there already."""
    before = window.screen().convert("RGB")
    x, y = window.find("cdyn.gallery")
    window.x("mousemove", x, y, "sleep", "0.15", "click", 1, "sleep", "1")
    changed = np.asarray(ImageChops.difference(before, window.screen().convert("RGB"))).any(axis=2)
    left, right = np.flatnonzero(changed.sum(axis=0) > MOST_OF_A_POPUP)[[0, -1]]
    top, bottom = np.flatnonzero(changed[:, left:right].sum(axis=1) > (right - left) / 2)[[0, -1]]
    columns, first, down = GALLERY
    x = left + (number % columns + 0.5) / columns * (right - left)
    y = top + (first + down * (number // columns)) * (bottom - top)
    window.x("mousemove", int(x), int(y), "sleep", "0.3")
    window.picture(picture)
    window.x("click", 1, "sleep", "0.5")


def script(window):
    return window.ask("t = bpy.context.scene.cdyn.script; result = t and t.as_string()")


def shown(window):
    """The text that the text editor shows."""
    return window.ask("result = area_of('TEXT_EDITOR').spaces.active.text.as_string()")


def viewport(window):
    """A picture of the 3D viewport without its sidebar."""
    x, y, width, height = window.ask(
        "a = area_of('VIEW_3D'); r = next(r for r in a.regions if r.type == 'WINDOW'); side = sidebar();"
        "result = (r.x, window().height - r.y - r.height, r.width - side.width, r.height)"
    )
    return window.screen().crop((x, y, x + width, y + height))


def type_at_end(window, line):
    """Type a line at the end of the script in the text editor."""
    x, y = window.ask(
        "a = area_of('TEXT_EDITOR'); result = (a.x + a.width // 2, window().height - a.y - a.height // 2)"
    )
    window.x("mousemove", x, y, "sleep", "0.2", "click", 1, "key", "ctrl+End", "sleep", "0.1")
    window.x("key", "Return", "type", "--delay", 20, line)
    window.x("sleep", "0.3", "mousemove", x + 500, y)


def find_and_do(window, label):
    """Find a command by Blender's search, over the viewport, and do it."""
    window.x("mousemove", 600, 500, "key", "F3", "sleep", "0.8", "type", "--delay", 30, label)
    window.x("sleep", "0.6", "key", "Return", "sleep", "0.5")


def connection_to(window, endpoint):
    """What *Test Connection* tells of an endpoint."""
    window.ask(PREFERENCES + f"preferences.endpoint, preferences.model = {endpoint!r}, 'any'")
    window.ask("bpy.ops.cdyn.test_connection()")
    wait(window)
    return window.ask("result = session().connection")


DRAWN = """
cls = getattr(module({module!r}), {name!r})
if not hasattr(cls, 'is_drawn'):
    inner = cls.draw
    def draw(self, context):
        cls.is_drawn = True
        inner(self, context)
    cls.draw = draw
cls.is_drawn = False
"""
HEADERS = range(10, 140, 9)
"""Pixels above the sidebar's end where headers of closed panels are looked for."""


def header_of(window, module, name):
    """Where the header of a closed panel near the end of the sidebar is, on the screen; how it is found counts no
    clicks."""
    clicks = window.clicks
    window.scroll(60)
    left, bottom = window.ask("r = sidebar(); result = (r.x, r.y)")
    is_drawn = f"result = getattr(module({module!r}), {name!r}).is_drawn"
    for above in HEADERS:
        place = left + 90, window.height - 1 - bottom - above
        window.ask(DRAWN.format(module=module, name=name))
        window.x("mousemove", *place, "sleep", "0.1", "click", 1, "sleep", "0.6")
        found = window.ask(is_drawn)
        window.x("click", 1, "sleep", "0.6")
        if found:
            window.clicks = clicks
            window.scroll(60)
            return place
    window.picture("not_found")
    raise AssertionError(f"the sidebar has no panel {name}")


def type_in(window, text):
    """Type into the field that is being edited, in place of what is in it."""
    window.x("key", "ctrl+a", "sleep", "0.1", "type", "--delay", 25, text)
    time.sleep(0.3)
