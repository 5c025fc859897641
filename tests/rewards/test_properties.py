"""What must be true of the value of any expression."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.rewards import judge, parse
from addon.rewards.evaluate import explain
from addon.rewards.nodes import After, Count, EventNode, Logic, Nearby, NearbyAt, OnlyAfter, SameCount, Touching
from tests.rewards.cases import event, make_trace

TRACE = make_trace()
events = st.sampled_from(
    [
        ("CollisionStart", ()),
        ("CollisionStart", (("normal_speed", 2),)),
        ("CollisionStart", (("a_id", "Ball"),)),
        ("CollisionEnd", (("a_id", "Ball"),)),
        ("PropertyChanged", (("object_id", "Trigger"),)),
        ("TaskComplete", ()),
    ]
)
pairs = st.tuples(events, events)
spans = st.sampled_from([(None, None), (0.5, None), (None, 0.25), (0.2, 0.4)])
shares = st.floats(0, 1)
bounds = st.sampled_from([(None, None), (0.0, None), (0.5, 1.0), (None, 2.0), (0.0, 0.0)])
points = st.floats(-20, 20)
leaves = st.one_of(
    st.builds(lambda e, span: EventNode(*e, *span), events, spans),
    st.builds(
        lambda kind, e, n, span: Count(kind, e[0], n, e[1], *span),
        st.sampled_from(["COUNT", "GT", "LT"]),
        events,
        st.integers(1, 5),
        spans,
    ),
    st.builds(lambda p, d: After(p[0][0], p[1][0], *d, p[0][1], p[1][1]), pairs, bounds),
    st.builds(
        lambda make, p: make(p[0][0], p[1][0], p[0][1], p[1][1]),
        st.sampled_from([OnlyAfter, SameCount]),
        pairs.filter(lambda p: p[0] != p[1]),
    ),
    st.builds(NearbyAt, st.just("Ball"), points, points, st.none() | points, shares, st.floats(0.01, 2)),
    st.builds(Nearby, st.just("Ball"), st.just("Trigger"), shares, st.floats(0.01, 2)),
    st.builds(Touching, st.just("Ball"), st.just("Trigger"), shares),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Logic, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=1, max_size=4).map(tuple)),
        st.builds(lambda n: Logic("NOT", (n,)), inner),
    ),
    max_leaves=8,
)


def no(node):
    return Logic("NOT", (node,))


def both(operator, *nodes):
    return Logic(operator, nodes)


def outcome(expression, trace=TRACE):
    verdict = judge(expression, trace)
    return verdict.held, pytest.approx(verdict.value)


@given(expressions)
def test_it_holds_exactly_where_the_value_is_one(expression):
    verdict = judge(expression, TRACE)
    assert 0.0 <= verdict.value <= 1.0
    assert verdict.held == (verdict.value == 1.0)
    for part in verdict.parts:
        assert part.held == (part.value == 1.0)
    assert explain(verdict).count("\n") + 1 >= 1 + len(verdict.parts)


@given(expressions)
def test_the_clauses_of_a_verdict_are_expressions_of_that_value(expression):
    for part in judge(expression, TRACE).parts:
        assert outcome(parse(part.clause)) == (part.held, part.value)


@given(expressions)
def test_a_contradiction_never_holds_and_one_of_both_always_does(expression):
    assert not judge(both("AND", expression, no(expression)), TRACE).held
    assert judge(both("OR", expression, no(expression)), TRACE).held


@given(expressions, expressions)
def test_de_morgan(a, b):
    assert outcome(no(both("AND", a, b))) == outcome(both("OR", no(a), no(b)))
    assert outcome(no(both("OR", a, b))) == outcome(both("AND", no(a), no(b)))
    assert outcome(no(no(a))) == outcome(a)


@given(st.lists(expressions, min_size=1, max_size=4), expressions)
def test_a_clause_that_holds_never_lowers_the_value(clauses, other):
    """One more that holds, or one that fails in the place of one that holds."""
    value = judge(both("AND", *clauses), TRACE).value
    if judge(other, TRACE).held:
        assert judge(both("AND", *clauses, other), TRACE).value >= value - 1e-12
        assert judge(both("AND", *clauses[1:], other), TRACE).value >= value - 1e-12
    assert judge(both("OR", *clauses, other), TRACE).value >= max(judge(c, TRACE).value for c in clauses)


@given(st.integers(1, 12), st.integers(0, 12), st.integers(0, 12), st.sampled_from(["COUNT", "GT", "LT"]))
def test_a_count_nearer_to_what_is_wanted_scores_no_less(wanted, one, other, comparison):
    node = Count(comparison, "CollisionStart", wanted)

    def off(count):
        return {"COUNT": abs(count - wanted), "GT": max(wanted + 1 - count, 0), "LT": max(count - wanted + 1, 0)}[
            comparison
        ]

    def score(count):
        return judge(node, make_trace([event("CollisionStart", k) for k in range(count)])).value

    if off(one) <= off(other) and (comparison != "COUNT" or (one < wanted) == (other < wanted)):
        assert score(one) >= score(other)


@given(st.floats(0, 60), st.floats(0, 60), st.floats(0.01, 1))
def test_a_nearer_object_scores_no_less(one, other, strength):
    def score(distance):
        return judge(NearbyAt("Ball", 8.0, distance, 0.0, 1.0, strength), TRACE).value

    nearer, farther = sorted((one, other))
    assert score(nearer) >= score(farther)
