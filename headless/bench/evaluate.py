"""Cost of evaluating the benchmark against the bare ``frame_set`` loops of the same scenes, and its memory."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Literal

from addon.coder import CodingRequest
from addon.coder.choose import open_coder
from addon.executor import language_reference
from addon.scene_graph import scene_text

from ..benchmarks.physibench.evaluate import run_machine
from ..benchmarks.physibench.generate import SEED, generate
from ..benchmarks.physibench.machine import Machine
from ..evaluation import TIMEOUT
from ..evaluation.pool import TASKS_A_PROCESS, Done, Lost, run_tasks

Scripts = Literal["readings", "oracle"]
"""What runs: the scripts that words make of the machines' rules, or those that the machines come with."""

CODER = "oracle"
"""Scripts are at hand before the clock starts: a coder that does not understand a rule would have nothing run, and seem
quick."""


@dataclass(frozen=True)
class EvaluateBench:
    """Figures of one run: ``ratio`` is the evaluation's time over the bare loops' time divided by the workers.

    Memory is the peak of the process that had done one machine, and of those that had done ``TASKS_A_PROCESS``, or
    the most that any did, in MB; ``shared_mb`` of it are files, most of them Blender's, that all processes share (0
    where the system does not tell).
    """

    machines: int
    steps: int
    scripts: Scripts
    workers: int
    bare_seconds: float
    evaluation_seconds: float
    ratio: float
    first_mb: float
    last_mb: float
    shared_mb: float
    tasks_a_process: int
    failed: int

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(count: int, workers: int, scripts: Scripts = "readings") -> EvaluateBench:
    """Step ``count`` machines bare, one after the other in one process, then evaluate them with ``workers``.

    Raises CoderError if words do not settle a rule of a machine.
    """
    machines = generate(count, SEED)
    if scripts == "readings":
        machines = with_readings(machines)
    bare = [done.value for done in run_tasks(bare_machine, [(m,) for m in machines], 1, TIMEOUT)]
    if lost := [value.reason for value in bare if isinstance(value, Lost)]:
        raise RuntimeError(lost[0])
    with tempfile.TemporaryDirectory() as folder:
        tasks = [(machine, CODER, Path(folder)) for machine in machines]
        begun = time.perf_counter()
        done = list(run_tasks(weighed_machine, tasks, workers, TIMEOUT))
        seconds = time.perf_counter() - begun
    first, last, shared = _memory(done)
    return EvaluateBench(
        machines=len(machines),
        steps=sum(m.steps for m in machines),
        scripts=scripts,
        workers=workers,
        bare_seconds=sum(bare),
        evaluation_seconds=seconds,
        ratio=seconds / (sum(bare) / workers),
        first_mb=first,
        last_mb=last,
        shared_mb=shared,
        tasks_a_process=TASKS_A_PROCESS,
        failed=sum(isinstance(d.value, Lost) or bool(d.value[0]) for d in done),
    )


def with_readings(machines: Sequence[Machine]) -> list[Machine]:
    """The machines with what words make of their rules as their own scripts. Raises CoderError."""
    return [machine.model_copy(update={"oracle": _script(machine)}) for machine in machines]


def _script(machine: Machine) -> str:
    graph = machine.graph
    request = CodingRequest(graph, scene_text(graph), graph.rules, dt=graph.world.dt, reference=language_reference())
    with open_coder("template") as coder:
        assert coder is not None
        return coder.write(request).script


def bare_machine(machine: Machine) -> float:
    """Build one machine's scene and step it by ``frame_set`` alone; returns the seconds of the loop."""
    from addon.engine.threads import compute_in_one_thread

    compute_in_one_thread()
    from addon.engine.bare import bare_loop
    from addon.engine.blender import BlenderEngine

    BlenderEngine.from_graph(machine.graph)
    begun = time.perf_counter()
    bare_loop(machine.steps)
    return time.perf_counter() - begun


_done = 0


def weighed_machine(machine: Machine, coder: str, folder: Path) -> tuple[str | None, int, float, float]:
    """One machine's job; returns its problem, how many this process has done, and the process's peak memory in MB, and
    what it shares with others."""
    global _done
    problem = run_machine(machine, coder, folder)
    _done += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return problem, _done, peak / (1e6 if sys.platform == "darwin" else 1e3), _shared()


def _shared() -> float:
    """Memory of this process that are pages of files, in MB."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) / 1e3 for line in lines if line.startswith("RssFile:"))


def _memory(done: Sequence[Done]) -> tuple[float, float, float]:
    """Mean peak of processes after their first machine, and after the last that any of them did, and what it shares."""
    peaks: dict[int, list[tuple[float, float]]] = {}
    for task in done:
        if not isinstance(task.value, Lost):
            _, number, peak, shared = task.value
            peaks.setdefault(number, []).append((peak, shared))
    if not peaks:
        return 0.0, 0.0, 0.0
    first, last = peaks[min(peaks)], peaks[max(peaks)]
    return fmean(p for p, _ in first), fmean(p for p, _ in last), fmean(s for _, s in last)
