"""The Annotated Simulation Trace (Discovering High Level Patterns, Section 3.1).

A trace of F frames under a library of J patterns is annotated by a sparse binary matrix A ``[F, J]``, where A_ij tells
that pattern j is active at frame i, and by the activations behind it, each with its parameters.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..scene_graph import first_problem, write_text
from ..trace import Trace, TraceError
from .library import in_order, library, run_on
from .model import Activation, Pattern, is_length
from .naming import spoken_names
from .observation import Observation, Roles
from .outcomes import outcomes
from .salience import weights

if TYPE_CHECKING:
    from scipy.sparse import csc_array

ANNOTATION_VERSION: Literal[2] = 2
FILE_NAME = "annotation.json"

MOMENT = 0.5
"""How long a moment is, in time scales."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Model):
    """One pattern of the library, a column of the matrix; its fields are those of a `Pattern` that a reader needs."""

    uid: str
    label: str
    description: str = ""
    parameters: dict[str, str] = {}
    requires: tuple[str, ...] = ()
    symmetric: tuple[str, ...] = ()


class Annotation(_Model):
    """What a library found in a trace of ``steps`` steps at ``fps`` a second; frame k is ``k / fps`` seconds in.

    ``trace_sha256`` names the trace. Activations are in order of their first frame, each with its weight in bits
    (`salience`), and ``outcomes`` are what came of it all (`outcomes`). ``spoken`` is what a person would call the
    bodies, ``moment`` how long a moment of the scene is, in s, and ``unit`` the metres of the unit that it speaks in.
    """

    annotation_version: Literal[2] = ANNOTATION_VERSION
    title: str = ""
    trace_sha256: str = ""
    fps: float = Field(gt=0)
    steps: int = Field(ge=0)
    bodies: tuple[str, ...]
    patterns: tuple[Column, ...]
    activations: tuple[Activation, ...]
    weights: tuple[float, ...] = ()
    outcomes: tuple[Activation, ...] = ()
    spoken: dict[str, str] = {}
    moment: float = Field(default=0.1, gt=0)
    unit: float = Field(default=1.0, gt=0)

    @model_validator(mode="after")
    def _fits(self) -> Annotation:
        known = {column.uid for column in self.patterns}
        before = 0
        for activation in self.activations:
            first, last = span(activation)
            if activation.uid not in known:
                raise ValueError(f"an activation names the pattern '{activation.uid}', which the library does not have")
            if not before <= first <= last <= self.steps:
                raise ValueError(
                    f"'{activation.uid}' lasts from frame {first} to {last}: activations must be in order, "
                    f"between the frames 0 and {self.steps}"
                )
            before = first
        if self.weights and len(self.weights) != len(self.activations):
            raise ValueError(f"there are {len(self.weights)} weights for {len(self.activations)} activations")
        return self

    @property
    def moment_frames(self) -> int:
        """The frames that a moment lasts, at least 1."""
        return max(1, round(self.moment * self.fps))

    @property
    def labels(self) -> dict[str, str]:
        """The label of each pattern by its uid."""
        return {column.uid: column.label for column in self.patterns}

    def listing(self) -> list[tuple[str, int, dict[str, Any]]]:
        """The activations as ``(label, step, parameters)``, at their first step (Section 3.3)."""
        labels = self.labels
        return [(labels[a.uid], a.frame, a.parameters) for a in self.activations]

    def told_parameters(self, activation: Activation) -> dict[str, Any]:
        """The parameters of an activation, lengths and speeds in the scene's own units: metres, or those of a plane."""
        if self.unit == 1.0:
            return activation.parameters
        texts = next((c.parameters for c in self.patterns if c.uid == activation.uid), {})
        return {
            name: value / self.unit if is_length(texts.get(name, "")) and isinstance(value, int | float) else value
            for name, value in activation.parameters.items()
        }

    def without(self, hidden: Collection[str]) -> Annotation:
        """As a library without some patterns gives it, if none of those that stay requires one of them.

        Weights stay those of the whole library.
        """
        kept = [i for i, a in enumerate(self.activations) if a.uid not in hidden]
        return self.model_copy(
            update={
                "patterns": tuple(c for c in self.patterns if c.uid not in hidden),
                "activations": tuple(self.activations[i] for i in kept),
                "weights": tuple(self.weights[i] for i in kept) if self.weights else (),
            }
        )

    def intervals(self, uid: str) -> list[tuple[int, int]]:
        """First and last frame of each activation of a pattern, in order; those of different objects may overlap."""
        return [span(a) for a in self.activations if a.uid == uid]

    def matrix(self) -> csc_array:
        """A, ``[steps + 1, patterns]`` of booleans: 1 in every frame in which an activation of a pattern lasts."""
        from scipy.sparse import csc_array

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


def span(activation: Activation) -> tuple[int, int]:
    """First and last frame of an activation, the same for one that does not last."""
    return activation.frame, activation.frame if activation.end is None else activation.end


def annotate(trace: Trace, roles: Roles | None = None, more: tuple[Pattern, ...] = ()) -> Annotation:
    """Run the library and ``more`` patterns over a trace; roles are those of the scene's tags unless given.

    Raises TraceError as `run`, and ScriptError if a pattern given as source text fails.
    """
    patterns = in_order((*library(), *more))
    observation = Observation(trace, roles)
    found = run_on(observation, patterns)
    spoken = spoken_names(trace.scene.objects, trace.scene.world.plane)
    results = outcomes(observation, spoken)
    return Annotation(
        title=trace.meta.title,
        trace_sha256=trace.sha256(),
        fps=trace.meta.fps,
        steps=trace.meta.steps,
        bodies=trace.bodies,
        patterns=tuple(
            Column(
                uid=pattern.uid,
                label=pattern.label,
                description=pattern.description,
                parameters={name: p.text for name, p in pattern.parameters.items()},
                requires=pattern.requires,
                symmetric=pattern.symmetric,
            )
            for pattern in patterns
        ),
        activations=tuple(found),
        weights=tuple(round(w.total, 2) for w in weights(observation, found, results, patterns)),
        outcomes=results,
        spoken={name: spoken.get(name, name) for name in trace.bodies},
        moment=round(MOMENT * observation.scales.time, 4),
        unit=observation.unit.metres,
    )


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
        raise TraceError(f"{path} does not hold an annotation: {first_problem(error)}") from None
