"""Reading a Blender scene into a scene graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy

from ..geometry.primitives import mesh_of
from ..scene_graph import (
    SCHEMA_VERSION,
    Mesh,
    Note,
    Primitive,
    SceneGraph,
    SceneGraphError,
    SceneObject,
    with_relations,
)
from ..scene_graph.files import validate_scene_graph
from ..scene_graph.instances import may_share
from ..scene_graph.mover import has_simulated_pose
from .custom import custom_fields
from .elements import element_notes, elements_of, later_modifiers, read_elements, switch_off_domains
from .force_fields import read_field, read_weights
from .joints import read_joints
from .lights import read_light, read_text
from .materials import read_material, read_surfaces
from .meshes import collision_meshes, geometry_of, is_smooth, material_slots, without
from .names import BODY_FIELDS, DEFAULT_MARGIN, PREFIX
from .notes import all_body_notes, launched, object_notes, other_objects, world_notes
from .numbers import color_of, pose_of, single, singles
from .playback_notes import playback_notes
from .prescribed import read_animations, read_path
from .protocol import SceneFileError
from .scene_collections import read_collections, read_instances
from .selection import Selection, all_evaluated, select
from .shape_keys import read_shape_keys
from .sky import read_fog, read_sky, sky_notes


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
    switch_off_domains(scene.objects)
    scene.frame_set(scene.frame_start)


def rewind(scene: bpy.types.Scene, first: int, last: int, start: int | None = None) -> None:
    """Go to frame ``start`` (``first`` unless given) with a new Bullet world and an empty cache from ``first`` to
    ``last``; a bake is freed."""
    world: Any = scene.rigidbody_world
    start = first if start is None else start
    if world is not None:
        cache = world.point_cache
        with bpy.context.temp_override(scene=scene, point_cache=cache):
            bpy.ops.ptcache.free_bake()
        cache.frame_start, cache.frame_end = first, last
        collections = world.collection, world.constraints
        world.collection, world.constraints = None, None  # Blender drops what it had given to Bullet.
        scene.frame_set(start)
        world.collection, world.constraints = collections
        world.time_scale = world.time_scale  # Blender empties the cache when a setting of the world is written.
    scene.frame_set(start)


def read_scene(scene: bpy.types.Scene) -> SceneGraph:
    """The scene graph of a scene as it stands at its current frame before any simulation, relations and notes included.

    Raises SceneFileError naming the object and what to do, for meshes and poses that are not finite.
    """
    selection = select(scene)
    world, notes = read_world(scene), [*world_notes(scene), *sky_notes(scene), *selection.left_out]
    notes += [note for name, obj in selection.objects.items() for note in element_notes(name, obj)]
    elements = {obj: elements_of(obj) for obj in selection.objects.values()}
    later = [m for obj in selection.objects.values() for m in later_modifiers(obj)]
    with without(later), all_evaluated(), _unsimulated(scene, selection):
        reading = _Reading(
            selection,
            collision_meshes(selection.objects[name] for name in selection.bodies),
            read_animations(scene, selection),
            read_collections(scene),
            elements,
        )
        joints, ignored = read_joints(selection)
        data: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "name": scene.get(PREFIX + "name", scene.name),
            "rules": [r for r in str(scene.get(PREFIX + "rules", "")).split("\n") if r],
            "world": world,
            "objects": [reading.object(name, obj, geometry_of(obj)) for name, obj in selection.objects.items()],
            "constraints": joints,
            "camera": _camera(scene, selection),
            "sky": read_sky(scene),
            "fog": read_fog(scene),
            "others": other_objects(selection, {joint["name"] for joint in joints}),
            "notes": [*notes, *ignored, *object_notes(selection, reading.animations), *playback_notes(scene)],
        }
    try:
        return with_relations(_sharing_meshes(validate_scene_graph(data), selection))
    except SceneGraphError as error:
        raise SceneFileError(str(error)) from None


def _sharing_meshes(graph: SceneGraph, selection: Selection) -> SceneGraph:
    """The graph with the objects told that share a mesh with one before them."""
    owners: dict[Any, SceneObject] = {}
    found = []
    for obj in graph.objects:
        data = selection.objects[obj.name].data if obj.geometry is not None else None
        owner = owners.setdefault(data, obj) if data is not None else obj
        found.append(obj.model_copy(update={"mesh_of": owner.name}) if may_share(obj, owner) else obj)
    return graph.model_copy(update={"objects": tuple(found)})


def built_notes(scene: bpy.types.Scene) -> tuple[Note, ...]:
    """Notes on a scene that was built from a graph: what Blender does otherwise than a reader of it expects."""
    selection = select(scene)
    return (*world_notes(scene), *read_joints(selection)[1], *all_body_notes(selection))


@contextmanager
def _unsimulated(scene: bpy.types.Scene, selection: Selection) -> Iterator[None]:
    """While this lasts, objects stand where they are without physics, whatever Blender's cache holds."""
    world: Any = scene.rigidbody_world
    enabled = world is not None and world.enabled
    if enabled:
        world.enabled = False
    try:
        scene.frame_set(scene.frame_current)
        for _ in range(2 if enabled else 0):  # Of bodies that hang on each other, one is evaluated an update late.
            for name in selection.bodies:
                selection.objects[name].update_tag(refresh={"OBJECT"})
            bpy.context.view_layer.update()
        yield
    finally:
        if enabled:
            world.enabled = True


def read_world(scene: bpy.types.Scene) -> dict[str, Any]:
    """The world's settings as plain data."""
    fps = scene.render.fps / scene.render.fps_base
    rounded = float(f"{fps:.6g}")
    world: dict[str, Any] = {
        "fps": rounded,
        "gravity": singles(scene.gravity) if scene.use_gravity else [0.0, 0.0, 0.0],
        "unit_scale": single(scene.unit_settings.scale_length),
        "frame_map": [scene.render.frame_map_old, scene.render.frame_map_new],
    }
    settings: Any = scene.rigidbody_world
    if settings is not None:
        world |= {
            "substeps": settings.substeps_per_frame,
            "solver_iterations": settings.solver_iterations,
            "split_impulse": settings.use_split_impulse,
            "time_scale": single(settings.time_scale),
            "field_weights": read_weights(settings, single),
            "enabled": settings.enabled,
            **_range(scene, settings.point_cache),
        }
    return world


def _range(scene: bpy.types.Scene, cache: Any) -> dict[str, Any]:
    """Between which steps Blender simulates. Beyond the scene's own last frame a run goes on as physics does."""
    ends = cache.frame_end - scene.frame_start if cache.frame_end < scene.frame_end else None
    starts = 0 if launched(scene) else max(cache.frame_start - scene.frame_start, 0)
    return {"starts": starts, "ends": None if ends is None else max(ends, 0)}


@dataclass(frozen=True)
class _Reading:
    """What is known of a scene's objects before they are read one by one."""

    selection: Selection
    collision: Mapping[bpy.types.Object, Primitive | Mesh]
    animations: Mapping[str, dict[str, Any]]
    collections: Mapping[bpy.types.Object, set[str]]
    elements: Mapping[bpy.types.Object, list[Any]]

    def object(self, name: str, obj: bpy.types.Object, geometry: Primitive | Mesh | None) -> dict[str, Any]:
        """One object as plain data."""
        simulated = name in self.selection.bodies
        body = self._body(obj, geometry, simulated) if obj.rigid_body is not None and geometry is not None else None
        location, rotation, scale = _body_pose(obj) if simulated else pose_of(obj)
        keys = read_shape_keys(obj, len(geometry.vertices)) if isinstance(geometry, Mesh) else []
        material, surfaces, shown = _surfaces(obj, geometry)
        data: dict[str, Any] = {
            "name": name,
            "location": location,
            "rotation": rotation,
            "scale": scale,
            "geometry": shown,
            "body": body,
            "material": material,
            "surfaces": surfaces,
            "color": color_of(obj.color),
            "light": read_light(obj),
            "text": read_text(obj),
            "shape_keys": keys,
            "smooth": geometry is not None and is_smooth(obj),
            "parent": self.selection.name(obj.parent),
            "collections": sorted(self.collections.get(obj, ())),
            "hidden": name in self.selection.hidden,
            "hide_render": obj.hide_render,
            "field": read_field(obj, single) if name in self.selection.fields else None,
            "elements": read_elements(obj, self.elements[obj]),
            "animation": self.animations.get(name),
            "instances": read_instances(bpy.context.scene, obj),
        }
        return data | custom_fields(obj)

    def _body(self, obj: bpy.types.Object, geometry: Primitive | Mesh, simulated: bool) -> dict[str, Any]:
        settings: Any = obj.rigid_body
        body = {field: getattr(settings, name) for field, name in BODY_FIELDS.items()}
        body = {field: single(value) if isinstance(value, float) else value for field, value in body.items()}
        body["margin"] = _margin(settings)
        body["collections"] = [i for i, used in enumerate(settings.collision_collections) if used]
        collision = self.collision.get(obj)
        return body | {"collision": collision if collision != geometry else None, "simulated": simulated}


def _surfaces(
    obj: bpy.types.Object, geometry: Primitive | Mesh | None
) -> tuple[dict[str, Any] | None, dict[int, dict[str, Any]], Primitive | Mesh | None]:
    """The active material of an object, its others by slot, and its geometry, with slots where faces have others."""
    material, active = read_material(obj), obj.active_material_index
    if geometry is None or len(obj.material_slots) < 2:
        return material, {}, geometry
    slots = material_slots(obj)
    others = set(slots) - {active}
    if not others:
        return material, {}, geometry
    vertices, faces = mesh_of(geometry)
    shown = Mesh.model_validate({"vertices": vertices.tolist(), "faces": faces, "slots": slots})
    return material or {"slot": active}, read_surfaces(obj, others), shown


def _margin(settings: Any) -> float | None:
    """The margin where it is not Blender's default. Cones and meshes feel it even where it is not ticked."""
    margin = single(settings.collision_margin)
    felt = settings.collision_shape in ("CONE", "MESH") and margin != DEFAULT_MARGIN
    return margin if settings.use_margin or felt else None


def _body_pose(obj: bpy.types.Object) -> tuple[list[float], list[float], list[float]]:
    """The pose that Bullet has of a body. It knows no mirrors: what one has moved is shown without it from then on."""
    if not obj.matrix_world.determinant() < 0:
        return pose_of(obj)
    location, rotation, scale = obj.matrix_world.decompose()
    moved = has_simulated_pose(obj.rigid_body)
    return singles(location), singles(rotation), [abs(s) if moved else s for s in singles(scale)]


def _camera(scene: bpy.types.Scene, selection: Selection) -> dict[str, Any] | None:
    camera: Any = scene.camera
    if camera is None or camera.type != "CAMERA":
        return None
    location, rotation, _ = pose_of(camera)
    path = read_path(scene, camera, selection)
    return {"location": location, "rotation": rotation, "lens": single(camera.data.lens), "path": path}
