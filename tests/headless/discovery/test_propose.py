"""Labels that a model proposes."""

import json

import pytest

from addon.models import ChatAnswer
from addon.patterns.library import library
from addon.patterns.view import FIELDS
from headless.discovery.errors import DiscoveryError
from headless.discovery.propose import propose, read_proposals, request
from headless.evaluation.recorded import Model

from .scripted import pattern

NEW = {"label": "ball slips between two bars.", "description": "A ball  passes.", "reason": "It gets away."}
LIBRARY = (pattern("Bounce", (1,)),)


def told(*entries, before=""):
    return f"{before}I think so.\n```json\n{json.dumps(list(entries))}\n```"


def test_a_proposal_becomes_a_label():
    (proposal,) = read_proposals(told(NEW, before="[1, 2] and [{"), LIBRARY)
    assert proposal.label.uid == "BallSlipsBetweenTwoBars"
    assert proposal.label.text == "ball slips between two bars"
    assert proposal.label.description == "A ball passes."
    assert (proposal.reason, proposal.problem) == ("It gets away.", "")


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("ball slips", "it has 2 words, not 3 to 7"),
        ("a ball that slips between two long bars", "it has 8 words"),
        ("9 balls are there", "does not begin with a word"),
        ("", "it has 0 words"),
        ("balls slipping between the two bars", "the same as 'ball slips between two bars'"),
    ],
)
def test_proposals_that_cannot_be_used(label, problem):
    _, proposal = read_proposals(told(NEW, {**NEW, "label": label}), LIBRARY)
    assert proposal.label is None
    assert problem in proposal.problem


def test_what_the_library_has_is_not_proposed_anew():
    known = next(p for p in library() if p.uid == "SupportHandoff")
    words = known.label if len(known.label.split()) > 2 else f"the {known.label} of it"
    (proposal,) = read_proposals(told({**NEW, "label": words}), library())
    assert "SupportHandoff" in proposal.problem


@pytest.mark.parametrize("answer", ["", "None.", "[]", "[1]", "[{]", '{"label": "a b c"}'])
def test_answers_without_a_list(answer):
    with pytest.raises(DiscoveryError, match="no JSON list"):
        read_proposals(answer, LIBRARY)


def test_the_prompt_has_library_view_and_thoughts():
    model = Model("m", False, lambda key: None)
    text = "".join(str(m.content) for m in request(model, library(), 4, "Will the bar tip over?", 1).messages)
    assert all(f"{p.uid}: {p.label}. {p.description}" in text for p in library())
    assert all(name in text for fields in FIELDS.values() for name in fields)
    assert "Will the bar tip over?" in text
    assert "Propose 4 new" in text
    assert "Pieces of" not in str(request(model, LIBRARY, 4, " ", 1).messages)


def test_no_more_than_asked_for():
    class Said:
        def complete(self, request, on_text=None):
            return ChatAnswer(told(NEW, {**NEW, "label": "top bar swings free"}), "stop", 0, 0)

    assert len(propose(Model("m", False, lambda key: Said()), LIBRARY, 1, "", 0)) == 1
