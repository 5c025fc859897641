"""Evaluating a solver on a benchmark: one job a task, in recycled processes or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import track

from addon.jobs import JobError
from addon.scene_graph import write_text

from .cluster import run_on_cluster
from .contract import DONE, Benchmark, R, T, Task
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
    this machine starts, instead of in ``workers`` processes. Raises JobError if the folder holds results and ``resume``
    is not set, or if the cluster cannot be used.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    if any(out_dir.iterdir()) and not resume:
        raise JobError(f"{out_dir} holds results; use --resume to go on with them, or another --out")
    todo = [task for task in benchmark.tasks if not (out_dir / task.name / DONE).exists()]
    given = [(task, solver, out_dir) for task in todo]
    on_cluster = cluster and bool(given)
    running = (
        run_on_cluster(benchmark.do, given, address, timeout)
        if on_cluster
        else run_tasks(benchmark.do, given, workers, timeout)
    )
    with closing(running) as done:
        _keep(todo, done, out_dir)
    return [benchmark.row(task, out_dir / task.name, _problem(out_dir / task.name)) for task in benchmark.tasks]


def _keep(tasks: Sequence[Task], done: Iterator[Done], out_dir: Path) -> None:
    """Note the end of each task as it comes."""
    timings = read_timings(out_dir)
    for end in track(done, "tasks", len(tasks), console=Console(stderr=True)):
        name = tasks[end.index].name
        problem = end.value.reason if isinstance(end.value, Lost) else end.value
        if problem:
            (out_dir / name).mkdir(exist_ok=True)
            write_text(out_dir / name / FAILURE, problem + "\n")
        else:
            (out_dir / name / FAILURE).unlink(missing_ok=True)
        timings[name] = end.seconds
        write_timings(timings, out_dir)


def _problem(folder: Path) -> str:
    path = folder / FAILURE
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
