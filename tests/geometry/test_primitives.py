import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.geometry.primitives import mesh_of, recognise, recognise_packed
from addon.geometry.triangulate import packed
from addon.geometry.volume import enclosed_volume, is_manifold, mesh_volume
from addon.scene_graph import Mesh, Primitive

sizes = st.tuples(*[st.floats(0.01, 100)] * 3)
primitives = st.builds(
    Primitive,
    kind=st.sampled_from(["cube", "sphere", "cylinder", "cone", "capsule"]),
    dimensions=sizes,
    segments=st.integers(3, 64),
).filter(lambda p: p.kind != "capsule" or p.dimensions[2] > 1.01 * max(p.dimensions[:2]))
"""A capsule no longer than wide is a sphere."""


@given(primitives)
def test_primitives_are_closed_and_outward(primitive):
    vertices, faces = mesh_of(primitive)
    assert is_manifold(faces)
    assert mesh_volume(vertices, faces) > 0


@given(primitives)
def test_extent_is_within_the_dimensions(primitive):
    vertices, _ = mesh_of(primitive)
    assert np.all(np.ptp(vertices, axis=0) <= np.array(primitive.dimensions) * (1 + 1e-9))
    assert np.ptp(vertices[:, 2]) == pytest.approx(primitive.dimensions[2])


@pytest.mark.parametrize(
    ("kind", "volume"),
    [
        ("cube", 2 * 2 * 3),
        ("sphere", 4 / 3 * math.pi * 1 * 1 * 1.5),
        ("cylinder", math.pi * 3),
        ("cone", math.pi * 3 / 3),
        ("capsule", math.pi * 1 + 4 / 3 * math.pi),
    ],
)
def test_volumes_approach_the_smooth_shapes(kind, volume):
    vertices, faces = mesh_of(Primitive(kind=kind, dimensions=(2, 2, 3), segments=256))
    assert mesh_volume(vertices, faces) == pytest.approx(volume, rel=2e-3)


@given(primitives)
def test_recognised_in_single_precision(primitive):
    vertices, faces = mesh_of(primitive)
    found = recognise(vertices.astype(np.float32), faces)
    assert isinstance(found, Primitive)
    assert (found.kind, found.dimensions) == (primitive.kind, pytest.approx(primitive.dimensions, rel=1e-5))
    assert found.segments == primitive.segments or primitive.kind == "cube"


@given(primitives.filter(lambda p: p.kind != "cube"))
def test_recognition_is_a_fixed_point(primitive):
    once = recognise(mesh_of(primitive)[0].astype(np.float32), mesh_of(primitive)[1])
    twice = recognise(mesh_of(once)[0].astype(np.float32), mesh_of(once)[1])
    assert twice.dimensions == pytest.approx(once.dimensions, rel=1e-6)
    assert (twice.kind, twice.segments) == (once.kind, once.segments)


def test_round_numbers_come_back_round():
    vertices, faces = mesh_of(Primitive(kind="sphere", dimensions=(0.4, 0.4, 0.4)))
    assert recognise(vertices.astype(np.float32), faces).dimensions == (0.4, 0.4, 0.4)


def test_an_edited_mesh_is_a_mesh():
    vertices, faces = mesh_of(Primitive(kind="cube", dimensions=(1, 1, 1)))
    vertices[0] += 0.1
    assert isinstance(recognise(vertices, faces), Mesh)


def test_moved_volume_is_the_same():
    vertices, faces = mesh_of(Primitive(kind="cube", dimensions=(1, 2, 3)))
    assert mesh_volume(vertices + 1e4, faces) == pytest.approx(6, rel=1e-9)


def test_open_meshes_are_not_manifold():
    assert not is_manifold(((0, 1, 2), (0, 2, 3)))
    assert not is_manifold(())


@given(primitives, st.booleans())
def test_packed_meshes_are_recognised_alike_and_equal_ones_shared(primitive, edited):
    vertices, faces = mesh_of(primitive)
    vertices = vertices.astype(np.float32)
    vertices[0] += 0.1 * edited
    lengths, corners = (a.astype(np.int32).tobytes() for a in packed(faces))
    found = recognise_packed(vertices.tobytes(), lengths, corners)
    assert found == recognise(vertices, faces)
    assert recognise_packed(vertices.tobytes(), lengths, corners) is found


def test_only_closed_meshes_enclose_a_volume():
    vertices, faces = mesh_of(Primitive(kind="cube", dimensions=(1, 2, 3)))
    points = tuple(map(tuple, vertices.tolist()))
    assert enclosed_volume(Mesh(vertices=points, faces=faces)) == pytest.approx(6)
    assert enclosed_volume(Mesh(vertices=points, faces=tuple(f[::-1] for f in faces))) == pytest.approx(6)
    assert enclosed_volume(Mesh(vertices=points, faces=faces[1:])) is None
