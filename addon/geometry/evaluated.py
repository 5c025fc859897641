"""States as engines give them: world matrices, from which the rest is worked out when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from ..scene_graph import NO_CONTACTS, FloatArray, StepState
from .matrices import angular_velocity, quaternions, same_hemisphere, scales, unit_axes
from .poses import rotation_matrix

Velocities = Mapping[int, Mapping[str, FloatArray]]
"""By an object's index: its ``velocity`` (m/s), ``angular_velocity`` (rad/s), or both."""


class MeanVelocities:
    """Mean velocities over a step, worked out when they are asked for, of positions ``[B, 3]`` ``after`` it and
    ``before`` it (None: no motion), ``dt`` s apart."""

    def __init__(self, after: FloatArray, before: FloatArray | None, dt: float) -> None:
        self._after, self._before, self._dt = after, before, dt

    @cached_property
    def values(self) -> FloatArray:
        """``[B, 3]`` in m/s."""
        if self._before is None:
            return _frozen(np.zeros_like(self._after))
        return _frozen((self._after - self._before) / self._dt)


class EvaluatedState(StepState):
    """A `StepState` over world matrices ``[B, 4, 4]``, which hold scaled axes and translation as rows; read-only.

    Velocities are backward differences to the matrices ``before`` (None: no motion), ``dt`` seconds ago, except those
    ``given``; ``end`` makes velocities at the end of that time of these mean ones and of positions. ``signs``
    ``[B, 3]`` are the signs of the scale factors, and quaternions take the sign nearer to ``reference`` ``[B, 4]``.
    """

    def __init__(
        self,
        frame: int,
        matrix: FloatArray,
        signs: FloatArray,
        reference: FloatArray,
        before: EvaluatedState | None,
        dt: float,
        given: Velocities,
        end: Callable[[FloatArray, FloatArray], FloatArray] | None = None,
    ) -> None:
        self.frame, self.matrix, self.signs, self.reference = frame, _frozen(matrix), signs, reference
        self.given = given
        self.position = matrix[:, 3, :3]
        self._before = None if before is None else (before.matrix, before.signs)
        self.mean = MeanVelocities(self.position, None if before is None else before.position, dt)
        self._dt, self._end = dt, end
        self._ended: list[FloatArray] = []

    @classmethod
    def of(cls, state: StepState) -> EvaluatedState:
        """The same state over matrices; all its velocities are given ones."""
        if isinstance(state, cls):
            return state
        matrix = np.zeros((len(state.position), 4, 4))
        matrix[:, :3, :3] = (rotation_matrix(state.quaternion) * state.scale[:, None, :]).transpose(0, 2, 1)
        matrix[:, 3, :3], matrix[:, 3, 3] = state.position, 1.0
        pairs = enumerate(zip(state.velocity, state.angular_velocity, strict=True))
        given = {i: {"velocity": v, "angular_velocity": w} for i, (v, w) in pairs}
        return cls(state.frame, matrix, np.sign(state.scale), state.quaternion, None, 1.0, given)

    def with_given(self, given: Velocities) -> EvaluatedState:
        """The same state with more velocities given; no contacts."""
        made = EvaluatedState.__new__(EvaluatedState)
        made.__dict__.update(self.__dict__, given={**self.given, **given})
        if given:
            for name in ("velocity", "angular_velocity"):
                made.__dict__.pop(name, None)
        made.contacts = NO_CONTACTS
        return made

    def joined(
        self, matrix: FloatArray, signs: FloatArray, reference: FloatArray, given: Mapping[str, FloatArray]
    ) -> EvaluatedState:
        """The same state with one more object: its ``matrix`` ``[4, 4]``, and ``signs`` and ``reference`` of all."""
        index = len(self.matrix)
        both = np.concatenate([self.matrix, matrix[None]])
        made = EvaluatedState(self.frame, both, signs, reference, None, self._dt, {**self.given, index: given})
        if self._before is not None:
            earlier = np.concatenate([self._before[0], matrix[None]])
            made._before, made.mean = (earlier, signs), MeanVelocities(made.position, earlier[:, 3, :3], self._dt)
        return made

    @cached_property
    def scale(self) -> FloatArray:  # type: ignore[override]
        """Scale factors ``[B, 3]``."""
        return _frozen(scales(self.matrix[:, :3, :3], self.signs))

    @cached_property
    def axes(self) -> FloatArray:
        """Rotations ``[B, 3, 3]`` with the objects' unit axes as rows."""
        return unit_axes(self.matrix[:, :3, :3], self.scale, self.reference)

    @cached_property
    def quaternion(self) -> FloatArray:  # type: ignore[override]
        """Rotations ``[B, 4]``."""
        return _frozen(same_hemisphere(quaternions(self.axes), self.reference))

    @cached_property
    def velocity(self) -> FloatArray:  # type: ignore[override]
        """Velocities ``[B, 3]`` in m/s."""
        if self._end is None:
            return self._with_given(self.mean_velocity.copy(), "velocity")
        if not self._ended:  # One list for all copies, so that it is worked out once.
            self._ended.append(self._end(self.mean_velocity, self.position))
        return self._with_given(self._ended[0].copy(), "velocity")

    @property
    def mean_velocity(self) -> FloatArray:
        """Velocities ``[B, 3]`` in m/s by the backward difference alone."""
        return self.mean.values

    @cached_property
    def angular_velocity(self) -> FloatArray:  # type: ignore[override]
        """Angular velocities ``[B, 3]`` in rad/s, world frame."""
        if self._before is None:
            spin = np.zeros_like(self.position)
        else:
            matrix, signs = self._before
            axes = matrix[:, :3, :3]
            before = quaternions(unit_axes(axes, scales(axes, signs), self.reference))
            spin = angular_velocity(before, self.quaternion, self._dt)
        return self._with_given(spin, "angular_velocity")

    def _with_given(self, values: FloatArray, name: str) -> FloatArray:
        for i, given in self.given.items():
            if name in given:
                values[i] = given[name]
        return _frozen(values)


def _frozen(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array
