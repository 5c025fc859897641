"""The local model in memory between requests: loaded when a rule is to be put to it, let go after idle minutes."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import bpy

from .model_task import seconds_for
from .preferences import chosen_coder, environment, model_is_fetched, preferences
from .process import ChildProcess
from .readings import texts_of, told
from .session import SESSION, Line
from .tasks import REQUEST
from .work import child_command, reap_later

TICK = 0.2
"""Seconds between two looks at a model that is being loaded."""

REST = 2.0
"""Seconds between two looks at whether anybody asks."""

_used = 0.0
"""When something last ran."""


def serving(context: bpy.types.Context) -> Line:
    """What a task needs to ask the local model, which is started where it is likely to be asked."""
    rules = asked_of(context)
    if rules:
        with suppress(OSError):  # Of which the task itself will tell.
            start(context)
    server = SESSION.server
    return {
        "served": SESSION.server_address,
        "server": str(server.folder) if server is not None and rules else "",
        "expected": seconds_for(rules, bool(SESSION.server_address), SESSION.pace),
    }


def asked_of(context: bpy.types.Context) -> int:
    """How many rules the local model will be asked for, as far as they are read; 0 with another coder."""
    if chosen_coder(context) != "local" or not model_is_fetched():
        return 0
    scene: Any = context.scene
    found = [told(scene, text) for text in dict.fromkeys(texts_of(scene))]
    return sum(1 for one in found if one is not None and one.is_open and not one.sentence)


def start(context: bpy.types.Context) -> None:
    """Load the model unless that was done. Raises OSError."""
    if SESSION.server is not None and SESSION.server.running:
        return
    SESSION.stop_server()
    folder = Path(tempfile.mkdtemp(dir=bpy.app.tempdir))
    (folder / REQUEST).write_text(json.dumps({"task": "serve"}), encoding="utf-8")
    SESSION.server = ChildProcess(child_command(folder), folder, environment(context))
    _use()
    if not bpy.app.timers.is_registered(_watch):
        bpy.app.timers.register(_watch, first_interval=TICK, persistent=True)


def _use() -> None:
    global _used
    _used = time.monotonic()


def _watch() -> float | None:
    """Take up the server's address, and end the server when it is idle for as long as the preferences say."""
    server = SESSION.server
    if server is None:
        return None
    for line in server.lines():
        if line.get("phase") == "serve":
            SESSION.server_address = line["note"]
        if "error" in line:
            SESSION.connection = line["error"]
        redraw_preferences()
    if SESSION.busy:
        _use()
    is_idle = time.monotonic() - _used >= 60 * preferences().model_minutes
    if is_idle or not server.running:
        SESSION.stop_server()
        reap_later()
        redraw_preferences()
        return None
    return REST if SESSION.server_address else TICK


def redraw_preferences() -> None:
    """Have the preferences drawn again."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "PREFERENCES":
                area.tag_redraw()


def unregister() -> None:
    """Watch no more."""
    if bpy.app.timers.is_registered(_watch):
        bpy.app.timers.unregister(_watch)


def register() -> None:
    """Nothing is started before it is needed."""
