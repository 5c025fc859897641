"""Reading and building: read → build → read is the identity."""

import math
from typing import get_args

import bpy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene, save_blend
from addon.engine.protocol import EngineError, SceneFileError
from addon.engine.read import read_blend, read_scene
from addon.geometry.primitives import mesh_of
from addon.scene_graph import Camera, Constraint, Material, Mesh, Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.scene_graph.force_field import FieldType, ForceField
from addon.scene_graph.joint import Limit, Motor, Spring
from headless.bench import step

KINDS = ("cube", "sphere", "cylinder", "cone", "capsule")
SHAPES = ("BOX", "SPHERE", "CAPSULE", "CYLINDER", "CONE", "CONVEX_HULL", "MESH", "COMPOUND")
JOINTS = ("FIXED", "POINT", "HINGE", "SLIDER", "PISTON", "GENERIC", "GENERIC_SPRING", "MOTOR")
AXES = ("lin_x", "lin_y", "lin_z", "ang_x", "ang_y", "ang_z")


def decimals(low, high, digits=3):
    """Numbers with few digits, which single precision gives back as they were."""
    scale = 10**digits
    return st.integers(int(low * scale), int(high * scale)).map(lambda n: n / scale)


def vectors(low, high):
    return st.tuples(*[decimals(low, high)] * 3)


@st.composite
def rotations(draw):
    """Unit quaternions as Blender stores them."""
    q = np.array(draw(st.tuples(*[decimals(-1, 1)] * 4).filter(lambda q: sum(c * c for c in q) > 0.1)))
    return tuple(float(str(np.float32(c))) for c in q / np.linalg.norm(q))


@st.composite
def meshes(draw):
    """A box with a corner pulled out: closed, and no primitive."""
    vertices, faces = mesh_of(Primitive(kind="cube", dimensions=draw(vectors(0.2, 3))))
    pulled = [tuple(round(float(c), 4) for c in v) for v in vertices]
    pulled[7] = tuple(c + 0.25 for c in pulled[7])
    return Mesh(vertices=tuple(pulled), faces=faces)


primitives = st.builds(Primitive, kind=st.just("cube"), dimensions=vectors(0.1, 5)) | st.builds(
    Primitive,
    kind=st.sampled_from(KINDS[1:]),
    dimensions=decimals(0.1, 5, 2).map(lambda d: (d, d, 2 * d)),
    segments=st.sampled_from([8, 12, 32]),
)

bodies = st.builds(
    RigidBody,
    type=st.sampled_from(["ACTIVE", "PASSIVE"]),
    shape=st.sampled_from(SHAPES),
    mass=decimals(0.001, 500),
    friction=decimals(0, 2),
    restitution=decimals(0, 1),
    linear_damping=decimals(0, 1),
    angular_damping=decimals(0, 1),
    margin=st.none() | decimals(0, 0.5),
    kinematic=st.booleans(),
    enabled=st.booleans(),
    use_deform=st.booleans(),
    mesh_source=st.sampled_from(["BASE", "DEFORM", "FINAL"]),
    collision=st.none(),
    use_deactivation=st.booleans(),
    start_deactivated=st.booleans(),
    collections=st.sets(st.integers(0, 19), min_size=1).map(lambda s: tuple(sorted(s))),
)

properties = st.dictionaries(
    st.text("abcXYZ äß_0", min_size=1, max_size=12).filter(lambda k: not k.startswith(("_", "cdyn_"))),
    st.booleans() | st.integers(-(2**31), 2**31 - 1) | decimals(-9, 9) | st.text("abc ü\"'", max_size=20),
    max_size=3,
)


@st.composite
def objects(draw, name, parents):
    geometry = draw(st.none() | primitives | meshes())
    return SceneObject(
        name=name,
        location=draw(vectors(-20, 20)),
        rotation=draw(rotations()),
        scale=draw(vectors(0.2, 4)),
        velocity=draw(st.just((0.0, 0.0, 0.0)) | vectors(-9, 9)),
        angular_velocity=draw(st.just((0.0, 0.0, 0.0)) | vectors(-9, 9)),
        geometry=geometry,
        body=draw(st.none() | bodies) if geometry else None,
        material=draw(st.none() | st.builds(Material, name=st.sampled_from(["", "Red", "Wood"]), color=colors))
        if geometry
        else None,
        parent=draw(st.none() | st.sampled_from(parents)) if parents else None,
        semantic_class=draw(st.sampled_from(["", "ball"])),
        tags=draw(st.sampled_from([(), ("a",), ("moving part", "b")])),
        collections=tuple(draw(st.sets(st.sampled_from(["Balls", "RigidBodyWorld", "ä 1.001", "x" * 255])))),
        properties=draw(properties),
        hidden=(hidden := draw(st.booleans())),
        field=None if hidden else draw(st.none() | fields),
        animation=None,
    )


fields = st.builds(
    ForceField,
    type=st.sampled_from(get_args(FieldType)),
    strength=decimals(-50, 50),
    damping=decimals(0, 2),
    flow=decimals(0, 5),
    size=decimals(0, 5),
    noise=decimals(0, 10),
    seed=st.integers(1, 128),
    distance_max=st.none() | decimals(0, 100),
    radial_min=st.none() | decimals(0, 100),
    falloff_type=st.sampled_from(["SPHERE", "TUBE", "CONE"]),
    use_absorption=st.booleans(),
)

colors = st.tuples(*[decimals(0, 1)] * 4)
motors = st.none() | st.builds(Motor, target_velocity=decimals(-9, 9), max_impulse=decimals(0, 50))
limits = st.builds(Limit, lower=decimals(-1, 0), upper=decimals(0, 1))
springs = st.builds(Spring, stiffness=decimals(0, 50), damping=decimals(0, 5))


@st.composite
def constraints(draw, number, ends):
    """A joint held by an empty, or by one of the bodies it joins."""
    first, second = draw(st.permutations(ends))[:2]
    return Constraint(
        name=f"Joint {number}",
        type=JOINTS[number % 8] if draw(st.booleans()) else draw(st.sampled_from(JOINTS)),
        object1=first.name,
        object2=second.name,
        location=draw(vectors(-20, 20)),
        rotation=draw(rotations()),
        enabled=draw(st.booleans()),
        disable_collisions=draw(st.booleans()),
        breaking_threshold=draw(st.none() | decimals(0, 50)),
        solver_iterations=draw(st.none() | st.integers(1, 1000)),
        limits=draw(st.dictionaries(st.sampled_from(AXES), limits, max_size=6)),
        springs=draw(st.dictionaries(st.sampled_from(AXES), springs, max_size=6)),
        spring_type=draw(st.sampled_from(["SPRING1", "SPRING2"])),
        linear_motor=draw(motors),
        angular_motor=draw(motors),
    )


@st.composite
def graphs(draw):
    made = []
    for name in draw(st.lists(st.sampled_from(["Ball", "box", "Äpfel", "Z 1", "a.001"]), unique=True, max_size=5)):
        made.append(draw(objects(name, [o.name for o in made])))
    ends = [o for o in made if o.body is not None]
    joints = [draw(constraints(n, ends)) for n in range(draw(st.integers(0, 3)))] if len(ends) > 1 else []
    world = World(
        fps=draw(st.sampled_from([24, 30, 60, 120, 29.97])),
        substeps=draw(st.integers(1, 100)),
        solver_iterations=draw(st.integers(1, 100)),
        gravity=draw(vectors(-20, 20)),
        split_impulse=draw(st.booleans()),
        time_scale=draw(decimals(0, 5)),
        unit_scale=draw(st.sampled_from([1.0, 0.01])),
        enabled=draw(st.booleans()),
        starts=draw(st.integers(0, 30)) if not any(any((*o.velocity, *o.angular_velocity)) for o in made) else 0,
        ends=draw(st.none() | st.integers(40, 300)),
        frame_map=draw(st.sampled_from([(100, 100), (100, 200), (50, 25)])),
        field_weights=draw(st.dictionaries(st.sampled_from(["gravity", "wind", "all"]), st.sampled_from([0.0, 0.5]))),
    )
    camera = st.builds(Camera, location=vectors(-20, 20), rotation=rotations(), lens=decimals(10, 200, 1))
    return SceneGraph(
        name=draw(st.text("abc ß", min_size=1, max_size=20)),
        world=world,
        objects=(*ends, *sorted((o for o in made if o.body is None), key=lambda o: o.name)),
        constraints=tuple(joints),
        camera=draw(st.none() | camera),
        rules=draw(st.sampled_from([(), ("When A hits B, open C.", "Then stop."), ("ä",)])),
    )


def leaves(a, b, path=""):
    """What differs but for rounding of single precision, as lines ``path: a, b``."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return [line for k in a for line in leaves(a[k], b[k], f"{path}.{k}")]
    if isinstance(a, list | tuple) and isinstance(b, list | tuple) and len(a) == len(b):
        return [line for k, (x, y) in enumerate(zip(a, b, strict=True)) for line in leaves(x, y, f"{path}.{k}")]
    rounded = isinstance(a, float) and isinstance(b, float) and math.isclose(a, b, rel_tol=2e-6, abs_tol=5e-5)
    return [] if rounded or (a == b and type(a) is type(b)) else [f"{path}: {a}, {b}"]


def differences(a, b):
    """What differs between two graphs, relations, notes and what no graph holds apart."""
    apart = {"relations", "notes", "others"}
    return leaves(a.model_dump(exclude=apart), b.model_dump(exclude=apart))


identity = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@identity
@given(graph=graphs())
def test_what_is_built_is_read(graph):
    once = read_scene(build_scene(graph))
    assert not differences(graph, once)
    twice = read_scene(build_scene(once))
    assert not differences(once, twice)
    assert twice == once or any(o.parent for o in graph.objects), (
        "poses of children carry the rounding of their parents"
    )


@settings(identity, max_examples=15)
@given(graph=graphs())
def test_what_is_saved_is_read(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("blend") / "scene.blend"
    save_blend(graph, path)
    assert not differences(graph, read_blend(path))
    assert [p.name for p in path.parent.iterdir()] == ["scene.blend"]


@pytest.mark.parametrize("kind", KINDS)
def test_primitives_are_recognised(kind):
    geometry = Primitive(kind=kind, dimensions=(0.4, 0.4, 0.8))
    graph = SceneGraph(objects=(SceneObject(name="Thing", geometry=geometry),))
    assert read_scene(build_scene(graph)).objects[0].geometry == geometry


def test_a_body_can_hold_its_own_constraint(solid):
    base, arm = solid("Base", (0, 0, 0), type="PASSIVE"), solid("Arm", (0, 0, 1))
    joint = Constraint(name="Arm", type="HINGE", object1="Base", object2="Arm", location=(0, 0, 1))
    graph = SceneGraph(objects=(base, arm), constraints=(joint,))
    assert not differences(graph, read_scene(build_scene(graph)))


@pytest.fixture
def cube():
    """An emptied session with a body made by Blender's own operators."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    bpy.ops.mesh.primitive_cube_add(size=2, location=(1, 2, 3))
    bpy.ops.rigidbody.object_add()
    return bpy.context.object


def read():
    return read_scene(bpy.context.scene)


def test_a_scene_made_in_blender(cube):
    cube.rotation_euler = (0, 0, math.pi / 2)
    cube.scale = (1, 2, 1)
    cube["height"] = 1.5
    cube["list"] = [1, 2, 3]
    cube["words"] = ["a", "b"]
    cube["cdyn_velocity"] = (1.0, 0.0, 0.0)
    bpy.ops.object.light_add()
    bpy.ops.object.empty_add()
    graph = read()
    assert graph.names == ("Cube", "Empty", "Point")
    assert graph.object("Point").light.type == "POINT"
    thing = graph.object("Cube")
    assert thing.location == (1, 2, 3)
    assert thing.rotation == pytest.approx((0.5**0.5, 0, 0, 0.5**0.5), abs=1e-6)
    assert thing.dimensions == (2, 4, 2)
    assert thing.properties == {"height": 1.5, "list": (1, 2, 3)}
    assert next(n.text for n in graph.notes if n.feature == "custom property").startswith(
        "'Cube': the custom property 'words'"
    )
    assert thing.velocity == (1, 0, 0)
    assert thing.body.type == "ACTIVE"


def test_modifiers_are_applied(cube):
    cube.modifiers.new("more", "SUBSURF").levels = 2
    assert len(read().object("Cube").geometry.vertices) > 50


def test_a_parented_object_is_read_in_the_world(cube):
    bpy.ops.object.empty_add(location=(0, 0, 10), rotation=(0, 0, math.pi / 2))
    cube.parent = bpy.context.object
    thing = read().object("Cube")
    assert thing.parent == "Empty"
    assert thing.location == pytest.approx((-2, 1, 13), abs=1e-5)


def vertex_nan(obj):
    obj.data.vertices[0].co.x = float("nan")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (vertex_nan, "'Cube': its mesh has vertices that are not finite"),
        (lambda o: setattr(o, "location", (0, float("nan"), 0)), "'Cube': its pose is not finite"),
        (lambda o: setattr(o.rigid_body, "mass", 0), "'Cube': body.mass"),
    ],
)
def test_what_cannot_be_simulated_is_named(cube, spoil, words):
    spoil(cube)
    with pytest.raises(SceneFileError, match=words):
        read()


def test_linked_objects_are_read_under_names_of_their_own(cube):
    path = bpy.app.tempdir + "library.blend"
    bpy.data.libraries.write(path, {cube})
    with bpy.data.libraries.load(path, link=True) as (_, to):
        to.objects = ["Cube"]
    bpy.context.scene.collection.objects.link(to.objects[0])
    graph = read()
    assert set(graph.names) == {"Cube", "Cube [library.blend]"}
    assert [n.subject for n in graph.notes if n.feature == "linked object"] == ["Cube [library.blend]"]


def test_a_body_has_the_shape_that_physics_sees_beside_the_one_that_is_shown():
    shown, seen = (Primitive(kind=kind, dimensions=(1, 1, 1)) for kind in ("cube", "sphere"))
    body = RigidBody(collision=seen)
    graph = SceneGraph(objects=(SceneObject(name="Die", geometry=shown, body=body),))
    once = read_scene(build_scene(graph))
    assert once.object("Die").geometry == shown
    assert once.object("Die").body.collision == seen
    assert [o.name for o in bpy.context.scene.objects] == ["Die"]


@pytest.mark.parametrize("content", [None, b"", b"not a blend file at all", b"BLENDER17-01v0500" + b"\0" * 200])
def test_a_file_that_is_none(tmp_path, content):
    path = tmp_path / "broken.blend"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SceneFileError, match=r"broken\.blend"):
        read_blend(path)


def test_a_file_cut_off(tmp_path, solid):
    path = tmp_path / "cut.blend"
    save_blend(SceneGraph(objects=(solid("Box", (0, 0, 0)),)), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(SceneFileError, match=r"cut\.blend"):
        read_blend(path)


def test_a_folder_that_is_not_there(tmp_path, solid):
    with pytest.raises(EngineError, match="cannot be written"):
        save_blend(SceneGraph(objects=(solid("Box", (0, 0, 0)),)), tmp_path / "no" / "scene.blend")


@settings(identity, max_examples=25)
@given(graph=graphs())
def test_whatever_is_built_can_be_stepped(graph):
    engine = BlenderEngine.from_graph(graph)
    for _ in range(3):
        engine.step()
    state = engine.state()
    assert state.position.shape == (len(graph.objects), 3)
    assert np.linalg.norm(state.quaternion, axis=1) == pytest.approx(1)
    still = [i for i, o in enumerate(graph.objects) if o.body is None and o.parent is None]
    assert state.position[still] == pytest.approx(np.array([graph.objects[i].location for i in still]).reshape(-1, 3))


def test_building_evaluates_a_scene_as_often_whatever_number_of_bodies_it_has():
    def evaluations(bodies):
        seen = []
        build_scene(step.scene(3))
        handlers = bpy.app.handlers.depsgraph_update_post
        counter = bpy.app.handlers.persistent(lambda *_: seen.append(1))
        handlers.append(counter)
        try:
            build_scene(step.scene(bodies))
        finally:
            handlers.remove(counter)
        return len(seen)

    assert evaluations(20) == evaluations(5)
