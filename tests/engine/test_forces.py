"""Forces, impulses and velocities on bodies that physics moves, against closed forms."""

import subprocess
import sys
from pathlib import Path

import bpy
import numpy as np
import pytest

from addon.engine.protocol import WriteRefused
from addon.scene_graph import Constraint, ForceField, SceneObject, Write

G = 9.81
SPACE = {"gravity": (0.0, 0.0, 0.0)}


@pytest.fixture
def push(write):
    """Steps an engine that often while a force acts: ``push(engine, "Ball", (1, 0, 0), 60)``; gives the state."""

    def run(engine, name, force, count, field="force"):
        for _ in range(count):
            write(engine, name, field, force)
            engine.step()
        return engine.state()

    return run


@pytest.fixture
def floor(solid):
    return solid("Floor", (0, 0, -0.5), size=(40, 40, 1), type="PASSIVE")


@pytest.mark.parametrize(
    "world",
    [
        {},
        {"fps": 24.0},
        {"fps": 30.0, "substeps": 1},
        {"time_scale": 0.5},
        {"field_weights": {"all": 0.5, "wind": 2.0}},
    ],
    ids=str,
)
def test_constant_thrust(solid, load, push, world):
    """v = F t / m and x = F t (t + h / n) / 2 m, which is Bullet's own sum for any acceleration."""
    engine = load(solid("Ball", (0, 0, 5), "sphere", mass=2.0), **SPACE, **world)
    steps = int(engine.graph.world.fps)
    state = push(engine, "Ball", (3.0, 0.0, -4.0), steps)
    scale, n = engine.graph.world.time_scale, engine.graph.world.substeps
    gained = np.array([1.5, 0.0, -2.0]) * scale**2
    assert state.velocity[0] == pytest.approx(gained, rel=1e-5, abs=1e-5)
    assert state.position[0] - [0, 0, 5] == pytest.approx(gained * (1 + 1 / n / steps) / 2, rel=1e-4, abs=1e-5)


def test_thrust_against_gravity_holds_a_body_up(solid, load, push):
    engine = load(solid("Ball", (0, 0, 5), "sphere", mass=700.0))
    assert push(engine, "Ball", (0.0, 0.0, 700.0 * G), 120).position[0] == pytest.approx([0, 0, 5], abs=1e-4)


@pytest.mark.parametrize("damping", [0.0, 0.04, 0.6])
@pytest.mark.parametrize("substeps", [1, 10])
def test_the_velocity_at_the_end_of_a_step_is_that_of_free_flight(solid, load, steps, damping, substeps):
    engine = load(solid("Ball", (0, 0, 50), "sphere", linear_damping=damping), substeps=substeps)
    tau, v = 1 / 60 / substeps, 0.0
    for _ in range(30):
        for _ in range(substeps):
            v = v * (1 - damping) ** tau - G * tau
        assert steps(engine, 1).velocity[0] == pytest.approx([0, 0, v], abs=5e-4)


def test_an_impulse_changes_the_momentum(solid, load, steps, push):
    engine = load(solid("Box", (0, 0, 5), mass=4.0, velocity=(1, 0, 0), angular_velocity=(1, 2, 3)), **SPACE)
    spin = steps(engine, 5).angular_velocity[0]
    state = push(engine, "Box", (2.0, 8.0, 0.0), 1, "impulse")
    assert state.velocity[0] == pytest.approx([1.5, 2, 0], rel=1e-4, abs=1e-5)
    assert steps(engine, 20).velocity[0] == pytest.approx([1.5, 2, 0], rel=1e-4, abs=1e-5)
    assert engine.state().angular_velocity[0] == pytest.approx(spin, abs=1e-4)


@pytest.mark.parametrize("damping", [0.0, 0.5])
def test_50_metres_a_second_given_and_taken(solid, load, steps, push, write, damping):
    engine = load(solid("Ball", (0, 0, 5), "sphere", linear_damping=damping), fps=24.0, **SPACE)
    kept = (1 - damping) ** (1 / 24)
    write(engine, "Ball", "velocity", (50.0, 0.0, 0.0))
    assert steps(engine, 1).velocity[0] == pytest.approx([50 * kept, 0, 0], rel=1e-5, abs=1e-4)
    write(engine, "Ball", "velocity", (0.0, 0.0, 0.0))
    assert steps(engine, 1).velocity[0] == pytest.approx([0, 0, 0], abs=1e-4)
    engine = load(solid("Ball", (0, 0, 5), "sphere"), fps=24.0, **SPACE)
    push(engine, "Ball", (50.0, 0.0, 0.0), 1, "impulse")
    assert push(engine, "Ball", (-50.0, 0.0, 0.0), 1, "impulse").velocity[0] == pytest.approx([0, 0, 0], abs=1e-3)


@pytest.mark.parametrize("velocity", [(0, 0, 3), (2, 0, 1), (0.001, 0, 0.5)])
def test_a_velocity_is_exact_whatever_the_body_lies_on(solid, load, steps, write, floor, velocity):
    engine = load(floor, solid("Box", (0, 0, 0.5), friction=0.0))
    steps(engine, 300)
    write(engine, "Box", "velocity", tuple(map(float, velocity)))
    moved = steps(engine, 1)
    assert moved.velocity[1] == pytest.approx(np.array(velocity) - [0, 0, G / 60], abs=2e-4)
    assert moved.angular_velocity[1] == pytest.approx([0, 0, 0], abs=1e-3)


def test_a_body_collides_in_the_step_in_which_it_gets_a_velocity(solid, load, steps, write):
    """At 40 m/s it would be behind the wall after that step."""
    wall = solid("Wall", (1, 0, 0), size=(0.2, 4, 4), type="PASSIVE")
    engine = load(wall, solid("Ball", (0, 0, 0), "sphere", (0.5, 0.5, 0.5)), **SPACE)
    write(engine, "Ball", "velocity", (40.0, 0.0, 0.0))
    assert steps(engine, 3).position[1, 0] < 0.7


def test_what_is_set_going_beside_another_gives_it_its_momentum_once(solid, load, steps, write):
    """A light ball that touches a heavy one and is set going towards it."""
    light = solid("Light", (-0.5, 0, 0), "sphere", mass=1.0)
    heavy = solid("Heavy", (0.5, 0, 0), "sphere", mass=20.0)
    engine = load(light, heavy, **SPACE)
    write(engine, "Light", "velocity", (4.0, 0.0, 0.0))
    state = steps(engine, 10)
    assert state.velocity[:, 0] @ [1.0, 20.0] == pytest.approx(4.0, rel=0.02)


def test_a_sleeping_body_is_woken(solid, load, steps, push, floor):
    engine = load(floor, solid("Box", (0, 0, 0.5), friction=0.0, use_deactivation=True, start_deactivated=True))
    assert np.array_equal(steps(engine, 100).position[1], [0, 0, 0.5])
    assert push(engine, "Box", (1.0, 0.0, 0.0), 60).velocity[1, 0] == pytest.approx(1.0, rel=0.01)


def test_a_pushed_body_stays_supported(solid, load, steps, push, floor):
    """A box is pushed along on a table that it does not leave."""
    table = solid("Table", (0, 0, 1), size=(8, 2, 2), friction=0.0, mass=50.0)
    engine = load(floor, table, solid("Box", (-3, 0, 2.25), size=(0.5, 0.5, 0.5), friction=0.0))
    steps(engine, 60)
    state = push(engine, "Box", (2.0, 0.0, 0.0), 90)
    assert state.velocity[2, 0] == pytest.approx(3.0, rel=0.02)
    assert state.position[2, 2] == pytest.approx(2.25, abs=0.01)
    assert abs(state.position[1, 0]) < 0.01


def test_a_stack_pushed_at_its_foot_is_carried_along(solid, load, steps, push):
    ice = solid("Ice", (0, 0, -0.5), size=(40, 40, 1), type="PASSIVE", friction=0.0)
    stack = [solid(f"Box{i}", (0, 0, 0.5 + i), friction=0.9) for i in range(4)]
    engine = load(ice, *stack)
    steps(engine, 60)
    state = push(engine, "Box0", (4.0, 0.0, 0.0), 60)
    assert state.velocity[1:, 0] == pytest.approx(np.ones(4), abs=0.03)
    assert state.position[1:, 2] == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.02)


def test_a_neighbour_gets_nothing_but_its_contact(solid, load, steps, push, floor):
    """The pushed box moves away from one that touches it, which stays, and then towards it, which is pushed by it."""
    boxes = [solid(name, (x, 0, 0.25), size=(0.5, 0.5, 0.5), friction=0.0) for name, x in (("A", 0), ("B", 0.5))]
    engine = load(floor, *boxes)
    steps(engine, 30)
    state = push(engine, "A", (-3.0, 0.0, 0.0), 30)
    assert state.velocity[1:, 0] == pytest.approx([-1.5, 0], abs=0.01)
    engine = load(floor, *boxes)
    steps(engine, 30)
    state = push(engine, "A", (3.0, 0.0, 0.0), 60)
    assert state.velocity[1:, 0] == pytest.approx([1.5, 1.5], abs=0.02)


@pytest.mark.parametrize("gap", [0.05, 0.2, 0.5])
def test_fast_small_bodies_close_to_each_other_are_told_apart(solid, load, push, gap):
    """The path of one would cover the other: it gets the same push as a change of velocity."""
    size = (0.02, 0.02, 0.02)
    first = solid("A", (0, 0, 0), "sphere", size, velocity=(20, 0, 0))
    engine = load(first, solid("B", (0.1, gap, 0), "sphere", size, velocity=(20, 0, 0)), **SPACE)
    state = push(engine, "A", (0.0, -6.0, 0.0), 30)
    assert state.velocity == pytest.approx(np.array([[20, -3, 0], [20, 0, 0]]), abs=0.01)


def test_several_pushed_bodies_do_not_push_each_other(solid, load, write):
    bodies = [solid(f"B{i}", (0.6 * i, 0, 0), "sphere", (0.5, 0.5, 0.5)) for i in range(6)]
    engine = load(*bodies, **SPACE)
    for _ in range(30):
        engine.apply([Write("object", f"B{i}", "force", (0.0, float(i), 0.0)) for i in range(6)])
        engine.step()
    assert engine.state().velocity[:, 1] == pytest.approx(np.arange(6) / 2, rel=1e-3, abs=1e-4)
    write(engine, "B5", "force", (0.0, 1.0, 0.0))
    engine.step()
    before = engine.state().velocity
    engine.step()
    assert engine.state().velocity == pytest.approx(before, abs=1e-4), "a force outlasts its step"


def test_force_impulse_and_velocity_of_one_step_add_up(solid, load):
    engine = load(solid("Ball", (0, 0, 0), "sphere", mass=2.0, velocity=(9, 9, 9)), **SPACE)
    both = [("force", (0.0, 12.0, 0.0)), ("impulse", (2.0, 0.0, 0.0)), ("velocity", (1.0, 0.0, 5.0))]
    engine.apply([Write("object", "Ball", field, value) for field, value in both])
    engine.step()
    assert engine.state().velocity[0] == pytest.approx([2.0, 0.1, 5.0], abs=1e-4)


@pytest.mark.parametrize("first", ["velocity", "angular_velocity"])
def test_velocity_and_spin_of_one_step_are_both_taken(solid, load, steps, first):
    engine = load(solid("Box", (0, 0, 0)), **SPACE)
    writes = [
        Write("object", "Box", "velocity", (1.0, 0.0, 2.0)),
        Write("object", "Box", "angular_velocity", (0, 3, 0)),
    ]
    engine.apply([*sorted(writes, key=lambda write: write.field != first), Write("object", "Box", "force", (6, 0, 0))])
    state = steps(engine, 1)
    assert state.velocity[0] == pytest.approx([1.1, 0, 2], abs=1e-3)
    assert state.angular_velocity[0] == pytest.approx([0, 3, 0], abs=1e-3)
    assert steps(engine, 10).velocity[0] == pytest.approx([1.1, 0, 2], abs=1e-3)


def test_a_spin_alone_leaves_the_velocity(solid, load, steps, write):
    engine = load(solid("Box", (0, 0, 50)))
    falling = steps(engine, 30).velocity[0]
    write(engine, "Box", "angular_velocity", (0.0, 0.0, 3.0))
    assert steps(engine, 1).velocity[0] == pytest.approx(falling - [0, 0, G / 60], abs=1e-3)


def test_a_scaled_body_is_pushed_as_any_other(solid, load, steps, write, floor):
    engine = load(floor, solid("Box", (0, 0, 0.5), size=(1, 1, 0.5), scale=(1, 1, 2), friction=0.0))
    steps(engine, 60)
    write(engine, "Box", "velocity", (2.0, 0.0, 0.0))
    state = steps(engine, 1)
    assert state.velocity[1] == pytest.approx([2, 0, 0], abs=1e-3)
    assert steps(engine, 30).position[1, 2] == pytest.approx(0.5, abs=0.01)


def test_fields_of_the_scene_go_on_acting(solid, load, push):
    """A field that pushes everything with 2 N to the right."""
    wind = ForceField(type="WIND", strength=2.0 * 60, flow=0.0)
    turned = (np.sqrt(0.5), 0.0, np.sqrt(0.5), 0.0)
    engine = load(SceneObject(name="Fan", field=wind, rotation=turned), solid("Ball", (1, 0, 0), "sphere"), **SPACE)
    assert push(engine, "Ball", (0.0, 3.0, 0.0), 60).velocity[1] == pytest.approx([2, 3, 0], abs=0.1)


REFUSED = {
    "passive": ({"type": "PASSIVE"}, {}, "physics does not move it"),
    "held": ({"kinematic": True}, {}, "physics does not move it"),
    "a body that is a field": ({}, {"field": ForceField(type="FORCE")}, "force field itself"),
}


@pytest.mark.parametrize(("body", "other", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["force", "impulse"])
def test_what_cannot_be_pushed(solid, load, write, body, other, words, field):
    engine = load(solid("Box", (0, 0, 0), **body).model_copy(update=other), **SPACE)
    with pytest.raises(WriteRefused, match=words):
        write(engine, "Box", field, (1.0, 0.0, 0.0))
    engine.step()
    assert engine.state().position[0] == pytest.approx([0, 0, 0])


def test_a_world_whose_weights_let_nothing_push(solid, load, steps, write):
    engine = load(solid("Box", (0, 0, 0)), field_weights={"wind": 0.0}, **SPACE)
    with pytest.raises(WriteRefused, match="weights"):
        write(engine, "Box", "force", (1.0, 0.0, 0.0))
    write(engine, "Box", "velocity", (1.0, 0.0, 0.0))
    assert steps(engine, 2).velocity[0] == pytest.approx([1, 0, 0], abs=1e-3)


@pytest.mark.parametrize("value", [(float("nan"), 0.0, 0.0), (2e6, 0.0, 0.0), (1.0, 0.0)])
def test_forces_that_are_none_are_refused_and_nothing_is_applied(solid, load, value):
    engine = load(solid("Box", (0, 0, 0)), **SPACE)
    writes = [Write("object", "Box", "force", (1.0, 0.0, 0.0)), Write("object", "Box", "impulse", value)]
    with pytest.raises(WriteRefused, match="impulse"):
        engine.apply(writes)
    engine.step()
    assert engine.state().position[0] == pytest.approx([0, 0, 0])


def test_a_body_that_is_held_after_it_was_pushed_stays(solid, load, steps):
    engine = load(solid("Box", (0, 0, 5)))
    engine.apply([Write("object", "Box", "force", (9.0, 0, 0)), Write("object", "Box", "rigid_body.kinematic", True)])
    assert steps(engine, 10).position[0] == pytest.approx([0, 0, 5])


def test_a_jointed_body_swings_when_it_is_pushed(solid, load, push):
    hook, weight = solid("Hook", (0, 0, 5), size=(0.2, 0.2, 0.2), type="PASSIVE"), solid("Load", (0, 0, 4))
    rope = Constraint(name="Rope", type="POINT", object1="Hook", object2="Load", location=(0, 0, 5))
    state = push(load(hook, weight, constraints=(rope,)), "Load", (5.0, 0.0, 0.0), 30)
    assert state.position[1, 0] > 0.2
    assert np.linalg.norm(state.position[1] - [0, 0, 5]) == pytest.approx(1.0, abs=0.01)


def test_fields_are_made_when_they_are_needed_and_gone_afterwards(solid, load, push):
    engine = load(solid("Ball", (0, 0, 5), "sphere"), solid("Other", (3, 0, 5), "sphere"))
    engine.step()
    assert not any(obj.field is not None for obj in bpy.data.objects)
    push(engine, "Ball", (1.0, 0.0, 0.0), 2)
    assert len([obj for obj in bpy.data.objects if obj.field is not None and obj.field.strength]) == 1
    assert len(bpy.data.objects) == 3
    assert engine.graph.names == ("Ball", "Other")
    engine.close()
    assert not bpy.data.objects


RUN = """
import numpy as np
from addon.engine.blender import BlenderEngine
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World, Write
cube = Primitive(kind="cube", dimensions=(1, 1, 1))
def box(name, at, **body):
    return SceneObject(name=name, location=at, geometry=cube, body=RigidBody(**body))
made = [box(f"B{i}", (0.3 * i, 0, 0.5 + 1.05 * i)) for i in range(6)]
floor = box("Floor", (0, 0, -0.5), type="PASSIVE")
engine = BlenderEngine.from_graph(SceneGraph(world=World(fps=60), objects=(floor, *made)))
for step in range(120):
    engine.apply([Write("object", f"B{i}", "force", (np.sin(step / 9) * 4, i, 2.0)) for i in range(0, 6, 2)])
    if step == 60:
        engine.apply([Write("object", "B1", "velocity", (1.0, 2.0, 3.0))])
    engine.step()
print(engine.state().matrix.tobytes().hex())
"""


def test_two_processes_give_the_same_run():
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", RUN]
    runs = [subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.split() for _ in "ab"]
    assert runs[0][-1] == runs[1][-1]
