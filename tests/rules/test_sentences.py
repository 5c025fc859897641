import pytest

from addon.rules import split_rules


def test_rules_are_lines_or_sentences():
    text = "1. When Ball hits Trigger, open Door.\n\n- After 1.5 s, stop Ball. When Ball stops, open Door.\n# a note\n"
    assert split_rules(text) == (
        "When Ball hits Trigger, open Door.",
        "After 1.5 s, stop Ball.",
        "When Ball stops, open Door.",
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note", "- \n* \n"])
def test_nothing_is_no_rule(text):
    assert [rule for rule in split_rules(text) if rule.strip("-* ")] == []


@pytest.mark.parametrize(
    "more",
    [
        "Then close it.",
        "Two seconds later close it.",
        "After that, turn on Lamp.",
        "2 s later close it.",
        "Wait 1 s.",
        "Unless Box touches Floor.",
        "But only once.",
        "Half a second later, it closes.",
        "After another 2 s, close it.",
    ],
)
def test_a_sentence_that_goes_on_stays_with_the_one_before(more):
    assert split_rules(f"When Ball touches Plate, open Door. {more}") == (
        f"When Ball touches Plate, open Door. {more}",
    )


@pytest.mark.parametrize(
    "rule",
    [
        "Wait 1 sec. after Ball touches Plate, then open Door.",
        "Move Door up by 2 m. within 3 min. when Ball touches Plate.",
        "Move Box.001 up by 1.5 m after 2.5 s.",
        "When Ball touches Plate no. 3, open Door.",
    ],
)
def test_an_abbreviation_ends_no_rule(rule):
    assert split_rules(rule) == (rule,)


@pytest.mark.parametrize(
    "text", ["When Ball touches Plate, open Door! When Box moves, close Door?", "球碰到板时开门。箱子移动时关门。"]
)
def test_other_ends_of_sentences(text):
    assert len(split_rules(text)) == 2
