"""``patterns``: precision and recall of the pattern detectors on rollouts that were judged by eye."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.progress import track
from rich.table import Table

from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from ..benchmarks.patterns.evaluate import Row
    from ..evaluation.statistics import Share

app = typer.Typer(help="The corpora of rollouts whose events were judged by eye.", no_args_is_help=True)

Part = Literal["planar", "space", "all"]
Only = Annotated[Part, typer.Option("--only", help="Those in a plane, which need no Blender, those in space, or all.")]
Which = Literal["first", "held-out"]
Corpus = Annotated[
    Which, typer.Option("--corpus", help="The one that detectors were mended with, or the one that was held out.")
]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
def evaluate(only: Only = "all", corpus: Corpus = "first", json: Json = False) -> None:
    """Run the library over a corpus; exit 1 if a detector has too little precision or recall on the first one."""
    from ..benchmarks.patterns.corpus import PATHS, load_corpus
    from ..benchmarks.patterns.evaluate import chosen
    from ..benchmarks.patterns.evaluate import evaluate as run

    rollouts = chosen(load_corpus(PATHS[corpus]), only)
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
        if corpus == "held-out":
            out.print(_together("together", results.total), soft_wrap=True)
            out.print(_together("with the labels as first written", results.unrevised), soft_wrap=True)
    raise typer.Exit(1 if results.below and corpus == "first" else 0)


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
    from ..benchmarks.patterns.corpus import PATHS, load_corpus
    from ..benchmarks.patterns.sheets import draw_event, draw_sheet

    known = {rollout.recipe.name: rollout for path in PATHS.values() for rollout in load_corpus(path).rollouts}
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


def _together(name: str, row: Row) -> str:
    counts = f"{row.true} true, {row.false} false, {row.missed} missed"
    return f"{name}: {counts}, precision {_words(row.precision)}, recall {_words(row.recall)}"


def _words(interval: Share) -> str:
    if not interval.count:
        return "–"
    return f"{interval.mean:.2f} ({interval.low:.2f}–{interval.high:.2f})"
