import pytest

from addon.coder import CodingRequest, ReadScript, RuleCoder, Understood
from addon.coder.read_script import understood_of
from addon.rules.room import room

RULES = ("When Ball touches Plate, open Door.", "When Ball touches Box, turn on Lamp.")


@pytest.fixture(scope="module")
def written():
    return RuleCoder("template").write(CodingRequest(room(), "", RULES))


def test_the_readings_of_a_script_are_told(written):
    assert understood_of(written.script, RULES, room()) == written.understood
    assert understood_of(written.script + "\n\n", RULES, room()) == written.understood


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (lambda script: script.replace('"Door"', '"Lamp"'), RULES),
        (lambda script: script, RULES[:1]),
        (lambda script: script, (RULES[1], RULES[0])),
        (lambda script: script, (RULES[0], "When Ball plonks Box, turn on Lamp.")),
        (lambda script: script, ()),
    ],
)
def test_nothing_is_told_of_a_script_that_is_another(written, change, rules):
    assert understood_of(change(written.script), rules, room()) == ()


def test_what_a_model_chose_is_told_if_the_script_does_it(written):
    rules = (RULES[0], "When Ball plonks Box, turn on Lamp.")
    chosen = Understood(2, rules[1], written.understood[1].sentence, "model")
    script = written.script.replace(RULES[1], rules[1])
    found = understood_of(script, rules, room(), [chosen])
    assert [(one.text, one.sentence, one.way) for one in found] == [
        (RULES[0], written.understood[0].sentence, "words"),
        (rules[1], chosen.sentence, "model"),
    ]
    other = Understood(2, rules[1], written.understood[0].sentence, "model")
    assert understood_of(script, rules, room(), [other]) == ()


def test_free_code_is_told_as_such():
    free = Understood(1, RULES[0], "", "free code")
    assert understood_of("fired(1)\n", RULES, room(), [free]) == (free,)
    assert understood_of("fired(1)\n", RULES[1:], room(), [free]) == ()


def test_a_file_is_given_back_with_its_readings(written, tmp_path):
    path = tmp_path / "script.py"
    path.write_text(written.script, encoding="utf-8")
    result = ReadScript(path).write(CodingRequest(room(), "", RULES[:1], goal=RULES[1]))
    assert result.script == written.script
    assert result.understood == written.understood
