"""Features of Blender's transforms, each a function of an object: what may place it besides its own channels."""

import bpy

FRAMES = 9


def link(obj, scene=None):
    (scene or bpy.context.scene).collection.objects.link(obj)
    return obj


def cube(name="Cube"):
    mesh = bpy.data.meshes.new(name)
    corners = [(x, y, z) for x in (-0.2, 0.2) for y in (-0.15, 0.15) for z in (-0.1, 0.1)]
    mesh.from_pydata(corners, [], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])
    return mesh


def empty(obj, suffix="Target", at=(1.0, 2.0, 0.5)):
    made = link(bpy.data.objects.new(f"{obj.name} {suffix}", None))
    made.location = at
    return made


def keyed(obj, path="location", values=((0, 0, 0), (1, 0.5, -0.5)), index=-1):
    """Animate a property over the run, from its first value to its second."""
    start = bpy.context.scene.frame_start
    for frame, value in zip((start, start + FRAMES), values, strict=True):
        setattr(obj, path, value)
        obj.keyframe_insert(path, index=index, frame=frame)


def moving(obj, **scale):
    made = empty(obj, "Moving")
    keyed(made, values=((1, 2, 0.5), (2, 2, 1)))
    keyed(made, "rotation_euler", ((0.1, 0.2, 0), (0.4, 1.0, 0.6)))
    for path, value in scale.items():
        setattr(made, path, value)
    return made


def parented(obj, parent, kind="OBJECT", inverse=True, bone=""):
    bpy.context.view_layer.update()
    obj.parent, obj.parent_type, obj.parent_bone = parent, kind, bone
    if inverse:
        obj.matrix_parent_inverse = parent.matrix_world.inverted()


def armature(obj):
    rig = link(bpy.data.objects.new(f"{obj.name} Rig", bpy.data.armatures.new("Rig")))
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    bone = rig.data.edit_bones.new("Bone")
    bone.head, bone.tail = (0, 0, 0), (0, 0.3, 1)
    bpy.ops.object.mode_set(mode="OBJECT")
    keyed(rig.pose.bones["Bone"], "rotation_quaternion", ((1, 0, 0, 0), (0.9, 0.2, 0.3, 0.1)))
    return rig


def path_curve(obj):
    data = bpy.data.curves.new("Path", "CURVE")
    data.dimensions = "3D"
    spline = data.splines.new("POLY")
    spline.points.add(3)
    for point, at in zip(spline.points, ((0, 0, 0), (1, 0, 1), (2, 1, 1), (3, 3, 0)), strict=True):
        point.co = (*at, 1)
    data.use_path, data.use_path_follow, data.path_duration = True, True, 20
    keyed(data, "eval_time", (0, 18))
    return link(bpy.data.objects.new(f"{obj.name} Path", data))


def constraint(kind, target="target", **settings):
    def add(obj):
        made = obj.constraints.new(kind)
        if target:
            setattr(made, target, moving(obj))
        for key, value in settings.items():
            setattr(made, key, value)

    return add


def child_of(**settings):
    def add(obj):
        target = moving(obj)
        made = obj.constraints.new("CHILD_OF")
        made.target = target
        bpy.context.view_layer.update()
        made.inverse_matrix = target.matrix_world.inverted()
        for key, value in settings.items():
            if key == "inverse_matrix":
                made.inverse_matrix.identity()
            else:
                setattr(made, key, value)

    return add


def follow_path(obj):
    made = obj.constraints.new("FOLLOW_PATH")
    made.target, made.use_curve_follow = path_curve(obj), True


def clamp_to(obj):
    obj.constraints.new("CLAMP_TO").target = path_curve(obj)


def armature_constraint(obj):
    made = obj.constraints.new("ARMATURE").targets.new()
    made.target, made.subtarget = armature(obj), "Bone"


def action_constraint(obj):
    source = bpy.data.objects.new("Source", None)
    keyed(source, values=((0, 0, 0), (0, 1, 0)))
    made = obj.constraints.new("ACTION")
    made.target, made.transform_channel, made.target_space = moving(obj), "LOCATION_X", "WORLD"
    made.action, made.min, made.max = source.animation_data.action, 0, 3
    if hasattr(made, "action_slot"):
        made.action_slot = source.animation_data.action_slot
    made.frame_start, made.frame_end = 1, 9


def driver(path, index, expression="var + 0.3", source=None, kind="SINGLE_PROP", data_path="location.x"):
    def add(obj):
        curve = obj.driver_add(path, index)
        curve.driver.expression = expression
        variable = curve.driver.variables.new()
        variable.name, variable.type = "var", kind
        variable.targets[0].id = source(obj) if source else moving(obj)
        if kind == "SINGLE_PROP":
            variable.targets[0].data_path = data_path
        else:
            variable.targets[0].transform_type = "LOC_Z"

    return add


def action(path, first, second):
    return lambda obj: keyed(obj, path, (first, second))


def tracks(blend="REPLACE", mute=False, solo=False, use=True, top=False):
    def add(obj):
        for number, values in enumerate((((0, 0, 3), (0, 1, 3)), ((0, 0, 0.5), (0.5, 0, 0.5)))):
            keyed(obj, values=values)
            data, strip = obj.animation_data, pushed_down(obj)
            if number:
                strip.blend_type = blend
                data.nla_tracks[-1].mute, data.nla_tracks[-1].is_solo = mute, solo
        if top:
            keyed(obj, "scale", ((1, 1, 1), (1, 2, 1)))
            data.action_blend_type, data.action_influence = "ADD", 0.5
        data.use_nla = use

    return add


def influence(obj):
    child_of()(obj)
    keyed(obj.constraints[0], "influence", (0.2, 0.9))


def keyed_mute(obj):
    child_of()(obj)
    obj.constraints[0].mute = False
    obj.constraints[0].keyframe_insert("mute", frame=bpy.context.scene.frame_start)


def driven_mute(name):
    def add(obj):
        child_of()(obj)
        obj["own"] = 0.0
        obj.constraints[0].name = 'Child "Of" \\ [0]'
        curve = obj.constraints[0].driver_add(name)
        curve.driver.expression = "1 - var" if name == "enabled" else "var"
        variable = curve.driver.variables.new()
        variable.name, variable.targets[0].id, variable.targets[0].data_path = "var", obj, '["own"]'

    return add


def keyed_mode(obj):
    obj.rotation_mode = "ZYX"
    obj.keyframe_insert("rotation_mode", frame=bpy.context.scene.frame_start)


def track_of_all(obj):
    """A track that animates all that a run has to keep from acting."""
    keyed_mode(obj)
    influence(obj)
    keyed_mute(obj)
    animated_delta(obj)
    keyed(obj, "scale", ((1, 1, 1), (1, 2, 1)))
    pushed_down(obj)


def pushed_down(obj):
    data, slot = obj.animation_data, getattr(obj.animation_data, "action_slot", None)
    strip = data.nla_tracks.new().strips.new("Strip", int(data.action.frame_range[0]), data.action)
    if slot:
        strip.action_slot = slot
    data.action = None
    return strip


def tweaked(obj):
    keyed(obj)
    pushed_down(obj).select = True
    obj.animation_data.nla_tracks.active = obj.animation_data.nla_tracks[0]
    obj.animation_data.use_tweak_mode = True


def without_slot(obj):
    keyed(obj)
    if hasattr(obj.animation_data, "action_slot"):
        obj.animation_data.action_slot = None


def cyclic(obj):
    start = bpy.context.scene.frame_start
    obj["wave"] = 0.0
    for frame, value in ((start, 0.0), (start + 2, 1.0), (start + 4, 0.0)):
        obj["wave"] = value
        obj.keyframe_insert('["wave"]', frame=frame)
    keyed(obj)


def driven_by_itself(obj):
    obj["own"] = 1.5
    driver("location", 0, source=lambda obj: obj, data_path='["own"]')(obj)


def sheared(obj):
    parent = empty(obj, "Wide")
    parent.scale = (1, 3, 0.5)
    parented(obj, parent, inverse=False)


def tall(obj):
    """A parent whose scale shears the object only once it tumbles."""
    parent = empty(obj, "Tall")
    parent.scale, obj.rotation_euler = (1, 1, 3), (0, 0, 0.7)
    parented(obj, parent, inverse=False)


def turning_wide(obj):
    parented(obj, moving(obj, scale=(1, 2, 1)), inverse=False)


def grandchild(obj):
    middle = empty(obj, "Middle", (0, 0, 1))
    parented(middle, moving(obj))
    made = middle.constraints.new("COPY_ROTATION")
    made.target, made.influence = moving(obj), 0.5
    middle.delta_location = (0.1, 0.2, 0)
    parented(obj, middle)


def vertices(kind, count):
    def add(obj):
        base = link(bpy.data.objects.new(f"{obj.name} Base", cube()))
        keyed(base, "rotation_euler", ((0, 0, 0), (0.5, 0.6, 0)))
        parented(obj, base, kind, inverse=False)
        obj.parent_vertices = (0, 3, 5)[:count] + (0,) * (3 - count)

    return add


def lattice(obj):
    made = link(bpy.data.objects.new(f"{obj.name} Cage", bpy.data.lattices.new("Cage")))
    keyed(made)
    parented(obj, made, "LATTICE")


def animated_data_parent(obj):
    made = path_curve(obj)
    keyed(made)
    parented(obj, made, inverse=False)


def all_deltas(mode):
    def add(obj):
        obj.rotation_mode = mode
        obj.rotation_euler, obj.rotation_quaternion = (0.3, 0.2, 0.9), (0.9, 0.1, 0.2, 0.3)
        obj.rotation_axis_angle = (0.8, 1, 2, 3)
        obj.delta_location, obj.delta_scale = (0.3, -0.2, 0.5), (1.5, 0.8, 1.2)
        obj.delta_rotation_euler, obj.delta_rotation_quaternion = (0.4, 0.3, -0.8), (0.9, 0, 0.3, 0.2)

    return add


def animated_delta(obj):
    keyed(obj, "delta_location")
    keyed(obj, "delta_rotation_euler", ((0, 0, 0), (0.4, 0.3, 1)))


def mirrored(obj):
    obj.scale = (1, -1.5, 1)


def in_excluded(obj):
    collection = bpy.data.collections.new("Away")
    bpy.context.scene.collection.children.link(collection)
    collection.objects.link(obj)
    bpy.context.scene.collection.objects.unlink(obj)
    bpy.context.view_layer.layer_collection.children["Away"].hide_viewport = True


def locked(obj):
    obj.lock_location = obj.lock_rotation = (True, True, True)
    keyed(obj)
    for group in getattr(obj.animation_data.action, "groups", ()):
        group.lock = True


FEATURES = {
    "plain": lambda obj: None,
    **{f"deltas {mode}": all_deltas(mode) for mode in ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")},
    "deltas quaternion": all_deltas("QUATERNION"),
    "deltas axis angle": all_deltas("AXIS_ANGLE"),
    "animated deltas": animated_delta,
    "driven delta": driver("delta_location", 1),
    "mirrored": mirrored,
    "parent": lambda obj: parented(obj, empty(obj)),
    "parent without inverse": lambda obj: parented(obj, empty(obj), inverse=False),
    "keyed parent": lambda obj: parented(obj, moving(obj)),
    "mirrored parent": lambda obj: parented(obj, moving(obj, scale=(-1, 1, 1)), inverse=False),
    "wide parent": sheared,
    "tall parent": tall,
    "turning wide parent": turning_wide,
    "grandparent": grandchild,
    "vertex parent": vertices("VERTEX", 1),
    "three vertices": vertices("VERTEX_3", 3),
    "bone parent": lambda obj: parented(obj, armature(obj), "BONE", inverse=False, bone="Bone"),
    "lattice parent": lattice,
    "path parent": animated_data_parent,
    "child of": child_of(),
    "child of without inverse": child_of(inverse_matrix=None),
    "child of, some channels": child_of(use_location_x=False, use_rotation_z=False, use_scale_y=False),
    "child of, half": child_of(influence=0.4),
    "copy location": constraint("COPY_LOCATION"),
    "copy location, offset": constraint("COPY_LOCATION", use_offset=True, use_y=False),
    "copy location, half": constraint("COPY_LOCATION", influence=0.5, invert_x=True),
    "copy rotation": constraint("COPY_ROTATION", mix_mode="ADD"),
    "copy scale": constraint("COPY_SCALE", use_add=True, use_offset=True),
    "copy transforms": constraint("COPY_TRANSFORMS", mix_mode="BEFORE_FULL"),
    "limit location": constraint("LIMIT_LOCATION", "", use_max_z=True, max_z=0.4),
    "limit rotation": constraint("LIMIT_ROTATION", "", use_limit_x=True, max_x=0.1),
    "limit scale": constraint("LIMIT_SCALE", "", use_max_x=True, max_x=0.5),
    "limit distance": constraint("LIMIT_DISTANCE", distance=1.0),
    "maintain volume": constraint("MAINTAIN_VOLUME", "", volume=2.0),
    "transformation": constraint("TRANSFORM", from_max_x=1.0, to_max_x=2.0),
    "track to": constraint("TRACK_TO", track_axis="TRACK_X", up_axis="UP_Z"),
    "damped track": constraint("DAMPED_TRACK"),
    "locked track": constraint("LOCKED_TRACK"),
    "stretch to": constraint("STRETCH_TO", rest_length=1.5),
    "pivot": constraint("PIVOT", offset=(0.2, 0, 0)),
    "floor": constraint("FLOOR"),
    "follow path": follow_path,
    "clamp to": clamp_to,
    "armature constraint": armature_constraint,
    "action constraint": action_constraint,
    "keyed influence": influence,
    "keyed mute": keyed_mute,
    "driven mute": driven_mute("mute"),
    "driven switch": driven_mute("enabled"),
    "driven influence": driven_mute("influence"),
    "keyed mode": keyed_mode,
    "track of all": track_of_all,
    "tweaked track": tweaked,
    "action without slot": without_slot,
    "driven location": driver("location", 2),
    "driven rotation": driver("rotation_euler", 0, kind="TRANSFORMS"),
    "driven by itself": driven_by_itself,
    "action": action("location", (0, 0, 1), (1, 0, 1)),
    "action on scale": action("scale", (1, 1, 1), (1, 2, 1)),
    "action on rotation": action("rotation_euler", (0, 0, 0), (1, 0, 0.4)),
    "action on the quaternion": action("rotation_quaternion", (1, 0, 0, 0), (0.8, 0, 0.4, 0)),
    "action beside": cyclic,
    "locked": locked,
    "tracks": tracks(),
    "added track": tracks("ADD"),
    "muted track": tracks(mute=True),
    "solo track": tracks(solo=True),
    "tracks off": tracks(use=False),
    "blended action": tracks(top=True),
    "hidden": lambda obj: setattr(obj, "hide_viewport", True),
    "hidden collection": in_excluded,
}
"""What is done to an object of the matrix."""

UNUSABLE = {"mirrored", "mirrored parent", "wide parent", "turning wide parent"}
"""What no rigid body can be."""
