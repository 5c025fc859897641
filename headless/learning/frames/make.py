"""Making the clips of many machines: each runs in a process of its own, under its own script or one of a coder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from addon.coder import Coder, CoderError, CodingRequest
from addon.coder.choose import open_coder, resolve
from addon.executor import language_reference
from addon.jobs.rollout import RolloutOptions, rollout
from addon.perception.classes import FPS
from addon.scene_graph import scene_text, write_text

from ...benchmarks.physibench.generate import digest
from ...benchmarks.physibench.machine import Machine
from ...engines import engine_for
from ...evaluation.pool import Lost, run_tasks
from ..errors import LearningError
from .clips import Clip, save_clips
from .record import clip_of

SHARD = 50
"""Machines a file."""

TIMEOUT = 600.0
"""Seconds that one machine may take."""


def make(machines: Sequence[Machine], folder: Path, workers: int = 1) -> list[Path]:
    """Run machines and keep what is seen of them, `SHARD` a file; files of the same machines are not made again.

    Raises LearningError if a machine cannot be run or drawn, or if the folder holds clips of other machines.
    """
    paths = []
    for number in range(0, len(machines), SHARD):
        part = machines[number : number + SHARD]
        path = folder / f"clips_{number // SHARD:03}.npz"
        paths.append(path)
        known = path.with_suffix(".sha256")
        if path.exists() and known.exists():
            if known.read_text(encoding="utf-8").strip() != digest(list(part)):
                raise LearningError(f"{path} holds clips of other machines; choose another --out")
            continue
        save_clips(_recorded(part, workers, f"machines {number} to {number + len(part) - 1}"), path)
        write_text(known, digest(list(part)) + "\n")
    return paths


def prepared(machines: Sequence[Machine], last: int | None = None, coder: str | None = None) -> list[Machine]:
    """The machines, run up to a ``last`` frame in place of their own end, under what a ``coder`` writes of their rules.

    Raises LearningError for a rule that the coder does not understand, and CoderError for a coder that there is not.
    """
    if last is not None:
        steps = [round(last * one.graph.world.fps / FPS) for one in machines]
        machines = [one.model_copy(update={"steps": count}) for one, count in zip(machines, steps, strict=True)]
    if coder is None:
        return list(machines)
    with open_coder(resolve(coder)[0]) as writer:
        if writer is None:
            return [one.model_copy(update={"oracle": ""}) for one in machines]
        return [one.model_copy(update={"oracle": _script(writer, one)}) for one in machines]


def _script(writer: Coder, machine: Machine) -> str:
    graph = machine.graph
    request = CodingRequest(graph, scene_text(graph), graph.rules, dt=graph.world.dt, reference=language_reference())
    try:
        return writer.write(request).script
    except CoderError as problem:
        raise LearningError(f"no script of the rules of {machine.name}: {problem}") from None


def record(machine: Machine) -> Clip:
    """Run one machine in this process. Raises LearningError if its script fails."""
    run = rollout(engine_for(machine.graph), machine.oracle or None, RolloutOptions(machine.steps, machine.seed))
    if run.problem is not None:
        raise LearningError(f"the script of {machine.name} failed: {run.problem}")
    return clip_of(machine, run.trace)


def _recorded(machines: Sequence[Machine], workers: int, what: str) -> Iterator[Clip]:
    """Clips in the order of the machines."""
    found: dict[int, Clip] = {}
    running = run_tasks(record, [(machine,) for machine in machines], workers, TIMEOUT)
    for done in track(running, what, len(machines), console=Console(stderr=True)):
        if isinstance(done.value, Lost):
            raise LearningError(f"{machines[done.index].name} could not be run: {done.value.reason}")
        found[done.index] = done.value
    yield from (found[n] for n in range(len(machines)))
