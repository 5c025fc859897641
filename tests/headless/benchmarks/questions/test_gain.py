"""What a new pattern is worth to a model that answers questions about runs."""

import json
import re

import pytest

from addon.models import ChatAnswer, ModelError
from addon.patterns import Pattern
from headless.benchmarks.questions import gain
from headless.benchmarks.questions.asking import Asker
from headless.benchmarks.questions.evaluate import Setting
from headless.benchmarks.questions.gain import QuestionGain
from headless.benchmarks.questions.runs import RunError
from headless.benchmarks.questions.scores import WaitingError
from headless.discovery.discover import Gain
from headless.evaluation.recorded import Model

SETTING = Setting(count=2, worlds=("plane",))


def pattern(uid, label):
    def find(observation):
        return [{"time": 0, "description": f"{label}.", "parameters": {}}]

    return Pattern(uid=uid, label=label, description=label, phrase=label, parameters={}, find=find)


HELPFUL, USELESS = pattern("Helpful", "the secret is told"), pattern("Useless", "nothing is told")


class Pupil:
    """Guesses "yes", 50 and so on, and knows the number of questions; answers none before it is told the secret."""

    def __init__(self):
        self.asked = 0

    def complete(self, request, on_text=None):
        self.asked += 1
        text = request.messages[-1].content
        told = "the secret is told" in text
        numbers = re.findall(r"^(\d+): ", text[text.index("Questions:") :], re.MULTILINE)
        return ChatAnswer(json.dumps(dict.fromkeys(numbers, "yes" if told else "no idea")), "stop", 0, 0)


def gain_of(chat):
    return QuestionGain(SETTING, Asker(Model("pupil", False, lambda key: chat), "openai"))


def test_what_helps_gains_and_what_does_not_gains_nothing():
    pupil = Pupil()
    found = gain_of(pupil)
    assert found((), USELESS) == Gain(share=0.0, runs=SETTING.count)
    assert found((), HELPFUL).share > 0.0
    before = pupil.asked
    assert found((HELPFUL,), USELESS).share == 0.0, "the library that it would join tells the secret already"
    assert pupil.asked > before


def test_a_score_is_asked_for_once():
    pupil = Pupil()
    found = gain_of(pupil)
    found((), USELESS)
    before = pupil.asked
    found((), USELESS)
    assert pupil.asked == before


def test_runs_that_cannot_be_made_are_left_out(monkeypatch):
    made = gain.facts_of

    def facts_of(run):
        if run == SETTING.runs()[0]:
            raise RunError("no run")
        return made(run)

    monkeypatch.setattr(gain, "facts_of", facts_of)
    told = []
    found = QuestionGain(SETTING, gain_of(Pupil()).asker, listen=told.append)
    assert [run for run, _ in found.runs] == SETTING.runs()[1:]
    assert told == [f"not asked about: {SETTING.runs()[0].name}: no run"]


def test_without_any_run_nothing_can_be_said(monkeypatch):
    def facts_of(run):
        raise RunError("no run")

    monkeypatch.setattr(gain, "facts_of", facts_of)
    with pytest.raises(ModelError, match="no run could be made"):
        gain_of(Pupil())((), HELPFUL)


def test_answers_that_are_still_to_be_given_are_waited_for():
    class Silent:
        def complete(self, request, on_text=None):
            raise ModelError("paste", "no answer yet", "give it")

    with pytest.raises(WaitingError, match=r"[3-9] requests"):
        gain_of(Silent())((), HELPFUL)
