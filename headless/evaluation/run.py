"""Evaluating a solver on a benchmark: one job a task, in recycled processes or on a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from addon.executor import visible
from addon.jobs import FolderError, make_folder
from addon.scene_graph import write_text

from .cluster import run_on_cluster
from .contract import DONE, Benchmark, R, T
from .names import ASKED, ROWS_AS_THEY_COME
from .pool import Done, Lost, run_tasks
from .results import read_timings, write_timings

TIMEOUT = 1800.0
"""Seconds that one task may take; a small model on a busy machine takes minutes."""

FAILURE = "failure.txt"


def evaluate(
    benchmark: Benchmark[T, R],
    solver: str,
    out_dir: Path,
    *,
    workers: int = 1,
    resume: bool = False,
    timeout: float = TIMEOUT,
    cluster: bool = False,
    address: str | None = None,
) -> list[R]:
    """Do every task and give the rows, in the order of the tasks.

    A task whose job crashes, takes longer than ``timeout`` seconds or cannot be done counts as failed, and the others
    go on; what is interrupted keeps what is done. With ``cluster`` they run on Ray, at ``address`` or on a cluster that
    this machine starts, instead of in ``workers`` processes. Raises FolderError as `check_folder` does, or if the
    folder holds results of another solver or of other tasks of the same names; JobError if the cluster cannot be used,
    before anything is written, or if its head goes away.
    """
    check_folder(out_dir, resume)
    request = _request(benchmark, solver, out_dir)
    todo = [task for task in benchmark.tasks if not (out_dir / task.name / DONE).exists()]
    given = [(task, solver, out_dir) for task in todo]
    running: AbstractContextManager[Iterator[Done]] = (
        run_on_cluster(benchmark.do, given, address, timeout)
        if cluster and given
        else closing(run_tasks(benchmark.do, given, workers, timeout))
    )
    with running as done:
        make_folder(out_dir)
        write_text(out_dir / ASKED, json.dumps(request, indent=1) + "\n")
        _keep(benchmark, todo, done, out_dir)
    return [benchmark.row(task, out_dir / task.name, _problem(out_dir / task.name)) for task in benchmark.tasks]


def check_folder(out_dir: Path, resume: bool) -> None:
    """Raise FolderError if an evaluation cannot begin in the folder, or go on in it with ``resume``; writes nothing."""
    there = next((path for path in (out_dir, *out_dir.parents) if path.exists()), None)
    if there is not None and not there.is_dir():
        raise FolderError(f"{out_dir} cannot be a folder: {there} is a file; choose another --out")
    if not resume and out_dir.exists() and any(out_dir.iterdir()):
        raise FolderError(f"{out_dir} holds results; use --resume to go on with them, or another --out")


def check_resumed(out_dir: Path, *ours: str) -> None:
    """Raise FolderError if a folder that shall be gone on with holds files, but neither results nor one of ``ours``."""
    there = out_dir.is_dir() and any(not path.name.startswith(".") for path in out_dir.iterdir())
    if there and not any((out_dir / name).exists() for name in (ASKED, *ours)):
        raise FolderError(f"{out_dir} holds other files, and nothing to go on with; choose another --out")


def _request(benchmark: Benchmark[T, R], solver: str, out_dir: Path) -> dict[str, Any]:
    """What the results in the folder will be of. Raises FolderError if it holds those of another request."""
    tasks = {task.name: benchmark.digest(task) for task in benchmark.tasks}
    try:
        before = json.loads((out_dir / ASKED).read_text(encoding="utf-8"))
        known, earlier = before["tasks"], before["solver"]
    except (OSError, ValueError, KeyError, TypeError):
        known, earlier = {}, solver
    if not isinstance(known, dict):
        known = {}
    if earlier != solver:
        raise FolderError(f"{out_dir} holds results of {earlier}, not of {solver}; choose another --out")
    changed = [name for name, digest in tasks.items() if known.get(name, digest) != digest]
    if changed:
        raise FolderError(f"{out_dir} holds results of another '{changed[0]}' than this one; choose another --out")
    return {"solver": solver, "tasks": {**known, **tasks}}


def _keep(benchmark: Benchmark[T, R], tasks: Sequence[T], done: Iterator[Done], out_dir: Path) -> None:
    """Note the end of each task as it comes, tell its row and write it behind those before."""
    timings, console = read_timings(out_dir), Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    for end in track(done, "tasks", len(tasks), console=console):
        name = tasks[end.index].name
        problem = end.value.reason if isinstance(end.value, Lost) else end.value
        if problem:
            (out_dir / name).mkdir(exist_ok=True)
            write_text(out_dir / name / FAILURE, problem + "\n")
        else:
            (out_dir / name / FAILURE).unlink(missing_ok=True)
        timings[name] = end.seconds
        write_timings(timings, out_dir)
        row = benchmark.row(tasks[end.index], out_dir / name, problem or "")
        with (out_dir / ROWS_AS_THEY_COME).open("a", encoding="utf-8") as stream:
            stream.write(row.model_dump_json() + "\n")
        console.print(f"{name}: {'solved' if row.success else visible(problem or 'not solved')}")


def _problem(folder: Path) -> str:
    path = folder / FAILURE
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
