"""Patterns that were discovered: each a detector ``UID.py``, which runs in the sandbox alone, and ``UID.json`` with its
names and where it comes from.

They are not in `library`, because each of them takes a script worker's start and a copy of the trace, some 0.2 s a
trace of 1,000 frames, where all other detectors together take 0.05 s. They are found on demand: by ``annotate
--discovered``, and by rewards that name one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ....scene_graph import first_problem
from ...model import Finding, Parameter, Pattern, ValueKind
from ...observation import Observation

FOLDER = Path(__file__).parent


class Meaning(BaseModel):
    """What a parameter is, see `Parameter`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ValueKind = "any"
    text: str = ""


class Discovered(BaseModel):
    """What stands beside a detector: the fields of its `Pattern`, the digest of its source, and its lineage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uid: str
    label: str
    description: str
    phrase: str = ""
    parameters: dict[str, Meaning] = {}
    requires: tuple[str, ...] = ()
    source_sha256: str
    lineage: dict[str, Any] = {}


def discovered_patterns(folder: Path = FOLDER) -> tuple[Pattern, ...]:
    """The patterns of a folder by uid; no source is looked at before it is to find something.

    Raises ValueError for a file that cannot be read, and for a source that is missing or another one.
    """
    return tuple(_pattern(path) for path in sorted(folder.glob("*.json")))


def _pattern(path: Path) -> Pattern:
    try:
        told = Discovered.model_validate_json(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".py").read_text(encoding="utf-8")
    except ValidationError as error:
        raise ValueError(f"the discovered pattern {path} cannot be read: {first_problem(error)}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the discovered pattern {path} cannot be read: {error}") from None
    if told.uid != path.stem or hashlib.sha256(source.encode()).hexdigest() != told.source_sha256:
        raise ValueError(f"{path} is not about the source beside it; discover the pattern again")
    return Pattern(
        uid=told.uid,
        label=told.label,
        description=told.description,
        phrase=told.phrase,
        parameters={name: Parameter(p.text, p.kind) for name, p in told.parameters.items()},
        requires=told.requires,
        find=_Lazy(source, told.uid, told.requires).find,
    )


class _Lazy:
    """A source that is checked when it is first needed."""

    def __init__(self, source: str, uid: str, known: Collection[str]) -> None:
        self.source, self.uid, self.known = source, uid, known

    @cached_property
    def pattern(self) -> Pattern:
        from ...source import source_pattern

        return source_pattern(self.source, self.uid, known=self.known)

    def find(self, observation: Observation) -> list[Finding]:
        return self.pattern.find(observation)


def save_discovered(told: Discovered, source: str, folder: Path) -> Path:
    """Write a detector and what stands beside it; returns the path of the source."""
    from ....scene_graph import write_text

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{told.uid}.py"
    write_text(path, source)
    write_text(path.with_suffix(".json"), told.model_dump_json(indent=1) + "\n")
    return path
