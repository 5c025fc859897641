"""Asking why, and doing what mends it."""

from __future__ import annotations

import json
from typing import Any

import bpy
from bpy.props import StringProperty

from ...engine.applied import take_off
from ...engine.markers import set_markers
from ...engine.mending import MendError, mend
from ...engine.playback import is_played_back
from .. import overlay
from ..session import SESSION, Line
from ..text import ENGLISH, tr
from .run import run_at_once


class CDYN_OT_why(bpy.types.Operator):
    """Show or hide why something was so."""

    bl_idname = "cdyn.why"
    bl_label = ENGLISH["why"]
    bl_description = ENGLISH["why_tip"]

    key: StringProperty(options={"SKIP_SAVE", "HIDDEN"})

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open it, and close it if it is open."""
        window: Any = context.window_manager.cdyn
        window.why = "" if window.why == self.key else self.key
        return {"FINISHED"}


class CDYN_OT_mend(bpy.types.Operator):
    """Do what mends a cause, and run at once. Changes of the scene itself take the run off the timeline first."""

    bl_idname = "cdyn.mend"
    bl_label = ENGLISH["mend"]
    bl_description = ENGLISH["mend_tip"]
    bl_options = {"REGISTER", "UNDO"}

    told: StringProperty(options={"SKIP_SAVE", "HIDDEN"})
    """The mend as JSON."""

    @classmethod
    def description(cls, context: bpy.types.Context, properties: Any) -> str:
        """The tooltip: all that is done, of which a narrow panel shows a part."""
        return f"{tr('mend_tip')}: {json.loads(properties.told)['words']}"

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Nothing must be running."""
        if SESSION.busy:
            cls.poll_message_set(tr("busy"))
        return not SESSION.busy

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Do it, say so, and run."""
        told: Line = json.loads(self.told)
        try:
            mended(context.scene, told)
        except MendError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        context.window_manager.cdyn.why = ""
        SESSION.failed.pop(context.scene.session_uid, None)
        SESSION.say(tr("mended", words=told.get("difference") or told["words"]), scene=context.scene.session_uid)
        run_at_once(context.scene)
        return {"FINISHED"}


def mended(scene: Any, told: Line) -> None:
    """Do to the settings of a scene, or to what is in it, what a mend tells. Raises MendError."""
    settings = scene.cdyn
    if told["kind"] == "longer":
        settings.steps = max(settings.steps, told["steps"])
    elif told["kind"] == "anew":
        settings.script = None
    elif told["kind"] == "reword":
        _reword(settings, told["before"], told["after"])
    else:
        if is_played_back(scene):
            take_off(scene)
            set_markers(scene, [])
            overlay.hide()
        mend(scene, told)


def _reword(settings: Any, before: str, after: str) -> None:
    """Say a rule, or the goal, otherwise. Raises MendError where nobody says it any more."""
    for rule in settings.rules:
        if rule.text.strip() == before and not rule.is_muted:
            rule.text = after
            return
    if settings.goal.strip() != before:
        raise MendError(tr("mend_gone", rule=before))
    settings.goal = after


CLASSES = (CDYN_OT_why, CDYN_OT_mend)
