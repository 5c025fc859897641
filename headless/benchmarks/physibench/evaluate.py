"""Evaluating a coder on a series of machines: one job a machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from addon.coder import Coder
from addon.engine.protocol import EngineError
from addon.jobs import Job, JobError, JobFolder, JobSpec, run_job
from addon.models import AdvisedError
from addon.rewards import DslError
from addon.scene_graph import SceneGraphError, write_text

from ... import evaluation
from ...evaluation import TIMEOUT, Benchmark
from ...evaluation.results import write_results
from .files import need_oracles
from .generate import digest
from .machine import Machine, MachineError
from .results import Results, Row, row_of, summarise

STAND_INS = ("oracle", "other", "empty")
"""Scripts in the place of a coder's: the machine's own, that of another machine drawn at random, none."""


def evaluate(
    machines: Sequence[Machine],
    coder: str,
    out_dir: Path,
    *,
    seed: int,
    series: str = "",
    runs: int = 1,
    fit: int = 0,
    workers: int = 1,
    resume: bool = False,
    timeout: float = TIMEOUT,
    cluster: bool = False,
    address: str | None = None,
) -> Results:
    """Run every machine under what ``coder`` writes, sum up and write the results into ``out_dir``.

    ``coder`` may be one of `STAND_INS`; ``seed`` is that of the intervals and of what is drawn. ``series`` says which
    machines these are, where they are not those of the seed. For a machine with a goal a coder may write up to ``runs``
    scripts, each after a look at what the one before did, and open numbers are found in ``fit`` runs each. The rest is
    that of `evaluation.evaluate`. Raises MachineError if machines have no script for a stand-in to run, and what
    `evaluation.evaluate` raises.
    """
    from addon.coder.choose import resolve

    if coder not in STAND_INS:
        coder, _ = resolve(coder)
    given = _given(machines, coder, seed)
    rows = evaluation.evaluate(
        Benchmark(given, partial(run_machine, runs=runs, fit=fit), _row, _digest),
        coder,
        out_dir,
        workers=workers,
        resume=resume,
        timeout=timeout,
        cluster=cluster,
        address=address,
    )
    done = [result for m in machines if (result := JobFolder(out_dir / m.name).result()) is not None]
    summary = summarise(rows, done, coder, seed, series)
    write_results(rows, summary, out_dir)
    return summary


def _row(machine: Machine, folder: Path, problem: str) -> Row:
    return row_of(machine, JobFolder(folder).result(), problem)


def _digest(machine: Machine) -> str:
    return digest([machine])


def check_stand_in(machines: Sequence[Machine], coder: str) -> None:
    """Raise MachineError if the machines lack the scripts that a stand-in runs."""
    if coder == "oracle":
        need_oracles(machines, coder)
    if coder == "other" and len([m for m in machines if m.oracle.strip()]) < 2:
        raise MachineError("--coder other runs the scripts of other machines: two of them must have one (oracle)")


def _given(machines: Sequence[Machine], coder: str, seed: int) -> Sequence[Machine]:
    check_stand_in(machines, coder)
    return with_oracles_of_others(machines, seed) if coder == "other" else machines


def with_oracles_of_others(machines: Sequence[Machine], seed: int) -> list[Machine]:
    """The machines, each with the script of another of them that has one, drawn at random; there must be two."""
    rng = random.Random(f"others/{seed}")
    having = [k for k, machine in enumerate(machines) if machine.oracle.strip()]
    order = rng.sample(having, len(having))
    giver = {order[k - 1]: order[k] for k in range(len(order))}
    return [
        m.model_copy(update={"oracle": machines[giver[k] if k in giver else rng.choice(having)].oracle})
        for k, m in enumerate(machines)
    ]


def run_machine(machine: Machine, coder: str, out_dir: Path, runs: int = 1, fit: int = 0) -> str | None:
    """One machine's job, in this process, in which Blender computes in one thread unless it is up already.

    Returns the reason if it could not be done.
    """
    from addon.engine.threads import compute_in_one_thread

    from ...engines import engine_for

    compute_in_one_thread()

    folder = out_dir / machine.name
    aim = {"goal": machine.goal, "attempts": runs, "fit": fit} if machine.goal else {}
    spec = JobSpec(
        **aim,
        title=machine.name,
        source=machine.name,
        coder=coder,
        rules=machine.graph.rules,
        assertions=machine.assertions,
        steps=machine.steps,
        seed=machine.seed,
        report=False,
    )
    try:
        with opened(coder, machine.oracle, folder) as chosen:
            run_job(Job(spec, lambda: engine_for(machine.graph), chosen, JobFolder(folder), keep_answers=True))
    except (AdvisedError, EngineError, JobError, DslError, SceneGraphError) as error:
        return str(error)
    return None


@contextmanager
def opened(coder: str, oracle: str, folder: Path) -> Iterator[Coder | None]:
    """A coder by name, or what stands in for one, as `open_coder` gives it; ``oracle`` is the stand-in's script.

    Answers of a model are kept in the job's ``folder``. Raises what `open_coder` does.
    """
    from addon.coder.choose import open_coder

    if coder not in STAND_INS or coder == "empty" or not oracle:
        with open_coder("none" if coder in STAND_INS else coder, folder / "answers") as chosen:
            yield chosen
        return
    script = folder.parent / f".{folder.name}.oracle.py"
    write_text(script, oracle)
    try:
        with open_coder(f"script:{script}") as chosen:
            yield chosen
    finally:
        script.unlink(missing_ok=True)
