import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.rewards import DslError, parse
from addon.rewards.nodes import (
    After,
    Count,
    EventNode,
    Logic,
    Nearby,
    NearbyAt,
    ObjectId,
    OnlyAfter,
    SameCount,
    Touching,
)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('event("a")', EventNode("a")),
        ("EVENT('it\\'s \"x\"', {'k': 'v',})", EventNode('it\'s "x"', (("k", "v"),))),
        (r'EVENT("a\\b\n\u00e9\"")', EventNode('a\\b\né"')),
        ('EVENT("a", {"path": [(5, 10), (12, 5.5)]})', EventNode("a", (("path", ((5, 10), (12, 5.5))),))),
        ('EVENT("a", {"o": OBJECT_ID("red", "any"), "n": null, "b": True})',
         EventNode("a", (("o", ObjectId("red", "any")), ("n", None), ("b", True)))),
        ('WITHIN("a", "b", 2, event_params={"x": 1}, reference_params={"y": -1})',
         After("a", "b", None, 2, (("x", 1),), (("y", -1),))),
        ('AFTER("a", "b", None, 3)', After("a", "b", None, 3)),
        ('GT("a", 3, {})', Count("GT", "a", 3)),
        ('NEARBY_AT("o", 1, 2, 0.5)', NearbyAt("o", 1, 2, None, 0.5)),
        ('NEARBY_AT("o", 1, 2, 3, 0.5)', NearbyAt("o", 1, 2, 3, 0.5)),
        ('NEARBY_AT("o", 1, 2, t=0.5, threshold_strength=0.2)', NearbyAt("o", 1, 2, None, 0.5, 0.2)),
        ('NEARBY_AT("o", x=140, y=10, t=1.0)', NearbyAt("o", 140, 10, None, 1.0)),
        ('NEARBY_AT(5, 100.0, 150.0, 0.5)', NearbyAt(5, 100, 150, None, 0.5)),
        ('EVENT("a", {}, 0.1, 0.2)', EventNode("a", (), 0.1, 0.2)),
        ('GT("a", 1, until=0.2)', Count("GT", "a", 1, (), None, 0.2)),
        ('ONLY_AFTER("a", "b", {"x": 1})', OnlyAfter("a", "b", (("x", 1),))),
        ('SAME_COUNT("a", "b", second_params={"x": 1})', SameCount("a", "b", (), (("x", 1),))),
        ('NEARBY("a", 2, 0.5)', Nearby("a", 2, 0.5)),
        ('TOUCHING("a", OBJECT_ID("red", "any"), t=1)', Touching("a", ObjectId("red", "any"), 1)),
    ],
)  # fmt: skip
def test_forms(text, node):
    assert parse(text) == node


@pytest.mark.parametrize(
    ("numbers", "node"),
    [
        ("1, 2, 0.5", NearbyAt("o", 1, 2, None, 0.5)),
        ("1, 2, 0.5, 0.2", NearbyAt("o", 1, 2, None, 0.5, 0.2)),
        ("1, 2, t=0.5", NearbyAt("o", 1, 2, None, 0.5)),
        ("1, 2, 0.5, threshold_strength=0.2", NearbyAt("o", 1, 2, None, 0.5, 0.2)),
    ],
)
def test_numbers_in_a_plane(numbers, node):
    assert parse(f'NEARBY_AT("o", {numbers})', planar=True) == node


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ("1, 2, 3, 0.5, 0.2", "takes at most 5 values: obj_id, x, y, t, threshold_strength"),
        ("1, 2, 3, t=0.5", "'t' twice; its values in order are obj_id, x, y, t, threshold_strength"),
        ("1, 2, 3, 0.5", "a t from 0 to 1, got 3"),
        ("x=1, y=2, z=3, t=0.5", "'z' does not fit NEARBY_AT"),
    ],
)
def test_three_coordinates_in_a_plane_are_refused(numbers, words):
    with pytest.raises(DslError, match=f"line 1, column .*{words}"):
        parse(f'NEARBY_AT("o", {numbers})', planar=True)


def test_nodes_know_their_place():
    tree = parse('AND(\n  EVENT("a"),\n  NOT(EVENT("b")))')
    assert isinstance(tree, Logic)
    assert [(n.line, n.column) for n in (tree, *tree.operands)] == [(1, 1), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('EVENTS("a")', ["line 1, column 1", "did you mean 'EVENT'?"]),
        ('AND(\n  EVENT("a"),\n  FOO("b"))', ["line 3, column 3", "there are AFTER, AND"]),
        ('EVENT("a"', ["line 1, column 10", "not closed"]),
        ("", ["line 1, column 1"]),
        ('EVENT("a") EVENT("b")', ["line 1, column 12"]),
        ('AND("a")', ["column 5", "expression is needed"]),
        ('AND(OBJECT_ID("red", "any"))', ["column 5", "expression is needed"]),
        ("NOT()", ["NOT takes one expression"]),
        ("AND()", ["AND takes expressions"]),
        ('COUNT("a")', ["needs count"]),
        ('COUNT("a", "b")', ["needs a number for count"]),
        ('COUNT("a", 1.5)', ["whole number", "1.5"]),
        ('COUNT("a", -1)', ["from 0 to 1e+06"]),
        ('EVENT("a", params={"b": 1}, colour=3)', ["'colour' does not fit EVENT", "column 29"]),
        ('AFTER("a", "b", max_dleta=3)', ["did you mean 'max_delta'?"]),
        ('EVENT("a", uid="b")', ["'uid' twice"]),
        ('EVENT("a", {"b": 1, "b": 2})', ["'b' is given twice", "column 21"]),
        ('EVENT("a", {"b": {"c": 1}})', ["column 18"]),
        ('EVENT("a", [("b", 1)])', ["for params"]),
        ('EVENT("a", {"b": EVENT("c")})', ["column 18"]),
        ('EVENT("a\\d")', ["column 7", "write \\\\"]),
        ('AFTER("a", "b", -1)', ["min_delta at least 0"]),
        ('AFTER("a", "b", 2, 1)', ["at least min_delta"]),
        ('NEARBY_AT("Ball", 1, 2)', ["needs t"]),
        ('NEARBY_AT("Ball", 1, 2, 1.5)', ["t from 0 to 1"]),
        ('NEARBY_AT(true, 1, 2, 0.5)', ["object's name"]),
        ('LT("a", 0)', ["line 1, column 1", "can never hold", "COUNT"]),
        ('AFTER("a", "b", max_delta=0)', ["can never hold", "AFTER(…, 0, 0)"]),
        ('WITHIN("a", "b", 0)', ["can never hold"]),
        ('EVENT("a", since=0.5, until=0.4)', ["until of at least since"]),
        ('EVENT("a", until=20)', ["until from 0 to 1"]),
        ('SAME_COUNT("a")', ["needs uid_b"]),
        ('NEARBY("a", "b")', ["needs t"]),
        ('TOUCHING("a", "b", 2)', ["t from 0 to 1"]),
        ('NEARBY_AT("Ball", 1, 2, 3, 0.5, 0)', ["from 1e-06 to 1000"]),
        ('NEARBY_AT("Ball", 1e999, 2, 0.5)', ["column 19", "too large"]),
        ('NEARBY_AT("Ball", 1, 2, 3, 0.5, 5e-324)', ["from 1e-06 to 1000"]),
        ('NEARBY_AT("Ball", 1e300, 2, 3, 0.5)', ["from -1e+06 to 1e+06"]),
        ('COUNT("a", 1e300)', ["from 0 to 1e+06"]),
        (r'EVENT("a", {"b": "\ud800"})', ["no text can hold"]),
        ("NOT(" * 3000, ["line 1"]),
        ("NOT(" * 3000 + 'EVENT("a")' + ")" * 3000, ["nested too deeply"]),
    ],
)  # fmt: skip
def test_errors_name_the_place(text, words):
    with pytest.raises(DslError) as caught:
        parse(text)
    for word in words:
        assert word in str(caught.value)


def complaint(text):
    """What is wrong with a text, None if nothing is; nothing but a DslError may be raised."""
    try:
        parse(text)
    except DslError as error:
        return str(error)
    return None


@given(st.text(max_size=60))
def test_garbage_raises_only_dsl_errors(text):
    assert (complaint(text) or "line ").startswith("line ")


pieces = st.sampled_from(
    ['EVENT("a")', "AND(", "NOT(", ")", ",", '"a"', "'", '\\', "1", "-", "{", "}", ":", "[", "]", "=", "t=",
     "OBJECT_ID(", "none", "NEARBY_AT(", "COUNT(", "AFTER(", "WITHIN(", "1e400", "# x\n"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map(" ".join))
def test_nearly_expressions_raise_only_dsl_errors(text):
    assert (complaint(text) or "line ").startswith("line ")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False, width=32)
places = st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6, width=32)
plain = texts | numbers | st.booleans() | st.none() | st.builds(ObjectId, texts, texts)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4)
params = st.dictionaries(texts, values, max_size=3).map(lambda d: tuple(d.items()))
seconds = st.none() | st.floats(0, 100)
deltas = st.tuples(seconds, seconds).filter(lambda d: d != (None, 0) and (None in d or d[0] <= d[1]))
shares = st.floats(0, 1)
spans = st.tuples(st.none() | shares, st.none() | shares).filter(lambda s: None in s or s[0] <= s[1])
targets = texts | st.integers(0, 99) | st.builds(ObjectId, texts, texts)
leaves = st.one_of(
    st.builds(lambda uid, p, span: EventNode(uid, p, *span), texts, params, spans),
    st.builds(
        lambda kind, uid, n, p, span: Count(kind, uid, n, p, *span),
        st.sampled_from(["COUNT", "GT", "LT"]),
        texts,
        st.integers(1, 99),
        params,
        spans,
    ),
    st.builds(OnlyAfter, texts, texts, params, params),
    st.builds(SameCount, texts, texts, params, params),
    st.builds(Nearby, targets, targets, shares, st.floats(1e-6, 10)),
    st.builds(Touching, targets, targets, shares),
    st.builds(lambda a, b, d, p, q: After(a, b, *d, p, q), texts, texts, deltas, params, params),
    st.builds(
        NearbyAt,
        targets,
        places,
        places,
        st.none() | places,
        shares,
        st.floats(1e-6, 10),
    ),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Logic, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(lambda n: Logic("NOT", (n,)), inner),
    ),
    max_leaves=6,
)


@given(expressions)
def test_what_is_written_parses_to_the_same(expression):
    assert parse(str(expression)) == expression
