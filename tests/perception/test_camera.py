"""Cameras that hold a box in view."""

import numpy as np
import pytest

from addon.perception.camera import camera_before


@pytest.mark.parametrize("size", [0.01, 3.0, 700.0, 1e5])
def test_all_of_a_box_is_in_view_and_fills_it(size):
    low, high = np.array([-1.0, -2.0, 0.0]) * size, np.array([1.0, 2.0, 0.5]) * size
    camera = camera_before(low, high)
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    seen = camera.project(corners)
    assert (seen[:, 2] > 0).all()
    assert 0.9 < np.abs(seen[:, :2]).max() <= 1
    assert abs(camera.axes[0][2]) < 1e-9
