"""The rules of the free split, from their files: one task a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from addon.scene_graph import SceneGraph, load_scene_graph

Part = Literal["a", "b", "c"]
PARTS: tuple[Part, ...] = ("a", "b", "c")
"""The writers' parts; the third is about forces and what is seen."""

FOLDER = Path(__file__).parent


class FreeRule(BaseModel):
    """A rule in free words for a scene, and what is wanted of it.

    One to ``do`` has a ``check``, an expression over `facts.VOCABULARY` that holds on the trace of ``steps`` steps if
    and only if the rule was done, and a ``script`` that does it, its oracle; ``plain`` says the same in words that the
    language reads, where it can say it. One to ``refuse`` says ``why``. None of these are ever shown to a coder, nor is
    ``note``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    scene: str
    text: str
    plain: str | None = None
    want: Literal["do", "refuse"]
    check: str = ""
    script: str = ""
    why: str = ""
    steps: Annotated[int, Field(ge=1)] = 300
    note: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> FreeRule:
        needs = (self.check, self.script) if self.want == "do" else (self.why,)
        if not all(text.strip() for text in needs):
            raise ValueError("a rule to do needs check and script, one to refuse needs why")
        if self.plain is not None and (self.want == "refuse" or not self.plain.strip()):
            raise ValueError("plain is for what a rule to do says, and not empty")
        return self


class _File(BaseModel):
    """A file of rules; ``prelude`` is code in front of each of its scripts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prelude: str = ""
    rule: tuple[FreeRule, ...]


@dataclass(frozen=True)
class FreeTask:
    """One rule in its scene; ``number`` is its place in the part, from 1."""

    part: Part
    number: int
    rule: FreeRule
    graph: SceneGraph

    @property
    def name(self) -> str:
        """See `evaluation.Task.name`."""
        return f"free_{self.part}_{self.number:03d}"


def load_tasks(parts: Sequence[Part] = PARTS, count: int | None = None) -> list[FreeTask]:
    """The rules of some parts in their order; with ``count`` that many, spread evenly over all of them."""
    tasks = [task for part in parts for task in _part(part)]
    if count is None or count >= len(tasks):
        return tasks
    return [tasks[k * len(tasks) // count] for k in range(count)]


def _part(part: Part) -> list[FreeTask]:
    path = FOLDER / f"rules_{part}.toml"
    if not path.exists():
        return []
    file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    names = sorted({rule.scene for rule in file.rule})
    graphs = {name: load_scene_graph(FOLDER / "scenes" / part / f"{name}.json") for name in names}
    return [
        FreeTask(part, number, _with_prelude(rule, file.prelude), graphs[rule.scene])
        for number, rule in enumerate(file.rule, 1)
    ]


def _with_prelude(rule: FreeRule, prelude: str) -> FreeRule:
    return rule.model_copy(update={"script": prelude + rule.script}) if rule.script else rule
