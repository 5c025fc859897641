"""``patterns``: precision and recall of the pattern detectors on rollouts that were judged by eye."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import track
from rich.table import Table

from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from ..evaluation.statistics import Share

app = typer.Typer(help="The corpus of rollouts whose events were judged by eye.", no_args_is_help=True)

Part = Literal["planar", "space", "all"]
Only = Annotated[Part, typer.Option("--only", help="Those in a plane, which need no Blender, those in space, or all.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
def evaluate(only: Only = "all", json: Json = False) -> None:
    """Run the library over the corpus; exit 1 if a detector has too little precision or recall."""
    from ..benchmarks.patterns.corpus import load_corpus
    from ..benchmarks.patterns.evaluate import chosen
    from ..benchmarks.patterns.evaluate import evaluate as run

    rollouts = chosen(load_corpus(), only)
    with engine_words_to_stderr():
        results = run(track(rollouts, "rollouts", console=err), only)
    if json:
        print_json({**results.model_dump(), "below": results.below})
    else:
        table = Table(box=None)
        for name in ("detector", "true", "false", "missed", "new", "precision", "recall"):
            table.add_column(name, no_wrap=True)
        for row in results.rows:
            counts = (row.true, row.false, row.missed, row.new)
            table.add_row(row.uid, *map(str, counts), _words(row.precision), _words(row.recall))
        out.print(table)
        out.print(f"{results.rollouts} rollouts; below the bound: {', '.join(results.below) or 'none'}", soft_wrap=True)
    raise typer.Exit(1 if results.below else 0)


@app.command()
def sheets(
    names: Annotated[list[str], typer.Argument(help="Names of rollouts, or all.")],
    folder: Annotated[Path, typer.Option("--out", help="Folder for the pictures.")] = Path("runs/patterns"),
    frame: Annotated[int | None, typer.Option(help="Draw the frames around this one instead.")] = None,
    bodies: Annotated[list[int] | None, typer.Option("--body", help="Numbers of the bodies to be seen then.")] = None,
) -> None:
    """Draw the strip of a rollout and print its events with their verdicts; or draw one moment of it from near.

    Labels for what nobody has judged are printed as they stand in corpus.json, to be judged and put there.
    """
    from ..benchmarks.patterns.corpus import load_corpus
    from ..benchmarks.patterns.sheets import draw_event, draw_sheet

    known = {rollout.recipe.name: rollout for rollout in load_corpus().rollouts}
    if unknown := sorted(set(names) - {"all", *known}):
        raise typer.BadParameter(f"there is no rollout {', '.join(unknown)}; there are {', '.join(known)}")
    if frame is not None and not bodies:
        raise typer.BadParameter("say which bodies are to be seen, by their numbers in the strip", param_hint="--body")
    for name in known if "all" in names else names:
        with engine_words_to_stderr():
            if frame is not None:
                out.print(str(draw_event(known[name], folder, frame, list(bodies or ()))), highlight=False)
                continue
            path, text, labels = draw_sheet(known[name], folder)
        lines = [str(path), text, *(label.model_dump_json() for label in labels)]
        out.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)


def _words(interval: Share) -> str:
    if not interval.count:
        return "–"
    return f"{interval.mean:.2f} ({interval.low:.2f}–{interval.high:.2f})"
