"""One world from sentence to film: plan, stage, simulate, criticise, and again until nothing is wrong or rounds end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..coder import Coder
from ..metrics import measure
from ..scene_graph import first_problem, save_scene_graph, write_text
from ..trace import Trace, load_trace
from ..worlds.acting import VerbError, arranged, checked
from ..worlds.acting import without as lacking
from ..worlds.critic import criticise, mended
from ..worlds.editing import Edited, edited
from ..worlds.entry import Entry, LibraryError
from ..worlds.errors import EditError, WorldError
from ..worlds.fittings import fitted
from ..worlds.following import following
from ..worlds.library import including
from ..worlds.makers import Planner, Replanner
from ..worlds.manifest import Manifest
from ..worlds.object_critic import criticise_things, faces_of
from ..worlds.sight import SEEN, words_of
from ..worlds.staging import FPS, Staged, stage
from ..worlds.thing_writer import Things
from ..worlds.verbs import verbs
from ..worlds.verdict import Check
from .folder import FolderError, JobFolder, make_folder
from .run import Job, run_job
from .scenes import graph_scene
from .settling import settle
from .spec import JobSpec, Progress
from .world_looks import LOOKS
from .world_report import write_page
from .world_things import FOLDER, RECORD, ThingRecord, read_things, things_for

PLAN = "manifest.json"
"""The plan, of a world and of each of its rounds."""

KEPT = ("answers", RECORD, FOLDER, LOOKS)
"""What may be in a folder that a world is put into: what a model gave for one of which there is no plan."""

ROUNDS = 5
"""How often the critic's words go back."""


class WorldSpec(BaseModel):
    """The request behind a world's folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence: str
    seed: int = 0
    coder: str = "template"
    solve: bool = False
    """Whether liquids and smoke are solved."""
    fps: Annotated[float, Field(ge=1.0, le=240.0)] = FPS
    without: tuple[str, ...] = ()
    """What of `STAGES` is left out, to see what it is worth."""
    vision: bool = False
    """Whether a model looks at pictures."""


class Round(BaseModel):
    """One round: what the critic found, and the trace that it was found in."""

    number: int
    seed: int
    trace_sha256: str
    checks: list[dict[str, Any]]

    @property
    def met(self) -> int:
        """How many checks were met."""
        return sum(1 for check in self.checks if check["met"])


class WorldResult(BaseModel):
    """What became of a world. ``failures`` are the physical checks that are broken in the round that counts,
    ``left_out`` the words of the sentence that nothing stands for."""

    sentence: str
    seed: int
    checks: list[dict[str, Any]]
    checks_met: int
    failures: list[str]
    left_out: tuple[str, ...]
    rounds: int
    best: int
    faces: int
    objects: int
    trace_sha256: str
    things: list[ThingRecord] = []
    """Where things come from that the library has not."""
    blend: str | None = None
    frames: list[str] = []


@dataclass
class WorldJob:
    """Everything that one world needs. ``film`` turns the staged world and its trace into a .blend file, and pictures
    where they are asked for. ``solve`` gives a staged world whose fluids are solved over so many steps."""

    spec: WorldSpec
    plan: Planner
    coder: Coder | None
    path: Path
    film: Callable[[Staged, Any, Path], tuple[Path, list[Path]]] | None = None
    solve: Callable[[Staged, int], Staged] | None = None
    listen: Callable[[Progress], None] = lambda progress: None
    on_plan: Callable[[Manifest], None] = lambda manifest: None
    things: Things = field(default_factory=Things)
    look: Callable[[Staged, Trace, Path], list[Check]] | None = None
    """What somebody who sees says of a run; pictures may be kept in the folder."""
    again: Replanner | None = None
    """Changes a plan by what was seen."""
    rounds: list[Round] = field(default_factory=list)


def run_of(path: Path, best: int) -> Path:
    """The folder of a round's run in a world's folder."""
    return path / "rounds" / str(best) / "run"


def seed_of(spec: WorldSpec, number: int) -> int:
    """The seed of a round's layout."""
    return spec.seed * 101 + number - 1


def run_world(job: WorldJob) -> WorldResult:
    """Make a world in its folder; stages that are done are not done again.

    Raises WorldError for what cannot be made, FolderError for a folder that holds other things, JobError for one that
    cannot be written, and EngineError.
    """
    _open(job)
    planned = (job.path / PLAN).exists()
    try:
        with including(things_for(job.path, "" if planned else job.spec.sentence, job.things)):
            return _made(job)
    except WorldError as error:
        _withdraw(job.path)
        if planned and str(job.path) not in str(error):
            raise WorldError(f"{job.path / PLAN}: {error}") from None
        raise


def _made(job: WorldJob) -> WorldResult:
    manifest = _planned(job)
    job.on_plan(_feasible(manifest))
    best: tuple[tuple[int, int], Staged, Path] | None = None
    for number in range(1, (1 if "motion critic" in job.spec.without else ROUNDS) + 1):
        staged, run, found = _round(job, manifest, number)
        worth = (-sum(1 for c in found if c.physical and not c.met), sum(1 for c in found if c.met))
        if best is None or worth > best[0]:
            best = worth, staged, run
        if all(check.met for check in found):
            break
        again = _mended(manifest, found) or _replanned(job, manifest, found)
        if again is None:
            break
        manifest = again
    assert best is not None
    return _finished(job, best[1], best[2])


def _feasible(manifest: Manifest) -> Manifest:
    """A plan as it is told: without what nothing of its make can do; as it is where nothing can be made of it."""
    told = manifest
    while True:
        try:
            arranged(fitted(told), verbs())
        except VerbError as error:
            if error.number is None:
                return manifest
            told = lacking(told, error)
        except WorldError:
            return manifest
        else:
            return told


def _mended(manifest: Manifest, found: Sequence[Check]) -> Manifest | None:
    """The plan to try next for what the symbolic critic found; None where it has no words that help."""
    stands_wrong = any(c.stage == "layout" and not c.met and not c.kind.startswith(SEEN) for c in found)
    return mended(manifest, found) or (manifest if stands_wrong else None)


def _replanned(job: WorldJob, manifest: Manifest, found: Sequence[Check]) -> Manifest | None:
    """The plan changed by what was seen; None where nothing is wrong, or no plan that can be taken comes of it."""
    words = words_of(found)
    if not words or job.again is None or len(job.rounds) == ROUNDS:
        return None
    try:
        changed = job.again(manifest, words)
    except WorldError:
        return None
    return changed if changed != manifest else None


def load_spec(path: Path) -> WorldSpec:
    """The request behind a world's folder. Raises WorldError for a folder that holds no world."""
    request = path / "world.json"
    try:
        return WorldSpec.model_validate_json(request.read_bytes())
    except OSError:
        raise WorldError(f"{path} holds no world that could be changed: make it first") from None
    except ValidationError as error:
        told = f"{request} is spoiled: {first_problem(error)}"
        raise WorldError(f"{told}; mend it, or choose another folder with --out") from None


def edit_world(path: Path, text: str, library: dict[str, Entry]) -> Edited:
    """Change the plan of a world's folder in words, and keep what it was under ``history``; the world is made anew by
    `run_world`. Raises EditError, also for what cannot be laid out or done, and WorldError for a folder without a plan;
    neither changes anything."""
    plan = path / PLAN
    if not plan.exists():
        raise WorldError(f"{path} holds no world that could be changed: make it first")
    before = read_plan(plan)
    found = edited(before, text, library)
    _can_be_had(path, before, found.manifest)
    history = path / "history"
    history.mkdir(exist_ok=True)
    number = len(list(history.glob("*.json"))) + 1
    write_text(history / f"{number}.json", _plan_text(before))
    write_text(history / f"{number}.txt", "\n".join((text, *found.changes)) + "\n")
    write_text(plan, _plan_text(found.manifest))
    _take_back(path)
    return found


def _can_be_had(path: Path, before: Manifest, after: Manifest) -> None:
    """Raises EditError for a plan that cannot be made into a scene, or of which more is left out than before."""
    spec = load_spec(path)

    def left_out(manifest: Manifest) -> set[str]:
        return set(staged_as_far(manifest, seed_of(spec, 1), spec.without, spec.fps).manifest.left_out)

    try:
        lost = left_out(after) - set(before.left_out)
    except WorldError as error:
        raise EditError(f"this cannot be done: {error}") from None
    if lost:
        with suppress(WorldError):  # a plan of which nothing can be made is there to be mended
            lost -= left_out(before)
    if lost:
        raise EditError(f"this cannot be done: {'; '.join(sorted(lost))}")


def _take_back(path: Path) -> None:
    """Take away what came of a plan that was changed since."""
    for name in ("result.json", "report.html", "world.blend"):
        (path / name).unlink(missing_ok=True)
    shutil.rmtree(path / "frames", ignore_errors=True)


def read_plan(path: Path) -> Manifest:
    """A plan from its file. Raises WorldError that names the field."""
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WorldError(f"{path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        told = f"{path} is no plan: {first_problem(error)}"
        raise WorldError(f"{told}; mend it, or delete it to have the sentence planned again") from None


def _open(job: WorldJob) -> None:
    """Make or take up the folder. Raises FolderError."""
    make_folder(job.path)
    check_folder(job.path, job.spec)
    request = job.path / "world.json"
    if not request.exists():
        write_text(request, job.spec.model_dump_json(indent=1) + "\n")


def check_folder(path: Path, spec: WorldSpec) -> None:
    """Raise FolderError if a world cannot be put into a folder that there is, and WorldError if what that holds cannot
    be read; writes nothing."""
    if (path / "world.json").exists():
        if load_spec(path) != spec:
            raise FolderError(
                f"{path} holds another world: another sentence, seed, coder or frame rate, or other stages left out; "
                "choose another with --out, or leave the sentence and these options out to go on with that world"
            )
    elif any(not p.name.startswith(".") and p.name not in KEPT for p in path.iterdir()):
        raise FolderError(f"{path} holds other files; choose an empty or new folder with --out")


def _withdraw(path: Path) -> None:
    """Take back a world of which there is no plan, so that another one finds the folder free."""
    if not (path / PLAN).exists():
        (path / "world.json").unlink(missing_ok=True)
        with suppress(OSError):  # other files are in it
            path.rmdir()


def _planned(job: WorldJob) -> Manifest:
    """The plan: that of the folder, which may have been edited, else a new one. Raises WorldError."""
    path = job.path / PLAN
    if path.exists():
        try:
            manifest = checked(read_plan(path), verbs())
        except LibraryError as error:
            raise WorldError(f"{path}: {error}") from None
        if manifest.sentence not in ("", job.spec.sentence):
            raise WorldError(
                f"{path} is the plan of another sentence: that of {job.path / 'world.json'} counts; put it back there, "
                "or make the other one with another --out"
            )
        return manifest
    job.listen(Progress(phase="script", note="plan"))
    manifest = job.plan(job.spec.sentence)
    write_text(path, _plan_text(manifest))
    return manifest


def _plan_text(manifest: Manifest) -> str:
    return manifest.model_dump_json(indent=1, exclude_defaults=True) + "\n"


def _round(job: WorldJob, manifest: Manifest, number: int) -> tuple[Staged, Path, list[Check]]:
    """Stage, run and criticise a plan once."""
    run = run_of(job.path, number)
    folder, text = run.parent, _plan_text(manifest)
    if (folder / PLAN).exists() and (folder / PLAN).read_bytes() != text.encode():
        shutil.rmtree(folder)  # it is that of a plan that was edited since
        _take_back(job.path)
    folder.mkdir(parents=True, exist_ok=True)
    job.listen(Progress(phase="scene", done=number, total=ROUNDS))
    seed = seed_of(job.spec, number)
    staged, settled = _settled(job, manifest, seed)
    write_text(folder / PLAN, text)
    steps = round(manifest.seconds * job.spec.fps)
    save_scene_graph(staged.graph, folder / "scene.json")
    if job.solve is not None:
        staged = job.solve(staged, steps)
        save_scene_graph(staged.graph, folder / "scene.json")
    scene = graph_scene(staged.graph, staged.assertions)
    spec = JobSpec(
        title=staged.graph.name,
        source=job.spec.sentence,
        coder=job.spec.coder if staged.graph.rules else "none",
        rules=staged.graph.rules,
        assertions=staged.assertions,
        steps=steps,
        seed=job.spec.seed,
    )
    coder = job.coder if staged.graph.rules else None
    run_job(Job(spec, scene.make_engine, coder, JobFolder(run), listen=job.listen))
    trace = load_trace(run)
    held = {check.subject for check in settled if check.kind == "held"}
    found = criticise(staged, trace, measure(trace, staged.assertions))
    found = [check for check in found if check.kind != "held" or check.subject not in held]
    checks = [*settled, *criticise_things(staged), *found]
    if "object critic" in job.spec.without:
        checks = [check for check in checks if check.stage != "object"]
    if staged.graph.camera is not None:
        camera = following(staged.manifest, staged.graph.camera, staged.layout.ground, trace)
        staged.graph = staged.graph.model_copy(update={"camera": camera})
        save_scene_graph(staged.graph, folder / "scene.json")
    record = _recorded(folder, number, seed, trace, checks)
    if job.look is not None and _mended(manifest, checks) is None:
        job.listen(Progress(phase="render", note="look"))
        checks += job.look(staged, trace, folder / "look" / trace.sha256()[:16])
        record = _recorded(folder, number, seed, trace, checks)
    job.rounds.append(record)
    return staged, run, checks


def _settled(job: WorldJob, manifest: Manifest, seed: int) -> tuple[Staged, list[Check]]:
    """A plan laid out, and its settle run: what does not stay where it was put is held, without a run of all first,
    and a check tells it. Raises WorldError."""
    told: list[Check] = []
    while True:
        staged = staged_as_far(manifest, seed, job.spec.without, job.spec.fps)
        settled = settle(staged)
        held = mended(manifest, settled)
        if held is None or "motion critic" in job.spec.without:
            return staged, [*told, *settled]
        still = {n for old, new in zip(manifest.subjects, held.subjects, strict=True) if old != new for n in new.names}
        told += [replace(c, kind="held", met=True, text=f"{c.text}: it is held") for c in settled if c.subject in still]
        manifest = held


def _recorded(folder: Path, number: int, seed: int, trace: Trace, checks: Sequence[Check]) -> Round:
    record = Round(number=number, seed=seed, trace_sha256=trace.sha256(), checks=[vars(c) for c in checks])
    write_text(folder / "critic.json", record.model_dump_json(indent=1) + "\n")
    return record


def staged_as_far(manifest: Manifest, seed: int, without: Sequence[str] = (), fps: float = FPS) -> Staged:
    """The scene of a plan as far as it can be done: what cannot is left out and told. Raises WorldError."""
    while True:
        try:
            return stage(manifest, seed, without, fps)
        except VerbError as error:
            manifest = lacking(manifest, error)


def _finished(job: WorldJob, staged: Staged, run: Path) -> WorldResult:
    """Film the best round and say what became of the world."""
    counts = next(r for r in job.rounds if str(r.number) == run.parent.name)
    blend, frames = None, list[Path]()
    if job.film is not None:
        job.listen(Progress(phase="render"))
        blend, frames = job.film(staged, load_trace(run), job.path)
    result = WorldResult(
        sentence=job.spec.sentence,
        seed=job.spec.seed,
        checks=counts.checks,
        checks_met=counts.met,
        failures=[c["text"] for c in counts.checks if c["physical"] and not c["met"]],
        left_out=staged.manifest.left_out,
        rounds=len(job.rounds),
        best=counts.number,
        faces=faces_of(staged),
        objects=len(staged.graph.objects),
        trace_sha256=counts.trace_sha256,
        things=read_things(job.path),
        blend=str(blend.relative_to(job.path)) if blend is not None else None,
        frames=[str(f.relative_to(job.path)) for f in frames],
    )
    told = result.model_dump(mode="json")
    rounds = [r.model_dump(mode="json") for r in job.rounds]
    write_page(job.path, told, rounds, _plan_text(staged.manifest), staged.graph.rules)
    write_text(job.path / "result.json", json.dumps(told, indent=1) + "\n")
    return result
