"""What a job is asked to do, and what it tells when it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..metrics import Metrics
from ..scene_graph import Note
from .fit import Fitted
from .outcomes import RuleOutcome

Phase = Literal["scene", "fluids", "script", "fit", "search", "run", "measure", "render", "report", "done", "failed"]


class JobSpec(BaseModel):
    """The request behind a job folder. Two jobs of one spec and scene give the same trace on one engine build.

    ``assertions`` are DSL texts that judge the trace; no coder ever sees them. ``recode_every`` asks for a new
    script from the current S_t every so many steps; ``attempts`` bounds the scripts tried otherwise. ``fit`` is in how
    many runs the open numbers of a script may be found. With
    ``override_animation`` scripts win over keyframes, drivers and constraints. ``inputs`` are the SHA-256 of the files
    that the job reads, see `digests`. Without ``report`` the page is left out, which many jobs in a row need not have;
    ``report.json`` is always there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    job_version: Literal[1] = 1
    title: str
    source: str
    coder: str
    rules: tuple[str, ...] = ()
    goal: str = ""
    assertions: tuple[str, ...] = ()
    steps: Annotated[int, Field(ge=1, le=100_000)] = 1000
    seed: int = 0
    recode_every: Annotated[int, Field(ge=1)] | None = None
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    fit: Annotated[int, Field(ge=0, le=10_000)] = 0
    override_animation: bool = False
    inputs: dict[str, str] = Field(default_factory=dict)
    render: bool = False
    report: bool = True


def digests(scene: str, coder: str) -> dict[str, str]:
    """SHA-256 of the scene's file and of a script's, as far as they are files: what a job's result depends on."""
    files = {
        "scene": Path(scene),
        "script": Path(coder.removeprefix("script:")) if coder.startswith("script:") else None,
    }
    return {
        what: hashlib.sha256(path.read_bytes()).hexdigest()
        for what, path in files.items()
        if path is not None and path.is_file()
    }


class Progress(BaseModel):
    """One line of progress: the phase, and how much of it is done."""

    phase: Phase
    done: int = 0
    total: int = 0
    note: str = ""


class ScriptFate(BaseModel):
    """One script of a job and what became of it.

    ``replaced`` ones ran until the next one took over, ``missed`` ones ran and did not come to what they want.
    ``logic`` is whether the job's assertions held in its run, and ``logic_before`` whether they did before its open
    numbers were found; no coder is told. ``worth`` is how much of what the script wants came true, from 0 to 1.
    ``acted_until`` is the last frame in which it moved or pushed something.
    """

    file: str
    fate: Literal["ran", "refused", "failed", "replaced", "missed"]
    problem: dict[str, Any] | None = None
    frame: int | None = None
    logic: bool | None = None
    logic_before: bool | None = None
    worth: float | None = None
    acted_until: int | None = None


def counting(scripts: Sequence[ScriptFate]) -> ScriptFate | None:
    """The script of a job whose run counts: the last one that ran, else the first that came nearest to what it wants.

    None where no script ran through.
    """
    if scripts and scripts[-1].fate == "ran":
        return scripts[-1]
    return max((one for one in scripts if one.fate == "missed"), key=lambda one: one.worth or 0.0, default=None)


class JobResult(BaseModel):
    """The outcome of a job: ``ok`` tells that no script failed, ``metrics`` what was measured on the trace.

    ``layers`` names what confined the scripts; empty if none ran. ``warnings`` tell what of them hardly does what was
    meant, and what is worth a word of a run in a plane; ``notes`` in what the run may differ from what Blender has.
    ``rules`` are the rules as they were understood, with the frames in which each acted, ``fitted`` the open numbers
    that were looked for.
    """

    title: str
    ok: bool
    coder: str
    model: str | None
    prompt_version: str | None
    seed: int
    steps: int
    engine: str
    trace_sha256: str
    scripts: list[ScriptFate]
    repairs: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    metrics: Metrics
    problem: dict[str, Any] | None = None
    problem_frame: int | None = None
    layers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    warnings: tuple[str, ...] = ()
    rules: tuple[RuleOutcome, ...] = ()
    fitted: Fitted | None = None
