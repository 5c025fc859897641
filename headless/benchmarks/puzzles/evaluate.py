"""Evaluating an agent on puzzles: it is trained, then it plays each task, one job a task.

Results do not depend on time. What rollouts cost is kept beside each task's result, in ``cost.json``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from addon.scene_graph import write_text

from ... import evaluation
from ...evaluation import TIMEOUT, Benchmark
from ...evaluation.contract import DONE
from ...evaluation.results import write_results
from ...evaluation.run import check_folder
from .actions import Action
from .agents import Agent, Trials
from .agents.protocol import INVALID
from .errors import PuzzleError
from .folds import Kind, fold, in_turn
from .measures import ATTEMPTS
from .play import Cost, Game, play, try_all
from .results import Results, Row, Setting, folder_name, summarise
from .task import Task

COST, TRAINING = "cost.json", "training"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Entry:
    """A task that is played with so many attempts, or that ``actions`` are tried on."""

    task: Task
    attempts: int = 0
    actions: tuple[Action, ...] = ()
    agent: str = ""

    @property
    def name(self) -> str:
        """See `evaluation.Task.name`."""
        return folder_name(self.task.id)

    @property
    def digest(self) -> str:
        """What differs wherever the task, the attempts, the actions or the agent do."""
        given = (self.task.id, self.task.template, self.task.things, self.attempts, self.actions, self.agent)
        return hashlib.sha256(repr(given).encode()).hexdigest()


class Lesson(BaseModel):
    """What came of all actions that were tried on a task, a letter each."""

    found: str


class _Tried(evaluation.Row):
    task: str
    found: str

    @property
    def name(self) -> str:
        return folder_name(self.task)

    @property
    def success(self) -> bool:
        return bool(self.found)


def parts(tasks: Sequence[Task], kind: Kind, count: int | None, seed: int) -> tuple[list[Task], list[Task]]:
    """The tasks for training, and those that are played: ``count`` of the test, the templates in turn.

    Raises PuzzleError if the fold leaves none to play.
    """
    split = fold(tasks, kind, seed)
    train, test = ([task for task in tasks if task.id in part] for part in (set(split.train), set(split.test)))
    if not test:
        raise PuzzleError(f"the fold '{kind}' leaves no task to play of {len(tasks)}; give more of each template")
    return train, in_turn(test, count, seed)


def evaluate(
    agent: Agent,
    train: Sequence[Task],
    tasks: Sequence[Task],
    out_dir: Path,
    *,
    source: str = "",
    kind: str = "",
    attempts: int = ATTEMPTS,
    workers: int = 1,
    resume: bool = False,
    timeout: float = TIMEOUT,
) -> Results:
    """Train an agent, let it play tasks, sum up and write the results into ``out_dir``.

    ``source`` says which tasks these are and ``kind`` which fold. The rest is that of `evaluation.evaluate`, as are
    the errors.
    """
    check_folder(out_dir, resume)
    agent.train(train, _trials(agent, out_dir / TRAINING, workers, timeout))
    told = f"{agent.seed} {sorted(agent.settings.items())} {kind} {hashlib.sha256(_names(train)).hexdigest()}"
    entries = [Entry(task, attempts, agent=told) for task in tasks]
    rows = evaluation.evaluate(
        Benchmark(entries, partial(_play, agent=agent), _row, _digest),
        agent.name,
        out_dir,
        workers=workers,
        resume=True,  # The folder was looked at before the training, which left its own there.
        timeout=timeout,
    )
    setting = Setting(
        agent=agent.name,
        settings=agent.settings,
        seed=agent.seed,
        source=source,
        fold=kind,
        tasks=len(tasks),
        for_training=len(train),
        attempts_allowed=attempts,
    )
    results = summarise(rows, setting)
    write_results(rows, results, out_dir)
    return results


def _names(tasks: Sequence[Task]) -> bytes:
    return " ".join(sorted(task.id for task in tasks)).encode()


def _digest(entry: Entry) -> str:
    return entry.digest


def _trials(agent: Agent, folder: Path, workers: int, timeout: float) -> Trials:
    """Tries actions in processes; a task that crashes one counts as one on which no action has room."""

    def trials(tasks: Sequence[Task], actions: Sequence[Action]) -> list[str]:
        entries = [Entry(task, actions=tuple(actions)) for task in tasks]
        benchmark = Benchmark(entries, _try, _tried, _digest)
        rows = evaluation.evaluate(benchmark, agent.name, folder, workers=workers, resume=True, timeout=timeout)
        return [row.found or INVALID * len(actions) for row in rows]

    return trials


def _try(entry: Entry, solver: str, folder: Path) -> None:
    found, cost = try_all(entry.task, entry.actions)
    _leave(Lesson(found=found), cost, folder / entry.name)


def _tried(entry: Entry, folder: Path, problem: str) -> _Tried:
    done = _read(folder, Lesson)
    return _Tried(task=entry.task.id, found="" if done is None else done.found)


def _play(entry: Entry, solver: str, folder: Path, agent: Agent) -> None:
    game, cost = play(agent, entry.task, entry.attempts)
    _leave(game, cost, folder / entry.name)


def _row(entry: Entry, folder: Path, problem: str) -> Row:
    task, game = entry.task, _read(folder, Game)
    if game is None:
        return Row(task=task.id, template=task.template, problem=problem or "no result")
    return Row(
        task=task.id,
        template=task.template,
        solved_at=game.solved_at,
        attempts=len(game.actions),
        invalid=game.invalid,
    )


def _leave(result: BaseModel, cost: Cost, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / COST, cost.model_dump_json() + "\n")
    write_text(folder / DONE, result.model_dump_json() + "\n")


def _read(folder: Path, kind: type[M]) -> M | None:
    try:
        return kind.model_validate_json((folder / DONE).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None


def games_of(out_dir: Path, tasks: Sequence[Task]) -> list[tuple[Task, Game]]:
    """The tasks of an evaluation that were played, with how they went."""
    found = ((task, _read(out_dir / folder_name(task.id), Game)) for task in tasks)
    return [(task, game) for task, game in found if game is not None]


def cost_of(out_dir: Path) -> Cost:
    """What all rollouts of an evaluation have cost, those of its training too."""
    costs = [Cost.model_validate_json(path.read_text()) for path in sorted(out_dir.glob(f"**/{COST}"))]
    return Cost(
        rollouts=sum(cost.rollouts for cost in costs),
        steps=sum(cost.steps for cost in costs),
        seconds=sum(cost.seconds for cost in costs),
    )
