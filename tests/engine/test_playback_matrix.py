"""Every feature of Blender's transforms, on objects that physics, a script or another object moves: on the timeline
each is where the run had it, and afterwards what it was before."""

import math
import random

import bpy
import numpy as np
import pytest

from addon.engine import surroundings
from addon.engine.blender import BlenderEngine
from addon.engine.channels import motions_of, posed_names, poses_of
from addon.engine.motions import Motion, load_motions, save_motions
from addon.engine.playback import play_back, take_out
from addon.engine.playback_notes import playback_notes
from addon.engine.read import open_blend
from addon.geometry.matrices import decompose
from addon.geometry.poses import from_rotation_vector
from addon.scene_graph import SceneGraph, SceneObject
from addon.trace import ContactColumns, Recorder, Trace, TraceMeta
from addon.ui.tasks import _offsets
from tests.engine.transform_features import (
    FEATURES,
    FRAMES,
    UNUSABLE,
    child_of,
    cube,
    driver,
    empty,
    keyed,
    link,
    moving,
    parented,
)

METRES, RADIANS, SIZE = 1e-4, math.radians(0.01), 1e-4


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
    """A body that tumbles, which no body does by itself when nothing is in its way; see `run`."""
    return simulated(name, feature)


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
    """A recorded run of the file; scripted and spinning bodies go where no feature would put them."""
    engine = BlenderEngine.from_blend(path)
    recorder = Recorder(engine.graph, FRAMES - 1)
    recorder.record(0, engine.state(), engine.mesh_volumes(), engine.present())
    for frame in range(1, FRAMES):
        engine.step()
        recorder.record(frame, engine.state(), engine.mesh_volumes(), engine.present())
    meta = TraceMeta(fps=24, substeps=10, seed=0, steps=FRAMES - 1, engine="test", scene=engine.graph)
    trace = recorder.finish(meta, [])
    frames = np.arange(FRAMES)
    for column, name in enumerate(trace.bodies):
        if role in ("scripted", "spinning") and name.removeprefix(f"{role} ") in FEATURES:
            trace.position[1:, column] = np.stack([0.1 * frames, 0 * frames + column / 10, 1 + 0.02 * frames**2], 1)[1:]
            trace.quaternion[1:, column] = from_rotation_vector(frames[1:, None] * np.array([0.1, 0.02, 0.05]))
            if role == "scripted" and column % 2:
                trace.scale[5:, column] = np.sign(trace.scale[5:, column]) * [1.2, 0.7, 1.1]
    return trace


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
    poses = {name: poses_of(trace, name) for name in posed_names(trace)}
    for frame in range(len(trace.position)):
        scene.frame_set(scene.frame_start + frame)
        for name, (position, quaternion, scale) in poses.items():
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


def test_what_cannot_be_shown_is_told_by_name(tmp_path):
    build(tmp_path / "scene.blend", "scripted", ["plain", "wide parent", "tracks", "blended action", "lattice parent"])
    scene = bpy.context.scene
    scene.objects["scripted lattice parent Cage"].scale[0] = 2
    bpy.context.view_layer.update()
    bpy.data.scenes.new("Other").collection.objects.link(scene.objects["scripted plain"])
    found = {(note.subject, note.feature) for note in playback_notes(scene)}
    assert found == {
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
