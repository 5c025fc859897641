"""The tasks that make a world of a sentence, with all that the window needs to take it in, and a video of it."""

from __future__ import annotations

import shutil
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
    """Render the packed world in the file ``blend`` as a video to ``path``, which is there once it is whole.

    Raises EngineError, and OSError where it cannot be put there.
    """
    import bpy

    from ..engine.read import open_blend
    from ..engine.video import write_video

    tell(phase="render", done=0, total=0)
    open_blend(Path(request["blend"]))
    made = folder / "video.mp4"
    write_video(bpy.context.scene, made, lambda done, total: tell.progress("render", done, total))
    shutil.move(made, request["path"])
    return {"path": request["path"]}


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
