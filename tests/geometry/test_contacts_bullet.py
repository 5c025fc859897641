"""Contacts against Blender's own engine; see `bullet_scenes` for what its motion tells."""

import pytest

from tests.geometry.bullet_scenes import Verdict, judge
from tests.geometry.random_scenes import scene


def total(seeds) -> Verdict:
    whole = Verdict(0, [], 0, [], 0, [])
    for seed in seeds:
        told = judge(scene(seed))
        whole.rests += told.rests
        whole.shocks += told.shocks
        whole.flights += told.flights
        for name in ("unheld", "unstruck", "touched"):
            getattr(whole, name).extend((seed, *row) for row in getattr(told, name))
    return whole


def check(told: Verdict) -> None:
    assert len(told.unheld) <= 1e-4 * told.rests, told.unheld
    assert len(told.unstruck) <= 0.01 * told.shocks, told.unstruck
    assert len(told.touched) <= 0.05 * told.flights, told.touched


def test_what_bullet_holds_or_strikes_is_touched_and_what_flies_is_not():
    told = total(range(60))
    assert min(told.rests, 10 * told.shocks, told.flights) > 5000
    check(told)


@pytest.mark.slow
def test_more_scenes():
    check(total(range(60, 600)))
