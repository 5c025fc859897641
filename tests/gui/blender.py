"""A real Blender window under Xvfb, driven by the real mouse and keyboard."""

import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

from PIL import ImageGrab

HERE = Path(__file__).parent
SIZE = (1600, 1000)
CLICKS = re.compile(r"\bclick (?:--repeat (\d+) )?(?:--delay \d+ )?1\b")
COLORS_OF_A_WINDOW = 500
COARSE, FINE = (12, 0.0), (5, 0.05)
"""Pixels from one try to the next down the sidebar, and seconds for each: at first and, as a busy machine may be late,
once more."""
SETTLED = 0.1
"""Seconds in which it does."""


@cache
def _profile(blender, extension):
    """A profile with the extension in it, made once for all windows: Blender replaces files and writes in none."""
    folder = Path(tempfile.mkdtemp(prefix="cdyn_gui_profile_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    install = [blender, "--command", "extension", "install-file", "-r", "user_default", "--enable", extension]
    environment = {**os.environ, "BLENDER_USER_RESOURCES": str(folder)}
    subprocess.run(install, env=environment, check=True, capture_output=True, timeout=300)
    return folder


REDRAWN = """
with bpy.context.temp_override(window=window()):
    bpy.ops.wm.redraw_timer(type='DRAW_WIN_SWAP', iterations=1)
"""
"""What the panel shows may be of before what was asked last."""


class Window:
    """Blender with the extension in an empty profile. Use it as a context."""

    def __init__(self, blender, extension, pictures, *, offline=False, shows=("script",), size=SIZE, browser=None):
        """``shows`` are the parts of the panel *Run* that are unfolded, ``size`` is that of the screen in pixels."""
        self.browser = browser
        self.shows, self.size = shows, size
        self.clicks = 0
        self.blender, self.extension, self.pictures = str(blender), str(extension), Path(pictures)
        self.offline = offline
        self.folder = Path(tempfile.mkdtemp(prefix="cdyn_gui_"))
        self.seen = {}  # what was highlighted last where the mouse was
        self.control = self.folder / "control"
        self.processes = []

    def __enter__(self):
        for name in ("control", "home", "tmp"):
            (self.folder / name).mkdir()
        self.pictures.mkdir(parents=True, exist_ok=True)
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "LANG": "C.UTF-8",
            "BLENDER_USER_RESOURCES": str(self.folder / "user"),
            "XDG_CACHE_HOME": str(cache),
        }
        if self.browser is not None:
            self.environment["BROWSER"] = str(self.browser)
        if model := os.environ.get("CDYN_MODEL_DIR"):
            self.environment["CDYN_MODEL_DIR"] = model
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _open(self):
        with_extension = _profile(self.blender, self.extension)
        shutil.copytree(with_extension, self.folder / "user", symlinks=True, copy_function=os.link)
        self.display, write = os.pipe()  # stays open: Xvfb ends when nobody listens
        screen = f"{self.size[0]}x{self.size[1]}x24"
        self.processes.append(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-dpi", "96", "-nolisten", "tcp"],
                pass_fds=(write,),
                stderr=subprocess.DEVNULL,
            )
        )
        os.close(write)
        self.environment["DISPLAY"] = ":" + os.read(self.display, 16).decode().strip()
        self.start()

    def start(self, *files):
        """Start the window's Blender and wait until it is drawn."""
        network = "--offline-mode" if self.offline else "--online-mode"
        command = [
            self.blender,
            network,
            "--gpu-backend",
            "opengl",
            "--window-geometry",
            "0",
            "0",
            *map(str, self.size),
        ]
        command += [
            "--python-exit-code",
            "3",
            *map(str, files),
            "--python",
            str(HERE / "remote.py"),
            "--",
            str(self.control),
        ]
        self.log = (self.folder / "log").open("ab")
        process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT)
        self.processes.append(process)
        self.version, self.height = self.ask("result = bpy.app.version_string, window().height", 120)
        self.until(lambda: len(self.screen().getcolors(1 << 22)) > COLORS_OF_A_WINDOW, 60, "the window is drawn")
        self.open_tab()
        for part in self.shows:
            self.ask(f"bpy.context.window_manager.cdyn.shows_{part} = True")

    @property
    def is_open(self):
        """Whether the window's Blender is there, beside the X server."""
        return len(self.processes) > 1

    def quit(self):
        """End the window's Blender as a user does, and wait for it."""
        self.ask("bpy.app.timers.register(lambda: bpy.ops.wm.quit_blender() and None, first_interval=0.2)")
        return self.processes.pop().wait(30)

    def kill(self):
        """Kill the window's Blender."""
        process = self.processes.pop()
        process.kill()
        process.wait()

    def open_tab(self, name="Dynamics"):
        """Open the sidebar and choose the tab."""
        self.x("mousemove", 600, 980, "sleep", "0.3", "key", "Escape", "sleep", "0.3")  # away with the splash screen
        is_shown = "result = area_of('VIEW_3D').spaces.active.show_region_ui"
        if not self.ask(is_shown):
            self.x("mousemove", 600, 500, "sleep", "0.3", "key", "n")
            self.until(lambda: self.ask(is_shown), 10, "the sidebar opens")
        choose = f"""
region = sidebar()
try:
    region.active_panel_category = {name!r}
except (TypeError, AttributeError):
    pass  # not drawn yet
area_of("VIEW_3D").tag_redraw()
result = region.active_panel_category == {name!r}
"""
        self.until(lambda: self.ask(choose), 15, "the tab opens")
        time.sleep(0.5)

    def run(self, *arguments, check=True, timeout=300):
        """Run Blender without a window; returns its output."""
        done = subprocess.run(
            [self.blender, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def x(self, *words):
        """Use the mouse or the keyboard; clicks are counted."""
        self.clicks += sum(int(times or 1) for times in CLICKS.findall(" ".join(map(str, words))))
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True, capture_output=True)

    def ask(self, source, timeout=60):
        """Run Python in the window's Blender; returns its ``result``."""
        answer = self.control / "answer.json"
        answer.unlink(missing_ok=True)
        part = self.control / "request.part"
        part.write_text(source, encoding="utf-8")
        part.rename(self.control / "request.py")
        end = time.monotonic() + timeout
        while not answer.exists():
            assert self.processes[-1].poll() is None, "Blender ended: " + self.last_words()
            assert time.monotonic() < end, "Blender does not answer: " + self.last_words()
            time.sleep(0.003)
        told = json.loads(answer.read_text(encoding="utf-8"))
        assert "error" not in told, told.get("error")
        return told["result"]

    def last_words(self):
        """The end of what Blender printed."""
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def until(self, condition, seconds, what):
        """Wait for something; returns how long it took."""
        begun = time.monotonic()
        while not condition():
            if time.monotonic() - begun > seconds:
                self.picture("failed")
                raise AssertionError(f"after {seconds} s not yet: {what}\n{self.last_words()}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def screen(self):
        """What is on the screen."""
        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"])

    def picture(self, name):
        """Keep a picture of the screen."""
        self.screen().save(self.pictures / f"{name}.png")

    def find(self, wanted, across=0.4, steps=(COARSE, FINE)):
        """Move the mouse to what is called so, where it was last or else down the sidebar; returns pixels."""
        left, bottom, width, height = self.ask(REDRAWN + "r = sidebar(); result = (r.x, r.y, r.width, r.height)")
        x, top = int(left + width * across) - 8, bottom + height - 4
        rows = [y for (column, y), name in self.seen.items() if column == x and wanted in name and bottom < y <= top]
        for y in rows:
            if wanted in self.under(x, y, SETTLED):
                return x, self.height - 1 - y
        for step, seconds in steps:
            for y in range(top, bottom, -step):
                if wanted not in self.under(x, y, seconds):
                    continue
                for near in (y, *(y + n * step for n in (1, -1, 2, -2, 3, 4))):  # what is told late was passed before
                    if wanted in self.under(x, near, SETTLED):
                        return x, self.height - 1 - near
        self.picture("not_found")
        raise AssertionError(f"the sidebar has nothing like {wanted!r}")

    def under(self, x, y, after=0.0):
        """What Blender highlights when the mouse is there, in the window's pixels, so many seconds later."""
        self.x("mousemove", x, self.height - 1 - y)
        time.sleep(after)
        self.seen[x, y] = name = self.ask(f"result = highlighted({x}, {y})")
        return name

    def click(self, wanted, across=0.4):
        """Click on the button or field that is called so."""
        x, y = self.find(wanted, across)
        self.click_at(x, y)

    def click_at(self, x, y):
        """Click there, and move the mouse away once Blender has taken it."""
        self.x("mousemove", x, y, "sleep", "0.15", "click", 1, "sleep", "0.2")
        self.ask("")
        self.x("mousemove", x - 400, y, "sleep", "0.1")

    def scroll(self, notches):
        """Turn the mouse wheel over the sidebar, down for a positive number."""
        left, bottom, width, height = self.ask("r = sidebar(); result = (r.x, r.y, r.width, r.height)")
        self.x("mousemove", left + width // 2, self.height - 1 - bottom - height // 2)
        self.x("click", "--repeat", abs(notches), "--delay", 30, 5 if notches > 0 else 4, "sleep", "0.3")

    def type_into(self, wanted, text, across=0.4):
        """Replace the text of a field."""
        x, y = self.find(wanted, across)
        self.x("mousemove", x, y, "sleep", "0.2", "click", "--repeat", 2, "--delay", 80, 1, "sleep", "0.4")
        self.x("key", "ctrl+a", "sleep", "0.1", "type", "--delay", 25, text)
        self.x("key", "Return", "sleep", "0.2", "mousemove", x - 400, y)

    def close(self):
        """End everything, by force, for Blender 5.2 takes half a minute to end else, and remove the profile."""
        while self.processes:
            process = self.processes.pop()
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
