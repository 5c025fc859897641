"""What holds for all tests: none fails because the machine is busy, and of many cases of a kind some run the short way.

A test that has more than `ENOUGH` cases has a share of them, spread evenly, where the whole suite is run; all run with
``scripts/test.sh --all``, where a part of the suite is asked for, and where the test is marked ``whole``.
"""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

SUITE = 2000
"""From how many cases on a run is one of the whole suite, or of most of it."""

ENOUGH, SHARE = 8, 6
"""How many cases of a test run at least, and of more of them each so many-th."""


def spread(count: int) -> set[int]:
    """Which of so many cases run."""
    kept = count if count <= ENOUGH else max(ENOUGH, math.ceil(count / SHARE))
    return {i * count // kept for i in range(kept)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the cases of a large run that the short way leaves out as slow."""
    if len(items) < SUITE:
        return
    cases: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("slow") is None and item.get_closest_marker("whole") is None:
            cases[item.nodeid.partition("[")[0]].append(item)
    for found in cases.values():
        kept = spread(len(found))
        for number, item in enumerate(found):
            if number not in kept:
                item.add_marker(pytest.mark.slow)
