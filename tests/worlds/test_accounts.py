"""A plan is held against its sentence: what it drops, or has otherwise, is told or refused."""

import json

import pytest

from addon.worlds.accounts import asked, differences
from addon.worlds.lexicon import Lexicon
from addon.worlds.library import entries
from addon.worlds.planner import PlanError, PlanWriter, parsed
from addon.worlds.reader import read
from addon.worlds.verbs import verbs

from .code import Model

THINGS = {
    **{
        name.capitalize(): name for name in ("ball", "ramp", "table", "dog", "cat", "door", "domino", "cup", "elephant")
    },
    **{"Box": "cardboard box", "Lamp": "table lamp", "Tree": "broadleaf tree", "Boy": "child"},
}


def some(text):
    """Subjects in short: names, with a number, a colour, or "on NAME" behind them."""
    found = []
    for one in text.split(", "):
        name, *told = one.split(" ", 1)
        subject = {"name": name, "thing": THINGS[name]}
        for word in (told or [""])[0].split("; "):
            if word.isdigit():
                subject["count"] = int(word)
            elif word.startswith("of "):
                subject["stuff"] = word[3:]
            elif " " in word:
                relation, _, other = word.rpartition(" ")
                subject["places"] = [{"relation": relation, "of": [other]}]
            elif word:
                subject["parameters"] = {"colour": word}
        found.append(subject)
    return found


def plan(subjects, *deeds, **more):
    """A plan: deeds as "who does to", or tuples with when."""
    happenings = []
    for deed in deeds:
        text, when = (deed, {}) if isinstance(deed, str) else deed
        who, does, *to = text.split(": ")
        happenings.append({"who": who, "does": does, **({"to": to[0]} if to else {}), **when})
    return json.dumps({"subjects": some(subjects), "happenings": happenings, **more})


def found(sentence, text):
    lexicon = Lexicon(entries(), verbs())
    return differences(asked(sentence, lexicon), parsed(text, sentence), entries())


DIFFERS = [
    ("Two red balls roll", plan("Ball red", "Ball: roll"), ["two red balls (the plan has 1)"]),
    ("Two red balls roll", plan("Ball blue; 2", "Ball: roll"), ["two red balls (in the plan 0 are red)"]),
    ("A red ball and a blue ball roll", plan("Ball red; 2", "Ball: roll"), ["blue ball (in the plan it is not blue)"]),
    ("A ball falls", plan("Ball 3", "Ball: fall"), ["ball (the plan has 3)"]),
    ("The box is green", plan("Box red"), ["box is green (in the plan it is not green)"]),
    ("A wooden ball rolls", plan("Ball of steel", "Ball: roll"), ["wooden ball (in the plan it is not of wood)"]),
    ("A big ball rolls", plan("Ball", "Ball: roll"), ["big ball (in the plan it is not big)"]),
    ("A ball rolls and a lamp goes out", plan("Ball, Lamp", "Ball: roll"), ["lamp goes out"]),
    ("A door opens and a lamp goes out", plan("Door, Lamp", "Door: open", "Lamp: light up"), ["lamp goes out"]),
    ("A dog runs", plan("Dog", "Dog: jump"), ["dog runs (in the plan 'Dog' is to jump)"]),
    ("A dog chases a cat around a tree", plan("Dog, Cat, Tree", "Tree: sway"), ["dog chases"]),
    ("A cat sits under a table", plan("Cat on Table, Table"), ["cat under table (in the plan it is on it)"]),
    ("A cup stands on a table", plan("Cup, Table"), ["cup on table (the plan does not put it there)"]),
    ("A ball is left of a box", plan("Ball right of Box, Box"), ["ball left of box (in the plan it is right of it)"]),
    (
        "A ball falls at night in the rain",
        plan("Ball", "Ball: fall"),
        ["at night (in the plan it is day)", "in the rain"],
    ),
    ("A ball falls in a garden", plan("Ball", "Ball: fall", setting={"where": "sea"}), ["in a garden"]),
    ("A tree sways in a strong wind", plan("Tree", "Tree: sway"), ["strong wind"]),
    ("A ball falls while the camera orbits", plan("Ball", "Ball: fall"), ["camera orbits (in the plan it is still)"]),
    ("A ball falls", plan("Ball", "Ball: fall", setting={"weather": "rain"}), ["rain"]),
    ("A ball falls", plan("Ball, Elephant 30", "Ball: fall"), ["elephant (the plan has 30"]),
    (
        "A lamp goes out, then a door opens",
        plan("Lamp, Door", "Door: open", ("Lamp: go out", {"after": 0})),
        ["lamp goes out before door opens (in the plan it is the other way round)"],
    ),
    ("A door opens after a lamp goes out", plan("Lamp, Door", "Door: open", "Lamp: go out"), ["in the plan both"]),
    (
        "A door opens before a lamp goes out",
        plan("Lamp, Door", ("Door: open", {"at": 2}), "Lamp: go out"),
        ["other way"],
    ),
    (
        "After a lamp goes out, a door opens",
        plan("Lamp, Door", "Door: open", ("Lamp: go out", {"at": 1})),
        ["other way"],
    ),
]

CONTRADICTS = [
    ("A lamp stands on a table, no dog", plan("Lamp on Table, Table, Dog")),
    ("A table without a cup", plan("Cup on Table, Table")),
    ("There is a cat but no dog and no elephant", plan("Cat, Elephant")),
    ("A ball hits a lamp and the lamp does not go out", plan("Ball, Lamp", "Ball: hit: Lamp", "Lamp: go out")),
    ("A ball never falls", plan("Ball", "Ball: fall")),
    ("A box doesn't move", plan("Box", "Box: jump")),
    ("Neither the cat nor the dog jumps", plan("Cat, Dog", "Dog: jump")),
    ("A door opens and no ball rolls", plan("Door, Ball", "Door: open", "Ball: roll")),
    ("The box is not red", plan("Box red")),
    ("A ball falls, no rain", plan("Ball", "Ball: fall", setting={"weather": "rain"})),
    ("A ball falls", plan("Ball", "Ball: fall").replace('"thing": "ball"', '"thing": "cow"')),
]

AGREES = [
    ("Two red balls roll down a ramp", plan("Ball red; 2, Ramp", "Ball: roll: Ramp")),
    ("A lamp stands on a table, no dog", plan("Lamp on Table, Table")),
    ("A ball never falls", plan("Ball")),
    ("The lamp does not go out until the ball hits it", plan("Ball, Lamp", "Ball: hit: Lamp", "Lamp: go out")),
    ("A cat sits under a table", plan("Cat, Table above Cat")),
    ("A ball falls, then a lamp goes out", plan("Ball, Lamp", "Ball: fall", ("Lamp: go out", {"after": 0}))),
    ("A red ball and a blue ball fall", plan("Ball", "Ball: fall", left_out=["two balls", "red", "blue"])),
    ("A dog runs at night", plan("Dog", "Dog: jump", left_out=["runs: it jumps", "night"])),
    ("A boy drops a ball", plan("Boy, Ball", "Ball: fall")),
    ("Dominoes stand in a row on a table", plan("Domino on Table; 9, Table")),
]


@pytest.mark.parametrize(("sentence", "text", "words"), DIFFERS)
def test_what_a_plan_has_otherwise_is_told(sentence, text, words):
    told = [one.told for one in found(sentence, text)]
    assert all(any(word in one for one in told) for word in words), told
    assert not any(one.contradicts for one in found(sentence, text))


@pytest.mark.parametrize(("sentence", "text"), CONTRADICTS)
def test_what_is_said_not_to_be_so_may_not_be(sentence, text):
    assert any(one.contradicts for one in found(sentence, text))


@pytest.mark.parametrize(("sentence", "text"), AGREES)
def test_what_a_plan_has_as_it_is_said_is_not_told(sentence, text):
    assert found(sentence, text) == []


READ = [
    "A child throws a ball at a house",
    "A castle with a flag waving in the wind",
    "The ball that hits the box is red.",
    "Ten snowballs roll down a big snowy hill and hit a snowman.",
    "The table on which a vase stands is hit by a ball.",
    "The red ball is on the table and the blue ball is under it.",
    "A ball falls as a door opens.",
    "Half a dozen candles burn on a cake.",
    "A boy lets a ball roll down a ramp.",
]


@pytest.mark.parametrize("sentence", READ)
def test_plans_by_words_agree_with_their_sentences(sentence):
    lexicon = Lexicon(entries(), verbs())
    assert differences(asked(sentence, lexicon), read(sentence, entries()), entries()) == []


def writer(*answers):
    return PlanWriter(Model(*answers), "m", entries())


SENTENCE = "Two red balls fall on a table, no dog"
GOOD = plan("Ball red; 2, Table", "Ball: fall: Table")
ONE = plan("Ball red, Table", "Ball: fall: Table")
WITH_DOG = plan("Ball red; 2, Table, Dog", "Ball: fall: Table")


def test_a_difference_goes_back_in_words_and_is_mended():
    write = writer(ONE, GOOD)
    assert write(SENTENCE).left_out == ()
    assert "the sentence has 'two red balls', but the plan has 1" in write.chat.asked[1].messages[-1].content


def test_a_difference_that_stays_is_told():
    write = writer(ONE, ONE)
    assert write(SENTENCE).left_out == ("two red balls (the plan has 1)",)
    assert len(write.chat.asked) == 2, "the same answer is not asked for a third time"


def test_of_several_plans_the_one_counts_in_which_least_is_wrong():
    worse = plan("Ball blue, Table", "Ball: fall: Table")
    assert writer(ONE, worse, worse)(SENTENCE).left_out == ("two red balls (the plan has 1)",)


def test_a_contradiction_that_stays_is_refused():
    with pytest.raises(PlanError, match="the sentence has 'no dog', but the plan has one"):
        writer(WITH_DOG, WITH_DOG, WITH_DOG)(SENTENCE)


def test_a_plan_is_not_asked_for_what_the_sentence_says_is_not_there():
    write = writer(GOOD)
    write(SENTENCE)
    assert len(write.chat.asked) == 1


def test_what_nobody_asked_for_is_told_without_another_answer():
    write = writer(plan("Ball red; 2, Table, Elephant", "Ball: fall: Table"))
    assert write(SENTENCE).left_out == ("elephant (the plan has 1, and the sentence names none)",)
