"""Building a Blender scene from a scene graph."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import bpy

from ..geometry.primitives import mesh_of
from ..scene_graph import Camera, Constraint, Mesh, Primitive, RigidBody, SceneGraph, SceneObject, World
from ..scene_graph.looks import shaped
from ..scene_graph.rename import free_names
from .elements import add_elements
from .force_fields import WEIGHTS, add_field
from .lights import make_light, make_text
from .materials import make_material
from .names import BODY_FIELDS, DEFAULT_MARGIN, MOTORS, OUR_OBJECT_KEYS, PREFIX, SHOWN
from .physics_world import ensure_physics
from .prescribed import add_animation
from .protocol import EngineError
from .scene_collections import add_instances, put_into, remove_scene
from .shape_keys import add_shape_keys
from .sky import add_surroundings


def build_scene(graph: SceneGraph, first: int = 1) -> bpy.types.Scene:
    """Empty the session and build the graph in it, the scene's ``first`` frame being the graph's moment; `read_scene`
    of the result gives the graph back.

    Raises EngineError for what Blender cannot hold.
    """
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    scene.name = graph.name[:63] or "scene"
    scene.frame_start = scene.frame_current = first
    _fill(scene, graph)
    return scene


def names_for(graph: SceneGraph, name: str) -> dict[str, str]:
    """The names that `add_scene` must give to objects whose own the open file has already, but not in that scene."""
    earlier = bpy.data.scenes.get(name)
    own: set[str] = set(earlier.objects.keys()) if earlier is not None else set()
    names = dict.fromkeys((*graph.names, *(c.name for c in graph.constraints)))
    return free_names(names, set(bpy.data.objects.keys()) - own)


def add_scene(graph: SceneGraph, name: str) -> bpy.types.Scene:
    """Build the graph as a new scene of the open file, in the place of an earlier one of this name, and go there.

    Its names must be free, see `names_for`. Raises EngineError, and changes nothing, for what Blender cannot hold.
    """
    earlier = bpy.data.scenes.get(name)
    scene = bpy.data.scenes.new(name)
    window: Any = bpy.context.window
    window.scene = scene
    if earlier is not None:
        remove_scene(earlier)
        scene.name = name
    _fill(scene, graph)
    return scene


def _fill(scene: bpy.types.Scene, graph: SceneGraph) -> None:
    """Build the graph in an empty scene that is the context's."""
    scene[PREFIX + "name"] = graph.name
    scene[PREFIX + "rules"] = "\n".join(graph.rules)
    set_world(scene, graph.world)
    meshes: dict[str, bpy.types.Mesh] = {}
    for obj in _parents_first(graph):
        _add_shape(scene, obj, meshes)
    add_instances(scene, {obj.name: obj.instances for obj in graph.objects if obj.instances is not None})
    for obj in graph.objects:
        _add_physics(scene.objects[obj.name], obj)
    for obj in graph.objects:
        add_elements(scene.objects[obj.name], obj.elements)
    for constraint in graph.constraints:
        _add_constraint(scene, constraint)
    add_surroundings(scene, graph.sky, graph.fog)
    _set_range(scene, graph.world)
    if graph.camera is not None:
        add_camera(scene, graph.camera)
    _hide(scene, graph)


def set_world(scene: bpy.types.Scene, world: World) -> None:
    """Frame rate, gravity and rigid-body world."""
    whole = max(1, round(world.fps))
    scene.render.fps, scene.render.fps_base = whole, whole / world.fps
    scene.gravity = world.gravity
    scene.unit_settings.scale_length = world.unit_scale
    settings = ensure_physics(scene)
    settings.substeps_per_frame = world.substeps
    settings.solver_iterations = world.solver_iterations
    settings.use_split_impulse = world.split_impulse
    settings.time_scale = world.time_scale
    settings.enabled = world.enabled
    for name in WEIGHTS:
        setattr(settings.effector_weights, name, world.field_weights.get(name, 1.0))
    scene.render.frame_map_old, scene.render.frame_map_new = world.frame_map


def _set_range(scene: bpy.types.Scene, world: World) -> None:
    """Between which frames Blender simulates; last, for animation makes the scene longer."""
    settings: Any = scene.rigidbody_world
    cache = settings.point_cache
    if world.ends is not None:
        scene.frame_end = max(scene.frame_end, scene.frame_start + world.ends + 1)
    cache.frame_end = scene.frame_end if world.ends is None else scene.frame_start + world.ends
    cache.frame_start = scene.frame_start + world.starts


def _parents_first(graph: SceneGraph) -> list[SceneObject]:
    """The objects ordered by depth in the tree of parents."""

    parents = {obj.name: obj.parent for obj in graph.objects}

    def depth(obj: SceneObject) -> int:
        count, parent = 0, obj.parent
        while parent is not None:
            count, parent = count + 1, parents[parent]
        return count

    return sorted(graph.objects, key=depth)


def add_object(scene: bpy.types.Scene, obj: SceneObject) -> bpy.types.Object:
    """Add one object, visible, whose parent is already there. Raises EngineError if its name is taken."""
    made = _add_shape(scene, obj, {})
    bpy.context.view_layer.update()  # In mid-run a body is where its object was evaluated last.
    _add_physics(made, obj)
    return made


def _give_materials(data: Any, obj: SceneObject) -> int:
    """Put an object's materials into their slots and on its faces; returns the slot of the active one."""
    active = [obj.material] if obj.material is not None else []
    surfaces = {**obj.surfaces, **{material.slot: material for material in active}}
    for slot in range(max(surfaces, default=-1) + 1):
        data.materials.append(make_material(surfaces[slot]) if slot in surfaces else None)
    main = _main_slot(obj)
    slots = obj.geometry.slots if isinstance(obj.geometry, Mesh) else ()
    if isinstance(data, bpy.types.Mesh) and (slots or main):
        polygons: Any = data.polygons
        polygons.foreach_set("material_index", slots if len(slots) == len(polygons) else [main] * len(polygons))
    return main


def _main_slot(obj: SceneObject) -> int:
    return obj.material.slot if obj.material is not None else 0


def _give_own_materials(made: bpy.types.Object, obj: SceneObject) -> None:
    """Give an object materials of its own where those of the mesh that it shares are others."""
    wanted = {**obj.surfaces, **({obj.material.slot: obj.material} if obj.material is not None else {})}
    for number, material in wanted.items():
        slot: Any = made.material_slots[number]
        if slot.material != (own := make_material(material)):
            slot.link, slot.material = "OBJECT", own


def _add_shape(scene: bpy.types.Scene, obj: SceneObject, meshes: dict[str, bpy.types.Mesh]) -> bpy.types.Object:
    """Add an object as it is seen, without body, field and animation. ``meshes`` are those that objects may share, by
    their owners' names; its own becomes one of them."""
    data = meshes.get(obj.mesh_of or obj.name)
    is_shared = data is not None
    if data is None:
        data = _data(obj)
    slot = _give_materials(data, obj) if data is not None and not is_shared else _main_slot(obj)
    if obj.smooth and isinstance(data, bpy.types.Mesh):
        _shade_smooth(data)
    if isinstance(data, bpy.types.Mesh):
        meshes[obj.mesh_of or obj.name] = data
    made = bpy.data.objects.new(obj.name, data)
    if made.name != obj.name:
        bpy.data.objects.remove(made)
        raise EngineError(f"object '{obj.name}': Blender cannot give it this name; it is taken or too long")
    put_into(scene, made, obj.collections)
    if is_shared:
        _give_own_materials(made, obj)
    made.rotation_mode = "QUATERNION"
    made.location, made.rotation_quaternion, made.scale = obj.location, obj.rotation, obj.scale
    made.color, made.active_material_index = obj.color, slot
    if obj.shape_keys:
        add_shape_keys(made, obj.shape_keys)
    elif obj.body is not None and obj.body.collision is not None and obj.geometry is not None:
        _show_instead(made, obj)
    for key, value in obj.properties.items():
        made[key] = value
    for field, key in OUR_OBJECT_KEYS.items():
        value = getattr(obj, field)
        if field == "tags":
            value = "\n".join(value)
        if value and (isinstance(value, str) or any(value)):
            made[key] = value
    if obj.parent is not None:
        _set_parent(made, scene.objects[obj.parent])
    return made


def _data(obj: SceneObject) -> Any:
    """What an object shows: a mesh, a light, a text, or nothing. Shape keys begin with the mesh that they deform."""
    if obj.light is not None:
        return make_light(obj.name, obj.light)
    if obj.text is not None:
        return make_text(obj.name, obj.text)
    if isinstance(obj.geometry, Mesh) and obj.shape_keys:
        basis = shaped(obj.geometry.vertices, obj.shape_keys, -1.0)
        return _mesh(obj.name, Mesh(vertices=basis, faces=obj.geometry.faces))
    return _mesh(obj.name, obj.collision_geometry or obj.geometry) if obj.geometry is not None else None


SHARP = math.radians(35.0)
"""Edges that bend more stay sharp in smooth shading."""


def _shade_smooth(data: bpy.types.Mesh) -> None:
    """Shade all faces of a mesh smooth, but for its sharp edges."""
    polygons: Any = data.polygons
    polygons.foreach_set("use_smooth", [True] * len(polygons))
    data.set_sharp_from_angle(angle=SHARP)


def _mesh(name: str, geometry: Primitive | Mesh) -> bpy.types.Mesh:
    vertices, faces = mesh_of(geometry)
    data = bpy.data.meshes.new(name)
    data.from_pydata(vertices.tolist(), [], [list(face) for face in faces])
    return data


def _show_instead(made: bpy.types.Object, obj: SceneObject) -> None:
    """Show an object's geometry in the place of its mesh, which stays what physics sees: a modifier takes the geometry
    from an object that no scene holds."""
    assert obj.geometry is not None
    kept = bpy.data.objects.new(SHOWN, _mesh(SHOWN, obj.geometry))
    _give_materials(kept.data, obj)
    if obj.smooth:
        _shade_smooth(kept.data)
    tree: Any = bpy.data.node_groups.new(SHOWN, "GeometryNodeTree")
    tree.interface.new_socket(name="Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    source, output = tree.nodes.new("GeometryNodeObjectInfo"), tree.nodes.new("NodeGroupOutput")
    source.inputs["Object"].default_value = kept
    tree.links.new(source.outputs["Geometry"], output.inputs[0])
    modifier: Any = made.modifiers.new(SHOWN, "NODES")
    modifier.node_group = tree


def _add_physics(made: bpy.types.Object, obj: SceneObject) -> None:
    """Give an object its body, force field and prescribed motion."""
    if obj.rigid_body is not None:
        add_body(made, obj.rigid_body)
    if obj.field is not None:
        add_field(made, obj.field)
    if obj.animation is not None:
        add_animation(made, obj.animation)


def _hide(scene: bpy.types.Scene, graph: SceneGraph) -> None:
    """Hide what is to be hidden; last, for Blender neither evaluates nor edits hidden objects."""
    bpy.context.view_layer.update()
    for obj in graph.objects:
        scene.objects[obj.name].hide_viewport = obj.hidden
        scene.objects[obj.name].hide_render = obj.hide_render


def _set_parent(child: bpy.types.Object, parent: bpy.types.Object) -> None:
    """Make the parent's present pose the child's frame, so that the child's own channels are its world pose."""
    bpy.context.view_layer.update()
    child.parent = parent
    child.matrix_parent_inverse = parent.matrix_world.inverted()


def add_body(obj: bpy.types.Object, body: RigidBody) -> None:
    """Give an object its rigid body: Blender makes one for what comes into the world's collection. The operator would
    evaluate the whole scene for each."""
    world: Any = bpy.context.scene.rigidbody_world
    world.collection.objects.link(obj)
    settings: Any = obj.rigid_body
    for field, name in BODY_FIELDS.items():
        setattr(settings, name, getattr(body, field))
    settings.use_margin = body.margin is not None
    settings.collision_margin = DEFAULT_MARGIN if body.margin is None else body.margin
    settings.collision_collections = [i in body.collections for i in range(20)]
    if not body.simulated:
        world.collection.objects.unlink(obj)


def recreate_body(obj: bpy.types.Object, kind: str) -> None:
    """Give an object a new body of this type in the place of its own, with the same settings.

    Blender hands a change of type or mesh to Bullet only when the body is new. The body must not be in a constraint:
    Bullet's constraint would keep the old one, and Blender would crash.
    """
    old: Any = obj.rigid_body
    names = [*BODY_FIELDS.values(), "use_margin", "collision_margin"]
    settings = {name: getattr(old, name) for name in names} | {"type": kind}
    collections = list(old.collision_collections)
    bpy.context.view_layer.objects.active = obj
    bpy.ops.rigidbody.object_remove()
    bpy.ops.rigidbody.object_add(type=kind)
    for name, value in settings.items():
        setattr(obj.rigid_body, name, value)
    obj.rigid_body.collision_collections = collections


def _add_constraint(scene: bpy.types.Scene, constraint: Constraint) -> None:
    holder = scene.objects.get(constraint.name)
    if holder is None:
        holder = bpy.data.objects.new(constraint.name, None)
        scene.collection.objects.link(holder)
        holder.rotation_mode = "QUATERNION"
        holder.location, holder.rotation_quaternion = constraint.location, constraint.rotation
    world: Any = scene.rigidbody_world
    world.constraints.objects.link(holder)
    settings: Any = holder.rigid_body_constraint
    settings.type = constraint.type
    settings.object1 = scene.objects[constraint.object1]
    settings.object2 = scene.objects[constraint.object2] if constraint.object2 else None
    settings.enabled = constraint.enabled
    settings.disable_collisions = constraint.disable_collisions
    settings.use_breaking = constraint.breaking_threshold is not None
    if constraint.breaking_threshold is not None:
        settings.breaking_threshold = constraint.breaking_threshold
    settings.use_override_solver_iterations = constraint.solver_iterations is not None
    if constraint.solver_iterations is not None:
        settings.solver_iterations = constraint.solver_iterations
    settings.spring_type = constraint.spring_type
    for axis, limit in constraint.limits.items():
        setattr(settings, f"use_limit_{axis}", True)
        setattr(settings, f"limit_{axis}_lower", limit.lower)
        setattr(settings, f"limit_{axis}_upper", limit.upper)
    for axis, spring in constraint.springs.items():
        short = axis.removeprefix("lin_")
        setattr(settings, f"use_spring_{short}", True)
        setattr(settings, f"spring_stiffness_{short}", spring.stiffness)
        setattr(settings, f"spring_damping_{short}", spring.damping)
    for field, short in MOTORS.items():
        motor = getattr(constraint, field)
        setattr(settings, f"use_motor_{short}", motor is not None)
        if motor is not None:
            setattr(settings, f"motor_{short}_target_velocity", motor.target_velocity)
            setattr(settings, f"motor_{short}_max_impulse", motor.max_impulse)


def add_camera(scene: bpy.types.Scene, camera: Camera) -> bpy.types.Object:
    """Add the camera and make it the scene's."""
    data = bpy.data.cameras.new("Camera")
    data.lens = camera.lens
    made = bpy.data.objects.new(PREFIX + "camera", data)
    scene.collection.objects.link(made)
    made.rotation_mode = "QUATERNION"
    made.location, made.rotation_quaternion = camera.location, camera.rotation
    if camera.path is not None:
        add_animation(made, camera.path)
    scene.camera = made
    return made


def save_blend(graph: SceneGraph, path: Path) -> None:
    """Build the graph and save it as a .blend file. Raises EngineError if the file cannot be written."""
    build_scene(graph)
    write_blend(path)


def write_blend(path: Path) -> None:
    """Save what is open as a .blend file, whole or not at all. Raises EngineError if the file cannot be written."""
    files = bpy.context.preferences.filepaths
    preview, files.file_preview_type = files.file_preview_type, "NONE"  # drawing one takes as long as the rest
    temporary = path.with_name(f".{path.stem}.part.blend")
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(temporary.resolve()), check_existing=False, copy=True, compress=True)
        temporary.replace(path)
    except (RuntimeError, OSError) as error:
        temporary.unlink(missing_ok=True)
        raise EngineError(f"{path} cannot be written: {error}") from None
    finally:
        files.file_preview_type = preview
