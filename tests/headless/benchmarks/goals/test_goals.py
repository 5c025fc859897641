"""The benchmark itself: its goals are complete and its own expressions right."""

import pytest

from addon.rewards import DslError, read
from headless.benchmarks.goals import goal, goals, graph, held, problems, right, runs
from headless.benchmarks.goals.model import all_scenes

SAYABLE = [g for g in goals() if g.sayable]
QUICK = ("a", "c", "i", "stuck_between_posts", "chain_of_three")


def test_there_are_the_goals_of_the_paper_and_others():
    assert [g.id for g in goals() if g.kind == "appendix"] == list("abcdefghij")
    assert len(SAYABLE) >= 70
    assert len(goals()) - len(SAYABLE) >= 8


def test_goals_have_names_and_scenes_of_their_own():
    assert len({g.id for g in goals()}) == len({g.text for g in goals()}) == len(goals())
    assert {g.scene for g in goals()} <= set(all_scenes())


@pytest.mark.parametrize("wish", SAYABLE, ids=lambda g: g.id)
def test_what_can_be_said_has_claims_runs_and_an_expression(wish):
    assert wish.claims
    assert 6 <= len(runs(wish)) <= 12
    read(wish.reference, graph(wish))


@pytest.mark.parametrize("wish", [g for g in goals() if not g.sayable], ids=lambda g: g.id)
def test_what_cannot_be_said_is_to_be_refused(wish):
    assert not wish.claims
    assert not runs(wish)
    assert right(None, wish)
    assert not right('EVENT("Bounce")', wish)


@pytest.mark.parametrize("name", QUICK)
def test_a_reference_agrees_with_the_labels(name):
    assert problems(goal(name)) == []


def test_what_is_nearly_said_is_not_right():
    wish = goal("a")
    assert right(wish.reference, wish)
    assert not right('TOUCHING("green ball", "blue bar", t=1.0)', wish)
    assert not right('EVENT("CollisionStart"', wish)
    assert not right(None, wish)


def test_an_expression_is_held_against_each_run():
    found = held('EVENT("TaskComplete")', goal("a"))
    assert {run.holds for run in found} == {True}
    assert {run.agrees for run in found} == {True, False}
    with pytest.raises(DslError):
        held("AND(", goal("a"))


@pytest.mark.slow
@pytest.mark.parametrize("wish", SAYABLE, ids=lambda g: g.id)
def test_all_references_agree_with_the_labels(wish):
    assert problems(wish) == []
