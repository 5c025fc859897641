"""The same changes give the same bytes in every run, whatever else the machine does, from the first step on."""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager

import bpy
import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.engine.build import build_scene
from addon.scene_graph import Constraint, Motor, Primitive, RigidBody, SceneGraph, SceneObject, World, Write

STEPS = 10


@contextmanager
def crowd():
    """Processes that keep every core busy, so that Blender's threads are interrupted at any point."""
    command = [sys.executable, "-S", "-c", "while True: pass"]
    busy = [subprocess.Popen(command) for _ in range((os.cpu_count() or 1) + 1)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def body(name, location, type="ACTIVE", size=(1.0, 1.0, 1.0), kinematic=False, **fields):  # noqa: A002
    geometry = Primitive(kind="cube", dimensions=size)
    settings = RigidBody(type=type, shape="BOX", kinematic=kinematic)
    return SceneObject(name=name, location=location, geometry=geometry, body=settings, **fields)


def graph(**launched):
    """Something of each kind, close together: what is wrong in the first step is felt by another body at once."""
    objects = (
        body("Floor", (0, 0, -0.5), "PASSIVE", (40, 40, 1)),
        body("Lift", (0, 0, 0.5), "PASSIVE", kinematic=True),
        body("Rider", (0, 0, 1.5)),
        body("Block", (4, 0, 0.5), "PASSIVE"),
        body("Loose", (4, 0, 1.5)),
        body("Ball", (8, 0, 2.0), **launched),
        body("Mount", (12, 0, 3.0), kinematic=True),
        body("Door", (13, 0, 3.0)),
        body("Base", (16, 0, 0.5), "PASSIVE", kinematic=True),
        body("Hand", (16, 0, 1.5), "PASSIVE", kinematic=True, parent="Base"),
        body("Held", (16, 0, 2.5)),
        body("Wheel", (13, 0, 5.0)),
    )
    joints = (
        Constraint(name="Hinge", type="HINGE", object1="Mount", object2="Door", location=(12.5, 0, 3.0)),
        Constraint(
            name="Drive",
            type="MOTOR",
            object1="Mount",
            object2="Wheel",
            location=(13, 0, 5.0),
            angular_motor=Motor(target_velocity=1.0, max_impulse=5.0),
        ),
    )
    return SceneGraph(world=World(fps=60.0), objects=objects, constraints=joints)


def put(name, field, value, target="object"):
    return Write(target, name, field, value)


CHANGES = {
    "nothing": lambda k: [],
    "a kinematic body moves": lambda k: [put("Lift", "location", (0.0, 0.0, 0.56 + 0.06 * k))],
    "a kinematic body turns": lambda k: [put("Lift", "rotation_quaternion", (1.0, 0.02 * k + 0.02, 0.0, 0.0))],
    "a parent of a kinematic body moves": lambda k: [put("Base", "location", (16.0, 0.0, 0.56 + 0.06 * k))],
    "a passive body moves": lambda k: [put("Block", "location", (4.0, 0.0, 0.56 + 0.06 * k))],
    "a body gets a velocity": lambda k: [put("Loose", "velocity", (1.0, 0.0, 3.0))] if not k else [],
    "a body jumps": lambda k: [put("Ball", "location", (9.0, 0.0, 2.0))] if not k else [],
    "an active body becomes passive": lambda k: [put("Loose", "rigid_body.type", "PASSIVE")] if not k else [],
    "a passive body becomes active": lambda k: [put("Block", "rigid_body.type", "ACTIVE")] if not k else [],
    "a body is disabled and enabled": lambda k: [put("Loose", "rigid_body.enabled", k % 2 == 1)] if k < 4 else [],
    "a body is held and released": lambda k: [put("Rider", "rigid_body.kinematic", k % 2 == 0)] if k < 4 else [],
    "a body is heavier": lambda k: [put("Rider", "rigid_body.mass", 1.0 + k)],
    "gravity turns": lambda k: [put("", "gravity", (1.0 + k, 0.0, -5.0), "scene")],
    "a joint is switched": lambda k: [put("Hinge", "enabled", k % 2 == 1, "constraint")],
    "a motor is set": lambda k: [put("Drive", "motor_ang_target_velocity", 2.0 + k, "constraint")],
    "an active body grows": lambda k: [put("Loose", "scale", (1.05 + 0.05 * k,) * 3)],
    "a kinematic body grows": lambda k: [put("Lift", "scale", (1.05 + 0.05 * k,) * 3)],
}

JOINS = {
    "a body joins": lambda engine: engine.add(body("New", (0.2, 0.0, 3.0))),
    "a launched body joins": lambda engine: engine.add(body("New", (0, 0, 3), velocity=(0, 0, -9), parent=None)),
    "a body leaves": lambda engine: engine.remove("Lift"),
    "a jointed body leaves": lambda engine: engine.remove("Door"),
}


def keyed(scene):
    lift = scene.objects["Lift"]
    for k in range(STEPS + 1):
        lift.location.z = 0.5 + 0.06 * k
        lift.keyframe_insert("location", frame=scene.frame_start + k)


def driven(scene):
    curve = scene.objects["Lift"].driver_add("location", 2)
    curve.driver.expression = f"0.5 + 0.06 * (frame - {scene.frame_start})"


def keyed_parent(scene):
    base = scene.objects["Base"]
    for k in range(STEPS + 1):
        base.location.x = 16 + 0.03 * k
        base.keyframe_insert("location", frame=scene.frame_start + k)


def constrained(scene):
    keyed(scene)
    scene.objects["Base"].constraints.new("COPY_LOCATION").target = scene.objects["Lift"]
    scene.objects["Base"].constraints[0].use_offset = True


def keyed_shape(scene):
    """A lift whose mesh, not its pose, moves."""
    lift = scene.objects["Lift"]
    lift.rigid_body.collision_shape, lift.rigid_body.use_deform = "MESH", True
    lift.shape_key_add(name="Basis")
    for point in lift.shape_key_add(name="Up").data:
        point.co.z += 0.5
    for k in range(STEPS + 1):
        lift.data.shape_keys.key_blocks["Up"].value = k / STEPS
        lift.data.shape_keys.key_blocks["Up"].keyframe_insert("value", frame=scene.frame_start + k)


ANIMATIONS = {f.__name__: f for f in (keyed, driven, keyed_parent, constrained, keyed_shape)}


def hashed(engine, change, first):
    """Hash of all evaluated matrices of a run in which ``change`` is done in each step from ``first`` on."""
    digest = hashlib.sha256(engine.state().matrix.tobytes())
    for step in range(1, STEPS + 1):
        if step >= first:
            change(engine, step - first)
        engine.step()
        digest.update(engine.state().matrix.tobytes())
    return digest.hexdigest()


def run_writes(kind, first, launched=None):
    engine = BlenderEngine.from_graph(graph(**(launched or {})))
    return hashed(engine, lambda engine, k: engine.apply(CHANGES[kind](k)), first)


def run_join(kind, first):
    engine = BlenderEngine.from_graph(graph())
    return hashed(engine, lambda engine, k: None if k else JOINS[kind](engine), first)


def run_animation(kind):
    made = graph()
    scene = build_scene(made)
    ANIMATIONS[kind](scene)
    return hashed(BlenderEngine(scene, made), lambda engine, k: None, 1)


LAUNCHED = {"velocity": (1.0, 0.0, 2.0), "angular_velocity": (1.0, 2.0, 0.0)}

LATER = ("a passive body moves", "a body gets a velocity", "a joint is switched", "a motor is set")

CASES = {
    **{kind: (run_writes, kind, 1) for kind in CHANGES},
    **{f"{kind}, later": (run_writes, kind, 4) for kind in LATER},
    **{f"{kind}, others launched": (run_writes, kind, 1, LAUNCHED) for kind in list(CHANGES)[:2]},
    **{kind: (run_join, kind, 1) for kind in JOINS},
    **{f"animated: {kind}": (run_animation, kind) for kind in ANIMATIONS},
}


@pytest.mark.parametrize("case", CASES)
def test_runs_are_the_same_on_an_idle_machine_and_a_crowded_one(case):
    run, *arguments = CASES[case]
    alone = run(*arguments)
    with crowd():
        assert {run(*arguments) for _ in range(2)} == {alone}


def test_a_body_moved_in_the_first_step_comes_from_where_it_was(solid, load, steps, write):
    """Blender may build it where it is going: inside of what lies on it, which is then thrown off."""
    engine = load(solid("Lift", (0, 0, 0.5), type="PASSIVE", kinematic=True), solid("Rider", (0, 0, 1.5)), fps=24.0)
    for k in range(1, 11):
        write(engine, "Lift", "location", (0.0, 0.0, 0.5 + 0.06 * k))
        assert steps(engine, 1).position[1, 2] == pytest.approx(1.5 + 0.06 * k, abs=0.01)


def test_a_keyed_body_comes_from_where_it_was(solid, load, steps):
    made = SceneGraph(
        world=World(fps=24.0),
        objects=(solid("Lift", (0, 0, 0.5), type="PASSIVE", kinematic=True), solid("Rider", (0, 0, 1.5))),
    )
    scene = build_scene(made)
    keyed(scene)
    engine = BlenderEngine(scene, made)
    for k in range(1, STEPS + 1):
        assert steps(engine, 1).position[1, 2] == pytest.approx(1.5 + 0.06 * k, abs=0.01)


def test_a_velocity_in_the_first_step_does_not_hold_others(solid, load, steps, write):
    """They fall from frame 0 on, and a body that moves in the same step moves in it only."""
    lift = solid("Lift", (4, 0, 0.5), type="PASSIVE", kinematic=True)
    bodies = (solid("Thrown", (0, 0, 9)), solid("Falls", (9, 0, 9)), lift, solid("Rider", (4, 0, 1.5)))
    expected = steps(load(*bodies, fps=24.0), 5).position[1]
    engine = load(*bodies, fps=24.0)
    write(engine, "Thrown", "velocity", (0.0, 2.0, 0.0))
    write(engine, "Lift", "location", (4.0, 0.0, 0.56))
    first = steps(engine, 1)
    assert first.velocity[0] == pytest.approx([0, 2, -9.81 / 24], abs=1e-3)
    assert first.position[3, 2] == pytest.approx(1.56, abs=0.01)
    assert np.array_equal(steps(engine, 4).position[1], expected)


@pytest.mark.parametrize("slower", [1, 2])
def test_a_scene_without_script_runs_as_in_blender(slower):
    """Bit for bit as ``frame_set`` alone, with joints, parents and kinematic bodies, time remapped or not."""
    made = graph()
    scene = build_scene(made)
    scene.render.frame_map_old = 100 * slower
    scene.rigidbody_world.point_cache.frame_end = 1000
    bare = []
    for frame in range(1, 61):
        scene.frame_set(frame)
        bare.append(np.array([scene.objects[name].matrix_world.transposed() for name in made.names]))
    scene = build_scene(made)
    scene.render.frame_map_old = 100 * slower
    engine = BlenderEngine(scene, made)
    for expected in bare:
        assert np.array_equal(engine.state().matrix, expected)
        engine.step()


def test_the_world_is_as_it_was_after_the_start(solid, load):
    load(solid("Box", (0, 0, 5)), time_scale=0.5)
    world = bpy.context.scene.rigidbody_world
    assert (world.enabled, world.time_scale) == (True, 0.5)
