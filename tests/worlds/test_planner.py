"""A model's plans are checked before they are taken: what is wrong goes back in words."""

import json

import pytest

from addon.worlds.library import entries
from addon.worlds.planner import PlanError, PlanWriter, parsed

from .code import Model

SENTENCE = "A red ball rolls down a ramp and topples five dominoes"
GOOD = {
    "subjects": [
        {"name": "Red ball", "thing": "ball", "parameters": {"colour": "red"}},
        {"name": "Ramp", "thing": "ramp"},
        {"name": "Domino", "thing": "domino", "count": 5, "arrangement": "row"},
    ],
    "happenings": [
        {"who": "Red ball", "does": "roll", "to": "Ramp"},
        {"who": "Red ball", "does": "topple", "to": "Domino"},
    ],
}


def text(plan=None, **changes):
    return json.dumps({**GOOD, **changes} if plan is None else plan)


def writer(*answers, **options):
    return PlanWriter(Model(*answers), "m", entries(), **options)


def test_a_good_plan_is_taken_as_it_is():
    plan = writer(f"Here it is:\n```json\n{text()}\n```")(SENTENCE)
    assert [s.thing for s in plan.subjects] == ["ball", "ramp", "domino"]
    assert plan.sentence == SENTENCE
    assert plan.left_out == ()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("I cannot do that.", "no JSON object"),
        ("{ not json }", "no JSON"),
        (text(subjects=[{"name": "Ball", "thing": "unicorn"}], happenings=[]), "left_out"),
        (text(happenings=[{"who": "Nobody", "does": "roll"}]), "there is no such subject"),
        (text(happenings=[{"who": "Ramp", "does": "sing"}]), "'Ramp' is to 'sing'; it can"),
        (text(happenings=[{"who": "Ramp", "does": "roll"}]), "physics does not move it"),
        (text(subjects=[{"name": "Ball", "thing": "ball", "parameters": {"radius": 99}}], happenings=[]), "left_out"),
        (text(subjects=[*GOOD["subjects"], {"name": "A", "thing": "cup", "parameters": {"height": 9}}]), "'height' is"),
        (text(weather="rain"), "weather: Extra inputs"),
        (text(subjects=GOOD["subjects"][:2], happenings=[]), "'dominoes'"),
    ],
)  # fmt: skip
def test_what_is_wrong_goes_back_and_is_mended(bad, words):
    write = writer(bad, text())
    plan = write(SENTENCE)
    assert len(plan.subjects) == 3
    asked = write.chat.asked[1].messages
    assert words in asked[-1].content
    assert asked[-2].content == bad.strip()


def test_a_model_that_answers_nonsense_ends_in_a_clear_sentence():
    write = writer("no", "no", "no", "no")
    with pytest.raises(PlanError, match="cannot be taken, even when asked again: it holds no JSON object"):
        write(SENTENCE)
    assert len(write.chat.asked) == 3


def test_what_is_told_as_left_out_need_not_be_there():
    plan = writer(text(subjects=GOOD["subjects"][:2], happenings=[], left_out=["rolls", "topples five dominoes"]))(
        SENTENCE
    )
    assert plan.left_out == ("rolls", "topples five dominoes")


def test_the_prompt_tells_what_there_is_and_the_parameters_of_what_is_near():
    system, user = writer().question(SENTENCE)
    assert "topple: comes against something" in system.content
    assert "toys: ball, domino" in system.content
    assert "domino (rigid): " in system.content
    assert SENTENCE in user.content
    bare, _ = writer(retrieve=False).question(SENTENCE)
    assert "domino (rigid): " not in bare.content


def test_the_same_sentence_gives_the_same_prompt():
    assert writer().question(SENTENCE) == writer().question(SENTENCE)


def test_deep_json_ends_in_an_error():
    with pytest.raises(PlanError):
        parsed('{"subjects": ' + "[" * 100_000 + "]" * 100_000 + "}", "x")


def test_a_plan_is_changed_by_what_was_seen():
    write = writer("no", text(seconds=3.0))
    before = parsed(text(), SENTENCE)
    assert write.again(before, "- dynamics (motion): as seen: too long").seconds == 3.0
    asked = write.chat.asked[0].messages
    assert [message.role for message in asked] == ["system", "user", "assistant", "user"]
    assert '"thing":"ramp"' in asked[2].content
    assert "too long" in asked[3].content


def test_nouns_that_neither_the_library_nor_the_plan_knows_are_told():
    sentence = "A red ball rolls down a ramp beside a zorblax and topples five dominoes"
    assert writer(text())(sentence).left_out == ("zorblax",)
    assert writer(text(left_out=["no zorblax"]))(sentence).left_out == ("no zorblax",)
