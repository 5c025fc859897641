"""Lights, surfaces, texts and shape keys: read and built, written in a run, and shown on the timeline as recorded."""

import bpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addon.engine.animation import holders
from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene
from addon.engine.channels import motions_of
from addon.engine.playback import play_back
from addon.engine.protocol import WriteRefused
from addon.engine.read import open_blend, read_scene
from addon.engine.surroundings import surroundings_of
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import (
    Light,
    Material,
    Mesh,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneObject,
    ShapeKey,
    Text,
    Write,
    load_scene_graph,
    save_scene_graph,
)
from addon.trace import load_trace, save_trace

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
CORNERS = tuple((x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5))
FACES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
SHAPE = Mesh(vertices=CORNERS, faces=FACES)
TALL = ShapeKey(name="Tall", moves=dict.fromkeys((1, 3, 5, 7), (0.0, 0.0, 1.0)))


def shares(count):
    return st.tuples(*[st.integers(0, 100).map(lambda n: n / 100)] * count)


lights = st.builds(
    Light,
    type=st.sampled_from(["POINT", "SUN", "AREA"]),
    energy=st.integers(-10, 1000).map(float),
    color=shares(3),
    size=st.integers(0, 300).map(lambda n: n / 100),
)
spots = st.builds(Light, type=st.just("SPOT"), spot_angle=st.sampled_from([0.5, 1.0]), spot_blend=st.just(0.25))
texts = st.builds(
    Text,
    body=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    size=st.sampled_from([0.25, 1.0]),
    extrude=st.sampled_from([0.0, 0.1]),
    align=st.sampled_from(["LEFT", "CENTER", "RIGHT", "JUSTIFY", "FLUSH"]),
)
materials = st.builds(
    Material,
    name=st.sampled_from(["A", "B"]),
    color=shares(4),
    emission_color=shares(4),
    emission_strength=st.integers(0, 500).map(lambda n: n / 10),
    fixed=st.sets(st.sampled_from(["color", "emission_color", "emission_strength"])).map(
        lambda found: tuple(c for c in ("color", "emission_color", "emission_strength") if c in found)
    ),
)
keys = st.lists(
    st.builds(
        ShapeKey,
        name=st.sampled_from(["Smile", 'A "b"', "Ä"]),
        value=st.sampled_from([0.0, 0.25, 1.0]),
        low=st.sampled_from([0.0, -1.0]),
        moves=st.dictionaries(st.integers(0, 7), st.tuples(*[st.sampled_from([0.5, -0.25, 1.0])] * 3)),
    ),
    max_size=3,
    unique_by=lambda key: key.name,
)


@st.composite
def objects(draw):
    kind = draw(st.sampled_from(["light", "text", "mesh", "shaped"]))
    if kind == "light":
        return {"light": draw(lights | spots)}
    if kind == "text":
        return {"text": draw(texts), "material": draw(st.none() | materials)}
    surface = {"material": draw(st.none() | materials), "color": draw(shares(4))}
    if kind == "mesh":
        return {"geometry": CUBE, **surface}
    found = tuple(draw(keys))
    vertices = np.array(CORNERS)
    for key in found:
        for number, move in key.moves.items():
            vertices[number] += key.value * np.array(move)
    mesh = Mesh(vertices=tuple(tuple(map(float, v)) for v in vertices), faces=FACES)
    return {"geometry": mesh, "shape_keys": found, **surface}


@settings(max_examples=40)
@given(made=st.lists(objects(), min_size=1, max_size=4))
def test_what_is_built_is_read_back(made):
    graph = SceneGraph(objects=tuple(SceneObject(name=f"O{n}", **fields) for n, fields in enumerate(made)))
    found = read_scene(build_scene(graph))
    for obj, wanted in zip(found.objects, graph.objects, strict=True):
        if wanted.shape_keys or isinstance(wanted.geometry, Mesh):
            assert obj.shape_keys == wanted.shape_keys
            got = np.array(obj.collision_geometry.vertices) if isinstance(obj.geometry, Mesh) else np.array(CORNERS)
            assert got == pytest.approx(np.array(wanted.geometry.vertices), abs=1e-6)
            wanted = wanted.model_copy(update={"geometry": obj.geometry})
        assert obj == wanted


def test_looks_go_through_files(tmp_path):
    graph = SceneGraph(
        objects=(
            SceneObject(name="Face", geometry=Mesh(vertices=CORNERS, faces=FACES), shape_keys=(TALL,)),
            SceneObject(name="Lamp", light=Light()),
            SceneObject(name="Sign", text=Text(body="Hi")),
        )
    )
    save_scene_graph(graph, tmp_path / "graph.json")
    assert load_scene_graph(tmp_path / "graph.json") == graph


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"geometry": CUBE, "shape_keys": (TALL,)}, "need a geometry of the type MESH"),
        ({"light": Light(), "text": Text(body="")}, "give one of geometry, light and text only"),
        ({"light": Light(), "body": RigidBody()}, "needs a mesh"),
        (
            {
                "geometry": SHAPE,
                "shape_keys": (ShapeKey(name="A", moves={8: (0, 0, 1)}),),
            },
            "moves a vertex outside 0..7",
        ),
        ({"geometry": SHAPE, "shape_keys": (TALL, TALL)}, "have the same name"),
    ],
)
def test_looks_that_do_not_fit_are_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        SceneObject(name="A", **fields)


SCRIPT = """
import bpy
objects = bpy.data.objects
if frame == 3:
    objects["Lamp"].data.energy = 500
    objects["Lamp"].data.color = (1, 0, 0)
    objects["Ball"].active_material.diffuse_color = (0, 0, 1, 1)
    objects["Ball"].active_material.node_tree.nodes["Principled BSDF"].inputs["Emission Strength"].default_value = 4
    objects["Sign"].data.body = "Shut"
    objects["Box"].color = (0, 1, 0, 1)
objects["Box"].data.shape_keys.key_blocks["Tall"].value = min(1, frame / 10)
objects["Lamp"].location.x = frame
objects["Goal"].location.z = frame
"""


def scene():
    ball = SceneObject(
        name="Ball",
        geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)),
        location=(0, 0, 4),
        body=RigidBody(shape="SPHERE"),
        material=Material(name="Paint", color=(1.0, 0.0, 0.0, 1.0)),
    )
    box = SceneObject(
        name="Box",
        geometry=Mesh(vertices=CORNERS, faces=FACES),
        location=(5, 0, 4),
        body=RigidBody(),
        shape_keys=(TALL,),
        material=Material(name="Paint", color=(1.0, 0.0, 0.0, 1.0)),
    )
    return SceneGraph(
        objects=(
            ball,
            box,
            SceneObject(name="Goal"),
            SceneObject(name="Lamp", light=Light(energy=10.0)),
            SceneObject(name="Sign", text=Text(body="Open"), location=(0, 3, 0)),
        )
    )


def test_looks_are_recorded_and_leave_physics_alone(tmp_path):
    found = rollout(BlenderEngine.from_graph(scene()), SCRIPT, RolloutOptions(steps=12))
    assert found.problem is None
    plain = rollout(BlenderEngine.from_graph(scene()), None, RolloutOptions(steps=12))
    assert np.array_equal(found.trace.position, plain.trace.position)
    assert np.array_equal(found.trace.quaternion, plain.trace.quaternion)
    told = {e.parameters["look"]: e for e in found.trace.events if e.uid == "LookChanged" and e.frame == 3}
    assert {name: event.parameters["new"] for name, event in told.items()} == {
        "light.energy": 500.0,
        "light.color": (1.0, 0.0, 0.0),
        "material.color": (0.0, 0.0, 1.0, 1.0),
        "material.emission_strength": 4.0,
        "text.body": "Shut",
        "color": (0.0, 1.0, 0.0, 1.0),
        "shape_key.Tall": 0.3,
    }
    assert found.trace.volume[:, found.trace.index("Box")] == pytest.approx([1 + min(1, f / 10) for f in range(13)])
    assert found.trace.placed.names == ("Goal", "Lamp")
    assert found.trace.placed.poses("Lamp")[0][:, 0] == pytest.approx(np.arange(13))
    save_trace(found.trace, tmp_path)
    assert load_trace(tmp_path).sha256() == found.trace.sha256()
    again = rollout(BlenderEngine.from_graph(scene()), SCRIPT, RolloutOptions(steps=12))
    assert again.trace.sha256() == found.trace.sha256()


def test_the_timeline_shows_what_was_recorded(tmp_path):
    path = tmp_path / "scene.blend"
    build_scene(scene())
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    found = rollout(BlenderEngine.from_blend(path), SCRIPT, RolloutOptions(steps=12))
    assert found.problem is None, found.problem
    open_blend(path)
    shown = bpy.context.scene
    motions = motions_of(found.trace, surroundings_of(shown, found.trace))
    for _ in play_back(shown, motions, 13):
        pass
    lamp, ball, box = (shown.objects[name] for name in ("Lamp", "Ball", "Box"))
    for frame, energy, blue in ((2, 10, 0), (3, 500, 1), (9, 500, 1)):
        shown.frame_set(shown.frame_start + frame)
        shader = next(n for n in ball.active_material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
        assert lamp.data.energy == energy
        assert lamp.matrix_world.translation.x == pytest.approx(frame)
        assert shown.objects["Goal"].matrix_world.translation.z == pytest.approx(frame)
        assert shader.inputs["Base Color"].default_value[2] == blue
        assert box.active_material.diffuse_color[2] == 0
        assert box.data.shape_keys.key_blocks["Tall"].value == pytest.approx(min(1, frame / 10))
        texts = [o.data.body for o in shown.objects if o.type == "FONT" and not o.hide_render]
        assert texts == ["Shut" if frame >= 3 else "Open"]


def test_what_something_else_animates_cannot_be_written(tmp_path):
    path = tmp_path / "scene.blend"
    built = build_scene(scene())
    built.objects["Lamp"].data.keyframe_insert("energy", frame=1)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    with pytest.raises(WriteRefused, match=r"'Lamp': light\.energy: it is held by the action"):
        BlenderEngine.from_blend(path).apply([Write("object", "Lamp", "light.energy", 5.0)])
    BlenderEngine.from_blend(path).apply([Write("object", "Lamp", "light.color", (1.0, 0.0, 0.0))])
    BlenderEngine.from_blend(path, override=True).apply([Write("object", "Lamp", "light.energy", 5.0)])
    assert not list(holders(bpy.data.objects["Lamp"].data))


def test_what_drivers_read_is_written(tmp_path):
    path = tmp_path / "scene.blend"
    built = build_scene(scene())
    driver = built.objects["Goal"].driver_add("location", 2).driver
    driver.type = "SUM"
    target = driver.variables.new().targets[0]
    target.id_type, target.id, target.data_path = "LIGHT", built.objects["Lamp"].data, "energy"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    engine = BlenderEngine.from_blend(path)
    engine.apply([Write("object", "Lamp", "light.energy", 5.0)])
    engine.step()
    assert engine.state().position[engine.graph.names.index("Goal"), 2] == pytest.approx(5.0)


def test_what_nothing_reads_is_left_as_it_is():
    """So that a lamp that a script lights costs Blender nothing."""
    engine = BlenderEngine.from_graph(scene())
    look = {"light.energy": 5.0, "light.color": (1.0, 0.0, 0.0)}
    engine.apply([Write("object", "Lamp", field, value) for field, value in look.items()])
    engine.apply([Write("object", "Ball", "material.color", (0.0, 0.0, 1.0, 1.0))])
    assert bpy.data.objects["Lamp"].data.energy == 10.0
    assert tuple(bpy.data.objects["Ball"].active_material.diffuse_color) == (1.0, 0.0, 0.0, 1.0)


def test_a_shape_that_others_have_too_is_not_changed(tmp_path):
    path = tmp_path / "scene.blend"
    built = build_scene(scene())
    twin = built.objects["Box"].copy()
    twin.name = "Twin"
    built.collection.objects.link(twin)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    engine = BlenderEngine.from_blend(path)
    with pytest.raises(WriteRefused, match="'Twin' has the same mesh"):
        engine.apply([Write("object", "Box", "shape_key.Tall", 1.0)])


def test_surfaces_that_nodes_make_are_known(tmp_path):
    built = build_scene(scene())
    material = built.objects["Ball"].active_material
    tree = material.node_tree
    shader = next(n for n in tree.nodes if n.type == "BSDF_PRINCIPLED")
    tree.links.new(tree.nodes.new("ShaderNodeTexNoise").outputs[1], shader.inputs["Base Color"])
    found = read_scene(built).object("Ball")
    assert found.material.fixed == ("color",)
    assert set(found.looks) == {"color", "material.emission_color", "material.emission_strength"}
    emitter = tree.nodes.new("ShaderNodeEmission")
    emitter.inputs["Strength"].default_value = 7.0
    output = next(n for n in tree.nodes if n.type == "OUTPUT_MATERIAL")
    tree.links.new(emitter.outputs[0], output.inputs["Surface"])
    assert read_scene(built).object("Ball").material.emission_strength == 7.0
    tree.links.new(tree.nodes.new("ShaderNodeBsdfGlass").outputs[0], output.inputs["Surface"])
    assert read_scene(built).object("Ball").material.fixed == ("color", "emission_color", "emission_strength")


def test_the_active_material_is_told_with_its_place(tmp_path):
    built = build_scene(scene())
    ball = built.objects["Ball"]
    ball.data.materials.append(bpy.data.materials.new("Other"))
    ball.active_material_index = 1
    graph = read_scene(built)
    assert graph.object("Ball").material.slot == 1
    again = build_scene(graph).objects["Ball"]
    assert [slot.material and slot.material.name for slot in again.material_slots] == ["Paint", "Other"]
    assert read_scene(bpy.context.scene).object("Ball").material.slot == 1
    for words in ("material_slots[0].material", "data.materials[0]"):
        script = f'import bpy\nbpy.data.objects["Ball"].{words}.diffuse_color = (1, 0, 0, 1)\n'
        problem = rollout(BlenderEngine.from_graph(graph), script, RolloutOptions(steps=1)).problem
        assert "only the active material" in problem.reason
    script = script.replace("[0]", "[1]")
    assert rollout(BlenderEngine.from_graph(graph), script, RolloutOptions(steps=1)).problem is None


@pytest.mark.parametrize(
    ("write", "words"),
    [
        ('objects["Lamp"].data.energy = None', "energy needs"),
        ('objects["Box"].hide_viewport = None', "needs True or False"),
        (
            'objects["Ball"].active_material.node_tree.nodes["Principled BSDF"].inputs[2].default_value = 1',
            "use a name",
        ),
        ('objects["Box"].data.shape_keys.key_blocks[1].value = 1', "use a name"),
    ],
)
def test_what_would_mean_something_else_is_refused(write, words):
    found = rollout(BlenderEngine.from_graph(scene()), f"import bpy\nbpy.data.{write}\n", RolloutOptions(steps=1))
    assert words in found.problem.reason


def test_keys_that_cannot_be_written_are_told():
    built = build_scene(scene())
    box = built.objects["Box"]
    box.modifiers.new("More", "SUBSURF")
    found = read_scene(built)
    assert found.object("Box").shape_keys == ()
    assert any("shape keys 'Tall' are not carried" in note.text for note in found.notes)


def test_a_shape_key_keeps_to_its_range(load):
    engine = load(*scene().objects)
    with pytest.raises(WriteRefused, match=r"goes from 0 to 1, got 1.5"):
        engine.apply([Write("object", "Box", "shape_key.Tall", 1.5)])
