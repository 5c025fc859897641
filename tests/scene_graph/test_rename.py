import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.executor import check
from addon.rewards import parse, validate
from addon.scene_graph.rename import LONGEST, free_names, rename, renamed
from headless.benchmarks.physibench.examples import example, example_names

NAMES = st.text(st.sampled_from("aB é.01"), min_size=1, max_size=8)


@given(st.lists(NAMES, unique=True, max_size=6), st.lists(NAMES, max_size=6))
def test_names_become_free_and_stay_different(names, taken):
    found = free_names(names, taken)
    assert set(found) == set(names) & set(taken)
    new = [found.get(name, name) for name in names]
    assert len(set(new)) == len(names)
    assert not set(found.values()) & set(taken)


def test_names_are_numbered_as_blender_does():
    assert free_names(["Ball", "Box"], ["Ball", "Ball.001"]) == {"Ball": "Ball.002"}
    assert free_names(["Ball", "Ball.001"], ["Ball"]) == {"Ball": "Ball.002"}
    (long,) = free_names(["é" * 31], ["é" * 31]).values()
    assert len(long.encode()) <= LONGEST
    assert long.endswith(".001")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When Ball hits Ball 2, open Door", "When Ball.001 hits Ball 2.001, open Door"),
        ("Balls and the Ball's speed", "Balls and the Ball.001's speed"),
        ("Ball.Hits and Ball.003", "Ball.001.Hits and Ball.003"),
        ('EVENT("CollisionStart", {"a_id": "Ball"})', 'EVENT("CollisionStart", {"a_id": "Ball.001"})'),
    ],
)
def test_whole_names_are_replaced(text, wanted):
    assert rename(text, {"Ball": "Ball.001", "Ball 2": "Ball 2.001"}) == wanted


@pytest.mark.parametrize("name", [n for n in example_names() if not n.startswith("bundled")])
def test_every_example_works_where_all_its_names_are_taken(name):
    machine = example(name)
    names = [*machine.graph.names, *(c.name for c in machine.graph.constraints)]
    other = free_names(names, names)
    graph = renamed(machine.graph, other)
    assert {*graph.names, *(c.name for c in graph.constraints)} == set(other.values())
    for text in machine.assertions:
        validate(parse(rename(text, other)), graph)
    first, second = (write(g) for g in (machine.graph, graph))
    check(second)
    assert labels_out(second) == labels_out(rename(first, other))


def write(graph):
    from addon.coder import CodingRequest, RuleCoder
    from addon.executor import language_reference
    from addon.scene_graph import scene_text

    asked = CodingRequest(graph, scene_text(graph), graph.rules, "", graph.world.dt, language_reference(), None)
    return RuleCoder("template").write(asked, None).script


def labels_out(script):
    """A script without the texts by which it remembers what it has done, which are cut."""
    return re.sub(r'once\("[^"]*"', "once(", script)
