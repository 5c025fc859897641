"""A scene that starts again with other numbers runs, bit by bit, as one that is built with them."""

import hashlib

import bpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon.engine.blender import BlenderEngine
from addon.engine.protocol import EngineError
from addon.scene_graph import (
    Animation,
    Constraint,
    ForceField,
    Light,
    Material,
    Motor,
    SceneGraph,
    SceneObject,
    World,
    Write,
)

STEPS = 40


def run(engine, script):
    """What a run is: a digest of all states; ``script`` gives the writes of a step as (name, field, value)."""
    digest = hashlib.sha256()
    for frame in range(STEPS):
        engine.apply([Write("object" if write[0] else "scene", *write) for write in script(frame)])
        engine.step()
        state = engine.state()
        for values in (state.position, state.quaternion, state.scale, state.velocity, state.angular_velocity):
            digest.update(values.tobytes())
    digest.update(engine.mesh_volumes().tobytes())
    return digest.hexdigest()


def anew(graph, script):
    engine = BlenderEngine.from_graph(graph)
    try:
        return run(engine, script)
    finally:
        engine.close()


def at(frame, *writes):
    return lambda now: writes if now == frame else ()


def always(*writes):
    return lambda now: writes


def changed(graph, name, body=None, **fields):
    """The graph with other fields of an object and of its body."""

    def make(obj):
        settings = obj.rigid_body.model_copy(update=body) if body else obj.rigid_body
        return obj.model_copy(update={**fields, "rigid_body": settings})

    return graph.model_copy(update={"objects": tuple(make(o) if o.name == name else o for o in graph.objects)})


@pytest.fixture
def graph(solid):
    """A floor, a ball and a box that fall and touch, a body that scripts may move, and a lamp."""
    return SceneGraph(
        world=World(fps=60.0),
        objects=(
            solid("Floor", (0, 0, -0.5), size=(20, 20, 1), type="PASSIVE", friction=0.6),
            solid("Ball", (0, 0, 1.0), "sphere", restitution=0.5),
            solid("Box", (0.2, 0.1, 2.0), angular_velocity=(0, 1, 0), velocity=(0.5, 0, 0)),
            solid("Lift", (3, 0, 0.6), kinematic=True),
            solid("Shelf", (-3, 0, 2), type="PASSIVE"),
            SceneObject(name="Lamp", light=Light(type="POINT"), properties={"on": False}),
        ),
    )


@pytest.fixture
def crate(solid):
    """A compound of two unlike halves."""
    whole = solid("Crate", (-1.5, 0, 1.2), shape="COMPOUND", velocity=(0.3, 0, 0))
    foot = solid("Foot", (-1.4, 0, 1.0), size=(0.8, 0.8, 0.2), parent="Crate")
    return whole, foot, solid("Head", (-1.5, 0, 1.3), size=(1, 1, 0.4), parent="Crate")


SCRIPTS = {
    "nothing": always(),
    "force": always(("Ball", "force", (2.0, 0.0, 1.0))),
    "impulse": at(5, ("Box", "impulse", (0.0, 2.0, 0.0)), ("Ball", "force", (1.0, 0.0, 0.0))),
    "velocity": at(3, ("Ball", "velocity", (1.0, 2.0, 3.0))),
    "spin": at(3, ("Ball", "angular_velocity", (1.0, 2.0, 3.0))),
    "a jump": at(4, ("Ball", "location", (1.0, 1.0, 3.0))),
    "a jump at the end": at(STEPS - 1, ("Ball", "location", (1.0, 1.0, 3.0))),
    "a driven body": lambda now: [("Lift", "location", (3.0 - 0.02 * now, 0.0, 0.6))],
    "a turned body": at(2, ("Lift", "rotation_quaternion", (0.0, 0.0, 0.0, 1.0))),
    "a body that is held": at(9, ("Ball", "rigid_body.kinematic", True)),
    "a body that is let go": at(9, ("Lift", "rigid_body.kinematic", False), ("Lift", "velocity", (0.0, 0.0, 2.0))),
    "a passive body that is let go": at(9, ("Shelf", "rigid_body.type", "ACTIVE")),
    "other settings": at(7, ("Ball", "rigid_body.mass", 3.0), ("Ball", "rigid_body.friction", 0.0)),
    "gravity": at(10, ("", "gravity", (0.0, 0.0, 3.0))),
    "properties": at(2, ("Lamp", "property.on", True), ("Lamp", "property.new", 3), ("Ball", "property.x", 1.5)),
    "looks": at(2, ("Lamp", "light.energy", 5.0), ("Ball", "material.color", (1.0, 0.0, 0.0, 1.0))),
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_it_runs_as_one_that_is_built(graph, crate, script):
    graph = graph.model_copy(update={"objects": (*graph.objects, *crate)})
    other = changed(graph, "Ball", {"mass": 2.0, "restitution": 0.9, "friction": 0.1}, location=(0.1, 0.0, 1.3))
    other = changed(other, "Box", {"angular_damping": 0.3}, velocity=(0.0, 0.0, 0.0), angular_velocity=(0.0, 0.0, 0.0))
    other = other.model_copy(update={"world": graph.world.model_copy(update={"gravity": (0.0, 0.5, -8.0)})})
    wanted = [anew(graph, script), anew(other, script)]
    engine, found = BlenderEngine.from_graph(graph), []
    for following in (other, graph, None):
        found.append(run(engine, script))
        engine = engine.again(following) if following is not None else engine
    engine.close()
    assert found == [wanted[0], wanted[1], wanted[0]]


HINGE = Constraint(
    name="Hinge", type="HINGE", object1="Post", object2="Arm", location=(0, 0, 2), rotation=(0.7071068, 0.7071068, 0, 0)
)
WHEEL = Constraint(
    name="Wheel",
    type="MOTOR",
    object1="Post",
    object2="Arm",
    location=(0, 0, 2),
    angular_motor=Motor(target_velocity=2.0, max_impulse=1.0),
)


@pytest.mark.parametrize("joint", [HINGE, HINGE.model_copy(update={"breaking_threshold": 0.05}), WHEEL], ids=str)
@pytest.mark.parametrize("written", [{}, {"enabled": False}], ids=str)
def test_joints_are_as_they_were(solid, joint, written):
    arm = solid("Arm", (0.5, 0, 2), size=(1, 0.2, 0.2), velocity=(0, 0, 0.5))
    objects = (solid("Post", (0, 0, 2), size=(0.2, 0.2, 0.2), type="PASSIVE"), arm)
    graph = SceneGraph(world=World(fps=60.0), objects=objects, constraints=(joint,))
    if joint is WHEEL and not written:
        written = {"motor_ang_target_velocity": -3.0}

    def turned(engine):
        digest = hashlib.sha256()
        for frame in range(STEPS):
            if frame == 12:
                engine.apply([Write("constraint", joint.name, field, value) for field, value in written.items()])
            engine.step()
            digest.update(engine.state().position.tobytes())
        return digest.hexdigest()

    engine = BlenderEngine.from_graph(graph)
    first = turned(engine)
    engine = engine.again(graph)
    assert turned(engine) == first
    engine.close()


def test_fields_of_the_scene_act_again(graph):
    fan = SceneObject(name="Fan", location=(-2, 0, 1), field=ForceField(type="WIND", strength=5.0))
    graph = graph.model_copy(update={"objects": (*graph.objects, fan)})
    script = always(("Ball", "force", (0.0, 1.0, 0.0)))
    wanted = anew(graph, script)
    engine = BlenderEngine.from_graph(graph)
    assert run(engine, script) == wanted
    objects = len(graph.objects)
    engine = engine.again(graph)
    assert len(bpy.data.objects) == objects
    assert run(engine, script) == wanted
    engine.close()


numbers = st.floats(-2.0, 2.0, width=16)
vectors = st.tuples(numbers, numbers, numbers)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_numbers_after_any_run(graph, data):
    moves = st.sampled_from(["velocity", "angular_velocity", "force", "impulse", "location"])
    write = st.tuples(st.sampled_from(["Ball", "Box"]), moves, vectors)
    script = {frame: data.draw(st.lists(write, max_size=2, unique_by=lambda w: w[0])) for frame in (0, 3, 20)}
    other = graph
    for name in data.draw(st.lists(st.sampled_from(["Ball", "Box"]), unique=True)):
        body = {"restitution": data.draw(st.floats(0, 1)), "mass": data.draw(st.floats(0.1, 10))}
        other = changed(other, name, body, velocity=data.draw(vectors), angular_velocity=data.draw(vectors))
    wanted = anew(other, always())
    engine = BlenderEngine.from_graph(graph)
    run(engine, lambda frame: script.get(frame, ()))
    engine = engine.again(other)
    assert run(engine, always()) == wanted
    engine.close()


WORLD = World(fps=60.0, substeps=5)


@pytest.mark.parametrize(
    "other",
    [
        lambda graph: changed(graph, "Ball", scale=(2.0, 2.0, 2.0)),
        lambda graph: changed(graph, "Ball", {"type": "PASSIVE"}),
        lambda graph: changed(graph, "Ball", {"margin": 0.1}),
        lambda graph: changed(graph, "Ball", material=Material(color=(1, 0, 0, 1))),
        lambda graph: changed(graph, "Lamp", properties={}),
        lambda graph: changed(graph, "Crate", location=(0.0, 3.0, 1.2)),
        lambda graph: changed(graph, "Foot", rotation=(0.0, 0.0, 0.0, 1.0)),
        lambda graph: graph.model_copy(update={"world": WORLD}),
        lambda graph: graph.model_copy(update={"objects": graph.objects[:-3]}),
        lambda graph: graph.model_copy(update={"objects": graph.objects[::-1]}),
    ],
)
def test_a_graph_that_differs_in_more_than_numbers_is_built_anew(graph, crate, other):
    graph = graph.model_copy(update={"objects": (*graph.objects, *crate)})
    engine = BlenderEngine.from_graph(graph)
    assert engine.again(other(graph)) is None
    assert engine.again(graph) is not None
    engine.close()


def remove(engine):
    engine.remove("Box")


def join(engine):
    engine.add(SceneObject(name="New"))


def resize(engine):
    engine.apply([Write("object", "Ball", "scale", (2.0, 2.0, 2.0))])


def replace_session(engine):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)


def blow_up(engine):
    ball = bpy.data.objects["Ball"]
    ball.rigid_body.kinematic, ball.location.x = True, float("nan")
    with pytest.raises(EngineError, match="not finite"):
        engine.step()


@pytest.mark.parametrize("change", [remove, join, resize, replace_session, blow_up])
def test_what_numbers_do_not_bring_back_is_built_anew(graph, change):
    engine = BlenderEngine.from_graph(graph)
    change(engine)
    assert engine.again(graph) is None
    engine.close()


def keyed(obj):
    turns = ((1.0, 0.0, 0.0, 0.0),) * 2
    places = ((0.0, 0.0, 5.0), (1.0, 0.0, 5.0))
    return obj.model_copy(
        update={"animation": Animation(steps=(0, 30), location=places, rotation=turns, scale=((1.0,) * 3,) * 2)}
    )


def test_scenes_that_move_by_themselves_or_begin_late_are_built_anew(graph):
    moving = graph.model_copy(update={"objects": (*graph.objects[:-1], keyed(graph.objects[-1]))})
    late = graph.model_copy(update={"world": World(fps=60.0, starts=3)})
    for one in (moving, late):
        engine = BlenderEngine.from_graph(one)
        assert engine.again(one) is None
        engine.close()


def test_a_body_whose_scale_went_to_its_mesh_is_built_anew(solid, load):
    ramp = solid("Ramp", (0, 0, 0), scale=(2.0, 1.0, 1.0), kinematic=True)
    engine = load(ramp, gravity=(0.0, 0.0, 0.0))
    engine.apply([Write("object", "Ramp", "location", (0.0, 0.0, 1.0))])
    engine.step()
    assert engine.again(engine.graph) is None


def test_a_file_of_blender_is_opened_anew(solid, load, tmp_path):
    load(solid("Ball", (0, 0, 3), "sphere"))
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    engine = BlenderEngine.from_blend(tmp_path / "scene.blend")
    assert engine.again(engine.graph) is None
    engine.close()


def test_bodies_come_in_the_order_in_which_they_were_built(graph):
    engine = BlenderEngine.from_graph(graph)
    run(engine, SCRIPTS["a passive body that is let go"])
    bodies = bpy.context.scene.rigidbody_world.collection
    assert bodies.objects.keys() == ["Floor", "Ball", "Box", "Lift", "Shelf"]
    run(engine, at(0, ("Floor", "rigid_body.type", "ACTIVE")))
    assert bodies.objects.keys() != ["Floor", "Ball", "Box", "Lift", "Shelf"]
    engine = engine.again(graph)
    assert bodies.objects.keys() == ["Floor", "Ball", "Box", "Lift", "Shelf"]
    engine.close()


def test_custom_properties_are_as_they_were(graph):
    engine = BlenderEngine.from_graph(graph)
    lamp = bpy.data.objects["Lamp"]
    run(engine, SCRIPTS["properties"])
    assert lamp["on"]
    assert lamp["new"] == 3
    engine = engine.again(graph)
    assert not lamp["on"]
    assert "new" not in lamp
    engine.close()


def test_nothing_is_left_over_from_run_to_run(graph):
    engine = BlenderEngine.from_graph(graph)
    script = always(("Ball", "force", (2.0, 0.0, 1.0)), ("Box", "velocity", (0.0, 0.0, 1.0)))
    kinds = ("objects", "meshes", "materials", "lights", "collections")
    counts = {kind: len(getattr(bpy.data, kind)) for kind in kinds}
    for _ in range(3):
        run(engine, script)
        engine = engine.again(engine.graph)
        assert {kind: len(getattr(bpy.data, kind)) for kind in kinds} == counts
    engine.close()
