"""Evaluating a coder on a series of machines: one job a machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from addon.coder import CoderError
from addon.engine.protocol import EngineError
from addon.jobs import Job, JobError, JobFolder, JobSpec, RuleError, run_job
from addon.rewards import DslError
from addon.scene_graph import SceneGraphError, write_text

from ... import evaluation
from ...evaluation import TIMEOUT, Benchmark
from ...evaluation.results import write_results
from .machine import Machine
from .results import Results, Row, row_of, summarise

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

    ``coder`` may be one of `STAND_INS`; ``seed`` is that of the intervals and of what is drawn. The rest, and what is
    raised, is that of `evaluation.evaluate`.
    """
    from addon.coder.choose import resolve

    if coder not in STAND_INS:
        coder, _ = resolve(coder)
    given = with_oracles_of_others(machines, seed) if coder == "other" else machines
    rows = evaluation.evaluate(
        Benchmark(given, run_machine, _row),
        coder,
        out_dir,
        workers=workers,
        resume=resume,
        timeout=timeout,
        cluster=cluster,
        address=address,
    )
    done = [result for m in machines if (result := JobFolder(out_dir / m.name).result()) is not None]
    summary = summarise(rows, done, coder, seed)
    write_results(rows, summary, out_dir)
    return summary


def _row(machine: Machine, folder: Path, problem: str) -> Row:
    return row_of(machine, JobFolder(folder).result(), problem)


def with_oracles_of_others(machines: Sequence[Machine], seed: int) -> list[Machine]:
    """The machines, each with the script of another of them, drawn at random; a single one has none."""
    order = random.Random(f"others/{seed}").sample(range(len(machines)), len(machines))
    oracle = {order[k - 1]: machines[order[k]].oracle if len(order) > 1 else "" for k in range(len(order))}
    return [m.model_copy(update={"oracle": oracle[k]}) for k, m in enumerate(machines)]


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
    except (CoderError, EngineError, JobError, RuleError, DslError, SceneGraphError) as error:
        return str(error)
    finally:
        script.unlink(missing_ok=True)
    return None
