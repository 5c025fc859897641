import html
import re

import pytest

from addon.jobs import JobError
from headless.benchmarks.physibench.evaluate import evaluate
from headless.benchmarks.physibench.generate import SEED, generate
from headless.benchmarks.physibench.report import write_evaluation_report
from headless.benchmarks.physibench.results import Row
from headless.evaluation.figures import smallest_iou
from headless.evaluation.names import PAGE
from headless.evaluation.results import read_rows

MACHINES = [m.model_copy(update={"steps": 120}) for m in generate(2, SEED, split="test")]
NO_SUCH_THING = 'EVENT("CollisionStart", {"a_id": "Zebra <i>", "b_id": "Elephant"})'


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of an evaluation in which all fail, the second without having been run."""
    first, second = MACHINES
    graph = second.graph.model_copy(update={"rules": ("When Elephant hits <b>, do.",)})
    second = second.model_copy(update={"graph": graph, "assertions": (NO_SUCH_THING,)})
    folder = tmp_path_factory.mktemp("evaluation")
    evaluate([first, second], "oracle", folder, seed=1)
    assert not any(row.logic_success for row in read_rows(folder, Row))
    path = write_evaluation_report([first, second], folder)
    assert path == folder / PAGE
    return path.read_text(encoding="utf-8")


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("&#34;", '"').replace("&gt;", ">")


def test_the_page_has_the_published_table_beside_ours(page):
    text = text_of(page)
    assert "88.5" in text
    assert "as published" in text
    assert "coder oracle, no language model" in text
    assert "2 machines, seed 1" in text


def test_a_failure_comes_with_all_that_explains_it(page):
    text, first = text_of(page), MACHINES[0]
    assert f"{first.name}: failed" in text
    assert " → ".join(first.stages) in text
    for rule in first.graph.rules:
        assert rule in text
    assert "def rule_1():" in text
    assert re.search(r'class="bad">[^<]+', page)
    assert page.count("data:image/png;base64,") == 5
    assert text.count("timeline") >= 1
    assert "Elephant" in text
    assert "Zebra <i>" in html.unescape(page)
    assert "<b>," not in page, "a rule's text must not become markup"
    assert "Zebra <i>" not in page


def test_the_page_needs_nothing_else(page):
    assert not re.findall(r"<(?:script|link|iframe)\b", page)
    assert not re.findall(r"(?:src|href)=\"(?!data:|#)", page)


def test_a_page_needs_results(tmp_path):
    with pytest.raises(JobError):
        write_evaluation_report(MACHINES, tmp_path)


def test_a_body_that_keeps_its_shape_has_iou_one_at_every_frame(tmp_path):
    from addon.trace import load_trace

    evaluate(MACHINES[:1], "empty", tmp_path, seed=1)
    trace = load_trace(tmp_path / MACHINES[0].name)
    curve = smallest_iou(trace)
    assert curve.shape == (len(trace.position),)
    assert curve == pytest.approx(1.0)
    trace.scale[50:, 0] *= 1.1
    assert smallest_iou(trace)[60] == pytest.approx(1.1**-3, rel=1e-3)
    assert smallest_iou(trace)[10] == pytest.approx(1.0)
