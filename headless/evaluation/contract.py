"""What a benchmark is to the rest: tasks by name, how one is done, and the row that its outcome makes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

DONE = "result.json"
"""The file that a task's folder has when the task is done."""


class Task(Protocol):
    """One task; it goes to other processes, so it must be picklable."""

    @property
    def name(self) -> str:
        """Its name, which no other task of the benchmark has; that of its folder, too."""


class Row(BaseModel):
    """What came of one task. A benchmark's own row has plain fields only: texts, numbers, truth values, or none."""

    model_config = ConfigDict(frozen=True)

    @property
    @abstractmethod
    def name(self) -> str:
        """The task's name."""

    @property
    @abstractmethod
    def success(self) -> bool:
        """Whether the task counts as solved."""


T = TypeVar("T", bound=Task)
R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Benchmark(Generic[T, R]):
    """Tasks with their evaluation.

    ``do(task, solver, folder)`` is a function of a module. It does a task in this process under what ``solver`` names,
    leaves what came of it in ``folder / task.name``, `DONE` last of all, and returns the reason where it cannot be
    done. ``row(task, folder, problem)`` makes the row of what is in the task's own folder; ``problem`` says why nothing
    is there. ``digest(task)`` differs wherever the task does, so that results of two tasks of one name are not mixed.
    """

    tasks: Sequence[T]
    do: Callable[[T, str, Path], str | None]
    row: Callable[[T, Path, str], R]
    digest: Callable[[T], str]
