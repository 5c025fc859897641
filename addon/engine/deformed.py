"""Where Blender has the vertices and particles of what it deforms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from ..geometry.deforming import Deforming, Points
from ..geometry.triangulate import polygons
from ..scene_graph import Cloth, FloatArray, SceneGraph, SoftBody
from .elements import BAKED, SHAPING, elements_of, kind_of, point_caches
from .meshes import packed_mesh
from .start import LAST_FRAME


class DeformedObjects:
    """The objects of a scene that physics deforms or that give off particles."""

    def __init__(self, objects: Sequence[bpy.types.Object], graph: SceneGraph) -> None:
        self._meshes: list[bpy.types.Object] = []
        self._fluids: set[bpy.types.Object] = set()
        self._systems: list[tuple[bpy.types.Object, str]] = []
        self.things: list[Deforming] = []
        """What there is, in the order of `points`: meshes first, then systems of particles."""
        systems: list[Deforming] = []
        for obj, data in zip(objects, graph.objects, strict=True):
            found = elements_of(obj)
            if any(kind_of(m) in SHAPING and m.show_viewport for m in found):
                vertices, lengths, corners = packed_mesh(obj)
                mass = next((e.mass for e in data.elements if isinstance(e, Cloth | SoftBody)), np.nan)
                self.things.append(Deforming(data.name, polygons(lengths, corners), mass * len(vertices)))
                self._meshes.append(obj)
            if any(m.name.startswith(BAKED) for m in obj.modifiers):
                self.things.append(Deforming(data.name, (), np.nan))
                self._meshes.append(obj)
                self._fluids.add(obj)
            for modifier in (m for m in found if m.type == "PARTICLE_SYSTEM"):
                system = modifier.particle_system
                self._systems.append((obj, system.name))
                systems.append(Deforming(f"{data.name}: {system.name}", (), system.settings.mass, particles=True))
        self.things += systems

    def points(self) -> list[Points]:
        """Where all of it is now."""
        if not self.things:
            return []
        graph = bpy.context.evaluated_depsgraph_get()
        shown = [_shown(obj, obj in self._fluids) for obj in self._meshes]
        return [*shown, *(_alive(obj, n, graph) for obj, n in self._systems)]


def _shown(obj: bpy.types.Object, is_fluid: bool) -> Points:
    """The vertices of an object's mesh in the world; of a fluid its faces, too."""
    local, lengths, corners = packed_mesh(obj)
    matrix = np.array(obj.matrix_world)
    place: FloatArray = local.astype(np.float64) @ matrix[:3, :3].T + matrix[:3, 3]
    return Points(place, faces=polygons(lengths, corners) if is_fluid else None)


def _alive(obj: bpy.types.Object, name: str, graph: Any) -> Points:
    """The particles of a system that are alive."""
    particles = obj.evaluated_get(graph).particle_systems[name].particles
    place, speed = (np.empty(3 * len(particles), dtype=np.float32) for _ in range(2))
    particles.foreach_get("location", place)
    particles.foreach_get("velocity", speed)
    alive = np.array([p.alive_state == "ALIVE" for p in particles], dtype=np.bool_)
    return Points(*(a.reshape(-1, 3)[alive].astype(np.float64) for a in (place, speed)))


def open_caches(scene: bpy.types.Scene, objects: Sequence[bpy.types.Object]) -> None:
    """Let what Blender keeps of cloth, soft bodies and particles begin anew, and go on after the scene's last frame
    as physics does."""
    for cache in point_caches(objects):
        with bpy.context.temp_override(scene=scene, point_cache=cache):
            bpy.ops.ptcache.free_bake()
        if cache.frame_end >= scene.frame_end:
            cache.frame_end = LAST_FRAME
