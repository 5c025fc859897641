import pytest
from addon.coder.said import Said, numbers


@pytest.fixture
def said(scene):
    graph = scene({"Ball": True, "Red Ball": True, "Pad": None, "Door": None, "Lamp": {"on": False}})
    return lambda rule, **cued: Said(rule, graph, **cued)


def units(text):
    return [(n.text, n.unit) for n in numbers(text)]


def test_numbers_have_units():
    assert units("after 2 seconds, up by 1.5 m over 0.5 s, by 90 degrees, 3 times, and 7") == [
        ("2", "seconds"),
        ("1.5", "metres"),
        ("0.5", "duration"),
        ("90", "degrees"),
        ("3", "times"),
        ("7", ""),
    ]
    assert units("half a second later at (1, 2, 3) m/s") == [("0.5", "seconds")]
    assert units("in 2 s") == [("2", "seconds")]
    assert units("up by 1 m in 2 s") == [("1", "metres"), ("2", "duration")]


def test_numbers_stand_only_where_their_units_do(said):
    rule = said("2 seconds after Ball touches Pad, move Door up by 1.5 m over 0.5 s, and 7 more.")
    assert rule.values("seconds") == ["2", "7"]
    assert rule.values("duration") == ["2", "0.5", "7"]
    assert rule.values("metres") == ["1.5", "7"]
    assert rule.values("plain") == ["7"]


@pytest.mark.parametrize(
    ("rule", "subjects"),
    [
        ("When Ball hits Pad, open Door unless Red Ball has hit Pad.", {0, 3}),
        ("Open Door when the Ball hits Pad.", {1}),
        ("After 2 seconds, open Door.", set()),
        ("Open Door, except when Ball hits Pad", {1}),
    ],
)
def test_the_name_after_when_is_waited_for(said, rule, subjects):
    assert said(rule).subjects == subjects


@pytest.mark.parametrize(
    ("rule", "act_first", "condition_first"),
    [
        ("Open Door when Ball hits Pad.", True, False),
        ("When Ball hits Pad, open Door.", False, True),
        ("At the first contact of Ball with Pad, open Door.", False, True),
        ("At 2 seconds, open Door.", False, False),
        ("With a delay, open Door.", False, False),
        ("Ball hits Pad: open Door.", False, False),
        ("When this happens, open Door: Ball hits Pad.", False, False),
    ],
)
def test_how_a_rule_begins(said, rule, act_first, condition_first):
    assert (said(rule).begins_with_act, said(rule).begins_with_condition) == (act_first, condition_first)


@pytest.mark.parametrize(
    ("rule", "places", "lacking"),
    [
        ("When Ball hits Pad, open Door, unless Red Ball has hit Pad.", [0, 1, 3, 4], 1),
        ("Unless Ball has hit Pad, open Door when Red Ball hits Pad.", [0, 1, 3, 4], 0),
        ("Open Door if Ball hits Pad and Red Ball never hit Pad.", [1, 2, 3, 4], 1),
        ("As long as Ball hasn't hit Pad, open Door when Red Ball hits Pad.", [0, 1, 3, 4], 0),
        ("When Ball hits Pad and Red Ball hits Pad, open Door.", [0, 1, 2, 3], None),
    ],
)
def test_which_of_two_touches_must_not_have_happened(said, rule, places, lacking):
    assert said(rule).lacking(places) == lacking
    assert said(rule, cued=False).lacking(places) is None


@pytest.mark.parametrize(
    ("rule", "latest"),
    [
        ("When Ball hits Pad after Red Ball has hit Door, turn on Lamp.", 0),
        ("When Ball hits Pad later than Red Ball hits Door, turn on Lamp.", 0),
        ("When Ball hits Pad before Red Ball hits Door, turn on Lamp.", 1),
        ("When Ball hits Pad, if Red Ball has hit Door earlier, turn on Lamp.", 0),
        ("When Ball has already hit Pad and Red Ball hits Door, turn on Lamp.", 1),
        ("First Ball hits Pad, then Red Ball hits Door: turn on Lamp.", None),
    ],
)
def test_which_of_two_touches_comes_later(said, rule, latest):
    assert said(rule).latest([0, 1, 2, 3]) == latest
    assert said(rule, cued=False).latest([0, 1, 2, 3]) is None
