"""Proving a mend: the run again with it, and whether what was asked about is mended then."""

from __future__ import annotations

from dataclasses import dataclass

from ...coder.link import compose_read
from ...coder.read_script import understood_of
from ...executor import ScriptError
from ...rules import Reading, Vocabulary, python
from ...rules.changes.proof import Reader
from ..outcomes import outcomes
from ..rollout import RolloutOptions, rollout
from ..scenes import MakeEngine, blender_engine
from .case import Case
from .cause import Answer
from .flights import flights
from .mends import Mend, Plan


@dataclass(frozen=True)
class Proof:
    """Whether a mend does what it is for, and in words what came of it."""

    holds: bool
    told: str


def proof(case: Case, answer: Answer, mend: Mend, make_engine: MakeEngine = blender_engine) -> Proof:
    """Run the scene graph of a case again with a mend. Raises ScriptError for rules without a reading, EngineError."""
    again = run(mend.on(case.plan), case.trace.meta.seed, make_engine)
    if again.problem is not None:
        return Proof(False, f"the script fails then: {again.problem['reason']}")
    if answer.rule is not None:
        outcome = again.outcomes[answer.rule - 1]
        told = f"the rule acts {outcome.line(again.fps)}" if outcome.fired else "the rule does not act then either"
        return Proof(bool(outcome.fired), told)
    if answer.object is not None:
        is_gone = any(flight.name == answer.object for flight in flights(again))
        return Proof(not is_gone, f"{answer.object} {'flies away then too' if is_gone else 'stays in the scene'}")
    return Proof(True, "the script runs through")


def run(plan: Plan, seed: int = 0, make_engine: MakeEngine = blender_engine) -> Case:
    """Run a plan. Raises ScriptError for rules without a reading, EngineError and what ``make_engine`` raises."""
    script = plan.script if plan.script is not None else _script(plan)
    engine = make_engine(plan.graph, False)
    try:
        done = rollout(engine, script, RolloutOptions(steps=plan.steps, seed=seed))
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
    """The script that the rules say; None without rules."""
    if not plan.rules:
        return None
    found, _ = Reader(Vocabulary(plan.graph)).read(plan.rules)
    read = [one for one in found if isinstance(one, Reading)]
    if len(read) < len(found):
        refused = next(one for one in found if not isinstance(one, Reading))
        raise ScriptError("refused", str(refused))
    code = [python(*one.rules) for one in read]
    return compose_read(plan.rules, code, [one.sentence for one in read])
