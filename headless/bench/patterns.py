"""Cost of the pattern library: against the simulation, over frames and bodies, in memory; and of d_p over many runs.

Traces over 250 to 8,000 frames repeat one recorded trace, so that the events grow with the frames; traces over 8 to
128 bodies are recorded from piles whose contacts grow linearly.
"""

from __future__ import annotations

import math
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from scipy.sparse import csc_array

from addon.engine.bare import bare_loop
from addon.engine.blender import blender_build
from addon.jobs import RolloutOptions, rollout
from addon.patterns import run as find
from addon.patterns.annotation import Annotation, annotate
from addon.patterns.distance import occurrence_histograms, pattern_distances
from addon.scene_graph import RigidBody, SceneGraph, World
from addon.trace import ContactColumns, Trace

from .step import body, scene, timed, timed_rollout

FRAMES = (250, 500, 1000, 2000, 4000, 8000)
BODIES = (8, 16, 32, 64, 128)
FIT_BODIES = 20
FIT_FRAMES = 250
RUNS = 200


@dataclass(frozen=True)
class Cost:
    """Seconds of all detectors on a trace of this many frames, bodies and contact points."""

    frames: int
    bodies: int
    contacts: int
    seconds: float


@dataclass(frozen=True)
class PatternBench:
    """Medians of one run. Ratios are multiples of the bare ``frame_set`` loop and of the recorded rollout without
    contacts; exponents are slopes of log cost over log size (1: linear; n log n over these bodies: `n_log_n`)."""

    bodies: int
    steps: int
    rounds: int
    engine: str
    activations: int
    detectors_of_bare_loop: float
    contacts_of_bare_loop: float
    whole_of_bare_loop: float
    whole_of_rollout: float
    frames: tuple[Cost, ...]
    frames_exponent: float
    over_bodies: tuple[Cost, ...]
    bodies_exponent: float
    n_log_n: float
    distance_runs: int
    distance_seconds: float
    trace_bytes: int
    peak_of_trace: float

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(bodies: int = 20, steps: int = 1000, rounds: int = 5) -> PatternBench:
    """Measure; costs are medians over ``rounds``, ratios are taken within a round, after one round to warm up."""
    graph = scene(bodies)
    rows: list[tuple[float, ...]] = []
    for number in range(rounds + 1):
        bare, _ = timed(lambda engine: bare_loop(steps), graph)
        contacts, whole, done = timed_rollout(graph, steps)
        trace = done.trace
        own = _seconds(partial(find, trace))
        if number:
            both = contacts + own
            rows.append((own / bare, contacts / bare, both / bare, both / (whole - contacts)))
    detectors, contacts, both, of_rollout = (statistics.median(column) for column in zip(*rows, strict=True))
    over_frames = _over_frames(rounds)
    over_bodies = _over_bodies(rounds)
    annotation = annotate(trace)
    size = trace_bytes(trace)
    return PatternBench(
        bodies=bodies,
        steps=steps,
        rounds=rounds,
        engine=blender_build(),
        activations=len(annotation.activations),
        detectors_of_bare_loop=detectors,
        contacts_of_bare_loop=contacts,
        whole_of_bare_loop=both,
        whole_of_rollout=of_rollout,
        frames=over_frames,
        frames_exponent=exponent([(c.frames, c.seconds) for c in over_frames]),
        over_bodies=over_bodies,
        bodies_exponent=exponent([(c.bodies, c.seconds) for c in over_bodies]),
        n_log_n=exponent([(n, n * math.log(n)) for n in BODIES]),
        distance_runs=RUNS,
        distance_seconds=_distance_seconds(annotation),
        trace_bytes=size,
        peak_of_trace=peak_bytes(partial(find, trace)) / size,
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _cost(trace: Trace, rounds: int) -> Cost:
    seconds = statistics.median(_seconds(partial(find, trace)) for _ in range(rounds))
    return Cost(len(trace.position), len(trace.bodies), len(trace.contacts), seconds)


def _over_frames(rounds: int) -> tuple[Cost, ...]:
    trace = _simulated(scene(FIT_BODIES))
    return tuple(_cost(repeated(trace, frames // FIT_FRAMES), rounds) for frames in FRAMES)


def _over_bodies(rounds: int) -> tuple[Cost, ...]:
    return tuple(_cost(_simulated(piles(count)), rounds) for count in BODIES)


def piles(bodies: int) -> SceneGraph:
    """A floor and bodies in pairs far from each other, a ball above a box, so that contacts grow with the bodies."""
    objects = [body("Floor", "cube", (80, 80, 1), (0, 0, -0.5), RigidBody(type="PASSIVE", shape="BOX"))]
    for i in range(bodies - 1):
        place, ball = i // 2, i % 2 == 1
        at = (3.0 * (place % 8) - 12 + 0.05 * place * ball, 3.0 * (place // 8) - 12, 0.6 + ball)
        kind, shape = ("sphere", "SPHERE") if ball else ("cube", "BOX")
        settings = RigidBody.model_validate({"shape": shape, "restitution": 0.3})
        objects.append(body(f"Body{i:03d}", kind, (0.5, 0.5, 0.5), at, settings))
    return SceneGraph(name="piles", world=World(fps=60.0), objects=tuple(objects))


def _simulated(graph: SceneGraph) -> Trace:
    _, run = timed(lambda engine: rollout(engine, None, RolloutOptions(steps=FIT_FRAMES - 1)), graph)
    return run.trace


def repeated(trace: Trace, times: int) -> Trace:
    """The trace played ``times`` times in a row, with its contacts and events."""
    frames = len(trace.position)
    arrays: dict[str, Any] = {
        name: np.concatenate([array] * times)
        for name, array in trace.arrays().items()
        if not name.startswith("contact_")
    }
    columns = {
        name.removeprefix("contact_"): np.concatenate([array] * times)
        for name, array in trace.arrays().items()
        if name.startswith("contact_")
    }
    columns["frame"] += np.repeat(np.arange(times, dtype=np.int32) * frames, len(trace.contacts))
    events = [
        event.model_copy(update={"frame": event.frame + k * frames, "time": event.time + k * frames / trace.meta.fps})
        for k in range(times)
        for event in trace.events
        if event.uid != "TaskComplete" or k == times - 1
    ]
    meta = trace.meta.model_copy(update={"steps": frames * times - 1})
    return replace(trace, meta=meta, contacts=ContactColumns(**columns), events=events, **arrays)


def exponent(points: list[tuple[float, float]]) -> float:
    """Slope of the least-squares line through the logarithms of (size, cost)."""
    size, cost = np.log(np.array(points, dtype=float)).T
    return float(np.polyfit(size, cost, 1)[0])


def _distance_seconds(annotation: Annotation) -> float:
    """Seconds for d_p over all pairs of `RUNS` copies of an annotation, shifted in time."""
    rng = np.random.default_rng(0)
    matrix = annotation.matrix().tocoo()
    frames = matrix.shape[0]
    copies = [
        csc_array((matrix.data, ((matrix.row + shift) % frames, matrix.col)), shape=matrix.shape)
        for shift in rng.integers(frames, size=RUNS)
    ]

    def all_pairs() -> None:
        histograms = occurrence_histograms(copies)
        pattern_distances(histograms, histograms)

    return _seconds(all_pairs)


def trace_bytes(trace: Trace) -> int:
    """Size of a trace's arrays."""
    return sum(array.nbytes for array in trace.arrays().values())


def peak_bytes(work: Callable[[], object]) -> int:
    """Most memory that some work held at a time, beyond what was held before it."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
