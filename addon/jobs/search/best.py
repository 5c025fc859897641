"""The best candidate as a job of its own, with its report, and the scene and script that it stands for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from ...coder import ScriptFile
from ...scene_graph import save_scene_graph, write_text
from ..folder import JobFolder
from ..pictures import Render
from ..run import Job, run_job
from ..spec import JobResult, JobSpec, Progress
from .spec import SearchResult, SearchSpec
from .trial import Trial

BEST, SCENE, SCRIPT, RESULT = "best", "best_scene.json", "best_script.py", "result.json"


def keep_best(
    trial: Trial,
    result: SearchResult,
    folder: Path,
    listen: Callable[[Progress], None] = lambda progress: None,
    job_folder: Path | None = None,
    render: Render | None = None,
    start: int = 0,
) -> tuple[SearchResult, JobResult]:
    """Run the best candidate once more as a job, in ``folder/best`` unless told, and write what came of the search.

    ``render`` draws pictures of that run into a folder; ``start`` is what its page calls the first frame. Raises
    as `run_job` does.
    """
    values = tuple(number.value for number in result.numbers)
    graph, script = trial.changed(values)
    save_scene_graph(graph, folder / SCENE)
    coder, name = None, "none"
    if script is not None:
        write_text(folder / SCRIPT, script)
        coder, name = ScriptFile(folder / SCRIPT), f"script:{SCRIPT}"
    spec = trial.spec
    job = JobSpec(
        title=_title(spec, result),
        source=spec.source,
        coder=name,
        assertions=spec.rewards,
        steps=spec.steps,
        seed=spec.seed,
        attempts=1,
        override_animation=spec.override_animation,
        inputs=dict(spec.inputs),
        render=render is not None,
    )
    own = JobFolder(job_folder or folder / BEST)
    if job_folder is None and own.holds_otherwise(job):
        shutil.rmtree(own.path)
    run = run_job(Job(job, lambda: trial.engine(values), coder, own, listen=listen, render=render, start=start))
    told = result.model_copy(update={"engine": run.engine, "trace_sha256": run.trace_sha256})
    write_text(folder / RESULT, told.model_dump_json(indent=1) + "\n")
    return told, run


def _title(spec: SearchSpec, result: SearchResult) -> str:
    """What the best run's report is called: it says what was looked for."""
    wanted = f', "{spec.goal}"' if spec.goal else ""
    return f"{spec.title}{wanted}: best of {result.evaluations} runs by {result.method}"
