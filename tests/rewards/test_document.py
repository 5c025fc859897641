"""The examples of docs/rewards.md."""

import re
from pathlib import Path

import pytest

from addon.rewards import explain, judge, parse, validate
from addon.rewards.functions import functions_table
from addon.rewards.vocabulary import BUILT_IN
from addon.scene_graph import SceneGraph
from tests.rewards.cases import make_trace, mesh

TEXT = (Path(__file__).parents[2] / "docs" / "rewards.md").read_text()
SCENE = SceneGraph(objects=(mesh("Ball", "red"), mesh("Lamp", "green", (3, 0, 0))))


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("example", blocks("reward"))
def test_a_reward_can_be_used(example):
    validate(parse(example), SCENE)


def test_the_explanation_is_what_is_told():
    (shown,) = blocks("text")
    clauses = [line.split(": ")[1] for line in shown.splitlines()[1:]]
    expression = f"AND({', '.join(clauses)})"
    assert explain(judge(parse(expression), make_trace())) == shown.rstrip()


def test_every_function_and_event_is_told():
    assert functions_table() in TEXT
    for kind in BUILT_IN:
        told = re.search(rf"`{kind.uid}` \((.*?)\)", TEXT.replace("\n", " ")).group(1)
        assert re.findall(r"`(\w+)`", told) == list(kind.parameters)
