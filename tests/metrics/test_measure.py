import math

import numpy as np
import pytest

from addon.metrics import measure, momentum, shape_iou, total_energy, volume_drift
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World
from addon.trace import ContactColumns, Event, Trace, TraceMeta

FPS = 50.0


def make(position, *, mass=2.0, shape="SPHERE", scale=None, spin=None, restitution=0.0):
    """A trace of one body from its positions ``[F, 3]``; velocities are backward differences as recorded."""
    position = np.asarray(position, dtype=float)[:, None, :]
    frames = len(position)
    kind = "sphere" if shape == "SPHERE" else "cube"
    body = RigidBody(mass=mass, shape=shape, restitution=restitution)
    geometry = Primitive(kind=kind, dimensions=(1, 1, 1))
    scene = SceneGraph(objects=(SceneObject(name="Body", geometry=geometry, body=body),), world=World(fps=FPS))
    velocity = np.zeros_like(position)
    velocity[1:] = np.diff(position, axis=0) * FPS
    scale = np.ones((frames, 1, 3)) if scale is None else np.asarray(scale, dtype=float)[:, None, :]
    return Trace(
        meta=TraceMeta(fps=FPS, substeps=10, seed=0, steps=frames - 1, engine="test", scene=scene),
        bodies=("Body",),
        present=np.ones((frames, 1), dtype=bool),
        position=position,
        quaternion=np.tile([1.0, 0, 0, 0], (frames, 1, 1)),
        scale=scale,
        velocity=velocity,
        angular_velocity=np.zeros_like(position) if spin is None else np.tile(spin, (frames, 1, 1)).astype(float),
        volume=np.prod(scale, axis=2),
        contacts=ContactColumns.empty(),
        events=[Event(uid="TaskComplete", frame=frames - 1, time=0.0, parameters={"success": True})],
    )


def flight(frames=50, v0=3.0):
    t = np.arange(frames) / FPS
    return np.stack([2 * t, 0 * t, v0 * t - 4.905 * t * t], axis=1)


def test_energy_of_free_flight_is_constant():
    energy = total_energy(make(flight()))
    assert np.ptp(energy) < 1e-9
    assert energy[0] == pytest.approx(2.0 / 2 * (4 + 9), rel=2e-3)


def test_energy_of_a_spinning_box():
    energy = total_energy(make(np.zeros((3, 3)), shape="BOX", spin=(0, 0, 3)))
    assert energy[-1] == pytest.approx(0.5 * (2.0 * (1 + 1) / 12) * 9)


def test_momentum():
    assert momentum(make(flight()))[10][0] == pytest.approx(2.0 * 2)


def test_a_rigid_body_does_not_drift():
    metrics = measure(make(flight()))
    assert metrics.volume_drift == 0.0
    assert metrics.shape_iou == 1.0
    assert not metrics.gains_energy
    assert metrics.logic_success is None


def test_a_growing_body_drifts():
    grown = np.linspace(1.0, 1.1, 20)[:, None] * np.ones(3)
    trace = make(np.zeros((20, 3)), scale=grown)
    assert volume_drift(trace)[0] == pytest.approx(100 * (1.1**3 - 1))
    assert shape_iou(trace)[-1, 0] == pytest.approx(1.1**-3)


def test_a_stretched_body_of_the_same_volume_changes_shape():
    scale = np.array([[1, 1, 1], [2, 1, 0.5]])
    trace = make(np.zeros((2, 3)), scale=scale)
    assert volume_drift(trace)[0] == pytest.approx(0.0)
    assert shape_iou(trace)[1, 0] == pytest.approx(0.5 / 1.5)


def test_energy_from_nothing_is_flagged():
    t = np.arange(60) / FPS
    lifted = np.stack([0 * t, 0 * t, t**2 * 5], axis=1)
    metrics = measure(make(lifted))
    assert metrics.gains_energy
    assert metrics.gained_energy > 1


def test_a_rule_that_acts_may_bring_energy():
    still, fast = np.zeros((20, 3)), flight(30, 8.0)
    trace = make(np.concatenate([still, fast]))
    assert measure(trace).gains_energy
    acts = Event(uid="RuleFired", frame=21, time=21 / FPS, parameters={"rule": 1})
    trace.events.insert(0, acts)
    assert not measure(trace).gains_energy


def test_a_bounce_loses_energy_and_is_not_flagged():
    heights, z, v = [], 1.0, 0.0
    for _ in range(2000):
        heights.append(z)
        for _ in range(20):
            v -= 9.81 / FPS / 20
            z += v / FPS / 20
            if z < 0:
                z, v = -z, -0.8 * v
        if len(heights) >= 150:
            break
    position = np.zeros((len(heights), 3))
    position[:, 2] = heights
    metrics = measure(make(position))
    assert metrics.energy_end < metrics.energy_start
    assert not metrics.gains_energy


def test_assertions_decide_logic_success():
    trace = make(flight())
    good, bad = 'EVENT("TaskComplete", {"success": true})', 'EVENT("CollisionStart")'
    assert measure(trace, [good]).logic_success is True
    metrics = measure(trace, [good, bad])
    assert metrics.logic_success is False
    assert [a.held for a in metrics.assertions] == [True, False]
    assert "never occurred" in metrics.assertions[1].reason
    assert math.isfinite(metrics.energy_start)
