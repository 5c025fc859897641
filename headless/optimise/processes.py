"""Candidates in recycled processes, of this machine or of a cluster: one that crashes or hangs costs only itself."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from addon.jobs.search import Outcome, SearchSpec, Trial
from addon.jobs.search.open_numbers import Values
from addon.jobs.search.search import Evaluate

from ..evaluation.cluster import Cluster
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


def try_sent(spec: SearchSpec, scene: tuple[str, bytes] | None, values: Values) -> Outcome:
    """One candidate on another machine, whose scene is a file of this name and content unless it is bundled."""
    return try_values(spec if scene is None else spec.model_copy(update={"source": _kept(*scene)}), values)


@lru_cache(maxsize=1)
def _kept(name: str, content: bytes) -> str:
    """The path of a file with this content, which is there until the process ends."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder, name)
    path.write_bytes(content)
    return str(path)


@contextmanager
def in_processes(spec: SearchSpec, workers: int, timeout: float = TIMEOUT) -> Iterator[Evaluate]:
    """Run the candidates of a search in so many processes, which end with the context."""
    with closing(Pool(try_values, workers, timeout, RECYCLE)) as pool:
        yield _evaluate(pool, spec)


@contextmanager
def on_cluster(spec: SearchSpec, address: str | None, timeout: float = TIMEOUT) -> Iterator[Evaluate]:
    """Run the candidates of a search on a Ray cluster; see `Cluster`, also for what is raised.

    A scene's file goes along, but not what a .blend links.
    """
    with closing(Cluster(try_sent, address, timeout, RECYCLE)) as cluster:
        path = Path(spec.source)
        scene = cluster.share((path.name, path.read_bytes())) if path.suffix else None  # bundled ones have none
        yield _evaluate(cluster, spec, scene)


def _evaluate(pool: Pool | Cluster, *given: Any) -> Evaluate:
    """Tries candidates in a pool, whose function takes what is given and the values."""

    def evaluate(batch: Sequence[Values]) -> Iterator[tuple[int, Outcome]]:
        for done in pool.run([(*given, values) for values in batch]):
            lost = isinstance(done.value, Lost)
            yield done.index, Outcome(problem=done.value.reason) if lost else done.value

    return evaluate
