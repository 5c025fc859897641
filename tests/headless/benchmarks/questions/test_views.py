"""What is shown of a run: nothing after the cut, nothing of the answers, and not more than the budget."""

import base64
import json

import numpy as np
import pytest

from addon.patterns.annotation import annotate, span
from addon.patterns.tokens import estimate_tokens
from headless.benchmarks.questions.asking import Prepared, askings
from headless.benchmarks.questions.cut import first_part
from headless.benchmarks.questions.raw import raw_text
from headless.benchmarks.questions.registry import draw_questions
from headless.benchmarks.questions.runs import Run, facts_of
from headless.benchmarks.questions.views import views_of
from headless.evaluation.recorded import Model

RUN = Run(world="plane", source="05:000", ending="solution", seed="7")
INPUTS = ("trace", "annotation", "salient", "frames")


@pytest.fixture(scope="module")
def facts():
    return facts_of(RUN)


@pytest.fixture(scope="module")
def questions(facts):
    return tuple(draw_questions(facts, "plane", RUN.seed, 27))


def test_the_first_part_ends_at_the_cut(facts):
    trace = first_part(facts.trace, facts.cut)
    assert len(trace.position) == len(trace.present) == facts.cut + 1
    assert trace.meta.steps == facts.cut
    assert trace.contacts.frame.max() <= facts.cut
    assert 0 < len(trace.contacts) < len(facts.trace.contacts)
    assert all(event.frame <= facts.cut for event in trace.events)
    assert facts.trace.meta.steps == 1000, "the whole is left as it is"


def test_an_annotation_of_the_first_part_knows_nothing_of_the_rest(facts):
    known = annotate(first_part(facts.trace, facts.cut))
    assert known.steps == facts.cut
    assert max(span(a)[1] for a in known.activations) == facts.cut, "what lasts on is cut"
    changed = first_part(facts.trace, facts.cut + 200)
    changed.position[facts.cut + 1 :] += 5.0
    assert annotate(first_part(changed, facts.cut)) == known


def texts(facts, questions, kind):
    """The text of each request about a run, by part, and the view that it shows."""
    views = views_of(facts, RUN, questions, kind, 3000)
    prepared = Prepared(run=RUN, questions=questions, views=views, end=16.67)
    model = Model("m", False, lambda key: None)
    for asking in askings(prepared, kind):
        content = asking.request(model).messages[1].content
        yield asking, content if isinstance(content, str) else content[0]


@pytest.mark.parametrize("kind", INPUTS)
def test_no_time_after_the_cut_is_told_with_the_first_part(facts, questions, kind):
    cut = round(facts.seconds(facts.cut), 2)
    later = [f"{facts.seconds(frame):.2f}" for frame in range(facts.cut + 1, 1000)]
    found = {asking.questions[0].part: text for asking, text in texts(facts, questions, kind)}
    shown = found["first"].split("Questions:")[0].split("What ")[-1]
    if kind == "frames":
        return
    assert f"{cut:g}" in found["first"]
    assert not [time for time in later if f"{time} s" in shown or f'"t":{float(time):g},' in shown]
    assert [time for time in later if f"{time} s" in found["whole"] or f'"t":{float(time):g},' in found["whole"]]


@pytest.mark.parametrize("kind", INPUTS)
def test_no_answer_and_no_later_contact_is_in_a_request(facts, questions, kind):
    changed = [question.model_copy(update={"truth": "SECRET"}) for question in questions]
    for asking, text in texts(facts, tuple(changed), kind):
        assert "SECRET" not in text
        assert "truth" not in text
        assert "SECRET" not in json.dumps(asking.request(Model("m", False, lambda key: None)).sent())


def test_questions_about_the_rest_come_with_the_first_part_alone(facts, questions):
    for asking, _ in texts(facts, questions, "annotation"):
        parts = {question.part for question in asking.questions}
        assert len(parts) == 1
        assert asking.view.seconds == (16.67 if parts == {"whole"} else round(facts.seconds(facts.cut), 2))


def test_each_question_can_be_asked_alone(facts, questions):
    views = views_of(facts, RUN, questions, "salient", 3000)
    prepared = Prepared(run=RUN, questions=questions, views=views, end=16.67)
    assert [len(a.questions) for a in askings(prepared, "salient", one_by_one=True)] == [1] * len(questions)


@pytest.mark.parametrize("budget", [400, 1000, 4000])
def test_a_raw_trace_keeps_its_budget_and_tells_what_is_left_out(facts, budget):
    text = raw_text(facts.trace, budget)
    assert estimate_tokens(text) < 1.15 * budget + 150
    assert "One frame in" in text.splitlines()[0]
    frames = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert (frames[0]["t"], frames[-1]["t"]) == (0.0, 16.67)


def test_a_raw_trace_is_in_the_units_of_the_scene(facts):
    frames = [json.loads(line) for line in raw_text(facts.trace, 2000).splitlines() if line.startswith("{")]
    for name, values in frames[0]["objects"].items():
        assert values[:2] == pytest.approx(facts.place[0, facts.column(name)][[0, 2]], abs=0.5)
        assert np.ptp(facts.place[:, facts.column(name)], axis=0).max() > 0


def test_events_that_do_not_fit_are_counted(facts):
    text = raw_text(facts.trace, 400)
    lines = text.splitlines()
    head = next(line for line in lines if line.startswith("Events"))
    shown = [line for line in lines if line.startswith("[")]
    assert f"; {len(facts.trace.events) - len(shown)} later ones are left out" in head


def test_a_salient_annotation_is_shorter(facts, questions):
    long, short = (views_of(facts, RUN, questions, kind, 3000)["whole"].text for kind in ("annotation", "salient"))
    assert estimate_tokens(short) < estimate_tokens(long)


def test_hidden_patterns_are_not_told(facts, questions):
    view = views_of(facts, RUN, questions, "annotation", 3000)["whole"]
    assert "bounce" in view.text
    less = view.without({"Bounce"}, "annotation", 3000)
    assert "bounce" not in less.text
    assert {a.uid for a in view.annotation.activations} - {a.uid for a in less.annotation.activations} == {"Bounce"}
    assert view.annotation.without(()) == view.annotation


def test_pictures_are_whole_png_files(facts, questions):
    views = views_of(facts, RUN, questions, "frames", 3000)
    assert {len(view.pictures) for view in views.values()} == {1}
    assert base64.b64decode(views["first"].pictures[0]).startswith(b"\x89PNG")
    assert views["first"].pictures != views["whole"].pictures
