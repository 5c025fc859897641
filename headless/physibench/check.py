"""The physics check that every machine must pass before it is used."""

from __future__ import annotations

from addon.engine.blender import BlenderEngine
from addon.jobs import Rollout, RolloutOptions, rollout
from addon.metrics import Metrics, measure

from .machine import Machine


def run_script(machine: Machine, script: str | None) -> tuple[Rollout, Metrics]:
    """Run a machine under a script (None: the engine alone) and measure it against its assertions."""
    engine = BlenderEngine.from_graph(machine.graph)
    try:
        run = rollout(engine, script, RolloutOptions(steps=machine.steps, title=machine.name))
    finally:
        engine.close()
    return run, measure(run.trace, machine.assertions)


def check(machine: Machine) -> list[str]:
    """Why a machine is no good, empty if it is: the oracle must meet all assertions, no script at all must not."""
    run, metrics = run_script(machine, machine.oracle or None)
    reasons = [f"the oracle fails: {run.problem.text()}"] if run.problem else []
    reasons += [f"the oracle does not meet: {a.reason}" for a in metrics.assertions if not a.held]
    if metrics.volume_drift > 1e-3:
        reasons.append(f"a body's volume drifts by {metrics.volume_drift} %")
    if machine.has_logic and not reasons and run_script(machine, None)[1].logic_success:
        reasons.append("all assertions hold without any script")
    return reasons
