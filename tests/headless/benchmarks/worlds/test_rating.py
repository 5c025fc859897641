"""Marks of a model that sees: asked for by sentence and frames alone, kept with the judge's name, and never made up."""

import json
import shutil
from contextlib import nullcontext

import numpy as np
import pytest

from addon.engine.sheets import _write
from addon.jobs.world import WorldResult
from addon.models import ChatAnswer, ModelError, Picture
from addon.trace import load_trace
from addon.worlds.errors import WorldError
from addon.worlds.sight import Sight
from headless.benchmarks.worlds import rating
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.evaluate import evaluate
from headless.benchmarks.worlds.rating import Marks, figures_of, judged_run, rate
from headless.cli import main, worlds

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


@pytest.fixture
def two(made, tmp_path):
    """Two sentences and their worlds, which are the same one, seen on pictures that are there already."""
    others = [case for case in load_cases() if case.name != CASES[0].name][:1]
    folder = shutil.copytree(made, tmp_path / "two", ignore=lambda place, names: {"ratings.json"} & {*names})
    for world in (folder / "worlds" / case.name for case in (*CASES, *others)):
        if not world.exists():
            shutil.copytree(folder / "worlds" / CASES[0].name, world)
        digest = load_trace(judged_run(world)).sha256()[:16]
        pictures = world / "rounds" / "1" / "rated" / digest
        pictures.mkdir(parents=True, exist_ok=True)
        for number in (1, 2):
            _write(pictures / f"sheet-{number}.png", np.zeros((2, 2, 3), np.uint8))
    return folder, [*CASES, *others]


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
def test_marks_that_are_none_are_no_marks(two, answer):
    told = []
    figures = rate(two[0], CASES, Sight(Judge(answer), "eye"), listen=lambda name, found: told.append(found))
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
    (tmp_path / "rounds" / "2" / "run").mkdir(parents=True)
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


def spoil(world, what):
    """Spoil one file of a world."""
    run, result = world / "rounds" / "1" / "run", world / "result.json"
    if what == "trace cut off":
        (run / "trace.npz").write_bytes((run / "trace.npz").read_bytes()[:500])
    elif what == "trace overwritten":
        data = bytearray((run / "trace.npz").read_bytes())
        data[200:-2000] = bytes(len(data) - 2200)
        (run / "trace.npz").write_bytes(data)
    elif what == "no record":
        (run / "trace.json").unlink()
    elif what == "scene":
        (run.parent / "scene.json").write_text("{bad")
    elif what == "no such round":
        result.write_text(json.dumps({**json.loads(result.read_text()), "best": 99}))
    elif what == "a round beyond all":
        result.write_text(json.dumps({**json.loads(result.read_text()), "best": 10**400}))
    elif what == "no result":
        result.write_text('"hi"')
    elif what == "a folder":
        result.unlink()
        result.mkdir()
    elif what == "no pictures":
        shutil.rmtree(run.parent / "rated")
        (run.parent / "rated").write_text("")


@pytest.mark.parametrize(
    "what",
    [
        "trace cut off",
        "trace overwritten",
        "no record",
        "scene",
        "no such round",
        "a round beyond all",
        "no result",
        "a folder",
        "no pictures",
    ],
)
def test_a_spoiled_world_is_told_and_the_others_are_rated(two, capsys, monkeypatch, what):
    folder, cases = two
    first, other = (case.name for case in cases)
    spoil(folder / "worlds" / first, what)
    monkeypatch.setattr(worlds, "open_chat", lambda *a: nullcontext((Judge(ANSWER), "eye")))
    assert main(["worlds", "rate", str(folder), "--case", first, "--case", other]) == 1
    assert f"{first}: not rated: " in said(capsys)
    stored = json.loads((folder / "ratings.json").read_text())
    assert (stored["unrated"], [r["name"] for r in stored["ratings"]]) == ([first], [other])


def test_an_interruption_loses_no_mark(two):
    folder, cases = two

    def stop(name, found):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rate(folder, cases, Sight(Judge(ANSWER), "eye"), listen=stop)
    assert [r["name"] for r in json.loads((folder / "ratings.json").read_text())["ratings"]] == [cases[0].name]


def test_marks_of_the_same_judge_and_run_are_kept(two):
    folder, cases = two
    told = []
    for case in cases:
        figures = rate(folder, [case], Sight(Judge(ANSWER), "eye"), tell=told.append)
    assert (figures.sgs.count, [r.name for r in figures.ratings]) == (2, sorted(c.name for c in cases))
    figures = rate(folder, cases[:1], Sight(Judge({}), "eye"), tell=told.append)
    assert (figures.sgs.count, figures.unrated, told) == (2, [cases[0].name], [])
    spoil(folder / "worlds" / cases[1].name, "no record")
    figures = rate(folder, cases[:1], Sight(Judge(ANSWER), "eye"), tell=told.append)
    assert (figures.sgs.count, figures.unrated) == (1, [])
    assert told == [f"{cases[1].name}: its mark of before is not of the run that is there now, and is left out"]


def test_marks_of_another_judge_are_not_mixed(two):
    folder, cases = two
    rate(folder, cases, Sight(Judge(ANSWER), "eye"))
    before, told = (folder / "ratings.json").read_text(), []
    rate(folder, cases, Sight(Judge({}), "ear"), tell=told.append)
    assert (folder / "ratings.json").read_text() == before
    assert "is left as it was" in told[0]
    figures = rate(folder, cases[1:], Sight(Judge(ANSWER), "ear"), tell=told.append)
    assert (figures.judge, [r.name for r in figures.ratings]) == ("ear", [cases[1].name])
    assert "(eye, world_rating 1): these take their place" in told[1]


def test_a_spoiled_file_of_marks_is_not_written_over(two):
    folder, cases = two
    (folder / "ratings.json").write_text("{")
    with pytest.raises(WorldError, match="holds no marks"):
        rate(folder, cases, Sight(Judge(ANSWER), "eye"))
    assert (folder / "ratings.json").read_text() == "{"


def test_the_advice_fits_what_was_asked(two, capsys, monkeypatch):
    folder, cases = two
    monkeypatch.setattr(worlds, "open_chat", lambda *a: nullcontext((Judge({}), "eye")))
    assert main(["worlds", "rate", str(folder), "--case", cases[0].name]) == 1
    told = said(capsys)
    assert "--vision" not in told
    assert "Choose another model that sees: with OPENAI_MODEL, or paste:DIR" in told


@pytest.mark.parametrize("name", ["", "none"])
def test_a_folder_without_worlds_is_no_evaluation(tmp_path, capsys, name):
    assert main(["worlds", "rate", str(tmp_path / name)]) == 2
    assert not (tmp_path / "none").exists()
    assert "holds no world" in said(capsys)
