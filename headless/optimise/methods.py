"""The ways of searching by name."""

from __future__ import annotations

from typing import get_args

from addon.jobs.search import Annealing, Method, SearchError, Space
from addon.jobs.search.spec import MethodName

METHODS: tuple[str, ...] = get_args(MethodName)


def make_method(name: str, space: Space, budget: int, seed: int) -> Method:
    """A method for a search. Raises SearchError if its library is not installed."""
    if name == "annealing":
        return Annealing(space.start, budget, seed, space.counts)
    try:
        from .cma import Cma
    except ImportError:
        raise SearchError(
            "the method cmaes needs the package cmaes: install the dependency group puzzles, or use --method annealing"
        ) from None
    return Cma(space.start, seed)
