"""Meshes of Blender's objects: as they are shown, and as physics sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..geometry.primitives import mesh_of, recognise_packed
from ..geometry.volume import packed_volume
from ..scene_graph import Mesh, Primitive
from .names import SHOWN
from .protocol import SceneFileError
from .shape_keys import keys_of

Packed = tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]
"""Vertices ``[V, 3]`` (single precision, local frame), the faces' numbers of corners ``[F]``, and all corners in a
row."""

_STATIC_MODIFIERS = {
    *("ARRAY", "BEVEL", "BOOLEAN", "DECIMATE", "EDGE_SPLIT", "MASK", "MIRROR", "MULTIRES", "REMESH", "SCREW", "SKIN"),
    *("SOLIDIFY", "SUBSURF", "TRIANGULATE", "WELD", "WIREFRAME", "DATA_TRANSFER", "NORMAL_EDIT", "WEIGHTED_NORMAL"),
    *("CAST", "DISPLACE", "LAPLACIANSMOOTH", "SIMPLE_DEFORM", "SMOOTH", "COLLISION", "PARTICLE_SYSTEM", "SURFACE"),
    *("UV_PROJECT", "UV_WARP", "FLUID"),
}
"""Modifiers that, unless animated or looking at another object, give the same mesh at every frame. That of a fluid does
so too where nothing is baked, or shapes the mesh and is an element."""

_DEFORMING = {
    *("ARMATURE", "CAST", "CLOTH", "COLLISION", "CORRECTIVE_SMOOTH", "CURVE", "DISPLACE", "HOOK", "LAPLACIANDEFORM"),
    *("LAPLACIANSMOOTH", "LATTICE", "MESH_CACHE", "MESH_DEFORM", "PARTICLE_SYSTEM", "SHRINKWRAP", "SIMPLE_DEFORM"),
    *("SMOOTH", "SOFT_BODY", "SURFACE", "SURFACE_DEFORM", "WARP", "WAVE"),
}
"""Modifiers that Blender counts as deforming only: those before any other are part of the mesh source DEFORM."""


def geometry_of(obj: bpy.types.Object) -> Primitive | Mesh | None:
    """The mesh that is shown (modifiers applied) in the object's local frame; None without vertices.

    That of an object with shape keys is a `Mesh`, for they move its vertices by number. Raises SceneFileError for
    vertices that are not finite.
    """
    if obj.type != "MESH":
        return None
    found = _recognised(obj, packed_mesh(obj))
    if isinstance(found, Primitive) and keys_of(obj):
        vertices, faces = mesh_of(found)
        return Mesh.model_validate({"vertices": vertices.tolist(), "faces": faces})
    return found


def collision_meshes(objects: Iterable[bpy.types.Object]) -> dict[bpy.types.Object, Primitive | Mesh]:
    """The shapes of the bodies that physics sees otherwise than they are shown.

    Hulls and meshes are taken where ``mesh_source`` says: BASE before all modifiers, DEFORM after those that deform
    and come before any other, FINAL after all. The other shapes have the size of the shown mesh.
    """
    bodies = [o for o in objects if _is_taken_earlier(o)]
    found: dict[bpy.types.Object, Primitive | Mesh] = {}
    for obj in bodies:
        settings: Any = obj.rigid_body
        if settings.mesh_source == "BASE":
            found[obj] = _recognised(obj, _packed(obj.data)) or Mesh(vertices=((0.0, 0.0, 0.0),), faces=())
    with without(_later_modifiers(bodies)):
        for obj in bodies:
            if obj not in found:
                shape = geometry_of(obj)
                if shape is not None:
                    found[obj] = shape
    return found


def _is_taken_earlier(obj: bpy.types.Object) -> bool:
    settings: Any = obj.rigid_body
    if settings.collision_shape not in ("CONVEX_HULL", "MESH"):
        return False
    if settings.mesh_source == "BASE":
        return any(m.show_viewport for m in obj.modifiers) or _has_keys(obj)
    return settings.mesh_source == "DEFORM" and bool(_constructive(obj))


def _has_keys(obj: bpy.types.Object) -> bool:
    data: Any = obj.data
    return data.shape_keys is not None


def _constructive(obj: bpy.types.Object) -> list[Any]:
    """The enabled modifiers from the first that does more than deform."""
    enabled = [m for m in obj.modifiers if m.show_viewport]
    first = next((i for i, m in enumerate(enabled) if m.type not in _DEFORMING), len(enabled))
    return enabled[first:]


def _later_modifiers(bodies: Iterable[bpy.types.Object]) -> list[Any]:
    return [m for obj in bodies for m in _constructive(obj)]


@contextmanager
def without(modifiers: list[Any]) -> Iterator[None]:
    """While this lasts, some modifiers are switched off."""
    for modifier in modifiers:
        modifier.show_viewport = False
    try:
        if modifiers:
            bpy.context.view_layer.update()
        yield
    finally:
        for modifier in modifiers:
            modifier.show_viewport = True
        if modifiers:
            bpy.context.view_layer.update()


def _recognised(obj: bpy.types.Object, mesh: Packed) -> Primitive | Mesh | None:
    vertices, lengths, corners = mesh
    if not len(vertices):
        return None
    if not np.all(np.isfinite(vertices)):
        raise SceneFileError(f"object '{obj.name}': its mesh has vertices that are not finite numbers")
    return recognise_packed(vertices.tobytes(), lengths.tobytes(), corners.tobytes())


def is_deforming(obj: bpy.types.Object) -> bool:
    """Whether the mesh may be another one at another frame."""
    if obj.type != "MESH":
        return False
    animated = obj.animation_data is not None and bool(obj.modifiers)
    return animated or _has_keys(obj) or bool(changing_modifiers(obj))


def changing_modifiers(obj: bpy.types.Object) -> list[Any]:
    """The enabled modifiers that may give another mesh at another frame, though they are not animated themselves."""
    enabled = [m for m in obj.modifiers if m.show_viewport and not m.name.startswith(SHOWN)]
    return [m for m in enabled if m.type not in _STATIC_MODIFIERS or _looks_at_an_object(m)]


def _looks_at_an_object(modifier: Any) -> bool:
    return any(
        p.type == "POINTER" and isinstance(getattr(modifier, p.identifier), bpy.types.Object)
        for p in modifier.bl_rna.properties
    )


def packed_mesh(obj: bpy.types.Object) -> Packed:
    """The mesh with modifiers applied."""
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = evaluated.to_mesh()
    try:
        return _packed(mesh)
    finally:
        evaluated.to_mesh_clear()


def _packed(mesh: Any) -> Packed:
    vertices = np.empty((len(mesh.vertices), 3), dtype=np.float32)
    lengths = np.empty(len(mesh.polygons), dtype=np.int32)
    corners = np.empty(len(mesh.loops), dtype=np.int32)
    mesh.vertices.foreach_get("co", vertices.reshape(-1))
    mesh.polygons.foreach_get("loop_total", lengths)
    mesh.loops.foreach_get("vertex_index", corners)
    return vertices, lengths, corners


def material_slots(obj: bpy.types.Object) -> list[int]:
    """The slots of the faces of an object's mesh, modifiers applied."""
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh: Any = evaluated.to_mesh()
    try:
        found = np.empty(len(mesh.polygons), dtype=np.int32)
        mesh.polygons.foreach_get("material_index", found)
        return [int(i) for i in np.minimum(found, max(len(obj.material_slots) - 1, 0))]
    finally:
        evaluated.to_mesh_clear()


def is_smooth(obj: bpy.types.Object) -> bool:
    """Whether all faces of an object's own mesh are shaded smooth."""
    data: Any = obj.data
    smooth = np.empty(len(data.polygons), dtype=np.bool_)
    data.polygons.foreach_get("use_smooth", smooth)
    return bool(len(smooth)) and bool(smooth.all())


def local_volume(obj: bpy.types.Object) -> float:
    """Volume in m³ of the evaluated mesh before the object's scale; 0 without a mesh."""
    if obj.type != "MESH":
        return 0.0
    vertices, lengths, corners = packed_mesh(obj)
    return abs(packed_volume(vertices, lengths, corners)) if len(vertices) else 0.0
