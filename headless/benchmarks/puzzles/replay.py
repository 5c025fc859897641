"""Recorded rollouts of PHYRE run again here: how far bodies are from where they were, and whether contacts begin alike.

The tasks are those of the rollouts' own file, whose numbers are rounded, or the exact ones of the compiled file.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, Field, FiniteFloat, StrictBool, ValidationError, model_validator

from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import first_problem
from addon.trace import Trace, TraceError, contact_intervals
from addon.trace.foreign.phyre import read_rollouts
from headless.planar import PlanarEngine

from .actions import Action
from .errors import PuzzleError
from .phyre_tasks import read_phyre
from .scene import METRES
from .task import Task

GAP, OFF = 2, 1
"""Steps that a touch may be interrupted for, and by which two onsets may differ and are the same."""

Id = int | str
Pair = tuple[int, int]
Runs = dict[Pair, list[tuple[int, int]]]


class _Touch(BaseModel):
    a: Id
    b: Id
    steps: list[tuple[int, int]]
    known_until: int


class _Recorded(BaseModel):
    """What is needed of a rollout besides its task."""

    id: str | int
    bodies: list[dict[str, Any]]
    frame_bodies: list[Id]
    frames: Annotated[list[list[tuple[FiniteFloat, FiniteFloat, FiniteFloat]]], Field(min_length=1)]
    solved: StrictBool
    contacts: list[_Touch] = []

    @model_validator(mode="after")
    def _fits_together(self) -> _Recorded:
        ids = [body.get("id") for body in self.bodies]
        named = [*self.frame_bodies, *(one for touch in self.contacts for one in (touch.a, touch.b))]
        for one in named:
            if one not in ids:
                raise ValueError(f"frame_bodies or contacts name a body {one!r}, which there is not")
        if len(set(self.frame_bodies)) != len(self.frame_bodies):
            raise ValueError("frame_bodies names a body twice")
        for number, frame in enumerate(self.frames):
            if len(frame) != len(self.frame_bodies):
                raise ValueError(f"frame {number} has {len(frame)} poses of {len(self.frame_bodies)} bodies")
        return self


@dataclass(frozen=True)
class Replay:
    """One rollout run again.

    Errors are the greatest distance along an axis of any body from where it was, in pixels, at the end and in any
    frame. Of the onsets of contacts ``found`` here and ``recorded`` there, ``matched`` are within `OFF` steps; the same
    of those ``found_in_poses``, in the recorded poses alone; None if the file tells too little of them.
    """

    name: str
    task: str
    end_error: float
    greatest_error: float
    solved: bool
    was_solved: bool
    matched: int
    found: int
    recorded: int
    matched_in_poses: int | None
    found_in_poses: int | None


def replays(recorded: Path, scenes: Path | None = None) -> Iterator[Replay]:
    """Run each rollout of a file again, with the tasks of another one if it is given. Raises PuzzleError."""
    tasks = {task.id: task for task in read_phyre(scenes or recorded).tasks}
    poses = _poses(recorded)
    raw = recorded.read_bytes()
    read_phyre(recorded)  # Tells what is wrong with it.
    for record in json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)["rollouts"]:
        task = tasks.get(record["task_id"])
        if task is None:
            raise PuzzleError(f"{scenes} has no task {record['task_id']}, which a rollout of {recorded} is of")
        try:
            given = _Recorded.model_validate(record)
        except ValidationError as error:
            told = f"{recorded}: rollout {record.get('id')} cannot be run again"
            raise PuzzleError(f"{told}: {first_problem(error)}") from None
        yield _replay(given, task, next(poses, None))


def _poses(recorded: Path) -> Iterator[Trace]:
    """The recorded poses as traces, up to a rollout that cannot be read as one."""
    with suppress(TraceError):
        yield from (trace for _, trace in read_rollouts(recorded))


def _replay(record: _Recorded, task: Task, poses: Trace | None) -> Replay:
    ids = [body["id"] for body in record.bodies]
    ball = next((_ball(body) for body in record.bodies if body.get("role") == "action_ball"), None)
    frames = np.array(record.frames)
    trace = _run(task, ball, len(frames) - 1)
    moving = [ids.index(k) for k in record.frame_bodies]
    away = np.abs(trace.position[:, moving][:, :, [0, 2]] / METRES - frames[:, :, :2]).max(axis=(1, 2), initial=0.0)
    seen = {} if poses is None else _onsets(contact_intervals(poses.contacts), record.contacts, ids)
    return Replay(
        name=str(record.id),
        task=task.id,
        end_error=float(away[-1]),
        greatest_error=float(away.max()),
        solved=task.outcome(ball).solved,
        was_solved=record.solved,
        **_onsets(contact_intervals(trace.contacts), record.contacts, ids),
        matched_in_poses=seen.get("matched"),
        found_in_poses=seen.get("found"),
    )


def _ball(body: dict[str, Any]) -> Action:
    x, y = body["pos"]
    return Action(x, y, body["radius"])


def _run(task: Task, ball: Action | None, steps: int) -> Trace:
    engine = PlanarEngine(task.scene if ball is None else task.scene_with(ball))
    return rollout(engine, None, RolloutOptions(steps=steps)).trace


def _onsets(own: Runs, recorded: Sequence[_Touch], ids: Sequence[Any]) -> dict[str, int]:
    """How many contacts begin here, there, and alike; what is not known there is not counted here."""
    there: Runs = {}
    known: dict[Pair, int] = {}
    for contact in recorded:
        a, b = sorted((ids.index(contact.a), ids.index(contact.b)))
        there[a, b], known[a, b] = contact.steps, contact.known_until
    counts = {"matched": 0, "found": 0, "recorded": 0}
    for pair in sorted(set(own) | set(there)) if recorded else ():
        until = known.get(pair, 10**9)
        ours = [k for k in _starts(own.get(pair, ())) if k < until]
        theirs = [k for k in _starts(there.get(pair, ())) if k <= until]
        counts["found"] += len(ours)
        counts["recorded"] += len(theirs)
        counts["matched"] += _matched(ours, theirs)
    return counts


def _starts(runs: Sequence[tuple[int, int]]) -> list[int]:
    """Where touches begin, short interruptions left out."""
    ends = [-GAP - 1, *(last for _, last in runs)]
    return [first for (first, _), before in zip(runs, ends, strict=False) if first - before > GAP]


def _matched(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """How many of two ascending rows of steps pair up, each with the first that is near."""
    left, count = list(theirs), 0
    for step in ours:
        near = next((other for other in left if abs(other - step) <= OFF), None)
        if near is not None:
            left.remove(near)
            count += 1
    return count
