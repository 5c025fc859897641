"""The recorded answers of a large model: all sentences have one, and they are replayed without a model."""

import pytest

from addon.models import ChatRequest, Message, ModelError
from addon.worlds.library import entries
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.recorded import RecordedChat, recorded_maker, recordings

CASES = load_cases()


def test_each_sentence_was_asked_and_its_checks_were_not():
    found = recordings()
    assert set(found) == {case.sentence for case in CASES}
    for recording in found.values():
        assert len(recording.prompts) == len(recording.answers) > 0


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.name)
def test_recorded_plans_are_taken(case):
    manifest = recorded_maker().plan(case.sentence)
    assert manifest.sentence == case.sentence
    assert all(subject.thing in entries() for subject in manifest.subjects)


def test_a_sentence_that_was_not_asked_has_no_answer():
    request = ChatRequest("m", (Message("system", "s"), Message("user", "Sentence: A cat sings")), {}, "")
    with pytest.raises(ModelError, match="no answer to 'A cat sings' was recorded"):
        RecordedChat().complete(request)
