"""Stepping a user's own .blend as it is."""

import bpy
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene
from addon.engine.read import read_blend
from addon.scene_graph import SceneGraph, World


@pytest.fixture
def save(tmp_path):
    """Saves the session as it stands."""

    def to_file(name="scene.blend"):
        path = tmp_path / name
        bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
        return path

    return to_file


@pytest.fixture
def falling(solid):
    """A session with a box that falls beside an empty platform, 24 fps."""
    boxes = solid("Box", (0, 0, 5)), solid("Lift", (4, 0, 0), type="PASSIVE", kinematic=True)
    return build_scene(SceneGraph(world=World(fps=24), objects=boxes))


def fall(engine, steps):
    for _ in range(steps):
        engine.step()
    return 5 - engine.state().position[engine.graph.names.index("Box"), 2]


def test_animation_goes_on(falling, save, steps):
    lift = bpy.data.objects["Lift"]
    for frame, height in [(1, 0.0), (25, 2.4)]:
        lift.location.z = height
        lift.keyframe_insert("location", frame=frame)
    engine = BlenderEngine.from_blend(save())
    assert engine.state().position[1] == pytest.approx([4, 0, 0], abs=1e-5)
    assert steps(engine, 12).position[1] == pytest.approx([4, 0, 1.2], abs=1e-4)
    assert steps(engine, 24).position[1] == pytest.approx([4, 0, 2.4], abs=1e-4)


def test_the_file_is_not_changed(falling, save):
    path = save()
    before = path.read_bytes()
    fall(BlenderEngine.from_blend(path), 10)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def simulated(scene):
    """Leave the scene in mid-simulation, its cache full."""
    for frame in range(1, 30):
        scene.frame_set(frame)


def baked(scene):
    cache = scene.rigidbody_world.point_cache
    with bpy.context.temp_override(scene=scene, point_cache=cache):
        cache.frame_end = scene.frame_end = 20
        bpy.ops.ptcache.bake(bake=True)


@pytest.mark.parametrize("leave", [simulated, baked])
def test_an_old_cache_does_not_count(falling, save, leave):
    """The scene is run without gravity first, so that old frames would show the box at rest."""
    falling.gravity = (0, 0, 0)
    leave(falling)
    falling.gravity = (0, 0, -9.81)
    path = save()
    assert read_blend(path).object("Box").location == (0, 0, 5)
    engine = BlenderEngine.from_blend(path)
    assert engine.state().position[0] == pytest.approx([0, 0, 5])
    assert fall(engine, 24) == pytest.approx(9.81 / 2, rel=0.01)


def test_another_first_frame(falling, save):
    falling.frame_start = 100
    engine = BlenderEngine.from_blend(save())
    assert engine.state().frame == 1
    assert fall(engine, 24) == pytest.approx(9.81 / 2, rel=0.01)


def test_another_frame_rate(falling, save):
    engine = BlenderEngine.from_blend(save(), fps=120)
    assert engine.graph.world.fps == 120
    assert fall(engine, 120) == pytest.approx(9.81 / 2, rel=0.01)


def test_a_world_that_was_switched_off_moves_nothing(falling, save):
    falling.rigidbody_world.enabled = False
    engine = BlenderEngine.from_blend(save())
    assert fall(engine, 24) == 0.0
    assert any("switched off" in note.text for note in engine.graph.notes)


def test_a_cache_that_begins_before_the_scene_is_told(falling, save):
    """Blender moves nothing when such a scene is played from its start."""
    falling.frame_start = 100
    assert any("simulation begins at frame 1" in note.text for note in read_blend(save()).notes)


def test_a_cache_that_ends_within_the_scene_is_told(falling, save):
    falling.frame_end = 300
    falling.rigidbody_world.point_cache.frame_end = 250
    assert any("cache ends at frame 250 and the scene at 300" in note.text for note in read_blend(save()).notes)


def test_initial_velocities_are_kept_in_the_file(solid, save):
    build_scene(SceneGraph(world=World(gravity=(0, 0, 0)), objects=(solid("Box", (0, 0, 5), velocity=(1, 0, 0)),)))
    engine = BlenderEngine.from_blend(save())
    assert fall(engine, 24) == pytest.approx(0, abs=1e-4)
    assert engine.state().position[0, 0] == pytest.approx(1, abs=2e-3)


def test_a_scene_without_physics(save, steps):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.mesh.primitive_cube_add(location=(0, 0, 5))
    assert steps(BlenderEngine.from_blend(save()), 5).position[0] == pytest.approx([0, 0, 5])


def test_the_volume_of_an_animated_mesh_is_measured_in_every_step(falling, save, steps):
    shape = bpy.data.objects["Lift"].modifiers.new("Grow", "DISPLACE")
    for frame, strength in [(1, 0.0), (11, 0.5)]:
        shape.strength = strength
        shape.keyframe_insert("strength", frame=frame)
    engine = BlenderEngine.from_blend(save())
    assert engine.mesh_volumes()[1] == pytest.approx(1)
    steps(engine, 10)
    assert engine.mesh_volumes()[1] > 1.5


def test_rotation_modes(falling, save, steps, write):
    half = (0.5**0.5, 0.0, 0.0, 0.5**0.5)
    for mode in ("QUATERNION", "XYZ", "ZYX", "AXIS_ANGLE"):
        bpy.data.objects["Lift"].rotation_mode = mode
        engine = BlenderEngine.from_blend(save())
        write(engine, "Lift", "rotation_quaternion", half)
        write(engine, "Box", "angular_velocity", (0.0, 0.0, 3.0))
        state = steps(engine, 6)
        assert state.quaternion[1] == pytest.approx(half, abs=1e-6)
        assert state.angular_velocity[0] == pytest.approx([0, 0, 3], abs=1e-3)
