"""Puzzles of a seed made in processes, and written as scene graphs that other commands run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from addon.scene_graph import save_scene_graph

from ...evaluation.pool import Lost, run_tasks
from .actions import Action
from .errors import PuzzleError
from .generate import TaskError, chosen, find
from .results import folder_name
from .task import Task

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
    }


def _numbers(action: Action | None) -> list[float] | None:
    return None if action is None else [action.x, action.y, action.r]
