"""``learning``: pictures with exact labels, and the networks that are trained on them."""

from __future__ import annotations

from functools import partial
from json import dumps
from pathlib import Path
from typing import Annotated, Literal

import typer

from addon.scene_graph import write_text

from ..benchmarks.physibench.generate import SERIES, generate, size_of
from ..benchmarks.physibench.rules import Split
from ..learning.errors import LearningError, needing_torch
from ..learning.frames.make import make, prepared
from ..learning.networks import Network, extras, trainer, weights_of
from .output import engine_words_to_stderr, err, out, print_json

app = typer.Typer(help="Pictures with exact labels, and networks trained on them (PyTorch).", no_args_is_help=True)

OutDir = Annotated[Path, typer.Option("--out", help="Folder for what is made.")]
Json = Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")]


@app.command()
def frames(
    out_dir: OutDir,
    count: Annotated[int | None, typer.Option(min=1, help="Number of machines; without it all.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the machines.")] = SERIES[1].seed,
    split: Annotated[Split | None, typer.Option("--split", help="Only machines of this split.")] = None,
    last: Annotated[int | None, typer.Option(min=1, help="The last frame, instead of that of 1,000 steps.")] = None,
    coder: Annotated[
        str | None, typer.Option(help="Run what this coder writes of the rules, instead of the machines' own scripts.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    json: Json = False,
) -> None:
    """Run machines and keep what is to be seen of them at 15 frames a second: boxes and balls with their poses, which
    are drawn when pictures are needed. The same command goes on where it was stopped."""
    with engine_words_to_stderr():
        machines = generate(count or size_of(seed, split), seed, split=split, workers=workers)
        paths = make(prepared(machines, last, coder), out_dir, workers)
    if json:
        print_json({"machines": len(machines), "files": [str(path) for path in paths]})
    else:
        err.print(f"{len(machines)} machines in {len(paths)} files in {out_dir}")


@app.command()
def pictures(
    machine: Annotated[str, typer.Argument(help="Name of a machine among the clips.")],
    data: Annotated[Path, typer.Option(help="Clips, as `learning frames` makes them.")],
    out_dir: OutDir,
    frames: Annotated[list[int] | None, typer.Option("--frame", help="A frame; of several, say it again.")] = None,
    size: Annotated[int, typer.Option(min=16, max=1024, help="Pixels of a side.")] = 128,
) -> None:
    """Write pictures of a machine with its camera, instances, depth and exact states (needs PyTorch)."""
    from ..learning.frames.clips import load_clips
    from ..learning.frames.export import export

    found = {clip.name: clip for clip in load_clips(data)}
    if machine not in found:
        raise LearningError(f"{data} has no machine '{machine}'; it has {', '.join(list(found)[:5])} …")
    if wrong := [frame for frame in frames or () if not 0 <= frame < len(found[machine])]:
        raise LearningError(f"{machine} has no frame {wrong[0]}: they are 0 to {len(found[machine]) - 1}")
    with needing_torch():
        for path in export(found[machine], frames or [0], size, out_dir):
            err.print(str(path), highlight=False, soft_wrap=True)


@app.command()
def perception(
    data: Annotated[Path, typer.Option(help="Clips, as `learning frames` makes them.")],
    split: Annotated[Split, typer.Option("--split", help="The machines of this split.")] = "test",
    frames: Annotated[int, typer.Option(min=1, help="Pictures of each machine, spread over its run.")] = 5,
    weights: Annotated[Path | None, typer.Option(help="Weights; without it those of the project.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    json: Json = False,
) -> None:
    """Measure how well pictures are read, against the exact states (needs PyTorch)."""
    from ..learning.frames.clips import load_clips

    clips = load_clips(data, split)
    with needing_torch():
        from ..learning.perception.evaluate import measure
        from ..learning.training import device_of

        told = measure(weights or weights_of("perception"), clips, frames, device_of(device))
    if json:
        print_json(told)
        return
    for name, value in told.items():
        out.print(f"{name.replace('_', ' ')}: {value}", highlight=False, soft_wrap=True)


@app.command()
def train(
    network: Annotated[Network, typer.Argument(help="Which network.")],
    data: Annotated[Path, typer.Option(help="Clips, as `learning frames` makes them; for `value` rollouts.")],
    out_dir: OutDir,
    size: Annotated[
        Literal["tiny", "small", "full"], typer.Option(help="For tests, for two cores, for a graphics card.")
    ] = "small",
    steps: Annotated[int | None, typer.Option(min=1, help="Steps, instead of those of the size.")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="Seconds after which it ends.")] = float("inf"),
    seed: Annotated[int, typer.Option(help="Seed of weights and batches.")] = 0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in --out.")] = False,
    start: Annotated[Path | None, typer.Option("--from", help="Weights to begin with (perception).")] = None,
    drawn: Annotated[
        Path | None, typer.Option(help="Folder of pictures that trainings share (video, slots); made if missing.")
    ] = None,
    json: Json = False,
) -> None:
    """Train a network, keep checkpoint and weights, and measure it on the dev split."""
    told = trainer(network)(
        data, out_dir, size=size, steps=steps, seconds=seconds, seed=seed, device=device, resume=resume,
        report=partial(err.print, highlight=False, soft_wrap=True), **extras(network, start=start, drawn=drawn),
    )  # fmt: skip
    if json:
        print_json(told)


@app.command()
def rollouts(
    network: Annotated[Literal["video", "slots"], typer.Argument(help="Which network.")],
    data: Annotated[Path, typer.Option(help="Clips, as `learning frames` makes them.")],
    out_file: Annotated[Path, typer.Option("--out", help="File of predicted videos (.npz).")],
    weights: Annotated[Path | None, typer.Option(help="Weights; without it those of the project.")] = None,
    split: Annotated[Split, typer.Option("--split", help="The machines of this split.")] = "test",
    last: Annotated[int, typer.Option(min=6, help="The last frame.")] = 1000,
    every: Annotated[int, typer.Option(min=1, help="Of frames after the first 16 each so many-th is kept.")] = 20,
    count: Annotated[int | None, typer.Option(min=1, help="Machines, instead of all.")] = None,
    machines: Annotated[
        list[str] | None, typer.Option("--machine", help="A machine by its name; of several, say it again.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the noise.")] = 0,
    euler: Annotated[
        int | None, typer.Option(min=1, help="Steps from noise to frames, instead of the model's own (video).")
    ] = None,
    megabytes: Annotated[float, typer.Option(min=0.01, help="Colours are rounded until it is no larger.")] = 15.0,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    json: Json = False,
) -> None:
    """Predict videos of machines from their first frames alone, and keep some of the frames (needs PyTorch)."""
    with needing_torch():
        from ..learning.rollouts import predict, save_rollouts

        made = predict(
            network, weights or weights_of(network), data, split=split, machines=machines or (), last=last,
            every=every, count=count,
            seed=seed, euler=euler, device=device, report=partial(err.print, highlight=False, soft_wrap=True),
        )  # fmt: skip
        rounded = save_rollouts(made, out_file, megabytes)
    if json:
        print_json({"machines": len(made.names), "file": str(out_file), "frames": made.frames, "rounded": rounded})
    else:
        err.print(f"{len(made.names)} machines in {out_file}, colours rounded to {rounded} of 255")


@app.command("table")
def table_one(
    data: Annotated[Path, typer.Option(help="Clips of the test split as they truly are; up to frame 1,000 if long.")],
    ours: Annotated[Path | None, typer.Option(help="Clips of the same machines under a coder's scripts.")] = None,
    graph: Annotated[Path | None, typer.Option(help="Weights of a graph network, to be rolled out.")] = None,
    rollouts: Annotated[
        list[Path] | None, typer.Option(help="Predicted videos; of several files, say it again.")
    ] = None,
    count: Annotated[int | None, typer.Option(min=1, help="Machines, instead of all.")] = None,
    read: Annotated[int, typer.Option(min=0, help="Machines whose frames are read and judged; slow.")] = 0,
    out_file: Annotated[Path | None, typer.Option("--out", help="File for the numbers (JSON).")] = None,
    json: Json = False,
) -> None:
    """Measure volume drift, silhouettes and logic on frames, by one instrument for all rows (needs PyTorch)."""
    with needing_torch():
        from ..learning.table import lines, table

        told = table(
            data, ours=ours, graph=graph, rollouts=rollouts or (), count=count, read=read,
            report=partial(err.print, highlight=False, soft_wrap=True),
        )  # fmt: skip
    if out_file is not None:
        write_text(out_file, dumps(told, indent=1) + "\n")
    if json:
        print_json(told)
        return
    for line in lines(told):
        out.print(line, highlight=False, soft_wrap=True, markup=False)


@app.command()
def figure2(
    numbers: Annotated[list[Path], typer.Argument(help="Numbers, as `learning table --out` writes them.")],
    out_file: Annotated[Path, typer.Option("--out", help="The picture (.webp, .png).")],
) -> None:
    """Draw the curves of tables' rows over the frames; of rows of one name the first."""
    with needing_torch():
        from ..learning.table import figure, load_table

        err.print(str(figure([load_table(path) for path in numbers], out_file)), highlight=False, soft_wrap=True)
