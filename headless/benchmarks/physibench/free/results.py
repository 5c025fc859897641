"""What an evaluation of the free split found: a row a rule, and the figures over all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from addon.jobs import JobFolder, JobResult
from addon.trace import load_trace

from .... import evaluation
from ....evaluation.contract import DONE
from ....evaluation.results import successes
from ....evaluation.statistics import Share, bootstrap
from .facts import holds
from .tasks import FreeTask

Verdict = Literal["right", "refused", "wrong", "broken"]
"""``right`` ran as told, ``refused`` was not understood and not run, ``wrong`` ran and did something else, which nobody
was told, ``broken`` ended in an error that was told."""

DONE_OR_NOT: tuple[Verdict, ...] = ("right", "refused", "wrong", "broken")

WAYS = ("words", "model", "free code")


class Refusal(BaseModel):
    """What a coder said instead of a script; it takes the place of a job's result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refused: str


class FreeRow(evaluation.Row):
    """One rule under one coder.

    ``sayable`` is whether the language can say it, as `FreeRule` has it ``plain``; ``verdict`` is a `Verdict`;
    ``reading`` is how the rule was understood and ``way`` how that came about, as far as told; ``reason`` says why it
    was refused or broke. ``model`` and ``prompt`` are empty where no model was asked.
    """

    task: str
    part: str
    scene: str
    text: str
    want: str
    sayable: bool
    verdict: str
    way: str = ""
    reading: str = ""
    reason: str = ""
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    model: str = ""
    prompt: str = ""
    engine: str = ""
    trace_sha256: str = ""

    @property
    def name(self) -> str:
        """See `evaluation.Row.name`."""
        return self.task

    @property
    def success(self) -> bool:
        """Whether the rule was done, or refused if it must be."""
        return self.verdict == "right" or (self.want == "refuse" and self.verdict == "refused")


class FreeResults(BaseModel):
    """The figures over all rules.

    ``silently_wrong`` is the share of `Verdict` ``wrong`` in all rules. ``to_do`` are shares of those to do,
    ``sayable`` of the ones among these that the language can say, ``must_refuse`` of those to refuse. ``by_way`` has
    for each way its share of all rules, and of the rules that went it the shares done right and silently wrong.
    """

    coder: str
    model: str | None
    prompt_version: str | None
    engine: tuple[str, ...]
    seed: int
    parts: tuple[str, ...]
    rules: int
    scenes: int
    success: Share | None
    silently_wrong: Share | None
    to_do: dict[str, Share]
    sayable: dict[str, Share]
    must_refuse: dict[str, Share]
    by_way: dict[str, dict[str, Share]]
    requests: int
    prompt_tokens: int
    completion_tokens: int
    wrong: tuple[FreeRow, ...]
    broken: tuple[FreeRow, ...]

    @property
    def which(self) -> str:
        """How many rules these are, and of which parts."""
        return f"{self.rules} rules of {self.scenes} scenes, part {' and '.join(self.parts)}"


def row_of(task: FreeTask, folder: Path, problem: str = "") -> FreeRow:
    """The row of a rule from its folder; ``problem`` says why nothing came of it."""
    rule = task.rule
    row = FreeRow(
        task=task.name,
        part=task.part,
        scene=rule.scene,
        text=rule.text,
        want=rule.want,
        sayable=rule.plain is not None,
        verdict="broken",
        reason=problem or "no result",
    )
    if (result := JobFolder(folder).result()) is not None:
        return row.model_copy(update=_of_run(task, folder, result))
    refusal = _refusal(folder)
    told = {} if refusal is None else {"verdict": "refused", "reason": refusal.refused}
    return row.model_copy(update={**_asked(folder), **told})


def _of_run(task: FreeTask, folder: Path, result: JobResult) -> dict[str, object]:
    verdict: Verdict = "broken"
    if result.ok:
        done = bool(task.rule.check) and holds(task.rule.check, load_trace(folder))
        verdict = "right" if done else "wrong"
    understood = result.rules[0]
    return {
        "verdict": verdict,
        "way": understood.way,
        "reading": understood.understood,
        "reason": "" if result.problem is None else f"the script failed: {result.problem['reason']}",
        "requests": result.requests,
        "prompt_tokens": result.prompt_tokens,
        "completion_tokens": result.completion_tokens,
        "model": result.model or "",
        "prompt": result.prompt_version or "",
        "engine": result.engine,
        "trace_sha256": result.trace_sha256,
    }


def _refusal(folder: Path) -> Refusal | None:
    path = folder / DONE
    return Refusal.model_validate_json(path.read_text(encoding="utf-8")) if path.exists() else None


def _asked(folder: Path) -> dict[str, object]:
    """What a model was asked for a rule of which no job came, from the answers that were kept."""
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("answers/*.json"))]
    if not kept:
        return {}
    return {
        "requests": len(kept),
        "prompt_tokens": sum(one["answer"]["prompt_tokens"] for one in kept),
        "completion_tokens": sum(one["answer"]["completion_tokens"] for one in kept),
        "model": kept[-1]["request"]["model"],
        "prompt": kept[-1]["request"]["prompt"],
    }


def summarise(rows: Sequence[FreeRow], coder: str, seed: int) -> FreeResults:
    """Figures over all rows, which do not depend on their order."""
    rows = sorted(rows, key=lambda row: row.task)
    to_do = [row for row in rows if row.want == "do"]
    told = [row for row in rows if row.want == "refuse"]
    return FreeResults(
        coder=coder,
        model=next((row.model for row in rows if row.model), None),
        prompt_version=next((row.prompt for row in rows if row.prompt), None),
        engine=tuple(sorted({row.engine for row in rows if row.engine})),
        seed=seed,
        parts=tuple(sorted({row.part for row in rows})),
        rules=len(rows),
        scenes=len({(row.part, row.scene) for row in rows}),
        success=successes(rows, seed),
        silently_wrong=_share(rows, lambda row: row.verdict == "wrong", seed),
        to_do=_verdicts(to_do, DONE_OR_NOT, seed),
        sayable=_verdicts([row for row in to_do if row.sayable], DONE_OR_NOT, seed),
        must_refuse=_verdicts(told, ("refused", "right", "wrong", "broken"), seed),
        by_way={way: found for way in WAYS if (found := _way(rows, way, seed))},
        requests=sum(row.requests for row in rows),
        prompt_tokens=sum(row.prompt_tokens for row in rows),
        completion_tokens=sum(row.completion_tokens for row in rows),
        wrong=tuple(row for row in rows if row.verdict == "wrong"),
        broken=tuple(row for row in rows if row.verdict == "broken"),
    )


def _share(rows: Iterable[FreeRow], test: Callable[[FreeRow], bool], seed: int) -> Share | None:
    return bootstrap([float(test(row)) for row in rows], seed)


def _verdicts(rows: Sequence[FreeRow], verdicts: Sequence[Verdict], seed: int) -> dict[str, Share]:
    shares = {v: _share(rows, lambda row, v=v: row.verdict == v, seed) for v in verdicts}  # type: ignore[misc]
    return {verdict: share for verdict, share in shares.items() if share is not None}


def _way(rows: Sequence[FreeRow], way: str, seed: int) -> dict[str, Share]:
    own = [row for row in rows if row.way == way]
    shares = {
        "share": _share(rows, lambda row: row.way == way, seed),
        "right": _share(own, lambda row: row.verdict == "right", seed),
        "silent": _share(own, lambda row: row.verdict == "wrong", seed),
    }
    return {name: share for name, share in shares.items() if share is not None} if own else {}
