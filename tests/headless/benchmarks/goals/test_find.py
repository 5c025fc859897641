"""Which runs a goal is held against."""

from itertools import islice

from headless.benchmarks.goals.find import candidates, picked
from headless.benchmarks.goals.model import all_scenes


def test_candidates_are_the_same_each_time_and_have_room():
    scene = all_scenes()["ledge"]
    first, again = (list(islice(candidates(scene), 5)) for _ in range(2))
    assert first == again
    assert all(scene.fits(scene.build(numbers)) for numbers in first)


def test_what_is_nearly_met_comes_first_and_used_runs_are_preferred():
    met = {(float(i),): (True, (True, True)) for i in range(20)}
    near = {(100.0 + i,): (False, (True, False)) for i in range(20)}
    far = {(200.0 + i,): (False, (False, False)) for i in range(20)}
    chosen = picked({**met, **near, **far}, {(19.0,), (119.0,)})
    assert (19.0,) in chosen
    assert (119.0,) in chosen
    assert sum(n[0] < 100 for n in chosen) == 5
    assert sum(100 <= n[0] < 200 for n in chosen) == 3
    assert sum(n[0] >= 200 for n in chosen) == 3
