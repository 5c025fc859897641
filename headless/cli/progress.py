"""How far a job is, on standard error."""

from __future__ import annotations

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from addon.jobs import Progress as JobProgress

from .output import err


class Bar:
    """Shows job progress on standard error; the model's answer counts as characters written."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=err, transient=True)
        self._task = self._progress.add_task("scene", total=None)
        self._characters = 0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def listen(self, step: JobProgress) -> None:
        """Show how far a job is."""
        self._characters = 0
        words = step.note if step.phase == "search" else step.phase
        self._progress.update(self._task, description=words, completed=step.done, total=step.total or None)
        if step.phase == "done" and step.note:
            err.print(step.note)

    def text(self, piece: str) -> None:
        """Count what a model writes."""
        self._characters += len(piece)
        self._progress.update(self._task, description="script", completed=self._characters, total=None)
