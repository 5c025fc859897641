"""What the families say of themselves: every example is read, its sentence is read back, its code runs."""

import pytest

from addon.coder.link import compose
from addon.executor import check
from addon.rules import Reading, Vocabulary, conditions, effects, read, sentence
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


def parts(rule):
    """All conditions and effects of a rule."""
    found = [part for part in (rule.when.condition, rule.when.guard, rule.when.until) if part] + rule.effects
    for part in found:
        found += [value for _, value in part if isinstance(value, Condition | Effect)]
        found += [v for _, value in part if isinstance(value, tuple) for v in value if isinstance(v, Condition | Effect)]
    return found


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.__name__.rpartition(".")[2])
def test_a_family_has_examples(family):
    own = [text for text, module in EXAMPLES if module == family.__name__]
    kinds = [t for t in vars(family).values() if isinstance(t, type) and issubclass(t, Condition | Effect)]
    told = [t for t in kinds if t.__module__ == family.__name__ and t.__doc__]
    assert own or not told, f"{family.__name__} shows no rule that a newcomer could write"


@pytest.mark.parametrize(("text", "module"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_an_example_says_what_its_family_means(text, module):
    assert any(type(part).__module__ == module for rule in rules(text) for part in parts(rule))


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_the_sentence_of_an_example_is_read_back(text):
    for rule in rules(text):
        (again,) = rules(sentence(rule))
        assert meaning(again) == meaning(rule)
        assert sentence(again) == sentence(rule)


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_the_code_of_an_example_passes_the_gate(text):
    check(compose([text], ["".join(map(python, rules(text)))]))


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_a_word_too_many_is_a_refusal(text):
    """Whatever is not explained is told."""
    for more in (f"{text} sarcastically", f"Quixotically {text[0].lower()}{text[1:]}"):
        found = read(more, ROOM)
        assert not isinstance(found, Reading), found.sentence


def test_every_phrase_is_of_words_or_of_phrases_that_there_are():
    from addon.rules.grammar import Choice, Part

    tokens = {"word", "spelled", "name", "group", "quantity", "vector", "text", "key"}
    known = set(grammar().phrases) | set(grammar()._by_word) | tokens
    missing = set()

    def look(items):
        for item in items:
            if isinstance(item, Part) and item.name not in known:
                missing.add(item.name)
            elif isinstance(item, Choice):
                for option in item.options:
                    look(option)

    for phrases in [*grammar().phrases.values(), *(p for by in grammar()._by_word.values() for p in by.values())]:
        for phrase in phrases:
            look(phrase.items)
    assert missing == set()


def test_examples_name_only_what_the_room_has():
    for text, _ in EXAMPLES:
        for rule in rules(text):
            assert {n for ref in all_refs(rule) for n in ref.names} <= set(ROOM.names)
