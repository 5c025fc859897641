import numpy as np
import pytest

from addon.ui.overlay import Shown, labels_of, lines_of, points_of


@pytest.fixture
def shown():
    """A body that moves along x and one that stands, over four frames."""
    position = np.zeros((4, 2, 3))
    position[:, 0, 0] = np.arange(4)
    velocity = np.zeros((4, 2, 3))
    velocity[1:, 0, 0] = 10.0
    points = np.array([[0.0, 0, 0], [1, 1, 1], [2, 2, 2]])
    return Shown(position, velocity, np.array([1, 2, 2]), points, [(1, "hit"), (40, "rest")])


def test_velocities_are_lines_of_a_tenth_of_a_second(shown):
    assert lines_of(shown, 2, "velocities").tolist() == [[2, 0, 0], [3, 0, 0]]
    assert len(lines_of(shown, 0, "velocities")) == 0


def test_trails_go_up_to_the_frame_for_what_moves(shown):
    assert lines_of(shown, 2, "trails")[:, 0].tolist() == [0, 1, 1, 2]
    assert lines_of(shown, 99, "trails")[:, 0].tolist() == [0, 1, 1, 2, 2, 3]
    assert len(lines_of(shown, -5, "trails")) == 0


def test_contact_points_are_those_of_the_frame(shown):
    assert points_of(shown, 2).tolist() == [[1, 1, 1], [2, 2, 2]]
    assert len(points_of(shown, 0)) == 0


def test_events_are_written_for_a_while(shown):
    assert labels_of(shown, 0) == []
    assert labels_of(shown, 1) == ["hit"]
    assert labels_of(shown, 12) == ["hit"]
    assert labels_of(shown, 13) == []
    assert labels_of(shown, 40) == ["rest"]
