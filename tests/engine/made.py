"""Scenes made in Blender as users make them, feature by feature."""

from __future__ import annotations

import math

import bmesh
import bpy

SCENES = {}


def scene(make):
    """Register a function that fills an emptied session; it may give the words of a note that must be told."""
    SCENES[make.__name__] = make
    return make


def new():
    """An emptied session with a rigid-body world."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.rigidbody.world_add()
    world = bpy.context.scene.rigidbody_world
    world.collection = bpy.data.collections.new("RigidBodyWorld")
    world.constraints = bpy.data.collections.new("RigidBodyConstraints")


def mesh(kind="cube", size=(1, 1, 1), offset=(0, 0, 0)):
    made, data = bmesh.new(), bpy.data.meshes.new(kind)
    match kind:
        case "cube":
            bmesh.ops.create_cube(made, size=1)
        case "ball":
            bmesh.ops.create_uvsphere(made, u_segments=16, v_segments=8, radius=0.5)
        case "plane":
            bmesh.ops.create_grid(made, x_segments=1, y_segments=1, size=0.5)
        case "wedge":
            corners = [made.verts.new(v) for v in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))]
            for face in ((0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3)):
                made.faces.new([corners[i] for i in face])
    for v in made.verts:
        v.co = [v.co[i] * size[i] + offset[i] for i in range(3)]
    made.to_mesh(data)
    made.free()
    return data


def put(name, data=None, at=(0, 0, 0), body=None, collection=None, **settings):
    made = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(made)
    made.location = at
    bpy.context.view_layer.update()
    if body:
        bpy.context.view_layer.objects.active = made
        bpy.ops.rigidbody.object_add(type=body)
        for key, value in settings.items():
            setattr(made.rigid_body, key, value)
    return made


def floor():
    return put("Floor", mesh(size=(40, 40, 1)), (0, 0, -0.5), "PASSIVE", collision_shape="BOX")


def ball(at=(0, 0, 2), name="Ball", **settings):
    return put(name, mesh("ball"), at, "ACTIVE", collision_shape="SPHERE", **settings)


def box(name="Box", at=(0, 0, 2), size=(1, 1, 1), kind="ACTIVE", **settings):
    return put(name, mesh(size=size), at, kind, collision_shape="BOX", **settings)


def key(obj, path, values):
    """Keys of a property: ``{frame: value}``. The first value stays for two frames more: what moves in Blender's first
    step is built into Bullet's world before or after it has moved, by chance."""
    first = min(values)
    for frame, value in sorted({**values, first + 2: values[first]}.items()):
        setattr(obj, path, value)
        obj.keyframe_insert(path, frame=frame)
    setattr(obj, path, next(iter(values.values())))


def field(kind, strength=20.0, at=(-3, 0, 1), turn=(0, math.pi / 2, 0), data=None, **settings):
    made = put("Field", data, at)
    made.rotation_euler = turn
    bpy.context.view_layer.objects.active = made
    made.select_set(True)
    bpy.ops.object.forcefield_toggle()
    made.field.type = kind
    for name, value in ({"strength": strength, "seed": 7} | settings).items():
        setattr(made.field, name, value)
    return made


def joint(kind, first, second, at=(0, 0, 0), **settings):
    holder = put("Joint", None, at)
    bpy.context.view_layer.objects.active = holder
    bpy.ops.rigidbody.constraint_add(type=kind)
    made = holder.rigid_body_constraint
    made.object1, made.object2 = first, second
    for name, value in settings.items():
        setattr(made, name, value)
    return holder


def collection(name="More"):
    made = bpy.data.collections.new(name)
    bpy.context.scene.collection.children.link(made)
    return made


def layer(name="More"):
    return bpy.context.view_layer.layer_collection.children[name]


# The rigid-body world


@scene
def a_stack_in_bullets_order():
    floor()
    for i in (3, 1, 0, 2):
        made = box(f"D{i}", (0.1 * i, 0, 0.6 + 1.1 * i))
        made.rotation_euler = (0, 0, 0.2 * i)


@scene
def a_scaled_stack():
    floor()
    for i in range(3):
        made = box(f"D{2 - i}", (0.2 * i, 0, 0.6 + 1.1 * i))
        made.scale = (1, 1 + 0.3 * i, 0.8)


@scene
def bodies_in_an_excluded_collection():
    floor()
    put("Shelf", mesh(size=(2, 2, 0.2)), (0, 0, 1), "PASSIVE", collection("More"), collision_shape="BOX")
    ball((0, 0, 3))
    layer().exclude = True


@scene
def bodies_in_a_hidden_collection():
    floor()
    made = put("Shelf", mesh(size=(2, 2, 0.2)), (0, 0, 1), "PASSIVE", collection("More"), collision_shape="BOX")
    made.parent = put("Rail", None, (0.5, 0, 0.3))
    ball((0, 0, 3))
    bpy.data.collections["More"].hide_viewport = True


@scene
def hidden_bodies():
    floor().hide_viewport = True
    ball().hide_set(True)


@scene
def a_body_outside_the_world():
    floor()
    ball((3, 0, 2), "Other")
    bpy.context.scene.rigidbody_world.collection.objects.unlink(ball())
    return "'Ball' has rigid-body settings"


@scene
def a_world_that_is_off():
    floor()
    ball()
    bpy.context.scene.rigidbody_world.enabled = False
    return "switched off"


@scene
def a_cache_that_starts_late():
    floor()
    ball()
    bpy.context.scene.rigidbody_world.point_cache.frame_start = 15


@scene
def a_cache_that_ends_early():
    floor()
    ball()
    bpy.context.scene.rigidbody_world.point_cache.frame_end = 12
    return "cache ends at frame 12"


@scene
def a_scene_that_starts_at_frame_101():
    floor()
    ball()
    made = bpy.context.scene
    made.frame_start, made.frame_end, made.frame_current = 101, 200, 101
    made.rigidbody_world.point_cache.frame_start, made.rigidbody_world.point_cache.frame_end = 101, 200


@scene
def time_remapping():
    floor()
    made = box("Ram", (-3, 0, 0.5), kind="PASSIVE", kinematic=True)
    key(made, "location", {1: (-3, 0, 0.5), 20: (1, 0, 0.5)})
    ball((0, 0, 0.5))
    bpy.context.scene.render.frame_map_new = 200
    return "time remapping"


@scene
def other_settings_of_the_world():
    floor()
    made = ball()
    made.rigid_body.restitution = 0.8
    world = bpy.context.scene.rigidbody_world
    world.substeps_per_frame, world.solver_iterations, world.time_scale, world.use_split_impulse = 1200, 40, 0.5, True
    bpy.context.scene.render.fps, bpy.context.scene.render.fps_base = 30, 1.001


@scene
def no_gravity():
    floor()
    ball()
    bpy.context.scene.use_gravity = False


@scene
def collision_collections():
    floor()
    made = ball()
    made.rigid_body.collision_collections = [i == 3 for i in range(20)]


@scene
def sleeping_bodies():
    floor()
    ball((0, 0, 2), use_deactivation=True, use_start_deactivated=True)
    ball((0.2, 0, 4), "Hitting")


# Force fields


def _field_scene(kind, **settings):
    def make():
        floor()
        ball((0.5, 0.5, 2))
        box("Box", (1, -1, 2))
        field(kind, **settings)

    make.__name__ = "field_" + "_".join([kind.lower(), *settings])
    return scene(make)


_field_scene("WIND", flow=0.3, noise=2.0)
_field_scene("FORCE", strength=-30.0, falloff_power=1.0, distance_max=4.0, use_max_distance=True)
_field_scene("VORTEX", strength=8.0, at=(0, 0, 0), turn=(0, 0, 0))
_field_scene("TURBULENCE", strength=30.0, size=0.7, noise=1.0, use_global_coords=True)
_field_scene("DRAG", strength=2.0, quadratic_drag=1.0)
_field_scene("MAGNET", strength=5.0)
_field_scene("HARMONIC", strength=3.0, harmonic_damping=0.2, size=1.0)
_field_scene("WIND", shape="PLANE", z_direction="POSITIVE", falloff_type="TUBE", radial_max=2.0, use_radial_max=True)


@scene
def a_field_on_a_light():
    ball()
    field("WIND", data=bpy.data.lights.new("Lamp", "POINT"))


@scene
def a_field_on_a_mesh():
    ball()
    field("FORCE", data=mesh("plane", (3, 3, 3)), shape="SURFACE")


@scene
def a_hidden_field():
    ball()
    field("WIND").hide_viewport = True


@scene
def a_field_outside_the_collection_that_counts():
    ball()
    field("WIND")
    weights = bpy.context.scene.rigidbody_world.effector_weights
    weights.collection = bpy.data.collections.new("Counted")
    return "left out"


@scene
def field_weights():
    ball()
    field("WIND")
    weights = bpy.context.scene.rigidbody_world.effector_weights
    weights.gravity, weights.wind, weights.all = 0.3, 0.5, 0.8


@scene
def a_keyed_field():
    ball()
    made = field("WIND")
    made.field.keyframe_insert("strength", frame=1)
    made.field.strength = 100.0
    made.field.keyframe_insert("strength", frame=20)
    return "field.strength is animated"


# Motion that the scene prescribes


@scene
def a_keyed_ram():
    floor()
    made = box("Ram", (-3, 0, 0.5), kind="PASSIVE", kinematic=True)
    key(made, "location", {1: (-3, 0, 0.5), 25: (1.5, 0, 0.5)})
    key(made, "rotation_euler", {1: (0, 0, 0), 30: (0, 0, 2.0)})
    ball((0, 0, 0.5))
    return "'Ram' is animated"


@scene
def a_ram_that_moves_at_once():
    floor()
    made = box("Ram", (-3, 0, 0.5), kind="PASSIVE", kinematic=True)
    made.keyframe_insert("location", frame=1)
    made.location.x = 1.5
    made.keyframe_insert("location", frame=20)
    made.location.x = -3
    ball((0, 0, 0.5))
    return "'Ram' moves in the first step"


@scene
def kinematic_and_then_not():
    floor()
    made = ball((-4, 0, 3), kinematic=True)
    key(made, "location", {1: (-4, 0, 3), 20: (0, 0, 3)})
    for frame, on in ((1, True), (20, False), (35, True)):
        made.rigid_body.kinematic = on
        made.rigid_body.keyframe_insert("kinematic", frame=frame)
    made.rigid_body.kinematic = True
    return "'Ball' is animated"


@scene
def keys_on_a_falling_body():
    floor()
    key(ball(), "location", {1: (0, 0, 2), 30: (5, 0, 2)})
    return "which Blender ignores"


@scene
def a_keyed_scale_of_a_falling_body():
    floor()
    key(box(), "scale", {1: (1, 1, 1), 30: (2, 2, 2)})
    return "its scale is animated while physics moves it; the first value is carried"


@scene
def a_driven_lift():
    floor()
    made = box("Lift", (0, 0, 0.5), kind="PASSIVE", kinematic=True)
    made.driver_add("location", 2).driver.expression = "0.5 + 0.03 * max(frame - 3, 0)"
    ball((0, 0, 2))
    return "'Lift' is animated"


@scene
def a_lift_on_a_keyed_parent():
    floor()
    rig = put("Rig", None, (1, 0, 0))
    key(rig, "rotation_euler", {1: (0, 0, 0), 30: (0, 0, 1.5)})
    made = box("Lift", (0, 0, 0.5), kind="PASSIVE", kinematic=True)
    made.parent = rig
    ball((1, 0, 1.5))
    return "'Rig' is animated"


@scene
def a_lift_on_a_keyed_camera():
    floor()
    rig = put("Rig", bpy.data.cameras.new("Rig"), (0, 0, 0))
    key(rig, "location", {1: (0, 0, 0), 30: (0, 0, 1.0)})
    made = box("Lift", (0, 0, 0.5), kind="PASSIVE", kinematic=True)
    made.parent = rig
    ball((0, 0, 1.5))
    return "'Lift' is animated"


@scene
def a_ram_on_a_path():
    floor()
    curve = bpy.data.curves.new("Path", "CURVE")
    spline = curve.splines.new("POLY")
    spline.points.add(1)
    spline.points[0].co, spline.points[1].co = (-3, 0, 0.5, 1), (3, 0, 0.5, 1)
    curve.use_path, curve.path_duration, curve.dimensions = True, 30, "3D"
    rail = put("Path", curve)
    made = box("Ram", (0, 0, 0), kind="PASSIVE", kinematic=True)
    follow = made.constraints.new("FOLLOW_PATH")
    follow.target, follow.use_fixed_location = rail, True
    for frame, factor in ((1, 0.0), (3, 0.0), (30, 1.0)):
        follow.offset_factor = factor
        follow.keyframe_insert("offset_factor", frame=frame)
    ball((0.5, 0, 0.5))
    return "'Ram' is animated"


@scene
def a_constraint_that_moves_nothing():
    floor()
    made = put("Limited", mesh(), (3, 0, 1))
    hold = made.constraints.new("LIMIT_LOCATION")
    hold.use_max_z, hold.max_z = True, 5.0


@scene
def a_follower_of_a_falling_ball():
    floor()
    made = put("Shadow", mesh(), (0, 0, 5))
    follow = made.constraints.new("COPY_LOCATION")
    follow.target = ball()
    return "'Shadow' follows 'Ball'"


@scene
def strips():
    floor()
    made = box("Ram", (-3, 0, 0.5), kind="PASSIVE", kinematic=True)
    key(made, "location", {1: (-3, 0, 0.5), 25: (1.5, 0, 0.5)})
    data = made.animation_data
    track, action = data.nla_tracks.new(), data.action
    strip = track.strips.new("Ram", 1, action)
    if getattr(strip, "action_slot", True) is None:
        strip.action_slot = action.slots[0]
    data.action = None
    ball((0, 0, 0.5))
    return "'Ram' is animated"


@scene
def a_flag_on_a_vertex():
    floor()
    made = put("Flag", mesh(size=(0.3, 0.3, 0.6)), (0.4, 0, 0.8))
    made.parent, made.parent_type = ball(), "VERTEX"
    return "'Flag' hangs on a vertex of 'Ball'"


# Poses


def _modes(mode):
    def make():
        floor()
        made = box("Box", (0, 0, 2))
        made.rotation_mode = mode
        made.delta_location = (0.5, 0, 0.3)
        made.delta_scale = (1, 1.5, 1)
        made.delta_rotation_euler = (0.2, 0.1, 0.4)
        made.delta_rotation_quaternion = (0.9, 0.1, 0.3, 0.2)
        if mode == "QUATERNION":
            made.rotation_quaternion = (0.9, 0.2, 0.1, 0.3)
        elif mode == "AXIS_ANGLE":
            made.rotation_axis_angle = (0.8, 0, 1, 1)
        else:
            made.rotation_euler = (0.4, 0.3, 0.2)

    make.__name__ = "deltas_" + mode.lower()
    return scene(make)


for _mode in ("XYZ", "ZXY", "QUATERNION", "AXIS_ANGLE"):
    _modes(_mode)


@scene
def a_body_under_a_scaled_parent():
    floor()
    rig = put("Rig", None, (1, 0, 0.5))
    rig.scale, rig.rotation_euler = (2, 2, 2), (0, 0, 0.5)
    box("Box", (0, 0, 1)).parent = rig


@scene
def a_sheared_body():
    floor()
    rig = put("Rig", None, (0, 0, 0.5))
    rig.scale = (1, 3, 1)
    made = box("Box", (0, 0, 2))
    made.parent, made.rotation_euler = rig, (0.7, 0.3, 0.2)
    return "shears it"


@scene
def a_mirrored_body_that_falls():
    floor()
    made = put("Wedge", mesh("wedge"), (0, 0, 2), "ACTIVE")
    made.scale, made.rotation_euler = (-1, 1, 1), (0.2, 0, 0.3)
    return "is mirrored"


@scene
def a_mirrored_body_that_stands():
    put("Wedge", mesh("wedge", (2, 2, 1)), (0, 0, 0), "PASSIVE").scale = (-1, 1, 1)
    ball((0.5, -0.5, 1.5))
    return "is mirrored"


@scene
def two_negative_factors():
    floor()
    made = put("Wedge", mesh("wedge"), (0, 0, 2), "ACTIVE")
    made.rotation_mode, made.scale = "QUATERNION", (-1, -1, 1)


@scene
def a_body_of_no_thickness():
    floor()
    box("Card", (0, 0, 2)).scale = (1, 1, 0)


# Shapes


def _shapes(shape, source):
    def make():
        floor()
        made = put("Row", mesh(), (0, 0, 0.5), "PASSIVE", collision_shape=shape, mesh_source=source)
        bend = made.modifiers.new("Bend", "SIMPLE_DEFORM")
        bend.deform_method, bend.deform_axis, bend.factor = "STRETCH", "Z", 1.0
        row = made.modifiers.new("Row", "ARRAY")
        row.count, row.relative_offset_displace = 3, (1, 0, 0)
        ball((1.4, 0.1, 3))
        die = put("Die", mesh(), (-4, 0, 2), "ACTIVE", collision_shape="CONVEX_HULL", mesh_source=source)
        die.modifiers.new("Round", "SUBSURF").levels = 2

    make.__name__ = f"modifiers_{shape}_{source}".lower()
    return scene(make)


for _shape in ("BOX", "CONVEX_HULL", "MESH"):
    for _source in ("BASE", "DEFORM", "FINAL"):
        _shapes(_shape, _source)


@scene
def shape_keys():
    floor()
    made = put("Die", mesh(), (0, 0, 2), "ACTIVE")
    made.shape_key_add(name="Basis")
    tall = made.shape_key_add(name="Tall")
    for point in tall.data:
        point.co.z *= 2
    tall.value = 1.0


@scene
def open_and_flat_meshes():
    floor()
    put("Card", mesh("plane"), (0, 0, 2), "ACTIVE", collision_shape="BOX")
    made = put("Bowl", mesh(), (3, 0, 2), "ACTIVE")
    edit = bmesh.new()
    edit.from_mesh(made.data)
    edit.faces.ensure_lookup_table()
    edit.faces.remove(edit.faces[0])
    edit.to_mesh(made.data)
    edit.free()


@scene
def corners_without_faces():
    floor()
    data = bpy.data.meshes.new("Corners")
    data.from_pydata([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)], [], [])
    put("Corners", data, (0, 0, 2), "ACTIVE")


@scene
def a_body_of_nothing():
    floor()
    ball((5, 0, 2))
    put("Nothing", bpy.data.meshes.new("Nothing"), (0, 0, 2), "ACTIVE")
    return "without a mesh"


@scene
def a_compound():
    floor()
    hub = put("Hub", mesh("plane"), (0, 0, 2), "ACTIVE", collision_shape="COMPOUND")
    for i, at in enumerate(((0.8, 0, 0), (-0.8, 0, 0.4))):
        box(f"Arm {i}", at, (1, 0.3, 0.3)).parent = hub


@scene
def a_body_on_a_body():
    floor()
    box("Below", (0, 0, 3))
    box("Upon", (0, 0, 1.5)).parent = bpy.data.objects["Below"]
    return "physics moves both"


@scene
def a_kinematic_body_on_one_that_falls():
    """Blender has no fixed order for the two: only what is told of them is tested."""
    floor()
    box("Hat", (1.2, 0, 5.5), kind="PASSIVE", kinematic=True).parent = box("Head", (9, 9, 0.5))
    return "'Hat' is a rigid body that follows 'Head'"


# Joints


def _joints(kind, **settings):
    def make():
        post = box("Post", (0, 0, 3), (0.3, 0.3, 0.3), "PASSIVE")
        post.scale = (2, 1, 1)
        joint(kind, post, box("Arm", (1, 0, 3), (1, 0.2, 0.2)), (0.5, 0, 3), **settings)

    make.__name__ = "_".join(["joint", kind.lower(), *settings])
    return scene(make)


_joints("FIXED")
_joints("POINT", use_breaking=True, breaking_threshold=0.2)
_joints("HINGE", use_limit_ang_z=True, limit_ang_z_lower=-0.3, limit_ang_z_upper=0.3)
_joints("SLIDER")
_joints("PISTON", use_override_solver_iterations=True, solver_iterations=40)
_joints("GENERIC", use_limit_lin_z=True, limit_lin_z_lower=-0.5, limit_lin_z_upper=0.5)
_joints("GENERIC_SPRING", use_spring_z=True, spring_stiffness_z=20.0, spring_damping_z=0.3)
_joints("MOTOR", use_motor_lin=True, motor_lin_target_velocity=2.0, motor_lin_max_impulse=5.0)


@scene
def a_keyed_joint():
    post = box("Post", (0, 0, 4), (0.3, 0.3, 0.3), "PASSIVE")
    made = joint("FIXED", post, box("Box", (0, 0, 3)), (0, 0, 4))
    for frame, on in ((1, True), (15, False)):
        made.rigid_body_constraint.enabled = on
        made.rigid_body_constraint.keyframe_insert("enabled", frame=frame)
    made.rigid_body_constraint.enabled = True
    return "rigid_body_constraint.enabled is animated"


@scene
def joints_that_blender_ignores():
    floor()
    made = ball()
    joint("POINT", made, None).name = "One end"
    joint("POINT", made, put("Sign", mesh(), (3, 0, 1))).name = "No body"
    joint("FIXED", None, None).name = "No end"
    return "Blender ignores it"


@scene
def a_joint_to_an_excluded_body():
    floor()
    more = collection("More")
    post = put("Post", mesh(), (0, 0, 4), "PASSIVE", more, collision_shape="BOX")
    joint("POINT", post, ball((1.5, 0, 4)), (0, 0, 4))
    layer().exclude = True


# What is not simulated


@scene
def decorations():
    floor()
    ball()
    put("Paper", mesh(), (3, 0, 1)).scale = (1, 1, 0)
    put("Gone", mesh("wedge"), (3, 3, 1)).scale = (0, 0, 0)
    put("Name " + "x" * 50, mesh(), (6, 0, 1)).scale = (-1, 1, 1)
    star = put("Star", mesh("wedge"), (0, 3, 0.5))
    key(star, "scale", {1: (0, 0, 0), 20: (1, 1, 1), 30: (0, 0, 0)})
    star["infinite"], star["list"] = float("inf"), [1, 2]
    put("Lamp", bpy.data.lights.new("Lamp", "POINT"))
    return "'infinite' is no finite number"
