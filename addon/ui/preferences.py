"""Preferences of the extension: who writes scripts, and how much scripts may use."""

from __future__ import annotations

import logging
import os
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, IntProperty, StringProperty

from .session import SESSION
from .text import ENGLISH, said, tr

PACKAGE = __package__.removesuffix(".addon.ui")  # the extension's own, whatever repository it is installed from
LOOPBACK = ("http://localhost", "http://127.0.0.1", "http://[::1]")
LEVELS = {"NONE": logging.CRITICAL + 1, "ERRORS": logging.ERROR, "ALL": logging.DEBUG}

# Here, for Blender has Python evaluate annotations, where Python 3.11 knows no names within a comprehension.
CODERS = [
    (name, ENGLISH[f"coder_{name}"], ENGLISH[f"coder_{name}_tip"]) for name in ("auto", "openai", "local", "template")
]
LOGGED = [(level, ENGLISH[f"log_{level.lower()}"], "") for level in LEVELS]

_key = ""
"""The key that the user typed. It lives as long as this process, and is in no file."""


def _set_key(self: Any, value: str) -> None:
    global _key
    _key = value


def _get_key(self: Any) -> str:
    return _key


def _set_level(self: Any, context: Any) -> None:
    logging.getLogger(PACKAGE).setLevel(LEVELS[self.log_level])


class CDYN_Preferences(bpy.types.AddonPreferences):
    """What the user sets once for all scenes."""

    bl_idname = PACKAGE

    coder: EnumProperty(
        **said("coder"),
        items=CODERS,
    )
    endpoint: StringProperty(**said("endpoint"))
    model: StringProperty(**said("model"))
    key: StringProperty(**said("key"), subtype="PASSWORD", get=_get_key, set=_set_key)
    model_minutes: IntProperty(**said("model_minutes"), default=10, min=1, max=1440)
    attempts: IntProperty(**said("attempts"), default=3, min=1, max=10)
    step_seconds: FloatProperty(**said("step_seconds"), default=1.0, min=0.05, max=60.0)
    run_seconds: FloatProperty(**said("run_seconds"), default=300.0, min=1.0, max=36_000.0)
    memory_mb: IntProperty(**said("memory"), default=512, min=64, max=16_384)
    notify: BoolProperty(**said("notify"), default=True)
    notify_sound: BoolProperty(**said("notify_sound"))
    keep_runs: IntProperty(**said("keep_runs"), default=20, min=0, max=100_000)
    project: StringProperty(**said("project"), subtype="DIR_PATH")
    log_level: EnumProperty(
        **said("log_level"),
        items=LOGGED,
        default="ERRORS",
        update=_set_level,
    )

    def draw(self, context: bpy.types.Context) -> None:
        """Draw them."""
        layout = self.layout
        layout.use_property_split = True
        layout.prop(self, "coder")
        box = layout.box()
        box.label(text=tr("coder_openai"), icon="URL")
        for name in ("endpoint", "model", "key"):
            box.prop(self, name)
        box.label(text=tr("key_note"), icon="INFO")
        box.operator("cdyn.test_connection", icon="LINKED")
        if SESSION.connection:
            box.label(text=SESSION.connection)
        self._draw_model(layout.box())
        box = layout.box()
        box.label(text=tr("budgets"), icon="TIME")
        for name in ("attempts", "step_seconds", "run_seconds", "memory_mb"):
            box.prop(self, name)
        column = layout.column(align=True)
        column.prop(self, "notify")
        row = column.row()
        row.active = self.notify
        row.prop(self, "notify_sound")
        layout.prop(self, "keep_runs")
        layout.prop(self, "project")
        layout.prop(self, "log_level")
        layout.operator("cdyn.documentation", icon="HELP")

    def _draw_model(self, box: bpy.types.UILayout) -> None:
        box.label(text=tr("coder_local"), icon="DISK_DRIVE")
        if SESSION.busy and SESSION.work is not None and SESSION.work.phase in ("fetch", "hub", "join", "check"):
            done, total = SESSION.work.done, max(SESSION.work.total, 1)
            box.progress(factor=done / total, text=tr(f"phase_{SESSION.work.phase}"))
            box.operator("cdyn.cancel", icon="CANCEL")
        elif not model_is_fetched():
            box.label(text=tr("not_fetched"))
            box.operator("cdyn.fetch_model", icon="IMPORT")
        elif SESSION.server is not None:
            box.label(text=tr("served", address=SESSION.server_address or "…"), icon="CHECKMARK")
            box.operator("cdyn.stop_model", icon="CANCEL")
        else:
            box.label(text=tr("fetched"), icon="CHECKMARK")
            box.operator("cdyn.serve_model", icon="PLAY")
        box.prop(self, "model_minutes")


def preferences(context: bpy.types.Context | None = None) -> Any:
    """The extension's preferences."""
    addons = (context or bpy.context).preferences.addons
    return addons[PACKAGE].preferences


def storage() -> Path:
    """The folder for runs, made if need be."""
    return Path(bpy.utils.extension_path_user(PACKAGE, path="runs", create=True))


def model_is_fetched() -> bool:
    """Whether the local model's file is there in full."""
    return bool(_model_module()["is_fetched"]())


@cache
def _model_module() -> dict[str, Any]:
    # Without the package around it, whose own packages take half a second to load: the panel asks when it is drawn.
    return runpy.run_path(str(Path(__file__).parents[1] / "models" / "local" / "model.py"))


def may_ask(context: bpy.types.Context) -> bool:
    """Whether Blender's online access, or a loopback address, lets the chosen endpoint be asked."""
    return bool(bpy.app.online_access) or endpoint(context).startswith(LOOPBACK)


def endpoint(context: bpy.types.Context) -> str:
    """The address of the endpoint, "" if none is set."""
    return preferences(context).endpoint or os.environ.get("OPENAI_BASE_URL", "")


def chosen_coder(context: bpy.types.Context) -> str:
    """The coder that is asked, with ``auto`` resolved."""
    name: str = preferences(context).coder
    if name != "auto":
        return name
    key = _key or os.environ.get("OPENAI_API_KEY", "")
    if (endpoint(context) or key) and may_ask(context):
        return "openai"
    return "local" if model_is_fetched() else "template"


def environment(context: bpy.types.Context) -> dict[str, str]:
    """The environment of child processes: ours, with what the preferences say."""
    chosen = preferences(context)
    found = dict(os.environ)
    values = {"OPENAI_BASE_URL": chosen.endpoint, "OPENAI_MODEL": chosen.model, "OPENAI_API_KEY": _key}
    found.update({name: value for name, value in values.items() if value})
    return found


def budgets(context: bpy.types.Context) -> dict[str, float]:
    """What a script may use."""
    chosen = preferences(context)
    return {
        "seconds_step": chosen.step_seconds,
        "seconds_run": chosen.run_seconds,
        "memory_mb": chosen.memory_mb,
    }


def register() -> None:
    """Add the preferences."""
    bpy.utils.register_class(CDYN_Preferences)


def unregister() -> None:
    """Remove them, and forget the key."""
    global _key
    _key = ""
    bpy.utils.unregister_class(CDYN_Preferences)
