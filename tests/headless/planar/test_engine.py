"""Box2D behind the engine protocol: closed forms, writes, and what it refuses."""

import numpy as np
import pytest

from addon.engine.protocol import WriteRefused
from addon.geometry.plane import Polygon, plane_geometry
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import (
    Constraint,
    ForceField,
    Mesh,
    Plane,
    Primitive,
    RigidBody,
    SceneGraphError,
    SceneObject,
    Write,
    parse_scene_graph,
)
from addon.trace import load_trace, save_trace
from headless.engines import engine_for
from headless.planar import Blueprint, PlanarEngine, record
from tests.headless.planar.scenes import FLOOR, ball, scene


def run(graph, script=None, steps=60):
    return rollout(PlanarEngine(graph), script, RolloutOptions(steps=steps))


def test_a_fall_is_that_of_symplectic_euler():
    trace = run(scene(ball()), steps=30).trace
    k = np.arange(31)
    np.testing.assert_allclose(trace.position[:, 0, 2], 5 - 9.8 / 3600 * k * (k + 1) / 2, atol=1e-5)
    assert (trace.position[:, 0, 1] == 0).all()
    assert trace.meta.planar
    assert trace.meta.engine.startswith("Box2D")
    assert trace.meta.velocities.startswith("the engine's own")


def test_a_throw_keeps_its_horizontal_speed_and_its_spin():
    trace = run(scene(ball(velocity=(3, 0, 2), angular_velocity=(0, -4, 0))), steps=60).trace
    assert trace.position[60, 0, 0] == pytest.approx(3.0, abs=1e-4)
    assert trace.angular_velocity[60, 0] == pytest.approx((0, -4, 0), abs=1e-3)


def test_a_bounce_gives_back_the_greater_of_both_restitutions():
    state = rollout(PlanarEngine(scene(FLOOR, ball(body={"restitution": 0.5}))), None, RolloutOptions(steps=90)).trace
    speed = state.velocity[:, 1, 2]
    hit = int(np.argmax(speed > 0))
    assert speed[hit + 1] == pytest.approx(-0.5 * speed[hit - 2], rel=0.05)


def test_contacts_have_points_normals_and_impulses():
    trace = run(scene(FLOOR, ball(at=(0, 0, 0.5))), steps=120).trace
    last = trace.contacts.frame == 120
    assert (trace.contacts.a[last], trace.contacts.b[last]) == (0, 1)
    assert trace.contacts.normal[last][0] == pytest.approx((0, 0, 1), abs=1e-6)
    assert trace.contacts.point[last][0] == pytest.approx((0, 0, 0), abs=0.02)
    assert abs(trace.contacts.distance[last][0]) < 0.02
    assert trace.contacts.impulse[last][0] == pytest.approx(9.8 / 60, rel=0.01)
    assert (trace.events[0].uid, trace.events[0].parameters["a_id"]) == ("CollisionStart", "Floor")


def test_the_same_scene_gives_the_same_trace_and_files_keep_it(tmp_path):
    graph = parse_scene_graph(scene(FLOOR, ball(velocity=(1, 0, 0))).model_dump_json())
    first, second = run(graph).trace, run(graph).trace
    assert first.sha256() == second.sha256()
    save_trace(first, tmp_path)
    again = load_trace(tmp_path)
    assert again.sha256() == first.sha256()
    np.testing.assert_array_equal(again.contacts.impulse, first.contacts.impulse)


SCRIPT = """
ball = bpy.data.objects["Ball"]
if frame == 10:
    ball.velocity = (2, 0, 3)
if frame == 30 and ball.velocity.x > 1.9:
    ball["fast"] = True
"""


def test_a_script_reads_and_writes_velocities():
    trace = run(scene(ball()), SCRIPT, 40).trace
    assert trace.velocity[11, 0, 0] == pytest.approx(2.0, abs=1e-4)
    assert [e.frame for e in trace.events if e.uid == "PropertyChanged"] == [30]


def test_what_a_script_carries_pushes_others():
    push = 'bpy.data.objects["Cart"].location = (-3 + 2 * frame * dt, 0, 0.5)'
    cart = ball("Cart", at=(-3, 0, 0.5), body={"kinematic": True})
    trace = run(scene(FLOOR, cart, ball(at=(0, 0, 0.5))), push, 120).trace
    np.testing.assert_allclose(trace.position[120, 1], (1, 0, 0.5), atol=1e-5)
    assert trace.position[120, 2, 0] > 1.9


def test_a_compound_turns_about_its_centre_of_mass():
    square = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])
    pieces = [Polygon(square - [1, 0]), Polygon(square / 2 + [1, 0])]
    geometry, shape = plane_geometry(pieces, 1.0)
    body = ball("Both", geometry=geometry, at=(0, 0, 0), body={"shape": shape}, angular_velocity=(0, -2, 0))
    engine = PlanarEngine(scene(body, gravity=(0, 0, 0)))
    centre = (-1 * 1.0 + 1 * 0.25) / 1.25
    for _ in range(30):
        engine.step()
    state, angle, time = engine.state(), 1.0, 0.5
    # The origin starts at rest, so the centre moves at ω × r.
    moved = np.array([centre, -2 * -centre * time])
    origin = moved - centre * np.array([np.cos(angle), np.sin(angle)])
    assert state.position[0, [0, 2]] == pytest.approx(origin, abs=2e-3)
    assert state.quaternion[0] == pytest.approx((np.cos(angle / 2), 0, -np.sin(angle / 2), 0), abs=1e-3)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("location", (0.0, 1.0, 0.0), "leaves the plane"),
        ("velocity", (0.0, 1.0, 0.0), "leaves the plane"),
        ("angular_velocity", (1.0, 0.0, 0.0), "leaves the plane"),
        ("rotation_quaternion", (0.7, 0.7, 0.0, 0.0), "leaves the plane"),
        ("scale", (2.0, 2.0, 2.0), "sizes stay"),
        ("mass", 2.0, "cannot be written"),
    ],
)
def test_what_a_plane_cannot_hold_is_refused_and_nothing_is_applied(field, value, words):
    engine = PlanarEngine(scene(FLOOR, ball()))
    with pytest.raises(WriteRefused, match=words):
        engine.apply([Write("object", "Ball", "velocity", (1.0, 0.0, 0.0)), Write("object", "Ball", field, value)])
    assert not engine.state().velocity.any()


def test_no_force_moves_what_is_fixed():
    with pytest.raises(WriteRefused, match="physics does not move it"):
        PlanarEngine(scene(FLOOR, ball())).apply([Write("object", "Floor", "force", (1.0, 0.0, 0.0))])


@pytest.mark.parametrize(
    ("objects", "words"),
    [
        ([ball(at=(0, 1, 5))], "'Ball' is not in the plane"),
        ([ball(rotation=(0.7071067811865476, 0.7071067811865476, 0, 0))], "'Ball' is not in the plane"),
        ([ball(velocity=(0, 1, 0))], "'Ball' leaves the plane"),
        ([ball(geometry=Primitive(kind="cone", dimensions=(1, 1, 1)))], "a cone has no place in a plane"),
        ([FLOOR, ball(parent="Floor")], "have no parents"),
        ([ball(body={"collections": (1,)})], "have no collision collections"),
        ([ball(), SceneObject(name="Fan", field=ForceField(type="WIND"))], "'Fan': planar worlds have no force fields"),
        ([ball(scale=(0, 0, 0))], "'Ball': Box2D cannot hold it"),
        ([ball(body={"mass": 1e308})], "'Ball': Box2D cannot hold it"),
        ([ball(at=(1e300, 0, 0))], "'Ball' is too large or too far off"),
    ],
)
def test_a_scene_that_is_not_planar_is_told_by_the_object(objects, words):
    with pytest.raises(SceneGraphError, match=words):
        engine_for(scene(*objects))


def test_constraints_and_gravity_out_of_the_plane_are_told():
    hinge = Constraint(name="Joint", type="HINGE", object1="Ball", object2="Floor", location=(0, 0, 0))
    graph = scene(FLOOR, ball()).model_copy(update={"constraints": (hinge,)})
    with pytest.raises(SceneGraphError, match="'Joint': planar worlds have no constraints"):
        engine_for(graph)
    with pytest.raises(SceneGraphError, match="its y must be 0"):
        engine_for(scene(ball(), gravity=(0, 1, 0)))


@pytest.mark.parametrize("more", [{"enabled": False}, {"starts": 5}, {"frame_map": (100, 50)}])
def test_settings_that_are_blenders_alone_are_told(more):
    graph = scene(ball())
    world = graph.world.model_copy(update=more)
    with pytest.raises(SceneGraphError, match=f"world.{next(iter(more))} has no meaning in a plane"):
        engine_for(graph.model_copy(update={"world": world}))


def test_a_plane_in_pixels_moves_as_one_in_metres():
    fine = run(scene(FLOOR, ball(velocity=(1, 0, 0)), plane=Plane()), steps=200).trace
    plain = run(scene(FLOOR, ball(velocity=(1, 0, 0))), steps=200).trace
    np.testing.assert_allclose(fine.position, plain.position, atol=1e-3)


def test_a_mass_counts_from_when_a_held_body_is_released():
    held = ball(body={"kinematic": True, "mass": 0.8})
    script = (
        "import bpy\nball = bpy.data.objects['Ball']\n"
        "if frame == 5:\n    ball.rigid_body.mass = 50\n    ball.rigid_body.kinematic = False\n"
        "if frame > 10:\n    ball.apply_force((50, 0, 0))\n"
    )
    trace = run(scene(held, gravity=(0, 0, 0)), script, steps=70).trace
    assert trace.velocity[-1, 0, 0] == pytest.approx(1.0, rel=0.03)


def prism(corners, height=2.0, at=(0, 0, 5), shape="CONVEX_HULL"):
    """A prism along y, and one in one piece that need not be convex."""
    count = len(corners)
    points = [(x, y, z) for y in (-height, height) for x, z in corners]
    sides = [(k, (k + 1) % count, (k + 1) % count + count, k + count) for k in range(count)]
    faces = (tuple(range(count)), tuple(range(count, 2 * count)), *sides)
    body = RigidBody(shape=shape)
    return SceneObject(name="Prism", geometry=Mesh(vertices=points, faces=faces), location=at, body=body)


def test_a_wheel_is_no_ball():
    """A prism of eight sides lies on one of them; as a ball about its corners in space it would be larger."""
    wheel = [(2 * np.cos(a), 2 * np.sin(a)) for a in np.arange(8) * np.pi / 4 + np.pi / 8]
    trace = run(scene(FLOOR, prism(wheel)), steps=300).trace
    assert trace.position[-1, 1, 2] == pytest.approx(2 * np.cos(np.pi / 8), abs=0.02)
    many = [(2 * np.cos(a), 2 * np.sin(a)) for a in np.arange(20) * np.pi / 10]
    with pytest.raises(SceneGraphError, match="a polygon of 20 corners"):
        PlanarEngine(scene(FLOOR, prism(many)))


JAR = [(-3, 0), (3, 0), (3, 6), (2, 6), (2, 1), (-2, 1), (-2, 6), (-3, 6)]


@pytest.mark.parametrize(
    ("obj", "words"),
    [
        (prism(JAR, shape="MESH"), "not convex in the plane"),
        (prism(JAR[:4], shape="BOX"), "collision shape CONVEX_HULL or MESH in a plane, not BOX"),
        (ball(body={"shape": "BOX"}), "a sphere has the collision shape SPHERE or CONVEX_HULL or MESH"),
        (ball(geometry=Primitive(kind="cube", dimensions=(1, 1, 1))), "a cube has the collision shape BOX"),
        (ball(geometry=Primitive(kind="sphere", dimensions=(1, 1, 2))), "sphere that is not round"),
        (ball(velocity=(1e39, 0, 0)), "its speed"),
    ],
)
def test_shapes_that_would_be_others_are_refused(obj, words):
    with pytest.raises(SceneGraphError, match=words):
        PlanarEngine(scene(FLOOR, obj))


def test_a_tetrahedron_is_no_prism():
    points = [(0, -1, 0), (2, -1, 0), (0, -1, 2), (0.5, 1, 0.5)]
    faces = ((0, 1, 2), (0, 1, 3), (1, 2, 3), (0, 2, 3))
    obj = SceneObject(name="Tip", geometry=Mesh(vertices=points, faces=faces), body=RigidBody())
    with pytest.raises(SceneGraphError, match="neither a ball nor a prism"):
        PlanarEngine(scene(obj))


@pytest.mark.parametrize("world", [{"gravity": (0, 0, -1e39)}, {"fps": 1e-300}])
def test_worlds_beyond_single_precision_are_refused(world):
    with pytest.raises(SceneGraphError, match="a plane holds gravity"):
        PlanarEngine(scene(ball(), **world))


@pytest.mark.parametrize(("gap", "done"), [(-0.05, True), (2.0, False)])
def test_a_scene_whose_tags_set_a_task_says_when_it_is_done(gap, done):
    """Two balls that lie side by side touch from the first step on, and count after 180."""
    green = ball("Green", at=(0, 0, 0.5)).model_copy(update={"tags": ("goal_object",)})
    blue = ball("Blue", at=(1 + gap, 0, 0.5), body={"type": "PASSIVE"}).model_copy(update={"tags": ("goal_target",)})
    graph = scene(FLOOR, green, blue, plane=Plane(size=None, meters_per_unit=1.0))
    for trace in (run(graph, steps=400).trace, record(Blueprint.of(graph), 400, "none")):
        (end,) = [e for e in trace.events if e.uid == "TaskComplete"]
        assert end.parameters == {"success": done}
        assert end.frame == (180 if done else 400)
