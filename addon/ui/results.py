"""The figures that the panel shows: those of the run on a scene's timeline, or of the last if that failed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import bpy

from ..engine.applied import run_of
from ..frames import on_timeline
from .preferences import storage
from .session import SESSION, Line
from .tasks import JOB

LEFT_OUT = ("markers", "notes", "warnings", "bodiless")
"""Parts of a summary that are not kept with the scene."""


@dataclass(frozen=True)
class Shown:
    """A run: its figures, its folder's name, and whether it is on the timeline."""

    summary: Line
    run: str
    is_on_timeline: bool

    @property
    def folder(self) -> Path | None:
        """Its folder, None if that is gone."""
        folder = storage() / self.run
        return folder if self.run and folder.is_dir() else None

    @property
    def report(self) -> Path | None:
        """Its report, None if that is gone."""
        path = storage() / self.run / JOB / "report.html"
        return path if self.run and path.is_file() else None


def shown(scene: bpy.types.Scene) -> Shown | None:
    """The run whose figures are shown for a scene, None if there is none."""
    failed = SESSION.failed.get(scene.session_uid)
    if failed is not None:
        return Shown(failed.summary, failed.run, False)
    told = run_of(scene)
    return Shown(told["summary"], told["run"], True) if told is not None and told["run"] else None


def kept(summary: Line) -> Line:
    """What of a summary is kept with the scene, so that its figures are there wherever the file is opened."""
    return {key: value for key, value in summary.items() if key not in LEFT_OUT}


def begun_at(summary: Line, start: int, names: Collection[str] = ()) -> Line:
    """What is told of a run that begins at this frame of the timeline, wherever it began when it was made.

    ``names`` are those of the scene's objects.
    """
    by = start - int(summary.get("start", start))
    rules = [
        rule
        | {key: on_timeline(rule[key], by, names) for key in ("told", "times") if key in rule}
        | ({"at": rule["at"] + by} if "at" in rule else {})
        for rule in summary.get("rules", ())
    ]
    assertions = [{**one, "reason": on_timeline(one["reason"], by, names)} for one in summary["assertions"]]
    return {**summary, "start": start, "rules": rules, "assertions": assertions}
