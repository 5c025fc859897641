"""Putting a machine together from its objects, rules and assertions."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from addon.scene_graph import Constraint, SceneGraph, SceneObject, World

from . import parts
from .machine import MECHANICS, Machine
from .rules import Rule, oracle

STEPS = 1000
FRAME_RATES = (60.0, 100.0)

BACKDROP = ("Floor", "Wall Left", "Wall Right", "Wall Back", "Wall Front")
"""Objects that the camera need not have in its picture."""


def scene(
    rng: random.Random,
    objects: Sequence[SceneObject],
    rules: Sequence[Rule] = (),
    constraints: Iterable[Constraint] = (),
) -> SceneGraph:
    """The scene graph of a machine: 60 or 100 steps a second, and a camera that frames the action."""
    action = [o for o in objects if o.name not in BACKDROP]
    return SceneGraph(
        world=World(fps=rng.choice(FRAME_RATES), substeps=10),
        objects=tuple(objects),
        constraints=tuple(constraints),
        camera=parts.camera(action, azimuth=rng.choice((-14.0, -8.0, 8.0, 14.0)), elevation=rng.choice((16.0, 22.0))),
        rules=tuple(r.text for r in rules),
    )


def machine(
    kind: str, graph: SceneGraph, rules: Sequence[Rule], assertions: Sequence[str], tags: Sequence[str] = ()
) -> Machine:
    """A machine of this scene; its name and seed are given by the generator."""
    tags = (*tags, *(() if rules else (MECHANICS,)))
    return Machine(
        name=kind,
        kind=kind,
        seed=0,
        difficulty=min(max(len(rules), 1), 3),
        tags=tuple(sorted(set(tags))),
        graph=graph,
        assertions=tuple(assertions),
        oracle=oracle(rules),
        steps=STEPS,
    )


def share(graph: SceneGraph, seconds: float) -> float:
    """The share (0..1) of the run that has passed at a time."""
    return seconds * graph.world.fps / STEPS
