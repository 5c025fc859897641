"""Whether two bodies touch for long enough, looked at now and then, is what looking at each step says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headless.planar import Blueprint, Goal, simulate
from headless.planar.goal import _run
from tests.headless.planar.scenes import FLOOR, ball, scene


def balls(gap, speed=0.0, bounce=0.0):
    return scene(
        FLOOR,
        ball("Green", at=(0, 0, 0.5), velocity=(speed, 0, 0), body={"restitution": bounce}),
        ball("Blue", at=(1 + gap, 0, 0.5), body={"restitution": bounce}),
    )


def test_a_touch_counts_after_180_steps():
    graph = scene(FLOOR, ball("Green", at=(0, 0, 0.5)))
    found = simulate(Blueprint.of(graph), Goal(0, 1), 1000)
    assert found.solved
    assert not simulate(Blueprint.of(graph), Goal(0, 1), 179).solved
    assert simulate(Blueprint.of(graph), Goal(0, 1), 181).solved


def test_what_lies_still_apart_ends_early():
    found = simulate(Blueprint.of(balls(1.0)), Goal(1, 2), 1000)
    assert (found.solved, found.steps < 500) == (False, True)


@pytest.mark.parametrize(("gap", "solved"), [(0.05, True), (0.2, False)])
def test_balls_touch_at_a_tenth_of_a_unit(gap, solved):
    assert simulate(Blueprint.of(balls(gap)), Goal(1, 2)).solved == solved


@settings(max_examples=25, deadline=None)
@given(gap=st.floats(0, 4), speed=st.floats(0, 8), bounce=st.floats(0, 1), hold=st.integers(100, 190))
def test_looking_now_and_then_sees_what_looking_always_sees(gap, speed, bounce, hold):
    blueprint, goal = Blueprint.of(balls(gap, speed, bounce)), Goal(1, 2, hold)
    assert simulate(blueprint, goal, 500).solved == _run(blueprint, goal, 500, 1).solved
