import random
import re
from collections import Counter

import pytest
from addon.coder.grammar import strict_grammar

from addon.coder import CodingRequest, RuleCoder
from addon.coder.chance import ChanceClient, parse
from addon.coder.choose import open_coder
from addon.coder.link import pieces
from addon.scene_graph import scene_text

from .gbnf import as_regex

RULE = "When Ball hits Door, wait 2 s and turn on Lamp."


@pytest.fixture
def graph(scene):
    return scene({"Ball": True, "Door": None, "Lamp": {"on": False}})


def test_a_draw_is_one_of_the_texts_and_all_are_equally_likely():
    root = parse('root ::= "a" ("b" | "c" side)\nside ::= "d" | "\\"e\\n\\""')
    assert root.ways == 3
    rng = random.Random(0)
    drawn = Counter(root.draw(rng) for _ in range(3000))
    assert set(drawn) == {"ab", "acd", 'ac"e\n"'}
    assert all(850 < count < 1150 for count in drawn.values())


def test_grammars_of_endless_texts_are_refused():
    for grammar in ("", 'root ::= "a"+', "root ::= [a-z]", 'root ::= "a" (', "root ::= gone"):
        with pytest.raises(ValueError, match=r"."):
            parse(grammar)


def test_a_script_by_chance_is_a_reading_of_its_rules_and_the_same_again(graph):
    request = CodingRequest(graph, scene_text(graph), (RULE,), dt=graph.world.dt)
    with open_coder("chance") as coder:
        result = coder.write(request)
    code = pieces(result.script)[1][0]
    assert re.search(re.escape(code.strip()), result.answer)
    assert (result.coder, result.model) == ("chance", None)
    assert result.script == RuleCoder(ChanceClient()).write(request).script
    others = {RuleCoder(ChanceClient(seed)).write(request).script for seed in range(20)}
    assert len(others) > 1


def test_the_drawn_text_is_admitted_by_the_grammar(graph):
    grammar = strict_grammar(RULE, graph)
    root, admitted = parse(grammar), as_regex(grammar)
    assert all(admitted.fullmatch(root.draw(random.Random(seed))) for seed in range(20))
