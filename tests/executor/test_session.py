import os
import signal
import time

import numpy as np
import pytest

from addon.executor import Budgets, ScriptError, ScriptSession
from addon.scene_graph import Constraint, Motor, Primitive, RigidBody, SceneGraph, SceneObject, StepState

LISTING_1 = """import bpy

# Scene Context: Ball is falling
ball = bpy.data.objects['Sphere']
gravity = -9.8
dt = 0.1
# LLM Generated Update Logic
ball.location.z += ball.velocity.z * dt
ball.velocity.z += gravity * dt
# Collision Logic
if ball.location.z < 0:
    ball.location.z = 0
    ball.velocity.z *= -0.8 # Bounce
"""


def test_listing_1_bounces_as_its_arithmetic_says(bench):
    """Code as Dynamics, Listing 1, unchanged."""
    z, v, bounces = 1.0, 0.0, 0
    for _ in range(60):
        z += v * 0.1
        v += -9.8 * 0.1
        if z < 0:
            z, v, bounces = 0.0, v * -0.8, bounces + 1
    bench.run(LISTING_1, steps=60)
    assert bounces > 3
    assert bench.at("Sphere")[2] == pytest.approx(z)
    assert bench.at("Sphere", "velocity")[2] == pytest.approx(v)


def test_state_names_and_properties_persist(bench):
    source = """
import bpy
state["n"] = state.get("n", 0) + 1
lamp = bpy.data.objects["Lamp"]
lamp["count"] = lamp.get("count", 0) + state["n"]
"""
    assert bench.run(source, steps=4).values["Lamp", "property.count"] == 1 + 2 + 3 + 4


def test_setup_and_step_functions(bench):
    source = """
import bpy
def setup(scene):
    state["setups"] = state.get("setups", 0) + 1
def step(scene, frame, dt):
    bpy.data.objects["Lamp"]["seen"] = f"{state['setups']} {frame} {scene.frame_current}"
"""
    assert bench.run(source, steps=3).values["Lamp", "property.seen"] == "1 3 3"


def test_touching_contacts_and_events(bench):
    source = """
import bpy
cube = bpy.data.objects["Cube"]
if cube.touching("Sphere"):
    print(frame, "touching", cube.contacts, [e["uid"] for e in bpy.context.scene.events])
elif bpy.context.scene.events:
    print(frame, bpy.context.scene.events[0]["uid"])
"""
    bench.run(source, steps=5, touching=lambda frame: [(0, 1)] if frame in (2, 3) else [])
    assert bench.printed.splitlines() == [
        "2 touching ['Sphere'] ['CollisionStart']",
        "3 touching ['Sphere'] []",
        "4 CollisionEnd",
    ]


def test_random_numbers_come_from_the_seed(scene, bench):
    source = 'import bpy, random\nbpy.data.objects["Lamp"]["r"] = random.random()\n'
    key = ("Lamp", "property.r")
    first = bench.run(source, seed=5).values[key]
    assert bench.run(source, seed=5).values[key] == first
    assert bench.run(source, seed=6).values[key] != first


def test_euler_angles_beyond_a_turn_are_kept(bench):
    source = "import bpy\nball = bpy.data.objects['Sphere']\nball.rotation_euler.z += 1.0\nprint(ball.rotation_euler.z)"
    bench.run(source, steps=10)
    assert float(bench.printed.split()[-1]) == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        ("import os", "refused", ["line 1", "import os", "math, random and mathutils"]),
        ("x = 1\nopen('/etc/passwd')", "refused", ["line 2", "open", "state"]),
        ("().__class__", "refused", ["__class__", "underscore"]),
        ("class A: pass", "refused", ["`class`", "functions"]),
        ("x = (", "syntax", ["line 1", "not valid Python"]),
        ("import bpy\nbpy.data.objects['Cub'].location.x = 1", "failed", ["line 2", "did you mean 'Cube'"]),
        ("import bpy\nbpy.data.objects['Cube'].locaton.x = 1", "refused", ["locaton", "did you mean '.location'"]),
        ("x = 1\nx / 0", "failed", ["line 2", "ZeroDivisionError"]),
        ("while True: pass", "limit", ["ticks_step"]),
        ("x = 9 ** 9 ** 9", "limit", ["number_bits"]),
        ("x = 'a' * 10 ** 9", "limit", ["collection_items"]),
        ("def f(): f()\nf()", "limit", ["too deeply"]),
        ("import bpy\nbpy.data.objects['Cube'].location.x = float('nan')", "failed", ["Cube: location", "finite"]),
        ("import bpy\nbpy.data.objects['Lamp']['a'] = ['b']", "failed", ["line 2", "a property holds"]),
        ("import bpy\nbpy.data.objects['Cube'].rigid_body.mass = -1", "failed", ["rigid_body.mass"]),
        ("x = list(range(10 ** 12))", "limit", []),
        ("try:\n    while True: pass\nexcept:\n    pass", "limit", ["ticks_step"]),
    ],
)
def test_refusals_and_failures_say_where_and_what_instead(bench, source, kind, words):
    with pytest.raises(ScriptError) as caught:
        bench.run(source)
    assert caught.value.kind in ({kind, "worker"} if "10 ** 12" in source else {kind})
    for word in words:
        assert word in caught.value.text()


def test_a_failing_step_applies_nothing(bench):
    source = """
import bpy
ball = bpy.data.objects["Sphere"]
ball.location.x = 5
if frame == 2:
    ball.location.x = 9
    1 / 0
"""
    with pytest.raises(ScriptError):
        bench.run(source, steps=3)
    assert bench.at("Sphere")[0] == 5


def state_of(bench, frame=1):
    return StepState(frame, *(a.copy() for a in bench.arrays.values()))


def test_a_stopped_worker_is_noticed_and_ended(scene, bench):
    session = ScriptSession("x = 1", scene, budgets=Budgets(seconds_step=0.1))
    process = session._worker.process
    os.kill(process.pid, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(ScriptError, match="seconds_step"):
        session.step(state_of(bench))
    assert time.monotonic() - start < 10
    assert process.poll() is not None


def test_a_killed_worker_is_reported(scene, bench):
    session = ScriptSession("x = 1", scene)
    session._worker.process.kill()
    session._worker.process.wait()
    with pytest.raises(ScriptError, match="worker died"):
        session.step(state_of(bench))
    with pytest.raises(ScriptError, match="has ended"):
        session.step(state_of(bench))


def test_no_process_is_left_behind(scene, bench):
    processes = []
    for _ in range(5):
        with ScriptSession("x = 1", scene) as session:
            session.step(state_of(bench))
            processes.append(session._worker.process)
    assert all(p.returncode is not None for p in processes)


def test_sets_have_the_same_order_in_every_process(bench, scene):
    source = 'print([w for w in {"ball", "door", "lamp", "gate", "ramp", "bell"}])\n'
    orders = set()
    for _ in range(4):
        with ScriptSession(source, scene) as session:
            orders.add(session.step(state_of(bench)).printed)
    assert len(orders) == 1


JOINTS = SceneGraph(
    objects=(SceneObject(name="Wheel", geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), body=RigidBody()),),
    constraints=(
        Constraint(name="Hinge", type="HINGE", object1="Wheel", angular_motor=Motor(target_velocity=1, max_impulse=1)),
        Constraint(name="Drive", type="MOTOR", object1="Wheel", angular_motor=Motor(target_velocity=1, max_impulse=1)),
    ),
)
SET_SPEED = "import bpy\nbpy.data.objects['{}'].rigid_body_constraint.motor_{}_target_velocity = 2\n"


def run_on_joints(source):
    with ScriptSession(source, JOINTS) as session:
        return session.step(StepState(1, *(np.zeros((2, size)) for size in (3, 4, 3, 3, 3)), []))


def test_a_motor_that_there_is_gets_its_speed():
    (write,) = run_on_joints(SET_SPEED.format("Drive", "ang")).writes
    assert (write.name, write.field, write.value) == ("Drive", "motor_ang_target_velocity", 2.0)


@pytest.mark.parametrize(("joint", "motor"), [("Hinge", "ang"), ("Hinge", "lin"), ("Drive", "lin")])
def test_the_speed_of_a_motor_that_a_joint_does_not_have_is_refused(joint, motor):
    with pytest.raises(ScriptError, match=rf"'{joint}' is a \w+ without (linear|angular) motor"):
        run_on_joints(SET_SPEED.format(joint, motor))
