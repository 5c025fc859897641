"""One run of a puzzle as a job: trace and report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from addon.jobs import Job, JobFolder, JobSpec, run_job
from addon.jobs.pictures import Render
from addon.trace import load_trace
from headless.planar import PlanarEngine

from .actions import Action
from .scene import STEPS
from .task import Task


def show(task: Task, action: Action, folder: Path, draw: Render | None = None) -> dict[str, Any]:
    """Run a puzzle with its ball for all steps and leave a job's folder; gives the outcome.

    Raises FolderError and JobError as `run_job` does.
    """
    scene, outcome = task.scene_with(action), task.outcome(action)
    goal = [scene.names[task.goal.one], scene.names[task.goal.other]]
    ball = f"a red ball of radius {action.r:g} at ({action.x:g}, {action.y:g})"
    came = "solved by" if outcome.solved else "not solved by"
    title = f"puzzle {task.id}: {' and '.join(goal)} shall touch, {came} {ball}"
    spec = JobSpec(title=title, source=scene.name, coder="none", steps=STEPS, render=draw is not None)
    result = run_job(Job(spec, lambda: PlanarEngine(scene), None, JobFolder(folder), render=draw))
    steps = next(e.frame for e in load_trace(folder).events if e.uid == "TaskComplete")
    return {
        "task": task.id,
        "template": task.template,
        "action": [action.x, action.y, action.r],
        "solved": outcome.solved,
        "steps": steps,
        "goal": goal,
        "trace_sha256": result.trace_sha256,
    }
