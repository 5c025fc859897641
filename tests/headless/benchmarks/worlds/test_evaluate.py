"""An evaluation's folder holds worlds of one request alone, and what was not answered is no failure of anybody's."""

import json

import pytest

from addon.jobs import FolderError
from addon.jobs.folder import JobFolder
from addon.jobs.world import WorldSpec
from addon.models import ModelError
from addon.models.local import ServerError
from addon.worlds.errors import WorldError
from headless.benchmarks.worlds import evaluate
from headless.benchmarks.worlds.asked import Asked
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.evaluate import Unanswered, figures_of, made_and_judged, scripted_and_judged
from headless.cli import main

CASE = next(case for case in load_cases() if case.name == "bouncing_ball")
FIGURES = figures_of([], "template", "", 0, ())


def said(capsys):
    """What was told on standard error, without the frame that breaks its lines."""
    return " ".join(capsys.readouterr().err.replace("│", " ").split())


def run(folder, *arguments, case=CASE.name):
    return main(["worlds", "evaluate", "--case", case, "--out", str(folder), *arguments])


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_worlds_of_one_request_alone_are_in_a_folder(tmp_path, capsys):
    Asked(coder="template", seed=0).write(tmp_path)
    (tmp_path / "results.json").write_text("kept")
    before = files(tmp_path)
    for other in (("--seed", "5"), ("--without", "planner"), ("--coder", "recorded"), ("--coder", "none")):
        assert run(tmp_path, *other) == 2
        assert "holds another evaluation" in said(capsys)
    with pytest.raises(FolderError, match="holds another evaluation"):
        Asked(coder="template", seed=0, one_shot=True).check(tmp_path)
    assert files(tmp_path) == before


@pytest.mark.parametrize("one_shot", [False, True])
def test_results_tell_what_was_asked_for(tmp_path, one_shot):
    coder = "recorded, one shot" if one_shot else "recorded"
    figures = figures_of([], coder, "", 3, ("planner",))
    (tmp_path / "results.json").write_text(figures.model_dump_json())
    asked = Asked(coder="recorded", seed=3, without=("planner",), one_shot=one_shot)
    asked.check(tmp_path)
    with pytest.raises(FolderError, match="holds another evaluation"):
        asked.model_copy(update={"seed": 0}).check(tmp_path)


def test_a_world_of_another_request_is_refused_before_anything_is_made(tmp_path, capsys):
    Asked(coder="template", seed=0).write(tmp_path)
    world = tmp_path / "worlds" / CASE.name
    world.mkdir(parents=True)
    (world / "world.json").write_text(WorldSpec(sentence=CASE.sentence, seed=5).model_dump_json())
    before = files(tmp_path)
    assert run(tmp_path) == 2
    assert "holds another world" in said(capsys)
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["notes.txt", "evaluation.json", "results.json"])
def test_a_folder_of_other_files_is_refused(tmp_path, capsys, name):
    (tmp_path / name).write_text("{}")
    assert run(tmp_path) == 2
    assert "choose" in said(capsys)
    assert files(tmp_path) == {tmp_path / name: b"{}"}


@pytest.mark.parametrize("below", ["", "folder"])
def test_a_file_is_no_folder(tmp_path, capsys, below):
    (tmp_path / "file").write_text("mine")
    assert run(tmp_path / "file" / below) == 2
    assert "cannot be a folder" in said(capsys)


def test_a_coder_that_cannot_be_had_is_told_first(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("OPENAI_MODEL", raising=False)
    assert run(tmp_path / "new", "--coder", "openai") == 2
    assert "no model is named" in said(capsys)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("baseline", [(), ("--one-shot",)])
def test_a_prompt_without_an_answer_is_no_failure(tmp_path, capsys, baseline):
    coder = f"paste:{tmp_path / 'page'}"
    out = tmp_path / "out"
    out.mkdir()
    Asked(coder=coder, seed=0, one_shot=bool(baseline)).write(out)
    (out / "results.json").write_text("kept")
    assert run(out, "--coder", coder, "--json", *baseline) == 1
    told = capsys.readouterr()
    figures = json.loads(told.out)
    assert (figures["cases"], figures["failure_rate"], figures["unanswered"]) == (0, None, [CASE.name])
    assert f"{CASE.name}: unanswered: the prompt is in" in told.err
    assert (out / "results.json").read_text() == "kept"
    assert run(out, "--coder", coder, *baseline) == 1
    assert "not written until all are answered" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("error", "failed"),
    [
        (WorldError("no plan"), True),
        (ModelError("truncated", "cut off", "try"), True),
        (ModelError("paste", "the prompt is there", "paste it"), False),
        (ModelError("connection", "cannot be reached", "look"), False),
        (ServerError("the local model is not fetched"), False),
    ],
)
def test_what_a_maker_answers_for(tmp_path, monkeypatch, error, failed):
    def fail(*arguments):
        raise error

    monkeypatch.setattr(evaluate, "run_world", fail)
    found = made_and_judged(CASE, "template", tmp_path, 0, ())
    assert isinstance(found, Unanswered) != failed
    assert str(error) in (found.problem if failed else found.reason)


def test_the_folder_of_another_script_is_no_failure(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise FolderError("holds another job")

    monkeypatch.setattr(JobFolder, "open", refuse)
    assert isinstance(scripted_and_judged(CASE, "recorded", tmp_path, 0, ()), FolderError)


@pytest.mark.parametrize("command", [("evaluate",), ("rate", "folder")])
@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("bouncing_ball", "bouncing_bal"), "there is no case 'bouncing_bal'; did you mean 'bouncing_ball'?"),
        (("xyzzy",), "there is no case 'xyzzy'"),
    ],
)
def test_a_case_that_there_is_not_is_named(tmp_path, capsys, monkeypatch, command, names, words):
    monkeypatch.chdir(tmp_path)
    assert main(["worlds", *command, *(part for name in names for part in ("--case", name))]) == 2
    assert words in said(capsys)
    assert not list(tmp_path.iterdir())
