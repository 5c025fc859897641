"""What a model that sees makes of the benchmark's worlds, by the rubrics of Code2Worlds (SGS, Richness, HRS).

SGS is how shapes and attributes agree with the text, Richness variety, number, detail and complexity whatever the text
is, and HRS physics, looks and steadiness; each is a mark from 0 to 100 that a model gives, so that it says nothing
without that model's name. The wording of the rubrics is our own, for that of the paper is not published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from addon.engine.protocol import EngineError
from addon.jobs.world import WorldResult, run_of
from addon.models import Message, ModelError, Picture, render, version
from addon.scene_graph import SceneGraphError, load_scene_graph, write_text
from addon.trace import TraceError, load_trace
from addon.worlds.errors import WorldError
from addon.worlds.sight import Sight

from ...evaluation.statistics import Share, bootstrap
from .case import Case

TASK = "world_rating"
RATINGS = "ratings.json"

UNSEEN = (ModelError, WorldError, TraceError, SceneGraphError, EngineError)
"""Why a world has no marks: the judge gave none, or its files are spoiled."""

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
    worlds that got none when they were last to be rated, ``unmade`` the sentences of which there is no world."""

    judge: str
    prompt: str
    seed: int
    sgs: Share | None
    richness: Share | None
    hrs: Share | None
    unrated: list[str]
    unmade: list[str]
    ratings: list[Rating]


def holds_world(world: Path) -> bool:
    """Whether there is a world in a folder, be it spoiled."""
    return any((world / name).exists() for name in ("result.json", "run/trace.json", "run/trace.npz"))


def judged_run(world: Path) -> Path | None:
    """The folder of the run that counts: that of the best round, or that of the baseline's script; None without one.

    Raises WorldError where what became of a world cannot be read.
    """
    if not holds_world(world):
        return None
    if not (result := world / "result.json").exists():
        return world / "run"
    try:
        run = run_of(world, WorldResult.model_validate_json(result.read_bytes()).best)
        is_there = run.is_dir()
    except (OSError, ValidationError):
        raise WorldError(f"{result} is spoiled: evaluate anew in another folder") from None
    if not is_there:
        raise WorldError(f"{result} is spoiled: there is no {run}; evaluate anew in another folder")
    return run


@dataclass
class Kept:
    """The marks in an evaluation's folder, which are written after each of them, so that none is lost."""

    folder: Path
    judge: str
    seed: int
    ratings: dict[str, Rating] = field(default_factory=dict)
    unrated: list[str] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)
    others: str = ""
    """Whose marks are there that these take the place of, "" for nobody's."""

    @property
    def figures(self) -> RatingFigures:
        """The figures over all of them."""
        ratings = [self.ratings[name] for name in sorted(self.ratings)]
        return figures_of(ratings, self.judge, self.seed, sorted(self.unrated), sorted(self.unmade))

    def write(self) -> None:
        """Write them; where there are none, those of another judge stay."""
        if self.ratings or not self.others:
            write_text(self.folder / RATINGS, self.figures.model_dump_json(indent=1) + "\n")


def kept(folder: Path, judge: str, seed: int, asked: Sequence[str], tell: Callable[[str], None]) -> Kept:
    """The marks of before that count: those that the same judge gave to the same prompt, of traces that are still the
    same. ``tell`` hears of others. Raises WorldError for a file that holds no marks."""
    path, found = folder / RATINGS, Kept(folder, judge, seed)
    try:
        before = RatingFigures.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return found
    except (OSError, ValidationError):
        raise WorldError(f"{path} holds no marks that can be read: put it elsewhere, and rate again") from None
    if (before.judge, before.prompt) != (judge, version(TASK)):
        found.others = f"{before.judge}, {before.prompt}" if before.ratings else ""
        return found
    for rating in before.ratings:
        if rating.trace_sha256 == _digest(folder / "worlds" / rating.name):
            found.ratings[rating.name] = rating
        elif rating.name not in asked:
            tell(f"{rating.name}: its mark of before is not of the run that is there now, and is left out")
    found.unrated = [name for name in before.unrated if name not in asked]
    found.unmade = [name for name in before.unmade if name not in asked]
    return found


def _digest(world: Path) -> str:
    """The digest of the run that counts, "" where there is none that can be read."""
    try:
        run = judged_run(world)
        return "" if run is None else load_trace(run).sha256()
    except (WorldError, TraceError):
        return ""


def rate(
    folder: Path,
    cases: Sequence[Case],
    sight: Sight,
    seed: int = 0,
    listen: Callable[[str, Marks | Exception], None] = lambda name, found: None,
    tell: Callable[[str], None] = lambda text: None,
) -> RatingFigures:
    """Show the worlds of an evaluation's folder to a model, each by its sentence and 24 frames, and keep its marks as
    ``ratings.json`` there, with those that it gave before. A world that gets none now keeps its mark of before. Raises
    WorldError for a ``ratings.json`` that holds no marks."""
    marks = kept(folder, sight.model, seed, [case.name for case in cases], tell)
    for case in cases:
        try:
            run = judged_run(folder / "worlds" / case.name)
            rating = rate_run(run, case, sight) if run is not None else None
        except UNSEEN as error:
            marks.unrated.append(case.name)
            listen(case.name, error)
            continue
        if rating is None:
            marks.unmade.append(case.name)
            continue
        if marks.others and not marks.ratings:
            tell(f"{folder / RATINGS} holds marks by another judge or prompt ({marks.others}): these take their place")
        marks.ratings[case.name] = rating
        marks.write()
        listen(case.name, rating.marks)
    if marks.others and not marks.ratings:
        tell(f"{folder / RATINGS} is left as it was, with marks by another judge or prompt ({marks.others})")
    marks.write()
    return marks.figures


def rate_run(run: Path, case: Case, sight: Sight) -> Rating:
    """One world's run shown to a model. Raises `UNSEEN` where it gets no marks."""
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
