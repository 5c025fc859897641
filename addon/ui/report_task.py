"""The task that takes the pictures of a run's report, which is done when the report is first opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .tasks import Teller

FRAMES = "frames"
"""The pictures' folder, in that of the run's job; it is there once they are in the report."""

SIZE = (480, 270)
"""Pixels of a picture, across and up."""


def take_report_pictures(folder: Path, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Put pictures into the report of the run whose job's folder is ``job``, with plain shading.

    ``start`` is the frame of the timeline at which the run begins. Raises TraceError or EngineError.
    """
    from ..engine.render import render_trace
    from ..jobs.pictures import frames_to_show
    from ..jobs.report import add_pictures
    from ..patterns.annotation import annotate
    from ..patterns.moments import salient
    from ..trace import load_trace

    tell(phase="render", done=0, total=0)
    job = Path(request["job"])
    trace = load_trace(job)
    told = salient(annotate(trace))
    frames = frames_to_show(trace, [moment.frame for moment in told])
    pictures = render_trace(trace, folder / FRAMES, frames, SIZE, plain=True)
    add_pictures(job, pictures, told, trace.meta.fps, request["start"])
    (folder / FRAMES).rename(job / FRAMES)
    return {"pictures": len(pictures)}
