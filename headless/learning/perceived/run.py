"""One machine run from several graphs of it, and what came of its assertions in each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from addon.coder.link import compose_read
from addon.engine.protocol import EngineError
from addon.jobs.rollout import RolloutOptions, rollout
from addon.perception.reading import Found
from addon.rewards import DslError, Node, judge_all
from addon.rewards import read as read_assertion
from addon.rules import Reading, Refusal, Vocabulary, python, read, released
from addon.scene_graph import SceneGraph, SceneGraphError

from ...benchmarks.physibench.machine import Machine
from ..perception.errors import Truth
from .mixed import Part, perceived_graph

PLACE = "NEARBY_AT"
"""Assertions that begin so say where a thing is, in metres; others say what happens."""


class Outcome(BaseModel):
    """What came of a machine run from one graph. ``held`` counts those of its ``assertions`` that were true in the run.

    ``places_missed`` counts the false ones that say where a thing is; ``absent`` the assertions that speak of what the
    graph lacks, ``refused`` the rules that cannot be read in it: both were left out of the run. ``problem`` says why
    there was none, or where its script failed. ``digest`` is that of the machine and
    of what was read.
    """

    model_config = ConfigDict(frozen=True)

    machine: str
    graph: str
    digest: str
    assertions: int
    held: int = 0
    places_missed: int = 0
    absent: int = 0
    refused: tuple[str, ...] = ()
    problem: str = ""

    @property
    def success(self) -> bool:
        """Logic success: all assertions hold, and every rule was kept."""
        return self.held == self.assertions and not self.refused and not self.problem

    @property
    def happened(self) -> bool:
        """Success but for assertions of places."""
        return self.held + self.places_missed == self.assertions and not self.refused and not self.problem


@dataclass(frozen=True, eq=False)
class Case:
    """A machine, what was read of its first picture, and the graphs that it is run from, by their names."""

    machine: Machine
    names: tuple[str, ...]
    found: Sequence[Found]
    truth: Truth
    graphs: Mapping[str, tuple[Part, ...]]

    @property
    def digest(self) -> str:
        """Of all that its runs depend on."""
        told = hashlib.sha256(self.machine.model_dump_json().encode())
        for one in self.found:
            told.update(repr((one.kind, one.shape, one.lit, one.velocity, one.known)).encode())
            for numbers in (one.color, one.half, one.position, one.quaternion):
                told.update(np.asarray(numbers, dtype=np.float64).tobytes())
        return told.hexdigest()[:16]


def run_case(case: Case) -> list[Outcome]:
    """Run a machine from each of its graphs, in this process, in which Blender computes in one thread."""
    from addon.engine.threads import compute_in_one_thread

    compute_in_one_thread()
    digest = case.digest
    return [
        outcome_of(case.machine, name, perceived_graph(case.machine, case.names, case.found, case.truth, exact), digest)
        for name, exact in case.graphs.items()
    ]


def outcome_of(machine: Machine, name: str, graph: SceneGraph, digest: str = "") -> Outcome:
    """The machine's rules and assertions in a run of a graph; what the graph has no objects for is left out."""
    from ...engines import engine_for

    script, refused = script_of(graph)
    usable = {text: node for text in machine.assertions if (node := _assertion(text, graph)) is not None}
    told = Outcome(
        machine=machine.name,
        graph=name,
        digest=digest,
        assertions=len(machine.assertions),
        absent=len(machine.assertions) - len(usable),
        refused=refused,
    )
    try:
        done = rollout(engine_for(graph), script, RolloutOptions(machine.steps, machine.seed))
    except (EngineError, SceneGraphError) as problem:
        return told.model_copy(update={"problem": str(problem).splitlines()[0]})
    verdicts = judge_all(list(usable.values()), done.trace)
    missed = [text for text, verdict in zip(usable, verdicts, strict=True) if not verdict.held]
    return told.model_copy(
        update={
            "held": len(usable) - len(missed),
            "places_missed": sum(text.startswith(PLACE) for text in missed),
            "problem": str(done.problem).splitlines()[0] if done.problem is not None else "",
        }
    )


def script_of(graph: SceneGraph) -> tuple[str, tuple[str, ...]]:
    """The script of those rules of a graph that can be read in it, and the others."""
    scene = Vocabulary(graph)
    found = [read(rule, scene) for rule in graph.rules]
    changed = released(found, scene)
    if changed is not scene:
        found = [read(one.text, changed) if isinstance(one, Refusal) else one for one in found]
    readings = [one for one in found if isinstance(one, Reading)]
    refused = tuple(one.text for one in found if isinstance(one, Refusal))
    return compose_read([one.text for one in readings], [python(*one.rules) for one in readings]), refused


def _assertion(text: str, graph: SceneGraph) -> Node | None:
    try:
        return read_assertion(text, graph)
    except DslError:
        return None
