"""What an evaluation found: a row a machine, the figures over all of them, and the files that keep both.

Nothing here depends on how long something took, so the same answers of a coder give the same files byte for byte;
times are kept apart, in ``timings.json``.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from addon.jobs import JobError, JobResult
from addon.scene_graph import write_text

from .machine import Machine
from .statistics import Share, bootstrap

RESULTS, ROWS_CSV, ROWS_PARQUET, TIMINGS = "results.json", "rows.csv", "rows.parquet", "timings.json"


class Row(BaseModel):
    """One machine under one coder; ``kinds`` are those of its stages, with blanks between.

    Without a result (``problem`` says why) no assertion counts as held.

    Lengths are in m, energies in J; ``volume_drift`` is in %.
    """

    model_config = ConfigDict(frozen=True)

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


class Results(BaseModel):
    """The figures over all machines. Shares are of machines, but ``assertions_held`` is of assertions, by machine.

    In ``by_kind`` a machine counts for each kind of stage that it has.
    """

    coder: str
    model: str | None
    prompt_version: str | None
    engine: tuple[str, ...]
    seed: int
    machines: int
    logic_success: Share | None
    assertions_held: Share | None
    by_kind: dict[str, Share]
    by_difficulty: dict[int, Share]
    by_stages: dict[int, Share]
    by_split: dict[str, Share]
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
    return Row(
        **common,
        logic_success=bool(metrics.logic_success),
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


def summarise(rows: Sequence[Row], results: Iterable[JobResult], coder: str, seed: int) -> Results:
    """Figures over all rows, in one pass that does not depend on their order."""
    rows = sorted(rows, key=lambda row: row.machine)
    done = list(results)

    def only(values: Iterable[Any]) -> list[Any]:
        return [v for v in values if v is not None]

    return Results(
        coder=coder,
        model=next((r.model for r in done if r.model), None),
        prompt_version=next((r.prompt_version for r in done if r.prompt_version), None),
        engine=tuple(sorted({r.engine for r in done})),
        seed=seed,
        machines=len(rows),
        logic_success=_successes(rows, seed),
        assertions_held=bootstrap([r.assertions_held / r.assertions for r in rows if r.assertions], seed),
        by_kind=_grouped(rows, lambda r: sorted(set(r.kinds.split())), seed),
        by_difficulty=_grouped(rows, lambda r: [r.difficulty], seed),
        by_stages=_grouped(rows, lambda r: [r.stages], seed),
        by_split=_grouped(rows, lambda r: [r.split] if r.split else [], seed),
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


def _successes(rows: Sequence[Row], seed: int) -> Share | None:
    return bootstrap([float(r.logic_success) for r in rows], seed)


def _grouped(rows: Sequence[Row], keys: Callable[[Row], Sequence[Any]], seed: int) -> dict[Any, Share]:
    """Successes by group; a machine counts in the group of each of its keys."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    return {name: share for name in sorted(groups) if (share := _successes(groups[name], seed)) is not None}


def write_results(rows: Sequence[Row], results: Results, folder: Path) -> None:
    """Write ``results.json``, ``rows.csv`` and ``rows.parquet``, each whole or not at all."""
    import pyarrow
    import pyarrow.parquet

    ordered = [row.model_dump() for row in sorted(rows, key=lambda row: row.machine)]
    write_text(folder / RESULTS, results.model_dump_json(indent=1) + "\n")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(Row.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(ordered)
    write_text(folder / ROWS_CSV, text.getvalue())
    part = folder / f".{ROWS_PARQUET}.part"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ordered, _parquet_schema()), part)
    os.replace(part, folder / ROWS_PARQUET)


def _parquet_schema() -> Any:
    import pyarrow

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_(), float: pyarrow.float64()}
    fields = Row.model_fields.items()
    return pyarrow.schema(
        [(name, next(k for t, k in kinds.items() if t in _types(f.annotation))) for name, f in fields]
    )


def _types(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", (annotation,))


def read_rows(folder: Path) -> list[Row]:
    """The rows of an evaluation. Raises JobError if the folder has none."""
    path = folder / ROWS_PARQUET
    if not path.exists():
        raise JobError(f"{folder} holds no results of an evaluation ({ROWS_PARQUET} is missing)")
    import pyarrow.parquet

    return [Row.model_validate(record) for record in pyarrow.parquet.read_table(path).to_pylist()]


def read_results(folder: Path) -> Results:
    """The figures of an evaluation. Raises JobError if the folder has none."""
    try:
        return Results.model_validate_json((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        raise JobError(f"{folder} holds no results of an evaluation ({RESULTS} is missing or broken)") from None


def read_timings(folder: Path) -> dict[str, float]:
    """Seconds of each machine, as far as they are known."""
    try:
        return dict(json.loads((folder / TIMINGS).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_timings(timings: dict[str, float], folder: Path) -> None:
    """Keep seconds of each machine, apart from what must not depend on time."""
    write_text(folder / TIMINGS, json.dumps({k: round(v, 3) for k, v in sorted(timings.items())}, indent=1) + "\n")
