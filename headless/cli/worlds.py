"""``worlds``: the benchmark of worlds."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from addon.coder.choose import open_chat, resolve
from addon.worlds.sight import Sight
from addon.worlds.stages import STAGES

from ..benchmarks.worlds.asked import RESULTS
from ..benchmarks.worlds.case import Case, load_cases
from ..benchmarks.worlds.evaluate import Unanswered, WorldFigures, WorldRow, chosen
from ..benchmarks.worlds.evaluate import evaluate as run_all
from ..benchmarks.worlds.rating import RATINGS, Marks, RatingFigures, holds_world
from ..benchmarks.worlds.rating import rate as rate_all
from ..benchmarks.worlds.recorded import CODER as RECORDED
from ..evaluation.statistics import Share, percent
from .output import engine_words_to_stderr, err, out, print_json
from .world import left_out

ADVICE = "choose another model that sees: with OPENAI_MODEL, or paste:DIR"
"""What to do where a judge's answers are no marks."""

app = typer.Typer(help="The benchmark of worlds: sentences with hidden checks.", no_args_is_help=True)


@app.command()
def evaluate(
    count: Annotated[int | None, typer.Option(min=1, help="How many sentences, the levels in turn.")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Only the sentences of these names.")] = None,
    coder: Annotated[str, typer.Option(help="Who plans and writes scripts; see run.")] = "template",
    without: Annotated[str, typer.Option(help=f"Stages that are left out: {', '.join(STAGES)}.")] = "",
    one_shot: Annotated[
        bool, typer.Option("--one-shot", help="The baseline: the model writes one script of the whole scene.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of every random draw.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder; default: runs/worlds-<coder>-<seed>.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Make a world of each sentence and hold it against checks that its maker does not see."""
    cases = _cases(count, case or ())
    if coder != RECORDED:
        coder, _ = resolve(coder)
    if one_shot and coder != RECORDED and coder != "openai" and not coder.startswith("paste:"):
        raise typer.BadParameter("needs a coder whose model writes freely", param_hint="--coder")
    stages = left_out(without)
    if one_shot and stages:
        raise typer.BadParameter("goes without all stages: leave --without out", param_hint="--one-shot")
    kind = "one_shot" if one_shot else "worlds"
    named = "-".join((kind, coder.replace(":", "-").replace("/", "-"), str(seed), *(f"no_{s}" for s in stages)))
    folder = out_dir or Path("runs") / named.replace(" ", "_")
    with engine_words_to_stderr():
        figures = run_all(cases, coder, folder, seed, stages, workers, _tell, one_shot)
    if json:
        print_json(figures.model_dump(mode="json"))
    else:
        _print(figures, folder)
    if figures.unanswered:
        raise typer.Exit(1)


def _cases(count: int | None, names: Sequence[str]) -> list[Case]:
    """The cases that are asked for. Raises BadParameter for a name that none has, with the nearest that there is."""
    known = [one.name for one in load_cases()]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            told = f"; did you mean '{near[0]}'?" if near else ""
            raise typer.BadParameter(f"there is no case '{name}'{told}", param_hint="--case")
    return chosen(count, names)


@app.command()
def rate(
    folder: Annotated[Path, typer.Argument(help="The folder of an evaluation.")],
    count: Annotated[int | None, typer.Option(min=1, help="How many sentences, the levels in turn.")] = None,
    case: Annotated[list[str] | None, typer.Option(help="Only the sentences of these names.")] = None,
    coder: Annotated[str, typer.Option(help="Whose model looks: openai or paste:DIR.")] = "openai",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the intervals.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Show the worlds of an evaluation to a model that sees, and have it mark them by the published rubrics."""
    cases = _cases(count, case or ())
    if not any(holds_world(folder / "worlds" / one.name) for one in cases):
        found = "is a single world" if holds_world(folder) else "holds no world of these sentences"
        raise typer.BadParameter(
            f"{folder} {found}; name the folder of an evaluation, which 'worlds evaluate' makes", param_hint="FOLDER"
        )
    resolve(coder)
    with engine_words_to_stderr(), open_chat(coder, folder / "answers") as chat:
        if chat is None:
            raise typer.BadParameter("needs a model that sees: openai or paste:DIR", param_hint="--coder")
        figures = rate_all(folder, cases, Sight(*chat, advice=ADVICE), seed, _tell_marks, _tell_line)
    if json:
        print_json(figures.model_dump(mode="json"))
    else:
        _print_marks(figures, folder)
    if {one.name for one in cases} & set(figures.unrated):
        raise typer.Exit(1)


def _tell_line(text: str) -> None:
    err.print(text, highlight=False, soft_wrap=True)


def _tell_marks(name: str, found: Marks | Exception) -> None:
    if isinstance(found, Exception):
        err.print(f"{name}: not rated: {found}", highlight=False, soft_wrap=True)
    else:
        told = f"fidelity {found.fidelity:g}, richness {found.richness:g}, realism {found.realism:g}"
        err.print(f"{name}: {told}", highlight=False)


def _print_marks(figures: RatingFigures, folder: Path) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("judge", f"{figures.judge}, {figures.prompt}")
    table.add_row("rated", f"{len(figures.ratings)}, and {len(figures.unrated)} not")
    if figures.unmade:
        table.add_row("no world", ", ".join(figures.unmade))
    for name, share in (("SGS", figures.sgs), ("Richness", figures.richness), ("HRS", figures.hrs)):
        table.add_row(f"{name} by this judge", _mark(share))
    table.add_row("results", str(folder / RATINGS))
    out.print(table)


def _mark(share: Share | None) -> str:
    return "–" if share is None else f"{share.mean:.1f} ({share.low:.1f} to {share.high:.1f})"


def _tell(row: WorldRow | Unanswered) -> None:
    if isinstance(row, Unanswered):
        err.print(f"{row.name}: unanswered: {row.reason}", highlight=False, soft_wrap=True)
        return
    if not row.made:
        err.print(f"{row.name}: no world: {row.problem}", highlight=False)
        return
    told = f"{row.name}: {row.met} of {row.checks} checks"
    err.print(told + (f", broken: {'; '.join(row.broken)}" if row.broken else ""), highlight=False)
    for text in row.missed:
        err.print(f"    {text}", highlight=False)


def _print(figures: WorldFigures, folder: Path) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("sentences", str(figures.cases))
    if figures.unanswered:
        table.add_row("unanswered", f"{len(figures.unanswered)}, not counted: {', '.join(figures.unanswered)}")
    table.add_row("worlds made", percent(figures.made))
    table.add_row("failure rate", percent(figures.failure_rate))
    table.add_row("physically broken", f"{percent(figures.physical_failures)} of those made")
    table.add_row("checks met", f"{percent(figures.checks_met)}, of those made {percent(figures.checks_met_of_made)}")
    for level, share in figures.levels.items():
        table.add_row(f"  level {level}", percent(share))
    table.add_row("all checks met", percent(figures.all_met))
    table.add_row("misses untold", f"{percent(figures.silent)} of those made")
    table.add_row("geometry, richness", f"{_mean(figures.geometry)}, {_mean(figures.richness)} (our own measures)")
    unwritten = "not written until all are answered: run the same command again"
    table.add_row("results", unwritten if figures.unanswered else str(folder / RESULTS))
    out.print(table)


def _mean(share: Share | None) -> str:
    return "–" if share is None else f"{share.mean:.3f}"
