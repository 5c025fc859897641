"""Two evaluations of the same tasks side by side: until which frame their traces agree, and whether outcomes do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from addon.jobs import FolderError, JobFolder
from addon.trace import Trace, load_trace

AGREEMENT = 1e-6
"""Greatest difference of coordinates (m) and quaternion components at which frames count as the same."""


@dataclass(frozen=True)
class Comparison:
    """One task in two evaluations. ``agree_until`` is the last frame up to which all bodies agree (-1: none)."""

    task: str
    frames: int
    same_trace: bool
    agree_until: int
    same_outcome: bool

    def figures(self) -> dict[str, int | bool]:
        """All but the task's name, as plain data for ``--json``."""
        return {key: value for key, value in asdict(self).items() if key != "task"}


def compare(first: Path, second: Path) -> list[Comparison]:
    """Compare the tasks that both folders of evaluations hold, in order of names.

    Raises FolderError if they share none.
    """
    names = sorted(_tasks(first) & _tasks(second))
    if not names:
        raise FolderError(f"{first} and {second} have no evaluated task in common")
    return [_compare(name, first / name, second / name) for name in names]


def _tasks(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/trace.json")}


def _compare(name: str, first: Path, second: Path) -> Comparison:
    a, b = load_trace(first), load_trace(second)
    return Comparison(
        task=name,
        frames=min(len(a.position), len(b.position)),
        same_trace=a.sha256() == b.sha256(),
        agree_until=agree_until(a, b),
        same_outcome=_outcome(first) == _outcome(second),
    )


def agree_until(a: Trace, b: Trace) -> int:
    """The last frame up to which all poses of two traces of the same bodies agree within `AGREEMENT`; -1 if none."""
    if a.bodies != b.bodies:
        return -1
    frames = min(len(a.position), len(b.position))
    same = np.ones(frames, dtype=np.bool_)
    for x, y in ((a.position, b.position), (a.quaternion, b.quaternion)):
        same &= np.isclose(x[:frames], y[:frames], rtol=0, atol=AGREEMENT, equal_nan=True).all(axis=(1, 2))
    return int(np.argmin(same)) - 1 if not same.all() else frames - 1


def _outcome(folder: Path) -> list[bool] | None:
    result = JobFolder(folder).result()
    return None if result is None else [a.held for a in result.metrics.assertions]
