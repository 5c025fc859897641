import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.geometry.primitives import mesh_of
from addon.geometry.rays import heights
from addon.geometry.triangulate import packed
from addon.geometry.volume import triangles
from addon.scene_graph import Primitive

BALL = mesh_of(Primitive(kind="sphere", dimensions=(2, 2, 2), segments=128))
CUBE = mesh_of(Primitive(kind="cube", dimensions=(2, 2, 2)))


def over(mesh, points, **options):
    return heights(mesh[0], triangles(*packed(mesh[1])), np.array(points, dtype=float), **options)


@given(st.floats(-0.9, 0.9), st.floats(-0.9, 0.9))
def test_a_ball_is_as_high_as_a_sphere(x, y):
    (height,) = over(BALL, [(x, y)])
    if x * x + y * y < 0.8:
        assert height == pytest.approx((1 - x * x - y * y) ** 0.5, abs=0.005)


def test_beside_a_mesh_there_is_nothing_and_its_edge_belongs_to_it():
    assert list(over(CUBE, [(1.5, 0), (0, 0), (1, 1)])) == [-np.inf, 1.0, 1.0]


def test_surfaces_that_are_too_high_are_passed():
    assert list(over(CUBE, [(0, 0)], below=0.5)) == [-1.0]
    assert list(over(CUBE, [(0, 0)], below=-2.0)) == [-np.inf]


def test_a_mesh_without_faces_is_nowhere():
    assert list(heights(np.zeros((0, 3)), np.zeros((0, 3), dtype=int), np.zeros((2, 2)))) == [-np.inf] * 2
