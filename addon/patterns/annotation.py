"""The Annotated Simulation Trace (Discovering High Level Patterns, Section 3.1).

A trace of F frames under a library of J patterns is annotated by a sparse binary matrix A ``[F, J]``, where A_ij tells
that pattern j is active at frame i, and by the occurrences behind it, each with its parameters.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from scipy.sparse import csc_array

from ..scene_graph import write_text
from ..trace import TraceError

ANNOTATION_VERSION: Literal[1] = 1
FILE_NAME = "annotation.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Model):
    """One pattern of the library, a column of the matrix; ``inputs`` are the uids that its detector reads."""

    uid: str
    label: str
    description: str = ""
    inputs: tuple[str, ...] = ()


class Occurrence(_Model):
    """A pattern active from frame ``start`` to frame ``end``, both included; objects are named in ``parameters``."""

    uid: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    parameters: dict[str, Any] = {}

    @model_validator(mode="after")
    def _in_order(self) -> Occurrence:
        if self.end < self.start:
            raise ValueError(f"an occurrence of '{self.uid}' ends at frame {self.end}, before it starts")
        return self


class Annotation(_Model):
    """What a library found in a trace of ``steps`` steps at ``fps`` a second; frame k is ``k / fps`` seconds in.

    ``trace_sha256`` names the trace. Occurrences are in order of their first frame.
    """

    annotation_version: Literal[1] = ANNOTATION_VERSION
    title: str = ""
    trace_sha256: str = ""
    fps: float = Field(gt=0)
    steps: int = Field(ge=0)
    bodies: tuple[str, ...]
    patterns: tuple[Column, ...]
    occurrences: tuple[Occurrence, ...]

    @model_validator(mode="after")
    def _fits(self) -> Annotation:
        known = {column.uid for column in self.patterns}
        before = 0
        for occurrence in self.occurrences:
            if occurrence.uid not in known:
                raise ValueError(f"an occurrence names the pattern '{occurrence.uid}', which the library does not have")
            if occurrence.end > self.steps:
                raise ValueError(f"'{occurrence.uid}' ends at frame {occurrence.end}, the last one is {self.steps}")
            if occurrence.start < before:
                raise ValueError(f"'{occurrence.uid}' at frame {occurrence.start} is out of order")
            before = occurrence.start
        return self

    @property
    def labels(self) -> dict[str, str]:
        """The label of each pattern by its uid."""
        return {column.uid: column.label for column in self.patterns}

    def listing(self) -> list[tuple[str, int, dict[str, Any]]]:
        """The occurrences as ``(label, step, parameters)``, at their first step (Section 3.3)."""
        labels = self.labels
        return [(labels[o.uid], o.start, o.parameters) for o in self.occurrences]

    def intervals(self, uid: str) -> list[tuple[int, int]]:
        """First and last frame of each occurrence of a pattern, in order; those of different objects may overlap."""
        return [(o.start, o.end) for o in self.occurrences if o.uid == uid]

    def matrix(self) -> csc_array:
        """A, ``[steps + 1, patterns]`` of booleans: 1 in every frame in which an occurrence of a pattern lasts."""
        rows = [self._frames(column.uid) for column in self.patterns]
        indptr = np.cumsum([0, *(len(row) for row in rows)])
        indices = np.concatenate([np.zeros(0, dtype=np.int64), *rows])
        return csc_array(
            (np.ones(len(indices), dtype=np.bool_), indices, indptr), shape=(self.steps + 1, len(self.patterns))
        )

    def _frames(self, uid: str) -> Any:
        """The frames in which a pattern is active, in order."""
        edges = np.zeros(self.steps + 2, dtype=np.int64)
        spans = np.array(self.intervals(uid), dtype=np.int64).reshape(-1, 2)
        np.add.at(edges, spans[:, 0], 1)
        np.add.at(edges, spans[:, 1] + 1, -1)
        return np.flatnonzero(np.cumsum(edges[:-1]) > 0)


def save_annotation(annotation: Annotation, folder: Path) -> Path:
    """Write ``annotation.json``, whole or not at all; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    write_text(path, annotation.model_dump_json(indent=1) + "\n")
    return path


def load_annotation(folder: Path) -> Annotation:
    """Read ``annotation.json``. Raises TraceError if it is missing, broken or of another version."""
    path = folder / FILE_NAME
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TraceError(f"{path} cannot be read: {error}") from None
    version = record.get("annotation_version") if isinstance(record, dict) else None
    if version != ANNOTATION_VERSION:
        raise TraceError(
            f"{path}: annotation_version is {version!r}, this program reads {ANNOTATION_VERSION}; "
            "annotate the trace again"
        )
    try:
        return Annotation.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TraceError(f"{path} does not hold an annotation: {where + ': ' if where else ''}{first['msg']}") from None
