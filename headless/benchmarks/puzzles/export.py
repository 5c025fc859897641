"""Puzzles of a seed made in processes, and written as scene graphs that other commands run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, FiniteFloat, NonNegativeInt, TypeAdapter, ValidationError

from addon.scene_graph import first_problem, save_scene_graph

from ...evaluation.pool import Lost, run_tasks
from .actions import Action
from .errors import PuzzleError
from .generate import TaskError, chosen, find, scene_of
from .results import folder_name
from .task import Task

TABLE = "puzzles.json"
"""The file of what is known of the puzzles of a folder."""

SECONDS = 600.0
"""Longest time that one puzzle may take to be found."""


def made(templates: Sequence[str] | None, count: int, seed: int, workers: int) -> Iterator[Task]:
    """The first ``count`` puzzles of each template, in order. Raises PuzzleError for one that cannot be made."""
    try:
        wanted = [(template.name, index, seed) for template in chosen(templates) for index in range(count)]
    except TaskError as error:
        raise PuzzleError(str(error)) from None
    ready: dict[int, Task] = {}
    shown = 0
    for done in run_tasks(_find, wanted, workers, SECONDS):
        if isinstance(done.value, Lost):
            name, index, _ = wanted[done.index]
            raise PuzzleError(f"puzzle {index} of template '{name}' was not made: {done.value.reason}")
        ready[done.index] = done.value
        while shown in ready:
            yield ready.pop(shown)
            shown += 1


def _find(template: str, index: int, seed: int) -> Task:
    (of,) = chosen([template])
    return find(of, index, seed)


def save(task: Task, folder: Path) -> Path:
    """Write the scene of a puzzle, without its ball, as a scene graph; returns its path."""
    path = folder / f"{folder_name(task.id)}.json"
    folder.mkdir(parents=True, exist_ok=True)
    save_scene_graph(task.scene, path)
    return path


def told(task: Task) -> dict[str, Any]:
    """What is known of a puzzle, as plain data; actions are x, y and radius in pixels."""
    return {
        "id": task.id,
        "template": task.template,
        "solution": _numbers(task.solution),
        "near_miss": _numbers(task.near_miss),
        "share": task.share,
        "quantised": task.quantised,
        "seed": task.seed,
        "draw": task.draw,
    }


def is_made(path: Path) -> bool:
    """Whether puzzles that were made here are meant: their folder, or the table in it."""
    return path.is_dir() or path.name == TABLE


def load(path: Path) -> list[Task]:
    """The puzzles of a folder that were made here, from its table. Raises PuzzleError that says what is wrong."""
    table = path / TABLE if path.is_dir() else path
    try:
        rows = _ROWS.validate_json(table.read_bytes())
        return [_task(row) for row in rows]
    except OSError as error:
        raise PuzzleError(f"{table} cannot be read: {error.strerror}; make puzzles with 'puzzles generate'") from None
    except ValidationError as error:
        raise PuzzleError(f"{table}: {first_problem(error)}") from None
    except TaskError as error:
        raise PuzzleError(f"{table}: {error}") from None


class _Row(BaseModel):
    """A puzzle of the table; its scene is drawn again."""

    id: Annotated[str, Field(pattern=r"^\d{2}:\d{1,4}$")]
    template: str
    solution: tuple[FiniteFloat, FiniteFloat, FiniteFloat] | None = None
    near_miss: tuple[FiniteFloat, FiniteFloat, FiniteFloat] | None = None
    share: float = 0.0
    quantised: int = 0
    seed: NonNegativeInt
    draw: NonNegativeInt


_ROWS = TypeAdapter(list[_Row])


def _task(row: _Row) -> Task:
    (template,) = chosen([row.template])
    index = int(row.id.partition(":")[2])
    solution, near_miss = (None if a is None else Action(*a) for a in (row.solution, row.near_miss))
    things = scene_of(template, index, row.draw, row.seed)
    return Task(row.id, template.name, things, solution, near_miss, row.share, row.quantised, row.seed, row.draw)


def _numbers(action: Action | None) -> list[float] | None:
    return None if action is None else [action.x, action.y, action.r]
