"""``summaries``: how faithful summaries of runs are, and how well that is checked."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ..evaluation.statistics import percent
from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from ..benchmarks.summaries.altered import Judged
    from ..benchmarks.summaries.write import Input

app = typer.Typer(help="Summaries of runs: how faithful they are, and how well that is told.", no_args_is_help=True)

GRAMMAR = "grammar"

Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
def evaluate(
    coder: Annotated[
        str, typer.Option(help="What tells: grammar (no model), openai, local, paste:DIR, recorded.")
    ] = GRAMMAR,
    inputs: Annotated[
        list[str] | None, typer.Option("--input", help="raw, annotation or salient; repeatable. Default: all three.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, help="Runs, of puzzles and machines in turn.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the runs.")] = 0,
    context: Annotated[int, typer.Option(min=500, help="Tokens to which a record is cut.")] = 6000,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder. Default: runs/summaries-<coder>.")] = None,
    json: Json = False,
) -> None:
    """Have runs told from the raw trace, the annotation and its salient part, and hold each claim against the trace."""
    from ..benchmarks.summaries.evaluate import SummaryRow, runs
    from ..benchmarks.summaries.evaluate import evaluate as run
    from ..benchmarks.summaries.write import BOOK
    from ..evaluation.recorded import open_model, waiting

    chosen = _inputs(inputs)
    folder = out_dir or Path("runs") / f"summaries-{coder.replace(':', '-').replace('/', '-')}"

    def listen(row: SummaryRow) -> None:
        wrong = "".join(f"\n    not so: {text}" for text in row.wrong)
        err.print(f"{row.run} {row.input}: {row.claims} claims{wrong}", highlight=False, soft_wrap=True)

    with engine_words_to_stderr():
        if coder == GRAMMAR:
            told = run(runs(count, seed), chosen, None, folder, seed=seed, context=context, listen=listen)
        else:
            with open_model(coder, BOOK, folder / "answers") as model:
                told = run(runs(count, seed), chosen, model, folder, seed=seed, context=context, listen=listen)
    for name, reason in told.pending:
        err.print(f"{name}: {reason}", highlight=False, soft_wrap=True)
    if told.figures is None:
        raise waiting(len(told.pending), "summary", "summaries")
    if json:
        print_json(told.figures.model_dump(mode="json"))
        return
    table = Table(
        "input", "summaries", "claims that are so", "without a false one", "claims each", "not looked up", box=None
    )
    for one in told.figures.inputs:
        each = [f"{share.mean:.1f}" if share else "–" for share in (one.claims, one.unclear)]
        table.add_row(one.input, str(one.summaries), percent(one.faithful), percent(one.spotless), *each)
    out.print(table)


@app.command()
def check(
    count: Annotated[int, typer.Option(min=0, help="Runs whose summaries are altered.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the runs and of what is altered.")] = 0,
    json: Json = False,
) -> None:
    """Hold sentences that are so and sentences that are not against their runs: precision and recall of the check."""
    from ..benchmarks.summaries.altered import by_grammar, by_hand, figures_of, judged
    from ..benchmarks.summaries.evaluate import runs

    rng = Random(seed)
    found: list[Judged] = []
    with engine_words_to_stderr():
        for trace, labelled in by_hand():
            found += judged(trace, labelled)
        for trace in runs(count, seed) if count else ():
            found += judged(trace, by_grammar(trace, rng))
    groups: dict[str, list[Judged]] = {}
    for one in found:
        groups.setdefault(one.labelled.way if one.labelled.way.startswith("by hand") else "altered", []).append(one)
    figures = {name: figures_of(group) for name, group in groups.items()}
    missed = [j.labelled for j in found if j.found_false == j.labelled.true]
    if json:
        told = {name: f.model_dump(mode="json") for name, f in figures.items()}
        print_json({**told, "mistaken": [text.model_dump(mode="json") for text in missed]})
        return
    table = Table("sentences", "so", "not so", "precision", "recall", box=None)
    for name, f in figures.items():
        table.add_row(name, str(f.true), str(f.false), percent(f.precision), percent(f.recall))
    out.print(table)
    for text in missed:
        err.print(f"{text.run}, {'true' if text.true else 'false'}: {text.text}", highlight=False, soft_wrap=True)


def _inputs(given: list[str] | None) -> list[Input]:
    from ..benchmarks.summaries.write import INPUTS

    if wrong := sorted(set(given or ()) - set(INPUTS)):
        raise typer.BadParameter(f"there is no '{wrong[0]}'; there are {', '.join(INPUTS)}", param_hint="--input")
    return [kind for kind in INPUTS if not given or kind in given]
