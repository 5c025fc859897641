import json
from dataclasses import dataclass, field
from random import Random

import pytest

from addon.models import ChatAnswer, ModelError
from addon.patterns.annotation import annotate
from addon.patterns.tokens import estimate_tokens
from headless.benchmarks.puzzles.files import load_tasks
from headless.benchmarks.runs import puzzle_run
from headless.benchmarks.summaries.altered import SENTENCES, by_grammar, figures_of, judged
from headless.benchmarks.summaries.evaluate import evaluate, runs
from headless.benchmarks.summaries.write import BOOK, INPUTS, record_of, summary_by_model
from headless.cli import main
from headless.evaluation.recorded import Model, open_model


@pytest.fixture(scope="module")
def trace():
    task = next(task for task in load_tasks(count=2) if task.id == "01:001")
    assert task.solution is not None
    return puzzle_run(task, task.solution)


@dataclass
class Said:
    """A model that says one thing, and keeps what it was asked."""

    text: str
    requests: list = field(default_factory=list)

    def complete(self, request, on_text=None):
        self.requests.append(request)
        if not self.text:
            raise ModelError("paste", "no answer yet", "give it")
        return ChatAnswer(self.text, "stop", 0, 0)


def model(chat):
    return Model("test", False, lambda key: chat)


def test_records_keep_to_their_limit_and_the_raw_trace_is_cut(trace):
    annotation = annotate(trace)
    sizes = {kind: record_of(kind, trace, annotation, 3000) for kind in INPUTS}
    assert [is_cut for _, is_cut in sizes.values()] == [True, False, False]
    assert all(estimate_tokens(text) <= 3100 for text, _ in sizes.values())
    assert len(sizes["salient"][0].splitlines()) <= 16


def test_each_input_is_told_and_false_claims_are_counted(trace, tmp_path):
    chat = Said("The red ball hits the green ball. The green ball hits the left wall. The task is not solved.")
    told = evaluate(iter([trace]), INPUTS, model(chat), tmp_path, seed=0, context=2000)
    assert [row.input for row in told.rows] == list(INPUTS)
    assert all((row.claims, len(row.wrong)) == (3, 2) for row in told.rows)
    assert [one.faithful.mean for one in told.figures.inputs] == pytest.approx([1 / 3] * 3, abs=1e-4)
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["prompt"] == "run_summary 1"
    assert "It is cut" in chat.requests[0].messages[1].content
    assert "It is cut" not in chat.requests[2].messages[1].content


def test_summaries_without_an_answer_wait(trace, tmp_path):
    told = evaluate(iter([trace]), ("salient",), model(Said("")), tmp_path, seed=0)
    assert told.figures is None
    assert len(told.pending) == 1
    assert not (tmp_path / "results.json").exists()


def test_our_own_summaries_are_faithful(trace, tmp_path):
    told = evaluate(iter([trace]), INPUTS, None, tmp_path, seed=0)
    (row,) = told.rows
    assert row.input == "grammar"
    assert row.claims >= 8
    assert row.wrong == ()


def test_a_summary_from_the_moments_asked_for(trace):
    chat = Said(" One.\n\nTwo. ")
    assert summary_by_model(annotate(trace), 3, model(chat)) == "One. Two."
    assert len([line for line in chat.requests[0].messages[1].content.splitlines() if " s " in line]) == 3


def test_a_large_models_summaries_are_told_again(tmp_path):
    with open_model("recorded", BOOK) as large:
        told = evaluate(runs(1, 0), INPUTS, large, tmp_path, seed=0)
    assert told.figures is not None
    assert not told.pending
    assert [row.input for row in told.rows] == list(INPUTS)
    assert all(row.text and row.claims for row in told.rows)


def test_altered_sentences_are_found_false_and_others_are_not(trace):
    labelled = by_grammar(trace, Random(0))
    assert {"grammar", "object", "outcome", "time"} <= {one.way for one in labelled}
    figures = figures_of(judged(trace, labelled))
    assert figures.false >= 8
    assert figures.precision.mean >= 0.95
    assert figures.recall.mean >= 0.95


def test_sentences_by_hand_are_many_of_both_kinds():
    told = [s for run in json.loads(SENTENCES.read_text()) for s in run["sentences"]]
    assert sum(not s["true"] for s in told) >= 60
    assert sum(s["true"] for s in told) >= 60


def test_runs_are_of_both_kinds_and_the_same_for_a_seed():
    first = next(runs(1, 3))
    assert first.meta.planar
    assert first.sha256() == next(runs(1, 3)).sha256()


def test_machines_are_others_for_another_seed(monkeypatch):
    monkeypatch.setattr("headless.benchmarks.summaries.evaluate.machine_run", lambda machine: machine.name)
    monkeypatch.setattr("headless.benchmarks.summaries.evaluate.puzzle_run", lambda task, action: task.id)
    assert [list(runs(4, seed))[1::2] for seed in (0, 1)] == [
        ["physibench_7_000", "physibench_7_001"],
        ["physibench_7_002", "physibench_7_003"],
    ]


def test_what_is_no_input_is_refused(capfd):
    assert main(["summaries", "evaluate", "--input", "dreams"]) == 2
    assert "raw, annotation, salient" in " ".join(capfd.readouterr().err.replace("│", " ").split())
