"""Changes as users say them: each comes out as wanted, or, where it is not understood, changes nothing."""

import tomllib
from pathlib import Path

import pytest

from addon.rules import Reading, read
from addon.rules.changes import Change, change
from addon.rules.read import meaning
from tests.rules.changes.scenes import SCENES

SAID = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
PARTS = ("first", "second", "third", "tricky")
CASES = [(part, *case) for part in PARTS for case in SAID[part]["cases"]]


def meanings(texts, scene):
    found = [read(text, scene) for text in texts]
    assert all(isinstance(one, Reading) for one in found), [str(one) for one in found]
    return [[meaning(rule) for rule in one.rules] for one in found]


def wanted(rules, marks):
    """The rules that are to come out."""
    texts = dict(enumerate(rules, 1))
    for mark in marks:
        if mark.startswith("- "):
            del texts[int(mark[2:])]
        elif mark.startswith("+ "):
            texts[len(rules) + 1] = mark[2:]
        else:
            number, text = mark.split(" = ", 1)
            texts[int(number)] = text
    return list(texts.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}: {case[2]}")
def test_a_wish_comes_out_as_wanted_or_changes_nothing(case):
    part, of, said, *marks = case
    rules, scene = SAID["rules"][of], SCENES[of]
    selected = next((int(mark[3:]) - 1 for mark in marks if mark.startswith("at ")), None)
    marks = [mark for mark in marks if not mark.startswith("at ")]
    found = change(said, rules, scene, selected)
    if said in SAID[part].get("open", ()):
        assert not isinstance(found, Change), found.difference
        return
    if marks in (["ask"], ["refuse"]):
        assert not isinstance(found, Change), found.difference
        assert (len(found.choices) > 1) == (marks == ["ask"])
        return
    assert isinstance(found, Change), str(found)
    assert meanings(found.rules, scene) == meanings(wanted(rules, marks), scene), found.difference


def test_there_are_many_wishes_and_few_that_are_not_understood():
    assert [len(SAID[part]["cases"]) for part in PARTS] == [60, 40, 30, 12]
    assert sum(len(SAID[part].get("open", ())) for part in PARTS) <= 11
