import pytest

from addon.coder import CoderError, CodingRequest, RuleCoder
from addon.coder.chance import Chance
from addon.coder.choose import open_coder
from addon.rules import Reading, Vocabulary, read
from addon.rules.candidates import Candidates
from addon.scene_graph import scene_text

RULE = "When Ball has hit Door after Plate hit Door, turn on Lamp."


@pytest.fixture
def graph(scene):
    return scene({"Ball": True, "Plate": None, "Door": None, "Lamp": {"on": False}})


@pytest.mark.slow
def test_a_draw_is_one_of_the_readings_and_the_same_again(graph):
    vocabulary = Vocabulary(graph)
    found = [read(said, vocabulary) for said in Candidates(RULE, vocabulary).sentences]
    possible = {one.sentence for one in found if isinstance(one, Reading)}
    drawn = [Chance(seed)(RULE, vocabulary) for seed in range(8)]
    assert all(one.sentence in possible and one.text == RULE for one in drawn)
    assert len({one.sentence for one in drawn}) > 1
    assert [one.sentence for one in drawn] == [Chance(s)(RULE, vocabulary).sentence for s in range(8)]


def test_the_coder_draws_for_every_rule(graph):
    request = CodingRequest(graph, scene_text(graph), (RULE,), dt=graph.world.dt)
    with open_coder("chance") as coder:
        result = coder.write(request)
    assert (result.coder, result.model, result.requests) == ("chance", None, 0)
    assert result.understood[0].way == "model"
    assert result.script == RuleCoder("chance", always=Chance()).write(request).script


def test_a_rule_without_possible_readings_is_read_by_its_words_or_refused(graph):
    vocabulary = Vocabulary(graph)
    assert isinstance(Chance()("Turn on Lamp at the start.", vocabulary), Reading)
    with pytest.raises(CoderError, match="sing"):
        RuleCoder("chance", always=Chance()).write(CodingRequest(graph, "", ("Please sing.",)))
