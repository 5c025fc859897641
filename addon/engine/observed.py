"""Where Blender shows a scene's objects: matrices, signs of scales, volumes. Arrays are over the graph's objects."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np
from numpy.typing import NDArray

from ..scene_graph import FloatArray, SceneGraph, SceneObject
from .meshes import is_deforming, local_volume
from .numbers import signs_of
from .rescale import Scales


class Observed:
    """The objects of one scene as Blender evaluates them; ``objects`` grows with the scene. ``volume`` are volumes
    ``[B]`` that are known of their meshes."""

    def __init__(
        self,
        objects: Sequence[bpy.types.Object],
        graph: SceneGraph,
        scales: Scales,
        volume: FloatArray | None = None,
    ) -> None:
        self._objects, self._scales = objects, scales
        self.signs = signs_of([o.scale for o in graph.objects])
        """Signs of the scale factors ``[B, 3]``."""
        self.reference = np.array([o.rotation for o in graph.objects]).reshape(-1, 4)
        """Quaternions ``[B, 4]`` at the start, whose signs later ones keep."""
        self._deforming = [i for i, o in enumerate(objects) if is_deforming(o)]
        self._volume = np.array([local_volume(o) for o in objects]) if volume is None else volume
        self.find_rows()

    def find_rows(self) -> None:
        """Find where the objects' matrices stand among all of the file's; needed whenever it has new objects."""
        rows = {obj: row for row, obj in enumerate(bpy.data.objects)}
        self._rows = np.array([rows[o] for o in self._objects], dtype=np.intp)
        self._buffer = np.empty(16 * len(bpy.data.objects), dtype=np.float32)

    def matrices(self) -> FloatArray:
        """The evaluated world matrices ``[B, 4, 4]``, scales that are in meshes included."""
        bpy.data.objects.foreach_get("matrix_world", self._buffer)
        matrix = self._buffer.reshape(-1, 16).take(self._rows, axis=0).astype(np.float64).reshape(-1, 4, 4)
        self._scales.show(matrix)
        return matrix

    @property
    def lasting_volume(self) -> FloatArray | None:
        """Volumes ``[B]`` in m³ of meshes that stay as they are; None if some do not."""
        return None if self._deforming else self._volume

    def volumes(self, present: NDArray[np.bool_]) -> FloatArray:
        """Volumes ``[B]`` in m³ of the meshes before the objects' scale; 0 without a mesh."""
        if not self._deforming:
            return self._volume
        for i in self._deforming:
            if present[i] and i not in self._scales:
                self._volume[i] = local_volume(self._objects[i])
        return self._volume.copy()

    def resized(self, i: int, scale: Sequence[float]) -> None:
        """Take note of an object's new scale factors."""
        self.signs = self.signs.copy()
        self.signs[i] = signs_of([scale])[0]

    def join(self, made: bpy.types.Object, obj: SceneObject) -> None:
        """Take note of an object that has joined the scene, last of ``objects``."""
        self.signs = np.concatenate([self.signs, signs_of([obj.scale])])
        self._volume = np.append(self._volume, local_volume(made))
        self.reference = np.concatenate([self.reference, [obj.rotation]])
        self.find_rows()
