"""Recording a run into preallocated arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import Contact, FloatArray, SceneGraph, StepState
from .model import ContactColumns, Event, Trace, TraceMeta

_WIDTHS = {"position": 3, "quaternion": 4, "scale": 3, "velocity": 3, "angular_velocity": 3}


class Recorder:
    """Takes the state after every step. Only objects with a mesh become bodies of the trace.

    Objects are those of ``graph``, in its order; `grow` adds columns for objects that join later.
    """

    def __init__(self, graph: SceneGraph, steps: int) -> None:
        self._meshes = [i for i, o in enumerate(graph.objects) if o.geometry is not None]
        self._names = [graph.objects[i].name for i in self._meshes]
        frames, bodies = steps + 1, len(self._meshes)
        self._arrays = {name: np.full((frames, bodies, width), np.nan) for name, width in _WIDTHS.items()}
        self._volume = np.full((frames, bodies), np.nan)
        self._present = np.zeros((frames, bodies), dtype=np.bool_)
        self._contacts: list[tuple[int, list[Contact]]] = []
        self._recorded = 0

    def grow(self, index: int, name: str) -> None:
        """Add a column for the object that has just become number ``index`` of the state arrays."""
        self._meshes.append(index)
        self._names.append(name)
        for key, array in self._arrays.items():
            self._arrays[key] = np.pad(array, ((0, 0), (0, 1), (0, 0)), constant_values=np.nan)
        self._volume = np.pad(self._volume, ((0, 0), (0, 1)), constant_values=np.nan)
        self._present = np.pad(self._present, ((0, 0), (0, 1)), constant_values=False)

    def record(
        self,
        frame: int,
        state: StepState,
        volumes: FloatArray,
        present: NDArray[np.bool_],
        contacts: Sequence[Contact] = (),
    ) -> None:
        """Keep one frame; state arrays, ``volumes`` (m³) and ``present`` are over all objects of the graph."""
        here = present[self._meshes]
        rows = np.flatnonzero(here)
        picked = np.asarray(self._meshes, dtype=np.intp)[rows]
        for name, array in self._arrays.items():
            array[frame, rows] = getattr(state, name)[picked]
        self._volume[frame, rows] = volumes[picked]
        self._present[frame] = here
        if contacts:
            self._contacts.append((frame, list(contacts)))
        self._recorded = max(self._recorded, frame + 1)

    def finish(self, meta: TraceMeta, events: list[Event]) -> Trace:
        """The trace of the frames recorded so far; ``meta.steps`` must be their number less one."""
        end = self._recorded
        if meta.steps != end - 1:
            raise ValueError(f"{end} frames were recorded, but the trace's meta speaks of {meta.steps} steps")
        return Trace(
            meta=meta,
            bodies=tuple(self._names),
            present=self._present[:end],
            volume=self._volume[:end],
            contacts=self._columns(),
            events=events,
            **{name: array[:end] for name, array in self._arrays.items()},
        )

    def _columns(self) -> ContactColumns:
        column = {index: j for j, index in enumerate(self._meshes)}
        rows = [(f, column[c.a], column[c.b], c) for f, contacts in self._contacts for c in contacts]
        if not rows:
            return ContactColumns.empty()
        return ContactColumns(
            frame=np.array([r[0] for r in rows], dtype=np.int32),
            a=np.array([r[1] for r in rows], dtype=np.int32),
            b=np.array([r[2] for r in rows], dtype=np.int32),
            point=np.array([r[3].point for r in rows]),
            normal=np.array([r[3].normal for r in rows]),
            distance=np.array([r[3].distance for r in rows]),
        )
