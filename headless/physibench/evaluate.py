"""Evaluating a coder on a series of machines: one job a machine, in recycled processes."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from addon.coder import CoderError
from addon.engine import EngineError
from addon.jobs import Job, JobError, JobFolder, JobResult, JobSpec, RuleError, run_job
from addon.rewards import DslError
from addon.scene_graph import SceneGraphError, write_text

from .generate import generate
from .machine import Machine

JOBS_A_PROCESS = 25
"""Blender leaks a little with every scene; a fresh process now and then keeps memory flat."""


def evaluate(
    count: int, seed: int, coder: str, out_dir: Path, workers: int = 1, resume: bool = False
) -> dict[str, Any]:
    """Run every machine under what ``coder`` writes and sum up; also kept as ``results.json``.

    ``oracle`` and ``empty`` stand for the machine's own script and none. A machine whose job crashes counts as failed.
    Raises JobError if the folder holds results and ``resume`` is not set.
    """
    from ..coders import resolve

    if coder not in ("oracle", "empty"):
        coder, _ = resolve(coder)
    out_dir.mkdir(parents=True, exist_ok=True)
    if any(out_dir.iterdir()) and not resume:
        raise JobError(f"{out_dir} holds results; use --resume to go on with them, or another --out")
    machines = generate(count, seed)
    todo = [m for m in machines if not (out_dir / m.name / "result.json").exists()]
    for name, reason in track(
        _run_all(todo, coder, out_dir, workers), "machines", len(todo), console=Console(stderr=True)
    ):
        if reason:
            (out_dir / name).mkdir(exist_ok=True)
            write_text(out_dir / name / "failure.txt", reason + "\n")
    summary = summarise(machines, coder, seed, out_dir)
    write_text(out_dir / "results.json", json.dumps(summary, indent=1, sort_keys=True) + "\n")
    return summary


def _run_all(machines: list[Machine], coder: str, out_dir: Path, workers: int) -> Iterator[tuple[str, str | None]]:
    """Names of finished machines with the reason where one failed, from pools of fresh processes batch by batch."""
    size = JOBS_A_PROCESS * workers
    for start in range(0, len(machines), size):
        yield from _run_batch(machines[start : start + size], coder, out_dir, workers)


def _run_batch(machines: list[Machine], coder: str, out_dir: Path, workers: int) -> Iterator[tuple[str, str | None]]:
    """Run machines in one pool; a crashed process costs the machine it was at and the others go on in a new pool."""
    left = list(machines)
    while left:
        crashed = False
        with _pool(workers) as pool:
            futures: dict[Future[str | None], Machine] = {pool.submit(run_machine, m, coder, out_dir): m for m in left}
            for future in as_completed(futures):
                machine = futures[future]
                try:
                    reason = future.result()
                except BrokenProcessPool:
                    crashed = True
                    continue
                left.remove(machine)
                yield machine.name, reason
        if crashed:
            # The pool does not tell which task broke it; one machine alone in the next pool settles it.
            machine = left.pop(0)
            yield machine.name, _alone(machine, coder, out_dir)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Its own recycling, `max_tasks_per_child`, stands still when more tasks wait than the first processes may do.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_own_path)


def _alone(machine: Machine, coder: str, out_dir: Path) -> str | None:
    with _pool(1) as pool:
        try:
            return pool.submit(run_machine, machine, coder, out_dir).result()
        except BrokenProcessPool:
            return "the process of this machine crashed"


def _own_path() -> None:
    """Drop what bpy has put on the path of the parent: there its helper modules would hide the module itself."""
    sys.path[:] = [p for p in sys.path if Path(p).parent.name != "scripts"]


def run_machine(machine: Machine, coder: str, out_dir: Path) -> str | None:
    """One machine's job, in this process. Returns the reason if it could not be done."""
    from addon.engine.blender import BlenderEngine

    from ..coders import open_coder

    folder = out_dir / machine.name
    script = folder.with_suffix(".oracle.py")
    name = {"empty": "none", "oracle": f"script:{script}" if machine.oracle else "none"}.get(coder, coder)
    if coder == "oracle":
        write_text(script, machine.oracle)
    spec = JobSpec(
        title=machine.name,
        source=f"physibench/{machine.seed}/{machine.index}",
        coder=coder,
        rules=machine.graph.rules,
        assertions=machine.assertions,
        steps=machine.steps,
        seed=machine.seed,
    )
    try:
        with open_coder(name, folder / "answers") as chosen:
            run_job(Job(spec, lambda: BlenderEngine.from_graph(machine.graph), chosen, JobFolder(folder)))
    except (CoderError, EngineError, JobError, RuleError, DslError, SceneGraphError) as error:
        return str(error)
    finally:
        script.unlink(missing_ok=True)
    return None


def summarise(machines: list[Machine], coder: str, seed: int, out_dir: Path) -> dict[str, Any]:
    """Figures over all machines; one without a result counts as failed in every figure of success."""
    results = {m.name: JobFolder(out_dir / m.name).result() for m in machines}
    done = [r for r in results.values() if r is not None]
    logic = {m.name: _logic(results[m.name]) for m in machines}
    held = [a.held for r in done for a in r.metrics.assertions]
    total = sum(len(m.assertions) for m in machines)
    return {
        "coder": coder,
        "model": next((r.model for r in done if r.model), None),
        "prompt_version": next((r.prompt_version for r in done if r.prompt_version), None),
        "engine": sorted({r.engine for r in done}),
        "seed": seed,
        "machines": len(machines),
        "logic_success": sum(logic.values()) / len(machines),
        "assertions_held": sum(held) / total if total else None,
        "volume_drift": max((r.metrics.volume_drift for r in done), default=None),
        "shape_iou": min((r.metrics.shape_iou for r in done), default=None),
        "script_failures": sum(1 for r in done if not r.ok),
        "repairs": sum(r.repairs for r in done),
        "tokens": sum(r.prompt_tokens + r.completion_tokens for r in done),
        "by_kind": _by_kind(machines, logic),
        "failed": [name for name, success in logic.items() if not success],
        "trace_sha256": {name: r.trace_sha256 for name, r in results.items() if r is not None},
    }


def _logic(result: JobResult | None) -> bool:
    return result is not None and bool(result.metrics.logic_success)


def _by_kind(machines: list[Machine], logic: dict[str, bool]) -> dict[str, float]:
    kinds = sorted({m.kind for m in machines})
    return {k: sum(logic[m.name] for m in machines if m.kind == k) / sum(m.kind == k for m in machines) for k in kinds}
