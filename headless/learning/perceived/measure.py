"""What perception costs: how well first pictures of machines are read, and what of the machines still comes true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from addon.models import ModelError
from addon.perception.camera import Camera
from addon.perception.reading import SIDE, Found

from ...benchmarks.physibench.machine import Machine
from ...evaluation.pool import Lost, run_tasks
from ...evaluation.recorded import waiting
from ...evaluation.statistics import Share, bootstrap
from ..errors import LearningError
from ..frames.camera import camera_of
from ..frames.caster import draw
from ..frames.clips import Clip
from ..perception.errors import Errors, Truth, truth_of
from ..perception.evaluate import colors_of
from ..perception.readers import Reader
from .mixed import PARTS, Part
from .run import Case, Outcome, run_case

GRAPHS: dict[str, tuple[Part, ...]] = {
    "read": (),
    "read, bodies and joints true": ("bodies",),
    "true but for which objects there are": ("poses", "bodies"),
    "true but for poses and sizes": ("objects", "bodies"),
    "true but for bodies and joints": ("objects", "poses"),
    "true": PARTS,
}
"""What machines are run from: what was read of a picture, the truth, and what lies between."""

ROWS = "rows.jsonl"
TIMEOUT = 1800.0
"""Seconds that a machine may take from all graphs together."""


class Figure(BaseModel):
    """Machines run from one kind of graph: shares of machines whose assertions all hold (``success``) or all but those
    of places (``happened``), of the assertions that hold, by machine, and of the machines in which an assertion speaks
    of what is not there (``absent``), or a rule cannot be read (``refused``)."""

    success: Share | None
    happened: Share | None
    assertions: Share | None
    absent: Share | None
    refused: Share | None


class Perceived(BaseModel):
    """Errors of a reader on the first pictures of machines, and what came of the machines. ``lost`` had no run."""

    reader: str
    seed: int
    machines: int
    errors: dict[str, Any]
    figures: dict[str, Figure]
    lost: list[str]


Seen = tuple[Clip, list[Found], Truth]


def first_picture(clip: Clip) -> tuple[NDArray[np.uint8], Camera, Truth]:
    """The first picture of a machine's run, its camera and what is true of it."""
    camera = camera_of(clip)
    drawn = draw(clip, camera, SIDE, slice(0, 1))
    return drawn.color[0].numpy(), camera, truth_of(clip, 0, drawn.instance[0].numpy())


def read_all(clips: Sequence[Clip], reader_for: Callable[[str], Reader]) -> list[Seen]:
    """What is read of the first picture of each clip. Raises ModelError where answers are still to be given."""
    found, pending = list[Seen](), 0
    for clip in clips:
        picture, camera, truth = first_picture(clip)
        try:
            found.append((clip, reader_for(clip.name).read(picture, camera), truth))
        except ModelError as problem:
            if problem.kind != "paste":
                raise
            pending += 1
    if pending:
        raise waiting(pending, "picture", "pictures")
    return found


def errors_of(seen: Sequence[Seen]) -> dict[str, Any]:
    """The errors of what was read, as `learning perception` has them."""
    errors = Errors(colors_of([clip for clip, _, _ in seen]))
    for _, found, truth in seen:
        errors.add(found, truth)
    return errors.summary()


def measure(
    reader: str, seen: Sequence[Seen], machines: Sequence[Machine], graphs: Sequence[str], *, seed: int = 0,
    folder: Path | None = None, workers: int = 1, tell: Callable[[Outcome], None] = lambda outcome: None,
) -> Perceived:  # fmt: skip
    """Run machines from what was read of them and from the graphs between that and the truth.

    With a ``folder`` what came of each run is kept there, and not done again. Raises LearningError for a clip without
    its machine.
    """
    known = {machine.name: machine for machine in machines}
    cases = [_case(one, known, graphs) for one in seen]
    outcomes, lost = list[Outcome](), list[str]()
    for outcome in _outcomes(cases, folder, workers):
        if isinstance(outcome, str):
            lost.append(outcome)
            continue
        outcomes.append(outcome)
        tell(outcome)
    figures = {name: figure_of([one for one in outcomes if one.graph == name], seed) for name in graphs}
    return Perceived(
        reader=reader, seed=seed, machines=len(seen), errors=errors_of(seen), figures=figures, lost=sorted(lost)
    )


def figure_of(outcomes: Sequence[Outcome], seed: int) -> Figure:
    """The figure over runs from one kind of graph."""
    ordered = sorted(outcomes, key=lambda one: one.machine)
    return Figure(
        success=bootstrap([one.success for one in ordered], seed),
        happened=bootstrap([one.happened for one in ordered], seed),
        assertions=bootstrap([one.held / max(one.assertions, 1) for one in ordered], seed),
        absent=bootstrap([one.absent > 0 for one in ordered], seed),
        refused=bootstrap([len(one.refused) > 0 for one in ordered], seed),
    )


def _case(seen: Seen, known: dict[str, Machine], graphs: Sequence[str]) -> Case:
    clip, found, truth = seen
    machine = known.get(clip.name)
    if machine is None or machine.graph.names != clip.objects:
        raise LearningError(f"the clip {clip.name} is not of a machine of this benchmark; make the clips again")
    return Case(machine, clip.objects, found, truth, {name: GRAPHS[name] for name in graphs})


def _outcomes(cases: Sequence[Case], folder: Path | None, workers: int) -> Iterator[Outcome | str]:
    """What came of each run, or the name of a machine that had none; those that are kept first."""
    kept = {(one.machine, one.graph, one.digest): one for one in _kept(folder)}
    todo = []
    for case in cases:
        keys = {name: (case.machine.name, name, case.digest) for name in case.graphs}
        yield from (kept[key] for key in keys.values() if key in kept)
        if left := {name: case.graphs[name] for name, key in keys.items() if key not in kept}:
            todo.append(replace(case, graphs=left))
    for done in run_tasks(run_case, [(case,) for case in todo], workers, TIMEOUT):
        if isinstance(done.value, Lost):
            yield f"{todo[done.index].machine.name}: {done.value.reason}"
            continue
        if folder is not None:
            with (folder / ROWS).open("a", encoding="utf-8") as stream:
                stream.writelines(one.model_dump_json() + "\n" for one in done.value)
        yield from done.value


def _kept(folder: Path | None) -> list[Outcome]:
    if folder is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ROWS
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [Outcome.model_validate_json(line) for line in lines]
    except (OSError, ValidationError):
        raise LearningError(f"{path} holds no results that can be read: choose another --out") from None
