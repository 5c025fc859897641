"""``learning``: pictures with exact labels, and the networks that are trained on them."""

from __future__ import annotations

from functools import partial
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table

from addon.scene_graph import write_text

from ..benchmarks.physibench.generate import SERIES, generate, size_of
from ..benchmarks.physibench.rules import Split
from ..evaluation.statistics import percent
from ..learning.errors import LearningError, needing_torch
from ..learning.frames.make import make, prepared
from ..learning.networks import Network, ReaderName, extras, trainer, weights_of
from .output import engine_words_to_stderr, err, out, print_json
from .puzzles import Scenes, needing_box2d, tasks_of

if TYPE_CHECKING:
    from ..learning.perceived.measure import Perceived
    from ..learning.perceived.run import Outcome

app = typer.Typer(help="Pictures with exact labels, and networks trained on them (PyTorch).", no_args_is_help=True)

OutDir = Annotated[Path, typer.Option("--out", help="Folder for what is made.")]
Json = Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")]

WORTH = ("worth", "met")
"""What is told of chosen actions: the mean of their rewards, and the share that meets the goal."""


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
    count: Annotated[int | None, typer.Option(min=1, help="Machines, instead of all.")] = None,
    reader: Annotated[Literal["network", "refined"], typer.Option(help="What reads the pictures.")] = "network",
    weights: Annotated[Path | None, typer.Option(help="Weights; without it those of the project.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda; of the network.")] = "auto",
    json: Json = False,
) -> None:
    """Measure how well pictures are read, against the exact states (needs PyTorch)."""
    from ..learning.frames.clips import load_clips
    from ..learning.perception.readers import open_readers

    clips = load_clips(data, split)[:count]
    with needing_torch():
        from ..learning.perception.evaluate import measure, measure_reader
        from ..learning.training import device_of

        if reader == "network":
            told = measure(weights or weights_of("perception"), clips, frames, device_of(device))
        else:
            with open_readers(reader, weights=weights) as reader_for:
                told = measure_reader(reader_for(""), clips, frames)
    if json:
        print_json(told)
        return
    for name, value in told.items():
        out.print(f"{name.replace('_', ' ')}: {value}", highlight=False, soft_wrap=True)


@app.command()
def assemblies(
    out_file: Annotated[Path, typer.Option("--out", help="File to write (.npz).")],
    seed: Annotated[int, typer.Option(help="Seed of the machines.")] = SERIES[1].seed,
) -> None:
    """Learn what stands together in the train split's machines, as `--reader refined` knows it."""
    from ..learning.assemblies.kit import save_kit
    from ..learning.assemblies.learn import learn
    from ..learning.assemblies.shown import first_pixels

    machines = generate(size_of(seed, "train"), seed, split="train")
    kit = learn([(machine.graph, first_pixels(machine)) for machine in machines])
    save_kit(kit, out_file)
    err.print(f"{len(kit.frames)} frames and {len(kit.parts)} assemblies of {len(machines)} machines in {out_file}")


@app.command()
def perceived(
    data: Annotated[Path, typer.Option(help="Clips, as `learning frames` makes them.")],
    split: Annotated[Split, typer.Option("--split", help="The machines of this split.")] = "test",
    count: Annotated[int | None, typer.Option(min=1, help="Machines, instead of all.")] = None,
    reader: Annotated[ReaderName, typer.Option(help="What reads the pictures.")] = "network",
    coder: Annotated[str, typer.Option(help="The model that reads: openai, paste:DIR, recorded.")] = "auto",
    weights: Annotated[Path | None, typer.Option(help="Weights of the network; without it the project's.")] = None,
    only_read: Annotated[
        bool, typer.Option("--only-read", help="Run machines from what was read and from the truth alone.")
    ] = False,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder; what is in it is gone on with.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the intervals.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes that run machines.")] = 1,
    json: Json = False,
) -> None:
    """Run machines from what is read of their first pictures, and tell what that costs (needs PyTorch and Blender)."""
    from ..learning.frames.clips import load_clips
    from ..learning.perception.readers import open_readers

    if weights is not None and reader == "model":
        raise typer.BadParameter("they are those of the network; leave out --reader model", param_hint="--weights")

    clips = load_clips(data, split)[:count]
    with needing_torch(), engine_words_to_stderr():
        from ..learning.perceived.measure import GRAPHS, measure, read_all

        answers = out_dir / "answers" if out_dir is not None else None
        with open_readers(reader, weights=weights, coder=coder, answers=answers) as reader_for:
            seen = read_all(clips, reader_for)
            name = reader_for(clips[0].name).name
        machines = generate(size_of(clips[0].seed, split), clips[0].seed, split=split)
        graphs = ["read", "true"] if only_read else list(GRAPHS)
        told = measure(name, seen, machines, graphs, seed=seed, folder=out_dir, workers=workers, tell=_tell_outcome)
    if json:
        print_json(told.model_dump(mode="json"))
    else:
        _tell_perceived(told)


def _tell_outcome(outcome: Outcome) -> None:
    what = "success" if outcome.success else f"{outcome.held} of {outcome.assertions} assertions hold"
    err.print(f"{outcome.machine}, {outcome.graph}: {what}", highlight=False, soft_wrap=True)


def _tell_perceived(told: Perceived) -> None:
    out.print(f"{told.machines} machines, read by {told.reader}", highlight=False, soft_wrap=True)
    for name, value in told.errors.items():
        if name != "right_by_class":
            out.print(f"{name.replace('_', ' ')}: {value}", highlight=False, soft_wrap=True)
    table = Table(
        "machines run from a graph that is", "logic success", "but for places", "assertions that hold",
        "speaks of what is missing", "a rule is refused", box=None,
    )  # fmt: skip
    for name, figure in told.figures.items():
        shares = (figure.success, figure.happened, figure.assertions, figure.absent, figure.refused)
        table.add_row(name, *map(percent, shares))
    out.print(table)
    for lost in told.lost:
        err.print(f"not run: {lost}", highlight=False, soft_wrap=True)


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


@app.command()
def actions(
    out_file: Annotated[Path, typer.Option("--out", help="File to write (.npz); lines of rows lie beside it.")],
    tasks: Annotated[int, typer.Option(min=1, help="Tasks with actions that rewards judge.")] = 500,
    count: Annotated[
        int, typer.Option("--actions", min=0, help="Such actions on each; with 0 the puzzle is the only goal.")
    ] = 20,
    more: Annotated[int, typer.Option(min=0, help="More on each task for training, which no reward judges.")] = 16,
    dev: Annotated[int, typer.Option(min=1, help="Tasks for validation.")] = 25,
    scenes: Scenes = None,
    fold: Annotated[Literal["within", "across"], typer.Option(help="The fold whose training tasks are taken.")] = (
        "within"
    ),
    seed: Annotated[int, typer.Option(help="Seed of the fold and the actions.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    json: Json = False,
) -> None:
    """Try random actions on puzzles and judge them by rewards: what value networks learn from. The same command goes
    on where it was stopped."""
    needing_box2d()
    from ..learning.value.rollouts import Asked, make

    asked = Asked(fold, seed, tasks, count, more, dev)
    made = make(tasks_of(scenes)[0], asked, out_file, workers, partial(err.print, highlight=False, soft_wrap=True))
    if json:
        print_json({"rollouts": made, "file": str(out_file)})
    else:
        err.print(f"{made} rollouts in {out_file}")


@app.command()
def curve(
    data: Annotated[Path, typer.Option(help="Rollouts, as `learning actions` makes them.")],
    chosen: Annotated[Path, typer.Option(help="chosen.json of a training.")],
    out_dir: OutDir,
    scenes: Scenes = None,
    json: Json = False,
) -> None:
    """Run what a value network chose after so many steps of its training: what that is worth to each goal, as numbers
    and as a picture."""
    needing_box2d()
    from ..learning.value.curve import LABELS, write_curve

    found = write_curve(tasks_of(scenes)[0], data, chosen, out_dir)
    if json:
        print_json(found)
        return
    table = Table("steps", *(f"{label}: {what}" for label in LABELS.values() for what in WORTH), box=None)
    for name, point in (("chance", found["random"]), *((str(point["step"]), point) for point in found["points"])):
        table.add_row(name, *(f"{point[who][of]:.3f}" if who in point else "–" for who in LABELS for of in WORTH))
    out.print(table)
    err.print(f"curve and picture: {out_dir}", highlight=False)


@app.command("table")
def table_one(
    data: Annotated[Path, typer.Option(help="Clips of the test split as they truly are; up to frame 1,000 if long.")],
    ours: Annotated[Path | None, typer.Option(help="Clips of the same machines under a coder's scripts.")] = None,
    graph: Annotated[Path | None, typer.Option(help="Weights of a graph network, to be rolled out.")] = None,
    rollouts: Annotated[
        list[Path] | None, typer.Option(help="Predicted videos; of several files, say it again.")
    ] = None,
    count: Annotated[int | None, typer.Option(min=1, help="Machines, instead of all.")] = None,
    read: Annotated[int, typer.Option(min=0, help="Machines followed through all frames and judged; slow.")] = 0,
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
