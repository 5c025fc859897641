import bpy
import pytest

from addon.engine.applied import take_off
from addon.engine.blender import BlenderEngine
from addon.engine.guest import bring_in, guest, has_plain_sky, keep_guest, take_guest_out
from addon.engine.keeping import is_kinematic
from addon.engine.motions import Motion
from addon.engine.outline import read_outline
from addon.engine.packing import pack
from addon.engine.playback import play_back
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import Camera, Material, Primitive, RigidBody, SceneGraph, SceneObject, Sky, World

FRAMES = 31
RULE = "when Ball hits Floor, Ball turns red"


def body(name, kind, place, size):
    return SceneObject(
        name=name,
        location=place,
        geometry=Primitive(kind="cube", dimensions=size),
        material=Material(name="wood", color=(0.4, 0.2, 0.1, 1.0)),
        body=RigidBody(type=kind, shape="BOX"),
    )


@pytest.fixture(scope="module")
def trace():
    """A box that falls beside one that stands."""
    graph = SceneGraph(
        name="fall",
        world=World(fps=24.0),
        objects=(
            body("Floor", "PASSIVE", (0, 0, -0.5), (10, 10, 1)),
            body("Ball", "ACTIVE", (0, 0, 3), (1, 1, 1)),
            body("Stone", "ACTIVE", (3, 0, 0.5), (1, 1, 1)),
        ),
        camera=Camera(location=(0, -10, 3), rotation=(0.7071068, 0.7071068, 0, 0), lens=35.0),
        sky=Sky(color=(0.2, 0.4, 0.9), strength=1.0),
        rules=(RULE,),
    )
    return rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=FRAMES - 1)).trace


@pytest.fixture
def packed(trace, tmp_path):
    """Packs the world for a scene in which names are taken; then opens a new file. Returns what there is to tell."""

    def made(first=1, taken=()):
        found = pack(trace.scene, trace, tmp_path / "guest.blend", "World: a fall", first, taken)
        bpy.ops.wm.read_homefile(use_factory_startup=True, app_template="")
        told = {"collection": found.collection, "sky": found.sky, "frames": FRAMES, "physics": {}}
        return tmp_path / "guest.blend", told | {"rules": found.rules}

    return made


def everything():
    """What there is in the file, and what of the scene a world may change."""
    scene = bpy.context.scene
    kinds = [kind.identifier for kind in bpy.data.bl_rna.properties if kind.type == "COLLECTION"]
    names = sorted((kind, one.name) for kind in kinds for one in getattr(bpy.data, kind))
    rest = scene.frame_end, scene.frame_current, scene.world, scene.camera, scene.rigidbody_world
    return names, rest, sorted(key for key in dict(scene) if key.startswith("cdyn_"))


def height(name, frame):
    bpy.context.scene.frame_set(frame)
    return bpy.data.objects[name].matrix_world.translation.z


def test_a_world_plays_in_a_collection_of_its_own(packed, trace):
    path, told = packed()
    scene = bpy.context.scene
    camera = scene.camera
    collection = bring_in(scene, path, told)
    assert collection.name == "World: a fall"
    assert {"Floor", "Ball", "Stone"} <= set(collection.objects.keys())
    assert scene.camera == camera
    assert not bpy.data.libraries
    for frame in (1, 12, FRAMES):
        for name in ("Ball", "Stone"):
            wanted = trace.position[frame - 1, trace.index(name), 2]
            assert height(name, frame) == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("empty", [False, True])
def test_taking_it_out_leaves_the_file_as_it_was(packed, empty):
    path, told = packed()
    scene = bpy.context.scene
    if empty:
        scene.world, scene.camera, scene.frame_end = None, None, 5
    scene.frame_set(3)
    before = everything()
    bring_in(scene, path, told)
    assert scene.world.name == "World.001"
    assert scene.frame_end == max(before[1][0], FRAMES)
    assert scene.camera is not None
    scene.frame_set(20)
    take_guest_out(scene)
    assert everything() == before
    assert guest(scene) is None


def test_a_scenes_own_sky_and_physics_stay_as_they_are(packed):
    path, told = packed()
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.substeps_per_frame = 7
    bpy.context.view_layer.objects.active = bpy.data.objects["Cube"]
    bpy.ops.rigidbody.object_add(type="ACTIVE")
    bpy.data.objects["Cube"].location = (-3, 0, 5)
    sky = scene.world
    sky.node_tree.nodes["Background"].inputs["Strength"].default_value = 2.0
    assert not has_plain_sky(scene)
    bring_in(scene, path, told | {"physics": {"substeps_per_frame": 25}})
    assert scene.world == sky
    assert guest(scene)["sky_kept"]
    assert scene.rigidbody_world.substeps_per_frame == 7
    assert scene.rigidbody_world.enabled
    heights = [height("Cube", frame) for frame in range(1, 40)]
    assert heights[-1] == pytest.approx(1.0, abs=0.1)  # it falls by physics, onto the world's floor
    take_guest_out(scene)
    assert scene.rigidbody_world.collection.objects.keys() == ["Cube"]
    assert scene.world == sky


def test_bodies_count_as_moved_by_physics_while_they_follow_their_keys(packed):
    path, told = packed()
    scene = bpy.context.scene
    bring_in(scene, path, told)
    ball = bpy.data.objects["Ball"]
    assert ball.rigid_body.kinematic
    assert not is_kinematic(ball)
    outline = {obj.name: obj for obj in read_outline(scene).objects}
    assert not outline["Ball"].body.kinematic
    take_off(scene)
    assert not ball.rigid_body.kinematic
    assert ball.animation_data is None
    assert [height("Ball", frame) for frame in range(1, 31)][-1] == pytest.approx(0.5, abs=0.05)


def test_names_that_are_taken_are_numbered_in_rules_too(packed):
    path, told = packed(taken=("Ball", "Cube"))
    assert told["rules"] == ("when Ball.001 hits Floor, Ball.001 turns red",)
    assert "Ball.001" in bring_in(bpy.context.scene, path, told).objects


def test_it_plays_from_the_first_frame_of_the_scene(packed, trace):
    path, told = packed(first=101)
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = 101, 110
    bring_in(scene, path, told)
    assert (scene.frame_start, scene.frame_end, scene.frame_current) == (101, 131, 101)
    assert height("Ball", 112) == pytest.approx(trace.position[11, trace.index("Ball"), 2], abs=1e-5)


def test_a_second_world_leaves_the_first(packed):
    path, told = packed()
    scene = bpy.context.scene
    bring_in(scene, path, told)
    keep_guest(scene)
    between = everything()
    bring_in(scene, path, told)
    assert "Ball.001" in bpy.data.objects
    take_guest_out(scene)
    assert everything() == between
    assert height("Ball", FRAMES) < 1.0


def test_what_the_user_put_into_its_collection_stays(packed):
    path, told = packed()
    scene = bpy.context.scene
    collection = bring_in(scene, path, told)
    mine = bpy.data.objects.new("Mine", None)
    collection.objects.link(mine)
    bpy.data.objects["Cube"].data.materials.append(bpy.data.objects["Ball"].active_material)
    bpy.data.objects.remove(bpy.data.objects["Stone"])
    take_guest_out(scene)
    assert mine.name in scene.collection.objects
    assert bpy.data.objects["Cube"].data.materials[-1].name == "wood"
    assert "Ball" not in bpy.data.objects


def test_a_later_run_goes_with_the_world_but_stays_on_other_objects(packed):
    path, told = packed()
    scene = bpy.context.scene
    before = set(bpy.data.actions.keys())
    bring_in(scene, path, told)
    take_off(scene)
    red = [(0, (0.8, 0.8, 0.8, 1.0)), (5, (1.0, 0.0, 0.0, 1.0))]
    for _ in play_back(scene, [Motion(name, looks={"material.color": red}) for name in ("Ball", "Stone", "Cube")], 9):
        pass
    take_guest_out(scene)
    assert {name.split(" ")[1] for name in set(bpy.data.actions.keys()) - before} == {"Cube"}
    assert bpy.data.objects["Cube"].active_material.animation_data.action is not None
    take_off(scene)
    assert set(bpy.data.actions.keys()) == before


def test_the_choice_is_saved_with_the_file(packed, tmp_path):
    path, told = packed()
    before = bpy.data.objects.keys(), bpy.data.meshes.keys(), bpy.data.actions.keys()
    bring_in(bpy.context.scene, path, told)
    saved = str(tmp_path / "saved.blend")
    bpy.ops.wm.save_as_mainfile(filepath=saved)
    bpy.ops.wm.open_mainfile(filepath=saved)
    assert guest(bpy.context.scene)["collection"] == "World: a fall"
    take_guest_out(bpy.context.scene)
    assert (bpy.data.objects.keys(), bpy.data.meshes.keys(), bpy.data.actions.keys()) == before
    assert bpy.context.scene.world.name == "World"


def test_a_file_without_the_world_is_refused(packed):
    path, told = packed()
    before = everything()
    with pytest.raises(OSError, match="no collection 'World: other'"):
        bring_in(bpy.context.scene, path, told | {"collection": "World: other"})
    with pytest.raises(OSError, match=r"none\.blend"):
        bring_in(bpy.context.scene, path.with_name("none.blend"), told)
    assert everything() == before
