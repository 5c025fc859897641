"""What an evaluation of PhysiBench found: a row a machine, and the figures over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from addon.jobs import JobResult, counting

from ... import evaluation
from ...evaluation.results import grouped, successes
from ...evaluation.statistics import Share, bootstrap
from .goals import is_fair
from .machine import Machine


class Row(evaluation.Row):
    """One machine under one coder; ``kinds`` are those of its stages, with blanks between.

    Without a result (``problem`` says why) no assertion counts as held.

    Lengths are in m, energies in J; ``volume_drift`` is in %. Of a goal, ``by_run`` has a 1 for each run whose script
    came to it and a 0 for the others, and ``before`` tells of the first script with the numbers that it began with.
    """

    machine: str
    kinds: str
    stages: int
    difficulty: int
    split: str = ""
    logic_success: bool
    assertions: int
    assertions_held: int
    volume_drift: float | None = None
    shape_iou: float | None = None
    gained_energy: float | None = None
    gains_energy: bool | None = None
    deepest_penetration: float | None = None
    script_failed: bool = False
    repairs: int = 0
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    trace_sha256: str = ""
    problem: str = ""
    by_run: str = ""
    before: bool | None = None

    @property
    def name(self) -> str:
        """See `evaluation.Row.name`."""
        return self.machine

    @property
    def success(self) -> bool:
        """See `evaluation.Row.success`."""
        return self.logic_success


class Results(BaseModel):
    """The figures over all machines. Shares are of machines, but ``assertions_held`` is of assertions, by machine.

    In ``by_kind`` a machine counts for each kind of stage that it has. ``series`` names the machines where they are not
    those of the seed. Of goals, ``by_runs`` are the shares reached within so many runs, each with the numbers of its
    script found, and ``unfitted`` the share that the first scripts reached as they were written.
    """

    coder: str
    model: str | None
    prompt_version: str | None
    engine: tuple[str, ...]
    seed: int
    series: str = ""
    machines: int
    logic_success: Share | None
    assertions_held: Share | None
    by_kind: dict[str, Share]
    by_difficulty: dict[int, Share]
    by_stages: dict[int, Share]
    by_split: dict[str, Share]
    by_runs: dict[int, Share] = {}
    unfitted: Share | None = None
    volume_drift: float | None
    shape_iou: float | None
    gains_energy: int
    deepest_penetration: float | None
    script_failures: int
    without_result: int
    repairs: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    failed: tuple[str, ...]

    @property
    def which(self) -> str:
        """How many machines these are, and which."""
        return f"{self.machines}, {self.series or f'seed {self.seed}'}"


def row_of(machine: Machine, result: JobResult | None, problem: str = "") -> Row:
    """The row of a machine from its job's result, or the reason why there is none."""
    common = {
        "machine": machine.name,
        "kinds": " ".join(machine.kinds),
        "stages": len(machine.kinds),
        "split": machine.split or "",
        "difficulty": machine.difficulty,
        "assertions": len(machine.assertions),
    }
    if result is None:
        return Row(**common, logic_success=False, assertions_held=0, script_failed=True, problem=problem or "no result")
    metrics = result.metrics
    counted = [counting(result.scripts[:n]) for n in range(1, len(result.scripts) + 1)]
    reached = [one is not None and bool(one.logic) and is_fair(machine, one.acted_until) for one in counted]
    told: dict[str, Any] = {}
    if machine.goal and reached:
        told = {"by_run": "".join("1" if r else "0" for r in reached)}
        told["before"] = bool(result.scripts[0].logic_before) and is_fair(machine, result.scripts[0].acted_until)
    return Row(
        **common,
        **told,
        logic_success=bool(metrics.logic_success) and (not machine.goal or (bool(reached) and reached[-1])),
        assertions_held=sum(a.held for a in metrics.assertions),
        volume_drift=metrics.volume_drift,
        shape_iou=metrics.shape_iou,
        gained_energy=metrics.gained_energy,
        gains_energy=metrics.gains_energy,
        deepest_penetration=metrics.deepest_penetration,
        script_failed=not result.ok,
        repairs=result.repairs,
        requests=result.requests,
        prompt_tokens=result.prompt_tokens,
        completion_tokens=result.completion_tokens,
        trace_sha256=result.trace_sha256,
    )


def _within(row: Row, runs: int) -> bool:
    """Whether a goal was reached by the last of at most so many runs."""
    return row.by_run[min(runs, len(row.by_run)) - 1] == "1" if row.by_run else False


def summarise(rows: Sequence[Row], results: Iterable[JobResult], coder: str, seed: int, series: str = "") -> Results:
    """Figures over all rows, in one pass that does not depend on their order."""
    rows = sorted(rows, key=lambda row: row.machine)
    done = list(results)
    most = max((len(row.by_run) for row in rows), default=0)
    within = {n: bootstrap([float(_within(row, n)) for row in rows], seed) for n in range(1, most + 1)}
    before = [float(row.before) for row in rows if row.before is not None]

    def only(values: Iterable[Any]) -> list[Any]:
        return [v for v in values if v is not None]

    return Results(
        coder=coder,
        model=next((r.model for r in done if r.model), None),
        prompt_version=next((r.prompt_version for r in done if r.prompt_version), None),
        engine=tuple(sorted({r.engine for r in done})),
        seed=seed,
        series=series,
        machines=len(rows),
        logic_success=successes(rows, seed),
        assertions_held=bootstrap([r.assertions_held / r.assertions for r in rows if r.assertions], seed),
        by_kind=grouped(rows, lambda r: sorted(set(r.kinds.split())), seed),
        by_difficulty=grouped(rows, lambda r: [r.difficulty], seed),
        by_stages=grouped(rows, lambda r: [r.stages], seed),
        by_split=grouped(rows, lambda r: [r.split] if r.split else [], seed),
        by_runs={number: share for number, share in within.items() if share is not None},
        unfitted=bootstrap(before + [0.0] * (len(rows) - len(before)), seed) if before else None,
        volume_drift=max(only(r.volume_drift for r in rows), default=None),
        shape_iou=min(only(r.shape_iou for r in rows), default=None),
        gains_energy=sum(bool(r.gains_energy) for r in rows),
        deepest_penetration=max(only(r.deepest_penetration for r in rows), default=None),
        script_failures=sum(r.script_failed for r in rows),
        without_result=sum(bool(r.problem) for r in rows),
        repairs=sum(r.repairs for r in rows),
        requests=sum(r.requests for r in rows),
        prompt_tokens=sum(r.prompt_tokens for r in rows),
        completion_tokens=sum(r.completion_tokens for r in rows),
        failed=tuple(r.machine for r in rows if not r.logic_success),
    )
