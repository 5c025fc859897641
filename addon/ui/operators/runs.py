"""The runs that are kept: listed, opened again, exported and deleted."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bpy
from bpy.props import IntProperty, StringProperty

from ...engine.applied import run_of
from ...engine.guest import guest
from ..preferences import preferences, storage
from ..session import SESSION, Line
from ..tasks import JOB, REQUEST, SUMMARY
from ..text import ENGLISH, said, tr
from ..work import in_slices, redraw

SHOWN = 20
"""Runs in the list, the latest first."""

EXAMPLE_TITLE = "Dynamics {name}"
"""The name of the scene of an example."""

MEGABYTE = 1e6
_OWN = re.compile(r"(\d{4,})_.*")
_sizes: dict[str, int] = {}
"""Bytes on disk of run folders, which do not change once their run has ended."""


def run_folders() -> list[Path]:
    """All folders of runs, failed and cancelled ones too, the latest first."""
    found = [(int(m[1]), p) for p in storage().iterdir() if (m := _OWN.fullmatch(p.name)) and _is_own(p)]
    return [path for _, path in sorted(found, reverse=True)]


def _is_own(folder: Path) -> bool:
    """Whether a run was asked for in a folder; whatever else lies beside runs may be called like one."""
    if folder.is_symlink():
        return False
    try:
        request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(request, dict) and "task" in request


def list_runs() -> None:
    """Make the window's list of runs anew from their folders, and begin to add up their sizes."""
    window: Any = bpy.context.window_manager.cdyn
    window.runs.clear()
    for folder in run_folders():
        if len(window.runs) == SHOWN:
            break
        if (folder / SUMMARY).is_file():
            try:
                _fill(window.runs.add(), folder)
            except Exception:  # Whatever its files hold must not keep the others from being listed.
                window.runs.remove(len(window.runs) - 1)
    window.run_index = min(window.run_index, max(0, len(window.runs) - 1))
    in_slices(_weigh(), redraw, on_file=False)


def _fill(run: Any, folder: Path) -> None:
    """Set a row of the list to what a run's folder tells of it."""
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    ended = time.localtime((folder / SUMMARY).stat().st_mtime)
    run.name, run.title, run.ok = folder.name, request["title"], bool(summary["ok"])
    run.told, run.shown = tally(summary), name_of(request)
    run.ended = time.strftime("%H:%M" if ended[:3] == time.localtime()[:3] else "%m-%d", ended)


def name_of(request: Line) -> str:
    """What a run is called: its first rule, else its goal, else the example or the scene that it is of."""
    title: str = request["title"]
    example = f"example_{title.removeprefix(EXAMPLE_TITLE.format(name=''))}"
    said: str = next(iter(request.get("rules", ())), "") or request.get("goal", "")
    return said or (tr(example) if example in ENGLISH else title)


def _weigh() -> Iterator[None]:
    """Add up the bytes of all runs, one folder at a time."""
    window: Any = bpy.context.window_manager.cdyn
    folders = run_folders()
    for folder in folders:
        if folder.name not in _sizes or not (folder / SUMMARY).is_file():
            _sizes[folder.name] = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
            yield
    window.stored_runs = len(folders)
    for run in window.runs:
        run.size = _sizes.get(run.name, 0) / MEGABYTE
    window.stored = sum(_sizes.get(folder.name, 0) for folder in folders) / MEGABYTE


def in_use() -> set[str]:
    """Names of the folders that are not to be deleted: what is running, what is on a timeline of this file, failed runs
    whose figures are shown, and the worlds that are not kept yet."""
    told = [run_of(scene) for scene in bpy.data.scenes]
    worlds = [guest(scene) for scene in bpy.data.scenes]
    names = {run["run"] for run in told if run is not None} | {one["folder"] for one in worlds if one is not None}
    names |= {failed.run for failed in SESSION.failed.values()}
    return names | ({SESSION.work.child.folder.name} if SESSION.work is not None else set())


def too_many(folders: list[Path], keep: int, needed: set[str]) -> list[Path]:
    """The folders that a clean-up deletes: all but the latest, and but those that are needed."""
    return [folder for folder in folders[keep:] if folder.name not in needed]


def delete_run(folder: Path) -> None:
    """Delete the files of a run; nothing outside the folder of runs."""
    if folder.parent == storage() and _OWN.fullmatch(folder.name) and _is_own(folder):
        shutil.rmtree(folder, ignore_errors=True)
        _sizes.pop(folder.name, None)


def tally(summary: dict[str, Any]) -> str:
    """How many of a run's assertions held; "" where it failed or had none."""
    held = [a["held"] for a in summary["assertions"]] if summary["ok"] else []
    return f"{sum(held)}/{len(held)}" if held else ""


def number_of(folder: str) -> int:
    """The number of a run, from its folder's name."""
    return int(folder.partition("_")[0])


def size_words(megabytes: float) -> str:
    """A size in whole MB, from 1000 MB on in GB: ``3 MB``."""
    if megabytes >= 1000:
        return f"{megabytes / 1000:.1f} GB"
    return f"{megabytes:.0f} MB" if megabytes >= 1 else "<1 MB"


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
        from .run import apply_run, show_problem

        folder = chosen_run(context)
        assert folder is not None
        key = context.scene.session_uid
        try:
            summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            SESSION.say(error=tr("run_incomplete", run=folder.name), scene=key)
            return {"CANCELLED"}
        SESSION.find(key, summary)
        if summary["ok"]:
            apply_run(key, folder)
        else:
            show_problem(key, summary, folder)
        return {"CANCELLED"} if SESSION.error else {"FINISHED"}


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
        delete_run(folder)
        for key in [key for key, failed in SESSION.failed.items() if failed.run == folder.name]:
            del SESSION.failed[key]
        list_runs()
        return {"FINISHED"}


class CDYN_OT_clean_up(bpy.types.Operator):
    """Delete the files of old runs."""

    bl_idname = "cdyn.clean_up"
    bl_label = ENGLISH["clean_up"]
    bl_description = ENGLISH["clean_up_tip"]

    keep: IntProperty(**said("keep"), default=20, min=0, max=100_000)

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be runs, and nothing running."""
        if SESSION.busy:
            cls.poll_message_set(tr("busy"))
            return False
        if not context.window_manager.cdyn.stored_runs:
            cls.poll_message_set(tr("runs_empty"))
            return False
        return True

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask how many are to stay; as many as the preferences say, unless told otherwise."""
        self.keep = preferences(context).keep_runs
        result: set[str] = context.window_manager.invoke_props_dialog(self)
        return result

    def draw(self, context: bpy.types.Context) -> None:
        """Say what will be deleted."""
        old = too_many(run_folders(), self.keep, in_use())
        size = sum(_sizes.get(folder.name, 0) for folder in old) / MEGABYTE
        self.layout.prop(self, "keep")
        self.layout.label(text=tr("clean_up_told", count=len(old), size=f"{size:.0f}"), icon="TRASH")

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Delete them, one at a time."""
        old = too_many(run_folders(), self.keep, in_use())

        def delete() -> Iterator[None]:
            for folder in old:
                delete_run(folder)
                yield

        def end() -> None:
            SESSION.say(tr("cleaned_up", count=len(old)))
            list_runs()

        in_slices(delete(), end, on_file=False)
        return {"FINISHED"}


CLASSES = (CDYN_OT_reopen, CDYN_OT_export, CDYN_OT_delete_run, CDYN_OT_clean_up)
