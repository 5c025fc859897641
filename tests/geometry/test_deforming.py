"""What is measured of things that physics deforms, against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.geometry.deforming import Deforming, Points, measure
from addon.geometry.primitives import mesh_of
from addon.scene_graph import Primitive

CUBE = mesh_of(Primitive(kind="cube", dimensions=(2, 2, 2)))
SHEET = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], dtype=float)


@given(st.floats(0.5, 3.0), st.tuples(*[st.floats(-5, 5)] * 3))
def test_a_cube_that_grows_and_moves(factor, way):
    thing, start = Deforming("Cube", CUBE[1], mass=4.0), Points(CUBE[0])
    now = Points(CUBE[0] * factor + way)
    found = measure(thing, now, start, start, 0.5)
    assert found.centre == pytest.approx(way, abs=1e-9)
    assert found.high - found.low == pytest.approx([2 * factor] * 3)
    assert found.area == pytest.approx(24 * factor**2)
    assert found.volume == pytest.approx(8 * factor**3)
    assert found.stretch == pytest.approx(max(factor, 1.0))
    moved = ((CUBE[0] * factor + way - CUBE[0]) ** 2).sum(axis=1).mean()
    assert found.energy == pytest.approx(0.5 * 4.0 * moved / 0.25)
    assert np.isnan(found.number)


def test_a_sheet_has_an_area_and_no_volume():
    found = measure(Deforming("Sheet", ((0, 1, 2, 3),), 1.0), Points(SHEET), None, Points(SHEET), 1.0)
    assert (found.area, found.stretch, found.energy) == (1.0, 1.0, 0.0)
    assert np.isnan(found.volume)


def test_an_edge_is_stretched_where_one_corner_goes():
    pulled = SHEET.copy()
    pulled[2] = (3, 1, 0)
    found = measure(Deforming("Sheet", ((0, 1, 2, 3),), 1.0), Points(pulled), None, Points(SHEET), 1.0)
    assert found.stretch == pytest.approx(3.0)


def test_particles_are_counted_and_none_have_no_place():
    thing = Deforming("Rain", (), mass=2.0, particles=True)
    two = Points(np.array([[0, 0, 1], [0, 0, 3]], dtype=float), np.array([[0, 0, -1], [0, 0, -2]], dtype=float))
    found = measure(thing, two, None, two, 1.0)
    assert (found.number, found.energy, list(found.centre)) == (2.0, 5.0, [0, 0, 2])
    none = measure(thing, Points(np.zeros((0, 3))), two, two, 1.0)
    assert none.number == 0.0
    assert np.isnan(none.centre).all()
