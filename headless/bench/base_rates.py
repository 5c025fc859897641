"""How often each kind of event happens: the base rates that salience is measured against (`addon.patterns.salience`).

Runs are planar puzzles, with a ball that solves them and with a random one in turn, and PhysiBench's machines and
examples under their own scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

import numpy as np

from addon.patterns import Observation, run_on
from addon.patterns.salience import BaseRates, Kind, strength_of
from addon.trace import Trace

from ..benchmarks.physibench.examples import examples
from ..benchmarks.physibench.generate import SEED as MACHINES
from ..benchmarks.physibench.generate import generate
from ..benchmarks.puzzles.files import load_tasks
from ..benchmarks.runs import drawn, machine_run, puzzle_run

DIGITS = 4


def traces(puzzles: int, machines: int, seed: int) -> Iterator[Trace]:
    """The runs: ``puzzles`` of each template, ``machines`` machines and, with any, every example."""
    rng = Random(seed)
    for number, task in enumerate(load_tasks(count=puzzles) if puzzles else ()):
        yield puzzle_run(task, task.solution if number % 2 and task.solution is not None else drawn(task, rng))
    for machine in (*generate(machines, MACHINES), *examples()) if machines else ():
        yield machine_run(machine)


def base_rates(runs: Iterable[Trace]) -> BaseRates:
    """Rates per movable body and second, and percentiles of strength, over all runs together."""
    found: dict[str, list[float | None]] = {}
    count, seconds = 0, 0.0
    for trace in runs:
        observation = Observation(trace)
        for activation in run_on(observation):
            found.setdefault(activation.uid, []).append(strength_of(activation, observation.scales))
        count += 1
        seconds += float(observation.movable.sum()) * trace.meta.steps / trace.meta.fps
    kinds = {uid: _kind(strengths, seconds) for uid, strengths in sorted(found.items())}
    return BaseRates(runs=count, body_seconds=round(seconds, 1), kinds=kinds)


def _kind(strengths: list[float | None], seconds: float) -> Kind:
    known = [s for s in strengths if s is not None]
    percentiles: list[float] = np.percentile(known, np.arange(0, 101, 10)).tolist() if known else []
    return Kind(rate=_rounded(len(strengths) / seconds), strength=tuple(map(_rounded, percentiles)))


def _rounded(value: float) -> float:
    return float(f"{float(value):.{DIGITS}g}")
