"""The moving part of S_t as arrays, and the writes that a transition script proposes.

Both sides of the executor use these types: the engine produces a `StepState`, the script worker
answers with `Write` values, and the engine applies them. Objects are in scene graph order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

WriteTarget = Literal["object", "constraint", "scene"]
WriteValue = bool | int | float | str | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Two bodies that touch: indices in scene graph order, world frame, metres.

    ``normal`` points from ``a`` to ``b``; ``distance`` is negative when they overlap.
    """

    a: int
    b: int
    point: tuple[float, float, float]
    normal: tuple[float, float, float]
    distance: float


@dataclass(frozen=True, slots=True, eq=False)
class Contacts(Sequence[Contact]):
    """The K contacts of one moment as columns; also a sequence of `Contact`.

    ``impulse`` is what the solver pressed the two apart with in the last step, along the normal in N s; None where the
    engine does not tell it.
    """

    pairs: NDArray[np.int32]  # [K, 2]
    point: FloatArray  # [K, 3]
    normal: FloatArray  # [K, 3]
    distance: FloatArray  # [K]
    impulse: FloatArray | None = None  # [K]

    @classmethod
    def of(cls, contacts: Sequence[Contact]) -> Contacts:
        """The same contacts as columns."""
        if isinstance(contacts, Contacts):
            return contacts
        return cls(
            np.array([(c.a, c.b) for c in contacts], dtype=np.int32).reshape(-1, 2),
            np.array([c.point for c in contacts], dtype=np.float64).reshape(-1, 3),
            np.array([c.normal for c in contacts], dtype=np.float64).reshape(-1, 3),
            np.array([c.distance for c in contacts], dtype=np.float64),
        )

    def __len__(self) -> int:
        return len(self.distance)

    @overload
    def __getitem__(self, index: int) -> Contact: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Contact]: ...
    def __getitem__(self, index: int | slice) -> Contact | Sequence[Contact]:
        if isinstance(index, slice):
            impulse = None if self.impulse is None else self.impulse[index]
            return Contacts(self.pairs[index], self.point[index], self.normal[index], self.distance[index], impulse)
        a, b = self.pairs[index].tolist()
        point, normal = tuple(self.point[index].tolist()), tuple(self.normal[index].tolist())
        return Contact(a, b, point, normal, float(self.distance[index]))


NO_CONTACTS = Contacts.of(())


@dataclass
class StepState:
    """State of all B objects before a step; SI units, world frame, quaternions ``(w, x, y, z)``.

    ``velocity`` is that of this moment, at the end of the last step, where the engine can tell it, else the mean
    velocity over the last step (backward difference of positions). ``frame`` is 1 for the first step of a run.
    """

    frame: int
    position: FloatArray  # [B, 3]
    quaternion: FloatArray  # [B, 4]
    scale: FloatArray  # [B, 3]
    velocity: FloatArray  # [B, 3]
    angular_velocity: FloatArray  # [B, 3]
    contacts: Sequence[Contact] = NO_CONTACTS


@dataclass(frozen=True, slots=True)
class Write:
    """One proposed change. ``name`` is the object's or constraint's name ("" for the scene).

    Object fields: ``location``, ``rotation_quaternion``, ``scale``, ``velocity``, ``angular_velocity``, ``force`` and
    ``impulse`` (of the coming step alone), ``hide_viewport``, ``hide_render``, ``rigid_body.<field>``,
    ``property.<key>`` (None is not a value: a deleted key is written as ``delete.<key>`` with value True), and what is
    seen of it besides (`fields.LOOKS` and ``shape_key.<name>``). Constraint
    fields: ``enabled``, ``motor_lin_target_velocity``, ``motor_ang_target_velocity``. Scene fields: ``gravity``.
    """

    target: WriteTarget
    name: str
    field: str
    value: WriteValue
