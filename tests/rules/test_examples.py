"""The examples of every family, from which templates are made: each is read, and its sentence is read to the same rule."""

import pytest

from addon.rules.model import canonical
from addon.rules.read import Reading, meaning, read
from addon.rules.sentence import sentence
from addon.rules.templates import examples
from addon.rules.vocabulary import Vocabulary
from tests.rules.rooms import room

SCENE = Vocabulary(room())
TEXTS = [text for text, _ in examples()]


@pytest.mark.parametrize("text", TEXTS)
def test_an_example_is_read_and_its_sentence_says_the_same(text):
    found = read(text, SCENE)
    assert isinstance(found, Reading), str(found)
    for rule in found.rules:
        again = read(sentence(rule), SCENE)
        assert isinstance(again, Reading), str(again)
        assert [meaning(r) for r in again.rules] == [meaning(canonical(rule))]


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_an_example_speak_of_its_family(text):
    families = dict(examples())
    found = read(text, SCENE)
    assert isinstance(found, Reading)
    kinds = {type(part).__module__ for rule in found.rules for part in _parts(rule)}
    assert families[text] in kinds


def _parts(rule):
    whole = [c for c in (rule.when.condition, rule.when.guard, rule.when.until) if c is not None]
    parts = [*rule.effects]
    while whole:
        condition = whole.pop()
        parts.append(condition)
        whole += getattr(condition, "inner", tuple)()
    return parts
