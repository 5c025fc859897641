import re

import pytest

from addon.coder.grammar import free_grammar, mentioned, numbers, strict_grammar


@pytest.fixture
def graph(scene):
    return scene({"Ball": True, "Red Ball": True, "Door": None, "Lamp": {"on": False}}, ["Hook"])


def alternatives(grammar, rule):
    line = next(line for line in grammar.splitlines() if line.startswith(f"{rule} ::="))
    return re.findall(r'"((?:\\.|[^"\\])*)"', line.split("::=")[1])


def test_a_name_within_a_longer_name_is_not_said():
    assert mentioned("When Red Ball hits Door, open it.", ["Ball", "Red Ball", "Door"]) == ["Red Ball", "Door"]
    assert mentioned("When ball and Red Ball meet", ["Ball", "Red Ball"]) == ["Red Ball", "Ball"]


def test_numbers_come_in_figures_and_words():
    assert numbers("After half a second push Ball 2 by 1.5 m twice", ["Ball 2"]) == ["1.5", "0.5", "2", "0", "1"]


def test_the_strict_grammar_knows_what_the_rule_says(graph):
    grammar = strict_grammar("When Red Ball hits Door, wait 1.5 s and turn on Lamp.", graph)
    assert alternatives(grammar, "name") == [r"\"Red Ball\"", r"\"Door\"", r"\"Lamp\""]
    assert alternatives(grammar, "number") == ["1.5", "0", "1"]
    assert "rigid_body_constraint" not in grammar
    assert "rigid_body_constraint" in strict_grammar("After 1 s, disable Hook.", graph)


def test_a_rule_without_names_may_use_all_of_the_scene(graph):
    assert r"\"Door\"" in alternatives(strict_grammar("After 1 second, open it.", graph), "name")


@pytest.mark.parametrize("make", [strict_grammar, free_grammar])
def test_every_symbol_of_a_grammar_is_defined(graph, make):
    grammar = make("When Ball hits Door, disable Hook and set Lamp.mode to 'dim'.", graph)
    defined = re.findall(r"^(\w+) ::=", grammar, re.MULTILINE)
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]|\{[^}]*\}', " ", grammar)
    assert len(defined) == len(set(defined))
    assert set(re.findall(r"[a-z]\w*", bare)) == set(defined)
