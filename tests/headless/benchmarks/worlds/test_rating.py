"""Marks of a model that sees: asked for by sentence and frames alone, kept with the judge's name, and never made up."""

import json
import shutil

import pytest

from addon.jobs.world import WorldResult
from addon.models import ChatAnswer, ModelError, Picture
from addon.worlds.errors import WorldError
from addon.worlds.sight import Sight
from headless.benchmarks.worlds import rating
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.evaluate import evaluate
from headless.benchmarks.worlds.rating import Marks, figures_of, judged_run, rate
from headless.cli import main

CASES = [case for case in load_cases() if case.name == "bouncing_ball"]
RESULT = WorldResult(
    sentence="",
    seed=0,
    checks=[],
    checks_met=0,
    failures=[],
    left_out=(),
    rounds=2,
    best=2,
    faces=0,
    objects=0,
    trace_sha256="",
)
ANSWER = {"fidelity": 70, "richness": 20.5, "realism": 60, "why": "plain"}


class Judge:
    """Gives one answer, and keeps what it was shown."""

    def __init__(self, answer):
        self.answer, self.requests = answer, []

    def complete(self, request, on_text=None):
        self.requests.append(request)
        return ChatAnswer(json.dumps(self.answer), "stop", 0, 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluated")
    evaluate(CASES, "template", folder)
    return folder


def test_a_judge_sees_the_sentence_and_the_frames_and_nothing_else(made, monkeypatch):
    judge = Judge(ANSWER)
    figures = rate(made, CASES, Sight(judge, "eye"))
    assert (figures.judge, figures.prompt) == ("eye", "world_rating 1")
    assert (figures.sgs.mean, figures.richness.mean, figures.hrs.mean) == (70, 20.5, 60)
    assert json.loads((made / "ratings.json").read_text())["ratings"][0]["marks"] == ANSWER
    text, *pictures = judge.requests[0].messages[1].parts
    assert text.strip() == f"Sentence: {CASES[0].sentence}"
    assert len(pictures) == 2
    assert all(isinstance(p, Picture) for p in pictures)


@pytest.mark.parametrize("answer", [{**ANSWER, "fidelity": 101}, {**ANSWER, "richness": "much"}, {"fidelity": 3}])
def test_marks_that_are_none_are_no_marks(made, answer):
    told = []
    figures = rate(made, CASES, Sight(Judge(answer), "eye"), listen=lambda name, found: told.append(found))
    assert (figures.sgs, figures.unrated) == (None, ["bouncing_ball"])
    assert isinstance(told[0], ModelError)


def test_a_chat_page_rates_in_two_goes(made, tmp_path, capsys):
    copy = shutil.copytree(made, tmp_path / "evaluated")
    asked = ["worlds", "rate", str(copy), "--coder", f"paste:{tmp_path / 'page'}"]
    assert main(asked) == 1
    prompt = next((tmp_path / "page").glob("prompt-*.md"))
    (tmp_path / "page" / prompt.name.replace("prompt", "answer")).write_text(json.dumps(ANSWER))
    assert main([*asked, "--json"]) == 0
    assert json.loads((copy / "ratings.json").read_text())["hrs"]["mean"] == 60


def test_means_are_over_what_was_rated():
    marks = [
        rating.Rating(name=str(m), trace_sha256="", marks=Marks(fidelity=m, richness=0, realism=m)) for m in (0, 50)
    ]
    figures = figures_of(marks, "eye", 0)
    assert (figures.sgs.mean, figures.sgs.count, figures.richness.high) == (25, 2, 0)


def test_the_run_that_counts_is_that_of_the_best_round(tmp_path):
    assert judged_run(tmp_path) is None
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "trace.npz").touch()
    assert judged_run(tmp_path) == tmp_path / "run"
    (tmp_path / "result.json").write_text(RESULT.model_dump_json())
    assert judged_run(tmp_path) == tmp_path / "rounds" / "2" / "run"


def test_sentences_of_which_there_is_no_world_are_named(tmp_path):
    figures = rate(tmp_path, CASES, Sight(Judge(ANSWER), "eye"))
    assert (figures.unmade, figures.unrated, figures.sgs) == (["bouncing_ball"], [], None)


def said(capsys):
    """What was told on standard error, without the frame that breaks its lines."""
    return " ".join(capsys.readouterr().err.replace("│", " ").split())


@pytest.mark.parametrize("coder", ["template", "local"])
def test_who_sees_nothing_does_not_rate(tmp_path, capsys, coder):
    world = tmp_path / "worlds" / "bouncing_ball"
    world.mkdir(parents=True)
    (world / "result.json").write_text(RESULT.model_dump_json())
    assert main(["worlds", "rate", str(tmp_path), "--coder", coder]) == 2
    assert "a model that sees" in said(capsys)


@pytest.mark.parametrize("text", ["", "[]", '{"best": "x"}', "\x00"])
def test_a_spoiled_result_is_told(tmp_path, text):
    (tmp_path / "result.json").write_text(text)
    with pytest.raises(WorldError, match=r"result\.json is spoiled"):
        judged_run(tmp_path)


@pytest.mark.parametrize("name", ["", "none"])
def test_a_folder_without_worlds_is_no_evaluation(tmp_path, capsys, name):
    assert main(["worlds", "rate", str(tmp_path / name)]) == 2
    assert not (tmp_path / "none").exists()
    assert "holds no world" in said(capsys)
