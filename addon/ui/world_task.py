"""The tasks that make a world of a sentence, with all that the window needs to take it in, and a video of it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..jobs import Progress
    from .tasks import Teller

WORLD = "world"
"""The folder of the world, in that of the task."""

BLEND = "guest.blend"
"""The world, packed for another scene."""

PICTURE = "world.png"

VIDEO = "video.mp4"
"""A video that was rendered and could not be put where it was to go, in the folder of its task."""

STAGES = {"scene": "layout", "fluids": "layout", "script": "layout", "run": "run", "render": "build"}
"""What a phase of the job is called here; all others are the critic's."""


def make_world(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Make a world and pack it. Raises WorldError for a sentence that cannot be had, and the job's errors."""
    from ..engine.film import take_thumbnail
    from ..engine.packing import Packed, pack
    from ..engine.protocol import EngineError
    from ..jobs.world import WorldJob, WorldSpec, run_world
    from ..worlds.makers import open_maker

    spec = WorldSpec(
        sentence=request["sentence"], seed=request["seed"], coder=request["coder"], fps=round(request["fps"], 6)
    )
    packed: list[tuple[Packed, Any, int]] = []

    def film(staged: Any, trace: Any, path: Path) -> tuple[Path, list[Path]]:
        import bpy

        title, taken = request["title"], request["taken"]
        found = pack(staged.graph, trace, path / BLEND, title, request["start"], taken)
        packed.append((found, staged.graph.world, len(trace.position)))
        with suppress(EngineError):  # the world is there without it
            take_thumbnail(bpy.context.scene, path / PICTURE)
        return path / BLEND, []

    with open_maker(spec.coder, folder / "answers", (), request["online"], served=request["served"]) as maker:
        result = run_world(
            WorldJob(
                spec,
                maker.plan,
                maker.coder,
                folder / WORLD,
                film,
                listen=_Stages(tell),
                things=maker.things,
            )
        )
    found, world, frames = packed[0]
    return {
        "collection": found.collection,
        "sky": found.sky,
        "rules": list(found.rules),
        "frames": frames,
        "physics": {"substeps_per_frame": world.substeps, "solver_iterations": world.solver_iterations},
        "folder": folder.name,
        "sentence": spec.sentence,
        "objects": result.objects,
        "checks": len(result.checks),
        "met": result.checks_met,
        "broken": result.failures,
        "missed": [c["text"] for c in result.checks if not c["met"] and not c["physical"]],
        "left_out": list(result.left_out),
    }


def film_world(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Render the packed world in the file ``blend`` as a video to ``path``, or by a number behind that name if it is
    taken once the video is whole; the result has the ``path``.

    Raises EngineError, also where nothing can be put there: before it is rendered, or with the file that is kept.
    """
    import bpy

    from ..engine.protocol import EngineError
    from ..engine.read import open_blend
    from ..engine.video import write_video

    tell(phase="render", done=0, total=0)
    wanted = Path(request["path"])
    problem = f"no video can be saved in '{wanted.parent}'"
    try:
        tempfile.TemporaryFile(dir=wanted.parent).close()
    except OSError as error:
        raise EngineError(f"{problem}: {error.strerror}; save the file in a folder that can be written to") from None
    open_blend(Path(request["blend"]))
    made = folder / "part.mp4"
    write_video(bpy.context.scene, made, lambda done, total: tell.progress("render", done, total))
    try:
        return {"path": str(_put(made, wanted))}
    except OSError as error:
        kept = made.rename(folder / VIDEO)
        raise EngineError(f"{problem}: {error.strerror}; it is kept as '{kept}', to be moved from there") from None


def _put(made: Path, wanted: Path) -> Path:
    """Move a file to a name, with a number behind it if it is taken: nothing is replaced. Raises OSError."""
    path, number = wanted, 1
    while True:
        try:
            path.touch(exist_ok=False)  # takes the name
            break
        except FileExistsError:
            number += 1
            path = wanted.with_name(f"{wanted.stem}_{number}{wanted.suffix}")
    try:
        shutil.move(made, path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


class _Stages:
    """Tells the progress of a world's job by stages, with the round that it is in."""

    def __init__(self, tell: Teller) -> None:
        self._tell = tell
        self._round = 0

    def __call__(self, step: Progress) -> None:
        """Tell one step."""
        stage = STAGES.get(step.phase, "critic")
        if step.note == "plan":
            stage = "plan"
        elif step.phase == "scene" and step.total:
            self._round = step.done
        is_counted = step.phase == "run"
        done, total = (step.done, step.total) if is_counted else (0, 0)
        self._tell.progress(f"world_{stage}", done, total, round=self._round)
