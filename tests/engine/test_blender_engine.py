"""What the engine does with writes, switches, joining and leaving objects."""

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import bpy
import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.flight import Accelerations, Flight
from addon.engine.forces import Forces
from addon.engine.protocol import EngineError
from addon.geometry import evaluated
from addon.geometry.evaluated import MeanVelocities
from addon.scene_graph import Constraint, Primitive, SceneGraph, SceneObject, World, Write


class Counted:
    """A scene of Blender that counts what is asked of it."""

    def __init__(self, scene):
        self.scene, self.calls = scene, Counter()

    def __getattr__(self, name):
        self.calls[name] += 1
        return getattr(self.scene, name)


SPACE = {"gravity": (0.0, 0.0, 0.0)}
QUARTER = (0.5**0.5, 0.0, 0.0, 0.5**0.5)


@pytest.fixture
def lamp():
    return SceneObject(name="Lamp", location=(0, 0, 9), geometry=Primitive(kind="cube", dimensions=(1, 1, 1)))


def test_state_arrays_cannot_be_changed(solid, load):
    engine = load(solid("Box", (0, 0, 5)))
    state = engine.state()
    for array in (state.position, state.quaternion, state.scale, state.velocity, state.angular_velocity):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 99
    assert engine.state().position[0, 2] == pytest.approx(5)
    assert engine.state().velocity[0, 2] == 0
    assert engine.state().position.dtype == np.float64
    assert len(engine.state().contacts) == 0


def test_frames_count_from_one(solid, load, steps):
    engine = load(solid("Box", (0, 0, 5), velocity=(1, 0, 0)))
    assert engine.state().frame == 1
    assert steps(engine, 7).frame == 8


def test_the_build_names_version_and_platform(load, lamp):
    build = load(lamp).build
    assert bpy.app.version_string in build
    assert bpy.app.build_hash.decode() in build


def test_a_body_jumps_without_hitting_anything_and_keeps_its_motion(solid, load, steps, write):
    engine = load(solid("Ball", (0, 0, 0), velocity=(1, 0, 2)), solid("Wall", (5, 0, 0), mass=5.0), **SPACE)
    steps(engine, 3)
    write(engine, "Ball", "location", (10.0, 0.0, 0.0))
    write(engine, "Ball", "rotation_quaternion", QUARTER)
    there = steps(engine, 1)
    assert there.position[0] == pytest.approx([10, 0, 0], abs=1e-5)
    assert there.quaternion[0] == pytest.approx(QUARTER, abs=1e-6)
    assert there.velocity[0] == pytest.approx([1, 0, 2], abs=1e-3)
    later = steps(engine, 60)
    assert later.position[0] == pytest.approx([11, 0, 2], abs=5e-3)
    assert later.velocity[0] == pytest.approx([1, 0, 2], abs=1e-3)
    assert later.position[1] == pytest.approx([5, 0, 0], abs=1e-6)


def test_a_body_collides_again_after_a_jump(solid, load, steps, write):
    engine = load(solid("Box", (0, 0, 5)), solid("Floor", (0, 0, -0.5), size=(9, 9, 1), type="PASSIVE"))
    write(engine, "Box", "location", (2.0, 0.0, 1.0))
    write(engine, "Box", "velocity", (0.0, 0.0, 0.0))
    assert steps(engine, 90).position[0] == pytest.approx([2, 0, 0.5], abs=0.01)


@pytest.mark.parametrize("kinematic", [True, False])
def test_a_moved_floor_pushes_what_lies_on_it(solid, load, steps, write, kinematic):
    floor = solid("Floor", (0, 0, -0.5), size=(4, 4, 1), type="PASSIVE", kinematic=kinematic)
    engine = load(floor, solid("Box", (0, 0, 0.5)))
    steps(engine, 10)
    for k in range(30):
        write(engine, "Floor", "location", (0.0, 0.0, -0.5 + 0.01 * (k + 1)))
        state = steps(engine, 1)
        assert state.position[0, 2] == pytest.approx(-0.5 + 0.01 * (k + 1), abs=1e-6)
        assert state.velocity[0, 2] == pytest.approx(0.6, abs=1e-4)
    assert state.position[1, 2] == pytest.approx(0.8, abs=0.01)


def test_location_and_rotation_of_one_step_are_both_taken(load, lamp, steps, write):
    engine = load(lamp)
    write(engine, "Lamp", "location", (1.0, 2.0, 3.0))
    write(engine, "Lamp", "rotation_quaternion", tuple(2 * q for q in QUARTER))
    state = steps(engine, 1)
    assert state.position[0] == pytest.approx([1, 2, 3])
    assert state.quaternion[0] == pytest.approx(QUARTER, abs=1e-6)


def test_a_held_velocity_stands_and_moves_nothing(load, lamp, steps, write):
    engine = load(lamp.model_copy(update={"velocity": (0.0, 0.0, 1.0)}))
    assert steps(engine, 3).velocity[0] == pytest.approx([0, 0, 1])
    write(engine, "Lamp", "velocity", (0.0, 5.0, 0.0))
    state = steps(engine, 3)
    assert state.velocity[0] == pytest.approx([0, 5, 0])
    assert state.position[0] == pytest.approx([0, 0, 9])


def test_without_a_held_velocity_it_is_the_difference_of_poses(load, lamp, steps, write):
    engine = load(lamp)
    write(engine, "Lamp", "location", (0.0, 0.1, 9.0))
    assert steps(engine, 1).velocity[0] == pytest.approx([0, 6, 0], abs=1e-4)
    assert steps(engine, 1).velocity[0] == pytest.approx([0, 0, 0], abs=1e-4)


def test_a_hidden_object_still_moves(load, lamp, steps, write):
    engine = load(lamp.model_copy(update={"hidden": True}))
    write(engine, "Lamp", "location", (1.0, 0.0, 0.0))
    assert steps(engine, 1).position[0] == pytest.approx([1, 0, 0])
    write(engine, "Lamp", "hide_viewport", False)
    write(engine, "Lamp", "hide_viewport", True)
    write(engine, "Lamp", "location", (2.0, 0.0, 0.0))
    assert steps(engine, 1).position[0] == pytest.approx([2, 0, 0])


@pytest.mark.parametrize(
    ("field", "hold", "go"), [("kinematic", True, False), ("enabled", False, True), ("type", "PASSIVE", "ACTIVE")]
)
def test_a_body_is_held_where_it_is_and_falls_when_let_go(solid, load, steps, write, field, hold, go):
    engine = load(solid("Box", (0, 0, 5)), solid("Other", (3, 0, 5)))
    before = steps(engine, 10).position[0]
    write(engine, "Box", f"rigid_body.{field}", hold)
    held = steps(engine, 20)
    assert held.position[0] == pytest.approx(before, abs=1e-5)
    assert held.velocity[0] == pytest.approx([0, 0, 0], abs=1e-5)
    write(engine, "Box", f"rigid_body.{field}", go)
    state = steps(engine, 30)
    assert state.position[0, 2] == pytest.approx(before[2] - 9.81 * 0.5**2 / 2, abs=0.03)
    assert state.position[1, 2] == pytest.approx(5 - 9.81 * 1.0**2 / 2, abs=0.05)


@pytest.mark.parametrize("start", [{"type": "PASSIVE"}, {"kinematic": True}, {"enabled": False}])
def test_a_body_that_was_held_from_the_start_is_let_go_with_its_velocity(solid, load, steps, write, start):
    engine = load(solid("Box", (0, 0, 5), velocity=(2, 0, 0), **start))
    assert steps(engine, 5).position[0] == pytest.approx([0, 0, 5])
    for field, value in [("type", "ACTIVE"), ("kinematic", False), ("enabled", True)]:
        write(engine, "Box", f"rigid_body.{field}", value)
    state = steps(engine, 31)
    assert state.velocity[0] == pytest.approx([2, 0, -9.81 * 0.5], abs=0.3)
    assert state.position[0] == pytest.approx([1, 0, 5 - 9.81 * 0.5**2 / 2], abs=0.1)


def test_a_passive_body_set_free_stays_in_its_constraint(solid, load, steps, write):
    hook = solid("Hook", (0, 0, 5), size=(0.2, 0.2, 0.2), type="PASSIVE")
    rope = Constraint(name="Rope", type="POINT", object1="Hook", object2="Load", location=(0, 0, 5))
    engine = load(hook, solid("Load", (0.6, 0, 4.2), type="PASSIVE"), constraints=(rope,))
    steps(engine, 5)
    write(engine, "Load", "rigid_body.type", "ACTIVE")
    for _ in range(30):
        engine.step()
        assert np.linalg.norm(engine.state().position[1] - [0, 0, 5]) == pytest.approx(1, abs=0.02)
    assert engine.state().position[1, 0] < 0.3


def test_mass_changes_in_mid_run(solid, load, steps, write):
    """After the change the heavy ball hardly feels the light one."""
    heavy = solid("A", (0, 0, 0), "sphere", restitution=1.0, friction=0.0)
    light = solid("B", (3, 0, 0), "sphere", restitution=1.0, friction=0.0)
    engine = load(heavy, light, **SPACE)
    steps(engine, 5)
    write(engine, "A", "rigid_body.mass", 1000.0)
    write(engine, "A", "velocity", (2.0, 0.0, 0.0))
    state = steps(engine, 120)
    assert state.velocity[0, 0] == pytest.approx(2.0, abs=0.02)
    assert state.velocity[1, 0] > 3.5


@pytest.mark.parametrize(("field", "value"), [("linear_damping", 0.9), ("angular_damping", 0.9)])
def test_damping_changes_in_mid_run(solid, load, steps, write, field, value):
    engine = load(solid("A", (0, 0, 0), velocity=(2, 0, 0), angular_velocity=(0, 0, 2)), **SPACE)
    steps(engine, 5)
    write(engine, "A", f"rigid_body.{field}", value)
    state = steps(engine, 60)
    slowed, kept = (state.velocity[0, 0], state.angular_velocity[0, 2])[:: 1 if field == "linear_damping" else -1]
    assert slowed == pytest.approx(2 * (1 - value), rel=0.05)
    assert kept == pytest.approx(2, rel=0.01)


def test_bullet_takes_a_new_scale_at_once(solid, load, steps, write):
    engine = load(solid("Box", (0, 0, 0.5)), solid("Floor", (0, 0, -0.5), size=(9, 9, 1), type="PASSIVE"))
    assert steps(engine, 30).position[0, 2] == pytest.approx(0.5, abs=1e-3)
    write(engine, "Box", "scale", (1.0, 1.0, 0.5))
    state = steps(engine, 60)
    assert state.position[0, 2] == pytest.approx(0.25, abs=2e-3)
    assert state.scale[0] == pytest.approx([1, 1, 0.5])
    assert engine.mesh_volumes() * state.scale.prod(axis=1) == pytest.approx([0.5, 81])


def test_volumes_follow_scale_and_stay_for_rigid_bodies(solid, load, steps, lamp):
    tilted = solid("Ball", (0, 0, 50), "sphere", (2, 2, 2), scale=(1.0, 2.0, 0.5), angular_velocity=(3, 2, 1))
    engine = load(tilted, lamp, SceneObject(name="Empty"))
    first = engine.mesh_volumes()
    assert first == pytest.approx([4 / 3 * np.pi, 1, 0], rel=0.02)
    steps(engine, 60)
    assert engine.mesh_volumes() == pytest.approx(first, rel=1e-6)


def test_properties_are_written_and_deleted(load, lamp, write):
    engine = load(lamp)
    for value in (True, 3, -0.5, "on"):
        write(engine, "Lamp", "property.lit", value)
        assert bpy.data.objects["Lamp"]["lit"] == value
    write(engine, "Lamp", "delete.lit", True)
    write(engine, "Lamp", "delete.never", True)
    assert "lit" not in bpy.data.objects["Lamp"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Write("object", "Ghost", "location", (0.0, 0.0, 0.0)), "object 'Ghost': location: there is no such object"),
        (Write("object", "Box", "location", (0.0, 0.0)), "needs 3 numbers"),
        (Write("object", "Box", "velocity", (0.0, 0.0, float("nan"))), "finite"),
        (Write("object", "Box", "location", (0.0, 0.0, 1e7)), "from -1e"),
        (Write("object", "Box", "rotation_quaternion", (0.0, 0.0, 0.0, 0.0)), "length zero"),
        (Write("object", "Box", "scale", (1.0, 0.0, 1.0)), "cannot be zero"),
        (Write("object", "Box", "scale", (1.0, -1.0, 1.0)), "must be positive"),
        (Write("object", "Box", "rigid_body.mass", 0.0), "from 1e-06"),
        (Write("object", "Box", "rigid_body.mass", True), "needs a number"),
        (Write("object", "Box", "rigid_body.type", "SOFT"), "'ACTIVE' or 'PASSIVE'"),
        (Write("object", "Box", "rigid_body.collision_shape", "BOX"), "cannot be written"),
        (Write("object", "Lamp", "rigid_body.mass", 1.0), "no rigid body"),
        (Write("object", "Box", "property.n", 2**31), "32 bits"),
        (Write("object", "Box", "property.n", ("a", 2.0)), "holds numbers, got a list of other things"),
        (Write("object", "Box", "property.n", (1.0,) * 17), "holds 1 to 16 numbers, got 17"),
        (Write("object", "Box", "light.energy", 1.0), "is no light; to let a mesh shine"),
        (Write("object", "Box", "text.body", "Hi"), "is no text object"),
        (Write("object", "Box", "shape_key.Smile", 1.0), "no such shape key"),
        (Write("object", "Box", "material.color", (1.0, 0.0, 2.0, 1.0)), "from 0 to 1, got 2.0"),
        (Write("object", "Box", "material.color", (1.0, 0.0, 0.0)), "needs 4 numbers"),
        (Write("object", "Box", "material.emission_strength", -1.0), "from 0 to"),
        (Write("object", "Box", "hide_viewport", 1), "True or False"),
        (Write("object", "Box", "data", "x"), "cannot be written"),
        (Write("constraint", "Rope", "enabled", False), "constraint 'Rope': enabled: there is no such constraint"),
        (Write("scene", "", "gravity", (0.0, 0.0)), "the scene: gravity"),
        (Write("scene", "", "fps", 30), "cannot be written"),
    ],
)
def test_one_bad_write_leaves_all_undone(solid, load, steps, lamp, bad, words):
    engine = load(solid("Box", (0, 0, 5)), lamp, **SPACE)
    good = Write("object", "Lamp", "location", (1.0, 1.0, 1.0))
    with pytest.raises(EngineError, match=words.replace("(", r"\(")):
        engine.apply([good, bad, good])
    assert steps(engine, 2).position == pytest.approx(np.array([[0, 0, 5], [0, 0, 9]]))


def test_an_object_joins_in_mid_run(solid, load, steps, lamp):
    engine = load(solid("Box", (0, 0, 5)), **SPACE)
    steps(engine, 10)
    engine.add(solid("Ball", (4, 0, 0), "sphere", velocity=(0, 3, 0), angular_velocity=(0, 0, 2)))
    engine.add(lamp.model_copy(update={"parent": "Ball"}))
    assert engine.graph.names == ("Box", "Ball", "Lamp")
    assert engine.present().tolist() == [True] * 3
    assert engine.state().velocity[1] == pytest.approx([0, 3, 0])
    assert steps(engine, 1).position[1] == pytest.approx([4, 0, 0], abs=1e-5)
    state = steps(engine, 60)
    assert state.position[1] == pytest.approx([4, 3, 0], abs=5e-3)
    assert state.velocity[1] == pytest.approx([0, 3, 0], abs=1e-3)
    assert state.angular_velocity[1] == pytest.approx([0, 0, 2], abs=1e-3)
    assert np.linalg.norm(state.position[2] - state.position[1]) == pytest.approx(97**0.5, abs=1e-3)
    assert engine.mesh_volumes().shape == (3,)


def test_a_constrained_body_leaves_in_mid_run(solid, load, steps):
    hook, weight = solid("Hook", (0, 0, 5), size=(0.2, 0.2, 0.2), type="PASSIVE"), solid("Load", (0, 0, 4))
    rope = Constraint(name="Rope", type="POINT", object1="Hook", object2="Load", location=(0, 0, 5))
    engine = load(hook, weight, constraints=(rope,))
    steps(engine, 10)
    engine.remove("Hook")
    assert steps(engine, 30).position[1, 2] == pytest.approx(4 - 9.81 * 0.5**2 / 2, abs=0.05)
    with pytest.raises(EngineError, match="no such constraint"):
        engine.apply([Write("constraint", "Rope", "enabled", True)])


def test_an_object_leaves_in_mid_run(solid, load, steps, write):
    floor = solid("Floor", (0, 0, -0.5), size=(4, 4, 1), type="PASSIVE")
    engine = load(floor, solid("Box", (0, 0, 0.5)))
    steps(engine, 20)
    engine.remove("Floor")
    state = steps(engine, 30)
    assert engine.present().tolist() == [False, True]
    assert state.position[1, 2] == pytest.approx(0.5 - 9.81 * 0.5**2 / 2, abs=0.05)
    assert state.position[0] == pytest.approx([0, 0, -0.5])
    for action in (lambda: engine.remove("Floor"), lambda: write(engine, "Floor", "location", (0.0, 0.0, 0.0))):
        with pytest.raises(EngineError, match=r"'Floor'.*no such object"):
            action()
    with pytest.raises(EngineError, match="choose another"):
        engine.add(floor)
    engine.remove("Box")
    assert steps(engine, 2).frame == 53


def test_a_quiet_step_works_out_no_more_than_where_things_are(solid, load, steps, monkeypatch):
    engine = load(solid("Box", (0, 0, 5), velocity=(1, 0, 0)), solid("Lift", (3, 0, 0), kinematic=True))
    steps(engine, 3)

    def refuse(*args):
        raise AssertionError("this is not needed")

    needless = [(Flight, "end_velocity"), (Forces, "balls"), (evaluated, "scales"), (evaluated, "quaternions")]
    for owner, name in needless:
        monkeypatch.setattr(owner, name, refuse)
    for owner in (MeanVelocities, Accelerations):
        monkeypatch.setattr(owner, "values", property(refuse))
    counted = Counted(engine._scene)
    engine._scene = counted
    for _ in range(2):
        engine.step()
    assert engine.state().position[0, 2] < 5
    assert counted.calls == {"frame_set": 2, "gravity": 2, "use_gravity": 2}


def test_a_pose_that_is_not_finite_names_object_and_step(solid, load, steps):
    engine = load(solid("Calm", (9, 0, 0)), solid("Wild", (0, 0, 0)), **SPACE)
    steps(engine, 4)
    wild = bpy.data.objects["Wild"]
    wild.rigid_body.kinematic = True
    wild.location.x = float("nan")
    with pytest.raises(EngineError, match="object 'Wild': its pose is not finite after step 5"):
        engine.step()


def test_the_cache_reaches_as_far_as_runs_go(solid, load):
    load(solid("Box", (0, 0, 5)))
    assert bpy.context.scene.rigidbody_world.point_cache.frame_end > 100_000


def pile(solid):
    """Boxes and balls that fall in a heap, one of them launched."""
    floor = solid("Floor", (0, 0, -0.5), size=(9, 9, 1), type="PASSIVE")
    bodies = [
        solid(f"Body{i}", (0.3 * (i % 3), 0.2 * (i % 2), 1 + 1.1 * i), "sphere" if i % 2 else "cube") for i in range(6)
    ]
    bodies[3] = bodies[3].model_copy(update={"velocity": (0.5, 0.0, -3.0), "angular_velocity": (1.0, 2.0, 3.0)})
    return SceneGraph(world=World(fps=60), objects=(floor, *bodies))


def poses(graph, count):
    """Hash of all poses of a run, with a hand-off on the way."""
    engine = BlenderEngine.from_graph(graph)
    digest = hashlib.sha256()
    for k in range(count):
        if k == 40:
            engine.apply([Write("object", "Body1", "velocity", (0.0, 1.0, 4.0))])
        engine.step()
        state = engine.state()
        digest.update(state.position.tobytes() + state.quaternion.tobytes())
    engine.close()
    return digest.hexdigest()


IN_A_PROCESS = """
import runpy, sys
from addon.scene_graph import parse_scene_graph
test = runpy.run_path(sys.argv[1])
print("poses", test["poses"](parse_scene_graph(sys.stdin.read()), 120))
"""


def test_runs_are_bit_identical(solid, load, steps):
    """In one process after another scene, and in another process."""
    graph = pile(solid)
    here = poses(graph, 120)
    steps(load(solid("Else", (0, 0, 3), velocity=(1, 0, 0))), 30)
    assert poses(graph, 120) == here
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", IN_A_PROCESS, __file__]
    there = subprocess.run(command, input=graph.model_dump_json(), capture_output=True, text=True, cwd=root, check=True)
    assert there.stdout.split("poses ")[1].strip() == here


def test_nothing_is_left_over_from_scene_to_scene(solid):
    graph = pile(solid)
    kinds = ("objects", "meshes", "materials", "scenes", "collections", "cameras")
    for _ in range(5):
        engine = BlenderEngine.from_graph(graph)
        engine.step()
        counts = {kind: len(getattr(bpy.data, kind)) for kind in kinds}
        assert counts["objects"] == counts["meshes"] == 7
        assert counts["scenes"] == 1
    engine.close()
    assert len(bpy.data.objects) == len(bpy.data.meshes) == 0
