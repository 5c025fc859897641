"""The runs that are kept: listed, opened again, exported and deleted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import bpy
from bpy.props import StringProperty

from ..preferences import storage
from ..session import SESSION
from ..tasks import JOB, MOTIONS, REQUEST, SUMMARY
from ..text import ENGLISH, tr

SHOWN = 20
"""Runs in the list, the latest first."""


def list_runs() -> None:
    """Make the window's list of runs anew from their folders."""
    window: Any = bpy.context.window_manager.cdyn
    window.runs.clear()
    folders = sorted((p for p in storage().iterdir() if (p / SUMMARY).is_file()), reverse=True)
    for folder in folders[:SHOWN]:
        try:
            summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
            request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        run = window.runs.add()
        run.name, run.title, run.ok = folder.name, request["title"], bool(summary["ok"])
        run.told = outcome(summary)
    window.run_index = min(window.run_index, max(0, len(window.runs) - 1))


def outcome(summary: dict[str, Any]) -> str:
    """How a run came out, in a few words."""
    if not summary["ok"]:
        return tr("not_held")
    held = sum(a["held"] for a in summary["assertions"])
    return f"{held}/{len(summary['assertions'])}" if summary["assertions"] else tr("held_none")


def chosen_run(context: bpy.types.Context) -> Path | None:
    """The folder of the run that is chosen in the list."""
    window: Any = context.window_manager.cdyn
    if not 0 <= window.run_index < len(window.runs):
        return None
    folder = storage() / window.runs[window.run_index].name
    return folder if folder.is_dir() else None


class _WithRun:
    """Needs a run that is chosen, and nothing running."""

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be one."""
        if chosen_run(context) is None:
            cls.poll_message_set(tr("no_run"))
            return False
        if SESSION.busy:
            cls.poll_message_set(tr("busy"))
            return False
        return True


class CDYN_OT_reopen(_WithRun, bpy.types.Operator):
    """Show a run again."""

    bl_idname = "cdyn.reopen"
    bl_label = ENGLISH["reopen"]
    bl_description = ENGLISH["reopen_tip"]

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Put it on the timeline, or tell why it failed."""
        from .run import apply_run, show_problem, show_result

        folder = chosen_run(context)
        assert folder is not None
        if (folder / MOTIONS).exists():
            summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
            if summary["ok"]:
                apply_run(context.scene.name, folder)
            else:
                show_problem(summary)
                show_result(summary, folder)
        return {"FINISHED"}


class CDYN_OT_export(_WithRun, bpy.types.Operator):
    """Copy a job folder."""

    bl_idname = "cdyn.export"
    bl_label = ENGLISH["export"]
    bl_description = ENGLISH["export_tip"]

    directory: StringProperty(subtype="DIR_PATH", options={"SKIP_SAVE"})
    filter_folder: bpy.props.BoolProperty(default=True, options={"HIDDEN"})

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask for the folder."""
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Copy it under its name."""
        folder = chosen_run(context)
        assert folder is not None
        target = Path(bpy.path.abspath(self.directory)) / folder.name
        if target.exists():
            self.report({"ERROR"}, tr("export_exists", path=target))
            return {"CANCELLED"}
        try:
            shutil.copytree(folder / JOB, target)
        except (OSError, shutil.Error) as error:
            shutil.rmtree(target, ignore_errors=True)
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        self.report({"INFO"}, tr("exported", path=target))
        return {"FINISHED"}


class CDYN_OT_delete_run(_WithRun, bpy.types.Operator):
    """Delete the files of a run."""

    bl_idname = "cdyn.delete_run"
    bl_label = ENGLISH["delete_run"]
    bl_description = ENGLISH["delete_run_tip"]

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask first."""
        result: set[str] = context.window_manager.invoke_confirm(self, event)
        return result

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Delete them."""
        folder = chosen_run(context)
        assert folder is not None
        shutil.rmtree(folder, ignore_errors=True)
        if str(folder) == SESSION.result_folder:
            SESSION.result, SESSION.result_folder, SESSION.report = None, "", ""
        list_runs()
        return {"FINISHED"}


CLASSES = (CDYN_OT_reopen, CDYN_OT_export, CDYN_OT_delete_run)
