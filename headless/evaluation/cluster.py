"""Tasks on a Ray cluster: the same function that a process of this machine runs, on many machines.

Every machine needs this program's packages in the same versions; its own source is sent along.
"""

from __future__ import annotations

import importlib
import os
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from addon.jobs import JobError

from .contract import DONE
from .pool import TASKS_A_PROCESS, Done, Lost, drop_bpy_scripts

ROOT = Path(__file__).parents[2]
LEFT_AT_HOME = [".git/", ".venv*/", "runs/", "docs/", "tests/", "**/__pycache__/"]
POLL_SECONDS = 1.0

FolderTask = Callable[[Any, str, Path], str | None]
Files = dict[str, bytes]


def run_on_cluster(
    function: FolderTask,
    tasks: Sequence[tuple[Any, str, Path]],
    address: str | None,
    timeout: float,
    recycle: int = TASKS_A_PROCESS,
) -> Generator[Done]:
    """Call ``function(task, solver, folder)`` for each task on a cluster and yield the results as they come.

    ``address`` is that of a running cluster; without it, one is started on this machine and ended afterwards. What the
    function writes into its folder is brought to the folder of the task here. Tasks that crash or take longer than
    ``timeout`` seconds give `Lost`. Raises JobError if Ray is missing or the cluster cannot be reached.
    """
    ray = _connect(address)
    try:
        yield from _run(ray, function, tasks, timeout, recycle)
    finally:
        ray.shutdown()


def _connect(address: str | None) -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError:
        raise JobError(
            "Ray is not installed; install it with: .venv/bin/python -m pip install --group cluster"
        ) from None
    own = {} if address else {"include_dashboard": False}
    try:
        ray.init(
            address=address or "local",
            runtime_env={"working_dir": str(ROOT), "excludes": LEFT_AT_HOME},
            log_to_driver=False,
            logging_level="error",
            **own,
        )
    except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
        raise JobError(f"the cluster at {address or 'this machine'} cannot be used: {error}") from None
    return ray


def _run(
    ray: Any, function: FolderTask, tasks: Sequence[tuple[Any, str, Path]], timeout: float, recycle: int
) -> Generator[Done]:
    remote = ray.remote(num_cpus=1, max_calls=recycle, max_retries=0)(in_a_folder)
    waiting = list(enumerate(tasks))[::-1]
    running: dict[Any, tuple[int, float]] = {}
    while waiting or running:
        while waiting and len(running) < max(1, int(ray.cluster_resources().get("CPU", 1))):
            index, (task, solver, _) = waiting.pop()
            running[remote.remote(function, task, solver)] = index, time.monotonic()
        ready, _ = ray.wait(list(running), timeout=POLL_SECONDS)
        late = [ref for ref, (_, begun) in running.items() if time.monotonic() - begun > timeout and ref not in ready]
        for ref in [*ready, *late]:
            index, begun = running.pop(ref)
            value = _take(ray, ref, tasks[index][2]) if ref in ready else _stop(ray, ref, timeout)
            yield Done(index, value, time.monotonic() - begun)


def _take(ray: Any, ref: Any, folder: Path) -> str | Lost | None:
    try:
        value, files = ray.get(ref)
    except ray.exceptions.RayTaskError as error:
        return Lost(f"{type(error.cause).__name__}: {error.cause}")
    except ray.exceptions.RayError:
        return Lost("the process of this task crashed")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        os.replace(part, path)
    found: str | None = value
    return found


def _stop(ray: Any, ref: Any, timeout: float) -> Lost:
    ray.cancel(ref, force=True)
    return Lost(f"stopped after {timeout:g} s without an end (timeout)")


def in_a_folder(function: FolderTask, task: Any, solver: str) -> tuple[str | None, Files]:
    """Do a task in a folder of its own; gives what it gave and all files that it left, `DONE` last."""
    drop_bpy_scripts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        value = function(task, solver, folder)
        paths = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: (p.name == DONE, p))
        return value, {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}
