"""``learning``: pictures with exact labels, and the networks that are trained on them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from ..benchmarks.physibench.generate import SERIES, generate
from ..benchmarks.physibench.rules import Split
from ..learning.errors import LearningError
from ..learning.frames.make import make, shards
from .output import engine_words_to_stderr, err, out, print_json

app = typer.Typer(help="Pictures with exact labels, and networks trained on them (PyTorch).", no_args_is_help=True)

Network = Literal["perception", "video", "slots", "graph", "value"]
Json = Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")]


@app.command()
def frames(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the clips.")],
    count: Annotated[int, typer.Option(min=1, help="Number of machines.")] = 500,
    seed: Annotated[int, typer.Option(help="Seed of the machines.")] = SERIES[1].seed,
    split: Annotated[Split | None, typer.Option("--split", help="Only machines of this split.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    json: Json = False,
) -> None:
    """Run machines and keep what is seen of them: poses of boxes and balls at 15 frames a second, which are drawn when
    they are needed. The same command goes on where it was stopped."""
    with engine_words_to_stderr():
        machines = generate(count, seed, split=split, workers=workers)
        paths = make(machines, out_dir, workers)
    if json:
        print_json({"machines": len(machines), "files": [str(path) for path in paths]})
    else:
        err.print(f"{len(machines)} machines in {len(paths)} files in {out_dir}")


@app.command()
def train(
    network: Annotated[Network, typer.Argument(help="Which network.")],
    data: Annotated[Path, typer.Option(help="Folder of clips, as `learning frames` makes it; for `value` of rollouts.")],
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the checkpoint and the weights.")],
    size: Annotated[Literal["tiny", "small", "full"], typer.Option(help="For tests, two cores, a graphics card.")] = "small",
    steps: Annotated[int | None, typer.Option(min=1, help="Steps; without it those of the size.")] = None,
    seconds: Annotated[float | None, typer.Option(min=1, help="Seconds after which the training ends.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of weights and batches.")] = 0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in --out.")] = False,
    json: Json = False,
) -> None:
    """Train a network, and measure it on the machines that it is chosen by."""
