import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from addon.geometry.hulls import hull, inset, solid
from addon.geometry.primitives import mesh_of
from addon.scene_graph import Primitive

BOX = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.4, 0.4) for z in (-0.6, 0.6)])


def test_a_box_shrinks_by_the_depth_on_every_side():
    assert np.ptp(inset(BOX, 0.04), axis=0) == pytest.approx([0.92, 0.72, 1.12])


def test_nothing_is_left_of_what_is_thinner_than_twice_the_depth():
    assert inset(BOX * [1, 1, 0.06], 0.04) is None
    assert inset(BOX * [1, 1, 0.07], 0.04) is not None


@pytest.mark.parametrize("points", [BOX[:3], BOX * [1, 1, 0], np.zeros((4, 3))])
def test_flat_points_have_no_inside(points):
    assert inset(points, 0.04) is None


def test_a_sharp_tip_recedes_further_than_the_sides():
    cone = mesh_of(Primitive(kind="cone", dimensions=(1, 1, 2)))[0]
    core = inset(cone, 0.04)
    assert core[:, 2].min() == pytest.approx(-0.96)
    assert core[:, 2].max() < 0.9


@given(
    st.sampled_from(["sphere", "cylinder", "cone", "capsule", "cube"]),
    st.floats(0.001, 0.05),
    st.tuples(*[st.floats(-5, 5)] * 3),
)
def test_what_is_left_lies_as_deep_as_asked_wherever_it_is(kind, depth, place):
    points = mesh_of(Primitive(kind=kind, dimensions=(1, 1, 2), segments=12))[0] + np.array(place)
    core = inset(points, depth)
    planes = ConvexHull(points).equations
    assert np.max(core @ planes[:, :3].T + planes[:, 3]) == pytest.approx(-depth, abs=1e-6)


@pytest.mark.parametrize("points", [BOX, BOX * [1, 1, 0], BOX * [1, 0, 0], BOX[:1], BOX[:2], BOX[:3]])
def test_solid_points_enclose_a_volume(points):
    made = solid(points)
    assert ConvexHull(made).volume > 0
    assert np.all(np.ptp(made, axis=0) <= np.ptp(points, axis=0) + 2e-3)


@given(st.integers(0, 1000), st.integers(5, 60))
def test_a_hull_holds_all_points_and_turns_outward(seed, count):
    points = np.random.default_rng(seed).normal(size=(count, 3)) + 5.0
    corners, triangles = hull(points)
    a, b, c = (corners[column] for column in triangles.T)
    volume = np.einsum("fi,fi->", a, np.cross(b, c)) / 6
    assert volume == pytest.approx(ConvexHull(points).volume)


def test_flat_points_have_no_hull():
    assert hull(BOX * [1, 1, 0]) is None
