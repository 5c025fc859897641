"""Recording a run into arrays, which lie on disk where the run is long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..geometry.deforming import Deforming, Points
from ..geometry.evaluated import EvaluatedState
from ..geometry.matrices import mean_velocities
from ..scene_graph import Contact, Contacts, FloatArray, SceneGraph, StepState
from .contact_recorder import CHUNK, ContactRecorder
from .deformed import DeformedRecorder
from .model import Event, Placed, Trace, TraceMeta
from .pose_recorder import PoseRecorder, widened
from .storage import allocated, let_go, picked, spans

STILL = 1e-6
"""Change of a matrix that is no motion."""

_Row = tuple[EvaluatedState, FloatArray, NDArray[np.bool_]]
"""A frame as it comes: its state, volumes and who is there."""


class Recorder:
    """Takes the state after every step. Only objects with a mesh become bodies of the trace; others are kept apart.

    Objects are those of ``graph``, in its order; `grow` adds columns for objects that join later. States are kept as
    they come, and taken apart into the trace's arrays some hundred at once.
    """

    def __init__(
        self, graph: SceneGraph, steps: int, things: Sequence[Deforming] = (), keep_vertices: bool = False
    ) -> None:
        self._deformed = DeformedRecorder(things, graph.world.dt, keep_vertices)
        self._dt = graph.world.dt
        self._names = [o.name for o in graph.objects]
        start = np.array([o.rotation for o in graph.objects]).reshape(-1, 4)
        has_mesh = np.array([o.geometry is not None for o in graph.objects], dtype=bool)
        meshes, others = np.flatnonzero(has_mesh), np.flatnonzero(~has_mesh)
        self._bodies = PoseRecorder(steps + 1, meshes, start[meshes])
        self._others = PoseRecorder(steps + 1, others, start[others])
        shape = steps + 1, len(meshes)
        self._velocity, self._spin = allocated((*shape, 3)), allocated((*shape, 3))
        self._volume, self._present = allocated(shape), allocated(shape, np.bool_)
        self._force: FloatArray | None = None
        self._first_force = 0
        self._others_at: FloatArray | None = None
        self._moved = allocated((steps + 1, len(others)), np.bool_)
        self._rows: list[_Row] = []
        self._contacts = ContactRecorder(meshes)
        self._recorded = 0

    def grow(self, index: int, name: str) -> None:
        """Add a column for the object that has just become number ``index`` of the state arrays."""
        self._put()
        self._names.append(name)
        self._bodies.grow(index)
        self._contacts.set_bodies(self._bodies.columns)
        self._velocity, self._spin = widened(self._velocity, np.nan), widened(self._spin, np.nan)
        self._volume, self._present = widened(self._volume, np.nan), widened(self._present, False)
        if self._force is not None:
            self._force = widened(self._force, 0.0)

    def record(
        self,
        frame: int,
        state: StepState,
        mesh_volumes: FloatArray,
        present: NDArray[np.bool_],
        points: Sequence[Points] = (),
    ) -> None:
        """Keep the next frame; ``state``, ``mesh_volumes`` (m³, before scale) and ``present`` are over all objects and
        must not change any more, ``points`` are over the things that physics deforms."""
        if frame != self._recorded:
            raise ValueError(f"frame {self._recorded} is to be recorded next, not {frame}")
        self._deformed.record(points)
        self._rows.append((EvaluatedState.of(state), mesh_volumes, present))
        self._recorded += 1
        if len(self._rows) >= CHUNK:
            self._put()

    def touch(self, frame: int, contacts: Sequence[Contact]) -> None:
        """Keep what touches at a frame; frames come in their order."""
        self._contacts.add(frame, Contacts.of(contacts))

    def push(self, frame: int, index: int, force: FloatArray) -> None:
        """Keep the force in N that pushed an object in the step that ends at a frame, besides what is kept of it."""
        column = np.flatnonzero(self._bodies.columns == index)
        if not len(column):
            return
        if self._force is None:
            self._force, self._first_force = allocated(self._velocity.shape), frame
            for span in spans(len(self._force), self._force):
                self._force[span] = 0.0
        self._force[frame, column[0]] += force

    def cut(self, frame: int) -> None:
        """Forget this frame and those after it, which had no right to be recorded; nothing is recorded any more."""
        self._put()
        self._contacts.cut(frame)
        self._recorded = min(self._recorded, frame)

    def finish(self, meta: TraceMeta, events: list[Event]) -> Trace:
        """The trace of the frames recorded so far; ``meta.steps`` must be their number less one."""
        self._put()
        end, bodies = self._recorded, self._bodies
        if meta.steps != end - 1:
            raise ValueError(f"{end} frames were recorded, but the trace's meta speaks of {meta.steps} steps")
        return Trace(
            meta=meta,
            bodies=tuple(self._names[i] for i in bodies.columns),
            present=self._present[:end],
            position=bodies.position[:end],
            quaternion=bodies.quaternion[:end],
            scale=bodies.scale[:end],
            velocity=self._velocity[:end],
            angular_velocity=self._spin[:end],
            volume=self._volume[:end],
            contacts=self._contacts.finish(),
            events=events,
            force=self._force[:end] if self._force is not None and self._first_force < end else None,
            placed=self._placed(end),
            deformed=self._deformed.finish(end),
        )

    def _put(self) -> None:
        """Put the frames that wait into the arrays."""
        if not self._rows:
            return
        states, volumes, present = zip(*self._rows, strict=True)
        span = slice(self._recorded - len(states), self._recorded)
        matrix, signs = np.stack([s.matrix for s in states]), np.stack([s.signs for s in states])
        self._put_bodies(span, matrix, signs, np.stack(volumes), np.stack(present))
        self._put_velocities(span, states)
        self._put_others(span, matrix, signs)
        self._rows.clear()
        let_go(self._velocity, self._spin, self._volume, self._present, self._moved)

    def _put_bodies(
        self, span: slice, matrix: FloatArray, signs: FloatArray, volumes: FloatArray, present: NDArray[np.bool_]
    ) -> None:
        """Put poses and volumes in; ``present`` is over all objects."""
        there = present[:, self._bodies.columns]
        own = np.where(there[:, :, None, None], matrix[:, self._bodies.columns], np.nan)
        self._bodies.put(span, own, signs[:, self._bodies.columns])
        size = np.abs(self._bodies.scale[span].prod(axis=2))
        self._volume[span] = np.where(there, volumes[:, self._bodies.columns] * size, np.nan)
        self._present[span] = there

    def _put_velocities(self, span: slice, states: Sequence[EvaluatedState]) -> None:
        """Put backward differences in, zero where there is no pose before, and the velocities given."""
        begin = max(span.start - 1, 0)
        poses = self._bodies.position[begin : span.stop], self._bodies.quaternion[begin : span.stop]
        both = [values[span.start - begin :] for values in mean_velocities(*poses, self._dt)]
        column = {int(index): j for j, index in enumerate(self._bodies.columns)}
        for row, state in enumerate(states):
            for index, given in state.given.items():
                for array, name in zip(both, ("velocity", "angular_velocity"), strict=True):
                    if name in given and index in column:
                        array[row, column[index]] = given[name]
        for array, kept in zip(both, (self._velocity, self._spin), strict=True):
            array[~self._present[span]] = np.nan
            kept[span] = array

    def _put_others(self, span: slice, matrix: FloatArray, signs: FloatArray) -> None:
        """Put in the poses of what has no mesh, and where it is not as at first."""
        own = matrix[:, self._others.columns]
        self._others.put(span, own, signs[:, self._others.columns])
        if self._others_at is None:
            self._others_at = own[:1]
        self._moved[span] = np.abs(own - self._others_at).max(axis=(2, 3), initial=0.0) > STILL

    def _placed(self, end: int) -> Placed | None:
        """What has no mesh and moved; None if nothing did."""
        moved = np.flatnonzero(self._moved[:end].any(axis=0))
        if not len(moved):
            return None
        names = tuple(self._names[i] for i in self._others.columns[moved])
        poses = self._others.position, self._others.quaternion, self._others.scale
        return Placed(names, *(picked(array[:end], moved) for array in poses))
