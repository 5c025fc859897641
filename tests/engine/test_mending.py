"""A mend does to Blender's scene what it does to the scene graph."""

import bpy
import pytest

from addon.engine.build import build_scene
from addon.engine.mending import MendError, mend
from addon.engine.read import read_scene
from addon.jobs.why import Plan
from addon.jobs.why.mends import Body, Floor, Joint, Substeps, active, moved, passive
from addon.scene_graph import Constraint, Primitive, RigidBody, SceneGraph, SceneObject


def scene_graph():
    cube = Primitive(kind="cube", dimensions=(1, 1, 1))
    held = RigidBody(kinematic=True, collections=(3,), start_deactivated=True, use_deactivation=True)
    return SceneGraph(
        objects=(
            SceneObject(name="Plate", geometry=cube, body=RigidBody(type="PASSIVE")),
            SceneObject(name="Box", location=(0, 0, 3), geometry=cube, body=held),
            SceneObject(name="Stone", location=(5, 0, 0), geometry=cube),
        ),
        constraints=(Constraint(name="Pin", type="FIXED", object1="Box", object2="Plate"),),
    )


@pytest.mark.parametrize(
    "change",
    [
        active("Plate"),
        active("Box"),
        active("Stone"),
        passive("Stone"),
        moved("Box", (0.5, 0.0, -1.0)),
        Body(words="", name="Box", settings={"start_deactivated": False, "mass": 12.0, "collections": (0, 3)}),
        Body(words="", name="Plate", settings={"shape": "MESH"}),
        Joint(words="", name="Pin", settings={"enabled": False, "disable_collisions": False}),
        Floor(words="", middle=(1.0, 2.0, -0.5), size=(8.0, 8.0, 0.5)),
        Substeps(words="", count=40),
    ],
    ids=lambda change: f"{change.kind} {getattr(change, 'name', '')}",
)
def test_a_mend_is_the_same_in_blender_and_in_the_graph(change):
    build_scene(scene_graph())
    mend(bpy.context.scene, change.model_dump(mode="json"))
    found = read_scene(bpy.context.scene)
    wanted = change.on(Plan(scene_graph(), (), 10)).graph
    assert found.world.substeps == wanted.world.substeps
    assert found.constraints[0].enabled == wanted.constraints[0].enabled
    assert found.constraints[0].disable_collisions == wanted.constraints[0].disable_collisions
    bodies = {obj.name: (obj.location, obj.dimensions, obj.body and _settings(obj.body)) for obj in wanted.objects}
    assert {obj.name: (obj.location, obj.dimensions, obj.body and _settings(obj.body)) for obj in found.objects} == {
        name: (pytest.approx(at), pytest.approx(size), body) for name, (at, size, body) in bodies.items()
    }


def _settings(body):
    names = ("type", "shape", "kinematic", "enabled", "start_deactivated", "mass", "collections")
    return {name: getattr(body, name) for name in names}


def test_what_is_gone_is_told():
    build_scene(scene_graph())
    with pytest.raises(MendError, match="there is no object 'Ball' any more"):
        mend(bpy.context.scene, active("Ball").model_dump())


def test_substeps_are_never_made_fewer():
    build_scene(scene_graph())
    bpy.context.scene.rigidbody_world.substeps_per_frame = 120
    mend(bpy.context.scene, Substeps(words="", count=40).model_dump())
    assert bpy.context.scene.rigidbody_world.substeps_per_frame == 120


def test_what_keys_hold_is_not_moved():
    build_scene(scene_graph())
    stone = bpy.context.scene.objects["Stone"]
    stone.keyframe_insert("location", frame=1)
    with pytest.raises(MendError, match="'Stone' is at every frame"):
        mend(bpy.context.scene, moved("Stone", (1.0, 0.0, 0.0)).model_dump())
    assert stone.location.x == pytest.approx(5)


def test_what_is_hidden_or_no_mesh_gets_no_body():
    build_scene(scene_graph())
    scene = bpy.context.scene
    scene.objects["Stone"].hide_viewport = True
    with pytest.raises(MendError, match="'Stone' is hidden"):
        mend(scene, active("Stone").model_dump())
    bpy.data.objects.remove(scene.objects["Stone"])
    scene.collection.objects.link(bpy.data.objects.new("Stone", None))
    with pytest.raises(MendError, match="'Stone' is no mesh"):
        mend(scene, active("Stone").model_dump())
