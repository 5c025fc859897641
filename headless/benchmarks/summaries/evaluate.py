"""How faithful a model's summaries are, from the raw trace, from the annotation, and from its salient part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from addon.models import ModelError, version
from addon.patterns import Observation
from addon.patterns.annotation import Annotation, annotate
from addon.patterns.claims import FALSE, UNCLEAR, Claim, check
from addon.patterns.summary import summary_by_grammar
from addon.scene_graph import write_text
from addon.trace import Trace

from ...evaluation.recorded import PENDING, Model
from ...evaluation.statistics import Share, bootstrap
from ..physibench.generate import COUNT as PUBLISHED
from ..physibench.generate import SEED as MACHINES
from ..physibench.generate import generate
from ..puzzles.files import load_tasks
from ..runs import drawn, machine_run, puzzle_run
from .write import CONTEXT, TASK, Input, summary_of

RESULTS = "results.json"


class SummaryRow(BaseModel):
    """One summary: of which run, from what, and what it claims; ``wrong`` are the claims that are not so."""

    model_config = ConfigDict(frozen=True)

    run: str
    planar: bool
    input: str
    text: str
    claims: int
    unclear: int
    wrong: tuple[str, ...]


class InputFigures(BaseModel):
    """The figures of one input, with intervals over runs: the share of a summary's claims that are so (``faithful``),
    summaries without a false claim (``spotless``), claims a summary, and what of it could not be looked up
    (``unclear``), which counts as neither."""

    input: str
    summaries: int
    faithful: Share | None
    spotless: Share | None
    claims: Share | None
    unclear: Share | None


class SummaryFigures(BaseModel):
    """The figures of each input."""

    model: str
    prompt: str
    seed: int
    runs: int
    context: int
    inputs: tuple[InputFigures, ...]


@dataclass(frozen=True)
class Told:
    """What came of all summaries; ``figures`` is None while some have no answer."""

    rows: tuple[SummaryRow, ...]
    figures: SummaryFigures | None
    pending: tuple[tuple[str, str], ...]


def runs(count: int, seed: int) -> Iterator[Trace]:
    """So many runs, a puzzle with a ball that is drawn or solves it and a machine in turn; both are others for another
    seed."""
    rng = Random(seed)
    tasks = load_tasks(count=1)
    rng.shuffle(tasks)
    pairs = count // 2
    machines = generate(pairs, MACHINES, first=seed * pairs % PUBLISHED) if pairs else []
    for number in range(count):
        if number % 2:
            yield machine_run(machines[number // 2])
            continue
        task = tasks[number // 2 % len(tasks)]
        solves = number % 4 and task.solution is not None
        yield puzzle_run(task, task.solution if solves and task.solution is not None else drawn(task, rng))


def evaluate(
    traces: Iterator[Trace],
    inputs: Sequence[Input],
    model: Model | None,
    folder: Path,
    *,
    seed: int,
    context: int = CONTEXT,
    listen: Callable[[SummaryRow], None] = lambda row: None,
) -> Told:
    """Have each run told from each input, and hold what is told against the run.

    Without a model our own grammar tells it. Summaries whose answer is still to be given wait. Raises ModelError of
    kinds other than `PENDING`.
    """
    rows, pending = [], []
    for trace in traces:
        annotation, observation = annotate(trace), Observation(trace)
        for kind in inputs if model is not None else ("grammar",):
            name = f"{trace.meta.title} {kind}"
            try:
                text = _text(trace, annotation, kind, name, model, context)
            except ModelError as error:
                if error.kind not in PENDING:
                    raise
                pending.append((name, str(error)))
                continue
            rows.append(row_of(trace, kind, text, check(text, observation)))
            listen(rows[-1])
    if pending or not rows:
        return Told(tuple(rows), None, tuple(pending))
    figures = SummaryFigures(
        model="grammar" if model is None else model.name,
        prompt="" if model is None else version(TASK),
        seed=seed,
        runs=len({row.run for row in rows}),
        context=context,
        inputs=tuple(figures_of(kind, rows) for kind in dict.fromkeys(row.input for row in rows)),
    )
    folder.mkdir(parents=True, exist_ok=True)
    told = {**figures.model_dump(mode="json"), "rows": [row.model_dump(mode="json") for row in rows]}
    write_text(folder / RESULTS, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return Told(tuple(rows), figures, ())


def _text(trace: Trace, annotation: Annotation, kind: str, name: str, model: Model | None, context: int) -> str:
    if model is None:
        return summary_by_grammar(annotation)
    source: Input = "raw" if kind == "raw" else "annotation" if kind == "annotation" else "salient"
    return summary_of(source, trace, annotation, model.chat_for(name), model, context)


def row_of(trace: Trace, kind: str, text: str, claims: Sequence[Claim]) -> SummaryRow:
    """What became of one summary."""
    return SummaryRow(
        run=trace.meta.title,
        planar=trace.meta.planar,
        input=kind,
        text=text,
        claims=sum(1 for c in claims if c.verdict != UNCLEAR),
        unclear=sum(1 for c in claims if c.verdict == UNCLEAR),
        wrong=tuple(f"{c.sentence} ({c.reason})" for c in claims if c.verdict == FALSE),
    )


def figures_of(kind: str, rows: Sequence[SummaryRow]) -> InputFigures:
    """The figures of one input; summaries that claim nothing count as neither faithful nor not."""
    own = [row for row in rows if row.input == kind]
    claiming = [row for row in own if row.claims]
    return InputFigures(
        input=kind,
        summaries=len(own),
        faithful=bootstrap([1.0 - len(row.wrong) / row.claims for row in claiming], seed=0),
        spotless=bootstrap([float(not row.wrong) for row in claiming], seed=0),
        claims=bootstrap([float(row.claims) for row in own], seed=0),
        unclear=bootstrap([float(row.unclear) for row in own], seed=0),
    )
