"""What a trace has of things that physics deforms: measures of each frame, and vertices on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_type_hints

import numpy as np
from numpy.typing import NDArray

from ..geometry.deforming import Deforming, Measures, Points, measure, stacked
from ..scene_graph import FloatArray
from .errors import TraceError

PARTS: dict[str, tuple[int, ...]] = {
    name: () if kind is float else (3,) for name, kind in get_type_hints(Measures).items()
}
"""The arrays with what each holds of a thing at a frame; see `Measures`."""


@dataclass(eq=False)
class Deformed:
    """D things that physics deforms, by name: objects, and systems of particles as ``Object: System``.

    ``volume`` is negative once a thing is turned inside out. ``vertices`` are the vertices of those with a mesh, single
    precision, ``[F, V, 3]`` in m in the world; only where they were asked for.
    """

    names: tuple[str, ...]
    centre: FloatArray  # [F, D, 3]
    low: FloatArray  # [F, D, 3]
    high: FloatArray  # [F, D, 3]
    area: FloatArray  # [F, D]
    volume: FloatArray  # [F, D]
    stretch: FloatArray  # [F, D]
    energy: FloatArray  # [F, D]
    number: FloatArray  # [F, D]
    vertices: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def index(self, name: str) -> int:
        """The column of a thing. Raises TraceError with the names that exist."""
        if name not in self.names:
            raise TraceError(f"nothing called '{name}' is deformed; there is {', '.join(self.names)}")
        return self.names.index(name)

    @property
    def arrays(self) -> dict[str, FloatArray]:
        """All its arrays but the vertices, by name."""
        return {name: getattr(self, name) for name in PARTS}


class DeformedRecorder:
    """Takes the points of things after every step of so many ``seconds``; ``keep`` keeps their vertices too."""

    def __init__(self, things: Sequence[Deforming], seconds: float, keep: bool = False) -> None:
        self._things, self._seconds, self._keep = things, seconds, keep
        self._rows: list[list[Measures]] = []
        self._start: list[Points] = []
        self._before: list[Points | None] = [None] * len(things)
        self._vertices: list[list[NDArray[np.float32]]] = [[] for _ in things]

    def record(self, points: Sequence[Points]) -> None:
        """Keep one frame."""
        if not self._things:
            return
        self._start = self._start or list(points)
        rows = zip(self._things, points, self._before, self._start, strict=True)
        self._rows.append([measure(thing, now, before, start, self._seconds) for thing, now, before, start in rows])
        self._before = list(points)
        for kept, thing, now in zip(self._vertices, self._things, points, strict=True):
            if self._keep and not thing.particles:
                kept.append(now.position.astype(np.float32))

    def finish(self, frames: int) -> Deformed | None:
        """What is known of the first ``frames``; None where there is nothing of this kind."""
        if not self._things:
            return None
        rows = self._rows[:frames]
        kept = {t.name: v[:frames] for t, v in zip(self._things, self._vertices, strict=True) if v}
        even = {name: np.array(v) for name, v in kept.items() if len({p.shape for p in v}) == 1}
        parts = {name: stacked(rows, name) for name in PARTS}
        parts["volume"] *= np.where(parts["volume"][:1] < 0.0, -1.0, 1.0)  # whichever way its faces are turned
        return Deformed(tuple(thing.name for thing in self._things), **parts, vertices=even)
