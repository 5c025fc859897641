"""What pushes bodies from a script, against closed forms on real Blender."""

import math

import numpy as np
import pytest

from addon.engine.blender import BlenderEngine
from addon.jobs import RolloutOptions, rollout
from addon.metrics import measure
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World

G = 9.81


def ball(name="Ball", at=(0, 0, 0), velocity=(0, 0, 0), size=0.5, **body):
    settings = RigidBody(**{"shape": "SPHERE", "linear_damping": 0.0, "angular_damping": 0.0, **body})
    shape = Primitive(kind="sphere", dimensions=(size, size, size))
    return SceneObject(name=name, location=at, geometry=shape, body=settings, velocity=velocity)


def floor():
    shape = Primitive(kind="cube", dimensions=(20, 20, 1))
    return SceneObject(name="Floor", location=(0, 0, -0.5), geometry=shape, body=RigidBody(type="PASSIVE", shape="BOX"))


@pytest.fixture
def play():
    """Runs a script, in which ``ball`` is the first object: ``play(script, steps, *objects, **world)``; a rollout."""

    def run(script, steps, *objects, **world):
        world = World(**{"fps": 60.0, "gravity": (0.0, 0.0, 0.0), **world})
        engine = BlenderEngine.from_graph(SceneGraph(objects=objects, world=world))
        try:
            made = rollout(engine, f"ball = bpy.data.objects[0]\n{script}", RolloutOptions(steps=steps))
        finally:
            engine.close()
        assert made.problem is None, made.problem.text()
        return made

    return run


def swing(x, fps):
    """Period in s and amplitude at the end of a swing about 0."""
    crossings = [i + x[i] / (x[i] - x[i + 1]) for i in range(len(x) - 1) if x[i] > 0 >= x[i + 1]]
    period = float(np.mean(np.diff(crossings)))
    angle = 2 * math.pi * np.arange(len(x))[-200:] / period
    both = np.linalg.lstsq(np.stack([np.cos(angle), np.sin(angle)], 1), x[-200:], rcond=None)[0]
    return period / fps, float(np.hypot(*both))


@pytest.mark.parametrize(
    ("stiffness", "world"),
    [(40, {}), (40, {"fps": 24.0}), (900, {"fps": 24.0}), (0.5, {}), (40, {"time_scale": 0.5})],
    ids=str,
)
def test_a_spring_swings_on_as_it_began(play, stiffness, world):
    trace = play(f"ball.spring((0, 0, 0), {stiffness})", 3000, ball(at=(1, 0, 0), mass=2.0), **world).trace
    fps, scale = trace.meta.fps, trace.scene.world.time_scale
    period, amplitude = swing(trace.position[:, 0, 0], fps)
    assert period == pytest.approx(2 * math.pi * math.sqrt(2.0 / stiffness) / scale, rel=1e-3)
    assert amplitude == pytest.approx(1.0, rel=1.5e-3 if fps == 24 and stiffness == 900 else 1e-3)
    assert np.abs(trace.position[:, 0, 1:]).max() < 1e-3


def test_a_force_of_the_place_alone_gains_energy(play):
    """Why there are helpers."""
    trace = play("ball.apply_force(ball.location * -40)", 600, ball(at=(1, 0, 0))).trace
    assert np.abs(trace.position[:, 0, 0]).max() > 2


def test_a_damped_spring(play):
    t = np.arange(301) / 60
    x = play("ball.spring((0, 0, 0), 40, damping=2)", 300, ball(at=(1, 0, 0))).trace.position[:, 0, 0]
    rate = math.sqrt(40 - 1)
    assert x == pytest.approx(np.exp(-t) * (np.cos(rate * t) + np.sin(rate * t) / rate), abs=5e-3)


def test_a_spring_with_a_length_hangs_where_weight_and_pull_are_even(play):
    hook = ball("Hook", (0, 0, 5), size=0.1, type="PASSIVE")
    script = "ball.spring('Hook', 50, damping=5, rest=1)"
    trace = play(script, 400, ball(at=(0, 0, 4), mass=2.0), hook, gravity=(0, 0, -G)).trace
    assert trace.position[-1, 0, 2] == pytest.approx(5 - 1 - 2 * G / 50, abs=2e-3)


def test_linear_drag(play):
    t = np.arange(301) / 60
    trace = play("ball.drag(linear=3)", 300, ball(velocity=(10, 0, 0))).trace
    assert trace.position[:, 0, 0] == pytest.approx(10 / 3 * (1 - np.exp(-3 * t)), abs=5e-3)
    assert trace.position[-1, 0, 0] == pytest.approx(10 / 3, rel=1e-3)


def test_quadratic_drag(play):
    trace = play("ball.drag(quadratic=0.5)", 120, ball(velocity=(10, 0, 0))).trace
    assert trace.position[-1, 0, 0] == pytest.approx(math.log(1 + 0.5 * 10 * 2) / 0.5, rel=2e-3)


@pytest.mark.parametrize(("script", "speed"), [("linear=2", G / 2), ("quadratic=0.2", math.sqrt(G / 0.2))])
def test_the_speed_at_which_drag_carries_a_fall(play, script, speed):
    trace = play(f"ball.drag({script})", 400, ball(), gravity=(0, 0, -G)).trace
    assert trace.velocity[-1, 0] == pytest.approx([0, 0, -speed], rel=2e-4, abs=1e-4)


def test_wind_takes_a_body_along(play):
    trace = play("ball.wind((3, 0, 0), 2)", 60, ball()).trace
    assert trace.velocity[-1, 0, 0] == pytest.approx(3 * (1 - math.exp(-2)), rel=0.02)


@pytest.mark.parametrize("fast", [1.0, 1.2])
def test_an_orbit_keeps_its_energy_over_five_turns(play, fast):
    """Kepler: a = 1 / (2 - v²) in units of the start's radius."""
    pull, turns = 4.0, 5
    period = 2 * math.pi * math.sqrt((1 / (2 - fast**2)) ** 3 / pull)
    start = ball(at=(1, 0, 0), velocity=(0, math.sqrt(pull) * fast, 0))
    trace = play(f"ball.attract((0, 0, 0), {pull})", round(turns * period * 60), start).trace
    place = trace.position[:, 0]
    speed = (place[2:] - place[:-2]) * 30
    energy = (speed**2).sum(axis=1) / 2 - pull / np.linalg.norm(place[1:-1], axis=1)
    assert energy[-1] == pytest.approx(energy[0], rel=1e-3)
    assert place[-1] == pytest.approx([1, 0, 0], abs=0.06)


def test_two_bodies_that_attract_each_other_keep_their_momentum(play):
    pair = ball("A", (-1, 0, 0), (0, 0.6, 0), 0.2), ball("B", (1, 0, 0), (0, -0.3, 0), 0.2, mass=2.0)
    trace = play("ball.attract('B', 3, mutual=True)", 400, *pair).trace
    momentum = trace.velocity[:, 0] + 2 * trace.velocity[:, 1]
    assert np.abs(momentum - momentum[0]).max() < 1e-4
    assert np.ptp(trace.position[:, 0, 0]) > 0.5


def test_repulsion_and_reach(play):
    trace = play("ball.attract((0, 0, 0), -2, power=0, reach=1.5)", 300, ball(at=(1, 0, 0))).trace
    assert trace.velocity[-1, 0, 0] == pytest.approx(math.sqrt(2 * 2 * 0.5), rel=0.02)
    assert trace.velocity[-1, 0, 0] == pytest.approx(trace.velocity[-60, 0, 0], rel=1e-4)


def test_a_body_hovers(play):
    trace = play("ball.hover(2)", 300, ball(at=(0, 0, 0.25), mass=3.0), floor(), gravity=(0, 0, -G)).trace
    assert trace.position[-1, 0, 2] == pytest.approx(2.0, abs=1e-3)
    assert trace.position[:, 0, 2].max() < 2.001


def test_a_body_follows_another(play):
    leader = ball("Leader", (2, 0, 0), (1, 0, 0))
    trace = play("ball.follow('Leader', (0, 0, 1))", 240, ball(mass=5.0), leader).trace
    assert trace.position[-1, 0] == pytest.approx([6, 0, 1], abs=1e-3)


def test_pushes_are_recorded_and_are_work_from_outside(play):
    made = play(
        "if frame <= 30: ball.apply_force((4, 0, 0))\nif frame == 31: ball.apply_impulse((0, 1, 0))", 60, ball()
    )
    force = made.trace.force
    assert force[1:31, 0] == pytest.approx(np.tile([4.0, 0, 0], (30, 1)))
    assert force[31, 0] == pytest.approx([0, 60, 0])
    assert not force[32:].any()
    assert not measure(made.trace).gains_energy
    assert made.driven == tuple(range(1, 32))


def test_a_run_without_pushes_records_none(play):
    assert play("", 3, ball()).trace.force is None


@pytest.mark.parametrize(
    "script", ["ball.drag(200)", "ball.drag(1e4)", "ball.drag(0, 500)", "ball.wind((0, 0, 0), 50)"]
)
def test_a_strong_brake_ends_a_motion_and_does_not_turn_it_round(play, script):
    trace = play(script, 20, ball(velocity=(5, 0, 0)))
    assert trace.trace.velocity[:, 0, 0].min() > -1e-3
    assert trace.trace.velocity[-1, 0, 0] < 0.1


def test_wind_takes_a_light_body_no_faster_than_it_is(play):
    speeds = play("ball.wind((5, 0, 0))", 30, ball(mass=0.002)).trace.velocity[:, 0, 0]
    assert speeds.max() < 5.001
    assert speeds[-1] == pytest.approx(5, abs=0.01)


@pytest.mark.parametrize("write", ["ball.location = (0, 0, 5)", "ball.angular_velocity = (0, 0, 2)"])
def test_gravity_goes_on_in_the_steps_of_a_spin_and_of_a_jump(play, write):
    script = f"ball.apply_force((0, 0, {G}))\nif frame == 5: {write}"
    trace = play(script, 60, ball(), gravity=(0, 0, -G)).trace
    assert trace.velocity[-1, 0] == pytest.approx([0, 0, 0], abs=2e-3)


def test_an_impulse_is_recorded_as_the_force_that_does_the_same(play):
    trace = play("if frame == 1: ball.apply_impulse((2, 0, 0))", 10, ball(mass=0.5), time_scale=2.0).trace
    dt, scale = 1 / 60, 2.0
    assert trace.velocity[-1, 0, 0] == pytest.approx(trace.force[1, 0, 0] * dt * scale**2 / 0.5, rel=1e-3)
