"""Rules that are proposed for a scene."""

import pytest

from addon.rules import Refusal, Vocabulary, read
from addon.rules.ideas import ideas
from addon.scene_graph import SceneGraph
from headless.benchmarks.physibench.examples import example, example_names

EXAMPLES = [name for name in example_names() if not name.startswith("bundled")]


@pytest.mark.parametrize("name", EXAMPLES)
def test_five_of_what_is_proposed_can_be_read(name):
    vocabulary = Vocabulary(example(name).graph)
    proposed = ideas(vocabulary)
    assert len([text for text in proposed if not isinstance(read(text, vocabulary), Refusal)]) >= 5
    assert len(set(proposed)) == len(proposed)


def test_a_door_is_opened_by_what_moves():
    assert ideas(Vocabulary(example("trigger_door").graph))[0] == "When Marble touches Sensor, open Barrier"


def test_an_empty_scene_allows_nothing():
    assert ideas(Vocabulary(SceneGraph(name="Empty", objects=()))) == ()
