"""What a model that sees says is data; one that does not see, or says nonsense, ends in a sentence."""

import json

import pytest
from pydantic import ValidationError

from addon.models import ModelError, OpenAIChat, Patience, Picture
from addon.worlds.manifest import Manifest
from addon.worlds.sight import Finding, Sight, words_of
from addon.worlds.verdict import Check
from tests.models.conftest import Endpoint

from .code import Model

PIXEL = Picture(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
PLAN = Manifest(sentence="A ball  rolls", subjects=(), left_out=("quickly",))
LOOK = {
    "motion": {"fine": False, "why": "the ball\nhardly `moves`"},
    "physics": {"fine": False, "why": "it is in the table", "stage": "layout"},
    "light": {"fine": True},
}


@pytest.fixture
def endpoint():
    served = Endpoint()
    yield served
    served.close()


def asked(endpoint):
    return Sight(OpenAIChat(endpoint.url, patience=Patience(retries=0)), "m")


def test_a_run_is_judged_by_its_sheets(endpoint):
    endpoint.plan = [endpoint.stream("Well: ", json.dumps(LOOK))]
    checks = asked(endpoint).world(PLAN, [PIXEL, PIXEL])
    assert [(c.kind, c.met, c.stage) for c in checks] == [
        ("seen motion", False, "dynamics"),
        ("seen physics", False, "layout"),
        ("seen light", True, "parameters"),
    ]
    assert checks[0].text == "as seen: the ball hardly moves"
    assert not any(c.physical for c in checks)
    text, *pictures = endpoint.requests[0]["messages"][1]["content"]
    assert "A ball rolls" in text["text"]
    assert "quickly" in text["text"]
    assert [p["image_url"]["url"][:22] for p in pictures] == ["data:image/png;base64,"] * 2


def test_the_words_go_back_with_the_stage_at_fault():
    words = words_of(Sight(Model(json.dumps(LOOK)), "m").world(PLAN, [PIXEL]))
    assert words == (
        "- dynamics (motion): as seen: the ball hardly moves\n- layout (physics): as seen: it is in the table"
    )
    assert words_of([Check("motion", "Ball", False, "'Ball' does not move", False, "dynamics")]) == ""


def test_a_thing_is_judged_by_its_pictures():
    assert Sight(Model('{"fine": true, "why": "good"}'), "m").thing("zorb", "a ball", [PIXEL]) == ""
    assert Sight(Model('{"fine": false, "why": "no grip"}'), "m").thing("zorb", "a ball", [PIXEL]) == "no grip"
    assert "zorb" in Sight(Model('{"fine": false}'), "m").thing("zorb", "a ball", [PIXEL])


def test_an_answer_of_another_form_is_asked_for_once_more():
    model = Model("I see a ball.", json.dumps(LOOK))
    assert len(Sight(model, "m").world(PLAN, [PIXEL])) == 3
    assert "not of the form" in model.asked[1].messages[-1].content
    for nonsense in ("I see a ball.", '{"motion": 1}', "{" * 10_000, json.dumps({**LOOK, "light": {"fine": "?"}})):
        with pytest.raises(ModelError, match="leave out --vision") as error:
            Sight(Model(nonsense, nonsense), "m").world(PLAN, [PIXEL])
        assert error.value.kind == "sight"


def test_an_endpoint_that_takes_no_pictures_is_told(endpoint):
    endpoint.plan = [endpoint.status(400, "image_url is not supported")]
    with pytest.raises(ModelError, match="took no pictures for model 'm'") as error:
        asked(endpoint).world(PLAN, [PIXEL])
    assert error.value.kind == "sight"


def test_no_stage_is_at_fault_where_none_is_said():
    assert Finding.model_validate({"fine": True, "why": "", "stage": ""}).stage is None
    assert Finding.model_validate({"fine": True, "why": ""}).stage is None
    with pytest.raises(ValidationError):
        Finding.model_validate({"fine": False, "why": "", "stage": "camera"})
