"""Evaluating a coder on a series of machines: one job a machine, in recycled processes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import track

from addon.engine.protocol import EngineError
from addon.jobs import Job, JobError, JobFolder, JobSpec, RuleError, run_job
from addon.models import AdvisedError
from addon.rewards import DslError
from addon.scene_graph import SceneGraphError, write_text

from .cluster import run_on_cluster
from .machine import Machine
from .pool import Done, Lost, run_tasks
from .results import Results, Row, read_timings, row_of, summarise, write_results, write_timings

TIMEOUT = 1800.0
"""Seconds that one machine may take; a small model on a busy machine takes minutes."""

FAILURE = "failure.txt"

STAND_INS = ("oracle", "other", "empty")
"""Scripts in the place of a coder's: the machine's own, that of another machine drawn at random, none."""


def evaluate(
    machines: Sequence[Machine],
    coder: str,
    out_dir: Path,
    *,
    seed: int,
    workers: int = 1,
    resume: bool = False,
    timeout: float = TIMEOUT,
    cluster: bool = False,
    address: str | None = None,
) -> Results:
    """Run every machine under what ``coder`` writes, sum up and write the results into ``out_dir``.

    ``coder`` may be one of `STAND_INS`; ``seed`` is that of the intervals and of what is drawn. A machine
    whose job crashes, takes longer than ``timeout`` seconds or cannot be done counts as failed, and the others go on;
    what is interrupted keeps what is done. With ``cluster`` they run on Ray, at ``address`` or on a cluster that this
    machine starts, instead of in ``workers`` processes. Raises JobError if the folder holds results and ``resume`` is
    not set, or if the cluster cannot be used.
    """
    from addon.coder.choose import resolve

    if coder not in STAND_INS:
        coder, _ = resolve(coder)
    out_dir.mkdir(parents=True, exist_ok=True)
    if any(out_dir.iterdir()) and not resume:
        raise JobError(f"{out_dir} holds results; use --resume to go on with them, or another --out")
    given = with_oracles_of_others(machines, seed) if coder == "other" else machines
    todo = [m for m in given if not (out_dir / m.name / "result.json").exists()]
    tasks = [(m, coder, out_dir) for m in todo]
    on_cluster = cluster and bool(tasks)
    running = (
        run_on_cluster(run_machine, tasks, address, timeout)
        if on_cluster
        else run_tasks(run_machine, tasks, workers, timeout)
    )
    with closing(running) as done:
        _keep(todo, done, out_dir)
    return collect(machines, coder, out_dir, seed)


def with_oracles_of_others(machines: Sequence[Machine], seed: int) -> list[Machine]:
    """The machines, each with the script of another of them, drawn at random; a single one has none."""
    order = random.Random(f"others/{seed}").sample(range(len(machines)), len(machines))
    oracle = {order[k - 1]: machines[order[k]].oracle if len(order) > 1 else "" for k in range(len(order))}
    return [m.model_copy(update={"oracle": oracle[k]}) for k, m in enumerate(machines)]


def _keep(machines: Sequence[Machine], done: Iterator[Done], out_dir: Path) -> None:
    """Note the end of each machine as it comes."""
    timings = read_timings(out_dir)
    for task in track(done, "machines", len(machines), console=Console(stderr=True)):
        machine = machines[task.index]
        problem = task.value.reason if isinstance(task.value, Lost) else task.value
        if problem:
            (out_dir / machine.name).mkdir(exist_ok=True)
            write_text(out_dir / machine.name / FAILURE, problem + "\n")
        else:
            (out_dir / machine.name / FAILURE).unlink(missing_ok=True)
        timings[machine.name] = task.seconds
        write_timings(timings, out_dir)


def run_machine(machine: Machine, coder: str, out_dir: Path) -> str | None:
    """One machine's job, in this process. Returns the reason if it could not be done."""
    from addon.coder.choose import open_coder
    from addon.engine.blender import BlenderEngine

    folder = out_dir / machine.name
    script = folder.with_suffix(".oracle.py")
    name = coder
    if coder in STAND_INS:
        name = "none"
        if coder != "empty" and machine.oracle:
            name = f"script:{script}"
            write_text(script, machine.oracle)
    spec = JobSpec(
        title=machine.name,
        source=f"physibench/{machine.seed}/{machine.index}",
        coder=coder,
        rules=machine.graph.rules,
        assertions=machine.assertions,
        steps=machine.steps,
        seed=machine.seed,
        report=False,
    )
    try:
        with open_coder(name, folder / "answers") as chosen:
            run_job(Job(spec, lambda: BlenderEngine.from_graph(machine.graph), chosen, JobFolder(folder)))
    except (AdvisedError, EngineError, JobError, RuleError, DslError, SceneGraphError) as error:
        return str(error)
    finally:
        script.unlink(missing_ok=True)
    return None


def collect(machines: Sequence[Machine], coder: str, out_dir: Path, seed: int) -> Results:
    """Sum up what is in the folder and write it there; machines without a result count as failed."""
    results = {m.name: JobFolder(out_dir / m.name).result() for m in machines}
    rows: list[Row] = [row_of(m, results[m.name], _problem(out_dir / m.name)) for m in machines]
    summary = summarise(rows, [r for r in results.values() if r is not None], coder, seed)
    write_results(rows, summary, out_dir)
    return summary


def _problem(folder: Path) -> str:
    path = folder / FAILURE
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
