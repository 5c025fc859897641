import json
import shutil

import pytest

from headless.cli import main


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """A finished job: dominoes fall, 400 steps on Blender."""
    folder = tmp_path_factory.mktemp("jobs") / "domino"
    assert main(["run", "domino", "--coder", "template", "--steps", "400", "--out", str(folder)]) == 0
    return folder


def bodies(job):
    return json.loads((job / "trace.json").read_text())["bodies"]


def score(capfd, *arguments):
    capfd.readouterr()
    code = main(["score", *map(str, arguments)])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, " ".join(err.replace("│", " ").split())


def test_a_run_is_scored(job, tmp_path, capfd):
    a, b = bodies(job)[:2]
    text = f'AND(GT("CollisionStart", 2), NOT(NEARBY_AT("{a}", 99, 0, 0, 1)), EVENT("TipOver"))'
    code, out, _ = score(capfd, job, "--reward", text)
    assert code == 0
    assert out.startswith("held: AND: 3 of 3 clauses held\n  held: GT(")
    assert out.endswith("holds, value 1.0000\n")
    (tmp_path / "r.txt").write_text(
        f'AND({text}, EVENT("Bounce", {{"object": "{a}", "other": "{b}", "speed_before": 1e9}}))'
    )
    code, out, _ = score(capfd, job / "trace.json", "--reward-file", tmp_path / "r.txt", "--json")
    verdict = json.loads(out)
    assert (code, verdict["held"], verdict["value"]) == (1, False, 0.5)
    assert [part["held"] for part in verdict["parts"]] == [True, False]


def test_which_event_comes_first_is_noted(job, capfd):
    _, _, err = score(capfd, job, "--reward", 'AFTER("TipOver", "CollisionStart")')
    assert (
        "note: line 1, column 1: this means that 'something is hit by something else and tips over' must happen" in err
    )


def test_patterns_of_ones_own_are_those_of_the_annotation(job, tmp_path, capfd):
    folder = tmp_path / "job"
    shutil.copytree(job, folder)
    (tmp_path / "mine.py").write_text(
        "def find_pattern(trace):\n    return [{'time': 0.5, 'description': 'x', 'parameters': {'n': 3}}]\n"
    )
    code, _, err = score(capfd, folder, "--reward", 'EVENT("mine", {"n": 3})')
    assert (code, "there is no event 'mine'" in err) == (2, True)
    assert main(["annotate", str(folder), "--detector", str(tmp_path / "mine.py")]) == 0
    assert score(capfd, folder, "--reward", 'EVENT("mine", {"n": 3})')[0] == 0
    assert score(capfd, folder, "--reward", 'EVENT("mine", {"n": 4})')[0] == 1
    assert main(["run", "ramp", "--coder", "template", "--steps", "50", "--out", str(tmp_path / "other")]) == 0
    shutil.copy(folder / "annotation.json", tmp_path / "other")
    code, _, err = score(capfd, tmp_path / "other", "--reward", 'EVENT("mine")')
    assert (code, "is of another run" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--reward", 'EVENT("TipOvr")'], "did you mean 'TipOver'?"),
        (["--reward", 'EVENT("TipOver"'], "line 1, column 16"),
        (["--reward", 'NEARBY_AT("Bal", 0, 0, 1)'], "no object with a mesh 'Bal'"),
        ([], "--reward EXPRESSION or --reward-file FILE"),
        (["--reward", "x", "--reward-file", "y"], "--reward EXPRESSION or --reward-file FILE"),
        (["--reward-file", "no_such_file"], "no_such_file"),
    ],
)
def test_what_cannot_be_used_is_refused(job, capfd, arguments, words):
    code, out, err = score(capfd, job, *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_folder_without_a_trace(tmp_path, capfd):
    assert score(capfd, tmp_path, "--reward", 'EVENT("TipOver")')[0] == 2
