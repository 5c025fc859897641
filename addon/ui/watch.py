"""What follows from changes of the file: edits of objects that play a run are noted, and what is shown is kept true."""

from __future__ import annotations

from typing import Any

import bpy
from bpy.app.handlers import persistent

from ..engine.applied import note_edits, run_of
from . import overlay, results
from .session import SESSION

_fresh: set[tuple[str, str]] = set()
"""What was noted since the frame changed, see `note_edits`."""


@persistent
def _note(scene: bpy.types.Scene, depsgraph: Any = None) -> None:
    """Note where the user has put objects that play a run."""
    screen = bpy.context.screen
    if depsgraph is None or run_of(scene) is None or (screen is not None and screen.is_animation_playing):
        return
    changed = [update.id.original for update in depsgraph.updates]
    objects = [found for found in changed if isinstance(found, bpy.types.Object) and found.name in scene.objects]
    keyed = any(isinstance(found, bpy.types.Action) for found in changed)
    note_edits(scene, [o for o in objects if o.library is None], _fresh, keyed)


@persistent
def _forget(*_: object) -> None:
    _fresh.clear()


@persistent
def _note_restored(*_: object) -> None:
    """Note what undo or redo has brought back, before Blender forgets it by evaluating the animation."""
    for scene in bpy.data.scenes:
        note_edits(scene)
    SESSION.restore()
    _show_again()


@persistent
def _show_again(*_: object) -> None:
    """Show the run that is on the timeline now, once Blender is done with what it does."""
    _fresh.clear()
    if not bpy.app.background:
        bpy.app.timers.register(_refresh, first_interval=0.0)


@persistent
def _list_again(*_: object) -> None:
    window: Any = bpy.context.window_manager.cdyn
    window.wish = window.why = ""
    _show_again()
    if not bpy.app.background:
        bpy.app.timers.register(list_again, first_interval=0.1)


def list_again() -> None:
    """List the runs, which a window forgets when another file is opened."""
    from .operators.runs import list_runs

    list_runs()


def _refresh() -> None:
    shown = results.shown(bpy.context.scene)
    folder = shown.folder if shown is not None and shown.is_on_timeline else None
    if folder is None:
        overlay.hide()
    elif not overlay.shows(folder.name):
        overlay.show(folder)


HANDLERS = {
    "depsgraph_update_post": _note,
    "frame_change_post": _forget,
    "undo_post": _note_restored,
    "redo_post": _note_restored,
    "load_post": _list_again,
}


def register() -> None:
    """Begin to watch."""
    for name, handler in HANDLERS.items():
        getattr(bpy.app.handlers, name).append(handler)
    if not bpy.app.background:
        bpy.app.timers.register(list_again, first_interval=0.1)


def unregister() -> None:
    """Watch no more."""
    for name, handler in HANDLERS.items():
        getattr(bpy.app.handlers, name).remove(handler)
    for timer in (list_again, _refresh):
        if bpy.app.timers.is_registered(timer):
            bpy.app.timers.unregister(timer)
    _fresh.clear()
