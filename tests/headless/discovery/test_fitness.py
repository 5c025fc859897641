"""The terms of fitness against values worked out by hand, and what has none."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns import Activation
from addon.patterns.distance import SMOOTHING
from headless.discovery.candidate import run_candidate
from headless.discovery.errors import DiscoveryError
from headless.discovery.fitness import (
    correlation,
    degenerate,
    fitness_of,
    length_penalty,
    novelty,
    repetition_penalty,
    significance,
)
from headless.discovery.programs import LOWEST, Fitness
from headless.discovery.settings import Settings
from headless.discovery.trace_set import TraceSet
from headless.discovery.traces import NamedTrace

from .scripted import ALWAYS, FRAMES, NOTHING, START, TRACES, TURN, TURNS, pattern, trace_set, turning


def at(*frames, end=None):
    return [Activation("own", f, f / 60, "", {}, end) for f in frames]


HIT, MISS = 1 - SMOOTHING + SMOOTHING / 3, SMOOTHING / 3
"""Shares of a histogram with two bins and "never" that has all in one bin."""


def test_histograms_of_a_candidate_by_hand():
    own = trace_set(bins=2).histograms([at(0), at(60), [], at(0, 1, 60), at(20, end=49), at(5)])
    expected = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [2 / 3, 1 / 3, 0], [11 / 30, 19 / 30, 0], [1, 0, 0]])
    assert own == pytest.approx((1 - SMOOTHING) * expected + SMOOTHING / 3)


def test_the_correlation_is_that_of_both_distances_over_all_pairs():
    traces = trace_set(bins=2)
    found = [at(frame) for frame in TURNS]
    first, second, apart = traces.pairs
    near = -(HIT * math.log(HIT) + 2 * MISS * math.log(MISS))
    far = -(HIT * math.log(MISS) + MISS * math.log(HIT) + MISS * math.log(MISS))
    early = [frame < 31 for frame in TURNS]
    by_hand = [near if early[i] == early[k] else far for i, k in zip(first, second, strict=True)]
    rho = correlation(traces.histograms(found), traces)
    assert rho == pytest.approx(np.corrcoef(apart, by_hand)[0, 1])
    assert rho > 0.5
    assert len(apart) == 15, "all pairs, for all are of one scene"


def test_d_x_between_traces_is_that_of_the_moving_body():
    """Balls that turn at frames 7 and 10 part by two metres a second between these, then stay so far apart."""
    first, second, apart = trace_set().pairs
    assert (first[0], second[0]) == (0, 1)
    steps = [2 * min(max(frame - 7, 0), 3) / 60 for frame in range(FRAMES + 1)]
    assert apart[0] == pytest.approx(sum(steps) / len(steps))


def test_novelty_is_a_share_of_the_greatest_cross_entropy():
    same, other = np.array([[HIT, MISS, MISS]]), np.array([[MISS, MISS, HIT]])
    most = math.log(3 / SMOOTHING)
    near = -(HIT * math.log(HIT) + 2 * MISS * math.log(MISS)) / most
    far = -(HIT * math.log(MISS) + MISS * math.log(HIT) + MISS * math.log(MISS)) / most
    library = np.stack([same, other], axis=1)
    assert novelty(same, library) == pytest.approx((near + far) / 2)
    assert near < 0.02
    assert 0.98 < far < 1.0
    assert novelty(same, library[:, :0]) == 0.0


@pytest.mark.parametrize(
    ("lines", "penalty"), [(1, 0.0), (20, math.log(20) / 5), (1000, 1.3815510558), (9999, 1.38155106)]
)
def test_the_length_penalty(lines, penalty):
    assert length_penalty("x\n" * lines) == pytest.approx(penalty)


@pytest.mark.parametrize(("events", "penalty"), [(2, 0.0), (4, 0.0), (5, 0.25), (6, 0.5), (8, 1.0), (90, 1.0)])
def test_repetition_grows_from_mu_to_twice_mu(events, penalty):
    assert repetition_penalty([at(*range(events))] * 3, 4.0) == pytest.approx(penalty)


def test_mu_is_the_mean_of_patterns_that_occur():
    assert trace_set([pattern("Two", (1, 2)), pattern("Six", range(6)), pattern("Never", ())]).repetition == 4.0
    assert trace_set().repetition == 0.0
    assert repetition_penalty([at(1, 2)], 0.0) == 0.0


def test_the_sum():
    assert Fitness(correlation=0.5, novelty=0.75, length=0.5, repetition=0.25).total == 0.5
    assert Fitness(correlation=0.5, novelty=0.75, length=0.5, repetition=0.25, examples=0.5).total == 1.0


@given(st.floats(-1, 1), st.floats(0, 1), st.integers(1, 2000), st.floats(0, 1))
def test_nothing_is_worth_less_than_the_skeleton(rho, eta, lines, psi):
    length = length_penalty("x\n" * lines)
    assert Fitness(correlation=rho, novelty=eta, length=length, repetition=psi).total > LOWEST


def test_a_right_detector_has_a_fitness():
    traces = trace_set([pattern("Early", (2,)), pattern("Late", (58,))])
    found = run_candidate(TURN, "Turn", traces)
    assert [[a.frame for a in own] for own in found.activations] == [[frame + 1] for frame in TURNS]
    assert degenerate(found.activations, traces) == ""
    fitness = fitness_of(found.activations, TURN, traces, Settings())
    assert fitness.correlation > 0.4
    assert fitness.length == pytest.approx(math.log(10) / 5, abs=1e-6)
    assert fitness.agreement is None


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (NOTHING, "finds nothing in any of the 6 runs"),
        (ALWAYS, "366 events in 366 frames"),
        (START, "the same at the same times"),
    ],
)
def test_what_tells_nothing_is_told(source, told):
    traces = trace_set()
    assert told in degenerate(run_candidate(source, "Own", traces).activations, traces)


def test_traces_that_cannot_be_compared_are_refused():
    alike = TraceSet([NamedTrace(str(k), turning(30)) for k in range(4)], (), 10)
    with pytest.raises(DiscoveryError, match="as far from each other"):
        _ = alike.pairs


def test_traces_are_compared_with_those_of_their_own_scene():
    from tests.patterns.builder import ball, build, floor, path

    def run(place, frame):
        legs = [(frame, (1, 0, 0)), (60 - frame, (-1, 0, 0))]
        cast = [ball("Red", path((0, 0, 0.5), *legs), tags=("actor",)), ball("Green", path((5, place, 0), *legs))]
        return build([*cast, floor((0, 0, -0.5))])

    named = [NamedTrace(f"{place} {frame}", run(place, frame)) for place in (0, 1) for frame in (5, 20, 40)]
    scenes = [n.trace.scene.objects for n in named]
    placed = [
        o.model_copy(update={"location": (5.0, float(i // 3), 0.0)}) if o.name == "Green" else o
        for i, objects in enumerate(scenes)
        for o in objects
    ]
    for i, one in enumerate(named):
        one.trace.meta = one.trace.meta.model_copy(
            update={"scene": one.trace.scene.model_copy(update={"objects": tuple(placed[3 * i : 3 * i + 3])})}
        )
    first, second, _ = TraceSet(named, (), 10).pairs
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    few = TraceSet([named[0], named[1], named[3], named[4]], (), 10)
    assert len(few.pairs[0]) == 6, "two pairs are too few for four traces"


def test_roles_match_bodies_of_other_names_and_what_rests_in_both_is_left_out():
    from addon.patterns import Roles
    from tests.patterns.builder import ball, build, floor, path

    def run(name, speed):
        return build([ball(name, path((0, 0, 0.5), (FRAMES, (speed, 0, 0))), tags=("actor",)), floor()])

    traces = TraceSet([NamedTrace("a", run("Red", 1.0)), NamedTrace("b", run("Rose", 3.0))], (), 10)
    assert traces.observations[0].roles == Roles(actor="Red")
    assert traces._matched(0, 1) == [("Red", "Rose")]
    assert len(TRACES) == len(TURNS)


def test_rho_is_held_against_exchanged_traces():
    traces = trace_set()
    turns = traces.histograms([at(frame) for frame in TURNS])
    assert [list(group) for group in traces.exchangeable] == [list(range(len(TURNS)))]
    assert significance(turns, traces) < 0.05
    assert significance(turns, traces) == significance(turns, traces)
    other = traces.histograms([at(frame) for frame in (7, 57, 10, 47, 13, 45)])
    assert significance(other, traces) > 0.1
    few = TraceSet(TRACES[:4], (), 10)
    assert significance(few.histograms([at(frame) for frame in TURNS[:4]]), few) == 0.0, "nothing can be shown"


def test_as_much_in_every_run_at_times_without_a_relation_is_nothing():
    traces = trace_set()
    assert degenerate([at(frame) for frame in TURNS], traces) == ""
    shuffled = [at(frame) for frame in (7, 57, 10, 47, 13, 45)]
    assert "no more with how runs differ than by chance" in degenerate(shuffled, traces)
    assert degenerate([*shuffled[:5], at(45, 46)], traces) == "", "it tells how often"


def test_own_terms_are_told_apart_from_the_papers():
    fitness = Fitness(correlation=0.5, novelty=0.75, length=0.5, repetition=0.25, examples=0.5, agreement=0.25)
    assert (fitness.nu, fitness.own, fitness.total) == (0.5, 1.0, 1.25)
