"""Evaluating a coder on free rules: one job a rule."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from addon.coder import CoderError
from addon.engine.protocol import EngineError
from addon.jobs import Job, JobError, JobFolder, JobSpec, make_folder, run_job
from addon.models import AdvisedError
from addon.scene_graph import SceneGraphError, write_text

from .... import evaluation
from ....evaluation import TIMEOUT, Benchmark
from ....evaluation.contract import DONE
from ....evaluation.results import write_results
from ..evaluate import opened
from .results import FreeResults, Refusal, row_of, summarise
from .tasks import FreeTask

STAND_INS = ("oracle", "empty")
"""Scripts in the place of a coder's: the rule's own, which refuses what must be refused, or none."""

REFUSED = ("rule", "cannot")
"""Kinds of CoderError that say that a rule is not understood, or that it cannot be done."""


def evaluate(
    tasks: Sequence[FreeTask],
    coder: str,
    out_dir: Path,
    *,
    seed: int,
    workers: int = 1,
    resume: bool = False,
    timeout: float = TIMEOUT,
    cluster: bool = False,
    address: str | None = None,
) -> FreeResults:
    """Run every rule as ``coder`` understands it, judge the traces, sum up and write the results into ``out_dir``.

    ``coder`` may be one of `STAND_INS`; ``seed`` is that of the intervals. The rest is that of `evaluation.evaluate`,
    as is what it raises.
    """
    from addon.coder.choose import resolve

    if coder not in STAND_INS:
        coder, _ = resolve(coder)
    rows = evaluation.evaluate(
        Benchmark(tasks, run_rule, row_of, _digest),
        coder,
        out_dir,
        workers=workers,
        resume=resume,
        timeout=timeout,
        cluster=cluster,
        address=address,
    )
    summary = summarise(rows, coder, seed)
    write_results(rows, summary, out_dir)
    return summary


def _digest(task: FreeTask) -> str:
    told = (task.rule.model_dump_json(exclude_defaults=True), task.graph.model_dump_json(exclude_defaults=True))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def run_rule(task: FreeTask, coder: str, out_dir: Path) -> str | None:
    """One rule's job, in this process. Returns the reason if it could not be done; a refusal is an outcome."""
    from ....engines import engine_for

    folder = out_dir / task.name
    if coder == "oracle" and task.rule.want == "refuse":
        _refuse(folder, task.rule.why)
        return None
    spec = JobSpec(
        title=task.name,
        source=task.name,
        coder=coder,
        rules=(task.rule.text,),
        steps=task.rule.steps,
        report=False,
    )
    try:
        with opened(coder, task.rule.script, folder) as chosen:
            run_job(Job(spec, lambda: engine_for(task.graph), chosen, JobFolder(folder), keep_answers=True))
    except CoderError as error:
        if error.kind not in REFUSED:
            return str(error)
        _refuse(folder, error.reason)
    except (AdvisedError, EngineError, JobError, SceneGraphError) as error:
        return str(error)
    return None


def _refuse(folder: Path, reason: str) -> None:
    make_folder(folder)
    write_text(folder / DONE, Refusal(refused=reason).model_dump_json(indent=1) + "\n")
