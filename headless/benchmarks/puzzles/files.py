"""The published tasks, as a table of what is known of each; their scenes are drawn anew from the seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .actions import Action
from .generate import SEED, TaskError, chosen, scene_of
from .task import Task

TASKS = Path(__file__).parent / "tasks.tsv"

COLUMNS = ("id", "draw", "solution", "near_miss", "share", "quantised")


def load_tasks(templates: Iterable[str] | None = None, count: int | None = None, path: Path = TASKS) -> list[Task]:
    """The first ``count`` tasks of each template, all of all if nothing is named, in the order of their ids.

    Raises TaskError for a template that there is not, and for a file that cannot be read, naming its line.
    """
    wanted = {f"{t.number:02}": t for t in chosen(templates)}
    taken: Counter[str] = Counter()
    tasks = []
    for number, row in enumerate(_rows(path), start=2):
        try:
            task_id, draw, solution, near_miss, share, quantised = row
            template, index = task_id.split(":")
            if template not in wanted or (count is not None and taken[template] >= count):
                continue
            taken[template] += 1
            of = wanted[template]
            tasks.append(
                Task(
                    task_id,
                    of.name,
                    scene_of(of, int(index), int(draw)),
                    _action(solution),
                    _action(near_miss),
                    float(share),
                    int(quantised),
                    SEED,
                    int(draw),
                )
            )
        except ValueError as error:
            raise TaskError(f"{path}, line {number}: {error}") from None
    return tasks


def write_tasks(tasks: Iterable[Task], path: Path = TASKS) -> None:
    """Write tasks of `SEED` as a table, a task a line as it comes."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        print(*COLUMNS, sep="\t", file=file)
        for task in tasks:
            solution, near_miss = _text(task.solution), _text(task.near_miss)
            print(task.id, task.draw, solution, near_miss, f"{task.share:.4g}", task.quantised, sep="\t", file=file)
            file.flush()


def _rows(path: Path) -> list[list[str]]:
    try:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise TaskError(f"{path} cannot be read: {error}") from None
    if tuple(head.split("\t")) != COLUMNS:
        raise TaskError(f"{path}, line 1: its columns must be {', '.join(COLUMNS)}")
    return [line.split("\t") for line in lines]


def _action(text: str) -> Action:
    x, y, r = map(float, text.split())
    return Action(x, y, r)


def _text(action: Action | None) -> str:
    return "" if action is None else f"{action.x:g} {action.y:g} {action.r:g}"
