"""Recording a run into preallocated arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from ..geometry.deforming import Deforming, Points
from ..geometry.evaluated import EvaluatedState, Velocities
from ..geometry.matrices import continuous, decompose, mean_velocities
from ..scene_graph import Contact, Contacts, FloatArray, SceneGraph, StepState
from .deformed import DeformedRecorder
from .model import ContactColumns, Event, Placed, Trace, TraceMeta

STILL = 1e-6
"""Change of a matrix that is no motion."""

CHUNK = 256
"""Frames that are put into the arrays at once."""

_Row = tuple[int, EvaluatedState, FloatArray, NDArray[np.bool_]]
"""A frame as it comes: its number, state, volumes and who is there."""


class Recorder:
    """Takes the state after every step. Only objects with a mesh become bodies of the trace; others are kept apart.

    Objects are those of ``graph``, in its order; `grow` adds columns for objects that join later. World matrices are
    kept as they come, go into the arrays some hundred frames at once, and are taken apart at the end.
    """

    def __init__(
        self, graph: SceneGraph, steps: int, things: Sequence[Deforming] = (), keep_vertices: bool = False
    ) -> None:
        self._deformed = DeformedRecorder(things, graph.world.dt, keep_vertices)
        self._meshes = np.array([i for i, o in enumerate(graph.objects) if o.geometry is not None], dtype=np.intp)
        self._names = [graph.objects[i].name for i in self._meshes]
        self._others = np.array([i for i, o in enumerate(graph.objects) if o.geometry is None], dtype=np.intp)
        self._other_names = [graph.objects[i].name for i in self._others]
        self._other_matrix = np.full((steps + 1, len(self._others), 4, 4), np.nan)
        self._other_signs = np.ones((steps + 1, len(self._others), 3))
        self._other_start = np.array([graph.objects[i].rotation for i in self._others]).reshape(-1, 4)
        self._start = {int(i): graph.objects[i].rotation for i in self._meshes}
        self._dt = graph.world.dt
        shape = steps + 1, len(self._meshes)
        self._matrix = np.full((*shape, 4, 4), np.nan)
        self._signs = np.ones((*shape, 3))
        self._mesh_volume = np.full(shape, np.nan)
        self._present = np.zeros(shape, dtype=np.bool_)
        self._rows: list[_Row] = []
        self._given: list[tuple[int, Velocities]] = []
        self._contacts: list[tuple[int, Contacts]] = []
        self._forces: list[tuple[int, int, FloatArray]] = []
        self._recorded = 0

    def grow(self, index: int, name: str) -> None:
        """Add a column for the object that has just become number ``index`` of the state arrays."""
        self._put()
        self._meshes = np.append(self._meshes, index)
        self._names.append(name)
        self._matrix = np.pad(self._matrix, ((0, 0), (0, 1), (0, 0), (0, 0)), constant_values=np.nan)
        self._signs = np.pad(self._signs, ((0, 0), (0, 1), (0, 0)), constant_values=1)
        self._mesh_volume = np.pad(self._mesh_volume, ((0, 0), (0, 1)), constant_values=np.nan)
        self._present = np.pad(self._present, ((0, 0), (0, 1)), constant_values=False)

    def record(
        self,
        frame: int,
        state: StepState,
        mesh_volumes: FloatArray,
        present: NDArray[np.bool_],
        points: Sequence[Points] = (),
    ) -> None:
        """Keep one frame; ``state``, ``mesh_volumes`` (m³, before scale) and ``present`` are over all objects and must
        not change any more, ``points`` are over the things that physics deforms."""
        self._deformed.record(points)
        state = EvaluatedState.of(state)
        self._rows.append((frame, state, mesh_volumes, present))
        if state.given:
            self._given.append((frame, state.given))
        self._recorded = max(self._recorded, frame + 1)
        if len(self._rows) >= CHUNK:
            self._put()

    def touch(self, frame: int, contacts: Sequence[Contact]) -> None:
        """Keep what touches at a frame; frames come in their order."""
        if contacts:
            self._contacts.append((frame, Contacts.of(contacts)))

    def cut(self, frame: int) -> None:
        """Forget this frame and what comes after it, which had no right to be recorded."""
        self._put()
        self._given = [kept for kept in self._given if kept[0] < frame]
        self._forces = [kept for kept in self._forces if kept[0] < frame]
        self._contacts = [kept for kept in self._contacts if kept[0] < frame]
        self._recorded = min(self._recorded, frame)

    def _put(self) -> None:
        """Put the frames that wait into the arrays."""
        if not self._rows:
            return
        frames, states, volumes, present = zip(*self._rows, strict=True)
        at, meshes, others = np.array(frames), self._meshes, self._others
        matrix, signs = np.stack([s.matrix for s in states]), np.stack([s.signs for s in states])
        self._matrix[at], self._signs[at] = matrix[:, meshes], signs[:, meshes]
        self._other_matrix[at], self._other_signs[at] = matrix[:, others], signs[:, others]
        self._mesh_volume[at] = np.stack(volumes)[:, meshes]
        self._present[at] = np.stack(present)[:, meshes]
        self._rows.clear()

    def push(self, frame: int, index: int, force: FloatArray) -> None:
        """Keep the force in N that pushed an object in the step that ends at a frame, besides what is kept of it."""
        self._forces.append((frame, index, force))

    def finish(self, meta: TraceMeta, events: list[Event]) -> Trace:
        """The trace of the frames recorded so far; ``meta.steps`` must be their number less one."""
        self._put()
        end = self._recorded
        if meta.steps != end - 1:
            raise ValueError(f"{end} frames were recorded, but the trace's meta speaks of {meta.steps} steps")
        present = self._present[:end]
        matrix = np.where(present[:, :, None, None], self._matrix[:end], np.nan)
        bodies = matrix.shape[1]
        parts = decompose(matrix.reshape(-1, 4, 4), self._signs[:end].reshape(-1, 3))
        position, quaternion, scale = (part.reshape(end, bodies, part.shape[1]) for part in parts)
        if end:
            start = [self._start.get(int(i), quaternion[0, j]) for j, i in enumerate(self._meshes)]
            quaternion = continuous(quaternion, np.array(start).reshape(-1, 4))
        velocity, spin = self._velocities(position, quaternion, present)
        return Trace(
            meta=meta,
            bodies=tuple(self._names),
            present=present,
            position=position,
            quaternion=quaternion,
            scale=scale,
            velocity=velocity,
            angular_velocity=spin,
            volume=np.where(present, self._mesh_volume[:end] * np.abs(scale.prod(axis=2)), np.nan),
            contacts=self._columns(),
            events=events,
            force=self._force(end, bodies),
            placed=self._placed(end),
            deformed=self._deformed.finish(end),
        )

    def _placed(self, end: int) -> Placed | None:
        """What has no mesh and moved; None if nothing did."""
        matrix = self._other_matrix[:end]
        moved = np.flatnonzero(np.abs(matrix - matrix[:1]).max(axis=(0, 2, 3), initial=0.0) > STILL)
        if not len(moved):
            return None
        signs = self._other_signs[:end, moved].reshape(-1, 3)
        parts = decompose(matrix[:, moved].reshape(-1, 4, 4), signs)
        position, quaternion, scale = (part.reshape(end, len(moved), part.shape[1]) for part in parts)
        names = tuple(self._other_names[i] for i in moved)
        return Placed(names, position, continuous(quaternion, self._other_start[moved]), scale)

    def _force(self, end: int, bodies: int) -> FloatArray | None:
        """Forces ``[F, B, 3]``, None for none."""
        column = {int(index): j for j, index in enumerate(self._meshes)}
        kept = [(frame, column[i], force) for frame, i, force in self._forces if frame < end and i in column]
        if not kept:
            return None
        found = np.zeros((end, bodies, 3))
        for frame, j, force in kept:
            found[frame, j] += force
        return found

    def _velocities(
        self, position: FloatArray, quaternion: FloatArray, present: NDArray[np.bool_]
    ) -> tuple[FloatArray, FloatArray]:
        """Backward differences ``[F, B, 3]``, zero where there is no pose before, and the velocities given."""
        velocity, spin = mean_velocities(position, quaternion, self._dt)
        both = {"velocity": velocity, "angular_velocity": spin}
        column = {int(index): j for j, index in enumerate(self._meshes)}
        for frame, given in self._given:
            for index, values in given.items():
                for name, value in values.items():
                    if index in column:
                        both[name][frame, column[index]] = value
        for array in both.values():
            array[~present] = np.nan
        return both["velocity"], both["angular_velocity"]

    def _columns(self) -> ContactColumns:
        if not self._contacts:
            return ContactColumns.empty()
        column = np.full(int(self._meshes.max(initial=0)) + 1, -1, dtype=np.int32)
        column[self._meshes] = np.arange(len(self._meshes))
        sets = [contacts for _, contacts in self._contacts]
        frames = [f for frame, contacts in self._contacts for f in repeat(frame, len(contacts))]
        pairs = column[np.concatenate([c.pairs for c in sets])]
        known = [c.impulse for c in sets if c.impulse is not None]
        return ContactColumns(
            frame=np.array(frames, dtype=np.int32),
            a=pairs[:, 0],
            b=pairs[:, 1],
            point=np.concatenate([c.point for c in sets]),
            normal=np.concatenate([c.normal for c in sets]),
            distance=np.concatenate([c.distance for c in sets]),
            impulse=np.concatenate(known) if len(known) == len(sets) else None,
        )
