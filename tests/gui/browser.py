"""Chromium: opened by the panel on the window's screen, and without a window to measure a page."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

CHROMIUM = shutil.which("chromium")
WIDTH, HEIGHT = 1000, 800
ALONE = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
MEASURE = """
<script>
addEventListener("load", () => {
    const page = document.documentElement, text = element => element ? element.textContent : "";
    const told = {
        width: page.clientWidth, scrolled: page.scrollWidth, height: page.scrollHeight,
        sideways: [...document.querySelectorAll("body *")].filter(e => e.scrollWidth > e.clientWidth + 1
            && ["auto", "scroll"].includes(getComputedStyle(e).overflowX)).map(e => e.tagName),
        pictures: [...document.images].map(image => image.naturalWidth),
        first: text(document.querySelector("p")),
    };
    document.body.replaceChildren(Object.assign(document.createElement("pre"), {id: "told"}));
    document.getElementById("told").textContent = JSON.stringify(told);
});
</script>
"""


def browser(folder):
    """A program that opens pages in a Chromium with a profile in the folder; its name is one that Python knows."""
    program = Path(folder) / "chromium"
    options = " ".join([*ALONE, f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{HEIGHT}"])
    program.write_text(f'#!/bin/sh\nexec {CHROMIUM} {options} --window-position=0,0 "$@"\n')
    program.chmod(0o755)
    return program


def _run(folder, page, *options):
    command = [CHROMIUM, "--headless", *ALONE, f"--user-data-dir={folder}/headless", *options, Path(page).as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def measure(page, folder):
    """What a page is in a window of WIDTH pixels: widths, what scrolls sideways, pictures, first paragraph."""
    copy = Path(page).with_name("measured.html")
    copy.write_text(Path(page).read_text(encoding="utf-8") + MEASURE, encoding="utf-8")
    try:
        shown = _run(folder, copy, f"--window-size={WIDTH},{HEIGHT}", "--dump-dom")
    finally:
        copy.unlink()
    return json.loads(html.unescape(re.search(r'<pre id="told">(.*?)</pre>', shown, re.S)[1]))


def picture(page, folder, path, height):
    """Keep a picture of the whole page."""
    _run(folder, page, f"--window-size={WIDTH},{height}", "--hide-scrollbars", f"--screenshot={path}")
