"""Lists of rules one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from addon.history import MOST, History

rules = st.lists(st.sampled_from("abc"), max_size=2).map(tuple)


def test_what_was_undone_goes_when_something_else_is_said():
    history = History.of(("a",)).then(("b",)).then(("c",)).undone(2).then(("d",))
    assert history.lists == (("a",), ("d",))
    assert not history.can_redo


def test_the_same_rules_are_no_change():
    history = History.of(("a",))
    assert history.then(("a",)) is history


@given(st.lists(rules, max_size=8), st.integers(0, 10))
def test_redoing_takes_back_undoing(lists, steps):
    history = History.of(())
    for one in lists:
        history = history.then(one)
    steps = min(steps, history.at)
    assert history.undone(steps).redone(steps) == history


def test_a_history_keeps_the_last_lists():
    history = History.of(("0",))
    for n in range(1, MOST + 10):
        history = history.then((str(n),))
    assert len(history.lists) == MOST
    assert history.rules == (str(MOST + 9),)
