import re
import tomllib
from pathlib import Path

import pytest

from addon.coder.grammar import free_grammar, strict_grammar
from addon.coder.link import pieces
from addon.coder.plan import planned
from addon.coder.said import numbers
from headless.benchmarks.physibench import rules
from headless.benchmarks.physibench.generate import SEED, build, generate
from headless.benchmarks.physibench.readings import canonical

from .gbnf import as_regex, texts_of


@pytest.fixture
def graph(scene):
    return scene({"Ball": True, "Red Ball": True, "Door": None, "Lamp": {"on": False}}, ["Hook"])


def test_numbers_come_in_figures_and_words():
    found = numbers("After half a second push it by 1.5 m twice over 2 s, with (1, 0, 7)")
    told = [("0.5", "seconds"), ("1.5", "metres"), ("2", ""), ("2", "duration")]
    assert [(n.text, n.unit) for n in found] == told


def admits(rule, graph, code):
    return as_regex(strict_grammar(rule, graph)).fullmatch(f"```python\n{planned(code)}\n```") is not None


def has_reading(rule, graph, code):
    """Whether code that does the same is among the readings of a rule."""
    texts = texts_of(strict_grammar(rule, graph) or 'root ::= ""')
    return canonical(code) in {canonical(t.removeprefix("```python\n").removesuffix("```")) for t in texts}


TOUCH = 'if once("it", touched("Red Ball", "Door")):\n    '


def test_the_strict_grammar_has_the_readings_that_the_scene_allows(graph):
    rule = "When Red Ball hits Door, turn on Lamp."
    assert admits(rule, graph, TOUCH + 'objects["Lamp"]["on"] = True')
    assert admits(rule, graph, TOUCH + 'objects["Lamp"]["on"] = False')
    again = 'if new_touch("Red Ball", "Door"):\n    objects["Lamp"]["on"] = True'
    assert admits("Whenever Red Ball hits Door, turn on Lamp.", graph, again)
    assert not admits(rule, graph, again)
    lasting = again.replace("new_touch", "touching")
    assert admits("While Red Ball touches Door, turn on Lamp.", graph, lasting)
    assert not admits(rule, graph, lasting)
    assert not admits(rule, graph, TOUCH + 'objects["Lamp"].velocity = (1, 0, 0)')
    assert not admits(rule, graph, TOUCH + 'objects["Ball"]["on"] = True')
    assert not admits(rule, graph, TOUCH + 'open_door("Door")')


def test_a_delay_needs_a_number(graph):
    late = TOUCH.replace('")):', '"), delay=1.5):') + 'objects["Lamp"]["on"] = True'
    assert admits("1.5 s after Red Ball hits Door, turn on Lamp.", graph, late)
    assert not admits("When Red Ball hits Door, turn on Lamp.", graph, late)


def test_a_reading_has_all_numbers_of_the_rule(graph):
    twice = 'if once("it", touch_count("Red Ball", "Door") >= 2):\n    objects["Lamp"]["on"] = True'
    rule = "When Red Ball has touched Door 2 times, turn on Lamp."
    assert admits(rule, graph, twice)
    assert not admits(rule, graph, TOUCH + 'objects["Lamp"]["on"] = True')
    assert admits("When Red Ball has touched Door twice, turn on Lamp.", graph, twice)


def test_a_rule_that_begins_with_a_condition_does_not_begin_with_its_effect(graph):
    free = 'objects["Red Ball"].rigid_body.kinematic = False'
    turned = f'if once("it", objects["Lamp"]["on"]):\n    {free}\n    open_door("Door")'
    assert admits("Release Red Ball and open Door when Lamp is on.", graph, turned)
    assert not admits("When Red Ball touches Door, turn on Lamp.", graph, turned)
    assert admits("When this happens, release Red Ball and open Door: Lamp is on.", graph, turned)


def test_only_what_a_rule_turns_can_turn(graph):
    turn = 'if once("it", now >= 2):\n    turn("Door", 90, "z")'
    assert admits("After 2 s, turn Door by 90 degrees.", graph, turn)
    assert not admits("After 2 s, raise Door by 90 m.", graph, turn)


def test_vectors_and_offsets(graph):
    launch = 'if once("it", now >= 2):\n    objects["Ball"].velocity = (1, 0, 2.5)'
    assert admits("After 2 s, launch Ball with velocity (1, 0, 2.5).", graph, launch)
    assert not admits("After 2 s, launch Ball with velocity (1, 0, 2).", graph, launch)
    slide = 'if once("it", now >= 2):\n    glide("Door", (0, -1.5, 0), 0.5)'
    assert admits("After 2 s, move Door back by 1.5 m over half a second.", graph, slide)


def test_a_rule_that_names_nothing_has_no_strict_grammar(graph):
    assert strict_grammar("After 1 second, open it.", graph) is None
    assert strict_grammar("When Ball meets the moon, hide it.", graph) is None


@pytest.mark.parametrize(
    "machine", [*generate(30, SEED, split="train"), *generate(20, SEED, split="dev")], ids=lambda m: m.name
)
def test_the_right_code_of_a_rule_is_one_of_its_readings(machine):
    for number, (code, _) in pieces(machine.oracle).items():
        assert has_reading(machine.graph.rules[number - 1], machine.graph, code), machine.graph.rules[number - 1]


LEAST_ADMITTED = 0.97


def test_rules_in_words_of_somebody_else_have_their_reading(monkeypatch):
    told = tomllib.loads(Path(__file__).with_name("paraphrases.toml").read_text(encoding="utf-8"))
    split = {
        g: {kind: {"plain": words, "train": words, "dev": words, "test": words} for kind, words in kinds.items()}
        for g, kinds in told.items()
    }
    monkeypatch.setattr(rules, "wordings", lambda: split)
    machines = [build(11, index) for index in range(60)]
    found = [
        has_reading(machine.graph.rules[number - 1], machine.graph, code)
        for machine in machines
        for number, (code, _) in pieces(machine.oracle).items()
    ]
    assert len(found) > 300
    assert sum(found) / len(found) >= LEAST_ADMITTED


@pytest.mark.parametrize("make", [strict_grammar, free_grammar])
def test_every_symbol_of_a_grammar_is_defined(graph, make):
    grammar = make("When Ball hits Door, wait 2 s and disable Hook.", graph)
    defined = re.findall(r"^(\w+) ::=", grammar, re.MULTILINE)
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]|\{[^}]*\}', " ", grammar)
    assert len(defined) == len(set(defined))
    assert set(re.findall(r"[a-z]\w*", bare)) == set(defined)


GATE = [
    "When Red Ball hits Door {} Ball hits Door, turn on Lamp.",
    'if once("it", {}):\n    objects["Lamp"]["on"] = True',
]
RED, PLAIN = 'touched("Red Ball", "Door")', 'touched("Ball", "Door")'


@pytest.mark.parametrize(
    ("joint", "condition", "admitted"),
    [
        ("unless", f"{RED} and not {PLAIN}", True),
        ("unless", f"{RED} and {PLAIN}", False),
        ("and", f"{RED} and {PLAIN}", True),
        ("and", f"{RED} and not {PLAIN}", False),
        ("and", 'in_order("Red Ball", "Door", "Ball", "Door")', False),
        ("and then", 'in_order("Red Ball", "Door", "Ball", "Door")', True),
        ("and then", f"{RED} and {PLAIN}", True),
        ("and not", f"{RED} != {PLAIN}", False),
        ("or, but not both,", f"{RED} != {PLAIN}", True),
        ("or", f"{RED} or {PLAIN}", True),
        ("or", f"{RED} and {PLAIN}", False),
        ("or", f"{RED} != {PLAIN}", False),
        ("or just", f"{RED} != {PLAIN}", True),
    ],
)
def test_what_is_lacking_or_comes_in_an_order_needs_a_word_that_says_so(graph, joint, condition, admitted):
    rule, code = (text.format(part) for text, part in zip(GATE, (joint, condition), strict=True))
    assert admits(rule, graph, code) is admitted


def test_words_that_nobody_thought_of_leave_all_readings(graph):
    unlocked = 'if once("it", touched("Red Ball", "Door")):\n    objects["Ball"].rigid_body.kinematic = False'
    assert not admits("When Red Ball hits Door, turn on Lamp.", graph, TOUCH + 'open_door("Door")')
    assert admits("When Red Ball hits Door, liberate Ball.", graph, unlocked)


def test_numbers_keep_to_the_places_of_their_units(graph):
    late = 'if once("it", touched("Ball", "Hook"), delay={}):\n    glide("Door", (0, 0, {}), {})'
    rule = "0.5 s after Ball touches Red Ball, raise Door by 2 m over 3 s."
    code = late.replace("Hook", "Red Ball")
    assert admits(rule, graph, code.format(0.5, 2, 3))
    assert not admits(rule, graph, code.format(3, 2, 0.5))
    assert not admits(rule, graph, code.format(0.5, 3, 2))
