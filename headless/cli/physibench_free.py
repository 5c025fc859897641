"""``physibench evaluate --split free``: free rules instead of machines."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import typer
from rich.table import Table

from ..benchmarks.physibench.free import PARTS, Part, load_tasks
from ..benchmarks.physibench.free.results import FreeResults
from .output import engine_words_to_stderr, err, out, print_json

FreeSplit = Literal["free", "free-a", "free-b", "free-c"]
PARTS_OF: dict[FreeSplit, tuple[Part, ...]] = {"free": PARTS, "free-a": ("a",), "free-b": ("b",), "free-c": ("c",)}


def evaluate_free(
    split: FreeSplit, count: int | None, coder: str, out_dir: Path | None, json: bool, **options: Any
) -> None:
    """Let a coder understand free rules and report which it did right, refused or got wrong.

    ``options`` are those of `free.evaluate.evaluate`; without ``out_dir`` the folder is one of ``runs``.
    """
    from ..benchmarks.physibench.free.evaluate import evaluate
    from ..benchmarks.physibench.free.report import line, write_free_report

    if coder == "other":
        raise typer.BadParameter(
            "'other' runs scripts of other machines, and free rules have none", param_hint="--coder"
        )
    folder = out_dir or Path("runs") / f"physibench-{coder}-{split}-{options['seed']}"
    with engine_words_to_stderr():
        results = evaluate(load_tasks(PARTS_OF[split], count), coder, folder, **options)
        page = write_free_report(folder)
    if json:
        print_json(results.model_dump(mode="json"))
    else:
        print_results(results)
    for name, rows in (("wrong", results.wrong), ("broken", results.broken)):
        for row in rows:
            err.print(f"{name}: {line(row)}", highlight=False, soft_wrap=True)
    err.print(f"report: {page}", highlight=False)


def print_results(results: FreeResults) -> None:
    """The shares by group, and the cost."""
    from ..benchmarks.physibench.free.report import HEAD, table

    shares = Table(*HEAD, box=None)
    for row in table(results):
        shares.add_row(*row)
    out.print(shares)
    figures = Table("figure", "value", box=None)
    for key in ("coder", "model", "prompt_version", "which", "requests", "prompt_tokens", "completion_tokens"):
        figures.add_row(key.replace("_", " "), str(getattr(results, key)))
    out.print(figures)
