"""Finding numbers with which a run earns a reward, and putting them into the scene."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bpy
from bpy.props import IntProperty

from ...engine.applied import note_edits, take_off
from ...engine.playback import is_played_back
from .. import overlay
from ..preferences import chosen_coder
from ..session import SESSION, Fix, Line
from ..tasks import SCRIPT
from ..text import ENGLISH, tr
from ..work import copy_scene, new_folder, scene_of, start_task
from .run import apply_run, script_of
from .runs import delete_run, list_runs
from .script import can_start, is_unwritten

PLACE = "search"
"""The panel that tells of searches."""


def varied(numbers: Iterable[Any]) -> list[str]:
    """Open numbers of a scene as a search takes them."""
    return [f"{one.object.name}.{one.number}={one.low:.7g}..{one.high:.7g}" for one in numbers if one.object]


def request_search(context: bpy.types.Context) -> bool:
    """Start the task that searches; False, with the reason told, if it cannot be started."""
    scene: Any = context.scene
    settings, key, script = scene.cdyn, scene.session_uid, script_of(scene.cdyn)
    wish = settings.wanted.strip()
    if is_unwritten(settings):
        SESSION.say(error=tr("search_unwritten"), scene=key, fixes=(Fix("cdyn.write"),), place=PLACE)
        return False
    note_edits(scene)
    folder = new_folder(scene.name)
    try:
        copy_scene(folder)
    except RuntimeError as error:
        SESSION.say(error=tr("cannot_save", reason=error), scene=key, place=PLACE)
        return False
    if script:
        (folder / SCRIPT).write_text(script, encoding="utf-8")
    request = {
        "task": "search",
        "title": scene.name,
        "vary": varied(settings.open_numbers),
        "own": varied(one for one in settings.open_numbers if one.wish in ("", wish)),
        "reward": wish,
        "coder": chosen_coder(context),
        "online": bool(bpy.app.online_access),
        "served": SESSION.server_address,
        "budget": settings.search_budget,
        "steps": settings.steps,
        "seed": settings.seed,
        "override": settings.override,
        "start": scene.frame_start,
    }
    SESSION.best.pop(key, None)
    SESSION.wanted.pop(key, None)

    def hear(line: Line) -> None:
        if line.get("best"):
            SESSION.best[key] = line["best"]
        if line.get("wanted"):
            SESSION.wanted[key] = line["wanted"]
        if "opened" in line:
            _open(scene_of(key), line["opened"], wish)

    return start_task(context, folder, request, lambda result: _end(key, folder, result), hear, place=PLACE)


def _open(scene: Any, numbers: list[str], wish: str) -> None:
    """Show the numbers that are open for a wish, to be changed for another search, instead of those of another."""
    if scene is None:
        return
    listed = scene.cdyn.open_numbers
    for index in [i for i, one in enumerate(listed) if one.wish not in ("", wish)][::-1]:
        listed.remove(index)
    known = varied(listed)
    for text in (text for text in numbers if text not in known):
        name, _, bounds = text.rpartition("=")
        owner, _, number = name.rpartition(".velocity.")
        if owner in scene.objects:
            one = listed.add()
            one.object, one.number = scene.objects[owner], f"velocity.{number}"
            one.low, one.high = map(float, bounds.split(".."))
            one.wish = wish


def _end(key: int, folder: Path, result: Line | None) -> None:
    """Put the best run on the timeline; of a search that was cancelled the best numbers so far are kept."""
    SESSION.scene = key
    if result is None:
        delete_run(folder)
        return
    SESSION.best[key] = result["best"]
    SESSION.find(key, result)
    apply_run(key, folder)
    list_runs()


class CDYN_OT_add_open(bpy.types.Operator):
    """Open a number of the active object."""

    bl_idname = "cdyn.add_open"
    bl_label = ENGLISH["add_open"]
    bl_description = ENGLISH["add_open_tip"]
    bl_options = {"REGISTER", "UNDO"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Add it to the list."""
        context.scene.cdyn.open_numbers.add().object = context.object
        return {"FINISHED"}


class CDYN_OT_remove_open(bpy.types.Operator):
    """Leave a number as it is."""

    bl_idname = "cdyn.remove_open"
    bl_label = ENGLISH["remove_open"]
    bl_description = ENGLISH["remove_open_tip"]
    bl_options = {"REGISTER", "UNDO"}

    index: IntProperty(options={"HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Take it from the list."""
        context.scene.cdyn.open_numbers.remove(self.index)
        return {"FINISHED"}


class CDYN_OT_find_numbers(bpy.types.Operator):
    """Search."""

    bl_idname = "cdyn.find_numbers"
    bl_label = ENGLISH["find_numbers"]
    bl_description = ENGLISH["find_numbers_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Something must be wanted, and nothing else running."""
        if not context.scene.cdyn.wanted.strip():
            cls.poll_message_set(tr("no_wanted"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        return {"FINISHED"} if request_search(context) else {"CANCELLED"}


class CDYN_OT_use_numbers(bpy.types.Operator):
    """Put the best numbers into the scene."""

    bl_idname = "cdyn.use_numbers"
    bl_label = ENGLISH["use_numbers"]
    bl_description = ENGLISH["use_numbers_tip"]
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """They must be known, and nothing be running."""
        return context.scene.session_uid in SESSION.best and can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Take a run off the timeline, and write them."""
        from ...engine.protocol import EngineError
        from ...engine.start_values import write_start

        scene: Any = context.scene
        best = SESSION.best[scene.session_uid]
        if is_played_back(scene):
            take_off(scene)
            overlay.hide()
        try:
            missing = write_start(scene, best["changes"])
        except EngineError as error:
            SESSION.say(error=str(error), scene=scene.session_uid, place=PLACE)
            return {"FINISHED"}
        if best["script"] is not None and scene.cdyn.script is not None:
            scene.cdyn.script.from_string(best["script"])
        told = tr("used_without", names=", ".join(missing)) if missing else tr("used")
        SESSION.say(told, scene=scene.session_uid, place=PLACE)
        return {"FINISHED"}


CLASSES = (CDYN_OT_add_open, CDYN_OT_remove_open, CDYN_OT_find_numbers, CDYN_OT_use_numbers)
