from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.patterns.graph import columns, dependency_svg

CHAIN = {"a": (), "b": ("a",), "c": ("a", "b"), "lone": ()}

dags = st.integers(1, 12).flatmap(
    lambda n: st.fixed_dictionaries(
        {str(i): st.sets(st.sampled_from([str(j) for j in range(i)] or ["x"])) for i in range(n)}
    )
)


def test_each_node_is_right_of_its_inputs():
    assert [sorted(column) for column in columns(CHAIN)] == [["a", "lone"], ["b"], ["c"]]


@given(dags)
def test_columns_hold_every_node_once_and_follow_the_edges(edges):
    found = columns(edges)
    depth = {node: x for x, column in enumerate(found) for node in column}
    assert sum(len(column) for column in found) == len(depth)
    assert set(depth) == set(edges) | {name for inputs in edges.values() for name in inputs}
    assert all(depth[name] < depth[node] for node, inputs in edges.items() for name in inputs)


def test_neighbours_stand_beside_each_other():
    left, right = columns({"p": (), "q": (), "r": (), "y": ("p",), "x": ("r",)})
    assert (left.index("p") < left.index("r")) == (right.index("y") < right.index("x"))


def test_a_cycle_is_refused():
    with pytest.raises(CycleError):
        columns({"a": ("b",), "b": ("a",)})


def test_the_picture_shows_every_label_and_arrow_and_is_always_the_same():
    svg = dependency_svg(CHAIN, {"a": "first one"}, {"b"})
    assert all(f">{label}</text>" in svg for label in ("first one", "b", "c", "lone"))
    assert svg.count("#cfe3f7") == 1
    assert svg == dependency_svg(CHAIN, {"a": "first one"}, {"b"})
    arrows = dependency_svg(CHAIN, {}).count("<path") - dependency_svg(dict.fromkeys(CHAIN, ()), {}).count("<path")
    assert arrows == 2 * 3
    assert dependency_svg({}, {}).startswith("<svg")
