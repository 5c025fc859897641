from math import pi

import bpy
import numpy as np
import pytest

from addon.engine.motions import Motion
from addon.engine.playback import OWN, is_played_back, play_back, take_out

FRAMES = 5


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = 10, 12
    return scene


def add(scene, name, **settings):
    obj = bpy.data.objects.new(name, bpy.data.meshes.new(name))
    scene.collection.objects.link(obj)
    for key, value in settings.items():
        setattr(obj, key, value)
    return obj


def state(scene):
    """All that playing back could change, of a scene at its first frame."""
    scene.frame_set(scene.frame_start)
    bpy.context.view_layer.update()
    objects = {}
    for obj in scene.objects:
        data = obj.animation_data
        objects[obj.name] = (
            obj.rotation_mode,
            [round(x, 5) for row in obj.matrix_world for x in row],
            obj.hide_viewport,
            {k: v for k, v in obj.items() if not k.startswith("cdyn")},
            data and (data.action and data.action.name, len(data.nla_tracks)),
        )
    world = scene.rigidbody_world
    return objects, scene.frame_end, OWN in scene, world and world.enabled


def line(count=FRAMES, step=(1.0, 0.0, 0.0)):
    return np.arange(count)[:, None] * np.array(step)


def play(scene, motions, frames=FRAMES):
    for _ in play_back(scene, motions, frames):
        pass


def at(scene, frame, name):
    scene.frame_set(frame)
    return np.array(scene.objects[name].evaluated_get(bpy.context.evaluated_depsgraph_get()).matrix_world)


def test_motion_is_on_the_timeline_from_the_first_frame_on(scene):
    add(scene, "Ball", location=(5, 5, 5))
    play(scene, [Motion("Ball", location=line())])
    for frame in range(FRAMES):
        assert at(scene, 10 + frame, "Ball")[:3, 3] == pytest.approx([frame, 0, 0])
    assert at(scene, 40, "Ball")[:3, 3] == pytest.approx([4, 0, 0])
    assert scene.frame_end == 14
    assert is_played_back(scene)
    assert len(bpy.data.actions) == 1


def test_turns_are_quaternions_whatever_the_object_used(scene):
    add(scene, "Door", rotation_mode="XYZ", rotation_euler=(0, 0, 0.3))
    angles = np.linspace(0, pi, FRAMES) / 2
    turn = np.stack([np.cos(angles), 0 * angles, 0 * angles, np.sin(angles)], axis=1)
    play(scene, [Motion("Door", rotation=turn)])
    assert at(scene, 12, "Door")[:3, 0] == pytest.approx([0, 1, 0], abs=1e-6)


def test_presence_and_properties_change_at_once(scene):
    obj = add(scene, "Lamp")
    obj["on"], obj["value"] = False, 2
    present = np.array([True, True, False, False, True])
    play(
        scene, [Motion("Lamp", present=present, properties={"on": [(0, False), (3, True)], "value": [(0, 2), (2, 7)]})]
    )
    seen = []
    for frame in range(10, 15):
        scene.frame_set(frame)
        seen.append((obj.hide_viewport, bool(obj["on"]), obj["value"]))
    assert seen == [(False, False, 2), (False, False, 2), (True, False, 7), (True, True, 7), (False, True, 7)]


def test_everything_is_as_before_when_it_is_taken_out(scene):
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.collection = bpy.data.collections.new("Bodies")
    plain = add(scene, "Plain", location=(1, 2, 3), rotation_euler=(0.1, 0.2, 0.3))
    plain["on"] = True
    moving = add(scene, "Moving", rotation_mode="AXIS_ANGLE", rotation_axis_angle=(0.5, 0, 1, 0))
    for frame, x in ((10, 0.0), (14, 8.0)):
        moving.location = (x, 0, 0)
        moving.keyframe_insert("location", frame=frame)
        moving.scale = (1, 1, 1 + x)
        moving.keyframe_insert("scale", frame=frame)
    action = moving.animation_data.action.name
    before = state(scene)
    turn = np.tile([0.0, 0.0, 0.0, 1.0], (FRAMES, 1))
    properties = {"on": [(0, True), (2, False)]}
    play(scene, [Motion("Plain", line(), turn, line() + 1, properties=properties), Motion("Moving", line(), turn)])
    assert not scene.rigidbody_world.enabled
    assert action in bpy.data.actions
    assert moving.animation_data.action.name != action
    assert at(scene, 14, "Moving")[:3, 3] == pytest.approx([4, 0, 0])
    assert at(scene, 14, "Moving")[2, 2] == pytest.approx(9, abs=1e-3)
    take_out(scene)
    assert state(scene) == before
    assert [a.name for a in bpy.data.actions] == [action]
    assert at(scene, 14, "Moving")[:3, 3] == pytest.approx([8, 0, 0])


def test_objects_that_are_gone_are_left_out(scene):
    add(scene, "Ball")
    play(scene, [Motion("Nobody", line()), Motion("Ball", line())])
    assert at(scene, 12, "Ball")[:3, 3] == pytest.approx([2, 0, 0])


@pytest.mark.parametrize("present", [None, np.array([True, True, True, True, False])])
def test_what_a_script_hides_is_hidden_on_the_timeline(scene, present):
    """In the window and in pictures apart; what is not there is hidden in both."""
    add(scene, "Box", hide_render=True)
    before = state(scene)
    hidden = {"hide_viewport": [(1, True), (3, False)], "hide_render": [(2, False)]}
    play(scene, [Motion("Box", present=present, hidden=hidden)])
    seen = []
    for frame in range(10, 15):
        scene.frame_set(frame)
        box = scene.objects["Box"].evaluated_get(bpy.context.evaluated_depsgraph_get())
        seen.append((box.hide_viewport, box.hide_render))
    gone = present is not None
    assert seen == [(False, True), (True, True), (True, False), (False, False), (gone, gone)]
    take_out(scene)
    assert state(scene) == before
    assert scene.objects["Box"].hide_render


def test_a_motion_of_hiding_alone_is_kept_in_files(tmp_path):
    from addon.engine.motions import load_motions, save_motions

    motion = Motion("Box", hidden={"hide_render": [(2, True)]})
    assert not motion.is_still
    save_motions([motion], tmp_path / "m.npz")
    (found,) = load_motions(tmp_path / "m.npz")
    assert (found.hidden, found.switches) == (motion.hidden, ("hide_render",))
