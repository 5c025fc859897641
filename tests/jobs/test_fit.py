"""Finding open numbers: on plain functions without physics, and one job on Blender."""

import pytest

from addon.executor.tuning import open_numbers
from addon.jobs.fit import Fit

ONE = "x = tune(2.0, 0.0, 10.0)\n"
TWO = "x = tune(0.0, -5.0, 5.0)\ny = tune(0, -5, 5)\n"


def near(*goal, tolerance=0.05):
    """Worth the more, the nearer the numbers are to a goal."""

    def judge(source):
        far = max(abs(n.value - g) for n, g in zip(open_numbers(source), goal, strict=True))
        return max(0.0, 1.0 - far / 10), far < tolerance

    return judge


@pytest.mark.parametrize(("source", "goal"), [(ONE, (7.3,)), (ONE, (9.99,)), (TWO, (3.3, -4.2))])
def test_numbers_are_found(source, goal):
    fit = Fit(source, near(*goal, tolerance=0.2), 200, seed=3)
    found = open_numbers(fit.run())
    assert fit.held
    assert [n.value for n in found] == pytest.approx(goal, abs=0.2)
    assert fit.result.runs == fit.done < 200
    assert [(n.before, n.value) for n in fit.result.numbers] == [
        (was.value, pytest.approx(now.value, rel=1e-5)) for was, now in zip(open_numbers(source), found, strict=True)
    ]


def test_what_does_already_is_run_once():
    fit = Fit(ONE, near(2.0), 50)
    assert fit.run() == ONE.replace("2.0", "2")
    assert fit.result.runs == 1


def test_the_same_seed_gives_the_same_numbers():
    first, again, other = (Fit(TWO, near(3, 1, tolerance=0.0), 40, seed) for seed in (1, 1, 2))
    assert first.run() == again.run() != other.run()
    assert first.done == 40


def test_numbers_stay_within_their_bounds():
    seen = []

    def judge(source):
        seen.extend(open_numbers(source))
        return -abs(seen[-1].value - 99), False

    Fit(ONE, judge, 60).run()
    assert all(n.low <= n.value <= n.high for n in seen)
    assert max(n.value for n in seen) == 10


def test_numbers_that_lie_close_together_stay_apart():
    seen = []
    source = "y = tune(1234567.0, 1234567, 1234568)"
    Fit(source, lambda script: (seen.append(script) or 0.0, False), 6).run()
    values = [open_numbers(script)[0].value for script in seen]
    assert len(set(values)) >= 5
    assert all(1234567 <= value <= 1234568 for value in values)


def test_a_script_that_fails_with_some_numbers_is_worth_less_than_any_that_runs():
    def judge(source):
        (number,) = open_numbers(source)
        return (-1.0, False) if number.value < 5 else (0.0, False)

    fit = Fit(ONE, judge, 30)
    fit.run()
    assert fit.value == 0.0
    assert open_numbers(fit.script)[0].value >= 5


def test_a_fit_that_is_cancelled_keeps_the_best_so_far():
    told = []

    def judge(source):
        if len(told) == 12:
            raise KeyboardInterrupt
        return near(7.0, tolerance=0.0)(source)

    fit = Fit(ONE, judge, 100, on_run=lambda done, value: told.append(value))
    script = fit.run()
    assert (fit.result.stopped, fit.result.runs) == (True, 12)
    assert near(7.0)(script)[0] == pytest.approx(max(told), abs=1e-6)
    assert told == sorted(told)


def test_steps_go_on_from_the_best():
    fit = Fit(TWO, near(4.0, -4.0, tolerance=0.01), 400, seed=5)
    fit.run()
    assert fit.value > 0.99
