"""What a model that sees makes of the benchmark's worlds, by the rubrics of Code2Worlds (SGS, Richness, HRS).

SGS is how shapes and attributes agree with the text, Richness variety, number, detail and complexity whatever the text
is, and HRS physics, looks and steadiness; each is a mark from 0 to 100 that a model gives, so that it says nothing
without that model's name. The wording of the rubrics is our own, for that of the paper is not published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from addon.jobs.world import WorldResult, run_of
from addon.models import Message, ModelError, Picture, render, version
from addon.scene_graph import load_scene_graph, write_text
from addon.trace import load_trace
from addon.worlds.errors import WorldError
from addon.worlds.sight import Sight

from ...evaluation.statistics import Share, bootstrap
from .case import Case

TASK = "world_rating"

Mark = Annotated[float, Field(ge=0.0, le=100.0)]


class Marks(BaseModel):
    """The answer to one world's frames."""

    fidelity: Mark
    richness: Mark
    realism: Mark
    why: Annotated[str, Field(max_length=2000)] = ""


class Rating(BaseModel):
    """A world's marks, with the trace whose frames were seen."""

    name: str
    trace_sha256: str
    marks: Marks


class RatingFigures(BaseModel):
    """The marks of a judge over worlds, each a mean of 0 to 100 with its interval over sentences. ``unrated`` are the
    worlds for which the judge gave none, ``unmade`` the sentences of which there is no world."""

    judge: str
    prompt: str
    seed: int
    sgs: Share | None
    richness: Share | None
    hrs: Share | None
    unrated: list[str]
    unmade: list[str]
    ratings: list[Rating]


def judged_run(world: Path) -> Path | None:
    """The folder of the run that counts: that of the best round, or that of the baseline's script; None without one.

    Raises WorldError where what became of a world cannot be read.
    """
    if (result := world / "result.json").exists():
        try:
            return run_of(world, WorldResult.model_validate_json(result.read_bytes()).best)
        except ValidationError:
            raise WorldError(f"{result} is spoiled: evaluate anew in another folder") from None
    return world / "run" if (world / "run" / "trace.npz").exists() else None


def rate(
    folder: Path,
    cases: Sequence[Case],
    sight: Sight,
    seed: int = 0,
    listen: Callable[[str, Marks | ModelError], None] = lambda name, found: None,
) -> RatingFigures:
    """Show the worlds of an evaluation's folder to a model, each by its sentence and 24 frames, and keep its marks as
    ``ratings.json`` there. Raises EngineError and TraceError."""
    ratings, unrated, unmade = [], [], []
    for case in cases:
        run = judged_run(folder / "worlds" / case.name)
        if run is None:
            unmade.append(case.name)
            continue
        try:
            rating = rate_run(run, case, sight)
        except ModelError as error:
            unrated.append(case.name)
            listen(case.name, error)
            continue
        ratings.append(rating)
        listen(case.name, rating.marks)
    figures = figures_of(ratings, sight.model, seed, unrated, unmade)
    write_text(folder / "ratings.json", figures.model_dump_json(indent=1) + "\n")
    return figures


def rate_run(run: Path, case: Case, sight: Sight) -> Rating:
    """One world's run shown to a model. Raises ModelError where it gives no marks."""
    from addon.engine.sheets import run_sheets  # Blender takes long to load

    trace, scene = load_trace(run), run.parent / "scene.json"
    graph = load_scene_graph(scene) if scene.exists() else trace.scene
    digest = trace.sha256()
    pictures = [Picture.read(path) for path in run_sheets(graph, trace, run.parent / "rated" / digest[:16])]
    text = render(TASK, "user", sentence=case.sentence)
    system = Message("system", render(TASK, "system").strip())
    marks = sight.ask(TASK, (system, Message("user", (text, *pictures))), Marks)
    return Rating(name=case.name, trace_sha256=digest, marks=marks)


def figures_of(
    ratings: Sequence[Rating], judge: str, seed: int, unrated: Sequence[str] = (), unmade: Sequence[str] = ()
) -> RatingFigures:
    """The figures over ratings."""
    return RatingFigures(
        judge=judge,
        prompt=version(TASK),
        seed=seed,
        sgs=bootstrap([r.marks.fidelity for r in ratings], seed),
        richness=bootstrap([r.marks.richness for r in ratings], seed),
        hrs=bootstrap([r.marks.realism for r in ratings], seed),
        unrated=list(unrated),
        unmade=list(unmade),
        ratings=list(ratings),
    )
