"""Annealing on plain functions of the unit cube."""

import math

import pytest

from addon.jobs.search import Annealing
from addon.jobs.search.annealing import BATCH
from addon.jobs.search.method import FAILED


def search(function, budget, seed=0, start=(0.1, 0.1), counts=None):
    """All points of a search with what they were worth."""
    method, told = Annealing(start, budget, seed, counts or (None,) * len(start)), []
    while len(told) < budget:
        points = method.ask()
        assert len(points) == BATCH
        worths = [function(*point) for point in points]
        method.tell(worths)
        told += zip(points, worths, strict=True)
    return told


def bowl(x, y):
    """Worth 1 at one place, less the farther away."""
    return max(0.0, 1.0 - math.hypot(x - 0.73, y - 0.31))


def waves(x, y):
    """Many hills, the highest of them at one place."""
    hills = math.cos(14 * (x - 0.62)) * math.cos(14 * (y - 0.27))
    return max(0.0, 0.6 * bowl(x + 0.11, y + 0.04) + 0.4 * hills)


def best(told):
    return max(told, key=lambda one: one[1])


@pytest.mark.parametrize("seed", range(5))
def test_the_top_of_one_hill_is_found(seed):
    assert best(search(bowl, 300, seed))[1] > 0.97


@pytest.mark.parametrize("seed", range(5))
def test_the_highest_of_many_hills_is_found(seed):
    assert best(search(waves, 600, seed))[1] > 0.97


def test_it_does_better_than_chance():
    found = [best(search(bowl, 200, seed))[1] for seed in range(10)]
    looked = [max(worth for _, worth in search(bowl, 200, seed)[:40]) for seed in range(10)]
    assert sum(found) > sum(looked) + 0.2


def test_the_first_is_the_scenes_own():
    assert search(bowl, 4, start=(0.4, 0.9))[0][0] == (0.4, 0.9)


def test_points_stay_within_the_bounds():
    told = search(lambda x, y: x, 400)
    assert all(0.0 <= part <= 1.0 for point, _ in told for part in point)
    assert best(told)[1] > 0.995


def test_one_seed_gives_one_search():
    first, again, other = (search(waves, 80, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_places_that_fail_are_left():
    def half(x, y):
        return FAILED if x < 0.5 else 0.2 + 0.3 * y

    told = search(half, 200)
    assert best(told)[1] > 0.48
    assert sum(worth == FAILED for _, worth in told[100:]) < 40


def test_steps_of_numbers_with_few_values_lead_from_one_to_the_next():
    """The last steps are far smaller than the way from one of five values to the next would need."""
    told = search(lambda x, y: 1.0 - abs(round(x * 4) - 3) / 4, 100, counts=(5, None))
    late = {round(point[0] * 4) for point, _ in told[80:]}
    assert len(late) > 1
    assert best(told)[1] == 1.0


def test_a_frozen_search_looks_elsewhere():
    """A broad hill far from where a narrow and higher one stands."""

    def function(x, y):
        high = 1.0 if math.hypot(x - 0.9, y - 0.9) < 0.06 else 0.0
        return max(high, 0.5 - math.hypot(x - 0.2, y - 0.2) / 4)

    assert sum(best(search(function, 600, seed))[1] == 1.0 for seed in range(5)) >= 4
