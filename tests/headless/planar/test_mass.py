"""Where the mass of a planar body lies, as Box2D has it, and the energy of bodies whose origin is not there."""

import numpy as np
import pytest

from addon.geometry.plane import Disc, Polygon, mass_of, pieces_of, plane_geometry
from addon.metrics.energy import momentum, total_energy
from addon.scene_graph import RigidBody, SceneObject
from headless.benchmarks.puzzles.files import load_tasks
from headless.planar import Blueprint, record
from tests.headless.planar.scenes import scene

L_SHAPE = (
    Polygon(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0], [0.0, 1.0]])),
    Polygon(np.array([[0.0, 1.0], [1.0, 1.0], [1.0, 4.0], [0.0, 4.0]])),
)
FAN = (Disc(np.array([1.0, 0.5]), 0.7), Polygon(np.array([[-1.0, 0.0], [0.4, -0.3], [0.1, 1.2]])))


def thrown(pieces):
    geometry, shape = plane_geometry(pieces, 4.0)
    body = RigidBody(shape=shape, mass=2.5, linear_damping=0.0, angular_damping=0.0)
    motion = {"velocity": (3.0, 0, 8.0), "angular_velocity": (0, 5.0, 0)}
    return SceneObject(name="Thrown", geometry=geometry, location=(0, 0, 50), body=body, **motion)


@pytest.mark.parametrize("pieces", [L_SHAPE, FAN, L_SHAPE[:1]])
def test_a_mass_is_box2ds(pieces):
    obj = thrown(pieces)
    _, (body,) = Blueprint.of(scene(obj)).build()
    own = mass_of(pieces_of(obj))
    np.testing.assert_allclose(own.center, body.localCenter, atol=1e-5)
    assert body.mass == pytest.approx(2.5, rel=1e-5)
    about_origin = 2.5 * (own.inertia + own.center @ own.center)
    assert about_origin == pytest.approx(body.inertia, rel=1e-3)


@pytest.mark.parametrize("pieces", [L_SHAPE, FAN])
def test_energy_and_momentum_of_what_spins_in_the_air(pieces):
    trace = record(Blueprint.of(scene(thrown(pieces))), 100, "none")
    energy = total_energy(trace)
    np.testing.assert_allclose(energy, energy[0], rtol=1e-5)
    across, up = momentum(trace)[1:, 0], momentum(trace)[1:, 2]
    np.testing.assert_allclose(across, across[0], rtol=1e-4)
    np.testing.assert_allclose(np.diff(up), -2.5 * 9.8 / 60, rtol=2e-2)


@pytest.mark.parametrize("task", load_tasks(count=1), ids=lambda task: task.template)
def test_a_puzzle_gains_no_energy(task):
    from addon.metrics import measure

    trace = record(Blueprint.of(task.scene_with(task.solution)), 1000, "none")
    assert not measure(trace).gains_energy
