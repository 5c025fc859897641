"""CMA-ES in ask/tell form, and methods by their names."""

import builtins
import math

import pytest

from addon.jobs.search import Annealing, OpenNumber, SearchError, Space
from headless.optimise import make_method

SPACE = Space((OpenNumber("a", 0, 1), OpenNumber("b", 0, 1)), (0.1, 0.1))
LINE = Space((OpenNumber("a", 0, 1),), (0.1,))


def search(space, budget, seed, function):
    pytest.importorskip("cmaes")
    method, told = make_method("cmaes", space, budget, seed), []
    while len(told) < budget:
        points = method.ask()
        worths = [function(*point) for point in points]
        method.tell(worths)
        told += zip(points, worths, strict=True)
    return told


@pytest.mark.parametrize("seed", range(3))
def test_a_hill_is_climbed_within_the_bounds(seed):
    told = search(SPACE, 300, seed, lambda x, y: 1.0 - math.hypot(x - 0.73, y - 0.31))
    assert max(worth for _, worth in told) > 0.99
    assert all(0.0 <= part <= 1.0 for point, _ in told for part in point)


def test_one_number_alone_is_searched_too():
    told = search(LINE, 120, 0, lambda x: 1.0 - abs(x - 0.8))
    assert max(worth for _, worth in told) > 0.99
    assert all(len(point) == 1 for point, _ in told)


def test_one_seed_gives_one_search():
    first, again, other = (search(SPACE, 60, seed, lambda x, y: x * y) for seed in (1, 1, 2))
    assert first == again != other


def test_it_begins_again_where_it_has_converged():
    told = search(SPACE, 3000, 0, lambda x, y: 0.5)
    assert len({point for point, _ in told}) > 2000


def test_methods_have_names(monkeypatch):
    assert isinstance(make_method("annealing", SPACE, 10, 0), Annealing)
    real = builtins.__import__

    def without(name, *more):
        if name == "cmaes":
            raise ImportError
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(__import__("sys").modules, "headless.optimise.cma", raising=False)
    with pytest.raises(SearchError, match="needs the package cmaes"):
        make_method("cmaes", SPACE, 10, 0)
