"""``physibench``: make, check and evaluate machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ..physibench.evaluate import TIMEOUT
from ..physibench.generate import BUNDLED_COUNT, BUNDLED_SEED, generate
from ..physibench.results import Results
from ..physibench.table import percent, table_one
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
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that one machine may take.")] = TIMEOUT,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Let a coder solve machines and report logic success, volume drift and the cost."""
    from ..physibench.evaluate import evaluate as run

    folder = out_dir or Path("runs") / f"physibench-{coder}-{seed}"
    with engine_words_to_stderr():
        results = run(generate(count, seed), coder, folder, seed=seed, workers=workers, resume=resume, timeout=timeout)
    if json:
        print_json(results.model_dump(mode="json"))
    else:
        print_table(results)
    for failed in results.failed:
        err.print(f"failed: {failed}", highlight=False)


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


def print_table(results: Results) -> None:
    """The paper's Table I with our row, and the rest of the figures."""
    table = Table("method", "model", "machines", "volume drift", "logic success", box=None)
    for row in table_one(results):
        table.add_row(*row)
    out.print(table)
    groups = [("all", results.logic_success), *results.by_kind.items()]
    groups += [(f"difficulty {level}", share) for level, share in results.by_difficulty.items()]
    shares = Table("machines", "logic success, 95 % interval", "of", box=None)
    for name, share in groups:
        shares.add_row(name, percent(share), str(share.count if share else 0))
    out.print(shares)
    figures = Table("figure", "value", box=None)
    figures.add_row("assertions met", percent(results.assertions_held))
    for key in (
        *("prompt_version", "seed", "shape_iou", "gains_energy", "deepest_penetration", "script_failures"),
        *("without_result", "repairs", "requests", "prompt_tokens", "completion_tokens"),
    ):
        figures.add_row(key.replace("_", " "), str(getattr(results, key)))
    out.print(figures)
