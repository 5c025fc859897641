"""Surfaces around what is dense in a grid: closed, turned outwards, as large as they should be."""

import numpy as np
import pytest

from addon.geometry.surface_nets import surface
from addon.geometry.volume import is_manifold, mesh_volume


def ball(radius, middle, shape=(24, 20, 22)):
    place = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), axis=-1)
    return radius - np.linalg.norm(place - middle, axis=-1)


def test_a_ball_has_its_volume_and_its_place():
    vertices, triangles = surface(ball(7.0, (11.3, 9.6, 10.2)), 0.0)
    faces = [tuple(map(int, t)) for t in triangles]
    assert is_manifold(faces)
    assert mesh_volume(vertices, faces) == pytest.approx(4 / 3 * np.pi * 7**3, rel=0.04)
    assert vertices.mean(axis=0) == pytest.approx((11.3, 9.6, 10.2), abs=0.1)


def test_what_reaches_the_edge_of_the_grid_is_closed_there():
    vertices, triangles = surface(np.ones((3, 4, 5)), 0.5)
    faces = [tuple(map(int, t)) for t in triangles]
    assert is_manifold(faces)
    assert mesh_volume(vertices, faces) == pytest.approx(60.0, rel=0.2)


def test_nothing_dense_is_no_surface():
    vertices, triangles = surface(np.zeros((3, 3, 3)), 0.5)
    assert vertices.shape == triangles.shape == (0, 3)
