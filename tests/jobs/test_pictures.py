import numpy as np
import pytest

from addon.jobs.pictures import LEAST, MOST, frames_to_show
from addon.trace import Event
from tests.jobs.test_report import still_trace


def moving(until, frames=101):
    """A body that goes 10 m up to a frame and rests then."""
    trace = still_trace(frames=frames)
    trace.position[:, 0, 0] = 10 * np.minimum(np.arange(frames) / until, 1)
    return trace


def test_a_run_is_shown_where_something_happens():
    shown = frames_to_show(moving(100), [13, 40, 77])
    assert {0, 13, 40, 77, 100} <= set(shown)
    assert len(shown) == LEAST


def test_no_two_pictures_look_the_same():
    shown = frames_to_show(moving(20), [5, 6, 30, 60, 90])
    assert len(shown) == LEAST
    assert [frame for frame in shown if frame > 20] == [30]


def test_of_much_that_happens_what_differs_most_is_shown():
    shown = frames_to_show(moving(100), range(1, 100))
    assert (len(shown), shown[0], shown[-1]) == (MOST, 0, 100)


def test_what_changes_its_look_is_shown_after_it():
    trace = still_trace(frames=101)
    trace.events.append(Event(uid="LookChanged", frame=50, time=2.0, parameters={}))
    assert 70 in frames_to_show(trace, [20, 30, 70])
    assert len(frames_to_show(trace, [])) == LEAST


@pytest.mark.parametrize(("frames", "count"), [(101, LEAST), (4, 4), (1, 1)])
def test_a_run_in_which_nothing_moves_is_shown_at_equal_times(frames, count):
    shown = frames_to_show(still_trace(frames=frames), [3, 3, 500])
    assert len(set(shown)) == len(shown) == count
    assert 0 <= min(shown) <= max(shown) < frames


def test_the_pictures_of_a_run_do_not_change_with_the_order_of_what_is_told():
    assert frames_to_show(moving(60), [50, 20]) == frames_to_show(moving(60), [20, 50])
