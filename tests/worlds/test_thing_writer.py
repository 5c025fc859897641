"""A model writes things that the library has not: what is wrong goes back, and what is good is kept."""

import json

import pytest

from addon.worlds.thing_writer import ROUNDS, Things, ThingWriter, question
from addon.worlds.things_kept import KeptThings

from .code import APART, ZORB, Model

SENTENCE = "A red zorb falls onto a table with a loud blorp"
WHICH = json.dumps({"things": ["zorb"]})


def fenced(code):
    return f"Here it is.\n```python\n{code}```\n"


def things(tmp_path, *answers):
    model = Model(*answers)
    return Things(KeptThings(tmp_path), ThingWriter(model, "m")), model


def test_what_is_wrong_goes_back_until_it_is_right(tmp_path):
    maker, model = things(tmp_path, WHICH, "I would make it of glass.", fenced(APART), fenced(ZORB))
    ((origin, entry),) = maker.of(SENTENCE, ["zorb", "loud blorp"])
    assert entry.name == "zorb"
    assert (origin.how, len(origin.rounds), origin.rounds[-1]) == ("written", 3, "")
    assert "no Python code" in origin.rounds[0]
    assert "not in one piece" in str(model.asked[3].messages[-1].content)
    assert list((tmp_path / "zorb").glob("*.py"))


def test_a_thing_that_is_kept_is_not_asked_for(tmp_path):
    KeptThings(tmp_path).keep("zorb", ZORB)
    maker, model = things(tmp_path)
    ((origin, entry),) = maker.of(SENTENCE, ["zorb"])
    assert (origin.how, entry.name, model.asked) == ("kept", "zorb", [])
    ((origin, _),) = Things(KeptThings(tmp_path)).of(SENTENCE, ["zorb", "blorp"])
    assert origin.how == "kept"


def test_kept_code_that_cannot_be_taken_is_asked_for_again_where_there_is_a_model(tmp_path):
    KeptThings(tmp_path).keep("zorb", APART)
    ((origin, entry),) = Things(KeptThings(tmp_path)).of(SENTENCE, ["zorb"])
    assert (origin.how, entry) == ("given up", None)
    assert "not in one piece" in origin.problem
    maker, model = things(tmp_path, WHICH, fenced(ZORB))
    ((origin, entry),) = maker.of(SENTENCE, ["zorb"])
    assert (origin.how, len(model.asked)) == ("written", 2)
    ((origin, _),) = Things(KeptThings(tmp_path)).of(SENTENCE, ["zorb"])
    assert origin.how == "kept"


def test_after_the_last_round_it_is_given_up(tmp_path):
    maker, model = things(tmp_path, WHICH, *[fenced(APART)] * ROUNDS)
    ((origin, entry),) = maker.of(SENTENCE, ["zorb"])
    assert (origin.how, entry, len(origin.rounds)) == ("given up", None, ROUNDS)
    assert model.answers == []
    assert KeptThings(tmp_path).find("zorb") is None


def test_what_is_no_thing_is_refused_and_not_asked_again(tmp_path):
    maker, _ = things(tmp_path, WHICH, "# CANNOT: a zorb is a feeling")
    ((origin, entry),) = maker.of(SENTENCE, ["zorb"])
    assert (origin.how, origin.problem, entry) == ("refused", "a zorb is a feeling", None)
    maker, model = things(tmp_path)
    ((origin, entry),) = maker.of(SENTENCE, ["zorb"])
    assert (origin.how, entry, model.asked) == ("refused", None, [])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('{"things": ["zorb", "blorp"]}', ["zorb", "blorp"]),
        ('```json\n{"things": ["Zorb", "zorb"]}\n```', ["zorb"]),
        ('{"things": ["table", "../../etc"]}', []),
        ('{"things": "zorb"}', []),
        ("[1, 2]", []),
        ("{no json}", []),
        ("zorb", []),
    ],
)
def test_the_model_says_which_nouns_are_things_and_no_others_are_taken(answer, expected):
    assert ThingWriter(Model(answer), "m").which(["zorb", "loud blorp"], SENTENCE) == expected


def test_half_surrogates_of_a_model_can_be_kept(tmp_path):
    maker, _ = things(tmp_path, WHICH, fenced(ZORB.replace("a clear", "a \ud800 clear")))
    ((origin, _),) = maker.of(SENTENCE, ["zorb"])
    assert origin.how == "written"


def test_the_question_names_stuffs_helpers_and_the_sentence():
    system, user = (str(message.content) for message in question("zorb", SENTENCE))
    assert "wood, bark" in system
    assert "- lathe(profile, n=24):" in system
    assert "cross(" not in system
    assert "zorb" in user
    assert SENTENCE in user


def test_what_is_seen_goes_back_as_what_is_wrong_does(tmp_path):
    seen = ["it has no grip", ""]
    model = Model(fenced(ZORB), fenced(ZORB))
    origin, entry = ThingWriter(model, "m", lambda noun, entry, code: seen.pop(0))("zorb", SENTENCE)
    assert (origin.how, origin.rounds, origin.problem) == ("written", ("it has no grip", ""), "")
    assert "it has no grip" in str(model.asked[1].messages[-1].content)
    assert entry.name == "zorb"


def test_a_sound_thing_that_never_looks_right_is_taken_and_that_is_told():
    model = Model(fenced(ZORB), *[fenced(APART)] * (ROUNDS - 1))
    origin, entry = ThingWriter(model, "m", lambda *_: "it has no grip")("zorb", SENTENCE)
    assert (origin.how, entry.name, len(origin.rounds)) == ("written", "zorb", ROUNDS)
    assert "though 5 rounds did not mend it" in origin.problem
