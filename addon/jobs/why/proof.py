"""Proving a mend: the run again with it, and what of it is then."""

from __future__ import annotations

from ...coder.link import compose_read
from ...coder.read_script import understood_of
from ...executor import Budgets
from ...rules import Reading, Vocabulary, python
from ...rules.changes.proof import Reader
from ..outcomes import outcomes
from ..rollout import RolloutOptions, rollout
from ..scenes import MakeEngine, blender_engine
from .case import Case
from .mends import Plan


def run(plan: Plan, seed: int = 0, make_engine: MakeEngine = blender_engine) -> Case:
    """Run a plan. Raises ValueError for rules that have no reading, EngineError and what `make_engine` raises."""
    script = plan.script if plan.script is not None else _script(plan)
    engine = make_engine(plan.graph, False)
    try:
        done = rollout(engine, script, RolloutOptions(steps=plan.steps, seed=seed, budgets=Budgets()))
    finally:
        engine.close()
    understood = understood_of(script, plan.rules, plan.graph) if script is not None else ()
    return Case(
        trace=done.trace,
        rules=plan.rules,
        outcomes=outcomes(done.trace, plan.rules, understood),
        understood=understood,
        script=script,
        problem=done.problem.as_dict() if done.problem is not None else None,
        problem_frame=done.problem_frame,
    )


def _script(plan: Plan) -> str | None:
    if not plan.rules:
        return None
    found, _ = Reader(Vocabulary(plan.graph)).read(plan.rules)
    read = [one for one in found if isinstance(one, Reading)]
    if len(read) < len(found):
        raise ValueError("; ".join(str(one) for one in found if not isinstance(one, Reading)))
    return compose_read(plan.rules, [python(*one.rules) for one in read])
