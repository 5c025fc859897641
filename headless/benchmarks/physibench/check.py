"""The physics check that every machine must pass before it is used."""

from __future__ import annotations

import random
from collections.abc import Sequence

from addon.coder.link import pieces
from addon.jobs import Rollout, RolloutOptions, rollout
from addon.metrics import Metrics, measure
from addon.scene_graph import SceneGraph, SceneObject

from ...engines import engine_for
from .machine import Machine
from .rules import composed

NUDGE = 0.01
"""By how much of its size a body is moved, along x and y, to see whether the outcome stands."""

NUDGES = 2


def thorough_check(machine: Machine, other: Machine) -> list[str]:
    """Why a machine does not belong in the benchmark: `check` with the script of another machine and shuffled rules."""
    rng = random.Random(f"shuffle/{machine.name}/{machine.draw}")
    return check(machine, [other.oracle, *([shuffled(machine, rng)] if len(machine.graph.rules) > 1 else [])], NUDGES)


def shuffled(machine: Machine, rng: random.Random) -> str:
    """The machine's own script with each rule doing what another rule should."""
    codes = [code for code, _ in pieces(machine.oracle).values()]
    tests, bodies = zip(*(code.split("\n", 1) for code in codes), strict=True)
    turn = rng.randrange(1, len(codes))
    bodies = (*bodies[turn:], *bodies[:turn])
    return composed(machine.graph.rules, [f"{test}\n{body}" for test, body in zip(tests, bodies, strict=True)])


def run_script(machine: Machine, script: str | None) -> tuple[Rollout, Metrics]:
    """Run a machine under a script (None: the engine alone) and measure it against its assertions."""
    engine = engine_for(machine.graph)
    try:
        run = rollout(engine, script, RolloutOptions(steps=machine.steps, title=machine.name))
    finally:
        engine.close()
    return run, measure(run.trace, machine.assertions, run.driven)


def check(machine: Machine, others: Sequence[str] = (), nudges: int = 0) -> list[str]:
    """Why a machine is no good, empty if it is.

    The oracle must meet all assertions, also from ``nudges`` slightly different starts; no script at all must not,
    nor must any of ``others``, scripts that are wrong here.
    """
    run, metrics = run_script(machine, machine.oracle or None)
    reasons = [f"the oracle fails: {run.problem.text()}"] if run.problem else []
    reasons += [f"the oracle does not meet: {a.reason}" for a in metrics.assertions if not a.held]
    if metrics.volume_drift > 1e-3:
        reasons.append(f"a body's volume drifts by {metrics.volume_drift} %")
    if reasons:
        return reasons
    if machine.has_logic and passes(machine, None):
        return ["all assertions hold without any script"]
    if any(passes(machine, script) for script in others):
        return ["all assertions hold under a wrong script"]
    if not all(passes(nudged(machine, number), machine.oracle or None) for number in range(nudges)):
        return [f"the outcome changes when bodies start {100 * NUDGE:g} % of their size away"]
    return []


def passes(machine: Machine, script: str | None) -> bool:
    """Whether a script runs to the end and meets all assertions."""
    run, metrics = run_script(machine, script)
    return run.problem is None and bool(metrics.logic_success)


def nudged(machine: Machine, number: int) -> Machine:
    """The machine with its free bodies displaced at random, by at most `NUDGE` of their size along x and y."""
    rng = random.Random(f"{machine.name}/{machine.draw}/{number}")
    objects = tuple(_displaced(o, rng) for o in machine.graph.objects)
    graph: SceneGraph = machine.graph.model_copy(update={"objects": objects})
    return machine.model_copy(update={"graph": graph})


def _displaced(obj: SceneObject, rng: random.Random) -> SceneObject:
    if obj.body is None or obj.body.type != "ACTIVE":
        return obj
    x, y, z = obj.location
    far = NUDGE * max(obj.dimensions)
    return obj.model_copy(update={"location": (x + rng.uniform(-far, far), y + rng.uniform(-far, far), z)})
