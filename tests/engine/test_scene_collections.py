"""Collections, and the objects that a scene graph does not hold, read from Blender and built in it."""

import bpy
import pytest

from addon.engine.build import add_scene, build_scene, save_blend
from addon.engine.read import read_blend, read_scene
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, scene_text

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


@pytest.fixture
def scene():
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    return bpy.context.scene


def collection(name, parent):
    made = bpy.data.collections.new(name)
    parent.children.link(made)
    return made


def cube(name, *collections, body=True):
    bpy.ops.mesh.primitive_cube_add()
    obj = bpy.context.object
    obj.name = name
    if body:
        bpy.ops.rigidbody.object_add()
    for old in obj.users_collection:
        if old.name != "RigidBodyWorld":
            old.objects.unlink(obj)
    for new in collections:
        new.objects.link(obj)
    return obj


def test_an_object_is_in_its_collections_and_those_around_them(scene):
    bpy.ops.rigidbody.world_add()
    toys = collection("Toys", scene.collection)
    balls, big = collection("Balls", toys), collection("Big", scene.collection)
    cube("A", balls, big)
    cube("B", toys)
    cube("C", scene.collection)
    cube("D", balls, scene.collection, body=False)
    graph = read_scene(scene)
    assert {o.name: o.collections for o in graph.objects} == {
        "A": ("Balls", "Big", "Toys"),
        "B": ("Toys",),
        "C": (),
        "D": ("Balls", "Toys"),
    }
    assert graph.collections == {"Balls": ("A", "D"), "Big": ("A",), "Toys": ("A", "B", "D")}


def test_only_collections_of_the_scene_count(scene):
    """Not the rigid-body world's own, nor one of another scene; one that both have is the scene's too."""
    bpy.ops.rigidbody.world_add()
    shared = collection("Shared", scene.collection)
    other = bpy.data.scenes.new("Other")
    elsewhere = collection("Elsewhere", other.collection)
    other.collection.children.link(shared)
    obj = cube("A", shared)
    elsewhere.objects.link(obj)
    assert [c.name for c in obj.users_collection] != ["Shared"]
    assert read_scene(scene).objects[0].collections == ("Shared",)


def test_bodies_in_excluded_and_hidden_collections_are_in_them(scene):
    bpy.ops.rigidbody.world_add()
    away, hidden = collection("Away", scene.collection), collection("Hidden", scene.collection)
    cube("A", away)
    cube("B", hidden)
    bpy.context.view_layer.layer_collection.children["Away"].exclude = True
    hidden.hide_viewport = True
    assert read_scene(scene).collections == {"Away": ("A",), "Hidden": ("B",)}


def test_the_world_may_take_its_bodies_from_a_collection_of_the_scene(scene):
    bricks = collection("Bricks", scene.collection)
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.collection = bricks
    cube("A", bricks)
    assert read_scene(scene).objects[0].collections == ("Bricks",)


def test_nested_collections_come_back_from_a_file(scene, tmp_path):
    bpy.ops.rigidbody.world_add()
    inner = collection("Inner", collection("Outer", scene.collection))
    cube("A", inner)
    cube("B", scene.collection)
    graph = read_scene(scene)
    save_blend(graph, tmp_path / "built.blend")
    again = read_blend(tmp_path / "built.blend")
    assert again.objects == graph.objects
    assert again.collections == {"Inner": ("A",), "Outer": ("A",)}


def graph_of(*collections):
    body = SceneObject(name="A", geometry=CUBE, body=RigidBody(), collections=collections)
    return SceneGraph(objects=(body, SceneObject(name="B")))


def test_a_built_object_is_in_its_collections_alone(scene):
    built = build_scene(graph_of("Two", "One"))
    assert {c.name for c in built.objects["A"].users_collection} == {"One", "Two", "RigidBodyWorld"}
    assert [c.name for c in built.objects["B"].users_collection] == [built.collection.name]


def test_names_that_the_file_has_already_are_kept_apart(scene):
    """The collection of the user's own scene does not get the objects of the one that is added."""
    theirs = collection("Balls", scene.collection)
    graph = graph_of("Balls", "x" * 255)
    for _ in range(2):
        bpy.context.window.scene = scene
        made = add_scene(graph, "Made")
        assert read_scene(made).objects[0].collections == ("Balls", "x" * 255)
        assert list(theirs.objects) == []
    assert len([c for c in bpy.data.collections if c.name.startswith("Balls")]) == 2


def test_what_replaces_a_scene_leaves_collections_that_others_use(scene):
    made = add_scene(graph_of("Balls"), "Made")
    scene.collection.children.link(made.collection.children[0])
    bpy.context.window.scene = scene
    add_scene(graph_of(), "Made")
    assert [c.name for c in scene.collection.children] == ["Balls"]


def test_collections_are_a_set_and_say_nothing_to_a_model():
    graph = graph_of("b", "a", "b")
    assert graph.objects[0].collections == ("a", "b")
    assert scene_text(graph) == scene_text(graph_of())
    assert graph.model_dump_json(exclude_defaults=True) != graph_of().model_dump_json(exclude_defaults=True)
    assert "collections" not in graph_of().model_dump_json(exclude_defaults=True)


def test_everything_in_a_scene_has_a_kind(scene):
    bpy.ops.rigidbody.world_add()
    cube("Box", scene.collection)
    bpy.ops.object.empty_add()
    bpy.context.object.name = "Goal"
    bpy.ops.object.empty_add()
    bpy.context.object.name = "Hinge"
    bpy.ops.rigidbody.constraint_add(type="HINGE")
    joint = bpy.context.object.rigid_body_constraint
    joint.object1, joint.object2 = cube("Door", scene.collection), scene.objects["Box"]
    bpy.ops.object.empty_add()
    bpy.context.object.name = "Loose"
    bpy.ops.rigidbody.constraint_add(type="HINGE")
    for name, data in (
        ("Sun", bpy.data.lights.new("Sun", "SUN")),
        ("Lamp", bpy.data.lights.new("Lamp", "POINT")),
        ("View", bpy.data.cameras.new("View")),
        ("Second view", bpy.data.cameras.new("View")),
        ("Words", bpy.data.curves.new("Words", "FONT")),
        ("Path", bpy.data.curves.new("Path", "CURVE")),
        ("Bones", bpy.data.armatures.new("Bones")),
        ("Noise", bpy.data.speakers.new("Noise")),
    ):
        scene.collection.objects.link(bpy.data.objects.new(name, data))
    scene.camera = scene.objects["View"]
    graph = read_scene(scene)
    kinds = {obj.name: graph.kind_of(obj.name) for obj in scene.objects}
    assert kinds == {
        "Box": "mesh",
        "Goal": "empty",
        "Door": "mesh",
        "Hinge": "joint",
        "Loose": "joint",
        "Sun": "light",
        "Lamp": "light",
        "View": "camera",
        "Second view": "camera",
        "Words": "text",
        "Path": "curve",
        "Bones": "armature",
        "Noise": "speaker",
    }
    assert {name: kinds[name] for name in graph.others} == graph.others
    assert {n.feature for n in graph.notes if n.subject == "Loose"} == {"joint"}
    with pytest.raises(
        KeyError, match="no object 'box'; the scene has Box, Door, Goal, Lamp, Sun, Words, Hinge, Bones"
    ):
        graph.kind_of("box")
