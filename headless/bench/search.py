"""Cost of a search's candidates, the same scene with other numbers, against the bare ``frame_set`` loop."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import asdict, dataclass
from unittest.mock import patch

from addon.engine.bare import bare_loop
from addon.engine.blender import BlenderEngine, blender_build
from addon.jobs import rollout
from addon.jobs.scenes import graph_scene
from addon.jobs.search import SearchSpec, Trial
from addon.jobs.search.open_numbers import Values
from addon.scene_graph import SceneGraph

from .step import Stopwatch, scene, timed

VARY = (
    "Body000.velocity.x=-2..2",
    "Body001.body.restitution=0..1",
    "Body002.location.z=1..3",
    "world.gravity.z=-11..-8",
)
"""Numbers of each kind that a scene can start again with."""

REWARD = "NEARBY_AT('Body000', 1, 1, 0.25, 1)"


@dataclass(frozen=True)
class SearchBench:
    """Median costs of one run as multiples of the bare loop (``frame_set`` alone, 1.0).

    ``candidate_ratio`` is a candidate that starts its scene again, ``rollout_ratio`` the part of that in which it runs,
    and ``anew_ratio`` a candidate that builds its scene.
    """

    bodies: int
    steps: int
    candidates: int
    engine: str
    bare_ms: float
    candidate_ratio: float
    rollout_ratio: float
    anew_ratio: float

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(bodies: int = 20, steps: int = 250, candidates: int = 10) -> SearchBench:
    """Measure ``candidates`` of each kind, in turns, after one to warm up."""
    graph = scene(bodies)
    trial, other = _trial(graph, steps), _trial(graph, steps)
    rows = []
    for number in range(candidates + 1):
        values = tuple(n.value((number + k) % 7 / 7) for k, n in enumerate(trial.space.numbers))
        bare = timed(lambda engine: bare_loop(steps), trial.changed(values)[0])[0]
        with patch.object(BlenderEngine, "again", lambda self, graph: None):
            anew = _seconds(other, values)[0]
        _seconds(trial, values)  # Builds the scene that the next one starts again.
        rows.append((bare, *_seconds(trial, values), anew))
    bare, whole, inside, anew = (statistics.median(column) for column in zip(*rows[1:], strict=True))
    return SearchBench(
        bodies, steps, candidates, blender_build(), 1000 * bare, whole / bare, inside / bare, anew / bare
    )


def _trial(graph: SceneGraph, steps: int) -> Trial:
    spec = SearchSpec(title="bench", source="bench", vary=VARY, rewards=(REWARD,), budget=1, steps=steps)
    return Trial(spec, graph_scene(graph))


def _seconds(trial: Trial, values: Values) -> tuple[float, float]:
    """Seconds of a candidate, and of its rollout. Raises RuntimeError if it fails."""
    inside = Stopwatch()
    with patch.object(sys.modules[Trial.__module__], "rollout", inside.around(rollout)):
        begun = time.perf_counter()
        outcome = trial.run(values)
        seconds = time.perf_counter() - begun
    if outcome.problem:
        raise RuntimeError(outcome.problem)
    return seconds, inside.seconds
