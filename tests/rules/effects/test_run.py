"""What is done to bodies, as Blender's physics shows it."""

import math

import numpy as np
import pytest

from addon.coder.link import compose
from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.rules.python import python
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary
from addon.scene_graph import Constraint, Motor, Primitive, RigidBody, SceneGraph, SceneObject, World
from tests.rules.effects.reading import rules as read_rules

G = 9.81


@pytest.fixture
def run():
    """The trace of rules in a scene: ``run(graph, steps, *texts)``."""
    engines = []

    def make(graph, steps, *texts, **known):
        scene = Vocabulary(graph, **known)
        codes = [python(rule) for text in texts for rule in read_rules(text, scene)]
        engines.append(BlenderEngine.from_graph(graph))
        done = rollout(engines[-1], compose([str(n) for n in range(len(codes))], codes), RolloutOptions(steps=steps))
        assert done.problem is None, done.problem
        return done.trace

    yield make
    for engine in engines[-1:]:
        engine.close()


def solid(name, location, size=(0.5, 0.5, 0.5), kind="cube", **body):
    body = {"shape": "SPHERE" if kind == "sphere" else "BOX", "linear_damping": 0, "angular_damping": 0, **body}
    return SceneObject(
        name=name, location=location, geometry=Primitive(kind=kind, dimensions=size), body=RigidBody(**body)
    )


def at(trace, name, seconds):
    return trace.position[round(seconds * 60), trace.index(name)]


def space(*objects, gravity=(0, 0, -G), constraints=()):
    return SceneGraph(world=World(fps=60, gravity=gravity), objects=objects, constraints=constraints)


def test_a_launch_gives_a_velocity_and_one_towards_a_thing_points_there(run):
    graph = space(solid("A", (0, 0, 0)), solid("B", (9, 0, 0)), solid("C", (9, 3, 4)), gravity=(0, 0, 0))
    trace = run(graph, 90, "After 0.5 s, launch A upwards at 2 m/s", "After 0.5 s, kick B towards C at 5 m/s")
    assert at(trace, "A", 1.5) == pytest.approx([0, 0, 2], abs=0.05)
    assert at(trace, "B", 1.0) == pytest.approx([9, 1.5, 2], abs=0.06)


def test_a_jump_rises_by_its_height_and_keeps_its_way(run):
    graph = space(solid("Floor", (0, 0, -0.2), (20, 6, 0.4), type="PASSIVE"), solid("Box", (0, 0, 0.25), friction=0))
    trace = run(graph, 100, "After 0.5 s, Box jumps up 1 m")
    heights = trace.position[:, trace.index("Box"), 2]
    assert heights.max() - heights[25] == pytest.approx(1, abs=0.02)


def test_held_bodies_fall_one_after_the_other_and_freely(run):
    trace = run(room(), 70, "After 0.2 s, release the crates one after the other, 0.3 s apart")
    for number, begin in enumerate((0.2, 0.5, 0.8), 1):
        heights = trace.position[:, trace.index(f"Crate {number}"), 2]
        fallen = round((begin + 0.3) * 60)
        assert np.ptp(heights[: round(begin * 60)]) < 1e-3
        assert heights[0] - heights[fallen] == pytest.approx(0.5 * G * 0.3**2, rel=0.2)


def test_a_body_is_held_in_flight_and_released_with_a_velocity(run):
    graph = space(solid("A", (0, 0, 5)))
    trace = run(graph, 90, "After 0.5 s, hold A, and 0.5 s later let go of A with 2 m/s to the right and 1 m/s up")
    assert at(trace, "A", 0.95) == pytest.approx(at(trace, "A", 0.6), abs=1e-3)
    gone = at(trace, "A", 1.4) - at(trace, "A", 1.0)
    assert gone == pytest.approx([0.8, 0, 0.4 - 0.5 * G * 0.16], abs=0.12)


def test_a_conveyor_drives_what_lies_on_it(run):
    graph = space(solid("Belt", (0, 0, -0.2), (20, 2, 0.4), type="PASSIVE"), solid("Box", (-5, 0, 0.25)))
    trace = run(graph, 90, "As long as Box touches Belt, it moves to the right at 1.2 m/s")
    assert at(trace, "Box", 1.5)[0] - at(trace, "Box", 0.5)[0] == pytest.approx(1.2, rel=0.1)


def test_gravity_goes_off_and_on_again(run):
    graph = space(solid("A", (0, 0, 0)))
    trace = run(graph, 90, "After 0.5 s, turn gravity off", "After 1 s, turn gravity back on")
    speed = np.diff(trace.position[:, trace.index("A"), 2]) * 60
    assert speed[35] == pytest.approx(speed[55], abs=1e-3) == pytest.approx(-G * 0.5, rel=0.1)
    assert speed[85] - speed[62] == pytest.approx(-G * 23 / 60, rel=0.1)


def test_gravity_is_reversed(run):
    trace = run(space(solid("A", (0, 0, 0))), 60, "At the start, reverse gravity")
    assert at(trace, "A", 1)[2] == pytest.approx(G / 2, rel=0.1)


def test_a_cut_joint_lets_fall_what_hung_on_it(run):
    hook = solid("Hook", (0, 0, 3), type="PASSIVE")
    cable = Constraint(name="Cable", type="FIXED", object1="Hook", object2="Load", location=(0, 0, 2.5))
    graph = space(hook, solid("Load", (0, 0, 2)), constraints=(cable,))
    trace = run(graph, 60, "After 0.5 s, the cable breaks")
    assert at(trace, "Load", 0.45)[2] == pytest.approx(2, abs=0.02)
    assert at(trace, "Load", 0.9)[2] == pytest.approx(2 - 0.5 * G * 0.16, abs=0.15)


def test_a_motor_runs_at_the_speed_that_is_said(run):
    axle = Constraint(
        name="Axle", type="MOTOR", object1="Base", object2="Wheel", location=(0, 0, 1),
        angular_motor=Motor(target_velocity=0, max_impulse=10),
    )  # fmt: skip
    hinge = Constraint(name="Pin", type="HINGE", object1="Base", object2="Wheel", location=(0, 0, 1))
    graph = space(solid("Base", (0, 0, 1), type="PASSIVE"), solid("Wheel", (0, 0, 1)), constraints=(axle, hinge))
    scene = Vocabulary(graph)
    (rule,) = read_rules("After 0.5 s, run the motor of Axle at 90 degrees/s", scene)
    assert f"motor_ang_target_velocity = {math.radians(90):.6g}" in python(rule)


def test_a_body_and_a_thing_that_scripts_move_spin_at_the_same_rate(run):
    lamp = SceneObject(name="Lamp", location=(5, 0, 0), geometry=Primitive(kind="cube", dimensions=(1, 1, 1)))
    graph = space(solid("A", (0, 0, 0)), lamp, gravity=(0, 0, 0))
    texts = [
        f"After 0.5 s, spin {name} at 90 degrees/s about z, and 0.5 s later {name} stops spinning"
        for name in ("A", "Lamp")
    ]
    trace = run(graph, 90, *texts)
    for name in ("A", "Lamp"):
        w, _, _, z = trace.quaternion[-1, trace.index(name)]
        assert math.degrees(2 * math.atan2(z, w)) == pytest.approx(45, abs=3)
