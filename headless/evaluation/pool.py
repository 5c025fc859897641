"""Tasks in recycled processes of this machine: one that crashes or takes too long costs no other.

Each process does one task at a time over a pipe, which tells who was at what when a process ends, and is replaced
after so many tasks, for Blender leaks a little with every scene.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

TASKS_A_PROCESS = 25
POLL_SECONDS = 1.0

START_SECONDS = 120.0
"""Longest time that a process may take to start; what it takes is not counted as its first task's."""

_START: Any = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
"""On Linux processes are forks of one that has loaded the function's module, which takes as long as some tasks."""


@dataclass(frozen=True)
class Lost:
    """Why a task has no result."""

    reason: str


@dataclass(frozen=True)
class Done:
    """Task ``index`` of the sequence with what its function gave, or why it gave nothing."""

    index: int
    value: Any
    seconds: float


def run_tasks(
    function: Callable[..., Any],
    tasks: Sequence[tuple[Any, ...]],
    workers: int,
    timeout: float,
    recycle: int = TASKS_A_PROCESS,
) -> Generator[Done]:
    """Call a function of a module with each task's arguments and yield the results as they come.

    A task whose process ends or that takes longer than ``timeout`` seconds gives `Lost`, as does one that raises. When
    the iterator is closed, its processes are ended.
    """
    with closing(Pool(function, workers, timeout, recycle)) as pool:
        yield from pool.run(tasks)


class Pool:
    """At most so many processes that stay for the tasks of several runs; see `run_tasks`."""

    def __init__(
        self, function: Callable[..., Any], workers: int, timeout: float, recycle: int = TASKS_A_PROCESS
    ) -> None:
        self._function, self._most, self._timeout, self._recycle = function, workers, timeout, recycle
        _START.set_forkserver_preload([getattr(function, "func", function).__module__])
        self._workers: list[_Worker] = []

    def run(self, tasks: Sequence[tuple[Any, ...]]) -> Generator[Done]:
        """Do some tasks, each in a process, and yield the results as they come; before it ends no other run begins."""
        waiting = list(enumerate(tasks))[::-1]
        while waiting or any(worker.task is not None for worker in self._workers):
            self._give(waiting)
            for worker in _heard(self._workers, self._timeout):
                yield worker.take(self._timeout)

    def _give(self, waiting: list[tuple[int, tuple[Any, ...]]]) -> None:
        """Give tasks to processes that have none; those that have done their share are replaced."""
        for worker in [w for w in self._workers if w.task is None and w.tasks_done >= self._recycle]:
            worker.end()
            self._workers.remove(worker)
        idle = [worker for worker in self._workers if worker.task is None]
        while waiting and (idle or len(self._workers) < self._most):
            if not idle:
                idle.append(_Worker(self._function))
                self._workers += idle
            idle.pop().give(*waiting.pop())

    def close(self) -> None:
        """End the processes, whatever they are at."""
        while self._workers:
            worker = self._workers.pop()
            worker.end() if worker.task is None else worker.kill()


class _Worker:
    """A process and the task it is at."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.pipe: Connection
        self.pipe, other = _START.Pipe()
        self.process: BaseProcess = _START.Process(target=_serve, args=(other, function), daemon=True)
        self.process.start()
        other.close()
        self.task: int | None = None
        self.started = 0.0
        self.is_up = False
        self.tasks_done = 0

    def give(self, index: int, arguments: tuple[Any, ...]) -> None:
        self.task, self.started = index, time.monotonic()
        try:
            self.pipe.send(arguments)
        except OSError:
            self.tasks_done = sys.maxsize  # The end of the process is told by its pipe.

    @property
    def seconds(self) -> float:
        """How long it has been at its task."""
        return time.monotonic() - self.started

    def is_late(self, timeout: float) -> bool:
        """Whether it has taken too long for its task, or to start."""
        return self.seconds > (timeout if self.is_up else START_SECONDS)

    def has_ended(self) -> bool:
        """Whether what its pipe has to say ends the task: its result, or the end of the process.

        Before these a process tells that it is up, from when on its first task's time counts.
        """
        if self.is_up:
            return True
        try:
            self.pipe.recv()
        except (EOFError, OSError):
            return True
        self.is_up, self.started = True, time.monotonic()
        return self.pipe.poll()

    def take(self, timeout: float) -> Done:
        """The result of the task; a process that has none to give is ended."""
        seconds = self.seconds
        if not self.is_up:
            value = self._lost("the process of this task did not start")
        elif self.pipe.poll():
            try:
                value = self.pipe.recv()
            except (EOFError, OSError):
                value = self._lost("the process of this task crashed")
        else:
            value = self._lost(f"stopped after {timeout:g} s without an end (timeout)")
        index, self.task = self.task, None
        self.tasks_done += 1
        assert index is not None
        return Done(index, value, seconds)

    def _lost(self, reason: str) -> Lost:
        self.kill()
        self.tasks_done = sys.maxsize
        code = self.process.exitcode
        return Lost(reason if code in (None, 0, -9) else f"{reason} (exit code {code})")

    def end(self) -> None:
        """Close the pipe, upon which the process ends, and see that it does."""
        self.pipe.close()
        self.process.join(5)
        self.kill()

    def kill(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()


def _heard(pool: list[_Worker], timeout: float) -> list[_Worker]:
    """The workers that have answered, ended, or are too late."""
    busy = [w for w in pool if w.task is not None]
    if not busy:
        return []
    ready = wait([w.pipe for w in busy], POLL_SECONDS)
    return [w for w in busy if (w.pipe in ready and w.has_ended()) or w.is_late(timeout)]


def _serve(pipe: Connection, function: Callable[..., Any]) -> None:
    """Tell that the process is up, then do tasks until the other end of the pipe is closed.

    What Blender prints goes to the error stream.
    """
    os.dup2(2, 1)
    drop_bpy_scripts()
    with suppress(OSError):  # Nobody may be waiting any more, which the next line tells.
        pipe.send(None)
    while True:
        try:
            arguments = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            value = function(*arguments)
        except KeyboardInterrupt:
            return
        except Exception as error:
            value = Lost(f"{type(error).__name__}: {error}")
        pipe.send(value)


def drop_bpy_scripts() -> None:
    """Drop what bpy has put on the path of the parent: there its helper modules would hide the module itself."""
    sys.path[:] = [p for p in sys.path if Path(p).parent.name != "scripts"]
