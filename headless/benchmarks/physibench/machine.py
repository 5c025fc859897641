"""A machine: one task of the benchmark, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from addon.scene_graph import SceneGraph, SceneGraphError, first_problem, write_text
from addon.scene_graph.files import validate_scene_graph

MACHINE_VERSION: Literal[2] = 2
MACHINE_FILE = "machine.json"

STEPS = 1000
"""Steps of a run."""


class MachineError(ValueError):
    """A machine that cannot be read or made; the message says which and why."""


class Machine(BaseModel):
    """A scene with rules in English (in the graph), what must come true, and a script that makes it so.

    ``assertions`` are DSL texts judged on the trace of ``steps`` steps and are never shown to a coder, nor is
    ``oracle``, which may be empty. ``series`` is that of the published machines, ``seed`` and ``index`` name the
    machine in it; ``draw`` counts the tries until one passed its check; the last three are 0 in a machine of no series.
    ``difficulty`` is 1, 2 or 3, or 4 for a machine that has a ``goal`` in place of rules: its script may move things
    in the first ``acts_until`` seconds only. ``stages`` are the kinds of a chain's stages in their order, and ``split``
    the part of the benchmark that a chain belongs to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    machine_version: Literal[2] = MACHINE_VERSION
    name: str
    kind: str = "machine"
    series: Annotated[int, Field(ge=1, le=2)] = 1
    seed: int = 0
    index: Annotated[int, Field(ge=0)] = 0
    draw: Annotated[int, Field(ge=0)] = 0
    difficulty: Annotated[int, Field(ge=1, le=4)] = 1
    tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    split: Literal["train", "dev", "test"] | None = None
    graph: SceneGraph
    goal: str = ""
    acts_until: Annotated[float, Field(gt=0)] | None = None
    assertions: tuple[str, ...]
    oracle: str = ""
    steps: Annotated[int, Field(ge=1, le=100_000)] = STEPS

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of its stages; a machine of one piece has one."""
        return self.stages or (self.kind,)

    @property
    def has_logic(self) -> bool:
        """Whether the machine has rules; physics alone does it where there are none."""
        return bool(self.graph.rules)

    def save(self, path: Path) -> Path:
        """Write the machine to a ``.json`` file, or as ``machine.json`` into a folder; returns the file's path."""
        file = path if path.suffix == ".json" else path / MACHINE_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, self.model_dump_json(indent=1) + "\n")
        return file


def load_machine(path: Path) -> Machine:
    """Read a machine from its file or folder. Raises MachineError naming the file and the field."""
    file = path / MACHINE_FILE if path.is_dir() else path
    try:
        text = file.read_text(encoding="utf-8")
        return Machine.model_validate_json(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise MachineError(f"{file} cannot be read: {reason}") from None
    except ValidationError as error:
        raise MachineError(f"{file} is no machine: {_first_problem(error, text)}") from None


def _first_problem(error: ValidationError, text: str) -> str:
    """Field and message of what is wrong first; in the scene graph with the object's name."""
    if error.errors(include_url=False)[0]["loc"][:1] == ("graph",):
        try:
            validate_scene_graph(json.loads(text)["graph"])
        except SceneGraphError as found:
            return f"graph: {str(found).splitlines()[0]}"
        except (ValueError, TypeError, KeyError, RecursionError):
            pass  # There is no graph to explain.
    return first_problem(error)
