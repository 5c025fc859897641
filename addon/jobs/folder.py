"""The job folder: request, scene, scripts, trace, report and status, each written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..scene_graph import SceneGraph, SceneGraphError, load_scene_graph, save_scene_graph, write_text
from .spec import JobResult, JobSpec, Progress

OWN_EARLY = ("scene.json", "answers", "failure.txt")
"""What a job, or who runs it, may leave in its folder before ``job.json`` is there."""


class JobError(RuntimeError):
    """A job that cannot go on; the message says what was wrong and what to do."""


class FolderError(JobError):
    """A folder that was given for what it cannot hold: bad usage rather than a failure."""


def make_folder(path: Path) -> None:
    """Make a folder and those above it. Raises FolderError where a file is in the way, else JobError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise FolderError(f"{path} cannot be a folder: a file is in the way; choose another one with --out") from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise FolderError(f"the name {path.name[:40]}… is too long; choose a shorter one with --out") from None
        raise JobError(f"the folder {path} cannot be written: {error.strerror}") from None


class JobFolder:
    """Reads and writes one job's files.

    A folder that holds an unfinished job of the same request is taken up again: answers of the model that
    were recorded are used, and the run, which is deterministic, is done again. A folder with anything else
    in it is refused.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, spec: JobSpec, graph: SceneGraph) -> JobResult | None:
        """Make or take up the folder. Returns the result when the same job is finished already.

        Raises FolderError if the folder is another job's or holds other things, JobError if it cannot be written.
        """
        make_folder(self.path)
        try:
            if not any(self.path.iterdir()):
                self._begin(spec, graph)
                return None
        except OSError as error:
            raise JobError(f"the job folder {self.path} cannot be written: {error.strerror}") from None
        if not (self.path / "job.json").exists():
            if any(p.name not in OWN_EARLY and not p.name.startswith(".") for p in self.path.iterdir()):
                raise FolderError(f"{self.path} holds other files; choose an empty or new folder with --out")
            self._begin(spec, graph)
            return None
        if self._stored(spec, graph):
            return self.result()
        raise FolderError(
            f"{self.path} holds another job: another request, scene or script; choose another folder with --out"
        )

    def _begin(self, spec: JobSpec, graph: SceneGraph) -> None:
        save_scene_graph(graph, self.path / "scene.json")
        write_text(self.path / "job.json", spec.model_dump_json(indent=1) + "\n")

    def withdraw(self, keep_answers: bool) -> None:
        """Take back a job of which nothing was done, so that another one finds the folder free."""
        if any(self.path.glob("script_*")):
            return
        if not keep_answers:
            shutil.rmtree(self.path / "answers", ignore_errors=True)
        for name in ("job.json", "scene.json", "status.json"):
            (self.path / name).unlink(missing_ok=True)
        with suppress(OSError):  # other files are in it
            self.path.rmdir()

    def _stored(self, spec: JobSpec, graph: SceneGraph) -> bool:
        try:
            text = (self.path / "job.json").read_text(encoding="utf-8")
            return JobSpec.model_validate_json(text) == spec and load_scene_graph(self.path / "scene.json") == graph
        except (OSError, ValidationError, SceneGraphError):
            return False

    def holds_otherwise(self, spec: JobSpec) -> bool:
        """Whether the same job was done here with or without pictures, the other way than is asked for now."""
        try:
            known = JobSpec.model_validate_json((self.path / "job.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return known.render != spec.render and known.model_copy(update={"render": spec.render}) == spec

    def result(self) -> JobResult | None:
        """The result of a finished job, else None."""
        try:
            return JobResult.model_validate_json((self.path / "result.json").read_text(encoding="utf-8"))
        except (OSError, ValidationError):
            return None

    def finish(self, result: JobResult) -> None:
        """Mark the job finished; the last file to be written."""
        write_text(self.path / "result.json", result.model_dump_json(indent=1) + "\n")

    def add_script(self, number: int, source: str) -> Path:
        """Keep one script; returns its path ``script_NN.py``."""
        path = self.path / f"script_{number:02d}.py"
        write_text(path, source if source.endswith("\n") else source + "\n")
        return path

    def log(self, kind: str, **fields: Any) -> None:
        """Append one line to ``log.jsonl``. Never pass keys or other secrets."""
        with (self.path / "log.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"kind": kind, **fields}, sort_keys=True) + "\n")

    def status(self, progress: Progress) -> None:
        """Replace ``status.json``; a reader sees the old or the new one, never half of it."""
        write_text(self.path / "status.json", json.dumps({**progress.model_dump(), "pid": os.getpid()}) + "\n")
