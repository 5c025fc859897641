"""The report of a run and the documentation, opened by the panel in a real browser and measured in one."""

import os
import subprocess
from pathlib import Path

import pytest

from .blender import Window
from .browser import CHROMIUM, browser, measure, picture
from .panel import APPLIED, PREFERENCES, press, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: sudo apt-get install chromium"),
    pytest.mark.xdist_group("gui"),
]

REPORT = "result = str(module('ui.operators.run')._report(bpy.context))"
RUN = """
s = bpy.context.scene.cdyn
s.steps = 250
with bpy.context.temp_override(window=window()):
    bpy.ops.cdyn.run()
"""
ACROSS_OF_HELP = 0.82
"""Where the way to the documentation is in the sidebar's width."""


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    program = browser(tmp_path_factory.mktemp("browser"))
    with Window(BLENDER, EXTENSION, PICTURES, offline=True, shows=(), browser=program) as opened:
        opened.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')")
        opened.until(
            lambda: opened.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example"
        )
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        yield opened


def browsers(window, *words):
    """Do something with all windows of the browser, which may be none; returns what is told of them."""
    command = ["xdotool", "search", "--name", "Chromium", *words, "%@"]
    return subprocess.run(command, env=window.environment, capture_output=True, text=True, check=False).stdout


def wait_for_page(window, title, name):
    """Wait until the browser shows a page with that title, keep a picture of it, and close it."""
    shows = lambda: f"{title} - Chromium" in browsers(window, "getwindowname")  # noqa: E731
    window.until(shows, 120, f"the browser shows '{title}'")
    window.ask("")
    window.picture(name)
    browsers(window, "windowkill")


def test_the_documentation_opens_in_a_browser(window):
    window.open_tab()
    press(window, "cdyn.documentation", ACROSS_OF_HELP)
    wait_for_page(window, "The extension – Code as Dynamics", "80_documentation")


def test_the_pages_of_the_documentation_need_no_scrolling_sideways(window, tmp_path):
    (first,) = (window.folder / "user").rglob("documentation/extension.html")
    for page in first.parent.glob("*.html"):
        told = measure(page, tmp_path)
        assert told["scrolled"] <= told["width"], page.name
        assert all(told["pictures"]), page.name
        assert told["sideways"] == [], page.name
    picture(first, tmp_path, Path(PICTURES) / "81_documentation.png", 1400)


def test_the_report_opens_in_a_browser_and_fits(window, tmp_path):
    window.ask(RUN)
    wait(window, 300)
    window.until(lambda: window.ask(APPLIED), 60, "the motion is on the timeline")
    press(window, "cdyn.report")
    wait_for_page(window, "Dynamics trigger_door", "82_report")
    page = window.ask(REPORT)
    told = measure(page, tmp_path)
    assert told["scrolled"] <= told["width"] <= 1000
    assert told["sideways"] == []
    assert len(told["pictures"]) >= 6
    assert all(told["pictures"])
    assert "the marble meets the sensor" in told["first"]
    picture(page, tmp_path, Path(PICTURES) / "83_report.png", told["height"])
