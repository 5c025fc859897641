"""``goals``: the benchmark of goals in English with labelled runs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from ..benchmarks.goals import Goal, goals, labels, problems
from ..benchmarks.goals.evaluate import GoalRow
from ..evaluation.statistics import percent
from .output import engine_words_to_stderr, err, out, print_json

app = typer.Typer(
    help="The benchmark of goals: wishes in English, with runs that meet them or not.", no_args_is_help=True
)

Names = Annotated[list[str] | None, typer.Option("--goal", help="Only the goals of these ids.")]
Scenes = Annotated[list[str] | None, typer.Option("--scene", help="Only goals about these scenes.")]


@app.command()
def check(
    names: Names = None, scenes: Scenes = None, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Hold each goal's own expression against the labels of its runs; exit 1 if one disagrees."""
    asked = _chosen(names, scenes)
    found: list[str] = []
    with engine_words_to_stderr():
        for goal in track(asked, "goals", console=err):
            found += problems(goal)
        told = {goal.id: [label for _, label in labels(goal)] for goal in asked}
    if json:
        print_json({"goals": len(asked), "runs": sum(map(len, told.values())), "problems": found})
    else:
        out.print(_table(asked, told))
        for problem in found:
            out.print(problem, highlight=False, soft_wrap=True)
    raise typer.Exit(1 if found else 0)


@app.command("list")
def list_goals(
    names: Names = None, scenes: Scenes = None, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False
) -> None:
    """Print the goals with their scenes and expressions."""
    asked = _chosen(names, scenes)
    if json:
        keys = ("id", "kind", "scene", "text", "reference")
        print_json([{key: getattr(goal, key) for key in keys} for goal in asked])
        return
    for goal in asked:
        out.print(f"{goal.id} ({goal.kind}, {goal.scene}): {goal.text}", highlight=False, soft_wrap=True)
        out.print(f"    {goal.reference or 'cannot be said'}", highlight=False, soft_wrap=True)


@app.command()
def evaluate(
    coder: Annotated[str, typer.Option(help="The model: openai, local, paste:DIR, recorded.")] = "auto",
    names: Names = None,
    scenes: Scenes = None,
    count: Annotated[int | None, typer.Option(min=1, help="How many goals, spread over all.")] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder. Default: runs/goals-<coder>.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Have a model make a reward of each goal, and hold it against runs that meet the goal or not."""
    from ..benchmarks.goals.evaluate import BOOK
    from ..benchmarks.goals.evaluate import evaluate as run
    from ..evaluation.recorded import open_model, waiting

    asked = _spread(_chosen(names, scenes), count)
    folder = out_dir or Path("runs") / f"goals-{coder.replace(':', '-').replace('/', '-')}"
    with engine_words_to_stderr(), open_model(coder, BOOK, folder / "answers") as model:
        judged = run(asked, model, folder, lambda row: err.print(_told(row), highlight=False, soft_wrap=True))
    for name, reason in judged.pending:
        err.print(f"{name}: {reason}", highlight=False, soft_wrap=True)
    figures = judged.figures
    if figures is None:
        raise waiting(len(judged.pending), "goal", "goals")
    if json:
        print_json(figures.model_dump(mode="json"))
        return
    table = Table(show_header=False, box=None)
    table.add_row("model", f"{figures.model}, prompt {figures.prompt}")
    table.add_row("goals", str(figures.goals))
    table.add_row("right at the first try", percent(figures.first))
    table.add_row("right after repair", percent(figures.right))
    table.add_row("wrong, and not told", percent(figures.wrong))
    table.add_row("refused, of the sayable", percent(figures.refused))
    out.print(table)


def _told(row: GoalRow) -> str:
    result = "right" if row.right else "refused" if row.reward is None else "WRONG"
    return f"{row.id}: {result}: {row.reward or row.refused}"


def _spread(asked: list[Goal], count: int | None) -> list[Goal]:
    """So many goals, at equal distances."""
    if count is None or count >= len(asked):
        return asked
    return [asked[k * len(asked) // count] for k in range(count)]


def _chosen(names: list[str] | None, scenes: list[str] | None) -> list[Goal]:
    for given, known, option in (
        (names, {goal.id for goal in goals()}, "--goal"),
        (scenes, {goal.scene for goal in goals()}, "--scene"),
    ):
        if wrong := sorted(set(given or ()) - known):
            raise typer.BadParameter(
                f"there is no '{wrong[0]}'; there are {', '.join(sorted(known))}", param_hint=option
            )
    return [g for g in goals() if (not names or g.id in names) and (not scenes or g.scene in scenes)]


def _table(asked: list[Goal], told: dict[str, list[bool]]) -> Table:
    """How many goals, runs and runs that meet a goal there are of each kind."""
    table = Table("kind", "goals", "runs", "met")
    for kind, count in Counter(goal.kind for goal in asked).items():
        own = [label for goal in asked if goal.kind == kind for label in told[goal.id]]
        table.add_row(kind, str(count), str(len(own)), str(sum(own)))
    return table
