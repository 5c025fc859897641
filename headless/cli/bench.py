"""``bench``: speed as ratios in one run, and whether runs repeat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.table import Table

from .inputs import check_file
from .output import engine_words_to_stderr, err, out, print_json

app = typer.Typer(help="Measure speed against a bare engine loop, as ratios in one run.", no_args_is_help=True)

Bodies = Annotated[int, typer.Option(min=5, max=500, help="Objects in the scene.")]


@app.callback()
def group() -> None:
    """Measure speed against a bare engine loop, as ratios in one run."""


@app.command()
def step(
    bodies: Bodies = 20,
    steps: Annotated[int, typer.Option(min=10, help="Steps of each run.")] = 1000,
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one to warm up.")] = 5,
    forced: Annotated[int, typer.Option(min=0, help="Bodies on which a script exerts forces, to compare.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Cost of a recorded, scripted rollout as a multiple of the bare frame_set loop on the same scene."""
    from ..bench.step import run

    if forced > bodies - 2:
        raise typer.BadParameter(f"{bodies} objects are {bodies - 2} bodies that fall", param_hint="--forced")
    with engine_words_to_stderr():
        result = run(bodies, steps, rounds, forced)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("bare loop", f"{result.bare_steps_per_second:.0f} steps/s, {bodies} bodies, {result.engine}")
    table.add_row(
        "recorded run by readings", f"{result.read_alone_ratio:.2f} x bare loop, script called {result.calls} times"
    )
    table.add_row("with contacts of all pairs", f"{result.read_ratio:.2f} x bare loop")
    table.add_row("recorded run of a free script", f"{result.free_alone_ratio:.2f} x bare loop, called in every step")
    table.add_row("with contacts of all pairs", f"{result.free_ratio:.2f} x bare loop")
    if result.forced_ratio is not None:
        table.add_row(f"with forces on {forced} bodies", f"{result.forced_ratio:.2f} x the same without")
    out.print(table)


@app.command()
def search(
    bodies: Bodies = 20,
    steps: Annotated[int, typer.Option(min=10, help="Steps of each run.")] = 250,
    candidates: Annotated[int, typer.Option(min=1, help="Measured candidates, after one to warm up.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Cost of a search's candidate, the same scene with other numbers, as a multiple of the bare frame_set loop."""
    from ..bench.search import run

    with engine_words_to_stderr():
        result = run(bodies, steps, candidates)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("bare loop", f"{result.bare_ms:.1f} ms, {bodies} bodies, {steps} steps, {result.engine}")
    table.add_row("candidate that starts the scene again", f"{result.candidate_ratio:.2f} x bare loop")
    table.add_row("of that, the rollout", f"{result.rollout_ratio:.2f} x bare loop")
    table.add_row("candidate that builds the scene", f"{result.anew_ratio:.2f} x bare loop")
    out.print(table)


@app.command()
def compare(
    bodies: Bodies = 20,
    steps: Annotated[int, typer.Option(min=10, help="Steps of each run.")] = 1000,
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one to warm up.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """The same pile in PyBullet and MuJoCo: steps a second of each, of the bare loop and of a recorded rollout."""
    from ..bench.compare import run

    with engine_words_to_stderr():
        result = run(bodies, steps, rounds)
    if json:
        print_json(result.as_dict())
        return
    bare = result.speeds[0].steps_per_second
    table = Table("engine", "steps/s", "x bare loop's time", "mean height at the end", box=None)
    for speed in result.speeds:
        height = "" if speed.height is None else f"{speed.height:.3f} m"
        slower = f"{bare / speed.steps_per_second:.2f}"
        table.add_row(speed.name, f"{speed.steps_per_second:.0f}", slower, height)
    out.print(table)
    out.print(f"{result.bodies} bodies, {result.substeps} substeps a step; {result.engine}", highlight=False)
    for told in result.missing:
        err.print(told, highlight=False)


@app.command()
def executor(
    steps: Annotated[int, typer.Option(min=10, help="Steps of each measurement.")] = 1000,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Cost of the script executor against plain exec, of a round trip to its process and of a start."""
    from ..bench.executor import run

    result = run(steps)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    for count, ratio in result.guarded_ratio.items():
        table.add_row(f"step over {count} bodies, in one process", f"{ratio:.2f} x plain exec")
    table.add_row("tight loop of 1,000 rounds", f"{result.loop_ratio:.2f} x plain exec")
    for count, milliseconds in result.round_trip_ms.items():
        table.add_row(f"round trip to the worker, {count} bodies", f"{milliseconds:.3f} ms")
    table.add_row("start of a worker", f"{result.start_s:.3f} s")
    out.print(table)


@app.command()
def evaluate(
    count: Annotated[int, typer.Option(min=1, help="Machines.")] = 60,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 2,
    scripts: Annotated[
        Literal["readings", "oracle"], typer.Option(help="What words make of the rules, or the machines' own scripts.")
    ] = "readings",
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Time of an evaluation as a multiple of the bare frame_set loops divided by the workers, and its memory."""
    from ..bench.evaluate import run

    result = run(count, workers, scripts)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("bare loops", f"{result.bare_seconds:.0f} s in one process, {result.steps} steps")
    table.add_row("scripts", result.scripts)
    table.add_row(f"evaluation, {workers} processes", f"{result.evaluation_seconds:.0f} s, {result.failed} not done")
    table.add_row("evaluation", f"{result.ratio:.2f} x bare loops / {workers}")
    memory = f"{result.first_mb:.0f} MB after one machine, {result.last_mb:.0f} MB before it is replaced"
    if result.shared_mb:
        memory += f", of which {result.shared_mb:.0f} MB of files that all share"
    table.add_row("peak memory of a process", memory)
    out.print(table)


@app.command()
def puzzles(
    tasks: Annotated[int, typer.Option(min=1, max=100, help="Tasks of each of the 25 templates.")] = 2,
    actions: Annotated[int, typer.Option(min=1, help="Random valid actions tried on each.")] = 4,
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds.")] = 3,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random actions.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Rollouts of puzzles a second on one core, each judged by its goal, and the bare steps of the same worlds."""
    from ..bench.puzzles import run

    result = run(tasks, actions, rounds, seed)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("rollouts", f"{result.rollouts} of {result.templates} templates, {result.engine}")
    table.add_row("steps of one", f"{result.mean_steps:.0f} on average; {100 * result.solved:.1f} % reach the goal")
    table.add_row("judged by the goal", f"{result.outcomes_per_second:.0f} a second")
    table.add_row("gap followed, too", f"{result.probes_per_second:.0f} a second")
    table.add_row("bare steps of the same worlds", f"{result.bare_per_second:.0f} a second")
    table.add_row("slowest template", f"{result.slowest_template}, {result.slowest_per_second:.0f} a second")
    out.print(table)


@app.command()
def patterns(
    bodies: Bodies = 20,
    steps: Annotated[int, typer.Option(min=10, help="Steps of the simulation compared with.")] = 1000,
    rounds: Annotated[int, typer.Option(min=1, help="Measured rounds, after one to warm up.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Cost of all pattern detectors against the simulation, over frames and bodies, and in memory."""
    from ..bench.patterns import run

    with engine_words_to_stderr():
        result = run(bodies, steps, rounds)
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("run", f"{steps} steps, {bodies} bodies, {result.activations} activations, {result.engine}")
    table.add_row("detectors", f"{result.detectors_of_bare_loop:.2f} x bare loop")
    table.add_row("contacts and events", f"{result.contacts_of_bare_loop:.2f} x bare loop")
    table.add_row("both together", f"{result.whole_of_bare_loop:.2f} x bare loop")
    table.add_row("both together", f"{result.whole_of_rollout:.2f} x recorded rollout without contacts")
    for cost in (*result.frames, *result.over_bodies):
        size = f"{cost.frames} frames, {cost.bodies} bodies, {cost.contacts} contacts"
        table.add_row(size, f"{1000 * cost.seconds:.1f} ms")
    table.add_row("exponent over frames", f"{result.frames_exponent:.2f} (linear: 1)")
    table.add_row("exponent over bodies", f"{result.bodies_exponent:.2f} (n log n: {result.n_log_n:.2f})")
    table.add_row(f"d_p of all pairs of {result.distance_runs} runs", f"{result.distance_seconds:.3f} s")
    table.add_row("peak memory", f"{result.peak_of_trace:.2f} x the trace's {result.trace_bytes / 1e6:.1f} MB")
    out.print(table)


@app.command()
def repeat(
    count: Annotated[int, typer.Option(min=2, help="Runs of each scene.")] = 50,
    steps: Annotated[int, typer.Option(min=1, help="Steps of each run.")] = 120,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than cores, to crowd each other.")] = 4,
    only: Annotated[Literal["examples", "stages", "keyed"] | None, typer.Option(help="Only these scenes.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Whether the same job gives the same bytes: examples, each kind of stage and keyed bodies, run again and again.

    Exit code 1 if the runs of a scene differ.
    """
    from ..bench.repeat import run

    result = run(count, steps, workers, (only,) if only else ("examples", "stages", "keyed"))
    if json:
        print_json(result.as_dict())
    else:
        runs = sum(scene.runs for scene in result.scenes)
        out.print(f"{len(result.scenes)} scenes, {runs} runs of {steps} steps: {len(result.differing)} scenes differ")
    for scene in result.differing:
        reasons = "".join(f"; {reason}" for reason in scene.lost)
        err.print(f"{scene.group} {scene.name}: {scene.traces} traces in {scene.runs} runs{reasons}", highlight=False)
    if result.differing:
        raise typer.Exit(1)


@app.command()
def scheduler(
    runs: Annotated[int, typer.Option(min=1, help="Runs in all.")] = 1_000_000,
    nodes: Annotated[list[int] | None, typer.Option(min=1, help="Nodes; repeatable. Default: 10, 40, 160.")] = None,
    cores: Annotated[int, typer.Option(min=1, help="Cores of a node.")] = 16,
    batch: Annotated[
        list[int] | None, typer.Option(min=1, help="Runs of a batch; repeatable. Default: 5, 25, 100, 500.")
    ] = None,
    crash: Annotated[float, typer.Option(help="Share of the runs that crash.")] = 1e-4,
    node_days: Annotated[float, typer.Option(help="Days between two failures of a node; 0 for none.")] = 30.0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of run times and failures.")] = 0,
    times: Annotated[
        Path | None, typer.Option(help="Folder of an evaluation with the runs' times. Default: 20 machines, measured.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Many runs on many nodes, simulated: time, share of it that goes into results, and work lost."""
    from ..bench.scheduler import MEASURED, Plan, simulate

    seconds = MEASURED if times is None else _times(times)
    sizes = [(n, b) for n in nodes or (10, 40, 160) for b in batch or (5, 25, 100, 500)]
    try:
        plans = [Plan(runs, n, cores, b, crash=crash, node_days=node_days, seed=seed) for n, b in sizes]
        found = [(plan, simulate(plan, seconds)) for plan in plans]
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    if json:
        print_json([{"nodes": plan.nodes, "batch": plan.batch, **one.as_dict()} for plan, one in found])
        return
    head = ("into results", "crashed", "starts", "lost", "nodes away", "idle")
    table = Table("nodes", "batch", "hours", *head, "nodes failed", box=None)
    for plan, one in found:
        total = plan.nodes * plan.cores * one.makespan
        parts = (one.useful, one.crashed, one.overhead, one.lost, one.down, one.idle)
        shares = (f"{100 * part / total:.1f} %" for part in parts)
        hours = f"{one.makespan / 3600:.2f}"
        table.add_row(str(plan.nodes), str(plan.batch), hours, *shares, str(one.node_failures))
    out.print(table)


def _times(folder: Path) -> tuple[float, ...]:
    """Seconds of an evaluation's runs. Raises BadParameter if the folder has none."""
    from ..evaluation.names import TIMINGS
    from ..evaluation.results import read_timings

    if seconds := tuple(read_timings(folder).values()):
        return seconds
    told = f"{folder} holds no times of an evaluation ({TIMINGS} is missing or broken); give the folder of one"
    raise typer.BadParameter(told, param_hint="--times")


Puzzles = Annotated[int, typer.Option(min=0, help="Puzzles of each of the 25 templates.")]
Machines = Annotated[int, typer.Option(min=0, help="Machines; with any, the bundled examples too.")]


@app.command("base-rates")
def base_rates(
    puzzles: Puzzles = 2,
    machines: Machines = 30,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random actions.")] = 0,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="File for the rates. Default: the one that the program reads.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the rates as JSON.")] = False,
) -> None:
    """Measure how often each kind of event happens, which is what an event's surprise is reckoned from."""
    from addon.patterns.salience import RATES, dumped
    from addon.scene_graph import write_text

    from ..bench.base_rates import base_rates as measure
    from ..bench.base_rates import traces

    if not puzzles and not machines:
        raise typer.BadParameter("there must be runs to measure", param_hint="--puzzles, --machines")
    if out_file is not None:
        check_file(out_file, "--out")
    with engine_words_to_stderr():
        found = measure(traces(puzzles, machines, seed))
    write_text(out_file or RATES, dumped(found))
    if json:
        print_json(found.model_dump(mode="json"))
        return
    table = Table("event", "per body and minute", "surprise", box=None)
    for uid, kind in sorted(found.kinds.items(), key=lambda item: -item[1].rate):
        table.add_row(uid, f"{60 * kind.rate:.3g}", f"{found.surprise(uid):.1f} bits")
    out.print(table)
    err.print(f"{found.runs} runs, {found.body_seconds:.0f} body seconds: {out_file or RATES}", highlight=False)


@app.command()
def salience(
    puzzles: Puzzles = 2,
    machines: Machines = 30,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random actions; that of the rates is 0.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """In how many lines runs are told, whether an outcome is lost, and how much hangs on the constants."""
    from ..bench.base_rates import traces
    from ..bench.salience import run

    if not puzzles and not machines:
        raise typer.BadParameter("there must be runs to tell", param_hint="--puzzles, --machines")
    with engine_words_to_stderr():
        result = run(traces(puzzles, machines, seed))
    if json:
        print_json(result.as_dict())
        return
    table = Table("figure", "value", box=None)
    table.add_row("events of a run", f"median {result.events:g}, at most {result.most_events}, {result.runs} runs")
    table.add_row("lines told", f"median {result.lines:g}, at most {result.most_lines}")
    table.add_row("outcomes", f"{result.outcomes}, in no line: {result.lost}")
    for name, share in result.same.items():
        table.add_row(f"the same lines with {name}", f"{100 * share:.1f} %")
    out.print(table)
