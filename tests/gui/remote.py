"""Runs inside the window's Blender: does what the test asks, on the main thread.

    blender --python remote.py -- FOLDER

A request is a Python file in the folder; its ``result`` comes back as JSON. The gaps between the calls of a second,
faster timer tell how long the main thread was busy with something else: drawn without a graphics card, one redraw of
the window alone takes longer than all else. So the time within the extension's own functions is measured too.
"""

import json
import os
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import bpy

FOLDER = Path(sys.argv[sys.argv.index("--") + 1])
TICK = 0.005
gaps: list = []
last = time.perf_counter()
own: list = []
"""Seconds, and the name, of each call from Blender into the extension, while `watch` is on."""

_inside: list = []


def window():
    return bpy.context.window_manager.windows[0]


def area_of(kind):
    return next(a for a in window().screen.areas if a.type == kind)


def sidebar():
    return next(r for r in area_of("VIEW_3D").regions if r.type == "UI")


def highlighted(x, y):
    """What Blender has highlighted under the mouse at window pixels (x, y): a property's path or an operator's call."""
    for area in window().screen.areas:
        for region in [r for r in area.regions if r.type != "WINDOW"] + [r for r in area.regions if r.type == "WINDOW"]:
            if region.x <= x < region.x + region.width and region.y <= y < region.y + region.height:
                with bpy.context.temp_override(window=window(), area=area, region=region):
                    return _under()
    return ""


def _under():
    if found := getattr(bpy.context, "property", None):
        return found[1]
    if bpy.ops.ui.copy_python_command_button.poll():
        window_manager = bpy.context.window_manager
        window_manager.clipboard = ""
        try:
            bpy.ops.ui.copy_python_command_button()
        except RuntimeError:
            return ""
        return window_manager.clipboard
    return ""


def module(name):
    """A module of the extension's."""
    package = next(a.module for a in bpy.context.preferences.addons if a.module.endswith("code_as_dynamics"))
    return sys.modules[f"{package}.addon.{name}"]


def session():
    """The state of the extension's window."""
    return module("ui.session").SESSION


def applied():
    """What the panel says of the run on the timeline, "" without one."""
    return module("ui.operators.run").applied_words(bpy.context.scene)


def figures():
    """The figures that the panel shows, None without any."""
    shown = module("ui.results").shown(bpy.context.scene)
    return shown and shown.summary


children: list = []
"""All processes that the window has started."""


class Recorded(subprocess.Popen):
    """A process that is kept in `children`."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        children.append(self)


subprocess.Popen = Recorded


def watch(on):
    """Measure calls into the extension from now on, or no more."""
    own.clear()
    _inside.clear()
    sys.setprofile(_profile if on else None)


def _profile(frame, event, argument):
    if event not in ("call", "return") or threading.current_thread() is not threading.main_thread():
        return
    if event == "call" and not _inside and f"{os.sep}code_as_dynamics{os.sep}addon" in frame.f_code.co_filename:
        _inside.append((frame, time.perf_counter()))
    elif event == "return" and _inside and _inside[0][0] is frame:
        own.append([time.perf_counter() - _inside.pop()[1], frame.f_code.co_qualname])


def measure():
    global last
    now = time.perf_counter()
    gaps.append(now - last)
    last = now
    return TICK


def answer():
    request = FOLDER / "request.py"
    if request.exists():
        source = request.read_text(encoding="utf-8")
        request.unlink()
        names = dict(globals())
        try:
            exec(compile(source, "request", "exec"), names)
            told = {"result": names.get("result")}
        except BaseException:
            told = {"error": traceback.format_exc()}
        part = FOLDER / "answer.part"
        part.write_text(json.dumps(told, default=str), encoding="utf-8")
        part.rename(FOLDER / "answer.json")
    return TICK


bpy.app.timers.register(answer, persistent=True)
bpy.app.timers.register(measure, persistent=True)
