"""Candidates in recycled processes: one that crashes or hangs costs only itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache

from addon.jobs.search import Outcome, SearchSpec, Trial
from addon.jobs.search.open_numbers import Values
from addon.jobs.search.search import Evaluate

from ..evaluation.pool import Lost, Pool
from ..scenes import open_scene

RECYCLE = 1000
"""Candidates a process, for Blender leaks a little with every scene that is built anew."""

TIMEOUT = 600.0
"""Seconds that one candidate may take."""


@lru_cache(maxsize=1)
def _trial(spec: SearchSpec) -> Trial:
    """What this process tries candidates with; what Blender says of each file that it opens is nobody's business."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return Trial(spec, open_scene(spec.source, spec.fps, spec.override_animation))


def try_values(spec: SearchSpec, values: Values) -> Outcome:
    """One candidate, in a process of its own."""
    trial = _trial(spec)
    if trial.scene.graph.world.plane is None or spec.script is not None:
        return trial.run(values)
    from .planar import try_planar

    return try_planar(trial, values)


@contextmanager
def in_processes(spec: SearchSpec, workers: int, timeout: float = TIMEOUT) -> Iterator[Evaluate]:
    """Run the candidates of a search in so many processes, which end with the context."""
    with closing(Pool(try_values, workers, timeout, RECYCLE)) as pool:

        def evaluate(batch: Sequence[Values]) -> Iterator[tuple[int, Outcome]]:
            for done in pool.run([(spec, values) for values in batch]):
                lost = isinstance(done.value, Lost)
                yield done.index, Outcome(problem=done.value.reason) if lost else done.value

        yield evaluate
