import bpy
import pytest

from addon.ui.overview import listed, look_at, mover_of
from addon.ui.session import Fix
from addon.ui.text import ENGLISH


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    return bpy.context.scene


def told(scene):
    found = look_at(scene)
    return [(alert.text, *(fix.operator for fix in alert.fixes)) for alert in found.alerts]


def test_an_empty_scene_has_nothing_wrong(scene):
    assert look_at(scene).objects == 0
    assert told(scene) == []


def test_bodies_and_joints_are_counted(scene):
    bpy.ops.mesh.primitive_cube_add()
    assert told(scene) == []
    bpy.ops.rigidbody.world_add()
    assert told(scene) == []
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    bpy.ops.mesh.primitive_plane_add()
    bpy.ops.rigidbody.object_add(type="PASSIVE")
    bpy.ops.mesh.primitive_cone_add()
    bpy.ops.object.empty_add()
    bpy.ops.rigidbody.constraint_add(type="HINGE")
    found = look_at(scene)
    assert (found.active, found.passive, found.plain, found.joints) == (1, 1, 1, 1)
    assert found.alerts == []
    movers = {o.name: mover_of(o) for o in scene.objects}
    assert movers == {"Cube": "physics", "Plane": "script", "Cone": "script", "Empty": "joint"}
    body = scene.objects["Cube"].rigid_body
    for kinematic, enabled in ((True, True), (False, False), (True, False)):
        body.kinematic, body.enabled = kinematic, enabled
        assert mover_of(scene.objects["Cube"]) == "script"


def test_what_cannot_be_simulated_is_named(scene, tmp_path):
    bpy.ops.rigidbody.world_add()
    bpy.ops.mesh.primitive_cube_add()
    bpy.ops.rigidbody.object_add()
    bpy.context.object.name = "Flat"
    bpy.context.object.scale = (1, 0, 1)
    empty = bpy.data.objects.new("Bare", bpy.data.meshes.new("Bare"))
    scene.collection.objects.link(empty)
    bpy.context.view_layer.objects.active = empty
    bpy.ops.rigidbody.object_add()
    assert {text for text, *_ in told(scene)} == {
        ENGLISH["scene_zero_scale"].format(name="Flat"),
        ENGLISH["scene_no_mesh"].format(name="Bare"),
    }


def test_linked_objects_can_be_made_local(scene, tmp_path):
    bpy.ops.mesh.primitive_cube_add()
    bpy.context.object.name = "Far"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, target):
        target.objects = ["Far"]
    bpy.context.scene.collection.objects.link(target.objects[0])
    bpy.ops.rigidbody.world_add()
    assert look_at(bpy.context.scene).linked == ["Far"]
    assert told(bpy.context.scene) == []


def test_it_is_known_whether_anything_would_move(scene):
    bpy.ops.mesh.primitive_cube_add()
    cube = bpy.context.object
    assert not look_at(scene).can_move
    bpy.ops.rigidbody.world_add()
    bpy.ops.rigidbody.object_add(type="PASSIVE")
    assert not look_at(scene).can_move
    cube.keyframe_insert("location", frame=1)
    assert look_at(scene).can_move
    cube.animation_data_clear()
    cube.rigid_body.type = "ACTIVE"
    assert look_at(scene).can_move
    cube.rigid_body.kinematic = True
    assert not look_at(scene).can_move


def test_long_lists_of_names_are_cut():
    assert listed(["A"]) == "'A'"
    assert listed(list("ABCDE")) == "'A', 'B', 'C' and 2 more"
    assert Fix("cdyn.make_active", "A").name == "A"
