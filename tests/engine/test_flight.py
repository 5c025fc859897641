"""Velocities at the ends of steps, with what the steps before have left behind and without it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from addon.engine.flight import Accelerations, Flight, FreeFall, Substeps
from addon.geometry.evaluated import MeanVelocities

GRAVITY = np.array([0.0, 0.0, -9.81])


def flown(rng, keeps):
    """End velocities over some steps; ``keeps`` tells whether steps share what does not change between them."""
    substeps = Substeps(10, 1 / 24, 1 / 60)
    kept = substeps.kept(np.array([0.0, 0.04, 0.5, 1.0]))
    fall, moved = FreeFall(substeps, kept), np.array([True, True, True, False])
    position, mean = rng.normal(size=(4, 3)), None
    acceleration = Accelerations(np.zeros(4, dtype=bool), np.zeros(3))
    for number in range(12):
        forced = {1: rng.normal(size=3)} if rng.uniform() < 0.3 else {}
        gravity = GRAVITY * (1 if rng.uniform() < 0.8 else 2)
        started = {0: rng.normal(size=3)} if rng.uniform() < 0.2 else {}
        ended = {2: rng.normal(size=3)} if rng.uniform() < 0.2 else {}
        earlier, acceleration = acceleration, acceleration.then(moved, gravity, forced)
        if not keeps:
            fall, earlier = FreeFall(substeps, kept), Accelerations(earlier._moved, earlier._gravity, earlier._forced)
            acceleration = Accelerations(moved, gravity, forced)
        after = position + GRAVITY * number / 3600 * rng.choice([1, 1, -3])
        before, mean = mean, MeanVelocities(after, position, 1 / 60)
        flight = Flight(substeps, fall, moved, acceleration, before, earlier, started, ended)
        yield flight.end_velocity(mean.values, after).tobytes()
        position = after


@given(st.integers(0, 2**32 - 1))
def test_what_is_kept_from_step_to_step_changes_no_velocity(seed):
    again, anew = (list(flown(np.random.default_rng(seed), keeps)) for keeps in (True, False))
    assert again == anew


def test_accelerations_that_stay_are_the_same():
    moved = np.array([True])
    first = Accelerations(moved, GRAVITY)
    assert first.then(moved, GRAVITY.copy(), {}) is first
    assert first.then(moved, 2 * GRAVITY, {}) is not first
    assert first.then(moved.copy(), GRAVITY, {}) is not first
    pushed = first.then(moved, GRAVITY, {0: GRAVITY})
    assert pushed.then(moved, GRAVITY, {}) is not pushed
    assert (first.greatest.tolist(), pushed.greatest.tolist()) == ([9.81], [19.62])
