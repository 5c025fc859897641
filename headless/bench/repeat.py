"""Whether the same job gives the same bytes: machines run again and again, in processes that crowd each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rich.console import Console
from rich.progress import track

from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World

from ..benchmarks.physibench.examples import examples
from ..benchmarks.physibench.generate import SEED, generate
from ..benchmarks.physibench.machine import Machine
from ..benchmarks.physibench.stages import STAGES
from ..evaluation.pool import Lost, run_tasks

Group = Literal["examples", "stages", "keyed"]

TIMEOUT = 600.0
"""Seconds that one run may take."""


@dataclass(frozen=True)
class Subject:
    """A scene to run: ``keyed`` gives its kinematic bodies F-curves, which a scene graph cannot hold."""

    group: Group
    name: str
    graph: SceneGraph
    script: str | None = None
    keyed: bool = False


@dataclass(frozen=True)
class Repeated:
    """What came of a scene: how many runs gave a trace, how many traces differ, and why runs gave none."""

    group: Group
    name: str
    runs: int
    traces: int
    lost: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every run gave the one trace."""
        return self.traces == 1 and not self.lost


@dataclass(frozen=True)
class RepeatBench:
    """Every scene was run ``count`` times for ``steps`` steps, in ``workers`` processes at a time."""

    count: int
    steps: int
    workers: int
    scenes: tuple[Repeated, ...]

    @property
    def differing(self) -> list[Repeated]:
        """Scenes whose runs were not all the same."""
        return [scene for scene in self.scenes if not scene.is_same]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


def run(count: int, steps: int, workers: int, groups: Sequence[Group] = ("examples", "stages", "keyed")) -> RepeatBench:
    """Run every scene of the groups ``count`` times; more workers than cores have Blender's threads interrupted."""
    chosen = [s for s in subjects() if s.group in groups]
    tasks = [(subject, steps) for _ in range(count) for subject in chosen]
    found: list[list[str | Lost]] = [[] for _ in chosen]
    running = run_tasks(trace_hash, tasks, workers, TIMEOUT)
    for done in track(running, "runs", len(tasks), console=Console(stderr=True)):
        found[done.index % len(chosen)].append(done.value)
    return RepeatBench(count, steps, workers, tuple(map(_repeated, chosen, found)))


def _repeated(subject: Subject, values: Sequence[str | Lost]) -> Repeated:
    hashes = [v for v in values if isinstance(v, str)]
    lost = sorted({v.reason for v in values if isinstance(v, Lost)})
    return Repeated(subject.group, subject.name, len(hashes), len(set(hashes)), tuple(lost))


def subjects() -> list[Subject]:
    """The bundled examples, a published machine that starts with each kind of stage, and keyed kinematic bodies."""
    machines = generate(len(STAGES), SEED)
    return [
        *(_machine("examples", m.name, m) for m in examples()),
        *(_machine("stages", kind, m) for kind, m in zip(STAGES, machines, strict=True)),
        Subject("keyed", "keyed", keyed_scene(), keyed=True),
    ]


def _machine(group: Group, name: str, machine: Machine) -> Subject:
    return Subject(group, name, machine.graph, machine.oracle or None)


def trace_hash(subject: Subject, steps: int) -> str:
    """Run a scene in this process; returns the hash of its trace."""
    from addon.engine.blender import BlenderEngine
    from addon.engine.build import build_scene
    from addon.jobs import RolloutOptions, rollout

    if subject.keyed:
        scene = build_scene(subject.graph)
        _key(scene, subject.graph)
        engine = BlenderEngine(scene, subject.graph)
    else:
        engine = BlenderEngine.from_graph(subject.graph)
    try:
        return rollout(engine, subject.script, RolloutOptions(steps=steps)).trace.sha256()
    finally:
        engine.close()


def keyed_scene() -> SceneGraph:
    """Kinematic bodies with others on them, one of them a child of another."""
    moved = RigidBody(type="PASSIVE", shape="BOX", kinematic=True)
    fixed, free = RigidBody(type="PASSIVE", shape="BOX"), RigidBody(shape="BOX")
    return SceneGraph(
        name="keyed",
        world=World(fps=60.0),
        objects=(
            _box("Floor", (30, 30, 1), (0, 0, -0.5), fixed),
            _box("Lift", (1, 1, 1), (0, 0, 0.5), moved),
            _box("Rider", (1, 1, 1), (0, 0, 1.5), free),
            _box("Arm", (1, 1, 1), (5, 0, 0.5), moved),
            _box("Hand", (1, 1, 1), (5, 0, 1.5), moved, parent="Arm"),
            _box("Held", (0.5, 0.5, 0.5), (5, 0, 2.25), free),
        ),
    )


def _box(
    name: str,
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    settings: RigidBody,
    parent: str | None = None,
) -> SceneObject:
    geometry = Primitive(kind="cube", dimensions=size)
    return SceneObject(name=name, geometry=geometry, location=at, body=settings, parent=parent)


def _key(scene: Any, graph: SceneGraph) -> None:
    """Let every kinematic body without a parent rise by 4 cm a frame, from the first frame on."""
    for obj in graph.objects:
        if obj.body is not None and obj.body.kinematic and obj.parent is None:
            _rise(scene.objects[obj.name], obj, scene.frame_start)


def _rise(made: Any, obj: SceneObject, first: int) -> None:
    for frame in range(30):
        made.location.z = obj.location[2] + 0.04 * frame
        made.keyframe_insert("location", frame=first + frame)
    made.location.z = obj.location[2]
