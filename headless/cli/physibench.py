"""``physibench``: make, check and evaluate machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ..physibench.generate import BUNDLED_COUNT, BUNDLED_SEED, generate
from .output import engine_words_to_stderr, err, out, print_json

app = typer.Typer(help="Make, check and evaluate PhysiBench machines.", no_args_is_help=True)

Count = Annotated[int, typer.Option(min=1, help="Number of machines.")]
Seed = Annotated[int, typer.Option(help="Seed of the series; 7 is the bundled one.")]


@app.command("generate")
def generate_machines(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the machines.")],
    count: Count = BUNDLED_COUNT,
    seed: Seed = BUNDLED_SEED,
    json: Annotated[bool, typer.Option("--json", help="Print the machines' names as JSON.")] = False,
) -> None:
    """Make machines, each checked in the engine, and write them as JSON."""
    with engine_words_to_stderr():
        machines = generate(count, seed)
        paths = [machine.save(out_dir / f"{machine.name}.json") for machine in machines]
    if json:
        print_json([{"name": m.name, "kind": m.kind, "file": str(p)} for m, p in zip(machines, paths, strict=True)])
    else:
        err.print(f"{len(paths)} machines in {out_dir}")


@app.command()
def evaluate(
    count: Count = BUNDLED_COUNT,
    seed: Seed = BUNDLED_SEED,
    coder: Annotated[str, typer.Option(help="auto, openai, local, template, oracle or empty.")] = "auto",
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder for the results.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Let a coder solve machines and report logic success, volume drift and the cost."""
    from ..physibench.evaluate import evaluate as run

    with engine_words_to_stderr():
        summary = run(count, seed, coder, out_dir or Path("runs") / f"physibench-{coder}-{seed}", workers, resume)
    if json:
        print_json(summary)
        return
    table = Table("figure", "value", box=None)
    for key in (
        "coder",
        "model",
        "prompt_version",
        "machines",
        "seed",
        "logic_success",
        "assertions_held",
        "volume_drift",
        "shape_iou",
    ):
        table.add_row(key.replace("_", " "), str(summary[key]))
    out.print(table)
    for failed in summary["failed"]:
        err.print(f"failed: {failed}")


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="Folder of an evaluation.")],
    second: Annotated[Path, typer.Argument(help="Folder of another one, of the same machines.")],
    json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Show until which frame two evaluations of the same machines agree, as two builds of Blender do."""
    from ..physibench.compare import compare as run

    rows = run(first, second)
    if json:
        print_json([row.as_dict() for row in rows])
        return
    table = Table("machine", "same trace", "agree until frame", "same outcome", box=None)
    words = {True: "yes", False: "no"}
    for row in rows:
        until = f"{row.agree_until} of {row.frames - 1}"
        table.add_row(row.machine, words[row.same_trace], until, words[row.same_outcome])
    out.print(table)
