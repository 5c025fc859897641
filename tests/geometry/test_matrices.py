import numpy as np
import pytest

from addon.geometry.matrices import angular_velocity, decompose, same_hemisphere
from addon.geometry.poses import from_rotation_vector, multiply, rotation_matrix


@pytest.fixture
def quaternions():
    rng = np.random.default_rng(3)
    q = rng.normal(size=(500, 4))
    half_turns = np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, 0.6, 0.8, 0]])
    return np.concatenate([q / np.linalg.norm(q, axis=1)[:, None], half_turns])


def matrices(position, quaternion, scale):
    """World matrices with axes and translation as rows."""
    m = np.zeros((len(position), 4, 4))
    m[:, :3, :3] = (rotation_matrix(quaternion) * scale[:, None, :]).transpose(0, 2, 1)
    m[:, 3, :3], m[:, 3, 3] = position, 1
    return m


@pytest.mark.parametrize("signs", [(1, 1, 1), (-1, 1, 1), (1, -1, -1)])
def test_decompose_undoes_composition(quaternions, signs):
    rng = np.random.default_rng(4)
    position = rng.normal(size=(len(quaternions), 3))
    scale = rng.uniform(0.1, 5, size=position.shape) * signs
    p, q, s = decompose(matrices(position, quaternions, scale), np.sign(scale))
    assert p == pytest.approx(position)
    assert s == pytest.approx(scale)
    assert np.abs(np.einsum("bi,bi->b", q, quaternions)) == pytest.approx(1)
    assert rotation_matrix(q) == pytest.approx(rotation_matrix(quaternions), abs=1e-9)


def test_angular_velocity_of_a_known_turn(quaternions):
    rng = np.random.default_rng(5)
    spin = rng.uniform(-30, 30, size=(len(quaternions), 3))
    dt = 0.02
    after = multiply(from_rotation_vector(spin * dt), quaternions)
    assert angular_velocity(quaternions, after, dt) == pytest.approx(spin, abs=1e-9)
    assert angular_velocity(quaternions, -after, dt) == pytest.approx(spin, abs=1e-9)


def test_no_turn_is_no_spin(quaternions):
    assert np.max(np.abs(angular_velocity(quaternions, quaternions, 1 / 60))) < 1e-12


def test_tiny_turns_keep_their_axis():
    before = np.array([[1.0, 0, 0, 0]])
    after = from_rotation_vector(np.array([[1e-7, -2e-7, 0]]))
    assert angular_velocity(before, after, 1.0) == pytest.approx(np.array([[1e-7, -2e-7, 0]]), rel=1e-6)


def test_same_hemisphere_changes_only_signs(quaternions):
    flipped = quaternions.copy()
    flipped[::2] *= -1
    assert same_hemisphere(flipped, quaternions) == pytest.approx(quaternions)


def test_no_objects():
    empty = np.zeros((0, 3))
    p, q, s = decompose(np.zeros((0, 4, 4)), empty)
    assert (p.shape, q.shape, s.shape) == ((0, 3), (0, 4), (0, 3))
    assert angular_velocity(q, q, 1.0).shape == (0, 3)
