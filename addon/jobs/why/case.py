"""A finished run of which is asked why: what was recorded, what its rules said and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...coder import Understood
from ...coder.read_script import understood_of
from ...rules import Rule, Vocabulary
from ...rules.changes.difference import difference
from ...rules.changes.proof import Reader
from ...rules.model import Condition
from ...scene_graph import FloatArray, SceneGraph, SceneObject
from ...trace import Trace, contact_intervals, load_trace
from ..folder import FolderError, JobFolder
from ..outcomes import RuleOutcome
from ..spec import JobSpec, counting
from .mends import Plan, Reword

STILL = 1e-3
"""Metres, and radians, within which an object has stayed as it was."""


@dataclass(frozen=True)
class Case:
    """One run. ``rules`` are its texts, ``understood`` those whose reading is known, ``script`` the one that ran.

    ``problem`` is what ended that script at ``problem_frame``.
    """

    trace: Trace
    rules: tuple[str, ...]
    outcomes: tuple[RuleOutcome, ...]
    understood: tuple[Understood, ...] = ()
    script: str | None = None
    problem: dict[str, Any] | None = None
    problem_frame: int | None = None

    @property
    def graph(self) -> SceneGraph:
        """The scene at the start."""
        return self.trace.scene

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self.trace.meta.fps

    @property
    def last(self) -> int:
        """The last frame."""
        return len(self.trace.position) - 1

    @property
    def plan(self) -> Plan:
        """What was run."""
        read = {one.number for one in self.understood if one.rules} == set(range(1, len(self.rules) + 1))
        return Plan(self.graph, self.rules, self.last, None if read and self.rules else self.script)

    @cached_property
    def reader(self) -> Reader:
        """Reads rules in this scene."""
        return Reader(Vocabulary(self.graph))

    @cached_property
    def objects(self) -> dict[str, SceneObject]:
        """The scene's objects by their names."""
        return {obj.name: obj for obj in self.graph.objects}

    @cached_property
    def touches(self) -> dict[frozenset[str], list[tuple[int, int]]]:
        """First and last frames of each contact, by the names of the two."""
        names = self.trace.bodies
        found = contact_intervals(self.trace.contacts).items()
        return {frozenset((names[a], names[b])): runs for (a, b), runs in found}

    def at(self, frame: int) -> str:
        """A moment in words: ``at frame 63 (1.05 s)``."""
        return f"at frame {frame} ({frame / self.fps:.2f} s)"

    def place(self, name: str) -> FloatArray:
        """Where a body was ``[F, 3]``, in m."""
        return np.asarray(self.trace.position[:, self.trace.index(name)])

    def velocity(self, name: str) -> FloatArray:
        """How a body moved ``[F, 3]``, in m/s."""
        return np.asarray(self.trace.velocity[:, self.trace.index(name)])

    def has(self, *names: str) -> bool:
        """Whether the run recorded the poses of all of these, at every frame."""
        known = [name for name in names if name in self.trace.bodies]
        return len(known) == len(names) and all(np.isfinite(self.place(name)).all() for name in names)

    def moved(self, name: str) -> bool:
        """Whether a body was ever elsewhere, or turned otherwise, than at the start."""
        turns = self.trace.quaternion[:, self.trace.index(name)]
        turned = np.sqrt(np.clip(1 - np.square(turns @ turns[0]), 0, 1))
        return bool(np.ptp(self.place(name), axis=0).max() > STILL or turned.max() > STILL)

    def touching(self, a: str, b: str) -> NDArray[np.bool_]:
        """At which frames ``[F]`` two bodies touched."""
        found = np.zeros(self.last + 1, dtype=bool)
        for first, last in self.touches.get(frozenset((a, b)), ()):
            found[first : last + 1] = True
        return found

    def fired(self, number: int) -> bool:
        """Whether a rule acted."""
        return any(one.number == number and one.fired for one in self.outcomes)

    def acting_on(self, name: str) -> list[int]:
        """The numbers of the rules that do something to an object."""
        return [
            one.number
            for one in self.understood
            if any(name in effect.thing.names for rule in one.rules for effect in rule.effects)
        ]

    def instead(self, one: Understood, rule: Rule, old: Condition, new: Condition | None) -> Reword | None:
        """A rule that waits for one thing instead of another, or not for that at all; None where no words say so."""
        condition = _swapped(rule.when.condition, old, new)
        if condition is None:
            return None
        return self.reword(
            one, rule, rule.model_copy(update={"when": rule.when.model_copy(update={"condition": condition})})
        )

    def reword(self, one: Understood, before: Rule, after: Rule) -> Reword | None:
        """One rule of a text said otherwise; None where no words are read as just that."""
        rules = tuple(after if rule is before else rule for rule in one.rules)
        text = self.reader.text_of(rules, self.reader.read(self.rules)[1])
        if text is None or text == one.text:
            return None
        told = difference((before,), (after,))
        return Reword(words=f"say: {told}", number=one.number, before=one.text, after=text, difference=told)


def _swapped(condition: Condition | None, old: Condition, new: Condition | None) -> Condition | None:
    """A condition with another one in the place of one that it is or is over; what is over none is none."""
    if condition is None or condition == old:
        return new
    changes: dict[str, Any] = {}
    for name, value in condition:
        if isinstance(value, Condition):
            if (changed := _swapped(value, old, new)) is None:
                return None
            changes[name] = changed
        elif isinstance(value, tuple) and all(isinstance(part, Condition) for part in value):
            parts = tuple(part for before in value if (part := _swapped(before, old, new)) is not None)
            if len(parts) < 2:
                return parts[0] if parts else None
            changes[name] = parts
    return condition.model_copy(update=changes)


def case_of(folder: Path, trace: Trace | None = None) -> Case:
    """The case of a finished job's folder, whose ``trace`` may be known. Raises FolderError or TraceError."""
    result = JobFolder(folder).result()
    if result is None:
        raise FolderError(f"{folder} holds no finished run: result.json is missing or cannot be read; run it again")
    try:
        spec = JobSpec.model_validate_json((folder / "job.json").read_text(encoding="utf-8"))
        used = counting(result.scripts) or (result.scripts[-1] if result.scripts else None)
        script = (folder / used.file).read_text(encoding="utf-8") if used is not None else None
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder} cannot be read: {error}") from None
    trace = load_trace(folder) if trace is None else trace
    rules = spec.rules + ((spec.goal,) if spec.goal else ())
    told = [Understood(n.number, n.text, n.understood, "model") for n in result.rules if n.way == "model"]
    understood = understood_of(script, rules, trace.scene, told) if script is not None else ()
    return Case(
        trace=trace,
        rules=rules,
        outcomes=result.rules,
        understood=understood,
        script=script,
        problem=result.problem,
        problem_frame=result.problem_frame,
    )
