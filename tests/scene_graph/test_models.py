import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.scene_graph import (
    Constraint,
    Mesh,
    Particles,
    Primitive,
    RigidBody,
    SceneGraph,
    SceneGraphError,
    SceneObject,
    load_scene_graph,
    parse_scene_graph,
    save_scene_graph,
)
from addon.scene_graph.files import SCHEMA_FILE, schema_text, validate_scene_graph
from addon.scene_graph.rename import renamed

finite = st.floats(-1e3, 1e3, allow_nan=False)
extent = st.floats(1e-3, 1e3)
vectors = st.tuples(finite, finite, finite)


@st.composite
def quaternions(draw):
    q = [draw(st.floats(-1, 1)) for _ in range(4)]
    norm = math.sqrt(sum(c * c for c in q))
    return tuple(c / norm for c in q) if norm > 0.1 else (1.0, 0.0, 0.0, 0.0)


bodies = st.builds(
    RigidBody,
    type=st.sampled_from(["ACTIVE", "PASSIVE"]),
    shape=st.sampled_from(["BOX", "SPHERE", "CONVEX_HULL", "MESH"]),
    mass=extent,
    margin=st.none() | st.floats(0, 1),
)
geometries = st.builds(
    Primitive,
    kind=st.sampled_from(["cube", "sphere", "cylinder", "cone", "capsule"]),
    dimensions=st.tuples(extent, extent, extent),
) | st.just(
    Mesh(vertices=((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)), faces=((0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)))
)
scalars = st.booleans() | st.integers(-1000, 1000) | finite | st.text(max_size=20)


@st.composite
def scene_graphs(draw):
    names = draw(st.lists(st.text("abcXYZ._ é", min_size=1, max_size=8), unique=True, max_size=6))
    objects = tuple(
        draw(
            st.builds(
                SceneObject,
                name=st.just(name),
                location=vectors,
                rotation=quaternions(),
                velocity=vectors,
                geometry=geometries,
                body=st.none() | bodies,
                properties=st.dictionaries(st.text("ab_", min_size=1, max_size=4), scalars, max_size=3),
            )
        )
        for name in names
    )
    return SceneGraph(objects=objects, rules=tuple(draw(st.lists(st.text(max_size=30), max_size=3))))


@given(scene_graphs())
def test_json_round_trip_is_the_identity(graph):
    assert parse_scene_graph(graph.model_dump_json()) == graph


def test_file_round_trip_leaves_only_the_file(tmp_path):
    graph = SceneGraph(objects=(SceneObject(name="Ball"),))
    save_scene_graph(graph, tmp_path / "scene.json")
    assert load_scene_graph(tmp_path / "scene.json") == graph
    assert [p.name for p in tmp_path.iterdir()] == ["scene.json"]


def test_schema_file_is_current():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def ball(**changes):
    return {
        "name": "Ball",
        "geometry": {"type": "PRIMITIVE", "kind": "sphere", "dimensions": [1, 1, 1]},
        "body": {"shape": "SPHERE"},
        **changes,
    }


@pytest.mark.parametrize(
    ("objects", "words"),
    [
        ([ball(body={"mass": 0})], ["'Ball'", "body.mass", "greater than 0"]),
        ([ball(body={"mass": -1})], ["'Ball'", "body.mass"]),
        ([ball(location=[0, 0, "NaN"])], ["'Ball'", "location.2", "finite"]),
        ([ball(rotation=[0, 0, 0, 0])], ["'Ball'", "rotation", "length 1"]),
        ([ball(scale=[1, None, 1])], ["'Ball'", "scale"]),
        ([ball(geometry=None)], ["'Ball'", "needs a mesh"]),
        ([ball(), ball()], ["'Ball'", "2 objects of this name"]),
        ([ball(parent="Nobody")], ["'Ball'", "parent", "'Nobody' does not exist"]),
        ([ball(parent="Ball")], ["'Ball'", "its own ancestor"]),
        ([ball(colour="red")], ["'Ball'", "colour", "not permitted"]),
        ([{"name": "Sign", "text": {"body": "a\0b"}}], ["'Sign'", "text.body"]),
        ([{"name": "Spot", "light": {"type": "SPOT", "spot_angle": 4.0}}], ["'Spot'", "light.spot_angle"]),
        ([{"name": "Spot", "light": {"energy": 1e40}}], ["'Spot'", "light.energy"]),
        ([ball(shape_keys=[{"name": "Basis"}])], ["'Ball'", "shape_keys.0", "not called 'Basis'"]),
        ([ball(shape_keys=[{"name": "x" * 64}])], ["'Ball'", "at most 63 bytes"]),
        ([ball(shape_keys=[{"name": "Up", "value": 5.0}])], ["'Ball'", "between low and high"]),
        ([ball(shape_keys=[{"name": "Up", "low": -20.0}])], ["'Ball'", "shape_keys.0.low"]),
        ([ball(geometry={"type": "MESH", "vertices": [[0, 0, 0]], "faces": [[0, 1, 2]]})], ["'Ball'", "face 0"]),
    ],
)
def test_errors_name_object_and_field(objects, words):
    with pytest.raises(SceneGraphError) as caught:
        parse_scene_graph(json.dumps({"schema_version": 1, "objects": objects}))
    for word in words:
        assert word in str(caught.value)


def test_every_problem_has_its_line():
    data = {"schema_version": 1, "objects": [ball(body={"mass": 0}), ball(name="Box", rotation=[1, 1, 1, 1])]}
    with pytest.raises(SceneGraphError) as caught:
        parse_scene_graph(json.dumps(data))
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("version", ["3", "true", '"2"'])
def test_other_versions_are_refused(version):
    with pytest.raises(SceneGraphError, match="this program reads 1 and 2"):
        parse_scene_graph(f'{{"schema_version": {version}}}')


@pytest.mark.parametrize("text", ["", "[1]", "{", "{}", "[" * 100_000])
def test_other_files_are_refused(text):
    with pytest.raises(SceneGraphError):
        parse_scene_graph(text)


def test_missing_and_binary_files_are_refused(tmp_path):
    with pytest.raises(SceneGraphError, match="No such file"):
        load_scene_graph(tmp_path / "none.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SceneGraphError, match="not text"):
        load_scene_graph(tmp_path / "binary.json")


def test_constraints_need_bodies():
    wall = SceneObject(name="Wall", geometry=Primitive(kind="cube", dimensions=(1, 1, 1)))
    with pytest.raises(ValueError, match="'Wall' has no rigid body"):
        SceneGraph(objects=(wall,), constraints=(Constraint(name="Hinge", type="HINGE", object1="Wall"),))
    with pytest.raises(ValueError, match="'Door' does not exist"):
        SceneGraph(objects=(wall,), constraints=(Constraint(name="Hinge", type="HINGE", object1="Door"),))


def test_dimensions_apply_scale():
    cube = Primitive(kind="cube", dimensions=(1, 2, 3))
    assert SceneObject(name="A", geometry=cube, scale=(2, -1, 1)).dimensions == (2, 2, 3)
    mesh = Mesh(vertices=((0, 0, 0), (1, 0, 0), (0, 4, 2)), faces=((0, 1, 2),))
    assert SceneObject(name="A", geometry=mesh).dimensions == (1, 4, 2)


def test_unknown_object_lists_the_known():
    with pytest.raises(KeyError, match="the scene has A"):
        SceneGraph(objects=(SceneObject(name="A"),)).object("B")


def test_an_earlier_version_is_read():
    graph = parse_scene_graph('{"schema_version": 1, "objects": [{"name": "Ball"}]}')
    assert (graph.schema_version, graph.names) == (2, ("Ball",))


@pytest.mark.parametrize(
    ("element", "words"),
    [
        (
            {"type": "JELLY"},
            'elements.0: needs a "type", which is "CLOTH", "SOFT_BODY", "COLLIDER", "PARTICLES", "OCEAN"',
        ),
        ({"type": "OCEAN", "times": [[5, 1.0], [3, 2.0]]}, "the steps of an ocean's times must rise, got [5, 3]"),
        ({"type": "FLUID_FLOW", "switches": [[2, True], [2, False]]}, "the steps of a flow's switches must rise"),
        ({"type": "FLUID_DOMAIN", "bake": "../secret"}, "FLUID_DOMAIN.bake: String should match pattern"),
        ({}, "which is"),
        ({"type": "CLOTH", "mass": -1}, "elements.0.CLOTH.mass: Input should be greater than 0"),
        ({"type": "CLOTH", "pins": {"9": 1.0}}, "CLOTH holds a vertex outside 0..2"),
        ({"type": "PARTICLES", "instance": "Leaf", "render": "OBJECT"}, "there is no object 'Leaf'"),
        ({"type": "PARTICLES", "begins": 3, "ends": 1}, "end before they begin"),
    ],
)
def test_bad_elements_are_refused_by_name(element, words):
    mesh = {"type": "MESH", "vertices": [[0, 0, 0], [1, 0, 0], [0, 1, 0]], "faces": [[0, 1, 2]]}
    data = {"schema_version": 2, "objects": [{"name": "Flag", "geometry": mesh, "elements": [element]}]}
    with pytest.raises(SceneGraphError, match=re.escape(words)) as error:
        validate_scene_graph(data)
    assert "'Flag'" in str(error.value)


def test_two_cloths_on_one_object_are_refused():
    mesh = {"type": "MESH", "vertices": [[0, 0, 0], [1, 0, 0], [0, 1, 0]], "faces": [[0, 1, 2]]}
    data = {"objects": [{"name": "Flag", "geometry": mesh, "elements": [{"type": "CLOTH"}] * 2}]}
    with pytest.raises(SceneGraphError, match="at most one CLOTH"):
        validate_scene_graph(data)


@pytest.mark.parametrize(("slots", "words"), [([0], "one entry for each"), ([0, 5], "slot 5")])
def test_faces_of_materials_that_are_not_there_are_refused(slots, words):
    mesh = {"type": "MESH", "vertices": [[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], "faces": [[0, 1, 2], [1, 3, 2]]}
    data = {"objects": [{"name": "Sheet", "geometry": {**mesh, "slots": slots}, "material": {"name": "A"}}]}
    with pytest.raises(SceneGraphError, match=words):
        validate_scene_graph(data)


def test_particles_follow_the_name_of_what_they_show():
    cube = Primitive(kind="cube", dimensions=(1, 1, 1))
    cloud = SceneObject(name="Cloud", geometry=cube, elements=(Particles(instance="Leaf", render="OBJECT"),))
    graph = SceneGraph(objects=(cloud, SceneObject(name="Leaf", geometry=cube)))
    assert renamed(graph, {"Leaf": "Leaf.001"}).object("Cloud").elements[0].instance == "Leaf.001"


SQUARE = {"type": "PRIMITIVE", "kind": "cube", "dimensions": [1, 1, 1]}


def of(*objects):
    return validate_scene_graph({"schema_version": 2, "objects": list(objects)})


def test_an_object_that_shares_a_mesh_needs_no_geometry_of_its_own():
    found = of({"name": "A", "geometry": SQUARE}, {"name": "B", "mesh_of": "A"})
    assert found.object("B").geometry == found.object("A").geometry
    assert of(*found.model_dump(mode="json")["objects"]) == found


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"mesh_of": "Nobody"}, "mesh_of: 'Nobody' does not exist"),
        ({"mesh_of": "A", "geometry": {**SQUARE, "dimensions": [1, 1, 2]}}, "'A' has another mesh"),
        ({"mesh_of": "A", "smooth": True}, "'A' has another mesh, shading"),
        ({"mesh_of": "A", "material": {"slot": 1}}, "number of materials"),
        ({"mesh_of": "B"}, "'B' itself has the mesh of 'B'"),
        ({"instances": "Group", "geometry": SQUARE}, "only an empty instances a collection"),
        ({"instances": "Group"}, "no object is in a collection 'Group'"),
        ({"instances": "All", "collections": ["All"]}, "the object would show itself, for it is in 'All'"),
    ],
)
def test_instances_that_cannot_be_are_refused_by_name(other, words):
    with pytest.raises(SceneGraphError, match=re.escape(words)) as error:
        of({"name": "A", "geometry": SQUARE, "collections": ["All"]}, {"name": "B", **other})
    assert "B" in str(error.value)


def test_an_object_has_one_part_in_a_fluid():
    parts = [{"type": "FLUID_FLOW"}, {"type": "FLUID_EFFECTOR"}]
    with pytest.raises(SceneGraphError, match="one part in a fluid, not FLUID_FLOW and FLUID_EFFECTOR"):
        of({"name": "A", "geometry": SQUARE, "elements": parts})


def test_new_names_reach_what_shares_a_mesh():
    found = renamed(of({"name": "A", "geometry": SQUARE}, {"name": "B", "mesh_of": "A"}), {"A": "C"})
    assert found.object("B").mesh_of == "C"
