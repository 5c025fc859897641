import numpy as np
import pytest

from addon.patterns import Observation, Roles
from addon.patterns.library.cells import Grid, _way, heading
from addon.scene_graph import Plane
from tests.patterns.builder import EAST, TIME, Body, Touch, ball, build, find, path

POSTS = [Body(f"Post{i}", place, type="PASSIVE") for i, place in enumerate([(-4, -4, -4), (4, 4, 4)])]
"""They make the grid 10 m wide from (-5, -5, -5), with cells of 1 m."""


def wander(*legs, start=(0.5, 0.5, 0.5), **changes):
    return build([ball("Ball", path(start, *legs)), *POSTS], **changes)


def test_the_grid_spans_the_scene():
    grid = Grid.of(Observation(wander()))
    assert grid.low == pytest.approx([-5, -5, -5])
    assert grid.edge == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("plane", "low", "edge"),
    [
        (Plane(), (0, 0), 25.6 / 6),  # the paper's 256 units
        (Plane(size=(100, 40), meters_per_unit=0.5), (0, 0), 5.0),
        (Plane(size=None), (-5, -5), 1.0),
    ],
)
def test_the_grid_of_a_plane_is_that_of_its_field(plane, low, edge):
    grid = Grid.of(Observation(wander(plane=plane)))
    assert grid.low == pytest.approx(low)
    assert grid.edge == pytest.approx(edge)


def test_cells_of_a_plane_are_pairs_to_the_east_and_north():
    """From 20 units to the right of the corner and 20 above it to 40 and 40: north is up in the picture."""
    legs = (60, (20 / 6, 0, 20 / 6)), (60, (0, 0, 30 / 6)), (21, (0, 0, -60 / 6))
    found = find("CellTransition", wander(*legs, start=(20 / 6, 0, 20 / 6), plane=Plane()))
    assert [(a.parameters["source"], a.parameters["target"], a.parameters["heading"]) for a in found] == [
        ([0, 0], [1, 1], "north-east"),
        ([1, 1], [1, 2], "north"),
        ([1, 2], [1, 1], "south"),
    ]
    (path_found,) = find("CellPath", wander(*legs, start=(20 / 6, 0, 20 / 6), plane=Plane()))
    assert path_found.parameters["path"] == [[0, 0], [1, 1], [1, 2], [1, 1]]
    assert "into cell (1, 2)" in found[1].description


def test_a_ball_goes_east():
    first, second = find("CellTransition", wander((60, (2, 0, 0))))
    assert first.parameters == {"object": "Ball", "source": [5, 5, 5], "target": [6, 5, 5], "heading": "east"}
    assert (first.frame, second.frame) == (17, 47)


@pytest.mark.parametrize(("way", "count"), [(0.49, 0), (0.54, 0), (0.56, 1), (0.0, 0)])
def test_a_cell_is_entered_when_the_border_is_well_behind(way, count):
    assert len(find("CellTransition", wander((60, (way, 0, 0))))) == count


def test_a_ball_that_trembles_on_a_border_goes_nowhere():
    tremble = [(1, (0, 2.4 * (-1) ** k, 0)) for k in range(60)]
    assert find("CellTransition", wander(*tremble, start=(0.5, 0.99, 0.5))) == ()


def test_what_never_moves_is_in_no_transition():
    assert find("CellTransition", wander((60, (0, 0, 0)))) == ()


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ((1, 0, 0), "east"),
        ((-1, 0, 0), "west"),
        ((0, 1, 0), "north"),
        ((0, -2, 0), "south"),
        ((0, 0, 1), "up"),
        ((-1, -1, 0), "south-west"),
        ((1, 1, -1), "north-east down"),
        ((1, -1), "south-east"),
        ((0, 1), "north"),
    ],
)
def test_headings_are_compass_words(step, words):
    assert heading(np.array(step)) == words


def test_up_is_against_gravity():
    (found,) = find("CellTransition", wander((30, (0, 2, 0)), gravity=(0, -10, 0)))
    assert found.parameters["heading"] == "up"
    (found,) = find("CellTransition", wander((30, (0, 0, 2)), gravity=(0, -10, 0)))
    assert found.parameters["heading"] == "south"


def test_transitions_make_a_path():
    (found,) = find("CellPath", wander((60, (2, 0, 0)), (30, (0, 2, 0))))
    assert (found.frame, found.end) == (17, 77)
    assert found.description == "Ball goes east, then north, 2 m in all."
    assert found.parameters == {
        "object": "Ball",
        "path": [[5, 5, 5], [6, 5, 5], [7, 5, 5], [7, 6, 5]],
        "headings": ["east", "north"],
    }


@pytest.mark.parametrize(
    ("legs", "count"),
    [
        ([(60, (2, 0, 0))], 0),  # two transitions
        ([(60, (2, 0, 0)), (3 * TIME - 20, (0, 0, 0)), (60, (2, 0, 0))], 1),
        ([(60, (2, 0, 0)), (5 * TIME, (0, 0, 0)), (60, (2, 0, 0))], 0),
        ([(90, (2, 0, 0)), (5 * TIME, (0, 0, 0)), (90, (0, 2, 0))], 2),
    ],
)
def test_a_path_has_three_transitions_without_a_long_pause(legs, count):
    assert len(find("CellPath", wander(*legs))) == count


def crossing(above, touch=True, roles=None):
    """B rises from 1 m below A to a height above it."""
    bodies = [ball("A", (0, 0, 3)), ball("B", path((2, 0, 2), (60, (0, 0, 1 + above))))]
    return find("VerticalOrderFlip", build(bodies, [Touch("A", "B", 3, 4, EAST)] if touch else []), roles)


def test_a_ball_rises_above_another():
    (found,) = crossing(1.0)
    assert found.frame in (30, 31)
    assert found.parameters == {"object": "B", "other": "A"}


@pytest.mark.parametrize(("above", "count"), [(0.11, 1), (0.09, 0), (-0.5, 0)])
def test_the_order_flips_beyond_a_tolerance(above, count):
    assert len(crossing(above)) == count


def test_bodies_that_never_meet_are_compared_only_if_they_have_roles():
    assert crossing(1.0, touch=False) == ()
    assert len(crossing(1.0, touch=False, roles=Roles(actor="A", goal_object="B"))) == 1


@pytest.mark.parametrize(
    ("ways", "is_plane", "told"),
    [
        (["south"], True, "down"),
        (["east", "south-east"], True, "to the right, then down to the right"),
        (["down", "east", "down", "east"], False, "down to the east"),
        (["south", "west", "south"], True, "down to the left"),
        (["north", "east", "north"], False, "east and north in turn"),
        (["north", "south", "north"], True, "down and up in turn"),
        (["south", "south-west", "south"], True, "down and down to the left in turn"),
    ],
)
def test_ways_in_words(ways, is_plane, told):
    assert _way(ways, is_plane) == told
