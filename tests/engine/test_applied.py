"""Changes that the user makes while a run is on the timeline stay, whatever the object and the channel."""

import json

import bpy
import numpy as np
import pytest
from mathutils import Euler, Matrix

from addon.engine.applied import EDITS, PUT, RUN, edited, mark, note_edits, run_of, take_off
from addon.engine.motions import Motion
from addon.engine.playback import is_played_back, play_back

FRAMES, START = 6, 101
MIDDLE = START + 3


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = START, START + 4
    scene.frame_set(START)
    return scene


def add(scene, name="Ball", **settings):
    obj = bpy.data.objects.new(name, bpy.data.meshes.new(name))
    scene.collection.objects.link(obj)
    for key, value in settings.items():
        setattr(obj, key, value)
    bpy.context.view_layer.update()
    return obj


def whole(name="Ball", start=(0.0, 0.0, 0.0)):
    """A motion of all channels."""
    steps = np.arange(FRAMES)[:, None]
    angles = steps[:, 0] * 0.2
    turn = np.stack([np.cos(angles), 0 * angles, 0 * angles, np.sin(angles)], axis=1)
    return Motion(name, np.array(start) + steps * [1.0, 0.5, 0.0], turn, 1.0 + steps * [0.1, 0.0, 0.0])


def play(scene, *motions, **told):
    for _ in play_back(scene, motions, FRAMES):
        pass
    scene.frame_set(START)
    mark(scene, {"run": "0001_Scene", **told})


def at(scene, frame):
    scene.frame_set(frame)


def basis(obj):
    bpy.context.view_layer.update()
    return np.array(obj.matrix_basis)


def world(obj):
    bpy.context.view_layer.update()
    return np.array(obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).matrix_world)


def test_a_run_that_nobody_touched_leaves_nothing_behind(scene):
    ball = add(scene, location=(5, 5, 5), rotation_euler=(0.1, 0.2, 0.3))
    before = basis(ball)
    play(scene, whole(), frames=FRAMES)
    assert run_of(scene) == {"run": "0001_Scene", "frames": FRAMES, "frame_end": START + FRAMES - 1}
    for frame in range(START, START + FRAMES):
        at(scene, frame)
        note_edits(scene)
        assert edited(scene) == []
    assert take_off(scene) == []
    assert basis(ball) == pytest.approx(before, abs=1e-6)
    assert run_of(scene) is None
    assert not is_played_back(scene)
    assert [key for key in (PUT, EDITS) if key in ball] == []


MODES = ["QUATERNION", "AXIS_ANGLE", "XYZ", "ZYX"]
TURN = Euler((0.4, 0.7, -0.2)).to_quaternion()
EDIT = {
    "location": lambda o: setattr(o, "location", (7, 8, 9)),
    "rotation": lambda o: setattr(o, "rotation_quaternion", TURN),
    "scale": lambda o: setattr(o, "scale", (2, 3, 4)),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("frame", [START, MIDDLE])
@pytest.mark.parametrize("channel", sorted(EDIT))
def test_what_the_user_moves_stays_where_it_was_put(scene, channel, frame, mode):
    start = Matrix.LocRotScale((5, 5, 5), Euler((0.1, 0.2, 0.3)).to_quaternion(), (1, 1, 1))
    ball = add(scene)
    ball.rotation_mode = mode
    ball.matrix_basis = start
    play(scene, whole())
    at(scene, frame)
    EDIT[channel](ball)
    note_edits(scene)
    at(scene, MIDDLE + 1)  # Blender forgets the change here.
    assert edited(scene) == ["Ball"]
    assert take_off(scene) == ["Ball"]
    parts = dict(zip(("location", "rotation", "scale"), start.decompose(), strict=True))
    parts |= {"location": {"location": (7, 8, 9)}, "rotation": {"rotation": TURN}, "scale": {"scale": (2, 3, 4)}}[
        channel
    ]
    assert basis(ball) == pytest.approx(np.array(Matrix.LocRotScale(*parts.values())), abs=1e-5)
    assert ball.rotation_mode == mode


def test_what_the_run_leaves_alone_is_the_users_too(scene):
    ball = add(scene, location=(5, 5, 5))
    play(scene, Motion("Ball", rotation=whole().rotation))
    ball.location.x, ball.hide_render = 8.0, True
    assert take_off(scene) == ["Ball"]
    assert (tuple(ball.location), ball.hide_render) == ((8, 5, 5), True)


def test_switches_of_the_run_are_the_users_too(scene):
    lamp = add(scene, "Lamp")
    lamp["on"], lamp['say "x"'] = False, 1
    play(scene, Motion("Lamp", properties={"on": [(0, False), (2, True)], 'say "x"': [(0, 1), (4, 3)]}))
    at(scene, MIDDLE)
    assert lamp["on"] == 1
    lamp["on"], lamp['say "x"'] = False, 7
    assert take_off(scene) == ["Lamp"]
    assert (lamp["on"], lamp['say "x"']) == (False, 7)


@pytest.mark.parametrize("hold", ["delta", "parent", "child_of"])
def test_objects_that_are_held_otherwise_are_put_there_as_well(scene, hold):
    post = add(scene, "Post", location=(1, 2, 3), rotation_euler=(0, 0, 1))
    ball = add(scene, rotation_mode="QUATERNION", location=(5, 5, 5))
    if hold == "delta":
        ball.delta_location = (0, 0, 2)
    elif hold == "parent":
        ball.parent = post
    else:
        ball.constraints.new("CHILD_OF").target = post
    bpy.context.view_layer.update()
    play(scene, whole(start=tuple(ball.location)))
    seen = None
    at(scene, START)
    ball.location = (7, 8, 9)
    seen = world(ball)[:3, 3]
    note_edits(scene)
    take_off(scene)
    assert world(ball)[:3, 3] == pytest.approx(seen, abs=1e-5)


def test_a_change_is_forgotten_if_it_is_taken_back_before_the_frame_changes(scene):
    ball = add(scene)
    play(scene, whole())
    at(scene, MIDDLE)
    fresh, there = set(), ball.location.copy()
    ball.location.z += 1
    note_edits(scene, [ball], fresh)
    assert edited(scene) == ["Ball"]
    ball.location = there
    note_edits(scene, [ball], fresh)
    assert edited(scene) == []
    ball.location.z += 1
    note_edits(scene, [ball], fresh)
    fresh.clear()  # As when the frame changes.
    ball.location = there
    note_edits(scene, [ball], fresh)
    assert edited(scene) == ["Ball"]


def test_keys_that_blender_sets_by_itself_are_changes(scene):
    ball = add(scene)
    play(scene, whole())
    at(scene, MIDDLE)
    for is_on in (False, True):
        scene.tool_settings.use_keyframe_insert_auto = is_on
        ball.location.z = 4.0
        ball.keyframe_insert("location", frame=MIDDLE)
        note_edits(scene, [ball], set(), keyed=True)
        assert (edited(scene) == ["Ball"]) is is_on
    take_off(scene)
    assert ball.location.z == 4.0


def duplicate(scene, obj, linked, by):
    copy = obj.copy()
    if not linked and copy.animation_data and copy.animation_data.action:
        copy.animation_data.action = copy.animation_data.action.copy()
    scene.collection.objects.link(copy)
    bpy.context.view_layer.update()
    copy.location.x += by
    bpy.context.view_layer.update()
    note_edits(scene, [copy])
    return copy


@pytest.mark.parametrize("linked", [True, False])
def test_copies_are_objects_of_their_own_where_they_were_put(scene, linked):
    ball = add(scene, location=(5, 5, 5))
    play(scene, whole())
    at(scene, MIDDLE)
    copy = duplicate(scene, ball, linked, 10)
    place = copy.location.copy()
    at(scene, START)
    assert take_off(scene) == [copy.name]
    assert tuple(ball.location) == (5, 5, 5)
    assert copy.location == place
    assert ball.rotation_mode == copy.rotation_mode == "XYZ"
    assert len(bpy.data.actions) == 0
    assert not any(o.animation_data and o.animation_data.action for o in (ball, copy))


def test_a_copy_of_an_animated_object_keeps_the_animation(scene):
    ball = add(scene, location=(5, 5, 5))
    ball["power"] = 1.0
    ball.keyframe_insert('["power"]', frame=START)
    own = ball.animation_data.action
    play(scene, whole())
    copy = duplicate(scene, ball, True, 10)
    take_off(scene)
    assert ball.animation_data.action == own
    assert copy.animation_data.action is not None
    assert list(bpy.data.actions) == [own] or copy.animation_data.action != own


def test_renamed_and_deleted_objects_do_no_harm(scene):
    ball, box = add(scene, location=(5, 5, 5)), add(scene, "Box")
    play(scene, whole(), whole("Box"))
    ball.name = "Kugel"
    bpy.data.objects.remove(box)
    ball.location.z = 9.0
    assert take_off(scene) == ["Kugel"]
    assert ball.location.z == 9.0


def test_a_driven_channel_is_no_change_of_the_users(scene):
    ball = add(scene)
    play(scene, whole())
    driver = ball.driver_add("location", 2)
    driver.driver.expression = "3.0"
    at(scene, MIDDLE)
    note_edits(scene)
    assert edited(scene) == []


def test_the_end_of_the_timeline_and_physics_stay_as_the_user_set_them(scene):
    bpy.ops.rigidbody.world_add()
    add(scene)
    play(scene, whole())
    assert (scene.frame_end, scene.rigidbody_world.enabled) == (START + FRAMES - 1, False)
    take_off(scene)
    assert (scene.frame_end, scene.rigidbody_world.enabled) == (START + 4, True)
    scene.rigidbody_world.enabled = False
    play(scene, whole())
    scene.frame_end, scene.rigidbody_world.enabled = 500, True
    take_off(scene)
    assert (scene.frame_end, scene.rigidbody_world.enabled) == (500, True)


def test_changes_outlast_saving_and_opening(scene, tmp_path):
    ball = add(scene)
    play(scene, whole())
    at(scene, MIDDLE)
    ball.location.z = 4.0
    note_edits(scene)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    scene = bpy.context.scene
    assert json.loads(scene[RUN])["run"] == "0001_Scene"
    assert take_off(scene) == ["Ball"]
    assert scene.objects["Ball"].location.z == 4.0


def test_a_scene_without_a_run_is_left_alone(scene):
    ball = add(scene)
    note_edits(scene)
    assert take_off(scene) == []
    assert list(ball.keys()) == []
