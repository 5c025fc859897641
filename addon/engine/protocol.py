"""What a physics engine must offer. Blender does, and Box2D for worlds that are a plane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..geometry.deforming import Deforming, Points
from ..scene_graph import Contacts, FloatArray, SceneGraph, SceneObject, StepState, Write
from ..trace import VelocityScheme


class EngineError(RuntimeError):
    """The engine cannot do what was asked or cannot go on; the message names object, field and frame."""


class WriteRefused(EngineError):  # noqa: N818
    """A write that the engine does not apply; ``write`` is that one, and none of the same step was applied."""

    def __init__(self, write: Write, problem: str) -> None:
        place = f"{write.target} '{write.name}'" if write.name else "the scene"
        super().__init__(f"{place}: {write.field}: {problem}")
        self.write = write


class ContactsError(EngineError):
    """Contacts that cannot be found; ``found`` are those of the states before the one, of ``frame``, that has them."""

    def __init__(self, message: str, frame: int, found: Sequence[Contacts]) -> None:
        super().__init__(f"frame {frame}: {message}")
        self.frame, self.found = frame, found


class SceneFileError(EngineError):
    """A scene file, or the scene in it, that cannot be used."""


class Engine(Protocol):
    """A loaded scene that can be stepped. All arrays are over the graph's objects in their order; SI, world frame."""

    build: str
    """The engine's exact build, as traces name it."""

    graph: SceneGraph
    """The scene as it was loaded."""

    contact_scheme: str
    """How it finds contacts, as traces tell it."""

    velocity_scheme: VelocityScheme
    """What the velocities of its states are, as traces tell it."""

    @property
    def has_task(self) -> bool:
        """Whether the scene itself says when it is done."""

    @property
    def done_at(self) -> int | None:
        """The step in which the scene's task was done, None until then and without a task."""

    def state(self) -> StepState:
        """The state before the next step, no contacts."""

    @property
    def contacts_at_once(self) -> int:
        """Of how many states in a row the contacts may be asked for at once: 1 where only the present can be told."""

    def contacts(self, states: Sequence[StepState], present: NDArray[np.bool_]) -> Sequence[Contacts]:
        """What touches in each of the states that come after those asked for before; each is asked for once.

        ``present`` ``[F, B]`` tells which objects are there. Raises ContactsError if that is too much.
        """

    def mesh_volumes(self) -> FloatArray:
        """Volumes ``[B]`` in m³ of the evaluated meshes before the objects' scale; 0 without a mesh."""

    def present(self) -> NDArray[np.bool_]:
        """Which objects exist ``[B]``."""

    def deforming(self) -> Sequence[Deforming]:
        """What physics deforms, and systems of particles, as they are at the start."""

    def points(self) -> Sequence[Points]:
        """Where the vertices and particles of these are."""

    def apply(self, writes: Sequence[Write]) -> None:
        """Apply writes before the next step: all of them, or none and EngineError (WriteRefused for one of them)."""

    def step(self) -> None:
        """Advance by one step. Raises EngineError if a body's pose is not finite afterwards."""

    def add(self, obj: SceneObject) -> None:
        """Add an object between two steps; it gets the next index."""

    def remove(self, name: str) -> None:
        """Take an object out between two steps; its index stays, no longer present."""

    def again(self, graph: SceneGraph) -> Engine | None:
        """An engine for the same scene in its initial state, with the numbers of another graph; this one is done with.

        Its runs are those of a scene that is made anew. None, and this one can only be closed, if that has to be done.
        """

    def close(self) -> None:
        """Give up the scene."""
