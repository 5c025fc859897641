"""Asking a model about runs (Section 4.1): runs are made once, and asked about as far as answers come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from addon.jobs import FolderError
from addon.models import ModelError, version
from addon.patterns import Pattern
from addon.scene_graph import write_text

from ...evaluation.names import ASKED
from ...evaluation.pool import Lost, run_tasks
from ...evaluation.recorded import PENDING
from ...evaluation.results import write_results
from .asking import TASK, Answered, Asker, Prepared, ask_each, askings
from .facts import Facts
from .model import KINDS
from .registry import A_RUN, draw_questions, templates
from .results import Results, Row, by, figure, rows_of
from .runs import Run, RunError, draw_runs, facts_of
from .views import BUDGET, Input, views_of

TIMEOUT = 600.0
"""Seconds that it may take to make one run and what is shown of it."""

RUNS = "runs"
"""The folder of what was made of runs."""


@dataclass(frozen=True)
class Setting:
    """What is asked: about which runs, shown in which way."""

    count: int = 100
    seed: int = 0
    worlds: tuple[str, ...] = ("plane", "space")
    input: Input = "annotation"
    budget: int = BUDGET
    one_by_one: bool = False

    def runs(self) -> list[Run]:
        """The runs."""
        return draw_runs(self.count, self.seed, self.worlds)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Evaluated:
    """What came of all questions; ``results`` is None while some have no answer."""

    rows: tuple[Row, ...]
    results: Results | None
    pending: tuple[tuple[str, str], ...]


def none_made() -> ModelError:
    """The error where not one run could be made."""
    return ModelError("request", "no question could be asked: no run could be made", "choose another --seed")


def prepare(run: Run, kind: Input, budget: int) -> Prepared:
    """Simulate a run, ask what can be asked, and make what is shown of it."""
    try:
        facts = facts_of(run)
    except RunError as error:
        return Prepared(run=run, problem=str(error))
    return shown(run, facts, kind, budget)


def shown(run: Run, facts: Facts, kind: Input, budget: int, more: tuple[Pattern, ...] = ()) -> Prepared:
    """What is asked about a run, and what is shown of it; an annotation knows ``more`` patterns than the library's."""
    questions = draw_questions(facts, run.world, run.seed, A_RUN)
    views = views_of(facts, run, questions, kind, budget, more)
    end = round(facts.seconds(facts.frames - 1), 2)
    return Prepared(run=run, questions=tuple(questions), views=views, end=end)


def prepared_runs(
    setting: Setting, folder: Path, workers: int = 1, listen: Callable[[int, int], None] = lambda made, of: None
) -> Iterator[Prepared]:
    """All runs, made in so many processes. What the folder has is not made again; what could not be made is, each time.

    ``listen`` hears how many are made, of how many. Raises FolderError if the folder is of another setting.
    """
    _note(setting, folder)
    runs = setting.runs()
    missing = [run for run in runs if _read(run, folder) is None]
    given = [(run, setting.input, setting.budget) for run in missing]
    lost: dict[str, Prepared] = {}
    for count, done in enumerate(run_tasks(prepare, given, workers, TIMEOUT), len(runs) - len(missing) + 1):
        run = missing[done.index]
        made = Prepared(run=run, problem=done.value.reason) if isinstance(done.value, Lost) else done.value
        if made.problem:
            lost[run.name] = made
        else:
            write_text(folder / RUNS / f"{run.name}.json", made.model_dump_json() + "\n")
        listen(count, len(runs))
    for run in runs:
        found = lost.get(run.name) or _read(run, folder)
        assert found is not None
        yield found


def _read(run: Run, folder: Path) -> Prepared | None:
    """What a folder has of a run; None where that is another's."""
    try:
        found = Prepared.model_validate_json((folder / RUNS / f"{run.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValidationError, RecursionError):
        return None
    return found if found.run == run and not found.problem else None


def _note(setting: Setting, folder: Path) -> None:
    """Keep what the runs of a folder are of; refuse to mix them with others."""
    asked = {"input": setting.input, "budget": setting.budget, "seed": setting.seed, "worlds": list(setting.worlds)}
    path = folder / ASKED
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        before = asked
    except NotADirectoryError:
        raise FolderError(f"{folder} is no folder; choose another --out") from None
    except (OSError, ValueError, RecursionError):
        before = None
    if not isinstance(before, dict):
        raise FolderError(f"{path} is damaged, so what {folder} holds is not known; choose another --out")
    if before != asked:
        told = ", ".join(f"{key} {before.get(key)}" for key in asked if before.get(key) != asked[key])
        raise FolderError(f"{folder} holds runs of another request ({told}); choose another --out")
    try:
        (folder / RUNS).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise FolderError(f"{folder / RUNS} cannot be made, for a file is in its way; choose another --out") from None
    write_text(path, json.dumps(asked) + "\n")


def evaluate(
    setting: Setting,
    asker: Asker,
    folder: Path,
    workers: int = 1,
    listen: Callable[[Run, Sequence[Answered]], None] = lambda run, answered: None,
    making: Callable[[int, int], None] = lambda made, of: None,
) -> Evaluated:
    """Ask about all runs and write results into the folder once all are answered.

    ``making`` hears of runs as `prepared_runs` has it.
    Raises ModelError of kinds other than `PENDING`, and FolderError as `prepared_runs`.
    """
    answered: list[tuple[Run, Answered]] = []
    pending: list[tuple[str, str]] = []
    lost: list[str] = []
    for prepared in prepared_runs(setting, folder, workers, making):
        if prepared.problem:
            lost.append(f"{prepared.run.name}: {prepared.problem}")
            continue
        try:
            own = answers_to(prepared, setting, asker)
        except ModelError as error:
            if error.kind not in PENDING:
                raise
            pending.append((prepared.run.name, str(error)))
            continue
        answered += [(prepared.run, one) for one in own]
        listen(prepared.run, own)
    rows = rows_of(answered)
    if pending or not rows:
        return Evaluated(tuple(rows), None, tuple(pending))
    results = summarise(rows, setting, asker, lost)
    write_results(rows, results, folder)
    return Evaluated(tuple(rows), results, ())


def answers_to(prepared: Prepared, setting: Setting, asker: Asker) -> list[Answered]:
    """The answers to all questions about a run. Raises ModelError as `ask_each`."""
    return [one for own in ask_each(askings(prepared, setting.input, setting.one_by_one), asker.ask) for one in own]


def summarise(rows: Sequence[Row], setting: Setting, asker: Asker, lost: Sequence[str] = ()) -> Results:
    """The figures of rows."""
    seed = setting.seed
    return Results(
        coder=asker.coder,
        model=asker.model.name,
        prompt=version(TASK),
        input=setting.input,
        budget=setting.budget,
        one_by_one=setting.one_by_one,
        seed=seed,
        runs=len({row.run for row in rows}),
        overall=figure(rows, seed),
        by_world=by(rows, lambda row: row.world, ("plane", "space"), seed),
        by_part=by(rows, lambda row: row.part, ("whole", "first"), seed),
        by_kind=by(rows, lambda row: row.kind, KINDS, seed),
        by_template=by(rows, lambda row: row.template, tuple(templates()), seed),
        unusable=sum(bool(row.problem) for row in rows),
        stale=sum(row.stale for row in rows),
        lost=tuple(lost),
    )
