"""The commands for puzzles."""

import json
import lzma
import sys

import pytest

from addon.trace import load_trace
from headless.cli import main
from tests.headless.benchmarks.puzzles import thrift_files as files


@pytest.fixture
def scenes(tmp_path):
    return str(files.tasks_file(tmp_path / "tasks.bin.lzma", files.many()))


def said(capsys, *arguments):
    """What a command printed as JSON."""
    assert main(["puzzles", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_evaluation_tells_its_figures(scenes, tmp_path, capsys):
    folder = tmp_path / "out"
    given = ["--agent", "random", "--scenes", scenes, "--attempts", "6", "--seed", "3", "--out", str(folder)]
    found = said(capsys, "evaluate", *given)
    assert (found["agent"], found["tasks"], found["seed"], found["fold"]) == ("random", 2, 3, "within")
    assert 0 <= found["auccess"] <= 1
    assert found["intervals"]["auccess"][0] <= found["auccess"] <= found["intervals"]["auccess"][1]
    assert found["rollouts"] == found["attempts_made"] > 0
    assert found["rollouts_per_second"] > 0
    assert (folder / "report.html").exists()
    assert "rollouts_per_second" not in json.loads((folder / "results.json").read_text())
    assert main(["puzzles", "evaluate", *given]) == 2
    assert main(["puzzles", "evaluate", *given, "--resume"]) == 0
    told = capsys.readouterr()
    assert "--resume" in told.err
    assert "AUCCESS" in told.out


def test_a_puzzle_is_played(scenes, tmp_path, capsys):
    given = ["00001:003", "--scenes", scenes, "--action", "128,128,10", "--out", str(tmp_path / "job")]
    found = said(capsys, "play", *given)
    assert (found["task"], found["solved"], found["goal"]) == ("00001:003", False, ["green ball 4", "blue bar 5"])
    for name in ("trace.json", "report.html", "annotation.json", "annotation.html"):
        assert (tmp_path / "job" / name).exists()
    assert not (tmp_path / "job" / "frames").exists()


def test_a_puzzle_is_drawn(scenes, tmp_path):
    given = ["00000:000", "--scenes", scenes, "--action", "128,128,10", "--out", str(tmp_path / "job"), "--render"]
    assert main(["puzzles", "play", *given]) == 0
    assert sorted(path.name for path in (tmp_path / "job" / "frames").iterdir()) == ["start.png", "strip.png"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["evaluate", "--agent", "chance"], "no agent 'chance'"),
        (["evaluate", "--count", "0"], "--count"),
        (["evaluate", "--workers", "0"], "--workers"),
        (["evaluate", "--attempts", "0"], "--attempts"),
        (["evaluate", "--fold", "none"], "--fold"),
        (["evaluate", "--scenes", "README.md"], "holds no tasks of PHYRE"),
        (["evaluate", "--scenes", "none.lzma"], "cannot be read"),
        (["play", "00000:001"], "no stored solution"),
        (["play", "00000:9"], "did you mean"),
        (["play", "nothing"], "there is no task 'nothing'"),
        (["play", "00000:000", "--action", "1,2"], "is not X,Y,R"),
        (["play", "00000:000", "--action", "a,2,3"], "is not X,Y,R"),
        (["play", "00000:000", "--action", "nan,2,3"], "must be finite"),
        (["play", "00000:000", "--action", "9,9,0"], "radius from 4 to 32"),
        (["play", "00000:000", "--action", "60,20,5"], "has no room"),
        (["generate", "--template", "none"], "no template is named none"),
        (["generate", "--count", "0"], "--count"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(scenes, arguments, told, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    if arguments[0] != "generate" and "--scenes" not in arguments:
        arguments = [*arguments, "--scenes", scenes]
    assert main(["puzzles", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_other_tiers_are_told(tmp_path, capsys):
    tasks = [*files.many(1), files.task("00100:000", tier="TWO_BALLS")]
    scenes = str(files.tasks_file(tmp_path / "tasks", tasks))
    assert main(["puzzles", "play", "00000:000", "--scenes", scenes]) == 2
    assert "left out of other tiers: 1 TWO_BALLS" in capsys.readouterr().err


def test_a_file_that_is_cut_off_is_told(tmp_path, capsys):
    path = tmp_path / "tasks.bin.lzma"
    path.write_bytes(lzma.compress(files.written({1: files.many()}))[:-30])
    assert main(["puzzles", "evaluate", "--scenes", str(path)]) == 2
    assert "cut off" in capsys.readouterr().err


def test_puzzles_are_made(tmp_path, capsys):
    found = said(capsys, "generate", "--template", "gate", "--out", str(tmp_path), "--seed", "4")
    assert [task["template"] for task in found] == ["gate"]
    assert (tmp_path / "puzzles.json").exists()
    scene = found[0]["file"]
    assert main(["run", scene, "--coder", "none", "--steps", "20", "--out", str(tmp_path / "run")]) == 0


def test_without_box2d_only_puzzles_are_refused(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "Box2D", None)
    assert main(["puzzles", "play", "00:000"]) == 2
    assert "pip install Box2D" in capsys.readouterr().err
    assert main(["puzzles", "--help"]) == 0


def test_a_puzzle_of_our_own_is_played_with_its_solution(tmp_path, capsys):
    found = said(capsys, "play", "00:000", "--out", str(tmp_path / "job"))
    assert (found["template"], found["solved"]) == ("ramp", True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--agent", "language", "--workers", "2"], "plays in one process"),
        (["--agent", "language", "--resume"], "keeps its answers"),
        (["--agent", "random", "--coder", "local"], "only the language agent asks a model"),
        (["--agent", "memory", "--feedback", "frames"], "only the language agent asks a model"),
        (["--agent", "memory", "--weights", "value.safetensors"], "only the value agent has a network"),
        (["--agent", "random", "--candidates", "9"], "only the value agent has a network"),
    ],
)
def test_options_of_another_agent_are_told(more, words, capsys):
    assert main(["puzzles", "evaluate", *more]) == 2
    assert words in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_recorded_answers_of_a_large_model_are_played_again(tmp_path, capfd):
    options = ["--agent", "language", "--coder", "recorded", "--count", "3", "--json"]
    assert main(["puzzles", "evaluate", *options, "--out", str(tmp_path / "it")]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["settings"] == {
        "model": "a large model, recorded",
        "prompt": "puzzle_action 1",
        "feedback": "annotation",
    }
    assert (told["success"], told["tasks"]) == (1.0, 3)
    assert told["attempts"] >= 1.0


def test_puzzles_that_were_made_are_played(tmp_path, capfd):
    made = tmp_path / "made"
    assert main(["puzzles", "generate", "--out", str(made), "--seed", "5", "--template", "ramp", "--json"]) == 0
    (one,) = json.loads(capfd.readouterr().out)
    assert main(["puzzles", "play", one["id"], "--scenes", str(made), "--out", str(tmp_path / "job"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["solved"]
    (made / "puzzles.json").write_text('[{"id": "00:000", "template": "none", "seed": 1, "draw": 0}]')
    assert main(["puzzles", "play", "00:000", "--scenes", str(made)]) == 2
    assert "no template is named none" in " ".join(capfd.readouterr().err.split())


def test_only_an_evaluation_is_gone_on_with(tmp_path, capfd):
    (tmp_path / "report.html").write_text("another job's")
    options = ["--count", "1", "--attempts", "2", "--resume", "--out", str(tmp_path)]
    assert main(["puzzles", "evaluate", *options]) == 2
    assert "nothing to go on with" in " ".join(capfd.readouterr().err.split())
    assert (tmp_path / "report.html").read_text() == "another job's"


def test_a_puzzle_that_is_not_solved_is_not_complete(tmp_path, capfd):
    assert main(["puzzles", "play", "05:000", "--action", "128,240,4", "--out", str(tmp_path)]) == 0
    assert "not solved in 1000 steps" in capfd.readouterr().out
    (end,) = [e for e in load_trace(tmp_path).events if e.uid == "TaskComplete"]
    assert end.parameters == {"success": False}


def test_tasks_that_no_listed_action_solves_are_not_played_and_told(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("headless.benchmarks.puzzles.talks.can_be_solved", lambda task: False)
    asked = ["--agent", "language", "--coder", "recorded", "--count", "1", "--out", str(tmp_path / "it")]
    assert main(["puzzles", "evaluate", *asked]) == 2
    told = " ".join(capfd.readouterr().err.split())
    assert "only tasks that one of the quantised actions solves are played" in told
    assert "none of 2500 tasks is solved by one of the quantised actions" in told
    assert not (tmp_path / "it").exists()
