"""Which runs are asked about, and how questions about them are drawn."""

import math
import re
from dataclasses import replace
from random import Random

import pytest

from addon.scene_graph import SceneGraph
from headless.benchmarks.physibench.generate import build, published_draws
from headless.benchmarks.questions.errors import DrawError
from headless.benchmarks.questions.model import Template
from headless.benchmarks.questions.plane_future import pattern_has_begun
from headless.benchmarks.questions.registry import A_RUN, WORLDS, draw_question, draw_questions, templates
from headless.benchmarks.questions.runs import Run, RunError, draw_runs, facts_of, missed, puzzle, removed
from headless.cli import main


def test_there_are_the_papers_templates_and_fifteen_of_machines():
    assert [t.id for t in WORLDS["plane"]] == [f"A{n}" for n in range(1, 28)]
    assert len(WORLDS["space"]) >= 15
    assert {t.id for t in WORLDS["plane"] if t.part == "first"} == {f"A{n}" for n in range(18, 28)}
    assert len(templates()) == 27 + len(WORLDS["space"])


def test_runs_are_drawn_by_their_seed():
    runs = draw_runs(20, 3, ["plane", "space"])
    assert runs == draw_runs(20, 3, ["plane", "space"])
    assert runs[:10] == draw_runs(10, 3, ["plane", "space"]), "more runs leave the first as they are"
    assert [run for run in runs if run.world == "plane"] == draw_runs(10, 3, ["plane"])
    assert runs != draw_runs(20, 4, ["plane", "space"])
    assert {run.world for run in runs} == {"plane", "space"}
    assert len({run.name for run in runs}) == 20


def test_solutions_and_near_misses_are_about_as_many():
    endings = [run.ending for run in draw_runs(100, 0, ["plane"])]
    assert 35 <= endings.count("solution") <= 65


def test_templates_of_puzzles_come_in_turn():
    runs = draw_runs(50, 0, ["plane"])
    assert len({run.source.split(":")[0] for run in runs}) == 25


def test_more_machines_than_there_are_is_refused(tmp_path, capfd):
    with pytest.raises(DrawError, match=r"there are 500 machines, not 1000; ask about fewer runs"):
        draw_runs(1000, 0, ["space"])
    with pytest.raises(DrawError, match="500 machines, not 501"):
        draw_runs(1001, 0, ["plane", "space"])
    assert main(["questions", "generate", "--count", "600", "--world", "space", "--out", str(tmp_path)]) == 2
    assert "there are 500 machines, not 600" in capfd.readouterr().err


def test_machines_bound_no_runs_of_puzzles():
    assert len({run.name for run in draw_runs(600, 0, ["plane"])}) == 600
    assert len(draw_runs(1000, 0, ["plane", "space"])) == 1000


def test_a_solution_solves_and_a_near_miss_does_not():
    solution = Run(world="plane", source="05:000", ending="solution", seed="0")
    task, action = puzzle(solution)
    assert task.outcome(action).solved
    task, action = puzzle(solution.model_copy(update={"ending": "near miss"}))
    assert not task.outcome(action).solved
    with pytest.raises(RunError, match="no puzzle 99:000"):
        puzzle(solution.model_copy(update={"source": "99:000"}))


@pytest.fixture(scope="module")
def facts():
    return facts_of(Run(world="plane", source="05:000", ending="solution", seed="7"))


def test_the_first_part_ends_while_something_moves(facts):
    assert 0.2 * 120 <= facts.cut < facts.frames - 1
    assert facts.moves()[facts.cut :].any()


def test_ten_questions_of_different_templates_are_drawn(facts):
    asked = draw_questions(facts, "plane", "7")
    assert len(asked) == A_RUN
    assert len({question.template for question in asked}) == A_RUN
    assert asked == draw_questions(facts, "plane", "7")
    assert asked != draw_questions(facts, "plane", "8")
    assert "{" not in " ".join(question.text for question in asked)


def test_a_near_miss_of_a_machine_has_one_rule_changed():
    graph = build(7, 0, published_draws()[0]).graph
    other = missed(graph, Random(2))
    assert [a == b for a, b in zip(graph.rules, other.rules, strict=True)].count(False) == 1
    assert other.objects == graph.objects
    assert missed(graph, Random(2)) == other


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("Give Ball the velocity (2.5, 0, 0) m/s", True),
        ("Let Rod travel 0.4 m right within 0.4 s", True),
        ("raise Platform by 1.2 metres", True),
        ("Drive Rod at 0.4 m/s", False),
        ("After 2 seconds, release Ball", False),
    ],
)
def test_velocities_are_turned_and_ways_made_smaller(rule, changes):
    graph = SceneGraph(rules=(rule,))
    assert (missed(graph, Random(1)) != graph) is changes


def test_a_velocity_keeps_its_size():
    (rule,) = missed(SceneGraph(rules=("Give Ball the velocity (2.5, 0, 0) m/s",)), Random(3)).rules
    x, y, z = map(float, re.search(r"\((.*)\)", rule)[1].split(", "))
    assert math.hypot(x, y) == pytest.approx(2.5, abs=0.01)
    assert 25 <= abs(math.degrees(math.atan2(y, x))) <= 60
    assert z == 0


def test_an_object_is_removed_alone():
    graph = build(7, 0, published_draws()[0]).graph
    left = removed(graph, "Divider 1")
    assert {o.name for o in graph.objects} - {o.name for o in left.objects} == {"Divider 1"}


def test_a_machine_runs_with_its_rules_and_without_an_object():
    run = next(r for r in draw_runs(20, 0, ["space"]) if r.ending == "solution")
    facts = facts_of(run.model_copy(update={"source": "1"}))
    assert [rule for _, rule in facts.fired] == [1, 2, 3, 4]
    assert facts.turned_on("Beacon") == facts.fired[-1][0]
    assert facts.meant() is None
    other = facts.without("Stair 2")
    assert other is not None
    assert "Stair 2" not in other.bodies
    assert facts.without("Stair 2") is other, "it is run once"


def template(kind, answers, slots=True):
    domain = {"a": lambda facts, rng: range(len(answers))} if slots else {}
    return Template(
        id="T", kind=kind, text="{a}?" if slots else "?", answer=lambda facts, a=0: answers[a], slots=domain
    )


def drawn(one, facts, count=300):
    return [draw_question(one, facts, Random(n)) for n in range(count)]


def test_rare_answers_are_drawn_as_often_as_frequent_ones(facts):
    found = drawn(template("yes/no", [False] * 19 + [True]), facts)
    assert 0.4 < sum(q.truth for q in found) / len(found) < 0.6
    asked = [q for q in drawn(template("yes/no", [False] * 20), facts) if q is not None]
    assert 0.4 < len(asked) / 300 < 0.6, "half the time a yes is wanted, which is not to be had"


def test_a_template_tells_how_often_an_answer_that_stands_alone_is_asked_for(facts):
    for answers, alone, share in (([False], (1.0, 0.1), 0.1), ([True], (1.0, 0.1), 1.0), ([True], (0.3, 1.0), 0.3)):
        found = drawn(replace(template("yes/no", answers), alone=alone), facts)
        assert abs(sum(q is not None for q in found) / len(found) - share) < 0.08


def test_a_group_of_fillings_does_not_tell_the_answer(facts):
    """Of the even numbers all answers are yes; of the odd ones below ten they are no, of the others yes."""
    one = replace(template("yes/no", [n % 2 == 0 or n > 10 for n in range(20)]), group=lambda facts, a: a % 2)
    found = drawn(one, facts)
    assert None not in found
    assert {int(q.text[:-1]) % 2 for q in found} == {1}, "only there can both be had"
    assert 0.4 < sum(q.truth for q in found) / len(found) < 0.6
    assert drawn(replace(one, group=lambda facts, a: a), facts, 5) == [None] * 5


def test_what_occurs_and_what_does_not_are_told_apart_by_nothing_seen(facts):
    """Of patterns not seen so far, as of those seen, as many come as do not."""
    found = [draw_question(templates()["A22"], facts, Random(n)) for n in range(200)]
    seen = {f"'{p.label}'" for p in facts.annotation.patterns if pattern_has_begun(facts, p)}
    for group in (True, False):
        own = [q.truth for q in found if q is not None and any(name in q.text for name in seen) is group]
        assert len(own) > 40
        assert 0.3 < sum(own) / len(own) < 0.7


def test_a_share_that_is_always_nothing_is_not_asked_for(facts):
    assert drawn(template("percentage", [0.0, 0.0]), facts, 5) == [None] * 5
    assert None not in drawn(template("percentage", [0.0, 40.0]), facts, 5)
    assert None not in drawn(template("percentage", [0.0], slots=False), facts, 5)


def test_what_must_not_be_asked_is_not_asked(facts):
    assert drawn(template("name", [None, None]), facts, 5) == [None] * 5
    assert {q.text for q in drawn(template("name", [None, "ground"]), facts, 5)} == {"1?"}
