"""What the families say of themselves: every example is read, its sentence is read back, its code runs."""

from pathlib import Path

import pytest

from addon.coder.link import compose
from addon.executor import check
from addon.rules import Reading, Vocabulary, conditions, effects, read, sentence
from addon.rules.conditions.time import Clock
from addon.rules.document import kinds_of, rules_document
from addon.rules.grammar import Choice, Part
from addon.rules.model import Condition, Effect, all_refs
from addon.rules.python import python
from addon.rules.read import grammar, meaning
from addon.rules.room import room
from addon.rules.templates import examples

ROOM = Vocabulary(room())
EXAMPLES = examples()
FAMILIES = (*conditions.FAMILIES, *effects.FAMILIES)


def rules(text):
    found = read(text, ROOM)
    assert isinstance(found, Reading), str(found)
    return found.rules


def from_the_start(rule):
    """The rule that waits for nothing as the one that waits for the start."""
    if rule.when.condition is not None:
        return rule
    return rule.model_copy(update={"when": rule.when.model_copy(update={"condition": Clock(seconds=0)})})


def parts(rule):
    """All conditions and effects of a rule."""
    found = [part for part in (rule.when.condition, rule.when.guard, rule.when.until) if part] + rule.effects
    for part in found:
        found += [value for _, value in part if isinstance(value, Condition | Effect)]
        found += [
            v for _, value in part if isinstance(value, tuple) for v in value if isinstance(v, Condition | Effect)
        ]
    return found


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.__name__.rpartition(".")[2])
def test_a_family_shows_rules_that_a_newcomer_could_write(family):
    assert family is effects.later or kinds_of(family)


@pytest.mark.parametrize(("text", "module"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_an_example_says_what_its_family_means(text, module):
    assert any(type(part).__module__ == module for rule in rules(text) for part in parts(rule))


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_the_sentence_of_an_example_is_read_back(text):
    for rule in rules(text):
        (again,) = rules(sentence(rule))
        assert meaning(again) == meaning(from_the_start(rule))


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_the_code_of_an_example_passes_the_gate(text):
    check(compose([text], ["".join(map(python, rules(text)))]))


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_a_word_too_many_is_a_refusal(text):
    """Whatever is not explained is told."""
    for more in (f"{text} sarcastically", f"Quixotically {text[0].lower()}{text[1:]}"):
        found = read(more, ROOM)
        assert not isinstance(found, Reading), found.sentence


def test_every_phrase_can_be_part_of_a_rule():
    """A phrase of a name that nothing asks for says nothing. Forms of single verbs may be left unused."""
    roots, seen, todo = grammar().roots, set(), ["rule"]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += asked_for(roots[name]) if name in roots else []
    assert {name for name in roots if "/" not in name} - seen == set()


def asked_for(node):
    """Names of phrases in a tree of phrases."""
    after = [*(n for by in node.words.values() for n in by.values()), *node.parts.values()]
    after += [then for _, then in node.choices.values()]
    chosen = [name for choice in node.choices for option in choice.options for name in named(option)]
    return [part.name for part in node.parts] + chosen + [name for then in after for name in asked_for(then)]


def named(items):
    """Names of phrases in some items."""
    for item in items:
        if isinstance(item, Part):
            yield item.name
        elif isinstance(item, Choice):
            for option in item.options:
                yield from named(option)


def test_examples_name_only_what_the_room_has():
    for text, _ in EXAMPLES:
        for rule in rules(text):
            assert {n for ref in all_refs(rule) for n in ref.names} <= set(ROOM.names)


def test_the_document_is_up_to_date():
    document = Path(__file__).parents[2] / "docs" / "rules.md"
    assert document.read_text(encoding="utf-8") == rules_document(), "run: python scripts/write_docs.py"


def test_the_document_shows_every_example():
    told = rules_document()
    assert [text for text, _ in EXAMPLES if f"| {text} |" not in told] == []
