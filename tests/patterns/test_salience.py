import pytest

from addon.patterns import Observation, library
from addon.patterns.annotation import annotate
from addon.patterns.model import Activation
from addon.patterns.salience import KEPT, OUTCOME, BaseRates, Kind, base_rates, weights
from addon.trace import Event
from tests.patterns.builder import ROLES, Cast, Touch, ball, build, floor, path

RATES = BaseRates(
    runs=1,
    body_seconds=1024.0,
    kinds={"Bounce": Kind(rate=0.25, strength=tuple(float(k) for k in range(11))), "BriefTap": Kind(rate=0.5)},
)


def act(uid, frame, end=None, **parameters):
    return Activation(uid, frame, frame / 60, uid, parameters, end)


def weigh(trace, *activations, outcomes=()):
    return weights(Observation(trace), activations, outcomes, library(), RATES)


def test_surprise_is_the_bits_of_how_often_something_at_least_as_strong_happens():
    assert RATES.surprise("BriefTap") == 1.0
    assert RATES.surprise("Bounce") == 2.0
    assert RATES.surprise("Bounce", 5.0) == pytest.approx(3.0)
    assert RATES.surprise("Bounce", 99.0) == pytest.approx(2.0 + 4.3219, abs=1e-3)
    assert RATES.surprise("Unheard") == 11.0


def test_every_pattern_of_the_library_was_measured_often_enough_to_be_told_apart():
    measured = base_rates()
    assert measured.runs >= 60
    assert {p.uid for p in library()} >= measured.kinds.keys()
    assert len(measured.kinds) >= 36
    assert measured.surprise("SpeedChange") < measured.surprise("Bounce") < measured.surprise("CollisionRelay")


def test_a_harder_hit_weighs_more():
    trace = build([floor(), ball("Ball", path((0, 0, 2), (60, (0, 0, -1))))])
    soft, hard = weigh(
        trace,
        act("Bounce", 9, object="Ball", other="Floor", speed_before=1.0),
        act("Bounce", 20, object="Ball", other="Floor", speed_before=20.0),
    )
    assert hard.surprise > soft.surprise + 1


def test_each_body_with_a_role_weighs_what_telling_it_from_all_others_takes():
    trace = Cast(others=[ball("Gray", (9, 9, 0.5)), ball("Pink", (9, 5, 0.5)), ball("Lime", (5, 9, 0.5))]).trace()
    found = weights(
        Observation(trace, ROLES),
        [act("BriefTap", 1, object=a, other=b) for a, b in (("Gray", "Pink"), ("Red", "Pink"), ("Red", "Green"))],
        (),
        library(),
        RATES,
    )
    assert [w.goal for w in found] == [0.0, 1.0, 2.0]


def test_what_leads_to_an_outcome_has_a_share_of_it_that_shrinks_link_by_link():
    bodies = [ball(name, path((k, 0, 0.5), (60, (0.1, 0, 0)))) for k, name in enumerate(("A", "B", "C", "D"))]
    trace = build(bodies)
    done = act("PropertyChanged", 40, object_id="C", property="on", old=False, new=True)
    first, second, other, after = weigh(
        trace,
        act("BriefTap", 20, object="A", other="B"),
        act("BriefTap", 30, object="B", other="C"),
        act("BriefTap", 35, object="A", other="D"),
        act("BriefTap", 50, object="C", other="D"),
        outcomes=[done],
    )
    assert second.consequence == pytest.approx(KEPT * OUTCOME)
    assert first.consequence == pytest.approx(KEPT**2 * OUTCOME)
    assert (other.consequence, after.consequence) == (0.0, 0.0)


def test_too_long_before_an_outcome_is_no_cause():
    trace = build([ball(name, path((k, 0, 0.5), (90, (0.1, 0, 0)))) for k, name in enumerate("AB")])
    done = act("PropertyChanged", 80, object_id="B", property="on", old=False, new=True)
    (early,) = weigh(trace, act("BriefTap", 20, object="A", other="B"), outcomes=[done])
    assert early.consequence == 0.0


def test_what_others_build_on_weighs_more_and_what_is_so_from_the_start_nothing():
    trace = build([floor(), ball("Ball", path((0, 0, 2), (60, (0, 0, -1))))])
    alone, read, _, start = weigh(
        trace,
        act("Support", 20, 25, object="Ball", support="Floor"),
        act("Support", 40, 45, object="Ball", support="Floor"),
        act("LoseSupport", 46, object="Ball", support="Floor", drop=1.0),
        act("Support", 2, 25, object="Ball", support="Floor"),
    )
    assert (alone.built, read.built, start.surprise) == (0.0, 1.0, 0.0)
    assert alone.surprise > 0


def test_an_annotation_has_a_weight_for_each_activation():
    cast = Cast(
        red=path((-4, 0, 0.5), (60, (3, 0, 0)), (30, (0, 0, 0))), touches=[Touch("Red", "Green", 60, 90, (1, 0, 0))]
    )
    trace = cast.trace()
    trace.events = [Event(uid="TaskComplete", frame=80, time=80 / 60, parameters={"success": True})]
    found = annotate(trace, ROLES)
    assert len(found.weights) == len(found.activations) > 3
    assert [a.uid for a in found.outcomes] == ["TaskComplete"]
    assert found.spoken == {"Red": "the red", "Green": "the green", "Blue": "the blue"}
