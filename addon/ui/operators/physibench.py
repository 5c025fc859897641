"""Evaluating PhysiBench with the programs of a checkout, which the extension does not hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import bpy
from bpy.props import EnumProperty, IntProperty

from ..preferences import chosen_coder, preferences, storage
from ..session import SESSION, Line
from ..text import ENGLISH, said, tr
from ..work import redraw, start
from .script import can_start

TIMINGS, RESULTS = "timings.json", "results.json"


def project_python(context: bpy.types.Context) -> Path | None:
    """The Python of the project's environment, None where there is none."""
    project = preferences(context).project
    if not project:
        return None
    place = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    path = Path(bpy.path.abspath(project)) / ".venv" / place
    return path if path.exists() else None


class CDYN_OT_evaluate(bpy.types.Operator):
    """Evaluate PhysiBench."""

    bl_idname = "cdyn.evaluate"
    bl_label = ENGLISH["evaluate"]
    bl_description = ENGLISH["evaluate_tip"]

    split: EnumProperty(
        **said("split"),
        items=[(name, name, "") for name in ("train", "dev", "test")],
        default="test",
    )
    count: IntProperty(**said("count"), default=10, min=1, max=150)
    workers: IntProperty(**said("workers"), default=1, min=1, max=64)

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """The project's programs must be there."""
        if project_python(context) is None:
            cls.poll_message_set(tr("no_project"))
            return False
        return can_start(cls)

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask how much."""
        result: set[str] = context.window_manager.invoke_props_dialog(self)
        return result

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the evaluation."""
        python = project_python(context)
        assert python is not None
        folders = storage().parent / "evaluations"
        folders.mkdir(exist_ok=True)
        number = 1 + max((int(p.name) for p in folders.iterdir() if p.name.isdigit()), default=0)
        folder = folders / f"{number:04d}"
        folder.mkdir()
        out = folder / "out"
        arguments = ["evaluate", "--split", self.split, "--count", self.count, "--workers", self.workers]
        arguments += ["--coder", chosen_coder(context), "--out", out]
        command = [str(python), "-m", "headless", "physibench", *map(str, arguments)]
        project = Path(bpy.path.abspath(preferences(context).project))
        if not start(context, command, folder, lambda _: _end(out), where=project, listens=False):
            return {"CANCELLED"}
        count = self.count
        bpy.app.timers.register(lambda: _count(out, count), first_interval=1.0)
        return {"FINISHED"}


def _count(out: Path, count: int) -> float | None:
    """Take up how many machines are done."""
    if SESSION.work is None:
        return None
    try:
        done = len(json.loads((out / TIMINGS).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        done = 0
    SESSION.work.take({"phase": "machines", "done": done, "total": count})
    redraw()
    return 1.0


def _end(out: Path) -> None:
    """Tell how it came out."""
    try:
        results: Line = json.loads((out / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    machines = results["machines"]
    share = (results["logic_success"] or {}).get("mean", 0.0)
    SESSION.say(tr("evaluated", success=round(share * machines), machines=machines))
    SESSION.report = str(out / "report.html")


CLASSES = (CDYN_OT_evaluate,)
