"""Where writes of scripts land: in the world, whatever the object's channels, parents, constraints and scale."""

import bpy
import numpy as np
import pytest
from mathutils import Quaternion

from addon.engine.blender import BlenderEngine
from addon.engine.protocol import EngineError
from addon.geometry.poses import rotation_matrix
from addon.scene_graph import Write
from tests.engine import made

THERE = (1.5, -2.0, 3.0)
TURN = tuple(Quaternion((1, 2, 3), 0.8))


def plain(obj):
    pass


def deltas(obj):
    obj.delta_location, obj.delta_scale = (2, 0, 1), (1, 2, 1)
    obj.delta_rotation_euler, obj.delta_rotation_quaternion = (0.3, 0.1, 0.5), (0.9, 0.1, 0.3, 0.2)


def mode(name):
    def change(obj):
        obj.rotation_mode = name
        deltas(obj)

    change.__name__ = name.lower()
    return change


def parent(obj):
    rig = made.put("Rig", None, (1, 2, 3))
    rig.rotation_euler, rig.scale = (0.4, 0.2, 0.9), (2, 2, 2)
    obj.parent = rig


def offset_parent(obj):
    parent(obj)
    bpy.context.view_layer.update()
    obj.matrix_parent_inverse = obj.parent.matrix_world.inverted()


def stretched_parent(obj):
    rig = made.put("Rig", None, (1, 2, 3))
    rig.scale = (1, 3, 1)
    obj.parent = rig


def child_of(obj):
    rig = made.put("Rig", None, (2, 0, 0))
    rig.rotation_euler = (0, 0, 1)
    hold = obj.constraints.new("CHILD_OF")
    hold.target = rig
    hold.inverse_matrix.identity()


def offset(obj):
    hold = obj.constraints.new("COPY_LOCATION")
    hold.target, hold.use_offset = made.put("Rig", None, (2, 0, 1)), True


def on_a_vertex(obj):
    obj.parent = made.put("Rig", made.mesh("plane", (2, 2, 2)), (1, 2, 3))
    obj.parent_type, obj.parent_vertices = "VERTEX", (2, 0, 0)


def scaled(obj):
    obj.scale = (0.4, 1.5, 2)


def mirrored(obj):
    obj.scale = (-1, 1, 1)


FEATURES = [
    *(plain, deltas, parent, offset_parent, on_a_vertex, child_of, offset, scaled, mirrored),
    *map(mode, ("QUATERNION", "XYZ", "YZX", "AXIS_ANGLE")),
]
KINDS = {
    "decoration": {},
    "passive": {"body": "PASSIVE"},
    "kinematic": {"body": "PASSIVE", "kinematic": True},
    "active": {"body": "ACTIVE"},
}


@pytest.fixture
def start(tmp_path):
    """Makes a scene of one object, changed as told, and an engine of its file: ``start(kind, change)``."""

    def make(kind, change, override=False, **settings):
        made.new()
        bpy.context.scene.gravity = (0, 0, 0)
        change(made.put("Box", made.mesh(), (0, 0, 1), **{**KINDS[kind], **settings}))
        bpy.context.view_layer.update()
        bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
        return BlenderEngine.from_blend(tmp_path / "scene.blend", override=override)

    return make


def put(engine, field, value, name="Box"):
    engine.apply([Write("object", name, field, value)])
    engine.step()
    return engine.state()


@pytest.mark.parametrize("change", FEATURES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_a_pose_is_the_one_asked_for(start, kind, change):
    engine = start(kind, change)
    i = engine.graph.names.index("Box")
    before = engine.state()
    size = before.scale[i].copy()
    assert put(engine, "location", THERE).position[i] == pytest.approx(THERE, abs=1e-4)
    there = engine.state()
    assert abs(there.quaternion[i] @ before.quaternion[i]) == pytest.approx(1, abs=1e-6)
    after = put(engine, "rotation_quaternion", TURN)
    assert rotation_matrix(after.quaternion[i]) == pytest.approx(rotation_matrix(np.array(TURN)), abs=2e-4)
    assert after.position[i] == pytest.approx(THERE, abs=2e-4)
    assert after.scale[i] == pytest.approx(size, abs=1e-4)


@pytest.mark.parametrize("change", FEATURES, ids=lambda f: f.__name__)
def test_a_velocity_is_the_one_asked_for(start, change):
    engine = start("active", change, linear_damping=0.0, angular_damping=0.0)
    i = engine.graph.names.index("Box")
    engine.step()
    engine.apply([Write("object", "Box", "velocity", (2.0, 0.0, 1.0))])
    where = engine.state().position[i].copy()
    for _ in range(12):
        engine.step()
    assert engine.state().velocity[i] == pytest.approx([2, 0, 1], abs=1e-3)
    assert engine.state().position[i] - where == pytest.approx(np.array([1.0, 0, 0.5]), abs=1e-3)


def keyed(obj):
    made.key(obj, "location", {1: (0, 0, 1), 20: (0, 0, 2)})


def one_key(obj):
    obj.keyframe_insert("location", frame=1)


def driven(obj):
    obj.driver_add("location", 2).driver.expression = "1.0"


def copied(obj):
    obj.constraints.new("COPY_LOCATION").target = made.put("Rail", None, (0, 0, 1))


def limited(obj):
    hold = obj.constraints.new("LIMIT_LOCATION")
    hold.use_max_z, hold.max_z = True, 1.0


def strip(obj):
    keyed(obj)
    data = obj.animation_data
    track = data.nla_tracks.new()
    made_strip = track.strips.new("Rise", 1, data.action)
    if getattr(made_strip, "action_slot", True) is None:
        made_strip.action_slot = data.action.slots[0]
    data.action = None


HOLDERS = {
    keyed: "the action 'BoxAction' (keyframes from frame 1 to 20)",
    one_key: "the action 'BoxAction' (a keyframe at frame 1)",
    driven: "a driver",
    copied: "the constraint 'Copy Location'",
    limited: "the constraint 'Limit Location'",
    strip: "the strip 'Rise' of its NLA",
}


@pytest.mark.parametrize("hold", HOLDERS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("kind", ["decoration", "passive", "kinematic"])
def test_a_write_to_what_something_else_holds_is_refused_by_name(start, kind, hold):
    engine = start(kind, hold)
    i = engine.graph.names.index("Box")
    with pytest.raises(EngineError) as refused:
        put(engine, "location", THERE)
    assert "'Box'" in str(refused.value)
    assert HOLDERS[hold] in str(refused.value)
    engine.step()
    assert engine.state().position[i, :2] == pytest.approx([0, 0], abs=1e-5), "nothing of the write is left"


@pytest.mark.parametrize("hold", HOLDERS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("kind", ["decoration", "passive", "kinematic"])
def test_a_write_wins_over_it_if_so_wished(start, kind, hold):
    engine = start(kind, hold, override=True)
    i = engine.graph.names.index("Box")
    assert put(engine, "location", THERE).position[i] == pytest.approx(THERE, abs=1e-4)
    engine.step()
    assert engine.state().position[i] == pytest.approx(THERE, abs=1e-4)


def test_a_channel_that_nothing_holds_can_be_written_beside_one_that_is_held(start):
    def one_axis(obj):
        obj.keyframe_insert("location", index=2, frame=1)

    engine = start("decoration", one_axis)
    assert put(engine, "location", (3.0, 0.0, 1.0)).position[0] == pytest.approx([3, 0, 1])
    with pytest.raises(EngineError, match="held by the action"):
        put(engine, "location", (3.0, 0.0, 2.0))


@pytest.mark.parametrize("hold", HOLDERS, ids=lambda f: f.__name__)
def test_what_holds_a_body_that_physics_moves_does_not_matter(start, hold):
    engine = start("active", hold, linear_damping=0.0)
    i = engine.graph.names.index("Box")
    where = engine.state().position[i].copy()
    put(engine, "velocity", (2.4, 0.0, 0.0))
    for _ in range(9):
        engine.step()
    assert engine.state().position[i] - where == pytest.approx(np.array([1.0, 0, 0]), abs=1e-3)


@pytest.mark.parametrize(
    ("path", "write"),
    [
        ('["open"]', Write("object", "Box", "property.open", 2.0)),
        ("rigid_body.mass", Write("object", "Box", "rigid_body.mass", 2.0)),
        ("rigid_body.kinematic", Write("object", "Box", "rigid_body.kinematic", True)),
    ],
)
def test_settings_that_are_animated_are_refused_too(start, path, write):
    def animate(obj):
        obj["open"] = 1.0
        obj.keyframe_insert(path, frame=1)

    engine = start("active", animate)
    with pytest.raises(EngineError, match="held by the action"):
        engine.apply([write])
    winning = start("active", animate, override=True)
    winning.apply([write])


@pytest.mark.parametrize("kind", KINDS)
def test_a_scale_that_is_animated_is_refused(start, kind):
    def grow(obj):
        made.key(obj, "scale", {1: (1, 1, 1), 20: (2, 2, 2)})

    engine = start(kind, grow)
    with pytest.raises(EngineError, match="held by the action"):
        put(engine, "scale", (3.0, 3.0, 3.0))
    winning = start(kind, grow, override=True)
    assert put(winning, "scale", (3.0, 3.0, 3.0)).scale[0] == pytest.approx([3, 3, 3], abs=1e-4)


def test_gravity_that_is_animated_is_refused(start):
    engine = start("active", lambda obj: bpy.context.scene.keyframe_insert("gravity", frame=1))
    with pytest.raises(EngineError, match="gravity"):
        engine.apply([Write("scene", "", "gravity", (0.0, 0.0, 1.0))])


def test_a_body_that_keys_set_free_is_asked_who_moves_it_when_it_matters(start):
    def thrown(obj):
        made.key(obj, "location", {1: (0, 0, 1), 10: (0, 0, 2)})
        for frame, on in ((1, True), (10, False)):
            obj.rigid_body.kinematic = on
            obj.rigid_body.keyframe_insert("kinematic", frame=frame)

    engine = start("active", thrown)
    with pytest.raises(EngineError, match="held by the action"):
        put(engine, "location", THERE)
    for _ in range(12):
        engine.step()
    with pytest.raises(EngineError, match="the switch between physics and animation"):
        put(engine, "velocity", (1.0, 0.0, 0.0))


def test_a_parent_that_stretches_is_refused_where_it_would_shear(start):
    engine = start("decoration", stretched_parent)
    i = engine.graph.names.index("Box")
    assert put(engine, "location", THERE).position[i] == pytest.approx(THERE, abs=1e-4)
    with pytest.raises(EngineError, match="shear"):
        put(engine, "rotation_quaternion", TURN)


def test_a_linked_object_is_refused(start, tmp_path):
    made.new()
    bpy.data.libraries.write(str(tmp_path / "library.blend"), {made.put("Rock", made.mesh())})

    def link(obj):
        with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, to):
            to.objects = ["Rock"]
        bpy.context.scene.collection.objects.link(to.objects[0])

    engine = start("active", link)
    with pytest.raises(EngineError, match="linked from another file"):
        put(engine, "location", THERE, "Rock")


def test_velocities_under_time_remapping_are_refused(start):
    def remap(obj):
        bpy.context.scene.render.frame_map_new = 200

    with pytest.raises(EngineError, match="time remapping"):
        put(start("active", remap), "velocity", (1.0, 0.0, 0.0))


def test_a_velocity_that_is_written_while_bodies_wait_counts_when_they_start(start):
    def wait(obj):
        bpy.context.scene.rigidbody_world.point_cache.frame_start = 10
        obj.rigid_body.linear_damping = 0.0

    engine = start("active", wait)
    put(engine, "velocity", (2.4, 0.0, 0.0))
    assert engine.state().position[0, 0] == 0.0
    for _ in range(18):
        engine.step()
    assert engine.state().position[0, 0] == pytest.approx(1.0, abs=1e-3)


SCALES = [(0.1, 1.2, 1.0), (1.0, 0.2, 0.3), (3.0, 0.05, 0.5)]


@pytest.mark.parametrize("kind", ["passive", "kinematic", "active"])
@pytest.mark.parametrize("scale", SCALES, ids=str)
@pytest.mark.parametrize("shape", ["BOX", "CONVEX_HULL", "MESH"])
def test_a_scaled_body_throws_off_nothing(start, kind, scale, shape):
    """A ball stands within what would be the body's reach without its scale, and beside it with it."""

    def beside(obj):
        made.floor()
        bpy.context.scene.gravity = (0, 0, -9.81)
        obj.data = made.mesh(size=(2, 2, 2))
        obj.scale, obj.location = scale, (0, 0, scale[2] + 0.001)
        axis = int(np.argmin(scale[:2]))
        at = [0.0, 0.0, 0.5]
        at[axis] = -scale[axis] - 0.55
        made.ball(tuple(at), friction=0.0)

    engine = start(kind, beside, collision_shape=shape)
    i, j = (engine.graph.names.index(n) for n in ("Box", "Ball"))
    step = np.zeros(3)
    step[int(np.argmin(scale[:2]))] = -0.01
    fastest = 0.0
    for number in range(60):
        if kind == "active" and number == 5:
            engine.apply([Write("object", "Box", "velocity", tuple(step * 24))])
        elif kind == "kinematic" or (kind == "passive" and number >= 5):
            engine.apply([Write("object", "Box", "location", tuple(engine.state().position[i] + step))])
        engine.step()
        fastest = max(fastest, float(np.linalg.norm(engine.state().velocity[j])))
    assert fastest < 0.6
    assert kind == "active" or fastest > 0.1, "it is pushed"
    assert engine.state().scale[i] == pytest.approx(scale, rel=1e-4), "the scale is told as it was"


def test_children_of_a_scaled_body_stay_where_they_are(start):
    def with_child(obj):
        obj.scale = (0.5, 2, 1)
        flag = made.put("Flag", made.mesh(size=(0.1, 0.1, 0.1)), (1, 1, 1))
        flag.parent = obj

    engine = start("passive", with_child)
    box, flag = (engine.graph.names.index(n) for n in ("Box", "Flag"))
    apart = engine.state().position[flag] - engine.state().position[box]
    size = engine.state().scale[flag].copy()
    after = put(engine, "location", THERE)
    assert after.position[flag] - after.position[box] == pytest.approx(apart, abs=1e-4)
    assert after.scale[flag] == pytest.approx(size, abs=1e-4)


def test_a_kinematic_body_can_be_scaled(start):
    engine = start("kinematic", plain)
    for size in (1.0, 1.5, 2.0):
        state = put(engine, "scale", (size, 1.0, 1.0))
        assert state.scale[0] == pytest.approx([size, 1, 1], abs=1e-4)
    assert put(engine, "location", THERE).position[0] == pytest.approx(THERE, abs=1e-4)


def test_a_scaled_body_in_a_joint_is_refused_with_what_to_do(start):
    def jointed(obj):
        obj.scale = (0.5, 1, 1)
        made.joint("FIXED", obj, made.box("Post", (0, 0, 3), kind="PASSIVE"))

    engine = start("active", jointed)
    with pytest.raises(EngineError, match="apply its scale"):
        put(engine, "rigid_body.kinematic", True)


@pytest.mark.parametrize("field", ["location", "velocity"])
def test_a_part_of_a_compound_is_refused_with_the_whole(start, field):
    def compound(obj):
        hub = made.put("Hub", made.mesh(), (0, 0, 2), "ACTIVE", collision_shape="COMPOUND")
        obj.parent = hub

    with pytest.raises(EngineError, match="a part of the compound body 'Hub'"):
        put(start("active", compound), field, THERE)
