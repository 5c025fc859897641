"""The gaps of the goal's bodies, and the same outcome that `simulate` tells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headless.planar import Blueprint, Goal, simulate
from headless.planar import probe as probing
from headless.planar.goal import GoalWatch
from headless.planar.probe import EVERY, probe
from tests.headless.planar.scenes import FLOOR, ball, scene


def balls(gap, speed=0.0, bounce=0.0):
    return Blueprint.of(
        scene(
            FLOOR,
            ball("Green", at=(0, 0, 0.5), velocity=(speed, 0, 0), body={"restitution": bounce}),
            ball("Blue", at=(1 + gap, 0, 0.5), body={"restitution": bounce}),
        )
    )


@settings(max_examples=25, deadline=None)
@given(gap=st.floats(0, 4), speed=st.floats(0, 8), bounce=st.floats(0, 1))
def test_the_outcome_is_that_of_simulate(gap, speed, bounce):
    blueprint, goal = balls(gap, speed, bounce), Goal(1, 2)
    found = probe(blueprint, goal)
    assert found.outcome.solved == simulate(blueprint, goal).solved
    assert 0 <= found.closest <= min(found.last, gap + 1e-6)


def test_what_lies_apart_stays_as_far():
    found = probe(balls(1.5), Goal(1, 2))
    assert (found.closest, found.last) == (pytest.approx(1.5, abs=1e-3), pytest.approx(1.5, abs=1e-3))
    assert (found.outcome.solved, found.outcome.steps < 500) == (False, True)


def test_the_least_gap_may_be_on_the_way():
    found = probe(balls(1.0, speed=6, bounce=1.0), Goal(1, 2))
    assert found.closest < 0.1 < found.last


def test_a_ball_and_the_floor():
    found = probe(Blueprint.of(scene(FLOOR, ball("Green", at=(0, 0, 3)))), Goal(0, 1))
    assert found.outcome.solved
    assert found.last < 0.02


def test_few_steps_are_kept_to():
    assert probe(balls(1.0, speed=1), Goal(1, 2), steps=7).outcome.steps == 7


@settings(max_examples=25, deadline=None)
@given(gap=st.floats(0, 2), speed=st.floats(-1, 4), bounce=st.floats(0, 1), steps=st.integers(1, 400))
def test_few_looks_find_what_looks_in_every_step_find(gap, speed, bounce, steps):
    blueprint, goal = balls(gap, speed, bounce), Goal(1, 2, hold=20)
    assert probe(blueprint, goal, steps) == probing._run(blueprint, goal, steps, 1)


def test_what_is_apart_is_looked_at_every_few_steps(monkeypatch):
    looks = []
    monkeypatch.setattr(GoalWatch, "touching", lambda self: looks.append(self))
    steps = probe(balls(1.0, speed=3), Goal(1, 2)).outcome.steps
    assert len(looks) <= steps / EVERY + 1
