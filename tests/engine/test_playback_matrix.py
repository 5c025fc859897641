"""Every feature of Blender's transforms, on objects that physics, a script or another object moves: on the timeline
each is where the run had it, and afterwards what it was before."""

import math
import random

import bpy
import numpy as np
import pytest

from addon.engine import surroundings
from addon.engine.blender import BlenderEngine
from addon.engine.channels import motions_of, poses_of
from addon.engine.motions import Motion, load_motions, save_motions
from addon.engine.playback import play_back, take_out
from addon.engine.playback_notes import playback_notes
from addon.engine.read import open_blend
from addon.geometry.matrices import decompose
from addon.scene_graph import SceneGraph, SceneObject, Write
from addon.trace import ContactColumns, Recorder, Trace, TraceMeta
from addon.ui.tasks import _offsets

FRAMES = 9
METRES, RADIANS, SIZE = 1e-4, math.radians(0.01), 1e-4


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


def body(obj, **settings):
    bpy.context.view_layer.objects.active = obj
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    obj.rigid_body.collision_shape = "BOX"
    for key, value in settings.items():
        setattr(obj.rigid_body, key, value)


def made(name):
    obj = link(bpy.data.objects.new(name, cube()))
    obj.rotation_euler[1] = 0.2
    return obj


def simulated(name, feature):
    obj = made(name)
    body(obj, collision_collections=[False] * 20)
    FEATURES[feature](obj)
    return obj


def spinning(name, feature):
    obj = simulated(name, feature)
    obj["cdyn_angular_velocity"] = (5.0, 4.0, 3.0)
    return obj


def scripted(name, feature):
    obj = made(name)
    FEATURES[feature](obj)
    return obj


def follower(name, feature):
    """Follows a tumbling body: as its child, or, where it has a parent already, by a constraint."""
    obj = made(name)
    FEATURES[feature](obj)
    leader = simulated(f"{name} Leader", "plain")
    leader.rotation_euler = (0.3, 0.2, 0)
    if obj.parent is None:
        parented(obj, leader, inverse=False)
    else:
        obj.constraints.new("CHILD_OF").target = leader
    return obj


ROLES = {"simulated": simulated, "spinning": spinning, "scripted": scripted, "follower": follower}


def build(path, role, features, prepare=lambda scene: None):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    prepare(scene)
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.collection = bpy.data.collections.new("Bodies")
    for feature in features:
        if not (role in ("simulated", "spinning") and feature in UNUSABLE):
            ROLES[role](f"{role} {feature}", feature)
    scene.frame_set(scene.frame_start)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))


def run(path, role):
    """A recorded run of the file, in which a script moves the objects whose names begin with "scripted"."""
    engine = BlenderEngine.from_blend(path)
    recorder = Recorder(engine.graph, FRAMES - 1)
    recorder.record(0, engine.state(), engine.mesh_volumes(), engine.present())
    for frame in range(1, FRAMES):
        writes = []
        for number, name in enumerate(engine.graph.names):
            if name.startswith("scripted ") and role == "scripted" and name.split(" ", 1)[1] in FEATURES:
                turn = np.array([math.cos(frame / 20), math.sin(frame / 20), 0.0, 0.0])
                writes.append(Write("object", name, "location", (0.1 * frame, number / 10, 1 + 0.02 * frame**2)))
                writes.append(Write("object", name, "rotation_quaternion", tuple(turn.tolist())))
                if frame == 5 and number % 2:
                    writes.append(Write("object", name, "scale", (1.2, 0.7, 1.1)))
        engine.apply(writes)
        engine.step()
        recorder.record(frame, engine.state(), engine.mesh_volumes(), engine.present())
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=FRAMES - 1, engine="test", scene=engine.graph)
    return recorder.finish(meta, [])


def dump(scene):
    """All that playing back could change."""
    world = scene.rigidbody_world
    scenes = [scene.frame_start, scene.frame_end, world.enabled, sorted(scene.keys())]
    world.enabled = False  # Where a simulation is depends on what was done before.
    scene.frame_set(scene.frame_start)
    found = {}
    for obj in scene.objects:
        data = obj.animation_data
        values = {
            p.identifier: list(v) if hasattr(v, "__len__") and not isinstance(v, str) else v
            for p in obj.bl_rna.properties
            if p.type in ("FLOAT", "ENUM", "BOOLEAN", "STRING")
            and not p.is_readonly
            and p.identifier not in ("matrix_world", "matrix_local", "matrix_basis", "matrix_parent_inverse")
            for v in [getattr(obj, p.identifier)]
        }
        values = {
            k: [x[:] if hasattr(x, "__len__") else x for x in v] if isinstance(v, list) else v
            for k, v in values.items()
        }
        found[obj.name] = values | {
            "world": [round(x, 5) for row in obj.matrix_world for x in row],
            "inverse": [x for row in obj.matrix_parent_inverse for x in row],
            "parent": obj.parent and obj.parent.name,
            "vertices": list(obj.parent_vertices),
            "constraints": [(c.name, c.mute, round(c.influence, 6)) for c in obj.constraints],
            "properties": {k: v if isinstance(v, float) else list(v) for k, v in obj.items() if k != "cycles"},
            "data": data
            and {
                "action": data.action and data.action.name,
                "slot": getattr(getattr(data, "action_slot", None), "identifier", None),
                "tweaked": data.use_tweak_mode,
                "layering": (data.action_blend_type, data.action_influence, data.action_extrapolation, data.use_nla),
                "tracks": [(t.name, t.mute, t.is_solo, [s.action.name for s in t.strips]) for t in data.nla_tracks],
                "drivers": [(d.data_path, d.array_index, d.mute) for d in data.drivers],
            },
        }
    world.enabled = scenes[2]
    return {"objects": found, "scene": scenes, "actions": sorted(a.name for a in bpy.data.actions)}


def differences(scene, trace):
    """What the timeline shows elsewhere than the trace: ``{name: (m, rad, scale)}``."""
    off = {}
    for obj in scene.objects:
        obj.hide_viewport = False
    poses = [poses_of(trace, column) for column in range(len(trace.bodies))]
    for frame in range(len(trace.position)):
        scene.frame_set(scene.frame_start + frame)
        for name, (position, quaternion, scale) in zip(trace.bodies, poses, strict=True):
            matrix = np.array(scene.objects[name].matrix_world).T[None]
            place, turn, size = (part[0] for part in decompose(matrix, np.sign(scale[frame])[None]))
            moved = np.abs(place - position[frame]).max()
            turned = 2 * np.arccos(min(1.0, abs(turn @ quaternion[frame])))
            resized = np.abs(size / scale[frame] - 1).max()
            if moved > METRES or turned > RADIANS or resized > SIZE:
                off[name] = tuple(round(float(v), 5) for v in np.maximum(off.get(name, 0), (moved, turned, resized)))
    return off


def apply(path, role, tmp_path):
    """Run the file, put the run on a fresh copy's timeline by way of the files the window uses; returns the trace."""
    trace = run(path, role)
    open_blend(path)
    names = sorted(bpy.data.objects.keys()), sorted(bpy.data.actions.keys())
    save_motions(motions_of(trace, _offsets(trace)), tmp_path / "motions.npz")
    assert (sorted(bpy.data.objects.keys()), sorted(bpy.data.actions.keys())) == names
    bpy.ops.wm.open_mainfile(filepath=str(path))
    for _ in play_back(bpy.context.scene, load_motions(tmp_path / "motions.npz"), FRAMES):
        pass
    return trace


def check(path, role, tmp_path):
    """The timeline shows the run, also when the file is opened again, and is given back when the run is taken out."""
    bpy.ops.wm.open_mainfile(filepath=str(path))
    before = dump(bpy.context.scene)
    trace = apply(path, role, tmp_path)
    played = tmp_path / "played.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(played))
    assert differences(bpy.context.scene, trace) == {}
    bpy.ops.wm.open_mainfile(filepath=str(played))
    assert differences(bpy.context.scene, trace) == {}
    bpy.ops.wm.open_mainfile(filepath=str(played))
    take_out(bpy.context.scene)
    assert dump(bpy.context.scene) == before
    return trace


@pytest.mark.parametrize("role", ROLES)
def test_each_feature_is_shown_where_the_run_had_it(role, tmp_path):
    path = tmp_path / "scene.blend"
    build(path, role, FEATURES)
    check(path, role, tmp_path)
    motions = {motion.name for motion in load_motions(tmp_path / "motions.npz")}
    if role == "follower":
        assert not motions & {f"follower {feature}" for feature in FEATURES}


@pytest.mark.parametrize("role", ROLES)
def test_features_together_are_shown_where_the_run_had_them(role, tmp_path, monkeypatch):
    path = tmp_path / "scene.blend"
    names = [name for name in FEATURES if name not in UNUSABLE | {"stretch to"}]
    draw = random.Random(role)
    groups = [draw.sample(names, draw.choice((2, 3))) for _ in range(40)]
    for group in groups:
        monkeypatch.setitem(FEATURES, " + ".join(group), lambda obj, group=group: [FEATURES[f](obj) for f in group])
    build(path, role, [" + ".join(group) for group in groups])
    check(path, role, tmp_path)


def remapped(old, new, start=1):
    def prepare(scene):
        scene.frame_start = start
        scene.render.frame_map_old, scene.render.frame_map_new = old, new

    return prepare


def late(scene):
    scene.frame_start, scene.frame_end, scene.frame_step = 101, 103, 3
    scene.frame_set(50, subframe=0.5)


TIMES = {
    "late": late,
    "half speed": remapped(100, 200),
    "double speed": remapped(200, 100, 7),
    "a third": remapped(100, 300, 250),
    "odd": remapped(7, 3),
    "slowest": remapped(1, 900, 30),
}


@pytest.mark.parametrize("role", ["simulated", "scripted", "follower"])
@pytest.mark.parametrize("time", TIMES)
def test_whatever_the_timeline_is_like(role, time, tmp_path):
    path = tmp_path / "scene.blend"
    features = ["plain", "keyed parent", "child of", "animated deltas", "tracks", "action beside", "follow path"]
    build(path, role, features, TIMES[time])
    check(path, role, tmp_path)


def test_switches_are_thrown_at_their_frames_on_a_remapped_timeline(tmp_path):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    remapped(7, 3, 11)(scene)
    lamp = made("Lamp")
    lamp["on"] = 0
    present = np.array([True, True, False, True, False, False, True, True, True])
    motion = Motion("Lamp", present=present, properties={"on": [(0, 0), (4, 1), (4, 2), (7, 3)]})
    for _ in play_back(scene, [motion], FRAMES):
        pass
    seen = []
    for frame in range(FRAMES):
        scene.frame_set(11 + frame)
        seen.append((not lamp.hide_render, lamp["on"]))
    assert seen == list(zip(present.tolist(), [0, 0, 0, 0, 2, 2, 2, 3, 3], strict=True))


def save_and_check(tmp_path, role=""):
    path = tmp_path / "scene.blend"
    bpy.context.scene.frame_set(bpy.context.scene.frame_start)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    trace = check(path, role, tmp_path)
    return trace, {motion.name: motion for motion in load_motions(tmp_path / "motions.npz")}


@pytest.fixture
def world():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.rigidbody.world_add()
    bpy.context.scene.rigidbody_world.collection = bpy.data.collections.new("Bodies")
    return bpy.context.scene


def test_bodies_below_bodies_are_freed_while_the_run_plays(world, tmp_path):
    """Blender's simulation and their parents wait for each other, a circle that it breaks by evaluating one late."""
    last = None
    for number in range(5):
        obj = simulated(f"Link {number}", "plain")
        obj.location, obj.rotation_euler = (1 + number, 0, 3), (0, 0.1 * number, 0.2)
        if last is not None:
            parented(obj, last, inverse=number < 3)
        last = obj
    between = empty(last, "Between")
    parented(between, last)
    pad = simulated("Pad", "plain")
    pad.rigid_body.type = "PASSIVE"
    parented(pad, between)
    flag = made("Flag")
    parented(flag, pad)
    _, motions = save_and_check(tmp_path)
    freed = {name for name, motion in motions.items() if motion.unparented}
    assert freed == {"Link 1", "Link 2", "Link 3", "Link 4", "Pad"}
    assert "Flag" not in motions


@pytest.mark.parametrize("kind", ["CHILD_OF", "COPY_LOCATION", "COPY_TRANSFORMS", "DAMPED_TRACK", "LIMIT_DISTANCE"])
def test_bodies_held_to_bodies(kind, world, tmp_path):
    first, second, pad = (simulated(name, "plain") for name in ("First", "Second", "Pad"))
    second.location, pad.location = (1, 1, 3), (0, 2, 4)
    pad.rigid_body.type = "PASSIVE"
    for held in (second, pad):
        held.constraints.new(kind).target = first
        parented(made(f"On {held.name}"), held)
    made("After").constraints.new(kind).target = second
    _, motions = save_and_check(tmp_path)
    assert not motions.keys() & {"On Second", "On Pad", "After"}


@pytest.mark.parametrize("space", ["", "WORLD_SPACE", "LOCAL_SPACE", "TRANSFORM_SPACE"])
def test_drivers_that_read_a_body(space, world, tmp_path):
    """Physics does not move the channels of a body, and the run's keys do: what reads them gets keys of its own."""
    ball = simulated("Ball", "plain")
    ball.location = (0, 0, 5)
    gauge = made("Gauge")
    driver("location", 0, "var", lambda obj: ball, "TRANSFORMS" if space else "SINGLE_PROP", "location.z")(gauge)
    if space:
        gauge.animation_data.drivers[0].driver.variables[0].targets[0].transform_space = space
    parented(made("Hanger"), gauge, inverse=False)
    _, motions = save_and_check(tmp_path)
    assert "Hanger" not in motions


def test_what_is_still_off_after_all_is_known(world, tmp_path, monkeypatch):
    parented(made("scripted plain"), moving(made("Other")))
    path = tmp_path / "scene.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    trace = run(path, "scripted")
    open_blend(path)
    assert not any(around.is_off for around in _offsets(trace).values())
    monkeypatch.setattr(surroundings, "play_back", lambda scene, motions, frames: iter(()))
    assert [name for name, around in _offsets(trace).items() if around.is_off] == ["scripted plain"]


@pytest.mark.parametrize("away", ["exclude", "hide_viewport"])
def test_bodies_that_blender_does_not_evaluate_are_placed_all_the_same(away, world, tmp_path):
    """A trace may know of bodies in collections that the window does not."""
    collection = bpy.data.collections.new("Away")
    world.collection.children.link(collection)
    names = ["Plain", "Parented", "Held"]
    plain, below, held = (made(name) for name in names)
    parented(below, moving(below))
    child_of()(held)
    for obj in (plain, below, held):
        obj.location[1] += 2
        collection.objects.link(obj)
        world.collection.objects.unlink(obj)
    layer = world.view_layers[0].layer_collection.children["Away"]
    setattr(layer if away == "exclude" else collection, away, True)
    path = tmp_path / "scene.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    line = np.repeat(np.linspace(0, 2, FRAMES)[:, None, None], 3, axis=1) * np.ones(3)
    turn = np.tile(np.array([0.8, 0.6, 0, 0]), (FRAMES, 3, 1))
    objects = tuple(SceneObject(name=name) for name in names)
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=FRAMES - 1, engine="test", scene=SceneGraph(objects=objects))
    present, ones = np.ones((FRAMES, 3), dtype=bool), np.ones((FRAMES, 3, 3))
    volume, none = np.ones((FRAMES, 3)), ContactColumns.empty()
    trace = Trace(meta, tuple(names), present, line, turn, ones, 0 * ones, 0 * ones, volume, none, [])
    open_blend(path)
    motions = motions_of(trace, _offsets(trace))
    for _ in play_back(bpy.context.scene, motions, FRAMES):
        pass
    layer = bpy.context.scene.view_layers[0].layer_collection.children["Away"]
    setattr(layer if away == "exclude" else bpy.data.collections["Away"], away, False)
    assert differences(bpy.context.scene, trace) == {}


def test_what_shrinks_to_nothing(world, tmp_path):
    shrinking, ball = made("scripted plain"), simulated("Ball", "plain")
    keyed(shrinking, "scale", ((1, 1, 1), (0, 0, 0)))
    parent = empty(ball, "Shrinking")
    keyed(parent, "scale", ((1, 1, 1), (0, 0, 0)))
    world.frame_set(1)
    parented(ball, parent)
    parented(made("On it"), shrinking, inverse=False)
    save_and_check(tmp_path, "scripted")


def test_followers_of_followers_and_collections_that_are_shown_twice(world, tmp_path):
    ball = simulated("Ball", "plain")
    last, collection = ball, bpy.data.collections.new("Shown twice")
    world.collection.children.link(collection)
    for number in range(4):
        follower = made(f"Follower {number}")
        follower.location, follower.delta_location = (0.5, 0, 0), (0.1, 0, 0)
        if number % 2:
            made_constraint = follower.constraints.new("COPY_TRANSFORMS")
            made_constraint.target, made_constraint.mix_mode = last, "AFTER_FULL"
        else:
            parented(follower, last, inverse=False)
        last = follower
    collection.objects.link(last)
    instance = empty(ball, "Instance")
    instance.instance_type, instance.instance_collection = "COLLECTION", collection
    parented(instance, ball)
    _, motions = save_and_check(tmp_path)
    assert motions.keys() == {"Ball"}


def test_undo_and_redo_keep_a_run_whole(tmp_path):
    build(tmp_path / "scene.blend", "scripted", ["plain", "child of", "animated deltas", "tall parent", "solo track"])
    bpy.ops.ed.undo_push(message="scene")
    before = dump(bpy.context.scene)
    names = [obj.name for obj in bpy.context.scene.objects if obj.name.startswith("scripted") and obj.type == "MESH"]
    line, still = np.arange(FRAMES)[:, None] * np.ones(3), np.ones((FRAMES, 3))
    turn = np.tile([1.0, 0, 0, 0], (FRAMES, 1))
    for _ in play_back(
        bpy.context.scene, [Motion(n, line, turn, still, unparented="tall" in n) for n in names], FRAMES
    ):
        pass
    bpy.ops.ed.undo_push(message="run")
    played = dump(bpy.context.scene)
    bpy.ops.ed.undo_push(message="looked")
    bpy.ops.ed.undo()
    bpy.ops.ed.undo()
    assert dump(bpy.context.scene) == before
    bpy.ops.ed.redo()
    assert dump(bpy.context.scene) == played
    take_out(bpy.context.scene)
    assert dump(bpy.context.scene) == before


def test_two_scenes_play_their_runs_by_turns(tmp_path):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    first, second = bpy.context.scene, bpy.data.scenes.new("Second")
    ball = made("Ball")
    ball.location = (5, 5, 5)
    second.collection.objects.link(ball)
    for scene, end in ((first, 1.0), (second, 2.0)):
        line = np.linspace(0, end, FRAMES)[:, None] * np.ones(3)
        for _ in play_back(scene, [Motion("Ball", location=line)], FRAMES):
            pass
        scene.frame_set(FRAMES)
        shown = ball.evaluated_get(scene.view_layers[0].depsgraph)
        assert shown.location[:] == pytest.approx((end, end, end))
    assert len(bpy.data.actions) == 1
    for scene in (first, second):
        take_out(scene)
    assert (ball.location[:], len(bpy.data.actions), ball.animation_data) == ((5, 5, 5), 0, None)


def test_library_overrides_play_and_linked_objects_are_left_alone(tmp_path):
    build(tmp_path / "library.blend", "scripted", ["plain", "child of", "animated deltas", "tall parent"])
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (inside, wanted):
        wanted.objects = list(inside.objects)
    plain, *others = sorted(wanted.objects, key=lambda obj: obj.name != "scripted plain")
    scene.collection.objects.link(plain)
    overrides = [obj.override_create(remap_local_usages=True) for obj in others]
    for obj in overrides:
        scene.collection.objects.link(obj)
    names = [obj.name for obj in overrides if obj.type == "MESH"]
    line = np.arange(FRAMES)[:, None] * np.array([1.0, 0, 0])
    still = np.tile([1.0, 0, 0, 0], (FRAMES, 1)), np.ones((FRAMES, 3))
    before = dump(scene)
    motions = [Motion(name, line, *still, unparented="tall" in name) for name in [*names, plain.name]]
    for _ in play_back(scene, motions, FRAMES):
        pass
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    scene = bpy.context.scene
    scene.frame_set(FRAMES)
    assert {name: scene.objects[name].matrix_world.translation[:] for name in names} == dict.fromkeys(names, (8, 0, 0))
    assert scene.objects["scripted plain"].matrix_world.translation[:] == (0, 0, 0)
    take_out(scene)
    assert dump(scene) == before
    linked = [note for note in playback_notes(scene) if note.feature == "linked object"]
    assert [note.subject for note in linked] == ["scripted plain"]


def test_what_cannot_be_shown_is_told_by_name(tmp_path):
    build(tmp_path / "scene.blend", "scripted", ["plain", "wide parent", "tracks", "blended action", "lattice parent"])
    scene = bpy.context.scene
    scene.objects["scripted lattice parent Cage"].scale[0] = 2
    bpy.context.view_layer.update()
    bpy.data.scenes.new("Other").collection.objects.link(scene.objects["scripted plain"])
    found = {(note.subject, note.feature) for note in playback_notes(scene)}
    assert found == {
        ("", "empty objects"),
        ("scripted plain", "several scenes"),
        ("scripted wide parent", "skew"),
        ("scripted lattice parent", "skew"),
        ("scripted lattice parent", "deforming parent"),
    }
    blended = scene.objects["scripted blended action"]
    blended["wave"] = 0.0
    blended.keyframe_insert('["wave"]', frame=1)
    notes = {note.subject: note for note in playback_notes(scene)}
    assert notes["scripted blended action"].feature == "mixed action"
    assert all(note.missing_in == ("playback",) for note in notes.values())
    assert notes[""].text == (
        "The timeline does not show where a script moves the empty object 'scripted wide parent Wide'."
    )
