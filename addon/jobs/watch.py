"""What a script waits for, watched by plain comparisons, so that it is called in the steps that matter to it alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..executor import Waits
from ..executor.session import ARRAYS
from ..geometry.contacts import Proximity
from ..geometry.evaluated import EvaluatedState
from ..scene_graph import FloatArray, SceneGraph, StepState
from .touches import Touches

ROUNDING = 1e-9
"""Share of what it has to change by from which on a number may have passed its limit."""


class Watch:
    """Follows the script of one run on a scene, from its answer in one step to the step in which it is called again."""

    def __init__(self, graph: SceneGraph) -> None:
        self._count = len(graph.objects)
        self._near = Proximity(graph)
        self._waits: Waits | None = None

    def wait(self, waits: Waits, touches: Touches) -> None:
        """Begin to wait after a step in whose state, the last of ``touches``, they were asked for."""
        self._waits = waits
        pairs = np.array(waits.pairs, dtype=np.int64).reshape(-1, 2)
        self._keys = pairs[:, 0] * self._count + pairs[:, 1]
        self._touching = self._now(touches) if len(pairs) else np.zeros(0, dtype=np.bool_)
        self._apart = pairs[~self._touching]
        self._limits = [_Limits.of(field, waits, touches.states[-1]) for field in {kind for kind, *_ in waits.limits}]

    def end(self) -> None:
        """Wait no more."""
        self._waits = None

    def is_idle(self, frame: int, touches: Touches) -> bool:
        """Whether step ``frame``, whose state is the last of ``touches``, does not matter. Raises ContactsError."""
        if self._waits is not None and self._matters(self._waits, frame, touches):
            self._waits = None
        return self._waits is not None

    def _matters(self, waits: Waits, frame: int, touches: Touches) -> bool:
        if waits.frame is not None and frame >= waits.frame:
            return True
        if any(limits.may_be_passed(touches.states[-1]) for limits in self._limits):
            return True
        return self._may_touch(touches) and not np.array_equal(self._now(touches), self._touching)

    def _may_touch(self, touches: Touches) -> bool:
        """Whether something may have come to touch or to part; what touches may part at any time."""
        if not len(self._keys):
            return False
        if touches.are_found or self._touching.any():
            return True
        *before, now = (state for state in touches.states if isinstance(state, EvaluatedState))
        return bool(self._near.may_touch(now, before, self._apart).any())

    def _now(self, touches: Touches) -> NDArray[np.bool_]:
        """Which of the pairs touch ``[K]``."""
        pairs = touches.now().pairs.astype(np.int64)
        return np.isin(self._keys, pairs[:, 0] * self._count + pairs[:, 1])


@dataclass(frozen=True)
class _Limits:
    """K limits of one field: of the objects ``first``, less that of the objects ``second`` where there are such."""

    array: str
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    values: FloatArray  # [K, 3 or 4], when the waiting began
    gaps: FloatArray  # [K], squared

    @classmethod
    def of(cls, field: str, waits: Waits, state: StepState) -> _Limits:
        """Those of ``waits`` that are of one field."""
        rows = [(a, -1 if b is None else b, gap) for kind, a, b, gap in waits.limits if kind == field]
        first, second = (np.array(column, dtype=np.intp) for column in list(zip(*rows, strict=True))[:2])
        gaps = np.square((1 - ROUNDING) * np.array([gap for *_, gap in rows]))
        made = cls(ARRAYS[field], first, second, np.empty(0), gaps)
        return cls(made.array, first, second, made._read(state), gaps)

    def _read(self, state: StepState) -> FloatArray:
        values: FloatArray = getattr(state, self.array)
        return values[self.first] - np.where(self.second[:, None] >= 0, values[self.second], 0.0)

    def may_be_passed(self, state: StepState) -> bool:
        """Whether one of them may have been passed, which none is that is the same to the last bit."""
        values = self._read(state)
        is_other = (values.view(np.uint64) != self.values.view(np.uint64)).any(axis=1)
        is_near = np.square(values - self.values).sum(axis=1) < self.gaps
        return bool((is_other & ~is_near).any())
