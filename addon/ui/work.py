"""Starting tasks in a Blender without a window, and hearing from them on a timer."""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bpy
from bpy.app.handlers import persistent

from .change_task import NEXT
from .commands import NAME
from .notice import is_due, notify
from .preferences import PACKAGE, environment, preferences, storage
from .process import ChildProcess, reap
from .session import SESSION, Line, Work
from .tasks import REQUEST, SCENE
from .text import tr

TICK = 0.2
"""Seconds between two looks at a child."""

SLICE = 0.01
"""Seconds between two slices of work that is done in the window."""

EPOCHS = ("undo_pre", "redo_pre", "load_pre")

log = logging.getLogger(PACKAGE)


def new_folder(title: str) -> Path:
    """A folder of its own for a run, named after a number and the scene."""
    numbers = [int(m[1]) for p in storage().iterdir() if (m := re.match(r"(\d{4,})", p.name))]
    number = max(numbers, default=0)
    name = re.sub(r"[^\w-]+", "_", title)[:40]
    while True:
        number += 1
        folder = storage() / f"{number:04d}_{name}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder


def copy_scene(folder: Path) -> None:
    """Save the open file as it is now into a run's folder; the user's own file is not touched.

    Raises RuntimeError; the folder is gone then.
    """
    try:
        with _without_preview():
            bpy.ops.wm.save_as_mainfile(
                filepath=str(folder / SCENE), check_existing=False, copy=True, compress=False, relative_remap=True
            )
    except RuntimeError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _without_preview() -> Iterator[None]:
    """Files are saved without a picture of the scene, which takes longer to draw than all the rest takes to save."""
    preferences: Any = bpy.context.preferences
    kept = preferences.filepaths.file_preview_type, preferences.is_dirty
    preferences.filepaths.file_preview_type = "NONE"
    try:
        yield
    finally:
        preferences.filepaths.file_preview_type, preferences.is_dirty = kept


def start_task(
    context: bpy.types.Context,
    folder: Path,
    request: Line,
    on_end: Callable[[Line | None], None],
    on_line: Callable[[Line], None] = lambda line: None,
    place: str = "run",
) -> bool:
    """Have a Blender without a window do a task of which a panel tells; False, with an error told, if it cannot be
    started."""
    (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    is_started = start(context, child_command(folder), folder, on_end, on_line, place=place)
    if is_started and SESSION.work is not None:
        SESSION.work.expected = request.get("expected", 0.0)
    return is_started


def ask(context: bpy.types.Context, request: Line, on_end: Callable[[Line | None], None], place: str) -> bool:
    """Have a request of a task answered by the process that stays for more, which is started where it is not there; see
    `start_task`."""
    from ..scene_graph import write_text

    helper = SESSION.helper
    if helper is not None and helper.running:
        write_text(helper.folder / NEXT, json.dumps(request))
        _listen(Work(helper, on_end, place=place, stays=True))
        return True
    SESSION.stop_helper()
    folder = Path(tempfile.mkdtemp(dir=bpy.app.tempdir))
    if not start_task(context, folder, request, on_end, place=place) or SESSION.work is None:
        return False
    SESSION.work.stays, SESSION.helper = True, SESSION.work.child
    return True


def child_command(folder: Path) -> list[str]:
    """The command of a Blender without a window that does the task in a folder."""
    network = "--online-mode" if bpy.app.online_access else "--offline-mode"
    blender = [bpy.app.binary_path, "--background", network, "--addons", PACKAGE]
    return [*blender, "--command", NAME, "task", str(folder)]


def start(
    context: bpy.types.Context,
    command: Sequence[str],
    folder: Path,
    on_end: Callable[[Line | None], None],
    on_line: Callable[[Line], None] = lambda line: None,
    where: Path | None = None,
    listens: bool = True,
    place: str = "run",
) -> bool:
    """Start a child process and listen to it; see `start_task` and `ChildProcess`."""
    try:
        child = ChildProcess(command, folder, environment(context), where, listens)
    except OSError as error:
        SESSION.say(error=tr("cannot_start", reason=error.strerror or str(error)), place=place)
        return False
    _listen(Work(child, on_end, on_line, place))
    return True


def _listen(work: Work) -> None:
    """Listen to what works from now on."""
    SESSION.say()
    SESSION.work = work
    bpy.app.timers.register(_tick, first_interval=TICK)
    redraw()


def _tick() -> float | None:
    """Take up what the child told; ends when it has ended."""
    work = SESSION.work
    if work is None:
        return None
    ended = not work.child.running
    lines = work.child.lines()
    for line in lines:
        log.debug("%s", line)
        work.take(line)
    if lines or work.about != work.seconds_about:
        work.about = work.seconds_about
        redraw()
    if not work.is_done and (not ended or lines):
        return TICK
    SESSION.work = None
    if work.result is None and not work.error and work.child.code:
        work.error = tr("child_ended", code=work.child.code, words=work.child.last_words())
    if ended:
        work.child.close()
    if work.error:
        log.error("%s", work.error)
        SESSION.say(error=work.error, place=work.place)
    work.on_end(work.result)
    _notify(work)
    redraw()
    return None


def _notify(work: Work) -> None:
    """Tell outside of Blender that something has ended, if the window is elsewhere."""
    chosen, seconds = preferences(), time.monotonic() - work.started
    if not chosen.notify or bpy.app.background or not is_due(seconds):
        return
    scene = scene_of(SESSION.scene) or bpy.context.scene
    title = tr("notice_failed" if SESSION.error else "notice_done", scene=scene.name)
    notify(title, SESSION.error or tr("notice_took", seconds=round(seconds)), chosen.notify_sound)


def stop() -> bool:
    """End what runs; returns whether there was something."""
    stopped = SESSION.stop()
    reap_later()
    return stopped


def reap_later() -> None:
    """Kill children that do not end by themselves."""
    if not bpy.app.timers.is_registered(_reap):
        bpy.app.timers.register(_reap, first_interval=1.0, persistent=True)


def _reap() -> float | None:
    return 1.0 if reap() else None


def scene_of(key: int) -> bpy.types.Scene | None:
    """The scene of a ``session_uid``, whatever it is called by now."""
    return next((scene for scene in bpy.data.scenes if scene.session_uid == key), None)


def in_slices(steps: Iterator[Any], on_end: Callable[[], None], on_file: bool = True) -> None:
    """Do work in the window bit by bit, with time between for the user.

    Work on the open file (``on_file``) is ended unfinished by undo or another file.
    """
    epoch = SESSION.epoch

    def step() -> float | None:
        if on_file and SESSION.epoch != epoch:
            SESSION.say(tr("cancelled"))
            redraw()
            return None
        try:
            next(steps)
        except StopIteration:
            on_end()
            redraw()
            return None
        return SLICE

    bpy.app.timers.register(step, first_interval=0.0)


def redraw() -> None:
    """Have the sidebars of all viewports drawn again."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                for region in area.regions:
                    if region.type == "UI":
                        region.tag_redraw()


@persistent
def _next_epoch(*_: object) -> None:
    SESSION.epoch += 1


@persistent
def _end_on_load(*_: object) -> None:
    """End what runs when another file is opened, and forget what was told of the one before."""
    stopped = stop()
    SESSION.forget()
    if stopped:
        SESSION.say(tr("ended_by_load"))


def register() -> None:
    """End work when another file is opened."""
    bpy.app.handlers.load_pre.append(_end_on_load)
    for name in EPOCHS:
        getattr(bpy.app.handlers, name).append(_next_epoch)


def unregister() -> None:
    """End all work and all timers."""
    bpy.app.handlers.load_pre.remove(_end_on_load)
    for name in EPOCHS:
        getattr(bpy.app.handlers, name).remove(_next_epoch)
    SESSION.stop()
    SESSION.stop_helper()
    SESSION.stop_server()
    reap()
    for timer in (_tick, _reap):
        if bpy.app.timers.is_registered(timer):
            bpy.app.timers.unregister(timer)
