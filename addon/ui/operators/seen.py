"""Comparing the scene with what a picture of it shows."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import bpy

from ..seen_panel import look_of
from ..session import SESSION, Line
from ..text import ENGLISH, tr
from ..work import copy_scene, start_task
from .script import can_start


class CDYN_OT_compare_picture(bpy.types.Operator):
    """Draw the scene, read the picture, and tell what it lacks."""

    bl_idname = "cdyn.compare_picture"
    bl_label = ENGLISH["compare_picture"]
    bl_description = ENGLISH["compare_picture_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Nothing else must be running."""
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        key = context.scene.session_uid
        folder = Path(tempfile.mkdtemp(dir=bpy.app.tempdir))
        SESSION.seen.pop(key, None)
        look = look_of(context.scene)
        try:
            copy_scene(folder)
        except RuntimeError as error:
            SESSION.say(error=tr("cannot_save", reason=error), scene=key)
            return {"CANCELLED"}

        def end(result: Line | None) -> None:
            if result is not None:
                SESSION.seen[key] = {**result, "scene": look}
            shutil.rmtree(folder, ignore_errors=True)

        return {"FINISHED"} if start_task(context, folder, {"task": "seen"}, end) else {"CANCELLED"}


class CDYN_OT_select_missing(bpy.types.Operator):
    """Select what was not read."""

    bl_idname = "cdyn.select_missing"
    bl_label = ENGLISH["select_missing"]
    bl_description = ENGLISH["select_missing_tip"]
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a comparison, and the viewport in Object mode."""
        return context.scene.session_uid in SESSION.seen and context.mode == "OBJECT"

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Select it alone."""
        wanted = set(SESSION.seen[context.scene.session_uid]["missing"])
        shown: Any = context.view_layer.objects
        for obj in shown:
            obj.select_set(obj.name in wanted)
        return {"FINISHED"}


CLASSES = (CDYN_OT_compare_picture, CDYN_OT_select_missing)
