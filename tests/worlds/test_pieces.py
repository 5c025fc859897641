"""Things that consist of convex pieces, and such that do not."""

import pytest

from addon.geometry.volume import is_manifold, mesh_volume
from addon.worlds.library import entries
from addon.worlds.pieces import MOST, convex_pieces, hulled, separate
from addon.worlds.solids import ball, box, joined, ring
from addon.worlds.things import SKIN, Thing


def volume(solid):
    return mesh_volume(solid.vertices, solid.faces)


def test_a_mesh_falls_into_the_parts_that_share_no_corner():
    whole = joined([box(1, 1, 1), ball(0.3).moved(5), box(2, 1, 1).moved(9)])
    parts = list(separate(whole))
    assert [round(volume(part), 2) for part in parts] == [1.0, round(volume(ball(0.3)), 2), 2.0]
    assert all(is_manifold(part.faces) for part in parts)


def test_convex_parts_are_pieces():
    pieces = convex_pieces([joined([box(1, 1, 1), box(1, 1, 1).moved(3)]), ball(0.3)])
    assert len(pieces) == 3
    assert sum(map(volume, pieces)) == pytest.approx(2.0 + volume(ball(0.3)), rel=1e-3)


def test_a_ring_is_no_piece_but_a_small_one_may_be_bent():
    assert convex_pieces([ring(0.5, 0.1)]) == ()
    assert len(convex_pieces([box(1, 1, 1), ring(0.05, 0.02)])) == 2


def test_too_many_are_not_taken():
    assert convex_pieces([box(0.1, 0.1, 0.1).moved(n) for n in range(MOST + 1)]) == ()


def test_a_hull_is_as_large_as_what_is_convex():
    assert volume(hulled(box(1, 2, 3))) == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("name", "moves", "shape"),
    [
        ("counter", "fixed", "COMPOUND"),
        ("ramp", "fixed", "COMPOUND"),
        ("chute", "fixed", "MESH"),
        ("chair", "rigid", "COMPOUND"),
        ("pumpkin", "rigid", "CONVEX_HULL"),
        ("platform", "fixed", "BOX"),
        ("flag", "cloth", None),
    ],
)
def test_what_bodies_meet(name, moves, shape):
    thing = Thing("Thing", entries()[name], moves, stays=True)
    assert thing.shape == shape
    assert thing.skin == (SKIN if shape not in ("BOX", None) else 0.0)
    assert thing.met.high == pytest.approx(thing.whole.high, abs=0.02)


def test_what_may_be_moved_as_told_is_no_compound():
    assert Thing("Thing", entries()["lever"], "fixed").shape == "MESH"
    assert Thing("Thing", entries()["chair"], "fixed").shape == "MESH"
