"""The meshes that code of things can call are closed, outward and where they are said to be."""

import math

import numpy as np
import pytest

from addon.geometry.volume import is_manifold, mesh_volume
from addon.worlds.runtime import meshes

LINE = [(0, 0, 0), (0, 0, 1), (1, 0, 1)]


def volume(mesh):
    return mesh_volume(np.array(mesh["vertices"], dtype=float), mesh["faces"])


@pytest.mark.parametrize(
    ("mesh", "expected"),
    [
        (meshes.box(1, 2, 3), 6.0),
        (meshes.cylinder(1, 2, 200), 2 * math.pi),
        (meshes.cone(1, 3, 200), math.pi),
        (meshes.ball(1, 200), 4 / 3 * math.pi),
        (meshes.lathe([(1, 0), (1, 1), (0.5, 1), (0.5, 0.5)], 200), math.pi * (1 - 0.125)),
        (meshes.extruded([(0, 0), (1, 0), (0, 1)], 2), 1.0),
        (meshes.tube(LINE[:2], 0.1, 200), math.pi * 0.01),
        (meshes.moved(meshes.box(1, 1, 1), 5, 6, 7), 1.0),
        (meshes.stretched(meshes.box(1, 1, 1), 2, 3, 4), 24.0),
        (meshes.turned(meshes.box(1, 2, 3), 33, "y"), 6.0),
        (meshes.joined([meshes.box(1, 1, 1), meshes.moved(meshes.box(1, 1, 1), z=3)]), 2.0),
    ],
)
def test_is_closed_and_as_large_as_said(mesh, expected):
    assert is_manifold(mesh["faces"])
    assert volume(mesh) == pytest.approx(expected, rel=1e-3)


def test_a_tube_goes_round_corners():
    mesh = meshes.tube(LINE, 0.1)
    assert is_manifold(mesh["faces"])
    assert volume(mesh) > 0.0


def test_a_quarter_turn_about_z_takes_x_to_y():
    assert meshes.turned({"vertices": [(1.0, 0.0, 0.0)], "faces": []}, 90)["vertices"][0] == pytest.approx((0, 1, 0))


def test_a_sheet_is_open():
    assert not is_manifold(meshes.sheet(1, 1)["faces"])
