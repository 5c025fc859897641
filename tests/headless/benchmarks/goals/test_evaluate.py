"""Rewards of a model held against labelled runs."""

import json

import pytest

from addon.models import ChatAnswer
from headless.benchmarks.goals import goals
from headless.benchmarks.goals.evaluate import BOOK, evaluate, figures_of
from headless.benchmarks.goals.registry import goal
from headless.cli import main
from headless.evaluation.recorded import LARGE, Model, open_model


class Said:
    def __init__(self, *answers):
        self.answers = list(answers)

    def complete(self, request, on_text=None):
        return ChatAnswer(self.answers.pop(0), "stop", 0, 0)


def judged(name, *answers, folder):
    model = Model("m", False, lambda key: Said(*answers))
    (row,) = evaluate([goal(name)], model, folder).rows
    return row


FLAT = next(g for g in goals() if g.sayable and "never" in g.kind and len(g.id) > 1)
UNSAYABLE = next(g for g in goals() if not g.sayable)


def test_a_right_reward_a_wrong_one_and_a_refusal(tmp_path):
    row = judged(FLAT.id, FLAT.reference, FLAT.reference, folder=tmp_path)
    assert (row.right, row.first, row.is_wrong) == (True, True, False)
    wrong = judged(FLAT.id, *[f"NOT({FLAT.reference})"] * 2, folder=tmp_path)
    assert (wrong.right, wrong.first, wrong.is_wrong) == (False, False, True)
    refused = judged(FLAT.id, "CANNOT: no idea", folder=tmp_path)
    assert (refused.right, refused.reward, refused.is_wrong) == (False, None, False)


def test_a_goal_that_cannot_be_said_is_rightly_refused(tmp_path):
    assert judged(UNSAYABLE.id, "CANNOT: nobody can tell", folder=tmp_path).right
    made = judged(UNSAYABLE.id, *['EVENT("GlobalRest")'] * 2, folder=tmp_path)
    assert (made.right, made.is_wrong) == (False, True)


def test_the_first_try_is_told_apart_from_the_repaired_one(tmp_path):
    row = judged(FLAT.id, 'EVENT("Nonsense")', *[FLAT.reference] * 2, folder=tmp_path)
    assert (row.first, row.right, row.attempts >= 1) == (False, True, True)


def test_figures_are_shares_over_goals(tmp_path):
    rows = [
        judged(FLAT.id, FLAT.reference, FLAT.reference, folder=tmp_path),
        judged(UNSAYABLE.id, *['EVENT("GlobalRest")'] * 2, folder=tmp_path),
    ]
    figures = figures_of(rows, "m")
    assert (figures.goals, figures.right.mean, figures.wrong.mean, figures.refused.mean) == (2, 0.5, 0.5, 0.0)
    assert figures.wrong_ids == (UNSAYABLE.id,)


def test_recorded_answers_are_of_all_goals():
    assert set(json.loads(BOOK.read_text(encoding="utf-8"))) == {g.id for g in goals()}


APPENDIX = "abcdefghij"


def test_the_recorded_rewards_of_the_papers_goals_are_right(tmp_path):
    with open_model("recorded", BOOK) as model:
        result = evaluate([goal(name) for name in APPENDIX], model, tmp_path)
    assert [row.id for row in result.rows if row.right] == list(APPENDIX)
    assert result.figures.model == LARGE


def test_the_command_tells_the_figures(tmp_path, capfd):
    asked = ["goals", "evaluate", "--coder", "recorded", "--goal", "a", "--goal", UNSAYABLE.id]
    assert main([*asked, "--out", str(tmp_path), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["goals"], told["right"]["mean"], told["wrong_ids"]) == (2, 1.0, [])
    assert main([*asked, "--out", str(tmp_path)]) == 0
    assert "right after repair" in capfd.readouterr().out


@pytest.mark.slow
def test_the_recorded_rewards_are_as_right_as_is_told(tmp_path):
    with open_model("recorded", BOOK) as model:
        figures = evaluate(goals(), model, tmp_path).figures
    assert figures.right.mean >= 0.95
    assert len(figures.wrong_ids) <= 4
