"""The files that keep what an evaluation found: a row a task, the figures over all of them, and how long each took.

Rows and figures do not depend on how long something took, so the same answers of a solver give the same files byte for
byte; times are kept apart, in ``timings.json``.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from addon.jobs import FolderError
from addon.scene_graph import write_text

from .contract import R
from .names import RESULTS, ROWS_CSV, ROWS_PARQUET, TIMINGS
from .statistics import Share, bootstrap

Figures = TypeVar("Figures", bound=BaseModel)

_TIMINGS = TypeAdapter(dict[str, Annotated[float, Field(strict=True, ge=0.0, allow_inf_nan=False)]])


def successes(rows: Sequence[R], seed: int) -> Share | None:
    """The share of rows that count as solved."""
    return bootstrap([float(row.success) for row in rows], seed)


def grouped(rows: Sequence[R], keys: Callable[[R], Sequence[Any]], seed: int) -> dict[Any, Share]:
    """Successes by group; a row counts in the group of each of its keys."""
    groups: dict[Any, list[R]] = {}
    for row in rows:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    return {name: share for name in sorted(groups) if (share := successes(groups[name], seed)) is not None}


def write_results(rows: Sequence[R], results: BaseModel, folder: Path) -> None:
    """Write ``results.json``, ``rows.csv`` and ``rows.parquet``, each whole or not at all; there must be a row."""
    import pyarrow
    import pyarrow.parquet

    kind = type(rows[0])
    ordered = [row.model_dump() for row in sorted(rows, key=lambda row: row.name)]
    write_text(folder / RESULTS, results.model_dump_json(indent=1) + "\n")
    text = io.StringIO()
    writer = csv.DictWriter(text, list(kind.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(ordered)
    write_text(folder / ROWS_CSV, text.getvalue())
    part = folder / f".{ROWS_PARQUET}.part"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ordered, _parquet_schema(kind)), part)
    os.replace(part, folder / ROWS_PARQUET)


def _parquet_schema(kind: type[BaseModel]) -> Any:
    import pyarrow

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_(), float: pyarrow.float64()}
    fields = kind.model_fields.items()
    return pyarrow.schema(
        [(name, next(k for t, k in kinds.items() if t in _types(f.annotation))) for name, f in fields]
    )


def _types(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", (annotation,))


def read_rows(folder: Path, kind: type[R]) -> list[R]:
    """The rows of an evaluation. Raises FolderError if the folder has none."""
    path = folder / ROWS_PARQUET
    if not path.exists():
        raise FolderError(f"{folder} holds no results of an evaluation ({ROWS_PARQUET} is missing)")
    import pyarrow.parquet

    return [kind.model_validate(record) for record in pyarrow.parquet.read_table(path).to_pylist()]


def read_results(folder: Path, kind: type[Figures]) -> Figures:
    """The figures of an evaluation. Raises FolderError if the folder has none."""
    try:
        return kind.model_validate_json((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        raise FolderError(f"{folder} holds no results of an evaluation ({RESULTS} is missing or broken)") from None


def read_timings(folder: Path) -> dict[str, float]:
    """Seconds of each task; none where their file is missing or broken."""
    try:
        return _TIMINGS.validate_json((folder / TIMINGS).read_bytes())
    except (OSError, ValidationError):
        return {}


def write_timings(timings: dict[str, float], folder: Path) -> None:
    """Keep seconds of each task, apart from what must not depend on time."""
    write_text(folder / TIMINGS, json.dumps({k: round(v, 3) for k, v in sorted(timings.items())}, indent=1) + "\n")
