"""Reading a Blender scene into a scene graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import bpy
import numpy as np

from ..geometry.primitives import recognise_packed
from ..geometry.volume import enclosed_volume
from ..scene_graph import Mesh, Primitive, SceneGraph, SceneGraphError, with_relations
from ..scene_graph.files import validate_scene_graph
from .names import BODY_FIELDS, MOTORS, OUR_OBJECT_KEYS, PREFIX
from .protocol import SceneFileError

_AXES = ("lin_x", "lin_y", "lin_z", "ang_x", "ang_y", "ang_z")

_STATIC_MODIFIERS = {
    "BEVEL",
    "DECIMATE",
    "EDGE_SPLIT",
    "REMESH",
    "SOLIDIFY",
    "SUBSURF",
    "TRIANGULATE",
    "WELD",
    "WIREFRAME",
}
"""Modifiers that, unless animated, give the same mesh at every frame."""


def read_blend(path: Path) -> SceneGraph:
    """Open a .blend file and read its scene. Raises SceneFileError if it cannot be opened or used."""
    open_blend(path)
    return read_scene(bpy.context.scene)


def open_blend(path: Path) -> None:
    """Load a .blend file into this process, without running its scripts, and go to its first frame.

    Raises SceneFileError.
    """
    if not path.is_file():
        raise SceneFileError(f"there is no file {path}")
    try:
        bpy.ops.wm.open_mainfile(filepath=str(path.resolve()), load_ui=False, use_scripts=False)
    except RuntimeError as error:
        reason = str(error).removeprefix("Error: ").strip().splitlines()[0]
        raise SceneFileError(f"{path} cannot be opened as a Blender file: {reason}") from None
    scene = bpy.context.scene
    rewind(scene, scene.frame_start, scene.frame_end)


def rewind(scene: bpy.types.Scene, first: int, last: int) -> None:
    """Go to frame ``first`` with a new Bullet world and an empty cache that reaches to ``last``; a bake is freed."""
    world: Any = scene.rigidbody_world
    if world is not None:
        world.enabled = True
        cache = world.point_cache
        with bpy.context.temp_override(scene=scene, point_cache=cache):
            bpy.ops.ptcache.free_bake()
        cache.frame_start, cache.frame_end = first, last
        collections = world.collection, world.constraints
        world.collection, world.constraints = None, None  # Blender drops what it had given to Bullet.
        scene.frame_set(first)
        world.collection, world.constraints = collections
        world.time_scale = world.time_scale  # Blender empties the cache when a setting of the world is written.
    scene.frame_set(first)


def read_scene(scene: bpy.types.Scene) -> SceneGraph:
    """The scene graph of a scene as it stands at its current frame, relations included.

    Meshes and empties become objects, sorted by name; other types do not take part in dynamics. Raises SceneFileError
    naming the object and what to do, for meshes and settings that rigid-body simulation cannot use.
    """
    hidden = [o for o in bpy.context.view_layer.objects if o.hide_viewport]
    for obj in hidden:
        obj.hide_viewport = False  # Blender does not evaluate hidden objects.
    try:
        bpy.context.view_layer.update()
        return _read_visible(scene, {o.name for o in hidden})
    finally:
        for obj in hidden:
            obj.hide_viewport = True


def _read_visible(scene: bpy.types.Scene, hidden: set[str]) -> SceneGraph:
    objects = list(bpy.context.view_layer.objects)
    holders = {o.name for o in objects if o.rigid_body_constraint is not None}
    chosen = [o for o in objects if o.type == "MESH" or (o.type == "EMPTY" and (o.name not in holders or o.children))]
    _check_own(chosen)
    names = {o.name for o in chosen}
    data: dict[str, Any] = {
        "schema_version": 1,
        "name": scene.get(PREFIX + "name", scene.name),
        "rules": [r for r in str(scene.get(PREFIX + "rules", "")).split("\n") if r],
        "world": _world(scene),
        "objects": [_object(o, names) | {"hidden": o.name in hidden} for o in sorted(chosen, key=lambda o: o.name)],
        "constraints": [_constraint(scene.objects[name]) for name in sorted(holders)],
        "camera": _camera(scene.camera),
    }
    try:
        return with_relations(validate_scene_graph(data))
    except SceneGraphError as error:
        raise SceneFileError(str(error)) from None


def _check_own(objects: list[bpy.types.Object]) -> None:
    for obj in objects:
        if obj.library is not None or (obj.data is not None and obj.data.library is not None):
            raise SceneFileError(
                f"object '{obj.name}': it is linked from another file; make it local (Object > Relations)"
            )


def _world(scene: bpy.types.Scene) -> dict[str, Any]:
    fps = scene.render.fps / scene.render.fps_base
    rounded = float(f"{fps:.6g}")
    world: dict[str, Any] = {
        "fps": rounded,
        "gravity": _floats(scene.gravity) if scene.use_gravity else [0.0, 0.0, 0.0],
        "unit_scale": _float(scene.unit_settings.scale_length),
    }
    settings: Any = scene.rigidbody_world
    if settings is not None:
        world |= {
            "substeps": settings.substeps_per_frame,
            "solver_iterations": settings.solver_iterations,
            "split_impulse": settings.use_split_impulse,
            "time_scale": _float(settings.time_scale),
        }
    return world


def _object(obj: bpy.types.Object, names: set[str]) -> dict[str, Any]:
    location, rotation, scale = _pose(obj)
    geometry = _geometry(obj)
    data: dict[str, Any] = {
        "name": obj.name,
        "location": location,
        "rotation": rotation,
        "scale": scale,
        "geometry": geometry,
        "body": _body(obj, geometry) if obj.rigid_body is not None else None,
        "material": _material(obj),
        "parent": obj.parent.name if obj.parent is not None and obj.parent.name in names else None,
        "properties": {k: _float(v) if isinstance(v, float) else v for k, v in obj.items() if _is_own(k, v)},
    }
    for field, key in OUR_OBJECT_KEYS.items():
        value = obj.get(key)
        if value is not None:
            data[field] = value if isinstance(value, str) else _floats(value)
    if "tags" in data:
        data["tags"] = data["tags"].split("\n")
    return data


def _is_own(key: str, value: object) -> bool:
    return not key.startswith((PREFIX, "_")) and isinstance(value, bool | int | float | str)


def _pose(obj: bpy.types.Object) -> tuple[list[float], list[float], list[float]]:
    """World pose; from the object's own channels where these are the world's, for they are exact."""
    matrix = np.array(obj.matrix_world)
    if not np.all(np.isfinite(matrix)):
        raise SceneFileError(f"object '{obj.name}': its pose is not finite; clear its transform")
    if not all(obj.scale) or not np.linalg.det(matrix[:3, :3]):
        raise SceneFileError(f"object '{obj.name}': its scale is zero along an axis; give it a size or delete it")
    if obj.rigid_body is not None and np.linalg.det(matrix[:3, :3]) < 0:
        raise SceneFileError(f"object '{obj.name}': a rigid body cannot be mirrored; apply its scale")
    if obj.rotation_mode == "QUATERNION" and np.allclose(matrix, np.array(obj.matrix_basis), atol=1e-5):
        own = list(obj.rotation_quaternion)
        if abs(sum(c * c for c in own) - 1.0) < 1e-5:
            return _floats(obj.location), _floats(own), _floats(obj.scale)
    location, rotation, scale = obj.matrix_world.decompose()
    axes = matrix[:3, :3] / np.maximum(np.linalg.norm(matrix[:3, :3], axis=0), 1e-12)
    if obj.rigid_body is not None and not np.allclose(axes.T @ axes, np.eye(3), atol=1e-3):
        raise SceneFileError(
            f"object '{obj.name}': its parent's scale shears it, which no rigid body can be; apply the parent's scale"
        )
    return _floats(location), _floats(rotation), _floats(scale)


def _geometry(obj: bpy.types.Object) -> Primitive | Mesh | None:
    """The evaluated mesh (modifiers applied) in the object's local frame; None for empties."""
    if obj.type != "MESH":
        return None
    vertices, lengths, corners = packed_mesh(obj)
    if not len(vertices) or not len(lengths):
        if obj.rigid_body is not None:
            raise SceneFileError(f"object '{obj.name}': a rigid body needs a mesh with faces; its mesh has none")
        return None
    if not np.all(np.isfinite(vertices)):
        raise SceneFileError(f"object '{obj.name}': its mesh has vertices that are not finite numbers")
    return recognise_packed(vertices.tobytes(), lengths.tobytes(), corners.tobytes())


def is_deforming(obj: bpy.types.Object) -> bool:
    """Whether the mesh may be another one at another frame."""
    if obj.type != "MESH":
        return False
    mesh: Any = obj.data
    animated = obj.animation_data is not None and bool(obj.modifiers)
    return animated or mesh.shape_keys is not None or any(m.type not in _STATIC_MODIFIERS for m in obj.modifiers)


def packed_mesh(obj: bpy.types.Object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices ``[V, 3]`` (single precision) of the mesh with modifiers applied, local frame, the faces' numbers of
    corners ``[F]``, and all their corners in a row."""
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = evaluated.to_mesh()
    try:
        vertices = np.empty((len(mesh.vertices), 3), dtype=np.float32)
        lengths = np.empty(len(mesh.polygons), dtype=np.int32)
        corners = np.empty(len(mesh.loops), dtype=np.int32)
        mesh.vertices.foreach_get("co", vertices.reshape(-1))
        mesh.polygons.foreach_get("loop_total", lengths)
        mesh.loops.foreach_get("vertex_index", corners)
    finally:
        evaluated.to_mesh_clear()
    return vertices, lengths, corners


def _body(obj: bpy.types.Object, geometry: Primitive | Mesh | None) -> dict[str, Any]:
    settings: Any = obj.rigid_body
    if settings.type == "ACTIVE" and isinstance(geometry, Mesh) and settings.collision_shape != "COMPOUND":
        check_solid(obj.name, geometry)
    body = {field: getattr(settings, name) for field, name in BODY_FIELDS.items()}
    body = {field: _float(value) if isinstance(value, float) else value for field, value in body.items()}
    body["margin"] = _float(settings.collision_margin) if settings.use_margin else None
    body["collections"] = [i for i, used in enumerate(settings.collision_collections) if used]
    return body


def check_solid(name: str, mesh: Mesh) -> None:
    """Raise SceneFileError for a mesh that an ACTIVE body cannot have.

    An ACTIVE body is a solid: its volume is conserved and measured, so its mesh must enclose one."""
    volume = enclosed_volume(mesh)
    if volume is None:
        raise SceneFileError(
            f"object '{name}': an ACTIVE body needs a closed (manifold) mesh; fill the holes or remove loose faces"
        )
    if volume < 1e-12:
        raise SceneFileError(f"object '{name}': an ACTIVE body needs a mesh with a volume; this one is flat")


def _material(obj: bpy.types.Object) -> dict[str, Any] | None:
    material = obj.active_material
    if material is None:
        return None
    color = [min(max(c, 0.0), 1.0) for c in _floats(material.diffuse_color)]
    return {"name": material.get(PREFIX + "name", material.name), "color": color}


def _constraint(holder: bpy.types.Object) -> dict[str, Any]:
    settings: Any = holder.rigid_body_constraint
    location, rotation, _ = _pose(holder)
    if settings.object1 is None and settings.object2 is None:
        raise SceneFileError(f"constraint '{holder.name}': it joins nothing; set its first object")
    first, second = settings.object1, settings.object2
    if first is None:
        first, second = second, None
    data: dict[str, Any] = {
        "name": holder.name,
        "type": settings.type,
        "object1": first.name,
        "object2": second.name if second is not None else None,
        "location": location,
        "rotation": rotation,
        "enabled": settings.enabled,
        "disable_collisions": settings.disable_collisions,
        "breaking_threshold": _float(settings.breaking_threshold) if settings.use_breaking else None,
        "solver_iterations": settings.solver_iterations if settings.use_override_solver_iterations else None,
        "spring_type": settings.spring_type,
        "limits": {axis: _limit(settings, axis) for axis in _AXES if getattr(settings, f"use_limit_{axis}")},
        "springs": {axis: _spring(settings, axis) for axis in _AXES if getattr(settings, f"use_spring_{_short(axis)}")},
    }
    for field, short in MOTORS.items():
        if getattr(settings, f"use_motor_{short}"):
            data[field] = {
                "target_velocity": _float(getattr(settings, f"motor_{short}_target_velocity")),
                "max_impulse": _float(getattr(settings, f"motor_{short}_max_impulse")),
            }
    return data


def _short(axis: str) -> str:
    return axis.removeprefix("lin_")


def _limit(settings: Any, axis: str) -> dict[str, float]:
    return {end: _float(getattr(settings, f"limit_{axis}_{end}")) for end in ("lower", "upper")}


def _spring(settings: Any, axis: str) -> dict[str, float]:
    return {kind: _float(getattr(settings, f"spring_{kind}_{_short(axis)}")) for kind in ("stiffness", "damping")}


def _camera(camera: bpy.types.Object | None) -> dict[str, Any] | None:
    if camera is None or camera.type != "CAMERA":
        return None
    location, rotation, _ = _pose(camera)
    return {"location": location, "rotation": rotation, "lens": _float(camera.data.lens)}


def _float(value: float) -> float:
    """A single-precision number of Blender's by its shortest decimal: 0.4 and not 0.4000000059604645."""
    return float(str(np.float32(value)))


def _floats(values: Any) -> list[float]:
    return [_float(v) for v in values]
