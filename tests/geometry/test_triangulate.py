import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.geometry.triangulate import packed, polygons, triangulated

L_SHAPE = np.array([[0, 0, 0], [2, 0, 0], [2, 1, 0], [1, 1, 0], [1, 2, 0], [0, 2, 0]], dtype=float)
ARROW = np.array([[0, 0, 0], [1, -1, 0], [0, 2, 0], [-1, -1, 0]], dtype=float)


def areas(vertices, faces):
    corner = vertices[triangulated(vertices, faces)]
    return np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]) / 2


@pytest.mark.parametrize("axes", [[0, 1, 2], [2, 0, 1], [1, 2, 0], [1, 0, 2]])
@pytest.mark.parametrize("first", range(6))
@pytest.mark.parametrize(("outline", "area"), [(L_SHAPE, 3.0), (ARROW, 2.0)])
def test_a_concave_polygon_is_covered_once(outline, area, first, axes):
    points = np.roll(outline, first, axis=0)[:, axes]
    made = areas(points, [tuple(range(len(points)))])
    assert np.linalg.norm(made, axis=1).sum() == pytest.approx(area)
    assert np.linalg.norm(made.sum(axis=0)) == pytest.approx(area)


@given(st.lists(st.floats(0.2, 3), min_size=5, max_size=14), st.booleans())
def test_star_shaped_polygons_keep_their_area_and_side(radii, backwards):
    angle = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    points = np.stack([radii * np.cos(angle), radii * np.sin(angle), angle * 0], axis=1)
    x, y = points[:, 0], points[:, 1]
    area = (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    face = tuple(range(len(points)))
    made = areas(points, [face[::-1] if backwards else face])
    assert made[:, 2].sum() == pytest.approx(-area if backwards else area)
    assert np.abs(made[:, 2]).sum() == pytest.approx(area)


def test_faces_of_all_sizes_are_taken():
    square = ((0, 1, 2, 3), (0, 1, 2), (0, 1, 2, 3, 4))
    points = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0], [-0.5, 0.5, 0]], dtype=float)
    assert len(triangulated(points, square)) == 2 + 1 + 3
    assert triangulated(points, ()).shape == (0, 3)


@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=6).map(tuple)).map(tuple))
def test_packed_faces_come_back(faces):
    assert polygons(*packed(faces)) == faces
