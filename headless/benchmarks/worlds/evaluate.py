"""Sentences given to a maker of worlds, and what came of them held against checks that it does not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from addon.coder import CoderError
from addon.coder.choose import open_chat
from addon.engine.protocol import EngineError
from addon.jobs import FolderError, JobError, make_folder
from addon.jobs.folder import JobFolder
from addon.jobs.run import Job, run_job
from addon.jobs.scenes import graph_scene
from addon.jobs.spec import JobSpec
from addon.jobs.world import WorldJob, WorldSpec, check_folder, run_of, run_world
from addon.models import ChatClient, ModelError, version
from addon.models.local import ServerError
from addon.scene_graph import write_text
from addon.trace import Trace, load_trace
from addon.worlds.errors import WorldError
from addon.worlds.makers import Maker, open_maker, plain
from addon.worlds.staging import FPS

from ...evaluation.pool import Lost, run_tasks
from ...evaluation.statistics import Share, bootstrap
from .asked import RESULTS, Asked
from .case import Case, load_cases
from .evidence import Evidence
from .judge import judge
from .one_shot import TASK
from .one_shot import one_shot as one_shot_scene
from .physical import geometry_score, physical, richness
from .recorded import CODER, MODEL, SCRIPTS, RecordedChat, recorded_maker

VERSION = 1
"""Version of the sentences and their checks."""

LIMIT = 900.0
"""Seconds that a world may take."""

ANSWERED = ("empty", "truncated", "context", "sight")
"""The troubles with a model that are its own: in all others it was not asked, or its answer did not come."""


@dataclass(frozen=True)
class Unanswered:
    """A sentence of which nothing can be said yet, and why: its maker's model has given no answer."""

    name: str
    reason: str


class WorldRow(BaseModel):
    """What came of one sentence. ``made`` is whether there is a world; ``problem`` why there is none. ``broken`` are
    its physical checks that are not met, ``missed`` those of the case, each with what was found; ``silent`` is a world
    that misses some and told nothing as left out."""

    name: str
    level: int
    subject: str
    sentence: str
    made: bool
    problem: str = ""
    checks: int
    met: int
    broken: list[str] = []
    missed: list[str] = []
    left_out: list[str] = []
    silent: bool = False
    geometry: float | None = None
    richness: float | None = None
    rounds: int = 0
    trace_sha256: str = ""
    success: bool = False


class WorldFigures(BaseModel):
    """The figures over all sentences that were answered. ``failure_rate``: no world, or a physical check broken;
    ``physical_failures`` of those that there are; ``checks_met``: share of a case's checks, none met where there is no
    world; ``silent``: worlds that miss checks and told nothing as left out; ``unanswered``: the names of the others."""

    benchmark: str = "worlds"
    version: int = VERSION
    coder: str
    prompt: str
    without: list[str]
    seed: int
    cases: int
    made: Share | None
    failure_rate: Share | None
    physical_failures: Share | None
    checks_met: Share | None
    checks_met_of_made: Share | None
    all_met: Share | None
    silent: Share | None
    geometry: Share | None
    richness: Share | None
    levels: dict[int, Share]
    rows: list[WorldRow]
    unanswered: list[str] = []


def chosen(count: int | None, names: Sequence[str] = ()) -> list[Case]:
    """The cases to be done: those of the names, or the first ``count`` when the levels take turns."""
    cases = [c for c in load_cases() if not names or c.name in names]
    levels = [[c for c in cases if c.level == level] for level in (1, 2, 3)]
    mixed = [row[i] for i in range(max(map(len, levels), default=0)) for row in levels if i < len(row)]
    return mixed[:count]


def evaluate(
    cases: Sequence[Case],
    coder: str,
    folder: Path,
    seed: int = 0,
    without: Sequence[str] = (),
    workers: int = 1,
    listen: Callable[[WorldRow | Unanswered], None] = lambda row: None,
    one_shot: bool = False,
) -> WorldFigures:
    """Make a world of each sentence and judge it; what is in the folder already is not made again. ``one_shot`` is the
    baseline without any stage: one script of the whole scene. Results are written where all sentences were answered.

    Raises FolderError for a folder that holds other things, and CoderError and ModelError for a coder that cannot be
    had, before anything is written.
    """
    asked = Asked(coder=coder, seed=seed, without=tuple(without), one_shot=one_shot)
    asked.check(folder)
    tasks = [(case, coder, folder / "worlds" / case.name, seed, tuple(without)) for case in cases]
    for case, _, world, *_ in tasks:
        if world.is_dir() and not one_shot:
            check_folder(world, _spec(case, coder, seed, without))
    prompt = _prompt(asked)
    make_folder(folder)
    asked.write(folder)
    rows, unanswered = [], []
    function = scripted_and_judged if one_shot else made_and_judged
    with closing(run_tasks(function, tasks, workers, LIMIT, recycle=4)) as ends:
        for done in ends:
            value = done.value
            if isinstance(value, FolderError):
                raise value
            row = _none(cases[done.index], value.reason) if isinstance(value, Lost) else value
            listen(row)
            if isinstance(row, Unanswered):
                unanswered.append(row.name)
            else:
                rows.append(row)
    rows.sort(key=lambda row: row.name)
    figures = figures_of(rows, asked.maker, prompt, seed, without, sorted(unanswered))
    if not unanswered:
        write_text(folder / RESULTS, figures.model_dump_json(indent=1) + "\n")
    return figures


def _prompt(asked: Asked) -> str:
    """The version of the prompt that is asked. Raises CoderError and ModelError for a coder that cannot be had."""
    if asked.one_shot:
        with _chat(asked.coder, None):
            return version(TASK)
    with _maker(asked.coder, None, asked.without) as maker:
        return maker.prompt


def _spec(case: Case, coder: str, seed: int, without: Sequence[str]) -> WorldSpec:
    return WorldSpec(sentence=case.sentence, seed=seed, coder=coder, without=tuple(without))


@contextmanager
def _maker(coder: str, answers: Path | None, without: Sequence[str]) -> Iterator[Maker]:
    """A maker by its name; that of the recorded answers is this benchmark's own."""
    if coder == CODER:
        yield plain(recorded_maker("retrieval" not in without), without)
    else:
        with open_maker(coder, answers, without) as maker:
            yield maker


Judged = WorldRow | Unanswered | FolderError
"""What came of one sentence, or why its folder cannot be used."""


def made_and_judged(case: Case, coder: str, folder: Path, seed: int, without: Sequence[str]) -> Judged:
    """One sentence: only it, and not the case, is given to the maker."""
    try:
        with _maker(coder, folder / "answers", without) as maker:
            spec = _spec(case, coder, seed, without)
            result = run_world(WorldJob(spec, maker.plan, maker.coder, folder, things=maker.things))
    except (WorldError, JobError, CoderError, ModelError, ServerError) as error:
        return _unmade(case, error)
    trace = load_trace(run_of(folder, result.best))
    return judged(case, trace, result.left_out, result.rounds)


def scripted_and_judged(case: Case, coder: str, folder: Path, seed: int, without: Sequence[str]) -> Judged:
    """One sentence by the one-shot baseline."""
    try:
        with _chat(coder, folder / "answers") as (chat, model):
            graph, seconds = one_shot_scene(case.sentence, chat, model)
        spec = JobSpec(title=case.name, source=case.sentence, coder="none", steps=round(seconds * FPS), seed=seed)
        run_job(Job(spec, graph_scene(graph).make_engine, None, JobFolder(folder / "run")))
        return judged(case, load_trace(folder / "run"), (), 1)
    except (WorldError, JobError, CoderError, ModelError, EngineError) as error:
        return _unmade(case, error)


def _unmade(case: Case, error: Exception) -> Judged:
    """What an error is for a sentence: its failure, or none of its own."""
    if isinstance(error, FolderError):
        return error
    if isinstance(error, ServerError) or (isinstance(error, ModelError) and error.kind not in ANSWERED):
        return Unanswered(case.name, str(error))
    return _none(case, str(error))


@contextmanager
def _chat(coder: str, answers: Path | None) -> Iterator[tuple[ChatClient, str]]:
    """The model behind a coder, for the baseline. Raises CoderError for one that has none."""
    if coder == CODER:
        yield RecordedChat(SCRIPTS), MODEL
        return
    with open_chat(coder, answers) as chat:
        if chat is None:
            raise CoderError("coder", f"'{coder}' writes no whole scenes", "Choose openai, paste:DIR or recorded")
        yield chat


def judged(case: Case, trace: Trace, left_out: tuple[str, ...], rounds: int) -> WorldRow:
    """A world that ran, held against the checks of its sentence and the physical ones."""
    world = Evidence(trace, left_out)
    verdicts, bodily = judge(case, world), physical(world)
    missed = [f"{v.check}: {v.found}" for v in verdicts if not v.met]
    broken = [f"{v.check}: {v.found}" for v in bodily if not v.met]
    return WorldRow(
        name=case.name,
        level=case.level,
        subject=case.subject,
        sentence=case.sentence,
        made=True,
        checks=len(verdicts),
        met=len(verdicts) - len(missed),
        broken=broken,
        missed=missed,
        left_out=list(left_out),
        silent=bool(missed) and not left_out,
        geometry=geometry_score(world),
        richness=richness(world),
        rounds=rounds,
        trace_sha256=trace.sha256(),
        success=not missed and not broken,
    )


def _none(case: Case, problem: str) -> WorldRow:
    return WorldRow(
        name=case.name,
        level=case.level,
        subject=case.subject,
        sentence=case.sentence,
        made=False,
        problem=problem,
        checks=len(case.checks),
        met=0,
    )


def figures_of(
    rows: Sequence[WorldRow],
    coder: str,
    prompt: str,
    seed: int,
    without: Sequence[str],
    unanswered: Sequence[str] = (),
) -> WorldFigures:
    """The figures over rows, with intervals over sentences."""
    there = [row for row in rows if row.made]

    def share(values: Sequence[float]) -> Share | None:
        return bootstrap(values, seed)

    levels = {n: share([r.met / r.checks for r in rows if r.level == n]) for n in sorted({r.level for r in rows})}
    return WorldFigures(
        coder=coder,
        prompt=prompt,
        without=list(without),
        seed=seed,
        cases=len(rows),
        made=share([float(r.made) for r in rows]),
        failure_rate=share([float(not r.made or bool(r.broken)) for r in rows]),
        physical_failures=share([float(bool(r.broken)) for r in there]),
        checks_met=share([r.met / r.checks for r in rows]),
        checks_met_of_made=share([r.met / r.checks for r in there]),
        all_met=share([float(r.success) for r in rows]),
        silent=share([float(r.silent) for r in there]),
        geometry=share([r.geometry for r in there if r.geometry is not None]),
        richness=share([r.richness for r in there if r.richness is not None]),
        levels={n: s for n, s in levels.items() if s is not None},
        rows=list(rows),
        unanswered=list(unanswered),
    )
