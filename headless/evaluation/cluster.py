"""Tasks on a Ray cluster: the same function that a process of this machine runs, on many machines.

Every machine needs this program's packages in the same versions; its own source is sent along.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from addon.jobs import JobError

from .contract import DONE
from .pool import TASKS_A_PROCESS, Done, Lost, drop_bpy_scripts

ROOT = Path(__file__).parents[2]
LEFT_AT_HOME = [".git/", ".venv*/", "runs/", "docs/", "tests/", "**/__pycache__/"]
POLL_SECONDS = 1.0

TRIES = 3
"""How often a task is given to a node, where each goes down with it."""

HEAD_SECONDS = 20.0
"""How long the cluster's head may be away. After 60 s Ray itself ends this program, which then says nothing."""

NODE_LOST = Lost(f"the node of this task went down, {TRIES} times")

FolderTask = Callable[[Any, str, Path], str | None]
Files = dict[str, bytes]


@contextmanager
def run_on_cluster(
    function: FolderTask,
    tasks: Sequence[tuple[Any, str, Path]],
    address: str | None,
    timeout: float,
    recycle: int = TASKS_A_PROCESS,
) -> Iterator[Generator[Done]]:
    """Reach a cluster that calls ``function(task, solver, folder)`` for each task, and give the results as they come.

    What the function writes into its folder is brought to the folder of the task here. The rest, and what is raised, is
    that of `Cluster`.
    """
    with closing(Cluster(in_a_folder, address, timeout, recycle)) as cluster:
        yield _brought(cluster.run([(function, task, solver) for task, solver, _ in tasks]), tasks)


def _brought(results: Generator[Done], tasks: Sequence[tuple[Any, str, Path]]) -> Generator[Done]:
    """The results, once their files are in the folders of the tasks."""
    for done in results:
        if isinstance(done.value, Lost):
            yield done
            continue
        value, files = done.value
        _write(files, tasks[done.index][2])
        yield replace(done, value=value)


class Cluster:
    """A Ray cluster for the tasks of several runs, as `pool.Pool` is for processes of this machine.

    As many tasks are under way as the cluster has cores. What a node takes down with it is tried again on another one,
    `TRIES` times in all. Tasks that raise, crash or take longer than ``timeout`` seconds give `Lost`.
    """

    def __init__(
        self, function: Callable[..., Any], address: str | None, timeout: float, recycle: int = TASKS_A_PROCESS
    ) -> None:
        """``address`` is that of a running cluster; without it, one is started on this machine, and ended at the close.

        Raises JobError if Ray is missing or the cluster cannot be reached.
        """
        self._ray, self._timeout = _connect(address), timeout
        self._head: str = self._ray.get_runtime_context().gcs_address
        self._remote = self._ray.remote(num_cpus=1, max_calls=recycle, max_retries=0)(_called)
        self._function = function
        self._running: dict[Any, tuple[int, float]] = {}

    def share(self, value: Any) -> Any:
        """What stands for a value in the arguments of tasks: it goes to each node once."""
        return self._ray.put(value)

    def run(self, tasks: Sequence[tuple[Any, ...]]) -> Generator[Done]:
        """Do some tasks and yield the results as they come; before it ends no other run begins.

        Raises JobError if the cluster's head goes away for good.
        """
        waiting = list(range(len(tasks)))[::-1]
        tries = [0] * len(tasks)
        while waiting or self._running:
            self._await_head()
            while waiting and len(self._running) < self._cores:
                index = waiting.pop()
                tries[index] += 1
                self._running[self._remote.remote(self._function, *tasks[index])] = index, time.monotonic()
            ready, late = self._ended()
            for ref in [*ready, *late]:
                index, begun = self._running.pop(ref)
                value = self._take(ref) if ref in ready else self._stop(ref)
                if value is NODE_LOST and tries[index] < TRIES:
                    waiting.append(index)
                else:
                    yield Done(index, value, time.monotonic() - begun)

    def close(self) -> None:
        """Leave the cluster, whatever it is at."""
        for ref in self._running:
            self._ray.cancel(ref, force=True)
        self._running.clear()
        self._ray.shutdown()

    @property
    def _cores(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def _await_head(self) -> None:
        """Wait until the head answers, for without it Ray's calls do not return."""
        end = time.monotonic() + HEAD_SECONDS
        while not _answers(self._head):
            if time.monotonic() > end:
                self._running.clear()  # nobody is there to end them
                raise JobError(
                    f"the head of the cluster, {self._head}, has not answered for {HEAD_SECONDS:g} s. What is done is "
                    "kept; start the cluster again, and then this command (an evaluation with --resume)"
                )
            time.sleep(POLL_SECONDS)

    def _ended(self) -> tuple[list[Any], list[Any]]:
        """What is done, and what is too late."""
        ready, others = self._ray.wait(list(self._running), timeout=POLL_SECONDS)
        now = time.monotonic()
        return ready, [ref for ref in others if now - self._running[ref][1] > self._timeout]

    def _take(self, ref: Any) -> Any:
        """What a task gave, or why it gave nothing."""
        exceptions = self._ray.exceptions
        try:
            return self._ray.get(ref)
        except exceptions.RayTaskError as error:
            return Lost(f"{type(error.cause).__name__}: {error.cause}")
        except (exceptions.NodeDiedError, exceptions.ObjectLostError):
            return NODE_LOST
        except exceptions.RayError:
            return Lost("the process of this task crashed")

    def _stop(self, ref: Any) -> Lost:
        self._ray.cancel(ref, force=True)
        return Lost(f"stopped after {self._timeout:g} s without an end (timeout)")


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
    _keep_quiet()
    return ray


def _keep_quiet() -> None:
    """Have Ray print nothing of what happens on other nodes, as ``log_to_driver`` does, nor the log of a lost one."""
    if worker := sys.modules.get("ray._private.worker"):
        vars(worker)["print_to_stdstream"] = lambda *_, **__: None


def _answers(address: str) -> bool:
    """Whether anything listens at an address, ``host:port``."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), POLL_SECONDS).close()
    except OSError:
        return False
    return True


def _called(function: Callable[..., Any], *arguments: Any) -> Any:
    drop_bpy_scripts()
    return function(*arguments)


def in_a_folder(function: FolderTask, task: Any, solver: str) -> tuple[str | None, Files]:
    """Do a task in a folder of its own; gives what it gave and all files that it left, `DONE` last."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        value = function(task, solver, folder)
        paths = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: (p.name == DONE, p))
        return value, {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


def _write(files: Files, folder: Path) -> None:
    """Write files, each whole or not at all."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        os.replace(part, path)
