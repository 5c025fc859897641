"""The language model: trying the endpoint, fetching and serving the local one."""

from __future__ import annotations

import os
from typing import Any

import bpy

from ..preferences import endpoint, may_ask, model_is_fetched, preferences, storage
from ..serving import redraw_preferences, start
from ..session import SESSION, Line
from ..text import ENGLISH, tr
from ..work import PACKAGE, reap_later, start_task
from .script import can_start


def _folder(name: str) -> Any:
    """A folder for a task that is no run."""
    folder = storage().parent / name
    folder.mkdir(exist_ok=True)
    return folder


class CDYN_OT_test_connection(bpy.types.Operator):
    """Ask the model at the endpoint for a word."""

    bl_idname = "cdyn.test_connection"
    bl_label = ENGLISH["test"]
    bl_description = ENGLISH["test_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """The endpoint must be one that may be asked."""
        if not may_ask(context):
            cls.poll_message_set(tr("offline"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        model = preferences(context).model or os.environ.get("OPENAI_MODEL", "")

        def end(result: Line | None) -> None:
            SESSION.connection = SESSION.error
            if result is not None:
                SESSION.connection = tr("test_ok", model=model or endpoint(context), seconds=result["seconds"])
            redraw_preferences()

        request = {"task": "connect", "model": model, "online": bool(bpy.app.online_access)}
        SESSION.connection = "…"
        return {"FINISHED"} if start_task(context, _folder("connection"), request, end) else {"CANCELLED"}


class CDYN_OT_fetch_model(bpy.types.Operator):
    """Fetch the local model."""

    bl_idname = "cdyn.fetch_model"
    bl_label = ENGLISH["fetch"]
    bl_description = ENGLISH["fetch_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """Online access must be allowed."""
        if not bpy.app.online_access:
            cls.poll_message_set(tr("offline"))
            return False
        return can_start(cls)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the task."""
        started = start_task(
            context,
            _folder("model"),
            {"task": "fetch"},
            lambda _: redraw_preferences(),
            lambda _: redraw_preferences(),
        )
        return {"FINISHED"} if started else {"CANCELLED"}


class CDYN_OT_serve_model(bpy.types.Operator):
    """Keep the local model in memory."""

    bl_idname = "cdyn.serve_model"
    bl_label = ENGLISH["serve"]
    bl_description = ENGLISH["serve_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """The model must be there, and not served yet."""
        return SESSION.server is None and model_is_fetched()

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start its process."""
        try:
            start(context)
        except OSError as error:
            SESSION.say(error=tr("cannot_start", reason=error))
            return {"CANCELLED"}
        return {"FINISHED"}


class CDYN_OT_stop_model(bpy.types.Operator):
    """Take the local model out of memory."""

    bl_idname = "cdyn.stop_model"
    bl_label = ENGLISH["stop"]
    bl_description = ENGLISH["stop_tip"]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """It must be served."""
        return SESSION.server is not None

    def execute(self, context: bpy.types.Context) -> set[str]:
        """End its process."""
        SESSION.stop_server()
        reap_later()
        return {"FINISHED"}


class CDYN_OT_preferences(bpy.types.Operator):
    """Open the preferences of this extension."""

    bl_idname = "cdyn.preferences"
    bl_label = ENGLISH["preferences"]
    bl_description = ENGLISH["preferences_tip"]

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open them."""
        bpy.ops.preferences.addon_show(module=PACKAGE)
        return {"FINISHED"}


class CDYN_OT_allow_online(bpy.types.Operator):
    """Open the system preferences, where online access is allowed."""

    bl_idname = "cdyn.allow_online"
    bl_label = ENGLISH["allow_online"]
    bl_description = ENGLISH["allow_online_tip"]

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Open them."""
        context.preferences.active_section = "SYSTEM"
        bpy.ops.screen.userpref_show()
        return {"FINISHED"}


CLASSES = (
    CDYN_OT_test_connection,
    CDYN_OT_fetch_model,
    CDYN_OT_serve_model,
    CDYN_OT_stop_model,
    CDYN_OT_preferences,
    CDYN_OT_allow_online,
)
